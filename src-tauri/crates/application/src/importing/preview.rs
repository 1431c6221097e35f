//! Previews: what the importer sees in a file, and a plan for each of its rows.

use std::{
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
};

use jiff::Timestamp;
use tieout_domain::{AccountId, Currency, LedgerEntry, LedgerEntryId, Money, Side};
use tieout_statements::{Ambiguity, Mapping, Reading, Records};
use tieout_workbook::{MappingScope, RowPlan, Workbook};

use super::{
    accounts::{self, AccountChoice, Group},
    rows,
};
use crate::{
    ApplicationError, ColumnFacts, ImportPreview, OpenReading, PreviewRow, Progress, ReviseImport, Session,
    UploadedFile, inspect, mapping_file,
    reading::{self, Decoded},
    session::lock,
};

/// Diagnostics that a preview lists.
const DIAGNOSTICS_SHOWN: usize = 200;
/// Previews kept at a time: each holds a whole file.
const PREVIEWS_MAX: usize = 8;

/// The records of a file with what will become of each.
pub(super) enum Planned {
    /// Lines, by account and currency.
    Lines(Vec<Group>),
    /// Entries.
    Entries { entries: Vec<LedgerEntry>, plan: Vec<RowPlan<LedgerEntryId>> },
    /// Nothing: the columns are not understood yet.
    Nothing,
}

/// A file that was looked at and waits for the user's word.
pub(crate) struct Preview {
    bytes: Vec<u8>,
    pub(super) decoded: Decoded,
    pub(super) header: String,
    pub(super) mapping: Mapping,
    pub(super) planned: Planned,
    pub(super) diagnostics: Vec<tieout_domain::Diagnostic>,
    pub(super) rejected: u64,
    pub(super) shown: ImportPreview,
}

/// How a file is to be understood.
struct Understanding {
    side: Side,
    mapping: Mapping,
    remembered: bool,
    ambiguities: Vec<OpenReading>,
    problems: Vec<String>,
    account: Option<AccountChoice>,
    /// The account to which an earlier file with this header belonged.
    account_before: Option<AccountId>,
    currency: Currency,
}

impl From<&Ambiguity> for OpenReading {
    fn from(ambiguity: &Ambiguity) -> Self {
        Self { what: ambiguity.what.as_str().to_owned(), readings: ambiguity.readings.clone() }
    }
}

fn new_token() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("preview-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

impl Session {
    /// Looks at a file on disk.
    pub fn preview_import_file(
        &self,
        path: &str,
        side: Option<Side>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<ImportPreview, ApplicationError> {
        let path = Path::new(path);
        let bytes = reading::bytes_of(path)?;
        self.look(UploadedFile { name: reading::file_name(path), side, bytes }, progress)
    }

    /// Looks at a file whose bytes came with the request.
    pub fn preview_import(&self, file: UploadedFile) -> Result<ImportPreview, ApplicationError> {
        self.look(file, &|_| {})
    }

    fn look(
        &self,
        file: UploadedFile,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<ImportPreview, ApplicationError> {
        self.begin();
        let decoded = reading::decode(&self.environment, &file.name, &file.bytes, None)?;
        let understanding = self.with_open(|open| understand(&open.workbook, &decoded, file.side))?;
        self.plan(new_token(), file.bytes, decoded, understanding, progress)
    }

    /// Reads the same file again as the user corrected it.
    pub fn revise_import(&self, request: ReviseImport) -> Result<ImportPreview, ApplicationError> {
        self.begin();
        let before = lock(&self.previews).remove(&request.token).ok_or(ApplicationError::PreviewGone)?;
        let Preview { bytes, decoded, shown, .. } = before;
        let other_sheet = request.sheet.is_some() && request.sheet.as_deref() != decoded.table.sheet();
        let decoded = if other_sheet {
            reading::decode(&self.environment, &shown.file_name, &bytes, request.sheet.clone())?
        } else {
            decoded
        };
        let account = AccountChoice { id: request.account_id, name: request.account_name.trim().to_owned() };
        let understanding = self.with_open(|open| {
            let known = understand(&open.workbook, &decoded, Some(request.side))?;
            Ok(match request.mapping.filter(|_| !other_sheet) {
                Some(mapping) => {
                    Understanding { remembered: false, ambiguities: Vec::new(), problems: Vec::new(), mapping, ..known }
                }
                None => known,
            })
        })?;
        let understanding = Understanding {
            account: (!account.name.is_empty() || account.id.is_some()).then_some(account),
            currency: request.currency,
            ..understanding
        };
        self.plan(request.token, bytes, decoded, understanding, &|_| {})
    }

    /// The same file for another account.
    pub(super) fn rename_account(
        &self,
        preview: &ImportPreview,
        name: &str,
    ) -> Result<ImportPreview, ApplicationError> {
        self.revise_import(ReviseImport {
            token: preview.token.clone(),
            side: preview.side,
            mapping: Some(preview.mapping.clone()),
            sheet: preview.sheet.clone(),
            account_id: None,
            account_name: name.to_owned(),
            currency: preview.currency,
        })
    }

    /// Forgets a preview.
    pub fn discard_import(&self, token: &str) -> Result<(), ApplicationError> {
        lock(&self.previews).remove(token);
        Ok(())
    }

    fn plan(
        &self,
        token: String,
        bytes: Vec<u8>,
        decoded: Decoded,
        understanding: Understanding,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<ImportPreview, ApplicationError> {
        let interpreted = if understanding.problems.is_empty() {
            let currency = Some(understanding.currency);
            let read = reading::interpret(&decoded, understanding.side, &understanding.mapping, currency, &|told| {
                progress(told);
                !self.is_cancelled()
            });
            match read {
                // A mapping the user is still working on: what it lacks is shown, not refused.
                Err(ApplicationError::Unreadable(problem)) => Err(vec![problem]),
                Err(other) => return Err(other),
                Ok(reading) => Ok(reading),
            }
        } else {
            Err(understanding.problems.clone())
        };
        let preview =
            self.with_open(|open| build(&open.workbook, token, bytes, decoded, understanding, interpreted))?;
        let shown = preview.shown.clone();
        let mut previews = lock(&self.previews);
        if previews.len() >= PREVIEWS_MAX {
            return Err(ApplicationError::Invalid(
                "too many files wait for a decision: import or dismiss some of them first".to_owned(),
            ));
        }
        previews.insert(shown.token.clone(), preview);
        Ok(shown)
    }
}

/// How earlier files with this header were understood, or else what the columns look like.
fn understand(workbook: &Workbook, decoded: &Decoded, side: Option<Side>) -> Result<Understanding, ApplicationError> {
    let header = tieout_statements::header_fingerprint(&decoded.table).to_string();
    let recognition = tieout_statements::recognise(&decoded.table, side);
    let side = recognition.side;
    let before = workbook.mappings_of_header(&header)?.into_iter().find_map(|known| {
        let fits = match known.scope {
            MappingScope::Account(_) => side == Side::Statement,
            MappingScope::Ledger => side == Side::Ledger,
        };
        let mapping = mapping_file::from_line(&known.mapping)?;
        (fits && mapping.roles.len() == decoded.table.column_count()).then_some((known.scope, mapping))
    });
    let currency = workbook.company().base_currency;
    Ok(match before {
        Some((scope, mapping)) => Understanding {
            side,
            mapping,
            remembered: true,
            ambiguities: Vec::new(),
            problems: Vec::new(),
            account: None,
            account_before: match scope {
                MappingScope::Account(id) => Some(id),
                MappingScope::Ledger => None,
            },
            currency,
        },
        None => Understanding {
            side,
            ambiguities: recognition.ambiguities.iter().map(OpenReading::from).collect(),
            mapping: recognition.mapping,
            remembered: false,
            problems: recognition.problems,
            account: None,
            account_before: None,
            currency,
        },
    })
}

fn build(
    workbook: &Workbook,
    token: String,
    bytes: Vec<u8>,
    decoded: Decoded,
    understanding: Understanding,
    interpreted: Result<Reading, Vec<String>>,
) -> Result<Preview, ApplicationError> {
    let mut shown = facts(workbook, token, &decoded, &understanding)?;
    let header = tieout_statements::header_fingerprint(&decoded.table).to_string();
    let mut diagnostics = Vec::new();
    let mut rejected = 0;
    let planned = match interpreted {
        Err(problems) => {
            shown.blocking_problems = problems;
            Planned::Nothing
        }
        Ok(mut reading) => {
            diagnostics = std::mem::take(&mut reading.diagnostics);
            rejected = u64::from(reading.rows_rejected);
            shown.rows_total = u64::from(reading.rows_read);
            shown.rows_rejected = rejected;
            let (proved, of) = inspect::proved(&reading);
            shown.proved_rows = (of > 0).then_some((proved, of));
            let rejects = rows::rejected(&decoded.table, &diagnostics);
            plan_records(workbook, &decoded, &understanding, reading, rejects, &mut shown)?
        }
    };
    shown.diagnostics = diagnostics.iter().take(DIAGNOSTICS_SHOWN).cloned().collect();
    Ok(Preview { bytes, decoded, header, mapping: understanding.mapping, planned, diagnostics, rejected, shown })
}

/// What is known of the file before its rows are.
fn facts(
    workbook: &Workbook,
    token: String,
    decoded: &Decoded,
    understanding: &Understanding,
) -> Result<ImportPreview, ApplicationError> {
    let table = &decoded.table;
    let mut mapping = understanding.mapping.clone();
    mapping.roles.resize(table.column_count(), tieout_statements::ColumnRole::Ignore);
    let before = workbook.find_batch_by_hash(decoded.hash)?.filter(|batch| batch.side == understanding.side);
    Ok(ImportPreview {
        token,
        file_name: decoded.name.clone(),
        file_size: decoded.size,
        file_hash: decoded.hash,
        side: understanding.side,
        format: table.format().as_str(),
        encoding: table.encoding().to_owned(),
        delimiter: table.delimiter(),
        sheets: table.sheets().to_vec(),
        sheet: table.sheet().map(str::to_owned),
        columns: (0..table.column_count())
            .map(|column| ColumnFacts {
                header: table.column_name(column),
                samples: (0..table.row_count().min(20))
                    .map(|row| table.cell(row, column).trim())
                    .filter(|cell| !cell.is_empty())
                    .take(3)
                    .map(|cell| cell.chars().take(80).collect())
                    .collect(),
            })
            .collect(),
        mapping,
        mapping_remembered: understanding.remembered,
        account_id: None,
        account_name: String::new(),
        currency: understanding.currency,
        rows: Vec::new(),
        rows_total: table.row_count() as u64,
        rows_to_add: 0,
        rows_duplicate: 0,
        rows_rejected: 0,
        diagnostics: Vec::new(),
        ambiguities: understanding.ambiguities.clone(),
        first_date: None,
        last_date: None,
        totals: Vec::new(),
        opening: None,
        closing: None,
        proved_rows: None,
        imported_before: before
            .map(|batch| Timestamp::from_millisecond(batch.started_at_ms).unwrap_or(Timestamp::UNIX_EPOCH)),
        blocking_problems: Vec::new(),
    })
}

fn plan_records(
    workbook: &Workbook,
    decoded: &Decoded,
    understanding: &Understanding,
    reading: Reading,
    rejects: Vec<PreviewRow>,
    shown: &mut ImportPreview,
) -> Result<Planned, ApplicationError> {
    match reading.records {
        Records::Statement(lines) => {
            let choice = match &understanding.account {
                Some(choice) => choice.clone(),
                None => accounts::guess(workbook, understanding.account_before, &lines, &decoded.table, &decoded.name)?,
            };
            shown.account_name.clone_from(&choice.name);
            let groups = accounts::group(workbook, lines, &reading.proof, &choice)?;
            show_groups(&groups, rejects, shown)?;
            Ok(Planned::Lines(groups))
        }
        Records::Ledger(entries) => {
            let plan = workbook.plan_entries(&entries)?;
            let pairs = || entries.iter().zip(&plan);
            let shown_rows = pairs().take(rows::SHOWN).map(|(entry, plan)| rows::of_entry(entry, plan)).collect();
            show_rows(shown_rows, rejects, shown);
            tally(pairs().map(|(entry, plan)| (entry.date, entry.amount, is_new(plan))), shown)?;
            Ok(Planned::Entries { entries, plan })
        }
    }
}

fn is_new<Id>(plan: &RowPlan<Id>) -> bool {
    matches!(plan, RowPlan::Add)
}

fn show_groups(groups: &[Group], rejects: Vec<PreviewRow>, shown: &mut ImportPreview) -> Result<(), ApplicationError> {
    if let [only] = groups {
        shown.account_id = only.account.id;
        shown.opening = only.balances.opening;
        shown.closing = only.balances.closing;
        shown.currency = only.currency;
    } else if groups.iter().map(|group| &group.account.name).any(|name| *name != shown.account_name) {
        let names: Vec<_> = groups.iter().map(|group| group.account.name.as_str()).collect();
        shown.account_name = names.join(", ");
    }
    let pairs = || groups.iter().flat_map(|group| group.lines.iter().zip(&group.plan));
    let mut first: Vec<_> = pairs().collect();
    first.sort_by_key(|(line, _)| line.source.row);
    let shown_rows = first.into_iter().take(rows::SHOWN).map(|(line, plan)| rows::of_line(line, plan)).collect();
    show_rows(shown_rows, rejects, shown);
    tally(pairs().map(|(line, plan)| (line.date, line.amount, is_new(plan))), shown)
}

fn show_rows(mut records: Vec<PreviewRow>, rejects: Vec<PreviewRow>, shown: &mut ImportPreview) {
    records.extend(rejects);
    shown.rows = rows::first(records);
}

/// Counts, dates and sums of all records.
fn tally(
    records: impl Iterator<Item = (Option<jiff::civil::Date>, Money, bool)>,
    shown: &mut ImportPreview,
) -> Result<(), ApplicationError> {
    for (date, amount, new) in records {
        shown.first_date = [shown.first_date, date].into_iter().flatten().min();
        shown.last_date = shown.last_date.max(date);
        if !new {
            shown.rows_duplicate += 1;
            continue;
        }
        shown.rows_to_add += 1;
        match shown.totals.iter_mut().find(|total| total.currency() == amount.currency()) {
            Some(total) => *total = total.checked_add(amount)?,
            None => shown.totals.push(amount),
        }
    }
    Ok(())
}
