//! The data-quality score: 100 points in six parts.

use tieout_domain::{QualityPart, StepOutcome, StepReport, ValidationStep};

use super::Evidence;

/// Points of a file that states nothing to prove its reading with, of 20.
const UNPROVABLE: u8 = 12;

pub(super) fn score(evidence: &Evidence<'_>, steps: &[StepReport]) -> (u8, Vec<QualityPart>) {
    let (reading, checks) = (evidence.reading, evidence.checks);
    let read = u64::from(reading.rows_read);
    let rejected = u64::from(reading.rows_rejected);
    let proof = reading.proof();
    let parts = vec![
        part("completeness", 20, share(20, checks.fields.saturating_sub(checks.blank), checks.fields)),
        part("validity", 30, share(30, read.saturating_sub(rejected), read)),
        part("proof", 20, if proof.of == 0 { UNPROVABLE } else { share(20, proof.proved, proof.of) }),
        part("certainty", 10, less(10, 5, evidence.ambiguities.len())),
        part("consistency", 10, less(10, 4, broken_rules(steps))),
        part("uniqueness", 10, share(10, read.saturating_sub(evidence.duplicates.unwrap_or(0)), read)),
    ];
    (parts.iter().map(|part| part.points).sum(), parts)
}

fn part(name: &'static str, of: u8, points: u8) -> QualityPart {
    QualityPart { name, points, of }
}

/// Points for a share of rows; all only where none is lacking, and all where there are none.
fn share(points: u8, good: u64, all: u64) -> u8 {
    let reached = (u64::from(points) * good.min(all)).checked_div(all);
    reached.map_or(points, |reached| u8::try_from(reached).unwrap_or(points))
}

/// Points less so many for each.
fn less(points: u8, each: u8, count: usize) -> u8 {
    points.saturating_sub(each.saturating_mul(u8::try_from(count).unwrap_or(u8::MAX)))
}

fn broken_rules(steps: &[StepReport]) -> usize {
    let rules = steps.iter().find(|step| step.step == ValidationStep::BusinessRules);
    rules.filter(|step| step.outcome >= StepOutcome::Warning).map_or(0, |step| step.findings.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_bad_row_among_many_costs_a_point() {
        assert_eq!(share(30, 999, 1000), 29);
        assert_eq!(share(30, 1000, 1000), 30);
        assert_eq!(share(30, 0, 0), 30);
        assert_eq!(less(10, 5, 3), 0);
    }
}
