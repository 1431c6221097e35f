//! What the first bytes say a file is.

use crate::ReadError;

/// Whether the bytes begin like a ZIP archive, which XLSX is.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Whether the bytes begin like an OLE compound file, which XLS is.
pub(super) fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xd0\xcf\x11\xe0")
}

/// Whether the first character is `<`, in any encoding.
pub(super) fn is_markup(bytes: &[u8]) -> bool {
    let is_padding = |byte: &&u8| matches!(byte, 0 | b' ' | b'\t' | b'\r' | b'\n' | 0xef | 0xbb | 0xbf | 0xfe | 0xff);
    bytes.iter().take(4096).find(|byte| !is_padding(byte)) == Some(&b'<')
}

const SAVE_AS_XLSX: &str = "open it in a spreadsheet program and save it as XLSX or CSV";
const EXPORT_AS_CSV: &str = "export it from the bank or the accounting program as CSV or XLSX";

const FOREIGN: [(&[u8], &str, &str); 17] = [
    (b"\x09\x08\x10\0\0\x06", "a bare Excel sheet of 1997 to 2003", SAVE_AS_XLSX),
    (b"\x09\x08\x08\0\0\x05", "a bare Excel sheet of 1995", SAVE_AS_XLSX),
    (b"\x09\x04\x06\0", "an Excel sheet of 1992", SAVE_AS_XLSX),
    (b"\x09\x02\x06\0", "an Excel sheet of 1990", SAVE_AS_XLSX),
    (b"\x09\0\x04\0", "an Excel sheet of 1987", SAVE_AS_XLSX),
    (b"%PDF", "a PDF document", EXPORT_AS_CSV),
    (b"\x89PNG", "a picture", EXPORT_AS_CSV),
    (b"\xff\xd8\xff", "a picture", EXPORT_AS_CSV),
    (b"GIF8", "a picture", EXPORT_AS_CSV),
    (b"II*\0", "a picture", EXPORT_AS_CSV),
    (b"MM\0*", "a picture", EXPORT_AS_CSV),
    (b"RIFF", "a picture or a sound", EXPORT_AS_CSV),
    (b"\x1f\x8b", "a compressed file (gzip)", "unpack it first"),
    (b"7z\xbc\xaf", "a compressed file (7-Zip)", "unpack it first"),
    (b"Rar!", "a compressed file (RAR)", "unpack it first"),
    (b"SQLite format 3", "a database", EXPORT_AS_CSV),
    (b"{\\rtf", "a text document (RTF)", EXPORT_AS_CSV),
];

/// Whether the bytes are a packed file of another kind than ZIP.
pub(super) fn is_packed(bytes: &[u8]) -> bool {
    const PACKED: [&[u8]; 6] = [b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd"];
    PACKED.iter().any(|magic| bytes.starts_with(magic)) || bytes.get(257..262) == Some(b"ustar")
}

/// Refuses files whose bytes say that they are something else.
pub(super) fn refuse_foreign(bytes: &[u8]) -> Result<(), ReadError> {
    match FOREIGN.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        Some((_, what, advice)) => Err(ReadError::Unsupported { what, advice }),
        None => Ok(()),
    }
}

const FOREIGN_TEXT: [(&str, &str, &str); 12] = [
    ("<!doctype html", "a web page", EXPORT_AS_CSV),
    ("<html", "a web page", EXPORT_AS_CSV),
    ("<table", "a web page", EXPORT_AS_CSV),
    ("<?xml", "an XML file", EXPORT_AS_CSV),
    ("<", "a web page or an XML file", EXPORT_AS_CSV),
    ("ofxheader", "an OFX file", EXPORT_AS_CSV),
    ("!type:", "a QIF file", EXPORT_AS_CSV),
    ("!account", "a QIF file", EXPORT_AS_CSV),
    ("!option", "a QIF file", EXPORT_AS_CSV),
    ("{1:f01", "an MT940 message", EXPORT_AS_CSV),
    (":20:", "an MT940 message", EXPORT_AS_CSV),
    ("{\"", "a JSON file", EXPORT_AS_CSV),
];

/// Refuses text of formats that are not made of rows and columns.
pub(super) fn refuse_foreign_text(text: &str) -> Result<(), ReadError> {
    let start: String = text.trim_start().chars().take(16).collect::<String>().to_lowercase();
    match FOREIGN_TEXT.iter().find(|(magic, ..)| start.starts_with(magic)) {
        Some((_, what, advice)) => Err(ReadError::Unsupported { what, advice }),
        None => Ok(()),
    }
}
