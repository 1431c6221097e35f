//! Rows of a grid as they are read, cell by cell, before they are packed.

use super::{
    bits::Bits,
    column::{ColumnKind, GridColumn, GridKind},
    data::{Data, NO_WORD, Numbers, Texts, Value},
    days,
    sheet::Sheet,
};

/// Text beyond so many bytes is not held in memory; cells are read anew where they may be longer.
pub(super) const TEXT_BYTES_MAX: usize = 1_000;

/// The cells of a column as they come.
#[derive(Debug)]
enum Growing {
    /// All texts, and where each ends.
    Texts(String, Vec<usize>),
    Numbers(Numbers),
    Words(Vec<u8>),
}

impl Growing {
    fn text(&mut self, text: &str) {
        if let Self::Texts(all, ends) = self {
            all.push_str(text);
            ends.push(all.len());
        }
    }

    fn number(&mut self, number: Option<i64>) {
        if let Self::Numbers(numbers) = self {
            numbers.push(number);
        }
    }

    fn word(&mut self, word: u8) {
        if let Self::Words(words) = self {
            words.push(word);
        }
    }

    fn nothing(&mut self) {
        match self {
            Self::Texts(..) => self.text(""),
            Self::Numbers(_) => self.number(None),
            Self::Words(_) => self.word(NO_WORD),
        }
    }

    /// Those of more rows, of the same column.
    fn extend(&mut self, more: &Self) {
        match (self, more) {
            (Self::Texts(all, ends), Self::Texts(text, more)) => {
                let before = all.len();
                all.push_str(text);
                ends.extend(more.iter().map(|end| before + end));
            }
            (Self::Numbers(all), Self::Numbers(more)) => all.append(more),
            (Self::Words(all), Self::Words(more)) => all.extend_from_slice(more),
            // It is the same column.
            (_, _) => {}
        }
    }

    fn grown(self) -> Data {
        match self {
            Self::Texts(all, ends) => {
                let starts = std::iter::once(0).chain(ends.iter().copied());
                let texts: Vec<&str> = starts.zip(&ends).map(|(from, to)| &all[from..*to]).collect();
                Data::Texts(Texts::of(&texts))
            }
            Self::Numbers(numbers) => Data::Numbers(numbers),
            Self::Words(words) => Data::Words(words),
        }
    }
}

/// Rows as they are read.
pub(super) struct Rows {
    grid: GridKind,
    columns: Vec<Growing>,
    currency: Growing,
    live: Bits,
    pub(super) keys: Vec<i64>,
    at: usize,
    /// The key of the next row, where there is one for each: those that are missing leave a gap.
    dense: Option<i64>,
}

impl Rows {
    pub(super) fn of(grid: GridKind) -> Self {
        let columns = grid.columns().iter().map(|column| {
            if grid.words(*column).is_some() {
                return Growing::Words(Vec::new());
            }
            match column.kind() {
                ColumnKind::Text | ColumnKind::Word => Growing::Texts(String::new(), Vec::new()),
                ColumnKind::Amount | ColumnKind::Date | ColumnKind::Time | ColumnKind::Number | ColumnKind::Percent => {
                    Growing::Numbers(Numbers::default())
                }
            }
        });
        Self {
            grid,
            columns: columns.collect(),
            currency: Growing::Texts(String::new(), Vec::new()),
            live: Bits::default(),
            keys: Vec::new(),
            at: 0,
            dense: None,
        }
    }

    /// The same, with a row for each key from this one on.
    pub(super) fn dense(grid: GridKind, first: i64) -> Self {
        Self { dense: (grid != GridKind::Exceptions).then_some(first), ..Self::of(grid) }
    }

    /// Rows that are not there, up to this key.
    pub(super) fn fill_up_to(&mut self, key: i64) {
        while self.dense.is_some_and(|next| next < key) {
            self.put(0, false, "");
            self.columns.iter_mut().for_each(Growing::nothing);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.live.len()
    }

    /// The next row; its cells follow, in the order of the columns.
    pub(super) fn begin(&mut self, key: i64, live: bool, currency: &str) {
        self.fill_up_to(key);
        self.put(key, live, currency);
    }

    fn put(&mut self, key: i64, live: bool, currency: &str) {
        self.live.push(live);
        self.keys.push(key);
        self.currency.text(currency);
        self.at = 0;
        if let Some(next) = &mut self.dense {
            *next += 1;
        }
    }

    /// Adds the rows that come after these.
    pub(super) fn extend(&mut self, more: &Self) {
        self.columns.iter_mut().zip(&more.columns).for_each(|(all, more)| all.extend(more));
        self.currency.extend(&more.currency);
        self.live.append(&more.live);
        self.keys.extend_from_slice(&more.keys);
    }

    fn next(&mut self) -> Option<(&mut Growing, GridColumn)> {
        let at = self.at;
        self.at += 1;
        self.columns.get_mut(at).zip(self.grid.columns().get(at).copied())
    }

    pub(super) fn text(&mut self, text: &str) {
        let kept = if text.len() <= TEXT_BYTES_MAX { text } else { &text[..text.floor_char_boundary(TEXT_BYTES_MAX)] };
        if let Some((column, _)) = self.next() {
            column.text(kept);
        }
    }

    pub(super) fn number(&mut self, number: Option<i64>) {
        if let Some((column, _)) = self.next() {
            column.number(number);
        }
    }

    pub(super) fn day(&mut self, text: Option<&str>) {
        self.number(text.and_then(days::day_of));
    }

    pub(super) fn word(&mut self, word: Option<&str>) {
        let grid = self.grid;
        if let Some((column, name)) = self.next() {
            let all = grid.words(name).unwrap_or_default();
            let place = word.and_then(|word| all.iter().position(|other| *other == word));
            column.word(place.and_then(|place| u8::try_from(place).ok()).unwrap_or(NO_WORD));
        }
    }

    pub(super) fn copy(&mut self, key: i64, from: &Sheet, i: usize) {
        self.begin(key, from.live.get(i), &from.currency.get(i));
        for (column, data) in self.columns.iter_mut().zip(&from.columns) {
            match data.value(i) {
                Value::Text(text) => column.text(&text),
                Value::Number(number) => column.number(number),
                Value::Word(word) => column.word(word),
            }
        }
    }

    pub(super) fn sheet(self) -> Sheet {
        let columns = self.columns.into_iter().map(Growing::grown).collect();
        let currency = if let Data::Texts(currency) = self.currency.grown() { currency } else { Texts::default() };
        let keys = (self.grid == GridKind::Exceptions).then_some(self.keys);
        Sheet::of(self.grid, columns, currency, self.live, keys)
    }
}
