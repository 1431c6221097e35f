//! Taking files in: preview, correction, commit.
//!
//! `preview_import_file {path, side, maxMib}` and `preview_import` (raw bytes in the body; headers `x-file-name`, percent-encoded,
//! and `x-side`) answer a list of [`ImportPreview`] (of an
//! archive, one a file); `revise_import` reads the same bytes with another mapping; `commit_import`
//! executes exactly the plan shown; `discard_import` forgets it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Amount, SaidView, SideView, ValidationView};

/// What a column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum ColumnRoleView {
    /// Not used.
    Ignore,
    /// The record's own identifier.
    Id,
    /// The account the row belongs to.
    Account,
    /// Booking or document date.
    Date,
    /// Value date.
    ValueDate,
    /// Due date.
    DueDate,
    /// Free text.
    Description,
    /// Signed amount.
    Amount,
    /// Money out (statement) as a positive number.
    Debit,
    /// Money in (statement) as a positive number.
    Credit,
    /// A column that says which of debit and credit a row is.
    Direction,
    /// Currency.
    Currency,
    /// Reference.
    Reference,
    /// Name of the other party, customer or supplier.
    Counterparty,
    /// Its code in the books.
    CounterpartyCode,
    /// Its bank account.
    CounterpartyAccount,
    /// Running balance.
    Balance,
    /// Document number.
    Number,
    /// Kind of record (invoice, payment …).
    Kind,
    /// Status.
    Status,
    /// The bank's transaction code.
    BankCode,
    /// Structured creditor reference.
    Remittance,
    /// Month a job is counted in.
    Month,
    /// Where a job was done.
    Site,
    /// What was done.
    ServiceType,
    /// How much was done.
    Quantity,
    /// Price of a unit.
    Rate,
}

/// A column of the file and what it is taken for.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ColumnView {
    /// 0-based position.
    pub index: u32,
    /// Header as the file has it.
    pub header: String,
    /// What it is taken for.
    pub role: ColumnRoleView,
    /// Up to three values from the first rows.
    pub samples: Vec<String>,
}

/// How dates are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum DateOrderView {
    /// 2024-12-31
    YearMonthDay,
    /// 31.12.2024
    DayMonthYear,
    /// 12/31/2024
    MonthDayYear,
}

/// Which mark stands before the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum DecimalMarkView {
    /// 1,234.56
    Point,
    /// 1.234,56
    Comma,
}

/// A mapping as the user corrected it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct MappingView {
    /// Role of each column, by position.
    pub roles: Vec<ColumnRoleView>,
    /// How dates are written.
    pub date_order: DateOrderView,
    /// Decimal mark.
    pub decimal_mark: DecimalMarkView,
    /// Turn every amount's sign around (card statements that show spending as positive).
    pub invert_sign: bool,
    /// Sheet to read, for spreadsheets.
    pub sheet: Option<String>,
}

/// One row as it will be stored.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PreviewRow {
    /// 1-based data row.
    pub row: u32,
    /// `add`, `duplicate`, `deleted` or `reject`.
    pub action: PreviewAction,
    /// Why it is not added; `null` where it is.
    pub because: Option<SaidView>,
    /// ISO date.
    pub date: Option<String>,
    /// ISO date: value date (statement) or due date (ledger).
    pub second_date: Option<String>,
    /// Amount.
    pub amount: Option<Amount>,
    /// Name of the other party.
    pub counterparty: String,
    /// Free text.
    pub description: String,
    /// Reference (statement) or document number (ledger).
    pub reference: String,
    /// Running balance.
    pub balance: Option<Amount>,
}

/// What commit will do with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum PreviewAction {
    /// Store it.
    Add,
    /// It is in the workbook already.
    Duplicate,
    /// It was in the workbook and somebody deleted it.
    Deleted,
    /// It cannot be read.
    Reject,
}

/// Something wrong with the file.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DiagnosticView {
    /// 1-based data row.
    pub row: Option<u32>,
    /// Line in the file as an editor shows it.
    pub file_line: Option<u32>,
    /// Header of the column.
    pub column: Option<String>,
    /// The value.
    pub value: String,
    /// What was expected.
    pub expected: SaidView,
    /// Whether the row is refused (`true`) or only noted.
    pub rejects_row: bool,
}

/// Something only the user can say. The answer is `revise_import` with the mapping of the right option and `settled`.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct QuestionView {
    /// What is open.
    pub what: QuestionKind,
    /// The readings, the likelier first.
    pub readings: Vec<SaidView>,
    /// The readings side by side, the likelier first; one where only the shown reading can be confirmed.
    pub options: Vec<ReadingOptionView>,
}

/// What can be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum QuestionKind {
    /// Whether day or month comes first.
    DateOrder,
    /// Which mark stands before the decimals.
    DecimalMark,
    /// Which column means what.
    Columns,
    /// Whether positive is money in or money out.
    Sign,
    /// Which century years of two digits belong to.
    Century,
}

/// One way in which the file can be read.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ReadingOptionView {
    /// Which.
    pub words: SaidView,
    /// The mapping that means it.
    pub mapping: MappingView,
    /// The first rows under it (at most 5).
    pub rows: Vec<PreviewRow>,
}

/// The header is not that of the account's last file.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct HeaderChangeView {
    /// Column names of the last file.
    pub before: Vec<String>,
    /// Column names of this one.
    pub now: Vec<String>,
    /// Names that are new.
    pub added: Vec<String>,
    /// Names that are gone.
    pub removed: Vec<String>,
}

/// Something that was found out about a file, and how sure it is.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DetectionView {
    /// `format`, `encoding`, `delimiter`, `header`, `date_order`, `decimal_mark` or `sign`.
    pub what: String,
    /// What was found, in English words.
    pub found: String,
    /// The same for the window's catalogue.
    pub said: SaidView,
    /// `certain`, `likely` or `assumed`.
    pub sureness: String,
}

/// How far balances and totals prove that rows were read right.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ReadingProofView {
    /// By what.
    pub kind: ProofKindView,
    /// Rows proved.
    pub proved: u32,
    /// Rows that could be; 0 where the file states nothing to compare with.
    pub of: u32,
}

/// By what a statement is proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum ProofKindView {
    /// The file states nothing to compare with.
    None,
    /// Totals that the file states agree with its rows.
    ControlTotals,
    /// Opening balance + rows = closing balance.
    OpeningClosing,
    /// Each row leads from the balance before it to its own.
    RunningBalance,
}

/// One statement of a file.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct StatementFactsView {
    /// The account as the file names it.
    pub account: String,
    /// The statement's own number.
    pub number: String,
    /// Rows that make lines.
    pub rows: u32,
    /// Their sum.
    pub sum: Amount,
    /// Balance before the first row.
    pub opening: Option<Amount>,
    /// Balance after the last row.
    pub closing: Option<Amount>,
    /// What is left over of opening + sum − closing; `null` where it closes or cannot be told.
    pub difference: Option<Amount>,
    /// Earliest date, ISO.
    pub first_date: Option<String>,
    /// Latest date, ISO.
    pub last_date: Option<String>,
    /// First day the statement says it covers, ISO.
    pub from: Option<String>,
    /// Last day the statement says it covers, ISO.
    pub to: Option<String>,
    /// Proof of its rows.
    pub proof: ReadingProofView,
}

/// What the importer sees. Nothing is stored yet.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ImportPreview {
    /// Names this preview in the commands that follow.
    pub token: String,
    /// File name.
    pub file_name: String,
    /// Size in bytes.
    #[ts(type = "number")]
    pub file_size: u64,
    /// SHA-256 of the file.
    pub file_hash: String,
    /// Statement or ledger.
    pub side: SideView,
    /// `csv` or `xlsx`.
    pub format: String,
    /// `UTF-8`, `windows-1252` …
    pub encoding: String,
    /// What separates columns (`,` `;` tab `|`), for CSV.
    pub delimiter: Option<String>,
    /// What was found out about the file, and how sure each thing is.
    pub detected: Vec<DetectionView>,
    /// Sheets of a spreadsheet.
    pub sheets: Vec<String>,
    /// The format itself says what its columns mean: there is nothing to correct.
    pub columns_known: bool,
    /// The columns.
    pub columns: Vec<ColumnView>,
    /// The mapping in force.
    pub mapping: MappingView,
    /// Whether the mapping was remembered from an earlier file of this account.
    pub mapping_remembered: bool,
    /// Account for the lines: an existing id …
    pub account_id: Option<String>,
    /// … or the name under which a new one will be made.
    pub account_name: String,
    /// Accounts the file holds; of several, each goes by its own name.
    pub accounts_count: u32,
    /// Currency of rows that name none.
    pub currency: String,
    /// First rows as they will be stored (at most 50).
    pub rows: Vec<PreviewRow>,
    /// Rows in the file.
    pub rows_total: u32,
    /// Rows that commit will store.
    pub rows_to_add: u32,
    /// Rows that are in the workbook already.
    pub rows_duplicate: u32,
    /// Rows that were deleted from the workbook and stay out.
    pub rows_deleted: u32,
    /// Rows that cannot be read.
    pub rows_rejected: u32,
    /// What is wrong (at most 200).
    pub diagnostics: Vec<DiagnosticView>,
    /// What has to be asked before the file can be taken in.
    pub questions: Vec<QuestionView>,
    /// The header is another than that of the account's last file: to be confirmed by `revise_import` with `settled`.
    pub header_change: Option<HeaderChangeView>,
    /// Earliest date, ISO.
    pub first_date: Option<String>,
    /// Latest date, ISO.
    pub last_date: Option<String>,
    /// Sum of the rows, one a currency.
    pub totals: Vec<Amount>,
    /// The statements the file holds.
    pub statements: Vec<StatementFactsView>,
    /// Proof of the whole file; `null` while it cannot be read.
    pub proof: Option<ReadingProofView>,
    /// The validation report; `null` while it cannot be read.
    pub validation: Option<ValidationView>,
    /// When the very same file was taken in before (ISO date and time).
    pub imported_before: Option<String>,
    /// What keeps the file from being taken in (no date column, no amount column …); empty when it can be.
    pub blocking_problems: Vec<SaidView>,
}

/// `preview_import_file`
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PreviewImportFileRequest {
    /// Path of the file.
    pub path: String,
    /// Statement or ledger; left out: guess from the columns.
    pub side: Option<SideView>,
    /// Largest file in MiB that is taken where it has to be held as a whole; left out: 50.
    pub max_mib: Option<u32>,
}

/// Which rows of a preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum PreviewFilter {
    /// All.
    All,
    /// Those that will be stored.
    Add,
    /// Those the workbook has, or had.
    Duplicate,
    /// Those that cannot be read.
    Reject,
}

/// `export_mapping`, `import_mapping`: what the columns of a previewed file mean, as a small TOML file.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct MappingPathRequest {
    /// From the preview.
    pub token: String,
    /// The mapping file.
    pub path: String,
}

/// `preview_rows`: a page of the frozen plan.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PreviewRowsRequest {
    /// From the preview.
    pub token: String,
    /// Which rows.
    pub filter: PreviewFilter,
    /// Rows to skip.
    pub offset: u32,
    /// Rows wanted, at most 500.
    pub limit: u32,
}

/// `delete_records`, which answers the act as which it was done, and `restore_records`: single records of either side, in one
/// act, remembered so that no later import brings them back.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RecordSelectionRequest {
    /// Identifiers of the statement lines.
    pub lines: Vec<String>,
    /// Identifiers of the ledger entries.
    pub entries: Vec<String>,
    /// Why; may be empty.
    pub reason: String,
}

/// A record that was deleted.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DeletedRecordView {
    /// Identifier.
    pub id: String,
    /// ISO date.
    pub date: Option<String>,
    /// Amount.
    pub amount: Amount,
    /// Other party and text.
    pub title: String,
    /// The file it came from, and its row there.
    pub source: String,
    /// When it was deleted (ISO date and time, UTC).
    pub at: String,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// A page of deleted records (`deleted_records {side, offset, limit}`).
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DeletedRecordsView {
    /// The last deleted first.
    pub rows: Vec<DeletedRecordView>,
    /// Rows in all.
    pub total: u32,
}

/// What was found of a file when it was taken in (`batch_report {batchId}`).
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct BatchReportView {
    /// The validation report; `null` for files taken in by an older Tieout.
    pub validation: Option<ValidationView>,
    /// What was wrong with its rows (at most 200).
    pub diagnostics: Vec<DiagnosticView>,
}

/// `revise_import`: read it again with another mapping, side, account or currency.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ReviseImportRequest {
    /// From the preview.
    pub token: String,
    /// Statement or ledger.
    pub side: SideView,
    /// The mapping as corrected; left out: recognise anew (after a change of side or sheet).
    pub mapping: Option<MappingView>,
    /// Sheet to recognise, for spreadsheets, when `mapping` is left out.
    pub sheet: Option<String>,
    /// Existing account.
    pub account_id: Option<String>,
    /// Or name of a new one.
    pub account_name: String,
    /// Currency of rows that name none.
    pub currency: String,
    /// What was asked is answered by this mapping.
    pub settled: bool,
}

/// `commit_import`
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CommitImportRequest {
    /// From the preview.
    pub token: String,
    /// The user agreed to leave the rejected rows out.
    pub leave_out_rejected: bool,
}

/// What commit did.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ImportResult {
    /// The batch.
    pub batch_id: String,
    /// Rows stored.
    pub added: u32,
    /// Rows that were there already.
    pub duplicates: u32,
    /// Rows left out.
    pub rejected: u32,
}

/// A file taken in earlier (`list_batches`).
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct BatchView {
    /// Identifier.
    pub id: String,
    /// File name.
    pub file_name: String,
    /// SHA-256 of the file.
    pub file_hash: String,
    /// Statement or ledger.
    pub side: SideView,
    /// `pending`, `processing`, `completed`, `failed`.
    pub state: String,
    /// When (ISO date and time, UTC).
    pub at: String,
    /// By whom.
    pub by: String,
    /// Rows stored.
    pub added: u32,
    /// Rows that were there already.
    pub duplicates: u32,
    /// Rows left out.
    pub rejected: u32,
    /// Account name (statements of one account).
    pub account: Option<String>,
    /// Why it failed: `undone`, `interrupted`, `cancelled` or a sentence in English; empty otherwise.
    pub note: String,
    /// The same for the window's catalogue.
    pub said: SaidView,
    /// Data-quality score, 0–100.
    pub quality: Option<u8>,
    /// Whether `retry_import` can look at the file again.
    pub can_retry: bool,
}
