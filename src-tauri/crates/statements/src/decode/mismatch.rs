//! A file's name against its content. The content decides; that the name says otherwise is told.

use tieout_domain::{SaidValue, said};

use super::magic;
use crate::{Format, Note, ReadError, Table, value::words};

/// Endings of names and what they promise.
const ENDINGS: [(&str, &[Format]); 17] = [
    ("xlsx", &[Format::Xlsx]),
    ("xlsm", &[Format::Xlsx]),
    ("xltx", &[Format::Xlsx]),
    ("xls", &[Format::Xls]),
    ("xlsb", &[Format::Xlsb]),
    ("ods", &[Format::Ods]),
    ("csv", &[Format::Csv]),
    ("tsv", &[Format::Csv]),
    ("ofx", &[Format::Ofx]),
    ("qfx", &[Format::Ofx]),
    ("qbo", &[Format::Ofx]),
    ("qif", &[Format::Qif]),
    ("bai", &[Format::Bai2]),
    ("bai2", &[Format::Bai2]),
    ("json", &[Format::Json]),
    ("mt940", &[Format::Mt940]),
    ("xml", &[Format::Camt052, Format::Camt053, Format::Camt054, Format::Ofx]),
];

/// Says where a file is not what its name says.
pub(super) fn note(table: &mut Table, file_name: &str) {
    let Some(ending) = ending(file_name) else { return };
    let promised = ENDINGS.iter().find(|(known, _)| *known == ending);
    if promised.is_none_or(|(_, formats)| formats.contains(&table.format)) {
        return;
    }
    let why = said!(
        "note.otherEnding",
        "the name ends in .{ending}, but the file is {format}; it was read as what it is",
        ending = &ending,
        format = SaidValue::word("fileThing", name_of(table).replace(' ', "_"))
    );
    table.notes.push(Note { line: 1, text: words::cut(file_name), why });
}

/// Names the common disguise, so that the refusal says what to do.
pub(super) fn explain(error: ReadError, bytes: &[u8], file_name: &str) -> ReadError {
    const SAVE: &str = "open it in a spreadsheet program and save it as XLSX or CSV";
    let is_refused = matches!(error, ReadError::Unsupported { .. });
    if !is_refused || magic::is_zip(bytes) || magic::is_compound(bytes) {
        return error;
    }
    let start = String::from_utf8_lossy(bytes.get(..START.min(bytes.len())).unwrap_or_default()).to_lowercase();
    let is_named_sheet = ending(file_name).is_some_and(|ending| ending.starts_with("xl") || ending == "ods");
    if start.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        ReadError::Unsupported { what: "an Excel workbook in the XML of 2003", advice: SAVE }
    } else if start.contains("<html") || start.contains("<table") || start.contains("<!doctype html") {
        let what = if is_named_sheet { "a web page that is named like a spreadsheet" } else { "a web page" };
        ReadError::Unsupported { what, advice: SAVE }
    } else {
        error
    }
}

/// How much of a file is looked at for what it is.
const START: usize = 2048;

fn ending(file_name: &str) -> Option<String> {
    file_name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase())
}

fn name_of(table: &Table) -> &'static str {
    match table.format {
        Format::Csv => match table.delimiter {
            Some('\t') => "text with columns separated by tabs",
            _ => "text with separated columns",
        },
        Format::FixedWidth => "text with columns by position",
        Format::Xlsx => "an Excel workbook (.xlsx)",
        Format::Xls => "an old Excel workbook (.xls)",
        Format::Xlsb => "a binary Excel workbook (.xlsb)",
        Format::Ods => "an OpenDocument spreadsheet (.ods)",
        Format::Ofx => "an OFX file",
        Format::Qif => "a QIF file",
        Format::Mt940 | Format::Mt942 => "a SWIFT message (MT940 or MT942)",
        Format::Camt052 | Format::Camt053 | Format::Camt054 => "an ISO 20022 message (camt)",
        Format::Bai2 => "a BAI2 file",
        Format::Json => "a JSON file",
    }
}
