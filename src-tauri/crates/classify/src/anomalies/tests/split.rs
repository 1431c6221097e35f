use tieout_domain::LedgerKind;

use super::*;

const KIND: AnomalyKind = AnomalyKind::SplitPayment;

fn limit(amount: i64, code: Option<&str>) -> SplitLimit {
    SplitLimit { amount: amount.into(), currency: code.map(currency) }
}

#[test]
fn payments_that_together_pass_the_limit() {
    let eur = || Books::bank("EUR").ordinary(200);
    let pair = |books: Books| books.add("2025-05-07 -9500.10 Groth").add("2025-05-08 -9800.20 Groth");
    check(
        KIND,
        vec![
            ("on two days", pair(eur()), &["2025-05-07 -9500.10 + 2025-05-08 -9800.20"]),
            (
                "on one day",
                eur().add("2025-05-07 -9500.10 Groth").add("2025-05-07 -9500.20 Groth"),
                &["2025-05-07 -9500.10 + 2025-05-07 -9500.20"],
            ),
            (
                "three of them",
                pair(eur()).add("2025-05-09 -9999.99 Groth"),
                &["2025-05-07 -9500.10 + 2025-05-08 -9800.20 + 2025-05-09 -9999.99"],
            ),
            (
                "three days from first to last",
                eur().add("2025-05-05 -9500.10 Groth").add("2025-05-08 -9500.20 Groth"),
                &["2025-05-05 -9500.10 + 2025-05-08 -9500.20"],
            ),
            (
                "from the least to the limit itself",
                eur().add("2025-05-05 -9000.00 Groth").add("2025-05-08 -10000.00 Groth"),
                &["2025-05-05 -9000.00 + 2025-05-08 -10000.00"],
            ),
            (
                "deposits",
                Books::bank("EUR").ordinary_in(200).add("2025-05-07 9500.10 Amara").add("2025-05-08 9800.20 Amara"),
                &["2025-05-07 9500.10 + 2025-05-08 9800.20"],
            ),
            (
                "a currency with a limit of its own",
                Books::bank("CHF")
                    .ordinary(200)
                    .add("2025-05-07 -4900.10 Groth")
                    .add("2025-05-08 -4950.20 Groth")
                    .with(|config| config.split_payment.limits.push(limit(5_000, Some("CHF")))),
                &["2025-05-07 -4900.10 + 2025-05-08 -4950.20"],
            ),
            (
                "a million yen",
                Books::bank("JPY")
                    .ordinary(200)
                    .add("2025-05-07 -990000 Tanaka")
                    .add("2025-05-08 -980001 Tanaka")
                    .with(|config| config.split_payment.limits.push(limit(1_000_000, Some("JPY")))),
                &["2025-05-07 -990000 + 2025-05-08 -980001"],
            ),
            (
                "a wider band",
                eur()
                    .add("2025-05-07 -6500.10 Groth")
                    .add("2025-05-08 -7800.20 Groth")
                    .with(|config| config.split_payment.from_percent = 60),
                &["2025-05-07 -6500.10 + 2025-05-08 -7800.20"],
            ),
            (
                "again in another month",
                pair(eur()).add("2025-08-05 -9100.10 Groth").add("2025-08-06 -9100.20 Groth"),
                &["2025-05-07 -9500.10 + 2025-05-08 -9800.20", "2025-08-05 -9100.10 + 2025-08-06 -9100.20"],
            ),
            (
                "supplier invoices",
                pair(Books::entries(LedgerKind::Invoice, "EUR").ordinary(200)),
                &["2025-05-07 -9500.10 + 2025-05-08 -9800.20"],
            ),
        ],
    );
}

#[test]
fn payments_that_only_look_split() {
    let eur = || Books::bank("EUR").ordinary(200);
    let pair = |books: Books| books.add("2025-05-07 -9500.10 Groth").add("2025-05-08 -9800.20 Groth");
    check(
        KIND,
        vec![
            ("only one", eur().add("2025-05-07 -9500.10 Groth"), &[]),
            ("four days apart", eur().add("2025-05-05 -9500.10 Groth").add("2025-05-09 -9800.20 Groth"), &[]),
            ("one is above the limit", eur().add("2025-05-07 -10000.01 Groth").add("2025-05-08 -9800.20 Groth"), &[]),
            ("one is well below", eur().add("2025-05-07 -8999.99 Groth").add("2025-05-08 -9800.20 Groth"), &[]),
            ("two counterparties", eur().add("2025-05-07 -9500.10 Groth").add("2025-05-08 -9800.20 Lind"), &[]),
            ("paid and paid back", eur().add("2025-05-07 -9500.10 Groth").add("2025-05-08 9500.10 Groth"), &[]),
            (
                "that is what the supplier's deliveries cost",
                eur().all((1..=9).map(|day| format!("2025-05-{day:02} -95{day}0.10 Groth"))),
                &[],
            ),
            (
                "yen, most of which are more than ten thousand",
                Books::bank("JPY").ordinary(200).add("2025-05-07 -9500 Tanaka").add("2025-05-08 -9800 Tanaka"),
                &[],
            ),
            ("no limit is set", pair(eur()).with(|config| config.split_payment.limits.clear()), &[]),
            (
                "the limit is of another currency",
                pair(eur()).with(|config| config.split_payment.limits = vec![limit(10_000, Some("USD"))]),
                &[],
            ),
            ("nobody knows to whom", eur().add("2025-05-07 -9500.10 -").add("2025-05-08 -9800.20 -"), &[]),
            ("without dates", eur().add("- -9500.10 Groth").add("- -9800.20 Groth"), &[]),
            ("switched off", pair(eur()).with(|config| config.split_payment.enabled = false), &[]),
        ],
    );
}
