//! Why a use case was refused.

use std::{io, path::Path, path::PathBuf};

use tieout_domain::MoneyError;
use tieout_reports::{JsonError, ReportError, SignError};
use tieout_statements::ReadError;
use tieout_workbook::{OpenError, WorkbookError};

/// Why a use case was refused. Its text says what happened, where, and what to do next.
#[derive(Debug, thiserror::Error)]
pub enum ApplicationError {
    /// The configuration is wrong.
    #[error("configuration: {0}")]
    Configuration(String),
    /// A file or folder could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file for import cannot be understood.
    #[error("{0}")]
    Unreadable(String),
    /// A file for import is larger than files are taken without being asked to.
    #[error("{0}")]
    TooLarge(String),
    /// A workbook could not be made or opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Something could not be done in the open workbook.
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
    /// No workbook is open.
    #[error("no workbook is open")]
    NoWorkbook,
    /// The window is locked.
    #[error("the window is locked: unlock it first")]
    Locked,
    /// The preview is no longer there.
    #[error("the preview is no longer there: choose the file again")]
    PreviewGone,
    /// What was shown no longer holds.
    #[error("{0}")]
    Stale(String),
    /// What was asked for does not fit.
    #[error("{0}")]
    Invalid(String),
    /// The user stopped the work. Nothing was stored.
    #[error("cancelled; nothing was stored")]
    Cancelled,
    /// Amounts do not fit.
    #[error(transparent)]
    Amount(#[from] MoneyError),
    /// The report could not be made.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// The report's data could not be written.
    #[error(transparent)]
    ReportData(#[from] JsonError),
    /// The report could not be signed.
    #[error(transparent)]
    Sign(#[from] SignError),
}

impl ApplicationError {
    /// A file or folder could not be read or written.
    pub fn file(path: &Path, source: io::Error) -> Self {
        Self::File { path: path.to_owned(), source }
    }

    /// Whether the workbook asks for its passphrase.
    pub fn is_passphrase_needed(&self) -> bool {
        matches!(self, Self::Open(OpenError::PassphraseNeeded))
    }

    /// Says which file cannot be understood.
    pub(crate) fn in_file(self, name: &str) -> Self {
        match self {
            Self::Unreadable(reason) if !reason.starts_with(name) => Self::Unreadable(format!("{name}: {reason}")),
            Self::TooLarge(reason) if !reason.starts_with(name) => Self::TooLarge(format!("{name}: {reason}")),
            other => other,
        }
    }
}

impl From<ReadError> for ApplicationError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Cancelled => Self::Cancelled,
            large @ ReadError::FileTooLarge { .. } => Self::TooLarge(large.to_string()),
            other => Self::Unreadable(other.to_string()),
        }
    }
}
