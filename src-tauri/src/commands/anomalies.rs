//! Anomalies, and how they are looked for.

use tauri::{State, ipc::Channel};
use tieout_application::Session;
use tieout_wire::{
    AnomaliesRequest, AnomaliesView, AnomalyConfigView, AnomalySettingsView, CommandError, Progress, SetAsideRequest,
    parse_id,
};

use super::report_to;

#[tauri::command(async)]
pub(crate) fn anomalies(
    session: State<'_, Session>,
    request: AnomaliesRequest,
    progress: Channel<Progress>,
) -> Result<AnomaliesView, CommandError> {
    Ok(session.anomalies(&request.try_into()?, &report_to(&progress))?.into())
}

#[tauri::command(async)]
pub(crate) fn set_anomaly_aside(session: State<'_, Session>, request: SetAsideRequest) -> Result<(), CommandError> {
    let key = parse_id(&request.key)?;
    Ok(session.set_anomaly_aside(&request.listed.try_into()?, key, &request.reason, &|_| {})?)
}

#[tauri::command(async)]
pub(crate) fn restore_anomaly(session: State<'_, Session>, key: String) -> Result<(), CommandError> {
    Ok(session.restore_anomaly(parse_id(&key)?)?)
}

#[tauri::command(async)]
pub(crate) fn anomaly_settings(session: State<'_, Session>) -> Result<AnomalySettingsView, CommandError> {
    Ok(session.anomaly_settings()?.into())
}

#[tauri::command(async)]
pub(crate) fn save_anomaly_settings(
    session: State<'_, Session>,
    request: AnomalyConfigView,
) -> Result<AnomalySettingsView, CommandError> {
    Ok(session.save_anomaly_settings(&request.try_into()?)?.into())
}
