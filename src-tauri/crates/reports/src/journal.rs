//! Files of journal entries, laid out as the books want them.

use encoding_rs::WINDOWS_1252;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use tieout_domain::{
    JournalCell, JournalColumn, JournalEncoding, JournalEntry, JournalGap, JournalLayout, JournalValue, Money, PostedAs,
};

use crate::{
    csv::{guarded, number},
    sums::Sums,
    text::PLAIN_BYTES,
    xlsx::{Sheet, Styles},
};

/// A journal entry of a batch with its posting text.
#[derive(Debug, Clone, Copy)]
pub struct JournalLine<'a> {
    /// The entry.
    pub entry: &'a JournalEntry,
    /// Its place.
    pub number: PostedAs,
    /// What it says.
    pub text: &'a str,
}

/// A file of journal entries could not be made.
#[derive(Debug, thiserror::Error)]
pub enum JournalFileError {
    /// A letter that the encoding does not have.
    #[error(
        "entry {entry}, column '{column}': '{text}' holds '{letter}', which windows-1252 does not have: take utf-8, or \
         change the text"
    )]
    Letter {
        /// The entry; 0: the headings.
        entry: u32,
        /// Heading of the column.
        column: String,
        /// The text.
        text: String,
        /// The first such letter.
        letter: char,
    },
    /// The layout would say something else than the entries.
    #[error(transparent)]
    Gap(#[from] JournalGap),
    /// The CSV file could not be written.
    #[error("the CSV file cannot be written: {0}")]
    Csv(#[from] csv::Error),
    /// The spreadsheet could not be written.
    #[error("the spreadsheet cannot be written: {0}")]
    Spreadsheet(#[from] XlsxError),
}

/// What the lines of a CSV file hold, cell by cell and before quoting, so that it can be shown before it is written.
pub fn journal_table(layout: &JournalLayout, lines: &[JournalLine<'_>]) -> Vec<Vec<String>> {
    let written = |line: &JournalLine<'_>| layout.cells(line.entry, line.number, line.text);
    let cells = lines.iter().flat_map(written);
    let texts = |row: Vec<JournalCell>| {
        row.iter().zip(&layout.columns).map(|(cell, column)| cell_text(layout, column, cell)).collect()
    };
    cells.map(texts).collect()
}

/// A CSV file (RFC 4180 with the layout's separator, lines ended by CR LF). Text that a spreadsheet would take for a formula
/// gets a leading apostrophe; numbers stay numbers.
pub fn journal_csv(layout: &JournalLayout, lines: &[JournalLine<'_>]) -> Result<Vec<u8>, JournalFileError> {
    layout.check(lines.iter().map(|line| line.entry), true)?;
    let mut out = Vec::new();
    if layout.encoding == JournalEncoding::Utf8Bom {
        out.extend_from_slice("\u{feff}".as_bytes());
    }
    // The separators of a layout are ASCII.
    let delimiter = u8::try_from(layout.separator).unwrap_or(b',');
    let mut writer =
        csv::WriterBuilder::new().delimiter(delimiter).terminator(csv::Terminator::CRLF).from_writer(&mut out);
    let mut write = |entry: u32, cells: Vec<String>| -> Result<(), JournalFileError> {
        for (cell, column) in cells.iter().zip(&layout.columns) {
            writer.write_field(encoded(layout.encoding, cell).map_err(|letter| JournalFileError::Letter {
                entry,
                column: column.heading.clone(),
                text: cell.clone(),
                letter,
            })?)?;
        }
        Ok(writer.write_record(None::<&[u8]>)?)
    };
    if layout.headings {
        write(0, layout.columns.iter().map(|column| guarded(&column.heading).into_owned()).collect())?;
    }
    for line in lines {
        for cells in journal_table(layout, std::slice::from_ref(line)) {
            write(line.number.entry, cells)?;
        }
    }
    writer.flush().map_err(csv::Error::from)?;
    drop(writer);
    Ok(out)
}

fn cell_text(layout: &JournalLayout, column: &JournalColumn, cell: &JournalCell) -> String {
    match cell {
        JournalCell::Empty => String::new(),
        // The apostrophe counts as well.
        JournalCell::Text(text) => {
            guarded(text).chars().take(column.chars_max.map_or(usize::MAX, usize::from)).collect()
        }
        JournalCell::Date(date) => layout.dates.write(*date),
        JournalCell::Amount(amount) => {
            let mut room = [0; PLAIN_BYTES];
            number(&mut room, *amount).replace('.', layout.decimal_mark.encode_utf8(&mut [0; 4]))
        }
    }
}

/// The bytes of a text, or the first letter that the encoding does not have.
fn encoded(encoding: JournalEncoding, text: &str) -> Result<Vec<u8>, char> {
    match encoding {
        JournalEncoding::Utf8 | JournalEncoding::Utf8Bom => Ok(text.as_bytes().to_vec()),
        JournalEncoding::Windows1252 => {
            let (bytes, _, has_others) = WINDOWS_1252.encode(text);
            if !has_others {
                return Ok(bytes.into_owned());
            }
            let is_other = |letter: &char| WINDOWS_1252.encode(letter.encode_utf8(&mut [0; 4])).2;
            Err(text.chars().find(is_other).unwrap_or(char::REPLACEMENT_CHARACTER))
        }
    }
}

/// A spreadsheet: the sheet Journal by the layout, with numbers and dates as such and the header frozen, and the sheet Sums
/// with what it debits and credits in each currency, as values. Its date is that of its last entry, so that the same
/// entries make the same bytes.
pub fn journal_xlsx(layout: &JournalLayout, lines: &[JournalLine<'_>]) -> Result<Vec<u8>, JournalFileError> {
    layout.check(lines.iter().map(|line| line.entry), false)?;
    let mut workbook = Workbook::new();
    let created = created(lines)?;
    workbook.set_properties(&DocProperties::new().set_title("Journal entries").set_creation_datetime(&created));
    let styles = Styles::new();
    let columns: Vec<(&str, f64)> =
        layout.columns.iter().map(|column| (column.heading.as_str(), width(column.value))).collect();
    let mut sheet = Sheet::new("Journal", &columns, &styles);
    for line in lines {
        for cells in layout.cells(line.entry, line.number, line.text) {
            let mut row = sheet.line(&mut workbook)?;
            for cell in &cells {
                match cell {
                    JournalCell::Empty => row.skip(),
                    JournalCell::Text(text) => row.text(text)?,
                    JournalCell::Amount(amount) => row.money(*amount)?,
                    JournalCell::Date(date) => row.date(Some(*date))?,
                };
            }
        }
    }
    sheet.finish(&mut workbook)?;
    let mut sheet =
        Sheet::new("Sums", &[("currency", 9.0), ("entries", 10.0), ("debit", 18.0), ("credit", 18.0)], &styles);
    let mut sums = Sums::default();
    let amounts: Vec<Money> = lines.iter().filter_map(|line| layout.amount(line.entry)).collect();
    amounts.iter().for_each(|amount| sums.add(*amount));
    for (currency, minor) in sums.iter() {
        let entries = amounts.iter().filter(|amount| amount.currency() == currency).count();
        let mut row = sheet.line(&mut workbook)?;
        row.text(currency.code())?.number(entries as f64)?.minor(minor, currency)?.minor(minor, currency)?;
    }
    sheet.finish(&mut workbook)?;
    Ok(workbook.save_to_buffer()?)
}

fn created(lines: &[JournalLine<'_>]) -> Result<ExcelDateTime, XlsxError> {
    let last = lines.iter().map(|line| line.entry.date).max().unwrap_or_default();
    let year = u16::try_from(last.year()).unwrap_or_default();
    // A spreadsheet knows no day before 1900.
    ExcelDateTime::from_ymd(year, last.month().unsigned_abs(), last.day().unsigned_abs())
        .or_else(|_| ExcelDateTime::from_ymd(1900, 1, 1))
}

/// Width of a column in characters.
const fn width(value: JournalValue) -> f64 {
    match value {
        JournalValue::Text => 50.0,
        JournalValue::Match => 36.0,
        JournalValue::Counterparty | JournalValue::Reference => 28.0,
        JournalValue::Letter | JournalValue::Currency | JournalValue::BaseCurrency | JournalValue::Batch => 9.0,
        _ => 16.0,
    }
}
