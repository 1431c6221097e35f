//! Texts numbered once and compared as numbers from then on.

use std::hash::BuildHasher;

use hashbrown::HashTable;
use rayon::prelude::*;
use rustc_hash::FxBuildHasher;

use crate::lists::Lists;

/// Records that are read by one thread at a time. Numbers are given chunk by chunk, so that they do not depend on threads.
const CHUNK: usize = 2_048;

/// Tables that the texts are spread over, so that as many can be filled at a time. A power of two.
const SHARDS: usize = 16;

/// Different texts, each with a number: the order in which they came.
#[derive(Debug, Clone)]
pub(crate) struct Interner {
    /// Numbers by the hash of their texts; one table, or [`SHARDS`].
    tables: Vec<HashTable<u32>>,
    text: String,
    ends: Vec<u32>,
}

impl Default for Interner {
    fn default() -> Self {
        Self { tables: vec![HashTable::new()], text: String::new(), ends: Vec::new() }
    }
}

impl Interner {
    /// The number of a text that is known.
    pub(crate) fn get(&self, text: &str) -> Option<u32> {
        self.find(FxBuildHasher.hash_one(text), text)
    }

    fn find(&self, hash: u64, text: &str) -> Option<u32> {
        let table = &self.tables[shard(hash) & (self.tables.len() - 1)];
        table.find(hash, |id| self.name(*id) == text).copied()
    }

    /// Gives the text a number.
    pub(crate) fn intern(&mut self, text: &str) -> u32 {
        let hash = FxBuildHasher.hash_one(text);
        if let Some(known) = self.find(hash, text) {
            return known;
        }
        let id = self.push(text);
        let (texts, ends) = (&self.text, &self.ends);
        let place = shard(hash) & (self.tables.len() - 1);
        self.tables[place].insert_unique(hash, id, |id| FxBuildHasher.hash_one(slice(texts, ends, *id)));
        id
    }

    fn push(&mut self, text: &str) -> u32 {
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
        self.ends.len() as u32 - 1
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

/// The table of a hash. The table itself goes by the lowest and the highest bits.
fn shard(hash: u64) -> usize {
    (hash >> 32) as usize & (SHARDS - 1)
}

fn slice<'t>(text: &'t str, ends: &[u32], id: u32) -> &'t str {
    let start = if id == 0 { 0 } else { ends[id as usize - 1] };
    &text[start as usize..ends[id as usize] as usize]
}

/// What one chunk of records said.
struct Part<T, R> {
    names: Interner,
    /// The names' own numbers by shard.
    by_shard: Vec<Vec<u32>>,
    counts: Vec<u32>,
    items: Vec<(u32, T)>,
    rest: Vec<R>,
}

/// The texts of one shard. Its own numbers are the order in which the parts brought them.
struct Shard {
    table: HashTable<u32>,
    /// Where each text came first: the part, and its number there.
    first: Vec<(u32, u32)>,
    /// For each part the numbers of the names it has in this shard, in their order.
    of_part: Vec<Vec<u32>>,
}

impl Shard {
    fn new<T, R>(shard: usize, parts: &[Part<T, R>]) -> Self {
        let mut all = Self { table: HashTable::new(), first: Vec::new(), of_part: Vec::with_capacity(parts.len()) };
        let Self { table, first, of_part } = &mut all;
        for (at, part) in parts.iter().enumerate() {
            let numbers = part.by_shard[shard].iter().map(|local| {
                let text = part.names.name(*local);
                let name = |place: &(u32, u32)| parts[place.0 as usize].names.name(place.1);
                let hash = FxBuildHasher.hash_one(text);
                if let Some(known) = table.find(hash, |id| name(&first[*id as usize]) == text) {
                    return *known;
                }
                let id = first.len() as u32;
                first.push((at as u32, *local));
                table.insert_unique(hash, id, |id| FxBuildHasher.hash_one(name(&first[*id as usize])));
                id
            });
            of_part.push(numbers.collect());
        }
        all
    }
}

/// Reads all records in parallel. `read` hands over the texts of a record, each with what it says of it, and answers
/// whatever else the record holds.
pub(crate) fn intern_all<T: Copy + Send + Sync, R: Send + Sync>(
    count: usize,
    read: impl Fn(usize, &mut dyn FnMut(&str, T)) -> R + Sync,
) -> (Interner, Lists<(u32, T)>, Vec<R>) {
    let mut parts: Vec<Part<T, R>> = (0..count.div_ceil(CHUNK))
        .into_par_iter()
        .map(|chunk| {
            let mut part = Part {
                names: Interner::default(),
                by_shard: vec![Vec::new(); SHARDS],
                counts: Vec::new(),
                items: Vec::new(),
                rest: Vec::new(),
            };
            for record in chunk * CHUNK..count.min((chunk + 1) * CHUNK) {
                let before = part.items.len();
                let (names, items) = (&mut part.names, &mut part.items);
                part.rest.push(read(record, &mut |text, said| items.push((names.intern(text), said))));
                part.counts.push((part.items.len() - before) as u32);
            }
            for (local, name) in part.names.names().enumerate() {
                part.by_shard[shard(FxBuildHasher.hash_one(name))].push(local as u32);
            }
            part
        })
        .collect();
    let shards: Vec<Shard> = (0..SHARDS).into_par_iter().map(|shard| Shard::new(shard, &parts)).collect();
    let names = number(shards, &mut parts);
    let (mut starts, mut items, mut rest) = (Vec::with_capacity(count + 1), Vec::new(), Vec::with_capacity(count));
    items.reserve_exact(parts.iter().map(|part| part.items.len()).sum());
    starts.push(0_u32);
    for part in parts {
        items.extend(part.items);
        for of_record in part.counts {
            starts.push(starts[starts.len() - 1] + of_record);
        }
        rest.extend(part.rest);
    }
    (names, Lists::from_parts(starts, items), rest)
}

/// Numbers all texts in the order in which they came, and tells the parts' items.
fn number<T: Send, R: Send>(shards: Vec<Shard>, parts: &mut [Part<T, R>]) -> Interner {
    // The number of each part's own names, where they came first; later ones are told by their shard.
    let mut numbers: Vec<Vec<u32>> = parts.iter().map(|part| vec![u32::MAX; part.names.len()]).collect();
    for (part, local) in shards.iter().flat_map(|shard| &shard.first) {
        numbers[*part as usize][*local as usize] = 0;
    }
    let mut names = Interner { tables: Vec::with_capacity(SHARDS), ..Interner::default() };
    for (numbers, part) in numbers.iter_mut().zip(parts.iter()) {
        for (local, number) in numbers.iter_mut().enumerate().filter(|(_, number)| **number == 0) {
            *number = names.push(part.names.name(local as u32));
        }
    }
    let told: Vec<(HashTable<u32>, Vec<Vec<u32>>)> = shards
        .into_par_iter()
        .map(|mut shard| {
            let number = |id: &u32| {
                let (part, local) = shard.first[*id as usize];
                numbers[part as usize][local as usize]
            };
            shard.table.iter_mut().for_each(|id| *id = number(id));
            shard.of_part.iter_mut().flatten().for_each(|id| *id = number(id));
            (shard.table, shard.of_part)
        })
        .collect();
    parts.par_iter_mut().zip(&mut numbers).enumerate().for_each(|(at, (part, numbers))| {
        for ((_, of_part), locals) in told.iter().zip(&part.by_shard) {
            locals.iter().zip(&of_part[at]).for_each(|(local, number)| numbers[*local as usize] = *number);
        }
        part.items.iter_mut().for_each(|(name, _)| *name = numbers[*name as usize]);
    });
    names.tables = told.into_iter().map(|(table, _)| table).collect();
    names
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
