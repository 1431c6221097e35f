//! Categories through a session: compiled patterns follow each change at once.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

mod desk;

use std::cell::Cell;

use tempfile::TempDir;
use tieout_application::{
    ApplicationError, CategoryShelf, Configuration, Existing, ImportFile, Session, Side, SweepScope, TransactionTexts,
};
use tieout_workbook::WorkbookError;

/// A new workbook, and the folder it lies in.
fn session() -> (Session, TempDir) {
    let (session, folder, _) = desk::session(|_| {});
    (session, folder)
}

/// The name of the category that a description would get.
fn category_of(session: &Session, text: &str) -> Option<String> {
    let texts = TransactionTexts { description: text, ..TransactionTexts::default() };
    let found = session.category_of(&texts).unwrap()?;
    session.categories().unwrap().categories.into_iter().find(|one| one.id == found.category).map(|one| one.name)
}

#[test]
fn a_changed_pattern_takes_effect_at_once() {
    let (session, folder) = session();
    assert_eq!(category_of(&session, "Shell 0231"), None);
    let fuel = session.add_category("Fuel").unwrap();
    let shell = session.add_category_pattern(fuel, "Shell").unwrap();
    assert_eq!(category_of(&session, "Shell 0231").as_deref(), Some("Fuel"));
    let food = session.add_category("Food").unwrap();
    session.change_category_pattern(shell, food, "Shell").unwrap();
    assert_eq!(category_of(&session, "Shell 0231").as_deref(), Some("Food"));
    session.change_category_pattern(shell, food, "Lidl").unwrap();
    assert_eq!(category_of(&session, "Shell 0231"), None);
    assert_eq!(category_of(&session, "LIDL").as_deref(), Some("Food"));
    session.remove_category_pattern(shell).unwrap();
    assert_eq!(category_of(&session, "LIDL"), None);

    let patterns = folder.path().join("patterns.csv");
    std::fs::write(&patterns, "pattern,category\nLidl,Groceries\nLidl Plus,Subscriptions\n").unwrap();
    assert_eq!(session.import_category_patterns(&patterns).unwrap().categories_added, 2);
    assert_eq!(category_of(&session, "lidl plus").as_deref(), Some("Subscriptions"));
    let groceries = session.category_named("groceries").unwrap();
    session.remove_category(groceries).unwrap();
    assert_eq!(category_of(&session, "lidl berlin"), None);
}

#[test]
fn a_sweep_tells_how_far_it_is_and_stops_when_told_to() {
    let (session, folder) = session();
    let path = folder.path().join("bank.csv");
    let rows: String = (1..=50).map(|row| format!("2026-01-02,Shell {row},-{row}.00,EUR\n")).collect();
    std::fs::write(&path, format!("date,description,amount,currency\n{rows}")).unwrap();
    let file = ImportFile {
        path,
        side: Side::Statement,
        account: None,
        mapping: None,
        leave_out_rejected: false,
        file_bytes_max: None,
    };
    session.import_file(&file, &|_| {}).unwrap();
    let fuel = session.add_category("Fuel").unwrap();
    session.add_category_pattern(fuel, "shell").unwrap();
    assert_eq!(session.categories().unwrap().counts.pending, 50);

    let stopped = session.sweep_categories(SweepScope::Pending, &|_| session.cancel());
    assert!(matches!(stopped, Err(ApplicationError::Workbook(WorkbookError::Cancelled))), "{stopped:?}");
    assert_eq!(session.categories().unwrap().counts.pending, 50);

    let told = std::sync::Mutex::new(Cell::new((0, 0)));
    let swept = session
        .sweep_categories(SweepScope::Pending, &|progress| told.lock().unwrap().set((progress.done, progress.total)));
    let swept = swept.unwrap();
    assert_eq!((swept.lines, swept.categorised, told.lock().unwrap().get()), (50, 50, (50, 50)));
    let list = session.categories().unwrap();
    assert_eq!((list.categories[0].lines, list.counts.completed), (50, 50));
    assert!(session.verify_workbook().unwrap().valid);
}

#[test]
fn a_text_that_is_no_pattern_is_refused() {
    let (session, _folder) = session();
    let fuel = session.add_category("Fuel").unwrap();
    let refused = session.add_category_pattern(fuel, "  ").unwrap_err().to_string();
    assert_eq!(refused, "a pattern is empty: it would fit every transaction");
}

/// Takes these statement rows in: date, description and amount.
fn import(session: &Session, folder: &TempDir, rows: &str) {
    let path = folder.path().join("bank.csv");
    std::fs::write(&path, format!("date,description,amount,currency\n{rows}")).unwrap();
    let file = ImportFile {
        path,
        side: Side::Statement,
        account: None,
        mapping: None,
        leave_out_rejected: false,
        file_bytes_max: None,
    };
    session.import_file(&file, &|_| {}).unwrap();
}

fn keep_rules(session: &Session, rules: &str) {
    session.save_matching_settings(&Configuration::parse(rules, None).unwrap()).unwrap();
}

fn sweep(session: &Session, scope: SweepScope) -> (u64, u64) {
    let swept = session.sweep_categories(scope, &|_| {}).unwrap();
    (swept.lines, swept.categorised)
}

/// Description, category, and the rule or pattern behind it, of every line.
fn standing(session: &Session) -> Vec<(String, String, String)> {
    let mut all = Vec::new();
    let list = session.categories().unwrap();
    let shelves = list.categories.iter().map(|category| CategoryShelf::Category(category.id));
    for shelf in shelves.chain([CategoryShelf::NoCategory, CategoryShelf::Pending]) {
        let page = session.lines_by_category(shelf, "", 0, 99).unwrap();
        all.extend(page.rows.into_iter().map(|line| (line.description, line.category, line.rule + &line.pattern)));
    }
    all.sort();
    all
}

const FEES: &str = r#"
[[rule]]
name = "Large fees"
when = [{ field = "line.description", contains = "fee" }, { field = "line.amount", to = "-100" }]
then = "categorise"
category = "Disputed"
[[rule]]
name = "Fees"
when = [{ field = "line.description", contains = "fee" }]
then = "categorise"
category = "Bank charges"
[[rule]]
name = "Off"
enabled = false
when = [{ field = "line.description", contains = "rent" }]
then = "categorise"
category = "Never made"
"#;

#[test]
fn a_rule_that_categorises_goes_before_patterns_and_a_person_before_both() {
    let (session, folder) = session();
    import(
        &session,
        &folder,
        "2026-01-02,Account fee,-4.00,EUR\n2026-01-03,Account fee abroad,-400.00,EUR\n2026-01-04,Rent,-900.00,EUR\n",
    );
    let office = session.add_category("Office").unwrap();
    for pattern in ["account fee abroad", "rent"] {
        session.add_category_pattern(office, pattern).unwrap();
    }
    keep_rules(&session, FEES);
    assert_eq!(sweep(&session, SweepScope::Pending), (3, 3));
    let expected = [
        ("Account fee", "Bank charges", "Fees"),
        ("Account fee abroad", "Disputed", "Large fees"),
        ("Rent", "Office", "rent"),
    ];
    let told = |session: &Session| -> Vec<String> {
        standing(session).into_iter().map(|(line, category, why)| format!("{line}: {category} by {why}")).collect()
    };
    let words = |rows: &[(&str, &str, &str)]| -> Vec<String> {
        rows.iter().map(|(line, category, why)| format!("{line}: {category} by {why}")).collect()
    };
    assert_eq!(told(&session), words(&expected));
    let list = session.categories().unwrap();
    let names: Vec<_> = list.categories.iter().map(|category| category.name.as_str()).collect();
    assert_eq!(names, ["Bank charges", "Disputed", "Office"], "only what enabled rules name is made");
    assert_eq!(list.rules.iter().map(|rule| rule.name.as_str()).collect::<Vec<_>>(), ["Large fees", "Fees"]);
    assert!(!list.stale);
    assert_eq!(sweep(&session, SweepScope::Pending), (0, 0), "nothing changed");

    // A person's word stays, whatever rules say, until it is taken back.
    let disputed = session.category_named("disputed").unwrap();
    let line = session.lines_by_category(CategoryShelf::Category(disputed), "", 0, 9).unwrap().rows[0].id;
    session.set_category(&[line], tieout_application::HandCategory::Category(office)).unwrap();
    sweep(&session, SweepScope::All);
    assert_eq!(told(&session)[1], "Account fee abroad: Office by ");
    session.set_category(&[line], tieout_application::HandCategory::LeaveToSweep).unwrap();
    sweep(&session, SweepScope::Pending);
    assert_eq!(told(&session), words(&expected));

    // Other rules: the list says so, and a sweep over all of them follows.
    keep_rules(&session, "profile = \"bank\"\n");
    assert!(session.categories().unwrap().stale);
    assert_eq!(sweep(&session, SweepScope::All), (3, 3));
    assert_eq!(told(&session)[0], "Account fee: Office by account fee abroad", "the text stands in the pattern");
    assert!(session.verify_workbook().unwrap().valid);
}

#[test]
fn a_text_that_is_tried_names_the_rule_or_the_longest_pattern_and_those_it_beats() {
    let (session, _folder) = session();
    let fuel = session.add_category("Fuel").unwrap();
    let power = session.add_category("Charging").unwrap();
    for (category, pattern) in [(fuel, "Shell"), (power, "Shell Recharge"), (fuel, "ell 02")] {
        session.add_category_pattern(category, pattern).unwrap();
    }
    let tried = session.try_category_text("SHELL RECHARGE 0231").unwrap();
    let fits: Vec<_> =
        tried.fitting.iter().map(|one| (one.pattern.as_str(), one.category.as_str(), one.fit.as_str())).collect();
    let inside = "pattern_in_text";
    assert_eq!(fits, [("Shell Recharge", "Charging", inside), ("Shell", "Fuel", inside)]);
    assert_eq!((tried.rule, tried.fitting_total, tried.fitting[0].letters), (None, 2, 14));
    let around = session.try_category_text("recharge").unwrap();
    assert_eq!(
        (around.fitting[0].pattern.as_str(), around.fitting[0].fit.as_str()),
        ("Shell Recharge", "text_in_pattern")
    );
    assert_eq!(session.try_category_text("ll").unwrap().fitting, [], "two letters are part of no pattern");
    keep_rules(&session, FEES);
    let by_rule = session.try_category_text("Shell fee").unwrap();
    assert_eq!(by_rule.rule.map(|rule| (rule.name, rule.category)), Some(("Fees".into(), "Bank charges".into())));
    assert_eq!(by_rule.fitting.len(), 1, "the pattern that would win is told all the same");
}

#[test]
fn patterns_written_into_a_file_are_the_same_when_read_again() {
    let (session, folder) = session();
    let path = folder.path().join("patterns.csv");
    let fuel = session.add_category("Fuel, oil").unwrap();
    for pattern in ["Shell", "=1+1", "Aral \"Pulse\""] {
        session.add_category_pattern(fuel, pattern).unwrap();
    }
    assert_eq!(session.export_category_patterns(&path, Existing::Keep).unwrap(), 3);
    assert!(session.export_category_patterns(&path, Existing::Keep).is_err(), "a file that is there stays");
    assert_eq!(session.export_category_patterns(&path, Existing::Replace).unwrap(), 3);
    let again = session.import_category_patterns(&path).unwrap();
    assert_eq!((again.patterns_added, again.patterns_known, again.categories_added), (0, 3, 0));
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(written.contains("'=1+1"), "no spreadsheet takes it for a formula: {written}");
}

#[test]
fn a_pattern_is_saved_with_a_category_that_is_made_for_it() {
    let (session, _folder) = session();
    session.save_category_pattern(None, "Shell", "Fuel").unwrap();
    let list = session.categories().unwrap();
    let id = list.categories[0].patterns[0].id;
    session.save_category_pattern(Some(id), "Shell", "Charging").unwrap();
    assert_eq!(category_of(&session, "shell 1").as_deref(), Some("Charging"));
    let refused = session.save_category_pattern(None, "SHELL", "Fuel").unwrap_err().to_string();
    assert!(refused.contains("stands for 'Charging' already"), "{refused}");
    assert!(session.save_category_pattern(None, " ", "Nothing").is_err());
    assert!(session.category_named("Nothing").is_err(), "a category is not made for a pattern that is none");
}

#[test]
fn a_category_that_a_rule_gives_is_neither_renamed_nor_removed() {
    let (session, folder) = session();
    import(&session, &folder, "2026-01-02,Monthly fee,-5.00,EUR\n2026-01-03,Lunch,-9.00,EUR\n");
    keep_rules(&session, FEES);
    assert_eq!(sweep(&session, SweepScope::Pending), (2, 1));
    let charges = session.category_named("Bank charges").unwrap();
    for refused in [session.rename_category(charges, "Bankspesen"), session.remove_category(charges)] {
        assert_eq!(
            refused.unwrap_err().to_string(),
            "the rule 'Fees' gives the category 'Bank charges': change the rule in the matching settings first"
        );
    }
    // Another letter case is the same name; a rule that is off gives nothing.
    session.rename_category(charges, "Bank Charges").unwrap();
    let never = session.add_category("Never made").unwrap();
    session.remove_category(never).unwrap();
    assert_eq!(sweep(&session, SweepScope::All).1, 1);
    assert_eq!(session.categories().unwrap().categories.len(), 2);
    keep_rules(&session, "");
    session.rename_category(charges, "Bankspesen").unwrap();
    sweep(&session, SweepScope::All);
    assert!(session.category_named("Bank charges").is_err());
}
