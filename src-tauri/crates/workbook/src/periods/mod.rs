//! Periods of accounts: which there are, how one follows on another, and what was signed.
//!
//! An account's periods follow on one another without a gap. Each goes open, prepared, reviewed, locked; see `sign` and
//! `reopen` for how, `content` for what a signature stands for, and `changes` for what takes signatures away. The schema
//! keeps all of these rules by itself too.

mod balances;
mod changes;
mod content;
mod differences;
mod error;
mod events;
mod locked;
mod next;
mod reopen;
mod roll;
mod sign;
mod watch;

pub use balances::{BalanceSource, HandBalance, PeriodFigures, PeriodProof};
pub(crate) use balances::{known_balances, read_figures};
pub(crate) use changes::read_refusal;
pub use differences::{PeriodDifference, SinceSigned};
pub use error::PeriodError;
pub(crate) use error::kind_of;
pub(crate) use events::record as record_of;
pub use events::{PeriodCause, PeriodChangeKind, PeriodEvent};
pub(crate) use locked::LockedLines;
pub use roll::{RollItem, RollPart};
pub use sign::{Signatures, Signed};
pub(crate) use watch::watch_signed_ones;

use rusqlite::{Row, params};
use tieout_domain::{
    AccountId, Currency, DecisionId, Digest, Money, Period, PeriodId, PeriodState, Permission, UserId,
};
use uuid::Uuid;

use crate::{
    Account, Workbook, WorkbookError,
    json::Json,
    rows::{self, Blob},
};

/// A period of an account, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodRecord {
    /// Its identifier.
    pub id: PeriodId,
    /// Whose it is.
    pub account: AccountId,
    /// Its currency.
    pub currency: Currency,
    /// Its days.
    pub days: Period,
    /// How far it has come.
    pub state: PeriodState,
    /// What was signed; none while it is open.
    pub signed: Option<SignedContent>,
    /// An earlier period was reopened since this one was signed: it cannot be locked before that is signed anew.
    pub to_reprove: bool,
    /// Who asked for it to be reopened.
    pub reopening: Option<Reopening>,
}

/// What the signatures of a period stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedContent {
    /// The preparation by which it was signed.
    pub(crate) signature: Uuid,
    /// SHA-256 of the content.
    pub content: Digest,
    /// The balance it opens with.
    pub opening: Money,
    /// The balance it closes with.
    pub closing: Money,
    /// Who signed.
    pub by: Signatures,
}

impl SignedContent {
    /// Whether a decision was taken before it was signed.
    pub fn is_after(&self, decision: DecisionId) -> bool {
        decision.uuid() < self.signature
    }
}

/// A request that waits for a second person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reopening {
    /// Who asked.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// Why.
    pub reason: String,
    /// When, in milliseconds since 1970-01-01 UTC.
    pub at_ms: i64,
}

const COLUMNS: &str =
    "SELECT id, account_id, currency, first_day, last_day, state, signature, content, opening, closing,
        to_reprove, reopen_by, prepared_by FROM periods WHERE company_id = ?1";

impl Workbook {
    /// The periods of an account, the first one first.
    pub fn periods(&self, account: AccountId) -> Result<Vec<PeriodRecord>, WorkbookError> {
        self.read_periods("AND account_id = ?2 ORDER BY first_day", account.uuid())
    }

    /// One period.
    pub fn period(&self, id: PeriodId) -> Result<PeriodRecord, WorkbookError> {
        let found = self.read_periods("AND id = ?2", id.uuid())?.pop();
        found.ok_or_else(|| WorkbookError::not_found("period", id))
    }

    /// All periods that are signed, of every account.
    pub fn signed_periods(&self) -> Result<Vec<PeriodRecord>, WorkbookError> {
        self.read_periods("AND state <> 'open' AND ?2 = ?2 ORDER BY account_id, first_day", Uuid::nil())
    }

    /// Refuses unless this is still what its author looked at: the signed content or, while it is open, the figures.
    pub fn check_seen(&self, id: PeriodId, seen: Digest) -> Result<(), WorkbookError> {
        let period = self.period(id)?;
        if self.seen_of(&period)? == seen { Ok(()) } else { Err(PeriodError::NotAsSeen.into()) }
    }

    /// What names a period as it is looked at: the hash of its signed content or, while it is open, of its figures.
    pub fn seen_of(&self, period: &PeriodRecord) -> Result<Digest, WorkbookError> {
        match &period.signed {
            Some(signed) => Ok(signed.content),
            None => Ok(self.figures_of(period, None, None)?.hash()),
        }
    }

    /// All periods, each account's together and the first one first.
    pub(crate) fn all_periods(&self) -> Result<Vec<PeriodRecord>, WorkbookError> {
        self.read_periods("AND ?2 = ?2 ORDER BY account_id, first_day", Uuid::nil())
    }

    /// The period of the account that ends where this one begins.
    pub(crate) fn period_before(&self, period: &PeriodRecord) -> Result<Option<PeriodRecord>, WorkbookError> {
        let all = self.periods(period.account)?;
        Ok(all.into_iter().rev().find(|other| other.days.to < period.days.from))
    }

    fn read_periods(&self, which: &str, id: Uuid) -> Result<Vec<PeriodRecord>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(&format!("{COLUMNS} {which}"))?;
        let mut found = statement.query(params![Blob(self.company.id.uuid()), Blob(id)])?;
        let mut periods = Vec::new();
        while let Some(row) = found.next()? {
            periods.push(self.read_period(row)?);
        }
        Ok(periods)
    }

    fn read_period(&self, row: &Row<'_>) -> Result<PeriodRecord, WorkbookError> {
        let currency = rows::currency(&row.get::<_, String>(2)?)?;
        let day = |column| -> Result<_, WorkbookError> {
            rows::date(row.get(column)?)?.ok_or_else(|| WorkbookError::unreadable("a period without days"))
        };
        let state = rows::word(&PeriodState::ALL, PeriodState::as_str, &row.get::<_, String>(5)?)?;
        let id = PeriodId::from_uuid(row.get::<_, Blob>(0)?.0);
        let signed = match row.get::<_, Option<Blob>>(6)? {
            None => None,
            Some(Blob(signature)) => Some(SignedContent {
                signature,
                content: Digest::from_bytes(row.get(7)?),
                opening: Money::from_minor(row.get(8)?, currency),
                closing: Money::from_minor(row.get(9)?, currency),
                by: self.signatures(id, signature)?,
            }),
        };
        let reopening = match row.get::<_, Option<Blob>>(11)? {
            None => None,
            Some(_) => self.newest_request(id)?,
        };
        Ok(PeriodRecord {
            id,
            account: AccountId::from_uuid(row.get::<_, Blob>(1)?.0),
            currency,
            days: Period { from: day(3)?, to: day(4)? },
            state,
            signed,
            to_reprove: row.get(10)?,
            reopening,
        })
    }

    /// Opens a period of an account. It begins on the day after the account's last one.
    pub fn open_period(&mut self, account: AccountId, days: Period) -> Result<PeriodRecord, WorkbookError> {
        let Account { name, currency, .. } = self.account(account)?;
        if days.from > days.to {
            return Err(WorkbookError::DatesReversed { from: days.from, to: days.to });
        }
        if let Some(last) = self.periods(account)?.last() {
            let expected = next::day_after(last.days.to)?;
            if expected != days.from {
                return Err(PeriodError::NotNext { expected, given: days.from }.into());
            }
        }
        let id = self.change(Permission::Prepare, |change| {
            let id = PeriodId::from_uuid(change.id());
            change.sql.execute(
                "INSERT INTO periods (company_id, id, account_id, currency, first_day, last_day, created_by, created_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    Blob(change.company.uuid()),
                    Blob(id.uuid()),
                    Blob(account.uuid()),
                    currency.code(),
                    days.from.to_string(),
                    days.to.to_string(),
                    Blob(change.user.uuid()),
                    change.now_ms
                ],
            )?;
            change.tell("period.opened", &format!("period {id}"), &Json::Object(told_of(&name, days)))?;
            Ok(id)
        })?;
        self.period(id)
    }

    /// Takes the last period of an account away again, if nobody ever signed it.
    pub fn remove_period(&mut self, id: PeriodId) -> Result<(), WorkbookError> {
        let period = self.period(id)?;
        let is_last = self.periods(period.account)?.last().is_some_and(|last| last.id == id);
        if !is_last || !self.period_events(id)?.is_empty() {
            return Err(PeriodError::Stays { first: period.days.from, last: period.days.to }.into());
        }
        let name = self.account(period.account)?.name;
        self.change(Permission::Prepare, |change| {
            change.sql.execute(
                "DELETE FROM periods WHERE company_id = ?1 AND id = ?2",
                params![Blob(change.company.uuid()), Blob(id.uuid())],
            )?;
            change.tell("period.removed", &format!("period {id}"), &Json::Object(told_of(&name, period.days)))
        })
    }
}

/// What every audit event says of a period.
pub(crate) fn told_of(account: &str, days: Period) -> Vec<(&'static str, Json<'static>)> {
    vec![("account", Json::text(account)), ("from", Json::text(days.from)), ("to", Json::text(days.to))]
}
