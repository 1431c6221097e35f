//! What the bank takes back: from which deposits, at which rates, in whatever order all of it is approved.

use proptest::{prelude::*, sample::Index};
use tieout_domain::{CreditRate, CustomerTransactionKind};

use super::{credits::customer_account, *};

const CODE: &str = "CUS00000001";

/// A customer's lines: day of January, cents, and a text that may name a day. They come to nothing.
const LINES: [(i8, i64, &str); 8] = [
    (2, 10_000, "Deposit"),
    (3, 10_000, "Deposit"),
    (4, 4_000, "Deposit"),
    (5, 6_000, "Deposit"),
    (6, -10_000, "Reversal of deposit of 2026-01-02"),
    (7, -6_000, "Returned"),
    (8, -2_500, "Returned"),
    (9, -11_500, "Returned"),
];

/// A customer's account, and a proposal to credit each of some lines to it.
struct Purse {
    workbook: Workbook,
    matches: Vec<MatchId>,
    _desk: Desk,
}

fn purse(lines: &[(i8, i64, &str)]) -> Purse {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let rows: Vec<_> = (1_u32..)
        .zip(lines)
        .map(|(row, (day, minor, text))| line(row, *day, *minor, &format!("{text} {CODE}")))
        .collect();
    take_lines(&mut workbook, 1, &rows).unwrap();
    take_entries(&mut workbook, 2, &[customer_account(1, CODE, "Thandi")]).unwrap();
    let (ids, account) = (line_ids(&workbook), entry_ids(&workbook)[0]);
    let proposals: Vec<_> = (0_u32..)
        .zip(ids.iter().zip(lines))
        .map(|(at, (id, (_, minor, _)))| {
            proposal(matched(&[(*id, *minor)], &[(account, *minor)]), MatchStatus::Suggested, 500_000 + at)
        })
        .collect();
    store(&mut workbook, &proposals);
    let matches = proposed(&workbook);
    Purse { workbook, matches, _desk: desk }
}

/// Minor units, and minor units of a credit.
type AmountsAndRates = Vec<(i64, i64)>;

impl Purse {
    fn rate(&mut self, minor: i64) {
        self.workbook.set_credit_rate(CreditRate::new(cents(minor)).unwrap()).unwrap();
    }

    fn approve(&mut self, which: usize) {
        approve(&mut self.workbook, self.matches[which]).unwrap();
    }

    fn undo(&mut self, which: usize) {
        self.workbook.undo_decision(self.matches[which], "").unwrap();
    }

    /// Cents, whole credits, and the part of one that is kept.
    fn holds(&self) -> (i64, i64, (i64, i64)) {
        self.workbook
            .sql
            .query_row(
                "SELECT balance_after, credits_after, part_after, part_of FROM customer_transactions ORDER BY number DESC
                 LIMIT 1",
                [],
                |row| Ok((row.get(0)?, row.get(1)?, (row.get(2)?, row.get(3)?))),
            )
            .unwrap_or((0, 0, (0, 1)))
    }

    /// Kind, cents, whole credits and rate.
    fn transactions(&self) -> Vec<(CustomerTransactionKind, i64, i64, i64)> {
        let page = self.workbook.customer_transactions(CODE.parse().unwrap(), 0, 99).unwrap();
        let told = page.rows.iter().rev().map(|row| {
            let rate = row.rate.map_or(0, Money::minor_units);
            (row.kind, row.amount.minor_units(), row.credits, rate)
        });
        told.collect()
    }

    /// What stands: of each deposit what is left and its rate; of reversals what no deposit covers, with its rate. Every
    /// part of a reversal must have its deposit's rate.
    fn left(&self) -> (AmountsAndRates, AmountsAndRates) {
        let standing =
            "NOT EXISTS (SELECT 1 FROM customer_transactions u WHERE u.reverses = t.id AND u.kind = 'undone')";
        let pairs = |sql: &str| -> AmountsAndRates {
            let mut statement = self.workbook.sql.prepare(&sql.replace("STANDING", standing)).unwrap();
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().collect::<Result<_, _>>().unwrap()
        };
        let otherwise = pairs(
            "SELECT t.amount, t.rate FROM customer_transactions t JOIN customer_transactions d ON d.id = t.reverses
             WHERE t.kind = 'reversal' AND STANDING AND t.rate IS NOT d.rate",
        );
        assert_eq!(otherwise, [], "a reversal takes back at the rate of its deposit");
        let deposits = pairs(
            "SELECT d.amount + ifnull((SELECT sum(t.amount) FROM customer_transactions t WHERE t.reverses = d.id
                                       AND t.kind = 'reversal' AND STANDING), 0), d.rate
             FROM (SELECT * FROM customer_transactions t WHERE t.kind = 'deposit' AND STANDING) d",
        );
        let uncovered = pairs(
            "SELECT -t.amount, t.rate FROM customer_transactions t
             WHERE t.kind = 'reversal' AND t.reverses IS NULL AND STANDING",
        );
        (deposits.into_iter().filter(|(left, _)| *left != 0).collect(), uncovered)
    }

    /// Balance and credits are those of what is left of the deposits that stand, or less those of what none covers.
    #[track_caller]
    fn is_conserved(&self, balance: i64) {
        let (deposits, uncovered) = self.left();
        assert!(deposits.iter().all(|(left, _)| *left > 0), "{deposits:?}");
        assert!(deposits.is_empty() || uncovered.is_empty(), "{deposits:?} {uncovered:?}");
        let of: i128 = 15_000_000;
        let worth = |(minor, rate): &(i64, i64)| i128::from(*minor) * of / i128::from(*rate);
        let credits = deposits.iter().map(worth).sum::<i128>() - uncovered.iter().map(worth).sum::<i128>();
        let (told, whole, (part, part_of)) = self.holds();
        assert_eq!(told, balance);
        assert_eq!(i128::from(whole) * of + i128::from(part) * of / i128::from(part_of), credits);
    }

    #[track_caller]
    fn sound(&self) {
        assert_eq!(self.workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
        assert!(self.workbook.verify_chain().unwrap().holds());
    }
}

use CustomerTransactionKind::{Deposit, Reversal, Undone};

#[test]
fn a_reversal_takes_back_the_credits_of_the_deposit_whose_day_it_names() {
    let mut purse = purse(&LINES[..5]);
    purse.rate(5_000);
    purse.approve(0);
    purse.rate(2_500);
    purse.approve(1);
    purse.approve(4);
    let expected = [(Deposit, 10_000, 2, 5_000), (Deposit, 10_000, 4, 2_500), (Reversal, -10_000, -2, 5_000)];
    assert_eq!(purse.transactions(), expected);
    purse.sound();
}

#[test]
fn parts_of_a_deposit_are_taken_back_at_its_rate_until_it_is_used_up_and_then_from_the_one_before() {
    let mut purse = purse(&[(2, 3_000, "a"), (3, 10_000, "b"), (4, -6_000, "c"), (5, -5_000, "d")]);
    purse.rate(5_000);
    purse.approve(0);
    purse.rate(2_000);
    purse.approve(1);
    purse.rate(1_000);
    purse.approve(2);
    purse.approve(3);
    let expected = [
        (Deposit, 3_000, 0, 5_000),
        (Deposit, 10_000, 5, 2_000),
        (Reversal, -6_000, -3, 2_000),
        (Reversal, -1_000, 0, 5_000),
        (Reversal, -4_000, -2, 2_000),
    ];
    assert_eq!(purse.transactions(), expected);
    assert_eq!(purse.holds(), (2_000, 0, (2, 5)));
    purse.sound();
}

#[test]
fn a_deposit_first_covers_what_was_taken_back_before_it_came() {
    let mut purse = purse(&[(2, 10_000, "deposit"), (3, -10_000, "returned")]);
    purse.rate(5_000);
    purse.approve(1);
    purse.rate(2_500);
    purse.approve(0);
    let expected = [
        (Reversal, -10_000, -2, 5_000),
        (Deposit, 10_000, 4, 2_500),
        (Undone, 10_000, 2, 5_000),
        (Reversal, -10_000, -4, 2_500),
    ];
    assert_eq!(purse.transactions(), expected);
    assert_eq!(purse.holds(), (0, 0, (0, 1)));
    // Without the deposit the reversal costs again what it did.
    purse.undo(0);
    assert_eq!(purse.holds(), (-10_000, -2, (0, 1)));
    purse.undo(1);
    assert_eq!(purse.holds(), (0, 0, (0, 1)));
    purse.sound();
}

#[test]
fn who_writes_past_the_code_cannot_take_more_from_a_deposit_than_it_brought() {
    let mut purse = purse(&[(2, 10_000, "deposit"), (3, -6_000, "returned"), (4, -4_001, "returned")]);
    purse.rate(5_000);
    purse.approve(0);
    purse.approve(1);
    purse.approve(2);
    let (deposits, uncovered) = purse.left();
    assert_eq!((deposits, uncovered), (vec![], vec![(1, 5_000)]));
    let refused = purse
        .workbook
        .sql
        .execute(
            "INSERT INTO customer_transactions SELECT r.company_id, zeroblob(16), r.customer_id, r.currency, r.number + 1,
                 'reversal', r.amount, r.rate, 0, r.balance_after + r.amount, r.credits_after, r.part_after, r.part_of,
                 r.decision_id, r.match_id, r.line_id, r.entry_id, d.id, r.posted_at, NULL, ''
             FROM customer_transactions r, customer_transactions d
             WHERE d.kind = 'deposit' AND r.number = (SELECT max(number) FROM customer_transactions)",
            [],
        )
        .unwrap_err()
        .to_string();
    assert!(refused.contains("no more from a deposit") || refused.contains("credited once"), "{refused}");
}

/// A workbook of an earlier version, in which a reversal took other credits than its deposit brought.
#[test]
fn reversals_that_an_earlier_version_posted_are_put_right_once() {
    let mut purse = purse(&LINES[..6]);
    purse.rate(5_000);
    purse.approve(0);
    purse.rate(2_500);
    purse.approve(4);
    assert_eq!(purse.holds(), (0, 0, (0, 1)));
    let customer = "(SELECT customer_id FROM customer_transactions LIMIT 1)";
    purse
        .workbook
        .sql
        .execute_batch(&format!(
            "DROP TRIGGER customer_transactions_never_change;
             UPDATE customer_transactions SET rate = 2500, reverses = NULL, credits = -4, credits_after = -2
             WHERE kind = 'reversal';
             INSERT INTO settings SELECT company_id, 'customers.reversals_to_allot', 'all', 0 FROM customers
             WHERE id = {customer}"
        ))
        .unwrap();
    assert_eq!(purse.holds(), (0, -2, (0, 1)));
    purse.workbook.allot_earlier_reversals().unwrap();
    assert_eq!(purse.holds(), (0, 0, (0, 1)));
    let head = purse.workbook.audit_head();
    purse.workbook.allot_earlier_reversals().unwrap();
    assert_eq!(purse.workbook.audit_head(), head);
    assert_eq!(purse.workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    // What stands in for the earlier version was written past the program.
    let report = purse.workbook.verify_chain().unwrap();
    assert_eq!(report.fault, None);
    let edited = crate::RowFault::Changed { table: "customer_transactions", row: 2, key: String::new(), event: 0 };
    let told: Vec<_> = report.rows.iter().map(std::mem::discriminant).collect();
    assert_eq!(told, [std::mem::discriminant(&edited)]);
}

const RATES: [i64; 5] = [5_000, 2_500, 7_500, 100, 12_000];

/// Approves the chosen lines in this order, each at its own rate, with detours: a detour undoes what is approved already,
/// and brings it back at its own rate.
fn walk(order: &[usize], chosen: &[bool], rates: &[usize], detours: &[(Index, bool)]) -> Purse {
    let mut purse = purse(&LINES);
    let mut approved: Vec<usize> = Vec::new();
    let mut detours = detours.iter();
    let balance = |approved: &[usize]| approved.iter().map(|which| LINES[*which].1).sum::<i64>();
    for which in order.iter().copied().filter(|which| chosen[*which]) {
        purse.rate(RATES[rates[which]]);
        purse.approve(which);
        approved.push(which);
        purse.is_conserved(balance(&approved));
        let Some((index, true)) = detours.next() else { continue };
        let again = approved.remove(index.index(approved.len()));
        purse.undo(again);
        purse.is_conserved(balance(&approved));
        purse.rate(RATES[rates[again]]);
        purse.approve(again);
        approved.push(again);
        purse.is_conserved(balance(&approved));
        assert!(approve(&mut purse.workbook, purse.matches[again]).is_err(), "twice is once");
        purse.is_conserved(balance(&approved));
    }
    purse
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn what_an_account_holds_depends_on_what_is_approved_and_not_on_the_order(
        one in Just((0..LINES.len()).collect::<Vec<_>>()).prop_shuffle(),
        other in Just((0..LINES.len()).collect::<Vec<_>>()).prop_shuffle(),
        left_out in prop::option::of(0..LINES.len()),
        rates in prop::collection::vec(0..RATES.len(), LINES.len()),
        detours in prop::collection::vec((any::<Index>(), any::<bool>()), LINES.len()),
    ) {
        let chosen: Vec<bool> = (0..LINES.len()).map(|which| Some(which) != left_out).collect();
        let first = walk(&one, &chosen, &rates, &detours);
        let second = walk(&other, &chosen, &rates, &[]);
        prop_assert_eq!(first.holds(), second.holds());
        let balance = -left_out.map_or(0, |which| LINES[which].1);
        first.is_conserved(balance);
        if left_out.is_none() {
            prop_assert_eq!(first.holds(), (0, 0, (0, 1)));
        }
        first.sound();
        second.sound();
    }
}
