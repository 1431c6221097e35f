//! What was noted on a proposal goes on to what takes its place, or to the records that are left alone: the same notes, of
//! the same acts.

use rusqlite::{OptionalExtension, params};
use tieout_domain::MatchId;
use uuid::Uuid;

use super::{Stored, column, name_of, was_not_given_back};
use crate::{QueueSubject, WorkbookError, change::Change, json::Json, periods, rows::Blob};

/// The match that takes the place of another: it is proposed, or was approved since, and holds most of its lines; of one
/// without lines, of its entries. ?1 company, ?2 the other.
const SUCCESSOR: &str = "SELECT n.match_id FROM match_legs o
    JOIN match_legs n ON n.company_id = o.company_id
        AND ((o.line_id IS NOT NULL AND n.line_id = o.line_id) OR (o.entry_id IS NOT NULL AND n.entry_id = o.entry_id))
    JOIN matches m ON m.company_id = n.company_id AND m.id = n.match_id
        AND (m.status IN ('suggested', 'ambiguous') OR (m.status = 'approved' AND m.id > o.match_id))
    WHERE o.company_id = ?1 AND o.match_id = ?2
    GROUP BY n.match_id
    HAVING count(n.line_id) > 0 OR NOT EXISTS (
        SELECT 1 FROM match_legs l WHERE l.company_id = ?1 AND l.match_id = ?2 AND l.line_id IS NOT NULL)
    ORDER BY count(n.line_id) DESC, count(*) DESC, n.match_id LIMIT 1";

/// Lines of a match that stand without one now; of a match without lines, entries. ?1 company, ?2 the match.
const LEFT_ALONE: &str = "SELECT l.line_id, l.entry_id FROM match_legs l
    LEFT JOIN statement_lines s ON s.company_id = l.company_id AND s.id = l.line_id
    LEFT JOIN ledger_entries e ON e.company_id = l.company_id AND e.id = l.entry_id
    WHERE l.company_id = ?1 AND l.match_id = ?2 AND ifnull(s.state, e.state) = 0
      AND (l.line_id IS NOT NULL OR NOT EXISTS (
          SELECT 1 FROM match_legs o WHERE o.company_id = ?1 AND o.match_id = ?2 AND o.line_id IS NOT NULL))
    ORDER BY l.position";

/// Notes on ?2 whose acts stand, as notes on ?3, whose column is given. Who looks after it and until when it is put off is
/// said only of what is still to be done.
fn carried(column: &str) -> String {
    format!(
        "SELECT m.act_id, m.kind, m.text, m.date, m.file FROM marks m
         JOIN acts a ON a.company_id = m.company_id AND a.id = m.act_id AND a.standing = 1
         WHERE m.company_id = ?1 AND m.match_id = ?2 AND {}
           AND (m.kind IN ('comment', 'evidence')
                OR NOT EXISTS (SELECT 1 FROM matches n WHERE n.company_id = ?1 AND n.id = ?3 AND n.status = 'approved'))
           AND NOT EXISTS (SELECT 1 FROM marks k WHERE k.company_id = ?1 AND k.{column} = ?3 AND k.act_id = m.act_id
                             AND k.kind = m.kind AND k.text = m.text AND k.date IS m.date AND k.file IS m.file
                             AND {})
         ORDER BY m.id",
        was_not_given_back("m"),
        was_not_given_back("k")
    )
}

/// What pushed proposals aside.
#[derive(Debug, Clone, Copy)]
pub(crate) enum PushedAside {
    /// A run: many of them, few of which are noted on.
    ByRun(Uuid),
    /// An act of a person: few of them.
    ByAct(Uuid),
}

impl PushedAside {
    /// Those that are noted on; ?1 company, ?2 the run or act.
    const fn noted(self) -> (&'static str, Uuid) {
        match self {
            Self::ByRun(id) => (
                "SELECT k.match_id FROM marked k INDEXED BY marked_by_match
                 CROSS JOIN matches m ON m.company_id = k.company_id AND m.id = k.match_id
                 WHERE k.company_id = ?1 AND k.match_id IS NOT NULL AND m.superseded_by = ?2",
                id,
            ),
            Self::ByAct(id) => (
                "SELECT k.match_id FROM matches m INDEXED BY matches_by_act
                 CROSS JOIN marked k ON k.company_id = m.company_id AND k.match_id = m.id
                 WHERE m.company_id = ?1 AND m.superseded_by = ?2",
                id,
            ),
        }
    }
}

impl Change<'_> {
    /// Notes on proposals that a run or an act superseded go on to what took their place; where nothing did, to the records
    /// that stand without a match now.
    pub(crate) fn carry_marks_on(&mut self, pushed_aside: PushedAside) -> Result<(), WorkbookError> {
        let (sql, by) = pushed_aside.noted();
        let marked: Vec<Blob> = self
            .sql
            .prepare_cached(sql)?
            .query_map(params![Blob(self.company.uuid()), Blob(by)], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for old in marked {
            let old = MatchId::from_uuid(old.0);
            for new in self.in_place_of(old)? {
                self.carry(old, new)?;
            }
        }
        Ok(())
    }

    fn in_place_of(&self, old: MatchId) -> Result<Vec<QueueSubject>, WorkbookError> {
        let (company, old) = (Blob(self.company.uuid()), Blob(old.uuid()));
        let successor: Option<Blob> =
            self.sql.prepare_cached(SUCCESSOR)?.query_row(params![company, old], |row| row.get(0)).optional()?;
        if let Some(id) = successor {
            return Ok(vec![QueueSubject::Match(MatchId::from_uuid(id.0))]);
        }
        let mut statement = self.sql.prepare_cached(LEFT_ALONE)?;
        let found = statement.query_map(params![company, old], |row| {
            Ok(periods::record_of(row.get(0)?, row.get(1)?).map(QueueSubject::Record))
        })?;
        Ok(found.filter_map(Result::transpose).collect::<rusqlite::Result<_>>()?)
    }

    fn carry(&mut self, old: MatchId, new: QueueSubject) -> Result<(), WorkbookError> {
        let company = Blob(self.company.uuid());
        let (column, id) = column(new);
        let carried: Vec<Stored> = self
            .sql
            .prepare_cached(&carried(column))?
            .query_map(params![company, Blob(old.uuid()), Blob(id)], |row| {
                let (act, kind, text) = (row.get(0)?, row.get(1)?, row.get(2)?);
                Ok(Stored { act, kind, text, date: row.get(3)?, file: row.get(4)? })
            })?
            .collect::<rusqlite::Result<_>>()?;
        if carried.is_empty() {
            return Ok(());
        }
        for mark in &carried {
            self.put_mark(new, mark, Some(old))?;
        }
        self.renew_marked(new)?;
        let details = Json::Object(vec![
            ("acts", Json::texts(carried.iter().map(|mark| mark.act.0))),
            ("to", Json::text(name_of(new))),
        ]);
        self.tell("marked.carried", &format!("match {old}"), &details)
    }
}
