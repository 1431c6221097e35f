//! Journal entries through exports, undone matches and batches taken back.

use std::collections::BTreeMap;

use jiff::civil::date;
use proptest::prelude::*;
use tieout_domain::{JournalEntry, JournalSource, Permission, Posting, PostingAccount, PostingRole, Role};

use super::*;
use crate::{HandMatch, JournalFault, NewJournalBatch};

/// Four lines each paid short by a fee, and a bank charge that no entry tells of; everything proposed.
struct Books {
    workbook: Workbook,
    matches: Vec<MatchId>,
    desk: Desk,
}

fn code(text: &str) -> PostingAccount {
    text.parse().unwrap()
}

fn books() -> Books {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let lines: Vec<_> = (1..=4).map(|row| line(row, 2, 10_000 - i64::from(row), "RE")).collect();
    take_lines(&mut workbook, 1, &lines).unwrap();
    let entries: Vec<_> = (1..=4).map(|row| invoice(row, 1, 10_000, &format!("RE-{row}"))).collect();
    take_entries(&mut workbook, 2, &entries).unwrap();
    let (lines, entries) = (line_ids(&workbook), entry_ids(&workbook));
    let pairs = lines.iter().zip(&entries);
    let proposals: Vec<_> = pairs
        .map(|(line, entry)| {
            let minor = workbook.line(*line).unwrap().open.minor_units();
            proposal(matched(&[(*line, minor)], &[(*entry, 10_000)]), MatchStatus::Suggested, 950_000)
        })
        .collect();
    store(&mut workbook, &proposals);
    let mut matches = proposed(&workbook);
    matches.sort();
    let mut chart = BTreeMap::new();
    chart.insert(PostingRole::Cause(RootCause::Fee), Some(code("6855")));
    chart.insert(PostingRole::Receivables, Some(code("1200")));
    workbook.set_posting_accounts(&chart).unwrap();
    Books { workbook, matches, desk }
}

fn export(workbook: &mut Workbook) -> Result<u32, WorkbookError> {
    let entries: Vec<(JournalEntry, String)> = workbook
        .proposed_journal()?
        .into_iter()
        .map(|entry| {
            let text = entry.text.in_language(entry.cause, tieout_domain::MessageLanguage::English);
            (entry, text)
        })
        .collect();
    let number = workbook.next_journal_batch()?;
    let content = format!("batch {number}");
    workbook.export_journal(&NewJournalBatch {
        number,
        entries: &entries,
        file_name: "journal.csv",
        layout: "",
        content: content.as_bytes(),
    })?;
    Ok(number)
}

impl Books {
    fn sources(&self) -> Vec<JournalSource> {
        self.workbook.proposed_journal().unwrap().into_iter().map(|entry| entry.source).collect()
    }

    /// Debits less credits of each account over all batches that stand.
    fn balances(&self) -> BTreeMap<String, i64> {
        let mut statement = self
            .workbook
            .sql
            .prepare(
                "SELECT debit, credit, amount FROM journal_entries e
                 WHERE NOT EXISTS (SELECT 1 FROM journal_take_backs t WHERE t.batch = e.batch)",
            )
            .unwrap();
        let mut balances = BTreeMap::new();
        let mut found = statement.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            let amount: i64 = row.get(2).unwrap();
            *balances.entry(row.get::<_, String>(0).unwrap()).or_default() += amount;
            *balances.entry(row.get::<_, String>(1).unwrap()).or_default() -= amount;
        }
        balances.retain(|_, balance| *balance != 0);
        balances
    }

    #[track_caller]
    fn sound(&self) {
        assert_eq!(self.workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
        assert!(self.workbook.verify_chain().unwrap().holds());
    }
}

#[test]
fn an_approved_difference_is_proposed_exported_once_and_told_of() {
    let mut books = books();
    assert_eq!(books.sources(), []);
    approve(&mut books.workbook, books.matches[0]).unwrap();
    let entries = books.workbook.proposed_journal().unwrap();
    let entry = &entries[0];
    assert_eq!((entry.date, entry.amount, entry.base_amount), (date(2026, 1, 2), cents(1), Some(cents(1))));
    assert_eq!(entry.debit.account, Some(code("6855")));
    assert_eq!(entry.credit.account, Some(code("1200")));
    assert_eq!((entry.text.counterparty.as_str(), entry.text.reference.as_str()), ("Müller & Söhne", "RE-1"));
    assert_eq!(entry.approved_by, "Ada");
    assert_eq!(export(&mut books.workbook).unwrap(), 1);
    assert_eq!(books.sources(), []);
    assert!(matches!(export(&mut books.workbook), Err(WorkbookError::Journal(JournalFault::Nothing))));
    let batch = books.workbook.journal_batch(1).unwrap();
    assert_eq!((batch.entries, batch.by.as_str(), batch.sums[0].amount), (1, "Ada", cents(1)));
    assert_eq!(books.workbook.journal_file(1).unwrap(), b"batch 1");
    let event = books.workbook.audit_page(0, 1).unwrap().events.remove(0);
    assert_eq!((event.action.as_str(), event.subject.as_str()), ("journal.exported", "journal batch 1"));
    books.sound();
}

#[test]
fn an_undone_match_is_reversed_and_one_approved_again_is_posted_again() {
    let mut books = books();
    approve(&mut books.workbook, books.matches[0]).unwrap();
    export(&mut books.workbook).unwrap();
    books.workbook.undo_newest("").unwrap();
    let reversing = books.workbook.proposed_journal().unwrap();
    assert_eq!(reversing.len(), 1);
    assert_eq!(reversing[0].source.reverses, Some(tieout_domain::PostedAs { batch: 1, entry: 1 }));
    assert_eq!(reversing[0].debit.account, Some(code("1200")));
    assert_eq!(reversing[0].text.reverses.as_deref(), Some("Fee: Müller & Söhne, RE-1"));
    // Approved again before the reversal went out: the books are right as they are.
    books.workbook.redo_newest("").unwrap();
    assert_eq!(books.sources(), []);
    books.workbook.undo_newest("").unwrap();
    // The chart has another account by now; what is reversed keeps those it was posted to.
    let chart = BTreeMap::from([(PostingRole::Cause(RootCause::Fee), Some(code("7000")))]);
    books.workbook.set_posting_accounts(&chart).unwrap();
    export(&mut books.workbook).unwrap();
    assert_eq!(books.balances(), BTreeMap::new());
    books.workbook.redo_newest("").unwrap();
    export(&mut books.workbook).unwrap();
    assert_eq!(books.balances(), BTreeMap::from([("7000".to_owned(), 1), ("1200".to_owned(), -1)]));
    books.sound();
}

#[test]
fn what_is_taken_back_is_reversed_on_the_day_on_the_wall() {
    for (zone, day) in [("America/New_York", date(2026, 1, 31)), ("Australia/Sydney", date(2026, 2, 1))] {
        let mut books = books();
        approve(&mut books.workbook, books.matches[0]).unwrap();
        export(&mut books.workbook).unwrap();
        books.workbook.clock = days::standing("2026-02-01T01:00:00Z", zone);
        books.workbook.undo_newest("").unwrap();
        assert_eq!(books.workbook.proposed_journal().unwrap()[0].date, day, "{zone}");
    }
}

#[test]
fn only_the_newest_batch_is_taken_back_and_its_entries_come_back() {
    let mut books = books();
    approve(&mut books.workbook, books.matches[0]).unwrap();
    export(&mut books.workbook).unwrap();
    approve(&mut books.workbook, books.matches[1]).unwrap();
    books.workbook.undo_decision(books.matches[0], "").unwrap();
    let second = books.sources();
    assert_eq!(second.len(), 2);
    export(&mut books.workbook).unwrap();
    let refused = books.workbook.take_journal_back(1, "wrong").unwrap_err();
    assert_eq!(refused.to_string(), "batch 1 is not the newest that stands: take batch 2 back first");
    assert!(matches!(books.workbook.take_journal_back(2, " "), Err(WorkbookError::Journal(JournalFault::NoReason))));
    assert!(matches!(books.workbook.take_journal_back(3, "x"), Err(WorkbookError::Journal(JournalFault::NoBatch(3)))));
    books.workbook.take_journal_back(2, "the books refused it").unwrap();
    assert_eq!(books.sources(), second);
    let again = books.workbook.take_journal_back(2, "x");
    assert!(matches!(again, Err(WorkbookError::Journal(JournalFault::TakenBack(2)))));
    books.workbook.take_journal_back(1, "so did it this").unwrap();
    assert_eq!(books.workbook.newest_journal_batch().unwrap(), None);
    // What was never posted needs no reversal.
    assert_eq!(books.sources().len(), 1);
    assert_eq!(books.workbook.journal_file(2).unwrap(), b"batch 2", "its file can be written still");
    assert_eq!(export(&mut books.workbook).unwrap(), 3, "numbers are never used twice");
    books.sound();
}

#[test]
fn a_missing_account_is_never_guessed_and_one_chosen_for_a_difference_holds_for_it_alone() {
    let mut books = books();
    let none = BTreeMap::from([(PostingRole::Receivables, None)]);
    books.workbook.set_posting_accounts(&none).unwrap();
    approve(&mut books.workbook, books.matches[0]).unwrap();
    approve(&mut books.workbook, books.matches[1]).unwrap();
    let head = books.workbook.audit_head();
    let refused = export(&mut books.workbook).unwrap_err();
    assert!(matches!(refused, WorkbookError::Journal(JournalFault::AccountMissing(1))), "{refused}");
    assert_eq!(books.workbook.audit_head(), head);
    let first = books.sources()[0];
    books.workbook.choose_journal_account(first.match_id, first.adjustment, false, Some(&code("10023"))).unwrap();
    let credits: Vec<_> =
        books.workbook.proposed_journal().unwrap().into_iter().map(|entry| entry.credit.account).collect();
    assert_eq!(credits, [Some(code("10023")), None]);
    books.workbook.choose_journal_account(first.match_id, first.adjustment, false, None).unwrap();
    assert!(books.workbook.proposed_journal().unwrap()[0].credit.account.is_none());
    // Nothing is chosen for what is not to be posted.
    let refused = books.workbook.choose_journal_account(books.matches[3], 0, true, Some(&code("1")));
    assert!(matches!(refused, Err(WorkbookError::Journal(JournalFault::NoChoice))));
    books.sound();
}

#[test]
fn what_was_written_off_by_hand_is_posted_where_the_person_said() {
    let mut books = books();
    let lines = [line(9, 5, -1_200, "bank charge")];
    take_lines(&mut books.workbook, 9, &lines).unwrap();
    let charge = books.workbook.open_lines(None).unwrap().into_iter().find(|of| of.open == cents(-1_200)).unwrap().id;
    let legs = vec![Leg::of(RecordRef::Line(charge), cents(-1_200))];
    let adjustment = Adjustment { cause: RootCause::Fee, amount: cents(-1_200) };
    let hand = HandMatch {
        matched: Match::write_off(legs, vec![adjustment]).unwrap(),
        postings: vec![Some(Posting::new(code("6859"), "Spesen Januar").unwrap())],
        cause: RootCause::Fee,
        explanation: explanation(),
        confidence: Confidence::from_ppm(1_000_000),
    };
    books.workbook.match_by_hand(&hand, "").unwrap();
    let entries = books.workbook.proposed_journal().unwrap();
    assert_eq!(entries[0].debit.account, Some(code("6859")));
    assert!(matches!(entries[0].credit.role, PostingRole::Account(_)));
    assert_eq!((entries[0].credit.account.as_ref(), entries[0].text.written.as_str()), (None, "Spesen Januar"));
}

#[test]
fn accounts_are_set_by_an_admin_and_told_with_before_and_after() {
    let mut books = books();
    let ben = books.workbook.add_user("Ben", Role::Preparer).unwrap();
    books.workbook.sign_in(ben.id, None, None).unwrap();
    let chart = BTreeMap::from([(PostingRole::Suspense, Some(code("1590")))]);
    let refused = books.workbook.set_posting_accounts(&chart).unwrap_err();
    assert!(matches!(refused, WorkbookError::NotAllowed { permission: Permission::Configure, .. }));
    let refused = books.workbook.save_journal_layout("Ours", "x", None).unwrap_err();
    assert!(matches!(refused, WorkbookError::NotAllowed { permission: Permission::Configure, .. }));
    let stranger = AccountId::from_uuid(uuid::Uuid::from_u128(3));
    let unknown = BTreeMap::from([(PostingRole::Account(stranger), Some(code("1590")))]);
    assert!(matches!(books.workbook.set_posting_accounts(&unknown), Err(WorkbookError::NotFound { .. })));
}

#[test]
fn a_layout_is_renamed_in_one_change_and_never_takes_the_place_of_another() {
    let mut books = books();
    let told = |books: &Books| books.workbook.audit_page(0, 1).unwrap();
    books.workbook.save_journal_layout("Lexware", "l", None).unwrap();
    books.workbook.save_journal_layout("Sage", "s", None).unwrap();
    for (name, was) in [("Lexware", None), ("Lexware", Some("Sage"))] {
        let refused = books.workbook.save_journal_layout(name, "s", was).unwrap_err();
        assert!(refused.to_string().contains("there is a layout 'Lexware' already"), "{refused}");
    }
    let layouts = |books: &Books| books.workbook.journal_layouts().unwrap().into_iter().collect::<Vec<_>>();
    let of = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    assert_eq!(layouts(&books), [of("Lexware", "l"), of("Sage", "s")]);
    let before = told(&books).total;
    books.workbook.save_journal_layout("Sage 50", "s2", Some("Sage")).unwrap();
    assert_eq!(layouts(&books), [of("Lexware", "l"), of("Sage 50", "s2")]);
    let page = told(&books);
    assert_eq!(page.total, before + 1);
    assert_eq!(page.events[0].subject, "journal layout Sage 50");
    assert_eq!(page.events[0].details, r#"{"after":"s2","before":"s","was":"Sage"}"#);
    // The same again says nothing new.
    books.workbook.save_journal_layout("Sage 50", "s2", Some("Sage 50")).unwrap();
    assert_eq!(told(&books).total, page.total);
}

#[test]
fn the_file_itself_refuses_what_would_make_the_journal_wrong() {
    let mut books = books();
    approve(&mut books.workbook, books.matches[0]).unwrap();
    export(&mut books.workbook).unwrap();
    approve(&mut books.workbook, books.matches[1]).unwrap();
    let copy = |changes: &str| {
        format!(
            "INSERT INTO journal_entries SELECT company_id, 2, 1, {changes}, date, cause, debit, credit, debit_role,
                 credit_role, amount, currency, base_amount, base_currency, text, counterparty, reference, bank_reference,
                 line_reference, approved_by FROM journal_entries"
        )
    };
    let sql = &books.workbook.sql;
    for (attempt, told) in [
        ("UPDATE journal_entries SET amount = 5".to_owned(), "append-only"),
        ("DELETE FROM journal_batches".to_owned(), "append-only"),
        (copy("match_id, adjustment, NULL, NULL"), "posted once"),
        (copy("match_id, adjustment, 1, 1"), "what is reversed does not"),
        (copy("(SELECT id FROM matches WHERE status = 'suggested' LIMIT 1), adjustment, NULL, NULL"), "all of it"),
        (
            "INSERT INTO journal_take_backs SELECT company_id, 7, 'x', exported_by, 1 FROM journal_batches".to_owned(),
            "newest",
        ),
    ] {
        let refused = sql.execute(&attempt, []).unwrap_err().to_string();
        assert!(refused.contains(told), "{attempt}: {refused}");
    }
    books.sound();
}

/// What happens at random.
#[derive(Debug, Clone, Copy)]
enum Step {
    Approve(usize),
    Undo(usize),
    Export,
    TakeBack,
    Reopen,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..4_usize).prop_map(Step::Approve),
        2 => (0..4_usize).prop_map(Step::Undo),
        3 => Just(Step::Export),
        1 => Just(Step::TakeBack),
        1 => Just(Step::Reopen),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever is approved, undone, exported and taken back: what is proposed is exactly what the books lack, and once it
    /// is exported they hold what stands, to the cent.
    #[test]
    fn what_was_exported_nets_to_what_stands(steps in prop::collection::vec(step(), 1..16)) {
        let mut books = books();
        for step in steps {
            match step {
                Step::Approve(of) => drop(approve(&mut books.workbook, books.matches[of])),
                Step::Undo(of) => drop(books.workbook.undo_decision(books.matches[of], "")),
                Step::Export => match export(&mut books.workbook) {
                    Ok(_) => prop_assert_eq!(books.sources(), []),
                    Err(refused) => prop_assert!(matches!(refused, WorkbookError::Journal(JournalFault::Nothing))),
                },
                Step::TakeBack => {
                    if let Some(newest) = books.workbook.newest_journal_batch().unwrap() {
                        books.workbook.take_journal_back(newest, "again").unwrap();
                    }
                }
                Step::Reopen => {
                    books.workbook.close().unwrap();
                    books.workbook = books.desk.open();
                }
            }
        }
        let _ = export(&mut books.workbook);
        let mut expected = 0;
        for id in &books.matches {
            let summary = books.workbook.match_detail(*id).unwrap().summary;
            if summary.status == MatchStatus::Approved {
                expected += summary.adjustments.iter().map(|of| -of.amount.minor_units()).sum::<i64>();
            }
        }
        let balances = books.balances();
        prop_assert_eq!(balances.get("6855").copied().unwrap_or_default(), expected);
        prop_assert_eq!(balances.get("1200").copied().unwrap_or_default(), -expected);
        prop_assert_eq!(books.workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
        prop_assert!(books.workbook.verify_chain().unwrap().holds());
    }
}
