//! What a file's own figures, days and words decide, and what they leave open.
#![allow(missing_docs, clippy::print_stderr, clippy::unwrap_used)]

mod common;

use std::{fs, path::Path};

use common::{amounts, lines, read, said, table};
use rust_decimal::Decimal;
use serde_json::Value;
use tieout_domain::Side;
use tieout_statements::{DateOrder, DecodeOptions, Open, decode, recognise};

#[track_caller]
fn check_order(text: &str, order: DateOrder, open: bool) {
    let found = recognise(&table(text), Some(Side::Statement));
    let is_open = found.ambiguities.iter().any(|one| one.what == Open::DateOrder);
    assert_eq!((found.mapping.date_order, is_open), (order, open), "{text}");
}

#[test]
fn the_stated_period_settles_the_order_of_dates() {
    check_order(
        "Account,12345678\nPeriod,2024-02-01 - 2024-02-29\nDate,Description,Amount\n02/03/2024,a,-1.00\n02/11/2024,b,-2.00\n",
        DateOrder::MonthDayYear,
        false,
    );
    check_order(
        "Account,12345678\nFrom,01/03/2024\nTo,31/03/2024\nDate,Description,Amount\n02/03/2024,a,-1.00\n11/03/2024,b,-2.00\n",
        DateOrder::DayMonthYear,
        false,
    );
}

#[test]
fn rows_in_order_settle_the_order_of_dates() {
    let rows = "01/12/2023,a,-1.00\n01/01/2024,b,-2.00\n02/01/2024,c,-3.00\n01/02/2024,d,-4.00\n03/02/2024,e,-5.00\n";
    check_order(&format!("Date,Description,Amount\n{rows}"), DateOrder::DayMonthYear, false);
}

#[test]
fn without_proof_the_country_is_likelier_and_both_are_reported() {
    check_order("Date,Description,Amount,Category\n2/03/2024,a,-1.00,x\n", DateOrder::MonthDayYear, true);
    check_order("Date,Description,Amount,Currency\n02/03/2024,a,-1.00,GBP\n", DateOrder::DayMonthYear, true);
    check_order("Date,Description,Paid out,Paid in\n02/03/2024,a,1.00,\n", DateOrder::DayMonthYear, true);
    check_order("Data,Descrizione,Importo\n02/03/2024,a,-1.00\n", DateOrder::DayMonthYear, true);
    check_order("Date,Description,Amount\n02/03/2024,a,-$1.00\n", DateOrder::MonthDayYear, true);
}

#[test]
fn years_of_two_digits_may_come_first() {
    let rows = "24-01-29,a,-1.00\n24-01-30,b,-2.00\n24-02-03,c,-3.00\n";
    check_order(&format!("Date,Description,Amount\n{rows}"), DateOrder::YearMonthDay, false);
    let (_, reading) = read(format!("Date,Description,Amount\n{rows}"), None);
    assert_eq!(
        lines(&reading).first().and_then(|line| line.date).map(|day| day.to_string()),
        Some("2024-01-29".to_owned())
    );
}

#[test]
fn a_card_is_turned_around_by_its_payments_its_marks_or_not_at_all() {
    let header = "Date,Description,Card number,Amount\n";
    let (found, reading) =
        read(format!("{header}2024-01-02,Shop,1,9.00\n2024-01-03,PAYMENT RECEIVED - THANK YOU,1,-9.00\n"), None);
    assert_eq!((amounts(&reading), found.ambiguities.len()), (vec![-900, 900], 0));
    let (_, reading) = read(format!("{header}2024-01-02,Shop,1,9.00\n2024-01-03,Refund,1,2.00 CR\n"), None);
    assert_eq!(amounts(&reading), [-900, 200]);
    let (found, reading) = read(format!("{header}2024-01-02,Shop,1,9.00\n2024-01-03,Bakery,1,2.00\n"), None);
    assert_eq!(amounts(&reading), [900, 200]);
    assert_eq!(found.ambiguities.first().map(|one| (one.what, one.readings.len())), Some((Open::Sign, 2)));
    // A bank's customer who pays a card says so in other words, and his account is no card.
    let (found, reading) =
        read("Date,Description,Amount\n2024-01-02,Sale,9.00\n2024-01-03,AMEX EPAYMENT,-9.00\n", None);
    assert_eq!((amounts(&reading), found.ambiguities.len()), (vec![900, -900], 0));
}

#[test]
fn the_running_balance_chooses_the_amount_among_columns() {
    let text = "Date,Description,Amount,Charged,Balance\n2024-01-02,a,-10.00,-9.10,90.90\n2024-01-03,b,-20.00,-18.20,72.70\n\
                2024-01-04,c,-5.00,-4.55,68.15\n";
    assert_eq!(amounts(&read(text, Some(Side::Statement)).1), [-910, -1_820, -455]);
}

#[test]
fn a_left_out_cell_is_found_only_in_one_way() {
    let header = "Date;Value date;Name;Kind;Text;Amount;Currency\n";
    let row = "01.02.2024;01.02.2024;Shop;Debit;Food;-1,50;EUR\n";
    let (_, reading) = read(format!("{header}{row}02.02.2024;02.02.2024;Pension;monthly;2.647,74;EUR\n"), None);
    assert_eq!((amounts(&reading), reading.rows_rejected), (vec![-150, 264_774], 0));
    assert!(said(&reading).iter().any(|said| said.contains("with one missing")), "{:?}", said(&reading));
    let header = "Date,Text,Amount,Balance\n";
    let (_, reading) = read(format!("{header}2024-01-01,a,5.00,95.00\n2024-01-02,1.00,96.00\n"), None);
    assert_eq!((amounts(&reading), reading.rows_rejected), (vec![500], 1));
    // Cells left out at the end are none that move others.
    let (_, reading) = read(format!("{header}2024-01-01,a,5.00,95.00\n2024-01-02,b,1.00\n"), None);
    assert_eq!((amounts(&reading), reading.rows_rejected, said(&reading).len()), (vec![500, 100], 0, 0));
}

#[test]
fn a_lone_row_of_another_account_is_told() {
    let row = |account: &str| format!("2024-01-01,{account},a,1.00\n");
    let text = format!(
        "Date,Account,Text,Amount\n{}{}{}",
        row("NL99INGB9999999999"),
        row("NL99INGB9999999998"),
        row("NL99INGB9999999999")
    );
    let (_, reading) = read(text, None);
    assert_eq!(said(&reading).len(), 1);
    assert_eq!(lines(&reading).len(), 3);
}

#[test]
fn signs_in_a_column_of_their_own() {
    let text = "Date,Text,Sign,Amount\n2024-01-01,a,-,1.00\n2024-01-02,b,+,2.00\n";
    assert_eq!(amounts(&read(text, None).1), [-100, 200]);
    let text = "Date,Text,D/C,Amount\n2024-01-01,a,D,1.00\n2024-01-02,b,K,2.00\n";
    assert_eq!(amounts(&read(text, None).1), [-100, 200]);
}

#[test]
fn pending_rows_are_kept_only_with_a_booking_day() {
    let text = "Date,Value date,Text,Amount,Status\n,2024-01-01,a,1.00,Pending\n2024-01-02,2024-01-02,b,2.00,Pending\n\
                2024-01-03,2024-01-03,c,3.00,Denied\n2024-01-04,2024-01-04,d,4.00,Completed\n";
    let (_, reading) = read(text, None);
    assert_eq!((amounts(&reading), reading.rows_skipped, said(&reading).len()), (vec![200, 400], 2, 3));
    // Without a column of states, a row that lacks the day of booking that the others have is pending.
    let text = "Booking date,Purchase date,Text,Amount\n2024-01-02,2024-01-01,a,1.00\n,2024-01-02,b,2.00\n";
    let (_, reading) = read(text, None);
    assert_eq!((amounts(&reading), reading.rows_skipped), (vec![100], 1));
}

/// Balances around the tables of the collected files of others, which are not part of the repository.
#[test]
fn balances_around_collected_tables_are_the_stated_ones() {
    let corpus = Path::new("/work/shared/corpus");
    let Ok(manifest) = fs::read_to_string(corpus.join("manifest.json")) else {
        eprintln!("no corpus at {}: nothing was checked", corpus.display());
        return;
    };
    let entries: Vec<Value> = serde_json::from_str(&manifest).unwrap();
    let mut checked = 0;
    for entry in &entries {
        let file = entry["file"].as_str().unwrap();
        if !["csv/", "tsv/", "pdf-text/"].iter().any(|folder| file.starts_with(folder)) {
            continue;
        }
        let bytes = fs::read(corpus.join(file)).unwrap();
        let Ok(table) = decode(&bytes, &DecodeOptions::default()) else { continue };
        let expect = if entry["expect_if_partial"].is_null() { &entry["expect"] } else { &entry["expect_if_partial"] };
        for section in table.sections() {
            for (what, have) in [("opening", section.opening), ("closing", section.closing)] {
                let Some(have) = have else { continue };
                let stated = expect[what].as_str().and_then(|text| text.parse::<Decimal>().ok());
                assert_eq!(Some(have), stated, "{file}: {what}");
                checked += 1;
            }
        }
    }
    assert!(checked >= 10, "{checked}");
}

/// Masked or cut files have balances that follow by chance; names of columns do not lie by chance.
#[test]
fn two_balances_that_follow_by_chance_do_not_turn_withdrawals_into_deposits() {
    let text = "Date,Description,Withdrawal,Deposit,Balance\n07/31/2022,Interest,,$1.00,$2.00\n02/13/2022,Transfer,$2.00,,$3.00\n";
    assert_eq!(amounts(&read(text, None).1), [100, -200]);
    let text = "Date,Description,Amount,Balance\n2022-07-31,Interest,1.00,2.00\n2022-02-13,Transfer,-2.00,3.00\n";
    assert_eq!(amounts(&read(text, None).1), [100, -200]);
}

/// A column that is called a date and empty throughout is not the date of the rows.
#[test]
fn an_empty_column_of_dates_gives_way_to_one_with_dates() {
    let text = "When it ran,Details,Amount,Settlement Date\n12/21/2021,Transfer,-888,\n11/22/2021,Deposit,1100.00,\n";
    let (_, reading) = read(text, None);
    assert!(lines(&reading).iter().all(|line| line.date.is_some()));
    let table = table("Details,Amount,Settlement Date\nTransfer,-888.00,\nDeposit,1100.00,\n");
    assert_eq!(
        recognise(&table, Some(Side::Statement)).problems,
        ["the column of dates is empty in every row; say which column is the date"]
    );
}
