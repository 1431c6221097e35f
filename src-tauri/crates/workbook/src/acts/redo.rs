//! Doing again what was taken back.

use rusqlite::params;
use tieout_domain::{ActKind, Decider, Digest, MatchId, MatchStatus, Permission, Verdict};
use uuid::Uuid;

use super::{Act, Turn, Turned};
use crate::{
    Workbook, WorkbookError,
    change::Change,
    decisions::NewDecision,
    json::Json,
    rows::{self, Blob},
};

/// A decision that was taken back.
struct Undone {
    act: Uuid,
    match_id: MatchId,
    verdict: Verdict,
    content: Digest,
    reason: String,
    /// Where the match stood before it was first made.
    status_before: Option<MatchStatus>,
    by_hand: bool,
    /// Who made it: made again it is theirs, not of whoever undid that it was taken back.
    decided_by: Decider,
}

impl Workbook {
    /// Does again what whoever works here took back last. Where that is no longer possible (the records are used
    /// otherwise, the proposal is another) nothing is done, and the error says what stands against it.
    pub fn redo_newest(&mut self, reason: &str) -> Result<Turned, WorkbookError> {
        self.require(Permission::Decide)?;
        let act = self.redoable()?.ok_or(WorkbookError::NothingToRedo)?;
        self.check_marks_of(&act)?;
        self.change(act.kind.permission(), |change| change.redo_act(&act, reason))
    }
}

impl Change<'_> {
    fn redo_act(&mut self, act: &Act, reason: &str) -> Result<Turned, WorkbookError> {
        let turn = self.id();
        let (matches, restored) = match act.kind {
            ActKind::Approve | ActKind::Reject | ActKind::Match | ActKind::WriteOff | ActKind::Split => {
                (self.decide_again(self.undone_by_act(act)?)?, Vec::new())
            }
            ActKind::TakeBack => {
                let outcome = self.take_back_again(act, turn, reason)?;
                (outcome.undone, outcome.restored)
            }
            ActKind::Delete | ActKind::Restore => (Vec::new(), self.redo_records(act)?),
            ActKind::Assign | ActKind::Snooze | ActKind::Timing | ActKind::Comment | ActKind::Evidence => {
                Default::default()
            }
        };
        let turned = self.turn(act, turn, Turn::Redo, reason)?;
        self.renew_marked_by(act.id.uuid())?;
        let details = Json::Object(vec![
            ("kind", Json::text(act.kind.as_str())),
            ("matches", Json::texts(matches.iter().map(|(id, _)| id))),
            ("reason", Json::text(reason)),
        ]);
        self.tell("act.redone", &format!("act {}", act.id), &details)?;
        Ok(Turned { act: turned, matches, restored })
    }

    /// The turn that took the act back last.
    pub(super) fn undone_by_act(&self, act: &Act) -> Result<Uuid, WorkbookError> {
        let turn: Blob = self
            .sql
            .prepare_cached("SELECT turned_by FROM acts WHERE company_id = ?1 AND id = ?2")?
            .query_row(params![Blob(self.company.uuid()), Blob(act.id.uuid())], |row| row.get(0))?;
        Ok(turn.0)
    }

    /// Makes the decisions again that an undo took back, each in the order and for the act it was first made.
    pub(super) fn decide_again(&mut self, undone_by: Uuid) -> Result<Vec<(MatchId, MatchStatus)>, WorkbookError> {
        let mut again = Vec::new();
        for undone in self.undone_decisions(undone_by)? {
            let id = undone.match_id;
            self.require_unchanged(id, undone.content)?;
            match undone.verdict {
                Verdict::Approve if undone.by_hand && undone.status_before.is_none() => self.match_again(&undone)?,
                Verdict::Approve => {
                    self.approve_as(undone.act, id, undone.decided_by.clone(), &undone.reason)?;
                }
                Verdict::Reject => self.reject_again(&undone)?,
                // What a match by hand overrides is overridden with it.
                Verdict::Override | Verdict::Undo => continue,
            }
            again.push((id, self.status_of(id)?));
        }
        Ok(again)
    }

    fn undone_decisions(&self, undone_by: Uuid) -> Result<Vec<Undone>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT d.act_id, d.match_id, d.verdict, d.content, d.reason, d.status_before, m.run_id IS NULL, d.user_id,
                 d.policy_version
             FROM decisions u
             JOIN decisions d ON d.company_id = u.company_id AND d.id = u.supersedes
             JOIN matches m ON m.company_id = d.company_id AND m.id = d.match_id
             WHERE u.company_id = ?1 AND u.act_id = ?2 AND u.verdict = 'undo' ORDER BY d.id",
        )?;
        let mut found = statement.query(params![Blob(self.company.uuid()), Blob(undone_by)])?;
        let mut undone = Vec::new();
        while let Some(row) = found.next()? {
            undone.push(Undone {
                act: row.get::<_, Blob>(0)?.0,
                match_id: MatchId::from_uuid(row.get::<_, Blob>(1)?.0),
                verdict: rows::verdict(&row.get::<_, String>(2)?)?,
                content: Digest::from_bytes(row.get(3)?),
                reason: row.get(4)?,
                status_before: rows::status_before(&row.get::<_, String>(5)?)?,
                by_hand: row.get(6)?,
                decided_by: rows::decider(row.get(7)?, row.get(8)?),
            });
        }
        Ok(undone)
    }

    /// Rejects again. Taking it back may have left the match superseded, where its records are used otherwise: that does not
    /// hinder a rejection, and taking it back once more leads to where it stood at first.
    fn reject_again(&mut self, undone: &Undone) -> Result<(), WorkbookError> {
        let (id, before) = (undone.match_id, self.status_of(undone.match_id)?);
        if matches!(before, MatchStatus::Approved | MatchStatus::Rejected) {
            return Err(WorkbookError::Stale(id));
        }
        self.set_status(id, before, MatchStatus::Rejected)?;
        let content = self.content_of(id)?;
        self.insert_decision(&NewDecision {
            act: undone.act,
            match_id: id,
            verdict: Verdict::Reject,
            decided_by: undone.decided_by.clone(),
            reason: &undone.reason,
            content,
            status_before: undone.status_before,
            supersedes: None,
        })?;
        let records = self.records_of(id)?;
        self.refresh_all(&records)
    }

    /// Puts together again what was put together by hand and fell apart.
    fn match_again(&mut self, undone: &Undone) -> Result<(), WorkbookError> {
        let id = undone.match_id;
        let legs = self.legs(id)?;
        let records: Vec<_> = legs.iter().map(|leg| leg.record).collect();
        self.override_proposals(undone.act, &records, &undone.reason)?;
        for leg in &legs {
            self.held(leg.record)?.check_open(leg)?;
        }
        self.set_status(id, MatchStatus::Superseded, MatchStatus::Approved)?;
        let content = self.content_of(id)?;
        self.insert_decision(&NewDecision {
            act: undone.act,
            match_id: id,
            verdict: Verdict::Approve,
            decided_by: undone.decided_by.clone(),
            reason: &undone.reason,
            content,
            status_before: None,
            supersedes: None,
        })?;
        self.refresh_all(&records)
    }
}
