//! Taking files in: preview, correction, commit.
//!
//! `preview_import_file {path, side}` and `preview_import` (raw bytes in the body; headers `x-file-name`, percent-encoded,
//! and `x-side`) answer [`ImportPreview`]; `revise_import` reads the same bytes with another mapping; `commit_import`
//! executes exactly the plan shown; `discard_import` forgets it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Amount, SideView};

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
    /// `add`, `duplicate` or `reject`.
    pub action: PreviewAction,
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
    pub expected: String,
    /// Whether the row is refused (`true`) or only noted.
    pub rejects_row: bool,
}

/// Two ways in which the file can be read.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AmbiguityView {
    /// What is open: `date_order`, `decimal_mark`.
    pub what: String,
    /// The readings, the chosen one first.
    pub readings: Vec<String>,
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
    /// Sheets of a spreadsheet.
    pub sheets: Vec<String>,
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
    /// Rows that cannot be read.
    pub rows_rejected: u32,
    /// What is wrong (at most 200).
    pub diagnostics: Vec<DiagnosticView>,
    /// Readings that remain possible.
    pub ambiguities: Vec<AmbiguityView>,
    /// Earliest date, ISO.
    pub first_date: Option<String>,
    /// Latest date, ISO.
    pub last_date: Option<String>,
    /// Sum of rows to add, one a currency.
    pub totals: Vec<Amount>,
    /// Balance before the first row, where the file shows one.
    pub opening: Option<Amount>,
    /// Balance after the last row.
    pub closing: Option<Amount>,
    /// Rows whose running balance was proved, of how many; `None` where the file has no balance.
    pub proved_rows: Option<(u32, u32)>,
    /// When the very same file was taken in before (ISO date and time).
    pub imported_before: Option<String>,
    /// What keeps the file from being taken in (no date column, no amount column …), in words; empty when it can be.
    pub blocking_problems: Vec<String>,
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
    /// Account name (statements).
    pub account: Option<String>,
}
