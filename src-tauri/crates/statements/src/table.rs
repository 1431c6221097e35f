//! A grid of text cells without meaning: what decoding yields and recognition and interpretation read.

use jiff::civil::Date;
use rust_decimal::Decimal;
use tieout_domain::{Currency, Said, Severity};

use crate::{Ambiguity, ColumnRole, ReadError, Spot, limit};

macro_rules! formats {
    ($($(#[$doc:meta])* $name:ident = $word:literal),+ $(,)?) => {
        /// The format a table was decoded from.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Format {
            $($(#[$doc])* $name),+
        }

        impl Format {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word used in files and on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }
        }
    };
}

formats! {
    /// Text with one row a line: CSV, TSV and their relatives.
    Csv = "csv",
    /// Text with columns by position, such as a printed statement.
    FixedWidth = "fixed_width",
    /// An Excel workbook (Office Open XML).
    Xlsx = "xlsx",
    /// An Excel workbook of 1997 to 2003 (BIFF).
    Xls = "xls",
    /// A binary Excel workbook.
    Xlsb = "xlsb",
    /// An OpenDocument spreadsheet.
    Ods = "ods",
    /// Open Financial Exchange, SGML (1.x) or XML (2.x); QFX and QBO are the same.
    Ofx = "ofx",
    /// Quicken Interchange Format.
    Qif = "qif",
    /// SWIFT MT940, customer statement.
    Mt940 = "mt940",
    /// SWIFT MT942, interim transaction report.
    Mt942 = "mt942",
    /// ISO 20022 camt.052, account report.
    Camt052 = "camt.052",
    /// ISO 20022 camt.053, account statement.
    Camt053 = "camt.053",
    /// ISO 20022 camt.054, debit and credit notification.
    Camt054 = "camt.054",
    /// BAI2, cash management balance reporting.
    Bai2 = "bai2",
    /// JSON: an array of transactions.
    Json = "json",
}

impl Format {
    /// Whether cells may hold a spreadsheet's serial days.
    pub const fn is_spreadsheet(self) -> bool {
        matches!(self, Self::Xlsx | Self::Xls | Self::Xlsb | Self::Ods)
    }
}

/// What a format that is no grid declares of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// What each column means.
    pub roles: Vec<ColumnRole>,
    /// Dates are ISO 8601 and amounts have a decimal point; else both are still to be found out from the values.
    pub plain: bool,
}

/// A total that the file states, and what its rows come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control {
    /// Which total: `number of entries`, `sum of credits`, `account control total`.
    pub what: Said,
    /// What the file states.
    pub stated: Decimal,
    /// What was counted.
    pub found: Decimal,
}

impl Control {
    /// Whether the two agree.
    pub fn holds(&self) -> bool {
        self.stated == self.found
    }
}

/// A run of rows that make one statement, and what the file states around them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Section {
    /// 0-based first data row.
    pub first_row: u32,
    /// Number of data rows, refused ones included.
    pub rows: u32,
    /// The account, as the file names it; empty where it names none.
    pub account: String,
    /// Currency of the account.
    pub currency: Option<Currency>,
    /// The statement's own number or identification.
    pub number: String,
    /// Balance before the first row, in major units.
    pub opening: Option<Decimal>,
    /// Balance after the last row, in major units.
    pub closing: Option<Decimal>,
    /// First day the statement covers.
    pub from: Option<Date>,
    /// Last day the statement covers.
    pub to: Option<Date>,
    /// The opening or closing balance is not booked but interim or available, so that continuity says nothing.
    pub interim: bool,
    /// Totals the file states of these rows.
    pub controls: Vec<Control>,
}

/// What a reader found wrong with one row that it alone can tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// 0-based data row.
    pub row: u32,
    /// What part of the record, in the format's own words (`:61:`, `TRNAMT`); empty for the row as a whole.
    pub field: String,
    /// The value as it stands.
    pub value: String,
    /// What would have been right.
    pub expected: Said,
    /// An error refuses the row, a warning keeps it.
    pub severity: Severity,
}

/// Something in the file that is no row: what precedes the header, for instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// 1-based line or sheet row.
    pub line: u32,
    /// What stands there in the file; of several lines, joined by ` · `. Empty where no text is meant.
    pub text: String,
    /// Why it is no row.
    pub why: Said,
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
        let too_large =
            || ReadError::TooLarge { what: "the text", limit: limit::bytes(2_u64 << 30), place: Spot::default() };
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
    pub(crate) declared: Option<Declared>,
    pub(crate) sections: Vec<Section>,
    /// In order of their rows.
    pub(crate) faults: Vec<Fault>,
    pub(crate) ambiguities: Vec<Ambiguity>,
    pub(crate) text: String,
    pub(crate) cells: Vec<Span>,
    pub(crate) rows: Vec<RowSpan>,
    /// Data rows of the file before the first of this table: more than none where it is one piece of a long file.
    pub(crate) first_row: u32,
    /// Data rows that follow after the last of this table.
    pub(crate) rows_after: u32,
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
            declared: None,
            sections: Vec::new(),
            faults: Vec::new(),
            ambiguities: Vec::new(),
            text: String::new(),
            cells: Vec::new(),
            rows: Vec::new(),
            first_row: 0,
            rows_after: 0,
        }
    }

    /// The same table with no row in it.
    pub(crate) fn without_rows(&self) -> Self {
        Self {
            format: self.format,
            encoding: self.encoding.clone(),
            delimiter: self.delimiter,
            sheets: self.sheets.clone(),
            sheet: self.sheet.clone(),
            header: self.header.clone(),
            header_line: self.header_line,
            declared: self.declared.clone(),
            sections: self.sections.clone(),
            ..Self::new(self.format, String::new())
        }
    }

    /// Makes room for so many rows like those of another table.
    pub(crate) fn reserve_like(&mut self, other: &Self, rows: usize) {
        let share = |whole: usize| whole / other.rows.len().max(1) * rows;
        self.text.reserve(share(other.text.len() + other.text.len() / 8));
        self.cells.reserve(share(other.cells.len()));
        self.rows.reserve(rows);
    }

    /// Adds a row of another table at the end. A text beyond what a table can hold is left out.
    pub(crate) fn copy_row(&mut self, from: &Self, row: usize) {
        let Some(copied) = from.rows.get(row) else { return };
        let mut keep = |span: Span| {
            let kept = Span::new(self.text.len(), (span.tagged_len & !NUMBER) as usize).ok()?;
            self.text.push_str(from.slice(span));
            Some(Span { tagged_len: span.tagged_len, ..kept })
        };
        let (Some(raw), Ok(first_cell)) = (keep(copied.raw), u32::try_from(self.cells.len())) else { return };
        let range = copied.first_cell as usize..copied.first_cell as usize + copied.cells as usize;
        let cells: Vec<Span> = from.cells.get(range).unwrap_or_default().iter().map_while(|cell| keep(*cell)).collect();
        let count = u32::try_from(cells.len()).unwrap_or(0);
        self.cells.extend(cells);
        self.rows.push(RowSpan { first_cell, cells: count, line: copied.line, raw });
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

    /// What the format declares of itself; `None` for grids, whose columns are to be recognised.
    pub fn declared(&self) -> Option<&Declared> {
        self.declared.as_ref()
    }

    /// The statements the file is made of, in file order; empty where it states nothing around its rows.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// What the reader found wrong with a data row.
    pub(crate) fn faults_of(&self, row: usize) -> &[Fault] {
        let from = self.faults.partition_point(|fault| (fault.row as usize) < row);
        let to = self.faults.partition_point(|fault| fault.row as usize <= row);
        self.faults.get(from..to).unwrap_or_default()
    }

    /// The statement a data row belongs to.
    pub(crate) fn section_of(&self, row: usize) -> Option<usize> {
        let row = self.number(row).saturating_sub(1);
        let after = self.sections.partition_point(|section| section.first_row <= row);
        let section = after.checked_sub(1)?;
        let end = u64::from(self.sections[section].first_row) + u64::from(self.sections[section].rows);
        (u64::from(row) < end).then_some(section)
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

    /// 1-based number of a data row in the whole file.
    pub(crate) fn number(&self, row: usize) -> u32 {
        u32::try_from(row).map_or(u32::MAX, |row| self.first_row.saturating_add(row).saturating_add(1))
    }

    /// Whether it is among the first three or the last five data rows of the file.
    pub(crate) fn is_edge(&self, row: usize) -> bool {
        let after = self.rows.len().saturating_sub(row + 1) as u64 + u64::from(self.rows_after);
        self.number(row) <= 3 || after < 5
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

    pub(crate) fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }
}
