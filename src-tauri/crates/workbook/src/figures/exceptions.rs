//! Pages of the exceptions: what stands in the way, largest first.

use jiff::civil::Date;
use rusqlite::params_from_iter;
use rust_decimal::{Decimal, prelude::ToPrimitive};
use tieout_domain::{CauseFinding, Money, RootCause};

use super::EXCEPTIONS;
use crate::{
    Page, Record, Workbook, WorkbookError, findings,
    records::reference,
    rows::{self, Blob},
};

/// Which exceptions are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExceptionQuery {
    /// Only those with one of these causes; empty: all.
    pub causes: Vec<RootCause>,
    /// Only those of which at least so much is open, in major units of each record's currency.
    pub impact_min: Option<Decimal>,
    /// Only those at least so old, in days.
    pub days_min: Option<u32>,
    /// The day up to which ages are counted; none: today's (UTC).
    pub as_of: Option<Date>,
    /// Rows to skip.
    pub offset: u64,
    /// Rows wanted.
    pub limit: u32,
}

/// An exception with its record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedException {
    /// The record.
    pub record: Record,
    /// Why it is unmatched.
    pub cause: RootCause,
    /// What is open of it, without its sign.
    pub impact: Money,
    /// Its age in days.
    pub days_open: u32,
    /// Why, in words.
    pub explanation: String,
    /// How sure that is, what speaks for it, and what to do; none from engines of earlier versions.
    pub finding: Option<CauseFinding>,
    /// Since when the workbook knows it, in milliseconds since 1970-01-01 UTC.
    pub opened_at_ms: i64,
    /// Name of who looks after it.
    pub owner: Option<String>,
}

/// Limits are compared in ten-thousandths of the major unit: no currency has more than four digits.
const TEN_THOUSANDTHS: u32 = 4;

impl Workbook {
    /// A page of the exceptions, largest first (by the number of minor units where currencies differ).
    pub fn exceptions(&self, query: &ExceptionQuery) -> Result<Page<ListedException>, WorkbookError> {
        let as_of = query.as_of.unwrap_or_else(|| self.today()).to_string();
        let impact_min = query.impact_min.map(ten_thousandths);
        // The words are our own, and need no escaping.
        let causes = query.causes.iter().map(|cause| format!("'{}'", cause.as_str())).collect::<Vec<_>>().join(", ");
        let cause = if causes.is_empty() { String::new() } else { format!("AND cause IN ({causes})") };
        let from = format!(
            "{EXCEPTIONS} WHERE (?7 IS NULL OR age >= ?7)
             AND (?8 IS NULL OR open >= (?8 * minor_units(currency) + 9999) / 10000) {cause}"
        );
        let given: [&dyn rusqlite::ToSql; 8] = [
            &Blob(self.company.id.uuid()),
            &None::<Blob>,
            &None::<String>,
            &None::<String>,
            &None::<String>,
            &as_of,
            &query.days_min,
            &impact_min,
        ];
        let total: i64 = self
            .sql
            .prepare(&format!("SELECT count(*) FROM {from}"))?
            .query_row(params_from_iter(given), |row| row.get(0))?;
        let (limit, offset) = (query.limit, rows::stored(query.offset));
        let mut statement = self.sql.prepare(&format!(
            "SELECT side, id, cause, open, currency, age, explanation, opened_at,
                    (SELECT u.name FROM users u WHERE u.company_id = ?1 AND u.id = owner_id), finding
             FROM {from} ORDER BY open DESC, side DESC, id LIMIT {limit} OFFSET {offset}"
        ))?;
        let mut found = statement.query(params_from_iter(given))?;
        let mut page = Page { rows: Vec::new(), total: rows::counted(total) };
        while let Some(row) = found.next()? {
            let side = rows::side(&row.get::<_, String>(0)?)?;
            page.rows.push(ListedException {
                record: self.record(reference(side, row.get::<_, Blob>(1)?.0))?,
                cause: rows::cause(&row.get::<_, String>(2)?)?,
                impact: rows::money(row.get(3)?, &row.get::<_, String>(4)?)?,
                days_open: row.get(5)?,
                explanation: row.get(6)?,
                opened_at_ms: row.get(7)?,
                owner: row.get(8)?,
                finding: row.get::<_, Option<String>>(9)?.as_deref().map(findings::decode).transpose()?,
            });
        }
        Ok(page)
    }
}

/// Rounded up, so that nothing below the limit is listed; a limit beyond all amounts stays beyond them.
fn ten_thousandths(limit: Decimal) -> i64 {
    let most = i64::MAX / 100_000;
    let scaled =
        limit.checked_mul(Decimal::from(10_i64.pow(TEN_THOUSANDTHS))).and_then(|scaled| scaled.ceil().to_i64());
    scaled.unwrap_or(most).clamp(0, most)
}
