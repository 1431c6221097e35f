//! Import batches: begun, completed, failed, listed.
//!
//! A batch is one file, however many accounts and statements it holds. It is begun in a transaction of its own, together
//! with its report, so that a crash leaves a trace; its rows come in one second transaction, all or none. What is left
//! unfinished by a crash is marked failed when the workbook is next opened, and keeps its report.

use rusqlite::{OptionalExtension, Row, params};
use tieout_domain::{AccountId, BatchState, Diagnostic, Digest, ImportBatchId, Permission, Said, Side};

use crate::{
    Workbook, WorkbookError,
    change::Change,
    json::Json,
    rows::{self, Blob},
};

/// A file about to be taken in.
#[derive(Debug, Clone, Copy)]
pub struct NewBatch<'a> {
    /// The file's name, without its folder.
    pub file_name: &'a str,
    /// SHA-256 of its bytes.
    pub file_hash: Digest,
    /// Where it lay, so that it can be tried again; empty where it came from nowhere on this machine.
    pub source_path: &'a str,
    /// `csv`, `xlsx` …
    pub format: &'a str,
    /// How its columns were understood, in the caller's own words.
    pub mapping: &'a str,
    /// About how many rows are to come. It decides how they are stored (from some 20,000 rows on, much faster), not whether.
    pub rows: u64,
    /// What is wrong with its rows.
    pub diagnostics: &'a [Diagnostic],
    /// Rows that are left out because they cannot be read.
    pub rejected: u64,
    /// The report of the validation: JSON, in the caller's own words. It is stored when the import begins, and stays
    /// whatever becomes of it.
    pub report: Option<&'a str>,
    /// The data's quality, 0 to 100.
    pub quality: Option<u8>,
    /// The failed import that is tried again.
    pub retry_of: Option<ImportBatchId>,
    /// The user knows that the same statement file was taken in before, and wants it for another account too.
    pub for_another_account: bool,
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
    /// Where it lay; empty where that is not known.
    pub source_path: String,
    /// Which side its rows are of.
    pub side: Side,
    /// `csv`, `xlsx` …
    pub format: String,
    /// How its columns were understood.
    pub mapping: String,
    /// The account, for statements of one account only.
    pub account: Option<AccountId>,
    /// That account's name; of several accounts all names, one a line.
    pub account_name: Option<String>,
    /// How far it has come.
    pub state: BatchState,
    /// Why it failed; empty otherwise.
    pub note: String,
    /// The same with its code.
    pub said: Said,
    /// The failed import that was tried again.
    pub retry_of: Option<ImportBatchId>,
    /// When it was begun, in milliseconds since 1970-01-01 UTC.
    pub started_at_ms: i64,
    /// Who took it in.
    pub imported_by: String,
    /// Rows stored.
    pub added: u64,
    /// Rows that were there already, those deleted earlier included.
    pub duplicates: u64,
    /// Rows left out.
    pub rejected: u64,
    /// The data's quality, 0 to 100, where it was measured.
    pub quality: Option<u8>,
}

const BATCH: &str = "SELECT b.id, b.file_name, b.file_hash, b.side, b.format, b.mapping, b.account_id,
        CASE WHEN b.account_id IS NOT NULL THEN a.name ELSE (
            SELECT group_concat(name, char(10)) FROM (
                SELECT DISTINCT x.name FROM statements s
                JOIN accounts x ON x.company_id = s.company_id AND x.id = s.account_id
                WHERE s.company_id = b.company_id AND s.batch_id = b.id ORDER BY x.name)) END,
        b.state, b.note, b.started_at, u.name, b.added, b.duplicates, b.rejected, b.source_path, b.retry_of, b.quality
    FROM import_batches b
    JOIN users u ON u.company_id = b.company_id AND u.id = b.imported_by
    LEFT JOIN accounts a ON a.company_id = b.company_id AND a.id = b.account_id
    WHERE b.company_id = ?1";

fn read_batch(row: &Row<'_>) -> Result<Batch, WorkbookError> {
    let said = Said::kept(&row.get::<_, String>(9)?);
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
        note: said.english().to_owned(),
        said,
        started_at_ms: row.get(10)?,
        imported_by: row.get(11)?,
        added: rows::counted(row.get(12)?),
        duplicates: rows::counted(row.get(13)?),
        rejected: rows::counted(row.get(14)?),
        source_path: row.get(15)?,
        retry_of: row.get::<_, Option<Blob>>(16)?.map(|id| ImportBatchId::from_uuid(id.0)),
        quality: row.get(17)?,
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

    /// One import.
    pub fn batch(&self, id: ImportBatchId) -> Result<Batch, WorkbookError> {
        let mut statement = self.sql.prepare_cached(&format!("{BATCH} AND b.id = ?2"))?;
        let mut rows = statement.query(params![Blob(self.company.id.uuid()), Blob(id.uuid())])?;
        let found = rows.next()?.map(read_batch).transpose()?;
        found.ok_or_else(|| WorkbookError::not_found("import", id))
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
                expected: Said::kept(&row.get::<_, String>(4)?),
                severity: rows::severity(&row.get::<_, String>(5)?)?,
            });
        }
        Ok(diagnostics)
    }

    /// The report of a file's validation, as it was given; `None` where there was none.
    pub fn validation_report(&self, batch: ImportBatchId) -> Result<Option<String>, WorkbookError> {
        let found = self
            .sql
            .prepare_cached("SELECT report FROM import_batches WHERE company_id = ?1 AND id = ?2")?
            .query_row(params![Blob(self.company.id.uuid()), Blob(batch.uuid())], |row| row.get(0))
            .optional()?;
        found.ok_or_else(|| WorkbookError::not_found("import", batch))
    }

    /// Records a file that could not be taken in at all, with its report, so that it can be tried again.
    pub fn record_failed_import(
        &mut self,
        new: &NewBatch<'_>,
        side: Side,
        note: &str,
    ) -> Result<ImportBatchId, WorkbookError> {
        self.change(Permission::Import, |change| {
            let batch = change.begin_batch(new, side, 0)?;
            change.fail_batch(batch, note)?;
            Ok(batch)
        })
    }

    /// Batches a crash left open are failed: nothing of them is stored but their report.
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
        self.change(Permission::Upkeep, |change| {
            for id in &open {
                let batch = ImportBatchId::from_uuid(id.0);
                change.end_batch(batch, BatchState::Failed, "interrupted", 0, 0)?;
                change.tell_as_system("import.interrupted", &format!("import {batch}"), &Json::Object(Vec::new()))?;
            }
            Ok(())
        })
    }

    /// The newest completed import of these bytes for the same side, and how often they were taken in so far.
    pub(crate) fn earlier_import(
        &self,
        file_hash: Digest,
        side: Side,
    ) -> Result<Option<(ImportBatchId, u64)>, WorkbookError> {
        let found = self
            .sql
            .query_row(
                "SELECT id, max(repetition) + 1 FROM import_batches
                 WHERE company_id = ?1 AND file_hash = ?2 AND side = ?3 AND state = 'completed'
                 GROUP BY company_id",
                params![Blob(self.company.id.uuid()), file_hash.as_bytes(), side.as_str()],
                |row| Ok((ImportBatchId::from_uuid(row.get::<_, Blob>(0)?.0), rows::counted(row.get(1)?))),
            )
            .optional()?;
        Ok(found)
    }
}

impl Change<'_> {
    /// Writes the batch down with its report, as being worked on.
    pub(crate) fn begin_batch(
        &mut self,
        new: &NewBatch<'_>,
        side: Side,
        repetition: u64,
    ) -> Result<ImportBatchId, WorkbookError> {
        let batch = ImportBatchId::from_uuid(self.id());
        let company = Blob(self.company.uuid());
        if let Some(failed) = new.retry_of {
            self.require_failed(failed)?;
        }
        self.sql.execute(
            "INSERT INTO import_batches
                 (company_id, id, file_name, file_hash, side, format, mapping, state, imported_by, started_at, rejected,
                  report, quality, source_path, retry_of, repetition)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'pending', ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            params![
                company,
                Blob(batch.uuid()),
                new.file_name,
                new.file_hash.as_bytes(),
                side.as_str(),
                new.format,
                new.mapping,
                Blob(self.user.uuid()),
                self.now_ms,
                rows::stored(new.rejected),
                new.report,
                new.quality.map(|quality| quality.min(100)),
                new.source_path,
                new.retry_of.map(|failed| Blob(failed.uuid())),
                rows::stored(repetition)
            ],
        )?;
        self.store_diagnostics(batch, new.diagnostics)?;
        self.sql.execute(
            "UPDATE import_batches SET state = 'processing' WHERE company_id = ?1 AND id = ?2",
            params![company, Blob(batch.uuid())],
        )?;
        let details = Json::Object(vec![
            ("file", Json::text(new.file_name)),
            ("format", Json::text(new.format)),
            ("hash", Json::text(new.file_hash)),
            ("mapping", Json::text(new.mapping)),
            ("retry_of", Json::optional(new.retry_of)),
            ("side", Json::text(side.as_str())),
        ]);
        self.tell("import.started", &format!("import {batch}"), &details)?;
        Ok(batch)
    }

    fn require_failed(&self, batch: ImportBatchId) -> Result<(), WorkbookError> {
        let failed: bool = self.sql.query_row(
            "SELECT EXISTS (SELECT 1 FROM import_batches WHERE company_id = ?1 AND id = ?2 AND state = 'failed')",
            params![Blob(self.company.uuid()), Blob(batch.uuid())],
            |row| row.get(0),
        )?;
        if failed { Ok(()) } else { Err(WorkbookError::not_found("failed import", batch)) }
    }

    fn store_diagnostics(&mut self, batch: ImportBatchId, diagnostics: &[Diagnostic]) -> Result<(), WorkbookError> {
        for diagnostic in diagnostics {
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
                    diagnostic.expected.to_keep(),
                    diagnostic.severity.as_str()
                ])?;
        }
        Ok(())
    }

    pub(crate) fn fail_batch(&mut self, batch: ImportBatchId, note: &str) -> Result<(), WorkbookError> {
        self.end_batch(batch, BatchState::Failed, note, 0, 0)?;
        let details = Json::Object(vec![("why", Json::text(Said::kept(note).english()))]);
        self.tell("import.failed", &format!("import {batch}"), &details)
    }

    pub(crate) fn end_batch(
        &self,
        batch: ImportBatchId,
        state: BatchState,
        note: &str,
        added: u64,
        duplicates: u64,
    ) -> Result<(), WorkbookError> {
        self.sql.execute(
            "UPDATE import_batches SET state = ?3, note = ?4, ended_at = ?5, added = ?6, duplicates = ?7
             WHERE company_id = ?1 AND id = ?2",
            params![
                Blob(self.company.uuid()),
                Blob(batch.uuid()),
                state.as_str(),
                note,
                self.now_ms,
                rows::stored(added),
                rows::stored(duplicates)
            ],
        )?;
        Ok(())
    }
}
