//! The policy a person wrote.

use tauri::{State, ipc::Channel};
use tieout_application::{Session, figures::ExceptionQuery};
use tieout_wire::{
    AcceptedRecordsView, AcceptedRequest, AppliedPolicyView, CommandError, PolicyFormView, PolicyTrialView, PolicyView,
    Progress, SavePolicyRequest, SavedPolicyView, TakeBackAcceptanceRequest,
};

use super::report_to;

#[tauri::command(async)]
pub(crate) fn policy(session: State<'_, Session>) -> Result<PolicyView, CommandError> {
    Ok(session.policy()?.into())
}

#[tauri::command(async)]
pub(crate) fn save_policy(
    session: State<'_, Session>,
    request: SavePolicyRequest,
) -> Result<SavedPolicyView, CommandError> {
    Ok(session.save_policy(&request.form.into(), &request.reason)?.into())
}

#[tauri::command(async)]
pub(crate) fn try_policy(
    session: State<'_, Session>,
    request: PolicyFormView,
) -> Result<PolicyTrialView, CommandError> {
    Ok(session.try_policy(&request.into())?.into())
}

#[tauri::command(async)]
pub(crate) fn apply_policy(
    session: State<'_, Session>,
    progress: Channel<Progress>,
) -> Result<AppliedPolicyView, CommandError> {
    Ok(session.apply_policy(&report_to(&progress))?.into())
}

#[tauri::command(async)]
pub(crate) fn accepted_records(
    session: State<'_, Session>,
    request: AcceptedRequest,
) -> Result<AcceptedRecordsView, CommandError> {
    let (offset, limit) = (request.offset.into(), request.limit);
    Ok(session.exceptions(&ExceptionQuery { accepted: true, offset, limit, ..ExceptionQuery::default() })?.into())
}

#[tauri::command(async)]
pub(crate) fn take_back_acceptance(
    session: State<'_, Session>,
    request: TakeBackAcceptanceRequest,
) -> Result<(), CommandError> {
    Ok(session.take_back_acceptance(&request.id, &request.reason)?)
}
