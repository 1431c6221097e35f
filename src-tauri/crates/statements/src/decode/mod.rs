//! Bytes → [`Table`]: what kind of file it is, how its text is encoded, where its cells and its header stand.

mod archive;
mod delimited;
mod dialect;
mod encoding;
mod layout;
mod magic;
mod mismatch;
mod sheets;

use crate::{Limits, ReadError, Table};

pub use archive::{Member, archive_members};

/// What decoding is told besides the bytes.
#[derive(Debug, Clone, Default)]
pub struct DecodeOptions {
    /// Name of the file. Its ending is a hint only: the bytes decide.
    pub file_name: String,
    /// Sheet to read from a spreadsheet; `None`: the one whose header is recognised best, and all with the same header.
    pub sheet: Option<String>,
    /// How much is read.
    pub limits: Limits,
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
const TEXT_FORMATS: &[TextFormat] = &[];

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
    if bytes.len() as u64 > limits.file_bytes {
        return Err(ReadError::FileTooLarge { limit: limits.file_bytes });
    }
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
