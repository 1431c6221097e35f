//! OpenDocument spreadsheets, read as a stream of XML.
//!
//! calamine builds whole ranges when it opens such a file; a repeated cell in a repeated row costs nothing to write and
//! everything to spread out. Here repetitions of blank cells only move the place, and others are held to the limits.

mod row;

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

use super::{
    Book, Sheet, at_sheet, damaged,
    grid::{Budget, Grid, Rows},
    password,
    xml::{Xml, attribute},
};
use tieout_domain::said;

use crate::{Format, Limits, ReadError, Spot, decode::archive::Archive, limit};
use row::Row;

const CONTENT: &str = "content.xml";

pub(super) struct OdsBook<'b> {
    archive: Archive<'b>,
    sheets: Vec<Sheet>,
}

impl<'b> OdsBook<'b> {
    pub(super) fn open(mut archive: Archive<'b>, limits: &Limits) -> Result<Self, ReadError> {
        refuse_encrypted(&mut archive)?;
        let sheets = sheets_of(&mut archive, limits)?;
        Ok(Self { archive, sheets })
    }
}

fn sheets_of(archive: &mut Archive<'_>, limits: &Limits) -> Result<Vec<Sheet>, ReadError> {
    let Some(part) = archive.part(CONTENT)? else {
        return Err(damaged(said!("damaged.noContent", "it has no content")));
    };
    let (mut sheets, mut depth) = (Vec::new(), 0_u32);
    let mut styles = Styles::default();
    let mut xml = Xml::new(part);
    while let Some(event) = xml.next()? {
        match event {
            Event::Start(element) if element.local_name().as_ref() == "table" => {
                if depth == 0 {
                    sheets.push(styles.sheet(&element));
                }
                depth += 1;
            }
            Event::Start(element) => styles.see(&element),
            Event::End(element) if element.local_name().as_ref() == "table" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if sheets.len() > limits.archive_entries {
            let limit = limit::sheets(limits.archive_entries);
            return Err(ReadError::TooLarge { what: "the spreadsheet", limit, place: Spot::default() });
        }
    }
    Ok(sheets)
}

impl Book for OdsBook<'_> {
    fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// All in one pass: the sheets stand one after the other in the same part.
    fn read(&mut self, which: &[usize], wanted: usize, budget: &mut Budget<'_>) -> Result<Vec<Rows>, ReadError> {
        let Some(part) = self.archive.part(CONTENT)? else { return Ok(Vec::new()) };
        let (mut read, mut place) = (Vec::with_capacity(which.len()), 0_usize);
        let mut xml = Xml::new(part);
        while read.len() < which.len() {
            let Some(event) = xml.next()? else { break };
            let Event::Start(element) = event else { continue };
            if element.local_name().as_ref() != "table" {
                continue;
            }
            if which.contains(&place) {
                let rows = read_table(&mut xml, Grid::new(Format::Ods, wanted, budget));
                read.push(rows.map_err(|error| at_sheet(error, self.sheets.get(place)))?);
            } else {
                skip_table(&mut xml)?;
            }
            place += 1;
        }
        Ok(read)
    }
}

/// Reads up to the table's end.
fn read_table<R: std::io::Read>(xml: &mut Xml<R>, mut grid: Grid<'_, '_>) -> Result<Rows, ReadError> {
    let mut next_row = 0_u32;
    // A row of no sheet of this one: tables may stand in cells, and changes that were undone hold rows too.
    let mut depth = 0_u32;
    let mut goes_on = true;
    while let Some(event) = xml.next()? {
        match event {
            Event::Start(element) => match element.local_name().as_ref() {
                "table" | "tracked-changes" | "shapes" => depth += 1,
                "table-row" if depth == 0 && goes_on => {
                    let row = Row::begin(&element);
                    goes_on = row.read(xml, &mut next_row, &mut grid)?;
                }
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "table" if depth == 0 => break,
                "table" | "tracked-changes" | "shapes" => depth = depth.saturating_sub(1),
                _ => {}
            },
            _ => {}
        }
    }
    grid.finish()
}

fn skip_table<R: std::io::Read>(xml: &mut Xml<R>) -> Result<(), ReadError> {
    let mut depth = 0_u32;
    while let Some(event) = xml.next()? {
        match event {
            Event::Start(element) if element.local_name().as_ref() == "table" => depth += 1,
            Event::End(element) if element.local_name().as_ref() == "table" => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => break,
            },
            _ => {}
        }
    }
    Ok(())
}

/// The styles of tables, which alone say whether a sheet is shown.
#[derive(Default)]
struct Styles {
    /// Name of the style that is being read.
    name: String,
    hidden: HashMap<String, bool>,
}

impl Styles {
    fn see(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "style" => self.name = attribute(element, "name").unwrap_or_default(),
            "table-properties" if attribute(element, "display").as_deref() == Some("false") => {
                self.hidden.insert(std::mem::take(&mut self.name), true);
            }
            _ => {}
        }
    }

    fn sheet(&self, element: &BytesStart<'_>) -> Sheet {
        let style = attribute(element, "style-name").unwrap_or_default();
        let hidden = self.hidden.contains_key(&style);
        Sheet { name: attribute(element, "name").unwrap_or_default(), hidden }
    }
}

fn refuse_encrypted(archive: &mut Archive<'_>) -> Result<(), ReadError> {
    let Some(part) = archive.part("META-INF/manifest.xml")? else { return Ok(()) };
    let mut xml = Xml::new(part);
    loop {
        match xml.next() {
            Ok(Some(Event::Start(element))) if element.local_name().as_ref() == "encryption-data" => {
                return Err(password());
            }
            Ok(Some(_)) => {}
            // Some programs declare a document type here, and here alone: nothing is read from this part but the above.
            Ok(None) | Err(_) => return Ok(()),
        }
    }
}
