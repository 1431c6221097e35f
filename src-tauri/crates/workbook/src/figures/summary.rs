//! What an account's lines of some days come to: read from the totals of its days, which the file's triggers keep in the
//! transaction that changes a line. So it takes the same time however many lines there are, and is never out of date.

use jiff::civil::Date;
use rusqlite::{Connection, ToSql, params};
use tieout_domain::{AccountId, CategoryStatus, CompanyId, Currency, Money, MoneyError};

use crate::{
    Account, Workbook, WorkbookError,
    rows::{self, Blob},
};

/// Most days of a summary, first and last included.
pub const SUMMARY_DAYS_MAX: u32 = 365;

/// Categories named in a summary.
const TOP_CATEGORIES: u32 = 3;

/// Lines by how far the categoriser has come with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StatusCounts {
    /// Lines that wait for a sweep.
    pub pending: u64,
    /// Lines that a sweep has taken up.
    pub processing: u64,
    /// Lines that were looked at, or for which a person chose.
    pub completed: u64,
    /// Lines that could not be judged.
    pub failed: u64,
}

/// A category and how many lines have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryShare {
    /// Name of the category.
    pub name: String,
    /// Lines, pending ones with the category they had until then.
    pub lines: u64,
}

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
    /// The lines by processing status; together they are `lines`.
    pub by_status: StatusCounts,
    /// The categories that most of the lines have, most first, equals by name.
    pub top_categories: Vec<CategoryShare>,
}

/// The days of a summary in one of the tables that have a row for each; ?2 account, ?3 its currency, ?4 and ?5 first and
/// last day.
fn days_of(table: &str) -> String {
    format!("{table} d WHERE d.company_id = ?1 AND d.account_id = ?2 AND d.currency = ?3 AND d.date BETWEEN ?4 AND ?5")
}

impl Workbook {
    /// Sums an account's lines up over at most [`SUMMARY_DAYS_MAX`] days.
    pub fn account_summary(&self, account: AccountId, from: Date, to: Date) -> Result<AccountSummary, WorkbookError> {
        check_days(from, to)?;
        let account = self.account(account)?;
        let currency = account.currency;
        let (company, id) = (Blob(self.company.id.uuid()), Blob(account.id.uuid()));
        let days = params![company, id, currency.code(), from.to_string(), to.to_string()];
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT ifnull(sum(d.lines), 0), ifnull(sum(d.income_high), 0), ifnull(sum(d.income_low), 0),
                    ifnull(sum(d.spend_high), 0), ifnull(sum(d.spend_low), 0) FROM {}",
            days_of("daily_totals")
        ))?;
        let (lines, income, spend) = statement.query_row(days, |row| {
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
            by_status: self.by_status(rows::counted(lines), days)?,
            top_categories: self.top_categories(days)?,
            account,
        })
    }

    /// Lines that came after the last sweep have no row.
    fn by_status(&self, lines: u64, days: &[&dyn ToSql]) -> Result<StatusCounts, WorkbookError> {
        let mut counts = StatusCounts::default();
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT d.status, sum(d.lines) FROM {} GROUP BY d.status",
            days_of("daily_categories")
        ))?;
        let mut found = statement.query(days)?;
        let mut without_row = lines;
        while let Some(row) = found.next()? {
            let number = rows::counted(row.get(1)?);
            without_row = without_row.saturating_sub(number);
            *match rows::category_status(row.get(0)?)? {
                CategoryStatus::Pending => &mut counts.pending,
                CategoryStatus::Processing => &mut counts.processing,
                CategoryStatus::Completed => &mut counts.completed,
                CategoryStatus::Failed => &mut counts.failed,
            } = number;
        }
        let taken_up = self.taken_up_without_row(without_row, days)?;
        counts.processing += taken_up;
        counts.pending += without_row - taken_up;
        Ok(counts)
    }

    /// Of the lines without a row, those that a sweep under way has taken up: all but those that came after it began.
    fn taken_up_without_row(&self, without_row: u64, days: &[&dyn ToSql]) -> Result<u64, WorkbookError> {
        let mut sweeping = self.sql.prepare_cached(
            "SELECT max(through) FROM category_sweeps WHERE company_id = ?1 AND state = 'processing'",
        )?;
        let through: Option<Blob> = sweeping.query_row(params![Blob(self.company.id.uuid())], |row| row.get(0))?;
        if through.is_none() {
            return Ok(0);
        }
        let mut later = self.sql.prepare_cached(&format!(
            "SELECT count(*) FROM {} AND d.state <> 4
               AND d.id > (SELECT max(through) FROM category_sweeps WHERE company_id = ?1 AND state = 'processing')
               AND NOT EXISTS (SELECT 1 FROM line_categories c WHERE c.company_id = ?1 AND c.line_id = d.id)",
            days_of("statement_lines")
        ))?;
        let later = rows::counted(later.query_row(days, |row| row.get(0))?);
        Ok(without_row.saturating_sub(later))
    }

    fn top_categories(&self, days: &[&dyn ToSql]) -> Result<Vec<CategoryShare>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT k.name, s.lines FROM (
                 SELECT d.category_id, sum(d.lines) AS lines FROM {} AND d.category_id <> x'' GROUP BY d.category_id) s
             JOIN categories k ON k.company_id = ?1 AND k.id = s.category_id
             WHERE s.lines > 0 ORDER BY s.lines DESC, k.folded LIMIT {TOP_CATEGORIES}",
            days_of("daily_categories")
        ))?;
        let found = statement
            .query_map(days, |row| Ok(CategoryShare { name: row.get(0)?, lines: rows::counted(row.get(1)?) }))?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
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
pub(crate) fn whole(high: i64, low: i64) -> i128 {
    (i128::from(high) << 32) + i128::from(low)
}

fn money(minor_units: i128, currency: Currency) -> Result<Money, MoneyError> {
    i64::try_from(minor_units).map(|minor| Money::from_minor(minor, currency)).map_err(|_| MoneyError::Overflow)
}

/// A day whose totals are not those of its lines, if there is one: none, unless something wrote past the triggers.
pub(crate) fn first_wrong(sql: &Connection, company: CompanyId) -> Result<Option<String>, WorkbookError> {
    for (told, found) in [
        (
            "SELECT date, account_id, currency, lines, income_high, income_low, spend_high, spend_low
             FROM daily_totals WHERE company_id = ?1 AND lines > 0",
            "SELECT ifnull(date, ''), account_id, currency, count(*),
                 sum(max(amount, 0) >> 32), sum(max(amount, 0) & 4294967295),
                 sum(max(-amount, 0) >> 32), sum(max(-amount, 0) & 4294967295)
             FROM statement_lines WHERE company_id = ?1 AND state <> 4 GROUP BY 1, 2, 3",
        ),
        (
            "SELECT date, account_id, currency, status, category_id, lines
             FROM daily_categories WHERE company_id = ?1 AND lines > 0",
            "SELECT ifnull(r.date, ''), r.account_id, r.currency, c.status, ifnull(c.category_id, x''), count(*)
             FROM line_categories c JOIN statement_lines r ON r.company_id = c.company_id AND r.id = c.line_id
             WHERE c.company_id = ?1 AND r.state <> 4 GROUP BY 1, 2, 3, 4, 5",
        ),
    ] {
        let mut statement = sql.prepare(&format!(
            "WITH told AS ({told}), found AS ({found})
             SELECT * FROM (SELECT * FROM told EXCEPT SELECT * FROM found)
             UNION ALL SELECT * FROM (SELECT * FROM found EXCEPT SELECT * FROM told) LIMIT 1"
        ))?;
        let mut rows = statement.query(params![Blob(company.uuid())])?;
        if let Some(row) = rows.next()? {
            return Ok(Some(row.get(0)?));
        }
    }
    Ok(None)
}
