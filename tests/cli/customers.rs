//! `tieout workbook customers …`: from a customer's code to the credits that deposits bring.

use serde_json::Value;

use crate::command::{Answer, Desk, text};

const BOOK: &str = "arcade.tieout";

/// A workbook in rand, where a person decides on every match.
fn new_book(desk: &Desk) {
    let company = ["--company", "Protea Arcade", "--user", "Ada Byron", "--single-user", "--currency", "ZAR"];
    desk.tieout(["workbook", "new", BOOK].into_iter().chain(company)).with_code(0);
    let strict = text(&desk.write("strict.toml", "[auto_approve]\nconfidence = 1\nimpact = \"0\"\n"));
    desk.tieout(["workbook", "config", BOOK, "--set", &strict]).with_code(0);
}

fn customers(desk: &Desk, arguments: &[&str]) -> Answer {
    let (command, rest) = arguments.split_first().expect("a command");
    desk.tieout(["workbook", "customers", command, BOOK].into_iter().chain(rest.iter().copied()))
}

fn new_customer(desk: &Desk, name: &str) -> String {
    let made = customers(desk, &["new", "--name", name, "--json"]).with_code(0).json();
    assert_eq!(made["name"], name);
    made["code"].as_str().expect("a code").to_owned()
}

fn bank(desk: &Desk, rows: &str) {
    let file = text(&desk.write("bank.csv", format!("date,description,amount,currency\n{rows}")));
    desk.tieout(["workbook", "import", BOOK, "--statement", &file, "--account", "Current"]).with_code(0);
    desk.tieout(["workbook", "match", BOOK]).with_code(0);
}

fn approve_all(desk: &Desk) {
    desk.tieout(["workbook", "review", BOOK, "--approve-above", "50"]).with_code(0);
}

/// Balance, credits, and what counts towards the next.
fn held(desk: &Desk, code: &str) -> (String, i64, String) {
    let shown = customers(desk, &["show", code, "--json"]).with_code(0).json();
    let balance = &shown["balances"][0];
    let value = |amount: &Value| amount["value"].as_str().unwrap_or("none").to_owned();
    (value(&balance["balance"]), balance["credits"].as_i64().expect("credits"), value(&balance["remainder"]))
}

fn rand(balance: &str, credits: i64, remainder: &str) -> (String, i64, String) {
    (balance.to_owned(), credits, remainder.to_owned())
}

#[test]
fn deposits_by_code_bring_credits_once_and_a_reversal_takes_them_back() {
    let desk = Desk::new();
    new_book(&desk);
    let (thandi, sipho) = (new_customer(&desk, "Thandi Nkosi"), new_customer(&desk, "Sipho Dube"));
    assert_ne!(thandi, sipho);
    assert!(thandi.len() == 11 && thandi.starts_with("CUS"), "{thandi}");
    let set = customers(&desk, &["credit-rate", "--set", "50"]).with_code(0).stdout;
    assert!(set.contains("50.00 ZAR are a credit from now on"), "{set}");

    let rows = format!(
        "2026-01-05,Deposit {thandi},120.00,ZAR\n2026-01-06,EFT credit {thandi},40.00,ZAR\n\
         2026-01-07,Cash deposit branch 7,75.00,ZAR\n2026-01-08,Deposit CUS99999999,10.00,ZAR\n"
    );
    bank(&desk, &rows);
    let waiting = customers(&desk, &["waiting", "--json"]).with_code(0).json();
    let because: Vec<_> = waiting["deposits"].as_array().expect("deposits").iter().map(|row| &row["because"]).collect();
    assert_eq!(because, ["proposed", "no_code", "proposed", "no_such_customer"], "{waiting}");
    approve_all(&desk);
    assert_eq!(held(&desk, &thandi), rand("160.00", 3, "10.00"));
    // The same file and the same run again change nothing.
    bank(&desk, &rows);
    approve_all(&desk);
    assert_eq!(held(&desk, &thandi), rand("160.00", 3, "10.00"));
    let waiting = customers(&desk, &["waiting"]).with_code(0).stdout;
    assert!(
        waiting.starts_with("deposits that wait for review: 2") && waiting.contains("which no customer has"),
        "{waiting}"
    );

    bank(&desk, &format!("2026-01-12,Returned unpaid {thandi},-120.00,ZAR\n"));
    approve_all(&desk);
    assert_eq!(held(&desk, &thandi), rand("40.00", 0, "40.00"));
    desk.tieout(["workbook", "review", BOOK, "--undo"]).with_code(0);
    assert_eq!(held(&desk, &thandi), rand("160.00", 3, "10.00"));
    let shown = customers(&desk, &["show", &thandi]).with_code(0).stdout;
    assert!(shown.contains("3 credits and 10.00 ZAR towards the next, at 50.00 ZAR a credit"), "{shown}");
    assert!(shown.contains("reversal") && shown.contains("undone") && shown.contains("Returned unpaid"), "{shown}");

    let listed = customers(&desk, &["list", "--json"]).with_code(0).json();
    assert_eq!((&listed["total"], listed["customers"].as_array().map(Vec::len)), (&2.into(), Some(2)));
    let listed = customers(&desk, &["list"]).with_code(0).stdout;
    assert!(listed.contains(&format!("{sipho}  Sipho Dube  nothing deposited yet")), "{listed}");
    desk.tieout(["verify", BOOK]).with_code(0);
}

#[test]
fn a_new_rate_is_for_later_deposits_and_says_so() {
    let desk = Desk::new();
    new_book(&desk);
    let thandi = new_customer(&desk, "Thandi Nkosi");
    let none = customers(&desk, &["credit-rate"]).with_code(0).stdout;
    assert!(none.contains("no rate is set"), "{none}");
    bank(&desk, &format!("2026-01-05,Deposit {thandi},120.00,ZAR\n"));
    approve_all(&desk);
    let shown = customers(&desk, &["show", &thandi]).with_code(0).stdout;
    assert!(shown.contains("120.00 ZAR: no credits, since none has a price"), "{shown}");
    let first = customers(&desk, &["credit-rate", "--set", "50"]).with_code(0).stdout;
    assert!(first.contains("for what was deposited before (accounts counted: 1)"), "{first}");
    assert_eq!(held(&desk, &thandi), rand("120.00", 2, "20.00"));
    let later = customers(&desk, &["credit-rate", "--set", "100.00", "--currency", "ZAR"]).with_code(0).stdout;
    assert!(later.contains("what was deposited before stays at 50.00 ZAR"), "{later}");
    let again = customers(&desk, &["credit-rate", "--set", "100"]).with_code(0).stdout;
    assert!(again.contains("nothing changed"), "{again}");
    bank(&desk, &format!("2026-01-09,Deposit {thandi},60.00,ZAR\n"));
    approve_all(&desk);
    // 2.4 credits, and 0.6 of one at the new rate.
    assert_eq!(held(&desk, &thandi), rand("180.00", 3, "0.00"));
    let rates = customers(&desk, &["credit-rate", "--json"]).with_code(0).json();
    let costs: Vec<_> =
        rates["rates"].as_array().expect("rates").iter().map(|rate| &rate["perCredit"]["value"]).collect();
    assert_eq!(costs, ["100.00", "50.00"]);
    desk.tieout(["verify", BOOK]).with_code(0);
}

#[test]
fn customers_of_a_file_are_known_by_their_codes() {
    let desk = Desk::new();
    new_book(&desk);
    let ledger = text(&desk.write(
        "customers.csv",
        "ledger_id,doc_no,date,due_date,customer,customer_code,amount,currency,memo\n\
         L1,WAL-1,2025-12-01,,Nandi Steyn,CUS76077489,,ZAR,\nL2,WAL-2,2025-12-01,,Tebogo Mokoena,cus76077490,,ZAR,\n",
    ));
    desk.tieout(["workbook", "import", BOOK, "--ledger", &ledger]).with_code(0);
    customers(&desk, &["credit-rate", "--set", "50"]).with_code(0);
    bank(&desk, "2026-01-05,Deposit CUS76077489,50.00,ZAR\n2026-01-05,Deposit CUS76077490,99.99,ZAR\n");
    approve_all(&desk);
    assert_eq!(held(&desk, "CUS76077489"), rand("50.00", 1, "0.00"));
    assert_eq!(held(&desk, "cus 7607 7490"), rand("99.99", 1, "49.99"));
    let taken = customers(&desk, &["new", "--name", "Somebody Else", "--code", "CUS76077489"]).with_code(4).stderr;
    assert!(taken.contains("CUS76077489 is taken already"), "{taken}");
    desk.tieout(["verify", BOOK]).with_code(0);
}

#[test]
fn what_cannot_be_is_refused_in_words() {
    let desk = Desk::new();
    new_book(&desk);
    let refusals: [(&[&str], &str); 8] = [
        (&["show", "CUS123"], "'CUS123' is no customer code: that is CUS and 8 digits"),
        (&["show", "CUS00000009"], "there is no customer CUS00000009"),
        (&["new", "--name", " "], "a customer needs a name"),
        (&["new", "--name", "A", "--code", "K77"], "'K77' is no customer code"),
        (&["new", "--name", "A", "--currency", "RAND"], "RAND"),
        (&["credit-rate", "--set", "0"], "a credit costs more than nothing"),
        (&["credit-rate", "--set", "-5"], "a credit costs more than nothing"),
        (&["credit-rate", "--set", "0.001"], "has more decimals than ZAR has"),
    ];
    for (arguments, words) in refusals {
        let told = customers(&desk, arguments).with_code(4).stderr;
        assert!(told.contains(words), "{arguments:?}: {told}");
    }
    let told = customers(&desk, &["credit-rate", "--set", "fifty"]).with_code(4).stderr;
    assert!(told.contains("'fifty' is no number"), "{told}");
    assert_eq!(customers(&desk, &["list", "--json"]).with_code(0).json()["total"], 0);
}

#[test]
fn a_person_puts_accounts_right_and_takes_that_back() {
    let desk = Desk::new();
    new_book(&desk);
    let (thandi, sipho) = (new_customer(&desk, "Thandi Nkosi"), new_customer(&desk, "Sipho Dube"));
    customers(&desk, &["credit-rate", "--set", "50"]).with_code(0);
    bank(&desk, "2026-01-07,Cash deposit branch 7,75.00,ZAR\n");
    let waiting = customers(&desk, &["waiting", "--json"]).with_code(0).json();
    let line = waiting["deposits"][0]["lineId"].as_str().expect("a line").to_owned();
    let told = customers(&desk, &["allocate", &thandi, "--line", &line, "--reason", "she called"]).with_code(0).stdout;
    assert!(told.contains("75.00 ZAR: 1 credit and 25.00 ZAR towards the next"), "{told}");
    assert_eq!(customers(&desk, &["waiting", "--json"]).with_code(0).json()["total"], 0);
    let refused = customers(&desk, &["allocate", &sipho, "--line", &line]).with_code(4).stderr;
    assert!(refused.contains("nothing is open of this deposit: undo the match that uses it first"), "{refused}");

    let adjust = ["adjust", &thandi, "--amount", "-30.50", "--reason", "paid out in cash"];
    customers(&desk, &adjust).with_code(0);
    assert_eq!(held(&desk, &thandi), rand("44.50", 0, "44.50"));
    let refused = customers(&desk, &["take-back", &thandi, "--number", "2"]).with_code(4).stderr;
    assert!(refused.contains("an adjustment needs a reason"), "{refused}");
    customers(&desk, &["take-back", &thandi, "--number", "2", "--reason", "wrong"]).with_code(0);
    customers(&desk, &["take-back", &thandi, "--number", "1"]).with_code(0);
    assert_eq!(held(&desk, &thandi), rand("0.00", 0, "0.00"));
    customers(&desk, &["allocate", &sipho, "--line", &line]).with_code(0);
    assert_eq!(held(&desk, &sipho), rand("75.00", 1, "25.00"));
    let shown = customers(&desk, &["show", &thandi, "--json"]).with_code(0).json();
    let kinds: Vec<_> = shown["transactions"].as_array().expect("rows").iter().map(|row| &row["kind"]).collect();
    assert_eq!(kinds, ["undone", "undone", "adjustment", "deposit"]);
    assert_eq!(shown["transactions"][2]["takenBack"], true);
    let found = customers(&desk, &["list", "--search", "sipho", "--json"]).with_code(0).json();
    assert_eq!((&found["total"], &found["customers"][0]["name"]), (&1.into(), &"Sipho Dube".into()));
    desk.tieout(["verify", BOOK]).with_code(0);
}

#[test]
fn every_command_has_an_example() {
    let desk = Desk::new();
    for command in ["list", "new", "show", "waiting", "credit-rate", "adjust", "allocate", "take-back"] {
        let help = desk.tieout(["workbook", "customers", command, "--help"]).with_code(0).stdout;
        assert!(help.contains(&format!("tieout workbook customers {command} joinery.tieout")), "{help}");
    }
}
