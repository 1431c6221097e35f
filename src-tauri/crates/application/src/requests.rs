//! What can be asked for, in the domain's terms.

use std::path::PathBuf;

use jiff::civil::Date;
use rust_decimal::Decimal;
use tieout_domain::{AccountId, Confidence, Currency, Digest, MatchId, Side};
use tieout_reports::Layout;
use tieout_statements::Mapping;
use zeroize::Zeroizing;

/// A workbook to be made.
#[derive(Debug, Clone)]
pub struct NewWorkbook {
    /// Where the file is to lie; a missing `.tieout` is added.
    pub path: PathBuf,
    /// At least eight characters.
    pub passphrase: Zeroizing<String>,
    /// The company's name.
    pub company: String,
    /// The user's name, as it will stand in reports.
    pub user: String,
    /// Base currency.
    pub currency: Currency,
    /// One person may prepare and review.
    pub single_user: bool,
    /// Keep the key in the OS keychain.
    pub remember: bool,
}

/// A workbook to be opened.
#[derive(Debug, Clone)]
pub struct OpenWorkbook {
    /// The file.
    pub path: PathBuf,
    /// Left out: the key comes from the keychain.
    pub passphrase: Option<Zeroizing<String>>,
    /// Keep the key in the OS keychain.
    pub remember: bool,
}

/// A file whose bytes came with the request.
#[derive(Debug, Clone)]
pub struct UploadedFile {
    /// Its name.
    pub name: String,
    /// Statement or ledger; left out: guess from the columns.
    pub side: Option<Side>,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// A correction to a preview.
#[derive(Debug, Clone)]
pub struct ReviseImport {
    /// From the preview.
    pub token: String,
    /// Statement or ledger.
    pub side: Side,
    /// Roles of the columns and how to read them; left out: recognise anew.
    pub mapping: Option<Mapping>,
    /// Sheet to read.
    pub sheet: Option<String>,
    /// Existing account of the lines …
    pub account_id: Option<AccountId>,
    /// … or the name of a new one.
    pub account_name: String,
    /// Currency of rows that name none.
    pub currency: Currency,
    /// What was asked is answered by this mapping.
    pub settled: bool,
}

/// Which rows of a preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowFilter {
    /// All.
    All,
    /// Those that will be stored.
    Add,
    /// Those the workbook has, or had.
    Duplicate,
    /// Those that cannot be read.
    Reject,
}

/// A page of a preview's rows.
#[derive(Debug, Clone)]
pub struct PreviewRows {
    /// From the preview.
    pub token: String,
    /// Which rows.
    pub filter: RowFilter,
    /// Rows to skip.
    pub offset: u32,
    /// Rows wanted.
    pub limit: u32,
}

/// Records to be deleted or restored, in one act.
#[derive(Debug, Clone, Default)]
pub struct RecordSelection {
    /// Which statement lines.
    pub lines: Vec<String>,
    /// Which ledger entries.
    pub entries: Vec<String>,
    /// Why; may be empty.
    pub reason: String,
}

/// Which part of the review queue.
#[derive(Debug, Clone, Default)]
pub struct QueueRequest {
    /// Which rows.
    pub filter: QueueFilter,
    /// Only rows that contain this text.
    pub search: String,
    /// What else is asked of them.
    pub conditions: QueueConditions,
    /// Rows to skip.
    pub offset: u32,
    /// Rows wanted.
    pub limit: u32,
}

pub use tieout_workbook::{DueCondition, OwnerCondition, QueueConditions, QueueFilter};

/// A person's verdict on a proposal.
#[derive(Debug, Clone)]
pub struct Decide {
    /// The match.
    pub match_id: MatchId,
    /// Right, or wrong.
    pub approve: bool,
    /// Hash of what the person saw.
    pub content: Digest,
    /// Why; may be empty.
    pub reason: String,
}

/// A person's verdict on several proposals.
#[derive(Debug, Clone)]
pub struct DecideMany {
    /// The matches, each with the hash of what the person saw.
    pub matches: Vec<(MatchId, Digest)>,
    /// Right, or wrong.
    pub approve: bool,
    /// Why; may be empty.
    pub reason: String,
}

/// Approval of all unambiguous proposals from a confidence up.
#[derive(Debug, Clone)]
pub struct ApproveAbove {
    /// Least confidence.
    pub confidence: Confidence,
    /// Do it; else only count.
    pub execute: bool,
    /// The count that was shown; another one now is refused.
    pub expected_count: Option<u32>,
}

/// Open records to choose from.
#[derive(Debug, Clone)]
pub struct OpenRecordsRequest {
    /// Which side.
    pub side: Side,
    /// Only those that contain this text.
    pub search: String,
    /// Nearest to this amount first, in major units.
    pub near_amount: Option<Decimal>,
    /// Only this currency.
    pub currency: Option<Currency>,
    /// Rows to skip.
    pub offset: u32,
    /// Rows wanted.
    pub limit: u32,
}

/// An account and, if wanted, dates.
#[derive(Debug, Clone, Copy)]
pub struct ProofRequest {
    /// The account.
    pub account: AccountId,
    /// First day; left out: from the beginning.
    pub from: Option<Date>,
    /// Last day; left out: to the end.
    pub to: Option<Date>,
}

/// A report to be written.
#[derive(Debug, Clone)]
pub struct ExportReport {
    /// What it is about.
    pub scope: ProofRequest,
    /// File to write; left out: the proposed one.
    pub path: Option<PathBuf>,
    /// Paper and parts.
    pub layout: Layout,
}

/// Which events of the audit log are wanted. Nothing given: all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuditSearch {
    /// Words of which each must stand somewhere in the event.
    pub search: String,
    /// Who did it.
    pub actor: Option<String>,
    /// What was done.
    pub action: Option<String>,
    /// From this day on.
    pub from: Option<Date>,
    /// Up to this day.
    pub to: Option<Date>,
}
