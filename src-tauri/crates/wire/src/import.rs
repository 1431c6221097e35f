//! Taking files in: preview, correction, commit.
//!
//! `preview_import_file {path, side, maxMib}` and `preview_import` (raw bytes in the body; headers `x-file-name`, percent-encoded,
//! and `x-side`) answer a list of [`ImportPreview`] (of an
//! archive, one a file); `revise_import` reads the same bytes with another mapping; `commit_import`
//! executes exactly the plan shown; `discard_import` forgets it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    Amount, ColumnView, DetectionView, DiagnosticView, MappingView, ReadingProofView, SaidView, SideView,
    StatementFactsView, ValidationView,
};

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
