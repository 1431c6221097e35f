//! What a credit costs.

use rust_decimal::Decimal;
use tieout_domain::{CreditRate, Currency, Money};
use tieout_workbook::CreditRateRecord;

use crate::{ApplicationError, Session};

/// The rates of the open workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditRates {
    /// Every rate that was set, newest first: the first of a currency is the one in force.
    pub rates: Vec<CreditRateRecord>,
}

/// What setting a rate did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateChanged {
    /// What a credit costs from now on.
    pub rate: Money,
    /// What it cost before; `None`: this is the first rate of the currency.
    pub before: Option<Money>,
    /// Whether it is another than before.
    pub changed: bool,
    /// Accounts that got their credits for what was deposited before the first rate.
    pub accounts_counted: u64,
}

impl Session {
    /// What a credit costs, and cost before.
    pub fn credit_rates(&self) -> Result<CreditRates, ApplicationError> {
        self.with_open(|open| Ok(CreditRates { rates: open.workbook.credit_rates()? }))
    }

    /// Sets what a credit costs, in major units of a currency (`None`: the company's), for what is credited from now on.
    pub fn set_credit_rate(
        &self,
        per_credit: Decimal,
        currency: Option<Currency>,
    ) -> Result<RateChanged, ApplicationError> {
        self.with_open(|open| {
            let currency = currency.unwrap_or(open.workbook.company().base_currency);
            let amount =
                Money::from_entered(per_credit, currency).map_err(|error| ApplicationError::Invalid(error.into()))?;
            let rate = CreditRate::new(amount).map_err(|error| ApplicationError::Invalid(error.into()))?;
            let set = open.workbook.set_credit_rate(rate)?;
            Ok(RateChanged {
                rate: amount,
                before: set.before.map(CreditRate::per_credit),
                changed: set.changed,
                accounts_counted: set.accounts_counted,
            })
        })
    }
}
