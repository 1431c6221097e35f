//! What was taken in: batches with their reports, taking one back, trying a failed one again, rows that were deleted.

use std::str::FromStr;

use jiff::Timestamp;
use tieout_domain::{
    BatchState, Diagnostic, ImportBatchId, LedgerEntryId, RecordRef, Side, StatementLineId, ValidationReport, said,
};
use tieout_workbook::{Act, Batch, DeletedRecord as Deleted, Record};

use crate::{
    ApplicationError, BatchFacts, DeletedRecord, ImportPreview, Progress, RecordSelection, Session, validation,
};

/// Most deleted records of one page.
const PAGE_MAX: u32 = 500;

impl Session {
    /// Files taken in so far, newest first.
    pub fn list_batches(&self) -> Result<Vec<BatchFacts>, ApplicationError> {
        self.with_open(|open| Ok(open.workbook.list_batches()?.into_iter().map(BatchFacts::from).collect()))
    }

    /// The validation report of an import, and what was wrong with its rows.
    pub fn batch_report(
        &self,
        batch: ImportBatchId,
    ) -> Result<(Option<ValidationReport>, Vec<Diagnostic>), ApplicationError> {
        self.with_open(|open| {
            let report = open.workbook.validation_report(batch)?;
            let report = report.as_deref().and_then(validation::stored::from_text);
            Ok((report, open.workbook.batch_report(batch)?))
        })
    }

    /// Takes back an import as a whole.
    pub fn undo_import(&self, batch: ImportBatchId) -> Result<(), ApplicationError> {
        self.with_open(|open| Ok(open.workbook.undo_import(batch)?))
    }

    /// Looks at the file of a failed import again.
    pub fn retry_import(
        &self,
        batch: ImportBatchId,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Vec<ImportPreview>, ApplicationError> {
        let found = self.with_open(|open| Ok(open.workbook.batch(batch)?))?;
        if found.state != BatchState::Failed {
            return Err(ApplicationError::Invalid(said!(
                "import.takenIn",
                "{file} was taken in; there is nothing to try again",
                file = &found.file_name
            )));
        }
        if found.source_path.is_empty() {
            return Err(ApplicationError::Invalid(said!(
                "import.wasDropped",
                "{file} was dropped on the window, so its place is not known: choose it again",
                file = &found.file_name
            )));
        }
        let mut previews = self.preview_import_file(&found.source_path, Some(found.side), None, progress)?;
        for preview in &mut previews {
            self.mark_retry(&preview.token, batch);
        }
        Ok(previews)
    }

    /// Deletes single records: they are remembered, so that no later import brings them back. Answers the act as which
    /// it was done; `None` where there was nothing to delete.
    pub fn delete_records(&self, selection: &RecordSelection) -> Result<Option<Act>, ApplicationError> {
        let records = records(selection)?;
        self.with_open(|open| {
            open.workbook.delete_records(&records, &selection.reason)?;
            // Nobody else writes while the workbook is held: the newest act is the one just done.
            Ok(if records.is_empty() { None } else { open.workbook.undoable()? })
        })
    }

    /// Brings deleted records back.
    pub fn restore_records(&self, selection: &RecordSelection) -> Result<(), ApplicationError> {
        let records = records(selection)?;
        self.with_open(|open| Ok(open.workbook.restore_records(&records)?))
    }

    /// A page of deleted records, the last deleted first, and how many there are.
    pub fn deleted_records(
        &self,
        side: Side,
        offset: u32,
        limit: u32,
    ) -> Result<(Vec<DeletedRecord>, u64), ApplicationError> {
        self.with_open(|open| {
            let page = open.workbook.deleted_records(side, u64::from(offset), limit.min(PAGE_MAX))?;
            Ok((page.rows.into_iter().map(DeletedRecord::from).collect(), page.total))
        })
    }
}

fn records(selection: &RecordSelection) -> Result<Vec<RecordRef>, ApplicationError> {
    let unknown = |id: &str| ApplicationError::in_english(format!("'{id}' is no record"));
    let line = |id: &String| StatementLineId::from_str(id).map(RecordRef::Line).map_err(|_| unknown(id));
    let entry = |id: &String| LedgerEntryId::from_str(id).map(RecordRef::Entry).map_err(|_| unknown(id));
    selection.lines.iter().map(line).chain(selection.entries.iter().map(entry)).collect()
}

impl From<Deleted> for DeletedRecord {
    fn from(deleted: Deleted) -> Self {
        let words =
            |parts: [&str; 2]| parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        let (id, date, amount, title, file, row) = match deleted.record {
            Record::Line(found) => {
                let title = words([&found.line.counterparty, found.line.clean_description()]);
                (
                    found.id.to_string(),
                    found.line.date,
                    found.line.amount,
                    title,
                    found.file_name,
                    found.line.source.row,
                )
            }
            Record::Entry(found) => {
                let entry = found.entry;
                let title =
                    words([&entry.counterparty, if entry.number.is_empty() { &entry.memo } else { &entry.number }]);
                (found.id.to_string(), entry.date, entry.amount, title, found.file_name, entry.source.row)
            }
        };
        Self {
            id,
            date,
            amount,
            title,
            source: format!("{file}, row {row}"),
            at: Timestamp::from_millisecond(deleted.deleted_at_ms).unwrap_or(Timestamp::UNIX_EPOCH),
            by: deleted.deleted_by,
            reason: deleted.reason,
        }
    }
}

impl From<Batch> for BatchFacts {
    fn from(batch: Batch) -> Self {
        Self {
            id: batch.id,
            file_name: batch.file_name,
            file_hash: batch.file_hash,
            side: batch.side,
            state: batch.state,
            at: Timestamp::from_millisecond(batch.started_at_ms).unwrap_or(Timestamp::UNIX_EPOCH),
            by: batch.imported_by,
            added: if batch.state == BatchState::Completed { batch.added } else { 0 },
            duplicates: batch.duplicates,
            rejected: batch.rejected,
            account: batch.account_name,
            note: batch.note,
            said: batch.said,
            quality: batch.quality,
            path: batch.source_path,
        }
    }
}
