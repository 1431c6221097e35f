//! When a backup is due.

use std::ops::ControlFlow;

use tieout_workbook::{Backup, BackupKind};

use super::{BackupFailure, BackupSettings, is_no_failure, settings};
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

/// What the schedule knows of the open workbook.
#[derive(Debug, Default)]
pub(super) struct Ticks {
    /// Before then nothing is done.
    rests_until_ms: i64,
    /// The workbook's version as of the newest backup, if one was made since the opening.
    backed_up: Option<u64>,
}

impl Ticks {
    pub(super) fn since(now_ms: i64) -> Self {
        Self { rests_until_ms: now_ms + CALM_MS, backed_up: None }
    }
}

/// Which backup is due, of those there are, oldest first. One whose date is in the future, since a clock was wrong, says
/// nothing of how old it is: it neither puts a backup off nor asks for one.
pub(super) fn due(backups: &[Backup], settings: &BackupSettings, now_ms: i64) -> Option<BackupKind> {
    // Clocks are set right by seconds all the time.
    let is_dated = |backup: &&Backup| backup.made_at_ms < now_ms + HOUR_MS;
    let age = |backup: &Backup| now_ms - backup.made_at_ms;
    let full = backups.iter().filter(is_dated).rfind(|backup| backup.kind == BackupKind::Full);
    if full.is_none_or(|full| age(full) >= FULL_MS) {
        return Some(BackupKind::Full);
    }
    let newest = backups.iter().rfind(is_dated)?;
    (age(newest) >= i64::from(settings.every_hours) * HOUR_MS).then_some(BackupKind::Changes)
}

impl Session {
    /// What the shell's background does every few seconds: makes a backup where one is due and something changed. What
    /// goes wrong is kept to be shown, and tried again later. Does nothing while no workbook is open.
    pub fn tend_backups(&self) {
        let now_ms = self.environment.clock.now_ms();
        {
            let mut ticks = self.backups.ticks.lock();
            if now_ms < ticks.rests_until_ms {
                return;
            }
            ticks.rests_until_ms = now_ms + LOOK_MS;
        }
        match self.make_due_backup(now_ms) {
            Ok(()) => {}
            Err(error) if is_no_failure(&error) => tracing::debug!(%error, "no backup was made"),
            Err(error) => {
                let why = error.said();
                tracing::warn!(code = why.code(), "a backup could not be made");
                self.backups.ticks.lock().rests_until_ms = now_ms + RETRY_MS;
                *self.backups.failure.lock() = Some(BackupFailure { at_ms: now_ms, why });
            }
        }
    }

    fn make_due_backup(&self, now_ms: i64) -> Result<(), ApplicationError> {
        let (settings, shelf, version) = self.with_file(|open| {
            let settings = settings::of(&open.workbook)?;
            let shelf = self.shelf(open, settings.folder.as_deref());
            Ok((settings, shelf, open.workbook.work_version()?))
        })?;
        if !settings.enabled || self.backups.ticks.lock().backed_up == Some(version) {
            return Ok(());
        }
        let Some(kind) = due(&shelf.backups()?, &settings, now_ms) else { return Ok(()) };
        let made = self.make_backup(kind, None, &mut |_, _| ControlFlow::Continue(()))?;
        self.backups.ticks.lock().backed_up = Some(version);
        *self.backups.failure.lock() = None;
        if made.is_some_and(|(backup, _)| backup.kind == BackupKind::Full) {
            self.thin_backups()?;
        }
        Ok(())
    }

    /// One was made because somebody asked for it: what failed before is mended.
    pub(super) fn note_backup_made(&self) {
        *self.backups.failure.lock() = None;
        self.backups.ticks.lock().rests_until_ms = 0;
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    #[test]
    fn a_full_one_is_due_each_day_and_changes_each_hour() {
        let backup = |hours: i64, kind| Backup { path: PathBuf::new(), kind, made_at_ms: hours * HOUR_MS, bytes: 1 };
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
            // The clock was set back by a month.
            (vec![full(720)], 0, Some(BackupKind::Full)),
            (vec![full(0), full(720)], 0, None),
            (vec![full(0), full(720)], 1, Some(BackupKind::Changes)),
        ] {
            assert_eq!(due(&backups, &settings, now * HOUR_MS), expected, "{backups:?} at {now}");
        }
        let seldom = BackupSettings { every_hours: 6, ..settings };
        assert_eq!(due(&[full(0)], &seldom, 5 * HOUR_MS), None);
    }
}
