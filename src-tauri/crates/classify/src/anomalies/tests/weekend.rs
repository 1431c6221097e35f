use tieout_domain::LedgerKind;

use super::*;

const KIND: AnomalyKind = AnomalyKind::WeekendPosting;

#[test]
fn postings_at_a_weekend_where_others_are_not() {
    let eur = || Books::bank("EUR").ordinary(200);
    let arab = |config: &mut AnomalyConfig| config.weekend_posting.days = vec![Weekday::Friday, Weekday::Saturday];
    let monday_to_thursday = || {
        let days = date(2025, 1, 6).series(jiff::Span::new().days(7)).take(110);
        Books::bank("KWD").all(days.map(|day| format!("{day} -12.345 Sabah")))
    };
    check(
        KIND,
        vec![
            ("a Saturday", eur().add("2025-03-08 -500.00 Groth"), &["2025-03-08 -500.00"]),
            ("a Sunday", eur().add("2025-03-09 -500.00 Groth"), &["2025-03-09 -500.00"]),
            (
                "two on one day are one",
                eur().add("2025-03-08 -500.00 Groth").add("2025-03-08 -700.00 Lind"),
                &["2025-03-08 -500.00 + 2025-03-08 -700.00"],
            ),
            (
                "two on two days are two, the larger first",
                eur().add("2025-03-08 -500.00 Groth").add("2025-05-11 -700.00 Lind"),
                &["2025-05-11 -700.00", "2025-03-08 -500.00"],
            ),
            ("money in", eur().add("2025-03-08 500.00 Amara"), &["2025-03-08 500.00"]),
            (
                "an invoice",
                Books::entries(LedgerKind::Invoice, "EUR").ordinary(200).add("2025-03-08 -500.00 Groth"),
                &["2025-03-08 -500.00"],
            ),
            ("yen", Books::bank("JPY").ordinary(200).add("2025-03-08 -50000 Tanaka"), &["2025-03-08 -50000"]),
            (
                "a Friday where that is the weekend",
                monday_to_thursday().add("2025-03-07 -90.000 Sabah").with(arab),
                &["2025-03-07 -90.000"],
            ),
            (
                "one in a hundred is still rare",
                Books::bank("EUR").ordinary(99).add("2025-03-08 -500.00 Groth"),
                &["2025-03-08 -500.00"],
            ),
            ("without a name", eur().add("2025-03-08 -500.00 -"), &["2025-03-08 -500.00"]),
            (
                "within the dates asked for",
                eur().add("2025-03-08 -500.00 Groth").between("2025-03-01", "2025-03-31"),
                &["2025-03-08 -500.00"],
            ),
        ],
    );
}

#[test]
fn postings_at_a_weekend_that_are_ordinary() {
    let eur = || Books::bank("EUR").ordinary(200);
    let saturdays = |books: Books, count: usize| {
        let days = date(2025, 1, 4).series(jiff::Span::new().days(7)).take(count);
        books.all(days.map(|day| format!("{day} -500.00 Groth account=B")))
    };
    check(
        KIND,
        vec![
            (
                "more than one in a hundred",
                (0..3).fold(eur(), |books, at| books.add(&format!("2025-03-{:02} -500.00 Groth", 8 + at * 7))),
                &[],
            ),
            ("too few postings to know", Books::bank("EUR").ordinary(98).add("2025-03-08 -500.00 Groth"), &[]),
            ("a Monday", eur().add("2025-03-10 -500.00 Groth"), &[]),
            ("a Friday", eur().add("2025-03-07 -500.00 Groth"), &[]),
            ("no date", eur().add("- -500.00 Groth"), &[]),
            ("a value date", eur().add("2025-03-10 -500.00 Groth value=2025-03-08"), &[]),
            (
                "a Sunday where that is a working day",
                eur()
                    .add("2025-03-09 -500.00 Groth")
                    .with(|config| config.weekend_posting.days = vec![Weekday::Friday, Weekday::Saturday]),
                &[],
            ),
            ("an account of its own that is posted to every day", saturdays(eur(), 120), &[]),
            (
                "switched off",
                eur().add("2025-03-08 -500.00 Groth").with(|config| config.weekend_posting.enabled = false),
                &[],
            ),
            (
                "outside the dates asked for",
                eur().add("2025-03-08 -500.00 Groth").between("2025-04-01", "2025-04-30"),
                &[],
            ),
            ("nothing", eur().add("2025-03-08 0.00 Groth"), &[]),
        ],
    );
}
