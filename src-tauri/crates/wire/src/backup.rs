//! Backups: what is set, which there are, and what was restored.
//!
//! Commands: `backups {}`, `save_backup_settings(BackupSettingsView)` (both [`BackupsView`]), `back_up(progress)`
//! ([`BackupDoneView`]), `check_backups(progress)` (a list of [`CheckedBackupView`]),
//! `restore_points { from }` (a list of [`BackupView`]), `restore_backup(RestoreBackupRequest, progress)`
//! ([`RestoredView`]).

use std::{fmt, path::PathBuf};

use serde::{Deserialize, Serialize};
use tieout_application::backup as application;
use ts_rs::TS;
use zeroize::Zeroizing;

use crate::{
    SaidView,
    answers::{count, moment},
};

/// A backup.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct BackupView {
    /// Its file.
    pub path: String,
    /// `full`, or `changes` since the full one before it.
    pub kind: String,
    /// As of when.
    pub made_at: String,
    /// Size in bytes.
    #[ts(type = "number")]
    pub bytes: u64,
}

impl From<application::Backup> for BackupView {
    fn from(backup: application::Backup) -> Self {
        let kind = match backup.kind {
            application::BackupKind::Full => "full",
            application::BackupKind::Changes => "changes",
        };
        Self {
            path: backup.path.display().to_string(),
            kind: kind.to_owned(),
            made_at: moment(backup.made_at_ms),
            bytes: backup.bytes,
        }
    }
}

impl fmt::Display for BackupView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:<7} {:>12} bytes  {}", self.made_at, self.kind, self.bytes, self.path)
    }
}

/// When backups are made, where they go and how many are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct BackupSettingsView {
    /// Make them without being asked.
    pub enabled: bool,
    /// The folder; empty: Tieout's own on this machine.
    pub folder: String,
    /// Hours between backups of changes.
    pub every_hours: u32,
    /// Of so many of the newest days that have any, the newest full one is kept.
    pub keep_days: u32,
    /// Likewise of weeks.
    pub keep_weeks: u32,
}

impl From<application::BackupSettings> for BackupSettingsView {
    fn from(settings: application::BackupSettings) -> Self {
        Self {
            enabled: settings.enabled,
            folder: settings.folder.map(|folder| folder.display().to_string()).unwrap_or_default(),
            every_hours: settings.every_hours,
            keep_days: settings.keep_days,
            keep_weeks: settings.keep_weeks,
        }
    }
}

impl From<BackupSettingsView> for application::BackupSettings {
    fn from(view: BackupSettingsView) -> Self {
        let folder = view.folder.trim();
        Self {
            enabled: view.enabled,
            folder: (!folder.is_empty()).then(|| PathBuf::from(folder)),
            every_hours: view.every_hours,
            keep_days: view.keep_days,
            keep_weeks: view.keep_weeks,
        }
    }
}

/// Why the last scheduled backup was not made.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct BackupFailureView {
    /// When.
    pub at: String,
    /// Why.
    pub why: SaidView,
}

/// Everything there is to show of backups.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct BackupsView {
    /// What is set.
    pub settings: BackupSettingsView,
    /// Where the backups of this workbook lie.
    pub folder: String,
    /// All of them, newest first.
    pub backups: Vec<BackupView>,
    /// When the folder was last looked at; null: not yet, or its drive does not answer.
    pub looked_at: Option<String>,
    /// Why the last scheduled one was not made.
    pub failure: Option<BackupFailureView>,
}

impl From<application::BackupReport> for BackupsView {
    fn from(report: application::BackupReport) -> Self {
        Self {
            settings: report.settings.into(),
            folder: report.folder.display().to_string(),
            backups: report.backups.into_iter().map(Into::into).collect(),
            looked_at: report.looked_at_ms.map(moment),
            failure: report
                .failure
                .map(|failure| BackupFailureView { at: moment(failure.at_ms), why: failure.why.into() }),
        }
    }
}

/// A backup that was asked for.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct BackupDoneView {
    /// The backup.
    pub backup: BackupView,
    /// Events in it.
    pub events: u32,
}

impl From<application::BackupDone> for BackupDoneView {
    fn from(done: application::BackupDone) -> Self {
        Self { backup: done.backup.into(), events: count(done.events) }
    }
}

impl fmt::Display for BackupDoneView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} holds the workbook up to event {}; it was opened and every page checked",
            self.backup.path, self.events
        )
    }
}

/// What looking at a backup found.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CheckedBackupView {
    /// The backup.
    pub backup: BackupView,
    /// Events in it, where it restores.
    pub events: Option<u32>,
    /// Whether it opens with an earlier passphrase only, and was not checked.
    pub earlier_passphrase: bool,
    /// Why it does not restore, where it does not.
    pub fault: Option<SaidView>,
}

impl From<application::CheckedBackup> for CheckedBackupView {
    fn from(checked: application::CheckedBackup) -> Self {
        let (events, fault) = match checked.found {
            application::Found::Whole(proven) => (Some(count(proven.head.sequence)), None),
            application::Found::EarlierPassphrase => (None, None),
            application::Found::Fault(fault) => (None, Some(fault.into())),
        };
        let earlier_passphrase = events.is_none() && fault.is_none();
        Self { backup: checked.backup.into(), events, earlier_passphrase, fault }
    }
}

impl fmt::Display for CheckedBackupView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.fault, self.events) {
            (Some(fault), _) => write!(f, "NOT VALID  {}: {fault}", self.backup.path),
            (None, Some(events)) => write!(f, "valid      {}, {events} events", self.backup.path),
            (None, None) => write!(f, "unchecked  {}: opens with an earlier passphrase only", self.backup.path),
        }
    }
}

/// `restore_backup`
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RestoreBackupRequest {
    /// A backup's file, or a folder with the backups of one workbook.
    pub from: String,
    /// Where the workbook is to lie; nothing may lie there.
    pub out: String,
    /// The passphrase of the time when the backup was made; null: try the keychain.
    pub passphrase: Option<String>,
}

impl From<RestoreBackupRequest> for application::RestoreBackup {
    fn from(request: RestoreBackupRequest) -> Self {
        Self {
            from: request.from.into(),
            at_ms: None,
            out: request.out.into(),
            passphrase: request.passphrase.map(Zeroizing::new),
        }
    }
}

/// What was restored, and what is not in it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RestoredView {
    /// The workbook that was made.
    pub path: String,
    /// The company's name.
    pub company: String,
    /// Events in it.
    pub events: u32,
    /// When the newest of them was.
    pub newest_at: String,
    /// As of when it is; null: the backup's name does not say.
    pub made_at: Option<String>,
    /// When the next backup was made, if there is one.
    pub next_at: Option<String>,
    /// How many events this machine knows of that are not in it; null: this machine does not know the workbook.
    pub lost: Option<u32>,
}

impl From<application::Restored> for RestoredView {
    fn from(restored: application::Restored) -> Self {
        Self {
            path: restored.path.display().to_string(),
            company: restored.company,
            events: count(restored.head.sequence),
            newest_at: moment(restored.newest_at_ms),
            made_at: restored.made_at_ms.map(moment),
            next_at: restored.next_at_ms.map(moment),
            lost: restored.known.map(|known| count(known.saturating_sub(restored.head.sequence))),
        }
    }
}

impl fmt::Display for RestoredView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let as_of = self.made_at.as_deref().unwrap_or(&self.newest_at);
        writeln!(
            f,
            "{} holds the work of {} as of {as_of}: {} events, the newest of {}",
            self.path, self.company, self.events, self.newest_at
        )?;
        match &self.next_at {
            Some(next) => write!(f, "What was done after {as_of} is not in it; a backup of {next} has more. ")?,
            None => write!(f, "What was done after {as_of} is not in it. ")?,
        }
        match self.lost {
            None => write!(f, "This machine does not know how much that is."),
            Some(0) => write!(f, "This machine knows of nothing later."),
            Some(lost) => write!(f, "This machine knows of {lost} later events."),
        }
    }
}
