//! Where rows put what is wrong with them.

use tieout_domain::{Diagnostic, Severity, said};

use super::{cells::Wrong, plan::Plan};
use crate::{Table, value::words::cut};

/// Most diagnostics that are kept; the last one then says how many more there are.
const KEPT_MAX: usize = 100_000;

#[derive(Debug, Default)]
pub(super) struct Sink {
    diagnostics: Vec<Diagnostic>,
    beyond: u64,
    pub(super) rows_read: u32,
    pub(super) rows_rejected: u32,
    pub(super) rows_skipped: u32,
}

impl Sink {
    /// Begins with what decoding noted about the file.
    pub(super) fn new(table: &Table) -> Self {
        let notes = table.notes().iter().map(|note| Diagnostic {
            row: None,
            file_line: Some(note.line),
            column: None,
            value: cut(&note.text),
            expected: note.why.clone(),
            severity: Severity::Warning,
        });
        Self { diagnostics: notes.collect(), ..Self::default() }
    }

    /// The row makes no record because of an error.
    pub(super) fn reject(&mut self, plan: &Plan<'_>, row: usize, wrong: &[Wrong<'_>]) {
        self.rows_rejected += 1;
        for wrong in wrong {
            self.note(plan, row, wrong, Severity::Error);
        }
    }

    /// The row is no record.
    pub(super) fn skip(&mut self, plan: &Plan<'_>, row: usize, wrong: &Wrong<'_>) {
        self.rows_skipped += 1;
        self.note(plan, row, wrong, Severity::Warning);
    }

    /// The row makes a record all the same.
    pub(super) fn warn(&mut self, plan: &Plan<'_>, row: usize, wrong: &Wrong<'_>) {
        self.note(plan, row, wrong, Severity::Warning);
    }

    fn note(&mut self, plan: &Plan<'_>, row: usize, wrong: &Wrong<'_>, severity: Severity) {
        if self.diagnostics.len() >= KEPT_MAX {
            self.beyond += 1;
            return;
        }
        self.diagnostics.push(Diagnostic {
            row: Some(plan.table.number(row)),
            file_line: Some(plan.table.file_line(row)),
            column: wrong.column.map(|column| plan.table.column_name(column)),
            value: cut(wrong.value),
            expected: wrong.expected.clone(),
            severity,
        });
    }

    pub(super) fn append(&mut self, other: Self) {
        let room = KEPT_MAX.saturating_sub(self.diagnostics.len());
        self.beyond += other.beyond + other.diagnostics.len().saturating_sub(room) as u64;
        self.diagnostics.extend(other.diagnostics.into_iter().take(room));
        self.rows_read += other.rows_read;
        self.rows_rejected += other.rows_rejected;
        self.rows_skipped += other.rows_skipped;
    }

    pub(super) fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        if self.beyond > 0 {
            self.diagnostics.push(Diagnostic {
                row: None,
                file_line: None,
                column: None,
                value: String::new(),
                expected: said!(
                    "expected.beyond",
                    "further problems of rows, {count} in all, are counted but not listed",
                    count = self.beyond
                ),
                severity: Severity::Warning,
            });
        }
        self.diagnostics
    }
}
