//! Putting a customer's account right by hand: an amount that no deposit brought or took, and why.

use rusqlite::{OptionalExtension, params};
use tieout_domain::{Currency, CustomerCode, CustomerId, CustomerTransactionKind, Money, Permission, said};
use uuid::Uuid;

use crate::{
    Workbook, WorkbookError,
    change::Change,
    customer_ledger::NewTransaction,
    json::Json,
    rows::{self, Blob},
};

/// An adjustment as it was posted.
struct Adjustment {
    id: Uuid,
    amount: Money,
    rate: Option<i64>,
    taken_back: bool,
}

impl Workbook {
    /// Adds an amount to a customer's account, or takes it away where it is below zero, in the name of whoever works in the
    /// workbook. Credits come or go with it at the present rate. `reason` says why, and may not be empty.
    pub fn adjust_customer(&mut self, code: CustomerCode, amount: Money, reason: &str) -> Result<(), WorkbookError> {
        let reason = required(reason)?;
        if amount.is_zero() {
            return Err(WorkbookError::Name(said!(
                "customer.adjustment.zero",
                "an adjustment of nothing changes nothing: give an amount other than 0"
            )));
        }
        let customer = self.customer_of_code(code)?.ok_or_else(|| WorkbookError::not_found("customer", code))?.id;
        self.change(Permission::Decide, |change| {
            let rate = change.newest_rate(amount.currency())?;
            change.post(&NewTransaction {
                customer,
                code,
                kind: CustomerTransactionKind::Adjustment,
                amount,
                rate,
                cause: None,
                reverses: None,
                reason: reason.to_owned(),
            })?;
            let details =
                vec![("amount", Json::text(amount)), ("code", Json::text(code)), ("reason", Json::text(reason))];
            change.tell("customer.adjusted", &format!("customer {customer}"), &Json::Object(details))
        })
    }

    /// Takes an adjustment back, with exactly the credits it brought or took. `currency` names the account, `number`
    /// the adjustment within it.
    pub fn take_adjustment_back(
        &mut self,
        code: CustomerCode,
        currency: Currency,
        number: u64,
        reason: &str,
    ) -> Result<(), WorkbookError> {
        let reason = required(reason)?;
        let customer = self.customer_of_code(code)?.ok_or_else(|| WorkbookError::not_found("customer", code))?.id;
        self.change(Permission::Decide, |change| {
            let adjustment = change.adjustment(customer, currency, number)?;
            if adjustment.taken_back {
                return Err(WorkbookError::Name(said!(
                    "customer.adjustment.takenBack",
                    "this adjustment was taken back already"
                )));
            }
            change.post(&NewTransaction {
                customer,
                code,
                kind: CustomerTransactionKind::Undone,
                amount: adjustment.amount.checked_neg()?,
                rate: change.rate_of(adjustment.rate, currency)?,
                cause: None,
                reverses: Some(adjustment.id),
                reason: reason.to_owned(),
            })?;
            let details = Json::Object(vec![
                ("amount", Json::text(adjustment.amount)),
                ("code", Json::text(code)),
                ("number", Json::count(number)),
                ("reason", Json::text(reason)),
            ]);
            change.tell("customer.adjustment_taken_back", &format!("customer {customer}"), &details)
        })
    }
}

fn required(reason: &str) -> Result<&str, WorkbookError> {
    let reason = reason.trim();
    if reason.is_empty() {
        Err(WorkbookError::Name(said!("customer.adjustment.noReason", "say why: an adjustment needs a reason")))
    } else {
        Ok(reason)
    }
}

impl Change<'_> {
    fn adjustment(&self, customer: CustomerId, currency: Currency, number: u64) -> Result<Adjustment, WorkbookError> {
        let found: Option<(Blob, String, i64, Option<i64>, bool)> = self
            .sql
            .prepare_cached(
                "SELECT t.id, t.kind, t.amount, t.rate,
                        EXISTS (SELECT 1 FROM customer_transactions b
                                WHERE b.company_id = t.company_id AND b.reverses = t.id AND b.kind = 'undone')
                 FROM customer_transactions t
                 WHERE t.company_id = ?1 AND t.customer_id = ?2 AND t.currency = ?3 AND t.number = ?4",
            )?
            .query_row(
                params![Blob(self.company.uuid()), Blob(customer.uuid()), currency.code(), rows::stored(number)],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)),
            )
            .optional()?;
        let Some((id, kind, amount, rate, taken_back)) = found else {
            return Err(WorkbookError::not_found("transaction", number));
        };
        let kind = rows::customer_transaction_kind(&kind)?;
        if kind != CustomerTransactionKind::Adjustment {
            return Err(WorkbookError::Name(said!(
                "customer.adjustment.only",
                "only an adjustment is taken back here: what an approval credited goes with the approval"
            )));
        }
        Ok(Adjustment { id: id.0, amount: Money::from_minor(amount, currency), rate, taken_back })
    }
}
