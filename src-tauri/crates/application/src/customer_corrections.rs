//! What a person does to customers' accounts: put a balance right, give a waiting deposit to a customer, take that back.

use rust_decimal::Decimal;
use tieout_domain::{
    Confidence, Currency, CustomerTransactionKind, Leg, Match, MatchId, Money, RecordRef, RootCause, SaidValue,
    StatementLineId, said,
};
use tieout_workbook::{HandMatch, WorkbookError};

use crate::{ApplicationError, Session, customers::parse_code};

/// An amount to be added to a customer's account, or taken from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdjustCustomer {
    /// The customer's code.
    pub code: String,
    /// Major units; below zero takes away.
    pub amount: Decimal,
    /// Its currency; `None`: the company's.
    pub currency: Option<Currency>,
    /// Why; may not be empty.
    pub reason: String,
}

/// A transaction of a customer's account to be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakeBack {
    /// The customer's code.
    pub code: String,
    /// The account's currency; `None`: the company's.
    pub currency: Option<Currency>,
    /// Its number within the account.
    pub number: u64,
    /// Why; may be empty only where an approval is undone.
    pub reason: String,
}

impl Session {
    /// Adds an amount to a customer's account, or takes it away, in the user's name and with their reason.
    pub fn adjust_customer(&self, request: &AdjustCustomer) -> Result<(), ApplicationError> {
        let code = parse_code(&request.code)?;
        self.with_open(|open| {
            let currency = request.currency.unwrap_or(open.workbook.company().base_currency);
            let amount = Money::from_entered(request.amount, currency)
                .map_err(|error| ApplicationError::Invalid(error.into()))?;
            Ok(open.workbook.adjust_customer(code, amount, &request.reason)?)
        })
    }

    /// Takes back what moved a customer's account, with exactly the credits it brought: an adjustment by its contrary, a
    /// deposit or reversal by undoing the approval behind it, so that its statement line is open again.
    pub fn take_back(&self, request: &TakeBack) -> Result<(), ApplicationError> {
        let code = parse_code(&request.code)?;
        self.with_open(|open| {
            let workbook = &mut open.workbook;
            let currency = request.currency.unwrap_or(workbook.company().base_currency);
            let transaction = workbook.customer_transaction(code, currency, request.number)?;
            if transaction.taken_back {
                return Err(ApplicationError::Invalid(said!(
                    "customer.transactionTakenBack",
                    "transaction {number} was taken back already",
                    number = request.number
                )));
            }
            match (transaction.kind, transaction.match_id) {
                (CustomerTransactionKind::Deposit | CustomerTransactionKind::Reversal, Some(match_id)) => {
                    workbook.undo_decision(match_id, &request.reason)?;
                    Ok(())
                }
                (CustomerTransactionKind::Adjustment, _) => {
                    Ok(workbook.take_adjustment_back(code, currency, request.number, &request.reason)?)
                }
                (kind, _) => Err(ApplicationError::Invalid(said!(
                    "customer.transactionStays",
                    "transaction {number} is none that can be taken back: {kind}",
                    number = request.number,
                    kind = SaidValue::word("customers.kind", kind.as_str())
                ))),
            }
        })
    }

    /// Gives all that is open of a deposit to a customer: a match by hand with their account, which credits them and can be
    /// undone like any other. Proposals that hold the deposit make room. An account in the deposit's currency is made where
    /// the books have none.
    pub fn allocate_deposit(
        &self,
        line: StatementLineId,
        code: &str,
        reason: &str,
    ) -> Result<MatchId, ApplicationError> {
        let code = parse_code(code)?;
        self.with_open(|open| {
            let workbook = &mut open.workbook;
            let record = workbook.line(line)?;
            if record.open.is_zero() {
                return Err(ApplicationError::Invalid(said!(
                    "deposit.notOpen",
                    "nothing is open of this deposit: undo the match that uses it first"
                )));
            }
            let currency = record.open.currency();
            let customer = workbook.customer_account(code)?.customer;
            let entry = match workbook.account_entry(code, currency)? {
                Some(entry) => entry,
                None => {
                    workbook.new_customer(&customer.name, Some(code), currency)?;
                    workbook
                        .account_entry(code, currency)?
                        .ok_or_else(|| WorkbookError::NotFound { what: "account of customer", id: code.to_string() })?
                }
            };
            let legs = vec![Leg::of(RecordRef::Line(line), record.open), Leg::of(RecordRef::Entry(entry), record.open)];
            let matched = Match::across(legs, Vec::new()).map_err(WorkbookError::from)?;
            let config = tieout_domain::ReconcileConfig::default();
            let explanation =
                tieout_matching::compare_records(&[&record.line], &[&workbook.entry(entry)?.entry], &config)
                    .map_records(|_| line, |_| entry);
            let hand = HandMatch {
                matched,
                postings: Vec::new(),
                cause: RootCause::None,
                explanation,
                // A person vouches for it.
                confidence: Confidence::from_ppm(1_000_000),
            };
            let decided = workbook.match_by_hand(&hand, reason)?;
            decided
                .matches
                .first()
                .copied()
                .ok_or_else(|| ApplicationError::Invalid(said!("deposit.nothingMatched", "nothing was matched")))
        })
    }
}
