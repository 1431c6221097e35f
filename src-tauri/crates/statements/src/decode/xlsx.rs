//! Excel workbooks → rows of cells, cell by cell and never by range: a range allocates what a sheet claims to span.

use std::io::Cursor;

use calamine::{DataRef, Reader, SheetType, Xlsx, XlsxError};
use rust_decimal::Decimal;

use super::{layout, zip_budget};
use crate::{
    Format, Limits, ReadError, Table,
    table::{NUMBER, RowSpan, Span},
};

type Workbook<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Rows of each sheet that are looked at to choose one.
const LOOKED_AT: usize = 100;

pub(super) fn read(bytes: &[u8], wanted: Option<&str>, limits: &Limits) -> Result<Table, ReadError> {
    let contents = zip_budget::survey(bytes, limits.inflated_bytes)?;
    refuse_other_archives(&contents)?;
    let mut workbook: Workbook<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error, String::new()))?;
    let sheets: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    let name = match wanted {
        Some(name) if sheets.iter().any(|sheet| sheet == name) => name.to_owned(),
        Some(name) => {
            let available = sheets.iter().map(|sheet| format!("'{sheet}'")).collect::<Vec<_>>().join(", ");
            return Err(ReadError::NoSuchSheet { name: name.to_owned(), available });
        }
        None => best_sheet(&mut workbook, &sheets, limits)?,
    };
    let mut table = read_sheet(&mut workbook, &name, limits, usize::MAX)?;
    if table.row_count() == 0 {
        return Err(ReadError::Empty);
    }
    table.sheets = sheets;
    table.sheet = Some(name);
    Ok(layout::find_header(table))
}

fn refuse_other_archives(contents: &zip_budget::Contents) -> Result<(), ReadError> {
    const SAVE: &str = "open it in a spreadsheet program and save it as XLSX or CSV";
    let has = |name: &str| contents.names.iter().any(|have| have.eq_ignore_ascii_case(name));
    let what = if contents.mimetype.contains("opendocument") {
        "an OpenDocument file (.ods)"
    } else if has("xl/workbook.bin") {
        "a binary Excel workbook (.xlsb)"
    } else if has("word/document.xml") {
        "a Word document"
    } else if has("xl/workbook.xml") || has("[Content_Types].xml") {
        return Ok(());
    } else {
        return Err(ReadError::Unsupported {
            what: "a ZIP archive that holds no Excel workbook",
            advice: "unpack it first",
        });
    };
    Err(ReadError::Unsupported { what, advice: SAVE })
}

/// The sheet whose header is recognised best; else the first with rows.
fn best_sheet(workbook: &mut Workbook<'_>, sheets: &[String], limits: &Limits) -> Result<String, ReadError> {
    if let [only] = sheets {
        return Ok(only.clone());
    }
    let mut best: Option<(usize, &String)> = None;
    for name in sheets {
        let sample = read_sheet(workbook, name, limits, LOOKED_AT)?;
        if sample.row_count() == 0 {
            continue;
        }
        let score = layout::best_header(&sample).map_or(0, |(_, score)| score);
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, name));
        }
    }
    best.map(|(_, name)| name.clone()).ok_or(ReadError::Empty)
}

fn read_sheet(workbook: &mut Workbook<'_>, name: &str, limits: &Limits, rows: usize) -> Result<Table, ReadError> {
    let place = || format!(" (sheet '{name}')");
    let mut reader = match workbook.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        Err(XlsxError::NotAWorksheet(_)) => return Ok(Table::new(Format::Xlsx, "UTF-8".to_owned())),
        Err(error) => return Err(damaged(&error, place())),
    };
    let mut grid = Grid { table: Table::new(Format::Xlsx, "UTF-8".to_owned()), limits, row: None, row_start: 0 };
    while let Some(cell) = reader.next_cell().map_err(|error| damaged(&error, place()))? {
        let (row, column) = cell.get_position();
        let (text, is_number) = cell_text(cell.get_value());
        if text.trim().is_empty() {
            continue;
        }
        if grid.table.rows.len() >= rows && grid.row.is_some_and(|(current, _)| row > current) {
            break;
        }
        grid.push(row, column, &text, is_number).map_err(|error| with_place(error, place))?;
    }
    grid.end_row().map_err(|error| with_place(error, place))?;
    Ok(grid.table)
}

/// A sheet's rows as they are put together.
struct Grid<'a> {
    table: Table,
    limits: &'a Limits,
    /// The row being filled and its next column.
    row: Option<(u32, u32)>,
    row_start: usize,
}

impl Grid<'_> {
    fn push(&mut self, row: u32, column: u32, text: &str, is_number: bool) -> Result<(), ReadError> {
        if column >= self.limits.columns {
            return Err(self.too_large("a row", format!("{} columns", self.limits.columns)));
        }
        let next = match self.row {
            Some((current, next)) if current == row => next,
            Some((current, _)) if row < current => return Err(disorder()),
            _ => {
                self.end_row()?;
                self.begin_row(row)?;
                0
            }
        };
        if column < next {
            return Err(disorder());
        }
        for skipped in next..column {
            self.separate(skipped);
            self.table.cells.push(Span::new(self.table.text.len(), 0)?);
        }
        self.separate(column);
        let mut span = Span::new(self.table.text.len(), text.len())?;
        if is_number {
            span.tagged_len |= NUMBER;
        }
        self.table.text.push_str(text);
        self.table.cells.push(span);
        self.row = Some((row, column + 1));
        if self.table.cells.len() > self.limits.sheet_cells as usize {
            return Err(self.too_large("the spreadsheet", format!("{} cells", self.limits.sheet_cells)));
        }
        Ok(())
    }

    fn separate(&mut self, column: u32) {
        if column > 0 {
            self.table.text.push('\t');
        }
    }

    fn begin_row(&mut self, row: u32) -> Result<(), ReadError> {
        if self.table.rows.len() >= self.limits.rows as usize {
            return Err(self.too_large("the spreadsheet", format!("{} rows", self.limits.rows)));
        }
        self.row_start = self.table.text.len();
        let first_cell = u32::try_from(self.table.cells.len()).map_err(|_| disorder())?;
        let line = row.saturating_add(1);
        self.table.rows.push(RowSpan { first_cell, cells: 0, line, raw: Span::default() });
        self.row = Some((row, 0));
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), ReadError> {
        let (cells, text) = (self.table.cells.len(), self.table.text.len());
        if let Some(last) = self.table.rows.last_mut() {
            last.cells = u32::try_from(cells).unwrap_or(u32::MAX).saturating_sub(last.first_cell);
            last.raw = Span::new(self.row_start, text - self.row_start)?;
        }
        Ok(())
    }

    fn too_large(&self, what: &'static str, limit: String) -> ReadError {
        ReadError::TooLarge { what, limit, place: String::new() }
    }
}

/// A cell's text: dates as ISO 8601, numbers with a decimal point. Answers also whether it is stored as a number.
fn cell_text(value: &DataRef<'_>) -> (String, bool) {
    match value {
        DataRef::Empty => (String::new(), false),
        DataRef::String(text) => (text.clone(), false),
        DataRef::SharedString(text) => ((*text).to_owned(), false),
        DataRef::Int(number) => (number.to_string(), true),
        DataRef::Float(number) => (number_text(*number), true),
        DataRef::Bool(truth) => (if *truth { "TRUE" } else { "FALSE" }.to_owned(), false),
        DataRef::DateTime(moment) if moment.is_duration() => (number_text(moment.as_f64()), true),
        DataRef::DateTime(moment) => (moment_text(moment), false),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => (text.clone(), false),
        DataRef::Error(error) => (error.to_string(), false),
    }
}

fn moment_text(moment: &calamine::ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    if moment.as_f64() < 1.0 {
        time
    } else if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02}T{time}")
    }
}

/// Excel shows 15 digits; the 16th and 17th are what binary fractions add, as in 5.1499999999999995 for 5.15.
fn number_text(number: f64) -> String {
    let rounded = format!("{number:.14e}");
    match Decimal::from_scientific(&rounded) {
        Ok(decimal) if decimal.is_zero() == (number == 0.0) => decimal.normalize().to_string(),
        _ => rounded,
    }
}

fn disorder() -> ReadError {
    let detail = "its cells are out of order".to_owned();
    ReadError::Damaged { what: "the spreadsheet", place: String::new(), detail }
}

fn damaged(error: &XlsxError, place: String) -> ReadError {
    match error {
        XlsxError::Password => ReadError::Unsupported {
            what: "a workbook protected by a password",
            advice: "open it in a spreadsheet program and save it without the password",
        },
        other => ReadError::Damaged { what: "the spreadsheet", place, detail: other.to_string() },
    }
}

fn with_place(error: ReadError, place: impl Fn() -> String) -> ReadError {
    match error {
        ReadError::TooLarge { what, limit, .. } => ReadError::TooLarge { what, limit, place: place() },
        ReadError::Damaged { what, detail, .. } => ReadError::Damaged { what, place: place(), detail },
        other => other,
    }
}
