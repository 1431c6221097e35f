//! Rows in the order asked for.

use super::{
    bits::Bits,
    column::ColumnKind,
    data::{Data, NO_WORD},
    filter::no_column,
    query::GridSort,
    sheet::Sheet,
};
use crate::WorkbookError;

/// What rows are sorted by: a number each, and how many bits the largest takes.
struct Key {
    numbers: Vec<u64>,
    bits: u32,
}

/// The rows, sorted; those that are equal stay in the order of their slots.
pub(super) fn sorted(sheet: &Sheet, rows: &Bits, sort: &[GridSort]) -> Result<Vec<u32>, WorkbookError> {
    let mut slots = Vec::with_capacity(rows.count());
    rows.each(|slot| slots.push(slot as u32));
    let mut keys = Vec::new();
    for by in sort {
        let place = sheet.place(by.column).ok_or_else(|| no_column(sheet, by.column))?;
        let Some(data) = sheet.columns.get(place) else { continue };
        keys.push(key(sheet, data, by, &slots));
    }
    let place_bits = u32::BITS - u32::try_from(slots.len()).unwrap_or(u32::MAX).leading_zeros();
    let bits: u32 = keys.iter().map(|key| key.bits).sum::<u32>() + place_bits;
    Ok(match bits {
        _ if keys.is_empty() || slots.len() < 2 => slots,
        0..=64 => {
            let mut packed: Vec<u64> = (0..slots.len() as u64).collect();
            pack(&keys, place_bits, |i, shift, number| packed[i] |= number << shift);
            packed.sort_unstable();
            unpacked(&slots, packed.into_iter().map(|number| (number & ((1 << place_bits) - 1)) as usize))
        }
        65..=128 => {
            let mut packed: Vec<u128> = (0..slots.len() as u128).collect();
            pack(&keys, place_bits, |i, shift, number| packed[i] |= u128::from(number) << shift);
            packed.sort_unstable();
            unpacked(&slots, packed.into_iter().map(|number| (number & ((1 << place_bits) - 1)) as usize))
        }
        _ => {
            let mut order: Vec<u32> = (0..slots.len() as u32).collect();
            let of = |i: u32| keys.iter().map(move |key| key.numbers[i as usize]);
            order.sort_by(|a, b| of(*a).cmp(of(*b)));
            unpacked(&slots, order.into_iter().map(|i| i as usize))
        }
    })
}

/// The first key above the others, and the place among the rows below all.
fn pack(keys: &[Key], place_bits: u32, mut add: impl FnMut(usize, u32, u64)) {
    let mut shift = place_bits;
    for key in keys.iter().rev() {
        if key.bits > 0 {
            key.numbers.iter().enumerate().for_each(|(i, number)| add(i, shift, *number));
        }
        shift += key.bits;
    }
}

fn unpacked(slots: &[u32], order: impl Iterator<Item = usize>) -> Vec<u32> {
    order.map(|i| slots.get(i).copied().unwrap_or_default()).collect()
}

/// Ascending numbers for ascending cells, or with `descending` the other way round; what is empty comes last in either.
fn key(sheet: &Sheet, data: &Data, by: &GridSort, slots: &[u32]) -> Key {
    let cells: Vec<i64> = match data {
        Data::Texts(texts) => {
            let empty = texts.empty();
            let code = |slot: &u32| texts.codes.get(*slot as usize);
            slots.iter().map(code).map(|code| if Some(code) == empty { i64::MIN } else { code as i64 }).collect()
        }
        Data::Words(words) => {
            let word = |slot: &u32| words.get(*slot as usize).copied().unwrap_or(NO_WORD);
            slots.iter().map(word).map(|word| if word == NO_WORD { i64::MIN } else { i64::from(word) }).collect()
        }
        Data::Numbers(numbers) => {
            let digits: Vec<u32> = sheet.currencies.iter().map(|currency| currency.digits()).collect();
            let alike = digits.windows(2).all(|pair| pair[0] == pair[1]);
            if by.column.kind() == ColumnKind::Amount && !alike {
                slots.iter().map(|slot| scaled(sheet, &digits, numbers.get(*slot as usize), *slot)).collect()
            } else {
                slots.iter().map(|slot| numbers.get(*slot as usize).unwrap_or(i64::MIN)).collect()
            }
        }
    };
    let filled = || cells.iter().copied().filter(|cell| *cell != i64::MIN);
    let (Some(least), Some(most)) = (filled().min(), filled().max()) else {
        return Key { numbers: vec![0; cells.len()], bits: 0 };
    };
    let span = most.wrapping_sub(least) as u64;
    let number = |cell: i64| match (cell == i64::MIN, by.descending) {
        (true, _) => span.saturating_add(1),
        (false, false) => cell.wrapping_sub(least) as u64,
        (false, true) => most.wrapping_sub(cell) as u64,
    };
    let has_empty = cells.contains(&i64::MIN);
    let largest = if has_empty { span.saturating_add(1) } else { span };
    Key { numbers: cells.into_iter().map(number).collect(), bits: u64::BITS - largest.leading_zeros() }
}

/// In ten-thousandths of the major unit, so that currencies of other digits compare; what does not fit is as large as fits.
fn scaled(sheet: &Sheet, digits: &[u32], number: Option<i64>, slot: u32) -> i64 {
    let Some(number) = number else { return i64::MIN };
    let digits = digits.get(sheet.currency.codes.get(slot as usize)).copied().unwrap_or(2).min(4);
    number.saturating_mul(10_i64.pow(4 - digits)).max(i64::MIN + 1)
}
