//! What selected cells come to.

use std::collections::BTreeMap;

use tieout_domain::{Money, MoneyError};

use super::{
    bits::Bits,
    column::ColumnKind,
    data::{Data, Numbers},
    page::places_of,
    query::{GridRange, GridSelection},
    selected,
    sheet::Sheet,
};
use crate::{Workbook, WorkbookError};

impl Workbook {
    /// What the selected cells come to, exactly. A sum or difference beyond 64 bits is an error.
    pub fn grid_selection(&mut self, range: &GridRange) -> Result<GridSelection, WorkbookError> {
        let rows = self.grid_rows_of(&range.query)?;
        let sheet = self.grids.sheet(range.query.grid)?;
        let mut places = places_of(sheet, &range.columns)?;
        places.sort_unstable();
        places.dedup();
        let chosen = selected(&rows, &range.rows);
        // By slot, in whose order the columns lie in memory.
        let mut slots = Bits::none(sheet.len());
        chosen.each(|place| rows.get(place).into_iter().for_each(|slot| slots.set(*slot as usize, true)));
        let (mut count, mut amounts) = (0, 0);
        let mut sums: BTreeMap<usize, i128> = BTreeMap::new();
        for place in &places {
            let mut filled = sheet.filled(*place)?;
            filled.keep(&slots);
            let number = filled.count();
            count += number;
            if let Some(numbers) = amounts_of(sheet, *place) {
                amounts += number;
                filled.each(|slot| {
                    *sums.entry(sheet.currency.codes.get(slot)).or_default() += numbers.get(slot).map_or(0, i128::from);
                });
            }
        }
        let difference = match (sums.len(), first(sheet, &places, &chosen, &rows)) {
            (1, Some(first)) if amounts > 1 => {
                let sum = sums.values().next().copied().unwrap_or_default();
                let twice = i128::from(first.minor_units()) * 2;
                Some(Money::from_minor(narrow(twice - sum)?, first.currency()))
            }
            _ => None,
        };
        let currency = |code: usize| sheet.currencies.get(code).copied().unwrap_or(tieout_domain::Currency::NONE);
        let sums = sums.into_iter().map(|(code, sum)| Ok(Money::from_minor(narrow(sum)?, currency(code))));
        Ok(GridSelection { count: count as u64, sums: sums.collect::<Result<_, MoneyError>>()?, difference })
    }
}

fn narrow(sum: i128) -> Result<i64, MoneyError> {
    i64::try_from(sum).map_err(|_| MoneyError::Overflow)
}

fn amounts_of(sheet: &Sheet, place: usize) -> Option<&Numbers> {
    let column = sheet.grid.columns().get(place)?;
    match sheet.columns.get(place)? {
        Data::Numbers(numbers) if column.kind() == ColumnKind::Amount => Some(numbers),
        _ => None,
    }
}

/// The first amount that was selected: of the topmost row, in the order of the columns.
fn first(sheet: &Sheet, places: &[usize], chosen: &Bits, rows: &[u32]) -> Option<Money> {
    (0..chosen.len()).filter(|place| chosen.get(*place)).find_map(|row| {
        let slot = rows.get(row).copied()? as usize;
        places.iter().find_map(|place| sheet.amount(*place, slot))
    })
}
