//! From what was chosen to what is proposed: amounts, confidence, causes, and which record came nearest.

use rayon::prelude::*;
use tieout_domain::{CauseFinding, Match, MatchKind, Money, Profile, RecordRef, RootCause};

use crate::{
    Proposal, Shortfall,
    basis::{Basis, PairBasis, pair_score},
    block::{Edges, Problem},
    causes::{self, Difference},
    compare::{AmountRelation, Comparison, compare},
    deposits::{Deposit, Target, settle_deposit},
    explain::all_quoted,
    group::{Group, names_more},
    jobs,
    outcome::NearestPair,
    pipeline::by_entry,
    rivals::{Chosen, Rival},
    score::{Doubts, LIKE_GAP, RIVAL_GAP, USUAL_DAY_MIN, ceiling, confidence, date_weight, has_terms, rival_weight},
    settle::{Form, Settled, difference, settle},
};

/// Alternatives that are shown.
pub(crate) const ALTERNATIVES_MAX: usize = 5;
/// An alternative lies at most so far behind.
const ALTERNATIVE_GAP_MAX: i32 = 10_000;
/// Most that may be believed of a payment that may have been taken back.
const DOUBTED_CEILING: u32 = 900_000;
/// How far the share that a processor keeps may differ between payouts, in millionths, and how many others must show it.
const USUAL_FEE_PPM: i128 = 1_500;
const USUAL_FEES_MIN: usize = 5;
/// Most that is booked as rounding without a person, in major units.
const ROUNDING_MAX: u64 = 2;
/// Least that must speak for a payment that is late, in thousandths of a bit, for its lateness to be its only doubt.
const LATE_SCORE_MIN: i32 = 5_000;
/// Most that may be believed of what a rule puts together.
const RULED_CEILING: u32 = 999_900;
/// Most that may be believed of a payment with the wrong sign.
const WRONG_SIGN_CEILING: u32 = 945_000;

/// A proposal by the engine's own numbers.
struct Draft {
    settled: Settled,
    basis: Basis,
    /// The sum of the evidence.
    score: i32,
    ceiling: u32,
    cause: RootCause,
    ambiguous: bool,
    has_reference: bool,
}

/// Settles everything that was chosen, in the records' own order; what each proposal rests on stands at the same place
/// of the second list.
///
/// `doubted` lines may have been taken back by a return that fits several: their matches stay for a person.
pub(crate) fn propose(
    problem: &Problem<'_>,
    edges: &Edges,
    chosen: Vec<Chosen>,
    deposits: Vec<Deposit>,
    doubted: &[bool],
) -> (Vec<Proposal>, Vec<Basis>) {
    let drafts = chosen.into_par_iter().filter_map(|chosen| match chosen {
        Chosen::Pair { line, entry, rivals } => pair_draft(problem, edges, line, entry, &rivals),
        Chosen::Group(group) => group_draft(problem, group),
        Chosen::WrongSign { line, entry } => wrong_sign_draft(problem, line, entry),
    });
    let assigned = deposits.into_par_iter().filter_map(|deposit| deposit_draft(problem, deposit));
    let mut drafts: Vec<Draft> = drafts.chain(assigned).collect();
    for draft in drafts.iter_mut().filter(|draft| draft.settled.matched.kind() != MatchKind::Reversal) {
        if draft.settled.matched.lines().any(|line| doubted[line as usize]) {
            draft.ceiling = draft.ceiling.min(DOUBTED_CEILING);
        }
    }
    explain_usual_fees(&mut drafts);
    drafts.par_sort_by(|a, b| a.order().cmp(&b.order()));
    drafts.into_par_iter().map(|draft| draft.publish(problem)).unzip()
}

/// What a processor keeps of a payout is explained where it keeps as much of others.
fn explain_usual_fees(drafts: &mut [Draft]) {
    let rate = |draft: &Draft| {
        let matched = &draft.settled.matched;
        let kept: i64 = matched.adjustments().iter().map(|part| part.amount.minor_units()).sum();
        let applied = matched.legs().iter().filter(|leg| matches!(leg.record, RecordRef::Entry(_)));
        let whole: i128 = applied.map(|leg| i128::from(leg.amount_applied.minor_units())).sum();
        (matched.kind() == MatchKind::Settlement && whole != 0).then(|| i128::from(kept) * 1_000_000 / whole)
    };
    let mut rates: Vec<i128> = drafts.iter().filter_map(rate).collect();
    rates.sort_unstable();
    for draft in drafts.iter_mut() {
        let Some(rate) = rate(draft) else { continue };
        let first = rates.partition_point(|other| *other < rate - USUAL_FEE_PPM);
        let last = rates.partition_point(|other| *other <= rate + USUAL_FEE_PPM);
        if last - first > USUAL_FEES_MIN {
            draft.settled.unexplained = Money::zero(draft.settled.unexplained.currency());
        }
    }
}

impl Draft {
    /// The first line, then the first entry.
    fn order(&self) -> (u32, u32) {
        (
            self.settled.matched.lines().next().unwrap_or(u32::MAX),
            self.settled.matched.entries().next().unwrap_or(u32::MAX),
        )
    }

    fn publish(self, problem: &Problem<'_>) -> (Proposal, Basis) {
        debug_assert_eq!(self.score, self.basis.score(problem), "an explanation must add up to what was believed");
        let line = |at: u32| problem.prepared.lines.columns.source[at as usize];
        let entry = |at: u32| problem.prepared.entries.columns.source[at as usize];
        let proposal = Proposal {
            matched: self.settled.matched.map_records(line, entry),
            confidence: confidence(self.score, problem.model.belonging, self.ceiling),
            cause: self.cause,
            ambiguous: self.ambiguous,
            has_reference: self.has_reference,
            unexplained: self.settled.unexplained,
            tolerated: self.settled.tolerated,
        };
        (proposal, self.basis)
    }
}

fn pair_draft(problem: &Problem<'_>, edges: &Edges, line: u32, entry: u32, rivals: &[Rival]) -> Option<Draft> {
    let comparison = compare(problem, line as usize, entry as usize)?;
    let (pair_line, pair_entry) = ([line], [entry]);
    let differing = difference(problem, (&pair_line, &pair_entry), Form::Plain, Some(&comparison))?;
    let settled = settle(&differing)?;
    let own = pair_score(problem, line, entry, &comparison);
    let gaps: Vec<i32> = rivals.iter().filter(|rival| !rival.same).map(|rival| rival.gap).collect();
    let rivalry = rival_weight(own + problem.model.belonging, &gaps);
    let ambiguous = rivals.iter().any(|rival| rival.gap <= RIVAL_GAP);
    let doubts = Doubts {
        has_rival: ambiguous,
        has_like: rivals.iter().any(|rival| !rival.same && own - rival.score <= LIKE_GAP),
        has_odd_day: comparison.lag.is_some() && date_weight(problem, line, entry, &comparison) < USUAL_DAY_MIN,
        names_more: !comparison.amounts_agree() && names_more(problem, line, entry),
        is_granted: is_granted(problem, entry, &comparison, &settled),
        is_little: is_little(settled.unexplained),
        is_explained: settled.unexplained.is_zero(),
        is_repriced: settled.cause == RootCause::RateChange && causes::is_rate_told(&differing),
        is_just_late: settled.cause == RootCause::Timing
            && problem.bounds.profile == Profile::Bank
            && own + rivalry >= LATE_SCORE_MIN,
    };
    let others = edges.of_line.of(line as usize).iter().filter(|edge| edge.entry != entry);
    let others = others.filter(|edge| own - edge.score <= ALTERNATIVE_GAP_MAX).take(ALTERNATIVES_MAX);
    Some(Draft {
        score: own + rivalry,
        ceiling: if comparison.amounts_agree() && problem.rules.matches(line as usize, entry as usize).is_some() {
            RULED_CEILING
        } else {
            ceiling(&comparison, doubts).min(jobs::ceiling(problem, line, entry, &comparison))
        },
        cause: settled.cause,
        ambiguous,
        has_reference: comparison.is_quoted(),
        basis: Basis::Pair(PairBasis {
            line,
            entry,
            rivalry,
            runner_up: rivals.first().map(|rival| (rival.line, rival.entry, rival.score)),
            others: others.map(|edge| edge.entry).collect(),
        }),
        settled,
    })
}

/// Whether the entry's own terms grant the discount that was taken, in time.
fn is_granted(problem: &Problem<'_>, entry: u32, comparison: &Comparison, settled: &Settled) -> bool {
    has_terms(&problem.prepared, entry as usize, comparison.amount) && settled.unexplained.is_zero()
}

/// Whether a difference is no more than rounding leaves.
fn is_little(difference: Money) -> bool {
    difference.magnitude() <= ROUNDING_MAX * 10_u64.pow(difference.currency().digits())
}

fn group_draft(problem: &Problem<'_>, group: Group) -> Option<Draft> {
    let settled = settle(&difference(problem, (&group.lines, &group.entries), group.form, None)?)?;
    let gaps: Vec<i32> = group.rivals.iter().map(|(_, gap)| *gap).collect();
    let (ceiling, has_entries) = (group.ceiling, !group.entries.is_empty());
    let has_reference = has_entries && all_quoted(problem, &group.lines, &group.entries);
    let basis = Basis::Group(group);
    Some(Draft {
        score: basis.score(problem),
        ceiling,
        cause: settled.cause,
        ambiguous: gaps.iter().any(|gap| *gap <= RIVAL_GAP),
        has_reference,
        settled,
        basis,
    })
}

fn wrong_sign_draft(problem: &Problem<'_>, line: u32, entry: u32) -> Option<Draft> {
    let settled = settle(&difference(problem, (&[line], &[entry]), Form::WrongSign, None)?)?;
    let basis = Basis::WrongSign { line, entry };
    Some(Draft {
        score: basis.score(problem),
        cause: settled.cause,
        settled,
        basis,
        ceiling: WRONG_SIGN_CEILING,
        ambiguous: false,
        has_reference: all_quoted(problem, &[line], &[entry]),
    })
}

fn deposit_draft(problem: &Problem<'_>, deposit: Deposit) -> Option<Draft> {
    let best = *deposit.targets.first()?;
    let matched: Match<u32, u32> = settle_deposit(problem, deposit.line, best.entry)?;
    debug_assert_eq!(matched.kind(), MatchKind::OneToOne);
    let zero = Money::zero(matched.legs().first()?.amount_applied.currency());
    let cause = causes::cause_of(&deposit_difference(problem, &deposit.line, &best)?);
    let ambiguous = deposit.is_ambiguous();
    let basis = Basis::Deposit(deposit);
    Some(Draft {
        score: basis.score(problem),
        ceiling: best.ceiling(),
        cause,
        ambiguous,
        has_reference: best.exact,
        settled: Settled { matched, cause, unexplained: zero, tolerated: false },
        basis,
    })
}

/// A deposit and the account it goes to.
fn deposit_difference<'d>(problem: &'d Problem<'d>, line: &'d u32, target: &'d Target) -> Option<Difference<'d>> {
    let amount = problem.paid(*line);
    let currency = problem.prepared.money(amount, *line as usize, target.entry as usize).currency();
    Some(Difference {
        problem,
        lines: std::slice::from_ref(line),
        entries: std::slice::from_ref(&target.entry),
        form: Form::Plain,
        currency,
        paid: amount,
        owed: amount,
        relation: AmountRelation::Exact,
        written_off: None,
        comparison: None,
        exact_code: Some(target.exact),
        explained: true,
    })
}

/// Why the two sides of a proposal differ, what speaks for that, and what to do.
pub(crate) fn finding(problem: &Problem<'_>, basis: &Basis, explained: bool) -> Option<CauseFinding> {
    let told = |difference: Difference<'_>| causes::finding_of(&Difference { explained, ..difference });
    match basis {
        Basis::Pair(PairBasis { line, entry, .. }) => {
            let comparison = compare(problem, *line as usize, *entry as usize);
            difference(problem, (&[*line], &[*entry]), Form::Plain, comparison.as_ref()).map(told)
        }
        Basis::Group(group) => difference(problem, (&group.lines, &group.entries), group.form, None).map(told),
        Basis::WrongSign { line, entry } => difference(problem, (&[*line], &[*entry]), Form::WrongSign, None).map(told),
        Basis::Deposit(deposit) => deposit_difference(problem, &deposit.line, deposit.targets.first()?).map(told),
    }
}

/// For each record in no proposal the pair with the one of the other side that came nearest, by the caller's positions.
pub(crate) fn nearest(
    problem: &Problem<'_>,
    edges: &Edges,
    proposals: &[Proposal],
) -> (Vec<Option<NearestPair>>, Vec<Option<NearestPair>>) {
    let columns = (&problem.prepared.lines.columns, &problem.prepared.entries.columns);
    let (mut line_used, mut entry_used) = (vec![false; problem.line_count()], vec![false; problem.entry_count()]);
    for proposal in proposals {
        proposal.matched.lines().for_each(|line| line_used[line] = true);
        proposal.matched.entries().for_each(|entry| entry_used[entry] = true);
    }
    let found = |line: u32, entry: u32, taken: bool| NearestPair {
        line,
        entry,
        shortfall: match (problem.rejected.contains(&(line, entry)), taken) {
            (true, _) => Shortfall::Rejected,
            (false, true) => Shortfall::Taken,
            (false, false) => Shortfall::TooLittleEvidence,
        },
    };
    let mut rejected: Vec<(u32, u32, i32)> = problem
        .rejected
        .iter()
        .filter_map(|(line, entry)| Some((*line, *entry, problem.look_at(*line, *entry)?.1)))
        .collect();
    rejected.sort_unstable();
    let for_line = |line: u32| {
        let own = edges.of_line.of(line as usize).first().map(|edge| (edge.score, edge.entry));
        let barred = rejected.iter().filter(|pair| pair.0 == line).map(|pair| (pair.2, pair.1));
        own.into_iter().chain(barred).max_by_key(|(score, entry)| (*score, std::cmp::Reverse(*entry)))
    };
    let lines_of = by_entry(problem, edges);
    let for_entry = |entry: u32| {
        let own = lines_of.of(entry as usize).first().map(|(line, score)| (*score, *line));
        let barred = rejected.iter().filter(|pair| pair.1 == entry).map(|pair| (pair.2, pair.0));
        own.into_iter().chain(barred).max_by_key(|(score, line)| (*score, std::cmp::Reverse(*line)))
    };
    let lines = place(&columns.0.source, |line| {
        let (_, entry) = for_line(line).filter(|_| !line_used[columns.0.source[line as usize]])?;
        Some(found(line, entry, entry_used[columns.1.source[entry as usize]]))
    });
    let entries = place(&columns.1.source, |entry| {
        let (_, line) = for_entry(entry).filter(|_| !entry_used[columns.1.source[entry as usize]])?;
        Some(found(line, entry, line_used[columns.0.source[line as usize]]))
    });
    (lines, entries)
}

/// Computes a value for each record and puts it at the caller's position.
fn place<T: Clone + Send>(source: &[usize], value: impl Fn(u32) -> Option<T> + Sync) -> Vec<Option<T>> {
    let values: Vec<Option<T>> = (0..source.len() as u32).into_par_iter().map(&value).collect();
    let mut placed = vec![None; source.len()];
    source.iter().zip(values).for_each(|(at, value)| placed[*at] = value);
    placed
}
