//! What is asked of places in a grid is answered only while the rows stand there that were seen.

use super::*;
use crate::{GridColumn, GridKind, GridQuery, GridRange, GridSort, Mark, QueueSubject};

fn by_amount() -> GridQuery {
    let sort = vec![GridSort { column: GridColumn::Amount, descending: false }];
    GridQuery { sort, ..GridQuery::all(GridKind::Lines) }
}

fn order(workbook: &mut Workbook, query: &GridQuery) -> u64 {
    let page = workbook.grid_page(query, 0, 2).unwrap();
    assert_eq!(workbook.grid_page(query, 1, 9).unwrap().order, page.order, "of whichever page");
    assert!(page.order < 1 << 53);
    page.order
}

fn asked(workbook: &mut Workbook, query: &GridQuery, seen: u64) -> [bool; 2] {
    let columns = vec![GridColumn::Amount];
    let range = GridRange { query: query.clone(), rows: vec![0..1, 1..2], columns, seen: Some(seen) };
    let sums = workbook.grid_selection(&range);
    let rows = workbook.grid_rows(&range, 10);
    assert!(!matches!((&sums, &rows), (Err(WorkbookError::GridMoved), Ok(_)) | (Ok(_), Err(_))));
    [sums.is_ok(), rows.is_ok()]
}

#[test]
fn what_was_marked_is_refused_once_other_rows_stand_there() {
    let mut workbook = Desk::new().create();
    take_lines(&mut workbook, 1, &[line(1, 3, 300, "c"), line(2, 2, 100, "a")]).unwrap();
    let (all, sorted) = (GridQuery::all(GridKind::Lines), by_amount());
    let (seen, seen_sorted) = (order(&mut workbook, &all), order(&mut workbook, &sorted));
    assert_ne!(seen, seen_sorted);
    assert_eq!(asked(&mut workbook, &sorted, seen_sorted), [true; 2]);
    assert_eq!(asked(&mut workbook, &sorted, seen), [false; 2]);

    // What is said of a row moves none.
    let first = QueueSubject::Record(RecordRef::Line(line_ids(&workbook)[0]));
    workbook.mark(&[first], &Mark::Comment("asked".to_owned())).unwrap();
    assert_eq!(asked(&mut workbook, &sorted, seen_sorted), [true; 2]);

    take_lines(&mut workbook, 2, &[line(1, 4, 200, "b")]).unwrap();
    assert_eq!(asked(&mut workbook, &sorted, seen_sorted), [false; 2], "a row came between them");
    let now = order(&mut workbook, &sorted);
    assert_eq!(asked(&mut workbook, &sorted, now), [true; 2]);
    workbook.delete_records(&[RecordRef::Line(line_ids(&workbook)[0])], "twice").unwrap();
    assert_eq!(asked(&mut workbook, &sorted, now), [false; 2]);
    workbook.undo_newest("").unwrap();
    assert_eq!(asked(&mut workbook, &sorted, now), [true; 2], "the rows stand where they stood");
}

#[test]
fn a_grid_that_was_loaded_anew_has_another_order() {
    let mut workbook = Desk::new().create();
    take_lines(&mut workbook, 1, &[line(1, 2, 300, "c"), line(2, 3, 100, "a")]).unwrap();
    let query = GridQuery::all(GridKind::Exceptions);
    let seen = order(&mut workbook, &query);
    workbook.clock = clock(1_800_000_000_000);
    let columns = vec![GridColumn::Open];
    let range = GridRange { query: query.clone(), rows: vec![0..1, 1..2], columns, seen: Some(seen) };
    assert!(matches!(workbook.grid_selection(&range), Err(WorkbookError::GridMoved)), "ages of another day");
    let now = order(&mut workbook, &query);
    assert!(workbook.grid_selection(&GridRange { seen: Some(now), ..range }).is_ok());
}

#[test]
fn names_stand_as_in_a_dictionary() {
    let mut workbook = Desk::new().create();
    let names = ["Zebra AG", "Äpfel KG", "apfel ag", "Öztürk", "", "Ozon", "Apfelmus", "9 Grad"];
    let lines: Vec<StatementLine> = (1..)
        .zip(names)
        .map(|(row, name)| StatementLine { counterparty: name.to_owned(), ..line(row, 2, 100, "x") })
        .collect();
    take_lines(&mut workbook, 1, &lines).unwrap();
    let mut told = |descending| {
        let sort = vec![GridSort { column: GridColumn::Counterparty, descending }];
        let page = workbook.grid_page(&GridQuery { sort, ..GridQuery::all(GridKind::Lines) }, 0, 9).unwrap();
        let place = GridKind::Lines.columns().iter().position(|column| *column == GridColumn::Counterparty).unwrap();
        page.rows.into_iter().map(|row| row.cells[place].text.clone()).collect::<Vec<_>>()
    };
    let up = ["9 Grad", "apfel ag", "Äpfel KG", "Apfelmus", "Ozon", "Öztürk", "Zebra AG", ""];
    assert_eq!(told(false), up);
    let mut down: Vec<&str> = up[..7].iter().rev().copied().collect();
    down.push("");
    assert_eq!(told(true), down, "what is empty comes last either way");
}
