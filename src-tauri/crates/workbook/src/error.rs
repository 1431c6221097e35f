//! What can go wrong, told apart so that each has its own message.

use std::{fmt, path::PathBuf};

use jiff::civil::Date;
use rusqlite::ErrorCode;
use tieout_domain::{
    CATEGORY_LETTERS_MAX, CodesExhausted, CreditError, Currency, CustomerCode, ImportBatchId, MatchError, MatchId,
    Money, MoneyError, Permission, PersonError, PolicyError, RecordRef, Role, Said,
};

use crate::{JournalFault, KeyStoreError, MarkFault, PeriodError, periods};

/// Who has a workbook open, as its lock file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Process number.
    pub process: u32,
    /// Name of the machine; empty where it is not known.
    pub host: String,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "process {}", self.process)?;
        if self.host.is_empty() { Ok(()) } else { write!(f, " on {}", self.host) }
    }
}

/// Why a workbook could not be created or opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Nothing lies at the path.
    #[error("there is no file at {0}")]
    NotFound(PathBuf),
    /// A file is already there; creating never replaces one.
    #[error("there is already a file at {0}: choose another name")]
    FileExists(PathBuf),
    /// The file is something else: too short, or its bytes are not those of an encrypted file.
    #[error("{0} is not a Tieout workbook")]
    NotAWorkbook(PathBuf),
    /// The key is not in the key store, or no longer fits: ask for the passphrase.
    #[error("the key of this workbook is not in the keychain: the passphrase is needed")]
    PassphraseNeeded,
    /// No page of the file can be authenticated with the passphrase.
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    /// A new passphrase is too short.
    #[error("a passphrase needs at least {least} characters")]
    PassphraseTooShort {
        /// Least number of characters.
        least: usize,
    },
    /// The key is right, and yet part of the file cannot be read.
    #[error("the workbook is damaged: {place}")]
    Damaged {
        /// Where, as exactly as is known.
        place: String,
    },
    /// A newer Tieout wrote the file. It was not touched.
    #[error("the workbook was written by a newer Tieout (schema {found}; this one knows up to {supported})")]
    NewerVersion {
        /// The file's schema version.
        found: i32,
        /// The newest schema version known here.
        supported: i32,
    },
    /// Another Tieout, or another program, has it open.
    #[error("the workbook is open elsewhere{}", .0.as_ref().map(|holder| format!(": {holder}")).unwrap_or_default())]
    InUse(Option<Holder>),
    /// The file or its folder cannot be written.
    #[error("{0} cannot be written: it, or its folder, is read-only")]
    ReadOnly(PathBuf),
    /// The schema could not be brought up to date. The file is as it was.
    #[error("the workbook could not be brought up to this version: {0}")]
    Migration(String),
    /// The machine refused.
    #[error("{path} could not be read or written: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Any other failure while opening.
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
}

/// Why something could not be done in an open workbook. After any of these the workbook is as it was before the call.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// A page of the file cannot be authenticated or makes no sense.
    #[error("the workbook is damaged: {0}")]
    Damaged(String),
    /// The disk is full.
    #[error("the disk is full: nothing was stored")]
    DiskFull,
    /// A change told nothing of itself in the audit chain, so it was not stored: a fault of this program.
    #[error("the change left no audit event, so nothing was stored: this is a fault of Tieout, please report it")]
    Untold,
    /// The very same file is in the workbook already.
    #[error("this file is in the workbook already")]
    AlreadyImported(ImportBatchId),
    /// Records changed since the plan was made.
    #[error("the workbook changed since the import was planned: plan it again")]
    PlanOutdated,
    /// The caller asked to stop.
    #[error("cancelled")]
    Cancelled,
    /// The role of whoever works in the workbook does not allow it.
    #[error("{name} works here as {role} and may not {permission}: ask {who}", role = role.as_str(), who = permission.who())]
    NotAllowed {
        /// Whose name the change would carry.
        name: String,
        /// What they are.
        role: Role,
        /// What it asked for.
        permission: Permission,
    },
    /// Nobody said yet who they are.
    #[error("nobody is signed in: say who you are first")]
    NotSignedIn,
    /// Whoever signs in has a secret, and did not give it.
    #[error("this person signs in with a secret of their own: give it")]
    SecretNeeded,
    /// Signing off, settings and managing people ask for a secret of one's own where more than one person works.
    #[error(
        "{name} has no secret of their own, and more than one person works in this workbook: choose one first (under \
         People, or with 'tieout workbook people secret'), so that nobody else does this under that name"
    )]
    OwnSecretNeeded {
        /// Who.
        name: String,
    },
    /// A first secret is chosen by somebody who may open the file.
    #[error("a first secret is chosen with the workbook's passphrase: give it")]
    PassphraseNeeded,
    /// The window was locked, and whoever signs in has no secret.
    #[error("the window was locked, and this person has no secret: give the workbook's passphrase")]
    PassphraseAfterLock,
    /// It is not the secret (or the passphrase, where that is asked for in its place).
    #[error("that is not right{wait}", wait = wait_words(*.wait_seconds))]
    WrongSecret {
        /// How long nobody is asked again.
        wait_seconds: u32,
    },
    /// Too many wrong secrets were given.
    #[error("too many wrong attempts: try again in {seconds} seconds")]
    SignInDelayed {
        /// How long that is.
        seconds: u32,
    },
    /// An admin gave the secret.
    #[error("this secret was given by an admin: choose another of your own with it")]
    SecretToChoose,
    /// A new secret is too short or too long.
    #[error("a secret has {least} to {most} characters")]
    SecretLength {
        /// Least number of characters.
        least: usize,
        /// Greatest number of characters.
        most: usize,
    },
    /// The person may no longer sign in.
    #[error("{0} is deactivated and cannot sign in: an admin can change that")]
    Deactivated(String),
    /// Nobody would be left to manage people and settings.
    #[error("{0} is the last active admin: make somebody else an admin first")]
    LastAdmin(String),
    /// Somebody has, or had, this name.
    #[error("'{0}' is, or was, somebody's name here, and the history knows people by their names: choose another")]
    NameTaken(String),
    /// Nobody can be called, or reached, so.
    #[error(transparent)]
    Person(#[from] PersonError),
    /// Something asked for by its identifier is not there.
    #[error("there is no {what} {id}")]
    NotFound {
        /// What kind of thing.
        what: &'static str,
        /// Its identifier.
        id: String,
    },
    /// The last day asked for lies before the first.
    #[error("the first day, {from}, is after the last, {to}: give the earlier day first")]
    DatesReversed {
        /// First day, as given.
        from: Date,
        /// Last day, as given.
        to: Date,
    },
    /// More days were asked for than are summed up at once.
    #[error(
        "{days} days were asked for, and a summary covers at most {most}: choose a later first day or an earlier last day"
    )]
    TooManyDays {
        /// Days, first and last included.
        days: u32,
        /// Most that are allowed.
        most: u32,
    },
    /// What was asked of a grid cannot be answered.
    #[error("{0}")]
    Grid(Said),
    /// A name that must be there is empty, or one that must be unique is taken.
    #[error("{0}")]
    Name(Said),
    /// An amount is outside what can be stored.
    #[error("row {row}: the amount is too large to be stored")]
    AmountTooLarge {
        /// 1-based data row.
        row: u32,
    },
    /// Rows of the batch stand in approved matches.
    #[error("{matches} approved matches use rows of this import: undo their approval first")]
    ImportInUse {
        /// How many matches.
        matches: u64,
    },
    /// Records that were to be deleted stand in approved matches.
    #[error("{matches} approved matches use these records: undo their approval first")]
    RecordsInUse {
        /// How many matches.
        matches: u64,
    },
    /// A row could not be stored, or not as planned, so that the import can only be given up.
    #[error("the import failed already: {0}")]
    ImportBroken(String),
    /// Another category has this name, but for letter case.
    #[error("there is a category '{0}' already")]
    CategoryTaken(String),
    /// A category's name is longer than a name can be.
    #[error("a category's name of {letters} letters is too long: at most {CATEGORY_LETTERS_MAX} are a name")]
    CategoryTooLong {
        /// How many letters it has.
        letters: usize,
    },
    /// A person put lines into the category that was to be removed.
    #[error("{lines} lines were put into '{name}' by hand: give them another category first")]
    CategoryInUse {
        /// The category.
        name: String,
        /// How many lines.
        lines: u64,
    },
    /// The pattern is there already, but for letter case; a pattern stands for one category.
    #[error("the pattern '{pattern}' stands for '{category}' already: change or remove it there first")]
    PatternTaken {
        /// The pattern.
        pattern: String,
        /// Whose it is.
        category: String,
    },
    /// The import was undone or never completed.
    #[error("this import holds no rows")]
    ImportEmpty,
    /// The match changed since it was shown, or is decided already.
    #[error("the match changed since it was shown: look at it again")]
    Stale(MatchId),
    /// Other rows stand at the places of a grid than were seen there.
    #[error("the rows of the grid changed since they were shown: look at them again")]
    GridMoved,
    /// Less is open of a record than a match would use.
    #[error("{wanted} would be used of a record of which {open} is open")]
    NotEnoughOpen {
        /// The record.
        record: RecordRef,
        /// What is open of it.
        open: Money,
        /// What the match would use.
        wanted: Money,
    },
    /// A match by hand does not balance, or has no two sides.
    #[error(transparent)]
    Match(#[from] MatchError),
    /// Amounts could not be added.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// A proposal's status must be suggested, ambiguous or approved.
    #[error("a run proposes matches as suggested, ambiguous or approved only")]
    ProposalStatus,
    /// There is no decision that could be undone.
    #[error("there is nothing to undo")]
    NothingToUndo,
    /// Nothing that was taken back can be done again.
    #[error("there is nothing to do again")]
    NothingToRedo,
    /// It cannot be noted.
    #[error(transparent)]
    Mark(#[from] MarkFault),
    /// The journal cannot be changed so.
    #[error(transparent)]
    Journal(#[from] JournalFault),
    /// The invoice cannot go to this status from where it stands.
    #[error("an invoice that is {from} cannot become {to}")]
    InvoiceStatus {
        /// Where it stands.
        from: &'static str,
        /// What was asked for.
        to: &'static str,
    },
    /// A customer code that was asked for belongs to somebody else.
    #[error("customer code {0} is taken already: choose another, or leave it out to have one made")]
    CodeTaken(CustomerCode),
    /// There is no customer code left.
    #[error(transparent)]
    CodesExhausted(#[from] CodesExhausted),
    /// A customer's account would hold more than fits 64 bits of minor units.
    #[error(
        "{amount} more, and the account of {code} would hold more than can be stored: look whether the amount is right, \
             and reject the match if it comes from one"
    )]
    AccountTooLarge {
        /// Whose account.
        code: CustomerCode,
        /// What was to be credited.
        amount: Money,
    },
    /// Credits could not be counted, or an amount is no rate for them.
    #[error(transparent)]
    Credit(#[from] CreditError),
    /// Nobody wrote a policy yet.
    #[error("there is no policy yet: save one first")]
    NoPolicy,
    /// A policy, or an owner's name, breaks its own rules.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// A policy's limits are in another currency than the company's.
    #[error("the policy's limits are in {found}; they must be in {base}, the company's base currency")]
    PolicyCurrency {
        /// The policy's.
        found: Currency,
        /// The company's.
        base: Currency,
    },
    /// The policy did not accept the record, or that was taken back already.
    #[error("the policy accepts this record no more, or never did: there is nothing to take back")]
    NotAccepted(RecordRef),
    /// Nothing is to be matched of a record that was to get an owner.
    #[error("nothing is open of this record: only what is to be matched has an owner")]
    NotOpen(RecordRef),
    /// A period does not allow it.
    #[error(transparent)]
    Period(#[from] PeriodError),
    /// The present passphrase was given wrongly.
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    /// The new passphrase is too short.
    #[error("a passphrase needs at least {least} characters")]
    PassphraseTooShort {
        /// Least number of characters.
        least: usize,
    },
    /// The key store did not answer.
    #[error(transparent)]
    KeyStore(#[from] KeyStoreError),
    /// Something stored makes no sense to this version.
    #[error("the workbook holds something this version cannot read: {0}")]
    Unreadable(String),
    /// SQLite refused.
    #[error("the workbook's database refused: {0}")]
    Database(rusqlite::Error),
}

fn wait_words(seconds: u32) -> String {
    if seconds == 0 { String::new() } else { format!(": the next attempt is possible in {seconds} seconds") }
}

impl From<rusqlite::Error> for WorkbookError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(error.to_string()),
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            // SQLite adds whole numbers exactly and refuses what does not fit.
            _ if error.to_string().contains("integer overflow") => Self::Money(MoneyError::Overflow),
            _ => periods::read_refusal(&error.to_string()).map_or(Self::Database(error), Self::Period),
        }
    }
}

impl WorkbookError {
    pub(crate) fn not_found(what: &'static str, id: impl fmt::Display) -> Self {
        Self::NotFound { what, id: id.to_string() }
    }

    pub(crate) fn unreadable(what: impl fmt::Display) -> Self {
        Self::Unreadable(what.to_string())
    }
}
