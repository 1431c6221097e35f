//! Measures how fast statement lines go into an encrypted workbook and get their categories there, how much memory that
//! takes, and how fast figures of them are told:
//! `cargo run --release -p tieout-workbook --example import_speed -- [LINES] [LINES OF THE SECOND FILE]`.
//!
//! The first file is all new; the second repeats the first one's last half of its lines and brings as many new ones.
//! Lines are made as they are handed over, so that what is measured is the workbook's own.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "it is run by hand, and tells what it finds")]

mod desk;

use std::{error::Error, fs, ops::ControlFlow, time::Instant};

use jiff::{ToSpan, civil::date};
use tieout_domain::{AccountId, Digest, Money, NormalisedTexts, Source, StatementLine};
use tieout_workbook::{
    FigureScope, LineKey, LinePlan, LineVerdict, NewBatch, PendingLine, ProofRange, RowPlan, StatementFacts,
    SweepOrder, SweepScope, Workbook,
};

use desk::{euros, new_workbook};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let lines: u32 = arguments.next().map_or(Ok(1_000_000), |text| text.parse())?;
    let second: u32 = arguments.next().map_or(Ok(lines), |text| text.parse())?;
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("speed.tieout");
    let mut workbook = new_workbook(&path)?;
    let account = workbook.find_or_create_account("Current account", euros())?;
    println!("at rest: {} MiB", memory("VmRSS:"));

    let begun = begin();
    let outcome = take_in(&mut workbook, 1, account, &[], 0..lines)?;
    report(&format!("{lines} new lines"), begun);
    assert_eq!(outcome, (u64::from(lines), 0));
    println!("    file of {} MiB", fs::metadata(&path)?.len() >> 20);
    sweep(&mut workbook, u64::from(lines))?;
    summarise(&workbook, account)?;

    let from = lines - second / 2;
    let rows = from..from + second;
    let begun = begin();
    let keys = rows.clone().map(|row| LineKey::of(account, &line(row))).collect();
    report("keys of the second file", begun);
    let begun = begin();
    let plans = [workbook.plan_line_keys(account, keys)?];
    report(&format!("{second} keys planned against {lines} lines"), begun);
    let new = plans[0].rows().iter().filter(|plan| **plan == RowPlan::Add).count();
    assert_eq!(new, (second - second / 2) as usize);

    let begun = begin();
    let outcome = take_in(&mut workbook, 2, account, &plans, rows)?;
    report(&format!("the second file, {} of its lines new", outcome.0), begun);
    let begun = begin();
    let batch = workbook.list_batches()?[0].id;
    workbook.undo_import(batch)?;
    report("the second file taken back", begun);
    let begun = begin();
    workbook.close()?;
    report("closed", begun);
    Ok(())
}

const ORDER: SweepOrder<'_> = SweepOrder { scope: SweepScope::Pending, categoriser: "speed", whole_lines: false };

/// Puts all lines but each seventh into ten categories, and asks again when nothing is pending.
fn sweep(workbook: &mut Workbook, lines: u64) -> Result<(), Box<dyn Error>> {
    let categories: Vec<_> = (0..10).map(|number| workbook.add_category(&format!("Category {number}"))).collect();
    let categories = categories.into_iter().collect::<Result<Vec<_>, _>>()?;
    let mut seen = 0_usize;
    let mut judge = |lines: &[PendingLine]| -> Vec<LineVerdict> {
        let verdict = |number: usize| match number % 7 {
            0 => LineVerdict::NoCategory,
            _ => LineVerdict::Category { category: categories[number % 10], pattern: None },
        };
        seen += lines.len();
        (seen - lines.len()..seen).map(verdict).collect()
    };
    let mut go_on = |_, _| ControlFlow::Continue(());
    let begun = begin();
    let swept = workbook.sweep(ORDER, &mut judge, &mut go_on)?;
    report(&format!("{lines} pending lines swept"), begun);
    assert_eq!(swept.map(|swept| swept.lines), Some(lines));
    let begun = begin();
    assert_eq!(workbook.sweep(ORDER, &mut judge, &mut go_on)?, None);
    report("swept again, with nothing pending", begun);
    let begun = begin();
    workbook.category_counts()?;
    report("counted by category", begun);
    Ok(())
}

/// A year of the lines, three times: the first time nothing of it is at hand; and all there is to say of the company.
fn summarise(workbook: &Workbook, account: AccountId) -> Result<(), Box<dyn Error>> {
    for _ in 0..3 {
        let begun = Instant::now();
        let summary = workbook.account_summary(account, date(2021, 1, 1), date(2021, 12, 31))?;
        println!("{} lines summed up: {:.3} ms", summary.lines, begun.elapsed().as_secs_f64() * 1_000.0);
    }
    let range = ProofRange { from: Some(date(2021, 1, 1)), to: Some(date(2021, 12, 31)) };
    for (name, scope) in [("company", FigureScope::Company), ("year", FigureScope::Period { account, range })] {
        let begun = begin();
        let figures = workbook.figures(scope, None)?;
        report(&format!("figures of the {name}, {} lines", figures.lines), begun);
    }
    let begun = begin();
    workbook.daily_figures(None, None)?;
    report("history by day", begun);
    Ok(())
}

/// Added, and there already.
fn take_in(
    workbook: &mut Workbook,
    number: u8,
    account: AccountId,
    plans: &[LinePlan],
    rows: std::ops::Range<u32>,
) -> Result<(u64, u64), Box<dyn Error>> {
    let new = NewBatch {
        file_name: "speed.csv",
        file_hash: Digest::from_bytes([number; 32]),
        source_path: "",
        format: "csv",
        mapping: "",
        rows: u64::from(rows.end - rows.start),
        diagnostics: &[],
        rejected: 0,
        report: None,
        quality: None,
        retry_of: None,
        for_another_account: false,
    };
    let mut import = workbook.begin_line_import(&new, plans)?;
    let statement = import.statement(account, &StatementFacts::of_currency(euros()))?;
    let begun = begin();
    for row in rows {
        import.add_line(statement, &line(row))?;
    }
    report("    handed over", begun);
    let mut last = begin();
    let outcome = import.finish(&mut |done, of| {
        report(&format!("    {done} of {of} indexes"), last);
        last = begin();
        ControlFlow::Continue(())
    })?;
    report("    committed", last);
    Ok((outcome.added, outcome.duplicates))
}

/// When something began, by the clock on the wall and by that of the processor, which others' work does not slow down.
#[derive(Clone, Copy)]
struct Begun(Instant, f64);

fn begin() -> Begun {
    Begun(Instant::now(), processor_seconds())
}

fn report(what: &str, begun: Begun) {
    let (wall, processor) = (begun.0.elapsed().as_secs_f64(), processor_seconds() - begun.1);
    let (now, most) = (memory("VmRSS:"), memory("VmHWM:"));
    println!("{what}: {wall:.2} s ({processor:.2} s of processor); {now} MiB now, {most} MiB at most");
}

/// As Linux tells it of this process, in hundredths; 0 elsewhere.
fn processor_seconds() -> f64 {
    let told = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = told.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks: u32 = after_name.split_whitespace().skip(11).take(2).filter_map(|word| word.parse::<u32>().ok()).sum();
    f64::from(ticks) / 100.0
}

/// In MiB, as Linux tells it of this process; 0 elsewhere.
fn memory(what: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(what));
    let kib = line.and_then(|line| line.split_whitespace().nth(1)).and_then(|kib| kib.parse::<u64>().ok());
    kib.unwrap_or(0) / 1024
}

/// A line of eight filled fields and a running balance; some 120 bytes of raw text.
fn line(row: u32) -> StatementLine {
    let mixed = u64::from(row).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let minor = i64::try_from(mixed >> 44).unwrap() - 400_000;
    let balance = i64::from(row) * 1_000 + minor;
    let day = date(2020, 1, 1).checked_add((i64::from(row) / 700).days()).unwrap();
    let reference = format!("RE-{:08}", mixed >> 40);
    let counterparty = format!("Customer {:05} GmbH & Co", mixed % 20_011);
    let counterparty_account = format!("DE{:020}", mixed % 1_000_000_007_000);
    let description = format!("SEPA transfer invoice {reference}");
    let raw = format!("{day};{minor};{description};{reference};{counterparty};{counterparty_account};{balance}");
    StatementLine {
        source: Source { file: Digest::from_bytes([1; 32]), row: row + 1 },
        record_id: String::new(),
        account: String::new(),
        date: Some(day),
        value_date: Some(day),
        amount: Money::from_minor(minor, euros()),
        description,
        reference: reference.clone(),
        counterparty,
        counterparty_account,
        balance: Some(Money::from_minor(balance, euros())),
        normalised: NormalisedTexts { references: vec![reference], ..NormalisedTexts::default() }.into(),
        job: None,
        raw,
    }
}
