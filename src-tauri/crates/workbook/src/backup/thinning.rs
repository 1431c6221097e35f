//! Which backups need not be kept any longer.

use std::{collections::BTreeSet, path::PathBuf};

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::{Backup, BackupKind};

/// So long every backup is kept, in milliseconds: a day.
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

/// Files that may go, of backups in the order of the work in them, with what each of changes rests on: those of changes
/// before the full ones they rest on. Nothing goes that a kept one rests on, nor a full one of the last day: what was
/// done before a mistake must be there when the mistake is noticed.
pub(super) fn superfluous(
    backups: &[Backup],
    bases: &[Option<PathBuf>],
    keep: BackupKeep,
    now_ms: i64,
) -> Vec<PathBuf> {
    // A date in the future says nothing of the age: what it is told of may be minutes old.
    let is_recent = |backup: &Backup| now_ms.saturating_sub(backup.made_at_ms) < RECENT_MS;
    let full = || backups.iter().rev().filter(|backup| backup.kind == BackupKind::Full);
    let newest_full = full().next().map(|backup| &backup.path);
    let mut kept: BTreeSet<&PathBuf> = newest_full.into_iter().collect();
    kept.extend(full().filter(|backup| is_recent(backup)).map(|backup| &backup.path));
    for (period, most) in [(day as fn(&Backup) -> Date, keep.days), (week as fn(&Backup) -> Date, keep.weeks)] {
        let mut seen = BTreeSet::new();
        kept.extend(full().filter(|backup| seen.len() < most as usize && seen.insert(period(backup))).map(|b| &b.path));
    }
    let there: BTreeSet<&PathBuf> = full().map(|backup| &backup.path).collect();
    for (backup, base) in backups.iter().zip(bases) {
        // One whose full backup is gone is worth nothing.
        let base = base.as_ref().filter(|base| there.contains(base));
        let is_needed = |base: &&PathBuf| is_recent(backup) || Some(*base) == newest_full;
        if let Some(base) = base.filter(is_needed) {
            kept.extend([&backup.path, base]);
        }
    }
    let gone = |kind| {
        let of_kind = backups.iter().filter(move |backup| backup.kind == kind);
        of_kind.filter(|backup| !kept.contains(&backup.path)).map(|backup| backup.path.clone())
    };
    gone(BackupKind::Changes).chain(gone(BackupKind::Full)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;
    const START: i64 = 1_795_478_400_000;

    fn backup(hours: i64, kind: BackupKind) -> Backup {
        Backup { path: PathBuf::from(format!("{hours}")), kind, made_at_ms: START + hours * HOUR, head: None, bytes: 1 }
    }

    /// A full one at the beginning of each day, changes at each hour after it: from Tuesday, 24 November 2026.
    fn days(count: i64) -> Vec<Backup> {
        (0..count * 24)
            .map(|hour| backup(hour, if hour % 24 == 0 { BackupKind::Full } else { BackupKind::Changes }))
            .collect()
    }

    /// Which are left when the last of them was just made; changes rest on the full one before them.
    fn kept(backups: &[Backup], days: u32, weeks: u32) -> Vec<i64> {
        let now_ms = backups.last().unwrap().made_at_ms;
        kept_at(backups, BackupKeep { days, weeks }, now_ms)
    }

    fn kept_at(backups: &[Backup], keep: BackupKeep, now_ms: i64) -> Vec<i64> {
        let mut full = None;
        let mut base = |backup: &Backup| {
            let is_full = backup.kind == BackupKind::Full;
            full = if is_full { Some(backup.path.clone()) } else { full.take() };
            full.clone().filter(|_| !is_full)
        };
        let bases: Vec<_> = backups.iter().map(&mut base).collect();
        let gone = superfluous(backups, &bases, keep, now_ms);
        let hours = backups.iter().filter(|backup| !gone.contains(&backup.path));
        hours.map(|backup| (backup.made_at_ms - START) / HOUR).collect()
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
        let all: Vec<i64> = (8..=16).collect();
        assert_eq!(kept(&backups, 7, 4), all);
        assert_eq!(kept(&backups, 0, 0), all);
        // A day after it what is left is the newest of that day, and what rests on it.
        let later = START + 41 * HOUR;
        assert_eq!(kept_at(&backups, BackupKeep { days: 7, weeks: 4 }, later), [16]);
        // A change of the last hours keeps the older one that it rests on.
        assert_eq!(kept_at(&backups, BackupKeep { days: 7, weeks: 4 }, START + 38 * HOUR), [8, 15, 16]);
    }

    #[test]
    fn a_date_in_the_future_takes_nothing_and_ages_like_the_others() {
        use BackupKind::{Changes, Full};
        let years_ahead = 24 * 2_000;
        let backups = [backup(0, Full), backup(1, Changes), backup(years_ahead, Full), backup(3, Changes)];
        assert_eq!(kept_at(&backups, BackupKeep { days: 7, weeks: 4 }, START + 3 * HOUR), [0, 1, years_ahead, 3]);
        let mut weeks = backups.to_vec();
        weeks.extend((1..60).map(|day| backup(24 * day, Full)));
        let left = kept_at(&weeks, BackupKeep { days: 7, weeks: 4 }, START + years_ahead * HOUR + 48 * HOUR);
        assert!(!left.contains(&years_ahead), "it is the oldest of all: {left:?}");
    }
}
