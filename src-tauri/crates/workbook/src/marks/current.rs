//! What the notes on something come to, kept beside them for lists.

use jiff::civil::Date;
use rusqlite::{OptionalExtension, params};
use tieout_domain::{MatchId, MatchStatus, RecordRef, Side};
use uuid::Uuid;

use super::{Mark, column, columns, was_not_given_back};
use crate::{
    QueueSubject, Workbook, WorkbookError,
    change::Change,
    rows::{self, Blob},
    state::{State, side_of, table},
};

/// What of the notes a mark would replace.
struct Held {
    owner: Option<String>,
    snoozed_until: Option<String>,
    expected_on: Option<String>,
}

impl Workbook {
    /// Whether the subject says already what the mark would: comments and files are always new.
    pub(super) fn says_already(&self, subject: QueueSubject, mark: &Mark) -> Result<bool, WorkbookError> {
        let held = self.held_marks(subject)?;
        let day = |date: &Option<Date>| date.map(|date| date.to_string());
        Ok(match mark {
            Mark::Owner(owner) => *owner == held.owner,
            Mark::Snooze(until) => day(until) == held.snoozed_until,
            Mark::Timing(None) => held.expected_on.is_none(),
            // Its reason may be another.
            Mark::Timing(Some(_)) | Mark::Comment(_) | Mark::Evidence(_) => false,
        })
    }

    fn held_marks(&self, subject: QueueSubject) -> Result<Held, WorkbookError> {
        let (column, id) = column(subject);
        let held = self
            .sql
            .prepare_cached(&format!(
                "SELECT owner, snoozed_until, expected_on FROM marked WHERE company_id = ?1 AND {column} = ?2"
            ))?
            .query_row(params![Blob(self.company.id.uuid()), Blob(id)], |row| {
                Ok(Held { owner: row.get(0)?, snoozed_until: row.get(1)?, expected_on: row.get(2)? })
            })
            .optional()?;
        Ok(held.unwrap_or(Held { owner: None, snoozed_until: None, expected_on: None }))
    }

    /// Whether there is such a match or record.
    pub fn has(&self, subject: QueueSubject) -> Result<bool, WorkbookError> {
        let table = match subject {
            QueueSubject::Match(_) => "matches",
            QueueSubject::Record(record) => table(side_of(record).0).0,
        };
        let (_, id) = column(subject);
        let mut statement =
            self.sql.prepare_cached(&format!("SELECT 1 FROM {table} WHERE company_id = ?1 AND id = ?2"))?;
        Ok(statement.exists(params![Blob(self.company.id.uuid()), Blob(id)])?)
    }

    /// Whom a person gave it to.
    pub fn assigned_owner(&self, subject: QueueSubject) -> Result<Option<String>, WorkbookError> {
        Ok(self.held_marks(subject)?.owner)
    }

    pub(super) fn state_of(&self, record: RecordRef) -> Result<State, WorkbookError> {
        let (side, id) = side_of(record);
        let (table, _) = table(side);
        let code: Option<i64> = self
            .sql
            .prepare_cached(&format!("SELECT state FROM {table} WHERE company_id = ?1 AND id = ?2"))?
            .query_row(params![Blob(self.company.id.uuid()), Blob(id)], |row| row.get(0))
            .optional()?;
        State::from_code(code.ok_or_else(|| WorkbookError::not_found("record", id))?)
    }

    /// Records without a match that are snoozed, or not expected to be settled yet: the queue does not count them.
    pub(crate) fn count_hidden_records(&self, side: Side) -> Result<u64, WorkbookError> {
        let (table, column) = table(side);
        let count: i64 = self
            .sql
            .prepare_cached(&format!(
                "SELECT count(*) FROM marked h INDEXED BY marked_hidden
                 JOIN {table} r ON r.company_id = h.company_id AND r.id = h.{column}
                 WHERE h.company_id = ?1 AND h.hidden_until <> '' AND h.hidden_until > ?2
                   AND r.state = 0 AND r.accepted_by IS NULL"
            ))?
            .query_row(params![Blob(self.company.id.uuid()), self.today().to_string()], |row| row.get(0))?;
        Ok(rows::counted(count))
    }

    /// Proposals that are snoozed.
    pub(crate) fn count_hidden_matches(&self, status: MatchStatus) -> Result<u64, WorkbookError> {
        let count: i64 = self
            .sql
            .prepare_cached(
                "SELECT count(*) FROM marked h INDEXED BY marked_hidden
                 JOIN matches m ON m.company_id = h.company_id AND m.id = h.match_id
                 WHERE h.company_id = ?1 AND h.hidden_until <> '' AND h.hidden_until > ?2 AND m.status = ?3",
            )?
            .query_row(params![Blob(self.company.id.uuid()), self.today().to_string(), status.as_str()], |row| {
                row.get(0)
            })?;
        Ok(rows::counted(count))
    }
}

/// The condition that a subject is snoozed, or not expected to be settled, beyond `today`; `column` of [`marked`] holds
/// what `id` is.
pub(crate) fn is_hidden(column: &str, id: &str, today: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM marked h WHERE h.company_id = ?1 AND h.{column} = {id} AND h.hidden_until > {today})"
    )
}

impl Change<'_> {
    /// Brings what lists show of a subject in step with its notes, after one was added or an act of theirs was turned.
    pub(super) fn renew_marked(&mut self, subject: QueueSubject) -> Result<(), WorkbookError> {
        let (column, id) = column(subject);
        let (company, id) = (Blob(self.company.uuid()), Blob(id));
        self.sql
            .prepare_cached(&format!("DELETE FROM marked WHERE company_id = ?1 AND {column} = ?2"))?
            .execute(params![company, id])?;
        let [line, entry, of_match] = columns(subject);
        let standing = format!(
            "FROM marks m JOIN acts a ON a.company_id = m.company_id AND a.id = m.act_id AND a.standing = 1
             WHERE m.company_id = ?1 AND m.{column} = ?2 AND {}",
            was_not_given_back("m")
        );
        let newest = |kind: &str, value: &str| {
            format!("(SELECT {value} {standing} AND m.kind = '{kind}' ORDER BY m.id DESC LIMIT 1)")
        };
        let number = |kind: &str| format!("(SELECT count(*) {standing} AND m.kind = '{kind}')");
        self.sql
            .prepare_cached(&format!(
                "INSERT INTO marked (company_id, line_id, entry_id, match_id, owner, snoozed_until, expected_on, comments,
                                     evidence)
                 SELECT ?1, ?3, ?4, ?5, nullif({}, ''), {}, {}, {}, {}
                 WHERE EXISTS (SELECT 1 {standing})",
                newest("owner", "m.text"),
                newest("snooze", "m.date"),
                newest("timing", "m.date"),
                number("comment"),
                number("evidence"),
            ))?
            .execute(params![company, id, line, entry, of_match])?;
        Ok(())
    }

    /// The same for all that an act noted something on.
    pub(crate) fn renew_marked_by(&mut self, act: Uuid) -> Result<(), WorkbookError> {
        self.renew_marked_where("act_id", act)
    }

    /// The same for all that notes on a proposal were carried on to, after it was pushed aside or came back.
    pub(crate) fn renew_carried_from(&mut self, proposal: MatchId) -> Result<(), WorkbookError> {
        self.renew_marked_where("carried_from", proposal.uuid())
    }

    fn renew_marked_where(&mut self, column: &str, id: Uuid) -> Result<(), WorkbookError> {
        let subjects: Vec<Option<QueueSubject>> = self
            .sql
            .prepare_cached(&format!(
                "SELECT line_id, entry_id, match_id FROM marks WHERE company_id = ?1 AND {column} = ?2"
            ))?
            .query_map(params![Blob(self.company.uuid()), Blob(id)], |row| {
                Ok(QueueSubject::of_columns(row.get(0)?, row.get(1)?, row.get(2)?))
            })?
            .collect::<rusqlite::Result<_>>()?;
        subjects.into_iter().flatten().try_for_each(|subject| self.renew_marked(subject))
    }
}
