//! What use cases answer, in the domain's terms. `wire` turns these into JSON; the CLI prints them.

use std::path::PathBuf;

use jiff::{Timestamp, civil::Date};
use tieout_domain::{
    AccountId, Adjustment, BalanceProof, BatchState, CauseFinding, Confidence, Currency, Decider, Diagnostic, Digest,
    Evidence, ImportBatchId, Job, LedgerEntryId, LedgerKind, MatchId, MatchStatus, Money, Posting, RootCause, RunId,
    Said, Side, StatementLineId, ValidationReport, Verdict, Weight,
};
use tieout_statements::{Detection, Mapping, Open, ReadingProof, StatementReading};

use tieout_workbook::{Act, Note, Noted};

use crate::{Presence, RecentWorkbook};

/// What the window shows first.
#[derive(Debug, Clone)]
pub struct AppState {
    /// The open workbook.
    pub workbook: Option<WorkbookFacts>,
    /// Who is there.
    pub presence: Presence,
    /// Workbooks opened before, newest first.
    pub recent: Vec<RecentWorkbook>,
    /// Folder where new workbooks go unless told otherwise.
    pub default_folder: PathBuf,
    /// The user's name on this machine, as a first guess.
    pub suggested_user: String,
    /// Whether the OS keychain answers.
    pub keychain: bool,
}

/// The open workbook.
#[derive(Debug, Clone)]
pub struct WorkbookFacts {
    /// The file.
    pub path: PathBuf,
    /// The company's name.
    pub company: String,
    /// Who is working.
    pub user: String,
    /// Base currency.
    pub currency: Currency,
    /// One person may prepare and review.
    pub single_user: bool,
    /// Its accounts.
    pub accounts: Vec<AccountFacts>,
    /// How much there is of everything.
    pub counts: Counts,
    /// Files in the folder `inbox` beside the workbook that were not taken in yet.
    pub waiting_files: Vec<WaitingFile>,
    /// A sentence on where the file lies, or on its audit chain, if there is something to say.
    pub warning: Option<Said>,
}

/// A file that lies ready for import.
#[derive(Debug, Clone)]
pub struct WaitingFile {
    /// The file.
    pub path: PathBuf,
    /// What its columns look like.
    pub side: Side,
}

/// An account.
#[derive(Debug, Clone)]
pub struct AccountFacts {
    /// Identifier.
    pub id: AccountId,
    /// Name.
    pub name: String,
    /// Currency.
    pub currency: Currency,
    /// First day with a line.
    pub first_date: Option<Date>,
    /// Last day with a line.
    pub last_date: Option<Date>,
    /// Statement lines.
    pub lines: u64,
}

/// How much there is of everything.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Statement lines.
    pub lines: u64,
    /// Ledger entries.
    pub entries: u64,
    /// Lines in no approved match.
    pub lines_open: u64,
    /// Entries in no approved match, or open in part.
    pub entries_open: u64,
    /// Rows that wait for a person.
    pub to_review: u64,
    /// Approved matches.
    pub approved: u64,
    /// Runs so far.
    pub runs: u64,
}

/// A file taken in earlier.
#[derive(Debug, Clone)]
pub struct BatchFacts {
    /// Identifier.
    pub id: ImportBatchId,
    /// File name.
    pub file_name: String,
    /// SHA-256 of the file.
    pub file_hash: Digest,
    /// Side.
    pub side: Side,
    /// How far it has come.
    pub state: BatchState,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// Rows stored.
    pub added: u64,
    /// Rows that were there already.
    pub duplicates: u64,
    /// Rows left out.
    pub rejected: u64,
    /// Account of its lines; none where the file holds several.
    pub account: Option<String>,
    /// Why it failed; empty otherwise.
    pub note: String,
    /// The same with its code.
    pub said: Said,
    /// Data-quality score, 0–100.
    pub quality: Option<u8>,
    /// Where the file lay, so that it can be tried again; empty where it was dropped on the window.
    pub path: String,
}

/// A record that was deleted, and can be restored.
#[derive(Debug, Clone)]
pub struct DeletedRecord {
    /// Identifier.
    pub id: String,
    /// Date.
    pub date: Option<Date>,
    /// Amount.
    pub amount: Money,
    /// Other party and text, as the file has them.
    pub title: String,
    /// The file it came from, and its row there.
    pub source: String,
    /// When it was deleted.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// A column of a file and what it is taken for.
#[derive(Debug, Clone)]
pub struct ColumnFacts {
    /// Header as the file has it.
    pub header: String,
    /// Up to three values.
    pub samples: Vec<String>,
}

/// What commit will do with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowAction {
    /// Store it.
    Add,
    /// It is in the workbook already.
    Duplicate,
    /// It was in the workbook and somebody deleted it.
    Deleted,
    /// It cannot be read.
    Reject,
}

/// One row as it will be stored.
#[derive(Debug, Clone)]
pub struct PreviewRow {
    /// 1-based data row.
    pub row: u32,
    /// What commit will do.
    pub action: RowAction,
    /// Why it is not added; nothing where it is.
    pub because: Option<Said>,
    /// Booking or document date.
    pub date: Option<Date>,
    /// Value or due date.
    pub second_date: Option<Date>,
    /// Amount; none where it cannot be read.
    pub amount: Option<Money>,
    /// Other party.
    pub counterparty: String,
    /// Free text.
    pub description: String,
    /// Reference or document number.
    pub reference: String,
    /// Running balance.
    pub balance: Option<Money>,
}

/// The header is not that of the account's last file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderChange {
    /// Column names of the last file.
    pub before: Vec<String>,
    /// Column names of this one.
    pub now: Vec<String>,
    /// Names that are new.
    pub added: Vec<String>,
    /// Names that are gone.
    pub removed: Vec<String>,
}

/// Something only the user can say.
#[derive(Debug, Clone)]
pub struct Question {
    /// What is open.
    pub what: Open,
    /// The readings, the likelier first.
    pub readings: Vec<Said>,
    /// The readings side by side, where they can be shown.
    pub options: Vec<ReadingOption>,
}

/// One way in which a file can be read.
#[derive(Debug, Clone)]
pub struct ReadingOption {
    /// Which.
    pub words: Said,
    /// The mapping to revise the preview with.
    pub mapping: Mapping,
    /// The first rows under it.
    pub rows: Vec<PreviewRow>,
}

/// Two ways in which a file can be read.
#[derive(Debug, Clone)]
pub struct OpenReading {
    /// `date_order` or `decimal_mark`, or what else is open.
    pub what: String,
    /// The readings, the chosen one first.
    pub readings: Vec<Said>,
}

/// What the importer sees in a file, and what commit would do.
#[derive(Debug, Clone)]
pub struct ImportPreview {
    /// Names this preview in the calls that follow.
    pub token: String,
    /// File name.
    pub file_name: String,
    /// Bytes.
    pub file_size: u64,
    /// SHA-256.
    pub file_hash: Digest,
    /// Side.
    pub side: Side,
    /// `csv` or `xlsx`.
    pub format: &'static str,
    /// Name of the encoding.
    pub encoding: String,
    /// What separates columns.
    pub delimiter: Option<char>,
    /// What was found out about the file, and how sure each thing is.
    pub detected: Vec<Detection>,
    /// Sheets of a spreadsheet.
    pub sheets: Vec<String>,
    /// The sheet that is read.
    pub sheet: Option<String>,
    /// The format itself says what its columns mean: there is nothing to correct.
    pub columns_known: bool,
    /// The columns.
    pub columns: Vec<ColumnFacts>,
    /// The mapping in force.
    pub mapping: Mapping,
    /// It comes from an earlier file of this account.
    pub mapping_remembered: bool,
    /// Account of the lines, where it exists …
    pub account_id: Option<AccountId>,
    /// … and its name, or that of the one to be made.
    pub account_name: String,
    /// Accounts the file holds.
    pub accounts_count: u32,
    /// Currency of rows that name none.
    pub currency: Currency,
    /// First rows.
    pub rows: Vec<PreviewRow>,
    /// Rows in the file.
    pub rows_total: u64,
    /// Rows to be stored.
    pub rows_to_add: u64,
    /// Rows that are there already.
    pub rows_duplicate: u64,
    /// Rows that were deleted from the workbook.
    pub rows_deleted: u64,
    /// Rows that cannot be read.
    pub rows_rejected: u64,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// What has to be asked before the file can be taken in.
    pub questions: Vec<Question>,
    /// The header is another than that of the account's last file: to be confirmed.
    pub header_change: Option<HeaderChange>,
    /// Earliest date.
    pub first_date: Option<Date>,
    /// Latest date.
    pub last_date: Option<Date>,
    /// Sum of the rows, one a currency.
    pub totals: Vec<Money>,
    /// The statements the file holds, each with its balances and proof.
    pub statements: Vec<StatementReading>,
    /// How far balances and totals prove the reading of the file.
    pub proof: Option<ReadingProof>,
    /// The validation report.
    pub validation: Option<ValidationReport>,
    /// When the very same file was taken in.
    pub imported_before: Option<Timestamp>,
    /// What keeps the file from being taken in.
    pub blocking_problems: Vec<Said>,
}

/// What commit did.
#[derive(Debug, Clone, Copy)]
pub struct ImportResult {
    /// The batch.
    pub batch: ImportBatchId,
    /// Rows stored.
    pub added: u64,
    /// Rows that were there already.
    pub duplicates: u64,
    /// Rows left out.
    pub rejected: u64,
}

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
}

/// A page of open records.
#[derive(Debug, Clone)]
pub struct OpenRecords {
    /// The records.
    pub rows: Vec<RecordFacts>,
    /// Records in all.
    pub total: u64,
}

/// How an account is tied out.
#[derive(Debug, Clone)]
pub struct Proof {
    /// Account name.
    pub account: String,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// The sums.
    pub proof: BalanceProof,
    /// Lines outstanding, the largest first.
    pub outstanding_lines: Vec<RecordFacts>,
    /// How many in all.
    pub outstanding_lines_count: u64,
    /// Entries outstanding, the largest first.
    pub outstanding_entries: Vec<RecordFacts>,
    /// How many in all.
    pub outstanding_entries_count: u64,
}

/// A report that was written.
#[derive(Debug, Clone)]
pub struct ExportedReport {
    /// Full path.
    pub path: PathBuf,
    /// Pages.
    pub pages: u32,
    /// SHA-256 of the file.
    pub file_hash: Digest,
    /// Name in the signing certificate.
    pub signer: String,
    /// SHA-256 of the certificate.
    pub fingerprint: Digest,
    /// The identity was made for this report only.
    pub one_time: bool,
    /// The finished file was read back and its signature holds.
    pub verified: bool,
}

/// A page of the audit log.
#[derive(Debug, Clone)]
pub struct AuditLog {
    /// Newest first.
    pub events: Vec<tieout_domain::AuditEvent>,
    /// Events in all.
    pub total: u64,
}

/// Whether something that can be verified is valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// Whether all holds.
    pub valid: bool,
    /// What was checked, or found wrong; a sentence each.
    pub findings: Vec<Said>,
}
