//! Noticing what changes in the file, so that what is in memory follows.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, functions::FunctionFlags, hooks::Action};

use super::column::GridKind;

/// More changed rows than these are not read anew one by one: the grid is loaded again.
const CHANGED_MAX: usize = 50_000;

/// What changed since a grid was last brought up to date.
#[derive(Debug, Default, Clone)]
pub(super) struct Changed {
    /// Whether the grid is in memory, or on its way there.
    pub(super) watched: bool,
    /// Rowids of the rows that changed, one list a source of the grid.
    pub(super) rows: [Vec<i64>; 2],
    /// More than can be told row by row.
    pub(super) all: bool,
    /// Whom records belong to.
    pub(super) owners: bool,
    /// Lines that got another category, by identifier.
    pub(super) lines: Vec<[u8; 16]>,
}

impl Changed {
    fn row(&mut self, source: usize, rowid: i64) {
        if !self.watched || self.all {
            return;
        }
        if let Some(rows) = self.rows.get_mut(source) {
            rows.push(rowid);
            self.all = rows.len() > CHANGED_MAX;
        }
    }
}

/// What changed, by grid.
#[derive(Debug, Default, Clone)]
pub(super) struct Watch(Arc<Mutex<[Changed; GridKind::ALL.len()]>>);

pub(super) const fn place(grid: GridKind) -> usize {
    match grid {
        GridKind::Lines => 0,
        GridKind::Entries => 1,
        GridKind::Matches => 2,
        GridKind::Exceptions => 3,
        GridKind::Events => 4,
    }
}

impl Watch {
    /// Watches a workbook that was just opened. What a transaction that fails had changed is noticed too: such rows are
    /// read anew for nothing.
    pub(super) fn begin(connection: &mut Connection) -> rusqlite::Result<Self> {
        let watch = Self::default();
        let noticing = watch.clone();
        connection
            .update_hook(Some(move |action, _: &str, table: &str, rowid| noticing.notice(action, table, rowid)))?;
        let noticing = watch.clone();
        connection.create_scalar_function("line_got_category", 1, FunctionFlags::SQLITE_UTF8, move |context| {
            if let Ok(Ok(id)) = context.get_raw(0).as_blob().map(<[u8; 16]>::try_from) {
                noticing.line_got_category(id);
            }
            Ok(0)
        })?;
        let noticing = watch.clone();
        connection.create_scalar_function("record_got_timing", 2, FunctionFlags::SQLITE_UTF8, move |context| {
            noticing.record_got_timing(context.get(0)?, context.get(1)?);
            Ok(0)
        })?;
        // A difference in time that a person told of changes the cause of its record.
        for (when, row) in [("INSERT", "NEW"), ("DELETE", "OLD")] {
            for (source, table, column) in [(0, "statement_lines", "line_id"), (1, "ledger_entries", "entry_id")] {
                connection.execute_batch(&format!(
                    "CREATE TEMP TRIGGER {column}_timing_{when} AFTER {when} ON main.marked
                     WHEN {row}.expected_on IS NOT NULL AND {row}.{column} IS NOT NULL
                     BEGIN
                         SELECT record_got_timing({source}, r.rowid) FROM main.{table} r
                         WHERE r.company_id = {row}.company_id AND r.id = {row}.{column};
                     END;"
                ))?;
            }
        }
        // That table has no rowids, of which alone the hook would tell.
        connection.execute_batch(
            "CREATE TEMP TRIGGER line_got_category AFTER INSERT ON main.line_categories
             BEGIN SELECT line_got_category(NEW.line_id); END;
             CREATE TEMP TRIGGER line_got_another_category AFTER UPDATE OF category_id ON main.line_categories
             WHEN OLD.category_id IS NOT NEW.category_id
             BEGIN SELECT line_got_category(NEW.line_id); END;
             CREATE TEMP TRIGGER line_lost_category AFTER DELETE ON main.line_categories
             BEGIN SELECT line_got_category(OLD.line_id); END;",
        )?;
        Ok(watch)
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, [Changed; GridKind::ALL.len()]> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn notice(&self, action: Action, table: &str, rowid: i64) {
        // New rows of a grid are found by their rowid.
        let is_new = action == Action::SQLITE_INSERT;
        let tells_when_new = ["exceptions", "marked", "policies"];
        if is_new && !tells_when_new.contains(&table) {
            return;
        }
        let mut changed = self.lock();
        let [lines, entries, matches, exceptions, _] = &mut *changed;
        match table {
            "statement_lines" => {
                lines.row(0, rowid);
                exceptions.row(0, rowid);
            }
            "ledger_entries" => {
                entries.row(0, rowid);
                exceptions.row(1, rowid);
            }
            "matches" => matches.row(0, rowid),
            "categories" => lines.all |= lines.watched,
            "exceptions" => exceptions.all |= exceptions.watched,
            "marked" | "policies" => exceptions.owners |= exceptions.watched,
            _ => {}
        }
    }

    fn record_got_timing(&self, source: u8, rowid: i64) {
        let [.., exceptions, _] = &mut *self.lock();
        exceptions.row(usize::from(source), rowid);
    }

    fn line_got_category(&self, id: [u8; 16]) {
        let [lines, ..] = &mut *self.lock();
        if lines.watched && !lines.all {
            lines.lines.push(id);
            lines.all = lines.lines.len() > CHANGED_MAX;
        }
    }

    /// From here on changes of a grid are noticed.
    pub(super) fn watch(&self, grid: GridKind) {
        if let Some(changed) = self.lock().get_mut(place(grid)) {
            *changed = Changed { watched: true, ..Changed::default() };
        }
    }

    /// What changed since.
    pub(super) fn take(&self, grid: GridKind) -> Changed {
        let mut all = self.lock();
        let Some(changed) = all.get_mut(place(grid)) else { return Changed::default() };
        let watched = changed.watched;
        std::mem::replace(changed, Changed { watched, ..Changed::default() })
    }

    /// What changed is not known any more.
    pub(super) fn spoil(&self, grid: GridKind) {
        if let Some(changed) = self.lock().get_mut(place(grid)) {
            changed.all |= changed.watched;
        }
    }

    /// Whether so much changed that the grid has to be loaded again.
    pub(super) fn is_stale(&self, grid: GridKind) -> bool {
        self.lock().get(place(grid)).is_some_and(|changed| changed.all)
    }
}
