//! `tieout workbook list`: the rows of a grid, as the window shows them.

use std::io::Write;

use comfy_table::{CellAlignment, Table, presets};
use tieout_application::{
    ApplicationError, Hashed, Session,
    grids::{ColumnKind, GridColumn, GridFilter, GridKind, GridPage, GridQuery, GridSort, GridTest, write_grid_csv},
};
use tieout_wire::GridPageView;

use crate::{
    list_arguments::{Grid, ListRowsArguments},
    outcome::Outcome,
    terminal, workbook,
};

/// Rows that a terminal shows unless told otherwise.
const ROWS_SHOWN: u64 = 50;
/// Rows that are read at once.
const PIECE: u32 = 10_000;

pub(crate) fn list(arguments: &ListRowsArguments) -> Result<Outcome, ApplicationError> {
    let query = query(arguments)?;
    let columns = arguments.columns.iter().map(|name| column(query.grid, name)).collect::<Result<Vec<_>, _>>()?;
    let columns = if columns.is_empty() { query.grid.columns().to_vec() } else { columns };
    let session = workbook::open(&arguments.file)?;
    if arguments.csv {
        write_csv(&session, &query, &columns, arguments)?;
    } else {
        let page = whole(&session, &query, arguments)?;
        if arguments.json {
            terminal::print_json(&GridPageView::from(page))?;
        } else {
            terminal::print(&table(&page, &columns, arguments.offset));
        }
    }
    session.close_workbook()?;
    Ok(Outcome::Done)
}

fn wanted(arguments: &ListRowsArguments) -> u64 {
    arguments.limit.unwrap_or(if arguments.csv || arguments.json { u64::MAX } else { ROWS_SHOWN })
}

/// Rows wanted at once of so many.
fn piece(wanted: u64) -> u32 {
    u32::try_from(wanted).unwrap_or(PIECE).min(PIECE)
}

fn write_csv(
    session: &Session,
    query: &GridQuery,
    columns: &[GridColumn],
    arguments: &ListRowsArguments,
) -> Result<(), ApplicationError> {
    let mut out = Hashed::over(terminal::file_writer());
    let mut read = 0;
    let done = write_pages(session, query, columns, arguments, &mut out, &mut read);
    // What went out is told of, even where the reader at the other end has left.
    session.tell_written("csv", &format!("of {read} {}", query.grid.as_str()), out.written())?;
    done
}

fn write_pages(
    session: &Session,
    query: &GridQuery,
    columns: &[GridColumn],
    arguments: &ListRowsArguments,
    out: &mut impl Write,
    read: &mut u64,
) -> Result<(), ApplicationError> {
    let (mut offset, mut left) = (arguments.offset, wanted(arguments));
    loop {
        let page = session.grid_page(query, offset, piece(left))?;
        let rows = page.rows.len() as u64;
        *read += rows;
        write_grid_csv(&mut *out, &page, columns, offset == arguments.offset)?;
        (offset, left) = (offset + rows, left - rows);
        if rows == 0 || left == 0 || offset >= page.total {
            return Ok(());
        }
    }
}

fn whole(session: &Session, query: &GridQuery, arguments: &ListRowsArguments) -> Result<GridPage, ApplicationError> {
    let wanted = wanted(arguments);
    let mut page = session.grid_page(query, arguments.offset, piece(wanted))?;
    loop {
        let read = page.rows.len() as u64;
        if read >= wanted || arguments.offset.saturating_add(read) >= page.total {
            return Ok(page);
        }
        let next = session.grid_page(query, arguments.offset + read, piece(wanted - read))?;
        if next.rows.is_empty() {
            return Ok(page);
        }
        page.rows.extend(next.rows);
    }
}

fn table(page: &GridPage, columns: &[GridColumn], offset: u64) -> String {
    let places: Vec<usize> =
        columns.iter().filter_map(|column| page.columns.iter().position(|facts| facts.column == *column)).collect();
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    table.set_header(columns.iter().map(|column| column.as_str()));
    for row in &page.rows {
        table.add_row(places.iter().map(|place| row.cells.get(*place).map_or("", |cell| cell.text.as_str())));
    }
    for (i, column) in columns.iter().enumerate() {
        let is_number = matches!(column.kind(), ColumnKind::Amount | ColumnKind::Number | ColumnKind::Percent);
        if let Some(column) = table.column_mut(i).filter(|_| is_number) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let last = offset + page.rows.len() as u64;
    let shown = if page.rows.is_empty() { "none".to_owned() } else { format!("{} to {last}", offset + 1) };
    format!("{table}\n\n{shown} of {} rows", page.total)
}

fn query(arguments: &ListRowsArguments) -> Result<GridQuery, ApplicationError> {
    let grid = match arguments.grid {
        Grid::Lines => GridKind::Lines,
        Grid::Entries => GridKind::Entries,
        Grid::Matches => GridKind::Matches,
        Grid::Exceptions => GridKind::Exceptions,
        Grid::Events => GridKind::Events,
    };
    Ok(GridQuery {
        grid,
        search: arguments.search.clone(),
        filters: arguments.conditions.iter().map(|text| condition(grid, text)).collect::<Result<_, _>>()?,
        sort: arguments.sort.iter().map(|text| sort(grid, text)).collect::<Result<_, _>>()?,
    })
}

fn column(grid: GridKind, name: &str) -> Result<GridColumn, ApplicationError> {
    let found = grid.columns().iter().copied().find(|column| column.as_str().eq_ignore_ascii_case(name.trim()));
    found.ok_or_else(|| {
        let known: Vec<&str> = grid.columns().iter().map(|column| column.as_str()).collect();
        ApplicationError::in_english(format!(
            "'{name}' is no column of {}: take one of {}",
            grid.as_str(),
            known.join(", ")
        ))
    })
}

fn sort(grid: GridKind, text: &str) -> Result<GridSort, ApplicationError> {
    let (name, way) = text.split_once(':').unwrap_or((text, "asc"));
    let descending = match way {
        "asc" => false,
        "desc" => true,
        other => return Err(ApplicationError::in_english(format!("'{other}' is no order: write asc or desc"))),
    };
    Ok(GridSort { column: column(grid, name)?, descending })
}

/// `COLUMN=VALUE` and the like.
fn condition(grid: GridKind, text: &str) -> Result<GridFilter, ApplicationError> {
    let wrong =
        || ApplicationError::in_english(format!("'{text}' is no condition such as state=unmatched or amount>=100"));
    let at = text.find(['=', '!', '~', '<', '>']).ok_or_else(wrong)?;
    let (name, rest) = text.split_at(at);
    let list = |values: &str| values.split(',').map(|value| value.trim().to_owned()).collect::<Vec<_>>();
    let (test, values) = if let Some(value) = rest.strip_prefix(">=") {
        (GridTest::AtLeast, vec![value.trim().to_owned()])
    } else if let Some(value) = rest.strip_prefix("<=") {
        (GridTest::AtMost, vec![value.trim().to_owned()])
    } else if let Some(value) = rest.strip_prefix('~') {
        (GridTest::Contains, vec![value.to_owned()])
    } else if let Some(values) = rest.strip_prefix("!=") {
        if values.is_empty() { (GridTest::Filled, Vec::new()) } else { (GridTest::Differs, list(values)) }
    } else if let Some(values) = rest.strip_prefix('=') {
        if values.is_empty() { (GridTest::Empty, Vec::new()) } else { (GridTest::OneOf, list(values)) }
    } else {
        return Err(wrong());
    };
    Ok(GridFilter { column: column(grid, name)?, test, values })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read_as_they_are_written() {
        for (text, column, test, values) in [
            ("state=unmatched", GridColumn::State, GridTest::OneOf, vec!["unmatched"]),
            ("state=unmatched, proposed", GridColumn::State, GridTest::OneOf, vec!["unmatched", "proposed"]),
            ("amount>=-99.50", GridColumn::Amount, GridTest::AtLeast, vec!["-99.50"]),
            ("date<=2026-01-31", GridColumn::Date, GridTest::AtMost, vec!["2026-01-31"]),
            ("text~a=b", GridColumn::Text, GridTest::Contains, vec!["a=b"]),
            ("category=", GridColumn::Category, GridTest::Empty, vec![]),
            ("Category!=", GridColumn::Category, GridTest::Filled, vec![]),
            ("account!=Savings", GridColumn::Account, GridTest::Differs, vec!["Savings"]),
        ] {
            let values: Vec<String> = values.into_iter().map(str::to_owned).collect();
            assert_eq!(condition(GridKind::Lines, text).unwrap(), GridFilter { column, test, values }, "{text}");
        }
        for text in ["", "state", "nothing=1", "amount>5", "sequence=1"] {
            assert!(condition(GridKind::Lines, text).is_err(), "{text}");
        }
        assert!(sort(GridKind::Lines, "amount:down").is_err());
        assert_eq!(
            sort(GridKind::Lines, "amount:desc").unwrap(),
            GridSort { column: GridColumn::Amount, descending: true }
        );
    }
}
