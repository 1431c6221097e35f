//! Bringing a grid into memory, piece by piece, so that others can work in the workbook meanwhile.

use rusqlite::params;

use super::{
    column::GridKind,
    sheet::{Rows, Sheet},
    source::{Names, sources},
};
use crate::{Workbook, WorkbookError, key::Salt, rows::Blob};

/// A grid on its way into memory. Reading a piece needs the workbook; what is made of it does not.
pub struct GridLoading {
    grid: GridKind,
    workbook: Salt,
    names: Names,
    /// What is still to be read of each source.
    left: Vec<Left>,
    read: Option<Rows>,
    /// Sheets of rows that follow one another, each longer than the next.
    pieces: Vec<Sheet>,
    /// Up to which row each source is read in the end.
    pub(super) through: Vec<i64>,
    /// What is read goes after what is in memory.
    pub(super) follows: bool,
}

/// Rowids still to be read: from the first to the last, or of these only those that are chosen.
struct Left {
    next: i64,
    last: i64,
    chosen: Option<std::vec::IntoIter<i64>>,
}

impl Workbook {
    /// Begins to bring a grid into memory: `after` the rows that are there already, or all of it.
    pub(super) fn begin_loading(&self, grid: GridKind, after: Option<&[i64]>) -> Result<GridLoading, WorkbookError> {
        let mut loading = GridLoading {
            grid,
            workbook: self.salt,
            names: self.names(grid)?,
            left: Vec::new(),
            read: None,
            pieces: Vec::new(),
            through: Vec::new(),
            follows: after.is_some(),
        };
        for (i, source) in sources(grid).iter().enumerate() {
            let last = self.last_rowid(source)?;
            let next = after.and_then(|after| after.get(i)).copied().unwrap_or_default() + 1;
            let chosen = match source.chosen {
                None => None,
                Some(sql) => {
                    let mut statement = self.sql.prepare_cached(sql)?;
                    let found = statement.query_map(params![Blob(self.company.id.uuid())], |row| row.get(0))?;
                    let mut chosen = found.collect::<rusqlite::Result<Vec<i64>>>()?;
                    chosen.retain(|rowid| *rowid >= next);
                    Some(chosen.into_iter())
                }
            };
            loading.left.push(Left { next, last, chosen });
            loading.through.push(last);
        }
        Ok(loading)
    }
}

impl GridLoading {
    /// The grid.
    pub const fn grid(&self) -> GridKind {
        self.grid
    }

    /// Reads about so many rows; says whether there are more. What was read before must have been taken in.
    pub fn read(&mut self, workbook: &Workbook, rows_max: u32) -> Result<bool, WorkbookError> {
        if workbook.salt != self.workbook {
            return Err(WorkbookError::Grid("another workbook is open now".to_owned()));
        }
        for (source, left) in sources(self.grid).iter().zip(&mut self.left) {
            let Some(runs) = left.runs(i64::from(rows_max)) else { continue };
            let mut rows = Rows::dense(self.grid, *runs.first().map_or(&0, |run| run.start()));
            for run in &runs {
                workbook.read_rows(source, &self.names, run.clone(), &mut rows)?;
                rows.fill_up_to(run.end() + 1);
            }
            self.read = Some(rows);
            return Ok(true);
        }
        Ok(false)
    }

    /// Makes of what was read what it will be in memory.
    pub fn take_in(&mut self) {
        let Some(rows) = self.read.take() else { return };
        self.pieces.push(rows.sheet());
        while let [.., before, last] = self.pieces.as_slice()
            && before.len() <= last.len() * 2
        {
            self.join();
        }
    }

    fn join(&mut self) {
        if let Some(last) = self.pieces.pop()
            && let Some(before) = self.pieces.last_mut()
        {
            before.append(&last);
        }
    }

    /// All that was read.
    pub(super) fn sheet(mut self) -> Sheet {
        self.take_in();
        while self.pieces.len() > 1 {
            self.join();
        }
        self.pieces.pop().unwrap_or_else(|| Rows::of(self.grid).sheet())
    }
}

impl Left {
    /// The next so many rowids as runs; `None` where none are left.
    fn runs(&mut self, rows_max: i64) -> Option<Vec<std::ops::RangeInclusive<i64>>> {
        let Some(chosen) = &mut self.chosen else {
            if self.next > self.last {
                return None;
            }
            let run = self.next..=self.last.min(self.next + rows_max - 1);
            self.next = run.end() + 1;
            return Some(vec![run]);
        };
        let mut runs: Vec<std::ops::RangeInclusive<i64>> = Vec::new();
        for rowid in chosen.take(usize::try_from(rows_max).unwrap_or(usize::MAX)) {
            match runs.last_mut() {
                Some(run) if run.end() + 1 == rowid => *run = *run.start()..=rowid,
                _ => runs.push(rowid..=rowid),
            }
        }
        (!runs.is_empty()).then_some(runs)
    }
}
