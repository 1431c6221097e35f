//! What a backup's name says: as of when it is, and which event of the workbook's history is the newest in it.
//!
//! By the event a backup is known to be of this workbook and not of another copy of it, which has the same salt; and
//! backups stand in the order in which the work was done, whatever the clock said.

use std::{
    cmp::Ordering,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use tieout_domain::AuditHead;

/// How the names of full backups end.
pub(super) const FULL: &str = "tieout-backup";
/// How the names of backups of changes end.
pub(super) const CHANGES: &str = "tieout-changes";
/// How much of an event's hash stands in a name.
const HASH_DIGITS: usize = 16;

/// What a backup holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BackupKind {
    /// The whole workbook.
    Full,
    /// What changed since the full one before it, without which it is worth nothing.
    Changes,
}

/// The newest event in a backup, as its name tells it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BackupHead {
    /// Its position.
    pub sequence: u64,
    /// The first digits of its hash.
    hash: String,
}

impl BackupHead {
    /// Of an event that is known.
    pub fn of(head: AuditHead) -> Self {
        Self { sequence: head.sequence, hash: head.hash.to_string().chars().take(HASH_DIGITS).collect() }
    }
}

/// A backup that was made and found whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Its file.
    pub path: PathBuf,
    /// What it holds.
    pub kind: BackupKind,
    /// As of when, in milliseconds since 1970-01-01 UTC, by the clock of that time.
    pub made_at_ms: i64,
    /// The newest event in it; names of earlier versions do not say it.
    pub head: Option<BackupHead>,
    /// Size of the file.
    pub bytes: u64,
}

impl Backup {
    /// The order in which the work was done. A clock may have been wrong; the history cannot be.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        let key = |backup: &Self| (backup.head.as_ref().map(|head| head.sequence), backup.made_at_ms);
        key(self).cmp(&key(other)).then_with(|| self.path.cmp(&other.path))
    }
}

/// `2026-11-28T01-00-00.123Z-105-1f2e3d4c5b6a7988`: the time in UTC, as file names may have it everywhere, and the event.
pub(super) fn written_name(made_at_ms: i64, head: &BackupHead) -> String {
    let at = Timestamp::from_millisecond(made_at_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    format!("{}-{}-{}", format!("{at:.3}").replace(':', "-"), head.sequence, head.hash)
}

pub(super) fn read_name(path: &Path) -> Option<(i64, BackupKind, Option<BackupHead>)> {
    let kind = match path.extension()?.to_str()? {
        FULL => BackupKind::Full,
        CHANGES => BackupKind::Changes,
        _ => return None,
    };
    let (at, event) = path.file_stem()?.to_str()?.split_once('Z')?;
    let (day, time) = at.split_once('T')?;
    let at: Timestamp = format!("{day}T{}Z", time.replace('-', ":")).parse().ok()?;
    let head = match event.strip_prefix('-') {
        None if event.is_empty() => None,
        None => return None,
        Some(event) => {
            let (sequence, hash) = event.split_once('-')?;
            let is_hash = hash.len() == HASH_DIGITS && hash.bytes().all(|digit| digit.is_ascii_hexdigit());
            Some(BackupHead { sequence: sequence.parse().ok()?, hash: is_hash.then(|| hash.to_owned())? })
        }
    };
    Some((at.as_millisecond(), kind, head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backups_name_says_when_it_was_made_and_up_to_which_event() {
        let head = BackupHead { sequence: 105, hash: "1f2e3d4c5b6a7988".to_owned() };
        for ms in [0, 1_795_827_600_000, 1_795_827_600_007] {
            let name = format!("{}.tieout-changes", written_name(ms, &head));
            let told = Some((ms, BackupKind::Changes, Some(head.clone())));
            assert_eq!(read_name(Path::new(&name)), told, "{name}");
        }
        assert_eq!(written_name(1_795_827_600_007, &head), "2026-11-28T01-00-00.007Z-105-1f2e3d4c5b6a7988");
        let earlier = read_name(Path::new("2026-11-28T01-00-00.007Z.tieout-backup"));
        assert_eq!(earlier, Some((1_795_827_600_007, BackupKind::Full, None)));
        for other in [
            "2026-11-28T01-00-00.007Z-105-1f2e3d4c5b6a7988.tieout-backup.partial",
            "2026-11-28T01-00-00.007Z-105.tieout-backup",
            "2026-11-28T01-00-00.007Z copy.tieout-backup",
            "joinery.tieout-backup",
            "joinery.tieout",
        ] {
            assert_eq!(read_name(Path::new(other)), None, "{other}");
        }
    }

    #[test]
    fn backups_stand_in_the_order_of_the_work_whatever_the_clock_said() {
        let backup = |sequence: Option<u64>, made_at_ms| Backup {
            path: PathBuf::from(format!("{sequence:?} {made_at_ms}")),
            kind: BackupKind::Full,
            made_at_ms,
            head: sequence.map(|sequence| BackupHead { sequence, hash: String::new() }),
            bytes: 1,
        };
        // Of an earlier version, then three of which the second was made by a clock that was years ahead.
        let expected = [backup(None, 5), backup(Some(3), 10), backup(Some(4), 9_000), backup(Some(4), 9_001)];
        let mut shuffled = [3, 1, 0, 2].map(|at: usize| expected[at].clone());
        shuffled.sort_by(Backup::order);
        assert_eq!(shuffled, expected);
    }
}
