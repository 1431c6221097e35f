//! Records without a match that a policy accepted. They stay unmatched, outstanding and open to every later match; only the
//! queue lists them no more.

use rusqlite::{OptionalExtension, params};
use sha2::{Digest as _, Sha256};
use tieout_domain::{Digest, Money, Permission, RecordRef, RootCause, RunId, Side};
use uuid::Uuid;

use crate::{
    Workbook, WorkbookError,
    change::Change,
    content,
    json::Json,
    marks,
    rows::{self, Blob},
    state::{State, side_of, table},
};

/// So many records are named of those that come back; the digest is over all.
const TOLD_MAX: usize = 20;

/// What a policy accepted of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// Version of the policy.
    pub policy_version: u32,
    /// The cause for which it accepted it.
    pub cause: RootCause,
    /// What was open of it then, without its sign.
    pub impact: Money,
    /// When, in milliseconds since 1970-01-01 UTC.
    pub accepted_at_ms: i64,
}

impl Workbook {
    /// The acceptance that holds for a record, if one does.
    pub fn acceptance_of(&self, record: RecordRef) -> Result<Option<Acceptance>, WorkbookError> {
        let (side, id) = side_of(record);
        let (table, _) = table(side);
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT p.policy_version, p.cause, p.impact, p.currency, p.resolved_at FROM {table} r
             JOIN policy_resolutions p ON p.company_id = r.company_id AND p.id = r.accepted_by
             WHERE r.company_id = ?1 AND r.id = ?2"
        ))?;
        let mut found = statement.query(params![Blob(self.company.id.uuid()), Blob(id)])?;
        let Some(row) = found.next()? else { return Ok(None) };
        Ok(Some(Acceptance {
            policy_version: row.get(0)?,
            cause: rows::cause(&row.get::<_, String>(1)?)?,
            impact: rows::money(row.get(2)?, &row.get::<_, String>(3)?)?,
            accepted_at_ms: row.get(4)?,
        }))
    }

    /// Puts a record that the policy accepted back into the queue. That is final: no version accepts it again.
    pub fn take_back_acceptance(&mut self, record: RecordRef, reason: &str) -> Result<(), WorkbookError> {
        let acceptance = self.acceptance_of(record)?.ok_or(WorkbookError::NotAccepted(record))?;
        self.change(Permission::Decide, |change| {
            let (side, id) = side_of(record);
            let (table, _) = table(side);
            let company = Blob(change.company.uuid());
            change.sql.execute(
                &format!(
                    "INSERT INTO policy_take_backs (company_id, resolution_id, taken_back_by, taken_back_at, reason)
                     SELECT company_id, accepted_by, ?3, ?4, ?5 FROM {table} WHERE company_id = ?1 AND id = ?2"
                ),
                params![company, Blob(id), Blob(change.user.uuid()), change.now_ms, reason],
            )?;
            change.sql.execute(
                &format!("UPDATE {table} SET accepted_by = NULL WHERE company_id = ?1 AND id = ?2"),
                params![company, Blob(id)],
            )?;
            let details = Json::Object(vec![
                ("cause", Json::Word(acceptance.cause.as_str())),
                ("impact", Json::text(acceptance.impact)),
                ("policy", Json::count(acceptance.policy_version)),
                ("reason", Json::text(reason)),
            ]);
            change.tell("policy.taken_back", &content::subject(record), &details)
        })
    }

    /// Records of a side without a match that the queue does not list, because the policy accepted them.
    pub(crate) fn count_accepted(&self, side: Side) -> Result<u64, WorkbookError> {
        let (table, _) = table(side);
        let count: i64 = self
            .sql
            .prepare_cached(&format!(
                "SELECT count(*) FROM {table} INDEXED BY {table}_accepted
                 WHERE company_id = ?1 AND accepted_by IS NOT NULL AND state = ?2"
            ))?
            .query_row(params![Blob(self.company.id.uuid()), State::Unmatched as i64], |row| row.get(0))?;
        Ok(rows::counted(count))
    }
}

/// The condition on `r` that the policy did not accept it; ?1 is the company.
pub(crate) fn not_accepted(side: Side) -> String {
    let (table, _) = table(side);
    format!(
        " AND r.rowid NOT IN (SELECT rowid FROM {table} INDEXED BY {table}_accepted
                              WHERE company_id = ?1 AND accepted_by IS NOT NULL)"
    )
}

impl Change<'_> {
    pub(super) fn accept(&mut self, record: RecordRef, resolution: Uuid) -> Result<(), WorkbookError> {
        let (side, id) = side_of(record);
        let (table, _) = table(side);
        self.sql
            .prepare_cached(&format!("UPDATE {table} SET accepted_by = ?3 WHERE company_id = ?1 AND id = ?2"))?
            .execute(params![Blob(self.company.uuid()), Blob(id), Blob(resolution)])?;
        Ok(())
    }

    /// What was accepted for one cause is not accepted for another, nor for a larger amount: such records come back into
    /// the queue. Called after a run said anew what is wrong with each record.
    pub(crate) fn end_acceptances(&mut self, run: RunId) -> Result<(), WorkbookError> {
        let mut ended = Vec::new();
        for side in [Side::Statement, Side::Ledger] {
            let (table, column) = table(side);
            let mut update = self.sql.prepare(&format!(
                "UPDATE {table} AS r SET accepted_by = NULL
                     WHERE rowid IN (SELECT rowid FROM {table} INDEXED BY {table}_accepted
                                     WHERE company_id = ?1 AND accepted_by IS NOT NULL AND state = 0)
                       AND EXISTS (
                           SELECT 1 FROM exceptions e
                           JOIN policy_resolutions p ON p.company_id = e.company_id AND p.id = r.accepted_by
                           WHERE e.company_id = r.company_id AND e.{column} = r.id
                             AND ({} <> p.cause OR e.impact > p.impact))
                     RETURNING id",
                marks::counts_as(side, "e.cause", "?2")
            ))?;
            let ids =
                update.query_map(params![Blob(self.company.uuid()), self.today().to_string()], |row| row.get(0))?;
            ended.extend(ids.collect::<rusqlite::Result<Vec<Blob>>>()?);
        }
        if ended.is_empty() {
            return Ok(());
        }
        // In the order of their identifiers, whatever order SQLite took them in.
        let mut ids: Vec<Uuid> = ended.into_iter().map(|id| id.0).collect();
        ids.sort_unstable();
        let mut lines = Sha256::new();
        ids.iter().for_each(|id| lines.update(format!("{id}\n")));
        let details = Json::Object(vec![
            ("contents", Json::text(Digest::from_bytes(lines.finalize().into()))),
            ("first", Json::texts(ids.iter().take(TOLD_MAX))),
            ("records", Json::count(ids.len() as u64)),
        ]);
        self.tell("policy.acceptances_ended", &format!("run {run}"), &details)
    }

    /// A record came out of a match: what was accepted of it does not cover a larger amount that is open now.
    pub(crate) fn end_acceptance_of(&mut self, record: RecordRef) -> Result<(), WorkbookError> {
        let (side, id) = side_of(record);
        let (table, _) = table(side);
        let ended = self
            .sql
            .prepare_cached(&format!(
                "UPDATE {table} AS r SET accepted_by = NULL
                 WHERE company_id = ?1 AND id = ?2 AND accepted_by IS NOT NULL
                   AND abs(amount - applied) > (SELECT p.impact FROM policy_resolutions p
                                                WHERE p.company_id = r.company_id AND p.id = r.accepted_by)"
            ))?
            .execute(params![Blob(self.company.uuid()), Blob(id)])?;
        if ended == 0 {
            return Ok(());
        }
        let details = Json::Object(vec![("records", Json::count(ended as u64))]);
        self.tell("policy.acceptances_ended", &content::subject(record), &details)
    }

    /// A person undid a decision: if it was a version of the policy that made it, that is final.
    pub(crate) fn note_taken_back(
        &mut self,
        decision: tieout_domain::DecisionId,
        reason: &str,
    ) -> Result<(), WorkbookError> {
        let resolution: Option<Blob> = self
            .sql
            .prepare_cached("SELECT id FROM policy_resolutions WHERE company_id = ?1 AND decision_id = ?2")?
            .query_row(params![Blob(self.company.uuid()), Blob(decision.uuid())], |row| row.get(0))
            .optional()?;
        if let Some(resolution) = resolution {
            self.sql.execute(
                "INSERT INTO policy_take_backs (company_id, resolution_id, taken_back_by, taken_back_at, reason)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                params![Blob(self.company.uuid()), resolution, Blob(self.user.uuid()), self.now_ms, reason],
            )?;
        }
        Ok(())
    }
}
