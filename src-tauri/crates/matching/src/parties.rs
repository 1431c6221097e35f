//! Counterparties of the books, and how their names are recognised in texts.

use std::borrow::Cow;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::{
    intern::Interner,
    lists::Lists,
    near::Neighbours,
    text::{fold, is_form, name_words, one_edit_apart},
};

/// Shortest beginning of a name that says anything.
const BEGINNING_MIN: usize = 3;
/// Shortest name in which a typing error is looked for.
const TYPO_MIN: usize = 5;
/// Most names of the books that one word may stand for.
const RELATED_MAX: usize = 64;
/// Most parties that are looked at for one line by their words, and most whose whole name is.
const PARTIES_MAX: usize = 2_048;
const JUDGED_MAX: usize = 32;
/// Words that a name consists of, at most, and parties of one name that are looked at.
const NAME_WORDS_MAX: usize = 5;
const NAMESAKES_MAX: usize = 8;
/// Most parties that are remembered for one line.
const KEPT_MAX: usize = 8;
/// Least share of a name, in percent of what it says, that counts as the name.
pub(crate) const SHARE_MIN: u8 = 30;
/// Share of a name from which on it counts as whole.
const WHOLE_SHARE: u8 = 85;
/// Least that a word of another name must agree and say to speak against this one.
const FOREIGN_QUALITY_MIN: u8 = 75;
const FOREIGN_BITS_MIN: i32 = 4_000;
/// What an initial says of the word it stands for.
const INITIAL_PERCENT: i64 = 30;
/// Parties and lines assumed besides the ones given, for how rare words are.
const PARTIES_PSEUDO: f64 = 60.0;
const LINES_PSEUDO: f64 = 200.0;
/// Least that a word of a line must say of a word of the books, in thousandths of a bit.
const WORD_BITS_MIN: i32 = 700;

/// No party.
pub(crate) const NOBODY: u32 = u32::MAX;

/// The different names of the books and the words they are made of.
#[derive(Debug, Default)]
pub(crate) struct Parties {
    words: Interner,
    /// Words in alphabetical order.
    sorted: Vec<u32>,
    /// Parties that have the word.
    of_word: Lists<u32>,
    /// Words of each party.
    pub(crate) words_of: Lists<u32>,
    /// How much each word says, in thousandths of a bit.
    bits: Vec<i32>,
    /// How many parties have each word, as a share with pseudo-counts.
    share: Vec<f64>,
    /// Entries of all parties that have the word.
    entries_with: Vec<u32>,
    /// Entries of each party, and of all.
    entries_of: Vec<u32>,
    entries: usize,
    typos: Neighbours,
    /// Parties by all words of their names, in the order of the words' numbers.
    whole: FxHashMap<Vec<u32>, Vec<u32>>,
    initials: FxHashMap<String, Vec<u32>>,
}

/// A word of a line and a word of the books that may be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Related {
    pub(crate) word: u32,
    /// How well they agree, in percent.
    pub(crate) quality: u8,
    /// What that says, in thousandths of a bit.
    pub(crate) bits: i32,
    /// The word of the line.
    source: u32,
}

/// A party whose name stands in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NameHit {
    pub(crate) party: u32,
    /// Share of the name that was found, in percent of what it says.
    pub(crate) share: u8,
    /// What the words found say, in thousandths of a bit.
    pub(crate) bits: i32,
    /// What the hit says: less than the words where much of the name is missing, or where other names fit as well.
    pub(crate) worth: i32,
    /// Words of other names stand there instead of what is missing of this one.
    pub(crate) foreign: bool,
    /// The whole name stands there word by word.
    pub(crate) in_order: bool,
}

/// What the words of some lines say about names.
#[derive(Debug, Default, Clone)]
pub(crate) struct NameText {
    /// Words of the books that stand there in some form, by number.
    pub(crate) seen: Vec<Related>,
    /// Single letters.
    pub(crate) initials: Vec<u8>,
    /// The parties named, the best first.
    pub(crate) hits: Vec<NameHit>,
}

/// The words of a name that tell parties apart; all words where nothing else is left.
pub(crate) fn telling_words(name: &str) -> Vec<String> {
    let folded = fold(name);
    let all: Vec<String> = name_words(&folded).map(Cow::into_owned).collect();
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
    /// Takes the names of all parties, in order of their numbers, and how many entries each has.
    pub(crate) fn new(names: &[Vec<String>], entries_of: Vec<u32>) -> Self {
        let mut parties = Self { entries: entries_of.iter().map(|count| *count as usize).sum(), ..Self::default() };
        let mut pairs = Vec::new();
        let mut lists = Vec::with_capacity(names.len());
        for (party, words) in names.iter().enumerate() {
            let ids: Vec<u32> = words.iter().map(|word| parties.words.intern(word)).collect();
            pairs.extend(ids.iter().map(|word| (*word, party as u32)));
            if words.len() >= 3 || words.len() == 2 && words.iter().all(|word| word.len() > 3) {
                let initials: String = words.iter().filter_map(|word| word.chars().next()).collect();
                parties.initials.entry(initials).or_default().push(party as u32);
            }
            let mut whole = ids.clone();
            whole.sort_unstable();
            parties.whole.entry(whole).or_default().push(party as u32);
            lists.push(ids);
        }
        let words = parties.words.len();
        parties.of_word = Lists::from_pairs(words, &pairs);
        parties.words_of = Lists::from_lists(lists);
        let count = names.len() as f64 + PARTIES_PSEUDO;
        parties.share = (0..words).map(|word| (parties.of_word.of(word).len() as f64 + 0.6) / count).collect();
        parties.bits = parties.share.iter().map(|share| bits_of(*share)).collect();
        parties.entries_with = (0..words)
            .map(|word| parties.of_word.of(word).iter().map(|party| entries_of[*party as usize]).sum())
            .collect();
        parties.entries_of = entries_of;
        parties.sorted = (0..words as u32).collect();
        parties.sorted.sort_unstable_by(|a, b| parties.words.name(*a).cmp(parties.words.name(*b)));
        for id in (0..words as u32).filter(|id| parties.words.name(*id).len() >= TYPO_MIN) {
            parties.typos.add(id, parties.words.name(id));
        }
        parties
    }

    /// How many parties there are.
    pub(crate) fn count(&self) -> usize {
        self.words_of.len()
    }

    /// For each of the lines' words, the books' words it may stand for. `lines_with` says in how many of so many
    /// `lines` each word stands: what banks print everywhere names nobody.
    pub(crate) fn relate(&self, words: &Interner, lines_with: &[u32], lines: usize) -> Lists<Related> {
        let related = (0..words.len() as u32).into_par_iter().with_min_len(64).map(|word| {
            let mut found = self.related(words.name(word));
            for related in &mut found {
                related.bits = self.word_bits(related, lines_with[word as usize], lines);
                related.source = word;
            }
            found.retain(|related| related.bits >= WORD_BITS_MIN);
            found
        });
        Lists::from_lists(related.collect::<Vec<_>>())
    }

    /// What it says that a word stands in a line: how seldom it stands in lines of others. A word that stands in more
    /// lines than its parties have business for is part of the bank's own wording.
    fn word_bits(&self, related: &Related, lines_with: u32, lines: usize) -> i32 {
        let word = related.word as usize;
        let excess = f64::from(lines_with.saturating_sub(self.entries_with[word].saturating_mul(2).saturating_add(2)));
        let bits = bits_of(self.share[word] + excess / (lines as f64 + LINES_PSEUDO));
        bits * i32::from(related.quality) / 100
    }

    fn related(&self, word: &str) -> Vec<Related> {
        let related = |word: u32, quality: u8| Related { word, quality, bits: 0, source: 0 };
        let mut found: Vec<Related> = self.words.get(word).map(|id| related(id, 100)).into_iter().collect();
        if word.len() >= BEGINNING_MIN {
            let first = self.sorted.partition_point(|id| self.words.name(*id) < word);
            let begins = self.sorted[first..].iter().take_while(|id| self.words.name(**id).starts_with(word));
            for id in begins.take(RELATED_MAX) {
                let whole = self.words.name(*id).len();
                if whole > word.len() {
                    found.push(related(*id, (50 + 50 * word.len() / whole) as u8));
                }
            }
        }
        if (2..=6).contains(&word.len()) {
            self.add_abbreviated(word, &mut found);
        }
        if word.len() >= TYPO_MIN - 1 {
            let mut possible = Vec::new();
            self.typos.possible(word, &mut possible);
            let misspelt = possible.into_iter().filter(|id| one_edit_apart(word, self.words.name(*id)));
            found.extend(misspelt.map(|id| related(id, 80)));
        }
        found.sort_unstable_by(|a, b| a.word.cmp(&b.word).then(b.quality.cmp(&a.quality)));
        found.dedup_by_key(|related| related.word);
        found
    }

    /// `SVC` for services: the first letter and some of the others, in order; short ones have no vowels.
    fn add_abbreviated(&self, word: &str, found: &mut Vec<Related>) {
        let vowels = word.bytes().skip(1).filter(|letter| matches!(letter, b'A' | b'E' | b'I' | b'O' | b'U')).count();
        if vowels > usize::from(word.len() > 3) {
            return;
        }
        let first = self.sorted.partition_point(|id| self.words.name(*id) < &word[..1]);
        for id in self.sorted[first..].iter().take_while(|id| self.words.name(**id).starts_with(&word[..1])) {
            let whole = self.words.name(*id);
            let mut letters = whole.bytes();
            if 10 * word.len() <= 7 * whole.len() && word.bytes().all(|wanted| letters.any(|letter| letter == wanted)) {
                found.push(Related { word: *id, quality: 50, bits: 0, source: 0 });
                if found.len() >= RELATED_MAX {
                    return;
                }
            }
        }
    }

    /// What words say about names. `words` are the lines' own in their order, each once, as looked up in `related`.
    ///
    /// `sums` holds a zero for each party, before and after.
    pub(crate) fn read(&self, words: &[u32], related: &Lists<Related>, texts: &Interner, sums: &mut [i32]) -> NameText {
        let mut seen: Vec<Related> = words.iter().flat_map(|word| related.of(*word as usize)).copied().collect();
        seen.sort_unstable_by(|a, b| a.word.cmp(&b.word).then(b.bits.cmp(&a.bits)));
        seen.dedup_by_key(|related| related.word);
        let mut initials: Vec<u8> = words
            .iter()
            .filter_map(|word| match texts.name(*word).as_bytes() {
                [initial] => Some(*initial),
                _ => None,
            })
            .collect();
        initials.sort_unstable();
        let mut text = NameText { seen, initials, hits: Vec::new() };
        let mut possible = self.possible(&text.seen, sums);
        let own: Vec<Option<u32>> = words.iter().map(|word| self.words.get(texts.name(*word))).collect();
        self.add_whole(&own, &mut possible);
        let mut hits: Vec<NameHit> = possible.into_iter().filter_map(|party| self.judge(party, &text)).collect();
        self.add_initials(words, texts, &mut hits);
        hits.sort_unstable_by(|a, b| (b.worth, a.party).cmp(&(a.worth, b.party)));
        hits.truncate(KEPT_MAX);
        self.share_out(&mut hits);
        for hit in hits.iter_mut().filter(|hit| hit.share >= WHOLE_SHARE) {
            let name = self.words_of.of(hit.party as usize);
            let same = |window: &[Option<u32>]| window.iter().zip(name).all(|(word, of_name)| *word == Some(*of_name));
            hit.in_order = name.len() > 1 && own.windows(name.len()).any(same);
        }
        text.hits = hits;
        text
    }

    /// Parties all of whose words stand next to each other, however common each of these is by itself.
    /// `own` are the words of the books that the text's are, in their order.
    fn add_whole(&self, own: &[Option<u32>], possible: &mut Vec<u32>) {
        for first in 0..own.len() {
            let mut name: Vec<u32> = Vec::with_capacity(NAME_WORDS_MAX);
            for word in own[first..].iter().take(NAME_WORDS_MAX).map_while(|word| *word) {
                let place = name.partition_point(|other| *other < word);
                name.insert(place, word);
                if name.len() > 1
                    && let Some(parties) = self.whole.get(&name)
                {
                    possible.extend(parties.iter().take(NAMESAKES_MAX));
                }
            }
        }
        possible.sort_unstable();
        possible.dedup();
    }

    /// Parties that may be named, by what their words in the text say together. `sums` holds a zero for each party.
    fn possible(&self, seen: &[Related], sums: &mut [i32]) -> Vec<u32> {
        let mut telling: Vec<&Related> = seen.iter().collect();
        telling.sort_unstable_by_key(|related| (std::cmp::Reverse(related.bits), related.word));
        let mut possible: Vec<u32> = Vec::new();
        let mut looked_at = 0;
        for related in telling {
            let with = self.of_word.of(related.word as usize);
            let all = looked_at + with.len() <= PARTIES_MAX;
            looked_at += if all { with.len() } else { 0 };
            if all {
                for party in with {
                    let sum = &mut sums[*party as usize];
                    if *sum == 0 {
                        possible.push(*party);
                    }
                    *sum += related.bits;
                }
            } else if possible.len() < with.len() {
                // Common words only add to what rare ones found.
                for party in possible.iter().filter(|party| self.has_word(**party, related.word)) {
                    sums[*party as usize] += related.bits;
                }
            }
        }
        let key = |party: &u32| (std::cmp::Reverse(sums[*party as usize]), *party);
        if possible.len() > JUDGED_MAX {
            possible.select_nth_unstable_by_key(JUDGED_MAX - 1, key);
        }
        let (judged, others) = possible.split_at(possible.len().min(JUDGED_MAX));
        others.iter().chain(judged).for_each(|party| sums[*party as usize] = 0);
        possible.truncate(JUDGED_MAX);
        possible
    }

    fn has_word(&self, party: u32, word: u32) -> bool {
        self.words_of.of(party as usize).contains(&word)
    }

    /// How much of the party's name stands in the text; nothing where it is too little.
    pub(crate) fn judge(&self, party: u32, text: &NameText) -> Option<NameHit> {
        let (mut whole, mut found, mut said) = (0_i64, 0_i64, 0_i64);
        for word in self.words_of.of(party as usize) {
            let bits = i64::from(self.bits[*word as usize]);
            whole += bits;
            if let Ok(at) = text.seen.binary_search_by_key(word, |related| related.word) {
                found += bits * i64::from(text.seen[at].quality) / 100;
                said += i64::from(text.seen[at].bits);
            } else if !text.initials.is_empty()
                && text.initials.binary_search(&self.words.name(*word).as_bytes()[0]).is_ok()
            {
                found += bits * INITIAL_PERCENT / 100;
                said += bits * INITIAL_PERCENT / 100;
            }
        }
        let share = (100 * found / whole.max(1)) as u8;
        (share >= SHARE_MIN).then(|| {
            let foreign = share < WHOLE_SHARE && self.has_foreign(party, text);
            let mut hit = NameHit { party, share, bits: said as i32, worth: 0, foreign, in_order: false };
            hit.worth = hit.words_worth().min(self.rarity(self.entries_of[party as usize], share));
            hit
        })
    }

    /// Whether a telling word of the books stands in the text that is none of this party's.
    fn has_foreign(&self, party: u32, text: &NameText) -> bool {
        let own = self.words_of.of(party as usize);
        let telling = |related: &&Related| related.quality >= FOREIGN_QUALITY_MIN && related.bits >= FOREIGN_BITS_MIN;
        text.seen
            .iter()
            .filter(telling)
            .any(|related| !own.contains(&related.word) && !self.is_variant(own, related, text))
    }

    /// Whether the same word of the line may as well be one of these.
    fn is_variant(&self, own: &[u32], foreign: &Related, text: &NameText) -> bool {
        let source = foreign.source;
        text.seen.iter().any(|related| related.source == source && own.contains(&related.word))
    }

    /// What naming parties with so many entries says about one of them, at most.
    fn rarity(&self, entries: u32, share: u8) -> i32 {
        // That a name stands in a text by accident is the less likely the more of it does.
        let chance = (-9.0 - 8.0 * f64::from(share.min(100)) / 100.0).exp2();
        bits_of((f64::from(entries) - 1.0).max(0.0) / (self.entries as f64 + 1_000.0) + chance)
    }

    /// A name that others fit as well says only that one of them is meant.
    fn share_out(&self, hits: &mut [NameHit]) {
        let mut entries = 0;
        for hit in hits {
            entries += self.entries_of[hit.party as usize];
            hit.worth = hit.worth.min(self.rarity(entries, hit.share));
        }
    }

    fn add_initials(&self, words: &[u32], texts: &Interner, hits: &mut Vec<NameHit>) {
        for word in words.iter().map(|word| texts.name(*word)).filter(|word| (2..=6).contains(&word.len())) {
            let Some(parties) = self.initials.get(word).filter(|parties| parties.len() <= 8) else { continue };
            for party in parties {
                if hits.iter().all(|hit| hit.party != *party) {
                    let bits = 500 + 1_500 * (word.len() as i32 - 1);
                    let mut hit = NameHit { party: *party, share: 55, bits, worth: 0, foreign: false, in_order: false };
                    hit.worth = hit.words_worth();
                    hits.push(hit);
                }
            }
        }
    }
}

impl NameHit {
    /// What the words say, less where much of the name is missing; in thousandths of a bit.
    fn words_worth(&self) -> i32 {
        let share = i64::from(self.share);
        let factor =
            if share >= i64::from(WHOLE_SHARE) { 100 } else { 30 + 70 * (share - i64::from(SHARE_MIN)).max(0) / 55 };
        let worth = (i64::from(self.bits) * factor / 100) as i32;
        if self.foreign { worth / 2 } else { worth }
    }
}

fn bits_of(share: f64) -> i32 {
    (-1_000.0 * share.log2()).clamp(300.0, 17_000.0).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names of the books separated by `|`; which of them the text names best.
    #[track_caller]
    fn check(names: &str, text: &str, expected: Option<&str>) {
        let names: Vec<&str> = names.split('|').collect();
        let parties =
            Parties::new(&names.iter().map(|name| telling_words(name)).collect::<Vec<_>>(), vec![1; names.len()]);
        let mut texts = Interner::default();
        let folded = fold(text);
        let ids: Vec<u32> = name_words(&folded).map(|word| texts.intern(&word)).collect();
        let related = parties.relate(&texts, &vec![1; texts.len()], 1);
        let read = parties.read(&ids, &related, &texts, &mut vec![0; names.len()]);
        assert_eq!(read.hits.first().map(|hit| names[hit.party as usize]), expected, "{text}");
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
