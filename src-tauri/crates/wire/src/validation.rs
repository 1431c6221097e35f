//! The validation report, as the window and `tieout inspect` show it.

use std::fmt;

use serde::{Deserialize, Serialize};
use tieout_domain::{Severity, StepOutcome, ValidationReport, ValidationStep};
use ts_rs::TS;

use crate::{SaidView, answers::count};

/// The validation report of a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ValidationView {
    /// Data-quality score, 0–100.
    pub score: u8,
    /// Its parts: `completeness`, `validity`, `proof`, `certainty`, `consistency`, `uniqueness`.
    pub parts: Vec<QualityPartView>,
    /// The six steps in order.
    pub steps: Vec<ValidationStepView>,
}

/// One part of the score.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct QualityPartView {
    /// Which part.
    pub name: String,
    /// Points reached.
    pub points: u8,
    /// Points there are to reach.
    pub of: u8,
}

/// One step.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ValidationStepView {
    /// `format`, `required_fields`, `types`, `business_rules`, `duplicates`, `quality`.
    pub step: String,
    /// `passed`, `warning`, `failed`, `not_applicable`.
    pub outcome: String,
    /// How many values, rows or rules it looked at.
    pub checked: u32,
    /// What it found.
    pub findings: Vec<FindingView>,
}

/// One thing a step found.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct FindingView {
    /// What, in English words.
    pub message: String,
    /// The same for the window's catalogue.
    pub said: SaidView,
    /// 1-based data row of the first place.
    pub row: Option<u32>,
    /// How many rows it concerns; 0 where it concerns the file.
    pub rows: u32,
    /// Whether rows are refused because of it.
    pub rejects: bool,
}

impl From<&ValidationReport> for ValidationView {
    fn from(report: &ValidationReport) -> Self {
        let part = |part: &tieout_domain::QualityPart| QualityPartView {
            name: part.name.to_owned(),
            points: part.points,
            of: part.of,
        };
        Self {
            score: report.score,
            parts: report.parts.iter().map(part).collect(),
            steps: report.steps.iter().map(ValidationStepView::from).collect(),
        }
    }
}

impl From<&tieout_domain::StepReport> for ValidationStepView {
    fn from(report: &tieout_domain::StepReport) -> Self {
        Self {
            step: report.step.as_str().to_owned(),
            outcome: report.outcome.as_str().to_owned(),
            checked: count(report.checked),
            findings: report
                .findings
                .iter()
                .map(|finding| FindingView {
                    message: finding.message.to_string(),
                    said: (&finding.message).into(),
                    row: finding.row,
                    rows: count(finding.rows),
                    rejects: finding.severity == Severity::Error,
                })
                .collect(),
        }
    }
}

impl ValidationView {
    /// The steps in words, a line each, with what they found.
    pub(crate) fn write_steps(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for step in &self.steps {
            if step.step == ValidationStep::Quality.as_str() {
                continue;
            }
            writeln!(f, "  {}: {}", step.step.replace('_', " "), step.outcome.replace('_', " "))?;
            if step.outcome == StepOutcome::Passed.as_str() {
                continue;
            }
            for finding in &step.findings {
                let rows = if finding.rows > 1 { format!(" ({} rows)", finding.rows) } else { String::new() };
                let place = finding.row.map(|row| format!("row {row}: ")).unwrap_or_default();
                writeln!(f, "    {place}{}{rows}", finding.message)?;
            }
        }
        let parts: Vec<String> =
            self.parts.iter().map(|part| format!("{} {}/{}", part.name, part.points, part.of)).collect();
        writeln!(f, "  quality {} of 100: {}", self.score, parts.join(", "))
    }
}
