//! The ledger of customers' accounts: transactions are added, and each says what the account then holds.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, params};
use sha2::{Digest as _, Sha256};
use tieout_domain::{
    CreditError, CreditRate, Credits, Currency, CustomerCode, CustomerId, CustomerTransactionKind, DecisionId, Digest,
    LedgerEntryId, MatchId, Money, StatementLineId,
};
use uuid::Uuid;

use crate::{WorkbookError, change::Change, json::Json, rows::Blob};

/// So many transactions are told of one by one; the event holds a hash of all.
const TOLD_MAX: u64 = 20;

/// What a change posts to customers' accounts.
#[derive(Default)]
pub(crate) struct Posted {
    pub(crate) transactions: u64,
    contents: Sha256,
    told: Vec<String>,
    /// Whether any entry is a customer's account; most books have none. `None`: not asked yet.
    pub(crate) has_accounts: Option<bool>,
    /// Reversals that are not posted yet: what they take is known when the change is done.
    pub(crate) reversals: Vec<NewTransaction>,
    /// The accounts that the change moved, with their customers' codes.
    pub(crate) touched: BTreeMap<(Uuid, Currency), CustomerCode>,
}

/// A transaction about to be posted.
pub(crate) struct NewTransaction {
    pub(crate) customer: CustomerId,
    pub(crate) code: CustomerCode,
    pub(crate) kind: CustomerTransactionKind,
    pub(crate) amount: Money,
    /// `None`: the currency has no rate yet.
    pub(crate) rate: Option<CreditRate>,
    /// What it comes from; `None` for the first rate and for what a person does to the account itself.
    pub(crate) cause: Option<Cause>,
    pub(crate) reverses: Option<Uuid>,
    /// Why a person does this to the account; empty for all else.
    pub(crate) reason: String,
}

/// The decision on a match that moves an account.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cause {
    pub(crate) decision: DecisionId,
    pub(crate) match_id: MatchId,
    /// The statement line, where the match has one.
    pub(crate) line: Option<StatementLineId>,
    /// The customer's account in the books.
    pub(crate) entry: LedgerEntryId,
}

/// Where a customer's account in one currency stands.
struct AccountState {
    number: i64,
    balance: Money,
    credits: Credits,
}

impl Change<'_> {
    /// Adds a transaction to a customer's account, unless it moves nothing.
    pub(crate) fn post(&mut self, new: &NewTransaction) -> Result<(), WorkbookError> {
        if new.amount.is_zero() && new.kind != CustomerTransactionKind::FirstRate {
            return Ok(());
        }
        let before = self.account_state(new.customer, new.amount.currency())?;
        let brought = match new.rate {
            Some(rate) if new.kind == CustomerTransactionKind::FirstRate => {
                Credits::worth(self.unrated(new.customer, new.amount.currency())?, rate)?
            }
            Some(rate) => Credits::worth(new.amount, rate)?,
            None => Credits::NONE,
        };
        let too_much = || WorkbookError::AccountTooLarge { code: new.code, amount: new.amount };
        let credits = before.credits.checked_add(brought).map_err(|_| too_much())?;
        let balance = before.balance.checked_add(new.amount).map_err(|_| too_much())?;
        let change = credits.whole().checked_sub(before.credits.whole()).ok_or(CreditError::Overflow)?;
        let id = self.id();
        let (part, of) = credits.part();
        self.sql
            .prepare_cached(
                "INSERT INTO customer_transactions
                     (company_id, id, customer_id, currency, number, kind, amount, rate, credits, balance_after,
                      credits_after, part_after, part_of, decision_id, match_id, line_id, entry_id, reverses, posted_at,
                      posted_by, reason)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)",
            )?
            .execute(params![
                Blob(self.company.uuid()),
                Blob(id),
                Blob(new.customer.uuid()),
                new.amount.currency().code(),
                before.number + 1,
                new.kind.as_str(),
                new.amount.minor_units(),
                new.rate.map(|rate| rate.per_credit().minor_units()),
                change,
                balance.minor_units(),
                credits.whole(),
                part,
                of,
                new.cause.map(|cause| Blob(cause.decision.uuid())),
                new.cause.map(|cause| Blob(cause.match_id.uuid())),
                new.cause.and_then(|cause| cause.line).map(|line| Blob(line.uuid())),
                new.cause.map(|cause| Blob(cause.entry.uuid())),
                new.reverses.map(Blob),
                self.now_ms,
                (!new.reason.is_empty()).then(|| Blob(self.user.uuid())),
                new.reason
            ])?;
        self.posted.note(format!("{} {} {}, {change} credits", new.code, new.kind.as_str(), new.amount), id);
        Ok(())
    }

    /// Tells of what was posted, in one event; of nothing where nothing was.
    pub(crate) fn tell_posted(&mut self) -> Result<(), WorkbookError> {
        let posted = std::mem::take(&mut *self.posted);
        if posted.transactions == 0 {
            return Ok(());
        }
        let details = Json::Object(vec![
            ("contents", Json::text(Digest::from_bytes(posted.contents.finalize().into()))),
            ("first", Json::texts(posted.told)),
            ("transactions", Json::count(posted.transactions)),
        ]);
        self.tell("customers.credited", "customers", &details)
    }

    /// What a customer's account holds.
    pub(crate) fn balance_of(&self, customer: CustomerId, currency: Currency) -> Result<Money, WorkbookError> {
        Ok(self.account_state(customer, currency)?.balance)
    }

    fn account_state(&self, customer: CustomerId, currency: Currency) -> Result<AccountState, WorkbookError> {
        let found: Option<(i64, i64, i64, i64, i64)> = self
            .sql
            .prepare_cached(
                "SELECT number, balance_after, credits_after, part_after, part_of FROM customer_transactions
                 WHERE company_id = ?1 AND customer_id = ?2 AND currency = ?3 ORDER BY number DESC LIMIT 1",
            )?
            .query_row(params![Blob(self.company.uuid()), Blob(customer.uuid()), currency.code()], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
            })
            .optional()?;
        let Some((number, balance, whole, part, of)) = found else {
            return Ok(AccountState { number: 0, balance: Money::zero(currency), credits: Credits::NONE });
        };
        let credits = Credits::from_parts(whole, part, of)?;
        Ok(AccountState { number, balance: Money::from_minor(balance, currency), credits })
    }

    /// What was credited while the currency had no rate.
    fn unrated(&self, customer: CustomerId, currency: Currency) -> Result<Money, WorkbookError> {
        let minor = self
            .sql
            .prepare_cached(
                "SELECT ifnull(sum(amount), 0) FROM customer_transactions
                 WHERE company_id = ?1 AND customer_id = ?2 AND currency = ?3 AND rate IS NULL",
            )?
            .query_row(params![Blob(self.company.uuid()), Blob(customer.uuid()), currency.code()], |row| row.get(0))?;
        Ok(Money::from_minor(minor, currency))
    }
}

impl Posted {
    /// The account is one that the change moves.
    pub(crate) fn touch(&mut self, customer: CustomerId, code: CustomerCode, currency: Currency) {
        self.touched.insert((customer.uuid(), currency), code);
    }

    fn note(&mut self, told: String, id: Uuid) {
        self.contents.update(format!("{id} {told}\n"));
        if self.transactions < TOLD_MAX {
            self.told.push(told);
        }
        self.transactions += 1;
    }
}
