//! What a workbook knows of how its figures came about: decisions, signatures, events, and how good the files were.

use jiff::Timestamp;
use tieout_domain::{Digest, Money, Side};

/// How the figures came about. Runs without a workbook know nothing of it but the quality of their files.
#[derive(Debug, Clone, Default)]
pub struct Trail {
    /// What was decided on the matches of the report.
    pub decisions: Decisions,
    /// What happened to the period, oldest first.
    pub sign_off: Vec<SignOffRow>,
    /// The newest events of the audit chain; none without a workbook.
    pub audit: Option<AuditExtract>,
    /// The files, and what was found wrong with them.
    pub quality: Vec<FileQuality>,
}

/// Decisions on matches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    /// Those of people, overrides first, then the oldest first. At most as many as tables list.
    pub rows: Vec<DecisionRow>,
    /// How many of each kind there are, listed or not: `approved by policy 3`, and the number.
    pub counts: Vec<(String, u64)>,
    /// Decisions of people in all.
    pub total: u64,
}

/// One decision of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionRow {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
    /// What, in a word or two: `approved`, `overridden`, `matched by hand`.
    pub act: &'static str,
    /// It goes against what the engine proposed or somebody had decided.
    pub overrides: bool,
    /// What it is about: who, and which number.
    pub subject: String,
    /// What the match's statement lines come to.
    pub amount: Money,
    /// How it stood before, and how after.
    pub change: String,
    /// Why, in the person's words; empty where none were given.
    pub reason: String,
}

/// One thing that happened to a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOffRow {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
    /// What: `prepared`, `reviewed`, `locked`, `signature lost` …
    pub act: String,
    /// Why; may be empty.
    pub reason: String,
    /// SHA-256 of the content it is about.
    pub content: Digest,
}

/// Events of the audit chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditExtract {
    /// The events, oldest first.
    pub rows: Vec<AuditRow>,
    /// The newest event that the report may tell of: the newest there is, or the last signature of the period.
    pub through: u64,
}

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Its place in the chain.
    pub sequence: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: String,
    /// On which machine; empty where that is not known.
    pub machine: String,
    /// What happened.
    pub action: String,
    /// To what.
    pub subject: String,
    /// The values before and after, as the chain has them.
    pub details: String,
    /// Its hash.
    pub hash: Digest,
}

/// What is known of the quality of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileQuality {
    /// Its name.
    pub file: String,
    /// Which side its rows are of.
    pub side: Side,
    /// Rows taken in.
    pub added: u64,
    /// Rows that were there already.
    pub duplicates: u64,
    /// Rows left out because they could not be read.
    pub rejected: u64,
    /// 0 to 100; none where it was not measured.
    pub score: Option<u8>,
    /// What the score is made of: name, points, of how many.
    pub parts: Vec<(String, u8, u8)>,
    /// What the checks found, as sentences.
    pub findings: Vec<String>,
    /// Values that are not as expected: at most so many as are listed.
    pub issues: Vec<IssueRow>,
    /// How many there are.
    pub issues_total: u64,
}

/// A value that is not as expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueRow {
    /// 1-based data row; none: the file as a whole.
    pub row: Option<u32>,
    /// Its column; empty where it has none.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// What was expected.
    pub expected: String,
    /// The row was left out.
    pub error: bool,
}
