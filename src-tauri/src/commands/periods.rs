//! Periods of accounts.

use tauri::State;
use tieout_application::Session;
use tieout_wire::{
    CommandError, LateEntriesView, OpenPeriodRequest, PeriodActRequest, PeriodCheckView, PeriodItemsRequest,
    PeriodItemsView, PeriodSheetView, PeriodsView, PreparePeriodRequest, parse_id,
};

#[tauri::command(async)]
pub(crate) fn periods(session: State<'_, Session>, account_id: String) -> Result<PeriodsView, CommandError> {
    Ok(session.periods(parse_id(&account_id)?)?.into())
}

#[tauri::command(async)]
pub(crate) fn period(session: State<'_, Session>, period_id: String) -> Result<PeriodSheetView, CommandError> {
    Ok(session.period(parse_id(&period_id)?)?.into())
}

#[tauri::command(async)]
pub(crate) fn open_period(
    session: State<'_, Session>,
    request: OpenPeriodRequest,
) -> Result<PeriodSheetView, CommandError> {
    let (account, from, to) = request.read()?;
    Ok(session.open_period(account, from, to)?.into())
}

#[tauri::command(async)]
pub(crate) fn remove_period(session: State<'_, Session>, period_id: String) -> Result<(), CommandError> {
    Ok(session.remove_period(parse_id(&period_id)?)?)
}

#[tauri::command(async)]
pub(crate) fn prepare_period(
    session: State<'_, Session>,
    request: PreparePeriodRequest,
) -> Result<PeriodSheetView, CommandError> {
    let (id, seen, note) = (parse_id(&request.period_id)?, parse_id(&request.seen)?, request.note.clone());
    Ok(session.prepare_period(id, seen, &request.try_into()?, &note)?.into())
}

#[tauri::command(async)]
pub(crate) fn review_period(
    session: State<'_, Session>,
    request: PeriodActRequest,
) -> Result<PeriodSheetView, CommandError> {
    let (id, seen, note) = request.read()?;
    Ok(session.review_period(id, seen, &note)?.into())
}

#[tauri::command(async)]
pub(crate) fn lock_period(
    session: State<'_, Session>,
    request: PeriodActRequest,
) -> Result<PeriodSheetView, CommandError> {
    let (id, seen, note) = request.read()?;
    Ok(session.lock_period(id, seen, &note)?.into())
}

#[tauri::command(async)]
pub(crate) fn take_period_back(
    session: State<'_, Session>,
    request: PeriodActRequest,
) -> Result<PeriodSheetView, CommandError> {
    let (id, seen, note) = request.read()?;
    Ok(session.take_period_back(id, seen, &note)?.into())
}

#[tauri::command(async)]
pub(crate) fn request_reopening(
    session: State<'_, Session>,
    request: PeriodActRequest,
) -> Result<PeriodSheetView, CommandError> {
    let (id, seen, note) = request.read()?;
    Ok(session.request_reopening(id, seen, &note)?.into())
}

#[tauri::command(async)]
pub(crate) fn reopen_period(
    session: State<'_, Session>,
    request: PeriodActRequest,
) -> Result<PeriodSheetView, CommandError> {
    let (id, seen, note) = request.read()?;
    Ok(session.reopen_period(id, seen, &note)?.into())
}

#[tauri::command(async)]
pub(crate) fn decline_reopening(
    session: State<'_, Session>,
    request: PeriodActRequest,
) -> Result<PeriodSheetView, CommandError> {
    let (id, seen, note) = request.read()?;
    Ok(session.decline_reopening(id, seen, &note)?.into())
}

#[tauri::command(async)]
pub(crate) fn withdraw_reopening(
    session: State<'_, Session>,
    request: PeriodActRequest,
) -> Result<PeriodSheetView, CommandError> {
    let (id, seen, note) = request.read()?;
    Ok(session.withdraw_reopening(id, seen, &note)?.into())
}

#[tauri::command(async)]
pub(crate) fn check_period(session: State<'_, Session>, period_id: String) -> Result<PeriodCheckView, CommandError> {
    Ok(session.check_period(parse_id(&period_id)?)?.into())
}

#[tauri::command(async)]
pub(crate) fn period_items(
    session: State<'_, Session>,
    request: PeriodItemsRequest,
) -> Result<PeriodItemsView, CommandError> {
    let (side, part) = (request.side.into(), request.part.into());
    Ok(session.period_items(parse_id(&request.period_id)?, side, part, request.offset, request.limit)?.into())
}

#[tauri::command(async)]
pub(crate) fn late_entries(
    session: State<'_, Session>,
    period_id: String,
    offset: u64,
    limit: u32,
) -> Result<LateEntriesView, CommandError> {
    Ok(session.late_entries(parse_id(&period_id)?, offset, limit)?.into())
}
