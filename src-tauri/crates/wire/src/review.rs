//! The review queue and decisions.
//!
//! Commands: `review_queue(QueueRequest)`, `match_detail {id}` and `exception_detail {id}` (both [`ReviewDetail`]),
//! `decide(DecideRequest)`, `undo_decision {matchId}`, `approve_above(ApproveAboveRequest)`,
//! `open_records(OpenRecordsRequest)`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ActView, Amount, CauseFindingView, DueView, NoteView, SaidView, SideView};

/// Which part of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum QueueFilter {
    /// All that needs a person: ambiguous, suggested, unmatched lines.
    ToReview,
    /// Proposed matches only (suggested and ambiguous).
    Suggested,
    /// Statement lines without a proposal.
    UnmatchedLines,
    /// Ledger entries without a proposal.
    UnmatchedEntries,
    /// Approved matches, newest decision first.
    Approved,
    /// Rejected matches.
    Rejected,
    /// Proposals and records without one that come back on a later day.
    Snoozed,
}

/// What is asked of rows of the queue besides their part; all of it holds for each row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct QueueConditionsRequest {
    /// The root cause is one of these; empty: any.
    pub causes: Vec<String>,
    /// The amount without its sign is at least this: a decimal.
    pub amount_from: Option<String>,
    /// The amount without its sign is at most this: a decimal.
    pub amount_to: Option<String>,
    /// Dated on this day or later: ISO.
    pub from: Option<String>,
    /// Dated up to this day: ISO.
    pub to: Option<String>,
    /// Who looks after it; the empty text: nobody; `None`: anybody or nobody.
    pub owner: Option<String>,
    /// The other party's name contains this; empty: any.
    pub counterparty: String,
    /// A line of this account is in it, or it is one.
    pub account: Option<String>,
    /// Its day has come, for whoever is signed in: it is theirs, or nobody's.
    pub due: Option<DueView>,
}

/// `review_queue`
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct QueueRequest {
    /// Which part.
    pub filter: QueueFilter,
    /// Only rows that contain this text (name, reference, description, amount).
    pub search: String,
    /// What else is asked of them.
    pub conditions: QueueConditionsRequest,
    /// Rows to skip.
    pub offset: u32,
    /// Rows wanted, at most 500.
    pub limit: u32,
}

/// A page of the queue.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct QueueView {
    /// The rows.
    pub rows: Vec<QueueRow>,
    /// Rows in all.
    pub total: u32,
    /// Rows of each filter, without the search text and what else was asked.
    pub counts: QueueCounts,
    /// What `undo` would take back; `None` when there is nothing.
    pub undoable: Option<ActView>,
    /// What `redo` would do again; `None` when there is nothing.
    pub redoable: Option<ActView>,
}

/// Rows of each filter.
#[derive(Debug, Clone, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct QueueCounts {
    /// All that needs a person.
    pub to_review: u32,
    /// Proposed matches.
    pub suggested: u32,
    /// Lines without a proposal.
    pub unmatched_lines: u32,
    /// Entries without a proposal.
    pub unmatched_entries: u32,
    /// Approved matches.
    pub approved: u32,
    /// Rejected matches.
    pub rejected: u32,
    /// What comes back on a later day; not among those to review.
    pub snoozed: u32,
}

/// One row of the queue: a match, or a record without one.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct QueueRow {
    /// Match id, or record id for `unmatchedLine` / `unmatchedEntry`.
    pub id: String,
    /// What the row is.
    pub state: RowState,
    /// Date of the first line (or of the entry), ISO.
    pub date: Option<String>,
    /// Who: counterparty as best known.
    pub title: String,
    /// Text of the line, or numbers of the entries.
    pub subtitle: String,
    /// Statement total (entry total for `unmatchedEntry`).
    pub amount: Amount,
    /// Statement minus ledger; `None` for unmatched records.
    pub difference: Option<Amount>,
    /// Number of lines and entries in it.
    pub lines: u32,
    /// Number of entries in it.
    pub entries: u32,
    /// Probability that it is right, in percent with one decimal (`99.8`); `None` for unmatched records.
    pub confidence: Option<String>,
    /// Root cause word.
    pub cause: String,
    /// Number of other candidates.
    pub alternatives: u32,
    /// Whom a person gave it to.
    pub owner: Option<String>,
    /// The day on which it comes back, ISO, as long as that is to come.
    pub snoozed_until: Option<String>,
    /// The day by which a difference in time is settled, ISO.
    pub expected_on: Option<String>,
    /// That day is over.
    pub overdue: bool,
    /// Comments on it.
    pub comments: u32,
    /// Files that speak for it.
    pub evidence: u32,
}

/// What a queue row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum RowState {
    /// Proposed.
    Suggested,
    /// Proposed, with an equally good rival.
    Ambiguous,
    /// Approved by the policy.
    AutoApproved,
    /// Approved by a person.
    Approved,
    /// Rejected by a person.
    Rejected,
    /// A statement line without a match.
    UnmatchedLine,
    /// A ledger entry without a match.
    UnmatchedEntry,
}

/// Either side's record, in the bench.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RecordView {
    /// Identifier.
    pub id: String,
    /// Which side.
    pub side: SideView,
    /// Kind of ledger entry: `invoice`, `payment` …; `line` for statement lines.
    pub kind: String,
    /// ISO date.
    pub date: Option<String>,
    /// Value date (line) or due date (entry), ISO.
    pub second_date: Option<String>,
    /// Amount.
    pub amount: Amount,
    /// What is still open of it.
    pub open: Amount,
    /// How much of it this match uses, in the match's currency; `None` outside a match.
    pub applied: Option<Amount>,
    /// What that settles of it in its own currency, where the match is in another; `None` otherwise.
    pub settled: Option<Amount>,
    /// Other party.
    pub counterparty: String,
    /// Its code.
    pub counterparty_code: String,
    /// Its bank account.
    pub counterparty_account: String,
    /// Document number (entry).
    pub number: String,
    /// Reference.
    pub reference: String,
    /// Description (line) or memo (entry).
    pub text: String,
    /// The job, where the record is of one.
    pub job: Option<JobView>,
    /// Account name (line).
    pub account: String,
    /// File it came from.
    pub source_file: String,
    /// 1-based data row in that file.
    pub source_row: u32,
}

/// What a record says of a job.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct JobView {
    /// Where it was done.
    pub site: String,
    /// What was done.
    pub service_type: String,
    /// The month it is counted in, `2026-03`.
    pub month: Option<String>,
    /// How much, a plain decimal number.
    pub quantity: Option<String>,
    /// Price of a unit, a plain decimal number.
    pub rate: Option<String>,
}

/// How one field of the two sides compares.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct EvidenceView {
    /// `prior`, `amount`, `date`, `reference`, `counterparty`, `code`, `counterparty_account`, `site`, `service_type`,
    /// `month`, `quantity`, `rate`, `currency`, `rival`, `group`, `rule`.
    pub kind: String,
    /// `exact`, `near`, `differs`, `missing`.
    pub agreement: String,
    /// Weight in thousandths of a bit; negative speaks against.
    pub weight: i32,
    /// Seen on the statement side.
    pub statement_value: String,
    /// Seen on the ledger side.
    pub ledger_value: String,
    /// Days, minor units or edits between the two.
    #[ts(type = "number | null")]
    pub difference: Option<i64>,
}

/// A justified difference.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AdjustmentView {
    /// Root cause word.
    pub cause: String,
    /// Statement minus ledger.
    pub amount: Amount,
    /// The account of the books it is posted to, where a person chose one.
    pub account: Option<String>,
    /// Text of that posting; may be empty.
    pub text: String,
}

/// A decision that was made.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DecisionView {
    /// `approve`, `reject`, `override`, `undo`.
    pub verdict: String,
    /// Person's name, or `policy …`.
    pub by: String,
    /// ISO date and time, UTC.
    pub at: String,
    /// Reason.
    pub reason: String,
    /// The policy, for the window's catalogue; `null`: a person decided.
    pub policy: Option<SaidView>,
    /// The policy's reason, likewise; `null` where there is none.
    pub policy_reason: Option<SaidView>,
}

/// Another answer that could be picked.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AlternativeView {
    /// The entries of this answer (the lines stay the same).
    pub entries: Vec<RecordView>,
    /// Its score in thousandths of a bit.
    pub score: i32,
    /// Statement minus ledger; `None` where the two are in different currencies.
    pub difference: Option<Amount>,
    /// Fields that agree, in words of evidence kinds.
    pub agrees: Vec<String>,
    /// Fields that differ.
    pub differs: Vec<String>,
}

/// Everything the bench shows for one queue row.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ReviewDetail {
    /// The row.
    pub row: QueueRow,
    /// SHA-256 of what is shown; goes back with the decision.
    pub content: String,
    /// Statement side.
    pub lines: Vec<RecordView>,
    /// Ledger side.
    pub entries: Vec<RecordView>,
    /// Justified differences.
    pub adjustments: Vec<AdjustmentView>,
    /// Evidence; weights add up to `score`.
    pub evidence: Vec<EvidenceView>,
    /// Sum of the weights.
    pub score: i32,
    /// Score of the next best answer, if there is one.
    pub runner_up_score: Option<i32>,
    /// Numbers of the entries in the next best answer.
    pub runner_up: Vec<String>,
    /// What would change the answer: kinds of evidence each of which decides alone.
    pub decisive: Vec<String>,
    /// Other answers, best first.
    pub alternatives: Vec<AlternativeView>,
    /// Why the two sides differ, or why there is no match, and what to do; `None` where nothing differs, for matches by
    /// hand, and for what earlier versions found.
    pub finding: Option<CauseFindingView>,
    /// What the engine says of an unmatched record besides, if anything.
    pub hint: Option<SaidView>,
    /// Decisions so far, newest first.
    pub decisions: Vec<DecisionView>,
    /// What people noted on it, newest first.
    pub notes: Vec<NoteView>,
}

/// What a person decides about a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum VerdictView {
    /// It is right.
    Approve,
    /// It is wrong; do not propose it again.
    Reject,
}

/// `decide`
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DecideRequest {
    /// The match.
    pub match_id: String,
    /// What.
    pub verdict: VerdictView,
    /// `content` of the detail that was shown.
    pub content: String,
    /// Why; may be empty.
    pub reason: String,
}

/// What changed, so that the window can repaint without asking again.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DecisionOutcome {
    /// The match that now stands (approved, rejected, or proposed again after an undo).
    pub match_id: Option<String>,
    /// Counts of the queue.
    pub counts: QueueCounts,
    /// What `undo` would take back next.
    pub undoable: Option<ActView>,
    /// What `redo` would do again next.
    pub redoable: Option<ActView>,
    /// The match as it is now, after `undo`, `redo` and `undo_decision`.
    pub detail: Option<Box<ReviewDetail>>,
}

/// `approve_above`: first with `execute: false` to show count and sum, then with `true` and the same figures.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ApproveAboveRequest {
    /// Least confidence, in percent, as a decimal string: `95.0`.
    pub confidence: String,
    /// Do it.
    pub execute: bool,
    /// The count shown; a different one now is refused as stale.
    pub expected_count: Option<u32>,
}

/// What would be, or was, approved. Ambiguous matches are never among them.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ApproveAboveView {
    /// Matches.
    pub count: u32,
    /// Statement totals, one a currency.
    pub totals: Vec<Amount>,
    /// Differences in them, one a currency.
    pub differences: Vec<Amount>,
    /// Whether it was done.
    pub executed: bool,
    /// The act as which it was done; `None` where nothing was.
    pub act: Option<ActView>,
}

/// `open_records`: records to match by hand.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct OpenRecordsRequest {
    /// Which side.
    pub side: SideView,
    /// Only those that contain this text (name, number, reference, description, amount).
    pub search: String,
    /// Nearest to this amount first, when given (decimal string).
    pub near_amount: Option<String>,
    /// Only this currency, when given.
    pub currency: Option<String>,
    /// Rows to skip.
    pub offset: u32,
    /// Rows wanted, at most 500.
    pub limit: u32,
}

/// A page of open records.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct OpenRecordsView {
    /// The records.
    pub rows: Vec<RecordView>,
    /// Records in all.
    pub total: u32,
}
