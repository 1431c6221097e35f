//! The stages in their order.

use std::ops::ControlFlow;

use tieout_domain::{LedgerEntry, Profile, ReconcileConfig, StatementLine};

use crate::{
    Cancelled, Known, Outcome, Progress, Repeats, Stage, Statistics,
    assign::{Pair, assign},
    block::{Edge, Edges, Problem, Rejected, edges},
    deposits::{Deposit, deposits},
    group::{self, Free, Group, Searches},
    lists::Lists,
    model::Model,
    prepare::Prepared,
    proposals::{nearest, propose},
    repeats::mark_repeats,
    returns::{booked_return, reversals},
    rivals::{Chosen, Rivals},
    rules::CompiledRules,
    settle::Form,
};

/// Days between a payment and the due date of an entry of the opposite amount that it names by nothing but its party.
const WRONG_SIGN_DAYS_MAX: i32 = 15;

/// Finds the lines and entries that belong together.
///
/// Pairs a person rejected (`known`) are not proposed. Records barred from each other (other currency, other sign,
/// outside the window without a reference) never stand in one match, except a return with what it takes back, and a
/// payment with the entry of the opposite sign that it quotes, which is shown as a sign error and never approved.
pub fn reconcile<'a>(
    lines: &'a [StatementLine],
    entries: &'a [LedgerEntry],
    config: &ReconcileConfig,
    known: &Known,
    progress: &dyn Progress,
) -> Result<Outcome<'a>, Cancelled> {
    tell(progress, Stage::Prepare, 0, 1)?;
    let all_lines: Vec<&StatementLine> = lines.iter().collect();
    let all_entries: Vec<&LedgerEntry> = entries.iter().collect();
    let mut prepared = Prepared::new(&all_lines, &all_entries, &known.settled, config);
    mark_repeats(&mut prepared, config.profile);
    let rejected = canonical(&prepared, known);
    let mut problem = Problem::new(prepared, config, rejected, CompiledRules::new(&config.rules));
    let unrepeated: Vec<bool> = problem.prepared.lines.columns.repeats.iter().map(Option::is_none).collect();
    problem.model = Model::learn(&problem, &unrepeated);
    tell(progress, Stage::Prepare, 1, 1)?;
    let mut run = Run::new(&problem);
    run.returns();
    let edges = edges(&problem, &run.looked_at(), progress)?;
    run.statistics = edges.statistics;
    tell(progress, Stage::Assign, 0, 1)?;
    run.assign(&edges, |edge| edge.ruled);
    run.named_groups(&edges);
    run.assign(&edges, |edge| edge.agrees || edge.quoted && edge.whole);
    tell(progress, Stage::Assign, 1, 1)?;
    tell(progress, Stage::Group, 0, 1)?;
    run.open_groups(&edges);
    run.assign(&edges, |edge| edge.whole);
    run.assign(&edges, |edge| edge.quoted);
    run.wrong_signs();
    run.open_again(&edges);
    let deposits = if config.profile == Profile::Deposits || run.has_accounts() { run.deposits() } else { Vec::new() };
    tell(progress, Stage::Group, 1, 1)?;
    tell(progress, Stage::Explain, 0, 1)?;
    let (statistics, doubted) = (run.statistics, run.doubted);
    let (proposals, bases) = propose(&problem, &edges, run.chosen, deposits, &doubted);
    let (nearest_for_line, nearest_for_entry) = nearest(&problem, &edges, &proposals);
    tell(progress, Stage::Explain, 1, 1)?;
    let repeats = repeats(&problem);
    Ok(Outcome { proposals, repeats, statistics, problem, bases, nearest_for_line, nearest_for_entry })
}

fn tell(progress: &dyn Progress, stage: Stage, done: u64, total: u64) -> Result<(), Cancelled> {
    match progress.report(stage, done, total) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Cancelled),
    }
}

/// What a person rejected by the engine's own numbers.
fn canonical(prepared: &Prepared<'_>, known: &Known) -> Rejected {
    if known.rejected.is_empty() && known.rejected_groups.is_empty() {
        return Rejected::default();
    }
    let inverse = |source: &[usize]| {
        let mut places = vec![u32::MAX; source.len()];
        source.iter().enumerate().for_each(|(place, at)| places[*at] = place as u32);
        places
    };
    let (lines, entries) = (inverse(&prepared.lines.columns.source), inverse(&prepared.entries.columns.source));
    let place = |(line, entry): &(usize, usize)| Some((*lines.get(*line)?, *entries.get(*entry)?));
    let all = |records: &[usize], places: &[u32]| {
        let mut all = records.iter().map(|at| places.get(*at).copied()).collect::<Option<Vec<u32>>>()?;
        all.sort_unstable();
        Some(all)
    };
    let group =
        |(of_lines, of_entries): &(Vec<usize>, Vec<usize>)| Some((all(of_lines, &lines)?, all(of_entries, &entries)?));
    Rejected {
        pairs: known.rejected.iter().filter_map(place).collect(),
        groups: known.rejected_groups.iter().filter_map(group).collect(),
    }
}

fn repeats(problem: &Problem<'_>) -> Repeats {
    let pairs = |columns: &crate::prepare::Columns| {
        let mut pairs: Vec<(usize, usize)> = columns
            .repeats
            .iter()
            .enumerate()
            .filter_map(|(at, original)| Some((columns.source[at], columns.source[(*original)? as usize])))
            .collect();
        pairs.sort_unstable();
        pairs
    };
    Repeats { lines: pairs(&problem.prepared.lines.columns), entries: pairs(&problem.prepared.entries.columns) }
}

/// What has been chosen so far.
struct Run<'p, 'a> {
    problem: &'p Problem<'a>,
    free: Free,
    chosen: Vec<Chosen>,
    statistics: Statistics,
    /// Lines that a return without an original may take back.
    doubted: Vec<bool>,
}

impl<'p, 'a> Run<'p, 'a> {
    fn new(problem: &'p Problem<'a>) -> Self {
        // What says nothing new, or moves nothing, takes part in no match.
        let originals = |columns: &crate::prepare::Columns| {
            columns
                .repeats
                .iter()
                .zip(&columns.amount)
                .map(|(repeats, amount)| repeats.is_none() && *amount != 0)
                .collect()
        };
        let free = Free {
            lines: originals(&problem.prepared.lines.columns),
            entries: originals(&problem.prepared.entries.columns),
        };
        let doubted = vec![false; problem.line_count()];
        Self { problem, free, chosen: Vec::new(), statistics: Statistics::default(), doubted }
    }

    /// Payments that were taken back, with what the books hold of it.
    fn returns(&mut self) {
        // Deposits and what takes them back go to the same account; a processor's refunds have identifiers of their own.
        if self.has_accounts() || self.problem.bounds.profile == Profile::Processor {
            return;
        }
        let found = reversals(self.problem);
        found.doubted.iter().for_each(|line| self.doubted[*line as usize] = true);
        for (first, second, sure) in found.pairs {
            let booked = booked_return(self.problem, first, second, &self.free.entries);
            let entries = booked.map_or(Vec::new(), |(entry, back)| vec![entry, back]);
            if !self.problem.is_rejected(&[first, second], &entries) && self.free.take(&[first, second], &entries) {
                self.chosen.push(Chosen::Group(Group {
                    lines: vec![first, second],
                    entries,
                    form: Form::Reversal,
                    search_weight: 0,
                    ceiling: if sure { 995_000 } else { 950_000 },
                    rivals: Vec::new(),
                }));
            }
        }
    }

    /// Lines whose entries are looked for: those that are free, and payments that were taken back.
    fn looked_at(&self) -> Vec<bool> {
        let mut wanted = self.free.lines.clone();
        for chosen in &self.chosen {
            if let Chosen::Group(Group { form: Form::Reversal, lines, entries, .. }) = chosen
                && entries.is_empty()
            {
                wanted[lines[0] as usize] = true;
            }
        }
        wanted
    }

    /// Entries that are open again because their payment was taken back, and nobody has paid them since.
    fn open_again(&mut self, edges: &Edges) {
        for chosen in &mut self.chosen {
            let Chosen::Group(Group { form: Form::Reversal, lines, entries, .. }) = chosen else { continue };
            let first = lines[0];
            let meant = |edge: &&Edge| {
                edge.agrees && self.free.entry(edge.entry) && (edge.quoted || edge.named) && edge.score > 0
            };
            if entries.is_empty()
                && let Some(edge) = edges.of_line.of(first as usize).iter().find(meant)
                && self.free.take(&[], &[edge.entry])
            {
                entries.push(edge.entry);
            }
        }
    }

    fn has_accounts(&self) -> bool {
        let records = &self.problem.prepared.entry_records;
        records.iter().any(|entry| entry.kind == tieout_domain::LedgerKind::CustomerAccount)
    }

    fn take(&mut self, groups: Vec<Group>) {
        let taken = self.free.take_groups(self.problem, groups);
        self.chosen.extend(taken.into_iter().map(Chosen::Group));
    }

    fn named_groups(&mut self, edges: &Edges) {
        let problem = self.problem;
        self.take(group::quoted_together(problem, edges, &self.free));
        self.take(group::instalments(problem, edges, &self.free, false));
        self.take(group::batches(problem, edges, &self.free));
    }

    fn open_groups(&mut self, edges: &Edges) {
        let problem = self.problem;
        for search in [group::completed, group::summed] {
            let (groups, searches) = search(problem, edges, &self.free);
            self.count(searches);
            self.take(groups);
        }
        self.take(group::partly_named(problem, edges, &self.free));
        self.take(group::instalments(problem, edges, &self.free, true));
    }

    fn count(&mut self, searches: Searches) {
        self.statistics.group_searches += searches.made;
        self.statistics.group_searches_bounded += searches.bounded;
    }

    /// Chooses pairs among the free records.
    fn assign(&mut self, edges: &Edges, wanted: impl Fn(&Edge) -> bool) {
        let lines = self.problem.line_count();
        let least = self.problem.model.accepted_min();
        let mut pairs = Vec::new();
        for line in (0..lines as u32).filter(|line| self.free.line(*line)) {
            let usable =
                |edge: &&Edge| (edge.score > least || edge.ruled) && wanted(edge) && self.free.entry(edge.entry);
            let of_line = edges.of_line.of(line as usize).iter().filter(usable);
            // Worth is what a pair adds; the least that is proposed adds next to nothing.
            pairs.extend(of_line.map(|edge| Pair { line, entry: edge.entry, worth: (edge.score - least).max(1) }));
        }
        let assignment = assign(lines, self.problem.entry_count(), &pairs);
        self.statistics.components += assignment.components;
        self.statistics.components_bounded += assignment.bounded;
        let rivals = Rivals::new(self.problem, edges, &self.free, &assignment.entry_of);
        for (line, entry) in assignment.entry_of.iter().enumerate() {
            let Some(entry) = *entry else { continue };
            self.chosen.push(rivals.judge(line as u32, entry));
        }
        for (line, entry) in assignment.entry_of.iter().enumerate() {
            entry.iter().for_each(|entry| _ = self.free.take(&[line as u32], &[*entry]));
        }
    }

    /// Payments whose entry has just the opposite amount: quoted by its whole number, or else the only one of a party
    /// that is named without doubt.
    fn wrong_signs(&mut self) {
        for named in [false, true] {
            for line in 0..self.problem.line_count() as u32 {
                if !self.free.line(line) {
                    continue;
                }
                let found = if named { self.opposite_of_named(line) } else { self.opposite_of_quoted(line) };
                if let Some(entry) = found
                    && !self.problem.is_rejected(&[line], &[entry])
                    && self.free.take(&[line], &[entry])
                {
                    self.chosen.push(Chosen::WrongSign { line, entry });
                }
            }
        }
    }

    /// The only free entry of the opposite amount among these.
    fn only_opposite(&self, line: u32, entries: impl Iterator<Item = u32>) -> Option<u32> {
        let opposite = self.problem.paid(line).checked_neg()?;
        let mut found: Vec<u32> = entries
            .filter(|entry| {
                self.problem.owed(*entry) == opposite
                    && self.free.entry(*entry)
                    && self.problem.prepared.currencies_agree(line as usize, *entry as usize)
            })
            .collect();
        found.sort_unstable();
        found.dedup();
        match found[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    fn opposite_of_quoted(&self, line: u32) -> Option<u32> {
        let prepared = &self.problem.prepared;
        let quoted = prepared.lines.hits.of(line as usize).iter().flat_map(|hit| {
            let whole = |key: &&crate::keys::EntryKey| key.key == hit.key && key.source.is_reference();
            let entries = prepared.keys.entries.of(hit.key as usize).iter().take(16).copied();
            entries.filter(move |entry| prepared.entries.keys.of(*entry as usize).iter().any(|key| whole(&key)))
        });
        self.only_opposite(line, quoted)
    }

    fn opposite_of_named(&self, line: u32) -> Option<u32> {
        let prepared = &self.problem.prepared;
        // Round sums come back for many reasons, and a return is no slip of the pen.
        if self.doubted[line as usize] || prepared.lines.quotes[line as usize] {
            return None;
        }
        let party = group::party_of(self.problem, line)?;
        let entry = self.only_opposite(line, prepared.of_party.of(party as usize).iter().map(|placed| placed.entry))?;
        let days = prepared.lines.columns.day[line as usize];
        let due = prepared.entries.facts[entry as usize].due.max(prepared.entries.columns.day[entry as usize]);
        (days.saturating_sub(due).abs() <= WRONG_SIGN_DAYS_MAX).then_some(entry)
    }

    fn deposits(&mut self) -> Vec<Deposit> {
        deposits(self.problem, &self.free.lines)
    }
}

/// The edges seen from the entries: `(line, score)`, best first.
pub(crate) fn by_entry(problem: &Problem<'_>, edges: &Edges) -> Lists<(u32, i32)> {
    let mut pairs: Vec<(u32, (u32, i32))> = (0..problem.line_count() as u32)
        .flat_map(|line| edges.of_line.of(line as usize).iter().map(move |edge| (edge.entry, (line, edge.score))))
        .collect();
    pairs.sort_by_key(|(_, (line, score))| (std::cmp::Reverse(*score), *line));
    Lists::from_pairs(problem.entry_count(), &pairs)
}
