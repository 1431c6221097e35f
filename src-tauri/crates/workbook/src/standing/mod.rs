//! What needs whoever is signed in, and where each account and period stands.
//!
//! All of it is read from what is kept beside the rows (tallies, the totals of days, notes, signatures, indexes), so that it
//! can be asked after every decision, however many rows there are. What has to look at an account's lines is asked apart:
//! see [`Workbook::standing_rates`].

mod duties;
mod rates;

use std::collections::HashMap;

use jiff::civil::Date;
use rusqlite::params;
use tieout_domain::{AccountId, Money, MoneyError, PeriodState, Permission};

use crate::{
    Account, PeriodRecord, ProofRange, Workbook, WorkbookError,
    figures::whole,
    periods::known_balances,
    rows::{self, Blob},
};

pub use duties::{Duty, DutyKind};
pub use rates::StandingRates;

/// What needs whoever is signed in, and where everything stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The day for which it holds, in the machine's own zone.
    pub as_of: Date,
    /// What there is to do, in the order of [`DutyKind::ALL`]; what there is nothing of is left out.
    pub duties: Vec<Duty>,
    /// Each account's periods, the first one first; of an account without one all its days.
    pub rows: Vec<StandingRow>,
}

/// Where a period of an account stands, or an account that has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingRow {
    /// The account.
    pub account: Account,
    /// The period; none: the account has none, and this is of all its days.
    pub period: Option<PeriodRecord>,
    /// Statement lines in it.
    pub lines: u64,
    /// The balance it opens with, if it is known.
    pub opening: Option<Money>,
    /// What its lines come to.
    pub lines_total: Money,
    /// The balance it closes with, if it is known.
    pub closing: Option<Money>,
    /// Opening balance and lines, less the closing balance: zero where the statement proves; none where a balance is not
    /// known.
    pub gap: Option<Money>,
    /// What whoever is signed in is to do with it.
    pub duty: Option<DutyKind>,
}

impl StandingRow {
    /// The days it covers.
    pub fn range(&self) -> ProofRange {
        self.period.as_ref().map_or_else(ProofRange::default, |period| ProofRange {
            from: Some(period.days.from),
            to: Some(period.days.to),
        })
    }

    /// Whether opening balance and lines come to the closing balance.
    pub fn proves(&self) -> bool {
        self.gap.is_some_and(Money::is_zero)
    }
}

impl Workbook {
    /// What needs whoever is signed in, and where each account and period stands.
    pub fn standing(&self) -> Result<Standing, WorkbookError> {
        let as_of = self.today();
        let rows = self.standing_rows(as_of)?;
        Ok(Standing { as_of, duties: self.duties(&rows)?, rows })
    }

    fn standing_rows(&self, today: Date) -> Result<Vec<StandingRow>, WorkbookError> {
        let mut periods: HashMap<AccountId, Vec<PeriodRecord>> = HashMap::new();
        for period in self.all_periods()? {
            periods.entry(period.account).or_default().push(period);
        }
        let mut rows = Vec::new();
        for account in self.accounts()? {
            let own = periods.remove(&account.id).unwrap_or_default();
            if own.is_empty() {
                rows.push(self.standing_row(&account, None, None, today)?);
            }
            let before = std::iter::once(None).chain(own.iter().map(Some));
            for (period, before) in own.iter().zip(before) {
                rows.push(self.standing_row(&account, Some(period), before, today)?);
            }
        }
        Ok(rows)
    }

    fn standing_row(
        &self,
        account: &Account,
        period: Option<&PeriodRecord>,
        before: Option<&PeriodRecord>,
        today: Date,
    ) -> Result<StandingRow, WorkbookError> {
        let mut row = StandingRow {
            account: account.clone(),
            period: period.cloned(),
            lines: 0,
            opening: None,
            lines_total: Money::zero(account.currency),
            closing: None,
            gap: None,
            duty: None,
        };
        (row.lines, row.lines_total) = self.days_total(account, row.range())?;
        (row.opening, row.closing) = match period.and_then(|period| period.signed.as_ref()) {
            Some(signed) => (Some(signed.opening), Some(signed.closing)),
            None => {
                // What the bank states before a period matters only of the first one.
                let opening = if before.is_none() { self.opening(account, row.range())? } else { None };
                let stated = (opening, self.closing(account, row.range())?);
                let (opening, closing) = known_balances(before, stated, row.lines == 0);
                (opening.map(|(balance, _)| balance), closing.map(|(balance, _)| balance))
            }
        };
        if let (Some(opening), Some(closing)) = (row.opening, row.closing) {
            row.gap = Some(opening.checked_add(row.lines_total)?.checked_sub(closing)?);
        }
        row.duty = period.and_then(|period| self.period_duty(period, before, row.proves(), today));
        Ok(row)
    }

    /// Lines of an account's days, and what they come to, from the totals of its days.
    fn days_total(&self, account: &Account, range: ProofRange) -> Result<(u64, Money), WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT ifnull(sum(d.lines), 0), ifnull(sum(d.income_high), 0), ifnull(sum(d.income_low), 0),
                    ifnull(sum(d.spend_high), 0), ifnull(sum(d.spend_low), 0)
             FROM daily_totals d WHERE d.company_id = ?1 AND d.account_id = ?2 AND d.currency = ?3
               AND (?4 IS NULL OR d.date >= ?4) AND (?5 IS NULL OR d.date <= ?5)",
        )?;
        let (company, id) = (Blob(self.company.id.uuid()), Blob(account.id.uuid()));
        let (from, to) = (rows::date_text(range.from), rows::date_text(range.to));
        let (lines, income, spend) = statement
            .query_row(params![company, id, account.currency.code(), from, to], |row| {
                Ok((row.get(0)?, whole(row.get(1)?, row.get(2)?), whole(row.get(3)?, row.get(4)?)))
            })?;
        let total = i64::try_from(income - spend).map_err(|_| MoneyError::Overflow)?;
        Ok((rows::counted(lines), Money::from_minor(total, account.currency)))
    }

    /// What whoever is signed in is to do with a period, by role, by what they did already, and by what comes before it.
    fn period_duty(
        &self,
        period: &PeriodRecord,
        before: Option<&PeriodRecord>,
        proves: bool,
        today: Date,
    ) -> Option<DutyKind> {
        let user = self.user();
        let by_me = |who: Option<tieout_domain::UserId>| who == Some(user.id) && !self.company.single_user;
        if let Some(request) = &period.reopening {
            let mine = user.role.may(Permission::SignOff) && !by_me(Some(request.user));
            return mine.then_some(DutyKind::Reopenings);
        }
        let reached = |state| before.is_none_or(|before| before.state >= state);
        let signed = period.signed.as_ref().map(|signed| &signed.by);
        match period.state {
            PeriodState::Open => {
                let is_due = period.days.to < today && reached(PeriodState::Prepared);
                let kind = if proves { DutyKind::ToPrepare } else { DutyKind::Unproved };
                (is_due && user.role.may(Permission::Prepare)).then_some(kind)
            }
            PeriodState::Prepared => {
                let preparer = signed.and_then(|by| by.prepared.as_ref()).map(|by| by.user);
                let can = !period.to_reprove && !by_me(preparer);
                (can && user.role.may(Permission::SignOff)).then_some(DutyKind::ToReview)
            }
            PeriodState::Reviewed => {
                let can = !period.to_reprove && reached(PeriodState::Locked);
                (can && user.role.may(Permission::SignOff)).then_some(DutyKind::ToLock)
            }
            PeriodState::Locked => None,
        }
    }
}
