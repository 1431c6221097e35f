//! Table → [`Mapping`]: what the columns mean and how their values are written.

mod assign;
mod by_values;
mod conventions;
mod detection;
mod job_names;
mod names;
mod names_more;
mod profile;
pub(crate) mod vocabulary;

use sha2::Digest as _;
use tieout_domain::{Digest, Said, Side, said};

use crate::{ColumnRole, DateOrder, DecimalMark, Declared, Mapping, Table, value::words};
pub use detection::{Detection, Sureness};
use profile::Profiles;

/// What of a file can be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Open {
    /// Whether day or month comes first.
    DateOrder,
    /// Which mark stands before the decimals.
    DecimalMark,
    /// Which column means what.
    Columns,
    /// Whether positive is money in or money out.
    Sign,
    /// Which century years of two digits belong to.
    Century,
}

impl Open {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::DateOrder, Self::DecimalMark, Self::Columns, Self::Sign, Self::Century];

    /// The word used in files and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DateOrder => "date_order",
            Self::DecimalMark => "decimal_mark",
            Self::Columns => "columns",
            Self::Sign => "sign",
            Self::Century => "century",
        }
    }
}

/// Two ways in which the file can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ambiguity {
    /// What is open.
    pub what: Open,
    /// The readings, the chosen one first.
    pub readings: Vec<Said>,
}

/// What recognition found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognition {
    /// Which side the table looks like, or was said to be.
    pub side: Side,
    /// How it becomes records.
    pub mapping: Mapping,
    /// What can be read in another way as well.
    pub ambiguities: Vec<Ambiguity>,
    /// What keeps the table from being taken in; empty when it can be.
    pub problems: Vec<Said>,
}

impl Recognition {
    /// What was found out about the table, and how sure each thing is.
    pub fn detected(&self, table: &Table) -> Vec<Detection> {
        detection::of(table, self)
    }
}

/// Recognises columns by their names, checked against their values; where names say nothing, by the values alone.
///
/// `side` is what the user says; left out, the columns decide.
pub fn recognise(table: &Table, side: Option<Side>) -> Recognition {
    let profiles = Profiles::of(table);
    if let Some(declared) = table.declared() {
        return of_declared(table, &profiles, declared, side.unwrap_or(Side::Statement));
    }
    let side = side.unwrap_or_else(|| assign::likely_side(table, &profiles));
    let mut roles = assign::by_names(table, &profiles, side);
    let guessed = by_values::fill_gaps(table, &profiles, side, &mut roles);
    let mut ambiguities = table.ambiguities.clone();
    if !guessed.is_empty() {
        ambiguities.push(Ambiguity { what: Open::Columns, readings: guessed });
    }
    let mapping = conventions::decide(table, &profiles, side, roles, &mut ambiguities);
    let problems = problems(table, side, &mapping);
    Recognition { side, mapping, ambiguities, problems }
}

/// The columns of a format that is no grid are known; how values are written may not be.
fn of_declared(table: &Table, profiles: &Profiles, declared: &Declared, side: Side) -> Recognition {
    let mut ambiguities = table.ambiguities.clone();
    let roles = declared.roles.clone();
    let mapping = if declared.plain {
        Mapping { roles, date_order: DateOrder::YearMonthDay, decimal_mark: DecimalMark::Point, invert_sign: false }
    } else {
        conventions::decide(table, profiles, side, roles, &mut ambiguities)
    };
    let problems = problems(table, side, &mapping);
    Recognition { side, mapping, ambiguities, problems }
}

/// What identifies a kind of file, so that a mapping can be remembered: SHA-256 over the folded column names, or over
/// the number of columns where the file names none.
pub fn header_fingerprint(table: &Table) -> Digest {
    let mut hash = sha2::Sha256::new();
    hash.update(table.format().as_str());
    for name in table.header() {
        hash.update([0x1f]);
        if table.header_line().is_some() {
            hash.update(words::fold_name(name));
        }
    }
    Digest::from_bytes(hash.finalize().into())
}

/// Whether no row has anything where its date should be.
fn no_dates(table: &Table, mapping: &Mapping) -> bool {
    let columns: Vec<usize> = mapping.columns(ColumnRole::Date).chain(mapping.columns(ColumnRole::ValueDate)).collect();
    table.declared().is_none()
        && !columns.is_empty()
        && table.row_count() > 1
        && (0..table.row_count())
            .all(|row| columns.iter().all(|column| !table.cell(row, *column).bytes().any(|byte| byte.is_ascii_digit())))
}

/// What a mapping lacks to make records, in words.
pub(crate) fn problems(table: &Table, side: Side, mapping: &Mapping) -> Vec<Said> {
    let has = |role| mapping.column(role).is_some();
    let mut problems = Vec::new();
    let has_amount = has(ColumnRole::Amount) || has(ColumnRole::Debit) || has(ColumnRole::Credit);
    match side {
        Side::Statement => {
            // A client's monthly export of jobs may tell the month alone.
            if !has(ColumnRole::Date) && !has(ColumnRole::ValueDate) && !has(ColumnRole::Month) {
                problems.push(said!("mapping.noDate", "no column holds dates; say which column is the date"));
            }
            if problems.is_empty() && no_dates(table, mapping) {
                problems.push(said!(
                    "mapping.emptyDate",
                    "the column of dates is empty in every row; say which column is the date"
                ));
            }
            if !has_amount {
                problems.push(said!(
                    "mapping.noAmount",
                    "no column holds amounts; say which column is the amount, or which are debit and credit"
                ));
            }
        }
        Side::Ledger => {
            if !has_amount && !has(ColumnRole::CounterpartyCode) {
                problems.push(said!(
                    "mapping.noAmountOrCode",
                    "no column holds amounts or customer codes; say which column is the amount, or which are debit and credit"
                ));
            }
        }
    }
    if table.header().is_empty() {
        problems.push(said!("mapping.noRows", "the file has no rows"));
    }
    problems
}
