//! Which sheets of a workbook make the statement: the best recognised one, and all that have the same header.

use tieout_domain::{Said, Severity, said};

use super::{
    Book, Sheet,
    cell::cell_name,
    grid::{Budget, Rows},
};
use crate::{
    Fault, Limits, Note, ReadError, Section, Spot, Table, decode::layout, limit, table::RowSpan, table::Span,
    value::words,
};

/// Rows of each sheet that are looked at to choose.
const LOOKED_AT: usize = 100;
/// Most sheets of a workbook.
const SHEETS_MAX: usize = 1_000;

/// Reads the named sheet; without a name, all that belong together, each as a section of its own.
pub(super) fn read(book: &mut dyn Book, wanted: Option<&str>, limits: &Limits) -> Result<Table, ReadError> {
    let sheets = book.sheets().to_vec();
    if sheets.len() > SHEETS_MAX {
        let limit = limit::sheets(SHEETS_MAX);
        return Err(ReadError::TooLarge { what: "the spreadsheet", limit, place: Spot::default() });
    }
    let choice = match (wanted, sheets.as_slice()) {
        (Some(name), _) => named(&sheets, name)?,
        (None, [_]) => Choice::only(0),
        (None, _) => by_header(book, &sheets, limits)?,
    };
    let mut budget = Budget::new(limits);
    let mut read = Vec::with_capacity(choice.places.len());
    for rows in book.read(&choice.places, usize::MAX, &mut budget)? {
        read.push(finished(rows));
    }
    let chosen: Vec<&Sheet> = choice.places.iter().filter_map(|place| sheets.get(*place)).collect();
    let mut table = joined(read, &chosen)?;
    if table.row_count() == 0 && table.header.is_empty() {
        return Err(ReadError::Empty);
    }
    table.sheet = sheets.get(choice.best).map(|sheet| sheet.name.clone());
    for (place, why) in &choice.left_out {
        let text = sheets.get(*place).map_or("", |sheet| &sheet.name);
        table.notes.push(Note { line: 1, text: words::cut(text), why: why.clone() });
    }
    table.sheets = sheets.into_iter().map(|sheet| sheet.name).collect();
    Ok(table)
}

/// Places of sheets in the workbook.
struct Choice {
    best: usize,
    places: Vec<usize>,
    /// Sheets with cells that are not read, and why.
    left_out: Vec<(usize, Said)>,
}

impl Choice {
    fn only(place: usize) -> Self {
        Self { best: place, places: vec![place], left_out: Vec::new() }
    }
}

fn named(sheets: &[Sheet], name: &str) -> Result<Choice, ReadError> {
    if let Some(place) = sheets.iter().position(|sheet| sheet.name == name) {
        return Ok(Choice::only(place));
    }
    let available = sheets.iter().map(|sheet| format!("'{}'", sheet.name)).collect::<Vec<_>>().join(", ");
    Err(ReadError::NoSuchSheet { name: name.to_owned(), available })
}

/// A sheet's first rows.
struct Sample {
    place: usize,
    hidden: bool,
    /// How well its header is recognised.
    score: usize,
    /// Its header as words; empty where it has none.
    names: Vec<String>,
}

fn by_header(book: &mut dyn Book, sheets: &[Sheet], limits: &Limits) -> Result<Choice, ReadError> {
    const OTHER: Said =
        said!("sheet.otherHeader", "this sheet has another header and was not read; choose it to read it");
    const HIDDEN: Said =
        said!("sheet.hidden", "this sheet is hidden in the spreadsheet and was not read; choose it to read it");
    let places: Vec<usize> = (0..sheets.len()).collect();
    let read = book.read(&places, LOOKED_AT, &mut Budget::new(limits))?;
    let samples: Vec<Sample> = places
        .iter()
        .zip(read)
        .filter(|(_, rows)| rows.table.row_count() > 0)
        .map(|(place, rows)| Sample::of(*place, sheets.get(*place).is_some_and(|sheet| sheet.hidden), rows.table))
        .collect();
    let most = samples.iter().map(|sample| (!sample.hidden, sample.score)).max();
    let best = samples.iter().find(|sample| Some((!sample.hidden, sample.score)) == most).ok_or(ReadError::Empty)?;
    let (mut chosen, mut left_out) = (Vec::new(), Vec::new());
    for sample in &samples {
        if sample.place == best.place || !sample.names.is_empty() && sample.names == best.names && !sample.hidden {
            chosen.push(sample.place);
        } else {
            left_out.push((sample.place, if sample.hidden { HIDDEN } else { OTHER }));
        }
    }
    Ok(Choice { best: best.place, places: chosen, left_out })
}

impl Sample {
    fn of(place: usize, hidden: bool, rows: Table) -> Self {
        let score = layout::best_header(&rows).map_or(0, |(_, score)| score);
        let table = layout::find_header(rows);
        let mut names: Vec<String> = match table.header_line {
            Some(_) => table.header.iter().map(|name| words::fold_name(name)).collect(),
            None => Vec::new(),
        };
        while names.last().is_some_and(String::is_empty) {
            names.pop();
        }
        Self { place, hidden, score, names }
    }
}

/// A sheet's table with its header found, and what is to be said of it.
fn finished(rows: Rows) -> Table {
    let notes = rows.notes();
    let unresolved = rows.unresolved;
    let mut table = layout::find_header(rows.table);
    table.notes.extend(notes);
    let mut last = None;
    for (row, column) in unresolved {
        let Ok(at) = table.rows.binary_search_by_key(&row.saturating_add(1), |span| span.line) else { continue };
        let Ok(data_row) = u32::try_from(at) else { continue };
        if last.replace(data_row) == Some(data_row) {
            continue;
        }
        let field = table.column_name(column as usize);
        let expected = said!(
            "sheet.noResult",
            "a stored result, which the formula in this cell has not; save the file in a spreadsheet program"
        );
        let value = cell_name(row, column);
        table.faults.push(Fault { row: data_row, field, value, expected, severity: Severity::Warning });
    }
    table.faults.sort_by_key(|fault| fault.row);
    table
}

/// One table of several that have the same header, each a section.
fn joined(tables: Vec<Table>, sheets: &[&Sheet]) -> Result<Table, ReadError> {
    let several = tables.len() > 1;
    let mut tables = tables.into_iter().zip(sheets);
    let Some((mut table, first)) = tables.next() else { return Err(ReadError::Empty) };
    if !several {
        return Ok(table);
    }
    let section = |first_row: usize, rows: usize, sheet: &Sheet| Section {
        first_row: u32::try_from(first_row).unwrap_or(u32::MAX),
        rows: u32::try_from(rows).unwrap_or(u32::MAX),
        number: sheet.name.clone(),
        ..Section::default()
    };
    table.sections.push(section(0, table.row_count(), first));
    of_sheet(&mut table.notes, first);
    for (mut next, sheet) in tables {
        table.sections.push(section(table.row_count(), next.row_count(), sheet));
        of_sheet(&mut next.notes, sheet);
        append(&mut table, next)?;
    }
    let names = sheets.iter().map(|sheet| format!("'{}'", sheet.name)).collect::<Vec<_>>().join(", ");
    let why = said!(
        "sheet.joined",
        "these {count} sheets have the same header and are read one after the other",
        count = sheets.len()
    );
    table.notes.push(Note { line: 1, text: words::cut(&names), why });
    Ok(table)
}

fn of_sheet(notes: &mut [Note], sheet: &Sheet) {
    for note in notes {
        note.why = said!("sheet.of", "sheet '{sheet}': {why}", sheet = &sheet.name, why = note.why.clone());
    }
}

fn append(table: &mut Table, next: Table) -> Result<(), ReadError> {
    let too_large =
        || ReadError::TooLarge { what: "the spreadsheet", limit: limit::text(2 << 30), place: Spot::default() };
    let text = table.text.len();
    let first_cell = u32::try_from(table.cells.len()).map_err(|_| too_large())?;
    let first_row = u32::try_from(table.rows.len()).map_err(|_| too_large())?;
    let moved = |span: Span| {
        let start = u32::try_from(text + span.start as usize).map_err(|_| too_large())?;
        Ok::<Span, ReadError>(Span { start, ..span })
    };
    table.text.push_str(&next.text);
    for cell in next.cells {
        table.cells.push(moved(cell)?);
    }
    for row in next.rows {
        let first_cell = row.first_cell.checked_add(first_cell).ok_or_else(too_large)?;
        table.rows.push(RowSpan { first_cell, raw: moved(row.raw)?, ..row });
    }
    for fault in next.faults {
        table.faults.push(Fault { row: fault.row.saturating_add(first_row), ..fault });
    }
    table.notes.extend(next.notes);
    if next.header.len() > table.header.len() {
        table.header = next.header;
    }
    Ok(())
}
