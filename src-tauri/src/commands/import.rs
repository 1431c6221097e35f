//! Taking files in, and taking back what was taken in.

use tauri::{
    State,
    ipc::{Channel, InvokeBody, Request},
};
use tieout_application::Session;
use tieout_wire::{
    ActView, BatchReportView, BatchView, CommandError, CommitImportRequest, DeletedRecordsView, ImportPreview,
    ImportResult, MappingPathRequest, PreviewImportFileRequest, PreviewRow, PreviewRowsRequest, Progress,
    RecordSelectionRequest, ReviseImportRequest, SideView, UploadedFile, parse_id,
};

use super::{dialogs::PlaceToSave, report_to};

fn all(previews: Vec<tieout_application::ImportPreview>) -> Vec<ImportPreview> {
    previews.into_iter().map(Into::into).collect()
}

/// The file's bytes are the body, its name and side stand in the headers.
#[tauri::command(async)]
pub(crate) fn preview_import(
    session: State<'_, Session>,
    request: Request<'_>,
) -> Result<Vec<ImportPreview>, CommandError> {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let bytes = match request.body() {
        InvokeBody::Raw(bytes) => bytes.clone(),
        InvokeBody::Json(_) => return Err(CommandError::invalid("the file's bytes are missing")),
    };
    let file = UploadedFile::new(header("x-file-name"), header("x-side"), bytes)?;
    Ok(all(session.preview_import(file.into(), &|_| {})?))
}

#[tauri::command(async)]
pub(crate) fn preview_import_file(
    session: State<'_, Session>,
    request: PreviewImportFileRequest,
    progress: Channel<Progress>,
) -> Result<Vec<ImportPreview>, CommandError> {
    let most = request.max_mib.map(|mebibytes| u64::from(mebibytes) << 20);
    let side = request.side.map(Into::into);
    Ok(all(session.preview_import_file(&request.path, side, most, &report_to(&progress))?))
}

#[tauri::command(async)]
pub(crate) fn revise_import(
    session: State<'_, Session>,
    request: ReviseImportRequest,
) -> Result<ImportPreview, CommandError> {
    Ok(session.revise_import(request.try_into()?)?.into())
}

#[tauri::command(async)]
pub(crate) fn preview_rows(
    session: State<'_, Session>,
    request: PreviewRowsRequest,
) -> Result<Vec<PreviewRow>, CommandError> {
    Ok(session.preview_rows(&request.into())?.into_iter().map(Into::into).collect())
}

#[tauri::command(async)]
pub(crate) fn commit_import(
    session: State<'_, Session>,
    request: CommitImportRequest,
    progress: Channel<Progress>,
) -> Result<ImportResult, CommandError> {
    Ok(session.commit_import(&request.token, request.leave_out_rejected, &report_to(&progress))?.into())
}

#[tauri::command(async)]
pub(crate) fn discard_import(session: State<'_, Session>, token: String) -> Result<(), CommandError> {
    Ok(session.discard_import(&token)?)
}

#[tauri::command(async)]
pub(crate) fn export_mapping(
    session: State<'_, Session>,
    place: State<'_, PlaceToSave>,
    request: MappingPathRequest,
) -> Result<(), CommandError> {
    let MappingPathRequest { token, path } = request;
    place.writing(&path, |existing| Ok(session.export_mapping(&token, path.as_ref(), existing)?))
}

#[tauri::command(async)]
pub(crate) fn import_mapping(
    session: State<'_, Session>,
    request: MappingPathRequest,
) -> Result<ImportPreview, CommandError> {
    Ok(session.import_mapping(&request.token, request.path.as_ref())?.into())
}

#[tauri::command(async)]
pub(crate) fn list_batches(session: State<'_, Session>) -> Result<Vec<BatchView>, CommandError> {
    Ok(session.list_batches()?.into_iter().map(Into::into).collect())
}

#[tauri::command(async)]
pub(crate) fn batch_report(session: State<'_, Session>, batch_id: String) -> Result<BatchReportView, CommandError> {
    let (report, diagnostics) = session.batch_report(parse_id(&batch_id)?)?;
    Ok(BatchReportView::new(report.as_ref(), diagnostics))
}

#[tauri::command(async)]
pub(crate) fn undo_import(session: State<'_, Session>, batch_id: String) -> Result<(), CommandError> {
    Ok(session.undo_import(parse_id(&batch_id)?)?)
}

#[tauri::command(async)]
pub(crate) fn retry_import(
    session: State<'_, Session>,
    batch_id: String,
    progress: Channel<Progress>,
) -> Result<Vec<ImportPreview>, CommandError> {
    Ok(all(session.retry_import(parse_id(&batch_id)?, &report_to(&progress))?))
}

#[tauri::command(async)]
pub(crate) fn delete_records(
    session: State<'_, Session>,
    request: RecordSelectionRequest,
) -> Result<Option<ActView>, CommandError> {
    Ok(session.delete_records(&request.try_into()?)?.map(Into::into))
}

#[tauri::command(async)]
pub(crate) fn restore_records(
    session: State<'_, Session>,
    request: RecordSelectionRequest,
) -> Result<(), CommandError> {
    Ok(session.restore_records(&request.try_into()?)?)
}

#[tauri::command(async)]
pub(crate) fn deleted_records(
    session: State<'_, Session>,
    side: SideView,
    offset: u32,
    limit: u32,
) -> Result<DeletedRecordsView, CommandError> {
    let (rows, total) = session.deleted_records(side.into(), offset, limit)?;
    Ok(DeletedRecordsView::new(rows, total))
}
