//! Anomalies.
//!
//! Commands: `anomalies(AnomaliesRequest)` ([`AnomaliesView`]), `set_anomaly_aside(SetAsideRequest)`,
//! `restore_anomaly(key)`, `anomaly_settings {}` and `save_anomaly_settings(AnomalySettingsRequest)` (both
//! [`AnomalySettingsView`]).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Amount, SideView};

/// `anomalies`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AnomaliesRequest {
    /// Name of the account; `None`: all accounts and the books.
    pub account: Option<String>,
    /// First day, ISO; `None`: all.
    pub from: Option<String>,
    /// Last day, ISO; `None`: all.
    pub to: Option<String>,
}

/// `set_anomaly_aside`
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SetAsideRequest {
    /// What it was listed for.
    pub listed: AnomaliesRequest,
    /// What it is known by.
    pub key: String,
    /// Why it is in order.
    pub reason: String,
}

/// What stands out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AnomaliesView {
    /// Records looked at.
    pub records: u32,
    /// Anomalies that are not set aside, the largest impact first.
    pub found: Vec<AnomalyView>,
    /// Those that are.
    pub set_aside: Vec<AnomalyView>,
    /// Counts of every kind.
    pub kinds: Vec<AnomalyKindCount>,
    /// Rows of files that could not be read; 0 in a workbook.
    pub rows_rejected: u32,
}

/// How many there are of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AnomalyKindCount {
    /// `unusual_amount`, `weekend_posting` …
    pub kind: String,
    /// Whether it is looked for.
    pub enabled: bool,
    /// Found and not set aside.
    pub found: u32,
    /// Of these, those that are not listed.
    pub left_out: u32,
    /// Set aside.
    pub set_aside: u32,
}

/// An anomaly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AnomalyView {
    /// What it is known by: the same whenever it is found again.
    pub key: String,
    /// `unusual_amount`, `weekend_posting` …
    pub kind: String,
    /// What it may be about, without sign.
    pub impact: Amount,
    /// How far it is past the detector's own threshold, in hundredths: 100 is just past it.
    pub strength: u32,
    /// Why.
    pub evidence: AnomalyEvidenceView,
    /// Its records, or the largest of them.
    pub records: Vec<AnomalyRecordView>,
    /// How many records it has.
    pub record_count: u32,
    /// That it is in order, where a person said so.
    pub set_aside: Option<SetAsideView>,
}

/// A person's word that an anomaly is in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SetAsideView {
    /// Why.
    pub reason: String,
    /// Whose word.
    pub by: String,
    /// When, ISO.
    pub at: String,
}

/// A record of an anomaly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AnomalyRecordView {
    /// Identifier in the workbook; `None` for records of files.
    pub id: Option<String>,
    /// Which side.
    pub side: SideView,
    /// File it came from.
    pub source_file: String,
    /// 1-based data row in that file.
    pub source_row: u32,
    /// The record's own identifier.
    pub record_id: String,
    /// ISO date.
    pub date: Option<String>,
    /// Other party.
    pub counterparty: String,
    /// Reference, document number, or else the free text.
    pub reference: String,
    /// Amount with its sign.
    pub amount: Amount,
}

/// Why an anomaly stands out. Amounts are without sign, dates ISO.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase", tag = "kind")]
#[ts(export)]
pub enum AnomalyEvidenceView {
    /// Far more than this counterparty's postings usually are.
    UnusualAmount {
        /// The amount.
        amount: Amount,
        /// The median of the counterparty's.
        usual: Amount,
        /// Robust z-score, a decimal number.
        score: String,
        /// Postings it is compared with, itself included.
        postings: u32,
    },
    /// Posted at a weekend where others are not.
    WeekendPosting {
        /// `saturday` …
        day: String,
        /// The date.
        date: String,
        /// Postings at weekends.
        weekend: u32,
        /// Postings.
        all: u32,
    },
    /// Posted into a period that was over.
    AfterPeriodPosting {
        /// Last day of its period.
        period_end: String,
        /// When it came.
        came: String,
        /// Days between.
        days: u32,
        /// `booked` or `taken_in`.
        lateness: String,
    },
    /// A large round sum.
    RoundSum {
        /// It is a multiple of this.
        unit: Amount,
        /// Postings that are multiples.
        round: u32,
        /// Postings they are among.
        postings: u32,
        /// From here on a sum is large.
        large_from: Amount,
    },
    /// Payments under a limit that pass it together.
    SplitPayment {
        /// The limit.
        limit: Amount,
        /// Their sum.
        total: Amount,
        /// First day.
        first: String,
        /// Last day.
        last: String,
    },
    /// The same amount again.
    NearDuplicate {
        /// The amount.
        amount: Amount,
        /// Most that two differ by.
        difference: Amount,
        /// Days from the first to the last.
        days: u32,
        /// All name the same reference.
        same_reference: bool,
    },
    /// A large first posting.
    NewCounterparty {
        /// The day.
        date: String,
        /// From here on an amount is large.
        large_from: Amount,
        /// Share of the amounts below that, in percent.
        percentile: u32,
        /// Days of records before that day.
        known_days: u32,
    },
    /// Leading digits.
    Benford {
        /// First day of the period.
        from: String,
        /// Last day.
        to: String,
        /// Money in rather than out.
        incoming: bool,
        /// Postings of the period.
        postings: u32,
        /// Mean absolute deviation of the shares, a decimal number.
        deviation: String,
        /// `close`, `acceptable`, `marginal` or `none`.
        conformity: String,
        /// χ², a decimal number.
        chi_square: String,
        /// Every digit or pair of digits.
        digits: Vec<DigitCountView>,
    },
}

/// How often a digit, or a pair of digits, leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DigitCountView {
    /// 1 to 9, or 10 to 99.
    pub digit: u32,
    /// How often it was seen.
    pub seen: u32,
    /// How often it is expected, rounded.
    pub expected: u32,
    /// Sum of the amounts that begin with it.
    pub sum: Amount,
    /// It is seen far more often than expected.
    pub stands_out: bool,
}

/// How anomalies are looked for in the open workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AnomalySettingsView {
    /// What is in force.
    pub config: AnomalyConfigView,
    /// The documented defaults.
    pub defaults: AnomalyConfigView,
    /// Whether it was set for this workbook.
    pub is_stored: bool,
}

/// The keys under `[anomalies]` of the configuration file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AnomalyConfigView {
    /// `listed_max`
    pub listed_max: String,
    /// The detectors.
    pub detectors: Vec<DetectorView>,
}

/// One detector.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DetectorView {
    /// `unusual_amount`, `weekend_posting` …
    pub kind: String,
    /// Whether it is on.
    pub enabled: bool,
    /// Its thresholds.
    pub values: Vec<ThresholdView>,
}

/// A threshold of a detector.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ThresholdView {
    /// Its key in the configuration file.
    pub key: String,
    /// What stands there; the parts of a list with commas between.
    pub value: String,
}
