//! Where in a file something is wrong.

use std::fmt;

use tieout_domain::{Said, SaidValue, said};

/// A place in a file: a sheet, a line, both or neither.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spot {
    sheet: Option<String>,
    at: Option<Said>,
}

impl Spot {
    /// A line of a text, from 1.
    pub(crate) fn line<T>(line: T) -> Self
    where
        SaidValue: From<T>,
    {
        Self::at(said!("spot.line", "line {line}", line = line))
    }

    /// A row of a sheet, from 1.
    pub(crate) fn row(row: u64) -> Self {
        Self::at(said!("spot.row", "row {row}", row = row))
    }

    /// A cell of a sheet by its name, as `B7`.
    pub(crate) fn cell(cell: String) -> Self {
        Self::at(said!("spot.cell", "cell {cell}", cell = cell))
    }

    /// An element by its name, which is the same in every language.
    pub(crate) fn element(name: &str) -> Self {
        Self::at(said!("spot.element", "{name}", name = name))
    }

    fn at(at: Said) -> Self {
        Self { sheet: None, at: Some(at) }
    }

    /// The same in a sheet.
    pub(crate) fn in_sheet(self, name: &str) -> Self {
        Self { sheet: Some(name.to_owned()), at: self.at }
    }
}

/// As a part of a sentence, with the blank before it: ` (sheet 'May', line 17)`; nothing where it is the file as a whole.
impl From<&Spot> for Said {
    fn from(spot: &Spot) -> Self {
        match (&spot.sheet, &spot.at) {
            (None, None) => Self::default(),
            (None, Some(at)) => said!("spot", " ({at})", at = at.clone()),
            (Some(sheet), None) => said!("spot.sheet", " (sheet '{sheet}')", sheet = sheet),
            (Some(sheet), Some(at)) => {
                said!("spot.inSheet", " (sheet '{sheet}', {at})", sheet = sheet, at = at.clone())
            }
        }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Said::from(self).english())
    }
}
