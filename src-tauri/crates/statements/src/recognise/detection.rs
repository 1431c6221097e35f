//! What was found out about a file, and how sure that is: told by the bytes, by most values, or only assumed.

use tieout_domain::{Said, said};

use super::{Open, Recognition};
use crate::{
    ColumnRole, DateOrder, Table,
    value::{
        amount::{self, MarkEvidence},
        date::{self, OrderEvidence},
    },
};

/// Rows that are looked at.
const SAMPLE: usize = 20_000;

/// How sure something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sureness {
    /// Nothing in the file tells; the usual was taken.
    Assumed,
    /// Values speak for it, and could be read otherwise.
    Likely,
    /// The file cannot be read otherwise, or says so itself.
    Certain,
}

impl Sureness {
    /// The word used in files and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Assumed => "assumed",
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}

/// One thing that was found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detection {
    /// `format`, `encoding`, `delimiter`, `header`, `date_order`, `decimal_mark` or `sign`.
    pub what: &'static str,
    /// What was found.
    pub found: Said,
    /// How sure it is.
    pub sureness: Sureness,
}

/// Everything that was found out about a table under a recognition.
pub(super) fn of(table: &Table, recognition: &Recognition) -> Vec<Detection> {
    let plain = table.declared().is_some_and(|declared| declared.plain);
    let mut found = vec![
        Detection { what: "format", found: as_it_is(table.format().as_str()), sureness: Sureness::Certain },
        encoding(table),
    ];
    if table.declared().is_none() {
        found.extend(table.delimiter().map(|delimiter| delimiter_of(table, delimiter)));
        found.push(header(table));
    }
    if !plain {
        found.push(date_order(table, recognition));
        found.push(decimal_mark(table, recognition));
        found.push(sign(recognition));
    }
    found
}

/// A name or an example, which is the same in every language.
fn as_it_is(name: &str) -> Said {
    said!("detected.name", "{name}", name = name)
}

/// UTF encodings are told by their bytes; others are a guess from letters, unless there is nothing but ASCII.
fn encoding(table: &Table) -> Detection {
    let name = table.encoding();
    let sureness = if name.starts_with("UTF") { Sureness::Certain } else { Sureness::Likely };
    Detection { what: "encoding", found: as_it_is(name), sureness }
}

fn delimiter_of(table: &Table, delimiter: char) -> Detection {
    let rows = table.row_count().min(SAMPLE);
    let regular = (0..rows).filter(|row| table.cell_count(*row) == table.column_count()).count();
    let found = match delimiter {
        '\t' => said!("detected.tab", "tab"),
        other => as_it_is(&other.to_string()),
    };
    let sureness = if regular == rows { Sureness::Certain } else { Sureness::Likely };
    Detection { what: "delimiter", found, sureness }
}

fn header(table: &Table) -> Detection {
    match table.header_line() {
        Some(line) => Detection {
            what: "header",
            found: said!("detected.line", "line {line}", line = line),
            sureness: Sureness::Likely,
        },
        None => Detection { what: "header", found: said!("detected.none", "none"), sureness: Sureness::Assumed },
    }
}

fn is_open(recognition: &Recognition, what: Open) -> bool {
    recognition.ambiguities.iter().any(|open| open.what == what)
}

fn columns(recognition: &Recognition, wanted: &[ColumnRole]) -> Vec<usize> {
    wanted.iter().flat_map(|role| recognition.mapping.columns(*role)).collect()
}

fn cells<'t>(table: &'t Table, columns: &'t [usize]) -> impl Iterator<Item = (usize, usize, &'t str)> {
    (0..table.row_count().min(SAMPLE))
        .flat_map(move |row| columns.iter().map(move |column| (row, *column, table.cell(row, *column))))
}

fn date_order(table: &Table, recognition: &Recognition) -> Detection {
    let order = recognition.mapping.date_order;
    let dates = columns(recognition, &[ColumnRole::Date, ColumnRole::ValueDate, ColumnRole::DueDate]);
    let tells = |cell: &str| match date::order_evidence(cell) {
        Some(OrderEvidence::DayFirst) => order == DateOrder::DayMonthYear,
        Some(OrderEvidence::MonthFirst) => order == DateOrder::MonthDayYear,
        Some(OrderEvidence::Plain { .. }) => true,
        Some(OrderEvidence::Either { same }) => same,
        None => false,
    };
    let telling = cells(table, &dates).any(|(_, _, cell)| tells(cell));
    let sureness = match (is_open(recognition, Open::DateOrder), telling) {
        (true, _) => Sureness::Assumed,
        (false, true) => Sureness::Certain,
        (false, false) => Sureness::Likely,
    };
    Detection { what: "date_order", found: as_it_is(order.example()), sureness }
}

fn decimal_mark(table: &Table, recognition: &Recognition) -> Detection {
    let mark = recognition.mapping.decimal_mark;
    let amounts =
        columns(recognition, &[ColumnRole::Amount, ColumnRole::Debit, ColumnRole::Credit, ColumnRole::Balance]);
    let tells = |row: usize, column: usize, cell: &str| {
        table.is_number(row, column)
            || (amount::mark_evidence(cell) == MarkEvidence::Only(mark) && amount::is_amount(cell))
    };
    let telling = cells(table, &amounts).any(|(row, column, cell)| tells(row, column, cell));
    let any_mark = cells(table, &amounts).any(|(_, _, cell)| cell.contains(['.', ',']));
    let sureness = match (is_open(recognition, Open::DecimalMark), telling) {
        (true, _) => Sureness::Assumed,
        (false, true) => Sureness::Certain,
        (false, false) if any_mark => Sureness::Likely,
        (false, false) => Sureness::Assumed,
    };
    Detection { what: "decimal_mark", found: as_it_is(mark.example()), sureness }
}

fn sign(recognition: &Recognition) -> Detection {
    let mapping = &recognition.mapping;
    let has = |role| mapping.column(role).is_some();
    let found = if has(ColumnRole::Debit) || has(ColumnRole::Credit) {
        said!("detected.twoColumns", "columns for money in and money out")
    } else if has(ColumnRole::Direction) {
        said!("detected.direction", "a column says in or out")
    } else if mapping.invert_sign {
        said!("detected.turned", "turned around: positive is money out")
    } else {
        said!("detected.asWritten", "as written: positive is money in")
    };
    let sureness = if is_open(recognition, Open::Sign) { Sureness::Assumed } else { Sureness::Likely };
    Detection { what: "sign", found, sureness }
}
