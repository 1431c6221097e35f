//! What `report.json` says of variance, high value, risk and compliance, and the limits they were judged by.

use serde::Serialize;
use tieout_domain::{Findings, JudgementReason, MoneyError, Variance};

use crate::{
    data::ReportData,
    sums::Sums,
    text::{self, AmountJson},
};

/// Bank against books, cents ignored.
#[derive(Serialize)]
pub(crate) struct VarianceJson {
    currency: Option<String>,
    bank: String,
    books: String,
    /// Share of the books; null where they have nothing to compare with.
    rate: Option<String>,
    limit: String,
    within_limit: bool,
}

/// Records in no match from the limit on: whole units of each record's currency.
#[derive(Serialize)]
pub(crate) struct HighValueJson {
    limit: u64,
    rows: u64,
    impact: Vec<AmountJson>,
}

/// How risky the reconciliation is, whether it may be signed off, and why.
#[derive(Serialize)]
pub(crate) struct JudgementJson {
    /// Share of the money that does not agree: see [`crate::Summary::discrepancy`].
    discrepancy_rate: Vec<DiscrepancyJson>,
    risk_level: &'static str,
    compliance_status: &'static str,
    /// What speaks against it, gravest first.
    reasons: Vec<&'static str>,
    limits: LimitsJson,
}

#[derive(Serialize)]
struct DiscrepancyJson {
    currency: Option<String>,
    discrepancy: String,
    volume: String,
    rate: String,
}

/// What was judged by: shares, and whole units of each currency.
#[derive(Serialize)]
struct LimitsJson {
    variance: String,
    high_value: u64,
    risk_medium: String,
    risk_high: String,
}

pub(crate) fn variance_rates(data: &ReportData<'_>) -> Vec<VarianceJson> {
    let limits = data.tables.limits();
    let rates = variances(data).into_iter().map(|variance| VarianceJson {
        currency: text::code(variance.currency),
        bank: text::plain(variance.bank, variance.currency),
        books: text::plain(variance.books, variance.currency),
        rate: variance.rate().map(text::ratio),
        limit: text::ratio(u64::from(limits.variance)),
        within_limit: variance.is_within(limits),
    });
    rates.collect()
}

pub(crate) fn high_value(data: &ReportData<'_>) -> HighValueJson {
    let found = &data.tables.summary().high_value;
    HighValueJson { limit: data.tables.limits().high_value, rows: found.rows, impact: text::amounts(&found.impact) }
}

pub(crate) fn judgement(data: &ReportData<'_>) -> Result<JudgementJson, MoneyError> {
    let findings = findings(data)?;
    let limits = data.tables.limits();
    Ok(JudgementJson {
        discrepancy_rate: discrepancy_rates(data),
        risk_level: findings.risk(limits).as_str(),
        compliance_status: findings.compliance(limits).as_str(),
        reasons: findings.reasons(limits).into_iter().map(JudgementReason::as_str).collect(),
        limits: LimitsJson {
            variance: text::ratio(u64::from(limits.variance)),
            high_value: limits.high_value,
            risk_medium: text::ratio(u64::from(limits.risk_medium)),
            risk_high: text::ratio(u64::from(limits.risk_high)),
        },
    })
}

/// What bank and books come to, one a currency.
pub(crate) fn variances(data: &ReportData<'_>) -> Vec<Variance> {
    let (mut bank, mut books) = (Sums::default(), Sums::default());
    for account in &data.proofs {
        bank.add(account.proof.lines_total);
        books.add(account.proof.entries_total);
    }
    // Both have the currencies of the proofs, in the same order.
    let pairs = bank.iter().zip(books.iter());
    pairs.map(|((currency, bank), (_, books))| Variance { currency, bank, books }).collect()
}

/// What the report is judged by.
pub(crate) fn findings(data: &ReportData<'_>) -> Result<Findings, MoneyError> {
    let summary = data.tables.summary();
    let mut balances_hold = true;
    for account in &data.proofs {
        balances_hold &= account.proof.holds()?;
    }
    Ok(Findings {
        balances_hold,
        variances: variances(data),
        discrepancy_rate: summary.discrepancy_rates().into_iter().map(|(_, rate)| rate).max(),
        high_value_missing: summary.high_value.rows,
    })
}

fn discrepancy_rates(data: &ReportData<'_>) -> Vec<DiscrepancyJson> {
    let summary = data.tables.summary();
    let of = |sums: &Sums, currency| {
        let minor = sums.iter().find(|(known, _)| *known == currency).map_or(0, |(_, minor)| minor);
        text::plain(minor, currency)
    };
    let rates = summary.discrepancy_rates().into_iter().map(|(currency, rate)| DiscrepancyJson {
        currency: text::code(currency),
        discrepancy: of(&summary.discrepancy, currency),
        volume: of(&summary.volume, currency),
        rate: text::ratio(rate),
    });
    rates.collect()
}
