use tieout_domain::LedgerKind;

use super::*;

const KIND: AnomalyKind = AnomalyKind::AfterPeriodPosting;

/// Books up to October 2025, and ten postings of that month taken in with a second import.
fn second_import(books: Books) -> Books {
    let books = books.ordinary(200).first_import("2025-10-09").next_import("2025-11-12");
    books.all((0..10).map(|at| format!("2025-10-{} -{}.17 Lind", 14 + at, 300 + at * 31)))
}

#[test]
fn postings_into_a_period_that_was_over() {
    let eur = || Books::bank("EUR").ordinary(200);
    let invoices = || second_import(Books::entries(LedgerKind::Invoice, "EUR"));
    check(
        KIND,
        vec![
            (
                "booked three weeks into the next month",
                eur().add("2025-02-21 -500.00 Groth value=2025-01-31"),
                &["2025-02-21 -500.00"],
            ),
            (
                "booked two months later",
                eur().add("2025-03-31 -500.00 Groth value=2025-01-02"),
                &["2025-03-31 -500.00"],
            ),
            (
                "booked in the next year",
                eur().add("2026-01-12 -500.00 Groth value=2025-12-31"),
                &["2026-01-12 -500.00"],
            ),
            ("money in", eur().ordinary_in(60).add("2025-02-21 500.00 Amara value=2025-01-31"), &["2025-02-21 500.00"]),
            (
                "yen",
                Books::bank("JPY").ordinary(200).add("2025-02-21 -50000 Tanaka value=2025-01-31"),
                &["2025-02-21 -50000"],
            ),
            (
                "eleven days, one more than are ordinary",
                eur().add("2025-02-11 -500.00 Groth value=2025-01-15"),
                &["2025-02-11 -500.00"],
            ),
            (
                "an invoice of June that the books had not in October",
                invoices().add("2025-06-17 -900.00 Groth"),
                &["2025-06-17 -900.00"],
            ),
            (
                "two of them, the larger first",
                invoices().add("2025-06-17 -900.00 Groth").add("2025-05-05 -1900.00 Groth"),
                &["2025-05-05 -1900.00", "2025-06-17 -900.00"],
            ),
            (
                "a payment",
                second_import(Books::entries(LedgerKind::Payment, "EUR")).add("2025-06-17 -900.00 Groth"),
                &["2025-06-17 -900.00"],
            ),
            (
                "a credit note of a supplier, taken in late",
                invoices()
                    .ordinary_in(60)
                    .next_import("2025-12-20")
                    .all((0..10).map(|at| format!("2025-12-{} 40.0{at} Lind", 10 + at / 2)))
                    .add("2025-01-09 900.00 Groth"),
                &["2025-01-09 900.00"],
            ),
            (
                "shorter days of grace",
                eur()
                    .add("2025-02-04 -500.00 Groth value=2025-01-31")
                    .with(|config| config.after_period_posting.grace_days = 3),
                &["2025-02-04 -500.00"],
            ),
        ],
    );
}

#[test]
fn postings_that_are_in_time() {
    let eur = || Books::bank("EUR").ordinary(200);
    let invoices = || second_import(Books::entries(LedgerKind::Invoice, "EUR"));
    check(
        KIND,
        vec![
            ("booked on the first day of the next month", eur().add("2025-02-03 -500.00 Groth value=2025-01-31"), &[]),
            ("on the last day of grace", eur().add("2025-02-10 -500.00 Groth value=2025-01-31"), &[]),
            ("late, but within its month", eur().add("2025-01-31 -500.00 Groth value=2025-01-02"), &[]),
            ("a value date after the booking", eur().add("2025-01-15 -500.00 Groth value=2025-03-31"), &[]),
            ("no value date", eur().add("2025-02-21 -500.00 Groth"), &[]),
            (
                "a bank that always books late",
                (0..10)
                    .fold(eur(), |books, at| books.add(&format!("2025-02-{} -500.00 Groth value=2025-01-31", 15 + at))),
                &[],
            ),
            (
                "the first import of all",
                Books::entries(LedgerKind::Invoice, "EUR").ordinary(200).first_import("2026-06-30"),
                &[],
            ),
            (
                "a file of last year that is taken in afterwards",
                invoices()
                    .next_import("2025-12-01")
                    .all((0..4).map(|at| format!("2025-03-0{} -500.0{at} Groth", at + 3))),
                &[],
            ),
            ("a month that the first import did not reach the end of", invoices().add("2025-10-02 -900.00 Groth"), &[]),
            (
                "nobody knows when it was taken in",
                Books::entries(LedgerKind::Invoice, "EUR")
                    .ordinary(200)
                    .next_import("-")
                    .all((0..10).map(|at| format!("2025-10-{} -30{at}.17 Lind", 14 + at)))
                    .add("2025-06-17 -900.00 Groth"),
                &[],
            ),
            ("no date", invoices().add("- -900.00 Groth"), &[]),
            (
                "switched off",
                eur()
                    .add("2025-02-21 -500.00 Groth value=2025-01-31")
                    .with(|config| config.after_period_posting.enabled = false),
                &[],
            ),
        ],
    );
}

#[test]
fn how_it_came_late_is_told() {
    let booked = Books::bank("EUR").ordinary(200).add("2025-02-21 -500.00 Groth value=2025-01-15").only(KIND);
    let expected = Evidence::AfterPeriodPosting {
        period_end: date(2025, 1, 31),
        came: date(2025, 2, 21),
        days: 21,
        lateness: Lateness::Booked,
    };
    assert_eq!((booked.evidence, booked.strength), (expected, 210));
    let taken_in = second_import(Books::entries(LedgerKind::Invoice, "EUR")).add("2025-06-17 -900.00 Groth").only(KIND);
    let Evidence::AfterPeriodPosting { came, lateness, .. } = taken_in.evidence else { panic!("{taken_in:?}") };
    assert_eq!((came, lateness), (date(2025, 11, 12), Lateness::TakenIn));
}
