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
