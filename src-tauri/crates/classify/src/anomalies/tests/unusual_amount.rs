use tieout_domain::{LedgerKind, Money};

use super::*;

const KIND: AnomalyKind = AnomalyKind::UnusualAmount;

/// Twelve postings around an amount of whole units, on days of 2025.
fn around(books: Books, units: i64, party: &str, sign: &str) -> Books {
    books.all((1..=12).map(|month| {
        let shift = (month * 5 % 11 - 5) * units / 50;
        format!("2025-{month:02}-14 {sign}{} {party}", units + shift)
    }))
}

#[test]
fn amounts_that_are_unusual_for_the_counterparty() {
    let one = |amount: &str| -> &'static [&'static str] {
        Box::leak(vec![&*Box::leak(format!("2025-12-15 {amount}").into_boxed_str())].into_boxed_slice())
    };
    let eur = || Books::bank("EUR").ordinary(200);
    check(
        KIND,
        vec![
            (
                "twenty times what the supplier gets",
                around(eur(), 500, "Groth", "-").add("2025-12-15 -9000.00 Groth"),
                one("-9000.00"),
            ),
            (
                "a rent that was always the same (MAD is 0)",
                eur().monthly(12, "-1200.00", "Landlord").add("2025-12-15 -4800.00 Landlord"),
                one("-4800.00"),
            ),
            (
                "a rent that was nearly always the same",
                eur()
                    .monthly(11, "-1200.00", "Landlord")
                    .add("2025-11-20 -1201.00 Landlord")
                    .add("2025-12-15 -4800.00 Landlord"),
                one("-4800.00"),
            ),
            (
                "a customer that pays far more",
                around(Books::bank("EUR").ordinary_in(200), 300, "Amara", "").add("2025-12-15 5000.00 Amara"),
                one("5000.00"),
            ),
            (
                "yen, which have no minor unit",
                around(Books::bank("JPY").ordinary(200), 60_000, "Tanaka", "-").add("2025-12-15 -900000 Tanaka"),
                one("-900000"),
            ),
            (
                "dinars, which have a thousand",
                around(Books::bank("KWD").ordinary(200), 100, "Sabah", "-").add("2025-12-15 -2500.500 Sabah"),
                one("-2500.500"),
            ),
            (
                "a supplier that the books know by its code under two names",
                around(Books::entries(LedgerKind::Payment, "EUR").ordinary(200), 500, "Groth code=K-7", "-")
                    .add("2025-12-15 -9000.00 Groth_GmbH code=K-7"),
                one("-9000.00"),
            ),
            (
                "a counterparty known by its account alone",
                around(eur(), 500, "- code=DE51", "-").add("2025-12-15 -9000.00 - code=DE51"),
                one("-9000.00"),
            ),
            (
                "a name in other letter case",
                around(eur(), 500, "Groth_GmbH", "-").add("2025-12-15 -9000.00 GROTH_GMBH"),
                one("-9000.00"),
            ),
            (
                "eleven others are just enough to know",
                eur().monthly(11, "-500.00", "Groth").add("2025-12-15 -9000.00 Groth"),
                one("-9000.00"),
            ),
            ("a refund among refunds", around(eur(), 90, "Groth", "").add("2025-12-15 3000.00 Groth"), one("3000.00")),
            (
                "another account of the same currency",
                around(eur(), 500, "Groth account=B", "-").add("2025-12-15 -9000.00 Groth account=B"),
                one("-9000.00"),
            ),
        ],
    );
}

#[test]
fn amounts_that_only_look_unusual() {
    let eur = || Books::bank("EUR").ordinary(200);
    let outlier = "2025-12-15 -9000.00 Groth";
    check(
        KIND,
        vec![
            ("too few postings to know", eur().monthly(10, "-500.00", "Groth").add(outlier), &[]),
            (
                "a large refund, of which there is no history",
                around(eur(), 500, "Groth", "-").add("2025-12-15 9000.00 Groth"),
                &[],
            ),
            ("not twice the usual", eur().monthly(12, "-6000.00", "Groth").add("2025-12-15 -11000.00 Groth"), &[]),
            (
                "a counterparty with all sizes of invoices",
                eur()
                    .all(
                        [20, 40, 80, 150, 300, 600, 800, 1_200, 2_000, 3_500, 5_000, 6_500]
                            .iter()
                            .zip(1..)
                            .map(|(units, month)| format!("2025-{month:02}-14 -{units}.10 Groth")),
                    )
                    .add(outlier),
                &[],
            ),
            (
                "a small sum, though eight times the usual",
                eur().monthly(12, "-3.00", "Café").add("2025-12-15 -25.00 Café"),
                &[],
            ),
            (
                "an insurance that takes more every quarter",
                eur().monthly(12, "-300.00", "Insurer").monthly(4, "-2900.00", "Insurer"),
                &[],
            ),
            ("nobody knows whose", around(eur(), 500, "-", "-").add("2025-12-15 -9000.00 -"), &[]),
            ("far less than usual", around(eur(), 5_000, "Groth", "-").add("2025-12-15 -100.00 Groth"), &[]),
            ("always the same", eur().monthly(20, "-9000.00", "Landlord"), &[]),
            (
                "in another currency",
                around(eur(), 500, "Groth", "-").add("2025-12-15 -9000.00 Groth currency=USD"),
                &[],
            ),
            ("in another account", around(eur(), 500, "Groth", "-").add("2025-12-15 -9000.00 Groth account=B"), &[]),
            (
                "switched off",
                around(eur(), 500, "Groth", "-").add(outlier).with(|config| config.unusual_amount.enabled = false),
                &[],
            ),
            (
                "outside the dates asked for",
                around(eur(), 500, "Groth", "-").add(outlier).between("2025-01-01", "2025-11-30"),
                &[],
            ),
            (
                "a threshold that it does not reach",
                around(eur(), 500, "Groth", "-")
                    .add("2025-12-15 -1400.00 Groth")
                    .with(|config| config.unusual_amount.score = 90_000),
                &[],
            ),
        ],
    );
}

#[test]
fn what_it_is_about_is_what_is_beyond_the_usual() {
    let found =
        Books::bank("EUR").ordinary(200).monthly(11, "-500.00", "Groth").add("2025-12-15 -9000.00 Groth").only(KIND);
    let eur = |minor| Money::from_minor(minor, currency("EUR"));
    assert_eq!(found.impact, eur(850_000));
    let Evidence::UnusualAmount { amount, usual, score, postings } = found.evidence else { panic!("{found:?}") };
    assert_eq!((amount, usual, postings), (eur(900_000), eur(50_000), 12));
    // 8500 / (1.253314 × 8500 / 12)
    assert_eq!((score, found.strength), (9_574, 273));
}
