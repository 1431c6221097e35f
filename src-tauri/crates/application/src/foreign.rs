//! Files that somebody names to be read: the only way to open one.
//!
//! The open workbook's own files are refused. Where a program opens and closes a file besides, a POSIX system lets go of all
//! locks that the program has on it, and another could write into the workbook.

use std::{fs::File, io, path::Path};

use tieout_domain::said;
use tieout_workbook::is_of_open_workbook;

/// Opens a file to be read.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    if is_of_open_workbook(path) {
        return Err(io::Error::other(said!("file.isWorkbook", "it belongs to the open workbook: choose another file")));
    }
    File::open(path)
}

/// Reads a whole file.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::Read::read_to_end(&mut open(path)?, &mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::{
        fs,
        path::{Path, PathBuf},
    };

    /// What opens files that are not named by anybody.
    const OWN: [&str; 8] = [
        "tests.rs",
        "foreign.rs",
        "place.rs",
        "results.rs",
        "custody.rs",
        "recent.rs",
        "diagnostics.rs",
        "hardening.rs",
    ];

    fn code(folder: &Path) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.flat_map(|path| if path.is_dir() { code(&path) } else { vec![path] }).collect()
    }

    #[test]
    fn no_file_that_somebody_names_is_opened_otherwise() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut seen = 0;
        for path in code(&folder) {
            let text = fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            seen += text.matches("foreign::").count();
            let opens = ["File::open(", "fs::read(", "fs::read_to_string("].iter().any(|way| text.contains(way));
            assert!(!opens || OWN.contains(&&*name), "{}: take foreign::open or foreign::read", path.display());
        }
        assert!(seen > 5, "{seen}");
    }
}
