//! BAI2, the cash management balance reporting format of US, UK and Canadian banks. Each account of a group is a
//! statement.

mod reader;
mod records;
mod rows;
mod totals;
mod values;

use crate::{ColumnRole, Limits, ReadError, Table, record_table::Field};

use super::mt94x::fields::lines;

/// What a transaction is made of.
const COLUMNS: &[Field] = &[
    ("as-of date", ColumnRole::Date),
    ("value date", ColumnRole::ValueDate),
    ("amount", ColumnRole::Amount),
    ("type code", ColumnRole::BankCode),
    ("bank reference", ColumnRole::Id),
    ("customer reference", ColumnRole::Reference),
    ("text", ColumnRole::Description),
];

/// Whether a text is such a file: a file header, then a group header or its like. A header of the sender's computer may
/// stand in front.
pub(super) fn is(text: &str) -> bool {
    let mut rest = lines(text).map(|(_, _, line)| line.trim()).filter(|line| !line.is_empty());
    let Some(header) = rest.by_ref().take(5).find(|line| line.starts_with("01,")) else { return false };
    let next = rest.find(|line| !line.starts_with("88,"));
    let is_closed = header.ends_with('/') && (5..=12).contains(&header.matches(',').count());
    next.map_or(is_closed, |next| {
        (next.starts_with("02,") || next.starts_with("99,")) && header.matches(',').count() >= 3
            || is_closed && ["01,", "03,", "16,"].iter().any(|code| next.starts_with(code))
    })
}

/// Reads it.
///
/// # Errors
/// There is no account in the file, or none of its transactions can be read.
pub(super) fn read(text: &str, encoding: String, limits: &Limits) -> Result<Table, ReadError> {
    reader::read(text, encoding, limits)
}
