//! Previews: what the importer sees in a file, and a frozen plan for each of its rows.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
};

use jiff::Timestamp;
use tieout_domain::{ImportBatchId, Severity, Side, ValidationReport, said};
use tieout_statements::{ColumnRole, DecodeOptions, Table};
use tieout_workbook::Workbook;

use super::{
    accounts::{self, AccountChoice, FileAccount},
    planning::{self, How, Planned, Surveyed},
    rows,
    understanding::{self, Understanding},
};
use crate::{
    ApplicationError, ColumnFacts, ImportPreview, PreviewRow, PreviewRows, Progress, Question, ReadingOption,
    ReviseImport, RowFilter, Session, UploadedFile, inspect,
    presence::Task,
    reading::{self, FileSource, Opened},
    validation::{self, Checks, Evidence},
};

/// Diagnostics that a preview lists.
const DIAGNOSTICS_SHOWN: usize = 200;
/// Rows that a preview shows at once; more come by the page.
const ROWS_SHOWN: u32 = 50;
/// Rows that are set side by side where a file can be read in two ways.
const ROWS_COMPARED: usize = 5;
/// Previews kept at a time.
const PREVIEWS_MAX: usize = 64;

/// A file that was looked at and waits for the user's word.
pub(crate) struct Preview {
    pub(super) opened: Opened,
    /// Where the file lies, so that a failed import can be tried again.
    pub(super) path: Option<PathBuf>,
    pub(super) understanding: Understanding,
    /// Nothing while the columns are not understood.
    pub(super) planned: Option<(Planned, Surveyed)>,
    pub(super) report: Option<ValidationReport>,
    /// The failed import that is tried again.
    pub(super) retry_of: OnceLock<ImportBatchId>,
    pub(super) shown: ImportPreview,
}

impl Preview {
    /// What is shown of it.
    pub(crate) fn shown(&self) -> &ImportPreview {
        &self.shown
    }

    /// The file's table, or a sample of it.
    pub(crate) fn table(&self) -> &Table {
        self.opened.document.sample()
    }
}

fn new_token() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("preview-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

impl Session {
    /// Looks at a file on disk, or at each file of an archive.
    pub fn preview_import_file(
        &self,
        path: &str,
        side: Option<Side>,
        file_bytes_max: Option<u64>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Vec<ImportPreview>, ApplicationError> {
        let path = Path::new(path);
        let source = FileSource::of_file(path)?;
        self.look(&reading::file_name(path), source, Some(path), side, file_bytes_max, progress)
    }

    /// Looks at a file whose bytes came with the request.
    pub fn preview_import(
        &self,
        file: UploadedFile,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Vec<ImportPreview>, ApplicationError> {
        self.look(&file.name, FileSource::of_bytes(file.bytes), None, file.side, None, progress)
    }

    fn look(
        &self,
        name: &str,
        source: FileSource,
        path: Option<&Path>,
        side: Option<Side>,
        file_bytes_max: Option<u64>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Vec<ImportPreview>, ApplicationError> {
        let task = self.begin()?;
        let found = reading::open_all(&self.environment, name, source, file_bytes_max, &|| task.is_cancelled())?;
        let mut previews: Vec<ImportPreview> = Vec::new();
        for opened in found.files {
            let path = path.filter(|_| !found.archive).map(Path::to_owned);
            let looked = self
                .with_open(|open| understanding::understand(&open.workbook, &opened, side))
                .and_then(|understanding| self.plan(&task, new_token(), opened, path, understanding, progress));
            match looked {
                Ok(preview) => previews.push(preview),
                Err(error) => {
                    // An archive is looked at as a whole or not at all.
                    previews.iter().for_each(|preview| drop(self.previews.lock().remove(&preview.token)));
                    return Err(error);
                }
            }
        }
        Ok(previews)
    }

    /// Reads the same file again as the user corrected it, or takes the user's answer to what was asked. If that fails,
    /// the preview stays as it was.
    pub fn revise_import(&self, request: ReviseImport) -> Result<ImportPreview, ApplicationError> {
        let task = self.begin()?;
        let (opened, path, before) = {
            let preview = self.held_preview(&request.token)?;
            (preview.opened.clone(), preview.path.clone(), preview.understanding.clone())
        };
        let sheet = opened.document.sample().sheet();
        let other_sheet = request.sheet.is_some() && request.sheet.as_deref() != sheet;
        let opened = if other_sheet {
            let options = DecodeOptions { sheet: request.sheet.clone(), ..reading::options(&opened.name, None) };
            reading::open(&self.environment, &opened.name, opened.source, &options, &|| task.is_cancelled())?
        } else {
            opened
        };
        let account = AccountChoice { id: request.account_id, name: request.account_name.trim().to_owned() };
        let compared = self.with_open(|open| understanding::account_of_header(&open.workbook, &opened))?;
        let is_other = accounts::is_another(compared.as_ref(), &account);
        let known = self.with_open(|open| understanding::understand(&open.workbook, &opened, Some(request.side)))?;
        let mut understanding = match request.mapping.filter(|_| !other_sheet) {
            Some(mapping) => Understanding {
                how: How { mapping, ..known.how },
                remembered: false,
                detected: known.detected,
                ambiguities: if request.settled { Vec::new() } else { before.ambiguities },
                header_change: before.header_change.filter(|_| !request.settled && !is_other),
                problems: Vec::new(),
                account: None,
                account_before: known.account_before,
            },
            None => known,
        };
        understanding.how.currency = request.currency;
        understanding.account = (!account.name.is_empty() || account.id.is_some()).then_some(account);
        self.plan(&task, request.token, opened, path, understanding, &|_| {})
    }

    /// The same file for another account. What its columns mean is not what those of the account meant that was guessed.
    pub(super) fn rename_account(
        &self,
        preview: &ImportPreview,
        name: &str,
    ) -> Result<ImportPreview, ApplicationError> {
        let known = self.held_preview(&preview.token)?;
        let compared = self.with_open(|open| understanding::account_of_header(&open.workbook, &known.opened))?;
        let account = AccountChoice { id: None, name: name.trim().to_owned() };
        let is_other = preview.header_change.is_some() && accounts::is_another(compared.as_ref(), &account);
        self.revise_import(ReviseImport {
            token: preview.token.clone(),
            side: preview.side,
            mapping: Some(preview.mapping.clone()).filter(|_| !is_other),
            sheet: preview.sheet.clone(),
            account_id: None,
            account_name: name.to_owned(),
            currency: preview.currency,
            settled: false,
        })
    }

    /// A page of a preview's rows, each with what commit will do with it.
    pub fn preview_rows(&self, request: &PreviewRows) -> Result<Vec<PreviewRow>, ApplicationError> {
        let preview = self.held_preview(&request.token)?;
        let Some((planned, surveyed)) = &preview.planned else { return Ok(Vec::new()) };
        self.with_open(|open| {
            let how = &preview.understanding.how;
            rows::page(&open.workbook, &preview.opened, how, planned, &surveyed.reading, request)
        })
    }

    /// A preview, whose lock is free again: nobody waits for the workbook with the previews in hand.
    pub(crate) fn held_preview(&self, token: &str) -> Result<Arc<Preview>, ApplicationError> {
        self.previews.lock().get(token).cloned().ok_or(ApplicationError::PreviewGone)
    }

    /// Says once of a preview which failed import is tried again with it.
    pub(super) fn mark_retry(&self, token: &str, batch: ImportBatchId) {
        if let Some(preview) = self.previews.lock().get(token) {
            preview.retry_of.get_or_init(|| batch);
        }
    }

    /// Forgets a preview.
    pub fn discard_import(&self, token: &str) -> Result<(), ApplicationError> {
        self.previews.lock().remove(token);
        Ok(())
    }

    fn plan(
        &self,
        task: &Task<'_>,
        token: String,
        opened: Opened,
        path: Option<PathBuf>,
        mut understanding: Understanding,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<ImportPreview, ApplicationError> {
        let goes_on = |told| {
            progress(told);
            !task.is_cancelled()
        };
        self.carry_over(&opened, &mut understanding)?;
        let surveyed = self.survey(&opened, &mut understanding, &goes_on)?;
        let mut shown = self.with_open(|open| facts(&open.workbook, token, &opened, &understanding))?;
        let mut report = None;
        let planned = match surveyed {
            None => {
                shown.blocking_problems.clone_from(&understanding.problems);
                None
            }
            Some(surveyed) => {
                let planned =
                    self.plan_records(&opened, &understanding, &surveyed, &mut shown, &goes_on, &mut report)?;
                Some((planned, surveyed))
            }
        };
        shown.questions = questions(&opened, &understanding)?;
        shown.header_change.clone_from(&understanding.header_change);
        let mut previews = self.previews.lock();
        let retry_of = previews.get(&shown.token).map(|before| before.retry_of.clone()).unwrap_or_default();
        if previews.len() >= PREVIEWS_MAX && !previews.contains_key(&shown.token) {
            return Err(ApplicationError::Invalid(said!(
                "import.tooManyWait",
                "too many files wait for a decision: import or dismiss some of them first"
            )));
        }
        let answer = shown.clone();
        let preview = Preview { opened, path, understanding, planned, report, retry_of, shown };
        previews.insert(answer.token.clone(), Arc::new(preview));
        Ok(answer)
    }

    /// A header that changed since the account's last file: the account has to be known for that.
    fn carry_over(&self, opened: &Opened, understanding: &mut Understanding) -> Result<(), ApplicationError> {
        if understanding.header_change.is_some() || understanding.account.is_some() {
            return Ok(());
        }
        self.with_open(|open| {
            let account = understanding::account_of_header(&open.workbook, opened)?;
            understanding::carry_over(&open.workbook, opened, account.map(|account| account.id), understanding)
        })
    }

    fn survey(
        &self,
        opened: &Opened,
        understanding: &mut Understanding,
        goes_on: &dyn Fn(Progress) -> bool,
    ) -> Result<Option<Surveyed>, ApplicationError> {
        if !understanding.problems.is_empty() {
            return Ok(None);
        }
        let checks = Checks::new(self.environment.today());
        match planning::survey(opened, &understanding.how, checks, goes_on) {
            Ok(surveyed) => Ok(Some(surveyed)),
            // A mapping the user is still working on: what it lacks is shown, not refused.
            Err(ApplicationError::Unreadable(problem)) => {
                understanding.problems = vec![problem];
                Ok(None)
            }
            Err(other) => Err(other),
        }
    }

    /// Plans every record, and fills in what the preview shows of it.
    fn plan_records(
        &self,
        opened: &Opened,
        understanding: &Understanding,
        surveyed: &Surveyed,
        shown: &mut ImportPreview,
        goes_on: &dyn Fn(Progress) -> bool,
        report: &mut Option<ValidationReport>,
    ) -> Result<Planned, ApplicationError> {
        let how = &understanding.how;
        let reading = &surveyed.reading;
        let (planned, against_workbook) = match how.side {
            Side::Statement => {
                let accounts = self.accounts_of(opened, understanding, surveyed, shown)?;
                let against =
                    self.with_open(|open| planning::continuity(&open.workbook, &accounts, &reading.statements))?;
                let pair = |id, keys| self.with_open(|open| Ok(open.workbook.plan_line_keys(id, keys)?));
                (planning::lines(opened, how, accounts, goes_on, &pair)?, against)
            }
            Side::Ledger => {
                let pair = |keys| self.with_open(|open| Ok(open.workbook.plan_entry_keys(keys)?));
                let empty = self.with_open(|open| Ok(!open.workbook.has_entries()?))?;
                (planning::entries(opened, how, empty, goes_on, &pair)?, Vec::new())
            }
        };
        let (duplicates, deleted) = planned.known();
        let alike = self.with_open(|open| planned.alike(&open.workbook))?;
        let found = validation::report(&Evidence {
            side: how.side,
            format: opened.document.sample().format(),
            reading,
            checks: &surveyed.checks,
            ambiguities: &understanding.ambiguities,
            against_workbook: &against_workbook,
            duplicates: Some(duplicates),
            alike,
        });
        show_reading(surveyed, shown);
        shown.rows_duplicate = duplicates;
        shown.rows_deleted = deleted;
        shown.rows_to_add = surveyed.records.saturating_sub(duplicates + deleted);
        shown.validation = Some(found.clone());
        *report = Some(found);
        let page = PreviewRows { token: String::new(), filter: RowFilter::All, offset: 0, limit: ROWS_SHOWN };
        shown.rows = self.with_open(|open| rows::page(&open.workbook, opened, how, &planned, reading, &page))?;
        Ok(planned)
    }

    fn accounts_of(
        &self,
        opened: &Opened,
        understanding: &Understanding,
        surveyed: &Surveyed,
        shown: &mut ImportPreview,
    ) -> Result<Vec<FileAccount>, ApplicationError> {
        let statements = &surveyed.reading.statements;
        self.with_open(|open| {
            let workbook = &open.workbook;
            let choice = match &understanding.account {
                Some(choice) => choice.clone(),
                None => accounts::guess(
                    workbook,
                    understanding.account_before,
                    statements,
                    opened.document.sample(),
                    &opened.name,
                )?,
            };
            let accounts = accounts::of_statements(workbook, statements, &choice)?;
            shown.account_name.clone_from(&choice.name);
            match accounts.as_slice() {
                [only] => {
                    shown.account_id = only.choice.id;
                    shown.account_name.clone_from(&only.choice.name);
                    shown.currency = only.currency;
                }
                [] => shown.account_id = choice.id,
                several => {
                    shown.account_name =
                        several.iter().map(|account| account.choice.name.as_str()).collect::<Vec<_>>().join(", ");
                }
            }
            shown.accounts_count = accounts.len() as u32;
            Ok(accounts)
        })
    }
}

/// What is known of the file before its rows are.
fn facts(
    workbook: &Workbook,
    token: String,
    opened: &Opened,
    understanding: &Understanding,
) -> Result<ImportPreview, ApplicationError> {
    let table = opened.document.sample();
    let how = &understanding.how;
    let mut mapping = how.mapping.clone();
    mapping.roles.resize(table.column_count(), ColumnRole::Ignore);
    let before = workbook.find_batch_by_hash(opened.hash())?.filter(|batch| batch.side == how.side);
    let samples = |column: usize| {
        (0..table.row_count().min(20))
            .map(|row| table.cell(row, column).trim())
            .filter(|cell| !cell.is_empty())
            .take(3)
            .map(|cell| cell.chars().take(80).collect())
            .collect()
    };
    Ok(ImportPreview {
        token,
        file_name: opened.name.clone(),
        file_size: opened.size(),
        file_hash: opened.hash(),
        side: how.side,
        format: table.format().as_str(),
        encoding: table.encoding().to_owned(),
        delimiter: table.delimiter(),
        detected: understanding.detected.clone(),
        sheets: table.sheets().to_vec(),
        sheet: table.sheet().map(str::to_owned),
        columns_known: table.declared().is_some(),
        columns: (0..table.column_count())
            .map(|column| ColumnFacts { header: table.column_name(column), samples: samples(column) })
            .collect(),
        mapping,
        mapping_remembered: understanding.remembered,
        account_id: None,
        account_name: String::new(),
        accounts_count: 0,
        currency: how.currency,
        rows: Vec::new(),
        rows_total: opened.document.rows(),
        rows_to_add: 0,
        rows_duplicate: 0,
        rows_deleted: 0,
        rows_rejected: 0,
        diagnostics: Vec::new(),
        questions: Vec::new(),
        header_change: None,
        first_date: None,
        last_date: None,
        totals: Vec::new(),
        statements: Vec::new(),
        proof: None,
        validation: None,
        imported_before: before
            .map(|batch| Timestamp::from_millisecond(batch.started_at_ms).unwrap_or(Timestamp::UNIX_EPOCH)),
        blocking_problems: Vec::new(),
    })
}

fn show_reading(surveyed: &Surveyed, shown: &mut ImportPreview) {
    let reading = &surveyed.reading;
    shown.rows_total = u64::from(reading.rows_read);
    shown.rows_rejected = u64::from(reading.rows_rejected);
    shown.first_date = surveyed.first_date;
    shown.last_date = surveyed.last_date;
    shown.totals.clone_from(&surveyed.sums);
    shown.statements.clone_from(&reading.statements);
    shown.proof = Some(reading.proof());
    let mut issues = inspect::issues(reading);
    // What refuses rows comes first: the list is cut off.
    issues.sort_by_key(|issue| std::cmp::Reverse(issue.severity == Severity::Error));
    issues.truncate(DIAGNOSTICS_SHOWN);
    shown.diagnostics = issues;
}

/// What has to be asked: each possible reading with the first rows as they would be stored.
fn questions(opened: &Opened, understanding: &Understanding) -> Result<Vec<Question>, ApplicationError> {
    let how = &understanding.how;
    understanding
        .ambiguities
        .iter()
        .map(|open| {
            let mappings = [Some(how.mapping.clone()), understanding::other_reading(open.what, &how.mapping)];
            let options = open.readings.iter().zip(mappings).filter_map(|(words, mapping)| Some((words, mapping?)));
            let options = options.map(|(words, mapping)| {
                let rows = rows::first_as_read(opened, &How { mapping: mapping.clone(), ..how.clone() }, ROWS_COMPARED)
                    .unwrap_or_default();
                Ok(ReadingOption { words: words.clone(), mapping, rows })
            });
            Ok(Question {
                what: open.what,
                readings: open.readings.clone(),
                options: options.collect::<Result<_, ApplicationError>>()?,
            })
        })
        .collect()
}
