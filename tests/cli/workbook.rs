//! `tieout workbook …`: the desktop's use cases for scripts.

use std::fs;

use tieout_tests::{PdfsigReport, pdf_text, sample};

use crate::command::{Answer, Desk, text};

const BOOK: &str = "joinery.tieout";

fn new_book(desk: &Desk) -> Answer {
    desk.tieout(["workbook", "new", BOOK, "--company", "Lindqvist & Amara", "--user", "Ada Byron", "--single-user"])
        .with_code(0)
}

fn import_year(desk: &Desk) -> Answer {
    let (statement, ledger) = (sample("bank/statement-2025.csv"), sample("bank/ledger-2025.csv"));
    desk.tieout(["workbook", "import", BOOK, "--statement", &text(&statement), "--ledger", &text(&ledger), "--json"])
}

#[test]
fn the_main_job_from_a_new_workbook_to_a_signed_report() {
    let desk = Desk::new();
    new_book(&desk);
    let taken = import_year(&desk).with_code(0).json();
    assert_eq!((&taken[0]["added"], &taken[1]["added"]), (&227.into(), &236.into()));

    let run = desk.tieout(["workbook", "match", BOOK, "--json"]).with_code(0).json();
    assert!(run["approved"].as_u64().unwrap() > 150, "{run}");
    let queue = desk.tieout(["workbook", "review", BOOK, "--json"]).with_code(0).json();
    let proposal = queue["rows"].as_array().unwrap().iter().find(|row| row["state"] == "suggested");
    let proposal = proposal.expect("something to review")["id"].as_str().unwrap().to_owned();
    let before = queue["counts"]["approved"].as_u64().unwrap();

    let approved = desk.tieout(["workbook", "review", BOOK, "--approve", &proposal, "--json"]).with_code(0).json();
    assert_eq!(approved["counts"]["approved"], before + 1);
    let undone = desk.tieout(["workbook", "review", BOOK, "--undo", "--json"]).with_code(0).json();
    assert_eq!(undone["counts"]["approved"], before);

    let exported = desk.tieout(["workbook", "export", BOOK, "--out", "result", "--json"]).with_code(0).json();
    let report = desk.path("result/report.pdf");
    assert_eq!(exported["report"], text(&report));
    let checked = PdfsigReport::of(&report);
    assert!(checked.is_valid_and_whole(), "{}", checked.0);
    desk.tieout(["verify", "result"]).with_code(0);
    desk.tieout(["verify", BOOK]).with_code(0);

    // The decision and that it was taken back, what is outstanding as proved, and how good the files were.
    let told = pdf_text(&report);
    for words in
        ["approved by people: 1, taken back: 1", "Ada Byron", "agrees with the proof", "Every row of these files"]
    {
        assert!(told.contains(words), "{words}\n{told}");
    }
    assert!(!told.contains("does NOT"), "{told}");
    let host = std::fs::read_to_string("/etc/hostname").unwrap_or_default();
    assert!(told.contains("Machine") && told.contains(host.trim()), "who did it on which machine\n{told}");
    let filed = ["workbook", "export", BOOK, "--out", "filed", "--parts", "statement", "--paper", "letter"];
    desk.tieout(filed).with_code(0);
    desk.tieout(["verify", "filed"]).with_code(0);
    let (full, filed) = (told, pdf_text(&desk.path("filed/report.pdf")));
    assert!(
        filed.trim_start().starts_with("Reconciliation statement") && !filed.contains("Decisions and overrides"),
        "{filed}"
    );
    assert!(filed.len() < full.len() / 2, "no matches are listed");
}

#[test]
fn a_file_taken_in_twice_adds_nothing_and_says_so() {
    let desk = Desk::new();
    new_book(&desk);
    import_year(&desk).with_code(0);
    let again = import_year(&desk).with_code(0).json();
    assert_eq!((&again[0]["added"], &again[0]["imported_before"]), (&0.into(), &true.into()));

    let overlap = text(&sample("bank/statement-2026-01.csv"));
    let taken = desk.tieout(["workbook", "import", BOOK, "--statement", &overlap, "--json"]).with_code(0).json();
    assert_eq!((&taken[0]["added"], &taken[0]["duplicates"]), (&15.into(), &7.into()));
}

#[test]
fn a_wrong_passphrase_a_damaged_file_and_a_stranger_are_told_apart() {
    let desk = Desk::new();
    new_book(&desk);
    let wrong = desk.tieout_as("not the passphrase", ["workbook", "review", BOOK]).with_code(4);
    assert!(wrong.stderr.contains("passphrase is wrong"), "{}", wrong.stderr);

    let stranger = desk.write("letter.tieout", "Dear Sir or Madam, ".repeat(1_000));
    let answer = desk.tieout(["workbook", "review", &text(&stranger)]).with_code(4);
    assert!(!answer.stderr.is_empty());

    let mut bytes = fs::read(desk.path(BOOK)).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 64].fill(0x5a);
    let damaged = desk.write("damaged.tieout", bytes);
    let answer = desk.tieout(["verify", &text(&damaged)]);
    assert!(answer.code == 1 || answer.code == 4, "{}", answer.code);
    assert!(format!("{}{}", answer.stdout, answer.stderr).contains("damaged"), "{} {}", answer.stdout, answer.stderr);
}

#[test]
fn a_workbook_is_never_overwritten() {
    let desk = Desk::new();
    new_book(&desk);
    let again = desk.tieout(["workbook", "new", BOOK, "--company", "Another", "--user", "Eve"]).with_code(4);
    assert!(again.stderr.contains("already"), "{}", again.stderr);
    desk.tieout(["workbook", "review", BOOK]).with_code(0);
}

#[test]
fn rows_that_cannot_be_read_are_only_left_out_when_the_user_says_so() {
    let desk = Desk::new();
    new_book(&desk);
    let file = text(
        &desk.write("bank.csv", "date,description,amount,currency\n2025-03-01,a,1.00,EUR\n31.31.2025,b,2.00,EUR\n"),
    );
    let refused = desk.tieout(["workbook", "import", BOOK, "--statement", &file]).with_code(4);
    assert!(refused.stderr.contains("31.31.2025"), "{}", refused.stderr);
    let taken =
        desk.tieout(["workbook", "import", BOOK, "--statement", &file, "--leave-out-rejected", "--json"]).with_code(3);
    assert_eq!((&taken.json()[0]["added"], &taken.json()[0]["rejected"]), (&1.into(), &1.into()));
}

/// The sample year, matched, with one proposal rejected and one approved.
fn decided_book(desk: &Desk) -> String {
    new_book(desk);
    import_year(desk).with_code(0);
    desk.tieout(["workbook", "match", BOOK]).with_code(0);
    let queue = desk.tieout(["workbook", "review", BOOK, "--json"]).with_code(0).json();
    let rows = queue["rows"].as_array().expect("rows");
    let proposal = rows.iter().find(|row| row["state"] == "suggested").expect("something to review");
    let id = proposal["id"].as_str().expect("its id").to_owned();
    desk.tieout(["workbook", "review", BOOK, "--reject", &id]).with_code(0);
    id
}

#[test]
fn rules_are_tried_on_past_decisions_before_they_are_switched_on() {
    let desk = Desk::new();
    let rejected = decided_book(&desk);
    let off = |name: &str, when: &str, then: &str| {
        format!("[[rule]]\nname = \"{name}\"\nenabled = false\nwhen = [{when}]\nthen = \"{then}\"\n")
    };
    let anything = r#"{ field = "line.text", regex = "." }"#;
    let number = r#"{ field = "line.text", holds = "entry.number" }, { amounts = "equal" }"#;
    let rules = [
        off("Nothing ever", anything, "bar"),
        off("Same amount", r#"{ amounts = "equal" }"#, "match"),
        off("Quoted number, same amount", number, "match").replace("enabled = false\n", ""),
        off("Comes too late", anything, "bar"),
        off("Of no use", r#"{ field = "line.text", equals = "no line says so" }"#, "bar"),
    ];
    let file = text(&desk.write("rules.toml", rules.concat()));
    let tried = desk.tieout(["workbook", "try-rules", BOOK, "--config", &file, "--json"]).with_code(0).json();
    let approved = tried["approved"].as_u64().unwrap();
    assert_eq!((approved > 150, &tried["rejected"], &tried["leftOut"]), (true, &1.into(), &0.into()));

    let [nothing, same, number, late, no_use] = [0, 1, 2, 3, 4].map(|at| &tried["rules"][at]);
    assert!(number["agreements"].as_u64().unwrap() > 50, "{number}");
    // The second payment of an invoice quotes its number too, and was paid back.
    assert_eq!((&number["findings"][0]["outcome"], &number["contradictions"]), (&"matched_approved".into(), &1.into()));
    assert_eq!(number["findings"][0]["examples"].as_array().unwrap().len(), 20);
    // A bar is one between a line and an entry, and the payment that was paid back has none.
    let with_entry = approved - 1;
    assert_eq!((&nothing["agreements"], &nothing["contradictions"]), (&1.into(), &with_entry.into()));
    assert_eq!(nothing["findings"][0]["examples"][0]["matchId"], *rejected);
    // Equal amounts alone would mix customers up, which a look at the approved pairs themselves does not show.
    let otherwise =
        same["findings"].as_array().unwrap().iter().find(|finding| finding["outcome"] == "matched_otherwise");
    assert!(otherwise.is_some_and(|finding| finding["agrees"] == false), "{same}");
    // What is approved is either matched by the enabled rule above, or would be barred.
    let figure = |rule: &serde_json::Value, name: &str| rule[name].as_u64().unwrap();
    assert_eq!(figure(late, "forestalled"), figure(number, "agreements"));
    assert_eq!(figure(late, "contradictions"), with_entry - figure(number, "agreements"));
    assert_eq!(no_use["findings"].as_array().unwrap().len(), 0);

    let told = desk.tieout(["workbook", "try-rules", BOOK, "--config", &file]).with_code(0).stdout;
    assert!(told.contains("Nothing ever (off): agrees with 1, contradicts"), "{told}");
    assert!(told.contains("Of no use (off): agrees with 0, contradicts 0\n  applies to no past decision"), "{told}");
    desk.tieout(["verify", BOOK]).with_code(0);
}

#[test]
fn the_configuration_kept_in_the_workbook_is_what_runs_are_told() {
    let desk = Desk::new();
    new_book(&desk);
    import_year(&desk).with_code(0);
    let before = desk.tieout(["workbook", "config", BOOK]).with_code(0).stdout;
    assert!(before.contains("profile = \"bank\"") && !before.contains("[[rule]]"), "{before}");
    let wrong = text(&desk.write("wrong.toml", "[[rule]]\nname = \"Fees\"\nthen = \"bar\"\n"));
    let refused = desk.tieout(["workbook", "config", BOOK, "--set", &wrong]).with_code(4);
    assert!(refused.stderr.contains("rule \"Fees\": a rule without conditions"), "{}", refused.stderr);

    let strict = text(&desk.write("strict.toml", "[auto_approve]\nconfidence = 1\nimpact = \"0\"\n"));
    desk.tieout(["workbook", "config", BOOK, "--set", &strict]).with_code(0);
    let kept = desk.tieout(["workbook", "config", BOOK, "--json"]).with_code(0).json();
    assert_eq!((&kept["confidence"], &kept["impact"]), (&"1".into(), &"0".into()));
    let run = desk.tieout(["workbook", "match", BOOK, "--json"]).with_code(0).json();
    assert!(run["approved"].as_u64().unwrap() < 10, "{run}");

    let written = text(&desk.write("again.toml", desk.tieout(["workbook", "config", BOOK]).with_code(0).stdout));
    desk.tieout(["workbook", "config", BOOK, "--set", &written]).with_code(0);
    desk.tieout(["verify", BOOK]).with_code(0);
}

/// A book with a payment of 998.00 euro for an invoice of 1,085.00 dollars, and a configuration that names rates.
fn book_in_two_currencies(desk: &Desk) -> String {
    new_book(desk);
    let statement = "date,description,counterparty,amount,currency\n\
                     2026-01-20,Payment INV-20417,Harrow & Pike Inc,998.00,EUR\n";
    let ledger = "number,date,customer,amount,currency\nINV-20417,2026-01-05,Harrow & Pike Inc,1085.00,USD\n";
    let (statement, ledger) = (text(&desk.write("bank.csv", statement)), text(&desk.write("books.csv", ledger)));
    desk.tieout(["workbook", "import", BOOK, "--statement", &statement, "--ledger", &ledger]).with_code(0);
    text(&desk.write("fx.toml", "[auto_approve]\nconfidence = 1\n[currency]\nrates = \"fx_rates.csv\"\n"))
}

#[test]
fn a_payment_in_euro_for_an_invoice_in_dollars_is_proposed_approved_and_undone() {
    let desk = Desk::new();
    let config = book_in_two_currencies(&desk);
    let rates = desk.write("fx_rates.csv", "date,base,quote,rate\n2026-01-19,EUR,USD,1.0850\n");
    let kept = desk.tieout(["workbook", "config", BOOK, "--set", &config]).with_code(0);
    assert!(kept.stderr.contains("1 exchange rates, 2026-01-19 to 2026-01-19, are kept"), "{}", kept.stderr);
    fs::remove_file(rates).expect("its removal");

    desk.tieout(["workbook", "match", BOOK]).with_code(0);
    let queue = desk.tieout(["workbook", "review", BOOK, "--json"]).with_code(0).json();
    let row = &queue["rows"][0];
    assert_eq!((&row["state"], &row["cause"]), (&"suggested".into(), &"fx_rounding".into()), "{queue}");
    assert_eq!((&row["amount"]["value"], &row["amount"]["currency"]), (&"998.00".into(), &"EUR".into()));
    assert_eq!((&row["difference"]["value"], &row["difference"]["currency"]), (&"-2.00".into(), &"EUR".into()));
    let shown = desk.tieout(["workbook", "review", BOOK]).with_code(0).stdout;
    assert!(shown.contains("998.00 EUR") && shown.contains("Harrow & Pike Inc"), "{shown}");

    let id = row["id"].as_str().expect("its id").to_owned();
    let approved = desk.tieout(["workbook", "review", BOOK, "--approve", &id, "--json"]).with_code(0).json();
    assert_eq!((&approved["counts"]["toReview"], &approved["counts"]["approved"]), (&0.into(), &1.into()));
    desk.tieout(["workbook", "export", BOOK, "--out", "result"]).with_code(0);
    assert!(pdf_text(&desk.path("result/report.pdf")).contains("settles 1,085.00 USD"));
    let undone = desk.tieout(["workbook", "review", BOOK, "--undo", "--json"]).with_code(0).json();
    assert_eq!((&undone["rows"][0]["id"], &undone["counts"]["approved"]), (&id.into(), &0.into()));
    desk.tieout(["verify", BOOK]).with_code(0);
}

#[test]
fn rates_that_are_not_there_are_named_with_their_key_and_what_to_do() {
    let desk = Desk::new();
    let config = book_in_two_currencies(&desk);
    let file = text(&desk.path("fx_rates.csv"));
    let commands: [&[&str]; 3] = [
        &["workbook", "config", BOOK, "--set", &config],
        &["workbook", "match", BOOK, "--config", &config],
        &["reconcile", "--statement", "bank.csv", "--ledger", "books.csv", "--config", &config, "--out", "out"],
    ];
    for command in commands {
        let refused = desk.tieout(command.iter().copied()).with_code(4).stderr;
        let named = format!("{file}, which currency.rates names: there is no such file; put it right, name another");
        assert!(refused.contains(&named), "{command:?}: {refused}");
    }
}
