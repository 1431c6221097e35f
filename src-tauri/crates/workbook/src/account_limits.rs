//! What a run's policy may approve without a customer's account outgrowing what can be stored.

use std::{borrow::Cow, collections::HashMap};

use rusqlite::{OptionalExtension, params};
use tieout_domain::{Currency, CustomerCode, CustomerId, LedgerEntryId, MatchStatus, RecordRef};

use crate::{
    Proposal, WorkbookError,
    change::Change,
    rows::{self, Blob},
};

/// Sums in minor units of what an account may hold when all is posted, its deposits before its reversals or after.
#[derive(Clone, Copy)]
struct Range {
    least: i128,
    most: i128,
}

impl Range {
    const fn of(minor_units: i64) -> Self {
        Self { least: minor_units as i128, most: minor_units as i128 }
    }

    fn with(self, minor_units: i64) -> Option<Self> {
        let moved = i128::from(minor_units);
        let range = Self { least: self.least + moved.min(0), most: self.most + moved.max(0) };
        let fits = range.least >= i128::from(i64::MIN) && range.most <= i128::from(i64::MAX);
        fits.then_some(range)
    }
}

/// An account in the books, and where its customer is kept.
struct Account {
    applied: i64,
    customer: Option<(CustomerCode, Currency)>,
}

impl Change<'_> {
    /// The proposals, with those only suggested that the policy approved and that would take an account beyond 64 bits: a
    /// person looks at them, and the others are stored all the same.
    pub(crate) fn within_accounts<'a>(
        &mut self,
        proposals: &'a [Proposal],
    ) -> Result<Cow<'a, [Proposal]>, WorkbookError> {
        let mut checked = Cow::Borrowed(proposals);
        if !self.has_accounts()? {
            return Ok(checked);
        }
        let accounts = self.accounts()?;
        let mut entries: HashMap<LedgerEntryId, Range> = HashMap::new();
        let mut customers: HashMap<(CustomerCode, Currency), Range> = HashMap::new();
        for (place, proposal) in proposals.iter().enumerate() {
            if proposal.status != MatchStatus::Approved {
                continue;
            }
            for leg in proposal.matched.legs() {
                let RecordRef::Entry(entry) = leg.record else { continue };
                let Some(account) = accounts.get(&entry) else { continue };
                let moved = leg.amount_settled.minor_units();
                let of_entry = entries.get(&entry).copied().unwrap_or(Range::of(account.applied)).with(moved);
                let of_customer = match account.customer {
                    None => Some(None),
                    Some(key) => {
                        let before = match customers.get(&key) {
                            Some(known) => *known,
                            None => Range::of(self.balance_of_code(key)?),
                        };
                        before.with(moved).map(|range| Some((key, range)))
                    }
                };
                match (of_entry, of_customer) {
                    (Some(of_entry), Some(of_customer)) => {
                        entries.insert(entry, of_entry);
                        customers.extend(of_customer);
                    }
                    _ => {
                        if let Some(proposal) = checked.to_mut().get_mut(place) {
                            proposal.status = MatchStatus::Suggested;
                        }
                    }
                }
            }
        }
        Ok(checked)
    }

    /// The customers' accounts in the books.
    fn accounts(&self) -> Result<HashMap<LedgerEntryId, Account>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT id, applied, currency, counterparty_code FROM ledger_entries INDEXED BY ledger_entries_accounts
             WHERE company_id = ?1 AND kind = 'customer_account'",
        )?;
        let mut found = statement.query(params![Blob(self.company.uuid())])?;
        let mut accounts = HashMap::new();
        while let Some(row) = found.next()? {
            let currency = rows::currency(&row.get::<_, String>(2)?)?;
            let code = row.get::<_, String>(3)?.parse().ok();
            let account = Account { applied: row.get(1)?, customer: code.map(|code| (code, currency)) };
            accounts.insert(LedgerEntryId::from_uuid(row.get::<_, Blob>(0)?.0), account);
        }
        Ok(accounts)
    }

    fn balance_of_code(&self, (code, currency): (CustomerCode, Currency)) -> Result<i64, WorkbookError> {
        let customer: Option<Blob> = self
            .sql
            .prepare_cached("SELECT id FROM customers WHERE company_id = ?1 AND code = ?2 AND code <> ''")?
            .query_row(params![Blob(self.company.uuid()), code.to_string()], |row| row.get(0))
            .optional()?;
        let Some(Blob(customer)) = customer else { return Ok(0) };
        Ok(self.balance_of(CustomerId::from_uuid(customer), currency)?.minor_units())
    }
}
