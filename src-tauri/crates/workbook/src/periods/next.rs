//! Which days the next period of an account should have.

use jiff::{ToSpan, civil::Date};
use rusqlite::{OptionalExtension, params};
use tieout_domain::{AccountId, Period};

use super::PeriodError;
use crate::{
    ProofRange, Workbook, WorkbookError,
    rows::{self, Blob},
};

/// The day after this one.
pub(crate) fn day_after(day: Date) -> Result<Date, WorkbookError> {
    day.tomorrow().map_err(WorkbookError::unreadable)
}

impl Workbook {
    /// The days of the account's next period: it begins after the last one, or with the month of the first statement, and
    /// is a month long; where no balance is known at the month's end but a statement that covers the first day states
    /// one at its own end, it ends there.
    pub fn propose_period(&self, account: AccountId) -> Result<Period, WorkbookError> {
        let account = self.account(account)?;
        let from = match self.periods(account.id)?.last() {
            Some(last) => day_after(last.days.to)?,
            None => {
                let stated = self.first_stated_day(account.id)?;
                let first = [account.first_date, stated].into_iter().flatten().min().ok_or(PeriodError::NoDays)?;
                first.first_of_month()
            }
        };
        let month = Period { from, to: from.last_of_month() };
        let range = ProofRange { from: Some(from), to: Some(month.to) };
        if self.bank_balances(&account, range)?.1.is_some() {
            return Ok(month);
        }
        let to = self.end_of_statement_over(account.id, from)?.filter(|to| *to <= from.saturating_add(1.year()));
        Ok(to.map_or(month, |to| Period { from, to }))
    }

    fn first_stated_day(&self, account: AccountId) -> Result<Option<Date>, WorkbookError> {
        let day = self
            .sql
            .prepare_cached(
                "SELECT min(ifnull(from_date, first_date)) FROM statements
                 WHERE company_id = ?1 AND account_id = ?2 AND withdrawn = 0",
            )?
            .query_row(params![Blob(self.company.id.uuid()), Blob(account.uuid())], |row| row.get(0))?;
        rows::date(day)
    }

    fn end_of_statement_over(&self, account: AccountId, day: Date) -> Result<Option<Date>, WorkbookError> {
        let found: Option<Option<String>> = self
            .sql
            .prepare_cached(
                "SELECT ifnull(to_date, last_date) FROM statements
                 WHERE company_id = ?1 AND account_id = ?2 AND withdrawn = 0 AND interim = 0 AND closing IS NOT NULL
                   AND ifnull(to_date, last_date) >= ?3 AND ifnull(from_date, first_date) <= date(?3, '+1 month')
                 ORDER BY 1 LIMIT 1",
            )?
            .query_row(params![Blob(self.company.id.uuid()), Blob(account.uuid()), day.to_string()], |row| row.get(0))
            .optional()?;
        rows::date(found.flatten())
    }
}
