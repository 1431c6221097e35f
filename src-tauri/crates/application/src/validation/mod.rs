//! The validation report of a file, in six steps, from what reading found and what the workbook knows.

mod checks;
mod quality;
mod rules;
pub(crate) mod stored;

use std::collections::BTreeMap;

use tieout_domain::{
    Diagnostic, Finding, Said, Severity, Side, StepOutcome, StepReport, ValidationReport, ValidationStep, said,
};
use tieout_statements::{Ambiguity, Format, Reading};

use crate::error::open_word;
pub(crate) use checks::Checks;
pub(crate) use rules::continuity;

/// Findings that one step lists.
const FINDINGS_MAX: usize = 20;

/// What the report rests on.
pub(crate) struct Evidence<'a> {
    pub(crate) side: Side,
    pub(crate) format: Format,
    pub(crate) reading: &'a Reading,
    pub(crate) checks: &'a Checks,
    pub(crate) ambiguities: &'a [Ambiguity],
    /// What the workbook knows against the file: another currency than the account's, a gap to the statement before.
    pub(crate) against_workbook: &'a [Finding],
    /// Rows that are there already; `None` without a workbook.
    pub(crate) duplicates: Option<u64>,
    /// Rows that would be added and look like rows that are there already.
    pub(crate) alike: u64,
}

/// Takes the six steps.
pub(crate) fn report(evidence: &Evidence<'_>) -> ValidationReport {
    let steps = vec![
        format_step(evidence),
        evidence.checks.required_fields(evidence.side),
        types_step(evidence.reading),
        rules::step(evidence),
        duplicates_step(evidence),
    ];
    let (score, parts) = quality::score(evidence, &steps);
    let outcome = if score >= 90 { StepOutcome::Passed } else { StepOutcome::Warning };
    let last = StepReport { step: ValidationStep::Quality, outcome, checked: parts.len() as u64, findings: Vec::new() };
    ValidationReport { steps: steps.into_iter().chain([last]).collect(), score, parts }
}

/// A step whose outcome follows from its findings.
fn step(step: ValidationStep, checked: u64, findings: Vec<Finding>) -> StepReport {
    let outcome = match findings.iter().map(|finding| finding.severity).max() {
        Some(Severity::Error) => StepOutcome::Failed,
        Some(Severity::Warning) => StepOutcome::Warning,
        None if checked == 0 => StepOutcome::NotApplicable,
        None => StepOutcome::Passed,
    };
    StepReport { step, outcome, checked, findings }
}

fn warning(message: Said, row: Option<u32>, rows: u64) -> Finding {
    Finding { message, row, rows, severity: Severity::Warning }
}

/// The file as a whole: what is no row, and what can be read in two ways.
fn format_step(evidence: &Evidence<'_>) -> StepReport {
    let notes = evidence.reading.diagnostics.iter().filter(|found| found.row.is_none());
    let told = notes.map(|note| warning(note.expected.clone(), None, 0));
    let open = evidence.ambiguities.iter().map(|open| {
        let chosen = open.readings.first().cloned().unwrap_or_default();
        let message = said!(
            "finding.open",
            "the {what} can be read in more than one way; read as: {reading}",
            what = open_word(open.what),
            reading = chosen
        );
        warning(message, None, 0)
    });
    let mut found = step(ValidationStep::Format, 1, open.chain(told).take(FINDINGS_MAX).collect());
    if evidence.reading.rows_read == 0 {
        found.findings.push(warning(
            said!("finding.noRows", "the {format} file has no rows", format = evidence.format.as_str()),
            None,
            0,
        ));
        found.outcome = found.outcome.max(StepOutcome::Warning);
    }
    found
}

/// Values that could not be read, by column and what was expected.
fn types_step(reading: &Reading) -> StepReport {
    let mut groups: BTreeMap<(&str, &Said, Severity), (u32, u64)> = BTreeMap::new();
    for Diagnostic { row, column, expected, severity, .. } in &reading.diagnostics {
        let Some(row) = row else { continue };
        let key = (column.as_deref().unwrap_or_default(), expected, *severity);
        groups.entry(key).or_insert((*row, 0)).1 += 1;
    }
    let mut findings: Vec<Finding> = groups
        .into_iter()
        .map(|((column, expected, severity), (row, rows))| {
            let message = if column.is_empty() {
                said!("finding.expected", "expected {expected}", expected = expected.clone())
            } else {
                said!(
                    "finding.expectedIn",
                    "{column}: expected {expected}",
                    column = column,
                    expected = expected.clone()
                )
            };
            Finding { message, row: Some(row), rows, severity }
        })
        .collect();
    findings.sort_by_key(|finding| (std::cmp::Reverse(finding.severity), std::cmp::Reverse(finding.rows)));
    findings.truncate(FINDINGS_MAX);
    step(ValidationStep::Types, u64::from(reading.rows_read), findings)
}

fn duplicates_step(evidence: &Evidence<'_>) -> StepReport {
    let Some(duplicates) = evidence.duplicates else { return step(ValidationStep::Duplicates, 0, Vec::new()) };
    let known = (duplicates > 0).then(|| {
        warning(said!("finding.duplicates", "rows the workbook has already; they are left out"), None, duplicates)
    });
    let alike = (evidence.alike > 0).then(|| {
        let message = said!(
            "finding.alike",
            "new rows have the day and amount of lines that this account has: if they are the same statement in another \
             form, taking them in would count them twice"
        );
        warning(message, None, evidence.alike)
    });
    let found = alike.into_iter().chain(known).collect();
    step(ValidationStep::Duplicates, u64::from(evidence.reading.rows_read), found)
}
