//! CSV, JSON and XLSX: exact columns, exact numbers, nothing that a spreadsheet would execute.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may fail

mod fixture;

use tieout_domain::{FigureLimits, RootCause, Side};
use tieout_reports::{
    AgedRow, OutputFact, RowStatus, Tables, report_json, write_ageing_csv, write_exceptions_csv, write_matches_csv,
    write_xlsx,
};

fn csv(write: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes);
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_match_has_one_line_a_record() {
    let mut rows = fixture::matches(1);
    rows.remove(1);
    rows[0].explanation = "why, \"quoted\"".into();
    let text = csv(|out| write_matches_csv(out, &rows[..1]).unwrap());
    assert_eq!(
        text,
        "match_id,side,source_file,source_row,record_id,amount,amount_applied,kind,confidence,status,cause,explanation\n\
         M00007,statement,statement_2024-01.csv,7,B0007,985.00,985.00,one_to_one,0.871200,approved,fee,\"why, \"\"quoted\"\"\"\n\
         M00007,ledger,ledger_2024-01.csv,107,L0107,1000.00,1000.00,one_to_one,0.871200,approved,fee,\"why, \"\"quoted\"\"\"\n"
    );
}

#[test]
fn an_exception_has_amount_cause_and_impact() {
    let mut row = fixture::exception(Side::Ledger, 3, "x", "y", -123_456);
    row.cause = RootCause::MissingInBank;
    row.explanation = "nothing".into();
    assert_eq!(
        csv(|out| write_exceptions_csv(out, [row]).unwrap()),
        "side,source_file,source_row,record_id,amount,cause,impact,explanation\n\
         ledger,ledger_2024-01.csv,3,L0003,-1234.56,missing_in_bank,1234.56,nothing\n"
    );
}

#[test]
fn text_that_begins_like_a_formula_is_escaped_and_numbers_are_not() {
    for (id, written) in [
        ("=1+1", "'=1+1"),
        ("+49", "'+49"),
        ("-7", "'-7"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("＝1", "'＝1"),
        ("A=1", "A=1"),
        ("'=1", "'=1"),
        ("", ""),
    ] {
        let mut row = fixture::exception(Side::Ledger, 1, "x", "y", -500);
        row.record.record_id = id.into();
        let text = csv(|out| write_exceptions_csv(out, [row]).unwrap());
        let cells: Vec<_> = text.lines().nth(1).unwrap().split(',').collect();
        assert_eq!((cells[3], cells[4]), (written, "-5.00"), "{id:?}");
    }
}

#[test]
fn what_is_ambiguous_is_suggested_in_the_csv() {
    let words = [RowStatus::Auto, RowStatus::Approved, RowStatus::Suggested, RowStatus::Ambiguous];
    assert_eq!(words.map(RowStatus::csv_word), ["auto", "approved", "suggested", "suggested"]);
}

#[test]
fn an_empty_run_has_headers_only() {
    assert_eq!(csv(|out| write_exceptions_csv(out, fixture::exceptions(0)).unwrap()).lines().count(), 1);
    let none: [tieout_reports::MatchRow<'_>; 0] = [];
    assert_eq!(csv(|out| write_matches_csv(out, none).unwrap()).lines().count(), 1);
}

#[test]
fn an_entry_paid_in_two_parts_counts_once() {
    let mut tables = Tables::new();
    for (row, minor) in [(1, 400), (2, 600)] {
        let mut one = fixture::matches(1).pop().unwrap();
        one.parts[0].record.source_row = row;
        one.parts[1].record.source_row = 77;
        one.parts[1].record.amount = fixture::eur(1_000);
        fixture::use_of(&mut one.parts[1], fixture::eur(minor));
        tables.add_match(one);
    }
    let tally = tables.summary().matches.values().next().unwrap().clone();
    assert_eq!((tally.rows, tally.lines, tally.entries), (2, 2, 1));
}

#[test]
fn what_matches_leave_open_of_an_entry_is_told_once() {
    for (uses, open) in [([400, 250], 350), ([400, 600], 0), ([1_000, 0], 0)] {
        let mut tables = Tables::new();
        for (row, (minor, status)) in (1..).zip(uses.into_iter().zip([RowStatus::Auto, RowStatus::Suggested])) {
            let mut one = fixture::matches(1).pop().unwrap();
            one.status = status;
            one.parts[0].record.source_row = row;
            one.parts[1].record.source_row = 77;
            one.parts[1].record.amount = fixture::eur(1_000);
            fixture::use_of(&mut one.parts[1], fixture::eur(minor));
            if minor > 0 {
                tables.add_match(one);
            }
        }
        let left = tables.summary().left_open.get(&Side::Ledger).cloned().unwrap_or_default();
        assert_eq!(left.iter().map(|(_, minor)| minor).sum::<i128>(), open, "{uses:?}");
        assert!(!tables.summary().left_open.contains_key(&Side::Statement));
    }
}

#[test]
fn an_entry_settled_whole_in_another_currency_is_used_whole() {
    let mut tables = Tables::new();
    // The same row of the same file, which only a part of an entry may be twice.
    for _ in 0..2 {
        tables.add_match(fixture::converted(108_500));
    }
    let tally = tables.summary().matches.values().next().unwrap().clone();
    assert_eq!((tally.rows, tally.entries), (2, 2));
    let mut tables = Tables::new();
    for _ in 0..2 {
        tables.add_match(fixture::converted(50_000));
    }
    assert_eq!(tables.summary().matches.values().next().unwrap().entries, 1);
}

#[test]
fn tables_made_in_parts_are_those_made_at_once() {
    let mut matches = fixture::matches(40);
    for (at, row) in matches.iter_mut().enumerate() {
        // Every fifth entry is the same one, used in part.
        let shared = at % 5 == 0;
        row.parts[1].record.source_row = if shared { 9_999 } else { 10_000 + u32::try_from(at).unwrap() };
        row.parts[1].record.amount = fixture::eur(if shared { 1 } else { row.parts[1].amount_applied.minor_units() });
    }
    let mut exceptions = fixture::exceptions(2_600);
    for (at, row) in exceptions.iter_mut().enumerate() {
        row.impact = fixture::eur(i64::try_from(at * 7 % 11).unwrap());
    }
    let mut at_once = Tables::new();
    matches.iter().for_each(|row| at_once.add_match(row.clone()));
    exceptions.iter().for_each(|row| at_once.add_exception(row.clone()));
    let mut in_parts = Tables::new();
    for some in matches.chunks(7) {
        let mut part = in_parts.part();
        some.iter().for_each(|row| part.add_match(row.clone()));
        in_parts.append(part);
    }
    for some in exceptions.chunks(300) {
        let mut part = in_parts.part();
        some.iter().for_each(|row| part.add_exception(row.clone()));
        in_parts.append(part);
    }
    assert_eq!(in_parts.summary(), at_once.summary());
    let json = |tables| report_json(&fixture::report(tables), &[]).unwrap();
    assert_eq!(json(in_parts), json(at_once));
}

#[test]
fn report_json_has_its_four_blocks_and_names_the_files() {
    let data = fixture::report(fixture::tables(12, 1_100));
    let outputs = [OutputFact::of("matches.csv", b"m"), OutputFact::of("exceptions.csv", b"e")];
    let bytes = report_json(&data, &outputs).unwrap();
    assert_eq!(bytes, report_json(&data, &outputs).unwrap());
    let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let mut blocks: Vec<_> = json.as_object().unwrap().keys().collect();
    blocks.sort_unstable();
    assert_eq!(blocks, ["financial_impact", "missing_transactions", "reconciliation_summary", "report_metadata"]);
    let metadata = &json["report_metadata"];
    assert_eq!(metadata["files"][0]["sha256"], data.files[0].sha256.to_string());
    assert_eq!(metadata["outputs"][1]["sha256"], outputs[1].sha256.to_string());
    assert_eq!(metadata["company"], "Łódź & Partners Sp. z o.o.");
    assert_eq!(metadata["run_statistics"]["candidates_scored"], 12_345);
    let summary = &json["reconciliation_summary"];
    assert_eq!(summary["balance_proofs"][0]["holds"], true);
    assert_eq!(summary["variance"][0]["amount"], "-200.00");
    assert_eq!(summary["matches"]["approved"]["rows"], 1);
    let missing = &json["missing_transactions"]["unmatched_statement_lines"];
    assert_eq!((&missing["total"], &missing["listed"]), (&1_100.into(), &1_000.into()));
    assert_eq!(json["financial_impact"]["adjustments_by_cause"][0]["impact"][0]["amount"], "-15.00");
}

#[test]
fn a_spreadsheet_is_the_same_each_time_and_survives_odd_cells() {
    let mut rows = fixture::exceptions(4);
    rows[0].record.record_id = "=cmd|' /C calc'!A0".into();
    rows[1].record.amount = fixture::eur(i64::MIN);
    rows[2].explanation = "x".repeat(40_000).into();
    rows[3].record.date = Some(jiff::civil::date(1066, 10, 14));
    let data = fixture::report(fixture::tables(12, 4));
    let write = || write_xlsx(&data, fixture::matches(12), &rows).unwrap();
    let bytes = write();
    assert!(bytes.starts_with(b"PK"));
    assert!(bytes == write());
}

#[test]
fn report_json_judges_by_the_limits_it_was_given() {
    let judged = |limits: FigureLimits| {
        let mut tables = Tables::with_limits(limits);
        fixture::matches(0).into_iter().for_each(|row| tables.add_match(row));
        for minor in [100_000, 9_999_900] {
            tables.add_exception(fixture::exception(Side::Statement, 1, "x", "y", minor));
        }
        let bytes = report_json(&fixture::report(tables), &[]).unwrap();
        serde_json::from_slice::<serde_json::Value>(&bytes).unwrap()
    };
    let json = judged(FigureLimits::default());
    // A deposit of 12,345.67 and a fee of 15.00 on 1,000.00, both with their entries, and 100,999.00 in no match.
    let rate = &json["financial_impact"]["discrepancy_rate"][0];
    assert_eq!((&rate["volume"], &rate["discrepancy"]), (&"127675.34".into(), &"101014.00".into()));
    assert_eq!((&rate["rate"], &rate["currency"]), (&"0.7912".into(), &"EUR".into()));
    // 2,500 on the bank, 2,700 in the books.
    let variance = &json["reconciliation_summary"]["variance_rate"][0];
    assert_eq!((&variance["rate"], &variance["within_limit"]), (&"0.0741".into(), &false.into()));
    assert_eq!(json["missing_transactions"]["high_value"]["rows"], 1);
    assert_eq!(json["missing_transactions"]["high_value"]["impact"][0]["amount"], "99999.00");
    assert_eq!(json["missing_transactions"]["unmatched_statement_lines"]["amount"][0]["amount"], "100999.00");
    let impact = &json["financial_impact"];
    assert_eq!((&impact["risk_level"], &impact["compliance_status"]), (&"high".into(), &"non_compliant".into()));

    let wide = FigureLimits { variance: 741, high_value: 100_000, risk_medium: 8_000, risk_high: 9_000 };
    let impact = &judged(wide)["financial_impact"];
    assert_eq!((&impact["risk_level"], &impact["compliance_status"]), (&"low".into(), &"compliant".into()));
    assert_eq!((&impact["reasons"], &impact["limits"]["high_value"]), (&serde_json::json!([]), &100_000.into()));
    let none = report_json(&fixture::report(Tables::new()), &[]).unwrap();
    let none: serde_json::Value = serde_json::from_slice(&none).unwrap();
    assert_eq!(none["financial_impact"]["discrepancy_rate"], serde_json::json!([]));
}

#[test]
fn a_list_with_ages_is_safe_for_spreadsheets() {
    let mut exception = fixture::exception(Side::Ledger, 3, "=1+1", "RE-1", -123_456);
    exception.explanation = "nothing".into();
    let row = AgedRow {
        exception,
        days_open: 61,
        opened_at: Some(fixture::at("2024-02-03T09:15:00Z")),
        owner: "@Ada".into(),
    };
    let mut bytes = Vec::new();
    write_ageing_csv(&mut bytes, [row]).unwrap();
    assert_eq!(
        String::from_utf8(bytes).unwrap(),
        "side,source_file,source_row,record_id,date,counterparty,reference,amount,currency,cause,impact,days_open,\
         opened_at,owner,explanation,cause_confidence,proposed_fix\n\
         ledger,ledger_2024-01.csv,3,L0003,2024-01-30,'=1+1,RE-1,-1234.56,EUR,timing,1234.56,61,\
         2024-02-03T09:15:00Z,'@Ada,nothing,0.871000,Ask the payer what it is for.\n"
    );
}
