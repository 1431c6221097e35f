//! Why a use case was refused.

use std::{
    borrow::Cow,
    io,
    path::{Path, PathBuf},
};

use tieout_domain::{MoneyError, Said, SaidValue, retold, said};
use tieout_reports::{JsonError, ReportError, SignError};
use tieout_statements::{Open, ReadError};
use tieout_workbook::{BackupError, OpenError, WorkbookError};

/// Why a use case was refused. Its text says what happened, where, and what to do next.
#[derive(Debug, thiserror::Error)]
pub enum ApplicationError {
    /// The configuration is wrong.
    #[error("configuration: {0}")]
    Configuration(Said),
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
    Unreadable(Said),
    /// A file for import is larger than files are taken without being asked to.
    #[error("{0}")]
    TooLarge(Said),
    /// A workbook could not be made or opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Something could not be done in the open workbook.
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
    /// A backup could not be made, or does not restore.
    #[error(transparent)]
    Backup(BackupError),
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
    Stale(Said),
    /// What was asked for does not fit.
    #[error("{0}")]
    Invalid(Said),
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

    /// What was asked for does not fit: a refusal that only the terminal tells.
    pub fn in_english(words: impl Into<Cow<'static, str>>) -> Self {
        Self::Invalid(Said::in_english(words))
    }

    /// A file for import cannot be taken as it is: a refusal that only the terminal tells.
    pub(crate) fn unreadable_in_english(words: String) -> Self {
        Self::Unreadable(Said::in_english(words))
    }

    /// The sentence with its code.
    pub fn said(&self) -> Said {
        match self {
            Self::Configuration(said) => retold!(self, "configuration", why = said.clone()),
            Self::File { path, source } => {
                retold!(self, "inFile", file = path.display(), why = in_words(source))
            }
            Self::Unreadable(said) | Self::TooLarge(said) | Self::Stale(said) | Self::Invalid(said) => said.clone(),
            Self::Open(OpenError::Io { path, source }) => {
                retold!(self, "open.io", path = path.display(), detail = in_words(source))
            }
            Self::Open(error) => error.said(),
            Self::Workbook(error) => error.said(),
            Self::Backup(error) => error.said(),
            Self::NoWorkbook => retold!(self, "noWorkbook"),
            Self::Locked => retold!(self, "locked"),
            Self::PreviewGone => retold!(self, "import.previewGone"),
            Self::Cancelled => retold!(self, "cancelled"),
            Self::Amount(error) => error.into(),
            Self::Report(error) => of_report(error),
            Self::ReportData(error) => match error {
                JsonError::Amount(why) => retold!(error, "report.proof", why = Said::from(why)),
                JsonError::Encoding(detail) => retold!(error, "report.json", detail = verbatim(detail)),
            },
            Self::Sign(error) => of_signing(error),
        }
    }

    /// Whether the workbook asks for its passphrase.
    pub fn is_passphrase_needed(&self) -> bool {
        matches!(self, Self::Open(OpenError::PassphraseNeeded))
    }

    /// Says which file cannot be understood.
    pub(crate) fn in_file(self, name: &str) -> Self {
        match self {
            Self::Unreadable(reason) if !reason.english().starts_with(name) => Self::Unreadable(in_file(name, reason)),
            Self::TooLarge(reason) if !reason.english().starts_with(name) => Self::TooLarge(in_file(name, reason)),
            other => other,
        }
    }
}

fn in_file(name: &str, why: Said) -> Said {
    said!("inFile", "{file}: {why}", file = name, why = why)
}

/// What a library says, in the words in which it says it.
fn verbatim(words: &(impl ToString + ?Sized)) -> Said {
    Said::in_english(words.to_string())
}

fn of_report(error: &ReportError) -> Said {
    match error {
        ReportError::Font => retold!(error, "report.font"),
        ReportError::Amount(why) => retold!(error, "report.proof", why = Said::from(why)),
        ReportError::Write(detail) => retold!(error, "report.pdf", detail = verbatim(detail)),
    }
}

fn of_signing(error: &SignError) -> Said {
    match error {
        SignError::NoName => retold!(error, "sign.noName"),
        SignError::WrongPassphrase => retold!(error, "sign.wrongPassphrase"),
        SignError::UnreadableIdentity(detail) => retold!(error, "sign.unreadable", detail = verbatim(detail)),
        SignError::NoKey => retold!(error, "sign.noKey"),
        SignError::UnsupportedKey => retold!(error, "sign.unsupportedKey"),
        SignError::DamagedIdentity => retold!(error, "sign.damaged"),
        SignError::NotValidNow { name, at } => retold!(error, "sign.notValidNow", name = name, at = at),
        SignError::NotForSigning { name } => retold!(error, "sign.notForSigning", name = name),
        SignError::UnreadableCertificate => retold!(error, "sign.unreadableCertificate"),
        SignError::UnsignablePdf(detail) => retold!(error, "sign.unsignable", detail = verbatim(detail)),
        SignError::Encoding(detail) => retold!(error, "sign.encoding", detail = verbatim(detail)),
    }
}

/// Several sentences as one.
pub(crate) fn all_of(all: &[Said]) -> Said {
    let joined = all
        .iter()
        .cloned()
        .reduce(|first, second| said!("sentences", "{first}; {second}", first = first, second = second));
    joined.unwrap_or_default()
}

/// Ways of which one holds.
pub(crate) fn one_of(all: &[Said]) -> Said {
    let joined =
        all.iter().cloned().reduce(|first, second| said!("or", "{first} or {second}", first = first, second = second));
    joined.unwrap_or_default()
}

/// What is open about a file, as a word of the catalogue.
pub(crate) fn open_word(what: Open) -> SaidValue {
    SaidValue::word("openReading", what.as_str())
}

/// What stood in the way and what to do: the system says it in the language of the machine and with numbers.
pub(crate) fn in_words(error: &io::Error) -> Said {
    use io::ErrorKind;
    // What neither the system nor the standard library says comes from whoever knows more than a kind of error.
    if let Some(own) = error.get_ref() {
        return own.downcast_ref::<Said>().cloned().unwrap_or_else(|| verbatim(own));
    }
    match error.kind() {
        ErrorKind::NotFound => {
            said!("io.notFound", "there is no such file or folder: check its name and place")
        }
        ErrorKind::PermissionDenied => {
            said!(
                "io.permission",
                "this machine does not let it be opened: ask for the right to it, or choose another place"
            )
        }
        ErrorKind::AlreadyExists => {
            said!("io.exists", "there is one of this name already: choose another name")
        }
        ErrorKind::InvalidData => {
            said!("io.encoding", "this is not text in UTF-8: save it as UTF-8 (Unicode) and try again")
        }
        ErrorKind::IsADirectory => said!("io.folder", "this is a folder: choose a file"),
        ErrorKind::NotADirectory => {
            said!("io.noFolder", "part of its place is a file and no folder: check the place")
        }
        ErrorKind::DirectoryNotEmpty => said!("io.notEmpty", "the folder is not empty: choose another one"),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            said!("io.full", "there is no room left: make some, or choose another place")
        }
        ErrorKind::ReadOnlyFilesystem => {
            said!("io.readOnly", "nothing can be written there: choose another place")
        }
        ErrorKind::FileTooLarge => {
            said!("io.tooLarge", "it grows larger than files may be there: choose another place")
        }
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy | ErrorKind::Deadlock => {
            said!("io.busy", "another program is using it: close that, and try again")
        }
        ErrorKind::InvalidFilename | ErrorKind::InvalidInput => {
            said!("io.name", "no file can have such a name: choose another one")
        }
        ErrorKind::UnexpectedEof => said!("io.ends", "it ends too early: it may not have been copied whole"),
        ErrorKind::TimedOut | ErrorKind::NetworkDown | ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable => {
            said!("io.drive", "its drive does not answer: check the connection, and try again")
        }
        _ => match error.raw_os_error() {
            Some(number) => said!(
                "io.number",
                "it could not be read or written (system error {number}): try again, or choose another place",
                number = number.to_string()
            ),
            None => said!("io.other", "it could not be read or written: try again, or choose another place"),
        },
    }
}

impl From<ReadError> for ApplicationError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Cancelled => Self::Cancelled,
            large @ ReadError::FileTooLarge { .. } => Self::TooLarge(large.into()),
            other => Self::Unreadable(other.into()),
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
