//! Records an auditor would look at twice, though nothing proves them wrong: the tests of journal entries that ISA 240
//! (paragraph 33a and its appendix 2) asks for.
//!
//! Pure: postings and a configuration in, anomalies out, the same whatever the order of the records and the number of
//! threads. A detector is one file; a new one is added to [`DETECTORS`]. False alarms are the main enemy: each detector
//! says nothing where what it looks for is usual in these data, or where there are too few data to know.

mod after_period;
mod benford;
mod config;
mod evidence;
mod near_duplicate;
mod new_counterparty;
mod populations;
mod postings;
mod round_sum;
mod split;
mod statistics;
#[cfg(test)]
mod tests;
mod unusual_amount;
mod weekend;

use std::cmp::Reverse;

use jiff::civil::Date;
use rayon::prelude::*;
use tieout_domain::Money;

pub use config::{
    AfterPeriodConfig, AnomalyConfig, BenfordConfig, NearDuplicateConfig, NewCounterpartyConfig, RoundSumConfig,
    SplitConfig, SplitLimit, UnusualAmountConfig, WeekendConfig,
};
pub use evidence::{Conformity, DigitCount, Evidence, Lateness};
pub use postings::{Facts, Posting, Postings};

use populations::Population;

impl AnomalyConfig {
    /// Whether a kind is looked for.
    pub fn is_on(&self, kind: AnomalyKind) -> bool {
        DETECTORS.iter().any(|detector| detector.kind() == kind && detector.is_on(self))
    }
}

/// What makes a record stand out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AnomalyKind {
    /// Far more than this counterparty's postings usually are.
    UnusualAmount,
    /// Posted at a weekend where others are not.
    WeekendPosting,
    /// Posted into a period that was over.
    AfterPeriodPosting,
    /// A large round sum where such are rare.
    RoundSum,
    /// Payments that each stay just under a limit and together pass it.
    SplitPayment,
    /// The same amount for the same counterparty again, soon after.
    NearDuplicate,
    /// A counterparty's first posting, and a large one.
    NewCounterparty,
    /// The leading digits of a period are not those that such amounts have.
    Benford,
}

impl AnomalyKind {
    /// All kinds.
    pub const ALL: [Self; 8] = [
        Self::UnusualAmount,
        Self::WeekendPosting,
        Self::AfterPeriodPosting,
        Self::RoundSum,
        Self::SplitPayment,
        Self::NearDuplicate,
        Self::NewCounterparty,
        Self::Benford,
    ];

    /// The word used in files and in the UI's catalogue.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UnusualAmount => "unusual_amount",
            Self::WeekendPosting => "weekend_posting",
            Self::AfterPeriodPosting => "after_period_posting",
            Self::RoundSum => "round_sum",
            Self::SplitPayment => "split_payment",
            Self::NearDuplicate => "near_duplicate",
            Self::NewCounterparty => "new_counterparty",
            Self::Benford => "benford",
        }
    }
}

/// Something an auditor would look at twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anomaly {
    /// What makes it stand out.
    pub kind: AnomalyKind,
    /// The postings it is about, by their index, earliest first.
    pub postings: Vec<u32>,
    /// What it may be about, without sign.
    pub impact: Money,
    /// How far it is past the detector's own threshold, in hundredths of that: 100 is just past it.
    pub strength: u32,
    /// Why.
    pub evidence: Evidence,
}

/// The dates that are looked at. What lies outside still tells what is usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Dates {
    /// First day; none: from the first record on.
    pub from: Option<Date>,
    /// Last day; none: to the last record.
    pub to: Option<Date>,
}

impl Dates {
    /// Whether the day is looked at. A record without a date is looked at only where no dates are asked for.
    pub fn contain(&self, day: Option<Date>) -> bool {
        match day {
            Some(day) => self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to),
            None => self.from.is_none() && self.to.is_none(),
        }
    }
}

/// One way to find anomalies.
pub(crate) trait Detector: Sync {
    /// What it finds.
    fn kind(&self) -> AnomalyKind;

    /// Whether the configuration has it switched on.
    fn is_on(&self, config: &AnomalyConfig) -> bool;

    /// Adds what it finds among comparable postings. It may find more than the dates that are looked at.
    fn detect(&self, population: &Population<'_>, config: &AnomalyConfig, dates: Dates, found: &mut Vec<Anomaly>);
}

/// All detectors.
const DETECTORS: &[&dyn Detector] = &[
    &unusual_amount::UnusualAmount,
    &weekend::Weekend,
    &after_period::AfterPeriod,
    &round_sum::RoundSum,
    &split::Split,
    &near_duplicate::NearDuplicate,
    &new_counterparty::NewCounterparty,
    &benford::Benford,
];

/// Finds what stands out, the largest impact first. Amounts of different currencies are ranked by their figures.
pub fn detect(postings: &Postings, config: &AnomalyConfig, dates: Dates) -> Vec<Anomaly> {
    let first_seen = postings.first_seen();
    let populations = Population::all(postings, &first_seen);
    let on: Vec<_> = DETECTORS.iter().filter(|detector| detector.is_on(config)).collect();
    let tasks: Vec<_> =
        populations.iter().flat_map(|population| on.iter().map(move |detector| (population, detector))).collect();
    let mut found: Vec<Anomaly> = tasks
        .par_iter()
        .flat_map_iter(|(population, detector)| {
            let mut found = Vec::new();
            detector.detect(population, config, dates, &mut found);
            found
        })
        .filter(|anomaly| anomaly.postings.iter().any(|at| dates.contain(postings.get(*at).date)))
        .collect();
    found.sort_by_cached_key(|anomaly| rank(anomaly, postings));
    found
}

/// Impact in ten-thousandths of a major unit, then strength, kind, and the records themselves.
fn rank(anomaly: &Anomaly, postings: &Postings) -> (Reverse<u128>, Reverse<u32>, AnomalyKind, Option<u128>, usize) {
    let impact = anomaly.impact;
    let scale = 10_u128.pow(4_u32.saturating_sub(impact.currency().digits()));
    let first = anomaly.postings.first().map(|at| postings.get(*at).id);
    let figure = u128::from(impact.magnitude()) * scale;
    (Reverse(figure), Reverse(anomaly.strength), anomaly.kind, first, anomaly.postings.len())
}

/// `part` of `whole` in hundredths.
fn hundredths(part: u128, whole: u128) -> u32 {
    u32::try_from(part.saturating_mul(100) / whole.max(1)).unwrap_or(u32::MAX)
}
