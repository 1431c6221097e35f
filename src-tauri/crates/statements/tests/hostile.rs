//! Spreadsheets made to harm their reader. Each is refused, or read for what little it is, and soon.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;
mod containers;

use containers::{RawEntry, ods, raw_archive, squeezed, text_row, xls, xlsb, xlsx, xlsx_parts, zipped};
use proptest::prelude::*;
use tieout_statements::{DecodeOptions, Limits, Table, decode, recognise};

fn answer(bytes: &[u8]) -> Result<Table, String> {
    decode(bytes, &DecodeOptions::default()).map_err(|error| error.to_string())
}

#[track_caller]
fn check(bytes: &[u8], said: &str) {
    let error = answer(bytes).unwrap_err();
    assert!(error.contains(said), "{error} should contain {said}");
    assert!(!error.contains('\n'), "more than a line: {error}");
}

#[test]
fn two_cells_that_span_half_a_terabyte() {
    let rows = concat!(
        r#"<row r="1"><c r="A1"><v>1</v></c></row>"#,
        r#"<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#
    );
    let bytes = xlsx(rows);
    assert!(bytes.len() < 1_500);
    check(&bytes, "a row is beyond the limit of 2000 columns (sheet 'Sheet1', cell XFD1048576)");
    // Far down is no trouble: rows that are not there cost nothing.
    let far = xlsx(r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c></row>"#);
    assert_eq!(answer(&far).unwrap().row_count(), 1);
}

#[test]
fn cells_outside_every_sheet() {
    check(&xlsx(r#"<row r="1"><c r="ZZZZZZZZ1"><v>1</v></c></row>"#), "damaged");
    check(&xlsx(r#"<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>"#), "its cells are out of order");
    check(&xlsx(r#"<row r="4294967295"><c><v>1</v></c></row><row r="2"><c><v>1</v></c></row>"#), "out of order");
}

/// A workbook one of whose parts is `prefix` and then mebibytes of one byte.
fn bomb(part: &str, prefix: &str, byte: u8, mebibytes: usize) -> Vec<u8> {
    let mut entries: Vec<RawEntry> = xlsx_parts(&[("Sheet1", "", "")], "", None)
        .into_iter()
        .filter(|(name, _)| name != part)
        .map(|(name, text)| RawEntry { name: name.into_bytes(), data: squeezed(text.as_bytes(), 0, 0), flags: 0 })
        .collect();
    let data = squeezed(prefix.as_bytes(), byte, mebibytes);
    entries.insert(0, RawEntry { name: part.as_bytes().to_vec(), data, flags: 0 });
    raw_archive(&entries, false)
}

#[test]
fn gigabytes_of_zeros() {
    let bytes = bomb("xl/worksheets/sheet1.xml", "<worksheet><sheetData>", 0, 4_096);
    assert!(bytes.len() < 8 << 20);
    // A mebibyte of zeros takes 1 KB: far more than a hundred times as large as the file.
    check(&bytes, "MiB after decompression");
}

#[test]
fn many_parts_that_are_each_within_the_limit() {
    let limits = Limits { inflated_bytes: 40 << 20, inflated_entry_bytes: 16 << 20, ..Limits::default() };
    let mut entries = vec![("xl/workbook.xml".to_owned(), vec![b' '; 100])];
    entries.extend((0..4).map(|number| (format!("xl/{number}.xml"), vec![b' '; 12 << 20])));
    let error = decode(&zipped(&entries), &DecodeOptions { limits, ..DecodeOptions::default() }).unwrap_err();
    assert!(error.to_string().contains("MiB after decompression"), "{error}");
}

#[test]
fn one_long_text_in_every_cell() {
    let texts = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(30_000));
    let rows: String = (1..=20_000).map(|row| format!(r#"<row r="{row}"><c t="s"><v>0</v></c></row>"#)).collect();
    let bytes = zipped(&xlsx_parts(&[("Sheet1", "", &rows)], "", Some(&texts)));
    assert!(bytes.len() < 200_000);
    check(&bytes, "beyond the limit of 512 MiB of text");
    let wide: String = (0..100).map(|_| r#"<c t="s"><v>0</v></c>"#).collect();
    let wide = zipped(&xlsx_parts(&[("Sheet1", "", &format!("<row>{wide}</row>"))], "", Some(&texts)));
    check(&wide, "a row is beyond the limit of 1024 KiB");
}

#[test]
fn a_table_of_texts_that_claims_to_be_endless() {
    for claimed in ["18446744073709551615", "1000000000", "99999999999999999999999"] {
        let texts = format!(r#"<sst count="1" uniqueCount="{claimed}"><si><t>x</t></si></sst>"#);
        let bytes = zipped(&xlsx_parts(&[("Sheet1", "", &text_row(1, &["x"]))], "", Some(&texts)));
        check(&bytes, "its table of texts claims more of them than it can hold");
    }
}

#[test]
fn a_document_type_with_entities() {
    let laughs = concat!(
        r#"<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">"#,
        r#"<!ENTITY e SYSTEM "file:///etc/passwd">]>"#
    );
    for part in ["xl/workbook.xml", "xl/worksheets/sheet1.xml"] {
        let mut parts = xlsx_parts(&[("Sheet1", "", &text_row(1, &["&b;"]))], "", None);
        for (_, text) in parts.iter_mut().filter(|(name, _)| name == part) {
            *text = format!("{laughs}{}", text.replace(r#"<?xml version="1.0"?>"#, ""));
        }
        check(&zipped(&parts), &format!("its part '{part}' declares a document type"));
    }
    // Far behind the beginning, or not declared at all.
    let late = format!("{}{laughs}<worksheet><sheetData/></worksheet>", " ".repeat(10_000));
    let mut parts = xlsx_parts(&[("Sheet1", "", "")], "", None);
    parts.retain(|(name, _)| name != "xl/worksheets/sheet1.xml");
    parts.push(("xl/worksheets/sheet1.xml".to_owned(), late));
    check(&zipped(&parts), "declares a document type");
    check(&xlsx(&text_row(1, &["&b;"])), "damaged");
    check(
        &ods(
            r#"<table:table><table:table-row><table:table-cell><text:p>&b;</text:p></table:table-cell></table:table-row></table:table>"#,
        ),
        "the entity 'b'",
    );
}

#[test]
fn a_cell_repeated_in_a_repeated_row() {
    let table = |rows: u64, columns: u64, cell: &str| {
        format!(
            r#"<table:table table:name="S"><table:table-row table:number-rows-repeated="{rows}"><table:table-cell table:number-columns-repeated="{columns}" {cell}</table:table-cell></table:table-row></table:table>"#
        )
    };
    let text = r#"office:value-type="string"><text:p>x</text:p>"#;
    for rows in [1_048_576, u64::MAX] {
        let repeated = table(rows, 1_000, text);
        check(&ods(&repeated), "beyond the limit of 100000 repeated rows");
        let filtered = repeated.replace("<table:table-row ", r#"<table:table-row table:visibility="filter" "#);
        check(&ods(&filtered), "beyond the limit of 100000 repeated rows");
    }
    check(&ods(&table(50_000, 1_000, text)), "beyond the limit of 20000000 cells");
    check(&ods(&table(60_000, 1, text).repeat(3)), "beyond the limit of 100000 repeated rows");
    check(&ods(&table(1, u64::MAX, text)), "beyond the limit of 2000 columns");
    check(&ods(&table(1, u64::MAX, r#"table:formula="of:=1">"#)), "beyond the limit of 20000000 cells");
    let blank = table(u64::MAX, u64::MAX, ">");
    check(&ods(&blank), "the file is empty");
    let spaces = format!(r#"office:value-type="string"><text:p><text:s text:c="{}"/></text:p>"#, u64::MAX);
    check(&ods(&table(1, 1, &spaces)), "a row is beyond the limit of 1024 KiB");
}

#[test]
fn tables_in_cells_in_tables() {
    let deep = 20_000;
    let open = r#"<table:table table:name="S"><table:table-row><table:table-cell>"#.repeat(deep);
    let close = "</table:table-cell></table:table-row></table:table>".repeat(deep);
    check(&ods(&format!("{open}{close}")), "the file is empty");
}

#[test]
fn old_workbooks_that_claim_too_much() {
    // A sheet that says it spans all rows and columns, with a cell at either end.
    let dimensions = xls::record(0x0200, &[&[0; 4][..], &u32::MAX.to_le_bytes(), &[0, 0, 0xff, 0xff, 0, 0]].concat());
    let cells = vec![dimensions, xls::number(0, 0, 0, 1.0), xls::number(65_535, 255, 0, 2.0)];
    assert_eq!(answer(&xls::xls(&[], cells)).unwrap().file_line(0), 65_536);
    check(&xls::xls(&[], vec![xls::number(0, 65_535, 0, 1.0)]), "a cell stands in column 65536");
    check(&xls::xls(&[], vec![xls::shared(0, 0, 7)]), "a cell names a text that is not there");
    let endless = [xls::record(0x00fc, &[0xff; 8])];
    check(&xls::xls(&endless, vec![xls::shared(0, 0, 0)]), "a cell names a text that is not there");
    let letters = xls::wide(&"x".repeat(4_000));
    let cells = (0..65_535).flat_map(|row| (0..4).map(move |column| xls::shared(row, column, 0))).collect();
    check(&xls::xls(&[xls::shared_table(1, &[letters])], cells), "beyond the limit of 512 MiB of text");
}

#[test]
fn a_thousand_sheets_in_one_place() {
    let stream = xls::stream(&[], &vec![("S", 0, vec![xls::number(0, 0, 0, 1.0)]); 1_500]);
    check(&xls::compound(&[("Workbook", &stream)]), "beyond the limit of 1000 sheets");
}

fn samples() -> Vec<Vec<u8>> {
    let rows = [
        text_row(1, &["Date", "Description", "Amount"]),
        text_row(2, &["2024-05-02", "a", "1.00"]),
        r#"<row r="3"><c r="A3"><v>45000</v></c><c r="B3" t="s"><v>0</v></c><c r="C3"><f>1</f><v>2</v></c></row>"#
            .to_owned(),
    ];
    let texts = "<sst uniqueCount=\"1\"><si><t>shared</t></si></sst>";
    let xlsx = zipped(&xlsx_parts(&[("May", "", &rows.concat())], "", Some(texts)));
    let cell = |value: &str| format!("<table:table-cell {value}</table:table-cell>");
    let open = ods(&format!(
        r#"<table:table table:name="S"><table:table-row>{}{}</table:table-row><table:table-row table:number-rows-repeated="2">{}{}</table:table-row></table:table>"#,
        cell(r#"office:value-type="string"><text:p>Date</text:p>"#),
        cell(r#"office:value-type="string"><text:p>Amount</text:p>"#),
        cell(r#"office:value-type="date" office:date-value="2024-05-02">"#),
        cell(r#"office:value-type="float" office:value="1.5" table:number-columns-repeated="2">"#),
    ));
    let globals = [xls::shared_table(2, &[xls::wide("Date"), xls::wide("Amount")])];
    let old = vec![
        xls::shared(0, 0, 0),
        xls::shared(0, 1, 1),
        xls::hidden_row(4),
        xls::number(1, 0, 1, 45_000.0),
        xls::rk(1, 1, 6),
        xls::formula(2, 0, [0, 0, 0, 0, 0, 0, 0xff, 0xff], 0),
        xls::result("text"),
    ];
    let binary = [
        xlsb::row(0, false),
        xlsb::cell(7, 0, 0, &0_u32.to_le_bytes()),
        xlsb::cell(6, 1, 0, &xlsb::text("Amount")),
        xlsb::row(1, false),
        xlsb::cell(5, 0, 1, &45_414.0_f64.to_le_bytes()),
        xlsb::cell(2, 1, 0, &6_u32.to_le_bytes()),
    ];
    vec![xlsx, open, xls::xls(&globals, old), xlsb::xlsb(&["Date"], false, &binary)]
}

#[test]
fn samples_are_whole() {
    for sample in samples() {
        assert!(answer(&sample).unwrap().row_count() >= 1);
    }
}

#[test]
fn files_cut_off_anywhere_are_answered() {
    for sample in samples() {
        for end in 0..sample.len() {
            let _ = answer(sample.get(..end).unwrap());
        }
    }
}

/// The samples with their parts uncompressed and unchecked would be another format; so damage is done to the parts.
fn damaged_part(sample: usize, part: prop::sample::Index, position: prop::sample::Index, value: u8) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(samples().swap_remove(sample))).unwrap();
    let mut entries: Vec<(String, Vec<u8>)> = (0..archive.len())
        .map(|place| {
            let mut entry = archive.by_index(place).unwrap();
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
            (entry.name().unwrap().into_owned(), bytes)
        })
        .collect();
    let (_, bytes) = part.get_mut(&mut entries);
    *position.get_mut(bytes) = value;
    zipped(&entries)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_changed_byte_is_answered(sample in 0_usize..4, position: prop::sample::Index, value: u8) {
        let mut bytes = samples().swap_remove(sample);
        *position.get_mut(&mut bytes) = value;
        if let Ok(table) = answer(&bytes) {
            recognise(&table, None);
        }
    }

    #[test]
    fn a_changed_byte_within_a_part_is_answered(
        sample in prop::sample::select(vec![0_usize, 1, 3]),
        part: prop::sample::Index,
        position: prop::sample::Index,
        value: u8,
    ) {
        if let Ok(table) = answer(&damaged_part(sample, part, position, value)) {
            recognise(&table, None);
        }
    }

    #[test]
    fn changed_bytes_within_an_old_workbook_are_answered(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let globals = [xls::shared_table(2, &[xls::wide("Date"), xls::wide("Amount")])];
        let cells = vec![xls::shared(0, 0, 0), xls::shared(0, 1, 1), xls::number(1, 0, 1, 45_000.0), xls::rk(1, 1, 6)];
        let mut stream = xls::stream(&globals, &[("Sheet1", 0, cells)]);
        for (position, value) in changes {
            *position.get_mut(&mut stream) = value;
        }
        if let Ok(table) = answer(&xls::compound(&[("Workbook", &stream)])) {
            recognise(&table, None);
        }
    }
}
