//! The table that JSON records become: columns by the names of fields, cells, rows, what is wrong with them.

use std::collections::HashMap;

use tieout_domain::{Currency, Said, Severity, said};

use super::{
    record::{Cell, Record},
    values::{self, Way},
};
use crate::{
    Fault, Format, Limits, Note, ReadError, Section, Spot, Table, limit,
    table::{NUMBER, RowSpan, Span},
    value::{currency::parse_currency, words::cut},
};

/// The table under construction.
pub(super) struct Grid<'t> {
    text: &'t str,
    limits: &'t Limits,
    table: Table,
    /// Cells whose text differs from the file's. Appended to the text at the end.
    extra: String,
    columns: HashMap<String, usize>,
    ways: Vec<Way>,
    counted_to: usize,
    line: u32,
}

impl<'t> Grid<'t> {
    pub(super) fn new(text: &'t str, encoding: String, limits: &'t Limits) -> Self {
        Self {
            text,
            limits,
            table: Table::new(Format::Json, encoding),
            extra: String::new(),
            columns: HashMap::new(),
            ways: Vec::new(),
            counted_to: 0,
            line: 1,
        }
    }

    /// The column of that name, which may be new.
    pub(super) fn column_of(&mut self, name: &str) -> Result<usize, ReadError> {
        if let Some(column) = self.columns.get(name) {
            return Ok(*column);
        }
        let column = self.table.header.len();
        if column >= self.limits.columns as usize {
            let limit = limit::columns(self.limits.columns);
            return Err(ReadError::TooLarge { what: "a row", limit, place: Spot::default() });
        }
        self.columns.insert(name.to_owned(), column);
        self.ways.push(values::way_of(name));
        self.table.header.push(name.to_owned());
        Ok(column)
    }

    /// How the numbers of a column are written.
    pub(super) fn way(&self, column: usize) -> Way {
        self.ways.get(column).copied().unwrap_or_default()
    }

    /// 0-based number of the row that is pushed next.
    pub(super) fn next_row(&self) -> u32 {
        to_u32(self.table.rows.len())
    }

    /// The text of a cell.
    fn shown<'c>(&'c self, cell: &'c Cell) -> &'c str {
        match cell {
            Cell::There { start, end, .. } => self.slice(*start, *end),
            Cell::Own(text, _) => text,
        }
    }

    fn cells_of<'c>(&'c self, record: &'c Record, wanted: fn(&Way) -> bool) -> impl Iterator<Item = &'c str> {
        let cells = record.cells.iter().zip(&self.ways).filter(move |(_, way)| wanted(way));
        cells.filter_map(|(cell, _)| cell.as_ref()).map(|cell| self.shown(cell))
    }

    /// Whether an amount of the record is negative.
    pub(super) fn is_out(&self, record: &Record) -> bool {
        self.cells_of(record, |way| way.is_amount).any(|amount| amount.starts_with('-'))
    }

    /// Numbers that count the smallest coin become amounts in the main unit.
    pub(super) fn count_in_main_unit(&mut self, record: &mut Record) {
        let all_minor = self.cells_of(record, |way| way.is_kind).any(values::counts_minor);
        if !all_minor && !self.ways.iter().any(|way| way.is_minor) {
            return;
        }
        let currency: Option<Currency> = self.cells_of(record, |way| way.is_currency).find_map(parse_currency);
        let counts = |way: &Way| way.is_minor || all_minor && way.is_amount;
        let cells = record.cells.iter().zip(&self.ways).enumerate();
        let amounts: Vec<(usize, String)> = cells
            .filter(|(_, (_, way))| counts(way))
            .filter_map(|(column, (cell, _))| Some((column, values::from_minor(self.shown(cell.as_ref()?), currency)?)))
            .collect();
        if !amounts.is_empty() {
            let why = said!(
                "json.minorUnits",
                "whole numbers that count the smallest coin, such as cents, were read as amounts of the main unit"
            );
            self.note_once(record.start, why);
        }
        for (column, amount) in amounts {
            if let Some(slot) = record.cells.get_mut(column) {
                *slot = Some(Cell::Own(amount, true));
            }
        }
    }

    /// Adds a row.
    pub(super) fn push(
        &mut self,
        start: usize,
        end: usize,
        line: u32,
        cells: Vec<Option<Cell>>,
    ) -> Result<(), ReadError> {
        let too_large = |what, limit| ReadError::TooLarge { what, limit, place: Spot::line(line) };
        if self.table.rows.len() >= self.limits.rows as usize {
            return Err(too_large("the file", limit::rows(self.limits.rows)));
        }
        if self.table.cells.len() + cells.len() > self.limits.text_cells as usize {
            return Err(too_large("the file", limit::cells(self.limits.text_cells)));
        }
        if end - start > self.limits.line_bytes {
            return Err(too_large("a record", limit::bytes(self.limits.line_bytes)));
        }
        let (first_cell, count) = (to_u32(self.table.cells.len()), to_u32(cells.len()));
        for cell in cells {
            let span = self.span(cell)?;
            self.table.cells.push(span);
        }
        self.table.rows.push(RowSpan { first_cell, cells: count, line, raw: Span::new(start, end - start)? });
        Ok(())
    }

    fn span(&mut self, cell: Option<Cell>) -> Result<Span, ReadError> {
        let (mut span, is_number) = match cell {
            None => return Ok(Span::default()),
            Some(Cell::There { start, end, is_number }) => (Span::new(start, end - start)?, is_number),
            Some(Cell::Own(text, is_number)) => {
                let span = Span::new(self.text.len() + self.extra.len(), text.len())?;
                self.extra.push_str(&text);
                (span, is_number)
            }
        };
        if is_number {
            span.tagged_len |= NUMBER;
        }
        Ok(span)
    }

    /// Says that the row pushed last cannot be taken.
    pub(super) fn refuse(&mut self, column: Option<usize>, value: &str, expected: Said) {
        let row = self.next_row().saturating_sub(1);
        let field = column.map_or_else(String::new, |column| self.table.column_name(column));
        let value = cut(value);
        self.table.faults.push(Fault { row, field, value, expected, severity: Severity::Error });
    }

    /// Says something about the file, unless it was said already.
    pub(super) fn note_once(&mut self, at: usize, why: Said) {
        if !self.table.notes.iter().any(|note| note.why == why) {
            let line = self.line_of(at);
            self.note(line, "", why);
        }
    }

    pub(super) fn note(&mut self, line: u32, text: &str, why: Said) {
        self.table.notes.push(Note { line, text: cut(text), why });
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or("")
    }

    /// 1-based line of a byte; asked for in rising order.
    pub(super) fn line_of(&mut self, at: usize) -> u32 {
        let passed = self.text.as_bytes().get(self.counted_to..at).unwrap_or_default();
        let lines = passed.iter().filter(|byte| **byte == b'\n').count();
        self.line = self.line.saturating_add(to_u32(lines));
        self.counted_to = self.counted_to.max(at);
        self.line
    }

    pub(super) fn finish(self, sections: Vec<Section>) -> Table {
        let mut text = self.text.to_owned();
        text.push_str(&self.extra);
        let mut table = self.table;
        table.sections = sections;
        table.text = text;
        // The names of fields stand in the file: mappings are remembered by them.
        table.header_line = Some(1);
        table
    }
}

/// Positions fit 32 bits: [`Span::new`] refuses larger texts before they are counted.
fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
