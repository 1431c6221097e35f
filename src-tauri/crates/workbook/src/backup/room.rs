//! Whether there is room for a file: a backup that fills a drive to its last byte stops those who work.

use std::{io, path::Path};

use super::BackupError;

/// So much stays free, or a part of a small drive.
const RESERVE_BYTES: u64 = 256 * 1024 * 1024;
const RESERVE_PART: u64 = 20;
const MEGABYTE: u64 = 1_000_000;

/// Refuses what would not fit into the folder's drive, or leave too little of it. Where the system does not say how much
/// is free, nothing is refused.
pub(super) fn check(folder: &Path, needed: u64) -> Result<(), BackupError> {
    match free(folder).map_err(BackupError::io(folder))? {
        Some(drive) if !drive.has_room(needed) => Err(BackupError::NoRoom {
            folder: folder.to_owned(),
            needed: needed.saturating_add(drive.reserve()).div_ceil(MEGABYTE),
            free: drive.free / MEGABYTE,
        }),
        _ => Ok(()),
    }
}

/// Bytes of a drive.
#[derive(Debug, Clone, Copy)]
struct Drive {
    free: u64,
    total: u64,
}

impl Drive {
    fn reserve(self) -> u64 {
        RESERVE_BYTES.min(self.total / RESERVE_PART)
    }

    /// A drive of no size is one that does not tell.
    fn has_room(self, needed: u64) -> bool {
        self.total == 0 || needed.saturating_add(self.reserve()) <= self.free
    }
}

#[cfg(unix)]
fn free(folder: &Path) -> io::Result<Option<Drive>> {
    let facts = rustix::fs::statvfs(folder)?;
    let bytes = |blocks: u64| blocks.saturating_mul(facts.f_frsize);
    Ok(Some(Drive { free: bytes(facts.f_bavail), total: bytes(facts.f_blocks) }))
}

#[cfg(not(unix))]
fn free(_folder: &Path) -> io::Result<Option<Drive>> {
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reserve_stays_free_which_is_small_on_a_small_drive() {
        let large = Drive { free: 1_000 * MEGABYTE, total: 500_000 * MEGABYTE };
        assert!(large.has_room(700 * MEGABYTE) && !large.has_room(800 * MEGABYTE));
        let small = Drive { free: 90, total: 100 };
        assert!(small.has_room(85) && !small.has_room(86));
        assert!(Drive { free: 0, total: 0 }.has_room(1), "some drives do not tell");
    }

    #[test]
    #[cfg(unix)]
    fn what_no_drive_can_hold_is_refused_with_figures() {
        let refused = check(Path::new("."), u64::MAX / 2).unwrap_err();
        assert!(refused.to_string().contains("no room left"), "{refused}");
        check(Path::new("."), 0).unwrap();
    }
}
