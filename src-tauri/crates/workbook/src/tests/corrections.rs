//! What a person does to customers' accounts: adjustments and allocations, and taking them back.

use proptest::prelude::*;
use tieout_domain::CustomerTransactionKind::{Adjustment, Deposit, FirstRate, Undone};

use super::{
    credits::{A, B, PAIRS, Till, code, given, rate, step, till},
    *,
};
use crate::HandMatch;

fn adjust(till: &mut Till, customer: &str, minor: i64) {
    till.workbook.adjust_customer(code(customer), cents(minor), "goodwill").unwrap();
}

fn take_back(till: &mut Till, customer: &str, number: u64) -> Result<(), WorkbookError> {
    till.workbook.take_adjustment_back(code(customer), eur(), number, "mistake")
}

#[test]
fn an_adjustment_moves_money_and_credits_and_is_taken_back_with_exactly_these() {
    let mut till = till();
    till.workbook.set_credit_rate(rate(5_000)).unwrap();
    adjust(&mut till, A, 12_000);
    assert_eq!(till.balance(A), Some((12_000, 2, Some(2_000))));
    // The rate is another by the time it is taken back.
    till.workbook.set_credit_rate(rate(1_000)).unwrap();
    adjust(&mut till, A, -500);
    take_back(&mut till, A, 1).unwrap();
    assert_eq!(till.balance(A), Some((-500, -1, Some(500))));
    assert_eq!(till.kinds(A), [(Adjustment, 12_000, 2), (Adjustment, -500, -1), (Undone, -12_000, -2)]);
    let page = till.workbook.customer_transactions(code(A), 0, 9).unwrap();
    let told: Vec<_> =
        page.rows.iter().map(|row| (row.posted_by.as_str(), row.reason.as_str(), row.taken_back)).collect();
    assert_eq!(told, [("Ada", "mistake", false), ("Ada", "goodwill", false), ("Ada", "goodwill", true)]);
    till.sound();
}

#[test]
fn what_an_adjustment_was_for_is_in_the_audit_chain() {
    let mut till = till();
    adjust(&mut till, A, 12_000);
    take_back(&mut till, A, 1).unwrap();
    let told = till.workbook.audit_page(0, 99).unwrap().events;
    let told: Vec<_> = told.iter().filter(|event| event.action.starts_with("customer.adj")).collect();
    let details: Vec<_> = told.iter().map(|event| (event.action.as_str(), event.details.as_str())).collect();
    let taken = r#"{"amount":"120.00 EUR","code":"CUS00000001","number":1,"reason":"mistake"}"#;
    let made = r#"{"amount":"120.00 EUR","code":"CUS00000001","reason":"goodwill"}"#;
    assert_eq!(details, [("customer.adjustment_taken_back", taken), ("customer.adjusted", made)]);
}

#[test]
fn what_is_no_adjustment_is_refused_in_words_and_changes_nothing() {
    let mut till = till();
    till.workbook.set_credit_rate(rate(5_000)).unwrap();
    let ids = till.propose(&[(0, 12_000, 0)]);
    approve(&mut till.workbook, ids[0]).unwrap();
    adjust(&mut till, A, 100);
    take_back(&mut till, A, 2).unwrap();
    let head = till.workbook.audit_head();
    let told = |refused: Result<(), WorkbookError>| refused.unwrap_err().to_string();
    let book = &mut till.workbook;
    assert_eq!(told(book.adjust_customer(code(A), cents(5), " ")), "say why: an adjustment needs a reason");
    assert!(told(book.adjust_customer(code(A), cents(0), "why")).contains("other than 0"));
    assert!(
        told(book.adjust_customer(code("CUS00000009"), cents(5), "why")).contains("there is no customer CUS00000009")
    );
    let largest = cents(i64::MAX);
    assert!(told(book.adjust_customer(code(A), largest, "why")).contains("more than can be stored"), "an overflow");
    assert!(told(book.take_adjustment_back(code(A), eur(), 1, "why")).contains("goes with the approval"));
    assert_eq!(told(book.take_adjustment_back(code(A), eur(), 2, "why")), "this adjustment was taken back already");
    assert_eq!(told(book.take_adjustment_back(code(A), eur(), 9, "why")), "there is no transaction 9");
    assert_eq!(told(book.take_adjustment_back(code(A), eur(), 3, "")), "say why: an adjustment needs a reason");
    assert_eq!(till.workbook.audit_head(), head);
    till.sound();
}

#[test]
fn the_first_rate_counts_adjustments_made_before_it() {
    let mut till = till();
    adjust(&mut till, A, 7_500);
    till.workbook.set_credit_rate(rate(5_000)).unwrap();
    assert_eq!(till.balance(A), Some((7_500, 1, Some(2_500))));
    till.workbook.set_credit_rate(rate(100)).unwrap();
    take_back(&mut till, A, 1).unwrap();
    assert_eq!(till.balance(A), Some((0, 0, Some(0))));
    assert_eq!(till.kinds(A), [(Adjustment, 7_500, 0), (FirstRate, 0, 1), (Undone, -7_500, -1)]);
    till.sound();
}

#[test]
fn nobody_posts_an_adjustment_past_its_rules() {
    let mut till = till();
    adjust(&mut till, A, 100);
    let Till { workbook, desk, .. } = till;
    workbook.close().unwrap();
    let raw = desk.raw();
    let refused = |columns: &str, because: &str| {
        let sql = format!(
            "INSERT INTO customer_transactions SELECT company_id, zeroblob(16), customer_id, currency, 2, {columns}
             FROM customer_transactions"
        );
        let error = raw.execute_batch(&sql).unwrap_err().to_string();
        assert!(error.contains(because), "{columns}: {error}");
    };
    let rest = "NULL, NULL, NULL, NULL";
    refused(&format!("'adjustment', 5, NULL, 0, 105, 0, 0, 1, {rest}, NULL, 1, posted_by, ''"), "CHECK");
    refused(&format!("'adjustment', 5, NULL, 0, 105, 0, 0, 1, {rest}, NULL, 1, NULL, 'why'"), "CHECK");
    refused(&format!("'deposit', 5, NULL, 0, 105, 0, 0, 1, {rest}, NULL, 1, posted_by, 'why'"), "CHECK");
    refused(&format!("'undone', -99, NULL, 0, 1, 0, 0, 1, {rest}, id, 1, posted_by, 'why'"), "all of it");
    refused(&format!("'adjustment', 5, NULL, 0, 106, 0, 0, 1, {rest}, NULL, 1, posted_by, 'why'"), "the sum");
}

#[test]
fn a_search_finds_customers_by_name_and_code() {
    let mut till = till();
    till.workbook.new_customer("Thandi Nkosi", Some(code("CUS00000077")), eur()).unwrap();
    let found = |search: &str| -> Vec<String> {
        let page = till.workbook.customer_accounts(search, 0, 9).unwrap();
        assert_eq!(page.total, page.rows.len() as u64, "{search}");
        page.rows.into_iter().map(|account| account.code.to_string()).collect()
    };
    assert_eq!(found("THANDI"), [A, "CUS00000077"]);
    assert_eq!(found("077"), ["CUS00000077"]);
    assert_eq!(found(" nkosi "), ["CUS00000077"]);
    assert_eq!(found("nobody"), [""; 0]);
}

/// Gives an open line to a customer by hand, as the window does.
fn allocate(till: &mut Till, line: usize, account: usize) -> Result<(), WorkbookError> {
    let open = till.workbook.line(till.lines[line])?.open.minor_units();
    if open == 0 {
        return Ok(());
    }
    let hand = HandMatch {
        matched: till.of(&[(line, open)], account),
        postings: Vec::new(),
        cause: RootCause::None,
        explanation: explanation(),
        confidence: Confidence::from_ppm(1_000_000),
    };
    till.workbook.match_by_hand(&hand, "").map(drop)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn in_any_order_of_deposits_repeats_adjustments_allocations_and_reversals_balances_are_conserved(
        steps in prop::collection::vec((0_u8..16, 0_usize..6), 1..30),
    ) {
        let mut till = till();
        till.workbook.set_credit_rate(rate(5_000)).unwrap();
        till.workbook.new_customer("Sipho", Some(code(B)), eur()).unwrap();
        till.propose(&PAIRS);
        // What a person added by hand and that stands, by customer.
        let mut by_hand = [0_i64; 2];
        for (what, which) in steps {
            let (at, customer) = (which % 2, [A, B][which % 2]);
            match what {
                9..=11 => {
                    let minor = [5_000, -5_000, 1, -7_499, 99_999, -1][which];
                    adjust(&mut till, customer, minor);
                    by_hand[at] += minor;
                }
                12 | 13 => {
                    let page = till.workbook.customer_transactions(code(customer), 0, 99).unwrap();
                    let one = page.rows.iter().find(|row| row.kind == Adjustment && !row.taken_back);
                    if let Some(one) = one {
                        take_back(&mut till, customer, one.number).unwrap();
                        by_hand[at] -= one.amount.minor_units();
                        prop_assert!(take_back(&mut till, customer, one.number).is_err(), "once only");
                    }
                }
                14 | 15 => allocate(&mut till, which % 4, at).unwrap(),
                _ => step(&mut till, what, which),
            }
            for (at, (customer, given)) in [A, B].into_iter().zip(given(&till)).enumerate() {
                let (balance, credits, remainder) = till.balance(customer).unwrap_or((0, 0, Some(0)));
                let expected = given + by_hand[at];
                prop_assert_eq!(balance, expected);
                prop_assert_eq!((credits, remainder), (expected.div_euclid(5_000), Some(expected.rem_euclid(5_000))));
                let moved: i64 = till.kinds(customer).iter().map(|(_, amount, _)| amount).sum();
                prop_assert_eq!(moved, balance);
            }
        }
        till.sound();
    }
}

#[test]
fn a_deposit_given_to_a_customer_by_hand_is_credited_and_open_again_when_taken_back() {
    let mut till = till();
    let ids = till.propose(&[(0, 12_000, 1)]);
    allocate(&mut till, 0, 0).unwrap();
    assert_eq!(till.kinds(A), [(Deposit, 12_000, 0)]);
    assert_eq!(till.workbook.line(till.lines[0]).unwrap().open, cents(0));
    assert!(approve(&mut till.workbook, ids[0]).is_err(), "the proposal made room");
    let match_id = till.workbook.customer_transaction(code(A), eur(), 1).unwrap().match_id.unwrap();
    till.workbook.undo_decision(match_id, "").unwrap();
    assert_eq!(till.balance(A).map(|balance| balance.0), Some(0));
    assert_eq!(till.workbook.line(till.lines[0]).unwrap().open, cents(12_000));
    approve(&mut till.workbook, ids[0]).unwrap();
    till.sound();
}
