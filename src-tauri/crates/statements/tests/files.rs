//! Files that are damaged, foreign or hostile get a clear answer; those that are fine come through a pipe unchanged.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{read, table};
use proptest::prelude::*;
use tieout_domain::Side;
use tieout_statements::{DecodeOptions, Limits, ReadError, Table, decode, recognise};

fn refused(bytes: &[u8]) -> String {
    decode(bytes, &DecodeOptions::default()).unwrap_err().to_string()
}

#[test]
fn what_is_no_table_is_named() {
    for (bytes, words) in [
        (&b""[..], "the file is empty"),
        (b" \r\n\t\n", "the file is empty"),
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"<!DOCTYPE html><html></html>", "a web page"),
        (b"<?xml version=\"1.0\"?><Document/>", "an XML file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "the spreadsheet is damaged: its container is broken"),
        (b"OFXHEADER:100\nDATA:OFXSGML\n", "the OFX file is damaged"),
        (b"!Type:Bank\nD1/1/2024\n", "the QIF file is damaged"),
        (b":20:START\n:25:NL\n", "an MT940 message"),
        (b"abc\x00\x01\x02def", "position 3 holds a byte that no text has"),
        (b"\x01\x02\x03\x04 abc", "position 0 holds a byte that no text has"),
        (b"PK\x03\x04 garbage", "the spreadsheet or archive is damaged"),
    ] {
        let said = refused(bytes);
        assert!(said.contains(words), "{said} should contain {words}");
    }
}

#[test]
fn a_file_beyond_the_limit_is_refused_whole() {
    let limits = Limits { rows: 2, ..Limits::default() };
    let options = DecodeOptions { limits, ..DecodeOptions::default() };
    let error = decode(b"Date,Amount\n2024-01-01,1\n2024-01-02,2\n", &options).unwrap_err();
    assert_eq!(error.to_string(), "the file is beyond the limit of 2 rows (line 3); split the file into smaller ones");
}

#[test]
fn a_header_without_rows_is_an_empty_statement() {
    let (_, reading) = read("\"Date\",\"Label\",\"Currency\",\"Amount\"\n", None);
    assert_eq!((reading.rows_read, reading.records.len()), (0, 0));
}

fn piped(table: &Table) -> Result<Table, ReadError> {
    let mut bytes = Vec::new();
    table.write_to(&mut bytes).unwrap();
    Table::read_from(bytes.as_slice())
}

#[test]
fn a_table_comes_through_a_pipe_unchanged() {
    let table = table("preamble\nDate;Text;Betrag\n01.02.2024;\"a \"\"b\"\" ü\";-1,50\n02.02.2024;c;2,50\n");
    assert_eq!(piped(&table), Ok(table));
}

#[test]
fn a_pipe_is_not_trusted() {
    let mut bytes = Vec::new();
    table("Date,Text,Amount\n2024-01-01,ä,1.00\n").write_to(&mut bytes).unwrap();
    for position in 0..bytes.len() {
        assert!(Table::read_from(&bytes[..position]).is_err(), "cut off at {position}");
        for value in [0x00, 0x01, 0x7f, 0xff] {
            let mut changed = bytes.clone();
            changed[position] = value;
            if let Ok(table) = Table::read_from(changed.as_slice()) {
                for row in 0..table.row_count() {
                    let _ = (table.raw_row(row), table.cell(row, 0), table.cell(row, usize::MAX));
                }
            }
        }
    }
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zA-Zäß0-9 .;|\"',]{0,12}", "[a-z\"]{0,4}\n[a-z,]{0,4}"]
}

proptest! {
    #[test]
    fn written_as_csv_and_read_back(
        rows in prop::collection::vec(prop::collection::vec(cell(), 3), 1..20),
        delimiter in prop::sample::select(vec![b',', b';', b'\t', b'|']),
    ) {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        writer.write_record(["Date", "Amount", "Text", "Reference", "Note"]).unwrap();
        for row in &rows {
            writer.write_record(["2024-01-01", "1.00"].into_iter().chain(row.iter().map(String::as_str))).unwrap();
        }
        let table = table(writer.into_inner().unwrap());
        prop_assert_eq!(table.row_count(), rows.len());
        for (number, row) in rows.iter().enumerate() {
            let cells: Vec<&str> = (2..5).map(|column| table.cell(number, column)).collect();
            prop_assert_eq!(&cells, row);
        }
    }

    #[test]
    fn any_bytes_are_answered(bytes: Vec<u8>) {
        answer(&bytes);
    }

    #[test]
    fn a_flipped_or_missing_byte_is_answered(position in 0_usize..400, value: u8, cut in 0_usize..400) {
        let text = "Umsatzanzeige;Datei\n\nBuchung;Valuta;Auftraggeber/Empfänger;Buchungstext;Betrag;Saldo;Währung\n\
            09.12.2025;09.12.2025;VISA \"Firma\";\"Last;schrift\";-13,98;1.000,00;EUR\n\
            08.12.2025;08.12.2025;Zintel;Dauerauftrag;-1.200,00;1.013,98;EUR\nSumme;;;;-1.213,98;;\n";
        let mut bytes = text.as_bytes().to_vec();
        if let Some(byte) = bytes.get_mut(position) {
            *byte = value;
        }
        answer(&bytes);
        bytes.truncate(cut);
        answer(&bytes);
    }
}

/// The whole way, for its not panicking.
fn answer(bytes: &[u8]) {
    let Ok(table) = decode(bytes, &DecodeOptions::default()) else { return };
    assert_eq!(piped(&table).as_ref(), Ok(&table));
    for side in [Side::Statement, Side::Ledger] {
        let found = recognise(&table, Some(side));
        if let Ok(reading) = common::interpret_all(&table, side, &found.mapping) {
            let records = u32::try_from(reading.records.len()).unwrap();
            assert_eq!(records + reading.rows_rejected + reading.rows_skipped, reading.rows_read);
        }
    }
}
