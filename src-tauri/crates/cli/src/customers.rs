//! `tieout workbook customers …`: one function a command.

use std::fmt::Display;

use serde::Serialize;
use tieout_application::{ApplicationError, Currency, NewCustomer};
use tieout_wire::{
    CreditRatesView, CustomerStatementView, CustomerView, CustomersView, RateChangedView, WaitingDepositsView,
    parse_decimal,
};

use crate::{
    customer_arguments::{CreditRateArguments, CustomersCommand, ListArguments, NewArguments, ShowArguments},
    outcome::Outcome,
    terminal,
    workbook::open,
};

pub(crate) fn run(command: CustomersCommand) -> Result<Outcome, ApplicationError> {
    match command {
        CustomersCommand::List(arguments) => list(&arguments),
        CustomersCommand::New(arguments) => new(&arguments),
        CustomersCommand::Show(arguments) => show(&arguments),
        CustomersCommand::Waiting(arguments) => waiting(&arguments),
        CustomersCommand::CreditRate(arguments) => credit_rate(&arguments),
    }
}

fn list(arguments: &ListArguments) -> Result<Outcome, ApplicationError> {
    let session = open(&arguments.file)?;
    let page = session.customers(arguments.offset, arguments.limit)?;
    session.close_workbook()?;
    answer(&CustomersView::from(page), arguments.json)
}

fn new(arguments: &NewArguments) -> Result<Outcome, ApplicationError> {
    let currency = currency(arguments.currency.as_deref())?;
    let session = open(&arguments.file)?;
    let customer =
        session.new_customer(&NewCustomer { name: arguments.name.clone(), code: arguments.code.clone(), currency })?;
    session.close_workbook()?;
    answer(&CustomerView::from(customer), arguments.json)
}

fn show(arguments: &ShowArguments) -> Result<Outcome, ApplicationError> {
    let session = open(&arguments.file)?;
    let statement = session.customer(&arguments.code, arguments.offset, arguments.limit)?;
    session.close_workbook()?;
    answer(&CustomerStatementView::from(statement), arguments.json)
}

fn waiting(arguments: &ListArguments) -> Result<Outcome, ApplicationError> {
    let session = open(&arguments.file)?;
    let page = session.waiting_deposits(arguments.offset, arguments.limit)?;
    session.close_workbook()?;
    answer(&WaitingDepositsView::from(page), arguments.json)
}

fn credit_rate(arguments: &CreditRateArguments) -> Result<Outcome, ApplicationError> {
    let per_credit = arguments.set.as_deref().map(parse_decimal).transpose();
    let per_credit = per_credit.map_err(|error| ApplicationError::Invalid(error.to_string()))?;
    let currency = currency(arguments.currency.as_deref())?;
    let session = open(&arguments.file)?;
    let Some(per_credit) = per_credit else {
        let rates = session.credit_rates()?;
        session.close_workbook()?;
        return answer(&CreditRatesView::from(rates), arguments.json);
    };
    let changed = session.set_credit_rate(per_credit, currency)?;
    session.close_workbook()?;
    answer(&RateChangedView::from(changed), arguments.json)
}

fn currency(code: Option<&str>) -> Result<Option<Currency>, ApplicationError> {
    code.map(|code| Currency::parse(code).map_err(|error| ApplicationError::Invalid(error.to_string()))).transpose()
}

fn answer(view: &(impl Serialize + Display), json: bool) -> Result<Outcome, ApplicationError> {
    if json {
        terminal::print_json(view)?;
    } else {
        terminal::print(&view.to_string());
    }
    Ok(Outcome::Done)
}
