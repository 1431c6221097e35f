//! Which days journal entries are kept out of: nothing is posted into a period that was locked before it was decided.

use jiff::civil::Date;
use tieout_domain::{AccountId, Currency, Period, PeriodState};
use uuid::Uuid;

use crate::{Workbook, WorkbookError};

struct LockedPeriod {
    account: AccountId,
    currency: Currency,
    days: Period,
    signature: Uuid,
}

/// The locked periods of all accounts. An account's first one holds all the days before it too: its signature stands for
/// whatever is open at its last day, however old.
pub(super) struct LockedPeriods(Vec<LockedPeriod>);

impl LockedPeriods {
    pub(super) fn of(workbook: &Workbook) -> Result<Self, WorkbookError> {
        let (mut locked, mut account) = (Vec::new(), None);
        for period in workbook.all_periods()? {
            let is_first = account.replace(period.account) != Some(period.account);
            if period.state == PeriodState::Locked
                && let Some(signed) = &period.signed
            {
                locked.push(LockedPeriod {
                    account: period.account,
                    currency: period.currency,
                    days: if is_first { Period { from: Date::MIN, ..period.days } } else { period.days },
                    signature: signed.signature,
                });
            }
        }
        Ok(Self(locked))
    }

    /// The periods of these accounts that were signed, and so locked, before a decision; of all accounts in the currency
    /// where there is none, since entries stand in all their proofs.
    pub(super) fn before(
        &self,
        decision: Option<Uuid>,
        accounts: impl Iterator<Item = AccountId>,
        currency: Currency,
    ) -> Vec<Period> {
        // Identifiers ascend: what was decided under a signature came before it.
        let Some(decision) = decision.filter(|_| !self.0.is_empty()) else { return Vec::new() };
        let accounts: Vec<AccountId> = accounts.collect();
        let concerned = |period: &&LockedPeriod| {
            if accounts.is_empty() { period.currency == currency } else { accounts.contains(&period.account) }
        };
        let before = self.0.iter().filter(concerned).filter(|period| period.signature < decision);
        before.map(|period| period.days).collect()
    }
}
