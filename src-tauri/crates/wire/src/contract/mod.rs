//! What the `tieout` command prints: the stable JSON of DESIGN section 6, and the same in words for a terminal.

mod done;

use std::fmt;

use serde::Serialize;
use tieout_application::{OpenReading, ReadingProof, StatementReading, inspect::Inspection};
use tieout_domain::{Diagnostic, Job, LedgerEntry, Money, StatementLine};

use crate::{DetectionView, ValidationView};

pub use done::{ExportView, FileImportView, ReconcileView};

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
