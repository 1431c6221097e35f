//! OLE compound files: the container of old Excel workbooks, and of encrypted new ones.

use std::io::{Cursor, Read};

use super::{damaged, password};
use tieout_domain::retold;

use crate::ReadError;

/// Streams by which other documents in such a container are told.
const FOREIGN: [(&str, &str); 5] = [
    ("WordDocument", "a Word document"),
    ("PowerPoint Document", "a PowerPoint presentation"),
    ("__properties_version1.0", "an Outlook message"),
    ("VisioDocument", "a Visio drawing"),
    ("CONTENTS", "a document of Microsoft Works or Publisher"),
];
const EXPORT: &str = "export the statement as CSV or XLSX";

/// The stream that holds the workbook.
///
/// # Errors
/// The container is damaged, encrypted or holds another document.
pub(super) fn workbook_stream(bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    let broken = |error: std::io::Error| {
        let told = format!("its container is broken ({error})");
        damaged(retold!(told, "damaged.container"))
    };
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(broken)?;
    for name in ["Workbook", "Book"] {
        if file.is_stream(name) {
            let mut stream = Vec::new();
            // A stream is never longer than its container, whatever its length says.
            let most = bytes.len() as u64;
            file.open_stream(name).map_err(broken)?.take(most).read_to_end(&mut stream).map_err(broken)?;
            return Ok(stream);
        }
    }
    if file.exists("EncryptedPackage") || file.exists("EncryptionInfo") {
        return Err(password());
    }
    Err(match FOREIGN.iter().find(|(name, _)| file.exists(name)) {
        Some((_, what)) => ReadError::Unsupported { what, advice: EXPORT },
        None => ReadError::Unsupported { what: "a compound file that holds no workbook", advice: EXPORT },
    })
}
