//! Tying an account out.

use tieout_domain::Side;

use super::*;
use crate::ProofRange;

/// Lines of 100.00 on the 2nd, −1.50 on the 5th, 40.00 on the 20th, with running balance; invoices of 101.50 of the 1st,
/// 60.00 of the 10th and 40.00 of the 12th.
fn workbook() -> (Desk, Workbook, AccountId) {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let account = account(&mut workbook);
    let mut lines = [line(1, 2, 10_000, "RE-1"), line(2, 5, -150, "fee"), line(3, 20, 4_000, "RE-3")];
    let mut balance = 50_000;
    for line in &mut lines {
        balance += line.amount.minor_units();
        line.balance = Some(cents(balance));
    }
    let facts = facts(&lines, Some(50_000), Some(63_850));
    take_statement(&mut workbook, &batch(1), account, &facts, &lines).unwrap();
    let invoices = [invoice(1, 1, 10_150, "RE-1"), invoice(2, 10, 6_000, "RE-2"), invoice(3, 12, 4_000, "RE-3")];
    take_entries(&mut workbook, 2, &invoices).unwrap();
    let (lines, entries) = (line_ids(&workbook), entry_ids(&workbook));
    store(
        &mut workbook,
        &[
            proposal(matched(&[(lines[0], 10_000)], &[(entries[0], 10_150)]), MatchStatus::Approved, 999_000),
            proposal(matched(&[(lines[2], 4_000)], &[(entries[2], 4_000)]), MatchStatus::Approved, 999_000),
        ],
    );
    (desk, workbook, account)
}

#[test]
fn the_difference_between_bank_and_books_is_explained() {
    let (_desk, workbook, account) = workbook();
    let told = workbook.balance_proof(account, ProofRange::default()).unwrap();
    let proof = &told.proof;
    assert_eq!((proof.opening, proof.closing), (Some(cents(50_000)), Some(cents(63_850))));
    assert_eq!((proof.lines_total, proof.entries_total), (cents(13_850), cents(20_150)));
    assert_eq!((proof.lines_outstanding, proof.entries_outstanding), (cents(-150), cents(6_000)));
    assert_eq!(proof.adjustments, cents(-150));
    assert_eq!((told.lines, told.lines_outstanding, told.entries_outstanding), (3, 1, 1));
    assert_eq!(proof.holds(), Ok(true));
    for (side, rest) in [(Side::Statement, -150), (Side::Ledger, 6_000)] {
        let page = workbook.outstanding(account, ProofRange::default(), side, 0, 10).unwrap();
        assert_eq!((page.total, page.rows[0].1), (1, cents(rest)));
    }
}

#[test]
fn an_invoice_paid_later_is_outstanding_at_the_end_of_the_range() {
    let (_desk, workbook, account) = workbook();
    let range = ProofRange { from: Some(date(2026, 1, 3)), to: Some(date(2026, 1, 15)) };
    let proof = workbook.balance_proof(account, range).unwrap().proof;
    // Balances come from the running balance of the lines around.
    assert_eq!((proof.opening, proof.closing), (Some(cents(60_000)), Some(cents(59_850))));
    assert_eq!((proof.lines_total, proof.lines_outstanding), (cents(-150), cents(-150)));
    assert_eq!(proof.entries_outstanding, cents(10_000), "RE-2, and RE-3 which is paid on the 20th");
    assert_eq!(proof.holds(), Ok(true));
    let page = workbook.outstanding(account, range, Side::Ledger, 0, 10).unwrap();
    let open: Vec<_> = page.rows.iter().map(|(_, rest)| rest.minor_units()).collect();
    assert_eq!(open, [6_000, 4_000]);
}

#[test]
fn what_another_account_settled_is_not_this_accounts() {
    let (_desk, mut workbook, current) = workbook();
    let savings = workbook.find_or_create_account("Savings", eur()).unwrap();
    let moved = [line(1, 22, 6_000, "RE-2 paid to savings")];
    take_statement(&mut workbook, &batch(5), savings, &facts(&moved, None, None), &moved).unwrap();
    let line = workbook.open_lines(Some(savings)).unwrap()[0].id;
    let entry = entry_ids(&workbook)[0];
    store(&mut workbook, &[proposal(matched(&[(line, 6_000)], &[(entry, 6_000)]), MatchStatus::Approved, 999_000)]);
    for (account, lines, entries) in [(current, 13_850, 14_150), (savings, 6_000, 6_000)] {
        let proof = workbook.balance_proof(account, ProofRange::default()).unwrap().proof;
        assert_eq!((proof.lines_total, proof.entries_total), (cents(lines), cents(entries)));
        assert_eq!(proof.holds(), Ok(true));
    }
}

#[test]
fn a_transfer_between_two_accounts_ties_both_out() {
    let (_desk, mut workbook, current) = workbook();
    let savings = workbook.find_or_create_account("Savings", eur()).unwrap();
    for (number, account, minor) in [(5, current, -2_000), (6, savings, 2_000)] {
        let lines = [line(1, 25, minor, "transfer")];
        take_statement(&mut workbook, &batch(number), account, &facts(&lines, None, None), &lines).unwrap();
    }
    let open = workbook.open_lines(None).unwrap();
    let legs = open
        .iter()
        .filter(|line| line.record.description == "transfer")
        .map(|line| Leg::of(RecordRef::Line(line.id), line.open))
        .collect();
    let transfer = Match::reversal(legs).unwrap();
    store(&mut workbook, &[proposal(transfer, MatchStatus::Approved, 999_000)]);
    for account in [current, savings] {
        let proof = workbook.balance_proof(account, ProofRange::default()).unwrap().proof;
        assert_eq!(proof.unexplained(), Ok(cents(0)));
    }
}

#[test]
fn a_missing_line_shows_in_the_statements_own_proof() {
    let mut workbook = Desk::new().create();
    let account = account(&mut workbook);
    let lines = [line(1, 2, 10_000, "RE-1")];
    take_statement(&mut workbook, &batch(1), account, &facts(&lines, Some(0), Some(10_500)), &lines).unwrap();
    let proof = workbook.balance_proof(account, ProofRange::default()).unwrap().proof;
    assert_eq!(proof.statement_gap(), Ok(Some(cents(-500))));
}

#[test]
fn sums_that_do_not_fit_are_an_error_not_a_wrong_number() {
    let mut workbook = Desk::new().create();
    let account = account(&mut workbook);
    take_lines(&mut workbook, 1, &[line(1, 1, i64::MAX - 1, "a"), line(2, 1, i64::MAX - 1, "b")]).unwrap();
    let refused = workbook.balance_proof(account, ProofRange::default());
    assert!(matches!(refused, Err(WorkbookError::Money(tieout_domain::MoneyError::Overflow))));
}
