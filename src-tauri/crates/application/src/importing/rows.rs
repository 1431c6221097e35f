//! The first rows of a preview, in the order of the file.

use tieout_domain::{Diagnostic, LedgerEntry, Severity, StatementLine};
use tieout_statements::Table;
use tieout_workbook::RowPlan;

use crate::{PreviewRow, RowAction};

/// Rows that a preview shows.
pub(super) const SHOWN: usize = 50;

fn action<Id>(plan: &RowPlan<Id>) -> RowAction {
    match plan {
        RowPlan::Add => RowAction::Add,
        RowPlan::DuplicateOf(_) => RowAction::Duplicate,
    }
}

pub(super) fn of_line<Id>(line: &StatementLine, plan: &RowPlan<Id>) -> PreviewRow {
    PreviewRow {
        row: line.source.row,
        action: action(plan),
        date: line.date,
        second_date: line.value_date,
        amount: Some(line.amount),
        counterparty: line.counterparty.clone(),
        description: line.description.clone(),
        reference: line.reference.clone(),
        balance: line.balance,
    }
}

pub(super) fn of_entry<Id>(entry: &LedgerEntry, plan: &RowPlan<Id>) -> PreviewRow {
    PreviewRow {
        row: entry.source.row,
        action: action(plan),
        date: entry.date,
        second_date: entry.due_date,
        amount: Some(entry.amount),
        counterparty: entry.counterparty.clone(),
        description: entry.memo.clone(),
        reference: if entry.number.is_empty() { entry.reference.clone() } else { entry.number.clone() },
        balance: None,
    }
}

/// Rows that cannot be read, as the file has them.
pub(super) fn rejected(table: &Table, diagnostics: &[Diagnostic]) -> Vec<PreviewRow> {
    let mut rows: Vec<u32> =
        diagnostics.iter().filter(|found| found.severity == Severity::Error).filter_map(|found| found.row).collect();
    rows.dedup();
    rows.into_iter()
        .take(SHOWN)
        .map(|row| PreviewRow {
            row,
            action: RowAction::Reject,
            date: None,
            second_date: None,
            amount: None,
            counterparty: String::new(),
            description: table.raw_row(row.saturating_sub(1) as usize).chars().take(200).collect(),
            reference: String::new(),
            balance: None,
        })
        .collect()
}

/// The first rows of all, in the order of the file.
pub(super) fn first(mut rows: Vec<PreviewRow>) -> Vec<PreviewRow> {
    rows.sort_by_key(|row| row.row);
    rows.truncate(SHOWN);
    rows
}
