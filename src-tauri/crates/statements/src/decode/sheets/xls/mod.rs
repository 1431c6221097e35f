//! Excel workbooks of 1993 to 2003 (BIFF5 and BIFF8), record by record.
//!
//! calamine reads these by building every sheet's whole range when it opens the file, before anything can be capped.

mod records;
mod texts;

use super::{
    Book, Sheet, at_sheet,
    cell::{Shown, error_text, short_number, truth_text},
    damaged,
    grid::{Budget, Grid, Rows},
    password,
};
use tieout_domain::said;

use crate::{Format, Limits, ReadError, Spot, limit};
use records::{Record, Records, u16_at, u32_at};
use texts::{Alphabet, SharedTexts};

/// Record types, as \[MS-XLS\] numbers them.
mod kind {
    pub(super) const FORMULA: [u16; 3] = [0x0006, 0x0206, 0x0406];
    pub(super) const EOF: u16 = 0x000a;
    pub(super) const DATE_1904: u16 = 0x0022;
    pub(super) const FILE_PASS: u16 = 0x002f;
    pub(super) const CODE_PAGE: u16 = 0x0042;
    pub(super) const BOUND_SHEET: u16 = 0x0085;
    pub(super) const MUL_RK: u16 = 0x00bd;
    pub(super) const RICH_STRING: u16 = 0x00d6;
    pub(super) const XF: u16 = 0x00e0;
    pub(super) const SST: u16 = 0x00fc;
    pub(super) const LABEL_SST: u16 = 0x00fd;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const LABEL: u16 = 0x0204;
    pub(super) const BOOL_ERR: u16 = 0x0205;
    pub(super) const STRING: u16 = 0x0207;
    pub(super) const ROW: u16 = 0x0208;
    pub(super) const RK: u16 = 0x027e;
    pub(super) const FORMAT: u16 = 0x041e;
    pub(super) const BOF: u16 = 0x0809;
}

/// Columns that these workbooks can have.
const COLUMNS: u16 = 256;

pub(super) struct XlsBook {
    stream: Vec<u8>,
    sheets: Vec<Sheet>,
    /// Where in the stream each sheet begins.
    starts: Vec<usize>,
    texts: SharedTexts,
    alphabet: Alphabet,
    /// How numbers of each cell format are shown.
    shown: Vec<Shown>,
    from_1904: bool,
}

impl XlsBook {
    pub(super) fn open(stream: &[u8], limits: &Limits) -> Result<Self, ReadError> {
        let mut book = Self {
            stream: stream.to_vec(),
            sheets: Vec::new(),
            starts: Vec::new(),
            texts: SharedTexts::default(),
            alphabet: Alphabet::default(),
            shown: Vec::new(),
            from_1904: false,
        };
        let (mut codes, mut formats) = (std::collections::HashMap::new(), Vec::new());
        let mut records = Records::new(stream, 0);
        let first = records.next()?.filter(|record| record.kind == kind::BOF);
        let first =
            first.ok_or_else(|| damaged(said!("damaged.noBeginning", "its workbook does not begin like one")))?;
        book.alphabet.wide = match u16_at(first.data, 0)? {
            0x0600 => true,
            0x0500 => false,
            _ => return Err(damaged(said!("damaged.version", "its workbook is of a version that was never sold"))),
        };
        while let Some(record) = records.next()? {
            match record.kind {
                kind::EOF => break,
                kind::FILE_PASS => return Err(password()),
                kind::CODE_PAGE => book.alphabet.set_code_page(u16_at(record.data, 0)?),
                kind::DATE_1904 => book.from_1904 = u16_at(record.data, 0)? == 1,
                kind::FORMAT => {
                    let skip = if book.alphabet.wide { 2 } else { 1 };
                    let code = book.alphabet.text(record.data, 2, skip)?;
                    codes.insert(u16_at(record.data, 0)?, Shown::of_code(&code));
                }
                kind::XF => formats.push(u16_at(record.data, 2)?),
                kind::BOUND_SHEET => book.add_sheet(&record)?,
                kind::SST => book.texts = SharedTexts::read(&record, limits)?,
                _ => {}
            }
        }
        let shown = |number: &u16| codes.get(number).copied().unwrap_or_else(|| Shown::of_builtin(*number));
        book.shown = formats.iter().map(shown).collect();
        Ok(book)
    }

    fn add_sheet(&mut self, record: &Record<'_>) -> Result<(), ReadError> {
        let state = u16_at(record.data, 4)?;
        let [visibility, kind] = state.to_le_bytes();
        // Charts, macros and dialogs hold no cells.
        if kind == 0 {
            self.starts.push(u32_at(record.data, 0)? as usize);
            let name = self.alphabet.text(record.data, 6, 1)?;
            self.sheets.push(Sheet { name, hidden: visibility & 3 != 0 });
        }
        Ok(())
    }

    fn read_sheet(&self, place: usize, wanted: usize, budget: &mut Budget<'_>) -> Result<Rows, ReadError> {
        let start = self.starts.get(place).copied().unwrap_or(usize::MAX);
        let mut sheet = SheetCells::default();
        self.collect(start, &mut sheet, budget.limits())?;
        // Programs other than Excel write cells in the order in which they were set. The last one set counts.
        sheet.cells.sort_by_key(|cell| (cell.row, cell.column));
        let mut grid = Grid::new(Format::Xls, wanted, budget);
        for row in sheet.hidden {
            grid.hide(u32::from(row))?;
        }
        let mut cells = sheet.cells.iter().peekable();
        while let Some(cell) = cells.next() {
            let (row, column) = (u32::from(cell.row), u32::from(cell.column));
            if cells.peek().is_some_and(|next| (next.row, next.column) == (cell.row, cell.column)) {
                continue;
            }
            let goes_on = match &cell.value {
                Value::Unresolved => {
                    grid.unresolved(row, column)?;
                    true
                }
                Value::Number(number, format) => {
                    let shown = self.shown.get(usize::from(*format)).copied().unwrap_or_default();
                    let (text, is_number) = shown.text(*number, self.from_1904);
                    grid.push(row, column, &text, is_number)?
                }
                Value::Shared(text) => grid.push(row, column, self.texts.get(*text)?, false)?,
                Value::Text(text) => grid.push(row, column, text, false)?,
                Value::Fixed(text) => grid.push(row, column, text, false)?,
            };
            if !goes_on {
                break;
            }
        }
        grid.finish()
    }

    /// The cells of the sheet that begins at a place of the stream.
    fn collect(&self, start: usize, sheet: &mut SheetCells, limits: &Limits) -> Result<(), ReadError> {
        let mut records = Records::new(&self.stream, start);
        if records.next()?.is_none_or(|record| record.kind != kind::BOF) {
            return Err(damaged(said!("damaged.sheetPlace", "a sheet is not where the workbook says")));
        }
        // Charts within a sheet hold records like cells.
        let mut depth = 0_u32;
        while let Some(record) = records.next()? {
            match record.kind {
                kind::BOF => depth += 1,
                kind::EOF if depth == 0 => break,
                kind::EOF => depth -= 1,
                _ if depth > 0 => {}
                _ => self.collect_record(&record, sheet)?,
            }
            if sheet.cells.len() > limits.sheet_cells as usize {
                let limit = limit::cells(limits.sheet_cells);
                return Err(ReadError::TooLarge { what: "the spreadsheet", limit, place: Spot::default() });
            }
        }
        Ok(())
    }

    fn collect_record(&self, record: &Record<'_>, sheet: &mut SheetCells) -> Result<(), ReadError> {
        let data = record.data;
        match record.kind {
            kind::ROW if u16_at(data, 12)? & 0x20 != 0 => sheet.hidden.push(u16_at(data, 0)?),
            kind::NUMBER => sheet.put(data, Value::Number(number_at(data, 6)?, u16_at(data, 4)?))?,
            kind::RK => sheet.put(data, Value::Number(short_number(u32_at(data, 6)?), u16_at(data, 4)?))?,
            kind::MUL_RK => {
                let (row, mut column) = (u16_at(data, 0)?, u16_at(data, 2)?);
                let numbers = data.get(4..data.len().saturating_sub(2)).unwrap_or_default();
                for number in numbers.chunks_exact(6) {
                    let value = Value::Number(short_number(u32_at(number, 2)?), u16_at(number, 0)?);
                    sheet.put_at(row, column, value)?;
                    column = column.saturating_add(1);
                }
            }
            kind::LABEL_SST => sheet.put(data, Value::Shared(u32_at(data, 6)?))?,
            kind::LABEL | kind::RICH_STRING => {
                let text = self.alphabet.text_of(record, 6)?;
                sheet.put(data, Value::Text(text.into()))?;
            }
            kind::BOOL_ERR => {
                let [value, is_error] = u16_at(data, 6)?.to_le_bytes();
                sheet.put(data, Value::fixed(value, is_error != 0))?;
            }
            kind::STRING => {
                let text = self.alphabet.text_of(record, 0)?;
                sheet.put_result(text.into())?;
            }
            formula if kind::FORMULA.contains(&formula) => sheet.put_formula(data)?,
            _ => {}
        }
        Ok(())
    }
}

impl Book for XlsBook {
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

enum Value {
    /// A number and its cell format.
    Number(f64, u16),
    /// A text that cells share.
    Shared(u32),
    Text(Box<str>),
    Fixed(&'static str),
    /// A formula whose result is not stored.
    Unresolved,
}

impl Value {
    fn fixed(value: u8, is_error: bool) -> Self {
        Self::Fixed(if is_error { error_text(value) } else { truth_text(value != 0) })
    }
}

struct Cell {
    row: u16,
    column: u16,
    value: Value,
}

#[derive(Default)]
struct SheetCells {
    cells: Vec<Cell>,
    hidden: Vec<u16>,
    /// Cell of the formula whose text comes in a record of its own.
    awaited: Option<(u16, u16)>,
}

impl SheetCells {
    /// Puts a value where its record says.
    fn put(&mut self, data: &[u8], value: Value) -> Result<(), ReadError> {
        self.put_at(u16_at(data, 0)?, u16_at(data, 2)?, value)
    }

    fn put_at(&mut self, row: u16, column: u16, value: Value) -> Result<(), ReadError> {
        if column >= COLUMNS {
            return Err(damaged(said!(
                "damaged.column",
                "a cell stands in column {column}; such files have {most}",
                column = u32::from(column) + 1,
                most = COLUMNS
            )));
        }
        self.cells.push(Cell { row, column, value });
        Ok(())
    }

    fn put_formula(&mut self, data: &[u8]) -> Result<(), ReadError> {
        /// The program that wrote the file left it to Excel to calculate.
        const ON_LOAD: u16 = 2;
        self.awaited = None;
        let value = match (u16_at(data, 12)?, data.get(6), data.get(8)) {
            (0xffff, Some(0), _) => {
                self.awaited = Some((u16_at(data, 0)?, u16_at(data, 2)?));
                // Until its text comes.
                Value::Unresolved
            }
            (0xffff, Some(3), _) => Value::Fixed(""),
            (0xffff, Some(kind @ (1 | 2)), Some(value)) => Value::fixed(*value, *kind == 2),
            _ => match number_at(data, 6)? {
                0.0 if u16_at(data, 14)? & ON_LOAD != 0 => Value::Unresolved,
                number => Value::Number(number, u16_at(data, 4)?),
            },
        };
        self.put(data, value)
    }

    fn put_result(&mut self, text: Box<str>) -> Result<(), ReadError> {
        match self.awaited.take() {
            Some((row, column)) => self.put_at(row, column, Value::Text(text)),
            None => Ok(()),
        }
    }
}

fn number_at(data: &[u8], at: usize) -> Result<f64, ReadError> {
    let eight = data.get(at..).and_then(<[u8]>::first_chunk::<8>);
    eight.map(|eight| f64::from_le_bytes(*eight)).ok_or_else(records::cut_off)
}
