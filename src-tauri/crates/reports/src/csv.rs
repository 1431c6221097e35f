//! `matches.csv` and `exceptions.csv` as DESIGN section 6 fixes them. Rows stream: nothing is held.

use std::{
    borrow::{Borrow, Cow},
    fmt::Write as _,
    io::Write,
};

use tieout_domain::Money;

use crate::{
    data::{ExceptionRow, MatchRow},
    text::{PLAIN_BYTES, plain_in},
};

/// Columns of `matches.csv`.
pub const MATCHES_COLUMNS: [&str; 12] = [
    "match_id",
    "side",
    "source_file",
    "source_row",
    "record_id",
    "amount",
    "amount_applied",
    "kind",
    "confidence",
    "status",
    "cause",
    "explanation",
];

/// Columns of `exceptions.csv`.
pub const EXCEPTIONS_COLUMNS: [&str; 8] =
    ["side", "source_file", "source_row", "record_id", "amount", "cause", "impact", "explanation"];

/// A CSV file could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the CSV file cannot be written: {0}")]
pub struct CsvError(#[from] csv::Error);

impl From<CsvError> for std::io::Error {
    fn from(error: CsvError) -> Self {
        error.0.into()
    }
}

/// Writes `matches.csv`: one line a record in a match. Text that a spreadsheet would take for a formula gets a leading
/// apostrophe; numbers stay numbers.
pub fn write_matches_csv<'a, R: Borrow<MatchRow<'a>>>(
    out: &mut impl Write,
    rows: impl IntoIterator<Item = R>,
) -> Result<(), CsvError> {
    let mut lines = CsvLines::to(out);
    lines.header(&MATCHES_COLUMNS)?;
    rows.into_iter().try_for_each(|row| lines.add_match(row.borrow()))?;
    lines.finish()
}

/// Writes `exceptions.csv`: one line a record in no match. Text is guarded as in [`write_matches_csv`].
pub fn write_exceptions_csv<'a, R: Borrow<ExceptionRow<'a>>>(
    out: &mut impl Write,
    rows: impl IntoIterator<Item = R>,
) -> Result<(), CsvError> {
    let mut lines = CsvLines::to(out);
    lines.header(&EXCEPTIONS_COLUMNS)?;
    rows.into_iter().try_for_each(|row| lines.add_exception(row.borrow()))?;
    lines.finish()
}

/// Lines of either file, for callers who make a large one in pieces.
pub struct CsvLines<W: Write> {
    writer: csv::Writer<W>,
    confidence: String,
}

impl<W: Write> CsvLines<W> {
    /// Writes to `out`.
    pub fn to(out: W) -> Self {
        Self { writer: csv::Writer::from_writer(out), confidence: String::new() }
    }

    /// The first line: names of columns.
    pub fn header(&mut self, columns: &[&str]) -> Result<(), CsvError> {
        Ok(self.writer.write_record(columns)?)
    }

    /// The lines of a match in `matches.csv`.
    pub fn add_match(&mut self, row: &MatchRow<'_>) -> Result<(), CsvError> {
        self.confidence.clear();
        // Writing into a string cannot fail.
        let _ = write!(self.confidence, "{}", row.confidence);
        let (id, explanation) = (guarded(&row.id), guarded(&row.explanation));
        for part in &row.parts {
            let mut rooms = [[0; PLAIN_BYTES]; 3];
            let [source_row, amount, applied] = &mut rooms;
            self.writer.write_record([
                &*id,
                part.record.side.as_str(),
                &*guarded(&part.record.source_file),
                whole(source_row, part.record.source_row),
                &*guarded(&part.record.record_id),
                number(amount, part.record.amount),
                number(applied, part.amount_applied),
                row.kind.as_str(),
                &self.confidence,
                row.status.csv_word(),
                row.cause.as_str(),
                &*explanation,
            ])?;
        }
        Ok(())
    }

    /// The line of a record in `exceptions.csv`.
    pub fn add_exception(&mut self, row: &ExceptionRow<'_>) -> Result<(), CsvError> {
        let mut rooms = [[0; PLAIN_BYTES]; 3];
        let [source_row, amount, impact] = &mut rooms;
        self.writer.write_record([
            row.record.side.as_str(),
            &*guarded(&row.record.source_file),
            whole(source_row, row.record.source_row),
            &*guarded(&row.record.record_id),
            number(amount, row.record.amount),
            row.cause.as_str(),
            number(impact, row.impact),
            &*guarded(&row.explanation),
        ])?;
        Ok(())
    }

    /// Hands over what is still held back.
    pub fn finish(mut self) -> Result<(), CsvError> {
        Ok(self.writer.flush().map_err(csv::Error::from)?)
    }
}

/// A plain decimal number, so that a spreadsheet reads it as one.
pub(crate) fn number(room: &mut [u8; PLAIN_BYTES], amount: Money) -> &str {
    plain_in(room, i128::from(amount.minor_units()), amount.currency().digits())
}

pub(crate) fn whole(room: &mut [u8; PLAIN_BYTES], number: u32) -> &str {
    plain_in(room, i128::from(number), 0)
}

/// Puts an apostrophe before text that begins as a formula does.
pub(crate) fn guarded(text: &str) -> Cow<'_, str> {
    if is_formula_like(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Whether a spreadsheet might take the text for a formula (OWASP, "CSV Injection", with the full-width forms).
pub fn is_formula_like(text: &str) -> bool {
    // Nearly all text begins with a letter or a digit.
    !text.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric)
        && text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}
