//! `tieout workbook list`: the rows of a grid for scripts.

use serde_json::Value;

use tieout_tests::sample;

use crate::command::{Desk, text};

const BOOK: &str = "joinery.tieout";

fn book() -> Desk {
    let desk = Desk::new();
    desk.tieout(["workbook", "new", BOOK, "--company", "Lindqvist & Amara", "--user", "Ada Byron", "--single-user"])
        .with_code(0);
    let (statement, ledger) = (sample("bank/statement-2025.csv"), sample("bank/ledger-2025.csv"));
    let files = [text(&statement), text(&ledger)];
    desk.tieout(["workbook", "import", BOOK, "--statement", &files[0], "--ledger", &files[1]]).with_code(0);
    desk.tieout(["workbook", "match", BOOK]).with_code(0);
    desk
}

fn list(desk: &Desk, grid: &str, more: &[&str]) -> Value {
    let arguments = ["workbook", "list", grid, BOOK, "--json"].into_iter().chain(more.iter().copied());
    desk.tieout(arguments).with_code(0).json()
}

fn column(page: &Value, name: &str) -> Vec<String> {
    let place = page["columns"]
        .as_array()
        .expect("as asked for")
        .iter()
        .position(|column| column["column"] == name)
        .expect("as asked for");
    let rows = page["rows"].as_array().expect("as asked for").iter();
    rows.map(|row| row["cells"][place]["text"].as_str().expect("as asked for").to_owned()).collect()
}

#[test]
fn every_grid_is_listed_filtered_sorted_and_searched() {
    let desk = book();
    assert_eq!(list(&desk, "lines", &[])["total"], 227);
    assert_eq!(list(&desk, "entries", &[])["total"], 236);
    let settled = list(&desk, "lines", &["--where", "state=settled"])["total"].as_u64().unwrap();
    let others = list(&desk, "lines", &["--where", "state!=settled"])["total"].as_u64().unwrap();
    assert!(settled > 100 && others > 0 && settled + others == 227, "{settled} {others}");

    let large = list(&desk, "lines", &["--where", "amount>=1000", "--sort", "amount:desc,date", "--limit", "7"]);
    let cents = |amount: &String| amount.replace('.', "").parse::<i64>().unwrap();
    let amounts: Vec<i64> = column(&large, "amount").iter().map(cents).collect();
    assert!(
        amounts.len() == 7 && amounts.is_sorted_by(|a, b| a >= b) && amounts.iter().all(|amount| *amount >= 100_000)
    );

    let status = column(&list(&desk, "matches", &["--where", "status=approved"]), "status");
    assert!(!status.is_empty() && status.iter().all(|status| status == "approved"));
    let sides = column(&list(&desk, "exceptions", &["--sort", "side"]), "side");
    assert!(sides.is_sorted_by(|a, b| a >= b) && sides.iter().any(|side| side == "statement"), "{sides:?}");
    let actions = column(&list(&desk, "events", &["--search", "import"]), "action");
    assert!(!actions.is_empty(), "{actions:?}");

    let name =
        column(&list(&desk, "entries", &["--where", "counterparty!=", "--limit", "1"]), "counterparty").remove(0);
    let found = list(&desk, "entries", &["--search", &name]);
    assert!(column(&found, "counterparty").contains(&name), "{name}");
}

#[test]
fn rows_are_printed_as_csv_with_the_columns_asked_for() {
    let desk = book();
    let told = desk
        .tieout(["workbook", "list", "lines", BOOK, "--csv", "--columns", "date,amount,text", "--sort", "date"])
        .with_code(0);
    let mut lines = told.stdout.lines();
    assert_eq!(lines.next(), Some("date,amount,text"));
    assert_eq!(lines.count(), 227);
    let shown = desk.tieout(["workbook", "list", "matches", BOOK, "--limit", "3"]).with_code(0);
    assert!(shown.stdout.contains("1 to 3 of "), "{}", shown.stdout);
}

#[test]
fn what_cannot_be_asked_is_refused_in_one_sentence() {
    let desk = book();
    for (condition, sentence) in [
        ("colour=red", "'colour' is no column of lines: take one of date,"),
        ("amount>=much", "'much' for amount is no amount such as 1250 or -99.50"),
        ("state=open", "'open' is none of the words of state: take unmatched,"),
        ("state", "'state' is no condition such as state=unmatched or amount>=100"),
    ] {
        let refused = desk.tieout(["workbook", "list", "lines", BOOK, "--where", condition]).with_code(4);
        assert!(refused.stderr.contains(sentence), "{condition}: {}", refused.stderr);
    }
}
