//! `tieout workbook customers …`: one function a command.

use std::fmt::Display;

use serde::Serialize;
use tieout_application::{AdjustCustomer, ApplicationError, Currency, Decimal, NewCustomer, Session, TakeBack};
use tieout_wire::{
    CreditRatesView, CustomerStatementView, CustomerView, CustomersView, RateChangedView, WaitingDepositsView,
    parse_decimal, parse_id,
};

use crate::{
    customer_arguments::{
        AdjustArguments, AllocateArguments, CreditRateArguments, CustomerListArguments, CustomersCommand,
        ListArguments, NewArguments, ShowArguments, TakeBackArguments,
    },
    outcome::Outcome,
    terminal,
    workbook::open,
};

pub(crate) fn run(command: CustomersCommand) -> Result<Outcome, ApplicationError> {
    match command {
        CustomersCommand::List(arguments) => list(&arguments),
        CustomersCommand::New(arguments) => new(&arguments),
        CustomersCommand::Show(arguments) => show(&arguments),
        CustomersCommand::Adjust(arguments) => adjust(arguments),
        CustomersCommand::Allocate(arguments) => allocate(&arguments),
        CustomersCommand::TakeBack(arguments) => take_back(arguments),
        CustomersCommand::Waiting(arguments) => waiting(&arguments),
        CustomersCommand::CreditRate(arguments) => credit_rate(&arguments),
    }
}

fn list(arguments: &CustomerListArguments) -> Result<Outcome, ApplicationError> {
    let session = open(&arguments.page.file)?;
    let page = session.customers(&arguments.search, arguments.page.offset, arguments.page.limit)?;
    session.close_workbook()?;
    answer(&CustomersView::from(page), arguments.page.json)
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

/// Transactions told of after a change.
const TOLD: u32 = 3;

/// The account as it is now, with what moved it last.
fn account(session: &Session, code: &str, json: bool) -> Result<Outcome, ApplicationError> {
    let statement = session.customer(code, 0, TOLD)?;
    session.close_workbook()?;
    answer(&CustomerStatementView::from(statement), json)
}

fn adjust(arguments: AdjustArguments) -> Result<Outcome, ApplicationError> {
    let AdjustArguments { file, code, amount, reason, currency: given, json } = arguments;
    let request = AdjustCustomer { code, amount: decimal(&amount)?, currency: currency(given.as_deref())?, reason };
    let session = open(&file)?;
    session.adjust_customer(&request)?;
    account(&session, &request.code, json)
}

fn allocate(arguments: &AllocateArguments) -> Result<Outcome, ApplicationError> {
    let line = parse_id(&arguments.line).map_err(|error| ApplicationError::in_english(error.to_string()))?;
    let session = open(&arguments.file)?;
    session.allocate_deposit(line, &arguments.code, &arguments.reason)?;
    account(&session, &arguments.code, arguments.json)
}

fn take_back(arguments: TakeBackArguments) -> Result<Outcome, ApplicationError> {
    let TakeBackArguments { file, code, number, reason, currency: given, json } = arguments;
    let request = TakeBack { code, currency: currency(given.as_deref())?, number, reason };
    let session = open(&file)?;
    session.take_back(&request)?;
    account(&session, &request.code, json)
}

fn decimal(text: &str) -> Result<Decimal, ApplicationError> {
    parse_decimal(text).map_err(|error| ApplicationError::in_english(error.to_string()))
}

fn waiting(arguments: &ListArguments) -> Result<Outcome, ApplicationError> {
    let session = open(&arguments.file)?;
    let page = session.waiting_deposits(arguments.offset, arguments.limit)?;
    session.close_workbook()?;
    answer(&WaitingDepositsView::from(page), arguments.json)
}

fn credit_rate(arguments: &CreditRateArguments) -> Result<Outcome, ApplicationError> {
    let per_credit = arguments.set.as_deref().map(decimal).transpose()?;
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
    code.map(|code| Currency::parse(code).map_err(|error| ApplicationError::in_english(error.to_string()))).transpose()
}

fn answer(view: &(impl Serialize + Display), json: bool) -> Result<Outcome, ApplicationError> {
    if json {
        terminal::print_json(view)?;
    } else {
        terminal::print(&view.to_string());
    }
    Ok(Outcome::Done)
}
