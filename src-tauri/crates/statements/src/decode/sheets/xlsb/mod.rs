//! Binary Excel workbooks (BIFF12 parts in a ZIP package), record by record.
//!
//! calamine reads a record that is too short from what the one before left behind, and passes over formulas that end in
//! an error; and it does not say which rows are hidden.

mod records;

use std::collections::HashMap;

use super::{
    Book, Sheet, at_sheet,
    cell::{Shown, error_text, short_number, truth_text},
    damaged,
    grid::{Budget, Grid, Rows},
    package::{full_path, relationships},
};
use tieout_domain::said;

use crate::{Format, Limits, ReadError, Spot, decode::archive::Archive, limit};
use records::{Records, byte_at, cut_off, number_at, text_at, u16_at, u32_at};

/// Record types, as \[MS-XLSB\] numbers them.
mod kind {
    pub(super) const ROW: u16 = 0;
    pub(super) const SHORT_BLANK: u16 = 12;
    pub(super) const SHORT_LAST: u16 = 18;
    pub(super) const SHARED_TEXT: u16 = 19;
    pub(super) const FORMAT: u16 = 44;
    pub(super) const CELL_FORMAT: u16 = 47;
    pub(super) const RICH_TEXT: u16 = 62;
    pub(super) const SHEET_DATA_END: u16 = 146;
    pub(super) const WORKBOOK_PROPERTIES: u16 = 153;
    pub(super) const SHEET: u16 = 156;
    pub(super) const CELL_FORMATS_BEGIN: u16 = 617;
    pub(super) const CELL_FORMATS_END: u16 = 618;
}

/// Columns that a sheet can have.
const COLUMNS: u32 = 16_384;

pub(super) struct XlsbBook<'b> {
    archive: Archive<'b>,
    sheets: Vec<Sheet>,
    paths: Vec<String>,
    contents: Contents,
}

/// What the cells of all sheets refer to.
#[derive(Default)]
struct Contents {
    texts: Vec<Box<str>>,
    shown: Vec<Shown>,
    from_1904: bool,
}

impl<'b> XlsbBook<'b> {
    pub(super) fn open(mut archive: Archive<'b>, limits: &Limits) -> Result<Self, ReadError> {
        let contents = Contents {
            texts: shared_texts(&mut archive, limits)?,
            shown: cell_formats(&mut archive)?,
            from_1904: false,
        };
        let mut book = Self { archive, sheets: Vec::new(), paths: Vec::new(), contents };
        book.read_workbook()?;
        Ok(book)
    }

    fn read_workbook(&mut self) -> Result<(), ReadError> {
        let targets = relationships(&mut self.archive, "xl/_rels/workbook.bin.rels")?;
        let Some(part) = self.archive.part("xl/workbook.bin")? else { return Err(cut_off()) };
        let mut records = Records::new(part);
        while let Some((kind, data)) = records.next()? {
            match kind {
                kind::WORKBOOK_PROPERTIES => self.contents.from_1904 = byte_at(data, 0)? & 1 != 0,
                kind::SHEET => {
                    let hidden = u32_at(data, 0)? & 3 != 0;
                    if u32_at(data, 8)? == u32::MAX {
                        continue;
                    }
                    let (id, next) = text_at(data, 8)?;
                    let (name, _) = text_at(data, next)?;
                    let path = targets.get(&id).map(|target| full_path("xl/", target)).unwrap_or_default();
                    // Charts, macros and dialogs hold no cells.
                    if path.contains("/worksheets/") {
                        self.sheets.push(Sheet { name, hidden });
                        self.paths.push(path);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn read_sheet(&mut self, place: usize, wanted: usize, budget: &mut Budget<'_>) -> Result<Rows, ReadError> {
        let path = self.paths.get(place).map(String::as_str).unwrap_or_default();
        let part =
            self.archive.part(path)?.ok_or_else(|| damaged(said!("damaged.noPart", "the sheet's part is missing")))?;
        let mut records = Records::new(part);
        let mut grid = Grid::new(Format::Xlsb, wanted, budget);
        let (mut row, mut column) = (None, None);
        while let Some((kind, data)) = records.next()? {
            match kind {
                kind::SHEET_DATA_END => break,
                kind::ROW => {
                    const HIDDEN: u8 = 0x10;
                    let number = u32_at(data, 0)?;
                    (row, column) = (Some(number), None);
                    if byte_at(data, 11)? & HIDDEN != 0 {
                        grid.hide(number)?;
                    }
                }
                1..=kind::SHORT_LAST | kind::RICH_TEXT => {
                    let cell = Cell::of(kind, data, column)?;
                    let row = row.ok_or_else(|| damaged(said!("damaged.noRow", "a cell stands outside the rows")))?;
                    column = Some(cell.column);
                    if !self.contents.push(&mut grid, row, &cell)? {
                        break;
                    }
                }
                _ => {}
            }
        }
        grid.finish()
    }
}

impl Book for XlsbBook<'_> {
    fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    fn read(&mut self, which: &[usize], wanted: usize, budget: &mut Budget<'_>) -> Result<Vec<Rows>, ReadError> {
        let mut read = Vec::with_capacity(which.len());
        for place in which {
            let rows = self.read_sheet(*place, wanted, budget);
            read.push(rows.map_err(|error| at_sheet(error, self.sheets.get(*place)))?);
        }
        Ok(read)
    }
}

/// A cell's record, taken apart.
struct Cell<'r> {
    /// The type that the record would have if it named its column.
    kind: u16,
    column: u32,
    format: usize,
    value: &'r [u8],
}

impl<'r> Cell<'r> {
    fn of(kind: u16, data: &'r [u8], before: Option<u32>) -> Result<Self, ReadError> {
        let is_short = (kind::SHORT_BLANK..=kind::SHORT_LAST).contains(&kind);
        let (kind, column, rest) = match (is_short, before) {
            // Without a column of its own it follows the cell before.
            (true, Some(before)) => (kind - kind::SHORT_BLANK + 1, before.saturating_add(1), data),
            (true, None) => (kind - kind::SHORT_BLANK + 1, 0, data),
            (false, _) => (kind, u32_at(data, 0)?, data.get(4..).unwrap_or_default()),
        };
        if column >= COLUMNS {
            return Err(damaged(said!(
                "damaged.column",
                "a cell stands in column {column}; such files have {most}",
                column = u64::from(column) + 1,
                most = COLUMNS
            )));
        }
        let format = (u32_at(rest, 0)? & 0x00ff_ffff) as usize;
        Ok(Self { kind, column, format, value: rest.get(4..).unwrap_or_default() })
    }
}

impl Contents {
    fn push(&self, grid: &mut Grid<'_, '_>, row: u32, cell: &Cell<'_>) -> Result<bool, ReadError> {
        let value = cell.value;
        let number = |grid: &mut Grid<'_, '_>, number| {
            let (text, is_number) =
                self.shown.get(cell.format).copied().unwrap_or_default().text(number, self.from_1904);
            grid.push(row, cell.column, &text, is_number)
        };
        match cell.kind {
            2 => number(grid, short_number(u32_at(value, 0)?)),
            5 | 9 => number(grid, number_at(value, 0)?),
            3 | 11 => grid.push(row, cell.column, error_text(byte_at(value, 0)?), false),
            4 | 10 => grid.push(row, cell.column, truth_text(byte_at(value, 0)? != 0), false),
            6 | 8 => grid.push(row, cell.column, &text_at(value, 0)?.0, false),
            kind::RICH_TEXT => grid.push(row, cell.column, &text_at(value, 1)?.0, false),
            7 => {
                let text = self.texts.get(u32_at(value, 0)? as usize);
                let text =
                    text.ok_or_else(|| damaged(said!("damaged.noText", "a cell names a text that is not there")))?;
                grid.push(row, cell.column, text, false)
            }
            _ => Ok(true),
        }
    }
}

fn shared_texts(archive: &mut Archive<'_>, limits: &Limits) -> Result<Vec<Box<str>>, ReadError> {
    let (mut texts, mut left) = (Vec::new(), limits.sheet_text_bytes);
    let Some(part) = archive.part("xl/sharedStrings.bin")? else { return Ok(texts) };
    let mut records = Records::new(part);
    while let Some((kind, data)) = records.next()? {
        if kind == kind::SHARED_TEXT {
            let (text, _) = text_at(data, 1)?;
            left = left.checked_sub(text.len() + size_of::<Box<str>>()).ok_or_else(|| ReadError::TooLarge {
                what: "the spreadsheet",
                limit: limit::text(limits.sheet_text_bytes),
                place: Spot::default(),
            })?;
            texts.push(text.into());
        }
    }
    Ok(texts)
}

fn cell_formats(archive: &mut Archive<'_>) -> Result<Vec<Shown>, ReadError> {
    let (mut codes, mut shown, mut of_cells) = (HashMap::new(), Vec::new(), false);
    let Some(part) = archive.part("xl/styles.bin")? else { return Ok(shown) };
    let mut records = Records::new(part);
    while let Some((kind, data)) = records.next()? {
        match kind {
            kind::FORMAT => {
                codes.insert(u16_at(data, 0)?, Shown::of_code(&text_at(data, 2)?.0));
            }
            kind::CELL_FORMATS_BEGIN => of_cells = true,
            kind::CELL_FORMATS_END => break,
            kind::CELL_FORMAT if of_cells => {
                let number = u16_at(data, 2)?;
                shown.push(codes.get(&number).copied().unwrap_or_else(|| Shown::of_builtin(number)));
            }
            _ => {}
        }
    }
    Ok(shown)
}
