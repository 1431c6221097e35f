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
    let differences = session.differences(&scope)?;
    Ok(DifferencesView::of(&differences, &query))
}

#[tauri::command(async)]
pub(crate) fn difference_trends(
    session: State<'_, Session>,
    request: DifferenceScopeRequest,
) -> Result<DifferenceTrendsView, CommandError> {
    let scope = request.try_into()?;
    Ok(DifferenceTrendsView::from(&*session.differences(&scope)?))
}
