//! `report.json`: the same facts for machines. Amounts are decimal strings with a currency; shares are decimal strings.

use std::collections::BTreeMap;

use serde::Serialize;
use tieout_domain::MoneyError;

use crate::{
    data::{AccountProof, ExceptionRow, OutputFact, RecordRow, ReportData, RowStatus, SignedPeriod},
    judgement::{HighValueJson, JudgementJson, VarianceJson, high_value, judgement, variance_rates},
    sums::Sums,
    tables::{CauseTally, Tally, TopRows},
    text::{AmountJson, amount_json, amounts, ratio},
};

#[derive(Serialize)]
struct Report<'a> {
    report_metadata: Metadata<'a>,
    reconciliation_summary: SummaryBlock<'a>,
    missing_transactions: Missing<'a>,
    financial_impact: Impact,
}

#[derive(Serialize)]
struct Metadata<'a> {
    generator: &'static str,
    engine_version: &'a str,
    generated_at: String,
    company: &'a str,
    accounts: &'a [String],
    period: Option<PeriodJson>,
    profile: &'static str,
    prepared_by: Option<&'a str>,
    approved_by: Option<&'a str>,
    single_user: bool,
    /// What is not shown in full, and how: `mask` or `omit`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    masked: BTreeMap<&'static str, &'static str>,
    /// Of a signed period: proof, matches and missing transactions are as signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    signed_period: Option<SignedJson<'a>>,
    signer: Option<SignerJson<'a>>,
    configuration: serde_json::Map<String, serde_json::Value>,
    /// What the engine's run did: pairs compared, blocks narrowed, sets and group searches, and those cut short by a
    /// bound. Names may be added; empty where no run is known.
    run_statistics: serde_json::Map<String, serde_json::Value>,
    files: Vec<FileJson<'a>>,
    outputs: Vec<OutputJson<'a>>,
    audit_head: Option<HeadJson>,
}

#[derive(Serialize)]
struct PeriodJson {
    from: String,
    to: String,
}

#[derive(Serialize)]
struct SignedJson<'a> {
    state: &'static str,
    content_sha256: String,
    signatures: Vec<SignatureJson<'a>>,
    balances_by_hand: &'a [String],
    since: &'a [String],
    differs: Option<&'a str>,
}

#[derive(Serialize)]
struct SignatureJson<'a> {
    act: String,
    name: &'a str,
    at: String,
    single_user: bool,
}

#[derive(Serialize)]
struct SignerJson<'a> {
    name: &'a str,
    certificate_sha256: String,
    one_time: bool,
}

#[derive(Serialize)]
struct FileJson<'a> {
    name: &'a str,
    sha256: String,
    side: &'static str,
    rows: u64,
}

#[derive(Serialize)]
struct OutputJson<'a> {
    name: &'a str,
    sha256: String,
}

#[derive(Serialize)]
struct HeadJson {
    sequence: u64,
    hash: String,
}

#[derive(Serialize)]
struct SummaryBlock<'a> {
    statement_lines: u64,
    ledger_entries: u64,
    match_rate: Option<String>,
    automatic_rate: Option<String>,
    matches: serde_json::Map<String, serde_json::Value>,
    unmatched_statement_lines: TallyJson,
    unmatched_ledger_entries: TallyJson,
    variance: Vec<AmountJson>,
    variance_rate: Vec<VarianceJson>,
    balance_proofs: Vec<ProofJson<'a>>,
}

#[derive(Serialize)]
struct TallyJson {
    rows: u64,
    statement_lines: u64,
    ledger_entries: u64,
    statement_amount: Vec<AmountJson>,
    ledger_amount: Vec<AmountJson>,
}

#[derive(Serialize)]
struct ProofJson<'a> {
    account: &'a str,
    opening: Option<AmountJson>,
    lines_total: AmountJson,
    closing: Option<AmountJson>,
    statement_gap: Option<AmountJson>,
    entries_total: AmountJson,
    lines_outstanding: AmountJson,
    entries_outstanding: AmountJson,
    adjustments: AmountJson,
    unexplained: AmountJson,
    holds: bool,
}

#[derive(Serialize)]
struct Missing<'a> {
    unmatched_statement_lines: Listing<'a>,
    unmatched_ledger_entries: Listing<'a>,
    high_value: HighValueJson,
}

#[derive(Serialize)]
struct Listing<'a> {
    total: u64,
    listed: usize,
    amount: Vec<AmountJson>,
    all_in: &'static str,
    rows: Vec<RowJson<'a>>,
}

#[derive(Serialize)]
struct RowJson<'a> {
    source_file: &'a str,
    source_row: u32,
    record_id: &'a str,
    date: Option<String>,
    counterparty: &'a str,
    reference: &'a str,
    amount: AmountJson,
    cause: &'static str,
    /// Probability that this is the cause.
    cause_confidence: Option<String>,
    impact: AmountJson,
    proposed_fix: Option<&'a str>,
    explanation: &'a str,
}

#[derive(Serialize)]
struct Impact {
    exceptions_by_cause: Vec<CauseJson>,
    exceptions_total: Vec<AmountJson>,
    adjustments_by_cause: Vec<CauseJson>,
    unexplained: Vec<AmountJson>,
    #[serde(flatten)]
    judgement: JudgementJson,
}

#[derive(Serialize)]
struct CauseJson {
    cause: &'static str,
    rows: u64,
    impact: Vec<AmountJson>,
}

/// Why `report.json` could not be made.
#[derive(Debug, thiserror::Error)]
pub enum JsonError {
    /// Amounts of the balance proof do not add up to a number that fits.
    #[error("the balance proof cannot be computed: {0}")]
    Amount(#[from] MoneyError),
    /// It could not be encoded.
    #[error("report.json cannot be written: {0}")]
    Encoding(#[from] serde_json::Error),
}

/// `report.json`. `outputs` are the files written before it (`matches.csv`, `exceptions.csv`). As in the PDF, at most
/// [`crate::LISTED_MAX`] records in no match are listed for each side; the CSV files have all.
pub fn report_json(data: &ReportData<'_>, outputs: &[OutputFact]) -> Result<Vec<u8>, JsonError> {
    let report = Report {
        report_metadata: metadata(data, outputs),
        reconciliation_summary: summary(data)?,
        missing_transactions: Missing {
            unmatched_statement_lines: listing(
                &data.tables.unmatched_lines,
                &data.tables.summary().unmatched_lines.lines_sums,
            ),
            unmatched_ledger_entries: listing(
                &data.tables.unmatched_entries,
                &data.tables.summary().unmatched_entries.entries_sums,
            ),
            high_value: high_value(data),
        },
        financial_impact: impact(data)?,
    };
    let mut bytes = serde_json::to_vec_pretty(&report)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn metadata<'a>(data: &'a ReportData<'_>, outputs: &'a [OutputFact]) -> Metadata<'a> {
    Metadata {
        generator: "Tieout",
        engine_version: &data.engine_version,
        generated_at: data.generated_at.to_string(),
        company: &data.company,
        accounts: &data.accounts,
        period: data.period.map(|period| PeriodJson { from: period.from.to_string(), to: period.to.to_string() }),
        profile: data.profile.as_str(),
        prepared_by: Some(data.prepared_by.as_str()).filter(|name| !name.is_empty()),
        approved_by: data.approved_by.as_deref(),
        single_user: data.single_user,
        masked: data.layout.privacy.told().into_iter().collect(),
        signed_period: data.signed.as_ref().map(signed),
        signer: data.signer.as_ref().map(|signer| SignerJson {
            name: &signer.name,
            certificate_sha256: signer.fingerprint.to_string(),
            one_time: signer.one_time,
        }),
        configuration: data.configuration.iter().map(|(key, value)| (key.clone(), value.clone().into())).collect(),
        run_statistics: data.statistics.iter().map(|(name, number)| (name.clone(), (*number).into())).collect(),
        files: data
            .files
            .iter()
            .map(|file| FileJson {
                name: &file.name,
                sha256: file.sha256.to_string(),
                side: file.side.as_str(),
                rows: file.rows,
            })
            .collect(),
        outputs: outputs
            .iter()
            .map(|output| OutputJson { name: &output.name, sha256: output.sha256.to_string() })
            .collect(),
        audit_head: data.audit_head.map(|head| HeadJson { sequence: head.sequence, hash: head.hash.to_string() }),
    }
}

fn signed(period: &SignedPeriod) -> SignedJson<'_> {
    SignedJson {
        state: period.state,
        content_sha256: period.content.to_string(),
        signatures: period
            .signatures
            .iter()
            .map(|note| SignatureJson {
                act: note.act.to_lowercase(),
                name: &note.name,
                at: note.at.to_string(),
                single_user: note.single_user,
            })
            .collect(),
        balances_by_hand: &period.by_hand,
        since: &period.since,
        differs: period.difference.as_deref(),
    }
}

fn summary<'a>(data: &'a ReportData<'_>) -> Result<SummaryBlock<'a>, JsonError> {
    let summary = data.tables.summary();
    let mut matches = serde_json::Map::new();
    for status in [RowStatus::Auto, RowStatus::Approved, RowStatus::Suggested, RowStatus::Ambiguous] {
        matches.insert(status.as_str().to_owned(), serde_json::to_value(tally(&summary.of(status)))?);
    }
    let mut variance = Sums::default();
    for account in &data.proofs {
        variance.add(account.proof.lines_total);
        variance.subtract(account.proof.entries_total);
    }
    Ok(SummaryBlock {
        statement_lines: summary.lines(),
        ledger_entries: summary.entries(),
        match_rate: summary.match_rate().map(ratio),
        automatic_rate: summary.automatic_rate().map(ratio),
        matches,
        unmatched_statement_lines: tally(&summary.unmatched_lines),
        unmatched_ledger_entries: tally(&summary.unmatched_entries),
        variance: amounts(&variance),
        variance_rate: variance_rates(data),
        balance_proofs: data.proofs.iter().map(proof).collect::<Result<_, _>>()?,
    })
}

fn tally(tally: &Tally) -> TallyJson {
    TallyJson {
        rows: tally.rows,
        statement_lines: tally.lines,
        ledger_entries: tally.entries,
        statement_amount: amounts(&tally.lines_sums),
        ledger_amount: amounts(&tally.entries_sums),
    }
}

fn proof(account: &AccountProof) -> Result<ProofJson<'_>, MoneyError> {
    let proof = &account.proof;
    Ok(ProofJson {
        account: &account.account,
        opening: proof.opening.map(amount_json),
        lines_total: amount_json(proof.lines_total),
        closing: proof.closing.map(amount_json),
        statement_gap: proof.statement_gap()?.map(amount_json),
        entries_total: amount_json(proof.entries_total),
        lines_outstanding: amount_json(proof.lines_outstanding),
        entries_outstanding: amount_json(proof.entries_outstanding),
        adjustments: amount_json(proof.adjustments),
        unexplained: amount_json(proof.unexplained()?),
        holds: proof.holds()?,
    })
}

fn listing<'a>(rows: &'a TopRows<ExceptionRow<'_>>, amount: &Sums) -> Listing<'a> {
    let listed = rows.listed();
    Listing {
        total: rows.total(),
        listed: listed.len(),
        amount: amounts(amount),
        all_in: "exceptions.csv",
        rows: listed.into_iter().map(|row| exception(&row.record, row)).collect(),
    }
}

fn exception<'a>(record: &'a RecordRow<'_>, row: &'a ExceptionRow<'_>) -> RowJson<'a> {
    RowJson {
        source_file: &record.source_file,
        source_row: record.source_row,
        record_id: &record.record_id,
        date: record.date.map(|date| date.to_string()),
        counterparty: &record.counterparty,
        reference: &record.reference,
        amount: amount_json(record.amount),
        cause: row.cause.as_str(),
        cause_confidence: row.confidence.map(|confidence| confidence.to_string()),
        impact: amount_json(row.impact),
        proposed_fix: Some(&*row.fix).filter(|fix| !fix.is_empty()),
        explanation: &row.explanation,
    }
}

fn impact(data: &ReportData<'_>) -> Result<Impact, JsonError> {
    let summary = data.tables.summary();
    let mut total = Sums::default();
    for tally in summary.exception_causes.values() {
        total.merge(&tally.impact);
    }
    let mut unexplained = Sums::default();
    for account in &data.proofs {
        // Without signs: gaps of two accounts must not hide each other.
        unexplained.add_magnitude(account.proof.unexplained()?);
    }
    let causes = |causes: &BTreeMap<tieout_domain::RootCause, CauseTally>| {
        causes
            .iter()
            .map(|(cause, tally)| CauseJson { cause: cause.as_str(), rows: tally.rows, impact: amounts(&tally.impact) })
            .collect()
    };
    Ok(Impact {
        judgement: judgement(data)?,
        exceptions_by_cause: causes(&summary.exception_causes),
        exceptions_total: amounts(&total),
        adjustments_by_cause: causes(&summary.adjustments),
        unexplained: amounts(&unexplained),
    })
}
