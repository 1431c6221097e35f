//! Signing a period: prepared by one person, reviewed by another, locked.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use jiff::civil::Date;
use rusqlite::params;
use tieout_domain::{Digest, Period, PeriodEventKind, PeriodId, PeriodState, Permission, UserId};
use uuid::Uuid;

use super::{HandBalance, PeriodDifference, PeriodError, PeriodRecord, content::Item, events::NewPeriodEvent, told_of};
use crate::{
    Workbook, WorkbookError,
    change::Change,
    json::Json,
    rows::{self, Blob},
};

/// Who signed, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Who.
    pub user: UserId,
    /// Their name at that time.
    pub name: String,
    /// When, in milliseconds since 1970-01-01 UTC.
    pub at_ms: i64,
    /// One person could prepare and review at that time.
    pub single_user: bool,
}

/// The signatures of a period's present content.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signatures {
    /// Who prepared it.
    pub prepared: Option<Signed>,
    /// Who signed it off.
    pub reviewed: Option<Signed>,
    /// Who locked it.
    pub locked: Option<Signed>,
}

/// A period that is about to be signed, and how audit events name its account.
struct Signing {
    period: PeriodRecord,
    account: String,
}

impl Signing {
    fn details(&self, content: Digest, reason: &str) -> Vec<(&'static str, Json<'static>)> {
        let mut details = told_of(&self.account, self.period.days);
        details.extend([("content", Json::text(content)), ("reason", Json::text(reason))]);
        details
    }
}

impl Workbook {
    /// Signs the content of an open period as its preparer. Its balance proof must hold; what is outstanding may be, and is
    /// listed. A balance that nothing states may be stated by hand, with a reason. Periods that follow and were to be
    /// proved again are: those whose opening balance is another now lose their signatures.
    pub fn prepare_period(
        &mut self,
        id: PeriodId,
        opening: Option<&HandBalance>,
        closing: Option<&HandBalance>,
        note: &str,
    ) -> Result<PeriodRecord, WorkbookError> {
        self.require(Permission::Prepare)?;
        self.require_signer()?;
        let signing = self.signing(id, PeriodState::Open, "open", "prepared")?;
        let before = self.period_before(&signing.period)?;
        if let Some(before) = before.as_ref().filter(|before| !before.state.is_signed()) {
            let Period { from, to } = before.days;
            return Err(PeriodError::EarlierOpen { first: from, last: to }.into());
        }
        let figures = self.figures_of(&signing.period, opening, closing)?;
        let (opening, closing) = figures.check()?;
        let items = self.items_now(&signing.period)?;
        let text = figures.encode();
        let content = self.hash_content(&signing.period, &text, &items, None)?;
        let to_reprove = before.is_some_and(|before| before.to_reprove);
        let as_signed = self.those_after_as_signed(&signing.period, &items)?;
        self.change(Permission::Prepare, |change| {
            let signature = change.id();
            change.insert_period_event(&NewPeriodEvent {
                id: signature,
                period: id,
                kind: PeriodEventKind::Prepared,
                signature,
                reason: note,
                content,
                figures: &text,
            })?;
            change.insert_items(signature, &items)?;
            change.watch_periods()?;
            change.sql.execute(
                "UPDATE periods SET state = 'prepared', watched = 1, signature = ?3, content = ?4, opening = ?5,
                        closing = ?6, prepared_by = ?7, to_reprove = ?8
                 WHERE company_id = ?1 AND id = ?2",
                params![
                    Blob(change.company.uuid()),
                    Blob(id.uuid()),
                    Blob(signature),
                    content.as_bytes(),
                    opening.minor_units(),
                    closing.minor_units(),
                    Blob(change.user.uuid()),
                    to_reprove
                ],
            )?;
            let mut details = signing.details(content, note);
            details.extend([("figures", Json::Written(&text)), ("outstanding", Json::count(items.len()))]);
            change.tell("period.prepared", &format!("period {id}"), &Json::Object(details))?;
            if !to_reprove {
                change.prove_those_after(&signing.period, closing.minor_units(), &as_signed)?;
            }
            Ok(())
        })?;
        self.period(id)
    }

    /// Signs a prepared period off: somebody else than its preparer, unless the workbook is for a single user.
    pub fn review_period(&mut self, id: PeriodId, note: &str) -> Result<PeriodRecord, WorkbookError> {
        self.require(Permission::SignOff)?;
        let signing = self.signing(id, PeriodState::Prepared, "prepared", "reviewed")?;
        let preparer = signing.period.signed.as_ref().and_then(|signed| signed.by.prepared.as_ref());
        if preparer.is_some_and(|by| by.user == self.user.id) && !self.company.single_user {
            let name = self.user.name.clone();
            return Err(PeriodError::SamePerson { name, did: "prepared this period", act: "sign it off" }.into());
        }
        if signing.period.to_reprove {
            return Err(PeriodError::ToReprove.into());
        }
        self.sign(&signing, PeriodEventKind::Reviewed, "reviewed_by", note)
    }

    /// Locks a reviewed period: from here on nothing in it changes.
    pub fn lock_period(&mut self, id: PeriodId, note: &str) -> Result<PeriodRecord, WorkbookError> {
        self.require(Permission::SignOff)?;
        let signing = self.signing(id, PeriodState::Reviewed, "reviewed", "locked")?;
        if signing.period.to_reprove {
            return Err(PeriodError::ToReprove.into());
        }
        if let Some(before) = self.period_before(&signing.period)?
            && before.state != PeriodState::Locked
        {
            return Err(PeriodError::EarlierNotLocked { first: before.days.from, last: before.days.to }.into());
        }
        self.sign(&signing, PeriodEventKind::Locked, "locked_by", note)
    }

    fn signing(
        &self,
        id: PeriodId,
        at: PeriodState,
        wanted: &'static str,
        act: &'static str,
    ) -> Result<Signing, WorkbookError> {
        let period = self.period(id)?;
        if period.state != at {
            return Err(PeriodError::State { found: period.state, wanted, act }.into());
        }
        let account = self.account(period.account)?.name;
        Ok(Signing { period, account })
    }

    /// Adds a signature to the content that was prepared, if that, worked out anew, is still what it was.
    fn sign(
        &mut self,
        signing: &Signing,
        kind: PeriodEventKind,
        column: &str,
        note: &str,
    ) -> Result<PeriodRecord, WorkbookError> {
        let id = signing.period.id;
        let signed = signing.period.signed.as_ref();
        let (signature, content) = signed
            .map(|signed| (signed.signature, signed.content))
            .ok_or_else(|| WorkbookError::unreadable("a signed period without a signature"))?;
        match self.period_difference(&signing.period)? {
            None => {}
            Some(PeriodDifference::Content) => return Err(PeriodError::ContentDiffers.into()),
            Some(difference) => return Err(PeriodError::Differs(difference).into()),
        }
        let figures = self.figures_text(signature)?;
        self.change(Permission::SignOff, |change| {
            let event = change.id();
            change.insert_period_event(&NewPeriodEvent {
                id: event,
                period: id,
                kind,
                signature,
                reason: note,
                content,
                figures: &figures,
            })?;
            change.sql.execute(
                &format!(
                    "UPDATE periods SET state = ?3, {column} = ?4, reopen_by = NULL WHERE company_id = ?1 AND id = ?2"
                ),
                params![Blob(change.company.uuid()), Blob(id.uuid()), kind.as_str(), Blob(change.user.uuid())],
            )?;
            let details = Json::Object(signing.details(content, note));
            change.tell(&format!("period.{}", kind.as_str()), &format!("period {id}"), &details)
        })?;
        self.period(id)
    }

    /// Which signed periods that follow are what was signed, and go on from what the one before hands on: `items`, after
    /// the period that is signed anew.
    fn those_after_as_signed(&self, period: &PeriodRecord, items: &[Item]) -> Result<HashSet<Uuid>, WorkbookError> {
        let (mut same, mut handed_on, mut before) = (HashSet::new(), Cow::Borrowed(items), None);
        for follower in self.periods(period.account)? {
            let Some(signed) = follower.signed.as_ref().filter(|_| follower.days.from > period.days.to) else {
                continue;
            };
            let own = self.signed_items(signed.signature)?;
            if follower.to_reprove
                && self.period_difference(&follower)?.is_none()
                && self.goes_on_from(&follower, &handed_on, &own, before.as_ref())?
            {
                same.insert(follower.id.uuid());
            }
            (handed_on, before) = (Cow::Owned(own), Some(follower));
        }
        Ok(same)
    }

    /// Whether what a signed period lists follows from what the one before hands on: nothing older than its days is
    /// outstanding at its end that was not at its beginning, unless it came into the one `before`, which stands as it was
    /// signed, after that; and nothing was handed on that it never knew of.
    fn goes_on_from(
        &self,
        period: &PeriodRecord,
        handed_on: &[Item],
        listed: &[Item],
        before: Option<&PeriodRecord>,
    ) -> Result<bool, WorkbookError> {
        let handed_on: HashMap<Uuid, i64> = handed_on.iter().map(|item| (item.id, item.rest)).collect();
        let mut came_late: Option<HashMap<Uuid, i64>> = None;
        for item in listed {
            if item.is_part_of(handed_on.get(&item.id)) || !self.is_older(item, period.days.from)? {
                continue;
            }
            let late = match &mut came_late {
                Some(late) => late,
                none => none.insert(self.late_in(before, &handed_on)?),
            };
            if !item.is_part_of(late.get(&item.id)) {
                return Ok(false);
            }
        }
        let since = self.since_signed(period)?;
        Ok(since.is_none_or(|since| since.late.iter().all(|id| !handed_on.contains_key(id))))
    }

    /// What is outstanding at a period's end by now, and was not when it was signed.
    fn late_in(
        &self,
        period: Option<&PeriodRecord>,
        signed: &HashMap<Uuid, i64>,
    ) -> Result<HashMap<Uuid, i64>, WorkbookError> {
        let now = period.map(|period| self.items_now(period)).transpose()?.unwrap_or_default();
        Ok(now.into_iter().filter(|item| !signed.contains_key(&item.id)).map(|item| (item.id, item.rest)).collect())
    }

    fn is_older(&self, item: &Item, day: Date) -> Result<bool, WorkbookError> {
        let (table, _) = crate::state::table(item.side);
        let mut statement =
            self.sql.prepare_cached(&format!("SELECT date FROM {table} WHERE company_id = ?1 AND id = ?2"))?;
        let date = statement.query_row(params![Blob(self.company.id.uuid()), Blob(item.id)], |row| row.get(0))?;
        Ok(rows::date(date)?.is_none_or(|date| date < day))
    }

    /// Who signed the content of this preparation.
    pub(crate) fn signatures(&self, id: PeriodId, signature: Uuid) -> Result<Signatures, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT e.kind, e.user_id, e.name, e.at, e.single_user FROM period_events e
             WHERE e.company_id = ?1 AND e.period_id = ?2 AND e.signature = ?3
               AND e.kind IN ('prepared', 'reviewed', 'locked') ORDER BY e.id",
        )?;
        let mut found = statement.query(params![Blob(self.company.id.uuid()), Blob(id.uuid()), Blob(signature)])?;
        let mut signatures = Signatures::default();
        while let Some(row) = found.next()? {
            let signed = Some(Signed {
                user: UserId::from_uuid(row.get::<_, Blob>(1)?.0),
                name: row.get(2)?,
                at_ms: row.get(3)?,
                single_user: row.get(4)?,
            });
            match rows::word(&PeriodEventKind::ALL, PeriodEventKind::as_str, &row.get::<_, String>(0)?)? {
                PeriodEventKind::Prepared => signatures.prepared = signed,
                PeriodEventKind::Reviewed => signatures.reviewed = signed,
                PeriodEventKind::Locked => signatures.locked = signed,
                PeriodEventKind::Revoked
                | PeriodEventKind::TakenBack
                | PeriodEventKind::ReopenRequested
                | PeriodEventKind::Reopened
                | PeriodEventKind::ReopenDeclined
                | PeriodEventKind::ReopenWithdrawn => {}
            }
        }
        Ok(signatures)
    }
}

/// A later period of the account, as far as its opening balance is checked.
struct Follower {
    id: Blob,
    state: String,
    to_reprove: bool,
    /// What it opens and closes with, where it is signed.
    balances: Option<(i64, i64)>,
}

impl Change<'_> {
    fn insert_items(&mut self, signature: Uuid, items: &[Item]) -> Result<(), WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "INSERT INTO period_items (company_id, signature, record_id, side, rest) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for item in items {
            statement.execute(params![
                Blob(self.company.uuid()),
                Blob(signature),
                Blob(item.id),
                item.side.as_str(),
                item.rest
            ])?;
        }
        Ok(())
    }

    /// Checks the opening balances of the signed periods that follow, one after the other, against what the one before
    /// closes with now. One that opens with another balance loses its signatures, unless it is locked: that stays to be
    /// proved again, and is reopened by people. So does one that is not what was signed in anything else, or that does not
    /// go on from what the one before hands on.
    fn prove_those_after(
        &mut self,
        period: &PeriodRecord,
        closing: i64,
        as_signed: &HashSet<Uuid>,
    ) -> Result<(), WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT id, state, to_reprove, opening, closing FROM periods
             WHERE company_id = ?1 AND account_id = ?2 AND first_day > ?3 ORDER BY first_day",
        )?;
        let after: Vec<Follower> = statement
            .query_map(
                params![Blob(self.company.uuid()), Blob(period.account.uuid()), period.days.to.to_string()],
                |row| {
                    Ok(Follower {
                        id: row.get(0)?,
                        state: row.get(1)?,
                        to_reprove: row.get(2)?,
                        balances: row.get::<_, Option<i64>>(3)?.zip(row.get(4)?),
                    })
                },
            )?
            .collect::<rusqlite::Result<_>>()?;
        let mut closing = closing;
        for follower in after {
            let Some((opens, closes)) = follower.balances else { break };
            if opens != closing {
                if follower.state != PeriodState::Locked.as_str() {
                    self.sql.execute(
                        "INSERT INTO period_changes
                             SELECT company_id, id, 'opening', NULL, NULL, 1, signature, content, state FROM periods
                             WHERE company_id = ?1 AND id = ?2",
                        params![Blob(self.company.uuid()), follower.id],
                    )?;
                }
                break;
            }
            if follower.to_reprove {
                if !as_signed.contains(&follower.id.0) {
                    break;
                }
                self.sql.execute(
                    "UPDATE periods SET to_reprove = 0 WHERE company_id = ?1 AND id = ?2",
                    params![Blob(self.company.uuid()), follower.id],
                )?;
            }
            closing = closes;
        }
        Ok(())
    }
}
