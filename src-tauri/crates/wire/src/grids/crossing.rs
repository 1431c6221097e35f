//! Requests of grids become questions, within bounds, and answers become views.

use tieout_application::grids::{
    GRID_SORTS_MAX, GridCell, GridFilter, GridPage, GridPlace, GridQuery, GridRange, GridSelection, GridSort, GridText,
    GridTextStyle,
};
use tieout_domain::{Said, said};

use super::{
    GridCellView, GridColumnName, GridColumnView, GridPageView, GridPlaceRequest, GridPlaceView, GridRangeView,
    GridRequest, GridRowView, GridSelectionRequest, GridSelectionView, GridTextRequest, GridTextView,
};
use crate::{CommandError, parse_id};

/// Most rows of a page.
const PAGE_ROWS_MAX: u32 = 500;
/// Most conditions of a request, and most ranges of a selection.
const CONDITIONS_MAX: usize = 100;
const RANGES_MAX: usize = 10_000;
/// Longest text to be searched for.
const SEARCH_MAX: usize = 20_000;

impl GridRequest {
    /// Which rows in which order, how many of them to skip, and how many are wanted.
    pub fn parts(self) -> Result<(GridQuery, u64, u32), CommandError> {
        let refused = |said: Said| Err(CommandError::unfit(said));
        if self.limit > PAGE_ROWS_MAX {
            return Err(CommandError::invalid(&format!("a page has at most {PAGE_ROWS_MAX} rows")));
        }
        if self.sort.len() > GRID_SORTS_MAX {
            return refused(said!("grid.sorts", "rows are sorted by at most {most} columns", most = GRID_SORTS_MAX));
        }
        if self.filters.len() > CONDITIONS_MAX {
            return refused(said!(
                "grid.conditions",
                "at most {most} conditions can be set at once",
                most = CONDITIONS_MAX
            ));
        }
        if self.search.len() > SEARCH_MAX {
            return refused(said!(
                "grid.search",
                "the text searched for is longer than {most} characters",
                most = SEARCH_MAX
            ));
        }
        let (offset, limit) = (self.offset, self.limit);
        let filters = self.filters.into_iter().map(|filter| GridFilter {
            column: filter.column.into(),
            test: filter.test.into(),
            values: filter.values,
        });
        let sort =
            self.sort.into_iter().map(|sort| GridSort { column: sort.column.into(), descending: sort.descending });
        let query =
            GridQuery { grid: self.grid.into(), search: self.search, filters: filters.collect(), sort: sort.collect() };
        Ok((query, offset, limit))
    }
}

fn range(
    request: GridRequest,
    rows: &[GridRangeView],
    columns: Vec<GridColumnName>,
    seen: Option<u64>,
) -> Result<GridRange, CommandError> {
    if rows.len() > RANGES_MAX {
        return Err(CommandError::unfit(said!(
            "grid.ranges",
            "at most {most} ranges can be selected at once",
            most = RANGES_MAX
        )));
    }
    Ok(GridRange {
        query: request.parts()?.0,
        rows: rows.iter().map(|range| range.from..range.to).collect(),
        columns: columns.into_iter().map(Into::into).collect(),
        seen,
    })
}

impl TryFrom<GridSelectionRequest> for GridRange {
    type Error = CommandError;

    fn try_from(request: GridSelectionRequest) -> Result<Self, Self::Error> {
        range(request.request, &request.rows, request.columns, request.seen)
    }
}

impl GridTextRequest {
    /// Which cells, and how they become text.
    pub fn parts(self) -> Result<(GridRange, GridTextStyle), CommandError> {
        let style = GridTextStyle { headings: self.headings, decimal_comma: self.decimal_comma };
        Ok((range(self.request, &self.rows, self.columns, self.seen)?, style))
    }
}

impl GridPlaceRequest {
    /// Which order, what is looked for in it, and from which row on.
    pub fn parts(self) -> Result<(GridQuery, GridPlace, u64), CommandError> {
        let wanted = match (self.id, self.starts_with) {
            (Some(id), None) => GridPlace::Row(parse_id(&id)?),
            (None, Some(start)) => GridPlace::StartsWith(start.column.into(), crate::requests::bounded(start.text)?),
            _ => return Err(CommandError::invalid("say either which row, or what a cell begins with")),
        };
        let (query, offset, _) = self.request.parts()?;
        Ok((query, wanted, offset))
    }
}

impl From<GridCell> for GridCellView {
    fn from(cell: GridCell) -> Self {
        Self { text: cell.text, amount: cell.amount.map(Into::into) }
    }
}

impl From<GridPage> for GridPageView {
    fn from(page: GridPage) -> Self {
        let columns = page.columns.into_iter().map(|facts| GridColumnView {
            kind: facts.column.kind().into(),
            column: facts.column.into(),
            sortable: true,
            words: facts.words,
        });
        let rows = page.rows.into_iter().map(|row| GridRowView {
            id: row.id.to_string(),
            kind: row.kind.into(),
            cells: row.cells.into_iter().map(Into::into).collect(),
        });
        Self {
            columns: columns.collect(),
            rows: rows.collect(),
            total: page.total,
            version: page.version,
            order: page.order,
        }
    }
}

impl From<GridSelection> for GridSelectionView {
    fn from(selection: GridSelection) -> Self {
        Self {
            count: selection.count,
            sums: selection.sums.into_iter().map(Into::into).collect(),
            difference: selection.difference.map(Into::into),
        }
    }
}

impl From<GridText> for GridTextView {
    fn from(text: GridText) -> Self {
        Self { text: text.text, rows: text.rows }
    }
}

impl From<Option<u64>> for GridPlaceView {
    fn from(position: Option<u64>) -> Self {
        Self { position }
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use tieout_application::grids::{GridColumn, GridTest};

    use super::*;
    use crate::{GridKindView, GridTestView};

    #[test]
    fn columns_cross_under_the_names_that_the_command_line_takes() {
        fn read<'a, T: Deserialize<'a>>(word: &'a str) -> T {
            T::deserialize(serde::de::value::BorrowedStrDeserializer::<serde::de::value::Error>::new(word)).unwrap()
        }
        for column in GridColumn::ALL {
            assert_eq!(read::<GridColumnName>(column.as_str()), GridColumnName::from(*column));
        }
        for test in GridTest::ALL {
            assert_eq!(read::<GridTestView>(test.as_str()), GridTestView::from(test));
        }
    }

    #[test]
    fn a_request_beyond_bounds_is_refused() {
        let request = |limit| GridRequest {
            grid: GridKindView::Lines,
            search: String::new(),
            filters: Vec::new(),
            sort: Vec::new(),
            offset: 0,
            limit,
        };
        assert!(request(500).parts().is_ok());
        assert!(request(501).parts().is_err());
        let both = GridPlaceRequest { request: request(1), id: None, starts_with: None };
        assert!(both.parts().is_err());
    }
}
