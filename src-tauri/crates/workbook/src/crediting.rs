//! Crediting customers' accounts: approved deposits are posted to them, and taken back with their approval.
//!
//! What moves an account is posted in the very transaction of the decision behind it, and is told of in one audit event
//! of that transaction. An account is that of a customer code: an entry of the books whose code is none is credited to
//! nobody, and its deposits wait for review. A deposit is credited at once; what a reversal takes is settled when all that
//! the change decides is known.

use rusqlite::params;
use tieout_domain::{
    CreditRate, Currency, CustomerCode, CustomerId, CustomerTransactionKind, DecisionId, LedgerEntryId, Leg, MatchId,
    Money, Permission, RecordRef, StatementLineId, Verdict,
};
use uuid::Uuid;

use crate::{
    Workbook, WorkbookError,
    change::Change,
    customer_ledger::{Cause, NewTransaction},
    decisions::NewDecision,
    json::Json,
    rows::{self, Blob},
};

/// The mark that the migration leaves where deposits were approved before there were accounts.
const TO_CREDIT: &str = "customers.deposits_to_credit";

/// A customer's account in the books, as a match holds it.
struct Held {
    entry: LedgerEntryId,
    code: String,
    name: String,
}

/// How much of which line goes to the account of a leg.
#[derive(Debug, PartialEq, Eq)]
struct Part {
    line: Option<StatementLineId>,
    amount: Money,
}

impl Workbook {
    /// Credits what was approved before the workbook kept accounts, if a migration left a mark that there is any.
    pub(crate) fn credit_earlier_deposits(&mut self) -> Result<(), WorkbookError> {
        if self.setting(TO_CREDIT)?.is_none() {
            return Ok(());
        }
        self.change(Permission::Upkeep, |change| {
            for (decision, match_id) in change.approvals_of_deposits()? {
                change.credit(decision, match_id)?;
            }
            change.settle_accounts()?;
            change.sql.execute(
                "DELETE FROM settings WHERE company_id = ?1 AND name = ?2",
                params![Blob(change.company.uuid()), TO_CREDIT],
            )?;
            let posted = change.posted.transactions;
            change.tell_as_system(
                "customers.earlier_deposits_credited",
                "customers",
                &Json::Object(vec![("transactions", Json::count(posted))]),
            )
        })
    }
}

impl Change<'_> {
    /// Does to customers' accounts what a decision asks for.
    pub(crate) fn credit_as_decided(&mut self, id: DecisionId, new: &NewDecision<'_>) -> Result<(), WorkbookError> {
        match (new.verdict, new.supersedes) {
            (Verdict::Approve, _) => self.credit(id, new.match_id),
            (Verdict::Undo, Some(undone)) => self.take_credits_back(id, undone, new.match_id),
            (Verdict::Undo | Verdict::Reject | Verdict::Override, _) => Ok(()),
        }
    }

    /// Credits the customers whose accounts an approved match holds.
    fn credit(&mut self, decision: DecisionId, match_id: MatchId) -> Result<(), WorkbookError> {
        if !self.has_accounts()? {
            return Ok(());
        }
        let accounts = self.accounts_in(match_id)?;
        if accounts.is_empty() {
            return Ok(());
        }
        let legs = self.legs(match_id)?;
        for held in accounts {
            let Ok(code) = held.code.parse::<CustomerCode>() else { continue };
            let customer = self.find_or_create_customer(&code.to_string(), &held.name)?;
            let customer = customer.ok_or_else(|| WorkbookError::not_found("customer", code))?;
            for part in parts(&legs, held.entry)? {
                let cause = Cause { decision, match_id, line: part.line, entry: held.entry };
                self.credit_part(customer, code, part.amount, cause)?;
            }
        }
        Ok(())
    }

    fn credit_part(
        &mut self,
        customer: CustomerId,
        code: CustomerCode,
        amount: Money,
        cause: Cause,
    ) -> Result<(), WorkbookError> {
        self.posted.touch(customer, code, amount.currency());
        let (kind, reverses) = (CustomerTransactionKind::Deposit, None);
        let rate = self.newest_rate(amount.currency())?;
        let reason = String::new();
        let mut new = NewTransaction { customer, code, kind, amount, rate, cause: Some(cause), reverses, reason };
        if amount.minor_units() < 0 {
            new.kind = CustomerTransactionKind::Reversal;
            self.posted.reversals.push(new);
            return Ok(());
        }
        self.post(&new)
    }

    /// Takes back what an approval credited.
    fn take_credits_back(
        &mut self,
        decision: DecisionId,
        undone: DecisionId,
        match_id: MatchId,
    ) -> Result<(), WorkbookError> {
        for (id, mut transaction) in self.transactions_of(undone, match_id)? {
            transaction.kind = CustomerTransactionKind::Undone;
            transaction.amount = transaction.amount.checked_neg()?;
            transaction.reverses = Some(id);
            transaction.cause = transaction.cause.map(|cause| Cause { decision, ..cause });
            self.posted.touch(transaction.customer, transaction.code, transaction.amount.currency());
            self.post(&transaction)?;
        }
        Ok(())
    }

    /// Whether any entry of the books is a customer's account.
    pub(crate) fn has_accounts(&mut self) -> Result<bool, WorkbookError> {
        if let Some(known) = self.posted.has_accounts {
            return Ok(known);
        }
        let found = self.sql.query_row(
            "SELECT EXISTS (SELECT 1 FROM ledger_entries WHERE company_id = ?1 AND kind = 'customer_account')",
            params![Blob(self.company.uuid())],
            |row| row.get(0),
        )?;
        self.posted.has_accounts = Some(found);
        Ok(found)
    }

    fn accounts_in(&self, match_id: MatchId) -> Result<Vec<Held>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT e.id, e.counterparty_code, e.counterparty FROM match_legs l
             JOIN ledger_entries e ON e.company_id = l.company_id AND e.id = l.entry_id AND e.kind = 'customer_account'
             WHERE l.company_id = ?1 AND l.match_id = ?2 ORDER BY l.position",
        )?;
        let found = statement.query_map(params![Blob(self.company.uuid()), Blob(match_id.uuid())], |row| {
            let entry = LedgerEntryId::from_uuid(row.get::<_, Blob>(0)?.0);
            Ok(Held { entry, code: row.get(1)?, name: row.get(2)? })
        })?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// The rate of a transaction: its own or, where there was none yet, the first one.
    pub(crate) fn rate_of(&self, rate: Option<i64>, currency: Currency) -> Result<Option<CreditRate>, WorkbookError> {
        match rate {
            Some(minor) => Ok(Some(CreditRate::new(Money::from_minor(minor, currency))?)),
            None => self.first_rate(currency),
        }
    }

    /// Deposits and reversals that an approval posted and that stand, as they would be posted again.
    fn transactions_of(
        &self,
        decision: DecisionId,
        match_id: MatchId,
    ) -> Result<Vec<(Uuid, NewTransaction)>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT t.id, t.customer_id, c.code, t.amount, t.currency, t.rate, t.line_id, t.entry_id
             FROM customer_transactions t JOIN customers c ON c.company_id = t.company_id AND c.id = t.customer_id
             WHERE t.company_id = ?1 AND t.match_id = ?2 AND t.decision_id = ?3 AND t.kind IN ('deposit', 'reversal')
               AND NOT EXISTS (SELECT 1 FROM customer_transactions u
                               WHERE u.company_id = t.company_id AND u.reverses = t.id AND u.kind = 'undone')
             ORDER BY t.id",
        )?;
        let mut found =
            statement.query(params![Blob(self.company.uuid()), Blob(match_id.uuid()), Blob(decision.uuid())])?;
        let mut transactions = Vec::new();
        while let Some(row) = found.next()? {
            let amount = rows::money(row.get(3)?, &row.get::<_, String>(4)?)?;
            let line = row.get::<_, Option<Blob>>(6)?.map(|id| StatementLineId::from_uuid(id.0));
            let entry = LedgerEntryId::from_uuid(row.get::<_, Blob>(7)?.0);
            let transaction = NewTransaction {
                customer: CustomerId::from_uuid(row.get::<_, Blob>(1)?.0),
                code: row.get::<_, String>(2)?.parse().map_err(WorkbookError::unreadable)?,
                kind: CustomerTransactionKind::Deposit,
                amount,
                rate: self.rate_of(row.get(5)?, amount.currency())?,
                cause: Some(Cause { decision, match_id, line, entry }),
                reverses: None,
                reason: String::new(),
            };
            transactions.push((row.get::<_, Blob>(0)?.0, transaction));
        }
        Ok(transactions)
    }

    /// Approvals that stand of matches with customers' accounts, oldest first.
    fn approvals_of_deposits(&self) -> Result<Vec<(DecisionId, MatchId)>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT max(d.id), m.id FROM ledger_entries e
             JOIN match_legs l ON l.company_id = e.company_id AND l.entry_id = e.id
             JOIN matches m ON m.company_id = l.company_id AND m.id = l.match_id AND m.status = 'approved'
             JOIN decisions d ON d.company_id = m.company_id AND d.match_id = m.id AND d.verdict = 'approve'
             WHERE e.company_id = ?1 AND e.kind = 'customer_account' GROUP BY m.id ORDER BY 1",
        )?;
        let found = statement.query_map(params![Blob(self.company.uuid())], |row| {
            let (decision, match_id): (Blob, Blob) = (row.get(0)?, row.get(1)?);
            Ok((DecisionId::from_uuid(decision.0), MatchId::from_uuid(match_id.0)))
        })?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }
}

/// What a match credits to one of its customers' accounts. Where that account is all it holds of the books, line by line,
/// with what adjustments leave of the largest; otherwise as a whole, in the name of its first line.
fn parts(legs: &[Leg], entry: LedgerEntryId) -> Result<Vec<Part>, WorkbookError> {
    let mut parts: Vec<Part> = legs
        .iter()
        .filter_map(|leg| match leg.record {
            RecordRef::Line(id) => Some(Part { line: Some(id), amount: leg.amount_applied }),
            RecordRef::Entry(_) => None,
        })
        .collect();
    let Some(account) = legs.iter().find(|leg| leg.record == RecordRef::Entry(entry)) else { return Ok(Vec::new()) };
    let (whole, is_alone) = (account.amount_settled, legs.len() == parts.len() + 1 && !account.is_converted());
    let as_a_whole = vec![Part { line: parts.first().and_then(|part| part.line), amount: whole }];
    let total = Money::total(parts.iter().map(|part| part.amount), whole.currency());
    let is_like_the_whole = |part: &Part| (part.amount.minor_units() < 0) == (whole.minor_units() < 0);
    let largest = parts.iter_mut().max_by_key(|part| (is_like_the_whole(part), part.amount.magnitude()));
    let (Some(largest), Ok(total), true) = (largest, total, is_alone) else { return Ok(as_a_whole) };
    // A fee is taken off the line that bears it: none is credited with the other sign.
    let sign = largest.amount.minor_units().signum();
    largest.amount = largest.amount.checked_add(whole.checked_sub(total)?)?;
    if largest.amount.minor_units().signum() != sign {
        return Ok(as_a_whole);
    }
    Ok(parts)
}
