//! Where the header stands, and what precedes it.

use tieout_domain::{Said, said};

use super::{dialect::usual, surroundings};
use crate::{
    Note, Section, Table,
    recognise::vocabulary,
    table::RowSpan,
    value::{amount, date, words},
};

/// How many rows are searched for the header.
const SEARCHED: usize = 100;

/// Takes the header off the rows, with everything before it.
pub(super) fn find_header(mut table: Table) -> Table {
    let first_rows: Vec<RowSpan> = table.rows.iter().take(PREAMBLE_ROWS_READ).copied().collect();
    match best_header(&table) {
        Some((row, _)) => take_header(&mut table, row),
        None => match first_record(&table) {
            Some(first) => take_headerless(&mut table, first),
            // Nothing looks like a record: the first row names the columns, if anything does.
            None if table.row_count() > 0 => take_header(&mut table, 0),
            None => {}
        },
    }
    table.sections = surroundings_of(&table, &first_rows).into_iter().collect();
    table
}

/// Rows before the header, and rows at both ends of the table, that are searched for balances and the like.
const PREAMBLE_ROWS_READ: usize = 60;
const FIRST_ROWS_READ: usize = 3;
const LAST_ROWS_READ: usize = 12;
/// Cells of a row that are searched.
const CELLS_READ: usize = 40;

/// What the file states around its rows, as one statement of all of them.
fn surroundings_of(table: &Table, first_rows: &[RowSpan]) -> Option<Section> {
    let begins = table.header_line().or((table.row_count() > 0).then(|| table.file_line(0))).unwrap_or(u32::MAX);
    let before = first_rows.iter().filter(|row| row.line < begins);
    let around: Vec<Vec<&str>> = before.map(|row| cells_of(table, row)).collect();
    let rows = table.row_count();
    let last = rows.saturating_sub(LAST_ROWS_READ).max(FIRST_ROWS_READ.min(rows));
    let edges: Vec<Vec<&str>> = (0..FIRST_ROWS_READ.min(rows))
        .chain(last..rows)
        .filter_map(|row| table.rows.get(row))
        .map(|row| cells_of(table, row))
        .collect();
    let is_day = |cell: &&str| has_digit(cell) && date::is_date(cell.trim());
    let days: Vec<&str> = edges.iter().filter_map(|line| line.iter().find(|cell| is_day(cell)).copied()).collect();
    let section = surroundings::gather(&around, &edges, &days)?;
    Some(Section { first_row: 0, rows: u32::try_from(rows).unwrap_or(u32::MAX), ..section })
}

fn cells_of<'t>(table: &'t Table, row: &RowSpan) -> Vec<&'t str> {
    let first = row.first_cell as usize;
    let cells = table.cells.get(first..first + row.cells as usize).unwrap_or_default();
    cells.iter().take(CELLS_READ).map(|cell| table.slice(*cell)).collect()
}

/// The row that is recognised best as a header, and how well.
pub(super) fn best_header(table: &Table) -> Option<(usize, usize)> {
    let mut best: Option<(usize, usize)> = None;
    for row in 0..table.row_count().min(SEARCHED) {
        let cells: Vec<&str> = (0..table.cell_count(row)).map(|column| table.cell(row, column).trim()).collect();
        let is_value = |column: usize, cell: &str| {
            table.is_number(row, column) || has_digit(cell) && (date::is_date(cell) || amount::is_amount(cell))
        };
        if cells.iter().enumerate().any(|(column, cell)| is_value(column, cell)) {
            continue;
        }
        let folded: Vec<String> = cells.iter().map(|cell| header_words(cell)).collect();
        let score = vocabulary::header_score(&folded);
        if score > best.map_or(0, |(_, score)| score) {
            best = Some((row, score));
        }
    }
    best
}

/// A long cell is prose, not a name.
fn header_words(cell: &str) -> String {
    if cell.len() > 80 { String::new() } else { words::fold_name(cell) }
}

fn has_digit(cell: &str) -> bool {
    cell.bytes().any(|byte| byte.is_ascii_digit())
}

/// The first row with a date and an amount.
fn first_record(table: &Table) -> Option<usize> {
    (0..table.row_count().min(SEARCHED)).find(|row| {
        let cells = || (0..table.cell_count(*row)).map(|column| table.cell(*row, column).trim());
        let dates = cells().filter(|cell| has_digit(cell) && date::is_date(cell)).count();
        let amounts = cells().filter(|cell| has_digit(cell) && !date::is_date(cell) && amount::is_amount(cell)).count();
        dates > 0 && amounts > 0
    })
}

fn take_header(table: &mut Table, row: usize) {
    note_preamble(table, row);
    table.header = (0..table.cell_count(row)).map(|column| table.cell(row, column).to_owned()).collect();
    table.header_line = Some(table.file_line(row));
    table.rows.drain(..=row);
    while table.header.last().is_some_and(|name| name.trim().is_empty()) {
        let column = table.header.len() - 1;
        if (0..table.row_count()).any(|row| !table.cell(row, column).trim().is_empty()) {
            break;
        }
        table.header.pop();
    }
}

/// Without a known header, a row of words right before the first record is one all the same.
fn take_headerless(table: &mut Table, first: usize) {
    if let Some(above) = first.checked_sub(1) {
        let (names, cells) = (table.cell_count(above), table.cell_count(first));
        let filled = (0..names).filter(|column| !table.cell(above, *column).trim().is_empty()).count();
        let worded = (0..names).all(|column| !has_digit(table.cell(above, column)));
        if worded && filled >= 2 && names.abs_diff(cells) <= 1 {
            return take_header(table, above);
        }
    }
    note_preamble(table, first);
    table.rows.drain(..first);
    let widths: Vec<usize> = (0..table.row_count().min(1000)).map(|row| table.cell_count(row)).collect();
    table.header = (1..=usual(&widths)).map(|column| format!("Column {column}")).collect();
    drop_empty_end(table);
}

/// The last columns may be blank in every row, as delimiters at the end of lines leave them.
fn drop_empty_end(table: &mut Table) {
    while let Some(column) = table.header.len().checked_sub(1) {
        if (0..table.row_count()).any(|row| !table.cell(row, column).trim().is_empty()) {
            break;
        }
        table.header.pop();
    }
}

/// What is kept of a preamble, in which banks name the account and its balances.
const PREAMBLE_LINES_KEPT: usize = 40;
const PREAMBLE_CHARS_KEPT: usize = 4_000;

/// What is said of so many lines before a table.
pub(super) fn stands_before(lines: usize) -> Said {
    match lines {
        1 => said!("note.beforeOne", "this line stands before the table and is no row"),
        _ => said!("note.before", "these {count} lines stand before the table and are no rows", count = lines),
    }
}

fn note_preamble(table: &mut Table, rows: usize) {
    if rows == 0 {
        return;
    }
    let why = stands_before(rows);
    let lines: Vec<&str> = (0..rows.min(PREAMBLE_LINES_KEPT)).map(|row| table.raw_row(row)).collect();
    let text = lines.join(" · ").chars().take(PREAMBLE_CHARS_KEPT).collect();
    table.notes.insert(0, Note { line: table.file_line(0), text, why });
}
