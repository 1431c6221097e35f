//! Backups of the open workbook, and workbooks made of backups.

use tauri::{AppHandle, State, ipc::Channel};
use tauri_plugin_dialog::DialogExt;
use tieout_application::Session;
use tieout_wire::{
    BackupDoneView, BackupSettingsView, BackupView, BackupsView, CheckedBackupView, CommandError, Progress,
    RestoreBackupRequest, RestoredView,
};

use super::{dialogs::starting_at, report_to};

#[tauri::command(async)]
pub(crate) fn backups(session: State<'_, Session>) -> Result<BackupsView, CommandError> {
    Ok(session.backups()?.into())
}

#[tauri::command(async)]
pub(crate) fn save_backup_settings(
    session: State<'_, Session>,
    settings: BackupSettingsView,
) -> Result<BackupsView, CommandError> {
    Ok(session.save_backup_settings(&settings.into())?.into())
}

#[tauri::command(async)]
pub(crate) fn back_up(
    session: State<'_, Session>,
    progress: Channel<Progress>,
) -> Result<BackupDoneView, CommandError> {
    Ok(session.back_up(None, &report_to(&progress))?.into())
}

#[tauri::command(async)]
pub(crate) fn check_backups(
    session: State<'_, Session>,
    progress: Channel<Progress>,
) -> Result<Vec<CheckedBackupView>, CommandError> {
    Ok(session.check_backups(None, &report_to(&progress))?.into_iter().map(Into::into).collect())
}

#[tauri::command(async)]
pub(crate) fn restore_backup(
    session: State<'_, Session>,
    request: RestoreBackupRequest,
    progress: Channel<Progress>,
) -> Result<RestoredView, CommandError> {
    Ok(session.restore_backup(&request.into(), &report_to(&progress))?.into())
}

/// The backups in a folder, newest first: what could be restored.
#[tauri::command(async)]
pub(crate) fn restore_points(from: String) -> Result<Vec<BackupView>, CommandError> {
    Ok(tieout_application::backup::restore_points(from.trim().as_ref())?.into_iter().map(Into::into).collect())
}

/// A backup's file.
#[tauri::command(async)]
pub(crate) fn pick_backup_path(app: AppHandle, current: String) -> Option<String> {
    let kinds = ["tieout-backup", "tieout-changes"];
    let dialog = starting_at(app.dialog().file().add_filter("Tieout", &kinds), &current);
    dialog.blocking_pick_file().map(|path| path.to_string())
}

/// A folder for backups.
#[tauri::command(async)]
pub(crate) fn pick_folder_path(app: AppHandle, current: String) -> Option<String> {
    let dialog = starting_at(app.dialog().file(), &current);
    dialog.blocking_pick_folder().map(|path| path.to_string())
}
