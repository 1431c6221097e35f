//! A grid's cells in memory: all columns of all rows, packed.

use std::collections::HashMap;

use tieout_domain::{Currency, Money};

use super::{
    bits::Bits,
    column::{ColumnKind, GridColumn, GridKind},
    data::{Data, NO_WORD, Texts},
    days,
    growing::Rows,
};
use crate::WorkbookError;

/// A grid's rows. A row's slot is its place here, which it keeps.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) grid: GridKind,
    /// In the order of the grid's columns.
    pub(super) columns: Vec<Data>,
    pub(super) currency: Texts,
    /// Currencies of the codes of `currency`.
    pub(super) currencies: Vec<Currency>,
    /// Rows that are shown.
    pub(super) live: Bits,
    /// Which row each slot is of, where that is not the one after it.
    pub(super) keys: Option<Keys>,
    /// Goes up whenever a cell of the column changes; the last one is that of the rows themselves.
    versions: Vec<u64>,
}

/// Rows by what they are known by in the file, and the other way round.
#[derive(Debug, Default)]
pub(super) struct Keys {
    keys: Vec<i64>,
    slots: HashMap<i64, u32>,
}

impl Keys {
    fn push(&mut self, key: i64) {
        self.slots.insert(key, u32::try_from(self.keys.len()).unwrap_or(u32::MAX));
        self.keys.push(key);
    }
}

impl Sheet {
    pub(super) fn of(grid: GridKind, columns: Vec<Data>, currency: Texts, live: Bits, keys: Option<Vec<i64>>) -> Self {
        let keys = keys.map(|all| {
            let mut keys = Keys::default();
            all.into_iter().for_each(|key| keys.push(key));
            keys
        });
        let versions = vec![0; columns.len() + 1];
        let mut sheet = Self { grid, columns, currency, currencies: Vec::new(), live, keys, versions };
        sheet.know_currencies();
        sheet
    }

    pub(super) fn len(&self) -> usize {
        self.live.len()
    }

    /// What the row of a slot is known by in the file.
    pub(super) fn key(&self, slot: usize) -> i64 {
        match &self.keys {
            None => i64::try_from(slot).unwrap_or(i64::MAX).saturating_add(1),
            Some(keys) => keys.keys.get(slot).copied().unwrap_or_default(),
        }
    }

    pub(super) fn slot(&self, key: i64) -> Option<usize> {
        match &self.keys {
            None => usize::try_from(key.checked_sub(1)?).ok().filter(|slot| *slot < self.len()),
            Some(keys) => keys.slots.get(&key).map(|slot| *slot as usize),
        }
    }

    pub(super) fn place(&self, column: GridColumn) -> Option<usize> {
        self.grid.columns().iter().position(|other| *other == column)
    }

    pub(super) fn data(&self, column: GridColumn) -> Option<&Data> {
        self.columns.get(self.place(column)?)
    }

    /// Goes up whenever a cell of the column changes, or with `None` when rows come or go.
    pub(super) fn version(&self, column: Option<GridColumn>) -> u64 {
        let place = column.map_or(Some(self.columns.len()), |column| self.place(column));
        place.and_then(|place| self.versions.get(place)).copied().unwrap_or_default()
    }

    fn changed(&mut self, place: usize) {
        if let Some(version) = self.versions.get_mut(place) {
            *version += 1;
        }
    }

    /// Adds rows at the end.
    pub(super) fn append(&mut self, other: &Self) {
        self.columns.iter_mut().zip(&other.columns).for_each(|(all, more)| all.append(more));
        let mut currency = Data::Texts(std::mem::take(&mut self.currency));
        currency.append(&Data::Texts(other.currency.clone()));
        if let Data::Texts(currency) = currency {
            self.currency = currency;
        }
        self.live.append(&other.live);
        if let (Some(keys), Some(more)) = (&mut self.keys, &other.keys) {
            more.keys.iter().for_each(|key| keys.push(*key));
        }
        self.know_currencies();
        self.changed(self.columns.len());
    }

    fn know_currencies(&mut self) {
        let dictionary = &self.currency.dictionary;
        let parse = |code: usize| Currency::parse(&dictionary.text(code)).unwrap_or(Currency::NONE);
        self.currencies = (0..dictionary.len()).map(parse).collect();
    }

    /// Puts rows, read anew, in their slots. Exceptions that have none get one; rows of other grids that have none are
    /// new, and come with all others that are.
    pub(super) fn update(&mut self, keys: &[i64], rows: &Self) {
        let mut new = Rows::of(self.grid);
        for (i, key) in keys.iter().enumerate() {
            match self.slot(*key) {
                Some(slot) => self.update_slot(slot, rows, i),
                None if self.keys.is_some() && rows.live.get(i) => new.copy(*key, rows, i),
                None => {}
            }
        }
        if new.len() > 0 {
            self.append(&new.sheet());
        }
    }

    fn update_slot(&mut self, slot: usize, rows: &Self, i: usize) {
        for place in 0..self.columns.len() {
            let Some(value) = rows.columns.get(place).map(|data| data.value(i)) else { continue };
            if self.columns.get_mut(place).is_some_and(|data| data.set(slot, &value)) {
                self.changed(place);
            }
        }
        if self.live.get(slot) != rows.live.get(i) {
            self.live.set(slot, rows.live.get(i));
            self.changed(self.columns.len());
        }
    }

    /// Puts another column in place of one.
    pub(super) fn replace(&mut self, column: GridColumn, data: Data) {
        if let Some(place) = self.place(column) {
            if let Some(old) = self.columns.get_mut(place) {
                *old = data;
            }
            self.changed(place);
        }
    }

    pub(super) fn currency(&self, slot: usize) -> Currency {
        self.currencies.get(self.currency.codes.get(slot)).copied().unwrap_or(Currency::NONE)
    }

    /// The amount of a cell, where it is one.
    pub(super) fn amount(&self, place: usize, slot: usize) -> Option<Money> {
        if self.grid.columns().get(place)?.kind() != ColumnKind::Amount {
            return None;
        }
        let Data::Numbers(numbers) = self.columns.get(place)? else { return None };
        Some(Money::from_minor(numbers.get(slot)?, self.currency(slot)))
    }

    /// What a cell says: amounts as decimal numbers, days and moments in ISO 8601, shares in percent, words as they are
    /// stored. Nothing where it is empty.
    pub(super) fn text(&self, place: usize, slot: usize) -> String {
        let (Some(column), Some(data)) = (self.grid.columns().get(place), self.columns.get(place)) else {
            return String::new();
        };
        match (data, column.kind()) {
            (Data::Texts(texts), _) => texts.get(slot),
            (Data::Words(words), _) => {
                let word = words.get(slot).copied().unwrap_or(NO_WORD);
                self.grid.words(*column).and_then(|all| all.get(usize::from(word))).copied().unwrap_or_default().into()
            }
            (Data::Numbers(numbers), kind) => {
                let Some(number) = numbers.get(slot) else { return String::new() };
                match kind {
                    ColumnKind::Amount => Money::from_minor(number, self.currency(slot)).to_decimal().to_string(),
                    ColumnKind::Date => days::text_of(number),
                    ColumnKind::Time => days::moment(number),
                    ColumnKind::Percent => rust_decimal::Decimal::new(number, 4).normalize().to_string(),
                    ColumnKind::Number | ColumnKind::Text | ColumnKind::Word => number.to_string(),
                }
            }
        }
    }

    /// Whether a cell holds something.
    pub(super) fn filled(&self, place: usize) -> Result<Bits, WorkbookError> {
        let data = self.columns.get(place).ok_or_else(|| WorkbookError::unreadable("a column without a place"))?;
        let mut bits = Bits::none(self.len());
        match data {
            Data::Texts(texts) => {
                let empty = texts.empty();
                texts.codes.each(|i, code| bits.set(i, Some(code) != empty));
            }
            Data::Numbers(numbers) => bits = Bits::of(self.len(), |i| numbers.get(i).is_some()),
            Data::Words(words) => bits = Bits::of(self.len(), |i| words.get(i).is_some_and(|word| *word != NO_WORD)),
        }
        Ok(bits)
    }

    /// Bytes that it takes.
    pub(super) fn size(&self) -> usize {
        let keys = self.keys.as_ref().map_or(0, |keys| keys.keys.capacity() * 8 + keys.slots.capacity() * 17);
        self.columns.iter().map(Data::size).sum::<usize>() + keys + self.live.len() / 8
    }
}
