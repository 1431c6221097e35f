use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::{DecodeOptions, Format, Limits, Table, decode};

fn table(text: &str) -> Table {
    decode(text.as_bytes(), &DecodeOptions::default()).unwrap()
}

fn refusal(text: &str) -> String {
    decode(text.as_bytes(), &DecodeOptions::default()).expect_err("it was read").to_string()
}

/// Rows as `date amount payee/memo`; of refused rows, what is wrong.
fn rows(table: &Table) -> Vec<String> {
    (0..table.row_count())
        .map(|row| match errors(table, row).first() {
            Some(field) => format!("refused: {field}"),
            None => {
                let cell = |column| table.cell(row, column);
                format!("{} {} {}/{}", cell(0), cell(1), cell(4), cell(5))
            }
        })
        .collect()
}

fn errors(table: &Table, row: usize) -> Vec<&str> {
    let is_error = |severity| severity == tieout_domain::Severity::Error;
    table.faults_of(row).iter().filter(|fault| is_error(fault.severity)).map(|fault| fault.field.as_str()).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(rows(&table(text)), expected, "{text}");
}

#[test]
fn a_record_is_a_row() {
    let text = "!Type:Bank \r\nD1/ 2'05\r\nT-1,234.50\r\nCX\r\nN1001\r\nPAnn\r\nMrent\r\nLHome:Rent\r\n^\r\nD12/31/04\r\nT5\r\nNDEP\r\n^\r\n";
    let table = table(text);
    assert_eq!(table.format(), Format::Qif);
    assert_eq!(rows(&table), ["1/2/2005 -1,234.50 Ann/rent", "12/31/04 5 /"]);
    assert_eq!((table.cell(0, 2), table.cell(0, 3), table.cell(1, 2), table.cell(1, 3)), ("1001", "", "", "DEP"));
    assert_eq!((table.file_line(0), table.file_line(1)), (2, 10));
    assert!(table.raw_row(0).starts_with("D1/ 2'05\r\nT") && table.raw_row(0).ends_with('^'));
    assert!(!table.declared().unwrap().plain);
}

#[test]
fn every_type_of_money_is_read() {
    for kind in ["Bank", "Cash", "CCard", "Oth A", "Oth L", "bank", "OTH A", " Bank"] {
        check(&format!("!Type:{kind}\nD1/2/2024\nT1\n^\n"), &["1/2/2024 1 /"]);
    }
}

#[test]
fn lists_and_investments_are_no_rows() {
    let text = "!Type:Cat\nNFood\nDfood\nE\n^\n!Option:AutoSwitch\n!Account\nNCash\nTCash\n^\nNFunds\nTInvst\n^\n!Clear:AutoSwitch\n\
                !Account\nNCash\nTCash\n^\n!Type:Cash\nD1/2/2024\nT1\n^\n!Account\nNFunds\n^\n!Type:Invst\nD1/2/2024\nNBuy\nYibm\nT9\n^\n\
                !Type:Memorized\nT-5\nPGas\nKP\n^\n";
    let table = table(text);
    assert_eq!(rows(&table), ["1/2/2024 1 /"]);
    let sections: Vec<(&str, u32)> = table.sections().iter().map(|one| (one.account.as_str(), one.rows)).collect();
    assert_eq!(sections, [("Cash", 1)]);
    assert_eq!(table.notes().len(), 1);
    assert!(table.notes()[0].why.english().starts_with("1 investment records"));
}

#[test]
fn each_account_is_a_statement() {
    let text = "!Account\nNA\nTBank\n^\n!Type:Bank\nD1/2/2024\nT1\n^\nD1/2/2024\nT2\n^\n!Account\nNB\nTCCard\n^\n!Type:CCard\n^\n!Type:Bank\n";
    let table = table(text);
    let sections: Vec<(&str, u32)> = table.sections().iter().map(|one| (one.account.as_str(), one.rows)).collect();
    assert_eq!(sections, [("A", 2), ("B", 0), ("B", 0)]);
}

#[test]
fn an_opening_balance_names_the_account_and_stays_a_row() {
    let table = table("!Type:Bank\nD1/1/2024\nT100\nPOpening Balance\nL[Giro]\n^\n");
    assert_eq!((table.sections()[0].account.as_str(), table.row_count()), ("Giro", 1));
    assert_eq!(table.faults_of(0).len(), 1);
}

#[test]
fn splits_are_text_of_their_record() {
    let table = table("!Type:Bank\nD6/1/94\nT-1,000.00\nPBank\nSInterest\nEJune\n$-253.64\nS[loan]\n$-746.36\n^\n");
    assert_eq!((table.row_count(), table.cell(0, 6)), (1, "Interest June -253.64 [loan] -746.36"));
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_kept() {
    const GOOD: &str = "D1/2/2024\nT1\n^\n";
    for (record, field) in [
        ("T5\nPx\n^\n", "D"),
        ("D1/2/2024\nPx\n^\n", "T"),
        ("D13/13/2024\nT5\n^\n", "D"),
        ("D1/2/5\nT5\n^\n", "D"),
        ("D1/2/2024\nTfive\n^\n", "T"),
        ("D1/2/2024\nT5\nD1/3/2024\nT6\n^\n", "D"),
        ("D1/2/2024\nT5\nT6\n^\n", "T"),
        ("D1/2/2024\nU5\nT6\n^\n", "T"),
    ] {
        let text = format!("!Type:Bank\n{GOOD}{record}{GOOD}");
        check(&text, &["1/2/2024 1 /", &format!("refused: {field}"), "1/2/2024 1 /"]);
    }
    check("!Type:Bank\nD1/2/2024\nU-1,000.00\nT-1000\n^\nD1/2/2024\nU7\n^\n", &["1/2/2024 -1000 /", "1/2/2024 7 /"]);
    assert!(refusal("!Type:Bank\nPx\n^\n").contains("its line D is ''"));
}

#[test]
fn a_record_without_its_end_is_kept_only_if_its_lines_are_whole() {
    let start = "!Type:Bank\nD1/2/2024\nT1\n^\nD1/2/2024\nT12.50";
    check(start, &["1/2/2024 1 /", "refused: "]);
    check(&format!("{start}\n"), &["1/2/2024 1 /", "1/2/2024 12.50 /"]);
    check(&format!("{start}\n!Type:Cat\n"), &["1/2/2024 1 /", "1/2/2024 12.50 /"]);
    assert_eq!(table(&format!("{start}\n")).faults_of(1).len(), 1);
}

#[test]
fn a_file_without_a_header_is_known_by_its_records() {
    check("D31/12/2024\nT-1,50\nPx\n^\n", &["31/12/2024 -1,50 x/"]);
    for text in
        ["Tchen tenterait-il\nde lever\n^", "Date,Amount\n1/2/2024,5\n", "D1/2/2024\nPx\n", "Dear Sir\nThanks\n^\n"]
    {
        assert!(!super::is(text), "{text}");
    }
}

#[test]
fn an_unknown_type_is_read_by_what_its_records_are() {
    let bank = table("!Type:Banque\nD1/2/2024\nT1\n^\n");
    assert_eq!((bank.row_count(), bank.notes().len()), (1, 1));
    let other = table("!Type:Widgets\nNx\n^\nNy\n^\n");
    assert_eq!((other.row_count(), other.notes().len()), (0, 1));
}

#[test]
fn limits_hold() {
    let text = format!("!Type:Bank\n{}", "D1/2/2024\nT1\n^\n".repeat(20));
    let options = |limits| DecodeOptions { limits, ..DecodeOptions::default() };
    assert!(decode(text.as_bytes(), &options(Limits { rows: 10, ..Limits::default() })).is_err());
    let long = format!("!Type:Bank\nD1/2/2024\nT1\n{}^\n", "Mx\n".repeat(100));
    assert!(decode(long.as_bytes(), &options(Limits { line_bytes: 100, ..Limits::default() })).is_err());
}

type Row = (String, Decimal, String);

fn written() -> impl Strategy<Value = Row> {
    (2000_i16..2070, 1_i8..=12, 13_i8..=28, -9_999_999_i64..9_999_999, "[a-zA-Zé&^! ]{0,12}").prop_map(
        |(year, month, day, cents, payee)| {
            (format!("{month}/{day}/{year}"), Decimal::new(cents, 2), payee.trim().to_owned())
        },
    )
}

fn write(rows: &[Row], apostrophe: bool) -> String {
    let one = |(day, amount, payee): &Row| {
        let day = match day.rsplit_once('/') {
            Some((start, year)) if apostrophe => format!("{start}'{}", &year[2..]),
            _ => day.clone(),
        };
        format!("D{day}\nT{amount}\nP{payee}\n^\n")
    };
    format!("!Type:Bank\n{}", rows.iter().map(one).collect::<String>())
}

fn read_back(table: &Table) -> Vec<Row> {
    (0..table.row_count())
        .filter(|row| errors(table, *row).is_empty())
        .map(|row| (table.cell(row, 0).to_owned(), table.cell(row, 1).parse().unwrap(), table.cell(row, 4).to_owned()))
        .collect()
}

proptest! {
    #[test]
    fn written_and_read_back(rows in prop::collection::vec(written(), 1..6), apostrophe: bool) {
        prop_assert_eq!(read_back(&table(&write(&rows, apostrophe))), rows);
    }

    #[test]
    fn a_cut_file_gives_no_amount_that_was_not_whole(
        rows in prop::collection::vec(written(), 1..4), cut in any::<prop::sample::Index>(),
    ) {
        let text = write(&rows, false);
        let bytes = text.as_bytes();
        let bytes = &bytes[..cut.index(bytes.len())];
        if let Ok(table) = decode(bytes, &DecodeOptions::default()) && table.format() == Format::Qif {
            let found = read_back(&table);
            prop_assert!(found.len() <= rows.len());
            for (found, whole) in found.iter().zip(&rows) {
                prop_assert_eq!((&found.0, &found.1), (&whole.0, &whole.1));
            }
        }
    }

    #[test]
    fn a_changed_byte_invents_no_amount(
        rows in prop::collection::vec(written(), 1..4), at in any::<prop::sample::Index>(), byte: u8,
    ) {
        let mut bytes = write(&rows, false).into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(table) = decode(&bytes, &DecodeOptions::default()) && table.format() == Format::Qif {
            for row in 0..table.row_count() {
                let amount = table.cell(row, 1);
                let is_line = |line: &str| line.strip_prefix(['T', 'U']).is_some_and(|value| value.trim() == amount);
                prop_assert!(amount.is_empty() || table.raw_row(row).split(['\n', '\r']).any(is_line));
            }
        }
    }

    #[test]
    fn any_text_is_answered(text in "(!Type:Bank|!Account|D1/2'05|T1|U|\\^|\n|\r|N|é|L\\[a\\]){0,30}") {
        let _ = super::is(&text);
        let _ = super::read(&text, "UTF-8".to_owned(), &Limits::default());
    }
}
