//! What a command that did something prints.

use std::fmt;

use serde::Serialize;
use tieout_application::{ExportedFolder, FileImport, headless::ReconcileSummary};
use tieout_domain::Side;

use crate::{ApproveAboveView, BatchView, QueueView, RunSummary};

/// `tieout reconcile --json`
#[derive(Debug, Serialize)]
pub struct ReconcileView {
    statement_lines: u64,
    ledger_entries: u64,
    rows_rejected: u64,
    matches_auto: u64,
    matches_suggested: u64,
    statement_lines_matched: u64,
    statement_lines_unmatched: u64,
    ledger_entries_unmatched: u64,
    candidates: u64,
    out: String,
    report: String,
    signer: String,
    one_time_identity: bool,
    elapsed_ms: u64,
}

impl From<&ReconcileSummary> for ReconcileView {
    fn from(summary: &ReconcileSummary) -> Self {
        Self {
            statement_lines: summary.lines,
            ledger_entries: summary.entries,
            rows_rejected: summary.rows_rejected,
            matches_auto: summary.auto,
            matches_suggested: summary.suggested,
            statement_lines_matched: summary.lines_matched,
            statement_lines_unmatched: summary.lines_unmatched,
            ledger_entries_unmatched: summary.entries_unmatched,
            candidates: summary.candidates,
            out: summary.out.display().to_string(),
            report: summary.report.display().to_string(),
            signer: summary.signer.clone(),
            one_time_identity: summary.one_time_identity,
            elapsed_ms: summary.elapsed_ms,
        }
    }
}

impl fmt::Display for ReconcileView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} statement lines, {} ledger entries: {} matches approved, {} to review",
            self.statement_lines, self.ledger_entries, self.matches_auto, self.matches_suggested
        )?;
        writeln!(
            f,
            "without a match: {} statement lines, {} ledger entries",
            self.statement_lines_unmatched, self.ledger_entries_unmatched
        )?;
        if self.rows_rejected > 0 {
            writeln!(f, "{} rows could not be read", self.rows_rejected)?;
        }
        write!(f, "signed report: {} (by {}", self.report, self.signer)?;
        f.write_str(if self.one_time_identity { ", a one-time identity)" } else { ")" })
    }
}

/// One file taken in by `tieout workbook import`.
#[derive(Debug, Serialize)]
pub struct FileImportView {
    file: String,
    side: &'static str,
    account: Option<String>,
    added: u64,
    duplicates: u64,
    /// Rows left out.
    pub rejected: u64,
    imported_before: bool,
}

impl From<FileImport> for FileImportView {
    fn from(import: FileImport) -> Self {
        Self {
            file: import.file.display().to_string(),
            side: import.side.as_str(),
            account: import.account,
            added: import.added,
            duplicates: import.duplicates,
            rejected: import.rejected,
            imported_before: import.imported_before,
        }
    }
}

impl fmt::Display for FileImportView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.imported_before {
            return write!(f, "{}: taken in before; nothing added", self.file);
        }
        write!(f, "{}: {} rows added, {} were there already", self.file, self.added, self.duplicates)?;
        if self.rejected > 0 { write!(f, ", {} could not be read", self.rejected) } else { Ok(()) }
    }
}

/// `tieout workbook imports`
impl fmt::Display for BatchView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, at, file_name, side, state, added, duplicates, rejected, .. } = self;
        let side = Side::from(*side).as_str();
        write!(f, "{id}  {at}  {file_name} ({side}): {state}")?;
        if !self.note.is_empty() {
            write!(f, " ({})", self.note)?;
        }
        write!(f, ", {added} rows added, {duplicates} were there already, {rejected} could not be read")?;
        self.quality.map_or(Ok(()), |quality| write!(f, ", quality {quality}"))
    }
}

/// `tieout workbook export`
#[derive(Debug, Serialize)]
pub struct ExportView {
    out: String,
    report: String,
    pages: u32,
    signer: String,
    one_time_identity: bool,
    matched: u64,
    suggested: u64,
    statement_lines_unmatched: u64,
    ledger_entries_unmatched: u64,
}

impl From<ExportedFolder> for ExportView {
    fn from(exported: ExportedFolder) -> Self {
        Self {
            out: exported.out.display().to_string(),
            report: exported.report.path.display().to_string(),
            pages: exported.report.pages,
            signer: exported.report.signer,
            one_time_identity: exported.report.one_time,
            matched: exported.matched,
            suggested: exported.suggested,
            statement_lines_unmatched: exported.lines_unmatched,
            ledger_entries_unmatched: exported.entries_unmatched,
        }
    }
}

impl fmt::Display for ExportView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} matches approved, {} to review; without a match: {} statement lines, {} ledger entries",
            self.matched, self.suggested, self.statement_lines_unmatched, self.ledger_entries_unmatched
        )?;
        write!(f, "signed report: {} ({} pages, by {}", self.report, self.pages, self.signer)?;
        f.write_str(if self.one_time_identity { ", a one-time identity)" } else { ")" })
    }
}

impl fmt::Display for RunSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} lines and {} entries: {} matches approved, {} to review ({} with an equal rival); without a match: {} lines, {} entries",
            self.lines,
            self.entries,
            self.approved,
            self.suggested,
            self.ambiguous,
            self.lines_unmatched,
            self.entries_unmatched
        )?;
        if self.accepted > 0 {
            write!(f, ", of which the policy accepted {}", self.accepted)?;
        }
        if self.lines_without_rate > 0 {
            write!(
                f,
                "\nthere is no exchange rate for the day of {} of the lines without a match: keep newer rates, and run again",
                self.lines_without_rate
            )?;
        }
        Ok(())
    }
}

impl fmt::Display for ApproveAboveView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let totals: Vec<_> = self.totals.iter().map(|total| format!("{} {}", total.value, total.currency)).collect();
        write!(f, "{} matches approved, {}", self.count, totals.join(" and "))
    }
}

impl fmt::Display for QueueView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} to review: {} proposals, {} lines and {} entries without one; {} approved",
            self.counts.to_review,
            self.counts.suggested,
            self.counts.unmatched_lines,
            self.counts.unmatched_entries,
            self.counts.approved
        )?;
        for row in &self.rows {
            let confidence =
                row.confidence.as_ref().map_or_else(|| "      ".to_owned(), |percent| format!("{percent:>5}%"));
            let date = row.date.as_deref().unwrap_or("----------");
            let amount = format!("{} {}", row.amount.value, row.amount.currency);
            writeln!(f, "{}  {confidence}  {date}  {amount:>16}  {}  {}", row.id, row.title, row.subtitle)?;
        }
        Ok(())
    }
}
