//! Pages of a grid, and where in it something stands.

use rusqlite::{OptionalExtension, params};
use tieout_domain::{Side, said};
use uuid::Uuid;

use super::{
    column::{ColumnKind, GridColumn, GridKind},
    data::Data,
    exceptions,
    growing::TEXT_BYTES_MAX,
    query::{GridCell, GridColumnFacts, GridPage, GridPlace, GridQuery, GridRange, GridRow, GridRowKind, GridRows},
    selected,
    sheet::Sheet,
    source::{Source, sources},
};
use crate::{Workbook, WorkbookError, rows::Blob, state::table};

/// More words than these are not offered to choose from.
const WORDS_MAX: usize = 500;

impl Workbook {
    /// A page of a grid.
    pub fn grid_page(&mut self, query: &GridQuery, offset: u64, limit: u32) -> Result<GridPage, WorkbookError> {
        let rows = self.grid_rows_of(query)?;
        let order = self.order_of_rows(query);
        let sheet = self.grids.sheet(query.grid)?;
        let first = usize::try_from(offset).unwrap_or(usize::MAX).min(rows.len());
        let last = first.saturating_add(limit as usize).min(rows.len());
        let page = &rows[first..last];
        Ok(GridPage {
            columns: query.grid.columns().iter().map(|column| facts(sheet, *column)).collect(),
            rows: page.iter().map(|slot| self.grid_row(sheet, *slot as usize)).collect::<Result<_, _>>()?,
            total: rows.len() as u64,
            version: self.head.sequence,
            order,
        })
    }

    fn grid_row(&self, sheet: &Sheet, slot: usize) -> Result<GridRow, WorkbookError> {
        let (table, rowid, kind) = whereabouts(sheet.grid, sheet.key(slot));
        let mut statement = self.sql.prepare_cached(&format!("SELECT id FROM {table} WHERE rowid = ?1"))?;
        let id = statement.query_row(params![rowid], |row| row.get::<_, Blob>(0))?;
        let places = 0..sheet.columns.len();
        let cells = places.map(|place| self.cell(sheet, place, slot)).collect::<Result<_, _>>()?;
        Ok(GridRow { id: id.0, kind, cells })
    }

    fn cell(&self, sheet: &Sheet, place: usize, slot: usize) -> Result<GridCell, WorkbookError> {
        let mut text = sheet.text(place, slot);
        // The longest letter takes four bytes: the text may have been cut.
        if text.len() > TEXT_BYTES_MAX - 4 {
            text = self.whole_text(sheet, place, slot)?;
        }
        Ok(GridCell { text, amount: sheet.amount(place, slot) })
    }

    /// A text that is too long to be held in memory.
    fn whole_text(&self, sheet: &Sheet, place: usize, slot: usize) -> Result<String, WorkbookError> {
        let key = sheet.key(slot);
        let (_, rowid, _) = whereabouts(sheet.grid, key);
        let source = sources(sheet.grid).iter().find(|source| (source.key)(rowid) == key);
        let column = source
            .zip(sheet.grid.columns().get(place))
            .and_then(|(source, column)| text_column(sheet.grid, source, *column));
        let Some((table, column)) = column else { return Ok(sheet.text(place, slot)) };
        let mut statement = self.sql.prepare_cached(&format!("SELECT {column} FROM {table} WHERE rowid = ?1"))?;
        Ok(statement.query_row(params![rowid], |row| row.get(0))?)
    }

    /// Rows of a selection, with the cells of its columns; refused where they are more than `rows_max`.
    pub fn grid_rows(&mut self, range: &GridRange, rows_max: u64) -> Result<GridRows, WorkbookError> {
        let rows = self.grid_rows_seen(range)?;
        let chosen = selected(&rows, &range.rows);
        if chosen.count() as u64 > rows_max {
            return Err(WorkbookError::Grid(said!(
                "grid.copyTooMany",
                "{count} rows are selected, and at most {most} can be copied: select fewer, or write a file with `tieout workbook list`",
                count = chosen.count(),
                most = rows_max
            )));
        }
        let sheet = self.grids.sheet(range.query.grid)?;
        let places = places_of(sheet, &range.columns)?;
        let mut slots = Vec::with_capacity(chosen.count());
        chosen.each(|place| slots.extend(rows.get(place)));
        let cells = |slot: u32| places.iter().map(|place| self.cell(sheet, *place, slot as usize)).collect();
        Ok(GridRows { columns: range.columns.clone(), rows: slots.into_iter().map(cells).collect::<Result<_, _>>()? })
    }

    /// Where in a query's order something stands, from 0. The beginning of a cell is looked for from the row at `from` on,
    /// and behind the last row from the first one on.
    pub fn grid_place(
        &mut self,
        query: &GridQuery,
        wanted: &GridPlace,
        from: u64,
    ) -> Result<Option<u64>, WorkbookError> {
        let rows = self.grid_rows_of(query)?;
        let sheet = self.grids.sheet(query.grid)?;
        let found = match wanted {
            GridPlace::Row(id) => {
                let slot = self.slot_of(sheet, *id)?.and_then(|slot| u32::try_from(slot).ok());
                slot.and_then(|slot| rows.iter().position(|other| *other == slot))
            }
            GridPlace::StartsWith(column, start) => {
                let place = *places_of(sheet, &[*column])?.first().unwrap_or(&0);
                if let Some(Data::Texts(texts)) = sheet.columns.get(place) {
                    let codes = texts.dictionary.beginning_with(start);
                    position_from(&rows, from, |slot| codes.get(texts.codes.get(slot)))
                } else {
                    let start = start.to_lowercase();
                    position_from(&rows, from, |slot| sheet.text(place, slot).to_lowercase().starts_with(&start))
                }
            }
        };
        Ok(found.map(|place| place as u64))
    }

    fn slot_of(&self, sheet: &Sheet, id: Uuid) -> Result<Option<usize>, WorkbookError> {
        for source in sources(sheet.grid) {
            let sql = format!("SELECT rowid FROM {} WHERE company_id = ?1 AND id = ?2", source.table);
            // Events are known by their number, not by their identifier.
            if sheet.grid == GridKind::Events {
                let sql = "SELECT rowid FROM audit_events WHERE company_id = ?1 AND id = ?2";
                let found = self.rowid(sql, id)?;
                return Ok(found.and_then(|rowid| sheet.slot(rowid)));
            }
            if let Some(rowid) = self.rowid(&sql, id)? {
                return Ok(sheet.slot((source.key)(rowid)));
            }
        }
        Ok(None)
    }

    fn rowid(&self, sql: &str, id: Uuid) -> Result<Option<i64>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(sql)?;
        let company = Blob(self.company.id.uuid());
        Ok(statement.query_row(params![company, Blob(id)], |row| row.get(0)).optional()?)
    }
}

/// The place of the first row that fits, from a place on and then from the beginning.
fn position_from(rows: &[u32], from: u64, fits: impl Fn(usize) -> bool) -> Option<usize> {
    let from = usize::try_from(from).unwrap_or(usize::MAX).min(rows.len());
    let (before, after) = rows.split_at(from);
    let within = |rows: &[u32]| rows.iter().position(|slot| fits(*slot as usize));
    within(after).map(|place| from + place).or_else(|| within(before))
}

/// Where a row lies in the file, and what it is.
fn whereabouts(grid: GridKind, key: i64) -> (&'static str, i64, GridRowKind) {
    match grid {
        GridKind::Lines => ("statement_lines", key, GridRowKind::Line),
        GridKind::Entries => ("ledger_entries", key, GridRowKind::Entry),
        GridKind::Matches => ("matches", key, GridRowKind::Match),
        GridKind::Events => ("audit_events", key, GridRowKind::Event),
        GridKind::Exceptions => {
            let (side, rowid) = exceptions::record(key);
            let kind = if side == Side::Statement { GridRowKind::Line } else { GridRowKind::Entry };
            (table(side).0, rowid, kind)
        }
    }
}

/// Where a text that may be long stands in the file.
fn text_column(grid: GridKind, source: &Source, column: GridColumn) -> Option<(&'static str, &'static str)> {
    let name = match (source.table, column) {
        (_, GridColumn::Counterparty) => "counterparty",
        (_, GridColumn::CounterpartyCode) => "counterparty_code",
        (_, GridColumn::CounterpartyAccount) => "counterparty_account",
        (_, GridColumn::RecordId) => "record_id",
        (_, GridColumn::Number) => "number",
        (_, GridColumn::Title) => "title",
        (_, GridColumn::Subject) => "subject",
        (_, GridColumn::Details) => "details",
        ("ledger_entries", GridColumn::Text) => "memo",
        ("statement_lines", GridColumn::Text) => "description",
        ("ledger_entries", GridColumn::Reference) if grid == GridKind::Exceptions => exceptions::ENTRY_REFERENCE,
        (_, GridColumn::Reference) => "reference",
        _ => return None,
    };
    Some((source.table, name))
}

pub(super) fn places_of(sheet: &Sheet, columns: &[GridColumn]) -> Result<Vec<usize>, WorkbookError> {
    let place = |column: &GridColumn| sheet.place(*column).ok_or_else(|| super::filter::no_column(sheet, *column));
    columns.iter().map(place).collect()
}

fn facts(sheet: &Sheet, column: GridColumn) -> GridColumnFacts {
    let words = match (sheet.grid.words(column), sheet.data(column), column.kind()) {
        (Some(words), _, _) => words.iter().map(|word| (*word).to_owned()).collect(),
        (None, Some(Data::Texts(texts)), ColumnKind::Word) if texts.dictionary.len() <= WORDS_MAX => {
            let mut cursor = texts.dictionary.cursor();
            let mut words = Vec::new();
            while let Some(word) = cursor.next() {
                words.extend((!word.is_empty()).then(|| word.to_owned()));
            }
            words
        }
        _ => Vec::new(),
    };
    GridColumnFacts { column, words }
}
