//! Periods of accounts: opened, signed by two people, locked, reopened; what each took over and hands on.

use rust_decimal::Decimal;
use tieout_domain::{
    AccountId, Digest, Money, Period, PeriodId, Permission, RecordRef, RollForward, Said, SaidValue, Side, said,
};
use tieout_workbook::{
    HandBalance, PeriodCause, PeriodDifference, PeriodEvent, PeriodProof, PeriodRecord, RollPart, SinceSigned,
    Workbook, WorkbookError,
};

use crate::{ApplicationError, Date, Page, RecordFacts, Session, figures::account_named};

/// Most rows of a page.
const PAGE_ROWS_MAX: u32 = 500;

/// The periods of an account, and what can be done with them.
#[derive(Debug, Clone)]
pub struct AccountPeriods {
    /// Account name.
    pub account: String,
    /// The periods, the first one first.
    pub periods: Vec<PeriodRecord>,
    /// The days the next one should have; none: nothing says where the first begins.
    pub proposed: Option<Period>,
}

/// A period with all that is known of it, without what a page lists.
#[derive(Debug, Clone)]
pub struct PeriodSheet {
    /// Account name.
    pub account: String,
    /// The period, and its proof as it is and as it was signed.
    pub proof: PeriodProof,
    /// The period before it.
    pub before: Option<PeriodRecord>,
    /// How what is outstanding rolled forward: statement lines, then ledger entries.
    pub roll: [RollForward; 2],
    /// Entries that came after it was locked.
    pub late_entries: u64,
    /// What was settled of its outstanding records since it was signed, and what came late.
    pub since: Option<SinceSigned>,
    /// What names it as it is looked at: every act on it names this again.
    pub seen: Digest,
    /// What happened to it, newest first.
    pub events: Vec<ToldEvent>,
    /// What whoever works in the workbook may do.
    pub may: PeriodRights,
}

/// An event, with the records it names.
#[derive(Debug, Clone)]
pub struct ToldEvent {
    /// The event.
    pub event: PeriodEvent,
    /// What took the signatures away, each with its first record.
    pub causes: Vec<(PeriodCause, Option<RecordFacts>)>,
}

/// What whoever works in the workbook may do with a period, by role and by what they did already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodRights {
    /// Their role lets them prepare.
    pub prepare: bool,
    /// Their role lets them sign off and lock.
    pub sign_off: bool,
    /// They prepared it, or asked for it to be reopened, and a second person must go on.
    pub needs_another: bool,
    /// They asked for it to be reopened, and may withdraw that.
    pub asked: bool,
    /// Signing off asks for a secret of their own, and they have none.
    pub needs_secret: bool,
}

/// Balances that the preparer states because nothing else does.
#[derive(Debug, Clone, Default)]
pub struct PrepareBalances {
    /// Opening balance and how it is known.
    pub opening: Option<(Decimal, String)>,
    /// Closing balance and how it is known.
    pub closing: Option<(Decimal, String)>,
}

/// A record in a list of a roll-forward.
#[derive(Debug, Clone)]
pub struct RolledRecord {
    /// The record.
    pub record: RecordFacts,
    /// What the list counts of it.
    pub amount: Money,
    /// What is outstanding of it when the period ends.
    pub carried: Money,
    /// Days from its date to the period's last day; none where it has no date.
    pub age_days: Option<i32>,
}

/// What recomputing a signed period's content found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodCheck {
    /// SHA-256 of the content: of its lines and matches as they are now, with the figures and items that were signed.
    pub now: Digest,
    /// Whether it is what was signed, figures and items included; none while the period is open.
    pub as_signed: Option<bool>,
    /// In what it differs, if it does.
    pub difference: Option<PeriodDifference>,
}

impl Session {
    /// The periods of an account.
    pub fn periods(&self, account: AccountId) -> Result<AccountPeriods, ApplicationError> {
        self.with_open(|open| {
            let workbook = &open.workbook;
            let proposed = match workbook.propose_period(account) {
                Err(WorkbookError::Period(tieout_workbook::PeriodError::NoDays)) => None,
                other => Some(other?),
            };
            Ok(AccountPeriods {
                account: workbook.account(account)?.name,
                periods: workbook.periods(account)?,
                proposed,
            })
        })
    }

    /// One period.
    pub fn period(&self, id: PeriodId) -> Result<PeriodSheet, ApplicationError> {
        self.with_open(|open| sheet(&open.workbook, id))
    }

    /// Opens the next period of an account. Days left out are those that are proposed.
    pub fn open_period(
        &self,
        account: AccountId,
        from: Option<Date>,
        to: Option<Date>,
    ) -> Result<PeriodSheet, ApplicationError> {
        self.with_open(|open| {
            let workbook = &mut open.workbook;
            let days = match (from, to) {
                (Some(from), Some(to)) => Period { from, to },
                _ => {
                    let proposed = workbook.propose_period(account)?;
                    Period { from: from.unwrap_or(proposed.from), to: to.unwrap_or(proposed.to) }
                }
            };
            let period = workbook.open_period(account, days)?;
            sheet(workbook, period.id)
        })
    }

    /// Takes the last period of an account away again, if nobody ever signed it.
    pub fn remove_period(&self, id: PeriodId) -> Result<(), ApplicationError> {
        self.with_open(|open| Ok(open.workbook.remove_period(id)?))
    }

    /// Signs an open period as its preparer. Like every act on a period it names what its author looked at, and is
    /// refused where that is no longer so.
    pub fn prepare_period(
        &self,
        id: PeriodId,
        seen: Digest,
        balances: &PrepareBalances,
        note: &str,
    ) -> Result<PeriodSheet, ApplicationError> {
        self.with_open(|open| {
            let workbook = &mut open.workbook;
            workbook.check_seen(id, seen)?;
            let currency = workbook.period(id)?.currency;
            let stated = |balance: &Option<(Decimal, String)>| -> Result<Option<HandBalance>, ApplicationError> {
                let Some((amount, reason)) = balance else { return Ok(None) };
                Ok(Some(HandBalance { amount: Money::from_entered(*amount, currency)?, reason: reason.clone() }))
            };
            let (opening, closing) = (stated(&balances.opening)?, stated(&balances.closing)?);
            workbook.prepare_period(id, opening.as_ref(), closing.as_ref(), note)?;
            sheet(workbook, id)
        })
    }

    /// Signs a prepared period off.
    pub fn review_period(&self, id: PeriodId, seen: Digest, note: &str) -> Result<PeriodSheet, ApplicationError> {
        self.on_period(id, seen, |workbook| workbook.review_period(id, note))
    }

    /// Locks a reviewed period.
    pub fn lock_period(&self, id: PeriodId, seen: Digest, note: &str) -> Result<PeriodSheet, ApplicationError> {
        self.on_period(id, seen, |workbook| workbook.lock_period(id, note))
    }

    /// Takes the preparation of a period back.
    pub fn take_period_back(&self, id: PeriodId, seen: Digest, reason: &str) -> Result<PeriodSheet, ApplicationError> {
        self.on_period(id, seen, |workbook| workbook.take_period_back(id, reason))
    }

    /// Asks for a reviewed or locked period to be reopened.
    pub fn request_reopening(&self, id: PeriodId, seen: Digest, reason: &str) -> Result<PeriodSheet, ApplicationError> {
        self.on_period(id, seen, |workbook| workbook.request_reopening(id, reason))
    }

    /// Reopens a period that another person asked to be reopened; without a reason of its own with theirs.
    pub fn reopen_period(&self, id: PeriodId, seen: Digest, reason: &str) -> Result<PeriodSheet, ApplicationError> {
        self.on_period(id, seen, |workbook| workbook.reopen_period(id, reason))
    }

    /// Declines to reopen a period that another person asked to be reopened.
    pub fn decline_reopening(&self, id: PeriodId, seen: Digest, reason: &str) -> Result<PeriodSheet, ApplicationError> {
        self.on_period(id, seen, |workbook| workbook.decline_reopening(id, reason))
    }

    /// Withdraws one's own request to reopen a period.
    pub fn withdraw_reopening(
        &self,
        id: PeriodId,
        seen: Digest,
        reason: &str,
    ) -> Result<PeriodSheet, ApplicationError> {
        self.on_period(id, seen, |workbook| workbook.withdraw_reopening(id, reason))
    }

    /// Recomputes a period's content.
    pub fn check_period(&self, id: PeriodId) -> Result<PeriodCheck, ApplicationError> {
        self.with_open(|open| {
            let period = open.workbook.period(id)?;
            let (now, difference) = open.workbook.check_period(&period)?;
            let as_signed = period.signed.is_some().then_some(difference.is_none());
            Ok(PeriodCheck { now, as_signed, difference })
        })
    }

    /// A page of one of the lists of a period's roll-forward, largest first.
    pub fn period_items(
        &self,
        id: PeriodId,
        side: Side,
        part: RollPart,
        offset: u64,
        limit: u32,
    ) -> Result<Page<RolledRecord>, ApplicationError> {
        self.with_open(|open| {
            let period = open.workbook.period(id)?;
            let page = open.workbook.roll_items(&period, side, part, offset, limit.min(PAGE_ROWS_MAX))?;
            let rows = page.rows.into_iter().map(|item| {
                let record = RecordFacts::from(item.record);
                let age_days = record.date.and_then(|day| days_between(day, period.days.to));
                RolledRecord { record, amount: item.amount, carried: item.carried, age_days }
            });
            Ok(Page { rows: rows.collect(), total: page.total })
        })
    }

    /// A page of the entries that came after a period was locked, newest first.
    pub fn late_entries(&self, id: PeriodId, offset: u64, limit: u32) -> Result<Page<RecordFacts>, ApplicationError> {
        self.with_open(|open| {
            let period = open.workbook.period(id)?;
            let page = open.workbook.late_entries(&period, offset, limit.min(PAGE_ROWS_MAX))?;
            Ok(Page { rows: page.rows.into_iter().map(RecordFacts::from).collect(), total: page.total })
        })
    }

    /// The account of that name or identifier; may be left out where there is only one.
    pub fn account_named(&self, name: Option<&str>) -> Result<AccountId, ApplicationError> {
        self.with_open(|open| account_named(&open.workbook, name))
    }

    /// The period of an account that ends on this day.
    pub fn period_through(&self, account: AccountId, day: Date) -> Result<Option<PeriodRecord>, ApplicationError> {
        let found = self.periods(account)?.periods.into_iter().find(|period| period.days.to == day);
        Ok(found)
    }

    fn on_period(
        &self,
        id: PeriodId,
        seen: Digest,
        act: impl FnOnce(&mut Workbook) -> Result<PeriodRecord, WorkbookError>,
    ) -> Result<PeriodSheet, ApplicationError> {
        self.with_open(|open| {
            open.workbook.check_seen(id, seen)?;
            act(&mut open.workbook)?;
            sheet(&open.workbook, id)
        })
    }
}

fn days_between(from: Date, to: Date) -> Option<i32> {
    from.until(to).ok().map(|span| span.get_days())
}

fn sheet(workbook: &Workbook, id: PeriodId) -> Result<PeriodSheet, ApplicationError> {
    let period = workbook.period(id)?;
    let before = workbook.periods(period.account)?.into_iter().rev().find(|other| other.days.to < period.days.from);
    let user = workbook.user();
    let preparer = period.signed.as_ref().and_then(|signed| signed.by.prepared.as_ref());
    let did_it = match &period.reopening {
        Some(request) => request.user == user.id,
        None => preparer.is_some_and(|by| by.user == user.id),
    };
    let may = PeriodRights {
        prepare: user.role.may(Permission::Prepare),
        sign_off: user.role.may(Permission::SignOff),
        needs_another: did_it && !workbook.company().single_user,
        asked: period.reopening.as_ref().is_some_and(|request| request.user == user.id),
        needs_secret: workbook.lacks_own_secret()?,
    };
    let (proof, since) = (workbook.period_proof(&period)?, workbook.since_signed(&period)?);
    let events = workbook.period_events(id)?.into_iter().map(|event| told(workbook, event));
    Ok(PeriodSheet {
        account: workbook.account(period.account)?.name,
        roll: workbook.roll_forward(&period)?,
        late_entries: since.as_ref().map_or(0, SinceSigned::late),
        since,
        seen: period.signed.as_ref().map_or_else(|| proof.now.hash(), |signed| signed.content),
        events: events.collect::<Result<_, ApplicationError>>()?,
        proof,
        before,
        may,
    })
}

fn told(workbook: &Workbook, event: PeriodEvent) -> Result<ToldEvent, ApplicationError> {
    let facts = |cause: &PeriodCause| -> Result<Option<RecordFacts>, ApplicationError> {
        let record = |of: RecordRef| workbook.record(of).map(RecordFacts::from);
        Ok(cause.record.map(record).transpose()?)
    };
    let causes = event.causes.iter().map(|cause| Ok((cause.clone(), facts(cause)?)));
    Ok(ToldEvent { causes: causes.collect::<Result<_, ApplicationError>>()?, event })
}

/// What verifying a workbook says of its signed periods: one sentence each, and whether all are as they were signed.
pub(crate) fn verify(workbook: &Workbook) -> Result<(bool, Vec<Said>), ApplicationError> {
    let (mut all, mut findings) = (true, Vec::new());
    for period in workbook.signed_periods()? {
        let Some(signed) = &period.signed else { continue };
        let account = workbook.account(period.account)?.name;
        let days = said!(
            "period.named",
            "{from} to {to} of {account} ({state})",
            from = period.days.from,
            to = period.days.to,
            account = account,
            state = SaidValue::key("periodState", period.state.as_str())
        );
        let content = signed.content.to_string();
        findings.push(match workbook.period_difference(&period)? {
            None => said!(
                "verify.period",
                "The period {days} is as it was signed: {content}.",
                days = days,
                content = content
            ),
            Some(difference) => {
                all = false;
                said!(
                    "verify.periodDiffers",
                    "The period {days} differs from what was signed: {why}; {content}.",
                    days = days,
                    why = Said::from(&difference),
                    content = content
                )
            }
        });
    }
    Ok((all, findings))
}
