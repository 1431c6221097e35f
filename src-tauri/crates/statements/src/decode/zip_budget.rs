//! How much a ZIP archive really holds, counted before anything of it is interpreted. What its directory says may lie.

use std::io::Read;

use flate2::read::DeflateDecoder;

use crate::ReadError;

/// What an archive holds.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub(super) names: Vec<String>,
    /// Text of the entry `mimetype`, which OpenDocument has.
    pub(super) mimetype: String,
}

const END: &[u8] = b"PK\x05\x06";
const ENTRY: &[u8] = b"PK\x01\x02";
const LOCAL: &[u8] = b"PK\x03\x04";

/// Most entries; a workbook has a few dozen.
const ENTRIES_MAX: usize = 10_000;

/// Inflates every entry into nothing and counts.
///
/// # Errors
/// The archive is damaged, or holds more than `limit` bytes.
pub(super) fn survey(bytes: &[u8], limit: u64) -> Result<Contents, ReadError> {
    let search_from = bytes.len().saturating_sub(66_000);
    let tail = bytes.get(search_from..).unwrap_or_default();
    let end = tail.windows(4).rposition(|window| window == END).ok_or_else(|| damaged("it has no directory"))?;
    let end = search_from + end;
    // Offsets of 64 bits would hide a second directory; workbooks within our limits need none.
    if bytes.get(end.saturating_sub(20)..end.saturating_sub(16)) == Some(b"PK\x06\x07") {
        return Err(damaged("its directory is of the kind for archives beyond 4 GiB"));
    }
    let count = usize::from(u16_at(bytes, end + 10)?);
    let mut at = u32_at(bytes, end + 16)? as usize;
    if count > ENTRIES_MAX {
        return Err(too_large(format!("{ENTRIES_MAX} entries")));
    }
    let mut contents = Contents::default();
    let mut left = limit;
    for _ in 0..count {
        if bytes.get(at..at + 4) != Some(ENTRY) {
            return Err(damaged("its directory is broken"));
        }
        let method = u16_at(bytes, at + 10)?;
        let packed = u32_at(bytes, at + 20)? as usize;
        let (name_len, extra_len, comment_len) = (
            usize::from(u16_at(bytes, at + 28)?),
            usize::from(u16_at(bytes, at + 30)?),
            usize::from(u16_at(bytes, at + 32)?),
        );
        let local = u32_at(bytes, at + 42)? as usize;
        let name = bytes.get(at + 46..at + 46 + name_len).ok_or_else(|| damaged("a name is cut off"))?;
        let name = String::from_utf8_lossy(name).into_owned();
        let data = entry_data(bytes, local, packed)?;
        let mut head = Vec::new();
        let size = inflated_size(data, method, left, &mut head)?;
        left = left.checked_sub(size).ok_or_else(|| too_large(format!("{} MiB after decompression", limit >> 20)))?;
        if name == "mimetype" {
            contents.mimetype = String::from_utf8_lossy(&head).into_owned();
        }
        contents.names.push(name);
        at += 46 + name_len + extra_len + comment_len;
    }
    Ok(contents)
}

fn entry_data(bytes: &[u8], local: usize, packed: usize) -> Result<&[u8], ReadError> {
    if bytes.get(local..local.saturating_add(4)) != Some(LOCAL) {
        return Err(damaged("an entry is not where the directory says"));
    }
    let skip = 30 + usize::from(u16_at(bytes, local + 26)?) + usize::from(u16_at(bytes, local + 28)?);
    bytes.get(local + skip..(local + skip).saturating_add(packed)).ok_or_else(|| damaged("an entry is cut off"))
}

/// Counts at most one byte more than `limit`; keeps the first bytes.
fn inflated_size(data: &[u8], method: u16, limit: u64, head: &mut Vec<u8>) -> Result<u64, ReadError> {
    let mut reader: Box<dyn Read> = match method {
        0 => Box::new(data),
        8 => Box::new(DeflateDecoder::new(data)),
        _ => return Err(damaged("it is compressed in a way Excel does not use")),
    };
    let (mut buffer, mut total) = ([0_u8; 16 << 10], 0_u64);
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return Ok(total),
            Ok(count) => {
                if head.is_empty() {
                    head.extend(buffer.iter().take(count.min(128)));
                }
                total += count as u64;
                if total > limit {
                    return Ok(total);
                }
            }
            Err(error) => return Err(damaged(&format!("an entry cannot be decompressed ({error})"))),
        }
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Result<u16, ReadError> {
    let two = bytes.get(at..at.saturating_add(2)).and_then(|two| <[u8; 2]>::try_from(two).ok());
    two.map(u16::from_le_bytes).ok_or_else(|| damaged("its directory is cut off"))
}

fn u32_at(bytes: &[u8], at: usize) -> Result<u32, ReadError> {
    let four = bytes.get(at..at.saturating_add(4)).and_then(|four| <[u8; 4]>::try_from(four).ok());
    four.map(u32::from_le_bytes).ok_or_else(|| damaged("its directory is cut off"))
}

fn damaged(detail: &str) -> ReadError {
    ReadError::Damaged { what: "the spreadsheet", place: String::new(), detail: detail.to_owned() }
}

fn too_large(limit: String) -> ReadError {
    ReadError::TooLarge { what: "the spreadsheet", limit, place: String::new() }
}
