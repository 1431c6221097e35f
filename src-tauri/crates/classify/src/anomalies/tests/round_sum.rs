use tieout_domain::LedgerKind;

use super::*;

const KIND: AnomalyKind = AnomalyKind::RoundSum;

#[test]
fn large_round_sums_where_such_are_rare() {
    let eur = || Books::bank("EUR").ordinary(200);
    check(
        KIND,
        vec![
            ("twenty thousand", eur().add("2025-05-07 -20000.00 Groth"), &["2025-05-07 -20000.00"]),
            ("a multiple of five hundred", eur().add("2025-05-07 -15500.00 Groth"), &["2025-05-07 -15500.00"]),
            ("a multiple of one hundred", eur().add("2025-05-07 -2300.00 Groth"), &["2025-05-07 -2300.00"]),
            (
                "yen: there a thousand is a unit of thousand too",
                Books::bank("JPY").ordinary(200).add("2025-05-07 -500000 Tanaka"),
                &["2025-05-07 -500000"],
            ),
            (
                "dinars with a thousand minor units",
                Books::bank("KWD").ordinary(200).add("2025-05-07 -30000.000 Sabah"),
                &["2025-05-07 -30000.000"],
            ),
            (
                "money in",
                Books::bank("EUR").ordinary_in(200).add("2025-05-07 20000.00 Amara"),
                &["2025-05-07 20000.00"],
            ),
            (
                "an invoice",
                Books::entries(LedgerKind::Invoice, "EUR").ordinary(200).add("2025-05-07 -20000.00 Groth"),
                &["2025-05-07 -20000.00"],
            ),
            (
                "two different ones, the larger first",
                eur().add("2025-05-07 -2300.00 Groth").add("2025-05-08 -8000.00 Lind"),
                &["2025-05-08 -8000.00", "2025-05-07 -2300.00"],
            ),
            (
                "twice to one counterparty",
                eur().add("2025-05-07 -8000.00 Lind").add("2025-09-08 -8000.00 Lind"),
                &["2025-05-07 -8000.00", "2025-09-08 -8000.00"],
            ),
            ("to nobody that is known", eur().add("2025-05-07 -20000.00 -"), &["2025-05-07 -20000.00"]),
            (
                "a credit note among credit notes",
                Books::entries(LedgerKind::Invoice, "EUR").ordinary_in(120).add("2025-05-07 5000.00 Groth"),
                &["2025-05-07 5000.00"],
            ),
        ],
    );
}

#[test]
fn sums_that_are_not_round_or_not_rare() {
    let eur = || Books::bank("EUR").ordinary(200);
    let rounds = |count: i32| (0..count).map(|at| format!("2025-06-{:02} -{}00.00 Lind", at % 27 + 1, 2 + at));
    check(
        KIND,
        vec![
            ("with cents", eur().add("2025-05-07 -20000.50 Groth"), &[]),
            ("one cent below", eur().add("2025-05-07 -19999.99 Groth"), &[]),
            ("a multiple of fifty", eur().add("2025-05-07 -20050.00 Groth"), &[]),
            ("not large", eur().add("2025-05-07 -1000.00 Groth"), &[]),
            ("an instalment that recurs", eur().monthly(6, "-5000.00", "Leasing"), &[]),
            ("the same sum three times to nobody that is known", eur().monthly(3, "-5000.00", "-"), &[]),
            ("books of round sums", eur().all(rounds(30)), &[]),
            ("too few postings to know", Books::bank("EUR").ordinary(98).add("2025-05-07 -20000.00 Groth"), &[]),
            ("dinars with fils", Books::bank("KWD").ordinary(200).add("2025-05-07 -30000.500 Sabah"), &[]),
            ("a deposit among many payments", Books::bank("EUR").ordinary(200).add("2025-05-07 20000.00 Amara"), &[]),
            (
                "only thousands are asked for, and it is less than ten of them",
                eur().add("2025-05-07 -3000.00 Groth").with(|config| config.round_sum.units = vec![1_000]),
                &[],
            ),
            (
                "switched off",
                eur().add("2025-05-07 -20000.00 Groth").with(|config| config.round_sum.enabled = false),
                &[],
            ),
        ],
    );
}
