//! What is debited and what is credited, case by case, for an accountant to read.

use jiff::civil::date;
use proptest::prelude::*;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{
    BookableDifference, DifferenceEntry, DifferenceLine, JournalEntry, PostingChart, PostingRole, counter_role,
};
use crate::{AccountId, Currency, CustomerId, ExchangeRates, LedgerKind, MatchId, Money, RootCause};

use LedgerKind::{CustomerAccount, Invoice, Job, Payment, Transaction};
use RootCause::{Discount, Fee, FxRounding, None as Other, Overpayment};

fn eur(minor: i64) -> Money {
    Money::from_minor(minor, Currency::parse("EUR").unwrap())
}

fn bank() -> AccountId {
    AccountId::from_uuid(Uuid::from_u128(1))
}

fn customer(number: u128) -> CustomerId {
    CustomerId::from_uuid(Uuid::from_u128(number))
}

fn chart() -> PostingChart {
    let mut chart = PostingChart::default();
    for (role, account) in [
        (PostingRole::Cause(RootCause::Fee), "Bank charges"),
        (PostingRole::Gain(RootCause::Fee), "Interest received"),
        (PostingRole::Cause(RootCause::Discount), "Discounts granted"),
        (PostingRole::Gain(RootCause::Discount), "Discounts received"),
        (PostingRole::Cause(RootCause::FxRounding), "Exchange losses"),
        (PostingRole::Gain(RootCause::FxRounding), "Exchange gains"),
        (PostingRole::Cause(RootCause::Overpayment), "Other income"),
        (PostingRole::Cause(RootCause::None), "Bad debts"),
        (PostingRole::Gain(RootCause::None), "Other income"),
        (PostingRole::Account(bank()), "Bank"),
        (PostingRole::Receivables, "Receivables"),
        (PostingRole::Payables, "Payables"),
        (PostingRole::Suspense, "Suspense"),
    ] {
        chart.set(role, account.parse().ok());
    }
    chart
}

fn line() -> DifferenceLine {
    DifferenceLine {
        account: bank(),
        date: Some(date(2026, 1, 15)),
        counterparty: "Müller".to_owned(),
        reference: "E2E-7".to_owned(),
        description: "Account fee".to_owned(),
        record_id: "FIT-1".to_owned(),
    }
}

fn entry(kind: LedgerKind, minor: i64) -> DifferenceEntry {
    DifferenceEntry {
        kind,
        amount: eur(minor),
        customer: Some(customer(1)),
        date: Some(date(2026, 1, 1)),
        counterparty: "Müller".to_owned(),
        number: "RE-1".to_owned(),
    }
}

fn difference(cause: RootCause, lines: &[i64], entries: &[(LedgerKind, i64)]) -> BookableDifference {
    let (of_lines, of_entries): (i64, i64) = (lines.iter().sum(), entries.iter().map(|(_, minor)| minor).sum());
    BookableDifference {
        match_id: MatchId::from_uuid(Uuid::from_u128(9)),
        adjustment: 0,
        cause,
        amount: eur(of_lines - of_entries),
        posting: None,
        own_account: None,
        counter_account: None,
        lines: lines.iter().map(|_| line()).collect(),
        entries: entries.iter().map(|(kind, minor)| entry(*kind, *minor)).collect(),
        approved_on: date(2026, 2, 1),
        locked: Vec::new(),
        approved_by: "Ada".to_owned(),
    }
}

fn book(difference: &BookableDifference) -> JournalEntry {
    JournalEntry::of(difference, &chart(), eur(0).currency(), &ExchangeRates::default()).unwrap()
}

/// Lines and entries in cents, with the sign the bank has them; then the entry: what is debited, credited, and how much.
#[track_caller]
fn check(cause: RootCause, lines: &[i64], entries: &[(LedgerKind, i64)], debit: &str, credit: &str, cents: i64) {
    let booked = book(&difference(cause, lines, entries));
    let name = |side: &super::SideAccount| side.account.as_ref().map(ToString::to_string).unwrap_or_default();
    assert_eq!(
        (name(&booked.debit).as_str(), name(&booked.credit).as_str(), booked.amount),
        (debit, credit, eur(cents))
    );
}

#[test]
fn what_customers_pay() {
    // 98.50 comes in for an invoice of 100.00: the bank kept 1.50.
    check(Fee, &[9_850], &[(Invoice, 10_000)], "Bank charges", "Receivables", 150);
    // 98.00 comes in: the customer took 2 % discount.
    check(Discount, &[9_800], &[(Invoice, 10_000)], "Discounts granted", "Receivables", 200);
    // 101.00 comes in and is kept.
    check(Overpayment, &[10_100], &[(Invoice, 10_000)], "Receivables", "Other income", 100);
    // 99.97 comes in for an invoice in another currency that is worth 100.00; and 100.04.
    check(FxRounding, &[9_997], &[(Invoice, 10_000)], "Exchange losses", "Receivables", 3);
    check(FxRounding, &[10_004], &[(Invoice, 10_000)], "Receivables", "Exchange gains", 4);
    // One payment for two invoices; two payments for a job; a deposit to a customer's account less a fee.
    check(Fee, &[14_900], &[(Invoice, 10_000), (Invoice, 5_000)], "Bank charges", "Receivables", 100);
    check(Fee, &[5_000, 4_900], &[(Job, 10_000)], "Bank charges", "Receivables", 100);
    check(Fee, &[9_900], &[(CustomerAccount, 0), (Invoice, 10_000)], "Bank charges", "Receivables", 100);
    // An invoice of 100.00 less a credit note of 20.00, paid with 79.00.
    check(Fee, &[7_900], &[(Invoice, 10_000), (Invoice, -2_000)], "Bank charges", "Receivables", 100);
}

#[test]
fn what_suppliers_are_paid() {
    // 102.00 goes out for a bill of 100.00: 2.00 is the bank's fee.
    check(Fee, &[-10_200], &[(Invoice, -10_000)], "Bank charges", "Payables", 200);
    // 98.00 goes out: we took 2 % discount.
    check(Discount, &[-9_800], &[(Invoice, -10_000)], "Payables", "Discounts received", 200);
    // A bill in another currency came out dearer, and cheaper, than it stood in the books.
    check(FxRounding, &[-10_007], &[(Invoice, -10_000)], "Exchange losses", "Payables", 7);
    check(FxRounding, &[-9_995], &[(Invoice, -10_000)], "Payables", "Exchange gains", 5);
    // We paid too much and will not ask for it.
    check(Other, &[-10_010], &[(Invoice, -10_000)], "Bad debts", "Payables", 10);
    // A refund of 50.00 to a customer for a credit note of 50.00, with a fee of 1.00.
    check(Fee, &[-5_100], &[(Invoice, -5_000)], "Bank charges", "Payables", 100);
}

#[test]
fn what_the_books_have_at_the_bank_already() {
    // The books say 100.00 came in; 98.50 did.
    check(Fee, &[9_850], &[(Payment, 10_000)], "Bank charges", "Bank", 150);
    // The books say 100.00 went out; 101.00 did.
    check(Fee, &[-10_100], &[(Transaction, -10_000)], "Bank charges", "Bank", 100);
    // A supplier refunds 50.00; the books expected 49.00.
    check(Other, &[5_000], &[(Payment, 4_900)], "Bank", "Other income", 100);
}

#[test]
fn what_only_the_bank_knows() {
    check(Fee, &[-1_200], &[], "Bank charges", "Bank", 1_200);
    // Interest received.
    check(Fee, &[35], &[], "Bank", "Interest received", 35);
    // A fee that is refunded in part, over two lines.
    check(Fee, &[-1_200, 200], &[], "Bank charges", "Bank", 1_000);
}

#[test]
fn what_only_the_books_know() {
    // Nobody will pay this invoice of 100.00: a loss.
    check(Other, &[], &[(Invoice, 10_000)], "Bad debts", "Receivables", 10_000);
    // Nobody will ask for these 80.00 that we owe: a gain.
    check(Other, &[], &[(Invoice, -8_000)], "Payables", "Other income", 8_000);
    // A payment that never reached the bank: whose account it was is not known.
    check(Other, &[], &[(Payment, 3_000)], "Bad debts", "Suspense", 3_000);
}

#[test]
fn what_has_no_single_other_side_goes_to_suspense() {
    check(Fee, &[14_900], &[(Invoice, 10_000), (Payment, 5_000)], "Bank charges", "Suspense", 100);
    let mut two = difference(Fee, &[-500, -500], &[]);
    two.lines[1].account = AccountId::from_uuid(Uuid::from_u128(2));
    assert_eq!(book(&two).debit.account.unwrap().as_str(), "Bank charges");
    assert_eq!(book(&two).credit.role, PostingRole::Suspense);
    // Invoices of two customers with both signs.
    let mut mixed = difference(Fee, &[7_900], &[(Invoice, 10_000), (Invoice, -2_000)]);
    mixed.entries[1].customer = Some(customer(2));
    assert_eq!(counter_role(&mixed.lines, &mixed.entries), PostingRole::Suspense);
}

#[test]
fn an_account_that_a_person_chose_comes_first_and_none_is_guessed() {
    let mut chosen = difference(Fee, &[9_850], &[(Invoice, 10_000)]);
    chosen.posting = crate::Posting::new("6855".parse().unwrap(), "Spesen").ok();
    let booked = book(&chosen);
    assert_eq!((booked.debit.account.unwrap().as_str(), booked.text.written.as_str()), ("6855", "Spesen"));
    chosen.own_account = "6859".parse().ok();
    chosen.counter_account = "10023".parse().ok();
    let booked = book(&chosen);
    assert_eq!(booked.debit.account.unwrap().as_str(), "6859");
    assert_eq!(booked.credit.account.unwrap().as_str(), "10023");
    let bare = difference(Fee, &[9_850], &[(Invoice, 10_000)]);
    let empty = PostingChart::default();
    let booked = JournalEntry::of(&bare, &empty, eur(0).currency(), &ExchangeRates::default()).unwrap();
    let missing: Vec<_> = booked.missing().collect();
    assert_eq!(missing, [PostingRole::Cause(Fee), PostingRole::Receivables]);
}

#[test]
fn it_is_dated_by_the_line_else_the_entry_else_the_approval() {
    let mut of = difference(Fee, &[9_850], &[(Invoice, 10_000)]);
    assert_eq!(book(&of).date, date(2026, 1, 15));
    of.lines.clear();
    assert_eq!(book(&of).date, date(2026, 1, 1));
    of.entries[0].date = None;
    assert_eq!(book(&of).date, date(2026, 2, 1));
}

#[test]
fn it_is_never_dated_in_a_period_that_was_locked_before_it_was_approved() {
    let of = difference(Fee, &[9_850], &[(Invoice, 10_000)]);
    let month = |month: i8| {
        let from = date(2026, month, 1);
        crate::Period { from, to: from.last_of_month() }
    };
    let dated = |locked: &[crate::Period]| {
        let booked = book(&BookableDifference { locked: locked.to_vec(), ..of.clone() });
        (booked.date, booked.moved_from)
    };
    let own = date(2026, 1, 15);
    assert_eq!(dated(&[month(1)]), (date(2026, 2, 1), Some(own)));
    assert_eq!(dated(&[month(3), month(2), month(1)]), (date(2026, 4, 1), Some(own)));
    // Between two locked periods there is an open one.
    assert_eq!(dated(&[month(1), month(3)]), (date(2026, 2, 1), Some(own)));
    // A later period that is locked is none of its business.
    assert_eq!(dated(&[month(2)]), (own, None));
}

#[test]
fn another_currency_is_worth_what_the_days_rate_says() {
    let usd = Currency::parse("USD").unwrap();
    let mut of = difference(Fee, &[-1_085], &[]);
    of.amount = Money::from_minor(-1_085, usd);
    let none = JournalEntry::of(&of, &chart(), eur(0).currency(), &ExchangeRates::default()).unwrap();
    assert_eq!(none.base_amount, None);
    let mut rates = ExchangeRates::default();
    rates.insert(date(2026, 1, 15), eur(0).currency(), usd, Decimal::new(10_850, 4)).unwrap();
    let known = JournalEntry::of(&of, &chart(), eur(0).currency(), &rates).unwrap();
    assert_eq!((known.amount, known.base_amount), (Money::from_minor(1_085, usd), Some(eur(1_000))));
}

proptest! {
    /// Whatever a match consists of: after the bank's postings and the journal entry, the counter account stands where
    /// the match says, to the cent. A line debits the bank and credits the counter account of a document; what the books
    /// have as a payment already debits the bank.
    #[test]
    fn after_posting_nothing_is_left_open(
        lines in prop::collection::vec(-1_000_000..1_000_000_i64, 0..4),
        entries in prop::collection::vec(-1_000_000..1_000_000_i64, 0..4),
        documents: bool,
    ) {
        let kind = if documents { Invoice } else { Payment };
        let kinds: Vec<_> = entries.iter().map(|minor| (kind, *minor)).collect();
        let of = difference(Other, &lines, &kinds);
        prop_assume!(!of.amount.is_zero());
        let booked = book(&of);
        prop_assert!(booked.amount.minor_units() > 0);
        prop_assert_eq!(booked.missing().count(), 0);
        let counter = counter_role(&of.lines, &of.entries);
        // Debits of the counter account less its credits.
        let debited = if booked.debit.role == counter { booked.amount.minor_units() } else { -booked.amount.minor_units() };
        let (paid, owed): (i64, i64) = (lines.iter().sum(), entries.iter().sum());
        if documents && !entries.is_empty() {
            // The documents stand with `owed`; the bank's postings take `paid` off.
            prop_assert_eq!(owed - paid + debited, 0);
        } else {
            // The books' bank stands with `owed`, and must come to what the statement says.
            prop_assert_eq!(owed + debited, paid);
        }
    }
}
