//! Balance proof, report, audit log.

use std::path::Path;

use tauri::State;
use tieout_application::Session;
use tieout_wire::{
    AuditLogView, AuditSearchRequest, CommandError, ExportReportRequest, ExportedReport, ProofRequest, ProofView,
    ProposedPath, VerificationView,
};

use super::dialogs::PlaceToSave;

#[tauri::command(async)]
pub(crate) fn balance_proof(session: State<'_, Session>, request: ProofRequest) -> Result<ProofView, CommandError> {
    Ok(session.balance_proof(&request.try_into()?)?.into())
}

#[tauri::command(async)]
pub(crate) fn proposed_report_path(
    session: State<'_, Session>,
    account_id: String,
) -> Result<ProposedPath, CommandError> {
    Ok(session.proposed_report_path(tieout_wire::parse_id(&account_id)?)?.into())
}

#[tauri::command(async)]
pub(crate) fn export_report(
    session: State<'_, Session>,
    request: ExportReportRequest,
) -> Result<ExportedReport, CommandError> {
    Ok(session.export_report(&request.try_into()?)?.into())
}

#[tauri::command(async)]
pub(crate) fn audit_log(
    session: State<'_, Session>,
    offset: u32,
    limit: u32,
    search: Option<AuditSearchRequest>,
) -> Result<AuditLogView, CommandError> {
    let wanted = search.map(TryInto::try_into).transpose()?.unwrap_or_default();
    Ok(session.find_events(&wanted, offset, limit)?.into())
}

#[tauri::command(async)]
pub(crate) fn export_audit_log(
    session: State<'_, Session>,
    place: State<'_, PlaceToSave>,
    path: String,
) -> Result<u64, CommandError> {
    place.writing(&path, |existing| Ok(session.export_audit_log(Path::new(&path), existing)?))
}

#[tauri::command(async)]
pub(crate) fn accept_history(session: State<'_, Session>, reason: String) -> Result<(), CommandError> {
    Ok(session.accept_history(&reason)?)
}

#[tauri::command(async)]
pub(crate) fn verify_workbook(session: State<'_, Session>) -> Result<VerificationView, CommandError> {
    Ok(session.verify_workbook()?.into())
}
