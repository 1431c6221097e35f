//! Taking files in: a preview that is a frozen plan, corrections, commit.

mod accounts;
mod commit;
mod preview;
mod rows;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use tieout_domain::{BatchState, Side};
use tieout_workbook::Batch;

pub(crate) use preview::Preview;

use crate::{ApplicationError, BatchFacts, Progress, Session, reading};

/// What came of taking one file in without a window.
#[derive(Debug, Clone)]
pub struct FileImport {
    /// The file.
    pub file: PathBuf,
    /// Side.
    pub side: Side,
    /// Account of its lines.
    pub account: Option<String>,
    /// Rows stored.
    pub added: u64,
    /// Rows that were there already.
    pub duplicates: u64,
    /// Rows left out.
    pub rejected: u64,
    /// The very same file was taken in before.
    pub imported_before: bool,
}

impl Session {
    /// Takes a file in without a person looking at the preview: what would have to be asked is an error.
    pub fn import_file(
        &self,
        path: &Path,
        side: Side,
        account: Option<&str>,
        leave_out_rejected: bool,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<FileImport, ApplicationError> {
        let mut preview = self.preview_import_file(&path.display().to_string(), Some(side), progress)?;
        if let Some(name) = account.filter(|name| *name != preview.account_name) {
            preview = self.rename_account(&preview, name)?;
        }
        let imported_before = preview.imported_before.is_some() && preview.rows_to_add == 0;
        let mut import = FileImport {
            file: path.to_owned(),
            side,
            account: (side == Side::Statement).then(|| preview.account_name.clone()),
            added: 0,
            duplicates: preview.rows_duplicate,
            rejected: if imported_before { 0 } else { preview.rows_rejected },
            imported_before,
        };
        if imported_before {
            self.discard_import(&preview.token)?;
            return Ok(import);
        }
        if let Some(problem) = preview.blocking_problems.first() {
            return Err(ApplicationError::Unreadable(format!("{}: {problem}", path.display())));
        }
        if preview.rows_rejected > 0 && !leave_out_rejected {
            let first = preview.diagnostics.iter().find(|found| found.severity == tieout_domain::Severity::Error);
            let told = first.map(|found| reading::told(&preview.file_name, found)).unwrap_or_default();
            return Err(ApplicationError::Unreadable(format!(
                "{} rows cannot be read, first {told}; correct the file, or leave these rows out with --leave-out-rejected",
                preview.rows_rejected
            )));
        }
        let result = self.commit_import(&preview.token, leave_out_rejected, progress)?;
        import.added = result.added;
        import.duplicates = result.duplicates;
        Ok(import)
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
        }
    }
}
