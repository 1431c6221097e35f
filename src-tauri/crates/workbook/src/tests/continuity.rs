//! How one statement follows on another.

use jiff::civil::Date;

use super::*;
use crate::ProofRange;

fn january(day: i8) -> Date {
    date(2026, 1, day)
}

/// Statements of the days 5 to 10 and 11 to 20, and one without lines of the days 21 to 31.
fn workbook() -> (Desk, Workbook, AccountId) {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let account = account(&mut workbook);
    let first = [line(1, 5, 100, "a"), line(2, 9, 200, "b")];
    take_statement(&mut workbook, &batch(1), account, &facts(&first, Some(0), Some(300)), &first).unwrap();
    let second = [line(1, 11, 50, "c"), line(2, 18, -20, "d")];
    take_statement(&mut workbook, &batch(2), account, &facts(&second, Some(300), Some(330)), &second).unwrap();
    let quiet = StatementFacts { from: Some(january(21)), to: Some(january(31)), ..facts(&[], Some(330), Some(330)) };
    take_statement(&mut workbook, &batch(3), account, &quiet, &[]).unwrap();
    (desk, workbook, account)
}

#[test]
fn a_statement_opens_with_the_closing_of_the_one_before() {
    let (_desk, workbook, account) = workbook();
    for (day, found) in [
        (5, None),
        (10, Some((9, 300))),
        (11, Some((9, 300))),
        // The second statement has lines on that day and after.
        (18, None),
        (19, Some((18, 330))),
        (31, Some((18, 330))),
    ] {
        let found = found.map(|(day, minor)| (january(day), cents(minor)));
        assert_eq!(workbook.closing_before(account, january(day)).unwrap(), found, "{day}");
    }
    let february = workbook.closing_before(account, date(2026, 2, 1)).unwrap();
    assert_eq!(february, Some((january(31), cents(330))), "of the statement without lines");
    for (day, found) in [(1, Some((5, 0))), (9, Some((11, 300))), (11, Some((21, 330))), (20, Some((21, 330)))] {
        let found = found.map(|(day, minor)| (january(day), cents(minor)));
        let told = workbook.opening_after(account, january(day)).unwrap();
        // On the eleventh the second statement's own line of the eighteenth lies between.
        assert_eq!(told, found.filter(|_| day != 11), "{day}");
    }
    assert_eq!(workbook.opening_after(account, january(21)).unwrap(), None);
}

#[test]
fn a_statement_that_was_taken_back_is_not_followed_on() {
    let (_desk, mut workbook, account) = workbook();
    let batches = workbook.list_batches().unwrap();
    workbook.undo_import(batches[1].id).unwrap();
    assert_eq!(workbook.closing_before(account, january(20)).unwrap(), Some((january(9), cents(300))));
    workbook.undo_import(batches[0].id).unwrap();
    assert_eq!(workbook.closing_before(account, date(2026, 2, 1)).unwrap(), Some((january(9), cents(300))));
    let other = workbook.find_or_create_account("Savings", eur()).unwrap();
    assert_eq!(workbook.closing_before(other, january(20)).unwrap(), None);
}

#[test]
fn interim_balances_are_not_followed_on() {
    let (_desk, mut workbook, account) = workbook();
    let lines = [line(1, 31, 7, "not booked yet")];
    let facts = StatementFacts { interim: true, ..facts(&lines, Some(999), Some(1_006)) };
    let batch = take_statement(&mut workbook, &batch(7), account, &facts, &lines).unwrap().batch;
    assert_eq!(workbook.statements_of_batch(batch).unwrap()[0].facts, facts);
    let before = workbook.closing_before(account, date(2026, 2, 1)).unwrap();
    assert_eq!(before, Some((january(31), cents(330))));
    assert_eq!(workbook.opening_after(account, january(22)).unwrap(), None);
    let proof = workbook.balance_proof(account, ProofRange::default()).unwrap().proof;
    assert_eq!(proof.opening, Some(cents(0)));
}

#[test]
fn a_statement_without_lines_has_its_say_in_the_accounts_proof() {
    let (_desk, workbook, account) = workbook();
    let proof = workbook.balance_proof(account, ProofRange::default()).unwrap().proof;
    assert_eq!((proof.opening, proof.closing), (Some(cents(0)), Some(cents(330))));
    let late = ProofRange { from: Some(january(21)), to: Some(january(31)) };
    let proof = workbook.balance_proof(account, late).unwrap().proof;
    assert_eq!((proof.opening, proof.closing, proof.lines_total), (Some(cents(330)), Some(cents(330)), cents(0)));
}

#[test]
fn a_statement_of_which_every_line_was_there_already_is_not_kept_twice() {
    let (_desk, mut workbook, account) = workbook();
    let again = [line(1, 5, 100, "a")];
    let facts = facts(&again, Some(0), Some(100));
    let outcome = take_statement(&mut workbook, &batch(4), account, &facts, &again).unwrap();
    assert_eq!((outcome.added, outcome.duplicates), (0, 1));
    assert_eq!(workbook.statements_of_batch(outcome.batch).unwrap(), []);
    assert_eq!(workbook.batch(outcome.batch).unwrap().account, Some(account), "the account is known all the same");
    // Nor is one that says nothing.
    let silent = StatementFacts::of_currency(eur());
    let outcome = take_statement(&mut workbook, &batch(5), account, &silent, &[]).unwrap();
    assert_eq!(workbook.statements_of_batch(outcome.batch).unwrap(), []);
}
