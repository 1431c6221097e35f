//! Which of the folders with backups of one salt are this workbook's.
//!
//! A copy of a workbook has its salt: one that was restored beside it, or last year's file as the beginning of this
//! year's. Their histories part where they were first worked in. A folder is a workbook's as long as the newest backup in
//! it ends with an event of the workbook's history; where it does not, the workbook gets another folder. So what one of
//! them removes is never what another rests on, and the newest of a folder is the newest of one history.

use std::{
    collections::BTreeSet,
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use rusqlite::params;

use super::{Backup, BackupError, BackupHead, BackupKey, BackupKind, Shelf, proof};
use crate::{Workbook, WorkbookError, rows::Blob};

/// The folders with backups of workbooks of one salt.
#[derive(Debug)]
pub struct Shelves {
    parent: PathBuf,
    name: String,
    found: Vec<Found>,
}

#[derive(Debug)]
struct Found {
    folder: PathBuf,
    backups: Vec<Backup>,
    newest: Option<BackupHead>,
}

impl Shelves {
    /// Looks into a folder that may have backups of other workbooks too. This asks a drive that may be far away: nobody
    /// should have to wait for it.
    pub fn look(parent: &Path, workbook: &Path, key: &BackupKey) -> Result<Self, BackupError> {
        let ending = format!("-{}", &key.salt.to_string()[..8]);
        let mut found = Vec::new();
        let entries = match fs::read_dir(parent) {
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            other => Some(other.map_err(BackupError::io(parent))?),
        };
        for entry in entries.into_iter().flatten() {
            let folder = entry.map_err(BackupError::io(parent))?.path();
            let is_one = folder.file_name().is_some_and(|name| is_shelf(&name.to_string_lossy(), &ending));
            if is_one && folder.is_dir() {
                found.push(Found::look(folder, key)?);
            }
        }
        found.sort_by(|a, b| a.folder.cmp(&b.folder));
        let stem = workbook.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(Self { parent: parent.to_owned(), name: stem + &ending, found })
    }

    /// The newest events of all backups, of which [`Workbook::own_heads`] tells the workbook's.
    pub fn heads(&self) -> Vec<BackupHead> {
        let named = self.found.iter().flat_map(|found| &found.backups).filter_map(|backup| backup.head.clone());
        named.chain(self.found.iter().filter_map(|found| found.newest.clone())).collect()
    }

    /// The workbook's folder, given which events are its own: the one that is furthest in its history, or else one of
    /// which that is not known, or else a new one.
    pub fn own(self, own: &BTreeSet<BackupHead>) -> Shelf {
        let is_own = |found: &&Found| found.newest.as_ref().is_some_and(|head| own.contains(head));
        let best = self.found.iter().filter(is_own).max_by_key(|found| found.newest.as_ref().map(|head| head.sequence));
        let unknown = || self.found.iter().find(|found| found.newest.is_none());
        let folder = best.or_else(unknown).map(|found| found.folder.clone());
        let heads = self.found.iter().flat_map(|found| &found.backups).filter_map(|backup| backup.head.clone());
        let others = heads.filter(|head| !own.contains(head)).collect();
        Shelf { folder: folder.unwrap_or_else(|| self.free()), others }
    }

    fn free(&self) -> PathBuf {
        let numbered = (2..).map(|number| format!("{}-{number}", self.name));
        let mut names = std::iter::once(self.name.clone()).chain(numbered).map(|name| self.parent.join(name));
        let is_free = |path: &PathBuf| self.found.iter().all(|found| found.folder != *path);
        names.find(is_free).unwrap_or_else(|| self.parent.join(&self.name))
    }
}

impl Found {
    fn look(folder: PathBuf, key: &BackupKey) -> Result<Self, BackupError> {
        let backups = Shelf::at(&folder).backups()?;
        // An earlier version did not write the event into the name. Where the key opens the file it is read there.
        let read = || {
            let full = backups.iter().rfind(|backup| backup.kind == BackupKind::Full)?;
            proof::head_of(&full.path, &key.key, key.salt).map(BackupHead::of)
        };
        let newest = backups.last().and_then(|backup| backup.head.clone()).or_else(read);
        Ok(Self { folder, backups, newest })
    }
}

/// `joinery-5f0c1d2e`, or `joinery-5f0c1d2e-2` of another copy of it.
fn is_shelf(name: &str, ending: &str) -> bool {
    let numbered = name.rsplit_once('-').filter(|(_, number)| number.bytes().all(|digit| digit.is_ascii_digit()));
    name.ends_with(ending) || numbered.is_some_and(|(front, _)| front.ends_with(ending))
}

impl Workbook {
    /// Those of the events that are in this workbook's history.
    pub fn own_heads(&self, heads: &[BackupHead]) -> Result<BTreeSet<BackupHead>, WorkbookError> {
        let mut statement =
            self.sql.prepare_cached("SELECT hash FROM audit_events WHERE company_id = ?1 AND sequence = ?2")?;
        let mut own = BTreeSet::new();
        for head in heads {
            let sequence = i64::try_from(head.sequence).map_err(WorkbookError::unreadable)?;
            let mut rows = statement.query(params![Blob(self.company.id.uuid()), sequence])?;
            if let Some(row) = rows.next()? {
                let hash = tieout_domain::Digest::from_bytes(row.get(0)?);
                let here = BackupHead::of(tieout_domain::AuditHead { sequence: head.sequence, hash });
                own.extend((here == *head).then_some(here));
            }
        }
        Ok(own)
    }

    /// The folder of this workbook's backups in a folder that may have those of others. The workbook is held while the
    /// drive is asked: where people wait, take [`Shelves`].
    pub fn shelf(&self, parent: &Path) -> Result<Shelf, BackupError> {
        let shelves = Shelves::look(parent, self.path(), &self.backup_key())?;
        let own = self.own_heads(&shelves.heads())?;
        Ok(shelves.own(&own))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_one_salt_are_known_by_its_first_digits() {
        for (name, expected) in [
            ("joinery-5f0c1d2e", true),
            ("joinery-2025-5f0c1d2e-2", true),
            ("joinery-5f0c1d2e-old", false),
            ("joinery-2", false),
            ("joinery", false),
        ] {
            assert_eq!(is_shelf(name, "-5f0c1d2e"), expected, "{name}");
        }
    }
}
