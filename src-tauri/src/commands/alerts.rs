//! Alerts: shown, acknowledged, set up, tried out and sent again.

use tauri::State;
use tieout_application::Session;
use tieout_wire::{AlertTestView, AlertsView, CommandError, SaveAlertSettingsRequest, parse_channel, parse_id};

#[tauri::command(async)]
pub(crate) fn alerts(session: State<'_, Session>) -> Result<AlertsView, CommandError> {
    Ok(session.alerts()?.into())
}

#[tauri::command(async)]
pub(crate) fn count_open_alerts(session: State<'_, Session>) -> Result<u32, CommandError> {
    Ok(u32::try_from(session.count_open_alerts()?).unwrap_or(u32::MAX))
}

#[tauri::command(async)]
pub(crate) fn acknowledge_alerts(session: State<'_, Session>, ids: Vec<String>) -> Result<AlertsView, CommandError> {
    let ids = ids.iter().map(|id| parse_id(id)).collect::<Result<Vec<_>, _>>()?;
    Ok(session.acknowledge_alerts(&ids)?.into())
}

#[tauri::command(async)]
pub(crate) fn save_alert_settings(
    session: State<'_, Session>,
    request: SaveAlertSettingsRequest,
) -> Result<AlertsView, CommandError> {
    Ok(session.save_alert_settings(request.try_into()?)?.into())
}

#[tauri::command(async)]
pub(crate) fn test_alert_channel(session: State<'_, Session>, channel: String) -> Result<AlertTestView, CommandError> {
    Ok(session.test_alert_channel(parse_channel(&channel)?)?.into())
}

#[tauri::command(async)]
pub(crate) fn retry_alert_deliveries(session: State<'_, Session>) -> Result<AlertsView, CommandError> {
    session.retry_alert_deliveries()?;
    Ok(session.alerts()?.into())
}
