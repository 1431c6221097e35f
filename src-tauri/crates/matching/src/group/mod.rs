//! Several records of a side in one match: named in the text, sharing a reference or a batch, or adding up.

mod abbreviated;
mod batch;
mod named;
mod open;
mod subset;

use std::collections::HashMap;

pub(crate) use abbreviated::{lists_others, names_more};
pub(crate) use batch::batches;
pub(crate) use named::{instalments, partly_named, quoted_together};
pub(crate) use open::{completed, gcd, party_of, summed};

use crate::{
    block::{Edges, Problem},
    settle::Form,
};

/// Most records of a side in a group whose parts are named; groups that are searched for obey the configuration.
pub(crate) const NAMED_MAX: usize = 1_000;

/// Records that belong together.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) lines: Vec<u32>,
    pub(crate) entries: Vec<u32>,
    pub(crate) form: Form,
    /// What the search cost: the weight of having looked at many sums, never positive.
    pub(crate) search_weight: i32,
    /// Most that may be believed, in millionths.
    pub(crate) ceiling: u32,
    /// Other sets of entries that fit as well, with how far they lie behind.
    pub(crate) rivals: Vec<(Vec<u32>, i32)>,
}

/// Which records are still free.
#[derive(Debug, Clone)]
pub(crate) struct Free {
    pub(crate) lines: Vec<bool>,
    pub(crate) entries: Vec<bool>,
}

impl Free {
    pub(crate) fn line(&self, line: u32) -> bool {
        self.lines[line as usize]
    }

    pub(crate) fn entry(&self, entry: u32) -> bool {
        self.entries[entry as usize]
    }

    /// Takes all these records, or none where one is taken already.
    pub(crate) fn take(&mut self, lines: &[u32], entries: &[u32]) -> bool {
        let free = lines.iter().all(|line| self.line(*line)) && entries.iter().all(|entry| self.entry(*entry));
        if free {
            lines.iter().for_each(|line| self.lines[*line as usize] = false);
            entries.iter().for_each(|entry| self.entries[*entry as usize] = false);
        }
        free
    }

    /// Takes the groups one after the other, leaving out those that come too late or that a person rejected.
    pub(crate) fn take_groups(&mut self, problem: &Problem<'_>, groups: Vec<Group>) -> Vec<Group> {
        let mut taken = Vec::new();
        for group in groups {
            if !problem.is_rejected(&group.lines, &group.entries) && self.take(&group.lines, &group.entries) {
                taken.push(group);
            }
        }
        taken
    }
}

/// Searches made and searches cut short.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Searches {
    pub(crate) made: u64,
    pub(crate) bounded: u64,
    /// Steps after which a search stops.
    steps_max: u32,
}

impl Searches {
    /// Before so many searches, which share the time there is.
    fn among(searches: usize) -> Self {
        Self { made: 0, bounded: 0, steps_max: subset::steps_each(searches) }
    }

    fn count(&mut self, bounded: bool) {
        self.made += 1;
        self.bounded += u64::from(bounded);
    }

    fn add(&mut self, other: Self) {
        self.made += other.made;
        self.bounded += other.bounded;
    }
}

/// Whether the line quotes an entry whose amount it has: it needs no group.
fn has_own_entry(edges: &Edges, line: u32, free: &Free) -> bool {
    edges.of_line.of(line as usize).iter().any(|edge| edge.quoted && edge.agrees && free.entry(edge.entry))
}

/// The party most of the records belong to, the first of equals; nothing for no records.
fn main_party(parties: impl Iterator<Item = u32>) -> Option<u32> {
    let mut counts: HashMap<u32, usize> = HashMap::new();
    parties.for_each(|party| *counts.entry(party).or_default() += 1);
    counts.into_iter().max_by_key(|(party, count)| (*count, std::cmp::Reverse(*party))).map(|(party, _)| party)
}
