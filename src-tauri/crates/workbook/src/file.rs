//! The file itself: is it a workbook, does the key fit, is it whole.
//!
//! How a wrong passphrase is told from a damaged file: SQLCipher authenticates every page (4,096 bytes) by itself. If
//! page 1 cannot be authenticated, all pages are tried. If *any* of them fits the key, the key is right and the file is
//! damaged where pages fail; if none does, the passphrase is wrong. A file whose salt (its first 16 bytes) is damaged
//! cannot be told from a wrong passphrase: with another salt every key is another. A file that cannot be encrypted at
//! all (shorter than a page, or its first page does not look random) is no workbook, and no passphrase is asked for.

use std::{
    collections::HashSet,
    fs::File,
    io::{self, Read},
    path::Path,
};

use rusqlite::{Connection, ErrorCode, OpenFlags};
use tieout_domain::{Said, retold};

use crate::{
    OpenError, WorkbookError, custom,
    key::{RawKey, Salt},
    lock::{held_here, is_of_open_workbook},
    schema::{APPLICATION_ID, SCHEMA_VERSION},
};

/// SQLCipher 4's page size.
const PAGE: u64 = 4096;

/// How much of the file is kept in memory: negative, hence in KiB.
pub(crate) const CACHE_SIZE: i64 = -64 * 1024;

/// Files up to this size are checked page by page whenever they are opened (about a tenth of a second). Larger ones are
/// checked where they are read, and as a whole by `Workbook::damage`.
const CHECKED_AT_OPEN_MAX: u64 = 64 * 1024 * 1024;

/// Of 4,096 random bytes about 256 different values are expected, and fewer than 250 are as good as impossible; text,
/// office files and databases in clear have far fewer in their first page.
const DISTINCT_BYTES_MIN: usize = 240;

/// How files begin that may look random and are not ours.
const FOREIGN: [&[u8]; 8] = [
    b"SQLite format 3\0",
    b"PK\x03\x04",
    b"%PDF",
    b"\x1f\x8b",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"7z\xbc\xaf",
    b"\xd0\xcf\x11\xe0",
];

/// Reads the salt of a workbook without opening it, or says why the file is none.
pub fn salt_of(path: &Path) -> Result<Salt, OpenError> {
    let io_error = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => OpenError::NotFound(path.to_path_buf()),
        io::ErrorKind::IsADirectory => OpenError::NotAWorkbook(path.to_path_buf()),
        _ => OpenError::Io { path: path.to_path_buf(), source },
    };
    if is_of_open_workbook(path) {
        return Err(OpenError::InUse(Some(held_here())));
    }
    let file = File::open(path).map_err(io_error)?;
    let mut page = Vec::with_capacity(4096);
    file.take(PAGE).read_to_end(&mut page).map_err(io_error)?;
    let salt = page.first_chunk::<16>().filter(|_| looks_encrypted(&page));
    salt.map(|bytes| Salt::from_bytes(*bytes)).ok_or_else(|| OpenError::NotAWorkbook(path.to_path_buf()))
}

fn looks_encrypted(page: &[u8]) -> bool {
    let mut seen = [false; 256];
    for &byte in page {
        seen[usize::from(byte)] = true;
    }
    page.len() == 4096
        && seen.iter().filter(|&&seen| seen).count() >= DISTINCT_BYTES_MIN
        && !FOREIGN.iter().any(|magic| page.starts_with(magic))
}

/// Refuses what the system would let us read but not write.
pub(crate) fn writable(path: &Path) -> Result<(), OpenError> {
    let metadata = std::fs::metadata(path).map_err(|source| OpenError::Io { path: path.to_path_buf(), source })?;
    if metadata.permissions().readonly() { Err(OpenError::ReadOnly(path.to_path_buf())) } else { Ok(()) }
}

/// Makes a new, empty, encrypted file.
pub(crate) fn create(path: &Path, key: &RawKey, salt: Salt) -> Result<Connection, OpenError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = connect(path, key, salt, flags).map_err(WorkbookError::from)?;
    settle(&connection).map_err(WorkbookError::from)?;
    Ok(connection)
}

/// Opens the file with this key, or says why it does not open: a wrong key, damage, a newer schema, another program.
/// Nothing is written before all of that is known, except that SQLite may finish what a crash interrupted.
///
/// `source` is a handle of the same file that stays open: see `backup`.
pub(crate) fn open(path: &Path, source: &File, key: &RawKey, salt: Salt) -> Result<Connection, OpenError> {
    let connection = match try_open(path, key, salt) {
        Ok(connection) => connection,
        Err(error) => return Err(explain(path, key, salt, error)),
    };
    if connection.is_readonly(rusqlite::MAIN_DB).map_err(WorkbookError::from)? {
        // SQLite also calls a file read-only after it met a page it could not decrypt.
        let damaged = wrong_or_damaged(path, key, salt).map_err(WorkbookError::from)?;
        return Err(damaged.unwrap_or_else(|| OpenError::ReadOnly(path.to_path_buf())));
    }
    let number = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    if number("application_id").map_err(WorkbookError::from)? != APPLICATION_ID {
        return Err(OpenError::NotAWorkbook(path.to_path_buf()));
    }
    let found = number("user_version").map_err(WorkbookError::from)?;
    if found > SCHEMA_VERSION {
        return Err(OpenError::NewerVersion { found, supported: SCHEMA_VERSION });
    }
    settle(&connection).map_err(|error| explain(path, key, salt, error))?;
    check_small(path, source, &connection)?;
    Ok(connection)
}

fn try_open(path: &Path, key: &RawKey, salt: Salt) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = connect(path, key, salt, flags)?;
    // The first read takes the lock and authenticates page 1.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(connection)
}

fn connect(path: &Path, key: &RawKey, salt: Salt, flags: OpenFlags) -> rusqlite::Result<Connection> {
    let connection = unlock(path, key, salt, flags)?;
    // Wiping and locking all of SQLite's memory makes writing five times slower. SQLCipher always does so with its keys;
    // the rest of memory holds no more than the records this program shows.
    connection.pragma_update(None, "cipher_memory_security", "OFF")?;
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    connection.pragma_update(None, "trusted_schema", "OFF")?;
    custom::register(&connection)?;
    Ok(connection)
}

fn unlock(path: &Path, key: &RawKey, salt: Salt, flags: OpenFlags) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(path, flags)?;
    // SQLCipher would tell its troubles to stderr, which is ours to write to; its answers say the same.
    connection.pragma_update(None, "cipher_log_level", "NONE")?;
    connection.pragma_update(None, "key", key.spec(salt).as_str())?;
    Ok(connection)
}

/// Opens a file that nobody writes to, without writing to it or beside it.
pub(crate) fn open_copy(path: &Path, key: &RawKey, salt: Salt) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let connection = unlock(Path::new(&immutable_uri(path)), key, salt, flags)?;
    connection.pragma_update(None, "cipher_memory_security", "OFF")?;
    connection.pragma_update(None, "trusted_schema", "OFF")?;
    custom::register(&connection)?;
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(connection)
}

/// `file:/home/ada/a%20b.tieout?immutable=1`: SQLite looks for no log of such a file and takes no lock on it.
fn immutable_uri(path: &Path) -> String {
    let mut uri = "file:".to_owned();
    if cfg!(windows) && path.has_root() {
        uri.push('/');
    }
    for &byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'/' | b'.' | b'-' | b'_' | b'~' | b':' => uri.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri.push_str("?immutable=1");
    uri
}

/// Puts the file back to its write-ahead log; answers whether it took. SQLite says no only by the answer.
pub(crate) fn write_ahead(connection: &Connection) -> rusqlite::Result<bool> {
    let is_taken = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| {
        Ok(row.get::<_, String>(0)?.eq_ignore_ascii_case("wal"))
    })?;
    // The log is opened by the first who reads.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(is_taken)
}

/// How a workbook is worked with: write-ahead log, every commit on the disk before it is told, rules enforced.
fn settle(connection: &Connection) -> rusqlite::Result<()> {
    write_ahead(connection)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    connection.pragma_update(None, "recursive_triggers", "ON")?;
    connection.pragma_update(None, "secure_delete", "FAST")?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "cache_size", CACHE_SIZE)?;
    connection.pragma_update(None, "journal_size_limit", 64 * 1024 * 1024)?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(())
}

fn check_small(path: &Path, source: &File, connection: &Connection) -> Result<(), OpenError> {
    let size = std::fs::metadata(path).map_err(|source| OpenError::Io { path: path.to_path_buf(), source })?.len();
    if size > CHECKED_AT_OPEN_MAX {
        return Ok(());
    }
    match damaged_pages(connection, source).map_err(WorkbookError::from)?.first() {
        Some(place) => Err(OpenError::Damaged { place: place.clone() }),
        None => Ok(()),
    }
}

/// Every page that cannot be authenticated, in SQLCipher's words. Reads the whole file. What the write-ahead log holds
/// must have been written back before.
fn damaged_pages(connection: &Connection, source: &File) -> rusqlite::Result<Vec<String>> {
    write_back(connection)?;
    unreadable_pages(connection, source)
}

/// Writes back what the write-ahead log holds.
pub(crate) fn write_back(connection: &Connection) -> rusqlite::Result<()> {
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
}

/// The same of a file that nobody writes to.
///
/// SQLite takes pages into the file that it has no use for yet: they are on the list of free pages, and stay zeros, which
/// no key authenticates. These are no damage. A page of zeros that is in use is, and so is any other page.
pub(crate) fn unreadable_pages(connection: &Connection, source: &File) -> rusqlite::Result<Vec<String>> {
    let mut faults = failed_pages(connection)?;
    let zeros: HashSet<u64> =
        faults.iter().filter_map(|fault| page_of(fault)).filter(|page| is_zeros(source, *page)).collect();
    if zeros.is_empty() {
        return Ok(faults);
    }
    let free = free_among(connection, &zeros).unwrap_or_default();
    faults.retain(|fault| page_of(fault).is_none_or(|page| !free.contains(&page)));
    Ok(faults)
}

fn failed_pages(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare("PRAGMA cipher_integrity_check")?;
    statement.query_map([], |row| row.get(0))?.collect()
}

/// The page that SQLCipher names: `HMAC verification failed for page 7`.
fn page_of(fault: &str) -> Option<u64> {
    fault.rsplit(' ').next().and_then(|number| number.parse().ok())
}

fn is_zeros(source: &File, page: u64) -> bool {
    let mut bytes = [1; PAGE as usize];
    let read = read_at(source, &mut bytes, page.saturating_sub(1).saturating_mul(PAGE));
    read.is_ok_and(|read| read == bytes.len()) && bytes.iter().all(|byte| *byte == 0)
}

/// Reads without moving the place in the file from which somebody else may be reading.
#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, bytes, at)
}

#[cfg(windows)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, bytes, at)
}

/// Those of the pages that nothing is kept on. None where the pages do not belong together: then a page of zeros may be one
/// that was in use. `quick_check` alone would take the last page of a long value for a good one, whatever it holds.
fn free_among(connection: &Connection, pages: &HashSet<u64>) -> rusqlite::Result<HashSet<u64>> {
    let belongs: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if belongs != "ok" {
        return Ok(HashSet::new());
    }
    let mut free = pages.clone();
    let mut statement = connection.prepare("SELECT pageno FROM dbstat")?;
    let mut used = statement.query([])?;
    while let Some(row) = used.next()? {
        if let Ok(page) = u64::try_from(row.get::<_, i64>(0)?) {
            free.remove(&page);
        }
    }
    Ok(free)
}

/// What SQLite and SQLCipher say of a damaged place, by the page that they name.
pub(crate) fn told(place: &str) -> Said {
    let page = place.to_lowercase().split_once("page ").and_then(|(_, rest)| {
        rest.split(|letter: char| !letter.is_ascii_digit()).next().and_then(|number| number.parse::<u64>().ok())
    });
    match page {
        Some(page) => retold!(place, "damage.page", page = page),
        None => retold!(place, "damage.structure"),
    }
}

/// Another program's lock is what it says; behind any other refusal a damaged page may hide.
fn explain(path: &Path, key: &RawKey, salt: Salt, error: rusqlite::Error) -> OpenError {
    let code = error.sqlite_error_code();
    if matches!(code, Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)) {
        return OpenError::InUse(None);
    }
    match wrong_or_damaged(path, key, salt) {
        Ok(Some(found)) => found,
        Ok(None) if matches!(code, Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt)) => OpenError::Damaged {
            place: format!("its pages do not belong together, or the last ones are missing ({error})"),
        },
        Ok(None) if code == Some(ErrorCode::ReadOnly) => OpenError::ReadOnly(path.to_path_buf()),
        Ok(None) | Err(_) => WorkbookError::from(error).into(),
    }
}

/// Tries the key on every page: see the top of this file. `None` where every page can be authenticated.
pub(crate) fn wrong_or_damaged(path: &Path, key: &RawKey, salt: Salt) -> rusqlite::Result<Option<OpenError>> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = unlock(path, key, salt, flags)?;
    let mut faults = failed_pages(&connection)?;
    let pages = std::fs::metadata(path).map_or(0, |metadata| metadata.len()) / PAGE;
    let failed = u64::try_from(faults.iter().filter(|fault| fault.contains("HMAC")).count()).unwrap_or(u64::MAX);
    if failed >= pages {
        return Ok(Some(OpenError::WrongPassphrase));
    }
    // Whether a page of zeros is in use cannot be told of a file that does not open: if it is, SQLite says so itself.
    if let Ok(file) = File::open(path) {
        faults.retain(|fault| page_of(fault).is_none_or(|page| !is_zeros(&file, page)));
    }
    Ok(faults.into_iter().next().map(|place| OpenError::Damaged { place }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_spreadsheets_and_empty_files_are_no_workbooks() {
        let text = "date;amount;text\n".repeat(400).into_bytes();
        let zeros = vec![0; 4096];
        let noise: Vec<u8> = (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[0]).collect();
        let zip = [b"PK\x03\x04".as_slice(), &noise[4..]].concat();
        assert!(looks_encrypted(&noise));
        for (what, page) in [("text", &text[..4096]), ("zeros", &zeros), ("zip", &zip), ("short", &noise[..4095])] {
            assert!(!looks_encrypted(page), "{what}");
        }
    }
}
