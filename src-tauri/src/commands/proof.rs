//! Balance proof, report, audit log.

use tauri::State;
use tieout_application::Session;
use tieout_wire::{
    AuditLogView, CommandError, ExportReportRequest, ExportedReport, ProofRequest, ProofView, ProposedPath,
    VerificationView,
};

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
pub(crate) fn audit_log(session: State<'_, Session>, offset: u32, limit: u32) -> Result<AuditLogView, CommandError> {
    Ok(session.audit_log(offset, limit)?.into())
}

#[tauri::command(async)]
pub(crate) fn verify_workbook(session: State<'_, Session>) -> Result<VerificationView, CommandError> {
    Ok(session.verify_workbook()?.into())
}
