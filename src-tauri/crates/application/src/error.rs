//! Why a use case was refused.

use std::{
    borrow::Cow,
    io,
    path::{Path, PathBuf},
};

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
    #[error("{}: {}", path.display(), in_words(source))]
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

/// What stood in the way and what to do: the system says it in the language of the machine and with numbers.
pub(crate) fn in_words(error: &io::Error) -> Cow<'static, str> {
    use io::ErrorKind;
    // What neither the system nor the standard library says comes from whoever knows more than a kind of error.
    if let Some(own) = error.get_ref() {
        return own.to_string().into();
    }
    let words = match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder: check its name and place",
        ErrorKind::PermissionDenied => {
            "this machine does not let it be opened: ask for the right to it, or choose another place"
        }
        ErrorKind::AlreadyExists => "there is one of this name already: choose another name",
        ErrorKind::InvalidData => "this is not text in UTF-8: save it as UTF-8 (Unicode) and try again",
        ErrorKind::IsADirectory => "this is a folder: choose a file",
        ErrorKind::NotADirectory => "part of its place is a file and no folder: check the place",
        ErrorKind::DirectoryNotEmpty => "the folder is not empty: choose another one",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "there is no room left: make some, or choose another place"
        }
        ErrorKind::ReadOnlyFilesystem => "nothing can be written there: choose another place",
        ErrorKind::FileTooLarge => "it grows larger than files may be there: choose another place",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy | ErrorKind::Deadlock => {
            "another program is using it: close that, and try again"
        }
        ErrorKind::InvalidFilename | ErrorKind::InvalidInput => "no file can have such a name: choose another one",
        ErrorKind::UnexpectedEof => "it ends too early: it may not have been copied whole",
        ErrorKind::TimedOut | ErrorKind::NetworkDown | ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable => {
            "its drive does not answer: check the connection, and try again"
        }
        _ => {
            let number = error.raw_os_error().map_or_else(String::new, |number| format!(" (system error {number})"));
            return format!("it could not be read or written{number}: try again, or choose another place").into();
        }
    };
    words.into()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_says_is_told_in_our_words() {
        for (number, words) in [(2, "no such file"), (13, "does not let it be opened"), (28, "no room left")] {
            let error = ApplicationError::file(Path::new("a.csv"), io::Error::from_raw_os_error(number)).to_string();
            assert!(error.starts_with("a.csv: ") && error.contains(words), "{error}");
            assert!(!error.contains("os error"), "{error}");
        }
        let unknown = ApplicationError::file(Path::new("a.csv"), io::Error::from_raw_os_error(71)).to_string();
        assert!(unknown.contains("system error 71"), "{unknown}");
        let own = ApplicationError::file(Path::new("a.csv"), io::Error::other("row 3 has no end")).to_string();
        assert_eq!(own, "a.csv: row 3 has no end");
    }
}
