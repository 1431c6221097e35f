//! Exceptions and figures.

use tauri::State;
use tieout_application::Session;
use tieout_wire::{
    AccountSummaryRequest, AccountTotals, CommandError, ExceptionPage, ExceptionTotals, ExceptionsRequest, FigureBoard,
    FiguresRequest, HistoryDay, JudgementView, parse_days,
};

#[tauri::command(async)]
pub(crate) fn exceptions(
    session: State<'_, Session>,
    request: ExceptionsRequest,
) -> Result<ExceptionPage, CommandError> {
    Ok(session.exceptions(&request.try_into()?)?.into())
}

#[tauri::command(async)]
pub(crate) fn exception_totals(
    session: State<'_, Session>,
    request: ExceptionsRequest,
) -> Result<ExceptionTotals, CommandError> {
    Ok(session.exception_totals(&request.try_into()?)?.into())
}

#[tauri::command(async)]
pub(crate) fn figures(session: State<'_, Session>, request: FiguresRequest) -> Result<FigureBoard, CommandError> {
    Ok(session.figures(&request.try_into()?)?.into())
}

#[tauri::command(async)]
pub(crate) fn judgement(session: State<'_, Session>, request: FiguresRequest) -> Result<JudgementView, CommandError> {
    Ok(session.judgement(&request.try_into()?)?.into())
}

#[tauri::command(async)]
pub(crate) fn daily_history(
    session: State<'_, Session>,
    from: Option<String>,
    to: Option<String>,
) -> Result<Vec<HistoryDay>, CommandError> {
    let (from, to) = parse_days(from.as_deref(), to.as_deref())?;
    Ok(session.daily_history(from, to)?.into_iter().map(Into::into).collect())
}

#[tauri::command(async)]
pub(crate) fn account_summary(
    session: State<'_, Session>,
    request: AccountSummaryRequest,
) -> Result<AccountTotals, CommandError> {
    Ok(session.account_summary(&request.try_into()?)?.into())
}
