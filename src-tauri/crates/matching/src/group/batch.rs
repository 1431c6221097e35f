//! Records that share a reference: a batch on both sides, or a payout and what it consists of.

use std::collections::{BTreeMap, HashMap};

use super::{Free, Group, NAMED_MAX, has_own_entry};
use crate::{
    block::{Edges, Problem},
    compare::AmountRelation,
    keys::{Found, KeySource},
    prepare::NO_DAY,
    settle::{Form, relate_totals, total},
    text::{fold, words},
};

/// Most a processor keeps of a payout, in percent.
const KEPT_PERCENT_MAX: u64 = 8;
/// Days that a payout may take.
const PAYOUT_DAYS_MAX: i32 = 10;
/// Shortest number of a batch of which a part may have been kept: shorter ones are the numbers of cheques and orders too.
const BATCH_KEY_MIN: usize = 7;
/// Days that a payout and the entries of its own number lie apart, at most.
const BATCH_DAYS_MAX: i32 = 31;
/// Entries of one key that are looked at.
const ENTRIES_MAX: usize = 200_000;

/// A day's entries of one kind under one key.
struct Batch {
    day: i32,
    total: i64,
    entries: Vec<u32>,
}

/// Groups of records that share a key: all lines against all entries of it, or one line against a batch of its entries.
pub(crate) fn batches(problem: &Problem<'_>, edges: &Edges, free: &Free) -> Vec<Group> {
    let prepared = &problem.prepared;
    let mut lines_of: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for line in (0..problem.line_count() as u32).filter(|line| free.line(*line) && !has_own_entry(edges, *line, free)) {
        for hit in prepared.lines.hits.of(line as usize).iter().filter(|hit| hit.found == Found::Exact) {
            if (2..=ENTRIES_MAX).contains(&prepared.keys.entries.of(hit.key as usize).len()) {
                lines_of.entry(hit.key).or_default().push(line);
            }
        }
    }
    let mut groups = Vec::new();
    for (key, lines) in &lines_of {
        let entries: Vec<u32> =
            prepared.keys.entries.of(*key as usize).iter().copied().filter(|entry| free.entry(*entry)).collect();
        if entries.len() < 2 || has_source(problem, *key, entries[0], KeySource::Code) {
            continue;
        }
        match whole(problem, *key, lines, &entries) {
            Some(group) => groups.push(group),
            None if is_memo(problem, *key, entries[0]) => payouts(problem, lines, &entries, &mut groups),
            None => {}
        }
    }
    // Fewer parts first: a payout's own number before the merchant's.
    groups.sort_by_key(|group| (std::cmp::Reverse(group.ceiling), group.entries.len(), group.lines[0]));
    groups
}

fn is_memo(problem: &Problem<'_>, key: u32, entry: u32) -> bool {
    has_source(problem, key, entry, KeySource::Memo)
}

/// Whether the key stands at this place of the entry, or at one that says less.
fn has_source(problem: &Problem<'_>, key: u32, entry: u32, source: KeySource) -> bool {
    let keys = problem.prepared.entries.keys.of(entry as usize);
    keys.iter().any(|other| other.key == key && other.source >= source)
}

fn whole(problem: &Problem<'_>, key: u32, lines: &[u32], entries: &[u32]) -> Option<Group> {
    let entries = agreeing(problem, lines[0], entries);
    if entries.len() < 2 || entries.len() > NAMED_MAX || lines.len() > problem.max_group {
        return None;
    }
    let (paid, owed, relation) = relate_totals(problem, lines, &entries)?;
    let memo = is_memo(problem, key, entries[0]);
    let (form, ceiling) = match relation {
        AmountRelation::Exact | AmountRelation::Tolerated => (Form::Plain, 990_000),
        _ if memo
            && lines.len() == 1
            && problem.prepared.keys.name(key).len() >= BATCH_KEY_MIN
            && is_kept(paid, owed)
            && is_timely(problem, lines[0], &entries) =>
        {
            (Form::Settlement, 985_000)
        }
        _ => return None,
    };
    let form = if memo && lines.len() == 1 { Form::Settlement } else { form };
    Some(Group { lines: lines.to_vec(), entries, form, search_weight: 0, ceiling, rivals: Vec::new() })
}

/// Whether all entries lie in the days before the payout.
fn is_timely(problem: &Problem<'_>, line: u32, entries: &[u32]) -> bool {
    let columns = (&problem.prepared.lines.columns.day, &problem.prepared.entries.columns.day);
    let day = columns.0[line as usize];
    entries.iter().all(|entry| day.saturating_sub(columns.1[*entry as usize]).abs() <= BATCH_DAYS_MAX)
}

fn agreeing(problem: &Problem<'_>, line: u32, entries: &[u32]) -> Vec<u32> {
    let agrees = |entry: &&u32| problem.prepared.currencies_agree(line as usize, **entry as usize);
    let mut entries: Vec<u32> = entries.iter().filter(agrees).copied().collect();
    entries.sort_unstable();
    entries
}

/// Whether so much of what was owed arrived that a processor may have kept the rest.
fn is_kept(paid: i64, owed: i64) -> bool {
    let (paid, owed) = (u128::from(paid.unsigned_abs()), u128::from(owed.unsigned_abs()));
    paid <= owed && (owed - paid) * 100 <= owed * u128::from(KEPT_PERCENT_MAX)
}

/// Each line against the day's batch that it pays out, where just one fits.
fn payouts(problem: &Problem<'_>, lines: &[u32], entries: &[u32], groups: &mut Vec<Group>) {
    let mut kinds: HashMap<(i32, String), Vec<u32>> = HashMap::new();
    for entry in entries {
        let memo = fold(&problem.prepared.entry_records[*entry as usize].memo);
        let first = words(&memo).next().map(|range| memo[range].to_owned()).unwrap_or_default();
        kinds.entry((problem.prepared.entries.columns.day[*entry as usize], first)).or_default().push(*entry);
    }
    let mut all: Vec<Batch> = kinds
        .into_iter()
        .filter(|((day, _), entries)| *day != NO_DAY && (2..=NAMED_MAX).contains(&entries.len()))
        .filter_map(|((day, _), mut entries)| {
            entries.sort_unstable();
            Some(Batch { day, total: total(entries.iter().map(|entry| problem.owed(*entry)))?, entries })
        })
        .collect();
    all.sort_by(|a, b| a.day.cmp(&b.day).then_with(|| a.entries.cmp(&b.entries)));
    for line in lines {
        let (day, paid) = (problem.prepared.lines.columns.day[*line as usize], problem.paid(*line));
        let mut fitting: Vec<&Batch> = all
            .iter()
            .filter(|batch| {
                (batch.total > 0) == (paid > 0)
                    && (0..=PAYOUT_DAYS_MAX).contains(&day.saturating_sub(batch.day))
                    && is_kept(paid, batch.total)
                    && agreeing(problem, *line, &batch.entries).len() == batch.entries.len()
            })
            .collect();
        fitting.sort_by_key(|batch| std::cmp::Reverse(batch.day));
        let Some((best, others)) = fitting.split_first() else { continue };
        let rivals: Vec<_> = others.iter().take(4).map(|batch| (batch.entries.clone(), 0)).collect();
        groups.push(Group {
            lines: vec![*line],
            entries: best.entries.clone(),
            form: Form::Settlement,
            search_weight: -2_000,
            ceiling: 985_000,
            rivals,
        });
    }
}
