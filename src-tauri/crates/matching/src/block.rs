//! The records with all that is asked of them, and the pairs of each line that are worth remembering.

use std::{
    collections::HashSet,
    ops::ControlFlow,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
};

use rayon::prelude::*;
use tieout_domain::ReconcileConfig;

use crate::{
    Cancelled, Progress, Stage, Statistics,
    candidates::Candidates,
    compare::{AmountRelation, Bounds, Comparison, compare, relate_amounts},
    convert::Converter,
    facts::EntryFacts,
    lists::Lists,
    model::Model,
    prepare::Prepared,
    rules::{CompiledRules, PreparedRules},
    score::{Amounts, REMEMBERED_MIN, better, weigh},
};

/// Pairs that are remembered for one line, at most and at least, and of all lines: what the memory set aside for them holds.
const EDGES_MAX: usize = 24;
const EDGES_MIN: usize = 4;
const EDGES_ALL: usize = 48_000_000;
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
    /// What was compared, left out and forgotten.
    pub(crate) statistics: Statistics,
}

/// How many pairs of each of so many lines are remembered.
fn edges_each(lines: usize) -> usize {
    (EDGES_ALL / lines.max(1)).clamp(EDGES_MIN, EDGES_MAX)
}

/// Finds and scores the pairs of all lines that are still free.
pub(crate) fn edges(problem: &Problem<'_>, free: &[bool], progress: &dyn Progress) -> Result<Edges, Cancelled> {
    let (done, stopped) = (AtomicU64::new(0), AtomicBool::new(false));
    let total = problem.line_count() as u64;
    let most = edges_each(problem.line_count());
    let chunks: Vec<(Vec<Vec<Edge>>, Statistics)> = free
        .par_chunks(CHUNK)
        .enumerate()
        .map(|(chunk, free)| {
            let (mut lists, mut statistics) = (Vec::with_capacity(free.len()), Statistics::default());
            if stopped.load(Ordering::Relaxed) {
                return (lists, statistics);
            }
            let mut candidates = Candidates::default();
            for (at, is_free) in free.iter().enumerate() {
                let line = chunk * CHUNK + at;
                if !is_free {
                    lists.push(Vec::new());
                    continue;
                }
                candidates.find(problem, line);
                statistics.candidates_scored += candidates.entries.len() as u64;
                let mut scored = score_all(problem, line as u32, &candidates.entries);
                statistics.pairs_forgotten += scored.len().min(EDGES_MAX).saturating_sub(most) as u64;
                scored.truncate(most);
                lists.push(scored);
            }
            statistics.blocks_narrowed = candidates.blocks_narrowed;
            statistics.pairs_left_out = candidates.left_out;
            let so_far = done.fetch_add(free.len() as u64, Ordering::Relaxed) + free.len() as u64;
            if progress.report(Stage::Compare, so_far, total) == ControlFlow::Break(()) {
                stopped.store(true, Ordering::Relaxed);
            }
            (lists, statistics)
        })
        .collect();
    if stopped.into_inner() {
        return Err(Cancelled);
    }
    let mut statistics = Statistics::default();
    for (_, of_chunk) in &chunks {
        statistics.candidates_scored += of_chunk.candidates_scored;
        statistics.blocks_narrowed += of_chunk.blocks_narrowed;
        statistics.pairs_left_out += of_chunk.pairs_left_out;
        statistics.pairs_forgotten += of_chunk.pairs_forgotten;
    }
    let of_line = Lists::from_lists(chunks.into_iter().flat_map(|(lists, _)| lists));
    Ok(Edges { of_line, statistics })
}

/// The entries' pairs with the line that are worth remembering, best first.
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
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_more_lines_the_fewer_pairs_of_each_are_remembered() {
        assert_eq!([0, 1, 1_000_000, 4_000_000, 100_000_000].map(edges_each), [24, 24, 24, 12, 4]);
    }
}
