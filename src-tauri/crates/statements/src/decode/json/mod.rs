//! JSON: a list of transactions, or objects that hold such lists, as programs post and banks answer.
//!
//! Read twice: [`survey`] checks the grammar and finds which lists hold records, [`records`] makes a row of each, with a
//! column for each field. What the columns mean is recognised from their names, as in any other grid.

mod choose;
mod context;
mod grid;
mod record;
mod records;
mod scan;
mod survey;
mod values;

use tieout_domain::Said;

use crate::{Limits, ReadError, Spot, Table};

/// Whether the text begins like JSON.
pub(super) fn is(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['{', '[']) else { return false };
    let is_object = text.starts_with('{');
    match rest.trim_start().chars().next() {
        Some('"') => true,
        Some('}') => is_object,
        Some('{' | '[' | ']') => !is_object,
        Some('-' | '0'..='9' | 't' | 'f' | 'n') => !is_object && text.trim_end().ends_with(']'),
        None => text.len() < 3,
        Some(_) => false,
    }
}

/// Reads the text.
pub(super) fn read(text: &str, encoding: String, limits: &Limits) -> Result<Table, ReadError> {
    let places = survey::survey(text, limits)?;
    let chosen = choose::choose(&places)?;
    records::read(text, encoding, &places, &chosen, limits)
}

fn damaged(detail: Said, place: Spot) -> ReadError {
    ReadError::Damaged { what: "the JSON file", place, detail }
}
