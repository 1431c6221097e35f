//! Why a backup was not made, or does not restore.

use std::{
    io,
    path::{Path, PathBuf},
};

use tieout_domain::{Said, retold};

use crate::{OpenError, WorkbookError, refusals::verbatim};

/// Why a backup was not made, or does not restore.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The machine refused.
    #[error("{path} could not be read or written: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The user stopped it. Nothing was kept.
    #[error("cancelled; nothing was stored")]
    Cancelled,
    /// The workbook's file had to be written to: it was closed, checked, or got another passphrase.
    #[error("the workbook was closed, checked or given another passphrase meanwhile: no backup was made of it")]
    Overtaken,
    /// The copy took so long that the write-ahead log would have grown without end.
    #[error("copying took more than {minutes} minutes: choose a faster place for backups")]
    TooSlow {
        /// How long it may take.
        minutes: u64,
    },
    /// Something in the workbook is being read or written that cannot be interrupted.
    #[error("the workbook is busy: the backup will be tried again")]
    Busy,
    /// This program is at it already.
    #[error("a backup is being made or checked: wait for it, or stop it first")]
    GoesOn,
    /// Another Tieout is at work in the folder.
    #[error("another Tieout is making or checking backups in {0}: try again in a moment")]
    ShelfInUse(PathBuf),
    /// The folder that was chosen is gone. It is not made anew: it may be a drive that is not there.
    #[error("the folder {0} is not there: connect the drive, or choose another folder for backups")]
    NoFolder(PathBuf),
    /// What is to be written does not fit.
    #[error("there is no room left in {folder}: {needed} MB have to be free, and {free} MB are")]
    NoRoom {
        /// Where.
        folder: PathBuf,
        /// How much, with what must stay free, in megabytes.
        needed: u64,
        /// How much there is, in megabytes.
        free: u64,
    },
    /// It was made before the passphrase was changed, and opens with the one of its time only.
    #[error("{0} opens with an earlier passphrase only, and was not checked")]
    EarlierPassphrase(PathBuf),
    /// What is to be read belongs to a workbook that is open.
    #[error("{0} belongs to the open workbook: choose a backup")]
    OfWorkbook(PathBuf),
    /// A byte of a backup is not as it was written.
    #[error("the backup {path} is damaged: {place}")]
    Damaged {
        /// Which one.
        path: PathBuf,
        /// Where.
        place: Said,
    },
    /// It opens, but is not what was copied.
    #[error("the backup {0} does not hold what was copied: look at the drive")]
    NotTheSame(PathBuf),
    /// The full backup that a backup of changes rests on is not there, or another.
    #[error(
        "{path} holds the changes since {base}, which is not beside it or is another file: restore from another backup"
    )]
    NoBase {
        /// The backup of changes.
        path: PathBuf,
        /// Name of the full one.
        base: String,
    },
    /// Nothing there can be restored.
    #[error("there is no backup in {0}")]
    NoBackup(PathBuf),
    /// None is as old as that.
    #[error("no backup in {folder} was made at {wanted} or before: the first is of {first}")]
    NoneSoEarly {
        /// Where was looked.
        folder: PathBuf,
        /// The time asked for.
        wanted: String,
        /// The earliest there is.
        first: String,
    },
    /// Backups of several workbooks lie there.
    #[error("{0} holds backups of several workbooks, or of several copies of one: name the folder of one of them")]
    SeveralWorkbooks(PathBuf),
    /// What an earlier file of this name left would be taken for the restored one's.
    #[error("{0} is left of an earlier workbook of this name: choose another name, or move it away first")]
    LeftOver(PathBuf),
    /// It could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The workbook refused.
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
}

impl BackupError {
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { path: path.to_owned(), source }
    }

    pub(super) fn damaged(path: &Path, place: Said) -> Self {
        Self::Damaged { path: path.to_owned(), place }
    }

    /// The sentence with its code.
    pub fn said(&self) -> Said {
        match self {
            Self::Io { path, source } => retold!(self, "open.io", path = path.display(), detail = verbatim(source)),
            Self::Cancelled => retold!(self, "cancelled"),
            Self::Overtaken => retold!(self, "backup.overtaken"),
            Self::TooSlow { minutes } => retold!(self, "backup.tooSlow", count = *minutes),
            Self::Busy => retold!(self, "backup.busy"),
            Self::GoesOn => retold!(self, "backup.goesOn"),
            Self::NoFolder(path) => retold!(self, "backup.noFolder", path = path.display()),
            Self::NoRoom { folder, needed, free } => {
                retold!(self, "backup.noRoom", path = folder.display(), needed = *needed, free = *free)
            }
            Self::EarlierPassphrase(path) => retold!(self, "backup.earlierPassphrase", path = path.display()),
            Self::OfWorkbook(path) => retold!(self, "backup.ofWorkbook", path = path.display()),
            Self::ShelfInUse(path) => retold!(self, "backup.inUse", path = path.display()),
            Self::Damaged { path, place } => {
                retold!(self, "backup.damaged", path = path.display(), detail = place.clone())
            }
            Self::NotTheSame(path) => retold!(self, "backup.notTheSame", path = path.display()),
            Self::NoBase { path, base } => retold!(self, "backup.noBase", path = path.display(), base = base),
            Self::NoBackup(path) => retold!(self, "backup.none", path = path.display()),
            Self::NoneSoEarly { folder, wanted, first } => {
                retold!(self, "backup.noneSoEarly", path = folder.display(), wanted = wanted, first = first)
            }
            Self::SeveralWorkbooks(path) => retold!(self, "backup.several", path = path.display()),
            Self::LeftOver(path) => retold!(self, "backup.leftOver", path = path.display()),
            Self::Open(error) => error.said(),
            Self::Workbook(error) => error.said(),
        }
    }
}

impl From<rusqlite::Error> for BackupError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Workbook(error.into())
    }
}
