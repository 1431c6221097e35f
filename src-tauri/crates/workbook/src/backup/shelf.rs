//! Where backups of one workbook lie: which there are, whether they restore, and what need not be kept.

use std::{
    collections::BTreeSet,
    fs::{self, File, TryLockError},
    io::ErrorKind,
    path::{Path, PathBuf},
};

use super::{
    Backup, BackupError, BackupHead, BackupKeep, BackupKind, Proven, changes,
    making::Partial,
    name,
    proof::{self, blame, blame_base, prove},
    room, thinning,
};
use crate::{
    Progress, Workbook, WorkbookError,
    key::{RawKey, Salt},
    rows::Blob,
};

/// Locked while somebody works in the folder.
const LOCK: &str = ".lock";

/// The folder with the backups of one workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelf {
    pub(super) folder: PathBuf,
    /// Newest events of backups that are another copy's.
    pub(super) others: BTreeSet<BackupHead>,
}

/// The key with which backups are opened to be checked. Never shown.
pub struct BackupKey {
    pub(super) key: RawKey,
    pub(super) salt: Salt,
    /// With which event, and when, it became the workbook's, where an earlier one was and that was asked.
    pub(super) since: Option<(u64, i64)>,
}

impl Workbook {
    /// The key of the workbook, for its backups.
    pub fn backup_key(&self) -> BackupKey {
        BackupKey { key: self.key.clone(), salt: self.salt, since: None }
    }

    /// The same with what is known of earlier ones, so that a backup of an earlier passphrase is not taken for a damaged
    /// one.
    pub fn backup_key_with_history(&self) -> Result<BackupKey, WorkbookError> {
        let newest = "SELECT sequence, at FROM audit_events WHERE company_id = ?1 AND action = 'passphrase.changed'
             ORDER BY sequence DESC LIMIT 1";
        let mut statement = self.sql.prepare(newest)?;
        let mut rows = statement.query([Blob(self.company.id.uuid())])?;
        let since = match rows.next()? {
            None => None,
            Some(row) => Some((u64::try_from(row.get::<_, i64>(0)?).map_err(WorkbookError::unreadable)?, row.get(1)?)),
        };
        Ok(BackupKey { since, ..self.backup_key() })
    }
}

impl BackupKey {
    /// Whether the backup was made before this key was the workbook's.
    fn is_younger_than(&self, backup: &Backup) -> bool {
        self.since.is_some_and(|(sequence, at_ms)| match &backup.head {
            Some(head) => head.sequence < sequence,
            None => backup.made_at_ms < at_ms,
        })
    }
}

impl Shelf {
    /// The backups that lie in this folder itself.
    pub fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), others: BTreeSet::new() }
    }

    /// The folder. It need not exist yet.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// All backups in the order of the work in them, oldest first; none where there is no folder yet.
    pub fn backups(&self) -> Result<Vec<Backup>, BackupError> {
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            other => other.map_err(BackupError::io(&self.folder))?,
        };
        let mut backups = Vec::new();
        for entry in entries {
            let path = entry.map_err(BackupError::io(&self.folder))?.path();
            let Some((made_at_ms, kind, head)) = name::read_name(&path) else { continue };
            if head.as_ref().is_some_and(|head| self.others.contains(head)) {
                continue;
            }
            match fs::metadata(&path) {
                Ok(facts) if facts.is_file() => {
                    backups.push(Backup { path, kind, made_at_ms, head, bytes: facts.len() });
                }
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                // One that is there and not seen would be taken for missing.
                Err(error) => return Err(BackupError::io(&path)(error)),
            }
        }
        backups.sort_by(Backup::order);
        Ok(backups)
    }

    /// Opens a backup, if need be rebuilt beside it for as long, and looks at every page of it.
    pub fn check(&self, backup: &Backup, key: &BackupKey, progress: &mut Progress<'_>) -> Result<Proven, BackupError> {
        let _lock = self.lock()?;
        let base = match backup.kind {
            BackupKind::Full => None,
            BackupKind::Changes => {
                let reader = changes::Reader::open(&backup.path)?;
                Some(reader.ok_or_else(|| changes::first_lines(&backup.path))?.base()?)
            }
        };
        let full = base.as_deref().unwrap_or(&backup.path);
        if key.is_younger_than(backup) && !proof::opens(full, &key.key, key.salt) {
            return Err(BackupError::EarlierPassphrase(backup.path.clone()));
        }
        match &base {
            None => prove(full, &key.key, key.salt),
            Some(base) => check_changes(base, &backup.path, key, progress),
        }
    }

    /// Removes what need not be kept; answers how many files.
    pub fn thin(&self, keep: BackupKeep, now_ms: i64) -> Result<usize, BackupError> {
        let _lock = self.lock()?;
        let backups = self.backups()?;
        let bases = backups.iter().map(base_of).collect::<Result<Vec<_>, _>>()?;
        let superfluous = thinning::superfluous(&backups, &bases, keep, now_ms);
        for path in &superfluous {
            fs::remove_file(path).map_err(BackupError::io(path))?;
        }
        Ok(superfluous.len())
    }

    /// Takes the folder for this program; makes it, but not the one that it lies in: that may be a drive that is not there.
    pub(super) fn lock(&self) -> Result<File, BackupError> {
        match fs::create_dir(&self.folder) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let missing = self.folder.parent().unwrap_or(&self.folder);
                return Err(BackupError::NoFolder(missing.to_owned()));
            }
            Err(error) => return Err(BackupError::io(&self.folder)(error)),
        }
        let path = self.folder.join(LOCK);
        let file = File::options().write(true).create(true).truncate(false).open(&path);
        let file = file.map_err(BackupError::io(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(BackupError::ShelfInUse(self.folder.clone())),
            Err(TryLockError::Error(error)) => Err(BackupError::io(&path)(error)),
        }
    }
}

/// What a backup rests on by its own words; none where it is damaged, and worth nothing.
fn base_of(backup: &Backup) -> Result<Option<PathBuf>, BackupError> {
    if backup.kind == BackupKind::Full {
        return Ok(None);
    }
    match changes::Reader::open(&backup.path) {
        Ok(reader) => Ok(reader.map(|reader| backup.path.with_file_name(reader.header.base))),
        Err(BackupError::Damaged { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A backup of changes is opened as the workbook that comes of it.
pub(super) fn check_changes(
    base: &Path,
    changes: &Path,
    key: &BackupKey,
    progress: &mut Progress<'_>,
) -> Result<Proven, BackupError> {
    let mut name = changes.as_os_str().to_owned();
    name.push(".rebuilt.");
    name.push(super::making::PARTIAL);
    let rebuilt = Partial(PathBuf::from(name));
    let bytes = fs::metadata(base).map_err(BackupError::io(base))?.len();
    room::check(base.parent().unwrap_or(base), bytes)?;
    changes::rebuild(base, Some(changes), &rebuilt.0, progress)
        .map_err(|error| blame_base(base, error, &key.key, key.salt))?;
    prove(&rebuilt.0, &key.key, key.salt).map_err(|error| match error {
        BackupError::Damaged { place, .. } => blame(base, Some(changes), &key.key, key.salt, place),
        other => other,
    })
}
