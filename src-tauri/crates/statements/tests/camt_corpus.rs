//! Bank files of others against their manifest, and against the crate `sepa` as a second opinion. The files are not part
//! of the repository: without them these tests say so and pass.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod common;

use std::{collections::BTreeMap, fs, ops::ControlFlow, path::PathBuf};

use rust_decimal::Decimal;
use sepa::camt::{AccountRef, BalanceType, CashEntry, StatementBalance};
use serde_json::Value;
use tieout_domain::Side;
use tieout_statements::{DecodeOptions, Records, Table, decode, interpret, recognise};

fn corpus() -> Option<(PathBuf, Vec<Value>)> {
    let root = PathBuf::from(std::env::var("TIEOUT_CORPUS").unwrap_or_else(|_| "/work/shared/corpus".to_owned()));
    let Ok(manifest) = fs::read_to_string(root.join("manifest.json")) else {
        println!("no corpus at {}: nothing was checked", root.display());
        return None;
    };
    let Value::Array(entries) = serde_json::from_str(&manifest).unwrap() else { panic!("the manifest is no list") };
    let is_ours = |entry: &Value| {
        let file = entry["file"].as_str().unwrap_or("");
        file.starts_with("camt/") || file.starts_with("unsupported/") && file.ends_with(".xml")
    };
    Some((root, entries.into_iter().filter(is_ours).collect()))
}

fn decimal(value: &Value) -> Option<Decimal> {
    value.as_str().and_then(|text| text.parse().ok())
}

/// Booked amount of each row, by section. The last key is for rows outside of all.
fn sums(table: &Table) -> Vec<Decimal> {
    let column = table.header().iter().position(|name| name == "Amt").unwrap();
    let amount = |row: u32| table.cell(row as usize, column).parse::<Decimal>().unwrap_or_default();
    let sum = |first: u32, rows: u32| (first..first + rows).map(amount).sum();
    table.sections().iter().map(|section| sum(section.first_row, section.rows)).collect()
}

/// What the manifest says of a statement that is not so, with the reason why we know better.
fn known_slip(file: &str, what: &str) -> bool {
    // The manifest gives the currency of the file's first statement to both; the second states USD throughout.
    file.ends_with("camt053-two-currencies.xml") && what == "currency"
}

#[test]
fn every_file_fares_as_the_manifest_says() {
    let Some((root, entries)) = corpus() else { return };
    assert!(entries.len() >= 32, "{} files", entries.len());
    let mut wrong = Vec::new();
    for entry in &entries {
        let file = entry["file"].as_str().unwrap();
        let bytes = fs::read(root.join(file)).unwrap();
        let found = decode(&bytes, &DecodeOptions::default());
        match (entry["outcome"].as_str().unwrap(), found) {
            ("reject", Ok(_)) => wrong.push(format!("{file}: taken in")),
            ("reject", Err(_)) => {}
            (_, Err(error)) => wrong.push(format!("{file}: {error}")),
            (_, Ok(table)) => check_file(file, entry, &table, &mut wrong),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn check_file(file: &str, entry: &Value, table: &Table, wrong: &mut Vec<String>) {
    let expect = &entry["expect"];
    let rows = table.row_count() as u64;
    if ![&expect["transactions"], &expect["tx_details"]].iter().any(|count| count.as_u64() == Some(rows)) {
        wrong.push(format!("{file}: {rows} rows"));
    }
    let found = recognise(table, Some(Side::Statement));
    let reading =
        interpret(table, Side::Statement, &found.mapping, &common::defaults(), &|_, _| ControlFlow::Continue(()))
            .unwrap();
    let Records::Statement(lines) = &reading.records else { panic!() };
    let sum: Decimal = lines.iter().map(|line| line.amount.to_decimal()).sum();
    if decimal(&expect["sum"]).is_some_and(|expected| expected != sum) {
        wrong.push(format!("{file}: sum {sum}"));
    }
    for (key, date) in [
        ("first_date", lines.iter().filter_map(|line| line.date).min()),
        ("last_date", lines.iter().filter_map(|line| line.date).max()),
    ] {
        let date = date.map(|date| date.to_string());
        let also = expect[key.replace("_date", "_value_date")].as_str();
        if expect[key].as_str().is_some_and(|expected| date.as_deref() != Some(expected) && date.as_deref() != also) {
            wrong.push(format!("{file}: {key} {date:?}"));
        }
    }
    check_statements(file, entry, table, wrong);
}

fn check_statements(file: &str, entry: &Value, table: &Table, wrong: &mut Vec<String>) {
    let expect = &entry["expect"];
    let sections = table.sections();
    if expect["statements"].as_u64() != Some(sections.len() as u64) {
        wrong.push(format!("{file}: {} statements", sections.len()));
    }
    let mut accounts: Vec<&str> = sections.iter().map(|section| section.account.as_str()).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let mut expected: Vec<&str> = expect["accounts"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    expected.sort_unstable();
    if accounts != expected {
        wrong.push(format!("{file}: accounts {accounts:?}"));
    }
    let Some(statements) = entry["expect_statements"].as_array() else { return };
    for ((section, expected), sum) in sections.iter().zip(statements).zip(sums(table)) {
        let currency = section.currency.map(|currency| currency.code().to_owned());
        for (what, holds) in [
            ("id", expected["id"].as_str() == Some(section.number.as_str())),
            ("account", expected["account"].as_str() == Some(section.account.as_str())),
            ("currency", expected["currency"].as_str() == currency.as_deref()),
            (
                "entries",
                [&expected["entries"], &expected["tx_details"]].iter().any(|n| n.as_u64() == Some(section.rows.into())),
            ),
            ("sum", decimal(&expected["sum"]) == Some(sum)),
            ("opening", decimal(&expected["opening"]) == section.opening),
            ("closing", decimal(&expected["closing"]) == section.closing),
        ] {
            if !holds && !known_slip(file, what) {
                wrong.push(format!("{file}: {what} of {section:?}"));
            }
        }
        if expected["balance_identity"] == "holds" {
            assert_eq!(section.opening.unwrap() + sum, section.closing.unwrap(), "{file}");
        }
    }
}

/// One statement as `sepa` reads it.
struct Opinion {
    account: AccountRef,
    balances: Vec<StatementBalance>,
    entries: Vec<CashEntry>,
}

fn opinion(text: &str) -> Option<Vec<Opinion>> {
    if let Ok(document) = sepa::camt053::parse_camt053(text) {
        let of = |one: sepa::camt053::Camt053Statement| Opinion {
            account: one.account,
            balances: one.balances,
            entries: one.entries,
        };
        return Some(document.statements.into_iter().map(of).collect());
    }
    if let Ok(document) = sepa::camt052::parse_camt052(text) {
        let of = |one: sepa::camt052::Camt052Report| Opinion {
            account: one.account,
            balances: one.balances,
            entries: one.entries,
        };
        return Some(document.reports.into_iter().map(of).collect());
    }
    let document = sepa::camt054::parse_camt054(text).ok()?;
    let of = |one: sepa::camt054::Camt054Notification| Opinion {
        account: one.account,
        balances: Vec::new(),
        entries: one.entries,
    };
    Some(document.notifications.into_iter().map(of).collect())
}

/// Where the two readers differ, and why ours is right.
fn explained() -> BTreeMap<(&'static str, &'static str), &'static str> {
    BTreeMap::from([(
        ("genkgo-camt053-v2-minimal.xml", "closing"),
        "the balance is in SEK and the entries in EUR: it closes nothing",
    )])
}

#[test]
fn sepa_agrees_wherever_it_can_read_the_file() {
    let Some((root, entries)) = corpus() else { return };
    let (mut compared, mut differences) = (0, Vec::new());
    let explained = explained();
    for entry in entries.iter().filter(|entry| entry["outcome"] != "reject") {
        let file = entry["file"].as_str().unwrap();
        let text = fs::read_to_string(root.join(file)).unwrap();
        let table = decode(text.as_bytes(), &DecodeOptions::default()).unwrap();
        let Some(opinions) = opinion(&text) else {
            println!("{file}: sepa cannot read it");
            continue;
        };
        compared += 1;
        for (what, difference) in differ(&table, &opinions) {
            let name = file.trim_start_matches("camt/");
            match explained.get(&(name, what)) {
                Some(reason) => println!("{file}: {what}: {difference} ({reason})"),
                None => differences.push(format!("{file}: {what}: {difference}")),
            }
        }
    }
    println!("{compared} files compared");
    assert!(compared >= 15, "only {compared} files were compared");
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

fn differ(table: &Table, opinions: &[Opinion]) -> Vec<(&'static str, String)> {
    let mut differences = Vec::new();
    let mut say = |what, ours: String, theirs: String| {
        if ours != theirs {
            differences.push((what, format!("{ours} and not {theirs}")));
        }
    };
    say("statements", table.sections().len().to_string(), opinions.len().to_string());
    for ((section, opinion), sum) in table.sections().iter().zip(opinions).zip(sums(table)) {
        say("account", section.account.clone(), opinion.account.any_id().unwrap_or("").to_owned());
        let details: usize = opinion.entries.iter().map(|entry| entry.details.len().max(1)).sum();
        if section.rows as usize != details {
            say("count", section.rows.to_string(), opinion.entries.len().to_string());
        }
        let cents: Option<i64> = opinion.entries.iter().map(CashEntry::signed_ct).sum();
        // Without a currency it knows, or with more decimals than two, it gives no sum.
        if let Some(cents) = cents {
            say("sum", sum.normalize().to_string(), Decimal::new(cents, 2).normalize().to_string());
        }
        for (field, of) in [
            ("BookgDt", (|entry: &CashEntry| entry.booking_date_raw.clone()) as fn(&CashEntry) -> Option<String>),
            ("ValDt", |entry: &CashEntry| entry.value_date_raw.clone()),
        ] {
            let column = table.header().iter().position(|name| name == field).unwrap();
            let rows = section.first_row..section.first_row + section.rows;
            let ours: Vec<String> = rows.map(|row| table.cell(row as usize, column).to_owned()).collect();
            let theirs: Vec<String> =
                opinion.entries.iter().filter_map(of).map(|date| date.chars().take(10).collect()).collect();
            if !theirs.is_empty() {
                say(field, ends(&ours), ends(&theirs));
            }
        }
        let balance = |kinds: &[BalanceType]| {
            let found = opinion.balances.iter().find(|balance| kinds.contains(&balance.balance_type));
            found.and_then(StatementBalance::signed_ct).map(|cents| Decimal::new(cents, 2).normalize())
        };
        let opening = balance(&[BalanceType::OpeningBooked, BalanceType::Other("PRCD".to_owned())]);
        let closing = balance(&[BalanceType::ClosingBooked]);
        for (what, ours, theirs) in [("opening", section.opening, opening), ("closing", section.closing, closing)] {
            // It gives no balance without CdtDbtInd.
            if let Some(theirs) = theirs {
                say(what, format!("{:?}", ours.map(|ours| ours.normalize())), format!("{:?}", Some(theirs)));
            }
        }
    }
    differences
}

fn ends(dates: &[String]) -> String {
    format!("{:?} to {:?}", dates.iter().min(), dates.iter().max())
}
