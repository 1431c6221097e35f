//! Grids: all lines, entries, matches, exceptions and audit events, sorted and filtered by any column, searched, page by
//! page, however many there are.
//!
//! No set of indexes serves every order and filter of a million rows, and a scan of the encrypted file takes seconds. So a
//! grid that is looked at is held in memory, each column packed: numbers in four bytes, texts as their place in a sorted
//! dictionary, which makes sorting by text sorting by number. Records are only ever added, so that what is held stays; what
//! a decision changes is noticed by SQLite's update hook and read anew, row by row ([`watch`]). The list of rows that a
//! query finds is kept until a column that it goes by changes, so that any page of it costs the same.

mod bits;
mod collation;
mod column;
mod data;
mod days;
mod dictionary;
mod entries;
mod events;
mod exceptions;
mod filter;
mod growing;
mod lines;
mod loading;
mod matches;
mod order;
mod page;
mod query;
mod search;
mod selection;
mod sheet;
mod source;
mod watch;

use std::{
    hash::Hasher,
    sync::{Arc, Mutex},
};

use rusqlite::{Connection, OptionalExtension, params};
use rustc_hash::FxHasher;
use tieout_domain::said;

pub use column::{ColumnKind, GridColumn, GridKind};
pub use loading::{GridLoading, GridPiece, GridPieces};
pub use query::{
    GRID_SORTS_MAX, GridCell, GridColumnFacts, GridFilter, GridPage, GridPlace, GridQuery, GridRange, GridRow,
    GridRowKind, GridRows, GridSelection, GridSort, GridTest,
};

use bits::Bits;
use sheet::Sheet;
use source::sources;
use watch::{Changed, Watch, place};

use crate::{Workbook, WorkbookError, rows::Blob};

/// Rows that are read at once while a grid is loaded: some twenty milliseconds.
const PIECE: u32 = 4_096;
/// More new rows than these are not taken in while somebody waits for a page.
const NEW_ROWS_MAX: i64 = 20_000;
/// Lists of rows that are kept, of all grids together, by number and by what they take.
const KEPT_MAX: usize = 12;
const KEPT_BYTES_MAX: usize = 24 * 1024 * 1024;

/// The grids that are in memory.
#[derive(Debug)]
pub(crate) struct Grids {
    held: [Option<Held>; GridKind::ALL.len()],
    /// How often each grid began to be loaded as a whole: only what was begun last is taken over.
    begun: [u64; GridKind::ALL.len()],
    watch: Watch,
    kept: Vec<Kept>,
    finds: Mutex<Vec<search::Find>>,
}

/// A grid in memory.
#[derive(Debug)]
struct Held {
    sheet: Sheet,
    /// Up to which row each source was read.
    through: Vec<i64>,
    /// The day up to which ages were counted.
    today: i64,
}

/// The rows that a query found.
#[derive(Debug)]
struct Kept {
    query: GridQuery,
    /// What it went by, in which state.
    state: Vec<(Option<GridColumn>, u64)>,
    rows: Arc<[u32]>,
    /// Names the rows and their order.
    order: u64,
}

impl Grids {
    pub(crate) fn of(connection: &mut Connection) -> rusqlite::Result<Self> {
        search::register(connection)?;
        Ok(Self {
            held: Default::default(),
            begun: Default::default(),
            watch: Watch::begin(connection)?,
            kept: Vec::new(),
            finds: Mutex::default(),
        })
    }

    /// The same without anything in memory.
    #[cfg(test)]
    pub(crate) fn forgotten() -> Self {
        Self {
            held: Default::default(),
            begun: Default::default(),
            watch: Watch::default(),
            kept: Vec::new(),
            finds: Mutex::default(),
        }
    }

    fn held(&self, grid: GridKind) -> Result<&Held, WorkbookError> {
        let held = self.held.get(place(grid)).and_then(Option::as_ref);
        held.ok_or_else(|| WorkbookError::unreadable("a grid that is not in memory"))
    }

    fn sheet(&self, grid: GridKind) -> Result<&Sheet, WorkbookError> {
        Ok(&self.held(grid)?.sheet)
    }

    fn begun(&self, grid: GridKind) -> u64 {
        self.begun.get(place(grid)).copied().unwrap_or_default()
    }

    /// From here on a grid is loaded as a whole.
    fn begin(&mut self, grid: GridKind) {
        self.drop_grid(grid);
        self.watch.watch(grid);
        if let Some(begun) = self.begun.get_mut(place(grid)) {
            *begun += 1;
        }
    }

    fn drop_grid(&mut self, grid: GridKind) {
        if let Some(held) = self.held.get_mut(place(grid)) {
            *held = None;
        }
        self.kept.retain(|kept| kept.query.grid != grid);
    }
}

impl Workbook {
    /// Whether pages of the grid can be read at once: else it has to be loaded first ([`Workbook::load_grid`]), which any
    /// question about it does, in seconds where there are a million rows.
    pub fn grid_is_ready(&self, grid: GridKind) -> Result<bool, WorkbookError> {
        let Ok(held) = self.grids.held(grid) else { return Ok(false) };
        if self.grids.watch.is_stale(grid) || (grid == GridKind::Exceptions && held.today != self.day()) {
            return Ok(false);
        }
        Ok(self.new_rows(grid, held)? <= NEW_ROWS_MAX)
    }

    fn new_rows(&self, grid: GridKind, held: &Held) -> Result<i64, WorkbookError> {
        let mut new = 0;
        for (source, through) in sources(grid).iter().zip(&held.through) {
            new += self.last_rowid(source)? - through;
        }
        Ok(new)
    }

    fn day(&self) -> i64 {
        days::number(self.today())
    }

    /// Begins to load a grid that is not ready.
    pub fn load_grid(&mut self, grid: GridKind) -> Result<GridLoading, WorkbookError> {
        let is_whole = !self.grids.watch.is_stale(grid)
            && self.grids.held(grid).is_ok_and(|held| grid != GridKind::Exceptions || held.today == self.day());
        let after = self.grids.held(grid).ok().filter(|_| is_whole).map(|held| held.through.clone());
        if after.is_none() {
            self.grids.begin(grid);
        }
        self.begin_loading(grid, after.as_deref())
    }

    /// Takes over what was loaded, unless somebody else brought the grid further meanwhile: the same rows must not stand
    /// there twice, nor older ones replace newer ones.
    pub fn grid_loaded(&mut self, loading: GridLoading, pieces: GridPieces) -> Result<(), WorkbookError> {
        let GridLoading { grid, begun, after, through, .. } = loading;
        if begun != self.grids.begun(grid) {
            return Ok(());
        }
        let today = self.day();
        let Some(held) = self.grids.held.get_mut(place(grid)) else { return Ok(()) };
        match (held, after) {
            (Some(held), Some(after)) if held.through == after => {
                held.sheet.append(&pieces.sheet(grid));
                held.through = through;
            }
            (held @ None, None) => *held = Some(Held { sheet: pieces.sheet(grid), through, today }),
            // What it should follow is gone or has gone on, or all of it is there already.
            _ => {}
        }
        Ok(())
    }

    /// Makes sure that the grid in memory is as the file is.
    fn bring_up_to_date(&mut self, grid: GridKind) -> Result<(), WorkbookError> {
        while !self.grid_is_ready(grid)? {
            let mut loading = self.load_grid(grid)?;
            let pieces = GridPieces::gather(|| loading.read(self, PIECE))?;
            self.grid_loaded(loading, pieces)?;
        }
        if self.new_rows(grid, self.grids.held(grid)?)? > 0 {
            let through = self.grids.held(grid)?.through.clone();
            let mut loading = self.begin_loading(grid, Some(&through))?;
            let pieces = GridPieces::gather(|| loading.read(self, PIECE))?;
            self.grid_loaded(loading, pieces)?;
        }
        self.read_changed(grid)
    }

    fn read_changed(&mut self, grid: GridKind) -> Result<(), WorkbookError> {
        let changed = self.grids.watch.take(grid);
        let read = self.read_anew(grid, changed);
        if read.is_err() {
            // What changed is no longer known: the next question loads all of it.
            self.grids.watch.spoil(grid);
        }
        read
    }

    fn read_anew(&mut self, grid: GridKind, mut changed: Changed) -> Result<(), WorkbookError> {
        for id in std::mem::take(&mut changed.lines) {
            let mut statement =
                self.sql.prepare_cached("SELECT rowid FROM statement_lines WHERE company_id = ?1 AND id = ?2")?;
            let company = Blob(self.company.id.uuid());
            let rowid = statement.query_row(params![company, id], |row| row.get::<_, i64>(0)).optional()?;
            changed.rows[0].extend(rowid);
        }
        for (source, mut rows) in sources(grid).iter().zip(changed.rows) {
            if rows.is_empty() {
                continue;
            }
            rows.sort_unstable();
            rows.dedup();
            let (keys, anew) = self.rows_anew(grid, source, &rows)?;
            if let Some(Some(held)) = self.grids.held.get_mut(place(grid)) {
                held.sheet.update(&keys, &anew);
            }
        }
        if changed.owners {
            self.read_owners()?;
        }
        Ok(())
    }

    /// The rows that a query finds, in its order.
    fn grid_rows_of(&mut self, query: &GridQuery) -> Result<Arc<[u32]>, WorkbookError> {
        if query.sort.len() > GRID_SORTS_MAX {
            return Err(WorkbookError::Grid(said!(
                "grid.sorts",
                "rows are sorted by at most {most} columns",
                most = GRID_SORTS_MAX
            )));
        }
        self.bring_up_to_date(query.grid)?;
        let state = state_of(self.grids.sheet(query.grid)?, query);
        if let Some(at) = self.grids.kept.iter().position(|kept| kept.query == *query) {
            let kept = self.grids.kept.remove(at);
            if kept.state == state {
                let rows = Arc::clone(&kept.rows);
                self.grids.kept.push(kept);
                return Ok(rows);
            }
        }
        if !query.search.trim().is_empty() {
            while self.index_rows(query.grid)? {}
        }
        let (sheet, zone) = (self.grids.sheet(query.grid)?, self.clock.zone());
        let mut found = sheet.live.clone();
        for filter in &query.filters {
            found.keep(&filter::rows_of(sheet, filter, &zone)?);
        }
        if let Some(searched) = self.searched(sheet, &query.search)? {
            found.keep(&searched);
        }
        let rows: Arc<[u32]> = order::sorted(sheet, &found, &sort_of(query))?.into();
        // Places in a sheet mean nothing once it is loaded anew.
        let order = order_of(self.grids.begun(query.grid), &rows);
        self.keep(Kept { query: query.clone(), state, rows: Arc::clone(&rows), order });
        Ok(rows)
    }

    /// Names which rows stand where in the order of a query that was just answered.
    fn order_of_rows(&self, query: &GridQuery) -> u64 {
        self.grids.kept.iter().rev().find(|kept| kept.query == *query).map_or(0, |kept| kept.order)
    }

    /// The rows of a selection; refused where others stand at its places than were seen there.
    fn grid_rows_seen(&mut self, range: &GridRange) -> Result<Arc<[u32]>, WorkbookError> {
        let rows = self.grid_rows_of(&range.query)?;
        match range.seen {
            Some(seen) if seen != self.order_of_rows(&range.query) => Err(WorkbookError::GridMoved),
            _ => Ok(rows),
        }
    }

    /// Keeps what was found, and no more of earlier finds than there is room for.
    fn keep(&mut self, kept: Kept) {
        let all = &mut self.grids.kept;
        all.push(kept);
        let size = |all: &[Kept]| all.iter().map(|kept| kept.rows.len() * 4).sum::<usize>();
        while all.len() > 1 && (all.len() > KEPT_MAX || size(all) > KEPT_BYTES_MAX) {
            all.remove(0);
        }
    }

    /// Bytes that the grids take in memory.
    pub fn grid_memory(&self) -> usize {
        self.grids.held.iter().flatten().map(|held| held.sheet.size()).sum()
    }
}

fn sort_of(query: &GridQuery) -> Vec<GridSort> {
    if query.sort.is_empty() {
        vec![GridSort { column: query.grid.default_sort(), descending: true }]
    } else {
        query.sort.clone()
    }
}

/// A number for rows in their order, of 53 bits, which every JSON reader knows exactly.
fn order_of(begun: u64, rows: &[u32]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write_u64(begun);
    rows.iter().for_each(|row| hasher.write_u32(*row));
    hasher.finish() >> 11
}

/// What a query goes by: the rows that there are, and the columns that it names or that what is typed may stand in.
fn state_of(sheet: &Sheet, query: &GridQuery) -> Vec<(Option<GridColumn>, u64)> {
    let mut columns: Vec<Option<GridColumn>> = vec![None];
    columns.extend(query.filters.iter().map(|filter| Some(filter.column)));
    columns.extend(sort_of(query).iter().map(|sort| Some(sort.column)));
    if search::may_be_amounts(&query.search) {
        let amounts = sheet.grid.columns().iter().copied().filter(|column| column.kind() == ColumnKind::Amount);
        columns.extend(amounts.map(Some));
    }
    columns.into_iter().map(|column| (column, sheet.version(column))).collect()
}

/// The places that a selection names, once each, as far as there are rows.
fn selected(rows: &[u32], ranges: &[std::ops::Range<u64>]) -> Bits {
    let mut bits = Bits::none(rows.len());
    let place = |place: u64| usize::try_from(place).unwrap_or(usize::MAX).min(rows.len());
    for range in ranges {
        (place(range.start)..place(range.end)).for_each(|place| bits.set(place, true));
    }
    bits
}
