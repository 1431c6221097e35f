//! Files that speak for something, kept whole inside the encrypted workbook.

use rusqlite::{OptionalExtension, params};
use sha2::{Digest as _, Sha256};
use tieout_domain::Digest;

use super::MarkFault;
use crate::{Workbook, WorkbookError, change::Change, rows::Blob};

/// Largest file that is kept, in bytes.
pub const EVIDENCE_BYTES_MAX: usize = 25 * 1024 * 1024;
const MIB: usize = 1024 * 1024;
const NAME_CHARS_MAX: usize = 255;

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Its name, without a folder.
    pub name: String,
    /// Its content.
    pub content: Vec<u8>,
}

impl Evidence {
    /// The file under a name without folders and control characters, so that it can be written out again anywhere.
    pub(super) fn checked(&self) -> Result<Self, MarkFault> {
        let name = self.name.rsplit(['/', '\\']).next().unwrap_or_default();
        let name: String = name.chars().filter(|c| !c.is_control()).take(NAME_CHARS_MAX).collect();
        let name = name.trim().to_owned();
        if name.is_empty() || name == "." || name == ".." {
            return Err(MarkFault::NoFileName);
        }
        if self.content.is_empty() {
            return Err(MarkFault::EmptyFile(name));
        }
        if self.content.len() > EVIDENCE_BYTES_MAX {
            let mib = self.content.len().div_ceil(MIB);
            return Err(MarkFault::FileTooLarge { name, mib, most: EVIDENCE_BYTES_MAX / MIB });
        }
        Ok(Self { name, content: self.content.clone() })
    }

    pub(super) fn hash(&self) -> Digest {
        Digest::from_bytes(Sha256::digest(&self.content).into())
    }
}

impl Change<'_> {
    /// Keeps a file, once however often it is attached, and answers its SHA-256.
    pub(super) fn keep_file(&mut self, file: &Evidence) -> Result<Digest, WorkbookError> {
        let hash = file.hash();
        self.sql
            .prepare_cached(
                "INSERT INTO evidence_files (company_id, hash, content) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            )?
            .execute(params![Blob(self.company.uuid()), hash.as_bytes(), file.content])?;
        Ok(hash)
    }
}

impl Workbook {
    /// The content of an attached file, as it was attached.
    pub fn evidence(&self, hash: Digest) -> Result<Vec<u8>, WorkbookError> {
        let content: Option<Vec<u8>> = self
            .sql
            .prepare_cached("SELECT content FROM evidence_files WHERE company_id = ?1 AND hash = ?2")?
            .query_row(params![Blob(self.company.id.uuid()), hash.as_bytes()], |row| row.get(0))
            .optional()?;
        let content = content.ok_or_else(|| WorkbookError::not_found("file", hash))?;
        if Digest::from_bytes(Sha256::digest(&content).into()) == hash {
            Ok(content)
        } else {
            Err(WorkbookError::Damaged(format!("the attached file {hash} is not what was attached")))
        }
    }
}
