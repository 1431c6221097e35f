//! Acts: what a person did with one key press. Each can be taken back and done again, in any number and after a restart,
//! by whoever did it.

mod history;
mod records;
mod redo;
mod undo;

use rusqlite::{OptionalExtension, Row, params};
use tieout_domain::{ActId, ActKind, MatchId, MatchStatus, Money};
use uuid::Uuid;

use crate::{
    Workbook, WorkbookError,
    change::Change,
    rows::{self, Blob},
};

/// What a person did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// Its identifier.
    pub id: ActId,
    /// What it was.
    pub kind: ActKind,
    /// Whom it is about, as a list shows it; empty where it is about several.
    pub title: String,
    /// How many matches or records it is about.
    pub items: u64,
    /// What these come to, where they are of one currency.
    pub amount: Option<Money>,
    /// Who did it.
    pub by: String,
    /// When, in milliseconds since 1970-01-01 UTC.
    pub done_at_ms: i64,
    /// Whether it stands: it was not taken back, or was done again.
    pub standing: bool,
}

/// What taking an act back, or doing it again, did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turned {
    /// The act, as it is now.
    pub act: Act,
    /// Matches that were decided anew or whose decision was taken back, with where they stand now.
    pub matches: Vec<(MatchId, MatchStatus)>,
    /// Proposals that came back into the queue.
    pub restored: Vec<MatchId>,
}

/// What an act is about, for its row.
pub(crate) struct About {
    pub(crate) title: String,
    pub(crate) items: u64,
    pub(crate) amount: Option<Money>,
}

/// All that was put together by hand is stored as `match`; what it was more closely is told by what it made.
const ACT: &str = "SELECT a.id,
        CASE WHEN a.kind <> 'match' THEN a.kind
             WHEN a.items > 1 THEN 'split'
             WHEN EXISTS (SELECT 1 FROM decisions d
                          JOIN match_adjustments j ON j.company_id = d.company_id AND j.match_id = d.match_id
                          WHERE d.company_id = a.company_id AND d.act_id = a.id AND d.user_id IS NOT NULL
                            AND d.verdict = 'approve' AND j.account IS NOT NULL) THEN 'write_off'
             ELSE a.kind END,
        a.title, a.items, a.amount, a.currency, u.name, a.done_at, a.standing
    FROM acts a JOIN users u ON u.company_id = a.company_id AND u.id = a.user_id";

/// Nothing of a decision that another act took back since is left to take back. ?1 company.
const A_DECISION_STANDS: &str = "(a.kind NOT IN ('approve', 'reject', 'match') OR EXISTS (
    SELECT 1 FROM decisions d WHERE d.company_id = a.company_id AND d.act_id = a.id AND d.user_id IS NOT NULL
      AND d.verdict <> 'undo'
      AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.company_id = d.company_id AND u.supersedes = d.id)))";

/// Decisions `d` that stand as they did when act `a`, by its undo decisions `u`, took them back: of the same act, by the
/// same person or policy. What somebody decided otherwise since is none of them.
const STAND_AS_TAKEN_BACK: &str = "decisions u
    JOIN decisions o ON o.company_id = u.company_id AND o.id = u.supersedes
    JOIN decisions d ON d.company_id = o.company_id AND d.match_id = o.match_id AND d.act_id = o.act_id
        AND d.user_id IS o.user_id AND d.verdict = o.verdict
    WHERE u.company_id = a.company_id AND u.act_id = a.id AND u.user_id IS NOT NULL AND u.verdict = 'undo'
      AND NOT EXISTS (SELECT 1 FROM decisions s WHERE s.company_id = d.company_id AND s.supersedes = d.id)";

fn own_act(which: &str) -> String {
    format!("{ACT} WHERE a.company_id = ?1 AND a.user_id = ?2 AND {which} LIMIT 1")
}

fn next_to_undo() -> String {
    let records_stand = records::something_is_left(false);
    format!("a.standing = 1 AND {A_DECISION_STANDS} AND {records_stand} ORDER BY a.id DESC")
}

fn read_act(row: &Row<'_>) -> Result<Act, WorkbookError> {
    let currency: Option<String> = row.get(5)?;
    let amount = match (row.get::<_, Option<i64>>(4)?, currency) {
        (Some(minor), Some(code)) => Some(rows::money(minor, &code)?),
        _ => None,
    };
    Ok(Act {
        id: ActId::from_uuid(row.get::<_, Blob>(0)?.0),
        kind: row.get::<_, String>(1)?.parse().map_err(WorkbookError::unreadable)?,
        title: row.get(2)?,
        items: rows::counted(row.get(3)?),
        amount,
        by: row.get(6)?,
        done_at_ms: row.get(7)?,
        standing: row.get(8)?,
    })
}

/// Which way an act is turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Undo,
    Redo,
}

impl Turn {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Undo => "undo",
            Self::Redo => "redo",
        }
    }
}

impl Workbook {
    /// What [`Workbook::undo_newest`] would take back; `None` when there is nothing.
    pub fn undoable(&self) -> Result<Option<Act>, WorkbookError> {
        self.first_act(&next_to_undo())
    }

    /// What [`Workbook::redo_newest`] would do again; `None` when there is nothing: whoever does something new gives up
    /// what they took back before.
    pub fn redoable(&self) -> Result<Option<Act>, WorkbookError> {
        let records_wait = records::something_is_left(true);
        self.first_act(&format!(
            "a.redoable = 1 AND (a.kind <> 'take_back' OR EXISTS (SELECT 1 FROM {STAND_AS_TAKEN_BACK}))
             AND {records_wait} ORDER BY a.turned_by DESC"
        ))
    }

    fn first_act(&self, which: &str) -> Result<Option<Act>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(&own_act(which))?;
        let mut found = statement.query(params![Blob(self.company.id.uuid()), Blob(self.user.id.uuid())])?;
        found.next()?.map(read_act).transpose()
    }
}

impl Change<'_> {
    /// Notes that whoever works in the workbook did something, under the identifier that its parts name. What they took
    /// back before cannot be done again from here on.
    pub(crate) fn act(&mut self, id: Uuid, kind: ActKind, about: &About) -> Result<(), WorkbookError> {
        let (company, user) = (Blob(self.company.uuid()), Blob(self.user.uuid()));
        self.sql
            .prepare_cached("UPDATE acts SET redoable = 0 WHERE company_id = ?1 AND user_id = ?2 AND redoable = 1")?
            .execute(params![company, user])?;
        self.sql
            .prepare_cached(
                "INSERT INTO acts (company_id, id, kind, title, items, amount, currency, user_id, done_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                company,
                Blob(id),
                kind.as_str(),
                about.title,
                rows::stored(about.items),
                about.amount.map(Money::minor_units),
                about.amount.map(|amount| amount.currency().to_string()),
                user,
                self.now_ms,
            ])?;
        Ok(())
    }

    /// What matches an act is about come to.
    pub(crate) fn about_matches(&self, ids: &[MatchId]) -> Result<About, WorkbookError> {
        let mut title = String::new();
        let mut sums = Vec::new();
        for id in ids {
            let (of_one, minor, code): (String, i64, String) = self
                .sql
                .prepare_cached(
                    "SELECT title, iif(lines > 0, line_total, entry_total), currency FROM matches
                     WHERE company_id = ?1 AND id = ?2",
                )?
                .query_row(params![Blob(self.company.uuid()), Blob(id.uuid())], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                })
                .optional()?
                .ok_or_else(|| WorkbookError::not_found("match", id))?;
            title = of_one;
            sums.push(rows::money(minor, &code)?);
        }
        Ok(About::of(title, &sums))
    }

    /// Turns an act whose parts are turned already. Only then may it be done again that it is whoever did it that takes it
    /// back.
    fn turn(&mut self, act: &Act, id: Uuid, turn: Turn, reason: &str) -> Result<Act, WorkbookError> {
        let company = Blob(self.company.uuid());
        self.sql
            .prepare_cached(
                "INSERT INTO act_turns (company_id, id, act_id, turn, user_id, turned_at, reason)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                company,
                Blob(id),
                Blob(act.id.uuid()),
                turn.as_str(),
                Blob(self.user.uuid()),
                self.now_ms,
                reason
            ])?;
        let standing = turn == Turn::Redo;
        let turned = self
            .sql
            .prepare_cached(
                "UPDATE acts SET standing = ?3, redoable = ?4, turned_by = ?5
                 WHERE company_id = ?1 AND id = ?2 AND standing <> ?3",
            )?
            .execute(params![company, Blob(act.id.uuid()), standing, !standing, Blob(id)])?;
        if turned != 1 {
            return Err(WorkbookError::NothingToUndo);
        }
        Ok(Act { standing, ..act.clone() })
    }
}

impl About {
    /// Of several things no title speaks; amounts of several currencies, or too large for one, are not added.
    pub(crate) fn of(title: String, amounts: &[Money]) -> Self {
        let amount = amounts.first().and_then(|first| Money::total(amounts.iter().copied(), first.currency()).ok());
        Self { title: if amounts.len() == 1 { title } else { String::new() }, items: amounts.len() as u64, amount }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of a million decisions only those of the act itself are looked at.
    #[test]
    fn which_act_is_undone_next_is_found_along_indexes() {
        let desk = crate::tests::Desk::new();
        let workbook = desk.create();
        let sql = format!("EXPLAIN QUERY PLAN {}", own_act(&next_to_undo()));
        let mut statement = workbook.sql.prepare(&sql).unwrap();
        let nobody = Blob(Uuid::nil());
        let steps = statement.query_map(params![nobody, nobody], |row| row.get(3)).unwrap();
        let steps: Vec<String> = steps.collect::<rusqlite::Result<_>>().unwrap();
        let decisions: Vec<&String> = steps.iter().filter(|step| step.starts_with("SEARCH d ")).collect();
        assert!(!decisions.is_empty(), "{steps:?}");
        assert!(decisions.iter().all(|step| step.contains("INDEX decisions_by_act")), "{steps:?}");
        assert!(steps.iter().all(|step| !step.starts_with("SCAN ")), "{steps:?}");
    }
}
