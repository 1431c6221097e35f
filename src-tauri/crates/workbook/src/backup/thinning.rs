//! Which backups need not be kept any longer.

use std::{collections::BTreeSet, path::PathBuf};

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::{Backup, BackupKind};

/// How long backups are kept that a later one makes superfluous, in milliseconds: a day. What was done before a mistake must
/// be there when the mistake is noticed.
const RECENT_MS: i64 = 24 * 3_600_000;

/// How many full backups are kept: of each of the newest days and weeks that have any, the newest. The newest of all
/// stays in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackupKeep {
    /// Days.
    pub days: u32,
    /// Weeks, from Monday.
    pub weeks: u32,
}

fn day(backup: &Backup) -> Date {
    let at = Timestamp::from_millisecond(backup.made_at_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    at.to_zoned(TimeZone::UTC).date()
}

fn week(backup: &Backup) -> Date {
    day(backup).iso_week_date().first_of_week().map_or_else(|_| day(backup), |monday| monday.date())
}

/// Files that may go, of backups in the order in which they were made: those of changes before the full ones they rest
/// on.
pub(super) fn superfluous(backups: &[Backup], keep: BackupKeep) -> Vec<PathBuf> {
    let full = || backups.iter().rev().filter(|backup| backup.kind == BackupKind::Full);
    let mut kept: BTreeSet<&PathBuf> = full().take(1).map(|backup| &backup.path).collect();
    for (period, most) in [(day as fn(&Backup) -> Date, keep.days), (week as fn(&Backup) -> Date, keep.weeks)] {
        let mut seen = BTreeSet::new();
        kept.extend(full().filter(|backup| seen.len() < most as usize && seen.insert(period(backup))).map(|b| &b.path));
    }
    let newest = backups.last().map_or(0, |backup| backup.made_at_ms);
    let is_recent = |backup: &Backup| newest - backup.made_at_ms < RECENT_MS;
    let mut base = None;
    for backup in backups {
        if backup.kind == BackupKind::Full {
            base = Some(&backup.path);
        }
        // A full one of the last day, or one that changes of the last day rest on.
        kept.extend(base.filter(|_| is_recent(backup)));
    }
    let newest_full = full().next().map(|backup| &backup.path);
    let (mut base, mut gone_changes, mut gone_full) = (None, Vec::new(), Vec::new());
    for backup in backups {
        match backup.kind {
            BackupKind::Full => {
                base = Some(&backup.path);
                if !kept.contains(&backup.path) {
                    gone_full.push(backup.path.clone());
                }
            }
            BackupKind::Changes => {
                let is_needed =
                    |base: &&PathBuf| kept.contains(base) && (Some(*base) == newest_full || is_recent(backup));
                let rests = base.as_ref().is_some_and(is_needed);
                if !rests {
                    gone_changes.push(backup.path.clone());
                }
            }
        }
    }
    gone_changes.append(&mut gone_full);
    gone_changes
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    fn backup(hours: i64, kind: BackupKind) -> Backup {
        Backup { path: PathBuf::from(format!("{hours}")), kind, made_at_ms: 1_795_478_400_000 + hours * HOUR, bytes: 1 }
    }

    /// A full one at the beginning of each day, changes at each hour after it: from Tuesday, 24 November 2026.
    fn days(count: i64) -> Vec<Backup> {
        (0..count * 24)
            .map(|hour| backup(hour, if hour % 24 == 0 { BackupKind::Full } else { BackupKind::Changes }))
            .collect()
    }

    fn kept(backups: &[Backup], days: u32, weeks: u32) -> Vec<i64> {
        let gone = superfluous(backups, BackupKeep { days, weeks });
        let hours = backups.iter().filter(|backup| !gone.contains(&backup.path));
        hours.map(|backup| (backup.made_at_ms - 1_795_478_400_000) / HOUR).collect()
    }

    #[test]
    fn of_a_month_seven_days_and_four_weeks_are_left_and_a_day_of_changes() {
        let left = kept(&days(30), 7, 4);
        let full: Vec<i64> = left.iter().copied().filter(|hour| hour % 24 == 0).map(|hour| hour / 24).collect();
        // The last seven days, and the Sundays before.
        assert_eq!(full, [12, 19, 23, 24, 25, 26, 27, 28, 29]);
        let changes: Vec<i64> = left.into_iter().filter(|hour| hour % 24 != 0).collect();
        assert_eq!(changes, (697..720).collect::<Vec<_>>());
    }

    #[test]
    fn after_a_full_backup_a_day_of_changes_before_it_stays() {
        let mut backups = days(2);
        backups.push(backup(48, BackupKind::Full));
        let left = kept(&backups, 7, 4);
        assert_eq!(left, [0].into_iter().chain(24..=48).collect::<Vec<_>>());
    }

    #[test]
    fn days_without_work_cost_no_backup_and_the_newest_stays_whatever_is_set() {
        let rare: Vec<Backup> = [0, 24 * 40, 24 * 90].map(|hour| backup(hour, BackupKind::Full)).to_vec();
        assert_eq!(kept(&rare, 7, 4), [0, 24 * 40, 24 * 90]);
        assert_eq!(kept(&rare, 0, 0), [24 * 90]);
        let lost_its_full = [backup(1, BackupKind::Changes), backup(2, BackupKind::Full)];
        assert_eq!(kept(&lost_its_full, 7, 4), [2]);
    }

    #[test]
    fn a_second_full_backup_of_a_day_takes_nothing_of_that_day() {
        use BackupKind::{Changes, Full};
        // At 16:00 the wrong file was imported: nearly every page changed.
        let mut backups = vec![backup(8, Full)];
        backups.extend((9..16).map(|hour| backup(hour, Changes)));
        backups.push(backup(16, Full));
        assert_eq!(kept(&backups, 7, 4), (8..=16).collect::<Vec<_>>());
        // A day later it is the newest of its day that stays.
        backups.push(backup(49, Full));
        assert_eq!(kept(&backups, 7, 4), [16, 49]);
    }
}
