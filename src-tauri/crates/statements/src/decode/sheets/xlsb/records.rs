//! The records that the parts of a binary workbook are made of.

use std::io::{BufReader, Read};

use super::damaged;
use tieout_domain::{retold, said};

use crate::ReadError;

/// Longest record. A cell's text has at most 32,767 letters, but programs keep other things here too.
const RECORD_BYTES_MAX: usize = 16 << 20;

pub(super) struct Records<R: Read> {
    source: BufReader<R>,
    data: Vec<u8>,
}

impl<R: Read> Records<R> {
    pub(super) fn new(source: R) -> Self {
        Self { source: BufReader::with_capacity(64 << 10, source), data: Vec::new() }
    }

    /// Type and data of the next record; `None` at the end of the part.
    pub(super) fn next(&mut self) -> Result<Option<(u16, &[u8])>, ReadError> {
        let Some(first) = self.byte()? else { return Ok(None) };
        let mut kind = u16::from(first & 0x7f);
        if first & 0x80 != 0 {
            kind |= u16::from(self.byte()?.ok_or_else(cut_off)? & 0x7f) << 7;
        }
        let mut length = 0_usize;
        for place in 0..4 {
            let byte = self.byte()?.ok_or_else(cut_off)?;
            length |= usize::from(byte & 0x7f) << (7 * place);
            if byte & 0x80 == 0 {
                break;
            }
        }
        if length > RECORD_BYTES_MAX {
            return Err(damaged(said!("damaged.longRecord", "a record is longer than any can be")));
        }
        self.data.clear();
        let read = (&mut self.source).take(length as u64).read_to_end(&mut self.data);
        match read {
            Ok(count) if count == length => Ok(Some((kind, &self.data))),
            Ok(_) => Err(cut_off()),
            Err(error) => Err(damaged(retold!(error, "damaged.unpack"))),
        }
    }

    fn byte(&mut self) -> Result<Option<u8>, ReadError> {
        let mut one = [0_u8];
        match self.source.read(&mut one) {
            Ok(0) => Ok(None),
            Ok(_) => Ok(Some(u8::from_le_bytes(one))),
            Err(error) => Err(damaged(retold!(error, "damaged.unpack"))),
        }
    }
}

/// A text of two bytes a letter at a place, and the place after it.
pub(super) fn text_at(data: &[u8], at: usize) -> Result<(String, usize), ReadError> {
    let bytes = (u32_at(data, at)? as usize).checked_mul(2).ok_or_else(cut_off)?;
    let end = at.checked_add(4).and_then(|start| start.checked_add(bytes)).ok_or_else(cut_off)?;
    let letters = data.get(at + 4..end).ok_or_else(cut_off)?;
    let units = letters.as_chunks::<2>().0.iter().map(|two| u16::from_le_bytes(*two));
    let text = char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    Ok((text, end))
}

pub(super) fn u16_at(data: &[u8], at: usize) -> Result<u16, ReadError> {
    let two = data.get(at..).and_then(<[u8]>::first_chunk::<2>);
    two.map(|two| u16::from_le_bytes(*two)).ok_or_else(cut_off)
}

pub(super) fn u32_at(data: &[u8], at: usize) -> Result<u32, ReadError> {
    let four = data.get(at..).and_then(<[u8]>::first_chunk::<4>);
    four.map(|four| u32::from_le_bytes(*four)).ok_or_else(cut_off)
}

pub(super) fn number_at(data: &[u8], at: usize) -> Result<f64, ReadError> {
    let eight = data.get(at..).and_then(<[u8]>::first_chunk::<8>);
    eight.map(|eight| f64::from_le_bytes(*eight)).ok_or_else(cut_off)
}

pub(super) fn byte_at(data: &[u8], at: usize) -> Result<u8, ReadError> {
    data.get(at).copied().ok_or_else(cut_off)
}

pub(super) fn cut_off() -> ReadError {
    damaged(said!("damaged.record", "a record is cut off"))
}
