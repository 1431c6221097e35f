//! A mapping as a small TOML file:
//!
//! ```toml
//! side = "statement"
//! date_order = "day_month_year"
//! decimal_mark = "comma"
//! invert_sign = false
//! [columns]
//! "Buchungstag" = "date"
//! "Betrag" = "amount"
//! ```

use std::{collections::BTreeMap, path::Path};

use serde::{Deserialize, Serialize};
use tieout_domain::{Said, Side, retold, said};
use tieout_statements::{ColumnRole, DateOrder, DecimalMark, Mapping, Table};

use crate::{
    ApplicationError, ImportPreview, ReviseImport, Session,
    configuration::{read_toml, unwritable},
    exports::Export,
    place::{Existing, Place},
    results::{self, NewFile},
    text_file,
};

/// Which columns of a file mean what, by their headers. Columns it does not name are ignored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MappingFile {
    side: String,
    date_order: String,
    decimal_mark: String,
    #[serde(default)]
    invert_sign: bool,
    columns: BTreeMap<String, String>,
}

fn refused(problem: impl Into<Said>) -> ApplicationError {
    ApplicationError::Configuration(problem.into())
}

/// A word of the file that means nothing there.
fn unknown(error: &dyn std::error::Error, word: &str) -> ApplicationError {
    refused(retold!(error, "mapping.word", word = word))
}

impl MappingFile {
    /// Reads a mapping file.
    pub(crate) fn read(path: &Path) -> Result<Self, ApplicationError> {
        let text = text_file::read(path)?;
        read_toml(&text).map_err(|why| refused(said!("inFile", "{file}: {why}", file = path.display(), why = why)))
    }

    /// The mapping of a table, by its column names.
    pub(crate) fn of_table(side: Side, mapping: &Mapping, table: &Table) -> Self {
        let named = (0..table.column_count())
            .zip(&mapping.roles)
            .filter(|(_, role)| **role != ColumnRole::Ignore)
            .map(|(column, role)| (table.column_name(column).trim().to_owned(), role.as_str().to_owned()));
        Self {
            side: side.as_str().to_owned(),
            date_order: mapping.date_order.as_str().to_owned(),
            decimal_mark: mapping.decimal_mark.as_str().to_owned(),
            invert_sign: mapping.invert_sign,
            columns: named.collect(),
        }
    }

    /// Writes the file, which does not have its name yet.
    pub(crate) fn write(&self, place: &Place) -> Result<NewFile, ApplicationError> {
        let text = toml::to_string(self).map_err(|error| refused(unwritable(&error)))?;
        results::new_file(place, |out| out.write_all(text.as_bytes()))
    }

    /// The side its columns describe.
    pub(crate) fn side(&self) -> Result<Side, ApplicationError> {
        [Side::Statement, Side::Ledger].into_iter().find(|side| side.as_str() == self.side).ok_or_else(|| {
            refused(said!("mapping.side", "'{word}' is no side: statement or ledger", word = &self.side))
        })
    }

    /// The mapping for a table; a header it names that the table lacks is an error.
    pub(crate) fn for_table(&self, table: &Table) -> Result<Mapping, ApplicationError> {
        let mut roles = vec![ColumnRole::Ignore; table.header().len()];
        for (header, role) in &self.columns {
            let role = role.parse::<ColumnRole>().map_err(|error| unknown(&error, role))?;
            let column = table
                .header()
                .iter()
                .enumerate()
                .position(|(column, _)| table.column_name(column).trim() == header.trim())
                .ok_or_else(|| {
                    refused(said!("mapping.noColumn", "the file has no column '{header}'", header = header))
                })?;
            roles[column] = role;
        }
        Ok(Mapping {
            roles,
            date_order: self.date_order.parse::<DateOrder>().map_err(|error| unknown(&error, &self.date_order))?,
            decimal_mark: self
                .decimal_mark
                .parse::<DecimalMark>()
                .map_err(|error| unknown(&error, &self.decimal_mark))?,
            invert_sign: self.invert_sign,
        })
    }
}

/// What the workbook remembers of a mapping: the words of all parts, in one line.
pub(crate) fn to_line(mapping: &Mapping) -> String {
    let roles: Vec<_> = mapping.roles.iter().map(|role| role.as_str()).collect();
    let sign = if mapping.invert_sign { "inverted" } else { "as_is" };
    format!("{} {} {sign} {}", mapping.date_order.as_str(), mapping.decimal_mark.as_str(), roles.join(","))
}

/// Reads what [`to_line`] wrote; nothing where an older or newer version wrote something else.
pub(crate) fn from_line(line: &str) -> Option<Mapping> {
    let mut words = line.split(' ');
    let date_order = words.next()?.parse().ok()?;
    let decimal_mark = words.next()?.parse().ok()?;
    let invert_sign = match words.next()? {
        "inverted" => true,
        "as_is" => false,
        _ => return None,
    };
    let roles = words.next()?.split(',').map(str::parse).collect::<Result<_, _>>().ok()?;
    Some(Mapping { roles, date_order, decimal_mark, invert_sign })
}

impl Session {
    /// Writes what the columns of a previewed file mean into a mapping file.
    pub fn export_mapping(&self, token: &str, path: &Path, existing: Existing) -> Result<(), ApplicationError> {
        let place = self.with_file(|open| open.place(path, existing))?;
        let preview = self.held_preview(token)?;
        let shown = preview.shown();
        let file = MappingFile::of_table(shown.side, &shown.mapping, preview.table()).write(&place)?;
        self.with_open(|open| open.put_in_place(&Export::data("mapping"), [file]))
    }

    /// Reads a previewed file with the meanings of a mapping file.
    pub fn import_mapping(&self, token: &str, path: &Path) -> Result<ImportPreview, ApplicationError> {
        let mapping = MappingFile::read(path)?;
        let preview = self.held_preview(token)?;
        self.remap(preview.shown(), &mapping)
    }

    /// The same file read with the meanings of a mapping file, which answers what was asked.
    pub(crate) fn remap(&self, preview: &ImportPreview, file: &MappingFile) -> Result<ImportPreview, ApplicationError> {
        let mapping = file.for_table(self.held_preview(&preview.token)?.table())?;
        self.revise_import(ReviseImport {
            token: preview.token.clone(),
            side: file.side()?,
            mapping: Some(mapping),
            sheet: preview.sheet.clone(),
            account_id: preview.account_id,
            account_name: if preview.accounts_count > 1 { String::new() } else { preview.account_name.clone() },
            currency: preview.currency,
            settled: true,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remembered_mapping_is_read_back() {
        let mapping = Mapping {
            roles: vec![ColumnRole::Date, ColumnRole::Ignore, ColumnRole::Amount],
            date_order: DateOrder::DayMonthYear,
            decimal_mark: DecimalMark::Comma,
            invert_sign: true,
        };
        assert_eq!(from_line(&to_line(&mapping)), Some(mapping));
        assert_eq!(from_line("day_month_year comma"), None);
        assert_eq!(from_line("day_month_year comma as_is date,colour"), None);
    }
}
