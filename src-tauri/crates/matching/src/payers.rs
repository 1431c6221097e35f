//! Who pays for whom, learnt from the lines whose document is beyond doubt.
//!
//! Bank accounts, mandates and the names of people who pay for others stand in no ledger, but they return: what stood in
//! the payment of a quoted invoice speaks for the same customer in the next payment that quotes nothing. What a mark says
//! of a party is how much likelier the party is with it than without: log₂ P(party | mark) / P(party), both counted.

use std::hash::BuildHasher;

use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::{
    intern::Interner,
    keys::{Found, KeySource},
    lists::Lists,
    parties::NOBODY,
    prepare::Prepared,
};

/// Letters and digits of a word that may be an account, a mandate or another mark of the payer.
const MARK_MIN: usize = 8;
const MARK_MAX: usize = 40;
const MARK_DIGITS_MIN: usize = 5;
/// Marks of one line that are looked at.
const MARKS_MAX: usize = 12;
/// Words in more than one of so many lines name nobody.
const COMMON_SHARE: usize = 50;
/// Shortest word of a payer's name.
const WORD_MIN: usize = 3;
/// Parties that one mark may stand for.
const PARTIES_MAX: usize = 4;
/// Least that a mark must say to be kept, and most that it says, in thousandths of a bit.
const BITS_MIN: i32 = 3_000;
const BITS_MAX: i32 = 13_000;

/// A party that a mark in the line speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Payer {
    pub(crate) party: u32,
    /// What it says, in thousandths of a bit.
    pub(crate) bits: i32,
    /// How many payments beyond doubt show it.
    pub(crate) votes: u32,
    /// The mark is the name in the line, not an account or mandate.
    pub(crate) is_name: bool,
    /// The mark.
    mark: u64,
}

/// The hash by which a word is known as a mark; nothing for words that are none.
pub(crate) fn word_mark(word: &str) -> Option<u64> {
    let telling = (MARK_MIN..=MARK_MAX).contains(&word.len())
        && word.bytes().filter(u8::is_ascii_digit).count() >= MARK_DIGITS_MIN;
    telling.then(|| FxBuildHasher.hash_one(word))
}

/// The marks that lines have because of the names in them: the two rarest words together. `words` are each line's own.
pub(crate) fn name_marks(
    vocabulary: &Interner,
    sets: &[Vec<u32>],
    lines_with: &[u32],
    lines: usize,
) -> Vec<Option<u64>> {
    let common = (lines / COMMON_SHARE).max(8) as u32;
    let of_set = |set: &Vec<u32>| {
        let mut rare: Vec<u32> = set
            .iter()
            .copied()
            .filter(|word| lines_with[*word as usize] <= common && vocabulary.name(*word).len() >= WORD_MIN)
            .collect();
        rare.sort_unstable_by_key(|word| (lines_with[*word as usize], vocabulary.name(*word)));
        match rare[..] {
            [first, second, ..] => {
                let mut pair = [vocabulary.name(first), vocabulary.name(second)];
                pair.sort_unstable();
                Some(FxBuildHasher.hash_one(pair))
            }
            _ => None,
        }
    };
    sets.iter().map(of_set).collect()
}

/// Learns which marks speak for which parties, and answers for each line those that its marks speak for, best first.
pub(crate) fn learn(prepared: &Prepared<'_>) -> Lists<Payer> {
    let lines = prepared.line_records.len();
    let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
    for line in 0..lines {
        marks(prepared, line).for_each(|(mark, _)| *counts.entry(mark).or_default() += 1);
    }
    counts.retain(|_, count| *count > 1);
    let certain: Vec<u32> =
        (0..lines).into_par_iter().map(|line| certain_party(prepared, line).unwrap_or(NOBODY)).collect();
    let mut votes: FxHashMap<u64, Vec<(u32, u32)>> = FxHashMap::default();
    for (line, party) in certain.iter().copied().enumerate().filter(|(_, party)| *party != NOBODY) {
        for (mark, _) in marks(prepared, line).filter(|(mark, _)| counts.contains_key(mark)) {
            let parties = votes.entry(mark).or_default();
            match parties.iter_mut().find(|(known, _)| *known == party) {
                Some((_, count)) => *count += 1,
                None => parties.push((party, 1)),
            }
        }
    }
    votes.retain(|_, parties| parties.len() <= PARTIES_MAX);
    let entries = prepared.entry_records.len() as f64 + 1_000.0;
    // What a line says itself is no news about it.
    let payers = |(mark, is_name): (u64, bool), own: u32| {
        let parties = votes.get(&mark).map_or(&[][..], Vec::as_slice);
        let others = move |(party, count): &(u32, u32)| (*party, count - u32::from(*party == own));
        let all: u32 = parties.iter().map(others).map(|(_, count)| count).sum();
        parties.iter().map(others).filter(|(_, count)| *count > 0).filter_map(move |(party, count)| {
            let with = f64::from(count) / (f64::from(all) + 1.0);
            let without = (prepared.of_party.of(party as usize).len() as f64 + 1.0) / entries;
            let bits = (1_000.0 * (with / without).log2()).round() as i32;
            (bits >= BITS_MIN).then_some(Payer { party, bits: bits.min(BITS_MAX), votes: count, is_name, mark })
        })
    };
    let of_line = |line: usize| {
        let mut found: Vec<Payer> = marks(prepared, line).flat_map(|mark| payers(mark, certain[line])).collect();
        found.sort_unstable_by_key(|payer| (payer.party, std::cmp::Reverse((payer.bits, payer.votes)), payer.mark));
        found.dedup_by_key(|payer| payer.party);
        found.sort_unstable_by_key(|payer| (std::cmp::Reverse(payer.bits), payer.party));
        found
    };
    Lists::from_lists((0..lines).into_par_iter().map(of_line).collect::<Vec<_>>())
}

/// The line's marks, and whether each is a name.
fn marks<'p>(prepared: &'p Prepared<'_>, line: usize) -> impl Iterator<Item = (u64, bool)> + 'p {
    let name = prepared.lines.name_marks[prepared.lines.names_of[line] as usize];
    let words = prepared.lines.marks.of(line).iter().map(|mark| (*mark, false));
    words.take(MARKS_MAX).chain(name.map(|mark| (mark, true)))
}

/// The party whose document the line quotes, if it quotes just one and has its amount.
fn certain_party(prepared: &Prepared<'_>, line: usize) -> Option<u32> {
    let mut certain = None;
    for hit in prepared.lines.hits.of(line).iter().filter(|hit| hit.found == Found::Exact) {
        let entries = prepared.keys.entries.of(hit.key as usize);
        for entry in entries.iter().take(if entries.len() <= 2 { 2 } else { 0 }).map(|entry| *entry as usize) {
            let keys = prepared.entries.keys.of(entry);
            let whole = |key: &crate::keys::EntryKey| {
                key.key == hit.key && matches!(key.source, KeySource::Whole | KeySource::Digits)
            };
            let party = prepared.entries.facts[entry].party;
            let agrees = prepared.entries.columns.amount[entry] == prepared.lines.columns.amount[line]
                && prepared.currencies_agree(line, entry)
                && party != NOBODY
                && keys.iter().any(whole);
            if agrees && certain.replace(party).is_some_and(|other| other != party) {
                return None;
            }
        }
    }
    certain
}

/// The word of the line that is the payer's mark; nothing where it is a name.
pub(crate) fn mark_text(texts: &[&str], payer: &Payer) -> Option<String> {
    texts.iter().find_map(|text| {
        let folded = crate::text::fold(text);
        let mut words = crate::text::words(&folded).map(|range| &folded[range]);
        words.find(|word| word_mark(word) == Some(payer.mark)).map(str::to_owned)
    })
}
