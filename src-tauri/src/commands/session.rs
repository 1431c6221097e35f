//! Opening, creating and closing a workbook.

use tauri::State;
use tieout_application::Session;
use tieout_wire::{AppState, CommandError, CreateWorkbookRequest, OpenWorkbookRequest, WorkbookView};

#[tauri::command(async)]
pub(crate) fn app_state(session: State<'_, Session>) -> Result<AppState, CommandError> {
    Ok(session.app_state()?.into())
}

#[tauri::command(async)]
pub(crate) fn create_workbook(
    session: State<'_, Session>,
    request: CreateWorkbookRequest,
) -> Result<WorkbookView, CommandError> {
    Ok(session.create_workbook(request.try_into()?)?.into())
}

#[tauri::command(async)]
pub(crate) fn open_workbook(
    session: State<'_, Session>,
    request: OpenWorkbookRequest,
) -> Result<WorkbookView, CommandError> {
    Ok(session.open_workbook(request.into())?.into())
}

#[tauri::command(async)]
pub(crate) fn close_workbook(session: State<'_, Session>) -> Result<(), CommandError> {
    Ok(session.close_workbook()?)
}

#[tauri::command(async)]
pub(crate) fn workbook(session: State<'_, Session>) -> Result<WorkbookView, CommandError> {
    Ok(session.workbook()?.into())
}

#[tauri::command]
pub(crate) fn cancel_task(session: State<'_, Session>) {
    session.cancel();
}
