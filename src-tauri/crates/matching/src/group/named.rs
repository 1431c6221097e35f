//! Groups whose parts are quoted: one payment that lists several documents, several payments that quote one.

use std::collections::HashMap;

use rayon::prelude::*;

use super::{
    Free, Group, NAMED_MAX,
    abbreviated::abbreviated,
    has_own_entry, main_party,
    subset::{STEPS_MAX, subsets},
};
use crate::{
    block::{Edges, Problem},
    compare::{AmountRelation, key_bits},
    keys::Found,
    settle::{Form, relate_totals, total},
};

/// Entries that one key may stand for and still be a document number.
const SAME_NUMBER_MAX: usize = 8;
/// Least that quoting a document must say before an amount that does not fit is explained by it.
const SURE_BITS: i32 = 7_000;
/// What naming a document by its last digits says, beside one named in full; thousandths of a bit.
const ABBREVIATED_BITS: i32 = 7_000;
/// Most that may be believed of documents that do not explain what was paid: some of what the text means is missing.
const UNEXPLAINED_CEILING: u32 = 200_000;
/// Most that may be believed of documents of which some are named by an ending that others have too.
const COMPLETED_CEILING: u32 = 940_000;
/// Choices among documents of the same endings that are tried.
const WAYS_MAX: usize = 4_096;
/// Quoted entries of which a part is looked for that adds up.
const CHOICE_MAX: usize = 20;

/// An entry that a line quotes, and what that says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quoted {
    pub(super) entry: u32,
    pub(super) bits: i32,
}

/// The free entries whose document numbers or references stand in the line; those of one party.
pub(super) fn quoted_entries(problem: &Problem<'_>, free: &Free, line: u32) -> Vec<Quoted> {
    let prepared = &problem.prepared;
    let mut quoted: Vec<Quoted> = Vec::new();
    for hit in prepared.lines.hits.of(line as usize).iter().filter(|hit| hit.found == Found::Exact) {
        let entries = prepared.keys.entries.of(hit.key as usize);
        for entry in entries.iter().take(if entries.len() <= SAME_NUMBER_MAX { SAME_NUMBER_MAX } else { 0 }) {
            let Some(key) = prepared.entries.keys.of(*entry as usize).iter().find(|key| key.key == hit.key) else {
                continue;
            };
            let usable = free.entry(*entry)
                && key.source.is_reference()
                && prepared.currencies_agree(line as usize, *entry as usize)
                && !problem.is_pair_rejected(line, *entry);
            if usable {
                quoted.push(Quoted { entry: *entry, bits: key_bits(prepared, *key, hit.found) });
            }
        }
    }
    quoted.sort_by_key(|quoted| (quoted.entry, std::cmp::Reverse(quoted.bits)));
    quoted.dedup_by_key(|quoted| quoted.entry);
    let party = |entry: u32| prepared.entries.facts[entry as usize].party;
    if let Some(main) = main_party(quoted.iter().map(|quoted| party(quoted.entry))) {
        quoted.retain(|quoted| party(quoted.entry) == main);
    }
    add_abbreviated(problem, free, line, &mut quoted);
    quoted
}

/// Adds the documents named by their last digits, where those named in full are less than the payment.
fn add_abbreviated(problem: &Problem<'_>, free: &Free, line: u32, quoted: &mut Vec<Quoted>) {
    let all: i128 = quoted.iter().map(|quoted| i128::from(problem.owed(quoted.entry))).sum();
    if quoted.is_empty() || all.unsigned_abs() >= u128::from(problem.paid(line).unsigned_abs()) {
        return;
    }
    let usable = |entry: u32| {
        free.entry(entry)
            && problem.prepared.currencies_agree(line as usize, entry as usize)
            && !problem.is_pair_rejected(line, entry)
    };
    for named in quoted.clone() {
        for entry in abbreviated(problem, line, named.entry, usable).sure {
            if quoted.iter().all(|quoted| quoted.entry != entry) {
                quoted.push(Quoted { entry, bits: ABBREVIATED_BITS });
            }
        }
    }
    quoted.sort_by_key(|quoted| quoted.entry);
}

/// Lines that quote several documents which add up to their amount.
pub(crate) fn quoted_together(problem: &Problem<'_>, edges: &Edges, free: &Free) -> Vec<Group> {
    per_line(problem, free, |line| {
        let quoted = several_quoted(problem, edges, free, line)?;
        let entries: Vec<u32> = quoted.iter().map(|quoted| quoted.entry).collect();
        if let Some((_, _, AmountRelation::Exact | AmountRelation::Tolerated)) =
            relate_totals(problem, &[line], &entries)
        {
            return Some(group(vec![line], entries, 999_900));
        }
        if takes_discounts(problem, line, &entries) {
            return Some(Group { form: Form::Discounted, ..group(vec![line], entries, 995_000) });
        }
        if entries.len() > CHOICE_MAX {
            return None;
        }
        let amounts: Vec<i64> = entries.iter().map(|entry| problem.owed(*entry)).collect();
        match subsets(&amounts, &[], problem.paid(line), NAMED_MAX, STEPS_MAX).sets.as_slice() {
            [only] => Some(group(vec![line], only.iter().map(|at| entries[*at]).collect(), 970_000)),
            _ => None,
        }
    })
}

/// Whether the line pays just what is left of these once each discount that is still granted is taken.
fn takes_discounts(problem: &Problem<'_>, line: u32, entries: &[u32]) -> bool {
    let day = problem.prepared.lines.columns.day[line as usize];
    let left = total(entries.iter().map(|entry| problem.owed_at(*entry, day)));
    // Each discount is rounded by itself.
    left.is_some_and(|left| left.abs_diff(problem.paid(line)) <= entries.len() as u64 / 2)
        && entries.iter().all(|entry| problem.prepared.currencies_agree(line as usize, *entry as usize))
}

/// Lines that quote several documents which do not add up to their amount: a fee, a discount, too little or too much.
pub(crate) fn partly_named(problem: &Problem<'_>, edges: &Edges, free: &Free) -> Vec<Group> {
    per_line(problem, free, |line| {
        let quoted = several_quoted(problem, edges, free, line)?;
        let sure = quoted.iter().all(|quoted| quoted.bits >= SURE_BITS);
        let fits =
            edges.of_line.of(line as usize).iter().any(|edge| edge.agrees && edge.score > 0 && free.entry(edge.entry));
        if !sure || fits {
            return None;
        }
        let mut entries: Vec<u32> = quoted.iter().map(|quoted| quoted.entry).collect();
        by_age(problem, &mut entries);
        let (_, _, relation) = relate_totals(problem, &[line], &entries)?;
        if matches!(relation, AmountRelation::Above | AmountRelation::Over)
            && let Some(all) = completed(problem, free, line, &entries)
        {
            return Some(group(vec![line], all, COMPLETED_CEILING));
        }
        let ceiling = match relation {
            AmountRelation::Above | AmountRelation::Part | AmountRelation::Over => UNEXPLAINED_CEILING,
            // To the minor unit a usual discount on all that is named.
            AmountRelation::Discount(_) => 985_000,
            _ => 970_000,
        };
        Some(group(vec![line], entries, ceiling))
    })
}

/// The named documents with one for each ending that several documents have, where just one choice leaves no more than a
/// fee, a discount or a rounding between them and the payment.
fn completed(problem: &Problem<'_>, free: &Free, line: u32, named: &[u32]) -> Option<Vec<u32>> {
    let usable = |entry: u32| {
        free.entry(entry)
            && problem.prepared.currencies_agree(line as usize, entry as usize)
            && !problem.is_pair_rejected(line, entry)
    };
    let mut choices: Vec<Vec<u32>> =
        named.iter().flat_map(|entry| abbreviated(problem, line, *entry, usable).choices).collect();
    // One that is named already is what its ending means.
    choices.retain(|choice| !choice.iter().any(|entry| named.contains(entry)));
    choices.sort_unstable();
    choices.dedup();
    let ways = choices.iter().try_fold(1_usize, |ways, choice| ways.checked_mul(choice.len()))?;
    if choices.is_empty() || ways > WAYS_MAX || named.len() + choices.len() > NAMED_MAX {
        return None;
    }
    let mut fitting = None;
    for way in 0..ways {
        let mut all = named.to_vec();
        let mut left = way;
        for choice in &choices {
            all.push(choice[left % choice.len()]);
            left /= choice.len();
        }
        by_age(problem, &mut all);
        all.dedup();
        if all.len() < named.len() + choices.len() {
            continue;
        }
        let (_, _, relation) = relate_totals(problem, &[line], &all)?;
        if matches!(relation, AmountRelation::Above | AmountRelation::Part | AmountRelation::Over) {
            continue;
        }
        if fitting.replace(all).is_some() {
            return None;
        }
    }
    fitting
}

/// Oldest first; ties in the records' own order.
pub(super) fn by_age(problem: &Problem<'_>, entries: &mut [u32]) {
    let facts = &problem.prepared.entries.facts;
    entries.sort_by_key(|entry| (facts[*entry as usize].due.max(facts[*entry as usize].day), *entry));
}

fn several_quoted(problem: &Problem<'_>, edges: &Edges, free: &Free, line: u32) -> Option<Vec<Quoted>> {
    if problem.prepared.lines.hits.of(line as usize).is_empty() || has_own_entry(edges, line, free) {
        return None;
    }
    let quoted = quoted_entries(problem, free, line);
    (2..=NAMED_MAX).contains(&quoted.len()).then_some(quoted)
}

fn per_line(problem: &Problem<'_>, free: &Free, find: impl Fn(u32) -> Option<Group> + Sync + Send) -> Vec<Group> {
    (0..problem.line_count() as u32).into_par_iter().filter(|line| free.line(*line)).filter_map(find).collect()
}

fn group(lines: Vec<u32>, entries: Vec<u32>, ceiling: u32) -> Group {
    Group { lines, entries, form: Form::Plain, search_weight: 0, ceiling, rivals: Vec::new() }
}

/// Entries that several lines quote, none of which has the entry's amount: paid in instalments that add up, or, with
/// `open`, that leave something open.
pub(crate) fn instalments(problem: &Problem<'_>, edges: &Edges, free: &Free, open: bool) -> Vec<Group> {
    let mut lines_of: HashMap<u32, Vec<u32>> = HashMap::new();
    for line in (0..problem.line_count() as u32).filter(|line| free.line(*line)) {
        let quoted = edges.of_line.of(line as usize).iter().filter(|edge| edge.quoted && free.entry(edge.entry));
        let mut all = quoted.clone();
        if let (Some(only), None) = (all.next(), all.next())
            && !only.agrees
        {
            lines_of.entry(only.entry).or_default().push(line);
        }
    }
    let mut entries: Vec<u32> = lines_of.iter().filter(|(_, lines)| lines.len() > 1).map(|(entry, _)| *entry).collect();
    entries.sort_unstable();
    entries.into_iter().filter_map(|entry| paid_in_parts(problem, entry, &lines_of[&entry], open)).collect()
}

fn paid_in_parts(problem: &Problem<'_>, entry: u32, lines: &[u32], open: bool) -> Option<Group> {
    let (paid, owed, relation) = relate_totals(problem, lines, &[entry])?;
    if lines.len() <= problem.max_group && matches!(relation, AmountRelation::Exact | AmountRelation::Tolerated) {
        return Some(group(lines.to_vec(), vec![entry], 990_000));
    }
    if open {
        let part = paid.unsigned_abs() < owed.unsigned_abs() && lines.len() <= problem.max_group;
        return part.then(|| group(lines.to_vec(), vec![entry], 750_000));
    }
    if lines.len() > CHOICE_MAX {
        return None;
    }
    let amounts: Vec<i64> = lines.iter().map(|line| problem.paid(*line)).collect();
    match subsets(&amounts, &[], owed, problem.max_group, STEPS_MAX).sets.as_slice() {
        [only] => Some(group(only.iter().map(|at| lines[*at]).collect(), vec![entry], 940_000)),
        _ => None,
    }
}
