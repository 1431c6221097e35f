//! How a backup gets into its folder.

use std::{
    fs::{self, File},
    path::PathBuf,
};

use tieout_domain::AuditHead;

use super::{
    Backup, BackupError, BackupHead, BackupKey, BackupKind, PAGE, Shelf, Snapshot,
    changes::{self, Written},
    name::{CHANGES, FULL, written_name},
    proof::prove,
    room,
    shelf::check_changes,
};
use crate::{Progress, open::sync_folder};

/// How the names of files end that are not whole yet.
pub(super) const PARTIAL: &str = "partial";

/// A folder that is ready to take a backup. All that can be looked at before is, so that the workbook's file is held still
/// for no longer than it is copied.
pub struct Prepared {
    shelf: Shelf,
    /// What a backup of changes would rest on.
    base: Option<Base>,
    lock: File,
}

/// A full backup that one of changes rests on.
struct Base {
    path: PathBuf,
    fingerprint: String,
    /// Whether one of changes that rests on it was rebuilt and opened already.
    is_tried: bool,
}

impl Shelf {
    /// Takes the folder, removes what was left unfinished in it, and looks at what a backup of changes would rest on.
    pub fn prepare(&self, kind: BackupKind, progress: &mut Progress<'_>) -> Result<Prepared, BackupError> {
        let lock = self.lock()?;
        self.remove_unfinished();
        let backups = self.backups()?;
        let at = backups.iter().rposition(|backup| backup.kind == BackupKind::Full);
        let base = match (kind, at) {
            (BackupKind::Full, _) | (BackupKind::Changes, None) => None,
            (BackupKind::Changes, Some(at)) => {
                let path = backups[at].path.clone();
                let fingerprint = changes::fingerprint(&path, progress)?;
                Some(Base { path, fingerprint, is_tried: at + 1 < backups.len() })
            }
        };
        Ok(Prepared { shelf: self.clone(), base, lock })
    }

    /// What a program left that was ended while it made a backup. The lock says that none is made now.
    fn remove_unfinished(&self) {
        for path in fs::read_dir(&self.folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.extension().is_some_and(|extension| extension == PARTIAL) {
                drop(Partial(path));
            }
        }
    }

    fn path_of(&self, snapshot: &Snapshot, extension: &str) -> PathBuf {
        let name = written_name(snapshot.made_at_ms, &BackupHead::of(snapshot.head));
        self.folder.join(format!("{name}.{extension}"))
    }
}

impl Prepared {
    /// Copies a snapshot. One of changes becomes a full backup where there is none that they could rest on, or where most
    /// of the file changed; `None` where nothing did.
    pub fn copy(self, snapshot: &Snapshot, progress: &mut Progress<'_>) -> Result<Option<Unproven>, BackupError> {
        let Self { shelf, base, lock } = self;
        let whole = snapshot.pages().saturating_mul(PAGE as u64);
        if let Some(base) = base {
            // To be opened it is rebuilt beside.
            room::check(&shelf.folder, if base.is_tried { 0 } else { whole })?;
            let (path, partial) = named(shelf.path_of(snapshot, CHANGES));
            match changes::write(snapshot, &base.path, &base.fingerprint, &partial.0, progress)? {
                Written::Changes(0) => return Ok(None),
                Written::Changes(_) => return Ok(Some(Unproven::new(snapshot, partial, path, Some(base), lock))),
                Written::TooMany => {}
            }
        }
        room::check(&shelf.folder, whole)?;
        let (path, partial) = named(shelf.path_of(snapshot, FULL));
        snapshot.copy_to(&partial.0, progress)?;
        Ok(Some(Unproven::new(snapshot, partial, path, None, lock)))
    }
}

/// A file's place, and where it is written until it is whole.
fn named(path: PathBuf) -> (PathBuf, Partial) {
    let mut partial = path.as_os_str().to_owned();
    partial.push(".");
    partial.push(PARTIAL);
    (path, Partial(PathBuf::from(partial)))
}

/// A copy that was not looked at yet. Dropped, it is gone.
pub struct Unproven {
    partial: Partial,
    path: PathBuf,
    base: Option<Base>,
    key: BackupKey,
    head: AuditHead,
    made_at_ms: i64,
    _lock: File,
}

impl Unproven {
    fn new(snapshot: &Snapshot, partial: Partial, path: PathBuf, base: Option<Base>, lock: File) -> Self {
        Self {
            partial,
            path,
            base,
            key: BackupKey { key: snapshot.key.clone(), salt: snapshot.salt, since: None },
            head: snapshot.head,
            made_at_ms: snapshot.made_at_ms,
            _lock: lock,
        }
    }

    /// Reads the copy, and gives it its name. A full one is opened and every page authenticated; so is the first of changes
    /// that rests on it, rebuilt. Of a later one it is enough that its bytes are those that were written: what it rests on
    /// was looked at before, and how the two are put together was tried. To be called after
    /// [`crate::Workbook::release`] said that the file lay still.
    pub fn keep(self, progress: &mut Progress<'_>) -> Result<Backup, BackupError> {
        let proven = match &self.base {
            None => Some(prove(&self.partial.0, &self.key.key, self.key.salt)?),
            Some(base) if base.is_tried => changes::check(&self.partial.0, progress).map(|()| None)?,
            Some(base) => Some(check_changes(&base.path, &self.partial.0, &self.key, progress)?),
        };
        if proven.is_some_and(|proven| proven.head != self.head) {
            return Err(BackupError::NotTheSame(self.path.clone()));
        }
        if self.path.try_exists().map_err(BackupError::io(&self.path))? {
            return Err(crate::OpenError::FileExists(self.path.clone()).into());
        }
        fs::rename(&self.partial.0, &self.path).map_err(BackupError::io(&self.path))?;
        sync_folder(&self.path);
        let bytes = fs::metadata(&self.path).map_err(BackupError::io(&self.path))?.len();
        let kind = if self.base.is_some() { BackupKind::Changes } else { BackupKind::Full };
        let head = Some(BackupHead::of(self.head));
        Ok(Backup { path: self.path.clone(), kind, made_at_ms: self.made_at_ms, head, bytes })
    }
}

/// A file that is not whole: removed when dropped, unless it was renamed.
pub(super) struct Partial(pub(super) PathBuf);

impl Drop for Partial {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.0)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "an unfinished backup could not be removed");
        }
    }
}
