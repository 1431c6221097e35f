//! Customers' accounts: credited exactly once for each approved deposit, and made up of nothing but their transactions.

use proptest::prelude::*;
use tieout_domain::{CreditRate, CustomerCode, CustomerTransactionKind};

use super::*;
use crate::{CustomerBalance, HandMatch, PastVerdict};

pub(super) const A: &str = "CUS00000001";
pub(super) const B: &str = "CUS00000002";

/// Deposits of 120.00, 40.00 and 30.00 and a return of 120.00; accounts of A and B, and one whose code is none.
pub(super) struct Till {
    pub(super) workbook: Workbook,
    pub(super) lines: Vec<StatementLineId>,
    pub(super) accounts: Vec<LedgerEntryId>,
    pub(super) desk: Desk,
}

pub(crate) fn customer_account(row: u32, code: &str, name: &str) -> LedgerEntry {
    LedgerEntry {
        kind: LedgerKind::CustomerAccount,
        counterparty: name.to_owned(),
        counterparty_code: code.to_owned(),
        ..invoice(row, 1, 0, "")
    }
}

pub(super) fn till() -> Till {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let lines = [
        line(1, 2, 12_000, "Deposit CUS00000001"),
        line(2, 3, 4_000, "Deposit cus 0000 0001"),
        line(3, 4, 3_000, "Deposit CUS00000002"),
        line(4, 5, -12_000, "Returned CUS00000001"),
    ];
    take_lines(&mut workbook, 1, &lines).unwrap();
    let accounts = [
        customer_account(1, A, "Thandi"),
        customer_account(2, "cus-0000-0002", "Sipho"),
        customer_account(3, "K-17", "Groth"),
    ];
    take_entries(&mut workbook, 2, &accounts).unwrap();
    let (lines, accounts) = (line_ids(&workbook), entry_ids(&workbook));
    Till { workbook, lines, accounts, desk }
}

pub(super) fn code(text: &str) -> CustomerCode {
    text.parse().unwrap()
}

pub(super) fn rate(minor: i64) -> CreditRate {
    CreditRate::new(cents(minor)).unwrap()
}

impl Till {
    pub(super) fn of(&self, lines: &[(usize, i64)], account: usize) -> Match {
        let lines: Vec<_> = lines.iter().map(|(at, minor)| (self.lines[*at], *minor)).collect();
        let total = lines.iter().map(|(_, minor)| minor).sum();
        matched(&lines, &[(self.accounts[account], total)])
    }

    /// Proposes that these lines go to these accounts, and answers the matches in that order.
    pub(super) fn propose(&mut self, pairs: &[(usize, i64, usize)]) -> Vec<MatchId> {
        let proposals: Vec<_> = (0_u32..)
            .zip(pairs)
            .map(|(at, (line, minor, account))| {
                proposal(self.of(&[(*line, *minor)], *account), MatchStatus::Suggested, 500_000 + at)
            })
            .collect();
        store(&mut self.workbook, &proposals);
        proposed(&self.workbook)
    }

    /// Cents, whole credits, and cents towards the next.
    pub(super) fn balance(&self, customer: &str) -> Option<(i64, i64, Option<i64>)> {
        let account = self.workbook.customer_account(code(customer)).unwrap();
        let balance: Option<&CustomerBalance> = account.balances.first();
        balance.map(|found| (found.balance.minor_units(), found.credits, found.remainder.map(Money::minor_units)))
    }

    pub(super) fn kinds(&self, customer: &str) -> Vec<(CustomerTransactionKind, i64, i64)> {
        let page = self.workbook.customer_transactions(code(customer), 0, 99).unwrap();
        assert_eq!(page.total, page.rows.len() as u64);
        page.rows.iter().rev().map(|row| (row.kind, row.amount.minor_units(), row.credits)).collect()
    }

    #[track_caller]
    pub(super) fn sound(&self) {
        assert_eq!(self.workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
        assert!(self.workbook.verify_chain().unwrap().holds());
    }
}

#[test]
fn an_approved_deposit_credits_its_customer_exactly_once() {
    let mut till = till();
    till.workbook.set_credit_rate(rate(5_000)).unwrap();
    let ids = till.propose(&[(0, 12_000, 0), (2, 3_000, 1)]);
    assert_eq!(till.balance(A), None, "a proposal credits nobody");
    approve(&mut till.workbook, ids[0]).unwrap();
    assert_eq!(till.balance(A), Some((12_000, 2, Some(2_000))));
    assert!(matches!(approve(&mut till.workbook, ids[0]), Err(WorkbookError::Stale(_))));
    assert!(matches!(till.workbook.approve_many(&ids, ""), Err(WorkbookError::Stale(_))));
    assert_eq!((till.balance(A), till.balance(B)), (Some((12_000, 2, Some(2_000))), None));
    approve(&mut till.workbook, ids[1]).unwrap();
    assert_eq!(till.balance(B), Some((3_000, 0, Some(3_000))), "however its code is written");
    // The file comes a second time, and a run finds what it found.
    let lines = [line(1, 2, 12_000, "Deposit CUS00000001"), line(2, 3, 4_000, "Deposit cus 0000 0001")];
    assert_eq!(take_lines(&mut till.workbook, 3, &lines).unwrap().added, 0);
    till.propose(&[]);
    assert_eq!(till.balance(A), Some((12_000, 2, Some(2_000))));
    let transaction = till.workbook.customer_transactions(code(A), 0, 1).unwrap().rows[0].clone();
    assert_eq!((transaction.match_id, transaction.line), (Some(ids[0]), Some(till.lines[0])));
    assert_eq!((transaction.date, transaction.description.as_str()), (Some(date(2026, 1, 2)), "Deposit CUS00000001"));
    let told = till.workbook.audit_page(0, 99).unwrap().events;
    let told: Vec<_> = told.iter().filter(|event| event.action == "customers.credited").collect();
    assert_eq!(told.len(), 2, "one event with each approval");
    assert!(told[1].details.contains("CUS00000001 deposit 120.00 EUR, 2 credits"), "{}", told[1].details);
    till.sound();
}

#[test]
fn an_undone_approval_takes_the_credits_back_and_a_new_one_gives_them_again() {
    let mut till = till();
    till.workbook.set_credit_rate(rate(5_000)).unwrap();
    let ids = till.propose(&[(0, 12_000, 0), (1, 4_000, 0)]);
    till.workbook.approve_many(&ids, "").unwrap();
    assert_eq!(till.balance(A), Some((16_000, 3, Some(1_000))));
    till.workbook.undo_decision(ids[0], "").unwrap();
    assert_eq!(till.balance(A), Some((4_000, 0, Some(4_000))));
    assert!(matches!(till.workbook.undo_decision(ids[0], ""), Err(WorkbookError::NothingToUndo)));
    approve(&mut till.workbook, ids[0]).unwrap();
    reject(&mut till.workbook, ids[1]).unwrap_err();
    use CustomerTransactionKind::{Deposit, Undone};
    let expected = [(Deposit, 12_000, 2), (Deposit, 4_000, 1), (Undone, -12_000, -3), (Deposit, 12_000, 3)];
    assert_eq!(till.kinds(A), expected);
    let undone = [(4_000, 0, Some(4_000)), (16_000, 3, Some(1_000)), (0, 0, Some(0))];
    for balance in undone {
        till.workbook.undo_newest("").unwrap();
        assert_eq!(till.balance(A), Some(balance), "the approval, the take-back, the approval of both");
    }
    reject(&mut till.workbook, ids[0]).unwrap();
    till.workbook.undo_newest("").unwrap();
    assert_eq!(till.balance(A), Some((0, 0, Some(0))), "a rejection moves nothing");
    till.sound();
}

#[test]
fn what_the_policy_approves_is_credited_with_the_run() {
    let mut till = till();
    till.workbook.set_credit_rate(rate(5_000)).unwrap();
    let all = [
        proposal(till.of(&[(0, 12_000)], 0), MatchStatus::Approved, 999_000),
        proposal(till.of(&[(2, 3_000)], 1), MatchStatus::Approved, 999_000),
    ];
    store(&mut till.workbook, &all);
    assert_eq!((till.balance(A), till.balance(B)), (Some((12_000, 2, Some(2_000))), Some((3_000, 0, Some(3_000)))));
    let id = till.workbook.past_matches(PastVerdict::Approved, 9).unwrap()[0].id;
    till.workbook.undo_decision(id, "").unwrap();
    let left = [till.balance(A), till.balance(B)].map(|balance| balance.unwrap().0);
    assert!(left == [0, 3_000] || left == [12_000, 0], "{left:?}");
    // A run that cannot be stored credits nobody.
    let over = [proposal(till.of(&[(1, 4_000)], 0), MatchStatus::Approved, 999_000), {
        proposal(till.of(&[(1, 4_000)], 1), MatchStatus::Approved, 999_000)
    }];
    till.workbook.store_run(&run(), &over, &[], &mut go_on()).unwrap_err();
    assert_eq!([till.balance(A), till.balance(B)].map(|balance| balance.unwrap().0), left);
    till.sound();
}

#[test]
fn a_match_by_hand_credits_line_by_line() {
    let mut till = till();
    till.workbook.set_credit_rate(rate(5_000)).unwrap();
    let lines = [(till.lines[0], 12_000), (till.lines[1], 4_000)];
    let hand = HandMatch {
        matched: matched(&lines, &[(till.accounts[0], 15_900)]),
        postings: Vec::new(),
        cause: RootCause::Fee,
        explanation: explanation(),
        confidence: Confidence::from_ppm(0),
    };
    till.workbook.match_by_hand(&hand, "").unwrap();
    use CustomerTransactionKind::Deposit;
    assert_eq!(till.kinds(A), [(Deposit, 11_900, 2), (Deposit, 4_000, 1)], "the fee is not credited");
    till.workbook.undo_newest("").unwrap();
    assert_eq!(till.balance(A), Some((0, 0, Some(0))));
    // The fee is more than the last line.
    let lines = [(till.lines[1], 4_000), (till.lines[2], 3_000)];
    let hand = HandMatch { matched: matched(&lines, &[(till.accounts[0], 3_500)]), ..hand };
    till.workbook.match_by_hand(&hand, "").unwrap();
    assert_eq!(till.kinds(A)[4..], [(Deposit, 500, 0), (Deposit, 3_000, 0)], "nothing is taken back for a fee");
    till.workbook.undo_newest("").unwrap();
    // One line for two customers.
    let hand = HandMatch {
        matched: matched(&[(till.lines[0], 12_000)], &[(till.accounts[0], 7_000), (till.accounts[1], 5_000)]),
        postings: Vec::new(),
        cause: RootCause::None,
        ..hand
    };
    till.workbook.match_by_hand(&hand, "").unwrap();
    assert_eq!((till.balance(A), till.balance(B)), (Some((7_000, 1, Some(2_000))), Some((5_000, 1, Some(0)))));
    till.sound();
}

#[test]
fn what_the_bank_takes_back_takes_the_credits_it_brought_whatever_a_credit_costs_by_now() {
    let mut till = till();
    till.workbook.set_credit_rate(rate(5_000)).unwrap();
    let ids = till.propose(&[(0, 12_000, 0), (3, -12_000, 0)]);
    approve(&mut till.workbook, ids[0]).unwrap();
    let set = till.workbook.set_credit_rate(rate(1_000)).unwrap();
    assert_eq!((set.before, set.changed, set.accounts_counted), (Some(rate(5_000)), true, 0));
    assert_eq!(till.balance(A), Some((12_000, 2, Some(400))), "what was deposited stays at its rate");
    approve(&mut till.workbook, ids[1]).unwrap();
    assert_eq!(till.balance(A), Some((0, 0, Some(0))));
    use CustomerTransactionKind::{Deposit, Reversal, Undone};
    till.workbook.undo_newest("").unwrap();
    till.workbook.undo_newest("").unwrap();
    let expected = [(Deposit, 12_000, 2), (Reversal, -12_000, -2), (Undone, 12_000, 2), (Undone, -12_000, -2)];
    assert_eq!(till.kinds(A), expected);
    // Without its deposit it costs what a credit costs now, and the account is overdrawn.
    approve(&mut till.workbook, ids[1]).unwrap();
    assert_eq!(till.balance(A), Some((-12_000, -12, Some(0))));
    till.sound();
}

#[test]
fn the_first_rate_counts_what_was_deposited_before_and_later_ones_do_not() {
    let mut till = till();
    let ids = till.propose(&[(0, 12_000, 0), (1, 4_000, 0), (2, 3_000, 1)]);
    approve(&mut till.workbook, ids[0]).unwrap();
    approve(&mut till.workbook, ids[2]).unwrap();
    assert_eq!(till.balance(A), Some((12_000, 0, None)), "money is counted without a rate");
    let set = till.workbook.set_credit_rate(rate(5_000)).unwrap();
    assert_eq!((set.before, set.accounts_counted), (None, 2));
    assert_eq!((till.balance(A), till.balance(B)), (Some((12_000, 2, Some(2_000))), Some((3_000, 0, Some(3_000)))));
    let head = till.workbook.audit_head();
    assert!(!till.workbook.set_credit_rate(rate(5_000)).unwrap().changed);
    assert_eq!(till.workbook.audit_head(), head, "the same rate again changes nothing");
    // 0.4 of a credit is left, and 40.00 are 0.4 of one at the new rate.
    till.workbook.set_credit_rate(rate(10_000)).unwrap();
    approve(&mut till.workbook, ids[1]).unwrap();
    assert_eq!(till.balance(A), Some((16_000, 2, Some(8_000))));
    till.workbook.undo_decision(ids[0], "").unwrap();
    assert_eq!(till.balance(A), Some((4_000, 0, Some(4_000))), "taken back at the rate it was counted at");
    let rates = till.workbook.credit_rates().unwrap();
    assert_eq!(rates.iter().map(|record| record.rate).collect::<Vec<_>>(), [rate(10_000), rate(5_000)]);
    assert_eq!(rates[0].set_by, "Ada");
    let told = &till.workbook.audit_page(0, 99).unwrap().events;
    let told = told.iter().find(|event| event.action == "credit_rate.set").unwrap();
    assert_eq!(told.details, r#"{"accounts_counted":0,"after":"100.00 EUR","before":"50.00 EUR"}"#);
    let dollars = CreditRate::new(Money::from_minor(700, Currency::parse("USD").unwrap())).unwrap();
    assert_eq!(till.workbook.set_credit_rate(dollars).unwrap().accounts_counted, 0);
    till.sound();
}

#[test]
fn a_rate_that_could_not_be_added_exactly_is_refused() {
    let mut till = till();
    for minor in [999_999_937, 999_999_893] {
        let set = till.workbook.set_credit_rate(rate(minor));
        assert_eq!(set.is_ok(), minor == 999_999_937, "{set:?}");
    }
    let refused = till.workbook.set_credit_rate(rate(999_999_893)).unwrap_err().to_string();
    assert!(refused.contains("choose a rounder amount"), "{refused}");
    assert_eq!(till.workbook.credit_rates().unwrap().len(), 1);
}

#[test]
fn what_was_credited_is_never_changed_and_adds_up_whoever_writes_it() {
    let mut till = till();
    till.workbook.set_credit_rate(rate(5_000)).unwrap();
    let ids = till.propose(&[(0, 12_000, 0)]);
    approve(&mut till.workbook, ids[0]).unwrap();
    let Till { workbook, desk, .. } = till;
    workbook.close().unwrap();
    let raw = desk.raw();
    let refused = |sql: &str, because: &str| {
        let error = raw.execute_batch(sql).unwrap_err().to_string();
        assert!(error.contains(because), "{sql}: {error}");
    };
    refused("UPDATE customer_transactions SET amount = 1", "append-only");
    refused("DELETE FROM customer_transactions", "append-only");
    refused("UPDATE credit_rates SET amount = 1", "append-only");
    refused("DELETE FROM credit_rates", "append-only");
    let again = |number: i64, balance: i64, credits: i64, kind: &str, amount: i64, reverses: &str| {
        format!(
            "INSERT INTO customer_transactions SELECT company_id, zeroblob(16), customer_id, currency, {number}, '{kind}',
                 {amount}, rate, {credits}, {balance}, credits_after + {credits}, part_after, part_of, decision_id, match_id,
                 line_id, entry_id, {reverses}, posted_at, NULL, '' FROM customer_transactions"
        )
    };
    refused(&again(2, 24_000, 2, "deposit", 12_000, "NULL"), "credited once");
    refused(&again(2, 0, -2, "undone", -12_000, "id"), "only the undo of one takes back");
    raw.execute_batch("DROP TRIGGER customer_transactions_as_decided").unwrap();
    refused(&again(2, 24_001, 2, "undone", -12_000, "id"), "the sum of its transactions");
    refused(&again(3, 0, -2, "undone", -12_000, "id"), "the sum of its transactions");
    refused(&again(2, 11_000, -2, "undone", -1_000, "id"), "all of it");
    raw.execute_batch(&again(2, 0, -2, "undone", -12_000, "id")).unwrap();
    drop(raw);
    let workbook = desk.open();
    let damage = workbook.damage().unwrap();
    assert_eq!(
        damage,
        [format!("the account of {A} says 0 2/5 credits, but its deposits in EUR make 0 0/1").as_str()],
        "who writes past the code is found out"
    );
}

#[test]
fn a_transaction_for_another_customers_account_is_found_and_a_customer_with_an_account_keeps_the_code() {
    let mut till = till();
    let ids = till.propose(&[(0, 12_000, 0), (2, 3_000, 1)]);
    till.workbook.approve_many(&ids, "").unwrap();
    let Till { workbook, desk, .. } = till;
    workbook.close().unwrap();
    let raw = desk.raw();
    let refused = raw.execute("UPDATE customers SET code = 'CUS00000009' WHERE code = 'CUS00000001'", []).unwrap_err();
    assert!(refused.to_string().contains("keeps the code"), "{refused}");
    raw.execute_batch(
        "DROP TRIGGER customer_transactions_never_change;
         UPDATE customer_transactions SET customer_id = (SELECT id FROM customers WHERE code = 'CUS00000001'), number = 2,
             balance_after = 15000 WHERE amount = 3000",
    )
    .unwrap();
    drop(raw);
    let expected = format!("transaction 2 in EUR of the account of {A} is for the account of cus-0000-0002");
    assert_eq!(desk.open().damage().unwrap(), [expected.as_str()]);
}

/// 50,000,000,000,000,000.00 once is a deposit like any other; twice, it is more than an account can hold.
#[test]
fn a_deposit_that_an_account_cannot_hold_stops_no_run() {
    let mut till = till();
    let most = 5_000_000_000_000_000_000;
    let lines = [line(1, 6, most, "Deposit CUS00000001"), line(2, 7, most, "Deposit CUS00000001")];
    take_lines(&mut till.workbook, 3, &lines).unwrap();
    let huge: Vec<StatementLineId> =
        line_ids(&till.workbook).into_iter().filter(|id| !till.lines.contains(id)).collect();
    let to = |line: StatementLineId, minor: i64, account: usize| {
        let matched = matched(&[(line, minor)], &[(till.accounts[account], minor)]);
        proposal(matched, MatchStatus::Approved, 999_000)
    };
    let proposals = [to(huge[0], most, 0), to(huge[1], most, 0), to(till.lines[0], 12_000, 0)];
    store(&mut till.workbook, &proposals);
    assert_eq!(till.balance(A), Some((most + 12_000, 0, None)));
    let waiting = proposed(&till.workbook);
    assert_eq!(waiting.len(), 1, "a person has to look at it");
    let refused = approve(&mut till.workbook, waiting[0]).unwrap_err().to_string();
    assert_eq!(
        refused,
        "50000000000000000.00 EUR more, and the account of CUS00000001 would hold more than can be stored: look \
         whether the amount is right, and reject the match if it comes from one"
    );
    reject(&mut till.workbook, waiting[0]).unwrap();
    till.sound();
}

#[test]
fn an_account_that_was_tampered_with_is_named() {
    let mut till = till();
    let ids = till.propose(&[(0, 12_000, 0)]);
    approve(&mut till.workbook, ids[0]).unwrap();
    let Till { workbook, desk, .. } = till;
    workbook.close().unwrap();
    let raw = desk.raw();
    raw.execute_batch("DROP TRIGGER customer_transactions_never_change; UPDATE customer_transactions SET amount = 99")
        .unwrap();
    drop(raw);
    let damage = desk.open().damage().unwrap();
    let expected =
        format!("the account of {A} says 120.00 EUR and 0 credits, but its transactions make 0.99 EUR and 0");
    assert_eq!(damage, [expected.as_str()]);
    let raw = desk.raw();
    raw.execute_batch("DROP TRIGGER customer_transactions_stay; DELETE FROM customer_transactions").unwrap();
    drop(raw);
    let damage = desk.open().damage().unwrap();
    assert_eq!(damage, [format!("approved matches give 120.00 EUR to {A}, but 0.00 EUR was credited").as_str()]);
}

/// What a person may do next, by number. Every refusal leaves the accounts as they were.
pub(super) fn step(till: &mut Till, what: u8, which: usize) {
    let live = proposed(&till.workbook);
    let pick = |ids: &[MatchId]| ids.get(which % ids.len().max(1)).copied();
    let approved: Vec<MatchId> =
        till.workbook.past_matches(PastVerdict::Approved, 99).unwrap().iter().map(|past| past.id).collect();
    let answer = match (what, pick(&live), pick(&approved)) {
        (0 | 1, Some(id), _) => approve(&mut till.workbook, id).map(drop),
        (2, Some(id), _) => reject(&mut till.workbook, id).map(drop),
        // A repeat of what is decided already.
        (3, _, Some(id)) => approve(&mut till.workbook, id).map(drop),
        (4, _, Some(id)) => till.workbook.undo_decision(id, "").map(drop),
        (5, _, _) => {
            let hand = HandMatch {
                matched: till.of(&[(0, 12_000), (1, 4_000)], which % 2),
                postings: Vec::new(),
                cause: RootCause::None,
                explanation: explanation(),
                confidence: Confidence::from_ppm(0),
            };
            till.workbook.match_by_hand(&hand, "").map(drop)
        }
        (6, _, _) => till.workbook.approve_many(&live[..live.len().min(2)], "").map(drop),
        _ => till.workbook.undo_newest("").map(drop),
    };
    match answer {
        Ok(()) | Err(WorkbookError::NothingToUndo | WorkbookError::NotEnoughOpen { .. } | WorkbookError::Stale(_)) => {}
        Err(error) => panic!("{error}"),
    }
}

/// What approved matches give to each account, in cents.
pub(super) fn given(till: &Till) -> [i64; 2] {
    [0, 1].map(|at| {
        let id = till.accounts[at];
        let applied = "SELECT applied FROM ledger_entries WHERE id = ?1";
        till.workbook.sql.query_row(applied, [crate::rows::Blob(id.uuid())], |row| row.get(0)).unwrap()
    })
}

pub(super) const PAIRS: [(usize, i64, usize); 6] =
    [(0, 12_000, 0), (0, 12_000, 1), (1, 4_000, 0), (2, 3_000, 1), (3, -12_000, 0), (3, -12_000, 1)];

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn in_any_order_of_deposits_repeats_and_reversals_balances_and_credits_are_conserved(
        steps in prop::collection::vec((0_u8..9, 0_usize..6), 1..25),
    ) {
        let mut till = till();
        till.workbook.set_credit_rate(rate(5_000)).unwrap();
        till.propose(&PAIRS);
        for (what, which) in steps {
            step(&mut till, what, which);
            for (customer, given) in [A, B].into_iter().zip(given(&till)) {
                // The second account's code is written otherwise in the books: its customer appears with the first deposit.
                let Ok(_) = till.workbook.customer_account(code(customer)) else { continue };
                let (balance, credits, remainder) = till.balance(customer).unwrap_or((0, 0, Some(0)));
                prop_assert_eq!(balance, given);
                prop_assert_eq!((credits, remainder), (given.div_euclid(5_000), Some(given.rem_euclid(5_000))));
                let moved: i64 = till.kinds(customer).iter().map(|(_, amount, _)| amount).sum();
                let earned: i64 = till.kinds(customer).iter().map(|(_, _, credits)| credits).sum();
                prop_assert_eq!((moved, earned), (balance, credits));
            }
        }
        till.sound();
    }
}
