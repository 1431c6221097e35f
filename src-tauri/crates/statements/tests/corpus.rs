//! The collected bank files of others: what the crate reads of each, against the collection's manifest. They are no part
//! of the repository; where they are absent the test says so.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stderr)]

use std::{fs, ops::ControlFlow, path::PathBuf};

use rust_decimal::Decimal;
use serde_json::Value;
use tieout_domain::{Digest, Side};
use tieout_statements::{DecodeOptions, Defaults, Detail, Records, decode, interpret, recognise};

struct Facts {
    count: usize,
    sum: Decimal,
    first: Option<String>,
    last: Option<String>,
    opening: Option<Decimal>,
    closing: Option<Decimal>,
    told: bool,
}

fn read(bytes: &[u8]) -> Result<Facts, String> {
    let table = decode(bytes, &DecodeOptions::default()).map_err(|error| error.to_string())?;
    let found = recognise(&table, Some(Side::Statement));
    if let Some(problem) = found.problems.first() {
        return Err(problem.to_string());
    }
    let defaults = Defaults { file: Digest::from_bytes([0; 32]), currency: None, detail: Detail::Full };
    let reading = interpret(&table, found.side, &found.mapping, &defaults, &|_, _| ControlFlow::Continue(()))
        .map_err(|error| error.to_string())?;
    let Records::Statement(lines) = &reading.records else { return Err("not a statement".to_owned()) };
    let mut dates: Vec<String> = lines.iter().filter_map(|line| line.date).map(|date| date.to_string()).collect();
    dates.sort();
    Ok(Facts {
        count: lines.len(),
        sum: lines.iter().map(|line| line.amount.to_decimal()).sum(),
        first: dates.first().cloned(),
        last: dates.last().cloned(),
        opening: reading.statements.first().and_then(|statement| statement.opening).map(|money| money.to_decimal()),
        closing: reading.statements.last().and_then(|statement| statement.closing).map(|money| money.to_decimal()),
        told: !reading.diagnostics.is_empty() || !found.ambiguities.is_empty(),
    })
}

fn wrong(expect: &Value, facts: &Facts, dates_open: bool) -> Vec<String> {
    let decimal = |value: &Value| value.as_str().and_then(|text| text.parse::<Decimal>().ok());
    let mut wrong = Vec::new();
    let is_counted = |key: &str| expect[key].as_u64() == Some(facts.count as u64);
    if let Some(count) =
        expect["transactions"].as_u64().filter(|_| !is_counted("transactions") && !is_counted("tx_details"))
    {
        wrong.push(format!("{} rows instead of {count}", facts.count));
    }
    if let Some(sum) = decimal(&expect["sum"]).filter(|sum| *sum != facts.sum) {
        wrong.push(format!("sum {} instead of {sum}", facts.sum));
    }
    for (key, have) in [("first_date", &facts.first), ("last_date", &facts.last)] {
        let also = expect[key.replace("_date", "_value_date")].as_str();
        if let Some(date) = expect[key].as_str().filter(|date| !dates_open && !date.ends_with('!'))
            && have.as_deref() != Some(date)
            && have.as_deref() != also
        {
            wrong.push(format!("{key} {have:?} instead of {date}"));
        }
    }
    for (key, have) in [("opening", facts.opening), ("closing", facts.closing)] {
        if let (Some(value), Some(have)) = (decimal(&expect[key]), have)
            && value != have
        {
            wrong.push(format!("{key} {have} instead of {value}"));
        }
    }
    wrong
}

fn judge(entry: &Value, outcome: Result<&Facts, &String>) -> Option<String> {
    let expect = &entry["expect"];
    let open = entry["ambiguous_date"].as_bool().unwrap_or(false);
    let facts_hold =
        |facts: &Facts, expect: &Value| Some(wrong(expect, facts, open).join("; ")).filter(|text| !text.is_empty());
    match (entry["outcome"].as_str().unwrap_or(""), outcome) {
        ("import", Err(reason)) => Some(format!("refused: {reason}")),
        ("import" | "import_or_reject", Ok(facts)) => facts_hold(facts, expect),
        ("import_empty" | "import_empty_or_reject", Ok(facts)) => {
            (facts.count > 0).then(|| format!("{} rows", facts.count))
        }
        ("import_empty", Err(reason)) => Some(format!("refused: {reason}")),
        ("partial_or_reject", Ok(facts)) if !facts.told => Some("rows lost in silence".to_owned()),
        ("partial_or_reject", Ok(facts)) => {
            let part = &entry["expect_if_partial"];
            if part["good_rows"].is_null() {
                return facts_hold(facts, part);
            }
            let good = serde_json::json!({"transactions": part["good_rows"], "sum": part["good_sum"]});
            facts_hold(facts, &good)
        }
        ("reject_or_warn", Ok(facts)) => (!facts.told).then(|| "taken in silence".to_owned()),
        ("reject", Ok(facts)) => Some(format!("taken in: {} rows", facts.count)),
        _ => None,
    }
}

/// Files on which we say something else than the manifest, and why.
const OTHERWISE: [(&str, &str); 1] = [(
    "excel/oca-empty-values.xlsx",
    "a debit of 579,68 USD is counted as money in, though the file's own TOTAL row counts it as money out",
)];

#[test]
fn every_file_of_the_collection_fares_as_its_manifest_says() {
    let shared = std::env::var_os("TIEOUT_SHARED").map_or_else(|| PathBuf::from("/work/shared"), PathBuf::from);
    let root = shared.join("corpus");
    let Ok(manifest) = fs::read_to_string(root.join("manifest.json")) else {
        eprintln!("no collected files at {}: nothing was checked", root.display());
        return;
    };
    let entries: Vec<Value> = serde_json::from_str(&manifest).unwrap();
    let mut fallen_short: Vec<String> = Vec::new();
    for entry in &entries {
        let file = entry["file"].as_str().unwrap();
        let outcome = fs::read(root.join(file)).map_err(|error| error.to_string()).and_then(|bytes| read(&bytes));
        let reason = judge(entry, outcome.as_ref());
        if let Some((_, why)) = OTHERWISE.iter().find(|(otherwise, _)| *otherwise == file) {
            assert!(reason.is_some(), "{file} now fares as the manifest says: {why}");
        } else if let Some(reason) = reason {
            fallen_short.push(format!("{file}: {reason}"));
        }
    }
    assert!(entries.len() > 200);
    assert!(fallen_short.is_empty(), "{}", fallen_short.join("\n"));
}
