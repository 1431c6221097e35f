//! BAI2 as rows and statements.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod common;

use common::{amounts, lines, read, said, table};
use proptest::prelude::*;
use rust_decimal::Decimal;
use tieout_statements::{Control, DecodeOptions, Table, decode};

/// A file of one account with these lines between its header and trailer. Its totals are not held.
fn with_lines(account: &str, lines: &str) -> String {
    format!(
        "01,BANK,US,240506,0700,1,,,2/\n02,US,BANK,1,240503,,USD,2/\n{account}\n{lines}\n49,0,0/\n98,0,1,0/\n99,0,1,0/\n"
    )
}

/// Cells of a row: as-of date, value date, amount, type code, bank's and customer's reference, text.
fn cells(table: &Table, row: usize) -> Vec<&str> {
    (0..table.column_count()).map(|column| table.cell(row, column)).collect()
}

#[track_caller]
fn check(lines: &str, expected: &str) {
    let found = table(with_lines("03,123,,010,0,,/", lines));
    assert_eq!((found.row_count(), cells(&found, 0).join("|").as_str()), (1, expected), "{lines}");
}

#[test]
fn a_transaction_with_every_kind_of_funds() {
    check("16,165,1500000,1,BREF,CREF,Dealer payments/", "2024-05-03||15000.00|165|BREF|CREF|Dealer payments");
    check("16,475,250,V,240506,1200,BREF,CREF,Cheque/", "2024-05-03|2024-05-06|-2.50|475|BREF|CREF|Cheque");
    check("16,115,900,S,500,300/\n88,100,BREF,CREF,Lockbox", "2024-05-03||9.00|115|BREF|CREF|Lockbox");
    check("16,115,900,D,2,0,500,1,400,BREF,CREF,Lockbox", "2024-05-03||9.00|115|BREF|CREF|Lockbox");
    check("16,495,100,Z,,,To: A, B, and C", "2024-05-03||-1.00|495|||To: A, B, and C");
}

#[test]
fn a_text_goes_on_over_lines() {
    check("16,699,971,,,/\n88,LVP TO X\n88,SECOND/", "2024-05-03||-9.71|699|||LVP TO X SECOND");
}

#[test]
fn digits_are_those_of_the_accounts_currency() {
    for (currency, amount) in [("JPY", "12345"), ("USD", "123.45"), ("KWD", "12.345"), ("", "123.45")] {
        let found = table(with_lines(&format!("03,123,{currency},015,12345,,/"), "16,165,12345,,,,x/"));
        assert_eq!(found.cell(0, 2), amount, "{currency}");
        assert_eq!(found.sections()[0].closing.unwrap().to_string(), amount, "{currency}");
    }
}

#[test]
fn available_balances_are_no_booked_ones() {
    let found = table(with_lines("03,123,,040,100,,,045,-200,,/", ""));
    let section = &found.sections()[0];
    assert_eq!((section.interim, section.closing.unwrap().to_string()), (true, "-2.00".to_owned()));
    let found = table(with_lines("03,123,,010,500,,,015,600,,,040,100,,,045,200,,/", ""));
    let section = &found.sections()[0];
    assert_eq!((section.interim, section.closing.unwrap().to_string()), (false, "6.00".to_owned()));
}

#[test]
fn what_a_type_code_leaves_open_is_refused() {
    let (_, reading) = read(
        with_lines(
            "03,123,,015,0,,/",
            "16,165,100,,,,a/\n16,721,100,,,,b/\n16,475,,,,,c/\n16,165,-5,,,,d/\n16,890,0,,,,e/",
        ),
        None,
    );
    assert_eq!(amounts(&reading), [100, 0]);
    assert_eq!(reading.rows_rejected, 3);
    assert!(said(&reading)[0].starts_with("2/type code/721/a type code of a credit"));
}

#[test]
fn a_missing_as_of_date_is_no_other_day() {
    let file =
        with_lines("03,123,,015,0,,/", "16,165,100,V,240506,,,,a/\n16,165,100,,,,b/").replace("240503", "240230");
    let (_, reading) = read(file, None);
    assert_eq!(lines(&reading).len(), 1);
    assert!(said(&reading).iter().any(|one| one.contains("240230") && one.contains("group header")));
}

#[test]
fn files_glued_together_are_told() {
    let first = with_lines("03,123,,015,0,,/", "16,165,100,,,,a/");
    let cut = first.split("49,").next().unwrap();
    let (_, reading) = read(format!("{cut}{first}"), None);
    assert_eq!(amounts(&reading), [100, 100]);
    let expected = ["an account trailer (49)", "a group trailer (98)", "a file trailer (99)"];
    for (said, words) in said(&reading).iter().zip(expected) {
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn a_table_with_numbered_rows_is_none() {
    for text in [
        "No,Date,Amount,Text\n01,2024-05-06,12.00,a\n02,2024-05-07,13.00,b\n03,2024-05-08,14.00,c\n",
        "01,a,b,240506,12,x\n02,a,b,240507,13,x\n",
    ] {
        assert_eq!(table(text).format().as_str(), "csv");
    }
}

/// A transaction to write: credit or debit code, minor units, text.
type Written = (bool, u32, String);

fn transaction() -> impl Strategy<Value = Written> {
    (any::<bool>(), 1_u32..99_999_999, "[A-Z][A-Za-z ,:]{0,60}[a-z]")
}

/// Two accounts of the same transactions, with totals that hold.
fn written(transactions: &[Written]) -> String {
    let sum: i64 = transactions
        .iter()
        .map(|(is_credit, amount, _)| if *is_credit { i64::from(*amount) } else { -i64::from(*amount) })
        .sum();
    let gross: i64 = transactions.iter().map(|(_, amount, _)| i64::from(*amount)).sum();
    let control = gross + 100_000 + 100_000 + sum;
    let mut text = "01,BANK,US,240506,0700,1,,,2/\n02,US,BANK,1,240503,,USD,2/\n".to_owned();
    for account in ["111", "222"] {
        text += &format!("03,{account},USD,010,100000,,/\n88,015,{},,/\n", 100_000 + sum);
        for (is_credit, amount, words) in transactions {
            text += &format!("16,{},{amount},0,B{amount},,{words}/\n", if *is_credit { "195" } else { "495" });
        }
        text += &format!("49,{control},{}/\n", transactions.len() + 3);
    }
    let records = 2 * (transactions.len() + 3) + 2;
    text + &format!("98,{},2,{records}/\n99,{},1,{}/\n", control * 2, control * 2, records + 2)
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
    fn what_was_written_is_read(transactions in prop::collection::vec(transaction(), 1..6)) {
        let found = table(written(&transactions));
        prop_assert_eq!((found.sections().len(), found.notes().len()), (2, 0));
        for section in found.sections() {
            let sum: Decimal = transactions.iter().enumerate().map(|(at, (is_credit, amount, words))| {
                let row = section.first_row as usize + at;
                let amount = if *is_credit { i64::from(*amount) } else { -i64::from(*amount) };
                let amount = Decimal::new(amount, 2);
                let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                assert_eq!((found.cell(row, 2), found.cell(row, 6)), (amount.to_string().as_str(), words.as_str()));
                amount
            }).sum();
            prop_assert_eq!(section.rows as usize, transactions.len());
            prop_assert_eq!(section.closing.unwrap() - section.opening.unwrap(), sum);
            prop_assert!(section.controls.iter().all(Control::holds), "{:?}", section.controls);
        }
        let controls: Vec<usize> = found.sections().iter().map(|section| section.controls.len()).collect();
        prop_assert_eq!(controls, [2, 8]);
    }

    #[test]
    fn a_cut_or_flipped_file_is_refused_or_read(
        transactions in prop::collection::vec(transaction(), 1..4), at: prop::sample::Index, bit in 0_u32..8, cut: bool,
    ) {
        let mut bytes = written(&transactions).into_bytes();
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
    fn any_records_are_answered(text in "((01|02|03|16|49|88|98|99|xx),|[0-9,SVDZ./\n-]{0,12}|\\PC{0,4}){0,30}") {
        let file = format!("01,B,U,240506,0700,1,,,2/\n02,U,B,1,240503,,USD,2/\n{text}");
        if let Ok(found) = decode(file.as_bytes(), &DecodeOptions::default())
            && found.declared().is_some()
        {
            assert_nothing_invented(&found);
        }
    }
}
