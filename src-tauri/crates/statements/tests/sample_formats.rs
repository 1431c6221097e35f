//! One statement in every format: each file of `sample-data/formats` says the same six lines.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::path::Path;

use common::{lines, read};
use tieout_domain::Side;
use tieout_statements::ProofKind;

#[track_caller]
fn check(name: &str, format: &str, first: &str, proof: ProofKind, proved: u64) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../sample-data/formats");
    let bytes = std::fs::read(folder.join(name)).unwrap();
    assert_eq!(common::table(&bytes).format().as_str(), format, "{name}");
    let (_, reading) = read(&bytes, Some(Side::Statement));
    let lines = lines(&reading);
    let sum: i64 = lines.iter().map(|line| line.amount.minor_units()).sum();
    let dates = || lines.iter().filter_map(|line| line.date.map(|date| date.to_string()));
    assert_eq!((lines.len(), sum), (6, 912_036), "{name}");
    assert_eq!((dates().min().as_deref(), dates().max().as_deref()), (Some(first), Some("2026-01-30")), "{name}");
    assert_eq!(reading.rows_rejected, 0, "{name}");
    assert_eq!((reading.proof().kind, reading.proof().proved), (proof, proved), "{name}: {:?}", reading.doubts);
    assert!(lines.iter().any(|line| line.description.contains("Kontoführung 01")), "{name}");
}

#[test]
fn every_format_says_the_same() {
    use ProofKind::{ControlTotals, None, OpeningClosing, RunningBalance};
    for (name, format, proof, proved) in [
        ("statement.tsv", "csv", RunningBalance, 6),
        ("statement.xls", "xls", RunningBalance, 6),
        ("statement.ods", "ods", RunningBalance, 6),
        ("transactions.json", "json", RunningBalance, 6),
        ("statement.ofx", "ofx", None, 0),
        ("statement.qif", "qif", None, 0),
        ("statement.sta", "mt940", OpeningClosing, 6),
        ("interim.942", "mt942", ControlTotals, 6),
        ("report-camt052.xml", "camt.052", ControlTotals, 6),
        ("statement-camt053.xml", "camt.053", OpeningClosing, 6),
        ("notification-camt054.xml", "camt.054", ControlTotals, 6),
        ("statement.bai2", "bai2", OpeningClosing, 6),
    ] {
        // BAI2 has one date for all rows of a report.
        let first = if format == "bai2" { "2026-01-30" } else { "2026-01-12" };
        check(name, format, first, proof, proved);
    }
}

/// What moves the balance is what is left of the gross amount after the fee.
#[test]
fn processors_exports_are_read_net_of_fees() {
    for (name, cents, proof) in [
        ("stripe-balance.csv", &[24_153, 8_617, -4_900, -27_870][..], ProofKind::None),
        ("stripe-payouts.csv", &[27_870, 51_205], ProofKind::None),
        ("paypal-de.csv", &[11_666, 105_276, -200_000], ProofKind::RunningBalance),
        ("square-transactions.csv", &[4_724, 11_351, -4_860], ProofKind::None),
    ] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../sample-data/processor");
        let (_, reading) = read(std::fs::read(folder.join(name)).unwrap(), Some(Side::Statement));
        assert_eq!(common::amounts(&reading), cents, "{name}: {:?}", reading.diagnostics);
        assert_eq!((reading.rows_rejected, reading.proof().kind), (0, proof), "{name}");
    }
}
