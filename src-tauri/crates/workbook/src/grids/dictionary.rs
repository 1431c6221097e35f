//! Distinct texts in the order in which people look them up, each told by what it does not share with the one before it.

use std::{cmp::Ordering, ops::Range};

use super::{
    bits::Bits,
    collation::{LAST, compare, compare_caseless, compare_letters, shared},
};

/// Texts from one that is written in full to the next.
const BLOCK: usize = 16;

/// Behind the last Latin letter that is a character of its own.
const LATIN_END: char = '\u{250}';

/// Without letter case.
fn folded(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// Distinct texts, ascending by [`compare`]. A text's place is its code.
#[derive(Debug, Clone, Default)]
pub(super) struct Dictionary {
    /// Of each text how many bytes it shares with the one before, how many follow, and these.
    bytes: Vec<u8>,
    /// Where each block begins.
    blocks: Vec<u64>,
    len: usize,
    last: Vec<u8>,
}

impl Dictionary {
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Bytes that it takes.
    pub(super) fn size(&self) -> usize {
        self.bytes.capacity() + self.blocks.capacity() * 8
    }

    /// Adds a text that comes after all others.
    fn push(&mut self, text: &[u8]) {
        let shared = if self.len.is_multiple_of(BLOCK) {
            self.blocks.push(self.bytes.len() as u64);
            0
        } else {
            shared(text, &self.last)
        };
        write_number(&mut self.bytes, shared);
        write_number(&mut self.bytes, text.len() - shared);
        self.bytes.extend_from_slice(&text[shared..]);
        self.last.clear();
        self.last.extend_from_slice(text);
        self.len += 1;
    }

    /// From texts in ascending order.
    pub(super) fn of_sorted<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut made = Self::default();
        texts.into_iter().for_each(|text| made.push(text.as_bytes()));
        made.bytes.shrink_to_fit();
        made
    }

    pub(super) fn cursor(&self) -> Cursor<'_> {
        self.cursor_at(0)
    }

    /// From the beginning of a block on.
    fn cursor_at(&self, block: usize) -> Cursor<'_> {
        let at = self.blocks.get(block).map_or(self.bytes.len(), |at| usize::try_from(*at).unwrap_or(usize::MAX));
        Cursor { dictionary: self, at, code: block * BLOCK, text: Vec::new() }
    }

    /// Cursors over so many parts, with the codes that each goes through.
    pub(super) fn parts(&self, parts: usize) -> Vec<(Cursor<'_>, std::ops::Range<usize>)> {
        let step = self.blocks.len().div_ceil(parts.max(1)).max(1);
        let blocks = (0..self.blocks.len()).step_by(step);
        blocks.map(|block| (self.cursor_at(block), block * BLOCK..((block + step) * BLOCK).min(self.len))).collect()
    }

    /// The text of a code.
    pub(super) fn text(&self, code: usize) -> String {
        let mut cursor = self.cursor_at(code / BLOCK);
        for _ in 0..code % BLOCK {
            cursor.advance();
        }
        cursor.next().map(str::to_owned).unwrap_or_default()
    }

    /// How many texts come before, by `before`, which holds for the first so many and for none after them.
    fn partition(&self, before: impl Fn(&str) -> bool) -> usize {
        let block = self.partition_blocks(&before);
        let Some(block) = block.checked_sub(1) else { return 0 };
        let mut cursor = self.cursor_at(block);
        let mut code = block * BLOCK;
        while code < self.len && cursor.next().is_some_and(&before) {
            code += 1;
        }
        code
    }

    fn partition_blocks(&self, before: &impl Fn(&str) -> bool) -> usize {
        let (mut low, mut high) = (0, self.blocks.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.cursor_at(middle).next().is_some_and(before) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Codes of texts that are `text` but for letter case.
    pub(super) fn equal_to(&self, text: &str) -> Vec<usize> {
        let wanted = folded(text);
        // Among those that weigh the same are some that are not.
        let from = self.before(text).end;
        let to = self.through(text).end.max(from);
        self.within(from..to, |other| folded(other) == wanted)
    }

    /// Codes of texts that come before `text`, letter case aside.
    pub(super) fn before(&self, text: &str) -> Range<usize> {
        0..self.partition(|other| compare_caseless(other, text).is_lt())
    }

    /// Codes of texts that come before `text` or are like it, letter case aside.
    pub(super) fn through(&self, text: &str) -> Range<usize> {
        0..self.partition(|other| compare_caseless(other, text).is_le())
    }

    /// Codes of texts that begin with `start`, letter case aside.
    pub(super) fn beginning_with(&self, start: &str) -> Bits {
        let start = folded(start);
        // Of Latin letters those that begin alike lie together, with what begins so but for accents; some other scripts
        // weigh a letter by what follows it.
        let near = if start.chars().all(|letter| letter < LATIN_END) {
            let behind = format!("{start}{LAST}");
            let from = self.partition(|other| compare_letters(other, &start).is_lt());
            from..self.partition(|other| compare_letters(other, &behind).is_lt()).max(from)
        } else {
            0..self.len
        };
        let mut codes = Bits::none(self.len);
        for code in self.within(near, |other| folded(other).starts_with(&start)) {
            codes.set(code, true);
        }
        codes
    }

    /// Codes of a range whose texts fit.
    fn within(&self, range: Range<usize>, fits: impl Fn(&str) -> bool) -> Vec<usize> {
        let block = range.start / BLOCK;
        let mut cursor = self.cursor_at(block);
        let texts = (block * BLOCK..range.end).filter(|code| cursor.next().is_some_and(&fits) && *code >= range.start);
        texts.collect()
    }

    /// The code of the very text.
    pub(super) fn code(&self, text: &str) -> Option<usize> {
        let at = self.partition(|other| compare(other, text).is_lt());
        (at < self.len && self.text(at) == text).then_some(at)
    }

    /// Both together, and the new codes of the texts of each.
    pub(super) fn merge(&self, other: &Self) -> (Self, Vec<u32>, Vec<u32>) {
        let mut merged = Self::default();
        let (mut left, mut right) = (self.cursor(), other.cursor());
        let (mut of_left, mut of_right) = (Vec::with_capacity(self.len), Vec::with_capacity(other.len));
        let (mut has_left, mut has_right) = (left.advance(), right.advance());
        while has_left || has_right {
            let order = match (has_left, has_right) {
                (true, true) => compare(left.current(), right.current()),
                (true, false) => Ordering::Less,
                (false, _) => Ordering::Greater,
            };
            let code = u32::try_from(merged.len).unwrap_or(u32::MAX);
            merged.push(if order.is_le() { &left.text } else { &right.text });
            if order.is_le() {
                of_left.push(code);
                has_left = left.advance();
            }
            if order.is_ge() {
                of_right.push(code);
                has_right = right.advance();
            }
        }
        merged.bytes.shrink_to_fit();
        (merged, of_left, of_right)
    }
}

/// Goes through the texts of a dictionary.
pub(super) struct Cursor<'d> {
    dictionary: &'d Dictionary,
    at: usize,
    code: usize,
    text: Vec<u8>,
}

impl Cursor<'_> {
    /// Whether there is another one; it is the current one then.
    fn advance(&mut self) -> bool {
        if self.code >= self.dictionary.len {
            return false;
        }
        let bytes = &self.dictionary.bytes;
        let shared = read_number(bytes, &mut self.at);
        let added = read_number(bytes, &mut self.at);
        self.text.truncate(shared);
        self.text.extend_from_slice(bytes.get(self.at..self.at + added).unwrap_or_default());
        self.at += added;
        self.code += 1;
        true
    }

    fn current(&self) -> &str {
        std::str::from_utf8(&self.text).unwrap_or_default()
    }

    /// The next text.
    pub(super) fn next(&mut self) -> Option<&str> {
        self.advance().then(|| std::str::from_utf8(&self.text).unwrap_or_default())
    }
}

/// Seven bits a byte, the lowest first.
fn write_number(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn read_number(bytes: &[u8], at: &mut usize) -> usize {
    let (mut number, mut shift) = (0, 0);
    while let Some(&byte) = bytes.get(*at) {
        *at += 1;
        number |= usize::from(byte & 0x7f) << shift;
        shift += 7;
        if byte < 0x80 {
            break;
        }
    }
    number
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn dictionary(texts: &[String]) -> (Vec<String>, Dictionary) {
        let mut sorted = texts.to_vec();
        sorted.sort_by(|a, b| compare(a, b));
        sorted.dedup();
        let made = Dictionary::of_sorted(sorted.iter().map(String::as_str));
        (sorted, made)
    }

    fn all(dictionary: &Dictionary) -> Vec<String> {
        let mut cursor = dictionary.cursor();
        let mut texts = Vec::new();
        while let Some(text) = cursor.next() {
            texts.push(text.to_owned());
        }
        texts
    }

    proptest! {
        #[test]
        fn texts_are_found_by_code_by_themselves_and_by_their_beginning(
            texts in prop::collection::vec("[abAB éÄß0-9]{0,4}|.{0,12}", 0..80),
            typed in "[abAB éÄ0-9]{0,3}",
        ) {
            let (sorted, made) = dictionary(&texts);
            prop_assert_eq!(&all(&made), &sorted);
            for (code, text) in sorted.iter().enumerate() {
                prop_assert_eq!(&made.text(code), text);
                prop_assert_eq!(made.code(text), Some(code));
            }
            let places = |fits: &dyn Fn(&str) -> bool| -> Vec<usize> {
                (0..sorted.len()).filter(|code| fits(&sorted[*code])).collect()
            };
            let lower = folded(&typed);
            prop_assert_eq!(made.equal_to(&typed), places(&|text| folded(text) == lower));
            let before = places(&|text| compare_caseless(text, &typed).is_lt());
            prop_assert_eq!(made.before(&typed).collect::<Vec<_>>(), before);
            let through = places(&|text| compare_caseless(text, &typed).is_le());
            prop_assert_eq!(made.through(&typed).collect::<Vec<_>>(), through);
            let begin = made.beginning_with(&typed);
            let begin: Vec<usize> = (0..sorted.len()).filter(|code| begin.get(*code)).collect();
            prop_assert_eq!(begin, places(&|text| folded(text).starts_with(&lower)));
        }

        #[test]
        fn merged_dictionaries_hold_both(
            one in prop::collection::vec("[abAB é]{0,5}", 0..60),
            other in prop::collection::vec("[abAB é]{0,5}", 0..60),
        ) {
            let ((left, a), (right, b)) = (dictionary(&one), dictionary(&other));
            let (merged, of_left, of_right) = a.merge(&b);
            let both = [left.clone(), right.clone()].concat();
            prop_assert_eq!(all(&merged), dictionary(&both).0);
            for (texts, codes) in [(left, of_left), (right, of_right)] {
                let found: Vec<String> = codes.iter().map(|code| merged.text(*code as usize)).collect();
                prop_assert_eq!(found, texts);
            }
        }
    }
}
