//! Excel workbooks of XML parts, cell by cell and never by range: a range allocates what a sheet claims to span.

use std::{collections::VecDeque, io::Cursor};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use quick_xml::events::Event;

use super::{
    Book, Sheet, at_sheet,
    cell::{moment, number_text, truth_text},
    grid::{Budget, Grid, Rows},
    package::{self, Package},
    xml::{Xml, attribute, is_set},
};
use tieout_domain::{Said, retold, said};

use crate::{
    Format, ReadError, Spot,
    decode::archive::{Archive, reason},
    value::words::cut,
};

pub(super) struct XlsxBook<'b> {
    archive: Archive<'b>,
    book: Xlsx<Cursor<&'b [u8]>>,
    sheets: Vec<Sheet>,
    /// Paths of the sheets' parts.
    paths: Vec<String>,
    uncalculated: bool,
}

impl<'b> XlsxBook<'b> {
    pub(super) fn open(bytes: &'b [u8], mut archive: Archive<'b>) -> Result<Self, ReadError> {
        let package = package::read(&mut archive)?;
        check_shared_texts(&mut archive, &package)?;
        let book = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        let (mut sheets, mut paths) = (Vec::new(), Vec::new());
        for (place, sheet) in book.sheets_metadata().iter().enumerate() {
            if sheet.typ == SheetType::WorkSheet {
                sheets.push(Sheet { name: sheet.name.clone(), hidden: sheet.visible != SheetVisible::Visible });
                paths.push(package.sheets.get(place).map(|(_, path)| path.clone()).unwrap_or_default());
            }
        }
        Ok(Self { archive, book, sheets, paths, uncalculated: package.uncalculated })
    }

    fn read_sheet(&mut self, place: usize, wanted: usize, budget: &mut Budget<'_>) -> Result<Rows, ReadError> {
        let mut grid = Grid::new(Format::Xlsx, wanted, budget);
        let (Some(sheet), Some(path)) = (self.sheets.get(place), self.paths.get(place)) else { return grid.finish() };
        let mut odd_errors = look_ahead(&mut self.archive, path, &mut grid)?;
        let mut cells = match self.book.worksheet_cells_reader(&sheet.name) {
            Ok(cells) => cells,
            Err(XlsxError::NotAWorksheet(_)) => return grid.finish(),
            Err(error) => return Err(damaged(&error)),
        };
        loop {
            let cell = match cells.next_cell_with_formula_metadata() {
                Ok(Some(cell)) => cell,
                Ok(None) => break,
                // It goes on after such a cell, whose place only the look ahead has.
                Err(XlsxError::CellError(text)) => match odd_errors.pop_front() {
                    Some((row, column)) if grid.push(row, column, &text, false)? => continue,
                    Some(_) => break,
                    None => return Err(damaged(&XlsxError::CellError(text))),
                },
                Err(error) => return Err(damaged(&error)),
            };
            let (row, column) = cell.pos;
            if cell.formula.is_some() && is_unresolved(&cell.value, self.uncalculated) {
                grid.unresolved(row, column)?;
            } else if !push(&mut grid, row, column, &cell.value)? {
                break;
            }
        }
        grid.finish()
    }
}

impl Book for XlsxBook<'_> {
    fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    fn read(&mut self, which: &[usize], wanted: usize, budget: &mut Budget<'_>) -> Result<Vec<Rows>, ReadError> {
        let read = |place: &usize| {
            let rows = self.read_sheet(*place, wanted, budget);
            rows.map_err(|error| at_sheet(error, self.sheets.get(*place)))
        };
        which.iter().map(read).collect()
    }
}

/// No result is stored; or a zero by a program that does not calculate and leaves that to whoever opens the file.
fn is_unresolved(value: &DataRef<'_>, uncalculated: bool) -> bool {
    match value {
        DataRef::Empty => true,
        DataRef::Int(number) => uncalculated && *number == 0,
        DataRef::Float(number) => uncalculated && *number == 0.0,
        DataRef::DateTime(moment) => uncalculated && moment.as_f64() == 0.0,
        _ => false,
    }
}

fn push(grid: &mut Grid<'_, '_>, row: u32, column: u32, value: &DataRef<'_>) -> Result<bool, ReadError> {
    let mut put = |text: &str, is_number| grid.push(row, column, text, is_number);
    match value {
        DataRef::Empty => Ok(true),
        DataRef::String(text) => put(text, false),
        DataRef::SharedString(text) => put(text, false),
        DataRef::Int(number) => put(&number.to_string(), true),
        DataRef::Float(number) => put(&number_text(*number), true),
        DataRef::Bool(truth) => put(truth_text(*truth), false),
        DataRef::DateTime(serial) => {
            let (text, is_number) = moment(serial);
            put(&text, is_number)
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => put(text.trim_end_matches("T00:00:00"), false),
        DataRef::Error(error) => put(&error.to_string(), false),
    }
}

/// Errors that the library knows; any other makes it stop.
const KNOWN_ERRORS: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];

/// Tells the grid which rows the sheet hides, as filters do, and answers where errors stand that the library does not
/// know, such as `#SPILL!`.
fn look_ahead(
    archive: &mut Archive<'_>,
    path: &str,
    grid: &mut Grid<'_, '_>,
) -> Result<VecDeque<(u32, u32)>, ReadError> {
    let mut errors = VecDeque::new();
    let Some(part) = archive.part(path)? else { return Ok(errors) };
    let mut xml = Xml::new(part);
    let (mut row, mut column) = (0_u32, 0_u32);
    // The cell that holds an error, and then the same while its value comes.
    let (mut error_at, mut value_of) = (None, None);
    while let Some(event) = xml.next()? {
        match event {
            Event::Start(element) => match element.local_name().as_ref() {
                "row" => {
                    let number = attribute(&element, "r").and_then(|number| number.trim().parse::<u32>().ok());
                    row = number.and_then(|number| number.checked_sub(1)).unwrap_or(row);
                    if is_set(&element, "hidden") {
                        grid.hide(row)?;
                    }
                }
                "c" if element.attributes_raw().contains('e') && attribute(&element, "t").as_deref() == Some("e") => {
                    let named = attribute(&element, "r").and_then(|name| cell_place(&name));
                    error_at = Some(named.unwrap_or((row, column)));
                }
                "v" => value_of = error_at.take(),
                _ => {}
            },
            Event::Text(text) => {
                let is_known = |text: &str| KNOWN_ERRORS.contains(&text);
                errors.extend(value_of.take().filter(|_| !is_known(&text.xml10_content())));
            }
            Event::End(element) => match element.local_name().as_ref() {
                "c" => (column, error_at, value_of) = (column.saturating_add(1), None, None),
                "row" => (row, column) = (row.saturating_add(1), 0),
                "sheetData" => break,
                _ => {}
            },
            _ => {}
        }
    }
    Ok(errors)
}

/// Row and column, 0-based, by a cell's name.
fn cell_place(name: &str) -> Option<(u32, u32)> {
    let digits = name.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, row) = name.split_at_checked(digits)?;
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        let value = u32::from(letter.to_ascii_uppercase().checked_sub(b'A').filter(|value| *value < 26)?) + 1;
        column.checked_mul(26)?.checked_add(value)
    })?;
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

/// The library reserves room for as many texts as the table of shared texts says it has.
fn check_shared_texts(archive: &mut Archive<'_>, package: &Package) -> Result<(), ReadError> {
    /// A text takes at least `<si/>`.
    const BYTES_MIN: u64 = 5;
    let Some(part) = archive.part(&format!("{}sharedStrings.xml", package.folder))? else { return Ok(()) };
    let size = part.size();
    let mut xml = Xml::new(part);
    while let Some(event) = xml.next()? {
        let Event::Start(element) = event else { continue };
        if element.local_name().as_ref() == "sst" {
            let claimed = attribute(&element, "uniqueCount").and_then(|count| count.trim().parse::<u128>().ok());
            return match claimed {
                Some(count) if count > u128::from(size / BYTES_MIN) => {
                    let detail = said!("damaged.claims", "its table of texts claims more of them than it can hold");
                    Err(ReadError::Damaged { what: "the spreadsheet", place: Spot::default(), detail })
                }
                _ => Ok(()),
            };
        }
    }
    Ok(())
}

fn damaged(error: &XlsxError) -> ReadError {
    match error {
        XlsxError::Password => super::password(),
        other => super::damaged(why(other)),
    }
}

/// What is wrong with a workbook. The library's own words go to the terminal: they are for those who know the format.
fn why(error: &XlsxError) -> Said {
    match error {
        XlsxError::Zip(error) => reason(error),
        XlsxError::Io(_) => retold!(error, "damaged.unpack"),
        XlsxError::FileNotFound(name) => retold!(error, "damaged.partMissing", name = name),
        XlsxError::RelationshipNotFound => retold!(error, "damaged.parts"),
        XlsxError::WorksheetNotFound(name) => retold!(error, "damaged.sheetMissing", name = name),
        XlsxError::Xml(_) | XlsxError::XmlAttr(_) | XlsxError::Encoding(_) | XlsxError::UnexpectedNode(_) => {
            retold!(error, "damaged.xml")
        }
        XlsxError::XmlEof(_) => retold!(error, "damaged.partCut"),
        XlsxError::CellError(text) | XlsxError::CellTAttribute(text) => {
            retold!(error, "damaged.cellKind", text = cut(text))
        }
        XlsxError::Alphanumeric(_)
        | XlsxError::NumericColumn(_)
        | XlsxError::RangeWithoutColumnComponent
        | XlsxError::RangeWithoutRowComponent
        | XlsxError::ColumnNumberOverflow
        | XlsxError::RowNumberOverflow
        | XlsxError::DimensionCount(_) => retold!(error, "damaged.cellName"),
        XlsxError::Parse(_) | XlsxError::ParseFloat(_) | XlsxError::ParseInt(_) => retold!(error, "damaged.cellValue"),
        XlsxError::Password
        | XlsxError::Vba(_)
        | XlsxError::Unexpected(_)
        | XlsxError::Unrecognized { .. }
        | XlsxError::TableNotFound(_)
        | XlsxError::NotAWorksheet(_)
        | XlsxError::PivotTableNotFound(_) => retold!(error, "damaged.workbook"),
    }
}
