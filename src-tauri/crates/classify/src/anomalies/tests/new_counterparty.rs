use tieout_domain::LedgerKind;

use super::*;

const KIND: AnomalyKind = AnomalyKind::NewCounterparty;

#[test]
fn a_large_first_posting() {
    let eur = || Books::bank("EUR").ordinary(260);
    check(
        KIND,
        vec![
            ("a new supplier gets nine thousand", eur().add("2025-09-01 -9000.00 Newcomer"), &["2025-09-01 -9000.00"]),
            (
                "and then small sums",
                eur().add("2025-09-01 -9000.00 Newcomer").add("2025-10-01 -90.00 Newcomer"),
                &["2025-09-01 -9000.00"],
            ),
            ("ninety days after the first record", eur().add("2025-04-02 -9000.00 Newcomer"), &["2025-04-02 -9000.00"]),
            (
                "a new customer pays nine thousand",
                Books::bank("EUR").ordinary_in(260).add("2025-09-01 9000.00 Newcomer"),
                &["2025-09-01 9000.00"],
            ),
            ("yen", Books::bank("JPY").ordinary(260).add("2025-09-01 -900000 Newcomer"), &["2025-09-01 -900000"]),
            ("dinars", Books::bank("KWD").ordinary(260).add("2025-09-01 -900.000 Newcomer"), &["2025-09-01 -900.000"]),
            (
                "an invoice under a new code",
                Books::entries(LedgerKind::Invoice, "EUR").ordinary(260).add("2025-09-01 -9000.00 Groth code=K-99"),
                &["2025-09-01 -9000.00"],
            ),
            ("a new account without a name", eur().add("2025-09-01 -9000.00 - code=DE99"), &["2025-09-01 -9000.00"]),
            (
                "two of them, the larger first",
                eur().add("2025-09-01 -9000.00 Newcomer").add("2025-09-02 -9500.00 Another"),
                &["2025-09-02 -9500.00", "2025-09-01 -9000.00"],
            ),
            (
                "within the dates asked for",
                eur().add("2025-09-01 -9000.00 Newcomer").between("2025-09-01", "2025-09-30"),
                &["2025-09-01 -9000.00"],
            ),
        ],
    );
}

#[test]
fn first_postings_that_are_ordinary_and_others_that_are_not_first() {
    let eur = || Books::bank("EUR").ordinary(260);
    let strangers = (0..60).map(|at| format!("2025-{:02}-{:02} -7{at:02}.30 Stranger_{at}", 6 + at / 20, at % 20 + 1));
    check(
        KIND,
        vec![
            ("a small one", eur().add("2025-09-01 -900.00 Newcomer"), &[]),
            ("while records begin and everybody is new", eur().add("2025-04-01 -9000.00 Newcomer"), &[]),
            ("a counterparty of old", eur().add("2025-09-01 -9000.00 Supplier_3"), &[]),
            (
                "the second one of a counterparty",
                eur().add("2025-09-01 -90.00 Newcomer").add("2025-09-15 -9000.00 Newcomer"),
                &[],
            ),
            (
                "a refund to a customer of old",
                Books::bank("EUR").ordinary(260).add("2025-02-03 80.00 Amara").add("2025-09-01 -9000.00 Amara"),
                &[],
            ),
            (
                "known from another account",
                eur().add("2025-02-03 -80.00 Newcomer account=B").add("2025-09-01 -9000.00 Newcomer"),
                &[],
            ),
            ("too few postings to know", Books::bank("EUR").ordinary(190).add("2025-09-01 -9000.00 Newcomer"), &[]),
            ("counterparties seldom come again", eur().all(strangers).add("2025-09-01 -9000.00 Newcomer"), &[]),
            ("nobody knows whose", eur().add("2025-09-01 -9000.00 -"), &[]),
            ("no date", eur().add("- -9000.00 Newcomer"), &[]),
            (
                "outside the dates asked for",
                eur().add("2025-09-01 -9000.00 Newcomer").between("2025-10-01", "2025-10-31"),
                &[],
            ),
            (
                "switched off",
                eur().add("2025-09-01 -9000.00 Newcomer").with(|config| config.new_counterparty.enabled = false),
                &[],
            ),
        ],
    );
}
