//! One workbook, one program: a lock of the operating system on a file beside the workbook.
//!
//! SQLite's own locks would refuse a second program too, but only when it writes, and they cannot say who is first. The
//! lock is let go when the process ends, however it ends.

use std::{
    fs::{self, File, Metadata, OpenOptions, TryLockError},
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::{Holder, OpenError, machine::host};

/// What lies beside a workbook while it is open, by how the names go on.
const OWN: [&str; 5] = ["", "-wal", "-shm", "-journal", ".lock"];

/// The workbooks that this program has open.
static OPEN: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn open_here() -> MutexGuard<'static, Vec<PathBuf>> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether the path leads, by whatever name, to a workbook that this program has open, or to its log or lock. Such a file
/// must not be opened besides: where it is closed again, a POSIX system lets go of all locks that this program has on it,
/// SQLite's among them.
pub fn is_of_open_workbook(path: &Path) -> bool {
    let open = open_here().clone();
    let Some(facts) = (!open.is_empty()).then(|| fs::metadata(path).ok()).flatten() else { return false };
    open.iter().flat_map(|workbook| OWN.map(|suffix| with(workbook, suffix))).any(|own| is_same(path, &facts, &own))
}

#[cfg(unix)]
fn is_same(_path: &Path, facts: &Metadata, own: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(own).is_ok_and(|own| own.ino() == facts.ino() && own.dev() == facts.dev())
}

/// Elsewhere a second name of the same file is not seen; there no lock is lost by it.
#[cfg(not(unix))]
fn is_same(path: &Path, _facts: &Metadata, own: &Path) -> bool {
    matches!((fs::canonicalize(path), fs::canonicalize(own)), (Ok(path), Ok(own)) if path == own)
}

/// Held as long as a workbook is open. The file beside it is removed when it is let go.
#[derive(Debug)]
pub(crate) struct Lock {
    path: PathBuf,
    workbook: PathBuf,
    file: File,
}

impl Lock {
    /// Takes the lock of the workbook at `path`, or says who has it.
    pub(crate) fn take(workbook: &Path) -> Result<Self, OpenError> {
        let path = beside(workbook);
        // The holder removes the file as it leaves: then the lock was taken on a file that no longer has a name.
        for _ in 0..16 {
            let file = match OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path) {
                Ok(file) => file,
                Err(error) => return Err(refused(workbook, error)),
            };
            match file.try_lock() {
                Ok(()) if still_named(&file, &path) => {
                    let mut lock = Self { path, workbook: workbook.to_owned(), file };
                    lock.sign();
                    open_here().push(lock.workbook.clone());
                    return Ok(lock);
                }
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(OpenError::InUse(holder(&file))),
                Err(TryLockError::Error(error)) => return Err(refused(workbook, error)),
            }
        }
        Err(OpenError::InUse(None))
    }

    /// Says who holds it. Only for people's eyes, so a failure does not matter.
    fn sign(&mut self) {
        let text = format!("{} {}\n", std::process::id(), host());
        let signed = self.file.set_len(0).and_then(|()| self.file.write_all(text.as_bytes()));
        if let Err(error) = signed {
            tracing::debug!(%error, "the lock file could not be signed");
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        open_here().retain(|workbook| *workbook != self.workbook);
        // Removed before it is let go, so that nobody locks a file that is about to vanish unseen.
        if let Err(error) = fs::remove_file(&self.path) {
            tracing::debug!(%error, "the lock file could not be removed");
        }
        if let Err(error) = self.file.unlock() {
            tracing::debug!(%error, "the lock could not be let go");
        }
    }
}

fn beside(workbook: &Path) -> PathBuf {
    with(workbook, ".lock")
}

fn with(workbook: &Path, suffix: &str) -> PathBuf {
    let mut name = workbook.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Who has it where that is this program itself.
pub(crate) fn held_here() -> Holder {
    Holder { process: std::process::id(), host: host() }
}

fn refused(workbook: &Path, error: io::Error) -> OpenError {
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            OpenError::ReadOnly(workbook.to_path_buf())
        }
        _ => OpenError::Io { path: beside(workbook), source: error },
    }
}

fn holder(mut file: &File) -> Option<Holder> {
    let mut text = String::new();
    file.rewind().ok()?;
    file.take(400).read_to_string(&mut text).ok()?;
    let (process, host) = text.trim_end().split_once(' ').unwrap_or((text.trim_end(), ""));
    Some(Holder { process: process.parse().ok()?, host: host.to_owned() })
}

#[cfg(unix)]
fn still_named(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(held), Ok(named)) => held.ino() == named.ino() && held.dev() == named.dev(),
        _ => false,
    }
}

/// Elsewhere a file that is open keeps its name until it is closed.
#[cfg(not(unix))]
fn still_named(_file: &File, _path: &Path) -> bool {
    true
}
