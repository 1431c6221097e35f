//! Whether a backup opens, and what is in it.

use std::{fs, path::Path};

use rusqlite::{Connection, OptionalExtension};
use tieout_domain::{AuditHead, Digest, Said, said};

use super::{BackupError, PAGE};
use crate::{
    OpenError, file,
    key::{RawKey, Salt},
    schema::{APPLICATION_ID, SCHEMA_VERSION},
};

/// What a workbook's file holds that was opened and found whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proven {
    /// The company's name.
    pub company: String,
    /// The newest event in it.
    pub head: AuditHead,
    /// When that was, in milliseconds since 1970-01-01 UTC.
    pub newest_at_ms: i64,
}

/// Opens the file without writing to it or beside it, authenticates every page, and looks whether the pages belong
/// together.
pub(super) fn prove(path: &Path, key: &RawKey, salt: Salt) -> Result<Proven, BackupError> {
    let bytes = fs::metadata(path).map_err(BackupError::io(path))?.len();
    if bytes % PAGE as u64 != 0 {
        return Err(BackupError::damaged(path, said!("damage.cutPage", "it ends in the middle of a page")));
    }
    let refused = |error: rusqlite::Error| refusal(path, key, salt, error);
    let sql = file::open_copy(path, key, salt).map_err(refused)?;
    let source = fs::File::open(path).map_err(BackupError::io(path))?;
    let place = file::unreadable_pages(&sql, &source).map_err(refused)?.into_iter().next();
    if let Some(place) = place {
        // With another key no page can be authenticated, which is no damage.
        return Err(match file::wrong_or_damaged(path, key, salt) {
            Ok(Some(OpenError::WrongPassphrase)) => OpenError::WrongPassphrase.into(),
            _ => BackupError::damaged(path, file::told(&place)),
        });
    }
    let number = |name: &str| sql.pragma_query_value(None, name, |row| row.get::<_, i32>(0)).map_err(refused);
    if number("application_id")? != APPLICATION_ID {
        return Err(OpenError::NotAWorkbook(path.to_owned()).into());
    }
    let found = number("user_version")?;
    if found > SCHEMA_VERSION {
        return Err(OpenError::NewerVersion { found, supported: SCHEMA_VERSION }.into());
    }
    let belongs: String = sql.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(refused)?;
    if belongs != "ok" {
        return Err(BackupError::damaged(path, file::told(&belongs)));
    }
    let company = sql.query_row("SELECT name FROM companies", [], |row| row.get(0)).map_err(refused)?;
    let newest = newest_event(&sql).map_err(refused)?;
    let no_history = || BackupError::damaged(path, said!("damage.noHistory", "it has no history"));
    let (head, newest_at_ms) = newest.ok_or_else(no_history)?;
    Ok(Proven { company, head, newest_at_ms })
}

/// The newest event of the history, and when it was.
fn newest_event(sql: &Connection) -> rusqlite::Result<Option<(AuditHead, i64)>> {
    let newest = "SELECT sequence, hash, at FROM audit_events ORDER BY sequence DESC LIMIT 1";
    sql.query_row(newest, [], |row| {
        Ok((
            AuditHead { sequence: row.get::<_, i64>(0)?.unsigned_abs(), hash: Digest::from_bytes(row.get(1)?) },
            row.get(2)?,
        ))
    })
    .optional()
}

/// The newest event of a backup that the key opens. Nothing else of it is looked at.
pub(super) fn head_of(path: &Path, key: &RawKey, salt: Salt) -> Option<AuditHead> {
    let sql = file::open_copy(path, key, salt).ok()?;
    newest_event(&sql).ok().flatten().map(|(head, _)| head)
}

/// Whether the key opens the file, by its first page.
pub(super) fn opens(path: &Path, key: &RawKey, salt: Salt) -> bool {
    file::open_copy(path, key, salt).is_ok()
}

/// Whether the key opens the file: asked before much is written.
pub(super) fn fits(path: &Path, key: &RawKey, salt: Salt) -> Result<(), BackupError> {
    file::open_copy(path, key, salt).map(drop).map_err(|error| refusal(path, key, salt, error))
}

/// Which of the files is the damaged one that a damaged workbook was rebuilt from.
pub(super) fn blame(full: &Path, changes: Option<&Path>, key: &RawKey, salt: Salt, place: Said) -> BackupError {
    match prove(full, key, salt) {
        Err(error @ BackupError::Damaged { .. }) => error,
        Ok(_) | Err(_) => BackupError::damaged(changes.unwrap_or(full), place),
    }
}

/// A full backup that is not the one that was rested on may be a damaged one.
pub(super) fn blame_base(full: &Path, error: BackupError, key: &RawKey, salt: Salt) -> BackupError {
    if !matches!(error, BackupError::NoBase { .. }) {
        return error;
    }
    match prove(full, key, salt) {
        Err(damaged @ BackupError::Damaged { .. }) => damaged,
        Ok(_) | Err(_) => error,
    }
}

fn refusal(path: &Path, key: &RawKey, salt: Salt, error: rusqlite::Error) -> BackupError {
    match file::wrong_or_damaged(path, key, salt) {
        Ok(Some(OpenError::Damaged { place })) => BackupError::damaged(path, file::told(&place)),
        Ok(Some(other)) => other.into(),
        Ok(None) | Err(_) => BackupError::damaged(path, file::told(&error.to_string())),
    }
}
