//! What a person puts together themselves.

use tauri::State;
use tieout_application::Session;
use tieout_wire::{CommandError, DecisionOutcome, HandBalancesView, HandGroupRequest, MatchByHandRequest, hand_groups};

#[tauri::command(async)]
pub(crate) fn hand_balance(
    session: State<'_, Session>,
    groups: Vec<HandGroupRequest>,
) -> Result<HandBalancesView, CommandError> {
    Ok(session.hand_balance(&hand_groups(groups)?)?.into())
}

#[tauri::command(async)]
pub(crate) fn match_by_hand(
    session: State<'_, Session>,
    request: MatchByHandRequest,
) -> Result<DecisionOutcome, CommandError> {
    Ok(session.match_by_hand(&request.try_into()?)?.into())
}
