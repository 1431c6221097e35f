//! Files that wait beside a workbook, in the folder `inbox`.

use std::path::{Path, PathBuf};

use tieout_domain::Digest;

use crate::{
    Environment, WaitingFile,
    reading::{self, FileSource},
};

const FOLDER: &str = "inbox";
/// Files looked at; a folder that holds more is used for something else.
const FILES_MAX: usize = 20;
/// Larger files are not read only to be offered.
const BYTES_MAX: u64 = 20 << 20;

/// The folder beside the workbook.
fn folder_of(workbook: &Path) -> Option<PathBuf> {
    workbook.parent().map(|parent| parent.join(FOLDER)).filter(|folder| folder.is_dir())
}

/// Files of the inbox that `is_known` does not know by their digest, in order of their names.
pub(crate) fn waiting(
    environment: &Environment,
    workbook: &Path,
    is_known: impl Fn(Digest) -> bool,
) -> Vec<WaitingFile> {
    let Some(folder) = folder_of(workbook) else { return Vec::new() };
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).filter(|path| is_offered(path)).collect();
    paths.sort();
    paths.truncate(FILES_MAX);
    paths.into_iter().filter_map(|path| look(environment, path, &is_known)).collect()
}

fn is_offered(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    let known = matches!(
        extension.as_deref(),
        Some(
            "csv"
                | "tsv"
                | "txt"
                | "xlsx"
                | "xls"
                | "xlsb"
                | "ods"
                | "ofx"
                | "qfx"
                | "qbo"
                | "qif"
                | "sta"
                | "mt940"
                | "940"
                | "942"
                | "xml"
                | "bai"
                | "bai2"
                | "json"
                | "zip"
        )
    );
    known && path.metadata().is_ok_and(|facts| facts.is_file() && facts.len() <= BYTES_MAX)
}

/// A file that cannot be read is not offered; choosing it by hand says why.
fn look(environment: &Environment, path: PathBuf, is_known: &impl Fn(Digest) -> bool) -> Option<WaitingFile> {
    let bytes = crate::foreign::read(&path).ok()?;
    if is_known(tieout_reports::sha256(&bytes)) {
        return None;
    }
    let found =
        reading::open_all(environment, &reading::file_name(&path), FileSource::of_bytes(bytes), None, &|| false)
            .ok()?;
    let side = found.files.first()?.document.recognise(None).side;
    Some(WaitingFile { path, side })
}
