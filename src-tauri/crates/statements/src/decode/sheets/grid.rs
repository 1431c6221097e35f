//! A sheet's rows as its cells come in.

use std::collections::HashSet;

use tieout_domain::{Said, said};

use super::cell::cell_name;
use crate::{
    Format, Limits, Note, ReadError, Spot, Table, limit,
    table::{NUMBER, RowSpan, Span},
};

/// What is still allowed, over all sheets of a workbook.
pub(super) struct Budget<'l> {
    limits: &'l Limits,
    rows: u32,
    cells: u32,
    text: usize,
    /// Rows that are written once and stand for several.
    repeated: u32,
}

/// Equal rows of a statement stand together in twos and threes; by the thousand they are a trap.
const REPEATED_ROWS_MAX: u32 = 100_000;

impl<'l> Budget<'l> {
    pub(super) fn new(limits: &'l Limits) -> Self {
        let (rows, cells, text) = (limits.rows, limits.sheet_cells, limits.sheet_text_bytes);
        Self { limits, rows, cells, text, repeated: REPEATED_ROWS_MAX }
    }

    pub(super) fn limits(&self) -> &'l Limits {
        self.limits
    }
}

/// A sheet that is being read. Blank cells need not be pushed, rows without a cell are no rows.
pub(super) struct Grid<'b, 'l> {
    table: Table,
    budget: &'b mut Budget<'l>,
    /// Rows that are wanted.
    wanted: usize,
    /// The row being filled and its next column.
    row: Option<(u32, u32)>,
    row_start: usize,
    hidden: HashSet<u32>,
    left_out: Vec<u32>,
    unresolved: Vec<(u32, u32)>,
}

/// What a sheet holds.
pub(super) struct Rows {
    pub(super) table: Table,
    /// 1-based rows that the spreadsheet hides, and that hold something.
    pub(super) hidden: Vec<u32>,
    /// Row and column, 0-based, of formulas whose result is not stored.
    pub(super) unresolved: Vec<(u32, u32)>,
}

impl<'b, 'l> Grid<'b, 'l> {
    pub(super) fn new(format: Format, wanted: usize, budget: &'b mut Budget<'l>) -> Self {
        Self {
            table: Table::new(format, "UTF-8".to_owned()),
            budget,
            wanted,
            row: None,
            row_start: 0,
            hidden: HashSet::new(),
            left_out: Vec::new(),
            unresolved: Vec::new(),
        }
    }

    /// Says that the spreadsheet does not show a row. To be said before the row's first cell.
    pub(super) fn hide(&mut self, row: u32) -> Result<(), ReadError> {
        if self.hidden.len() >= self.budget.limits.rows as usize {
            return Err(self.too_large("the spreadsheet", limit::rows(self.budget.limits.rows)));
        }
        self.hidden.insert(row);
        Ok(())
    }

    /// Says that a formula's result is not stored.
    pub(super) fn unresolved(&mut self, row: u32, column: u32) -> Result<(), ReadError> {
        self.spend(1, 0)?;
        if !self.hidden.contains(&row) {
            self.unresolved.push((row, column));
        }
        Ok(())
    }

    /// Says that the row to come stands for so many more.
    pub(super) fn repeat(&mut self, more: u32) -> Result<(), ReadError> {
        let left = self.budget.repeated.checked_sub(more);
        self.budget.repeated =
            left.ok_or_else(|| self.too_large("the spreadsheet", limit::repeated_rows(REPEATED_ROWS_MAX)))?;
        Ok(())
    }

    /// Most bytes of a row.
    pub(super) fn row_bytes(&self) -> usize {
        self.budget.limits.line_bytes
    }

    pub(super) fn row_too_large(&self) -> ReadError {
        self.too_large("a row", limit::bytes(self.budget.limits.line_bytes))
    }

    /// Adds a cell, 0-based, and answers whether more are wanted. Cells come row by row and from left to right.
    ///
    /// # Errors
    /// A limit is exceeded, or the cells are out of order.
    pub(super) fn push(&mut self, row: u32, column: u32, text: &str, is_number: bool) -> Result<bool, ReadError> {
        if text.trim().is_empty() {
            return Ok(true);
        }
        if self.hidden.contains(&row) {
            self.spend(1, 0)?;
            if self.left_out.last() != Some(&(row + 1)) {
                self.left_out.push(row.saturating_add(1));
            }
            return Ok(true);
        }
        let next = match self.row {
            Some((current, next)) if current == row => next,
            Some((current, _)) if row < current => return Err(disorder(row, column)),
            _ if self.table.rows.len() >= self.wanted => return Ok(false),
            _ => {
                self.begin_row(row)?;
                0
            }
        };
        if column < next {
            return Err(disorder(row, column));
        }
        if column >= self.budget.limits.columns {
            let place = Spot::cell(cell_name(row, column));
            let limit = limit::columns(self.budget.limits.columns);
            return Err(ReadError::TooLarge { what: "a row", limit, place });
        }
        self.spend(column - next + 1, text.len() + (column - next + 1) as usize)?;
        for skipped in next..column {
            self.separate(skipped);
            self.table.cells.push(Span::new(self.table.text.len(), 0)?);
        }
        self.separate(column);
        let mut span = Span::new(self.table.text.len(), text.len())?;
        if is_number {
            span.tagged_len |= NUMBER;
        }
        self.table.text.push_str(text);
        self.table.cells.push(span);
        self.row = Some((row, column + 1));
        Ok(true)
    }

    /// Ends the sheet.
    pub(super) fn finish(mut self) -> Result<Rows, ReadError> {
        self.end_row()?;
        Ok(Rows { table: self.table, hidden: self.left_out, unresolved: self.unresolved })
    }

    fn spend(&mut self, cells: u32, text: usize) -> Result<(), ReadError> {
        let Some(left) = self.budget.cells.checked_sub(cells) else {
            return Err(self.too_large("the spreadsheet", limit::cells(self.budget.limits.sheet_cells)));
        };
        self.budget.cells = left;
        let Some(left) = self.budget.text.checked_sub(text) else {
            let limit = limit::text(self.budget.limits.sheet_text_bytes);
            return Err(self.too_large("the spreadsheet", limit));
        };
        self.budget.text = left;
        if self.table.text.len() - self.row_start + text > self.budget.limits.line_bytes {
            return Err(self.row_too_large());
        }
        Ok(())
    }

    fn separate(&mut self, column: u32) {
        if column > 0 {
            self.table.text.push('\t');
        }
    }

    fn begin_row(&mut self, row: u32) -> Result<(), ReadError> {
        self.end_row()?;
        let Some(left) = self.budget.rows.checked_sub(1) else {
            return Err(self.too_large("the spreadsheet", limit::rows(self.budget.limits.rows)));
        };
        self.budget.rows = left;
        self.row_start = self.table.text.len();
        let first_cell = u32::try_from(self.table.cells.len()).map_err(|_| disorder(row, 0))?;
        let line = row.saturating_add(1);
        self.table.rows.push(RowSpan { first_cell, cells: 0, line, raw: Span::default() });
        self.row = Some((row, 0));
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), ReadError> {
        let (cells, text) = (self.table.cells.len(), self.table.text.len());
        if let Some(last) = self.table.rows.last_mut() {
            last.cells = u32::try_from(cells).unwrap_or(u32::MAX).saturating_sub(last.first_cell);
            last.raw = Span::new(self.row_start, text - self.row_start)?;
        }
        Ok(())
    }

    fn too_large(&self, what: &'static str, limit: Said) -> ReadError {
        let place = self.row.map(|(row, _)| Spot::row(u64::from(row) + 1)).unwrap_or_default();
        ReadError::TooLarge { what, limit, place }
    }
}

impl Rows {
    /// What is to be said of the sheet, besides what stands before its header.
    pub(super) fn notes(&self) -> Vec<Note> {
        let mut notes = Vec::new();
        if let Some(first) = self.hidden.first() {
            let rows: Vec<String> = self.hidden.iter().take(LISTED).map(u32::to_string).collect();
            let text = listed(&rows, self.hidden.len());
            let why = said!(
                "sheet.rowsHidden",
                "rows hidden in the spreadsheet and left out ({count} in all); unhide what is to be read",
                count = self.hidden.len()
            );
            notes.push(Note { line: *first, text, why });
        }
        if let Some((row, _)) = self.unresolved.first() {
            let cells: Vec<String> =
                self.unresolved.iter().take(LISTED).map(|(row, column)| cell_name(*row, *column)).collect();
            let text = listed(&cells, self.unresolved.len());
            let why = said!(
                "sheet.formulas",
                "formulas whose results are not stored ({count} in all): read as blank; open the file in a spreadsheet \
                 program, save it there and import that",
                count = self.unresolved.len()
            );
            notes.push(Note { line: row.saturating_add(1), text, why });
        }
        notes
    }
}

/// How many rows or cells a note names.
const LISTED: usize = 8;

fn listed(names: &[String], count: usize) -> String {
    let more = if count > names.len() { ", …" } else { "" };
    format!("{}{more}", names.join(", "))
}

fn disorder(row: u32, column: u32) -> ReadError {
    let place = Spot::cell(cell_name(row, column));
    ReadError::Damaged { what: "the spreadsheet", place, detail: said!("damaged.order", "its cells are out of order") }
}
