//! Customers, their accounts and credits, as `tieout workbook customers …` prints them: JSON, and the same in words.

use std::fmt;

use serde::Serialize;
use tieout_application::{
    CreditRateRecord, CreditRates, CustomerAccount, CustomerBalance, CustomerStatement, CustomerTransaction,
    DepositWait, Page, RateChanged, WaitingDeposit,
};

use ts_rs::TS;

use crate::{Amount, answers::moment};

/// A page of customers: `customers list`.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CustomersView {
    customers: Vec<CustomerView>,
    #[ts(type = "number")]
    total: u64,
}

/// A customer with what their account holds: `customers new`.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CustomerView {
    code: String,
    name: String,
    balances: Vec<CustomerBalanceView>,
}

/// What an account holds in one currency.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CustomerBalanceView {
    balance: Amount,
    #[ts(type = "number")]
    credits: i64,
    /// Kept towards the next credit; null where no rate was set.
    remainder: Option<Amount>,
    /// What a credit costs at present.
    credit_rate: Option<Amount>,
    #[ts(type = "number")]
    transactions: u64,
}

/// A customer's account with what moved it: `customers show`.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CustomerStatementView {
    #[serde(flatten)]
    customer: CustomerView,
    transactions: Vec<CustomerTransactionView>,
    #[ts(type = "number")]
    total: u64,
}

/// Something that moved an account.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CustomerTransactionView {
    #[ts(type = "number")]
    number: u64,
    kind: &'static str,
    amount: Amount,
    #[ts(type = "number")]
    credits: i64,
    credit_rate: Option<Amount>,
    balance_after: Amount,
    #[ts(type = "number")]
    credits_after: i64,
    posted_at: String,
    match_id: Option<String>,
    line_id: Option<String>,
    date: Option<String>,
    description: String,
    /// Who adjusted the account, or decided on the match; empty where the policy did.
    posted_by: String,
    reason: String,
    /// It was taken back since.
    taken_back: bool,
}

/// Deposits that wait for a person: `customers waiting`.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct WaitingDepositsView {
    deposits: Vec<WaitingDepositView>,
    #[ts(type = "number")]
    total: u64,
}

/// A statement line that waits.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct WaitingDepositView {
    line_id: String,
    date: Option<String>,
    amount: Amount,
    description: String,
    reference: String,
    because: &'static str,
    code: Option<String>,
    match_id: Option<String>,
}

/// What a credit costs, and cost before: `customers credit-rate`.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CreditRatesView {
    rates: Vec<CreditRateView>,
}

/// A rate that was set.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CreditRateView {
    per_credit: Amount,
    set_at: String,
    set_by: String,
}

/// What setting a rate did: `customers credit-rate --set`.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RateChangedView {
    per_credit: Amount,
    before: Option<Amount>,
    changed: bool,
    #[ts(type = "number")]
    accounts_counted: u64,
}

impl From<Page<CustomerAccount>> for CustomersView {
    fn from(page: Page<CustomerAccount>) -> Self {
        Self { customers: page.rows.into_iter().map(Into::into).collect(), total: page.total }
    }
}

impl From<CustomerAccount> for CustomerView {
    fn from(account: CustomerAccount) -> Self {
        Self {
            code: account.code.to_string(),
            name: account.customer.name,
            balances: account.balances.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<CustomerBalance> for CustomerBalanceView {
    fn from(balance: CustomerBalance) -> Self {
        Self {
            balance: balance.balance.into(),
            credits: balance.credits,
            remainder: balance.remainder.map(Into::into),
            credit_rate: balance.rate.map(|rate| rate.per_credit().into()),
            transactions: balance.transactions,
        }
    }
}

impl From<CustomerStatement> for CustomerStatementView {
    fn from(statement: CustomerStatement) -> Self {
        Self {
            customer: statement.account.into(),
            transactions: statement.transactions.rows.into_iter().map(Into::into).collect(),
            total: statement.transactions.total,
        }
    }
}

impl From<CustomerTransaction> for CustomerTransactionView {
    fn from(transaction: CustomerTransaction) -> Self {
        Self {
            number: transaction.number,
            kind: transaction.kind.as_str(),
            amount: transaction.amount.into(),
            credits: transaction.credits,
            credit_rate: transaction.rate.map(Into::into),
            balance_after: transaction.balance_after.into(),
            credits_after: transaction.credits_after,
            posted_at: moment(transaction.posted_at_ms),
            match_id: transaction.match_id.map(|id| id.to_string()),
            line_id: transaction.line.map(|id| id.to_string()),
            date: transaction.date.map(|date| date.to_string()),
            description: transaction.description,
            posted_by: transaction.posted_by,
            reason: transaction.reason,
            taken_back: transaction.taken_back,
        }
    }
}

impl From<Page<WaitingDeposit>> for WaitingDepositsView {
    fn from(page: Page<WaitingDeposit>) -> Self {
        Self { deposits: page.rows.into_iter().map(Into::into).collect(), total: page.total }
    }
}

impl From<WaitingDeposit> for WaitingDepositView {
    fn from(deposit: WaitingDeposit) -> Self {
        let (because, code, match_id) = match deposit.because {
            DepositWait::Proposed { match_id, code } => ("proposed", Some(code), Some(match_id)),
            DepositWait::NotMatched { code } => ("not_matched", Some(code), None),
            DepositWait::NoSuchCustomer { code } => ("no_such_customer", Some(code), None),
            DepositWait::NoCode => ("no_code", None, None),
            DepositWait::AccountWithoutCode { match_id, code } => ("account_without_code", Some(code), Some(match_id)),
        };
        Self {
            line_id: deposit.line.to_string(),
            date: deposit.date.map(|date| date.to_string()),
            amount: deposit.amount.into(),
            description: deposit.description,
            reference: deposit.reference,
            because,
            code,
            match_id: match_id.map(|id| id.to_string()),
        }
    }
}

impl From<CreditRates> for CreditRatesView {
    fn from(rates: CreditRates) -> Self {
        Self { rates: rates.rates.into_iter().map(Into::into).collect() }
    }
}

impl From<CreditRateRecord> for CreditRateView {
    fn from(record: CreditRateRecord) -> Self {
        Self { per_credit: record.rate.per_credit().into(), set_at: moment(record.set_at_ms), set_by: record.set_by }
    }
}

impl From<RateChanged> for RateChangedView {
    fn from(set: RateChanged) -> Self {
        Self {
            per_credit: set.rate.into(),
            before: set.before.map(Into::into),
            changed: set.changed,
            accounts_counted: set.accounts_counted,
        }
    }
}

fn money(amount: &Amount) -> String {
    format!("{} {}", amount.value, amount.currency)
}

fn counted(credits: i64) -> String {
    if credits == 1 { "1 credit".to_owned() } else { format!("{credits} credits") }
}

impl fmt::Display for CustomersView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "customers: {}", self.total)?;
        if (self.customers.len() as u64) < self.total {
            write!(f, ", of which {} are shown", self.customers.len())?;
        }
        self.customers.iter().try_for_each(|customer| write!(f, "\n{customer}"))
    }
}

impl fmt::Display for CustomerView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}  {}", self.code, self.name)?;
        if self.balances.is_empty() {
            return f.write_str("  nothing deposited yet");
        }
        self.balances.iter().try_for_each(|balance| write!(f, "  {balance}"))
    }
}

impl fmt::Display for CustomerBalanceView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", money(&self.balance))?;
        match (&self.credit_rate, &self.remainder) {
            (Some(rate), Some(remainder)) => write!(
                f,
                ": {} and {} towards the next, at {} a credit",
                counted(self.credits),
                money(remainder),
                money(rate)
            ),
            _ => f.write_str(": no credits, since none has a price in this currency"),
        }
    }
}

impl fmt::Display for CustomerStatementView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.customer)?;
        self.transactions.iter().try_for_each(|transaction| write!(f, "\n{transaction}"))?;
        let shown = self.transactions.len() as u64;
        if shown < self.total { write!(f, "\nthe newest {shown} of {} transactions", self.total) } else { Ok(()) }
    }
}

impl fmt::Display for CustomerTransactionView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:>5}  {}  {:<10}  {:>16}  {:>+5}  = {}, {}  {}",
            self.number,
            self.date.as_deref().unwrap_or("----------"),
            self.kind,
            money(&self.amount),
            self.credits,
            money(&self.balance_after),
            counted(self.credits_after),
            if self.description.is_empty() { &self.reason } else { &self.description }
        )
    }
}

impl fmt::Display for WaitingDepositsView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "deposits that wait for review: {}", self.total)?;
        if (self.deposits.len() as u64) < self.total {
            write!(f, ", of which {} are shown", self.deposits.len())?;
        }
        self.deposits.iter().try_for_each(|deposit| write!(f, "\n{deposit}"))
    }
}

impl fmt::Display for WaitingDepositView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.date.as_deref().unwrap_or("----------");
        write!(f, "{}  {date}  {:>16}  {}  ", self.line_id, money(&self.amount), self.description)?;
        let code = self.code.as_deref().unwrap_or_default();
        match (self.because, &self.match_id) {
            ("proposed", Some(id)) => write!(f, "(proposed for {code}: approve or reject match {id})"),
            ("account_without_code", Some(id)) => {
                write!(
                    f,
                    "(approved for an account with the code '{code}', which is no customer code: undo match {id})"
                )
            }
            ("not_matched", _) => write!(f, "(names {code}: run the match, or match it by hand)"),
            ("no_such_customer", _) => write!(f, "(names {code}, which no customer has)"),
            _ => f.write_str("(names no customer)"),
        }
    }
}

impl fmt::Display for CreditRatesView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.rates.is_empty() {
            return f.write_str("no rate is set: deposits are counted in money only");
        }
        for (i, rate) in self.rates.iter().enumerate() {
            let break_before = if i == 0 { "" } else { "\n" };
            write!(
                f,
                "{break_before}{} a credit, since {} (set by {})",
                money(&rate.per_credit),
                rate.set_at,
                rate.set_by
            )?;
        }
        Ok(())
    }
}

impl fmt::Display for RateChangedView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rate = money(&self.per_credit);
        match &self.before {
            _ if !self.changed => write!(f, "{rate} was a credit already: nothing changed"),
            Some(before) => write!(
                f,
                "{rate} are a credit from now on; what was deposited before stays at {}, and what it left over counts on",
                money(before)
            ),
            None => write!(
                f,
                "{rate} are a credit from now on, and for what was deposited before (accounts counted: {})",
                self.accounts_counted
            ),
        }
    }
}
