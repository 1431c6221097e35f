//! Spreadsheets of every kind: values, hidden rows, formulas without results, several sheets.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing)]

mod common;
mod containers;

use std::io::Cursor;

use calamine::{Data, Reader};
use common::{amounts, read, said};
use containers::{ods, text_row, xls, xlsb, xlsx, xlsx_parts, zipped};
use tieout_statements::{DecodeOptions, Format, ReadError, Table, decode};

/// Header and rows of a table, cells joined by `|`.
fn shown(table: &Table) -> Vec<String> {
    let row = |row| (0..table.cell_count(row)).map(|column| table.cell(row, column)).collect::<Vec<_>>().join("|");
    std::iter::once(table.header().join("|")).chain((0..table.row_count()).map(row)).collect()
}

/// Notes as `line/text/why`.
fn notes(table: &Table) -> Vec<String> {
    table.notes().iter().map(|note| format!("{}/{}/{}", note.line, note.text, note.why)).collect()
}

fn table(bytes: &[u8]) -> Table {
    decode(bytes, &DecodeOptions::default()).unwrap()
}

const HEADER: [&str; 3] = ["Date", "Description", "Amount"];

fn header() -> String {
    text_row(1, &HEADER)
}

#[test]
fn hidden_rows_are_left_out_and_named() {
    let hidden = text_row(3, &["2024-05-02", "hidden", "2.00"]).replace("<row ", r#"<row hidden="1" "#);
    let rows = [header(), text_row(2, &["2024-05-01", "a", "1.00"]), hidden, text_row(4, &["2024-05-03", "b", "4.00"])];
    let table = table(&xlsx(&rows.concat()));
    assert_eq!(shown(&table), ["Date|Description|Amount", "2024-05-01|a|1.00", "2024-05-03|b|4.00"]);
    assert_eq!(table.file_line(1), 4);
    assert_eq!(
        notes(&table),
        ["3/3/rows hidden in the spreadsheet and left out (1 in all); unhide what is to be read"]
    );
}

#[test]
fn a_formula_without_a_result_is_blank_and_the_row_says_why() {
    let cells = r#"<c t="inlineStr"><is><t>2024-05-01</t></is></c><c t="inlineStr"><is><t>x</t></is></c>"#;
    let formula = |stored: &str| format!(r#"<row>{cells}<c><f>1+1</f>{stored}</c></row>"#);
    let rows = [header(), formula("<v></v>"), formula("<v>2</v>"), formula(""), formula("<v/>")].concat();
    let bytes = xlsx(&rows);
    let read_table = table(&bytes);
    assert_eq!(
        shown(&read_table),
        ["Date|Description|Amount", "2024-05-01|x", "2024-05-01|x|2", "2024-05-01|x", "2024-05-01|x"]
    );
    assert!(notes(&read_table)[0].starts_with("2/C2, C4, C5/formulas whose results are not stored (3 in all)"));
    let (_, reading) = read(&bytes, None);
    assert_eq!(amounts(&reading), [200]);
    let told = said(&reading);
    assert!(told.iter().any(|one| one.starts_with("1/Amount/C2/a stored result")), "{told:?}");
}

#[test]
fn a_zero_that_was_left_to_the_spreadsheet_program_is_no_result() {
    let rows = [header(), "<row><c><v>1</v></c><c><f>A2</f><v>0</v></c><c><f>A2</f><v>7</v></c></row>".to_owned()];
    let rows = rows.concat();
    let calculated = zipped(&xlsx_parts(&[("S", "", &rows)], "", None));
    assert_eq!(shown(&table(&calculated))[1], "1|0|7");
    let left = zipped(&xlsx_parts(&[("S", "", &rows)], r#"<calcPr fullCalcOnLoad="1"/>"#, None));
    assert_eq!(shown(&table(&left))[1], "1||7");
    assert!(notes(&table(&left))[0].starts_with("2/B2/formulas"));
}

fn month(day: &str, amount: &str) -> String {
    [header(), text_row(2, &[day, "x", amount])].concat()
}

#[test]
fn sheets_of_one_header_are_read_one_after_the_other() {
    let (may, june) = (month("2024-05-02", "1.00"), month("2024-06-02", "2.00"));
    let other = text_row(1, &["Remark"]);
    let hidden = r#"state="hidden""#;
    let sheets = [("Info", "", other.as_str()), ("May", "", &may), ("Old", hidden, &may), ("June", "", &june)];
    let bytes = zipped(&xlsx_parts(&sheets, "", None));
    let joined = table(&bytes);
    assert_eq!(shown(&joined), ["Date|Description|Amount", "2024-05-02|x|1.00", "2024-06-02|x|2.00"]);
    assert_eq!((joined.raw_row(1), joined.file_line(1)), ("2024-06-02\tx\t2.00", 2));
    assert_eq!((joined.sheet(), joined.sheets().len()), (Some("May"), 4));
    let sections: Vec<(&str, u32, u32)> =
        joined.sections().iter().map(|one| (one.number.as_str(), one.first_row, one.rows)).collect();
    assert_eq!(sections, [("May", 0, 1), ("June", 1, 1)]);
    let told = notes(&joined);
    assert!(told[0].starts_with("1/'May', 'June'/these 2 sheets have the same header"), "{told:?}");
    assert!(told[1].starts_with("1/Info/this sheet has another header"), "{told:?}");
    assert!(told[2].starts_with("1/Old/this sheet is hidden"), "{told:?}");

    let named = DecodeOptions { sheet: Some("June".to_owned()), ..DecodeOptions::default() };
    let june = decode(&bytes, &named).unwrap();
    assert_eq!((june.row_count(), june.sections().len(), june.sheet()), (1, 0, Some("June")));
}

#[test]
fn empty_columns_errors_and_merged_headers_are_read_as_they_stand() {
    let rows = concat!(
        r#"<row r="2"><c r="B2" t="inlineStr"><is><t>Statement of May</t></is></c><c r="C2"/><c r="D2"/></row>"#,
        r#"<row r="4"><c r="B4" t="inlineStr"><is><t>Date</t></is></c><c r="C4" t="inlineStr"><is><t>Text</t></is></c>"#,
        r#"<c r="D4"/><c r="E4" t="inlineStr"><is><t>Amount</t></is></c></row>"#,
        r#"<row r="5"><c r="B5" t="d"><v>2024-05-02T00:00:00</v></c><c r="C5" t="b"><v>1</v></c>"#,
        r##"<c r="E5" t="e"><v>#DIV/0!</v></c></row>"##,
        r#"<row r="6"><c r="B6" t="str"><f>x</f><v>2024-05-03</v></c><c r="C6" t="inlineStr"><is><r><t>a</t></r>"#,
        r#"<r><t xml:space="preserve"> &amp; b</t></r></is></c><c r="E6"><v>5.1499999999999995</v></c></row>"#,
    );
    let table = table(&xlsx(rows));
    assert_eq!(shown(&table), ["|Date|Text||Amount", "|2024-05-02|TRUE||#DIV/0!", "|2024-05-03|a & b||5.15"]);
    assert_eq!((table.header_line(), table.file_line(0)), (Some(4), 5));
}

#[test]
fn errors_of_newer_programs_are_read_as_they_stand() {
    let error = |place: &str, text: &str| format!(r#"<c {place} t="e"><f>x</f><v>{text}</v></c>"#);
    let rows = [
        header(),
        format!(
            "<row r=\"2\">{}{}{}</row>",
            error(r#"r="A2""#, "#SPILL!"),
            error(r#"r="B2""#, "#N/A"),
            error(r#"r="C2""#, "#CALC!")
        ),
        format!("<row r=\"3\">{}</row>", error("", "#FIELD!")),
        text_row(4, &["2024-05-02", "x", "1.00"]),
    ];
    let read = table(&xlsx(&rows.concat()));
    assert_eq!(shown(&read)[1..], ["#SPILL!|#N/A|#CALC!", "#FIELD!", "2024-05-02|x|1.00"]);
    let hidden = rows.concat().replace(r#"<row r="2">"#, r#"<row r="2" hidden="true">"#);
    assert_eq!(shown(&table(&xlsx(&hidden)))[1..], ["#FIELD!", "2024-05-02|x|1.00"]);
}

#[test]
fn open_document_cells_are_read_by_their_stored_values() {
    let cell = |attributes: &str, text: &str| {
        format!("<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>")
    };
    let names: String = HEADER.iter().map(|name| cell(r#"office:value-type="string""#, name)).collect();
    let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
    let tables = [
        r#"<table:table table:name="May"><table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#.to_owned(),
        row(&names),
        row(&[
            cell(r#"office:value-type="date" office:date-value="2024-05-02T00:00:00""#, "2 May"),
            r#"<table:table-cell office:value-type="string"><office:annotation><text:p>remark</text:p></office:annotation><text:p>a<text:s text:c="2"/>&lt;<text:span>b</text:span></text:p><text:p>c</text:p></table:table-cell>"#.to_owned(),
            cell(r#"office:value-type="currency" office:value="-1234.5""#, "-1.234,50 €"),
        ].concat()),
        r#"<table:table-row table:visibility="filter">"#.to_owned() + &cell(r#"office:value-type="string""#, "hidden") + "</table:table-row>",
        row(&[
            cell(r#"office:value-type="time" office:time-value="PT09H05M00S""#, "9:05"),
            cell(r#"office:value-type="boolean" office:boolean-value="true""#, "WAHR"),
            cell(r#"table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error""#, "#DIV/0!"),
        ].concat()),
        row(r#"<table:covered-table-cell/><table:table-cell/><table:table-cell table:formula="of:=1"/>"#),
        r#"<table:table-row table:number-rows-repeated="2">"#.to_owned() + &cell(r#"office:value-type="float" office:value="7" table:number-columns-repeated="3""#, "7") + "</table:table-row>",
        r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>"#.to_owned(),
    ];
    let read = table(&ods(&tables.concat()));
    assert_eq!(
        shown(&read),
        ["Date|Description|Amount", "2024-05-02|a  <b\nc|-1234.5", "09:05:00|TRUE|#DIV/0!", "7|7|7", "7|7|7"]
    );
    assert_eq!((read.format(), read.file_line(0), read.file_line(3)), (Format::Ods, 4, 9));
    let told = notes(&read);
    assert!(told[0].starts_with("5/5/rows hidden"), "{told:?}");
    assert!(told[1].starts_with("7/C7/formulas"), "{told:?}");
}

#[test]
fn old_workbooks_are_read_record_by_record() {
    let text = xls::wide("Überweisung");
    // The table of texts goes on in the middle of a word, where it changes to one byte a letter.
    let split = [&[5, 0, 1][..], &[b'D', 0, b'a', 0]].concat();
    let rest = [&[0][..], b"tum"].concat();
    let globals = [xls::shared_table(2, &[text, split, rest]), xls::record(0x0022, &[1, 0])];
    let cells = vec![
        xls::shared(0, 0, 1),
        xls::shared(0, 1, 0),
        // Out of order, as some programs write, and set twice: the last one counts.
        xls::number(2, 1, 0, 9.0),
        xls::number(1, 0, 1, 43_952.0),
        xls::number(1, 1, 0, 1.0),
        xls::rk(1, 1, ((-12_345_i32) << 2).cast_unsigned() | 3),
        xls::formula(2, 0, [0, 0, 0, 0, 0, 0, 0xff, 0xff], 0),
        xls::result("text"),
        xls::bool_err(2, 2, 0x2a, true),
        xls::hidden_row(3),
        xls::number(3, 0, 0, 99.0),
        xls::formula(4, 0, [0; 8], 3),
        xls::number(4, 1, 0, 2.5),
        xls::begin(0x20),
        xls::number(9, 9, 0, 8.0),
        xls::end(),
        xls::formula(5, 1, 3.5_f64.to_le_bytes(), 0),
    ];
    let bytes = xls::xls(&globals, cells);
    let read = table(&bytes);
    assert_eq!(read.format(), Format::Xls);
    assert_eq!(shown(&read), ["Datum|Überweisung", "2024-05-02|-123.45", "text|9|#N/A", "|2.5", "|3.5"]);
    let told = notes(&read);
    assert!(told[0].starts_with("4/4/rows hidden") && told[1].starts_with("5/A5/formulas"), "{told:?}");
}

#[test]
fn binary_workbooks_are_read_record_by_record() {
    let rows = [
        xlsb::row(0, false),
        xlsb::cell(7, 0, 0, &0_u32.to_le_bytes()),
        xlsb::short_cell(18, &1_u32.to_le_bytes()),
        xlsb::cell(6, 2, 0, &xlsb::text("Betrag")),
        xlsb::row(4, false),
        xlsb::cell(5, 0, 1, &45_414.0_f64.to_le_bytes()),
        xlsb::cell(8, 1, 0, &xlsb::text("=text")),
        xlsb::cell(2, 2, 0, &((-12_345_i32 << 2).cast_unsigned() | 3).to_le_bytes()),
        xlsb::row(5, true),
        xlsb::cell(5, 0, 0, &1.0_f64.to_le_bytes()),
        xlsb::row(6, false),
        xlsb::cell(11, 0, 0, &[7]),
        xlsb::cell(4, 1, 0, &[0]),
        xlsb::cell(62, 2, 0, &[&[0][..], &xlsb::text("rich")].concat()),
    ];
    let read = table(&xlsb::xlsb(&["Datum", "Wer"], false, &rows));
    assert_eq!((read.format(), read.sheet()), (Format::Xlsb, Some("May")));
    assert_eq!(shown(&read), ["Datum|Wer|Betrag", "2024-05-02|=text|-123.45", "#DIV/0!|FALSE|rich"]);
    assert_eq!(read.file_line(1), 7);
    assert!(notes(&read)[0].starts_with("6/6/rows hidden"));
    assert_eq!(table(&xlsb::xlsb(&["Datum", "Wer"], true, &rows)).cell(0, 0), "2028-05-03");
}

#[test]
fn protected_workbooks_are_named() {
    let encrypted = xls::compound(&[("EncryptionInfo", b"x"), ("EncryptedPackage", b"x")]);
    let old = xls::xls(&[xls::record(0x002f, &[0; 6])], Vec::new());
    let manifest =
        "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let open = zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", "\u{1}\u{2}"),
        ("META-INF/manifest.xml", manifest),
    ]);
    for bytes in [encrypted, old, open] {
        let error = decode(&bytes, &DecodeOptions::default()).unwrap_err();
        assert!(matches!(error, ReadError::Unsupported { what: "a workbook protected by a password", .. }), "{error}");
    }
}

#[test]
fn other_documents_in_the_same_containers_are_named() {
    for (bytes, what) in [
        (xls::compound(&[("WordDocument", b"x")]), "a Word document"),
        (xls::compound(&[("__properties_version1.0", b"x")]), "an Outlook message"),
        (zipped(&[("word/document.xml", "<x/>"), ("[Content_Types].xml", "<x/>")]), "a Word document"),
        (zipped(&[("mimetype", "application/vnd.oasis.opendocument.text")]), "an OpenDocument text"),
        (zipped(&[("a.csv", "x")]), "a ZIP archive that holds no spreadsheet"),
    ] {
        let error = decode(&bytes, &DecodeOptions::default()).unwrap_err().to_string();
        assert!(error.contains(what), "{error}");
    }
}

/// Every cell that calamine sees in an old workbook, we see, and as the same text or number.
#[track_caller]
fn agrees_with_calamine(bytes: &[u8]) {
    let mut other: calamine::Xls<_> = calamine::Xls::new(Cursor::new(bytes)).unwrap();
    for name in other.sheet_names() {
        let range = other.worksheet_range(&name).unwrap();
        let options = DecodeOptions { sheet: Some(name.clone()), ..DecodeOptions::default() };
        let Ok(table) = decode(bytes, &options) else {
            assert_eq!(
                range.used_cells().filter(|(.., cell)| !cell.to_string().trim().is_empty()).count(),
                0,
                "{name}"
            );
            continue;
        };
        let (first_row, first_column) = range.start().unwrap_or_default();
        let mut compared = 0;
        for (row, column, cell) in range.used_cells() {
            let line = first_row + u32::try_from(row).unwrap() + 1;
            let Some(row) = (0..table.row_count()).find(|row| table.file_line(*row) == line) else { continue };
            let ours = table.cell(row, first_column as usize + column);
            match cell {
                Data::Float(number) => assert!((ours.parse::<f64>().unwrap() - number).abs() < 1e-9, "{ours} {number}"),
                Data::String(text) if text.trim().is_empty() => assert_eq!(ours, ""),
                Data::String(text) => assert_eq!(ours, text),
                Data::DateTime(moment) => {
                    let (year, month, day, ..) = moment.to_ymd_hms_milli();
                    assert!(ours.starts_with(&format!("{year:04}-{month:02}-{day:02}")), "{ours}");
                }
                _ => {}
            }
            compared += 1;
        }
        assert!(compared > 0 || table.row_count() == 0, "nothing compared in {name}");
    }
}

#[test]
fn old_workbooks_of_others_read_as_calamine_reads_them() {
    let Ok(folder) = std::fs::read_dir("/work/shared/corpus/excel") else {
        return;
    };
    for file in folder.flatten() {
        if file.path().extension().is_some_and(|ending| ending == "xls") {
            agrees_with_calamine(&std::fs::read(file.path()).unwrap());
        }
    }
}
