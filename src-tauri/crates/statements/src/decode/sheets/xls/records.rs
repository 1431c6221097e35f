//! The stream of records that an old workbook is.

use super::damaged;
use tieout_domain::said;

use crate::ReadError;

/// What continues the record before it.
const CONTINUE: u16 = 0x003c;

pub(super) struct Record<'s> {
    pub(super) kind: u16,
    pub(super) data: &'s [u8],
    /// Data of the records that continue it.
    pub(super) more: Vec<&'s [u8]>,
}

pub(super) struct Records<'s> {
    rest: &'s [u8],
}

impl<'s> Records<'s> {
    pub(super) fn new(stream: &'s [u8], start: usize) -> Self {
        Self { rest: stream.get(start..).unwrap_or_default() }
    }

    /// The next record with all that continues it; `None` at the end of the stream.
    pub(super) fn next(&mut self) -> Result<Option<Record<'s>>, ReadError> {
        // Streams are padded with zeros, which would be records of type 0.
        let Some((kind, data)) = self.take()? else { return Ok(None) };
        let mut record = Record { kind, data, more: Vec::new() };
        while self.rest.first_chunk::<2>().is_some_and(|two| u16::from_le_bytes(*two) == CONTINUE) {
            if let Some((_, data)) = self.take()? {
                record.more.push(data);
            }
        }
        Ok(Some(record))
    }

    fn take(&mut self) -> Result<Option<(u16, &'s [u8])>, ReadError> {
        if self.rest.len() < 4 {
            return Ok(None);
        }
        let (kind, length) = (u16_at(self.rest, 0)?, usize::from(u16_at(self.rest, 2)?));
        let data = self.rest.get(4..4 + length).ok_or_else(cut_off)?;
        self.rest = self.rest.get(4 + length..).unwrap_or_default();
        Ok(Some((kind, data)))
    }
}

pub(super) fn u16_at(data: &[u8], at: usize) -> Result<u16, ReadError> {
    let two = data.get(at..).and_then(<[u8]>::first_chunk::<2>);
    two.map(|two| u16::from_le_bytes(*two)).ok_or_else(cut_off)
}

pub(super) fn u32_at(data: &[u8], at: usize) -> Result<u32, ReadError> {
    let four = data.get(at..).and_then(<[u8]>::first_chunk::<4>);
    four.map(|four| u32::from_le_bytes(*four)).ok_or_else(cut_off)
}

pub(super) fn cut_off() -> ReadError {
    damaged(said!("damaged.record", "a record is cut off"))
}
