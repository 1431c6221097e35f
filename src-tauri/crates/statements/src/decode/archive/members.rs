//! A ZIP archive that is no document, taken as its files.

use std::{collections::HashMap, io::Read};

use super::{super::magic, Archive, Kind, entry_name};
use crate::{Limits, ReadError, limit};

/// A file in an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its name without folders; a second one of the same name has ` (2)` before its ending.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The files of an archive, in its order; `None` where the bytes are no ZIP archive, or one that is a document itself,
/// such as XLSX. Folders and what systems leave behind (`__MACOSX`, hidden files) are left out.
///
/// # Errors
/// The archive is damaged or holds too much; or a file in it is encrypted, too large or an archive itself.
pub fn archive_members(bytes: &[u8], limits: &Limits) -> Result<Option<Vec<Member>>, ReadError> {
    if !magic::is_zip(bytes) {
        return Ok(None);
    }
    if bytes.len() as u64 > limits.file_bytes {
        return Err(ReadError::FileTooLarge { limit: limits.file_bytes });
    }
    let mut archive = Archive::open(bytes, limits)?;
    if archive.kind() != Kind::Files {
        return Ok(None);
    }
    let (mut members, mut names, mut left) = (Vec::new(), Names::new(), limits.archive_bytes);
    for place in 0..archive.zip.len() {
        let Some((path, name)) = wanted(&archive, place)? else { continue };
        let bytes = member_bytes(&mut archive, place, &path, limits, left)?;
        left = left.saturating_sub(bytes.len() as u64);
        members.push(Member { name: unlike(&name, &mut names), bytes });
    }
    if members.is_empty() {
        return Err(ReadError::Unsupported {
            what: "a ZIP archive without a file in it",
            advice: "pack the statements again",
        });
    }
    Ok(Some(members))
}

/// Path and name of an entry that is a user's file.
fn wanted(archive: &Archive<'_>, place: usize) -> Result<Option<(String, String)>, ReadError> {
    let entry = archive.zip.by_index_data(place).map_err(|error| super::damaged(super::reason(&error)))?;
    let path = entry_name(entry.name_raw(), entry.name());
    if entry.is_dir() || path.ends_with(['/', '\\']) {
        return Ok(None);
    }
    let parts: Vec<&str> = path.split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".").collect();
    let Some((last, folders)) = parts.split_last() else { return Ok(None) };
    let hidden = |part: &&str| part.starts_with('.') && *part != "..";
    let left_behind = ["thumbs.db", "desktop.ini"].iter().any(|name| last.eq_ignore_ascii_case(name));
    if left_behind || hidden(last) || folders.iter().any(|folder| hidden(folder) || *folder == "__MACOSX") {
        return Ok(None);
    }
    let refuse = |what| Err(ReadError::Member { name: shown(&path), what });
    if entry.encrypted() {
        return refuse("is protected by a password");
    }
    if entry.is_symlink() {
        return refuse("is a link to another file");
    }
    // A drive's letter and what no file system takes do not belong to a name.
    let name: String = last.chars().filter(|letter| !letter.is_control() && !r#":*?"<>|"#.contains(*letter)).collect();
    let name = if name.trim_matches(['.', ' ']).is_empty() { format!("file {}", place + 1) } else { name };
    Ok(Some((path, name)))
}

fn member_bytes(
    archive: &mut Archive<'_>,
    place: usize,
    path: &str,
    limits: &Limits,
    left: u64,
) -> Result<Vec<u8>, ReadError> {
    let refuse = |what| ReadError::Member { name: shown(path), what };
    let part = archive.zip.by_index(place).map_err(|error| match error {
        zip::result::ZipError::UnsupportedArchive(_) => refuse("is packed in a way that Tieout does not read"),
        _ => refuse("is damaged"),
    })?;
    let most = left.min(limits.file_bytes);
    let mut bytes = Vec::new();
    part.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|_| refuse("is damaged"))?;
    if bytes.len() as u64 > limits.file_bytes {
        return Err(refuse("is larger than files may be"));
    }
    if bytes.len() as u64 > left {
        return Err(super::too_large(limit::inflated(limits.archive_bytes)));
    }
    if magic::is_packed(&bytes) || is_archive_of_files(&bytes, limits) {
        return Err(refuse("is an archive itself"));
    }
    Ok(bytes)
}

/// A damaged archive is not one of files: reading the member will say what is wrong with it.
fn is_archive_of_files(bytes: &[u8], limits: &Limits) -> bool {
    magic::is_zip(bytes) && Archive::open(bytes, limits).is_ok_and(|mut inner| inner.kind() == Kind::Files)
}

/// Names given so far, in small letters, each with the number that the next one like it tries.
type Names = HashMap<String, usize>;

/// The name, or one that differs from those before.
fn unlike(name: &str, names: &mut Names) -> String {
    let (stem, ending) = name.rsplit_once('.').map_or((name, String::new()), |(stem, end)| (stem, format!(".{end}")));
    let mut unique = name.to_owned();
    while names.contains_key(&unique.to_lowercase()) {
        let number = names.entry(name.to_lowercase()).or_insert(2);
        unique = format!("{stem} ({number}){ending}");
        *number += 1;
    }
    names.insert(unique.to_lowercase(), 2);
    unique
}

fn shown(path: &str) -> String {
    crate::value::words::cut(&path.replace(char::is_control, "\u{fffd}"))
}
