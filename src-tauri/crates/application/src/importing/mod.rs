//! Taking files in: a preview that is a frozen plan, corrections, commit; and taking back what was taken in.

mod accounts;
mod commit;
mod planning;
mod preview;
mod rows;
mod taken_in;
#[cfg(test)]
mod tests;
mod understanding;

use std::path::{Path, PathBuf};

use tieout_domain::{Side, said};

pub(crate) use preview::Preview;

use crate::{ApplicationError, ImportPreview, Progress, Session, error::one_of, mapping_file::MappingFile, reading};

/// What came of taking one file in without a window.
#[derive(Debug, Clone)]
pub struct FileImport {
    /// The file; of an archive, the archive and the name within.
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

/// A file to be taken in without a person looking at the preview.
#[derive(Debug, Clone)]
pub struct ImportFile {
    /// The file.
    pub path: PathBuf,
    /// Its side.
    pub side: Side,
    /// Account of its lines; taken from the file or its name unless given.
    pub account: Option<String>,
    /// What its columns mean; recognised unless given.
    pub mapping: Option<PathBuf>,
    /// Take it in without the rows that cannot be read.
    pub leave_out_rejected: bool,
    /// Largest file that is taken, in bytes, where it has to be held as a whole; left out: the default.
    pub file_bytes_max: Option<u64>,
}

impl Session {
    /// Takes a file in without a person looking at the preview: what would have to be asked is an error. An archive is
    /// taken in file by file.
    pub fn import_file(
        &self,
        import: &ImportFile,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Vec<FileImport>, ApplicationError> {
        let mapping = import.mapping.as_deref().map(MappingFile::read).transpose()?;
        let path = import.path.display().to_string();
        let previews = self.preview_import_file(&path, Some(import.side), import.file_bytes_max, progress)?;
        let several = previews.len() > 1;
        let mut imported = Vec::with_capacity(previews.len());
        for mut preview in previews {
            if let Some(mapping) = &mapping {
                preview = self.remap(&preview, mapping)?;
            }
            if let Some(name) = import.account.as_deref().filter(|name| *name != preview.account_name) {
                preview = self.rename_account(&preview, name)?;
            }
            let file = if several { import.path.join(&preview.file_name) } else { import.path.clone() };
            imported.push(self.import_preview(&preview, file, import.leave_out_rejected, progress)?);
        }
        Ok(imported)
    }

    fn import_preview(
        &self,
        preview: &ImportPreview,
        file: PathBuf,
        leave_out_rejected: bool,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<FileImport, ApplicationError> {
        let imported_before = preview.imported_before.is_some() && preview.rows_to_add == 0;
        let mut import = FileImport {
            side: preview.side,
            account: (preview.side == Side::Statement).then(|| preview.account_name.clone()),
            added: 0,
            duplicates: preview.rows_duplicate,
            rejected: if imported_before { 0 } else { preview.rows_rejected },
            imported_before,
            file,
        };
        if imported_before {
            self.discard_import(&preview.token)?;
            return Ok(import);
        }
        refuse_unclear(preview, &import.file, leave_out_rejected)?;
        let result = self.commit_import(&preview.token, leave_out_rejected, progress)?;
        import.added = result.added;
        import.duplicates = result.duplicates;
        Ok(import)
    }
}

/// Without a window there is nobody to ask.
fn refuse_unclear(preview: &ImportPreview, file: &Path, leave_out_rejected: bool) -> Result<(), ApplicationError> {
    if let Some(problem) = preview.blocking_problems.first() {
        return Err(ApplicationError::Unreadable(said!(
            "inFile",
            "{file}: {why}",
            file = file.display(),
            why = problem.clone()
        )));
    }
    if let Some(question) = preview.questions.first() {
        return Err(ApplicationError::unreadable_in_english(format!(
            "{}: the {} can be read in more than one way: {}; say which with --mapping (tieout inspect --write-mapping makes such a file)",
            file.display(),
            question.what.as_str().replace('_', " "),
            one_of(&question.readings)
        )));
    }
    if let Some(change) = &preview.header_change {
        return Err(ApplicationError::unreadable_in_english(format!(
            "{}: the columns are not those of the last file of this account (new: {}; gone: {}); say what they mean with --mapping",
            file.display(),
            change.added.join(", "),
            change.removed.join(", ")
        )));
    }
    if preview.rows_rejected > 0 && !leave_out_rejected {
        let first = preview.diagnostics.iter().find(|found| found.severity == tieout_domain::Severity::Error);
        let told = first.map(|found| reading::told(&preview.file_name, found)).unwrap_or_default();
        return Err(ApplicationError::unreadable_in_english(format!(
            "{} rows cannot be read, first {told}; correct the file, or leave these rows out with --leave-out-rejected",
            preview.rows_rejected
        )));
    }
    Ok(())
}
