//! What is found out about a file: its columns, how it is written, its statements and what is wrong with it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Amount, SaidView};

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
