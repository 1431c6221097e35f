//! `tieout workbook policy …` and the owners of what stays: from a draft that is tried to what a person takes back.

use serde_json::Value;

use crate::command::{Answer, Desk, text};

const BOOK: &str = "joinery.tieout";

/// Three invoices paid less a fee of 2.50, and two bank charges that are in no ledger.
fn new_book(desk: &Desk) {
    let company = ["--company", "Joinery Ltd", "--user", "Ada Byron", "--single-user", "--currency", "EUR"];
    desk.tieout(["workbook", "new", BOOK].into_iter().chain(company)).with_code(0);
    let bank = text(&desk.write(
        "bank.csv",
        "date,description,counterparty,amount,currency\n\
         2026-01-08,Invoice RE-1001,Alder GmbH,497.50,EUR\n\
         2026-01-09,Invoice RE-1002,Birch GmbH,597.50,EUR\n\
         2026-02-10,Invoice RE-1003,Cedar GmbH,697.50,EUR\n\
         2026-01-30,Account fee January,,-0.35,EUR\n\
         2026-02-27,Account fee February,,-0.45,EUR\n",
    ));
    let ledger = text(&desk.write(
        "ledger.csv",
        "number,date,due_date,counterparty,amount,currency\n\
         RE-1001,2026-01-02,2026-01-16,Alder GmbH,500.00,EUR\n\
         RE-1002,2026-01-03,2026-01-17,Birch GmbH,600.00,EUR\n\
         RE-1003,2026-02-02,2026-02-16,Cedar GmbH,700.00,EUR\n",
    ));
    desk.tieout(["workbook", "import", BOOK, "--statement", &bank, "--ledger", &ledger, "--account", "Current"])
        .with_code(0);
}

fn policy(desk: &Desk, arguments: &[&str]) -> Answer {
    let (command, rest) = arguments.split_first().expect("a command");
    desk.tieout(["workbook", "policy", command, BOOK].into_iter().chain(rest.iter().copied()))
}

fn exceptions(desk: &Desk, arguments: &[&str]) -> Value {
    desk.tieout(["exceptions", BOOK, "--json"].into_iter().chain(arguments.iter().copied())).with_code(0).json()
}

/// The cause that the engine gives the bank's charges.
fn cause_of_charges(desk: &Desk) -> String {
    let listed = exceptions(desk, &[]);
    let rows = listed["rows"].as_array().expect("rows");
    let charge = rows.iter().find(|row| row["impact"]["value"] == "0.35").expect("the charge");
    charge["cause"].as_str().expect("a cause").to_owned()
}

#[test]
fn a_policy_is_tried_saved_and_applied_and_a_person_has_the_last_word() {
    let desk = Desk::new();
    new_book(&desk);
    // Without a policy nothing but a person decides over differences.
    let strict = text(&desk.write("strict.toml", "[auto_approve]\nconfidence = 1\nimpact = \"0\"\n"));
    desk.tieout(["workbook", "config", BOOK, "--set", &strict]).with_code(0);
    desk.tieout(["workbook", "match", BOOK]).with_code(0);
    let charges = cause_of_charges(&desk);
    assert!(policy(&desk, &["show"]).with_code(0).stderr.contains("there is no policy yet"));
    let refused = policy(&desk, &["apply"]).with_code(4).stderr;
    assert!(refused.contains("there is no policy yet: save one first"), "{refused}");

    let draft = format!(
        "confidence = 0.5\ndefault_owner = \"Petra Klein\"\n\n[cause.{charges}]\namount = \"0.40\"\ncount = 1\n\
         owner = \"Ben\"\n"
    );
    let file = text(&desk.write("policy.toml", &draft));
    let tried = policy(&desk, &["try", &file, "--json"]).with_code(0).json();
    assert_eq!((&tried["now"]["accepted"], &tried["now"]["approved"]), (&1.into(), &0.into()), "{tried}");
    assert_eq!(exceptions(&desk, &["--accepted"])["total"], 0, "a trial changes nothing");

    let saved = policy(&desk, &["save", &file, "--reason", "small charges"]).with_code(0).stdout;
    assert!(saved.starts_with("saved as policy 1"), "{saved}");
    let again = policy(&desk, &["save", &file, "--reason", "again", "--json"]).with_code(0).json();
    assert_eq!((&again["saved"], &again["version"]), (&false.into(), &1.into()));
    let shown = text(&desk.write("shown.toml", policy(&desk, &["show"]).with_code(0).stdout));
    assert_eq!(policy(&desk, &["save", &shown, "--reason", "x", "--json"]).with_code(0).json()["saved"], false);

    let applied = policy(&desk, &["apply", "--json"]).with_code(0).json();
    assert_eq!(applied["version"], 1);
    assert_eq!(applied["plan"]["items"], tried["now"]["items"], "applying does what the trial listed");
    let accepted = exceptions(&desk, &["--accepted"]);
    assert_eq!((&accepted["total"], &accepted["rows"][0]["accepted_by_policy"]), (&1.into(), &1.into()));
    let listed = policy(&desk, &["accepted"]).with_code(0).stdout;
    assert!(listed.contains("Account fee January") && listed.contains("(policy 1)"), "{listed}");

    // What stays has an owner; a person's word comes before the policy's.
    let queue = exceptions(&desk, &["--cause", &charges]);
    let id = queue["rows"][0]["id"].as_str().expect("an id").to_owned();
    assert_eq!(queue["rows"][0]["owner"], "Ben");
    desk.tieout(["workbook", "note", BOOK, &id, "--owner", "Cleo"]).with_code(0);
    assert_eq!(exceptions(&desk, &["--cause", &charges])["rows"][0]["owner"], "Cleo");
    desk.tieout(["workbook", "note", BOOK, &id, "--nobody"]).with_code(0);
    assert_eq!(exceptions(&desk, &["--cause", &charges])["rows"][0]["owner"], "Ben");
    let unknown = desk.tieout(["workbook", "note", BOOK, "nonsense", "--owner", "Cleo"]).with_code(4).stderr;
    assert!(unknown.contains("'nonsense' is no identifier of a record or a match"), "{unknown}");

    // Reports list it as outstanding, and say who accepted it.
    desk.tieout(["workbook", "export", BOOK, "--out", "result"]).with_code(0);
    let exported = std::fs::read_to_string(desk.path("result").join("exceptions.csv")).expect("exceptions.csv");
    assert!(exported.contains("Accepted by policy 1"), "{exported}");

    let record = accepted["rows"][0]["id"].as_str().expect("an id");
    policy(&desk, &["take-back", record, "--reason", "ask the bank"]).with_code(0);
    policy(&desk, &["take-back", record]).with_code(4);
    let run = desk.tieout(["workbook", "match", BOOK, "--json"]).with_code(0).json();
    assert_eq!(run["accepted"], 0, "what a person took back is final");
    let tried = policy(&desk, &["try", &file, "--json"]).with_code(0).json();
    assert_eq!(tried["contradictionsTotal"], 1, "{tried}");
    assert_eq!(tried["contradictions"][0]["decided"], "taken_back");
    let verified = desk.tieout(["verify", BOOK]);
    assert_eq!(verified.code, 0, "{}", verified.stderr);
}

#[test]
fn with_a_policy_differences_with_a_cause_are_approved_within_its_limits_only() {
    let desk = Desk::new();
    new_book(&desk);
    let lenient = text(&desk.write(
        "lenient.toml",
        "[auto_approve]\nconfidence = 0.5\nimpact = \"50\"\n[[rule]]\nname = \"Fees\"\n\
         when = [{ field = \"line.amount\", from = \"0.01\" }]\nthen = \"write_off\"\nup_to = \"5.00\"\ncause = \"fee\"\n\
         account = \"6855\"\n",
    ));
    desk.tieout(["workbook", "config", BOOK, "--set", &lenient]).with_code(0);
    let file = text(&desk.write("policy.toml", "confidence = 0.5\n[cause.fee]\namount = \"2.50\"\ncount = 1\n"));
    policy(&desk, &["save", &file, "--reason", "fees"]).with_code(0);
    let run = desk.tieout(["workbook", "match", BOOK, "--json"]).with_code(0).json();
    // Of January's two one is over the number a month; February's is the first of its month.
    assert_eq!((&run["approved"], &run["suggested"]), (&2.into(), &1.into()), "{run}");
    let queue = desk.tieout(["workbook", "review", BOOK, "--json"]).with_code(0).json();
    assert_eq!(queue["counts"]["approved"], 2, "{queue}");
    // The same rows, now that one was approved by version 1: a stricter draft would not have made these decisions.
    let stricter = text(&desk.write("stricter.toml", "confidence = 0.5\n[cause.fee]\namount = \"2.49\"\n"));
    let tried = policy(&desk, &["try", &stricter]).with_code(0).stdout;
    assert!(tried.contains("2 were resolved without a person and would not be"), "{tried}");
}

#[test]
fn what_is_wrong_with_a_policy_is_said_with_its_line_and_nothing_is_saved() {
    let desk = Desk::new();
    new_book(&desk);
    for (content, expected) in [
        ("[cause.fees]\namount = 5\n", "line 1: 'fees' is no cause: take one of timing, "),
        ("\n[cause.fee]\nmost = 5\n", "line 3: unknown field `most`"),
        ("[cause.fee]\namount = \"-1\"\n", "is not above zero"),
        ("[cause.fee]\namount = 1.005\n", "has more decimals than EUR has"),
        ("confidence = 0.2\n", "must be between 0.5 and 1"),
    ] {
        let file = text(&desk.write("policy.toml", content));
        let refused = policy(&desk, &["save", &file, "--reason", "x"]).with_code(4).stderr;
        assert!(refused.contains(expected) && refused.contains("policy.toml"), "{refused}");
    }
    let fine = text(&desk.write("fine.toml", "[cause.fee]\namount = 5\n"));
    let refused = policy(&desk, &["save", &fine, "--reason", " "]).with_code(4).stderr;
    assert!(refused.contains("say why it changes"), "{refused}");
    let history = policy(&desk, &["history"]).with_code(0).stdout;
    assert!(history.starts_with("there is no policy yet"), "{history}");
    let shown = desk.tieout(["workbook", "policy", "save", "--help"]).with_code(0).stdout;
    assert!(shown.contains("[cause.fee]") && shown.contains("Example:"), "{shown}");
}
