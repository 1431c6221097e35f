//! SWIFT MT940 and MT942 as rows and statements.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod common;

use common::{lines, read, said, table};
use proptest::prelude::*;
use tieout_statements::{Control, DecodeOptions, Section, Table, decode};

const HEAD: &str = ":20:STMT1\r\n:25:DE89370400440532013000\r\n:28C:7/1\r\n:60F:C240430EUR100,00\r\n";

fn with_entries(entries: &str) -> String {
    format!("{HEAD}{entries}\r\n:62F:C240506EUR100,00\r\n-\r\n")
}

/// Cells of the first row: value date, entry date, amount, code, customer's and bank's reference, supplementary details,
/// information, counterparty, its account, structured reference.
fn cells(table: &Table, row: usize) -> Vec<&str> {
    (0..table.column_count()).map(|column| table.cell(row, column)).collect()
}

#[track_caller]
fn check(entries: &str, expected: &str) {
    let found = table(with_entries(entries));
    assert_eq!(cells(&found, 0).join("|"), expected);
}

#[test]
fn a_german_entry_with_subfields() {
    check(
        ":61:2405060507D1234,56NTRFINV-7//B123\r\n:86:166?00GUTSCHRIFT?20EREF+E-1?21SVWZ+May?31DE89370400440532013000?32Eva\
         \r\n Schulz",
        "2024-05-06|2024-05-07|-1234.56|NTRF 166|INV-7|B123||GUTSCHRIFT EREF+E-1 SVWZ+May|Eva Schulz|DE89370400440532013000|",
    );
}

#[test]
fn a_dutch_entry_with_words() {
    check(
        ":61:240506C12,00N541EREF\r\nNL91ABNA0417164300\r\n:86:/EREF/E-1/ORDP//NAME/De Vries/REMI/Factuur 7",
        "2024-05-06|2024-05-06|12.00|N541||||/EREF/E-1 /REMI/Factuur 7|De Vries|NL91ABNA0417164300|",
    );
}

#[test]
fn an_entry_without_information_keeps_its_supplementary_details() {
    check(":61:240506DR12,NCHGNONREF\r\nAnnual fee", "2024-05-06|2024-05-06|-12|NCHG|||Annual fee||||");
}

#[test]
fn a_german_entry_with_lines_outside_swift() {
    check(
        ":61:240506D12,00S   X\r\n:NS:01Invoice 7\r\n02of May\r\n15Blumenhaus am Markt, Inh. E\r\n16va Schulz\r\n22Owner",
        "2024-05-06|2024-05-06|-12.00|S|X|||Invoice 7 of May|Blumenhaus am Markt, Inh. Eva Schulz||",
    );
}

#[test]
fn the_raw_text_is_the_entry_with_its_information() {
    let entry = ":61:240506D1,00NMSCx\r\n:86:one\r\ntwo";
    let found = table(with_entries(&format!("{entry}\r\n:61:240506D2,00NMSCy")));
    assert_eq!((found.raw_row(0), found.raw_row(1)), (entry, ":61:240506D2,00NMSCy"));
    assert_eq!((found.file_line(0), found.file_line(1)), (5, 8));
}

#[test]
fn each_message_is_a_statement() {
    let pages = ":20:A\n:25:NL1\n:28C:5/1\n:60F:C240101EUR10,00\n:61:240101C5,00NMSCa\n:62M:C240101EUR15,00\n-\n\
                 :20:A\n:25:NL1\n:28C:5/2\n:60M:C240101EUR15,00\n:61:240101D1,00NMSCb\n:62F:C240101EUR14,00\n-}{5:}\n\
                 {1:F01X}{2:O940}{4:\n:20:B\n:25:NL2\n:28C:1\n:60F:D240101JPY7,\n:62F:D240102JPY7,\n-}";
    let found = table(pages);
    let text = |section: &Section| {
        let balance = |value: Option<rust_decimal::Decimal>| value.map(|value| value.to_string()).unwrap_or_default();
        let currency = section.currency.map(|currency| currency.to_string()).unwrap_or_default();
        let (opening, closing) = (balance(section.opening), balance(section.closing));
        let (account, number) = (&section.account, &section.number);
        format!("{account} {number} {currency} {opening} {closing} {} {}", section.rows, section.interim)
    };
    let found: Vec<String> = found.sections().iter().map(text).collect();
    assert_eq!(found, ["NL1 5/1 EUR 10.00 15.00 1 true", "NL1 5/2 EUR 15.00 14.00 1 true", "NL2 1 JPY -7 -7 0 false",]);
}

#[test]
fn an_interim_report_is_held_against_its_totals() {
    let report = |stated: &str| {
        format!(
            ":20:R\n:25:NL1\n:28C:1\n:34F:EURD0,\n:13D:2405061200+0200\n:61:240506EC5,00NMSCa\n:61:240506RC2,00NMSCb\n{stated}"
        )
    };
    let found = table(report(":90D:1EUR2,00\n:90C:1EUR5,00\n-"));
    let section = &found.sections()[0];
    assert_eq!((found.format().as_str(), section.interim, section.controls.len()), ("mt942", true, 4));
    assert!(section.controls.iter().all(Control::holds));
    let found = table(report(":90D:2EUR2,00"));
    assert!(!found.sections()[0].controls.iter().all(Control::holds));
}

#[test]
fn an_impossible_day_is_told_and_never_shifted() {
    let (_, reading) =
        read(with_entries(":61:2302300301D6,00NMSCa\n:61:2303010230D7,00NMSCb\n:61:230230D8,00NMSCc"), None);
    let dates: Vec<String> =
        lines(&reading).iter().map(|line| format!("{:?} {:?}", line.date, line.value_date)).collect();
    assert_eq!(dates, ["Some(2023-03-01) None", "Some(2023-03-01) Some(2023-03-01)"]);
    assert_eq!(
        said(&reading),
        [
            "1/value date/230230/a day that exists, as YYMMDD; the entry was kept with its entry date alone",
            "2/entry date/0230/a day within half a year of the value date, as MMDD; the value date was taken in its place",
            "3/value date/230230/a value date as YYMMDD, then an entry date as MMDD or none",
        ]
    );
    assert_eq!(reading.rows_rejected, 1);
}

#[test]
fn a_file_of_which_no_entry_can_be_read_is_refused() {
    for (entry, words) in [
        (":61:362268C1,00NMSCa", "the value date of the entry is '362268'"),
        (":61:240506X1,00NMSCa", "the amount of the entry is 'X'"),
        (":61:240506C1,0,0NMSCa", "the amount of the entry is '1,0,0'"),
    ] {
        let error = decode(with_entries(entry).as_bytes(), &DecodeOptions::default()).unwrap_err().to_string();
        assert!(error.contains(words) && error.contains("line 5"), "{error}");
    }
}

#[test]
fn a_cut_statement_is_told() {
    let (_, reading) = read(format!("{HEAD}:61:240506C1,00NMSCa\n:86:text"), None);
    assert_eq!(said(&reading), ["///a closing balance (:62F:) at the end of the statement; the file may be cut off"]);
}

#[test]
fn a_field_with_a_damaged_tag_is_told() {
    let (_, reading) = read(with_entries(":61:240506C1,00NMSCa\n:86:text\n:71:240507C2,00NMSCb"), None);
    assert_eq!(lines(&reading).len(), 1);
    assert!(said(&reading)[0].contains(":71:240507C2,00NMSCb/a field of MT940"));
}

/// An entry to write: minor units, days after New Year 2024, reference, text.
type Written = (i64, u16, String, String);

fn entry() -> impl Strategy<Value = Written> {
    let amount = prop_oneof![-99_999_999_i64..-1, 1_i64..99_999_999];
    (amount, 0_u16..366, "X[A-Z0-9]{0,12}", "[A-Za-z][A-Za-z ]{0,150}[a-z]")
}

fn day(days: u16) -> jiff::civil::Date {
    jiff::civil::date(2024, 1, 1).saturating_add(jiff::Span::new().days(days))
}

fn written(entries: &[Written], line_end: &str) -> String {
    let mut text = HEAD.to_owned();
    for (amount, days, reference, information) in entries {
        let (mark, minor) = (if *amount < 0 { "D" } else { "C" }, amount.unsigned_abs());
        let date = day(*days).strftime("%y%m%d");
        text += &format!(":61:{date}{mark}{},{:02}NTRF{reference}\r\n:86:", minor / 100, minor % 100);
        for chunk in information.as_bytes().chunks(65) {
            text += &format!("{}\r\n", String::from_utf8_lossy(chunk));
        }
    }
    let closing = 10_000 + entries.iter().map(|(amount, ..)| amount).sum::<i64>();
    let (mark, minor) = (if closing < 0 { "D" } else { "C" }, closing.unsigned_abs());
    text += &format!(":62F:{mark}241231EUR{},{:02}\r\n-", minor / 100, minor % 100);
    text.replace("\r\n", line_end)
}

/// Every amount of the table stands in its row's text, digit by digit.
fn assert_nothing_invented(table: &Table) {
    for row in 0..table.row_count() {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let (amount, raw) = (digits(table.cell(row, 2)), digits(table.raw_row(row)));
        assert!(raw.contains(amount.trim_start_matches('0')), "{amount} is not in {:?}", table.raw_row(row));
    }
}

proptest! {
    #[test]
    fn what_was_written_is_read(
        entries in prop::collection::vec(entry(), 1..6),
        line_end in prop::sample::select(vec!["\r\n", "\n", "\r", "\r\r\n"]),
    ) {
        let found = table(written(&entries, line_end));
        prop_assert_eq!(found.row_count(), entries.len());
        for (row, (amount, days, reference, information)) in entries.iter().enumerate() {
            let amount = rust_decimal::Decimal::new(*amount, 2).to_string();
            let words = information.split_whitespace().collect::<Vec<_>>().join(" ");
            let date = day(*days).to_string();
            let expected = [&date, &date, &amount, "NTRF", reference, "", "", &words, "", "", ""];
            prop_assert_eq!(cells(&found, row), expected);
        }
        let section = &found.sections()[0];
        let sum: i64 = entries.iter().map(|(amount, ..)| amount).sum();
        prop_assert_eq!(section.closing.unwrap() - section.opening.unwrap(), rust_decimal::Decimal::new(sum, 2));
        prop_assert_eq!(found.notes().len(), 0);
    }

    #[test]
    fn a_cut_or_flipped_file_is_refused_or_read(
        entries in prop::collection::vec(entry(), 1..4), at: prop::sample::Index, bit in 0_u32..8, cut: bool,
    ) {
        let mut bytes = written(&entries, "\r\n").into_bytes();
        let at = at.index(bytes.len());
        if cut {
            bytes.truncate(at);
        } else {
            bytes[at] ^= 1 << bit;
        }
        if let Ok(found) = decode(&bytes, &DecodeOptions::default())
            && found.declared().is_some()
        {
            assert_nothing_invented(&found);
        }
    }

    #[test]
    fn any_text_in_a_message_is_answered(text in "(:(20|25|28C|60F|61|62F|86|90D|34F|NS):|[0-9CDREUR,./?\n-]{0,9}|\\PC{0,4}){0,30}") {
        if let Ok(found) = decode(format!(":20:{text}").as_bytes(), &DecodeOptions::default())
            && found.declared().is_some()
        {
            assert_nothing_invented(&found);
        }
    }
}
