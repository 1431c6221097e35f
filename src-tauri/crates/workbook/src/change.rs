//! One change: a transaction that writes data and the links of the audit chain that tell of it, or nothing at all.

use jiff::civil::Date;
use rusqlite::{Connection, TransactionBehavior};
use tieout_domain::{AuditHead, CompanyId, Permission, UserId};
use uuid::Uuid;

use crate::{
    Clock, User, Workbook, WorkbookError, audit, clock::Ids, customer_ledger::Posted, json::Json, rows::Blob,
    seal::Seals, tally::Tally,
};

/// In whose name events are told that no person caused.
const SYSTEM: &str = "system";

/// What a change works with. The time stands still within it.
pub(crate) struct Change<'a> {
    pub(crate) sql: &'a Connection,
    pub(crate) company: CompanyId,
    pub(crate) user: UserId,
    pub(crate) now_ms: i64,
    pub(crate) tally: &'a mut Tally,
    pub(crate) posted: &'a mut Posted,
    person: &'a User,
    actor: &'a str,
    clock: &'a dyn Clock,
    ids: &'a mut Ids,
    head: &'a mut AuditHead,
    events: &'a mut u32,
    seals: &'a mut Seals,
    untold: &'a mut Option<Untold>,
}

/// The newest event of a change, until it is known that it is the last: that one tells of the rows that were added.
struct Untold {
    id: Uuid,
    at_ms: i64,
    actor: String,
    action: String,
    subject: String,
    details: String,
}

/// What a change will leave in the workbook once its transaction is committed.
pub(crate) struct Pending {
    pub(crate) now_ms: i64,
    pub(crate) tally: Tally,
    posted: Posted,
    head: AuditHead,
    events: u32,
    seals: Seals,
    untold: Option<Untold>,
}

impl Pending {
    /// Refuses a change that told nothing of itself. Asked before it is committed.
    pub(crate) fn require_told(&self) -> Result<(), WorkbookError> {
        if self.events == 0 { Err(WorkbookError::Untold) } else { Ok(()) }
    }
}

impl Change<'_> {
    /// A new identifier, after all given so far.
    pub(crate) fn id(&mut self) -> Uuid {
        self.ids.next(self.now_ms, || self.clock.random())
    }

    /// The day on which it is done, in the machine's own zone.
    pub(crate) fn today(&self) -> Date {
        self.clock.day_of(self.now_ms)
    }

    /// In whose name it is done.
    pub(crate) fn actor(&self) -> &str {
        self.actor
    }

    /// Refuses whose name anybody could have clicked: what happens to a period carries a name that a secret proves.
    pub(crate) fn require_signer(&self) -> Result<(), WorkbookError> {
        check_signer(self.sql, self.company, self.person)
    }

    /// Adds a link to the audit chain, in the name of whoever works in the workbook.
    pub(crate) fn tell(&mut self, action: &str, subject: &str, details: &Json<'_>) -> Result<(), WorkbookError> {
        let actor = self.actor;
        self.tell_as(actor, action, subject, details)
    }

    /// Adds a link in the name of `system`: what happens without a person.
    pub(crate) fn tell_as_system(
        &mut self,
        action: &str,
        subject: &str,
        details: &Json<'_>,
    ) -> Result<(), WorkbookError> {
        self.tell_as(SYSTEM, action, subject, details)
    }

    fn tell_as(&mut self, actor: &str, action: &str, subject: &str, details: &Json<'_>) -> Result<(), WorkbookError> {
        self.append("")?;
        *self.untold = Some(Untold {
            id: self.id(),
            at_ms: self.now_ms,
            actor: actor.to_owned(),
            action: action.to_owned(),
            subject: subject.to_owned(),
            details: details.canonical(),
        });
        *self.events += 1;
        Ok(())
    }

    fn append(&mut self, seal: &str) -> Result<(), WorkbookError> {
        let Some(event) = self.untold.take() else { return Ok(()) };
        let Untold { id, at_ms, actor, action, subject, details } = &event;
        let (machine, at_ms) = (self.clock.machine(), *at_ms);
        let event = audit::NewEvent { id: *id, at_ms, actor, machine, action, subject, details, seal };
        *self.head = audit::append(self.sql, self.company, *self.head, &event)?;
        Ok(())
    }

    /// Seals the rows that were added so far. The last event tells of them all; of very many it is quicker to seal them while
    /// they are at hand.
    pub(crate) fn seal_rows(&mut self) -> Result<(), WorkbookError> {
        self.seals.grow(self.sql, self.company)
    }

    /// Nothing is added any more: the last event tells of the rows that were.
    pub(crate) fn end(&mut self) -> Result<(), WorkbookError> {
        if self.untold.is_none() {
            return Ok(());
        }
        let seal = self.seals.tell(self.sql, self.company)?;
        self.append(&seal)
    }
}

impl Workbook {
    /// Does a change that asks for a permission: all of it, told of in the audit chain, or none of it.
    pub(crate) fn change<T>(
        &mut self,
        permission: Permission,
        work: impl FnOnce(&mut Change<'_>) -> Result<T, WorkbookError>,
    ) -> Result<T, WorkbookError> {
        self.require(permission)?;
        self.try_change(work).map_err(|error| self.naming_record(error))
    }

    fn try_change<T>(
        &mut self,
        work: impl FnOnce(&mut Change<'_>) -> Result<T, WorkbookError>,
    ) -> Result<T, WorkbookError> {
        let mut pending = self.pending();
        let sql = self.sql.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut change = Change {
            sql: &sql,
            company: self.company.id,
            user: self.user.id,
            now_ms: pending.now_ms,
            tally: &mut pending.tally,
            posted: &mut pending.posted,
            person: &self.user,
            actor: if self.present { &self.user.name } else { SYSTEM },
            clock: self.clock.as_ref(),
            ids: &mut self.ids,
            head: &mut pending.head,
            events: &mut pending.events,
            seals: &mut pending.seals,
            untold: &mut pending.untold,
        };
        let changed_before = sql.total_changes();
        let answer = work(&mut change)?;
        change.settle_accounts()?;
        change.tell_posted()?;
        change.tell_revoked()?;
        change.end()?;
        if pending.events == 0 {
            // What changes nothing need not be told; what changes something must be.
            return if sql.total_changes() == changed_before { Ok(answer) } else { Err(WorkbookError::Untold) };
        }
        pending.tally.store(&sql, self.company.id, self.clock.day_of(pending.now_ms))?;
        sql.commit()?;
        self.settled(&pending);
        Ok(answer)
    }

    /// Refuses whoever works in the workbook what their role does not allow, and all but upkeep while nobody is signed in.
    pub fn require(&self, permission: Permission) -> Result<(), WorkbookError> {
        if permission == Permission::Upkeep {
            return Ok(());
        }
        self.at_work()?;
        if !self.user.role.may(permission) {
            return Err(WorkbookError::NotAllowed { name: self.user.name.clone(), role: self.user.role, permission });
        }
        self.require_own_secret(permission)
    }

    fn require_own_secret(&self, permission: Permission) -> Result<(), WorkbookError> {
        match permission {
            Permission::Prepare | Permission::SignOff | Permission::Configure | Permission::ManagePeople => {
                self.require_signer()
            }
            Permission::Upkeep | Permission::Import | Permission::Decide => Ok(()),
        }
    }

    /// As soon as more than one person works here, what happens to a period, what decides without a person and a say over
    /// people are only whose secret says so: else the rule of two people would be a click wide.
    pub(crate) fn require_signer(&self) -> Result<(), WorkbookError> {
        check_signer(&self.sql, self.company.id, &self.user)
    }

    /// Whether whoever is signed in would be refused for want of a secret of their own.
    pub fn lacks_own_secret(&self) -> Result<bool, WorkbookError> {
        match self.require_signer() {
            Err(WorkbookError::OwnSecretNeeded { .. }) => Ok(true),
            other => other.map(|()| false),
        }
    }

    /// The beginning of a change that lasts longer than a call. The caller begins and ends the transaction, works in it
    /// through [`Workbook::resume`], stores the tally, and calls [`Workbook::settled`] after the commit.
    pub(crate) fn pending(&self) -> Pending {
        Pending {
            now_ms: self.clock.now_ms(),
            tally: Tally::default(),
            posted: Posted::default(),
            head: self.head,
            events: 0,
            seals: self.seals.clone(),
            untold: None,
        }
    }

    /// The next step of such a change.
    pub(crate) fn resume<'a>(&'a mut self, pending: &'a mut Pending) -> Change<'a> {
        Change {
            sql: &self.sql,
            company: self.company.id,
            user: self.user.id,
            now_ms: pending.now_ms,
            tally: &mut pending.tally,
            posted: &mut pending.posted,
            person: &self.user,
            actor: if self.present { &self.user.name } else { SYSTEM },
            clock: self.clock.as_ref(),
            ids: &mut self.ids,
            head: &mut pending.head,
            events: &mut pending.events,
            seals: &mut pending.seals,
            untold: &mut pending.untold,
        }
    }

    /// What a change left, and told of, is now in the file.
    pub(crate) fn settled(&mut self, pending: &Pending) {
        self.head = pending.head;
        self.seals.clone_from(&pending.seals);
        self.forget_lost_snapshot();
        if !self.anchor_state.is_rolled_back() {
            self.anchor.set(pending.head);
        }
    }
}

/// Refuses who has no secret of their own where somebody else is active too.
fn check_signer(sql: &Connection, company: CompanyId, user: &User) -> Result<(), WorkbookError> {
    if user.has_secret {
        return Ok(());
    }
    let active: i64 = sql
        .prepare_cached("SELECT count(*) FROM users WHERE company_id = ?1 AND active = 1")?
        .query_row([Blob(company.uuid())], |row| row.get(0))?;
    if active <= 1 { Ok(()) } else { Err(WorkbookError::OwnSecretNeeded { name: user.name.clone() }) }
}
