//! JSON as programs post it and banks answer.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use common::{amounts, lines, read, said, table};
use proptest::prelude::*;
use tieout_domain::Side;
use tieout_statements::{ColumnRole, DecodeOptions, Format, Table, decode, recognise};

fn refusal(text: &str) -> String {
    decode(text.as_bytes(), &DecodeOptions::default()).unwrap_err().to_string()
}

fn roles(table: &Table) -> Vec<(String, ColumnRole)> {
    let found = recognise(table, Some(Side::Statement));
    table.header().iter().cloned().zip(found.mapping.roles).filter(|(_, role)| *role != ColumnRole::Ignore).collect()
}

/// Amounts in cents, booking days and accounts of what is read.
#[track_caller]
fn check(text: &str, cents: &[i64], days: &[&str], accounts: &[&str]) {
    let (_, reading) = read(text, Some(Side::Statement));
    let of = |value: Option<jiff::civil::Date>| value.map_or_else(String::new, |date| date.to_string());
    assert_eq!(amounts(&reading), cents, "{:?} {:?}", roles(&table(text)), said(&reading));
    assert_eq!(lines(&reading).iter().map(|line| of(line.date)).collect::<Vec<_>>(), days, "{:?}", roles(&table(text)));
    if !accounts.is_empty() {
        assert_eq!(lines(&reading).iter().map(|line| line.account.as_str()).collect::<Vec<_>>(), accounts);
    }
}

#[test]
fn a_list_of_transactions() {
    check(
        r#"[{"date":"2024-01-05","amount":-12.50,"currency":"EUR","description":"Caf\u00e9"},
            {"date":"2024-01-06","amount":"100.00","currency":"EUR","description":"Salary \"May\""}]"#,
        &[-1250, 10_000],
        &["2024-01-05", "2024-01-06"],
        &[],
    );
    let table = table(r#"[ {"date":"2024-01-05","amount":1.10,"note":"Caf\u00e9"} ]"#);
    assert_eq!(table.format(), Format::Json);
    assert_eq!((table.cell(0, 1), table.cell(0, 2)), ("1.10", "Café"));
    assert_eq!(table.raw_row(0), r#"{"date":"2024-01-05","amount":1.10,"note":"Caf\u00e9"}"#);
}

#[test]
fn a_number_is_its_literal_text() {
    let table = table(r#"[{"date":"2024-01-05","amount":9007199254740993.01},{"date":"2024-01-05","amount":0.1}]"#);
    assert_eq!((table.cell(0, 1), table.cell(1, 1)), ("9007199254740993.01", "0.1"));
    assert!(table.is_number(0, 1));
}

#[test]
fn several_accounts_with_their_balances() {
    let text = r#"{"accounts":[
        {"iban":"DE89370400440532013000","currency":"EUR","openingBalance":"10.00","closingBalance":"15.00",
         "transactions":[{"bookingDate":"2024-01-05","amount":"7.00"},{"bookingDate":"2024-01-06","amount":"-2.00"}]},
        {"id":"GB-1","currency":"GBP","transactions":[{"bookingDate":"2024-01-07","amount":"3.00"}],"from":"2024-01-01"}]}"#;
    check(
        text,
        &[700, -200, 300],
        &["2024-01-05", "2024-01-06", "2024-01-07"],
        &["DE89370400440532013000", "DE89370400440532013000", "GB-1"],
    );
    let table = table(text);
    let [first, second] = table.sections() else { panic!("{:?}", table.sections()) };
    assert_eq!((first.opening, first.closing), ("10.00".parse().ok(), "15.00".parse().ok()));
    assert_eq!((second.first_row, second.rows), (2, 1));
    assert_eq!(second.currency.map(|found| found.code().to_owned()).as_deref(), Some("GBP"));
    assert_eq!(second.from.map(|from| from.to_string()).as_deref(), Some("2024-01-01"));
}

#[test]
fn a_bank_by_the_rules_of_the_berlin_group() {
    let text = r#"{"account":{"iban":"DE89370400440532013000"},"transactions":{
        "booked":[
          {"transactionId":"1","creditorName":"John Miles","creditorAccount":{"iban":"DE67100100101306118605"},
           "transactionAmount":{"currency":"EUR","amount":"-256.67"},"bookingDate":"2017-10-25","valueDate":"2017-10-26",
           "remittanceInformationUnstructured":"Example 1"},
          {"transactionId":"2","debtorName":"Paul Simpson","debtorAccount":{"iban":"NL76RABO0359400371"},
           "transactionAmount":{"currency":"EUR","amount":"343.01"},"bookingDate":"2017-10-25","valueDate":"2017-10-26",
           "remittanceInformationUnstructuredArray":["Example 2","and more"]}],
        "pending":[{"transactionId":"3","transactionAmount":{"currency":"EUR","amount":"-100.03"},"valueDate":"2017-10-26"}],
        "_links":{"account":{"href":"/accounts/1"}}}}"#;
    check(text, &[-25_667, 34_301], &["2017-10-25", "2017-10-25"], &["DE89370400440532013000"; 2]);
    let (_, reading) = read(text, Some(Side::Statement));
    assert!(said(&reading).iter().any(|one| one.contains("transactions.pending (1)")), "{:?}", said(&reading));
}

#[test]
fn open_banking_of_the_united_kingdom() {
    check(
        r#"{"Data":{"Transaction":[{"AccountId":"22289","TransactionId":"123","CreditDebitIndicator":"Debit","Status":"Booked",
            "BookingDateTime":"2017-04-05T10:43:07+00:00","ValueDateTime":"2017-04-06T10:45:22+00:00",
            "TransactionInformation":"Cash from Aubrey","Amount":{"Amount":"10.00","Currency":"GBP"},
            "Balance":{"Amount":{"Amount":"230.00","Currency":"GBP"},"CreditDebitIndicator":"Credit","Type":"InterimBooked"}}]},
            "Links":{"Self":"x"},"Meta":{"TotalPages":1}}"#,
        &[-1000],
        &["2017-04-05"],
        &[],
    );
}

#[test]
fn an_aggregator_lists_accounts_beside_transactions() {
    check(
        r#"{"accounts":[{"account_id":"a","balances":{"available":100,"current":110.5},"name":"Checking","type":"depository"}],
            "transactions":[{"account_id":"a","amount":28.34,"iso_currency_code":"USD","date":"2023-09-28","name":"Dunkin",
              "category":["Food","Coffee"],"pending":false}],"total_transactions":1}"#,
        &[2834],
        &["2023-09-28"],
        &["a"],
    );
}

#[test]
fn stripe_counts_cents_and_seconds() {
    check(
        r#"{"object":"list","data":[{"id":"txn_1","object":"balance_transaction","amount":1234,"created":1704067200,
            "currency":"eur","description":"Charge","fee":65,"net":1169},
            {"id":"txn_2","object":"balance_transaction","amount":-500,"created":1704153600,"currency":"jpy",
            "description":null,"fee":0,"net":-500}],"has_more":true}"#,
        &[1234, -500],
        &["2024-01-01", "2024-01-02"],
        &[],
    );
}

#[test]
fn one_object_a_line() {
    check(
        "{\"date\":\"2024-01-05\",\"amount\":1}\n{\"date\":\"2024-01-06\",\"amount\":2}\n",
        &[100, 200],
        &["2024-01-05", "2024-01-06"],
        &[],
    );
}

#[test]
fn lists_named_debits_and_credits() {
    check(
        r#"{"debits":[{"date":"2024-01-05","amount":"1.00"}],"credits":[{"date":"2024-01-06","amount":"2.00"}]}"#,
        &[-100, 200],
        &["2024-01-05", "2024-01-06"],
        &[],
    );
}

#[test]
fn what_is_no_transaction_is_reported() {
    let (_, reading) = read(
        r#"[{"date":"2024-01-05","amount":"1.00"}, 7, {"date":"2024-01-06","amount":true},
            {"date":"2024-01-06","amount":2,"amount":3}]"#,
        Some(Side::Statement),
    );
    assert_eq!(
        (amounts(&reading), reading.rows_read, reading.rows_rejected),
        (vec![100], 4, 3),
        "{:?}",
        said(&reading)
    );
}

#[test]
fn what_is_no_list_of_objects_is_refused() {
    for (text, why) in [
        ("[1,2,3]", "whose lists hold values and no objects"),
        ("[]", "whose lists are empty"),
        (r#"{"transactions":[]}"#, "whose lists are empty"),
        (r#"{"error":"unauthorized"}"#, "without a list of transactions"),
        (r#"{"a":1"#, "it ends inside an object"),
        (r#"[{"date":"2024-01-05","amount":1}"#, "it ends inside a list"),
        (r#"[{"amount":01}]"#, "'01' is no number"),
        (r#"[{"amount":1 "date":2}]"#, "a comma is missing"),
        (r#"[{"amount":NaN}]"#, "is no value"),
        (r#"[{"a":"\q"}]"#, "an escape that is none"),
        (r#"[{"a":"x"#, "a text is not closed"),
    ] {
        assert!(refusal(text).contains(why), "{text}: {}", refusal(text));
    }
}

#[test]
fn hostile_texts_are_refused_at_once() {
    let begun = std::time::Instant::now();
    assert!(refusal(&format!("{}{}", "[".repeat(100_000), "]".repeat(100_000))).contains("64 levels"));
    assert!(refusal(&"{\"a\":".repeat(100_000)).contains("64 levels"));
    assert!(refusal(&format!("[{{\"a\":\"{}\"}}]", "x".repeat(20 << 20))).contains("1024 KiB"));
    let fields: String = (0..60_000).map(|field| format!("\"f{field}\":1,")).collect();
    assert!(refusal(&format!("[{{{}\"z\":1}}]", fields)).contains("different fields"));
    assert!(begun.elapsed().as_secs() < 5);
}

fn escaped(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

proptest! {
    #[test]
    fn written_and_read_back(
        rows in prop::collection::vec((0_i64..9_999_999, "[a-zA-Z\"\\\\/ äß漢\n]{0,12}", any::<bool>()), 1..20),
    ) {
        let records: Vec<String> = rows.iter().map(|(cents, text, quoted)| {
            let amount = format!("{}.{:02}", cents / 100, cents % 100);
            let amount = if *quoted { format!("\"{amount}\"") } else { amount };
            format!("{{\"date\":\"2024-02-29\", \"amount\": {amount},\"text\":{}}}", escaped(text))
        }).collect();
        let written = format!("{{\"items\":[{}]}}", records.join(","));
        let table = table(&written);
        prop_assert_eq!(table.row_count(), rows.len());
        for (row, (cents, text, _)) in rows.iter().enumerate() {
            prop_assert_eq!(table.cell(row, 1), format!("{}.{:02}", cents / 100, cents % 100));
            prop_assert_eq!(table.cell(row, 2), text.as_str());
        }
    }

    #[test]
    fn any_cut_or_flip_is_answered(cut in 0_usize..700, flip in 0_usize..700, bit in 0_u8..8) {
        let text = r#"{"account":"DE1","transactions":[{"date":"2024-01-05","amount":-12.50,"b":{"c":[1,2]},"t":"a\u00e9b"},
            {"date":"2024-01-06","amount":"7.25","l":[{"x":1}],"t":null}],"closing":"3.00"}"#;
        let mut bytes = text.as_bytes().to_vec();
        let flip = flip % bytes.len();
        bytes[flip] ^= 1 << bit;
        if let Ok(table) = decode(&bytes, &DecodeOptions::default()) {
            check_cells(&table, &bytes);
        }
        let cut = cut % text.len();
        prop_assert!(decode(&text.as_bytes()[..cut], &DecodeOptions::default()).is_err());
    }
}

/// Every amount in a table stands in the file.
fn check_cells(table: &Table, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for row in 0..table.row_count() {
        for column in (0..table.cell_count(row)).filter(|column| table.is_number(row, *column)) {
            let cell = table.cell(row, column);
            let is_rewritten = table.raw_row(row).contains(['e', 'E']);
            assert!(cell.is_empty() || text.contains(cell) || is_rewritten, "{cell}");
        }
    }
}
