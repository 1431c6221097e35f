//! Figures that only alerts are held against.

use jiff::civil::Date;
use rusqlite::params;
use tieout_domain::{AccountId, AlertSettings, ImportBatchId, Money};

use crate::{
    Workbook, WorkbookError,
    figures::{exceptions_in_scope, fitting},
    rows::{self, Blob},
};

/// Exceptions of one currency, for the limits of their number, sum and age.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExceptionAges {
    /// How many there are.
    pub count: u64,
    /// What is open of their records, without signs.
    pub open: Money,
    /// Age of the oldest, in days.
    pub oldest_days: u32,
    /// How many are older than the limit of the settings.
    pub aged: u64,
}

impl Workbook {
    /// Exceptions of the company by currency, with ages up to `as_of`; none: today's day.
    pub fn exception_ages(
        &self,
        settings: &AlertSettings,
        as_of: Option<Date>,
    ) -> Result<Vec<ExceptionAges>, WorkbookError> {
        let as_of = as_of.unwrap_or_else(|| self.today()).to_string();
        let days = settings.exception_days.unwrap_or(u32::MAX);
        let exceptions = exceptions_in_scope();
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT currency, count(*), sum(open), max(age), count(*) FILTER (WHERE age > ?7) FROM {exceptions}
             WHERE accepted_by IS NULL AND opened_at IS NOT NULL GROUP BY currency ORDER BY currency"
        ))?;
        let none = None::<String>;
        let mut found =
            statement.query(params![Blob(self.company.id.uuid()), None::<Blob>, none, none, none, as_of, days])?;
        let mut ages = Vec::new();
        while let Some(row) = fitting(found.next())? {
            ages.push(ExceptionAges {
                count: rows::counted(row.get(1)?),
                open: rows::money(row.get(2)?, &row.get::<_, String>(0)?)?,
                oldest_days: row.get(3)?,
                aged: rows::counted(row.get(4)?),
            });
        }
        Ok(ages)
    }

    /// The newest months in which an account has lines, as their first days, newest first.
    pub fn newest_months(&self, account: AccountId, months: u32) -> Result<Vec<Date>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT DISTINCT substr(date, 1, 7) AS month FROM daily_totals
             WHERE company_id = ?1 AND account_id = ?2 AND lines > 0 AND date <> '' ORDER BY 1 DESC LIMIT ?3",
        )?;
        let found = statement
            .query_map(params![Blob(self.company.id.uuid()), Blob(account.uuid()), months], |row| {
                row.get::<_, String>(0)
            })?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        found.into_iter().map(|month| format!("{month}-01").parse().map_err(WorkbookError::unreadable)).collect()
    }

    /// Imports that were completed since a moment (in milliseconds since 1970-01-01 UTC) and whose quality is known.
    pub fn measured_imports(&self, since_ms: i64) -> Result<Vec<ImportBatchId>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT id FROM import_batches
             WHERE company_id = ?1 AND state = 'completed' AND quality IS NOT NULL AND ended_at >= ?2 ORDER BY id",
        )?;
        let found = statement.query_map(params![Blob(self.company.id.uuid()), since_ms], |row| {
            Ok(ImportBatchId::from_uuid(row.get::<_, Blob>(0)?.0))
        })?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }
}
