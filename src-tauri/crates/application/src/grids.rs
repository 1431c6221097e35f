//! Grids of lines, entries, matches, exceptions and audit events, as large as they may be: pages in any order, what
//! selected cells come to, and text for other programs.

use std::{borrow::Cow, io};

use sha2::{Digest as _, Sha256};
use tieout_domain::{Digest, Said, said};
use tieout_reports::is_formula_like;
use tieout_workbook::GridPieces;
pub use tieout_workbook::{
    ColumnKind, GRID_SORTS_MAX, GridCell, GridColumn, GridColumnFacts, GridFilter, GridKind, GridPage, GridPlace,
    GridQuery, GridRange, GridRow, GridRowKind, GridSelection, GridSort, GridTest,
};

use crate::{ApplicationError, Session};

/// Most rows that are copied at once.
pub const GRID_TEXT_ROWS_MAX: u64 = 100_000;

/// From so many rows on a copy is told of in the audit chain: fewer are reading.
pub const GRID_TEXT_ROWS_TOLD: u64 = 1_000;

/// Rows that are read while nobody else can work in the workbook: some twenty milliseconds.
const PIECE: u32 = 4_096;

/// Cells as text, separated by tabs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridText {
    /// A line a row.
    pub text: String,
    /// How many rows.
    pub rows: u64,
}

/// How cells become text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GridTextStyle {
    /// What a first line calls the columns, in their order; none: there is no such line.
    pub headings: Vec<String>,
    /// Amounts and shares have a comma: `1234,50`.
    pub decimal_comma: bool,
}

impl Session {
    /// A page of a grid.
    pub fn grid_page(&self, query: &GridQuery, offset: u64, limit: u32) -> Result<GridPage, ApplicationError> {
        self.prepare_query(query)?;
        self.with_open(|open| Ok(open.workbook.grid_page(query, offset, limit)?))
    }

    /// What selected cells come to.
    pub fn grid_selection(&self, range: &GridRange) -> Result<GridSelection, ApplicationError> {
        self.prepare_query(&range.query)?;
        self.with_open(|open| Ok(open.workbook.grid_selection(range)?))
    }

    /// Selected cells as text that a spreadsheet takes: text that begins as a formula does is guarded by an apostrophe,
    /// numbers stay numbers.
    pub fn grid_text(&self, range: &GridRange, style: &GridTextStyle) -> Result<GridText, ApplicationError> {
        self.prepare_query(&range.query)?;
        let found = self.with_open(|open| Ok(open.workbook.grid_rows(range, GRID_TEXT_ROWS_MAX)?))?;
        let mut text = String::new();
        if !style.headings.is_empty() {
            let headings: Vec<Cow<'_, str>> = style.headings.iter().map(|heading| pasted(heading)).collect();
            text.push_str(&headings.join("\t"));
            text.push('\n');
        }
        for row in &found.rows {
            for (i, (cell, column)) in row.iter().zip(&found.columns).enumerate() {
                if i > 0 {
                    text.push('\t');
                }
                text.push_str(&pasted(&plain(cell, column.kind(), style.decimal_comma)));
            }
            text.push('\n');
        }
        let rows = found.rows.len() as u64;
        if rows >= GRID_TEXT_ROWS_TOLD {
            let sha256 = Digest::from_bytes(Sha256::digest(text.as_bytes()).into());
            let scope = format!("of {rows} {}", range.query.grid.as_str());
            self.tell_written("copy", &scope, (sha256, text.len() as u64))?;
        }
        Ok(GridText { text, rows })
    }

    /// Where in a query's order something stands, from 0; the beginning of a cell from a row on and round.
    pub fn grid_place(
        &self,
        query: &GridQuery,
        wanted: &GridPlace,
        from: u64,
    ) -> Result<Option<u64>, ApplicationError> {
        self.prepare_query(query)?;
        self.with_open(|open| Ok(open.workbook.grid_place(query, wanted, from)?))
    }

    /// Brings all grids into memory and fills the indexes that searches need, so that the first page of each comes at
    /// once. It takes seconds where there are a million rows, and lets others work in the workbook meanwhile.
    pub fn prepare_grids(&self) -> Result<(), ApplicationError> {
        GridKind::ALL.into_iter().try_for_each(|grid| self.prepare_grid(grid))?;
        GridKind::ALL.into_iter().try_for_each(|grid| self.prepare_search(grid))
    }

    fn prepare_query(&self, query: &GridQuery) -> Result<(), ApplicationError> {
        self.prepare_grid(query.grid)?;
        if query.search.trim().is_empty() { Ok(()) } else { self.prepare_search(query.grid) }
    }

    fn prepare_search(&self, grid: GridKind) -> Result<(), ApplicationError> {
        while self.with_open(|open| Ok(open.workbook.index_rows(grid)?))? {}
        Ok(())
    }

    fn prepare_grid(&self, grid: GridKind) -> Result<(), ApplicationError> {
        if self.with_open(|open| Ok(open.workbook.grid_is_ready(grid)?))? {
            return Ok(());
        }
        let _turn = self.preparing.lock();
        // Whoever had the turn before may have done it.
        if self.with_open(|open| Ok(open.workbook.grid_is_ready(grid)?))? {
            return Ok(());
        }
        let mut loading = self.with_open(|open| Ok(open.workbook.load_grid(grid)?))?;
        let pieces = GridPieces::gather(|| self.with_open(|open| Ok(loading.read(&open.workbook, PIECE)?)))?;
        self.with_open(|open| Ok(open.workbook.grid_loaded(loading, pieces)?))
    }
}

/// Writes rows of a grid as CSV: a line that names the columns, then a line a row. Text that a spreadsheet would take for a
/// formula gets an apostrophe.
pub fn write_grid_csv(
    out: impl io::Write,
    page: &GridPage,
    columns: &[GridColumn],
    header: bool,
) -> Result<(), ApplicationError> {
    let refused = |error: csv::Error| {
        ApplicationError::Invalid(said!(
            "grid.cannotBeWritten",
            "the rows cannot be written: {detail}",
            detail = Said::in_english(error.to_string())
        ))
    };
    let mut writer = csv::Writer::from_writer(out);
    if header {
        writer.write_record(columns.iter().map(|column| column.as_str())).map_err(refused)?;
    }
    let places: Vec<_> =
        columns.iter().filter_map(|column| page.columns.iter().position(|facts| facts.column == *column)).collect();
    for row in &page.rows {
        let cells = places.iter().filter_map(|place| row.cells.get(*place).zip(page.columns.get(*place)));
        let cells = cells.map(|(cell, facts)| plain(cell, facts.column.kind(), false));
        writer.write_record(cells.map(|cell| cell.into_owned())).map_err(refused)?;
    }
    writer.flush().map_err(|error| refused(error.into()))
}

/// What a cell says, safe to be pasted into a spreadsheet.
fn plain(cell: &GridCell, kind: ColumnKind, decimal_comma: bool) -> Cow<'_, str> {
    match kind {
        ColumnKind::Text | ColumnKind::Word if is_formula_like(&cell.text) => Cow::Owned(format!("'{}", cell.text)),
        ColumnKind::Amount | ColumnKind::Percent if decimal_comma => Cow::Owned(cell.text.replace('.', ",")),
        _ => Cow::Borrowed(&cell.text),
    }
}

/// Quoted where it would otherwise fall apart.
fn pasted(text: &str) -> Cow<'_, str> {
    if text.starts_with('"') || text.contains(['\t', '\n', '\r']) {
        Cow::Owned(format!("\"{}\"", text.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(text)
    }
}
