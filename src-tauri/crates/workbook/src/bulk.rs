//! Storing very many rows in one transaction.
//!
//! Two things make a large import slow, and the results of a large run. Every page is written twice, first to the write-ahead log and then to the file:
//! so it is done with a rollback journal instead, which need not hold pages that are new. And rows arrive in an order that
//! is none for most indexes, so that pages are fetched, deciphered, changed and written again and again: so indexes are
//! dropped and built anew at the end, from sorted rows. Either is undone with the transaction if that fails, and a crash
//! in between is no other than at any time: what the journal holds is put back when the file is next opened.

use rusqlite::{Connection, OptionalExtension, params};
use tieout_domain::Side;

use crate::{Progress, WorkbookError, backup, file, progress::go_on, state::table};

/// From so many rows on, switching the journal back and forth costs less than writing everything twice.
const ROWS_MANY: u64 = 20_000;

/// Building an index takes memory for each row of the table (about 80 bytes), and must not take it all.
const TABLE_ROWS_MAX: u64 = 3_000_000;

/// While nothing but the end of the table is written to, a small cache does.
const CACHE_KIB: i64 = 32 * 1024;

/// The index over a few chosen rows that holds all rows that are new.
const LARGE_PARTIAL: &str = "ledger_entries_open";

/// How the rows of an import or of a run are stored.
#[derive(Debug, Default)]
pub(crate) struct Bulk {
    journal: bool,
    small_cache: bool,
    /// Tables, and how the names of those of their indexes begin that are built anew.
    rebuild: Vec<(&'static str, &'static str)>,
    dropped: Vec<Index>,
}

#[derive(Debug)]
struct Index {
    table: &'static str,
    name: String,
    sql: String,
    /// What the query planner is told of it.
    statistics: Option<String>,
}

impl Bulk {
    /// For an import: looks at how many new rows are to come to how many. Called outside of a transaction.
    ///
    /// Building the indexes takes some 4 µs for each row of the table, growing them some 8 µs for each new row (measured
    /// with up to two million rows): so they are built where more rows come than there are.
    pub(crate) fn prepare(sql: &Connection, side: Side, coming: u64, stored: u64) -> Result<Self, WorkbookError> {
        let (table, _) = table(side);
        let small_cache = is_rebuilt(coming, stored);
        let rebuild = if small_cache { vec![(table, "")] } else { Vec::new() };
        Self { journal: coming >= ROWS_MANY, small_cache, rebuild, dropped: Vec::new() }.begin(sql)
    }

    /// For a run: so many matches come to so many, and so many records of each side change where they stand, of so many.
    pub(crate) fn prepare_run(
        sql: &Connection,
        matches: (u64, u64),
        records: [(Side, u64, u64); 2],
    ) -> Result<Self, WorkbookError> {
        let mut rebuild = Vec::new();
        if is_rebuilt(matches.0, matches.1) {
            rebuild.extend([("matches", "matches_by_"), ("decisions", "decisions_by_match")]);
        }
        for (side, changed, stored) in records {
            // A change takes a row out of the index and puts it in elsewhere.
            if is_rebuilt(changed.saturating_mul(2), stored) {
                match side {
                    Side::Statement => rebuild.push(("statement_lines", "statement_lines_by_state")),
                    Side::Ledger => rebuild
                        .extend([("ledger_entries", "ledger_entries_by_state"), ("ledger_entries", LARGE_PARTIAL)]),
                }
            }
        }
        Self { journal: matches.0 >= ROWS_MANY, small_cache: false, rebuild, dropped: Vec::new() }.begin(sql)
    }

    fn begin(mut self, sql: &Connection) -> Result<Self, WorkbookError> {
        // While a backup is made the file must not be written to: then all goes to the write-ahead log.
        self.journal = self.journal && !backup::is_held(sql)?;
        if self.journal {
            sql.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))?;
        }
        if self.small_cache {
            sql.pragma_update(None, "cache_size", -CACHE_KIB)?;
        }
        Ok(self)
    }

    /// Drops the indexes, in the transaction. Those over a few chosen rows cost nothing and stay; so do those that keep
    /// rules.
    pub(crate) fn drop_indexes(&mut self, sql: &Connection) -> Result<(), WorkbookError> {
        for &(table, prefix) in &self.rebuild {
            let mut statement = sql.prepare(
                "SELECT i.name, i.sql FROM pragma_index_list(?1) l
                 JOIN sqlite_schema i ON i.type = 'index' AND i.name = l.name
                 WHERE l.\"unique\" = 0 AND (l.partial = 0 OR i.name = ?3) AND instr(i.name, ?2) = 1 ORDER BY i.name",
            )?;
            let found = statement.query_map(params![table, prefix, LARGE_PARTIAL], |row| {
                Ok(Index { table, name: row.get(0)?, sql: row.get(1)?, statistics: None })
            })?;
            let mut indexes = found.collect::<rusqlite::Result<Vec<_>>>()?;
            drop(statement);
            for index in &mut indexes {
                index.statistics = sql
                    .query_row("SELECT stat FROM sqlite_stat1 WHERE idx = ?1", params![index.name], |row| row.get(0))
                    .optional()?;
                sql.execute_batch(&format!("DROP INDEX \"{}\"", index.name))?;
            }
            self.dropped.extend(indexes);
        }
        Ok(())
    }

    /// Builds the indexes again, in the same transaction.
    pub(crate) fn build_indexes(&self, sql: &Connection, progress: &mut Progress<'_>) -> Result<(), WorkbookError> {
        for (i, index) in self.dropped.iter().enumerate() {
            go_on(progress, i, self.dropped.len())?;
            sql.execute_batch(&index.sql)?;
            if let Some(statistics) = &index.statistics {
                sql.execute(
                    "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?1, ?2, ?3)",
                    params![index.table, index.name, statistics],
                )?;
            }
        }
        if !self.dropped.is_empty() {
            sql.execute_batch("ANALYZE sqlite_schema")?;
        }
        go_on(progress, self.dropped.len(), self.dropped.len())
    }

    /// Back to how a workbook is worked with, after the transaction, whatever became of it.
    pub(crate) fn end(&self, sql: &Connection) -> rusqlite::Result<()> {
        if self.small_cache {
            sql.pragma_update(None, "cache_size", file::CACHE_SIZE)?;
        }
        if self.journal {
            // Backups look after it again: see `snapshot`.
            let is_back = file::write_ahead(sql)?;
            if !is_back {
                tracing::warn!("the file did not go back to its write-ahead log");
            }
        }
        Ok(())
    }
}

/// Whether so many rows come to so many that indexes are better built than grown.
const fn is_rebuilt(coming: u64, stored: u64) -> bool {
    coming >= ROWS_MANY && coming >= stored && coming.saturating_add(stored) <= TABLE_ROWS_MAX
}
