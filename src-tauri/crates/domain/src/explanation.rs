//! Why a match is believed: evidence in additive weights.
//!
//! Weights are log₂ likelihood ratios (Fellegi and Sunter, "A Theory for Record Linkage", JASA 64, 1969), kept in
//! thousandths of a bit as whole numbers, so that the parts of an explanation add up to its score exactly.

use std::fmt;

use crate::{LedgerEntryId, StatementLineId};

/// A log₂ likelihood ratio in thousandths of a bit: +1000 makes the match twice as likely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Weight(i32);

impl Weight {
    /// From thousandths of a bit.
    pub const fn from_millibits(millibits: i32) -> Self {
        Self(millibits)
    }

    /// In thousandths of a bit.
    pub const fn millibits(self) -> i32 {
        self.0
    }
}

impl std::ops::Add for Weight {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl std::ops::Sub for Weight {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl std::iter::Sum for Weight {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::default(), |total, weight| total + weight)
    }
}

/// Calibrated probability that a match is right, in millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Confidence(u32);

impl Confidence {
    /// From millionths; more than a million is certainty.
    pub const fn from_ppm(ppm: u32) -> Self {
        Self(if ppm > 1_000_000 { 1_000_000 } else { ppm })
    }

    /// In millionths.
    pub const fn ppm(self) -> u32 {
        self.0
    }

    /// In whole percent: 100 only of what is certain.
    pub const fn whole_percent(self) -> u32 {
        match self.0 {
            1_000_000.. => 100,
            995_000.. => 99,
            ppm => (ppm + 5_000) / 10_000,
        }
    }
}

/// Six decimals: `0.998500`.
impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:06}", self.0 / 1_000_000, self.0 % 1_000_000)
    }
}

/// What was compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EvidenceKind {
    /// How likely any pair is before anything is compared.
    Prior,
    /// The amounts.
    Amount,
    /// The dates.
    Date,
    /// Document numbers and references, also inside free text.
    Reference,
    /// The counterparty's name.
    Counterparty,
    /// The counterparty's code in the books.
    Code,
    /// The counterparty's bank account.
    CounterpartyAccount,
    /// Where a job was done.
    Site,
    /// What kind of service a job was.
    ServiceType,
    /// The month a job is counted in.
    Month,
    /// How much was done.
    Quantity,
    /// The price of a unit.
    Rate,
    /// Currency and direction.
    Currency,
    /// Another candidate that is as good, or nearly.
    Rival,
    /// The parts of a group add up.
    Group,
    /// A rule that a person wrote.
    Rule,
}

impl EvidenceKind {
    /// The word used in files and in the UI's catalogue.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Prior => "prior",
            Self::Amount => "amount",
            Self::Date => "date",
            Self::Reference => "reference",
            Self::Counterparty => "counterparty",
            Self::Code => "code",
            Self::CounterpartyAccount => "counterparty_account",
            Self::Site => "site",
            Self::ServiceType => "service_type",
            Self::Month => "month",
            Self::Quantity => "quantity",
            Self::Rate => "rate",
            Self::Currency => "currency",
            Self::Rival => "rival",
            Self::Group => "group",
            Self::Rule => "rule",
        }
    }

    /// All kinds, in the order in which explanations list them.
    pub const ALL: [Self; 16] = [
        Self::Prior,
        Self::Amount,
        Self::Date,
        Self::Reference,
        Self::Counterparty,
        Self::Code,
        Self::CounterpartyAccount,
        Self::Site,
        Self::ServiceType,
        Self::Month,
        Self::Quantity,
        Self::Rate,
        Self::Currency,
        Self::Rival,
        Self::Group,
        Self::Rule,
    ];
}

/// How the two values relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Agreement {
    /// The same.
    Exact,
    /// Close: a typing error, another spelling, within the window.
    Near,
    /// Not the same.
    Differs,
    /// One side has nothing to compare.
    Missing,
}

impl Agreement {
    /// The word used in files and in the UI's catalogue.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Near => "near",
            Self::Differs => "differs",
            Self::Missing => "missing",
        }
    }
}

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// What was compared.
    pub kind: EvidenceKind,
    /// How the values relate.
    pub agreement: Agreement,
    /// How much it says; negative speaks against.
    pub weight: Weight,
    /// The value seen on the statement side (empty where there is none).
    pub statement_value: String,
    /// The value seen on the ledger side.
    pub ledger_value: String,
    /// The difference as a number where one can be said: days for dates, minor units for amounts, edits for references.
    pub difference: Option<i64>,
}

/// The next best answer for the same statement line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunnerUp<L = StatementLineId, E = LedgerEntryId> {
    /// Its statement lines.
    pub lines: Vec<L>,
    /// Its ledger entries.
    pub entries: Vec<E>,
    /// Its score.
    pub score: Weight,
}

/// Everything that speaks for and against a match. The score is the sum of the evidence, by construction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation<L = StatementLineId, E = LedgerEntryId> {
    evidence: Vec<Evidence>,
    runner_up: Option<RunnerUp<L, E>>,
    decisive: Vec<EvidenceKind>,
}

impl<L, E> Explanation<L, E> {
    /// Collects the evidence.
    pub fn new(evidence: Vec<Evidence>, runner_up: Option<RunnerUp<L, E>>) -> Self {
        Self { evidence, runner_up, decisive: Vec::new() }
    }

    /// Says which evidence would change the answer; see [`Explanation::decisive`].
    pub fn with_decisive(self, decisive: Vec<EvidenceKind>) -> Self {
        Self { decisive, ..self }
    }

    /// The pieces.
    pub fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }

    /// The next best answer, if there is one.
    pub fn runner_up(&self) -> Option<&RunnerUp<L, E>> {
        self.runner_up.as_ref()
    }

    /// What would change the answer: the kinds of evidence each of which decides alone. Without it the next best answer
    /// would be as good, or where there is none, this one would not be proposed.
    pub fn decisive(&self) -> &[EvidenceKind] {
        &self.decisive
    }

    /// The sum of all weights.
    pub fn score(&self) -> Weight {
        self.evidence.iter().map(|evidence| evidence.weight).sum()
    }

    /// How far the next best answer lies behind.
    pub fn gap(&self) -> Option<Weight> {
        self.runner_up.as_ref().map(|runner_up| self.score() - runner_up.score)
    }

    /// The same explanation with other names for the records.
    pub fn map_records<L2, E2>(self, line: impl Fn(L) -> L2, entry: impl Fn(E) -> E2) -> Explanation<L2, E2> {
        Explanation {
            evidence: self.evidence,
            decisive: self.decisive,
            runner_up: self.runner_up.map(|runner_up| RunnerUp {
                lines: runner_up.lines.into_iter().map(line).collect(),
                entries: runner_up.entries.into_iter().map(entry).collect(),
                score: runner_up.score,
            }),
        }
    }
}
