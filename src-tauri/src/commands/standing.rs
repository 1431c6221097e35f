//! The overview: what needs whoever is signed in, and where everything stands.

use tauri::State;
use tieout_application::Session;
use tieout_wire::{CommandError, StandingRatesView, StandingView};

#[tauri::command(async)]
pub(crate) fn standing(session: State<'_, Session>) -> Result<StandingView, CommandError> {
    Ok(session.standing()?.into())
}

#[tauri::command(async)]
pub(crate) fn standing_rates(
    session: State<'_, Session>,
    locked: bool,
) -> Result<Vec<StandingRatesView>, CommandError> {
    let (rows, limits) = session.standing_rates(locked)?;
    Ok(rows.into_iter().map(|row| StandingRatesView::of(row, &limits)).collect())
}
