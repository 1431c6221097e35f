//! Matches â root causes: why a record has no match. Transactions â categories: what a transaction is for. Records â
//! anomalies: what an auditor would look at twice. Jobs â changes of a rate.
//!
//! Pure: slices of records in, findings out. It knows no clock, disk, database or window, and not how matches are found.
//! Each rule is a module of its own behind [`rules::Rule`]; the first that speaks decides.

mod anomalies;
mod categories;
mod context;
mod copies;
mod rate_changes;
pub mod rules;

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

use tieout_domain::{LedgerEntry, RootCause, StatementLine};

/// Why a record has no match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The cause.
    pub cause: RootCause,
    /// One sentence for people: what was seen and what to do next.
    pub explanation: String,
}

/// A record without a match.
#[derive(Debug, Clone, Copy)]
pub enum Unmatched<'a> {
    /// A statement line.
    Line(&'a StatementLine),
    /// A ledger entry.
    Entry(&'a LedgerEntry),
}

/// Says why a record has no match.
pub fn cause_of(record: Unmatched<'_>, context: &Context<'_>) -> Finding {
    rules::ALL.iter().find_map(|rule| rule.judge(record, context)).unwrap_or(Finding {
        cause: RootCause::None,
        explanation: "No rule knows why this record has no match. Match it by hand.".to_owned(),
    })
}
