//! SWIFT MT940 (customer statement) and MT942 (interim report), as banks write them: with and without SWIFT's blocks,
//! many messages in a file. Each message is a statement of its own.

mod amounts;
mod balances;
pub(in crate::decode) mod dates;
mod entry;
pub(in crate::decode) mod fields;
mod narrative;
mod reader;
mod rows;
mod slashes;
mod subfields;

use crate::{ColumnRole, Format, Limits, ReadError, Table, record_table::Field};

/// What an entry is made of.
const COLUMNS: &[Field] = &[
    ("value date", ColumnRole::ValueDate),
    ("entry date", ColumnRole::Date),
    ("amount", ColumnRole::Amount),
    ("transaction code", ColumnRole::BankCode),
    ("customer reference", ColumnRole::Reference),
    ("bank reference", ColumnRole::Id),
    ("supplementary details", ColumnRole::Description),
    ("information", ColumnRole::Description),
    ("counterparty", ColumnRole::Counterparty),
    ("counterparty account", ColumnRole::CounterpartyAccount),
    ("structured reference", ColumnRole::Remittance),
];

/// Whether a text is made of such messages.
pub(super) fn is(text: &str) -> bool {
    fields::are_in(text)
}

/// Reads them.
///
/// # Errors
/// There is no statement in the messages, or none of their entries can be read.
pub(super) fn read(text: &str, encoding: String, limits: &Limits) -> Result<Table, ReadError> {
    let found = fields::split(text);
    let has = |tags: &[&str]| found.fields.iter().any(|field| tags.contains(&field.tag));
    let is_statement = has(&["60F", "60M", "62F", "62M"]);
    let is_report = has(&["34F", "90C", "90D"]);
    if !is_statement && !is_report && !has(&["61"]) {
        let is_cut = has(&["25", "25P", "28", "28C"]);
        let what = if is_cut {
            "an MT940 message without balance and entries"
        } else {
            "a SWIFT message that is no statement"
        };
        return Err(ReadError::Unsupported { what, advice: "choose a file with whole MT940 or MT942 messages" });
    }
    let format = if is_report && !is_statement { Format::Mt942 } else { Format::Mt940 };
    reader::read(text, &found, format, encoding, limits)
}
