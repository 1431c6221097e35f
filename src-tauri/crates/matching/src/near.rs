//! Words one typing error apart, found without comparing all with all.
//!
//! Two words at an optimal string alignment distance of one share a form with one letter left out, or one of them is
//! such a form of the other (the deletion neighbourhood: Mor and Fraenkel, CACM 25, 1982). So the words of one side are
//! filed under the hashes of all their forms, and those of the other side look theirs up; what is found is compared.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::{lists::Lists, text::one_edit_apart};

/// Any odd number will do; this is the 64-bit golden ratio.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
/// Longest word that is looked at.
const LENGTH_MAX: usize = 32;
/// Files that hold more words than this say nothing.
const SHARED_MAX: usize = 64;
const END: u32 = u32::MAX;

/// Hashes of the word and of its forms with one letter left out.
fn forms(word: &[u8], mut each: impl FnMut(u64)) {
    let length = word.len().min(LENGTH_MAX);
    let word = &word[..length];
    let term = |hash: u64, letter: u8| hash.wrapping_mul(BASE).wrapping_add(u64::from(letter) + 1);
    let mut power = [1_u64; LENGTH_MAX + 1];
    let mut tail = [0_u64; LENGTH_MAX + 1];
    for at in 0..length {
        power[at + 1] = power[at].wrapping_mul(BASE);
    }
    for at in (0..length).rev() {
        tail[at] = tail[at + 1].wrapping_add((u64::from(word[at]) + 1).wrapping_mul(power[length - 1 - at]));
    }
    each(tail[0]);
    let mut head = 0_u64;
    for at in 0..length {
        // Neighbours that are alike leave the same form.
        if at == 0 || word[at] != word[at - 1] {
            each(head.wrapping_mul(power[length - 1 - at]).wrapping_add(tail[at + 1]));
        }
        head = term(head, word[at]);
    }
}

/// Words filed under their forms.
#[derive(Debug, Default)]
pub(crate) struct Neighbours {
    first: FxHashMap<u64, u32>,
    /// `(word, next in the same file)`.
    filed: Vec<(u32, u32)>,
}

impl Neighbours {
    /// Files a word under its number.
    pub(crate) fn add(&mut self, number: u32, word: &str) {
        let (first, filed) = (&mut self.first, &mut self.filed);
        forms(word.as_bytes(), |hash| {
            let at = filed.len() as u32;
            let next = first.insert(hash, at).unwrap_or(END);
            filed.push((number, next));
        });
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.filed.is_empty()
    }

    /// Numbers of the words that may be one error away, each once, in ascending order.
    pub(crate) fn possible(&self, word: &str, found: &mut Vec<u32>) {
        found.clear();
        forms(word.as_bytes(), |hash| {
            let mut at = self.first.get(&hash).copied().unwrap_or(END);
            let mut seen = 0;
            while at != END && seen < SHARED_MAX {
                let (number, next) = self.filed[at as usize];
                found.push(number);
                at = next;
                seen += 1;
            }
        });
        found.sort_unstable();
        found.dedup();
    }
}

/// For each of the `words`, which of the `others` are one error away. `others` are `(number, word)`.
pub(crate) fn near(words: &[&str], others: &[(u32, &str)]) -> Lists<u32> {
    let mut files = Neighbours::default();
    words.iter().enumerate().for_each(|(number, word)| files.add(number as u32, word));
    if files.is_empty() {
        return Lists::from_pairs(words.len(), &[]);
    }
    let mut pairs: Vec<(u32, u32)> = others
        .par_iter()
        .with_min_len(512)
        .fold(
            || (Vec::new(), Vec::new()),
            |(mut pairs, mut found), (number, other)| {
                files.possible(other, &mut found);
                let close = found.iter().filter(|word| one_edit_apart(words[**word as usize], other));
                pairs.extend(close.map(|word| (*word, *number)));
                (pairs, found)
            },
        )
        .map(|(pairs, _)| pairs)
        .reduce(Vec::new, |mut all, mut more| {
            all.append(&mut more);
            all
        });
    pairs.par_sort_unstable();
    Lists::from_pairs(words.len(), &pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn all_words_one_error_away_are_found_and_no_others(
            words in proptest::collection::vec("[AB1]{1,6}", 1..12),
            others in proptest::collection::vec("[AB1]{1,6}", 1..12),
        ) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let others: Vec<(u32, &str)> = others.iter().enumerate().map(|(at, other)| (at as u32, other.as_str())).collect();
            let found = near(&words, &others);
            for (at, word) in words.iter().enumerate() {
                let expected: Vec<u32> = others
                    .iter()
                    .filter(|(_, other)| strsim::osa_distance(word, other) == 1)
                    .map(|(number, _)| *number)
                    .collect();
                assert_eq!(found.of(at), expected, "{word}");
            }
        }
    }
}
