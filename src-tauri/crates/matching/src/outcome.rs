//! What a run is told besides records and configuration, and what it answers.

use std::{collections::HashSet, ops::ControlFlow};

use rustc_hash::FxHashMap;
use tieout_domain::{CauseFinding, Confidence, Explanation, Match, Money, Profile, RootCause};

use crate::{basis::Basis, block::Problem, compare::compare, explain::pair_evidence, prepare::NO_DAY, proposals};

/// What people decided before, which a run must respect. Numbers are positions in the slices given to the run.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Pairs of line and entry that a person rejected: never proposed again, neither alone nor inside a group.
    pub rejected: HashSet<(usize, usize)>,
    /// Lines and entries of larger groups that a person rejected, ascending: the same group is never proposed again,
    /// while its pairs, and other groups of its records, may be.
    pub rejected_groups: Vec<(Vec<usize>, Vec<usize>)>,
    /// Numbers of documents that are settled. They teach how documents are numbered here, so that a line that names one of
    /// them is not taken for one that names none once few are open.
    pub settled: Vec<String>,
}

/// Parts of a run, in the order in which they happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// Texts are normalised and indexed.
    Prepare,
    /// Pairs worth looking at are found and scored.
    Compare,
    /// The best set of pairs is chosen.
    Assign,
    /// Several records are put together.
    Group,
    /// Evidence is written down.
    Explain,
}

impl Stage {
    /// The word used in progress messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Prepare => "prepare",
            Self::Compare => "compare",
            Self::Assign => "assign",
            Self::Group => "group",
            Self::Explain => "explain",
        }
    }
}

/// Hears how far the run is, from any thread, and may stop it.
pub trait Progress: Sync {
    /// `done` of `total` records of this stage are done; `Break` cancels the run.
    fn report(&self, stage: Stage, done: u64, total: u64) -> ControlFlow<()>;
}

/// Hears nothing and never stops.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoProgress;

impl Progress for NoProgress {
    fn report(&self, _stage: Stage, _done: u64, _total: u64) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// The run was stopped through its [`Progress`]; there is no half result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the run was cancelled")]
pub struct Cancelled;

/// Days between a payment and the same payment again.
const PAID_TWICE_DAYS_MAX: u32 = 7;

/// Everything a run found. Records are named by their positions in the slices given to the run.
///
/// Explanations are put into words when they are asked for, from the records given to the run: held for every proposal,
/// they would need more memory than the records.
pub struct Outcome<'a> {
    /// Matches, in the records' own order (date, identifier, content); no record is used beyond its amount.
    pub proposals: Vec<Proposal>,
    /// Records that say again what another record of their side says; they take part in no match.
    pub repeats: Repeats,
    /// What the run did, and where a bound cut it short.
    pub statistics: Statistics,
    pub(crate) problem: Problem<'a>,
    /// What each proposal rests on.
    pub(crate) bases: Vec<Basis>,
    pub(crate) nearest_for_line: Vec<Option<NearestPair>>,
    pub(crate) nearest_for_entry: Vec<Option<NearestPair>>,
}

/// A record in no proposal and the one of the other side that came nearest, by the engine's own numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NearestPair {
    pub(crate) line: u32,
    pub(crate) entry: u32,
    pub(crate) shortfall: Shortfall,
}

impl Outcome<'_> {
    /// Why the proposal at this place of [`Outcome::proposals`] is believed.
    pub fn explanation(&self, proposal: usize) -> Explanation<usize, usize> {
        self.bases[proposal].explanation(&self.problem)
    }

    /// Why the two sides of the proposal at this place differ, or what is odd about them, what speaks for that, and what to
    /// do: the cause is [`Proposal::cause`]. Nothing where they agree.
    pub fn finding(&self, proposal: usize) -> Option<CauseFinding> {
        let Proposal { cause, unexplained, .. } = &self.proposals[proposal];
        if *cause == RootCause::None && unexplained.is_zero() {
            return None;
        }
        proposals::finding(&self.problem, &self.bases[proposal], unexplained.is_zero())
    }

    /// Other entries for the lines of the proposal at this place, best first, at most five.
    pub fn alternatives(&self, proposal: usize) -> Vec<Alternative> {
        self.bases[proposal].alternatives(&self.problem)
    }

    /// For a line in no proposal the entry that came nearest; nothing for matched lines and where none came near.
    pub fn nearest_for_line(&self, line: usize) -> Option<Nearest> {
        let pair = self.nearest_for_line.get(line).copied().flatten()?;
        Some(self.nearest(pair, self.problem.prepared.entries.columns.source[pair.entry as usize]))
    }

    /// For an entry in no proposal the line that came nearest; nothing for matched entries and where none came near.
    pub fn nearest_for_entry(&self, entry: usize) -> Option<Nearest> {
        let pair = self.nearest_for_entry.get(entry).copied().flatten()?;
        Some(self.nearest(pair, self.problem.prepared.lines.columns.source[pair.line as usize]))
    }

    /// Lines in no proposal of which another line has the place, with that line: it settles the same entry by itself, with
    /// the same amount, a few days before or after.
    pub fn paid_twice(&self) -> Vec<(usize, usize)> {
        let prepared = &self.problem.prepared;
        let columns = &prepared.lines.columns;
        let mut settled_by: FxHashMap<usize, usize> = FxHashMap::default();
        for proposal in &self.proposals {
            let (mut lines, mut entries) = (proposal.matched.lines(), proposal.matched.entries());
            if let (Some(line), None, Some(entry), None) = (lines.next(), lines.next(), entries.next(), entries.next())
            {
                settled_by.insert(entry, line);
            }
        }
        let by_source: FxHashMap<usize, u32> =
            columns.source.iter().enumerate().map(|(own, source)| (*source, own as u32)).collect();
        let pairs = self.nearest_for_line.iter().enumerate().filter_map(|(line, pair)| Some((line, (*pair)?)));
        pairs
            .filter(|(_, pair)| pair.shortfall == Shortfall::Taken)
            .filter_map(|(line, pair)| {
                let other = *settled_by.get(&prepared.entries.columns.source[pair.entry as usize])?;
                let (own, first) = (pair.line as usize, *by_source.get(&other)? as usize);
                let days = columns.day[own].abs_diff(columns.day[first]);
                let alike = columns.amount[own] == columns.amount[first]
                    && columns.currency[own] == columns.currency[first]
                    && columns.day[own] != NO_DAY
                    && columns.day[first] != NO_DAY
                    && days <= PAID_TWICE_DAYS_MAX
                    && compare(&self.problem, own, pair.entry as usize).is_some_and(|found| {
                        // A processor's customers buy the same thing again within days, each time under an identifier.
                        self.problem.bounds.profile != Profile::Processor && (found.is_quoted() || found.has_identity())
                    });
                alike.then_some((line, other))
            })
            .collect()
    }

    fn nearest(&self, pair: NearestPair, record: usize) -> Nearest {
        let evidence = pair_evidence(&self.problem, pair.line, pair.entry);
        Nearest { record, explanation: Explanation::new(evidence, None), shortfall: pair.shortfall }
    }
}

/// Records delivered twice: `(repeat, original)`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Repeats {
    /// Statement lines.
    pub lines: Vec<(usize, usize)>,
    /// Ledger entries.
    pub entries: Vec<(usize, usize)>,
}

/// A match the engine believes in enough to show.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The records, the amounts used, and the justified differences.
    pub matched: Match<usize, usize>,
    /// How sure; follows from the explanation's score and from what evidence is missing.
    pub confidence: Confidence,
    /// Why the two sides differ; [`RootCause::None`] where they do not.
    pub cause: RootCause,
    /// Another answer is as good, or nearly.
    pub ambiguous: bool,
    /// A document number or reference of every entry stands in a line.
    pub has_reference: bool,
    /// Size of the difference between the two sides that neither the tolerance nor a text on the records explains.
    pub unexplained: Money,
    /// Whether the two sides differ, by no more than the configuration tolerates.
    pub tolerated: bool,
}

/// Other entries for the same lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// The entries.
    pub entries: Vec<usize>,
    /// What speaks for and against them.
    pub explanation: Explanation<usize, usize>,
}

/// The record of the other side that came nearest to an unmatched one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearest {
    /// Its position.
    pub record: usize,
    /// What speaks for and against the pair.
    pub explanation: Explanation<usize, usize>,
    /// Why the pair was not proposed.
    pub shortfall: Shortfall,
}

/// Why a pair was not proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shortfall {
    /// What agrees is not enough.
    TooLittleEvidence,
    /// The other record belongs to a better match.
    Taken,
    /// A person rejected the pair.
    Rejected,
}

impl Shortfall {
    /// The word used in files and in the UI's catalogue.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TooLittleEvidence => "too_little_evidence",
            Self::Taken => "taken",
            Self::Rejected => "rejected",
        }
    }
}

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Pairs that were compared field by field.
    pub candidates_scored: u64,
    /// Blocks too big to be looked at whole: only the pairs nearest in amount and date were.
    pub blocks_narrowed: u64,
    /// What blocking could have lost: pairs that share a number, a party or an amount and were not compared, because their
    /// block was too big.
    pub pairs_left_out: u64,
    /// Pairs that were compared and not remembered, because the records have more than memory was set aside for.
    pub pairs_forgotten: u64,
    /// Connected sets of competing pairs.
    pub components: u64,
    /// Of these, sets too big for the optimal answer: solved greedily and improved locally.
    pub components_bounded: u64,
    /// Searches for groups that add up.
    pub group_searches: u64,
    /// Of these, searches that stopped at their bound before they had looked at everything.
    pub group_searches_bounded: u64,
}
