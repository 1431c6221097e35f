//! Grids through a session: brought into memory while others work, and copied as text.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

mod desk;

use std::thread;

use tempfile::TempDir;
use tieout_application::{
    ImportFile, Session, Side,
    grids::{GRID_TEXT_ROWS_MAX, GridColumn, GridKind, GridQuery, GridRange, GridSort, GridTextStyle, write_grid_csv},
};

fn session() -> (Session, TempDir) {
    let (session, folder, _) = desk::session(|_| {});
    (session, folder)
}

fn take_in(session: &Session, folder: &TempDir, name: &str, rows: &str) {
    let path = folder.path().join(name);
    std::fs::write(&path, format!("date,amount,currency,description,counterparty\n{rows}")).unwrap();
    let file = ImportFile {
        path,
        side: Side::Statement,
        account: Some("Current account".to_owned()),
        mapping: None,
        leave_out_rejected: false,
        file_bytes_max: None,
    };
    session.import_file(&file, &|_| {}).unwrap();
}

fn lines() -> GridQuery {
    GridQuery {
        sort: vec![GridSort { column: GridColumn::Date, descending: false }],
        ..GridQuery::all(GridKind::Lines)
    }
}

#[test]
fn copied_cells_are_what_a_spreadsheet_takes_for_what_they_are() {
    let (session, folder) = session();
    let rows = "2026-01-02,-1234.50,EUR,=1+1,Groth OHG\n2026-01-03,5.00,EUR,\"a \"\"b\"\"\tc\",ACME\n2026-01-04,7.00,EUR,\"\"\"quoted\"\"\",ACME\n";
    take_in(&session, &folder, "bank.csv", rows);
    let columns = vec![GridColumn::Date, GridColumn::Amount, GridColumn::Text];
    let range = GridRange { query: lines(), rows: vec![0..2, 2..9], columns: columns.clone(), seen: None };
    let headings = ["Datum", "Betrag", "Text"].map(str::to_owned).to_vec();
    let style = GridTextStyle { headings, decimal_comma: true };
    let text = session.grid_text(&range, &style).unwrap();
    assert_eq!(text.rows, 3);
    let copied: Vec<&str> = text.text.lines().collect();
    assert_eq!(copied[..2], ["Datum\tBetrag\tText", "2026-01-02\t-1234,50\t'=1+1"]);
    assert!(copied[2].starts_with("2026-01-03\t5,00\t"), "{}", copied[2]);
    assert_eq!(copied[3], "2026-01-04\t7,00\t\"\"\"quoted\"\"\"");
    let plain = session.grid_text(&range, &GridTextStyle::default()).unwrap();
    assert!(plain.text.starts_with("2026-01-02\t-1234.50\t'=1+1\n"), "{}", plain.text);

    let page = session.grid_page(&lines(), 0, 1).unwrap();
    let mut csv = Vec::new();
    write_grid_csv(&mut csv, &page, &columns, true).unwrap();
    assert_eq!(String::from_utf8(csv).unwrap(), "date,amount,text\n2026-01-02,-1234.50,'=1+1\n");
    assert_eq!(GRID_TEXT_ROWS_MAX, 100_000);
}

#[test]
fn grids_are_prepared_while_others_work() {
    let (session, folder) = session();
    let rows = |from: u32| -> String {
        (from..from + 3_000).map(|row| format!("2026-01-02,{row}.00,EUR,text {row},ACME {}\n", row % 7)).collect()
    };
    take_in(&session, &folder, "first.csv", &rows(1));
    thread::scope(|scope| {
        let prepared = scope.spawn(|| (0..20).for_each(|_| session.prepare_grids().unwrap()));
        take_in(&session, &folder, "second.csv", &rows(4_001));
        for _ in 0..20 {
            let page = session.grid_page(&lines(), 0, 500).unwrap();
            assert!([3_000, 6_000].contains(&page.total), "{}", page.total);
        }
        prepared.join().unwrap();
    });
    assert_eq!(session.grid_page(&lines(), 5_999, 500).unwrap().rows.len(), 1);
    session.close_workbook().unwrap();
    assert!(session.prepare_grids().is_err());
}
