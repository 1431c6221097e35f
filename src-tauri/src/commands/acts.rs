//! What people did and may take back, what they note, and what is done to several rows at once.

use std::path::Path;

use tauri::{
    State,
    ipc::{InvokeBody, Request},
};
use tieout_application::{Attach, Session};
use tieout_wire::{
    ActsView, AttachRequest, CommandError, DecideManyRequest, DecisionOutcome, MarkRequest, SelectionView,
    UploadedFile, parse_id,
};

use super::dialogs::PlaceToSave;

#[tauri::command(async)]
pub(crate) fn undo(session: State<'_, Session>, expected: Option<String>) -> Result<DecisionOutcome, CommandError> {
    Ok(session.undo(expected.as_deref().map(parse_id).transpose()?)?.into())
}

#[tauri::command(async)]
pub(crate) fn redo(session: State<'_, Session>, expected: Option<String>) -> Result<DecisionOutcome, CommandError> {
    Ok(session.redo(expected.as_deref().map(parse_id).transpose()?)?.into())
}

#[tauri::command(async)]
pub(crate) fn acts(session: State<'_, Session>, offset: u32, limit: u32) -> Result<ActsView, CommandError> {
    Ok(session.acts(offset, limit)?.into())
}

#[tauri::command(async)]
pub(crate) fn decide_many(
    session: State<'_, Session>,
    request: DecideManyRequest,
) -> Result<DecisionOutcome, CommandError> {
    Ok(session.decide_many(&request.try_into()?)?.into())
}

#[tauri::command(async)]
pub(crate) fn selection(session: State<'_, Session>, ids: Vec<String>) -> Result<SelectionView, CommandError> {
    Ok(session.selection(&ids)?.into())
}

#[tauri::command(async)]
pub(crate) fn mark(session: State<'_, Session>, request: MarkRequest) -> Result<DecisionOutcome, CommandError> {
    Ok(session.mark(&request.ids, &request.mark.try_into()?)?.into())
}

#[tauri::command(async)]
pub(crate) fn attach(session: State<'_, Session>, request: AttachRequest) -> Result<DecisionOutcome, CommandError> {
    Ok(session.attach(&request.ids, Attach::File(request.path.into()))?.into())
}

/// A file that was dropped in the window: its bytes are the body, its name and whom it is for stand in the headers.
#[tauri::command(async)]
pub(crate) fn attach_bytes(session: State<'_, Session>, request: Request<'_>) -> Result<DecisionOutcome, CommandError> {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let bytes = match request.body() {
        InvokeBody::Raw(bytes) => bytes.clone(),
        InvokeBody::Json(_) => return Err(CommandError::invalid("the file's bytes are missing")),
    };
    let file: tieout_application::UploadedFile = UploadedFile::new(header("x-file-name"), "", bytes)?.into();
    let ids: Vec<String> = header("x-ids").split(',').map(str::to_owned).collect();
    Ok(session.attach(&ids, Attach::Bytes { name: file.name, content: file.bytes })?.into())
}

#[tauri::command(async)]
pub(crate) fn save_evidence(
    session: State<'_, Session>,
    place: State<'_, PlaceToSave>,
    hash: String,
    path: String,
) -> Result<(), CommandError> {
    place.take(&path)?;
    Ok(session.save_evidence(tieout_wire::parse_id(&hash)?, Path::new(&path))?)
}
