//! Spreadsheets → rows of cells: which sheets are read, and one after the other.

mod cell;
mod choice;
mod compound;
mod grid;
mod ods;
mod package;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{
    archive::{Archive, Kind},
    magic,
};
use tieout_domain::{Said, said};

use crate::{Limits, ReadError, Spot, Table};
use grid::{Budget, Rows};

/// A sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Sheet {
    name: String,
    /// Whether the spreadsheet program does not show it.
    hidden: bool,
}

/// A workbook whose sheets can be read.
trait Book {
    /// Those that hold cells, in the workbook's order.
    fn sheets(&self) -> &[Sheet];

    /// Reads the first `wanted` rows of some sheets, by their places in order.
    fn read(&mut self, which: &[usize], wanted: usize, budget: &mut Budget<'_>) -> Result<Vec<Rows>, ReadError>;
}

/// Reads a ZIP archive or compound file as a spreadsheet.
///
/// # Errors
/// It is another document, damaged, encrypted or beyond a limit.
pub(super) fn read(bytes: &[u8], wanted: Option<&str>, limits: &Limits) -> Result<Table, ReadError> {
    // The libraries below index and calculate unchecked in places; what no test of ours found still ends here.
    let read = AssertUnwindSafe(|| choice::read(open(bytes, limits)?.as_mut(), wanted, limits));
    catch_unwind(read).unwrap_or_else(|_| Err(damaged(said!("damaged.parts", "its parts contradict each other"))))
}

fn open<'b>(bytes: &'b [u8], limits: &Limits) -> Result<Box<dyn Book + 'b>, ReadError> {
    if magic::is_compound(bytes) {
        return Ok(Box::new(xls::XlsBook::open(&compound::workbook_stream(bytes)?, limits)?));
    }
    let mut archive = Archive::open(bytes, limits)?;
    let kind = archive.kind();
    match kind {
        Kind::Foreign(what, advice) => return Err(ReadError::Unsupported { what, advice }),
        Kind::Files => {
            let what = "a ZIP archive that holds no spreadsheet";
            return Err(ReadError::Unsupported { what, advice: "unpack it and choose the files in it" });
        }
        Kind::Xlsx | Kind::Xlsb | Kind::Ods => archive.survey(limits)?,
    }
    Ok(match kind {
        Kind::Xlsb => Box::new(xlsb::XlsbBook::open(archive, limits)?),
        Kind::Ods => Box::new(ods::OdsBook::open(archive, limits)?),
        _ => Box::new(xlsx::XlsxBook::open(bytes, archive)?),
    })
}

fn password() -> ReadError {
    ReadError::Unsupported {
        what: "a workbook protected by a password",
        advice: "open it in a spreadsheet program and save it without the password",
    }
}

fn damaged(detail: Said) -> ReadError {
    ReadError::Damaged { what: "the spreadsheet", place: Spot::default(), detail }
}

/// Says which sheet an error is about.
fn at_sheet(error: ReadError, sheet: Option<&Sheet>) -> ReadError {
    let Some(Sheet { name, .. }) = sheet else { return error };
    match error {
        ReadError::TooLarge { what, limit, place } => ReadError::TooLarge { what, limit, place: place.in_sheet(name) },
        ReadError::Damaged { what, place, detail } => ReadError::Damaged { what, place: place.in_sheet(name), detail },
        other => other,
    }
}
