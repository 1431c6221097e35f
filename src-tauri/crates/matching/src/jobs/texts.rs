//! Sites and types of service: which of their texts are the same, and which the same but for the spelling.

use rustc_hash::FxHashMap;

use crate::{
    intern::Interner,
    lists::Lists,
    near::near,
    text::{compact, fold, has_digit, one_edit_apart, words},
};

/// No text.
pub(super) const NOTHING: u32 = u32::MAX;
/// Texts that share a word, of which more than this say nothing by it.
const SHARED_MAX: usize = 64;
/// Other spellings of one text that are kept.
const ALIKE_MAX: usize = 8;
/// Fewest letters of a word, and of a whole text, in which a typing error is looked for.
const WORD_MIN: usize = 4;
const WHOLE_MIN: usize = 8;

/// Jobs of one number that must show a word of the other side's own, and the share of those with the word.
const SHOWN_MIN: u32 = 3;
const SHOWN_PERCENT: u32 = 80;

/// How a text of a line relates to one of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// One side says nothing.
    Missing,
    /// The same but for case, blanks and punctuation.
    Exact,
    /// The same but for the spelling, or in the other side's own words.
    Near,
    /// Another one.
    Differs,
    /// Another one, which the other side never names in any spelling: perhaps it has words of its own for it.
    Strange,
}

/// All texts of one kind, each with a number.
#[derive(Debug, Default)]
pub(super) struct Texts {
    names: Interner,
    lines_with: Vec<u32>,
    entries_with: Vec<u32>,
    /// For each text, those of entries that are the same but for the spelling, or by what jobs of one number show.
    alike: Lists<u32>,
    /// The text stands, in some spelling, on both sides.
    known: Vec<bool>,
    /// Entries that have a text.
    entries: u32,
    /// Share of the lines' texts that are known.
    known_share: f64,
}

impl Texts {
    /// Reads the texts of all lines and entries; answers theirs by number as well.
    pub(super) fn new<'t>(
        lines: impl Iterator<Item = &'t str>,
        entries: impl Iterator<Item = &'t str>,
    ) -> (Self, Vec<u32>, Vec<u32>) {
        let mut texts = Self::default();
        let mut words_of: Vec<Vec<String>> = Vec::new();
        let mut read = |text: &str| {
            let name = compact(text);
            if name.is_empty() {
                return NOTHING;
            }
            let id = texts.names.intern(&name);
            if id as usize == words_of.len() {
                let folded = fold(text);
                words_of.push(words(&folded).map(|range| folded[range].to_owned()).collect());
            }
            id
        };
        let of_lines: Vec<u32> = lines.map(&mut read).collect();
        let of_entries: Vec<u32> = entries.map(&mut read).collect();
        let count = |records: &[u32]| {
            let mut with = vec![0; words_of.len()];
            records.iter().filter(|text| **text != NOTHING).for_each(|text| with[*text as usize] += 1);
            with
        };
        (texts.lines_with, texts.entries_with) = (count(&of_lines), count(&of_entries));
        texts.entries = texts.entries_with.iter().sum();
        texts.alike = texts.find_alike(&words_of);
        texts.know();
        (texts, of_lines, of_entries)
    }

    /// Whether both sides have texts to compare.
    pub(super) fn is_shared(&self) -> bool {
        self.entries > 0 && self.lines_with.iter().any(|lines| *lines > 0)
    }

    /// How a line's text relates to an entry's.
    pub(super) fn relate(&self, line: u32, entry: u32) -> Relation {
        match (line, entry) {
            (NOTHING, _) | (_, NOTHING) => Relation::Missing,
            (line, entry) if line == entry => Relation::Exact,
            (line, entry) if self.alike.of(line as usize).contains(&entry) => Relation::Near,
            (line, entry) if self.known[line as usize] && self.known[entry as usize] => Relation::Differs,
            _ => Relation::Strange,
        }
    }

    /// The texts under which entries of a line's text may stand: the same, then its other spellings.
    pub(super) fn spellings(&self, line: u32) -> impl Iterator<Item = u32> + '_ {
        let others = if line == NOTHING { &[] } else { self.alike.of(line as usize) };
        std::iter::once(line).chain(others.iter().copied())
    }

    /// Share of the entries that have the text, as if two more had been seen of which one has it.
    pub(super) fn share(&self, entry: u32) -> f64 {
        f64::from(self.entries_with[entry as usize] + 1) / f64::from(self.entries + 2)
    }

    /// Share of the lines' texts that stand, in some spelling, on the other side.
    pub(super) const fn known_share(&self) -> f64 {
        self.known_share
    }

    /// Learns what the lines' own words mean from texts of lines and entries that have one number: a client may write
    /// `LDS04` where the books say `Leeds Kirkstall Depot`.
    pub(super) fn learn(&mut self, numbered: impl Iterator<Item = (u32, u32)>) {
        let mut shown: FxHashMap<(u32, u32), u32> = FxHashMap::default();
        let mut all: FxHashMap<u32, u32> = FxHashMap::default();
        for (line, entry) in numbered.filter(|(line, entry)| *line != NOTHING && *entry != NOTHING) {
            *shown.entry((line, entry)).or_default() += 1;
            *all.entry(line).or_default() += 1;
        }
        let sure = |(line, _): &(u32, u32), times: u32| {
            !self.known[*line as usize] && times >= SHOWN_MIN && 100 * times >= SHOWN_PERCENT * all[line]
        };
        let mut pairs: Vec<(u32, u32)> = (0..self.names.len() as u32)
            .flat_map(|line| self.alike.of(line as usize).iter().map(move |entry| (line, *entry)))
            .collect();
        pairs.extend(shown.into_iter().filter(|(pair, times)| sure(pair, *times)).map(|(pair, _)| pair));
        pairs.sort_unstable();
        self.alike = Lists::from_pairs(self.names.len(), &pairs);
        self.know();
    }

    fn know(&mut self) {
        self.known =
            (0..self.names.len()).map(|text| self.lines_with[text] > 0 && self.entries_with[text] > 0).collect();
        for line in 0..self.names.len() {
            for entry in self.alike.of(line) {
                (self.known[line], self.known[*entry as usize]) = (true, true);
            }
        }
        let known: u32 =
            self.lines_with.iter().zip(&self.known).filter(|(_, known)| **known).map(|(with, _)| with).sum();
        let all: u32 = self.lines_with.iter().sum();
        self.known_share = f64::from(known) / f64::from(all.max(1));
    }

    /// Entries' texts that are the same as a line's but for the spelling. Of two texts that both sides write neither is
    /// a slip for the other.
    fn find_alike(&self, words_of: &[Vec<String>]) -> Lists<u32> {
        let mut vocabulary = Interner::default();
        let mut filed: Vec<Vec<u32>> = Vec::new();
        for text in (0..self.names.len()).filter(|text| self.entries_with[*text] > 0) {
            for word in &words_of[text] {
                let id = vocabulary.intern(word) as usize;
                filed.resize_with(filed.len().max(id + 1), Vec::new);
                filed[id].push(text as u32);
            }
        }
        let mut line_words = Interner::default();
        let of_lines: Vec<usize> = (0..self.names.len()).filter(|text| self.lines_with[*text] > 0).collect();
        of_lines.iter().flat_map(|text| &words_of[*text]).for_each(|word| _ = line_words.intern(word));
        let close_words = near(
            &line_words.names().collect::<Vec<_>>(),
            &vocabulary.names().enumerate().map(|(id, word)| (id as u32, word)).collect::<Vec<_>>(),
        );
        let names: Vec<&str> = of_lines.iter().map(|text| self.names.name(*text as u32)).collect();
        let others = (0..self.names.len() as u32).filter(|text| self.entries_with[*text as usize] > 0);
        let close_names = near(&names, &others.map(|text| (text, self.names.name(text))).collect::<Vec<_>>());
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for (at, line) in of_lines.iter().enumerate() {
            let mut found: Vec<u32> = close_names.of(at).to_vec();
            for word in &words_of[*line] {
                let same = vocabulary.get(word);
                let close = line_words.get(word).map_or(&[][..], |id| close_words.of(id as usize));
                let files = same.iter().chain(close).map(|id| &filed[*id as usize]);
                files.filter(|texts| texts.len() <= SHARED_MAX).for_each(|texts| found.extend(texts));
            }
            found.sort_unstable();
            found.dedup();
            found.retain(|entry| {
                let entry = *entry as usize;
                entry != *line
                    && (self.lines_with[entry] == 0 || self.entries_with[*line] == 0)
                    && are_alike(&words_of[*line], &words_of[entry])
            });
            pairs.extend(found.into_iter().take(ALIKE_MAX).map(|entry| (*line as u32, entry)));
        }
        Lists::from_pairs(self.names.len(), &pairs)
    }
}

/// Whether two texts name the same: every word of the shorter one stands in the longer one, perhaps misspelt or
/// abbreviated, and makes up half of it; or the two are one typing error apart once put together. Numbers are never
/// misspelt.
fn are_alike(one: &[String], other: &[String]) -> bool {
    let numbers = |words: &[String]| {
        let mut numbers: Vec<String> = words.iter().filter(|word| has_digit(word)).cloned().collect();
        numbers.sort_unstable();
        numbers
    };
    let (own, theirs) = (numbers(one), numbers(other));
    if own != theirs && !own.is_empty() && !theirs.is_empty() {
        return false;
    }
    if one.len() != other.len() {
        let (one, other) = (one.concat(), other.concat());
        if one.len().min(other.len()) >= WHOLE_MIN && own == theirs && one_edit_apart(&one, &other) {
            return true;
        }
    }
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let mut free: Vec<&str> = long.iter().map(String::as_str).collect();
    let mut whole = false;
    // Words that are the same are no longer there for others.
    let (same, others): (Vec<&str>, Vec<&str>) =
        short.iter().map(String::as_str).partition(|word| long.iter().any(|other| other == word));
    for word in same {
        let Some(at) = free.iter().position(|other| *other == word) else { return false };
        whole |= free.remove(at).len() >= WORD_MIN;
    }
    for word in others {
        let spelt =
            |other: &&str| is_misspelt(word, other) || is_abbreviated(word, other) || is_abbreviated(other, word);
        let Some(at) = free.iter().position(spelt) else { return false };
        whole |= is_misspelt(word, free.remove(at));
    }
    let letters = |words: &mut dyn Iterator<Item = &str>| words.map(str::len).sum::<usize>();
    let (left, all) = (letters(&mut free.iter().copied()), letters(&mut long.iter().map(String::as_str)));
    whole && 2 * left <= all
}

/// Whether a word is another one with a typing error.
fn is_misspelt(word: &str, other: &str) -> bool {
    word.len().min(other.len()) >= WORD_MIN && !has_digit(word) && !has_digit(other) && one_edit_apart(word, other)
}

/// Whether a word is another one with letters left out, but not the first.
fn is_abbreviated(word: &str, other: &str) -> bool {
    let mut letters = other.bytes();
    word.len() >= 2
        && word.len() < other.len()
        && !has_digit(word)
        && word.bytes().next() == other.bytes().next()
        && word.bytes().all(|letter| letters.any(|other| other == letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines' texts, entries' texts, and how the first of each relate.
    #[track_caller]
    fn check(lines: &[&str], entries: &[&str], expected: Relation) {
        let (texts, of_lines, of_entries) = Texts::new(lines.iter().copied(), entries.iter().copied());
        assert_eq!(texts.relate(of_lines[0], of_entries[0]), expected, "{lines:?} {entries:?}");
    }

    #[test]
    fn a_site_is_found_however_it_is_spelt() {
        for (line, entry) in [
            ("LEEDS-KIRKSTALL DEPOT", "Leeds Kirkstall Depot"),
            ("Windowcleaning", "Window cleaning"),
            ("Köln, Neumarkt", "koln neumarkt"),
        ] {
            check(&[line], &[entry], Relation::Exact);
        }
        for (line, entry) in [
            ("Leeds Kirkstall", "Leeds Kirkstall Depot"),
            ("Leeds Kirkstal Depot", "Leeds Kirkstall Depot"),
            ("Albert Dock Hull", "Hull, Albert Dock"),
            ("York Stn", "York Station"),
            ("Window-cleanning", "Windowcleaning"),
            ("Store 014 Leeds", "Leeds Store"),
        ] {
            check(&[line], &[entry], Relation::Near);
        }
    }

    #[test]
    fn another_site_is_not_taken_for_it() {
        for (line, entry) in [
            ("Leeds Headingley Depot", "Leeds Kirkstall Depot"),
            ("Store 014", "Store 041"),
            ("Site A", "Site B"),
            ("Leeds", "Leeds Kirkstall Depot"),
            ("LK14", "Leeds Kirkstall Depot"),
        ] {
            check(&[line], &[entry], Relation::Strange);
            check(&[line, entry], &[entry, line], Relation::Differs);
        }
    }

    #[test]
    fn of_two_names_that_both_sides_write_neither_is_a_slip() {
        check(&["Hall Lane", "Hill Lane"], &["Hill Lane"], Relation::Near);
        check(&["Hall Lane", "Hill Lane"], &["Hill Lane", "Hall Lane"], Relation::Differs);
    }

    /// Pairs of texts with one number, then how the first two relate.
    #[track_caller]
    fn check_learnt(numbered: &[(&str, &str)], expected: Relation) {
        let (mut texts, of_lines, of_entries) =
            Texts::new(numbered.iter().map(|pair| pair.0), numbered.iter().map(|pair| pair.1));
        texts.learn(of_lines.iter().copied().zip(of_entries.iter().copied()));
        assert_eq!(texts.relate(of_lines[0], of_entries[0]), expected, "{numbered:?}");
    }

    #[test]
    fn the_clients_own_words_are_learnt_from_jobs_of_one_number() {
        let (code, site) = ("LDS04", "Leeds Kirkstall Depot");
        check_learnt(&[(code, site); 3], Relation::Near);
        check_learnt(&[(code, site); 2], Relation::Strange);
        check_learnt(&[(code, site), (code, site), (code, site), (code, "York Station")], Relation::Strange);
        // A word that the books have as well means itself.
        let known = [("Leeds", "York"), ("Leeds", "York"), ("Leeds", "York"), ("York", "Leeds")];
        check_learnt(&known, Relation::Differs);
    }

    #[test]
    fn nothing_compares_with_nothing() {
        check(&["", "York"], &["York"], Relation::Missing);
        check(&["York"], &["–", "York"], Relation::Missing);
    }

    proptest::proptest! {
        #[test]
        fn any_texts_are_read(lines in proptest::collection::vec(".{0,24}", 1..6), entries in proptest::collection::vec(".{0,24}", 1..6)) {
            let (texts, of_lines, of_entries) =
                Texts::new(lines.iter().map(String::as_str), entries.iter().map(String::as_str));
            for line in &of_lines {
                for entry in &of_entries {
                    let relation = texts.relate(*line, *entry);
                    assert_eq!(relation == Relation::Missing, *line == NOTHING || *entry == NOTHING);
                }
            }
            for (line, text) in of_lines.iter().zip(&lines) {
                for (entry, other) in of_entries.iter().zip(&entries) {
                    let same = compact(text) == compact(other) && !compact(text).is_empty();
                    assert_eq!(texts.relate(*line, *entry) == Relation::Exact, same);
                }
            }
        }
    }
}
