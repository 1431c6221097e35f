//! Import batches: begun, completed, failed, undone.
//!
//! A batch is begun in a transaction of its own, so that a crash leaves a trace; its rows come in one second
//! transaction, all or none. What is left unfinished by a crash is marked failed when the workbook is next opened.

use std::ops::ControlFlow;

use rusqlite::{OptionalExtension, Row, params};
use tieout_domain::{AccountId, BatchState, Diagnostic, Digest, ImportBatchId, RecordRef, Side};
use uuid::Uuid;

use crate::{
    Workbook, WorkbookError,
    change::Change,
    json::Json,
    rows::{self, Blob},
    state::{State, table},
};

/// Told how many rows of how many are stored; answers whether to go on.
pub type Progress<'a> = dyn FnMut(u64, u64) -> ControlFlow<()> + 'a;

/// A file about to be taken in.
#[derive(Debug, Clone, Copy)]
pub struct NewBatch<'a> {
    /// The file's name, without its folder.
    pub file_name: &'a str,
    /// SHA-256 of its bytes.
    pub file_hash: Digest,
    /// `csv`, `xlsx` …
    pub format: &'a str,
    /// How its columns were understood, in the caller's own words.
    pub mapping: &'a str,
    /// What is wrong with its rows.
    pub diagnostics: &'a [Diagnostic],
    /// Rows that are left out because they cannot be read.
    pub rejected: u64,
}

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImportOutcome {
    /// The batch.
    pub batch: ImportBatchId,
    /// Rows stored.
    pub added: u64,
    /// Rows that were there already.
    pub duplicates: u64,
    /// Rows left out.
    pub rejected: u64,
}

/// A file that was taken in, or was meant to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Its identifier.
    pub id: ImportBatchId,
    /// The file's name.
    pub file_name: String,
    /// SHA-256 of its bytes.
    pub file_hash: Digest,
    /// Which side its rows are of.
    pub side: Side,
    /// `csv`, `xlsx` …
    pub format: String,
    /// How its columns were understood.
    pub mapping: String,
    /// The account, for statements.
    pub account: Option<AccountId>,
    /// The account's name, for statements.
    pub account_name: Option<String>,
    /// How far it has come.
    pub state: BatchState,
    /// Why it failed; empty otherwise.
    pub note: String,
    /// When it was begun, in milliseconds since 1970-01-01 UTC.
    pub started_at_ms: i64,
    /// Who took it in.
    pub imported_by: String,
    /// Rows stored.
    pub added: u64,
    /// Rows that were there already.
    pub duplicates: u64,
    /// Rows left out.
    pub rejected: u64,
}

const BATCH: &str = "SELECT b.id, b.file_name, b.file_hash, b.side, b.format, b.mapping, b.account_id, a.name, b.state,
        b.note, b.started_at, u.name, b.added, b.duplicates, b.rejected
    FROM import_batches b
    JOIN users u ON u.company_id = b.company_id AND u.id = b.imported_by
    LEFT JOIN accounts a ON a.company_id = b.company_id AND a.id = b.account_id
    WHERE b.company_id = ?1";

fn read_batch(row: &Row<'_>) -> Result<Batch, WorkbookError> {
    Ok(Batch {
        id: ImportBatchId::from_uuid(row.get::<_, Blob>(0)?.0),
        file_name: row.get(1)?,
        file_hash: Digest::from_bytes(row.get(2)?),
        side: rows::side(&row.get::<_, String>(3)?)?,
        format: row.get(4)?,
        mapping: row.get(5)?,
        account: row.get::<_, Option<Blob>>(6)?.map(|id| AccountId::from_uuid(id.0)),
        account_name: row.get(7)?,
        state: rows::batch_state(&row.get::<_, String>(8)?)?,
        note: row.get(9)?,
        started_at_ms: row.get(10)?,
        imported_by: row.get(11)?,
        added: rows::counted(row.get(12)?),
        duplicates: rows::counted(row.get(13)?),
        rejected: rows::counted(row.get(14)?),
    })
}

impl Workbook {
    /// Every import, newest first.
    pub fn list_batches(&self) -> Result<Vec<Batch>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(&format!("{BATCH} ORDER BY b.id DESC"))?;
        let mut rows = statement.query(params![Blob(self.company.id.uuid())])?;
        let mut batches = Vec::new();
        while let Some(row) = rows.next()? {
            batches.push(read_batch(row)?);
        }
        Ok(batches)
    }

    /// The newest completed import of a file with these bytes.
    pub fn find_batch_by_hash(&self, file_hash: Digest) -> Result<Option<Batch>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(&format!(
            "{BATCH} AND b.file_hash = ?2 AND b.state = 'completed' ORDER BY b.id DESC LIMIT 1"
        ))?;
        let mut rows = statement.query(params![Blob(self.company.id.uuid()), file_hash.as_bytes()])?;
        rows.next()?.map(read_batch).transpose()
    }

    /// What was found wrong with a file: the data-quality checks its rows did not pass.
    pub fn batch_report(&self, batch: ImportBatchId) -> Result<Vec<Diagnostic>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT data_row, file_line, column_name, value, expected, severity FROM data_quality_checks
             WHERE company_id = ?1 AND batch_id = ?2 ORDER BY id",
        )?;
        let mut rows = statement.query(params![Blob(self.company.id.uuid()), Blob(batch.uuid())])?;
        let mut diagnostics = Vec::new();
        while let Some(row) = rows.next()? {
            diagnostics.push(Diagnostic {
                row: row.get(0)?,
                file_line: row.get(1)?,
                column: row.get(2)?,
                value: row.get(3)?,
                expected: row.get(4)?,
                severity: rows::severity(&row.get::<_, String>(5)?)?,
            });
        }
        Ok(diagnostics)
    }

    /// Takes back an import: its rows are withdrawn, proposals that hold any of them are set aside, and the batch counts
    /// as failed, so that the file can be taken in again. Refused while an approved match uses one of its rows.
    pub fn undo_import(&mut self, batch: ImportBatchId) -> Result<(), WorkbookError> {
        let batches = self.list_batches()?;
        let found = batches.into_iter().find(|found| found.id == batch);
        let found = found.ok_or_else(|| WorkbookError::not_found("import", batch))?;
        if found.state != BatchState::Completed {
            return Err(WorkbookError::ImportEmpty);
        }
        self.change(|change| {
            let rows = change.rows_of(&found)?;
            change.refuse_if_approved(found.side, &rows)?;
            let act = change.id();
            for proposal in change.live_matches_of(found.side, &rows)? {
                change.set_aside(proposal, act)?;
            }
            change.withdraw(&found, &rows)?;
            change.end_batch(batch, BatchState::Failed, "undone", 0, 0, found.rejected)?;
            let details = Json::Object(vec![
                ("file", Json::text(&found.file_name)),
                ("hash", Json::text(found.file_hash)),
                ("rows", Json::count(rows.len())),
            ]);
            change.tell("import.undone", &format!("import {batch}"), &details)
        })
    }

    /// Batches a crash left open are failed: nothing of them is stored.
    pub(crate) fn finish_what_a_crash_interrupted(&mut self) -> Result<(), WorkbookError> {
        let open: Vec<Blob> = {
            let mut statement = self.sql.prepare_cached(
                "SELECT id FROM import_batches WHERE company_id = ?1 AND state IN ('pending', 'processing')",
            )?;
            let rows = statement.query_map(params![Blob(self.company.id.uuid())], |row| row.get(0))?;
            rows.collect::<rusqlite::Result<_>>()?
        };
        if open.is_empty() {
            return Ok(());
        }
        self.change(|change| {
            for id in &open {
                let batch = ImportBatchId::from_uuid(id.0);
                change.end_batch(batch, BatchState::Failed, "interrupted", 0, 0, 0)?;
                change.tell_as_system("import.interrupted", &format!("import {batch}"), &Json::Object(Vec::new()))?;
            }
            Ok(())
        })
    }

    /// Refuses a file that was taken in before, for the same side and account.
    pub(crate) fn refuse_repeated(
        &self,
        new: &NewBatch<'_>,
        side: Side,
        account: Option<AccountId>,
    ) -> Result<(), WorkbookError> {
        let found = self
            .sql
            .query_row(
                "SELECT id FROM import_batches WHERE company_id = ?1 AND file_hash = ?2 AND side = ?3
                 AND ifnull(account_id, x'') = ifnull(?4, x'') AND state = 'completed'",
                params![
                    Blob(self.company.id.uuid()),
                    new.file_hash.as_bytes(),
                    side.as_str(),
                    account.map(|id| Blob(id.uuid()))
                ],
                |row| row.get::<_, Blob>(0),
            )
            .optional()?;
        match found {
            Some(id) => Err(WorkbookError::AlreadyImported(ImportBatchId::from_uuid(id.0))),
            None => Ok(()),
        }
    }

    pub(crate) fn begin_batch(
        &mut self,
        new: &NewBatch<'_>,
        side: Side,
        account: Option<AccountId>,
    ) -> Result<ImportBatchId, WorkbookError> {
        self.change(|change| {
            let batch = ImportBatchId::from_uuid(change.id());
            change.sql.execute(
                "INSERT INTO import_batches
                     (company_id, id, file_name, file_hash, side, format, mapping, account_id, state, imported_by, started_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'pending', ?9, ?10)",
                params![
                    Blob(change.company.uuid()),
                    Blob(batch.uuid()),
                    new.file_name,
                    new.file_hash.as_bytes(),
                    side.as_str(),
                    new.format,
                    new.mapping,
                    account.map(|id| Blob(id.uuid())),
                    Blob(change.user.uuid()),
                    change.now_ms
                ],
            )?;
            change.sql.execute(
                "UPDATE import_batches SET state = 'processing' WHERE company_id = ?1 AND id = ?2",
                params![Blob(change.company.uuid()), Blob(batch.uuid())],
            )?;
            let details = Json::Object(vec![
                ("account", Json::optional(account)),
                ("file", Json::text(new.file_name)),
                ("format", Json::text(new.format)),
                ("hash", Json::text(new.file_hash)),
                ("mapping", Json::text(new.mapping)),
                ("side", Json::text(side.as_str())),
            ]);
            change.tell("import.started", &format!("import {batch}"), &details)?;
            Ok(batch)
        })
    }

    /// Leaves only the batch's report. If even that fails, the next opening does it.
    pub(crate) fn fail_batch(&mut self, batch: ImportBatchId, new: &NewBatch<'_>, why: &WorkbookError) {
        let note = if matches!(why, WorkbookError::Cancelled) { "cancelled".to_owned() } else { why.to_string() };
        let failed = self.change(|change| {
            change.store_report(batch, new)?;
            change.end_batch(batch, BatchState::Failed, &note, 0, 0, new.rejected)?;
            let details = Json::Object(vec![("why", Json::text(&note))]);
            change.tell("import.failed", &format!("import {batch}"), &details)
        });
        if let Err(error) = failed {
            tracing::error!(%error, "a failed import could not be marked as such");
        }
    }
}

impl Change<'_> {
    pub(crate) fn complete_batch(
        &mut self,
        batch: ImportBatchId,
        new: &NewBatch<'_>,
        added: u64,
        duplicates: u64,
    ) -> Result<ImportOutcome, WorkbookError> {
        self.store_report(batch, new)?;
        self.end_batch(batch, BatchState::Completed, "", added, duplicates, new.rejected)?;
        let details = Json::Object(vec![
            ("added", Json::count(added)),
            ("duplicates", Json::count(duplicates)),
            ("file", Json::text(new.file_name)),
            ("hash", Json::text(new.file_hash)),
            ("rejected", Json::count(new.rejected)),
        ]);
        self.tell("import.completed", &format!("import {batch}"), &details)?;
        Ok(ImportOutcome { batch, added, duplicates, rejected: new.rejected })
    }

    fn store_report(&mut self, batch: ImportBatchId, new: &NewBatch<'_>) -> Result<(), WorkbookError> {
        for diagnostic in new.diagnostics {
            let id = self.id();
            self.sql
                .prepare_cached(
                    "INSERT INTO data_quality_checks
                         (company_id, id, batch_id, data_row, file_line, column_name, value, expected, severity)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                )?
                .execute(params![
                    Blob(self.company.uuid()),
                    Blob(id),
                    Blob(batch.uuid()),
                    diagnostic.row,
                    diagnostic.file_line,
                    diagnostic.column,
                    diagnostic.value,
                    diagnostic.expected,
                    diagnostic.severity.as_str()
                ])?;
        }
        Ok(())
    }

    fn end_batch(
        &self,
        batch: ImportBatchId,
        state: BatchState,
        note: &str,
        added: u64,
        duplicates: u64,
        rejected: u64,
    ) -> Result<(), WorkbookError> {
        self.sql.execute(
            "UPDATE import_batches SET state = ?3, note = ?4, ended_at = ?5, added = ?6, duplicates = ?7, rejected = ?8
             WHERE company_id = ?1 AND id = ?2",
            params![
                Blob(self.company.uuid()),
                Blob(batch.uuid()),
                state.as_str(),
                note,
                self.now_ms,
                rows::stored(added),
                rows::stored(duplicates),
                rows::stored(rejected)
            ],
        )?;
        Ok(())
    }

    /// The batch's records with the state they are in.
    fn rows_of(&self, batch: &Batch) -> Result<Vec<(Uuid, State)>, WorkbookError> {
        let query = match batch.side {
            Side::Statement => {
                "SELECT r.id, r.state FROM statements s
                 JOIN statement_lines r ON r.company_id = s.company_id AND r.account_id = s.account_id
                      AND r.statement_id = s.id
                 WHERE s.company_id = ?1 AND s.batch_id = ?2"
            }
            Side::Ledger => "SELECT id, state FROM ledger_entries WHERE company_id = ?1 AND batch_id = ?2",
        };
        let mut statement = self.sql.prepare_cached(query)?;
        let mut found = statement.query(params![Blob(self.company.uuid()), Blob(batch.id.uuid())])?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            rows.push((row.get::<_, Blob>(0)?.0, State::from_code(row.get(1)?)?));
        }
        Ok(rows)
    }

    fn refuse_if_approved(&self, side: Side, rows: &[(Uuid, State)]) -> Result<(), WorkbookError> {
        let approved = self.matches_of(side, rows, "m.status = 'approved'")?;
        if approved.is_empty() {
            return Ok(());
        }
        Err(WorkbookError::ImportInUse { matches: approved.len() as u64 })
    }

    fn live_matches_of(&self, side: Side, rows: &[(Uuid, State)]) -> Result<Vec<Uuid>, WorkbookError> {
        self.matches_of(side, rows, "m.status IN ('suggested', 'ambiguous')")
    }

    fn matches_of(&self, side: Side, rows: &[(Uuid, State)], which: &str) -> Result<Vec<Uuid>, WorkbookError> {
        let (_, leg) = table(side);
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT m.id FROM match_legs l JOIN matches m ON m.company_id = l.company_id AND m.id = l.match_id
             WHERE l.company_id = ?1 AND l.{leg} = ?2 AND {which}"
        ))?;
        let mut found = std::collections::BTreeSet::new();
        for (record, _) in rows {
            let ids = statement.query_map(params![Blob(self.company.uuid()), Blob(*record)], |row| row.get(0))?;
            for id in ids {
                let Blob(id) = id?;
                found.insert(id);
            }
        }
        Ok(found.into_iter().collect())
    }

    /// Marks the batch's records as withdrawn. Setting proposals aside may have moved them since `rows` was read.
    fn withdraw(&mut self, batch: &Batch, rows: &[(Uuid, State)]) -> Result<(), WorkbookError> {
        let (table, leg) = table(batch.side);
        for (record, _) in rows {
            let (company, id) = (Blob(self.company.uuid()), Blob(*record));
            let before: i64 = self
                .sql
                .prepare_cached(&format!("SELECT state FROM {table} WHERE company_id = ?1 AND id = ?2"))?
                .query_row(params![company, id], |row| row.get(0))?;
            self.sql
                .prepare_cached(&format!("UPDATE {table} SET state = 4 WHERE company_id = ?1 AND id = ?2"))?
                .execute(params![company, id])?;
            self.sql
                .prepare_cached(&format!("DELETE FROM exceptions WHERE company_id = ?1 AND {leg} = ?2"))?
                .execute(params![company, id])?;
            self.moved(batch.side, State::from_code(before)?, State::Withdrawn);
        }
        if let Some(account) = batch.account {
            let company = Blob(self.company.uuid());
            self.sql.execute(
                "UPDATE statements SET withdrawn = 1 WHERE company_id = ?1 AND batch_id = ?2",
                params![company, Blob(batch.id.uuid())],
            )?;
            self.sql.execute(
                "UPDATE accounts SET lines = lines - ?3 WHERE company_id = ?1 AND id = ?2",
                params![company, Blob(account.uuid()), rows::stored(rows.len() as u64)],
            )?;
        }
        Ok(())
    }

    /// Everything a proposal holds, brought in step after it was set aside.
    pub(crate) fn refresh_all(&mut self, records: &[RecordRef]) -> Result<(), WorkbookError> {
        records.iter().try_for_each(|record| self.refresh(*record))
    }
}
