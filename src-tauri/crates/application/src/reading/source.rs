//! Where a file's bytes come from, each time they are read.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use sha2::{Digest as _, Sha256};
use tieout_domain::{Digest, said};
use tieout_statements::Source;

use crate::{ApplicationError, error::in_words, foreign};

/// Files up to this size are held in memory, so that they are read once and cannot change under the reader.
const HELD_BYTES_MAX: u64 = 8 << 20;

/// A file's bytes, known by their digest.
#[derive(Debug, Clone)]
pub(crate) struct FileSource {
    bytes: Bytes,
    length: u64,
    /// Of a file on disk made by whoever first reads it to its end, so that no reading is for the digest alone.
    digest: Arc<OnceLock<Digest>>,
}

#[derive(Debug, Clone)]
enum Bytes {
    Held(Arc<[u8]>),
    /// Read again each time; a change in between is noticed at the end of each reading.
    OnDisk(PathBuf),
}

impl FileSource {
    /// Bytes that came with a request.
    pub(crate) fn of_bytes(bytes: Vec<u8>) -> Self {
        let digest = Arc::new(OnceLock::from(Digest::from_bytes(Sha256::digest(&bytes).into())));
        Self { length: bytes.len() as u64, bytes: Bytes::Held(bytes.into()), digest }
    }

    /// A file on disk.
    pub(crate) fn of_file(path: &Path) -> Result<Self, ApplicationError> {
        let failed = |source| ApplicationError::file(path, source);
        let facts = std::fs::metadata(path).map_err(failed)?;
        if facts.is_dir() {
            return Err(ApplicationError::Unreadable(said!(
                "file.isFolder",
                "{path} is a folder; choose a file",
                path = path.display()
            )));
        }
        if facts.len() <= HELD_BYTES_MAX {
            return Ok(Self::of_bytes(foreign::read(path).map_err(failed)?));
        }
        foreign::open(path).map_err(failed)?;
        Ok(Self { bytes: Bytes::OnDisk(path.to_owned()), length: facts.len(), digest: Arc::default() })
    }

    /// SHA-256 of the bytes.
    pub(crate) fn digest(&self) -> Result<Digest, ApplicationError> {
        if let Some(digest) = self.digest.get() {
            return Ok(*digest);
        }
        let mut reader = self.open().map_err(unreadable)?;
        io::copy(&mut reader, &mut io::sink()).map_err(unreadable)?;
        self.digest.get().copied().ok_or_else(|| unreadable(io::Error::other("it could not be read to its end")))
    }

    /// All bytes, for formats that are read as a whole.
    pub(crate) fn whole(&self) -> Result<Arc<[u8]>, ApplicationError> {
        if let Bytes::Held(bytes) = &self.bytes {
            return Ok(bytes.clone());
        }
        let mut bytes = Vec::new();
        self.open().and_then(|mut reader| reader.read_to_end(&mut bytes)).map_err(unreadable)?;
        Ok(bytes.into())
    }

    /// The first bytes, enough to tell what kind of file it is.
    pub(crate) fn start(&self) -> Result<Vec<u8>, ApplicationError> {
        const START_BYTES: u64 = 8192;
        let mut start = Vec::new();
        self.open().and_then(|reader| reader.take(START_BYTES).read_to_end(&mut start)).map_err(unreadable)?;
        Ok(start)
    }
}

fn unreadable(error: io::Error) -> ApplicationError {
    ApplicationError::Unreadable(in_words(&error))
}

impl Source for FileSource {
    fn open(&self) -> io::Result<Box<dyn Read + Send + '_>> {
        match &self.bytes {
            Bytes::Held(bytes) => Ok(Box::new(&bytes[..])),
            Bytes::OnDisk(path) => {
                Ok(Box::new(Verified { file: foreign::open(path)?, hash: Sha256::new(), expected: &self.digest }))
            }
        }
    }

    fn len(&self) -> u64 {
        self.length
    }
}

/// Reads a file and fails at its end if it is not what the first reading found.
struct Verified<'a> {
    file: File,
    hash: Sha256,
    expected: &'a OnceLock<Digest>,
}

impl Verified<'_> {
    fn is_changed(&self) -> bool {
        let found = Digest::from_bytes(self.hash.clone().finalize().into());
        *self.expected.get_or_init(|| found) != found
    }
}

impl Read for Verified<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        if count > 0 {
            self.hash.update(buffer.get(..count).unwrap_or_default());
        } else if !buffer.is_empty() && self.is_changed() {
            return Err(io::Error::other(said!("file.changed", "it was changed while it was being read")));
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_changes_between_two_readings_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("long.csv");
        let length = usize::try_from(HELD_BYTES_MAX).unwrap() + 1;
        std::fs::write(&path, vec![b'a'; length]).unwrap();
        let source = FileSource::of_file(&path).unwrap();
        assert_eq!(source.whole().unwrap().len(), length);
        assert_eq!(source.digest().unwrap(), Digest::from_bytes(Sha256::digest(vec![b'a'; length]).into()));
        let mut changed = vec![b'a'; length];
        changed[length / 2] = b'b';
        std::fs::write(&path, changed).unwrap();
        assert!(source.whole().unwrap_err().to_string().contains("was changed"));
    }
}
