//! Matches → root causes: why a record has no match. Transactions → categories: what a transaction is for. Records →
//! anomalies: what an auditor would look at twice. Jobs → changes of a rate.
//!
//! Pure: slices of records in, findings out. It knows no clock, disk, database or window, and not how matches are found.
//! Each rule is a module of its own behind [`tieout_domain::CauseRule`]; the first that applies decides. Causes of differences
//! inside matches have their rules behind the same trait where the differences arise, in `matching`.

mod anomalies;
mod categories;
mod context;
mod copies;
mod rate_changes;
pub mod rules;
mod unexplained;

pub use anomalies::{
    AfterPeriodConfig, Anomaly, AnomalyConfig, AnomalyKind, BenfordConfig, Conformity, Dates, DigitCount, Evidence,
    Facts, Lateness, NearDuplicateConfig, NewCounterpartyConfig, Posting, Postings, RoundSumConfig, SplitConfig,
    SplitLimit, UnusualAmountConfig, WeekendConfig, detect,
};
pub use categories::{
    Categoriser, CategoriserFault, Choice, Fit, PATTERN_BYTES_MAX, PatternCategoriser, PatternFit, PatternListError,
    TextField, TransactionTexts, fit_of,
};
pub use context::{Context, Copied};
pub use rate_changes::{
    ChangedSide, JOBS_MIN, JobPair, MonthRates, RateChange, RateFindings, RateState, RateTrend, rate_changes,
};
pub use unexplained::{Unexplained, Unmatched};

use tieout_domain::{CauseFinding, Confidence, Fact, ProposedFix, RootCause, first_cause, first_finding};

/// The cause of a record without a match, where nobody asks for more.
pub fn cause_of(record: Unmatched<'_>, context: &Context<'_>) -> RootCause {
    first_cause(rules::ALL, &Unexplained { record, context }).unwrap_or(RootCause::None)
}

/// Why a record has no match, what speaks for that, and what to do.
pub fn finding_of(record: Unmatched<'_>, context: &Context<'_>) -> CauseFinding {
    first_finding(rules::ALL, &Unexplained { record, context }).unwrap_or_else(|| CauseFinding {
        cause: RootCause::None,
        confidence: Confidence::from_ppm(0),
        evidence: vec![Fact::NoRule {}],
        fix: ProposedFix::MatchByHand {},
    })
}
