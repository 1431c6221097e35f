//! A grid of text cells without meaning: what decoding yields and recognition and interpretation read.

use crate::ReadError;

/// The format a table was decoded from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Text with one row a line: CSV, TSV and their relatives.
    Csv,
    /// An Excel workbook.
    Xlsx,
}

impl Format {
    /// The word used in files and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }
}

/// Something in the file that is no row: what precedes the header, for instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// 1-based line or sheet row.
    pub line: u32,
    /// The text; of several lines, joined by ` · `.
    pub text: String,
    /// Why it is no row, in words.
    pub why: String,
}

/// A piece of [`Table::text`]. The top bit of `tagged_len` says that a spreadsheet stored the cell as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) tagged_len: u32,
}

pub(crate) const NUMBER: u32 = 1 << 31;

impl Span {
    pub(crate) fn new(start: usize, len: usize) -> Result<Self, ReadError> {
        let too_large = || ReadError::TooLarge { what: "the text", limit: "2 GiB".to_owned(), place: String::new() };
        let tagged_len = u32::try_from(len).ok().filter(|len| *len < NUMBER).ok_or_else(too_large)?;
        Ok(Self { start: u32::try_from(start).map_err(|_| too_large())?, tagged_len })
    }

    fn range(self) -> std::ops::Range<usize> {
        let start = self.start as usize;
        start..start + (self.tagged_len & !NUMBER) as usize
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RowSpan {
    pub(crate) first_cell: u32,
    pub(crate) cells: u32,
    pub(crate) line: u32,
    pub(crate) raw: Span,
}

/// A decoded file: one text buffer, and for each cell where in it the cell stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub(crate) format: Format,
    pub(crate) encoding: String,
    pub(crate) delimiter: Option<char>,
    pub(crate) sheets: Vec<String>,
    pub(crate) sheet: Option<String>,
    pub(crate) header: Vec<String>,
    pub(crate) header_line: Option<u32>,
    pub(crate) notes: Vec<Note>,
    pub(crate) text: String,
    pub(crate) cells: Vec<Span>,
    pub(crate) rows: Vec<RowSpan>,
}

impl Table {
    pub(crate) fn new(format: Format, encoding: String) -> Self {
        Self {
            format,
            encoding,
            delimiter: None,
            sheets: Vec::new(),
            sheet: None,
            header: Vec::new(),
            header_line: None,
            notes: Vec::new(),
            text: String::new(),
            cells: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// What it was decoded from.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Name of the character encoding, such as `UTF-8` or `windows-1252`.
    pub fn encoding(&self) -> &str {
        &self.encoding
    }

    /// What separates columns; `None` for spreadsheets.
    pub fn delimiter(&self) -> Option<char> {
        self.delimiter
    }

    /// Names of all sheets; empty for text.
    pub fn sheets(&self) -> &[String] {
        &self.sheets
    }

    /// The sheet this table was read from; `None` for text.
    pub fn sheet(&self) -> Option<&str> {
        self.sheet.as_deref()
    }

    /// Column names as the file has them; `Column 1` and so on where it has no header row.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// 1-based line of the header row; `None` where the file has none.
    pub fn header_line(&self) -> Option<u32> {
        self.header_line
    }

    /// What stands before the header and is no row.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Name of a column for messages: its header, or its position where that is blank.
    pub fn column_name(&self, column: usize) -> String {
        match self.header.get(column).map(|name| name.trim()) {
            Some(name) if !name.is_empty() => name.to_owned(),
            _ => format!("Column {}", column + 1),
        }
    }

    /// Number of columns of the header.
    pub fn column_count(&self) -> usize {
        self.header.len()
    }

    /// Number of data rows. Lines without any character are none.
    pub fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// Number of cells of a data row, which may differ from that of the header.
    pub fn cell_count(&self, row: usize) -> usize {
        self.rows.get(row).map_or(0, |row| row.cells as usize)
    }

    /// A cell, by 0-based data row and column; empty where there is none.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.span(row, column).map_or("", |span| self.slice(span))
    }

    /// Whether a spreadsheet stored the cell as a number, so that its text has a decimal point whatever the locale.
    pub fn is_number(&self, row: usize, column: usize) -> bool {
        self.span(row, column).is_some_and(|span| span.tagged_len & NUMBER != 0)
    }

    /// 1-based line or sheet row of a data row, as an editor shows it; 0 for a row that is not there.
    pub fn file_line(&self, row: usize) -> u32 {
        self.rows.get(row).map_or(0, |row| row.line)
    }

    /// The row as it stands in the file; cells of a spreadsheet joined by tabs.
    pub fn raw_row(&self, row: usize) -> &str {
        self.rows.get(row).map_or("", |row| self.slice(row.raw))
    }

    /// Whether every cell of the row is blank.
    pub fn is_blank(&self, row: usize) -> bool {
        (0..self.cell_count(row)).all(|column| self.cell(row, column).trim().is_empty())
    }

    fn span(&self, row: usize, column: usize) -> Option<Span> {
        let row = self.rows.get(row).filter(|row| column < row.cells as usize)?;
        self.cells.get(row.first_cell as usize + column).copied()
    }

    fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }
}
