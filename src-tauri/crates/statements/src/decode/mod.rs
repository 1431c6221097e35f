//! Bytes → [`Table`]: what kind of file it is, how its text is encoded, where its cells and its header stand.

mod delimited;
mod dialect;
mod encoding;
mod fixed_width;
mod layout;
mod magic;
mod surroundings;
mod xlsx;
mod zip_budget;

use crate::{Limits, ReadError, Table};

/// What decoding is told besides the bytes.
#[derive(Debug, Clone, Default)]
pub struct DecodeOptions {
    /// Name of the file. Its ending is a hint only: the bytes decide.
    pub file_name: String,
    /// Sheet to read from a spreadsheet; `None`: the one whose header is recognised best.
    pub sheet: Option<String>,
    /// How much is read.
    pub limits: Limits,
}

/// Whether decoding should run in a child process with limits on memory and time: spreadsheets and XML can be made to
/// attack their reader.
pub fn needs_isolation(bytes: &[u8]) -> bool {
    magic::is_zip(bytes) || magic::is_compound(bytes) || magic::is_markup(bytes)
}

/// A format that is no grid.
struct TextFormat {
    /// Whether the text, which begins with no blank, is of this format.
    is: fn(&str) -> bool,
    /// Reads it, given the name of its encoding.
    read: fn(&str, String, &Limits) -> Result<Table, ReadError>,
}

/// Tried in this order; what none of them is, is a grid or refused.
const TEXT_FORMATS: &[TextFormat] = &[
    // The last one: it asks whether any delimiter gives a table.
    TextFormat { is: fixed_width::is, read: fixed_width::read },
];

/// Reads a file into a grid of text cells. Nothing is interpreted yet, and no data row is left out.
///
/// # Errors
/// Files of another kind, damaged files, files beyond a limit: see [`ReadError`].
pub fn decode(bytes: &[u8], options: &DecodeOptions) -> Result<Table, ReadError> {
    let limits = &options.limits;
    if bytes.len() as u64 > limits.file_bytes {
        let limit = format!("{} MiB", limits.file_bytes >> 20);
        return Err(ReadError::TooLarge { what: "the file", limit, place: String::new() });
    }
    if magic::is_zip(bytes) {
        return xlsx::read(bytes, options.sheet.as_deref(), limits);
    }
    magic::refuse_foreign(bytes)?;
    let (text, encoding) = encoding::to_text(bytes)?;
    if let Some(format) = TEXT_FORMATS.iter().find(|format| (format.is)(text.trim_start())) {
        return (format.read)(&text, encoding, limits);
    }
    magic::refuse_foreign_text(&text)?;
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let dialect = dialect::sniff(&text);
    let table = delimited::read(text, encoding, dialect, limits)?;
    Ok(layout::find_header(table))
}
