//! Business rules: dates in the period, currency of the account, balances that close and continue those before.

use std::collections::BTreeMap;

use tieout_domain::{Currency, Finding, Money, SaidValue, StepReport, ValidationStep, said};
use tieout_statements::StatementReading;

use super::{Evidence, FINDINGS_MAX, warning};

pub(super) fn step(evidence: &Evidence<'_>) -> StepReport {
    let statements = &evidence.reading.statements;
    let mut findings: Vec<Finding> = evidence.against_workbook.to_vec();
    for statement in statements {
        findings.extend(outside_period(statement));
    }
    findings.extend(gaps(statements));
    findings.extend(
        evidence
            .reading
            .doubts
            .iter()
            .map(|doubt| warning(doubt.expected.clone(), doubt.row, u64::from(doubt.row.is_some()))),
    );
    if let Some((rows, first)) = evidence.checks.future() {
        findings.push(warning(said!("finding.future", "rows dated later than today"), first, rows));
    }
    findings.truncate(FINDINGS_MAX);
    let rules = statements.iter().map(rules_of).sum::<u64>() + u64::from(evidence.checks.records > 0);
    super::step(ValidationStep::BusinessRules, rules.max(findings.len() as u64), findings)
}

/// Rules that can be tried on a statement.
fn rules_of(statement: &StatementReading) -> u64 {
    u64::from(statement.from.is_some() || statement.to.is_some())
        + u64::from(statement.opening.is_some() && statement.closing.is_some())
        + statement.controls.len() as u64
}

fn outside_period(statement: &StatementReading) -> Option<Finding> {
    let early = statement.from.zip(statement.first_date).is_some_and(|(from, first)| first < from);
    let late = statement.to.zip(statement.last_date).is_some_and(|(to, last)| last > to);
    if !early && !late {
        return None;
    }
    let shown = |date: Option<jiff::civil::Date>| date.map_or_else(|| SaidValue::from("…"), SaidValue::from);
    Some(warning(
        said!(
            "finding.outside",
            "rows from {first} to {last}, but the statement covers {from} to {to}",
            first = shown(statement.first_date),
            last = shown(statement.last_date),
            from = shown(statement.from),
            to = shown(statement.to)
        ),
        None,
        0,
    ))
}

/// Statements of one account that follow one another in the file, each of which opens where the one before closed.
fn gaps(statements: &[StatementReading]) -> Vec<Finding> {
    let mut closing: BTreeMap<(&str, Currency), Money> = BTreeMap::new();
    let mut findings = Vec::new();
    for statement in statements.iter().filter(|statement| !statement.interim) {
        let key = (statement.account.as_str(), statement.currency);
        if let (Some(before), Some(opening)) = (closing.get(&key), statement.opening) {
            findings.extend(continuity(*before, opening, &statement.account));
        }
        if let Some(closes) = statement.closing {
            closing.insert(key, closes);
        }
    }
    findings
}

/// A statement opens with the closing balance of the one before.
pub(crate) fn continuity(before: Money, opening: Money, account: &str) -> Option<Finding> {
    (before != opening).then(|| {
        let message = if account.is_empty() {
            said!(
                "finding.gap",
                "the statement opens with {opening}, but the one before closes with {before}: one may be missing",
                opening = opening,
                before = before
            )
        } else {
            said!(
                "finding.gapOf",
                "the statement of {account} opens with {opening}, but the one before closes with {before}: one may be missing",
                account = account,
                opening = opening,
                before = before
            )
        };
        warning(message, None, 0)
    })
}
