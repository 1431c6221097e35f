//! What the tests share: bytes to records by the public API.
#![allow(dead_code, unreachable_pub, missing_docs, clippy::unwrap_used, clippy::panic)]

use std::ops::ControlFlow;

use tieout_domain::{Currency, Digest, LedgerEntry, Side, StatementLine};
use tieout_statements::{
    DecodeOptions, Defaults, Detail, Mapping, ReadError, Reading, Recognition, Records, Table, decode, interpret,
    recognise,
};

pub fn defaults() -> Defaults {
    Defaults { file: Digest::from_bytes([7; 32]), currency: None, detail: Detail::Full }
}

pub fn table(bytes: impl AsRef<[u8]>) -> Table {
    decode(bytes.as_ref(), &DecodeOptions::default()).unwrap()
}

pub fn interpret_all(table: &Table, side: Side, mapping: &Mapping) -> Result<Reading, ReadError> {
    interpret(table, side, mapping, &defaults(), &|_, _| ControlFlow::Continue(()))
}

pub fn read(bytes: impl AsRef<[u8]>, side: Option<Side>) -> (Recognition, Reading) {
    let table = table(bytes);
    let found = recognise(&table, side);
    assert_eq!(found.problems, Vec::<&str>::new());
    let reading = interpret_all(&table, found.side, &found.mapping).unwrap();
    (found, reading)
}

pub fn lines(reading: &Reading) -> &[StatementLine] {
    match &reading.records {
        Records::Statement(lines) => lines,
        Records::Ledger(_) => panic!("a ledger was read"),
    }
}

pub fn entries(reading: &Reading) -> &[LedgerEntry] {
    match &reading.records {
        Records::Ledger(entries) => entries,
        Records::Statement(_) => panic!("a statement was read"),
    }
}

/// Amounts in minor units.
pub fn amounts(reading: &Reading) -> Vec<i64> {
    match &reading.records {
        Records::Statement(lines) => lines.iter().map(|line| line.amount.minor_units()).collect(),
        Records::Ledger(entries) => entries.iter().map(|entry| entry.amount.minor_units()).collect(),
    }
}

/// Diagnostics as `row/column/value/expected`.
pub fn said(reading: &Reading) -> Vec<String> {
    reading
        .diagnostics
        .iter()
        .map(|one| {
            let row = one.row.map_or_else(String::new, |row| row.to_string());
            format!("{row}/{}/{}/{}", one.column.as_deref().unwrap_or(""), one.value, one.expected)
        })
        .collect()
}

pub fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}
