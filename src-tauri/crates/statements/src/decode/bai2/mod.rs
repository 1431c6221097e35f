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

/// Whether a text is such a file: a file header, and another record after it. A header of the sender's computer may
/// stand in front.
pub(super) fn is(text: &str) -> bool {
    let mut rest = lines(text).map(|(_, _, line)| line.trim()).filter(|line| !line.is_empty());
    if !rest.by_ref().take(5).any(is_header) {
        return false;
    }
    let next = rest.find(|line| !line.starts_with("88,"));
    let codes = ["01,", "02,", "03,", "16,", "98,", "99,"];
    next.is_none_or(|next| codes.iter().any(|code| next.starts_with(code)))
}

/// Sender, receiver, date, time, file number, length of records and blocks, version. A numbered row of a table has no
/// date of six digits in the fourth place and no slash or version at its end.
fn is_header(line: &str) -> bool {
    let fields: Vec<&str> = line.trim_end_matches('/').split(',').take(16).map(str::trim).collect();
    let [code, _, _, date, time, ..] = fields.as_slice() else { return false };
    let is_date = matches!(date.len(), 6 | 8) && date.bytes().all(|byte| byte.is_ascii_digit());
    let is_time = time.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    *code == "01" && is_date && is_time && (line.ends_with('/') || fields.get(8).is_some_and(|version| *version == "2"))
}

/// Reads it.
///
/// # Errors
/// There is no account in the file, or none of its transactions can be read.
pub(super) fn read(text: &str, encoding: String, limits: &Limits) -> Result<Table, ReadError> {
    reader::read(text, encoding, limits)
}
