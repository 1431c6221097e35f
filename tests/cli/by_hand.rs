//! What people do by scripts: match by hand, note, take back and do again.

use serde_json::Value;

use crate::command::{Desk, text};

const BOOK: &str = "joinery.tieout";

/// A payment less a fee, a bank charge, and two invoices.
fn new_book(desk: &Desk) {
    let company = ["--company", "Joinery Ltd", "--user", "Ada Byron", "--single-user", "--currency", "EUR"];
    desk.tieout(["workbook", "new", BOOK].into_iter().chain(company)).with_code(0);
    let bank = text(&desk.write(
        "bank.csv",
        "date,description,counterparty,amount,currency\n2026-01-08,both,Alder GmbH,298.50,EUR\n\
         2026-01-30,Account fee January,,-12.00,EUR\n",
    ));
    let ledger = text(&desk.write(
        "ledger.csv",
        "number,date,counterparty,amount,currency\nRE-1,2026-01-02,Alder GmbH,100.00,EUR\n\
         RE-2,2026-01-03,Alder GmbH,200.00,EUR\n",
    ));
    desk.tieout(["workbook", "import", BOOK, "--statement", &bank, "--ledger", &ledger, "--account", "Current"])
        .with_code(0);
}

fn exceptions(desk: &Desk) -> Vec<Value> {
    let listed = desk.tieout(["exceptions", BOOK, "--json"]).with_code(0).json();
    listed["rows"].as_array().expect("rows").clone()
}

fn id_of(rows: &[Value], impact: &str) -> String {
    let row = rows.iter().find(|row| row["impact"]["value"] == impact).expect("the record");
    row["id"].as_str().expect("an id").to_owned()
}

#[test]
fn records_are_matched_written_off_noted_taken_back_and_done_again() {
    let desk = Desk::new();
    new_book(&desk);
    let rows = exceptions(&desk);
    let [payment, charge, first, second] = ["298.50", "12.00", "100.00", "200.00"].map(|impact| id_of(&rows, impact));
    let group = ["--line", &payment, "--entry", &first, "--entry", &second];
    let by_hand = |more: &[&str]| {
        let all = ["workbook", "match-by-hand", BOOK].into_iter().chain(group);
        desk.tieout(all.chain(more.iter().copied()))
    };
    let tried = by_hand(&["--dry-run", "--json"]).with_code(0).json();
    assert_eq!(tried["groups"][0]["difference"]["value"], "-1.50");
    let refused = by_hand(&[]).with_code(4).stderr;
    assert!(refused.contains("the two sides differ by -1.50 EUR"), "{refused}");
    by_hand(&["--adjust", "fee@6855", "--reason", "as in the contract"]).with_code(0);
    desk.tieout(["workbook", "match-by-hand", BOOK, "--line", &charge, "--adjust", "fee@6855"]).with_code(0);
    assert_eq!(exceptions(&desk).len(), 0);
    for _ in 0..2 {
        desk.tieout(["workbook", "review", BOOK, "--undo"]).with_code(0);
    }
    assert_eq!(exceptions(&desk).len(), 4);
    desk.tieout(["workbook", "review", BOOK, "--redo"]).with_code(0);
    assert_eq!(exceptions(&desk).len(), 1);

    let note = |more: &[&str]| desk.tieout(["workbook", "note", BOOK, &charge].into_iter().chain(more.iter().copied()));
    note(&["--snooze", "2999-01-01"]).with_code(4);
    note(&["--comment", "ask the bank"]).with_code(0);
    let scan = text(&desk.write("scan.txt", "the bank's letter"));
    note(&["--attach", &scan]).with_code(0);
    let missing = note(&["--attach", "nowhere.pdf"]).with_code(4).stderr;
    assert!(missing.contains("nowhere.pdf"), "{missing}");
    let history = desk.tieout(["workbook", "history", BOOK, "--json"]).with_code(0).json();
    let kinds: Vec<_> = history["rows"].as_array().expect("rows").iter().map(|act| act["kind"].clone()).collect();
    assert_eq!(kinds, ["evidence", "comment", "write_off", "write_off"]);
    assert_eq!(history["rows"][2]["standing"], false);
    desk.tieout(["verify", BOOK]).with_code(0);
}
