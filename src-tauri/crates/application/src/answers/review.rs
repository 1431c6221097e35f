//! What a run found, and what the review shows and does.

use jiff::Timestamp;
use jiff::civil::Date;
use tieout_domain::{
    Adjustment, CauseFinding, Confidence, Decider, Digest, Evidence, Job, LedgerEntryId, LedgerKind, MatchId,
    MatchStatus, Money, Posting, RootCause, RunId, Said, StatementLineId, Verdict, Weight,
};
use tieout_workbook::{Act, Note, Noted};

/// What a run did.
#[derive(Debug, Clone)]
pub struct RunSummary {
    /// Identifier.
    pub id: RunId,
    /// Open lines looked at.
    pub lines: u64,
    /// Open entries looked at.
    pub entries: u64,
    /// Candidates scored.
    pub candidates: u64,
    /// Approved by the policy.
    pub approved: u64,
    /// Wait for a person.
    pub suggested: u64,
    /// Of these, with an equally good rival.
    pub ambiguous: u64,
    /// Lines without a match.
    pub lines_unmatched: u64,
    /// Entries without a match.
    pub entries_unmatched: u64,
    /// Of the lines and entries without a match, those that the policy accepted.
    pub accepted: u64,
    /// Lines without a match of a day for which an exchange rate is missing that other days have.
    pub lines_without_rate: u64,
    /// Milliseconds.
    pub elapsed_ms: u64,
}

/// What a queue row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowState {
    /// A match in this state; `by_policy` where the policy approved it.
    Match {
        /// Where it stands.
        status: MatchStatus,
        /// Approved without a person.
        by_policy: bool,
    },
    /// A line without a match.
    UnmatchedLine,
    /// An entry without a match.
    UnmatchedEntry,
}

/// One row of the review queue.
#[derive(Debug, Clone)]
pub struct QueueRow {
    /// Match id or record id.
    pub id: String,
    /// What it is.
    pub state: RowState,
    /// Date of the first line or of the entry.
    pub date: Option<Date>,
    /// Counterparty as best known.
    pub title: String,
    /// Text of the line or numbers of the entries.
    pub subtitle: String,
    /// Statement total, or the entry's amount.
    pub amount: Money,
    /// Statement minus ledger.
    pub difference: Option<Money>,
    /// Statement lines in it.
    pub lines: u32,
    /// Ledger entries in it.
    pub entries: u32,
    /// Probability that it is right.
    pub confidence: Option<Confidence>,
    /// Root cause.
    pub cause: RootCause,
    /// Other candidates.
    pub alternatives: u32,
    /// What people noted on it.
    pub noted: Noted,
}

/// Rows of each part of the queue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct QueueCounts {
    /// All that needs a person.
    pub to_review: u64,
    /// Proposed matches.
    pub suggested: u64,
    /// Lines without a proposal.
    pub unmatched_lines: u64,
    /// Entries without a proposal.
    pub unmatched_entries: u64,
    /// Approved matches.
    pub approved: u64,
    /// Rejected matches.
    pub rejected: u64,
    /// What comes back on a later day.
    pub snoozed: u64,
}

/// A page of the queue.
#[derive(Debug, Clone)]
pub struct QueuePage {
    /// The rows.
    pub rows: Vec<QueueRow>,
    /// Rows in all.
    pub total: u64,
    /// Rows of each part.
    pub counts: QueueCounts,
    /// What undo would take back.
    pub undoable: Option<Act>,
    /// What redo would do again.
    pub redoable: Option<Act>,
}

/// A record of either side as the bench shows it.
#[derive(Debug, Clone)]
pub struct RecordFacts {
    /// Identifier.
    pub id: RecordId,
    /// Kind of entry; none for lines.
    pub kind: Option<LedgerKind>,
    /// Booking or document date.
    pub date: Option<Date>,
    /// Value or due date.
    pub second_date: Option<Date>,
    /// Amount.
    pub amount: Money,
    /// What is still open of it.
    pub open: Money,
    /// How much of it this match uses, in the match's currency.
    pub applied: Option<Money>,
    /// What that settles of it in its own currency, where the match is in another.
    pub settled: Option<Money>,
    /// Other party.
    pub counterparty: String,
    /// Its code.
    pub counterparty_code: String,
    /// Its bank account.
    pub counterparty_account: String,
    /// Document number.
    pub number: String,
    /// Reference.
    pub reference: String,
    /// Description or memo.
    pub text: String,
    /// The job, where the record is of one.
    pub job: Option<Box<Job>>,
    /// Account name.
    pub account: String,
    /// The record's own id in its file.
    pub record_id: String,
    /// File it came from.
    pub source_file: String,
    /// 1-based data row.
    pub source_row: u32,
}

/// Which record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordId {
    /// A statement line.
    Line(StatementLineId),
    /// A ledger entry.
    Entry(LedgerEntryId),
}

/// A decision that was made.
#[derive(Debug, Clone)]
pub struct DecisionFacts {
    /// What.
    pub verdict: Verdict,
    /// Who: a person's name, or the policy.
    pub by: String,
    /// Whether it was the policy.
    pub decider: Decider,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
    /// The policy, where it decided, with its code …
    pub policy: Option<Said>,
    /// … and why, where that has one.
    pub policy_reason: Option<Said>,
}

/// Another answer for the same lines.
#[derive(Debug, Clone)]
pub struct Alternative {
    /// Its entries.
    pub entries: Vec<RecordFacts>,
    /// Its score.
    pub score: Weight,
    /// Statement minus ledger; none where the two are in different currencies.
    pub difference: Option<Money>,
    /// Fields that agree.
    pub agrees: Vec<&'static str>,
    /// Fields that differ.
    pub differs: Vec<&'static str>,
}

/// Everything the bench shows for one row.
#[derive(Debug, Clone)]
pub struct ReviewDetail {
    /// The row.
    pub row: QueueRow,
    /// SHA-256 of what is shown.
    pub content: Digest,
    /// Statement side.
    pub lines: Vec<RecordFacts>,
    /// Ledger side.
    pub entries: Vec<RecordFacts>,
    /// Justified differences.
    pub adjustments: Vec<Adjustment>,
    /// To each adjustment, where the books take it.
    pub postings: Vec<Option<Posting>>,
    /// Evidence; its weights add up to `score`.
    pub evidence: Vec<Evidence>,
    /// The sum.
    pub score: Weight,
    /// Score of the next best answer.
    pub runner_up_score: Option<Weight>,
    /// Numbers of the entries in it.
    pub runner_up: Vec<String>,
    /// Kinds of evidence each of which decides alone.
    pub decisive: Vec<&'static str>,
    /// Other answers, best first.
    pub alternatives: Vec<Alternative>,
    /// Why the two sides differ, or why there is no match, and what to do.
    pub finding: Option<CauseFinding>,
    /// Why there is no match, or what to do next.
    pub hint: Option<Said>,
    /// Decisions so far, newest first.
    pub decisions: Vec<DecisionFacts>,
    /// What people noted on it, newest first.
    pub notes: Vec<Note>,
}

/// What a decision changed.
#[derive(Debug, Clone)]
pub struct DecisionOutcome {
    /// The match that now stands.
    pub match_id: Option<MatchId>,
    /// Rows of each part of the queue.
    pub counts: QueueCounts,
    /// What undo would take back next.
    pub undoable: Option<Act>,
    /// What redo would do again.
    pub redoable: Option<Act>,
    /// The match as it is now, where something was taken back or done again: it is to be shown.
    pub detail: Option<Box<ReviewDetail>>,
}

/// What would be, or was, approved together.
#[derive(Debug, Clone)]
pub struct ApprovedAbove {
    /// Matches.
    pub count: u64,
    /// Statement totals, one a currency.
    pub totals: Vec<Money>,
    /// Differences, one a currency.
    pub differences: Vec<Money>,
    /// Whether it was done.
    pub executed: bool,
    /// The act as which it was done; `None` where nothing was.
    pub act: Option<Act>,
}

/// A page of open records.
#[derive(Debug, Clone)]
pub struct OpenRecords {
    /// The records.
    pub rows: Vec<RecordFacts>,
    /// Records in all.
    pub total: u64,
}
