//! Files that banks wrote, as other projects collected them: what their manifest says of each statement holds. The
//! corpus is not part of the repository; without it these tests say so and pass.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

use std::{fs, path::Path};

use rust_decimal::Decimal;
use serde_json::Value;
use tieout_statements::{Control, DecodeOptions, ReadError, Section, Table, decode};

const CORPUS: &str = "/work/shared/corpus";
const AMOUNT: usize = 2;

fn json(name: &str) -> Option<Value> {
    let text = fs::read_to_string(Path::new(CORPUS).join(name)).ok()?;
    serde_json::from_str(&text).ok()
}

fn read(file: &str) -> Result<Table, ReadError> {
    let bytes = fs::read(Path::new(CORPUS).join(file)).unwrap();
    decode(&bytes, &DecodeOptions::default())
}

fn decimal(value: &Value) -> Option<Decimal> {
    value.as_str().and_then(|text| text.parse().ok())
}

fn rows(section: &Section) -> std::ops::Range<usize> {
    let first = section.first_row as usize;
    first..first + section.rows as usize
}

fn amount(table: &Table, row: usize) -> Decimal {
    table.cell(row, AMOUNT).parse().unwrap()
}

/// The date by which the manifest counts: booking for SWIFT, as-of for BAI2.
fn date(table: &Table, row: usize) -> &str {
    table.cell(row, usize::from(table.format().as_str() != "bai2"))
}

#[track_caller]
fn check_section(file: &str, table: &Table, section: &Section, expected: &Value) {
    let what = format!("{file}, statement {expected}");
    let sum: Decimal = rows(section).map(|row| amount(table, row)).sum();
    assert_eq!(Some(section.account.as_str()), expected["account"].as_str(), "{what}");
    assert_eq!(Some(u64::from(section.rows)), expected["transactions"].as_u64(), "{what}");
    assert_eq!(Some(sum), decimal(&expected["sum"]), "{what}");
    if let Some(currency) = expected["currency"].as_str() {
        assert_eq!(section.currency.map(|found| found.code().to_owned()).as_deref(), Some(currency), "{what}");
    }
    if let Some(number) = expected["statement_no"].as_str() {
        assert_eq!(section.number, number, "{what}");
    }
    let (opening, closing) = if table.format().as_str() == "bai2" {
        assert_eq!(section.to.map(|date| date.to_string()).as_deref(), expected["date"].as_str(), "{what}");
        ("opening_010", "closing_015")
    } else {
        let is_middle = ["opening_type", "closing_type"].iter().any(|key| expected[*key] == "M");
        assert_eq!(section.interim, is_middle || table.format().as_str() == "mt942", "{what}");
        ("opening", "closing")
    };
    let booked = |balance: Option<Decimal>| balance.filter(|_| table.format().as_str() != "bai2" || !section.interim);
    for (key, balance) in [(opening, booked(section.opening)), (closing, booked(section.closing))] {
        // Balances of an interim day of BAI2 are not held against the manifest, which does not tell them apart.
        if balance.is_some() || !section.interim {
            assert_eq!(balance, decimal(&expected[key]), "{what}: {key}");
        }
    }
}

#[track_caller]
fn check_rows(file: &str, table: &Table, expected: &[Value]) {
    let found: Vec<(String, Decimal)> =
        (0..table.row_count()).map(|row| (date(table, row).to_owned(), amount(table, row))).collect();
    let wanted: Vec<(String, Decimal)> =
        expected.iter().map(|row| (row[0].as_str().unwrap_or("").to_owned(), decimal(&row[1]).unwrap())).collect();
    assert_eq!(found.len(), wanted.len(), "{file}");
    for (found, wanted) in found.iter().zip(&wanted) {
        assert_eq!(found.1, wanted.1, "{file}");
        assert!(found.0 == wanted.0 || wanted.0.ends_with('!'), "{file}: {found:?} instead of {wanted:?}");
    }
}

#[test]
fn every_statement_of_the_corpus_is_read_as_its_manifest_says() {
    let (Some(manifest), Some(transactions)) = (json("manifest.json"), json("transactions.json")) else {
        eprintln!("no corpus at {CORPUS}: nothing was checked");
        return;
    };
    let mut checked = 0;
    for entry in manifest.as_array().unwrap() {
        let file = entry["file"].as_str().unwrap();
        if !["mt940/", "mt942/", "bai2/"].iter().any(|folder| file.starts_with(folder)) {
            continue;
        }
        let outcome = entry["outcome"].as_str().unwrap();
        let table = match read(file) {
            Ok(table) if outcome == "reject" => {
                // A grid without a date or an amount is refused when its columns are recognised.
                assert!(table.declared().is_none(), "{file}");
                continue;
            }
            Ok(table) => table,
            Err(error) => {
                assert!(outcome.contains("reject"), "{file}: {error}");
                continue;
            }
        };
        if let Some(statements) = entry["expect_statements"].as_array() {
            assert_eq!(table.sections().len(), statements.len(), "{file}");
            for (section, expected) in table.sections().iter().zip(statements) {
                check_section(file, &table, section, expected);
            }
        }
        if let Some(verdict) = entry["crosscheck"]["bai2 0.15.0"].as_str().filter(|verdict| verdict.contains("agrees"))
        {
            let holds = table.sections().iter().flat_map(|section| &section.controls).all(Control::holds);
            assert_eq!(holds, verdict.contains("control totals hold"), "{file}");
        }
        if let Some(rows) = transactions[file].as_array() {
            check_rows(file, &table, rows);
        }
        checked += 1;
    }
    assert!(checked > 50, "only {checked} files were checked");
}

/// Why we and the crate `mt940` differ on a file that it can read.
const DIFFERENCES: &[(&str, &str)] = &[];

/// Sum of a statement by the crate. It calls `RD` a reversed credit and `RC` a reversed debit, the other way round than
/// SWIFT, but means the same signs.
fn sum_of(message: &mt940::Message) -> Decimal {
    let signed = |line: &mt940::StatementLine| match line.ext_debit_credit_indicator {
        mt940::ExtDebitOrCredit::Credit | mt940::ExtDebitOrCredit::ReverseCredit => line.amount,
        mt940::ExtDebitOrCredit::Debit | mt940::ExtDebitOrCredit::ReverseDebit => -line.amount,
    };
    message.statement_lines.iter().map(signed).sum()
}

fn balance_of(balance: &mt940::Balance) -> Decimal {
    match balance.debit_credit_indicator {
        mt940::DebitOrCredit::Credit => balance.amount,
        mt940::DebitOrCredit::Debit => -balance.amount,
    }
}

/// What the crate reads, one text a statement: balances, sum, value and booking dates.
fn by_oracle(messages: &[mt940::Message]) -> Vec<String> {
    let statement = |message: &mt940::Message| {
        let days =
            |line: &mt940::StatementLine| format!("{}/{}", line.value_date, line.entry_date.unwrap_or(line.value_date));
        let dates: Vec<String> = message.statement_lines.iter().map(days).collect();
        let (opening, closing) = (balance_of(&message.opening_balance), balance_of(&message.closing_balance));
        facts(Some(opening), Some(closing), sum_of(message), &dates)
    };
    messages.iter().map(statement).collect()
}

fn facts(opening: Option<Decimal>, closing: Option<Decimal>, sum: Decimal, dates: &[String]) -> String {
    let normal = |value: Option<Decimal>| value.map(|value| value.normalize());
    format!("{:?} {:?} {} {}", normal(opening), normal(closing), sum.normalize(), dates.join(" "))
}

fn by_us(table: &Table) -> Vec<String> {
    let statement = |section: &Section| {
        let sum = rows(section).map(|row| amount(table, row)).sum();
        let dates: Vec<String> =
            rows(section).map(|row| format!("{}/{}", table.cell(row, 0), table.cell(row, 1))).collect();
        facts(section.opening, section.closing, sum, &dates)
    };
    table.sections().iter().map(statement).collect()
}

#[test]
fn the_crate_mt940_agrees_on_every_file_it_can_read() {
    let Ok(folder) = fs::read_dir(Path::new(CORPUS).join("mt940")) else {
        eprintln!("no corpus at {CORPUS}: nothing was compared");
        return;
    };
    let mut compared = 0;
    for file in folder {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        let oracle = mt940::parse_mt940(&text).or_else(|_| mt940::parse_mt940(&mt940::sanitizers::sanitize(&text)));
        let Ok(messages) = oracle else { continue };
        let differs = by_oracle(&messages) != by_us(&read(&format!("mt940/{name}")).unwrap());
        let reason = DIFFERENCES.iter().find(|(file, _)| *file == name);
        assert_eq!(differs, reason.is_some(), "{name}: {:?} {:?}", by_oracle(&messages), reason);
        compared += 1;
    }
    assert!(compared > 10, "the crate could read only {compared} files");
}
