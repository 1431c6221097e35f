//! A long text, decoded block by block.

use std::io::Read;

use encoding_rs::Decoder;

use super::encoding::{self, TextEncoding};
use crate::{ReadError, Source};

/// Bytes that are read at a time.
const READ_BYTES: usize = 1 << 20;

/// The text of a source, from its beginning.
pub(crate) struct TextBlocks<'s> {
    reader: Box<dyn Read + Send + 's>,
    decoder: Decoder,
    bytes: Vec<u8>,
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
            bytes: vec![0; READ_BYTES],
            ended: false,
        })
    }

    /// Adds text until there are about `length` bytes of it or the source ends.
    pub(crate) fn fill(&mut self, text: &mut String, length: usize) -> Result<(), ReadError> {
        while text.len() < length && !self.ended {
            let room = self.bytes.len().min(length.max(64));
            let read = self
                .reader
                .read(self.bytes.get_mut(..room).unwrap_or_default())
                .map_err(|error| encoding::unreadable(&error))?;
            self.ended = read == 0;
            let bytes = self.bytes.get(..read).unwrap_or_default();
            let most = self.decoder.max_utf8_buffer_length(read).unwrap_or(READ_BYTES * 3);
            text.reserve(most);
            // The room reserved holds whatever the bytes become, so all of them are taken.
            let _ = self.decoder.decode_to_string(bytes, text, self.ended);
        }
        Ok(())
    }

    /// Whether the source has ended.
    pub(crate) fn ended(&self) -> bool {
        self.ended
    }
}
