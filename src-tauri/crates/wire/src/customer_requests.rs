//! What the window asks of customers' accounts.
//!
//! Commands: `customers(CustomersRequest)` ([`crate::CustomersView`]), `customer(CustomerRequest)`
//! ([`crate::CustomerStatementView`]), `new_customer(NewCustomerRequest)` ([`crate::CustomerView`]),
//! `adjust_customer(AdjustCustomerRequest)`, `waiting_deposits {offset, limit}` ([`crate::WaitingDepositsView`]),
//! `allocate_deposit(AllocateDepositRequest)`, `take_back_transaction(TakeBackRequest)`, `credit_rates {}`
//! ([`crate::CreditRatesView`]), `set_credit_rate(SetCreditRateRequest)` ([`crate::RateChangedView`]).

use serde::Deserialize;
use tieout_application::{AdjustCustomer, Currency, NewCustomer, TakeBack};
use ts_rs::TS;

use crate::{CommandError, parse_decimal, requests::bounded};

/// `customers`
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CustomersRequest {
    /// Only those whose name or code contains this; empty: all.
    pub search: String,
    /// Rows to skip.
    #[ts(type = "number")]
    pub offset: u64,
    /// Rows wanted.
    pub limit: u32,
}

/// `customer`
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CustomerRequest {
    /// The customer's code.
    pub code: String,
    /// Transactions to skip.
    #[ts(type = "number")]
    pub offset: u64,
    /// Transactions wanted.
    pub limit: u32,
}

/// `new_customer`
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct NewCustomerRequest {
    /// Their name.
    pub name: String,
    /// Their code; empty: one is made that nobody has.
    pub code: String,
    /// Currency of their account, ISO 4217; empty: the company's.
    pub currency: String,
}

/// `adjust_customer`
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AdjustCustomerRequest {
    /// The customer's code.
    pub code: String,
    /// Major units as a plain decimal number; below zero takes away.
    pub amount: String,
    /// ISO 4217; empty: the company's.
    pub currency: String,
    /// Why; may not be empty.
    pub reason: String,
}

/// `allocate_deposit`
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AllocateDepositRequest {
    /// The deposit's statement line.
    pub line_id: String,
    /// The customer's code.
    pub code: String,
    /// Why; may be empty.
    pub reason: String,
}

/// `take_back_transaction`
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct TakeBackRequest {
    /// The customer's code.
    pub code: String,
    /// The account's currency, ISO 4217.
    pub currency: String,
    /// The transaction's number within the account.
    #[ts(type = "number")]
    pub number: u64,
    /// Why; may be empty only where an approval is undone.
    pub reason: String,
}

/// `set_credit_rate`
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SetCreditRateRequest {
    /// What a credit costs from now on, in major units as a plain decimal number.
    pub per_credit: String,
    /// ISO 4217; empty: the company's.
    pub currency: String,
}

fn currency(text: &str) -> Result<Option<Currency>, CommandError> {
    let text = text.trim();
    let parsed = (!text.is_empty()).then(|| Currency::parse(text)).transpose();
    parsed.map_err(CommandError::unfit)
}

impl TryFrom<NewCustomerRequest> for NewCustomer {
    type Error = CommandError;

    fn try_from(request: NewCustomerRequest) -> Result<Self, CommandError> {
        let code = request.code.trim();
        Ok(Self {
            code: (!code.is_empty()).then(|| code.to_owned()),
            currency: currency(&request.currency)?,
            name: bounded(request.name)?,
        })
    }
}

impl TryFrom<AdjustCustomerRequest> for AdjustCustomer {
    type Error = CommandError;

    fn try_from(request: AdjustCustomerRequest) -> Result<Self, CommandError> {
        Ok(Self {
            code: request.code,
            amount: parse_decimal(request.amount.trim())?,
            currency: currency(&request.currency)?,
            reason: bounded(request.reason)?,
        })
    }
}

impl TryFrom<TakeBackRequest> for TakeBack {
    type Error = CommandError;

    fn try_from(request: TakeBackRequest) -> Result<Self, CommandError> {
        Ok(Self {
            code: request.code,
            currency: currency(&request.currency)?,
            number: request.number,
            reason: bounded(request.reason)?,
        })
    }
}

impl AllocateDepositRequest {
    /// The line, the code, and the reason within bounds.
    pub fn parts<Id: std::str::FromStr>(self) -> Result<(Id, String, String), CommandError> {
        Ok((crate::parse_id(&self.line_id)?, self.code, bounded(self.reason)?))
    }
}

impl SetCreditRateRequest {
    /// The rate and its currency.
    pub fn parts(&self) -> Result<(tieout_application::Decimal, Option<Currency>), CommandError> {
        Ok((parse_decimal(self.per_credit.trim())?, currency(&self.currency)?))
    }
}
