//! Rows of a preview, each with what commit will do with it and why.

use tieout_domain::{Diagnostic, LedgerEntry, Said, Severity, StatementLine, said};
use tieout_statements::{Reading, Records};
use tieout_workbook::Workbook;

use super::planning::{Cursor, Fate, How, Planned};
use crate::{
    ApplicationError, PreviewRow, PreviewRows, RowAction, RowFilter,
    reading::{self, Opened},
};

/// Most rows of one page.
const PAGE_MAX: usize = 500;

/// A page of a file's rows in file order.
pub(super) fn page(
    workbook: &Workbook,
    opened: &Opened,
    how: &How,
    planned: &Planned,
    reading: &Reading,
    request: &PreviewRows,
) -> Result<Vec<PreviewRow>, ApplicationError> {
    let wanted = request.offset as usize + (request.limit as usize).min(PAGE_MAX);
    let mut rows = match request.filter {
        RowFilter::Reject => Vec::new(),
        RowFilter::All | RowFilter::Add | RowFilter::Duplicate => {
            records(workbook, opened, how, planned, request.filter, wanted)?
        }
    };
    if matches!(request.filter, RowFilter::All | RowFilter::Reject) {
        rows.extend(rejected(opened, reading, wanted));
        rows.sort_by_key(|row| row.row);
    }
    rows.truncate(wanted);
    Ok(rows.into_iter().skip(request.offset as usize).collect())
}

fn wants(filter: RowFilter, fate: Fate) -> bool {
    match filter {
        RowFilter::All => true,
        RowFilter::Add => fate == Fate::Add,
        RowFilter::Duplicate => fate != Fate::Add,
        RowFilter::Reject => false,
    }
}

/// Reads until there are enough rows.
fn records(
    workbook: &Workbook,
    opened: &Opened,
    how: &How,
    planned: &Planned,
    filter: RowFilter,
    wanted: usize,
) -> Result<Vec<PreviewRow>, ApplicationError> {
    let mut rows: Vec<(PreviewRow, Fate)> = Vec::new();
    let mut cursor = Cursor::new(planned);
    let read = reading::read(opened, how.side, &how.mapping, Some(how.currency), &|_| true, &mut |read| {
        match &read {
            Records::Statement(lines) => lines.iter().for_each(|line| {
                let (_, fate) = cursor.line(line);
                if rows.len() < wanted && wants(filter, fate) {
                    rows.push((of_line(line), fate));
                }
            }),
            Records::Ledger(entries) => entries.iter().for_each(|entry| {
                let fate = cursor.entry();
                if rows.len() < wanted && wants(filter, fate) {
                    rows.push((of_entry(entry), fate));
                }
            }),
        }
        if rows.len() >= wanted { Err(ApplicationError::Cancelled) } else { Ok(()) }
    });
    match read {
        Ok(_) | Err(ApplicationError::Cancelled) => {}
        Err(other) => return Err(other),
    }
    rows.into_iter().map(|(row, fate)| explained(workbook, row, fate)).collect()
}

/// Says of a row that is not added where the workbook has it.
fn explained(workbook: &Workbook, mut row: PreviewRow, fate: Fate) -> Result<PreviewRow, ApplicationError> {
    let (action, file, source_row) = match fate {
        Fate::Add => return Ok(row),
        Fate::DuplicateOfLine(id) | Fate::DeletedLine(id) => {
            let known = workbook.line(id)?;
            (fate, known.file_name, known.line.source.row)
        }
        Fate::DuplicateOfEntry(id) | Fate::DeletedEntry(id) => {
            let known = workbook.entry(id)?;
            (fate, known.file_name, known.entry.source.row)
        }
    };
    let deleted = matches!(action, Fate::DeletedLine(_) | Fate::DeletedEntry(_));
    row.action = if deleted { RowAction::Deleted } else { RowAction::Duplicate };
    row.because = Some(if deleted {
        said!(
            "row.deleted",
            "row {row} of {file} was deleted; restore it if it is wanted",
            row = source_row,
            file = file
        )
    } else {
        said!("row.known", "the workbook has it: row {row} of {file}", row = source_row, file = file)
    });
    Ok(row)
}

/// The first records of a file as they read, whatever the workbook knows: to set readings side by side.
pub(super) fn first_as_read(opened: &Opened, how: &How, count: usize) -> Result<Vec<PreviewRow>, ApplicationError> {
    let mut rows = Vec::new();
    let read = reading::read(opened, how.side, &how.mapping, Some(how.currency), &|_| true, &mut |read| {
        match &read {
            Records::Statement(lines) => rows.extend(lines.iter().take(count - rows.len()).map(of_line)),
            Records::Ledger(entries) => rows.extend(entries.iter().take(count - rows.len()).map(of_entry)),
        }
        if rows.len() >= count { Err(ApplicationError::Cancelled) } else { Ok(()) }
    });
    match read {
        Ok(_) | Err(ApplicationError::Cancelled) => Ok(rows),
        Err(other) => Err(other),
    }
}

fn of_line(line: &StatementLine) -> PreviewRow {
    PreviewRow {
        row: line.source.row,
        action: RowAction::Add,
        because: None,
        date: line.date,
        second_date: line.value_date,
        amount: Some(line.amount),
        counterparty: line.counterparty.clone(),
        description: line.clean_description().to_owned(),
        reference: line.reference.clone(),
        balance: line.balance,
    }
}

fn of_entry(entry: &LedgerEntry) -> PreviewRow {
    PreviewRow {
        row: entry.source.row,
        action: RowAction::Add,
        because: None,
        date: entry.date,
        second_date: entry.due_date,
        amount: Some(entry.amount),
        counterparty: entry.counterparty.clone(),
        description: entry.memo.clone(),
        reference: if entry.number.is_empty() { entry.reference.clone() } else { entry.number.clone() },
        balance: None,
    }
}

/// Rows that cannot be read, as the file has them, with the first reason for each.
fn rejected(opened: &Opened, reading: &Reading, count: usize) -> Vec<PreviewRow> {
    let errors = reading.diagnostics.iter().filter(|found| found.severity == Severity::Error);
    let mut rows: Vec<PreviewRow> = Vec::new();
    for error in errors {
        let Some(row) = error.row else { continue };
        if rows.last().is_some_and(|last| last.row == row) {
            continue;
        }
        if rows.len() >= count {
            break;
        }
        rows.push(PreviewRow {
            row,
            action: RowAction::Reject,
            because: Some(because(error)),
            date: None,
            second_date: None,
            amount: None,
            counterparty: String::new(),
            description: raw(opened, row, &error.value),
            reference: String::new(),
            balance: None,
        });
    }
    rows
}

fn because(error: &Diagnostic) -> Said {
    let expected = error.expected.clone();
    match &error.column {
        Some(column) => said!(
            "row.expectedIn",
            "{column} '{value}': expected {expected}",
            column = column,
            value = &error.value,
            expected = expected
        ),
        None => said!("finding.expected", "expected {expected}", expected = expected),
    }
}

/// The row as it stands; of a long file, of which not all is held, the value that cannot be read.
fn raw(opened: &Opened, row: u32, value: &str) -> String {
    let at = row.saturating_sub(1) as usize;
    let held = (!opened.document.is_streamed()).then(|| opened.document.sample().raw_row(at));
    held.unwrap_or(value).chars().take(200).collect()
}
