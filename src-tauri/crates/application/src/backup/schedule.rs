//! When a backup is due.

use std::ops::ControlFlow;

use tieout_workbook::{Backup, BackupKind};

use super::{BackupFailure, BackupSettings, Wanted, is_hindered, is_no_failure};
use crate::{ApplicationError, Session};

const HOUR_MS: i64 = 3_600_000;
/// From so long after a full backup on the next one is due.
const FULL_MS: i64 = 24 * HOUR_MS;
/// So long after the opening nothing is copied: whoever opens a workbook wants to work.
const CALM_MS: i64 = 5 * 60_000;
/// So long after a failure it is tried again.
const RETRY_MS: i64 = 15 * 60_000;
/// How often is looked whether one is due.
const LOOK_MS: i64 = 60_000;

/// So long something may stand in the way of a backup before that is told.
const HINDERED_MS: i64 = HOUR_MS;

/// What the schedule knows of the open workbook.
#[derive(Debug, Default)]
pub(super) struct Ticks {
    /// Before then the folder is not looked at again.
    looks_at_ms: i64,
    /// Before then nothing is made.
    rests_until_ms: i64,
    /// Since when something stands in the way that is no failure yet.
    hindered_since_ms: Option<i64>,
}

impl Ticks {
    pub(super) fn since(now_ms: i64) -> Self {
        Self { rests_until_ms: now_ms + CALM_MS, ..Self::default() }
    }

    /// Whether the folder is to be looked at.
    fn is_time(&mut self, now_ms: i64) -> bool {
        // A clock that was set back must not put it off.
        let is_time = now_ms >= self.looks_at_ms || now_ms < self.looks_at_ms - LOOK_MS;
        if is_time {
            self.looks_at_ms = now_ms + LOOK_MS;
        }
        is_time
    }

    fn rests(&self, now_ms: i64) -> bool {
        now_ms < self.rests_until_ms && self.rests_until_ms - now_ms <= RETRY_MS
    }
}

/// Which backup is due, of those there are, oldest first. One that has a date in the future says nothing of how old it is.
pub(super) fn due(backups: &[Backup], settings: &BackupSettings, now_ms: i64) -> Option<BackupKind> {
    // Clocks are set right by seconds all the time.
    let mut dated = backups.iter().rev().filter(|backup| backup.made_at_ms < now_ms + HOUR_MS).peekable();
    let newest = dated.peek().map(|backup| now_ms - backup.made_at_ms);
    let full = dated.find(|backup| backup.kind == BackupKind::Full);
    if full.is_none_or(|full| now_ms - full.made_at_ms >= FULL_MS) {
        return Some(BackupKind::Full);
    }
    (newest? >= i64::from(settings.every_hours) * HOUR_MS).then_some(BackupKind::Changes)
}

impl Session {
    /// What the shell's background does every few seconds: looks into the folder, and makes a backup where one is due and
    /// something changed. What goes wrong is kept to be shown, and tried again later. Does nothing while no workbook is
    /// open.
    pub fn tend_backups(&self) {
        let now_ms = self.environment.clock.now_ms();
        if !self.backups.ticks.lock().is_time(now_ms) {
            return;
        }
        let Ok(wanted) = self.with_file(|open| self.wanted(open, None)) else { return };
        let seen = self.look_into(&wanted);
        *self.backups.seen.lock() = Some(seen);
        if !wanted.settings.enabled || self.backups.ticks.lock().rests(now_ms) {
            return;
        }
        match self.make_due_backup(&wanted, now_ms) {
            Ok(()) => self.backups.ticks.lock().hindered_since_ms = None,
            Err(error) => self.note_failure(&wanted, &error, now_ms),
        }
    }

    fn note_failure(&self, wanted: &Wanted, error: &ApplicationError, now_ms: i64) {
        let mut ticks = self.backups.ticks.lock();
        if is_no_failure(error) {
            tracing::debug!(%error, "no backup was made");
            let since = ticks.hindered_since_ms.filter(|_| is_hindered(error));
            ticks.hindered_since_ms = is_hindered(error).then_some(since.unwrap_or(now_ms));
            if since.is_none_or(|since| now_ms - since < HINDERED_MS) {
                return;
            }
        }
        let why = error.said();
        tracing::warn!(code = why.code(), "a backup could not be made");
        ticks.rests_until_ms = now_ms + RETRY_MS;
        *self.backups.failure.lock() = Some((wanted.salt, BackupFailure { at_ms: now_ms, why }));
    }

    fn make_due_backup(&self, wanted: &Wanted, now_ms: i64) -> Result<(), ApplicationError> {
        let (shelf, newest) = self.find_shelf(wanted)?;
        // Nothing was done since that is not in a backup, of this copy of the workbook or of the one that it was made of.
        if newest >= wanted.version {
            return Ok(());
        }
        let Some(kind) = due(&shelf.backups()?, &wanted.settings, now_ms) else { return Ok(()) };
        let made = self.make_backup(kind, wanted, &mut |_, _| ControlFlow::Continue(()))?;
        *self.backups.failure.lock() = None;
        if made.is_some_and(|(backup, _)| backup.kind == BackupKind::Full) {
            self.thin_backups(wanted)?;
        }
        let seen = self.look_into(wanted);
        *self.backups.seen.lock() = Some(seen);
        Ok(())
    }

    /// One was made because somebody asked for it: what failed before is mended.
    pub(super) fn note_backup_made(&self) {
        *self.backups.failure.lock() = None;
        let mut ticks = self.backups.ticks.lock();
        (ticks.rests_until_ms, ticks.hindered_since_ms) = (0, None);
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    #[test]
    fn a_full_one_is_due_each_day_and_changes_each_hour() {
        let backup =
            |hours: i64, kind| Backup { path: PathBuf::new(), kind, made_at_ms: hours * HOUR_MS, head: None, bytes: 1 };
        let (full, changes) = (|hours| backup(hours, BackupKind::Full), |hours| backup(hours, BackupKind::Changes));
        let settings = BackupSettings::default();
        for (backups, now, expected) in [
            (vec![], 0, Some(BackupKind::Full)),
            (vec![changes(1)], 1, Some(BackupKind::Full)),
            (vec![full(0)], 0, None),
            (vec![full(0)], 1, Some(BackupKind::Changes)),
            (vec![full(0), changes(5)], 5, None),
            (vec![full(0), changes(5)], 6, Some(BackupKind::Changes)),
            (vec![full(0), changes(23)], 24, Some(BackupKind::Full)),
            // The clock was a month ahead once; with the full one made since, all is as it should be.
            (vec![full(720)], 0, Some(BackupKind::Full)),
            (vec![full(720), full(0)], 0, None),
            (vec![full(720), changes(721), full(0)], 2, Some(BackupKind::Changes)),
            (vec![full(720), full(0), changes(2)], 2, None),
        ] {
            assert_eq!(due(&backups, &settings, now * HOUR_MS), expected, "{backups:?} at {now}");
        }
        let seldom = BackupSettings { every_hours: 6, ..settings };
        assert_eq!(due(&[full(0)], &seldom, 5 * HOUR_MS), None);
    }
}
