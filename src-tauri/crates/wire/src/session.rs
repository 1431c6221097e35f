//! Opening, creating and closing a workbook.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::SaidView;

/// `create_workbook`
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CreateWorkbookRequest {
    /// Where the file is to lie; a missing `.tieout` is added.
    pub path: String,
    /// At least 8 characters.
    pub passphrase: String,
    /// The company's name.
    pub company: String,
    /// The user's own name, as it will stand in reports.
    pub user: String,
    /// Base currency, ISO 4217.
    pub currency: String,
    /// One person may prepare and review; reports say so.
    pub single_user: bool,
    /// Keep the key in the OS keychain so that this machine is not asked again.
    pub remember: bool,
}

/// `open_workbook`
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct OpenWorkbookRequest {
    /// Path of the file.
    pub path: String,
    /// Left out: try the keychain.
    pub passphrase: Option<String>,
    /// Keep the key in the OS keychain.
    pub remember: bool,
}

/// `app_state`: what the window shows first.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AppState {
    /// Version of Tieout.
    pub version: String,
    /// The open workbook, if any.
    pub workbook: Option<WorkbookView>,
    /// Who is there. `workbook` is left out until somebody is signed in, and while the window is locked.
    pub presence: crate::PresenceView,
    /// Workbooks opened before, newest first.
    pub recent: Vec<RecentWorkbook>,
    /// Folder where new workbooks go unless told otherwise.
    pub default_folder: String,
    /// The user's name on this machine, as a first guess.
    pub suggested_user: String,
    /// Whether the OS keychain answers.
    pub keychain: bool,
}

/// A workbook opened before.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RecentWorkbook {
    /// Path of the file.
    pub path: String,
    /// The company's name.
    pub company: String,
    /// Whether the file is still there.
    pub present: bool,
}

/// The open workbook.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct WorkbookView {
    /// Path of the file.
    pub path: String,
    /// The company's name.
    pub company: String,
    /// Who is working.
    pub user: String,
    /// Base currency.
    pub currency: String,
    /// One person may prepare and review.
    pub single_user: bool,
    /// Its accounts.
    pub accounts: Vec<AccountView>,
    /// Counts for the navigation and the overview.
    pub counts: Counts,
    /// Files waiting beside the workbook to be imported (the demo's), if any.
    pub waiting_files: Vec<WaitingFile>,
    /// A note on where the file lies (cloud-synced or network folder) or how old it is, if there is something to say; in
    /// English.
    pub custody_warning: Option<String>,
    /// The same for the window's catalogue.
    pub custody_said: Option<SaidView>,
    /// The note says that the file is an older copy, or has another history, than this machine knows: an admin may accept
    /// that.
    pub rolled_back: bool,
}

/// A file that lies ready for import.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct WaitingFile {
    /// Full path; give it to `preview_import_file`.
    pub path: String,
    /// File name.
    pub name: String,
    /// Statement or ledger.
    pub side: crate::SideView,
}

/// An account.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AccountView {
    /// Identifier.
    pub id: String,
    /// Name as the user or the file gave it.
    pub name: String,
    /// Currency.
    pub currency: String,
    /// First day with a line, ISO date.
    pub first_date: Option<String>,
    /// Last day with a line, ISO date.
    pub last_date: Option<String>,
    /// Number of statement lines.
    pub lines: u32,
}

/// How much there is of everything.
#[derive(Debug, Clone, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Counts {
    /// Statement lines.
    pub lines: u32,
    /// Ledger entries.
    pub entries: u32,
    /// Lines in no approved match.
    pub lines_open: u32,
    /// Entries in no approved match (or open in part).
    pub entries_open: u32,
    /// Matches that wait for a person.
    pub to_review: u32,
    /// Approved matches.
    pub approved: u32,
    /// Runs so far.
    pub runs: u32,
}
