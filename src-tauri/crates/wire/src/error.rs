//! The one shape in which a refusal reaches the UI.

use serde::Serialize;
use tieout_application::{ApplicationError, JournalFault, OpenError, PeriodError, WorkbookError};
use tieout_domain::Said;
use ts_rs::TS;

use crate::SaidView;

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
    /// The file given for import is larger than files are taken without being asked to: `maxMib` raises the limit.
    FileTooLarge,
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
    /// The person may, once they have a secret of their own.
    OwnSecretNeeded,
    /// Nobody is signed in.
    NotSignedIn,
    /// The window is locked.
    Locked,
    /// The secret (or the passphrase in its place) is wrong, or was not given.
    WrongSecret,
    /// Too many wrong secrets were given: it is not asked for until a while has passed.
    SignInDelayed,
    /// The secret was given by an admin: another is to be chosen with it.
    SecretToChoose,
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
    /// What happened, where, and what to do next, in English.
    pub message: String,
    /// The same for the window's catalogue.
    #[ts(as = "Option<SaidView>", optional)]
    pub said: SaidView,
}

impl CommandError {
    /// What was asked for does not fit: a request that no screen makes.
    pub fn invalid(message: &str) -> Self {
        Self::refused(ErrorCode::Invalid, &Said::in_english(message.to_owned()))
    }

    /// What was asked for does not fit, for a reason that a screen tells.
    pub fn unfit(said: impl Into<Said>) -> Self {
        Self::refused(ErrorCode::Invalid, &said.into())
    }

    fn refused(code: ErrorCode, said: &Said) -> Self {
        Self { code, message: sentence(said.english()), said: said.into() }
    }
}

/// Messages in the window begin with a capital letter.
pub(crate) fn sentence(message: &str) -> String {
    let mut characters = message.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

impl From<ApplicationError> for CommandError {
    fn from(error: ApplicationError) -> Self {
        let code = match &error {
            ApplicationError::Open(error) => open_code(error),
            ApplicationError::Workbook(error) => workbook_code(error),
            ApplicationError::NoWorkbook => ErrorCode::NoWorkbook,
            ApplicationError::Locked => ErrorCode::Locked,
            ApplicationError::PreviewGone | ApplicationError::Stale(_) => ErrorCode::Stale,
            ApplicationError::Unreadable(_) => ErrorCode::UnreadableFile,
            ApplicationError::TooLarge(_) => ErrorCode::FileTooLarge,
            ApplicationError::Cancelled => ErrorCode::Cancelled,
            ApplicationError::Configuration(_)
            | ApplicationError::Invalid(_)
            | ApplicationError::Backup(_)
            | ApplicationError::File { .. } => ErrorCode::Invalid,
            ApplicationError::Sign(error) if error.is_of_the_identity() => ErrorCode::Invalid,
            ApplicationError::Amount(_)
            | ApplicationError::Report(_)
            | ApplicationError::ReportData(_)
            | ApplicationError::Sign(_) => ErrorCode::Internal,
        };
        if code == ErrorCode::Internal {
            tracing::error!(?error, "a command failed");
        }
        Self::refused(code, &error.said())
    }
}

fn open_code(error: &OpenError) -> ErrorCode {
    match error {
        OpenError::FileExists(_) => ErrorCode::FileExists,
        OpenError::NotAWorkbook(_) => ErrorCode::NotAWorkbook,
        OpenError::PassphraseNeeded => ErrorCode::PassphraseNeeded,
        OpenError::WrongPassphrase => ErrorCode::WrongPassphrase,
        OpenError::Damaged { .. } => ErrorCode::DamagedWorkbook,
        OpenError::NewerVersion { .. } => ErrorCode::NewerWorkbook,
        OpenError::InUse(_) => ErrorCode::WorkbookInUse,
        OpenError::NotFound(_) | OpenError::PassphraseTooShort { .. } | OpenError::ReadOnly(_) => ErrorCode::Invalid,
        OpenError::Io { .. } => ErrorCode::Invalid,
        OpenError::Migration(_) => ErrorCode::Internal,
        OpenError::Workbook(error) => workbook_code(error),
    }
}

fn workbook_code(error: &WorkbookError) -> ErrorCode {
    match error {
        WorkbookError::Damaged(_) | WorkbookError::Unreadable(_) => ErrorCode::DamagedWorkbook,
        WorkbookError::AlreadyImported(_) => ErrorCode::AlreadyImported,
        WorkbookError::PlanOutdated
        | WorkbookError::Stale(_)
        | WorkbookError::GridMoved
        | WorkbookError::NotFound { .. }
        | WorkbookError::Journal(JournalFault::Outdated) => ErrorCode::Stale,
        WorkbookError::Cancelled => ErrorCode::Cancelled,
        WorkbookError::WrongPassphrase => ErrorCode::WrongPassphrase,
        WorkbookError::NotAllowed { .. } | WorkbookError::Period(PeriodError::SamePerson { .. }) => {
            ErrorCode::NotAllowed
        }
        WorkbookError::NotSignedIn => ErrorCode::NotSignedIn,
        WorkbookError::OwnSecretNeeded { .. } => ErrorCode::OwnSecretNeeded,
        WorkbookError::SecretNeeded
        | WorkbookError::PassphraseNeeded
        | WorkbookError::PassphraseAfterLock
        | WorkbookError::WrongSecret { .. } => ErrorCode::WrongSecret,
        WorkbookError::SignInDelayed { .. } => ErrorCode::SignInDelayed,
        WorkbookError::SecretToChoose => ErrorCode::SecretToChoose,
        // To look again does not help where a period differs from what was signed: the sentence says in what.
        WorkbookError::Period(PeriodError::State { .. } | PeriodError::NotAsSeen) => ErrorCode::Stale,
        WorkbookError::Period(_)
        | WorkbookError::Name(_)
        | WorkbookError::Grid(_)
        | WorkbookError::Person(_)
        | WorkbookError::NameTaken(_)
        | WorkbookError::LastAdmin(_)
        | WorkbookError::Deactivated(_)
        | WorkbookError::SecretLength { .. }
        | WorkbookError::AmountTooLarge { .. }
        | WorkbookError::ImportInUse { .. }
        | WorkbookError::RecordsInUse { .. }
        | WorkbookError::AccountTooLarge { .. }
        | WorkbookError::CategoryTaken(_)
        | WorkbookError::CategoryTooLong { .. }
        | WorkbookError::CategoryInUse { .. }
        | WorkbookError::PatternTaken { .. }
        | WorkbookError::ImportEmpty
        | WorkbookError::NotEnoughOpen { .. }
        | WorkbookError::Match(_)
        | WorkbookError::NothingToUndo
        | WorkbookError::NothingToRedo
        | WorkbookError::Mark(_)
        | WorkbookError::Journal(_)
        | WorkbookError::CodeTaken(_)
        | WorkbookError::CodesExhausted(_)
        | WorkbookError::Credit(_)
        | WorkbookError::NoPolicy
        | WorkbookError::Policy(_)
        | WorkbookError::PolicyCurrency { .. }
        | WorkbookError::NotAccepted(_)
        | WorkbookError::NotOpen(_)
        | WorkbookError::PassphraseTooShort { .. }
        | WorkbookError::DatesReversed { .. }
        | WorkbookError::TooManyDays { .. }
        | WorkbookError::DiskFull => ErrorCode::Invalid,
        WorkbookError::Money(_)
        | WorkbookError::ProposalStatus
        | WorkbookError::ImportBroken(_)
        | WorkbookError::InvoiceStatus { .. }
        | WorkbookError::KeyStore(_)
        | WorkbookError::Untold
        | WorkbookError::Database(_) => ErrorCode::Internal,
    }
}
