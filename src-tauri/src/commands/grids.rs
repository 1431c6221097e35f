//! Grids.

use tauri::State;
use tieout_application::Session;
use tieout_wire::{
    CommandError, GridPageView, GridPlaceRequest, GridPlaceView, GridRequest, GridSelectionRequest, GridSelectionView,
    GridTextRequest, GridTextView,
};

#[tauri::command(async)]
pub(crate) fn grid_page(session: State<'_, Session>, request: GridRequest) -> Result<GridPageView, CommandError> {
    let (query, offset, limit) = request.parts()?;
    Ok(session.grid_page(&query, offset, limit)?.into())
}

#[tauri::command(async)]
pub(crate) fn grid_selection(
    session: State<'_, Session>,
    request: GridSelectionRequest,
) -> Result<GridSelectionView, CommandError> {
    Ok(session.grid_selection(&request.try_into()?)?.into())
}

#[tauri::command(async)]
pub(crate) fn grid_text(session: State<'_, Session>, request: GridTextRequest) -> Result<GridTextView, CommandError> {
    let (range, style) = request.parts()?;
    Ok(session.grid_text(&range, &style)?.into())
}

#[tauri::command(async)]
pub(crate) fn grid_place(
    session: State<'_, Session>,
    request: GridPlaceRequest,
) -> Result<GridPlaceView, CommandError> {
    let (query, wanted, from) = request.parts()?;
    Ok(session.grid_place(&query, &wanted, from)?.into())
}
