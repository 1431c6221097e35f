//! What the facts of two jobs say, for people to read.

use jiff::civil::Date;
use rust_decimal::Decimal;
use tieout_domain::{Agreement, Evidence, EvidenceKind, Job, LedgerEntry, StatementLine, Weight};

use super::{JobComparison, JobWeights, Relation};

/// The evidence of a pair's jobs: one piece for each fact that both sides tell.
pub(crate) fn pieces(
    line: &StatementLine,
    entry: &LedgerEntry,
    comparison: &JobComparison,
    weights: &JobWeights,
) -> Vec<Evidence> {
    let (Some(one), Some(other)) = (line.job.as_deref(), entry.job.as_deref()) else { return Vec::new() };
    let shown = |value: &dyn Fn(&Job) -> String| (value(one), value(other));
    let number = |number: Option<Decimal>| number.map(|number| number.to_string()).unwrap_or_default();
    let month = |stated: Option<Date>, date: Option<Date>| {
        stated.or(date).map(|day| day.strftime("%Y-%m").to_string()).unwrap_or_default()
    };
    let months = (month(one.month, line.date.or(line.value_date)), month(other.month, entry.date));
    let facts = [
        (EvidenceKind::Site, comparison.site, weights.site, shown(&|job| job.site.clone())),
        (
            EvidenceKind::ServiceType,
            comparison.service_type,
            weights.service_type,
            shown(&|job| job.service_type.clone()),
        ),
        (EvidenceKind::Month, comparison.month, weights.month, months),
        (EvidenceKind::Quantity, comparison.quantity, weights.quantity, shown(&|job| number(job.quantity))),
        (EvidenceKind::Rate, comparison.rate, weights.rate, shown(&|job| number(job.rate))),
    ];
    let told = facts.into_iter().filter(|(_, relation, ..)| *relation != Relation::Missing);
    told.map(|(kind, relation, weight, (statement_value, ledger_value))| Evidence {
        kind,
        agreement: match relation {
            Relation::Exact => Agreement::Exact,
            Relation::Near => Agreement::Near,
            Relation::Differs | Relation::Strange => Agreement::Differs,
            Relation::Missing => Agreement::Missing,
        },
        weight: Weight::from_millibits(weight),
        statement_value,
        ledger_value,
        difference: None,
    })
    .collect()
}
