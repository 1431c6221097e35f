//! What was noted on a proposal goes on to what takes its place: the same notes, of the same acts.

use rusqlite::{OptionalExtension, params};
use tieout_domain::MatchId;
use uuid::Uuid;

use crate::{QueueSubject, WorkbookError, change::Change, json::Json, rows::Blob};

/// The match that holds most of the records of another and takes its place: it is proposed, or stands. ?1 company, ?2 the
/// other.
const SUCCESSOR: &str = "SELECT n.match_id FROM match_legs o
    JOIN match_legs n ON n.company_id = o.company_id
        AND ((o.line_id IS NOT NULL AND n.line_id = o.line_id) OR (o.entry_id IS NOT NULL AND n.entry_id = o.entry_id))
    JOIN matches m ON m.company_id = n.company_id AND m.id = n.match_id
        AND m.status IN ('suggested', 'ambiguous', 'approved')
    WHERE o.company_id = ?1 AND o.match_id = ?2
    GROUP BY n.match_id ORDER BY count(n.line_id) DESC, count(*) DESC, n.match_id LIMIT 1";

/// Notes on ?2 whose acts stand, as notes on ?3. Who looks after it and until when it is put off is said only of what is
/// still to be done.
const CARRIED: &str = "SELECT m.act_id, m.kind, m.text, m.date, m.file FROM marks m
    JOIN acts a ON a.company_id = m.company_id AND a.id = m.act_id AND a.standing = 1
    WHERE m.company_id = ?1 AND m.match_id = ?2
      AND (m.kind IN ('comment', 'evidence')
           OR EXISTS (SELECT 1 FROM matches n WHERE n.company_id = ?1 AND n.id = ?3 AND n.status <> 'approved'))
      AND NOT EXISTS (SELECT 1 FROM marks k WHERE k.company_id = ?1 AND k.match_id = ?3 AND k.act_id = m.act_id
                        AND k.kind = m.kind AND k.text = m.text AND k.date IS m.date AND k.file IS m.file)
    ORDER BY m.id";

/// A note as it is stored: of which act, of what kind, text, day, file.
type Stored = (Blob, String, String, Option<String>, Option<[u8; 32]>);

impl Change<'_> {
    /// Notes on proposals that a run or an act superseded go on to what took their place, where anything did.
    pub(crate) fn carry_marks_on(&mut self, superseded_by: Uuid) -> Result<(), WorkbookError> {
        let marked: Vec<Blob> = self
            .sql
            .prepare_cached(
                "SELECT k.match_id FROM marked k INDEXED BY marked_by_match
                 CROSS JOIN matches m ON m.company_id = k.company_id AND m.id = k.match_id
                 WHERE k.company_id = ?1 AND k.match_id IS NOT NULL AND m.superseded_by = ?2",
            )?
            .query_map(params![Blob(self.company.uuid()), Blob(superseded_by)], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for old in marked {
            let new: Option<Blob> = self
                .sql
                .prepare_cached(SUCCESSOR)?
                .query_row(params![Blob(self.company.uuid()), old], |row| row.get(0))
                .optional()?;
            if let Some(new) = new {
                self.carry(MatchId::from_uuid(old.0), MatchId::from_uuid(new.0))?;
            }
        }
        Ok(())
    }

    fn carry(&mut self, old: MatchId, new: MatchId) -> Result<(), WorkbookError> {
        let company = Blob(self.company.uuid());
        let carried: Vec<Stored> = self
            .sql
            .prepare_cached(CARRIED)?
            .query_map(params![company, Blob(old.uuid()), Blob(new.uuid())], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
            })?
            .collect::<rusqlite::Result<_>>()?;
        if carried.is_empty() {
            return Ok(());
        }
        for (act, kind, text, date, file) in &carried {
            let id = self.id();
            self.sql
                .prepare_cached(
                    "INSERT INTO marks (company_id, id, act_id, match_id, kind, text, date, file)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                )?
                .execute(params![company, Blob(id), act, Blob(new.uuid()), kind, text, date, file])?;
        }
        self.renew_marked(QueueSubject::Match(new))?;
        let details = Json::Object(vec![
            ("acts", Json::texts(carried.iter().map(|(act, ..)| act.0))),
            ("to", Json::text(format!("match {new}"))),
        ]);
        self.tell("marked.carried", &format!("match {old}"), &details)
    }
}
