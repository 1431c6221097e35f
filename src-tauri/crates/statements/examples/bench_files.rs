//! Writes the files that `cargo xtask bench` imports: `… --example bench_files -- csv 1000000 FILE` (or `xlsx`).
//!
//! A bank statement of one account with a running balance: booking and value date, other party, its account, a tagged
//! narrative, a reference, amount, currency, balance.
#![allow(missing_docs)]

use std::{
    error::Error,
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

const HEADER: [&str; 9] = [
    "Booking date",
    "Value date",
    "Counterparty",
    "Account",
    "Description",
    "Reference",
    "Amount",
    "Currency",
    "Balance",
];

struct Row {
    month: u8,
    day: u8,
    counterparty: String,
    description: String,
    reference: String,
    cents: i64,
    balance: i64,
}

/// The same rows each time.
fn rows(count: u32) -> impl Iterator<Item = Row> {
    let mut balance = 1_000_000_i64;
    (0..count).map(move |row| {
        let cents = i64::from(row) * 7_919 % 200_000 - 90_000;
        balance += cents;
        let at = |step: u32, range: u32| u8::try_from(row / step % range + 1).unwrap_or(1);
        Row {
            month: at(90_000, 12),
            day: at(3_000, 28),
            counterparty: format!("Harbour Lane Bakery {}, Ltd", row % 977),
            description: format!("EREF+INV-{row} SVWZ+Invoice {row} thank you"),
            reference: format!("INV-{row}"),
            cents,
            balance,
        }
    })
}

fn decimal(cents: i64) -> String {
    format!("{}{}.{:02}", if cents < 0 { "-" } else { "" }, cents.abs() / 100, cents.abs() % 100)
}

fn write_csv(path: &Path, count: u32) -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(File::create(path)?);
    writeln!(out, "{}", HEADER.join(","))?;
    for row in rows(count) {
        writeln!(
            out,
            "2024-{:02}-{:02},2024-{:02}-{:02},\"{}\",DE89370400440532013000,{},{},{},EUR,{}",
            row.month,
            row.day,
            row.month,
            row.day,
            row.counterparty,
            row.description,
            row.reference,
            decimal(row.cents),
            decimal(row.balance)
        )?;
    }
    out.flush()?;
    Ok(())
}

fn write_xlsx(path: &Path, count: u32) -> Result<(), Box<dyn Error>> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for (column, name) in (0..).zip(HEADER) {
        sheet.write_string(0, column, name)?;
    }
    for (at, row) in (1..).zip(rows(count)) {
        let date = ExcelDateTime::from_ymd(2024, row.month, row.day)?;
        sheet.write_datetime_with_format(at, 0, &date, &day)?;
        sheet.write_datetime_with_format(at, 1, &date, &day)?;
        sheet.write_string(at, 2, &row.counterparty)?;
        sheet.write_string(at, 3, "DE89370400440532013000")?;
        sheet.write_string(at, 4, &row.description)?;
        sheet.write_string(at, 5, &row.reference)?;
        sheet.write_number(at, 6, f64::from(i32::try_from(row.cents)?) / 100.0)?;
        sheet.write_string(at, 7, "EUR")?;
        sheet.write_number(at, 8, row.balance as f64 / 100.0)?;
    }
    workbook.save(path)?;
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["csv", count, path] => write_csv(Path::new(path), count.parse()?),
        ["xlsx", count, path] => write_xlsx(Path::new(path), count.parse()?),
        _ => Err("usage: csv|xlsx ROWS FILE".into()),
    }
}
