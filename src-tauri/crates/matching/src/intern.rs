//! Texts numbered once and compared as numbers from then on.

use std::hash::BuildHasher;

use hashbrown::HashTable;
use rayon::prelude::*;
use rustc_hash::FxBuildHasher;

use crate::lists::Lists;

/// Records that are read by one thread at a time. Numbers are given chunk by chunk, so that they do not depend on threads.
const CHUNK: usize = 2_048;

/// Different texts, each with a number: the order in which they came.
#[derive(Debug, Clone, Default)]
pub(crate) struct Interner {
    table: HashTable<u32>,
    text: String,
    ends: Vec<u32>,
}

impl Interner {
    /// The number of a text that is known.
    pub(crate) fn get(&self, text: &str) -> Option<u32> {
        self.table.find(FxBuildHasher.hash_one(text), |id| self.name(*id) == text).copied()
    }

    /// Gives the text a number.
    pub(crate) fn intern(&mut self, text: &str) -> u32 {
        if let Some(known) = self.get(text) {
            return known;
        }
        let id = self.ends.len() as u32;
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
        let (texts, ends) = (&self.text, &self.ends);
        self.table
            .insert_unique(FxBuildHasher.hash_one(text), id, |id| FxBuildHasher.hash_one(slice(texts, ends, *id)));
        id
    }

    pub(crate) fn name(&self, id: u32) -> &str {
        slice(&self.text, &self.ends, id)
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// All texts in the order of their numbers.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        (0..self.len() as u32).map(|id| self.name(id))
    }
}

fn slice<'t>(text: &'t str, ends: &[u32], id: u32) -> &'t str {
    let start = if id == 0 { 0 } else { ends[id as usize - 1] };
    &text[start as usize..ends[id as usize] as usize]
}

/// What one chunk of records said.
struct Part<T, R> {
    names: Interner,
    counts: Vec<u32>,
    items: Vec<(u32, T)>,
    rest: Vec<R>,
}

/// Reads all records in parallel. `read` hands over the texts of a record, each with what it says of it, and answers
/// whatever else the record holds.
pub(crate) fn intern_all<T: Copy + Send, R: Send>(
    count: usize,
    read: impl Fn(usize, &mut dyn FnMut(&str, T)) -> R + Sync,
) -> (Interner, Lists<(u32, T)>, Vec<R>) {
    let parts: Vec<Part<T, R>> = (0..count.div_ceil(CHUNK))
        .into_par_iter()
        .map(|chunk| {
            let mut part = Part { names: Interner::default(), counts: Vec::new(), items: Vec::new(), rest: Vec::new() };
            for record in chunk * CHUNK..count.min((chunk + 1) * CHUNK) {
                let before = part.items.len();
                let (names, items) = (&mut part.names, &mut part.items);
                part.rest.push(read(record, &mut |text, said| items.push((names.intern(text), said))));
                part.counts.push((part.items.len() - before) as u32);
            }
            part
        })
        .collect();
    let mut names = Interner::default();
    let (mut starts, mut items, mut rest) = (Vec::with_capacity(count + 1), Vec::new(), Vec::with_capacity(count));
    starts.push(0_u32);
    for part in parts {
        let numbers: Vec<u32> = part.names.names().map(|name| names.intern(name)).collect();
        items.extend(part.items.into_iter().map(|(local, said)| (numbers[local as usize], said)));
        for of_record in part.counts {
            starts.push(starts[starts.len() - 1] + of_record);
        }
        rest.extend(part.rest);
    }
    (names, Lists::from_parts(starts, items), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_number_however_many_follow() {
        let mut names = Interner::default();
        let first: Vec<u32> = (0..5_000).map(|n| names.intern(&format!("N{n}"))).collect();
        let again: Vec<u32> = (0..5_000).map(|n| names.intern(&format!("N{n}"))).collect();
        assert_eq!(first, again);
        assert_eq!((names.name(4_321), names.get("N77"), names.get("")), ("N4321", Some(77), None));
    }

    #[test]
    fn numbers_follow_the_records_order_and_not_the_threads() {
        let read = |record: usize, word: &mut dyn FnMut(&str, usize)| {
            word(&format!("W{}", record % 7), record);
            word("SAME", record);
            record
        };
        let (names, lists, rest) = intern_all(10_000, read);
        assert_eq!((names.len(), names.name(0), names.name(1)), (8, "W0", "SAME"));
        assert_eq!(lists.of(9_999), [(names.get("W3").unwrap(), 9_999), (1, 9_999)]);
        assert_eq!(rest, (0..10_000).collect::<Vec<_>>());
    }
}
