//! Which records say the same: counted by sorting hashes, so that a million records of which none is a copy leave
//! nothing behind.

use std::{
    collections::HashMap,
    hash::{BuildHasher, Hasher, RandomState},
};

use jiff::civil::Date;
use rayon::prelude::*;
use tieout_domain::Job;

/// What must be the same for two records to be copies. Letter case does not matter.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key<'a> {
    /// Tells apart what is compared: an entry's own number, or its supplier's.
    pub(crate) kind: u8,
    pub(crate) date: Option<Date>,
    pub(crate) minor: i64,
    pub(crate) name: &'a str,
    pub(crate) text: &'a str,
    /// Of one number several jobs may be done.
    pub(crate) job: Option<&'a Job>,
}

impl PartialEq for Key<'_> {
    fn eq(&self, other: &Self) -> bool {
        (self.kind, self.date, self.minor, self.job) == (other.kind, other.date, other.minor, other.job)
            && same_letters(self.name, other.name)
            && same_letters(self.text, other.text)
    }
}

fn same_letters(left: &str, right: &str) -> bool {
    if left.is_ascii() && right.is_ascii() {
        left.eq_ignore_ascii_case(right)
    } else {
        left.to_lowercase() == right.to_lowercase()
    }
}

/// Keys that occur more than once, with how often; by hash.
#[derive(Debug, Default)]
pub(crate) struct Copies<'a> {
    hashing: RandomState,
    repeated: HashMap<u64, Vec<(Key<'a>, u32)>>,
}

impl<'a> Copies<'a> {
    /// Looks at the keys of all records, on all cores.
    pub(crate) fn of<R: Sync>(records: &[&'a R], keys: impl Fn(&'a R) -> [Option<Key<'a>>; 2] + Sync) -> Self {
        let hashing = RandomState::new();
        let hashed = |folded: &mut String, (at, record): (usize, &&'a R)| {
            keys(record).map(|key| key.map(|key| (key.hash(&hashing, folded), at)))
        };
        let records_hashed = records.par_iter().enumerate().map_init(String::new, hashed);
        let mut hashes: Vec<(u64, usize)> = records_hashed.flatten_iter().flatten_iter().collect();
        hashes.par_sort_unstable();
        hashes.dedup();
        let mut copies = Self { hashing, repeated: HashMap::new() };
        let mut folded = String::new();
        for run in hashes.chunk_by(|left, right| left.0 == right.0).filter(|run| run.len() > 1) {
            let mut counts: Vec<(Key<'a>, u32)> = Vec::new();
            for (hash, at) in run.iter().copied() {
                let hits = keys(records[at]).into_iter().flatten();
                for key in hits.filter(|key| key.hash(&copies.hashing, &mut folded) == hash) {
                    match counts.iter_mut().find(|(known, _)| *known == key) {
                        Some((_, count)) => *count += 1,
                        None => counts.push((key, 1)),
                    }
                }
            }
            copies.repeated.insert(run[0].0, counts);
        }
        copies
    }

    /// How often a key occurs, at least once: it is one of those that were looked at.
    pub(crate) fn count(&self, key: Key<'_>) -> u32 {
        if self.repeated.is_empty() {
            return 1;
        }
        let found = self.repeated.get(&key.hash(&self.hashing, &mut String::new()));
        found.and_then(|counts| counts.iter().find(|(known, _)| *known == key)).map_or(1, |(_, count)| *count)
    }
}

impl Key<'_> {
    fn hash(&self, hashing: &RandomState, folded: &mut String) -> u64 {
        let mut hasher = hashing.build_hasher();
        folded.clear();
        for text in [self.name, self.text] {
            if text.is_ascii() {
                folded.push_str(text);
            } else {
                folded.push_str(&text.to_lowercase());
            }
            folded.push('\0');
        }
        folded.make_ascii_lowercase();
        hasher.write(folded.as_bytes());
        hasher.write_i64(self.minor);
        hasher
            .write_i64(self.date.map_or(i64::MIN, |date| i64::from(date.year()) * 400 + i64::from(date.day_of_year())));
        hasher.write_u8(self.kind);
        hasher.finish()
    }
}
