//! The report as the workbook keeps it beside the batch: JSON, opaque to the workbook.

use serde::{Deserialize, Serialize};
use tieout_domain::{Finding, QualityPart, Said, Severity, StepOutcome, StepReport, ValidationReport, ValidationStep};

#[derive(Serialize, Deserialize)]
struct Report {
    score: u8,
    parts: Vec<(String, u8, u8)>,
    steps: Vec<Step>,
}

#[derive(Serialize, Deserialize)]
struct Step {
    step: String,
    outcome: String,
    checked: u64,
    findings: Vec<Found>,
}

#[derive(Serialize, Deserialize)]
struct Found {
    /// In English, for whoever reads it without a window.
    message: String,
    /// The sentence with its code, packed; empty where an older Tieout wrote none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    said: String,
    row: Option<u32>,
    rows: u64,
    severity: String,
}

/// The report as text.
pub(crate) fn to_text(report: &ValidationReport) -> String {
    let found = |finding: &Finding| Found {
        message: finding.message.to_string(),
        said: if finding.message.code().is_empty() { String::new() } else { finding.message.packed() },
        row: finding.row,
        rows: finding.rows,
        severity: finding.severity.as_str().to_owned(),
    };
    let stored = Report {
        score: report.score,
        parts: report.parts.iter().map(|part| (part.name.to_owned(), part.points, part.of)).collect(),
        steps: report
            .steps
            .iter()
            .map(|step| Step {
                step: step.step.as_str().to_owned(),
                outcome: step.outcome.as_str().to_owned(),
                checked: step.checked,
                findings: step.findings.iter().map(found).collect(),
            })
            .collect(),
    };
    serde_json::to_string(&stored).unwrap_or_default()
}

/// Reads what [`to_text`] wrote; nothing where it is of another version.
pub(crate) fn from_text(text: &str) -> Option<ValidationReport> {
    const PARTS: [&str; 6] = ["completeness", "validity", "proof", "certainty", "consistency", "uniqueness"];
    let stored: Report = serde_json::from_str(text).ok()?;
    let part = |(name, points, of): (String, u8, u8)| {
        PARTS.into_iter().find(|known| *known == name).map(|name| QualityPart { name, points, of })
    };
    Some(ValidationReport {
        score: stored.score,
        parts: stored.parts.into_iter().map(part).collect::<Option<_>>()?,
        steps: stored.steps.into_iter().map(step).collect::<Option<_>>()?,
    })
}

fn step(stored: Step) -> Option<StepReport> {
    const OUTCOMES: [StepOutcome; 4] =
        [StepOutcome::NotApplicable, StepOutcome::Passed, StepOutcome::Warning, StepOutcome::Failed];
    let finding = |found: Found| {
        let severity =
            [Severity::Warning, Severity::Error].into_iter().find(|known| known.as_str() == found.severity)?;
        let message = Said::unpacked(&found.said).unwrap_or_else(|| Said::in_english(found.message));
        Some(Finding { message, row: found.row, rows: found.rows, severity })
    };
    Some(StepReport {
        step: ValidationStep::ALL.into_iter().find(|known| known.as_str() == stored.step)?,
        outcome: OUTCOMES.into_iter().find(|known| known.as_str() == stored.outcome)?,
        checked: stored.checked,
        findings: stored.findings.into_iter().map(finding).collect::<Option<_>>()?,
    })
}

#[cfg(test)]
mod tests {
    use tieout_domain::said;

    use super::*;

    #[test]
    fn a_stored_report_is_read_back() {
        let report = ValidationReport {
            score: 87,
            parts: vec![QualityPart { name: "proof", points: 12, of: 20 }],
            steps: vec![StepReport {
                step: ValidationStep::Types,
                outcome: StepOutcome::Failed,
                checked: 3,
                findings: vec![
                    Finding { message: said!("x", "x {y}", y = 7), row: Some(2), rows: 1, severity: Severity::Error },
                    Finding {
                        message: Said::in_english("of an older Tieout"),
                        row: None,
                        rows: 0,
                        severity: Severity::Warning,
                    },
                ],
            }],
        };
        assert_eq!(from_text(&to_text(&report)), Some(report));
        assert_eq!(from_text("{}"), None);
    }
}
