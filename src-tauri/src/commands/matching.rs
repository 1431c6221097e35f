//! Matching settings and rules.

use tauri::State;
use tieout_application::Session;
use tieout_wire::{CommandError, MatchingConfigView, MatchingSettingsView, RuleTrialView, TryRulesRequest};

#[tauri::command(async)]
pub(crate) fn matching_settings(session: State<'_, Session>) -> Result<MatchingSettingsView, CommandError> {
    Ok(session.matching_settings()?.into())
}

#[tauri::command(async)]
pub(crate) fn save_matching_settings(
    session: State<'_, Session>,
    request: MatchingConfigView,
) -> Result<MatchingSettingsView, CommandError> {
    Ok(session.save_matching_settings(&request.try_into()?)?.into())
}

#[tauri::command(async)]
pub(crate) fn try_rules(session: State<'_, Session>, request: TryRulesRequest) -> Result<RuleTrialView, CommandError> {
    let rules: Vec<_> = request.try_into()?;
    Ok(session.try_rules(&rules)?.into())
}
