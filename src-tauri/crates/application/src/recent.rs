//! Workbooks opened before on this machine: names and paths only, kept beside the application's settings.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// How many are remembered.
const KEPT: usize = 8;

/// A workbook opened before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecentWorkbook {
    /// Path of the file.
    pub path: PathBuf,
    /// The company's name.
    pub company: String,
}

fn list_file(folder: &Path) -> PathBuf {
    folder.join("recent.json")
}

/// The list, newest first. A missing or unreadable list is an empty one: it only saves typing.
pub(crate) fn list(folder: &Path) -> Vec<RecentWorkbook> {
    std::fs::read(list_file(folder)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

/// Puts a workbook at the top of the list.
pub(crate) fn remember(folder: &Path, path: &Path, company: &str) {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut workbooks = list(folder);
    workbooks.retain(|workbook| workbook.path != path);
    workbooks.insert(0, RecentWorkbook { path, company: company.to_owned() });
    workbooks.truncate(KEPT);
    let written = serde_json::to_vec_pretty(&workbooks).map_err(std::io::Error::other).and_then(|bytes| {
        std::fs::create_dir_all(folder)?;
        std::fs::write(list_file(folder), bytes)
    });
    if let Err(error) = written {
        tracing::warn!(%error, "the list of recent workbooks was not written");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_comes_first_and_once() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["/a.tieout", "/b.tieout", "/a.tieout"] {
            remember(folder.path(), Path::new(name), "Joinery");
        }
        let paths: Vec<_> = list(folder.path()).into_iter().map(|workbook| workbook.path).collect();
        assert_eq!(paths, [PathBuf::from("/a.tieout"), PathBuf::from("/b.tieout")]);
    }

    #[test]
    fn a_broken_list_is_an_empty_one() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(list_file(folder.path()), "{").unwrap();
        assert!(list(folder.path()).is_empty());
    }
}
