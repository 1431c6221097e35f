//! How fast and in how much memory a long CSV file is read, proved and normalised:
//! `cargo run --release -p tieout-statements --example read_speed -- 1000000`.
#![allow(clippy::print_stdout, missing_docs)]

use std::{
    fs::File,
    io::{self, BufWriter, Read, Write},
    ops::ControlFlow,
    path::PathBuf,
    time::Instant,
};

use tieout_domain::{Digest, Side};
use tieout_statements::{DecodeOptions, Defaults, Document, Source};

struct OnDisk(PathBuf, u64);

impl Source for OnDisk {
    fn open(&self) -> io::Result<Box<dyn Read + Send + '_>> {
        Ok(Box::new(File::open(&self.0)?))
    }

    fn len(&self) -> u64 {
        self.1
    }
}

fn write(path: &PathBuf, rows: u64) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    writeln!(out, "Booking date,Value date,Counterparty,Account,Description,Reference,Amount,Currency,Balance")?;
    let mut balance = 1_000_000_i64;
    for row in 0..rows {
        let cents = i64::try_from(row * 7_919 % 200_000).unwrap_or(0) - 90_000;
        balance += cents;
        let (day, month) = (row / 3_000 % 28 + 1, row / 90_000 % 12 + 1);
        let sign =
            |cents: i64| format!("{}{}.{:02}", if cents < 0 { "-" } else { "" }, cents.abs() / 100, cents.abs() % 100);
        writeln!(
            out,
            "2024-{month:02}-{day:02},2024-{month:02}-{day:02},\"Harbour Lane Bakery {}, Ltd\",DE89370400440532013000,EREF+INV-{row} SVWZ+Invoice {row} thank you,INV-{row},{},EUR,{}",
            row % 977,
            sign(cents),
            sign(balance)
        )?;
    }
    out.flush()
}

fn peak_mebibytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) >> 10
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rows = std::env::args().nth(1).map_or(Ok(1_000_000), |text| text.parse())?;
    let path = std::env::temp_dir().join(format!("tieout-read-{rows}.csv"));
    write(&path, rows)?;
    let source = OnDisk(path.clone(), std::fs::metadata(&path)?.len());
    let began = Instant::now();
    let document = Document::open(&source, &DecodeOptions::default())?;
    let opened = began.elapsed();
    let found = document.recognise(Some(Side::Statement));
    let defaults = Defaults { file: Digest::from_bytes([0; 32]), currency: None };
    let mut records = 0;
    let reading = document.read(
        &source,
        found.side,
        &found.mapping,
        &defaults,
        &|_, _| ControlFlow::Continue(()),
        &mut |read| {
            records += read.len();
            Ok(())
        },
    )?;
    let proof = reading.proof();
    println!(
        "{} MB, {records} rows, {} of {} proved by {}; looked at in {:.2} s, all in {:.2} s, peak {} MiB",
        source.len() / 1_000_000,
        proof.proved,
        proof.of,
        proof.kind.as_str(),
        opened.as_secs_f64(),
        began.elapsed().as_secs_f64(),
        peak_mebibytes()
    );
    std::fs::remove_file(&path)?;
    Ok(())
}
