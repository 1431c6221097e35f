//! Differences and changed rates.

use tauri::State;
use tieout_application::Session;
use tieout_wire::{CommandError, DifferenceScopeRequest, DifferenceTrendsView, DifferencesRequest, DifferencesView};

#[tauri::command(async)]
pub(crate) fn differences(
    session: State<'_, Session>,
    request: DifferencesRequest,
) -> Result<DifferencesView, CommandError> {
    let (scope, query) = request.parts()?;
    Ok(DifferencesView::of(&session.differences(&scope)?, &query))
}

#[tauri::command(async)]
pub(crate) fn difference_trends(
    session: State<'_, Session>,
    request: DifferenceScopeRequest,
) -> Result<DifferenceTrendsView, CommandError> {
    Ok(DifferenceTrendsView::from(&*session.differences(&request.try_into()?)?))
}
