//! Printed statements: columns by position, as pages copied from a bank's site or its PDF file have them.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{amounts, lines, read, table};
use proptest::prelude::*;
use tieout_statements::{DecodeOptions, Format, decode, recognise};

const PAGES: &str = "\
Savings Bank plc
Account number:   40-11-22 87654321
Statement date:
02 Jan 2025
 Date     Details                              Paid out      Paid in      Balance (£)
 28 Dec   Balance brought forward                                            100.00
 30 Dec   CARD PAYMENT TO GROCER                  20.00
          ON 29 DEC
          RENT TO LANDLORD                        30.00                       50.00
Please see overleaf
 Date     Details                              Paid out      Paid in      Balance (£)
 31 Dec   Balance brought forward                                             50.00
 01 Jan   SALARY                                            1,000.00       1,050.00
 02 Jan   Balance carried forward                                          1,050.00
Ask us about 31 Dec rates, from 5.00 a month
";

#[test]
fn days_without_year_rows_without_day_and_pages() {
    let table = table(PAGES);
    assert_eq!(table.format(), Format::FixedWidth);
    let (_, reading) = read(PAGES, None);
    assert_eq!(amounts(&reading), [-2_000, -3_000, 100_000]);
    let days: Vec<String> = lines(&reading).iter().filter_map(|line| line.date).map(|day| day.to_string()).collect();
    assert_eq!(days, ["2024-12-30", "2024-12-30", "2025-01-01"]);
    assert_eq!(lines(&reading).first().unwrap().description, "CARD PAYMENT TO GROCER ON 29 DEC");
    assert_eq!((reading.rows_read, reading.rows_rejected), (3, 0));
    let proof = reading.statements.first().unwrap();
    assert_eq!((proof.proof.proved, proof.proof.of), (3, 3));
    let section = table.sections().first().unwrap();
    assert_eq!(
        (section.opening.map(|value| value.to_string()), section.closing.map(|value| value.to_string())),
        (Some("100.00".to_owned()), Some("1050.00".to_owned()))
    );
    assert_eq!(section.account, "40-11-22 87654321");
}

#[test]
fn a_record_keeps_its_untouched_lines() {
    let table = table(PAGES);
    assert!(table.raw_row(0).starts_with(" 30 Dec   CARD PAYMENT TO GROCER"));
    assert!(table.raw_row(0).ends_with("ON 29 DEC"));
    assert_eq!((table.file_line(0), table.file_line(1)), (7, 9));
}

#[test]
fn without_its_year_a_day_is_refused_not_invented() {
    let text = "Date      Details            Paid out    Paid in    Balance\n\
                30 Dec    GROCER                20.00                  80.00\n\
                31 Dec    RENT                  30.00                  50.00\n";
    let found = recognise(&table(text), None);
    assert_eq!(found.problems, ["no column holds dates; say which column is the date"]);
}

#[test]
fn names_over_several_lines_and_marks_for_credits() {
    let text = "\
ACCOUNT CURRENCY: EUR
-----------+-------------+---------------------+--------------
  BOOKING  |   VALUE     |   TRANSACTION       |    AMOUNT
   DATE    |   DATE      |   DETAILS           |
-----------+-------------+---------------------+--------------
 01/13/2024 01/14/2024    COFFEE                       4.00
                          AIRPORT
 01/15/2024 01/15/2024    TOP UP                     100.00CR
-----------+-------------+---------------------+--------------
 TOTAL                                                96.00CR
 CLOSING BALANCE                                     196.00
";
    let (_, reading) = read(text, None);
    assert_eq!(amounts(&reading), [-400, 10_000]);
    let first = lines(&reading).first().unwrap();
    assert_eq!(first.description, "COFFEE AIRPORT");
    assert_eq!(first.date.map(|day| day.to_string()), Some("2024-01-13".to_owned()));
    assert_eq!(first.value_date.map(|day| day.to_string()), Some("2024-01-14".to_owned()));
    assert_eq!(first.amount.currency(), common::currency("EUR"));
    let closing = table(text).sections().first().and_then(|section| section.closing);
    assert_eq!(closing.map(|value| value.to_string()), Some("196.00".to_owned()));
}

#[test]
fn without_names_the_rows_tell_the_columns() {
    let text = "\
Kontoauszug Nr. 5
  02.05.2024   Miete Mai                     500,00-       1.500,00
  03.05.2024   Gehalt                      2.000,00        3.500,00
  06.05.2024   Strom                          80,50-       3.419,50
";
    let (_, reading) = read(text, None);
    assert_eq!(amounts(&reading), [-50_000, 200_000, -8_050]);
    assert_eq!(lines(&reading).first().unwrap().description, "Miete Mai");
    assert_eq!(reading.statements.first().map(|found| (found.proof.proved, found.proof.of)), Some((3, 3)));
}

#[test]
fn cyrillic_code_pages() {
    let text = "\
 Дата        Описание операции               Сумма       Остаток
 13.05.2024  Перевод от Иванова            100,00        100,00
 14.05.2024  Оплата товаров и услуг        -30,00         70,00
 15.05.2024  Покупка в магазине            -20,00         50,00
";
    for encoding in [encoding_rs::WINDOWS_1251, encoding_rs::IBM866, encoding_rs::KOI8_R] {
        let (bytes, ..) = encoding.encode(text);
        let (_, reading) = read(&bytes, None);
        assert_eq!(amounts(&reading), [10_000, -3_000, -2_000], "{}", encoding.name());
        assert_eq!(lines(&reading).first().unwrap().description, "Перевод от Иванова", "{}", encoding.name());
    }
}

#[test]
fn prose_with_days_and_amounts_is_no_statement() {
    let text = "On 12 May 2024 we agreed on a price of 100.00   per month.\n\
                On 13 May 2024 you paid 50.00   of it.\n\nRegards   from all of us\n";
    assert_ne!(decode(text.as_bytes(), &DecodeOptions::default()).map(|table| table.format()), Ok(Format::FixedWidth));
}

proptest! {
    #[test]
    fn any_flipped_byte_is_answered(position: prop::sample::Index, value: u8) {
        let mut bytes = PAGES.as_bytes().to_vec();
        *position.get_mut(&mut bytes) = value;
        if let Ok(table) = decode(&bytes, &DecodeOptions::default()) {
            recognise(&table, None);
        }
    }

    #[test]
    fn any_cut_is_answered(cut: prop::sample::Index) {
        let bytes = PAGES.as_bytes();
        if let Ok(table) = decode(&bytes[..cut.index(bytes.len())], &DecodeOptions::default()) {
            recognise(&table, None);
        }
    }
}
