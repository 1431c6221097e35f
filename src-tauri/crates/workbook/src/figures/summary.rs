//! What an account's lines of some days come to: read from the totals of its days, which the file's triggers keep in the
//! transaction that changes a line. So it takes the same time however many lines there are, and is never out of date.

use jiff::civil::Date;
use rusqlite::{Connection, params};
use tieout_domain::{AccountId, CompanyId, Currency, Money, MoneyError};

use crate::{
    Account, Workbook, WorkbookError,
    rows::{self, Blob},
};

/// Most days of a summary, first and last included.
pub const SUMMARY_DAYS_MAX: u32 = 365;

/// What an account's lines of some days come to, in the account's currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountSummary {
    /// The account.
    pub account: Account,
    /// First day, included.
    pub from: Date,
    /// Last day, included.
    pub to: Date,
    /// Lines of these days.
    pub lines: u64,
    /// What went out, without its sign.
    pub spend: Money,
    /// What came in.
    pub income: Money,
    /// Income less spend.
    pub net: Money,
    /// Lines of the account that have no date, and so belong to no day.
    pub lines_undated: u64,
}

/// The days of a summary; ?2 account, ?3 its currency, ?4 and ?5 first and last day.
const DAYS: &str = "daily_totals d
    WHERE d.company_id = ?1 AND d.account_id = ?2 AND d.currency = ?3 AND d.date BETWEEN ?4 AND ?5";

impl Workbook {
    /// Sums an account's lines up over at most [`SUMMARY_DAYS_MAX`] days.
    pub fn account_summary(&self, account: AccountId, from: Date, to: Date) -> Result<AccountSummary, WorkbookError> {
        check_days(from, to)?;
        let account = self.account(account)?;
        let currency = account.currency;
        let (company, id) = (Blob(self.company.id.uuid()), Blob(account.id.uuid()));
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT ifnull(sum(d.lines), 0), ifnull(sum(d.income_high), 0), ifnull(sum(d.income_low), 0),
                    ifnull(sum(d.spend_high), 0), ifnull(sum(d.spend_low), 0) FROM {DAYS}"
        ))?;
        let (lines, income, spend) = statement
            .query_row(params![company, id, currency.code(), from.to_string(), to.to_string()], |row| {
                Ok((row.get(0)?, whole(row.get(1)?, row.get(2)?), whole(row.get(3)?, row.get(4)?)))
            })?;
        let (income, spend) = (money(income, currency)?, money(spend, currency)?);
        let undated: i64 = self
            .sql
            .prepare_cached(
                "SELECT ifnull(sum(lines), 0) FROM daily_totals
                 WHERE company_id = ?1 AND account_id = ?2 AND currency = ?3 AND date = ''",
            )?
            .query_row(params![company, id, currency.code()], |row| row.get(0))?;
        Ok(AccountSummary {
            from,
            to,
            lines: rows::counted(lines),
            net: income.checked_sub(spend)?,
            income,
            spend,
            lines_undated: rows::counted(undated),
            account,
        })
    }
}

fn check_days(from: Date, to: Date) -> Result<(), WorkbookError> {
    let days = from.until(to).map_err(WorkbookError::unreadable)?.get_days();
    match u32::try_from(days) {
        Err(_) => Err(WorkbookError::DatesReversed { from, to }),
        Ok(between) if between >= SUMMARY_DAYS_MAX => {
            Err(WorkbookError::TooManyDays { days: between + 1, most: SUMMARY_DAYS_MAX })
        }
        Ok(_) => Ok(()),
    }
}

/// A sum as the table keeps it, in two parts.
pub(super) fn whole(high: i64, low: i64) -> i128 {
    (i128::from(high) << 32) + i128::from(low)
}

fn money(minor_units: i128, currency: Currency) -> Result<Money, MoneyError> {
    i64::try_from(minor_units).map(|minor| Money::from_minor(minor, currency)).map_err(|_| MoneyError::Overflow)
}

/// A day whose totals are not those of its lines, if there is one: none, unless something wrote past the triggers.
pub(crate) fn first_wrong(sql: &Connection, company: CompanyId) -> Result<Option<String>, WorkbookError> {
    let mut statement = sql.prepare(
        "WITH told AS (
             SELECT account_id, currency, date, lines, income_high, income_low, spend_high, spend_low
             FROM daily_totals WHERE company_id = ?1 AND lines > 0),
         found (account_id, currency, date, lines, income_high, income_low, spend_high, spend_low) AS (
             SELECT account_id, currency, ifnull(date, ''), count(*),
                 sum(max(amount, 0) >> 32), sum(max(amount, 0) & 4294967295),
                 sum(max(-amount, 0) >> 32), sum(max(-amount, 0) & 4294967295)
             FROM statement_lines WHERE company_id = ?1 AND state <> 4 GROUP BY 1, 2, 3)
         SELECT date FROM (SELECT * FROM told EXCEPT SELECT * FROM found)
         UNION ALL SELECT date FROM (SELECT * FROM found EXCEPT SELECT * FROM told)
         LIMIT 1",
    )?;
    let mut found = statement.query(params![Blob(company.uuid())])?;
    Ok(found.next()?.map(|row| row.get(0)).transpose()?)
}
