//! Files of journal entries: quotes, separators, encodings, formulas, and numbers that stay numbers.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may fail

use std::io::Read as _;

use jiff::civil::date;
use tieout_domain::{
    Currency, JournalEncoding, JournalEntry, JournalLayout, JournalSource, JournalText, Money, PostedAs, PostingRole,
    RootCause, SideAccount,
};
use tieout_reports::{JournalLine, journal_csv, journal_xlsx};

fn entry(minor: i64) -> JournalEntry {
    let side = |role, account: &str| SideAccount { role, account: account.parse().ok() };
    let amount = Money::from_minor(minor, Currency::parse("EUR").unwrap());
    JournalEntry {
        source: JournalSource {
            match_id: "01900000-0000-7000-8000-000000000001".parse().unwrap(),
            adjustment: 0,
            reverses: None,
        },
        date: date(2026, 3, 7),
        moved_from: None,
        debit: side(PostingRole::Cause(RootCause::Fee), "6855"),
        credit: side(PostingRole::Receivables, "1200"),
        amount,
        base_amount: Some(amount),
        cause: RootCause::Fee,
        text: JournalText::default(),
        bank_reference: "FIT-1".to_owned(),
        line_reference: "E2E-1".to_owned(),
        approved_by: "Ada".to_owned(),
    }
}

fn line<'a>(entry: &'a JournalEntry, text: &'a str) -> JournalLine<'a> {
    JournalLine { entry, number: PostedAs { batch: 3, entry: 1 }, text }
}

fn ready(word: &str) -> JournalLayout {
    JournalLayout::ready(word).unwrap()
}

#[track_caller]
fn check(layout: &JournalLayout, text: &str, expected: &str) {
    let entry = entry(123_450);
    let bytes = journal_csv(layout, &[line(&entry, text)]).unwrap();
    assert_eq!(String::from_utf8(bytes).unwrap(), expected.replace('\n', "\r\n"));
}

#[test]
fn each_ready_made_layout_has_the_columns_its_program_asks_for() {
    check(
        &ready("generic"),
        "Fee",
        "number,date,debit_account,credit_account,amount,currency,base_amount,base_currency,text,cause,counterparty,\
         reference,bank_reference,line_reference,match,approved_by\n\
         3-1,2026-03-07,6855,1200,1234.50,EUR,1234.50,EUR,Fee,fee,,,FIT-1,E2E-1,01900000-0000-7000-8000-000000000001,\
         Ada\n",
    );
    check(
        &ready("xero"),
        "Fee",
        "*Narration,*Date,Description,*AccountCode,*TaxRate,*Amount,TrackingName1,TrackingOption1,TrackingName2,\
         TrackingOption2\n\
         3-1,07/03/2026,Fee,6855,Tax Exempt,1234.50,,,,\n\
         3-1,07/03/2026,Fee,1200,Tax Exempt,-1234.50,,,,\n",
    );
    check(
        &ready("quickbooks"),
        "Fee",
        "JournalNo,JournalDate,AccountName,Debits,Credits,Description,Name,Currency\n\
         3-1,03/07/2026,6855,1234.50,,Fee,,EUR\n\
         3-1,03/07/2026,1200,,1234.50,Fee,,EUR\n",
    );
    let datev = JournalLayout { encoding: JournalEncoding::Utf8, ..ready("datev") };
    check(
        &datev,
        "Gebühr",
        "Umsatz (ohne Soll/Haben-Kz);Soll/Haben-Kennzeichen;WKZ Umsatz;Konto;Gegenkonto (ohne BU-Schlüssel);Belegdatum;\
         Belegfeld 1;Buchungstext\n\
         1234,50;S;EUR;6855;1200;0703;3-1;Gebühr\n",
    );
}

fn text_only(word: &str) -> JournalLayout {
    let mut layout = JournalLayout { headings: false, ..ready(word) };
    layout.columns.retain(|column| column.heading == "Buchungstext");
    layout
}

#[test]
fn separators_quotes_and_line_breaks_in_a_text_do_not_make_columns() {
    let layout = JournalLayout { encoding: JournalEncoding::Utf8, ..text_only("datev") };
    check(&layout, "a;b", "\"a;b\"\n");
    check(&layout, "say \"x\"", "\"say \"\"x\"\"\"\n");
    check(&layout, "two\nlines", "two lines\n");
    check(&layout, &"x".repeat(70), &format!("{}\n", "x".repeat(60)));
}

#[test]
fn text_that_begins_like_a_formula_is_escaped_and_amounts_are_not() {
    let layout = JournalLayout { encoding: JournalEncoding::Utf8, ..text_only("datev") };
    check(&layout, "=1+1", "'=1+1\n");
    check(&layout, "+49 30", "'+49 30\n");
    check(&layout, "-1.50", "'-1.50\n");
    check(&layout, "@SUM(1)", "'@SUM(1)\n");
    check(&layout, "\t=1+1", "'=1+1\n");
    check(&layout, " \r\n-2+3", "'-2+3\n");
    check(&layout, &format!("={}", "1".repeat(70)), &format!("'={}\n", "1".repeat(58)));
    let mut evil = entry(100);
    evil.debit.account = "@SUM(A1)".parse().ok();
    let text = String::from_utf8(journal_csv(&ready("xero"), &[line(&evil, "x")]).unwrap()).unwrap();
    assert!(text.contains(",'@SUM(A1),"), "{text}");
    assert!(text.contains(",-1.00,"), "{text}");
}

#[test]
fn windows_1252_is_written_as_such_or_refused_with_the_place() {
    let layout = text_only("datev");
    let entry = entry(100);
    assert_eq!(journal_csv(&layout, &[line(&entry, "Gebühr € 5")]).unwrap(), b"Geb\xfchr \x80 5\r\n");
    let refused = journal_csv(&layout, &[line(&entry, "Łódź")]).unwrap_err().to_string();
    assert_eq!(
        refused,
        "entry 1, column 'Buchungstext': 'Łódź' holds 'Ł', which windows-1252 does not have: take utf-8, or change the text"
    );
    let bom = JournalLayout { encoding: JournalEncoding::Utf8Bom, ..layout };
    assert_eq!(journal_csv(&bom, &[line(&entry, "Łódź")]).unwrap(), "\u{feff}Łódź\r\n".as_bytes());
}

#[test]
fn a_spreadsheet_has_numbers_dates_and_sums() {
    let (one, two) = (entry(123_450), entry(-5));
    let two = JournalEntry { amount: Money::from_minor(50, two.amount.currency()), ..two };
    let lines = [line(&one, "=HYPERLINK(1)"), line(&two, "b")];
    let bytes = journal_xlsx(&ready("quickbooks"), &lines).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    assert_eq!(bytes, journal_xlsx(&ready("quickbooks"), &lines).unwrap(), "whenever it is made");
    let part = |name: &str| {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let journal = part("xl/worksheets/sheet1.xml");
    assert!(journal.contains("<v>1234.5</v>"), "amounts are numbers: {journal}");
    assert!(!journal.contains("<f>"), "nothing is a formula");
    assert!(part("xl/sharedStrings.xml").contains("=HYPERLINK(1)"), "it is a text as it stands, without an apostrophe");
    assert!(journal.contains("state=\"frozen\""));
    let sums = part("xl/worksheets/sheet2.xml");
    assert_eq!(sums.matches("<v>1235</v>").count(), 2, "debit and credit: {sums}");
}
