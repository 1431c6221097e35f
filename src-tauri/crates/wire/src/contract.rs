//! What the `tieout` command prints: the stable JSON of DESIGN section 6, and the same in words for a terminal.

use std::fmt;

use serde::Serialize;
use tieout_application::{
    ExportedFolder, FileImport, OpenReading, ReadingProof, StatementReading, headless::ReconcileSummary,
    inspect::Inspection,
};
use tieout_domain::{Diagnostic, Job, LedgerEntry, Money, Side, StatementLine};

use crate::{ApproveAboveView, BatchView, DetectionView, QueueView, RunSummary, ValidationView};

/// `tieout inspect --json`
#[derive(Debug, Serialize)]
pub struct InspectionView {
    format: &'static str,
    encoding: String,
    detected: Vec<DetectionView>,
    statements: Vec<StatementView>,
    rows_read: u64,
    rows_rejected: u64,
    proof: ProofFacts,
    ambiguities: Vec<Ambiguity>,
    quality: u8,
    validation: ValidationView,
    issues: Vec<Issue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<Vec<Row>>,
}

#[derive(Debug, Serialize)]
struct StatementView {
    account: Option<String>,
    number: Option<String>,
    currency: Option<String>,
    opening: Option<String>,
    closing: Option<String>,
    transactions: u64,
    sum: String,
    first_date: Option<String>,
    last_date: Option<String>,
    proof: ProofFacts,
}

#[derive(Debug, Serialize)]
struct ProofFacts {
    kind: &'static str,
    proved: u64,
    of: u64,
}

#[derive(Debug, Serialize)]
struct Ambiguity {
    what: String,
    readings: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Issue {
    row: Option<u32>,
    column: Option<String>,
    value: String,
    expected: String,
    severity: &'static str,
}

/// One normalised row: the fields of either side that a file can fill.
#[derive(Debug, Default, Serialize)]
struct Row {
    row: u32,
    id: String,
    account: String,
    kind: Option<&'static str>,
    number: String,
    date: Option<String>,
    value_date: Option<String>,
    due_date: Option<String>,
    amount: String,
    currency: Option<String>,
    description: String,
    reference: String,
    counterparty: String,
    counterparty_code: String,
    counterparty_account: String,
    balance: Option<String>,
    clean_description: String,
    references: Vec<String>,
    remittance: String,
    bank_code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    job: Option<JobView>,
}

/// The job of a row.
#[derive(Debug, Serialize)]
struct JobView {
    month: Option<String>,
    site: String,
    service_type: String,
    quantity: Option<String>,
    rate: Option<String>,
}

impl From<&Job> for JobView {
    fn from(job: &Job) -> Self {
        Self {
            month: job.month.map(|month| month.strftime("%Y-%m").to_string()),
            site: job.site.clone(),
            service_type: job.service_type.clone(),
            quantity: text(job.quantity),
            rate: text(job.rate),
        }
    }
}

fn value(money: Money) -> String {
    money.to_decimal().to_string()
}

fn code(currency: tieout_domain::Currency) -> Option<String> {
    (!currency.is_none()).then(|| currency.code().to_owned())
}

fn text<T: ToString>(value: Option<T>) -> Option<String> {
    value.map(|value| value.to_string())
}

impl InspectionView {
    /// All of it, with the rows that were kept.
    pub fn new(inspection: &Inspection) -> Self {
        let with_rows = !inspection.lines.is_empty() || !inspection.entries.is_empty();
        Self {
            format: inspection.format,
            encoding: inspection.encoding.clone(),
            detected: inspection.detected.iter().map(DetectionView::from).collect(),
            statements: inspection.statements.iter().map(StatementView::from).collect(),
            rows_read: inspection.rows_read,
            rows_rejected: inspection.rows_rejected,
            proof: ProofFacts::from(&inspection.proof),
            ambiguities: inspection.ambiguities.iter().map(Ambiguity::from).collect(),
            quality: inspection.validation.score,
            validation: ValidationView::from(&inspection.validation),
            issues: inspection.issues.iter().map(Issue::from).collect(),
            rows: with_rows.then(|| {
                let lines = inspection.lines.iter().map(Row::from);
                lines.chain(inspection.entries.iter().map(Row::from)).collect()
            }),
        }
    }
}

impl From<&StatementReading> for StatementView {
    fn from(facts: &StatementReading) -> Self {
        let named = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Self {
            account: named(&facts.account),
            number: named(&facts.number),
            currency: code(facts.currency),
            opening: facts.opening.map(value),
            closing: facts.closing.map(value),
            transactions: facts.rows,
            sum: value(facts.sum),
            first_date: text(facts.first_date),
            last_date: text(facts.last_date),
            proof: ProofFacts::from(&facts.proof),
        }
    }
}

impl From<&ReadingProof> for ProofFacts {
    fn from(proof: &ReadingProof) -> Self {
        Self { kind: proof.kind.as_str(), proved: proof.proved, of: proof.of }
    }
}

impl From<&OpenReading> for Ambiguity {
    fn from(open: &OpenReading) -> Self {
        Self { what: open.what.clone(), readings: open.readings.iter().map(ToString::to_string).collect() }
    }
}

impl From<&Diagnostic> for Issue {
    fn from(diagnostic: &Diagnostic) -> Self {
        Self {
            row: diagnostic.row,
            column: diagnostic.column.clone(),
            value: diagnostic.value.clone(),
            expected: diagnostic.expected.to_string(),
            severity: diagnostic.severity.as_str(),
        }
    }
}

impl From<&StatementLine> for Row {
    fn from(line: &StatementLine) -> Self {
        Self {
            row: line.source.row,
            id: line.record_id.clone(),
            account: line.account.clone(),
            date: text(line.date),
            value_date: text(line.value_date),
            amount: value(line.amount),
            currency: code(line.amount.currency()),
            description: line.description.clone(),
            reference: line.reference.clone(),
            counterparty: line.counterparty.clone(),
            counterparty_account: line.counterparty_account.clone(),
            balance: line.balance.map(value),
            clean_description: line.clean_description().to_owned(),
            references: line.normalised.references.clone(),
            remittance: line.normalised.remittance.clone(),
            bank_code: line.normalised.bank_code.clone(),
            job: line.job.as_deref().map(JobView::from),
            ..Self::default()
        }
    }
}

impl From<&LedgerEntry> for Row {
    fn from(entry: &LedgerEntry) -> Self {
        Self {
            row: entry.source.row,
            id: entry.record_id.clone(),
            kind: Some(entry.kind.as_str()),
            number: entry.number.clone(),
            date: text(entry.date),
            due_date: text(entry.due_date),
            amount: value(entry.amount),
            currency: code(entry.amount.currency()),
            description: entry.memo.clone(),
            reference: entry.reference.clone(),
            counterparty: entry.counterparty.clone(),
            counterparty_code: entry.counterparty_code.clone(),
            counterparty_account: entry.counterparty_account.clone(),
            job: entry.job.as_deref().map(JobView::from),
            ..Self::default()
        }
    }
}

impl fmt::Display for InspectionView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} in {}: {} rows read, {} rejected, quality {}",
            self.format, self.encoding, self.rows_read, self.rows_rejected, self.quality
        )?;
        for detection in &self.detected {
            writeln!(f, "  {}: {} ({})", detection.what.replace('_', " "), detection.found, detection.sureness)?;
        }
        for statement in &self.statements {
            let unknown = || "?".to_owned();
            writeln!(
                f,
                "  {} {}: {} rows, {} to {}, sum {}, opening {}, closing {}",
                statement.account.as_deref().unwrap_or("(account not named)"),
                statement.currency.as_deref().unwrap_or("(currency not named)"),
                statement.transactions,
                statement.first_date.clone().unwrap_or_else(unknown),
                statement.last_date.clone().unwrap_or_else(unknown),
                statement.sum,
                statement.opening.clone().unwrap_or_else(unknown),
                statement.closing.clone().unwrap_or_else(unknown),
            )?;
        }
        match self.proof.kind {
            "none" => writeln!(f, "  no balance in the file to prove the reading with")?,
            _ => writeln!(
                f,
                "  {} of {} rows proved by {}",
                self.proof.proved,
                self.proof.of,
                self.proof.kind.replace('_', " ")
            )?,
        }
        self.validation.write_steps(f)?;
        for open in &self.ambiguities {
            writeln!(
                f,
                "  {} can be read in more than one way: {}",
                open.what.replace('_', " "),
                open.readings.join(" or ")
            )?;
        }
        for issue in self.issues.iter().take(20) {
            match (issue.row, &issue.column) {
                (Some(row), Some(column)) => {
                    writeln!(
                        f,
                        "  {} row {row}, {column}: '{}', expected {}",
                        issue.severity, issue.value, issue.expected
                    )?;
                }
                (Some(row), None) => {
                    writeln!(f, "  {} row {row}: '{}', expected {}", issue.severity, issue.value, issue.expected)?;
                }
                (None, _) => writeln!(f, "  {}: {}: {}", issue.severity, issue.expected, issue.value)?,
            }
        }
        for row in self.rows.iter().flatten() {
            writeln!(
                f,
                "  {:>6}  {}  {:>14}  {}  {}  {}",
                row.row,
                row.date.as_deref().unwrap_or("----------"),
                row.amount,
                row.counterparty,
                if row.number.is_empty() { &row.reference } else { &row.number },
                row.description
            )?;
        }
        Ok(())
    }
}

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
