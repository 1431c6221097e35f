//! File → records, the same way for a preview, `inspect` and `reconcile`.

use std::{ops::ControlFlow, path::Path};

use tieout_domain::{Currency, Diagnostic, Digest, Side};
use tieout_statements::{DecodeOptions, Defaults, Mapping, Reading, Recognition, Table};

use crate::{ApplicationError, Environment, Progress, isolation, mapping_file::MappingFile};

/// Largest file that is taken, in bytes.
const FILE_BYTES_MAX: u64 = 1 << 30;

/// A file decoded and understood, not yet interpreted.
pub(crate) struct Decoded {
    pub(crate) name: String,
    pub(crate) size: u64,
    pub(crate) hash: Digest,
    pub(crate) table: Table,
}

/// Reads a file's bytes, or says why not.
pub(crate) fn bytes_of(path: &Path) -> Result<Vec<u8>, ApplicationError> {
    let facts = std::fs::metadata(path).map_err(|source| ApplicationError::file(path, source))?;
    if facts.is_dir() {
        return Err(ApplicationError::Unreadable(format!("{} is a folder; choose a file", path.display())));
    }
    if facts.len() > FILE_BYTES_MAX {
        return Err(ApplicationError::Unreadable(format!(
            "{} has more than 1 GiB; split it into smaller files",
            path.display()
        )));
    }
    std::fs::read(path).map_err(|source| ApplicationError::file(path, source))
}

/// Decodes bytes into a table.
pub(crate) fn decode(
    environment: &Environment,
    name: &str,
    bytes: &[u8],
    sheet: Option<String>,
) -> Result<Decoded, ApplicationError> {
    let options = DecodeOptions { file_name: name.to_owned(), sheet, ..DecodeOptions::default() };
    let table =
        isolation::decode(bytes, &options, &environment.reader, &|| false).map_err(|error| error.in_file(name))?;
    Ok(Decoded { name: name.to_owned(), size: bytes.len() as u64, hash: tieout_reports::sha256(bytes), table })
}

/// The last part of a path, as records name their file.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// What is known of a file before it is looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Given<'a> {
    /// Nothing: guess the side from the columns.
    Nothing,
    /// Which side it is of.
    Side(Side),
    /// What its columns mean.
    Mapping(&'a MappingFile),
}

/// A file with its records.
pub(crate) struct ReadFile {
    pub(crate) decoded: Decoded,
    pub(crate) recognition: Recognition,
    pub(crate) reading: Reading,
}

/// Reads a file into records. What keeps its columns from being understood is an error here: there is nobody to ask.
pub(crate) fn read_file(
    environment: &Environment,
    path: &Path,
    given: Given<'_>,
    currency: Option<Currency>,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<ReadFile, ApplicationError> {
    let bytes = bytes_of(path)?;
    let decoded = decode(environment, &file_name(path), &bytes, None)?;
    drop(bytes);
    let mut recognition = match given {
        Given::Nothing => tieout_statements::recognise(&decoded.table, None),
        Given::Side(side) => tieout_statements::recognise(&decoded.table, Some(side)),
        Given::Mapping(file) => tieout_statements::recognise(&decoded.table, Some(file.side()?)),
    };
    if let Given::Mapping(file) = given {
        recognition.mapping = file.for_table(&decoded.table)?;
        recognition.ambiguities.clear();
        recognition.problems.clear();
    }
    if !recognition.problems.is_empty() {
        return Err(ApplicationError::Unreadable(recognition.problems.join("; ")).in_file(&path.display().to_string()));
    }
    let reading = interpret(&decoded, recognition.side, &recognition.mapping, currency, &|told| {
        progress(told);
        true
    })
    .map_err(|error| error.in_file(&path.display().to_string()))?;
    Ok(ReadFile { decoded, recognition, reading })
}

/// Table and mapping → records. `goes_on` is told how far it is and says whether to go on.
pub(crate) fn interpret(
    decoded: &Decoded,
    side: Side,
    mapping: &Mapping,
    currency: Option<Currency>,
    goes_on: &dyn Fn(Progress) -> bool,
) -> Result<Reading, ApplicationError> {
    let defaults = Defaults { file: decoded.hash, currency };
    let reading = tieout_statements::interpret(&decoded.table, side, mapping, &defaults, &|done, total| {
        if goes_on(Progress { stage: "reading", done, total }) {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    })?;
    Ok(reading)
}

/// A diagnostic in one line of words: `bank.csv row 12, Betrag: 'x', expected an amount such as 1.234,56`.
pub(crate) fn told(file: &str, diagnostic: &Diagnostic) -> String {
    let Diagnostic { value, expected, .. } = diagnostic;
    let Some(row) = diagnostic.row else { return format!("{file}: {expected}: {value}") };
    let column = diagnostic.column.as_deref().map(|column| format!(", {column}")).unwrap_or_default();
    format!("{file} row {row}{column}: '{value}', expected {expected}")
}
