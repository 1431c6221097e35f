//! Changes of a rate, found as a pattern over many jobs of one type of service at one site.
//!
//! Of each such group the jobs are laid out in time, and of each side the rates in force are sought: the stretches of
//! time that explain its jobs with the fewest exceptions, where each change of rate costs as much as three exceptions
//! (a least-cost path over the rates that occur, which is what a Potts functional with 0/1 loss comes to). A single
//! correction or an outlier is therefore no change, and a price that differs from job to job is none either.
//! Two rates are the same where they make the same amount of the job but for a minor unit, so that rounding is no change.
//!
//! A change is told where at least [`JOBS_MIN`] jobs before and after it bear it out, at least three quarters of the jobs
//! of either stretch fit, and the new rate was not among those used before. Where jobs have days, they must not all be of
//! one day. A rate that was in force for a while between two stretches of another needs seven jobs or more.
//! The two sides' changes are then laid beside each other: one side changed and the other did not, or did later, or both
//! did at once; a change that was taken back, that returns with the seasons, or that goes in steps is one finding.

mod combine;
mod levels;
mod segments;
mod series;
mod trend;

use jiff::civil::Date;
use rayon::prelude::*;
use rust_decimal::Decimal;
use tieout_domain::{Currency, Job, Money, MoneyError, SideTotals};

pub use trend::MonthRates;

/// Fewest jobs before and after a change that must bear it out.
pub const JOBS_MIN: u32 = 5;

/// A job of the statement side with the one of the books that it was matched with.
#[derive(Debug, Clone, Copy)]
pub struct JobPair<'a> {
    /// What the client says.
    pub statement: &'a Job,
    /// What the books say: their words for site and service are used, unless they have none.
    pub ledger: &'a Job,
    /// Both amounts.
    pub totals: SideTotals,
    /// The day it was done or booked on. It counts where it lies in the month the job is counted in.
    pub date: Option<Date>,
}

/// Whose rate changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangedSide {
    /// The client's: it pays other than booked.
    Statement,
    /// The books': the client does not pay what is booked.
    Ledger,
    /// Both, in the same month.
    Both,
}

impl ChangedSide {
    /// The word used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::Ledger => "ledger",
            Self::Both => "both",
        }
    }
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RateState {
    /// The two sides still differ by it.
    Open,
    /// The other side has used the new rate, too, since then.
    Followed(Date),
    /// The side that changed went back to its old rate.
    TakenBack(Date),
    /// Both sides changed at once: nothing differs.
    Agreed,
    /// It comes and goes with the seasons, on one side only.
    Seasonal,
}

impl RateState {
    /// The word used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Followed(_) => "followed",
            Self::TakenBack(_) => "taken_back",
            Self::Agreed => "agreed",
            Self::Seasonal => "seasonal",
        }
    }

    /// Since when it is over.
    pub const fn ended(self) -> Option<Date> {
        match self {
            Self::Followed(date) | Self::TakenBack(date) => Some(date),
            Self::Open | Self::Agreed | Self::Seasonal => None,
        }
    }

    /// Whether the two sides still differ by it, so that somebody has to act.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Seasonal)
    }
}

/// A rate that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateChange {
    /// The same for the same change, however many jobs come after it.
    pub key: String,
    /// Where, in the spelling most jobs use.
    pub site: String,
    /// What.
    pub service_type: String,
    /// Currency of the rates.
    pub currency: Currency,
    /// Whose rate.
    pub side: ChangedSide,
    /// From what rate; where the two sides differ from the first job on, what the other side has.
    pub from: Decimal,
    /// To what rate.
    pub to: Decimal,
    /// First day, or first day of the month, of a job at the new rate.
    pub since: Date,
    /// `since` is a day, not a month.
    pub by_day: bool,
    /// The two sides differ from the first job on: when it changed is not known.
    pub from_the_start: bool,
    /// In how many steps it went.
    pub steps: u32,
    /// What became of it.
    pub state: RateState,
    /// Jobs at the old rate before it; none where it is there from the start.
    pub jobs_before: u32,
    /// Jobs at the new rate, as long as the two sides differ by this change.
    pub jobs_after: u32,
    /// Jobs before and after it that fit neither.
    pub jobs_against: u32,
    /// What these jobs differ by because of the rate so far, statement − ledger.
    pub effect: Money,
    /// What it makes a month, at the volume of the last three months with such jobs; none where the two sides agree again.
    pub effect_per_month: Option<Money>,
    /// How likely the next job is at the new rate (and one before was at the old one, whichever is less), in hundredths
    /// of a percent, by Laplace's rule of succession: (jobs that fit + 1) / (jobs + 2).
    pub confidence: u32,
    /// Its group in [`RateFindings::trends`].
    pub trend: usize,
}

/// The rates of one type of service at one site, month by month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateTrend {
    /// Where.
    pub site: String,
    /// What.
    pub service_type: String,
    /// Currency.
    pub currency: Currency,
    /// Months with jobs, oldest first.
    pub months: Vec<MonthRates>,
}

/// What jobs tell of rates.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RateFindings {
    /// Changes: those the two sides still differ by first, then by size of the effect.
    pub changes: Vec<RateChange>,
    /// One for each site, service and currency, in that order.
    pub trends: Vec<RateTrend>,
}

/// Looks for changed rates. The order of the jobs does not matter. Fails where sums do not fit.
pub fn rate_changes<'a>(pairs: impl IntoIterator<Item = JobPair<'a>>) -> Result<RateFindings, MoneyError> {
    let groups = series::groups(pairs);
    let judged: Vec<(RateTrend, Vec<RateChange>)> = groups
        .into_par_iter()
        .enumerate()
        .map(|(at, group)| Ok((trend::trend(&group)?, combine::changes(&group, at)?)))
        .collect::<Result<_, MoneyError>>()?;
    let mut findings = RateFindings::default();
    for (trend, changes) in judged {
        findings.trends.push(trend);
        findings.changes.extend(changes);
    }
    findings.changes.sort_by(|one, other| {
        let order = |change: &RateChange| (!change.state.is_open(), std::cmp::Reverse(change.effect.magnitude()));
        order(one).cmp(&order(other)).then_with(|| one.key.cmp(&other.key))
    });
    Ok(findings)
}
