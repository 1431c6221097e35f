//! A column's cells, packed.

use rustc_hash::FxHashMap;

use super::{collation::compare, dictionary::Dictionary};

/// The cells of a column.
#[derive(Debug, Clone)]
pub(super) enum Data {
    Texts(Texts),
    Numbers(Numbers),
    /// Places in the grid's list of words; [`NO_WORD`] for none.
    Words(Vec<u8>),
}

pub(super) const NO_WORD: u8 = u8::MAX;

/// A cell to be put into a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Text(String),
    Number(Option<i64>),
    Word(u8),
}

/// Texts by their code in a dictionary.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts {
    pub(super) dictionary: Dictionary,
    pub(super) codes: Codes,
}

/// Small numbers, as narrow as they can be.
#[derive(Debug, Clone)]
pub(super) enum Codes {
    Narrow(Vec<u8>),
    Middle(Vec<u16>),
    Wide(Vec<u32>),
}

impl Default for Codes {
    fn default() -> Self {
        Self::Narrow(Vec::new())
    }
}

/// Numbers, some of them missing.
#[derive(Debug, Clone)]
pub(super) enum Numbers {
    Narrow(Vec<i32>),
    Wide(Vec<i64>),
}

impl Default for Numbers {
    fn default() -> Self {
        Self::Narrow(Vec::new())
    }
}

impl Codes {
    pub(super) fn get(&self, i: usize) -> usize {
        match self {
            Self::Narrow(codes) => codes.get(i).copied().map_or(0, usize::from),
            Self::Middle(codes) => codes.get(i).copied().map_or(0, usize::from),
            Self::Wide(codes) => codes.get(i).copied().map_or(0, |code| code as usize),
        }
    }

    fn of(codes: Vec<u32>, distinct: usize) -> Self {
        // Each code is below `distinct`.
        if distinct <= 1 << 8 {
            Self::Narrow(codes.into_iter().map(|code| code as u8).collect())
        } else if distinct <= 1 << 16 {
            Self::Middle(codes.into_iter().map(|code| code as u16).collect())
        } else {
            Self::Wide(codes)
        }
    }

    /// Calls with each code, in order.
    pub(super) fn each(&self, mut call: impl FnMut(usize, usize)) {
        match self {
            Self::Narrow(codes) => codes.iter().enumerate().for_each(|(i, code)| call(i, usize::from(*code))),
            Self::Middle(codes) => codes.iter().enumerate().for_each(|(i, code)| call(i, usize::from(*code))),
            Self::Wide(codes) => codes.iter().enumerate().for_each(|(i, code)| call(i, *code as usize)),
        }
    }

    fn append(&self, remap: &[u32], all: &mut Vec<u32>) {
        let at = |code: usize| remap.get(code).copied().unwrap_or_default();
        match self {
            Self::Narrow(codes) => all.extend(codes.iter().map(|code| at(usize::from(*code)))),
            Self::Middle(codes) => all.extend(codes.iter().map(|code| at(usize::from(*code)))),
            Self::Wide(codes) => all.extend(codes.iter().map(|code| at(*code as usize))),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Narrow(codes) => codes.len(),
            Self::Middle(codes) => codes.len(),
            Self::Wide(codes) => codes.len(),
        }
    }

    fn set(&mut self, i: usize, code: usize) {
        match self {
            Self::Narrow(codes) => put(codes, i, code as u8),
            Self::Middle(codes) => put(codes, i, code as u16),
            Self::Wide(codes) => put(codes, i, code as u32),
        }
    }

    fn size(&self) -> usize {
        match self {
            Self::Narrow(codes) => codes.capacity(),
            Self::Middle(codes) => codes.capacity() * 2,
            Self::Wide(codes) => codes.capacity() * 4,
        }
    }
}

fn put<T>(list: &mut [T], i: usize, value: T) {
    if let Some(place) = list.get_mut(i) {
        *place = value;
    }
}

impl Texts {
    pub(super) fn of(texts: &[&str]) -> Self {
        // Most columns repeat themselves: only what is distinct is sorted.
        let mut known: FxHashMap<&str, u32> = FxHashMap::default();
        let mut distinct: Vec<&str> = Vec::new();
        let mut codes: Vec<u32> = Vec::with_capacity(texts.len());
        for &text in texts {
            codes.push(*known.entry(text).or_insert_with(|| {
                distinct.push(text);
                distinct.len() as u32 - 1
            }));
        }
        let mut order: Vec<u32> = (0..distinct.len() as u32).collect();
        order.sort_unstable_by(|a, b| compare(distinct[*a as usize], distinct[*b as usize]));
        let mut ranks = vec![0_u32; order.len()];
        for (rank, first) in order.iter().enumerate() {
            ranks[*first as usize] = rank as u32;
        }
        codes.iter_mut().for_each(|code| *code = ranks[*code as usize]);
        let dictionary = Dictionary::of_sorted(order.iter().map(|first| distinct[*first as usize]));
        Self { codes: Codes::of(codes, dictionary.len()), dictionary }
    }

    fn append(&mut self, other: &Self) {
        let (dictionary, here, there) = self.dictionary.merge(&other.dictionary);
        let mut codes = Vec::with_capacity(self.codes.len() + other.codes.len());
        self.codes.append(&here, &mut codes);
        other.codes.append(&there, &mut codes);
        self.codes = Codes::of(codes, dictionary.len());
        self.dictionary = dictionary;
    }

    fn set(&mut self, i: usize, text: &str) {
        let code = self.dictionary.code(text).unwrap_or_else(|| {
            let (dictionary, here, there) = self.dictionary.merge(&Dictionary::of_sorted([text]));
            let mut codes = Vec::with_capacity(self.codes.len());
            self.codes.append(&here, &mut codes);
            self.codes = Codes::of(codes, dictionary.len());
            self.dictionary = dictionary;
            there.first().copied().unwrap_or_default() as usize
        });
        self.codes.set(i, code);
    }

    pub(super) fn get(&self, i: usize) -> String {
        self.dictionary.text(self.codes.get(i))
    }

    /// The code of an empty text.
    pub(super) fn empty(&self) -> Option<usize> {
        self.dictionary.code("")
    }
}

impl Numbers {
    pub(super) fn get(&self, i: usize) -> Option<i64> {
        match self {
            Self::Narrow(numbers) => numbers.get(i).copied().filter(|number| *number != i32::MIN).map(i64::from),
            Self::Wide(numbers) => numbers.get(i).copied().filter(|number| *number != i64::MIN),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Narrow(numbers) => numbers.len(),
            Self::Wide(numbers) => numbers.len(),
        }
    }

    pub(super) fn push(&mut self, number: Option<i64>) {
        self.make_room(number);
        match self {
            Self::Narrow(numbers) => numbers.push(narrow(number)),
            Self::Wide(numbers) => numbers.push(number.unwrap_or(i64::MIN)),
        }
    }

    fn set(&mut self, i: usize, number: Option<i64>) {
        self.make_room(number);
        match self {
            Self::Narrow(numbers) => put(numbers, i, narrow(number)),
            Self::Wide(numbers) => put(numbers, i, number.unwrap_or(i64::MIN)),
        }
    }

    /// Becomes wide where the number asks for it.
    fn make_room(&mut self, number: Option<i64>) {
        if let Self::Narrow(narrow) = self
            && number.is_some_and(|number| i32::try_from(number).map_or(true, |number| number == i32::MIN))
        {
            let wide = narrow.iter().map(|number| if *number == i32::MIN { i64::MIN } else { i64::from(*number) });
            *self = Self::Wide(wide.collect());
        }
    }

    pub(super) fn append(&mut self, other: &Self) {
        match (&mut *self, other) {
            (Self::Narrow(all), Self::Narrow(more)) => all.extend_from_slice(more),
            (Self::Wide(all), Self::Wide(more)) => all.extend_from_slice(more),
            _ => (0..other.len()).for_each(|i| self.push(other.get(i))),
        }
    }

    fn size(&self) -> usize {
        match self {
            Self::Narrow(numbers) => numbers.capacity() * 4,
            Self::Wide(numbers) => numbers.capacity() * 8,
        }
    }
}

fn narrow(number: Option<i64>) -> i32 {
    number.and_then(|number| i32::try_from(number).ok()).unwrap_or(i32::MIN)
}

impl Data {
    pub(super) fn append(&mut self, other: &Self) {
        match (self, other) {
            (Self::Texts(all), Self::Texts(more)) => all.append(more),
            (Self::Numbers(all), Self::Numbers(more)) => all.append(more),
            (Self::Words(all), Self::Words(more)) => all.extend_from_slice(more),
            // Columns of one grid are of the same kinds.
            (_, _) => {}
        }
    }

    /// Puts a cell in place of another; says whether it is another one.
    pub(super) fn set(&mut self, i: usize, value: &Value) -> bool {
        if self.value(i) == *value {
            return false;
        }
        match (self, value) {
            (Self::Texts(texts), Value::Text(text)) => texts.set(i, text),
            (Self::Numbers(numbers), Value::Number(number)) => numbers.set(i, *number),
            (Self::Words(words), Value::Word(word)) => put(words, i, *word),
            (_, _) => return false,
        }
        true
    }

    pub(super) fn value(&self, i: usize) -> Value {
        match self {
            Self::Texts(texts) => Value::Text(texts.get(i)),
            Self::Numbers(numbers) => Value::Number(numbers.get(i)),
            Self::Words(words) => Value::Word(words.get(i).copied().unwrap_or(NO_WORD)),
        }
    }

    /// Bytes that it takes.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Texts(texts) => texts.dictionary.size() + texts.codes.size(),
            Self::Numbers(numbers) => numbers.size(),
            Self::Words(words) => words.capacity(),
        }
    }
}
