//! Taking decisions back. An undo is itself a decision: it supersedes the one it takes back.

use rusqlite::{Row, params};
use tieout_domain::{ActId, ActKind, Decider, DecisionId, Digest, MatchId, MatchStatus, Permission, Verdict};
use uuid::Uuid;

use super::{ACT, Act, STAND_AS_TAKEN_BACK, Turn, Turned, read_act};
use crate::{
    Workbook, WorkbookError,
    change::Change,
    decisions::NewDecision,
    json::Json,
    rows::{self, Blob},
};

/// What taking decisions back did.
pub(super) struct TakenBack {
    /// Matches whose decision was taken back, with where they stand now.
    pub(super) undone: Vec<(MatchId, MatchStatus)>,
    /// Proposals that came back into the queue.
    pub(super) restored: Vec<MatchId>,
}

/// A decision that stands.
struct Standing {
    id: DecisionId,
    act: Uuid,
    match_id: MatchId,
    verdict: Verdict,
    content: Digest,
    status_before: Option<MatchStatus>,
    by_hand: bool,
}

const STANDING: &str = "SELECT d.id, d.act_id, d.match_id, d.verdict, d.content, d.status_before, m.run_id IS NULL
    FROM decisions d JOIN matches m ON m.company_id = d.company_id AND m.id = d.match_id
    WHERE d.company_id = ?1 AND d.verdict <> 'undo'
      AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.company_id = d.company_id AND u.supersedes = d.id)";

/// Proposals that an act ?2 set aside; ?1 company.
const SET_ASIDE: &str = "SELECT id, superseded_from, superseded_by FROM matches
    WHERE company_id = ?1 AND superseded_by = ?2 AND status = 'superseded'
      AND NOT EXISTS (SELECT 1 FROM runs WHERE company_id = ?1 AND id = ?2) ORDER BY id";

/// Proposals with records of a deletion ?2 that another one set aside which was taken back; ?1 company.
const WAITING: &str = "WITH held AS (
        SELECT l.match_id FROM act_records r
        JOIN match_legs l ON l.company_id = r.company_id AND l.line_id = r.line_id
        WHERE r.company_id = ?1 AND r.act_id = ?2 AND r.line_id IS NOT NULL
        UNION
        SELECT l.match_id FROM act_records r
        JOIN match_legs l ON l.company_id = r.company_id AND l.entry_id = r.entry_id
        WHERE r.company_id = ?1 AND r.act_id = ?2 AND r.entry_id IS NOT NULL)
    SELECT m.id, m.superseded_from, m.superseded_by FROM held
    JOIN matches m ON m.company_id = ?1 AND m.id = held.match_id AND m.status = 'superseded'
    JOIN acts a ON a.company_id = ?1 AND a.id = m.superseded_by AND a.kind = 'delete' AND a.standing = 0
    ORDER BY m.id";

fn read_standing(row: &Row<'_>) -> Result<Standing, WorkbookError> {
    Ok(Standing {
        id: DecisionId::from_uuid(row.get::<_, Blob>(0)?.0),
        act: row.get::<_, Blob>(1)?.0,
        match_id: MatchId::from_uuid(row.get::<_, Blob>(2)?.0),
        verdict: rows::verdict(&row.get::<_, String>(3)?)?,
        content: Digest::from_bytes(row.get(4)?),
        status_before: rows::status_before(&row.get::<_, String>(5)?)?,
        by_hand: row.get(6)?,
    })
}

impl Workbook {
    /// Takes back what whoever works here did last. Proposals it had set aside come back where their records are free.
    pub fn undo_newest(&mut self, reason: &str) -> Result<Turned, WorkbookError> {
        self.require(Permission::Decide)?;
        let act = self.undoable()?.ok_or(WorkbookError::NothingToUndo)?;
        self.change(act.kind.permission(), |change| change.undo_act(&act, reason))
    }

    /// Takes back the decision that stands on this match, be it anybody's or the policy's: an act of its own.
    pub fn undo_decision(&mut self, id: MatchId, reason: &str) -> Result<Turned, WorkbookError> {
        self.change(Permission::Decide, |change| {
            let mut standing =
                change.standing_decisions("AND d.match_id = ?2 AND d.verdict <> 'override'", id.uuid())?;
            // At most one stands, since a decided match must be undone before it is decided again.
            standing.truncate(1);
            let Some(decision) = standing.first() else { return Err(WorkbookError::NothingToUndo) };
            if decision.by_hand {
                // What was put together in one act falls apart in one, and the proposals it overrode come back with it.
                let act = decision.act;
                standing = change.standing_decisions("AND d.act_id = ?2 AND d.user_id IS NOT NULL", act)?;
            }
            let act = change.id();
            let about = change.about_matches(&[id])?;
            change.act(act, ActKind::TakeBack, &about)?;
            let outcome = change.take_all_back(act, standing, reason)?;
            change.tell_taken_back(act, &outcome, reason)?;
            let act = change.act_of(act)?;
            Ok(Turned { act, matches: outcome.undone, restored: outcome.restored })
        })
    }
}

impl Change<'_> {
    fn standing_decisions(&self, condition: &str, id: Uuid) -> Result<Vec<Standing>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(&format!("{STANDING} {condition} ORDER BY d.id DESC"))?;
        let mut found = statement.query(params![Blob(self.company.uuid()), Blob(id)])?;
        let mut standing = Vec::new();
        while let Some(row) = found.next()? {
            standing.push(read_standing(row)?);
        }
        Ok(standing)
    }

    fn undo_act(&mut self, act: &Act, reason: &str) -> Result<Turned, WorkbookError> {
        let turn = self.id();
        let outcome = match act.kind {
            ActKind::Approve | ActKind::Reject | ActKind::Match | ActKind::WriteOff | ActKind::Split => {
                let standing = self.standing_decisions("AND d.act_id = ?2 AND d.user_id IS NOT NULL", act.id.uuid())?;
                self.take_all_back(turn, standing, reason)?
            }
            ActKind::TakeBack => {
                let undone = self.decide_again(self.taken_back_by(act)?)?;
                TakenBack { undone, restored: Vec::new() }
            }
            ActKind::Delete | ActKind::Restore => {
                TakenBack { undone: Vec::new(), restored: self.undo_records(act, turn)? }
            }
            ActKind::Assign | ActKind::Snooze | ActKind::Timing | ActKind::Comment | ActKind::Evidence => {
                TakenBack { undone: Vec::new(), restored: Vec::new() }
            }
        };
        let turned = self.turn(act, turn, Turn::Undo, reason)?;
        self.renew_marked_by(act.id.uuid())?;
        self.tell_taken_back(act.id.uuid(), &outcome, reason)?;
        Ok(Turned { act: turned, matches: outcome.undone, restored: outcome.restored })
    }

    /// Of an act that took a decision back: under what its undo decisions stand, the act or the turn that did it again.
    fn taken_back_by(&self, act: &Act) -> Result<Uuid, WorkbookError> {
        let turn: Option<Blob> = self
            .sql
            .prepare_cached("SELECT turned_by FROM acts WHERE company_id = ?1 AND id = ?2")?
            .query_row(params![Blob(self.company.uuid()), Blob(act.id.uuid())], |row| row.get(0))?;
        Ok(turn.map_or(act.id.uuid(), |turn| turn.0))
    }

    /// Takes back again the decisions that an undo of the act made again, as far as they stand: what somebody decided
    /// otherwise since is theirs to take back.
    pub(super) fn take_back_again(&mut self, act: &Act, turn: Uuid, reason: &str) -> Result<TakenBack, WorkbookError> {
        let as_taken_back = format!(
            "AND d.id IN (SELECT d.id FROM acts a CROSS JOIN {STAND_AS_TAKEN_BACK} AND a.company_id = ?1 AND a.id = ?2)"
        );
        let standing = self.standing_decisions(&as_taken_back, act.id.uuid())?;
        if standing.is_empty() {
            return Err(WorkbookError::NothingToRedo);
        }
        self.take_all_back(turn, standing, reason)
    }

    /// Takes decisions back, newest first; `act` is what their undo decisions name.
    fn take_all_back(&mut self, act: Uuid, standing: Vec<Standing>, reason: &str) -> Result<TakenBack, WorkbookError> {
        let mut outcome = TakenBack { undone: Vec::new(), restored: Vec::new() };
        let mut acts: Vec<Uuid> = standing.iter().map(|decision| decision.act).collect();
        acts.dedup();
        for decision in &standing {
            let before = self.status_of(decision.match_id)?;
            self.insert_undo(act, decision, before, reason)?;
            if decision.verdict != Verdict::Override {
                let now = self.take_back(decision, before)?;
                outcome.undone.push((decision.match_id, now));
            }
        }
        for pushed_by in acts {
            outcome.restored.extend(self.restore(pushed_by)?);
        }
        Ok(outcome)
    }

    fn tell_taken_back(&mut self, act: Uuid, outcome: &TakenBack, reason: &str) -> Result<(), WorkbookError> {
        let details = Json::Object(vec![
            ("matches", Json::texts(outcome.undone.iter().map(|(id, _)| id))),
            ("reason", Json::text(reason)),
            ("restored", Json::texts(&outcome.restored)),
        ]);
        self.tell("act.undone", &format!("act {act}"), &details)
    }

    fn act_of(&self, id: Uuid) -> Result<Act, WorkbookError> {
        let mut statement = self.sql.prepare_cached(&format!("{ACT} WHERE a.company_id = ?1 AND a.id = ?2"))?;
        let mut found = statement.query(params![Blob(self.company.uuid()), Blob(id)])?;
        found.next()?.map(read_act).transpose()?.ok_or_else(|| WorkbookError::not_found("act", ActId::from_uuid(id)))
    }

    fn insert_undo(
        &mut self,
        act: Uuid,
        decision: &Standing,
        before: MatchStatus,
        reason: &str,
    ) -> Result<(), WorkbookError> {
        self.insert_decision(&NewDecision {
            act,
            match_id: decision.match_id,
            verdict: Verdict::Undo,
            decided_by: Decider::Person(self.user),
            reason,
            content: decision.content,
            status_before: Some(before),
            supersedes: Some(decision.id),
        })?;
        self.note_taken_back(decision.id, reason)
    }

    /// Puts a match back to where it stood before the decision.
    fn take_back(&mut self, decision: &Standing, status: MatchStatus) -> Result<MatchStatus, WorkbookError> {
        let id = decision.match_id;
        let back = match decision.status_before {
            Some(status) => status,
            // What was put together by hand falls apart; what the policy approved becomes a proposal.
            None if decision.by_hand => MatchStatus::Superseded,
            None => MatchStatus::Suggested,
        };
        // What was rejected long ago may have lost its records to another match, or to a newer proposal.
        let back = if decision.verdict == Verdict::Reject && !self.is_free(id, decision.act)? {
            MatchStatus::Superseded
        } else {
            back
        };
        self.set_status(id, status, back)?;
        let records = self.records_of(id)?;
        self.refresh_all(&records)?;
        Ok(back)
    }

    /// Brings back the proposals this act set aside, where their records are free. What a run set aside stays so: of all
    /// it found, one match was taken back.
    pub(super) fn restore(&mut self, act: Uuid) -> Result<Vec<MatchId>, WorkbookError> {
        self.restore_free(SET_ASIDE, act)
    }

    /// Brings back the proposals that deletions taken back before this one had set aside, and that waited for the records
    /// that come back with it.
    pub(super) fn restore_waiting(&mut self, deletion: Uuid) -> Result<Vec<MatchId>, WorkbookError> {
        self.restore_free(WAITING, deletion)
    }

    fn restore_free(&mut self, which: &str, act: Uuid) -> Result<Vec<MatchId>, WorkbookError> {
        let aside: Vec<(Blob, String, Blob)> = self
            .sql
            .prepare_cached(which)?
            .query_map(params![Blob(self.company.uuid()), Blob(act)], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?
            .collect::<rusqlite::Result<_>>()?;
        let mut free = Vec::new();
        for (id, from, set_aside_by) in aside {
            let id = MatchId::from_uuid(id.0);
            if self.is_free(id, set_aside_by.0)? {
                free.push((id, rows::match_status(&from)?));
            }
        }
        for (id, from) in &free {
            self.set_status(*id, MatchStatus::Superseded, *from)?;
            self.renew_carried_from(*id)?;
            let records = self.records_of(*id)?;
            self.refresh_all(&records)?;
        }
        Ok(free.into_iter().map(|(id, _)| id).collect())
    }

    /// Enough is open of its records, and no live proposal that a run found after this act holds any of them: those found
    /// before have stood side by side with it.
    fn is_free(&self, id: MatchId, act: Uuid) -> Result<bool, WorkbookError> {
        if !self.is_covered(id)? {
            return Ok(false);
        }
        for other in self.live_matches_holding(&self.records_of(id)?)? {
            if self.run_of(other)?.is_none_or(|run| run >= act) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn run_of(&self, id: MatchId) -> Result<Option<Uuid>, WorkbookError> {
        let run: Option<Blob> = self
            .sql
            .prepare_cached("SELECT run_id FROM matches WHERE company_id = ?1 AND id = ?2")?
            .query_row(params![Blob(self.company.uuid()), Blob(id.uuid())], |row| row.get(0))?;
        Ok(run.map(|run| run.0))
    }
}
