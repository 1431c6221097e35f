//! Rows become records, or are reported with row, column, value and what was expected.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::ops::ControlFlow;

use common::{amounts, currency, entries, lines, read, said, table};
use tieout_domain::{LedgerKind, Severity, Side};
use tieout_statements::{ReadError, interpret, recognise};

const STATEMENT: &str = "Date,Description,Amount,Currency\n";

#[track_caller]
fn check_rejected(row: &str, expected: &str) {
    let (_, reading) = read(format!("{STATEMENT}2024-05-02,fine,1.00,EUR\n{row}\n2024-05-03,fine,2.00,EUR\n"), None);
    assert_eq!(said(&reading), [expected]);
    assert_eq!((reading.rows_read, reading.rows_rejected, amounts(&reading)), (3, 1, vec![100, 200]));
    assert_eq!(reading.diagnostics.first().map(|one| (one.severity, one.file_line)), Some((Severity::Error, Some(3))));
}

#[test]
fn a_row_that_cannot_be_read_is_refused_with_the_reason() {
    for (row, expected) in [
        ("2024-05-02,x,not known,EUR", "2/Amount/not known/an amount such as 1,234.56"),
        ("2024-05-02,x,12..34,EUR", "2/Amount/12..34/an amount such as 1,234.56"),
        ("2024-05-02,x,,EUR", "2/Amount//an amount such as 1,234.56"),
        ("2024-05-02,x", "2//2024-05-02,x/4 cells, with an amount such as 1,234.56"),
        ("2024-05-02,x,1.005,EUR", "2/Amount/1.005/an amount with at most 2 decimals, as EUR has"),
        ("2024-05-02,x,1.5,JPY", "2/Amount/1.5/an amount with at most 0 decimals, as JPY has"),
        ("2024-05-02,x,99999999999999999999.00,EUR", "2/Amount/99999999999999999999.00/an amount of at most 17 digits"),
        ("2024-02-31,x,1.00,EUR", "2/Date/2024-02-31/a day that exists, written like 2024-12-31"),
        ("soon,x,1.00,EUR", "2/Date/soon/a date such as 2024-12-31"),
        ("2024-05-02,x,1.00,EURO", "2/Currency/EURO/a currency's code of three letters, such as EUR or USD"),
        ("2024-05-02,x,1.00 USD,EUR", "2/Amount/1.00 USD/an amount in EUR, as the row's currency says"),
        ("2024-05-02,x,1,50,EUR", "2/Currency/50/a currency's code of three letters, such as EUR or USD"),
    ] {
        if row == "2024-05-02,x,1,50,EUR" {
            // An unquoted decimal comma moves every cell: two things are wrong.
            let (_, reading) = read(format!("{STATEMENT}2024-05-02,fine,1.00,EUR\n{row}\n"), None);
            assert_eq!((reading.rows_rejected, reading.diagnostics.len()), (1, 2));
            continue;
        }
        check_rejected(row, expected);
    }
}

#[test]
fn a_line_without_date_is_kept_with_a_warning() {
    let (_, reading) = read(format!("{STATEMENT},Studio rent,500.00,EUR\n"), None);
    assert_eq!(said(&reading), ["1/Date//a date; the line was kept without one"]);
    assert_eq!((lines(&reading).len(), lines(&reading).first().unwrap().date), (1, None));
}

#[test]
fn the_value_date_stands_in_for_a_missing_booking_date() {
    let (_, reading) = read(
        "Completed Date,Started Date,Text,Amount,State\n,2022-05-07 10:47:26,a,1.00,COMPLETED\n\
        2022-05-08 10:00:00,2022-05-07 10:47:26,b,2.00,COMPLETED\n,2022-05-09 10:47:26,c,3.00,PENDING\n",
        None,
    );
    assert_eq!(amounts(&reading), [100, 200]);
    assert_eq!(lines(&reading).first().unwrap().date.map(|date| date.to_string()), Some("2022-05-07".to_owned()));
    assert_eq!((reading.rows_rejected, reading.rows_skipped), (0, 1));
}

#[test]
fn debit_and_credit_columns() {
    let header = "Date,Text,Debit,Credit\n";
    for (rows, cents) in [
        ("2024-01-01,a,5.00,\n2024-01-02,b,,7.00\n", vec![-500, 700]),
        ("2024-01-01,a,-5.00,\n2024-01-02,b,,7.00\n", vec![-500, 700]),
        ("2024-01-01,a,5.00,0.00\n2024-01-02,b,0.00,7.00\n", vec![-500, 700]),
        // A debit taken back in a column of debits.
        ("2024-01-01,a,5.00,\n2024-01-02,b,6.00,\n2024-01-03,c,-5.00,\n", vec![-500, -600, 500]),
    ] {
        assert_eq!(amounts(&read(format!("{header}{rows}"), None).1), cents, "{rows}");
    }
    let (_, reading) = read(format!("{header}2024-01-01,a,5.00,7.00\n2024-01-01,a,5.00,\n"), None);
    assert_eq!(said(&reading), ["1/Debit/5.00/an amount in one of the columns for debit and credit, not in both"]);
}

#[test]
fn a_direction_gives_the_sign() {
    for (words, cents) in [(("Af", "Bij"), [-500, 700]), (("S", "H"), [-500, 700]), (("debit", "credit"), [-500, 700])]
    {
        let text =
            format!("Date,Text,Amount,Direction\n2024-01-01,a,5.00,{}\n2024-01-02,b,7.00,{}\n", words.0, words.1);
        assert_eq!(amounts(&read(text, Some(Side::Statement)).1), cents, "{words:?}");
    }
}

#[test]
fn in_the_books_a_debit_is_a_receivable() {
    let text = "Invoice no,Invoice date,Customer,Debit,Credit\nI-1,2024-01-01,Acme,5.00,\nC-1,2024-01-02,Acme,,7.00\n";
    assert_eq!(amounts(&read(text, None).1), [500, -700]);
}

#[test]
fn preamble_totals_and_remarks_are_no_rows() {
    let text = "Account name: ,MyAccount_01233,,,,\nAccount balance: ,63.86,,,,\nDate,Transactions,Debits,Credits,Balance\n\n\
        Posted Transactions,,,,\n04 Nov 2009,Direct Debit,18.75,,902.74\n06 Nov 2009,Direct Debit,819.48,,83.26\nTotal,,838.23,,\n";
    let (_, reading) = read(text, None);
    assert_eq!(amounts(&reading), [-1_875, -81_948]);
    assert_eq!((reading.rows_read, reading.rows_rejected, reading.rows_skipped), (4, 0, 2));
    assert_eq!(reading.diagnostics.len(), 3);
    let proof = reading.statements.first().unwrap();
    assert_eq!(
        (proof.opening.map(|m| m.minor_units()), proof.closing.map(|m| m.minor_units())),
        (Some(92_149), Some(8_326))
    );
    assert_eq!((proof.proof.proved, proof.proof.of), (2, 2));
}

#[test]
fn rows_of_other_lengths() {
    let (_, reading) =
        read("Date,Amount,Text\n2024-01-01,1.00,a,and more\n2024-01-02,2.00,b,99\n2024-01-03,3.00,c,,\n", None);
    assert_eq!(amounts(&reading), [100, 300]);
    assert_eq!(lines(&reading).first().unwrap().description, "a and more");
    assert_eq!(reading.rows_rejected, 1);
}

#[test]
fn kinds_and_their_signs() {
    let text = "id,type,doc_no,date,supplier,amount,status\n\
        1,Bill,B-1,2024-01-01,Acme,10.00,open\n2,Invoice,I-1,2024-01-01,Acme,20.00,open\n3,Credit note,C-1,2024-01-01,Acme,5.00,open\n\
        4,Payment,P-1,2024-01-01,Acme,-7.00,open\n5,Invoice,I-2,2024-01-01,Acme,30.00,draft\n6,Invoice,I-3,2024-01-01,Acme,40.00,void\n";
    let (_, reading) = read(text, None);
    assert_eq!(amounts(&reading), [-1_000, 2_000, -500, -700]);
    let kinds: Vec<LedgerKind> = entries(&reading).iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, [LedgerKind::Invoice, LedgerKind::Invoice, LedgerKind::Invoice, LedgerKind::Payment]);
    assert_eq!(
        said(&reading),
        [
            "5/status/draft/a document that was sent; the draft was left out",
            "6/status/void/a document that is valid; the cancelled one was left out"
        ]
    );
}

#[test]
fn credit_notes_that_are_negative_already_stay_so() {
    let text = "kind,doc_no,date,customer,amount\ncredit_note,C-1,2024-01-01,A,-5.00\ninvoice,I-1,2024-01-01,A,9.00\n";
    assert_eq!(amounts(&read(text, None).1), [-500, 900]);
}

#[test]
fn customers_accounts_have_codes_and_no_amounts() {
    let text = "ledger_id,doc_no,date,due_date,customer,customer_code,amount,currency,memo\n\
        L1,WAL-1,2024-12-01,,Nandi Steyn,CUS76077489,,ZAR,07\nL2,WAL-2,2024-12-01,,Tebogo,K77,,ZAR,07\n";
    let (_, reading) = read(text, None);
    assert_eq!(entries(&reading).first().map(|entry| entry.kind), Some(LedgerKind::CustomerAccount));
    assert_eq!(entries(&reading).first().map(|entry| entry.amount.currency()), Some(currency("ZAR")));
    assert_eq!((amounts(&reading), reading.rows_rejected), (vec![0], 1));
}

#[test]
fn an_invoice_without_amount_is_refused_not_zero() {
    let text =
        "doc_no,date,customer,customer_code,amount\nI-1,2024-12-01,A,CUS76077489,\nI-2,2024-12-01,A,CUS76077489,5.00\n";
    let (_, reading) = read(text, None);
    assert_eq!((amounts(&reading), reading.rows_rejected), (vec![500], 1));
}

#[test]
fn currencies_come_from_the_row_the_cell_or_the_header() {
    for (text, code) in [
        ("Date,Text,Amount,Currency\n2024-01-01,a,1.00,eur\n", "EUR"),
        ("Date,Text,Amount\n2024-01-01,a,\"€1.00\"\n", "EUR"),
        ("Date,Text,Amount (CHF)\n2024-01-01,a,1.00\n", "CHF"),
        ("Date,Text,Amount\n2024-01-01,a,1.00\n", "XXX"),
    ] {
        assert_eq!(
            lines(&read(text, None).1).first().map(|line| line.amount.currency()),
            Some(currency(code)),
            "{text}"
        );
    }
}

#[test]
fn a_record_keeps_its_source() {
    let (_, reading) = read(format!("{STATEMENT}2024-05-02,\"Rent, May\",1.00,EUR\n"), None);
    let line = lines(&reading).first().unwrap();
    assert_eq!((line.source.row, line.source.file), (1, common::defaults().file));
    assert_eq!(line.raw, "2024-05-02,\"Rent, May\",1.00,EUR");
    assert_eq!(line.description, "Rent, May");
}

#[test]
fn reading_can_be_cancelled() {
    let table = table(format!("{STATEMENT}2024-05-02,x,1.00,EUR\n"));
    let found = recognise(&table, None);
    let stopped = interpret(&table, found.side, &found.mapping, &common::defaults(), &|_, _| ControlFlow::Break(()));
    assert_eq!(stopped, Err(ReadError::Cancelled));
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let mut text = STATEMENT.to_owned();
    for row in 0..20_000 {
        let amount = if row % 97 == 0 { "bad".to_owned() } else { format!("{}.50", row) };
        text.push_str(&format!("2024-01-01,row {row},{amount},EUR\n"));
    }
    let table = table(text);
    let found = recognise(&table, None);
    let read = || common::interpret_all(&table, found.side, &found.mapping).unwrap();
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap().install(read);
    let four = rayon::ThreadPoolBuilder::new().num_threads(4).build().unwrap().install(read);
    assert_eq!(one, four);
    assert_eq!(one.rows_rejected, 207);
}
