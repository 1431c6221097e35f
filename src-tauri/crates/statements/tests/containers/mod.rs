//! Spreadsheets and archives made byte by byte, so that they can be wrong on purpose.
#![allow(dead_code, unreachable_pub, missing_docs, clippy::unwrap_used)]

pub mod xls;
pub mod xlsb;

use std::io::{Cursor, Write};

use flate2::{Compress, Compression, FlushCompress};
use zip::{ZipWriter, write::SimpleFileOptions};

/// A ZIP archive of these entries.
pub fn zipped<N: AsRef<str>, B: AsRef<[u8]>>(entries: &[(N, B)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(name.as_ref(), SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes.as_ref()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// An entry of an archive that is written as told, true or not.
pub struct RawEntry {
    pub name: Vec<u8>,
    /// Compressed by deflate.
    pub data: Vec<u8>,
    pub flags: u16,
}

/// An archive of raw entries. With `shared`, all names lead to the first one's bytes.
pub fn raw_archive(entries: &[RawEntry], shared: bool) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (number, RawEntry { name, data, flags }) in entries.iter().enumerate() {
        let start = if shared { 0 } else { u32::try_from(archive.len()).unwrap() };
        let mut facts = Vec::new();
        facts.extend([20, 0]);
        facts.extend(flags.to_le_bytes());
        facts.extend([8, 0, 0, 0, 0x21, 0, 0, 0, 0, 0]);
        facts.extend(u32::try_from(data.len()).unwrap().to_le_bytes());
        facts.extend(u32::MAX.wrapping_sub(1).to_le_bytes());
        facts.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        facts.extend([0, 0]);
        if number == 0 || !shared {
            archive.extend(b"PK\x03\x04");
            archive.extend(&facts);
            archive.extend(name);
            archive.extend(data);
        }
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&facts);
        directory.extend([0; 10]);
        directory.extend(start.to_le_bytes());
        directory.extend(name);
    }
    let count = u16::try_from(entries.len()).unwrap().to_le_bytes();
    let (at, size) = (u32::try_from(archive.len()).unwrap(), u32::try_from(directory.len()).unwrap());
    archive.extend(directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend([count, count].concat());
    archive.extend([size.to_le_bytes(), at.to_le_bytes()].concat());
    archive.extend([0, 0]);
    archive
}

/// Mebibytes of one byte, deflated: a mebibyte is squeezed once and repeated.
pub fn squeezed(prefix: &[u8], byte: u8, mebibytes: usize) -> Vec<u8> {
    let block = |input: &[u8]| {
        let mut compress = Compress::new(Compression::best(), false);
        let mut out = Vec::with_capacity(input.len() + 1_000);
        compress.compress_vec(input, &mut out, FlushCompress::Sync).unwrap();
        out
    };
    let mut data = block(prefix);
    let repeated = block(&vec![byte; 1 << 20]);
    for _ in 0..mebibytes {
        data.extend(&repeated);
    }
    data.extend([3, 0]);
    data
}

pub const RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const SHEET: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet";

/// The parts of a workbook with these sheets: name, further attributes and rows of each.
pub fn xlsx_parts(sheets: &[(&str, &str, &str)], workbook: &str, texts: Option<&str>) -> Vec<(String, String)> {
    let (mut list, mut targets) = (String::new(), String::new());
    let mut parts = vec![("_rels/.rels".to_owned(), RELS.to_owned())];
    for (number, (name, attributes, rows)) in (1..).zip(sheets) {
        list += &format!(r#"<sheet name="{name}" sheetId="{number}" r:id="rId{number}" {attributes}/>"#);
        targets += &format!(r#"<Relationship Id="rId{number}" Type="{SHEET}" Target="worksheets/sheet{number}.xml"/>"#);
        let sheet = format!(r#"<?xml version="1.0"?><worksheet><sheetData>{rows}</sheetData></worksheet>"#);
        parts.push((format!("xl/worksheets/sheet{number}.xml"), sheet));
    }
    parts.push(("xl/workbook.xml".to_owned(), format!("<workbook><sheets>{list}</sheets>{workbook}</workbook>")));
    parts.push(("xl/_rels/workbook.xml.rels".to_owned(), format!("<Relationships>{targets}</Relationships>")));
    parts.extend(texts.map(|texts| ("xl/sharedStrings.xml".to_owned(), texts.to_owned())));
    parts
}

/// A workbook of one sheet.
pub fn xlsx(rows: &str) -> Vec<u8> {
    zipped(&xlsx_parts(&[("Sheet1", "", rows)], "", None))
}

/// A row of cells with text, as `xlsx` takes it.
pub fn text_row(number: usize, cells: &[&str]) -> String {
    let cells: String = cells.iter().map(|text| format!(r#"<c t="inlineStr"><is><t>{text}</t></is></c>"#)).collect();
    format!(r#"<row r="{number}">{cells}</row>"#)
}

const MIMETYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// An OpenDocument spreadsheet with these tables.
pub fn ods(tables: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content><office:automatic-styles><style:style style:name="hid"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"#
    );
    zipped(&[("mimetype", MIMETYPE), ("content.xml", &content), ("META-INF/manifest.xml", "<manifest:manifest/>")])
}
