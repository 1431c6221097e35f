//! Backups: made while work goes on, by the schedule or because somebody asks for one, checked, and restored.
//!
//! The workbook is held only to begin and to end a copy; see `tieout_workbook`'s module of backups. They lie in a
//! folder of this machine, or of another that the settings name, and are as encrypted as the workbook.

mod restoring;
mod schedule;
mod settings;

use std::{
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use parking_lot::Mutex;
use tieout_domain::{Said, said};
use tieout_workbook::{BackupError, BackupKeep, BackupKey, Shelf, WorkbookError};

use crate::{ApplicationError, Progress, Session, session::Open};

pub use restoring::RestoreBackup;
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
    pub found: Result<Proven, Said>,
}

/// What a session knows of backups besides what lies in their folder.
#[derive(Debug, Default)]
pub(crate) struct Desk {
    /// Held while a backup is made or checked.
    running: Mutex<()>,
    failure: Mutex<Option<BackupFailure>>,
    ticks: Mutex<schedule::Ticks>,
}

impl Desk {
    /// A workbook was opened, or closed.
    pub(crate) fn begin(&self, now_ms: i64) {
        *self.failure.lock() = None;
        *self.ticks.lock() = schedule::Ticks::since(now_ms);
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

impl Session {
    /// What is set, and which backups there are.
    pub fn backups(&self) -> Result<BackupReport, ApplicationError> {
        let (settings, shelf) = self.with_open(|open| {
            let settings = settings::of(&open.workbook)?;
            let shelf = self.shelf(open, settings.folder.as_deref());
            Ok((settings, shelf))
        })?;
        Ok(self.report(settings, &shelf))
    }

    /// A folder that cannot be read is no reason not to show what is set: another may be chosen.
    fn report(&self, settings: BackupSettings, shelf: &Shelf) -> BackupReport {
        let failed = self.backups.failure.lock().clone();
        let (backups, failure) = match shelf.backups() {
            Ok(mut backups) => {
                backups.reverse();
                (backups, failed)
            }
            Err(error) => {
                let why = ApplicationError::from(error).said();
                (Vec::new(), failed.or_else(|| Some(BackupFailure { at_ms: self.environment.clock.now_ms(), why })))
            }
        };
        BackupReport { settings, folder: shelf.folder().to_owned(), backups, failure }
    }

    /// The backups in another folder than the one that is set, newest first.
    pub fn backups_in(&self, folder: &Path) -> Result<BackupReport, ApplicationError> {
        let (settings, shelf) =
            self.with_open(|open| Ok((settings::of(&open.workbook)?, self.shelf(open, Some(folder)))))?;
        Ok(self.report(settings, &shelf))
    }

    /// Says when backups are made, where they go and how many are kept. The folder is tried.
    pub fn save_backup_settings(&self, settings: &BackupSettings) -> Result<BackupReport, ApplicationError> {
        settings::check(settings)?;
        self.with_open(|open| {
            if let Some(folder) = &settings.folder {
                let shelf = self.shelf(open, Some(folder));
                std::fs::create_dir_all(shelf.folder())
                    .map_err(|source| ApplicationError::file(shelf.folder(), source))?;
            }
            settings::keep(&mut open.workbook, settings)
        })?;
        *self.backups.failure.lock() = None;
        self.backups()
    }

    /// Makes a full backup now, in the folder that is set or in another. Work goes on meanwhile.
    pub fn back_up(
        &self,
        folder: Option<&Path>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<BackupDone, ApplicationError> {
        let task = self.begin()?;
        self.with_open(|_| Ok(()))?;
        let mut told = |done, total| {
            progress(Progress { stage: "backup", done, total });
            if task.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let made = self.make_backup(BackupKind::Full, folder, &mut told)?;
        // A full one is always made.
        let (backup, events) = made.ok_or(ApplicationError::Backup(BackupError::Busy))?;
        if folder.is_none() {
            self.note_backup_made();
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
        let _running = self.backups.running.try_lock().ok_or_else(goes_on)?;
        let (shelf, key): (Shelf, BackupKey) = self.with_open(|open| {
            let set = settings::of(&open.workbook)?.folder;
            Ok((self.shelf(open, folder.or(set.as_deref())), open.workbook.backup_key()))
        })?;
        let backups = shelf.backups()?;
        let total = backups.len() as u64;
        let mut checked = Vec::new();
        for (done, backup) in (0..).zip(backups.into_iter().rev()) {
            progress(Progress { stage: "checkingBackups", done, total });
            let mut still = |_: u64, _: u64| match task.is_cancelled() {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            };
            let found = match shelf.check(&backup, &key, &mut still) {
                Err(BackupError::Cancelled) => return Err(ApplicationError::Cancelled),
                other => other.map_err(|error| ApplicationError::from(error).said()),
            };
            checked.push(CheckedBackup { backup, found });
        }
        Ok(checked)
    }

    fn shelf(&self, open: &Open, folder: Option<&Path>) -> Shelf {
        let default = || self.environment.data_folder.join(FOLDER);
        let folder = folder.map_or_else(default, Path::to_owned);
        Shelf::of(&folder, open.workbook.path(), open.workbook.salt())
    }

    /// Makes one; `None` where nothing changed since the last full one. Answers how many events it holds, too.
    fn make_backup(
        &self,
        kind: BackupKind,
        folder: Option<&Path>,
        progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<Option<(Backup, u64)>, ApplicationError> {
        let _running = self.backups.running.try_lock().ok_or_else(goes_on)?;
        let (snapshot, shelf, salt) = self.with_file(|open| {
            let set = settings::of(&open.workbook)?.folder;
            let shelf = self.shelf(open, folder.or(set.as_deref()));
            Ok((open.workbook.snapshot()?, shelf, open.workbook.salt()))
        })?;
        let copied = shelf.copy(&snapshot, kind, progress);
        let released = self.with_file(|open| Ok(open.workbook.release(&snapshot)?));
        let Some(unproven) = copied? else { return Ok(None) };
        released.map_err(|error| match error {
            ApplicationError::NoWorkbook => BackupError::Overtaken.into(),
            other => other,
        })?;
        let backup = unproven.keep(progress)?;
        let head = snapshot.head();
        if backup.kind == BackupKind::Full {
            let told = self.with_file(|open| {
                // Another may have been opened meanwhile.
                let is_same = open.workbook.salt() == salt;
                if is_same { Ok(open.workbook.tell_backup(&backup, head)?) } else { Ok(()) }
            });
            match told {
                Ok(()) | Err(ApplicationError::NoWorkbook) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Some((backup, head.sequence)))
    }

    /// Removes what the settings say need not be kept.
    fn thin_backups(&self) -> Result<(), ApplicationError> {
        let (shelf, keep) = self.with_file(|open| {
            let settings = settings::of(&open.workbook)?;
            let keep = BackupKeep { days: settings.keep_days, weeks: settings.keep_weeks };
            Ok((self.shelf(open, settings.folder.as_deref()), keep))
        })?;
        shelf.thin(keep)?;
        Ok(())
    }
}

const GOES_ON: &str = "backup.goesOn";

fn goes_on() -> ApplicationError {
    ApplicationError::Invalid(said!(
        "backup.goesOn",
        "a backup is being made or checked: wait for it, or stop it first"
    ))
}

/// Whether it is no failure that no backup was made: whoever closed or checked the workbook, or is making or checking
/// backups, meant to.
fn is_no_failure(error: &ApplicationError) -> bool {
    let goes_on = matches!(error, ApplicationError::Invalid(said) if said.code() == GOES_ON);
    goes_on
        || matches!(
            error,
            ApplicationError::NoWorkbook
                | ApplicationError::Cancelled
                | ApplicationError::Backup(BackupError::Overtaken | BackupError::Busy | BackupError::ShelfInUse(_))
                | ApplicationError::Workbook(WorkbookError::Cancelled)
        )
}
