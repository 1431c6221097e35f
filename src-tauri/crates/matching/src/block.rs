//! Which pairs are worth scoring: found by keys in texts, by amount, and by party; never by looking at all pairs.

use std::{
    collections::HashSet,
    ops::ControlFlow,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
};

use rayon::prelude::*;
use tieout_domain::{Profile, ReconcileConfig};

use crate::{
    Cancelled, Progress, Stage,
    compare::{AmountRelation, Bounds, Comparison, compare, relate_amounts},
    convert::Converter,
    facts::{EntryFacts, Placed},
    keys::Found,
    lists::Lists,
    model::Model,
    prepare::{NO_DAY, Prepared},
    rules::{CompiledRules, PreparedRules},
    score::{Amounts, REMEMBERED_MIN, better, weigh},
};

/// Entries of one block that are looked at whole; of bigger ones only the nearest in amount and date.
const BLOCK_MAX: usize = 48;
/// Of a bigger block, entries of just the amount that are looked at.
const NEAREST_MAX: usize = 24;
/// Parties whose entries are looked at for one line.
const PARTIES_MAX: usize = 4;
/// A line that names somebody as clearly as this has its entry among that party's: of the others with its amount only the
/// nearest are looked at, to see what else there is.
const CLEAR_NAME_MIN: i32 = 8_000;
const CLEAR_NAME_AMOUNTS_MAX: usize = 8;
/// A name that says so much less than the best one is hardly meant, in thousandths of a bit.
const CLEAR_GAP: i32 = 4_000;
/// Pairs that are remembered for one line.
const EDGES_MAX: usize = 24;
/// Lines that are scored between two reports of progress.
const CHUNK: usize = 512;

/// What a person rejected, by the engine's own numbers.
#[derive(Debug, Default)]
pub(crate) struct Rejected {
    pub(crate) pairs: HashSet<(u32, u32)>,
    /// Lines and entries, each in ascending order.
    pub(crate) groups: HashSet<(Vec<u32>, Vec<u32>)>,
}

/// The records together with everything that is asked of them again and again.
pub(crate) struct Problem<'a> {
    pub(crate) prepared: Prepared<'a>,
    pub(crate) amounts: Amounts,
    pub(crate) model: Model,
    pub(crate) converter: Converter,
    pub(crate) bounds: Bounds,
    pub(crate) max_group: usize,
    /// Pairs of line and entry that a person rejected.
    pub(crate) rejected: HashSet<(u32, u32)>,
    /// Groups that a person rejected as a whole: lines and entries, each in ascending order.
    pub(crate) rejected_groups: HashSet<(Vec<u32>, Vec<u32>)>,
    /// Rules a person wrote.
    pub(crate) rules: PreparedRules<'a>,
}

impl<'a> Problem<'a> {
    pub(crate) fn new(
        mut prepared: Prepared<'a>,
        config: &ReconcileConfig,
        rejected: Rejected,
        rules: CompiledRules,
    ) -> Self {
        let amounts = Amounts::new(&mut prepared);
        Self {
            model: Model::prior(amounts.span_days),
            rules: rules.prepare(&prepared.line_records, &prepared.entry_records),
            converter: Converter::new(&prepared, config.cross_currency.as_ref()),
            amounts,
            bounds: Bounds::new(config),
            max_group: config.grouping.max_group.max(1),
            prepared,
            rejected: rejected.pairs,
            rejected_groups: rejected.groups,
        }
    }

    pub(crate) fn line_count(&self) -> usize {
        self.prepared.line_records.len()
    }

    pub(crate) fn entry_count(&self) -> usize {
        self.prepared.entry_records.len()
    }

    pub(crate) fn paid(&self, line: u32) -> i64 {
        self.prepared.lines.columns.amount[line as usize]
    }

    pub(crate) fn owed(&self, entry: u32) -> i64 {
        self.prepared.entries.facts[entry as usize].amount
    }

    /// What is left of the entry on a day once the discount is taken that its terms still grant.
    pub(crate) fn owed_at(&self, entry: u32, day: i32) -> i64 {
        let EntryFacts { amount: owed, terms, day: issued, .. } = self.prepared.entries.facts[entry as usize];
        let since = day.saturating_sub(issued);
        if terms.percent == 0 || !(0..=i32::from(terms.days)).contains(&since) {
            return owed;
        }
        let off = i128::from(owed) * i128::from(terms.percent);
        // Half a minor unit rounds away from zero.
        let off = (off + 50 * off.signum()) / 100;
        i64::try_from(i128::from(owed) - off).unwrap_or(owed)
    }

    /// Whether a person rejected these together, or some pair of them, or a rule keeps one apart.
    pub(crate) fn is_rejected(&self, lines: &[u32], entries: &[u32]) -> bool {
        let sorted = |records: &[u32]| {
            let mut records = records.to_vec();
            records.sort_unstable();
            records
        };
        let as_group =
            || !self.rejected_groups.is_empty() && self.rejected_groups.contains(&(sorted(lines), sorted(entries)));
        as_group() || lines.iter().any(|line| entries.iter().any(|entry| self.is_pair_rejected(*line, *entry)))
    }

    /// Whether a person rejected the pair, or a rule keeps it apart.
    pub(crate) fn is_pair_rejected(&self, line: u32, entry: u32) -> bool {
        !self.rejected.is_empty() && self.rejected.contains(&(line, entry))
            || self.rules.bars(line as usize, entry as usize).is_some()
    }

    /// The entry's amount in the line's currency and how the line's relates to it; nothing where the two currencies
    /// cannot be compared.
    pub(crate) fn owed_in_line(&self, line: u32, entry: u32) -> Option<(i64, AmountRelation)> {
        let owed = self.owed(entry);
        if self.prepared.currencies_agree(line as usize, entry as usize) {
            let tolerance = self.bounds.tolerance(owed, self.prepared.entries.facts[entry as usize].currency);
            let relation = relate_amounts(self.paid(line), owed, tolerance);
            let relation = self.prepared.jobs.relate_amounts((line, entry), (self.paid(line), owed), relation);
            let gap = || self.prepared.money(self.paid(line).saturating_sub(owed), line as usize, entry as usize);
            let written_off = relation != AmountRelation::Exact
                && !self.rules.is_empty()
                && self.rules.write_off(line as usize, entry as usize, gap()).is_some();
            return Some((owed, if written_off { AmountRelation::Tolerated } else { relation }));
        }
        let converted = self.converter.convert(&self.prepared, line as usize, entry as usize)?;
        Some((converted.owed, converted.relation))
    }

    /// Compares and weighs a pair; nothing where it is barred.
    pub(crate) fn look_at(&self, line: u32, entry: u32) -> Option<(Comparison, i32)> {
        let comparison = compare(self, line as usize, entry as usize)?;
        let weights = weigh(self, line as usize, entry as usize, &comparison);
        Some((comparison, weights.total()))
    }
}

/// A pair worth keeping.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edge {
    pub(crate) entry: u32,
    pub(crate) score: i32,
    /// The line quotes the entry.
    pub(crate) quoted: bool,
    /// The line names the entry's party, by name, code or account.
    pub(crate) named: bool,
    /// The amounts agree, or would at one rate for the same job.
    pub(crate) agrees: bool,
    /// The amounts agree but for a fee, a discount, rounding or a slip of the pen.
    pub(crate) whole: bool,
    /// A rule puts the two together.
    pub(crate) ruled: bool,
}

/// The pairs of each line, best first.
pub(crate) struct Edges {
    pub(crate) of_line: Lists<Edge>,
    pub(crate) scored: u64,
    pub(crate) narrowed: u64,
}

/// Finds and scores the pairs of all lines that are still free.
pub(crate) fn edges(problem: &Problem<'_>, free: &[bool], progress: &dyn Progress) -> Result<Edges, Cancelled> {
    let (scored, narrowed) = (AtomicU64::new(0), AtomicU64::new(0));
    let (done, stopped) = (AtomicU64::new(0), AtomicBool::new(false));
    let total = problem.line_count() as u64;
    let lists: Vec<Vec<Vec<Edge>>> = free
        .par_chunks(CHUNK)
        .enumerate()
        .map(|(chunk, free)| {
            if stopped.load(Ordering::Relaxed) {
                return Vec::new();
            }
            let mut found = Vec::new();
            let mut lists = Vec::with_capacity(free.len());
            for (at, is_free) in free.iter().enumerate() {
                found.clear();
                if *is_free {
                    narrowed.fetch_add(candidates(problem, chunk * CHUNK + at, &mut found), Ordering::Relaxed);
                }
                scored.fetch_add(found.len() as u64, Ordering::Relaxed);
                lists.push(score_all(problem, (chunk * CHUNK + at) as u32, &found));
            }
            let so_far = done.fetch_add(free.len() as u64, Ordering::Relaxed) + free.len() as u64;
            if progress.report(Stage::Compare, so_far, total) == ControlFlow::Break(()) {
                stopped.store(true, Ordering::Relaxed);
            }
            lists
        })
        .collect();
    if stopped.into_inner() {
        return Err(Cancelled);
    }
    let of_line = Lists::from_lists(lists.into_iter().flatten());
    Ok(Edges { of_line, scored: scored.into_inner(), narrowed: narrowed.into_inner() })
}

fn score_all(problem: &Problem<'_>, line: u32, entries: &[u32]) -> Vec<Edge> {
    let mut edges: Vec<Edge> = entries
        .iter()
        .filter_map(|entry| {
            let (comparison, score) = problem.look_at(line, *entry)?;
            let ruled = problem.rules.matches(line as usize, *entry as usize).is_some();
            (score >= REMEMBERED_MIN || ruled).then(|| Edge {
                entry: *entry,
                score,
                quoted: comparison.is_quoted(),
                named: comparison.is_named(),
                agrees: comparison.amounts_agree() || comparison.is_same_job(),
                whole: !matches!(comparison.amount, AmountRelation::Part | AmountRelation::Over),
                ruled,
            })
        })
        .collect();
    edges.sort_unstable_by(|a, b| better((a.score, a.entry), (b.score, b.entry)));
    edges.truncate(EDGES_MAX);
    edges
}

/// Entries worth comparing with the line, each once; answers how many blocks were too big to be looked at whole.
pub(crate) fn candidates(problem: &Problem<'_>, line: usize, found: &mut Vec<u32>) -> u64 {
    let prepared = &problem.prepared;
    let mut narrowed = 0;
    for hit in prepared.lines.hits.of(line) {
        narrowed += narrow_key(problem, hit.key, line, found);
    }
    for near in prepared.lines.near.of(line) {
        narrowed += narrow_key(problem, near.key, line, found);
    }
    for block in prepared.jobs.blocks(line) {
        narrowed += narrow(problem, block, line, found);
    }
    // An identifier that settles the matter needs no further looking.
    found.sort_unstable();
    found.dedup();
    found.retain(|entry| !prepared.entries.facts[*entry as usize].is_repeat);
    if !is_settled(problem, line, found) {
        narrowed += by_name_and_amount(problem, line, found);
    }
    found.sort_unstable();
    found.dedup();
    found.retain(|entry| {
        !prepared.entries.facts[*entry as usize].is_repeat && !problem.is_pair_rejected(line as u32, *entry)
    });
    narrowed
}

/// Whether the line quotes one entry of just its amount, by a number that no other entry has: nothing that is found by a
/// name or an amount alone comes near that.
fn is_settled(problem: &Problem<'_>, line: usize, found: &[u32]) -> bool {
    let prepared = &problem.prepared;
    let paid = problem.paid(line as u32);
    let mut of_amount = found.iter().filter(|entry| problem.owed(**entry) == paid);
    let (Some(only), None) = (of_amount.next(), of_amount.next()) else { return false };
    if problem.bounds.profile == Profile::Processor && found.len() == 1 {
        return true;
    }
    let hits = prepared.lines.hits.of(line);
    prepared.entries.keys.of(*only as usize).iter().any(|key| {
        key.source.is_reference()
            && prepared.keys.entries.of(key.key as usize).len() == 1
            && hits.binary_search_by_key(&key.key, |hit| hit.key).is_ok_and(|at| hits[at].found == Found::Exact)
    })
}

fn by_name_and_amount(problem: &Problem<'_>, line: usize, found: &mut Vec<u32>) -> u64 {
    let prepared = &problem.prepared;
    let mut narrowed = 0;
    let named = prepared.names_of(line).iter().filter(|hit| hit.worth >= 2_000).map(|hit| (hit.party, hit.worth));
    let best = named.clone().next().map_or(0, |(_, worth)| worth);
    let payers = prepared.lines.payers.of(line).iter().map(|payer| (payer.party, payer.bits));
    for (party, worth) in named.take(PARTIES_MAX).chain(payers.take(PARTIES_MAX)) {
        let block = prepared.of_party.of(party as usize);
        if worth + CLEAR_GAP >= best {
            narrowed += narrow(problem, block, line, found);
        } else {
            // Of a party that is hardly meant only what fits.
            narrowed += close_to(problem, block, line, found);
        }
    }
    narrowed
        + by_amount(problem, line, if best >= CLEAR_NAME_MIN { CLEAR_NAME_AMOUNTS_MAX } else { NEAREST_MAX }, found)
}

/// Entries of a block ordered by amount: all of a small one, of a big one those around the line's amount.
fn narrow(problem: &Problem<'_>, block: &[Placed], line: usize, found: &mut Vec<u32>) -> u64 {
    if block.len() <= BLOCK_MAX {
        found.extend(block.iter().map(|placed| placed.entry));
        return 0;
    }
    close_to(problem, block, line, found);
    1
}

/// The same for the entries that have a key.
fn narrow_key(problem: &Problem<'_>, key: u32, line: usize, found: &mut Vec<u32>) -> u64 {
    let block = problem.prepared.keys.entries.of(key as usize);
    if block.len() <= BLOCK_MAX {
        found.extend(block);
        return 0;
    }
    let (low, high) = around(problem.paid(line as u32));
    let first = block.partition_point(|entry| problem.owed(*entry) < low);
    let last = block.partition_point(|entry| problem.owed(*entry) <= high);
    let placed = |entry: &u32| {
        let facts = &problem.prepared.entries.facts[*entry as usize];
        Placed { amount: facts.amount, day: facts.day, entry: *entry }
    };
    nearest(problem, block[first..last].iter().map(placed).collect(), line, found);
    1
}

/// Amounts that lie around this one.
fn around(amount: i64) -> (i64, i64) {
    let near = amount.unsigned_abs() / 20;
    (amount.saturating_sub_unsigned(near), amount.saturating_add_unsigned(near))
}

/// Entries of a block ordered by amount whose amounts lie around the line's; answers whether they were too many.
fn close_to(problem: &Problem<'_>, block: &[Placed], line: usize, found: &mut Vec<u32>) -> u64 {
    let (low, high) = around(problem.paid(line as u32));
    let first = block.partition_point(|placed| placed.amount < low);
    let last = block.partition_point(|placed| placed.amount <= high);
    nearest(problem, block[first..last].to_vec(), line, found)
}

/// The nearest of these entries in amount and date; answers whether they were too many.
fn nearest(problem: &Problem<'_>, mut close: Vec<Placed>, line: usize, found: &mut Vec<u32>) -> u64 {
    let too_many = close.len() > NEAREST_MAX;
    if too_many {
        let (amount, day) = (problem.paid(line as u32), problem.prepared.lines.columns.day[line]);
        close.sort_unstable_by_key(|placed| (placed.nearness(amount, day), placed.entry));
        // Of many that are equally near, each of as many lines starts at another one.
        let first = close[0].nearness(amount, day);
        let equal = close.iter().take_while(|placed| placed.nearness(amount, day) == first).count();
        let rank = problem.amounts.line_rank[line] as usize;
        close.drain(..rank.min(equal.saturating_sub(NEAREST_MAX)));
        close.truncate(NEAREST_MAX);
    }
    found.extend(close.iter().map(|placed| placed.entry));
    u64::from(too_many)
}

/// At most so many entries of the amount, nearest in date first.
fn by_amount(problem: &Problem<'_>, line: usize, most: usize, found: &mut Vec<u32>) -> u64 {
    let columns = &problem.prepared.lines.columns;
    let (amount, day) = (columns.amount[line], columns.day[line]);
    if problem.bounds.profile == Profile::Deposits || amount == 0 {
        return 0;
    }
    let currency = problem.prepared.entries.columns.currency.first().copied().unwrap_or(tieout_domain::Currency::NONE);
    let tolerance = problem.bounds.tolerance(amount, currency);
    let wide =
        problem.amounts.between(amount.saturating_sub_unsigned(tolerance), amount.saturating_add_unsigned(tolerance));
    if wide.len() <= most {
        found.extend(wide.iter().map(|(.., entry)| *entry));
        return 0;
    }
    let same = problem.amounts.between(amount, amount);
    if same.len() <= most || day == NO_DAY {
        found.extend(same.iter().take(most).map(|(.., entry)| *entry));
        return u64::from(wide.len() > same.len());
    }
    // Of many on one day, each of as many lines starts at another one.
    let rank = problem.amounts.line_rank[line] as usize;
    let middle = (same.partition_point(|(_, other, _)| *other < day) + rank).min(same.len());
    let (mut before, mut after) = (middle, middle);
    for _ in 0..most {
        let earlier = before.checked_sub(1).map(|at| day.abs_diff(same[at].1));
        let later = same.get(after).map(|(_, other, _)| day.abs_diff(*other));
        match (earlier, later) {
            (Some(earlier), later) if later.is_none_or(|later| earlier < later) => before -= 1,
            (_, Some(_)) => after += 1,
            (_, None) => break,
        }
    }
    found.extend(same[before..after].iter().map(|(.., entry)| *entry));
    1
}
