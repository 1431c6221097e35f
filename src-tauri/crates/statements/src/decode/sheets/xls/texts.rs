//! Texts of old workbooks: in two bytes a letter, in one, or in the letters of some language.

use encoding_rs::{Encoding, WINDOWS_1252};

use super::{
    damaged,
    records::{Record, cut_off, u16_at, u32_at},
};
use tieout_domain::said;

use crate::{Limits, ReadError, Spot, limit};

/// How texts outside the shared table are written.
pub(super) struct Alphabet {
    /// BIFF8: every text says itself whether its letters have one byte or two.
    pub(super) wide: bool,
    encoding: &'static Encoding,
}

impl Default for Alphabet {
    fn default() -> Self {
        Self { wide: true, encoding: WINDOWS_1252 }
    }
}

impl Alphabet {
    pub(super) fn set_code_page(&mut self, page: u16) {
        let label = match page {
            874 => "windows-874".to_owned(),
            866 => "ibm866".to_owned(),
            932 => "shift_jis".to_owned(),
            936 => "gbk".to_owned(),
            949 => "euc-kr".to_owned(),
            950 => "big5".to_owned(),
            10_000 | 0x8000 => "macintosh".to_owned(),
            10_007 => "x-mac-cyrillic".to_owned(),
            other => format!("windows-{other}"),
        };
        self.encoding = Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252);
    }

    /// A text at a place of a record, whose length takes one byte or two.
    pub(super) fn text(&self, data: &[u8], at: usize, length_bytes: usize) -> Result<String, ReadError> {
        let length = match length_bytes {
            1 => usize::from(*data.get(at).ok_or_else(cut_off)?),
            _ => usize::from(u16_at(data, at)?),
        };
        self.letters(data.get(at + length_bytes..).unwrap_or_default(), &[], length)
    }

    /// A text with a length of two bytes that may go on in further records.
    pub(super) fn text_of(&self, record: &Record<'_>, at: usize) -> Result<String, ReadError> {
        let length = usize::from(u16_at(record.data, at)?);
        self.letters(record.data.get(at + 2..).unwrap_or_default(), &record.more, length)
    }

    fn letters(&self, data: &[u8], more: &[&[u8]], length: usize) -> Result<String, ReadError> {
        if self.wide {
            let mut pieces = Pieces { current: data, more: more.iter() };
            let is_wide = pieces.byte()? & 1 != 0;
            let mut text = String::new();
            pieces.letters(length, is_wide, &mut text)?;
            return Ok(text);
        }
        let mut bytes: Vec<u8> = data.iter().take(length).copied().collect();
        for piece in more {
            bytes.extend(piece.iter().take(length - bytes.len()));
        }
        if bytes.len() < length {
            return Err(cut_off());
        }
        Ok(self.encoding.decode_without_bom_handling(&bytes).0.into_owned())
    }
}

/// The texts that cells share, one after the other.
#[derive(Default)]
pub(super) struct SharedTexts {
    text: String,
    ends: Vec<usize>,
}

impl SharedTexts {
    pub(super) fn read(record: &Record<'_>, limits: &Limits) -> Result<Self, ReadError> {
        let count = u32_at(record.data, 4)?;
        let mut pieces = Pieces { current: record.data.get(8..).unwrap_or_default(), more: record.more.iter() };
        let mut texts = Self::default();
        for _ in 0..count {
            // Some programs count more texts than they write.
            if !pieces.goes_on() {
                break;
            }
            pieces.shared_text(&mut texts.text)?;
            texts.ends.push(texts.text.len());
            if texts.text.len() > limits.sheet_text_bytes {
                let limit = limit::text(limits.sheet_text_bytes);
                return Err(ReadError::TooLarge { what: "the spreadsheet", limit, place: Spot::default() });
            }
        }
        Ok(texts)
    }

    pub(super) fn get(&self, place: u32) -> Result<&str, ReadError> {
        let place = place as usize;
        let start = place.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let text = start.zip(self.ends.get(place).copied()).and_then(|(start, end)| self.text.get(start..end));
        text.ok_or_else(|| damaged(said!("damaged.noText", "a cell names a text that is not there")))
    }
}

/// A record's data and what continues it.
struct Pieces<'r, 's> {
    current: &'s [u8],
    more: std::slice::Iter<'r, &'s [u8]>,
}

impl Pieces<'_, '_> {
    fn goes_on(&mut self) -> bool {
        while self.current.is_empty() {
            match self.more.next() {
                Some(next) => self.current = next,
                None => return false,
            }
        }
        true
    }

    fn byte(&mut self) -> Result<u8, ReadError> {
        if !self.goes_on() {
            return Err(cut_off());
        }
        let (first, rest) = self.current.split_first().ok_or_else(cut_off)?;
        self.current = rest;
        Ok(*first)
    }

    fn number(&mut self, bytes: u32) -> Result<usize, ReadError> {
        let mut number = 0_usize;
        for place in 0..bytes {
            number |= usize::from(self.byte()?) << (8 * place);
        }
        Ok(number)
    }

    fn skip(&mut self, mut count: usize) -> Result<(), ReadError> {
        while count > 0 {
            if !self.goes_on() {
                return Err(cut_off());
            }
            let step = count.min(self.current.len());
            self.current = self.current.get(step..).unwrap_or_default();
            count -= step;
        }
        Ok(())
    }

    fn shared_text(&mut self, text: &mut String) -> Result<(), ReadError> {
        let length = self.number(2)?;
        let flags = self.byte()?;
        let runs = if flags & 8 == 0 { 0 } else { self.number(2)? };
        let extra = if flags & 4 == 0 { 0 } else { self.number(4)? };
        self.letters(length, flags & 1 != 0, text)?;
        self.skip(runs * 4)?;
        self.skip(extra)
    }

    /// Where letters go on in another piece, that one says anew how wide they are.
    fn letters(&mut self, mut length: usize, mut is_wide: bool, text: &mut String) -> Result<(), ReadError> {
        let mut units = Vec::new();
        while length > 0 {
            if self.current.is_empty() {
                is_wide = self.byte()? & 1 != 0;
            }
            let width = if is_wide { 2 } else { 1 };
            let count = length.min(self.current.len() / width);
            let (letters, rest) = self.current.split_at_checked(count * width).ok_or_else(cut_off)?;
            match is_wide {
                true => units.extend(letters.as_chunks::<2>().0.iter().map(|two| u16::from_le_bytes(*two))),
                false => units.extend(letters.iter().map(|byte| u16::from(*byte))),
            }
            self.current = rest;
            length -= count;
            if length > 0 && !self.current.is_empty() {
                return Err(cut_off());
            }
        }
        text.extend(char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)));
        Ok(())
    }
}
