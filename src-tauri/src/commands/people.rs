//! Who is at work, signing in, the lock, roles and secrets.

use tauri::State;
use tieout_application::Session;
use tieout_wire::{
    AddPersonRequest, ChangePersonRequest, CommandError, PeopleView, PresenceView, SignInChoicesView, SignInRequest,
    parse_id,
};
use zeroize::Zeroizing;

/// Asked every other second, and never in the way of work that goes on.
#[tauri::command]
pub(crate) fn presence(session: State<'_, Session>, active: bool) -> PresenceView {
    session.presence(active).into()
}

#[tauri::command]
pub(crate) fn lock_now(session: State<'_, Session>) -> PresenceView {
    session.lock_now().into()
}

#[tauri::command(async)]
pub(crate) fn unlock(session: State<'_, Session>, secret: String) -> Result<PresenceView, CommandError> {
    Ok(session.unlock(&Zeroizing::new(secret))?.into())
}

#[tauri::command(async)]
pub(crate) fn sign_in_choices(session: State<'_, Session>) -> Result<SignInChoicesView, CommandError> {
    Ok(session.sign_in_choices()?.into())
}

#[tauri::command(async)]
pub(crate) fn sign_in(session: State<'_, Session>, request: SignInRequest) -> Result<PresenceView, CommandError> {
    Ok(session.sign_in(&request.try_into()?)?.into())
}

#[tauri::command(async)]
pub(crate) fn sign_out(session: State<'_, Session>) -> Result<PresenceView, CommandError> {
    Ok(session.sign_out()?.into())
}

#[tauri::command(async)]
pub(crate) fn people(session: State<'_, Session>) -> Result<PeopleView, CommandError> {
    Ok(session.people()?.into())
}

#[tauri::command(async)]
pub(crate) fn add_person(session: State<'_, Session>, request: AddPersonRequest) -> Result<PeopleView, CommandError> {
    Ok(session.add_person(&request.try_into()?)?.into())
}

#[tauri::command(async)]
pub(crate) fn change_person(
    session: State<'_, Session>,
    request: ChangePersonRequest,
) -> Result<PeopleView, CommandError> {
    Ok(session.change_person(parse_id(&request.id)?, &request.change()?)?.into())
}

#[tauri::command(async)]
pub(crate) fn reset_secret(
    session: State<'_, Session>,
    id: String,
    secret: String,
) -> Result<PeopleView, CommandError> {
    Ok(session.reset_secret(parse_id(&id)?, &Zeroizing::new(secret))?.into())
}

#[tauri::command(async)]
pub(crate) fn change_own_secret(
    session: State<'_, Session>,
    present: Option<String>,
    new: Option<String>,
) -> Result<PeopleView, CommandError> {
    let [present, new] = [present, new].map(|secret| secret.map(Zeroizing::new));
    let [present, new] = [&present, &new].map(|secret| secret.as_deref().map(String::as_str));
    Ok(session.change_own_secret(present, new)?.into())
}

#[tauri::command(async)]
pub(crate) fn set_single_user(
    session: State<'_, Session>,
    single_user: bool,
    reason: String,
) -> Result<PeopleView, CommandError> {
    Ok(session.set_single_user(single_user, &reason)?.into())
}

#[tauri::command(async)]
pub(crate) fn set_idle_minutes(session: State<'_, Session>, minutes: u32) -> Result<PeopleView, CommandError> {
    session.set_idle_minutes(minutes)?;
    Ok(session.people()?.into())
}

#[tauri::command(async)]
pub(crate) fn change_passphrase(session: State<'_, Session>, present: String, new: String) -> Result<(), CommandError> {
    Ok(session.change_passphrase(&Zeroizing::new(present), &Zeroizing::new(new))?)
}
