//! Bytes that are read more than once, without being held in memory.

use std::io::{self, Read};

/// Bytes that can be read from their beginning as often as needed: a file, or bytes in memory. They must be the same
/// each time; who reads a file that others may write to compares its digest.
pub trait Source: Sync {
    /// A reader that stands at the beginning.
    fn open(&self) -> io::Result<Box<dyn Read + Send + '_>>;

    /// Number of bytes.
    fn len(&self) -> u64;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Source for [u8] {
    fn open(&self) -> io::Result<Box<dyn Read + Send + '_>> {
        Ok(Box::new(self))
    }

    fn len(&self) -> u64 {
        <[u8]>::len(self) as u64
    }
}

impl Source for Vec<u8> {
    fn open(&self) -> io::Result<Box<dyn Read + Send + '_>> {
        self.as_slice().open()
    }

    fn len(&self) -> u64 {
        self.as_slice().len() as u64
    }
}
