//! What reports are signed with.

use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;
use tieout_application::Session;
use tieout_wire::{CommandError, ImportSignerRequest, SigningView, parse_fingerprint};

use super::dialogs::{PlaceToSave, starting_at};

#[tauri::command(async)]
pub(crate) fn signing(session: State<'_, Session>) -> Result<SigningView, CommandError> {
    Ok(session.signing()?.into())
}

#[tauri::command(async)]
pub(crate) fn make_signer(session: State<'_, Session>) -> Result<SigningView, CommandError> {
    Ok(session.make_signer()?.into())
}

#[tauri::command(async)]
pub(crate) fn import_signer(
    session: State<'_, Session>,
    request: ImportSignerRequest,
) -> Result<SigningView, CommandError> {
    let (path, passphrase) = request.read();
    Ok(session.import_signer_file(&path, passphrase)?.into())
}

#[tauri::command(async)]
pub(crate) fn revoke_signer(
    session: State<'_, Session>,
    fingerprint: String,
    reason: String,
) -> Result<SigningView, CommandError> {
    Ok(session.revoke_signer(parse_fingerprint(&fingerprint)?, &reason)?.into())
}

#[tauri::command(async)]
pub(crate) fn save_certificate(
    session: State<'_, Session>,
    place: State<'_, PlaceToSave>,
    fingerprint: String,
    path: String,
) -> Result<(), CommandError> {
    let fingerprint = parse_fingerprint(&fingerprint)?;
    place.writing(&path, |existing| Ok(session.save_certificate(fingerprint, path.as_ref(), existing)?))
}

/// A PKCS#12 file.
#[tauri::command(async)]
pub(crate) fn pick_identity_path(app: AppHandle) -> Option<String> {
    let dialog = app.dialog().file().add_filter("PKCS#12", &["p12", "pfx"]);
    dialog.blocking_pick_file().map(|path| path.to_string())
}

/// Where a certificate is to be saved.
#[tauri::command(async)]
pub(crate) fn pick_certificate_path(app: AppHandle, place: State<'_, PlaceToSave>, current: String) -> Option<String> {
    place.pick(starting_at(app.dialog().file().add_filter("X.509", &["cer"]), &current), true)
}
