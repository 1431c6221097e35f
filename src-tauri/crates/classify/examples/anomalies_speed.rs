//! Measures how fast anomalies are found: `cargo run --release -p tieout-classify --example anomalies_speed -- [RECORDS]`.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "it is run by hand, and tells what it finds")]

use std::time::Instant;

use jiff::civil::date;
use tieout_classify::{AnomalyConfig, Dates, Facts, Postings, detect};
use tieout_domain::{Currency, LedgerKind, Money};

fn main() {
    let records: u64 = std::env::args().nth(1).map_or(1_000_000, |text| text.parse().unwrap());
    let begun = Instant::now();
    let postings = year(records);
    println!("{} records made and taken in: {:.2} s", postings.len(), seconds(begun));
    for (what, threads) in [("one thread", 1), ("all cores", 0)] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let begun = Instant::now();
        let found = pool.install(|| detect(&postings, &AnomalyConfig::default(), Dates::default()));
        println!("{} anomalies among {} records on {what}: {:.2} s", found.len(), postings.len(), seconds(begun));
    }
}

fn seconds(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64()
}

/// Half statement lines, half invoices, of one counterparty in two hundred, over two years, with amounts over four
/// orders of magnitude.
fn year(records: u64) -> Postings {
    let euro = Currency::parse("EUR").unwrap();
    let mut postings = Postings::default();
    for number in 0..records {
        let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let part = |shift: u32, of: u64| (mixed >> shift) % of;
        let day = date(2024, 1, 1).saturating_add(jiff::Span::new().days(i64::try_from(part(40, 730)).unwrap()));
        let size = 1_000_u64 << part(30, 13);
        let minor = i64::try_from(size + part(8, size)).unwrap();
        let party = format!("Customer {}", part(20, records / 200 + 1));
        let reference = format!("INV-{number}");
        postings.add(&Facts {
            id: u128::from(number),
            kind: (number % 2 == 1).then_some(LedgerKind::Invoice),
            account: "Current account",
            counterparty: &party,
            counterparty_code: "",
            number: &reference,
            reference: &reference,
            date: Some(day),
            value_date: None,
            amount: Money::from_minor(if part(50, 3) == 0 { -minor } else { minor }, euro),
            import: 0,
            is_known_duplicate: false,
        });
    }
    postings
}
