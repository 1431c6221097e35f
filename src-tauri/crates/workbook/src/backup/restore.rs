//! From a backup to a workbook, on any machine, with the passphrase alone.

use std::{
    fs,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use tieout_domain::AuditHead;

use super::{
    Backup, BackupError, BackupKind, Shelf,
    changes::{self, Reader},
    proof, room,
};
use crate::{
    KeyStore, OpenError, Progress, Unlock,
    anchor::known_heads,
    file,
    key::RawKey,
    key_store,
    lock::{Lock, is_of_open_workbook},
    open::{Unfinished, full_path, sync_folder},
};

/// What can be restored: a full backup, and perhaps one of changes since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestorePoint {
    full: PathBuf,
    changes: Option<PathBuf>,
    /// As of when, in milliseconds since 1970-01-01 UTC; unknown of a file whose name does not say it.
    pub made_at_ms: Option<i64>,
    /// When the next backup was made, if there is one.
    pub next_at_ms: Option<i64>,
}

/// What was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// Where it lies.
    pub path: PathBuf,
    /// The company's name.
    pub company: String,
    /// The newest event in it.
    pub head: AuditHead,
    /// When that was, in milliseconds since 1970-01-01 UTC.
    pub newest_at_ms: i64,
    /// As of when it is, in milliseconds since 1970-01-01 UTC.
    pub made_at_ms: Option<i64>,
    /// When the next backup was made, if there is one.
    pub next_at_ms: Option<i64>,
    /// How many events this machine's key store knows of, if it knows the workbook.
    pub known: Option<u64>,
}

impl RestorePoint {
    /// Every file that is needed.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        [Some(&self.full), self.changes.as_ref()].into_iter().flatten().map(PathBuf::as_path)
    }
}

/// What a path and a time mean: a backup's file, the folder of a workbook's backups, or a folder with the backups of
/// one workbook. The newest that was made at that time or before; of a file without a time, that file.
pub fn find_restore_point(path: &Path, at_ms: Option<i64>) -> Result<RestorePoint, BackupError> {
    if is_of_open_workbook(path) {
        return Err(BackupError::OfWorkbook(path.to_owned()));
    }
    let is_folder = fs::metadata(path).map_err(BackupError::io(path))?.is_dir();
    let folder = if is_folder { folder_of(path)? } else { beside(path) };
    let backups = Shelf::at(&folder).backups()?;
    let found = match (at_ms, is_folder) {
        (None, false) => backups.iter().position(|backup| backup.path.file_name() == path.file_name()),
        (None, true) => backups.len().checked_sub(1),
        (Some(at), _) => backups.iter().rposition(|backup| backup.made_at_ms <= at),
    };
    match (found, at_ms, backups.first()) {
        (Some(at), ..) => point(&backups, at),
        // A file of another name is what it holds.
        (None, None, _) if !is_folder => of_file(path),
        (None, Some(wanted), Some(first)) => {
            Err(BackupError::NoneSoEarly { folder, wanted: told(wanted), first: told(first.made_at_ms) })
        }
        _ => Err(BackupError::NoBackup(path.to_owned())),
    }
}

/// All backups that lie in a folder, or in the folders in it, those of each newest first; of a file, those beside it.
pub fn restore_points(path: &Path) -> Result<Vec<Backup>, BackupError> {
    let is_folder = fs::metadata(path).map_err(BackupError::io(path))?.is_dir();
    let folder = if is_folder { path.to_owned() } else { beside(path) };
    let mut points = Shelf::at(&folder).backups()?;
    points.reverse();
    if points.is_empty() && is_folder {
        for inner in folders_in(path)? {
            // A folder that cannot be read is none of backups.
            points.extend(Shelf::at(&inner).backups().unwrap_or_default().into_iter().rev());
        }
    }
    Ok(points)
}

fn folders_in(path: &Path) -> Result<Vec<PathBuf>, BackupError> {
    let entries = fs::read_dir(path).map_err(BackupError::io(path))?.flatten().map(|entry| entry.path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    Ok(folders)
}

fn told(at_ms: i64) -> String {
    Timestamp::from_millisecond(at_ms).map(|at| format!("{at:.0}")).unwrap_or_default()
}

fn beside(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// The folder itself, or the only one in it that has backups.
fn folder_of(path: &Path) -> Result<PathBuf, BackupError> {
    if !Shelf::at(path).backups()?.is_empty() {
        return Ok(path.to_owned());
    }
    let mut with_backups =
        folders_in(path)?.into_iter().filter(|folder| Shelf::at(folder).backups().is_ok_and(|found| !found.is_empty()));
    match (with_backups.next(), with_backups.next()) {
        (Some(folder), None) => Ok(folder),
        (None, _) => Err(BackupError::NoBackup(path.to_owned())),
        (Some(_), Some(_)) => Err(BackupError::SeveralWorkbooks(path.to_owned())),
    }
}

fn point(backups: &[Backup], at: usize) -> Result<RestorePoint, BackupError> {
    let backup = &backups[at];
    let next_at_ms = backups.get(at + 1).map(|next| next.made_at_ms);
    let found = match backup.kind {
        BackupKind::Full => RestorePoint { full: backup.path.clone(), changes: None, made_at_ms: None, next_at_ms },
        BackupKind::Changes => of_file(&backup.path)?,
    };
    Ok(RestorePoint { made_at_ms: Some(backup.made_at_ms), next_at_ms, ..found })
}

fn of_file(path: &Path) -> Result<RestorePoint, BackupError> {
    let (full, changes) = match Reader::open(path)? {
        Some(reader) => (reader.base()?, Some(path.to_owned())),
        None => (path.to_owned(), None),
    };
    Ok(RestorePoint { full, changes, made_at_ms: None, next_at_ms: None })
}

/// Makes a workbook at `out`, which must be free, of a backup. It appears there whole, opened and checked, or not at
/// all. No other file is touched.
pub fn restore(
    point: &RestorePoint,
    out: &Path,
    unlock: Unlock<'_>,
    store: &dyn KeyStore,
    progress: &mut Progress<'_>,
) -> Result<Restored, BackupError> {
    let salt = file::salt_of(&point.full)?;
    let key = match unlock {
        Unlock::Passphrase(passphrase) => RawKey::derive(passphrase, salt).map_err(BackupError::io(&point.full))?,
        Unlock::Keychain => key_store::load_key(store, salt).ok().flatten().ok_or(OpenError::PassphraseNeeded)?,
    };
    let is_kept = matches!(unlock, Unlock::Keychain);
    let asked = |error: BackupError| match error {
        // The backup was made under an earlier passphrase.
        BackupError::Open(OpenError::WrongPassphrase) if is_kept => OpenError::PassphraseNeeded.into(),
        other => other,
    };
    proof::fits(&point.full, &key, salt).map_err(asked)?;
    let out = full_path(out)?;
    refuse_taken(&out)?;
    let _lock = Lock::take(&out)?;
    let bytes = fs::metadata(&point.full).map_err(BackupError::io(&point.full))?.len();
    room::check(out.parent().unwrap_or(&out), bytes)?;
    let unfinished = Unfinished::beside(&out);
    changes::rebuild(&point.full, point.changes.as_deref(), &unfinished.0, progress)
        .map_err(|error| proof::blame_base(&point.full, error, &key, salt))?;
    let proven = proof::prove(&unfinished.0, &key, salt).map_err(|error| match error {
        // What is named must be what lies there.
        BackupError::Damaged { place, .. } => proof::blame(&point.full, point.changes.as_deref(), &key, salt, place),
        other => asked(other),
    })?;
    refuse_taken(&out)?;
    fs::rename(&unfinished.0, &out).map_err(BackupError::io(&out))?;
    sync_folder(&out);
    Ok(Restored {
        path: out,
        company: proven.company,
        head: proven.head,
        newest_at_ms: proven.newest_at_ms,
        made_at_ms: point.made_at_ms,
        next_at_ms: point.next_at_ms,
        known: known_heads(store, salt).iter().map(|head| head.sequence).max(),
    })
}

/// Nothing is written over; and the log of an earlier file of this name would be taken for the restored one's.
fn refuse_taken(out: &Path) -> Result<(), BackupError> {
    for suffix in ["", "-wal", "-journal"] {
        let mut name = out.as_os_str().to_owned();
        name.push(suffix);
        let path = PathBuf::from(name);
        if path.try_exists().map_err(BackupError::io(&path))? {
            return Err(if suffix.is_empty() {
                OpenError::FileExists(path).into()
            } else {
                BackupError::LeftOver(path)
            });
        }
    }
    Ok(())
}
