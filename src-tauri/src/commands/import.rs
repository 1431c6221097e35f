//! Taking files in.

use tauri::{
    State,
    ipc::{Channel, InvokeBody, Request},
};
use tieout_application::Session;
use tieout_wire::{
    BatchView, CommandError, CommitImportRequest, ImportPreview, ImportResult, PreviewImportFileRequest, Progress,
    ReviseImportRequest, UploadedFile,
};

use super::report_to;

#[tauri::command(async)]
pub(crate) fn list_batches(session: State<'_, Session>) -> Result<Vec<BatchView>, CommandError> {
    Ok(session.list_batches()?.into_iter().map(Into::into).collect())
}

/// The file's bytes are the body, its name and side stand in the headers.
#[tauri::command(async)]
pub(crate) fn preview_import(session: State<'_, Session>, request: Request<'_>) -> Result<ImportPreview, CommandError> {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let bytes = match request.body() {
        InvokeBody::Raw(bytes) => bytes.clone(),
        InvokeBody::Json(_) => return Err(CommandError::invalid("the file's bytes are missing")),
    };
    let file = UploadedFile::new(header("x-file-name"), header("x-side"), bytes)?;
    Ok(session.preview_import(file.into())?.into())
}

#[tauri::command(async)]
pub(crate) fn preview_import_file(
    session: State<'_, Session>,
    request: PreviewImportFileRequest,
    progress: Channel<Progress>,
) -> Result<ImportPreview, CommandError> {
    Ok(session.preview_import_file(&request.path, request.side.map(Into::into), &report_to(&progress))?.into())
}

#[tauri::command(async)]
pub(crate) fn revise_import(
    session: State<'_, Session>,
    request: ReviseImportRequest,
) -> Result<ImportPreview, CommandError> {
    Ok(session.revise_import(request.try_into()?)?.into())
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
