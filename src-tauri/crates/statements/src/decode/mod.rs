//! Bytes → [`Table`]: what kind of file it is, how its text is encoded, where its cells and its header stand.

mod archive;
mod bai2;
mod blocks;
mod camt;
mod delimited;
mod dialect;
mod encoding;
mod fixed_width;
mod json;
mod layout;
mod lines;
mod magic;
mod mismatch;
mod mt94x;
mod ofx;
mod qif;
mod sheets;
mod stream;
mod surroundings;

pub(crate) use encoding::unreadable;
pub(crate) use stream::Stream;

use crate::{Limits, ReadError, Table};

pub use archive::{Member, archive_members};

/// What decoding is told besides the bytes.
#[derive(Debug, Clone)]
pub struct DecodeOptions {
    /// Name of the file. Its ending is a hint only: the bytes decide.
    pub file_name: String,
    /// Sheet to read from a spreadsheet; `None`: the one whose header is recognised best, and all with the same header.
    pub sheet: Option<String>,
    /// How much is read.
    pub limits: Limits,
    /// Files of up to so many bytes are held as a whole while they are read; longer ones are gone through piece by piece
    /// where their format allows.
    pub whole_bytes: u64,
    /// Text of a longer file that is split at a time, in bytes.
    pub block_bytes: usize,
}

impl Default for DecodeOptions {
    fn default() -> Self {
        Self {
            file_name: String::new(),
            sheet: None,
            limits: Limits::default(),
            whole_bytes: 4 << 20,
            block_bytes: 1 << 20,
        }
    }
}

/// Whether decoding should run in a child process with limits on memory and time: spreadsheets and XML can be made to
/// attack their reader.
pub fn needs_isolation(bytes: &[u8]) -> bool {
    magic::is_zip(bytes) || magic::is_compound(bytes) || magic::is_markup(bytes)
}

/// Whether the bytes begin like a ZIP archive, so that asking for [`archive_members`] makes sense.
pub fn is_zip(bytes: &[u8]) -> bool {
    magic::is_zip(bytes)
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
    TextFormat { is: ofx::is, read: ofx::read },
    TextFormat { is: qif::is, read: qif::read },
    TextFormat { is: camt::is, read: camt::read },
    TextFormat { is: json::is, read: json::read },
    TextFormat { is: mt94x::is, read: mt94x::read },
    TextFormat { is: bai2::is, read: bai2::read },
    // The last one: it asks whether any delimiter gives a table.
    TextFormat { is: fixed_width::is, read: fixed_width::read },
];

/// Refuses a file beyond the limit.
///
/// # Errors
/// [`ReadError::TooLarge`].
pub fn refuse_large(length: u64, limits: &Limits) -> Result<(), ReadError> {
    if length > limits.file_bytes {
        return Err(ReadError::FileTooLarge { limit: limits.file_bytes });
    }
    Ok(())
}

/// Reads a file into a grid of text cells. Nothing is interpreted yet, and no data row is left out.
///
/// # Errors
/// Files of another kind, damaged files, files beyond a limit: see [`ReadError`].
pub fn decode(bytes: &[u8], options: &DecodeOptions) -> Result<Table, ReadError> {
    let mut table =
        decode_content(bytes, options).map_err(|error| mismatch::explain(error, bytes, &options.file_name))?;
    mismatch::note(&mut table, &options.file_name);
    Ok(table)
}

fn decode_content(bytes: &[u8], options: &DecodeOptions) -> Result<Table, ReadError> {
    let limits = &options.limits;
    refuse_large(bytes.len() as u64, limits)?;
    if magic::is_zip(bytes) || magic::is_compound(bytes) {
        return sheets::read(bytes, options.sheet.as_deref(), limits);
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
