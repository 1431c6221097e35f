//! The acceptance cases that lie beside the repository: every column is recognised, every amount is the stated one.
#![allow(missing_docs, clippy::print_stderr, clippy::unwrap_used)]

mod common;

use std::{fs, path::Path};

use serde_json::Value;
use tieout_domain::Side;
use tieout_statements::{ColumnRole, recognise};

const CASES: &str = "/work/shared/cases/dev";

#[test]
fn every_case_file_is_read_without_configuration() {
    let Ok(cases) = fs::read_dir(CASES) else {
        eprintln!("no cases at {CASES}: nothing was checked");
        return;
    };
    let mut checked = 0;
    for case in cases.flatten() {
        let expect = fs::read_to_string(case.path().join("expect.json")).unwrap();
        let expect: Value = serde_json::from_str(&expect).unwrap();
        for side in [Side::Statement, Side::Ledger] {
            check(&case.path(), side, &expect);
            checked += 1;
        }
    }
    assert!(checked > 0);
}

#[track_caller]
fn check(case: &Path, side: Side, expect: &Value) {
    let bytes = fs::read(case.join(format!("{}.csv", side.as_str()))).unwrap();
    let table = common::table(&bytes);
    let found = recognise(&table, None);
    let name = case.display();
    assert_eq!(found.side, side, "{name}");
    assert!(!found.mapping.roles.contains(&ColumnRole::Ignore), "{name}: {:?}", found.mapping.roles);
    let reading = common::interpret_all(&table, side, &found.mapping).unwrap();
    let column = found.mapping.column(ColumnRole::Amount).unwrap();
    let mut records = common::amounts(&reading).into_iter();
    for row in 0..table.row_count() {
        let stated = &expect["amounts"][side.as_str()][(row + 1).to_string()];
        let text = stated.as_str().unwrap_or_else(|| table.cell(row, column));
        let refusable = text.is_empty();
        if refusable {
            assert_eq!(reading.rows_rejected, 1, "{name} {side:?}: {:?}", reading.diagnostics);
            continue;
        }
        let cents: rust_decimal::Decimal = text.trim().parse().unwrap();
        assert_eq!(records.next().map(|minor| rust_decimal::Decimal::new(minor, 2)), Some(cents), "{name} {side:?}");
    }
    assert_eq!(records.next(), None, "{name} {side:?}");
}
