//! One change: a transaction that writes data and the links of the audit chain that tell of it, or nothing at all.

use rusqlite::{Transaction, TransactionBehavior};
use tieout_domain::{AuditHead, CompanyId, UserId};
use uuid::Uuid;

use crate::{Clock, Workbook, WorkbookError, audit, clock::Ids, json::Json, tally::Tally};

/// What a change works with. The time stands still within it.
pub(crate) struct Change<'a> {
    pub(crate) sql: Transaction<'a>,
    pub(crate) company: CompanyId,
    pub(crate) user: UserId,
    pub(crate) now_ms: i64,
    pub(crate) tally: Tally,
    actor: &'a str,
    clock: &'a dyn Clock,
    ids: &'a mut Ids,
    head: AuditHead,
    events: u32,
}

impl Change<'_> {
    /// A new identifier, after all given so far.
    pub(crate) fn id(&mut self) -> Uuid {
        self.ids.next(self.now_ms, || self.clock.random())
    }

    /// Adds a link to the audit chain, in the name of whoever works in the workbook.
    pub(crate) fn tell(&mut self, action: &str, subject: &str, details: &Json) -> Result<(), WorkbookError> {
        let actor = self.actor;
        self.tell_as(actor, action, subject, details)
    }

    /// Adds a link in the name of `system`: what happens without a person.
    pub(crate) fn tell_as_system(&mut self, action: &str, subject: &str, details: &Json) -> Result<(), WorkbookError> {
        self.tell_as("system", action, subject, details)
    }

    fn tell_as(&mut self, actor: &str, action: &str, subject: &str, details: &Json) -> Result<(), WorkbookError> {
        let id = self.id();
        self.head = audit::append(
            &self.sql,
            self.company,
            self.head,
            &audit::NewEvent { id, at_ms: self.now_ms, actor, action, subject, details: details.canonical() },
        )?;
        self.events += 1;
        Ok(())
    }
}

impl Workbook {
    /// Does a change: all of it, told of in the audit chain, or none of it.
    pub(crate) fn change<T>(
        &mut self,
        work: impl FnOnce(&mut Change<'_>) -> Result<T, WorkbookError>,
    ) -> Result<T, WorkbookError> {
        let now_ms = self.clock.now_ms();
        let sql = self.sql.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut change = Change {
            sql,
            company: self.company.id,
            user: self.user.id,
            now_ms,
            tally: Tally::default(),
            actor: &self.user.name,
            clock: self.clock.as_ref(),
            ids: &mut self.ids,
            head: self.head,
            events: 0,
        };
        let answer = work(&mut change)?;
        debug_assert!(change.events > 0, "a change must tell of itself");
        let Change { sql, company, tally, head, .. } = change;
        tally.store(&sql, company)?;
        sql.commit()?;
        self.head = head;
        if !self.anchor_state.is_rolled_back() {
            self.anchor.set(head);
        }
        Ok(answer)
    }
}
