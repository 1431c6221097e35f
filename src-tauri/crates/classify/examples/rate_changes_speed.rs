//! Measures how fast changed rates are found among many jobs:
//! `cargo run --release -p tieout-classify --example rate_changes_speed -- [JOBS] [GROUPS]`.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "it is run by hand, and tells what it finds")]

use std::time::Instant;

use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy::MidpointNearestEven};
use tieout_classify::{JobPair, rate_changes};
use tieout_domain::{Currency, Job, Money, SideTotals};

struct Pair {
    statement: Job,
    ledger: Job,
    totals: SideTotals,
    date: Option<Date>,
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut number = |otherwise: u64| arguments.next().map_or(otherwise, |text| text.parse().unwrap());
    let (jobs, groups) = (number(1_000_000), number(10_000));
    let mut seed = 1_u64;
    let pairs: Vec<Pair> = (0..jobs).map(|at| job(at, at % groups, &mut seed)).collect();
    for (what, threads) in [("one thread", 1), ("all cores", 0)] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let begun = Instant::now();
        let found = pool.install(|| rate_changes(pairs.iter().map(seen)).unwrap());
        let seconds = begun.elapsed().as_secs_f64();
        let (changes, trends) = (found.changes.len(), found.trends.len());
        println!("{jobs} jobs of {trends} services and sites on {what}: {seconds:.2} s, {changes} changes");
    }
}

fn seen(pair: &Pair) -> JobPair<'_> {
    JobPair { statement: &pair.statement, ledger: &pair.ledger, totals: pair.totals, date: pair.date }
}

/// One job of two years; every fifth group has a change that the books do not know, one job in fifty is an outlier.
fn job(at: u64, group: u64, seed: &mut u64) -> Pair {
    let mut random = |below: u64| {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 33) % below
    };
    let day = random(730);
    let date = Date::constant(2024, 1, 1).checked_add(jiff::Span::new().days(day.cast_signed())).unwrap();
    let quantity = Decimal::new(random(40).cast_signed() + 4, 0) / Decimal::from(4);
    let booked = Decimal::new(2_000 + (group % 40).cast_signed() * 25, 2);
    let raised = group.is_multiple_of(5) && day > 400;
    let paid = match random(50) {
        0 => booked * Decimal::new(13, 1),
        _ if raised => booked + Decimal::new(150, 2),
        _ => booked,
    };
    let of = |rate: Decimal| Job {
        month: Some(date.first_of_month()),
        site: format!("Site {}", group / 10),
        service_type: format!("Service {}", group % 10),
        quantity: Some(quantity),
        // A third of the client's rates follow from the amounts alone.
        rate: Some(rate).filter(|_| !at.is_multiple_of(3)),
    };
    let amount = |rate: Decimal| {
        let whole = (quantity * rate).round_dp_with_strategy(2, MidpointNearestEven);
        Money::from_decimal(whole, Currency::parse("EUR").unwrap()).unwrap()
    };
    let totals = SideTotals { statement: amount(paid), ledger: amount(booked) };
    Pair { statement: of(paid), ledger: of(booked), totals, date: Some(date) }
}
