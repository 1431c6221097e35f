//! Going back: a preparation is taken back by one person; what was reviewed or locked is reopened by two, or stays as it is
//! where the second declines, or the first withdraws what they asked for.

use rusqlite::params;
use tieout_domain::{PeriodEventKind, PeriodId, PeriodState, Permission};

use super::{PeriodError, PeriodRecord, Reopening, events::NewPeriodEvent, told_of};
use crate::{Workbook, WorkbookError, json::Json, rows::Blob};

const OPEN_AGAIN: &str =
    "state = 'open', watched = 0, signature = NULL, content = NULL, opening = NULL, closing = NULL,
    prepared_by = NULL, reviewed_by = NULL, locked_by = NULL, to_reprove = 0, reopen_by = NULL";

const ASKED_NO_MORE: &str = "reopen_by = NULL";

impl Workbook {
    /// Takes the preparation of a period back, or sends it back, before it was reviewed.
    pub fn take_period_back(&mut self, id: PeriodId, reason: &str) -> Result<PeriodRecord, WorkbookError> {
        let period = self.period(id)?;
        if period.state != PeriodState::Prepared {
            let act = "taken back";
            return Err(PeriodError::State { found: period.state, wanted: "prepared", act }.into());
        }
        self.move_back(&period, PeriodEventKind::TakenBack, Permission::Decide, OPEN_AGAIN, reason)
    }

    /// Asks for a reviewed or locked period to be reopened. A second person does it. What somebody else asked for waits for
    /// an answer: it is not replaced.
    pub fn request_reopening(&mut self, id: PeriodId, reason: &str) -> Result<PeriodRecord, WorkbookError> {
        let period = self.reopenable(id)?;
        if let Some(waiting) = period.reopening.as_ref().filter(|waiting| waiting.user != self.user.id) {
            return Err(PeriodError::AskedAlready { name: waiting.name.clone() }.into());
        }
        self.move_back(&period, PeriodEventKind::ReopenRequested, Permission::Decide, "reopen_by = ?3", reason)
    }

    /// Reopens a period that somebody else asked to be reopened. Signed periods that follow are to be proved again.
    pub fn reopen_period(&mut self, id: PeriodId, reason: &str) -> Result<PeriodRecord, WorkbookError> {
        self.require(Permission::SignOff)?;
        let (period, request) = self.requested(id)?;
        self.check_another(&request, "do it")?;
        let reason = if reason.trim().is_empty() { request.reason } else { reason.to_owned() };
        self.move_back(&period, PeriodEventKind::Reopened, Permission::SignOff, OPEN_AGAIN, &reason)
    }

    /// Declines to reopen a period that somebody else asked to be reopened: whoever could have reopened it does, and says
    /// why. The period stays as it is signed.
    pub fn decline_reopening(&mut self, id: PeriodId, reason: &str) -> Result<PeriodRecord, WorkbookError> {
        self.require(Permission::SignOff)?;
        let (period, request) = self.requested(id)?;
        self.check_another(&request, "decline it; withdraw it instead")?;
        self.move_back(&period, PeriodEventKind::ReopenDeclined, Permission::SignOff, ASKED_NO_MORE, reason)
    }

    /// Withdraws one's own request to reopen a period, which stays as it is signed. The reason may be left out.
    pub fn withdraw_reopening(&mut self, id: PeriodId, reason: &str) -> Result<PeriodRecord, WorkbookError> {
        self.require(Permission::Decide)?;
        let (period, request) = self.requested(id)?;
        if request.user != self.user.id {
            return Err(PeriodError::NotTheirs { asked: request.name }.into());
        }
        self.move_back(&period, PeriodEventKind::ReopenWithdrawn, Permission::Decide, ASKED_NO_MORE, reason)
    }

    /// The period, and the request to reopen it that waits.
    fn requested(&self, id: PeriodId) -> Result<(PeriodRecord, Reopening), WorkbookError> {
        let period = self.reopenable(id)?;
        let request = period.reopening.clone().ok_or(PeriodError::NoRequest)?;
        Ok((period, request))
    }

    fn check_another(&self, request: &Reopening, act: &'static str) -> Result<(), WorkbookError> {
        if request.user != self.user.id || self.company.single_user {
            return Ok(());
        }
        let name = self.user.name.clone();
        Err(PeriodError::SamePerson { name, did: "asked for this period to be reopened", act }.into())
    }

    fn reopenable(&self, id: PeriodId) -> Result<PeriodRecord, WorkbookError> {
        let period = self.period(id)?;
        match period.state {
            PeriodState::Reviewed | PeriodState::Locked => Ok(period),
            found @ (PeriodState::Open | PeriodState::Prepared) => {
                Err(PeriodError::State { found, wanted: "reviewed or locked", act: "reopened" }.into())
            }
        }
    }

    fn move_back(
        &mut self,
        period: &PeriodRecord,
        kind: PeriodEventKind,
        permission: Permission,
        set: &str,
        reason: &str,
    ) -> Result<PeriodRecord, WorkbookError> {
        let reason = reason.trim();
        if reason.is_empty() && kind != PeriodEventKind::ReopenWithdrawn {
            return Err(PeriodError::NoReason.into());
        }
        let id = period.id;
        let signed = period.signed.as_ref();
        let (signature, content) = signed
            .map(|signed| (signed.signature, signed.content))
            .ok_or_else(|| WorkbookError::unreadable("a signed period without a signature"))?;
        let figures = self.figures_text(signature)?;
        let account = self.account(period.account)?.name;
        self.change(permission, |change| {
            let event = change.id();
            change.insert_period_event(&NewPeriodEvent {
                id: event,
                period: id,
                kind,
                signature,
                reason,
                content,
                figures: &figures,
            })?;
            change.sql.execute(
                &format!("UPDATE periods SET {set} WHERE company_id = ?1 AND id = ?2 AND ?3 = ?3"),
                params![Blob(change.company.uuid()), Blob(id.uuid()), Blob(change.user.uuid())],
            )?;
            change.watch_no_longer()?;
            let mut details = told_of(&account, period.days);
            details.extend([
                ("content", Json::text(content)),
                ("reason", Json::text(reason)),
                ("was", Json::Word(period.state.as_str())),
            ]);
            change.tell(&format!("period.{}", kind.as_str()), &format!("period {id}"), &Json::Object(details))
        })?;
        self.period(id)
    }
}
