//! `export_report(ExportReportRequest)`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `export_report`
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ExportReportRequest {
    /// The account.
    pub account_id: String,
    /// First day, ISO; left out: all.
    pub from: Option<String>,
    /// Last day, ISO; left out: all.
    pub to: Option<String>,
    /// File to write; left out: the proposed one in the user's documents.
    pub path: Option<String>,
    /// On what paper.
    pub paper: PaperChoice,
    /// What is in it.
    pub parts: PartsChoice,
    /// List every row, not only those of greatest impact.
    pub all_rows: bool,
    /// Account and card numbers.
    pub accounts: ShowingChoice,
    /// E-mail addresses.
    pub emails: ShowingChoice,
    /// Names of other parties.
    pub names: ShowingChoice,
}

/// How a report shows something personal.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum ShowingChoice {
    /// As it is.
    Keep,
    /// The last or first letters.
    Mask,
    /// Not at all.
    Omit,
}

/// Paper that reports are made for.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum PaperChoice {
    /// 210 × 297 mm.
    A4,
    /// 8.5 × 11 inches.
    Letter,
}

/// Which parts a report has.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum PartsChoice {
    /// All there is.
    Full,
    /// The proof with what is outstanding.
    Statement,
    /// Figures and charts, without lists.
    Management,
}

/// What was written.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ExportedReport {
    /// Full path.
    pub path: String,
    /// Pages.
    pub pages: u32,
    /// SHA-256 of the file.
    pub file_hash: String,
    /// Name in the signing certificate.
    pub signer: String,
    /// Fingerprint (SHA-256) of the certificate.
    pub certificate_fingerprint: String,
    /// Whether the identity is a one-time one (no keychain): the report says so.
    pub one_time_identity: bool,
    /// What was checked of the finished file: signature valid, whole document covered.
    pub verified: bool,
}

/// `proposed_report_path {accountId}` answers the path that would be used.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ProposedPath {
    /// Full path.
    pub path: String,
}
