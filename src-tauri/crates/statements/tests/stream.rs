//! A long file that is gone through piece by piece says the same as one that is held as a whole.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::ops::ControlFlow;

use common::defaults;
use proptest::prelude::*;
use tieout_domain::Side;
use tieout_statements::{DateOrder, DecodeOptions, Document, ReadError, Reading, Records};

fn read(text: &[u8], options: &DecodeOptions) -> Result<(Records, Reading), ReadError> {
    let source = text.to_vec();
    let document = Document::open(&source, options)?;
    let found = document.recognise(Some(Side::Statement));
    let mut lines = Vec::new();
    let reading = document.read(
        &source,
        found.side,
        &found.mapping,
        &defaults(),
        &|_, _| ControlFlow::Continue(()),
        &mut |records| {
            if let Records::Statement(read) = records {
                lines.extend(read);
            }
            Ok(())
        },
    )?;
    Ok((Records::Statement(lines), reading))
}

fn pieces(block_bytes: usize) -> DecodeOptions {
    DecodeOptions { whole_bytes: 0, block_bytes, ..DecodeOptions::default() }
}

#[track_caller]
fn check(text: impl AsRef<[u8]>) {
    let whole = read(text.as_ref(), &DecodeOptions::default());
    for block_bytes in [1, 7, 64, 1000] {
        assert_eq!(read(text.as_ref(), &pieces(block_bytes)), whole, "{block_bytes}");
    }
}

#[test]
fn rows_quotes_and_line_ends_may_be_cut_anywhere() {
    check(
        "Date,Text,Amount,Balance\r\n2024-05-01,\"a, b\",1.00,11.00\r\n\r\n2024-05-02,\"two\r\nlines \"\"x\"\"\",-2.00,9.00\r\n",
    );
    check("Kontoauszug;;\nDatum;Text;Betrag\n01.02.2024;Müller & Söhne;-1.234,56\nx;y;z\n02.02.2024;Ü;2,00");
    check("Date,Text,Amount\n2024-05-01,\"open,1.00\n2024-05-02,b,2.00\n2024-05-03,c,3.00\n");
    let utf16: Vec<u8> =
        "Datum;Betrag\n01.02.2024;-1,50\n02.02.2024;ü;2,50\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check([b"\xff\xfe", utf16.as_slice()].concat());
    let (western, ..) = encoding_rs::WINDOWS_1252
        .encode("Datum;Empfänger;Betrag\n01.02.2024;Bäckerei Größ;-3,20\n02.02.2024;Café;-3,20\n");
    check(western);
}

#[test]
fn what_no_file_could_be_is_refused_alike() {
    for text in [&b"%PDF-1.4 x"[..], b"Date,Am\0ount\n", b"  \n "] {
        assert_eq!(read(text, &pieces(16)).map(|_| ()), read(text, &DecodeOptions::default()).map(|_| ()));
    }
}

/// A day above twelve stands far down the file, and decides for all of it.
#[test]
fn one_telling_row_in_a_long_file_decides() {
    let mut text = "Date;Text;Amount\n".to_owned();
    for row in 0..30_000 {
        text.push_str(&format!("{:02}/{:02}/2024;row {row};1,00\n", row % 12 + 1, row % 11 + 1));
    }
    text.push_str("03/25/2024;the last;1,00\n");
    let source = text.into_bytes();
    let options = DecodeOptions { whole_bytes: 0, block_bytes: 100_000, ..DecodeOptions::default() };
    let document = Document::open(&source, &options).unwrap();
    assert!(document.is_streamed());
    assert_eq!(document.rows(), 30_001);
    assert_eq!(document.recognise(None).mapping.date_order, DateOrder::MonthDayYear);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_rows_in_any_blocks(
        rows in prop::collection::vec((1_u8..29, "[a-zü\"; ,]{0,12}", -99_999_i64..99_999), 1..40),
        block_bytes in 1_usize..300,
    ) {
        let mut text = "Date;Text;Amount\n".to_owned();
        for (day, words, cents) in rows {
            text.push_str(&format!("2024-01-{day:02};\"{}\";{}.{:02}\n", words.replace('"', "\"\""), cents / 100, cents.abs() % 100));
        }
        let whole = read(text.as_bytes(), &DecodeOptions::default());
        prop_assert_eq!(read(text.as_bytes(), &pieces(block_bytes)), whole);
    }
}
