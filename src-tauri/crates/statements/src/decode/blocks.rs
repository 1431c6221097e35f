//! A long text, decoded block by block.

use std::io::Read;

use encoding_rs::Decoder;

use super::encoding::{self, TextEncoding};
use crate::{ReadError, Source};

/// The text of a source, from its beginning.
pub(crate) struct TextBlocks<'s> {
    reader: Box<dyn Read + Send + 's>,
    decoder: Decoder,
    /// Bytes that are no text yet: the beginning of a character that the next block ends.
    bytes: Vec<u8>,
    /// The bytes so far were UTF-8, so that they are the text.
    is_utf8: bool,
    has_zero: bool,
    ended: bool,
}

impl<'s> TextBlocks<'s> {
    pub(crate) fn new(source: &'s dyn Source, encoding: TextEncoding) -> Result<Self, ReadError> {
        let mut reader = encoding::open(source)?;
        let mut mark = vec![0; encoding.mark_length];
        reader.read_exact(&mut mark).map_err(|error| encoding::unreadable(&error))?;
        Ok(Self {
            reader,
            decoder: encoding.encoding.new_decoder_without_bom_handling(),
            bytes: Vec::new(),
            is_utf8: encoding.encoding == encoding_rs::UTF_8,
            has_zero: false,
            ended: false,
        })
    }

    /// Adds text until there are about `length` bytes of it or the source ends.
    pub(crate) fn fill(&mut self, text: &mut String, length: usize) -> Result<(), ReadError> {
        while text.len() < length && !self.ended {
            let wanted = (length - text.len()).max(64);
            if self.is_utf8 {
                self.read_utf8(text, wanted)?;
            } else {
                let mut bytes = std::mem::take(&mut self.bytes);
                self.read(&mut bytes, wanted)?;
                self.decode(&bytes, text);
            }
        }
        Ok(())
    }

    fn read(&mut self, bytes: &mut Vec<u8>, wanted: usize) -> Result<(), ReadError> {
        bytes.reserve(wanted);
        let mut reader = Read::take(&mut self.reader, wanted as u64);
        let read = reader.read_to_end(bytes).map_err(|error| encoding::unreadable(&error))?;
        self.ended = read < wanted;
        Ok(())
    }

    /// Reads into the text itself.
    fn read_utf8(&mut self, text: &mut String, wanted: usize) -> Result<(), ReadError> {
        let mut bytes = std::mem::take(text).into_bytes();
        let before = bytes.len();
        bytes.append(&mut self.bytes);
        self.read(&mut bytes, wanted)?;
        self.has_zero |= memchr::memchr(0, bytes.get(before..).unwrap_or_default()).is_some();
        let error = match String::from_utf8(bytes) {
            Ok(whole) => {
                *text = whole;
                return Ok(());
            }
            Err(error) => error,
        };
        let (valid, is_cut_off) = (error.utf8_error().valid_up_to(), error.utf8_error().error_len().is_none());
        bytes = error.into_bytes();
        let rest = bytes.split_off(valid);
        *text = String::from_utf8(bytes).unwrap_or_default();
        if is_cut_off && !self.ended {
            self.bytes = rest;
        } else {
            self.is_utf8 = false;
            self.decode(&rest, text);
        }
        Ok(())
    }

    fn decode(&mut self, bytes: &[u8], text: &mut String) {
        text.reserve(self.decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len() * 3));
        // The room reserved holds whatever the bytes become, so all of them are taken.
        let _ = self.decoder.decode_to_string(bytes, text, self.ended);
    }

    /// Whether the source has ended.
    pub(crate) fn ended(&self) -> bool {
        self.ended
    }

    /// Whether all bytes so far were UTF-8 without a zero among them.
    pub(crate) fn is_clean_utf8(&self) -> bool {
        self.is_utf8 && !self.has_zero
    }
}
