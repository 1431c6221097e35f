//! The validation report of a file: six steps, each with what it looked at and what it found.

use crate::{Said, Severity};

/// The steps, in the order in which they are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ValidationStep {
    /// The file is of a known format and its content fits its name.
    Format,
    /// Every record has a date, an amount and a text.
    RequiredFields,
    /// Every value can be read as what its column holds.
    Types,
    /// Dates lie in the period, currencies are the account's, balances close and continue those before.
    BusinessRules,
    /// Rows that the workbook or the file itself has already.
    Duplicates,
    /// The score over all steps.
    Quality,
}

impl ValidationStep {
    /// All of them, in order.
    pub const ALL: [Self; 6] =
        [Self::Format, Self::RequiredFields, Self::Types, Self::BusinessRules, Self::Duplicates, Self::Quality];

    /// The word used in files and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::RequiredFields => "required_fields",
            Self::Types => "types",
            Self::BusinessRules => "business_rules",
            Self::Duplicates => "duplicates",
            Self::Quality => "quality",
        }
    }
}

/// How a step came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepOutcome {
    /// There was nothing to look at.
    NotApplicable,
    /// Nothing is wrong.
    Passed,
    /// Something is worth knowing; the file can be taken in.
    Warning,
    /// Rows, or the file, cannot be taken in as they are.
    Failed,
}

impl StepOutcome {
    /// The word used in files and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotApplicable => "not_applicable",
            Self::Passed => "passed",
            Self::Warning => "warning",
            Self::Failed => "failed",
        }
    }
}

/// One thing a step found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub message: Said,
    /// 1-based data row of the first place, where there is one.
    pub row: Option<u32>,
    /// How many rows it concerns; 0 where it concerns the file.
    pub rows: u64,
    /// Whether rows are refused because of it.
    pub severity: Severity,
}

/// One step of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepReport {
    /// Which step.
    pub step: ValidationStep,
    /// How it came out.
    pub outcome: StepOutcome,
    /// How many values, rows or rules it looked at.
    pub checked: u64,
    /// What it found.
    pub findings: Vec<Finding>,
}

/// One part of the data-quality score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QualityPart {
    /// `completeness`, `validity`, `proof`, `certainty`, `consistency` or `uniqueness`.
    pub name: &'static str,
    /// Points reached.
    pub points: u8,
    /// Points there are to reach.
    pub of: u8,
}

/// The report of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidationReport {
    /// The six steps in order.
    pub steps: Vec<StepReport>,
    /// Data-quality score, 0–100: the sum of the parts' points.
    pub score: u8,
    /// Its parts.
    pub parts: Vec<QualityPart>,
}
