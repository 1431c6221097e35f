//! The conditions of an exception query as SQL, on the rows of [`exceptions_in_scope`](super::exceptions_in_scope) called `x`.

use rusqlite::ToSql;
use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::ExceptionQuery;
use crate::{
    Workbook, WorkbookError, custom,
    rows::{self, Blob},
};

/// Limits are compared in ten-thousandths of the major unit: no currency has more than four digits.
const TEN_THOUSANDTHS: u32 = 4;

/// What is asked for, ready to be put to the database. ?1 to ?6 are those of the exceptions themselves.
pub(super) struct Filter {
    /// Which records: all but side, cause and age.
    pub(super) records: String,
    /// The side.
    pub(super) side: String,
    /// The cause.
    pub(super) cause: String,
    /// The age.
    pub(super) age: &'static str,
    /// Side, cause and age together.
    pub(super) chosen: String,
    company: Blob,
    account: Option<Blob>,
    from: Option<String>,
    to: Option<String>,
    currency: Option<String>,
    as_of: String,
    days_min: Option<u32>,
    days_max: Option<u32>,
    impact_min: Option<i64>,
    needle: String,
    amount_needle: String,
}

impl Filter {
    pub(super) fn of(workbook: &Workbook, query: &ExceptionQuery) -> Result<Self, WorkbookError> {
        if let (Some(from), Some(to)) = (query.from, query.to)
            && from > to
        {
            return Err(WorkbookError::DatesReversed { from, to });
        }
        let account = query.account.map(|account| workbook.account(account)).transpose()?;
        let accepted = if query.accepted { "NOT NULL" } else { "NULL" };
        let mut records = format!(
            "x.accepted_by IS {accepted} AND (?9 IS NULL OR x.open >= (?9 * minor_units(x.currency) + 9999) / 10000) AND ?10 = ?10 AND ?11 = ?11",
        );
        // Without an account a first day is one for either side.
        if account.is_none() && query.from.is_some() {
            records.push_str(
                " AND (x.side = 'statement' OR EXISTS (
                     SELECT 1 FROM ledger_entries r WHERE r.company_id = ?1 AND r.id = x.id AND r.date >= ?3))",
            );
        }
        if !query.search.trim().is_empty() {
            records.push_str(CONTAINING);
        }
        let side = match query.side {
            None => "TRUE".to_owned(),
            Some(side) => format!("x.side = '{}'", side.as_str()),
        };
        // The words are our own, and need no escaping.
        let causes = query.causes.iter().map(|cause| format!("'{}'", cause.as_str())).collect::<Vec<_>>().join(", ");
        let cause = if causes.is_empty() { "TRUE".to_owned() } else { format!("x.cause IN ({causes})") };
        let age = "(?7 IS NULL OR x.age >= ?7) AND (?8 IS NULL OR x.age <= ?8)";
        Ok(Self {
            records,
            chosen: format!("{side} AND {cause} AND {age}"),
            side,
            cause,
            age,
            company: Blob(workbook.company.id.uuid()),
            currency: account.as_ref().map(|account| account.currency.code().to_owned()),
            account: account.map(|account| Blob(account.id.uuid())),
            from: rows::date_text(query.from),
            to: rows::date_text(query.to),
            as_of: query.as_of.unwrap_or_else(|| workbook.today()).to_string(),
            days_min: query.days_min,
            days_max: query.days_max,
            impact_min: query.impact_min.map(ten_thousandths),
            needle: custom::fold(&query.search),
            amount_needle: custom::amount_needle(&query.search),
        })
    }

    /// What ?1 to ?11 are.
    pub(super) fn given(&self) -> [&dyn ToSql; 11] {
        [
            &self.company,
            &self.account,
            &self.from,
            &self.to,
            &self.currency,
            &self.as_of,
            &self.days_min,
            &self.days_max,
            &self.impact_min,
            &self.needle,
            &self.amount_needle,
        ]
    }
}

/// ?10 is the folded text, ?11 the amount as typed.
const CONTAINING: &str = " AND CASE x.side
    WHEN 'statement' THEN EXISTS (SELECT 1 FROM statement_lines r WHERE r.company_id = ?1 AND r.id = x.id AND (
        contains(?10, r.counterparty, r.reference, r.description, r.record_id)
        OR instr(amount_text(r.amount, r.currency), ?11) OR instr(amount_text(r.amount - r.applied, r.currency), ?11)))
    ELSE EXISTS (SELECT 1 FROM ledger_entries r WHERE r.company_id = ?1 AND r.id = x.id AND (
        contains(?10, r.counterparty, r.counterparty_code, r.number, r.reference, r.memo, r.record_id)
        OR instr(amount_text(r.amount, r.currency), ?11) OR instr(amount_text(r.amount - r.applied, r.currency), ?11)))
    END";

/// Rounded up, so that nothing below the limit is listed; a limit beyond all amounts stays beyond them.
fn ten_thousandths(limit: Decimal) -> i64 {
    let most = i64::MAX / 100_000;
    let scaled =
        limit.checked_mul(Decimal::from(10_i64.pow(TEN_THOUSANDTHS))).and_then(|scaled| scaled.ceil().to_i64());
    scaled.unwrap_or(most).clamp(0, most)
}
