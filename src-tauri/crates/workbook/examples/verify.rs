//! Measures how long it takes to check an audit chain:
//! `cargo run --release -p tieout-workbook --example verify -- BOOK [EVENTS]`.
//!
//! `BOOK` is made if it is not there, with so many events: settings that change. Prints one JSON object: how many events,
//! seconds of checking the chain (the quickest of three), of writing it out as a chain file, of checking that, and of
//! looking for damage in the file, which `tieout verify` does besides.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it is run by hand, and tells what it finds")]

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use tieout_domain::Currency;
use tieout_workbook::{MemoryKeyStore, NewCompany, SystemClock, Unlock, Workbook, check_chain_file};

const PASSPHRASE: &str = "correct horse battery";
/// Events of one transaction while the workbook is made.
const AT_ONCE: usize = 10_000;
/// Measurements; the quickest counts, since everything else on the machine only adds.
const RUNS: usize = 3;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let book = PathBuf::from(arguments.next().ok_or("which workbook?")?);
    let events: usize = arguments.next().map_or(Ok(1_000_000), |text| text.parse())?;
    if !book.is_file() {
        let begun = Instant::now();
        let partial = book.with_extension("partial");
        let _ = fs::remove_file(&partial);
        make(&partial, events)?;
        fs::rename(&partial, &book)?;
        eprintln!("{events} events made in {:.1} s", begun.elapsed().as_secs_f64());
    }
    let unlock = Unlock::Passphrase(PASSPHRASE);
    let store = Arc::new(MemoryKeyStore::default());
    let workbook = Workbook::open(&book, unlock, Arc::new(SystemClock), store, false)?.workbook;
    let mut chain = f64::INFINITY;
    for _ in 0..RUNS {
        let begun = Instant::now();
        let report = workbook.verify_chain()?;
        chain = chain.min(begun.elapsed().as_secs_f64());
        if !report.holds() || report.head != workbook.audit_head() {
            return Err("the chain does not hold".into());
        }
    }
    let begun = Instant::now();
    let file = workbook.chain_lines(0, usize::MAX)?.text;
    let written = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    if check_chain_file(file.as_bytes())? != workbook.audit_head() {
        return Err("the file does not hold the chain".into());
    }
    let read = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    let damage = workbook.damage()?;
    let pages = begun.elapsed().as_secs_f64();
    if !damage.is_empty() {
        return Err("the workbook is damaged".into());
    }
    let events = workbook.audit_head().sequence;
    println!(
        "{{\"events\":{events},\"chain\":{chain:.3},\"file_written\":{written:.3},\"file_checked\":{read:.3},\"damage\":{pages:.3}}}"
    );
    workbook.close()?;
    Ok(())
}

fn make(path: &Path, events: usize) -> Result<(), Box<dyn Error>> {
    let company = NewCompany {
        name: "Joinery Ltd".to_owned(),
        industry: String::new(),
        contact: String::new(),
        base_currency: Currency::parse("EUR")?,
        single_user: true,
        user_name: "Ada Byron".to_owned(),
    };
    let store = Arc::new(MemoryKeyStore::default());
    let mut workbook = Workbook::create(path, PASSPHRASE, &company, Arc::new(SystemClock), store, false)?.workbook;
    let names: Vec<String> = (0..AT_ONCE).map(|number| format!("bench.setting.{number}")).collect();
    let rates = workbook.exchange_rates()?;
    let mut left = events.saturating_sub(1);
    while left > 0 {
        let count = left.min(AT_ONCE);
        let value = format!("the value that holds while {left} events are still to be told");
        let texts: Vec<(&str, String)> = names.iter().take(count).map(|name| (name.as_str(), value.clone())).collect();
        workbook.set_matching_settings(&texts, None, (&rates, ""))?;
        left -= count;
    }
    workbook.close()?;
    Ok(())
}
