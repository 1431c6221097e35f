//! Commit: exactly the plan that was shown, or nothing.

use std::ops::ControlFlow;

use tieout_domain::ImportBatchId;
use tieout_workbook::{ImportOutcome, MappingScope, NewBatch, Workbook};

use super::preview::{Planned, Preview};
use crate::{ApplicationError, ImportResult, Progress, Session, mapping_file, session::lock};

impl Session {
    /// Stores what a preview showed. The preview stays when this is refused, so that the user can go on from there.
    pub fn commit_import(
        &self,
        token: &str,
        leave_out_rejected: bool,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<ImportResult, ApplicationError> {
        self.begin();
        let preview = lock(&self.previews).remove(token).ok_or(ApplicationError::PreviewGone)?;
        let committed = self.commit(&preview, leave_out_rejected, progress);
        if committed.is_err() {
            lock(&self.previews).insert(token.to_owned(), preview);
        }
        committed
    }

    fn commit(
        &self,
        preview: &Preview,
        leave_out_rejected: bool,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<ImportResult, ApplicationError> {
        if preview.rejected > 0 && !leave_out_rejected {
            return Err(ApplicationError::Invalid(format!(
                "{} rows cannot be read: correct the file, or agree to leave them out",
                preview.rejected
            )));
        }
        let words = mapping_file::to_line(&preview.mapping);
        let batch = NewBatch {
            file_name: &preview.decoded.name,
            file_hash: preview.decoded.hash,
            format: preview.shown.format,
            mapping: &words,
            diagnostics: &preview.diagnostics,
            rejected: preview.rejected,
        };
        let mut watch = |done, total| {
            progress(Progress { stage: "storing", done, total });
            if self.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        self.with_open(|open| store(&mut open.workbook, preview, &batch, &words, &mut watch))
    }
}

fn store(
    workbook: &mut Workbook,
    preview: &Preview,
    batch: &NewBatch<'_>,
    words: &str,
    watch: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<ImportResult, ApplicationError> {
    match &preview.planned {
        Planned::Nothing => Err(ApplicationError::Unreadable(preview.shown.blocking_problems.join("; "))),
        Planned::Entries { entries, plan } => {
            let outcome = workbook.import_entries(batch, entries, plan, watch)?;
            workbook.remember_mapping(MappingScope::Ledger, &preview.header, words)?;
            Ok(result(outcome))
        }
        Planned::Lines(groups) if groups.is_empty() => {
            Err(ApplicationError::Unreadable(format!("{} holds no transactions", preview.decoded.name)))
        }
        Planned::Lines(groups) => {
            let mut stored: Vec<ImportOutcome> = Vec::with_capacity(groups.len());
            for group in groups {
                let outcome = store_group(workbook, group, batch, &preview.header, words, watch);
                match outcome {
                    Ok(outcome) => stored.push(outcome),
                    Err(error) => {
                        take_back(workbook, &stored);
                        return Err(error);
                    }
                }
            }
            Ok(total(&stored))
        }
    }
}

fn store_group(
    workbook: &mut Workbook,
    group: &super::accounts::Group,
    batch: &NewBatch<'_>,
    header: &str,
    words: &str,
    watch: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<ImportOutcome, ApplicationError> {
    let account = match group.account.id {
        Some(id) => id,
        None => workbook.find_or_create_account(&group.account.name, group.currency)?,
    };
    let outcome = workbook.import_lines(batch, account, group.balances, &group.lines, &group.plan, watch)?;
    workbook.remember_mapping(MappingScope::Account(account), header, words)?;
    Ok(outcome)
}

/// A file of several accounts is taken in whole or not at all.
fn take_back(workbook: &mut Workbook, stored: &[ImportOutcome]) {
    for outcome in stored {
        if let Err(error) = workbook.undo_import(outcome.batch) {
            tracing::error!(%error, "part of a failed import could not be taken back");
        }
    }
}

fn result(outcome: ImportOutcome) -> ImportResult {
    ImportResult {
        batch: outcome.batch,
        added: outcome.added,
        duplicates: outcome.duplicates,
        rejected: outcome.rejected,
    }
}

/// One file, however many accounts: counted together. The batch named is the first.
fn total(stored: &[ImportOutcome]) -> ImportResult {
    let first: Option<ImportBatchId> = stored.first().map(|outcome| outcome.batch);
    ImportResult {
        batch: first.unwrap_or_else(|| ImportBatchId::from_uuid(uuid::Uuid::nil())),
        added: stored.iter().map(|outcome| outcome.added).sum(),
        duplicates: stored.iter().map(|outcome| outcome.duplicates).sum(),
        rejected: stored.first().map_or(0, |outcome| outcome.rejected),
    }
}
