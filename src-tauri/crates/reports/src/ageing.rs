//! The list of open exceptions with their age, as CSV.

use std::io::Write;

use jiff::Timestamp;

use crate::{
    CsvError,
    csv::guarded,
    data::ExceptionRow,
    text::{self, plain},
};

/// Columns of the list.
pub const AGEING_COLUMNS: [&str; 17] = [
    "side",
    "source_file",
    "source_row",
    "record_id",
    "date",
    "counterparty",
    "reference",
    "amount",
    "currency",
    "cause",
    "impact",
    "days_open",
    "opened_at",
    "owner",
    "explanation",
    "cause_confidence",
    "proposed_fix",
];

/// An exception and how long it has been open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgedRow<'a> {
    /// The exception.
    pub exception: ExceptionRow<'a>,
    /// Its age in days.
    pub days_open: u32,
    /// Since when the workbook knows it.
    pub opened_at: Option<Timestamp>,
    /// Who looks after it; empty: nobody.
    pub owner: String,
}

/// Writes the list. Text that a spreadsheet would take for a formula gets a leading apostrophe; numbers stay numbers.
pub fn write_ageing_csv<'a>(out: impl Write, rows: impl IntoIterator<Item = AgedRow<'a>>) -> Result<(), CsvError> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(AGEING_COLUMNS)?;
    for row in rows {
        let ExceptionRow { record, cause, impact, confidence, fix, explanation } = row.exception;
        let currency = record.amount.currency();
        writer.write_record([
            record.side.as_str(),
            &*guarded(&record.source_file),
            &record.source_row.to_string(),
            &*guarded(&record.record_id),
            &record.date.map(|date| date.to_string()).unwrap_or_default(),
            &*guarded(&record.counterparty),
            &*guarded(&record.reference),
            &plain(i128::from(record.amount.minor_units()), currency),
            &text::code(currency).unwrap_or_default(),
            cause.as_str(),
            &plain(i128::from(impact.minor_units()), impact.currency()),
            &row.days_open.to_string(),
            &row.opened_at.map_or_else(String::new, |at| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
            &*guarded(&row.owner),
            &*guarded(&explanation),
            &confidence.map(|confidence| confidence.to_string()).unwrap_or_default(),
            &*guarded(&fix),
        ])?;
    }
    Ok(writer.flush().map_err(csv::Error::from)?)
}
