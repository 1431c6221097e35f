//! Customers and their accounts: made, listed, looked at; deposits that wait for a person.

use tieout_domain::{Currency, CustomerCode};
use tieout_workbook::{CustomerAccount, CustomerTransaction, Page, WaitingDeposit};

use crate::{ApplicationError, Session};

/// Most rows of a page.
const PAGE_ROWS_MAX: u32 = 500;

/// A customer to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCustomer {
    /// Their name.
    pub name: String,
    /// Their code; `None`: one is made that nobody has.
    pub code: Option<String>,
    /// Currency of their account; `None`: the company's.
    pub currency: Option<Currency>,
}

/// A customer's account with a page of what moved it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerStatement {
    /// The account.
    pub account: CustomerAccount,
    /// What moved it, newest first.
    pub transactions: Page<CustomerTransaction>,
}

impl Session {
    /// Makes a customer with an account to which deposits can be matched. With a code that this very customer has
    /// already, nothing happens.
    pub fn new_customer(&self, new: &NewCustomer) -> Result<CustomerAccount, ApplicationError> {
        let code = new.code.as_deref().map(parse_code).transpose()?;
        self.with_open(|open| {
            let currency = new.currency.unwrap_or(open.workbook.company().base_currency);
            Ok(open.workbook.new_customer(&new.name, code, currency)?)
        })
    }

    /// A page of the customers that have a customer code, with what their accounts hold.
    /// Those whose name or code contains `search`; all where it is empty.
    pub fn customers(&self, search: &str, offset: u64, limit: u32) -> Result<Page<CustomerAccount>, ApplicationError> {
        self.with_open(|open| Ok(open.workbook.customer_accounts(search, offset, limit.min(PAGE_ROWS_MAX))?))
    }

    /// The account of the customer with this code, with a page of what moved it.
    pub fn customer(&self, code: &str, offset: u64, limit: u32) -> Result<CustomerStatement, ApplicationError> {
        let code = parse_code(code)?;
        self.with_open(|open| {
            let account = open.workbook.customer_account(code)?;
            let transactions = open.workbook.customer_transactions(code, offset, limit.min(PAGE_ROWS_MAX))?;
            Ok(CustomerStatement { account, transactions })
        })
    }

    /// A page of the deposits for which no customer was credited, largest first.
    pub fn waiting_deposits(&self, offset: u64, limit: u32) -> Result<Page<WaitingDeposit>, ApplicationError> {
        self.with_open(|open| Ok(open.workbook.waiting_deposits(offset, limit.min(PAGE_ROWS_MAX))?))
    }
}

pub(crate) fn parse_code(text: &str) -> Result<CustomerCode, ApplicationError> {
    text.parse().map_err(|error: tieout_domain::NotACustomerCode| ApplicationError::Invalid(error.into()))
}
