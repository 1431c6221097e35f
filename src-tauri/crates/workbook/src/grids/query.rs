//! What is asked of a grid, and what it answers.

use std::ops::Range;

use tieout_domain::Money;

use super::column::{GridColumn, GridKind};

/// What cells of a column are held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GridTest {
    /// The cell is one of the values, letter case aside.
    Equals,
    /// The cell is none of the values.
    Differs,
    /// The cell contains one of the values, letter case aside.
    Contains,
    /// The cell is the value or comes after it.
    AtLeast,
    /// The cell is the value or comes before it.
    AtMost,
    /// The cell is one of the values.
    OneOf,
    /// The cell holds nothing.
    Empty,
    /// The cell holds something.
    Filled,
}

impl GridTest {
    /// All tests.
    pub const ALL: [Self; 8] = [
        Self::Equals,
        Self::Differs,
        Self::Contains,
        Self::AtLeast,
        Self::AtMost,
        Self::OneOf,
        Self::Empty,
        Self::Filled,
    ];

    /// The name used in requests.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Equals => "equals",
            Self::Differs => "differs",
            Self::Contains => "contains",
            Self::AtLeast => "atLeast",
            Self::AtMost => "atMost",
            Self::OneOf => "oneOf",
            Self::Empty => "empty",
            Self::Filled => "filled",
        }
    }
}

/// A condition on a column.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct GridFilter {
    /// The column.
    pub column: GridColumn,
    /// The test.
    pub test: GridTest,
    /// What the cells are held against: amounts in major units, days in ISO 8601, shares in percent, words as they are.
    pub values: Vec<String>,
}

/// A column to sort by. Empty cells always come last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct GridSort {
    /// The column.
    pub column: GridColumn,
    /// Largest, latest, or from Z to A.
    pub descending: bool,
}

/// Most columns that rows are sorted by.
pub const GRID_SORTS_MAX: usize = 3;

/// Which rows of a grid, in which order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct GridQuery {
    /// The grid.
    pub grid: GridKind,
    /// Only rows that hold all these words, the last one perhaps only begun; an amount is found by its value. Empty: all.
    pub search: String,
    /// Only rows of which all of these hold.
    pub filters: Vec<GridFilter>,
    /// At most [`GRID_SORTS_MAX`]; rows that are equal in all of them stay in the order in which they came. Empty: newest
    /// first, of exceptions largest first.
    pub sort: Vec<GridSort>,
}

impl GridQuery {
    /// All rows of a grid.
    pub const fn all(grid: GridKind) -> Self {
        Self { grid, search: String::new(), filters: Vec::new(), sort: Vec::new() }
    }
}

/// What a row is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GridRowKind {
    /// A statement line.
    Line,
    /// A ledger entry.
    Entry,
    /// A match.
    Match,
    /// An audit event.
    Event,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridCell {
    /// What it says; empty where it holds nothing.
    pub text: String,
    /// The amount, where it is one.
    pub amount: Option<Money>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridRow {
    /// Identifier of the line, entry, match or event.
    pub id: uuid::Uuid,
    /// Which of these.
    pub kind: GridRowKind,
    /// In the order of the grid's columns.
    pub cells: Vec<GridCell>,
}

/// A column as it is offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridColumnFacts {
    /// The column.
    pub column: GridColumn,
    /// All words of a column that consists of words; none where they are too many to choose from.
    pub words: Vec<String>,
}

/// A page of a grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridPage {
    /// The grid's columns.
    pub columns: Vec<GridColumnFacts>,
    /// The rows of the page.
    pub rows: Vec<GridRow>,
    /// Rows in all.
    pub total: u64,
    /// The newest audit event when the page was read.
    pub version: u64,
    /// Names which rows stand where in the query's order; below 2^53.
    pub order: u64,
}

/// Rows by their place in a query's order, and columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridRange {
    /// The query.
    pub query: GridQuery,
    /// Places, from 0; the end is excluded. What lies beyond the last row is ignored, and what is named twice counts once.
    pub rows: Vec<Range<u64>>,
    /// Which columns.
    pub columns: Vec<GridColumn>,
    /// The order of the page on which the places were seen: refused where other rows stand there by now.
    pub seen: Option<u64>,
}

/// What a selection comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridSelection {
    /// Cells that hold something.
    pub count: u64,
    /// Their amounts added up, one sum a currency.
    pub sums: Vec<Money>,
    /// The first amount less all others, where there are at least two and all are of one currency.
    pub difference: Option<Money>,
}

/// What is looked for in a query's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GridPlace {
    /// The row of this identifier.
    Row(uuid::Uuid),
    /// The first row of which the cell begins with the text, letter case aside.
    StartsWith(GridColumn, String),
}

/// Rows by their place, as text for other programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridRows {
    /// Names of the columns.
    pub columns: Vec<GridColumn>,
    /// The rows, each with the cells of these columns.
    pub rows: Vec<Vec<GridCell>>,
}
