//! Grids: `grid_page(GridRequest)` ([`GridPageView`]), `grid_selection(GridSelectionRequest)` ([`GridSelectionView`]),
//! `grid_text(GridTextRequest)` ([`GridTextView`]), `grid_place(GridPlaceRequest)` ([`GridPlaceView`]).
//!
//! Rows are asked for by their place in the order of the request, from 0. `tieout workbook list` prints the same pages.

mod crossing;

use serde::{Deserialize, Serialize};
use tieout_application::grids::{ColumnKind, GridColumn, GridKind, GridRowKind, GridTest};
use ts_rs::TS;

use crate::Amount;

macro_rules! mirrored {
    ($(#[$doc:meta])* $view:ident = $of:ident { $($(#[$case_doc:meta])* $name:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
        #[serde(rename_all = "camelCase")]
        #[ts(export)]
        pub enum $view { $($(#[$case_doc])* $name),+ }

        impl From<$view> for $of {
            fn from(view: $view) -> Self {
                match view { $($view::$name => Self::$name),+ }
            }
        }

        impl From<$of> for $view {
            fn from(of: $of) -> Self {
                match of { $($of::$name => Self::$name),+ }
            }
        }
    };
}

mirrored! {
    /// Which grid.
    GridKindView = GridKind {
        /// Statement lines.
        Lines,
        /// Ledger entries.
        Entries,
        /// Matches, but for those that others took the place of.
        Matches,
        /// Records of either side without a match.
        Exceptions,
        /// Audit events.
        Events,
    }
}

mirrored! {
    /// A column of a grid; which grid has which is told by its pages.
    GridColumnName = GridColumn {
        /// Day.
        Date,
        /// Value date of a line.
        ValueDate,
        /// Due date of an entry.
        DueDate,
        /// Amount.
        Amount,
        /// What is open of it.
        Open,
        /// The other party.
        Counterparty,
        /// Its code in the books.
        CounterpartyCode,
        /// Its account at the bank.
        CounterpartyAccount,
        /// Reference.
        Reference,
        /// Description of a line, memo of an entry.
        Text,
        /// Number of a document.
        Number,
        /// Kind of an entry or match.
        Kind,
        /// How far an invoice has come.
        InvoiceStatus,
        /// The account's name.
        Account,
        /// What a line is for.
        Category,
        /// Where a record stands.
        State,
        /// Balance after a line.
        Balance,
        /// The record's own identifier.
        RecordId,
        /// The file it came from.
        File,
        /// Its row there.
        Row,
        /// Where a match stands.
        Status,
        /// How sure the engine is.
        Confidence,
        /// Root cause.
        Cause,
        /// What a match's lines come to.
        LineTotal,
        /// What its entries come to.
        EntryTotal,
        /// The former less the latter.
        Difference,
        /// Lines in it.
        LineCount,
        /// Entries in it.
        EntryCount,
        /// The other party of a match.
        Title,
        /// When it last changed.
        ChangedAt,
        /// Which side a record is of.
        Side,
        /// Days it has been open.
        Age,
        /// Who looks after it.
        Owner,
        /// Since when it is an exception.
        OpenedAt,
        /// Position of an event.
        Sequence,
        /// When it happened.
        At,
        /// Who did it.
        Actor,
        /// On which machine.
        Machine,
        /// What was done.
        Action,
        /// To what.
        Subject,
        /// What else is told of it.
        Details,
    }
}

mirrored! {
    /// What cells are held against.
    GridTestView = GridTest {
        /// One of the values, letter case aside.
        Equals,
        /// None of the values.
        Differs,
        /// Contains one of the values, letter case aside.
        Contains,
        /// The value or after it.
        AtLeast,
        /// The value or before it.
        AtMost,
        /// One of the values.
        OneOf,
        /// Holds nothing.
        Empty,
        /// Holds something.
        Filled,
    }
}

mirrored! {
    /// What the cells of a column are.
    GridColumnKindView = ColumnKind {
        /// Text.
        Text,
        /// An amount of money.
        Amount,
        /// A day, ISO.
        Date,
        /// A moment, ISO, to the second.
        Time,
        /// A whole number.
        Number,
        /// A share in percent: `99.8`.
        Percent,
        /// One of a few words.
        Word,
    }
}

mirrored! {
    /// What a row is of.
    GridRowKindView = GridRowKind {
        /// A statement line.
        Line,
        /// A ledger entry.
        Entry,
        /// A match.
        Match,
        /// An audit event.
        Event,
    }
}

/// A condition on a column.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct GridFilterView {
    /// The column.
    pub column: GridColumnName,
    /// The test.
    pub test: GridTestView,
    /// What cells are held against: amounts as decimal numbers of major units, days as ISO 8601, words as they are.
    pub values: Vec<String>,
}

/// A column to sort by.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct GridSortView {
    /// The column.
    pub column: GridColumnName,
    /// Largest first.
    pub descending: bool,
}

/// `grid_page`
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct GridRequest {
    /// The grid.
    pub grid: GridKindView,
    /// Only rows that hold all these words; empty: all.
    pub search: String,
    /// Only rows of which all of these hold.
    pub filters: Vec<GridFilterView>,
    /// At most three columns; empty: the grid's own order.
    pub sort: Vec<GridSortView>,
    /// Rows to skip.
    #[ts(type = "number")]
    pub offset: u64,
    /// Rows wanted, at most 500.
    pub limit: u32,
}

/// Places in the order of a request, from 0.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct GridRangeView {
    /// The first place.
    #[ts(type = "number")]
    pub from: u64,
    /// The place after the last one.
    #[ts(type = "number")]
    pub to: u64,
}

/// `grid_selection`
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct GridSelectionRequest {
    /// The rows' order; offset and limit do not matter.
    pub request: GridRequest,
    /// Selected rows.
    pub rows: Vec<GridRangeView>,
    /// Selected columns.
    pub columns: Vec<GridColumnName>,
    /// The order that the rows had when they were selected: refused where it is another by now. Null: whichever it is.
    #[ts(type = "number | null")]
    pub seen: Option<u64>,
}

/// `grid_text`
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct GridTextRequest {
    /// The rows' order; offset and limit do not matter.
    pub request: GridRequest,
    /// Selected rows, at most 100,000.
    pub rows: Vec<GridRangeView>,
    /// Selected columns, in the order in which they are wanted.
    pub columns: Vec<GridColumnName>,
    /// The order that the rows had when they were selected: refused where it is another by now. Null: whichever it is.
    #[ts(type = "number | null")]
    pub seen: Option<u64>,
    /// What a first line calls the columns, in their order; empty: there is no such line.
    pub headings: Vec<String>,
    /// Amounts have a comma.
    pub decimal_comma: bool,
}

/// The beginning of a cell.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct GridStartView {
    /// Its column.
    pub column: GridColumnName,
    /// What it begins with, letter case aside.
    pub text: String,
}

/// `grid_place`: of a row, or of the first row of which a cell begins with a text.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct GridPlaceRequest {
    /// The rows' order. A cell is looked for from the row at its offset on, and behind the last one from the first on; a
    /// row anywhere. The limit does not matter.
    pub request: GridRequest,
    /// The row.
    pub id: Option<String>,
    /// The beginning of a cell.
    pub starts_with: Option<GridStartView>,
}

/// A cell.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct GridCellView {
    /// What it says; empty where it holds nothing.
    pub text: String,
    /// The amount, where it is one.
    pub amount: Option<Amount>,
}

/// A row.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct GridRowView {
    /// Identifier of the line, entry, match or event.
    pub id: String,
    /// Which of these.
    pub kind: GridRowKindView,
    /// In the order of the grid's columns.
    pub cells: Vec<GridCellView>,
}

/// A column.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct GridColumnView {
    /// Its name.
    pub column: GridColumnName,
    /// What its cells are.
    pub kind: GridColumnKindView,
    /// Whether rows can be sorted by it.
    pub sortable: bool,
    /// All words of a column of words; none where they are more than 500.
    pub words: Vec<String>,
}

/// A page of a grid.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct GridPageView {
    /// The grid's columns.
    pub columns: Vec<GridColumnView>,
    /// The rows.
    pub rows: Vec<GridRowView>,
    /// Rows in all.
    #[ts(type = "number")]
    pub total: u64,
    /// The newest audit event when the page was read: another number means that something changed.
    #[ts(type = "number")]
    pub version: u64,
    /// Names which rows stand where: another number means that other rows stand there.
    #[ts(type = "number")]
    pub order: u64,
}

/// What selected cells come to.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct GridSelectionView {
    /// Cells that hold something.
    #[ts(type = "number")]
    pub count: u64,
    /// Their amounts added up, one sum a currency.
    pub sums: Vec<Amount>,
    /// The first amount less all others, where there are at least two and all are of one currency.
    pub difference: Option<Amount>,
}

/// Cells as text.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct GridTextView {
    /// A line a row, cells separated by tabs.
    pub text: String,
    /// How many rows.
    #[ts(type = "number")]
    pub rows: u64,
}

/// Where something stands.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct GridPlaceView {
    /// Its place, from 0; null where it is not among the rows.
    #[ts(type = "number | null")]
    pub position: Option<u64>,
}
