//! Taking decisions back. An undo is itself a decision: it supersedes the one it takes back.

use rusqlite::{OptionalExtension, Row, params};
use tieout_domain::{Decider, DecisionId, Digest, MatchId, MatchStatus, Money, Permission, Verdict};
use uuid::Uuid;

use crate::{
    Workbook, WorkbookError,
    change::Change,
    decisions::NewDecision,
    json::Json,
    rows::{self, Blob},
};

/// What [`Workbook::undo_newest`] would take back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undoable {
    /// What was decided: approve (also of a match by hand) or reject.
    pub verdict: Verdict,
    /// How many matches it was about.
    pub matches: u64,
    /// One of them.
    pub match_id: MatchId,
    /// Whom it is about: the match's title.
    pub title: String,
    /// Its statement total.
    pub amount: Money,
}

/// What an undo did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndoOutcome {
    /// Matches whose decision was taken back, with where they stand now.
    pub undone: Vec<(MatchId, MatchStatus)>,
    /// Proposals that came back into the queue.
    pub restored: Vec<MatchId>,
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

fn read_standing(row: &Row<'_>) -> Result<Standing, WorkbookError> {
    let before: String = row.get(5)?;
    Ok(Standing {
        id: DecisionId::from_uuid(row.get::<_, Blob>(0)?.0),
        act: row.get::<_, Blob>(1)?.0,
        match_id: MatchId::from_uuid(row.get::<_, Blob>(2)?.0),
        verdict: rows::verdict(&row.get::<_, String>(3)?)?,
        content: Digest::from_bytes(row.get(4)?),
        status_before: if before == "none" { None } else { Some(rows::match_status(&before)?) },
        by_hand: row.get(6)?,
    })
}

impl Workbook {
    /// What [`Workbook::undo_newest`] would take back; `None` when there is nothing.
    pub fn undoable(&self) -> Result<Option<Undoable>, WorkbookError> {
        let Some(act) = newest_act(&self.sql, self.company.id)? else { return Ok(None) };
        let row = self
            .sql
            .prepare_cached(
                "SELECT d.verdict, d.match_id, m.title, m.line_total, m.entry_total, m.lines, m.currency,
                        count(*) OVER (PARTITION BY d.verdict)
                 FROM decisions d JOIN matches m ON m.company_id = d.company_id AND m.id = d.match_id
                 WHERE d.company_id = ?1 AND d.act_id = ?2 AND d.user_id IS NOT NULL AND d.verdict IN ('approve', 'reject')
                   AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.company_id = d.company_id AND u.supersedes = d.id)
                 ORDER BY d.id DESC LIMIT 1",
            )?
            .query_row(params![Blob(self.company.id.uuid()), Blob(act)], |row| {
                let lines: i64 = row.get(5)?;
                let amount: i64 = row.get(if lines > 0 { 3 } else { 4 })?;
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, Blob>(1)?.0,
                    row.get::<_, String>(2)?,
                    amount,
                    row.get::<_, String>(6)?,
                    row.get::<_, i64>(7)?,
                ))
            })
            .optional()?;
        let Some((verdict, match_id, title, amount, currency, matches)) = row else { return Ok(None) };
        Ok(Some(Undoable {
            verdict: rows::verdict(&verdict)?,
            matches: rows::counted(matches),
            match_id: MatchId::from_uuid(match_id),
            title,
            amount: rows::money(amount, &currency)?,
        }))
    }

    /// Takes back what a person decided last: one decision, or all that were made at once. Proposals it had set aside
    /// come back where their records are still free.
    pub fn undo_newest(&mut self, reason: &str) -> Result<UndoOutcome, WorkbookError> {
        self.change(Permission::Decide, |change| {
            let act = newest_act(change.sql, change.company)?.ok_or(WorkbookError::NothingToUndo)?;
            let standing = change.standing_decisions("AND d.act_id = ?2 AND d.user_id IS NOT NULL", act)?;
            change.undo(standing, reason)
        })
    }

    /// Takes back the decision that stands on this match, be it a person's or the policy's.
    pub fn undo_decision(&mut self, id: MatchId, reason: &str) -> Result<UndoOutcome, WorkbookError> {
        self.change(Permission::Decide, |change| {
            let mut standing =
                change.standing_decisions("AND d.match_id = ?2 AND d.verdict <> 'override'", id.uuid())?;
            // At most one stands, since a decided match must be undone before it is decided again.
            standing.truncate(1);
            let Some(decision) = standing.first() else { return Err(WorkbookError::NothingToUndo) };
            if decision.by_hand {
                // The proposals a match by hand overrode come back with it.
                let act = decision.act;
                standing = change.standing_decisions("AND d.act_id = ?2 AND d.user_id IS NOT NULL", act)?;
            }
            change.undo(standing, reason)
        })
    }
}

/// The newest thing a person did that still stands.
fn newest_act(sql: &rusqlite::Connection, company: tieout_domain::CompanyId) -> Result<Option<Uuid>, WorkbookError> {
    let act = sql
        .prepare_cached(
            "SELECT d.act_id FROM decisions d
             WHERE d.company_id = ?1 AND d.user_id IS NOT NULL AND d.verdict <> 'undo' AND d.verdict <> 'override'
               AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.company_id = d.company_id AND u.supersedes = d.id)
             ORDER BY d.id DESC LIMIT 1",
        )?
        .query_row(params![Blob(company.uuid())], |row| row.get::<_, Blob>(0))
        .optional()?;
    Ok(act.map(|act| act.0))
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

    fn undo(&mut self, standing: Vec<Standing>, reason: &str) -> Result<UndoOutcome, WorkbookError> {
        let act = self.id();
        let mut outcome = UndoOutcome { undone: Vec::new(), restored: Vec::new() };
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
        let details = Json::Object(vec![
            ("matches", Json::texts(outcome.undone.iter().map(|(id, _)| id))),
            ("reason", Json::text(reason)),
            ("restored", Json::texts(&outcome.restored)),
            ("supersedes", Json::texts(standing.iter().map(|decision| decision.id))),
        ]);
        self.tell("decision.undone", &format!("act {act}"), &details)?;
        Ok(outcome)
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
    fn restore(&mut self, act: Uuid) -> Result<Vec<MatchId>, WorkbookError> {
        let aside: Vec<(Blob, String)> = self
            .sql
            .prepare_cached(
                "SELECT id, superseded_from FROM matches
                 WHERE company_id = ?1 AND superseded_by = ?2 AND status = 'superseded'
                   AND NOT EXISTS (SELECT 1 FROM runs WHERE company_id = ?1 AND id = ?2) ORDER BY id",
            )?
            .query_map(params![Blob(self.company.uuid()), Blob(act)], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let mut free = Vec::new();
        for (id, from) in aside {
            let id = MatchId::from_uuid(id.0);
            if self.is_free(id, act)? {
                free.push((id, rows::match_status(&from)?));
            }
        }
        for (id, from) in &free {
            self.set_status(*id, MatchStatus::Superseded, *from)?;
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
