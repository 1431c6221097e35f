//! What use cases answer, in the domain's terms. `wire` turns these into JSON; the CLI prints them.

mod importing;
mod review;

use std::path::PathBuf;

use jiff::Timestamp;
use jiff::civil::Date;
use tieout_domain::{AccountId, BalanceProof, BatchState, Currency, Digest, ImportBatchId, Money, Said, Side};

use crate::{Presence, RecentWorkbook};

pub use importing::*;
pub use review::*;

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
    /// The warning says that the file is an older copy, or has another history, than this machine knows.
    pub rolled_back: bool,
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
