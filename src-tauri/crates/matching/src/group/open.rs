//! Groups that no text names whole: open entries of one party, or its payments, that add up.
//!
//! That some sum fits proves little where many sums were tried: the evidence is how unlikely it is that chance finds the
//! amount, less the number of sets of that kind (in bits).

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use super::{
    Free, Group, Searches,
    named::{by_age, quoted_entries},
    subset::subsets,
};
use crate::{
    block::{Edges, Problem},
    parties::NOBODY,
    prepare::NO_DAY,
    score::RIVAL_GAP,
    settle::{Form, relate_totals},
};

/// Open entries of a party that are looked at, oldest first.
const POOL_MAX: usize = 26;
/// Days between an invoice and its payment, at most.
const AGE_DAYS_MAX: i32 = 150;
/// Days that a payment may come before the document.
const EARLY_DAYS_MAX: i32 = 3;
/// Days between the payments of a group.
const APART_DAYS_MAX: i32 = 7;
/// Days between instalments.
const INSTALMENT_DAYS_MAX: i32 = 120;
/// Least a name must say before sums are tried.
const NAME_BITS_MIN: i32 = 5_000;
/// Least that the sum must say, in thousandths of a bit, after what the search cost.
const EVIDENCE_MIN: i32 = 3_000;
/// The same where the text names a part of the group.
const QUOTED_EVIDENCE_MIN: i32 = 0;
/// Least that quoting a document must say to belong to the group, in thousandths of a bit.
const QUOTED_BITS_MIN: i32 = 6_000;
/// Most that may be believed of a group that no text names.
const OPEN_CEILING: u32 = 945_000;

/// Most that may be believed of a group of which the text names a part, and that only one set completes: of several
/// payments, and of one.
const QUOTED_CEILING: u32 = 985_000;
const PARTLY_QUOTED_CEILING: u32 = 965_000;
/// Entries that no text names, with which what several payments quote may be completed and still be believed as much.
const UNQUOTED_MAX: usize = 3;

/// The party a line is from, beyond doubt enough to try sums.
pub(crate) fn party_of(problem: &Problem<'_>, line: u32) -> Option<u32> {
    let prepared = &problem.prepared;
    let coded =
        prepared.lines.hits.of(line as usize).iter().find_map(|hit| match prepared.keys.parties.of(hit.key as usize) {
            [only] => Some(*only),
            _ => None,
        });
    let names = prepared.names_of(line as usize);
    let named = names.first().filter(|best| {
        best.worth >= NAME_BITS_MIN && names.get(1).is_none_or(|second| second.worth + 2_000 < best.worth)
    });
    let known = prepared.lines.payers.of(line as usize).first().filter(|payer| payer.bits >= NAME_BITS_MIN);
    coded.or(named.map(|hit| hit.party)).or(known.map(|payer| payer.party))
}

/// Free lines with the sums of open entries of their party, the surest first.
pub(crate) fn summed(problem: &Problem<'_>, edges: &Edges, free: &Free) -> (Vec<Group>, Searches) {
    let wanted: Vec<(u32, u32)> = (0..problem.line_count() as u32)
        .into_par_iter()
        .filter(|line| free.line(*line) && !single_fits(problem, edges, free, *line))
        .filter_map(|line| Some((line, likely_party(problem, free, line)?)))
        .collect();
    let mut searches = Searches::among(wanted.len());
    let found: Vec<(Option<(i32, Group)>, Searches)> = wanted
        .par_iter()
        .map(|(line, party)| {
            let mut own = Searches::among(wanted.len());
            (sum_for(problem, free, &[*line], *party, &mut own), own)
        })
        .collect();
    let (mut groups, made) = several(problem, free);
    searches.add(made);
    for (group, made) in found {
        searches.add(made);
        groups.extend(group);
    }
    groups.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.lines.cmp(&b.1.lines)));
    (groups.into_iter().map(|(_, group)| group).collect(), searches)
}

/// The party whose open entries a line may pay: that of a document it quotes, which says better than a name whose it is;
/// else the one it names.
fn likely_party(problem: &Problem<'_>, free: &Free, line: u32) -> Option<u32> {
    let quoted = quoted_entries(problem, free, line);
    let sure = quoted.iter().find(|quoted| quoted.bits >= QUOTED_BITS_MIN);
    let of = |quoted: &super::named::Quoted| party(problem, quoted.entry);
    let party = match sure {
        Some(quoted) => Some(of(quoted)),
        None => party_of(problem, line).or_else(|| quoted.first().map(of)),
    };
    party.filter(|party| *party != NOBODY)
}

fn party(problem: &Problem<'_>, entry: u32) -> u32 {
    problem.prepared.entries.facts[entry as usize].party
}

/// Whether a single entry of the line's amount is still to be had.
fn single_fits(problem: &Problem<'_>, edges: &Edges, free: &Free, line: u32) -> bool {
    let least = problem.model.accepted_min();
    edges.of_line.of(line as usize).iter().any(|edge| edge.agrees && edge.score > least && free.entry(edge.entry))
}

/// The set of the party's open entries that adds up to the lines, with what that says.
fn sum_for(
    problem: &Problem<'_>,
    free: &Free,
    lines: &[u32],
    party: u32,
    searches: &mut Searches,
) -> Option<(i32, Group)> {
    let prepared = &problem.prepared;
    let quoted: Vec<u32> = lines
        .iter()
        .flat_map(|line| quoted_entries(problem, free, *line))
        .filter(|quoted| quoted.bits >= QUOTED_BITS_MIN)
        .map(|quoted| quoted.entry)
        .collect();
    let last =
        lines.iter().map(|line| prepared.lines.columns.day[*line as usize]).max().filter(|day| *day != NO_DAY)?;
    let mut pool: Vec<u32> = prepared
        .of_party
        .of(party as usize)
        .iter()
        .map(|placed| placed.entry)
        .filter(|entry| {
            let facts = &prepared.entries.facts[*entry as usize];
            let (day, due) = (facts.day, facts.due.max(facts.day));
            let in_time = day <= last + EARLY_DAYS_MAX && last.saturating_sub(due) <= AGE_DAYS_MAX;
            free.entry(*entry)
                && problem.owed(*entry) != 0
                && (in_time || quoted.contains(entry))
                && lines.iter().all(|line| {
                    prepared.currencies_agree(*line as usize, *entry as usize)
                        && !prepared.jobs.are_apart(*line, *entry)
                })
                && !problem.is_rejected(lines, &[*entry])
        })
        .collect();
    by_age(problem, &mut pool);
    if pool.len() > POOL_MAX {
        let wanted: Vec<u32> = quoted.clone();
        let mut kept = 0;
        pool.retain(|entry| {
            kept += 1;
            kept <= POOL_MAX || wanted.contains(entry)
        });
    }
    if pool.len() < 2 {
        return None;
    }
    let target = crate::settle::total(lines.iter().map(|line| problem.paid(*line)))?;
    let mut amounts: Vec<i64> = pool.iter().map(|entry| problem.owed(*entry)).collect();
    let required: Vec<usize> = (0..pool.len()).filter(|at| quoted.contains(&pool[*at])).collect();
    let mut found = subsets(&amounts, &required, target, problem.max_group, searches.steps_max);
    searches.count(found.bounded);
    let mut form = Form::Plain;
    if found.sets.is_empty() {
        // Perhaps the discounts that are still granted were taken.
        let left: Vec<i64> = pool.iter().map(|entry| problem.owed_at(*entry, last)).collect();
        if left != amounts {
            (amounts, form) = (left, Form::Discounted);
            found = subsets(&amounts, &required, target, problem.max_group, searches.steps_max);
            searches.count(found.bounded);
        }
    }
    let (evidence, mut group) = choose(&pool, &amounts, &required, target, &found.sets, lines)?;
    group.form = form;
    if !required.is_empty() && group.rivals.is_empty() && !found.bounded {
        let unquoted = group.entries.len() - required.len();
        group.ceiling = match lines.len() {
            1 => PARTLY_QUOTED_CEILING,
            _ if unquoted <= UNQUOTED_MAX => QUOTED_CEILING,
            _ => OPEN_CEILING,
        };
    }
    Some((evidence, group))
}

/// The simplest of the sets, if it says enough; the others are rivals.
fn choose(
    pool: &[u32],
    amounts: &[i64],
    required: &[usize],
    target: i64,
    sets: &[Vec<usize>],
    lines: &[u32],
) -> Option<(i32, Group)> {
    let grain = amounts.iter().fold(target.unsigned_abs(), |grain, amount| gcd(grain, amount.unsigned_abs())).max(1);
    let chance = (1_000.0 * (target.unsigned_abs() as f64 / grain as f64).max(2.0).log2()).max(4_000.0) as i32;
    let mut ranked: Vec<(i32, &Vec<usize>)> =
        sets.iter().map(|set| (chance - cost(pool.len(), required.len(), set), set)).collect();
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let (evidence, best) = ranked.first().copied()?;
    // Of a payment that quotes a part the rest is looked for with good reason.
    if evidence < if required.is_empty() { EVIDENCE_MIN } else { QUOTED_EVIDENCE_MIN } {
        return None;
    }
    let entries = |set: &[usize]| set.iter().map(|at| pool[*at]).collect::<Vec<u32>>();
    let rivals = ranked[1..]
        .iter()
        .filter(|(other, _)| evidence - other <= RIVAL_GAP)
        .take(5)
        .map(|(other, set)| (entries(set), evidence - other))
        .collect();
    let group = Group {
        lines: lines.to_vec(),
        entries: entries(best),
        form: Form::Plain,
        search_weight: -cost(pool.len(), required.len(), best),
        ceiling: OPEN_CEILING,
        rivals,
    };
    Some((evidence, group))
}

/// How many sets as simple as this one were tried, in thousandths of a bit: all that is open, a run of neighbours, or any
/// set of its size.
fn cost(pool: usize, required: usize, set: &[usize]) -> i32 {
    let run = set.windows(2).all(|pair| pair[1] == pair[0] + 1);
    let (pool_free, chosen) = ((pool - required) as f64, (set.len() - required) as f64);
    let ways: f64 =
        (0..chosen as u32).map(|step| ((pool_free - f64::from(step)) / (f64::from(step) + 1.0)).log2()).sum();
    let any = ways.max(0.0) + 1.0;
    let simplest = if set.len() == pool {
        0.0
    } else if run {
        (pool as f64).log2() + 1.0
    } else {
        any
    };
    (1_000.0 * simplest.min(any)).round() as i32
}

pub(crate) fn gcd(left: u64, right: u64) -> u64 {
    if right == 0 { left } else { gcd(right, left % right) }
}

/// Two or three payments of one party within days of each other that together pay some of its entries.
fn several(problem: &Problem<'_>, free: &Free) -> (Vec<(i32, Group)>, Searches) {
    let mut of_party: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for line in (0..problem.line_count() as u32).filter(|line| free.line(*line)) {
        if let Some(party) = party_of(problem, line) {
            of_party.entry(party).or_default().push(line);
        }
    }
    let days = &problem.prepared.lines.columns.day;
    let close = |lines: &[u32]| {
        let (first, last) = (days[lines[0] as usize], days[lines[lines.len() - 1] as usize]);
        first != NO_DAY && last.saturating_sub(first) <= APART_DAYS_MAX
    };
    let all: Vec<(u32, Vec<u32>)> = of_party.into_iter().filter(|(_, lines)| (2..=40).contains(&lines.len())).collect();
    let runs: Vec<(u32, &[u32])> = all
        .iter()
        .flat_map(|(party, lines)| {
            let sizes = 2..=lines.len().min(3).min(problem.max_group);
            sizes.flat_map(|size| lines.windows(size)).map(|run| (*party, run))
        })
        .filter(|(_, run)| close(run))
        .filter(|(_, run)| run.iter().all(|line| (problem.paid(*line) > 0) == (problem.paid(run[0]) > 0)))
        .collect();
    let found: Vec<(Option<(i32, Group)>, Searches)> = runs
        .par_iter()
        .map(|(party, run)| {
            let mut own = Searches::among(runs.len());
            (sum_for(problem, free, run, *party, &mut own), own)
        })
        .collect();
    let mut searches = Searches::among(runs.len());
    let mut groups = Vec::new();
    for (group, made) in found {
        searches.add(made);
        // More payments are more ways to be wrong.
        let less = group.map(|(evidence, group)| (evidence - 3_000, group));
        groups.extend(less.filter(|(evidence, _)| *evidence >= EVIDENCE_MIN));
    }
    (groups, searches)
}

/// Entries of which some lines pay a part, by quoting them or by name, completed by further payments of the party.
pub(crate) fn completed(problem: &Problem<'_>, edges: &Edges, free: &Free) -> (Vec<Group>, Searches) {
    let prepared = &problem.prepared;
    let mut lines_of: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    let mut quoting: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    let mut quotes_of: HashMap<u32, Vec<u32>> = HashMap::new();
    for line in
        (0..problem.line_count() as u32).filter(|line| free.line(*line) && !single_fits(problem, edges, free, *line))
    {
        for edge in edges.of_line.of(line as usize).iter().filter(|edge| edge.quoted && free.entry(edge.entry)) {
            quoting.entry(edge.entry).or_default().push(line);
            quotes_of.entry(line).or_default().push(edge.entry);
        }
        if let Some(party) = party_of(problem, line) {
            lines_of.entry(party).or_default().push(line);
        }
    }
    let several = lines_of.iter().filter(|(_, lines)| lines.len() > 1);
    let wanted: Vec<(u32, &[u32])> = several
        .flat_map(|(party, lines)| {
            let entries = prepared.of_party.of(*party as usize).iter().filter(|placed| free.entry(placed.entry));
            entries.map(|placed| (placed.entry, lines.as_slice()))
        })
        .collect();
    let found: Vec<(Option<(i32, Group)>, Searches)> = wanted
        .par_iter()
        .map(|(entry, lines)| {
            let mut own = Searches::among(wanted.len());
            let required = quoting.get(entry).map_or(&[][..], Vec::as_slice);
            (parts_of(problem, *entry, lines, required, &quotes_of, &mut own), own)
        })
        .collect();
    let mut searches = Searches::among(wanted.len());
    let mut groups = Vec::new();
    for (group, made) in found {
        searches.add(made);
        groups.extend(group);
    }
    groups.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.entries.cmp(&b.1.entries)));
    (groups.into_iter().map(|(_, group)| group).collect(), searches)
}

fn parts_of(
    problem: &Problem<'_>,
    entry: u32,
    lines: &[u32],
    required: &[u32],
    quotes_of: &HashMap<u32, Vec<u32>>,
    searches: &mut Searches,
) -> Option<(i32, Group)> {
    let prepared = &problem.prepared;
    let (owed, day) = (problem.owed(entry), prepared.entries.columns.day[entry as usize]);
    let quotes_other =
        |line: &u32| quotes_of.get(line).is_some_and(|quoted| quoted.iter().any(|other| *other != entry));
    let mut pool: Vec<u32> = lines
        .iter()
        .copied()
        .filter(|line| {
            let paid = problem.paid(*line);
            let lag = prepared.lines.columns.day[*line as usize].saturating_sub(day);
            (paid > 0) == (owed > 0)
                && paid.unsigned_abs() < owed.unsigned_abs()
                && (-EARLY_DAYS_MAX..=INSTALMENT_DAYS_MAX).contains(&lag)
                && prepared.currencies_agree(*line as usize, entry as usize)
                && !prepared.jobs.are_apart(*line, entry)
                && !problem.is_pair_rejected(*line, entry)
                && (required.contains(line) || !quotes_other(line))
        })
        .chain(required.iter().copied())
        .collect();
    pool.sort_unstable();
    pool.dedup();
    pool.truncate(POOL_MAX);
    if pool.len() < 2 {
        return None;
    }
    let amounts: Vec<i64> = pool.iter().map(|line| problem.paid(*line)).collect();
    let fixed: Vec<usize> = (0..pool.len()).filter(|at| required.contains(&pool[*at])).collect();
    let found = subsets(&amounts, &fixed, owed, problem.max_group.min(6), searches.steps_max);
    searches.count(found.bounded);
    let (evidence, mut group) = choose(&pool, &amounts, &fixed, owed, &found.sets, &[entry])?;
    if !fixed.is_empty() && group.rivals.is_empty() && !found.bounded {
        group.ceiling = QUOTED_CEILING;
    }
    let lines = std::mem::take(&mut group.entries);
    let ambiguous = !group.rivals.is_empty();
    group.entries = std::mem::replace(&mut group.lines, lines);
    group.rivals = if ambiguous { vec![(group.entries.clone(), 0)] } else { Vec::new() };
    relate_totals(problem, &group.lines, &group.entries)?;
    // Without a quoted part, one more reason to doubt.
    Some((evidence - if fixed.is_empty() { 2_000 } else { 0 }, group)).filter(|(evidence, _)| *evidence >= EVIDENCE_MIN)
}
