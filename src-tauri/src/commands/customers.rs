//! Customers, their accounts and credits.

use tauri::State;
use tieout_application::Session;
use tieout_wire::{
    AdjustCustomerRequest, AllocateDepositRequest, CommandError, CreditRatesView, CustomerRequest,
    CustomerStatementView, CustomerView, CustomersRequest, CustomersView, NewCustomerRequest, RateChangedView,
    SetCreditRateRequest, TakeBackRequest, WaitingDepositsView,
};

#[tauri::command(async)]
pub(crate) fn customers(session: State<'_, Session>, request: CustomersRequest) -> Result<CustomersView, CommandError> {
    Ok(session.customers(&request.search, request.offset, request.limit)?.into())
}

#[tauri::command(async)]
pub(crate) fn customer(
    session: State<'_, Session>,
    request: CustomerRequest,
) -> Result<CustomerStatementView, CommandError> {
    Ok(session.customer(&request.code, request.offset, request.limit)?.into())
}

#[tauri::command(async)]
pub(crate) fn new_customer(
    session: State<'_, Session>,
    request: NewCustomerRequest,
) -> Result<CustomerView, CommandError> {
    Ok(session.new_customer(&request.try_into()?)?.into())
}

#[tauri::command(async)]
pub(crate) fn adjust_customer(session: State<'_, Session>, request: AdjustCustomerRequest) -> Result<(), CommandError> {
    Ok(session.adjust_customer(&request.try_into()?)?)
}

#[tauri::command(async)]
pub(crate) fn waiting_deposits(
    session: State<'_, Session>,
    offset: u64,
    limit: u32,
) -> Result<WaitingDepositsView, CommandError> {
    Ok(session.waiting_deposits(offset, limit)?.into())
}

#[tauri::command(async)]
pub(crate) fn allocate_deposit(
    session: State<'_, Session>,
    request: AllocateDepositRequest,
) -> Result<(), CommandError> {
    let (line, code, reason) = request.parts()?;
    session.allocate_deposit(line, &code, &reason)?;
    Ok(())
}

#[tauri::command(async)]
pub(crate) fn take_back_transaction(session: State<'_, Session>, request: TakeBackRequest) -> Result<(), CommandError> {
    Ok(session.take_back(&request.try_into()?)?)
}

#[tauri::command(async)]
pub(crate) fn credit_rates(session: State<'_, Session>) -> Result<CreditRatesView, CommandError> {
    Ok(session.credit_rates()?.into())
}

#[tauri::command(async)]
pub(crate) fn set_credit_rate(
    session: State<'_, Session>,
    request: SetCreditRateRequest,
) -> Result<RateChangedView, CommandError> {
    let (per_credit, currency) = request.parts()?;
    Ok(session.set_credit_rate(per_credit, currency)?.into())
}
