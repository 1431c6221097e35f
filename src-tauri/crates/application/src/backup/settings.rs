//! When backups are made, where they go and how many are kept: one setting of the workbook, so that a change is an
//! event.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use tieout_domain::said;
use tieout_workbook::{Workbook, WorkbookError};

use crate::ApplicationError;

/// Name of the setting.
const SETTING: &str = "backup";
/// Most hours between backups of changes.
const HOURS_MAX: u32 = 24;
/// Most days, and most weeks, of which a full backup is kept.
const KEEP_MAX: u32 = 400;

/// When backups are made, where they go and how many are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BackupSettings {
    /// Make them without being asked: a full one each day and what changed every so many hours, where something did.
    pub enabled: bool,
    /// The folder; a folder of Tieout's on this machine unless one is given.
    pub folder: Option<PathBuf>,
    /// Hours between backups of changes.
    pub every_hours: u32,
    /// Of so many of the newest days that have any, the newest full one is kept.
    pub keep_days: u32,
    /// Likewise of weeks.
    pub keep_weeks: u32,
}

impl Default for BackupSettings {
    fn default() -> Self {
        Self { enabled: true, folder: None, every_hours: 1, keep_days: 7, keep_weeks: 4 }
    }
}

/// What the workbook says.
pub(super) fn of(workbook: &Workbook) -> Result<BackupSettings, WorkbookError> {
    let kept = workbook.setting(SETTING)?;
    Ok(kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

pub(super) fn keep(workbook: &mut Workbook, settings: &BackupSettings) -> Result<(), ApplicationError> {
    let text = serde_json::to_string(settings).map_err(|error| ApplicationError::in_english(error.to_string()))?;
    Ok(workbook.set_setting(SETTING, &text)?)
}

pub(super) fn check(settings: &BackupSettings) -> Result<(), ApplicationError> {
    if !(1..=HOURS_MAX).contains(&settings.every_hours) {
        return Err(ApplicationError::Invalid(said!(
            "backup.hours",
            "between backups of changes lie 1 to {most} hours",
            most = HOURS_MAX
        )));
    }
    if settings.keep_days > KEEP_MAX || settings.keep_weeks > KEEP_MAX {
        return Err(ApplicationError::Invalid(said!(
            "backup.keep",
            "backups of at most {most} days and as many weeks are kept",
            most = KEEP_MAX
        )));
    }
    if settings.folder.as_ref().is_some_and(|folder| !folder.is_absolute()) {
        return Err(ApplicationError::Invalid(said!(
            "backup.wholePath",
            "give the whole path of the folder for backups, from the drive or root on"
        )));
    }
    Ok(())
}
