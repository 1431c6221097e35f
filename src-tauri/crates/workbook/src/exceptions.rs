//! What the engine says of records without a match: one exception a record, kept in step by every run.

use std::collections::HashSet;

use rusqlite::{OptionalExtension, params};
use tieout_domain::{RunId, Side};
use uuid::Uuid;

use crate::{
    NewException, Progress, Workbook, WorkbookError,
    change::Change,
    content, findings,
    progress::{PROGRESS_EVERY, go_on},
    rows::Blob,
    state::table,
};

impl Change<'_> {
    /// Every record without a match has its exception, and no other record has one. What did not change is not written.
    pub(crate) fn store_exceptions(
        &mut self,
        run: RunId,
        exceptions: &[NewException],
        progress: &mut Progress<'_>,
    ) -> Result<(), WorkbookError> {
        let company = Blob(self.company.uuid());
        let mut old: HashSet<i64> = self
            .sql
            .prepare_cached("SELECT rowid FROM exceptions WHERE company_id = ?1")?
            .query_map(params![company], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let had_any = !old.is_empty();
        for (i, exception) in exceptions.iter().enumerate() {
            if i % PROGRESS_EVERY == 0 {
                go_on(progress, i, exceptions.len())?;
            }
            let known = if had_any { self.update_exception(run, exception)? } else { None };
            match known {
                Some(rowid) => drop(old.remove(&rowid)),
                None => self.insert_exception(run, exception)?,
            }
        }
        let mut statement = self.sql.prepare_cached("DELETE FROM exceptions WHERE rowid = ?1")?;
        old.into_iter().try_for_each(|rowid| statement.execute(params![rowid]).map(drop))?;
        self.end_acceptances(run)
    }

    /// Brings the exception of a record up to date, if there is one: answers its row.
    fn update_exception(&self, run: RunId, exception: &NewException) -> Result<Option<i64>, WorkbookError> {
        let (line, entry) = content::columns(exception.record);
        let column = if line.is_some() { "line_id" } else { "entry_id" };
        let (cause, impact) = (exception.cause.as_str(), exception.impact);
        let finding = finding_text(exception);
        let found: Option<(i64, bool)> = self
            .sql
            .prepare_cached(&format!(
                "SELECT rowid, cause = ?3 AND impact = ?4 AND currency = ?5 AND explanation = ?6 AND finding IS ?7
                 FROM exceptions WHERE company_id = ?1 AND {column} = ?2"
            ))?
            .query_row(
                params![
                    Blob(self.company.uuid()),
                    line.or(entry).map(Blob),
                    cause,
                    impact.minor_units(),
                    impact.currency().code(),
                    exception.explanation,
                    finding
                ],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        if let Some((rowid, false)) = found {
            self.sql
                .prepare_cached(
                    "UPDATE exceptions SET run_id = ?2, cause = ?3, impact = ?4, currency = ?5, explanation = ?6, finding = ?7
                     WHERE rowid = ?1",
                )?
                .execute(params![
                    rowid,
                    Blob(run.uuid()),
                    cause,
                    impact.minor_units(),
                    impact.currency().code(),
                    exception.explanation,
                    finding
                ])?;
        }
        Ok(found.map(|(rowid, _)| rowid))
    }

    fn insert_exception(&mut self, run: RunId, exception: &NewException) -> Result<(), WorkbookError> {
        let id = self.id();
        let (line, entry) = content::columns(exception.record);
        self.sql
            .prepare_cached(
                "INSERT INTO exceptions
                     (company_id, id, run_id, line_id, entry_id, cause, impact, currency, explanation, opened_at,
                      finding)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )?
            .execute(params![
                Blob(self.company.uuid()),
                Blob(id),
                Blob(run.uuid()),
                line.map(Blob),
                entry.map(Blob),
                exception.cause.as_str(),
                exception.impact.minor_units(),
                exception.impact.currency().code(),
                exception.explanation,
                self.now_ms,
                finding_text(exception)
            ])?;
        Ok(())
    }
}

impl Workbook {
    /// The first record that does not carry the cause of its exception.
    pub(crate) fn first_wrong_cause(&self) -> Result<Option<Uuid>, WorkbookError> {
        for side in [Side::Statement, Side::Ledger] {
            let (table, column) = table(side);
            let mut statement = self.sql.prepare(&format!(
                "SELECT r.id FROM {table} r
                 LEFT JOIN exceptions e ON e.company_id = r.company_id AND e.{column} = r.id
                 WHERE r.company_id = ?1 AND r.cause IS NOT e.cause LIMIT 1"
            ))?;
            let found: Option<Blob> =
                statement.query_row(params![Blob(self.company.id.uuid())], |row| row.get(0)).optional()?;
            if let Some(Blob(id)) = found {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }
}

fn finding_text(exception: &NewException) -> Option<String> {
    exception.finding.as_ref().map(|finding| findings::encode(finding).canonical())
}
