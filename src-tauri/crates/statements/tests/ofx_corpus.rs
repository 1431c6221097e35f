//! OFX and QIF files that others wrote: each gives the facts the collection states, and what the crate `ofx-rs` can read
//! at all it reads alike. The collection lies beside the repository; without it the tests say so and pass.
#![allow(missing_docs, clippy::print_stderr, clippy::unwrap_used, clippy::panic)]

mod common;

use std::{collections::BTreeMap, fs, path::Path};

use rust_decimal::Decimal;
use serde_json::Value;
use tieout_domain::{Side, StatementLine};
use tieout_statements::{ColumnRole, DecodeOptions, ReadError, Table, decode, recognise};

const CORPUS: &str = "/work/shared/corpus";

/// Files of which a single line of the manifest does not tell what is right, and why.
const OPEN_ORDER: &[&str] = &[
    // `6/1/94` and `6/2/94` may be 6 January and 6 February; which is said, not guessed in silence.
    "qif/qif-splits.qif",
];

/// What the manifest says of the files in a folder; `None` where there is no collection.
fn entries(folder: &str) -> Option<Vec<Value>> {
    let Ok(manifest) = fs::read_to_string(Path::new(CORPUS).join("manifest.json")) else {
        eprintln!("no collection at {CORPUS}: nothing was checked");
        return None;
    };
    let all: Vec<Value> = serde_json::from_str(&manifest).unwrap();
    let found: Vec<Value> = all.into_iter().filter(|entry| name(entry).starts_with(folder)).collect();
    assert!(!found.is_empty(), "no {folder}");
    Some(found)
}

fn name(entry: &Value) -> &str {
    entry["file"].as_str().unwrap()
}

/// The bytes of a file. One ends with a zero byte, which marked the end of a file for CP/M and is no part of it.
fn bytes(entry: &Value) -> Vec<u8> {
    let mut bytes = fs::read(Path::new(CORPUS).join(name(entry))).unwrap();
    while bytes.last() == Some(&0) {
        bytes.pop();
    }
    bytes
}

fn decoded(entry: &Value) -> Result<Table, ReadError> {
    decode(&bytes(entry), &DecodeOptions::default())
}

fn decimal(value: &Value) -> Option<Decimal> {
    value.as_str().and_then(|text| text.parse().ok())
}

/// The lines of a table, and how many rows were rejected.
fn lines(table: &Table) -> (Vec<StatementLine>, u32) {
    let found = recognise(table, Some(Side::Statement));
    assert_eq!(found.problems, Vec::<&str>::new());
    let reading = common::interpret_all(table, Side::Statement, &found.mapping).unwrap();
    (common::lines(&reading).to_vec(), reading.rows_rejected)
}

#[test]
fn every_file_fares_as_the_collection_says() {
    for entry in ["ofx/", "qif/"].into_iter().filter_map(entries).flatten() {
        let name = name(&entry);
        match (entry["outcome"].as_str().unwrap(), decoded(&entry)) {
            ("import", Err(error)) => panic!("{name}: {error}"),
            ("import" | "import_or_reject", Ok(table)) => facts_hold(&entry, &table),
            ("import_empty" | "import_empty_or_reject", Ok(table)) => assert_eq!(table.row_count(), 0, "{name}"),
            ("import_empty", Err(error)) => panic!("{name}: {error}"),
            ("reject", Ok(table)) => {
                let found = recognise(&table, Some(Side::Statement));
                assert!(!found.problems.is_empty(), "{name} was taken in");
            }
            ("partial_or_reject", Ok(table)) => assert!(lines(&table).1 > 0, "{name}: rows were lost in silence"),
            (_, Err(error)) => assert!(!error.to_string().is_empty(), "{name}"),
            (outcome, _) => panic!("{name}: {outcome} is no outcome that is known"),
        }
    }
}

#[track_caller]
fn facts_hold(entry: &Value, table: &Table) {
    let (name, expect) = (name(entry), &entry["expect"]);
    let (lines, rejected) = lines(table);
    assert_eq!(rejected, 0, "{name}");
    assert_eq!(lines.len() as u64, expect["transactions"].as_u64().unwrap(), "{name}");
    let sum: Decimal = lines.iter().map(|line| line.amount.to_decimal()).sum();
    assert_eq!(Some(sum), decimal(&expect["sum"]), "{name}");
    rows_hold(name, &lines);
    if name.starts_with("ofx/") {
        statements_hold(entry, table, &lines);
    }
}

/// Each row has the date and amount that are stated for it, in file order.
#[track_caller]
fn rows_hold(name: &str, lines: &[StatementLine]) {
    let all = fs::read_to_string(Path::new(CORPUS).join("transactions.json")).unwrap();
    let all: BTreeMap<String, Vec<[Option<String>; 3]>> = serde_json::from_str(&all).unwrap();
    let Some(rows) = all.get(name) else { return };
    assert_eq!(rows.len(), lines.len(), "{name}");
    for ([date, amount, text], line) in rows.iter().zip(lines) {
        if !OPEN_ORDER.contains(&name) {
            assert_eq!(line.date.map(|date| date.to_string()), *date, "{name}");
        }
        assert_eq!(Some(line.amount.to_decimal()), amount.as_ref().and_then(|text| text.parse().ok()), "{name}");
        // Texts are of the form `id | name`, both cut to a length, entities as they stand in the file.
        let (id, words) = text.as_deref().unwrap_or("").split_once(" | ").unwrap_or(("", ""));
        let words = words.replace("&amp;", "&");
        assert!(line.record_id.starts_with(id.trim()), "{name}: {} is not {id}", line.record_id);
        let words: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let texts = [&line.description, &line.counterparty];
        let has_words = |text: &&String| text.split_whitespace().collect::<Vec<_>>().join(" ").starts_with(&words);
        assert!(texts.iter().any(has_words), "{name}: '{words}' is not in {texts:?}");
    }
}

#[track_caller]
fn statements_hold(entry: &Value, table: &Table, lines: &[StatementLine]) {
    let (name, expect) = (name(entry), &entry["expect"]);
    let mut accounts: Vec<&str> = table.sections().iter().map(|section| section.account.as_str()).collect();
    accounts.sort_unstable();
    let expected: Vec<&str> = expect["accounts"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    assert_eq!(accounts, expected, "{name}");
    let single = Value::Array(vec![serde_json::json!({
        "account": expected[0], "currency": expect["currency"], "transactions": expect["transactions"],
        "sum": expect["sum"], "closing": expect["closing"],
    })]);
    let stated = if entry["expect_statements"].is_array() { &entry["expect_statements"] } else { &single };
    let stated = stated.as_array().unwrap();
    assert_eq!(stated.len(), table.sections().len(), "{name}");
    for (stated, section) in stated.iter().zip(table.sections()) {
        assert_eq!(Some(section.account.as_str()), stated["account"].as_str(), "{name}");
        assert_eq!(u64::from(section.rows), stated["transactions"].as_u64().unwrap(), "{name}");
        if let Some(code) = stated["currency"].as_str() {
            assert_eq!(section.currency.map(|found| found.code().to_owned()).as_deref(), Some(code), "{name}");
        }
        // The manifest leaves balances out that are not written as OFX wants them.
        if let Some(closing) = decimal(&stated["closing"]) {
            assert_eq!(section.closing, Some(closing), "{name}");
        }
        let own = lines.iter().filter(|line| line.account == section.account);
        let sum: Decimal = own.map(|line| line.amount.to_decimal()).sum();
        assert_eq!(Some(sum), decimal(&stated["sum"]), "{name}");
    }
}

#[test]
fn an_open_order_of_dates_is_said() {
    for entry in entries("qif/").into_iter().flatten().filter(|entry| OPEN_ORDER.contains(&name(entry))) {
        assert!(!recognise(&decoded(&entry).unwrap(), Some(Side::Statement)).ambiguities.is_empty());
    }
}

#[test]
fn every_cut_of_a_real_file_is_answered() {
    for entry in ["ofx/", "qif/"].into_iter().filter_map(entries).flatten() {
        let bytes = bytes(&entry);
        for cut in (0..bytes.len()).step_by(1 + bytes.len() / 60) {
            let _ = decode(&bytes[..cut], &DecodeOptions::default());
        }
    }
}

/// One statement as `ofx-rs` or we read it.
#[derive(Debug, PartialEq, Eq)]
struct Statement {
    account: String,
    currency: String,
    closing: Option<Decimal>,
    rows: Vec<(String, Decimal)>,
}

/// Files that `ofx-rs` reads otherwise, and why.
const EXPLAINED: &[(&str, &str)] =
    &[("ofx/bofa-card.ofx", SWALLOWED), ("ofx/card-17.ofx", SWALLOWED), ("ofx/one-line-fr.ofx", SWALLOWED)];

const SWALLOWED: &str = "ofx-rs lets an unclosed element it does not know in the account (DOWNLOAD.FLAG, ACCTKEY) \
                         swallow what follows, and gives the account without its transactions and balance";

#[test]
fn ofx_rs_agrees_wherever_it_can_read() {
    let Some(entries) = entries("ofx/") else { return };
    let (mut agreed, mut explained) = (0, 0);
    for entry in &entries {
        let name = name(entry);
        let text = String::from_utf8_lossy(&bytes(entry)).into_owned();
        let Ok(document) = ofx_rs::parse(&text) else { continue };
        let theirs = of_oracle(&document);
        let ours = decoded(entry).map(|table| of_ours(&table)).map_err(|error| error.to_string());
        match EXPLAINED.iter().find(|(file, _)| *file == name) {
            Some((_, why)) => {
                eprintln!("{name}: {why}");
                let accounts = |all: &[Statement]| all.iter().map(|one| one.account.clone()).collect::<Vec<_>>();
                assert_eq!(ours.as_deref().map(accounts), Ok(accounts(&theirs)), "{name}");
                assert!(theirs.iter().all(|one| one.rows.is_empty() && one.closing.is_none()), "{name}");
                explained += 1;
            }
            None => {
                assert_eq!(ours, Ok(theirs), "{name}");
                agreed += 1;
            }
        }
    }
    eprintln!(
        "ofx-rs agrees on {agreed} of {} files; {explained} are explained, the others it cannot read",
        entries.len()
    );
    assert!(agreed >= 10, "ofx-rs can read next to nothing: is it still the crate that was compared with?");
}

fn of_oracle(document: &ofx_rs::OfxDocument) -> Vec<Statement> {
    let statement = |account: &str,
                     currency: &str,
                     closing: Option<Decimal>,
                     list: Option<&ofx_rs::aggregates::TransactionList>| {
        let rows = list.map_or(&[][..], |list| list.transactions()).iter();
        let rows =
            rows.map(|row| (row.date_posted().as_offset_date_time().date().to_string(), row.amount().as_decimal()));
        Statement { account: account.to_owned(), currency: currency.to_owned(), closing, rows: rows.collect() }
    };
    let balance =
        |balance: Option<&ofx_rs::aggregates::LedgerBalance>| balance.map(|found| found.amount().as_decimal());
    let mut all = Vec::new();
    for found in document.banking().iter().flat_map(|set| set.statement_responses()).filter_map(|one| one.response()) {
        let account = found.bank_account().account_id().as_str();
        let currency = found.currency_default().as_str();
        all.push(statement(account, currency, balance(found.ledger_balance()), found.transaction_list()));
    }
    for found in
        document.credit_card().iter().flat_map(|set| set.statement_responses()).filter_map(|one| one.response())
    {
        let account = found.credit_card_account().account_id().as_str();
        let currency = found.currency_default().as_str();
        all.push(statement(account, currency, balance(found.ledger_balance()), found.transaction_list()));
    }
    for found in document.investment().iter().flat_map(|set| set.statement_responses()).filter_map(|one| one.response())
    {
        let account = found.investment_account().account_id().as_str();
        all.push(statement(account, found.currency_default().as_str(), None, found.transaction_list()));
    }
    all
}

fn of_ours(table: &Table) -> Vec<Statement> {
    let column = |role| table.declared().unwrap().roles.iter().position(|have| *have == role).unwrap();
    let (date, amount) = (column(ColumnRole::Date), column(ColumnRole::Amount));
    let row = |row: u32| (table.cell(row as usize, date).to_owned(), table.cell(row as usize, amount).parse().unwrap());
    let statement = |section: &tieout_statements::Section| Statement {
        account: section.account.clone(),
        currency: section.currency.map_or_else(String::new, |currency| currency.code().to_owned()),
        closing: section.closing,
        rows: (section.first_row..section.first_row + section.rows).map(row).collect(),
    };
    table.sections().iter().map(statement).collect()
}
