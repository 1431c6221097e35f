//! The workbook's file, held still while it is copied.

use std::{
    cell::Cell,
    fs::File,
    io::{self, Read, Seek, SeekFrom, Write},
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use rusqlite::Connection;
use tieout_domain::{AuditHead, Permission};

use super::{BLOCK, Backup, BackupError, PAGE};
use crate::{
    Progress, Workbook, WorkbookError, file,
    json::Json,
    key::{RawKey, Salt},
};

/// How long the file is held still: meanwhile the write-ahead log grows.
const PATIENCE: Duration = Duration::from_secs(600);
/// After how many pages in the log SQLite writes them back; its own default.
const CHECKPOINT_PAGES: i64 = 1_000;
/// SQLite locks bytes of this page, so that some systems do not let others read it. It never holds data.
const LOCK_PAGE: u64 = 0x4000_0000 / PAGE as u64;

/// Whether the file still lies as it did, and the handle that it is read through.
#[derive(Debug)]
struct Pin {
    overtaken: AtomicBool,
    since: Instant,
    /// Taken out when the snapshot ends, so that the workbook closes the handle and not whoever copies: closed after the
    /// file was opened again, it would take the locks of that opening with it.
    file: Mutex<Option<Arc<File>>>,
}

impl Pin {
    fn new(file: Arc<File>) -> Self {
        Self { overtaken: AtomicBool::new(false), since: Instant::now(), file: Mutex::new(Some(file)) }
    }

    fn file(&self) -> MutexGuard<'_, Option<Arc<File>>> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Nothing is read any more: waits for the block that is being read.
    fn end(&self) {
        drop(self.file().take());
    }
}

/// Which snapshot holds the file still, if one does. Dropped before the file is closed.
#[derive(Default)]
pub(crate) struct Pinned(Cell<Option<Arc<Pin>>>);

impl Pinned {
    /// The file is about to be written to: what is copied of it from here on is worth nothing.
    pub(crate) fn overtake(&self) {
        if let Some(pin) = self.0.take() {
            pin.overtaken.store(true, Ordering::SeqCst);
            pin.end();
        }
    }
}

impl Drop for Pinned {
    fn drop(&mut self) {
        self.overtake();
    }
}

/// The workbook's file as it stood at one moment, to be copied while work goes on. To be given back by
/// [`Workbook::release`], which says whether it stayed as it was.
pub struct Snapshot {
    path: PathBuf,
    pages: u64,
    pin: Arc<Pin>,
    pub(super) salt: Salt,
    pub(super) key: RawKey,
    pub(super) head: AuditHead,
    pub(super) made_at_ms: i64,
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Snapshot").field("path", &self.path).field("pages", &self.pages).finish_non_exhaustive()
    }
}

impl Workbook {
    /// Writes everything back into the file and holds it still from here on, until [`Workbook::release`]. An earlier
    /// snapshot ends.
    pub fn snapshot(&mut self) -> Result<Snapshot, BackupError> {
        self.write_back_soon()?;
        if !self.is_written_back()? {
            // A large import may have ended without the way back to the log: then changes would go into the file itself.
            file::write_ahead(&self.sql)?;
            if !self.is_written_back()? {
                return Err(BackupError::Busy);
            }
        }
        self.sql.pragma_update(None, "wal_autocheckpoint", 0)?;
        let pin = Arc::new(Pin::new(self.source.clone()));
        self.pinned.0.set(Some(pin.clone()));
        let bytes = self.source.metadata().map_err(BackupError::io(&self.path))?.len();
        Ok(Snapshot {
            path: self.path.clone(),
            pages: bytes / PAGE as u64,
            pin,
            salt: self.salt,
            key: self.key.clone(),
            head: self.head,
            made_at_ms: self.clock.now_ms(),
        })
    }

    /// Writes everything back into the file. Not so while something is being read, or where there is no write-ahead log.
    fn is_written_back(&self) -> rusqlite::Result<bool> {
        let facts = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?));
        let (busy, pages) = self.sql.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], facts)?;
        Ok(busy == 0 && pages >= 0)
    }

    /// Lets the file go. An error says that it changed meanwhile, so that what was copied must not be kept. What was stored
    /// meanwhile is written back here, and not while somebody waits for a change of theirs.
    pub fn release(&mut self, snapshot: &Snapshot) -> Result<(), BackupError> {
        let held = self.pinned.0.take();
        let is_held = held.as_ref().is_some_and(|pin| Arc::ptr_eq(pin, &snapshot.pin));
        if !is_held {
            self.pinned.0.set(held);
            return Err(BackupError::Overtaken);
        }
        snapshot.pin.end();
        self.sql.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
        self.sql.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?;
        if snapshot.is_overtaken() { Err(BackupError::Overtaken) } else { Ok(()) }
    }

    /// What is about to write into the file ends a snapshot first.
    pub(crate) fn write_back_soon(&self) -> Result<(), WorkbookError> {
        self.pinned.overtake();
        self.sql.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
        Ok(())
    }

    /// A snapshot that was dropped and not given back, or is held by a drive that does not answer, must not let the log
    /// grow for ever.
    pub(crate) fn forget_lost_snapshot(&self) {
        self.forget_snapshot_after(PATIENCE);
    }

    pub(crate) fn forget_snapshot_after(&self, patience: Duration) {
        let held = self.pinned.0.take();
        let is_lost = held.as_ref().is_some_and(|pin| Arc::strong_count(pin) == 1 || pin.since.elapsed() > patience);
        self.pinned.0.set(held);
        if is_lost && let Err(error) = self.write_back_soon() {
            tracing::warn!(%error, "the write-ahead log is not written back");
        }
    }

    /// Tells the audit chain of a full backup; of its place no more than its name.
    pub fn tell_backup(&mut self, backup: &Backup, head: AuditHead) -> Result<(), WorkbookError> {
        let name = backup.path.file_name().unwrap_or_default();
        let details = Json::Object(vec![
            ("bytes", Json::count(backup.bytes)),
            ("events", Json::count(head.sequence)),
            ("file", Json::text(name.to_string_lossy())),
            ("head", Json::text(head.hash)),
        ]);
        let subject = format!("workbook {}", self.salt.workbook_id());
        self.change(Permission::Upkeep, |change| change.tell("backup.made", &subject, &details))
    }
}

/// Whether a snapshot holds the file still, so that it may not be written to.
pub(crate) fn is_held(sql: &Connection) -> rusqlite::Result<bool> {
    Ok(sql.pragma_query_value(None, "wal_autocheckpoint", |row| row.get::<_, i64>(0))? == 0)
}

impl Snapshot {
    /// The newest event in it.
    pub fn head(&self) -> AuditHead {
        self.head
    }

    /// When it was taken, in milliseconds since 1970-01-01 UTC.
    pub fn made_at_ms(&self) -> i64 {
        self.made_at_ms
    }

    fn is_overtaken(&self) -> bool {
        self.pin.overtaken.load(Ordering::SeqCst)
    }

    /// How many pages there are.
    pub(super) fn pages(&self) -> u64 {
        self.pages
    }

    /// Goes through the file, block by block: the first page's number from 0, and the bytes.
    pub(super) fn each_block(
        &self,
        progress: &mut Progress<'_>,
        mut take: impl FnMut(u64, &[u8]) -> Result<(), BackupError>,
    ) -> Result<(), BackupError> {
        let mut block = vec![0; BLOCK * PAGE];
        let mut first = 0;
        while first < self.pages {
            if progress(first, self.pages) == ControlFlow::Break(()) {
                return Err(BackupError::Cancelled);
            }
            if self.is_overtaken() {
                return Err(BackupError::Overtaken);
            }
            if self.pin.since.elapsed() > PATIENCE {
                return Err(BackupError::TooSlow { minutes: PATIENCE.as_secs() / 60 });
            }
            let count = usize::try_from(self.pages - first).unwrap_or(BLOCK).min(BLOCK);
            let bytes = &mut block[..count * PAGE];
            self.read(first, bytes)?;
            take(first, bytes)?;
            first += count as u64;
        }
        match progress(self.pages, self.pages) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(BackupError::Cancelled),
        }
    }

    /// No longer than this is the workbook's handle held here.
    fn read(&self, first: u64, bytes: &mut [u8]) -> Result<(), BackupError> {
        let file = self.pin.file();
        let file = file.as_deref().ok_or(BackupError::Overtaken)?;
        read_pages(file, first, bytes).map_err(|source| self.explain(source))
    }

    /// The file was shortened under the copy only if it was written to.
    fn explain(&self, source: io::Error) -> BackupError {
        if self.is_overtaken() { BackupError::Overtaken } else { BackupError::Io { path: self.path.clone(), source } }
    }

    /// Copies the whole file.
    pub(super) fn copy_to(&self, out: &Path, progress: &mut Progress<'_>) -> Result<(), BackupError> {
        let mut file = File::create_new(out).map_err(BackupError::io(out))?;
        self.each_block(progress, |_, bytes| file.write_all(bytes).map_err(BackupError::io(out)))?;
        file.sync_all().map_err(BackupError::io(out))
    }
}

/// Reads pages through a handle that stays open: on POSIX systems a process that closes any handle of a file loses all
/// locks it has on it, and with them SQLite's.
fn read_pages(mut file: &File, first: u64, bytes: &mut [u8]) -> io::Result<()> {
    // Blocks begin at multiples of their size, and so does the page that is left out.
    let skip = if first == LOCK_PAGE { PAGE } else { 0 };
    let (skipped, read) = bytes.split_at_mut(skip);
    skipped.fill(0);
    file.seek(SeekFrom::Start(first * PAGE as u64 + skip as u64))?;
    file.read_exact(read)
}
