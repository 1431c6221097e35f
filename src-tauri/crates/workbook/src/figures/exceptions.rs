//! Pages of the exceptions: what stands in the way, in the order asked for.

use jiff::civil::Date;
use rusqlite::{OptionalExtension, params, params_from_iter};
use rust_decimal::Decimal;
use tieout_domain::{AccountId, CauseFinding, Money, PolicyVersion, RecordRef, RootCause, Side};

use super::{exceptions_in_scope, filter::Filter};
use crate::{
    Acceptance, Page, QueueSubject, Record, Workbook, WorkbookError, content, findings,
    records::reference,
    rows::{self, Blob},
};

/// Which exceptions are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct ExceptionQuery {
    /// Only those with one of these causes; empty: all.
    pub causes: Vec<RootCause>,
    /// Only those of this account, which are those its figures count: of its own lines, and of all entries of its
    /// currency up to the last day.
    pub account: Option<AccountId>,
    /// Only records from this day on; with an account only lines, since entries that are still open belong to every
    /// later period.
    pub from: Option<Date>,
    /// Only records up to this day.
    pub to: Option<Date>,
    /// Only records of this side.
    pub side: Option<Side>,
    /// Only records that contain this (name, code, number, reference, text, id, amount); empty: all.
    pub search: String,
    /// Only those of which at least so much is open, in major units of each record's currency.
    pub impact_min: Option<Decimal>,
    /// Only those at least so old, in days.
    pub days_min: Option<u32>,
    /// Only those at most so old, in days.
    pub days_max: Option<u32>,
    /// Only those that the policy accepted, which the queue does not list; otherwise only all others.
    pub accepted: bool,
    /// The day up to which ages are counted; none: today's.
    pub as_of: Option<Date>,
    /// What they are ordered by.
    pub order: ExceptionOrder,
    /// Smallest first, youngest first, causes from Z to A.
    pub reversed: bool,
    /// Rows to skip.
    pub offset: u64,
    /// Rows wanted.
    pub limit: u32,
}

/// What exceptions are ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ExceptionOrder {
    /// Largest first, by the number of minor units where currencies differ.
    #[default]
    Impact,
    /// Oldest first, then largest.
    Age,
    /// By cause, then largest.
    Cause,
}

impl ExceptionOrder {
    /// For `ORDER BY`. Every order is total, so that pages neither overlap nor leave anything out.
    const fn sql(self, reversed: bool) -> &'static str {
        match (self, reversed) {
            (Self::Impact, false) => "open DESC, side DESC, id",
            (Self::Impact, true) => "open, side, id DESC",
            (Self::Age, false) => "age DESC, open DESC, side DESC, id",
            (Self::Age, true) => "age, open, side, id DESC",
            (Self::Cause, false) => "cause, open DESC, side DESC, id",
            (Self::Cause, true) => "cause DESC, open, side, id DESC",
        }
    }
}

/// An exception with its record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedException {
    /// The record.
    pub record: Record,
    /// Why it is unmatched: a difference in time while a person's note says so, else what was found.
    pub cause: RootCause,
    /// What is open of it, without its sign.
    pub impact: Money,
    /// Its age in days.
    pub days_open: u32,
    /// What a person told of a difference in time, and what was found, in words.
    pub explanation: String,
    /// How sure that is, what speaks for it, and what to do; none from engines of earlier versions.
    pub finding: Option<CauseFinding>,
    /// Since when the workbook knows it, in milliseconds since 1970-01-01 UTC; none where no run has looked at it yet.
    pub opened_at_ms: Option<i64>,
    /// Name of who looks after it: whom a person gave it to, or else whom the policy names.
    pub owner: Option<String>,
    /// What the policy accepted of it.
    pub accepted: Option<Acceptance>,
}

/// What is said of a record that came in, or lost its match, after the last run.
pub const UNSEEN_RECORD: &str =
    "The engine has not looked at this record since it came in or lost its match. Run the matching.";

/// Where an exception stands in a list, with all that lists are made by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExceptionKey {
    /// The record.
    pub record: RecordRef,
    /// Why it is unmatched.
    pub cause: RootCause,
    /// What is open of it, without its sign.
    pub impact: Money,
    /// Its age in days.
    pub days_open: u32,
}

impl Workbook {
    /// A page of the exceptions.
    pub fn exceptions(&self, query: &ExceptionQuery) -> Result<Page<ListedException>, WorkbookError> {
        let list = self.exception_list(query)?;
        Ok(Page { rows: self.listed_exceptions(query.page_of(&list))?, total: list.len() as u64 })
    }

    /// All exceptions that a query finds, in its order; page and limit do not matter. It looks at every exception, and
    /// its pages cost little then: see [`Workbook::listed_exceptions`].
    pub fn exception_list(&self, query: &ExceptionQuery) -> Result<Vec<ExceptionKey>, WorkbookError> {
        let filter = Filter::of(self, query)?;
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT side, id, cause, open, currency, age FROM {} x WHERE {} AND {} ORDER BY {}",
            exceptions_in_scope(),
            filter.records,
            filter.chosen,
            query.order.sql(query.reversed)
        ))?;
        let mut found = statement.query(params_from_iter(filter.given()))?;
        let mut list = Vec::new();
        while let Some(row) = found.next()? {
            list.push(ExceptionKey {
                record: reference(rows::side(&row.get::<_, String>(0)?)?, row.get::<_, Blob>(1)?.0),
                cause: rows::cause(&row.get::<_, String>(2)?)?,
                impact: rows::money(row.get(3)?, &row.get::<_, String>(4)?)?,
                days_open: row.get(5)?,
            });
        }
        Ok(list)
    }

    /// Exceptions with their records and what is said of them.
    pub fn listed_exceptions(&self, keys: &[ExceptionKey]) -> Result<Vec<ListedException>, WorkbookError> {
        let policy = self.policy_in_force()?;
        keys.iter().map(|key| self.listed_exception(key, policy.as_ref())).collect()
    }

    fn listed_exception(
        &self,
        key: &ExceptionKey,
        policy: Option<&PolicyVersion>,
    ) -> Result<ListedException, WorkbookError> {
        let (line, entry) = content::columns(key.record);
        let column = if line.is_some() { "line_id" } else { "entry_id" };
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT e.explanation, e.opened_at, e.finding
             FROM exceptions e WHERE e.company_id = ?1 AND e.{column} = ?2"
        ))?;
        let company = Blob(self.company.id.uuid());
        let said = statement
            .query_row(params![company, line.or(entry).map(Blob)], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get::<_, Option<String>>(2)?))
            })
            .optional()?;
        let (explanation, opened_at_ms, finding) = said.unwrap_or_else(|| (UNSEEN_RECORD.to_owned(), None, None));
        // What was found stays to be seen, after what a person told of it.
        let explanation = match self.timing_of(key.record)? {
            Some(timing) => timing.before(&explanation),
            None => explanation,
        };
        let by_policy = || Some(policy?.policy.owner(key.cause)?.to_owned());
        Ok(ListedException {
            record: self.record(key.record)?,
            cause: key.cause,
            impact: key.impact,
            days_open: key.days_open,
            explanation,
            finding: finding.as_deref().map(findings::decode).transpose()?,
            opened_at_ms,
            owner: self.assigned_owner(QueueSubject::Record(key.record))?.or_else(by_policy),
            accepted: self.acceptance_of(key.record)?,
        })
    }
}

impl ExceptionQuery {
    /// The rows of the page that is asked for.
    pub fn page_of<'l>(&self, list: &'l [ExceptionKey]) -> &'l [ExceptionKey] {
        let whole = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let first = whole(self.offset).min(list.len());
        let last = first.saturating_add(whole(u64::from(self.limit))).min(list.len());
        &list[first..last]
    }
}
