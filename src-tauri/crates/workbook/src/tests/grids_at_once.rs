//! Grids that several bring into memory at once, and reading that fails.

use super::*;
use crate::{GridColumn, GridKind, GridPieces, GridQuery, GridRow};

/// A workbook with so many lines.
fn with_lines(number: u32) -> (Desk, Workbook) {
    let desk = Desk::new();
    let mut workbook = desk.create();
    add_lines(&mut workbook, 1, 0..number);
    (desk, workbook)
}

fn add_lines(workbook: &mut Workbook, file: u8, rows: std::ops::Range<u32>) {
    let lines: Vec<StatementLine> =
        rows.map(|row| line(row + 1, (row % 28 + 1) as i8, i64::from(row) * 10 + 5, &format!("row {row}"))).collect();
    take_lines(workbook, file, &lines).unwrap();
}

fn rows(workbook: &mut Workbook) -> Vec<GridRow> {
    let page = workbook.grid_page(&GridQuery::all(GridKind::Lines), 0, 500).unwrap();
    assert_eq!(page.total, page.rows.len() as u64);
    page.rows
}

fn states(workbook: &mut Workbook) -> Vec<String> {
    let place = GridKind::Lines.columns().iter().position(|column| *column == GridColumn::State).unwrap();
    rows(workbook).into_iter().map(|row| row.cells[place].text.clone()).collect()
}

#[test]
fn what_two_read_at_once_stands_there_once() {
    let (_desk, mut workbook) = with_lines(20);
    assert_eq!(rows(&mut workbook).len(), 20);
    add_lines(&mut workbook, 2, 20..50);
    let mut loading = workbook.load_grid(GridKind::Lines).unwrap();
    let pieces = GridPieces::gather(|| loading.read(&workbook, 7)).unwrap();
    // Before it is taken over somebody asks for a page, which takes the new rows in at once.
    let asked = rows(&mut workbook);
    assert_eq!(asked.len(), 50);
    workbook.grid_loaded(loading, pieces).unwrap();
    assert_eq!(rows(&mut workbook), asked);
    add_lines(&mut workbook, 3, 50..60);
    let after = rows(&mut workbook);
    assert_eq!(after.len(), 60);
    assert!(asked.iter().all(|row| after.contains(row)), "each row is still under its own identifier");
}

#[test]
fn what_was_begun_earlier_does_not_replace_what_is_newer() {
    let (_desk, mut workbook) = with_lines(20);
    let mut first = workbook.load_grid(GridKind::Lines).unwrap();
    let early = GridPieces::gather(|| first.read(&workbook, 7)).unwrap();
    let gone = RecordRef::Line(line_ids(&workbook)[3]);
    workbook.delete_records(&[gone], "twice").unwrap();
    // The page is loaded by itself, and what was noted before is read with it.
    let asked = rows(&mut workbook);
    assert_eq!(asked.len(), 19);
    workbook.grid_loaded(first, early).unwrap();
    assert_eq!(rows(&mut workbook), asked);

    // Likewise where the one that began first is done first: what changed in between is only in the second.
    let (_desk, mut workbook) = with_lines(20);
    let mut first = workbook.load_grid(GridKind::Lines).unwrap();
    let early = GridPieces::gather(|| first.read(&workbook, 7)).unwrap();
    let gone = RecordRef::Line(line_ids(&workbook)[3]);
    workbook.delete_records(&[gone], "twice").unwrap();
    let mut second = workbook.load_grid(GridKind::Lines).unwrap();
    workbook.grid_loaded(first, early).unwrap();
    let late = GridPieces::gather(|| second.read(&workbook, 7)).unwrap();
    workbook.grid_loaded(second, late).unwrap();
    assert_eq!(rows(&mut workbook).len(), 19);
}

#[test]
fn what_could_not_be_read_anew_is_read_with_the_next_question() {
    let (_desk, mut workbook) = with_lines(5);
    take_entries(&mut workbook, 2, &[invoice(1, 1, 5, "RE-1")]).unwrap();
    assert_eq!(states(&mut workbook), ["unmatched"; 5]);
    let (line, entry) = (line_ids(&workbook)[0], entry_ids(&workbook)[0]);
    store(&mut workbook, &[proposal(matched(&[(line, 5)], &[(entry, 5)]), MatchStatus::Approved, 990_000)]);
    workbook.sql.execute_batch("PRAGMA legacy_alter_table = ON; ALTER TABLE import_batches RENAME TO away").unwrap();
    assert!(workbook.grid_page(&GridQuery::all(GridKind::Lines), 0, 500).is_err(), "the names of files are missing");
    workbook.sql.execute_batch("ALTER TABLE away RENAME TO import_batches").unwrap();
    let told = states(&mut workbook);
    assert_eq!(told.iter().filter(|state| *state == "settled").count(), 1, "{told:?}");
}
