//! Running the engine, the review queue and decisions.

use tauri::{State, ipc::Channel};
use tieout_application::Session;
use tieout_wire::{
    ApproveAboveRequest, ApproveAboveView, CommandError, DecideRequest, DecisionOutcome, OpenRecordsRequest,
    OpenRecordsView, Progress, QueueRequest, QueueView, ReviewDetail, RunSummary,
};

use super::report_to;

#[tauri::command(async)]
pub(crate) fn run_matching(
    session: State<'_, Session>,
    progress: Channel<Progress>,
) -> Result<RunSummary, CommandError> {
    Ok(session.run_matching(None, &report_to(&progress))?.into())
}

#[tauri::command(async)]
pub(crate) fn review_queue(session: State<'_, Session>, request: QueueRequest) -> Result<QueueView, CommandError> {
    Ok(session.review_queue(&request.try_into()?)?.into())
}

#[tauri::command(async)]
pub(crate) fn match_detail(session: State<'_, Session>, id: String) -> Result<ReviewDetail, CommandError> {
    Ok(session.match_detail(tieout_wire::parse_id(&id)?)?.into())
}

#[tauri::command(async)]
pub(crate) fn exception_detail(session: State<'_, Session>, id: String) -> Result<ReviewDetail, CommandError> {
    Ok(session.exception_detail(&id)?.into())
}

#[tauri::command(async)]
pub(crate) fn decide(session: State<'_, Session>, request: DecideRequest) -> Result<DecisionOutcome, CommandError> {
    Ok(session.decide(&request.try_into()?)?.into())
}

#[tauri::command(async)]
pub(crate) fn undo_decision(session: State<'_, Session>, match_id: String) -> Result<DecisionOutcome, CommandError> {
    Ok(session.undo_decision(tieout_wire::parse_id(&match_id)?)?.into())
}

#[tauri::command(async)]
pub(crate) fn approve_above(
    session: State<'_, Session>,
    request: ApproveAboveRequest,
) -> Result<ApproveAboveView, CommandError> {
    Ok(session.approve_above(&request.try_into()?)?.into())
}

#[tauri::command(async)]
pub(crate) fn open_records(
    session: State<'_, Session>,
    request: OpenRecordsRequest,
) -> Result<OpenRecordsView, CommandError> {
    Ok(session.open_records(&request.try_into()?)?.into())
}
