//! Files of journal entries: shown before they are written, written as a batch, and written again.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use jiff::civil::Date;
use tieout_domain::{
    Digest, JournalEntry, JournalLayout, PostedAs, PostingRole, RootCause, Said, SaidValue, retold, said,
};
use tieout_reports::{JournalFileError, JournalLine, journal_csv, journal_table, journal_xlsx};
use tieout_workbook::{NewJournalBatch, Workbook};

use super::{JournalBatch, JournalLayoutText, JournalRow, MissingAccount, Names, row, seen, up_to};
use crate::{ApplicationError, Environment, Existing, Session, export::free_path, exports::Export, results::NewFile};

/// Rows of a preview.
const PREVIEW_ENTRIES: usize = 8;

/// What is to be exported, and whereto.
#[derive(Debug, Clone)]
pub struct ExportJournal {
    /// How the file is laid out.
    pub layout: JournalLayoutText,
    /// Entries up to this day; `None`: all.
    pub through: Option<Date>,
    /// The file: a spreadsheet where its name ends in `.xlsx`, else CSV.
    pub path: PathBuf,
    /// What happens to a file that lies there.
    pub existing: Existing,
    /// What was shown ([`super::JournalPage::seen`]); `None`: whatever there is.
    pub seen: Option<Digest>,
}

/// What an export did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedJournal {
    /// The batch.
    pub batch: JournalBatch,
    /// Where its file lies.
    pub path: PathBuf,
}

/// The first rows of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalPreview {
    /// The headings.
    pub headings: Vec<String>,
    /// The rows, cell by cell.
    pub rows: Vec<Vec<String>>,
    /// Why the file cannot be written as the layout says; nothing: it can.
    pub problem: Option<Said>,
}

impl Session {
    /// The first rows of a file by this layout, as CSV has them, and what stands against it as the kind of file that it is
    /// to be. Accounts that are missing are empty.
    pub fn preview_journal(
        &self,
        text: &JournalLayoutText,
        through: Option<Date>,
        path: &Path,
    ) -> Result<JournalPreview, ApplicationError> {
        let layout = text.layout()?;
        let (entries, batch) = self.with_open(|open| Ok((self.listed(open)?, open.workbook.next_journal_batch()?)))?;
        let rows = worded(&layout, entries.up_to(through).cloned().collect());
        let lines = numbered(batch, &rows);
        let problem = match is_spreadsheet(path) {
            true => layout.check(lines.iter().map(|line| line.entry), false).err().map(|gap| Said::from(&gap)),
            false => journal_csv(&layout, &lines).err().map(|error| file_fault(&error)),
        };
        Ok(JournalPreview {
            headings: layout.columns.iter().map(|column| column.heading.clone()).collect(),
            rows: journal_table(&layout, &lines[..lines.len().min(PREVIEW_ENTRIES)]),
            problem,
        })
    }

    /// Exports what is to be posted: a batch with its file. The file is written beside its place first, so that nothing is
    /// exported where it cannot be; it gets its name when the batch is kept. If that fails, the batch stands, and
    /// [`Session::write_journal_again`] writes it.
    pub fn export_journal(&self, request: &ExportJournal) -> Result<ExportedJournal, ApplicationError> {
        let layout = request.layout.layout()?;
        let file_name = request.path.file_name().map(|name| name.to_string_lossy().into_owned());
        let file_name = file_name
            .ok_or_else(|| ApplicationError::Invalid(said!("journal.noPlace", "say where the file is to lie")))?;
        self.with_open(|open| {
            let place = open.place(&request.path, request.existing)?;
            let workbook = &mut open.workbook;
            // Worked out anew, whatever is kept: what is exported stays.
            let proposed = workbook.proposed_journal()?;
            let entries: Vec<JournalEntry> = up_to(&proposed, request.through).cloned().collect();
            if request.seen.is_some_and(|shown| shown != seen(entries.iter())) {
                return Err(ApplicationError::Stale(said!(
                    "journal.outdated",
                    "the journal changed since it was shown: look at it again"
                )));
            }
            refuse_missing(&Names::of(workbook)?.missing(entries.iter()))?;
            let number = workbook.next_journal_batch()?;
            let rows = worded(&layout, entries);
            let content = content(&layout, &request.path, &numbered(number, &rows))?;
            let file = NewFile::write(&place, |out| out.write_all(&content))?;
            file.store()?;
            let entries: Vec<(JournalEntry, String)> = rows.into_iter().map(|row| (row.entry, row.text)).collect();
            workbook.export_journal(&NewJournalBatch {
                number,
                entries: &entries,
                file_name: &file_name,
                layout: &request.layout.to_toml()?,
                content: &content,
            })?;
            let batch = workbook.journal_batch(number)?;
            file.put_in_place().map_err(|error| {
                ApplicationError::Invalid(said!(
                    "journal.keptWithoutFile",
                    "{why}; batch {number} is kept nevertheless: write its file again, elsewhere",
                    why = error.said(),
                    number = number
                ))
            })?;
            Ok(ExportedJournal { batch, path: request.path.clone() })
        })
    }

    /// Writes a batch's file again, byte for byte.
    pub fn write_journal_again(
        &self,
        number: u32,
        path: &Path,
        existing: Existing,
    ) -> Result<ExportedJournal, ApplicationError> {
        let (place, batch, content) = self.with_open(|open| {
            let place = open.place(path, existing)?;
            Ok((place, open.workbook.journal_batch(number)?, open.workbook.journal_file(number)?))
        })?;
        let file = NewFile::write(&place, |out| out.write_all(&content))?;
        file.store()?;
        let export = Export::data("journal").of(format!("batch {number}"));
        self.with_open(|open| open.put_in_place(&export, [file]))?;
        Ok(ExportedJournal { batch, path: path.to_owned() })
    }
}

/// A file of its own for the next batch.
pub(super) fn proposed_path(environment: &Environment, workbook: &Workbook) -> Result<PathBuf, ApplicationError> {
    let name = format!("{} journal {}", workbook.company().name, workbook.next_journal_batch()?);
    Ok(free_path(environment, &name, "csv"))
}

fn content(layout: &JournalLayout, path: &Path, lines: &[JournalLine<'_>]) -> Result<Vec<u8>, ApplicationError> {
    let made = if is_spreadsheet(path) { journal_xlsx(layout, lines) } else { journal_csv(layout, lines) };
    made.map_err(|error: JournalFileError| ApplicationError::Invalid(file_fault(&error)))
}

/// A letter that the encoding lacks can be helped; what else goes wrong is told as it is.
pub(super) fn file_fault(error: &JournalFileError) -> Said {
    match error {
        JournalFileError::Letter { entry, column, text, letter } => {
            retold!(error, "journal.letter", entry = *entry, column = column, text = text, letter = *letter)
        }
        JournalFileError::Gap(gap) => gap.into(),
        JournalFileError::Csv(_) | JournalFileError::Spreadsheet(_) => {
            retold!(error, "journal.cannotBeWritten", detail = Said::in_english(error.to_string()))
        }
    }
}

fn is_spreadsheet(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"))
}

fn worded(layout: &JournalLayout, entries: Vec<JournalEntry>) -> Vec<JournalRow> {
    entries.into_iter().map(|entry| row(entry, layout.language)).collect()
}

fn numbered(batch: u32, rows: &[JournalRow]) -> Vec<JournalLine<'_>> {
    let line = |(entry, row)| {
        let row: &JournalRow = row;
        JournalLine { entry: &row.entry, number: PostedAs { batch, entry }, text: &row.text }
    };
    (1..).zip(rows).map(line).collect()
}

/// No entry is exported with an account that was guessed.
fn refuse_missing(missing: &[MissingAccount]) -> Result<(), ApplicationError> {
    if missing.is_empty() {
        return Ok(());
    }
    let told = missing.iter().map(|of| {
        let (role, count) = (role(of), of.entries);
        let told = if count == 1 { format!("{role} (1 entry)") } else { format!("{role} ({count} entries)") };
        retold!(told, "journal.missingRole", role = role, count = count)
    });
    let listed = |first: Said, second: Said| said!("listed", "{first}, {second}", first = first, second = second);
    Err(ApplicationError::Invalid(said!(
        "journal.noAccount",
        "no account of the books is named for {roles}: name it first; nothing was exported",
        roles = told.reduce(listed).unwrap_or_default()
    )))
}

/// What an account is needed for, by the words that the window has for it.
fn role(missing: &MissingAccount) -> Said {
    let name = &missing.name;
    match missing.role {
        PostingRole::Account(_) => retold!(name, "journal.roleAccount", name = name),
        PostingRole::Cause(RootCause::None) => retold!(name, "journal.roleWriteOff"),
        PostingRole::Cause(cause) => retold!(name, "journal.roleCause", cause = cause),
        PostingRole::Gain(cause) => retold!(name, "journal.roleGain", cause = cause),
        PostingRole::Receivables | PostingRole::Payables | PostingRole::Suspense => {
            let word = missing.role.to_string();
            retold!(name, "journal.roleNamed", role = SaidValue::key("journalRole", word))
        }
    }
}
