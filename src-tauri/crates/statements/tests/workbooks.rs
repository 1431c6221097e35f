//! Excel workbooks, made here cell by cell.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{amounts, lines, read, said};
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use tieout_statements::{DecodeOptions, Format as FileFormat, Limits, ReadError, decode, needs_isolation, recognise};

fn statement() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let notes = workbook.add_worksheet().set_name("Notes").unwrap();
    notes.write_string(0, 0, "Exported for the auditor").unwrap();
    let sheet = workbook.add_worksheet().set_name("May").unwrap();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    sheet.write_string(0, 0, "Account statement").unwrap();
    for (column, name) in (0..).zip(["Date", "Value date", "Description", "Amount", "Balance", "Currency"]) {
        sheet.write_string(2, column, name).unwrap();
    }
    for (row, day_of_month, amount, balance) in [(3, 2, -238.0, 1_007.4), (4, 3, 5.149_999_999_999_999_5, 1_012.55)] {
        let date = ExcelDateTime::from_ymd(2024, 5, day_of_month).unwrap();
        sheet.write_datetime_with_format(row, 0, &date, &day).unwrap();
        sheet.write_number(row, 1, 45_413.0 + f64::from(row)).unwrap();
        sheet.write_string(row, 2, "Überweisung").unwrap();
        sheet.write_number(row, 3, amount).unwrap();
        sheet.write_number(row, 4, balance).unwrap();
        sheet.write_string(row, 5, "EUR").unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn typed_cells_are_read_exactly_from_the_sheet_with_the_header() {
    let bytes = statement();
    assert!(needs_isolation(&bytes));
    let table = common::table(&bytes);
    assert_eq!((table.format(), table.sheet()), (FileFormat::Xlsx, Some("May")));
    assert_eq!(table.sheets(), ["Notes", "May"]);
    assert_eq!((table.cell(0, 0), table.cell(1, 3), table.file_line(0)), ("2024-05-02", "5.15", 4));
    let (_, reading) = read(&bytes, None);
    assert_eq!(amounts(&reading), [-23_800, 515]);
    let line = lines(&reading).first().unwrap();
    assert_eq!(line.value_date.map(|date| date.to_string()), Some("2024-05-04".to_owned()));
    assert_eq!(reading.statements.first().map(|found| (found.proof.proved, found.proof.of)), Some((2, 2)));
}

#[test]
fn a_sheet_can_be_named() {
    let options = |name: &str| DecodeOptions { sheet: Some(name.to_owned()), ..DecodeOptions::default() };
    assert_eq!(decode(&statement(), &options("Notes")).unwrap().sheet(), Some("Notes"));
    let error = decode(&statement(), &options("June")).unwrap_err();
    assert_eq!(error.to_string(), "there is no sheet 'June' in this workbook; it has 'Notes', 'May'");
}

#[test]
fn numbers_keep_their_point_beside_texts_with_a_comma() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, name) in (0..).zip(["Datum", "Text", "Betrag"]) {
        sheet.write_string(0, column, name).unwrap();
    }
    for row in 1..4 {
        sheet.write_string(row, 0, "02.05.2024").unwrap();
        sheet.write_string(row, 1, "x").unwrap();
    }
    sheet.write_string(1, 2, "1.234,56").unwrap();
    sheet.write_number(2, 2, 1.5).unwrap();
    sheet.write_formula(3, 2, rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    let (_, reading) = read(workbook.save_to_buffer().unwrap(), None);
    assert_eq!(amounts(&reading), [123_456, 150]);
    assert_eq!(said(&reading), ["3/Betrag/#DIV/0!/an amount such as 1.234,56"]);
}

#[test]
fn a_far_cell_costs_nothing_and_is_refused_beyond_the_limit() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_string(0, 0, "Date").unwrap();
    sheet.write_string(1_048_575, 16_383, "far").unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    let error = decode(&bytes, &DecodeOptions::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a row is beyond the limit of 2000 columns (sheet 'Sheet1', cell XFD1048576); split the file into smaller ones"
    );
}

#[test]
fn what_an_archive_holds_is_counted_before_it_is_read() {
    let limits = Limits { inflated_bytes: 2_000, ..Limits::default() };
    let error = decode(&statement(), &DecodeOptions { limits, ..DecodeOptions::default() }).unwrap_err();
    assert!(matches!(error, ReadError::TooLarge { what: "the spreadsheet or archive", .. }), "{error}");
}

#[test]
fn an_empty_workbook_is_empty() {
    let bytes = {
        let mut workbook = Workbook::new();
        workbook.add_worksheet();
        workbook.save_to_buffer().unwrap()
    };
    assert_eq!(decode(&bytes, &DecodeOptions::default()), Err(ReadError::Empty));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_flipped_byte_is_answered(position: prop::sample::Index, value: u8) {
        let mut bytes = statement();
        *position.get_mut(&mut bytes) = value;
        if let Ok(table) = decode(&bytes, &DecodeOptions::default()) {
            recognise(&table, None);
        }
    }

    #[test]
    fn a_workbook_that_is_cut_off_is_damaged(cut: prop::sample::Index) {
        let mut bytes = statement();
        bytes.truncate(cut.index(bytes.len()).max(4));
        let damaged = matches!(decode(&bytes, &DecodeOptions::default()), Err(ReadError::Damaged { .. }));
        prop_assert!(damaged);
    }
}
