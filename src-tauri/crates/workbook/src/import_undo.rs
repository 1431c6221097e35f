//! Taking a whole import back, as one.

use rusqlite::params;
use tieout_domain::{BatchState, ImportBatchId, Permission, Side};
use uuid::Uuid;

use crate::{
    Batch, Workbook, WorkbookError,
    change::Change,
    json::Json,
    rows::{self, Blob},
    state::{State, table},
};

impl Workbook {
    /// Takes back an import, with all its statements and accounts' lines: its rows are withdrawn, proposals that hold any
    /// of them are set aside, and the batch counts as failed, so that the file can be taken in again. Rows of it that
    /// were deleted are withdrawn for good. Refused while an approved match uses one of its rows.
    pub fn undo_import(&mut self, batch: ImportBatchId) -> Result<(), WorkbookError> {
        let found = self.batch(batch)?;
        if found.state != BatchState::Completed {
            return Err(WorkbookError::ImportEmpty);
        }
        self.change(Permission::Import, |change| {
            let approved = change.matches_of_batch(&found, "m.status = 'approved'")?;
            if !approved.is_empty() {
                return Err(WorkbookError::ImportInUse { matches: approved.len() as u64 });
            }
            let act = change.id();
            for proposal in change.matches_of_batch(&found, "m.status IN ('suggested', 'ambiguous')")? {
                change.set_aside(proposal, act)?;
            }
            let withdrawn = change.withdraw(&found)?;
            change.end_batch(batch, BatchState::Failed, "undone", 0, 0)?;
            let details = Json::Object(vec![
                ("file", Json::text(&found.file_name)),
                ("hash", Json::text(found.file_hash)),
                ("rows", Json::count(withdrawn)),
            ]);
            change.tell("import.undone", &format!("import {batch}"), &details)
        })
    }
}

/// The records of a batch as `r`; ?1 the company, ?2 the batch.
const fn records_of(side: Side) -> &'static str {
    match side {
        Side::Statement => {
            "(SELECT id AS statement, account_id AS account FROM statements WHERE company_id = ?1 AND batch_id = ?2) s
             CROSS JOIN statement_lines r ON r.company_id = ?1 AND r.account_id = s.account
                 AND r.statement_id = s.statement"
        }
        Side::Ledger => {
            "(SELECT ?2 AS batch) s CROSS JOIN ledger_entries r ON r.company_id = ?1 AND r.batch_id = s.batch"
        }
    }
}

/// Whether a record `r` is the batch's, likewise.
const fn is_of_batch(side: Side) -> &'static str {
    match side {
        Side::Statement => {
            "EXISTS (SELECT 1 FROM statements s WHERE s.company_id = ?1 AND s.id = r.statement_id AND s.batch_id = ?2)"
        }
        Side::Ledger => "r.batch_id = ?2",
    }
}

impl Change<'_> {
    /// Matches of which `which` holds and that hold any record of the batch.
    fn matches_of_batch(&self, batch: &Batch, which: &str) -> Result<Vec<Uuid>, WorkbookError> {
        let (_, leg) = table(batch.side);
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT DISTINCT m.id FROM {}
             CROSS JOIN match_legs l ON l.company_id = ?1 AND l.{leg} = r.id
             CROSS JOIN matches m ON m.company_id = ?1 AND m.id = l.match_id WHERE {which} ORDER BY m.id",
            records_of(batch.side)
        ))?;
        let ids = statement
            .query_map(params![Blob(self.company.uuid()), Blob(batch.id.uuid())], |row| row.get::<_, Blob>(0))?;
        Ok(ids.map(|id| id.map(|id| id.0)).collect::<rusqlite::Result<_>>()?)
    }

    /// Marks the batch's records as withdrawn. Answers how many there were besides those deleted before.
    fn withdraw(&mut self, batch: &Batch) -> Result<u64, WorkbookError> {
        let ((table, leg), from) = (table(batch.side), records_of(batch.side));
        let (company, id) = (Blob(self.company.uuid()), Blob(batch.id.uuid()));
        let mut withdrawn = 0;
        let mut statement =
            self.sql.prepare_cached(&format!("SELECT r.state, count(*) FROM {from} WHERE r.state <> 4 GROUP BY 1"))?;
        let mut found = statement.query(params![company, id])?;
        while let Some(row) = found.next()? {
            let (state, count): (i64, i64) = (row.get(0)?, row.get(1)?);
            self.tally.records(batch.side, State::from_code(state)?, -count);
            self.tally.records(batch.side, State::Withdrawn, count);
            withdrawn += rows::counted(count);
        }
        if batch.side == Side::Statement {
            self.sql.execute(
                &format!(
                    "UPDATE accounts SET lines = lines - found.number FROM (
                         SELECT s.account AS account, count(*) AS number FROM {from} WHERE r.state <> 4 GROUP BY 1) found
                     WHERE company_id = ?1 AND id = found.account"
                ),
                params![company, id],
            )?;
            self.sql.execute(
                "UPDATE statements SET withdrawn = 1 WHERE company_id = ?1 AND batch_id = ?2",
                params![company, id],
            )?;
        }
        self.sql.execute(
            &format!(
                "DELETE FROM exceptions WHERE company_id = ?1 AND {leg} IS NOT NULL AND EXISTS (
                     SELECT 1 FROM {table} r WHERE r.company_id = ?1 AND r.id = {leg} AND {})",
                is_of_batch(batch.side)
            ),
            params![company, id],
        )?;
        // Row by row: SQLite keeps in memory what a statement changes, and these may be all of a large table.
        let mut statement = self.sql.prepare_cached(&format!("SELECT r.rowid FROM {from}"))?;
        let rows =
            statement.query_map(params![company, id], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
        let mut statement = self.sql.prepare_cached(&format!(
            "UPDATE {table}
             SET state = 4, deleted_at = NULL, deleted_by = NULL, deletion_reason = NULL, deletion_act = NULL
             WHERE rowid = ?1"
        ))?;
        for row in rows {
            statement.execute([row])?;
        }
        Ok(withdrawn)
    }
}
