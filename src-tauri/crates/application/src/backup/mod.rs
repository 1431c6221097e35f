//! Backups: made while work goes on, by the schedule or because somebody asks for one, checked, and restored.
//!
//! The workbook is held only to begin and to end a copy; see `tieout_workbook`'s module of backups. The folder may be on a
//! drive that answers late or never: nothing is asked of it while the session is held. They lie in a
//! folder of this machine, or of another that the settings name, and are as encrypted as the workbook.

mod restoring;
mod schedule;
mod settings;

use std::{
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use parking_lot::Mutex;
use tieout_domain::{Permission, Said};
use tieout_workbook::{BackupError, BackupKeep, BackupKey, Salt, Shelf, Shelves, WorkbookError};

use crate::{ApplicationError, Progress, Session, session::Open};

pub use restoring::{RestoreBackup, points as restore_points};
pub use settings::BackupSettings;
pub use tieout_workbook::{Backup, BackupKind, Proven, Restored};

/// Name of the folder for backups where no other was chosen.
const FOLDER: &str = "backups";

/// Why the last scheduled backup was not made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupFailure {
    /// When, in milliseconds since 1970-01-01 UTC.
    pub at_ms: i64,
    /// Why.
    pub why: Said,
}

/// Everything there is to show of backups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupReport {
    /// What is set.
    pub settings: BackupSettings,
    /// Where the backups of this workbook lie. The folder may not exist yet.
    pub folder: PathBuf,
    /// All of them, newest first.
    pub backups: Vec<Backup>,
    /// When the folder was last looked at, in milliseconds since 1970-01-01 UTC.
    pub looked_at_ms: Option<i64>,
    /// Why the last scheduled one was not made.
    pub failure: Option<BackupFailure>,
}

/// A backup that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupDone {
    /// The backup.
    pub backup: Backup,
    /// How many events it holds.
    pub events: u64,
}

/// What looking at a backup found.
#[derive(Debug)]
pub struct CheckedBackup {
    /// The backup.
    pub backup: Backup,
    /// What is in it, or why it does not restore.
    pub found: Found,
}

/// What looking at a backup found.
#[derive(Debug)]
pub enum Found {
    /// It restores.
    Whole(Proven),
    /// It was made before the passphrase was changed, and was not looked at.
    EarlierPassphrase,
    /// It does not restore.
    Fault(Said),
}

/// What a session knows of backups.
#[derive(Debug, Default)]
pub(crate) struct Desk {
    /// Held while a backup is made or checked.
    running: Mutex<()>,
    /// Of the workbook with this salt, until one was made of it.
    failure: Mutex<Option<(Salt, BackupFailure)>>,
    ticks: Mutex<schedule::Ticks>,
    /// What lay in the folder when it was last looked at: who asks need not wait for its drive.
    seen: Mutex<Option<Seen>>,
}

/// What lay in a folder.
#[derive(Debug, Clone)]
struct Seen {
    salt: Salt,
    parent: PathBuf,
    folder: PathBuf,
    /// Newest first.
    backups: Vec<Backup>,
    at_ms: i64,
    fault: Option<Said>,
}

impl Desk {
    /// A workbook was opened.
    pub(crate) fn begin(&self, now_ms: i64) {
        *self.ticks.lock() = schedule::Ticks::since(now_ms);
        *self.seen.lock() = None;
    }
}

impl From<BackupError> for ApplicationError {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::Io { path, source } => Self::File { path, source },
            BackupError::Cancelled => Self::Cancelled,
            BackupError::Open(error) => Self::Open(error),
            BackupError::Workbook(error) => Self::Workbook(error),
            other => Self::Backup(other),
        }
    }
}

/// What is asked of the workbook before its backups are looked for, with which the session is free again.
struct Wanted {
    settings: BackupSettings,
    /// The folder in which the workbook's own is.
    parent: PathBuf,
    workbook: PathBuf,
    salt: Salt,
    key: BackupKey,
    /// The newest event of work.
    version: u64,
}

impl Session {
    /// What is set, and which backups there were when the folder was last looked at. Nothing is asked of its drive.
    pub fn backups(&self) -> Result<BackupReport, ApplicationError> {
        let wanted = self.with_open(|open| self.wanted(open, None))?;
        let seen = self.backups.seen.lock().clone();
        let seen = seen.filter(|seen| seen.salt == wanted.salt && seen.parent == wanted.parent);
        Ok(self.report(wanted, seen))
    }

    fn report(&self, wanted: Wanted, seen: Option<Seen>) -> BackupReport {
        let failed = self.backups.failure.lock().clone();
        let failed = failed.filter(|(salt, _)| *salt == wanted.salt).map(|(_, failure)| failure);
        let (folder, looked_at_ms, backups, fault) = match seen {
            None => (wanted.parent, None, Vec::new(), None),
            Some(Seen { folder, backups, at_ms, fault, .. }) => (folder, Some(at_ms), backups, fault),
        };
        let failure = failed.or_else(|| Some(BackupFailure { at_ms: looked_at_ms?, why: fault? }));
        BackupReport { settings: wanted.settings, folder, backups, looked_at_ms, failure }
    }

    /// Looks into the folder that is set, or into another.
    pub fn look_at_backups(&self, folder: Option<&Path>) -> Result<BackupReport, ApplicationError> {
        let wanted = self.with_open(|open| self.wanted(open, folder))?;
        let seen = self.look_into(&wanted);
        if folder.is_none() {
            *self.backups.seen.lock() = Some(seen.clone());
        }
        Ok(self.report(wanted, Some(seen)))
    }

    /// A folder that cannot be read is no reason not to show what is set: another may be chosen.
    fn look_into(&self, wanted: &Wanted) -> Seen {
        let looked = self.find_shelf(wanted).and_then(|(shelf, _)| Ok((shelf.backups()?, shelf)));
        let (folder, backups, fault) = match looked {
            Ok((mut backups, shelf)) => {
                backups.reverse();
                (shelf.folder().to_owned(), backups, None)
            }
            Err(error) => (wanted.parent.clone(), Vec::new(), Some(error.said())),
        };
        let (salt, parent) = (wanted.salt, wanted.parent.clone());
        Seen { salt, parent, folder, backups, at_ms: self.environment.clock.now_ms(), fault }
    }

    /// Says when backups are made, where they go and how many are kept. The folder is tried.
    pub fn save_backup_settings(&self, settings: &BackupSettings) -> Result<BackupReport, ApplicationError> {
        settings::check(settings)?;
        self.with_open(|open| Ok(open.workbook.require(Permission::Configure)?))?;
        if let Some(folder) = &settings.folder {
            std::fs::create_dir_all(folder).map_err(|source| ApplicationError::file(folder, source))?;
        }
        self.with_open(|open| settings::keep(&mut open.workbook, settings))?;
        *self.backups.failure.lock() = None;
        self.look_at_backups(None)
    }

    /// Makes a full backup now, in the folder that is set or in another. Work goes on meanwhile.
    pub fn back_up(
        &self,
        folder: Option<&Path>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<BackupDone, ApplicationError> {
        let task = self.begin()?;
        let wanted = self.with_open(|open| self.wanted(open, folder))?;
        if let Some(folder) = folder {
            std::fs::create_dir_all(folder).map_err(|source| ApplicationError::file(folder, source))?;
        }
        let mut told = |done, total| {
            progress(Progress { stage: "backup", done, total });
            if task.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let made = self.make_backup(BackupKind::Full, &wanted, &mut told)?;
        // A full one is always made.
        let (backup, events) = made.ok_or(ApplicationError::Backup(BackupError::Busy))?;
        if folder.is_none() {
            self.note_backup_made();
            let seen = self.look_into(&wanted);
            *self.backups.seen.lock() = Some(seen);
        }
        Ok(BackupDone { backup, events })
    }

    /// Opens every backup, rebuilds those of changes, and looks at each page.
    pub fn check_backups(
        &self,
        folder: Option<&Path>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Vec<CheckedBackup>, ApplicationError> {
        let task = self.begin()?;
        let _running = self.backups.running.try_lock().ok_or(BackupError::GoesOn)?;
        let mut wanted = self.with_open(|open| self.wanted(open, folder))?;
        wanted.key = self.with_open(|open| Ok(open.workbook.backup_key_with_history()?))?;
        let (shelf, _) = self.find_shelf(&wanted)?;
        let backups = shelf.backups()?;
        let total = backups.len() as u64;
        let mut checked = Vec::new();
        for (done, backup) in (0..).zip(backups.into_iter().rev()) {
            progress(Progress { stage: "checkingBackups", done, total });
            let mut still = |_: u64, _: u64| match task.is_cancelled() {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            };
            let found = match shelf.check(&backup, &wanted.key, &mut still) {
                Ok(proven) => Found::Whole(proven),
                Err(BackupError::Cancelled) => return Err(ApplicationError::Cancelled),
                Err(BackupError::EarlierPassphrase(_)) => Found::EarlierPassphrase,
                Err(error) => Found::Fault(ApplicationError::from(error).said()),
            };
            checked.push(CheckedBackup { backup, found });
        }
        Ok(checked)
    }

    fn wanted(&self, open: &Open, folder: Option<&Path>) -> Result<Wanted, ApplicationError> {
        let settings = settings::of(&open.workbook)?;
        let own = || self.environment.data_folder.join(FOLDER);
        let parent = folder.or(settings.folder.as_deref()).map_or_else(own, Path::to_owned);
        Ok(Wanted {
            settings,
            parent,
            workbook: open.workbook.path().to_owned(),
            salt: open.workbook.salt(),
            key: open.workbook.backup_key(),
            version: open.workbook.work_version()?,
        })
    }

    /// Works on the workbook unless it was closed meanwhile; another may be open in its place.
    fn with_same<T>(
        &self,
        wanted: &Wanted,
        work: impl FnOnce(&mut Open) -> Result<T, ApplicationError>,
    ) -> Result<T, ApplicationError> {
        self.with_file(|open| {
            let is_same = open.workbook.salt() == wanted.salt && open.workbook.path() == wanted.workbook;
            if is_same { work(open) } else { Err(ApplicationError::NoWorkbook) }
        })
    }

    /// The workbook's folder, and the newest of its events that a backup holds. The drive is asked while the session is free.
    fn find_shelf(&self, wanted: &Wanted) -> Result<(Shelf, u64), ApplicationError> {
        let shelves = Shelves::look(&wanted.parent, &wanted.workbook, &wanted.key)?;
        let own = self.with_same(wanted, |open| Ok(open.workbook.own_heads(&shelves.heads())?))?;
        let newest = own.iter().map(|head| head.sequence).max();
        Ok((shelves.own(&own), newest.unwrap_or(0)))
    }

    /// Makes one; `None` where nothing changed since the last full one. Answers how many events it holds, too.
    fn make_backup(
        &self,
        kind: BackupKind,
        wanted: &Wanted,
        progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<Option<(Backup, u64)>, ApplicationError> {
        let _running = self.backups.running.try_lock().ok_or(BackupError::GoesOn)?;
        let own = self.environment.data_folder.join(FOLDER);
        if wanted.parent == own {
            std::fs::create_dir_all(&own).map_err(|source| ApplicationError::file(&own, source))?;
        }
        let (shelf, _) = self.find_shelf(wanted)?;
        let prepared = shelf.prepare(kind, progress)?;
        let snapshot = self.with_same(wanted, |open| Ok(open.workbook.snapshot()?))?;
        let copied = prepared.copy(&snapshot, progress);
        let released = self.with_same(wanted, |open| Ok(open.workbook.release(&snapshot)?));
        let head = snapshot.head();
        drop(snapshot);
        let Some(unproven) = copied? else { return Ok(None) };
        released.map_err(|error| match error {
            ApplicationError::NoWorkbook => BackupError::Overtaken.into(),
            other => other,
        })?;
        let backup = unproven.keep(progress)?;
        if backup.kind == BackupKind::Full {
            match self.with_same(wanted, |open| Ok(open.workbook.tell_backup(&backup, head)?)) {
                Ok(()) | Err(ApplicationError::NoWorkbook) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Some((backup, head.sequence)))
    }

    /// Removes what the settings say need not be kept.
    fn thin_backups(&self, wanted: &Wanted) -> Result<(), ApplicationError> {
        let keep = BackupKeep { days: wanted.settings.keep_days, weeks: wanted.settings.keep_weeks };
        let (shelf, _) = self.find_shelf(wanted)?;
        shelf.thin(keep, self.environment.clock.now_ms())?;
        Ok(())
    }
}

/// Whether it is no failure that no backup was made: whoever closed or checked the workbook meant to, and what only stands
/// in the way for a while will be done.
fn is_no_failure(error: &ApplicationError) -> bool {
    is_hindered(error)
        || matches!(
            error,
            ApplicationError::NoWorkbook
                | ApplicationError::Cancelled
                | ApplicationError::Backup(BackupError::Overtaken)
                | ApplicationError::Workbook(WorkbookError::Cancelled)
        )
}

/// Whether it will do later. Where it does not, that is a failure too.
fn is_hindered(error: &ApplicationError) -> bool {
    matches!(error, ApplicationError::Backup(BackupError::Busy | BackupError::GoesOn | BackupError::ShelfInUse(_)))
}
