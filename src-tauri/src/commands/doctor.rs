//! Checks of machine and workbook, and what may be handed over to whoever helps.

use std::path::Path;

use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;
use tieout_application::Session;
use tieout_wire::{CheckView, CommandError, DiagnosticsView};

use super::dialogs::{PlaceToSave, starting_at};

#[tauri::command(async)]
pub(crate) fn examine(session: State<'_, Session>, online: bool) -> Result<Vec<CheckView>, CommandError> {
    Ok(session.examine(online)?.into_iter().map(Into::into).collect())
}

#[tauri::command(async)]
pub(crate) fn diagnostics(session: State<'_, Session>) -> Result<DiagnosticsView, CommandError> {
    Ok(session.diagnostics()?.into())
}

#[tauri::command(async)]
pub(crate) fn save_diagnostics(
    session: State<'_, Session>,
    place: State<'_, PlaceToSave>,
    path: String,
) -> Result<(), CommandError> {
    place.writing(&path, |existing| Ok(session.save_diagnostics(Path::new(&path), existing)?))
}

/// An archive that the diagnostics are to be written into.
#[tauri::command(async)]
pub(crate) fn pick_diagnostics_path(app: AppHandle, place: State<'_, PlaceToSave>, current: String) -> Option<String> {
    place.pick(starting_at(app.dialog().file().add_filter("ZIP", &["zip"]), &current), true)
}
