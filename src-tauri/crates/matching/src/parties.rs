//! Counterparties of the books, and how their names are recognised in texts.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::{
    keys::Lists,
    text::{deletions, fold, is_form, name_words, one_edit_apart},
};

/// Shortest beginning of a name that says anything.
const BEGINNING_MIN: usize = 3;
/// Shortest name in which a typing error is looked for.
const TYPO_MIN: usize = 5;
/// Most names of the books that one word may stand for.
const RELATED_MAX: usize = 64;
/// Most parties that are looked at for one line by its rarest word, and by all further words together.
const PARTIES_MAX: usize = 2_048;
const PARTIES_MORE_MAX: usize = 256;
/// Most parties that are remembered for one line.
const KEPT_MAX: usize = 6;
/// Least share of a name, in percent of what it says, that counts as the name.
pub(crate) const SHARE_MIN: u8 = 30;

/// What an initial says of the word it stands for.
const INITIAL_PERCENT: i64 = 30;

/// No party.
pub(crate) const NOBODY: u32 = u32::MAX;

/// The different names of the books and the words they are made of.
#[derive(Debug, Default)]
pub(crate) struct Parties {
    words: Vec<String>,
    ids: HashMap<String, u32>,
    /// Words in alphabetical order.
    sorted: Vec<u32>,
    /// Parties that have the word.
    of_word: Lists<u32>,
    /// Words of each party.
    pub(crate) words_of: Lists<u32>,
    /// How much each word says, in thousandths of a bit.
    bits: Vec<i32>,
    typos: HashMap<String, Vec<u32>>,
    initials: HashMap<String, Vec<u32>>,
}

/// A word of a line and a word of the books that may be the same, with how well they agree in percent.
pub(crate) type Related = (u32, u8);

/// A party whose name stands in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NameHit {
    pub(crate) party: u32,
    /// Share of the name that was found, in percent of what it says.
    pub(crate) share: u8,
    /// What the words found say, in thousandths of a bit.
    pub(crate) bits: i32,
}

/// The words of a name that tell parties apart; all words where nothing else is left.
pub(crate) fn telling_words(name: &str) -> Vec<String> {
    let folded = fold(name);
    let all: Vec<String> = name_words(&folded).collect();
    let mut telling: Vec<String> = all.iter().filter(|word| !is_form(word)).cloned().collect();
    if telling.is_empty() {
        telling = all;
    }
    let mut seen = Vec::with_capacity(telling.len());
    telling.into_iter().for_each(|word| {
        if !seen.contains(&word) {
            seen.push(word);
        }
    });
    seen
}

impl Parties {
    /// Takes the names of all parties, in order of their numbers.
    pub(crate) fn new(names: &[Vec<String>]) -> Self {
        let mut parties = Self::default();
        let mut pairs = Vec::new();
        let mut lists = Vec::with_capacity(names.len());
        for (party, words) in names.iter().enumerate() {
            let ids: Vec<u32> = words.iter().map(|word| parties.intern(word)).collect();
            pairs.extend(ids.iter().map(|word| (*word, party as u32)));
            if words.len() >= 3 || words.len() == 2 && words.iter().all(|word| word.len() > 3) {
                let initials: String = words.iter().filter_map(|word| word.chars().next()).collect();
                parties.initials.entry(initials).or_default().push(party as u32);
            }
            lists.push(ids);
        }
        parties.of_word = Lists::from_pairs(parties.words.len(), &pairs);
        parties.words_of = Lists::from_lists(lists);
        let count = names.len() as f64;
        parties.bits = (0..parties.words.len())
            .map(|word| {
                let with = parties.of_word.of(word).len() as f64;
                (1_000.0 * ((count + 60.0) / (with + 0.6)).log2()).clamp(300.0, 13_000.0).round() as i32
            })
            .collect();
        parties.sorted = (0..parties.words.len() as u32).collect();
        parties.sorted.sort_unstable_by(|a, b| parties.words[*a as usize].cmp(&parties.words[*b as usize]));
        for (id, word) in parties.words.iter().enumerate().filter(|(_, word)| word.len() >= TYPO_MIN) {
            parties.typos.entry(word.clone()).or_default().push(id as u32);
            deletions(word).for_each(|shorter| parties.typos.entry(shorter).or_default().push(id as u32));
        }
        parties
    }

    /// How many parties there are.
    pub(crate) fn count(&self) -> usize {
        self.words_of.len()
    }

    fn intern(&mut self, word: &str) -> u32 {
        if let Some(id) = self.ids.get(word) {
            return *id;
        }
        let id = self.words.len() as u32;
        self.ids.insert(word.to_owned(), id);
        self.words.push(word.to_owned());
        id
    }

    /// For each of the lines' words, the books' words it may stand for.
    pub(crate) fn relate(&self, words: &[String]) -> Lists<Related> {
        Lists::from_lists(words.par_iter().map(|word| self.related(word)).collect::<Vec<_>>())
    }

    fn related(&self, word: &str) -> Vec<Related> {
        let mut found: Vec<Related> = self.ids.get(word).map(|id| (*id, 100)).into_iter().collect();
        if word.len() >= BEGINNING_MIN {
            let first = self.sorted.partition_point(|id| self.words[*id as usize].as_str() < word);
            let begins = self.sorted[first..].iter().take_while(|id| self.words[**id as usize].starts_with(word));
            for id in begins.take(RELATED_MAX) {
                let whole = self.words[*id as usize].len();
                if whole > word.len() {
                    found.push((*id, (50 + 50 * word.len() / whole) as u8));
                }
            }
        }
        if (2..=6).contains(&word.len()) {
            self.add_abbreviated(word, &mut found);
        }
        if word.len() >= TYPO_MIN - 1 {
            self.add_misspelt(word, &mut found);
        }
        found.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
        found.dedup_by_key(|(id, _)| *id);
        found
    }

    /// `SVC` for services: the first letter and some of the others, in order; short ones have no vowels.
    fn add_abbreviated(&self, word: &str, found: &mut Vec<Related>) {
        let vowels = word.bytes().skip(1).filter(|letter| matches!(letter, b'A' | b'E' | b'I' | b'O' | b'U')).count();
        if vowels > usize::from(word.len() > 3) {
            return;
        }
        let first = self.sorted.partition_point(|id| self.words[*id as usize].as_str() < &word[..1]);
        for id in self.sorted[first..].iter().take_while(|id| self.words[**id as usize].starts_with(&word[..1])) {
            let whole = &self.words[*id as usize];
            let mut letters = whole.bytes();
            if 10 * word.len() <= 7 * whole.len() && word.bytes().all(|wanted| letters.any(|letter| letter == wanted)) {
                found.push((*id, 50));
                if found.len() >= RELATED_MAX {
                    return;
                }
            }
        }
    }

    fn add_misspelt(&self, word: &str, found: &mut Vec<Related>) {
        for variant in deletions(word).chain([word.to_owned()]) {
            for id in self.typos.get(&variant).into_iter().flatten() {
                if one_edit_apart(word, &self.words[*id as usize]) {
                    found.push((*id, 80));
                }
            }
        }
    }

    /// The parties whose names stand in a line, the best first. `words` are the line's, as looked up in `related`.
    pub(crate) fn recognise(&self, words: &[u32], related: &Lists<Related>, texts: &[String]) -> Vec<NameHit> {
        let mut seen: Vec<Related> = words.iter().flat_map(|word| related.of(*word as usize)).copied().collect();
        seen.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
        seen.dedup_by_key(|(id, _)| *id);
        let initials: Vec<u8> = words
            .iter()
            .filter_map(|word| match texts[*word as usize].as_bytes() {
                [initial] => Some(*initial),
                _ => None,
            })
            .collect();
        let mut hits: Vec<NameHit> =
            self.possible(&seen).into_iter().filter_map(|party| self.judge(party, &seen, &initials)).collect();
        self.add_initials(words, texts, &mut hits);
        hits.sort_unstable_by(|a, b| (b.worth(), a.party).cmp(&(a.worth(), b.party)));
        hits.truncate(KEPT_MAX);
        hits
    }

    fn possible(&self, seen: &[Related]) -> Vec<u32> {
        let mut rare: Vec<u32> = seen.iter().filter(|(_, quality)| *quality >= 50).map(|(id, _)| *id).collect();
        rare.sort_unstable_by_key(|id| (self.of_word.of(*id as usize).len(), *id));
        let mut possible: Vec<u32> = Vec::new();
        for (at, id) in rare.iter().enumerate() {
            let with = self.of_word.of(*id as usize);
            let bound = if at == 0 { PARTIES_MAX } else { PARTIES_MORE_MAX };
            if possible.len() + with.len() > bound {
                break;
            }
            possible.extend(with);
        }
        possible.sort_unstable();
        possible.dedup();
        possible
    }

    fn judge(&self, party: u32, seen: &[Related], initials: &[u8]) -> Option<NameHit> {
        let (mut whole, mut found) = (0_i64, 0_i64);
        for word in self.words_of.of(party as usize) {
            let bits = i64::from(self.bits[*word as usize]);
            whole += bits;
            if let Ok(at) = seen.binary_search_by_key(word, |(id, _)| *id) {
                found += bits * i64::from(seen[at].1) / 100;
            } else if initials.contains(&self.words[*word as usize].as_bytes()[0]) {
                found += bits * INITIAL_PERCENT / 100;
            }
        }
        let share = (100 * found / whole.max(1)) as u8;
        (share >= SHARE_MIN).then_some(NameHit { party, share, bits: found as i32 })
    }

    fn add_initials(&self, words: &[u32], texts: &[String], hits: &mut Vec<NameHit>) {
        for word in words.iter().map(|word| &texts[*word as usize]).filter(|word| (2..=6).contains(&word.len())) {
            let Some(parties) = self.initials.get(word).filter(|parties| parties.len() <= 8) else { continue };
            for party in parties {
                if hits.iter().all(|hit| hit.party != *party) {
                    let bits = 500 + 1_500 * (word.len() as i32 - 1);
                    hits.push(NameHit { party: *party, share: 55, bits });
                }
            }
        }
    }
}

impl NameHit {
    /// What the hit says, less where much of the name is missing; in thousandths of a bit.
    pub(crate) fn worth(&self) -> i32 {
        let share = i64::from(self.share);
        let factor = if share >= 85 { 100 } else { 30 + 70 * (share - i64::from(SHARE_MIN)).max(0) / 55 };
        (i64::from(self.bits) * factor / 100) as i32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names of the books separated by `|`; which of them the text names best.
    #[track_caller]
    fn check(names: &str, text: &str, expected: Option<&str>) {
        let names: Vec<&str> = names.split('|').collect();
        let parties = Parties::new(&names.iter().map(|name| telling_words(name)).collect::<Vec<_>>());
        let folded = fold(text);
        let texts: Vec<String> = name_words(&folded).collect();
        let related = parties.relate(&texts);
        let ids: Vec<u32> = (0..texts.len() as u32).collect();
        let hits = parties.recognise(&ids, &related, &texts);
        assert_eq!(hits.first().map(|hit| names[hit.party as usize]), expected, "{text}");
    }

    #[test]
    fn a_name_is_recognised_however_the_bank_printed_it() {
        let names = "Cheviot & MacDonald Education Services LLP|Fourie Cleaning Services CC|Ingeborg Brandvold|\
                     Heritage & Washington Catering Co.|Müller Bäckerei GmbH|Quarry Stone Ltd|Quillmark Studio";
        for (text, expected) in [
            ("BGC CHEVIOT & MACDONAL", "Cheviot & MacDonald Education Services LLP"),
            ("7741//BRANDVOLD-Ingeborg", "Ingeborg Brandvold"),
            ("ACB CREDIT:FCS", "Fourie Cleaning Services CC"),
            ("HERTAGE & WASHINGTON C", "Heritage & Washington Catering Co."),
            ("SEPA MUELLER BAECKEREI", "Müller Bäckerei GmbH"),
            ("Quillmark Studi", "Quillmark Studio"),
        ] {
            check(names, text, Some(expected));
        }
    }

    #[test]
    fn bank_words_name_nobody() {
        check("Harbour Lane Bakery|Saltire Optics", "ACCOUNT FEE MAY", None);
    }
}
