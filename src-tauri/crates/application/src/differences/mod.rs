//! How far both sides are apart: match by match, job by job, by month and cause, and where a rate changed.

mod files;
mod report;

use std::{cmp::Reverse, sync::Arc};

use jiff::civil::Date;
use rust_decimal::Decimal;
pub use tieout_classify::{ChangedSide, MonthRates, RateChange, RateFindings, RateState, RateTrend};
pub use tieout_domain::JobDifference;
use tieout_domain::{AccountId, Job, MatchStatus, Money, RootCause, SideTotals};
pub use tieout_workbook::DifferenceScope;
use tieout_workbook::{JobMatch, MatchDifference, Workbook, WorkbookError};

pub use self::files::{DifferencesOfFiles, FileDifferences};
use self::report::{FoundDifference, FoundJob};
use crate::{ApplicationError, Session, figures::account_named};

/// A match whose two sides differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The match's identifier.
    pub id: String,
    /// Where the match stands.
    pub status: MatchStatus,
    /// Why, the main cause first.
    pub causes: Vec<RootCause>,
    /// Day of the first line, or first day of the job's month.
    pub date: Option<Date>,
    /// Who it is about.
    pub title: String,
    /// Its texts or numbers.
    pub subtitle: String,
    /// What both sides come to: what the match uses, and what it leaves open.
    pub totals: SideTotals,
    /// Statement − ledger.
    pub difference: Money,
    /// The difference in percent of the ledger side, half-even to two decimals; none where that is nothing.
    pub percent: Option<Decimal>,
    /// The job, where both records are of one.
    pub job: Option<JobSides>,
}

/// What both sides say of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobSides {
    /// Its number.
    pub number: String,
    /// What the client says.
    pub statement: Job,
    /// What the books say.
    pub ledger: Job,
    /// What the difference comes from; none where a side tells neither quantity nor rate, or a number does not fit.
    pub split: Option<JobDifference>,
}

/// Differences of one cause in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CauseSum {
    /// The main cause.
    pub cause: RootCause,
    /// How many matches.
    pub matches: u64,
    /// Sum of the differences.
    pub total: Money,
    /// Sum of their sizes, without signs.
    pub size: Money,
}

/// The same of one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthSum {
    /// First day of the month; none for matches without a date.
    pub month: Option<Date>,
    /// What there is in it.
    pub sum: CauseSum,
}

/// All differences of a scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differences {
    /// The matches, largest difference first.
    pub rows: Vec<Difference>,
    /// By cause and currency, largest size first.
    pub by_cause: Vec<CauseSum>,
    /// By month, then cause and currency; what has no date comes first.
    pub by_month: Vec<MonthSum>,
    /// Matched jobs that were looked at, whether they differ or not.
    pub jobs: u64,
    /// Changed rates and their trends.
    pub rates: RateFindings,
}

/// In which order differences are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DifferenceOrder {
    /// Largest difference first.
    #[default]
    Size,
    /// Largest share of the books first; what has none comes last.
    Percent,
    /// Newest first.
    Date,
}

/// Which of the differences are listed, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DifferencesQuery {
    /// Only these main causes; empty: all.
    pub causes: Vec<RootCause>,
    /// In which order.
    pub order: DifferenceOrder,
    /// Rows to skip.
    pub offset: u64,
    /// Most rows.
    pub limit: u32,
}

impl Differences {
    /// A page of the rows, and how many there are in all.
    pub fn page(&self, query: &DifferencesQuery) -> (Vec<&Difference>, u64) {
        let wanted = |row: &&Difference| query.causes.is_empty() || query.causes.contains(&row.causes[0]);
        let mut rows: Vec<&Difference> = self.rows.iter().filter(wanted).collect();
        match query.order {
            DifferenceOrder::Size => {}
            DifferenceOrder::Percent => rows.sort_by_key(|row| Reverse(row.percent.map(|percent| percent.abs()))),
            DifferenceOrder::Date => rows.sort_by_key(|row| Reverse(row.date)),
        }
        let total = rows.len() as u64;
        let skipped = usize::try_from(query.offset).unwrap_or(usize::MAX);
        (rows.into_iter().skip(skipped).take(query.limit as usize).collect(), total)
    }
}

/// Differences that were worked out, and for what: nothing has happened in the workbook since.
pub(crate) struct Known {
    version: u64,
    scope: DifferenceScope,
    differences: Arc<Differences>,
}

impl Session {
    /// How far both sides are apart in the matches that are proposed or approved. It is worked out once and kept as long
    /// as nothing in the workbook changes.
    pub fn differences(&self, scope: &DifferenceScope) -> Result<Arc<Differences>, ApplicationError> {
        if let (Some(from), Some(to)) = (scope.from, scope.to)
            && from > to
        {
            return Err(WorkbookError::DatesReversed { from, to }.into());
        }
        self.with_open(|open| {
            let version = open.workbook.work_version()?;
            let known = open.differences.as_ref().filter(|known| known.version == version && known.scope == *scope);
            if let Some(known) = known {
                return Ok(known.differences.clone());
            }
            let workbook = &open.workbook;
            if let Some(account) = scope.account {
                workbook.account(account)?;
            }
            let rows = workbook.match_differences(scope)?.into_iter().map(FoundDifference::from);
            let jobs = workbook.job_matches(scope)?.into_iter().map(FoundJob::from);
            let differences = Arc::new(report::put_together(rows.collect(), jobs.collect())?);
            open.differences = Some(Known { version, scope: *scope, differences: differences.clone() });
            Ok(differences)
        })
    }

    /// The account of that name; where several currencies have one of it, with the code: `Current account EUR`.
    pub fn account_called(&self, name: &str) -> Result<AccountId, ApplicationError> {
        self.with_open(|open| account_named(&open.workbook, Some(name)))
    }

    /// The changed rates of jobs between two days (unset: all), for whoever is to be told of them:
    /// [`RateState::is_open`] says whether the two sides still differ, and [`RateChange::key`] stays the same for the
    /// same change.
    pub fn rate_changes(&self, from: Option<Date>, to: Option<Date>) -> Result<Vec<RateChange>, ApplicationError> {
        let differences = self.differences(&DifferenceScope { account: None, from, to })?;
        Ok(differences.rates.changes.clone())
    }
}

/// The changed rates alone, from a workbook.
pub(crate) fn changed_rates(workbook: &Workbook, scope: &DifferenceScope) -> Result<Vec<RateChange>, ApplicationError> {
    let jobs = workbook.job_matches(scope)?.into_iter().map(FoundJob::from);
    Ok(report::put_together(Vec::new(), jobs.collect())?.rates.changes)
}

impl From<MatchDifference> for FoundDifference {
    fn from(found: MatchDifference) -> Self {
        Self {
            id: found.id.to_string(),
            status: found.status,
            causes: found.causes,
            date: found.date,
            title: found.title,
            subtitle: found.subtitle,
            totals: found.totals,
        }
    }
}

impl From<JobMatch> for FoundJob {
    fn from(found: JobMatch) -> Self {
        Self {
            id: found.id.to_string(),
            status: found.status,
            date: found.date,
            number: found.number,
            statement: found.statement,
            ledger: found.ledger,
            totals: found.totals,
        }
    }
}
