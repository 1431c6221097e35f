//! `tieout categorise`, `tieout workbook categorise` and `tieout workbook categories`.

use std::fs;

use tieout_tests::sample;

use crate::command::{Desk, text};

const BOOK: &str = "joinery.tieout";

const STATEMENT: &str = "date,description,counterparty,amount,currency\n\
                         2026-01-05,Card payment,SHELL 0231 LONDON,-50.00,EUR\n\
                         2026-01-06,Lidl Berlin,,-12.50,EUR\n\
                         2026-01-07,Rent January,Groth,-900.00,EUR\n\
                         2026-01-08,Card payment,SHELL RECHARGE 7,-20.00,EUR\n";

const PATTERNS: &str = "pattern,category\nShell,Fuel\nShell Recharge,Charging\nLIDL,Groceries\n";

/// A folder with a statement and patterns.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("bank.csv", STATEMENT);
    desk.write("patterns.csv", PATTERNS);
    desk
}

/// A workbook that holds them.
fn book() -> Desk {
    let desk = desk();
    desk.tieout(["workbook", "new", BOOK, "--company", "Lindqvist", "--user", "Ada", "--single-user"]).with_code(0);
    desk.tieout(["workbook", "import", BOOK, "--statement", "bank.csv"]).with_code(0);
    desk.tieout(["workbook", "categories", BOOK, "import", "patterns.csv"]).with_code(0);
    desk
}

/// The last three columns of each line: category, pattern, status.
fn ends(list: &str) -> Vec<String> {
    list.lines().skip(1).map(|line| line.rsplitn(4, ',').take(3).collect::<Vec<_>>().join(" ")).collect()
}

const EXPECTED: [&str; 4] =
    ["completed Shell Fuel", "completed LIDL Groceries", "completed  ", "completed Shell Recharge Charging"];

#[test]
fn each_line_of_a_file_gets_its_category_without_a_workbook() {
    let desk = desk();
    let command = ["categorise", "--statement", "bank.csv", "--patterns", "patterns.csv", "--out"];
    let listed = desk.tieout(command.iter().copied().chain(["-"])).with_code(0);
    assert_eq!(ends(&listed.stdout), EXPECTED);
    assert!(listed.stderr.contains("3 with a category, 1 without"), "{}", listed.stderr);

    let told = desk.tieout(command.iter().copied().chain(["categories.csv", "--json"])).with_code(0).json();
    assert_eq!((&told["statement_lines"], &told["categorised"]), (&4.into(), &3.into()));
    assert_eq!((&told["patterns"], &told["categories"]), (&3.into(), &3.into()));
    assert_eq!(fs::read_to_string(desk.path("categories.csv")).expect("the list"), listed.stdout);
    let first = listed.stdout.lines().nth(1).expect("a line");
    assert!(first.starts_with("bank.csv,1,,2026-01-05,-50.00,EUR,SHELL 0231 LONDON,Card payment,,"), "{first}");
}

#[test]
fn patterns_that_are_of_no_use_are_named_with_their_row_and_nothing_is_written() {
    let desk = desk();
    let two = text(&desk.write("two.csv", "pattern,category\nShell,Fuel\nSHELL,Food\n"));
    let command = ["categorise", "--statement", "bank.csv", "--patterns", &two, "--out", "out.csv"];
    let refused = desk.tieout(command).with_code(4).stderr;
    assert!(
        refused.contains("two.csv: row 2: the pattern 'SHELL' is for 'Food', and in row 1 for 'Fuel'"),
        "{refused}"
    );
    assert!(!desk.path("out.csv").exists());
    let help = desk.tieout(["categorise", "--help"]).with_code(0).stdout;
    assert!(help.contains("Example:\n  tieout categorise --statement"), "{help}");
}

#[test]
fn a_workbook_keeps_patterns_and_sweeps_what_is_pending() {
    let desk = book();
    let swept = desk.tieout(["workbook", "categorise", BOOK, "--out", "list.csv", "--json"]).with_code(0).json();
    assert_eq!((&swept["lines"], &swept["categorised"], &swept["listed"]), (&4.into(), &3.into(), &4.into()));
    let list = fs::read_to_string(desk.path("list.csv")).expect("the list");
    assert_eq!(ends(&list), EXPECTED);
    let again = desk.tieout(["workbook", "categorise", BOOK]).with_code(0).stdout;
    assert_eq!(again.trim(), "nothing was pending");

    // A pattern takes effect with the next sweep, on what had no category.
    desk.tieout(["workbook", "categories", BOOK, "add", "Rent"]).with_code(0);
    desk.tieout(["workbook", "categories", BOOK, "add-pattern", "rent", "--category", "RENT"]).with_code(0);
    let swept = desk.tieout(["workbook", "categorise", BOOK, "--json"]).with_code(0).json();
    assert_eq!((&swept["lines"], &swept["categorised"]), (&1.into(), &1.into()));
    desk.tieout(["verify", BOOK]).with_code(0);
}

#[test]
fn a_list_that_cannot_be_written_is_refused_before_the_sweep() {
    let desk = book();
    fs::write(desk.path("list.csv"), "somebody's").expect("the other list");
    let sweep = ["workbook", "categorise", BOOK, "--out", "list.csv", "--json"];
    let refused = desk.tieout(sweep).with_code(4).stderr;
    assert!(refused.contains("there is already a file at list.csv"), "{refused}");
    let swept = desk.tieout([&sweep[..], &["--force"]].concat()).with_code(0).json();
    assert_eq!(swept["lines"], 4, "all of them were pending still");
}

#[test]
fn categories_are_changed_and_a_choice_by_hand_stays() {
    let desk = book();
    desk.tieout(["workbook", "categorise", BOOK, "--out", "list.csv"]).with_code(0);
    let list = fs::read_to_string(desk.path("list.csv")).expect("the list");
    let id = list.lines().nth(1).and_then(|line| line.split(',').nth(2)).expect("its id").to_owned();
    let change = |arguments: &[&str]| desk.tieout([&["workbook", "categories", BOOK], arguments].concat());
    change(&["set", "--line", &id, "--category", "Groceries"]).with_code(0);
    change(&["rename", "Groceries", "Food"]).with_code(0);
    change(&["change-pattern", "shell recharge", "--category", "Fuel"]).with_code(0);
    let again = ["workbook", "categorise", BOOK, "--again", "--out", "list.csv"];
    let refused = desk.tieout(again).with_code(4).stderr;
    assert!(refused.contains("there is already a file at list.csv"), "{refused}");
    desk.tieout([&again[..], &["--force"]].concat()).with_code(0);
    let list = fs::read_to_string(desk.path("list.csv")).expect("the list");
    assert_eq!(ends(&list)[0], "completed  Food");
    assert_eq!(ends(&list)[3], "completed Shell Recharge Fuel");

    let refused = change(&["remove", "Food"]).with_code(4).stderr;
    assert!(refused.contains("1 lines were put into 'Food' by hand"), "{refused}");
    change(&["set", "--line", &id, "--leave-to-patterns"]).with_code(0);
    let left = change(&["remove", "Food", "--json"]).with_code(0).json();
    assert_eq!(left["lines"]["pending"], 2);
    let refused = change(&["add-pattern", "SHELL", "--category", "Charging"]).with_code(4).stderr;
    assert!(refused.contains("the pattern 'SHELL' stands for 'Fuel' already"), "{refused}");
    let refused = change(&["remove-pattern", "Aral"]).with_code(4).stderr;
    assert!(refused.contains("there is no pattern 'Aral'"), "{refused}");
    change(&["set", "--line", &id]).with_code(2);
    desk.tieout(["verify", BOOK]).with_code(0);
}

#[test]
fn the_sample_patterns_know_the_sample_year() {
    let desk = Desk::new();
    let (statement, patterns) = (text(&sample("bank/statement-2025.csv")), text(&sample("categories/patterns.csv")));
    let command = ["categorise", "--statement", &statement, "--patterns", &patterns, "--out", "out.csv", "--json"];
    let told = desk.tieout(command).with_code(0).json();
    assert_eq!((&told["categorised"], &told["uncategorised"]), (&222.into(), &5.into()));
}

#[test]
fn statements_of_other_formats_are_categorised_as_well() {
    let desk = desk();
    let file = text(&sample("formats/statement-camt053.xml"));
    let listed =
        desk.tieout(["categorise", "--statement", &file, "--patterns", "patterns.csv", "--out", "-"]).with_code(0);
    assert!(listed.stdout.lines().count() > 2, "{}", listed.stdout);
}

#[test]
fn rules_of_the_matching_settings_go_before_patterns() {
    let desk = book();
    desk.write(
        "rules.toml",
        "[[rule]]\nname = \"Small\"\nwhen = [{ field = \"line.amount\", from = \"-30\" }]\n\
         then = \"categorise\"\ncategory = \"Petty cash\"\n",
    );
    desk.tieout(["workbook", "config", BOOK, "--set", "rules.toml"]).with_code(0);
    desk.tieout(["workbook", "categorise", BOOK, "--out", "list.csv"]).with_code(0);
    let list = fs::read_to_string(desk.path("list.csv")).expect("the list");
    let small = "completed  Petty cash";
    assert_eq!(ends(&list), ["completed Shell Fuel", small, "completed  ", small]);
    let listed = desk.tieout(["workbook", "categories", BOOK]).with_code(0).stdout;
    assert!(listed.contains("Petty cash: 2 lines, 0 patterns"), "{listed}");
    desk.tieout(["verify", BOOK]).with_code(0);
}

#[test]
fn patterns_are_written_out_and_a_text_is_tried() {
    let desk = book();
    let told = desk.tieout(["workbook", "categories", BOOK, "export", "out.csv"]).with_code(0).stdout;
    assert_eq!(told.trim(), "3 patterns written");
    let written = fs::read_to_string(desk.path("out.csv")).expect("the patterns");
    assert_eq!(written.lines().count(), 4);
    let again = desk.tieout(["workbook", "categories", BOOK, "import", "out.csv", "--json"]).with_code(0).json();
    assert_eq!((&again["patterns_added"], &again["patterns_known"]), (&0.into(), &3.into()));

    let tried = desk.tieout(["workbook", "categories", BOOK, "try", "SHELL RECHARGE 0231"]).with_code(0).stdout;
    assert!(tried.starts_with("Charging, by the pattern \"Shell Recharge\""), "{tried}");
    assert!(tried.contains("Shell (Fuel): stands in the text, 5 letters"), "{tried}");
    let tried = desk.tieout(["workbook", "categories", BOOK, "try", "nobody", "--json"]).with_code(0).json();
    assert_eq!((&tried["rule"], &tried["fittingTotal"]), (&serde_json::Value::Null, &0.into()));
    desk.tieout(["workbook", "categorise", BOOK, "--retry-failed"]).with_code(0);
    desk.tieout(["workbook", "categorise", BOOK, "--retry-failed", "--again"]).with_code(2);
}
