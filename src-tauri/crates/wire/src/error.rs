//! The one shape in which a refusal reaches the UI.

use serde::Serialize;
use ts_rs::TS;

/// Why a command was refused. A code exists only where a screen behaves differently for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum ErrorCode {
    /// The workbook's key is not in the keychain: ask for the passphrase.
    PassphraseNeeded,
    /// The passphrase is wrong.
    WrongPassphrase,
    /// The file is a workbook but damaged.
    DamagedWorkbook,
    /// The file is no workbook.
    NotAWorkbook,
    /// A newer Tieout wrote the file.
    NewerWorkbook,
    /// The file is open elsewhere.
    WorkbookInUse,
    /// A file is already there.
    FileExists,
    /// No workbook is open.
    NoWorkbook,
    /// The file given for import cannot be read.
    UnreadableFile,
    /// The very same file is in the workbook already.
    AlreadyImported,
    /// What was asked for does not fit (a match that does not balance, a field left empty).
    Invalid,
    /// The thing changed since it was shown; show it again.
    Stale,
    /// The user cancelled.
    Cancelled,
    /// The person may not do this.
    NotAllowed,
    /// Anything else: a fault of the machine or of Tieout. Details are in the log.
    Internal,
}

/// What a refused command answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, thiserror::Error)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
#[error("{message}")]
pub struct CommandError {
    /// What kind of refusal.
    pub code: ErrorCode,
    /// What happened, where, and what to do next, in the user's words.
    pub message: String,
}
