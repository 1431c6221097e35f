use tieout_domain::LedgerKind;

use super::*;

const KIND: AnomalyKind = AnomalyKind::NearDuplicate;

#[test]
fn the_same_amount_again_soon_after() {
    let eur = || Books::bank("EUR").ordinary(200);
    let invoices = || Books::entries(LedgerKind::Invoice, "EUR").ordinary(200);
    check(
        KIND,
        vec![
            (
                "two days later",
                eur().add("2025-05-07 -3456.78 Groth").add("2025-05-09 -3456.78 Groth"),
                &["2025-05-07 -3456.78 + 2025-05-09 -3456.78"],
            ),
            (
                "five cents more",
                eur().add("2025-05-07 -3456.78 Groth").add("2025-05-09 -3456.83 Groth"),
                &["2025-05-07 -3456.78 + 2025-05-09 -3456.83"],
            ),
            (
                "on the same day under another reference",
                eur().add("2025-05-07 -3456.78 Groth ref=A1").add("2025-05-07 -3456.78 Groth ref=A2"),
                &["2025-05-07 -3456.78 + 2025-05-07 -3456.78"],
            ),
            (
                "the same reference paid on another day",
                eur().add("2025-05-07 -3456.78 Groth ref=A1").add("2025-05-08 -3456.78 Groth ref=a1"),
                &["2025-05-07 -3456.78 + 2025-05-08 -3456.78"],
            ),
            (
                "invoices with two numbers",
                invoices().add("2025-05-07 -3456.78 Groth no=R1").add("2025-05-09 -3456.78 Groth no=R1/2"),
                &["2025-05-07 -3456.78 + 2025-05-09 -3456.78"],
            ),
            (
                "three times",
                eur()
                    .add("2025-05-07 -3456.78 Groth")
                    .add("2025-05-09 -3456.78 Groth")
                    .add("2025-05-13 -3456.78 Groth"),
                &["2025-05-07 -3456.78 + 2025-05-09 -3456.78 + 2025-05-13 -3456.78"],
            ),
            (
                "money in",
                Books::bank("EUR").ordinary_in(200).add("2025-05-07 3456.78 Amara").add("2025-05-09 3456.78 Amara"),
                &["2025-05-07 3456.78 + 2025-05-09 3456.78"],
            ),
            (
                "yen",
                Books::bank("JPY").ordinary(200).add("2025-05-07 -345678 Tanaka").add("2025-05-09 -345678 Tanaka"),
                &["2025-05-07 -345678 + 2025-05-09 -345678"],
            ),
            (
                "fifty fils more",
                Books::bank("KWD").ordinary(200).add("2025-05-07 -345.678 Sabah").add("2025-05-09 -345.728 Sabah"),
                &["2025-05-07 -345.678 + 2025-05-09 -345.728"],
            ),
            (
                "a name in other letter case",
                eur().add("2025-05-07 -3456.78 Groth").add("2025-05-09 -3456.78 GROTH"),
                &["2025-05-07 -3456.78 + 2025-05-09 -3456.78"],
            ),
            (
                "five days later",
                eur().add("2025-05-07 -3456.78 Groth").add("2025-05-12 -3456.78 Groth"),
                &["2025-05-07 -3456.78 + 2025-05-12 -3456.78"],
            ),
        ],
    );
}

#[test]
fn amounts_that_come_again_for_a_reason() {
    let eur = || Books::bank("EUR").ordinary(200);
    let invoices = || Books::entries(LedgerKind::Invoice, "EUR").ordinary(200);
    let pair = |books: Books| books.add("2025-05-07 -3456.78 Groth").add("2025-05-09 -3456.78 Groth");
    check(
        KIND,
        vec![
            ("six days later", eur().add("2025-05-07 -3456.78 Groth").add("2025-05-13 -3456.78 Groth"), &[]),
            ("six cents more", eur().add("2025-05-07 -3456.78 Groth").add("2025-05-09 -3456.84 Groth"), &[]),
            (
                "a small amount, of which there are many",
                eur().add("2025-05-07 -19.90 Groth").add("2025-05-09 -19.90 Groth"),
                &[],
            ),
            ("a price that is paid at other times too", pair(eur()).add("2025-08-20 -3456.78 Groth"), &[]),
            (
                "a rent twice at the turn of the month",
                eur().monthly(12, "-3456.78", "Groth").add("2025-04-30 -3456.78 Groth"),
                &[],
            ),
            (
                "one invoice entered twice is the cause duplicate",
                invoices().add("2025-05-07 -3456.78 Groth no=R1").add("2025-05-09 -3456.78 Groth no=R1"),
                &[],
            ),
            (
                "one line delivered twice is, too",
                eur().add("2025-05-07 -3456.78 Groth ref=A1").add("2025-05-07 -3456.78 Groth ref=A1"),
                &[],
            ),
            (
                "an exception says so already",
                eur().add("2025-05-07 -3456.78 Groth").add("2025-05-09 -3456.78 Groth known"),
                &[],
            ),
            ("the first was returned", pair(eur()).add("2025-05-08 3456.78 Groth"), &[]),
            ("two counterparties", eur().add("2025-05-07 -3456.78 Groth").add("2025-05-09 -3456.78 Lind"), &[]),
            ("every day of a week", eur().all((5..=9).map(|day| format!("2025-05-{day:02} -3456.78 Groth"))), &[]),
            ("nobody knows to whom", eur().add("2025-05-07 -3456.78 -").add("2025-05-09 -3456.78 -"), &[]),
            ("one in and one out", eur().add("2025-05-07 -3456.78 Groth").add("2025-05-09 3456.78 Groth"), &[]),
            ("without dates", eur().add("- -3456.78 Groth").add("- -3456.78 Groth"), &[]),
            ("switched off", pair(eur()).with(|config| config.near_duplicate.enabled = false), &[]),
        ],
    );
}

#[test]
fn what_may_be_paid_too_much_is_every_one_but_the_first() {
    let books = Books::bank("EUR").ordinary(200);
    let found =
        (7..=9).fold(books, |books, day| books.add(&format!("2025-05-0{day} -3000.00 Groth ref=R7"))).only(KIND);
    assert_eq!(found.impact, Money::from_minor(600_000, currency("EUR")));
    let Evidence::NearDuplicate { days, same_reference, .. } = found.evidence else { panic!("{found:?}") };
    assert_eq!((days, same_reference), (2, true));
}
