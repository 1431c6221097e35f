//! What selected cells come to.

use tieout_domain::{Currency, Money, MoneyError};

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
        let rows = self.grid_rows_seen(range)?;
        let sheet = self.grids.sheet(range.query.grid)?;
        let mut places = places_of(sheet, &range.columns)?;
        places.sort_unstable();
        places.dedup();
        let chosen = selected(&rows, &range.rows);
        // By slot, in whose order the columns lie in memory.
        let mut slots = Bits::none(sheet.len());
        chosen.each(|place| rows.get(place).into_iter().for_each(|slot| slots.set(*slot as usize, true)));
        let (mut count, mut amounts) = (0, 0);
        // By the currency's code: how many amounts, and their sum.
        let mut sums = vec![(0_usize, 0_i128); sheet.currencies.len()];
        for place in &places {
            let mut filled = sheet.filled(*place)?;
            filled.keep(&slots);
            let number = filled.count();
            count += number;
            if let Some(numbers) = amounts_of(sheet, *place) {
                amounts += number;
                filled.each(|slot| {
                    if let Some((number, sum)) = sums.get_mut(sheet.currency.codes.get(slot)) {
                        *number += 1;
                        *sum += numbers.get(slot).map_or(0, i128::from);
                    }
                });
            }
        }
        let sums = sums.into_iter().zip(&sheet.currencies).filter(|((number, _), _)| *number > 0);
        let sums: Vec<(i128, Currency)> = sums.map(|((_, sum), currency)| (sum, *currency)).collect();
        let difference = match (sums.as_slice(), first(sheet, &places, &chosen, &rows)) {
            ([(sum, currency)], Some(first)) if amounts > 1 => {
                let twice = i128::from(first.minor_units()) * 2;
                Some(Money::from_minor(narrow(twice - sum)?, *currency))
            }
            _ => None,
        };
        let sums = sums.into_iter().map(|(sum, currency)| Ok(Money::from_minor(narrow(sum)?, currency)));
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
