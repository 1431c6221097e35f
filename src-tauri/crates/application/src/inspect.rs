//! What the importer sees in a file, without a workbook.

use std::path::Path;

use jiff::civil::Date;
use tieout_domain::{Currency, Diagnostic, LedgerEntry, Money, Side, StatementLine, ValidationReport, said};
use tieout_statements::{Ambiguity, Detection, Reading, ReadingProof, Records, StatementReading};

use crate::{
    ApplicationError, Environment, OpenReading, Progress, mapping_file,
    place::Place,
    reading::{self, Given, Opened},
    validation::{self, Checks, Evidence},
};

/// What is wanted of an inspection.
#[derive(Debug, Clone, Default)]
pub struct InspectRequest {
    /// A mapping file to use instead of what is recognised.
    pub mapping: Option<std::path::PathBuf>,
    /// Keep every row.
    pub rows: bool,
    /// Write what the columns mean into this mapping file.
    pub write_mapping: Option<std::path::PathBuf>,
    /// Largest file that is taken, in bytes, where it has to be held as a whole; left out: the default.
    pub file_bytes_max: Option<u64>,
}

/// What a file holds, and how far it proves itself.
#[derive(Debug, Clone)]
pub struct Inspection {
    /// `csv`, `camt.053` …; `zip` for an archive of such files.
    pub format: &'static str,
    /// Name of the encoding.
    pub encoding: String,
    /// What was found out about the file, and how sure each thing is; of an archive, about its first file.
    pub detected: Vec<Detection>,
    /// In file order; of a ledger, one a currency.
    pub statements: Vec<StatementReading>,
    /// Data rows in the file.
    pub rows_read: u64,
    /// Rows that cannot be taken.
    pub rows_rejected: u64,
    /// How far balances and totals prove the reading.
    pub proof: ReadingProof,
    /// What can be read in more than one way.
    pub ambiguities: Vec<OpenReading>,
    /// The validation report; of an archive, that of its worst file.
    pub validation: ValidationReport,
    /// What is wrong.
    pub issues: Vec<Diagnostic>,
    /// The rows, of a statement …
    pub lines: Vec<StatementLine>,
    /// … or of a ledger.
    pub entries: Vec<LedgerEntry>,
}

/// Reads a file as the importer would.
pub fn inspect(
    environment: &Environment,
    path: &Path,
    request: &InspectRequest,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Inspection, ApplicationError> {
    let mapping = request.mapping.as_deref().map(mapping_file::MappingFile::read).transpose()?;
    let given = mapping.as_ref().map_or(Given::Nothing, Given::Mapping);
    let found = reading::open_path(environment, path, request.file_bytes_max)?;
    let mut files = found.files.iter();
    let Some(first) = files.next() else {
        return Err(ApplicationError::Unreadable(said!(
            "archive.empty",
            "{file}: the archive holds no files",
            file = path.display()
        )));
    };
    if let Some(target) = &request.write_mapping {
        let found = reading::understand(first, given)?;
        mapping_file::MappingFile::of_table(found.side, &found.mapping, first.document.sample())
            .write(&Place::of_results(target))?
            .put_in_place()?;
    }
    let mut all = of_file(environment, first, given, request.rows, progress)?;
    for file in files {
        all.add(of_file(environment, file, given, request.rows, progress)?);
    }
    if found.archive {
        all.format = "zip";
    }
    Ok(all)
}

fn of_file(
    environment: &Environment,
    opened: &Opened,
    given: Given<'_>,
    keep_rows: bool,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Inspection, ApplicationError> {
    let recognition = reading::understand(opened, given)?;
    let mut checks = Checks::new(environment.today());
    let mut ledger = LedgerSums::default();
    let (mut lines, mut entries) = (Vec::new(), Vec::new());
    let goes_on = |told| {
        progress(told);
        true
    };
    let reading = reading::read(opened, recognition.side, &recognition.mapping, None, &goes_on, &mut |records| {
        checks.take(&records);
        match records {
            Records::Statement(read) if keep_rows => lines.extend(read),
            Records::Statement(_) => {}
            Records::Ledger(read) => {
                ledger.take(&read)?;
                if keep_rows {
                    entries.extend(read);
                }
            }
        }
        Ok(())
    })?;
    let table = opened.document.sample();
    let validation = validation::report(&Evidence {
        side: recognition.side,
        format: table.format(),
        reading: &reading,
        checks: &checks,
        ambiguities: &recognition.ambiguities,
        against_workbook: &[],
        duplicates: None,
        alike: 0,
    });
    Ok(Inspection {
        format: table.format().as_str(),
        encoding: table.encoding().to_owned(),
        detected: recognition.detected(table),
        rows_read: u64::from(reading.rows_read),
        rows_rejected: u64::from(reading.rows_rejected),
        proof: reading.proof(),
        ambiguities: recognition.ambiguities.iter().map(OpenReading::from).collect(),
        validation,
        issues: issues(&reading),
        statements: if recognition.side == Side::Ledger { ledger.statements() } else { reading.statements },
        lines,
        entries,
    })
}

/// Everything that is wrong: what concerns the file, then rows in file order.
pub(crate) fn issues(reading: &Reading) -> Vec<Diagnostic> {
    let mut issues: Vec<Diagnostic> = reading.diagnostics.iter().chain(&reading.doubts).cloned().collect();
    issues.sort_by_key(|issue| issue.row);
    issues
}

impl Inspection {
    /// Takes in what another file of the same archive holds.
    fn add(&mut self, other: Self) {
        self.statements.extend(other.statements);
        self.rows_read += other.rows_read;
        self.rows_rejected += other.rows_rejected;
        self.proof = ReadingProof::together([self.proof, other.proof]);
        self.ambiguities.extend(other.ambiguities);
        if other.validation.score < self.validation.score {
            self.validation = other.validation;
        }
        self.issues.extend(other.issues);
        self.lines.extend(other.lines);
        self.entries.extend(other.entries);
    }
}

impl From<&Ambiguity> for OpenReading {
    fn from(ambiguity: &Ambiguity) -> Self {
        Self { what: ambiguity.what.as_str().to_owned(), readings: ambiguity.readings.clone() }
    }
}

/// What the entries of a ledger add up to, a currency each.
#[derive(Default)]
struct LedgerSums(std::collections::BTreeMap<Currency, LedgerSum>);

struct LedgerSum {
    rows: u64,
    sum: Money,
    first: Option<Date>,
    last: Option<Date>,
}

impl LedgerSums {
    fn take(&mut self, entries: &[LedgerEntry]) -> Result<(), ApplicationError> {
        for entry in entries {
            let currency = entry.amount.currency();
            let zero = LedgerSum { rows: 0, sum: Money::zero(currency), first: None, last: None };
            let sum = self.0.entry(currency).or_insert(zero);
            sum.rows += 1;
            sum.sum = sum.sum.checked_add(entry.amount)?;
            sum.first = [sum.first, entry.date].into_iter().flatten().min();
            sum.last = sum.last.max(entry.date);
        }
        Ok(())
    }

    fn statements(self) -> Vec<StatementReading> {
        let of = |(currency, sum): (Currency, LedgerSum)| StatementReading {
            rows: sum.rows,
            sum: sum.sum,
            first_date: sum.first,
            last_date: sum.last,
            ..StatementReading::empty(currency)
        };
        self.0.into_iter().map(of).collect()
    }
}
