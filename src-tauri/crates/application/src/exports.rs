//! What leaves the workbook is told of in its audit chain, with the digest of every file.

use std::path::Path;

use tieout_domain::Digest;
use tieout_reports::Privacy;
use tieout_workbook::{ExportNote, ExportedFile};

use crate::{ApplicationError, Session, identity::Signer, results::NewFile, session::Open};

/// What is told of an export besides its files.
pub(crate) struct Export<'a> {
    /// What it is, one word.
    pub(crate) kind: &'static str,
    /// Of what; may be empty.
    pub(crate) scope: String,
    /// Who signed it.
    pub(crate) signer: Option<&'a Signer>,
    /// What is not shown in full.
    pub(crate) privacy: Privacy,
}

impl<'a> Export<'a> {
    /// Data without a signature.
    pub(crate) fn data(kind: &'static str) -> Self {
        Self { kind, scope: String::new(), signer: None, privacy: Privacy::default() }
    }

    /// Of this.
    pub(crate) fn of(self, scope: impl Into<String>) -> Self {
        Self { scope: scope.into(), ..self }
    }

    /// Signed by this identity.
    pub(crate) fn signed(self, signer: &'a Signer) -> Self {
        Self { signer: Some(signer), ..self }
    }

    /// Not showing this in full.
    pub(crate) fn masked(self, privacy: Privacy) -> Self {
        Self { privacy, ..self }
    }
}

impl Open {
    /// Tells of files that are stored, and then gives them their names: a file that has its name is told of.
    pub(crate) fn put_in_place(
        &mut self,
        export: &Export<'_>,
        files: impl IntoIterator<Item = NewFile>,
    ) -> Result<(), ApplicationError> {
        let files: Vec<NewFile> = files.into_iter().collect();
        files.iter().try_for_each(|file| file.require_of(self.workbook.path()))?;
        let place = files.first().map(|file| folder_name(file.path())).unwrap_or_default();
        self.workbook.tell_export(&ExportNote {
            kind: export.kind,
            scope: export.scope.clone(),
            files: files.iter().map(exported).collect(),
            place,
            signer: export
                .signer
                .map(|signer| (signer.identity.common_name(), signer.identity.fingerprint(), signer.one_time)),
            masked: export.privacy.told(),
        })?;
        files.into_iter().try_for_each(NewFile::put_in_place)
    }
}

impl Session {
    /// Tells of rows that were written for another program, after they were: nobody knows what comes while it is written.
    pub fn tell_written(
        &self,
        kind: &'static str,
        scope: &str,
        (sha256, bytes): (Digest, u64),
    ) -> Result<(), ApplicationError> {
        self.with_open(|open| {
            let file = ExportedFile { name: String::new(), sha256, bytes };
            Ok(open.workbook.tell_export(&ExportNote {
                kind,
                scope: scope.to_owned(),
                files: vec![file],
                place: String::new(),
                signer: None,
                masked: Vec::new(),
            })?)
        })
    }
}

fn exported(file: &NewFile) -> ExportedFile {
    let (sha256, bytes) = file.written();
    let name = file.path().file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    ExportedFile { name, sha256, bytes }
}

/// The own name of the folder that a file lies in, and none of those above it: they say who the person is and how they keep
/// their files. `~` for the person's home, whose name is mostly theirs.
fn folder_name(file: &Path) -> String {
    let absolute = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let Some(folder) = absolute.parent() else { return String::new() };
    let home = ["HOME", "USERPROFILE"].iter().find_map(std::env::var_os);
    if home.is_some_and(|home| Path::new(&home) == folder) {
        return "~".to_owned();
    }
    folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_folder_only_its_own_name_is_told() {
        assert_eq!(folder_name(Path::new("/home/ada.byron/clients/Reports 2026/january.pdf")), "Reports 2026");
        let home = std::env::var("HOME").unwrap_or_default();
        if !home.is_empty() {
            assert_eq!(folder_name(&Path::new(&home).join("january.pdf")), "~");
        }
    }
}
