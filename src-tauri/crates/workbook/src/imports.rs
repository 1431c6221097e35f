//! An import under way: what the imports of both sides have in common.
//!
//! It is one transaction from beginning to end, however long it takes, and however many accounts, customers and rows it
//! makes: all of it is committed together, or nothing.

use rusqlite::params;
use tieout_domain::{AccountId, BatchState, Digest, ImportBatchId, Permission, Side};

use crate::{
    NewBatch, Progress, Workbook, WorkbookError,
    bulk::Bulk,
    change::{Change, Pending},
    json::Json,
    rows::Blob,
    tally,
};

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImportOutcome {
    /// The batch.
    pub batch: ImportBatchId,
    /// Rows stored.
    pub added: u64,
    /// Rows that were there already, those deleted earlier included.
    pub duplicates: u64,
    /// Of these, rows that somebody deleted earlier, and that stay deleted.
    pub deleted_earlier: u64,
    /// Rows left out.
    pub rejected: u64,
}

/// Why an import was given up that nobody gave up in words.
const LEFT: &str = "given up before it was complete";

/// Rows that are sealed at a time.
const SEALED_AT_ONCE: u32 = 4_096;

/// An import between its beginning and its end. Dropped before it is finished, it is rolled back and its batch is failed.
pub(crate) struct Underway<'a> {
    workbook: &'a mut Workbook,
    pending: Pending,
    bulk: Bulk,
    file_name: String,
    file_hash: Digest,
    outcome: ImportOutcome,
    /// The first thing that went wrong: nothing is stored after it.
    why: Option<String>,
    open: bool,
    /// Rows since they were last sealed.
    unsealed: u32,
}

impl<'a> Underway<'a> {
    /// Records the batch, in a transaction of its own, and opens the one for its rows, of which so many are `known`
    /// already.
    pub(crate) fn begin(
        workbook: &'a mut Workbook,
        new: &NewBatch<'_>,
        side: Side,
        known: u64,
    ) -> Result<Self, WorkbookError> {
        let repetition = match workbook.earlier_import(new.file_hash, side)? {
            Some((_, repetition)) if side == Side::Statement && new.for_another_account => repetition,
            Some((earlier, _)) => return Err(WorkbookError::AlreadyImported(earlier)),
            None => 0,
        };
        let batch = workbook.change(Permission::Import, |change| change.begin_batch(new, side, repetition))?;
        let pending = workbook.pending();
        let outcome = ImportOutcome { batch, added: 0, duplicates: 0, deleted_earlier: 0, rejected: new.rejected };
        let mut underway = Self {
            workbook,
            pending,
            bulk: Bulk::default(),
            file_name: new.file_name.to_owned(),
            file_hash: new.file_hash,
            outcome,
            why: None,
            open: true,
            unsealed: 0,
        };
        // From here on a failure is the batch's.
        let opened = underway.open(side, new.rows.saturating_sub(known));
        underway.noting(opened)?;
        Ok(underway)
    }

    fn open(&mut self, side: Side, coming: u64) -> Result<(), WorkbookError> {
        let (sql, company) = (&self.workbook.sql, self.workbook.company.id);
        let stored = tally::all_records(sql, company, side)?;
        self.bulk = Bulk::prepare(sql, side, coming, stored)?;
        sql.execute_batch("BEGIN IMMEDIATE")?;
        self.bulk.drop_indexes(sql)
    }

    pub(crate) fn batch(&self) -> ImportBatchId {
        self.outcome.batch
    }

    pub(crate) fn file_hash(&self) -> Digest {
        self.file_hash
    }

    pub(crate) fn workbook(&self) -> &Workbook {
        self.workbook
    }

    /// The next step of the import's transaction.
    pub(crate) fn change(&mut self) -> Change<'_> {
        self.workbook.resume(&mut self.pending)
    }

    /// One more row is stored. They are sealed as long as they are in memory.
    pub(crate) fn stored_one(&mut self) -> Result<(), WorkbookError> {
        self.unsealed += 1;
        if self.unsealed < SEALED_AT_ONCE {
            return Ok(());
        }
        self.unsealed = 0;
        self.change().seal_rows()
    }

    pub(crate) fn outcome(&mut self) -> &mut ImportOutcome {
        &mut self.outcome
    }

    /// Passes an answer on; what went wrong first is what the batch will say.
    pub(crate) fn noting<T>(&mut self, answer: Result<T, WorkbookError>) -> Result<T, WorkbookError> {
        if let Err(error) = &answer
            && self.why.is_none()
        {
            self.why = Some(note(error));
        }
        answer
    }

    /// After a failure part of the rows is missing, so no more are taken.
    pub(crate) fn require_whole(&self) -> Result<(), WorkbookError> {
        match &self.why {
            Some(why) => Err(WorkbookError::ImportBroken(why.clone())),
            None => Ok(()),
        }
    }

    /// Everything is stored: builds the indexes, completes the batch, commits.
    pub(crate) fn finish(
        &mut self,
        account: Option<AccountId>,
        mut told: Vec<(&'static str, Json<'static>)>,
        progress: &mut Progress<'_>,
    ) -> Result<ImportOutcome, WorkbookError> {
        let outcome = self.outcome;
        self.bulk.build_indexes(&self.workbook.sql, progress)?;
        self.pending.now_ms = self.workbook.clock.now_ms().max(self.pending.now_ms);
        told.extend([
            ("added", Json::count(outcome.added)),
            ("deleted_earlier", Json::count(outcome.deleted_earlier)),
            ("duplicates", Json::count(outcome.duplicates)),
            ("file", Json::text(&self.file_name)),
            ("hash", Json::text(self.file_hash)),
            ("rejected", Json::count(outcome.rejected)),
        ]);
        let mut change = self.change();
        change.sql.execute(
            "UPDATE import_batches SET account_id = ?3 WHERE company_id = ?1 AND id = ?2",
            params![
                Blob(change.company.uuid()),
                Blob(outcome.batch.uuid()),
                account.map(|account| Blob(account.uuid()))
            ],
        )?;
        change.end_batch(outcome.batch, BatchState::Completed, "", outcome.added, outcome.duplicates)?;
        change.tell("import.completed", &format!("import {}", outcome.batch), &Json::Object(told))?;
        change.tell_revoked()?;
        change.end()?;
        let today = self.workbook.clock.day_of(self.pending.now_ms);
        self.pending.tally.store(&self.workbook.sql, self.workbook.company.id, today)?;
        self.pending.require_told()?;
        self.workbook.sql.execute_batch("COMMIT")?;
        self.open = false;
        self.workbook.settled(&self.pending);
        self.settle_file();
        Ok(outcome)
    }

    /// Gives the import up: nothing of it stays but its report, and this note.
    pub(crate) fn give_up(&mut self, note: &str) {
        if self.open {
            self.why = Some(note.to_owned());
            self.roll_back();
        }
    }

    fn roll_back(&mut self) {
        self.open = false;
        let sql = &self.workbook.sql;
        // SQLite itself has rolled back where the disk was full.
        if !sql.is_autocommit()
            && let Err(error) = sql.execute_batch("ROLLBACK")
        {
            tracing::error!(%error, "an import could not be rolled back");
        }
        self.settle_file();
        let (batch, note) = (self.outcome.batch, self.why.as_deref().unwrap_or(LEFT));
        if let Err(error) = self.workbook.change(Permission::Import, |change| change.fail_batch(batch, note)) {
            // The next opening does it.
            tracing::error!(%error, "a failed import could not be marked as such");
        }
    }

    /// The data are safe without it.
    fn settle_file(&self) {
        if let Err(error) = self.bulk.end(&self.workbook.sql) {
            tracing::warn!(%error, "the file does not go back to its write-ahead log before it is next opened");
        }
    }
}

impl Drop for Underway<'_> {
    fn drop(&mut self) {
        if self.open {
            self.roll_back();
        }
    }
}

/// As the batch keeps it: a word, or a sentence with its code.
fn note(error: &WorkbookError) -> String {
    if matches!(error, WorkbookError::Cancelled) { "cancelled".to_owned() } else { error.said().to_keep() }
}
