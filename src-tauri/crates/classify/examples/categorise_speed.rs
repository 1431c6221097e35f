//! Measures how fast texts find their categories, and how long patterns take to compile:
//! `cargo run --release -p tieout-classify --example categorise_speed -- [TEXTS] [PATTERNS]`.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "it is run by hand, and tells what it finds")]

use std::{fs, time::Instant};

use rayon::prelude::*;
use tieout_classify::{Categoriser, PatternCategoriser, TransactionTexts};
use tieout_domain::CategoryPattern;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut number = |otherwise: u64| arguments.next().map_or(otherwise, |text| text.parse().unwrap());
    let (texts, patterns) = (number(1_000_000), number(10_000));
    let list: Vec<CategoryPattern> =
        (0..patterns).map(|number| CategoryPattern::parse(&merchant(number)).unwrap()).collect();
    let bytes: usize = list.iter().map(|pattern| pattern.folded().len()).sum();

    let begun = Instant::now();
    let categoriser = PatternCategoriser::new(list.iter().map(|pattern| (pattern, 0))).unwrap();
    println!("{patterns} patterns of {bytes} bytes compiled: {:.2} s, {} MiB", seconds(begun), memory());

    let texts: Vec<(String, String)> = (0..texts).map(|number| transaction(number, patterns)).collect();
    for (what, threads) in [("one thread", 1), ("all cores", 0)] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let begun = Instant::now();
        let found = pool.install(|| {
            let find = |(counterparty, description): &&(String, String)| {
                let texts = TransactionTexts { counterparty, description, reference: "" };
                categoriser.categorise(&texts).unwrap().is_some()
            };
            texts.par_iter().filter(find).count()
        });
        println!("{} texts on {what}: {:.2} s, {found} with a category", texts.len(), seconds(begun));
    }
}

fn seconds(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64()
}

/// In MiB, as Linux tells it of this process; 0 elsewhere.
fn memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    line.and_then(|line| line.split_whitespace().nth(1)).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// A name of two or three words, another for each number.
fn merchant(number: u64) -> String {
    const FIRST: [&str; 16] = [
        "Harbour",
        "Lindqvist",
        "Amara",
        "Müller",
        "Café",
        "North",
        "Old Mill",
        "Groth",
        "Bright",
        "Kestrel",
        "Olive",
        "Sánchez",
        "Weiß",
        "Tanaka",
        "Maple",
        "Granite",
    ];
    const TRADE: [&str; 8] = ["Bakery", "Timber", "Fuel", "Insurance", "Telecom", "Books", "Garage", "Hosting"];
    let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let word = |list: &[&'static str], shift: u32| list[usize::try_from(mixed >> shift).unwrap() % list.len()];
    format!("{} {} {number:x}", word(&FIRST, 60), word(&TRADE, 50))
}

/// A third name a merchant among others' words, a third part of one, a third something else.
fn transaction(number: u64, patterns: u64) -> (String, String) {
    let known = merchant(number.wrapping_mul(7_919) % patterns.max(1));
    let described = format!("CARD PAYMENT 2026-01-{:02} REF {number:08}", number % 28 + 1);
    match number % 3 {
        0 => (format!("{} LONDON GB", known.to_uppercase()), described),
        1 => (known.chars().skip(4).collect(), described),
        _ => (format!("Client {number}"), described),
    }
}
