//! Numbers and codes under which entries can be found inside texts.

use std::hash::BuildHasher;

use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use tieout_domain::{LedgerEntry, StatementLine};

use crate::{
    intern::Interner,
    lists::Lists,
    text::{compact, digit_runs, fold, has_digit, strip_zeros, words},
};

/// Fewest digits of a bare number that says anything.
const BARE_DIGITS_MIN: usize = 4;
/// Fewest letters and digits of a cut-off reference that says anything.
const CUT_MIN: usize = 8;
/// Documents numbered in one way from which on the way is usual: so many, and one of so many.
const SHAPE_MIN: usize = 20;
const SHAPE_SHARE: usize = 100;
/// Fewest digits of a number with what follows on it that stand for a document.
const JOINED_DIGITS_MIN: usize = 6;
/// Longest text that is looked up as one reference.
const SPAN_MAX: usize = 48;
/// Most words of one field that are read.
const WORDS_MAX: usize = 96;
/// Most words that are put together to one reference.
const SPAN_WORDS_MAX: usize = 4;
/// Most references that one cut-off text may begin.
const CUT_KEYS_MAX: usize = 8;

/// Where on an entry a key comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum KeySource {
    /// The whole document number or reference.
    Whole,
    /// The digits of the document number.
    Digits,
    /// One of several numbers in the reference.
    Part,
    /// A number in the memo.
    Memo,
    /// The counterparty's code in the books.
    Code,
    /// The counterparty's bank account.
    Account,
}

impl KeySource {
    /// Whether the key names the document itself.
    pub(crate) fn is_reference(self) -> bool {
        matches!(self, Self::Whole | Self::Digits | Self::Part)
    }
}

/// A key of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct EntryKey {
    pub(crate) key: u32,
    pub(crate) source: KeySource,
}

/// How a line's text agrees with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Found {
    /// It stands there.
    Exact,
    /// One of the two is cut off, or has something appended.
    Cut,
}

/// A key found in a line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hit {
    pub(crate) key: u32,
    pub(crate) found: Found,
}

/// All keys of all entries and parties.
#[derive(Debug, Default)]
pub(crate) struct KeyIndex {
    names: Interner,
    /// Keys long enough to be recognised when cut off, sorted by their text.
    long: Vec<u32>,
    /// How these begin.
    beginnings: Beginnings,
    /// Entries of each key, ordered by amount.
    pub(crate) entries: Lists<u32>,
    /// Parties whose code or bank account each key is.
    pub(crate) parties: Lists<u32>,
    /// Lines in which each key was found.
    pub(crate) line_count: Vec<u32>,
    /// What quoting each key says, in thousandths of a bit, before it is bounded.
    bits: Vec<i32>,
    /// The key is, for some entry, the number of the document itself.
    references: Vec<bool>,
    /// Which lengths keys have, a bit each: of those without a digit, and of those with one.
    lengths: [u64; 2],
    /// How documents are numbered here: letters, then so many digits.
    shapes: Vec<(Box<str>, usize)>,
    /// Numbers of documents that are settled, where letters and digits make them no number by chance.
    settled: FxHashSet<String>,
}

impl KeyIndex {
    /// Takes all keys by their numbers.
    pub(crate) fn new(names: Interner) -> Self {
        let long = (0..names.len() as u32).filter(|id| names.name(*id).len() >= CUT_MIN);
        // Sorted by their first letters and digits as one number, which is seldom not enough: a text lies far away.
        let mut long: Vec<(u128, u32)> = long.map(|id| (first_letters(names.name(id)), id)).collect();
        long.par_sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| names.name(a.1).cmp(names.name(b.1))));
        let long: Vec<u32> = long.into_iter().map(|(_, id)| id).collect();
        let beginnings = Beginnings::new(long.iter().filter_map(|id| beginning(names.name(*id))), long.len());
        let mut lengths = [0; 2];
        names.names().for_each(|name| lengths[usize::from(has_digit(name))] |= length_bit(name));
        Self { names, long, beginnings, lengths, ..Self::default() }
    }

    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    pub(crate) fn name(&self, key: u32) -> &str {
        self.names.name(key)
    }

    /// Whether the key is the number of some document.
    pub(crate) fn is_reference(&self, key: u32) -> bool {
        self.references[key as usize]
    }

    /// To be told which keys are numbers of documents, and such numbers that are no keys.
    pub(crate) fn set_references(&mut self, keys: impl Iterator<Item = u32>, others: &[String]) {
        self.references = vec![false; self.len()];
        let others: Vec<String> = others.iter().map(|number| compact(number)).collect();
        let mut shapes: FxHashMap<(&str, usize), usize> = FxHashMap::default();
        let mut all = others.len();
        for shape in others.iter().filter_map(|number| shape(number)) {
            *shapes.entry(shape).or_default() += 1;
        }
        for key in keys {
            self.references[key as usize] = true;
            all += 1;
            if let Some(shape) = shape(self.names.name(key)) {
                *shapes.entry(shape).or_default() += 1;
            }
        }
        let usual = shapes.into_iter().filter(|(_, count)| *count >= SHAPE_MIN.max(all / SHAPE_SHARE));
        self.shapes = usual.map(|((letters, digits), _)| (letters.into(), digits)).collect();
        let telling = |number: &String| is_telling(number) && self.names.get(number).is_none();
        self.settled = others.into_iter().filter(telling).collect();
    }

    /// Whether the span is written like the numbers of documents here.
    pub(crate) fn is_like_a_document(&self, span: &str) -> bool {
        let usual = |shape: (&str, usize)| self.shapes.iter().any(|(letters, digits)| (&**letters, *digits) == shape);
        !self.shapes.is_empty() && shape(span).is_some_and(usual)
    }

    /// Whether the span is the number of a document that is settled.
    pub(crate) fn is_settled(&self, span: &str) -> bool {
        self.settled.contains(span)
    }

    /// What it says that a line holds the key, of an entry whose key it is: how rare it is among entries and lines, in
    /// thousandths of a bit. `less` is taken off where the key says less than that.
    pub(crate) fn bits_less(&self, key: u32, less: i32) -> i32 {
        (self.bits[key as usize] - less).clamp(500, 16_000)
    }

    /// To be called once the entries and lines of all keys are known.
    pub(crate) fn weigh(&mut self, entry_count: usize, line_count: usize) {
        let rare = |among: usize, with: usize, chance: f64| {
            // Besides the record itself, how many share the key; and how often chance alone writes it.
            -(with.saturating_sub(1) as f64 / (among as f64 + 1_000.0) + chance).log2()
        };
        self.bits = (0..self.len())
            .into_par_iter()
            .map(|key| {
                let chance = chance_of(self.name(key as u32));
                let entries = rare(entry_count, self.entries.of(key).len(), chance);
                let lines = rare(line_count, self.line_count[key] as usize, chance);
                (1_000.0 * entries.min(lines + 1.0)).round() as i32
            })
            .collect();
    }

    pub(crate) fn get(&self, key: &str) -> Option<u32> {
        self.names.get(key)
    }

    /// Keys that stand in the text, each once, the better way of standing first.
    pub(crate) fn find(&self, joined: &Joined, hits: &mut Vec<Hit>) {
        for (span, word_count) in joined.spans() {
            let with_digit = has_digit(span);
            let whole = strip_if_number(span);
            // Most spans are as long as no key is, or all letters where no key is.
            let possible = self.lengths[usize::from(with_digit)] & length_bit(whole) != 0;
            if let Some(key) = Some(whole).filter(|_| possible).and_then(|whole| self.get(whole)) {
                hits.push(Hit { key, found: Found::Exact });
            } else if word_count <= 2
                && with_digit
                && beginning(span).is_some_and(|start| self.beginnings.may_hold(start))
            {
                self.find_cut(span, hits);
            }
        }
        for word in joined.words() {
            if word.bytes().all(|byte| byte.is_ascii_digit()) {
                continue;
            }
            for run in digit_runs(word).map(strip_zeros).filter(|run| run.len() >= BARE_DIGITS_MIN) {
                hits.extend(self.get(run).map(|key| Hit { key, found: Found::Exact }));
            }
        }
    }

    /// Keys of which the text is the beginning, and keys which are the beginning of the text.
    fn find_cut(&self, span: &str, hits: &mut Vec<Hit>) {
        let name = |at: usize| self.name(self.long[at]);
        let first = self.long.partition_point(|id| self.name(*id) < span);
        let last = (first..self.long.len()).take(CUT_KEYS_MAX + 1).take_while(|at| name(*at).starts_with(span)).count();
        if last <= CUT_KEYS_MAX {
            hits.extend(self.long[first..first + last].iter().map(|key| Hit { key: *key, found: Found::Cut }));
        }
        // A key that begins the text sorts before it; the longest such key is the nearest before it that does.
        let mut end = span.len() - 1;
        while end >= CUT_MIN {
            if let Some(key) = self.get(&span[..end])
                && has_digit(&span[..end])
            {
                hits.push(Hit { key, found: Found::Cut });
                return;
            }
            end -= 1;
        }
    }
}

/// Whether letters and digits make the text no number by chance.
fn is_telling(number: &str) -> bool {
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    digits >= BARE_DIGITS_MIN && digits < number.len()
}

/// What these lines may name as the number of a document, each once: of a settled one a run has to be told
/// ([`crate::Known`]).
pub fn numbers_in(lines: &[StatementLine]) -> Vec<String> {
    let of_line = |line: &StatementLine| {
        let joined = [&line.reference, &line.description].map(|text| Joined::new(&fold(text)));
        let spans = joined.iter().flat_map(Joined::spans).map(|(span, _)| span);
        spans.filter(|span| is_telling(span)).map(str::to_owned).collect::<Vec<_>>()
    };
    let mut numbers: Vec<String> = lines.par_iter().flat_map_iter(of_line).collect();
    numbers.par_sort_unstable();
    numbers.dedup();
    numbers
}

/// The letters and the number of digits of `INV104417`; nothing for texts of another build.
fn shape(text: &str) -> Option<(&str, usize)> {
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let built = (1..=6).contains(&digits) && text.len() - digits >= 4;
    (built && text[digits..].bytes().all(|byte| byte.is_ascii_digit()))
        .then_some((&text[..digits], text.len() - digits))
}

/// The chance that a text holds such a word for another reason.
fn chance_of(name: &str) -> f64 {
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    match (digits == name.len(), name.len()) {
        (true, ..=4) => 1.0 / 1_500.0,
        (true, 5) => 1.0 / 15_000.0,
        (false, ..=4) => 1.0 / 1_000.0,
        (false, _) if digits == 0 => 1.0 / 500.0,
        _ => 1.0 / 50_000.0,
    }
}

/// The first sixteen letters and digits, in the order of the alphabet.
fn first_letters(text: &str) -> u128 {
    let mut letters = [0; 16];
    let length = text.len().min(letters.len());
    letters[..length].copy_from_slice(&text.as_bytes()[..length]);
    u128::from_be_bytes(letters)
}

/// The beginnings of long keys, as bits by their hash: says seldom yes where it is no, and never no where it is yes.
#[derive(Debug, Default)]
struct Beginnings {
    bits: Vec<u64>,
}

impl Beginnings {
    /// Takes at most `count` beginnings.
    fn new(beginnings: impl Iterator<Item = [u8; CUT_MIN]>, count: usize) -> Self {
        // A bit in sixteen is set at most.
        let mut all = Self { bits: vec![0; (count / 4 + 1).next_power_of_two()] };
        for beginning in beginnings {
            let (word, bit) = all.place(beginning);
            all.bits[word] |= bit;
        }
        all
    }

    fn place(&self, beginning: [u8; CUT_MIN]) -> (usize, u64) {
        let hash = FxBuildHasher.hash_one(u64::from_le_bytes(beginning));
        ((hash >> 6) as usize & self.bits.len().wrapping_sub(1), 1 << (hash & 63))
    }

    fn may_hold(&self, beginning: [u8; CUT_MIN]) -> bool {
        let (word, bit) = self.place(beginning);
        self.bits.get(word).is_some_and(|bits| bits & bit != 0)
    }
}

/// Some keys as bits, which may share one.
pub(crate) fn key_bits(keys: impl Iterator<Item = u32>) -> u64 {
    // The top six bits of the product with the golden ratio.
    keys.fold(0, |bits, key| bits | 1 << (key.wrapping_mul(0x9E37_79B9) >> 26))
}

/// A bit for each length; the longest share one.
fn length_bit(text: &str) -> u64 {
    1 << text.len().min(63)
}

/// The first letters and digits of a text that is long enough to be recognised when cut off.
fn beginning(text: &str) -> Option<[u8; CUT_MIN]> {
    text.as_bytes().first_chunk().copied()
}

/// The words of a folded text with nothing between them.
pub(crate) struct Joined {
    text: String,
    words: Vec<(usize, usize)>,
}

impl Joined {
    pub(crate) fn new(folded: &str) -> Self {
        let mut joined = Self { text: String::with_capacity(folded.len()), words: Vec::new() };
        for range in words(folded).take(WORDS_MAX) {
            let start = joined.text.len();
            joined.text.push_str(&folded[range]);
            joined.words.push((start, joined.text.len()));
        }
        joined
    }

    /// The words.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|(start, end)| &self.text[*start..*end])
    }

    /// One to four neighbouring words as one, with the number of words; what cannot be a reference is left out.
    pub(crate) fn spans(&self) -> impl Iterator<Item = (&str, usize)> {
        self.placed_spans().map(|(_, span, words)| (span, words))
    }

    /// The word at a place; empty where there is none.
    pub(crate) fn word(&self, place: usize) -> &str {
        self.words.get(place).map_or("", |(start, end)| &self.text[*start..*end])
    }

    /// The same as [`Joined::spans`], with the place of the first word.
    pub(crate) fn placed_spans(&self) -> impl Iterator<Item = (usize, &str, usize)> {
        self.words.iter().enumerate().flat_map(move |(first, (start, _))| {
            let last = self.words.len().min(first + SPAN_WORDS_MAX);
            self.words[first..last]
                .iter()
                .enumerate()
                .map(move |(more, (_, end))| (first, &self.text[*start..*end], more + 1))
                .take_while(|(_, span, _)| span.len() <= SPAN_MAX)
                .filter(|(_, span, _)| span.len() >= 6 || span.len() >= 3 && has_digit(span))
        })
    }
}

/// Numbers lose their leading zeros; everything else stays.
pub(crate) fn strip_if_number(span: &str) -> &str {
    if span.bytes().all(|byte| byte.is_ascii_digit()) { strip_zeros(span) } else { span }
}

/// Hands over the keys under which an entry can be found; one may come several times.
pub(crate) fn entry_keys(entry: &LedgerEntry, key: &mut dyn FnMut(&str, KeySource)) {
    for text in [&entry.number, &entry.reference] {
        whole_keys(text, key);
    }
    if !entry.reference.is_empty() {
        let reference = fold(&entry.reference);
        for range in words(&reference).take(WORDS_MAX) {
            let word = strip_if_number(&reference[range]);
            if word.len() >= BARE_DIGITS_MIN && has_digit(word) {
                key(word, KeySource::Part);
            }
        }
    }
    if has_digit(&entry.memo) {
        let memo = fold(&entry.memo);
        for range in words(&memo).take(WORDS_MAX) {
            let word = strip_if_number(&memo[range]);
            if word.len() > BARE_DIGITS_MIN
                && word.len() <= SPAN_MAX
                && word.bytes().filter(u8::is_ascii_digit).count() >= 4
            {
                key(word, KeySource::Memo);
            }
        }
    }
    code_keys(&entry.counterparty_code, key);
    let account = compact(&entry.counterparty_account);
    if (8..=SPAN_MAX).contains(&account.len()) {
        key(&account, KeySource::Account);
    }
}

fn whole_keys(text: &str, key: &mut dyn FnMut(&str, KeySource)) {
    let whole = compact(text);
    let number = strip_if_number(&whole);
    let only_digits = whole.bytes().all(|byte| byte.is_ascii_digit());
    let says_something = if only_digits {
        number.len() >= BARE_DIGITS_MIN
    } else {
        whole.len() >= 6 || whole.len() >= 3 && has_digit(&whole)
    };
    if says_something && whole.len() <= SPAN_MAX {
        key(number, KeySource::Whole);
    }
    if let Some(digits) = main_digits(text).filter(|digits| digits != number) {
        key(&digits, KeySource::Digits);
        // Of `A-65331/24` some write 6533124.
        let all: String = whole.chars().filter(char::is_ascii_digit).collect();
        let goes_on = !all.ends_with(&digits) && (JOINED_DIGITS_MIN..=SPAN_MAX).contains(&all.len());
        if goes_on && strip_zeros(&all) != number {
            key(strip_zeros(&all), KeySource::Digits);
        }
    }
}

fn code_keys(code: &str, key: &mut dyn FnMut(&str, KeySource)) {
    let whole = compact(code);
    if (4..=SPAN_MAX).contains(&whole.len()) && has_digit(&whole) {
        let digits = digit_runs(&whole).max_by_key(|run| run.len()).map(strip_zeros).unwrap_or_default();
        if digits.len() > BARE_DIGITS_MIN && digits != whole {
            key(digits, KeySource::Code);
        }
        key(strip_if_number(&whole), KeySource::Code);
    }
}

/// The longest run of digits in a document number, the last of equals, without leading zeros.
pub(crate) fn main_digits(text: &str) -> Option<String> {
    let folded = fold(text);
    let longest = digit_runs(&folded).max_by_key(|run| run.len()).map(strip_zeros)?;
    (longest.len() >= BARE_DIGITS_MIN).then(|| longest.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The number an entry has, and a text in which it must (or must not) be found.
    #[track_caller]
    fn check(number: &str, text: &str, expected: Option<Found>) {
        let mut names = Interner::default();
        whole_keys(number, &mut |key, _| _ = names.intern(key));
        let index = KeyIndex::new(names);
        let mut hits = Vec::new();
        index.find(&Joined::new(&fold(text)), &mut hits);
        assert_eq!(hits.iter().map(|hit| hit.found).min(), expected, "{number} in {text}");
    }

    #[test]
    fn a_document_number_is_found_however_the_payer_wrote_it() {
        for text in
            ["RE-2024-041816", "re 2024 041816", "RE2024041816", "Rg Nr 41 816", "RECHNUNG41816 danke", "00041816"]
        {
            check("RE-2024-041816", text, Some(Found::Exact));
        }
        check("RK88120", " RK 88 120 ", Some(Found::Exact));
        check("A-82113/23", "/MOTIF A-82113/23", Some(Found::Exact));
        check("A-65331/24", "BELEG 6533124", Some(Found::Exact));
        check("73144", "00073144", Some(Found::Exact));
    }

    #[test]
    fn another_number_is_not_taken_for_it() {
        for (number, text) in
            [("4471", "Tel 0171 4471200"), ("12", "12 boxes of tiles"), ("731440", "00073144"), ("INV-2041", "INV-20")]
        {
            check(number, text, None);
        }
    }

    #[test]
    fn a_cut_off_or_lengthened_identifier_is_found_as_such() {
        check("ch_3REFgZFir", "Charge ch_3REFgZFirYSZBRsBYuPFJu5N", Some(Found::Cut));
        check("17xxEkNwZPYpMBHLLsM2EO#1", "17xxEkNwZPYpMBHLLsM2EO", Some(Found::Cut));
    }
}
