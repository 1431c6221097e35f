//! What is seen in a file, and what taking it in did.

use jiff::Timestamp;
use jiff::civil::Date;
use tieout_domain::{AccountId, Currency, Diagnostic, Digest, ImportBatchId, Money, Said, Side, ValidationReport};
use tieout_statements::{Detection, Mapping, Open, ReadingProof, StatementReading};

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
