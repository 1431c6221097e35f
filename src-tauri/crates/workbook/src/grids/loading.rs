//! Bringing a grid into memory, piece by piece, so that others can work in the workbook meanwhile.

use rusqlite::params;
use tieout_domain::said;

use super::{
    column::GridKind,
    growing::Rows,
    sheet::Sheet,
    source::{Names, sources},
};
use crate::{Workbook, WorkbookError, key::Salt, rows::Blob};

/// A grid on its way into memory. Reading a piece needs the workbook; what [`GridPieces`] makes of it does not.
pub struct GridLoading {
    pub(super) grid: GridKind,
    /// Which loading of the whole grid it is, or follows, by their number.
    pub(super) begun: u64,
    workbook: Salt,
    names: Names,
    /// What is still to be read of each source.
    left: Vec<Left>,
    /// Up to which row each source is read in the end.
    pub(super) through: Vec<i64>,
    /// The last row of each source that is in memory, which what is read follows; none where all is read.
    pub(super) after: Option<Vec<i64>>,
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
            begun: self.grids.begun(grid),
            workbook: self.salt,
            names: self.names(grid)?,
            left: Vec::new(),
            through: Vec::new(),
            after: after.map(<[i64]>::to_vec),
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
    /// Reads the next rows, about so many; `None` after the last ones.
    pub fn read(&mut self, workbook: &Workbook, rows_max: u32) -> Result<Option<GridPiece>, WorkbookError> {
        if workbook.salt != self.workbook {
            return Err(WorkbookError::Grid(said!("grid.anotherWorkbook", "another workbook is open now")));
        }
        for (source, left) in sources(self.grid).iter().zip(&mut self.left) {
            let Some(runs) = left.runs(i64::from(rows_max)) else { continue };
            let mut rows = Rows::dense(self.grid, *runs.first().map_or(&0, |run| run.start()));
            for run in &runs {
                workbook.read_rows(source, &self.names, run.clone(), &mut rows)?;
                rows.fill_up_to(run.end() + 1);
            }
            return Ok(Some(GridPiece(rows)));
        }
        Ok(None)
    }
}

/// Rows as they were read.
pub struct GridPiece(Rows);

/// What was read of a grid, as it is held in memory.
#[derive(Default)]
pub struct GridPieces {
    /// Rows that are too few to be worth sorting by themselves.
    rows: Option<Rows>,
    /// Sheets of rows that follow one another, each longer than the next.
    sheets: Vec<Sheet>,
}

/// Pieces that may wait to be taken in.
const WAITING_MAX: usize = 4;
/// Rows whose texts are sorted together.
const ROWS_TOGETHER: usize = 65_536;

impl GridPieces {
    /// All that `read` gives, taken in on another thread while it reads on.
    pub fn gather<E>(mut read: impl FnMut() -> Result<Option<GridPiece>, E>) -> Result<Self, E> {
        let (put, taken) = std::sync::mpsc::sync_channel::<GridPiece>(WAITING_MAX);
        std::thread::scope(|scope| {
            let taking_in = scope.spawn(move || {
                let mut pieces = Self::default();
                taken.into_iter().for_each(|piece| pieces.take_in(piece));
                pieces.join_all();
                pieces
            });
            while let Some(piece) = read()? {
                if put.send(piece).is_err() {
                    break;
                }
            }
            drop(put);
            Ok(taking_in.join().unwrap_or_default())
        })
    }

    fn take_in(&mut self, piece: GridPiece) {
        let rows = match self.rows.take() {
            None => piece.0,
            Some(mut rows) => {
                rows.extend(&piece.0);
                rows
            }
        };
        let is_enough = rows.len() >= ROWS_TOGETHER;
        self.rows = Some(rows);
        if is_enough {
            self.sort();
        }
    }

    fn sort(&mut self) {
        self.sheets.extend(self.rows.take().map(Rows::sheet));
        while let [.., before, last] = self.sheets.as_slice()
            && before.len() <= last.len()
        {
            self.join();
        }
    }

    fn join(&mut self) {
        if let Some(last) = self.sheets.pop()
            && let Some(before) = self.sheets.last_mut()
        {
            before.append(&last);
        }
    }

    /// Of a million rows that takes a moment, in which others work in the workbook.
    fn join_all(&mut self) {
        self.sort();
        while self.sheets.len() > 1 {
            self.join();
        }
    }

    pub(super) fn sheet(mut self, grid: GridKind) -> Sheet {
        self.join_all();
        self.sheets.pop().unwrap_or_else(|| Rows::of(grid).sheet())
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
