//! `matches.csv` and `exceptions.csv` as DESIGN section 6 fixes them. Rows stream: nothing is held.

use std::{
    borrow::{Borrow, Cow},
    io::Write,
};

use tieout_domain::Money;

use crate::data::{ExceptionRow, MatchRow};

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

/// Writes `matches.csv`: one line a record in a match. Text that a spreadsheet would take for a formula gets a leading
/// apostrophe; numbers stay numbers.
pub fn write_matches_csv<'a, R: Borrow<MatchRow<'a>>>(
    out: &mut impl Write,
    rows: impl IntoIterator<Item = R>,
) -> Result<(), CsvError> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(MATCHES_COLUMNS)?;
    for row in rows {
        let row = row.borrow();
        let confidence = row.confidence.to_string();
        let (id, explanation) = (guarded(&row.id), guarded(&row.explanation));
        for part in &row.parts {
            writer.write_record([
                &*id,
                part.record.side.as_str(),
                &*guarded(&part.record.source_file),
                &part.record.source_row.to_string(),
                &*guarded(&part.record.record_id),
                &number(part.record.amount),
                &number(part.amount_applied),
                row.kind.as_str(),
                &confidence,
                row.status.csv_word(),
                row.cause.as_str(),
                &*explanation,
            ])?;
        }
    }
    writer.flush().map_err(csv::Error::from)?;
    Ok(())
}

/// Writes `exceptions.csv`: one line a record in no match. Text is guarded as in [`write_matches_csv`].
pub fn write_exceptions_csv<'a, R: Borrow<ExceptionRow<'a>>>(
    out: &mut impl Write,
    rows: impl IntoIterator<Item = R>,
) -> Result<(), CsvError> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(EXCEPTIONS_COLUMNS)?;
    for row in rows {
        let row = row.borrow();
        writer.write_record([
            row.record.side.as_str(),
            &*guarded(&row.record.source_file),
            &row.record.source_row.to_string(),
            &*guarded(&row.record.record_id),
            &number(row.record.amount),
            row.cause.as_str(),
            &number(row.impact),
            &*guarded(&row.explanation),
        ])?;
    }
    writer.flush().map_err(csv::Error::from)?;
    Ok(())
}

/// A plain decimal number, so that a spreadsheet reads it as one.
fn number(amount: Money) -> String {
    amount.to_decimal().to_string()
}

/// Puts an apostrophe before text that begins as a formula does.
fn guarded(text: &str) -> Cow<'_, str> {
    if is_formula_like(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Whether a spreadsheet might take the text for a formula (OWASP, "CSV Injection", with the full-width forms).
pub(crate) fn is_formula_like(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}
