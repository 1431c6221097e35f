//! Files whose names promise something else than they hold.
#![allow(missing_docs, clippy::unwrap_used)]

mod containers;

use containers::{text_row, xls, xlsx};
use tieout_statements::{DecodeOptions, Limits, Table, decode};

fn read(name: &str, bytes: &[u8]) -> Result<Table, String> {
    let options = DecodeOptions { file_name: name.to_owned(), ..DecodeOptions::default() };
    decode(bytes, &options).map_err(|error| error.to_string())
}

fn workbook() -> Vec<u8> {
    xlsx(&[text_row(1, &["Date", "Amount"]), text_row(2, &["2024-05-02", "1.00"])].concat())
}

#[test]
fn content_decides_and_the_name_is_told() {
    let text = b"Date\tAmount\n2024-05-02\t1.00\n";
    for (name, bytes, is) in [
        ("may.xls", &text[..], "text with columns separated by tabs"),
        ("may.xlsx", b"Date,Amount\n2024-05-02,1.00\n", "text with separated columns"),
        ("may.csv", &workbook(), "an Excel workbook (.xlsx)"),
        ("may.XLS", &workbook(), "an Excel workbook (.xlsx)"),
        ("may.ofx", &text[..], "text with columns separated by tabs"),
    ] {
        let table = read(name, bytes).unwrap();
        assert_eq!(table.row_count(), 1, "{name}");
        let told: Vec<&str> = table.notes().iter().map(|note| note.why.english()).collect();
        assert!(told.iter().any(|why| why.contains(is)), "{name}: {told:?}");
    }
}

#[test]
fn names_that_fit_or_promise_nothing_are_not_told() {
    for (name, bytes) in [
        ("may.csv", b"Date,Amount\n2024-05-02,1.00\n".to_vec()),
        ("may.xlsx", workbook()),
        ("may", workbook()),
        ("may.txt", b"Date,Amount\n2024-05-02,1.00\n".to_vec()),
    ] {
        assert!(read(name, &bytes).unwrap().notes().is_empty(), "{name}");
    }
}

#[test]
fn web_pages_named_like_spreadsheets_are_refused_with_what_to_do() {
    let save = "open it in a spreadsheet program and save it as XLSX or CSV";
    for (bytes, is) in [
        (&b"<html><body><table><tr><td>Date</td></tr></table>"[..], "a web page that is named like a spreadsheet"),
        (b"<table border=1><tr><td>Date</td></tr></table>", "a web page that is named like a spreadsheet"),
        (
            b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>",
            "an Excel workbook in the XML of 2003",
        ),
    ] {
        let error = read("may.xls", bytes).unwrap_err();
        assert!(error.contains(is) && error.contains(save), "{error}");
    }
}

#[test]
fn a_file_beyond_the_limit_is_refused_and_the_limit_can_be_raised() {
    let bytes = xls::xls(&[], vec![xls::number(0, 0, 0, 1.0)]);
    let limits = Limits { file_bytes: 1_024, ..Limits::default() };
    let options = DecodeOptions { limits, ..DecodeOptions::default() };
    let error = decode(&bytes, &options).unwrap_err().to_string();
    assert!(error.contains("raise the limit on purpose"), "{error}");
    let limits = Limits { file_bytes: 100 << 20, ..limits };
    assert!(decode(&bytes, &DecodeOptions { limits, ..options }).is_ok());
    assert_eq!(Limits::default().file_bytes, 50 << 20);
}
