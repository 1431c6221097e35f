//! Records for tests, written as an accountant would note them down.

use tieout_domain::{
    Currency, Digest, Explanation, LedgerEntry, LedgerKind, Money, ReconcileConfig, Source, StatementLine,
};
use tieout_matching::{Alternative, Known, Nearest, NoProgress, Proposal, Repeats, Statistics, reconcile};

fn source(row: usize) -> Source {
    Source { file: Digest::from_bytes([0; 32]), row: u32::try_from(row).unwrap() }
}

fn money(text: &str, currency: &str) -> Money {
    Money::from_decimal(text.parse().unwrap(), Currency::parse(currency).unwrap()).unwrap()
}

/// Cells separated by `|`; missing ones are empty.
fn cells(row: &str) -> impl Fn(usize) -> String {
    let cells: Vec<String> = row.split('|').map(|cell| cell.trim().to_owned()).collect();
    move |at| cells.get(at).cloned().unwrap_or_default()
}

/// `date | amount | reference | counterparty | description | currency | id`; EUR and the row's number unless given.
pub(crate) fn line(row: usize, text: &str) -> StatementLine {
    let cell = cells(text);
    let or = |at: usize, other: &str| if cell(at).is_empty() { other.to_owned() } else { cell(at) };
    StatementLine {
        source: source(row),
        record_id: or(6, &format!("S{row:03}")),
        account: "GIRO".to_owned(),
        date: cell(0).parse().ok(),
        value_date: None,
        amount: money(&cell(1), &or(5, "EUR")),
        description: cell(4),
        reference: cell(2),
        counterparty: cell(3),
        counterparty_account: String::new(),
        balance: None,
        normalised: tieout_domain::Normalised::default(),
        job: None,
        raw: String::new(),
    }
}

/// `date | amount | number | customer | reference | memo | kind | due | code | currency`; an invoice in EUR unless given.
pub(crate) fn entry(row: usize, text: &str) -> LedgerEntry {
    let cell = cells(text);
    let kind = match cell(6).as_str() {
        "payment" => LedgerKind::Payment,
        "account" => LedgerKind::CustomerAccount,
        "transaction" => LedgerKind::Transaction,
        _ => LedgerKind::Invoice,
    };
    let currency = if cell(9).is_empty() { "EUR".to_owned() } else { cell(9) };
    LedgerEntry {
        source: source(row),
        record_id: format!("E{row:03}"),
        kind,
        number: cell(2),
        date: cell(0).parse().ok(),
        due_date: cell(7).parse().ok(),
        counterparty: cell(3),
        counterparty_code: cell(8),
        counterparty_account: String::new(),
        amount: money(&cell(1), &currency),
        reference: cell(4),
        memo: cell(5),
        job: None,
        raw: String::new(),
    }
}

pub(crate) fn lines(rows: &[&str]) -> Vec<StatementLine> {
    rows.iter().enumerate().map(|(row, text)| line(row + 1, text)).collect()
}

pub(crate) fn entries(rows: &[&str]) -> Vec<LedgerEntry> {
    rows.iter().enumerate().map(|(row, text)| entry(row + 1, text)).collect()
}

/// An outcome with everything in words.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) proposals: Vec<Proposal>,
    pub(crate) explanations: Vec<Explanation<usize, usize>>,
    pub(crate) alternatives: Vec<Vec<Alternative>>,
    pub(crate) nearest_for_line: Vec<Option<Nearest>>,
    pub(crate) nearest_for_entry: Vec<Option<Nearest>>,
    pub(crate) repeats: Repeats,
    pub(crate) statistics: Statistics,
}

pub(crate) fn run(lines: &[StatementLine], entries: &[LedgerEntry], config: &ReconcileConfig) -> Found {
    run_knowing(lines, entries, config, &Known::default())
}

pub(crate) fn run_knowing(
    lines: &[StatementLine],
    entries: &[LedgerEntry],
    config: &ReconcileConfig,
    known: &Known,
) -> Found {
    let outcome = reconcile(lines, entries, config, known, &NoProgress).unwrap();
    let proposals = 0..outcome.proposals.len();
    Found {
        explanations: proposals.clone().map(|at| outcome.explanation(at)).collect(),
        alternatives: proposals.map(|at| outcome.alternatives(at)).collect(),
        nearest_for_line: (0..lines.len()).map(|at| outcome.nearest_for_line(at)).collect(),
        nearest_for_entry: (0..entries.len()).map(|at| outcome.nearest_for_entry(at)).collect(),
        repeats: outcome.repeats,
        statistics: outcome.statistics,
        proposals: outcome.proposals,
    }
}

/// A proposal in one line: `1,2 = 1 partial_payment [ambiguous]`, records by their rows.
pub(crate) fn shown(proposal: &Proposal) -> String {
    let rows = |records: Vec<usize>| records.iter().map(|at| (at + 1).to_string()).collect::<Vec<_>>().join(",");
    let sides = [rows(proposal.matched.lines().collect()), rows(proposal.matched.entries().collect())].join(" = ");
    let cause = proposal.cause.as_str();
    format!("{sides} {cause}{}", if proposal.ambiguous { " ambiguous" } else { "" })
}
