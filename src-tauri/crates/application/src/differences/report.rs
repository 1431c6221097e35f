//! Differences and jobs, put together: the same for a workbook and for files.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

use jiff::civil::Date;
use tieout_classify::{JobPair, rate_changes};
use tieout_domain::{Currency, Job, JobDifference, MatchStatus, Money, MoneyError, RootCause, SideTotals};

use super::{CauseSum, Difference, Differences, JobSides, MonthSum};

/// A match whose sides differ.
pub(super) struct FoundDifference {
    pub(super) id: String,
    pub(super) status: MatchStatus,
    /// Never empty.
    pub(super) causes: Vec<RootCause>,
    pub(super) date: Option<Date>,
    pub(super) title: String,
    pub(super) subtitle: String,
    pub(super) totals: SideTotals,
}

/// Two records of one job in one match.
pub(super) struct FoundJob {
    pub(super) id: String,
    pub(super) status: MatchStatus,
    pub(super) date: Option<Date>,
    pub(super) number: String,
    pub(super) statement: Job,
    pub(super) ledger: Job,
    pub(super) totals: SideTotals,
}

/// Where two answers are equally good, neither is evidence of a rate.
fn is_evidence(job: &FoundJob) -> bool {
    job.status != MatchStatus::Ambiguous
}

pub(super) fn put_together(found: Vec<FoundDifference>, jobs: Vec<FoundJob>) -> Result<Differences, MoneyError> {
    let pairs = jobs.iter().filter(|job| is_evidence(job)).map(|job| JobPair {
        statement: &job.statement,
        ledger: &job.ledger,
        totals: job.totals,
        date: job.date,
    });
    let rates = rate_changes(pairs)?;
    let count = jobs.len() as u64;
    let mut by_id: HashMap<String, FoundJob> = jobs
        .into_iter()
        .filter(|job| job.totals.statement != job.totals.ledger)
        .map(|job| (job.id.clone(), job))
        .collect();
    let mut rows = Vec::with_capacity(found.len());
    for found in found {
        let job = by_id.remove(&found.id).filter(|job| job.totals == found.totals).map(sides);
        rows.push(Difference {
            difference: found.totals.difference()?,
            percent: found.totals.percent()?,
            id: found.id,
            status: found.status,
            causes: found.causes,
            date: found.date,
            title: found.title,
            subtitle: found.subtitle,
            totals: found.totals,
            job,
        });
    }
    rows.sort_by(|one, other| {
        let size = |row: &Difference| Reverse(row.difference.magnitude());
        size(one).cmp(&size(other)).then_with(|| one.id.cmp(&other.id))
    });
    let mut causes: BTreeMap<(RootCause, Currency), CauseSum> = BTreeMap::new();
    let mut months: BTreeMap<(Option<Date>, RootCause, Currency), CauseSum> = BTreeMap::new();
    for row in &rows {
        let (cause, currency) = (row.causes[0], row.difference.currency());
        let month = row.date.map(Date::first_of_month);
        add(causes.entry((cause, currency)).or_insert_with(|| nothing(cause, currency)), row.difference)?;
        let of_month = months.entry((month, cause, currency));
        add(of_month.or_insert_with(|| nothing(cause, currency)), row.difference)?;
    }
    let mut by_cause: Vec<CauseSum> = causes.into_values().collect();
    by_cause.sort_by_key(|sum| Reverse(sum.size.magnitude()));
    let by_month = months.into_iter().map(|((month, ..), sum)| MonthSum { month, sum }).collect();
    Ok(Differences { by_cause, by_month, rows, jobs: count, rates })
}

fn sides(job: FoundJob) -> JobSides {
    JobSides {
        split: JobDifference::between(&job.statement, &job.ledger, job.totals).ok().flatten(),
        number: job.number,
        statement: job.statement,
        ledger: job.ledger,
    }
}

fn nothing(cause: RootCause, currency: Currency) -> CauseSum {
    CauseSum { cause, matches: 0, total: Money::zero(currency), size: Money::zero(currency) }
}

fn add(sum: &mut CauseSum, difference: Money) -> Result<(), MoneyError> {
    let size = if difference.minor_units() < 0 { difference.checked_neg()? } else { difference };
    *sum = CauseSum {
        cause: sum.cause,
        matches: sum.matches + 1,
        total: sum.total.checked_add(difference)?,
        size: sum.size.checked_add(size)?,
    };
    Ok(())
}
