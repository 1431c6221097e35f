//! `inspect`, `reconcile` and `verify`, without a workbook.

use std::fs;

use tieout_tests::{PdfsigReport, pdf_text, sample};

use crate::command::{Desk, text};

fn reconcile(desk: &Desk, statement: &str, ledger: &str, out: &str) -> crate::command::Answer {
    desk.tieout(["reconcile", "--statement", statement, "--ledger", ledger, "--out", out, "--json"])
}

#[test]
fn the_sample_year_is_reconciled_into_a_signed_report_that_verifies() {
    let desk = Desk::new();
    let (statement, ledger) = (sample("bank/statement-2025.csv"), sample("bank/ledger-2025.csv"));
    let summary = reconcile(&desk, &text(&statement), &text(&ledger), "out").with_code(0).json();
    assert_eq!(summary["statement_lines"], 227);
    assert_eq!(summary["ledger_entries"], 236);
    assert!(summary["matches_auto"].as_u64().unwrap() > 150, "{summary}");

    let report = desk.path("out/report.pdf");
    let checked = PdfsigReport::of(&report);
    assert!(checked.is_valid_and_whole(), "{}", checked.0);
    let words = pdf_text(&report);
    assert!(words.contains("21,452.37") && words.contains("41,359.09"), "the balances stand in the report");

    desk.tieout(["verify", "out"]).with_code(0);
    desk.tieout(["verify", "out/report.pdf"]).with_code(0);
    let matches = fs::read_to_string(desk.path("out/matches.csv")).unwrap();
    fs::write(desk.path("out/matches.csv"), matches.replacen("auto", "Auto", 1)).unwrap();
    let altered = desk.tieout(["verify", "out"]).with_code(1);
    assert!(altered.stdout.contains("matches.csv"), "{}", altered.stdout);
}

#[test]
fn the_same_books_as_spreadsheets_give_the_same_matches() {
    let desk = Desk::new();
    for kind in ["csv", "xlsx"] {
        let (statement, ledger) =
            (sample(&format!("bank/statement-2025.{kind}")), sample(&format!("bank/ledger-2025.{kind}")));
        reconcile(&desk, &text(&statement), &text(&ledger), kind).with_code(0);
    }
    let matches =
        |kind: &str| fs::read_to_string(desk.path(kind).join("matches.csv")).unwrap().replace(&format!(".{kind}"), "");
    assert_eq!(matches("csv"), matches("xlsx"));
}

#[test]
fn every_record_stands_in_exactly_one_of_the_two_files() {
    let desk = Desk::new();
    let (statement, ledger) = (sample("bank/statement-2025.csv"), sample("bank/ledger-2025.csv"));
    reconcile(&desk, &text(&statement), &text(&ledger), "out").with_code(0);
    let rows = |name: &str, side: &str| -> Vec<u32> {
        let table = fs::read_to_string(desk.path("out").join(name)).unwrap();
        let marker = format!("{side},{side}-2025.csv,");
        let row = |line: &str| {
            let rest = &line[line.find(&marker)? + marker.len()..];
            rest[..rest.find(',')?].parse().ok()
        };
        table.lines().filter_map(row).collect()
    };
    for (side, count) in [("statement", 227), ("ledger", 236)] {
        let (matched, alone) = (rows("matches.csv", side), rows("exceptions.csv", side));
        assert!(alone.iter().all(|row| !matched.contains(row)), "a {side} row stands in both files");
        let mut all = [matched, alone].concat();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all, (1..=count).collect::<Vec<u32>>(), "{side}");
    }
}

#[test]
fn inspect_proves_the_statement_by_its_running_balance() {
    let desk = Desk::new();
    let seen = desk.tieout(["inspect", &text(&sample("bank/statement-2025.csv")), "--json"]).with_code(0).json();
    assert_eq!(seen["format"], "csv");
    assert_eq!(seen["rows_read"], 227);
    assert_eq!(seen["statements"][0]["opening"], "21452.37");
    assert_eq!(seen["statements"][0]["closing"], "41359.09");
    assert_eq!((&seen["proof"]["proved"], &seen["proof"]["of"]), (&227.into(), &227.into()));
}

#[test]
fn a_bad_row_is_named_and_the_good_ones_are_kept() {
    let desk = Desk::new();
    let statement = desk.write(
        "bank.csv",
        "date,description,amount,currency\n2025-03-01,RE-1,100.00,EUR\n2025-03-02,RE-2,1x0.00,EUR\n",
    );
    let ledger = desk.write("books.csv", "number,date,customer,amount,currency\nRE-1,2025-02-01,Groth,100.00,EUR\n");
    let answer = reconcile(&desk, &text(&statement), &text(&ledger), "out").with_code(3);
    assert!(answer.stderr.contains("bank.csv row 2") && answer.stderr.contains("1x0.00"), "{}", answer.stderr);
    assert_eq!(answer.json()["rows_rejected"], 1);
}

#[test]
fn what_cannot_be_read_is_refused_with_a_reason() {
    let desk = Desk::new();
    let good = text(&sample("bank/ledger-2025.csv"));
    let cases = [
        (desk.write("empty.csv", ""), "empty"),
        (desk.write("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), ""),
        (desk.write("broken.xlsx", b"PK\x03\x04 and then nothing of use"), ""),
        (desk.path("absent.csv"), "absent.csv"),
    ];
    for (file, reason) in cases {
        let answer = reconcile(&desk, &text(&file), &good, "out").with_code(4);
        assert!(!answer.stderr.is_empty() && answer.stderr.contains(reason), "{}: {}", file.display(), answer.stderr);
        assert!(!desk.path("out").join("report.pdf").exists());
    }
}

#[test]
fn wrong_usage_and_wrong_configuration_are_told_apart() {
    let desk = Desk::new();
    desk.tieout(["reconcile", "--statement", "a.csv"]).with_code(2);
    let config = desk.write("config.toml", "[tolerance]\nday = 5\n");
    let (statement, ledger) = (sample("bank/statement-2025.csv"), sample("bank/ledger-2025.csv"));
    let answer = desk.tieout([
        "reconcile",
        "--statement",
        &text(&statement),
        "--ledger",
        &text(&ledger),
        "--config",
        &text(&config),
        "--out",
        "out",
    ]);
    assert!(answer.with_code(4).stderr.contains("day"));
}
