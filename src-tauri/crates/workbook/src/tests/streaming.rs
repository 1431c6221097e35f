//! Imports as they stream by: one file is one batch, all or nothing.

use std::{
    fs,
    io::{BufRead, BufReader},
    ops::ControlFlow,
    process::{Command, Stdio},
};

use tieout_domain::{BatchState, Diagnostic, Severity, Side};

use super::*;
use crate::{ProofKind, RowPlan, StatementProof};

fn numbered(rows: std::ops::RangeInclusive<u32>) -> Vec<StatementLine> {
    rows.map(|row| line(row, 2, i64::from(row), &format!("row {row}"))).collect()
}

fn diagnostics() -> [Diagnostic; 1] {
    [Diagnostic {
        row: Some(7),
        file_line: Some(8),
        column: Some("amount".to_owned()),
        value: "1,2,3".to_owned(),
        expected: tieout_domain::Said::in_english("an amount such as 1,234.50"),
        severity: Severity::Error,
    }]
}

#[test]
fn a_file_of_two_accounts_is_one_import_and_is_taken_back_as_one() {
    let mut workbook = Desk::new().create();
    take_lines(&mut workbook, 9, &[line(1, 1, 77, "there before")]).unwrap();
    let (current, known) = (account(&mut workbook), line_ids(&workbook)[0]);
    let of_current = [line(1, 1, 77, "there before"), line(3, 2, -350, "Coffee")];
    let of_savings = [line(2, 2, 10_000, "moved"), line(4, 2, 20_000, "moved again")];
    let plans = [line_plan(&workbook, current, &of_current)];
    let mut import = workbook.begin_line_import(&batch(1), &plans).unwrap();
    let savings = import.account("Savings", eur()).unwrap();
    assert_eq!(import.account(" Savings ", eur()).unwrap(), savings);
    assert_eq!(import.account("Current account", eur()).unwrap(), current);
    let proof = StatementProof { kind: ProofKind::RunningBalance, proved: 2, of: 2 };
    let from = Some(date(2026, 1, 1));
    let first = StatementFacts {
        number: "12/1".to_owned(),
        from,
        to: Some(date(2026, 1, 31)),
        proof: Some(proof),
        ..facts(&of_savings, Some(100), Some(30_100))
    };
    let second = facts(&of_current, None, None);
    let (one, other) = (import.statement(savings, &first).unwrap(), import.statement(current, &second).unwrap());
    // As rows of a file with an account column come: mixed.
    assert_eq!(import.add_line(other, &of_current[0]).unwrap(), RowPlan::DuplicateOf(known));
    assert_eq!(import.add_line(one, &of_savings[0]).unwrap(), RowPlan::Add);
    assert_eq!(import.add_line(other, &of_current[1]).unwrap(), RowPlan::Add);
    assert_eq!(import.add_line(one, &of_savings[1]).unwrap(), RowPlan::Add);
    let outcome = import.finish(&mut go_on()).unwrap();
    assert_eq!((outcome.added, outcome.duplicates, outcome.deleted_earlier), (3, 1, 0));
    let told = workbook.batch(outcome.batch).unwrap();
    assert_eq!((told.account, told.account_name.as_deref()), (None, Some("Current account\nSavings")));
    assert_eq!((told.state, told.added, told.duplicates), (BatchState::Completed, 3, 1));
    let statements = workbook.statements_of_batch(outcome.batch).unwrap();
    let (saved, spent) = (&statements[0], &statements[1]);
    assert_eq!((saved.account, &saved.facts, spent.account, &spent.facts), (savings, &first, current, &second));
    let lines = |workbook: &Workbook| -> Vec<u64> {
        workbook.accounts().unwrap().iter().map(|account| account.lines).collect()
    };
    assert_eq!(lines(&workbook), [2, 2]);
    workbook.undo_import(outcome.batch).unwrap();
    assert_eq!(lines(&workbook), [1, 0]);
    assert_eq!(line_ids(&workbook), [known]);
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    assert!(workbook.verify_chain().unwrap().holds());
}

#[test]
fn overlapping_files_add_each_occurrence_once() {
    let mut workbook = Desk::new().create();
    let coffee =
        |row, balance: Option<i64>| StatementLine { balance: balance.map(cents), ..line(row, 3, -350, "Coffee") };
    take_lines(&mut workbook, 1, &[coffee(1, Some(1_000)), coffee(2, Some(650))]).unwrap();
    let overlap = [coffee(1, Some(650)), coffee(2, Some(300)), coffee(3, Some(-50))];
    let outcome = take_lines(&mut workbook, 2, &overlap).unwrap();
    assert_eq!((outcome.added, outcome.duplicates), (2, 1));
    // An export without balances, of the same four and a fifth.
    let all: Vec<_> = (1..=5).map(|row| coffee(row, None)).collect();
    let outcome = take_lines(&mut workbook, 3, &all).unwrap();
    assert_eq!((outcome.added, outcome.duplicates), (1, 4));
}

/// Both ways of looking keys up must answer the same: a few keys by query, many by reading the table.
#[test]
fn few_keys_and_many_are_planned_alike() {
    let mut workbook = Desk::new().create();
    take_lines(&mut workbook, 1, &numbered(1..=600)).unwrap();
    let entries: Vec<_> = (1..=600).map(|row| invoice(row, 2, i64::from(row), &format!("RE-{row}"))).collect();
    take_entries(&mut workbook, 2, &entries).unwrap();
    let (lines, account) = (line_ids(&workbook), account(&mut workbook));
    workbook.delete_records(&[RecordRef::Line(lines[7])], "").unwrap();
    let many = [numbered(1..=600), numbered(1..=700)].concat();
    let by_table = line_plan(&workbook, account, &many);
    for rows in [0..50, 590..640, 600..700, 1_190..1_300] {
        let by_query = line_plan(&workbook, account, &[&many[..600], &many[rows.clone()]].concat());
        let few = line_plan(&workbook, account, &many[rows.clone()]);
        let expected = if rows.start < 600 { RowPlan::Add } else { by_table.rows()[rows.start] };
        assert_eq!(by_query.rows()[600], expected, "{rows:?}");
        assert_eq!(few.rows().len(), rows.len());
    }
    assert_eq!(line_plan(&workbook, account, &many[..100]).rows(), &by_table.rows()[..100]);
    assert_eq!(by_table.rows()[7], RowPlan::DeletedEarlier(lines[7]));
    let by_table = entry_plan(&workbook, &entries);
    assert_eq!(entry_plan(&workbook, &entries[..100]).rows(), &by_table.rows()[..100]);
    assert!(by_table.rows().iter().all(|plan| matches!(plan, RowPlan::DuplicateOf(_))));
}

#[test]
fn a_cancelled_import_leaves_only_its_report() {
    let mut workbook = Desk::new().create();
    let diagnostics = diagnostics();
    let new = NewBatch {
        diagnostics: &diagnostics,
        rejected: 1,
        report: Some("{\"quality\":88}"),
        quality: Some(88),
        ..batch(1)
    };
    let mut import = workbook.begin_line_import(&new, &[]).unwrap();
    let savings = import.account("Savings", eur()).unwrap();
    let statement = import.statement(savings, &facts(&[], Some(0), Some(5))).unwrap();
    for line in numbered(1..=3_000) {
        import.add_line(statement, &line).unwrap();
    }
    import.give_up("cancelled");
    assert_eq!(workbook.record_counts().unwrap().lines, 0);
    assert_eq!(workbook.accounts().unwrap(), [], "the account went with it");
    let failed = &workbook.list_batches().unwrap()[0];
    assert_eq!((failed.state, failed.note.as_str(), failed.rejected), (BatchState::Failed, "cancelled", 1));
    assert_eq!((failed.quality, failed.source_path.as_str()), (Some(88), "/home/ada/january.csv"));
    assert_eq!(workbook.batch_report(failed.id).unwrap(), diagnostics);
    assert_eq!(workbook.validation_report(failed.id).unwrap().as_deref(), Some("{\"quality\":88}"));
    assert_eq!(workbook.statements_of_batch(failed.id).unwrap(), []);
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    assert!(workbook.verify_chain().unwrap().holds());
}

#[test]
fn a_failed_import_is_tried_again_and_says_so() {
    let mut workbook = Desk::new().create();
    let failed = workbook.record_failed_import(&batch(1), Side::Statement, "the file ends in the middle").unwrap();
    assert_eq!(workbook.batch(failed).unwrap().note, "the file ends in the middle");
    let account = account(&mut workbook);
    let again = NewBatch { retry_of: Some(failed), ..batch(1) };
    let done = take_statement(&mut workbook, &again, account, &facts(&[], None, None), &numbered(1..=2)).unwrap();
    let told = &workbook.list_batches().unwrap()[0];
    assert_eq!((told.id, told.retry_of, told.state), (done.batch, Some(failed), BatchState::Completed));
    // What was completed is not tried again, nor what is not there.
    let again = NewBatch { retry_of: Some(done.batch), ..batch(2) };
    assert!(matches!(workbook.begin_line_import(&again, &[]).map(|_| ()), Err(WorkbookError::NotFound { .. })));
    assert_eq!(workbook.list_batches().unwrap().len(), 2);
}

#[test]
fn an_import_that_is_dropped_or_cut_short_leaves_nothing() {
    let mut workbook = Desk::new().create();
    let account = account(&mut workbook);
    let lines = numbered(1..=10);
    let plans = [line_plan(&workbook, account, &lines)];
    let add = |import: &mut crate::LineImport<'_>, lines: &[StatementLine]| {
        let statement = import.statement(account, &facts(lines, None, None)).unwrap();
        lines.iter().try_for_each(|line| import.add_line(statement, line).map(drop))
    };
    // Left by whoever made it.
    add(&mut workbook.begin_line_import(&batch(1), &plans).unwrap(), &lines).unwrap();
    // Fewer lines than were planned.
    let plans = [line_plan(&workbook, account, &lines)];
    let mut import = workbook.begin_line_import(&batch(1), &plans).unwrap();
    add(&mut import, &lines[..9]).unwrap();
    assert!(matches!(import.finish(&mut go_on()), Err(WorkbookError::PlanOutdated)));
    // Others than were planned, and no way on from there.
    for other in [vec![lines[1].clone()], [&lines[..], &numbered(11..=11)].concat()] {
        let plans = [line_plan(&workbook, account, &lines)];
        let mut import = workbook.begin_line_import(&batch(1), &plans).unwrap();
        assert!(matches!(add(&mut import, &other), Err(WorkbookError::PlanOutdated)));
        assert!(matches!(import.account("Savings", eur()), Err(WorkbookError::ImportBroken(_))));
        assert!(matches!(import.finish(&mut go_on()), Err(WorkbookError::ImportBroken(_))));
    }
    // Told to stop while it is finished.
    let plans = [line_plan(&workbook, account, &lines)];
    let mut import = workbook.begin_line_import(&batch(1), &plans).unwrap();
    add(&mut import, &lines).unwrap();
    assert!(matches!(import.finish(&mut |_, _| ControlFlow::Break(())), Err(WorkbookError::Cancelled)));
    let notes: Vec<_> = workbook.list_batches().unwrap().into_iter().map(|batch| (batch.state, batch.note)).collect();
    let outdated = WorkbookError::PlanOutdated.to_string();
    let expected = ["cancelled", &outdated, &outdated, &outdated, "given up before it was complete"];
    assert_eq!(notes, expected.map(|note| (BatchState::Failed, note.to_owned())));
    assert_eq!((workbook.record_counts().unwrap().lines, workbook.account(account).unwrap().lines), (0, 0));
    assert_eq!(take_lines(&mut workbook, 1, &lines).unwrap().added, 10, "it can be taken in after all");
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    assert!(workbook.verify_chain().unwrap().holds());
}

#[test]
fn an_account_that_got_lines_since_it_was_planned_for_is_noticed() {
    let mut workbook = Desk::new().create();
    take_lines(&mut workbook, 1, &numbered(1..=1)).unwrap();
    let mut import = workbook.begin_line_import(&batch(2), &[]).unwrap();
    let current = import.account("Current account", eur()).unwrap();
    let begun = import.statement(current, &StatementFacts::of_currency(eur()));
    assert!(matches!(begun, Err(WorkbookError::PlanOutdated)));
}

#[test]
fn the_first_ledger_needs_no_plan_and_a_later_one_does() {
    let mut workbook = Desk::new().create();
    assert!(!workbook.has_entries().unwrap());
    let mut import = workbook.begin_entry_import(&batch(1), None).unwrap();
    assert_eq!(import.add_entry(&invoice(1, 2, 8_000, "RE-1")).unwrap(), RowPlan::Add);
    assert_eq!(import.finish(&mut go_on()).unwrap().added, 1);
    assert!(workbook.has_entries().unwrap());
    let late = workbook.begin_entry_import(&batch(2), None).map(|_| ());
    assert!(matches!(late, Err(WorkbookError::PlanOutdated)));
    let all: Vec<_> = entry_ids(&workbook).into_iter().map(RecordRef::Entry).collect();
    workbook.delete_records(&all, "").unwrap();
    assert!(workbook.has_entries().unwrap(), "a deleted one is remembered");
}

#[test]
fn amounts_in_another_currency_than_the_statements_are_refused() {
    let mut workbook = Desk::new().create();
    let mut import = workbook.begin_line_import(&batch(1), &[]).unwrap();
    let usd = Currency::parse("USD").unwrap();
    let dollars = import.account("Dollars", usd).unwrap();
    let statement = import.statement(dollars, &StatementFacts::of_currency(usd)).unwrap();
    assert!(matches!(import.add_line(statement, &line(1, 2, 5, "euros")), Err(WorkbookError::Money(_))));
    drop(import);
    let mut import = workbook.begin_line_import(&batch(1), &[]).unwrap();
    let dollars = import.account("Dollars", usd).unwrap();
    let in_euros = StatementFacts { opening: Some(cents(1)), ..StatementFacts::of_currency(usd) };
    assert!(matches!(import.statement(dollars, &in_euros), Err(WorkbookError::Money(_))));
}

#[test]
fn the_same_file_is_taken_in_again_only_for_another_account_and_on_purpose() {
    let mut workbook = Desk::new().create();
    let lines = numbered(1..=3);
    let first = take_lines(&mut workbook, 1, &lines).unwrap().batch;
    let savings = workbook.find_or_create_account("Savings", eur()).unwrap();
    let facts = facts(&lines, None, None);
    let unasked = take_statement(&mut workbook, &batch(1), savings, &facts, &lines);
    assert!(matches!(unasked, Err(WorkbookError::AlreadyImported(batch)) if batch == first));
    let meant = NewBatch { for_another_account: true, ..batch(1) };
    let current = account(&mut workbook);
    let same_account = take_statement(&mut workbook, &meant, current, &facts, &lines);
    assert!(matches!(same_account, Err(WorkbookError::AlreadyImported(batch)) if batch == first));
    let second = take_statement(&mut workbook, &meant, savings, &facts, &lines).unwrap();
    assert_eq!(second.added, 3);
    assert!(take_statement(&mut workbook, &batch(1), savings, &facts, &lines).is_err());
    // Either can be taken back and come again.
    workbook.undo_import(first).unwrap();
    assert_eq!(take_statement(&mut workbook, &meant, current, &facts, &lines).unwrap().added, 3);
    assert_eq!(workbook.account(savings).unwrap().lines, 3);
    // A ledger is of no account.
    take_entries(&mut workbook, 7, &[invoice(1, 2, 8_000, "RE-1")]).unwrap();
    let plan = entry_plan(&workbook, &[]);
    let again = NewBatch { for_another_account: true, ..batch(7) };
    let again = workbook.begin_entry_import(&again, Some(&plan)).map(|_| ());
    assert!(matches!(again, Err(WorkbookError::AlreadyImported(_))));
}

/// Everything that could differ between a workbook that stored many rows and one that stored few.
fn shape(workbook: &Workbook) -> Vec<String> {
    let mut statement = workbook
        .sql
        .prepare(
            "SELECT type || ' ' || name || ' ' || ifnull(sql, '') FROM sqlite_schema
             UNION ALL SELECT tbl || ' ' || idx || ' ' || stat FROM sqlite_stat1
             UNION ALL SELECT journal_mode FROM pragma_journal_mode
             UNION ALL SELECT 'cache ' || cache_size FROM pragma_cache_size ORDER BY 1",
        )
        .unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn very_many_rows_are_stored_like_few() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let before = shape(&workbook);
    let lines = numbered(1..=500);
    let (account, facts) = (account(&mut workbook), facts(&lines, None, None));
    let many = NewBatch { rows: 50_000, ..batch(1) };
    assert_eq!(take_statement(&mut workbook, &many, account, &facts, &lines).unwrap().added, 500);
    assert_eq!(shape(&workbook), before);
    let wal = desk.path.with_extension("tieout-wal");
    assert!(wal.exists() && !desk.path.with_extension("tieout-journal").exists(), "back to the write-ahead log");
    // More new rows than are there already, cancelled between two indexes.
    let more = numbered(400..=1_500);
    let plans = [line_plan(&workbook, account, &more)];
    let mut import = workbook.begin_line_import(&NewBatch { rows: 60_000, ..batch(2) }, &plans).unwrap();
    let statement = import.statement(account, &facts).unwrap();
    for line in &more {
        import.add_line(statement, line).unwrap();
    }
    let mut seen = Vec::new();
    let cancelled = import.finish(&mut |done, of| {
        seen.push((done, of));
        if done == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert!(matches!(cancelled, Err(WorkbookError::Cancelled)));
    assert_eq!(seen, [(0, 3), (1, 3), (2, 3)]);
    assert_eq!(shape(&workbook), before);
    assert_eq!(workbook.record_counts().unwrap().lines, 500);
    let entries: Vec<_> = (1..=500).map(|row| invoice(row, 2, i64::from(row), &format!("RE-{row}"))).collect();
    let plan = entry_plan(&workbook, &entries);
    let mut import = workbook.begin_entry_import(&NewBatch { rows: 50_000, ..batch(3) }, Some(&plan)).unwrap();
    for entry in &entries {
        import.add_entry(entry).unwrap();
    }
    assert_eq!(import.finish(&mut go_on()).unwrap().added, 500);
    assert_eq!(shape(&workbook), before);
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    workbook.close().unwrap();
    let left: Vec<_> = fs::read_dir(desk.folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(left, ["joinery.tieout"], "a closed workbook is one file");
    assert!(desk.open().verify_chain().unwrap().holds());
}

const CHILD: &str = "TIEOUT_TEST_IMPORT_UNTIL_KILLED";

/// Not a test of its own: what [`an_import_that_is_killed_leaves_only_its_report`] runs and kills.
#[test]
fn import_until_killed() {
    let Some(path) = std::env::var_os(CHILD) else { return };
    let store = Arc::new(MemoryKeyStore::default());
    let opened = Workbook::open(path.as_ref(), Unlock::Passphrase(PASSPHRASE), clock(1_750_000_000_000), store, false);
    let mut workbook = opened.unwrap().workbook;
    let many = NewBatch { rows: 1_000_000, report: Some("{}"), ..batch(2) };
    let mut import = workbook.begin_line_import(&many, &[]).unwrap();
    let savings = import.account("Savings", eur()).unwrap();
    let statement = import.statement(savings, &StatementFacts::of_currency(eur())).unwrap();
    for row in 1.. {
        let long = line(row, 2, i64::from(row), &format!("row {row} {}", "x".repeat(1_500)));
        import.add_line(statement, &long).unwrap();
        if row == 30_000 {
            #[expect(clippy::print_stdout, reason = "the parent waits for it")]
            {
                println!("\nkill me");
            }
        }
    }
}

#[test]
fn an_import_that_is_killed_leaves_only_its_report() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    take_lines(&mut workbook, 1, &numbered(1..=300)).unwrap();
    workbook.close().unwrap();
    let size = fs::metadata(&desk.path).unwrap().len();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["tests::streaming::import_until_killed", "--exact", "--nocapture"])
        .env(CHILD, &desk.path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let told = BufReader::new(child.stdout.take().unwrap()).lines().any(|line| line.unwrap() == "kill me");
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(told, "the import came to its thirty thousandth row");
    assert!(fs::metadata(&desk.path).unwrap().len() > 2 * size, "rows were written to the file");
    assert!(desk.path.with_extension("tieout-journal").exists());
    let mut workbook = desk.open();
    assert_eq!(workbook.record_counts().unwrap().lines, 300);
    assert_eq!(workbook.accounts().unwrap().len(), 1);
    let failed = &workbook.list_batches().unwrap()[0];
    assert_eq!((failed.state, failed.note.as_str()), (BatchState::Failed, "interrupted"));
    assert_eq!(workbook.validation_report(failed.id).unwrap().as_deref(), Some("{}"));
    let newest = &workbook.audit_page(0, 1).unwrap().events[0];
    assert_eq!((newest.action.as_str(), newest.actor.as_str()), ("import.interrupted", "system"));
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    assert!(workbook.verify_chain().unwrap().holds());
    assert_eq!(take_lines(&mut workbook, 2, &numbered(1..=301)).unwrap().added, 1);
}
