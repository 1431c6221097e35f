//! Reading a grid's rows from the file.

use std::{collections::HashMap, ops::RangeInclusive};

use jiff::{Timestamp, tz::TimeZone};
use rusqlite::{Row, params};
use uuid::Uuid;

use super::{column::GridKind, entries, events, exceptions, growing::Rows, lines, matches, sheet::Sheet};
use crate::{Workbook, WorkbookError, rows::Blob};

/// How the rows of a grid, or of one side of it, are read.
pub(super) struct Source {
    /// Where the rows lie.
    pub(super) table: &'static str,
    /// Their rowids; ?1 is the company, ?2 to ?3 the rowids wanted.
    pub(super) sql: &'static str,
    /// Puts a row of the query among the others.
    pub(super) read: fn(&Row<'_>, &Names, &mut Rows) -> Result<(), WorkbookError>,
    /// What a row is known by in the sheet.
    pub(super) key: fn(i64) -> i64,
    /// Where only some rows are wanted: their rowids, ascending; ?1 is the company.
    pub(super) chosen: Option<&'static str>,
}

pub(super) const fn sources(grid: GridKind) -> &'static [Source] {
    match grid {
        GridKind::Lines => &[lines::SOURCE],
        GridKind::Entries => &[entries::SOURCE],
        GridKind::Matches => &[matches::SOURCE],
        GridKind::Exceptions => &[exceptions::LINES, exceptions::ENTRIES],
        GridKind::Events => &[events::SOURCE],
    }
}

/// What rows name by identifier.
#[derive(Debug, Default)]
pub(super) struct Names {
    accounts: HashMap<Uuid, String>,
    files: HashMap<Uuid, String>,
    /// Files of statements.
    statements: HashMap<Uuid, Uuid>,
    categories: HashMap<Uuid, String>,
    /// Whom the policy names for records that were given to nobody.
    pub(super) policy: Option<tieout_domain::Policy>,
    /// The day up to which ages are counted, and the zone in which days begin.
    pub(super) today: i64,
    zone: Option<TimeZone>,
}

impl Names {
    /// The day that a moment lies in, in milliseconds since 1970-01-01 UTC.
    pub(super) fn day_of(&self, at_ms: i64) -> Option<i64> {
        let at = Timestamp::from_millisecond(at_ms).ok()?;
        Some(super::days::number(at.to_zoned(self.zone.clone()?).date()))
    }

    pub(super) fn account(&self, id: Option<Blob>) -> &str {
        id.and_then(|id| self.accounts.get(&id.0)).map_or("", String::as_str)
    }

    pub(super) fn file(&self, id: Option<Blob>) -> &str {
        id.and_then(|id| self.files.get(&id.0)).map_or("", String::as_str)
    }

    pub(super) fn file_of_statement(&self, id: Blob) -> &str {
        self.file(self.statements.get(&id.0).copied().map(Blob))
    }

    pub(super) fn category(&self, id: Option<Blob>) -> &str {
        id.and_then(|id| self.categories.get(&id.0)).map_or("", String::as_str)
    }
}

pub(super) fn text<'r>(row: &'r Row<'_>, column: usize) -> Result<&'r str, WorkbookError> {
    Ok(optional_text(row, column)?.unwrap_or_default())
}

pub(super) fn optional_text<'r>(row: &'r Row<'_>, column: usize) -> Result<Option<&'r str>, WorkbookError> {
    row.get_ref(column)?.as_str_or_null().map_err(WorkbookError::unreadable)
}

impl Workbook {
    pub(super) fn names(&self, grid: GridKind) -> Result<Names, WorkbookError> {
        let company = Blob(self.company.id.uuid());
        let named = |sql: &str| -> Result<HashMap<Uuid, String>, WorkbookError> {
            let mut statement = self.sql.prepare_cached(sql)?;
            let found = statement.query_map(params![company], |row| Ok((row.get::<_, Blob>(0)?.0, row.get(1)?)))?;
            Ok(found.collect::<rusqlite::Result<_>>()?)
        };
        let mut names = Names::default();
        if matches!(grid, GridKind::Lines | GridKind::Entries) {
            names.files = named("SELECT id, file_name FROM import_batches WHERE company_id = ?1")?;
        }
        if matches!(grid, GridKind::Lines | GridKind::Exceptions) {
            names.accounts = named("SELECT id, name FROM accounts WHERE company_id = ?1")?;
        }
        if grid == GridKind::Lines {
            names.categories = named("SELECT id, name FROM categories WHERE company_id = ?1")?;
            let mut statement = self.sql.prepare_cached("SELECT id, batch_id FROM statements WHERE company_id = ?1")?;
            let found = statement
                .query_map(params![company], |row| Ok((row.get::<_, Blob>(0)?.0, row.get::<_, Blob>(1)?.0)))?;
            names.statements = found.collect::<rusqlite::Result<_>>()?;
        }
        if grid == GridKind::Exceptions {
            names.policy = self.policy_in_force()?.map(|version| version.policy);
            names.today = self.day();
            names.zone = Some(self.clock.zone());
        }
        Ok(names)
    }

    /// Rows of these rowids, as far as there are any.
    pub(super) fn read_rows(
        &self,
        source: &Source,
        names: &Names,
        rowids: RangeInclusive<i64>,
        rows: &mut Rows,
    ) -> Result<(), WorkbookError> {
        let mut statement = self.sql.prepare_cached(source.sql)?;
        let mut found = statement.query(params![Blob(self.company.id.uuid()), rowids.start(), rowids.end()])?;
        while let Some(row) = found.next()? {
            (source.read)(row, names, rows)?;
        }
        Ok(())
    }

    /// The rows of these rowids, read anew, with what they are known by; those that are gone are left out.
    pub(super) fn rows_anew(
        &self,
        grid: GridKind,
        source: &Source,
        rowids: &[i64],
    ) -> Result<(Vec<i64>, Sheet), WorkbookError> {
        let names = self.names(grid)?;
        let mut rows = Rows::of(grid);
        for rowid in rowids {
            self.read_rows(source, &names, *rowid..=*rowid, &mut rows)?;
        }
        Ok((rows.keys.clone(), rows.sheet()))
    }

    pub(super) fn last_rowid(&self, source: &Source) -> Result<i64, WorkbookError> {
        let mut statement = self.sql.prepare_cached(&format!("SELECT ifnull(max(rowid), 0) FROM {}", source.table))?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }
}
