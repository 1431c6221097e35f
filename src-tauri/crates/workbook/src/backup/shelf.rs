//! Where backups of one workbook lie, and how one gets there.

use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use tieout_domain::AuditHead;

use super::{
    BackupError, BackupKeep, Proven, Snapshot,
    changes::{self, Written},
    proof::{blame, blame_base, prove},
    thinning,
};
use crate::{
    Progress, Workbook,
    key::{RawKey, Salt},
    open::sync_folder,
};

/// How the names of full backups end.
const FULL: &str = "tieout-backup";
/// How the names of backups of changes end.
const CHANGES: &str = "tieout-changes";
/// How the names of files end that are not whole yet.
const PARTIAL: &str = "partial";
/// Locked while somebody works in the folder.
const LOCK: &str = ".lock";

/// What a backup holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BackupKind {
    /// The whole workbook.
    Full,
    /// What changed since the full one before it, without which it is worth nothing.
    Changes,
}

/// A backup that was made, opened and found whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Its file.
    pub path: PathBuf,
    /// What it holds.
    pub kind: BackupKind,
    /// As of when, in milliseconds since 1970-01-01 UTC.
    pub made_at_ms: i64,
    /// Size of the file.
    pub bytes: u64,
}

/// The folder with the backups of one workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelf {
    folder: PathBuf,
}

/// The key with which backups are opened to be checked. Never shown.
pub struct BackupKey {
    pub(super) key: RawKey,
    pub(super) salt: Salt,
}

impl Workbook {
    /// The key of the workbook, for its backups.
    pub fn backup_key(&self) -> BackupKey {
        BackupKey { key: self.key.clone(), salt: self.salt }
    }
}

impl Shelf {
    /// The backups of this workbook in a folder that may have those of others: in a folder of their own, which has the
    /// workbook's name and the first digits of its salt, and is known by these when the workbook is called otherwise.
    pub fn of(folder: &Path, workbook: &Path, salt: Salt) -> Self {
        let ending = format!("-{}", &salt.to_string()[..8]);
        let known = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).find(|path| {
            path.is_dir() && path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(&ending))
        });
        let stem = || workbook.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        Self { folder: known.unwrap_or_else(|| folder.join(stem() + &ending)) }
    }

    /// The backups that lie in this folder itself.
    pub fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// The folder. It need not exist yet.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// All backups, oldest first; none where there is no folder yet.
    pub fn backups(&self) -> Result<Vec<Backup>, BackupError> {
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other.map_err(BackupError::io(&self.folder))?,
        };
        let mut backups = Vec::new();
        for entry in entries {
            let path = entry.map_err(BackupError::io(&self.folder))?.path();
            let Some((made_at_ms, kind)) = read_name(&path) else { continue };
            let bytes = match fs::metadata(&path) {
                Ok(metadata) if metadata.is_file() => metadata.len(),
                _ => continue,
            };
            backups.push(Backup { path, kind, made_at_ms, bytes });
        }
        backups.sort_by(|a, b| (a.made_at_ms, &a.path).cmp(&(b.made_at_ms, &b.path)));
        Ok(backups)
    }

    /// Copies a snapshot. `Changes` becomes a full backup where there is none that they could rest on, or where most of
    /// the file changed; `None` where nothing did.
    pub fn copy(
        &self,
        snapshot: &Snapshot,
        kind: BackupKind,
        progress: &mut Progress<'_>,
    ) -> Result<Option<Unproven>, BackupError> {
        let lock = self.lock()?;
        self.remove_unfinished();
        let newest = self.backups()?.into_iter().rfind(|backup| backup.kind == BackupKind::Full);
        if let (BackupKind::Changes, Some(full)) = (kind, newest) {
            let partial = self.partial(snapshot.made_at_ms, CHANGES);
            match changes::write(snapshot, &full.path, &partial.0, progress)? {
                Written::Changes(0) => return Ok(None),
                Written::Changes(_) => {
                    return Ok(Some(Unproven::new(self, snapshot, partial, Some(full.path), lock)));
                }
                Written::TooMany => {}
            }
        }
        let partial = self.partial(snapshot.made_at_ms, FULL);
        snapshot.copy_to(&partial.0, progress)?;
        Ok(Some(Unproven::new(self, snapshot, partial, None, lock)))
    }

    /// Opens a backup, if need be rebuilt beside it for as long, and looks at every page of it.
    pub fn check(&self, backup: &Backup, key: &BackupKey, progress: &mut Progress<'_>) -> Result<Proven, BackupError> {
        match backup.kind {
            BackupKind::Full => prove(&backup.path, &key.key, key.salt),
            BackupKind::Changes => {
                let _lock = self.lock()?;
                let reader = changes::Reader::open(&backup.path)?;
                let base = reader.ok_or_else(|| BackupError::damaged(&backup.path, changes::FIRST_LINES))?.base()?;
                check_changes(&base, &backup.path, key, progress)
            }
        }
    }

    /// Removes what need not be kept; answers how many files.
    pub fn thin(&self, keep: BackupKeep) -> Result<usize, BackupError> {
        let backups = self.backups()?;
        let superfluous = thinning::superfluous(&backups, keep);
        for path in &superfluous {
            fs::remove_file(path).map_err(BackupError::io(path))?;
        }
        Ok(superfluous.len())
    }

    fn lock(&self) -> Result<File, BackupError> {
        fs::create_dir_all(&self.folder).map_err(BackupError::io(&self.folder))?;
        let path = self.folder.join(LOCK);
        let file = File::options().write(true).create(true).truncate(false).open(&path);
        let file = file.map_err(BackupError::io(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(BackupError::ShelfInUse(self.folder.clone())),
            Err(TryLockError::Error(error)) => Err(BackupError::io(&path)(error)),
        }
    }

    /// What a program left that was ended while it made a backup. The lock says that none is made now.
    fn remove_unfinished(&self) {
        for path in fs::read_dir(&self.folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.extension().is_some_and(|extension| extension == PARTIAL) {
                drop(Partial(path));
            }
        }
    }

    fn partial(&self, made_at_ms: i64, extension: &str) -> Partial {
        Partial(self.folder.join(format!("{}.{extension}.{PARTIAL}", written_name(made_at_ms))))
    }
}

/// A backup of changes is opened as the workbook that comes of it.
fn check_changes(
    base: &Path,
    changes: &Path,
    key: &BackupKey,
    progress: &mut Progress<'_>,
) -> Result<Proven, BackupError> {
    let mut name = changes.as_os_str().to_owned();
    name.push(".rebuilt.");
    name.push(PARTIAL);
    let rebuilt = Partial(PathBuf::from(name));
    changes::rebuild(base, Some(changes), &rebuilt.0, progress)
        .map_err(|error| blame_base(base, error, &key.key, key.salt))?;
    prove(&rebuilt.0, &key.key, key.salt).map_err(|error| match error {
        BackupError::Damaged { place, .. } => blame(base, Some(changes), &key.key, key.salt, place),
        other => other,
    })
}

/// A copy that was not opened yet. Dropped, it is gone.
pub struct Unproven {
    partial: Partial,
    path: PathBuf,
    base: Option<PathBuf>,
    key: BackupKey,
    head: AuditHead,
    made_at_ms: i64,
    _lock: File,
}

impl Unproven {
    fn new(shelf: &Shelf, snapshot: &Snapshot, partial: Partial, base: Option<PathBuf>, lock: File) -> Self {
        let extension = if base.is_some() { CHANGES } else { FULL };
        Self {
            path: shelf.folder.join(format!("{}.{extension}", written_name(snapshot.made_at_ms))),
            partial,
            base,
            key: BackupKey { key: snapshot.key.clone(), salt: snapshot.salt },
            head: snapshot.head,
            made_at_ms: snapshot.made_at_ms,
            _lock: lock,
        }
    }

    /// Opens the copy, looks at every page of it, and gives it its name. To be called after [`Workbook::release`] said
    /// that the file lay still.
    pub fn keep(self, progress: &mut Progress<'_>) -> Result<Backup, BackupError> {
        let proven = match &self.base {
            None => prove(&self.partial.0, &self.key.key, self.key.salt)?,
            Some(base) => check_changes(base, &self.partial.0, &self.key, progress)?,
        };
        if proven.head != self.head {
            return Err(BackupError::NotTheSame(self.path.clone()));
        }
        if self.path.try_exists().map_err(BackupError::io(&self.path))? {
            return Err(crate::OpenError::FileExists(self.path.clone()).into());
        }
        fs::rename(&self.partial.0, &self.path).map_err(BackupError::io(&self.path))?;
        sync_folder(&self.path);
        let bytes = fs::metadata(&self.path).map_err(BackupError::io(&self.path))?.len();
        let kind = if self.base.is_some() { BackupKind::Changes } else { BackupKind::Full };
        Ok(Backup { path: self.path.clone(), kind, made_at_ms: self.made_at_ms, bytes })
    }
}

/// A file that is not whole: removed when dropped, unless it was renamed.
struct Partial(PathBuf);

impl Drop for Partial {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.0)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "an unfinished backup could not be removed");
        }
    }
}

/// `2026-11-28T01-00-00.123Z`: the time in UTC, as file names may have it everywhere.
fn written_name(made_at_ms: i64) -> String {
    let at = Timestamp::from_millisecond(made_at_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    format!("{at:.3}").replace(':', "-")
}

fn read_name(path: &Path) -> Option<(i64, BackupKind)> {
    let kind = match path.extension()?.to_str()? {
        FULL => BackupKind::Full,
        CHANGES => BackupKind::Changes,
        _ => return None,
    };
    let (day, time) = path.file_stem()?.to_str()?.split_once('T')?;
    let at: Timestamp = format!("{day}T{}", time.replace('-', ":")).parse().ok()?;
    Some((at.as_millisecond(), kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backups_name_says_when_it_was_made() {
        for ms in [0, 1_795_827_600_000, 1_795_827_600_007] {
            let name = format!("{}.tieout-changes", written_name(ms));
            assert_eq!(read_name(Path::new(&name)), Some((ms, BackupKind::Changes)), "{name}");
        }
        assert_eq!(written_name(1_795_827_600_007), "2026-11-28T01-00-00.007Z");
        for other in ["2026-11-28T01-00-00.007Z.tieout-backup.partial", "joinery.tieout-backup", "joinery.tieout"] {
            assert_eq!(read_name(Path::new(other)), None, "{other}");
        }
    }
}
