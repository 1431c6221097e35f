//! File → records, the same way for a preview, `inspect` and `reconcile`.

mod source;

use std::{ops::ControlFlow, path::Path};

use tieout_domain::{Currency, Diagnostic, Digest, Said, Side};
use tieout_statements::{
    DecodeOptions, Defaults, Detail, Document, Mapping, ReadError, Reading, Recognition, Records, Source as _,
};

pub(crate) use source::FileSource;

use crate::{ApplicationError, Environment, Progress, error::all_of, inspect, isolation, mapping_file::MappingFile};

/// A file that was looked at, not yet read.
#[derive(Debug, Clone)]
pub(crate) struct Opened {
    pub(crate) name: String,
    pub(crate) source: FileSource,
    pub(crate) document: Document,
    digest: Digest,
}

impl Opened {
    /// Number of bytes.
    pub(crate) fn size(&self) -> u64 {
        self.source.len()
    }

    /// SHA-256 of the bytes.
    pub(crate) fn hash(&self) -> Digest {
        self.digest
    }
}

/// Looks at a file.
pub(crate) fn open(
    environment: &Environment,
    name: &str,
    source: FileSource,
    options: &DecodeOptions,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Result<Opened, ApplicationError> {
    let look = || -> Result<Document, ApplicationError> {
        if !tieout_statements::needs_isolation(&source.start()?) {
            return Ok(Document::open(&source, options)?);
        }
        tieout_statements::refuse_large(source.len(), &options.limits)?;
        Ok(Document::of_table(isolation::decode(&source.whole()?, options, &environment.reader, cancelled)?))
    };
    let document = look().map_err(|error| error.in_file(name))?;
    let digest = source.digest().map_err(|error| error.in_file(name))?;
    Ok(Opened { name: name.to_owned(), source, document, digest })
}

/// What decoding is told of a file by that name. `file_bytes_max` raises the limit for files held as a whole.
pub(crate) fn options(name: &str, file_bytes_max: Option<u64>) -> DecodeOptions {
    let mut options = DecodeOptions { file_name: name.to_owned(), ..DecodeOptions::default() };
    options.limits.file_bytes = file_bytes_max.unwrap_or(options.limits.file_bytes);
    options
}

/// The files found under one name: one, or those of an archive.
pub(crate) struct Found {
    pub(crate) archive: bool,
    pub(crate) files: Vec<Opened>,
}

/// Looks at a file, or at each file of an archive.
pub(crate) fn open_all(
    environment: &Environment,
    name: &str,
    source: FileSource,
    file_bytes_max: Option<u64>,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Result<Found, ApplicationError> {
    let options = options(name, file_bytes_max);
    if !tieout_statements::is_zip(&source.start()?) {
        return Ok(Found { archive: false, files: vec![open(environment, name, source, &options, cancelled)?] });
    }
    let look = || -> Result<_, ApplicationError> {
        tieout_statements::refuse_large(source.len(), &options.limits)?;
        isolation::archive_members(&source.whole()?, &options.limits, &environment.reader, cancelled)
    };
    let Some(members) = look().map_err(|error| error.in_file(name))? else {
        return Ok(Found { archive: false, files: vec![open(environment, name, source, &options, cancelled)?] });
    };
    let mut files = Vec::with_capacity(members.len());
    for member in members {
        let options = DecodeOptions { file_name: member.name.clone(), ..options.clone() };
        let source = FileSource::of_bytes(member.bytes);
        let opened = open(environment, &member.name, source, &options, cancelled);
        files.push(opened.map_err(|error| error.in_file(name))?);
    }
    Ok(Found { archive: true, files })
}

/// Looks at a file on disk, or at each file of an archive.
pub(crate) fn open_path(
    environment: &Environment,
    path: &Path,
    file_bytes_max: Option<u64>,
) -> Result<Found, ApplicationError> {
    open_all(environment, &file_name(path), FileSource::of_file(path)?, file_bytes_max, &|| false)
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

/// Understands a file's columns. What keeps them from being understood is an error here: there is nobody to ask.
pub(crate) fn understand(opened: &Opened, given: Given<'_>) -> Result<Recognition, ApplicationError> {
    let document = &opened.document;
    let recognition = match given {
        Given::Nothing => document.recognise(None),
        Given::Side(side) => document.recognise(Some(side)),
        Given::Mapping(file) => {
            let known = document.recognise(Some(file.side()?));
            let mapping = file.for_table(document.sample())?;
            Recognition { mapping, ambiguities: Vec::new(), problems: Vec::new(), ..known }
        }
    };
    if recognition.problems.is_empty() {
        Ok(recognition)
    } else {
        Err(ApplicationError::Unreadable(all_of(&recognition.problems)).in_file(&opened.name))
    }
}

/// Reads all rows of a file in full; `consume` gets the records as they come. `goes_on` is told how far it is and says whether
/// to go on.
pub(crate) fn read(
    opened: &Opened,
    side: Side,
    mapping: &Mapping,
    currency: Option<Currency>,
    goes_on: &dyn Fn(Progress) -> bool,
    consume: &mut dyn FnMut(Records) -> Result<(), ApplicationError>,
) -> Result<Reading, ApplicationError> {
    let defaults = Defaults { file: opened.hash(), currency, detail: Detail::Full };
    read_under(opened, side, mapping, &defaults, goes_on, consume)
}

fn read_under(
    opened: &Opened,
    side: Side,
    mapping: &Mapping,
    defaults: &Defaults,
    goes_on: &dyn Fn(Progress) -> bool,
    consume: &mut dyn FnMut(Records) -> Result<(), ApplicationError>,
) -> Result<Reading, ApplicationError> {
    let progress = |done, total| {
        if goes_on(Progress { stage: "reading", done, total }) {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    };
    let mut failed = None;
    let read = opened.document.read(&opened.source, side, mapping, defaults, &progress, &mut |records| {
        consume(records).map_err(|error| {
            failed = Some(error);
            ReadError::Cancelled
        })
    });
    match (failed, read) {
        (Some(error), _) => Err(error),
        (None, read) => read.map_err(|error| ApplicationError::from(error).in_file(&opened.name)),
    }
}

/// A file with all its records.
pub(crate) struct ReadFile {
    pub(crate) opened: Opened,
    pub(crate) recognition: Recognition,
    pub(crate) reading: Reading,
}

/// Reads a file into records that are held for matching, without what only people and workbooks look at.
pub(crate) fn read_held(
    opened: Opened,
    side: Side,
    currency: Option<Currency>,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<ReadFile, ApplicationError> {
    let recognition = understand(&opened, Given::Side(side))?;
    let mut all = Records::with_capacity(side, usize::try_from(opened.document.rows()).unwrap_or(0));
    let defaults = Defaults { file: opened.hash(), currency, detail: Detail::Matching };
    let goes_on = |told| {
        progress(told);
        true
    };
    let reading = read_under(&opened, side, &recognition.mapping, &defaults, &goes_on, &mut |records| {
        all.append(records);
        Ok(())
    })?;
    Ok(ReadFile { opened, recognition, reading: Reading { records: all, ..reading } })
}

/// What people should know of a file: its rejected rows, and readings that were a choice.
pub(crate) fn notes(read: &ReadFile) -> Vec<String> {
    let file = &read.opened.name;
    let mut notes: Vec<String> = inspect::issues(&read.reading).iter().map(|issue| told(file, issue)).collect();
    notes.extend(read.recognition.ambiguities.iter().map(|open| {
        let chosen = open.readings.first().map_or("", Said::english);
        let what = open.what.as_str().replace('_', " ");
        format!("{file}: {what} can be read in more than one way; read as {chosen}")
    }));
    notes
}

/// A diagnostic in one line of words: `bank.csv row 12, Betrag: 'x', expected an amount such as 1.234,56`.
pub(crate) fn told(file: &str, diagnostic: &Diagnostic) -> String {
    let Diagnostic { value, expected, .. } = diagnostic;
    let Some(row) = diagnostic.row else {
        return if value.is_empty() { format!("{file}: {expected}") } else { format!("{file}: {expected}: {value}") };
    };
    let column = diagnostic.column.as_deref().map(|column| format!(", {column}")).unwrap_or_default();
    format!("{file} row {row}{column}: '{value}', expected {expected}")
}
