//! Categories, patterns, and the sweep over what is pending.

use tieout_domain::{CategoryId, CategoryPattern, CategoryStatus};

use super::*;
use crate::{CategoryShelf, HandCategory, LineVerdict, PendingLine, SweepOrder, SweepOutcome, SweepScope};

pub(crate) const fn order(scope: SweepScope, categoriser: &str) -> SweepOrder<'_> {
    SweepOrder { scope, categoriser, whole_lines: false }
}

fn pattern(text: &str) -> CategoryPattern {
    CategoryPattern::parse(text).unwrap()
}

/// Lines by these descriptions; answers their identifiers, in their order.
fn take(workbook: &mut Workbook, number: u8, texts: &[&str]) -> Vec<StatementLineId> {
    let before = all_lines(workbook).len();
    let rows = 1_u32..;
    let lines: Vec<StatementLine> =
        rows.zip(texts).map(|(row, text)| line(row, 2, i64::from(number) * 100 + i64::from(row), text)).collect();
    take_lines(workbook, number, &lines).unwrap();
    all_lines(workbook).split_off(before)
}

/// Of all lines, in the order in which they came.
fn all_lines(workbook: &Workbook) -> Vec<StatementLineId> {
    workbook.categorised_lines(None, 1_000).unwrap().into_iter().map(|line| line.id).collect()
}

/// A categoriser for tests: a line is of the first category whose pattern is in its description; `?` fails.
fn by_patterns(workbook: &Workbook) -> impl FnMut(&[PendingLine]) -> Vec<LineVerdict> + use<> {
    let patterns = workbook.category_patterns().unwrap();
    move |lines| {
        let judge = |line: &PendingLine| {
            let text = line.description.to_lowercase();
            match patterns.iter().find(|stored| text.contains(stored.pattern.folded())) {
                Some(stored) => LineVerdict::Category { category: stored.category, pattern: Some(stored.id) },
                None if text == "?" => LineVerdict::Failed("there is nothing to read".to_owned()),
                None => LineVerdict::NoCategory,
            }
        };
        lines.iter().map(judge).collect()
    }
}

fn sweep_with(workbook: &mut Workbook, scope: SweepScope) -> Option<SweepOutcome> {
    let mut judge = by_patterns(workbook);
    workbook.sweep(order(scope, "test 1"), &mut judge, &mut go_on()).unwrap()
}

/// Lines looked at, with a category, failed; zeros where there was nothing to do.
fn sweep(workbook: &mut Workbook) -> (u64, u64, u64) {
    sweep_with(workbook, SweepScope::Pending).map_or((0, 0, 0), |done| (done.lines, done.categorised, done.failed))
}

fn status(workbook: &Workbook, line: StatementLineId) -> (CategoryStatus, Option<CategoryId>) {
    let found = workbook.line_category(line).unwrap();
    (found.status, found.category)
}

fn actions(workbook: &Workbook) -> Vec<String> {
    workbook.audit_page(0, 100).unwrap().events.into_iter().rev().map(|event| event.action).collect()
}

/// A workbook with two categories and three lines: fuel, food, and neither.
fn book() -> (Desk, Workbook, [CategoryId; 2], Vec<StatementLineId>) {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let fuel = workbook.add_category("Fuel").unwrap();
    let food = workbook.add_category("Food").unwrap();
    workbook.add_category_pattern(fuel, &pattern("Shell")).unwrap();
    workbook.add_category_pattern(food, &pattern("Lidl")).unwrap();
    let lines = take(&mut workbook, 1, &["SHELL 0231", "Lidl Berlin", "Rent"]);
    (desk, workbook, [fuel, food], lines)
}

#[test]
fn lines_go_from_pending_to_completed_and_a_sweep_without_work_writes_nothing() {
    let (_desk, mut workbook, [fuel, food], lines) = book();
    assert!(lines.iter().all(|line| status(&workbook, *line) == (CategoryStatus::Pending, None)));
    assert_eq!(workbook.category_counts().unwrap().pending, 3);
    assert_eq!(sweep(&mut workbook), (3, 2, 0));
    let standing: Vec<_> = lines.iter().map(|line| status(&workbook, *line)).collect();
    let completed = |category| (CategoryStatus::Completed, category);
    assert_eq!(standing, [completed(Some(fuel)), completed(Some(food)), completed(None)]);
    let decided = workbook.line_category(lines[0]).unwrap().pattern;
    assert_eq!(decided, Some(workbook.category_patterns().unwrap()[0].id));
    let counts = workbook.category_counts().unwrap();
    assert_eq!((counts.pending, counts.completed, counts.uncategorised), (0, 3, 1));
    assert_eq!((counts.by_category[&fuel], counts.by_category[&food]), (1, 1));

    let head = workbook.audit_head();
    assert_eq!(sweep(&mut workbook), (0, 0, 0));
    assert_eq!(workbook.audit_head(), head);
    // New lines are taken up alone.
    take(&mut workbook, 2, &["Shell again"]);
    assert_eq!(workbook.category_counts().unwrap().pending, 1);
    assert_eq!(sweep(&mut workbook), (1, 1, 0));
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    assert!(workbook.verify_chain().unwrap().holds());
}

#[test]
fn what_a_crash_left_processing_is_taken_up_by_the_next_sweep() {
    let (desk, mut workbook, [fuel, _], lines) = book();
    sweep(&mut workbook);
    workbook.set_line_category(&[lines[1]], HandCategory::LeaveToSweep).unwrap();
    let new = take(&mut workbook, 2, &["Shell again"]);
    assert!(workbook.begin_sweep_and_crash());
    let (again, first) = (lines[1], lines[0]);
    for line in [again, new[0]] {
        assert_eq!(status(&workbook, line).0, CategoryStatus::Processing);
    }
    assert_eq!(status(&workbook, first), (CategoryStatus::Completed, Some(fuel)));
    drop(workbook);

    let mut workbook = desk.open();
    for line in [again, new[0]] {
        assert_eq!(status(&workbook, line).0, CategoryStatus::Pending);
    }
    assert_eq!(sweep(&mut workbook), (2, 2, 0));
    assert_eq!(status(&workbook, new[0]), (CategoryStatus::Completed, Some(fuel)));
    let told = actions(&workbook);
    let tail: Vec<&str> = told.iter().rev().take(4).rev().map(String::as_str).collect();
    assert_eq!(tail, ["sweep.started", "sweep.failed", "sweep.started", "sweep.completed"]);
}

#[test]
fn a_crash_is_also_made_good_without_opening_the_file_again() {
    let (_desk, mut workbook, _, _) = book();
    assert!(workbook.begin_sweep_and_crash());
    assert_eq!(sweep(&mut workbook), (3, 2, 0));
}

#[test]
fn a_cancelled_sweep_leaves_every_line_as_it_was() {
    let (_desk, mut workbook, [fuel, _], lines) = book();
    let mut judge = by_patterns(&workbook);
    let mut stop = |done, _| if done > 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
    let cancelled = workbook.sweep(order(SweepScope::Pending, "test 1"), &mut judge, &mut stop);
    assert!(matches!(cancelled, Err(WorkbookError::Cancelled)));
    assert!(lines.iter().all(|line| status(&workbook, *line) == (CategoryStatus::Pending, None)));
    sweep(&mut workbook);
    // One that goes over all again keeps what lines have.
    let cancelled = workbook.sweep(order(SweepScope::All, "test 1"), &mut judge, &mut stop);
    assert!(matches!(cancelled, Err(WorkbookError::Cancelled)));
    assert_eq!(status(&workbook, lines[0]), (CategoryStatus::Pending, Some(fuel)));
    assert_eq!(sweep(&mut workbook), (3, 2, 0));
    assert!(workbook.verify_chain().unwrap().holds());
}

#[test]
fn a_categoriser_that_leaves_lines_out_is_refused() {
    let (_desk, mut workbook, _, lines) = book();
    let refused = workbook.sweep(order(SweepScope::Pending, "test 1"), &mut |_| Vec::new(), &mut go_on());
    assert!(matches!(refused, Err(WorkbookError::Unreadable(_))));
    assert_eq!(status(&workbook, lines[0]).0, CategoryStatus::Pending);
}

#[test]
fn a_line_that_cannot_be_judged_has_failed_and_is_tried_again_once_patterns_change() {
    let (_desk, mut workbook, [fuel, _], _) = book();
    let odd = take(&mut workbook, 2, &["?"])[0];
    assert_eq!(sweep(&mut workbook), (4, 2, 1));
    let found = workbook.line_category(odd).unwrap();
    assert_eq!((found.status, found.note.as_deref()), (CategoryStatus::Failed, Some("there is nothing to read")));
    assert_eq!(sweep(&mut workbook), (0, 0, 0));
    // So is the line that none fitted; those with a category keep it.
    workbook.add_category_pattern(fuel, &pattern("rent")).unwrap();
    assert_eq!(sweep(&mut workbook), (2, 1, 1));
    assert_eq!(sweep(&mut workbook), (0, 0, 0));
}

#[test]
fn a_changed_pattern_reaches_lines_with_a_category_only_when_asked_to() {
    let (_desk, mut workbook, [fuel, food], lines) = book();
    sweep(&mut workbook);
    let shell = workbook.category_patterns().unwrap()[0].id;
    workbook.change_category_pattern(shell, food, &pattern("SHELL")).unwrap();
    assert_eq!(sweep(&mut workbook), (1, 0, 0));
    assert_eq!(status(&workbook, lines[0]), (CategoryStatus::Completed, Some(fuel)));
    let all = sweep_with(&mut workbook, SweepScope::All).unwrap();
    assert_eq!((all.lines, all.categorised), (3, 2));
    assert_eq!(status(&workbook, lines[0]), (CategoryStatus::Completed, Some(food)));
}

#[test]
fn what_a_person_chose_no_sweep_overwrites() {
    let (_desk, mut workbook, [fuel, food], lines) = book();
    // One before any sweep, one after; and one that is to have none.
    workbook.set_line_category(&[lines[0]], HandCategory::Category(food)).unwrap();
    assert_eq!(workbook.category_counts().unwrap().pending, 2);
    assert_eq!(sweep(&mut workbook), (2, 1, 0));
    workbook.set_line_category(&[lines[1]], HandCategory::NoCategory).unwrap();
    workbook.set_line_category(&[lines[2], lines[2]], HandCategory::Category(fuel)).unwrap();
    sweep_with(&mut workbook, SweepScope::All);
    let standing: Vec<_> = lines.iter().map(|line| status(&workbook, *line).1).collect();
    assert_eq!(standing, [Some(food), None, Some(fuel)]);
    assert!(lines.iter().all(|line| workbook.line_category(*line).unwrap().by_hand));
    // The file itself refuses it.
    let refused = workbook.sql.execute("UPDATE line_categories SET by_hand = 0, category_id = NULL", []).unwrap_err();
    assert!(refused.to_string().contains("no sweep overwrites what a person chose"), "{refused}");

    workbook.set_line_category(&lines, HandCategory::LeaveToSweep).unwrap();
    assert_eq!(sweep(&mut workbook), (3, 2, 0));
    assert_eq!(status(&workbook, lines[0]), (CategoryStatus::Completed, Some(fuel)));
    let unknown = StatementLineId::from_uuid(uuid::Uuid::from_u128(7));
    let refused = workbook.set_line_category(&[lines[0], unknown], HandCategory::NoCategory);
    assert!(matches!(refused, Err(WorkbookError::NotFound { .. })));
    assert!(!workbook.line_category(lines[0]).unwrap().by_hand);
}

#[test]
fn a_line_is_not_completed_without_being_taken_up() {
    let (_desk, mut workbook, _, lines) = book();
    sweep(&mut workbook);
    workbook.set_line_category(&lines, HandCategory::LeaveToSweep).unwrap();
    let refused = workbook.sql.execute("UPDATE line_categories SET status = 2", []).unwrap_err();
    assert!(refused.to_string().contains("pending, processing, completed or failed"), "{refused}");
}

#[test]
fn a_category_leaves_with_its_patterns_and_its_lines_are_pending_again() {
    let (_desk, mut workbook, [fuel, food], lines) = book();
    sweep(&mut workbook);
    workbook.set_line_category(&[lines[2]], HandCategory::Category(food)).unwrap();
    let refused = workbook.remove_category(food).unwrap_err();
    assert_eq!(refused.to_string(), "1 lines were put into 'Food' by hand: give them another category first");
    workbook.remove_category(fuel).unwrap();
    assert_eq!(status(&workbook, lines[0]), (CategoryStatus::Pending, None));
    let left: Vec<_> = workbook.categories().unwrap().into_iter().map(|category| category.name).collect();
    assert_eq!((left, workbook.category_patterns().unwrap().len()), (vec!["Food".to_owned()], 1));
    assert_eq!(sweep(&mut workbook), (1, 0, 0));
    assert!(workbook.verify_chain().unwrap().holds());
}

#[test]
fn names_and_patterns_are_the_same_whatever_their_letter_case() {
    let (_desk, mut workbook, [fuel, food], _) = book();
    let head = workbook.audit_head();
    let told = |error: Result<(), WorkbookError>| error.unwrap_err().to_string();
    assert_eq!(told(workbook.add_category("FUEL").map(drop)), "there is a category 'FUEL' already");
    assert_eq!(told(workbook.add_category(" ").map(drop)), "a category needs a name");
    assert_eq!(told(workbook.rename_category(fuel, "food")), "there is a category 'food' already");
    let taken = "the pattern 'SHELL' stands for 'Fuel' already: change or remove it there first";
    assert_eq!(told(workbook.add_category_pattern(food, &pattern("SHELL")).map(drop)), taken);
    let lidl = workbook.category_patterns().unwrap()[1].id;
    assert_eq!(told(workbook.change_category_pattern(lidl, food, &pattern("SHELL"))), taken);
    assert_eq!(workbook.audit_head(), head);
    // The same name in another letter case is no other's.
    workbook.rename_category(fuel, "FUEL").unwrap();
    assert_eq!(workbook.category_named("fuel").unwrap(), fuel);
    assert!(matches!(workbook.category_named("Rent"), Err(WorkbookError::NotFound { .. })));
}

#[test]
fn patterns_are_taken_in_all_or_none() {
    let (_desk, mut workbook, [fuel, _], _) = book();
    let (version, head) = (workbook.category_list_version().unwrap(), workbook.audit_head());
    let list = |rows: &[(&str, &str)]| -> Vec<(CategoryPattern, String)> {
        rows.iter().map(|(text, name)| (pattern(text), (*name).to_owned())).collect()
    };
    let torn = workbook.import_category_patterns(&list(&[("Aral", "fuel"), ("shell", "Travel")]), "p.csv");
    assert!(matches!(torn, Err(WorkbookError::PatternTaken { .. })), "{torn:?}");
    assert_eq!((workbook.categories().unwrap().len(), workbook.audit_head()), (2, head));
    let list = list(&[("Aral", "fuel"), ("shell", "FUEL"), ("Bahn", "Travel"), ("Flix", "travel")]);
    let done = workbook.import_category_patterns(&list, "p.csv").unwrap();
    assert_eq!((done.patterns_added, done.patterns_known, done.categories_added), (3, 1, 1));
    assert_eq!(workbook.category_patterns().unwrap()[2].category, fuel);
    assert!(workbook.category_list_version().unwrap() > version);
    assert_eq!(actions(&workbook).last().unwrap(), "patterns.imported");
    // The same file once more is no change, after which every line would have to be looked at again.
    let (version, head) = (workbook.category_list_version().unwrap(), workbook.audit_head());
    let done = workbook.import_category_patterns(&list, "p.csv").unwrap();
    assert_eq!((done.patterns_added, done.patterns_known, done.categories_added), (0, 4, 0));
    assert_eq!((workbook.category_list_version().unwrap(), workbook.audit_head()), (version, head));
}

#[test]
fn a_name_as_long_as_a_file_is_refused() {
    let (_desk, mut workbook, [fuel, _], _) = book();
    let told = |error: Result<(), WorkbookError>| error.unwrap_err().to_string();
    let long = "n".repeat(201);
    let expected = "a category's name of 201 letters is too long: at most 200 are a name";
    assert_eq!(told(workbook.add_category(&long).map(drop)), expected);
    assert_eq!(told(workbook.rename_category(fuel, &long)), expected);
    workbook.rename_category(fuel, &long[1..]).unwrap();
}

#[test]
fn every_change_is_told_in_the_audit_chain() {
    let (_desk, mut workbook, [fuel, _], lines) = book();
    let from = actions(&workbook).len();
    workbook.rename_category(fuel, "Petrol").unwrap();
    let shell = workbook.category_patterns().unwrap()[0].id;
    workbook.change_category_pattern(shell, fuel, &pattern("Shell Oil")).unwrap();
    workbook.remove_category_pattern(shell).unwrap();
    workbook.set_line_category(&lines[..1], HandCategory::NoCategory).unwrap();
    workbook.remove_category(fuel).unwrap();
    let told = actions(&workbook).split_off(from);
    let expected = ["category.renamed", "pattern.changed", "pattern.removed", "category.chosen", "category.removed"];
    assert_eq!(told, expected);
    assert!(workbook.verify_chain().unwrap().holds());
}

/// The details of the newest event.
fn newest_details(workbook: &Workbook) -> String {
    workbook.audit_page(0, 1).unwrap().events[0].details.clone()
}

#[test]
fn the_audit_chain_says_what_was_lost() {
    let (_desk, mut workbook, [fuel, food], lines) = book();
    sweep(&mut workbook);
    workbook.set_line_category(&lines, HandCategory::Category(food)).unwrap();
    let told = newest_details(&workbook);
    assert!(told.starts_with(r#"{"before":["found: Fuel","found: Food","none"],"category":"Food""#), "{told}");
    workbook.set_line_category(&lines[..2], HandCategory::NoCategory).unwrap();
    workbook.set_line_category(&lines, HandCategory::LeaveToSweep).unwrap();
    let told = newest_details(&workbook);
    assert!(told.starts_with(r#"{"before":["chosen: none","chosen: none","chosen: Food"],"#), "{told}");
    let many = (0..25).map(|number| (pattern(&format!("station {number}")), "Fuel".to_owned())).collect::<Vec<_>>();
    workbook.import_category_patterns(&many, "p.csv").unwrap();
    let list: String = workbook
        .category_patterns()
        .unwrap()
        .iter()
        .filter(|stored| stored.category == fuel)
        .map(|stored| format!("{}\n", stored.pattern))
        .collect();
    let contents = Digest::from_bytes(<sha2::Sha256 as sha2::Digest>::digest(list.as_bytes()).into());
    workbook.remove_category(fuel).unwrap();
    let told = newest_details(&workbook);
    let begins = format!(r#"{{"contents":"{contents}","first":["{}","#, list.lines().next().unwrap());
    assert!(told.starts_with(&begins), "{told}");
    assert!(told.contains(r#""station 18"],"#) && !told.contains("station 19"), "{told}");
}

#[test]
fn a_category_that_only_withdrawn_lines_have_by_hand_can_be_removed() {
    let (_desk, mut workbook, [fuel, food], lines) = book();
    workbook.set_line_category(&lines[..1], HandCategory::Category(fuel)).unwrap();
    workbook.set_line_category(&lines[1..2], HandCategory::Category(food)).unwrap();
    let batch = workbook.list_batches().unwrap()[0].id;
    workbook.undo_import(batch).unwrap();
    workbook.remove_category(fuel).unwrap();
    workbook.remove_category(food).unwrap();
    assert_eq!(workbook.categories().unwrap(), []);
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
}

#[test]
fn withdrawn_lines_do_not_count_and_restored_ones_have_their_category() {
    let (_desk, mut workbook, [fuel, _], lines) = book();
    workbook.delete_records(&[RecordRef::Line(lines[0])], "").unwrap();
    assert_eq!(sweep(&mut workbook), (2, 1, 0));
    let counts = workbook.category_counts().unwrap();
    assert_eq!((counts.completed, counts.by_category.get(&fuel)), (2, None));
    workbook.restore_records(&[RecordRef::Line(lines[0])]).unwrap();
    assert_eq!(status(&workbook, lines[0]), (CategoryStatus::Completed, Some(fuel)));
    assert_eq!(workbook.category_counts().unwrap().by_category[&fuel], 1);
}

/// As they would come from another workbook, made there before the last sweep here.
#[test]
fn lines_with_older_identifiers_are_swept_as_well() {
    let (_desk, mut workbook, [fuel, _], lines) = book();
    sweep(&mut workbook);
    workbook
        .sql
        .execute(
            "INSERT INTO statement_lines (company_id, id, statement_id, account_id, amount, currency, description,
                 reference, counterparty, counterparty_account, record_id, file_account, source_row, fingerprint, raw)
             SELECT company_id, zeroblob(16), statement_id, account_id, 1, 'EUR', 'Shell elsewhere', '', '', '', '', '', 9,
                 randomblob(16), '' FROM statement_lines LIMIT 1",
            [],
        )
        .unwrap();
    workbook.sql.execute("UPDATE tallies SET number = number + 1 WHERE what = 'statement unmatched'", []).unwrap();
    assert_eq!(sweep(&mut workbook), (1, 1, 0));
    let late = StatementLineId::from_uuid(uuid::Uuid::nil());
    assert_eq!(status(&workbook, late), (CategoryStatus::Completed, Some(fuel)));
    assert_eq!(sweep(&mut workbook), (0, 0, 0));
    assert_eq!(status(&workbook, lines[0]).0, CategoryStatus::Completed);
}

/// What a sweep reads must not grow with the lines that were swept before.
#[test]
fn a_sweep_finds_what_is_pending_along_an_index() {
    let (_desk, workbook, _, _) = book();
    for (sql, index) in [
        ("UPDATE line_categories SET status = 1 WHERE company_id = x'00' AND status < 2", "line_categories_pending"),
        (
            "SELECT line_id FROM line_categories WHERE company_id = x'00' AND status < 2 AND status = 1 AND line_id > x'00'",
            "line_categories_pending",
        ),
        (
            "SELECT count(*), max(id) FROM statement_lines WHERE company_id = x'00' AND id > x'00'",
            "sqlite_autoindex_statement_lines_1",
        ),
    ] {
        let mut statement = workbook.sql.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let plan: Vec<String> = statement.query_map([], |row| row.get(3)).unwrap().collect::<Result<_, _>>().unwrap();
        assert!(plan.iter().any(|step| step.starts_with("SEARCH") && step.contains(index)), "{sql}: {plan:?}");
    }
}

#[test]
fn a_rule_decides_before_patterns_and_is_kept_by_name() {
    let (_desk, mut workbook, [fuel, food], lines) = book();
    let mut judge = |pending: &[PendingLine]| -> Vec<LineVerdict> {
        let verdict = |line: &PendingLine| match &line.whole {
            Some(whole) if whole.amount == cents(101) => LineVerdict::Rule { category: food, rule: "Small".to_owned() },
            Some(_) => LineVerdict::Category { category: fuel, pattern: None },
            None => LineVerdict::Failed("no whole line".to_owned()),
        };
        pending.iter().map(verdict).collect()
    };
    let whole = SweepOrder { scope: SweepScope::Pending, categoriser: "rules 1", whole_lines: true };
    let swept = workbook.sweep(whole, &mut judge, &mut go_on()).unwrap().unwrap();
    assert_eq!((swept.lines, swept.categorised, swept.failed), (3, 3, 0));
    let page = workbook.lines_by_category(CategoryShelf::Category(food), "", 0, 9).unwrap();
    let told: Vec<_> = page.rows.iter().map(|line| (line.id, line.rule.as_str(), line.pattern.as_str())).collect();
    assert_eq!(told, [(lines[0], "Small", "")]);
    // A person's word goes before it, and leaves no rule behind.
    workbook.set_line_category(&lines[..1], HandCategory::Category(fuel)).unwrap();
    let again = SweepOrder { scope: SweepScope::All, ..whole };
    workbook.sweep(again, &mut judge, &mut go_on()).unwrap();
    assert_eq!(status(&workbook, lines[0]), (CategoryStatus::Completed, Some(fuel)));
    assert_eq!(workbook.lines_by_category(CategoryShelf::ByHand, "", 0, 9).unwrap().rows[0].rule, "");
    workbook.set_line_category(&lines[..1], HandCategory::LeaveToSweep).unwrap();
    workbook.sweep(whole, &mut judge, &mut go_on()).unwrap();
    assert_eq!(status(&workbook, lines[0]), (CategoryStatus::Completed, Some(food)));
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
}

#[test]
fn another_categoriser_looks_again_at_what_none_fitted() {
    let (_desk, mut workbook, [fuel, _], lines) = book();
    sweep(&mut workbook);
    assert!(!workbook.sweep_is_stale("test 1").unwrap());
    assert!(workbook.sweep_is_stale("test 2").unwrap());
    let mut judge =
        |pending: &[PendingLine]| vec![LineVerdict::Category { category: fuel, pattern: None }; pending.len()];
    let swept = workbook.sweep(order(SweepScope::Pending, "test 2"), &mut judge, &mut go_on()).unwrap().unwrap();
    assert_eq!(swept.lines, 1, "lines that have a category keep it");
    assert_eq!(status(&workbook, lines[2]), (CategoryStatus::Completed, Some(fuel)));
}

#[test]
fn failed_lines_are_tried_again_when_asked_to() {
    let (_desk, mut workbook, [fuel, _], _) = book();
    let failed = take(&mut workbook, 2, &["?"]);
    assert_eq!(sweep(&mut workbook), (4, 2, 1));
    assert_eq!(
        workbook.lines_by_category(CategoryShelf::Failed, "", 0, 9).unwrap().rows[0].note,
        "there is nothing to read"
    );
    let mut judge =
        |pending: &[PendingLine]| vec![LineVerdict::Category { category: fuel, pattern: None }; pending.len()];
    assert_eq!(workbook.sweep(order(SweepScope::Pending, "test 1"), &mut judge, &mut go_on()).unwrap(), None);
    let swept = workbook.sweep(order(SweepScope::Failed, "test 1"), &mut judge, &mut go_on()).unwrap().unwrap();
    assert_eq!((swept.lines, swept.categorised), (1, 1));
    assert_eq!(status(&workbook, failed[0]), (CategoryStatus::Completed, Some(fuel)));
}

#[test]
fn lines_are_listed_and_added_up_by_category() {
    let (_desk, mut workbook, [fuel, food], lines) = book();
    let shelf = |workbook: &Workbook, shelf, search: &str| -> Vec<StatementLineId> {
        let page = workbook.lines_by_category(shelf, search, 0, 9).unwrap();
        assert_eq!(page.total, page.rows.len() as u64);
        page.rows.into_iter().map(|line| line.id).collect()
    };
    assert_eq!(shelf(&workbook, CategoryShelf::Pending, ""), lines);
    assert_eq!(shelf(&workbook, CategoryShelf::Pending, "lidl"), lines[1..2]);
    sweep(&mut workbook);
    workbook.set_line_category(&lines[1..2], HandCategory::Category(fuel)).unwrap();
    assert_eq!(shelf(&workbook, CategoryShelf::Category(fuel), ""), lines[..2]);
    assert_eq!(shelf(&workbook, CategoryShelf::Category(food), ""), []);
    assert_eq!(shelf(&workbook, CategoryShelf::NoCategory, ""), lines[2..]);
    assert_eq!(shelf(&workbook, CategoryShelf::ByHand, ""), lines[1..2]);
    assert_eq!(shelf(&workbook, CategoryShelf::Pending, ""), []);
    let page = workbook.lines_by_category(CategoryShelf::Category(fuel), "", 1, 1).unwrap();
    assert_eq!((page.total, page.rows[0].id), (2, lines[1]));
    let sums: Vec<_> = workbook
        .category_sums()
        .unwrap()
        .into_iter()
        .map(|sum| (sum.category, sum.lines, sum.by_hand, sum.total))
        .collect();
    assert_eq!(sums, [(None, 1, 0, cents(103)), (Some(fuel), 2, 1, cents(203))]);
    let patterns = workbook.category_patterns().unwrap();
    let counts = workbook.pattern_counts().unwrap();
    assert_eq!((counts.get(&patterns[0].id), counts.get(&patterns[1].id)), (Some(&1), None));
    // A withdrawn line is in none of them.
    workbook.delete_records(&[RecordRef::Line(lines[0])], "").unwrap();
    assert_eq!(shelf(&workbook, CategoryShelf::Category(fuel), ""), lines[1..2]);
    assert_eq!(workbook.category_sums().unwrap()[1].total, cents(102));
    assert!(workbook.pattern_counts().unwrap().is_empty());
}
