//! What people note on records and matches, and what a selection of them comes to.

use std::{
    collections::BTreeMap,
    fs,
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
};

use tieout_domain::{Currency, Digest, MatchId, Money, RecordRef, Side, said};
use tieout_workbook::{
    EVIDENCE_BYTES_MAX, Evidence, MARKED_AT_ONCE_MAX, Mark, MarkFault, QueueSubject, Record, Workbook, WorkbookError,
};

use crate::{
    ApplicationError, DecisionOutcome, Session, decisions, exports::Export, foreign, place::Existing, results::NewFile,
};

/// A file to be attached.
#[derive(Debug, Clone)]
pub enum Attach {
    /// One on this machine.
    File(PathBuf),
    /// One whose bytes came with the request.
    Bytes {
        /// Its name.
        name: String,
        /// Its content.
        content: Vec<u8>,
    },
}

/// What records and matches come to, before something is done to all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectionFacts {
    /// How many.
    pub count: u64,
    /// Their amounts (of matches the statement's, of records what is open), one a currency.
    pub totals: Vec<Money>,
    /// The differences of the matches among them, one a currency.
    pub differences: Vec<Money>,
    /// The matches among them, each with the hash of its content as it is now.
    pub matches: Vec<(MatchId, Digest)>,
    /// The records among them, side by side; a side of which there are none is left out.
    pub sides: Vec<SelectedSide>,
}

/// The records of one side among what was selected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectedSide {
    /// The side.
    pub side: Side,
    /// Their identifiers.
    pub ids: Vec<String>,
    /// What is open of them, one a currency.
    pub totals: Vec<Money>,
}

impl Session {
    /// Notes the same on records and matches, by their identifiers, in one act.
    pub fn mark(&self, ids: &[String], mark: &Mark) -> Result<DecisionOutcome, ApplicationError> {
        self.with_open(|open| {
            let subjects = subjects_of(&open.workbook, ids)?;
            open.workbook.mark(&subjects, mark)?;
            decisions::outcome(&open.workbook, None)
        })
    }

    /// Attaches a file to records and matches, in one act.
    pub fn attach(&self, ids: &[String], file: Attach) -> Result<DecisionOutcome, ApplicationError> {
        let (name, content) = match file {
            Attach::Bytes { name, content } => (name, content),
            Attach::File(path) => read_evidence(&path)?,
        };
        self.mark(ids, &Mark::Evidence(Evidence { name, content }))
    }

    /// Writes an attached file out, as it was attached: beside its place first, so that never half of it lies there. What
    /// lies at the path is replaced, since whoever asks has confirmed it, but for the workbook's own files.
    pub fn save_evidence(&self, hash: Digest, path: &Path) -> Result<(), ApplicationError> {
        let (place, content) =
            self.with_open(|open| Ok((open.place(path, Existing::Replace)?, open.workbook.evidence(hash)?)))?;
        let file = NewFile::write(&place, |file| file.write_all(&content))?;
        file.store()?;
        self.with_open(|open| open.put_in_place(&Export::data("evidence"), [file]))
    }

    /// What records and matches come to, by their identifiers.
    pub fn selection(&self, ids: &[String]) -> Result<SelectionFacts, ApplicationError> {
        self.with_open(|open| {
            let (mut totals, mut differences) = (BTreeMap::new(), BTreeMap::new());
            let (mut matches, mut sides) = (Vec::new(), BTreeMap::new());
            let subjects = subjects_of(&open.workbook, ids)?;
            for subject in &subjects {
                match subject {
                    QueueSubject::Match(id) => {
                        let detail = open.workbook.match_detail(*id)?;
                        add(&mut totals, detail.row.amount)?;
                        detail.row.difference.map_or(Ok(()), |difference| add(&mut differences, difference))?;
                        matches.push((*id, detail.summary.content));
                    }
                    QueueSubject::Record(record) => {
                        let (side, id, amount) = match open.workbook.record(*record)? {
                            Record::Line(line) => (Side::Statement, line.id.to_string(), line.open),
                            Record::Entry(entry) => (Side::Ledger, entry.id.to_string(), entry.open),
                        };
                        add(&mut totals, amount)?;
                        let (ids, sums): &mut (Vec<String>, BTreeMap<_, _>) = sides.entry(side).or_default();
                        ids.push(id);
                        add(sums, amount)?;
                    }
                }
            }
            Ok(SelectionFacts {
                count: subjects.len() as u64,
                totals: totals.into_values().collect(),
                differences: differences.into_values().collect(),
                matches,
                sides: sides
                    .into_iter()
                    .map(|(side, (ids, totals))| SelectedSide { side, ids, totals: totals.into_values().collect() })
                    .collect(),
            })
        })
    }
}

fn add(sums: &mut BTreeMap<Currency, Money>, amount: Money) -> Result<(), ApplicationError> {
    let sum = sums.entry(amount.currency()).or_insert_with(|| Money::zero(amount.currency()));
    *sum = sum.checked_add(amount)?;
    Ok(())
}

/// A file is looked at before it is read, and never more of it than may be kept: a device has no length.
fn read_evidence(path: &Path) -> Result<(String, Vec<u8>), ApplicationError> {
    let failed = |source| ApplicationError::file(path, source);
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let facts = fs::metadata(path).map_err(failed)?;
    if facts.is_dir() {
        return Err(ApplicationError::Invalid(said!(
            "evidence.folder",
            "'{name}' is a folder: attach a file",
            name = &name
        )));
    }
    if !facts.is_file() {
        return Err(ApplicationError::Invalid(said!(
            "evidence.noFile",
            "'{name}' is no file but a device or a pipe: attach a file",
            name = &name
        )));
    }
    let most = EVIDENCE_BYTES_MAX as u64;
    let mut content = Vec::new();
    if facts.len() <= most {
        foreign::open(path).map_err(failed)?.take(most + 1).read_to_end(&mut content).map_err(failed)?;
    }
    let length = facts.len().max(content.len() as u64);
    if length > most {
        let mib = usize::try_from(length.div_ceil(1024 * 1024)).unwrap_or(usize::MAX);
        let fault = MarkFault::FileTooLarge { name, mib, most: EVIDENCE_BYTES_MAX / (1024 * 1024) };
        return Err(WorkbookError::from(fault).into());
    }
    Ok((name, content))
}

/// What the identifiers name: matches, lines or entries, each once.
fn subjects_of(workbook: &Workbook, ids: &[String]) -> Result<Vec<QueueSubject>, ApplicationError> {
    if ids.len() > MARKED_AT_ONCE_MAX {
        return Err(WorkbookError::from(MarkFault::TooMany { given: ids.len(), most: MARKED_AT_ONCE_MAX }).into());
    }
    let mut subjects = Vec::new();
    for id in ids {
        let subject = subject_of(workbook, id)?;
        if !subjects.contains(&subject) {
            subjects.push(subject);
        }
    }
    Ok(subjects)
}

fn subject_of(workbook: &Workbook, id: &str) -> Result<QueueSubject, ApplicationError> {
    let no_id = |_| ApplicationError::in_english(format!("'{id}' is no identifier of a record or a match"));
    let candidates = [
        QueueSubject::Match(id.parse().map_err(no_id)?),
        QueueSubject::Record(RecordRef::Line(id.parse().map_err(no_id)?)),
        QueueSubject::Record(RecordRef::Entry(id.parse().map_err(no_id)?)),
    ];
    for subject in candidates {
        if workbook.has(subject)? {
            return Ok(subject);
        }
    }
    Err(WorkbookError::NotFound { what: "record or match", id: id.to_owned() }.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn only_files_are_read_as_evidence() {
        for device in ["/dev/zero", "/dev/null"] {
            let told = read_evidence(Path::new(device)).unwrap_err().to_string();
            assert!(told.contains("is no file but a device or a pipe"), "{told}");
        }
        let folder = tempfile::tempdir().unwrap();
        let large = folder.path().join("large.bin");
        fs::File::create(&large).unwrap().set_len(EVIDENCE_BYTES_MAX as u64 + 1).unwrap();
        assert!(read_evidence(&large).unwrap_err().to_string().contains("large.bin"));
        let fine = folder.path().join("fine.txt");
        fs::write(&fine, "seen").unwrap();
        assert_eq!(read_evidence(&fine).unwrap(), ("fine.txt".to_owned(), b"seen".to_vec()));
    }
}
