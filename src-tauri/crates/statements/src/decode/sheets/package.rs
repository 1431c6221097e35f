//! The package around an Excel workbook: which part holds which sheet.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::{
    Sheet,
    xml::{Xml, attribute, is_set},
};
use crate::{ReadError, decode::archive::Archive};

/// What `workbook.xml` says.
#[derive(Debug, Default)]
pub(super) struct Package {
    /// Folder of the workbook's parts, `xl/`.
    pub(super) folder: String,
    /// The sheets with the paths of their parts, in the workbook's order.
    pub(super) sheets: Vec<(Sheet, String)>,
    /// Results were not calculated when the file was written: a stored zero says nothing.
    pub(super) uncalculated: bool,
}

/// Reads the workbook's part; empty where there is none.
pub(super) fn read(archive: &mut Archive<'_>) -> Result<Package, ReadError> {
    let path = workbook_path(archive)?;
    let (folder, file) = path.rsplit_once('/').map_or(("", path.as_str()), |(folder, file)| (folder, file));
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let targets = relationships(archive, &format!("{folder}_rels/{file}.rels"))?;
    let mut package = Package { folder: folder.clone(), ..Package::default() };
    let Some(part) = archive.part(&path)? else { return Ok(package) };
    let mut xml = Xml::new(part);
    while let Some(event) = xml.next()? {
        let Event::Start(element) = event else { continue };
        match element.local_name().as_ref() {
            "sheet" => {
                let name = attribute(&element, "name").unwrap_or_default();
                let hidden = attribute(&element, "state").is_some_and(|state| state != "visible");
                let target = attribute(&element, "id").and_then(|id| targets.get(&id).cloned()).unwrap_or_default();
                package.sheets.push((Sheet { name, hidden }, full_path(&folder, &target)));
            }
            "calcPr" => package.uncalculated |= is_set(&element, "fullCalcOnLoad"),
            _ => {}
        }
    }
    Ok(package)
}

fn workbook_path(archive: &mut Archive<'_>) -> Result<String, ReadError> {
    let usual = || "xl/workbook.xml".to_owned();
    let Some(part) = archive.part("_rels/.rels")? else { return Ok(usual()) };
    let mut xml = Xml::new(part);
    while let Some(event) = xml.next()? {
        let Event::Start(element) = event else { continue };
        let kind = attribute(&element, "Type").unwrap_or_default();
        if element.local_name().as_ref() == "Relationship" && kind.ends_with("/relationships/officeDocument") {
            let target = attribute(&element, "Target").unwrap_or_else(usual);
            return Ok(target.trim_start_matches('/').to_owned());
        }
    }
    Ok(usual())
}

/// Targets of a part's relationships by their ids.
pub(super) fn relationships(archive: &mut Archive<'_>, path: &str) -> Result<HashMap<String, String>, ReadError> {
    let mut targets = HashMap::new();
    let Some(part) = archive.part(path)? else { return Ok(targets) };
    let mut xml = Xml::new(part);
    while let Some(event) = xml.next()? {
        let Event::Start(element) = event else { continue };
        if let (Some(id), Some(target)) = (attribute(&element, "Id"), attribute(&element, "Target")) {
            targets.insert(id, target);
        }
    }
    Ok(targets)
}

/// A target from the package's root.
pub(super) fn full_path(folder: &str, target: &str) -> String {
    match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{folder}{target}"),
    }
}
