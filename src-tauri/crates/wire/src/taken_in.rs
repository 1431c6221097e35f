//! Files that were taken in, and records that were deleted since.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Amount, DiagnosticView, SaidView, SideView, ValidationView};

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
