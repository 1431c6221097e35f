//! From what was chosen to what is shown: rivals, confidence, causes, alternatives, nearest records.

use rayon::prelude::*;
use tieout_domain::{
    Explanation, Match, MatchKind, Money, Profile, RecordRef, RootCause, RunnerUp, StatementLine, Weight,
};

use crate::{
    Alternative, Nearest, Proposal, Shortfall,
    block::{Edges, Problem},
    compare::{Comparison, ReferenceRelation, compare},
    deposits::{Deposit, cause_of, settle_deposit},
    explain::{all_quoted, deposit_evidence, group_evidence, pair_evidence, rival_piece},
    group::{Free, Group},
    keys::Found,
    lists::Lists,
    pipeline::by_entry,
    score::{RIVAL_GAP, amount_rarity, ceiling, confidence, has_terms, rival_weight},
    settle::{Form, Settled, settle},
};

/// Answers further behind than this are no rivals at all.
const GAP_MAX: i32 = 12_000;
/// Alternatives that are shown.
const ALTERNATIVES_MAX: usize = 5;
/// An alternative lies at most so far behind.
const ALTERNATIVE_GAP_MAX: i32 = 10_000;
/// Days after the due date from which a payment counts as late.
const LATE_DAYS_MIN: i32 = 11;
/// Days between the books and the bank from which a booked payment counts as under way.
const UNDERWAY_DAYS_MIN: i32 = 5;
/// Most that may be believed of a payment that may have been taken back.
const DOUBTED_CEILING: u32 = 900_000;
/// How far the share that a processor keeps may differ between payouts, in millionths, and how many others must show it.
const USUAL_FEE_PPM: i128 = 1_500;
const USUAL_FEES_MIN: usize = 5;
/// Most that may be believed of what a rule puts together.
const RULED_CEILING: u32 = 999_900;
/// Most that may be believed of a payment with the wrong sign.
const WRONG_SIGN_CEILING: u32 = 900_000;

/// Another answer: its lines, its entries, and how much the whole set loses by it.
#[derive(Debug, Clone)]
pub(crate) struct Rival {
    line: u32,
    entry: u32,
    score: i32,
    gap: i32,
    /// Another line that says word for word the same: whichever is taken, the answer is the same.
    same: bool,
}

/// What was chosen.
#[derive(Debug, Clone)]
pub(crate) enum Chosen {
    /// One line and one entry.
    Pair { line: u32, entry: u32, rivals: Vec<Rival> },
    /// Several records.
    Group(Group),
    /// A line and the entry of the opposite sign that it quotes.
    WrongSign { line: u32, entry: u32 },
}

/// Finds the answers that compete with an assignment.
pub(crate) struct Rivals<'a> {
    records: &'a [&'a StatementLine],
    edges: &'a Edges,
    free: &'a Free,
    entry_of: &'a [Option<u32>],
    line_of: Vec<Option<u32>>,
    lines_of: Lists<(u32, i32)>,
}

impl<'a> Rivals<'a> {
    pub(crate) fn new(problem: &'a Problem<'a>, edges: &'a Edges, free: &'a Free, entry_of: &'a [Option<u32>]) -> Self {
        let mut line_of = vec![None; problem.entry_count()];
        for (line, entry) in entry_of.iter().enumerate() {
            if let Some(entry) = entry {
                line_of[*entry as usize] = Some(line as u32);
            }
        }
        Self {
            records: &problem.prepared.line_records,
            edges,
            free,
            entry_of,
            line_of,
            lines_of: by_entry(problem, edges),
        }
    }

    fn score(&self, line: u32, entry: u32) -> Option<i32> {
        let edges = self.edges.of_line.of(line as usize);
        edges.iter().find(|edge| edge.entry == entry).map(|edge| edge.score)
    }

    /// The chosen pair with every answer that comes close: another entry for the line, or another line for the entry,
    /// each with the best that remains for those who have to give way.
    pub(crate) fn judge(&self, line: u32, entry: u32) -> Chosen {
        let own = self.score(line, entry).unwrap_or(0);
        let mut rivals = Vec::new();
        for other in self.edges.of_line.of(line as usize) {
            if other.entry == entry || !self.free.entry(other.entry) {
                continue;
            }
            let gap = match self.line_of[other.entry as usize] {
                None => own - other.score,
                Some(owner) => {
                    let owned = self.score(owner, other.entry).unwrap_or(0);
                    let left = self.score(owner, entry).unwrap_or(0).max(0);
                    own + owned - other.score - left
                }
            };
            rivals.push(Rival { line, entry: other.entry, score: other.score, gap, same: false });
        }
        for (other, score) in self.lines_of.of(entry as usize) {
            if *other == line || !self.free.line(*other) {
                continue;
            }
            let gap = match self.entry_of[*other as usize] {
                None => own - score,
                // Counted above where both could swap.
                Some(theirs) if self.score(line, theirs).is_some() => continue,
                Some(theirs) => own + self.score(*other, theirs).unwrap_or(0) - score,
            };
            let same = says_the_same(self.records[line as usize], self.records[*other as usize]);
            rivals.push(Rival { line: *other, entry, score: *score, gap, same });
        }
        rivals.retain(|rival| rival.gap <= GAP_MAX);
        rivals.sort_by_key(|rival| (rival.gap, rival.line, rival.entry));
        Chosen::Pair { line, entry, rivals }
    }
}

/// Whether two lines tell of the same event in the same words, as a bank that books twice does.
fn says_the_same(one: &StatementLine, other: &StatementLine) -> bool {
    let told = |line: &StatementLine| (line.date, line.amount, line.value_date);
    told(one) == told(other)
        && one.description == other.description
        && one.reference == other.reference
        && one.account == other.account
        && one.counterparty == other.counterparty
}

/// A proposal by the engine's own numbers.
struct Draft {
    settled: Settled,
    evidence: Vec<tieout_domain::Evidence>,
    runner_up: Option<RunnerUp<u32, u32>>,
    ceiling: u32,
    cause: RootCause,
    ambiguous: bool,
    has_reference: bool,
    alternatives: Vec<(Vec<u32>, Vec<tieout_domain::Evidence>)>,
}

/// Writes everything down, in the records' own order.
///
/// `doubted` lines may have been taken back by a return that fits several: their matches stay for a person.
pub(crate) fn propose(
    problem: &Problem<'_>,
    edges: &Edges,
    chosen: Vec<Chosen>,
    deposits: &[Deposit],
    doubted: &[bool],
) -> Vec<Proposal> {
    let drafts = chosen.into_par_iter().filter_map(|chosen| match chosen {
        Chosen::Pair { line, entry, rivals } => pair_draft(problem, edges, line, entry, &rivals),
        Chosen::Group(group) => group_draft(problem, &group),
        Chosen::WrongSign { line, entry } => wrong_sign_draft(problem, line, entry),
    });
    let assigned = deposits.par_iter().filter_map(|deposit| deposit_draft(problem, deposit));
    let mut drafts: Vec<Draft> = drafts.chain(assigned).collect();
    for draft in drafts.iter_mut().filter(|draft| draft.settled.matched.kind() != MatchKind::Reversal) {
        if draft.settled.matched.lines().any(|line| doubted[line as usize]) {
            draft.ceiling = draft.ceiling.min(DOUBTED_CEILING);
        }
    }
    explain_usual_fees(&mut drafts);
    drafts.par_sort_by(|a, b| a.order().cmp(&b.order()));
    drafts.into_par_iter().map(|draft| draft.publish(problem)).collect()
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

    fn publish(self, problem: &Problem<'_>) -> Proposal {
        let line = |at: u32| problem.prepared.lines.columns.source[at as usize];
        let entry = |at: u32| problem.prepared.entries.columns.source[at as usize];
        let explanation = Explanation::new(self.evidence, self.runner_up).map_records(line, entry);
        let alternatives = self.alternatives.into_iter().map(|(entries, evidence)| Alternative {
            entries: entries.into_iter().map(entry).collect(),
            explanation: Explanation::new(evidence, None),
        });
        Proposal {
            matched: self.settled.matched.map_records(line, entry),
            confidence: confidence(explanation.score().millibits(), problem.model.belonging, self.ceiling),
            cause: self.cause,
            ambiguous: self.ambiguous,
            has_reference: self.has_reference,
            unexplained: self.settled.unexplained,
            alternatives: alternatives.collect(),
            explanation,
        }
    }
}

fn pair_draft(problem: &Problem<'_>, edges: &Edges, line: u32, entry: u32, rivals: &[Rival]) -> Option<Draft> {
    let comparison = compare(problem, line as usize, entry as usize)?;
    let settled = settle(problem, &[line], &[entry], Form::Plain)?;
    let mut evidence = pair_evidence(problem, line, entry);
    let own = sum(&evidence);
    let gaps: Vec<i32> = rivals.iter().filter(|rival| !rival.same).map(|rival| rival.gap).collect();
    evidence.extend(rival_piece(rival_weight(own + problem.model.belonging, &gaps)));
    let ambiguous = rivals.iter().any(|rival| rival.gap <= RIVAL_GAP);
    let others = edges.of_line.of(line as usize).iter().filter(|edge| edge.entry != entry);
    let alternatives = others
        .filter(|edge| own - edge.score <= ALTERNATIVE_GAP_MAX)
        .take(ALTERNATIVES_MAX)
        .map(|edge| (vec![edge.entry], pair_evidence(problem, line, edge.entry)))
        .collect();
    Some(Draft {
        runner_up: rivals.first().map(|rival| RunnerUp {
            lines: vec![rival.line],
            entries: vec![rival.entry],
            score: Weight::from_millibits(rival.score),
        }),
        ceiling: if comparison.amounts_agree() && problem.rules.matches(line as usize, entry as usize).is_some() {
            RULED_CEILING
        } else {
            ceiling(&comparison, ambiguous, is_granted(problem, entry, &comparison, &settled))
        },
        cause: if settled.cause == RootCause::None { quiet_cause(problem, entry, &comparison) } else { settled.cause },
        ambiguous,
        has_reference: comparison.is_quoted(),
        alternatives,
        settled,
        evidence,
    })
}

/// Whether the entry's own terms grant the discount that was taken, in time.
fn is_granted(problem: &Problem<'_>, entry: u32, comparison: &Comparison, settled: &Settled) -> bool {
    has_terms(&problem.prepared, entry as usize, comparison.amount) && settled.unexplained.is_zero()
}

fn sum(evidence: &[tieout_domain::Evidence]) -> i32 {
    evidence.iter().map(|piece| piece.weight).sum::<Weight>().millibits()
}

/// What is odd about a pair whose amounts agree: it is late, or its reference is wrong.
fn quiet_cause(problem: &Problem<'_>, entry: u32, comparison: &Comparison) -> RootCause {
    let booked = problem.prepared.entries.booked[entry as usize];
    let late = if problem.bounds.profile == Profile::Processor {
        comparison.lag.is_some_and(|lag| lag.abs() > 1)
    } else if booked {
        comparison.lag.is_some_and(|lag| lag >= UNDERWAY_DAYS_MIN)
    } else {
        comparison.after_due.is_some_and(|late| late >= LATE_DAYS_MIN)
    };
    let wrong = match comparison.reference {
        ReferenceRelation::Near(_) | ReferenceRelation::Differs => true,
        ReferenceRelation::Quoted(_, found, _) => found == Found::Cut && problem.bounds.profile == Profile::Processor,
        ReferenceRelation::Missing => problem.bounds.profile == Profile::Processor,
    };
    match (late, wrong) {
        (true, _) => RootCause::Timing,
        (false, true) => RootCause::ReferenceError,
        (false, false) => RootCause::None,
    }
}

fn group_draft(problem: &Problem<'_>, group: &Group) -> Option<Draft> {
    let settled = settle(problem, &group.lines, &group.entries, group.form)?;
    if group.entries.is_empty() {
        return Some(reversal_draft(problem, group, settled));
    }
    let mut evidence = if group.form == Form::Reversal {
        let mut evidence = pair_evidence(problem, group.lines[0], group.entries[0]);
        evidence.retain(|piece| piece.weight.millibits() > -30_000);
        evidence
    } else {
        group_evidence(problem, &group.lines, &group.entries, group.search_weight, group.form)
    };
    let own = sum(&evidence);
    let gaps: Vec<i32> = group.rivals.iter().map(|(_, gap)| *gap).collect();
    evidence.extend(rival_piece(rival_weight(own + problem.model.belonging, &gaps)));
    let others = group.rivals.iter().filter(|(entries, _)| *entries != group.entries);
    let alternatives: Vec<_> = others
        .take(ALTERNATIVES_MAX)
        .map(|(entries, _)| {
            (entries.clone(), group_evidence(problem, &group.lines, entries, group.search_weight, group.form))
        })
        .collect();
    Some(
        Draft {
            runner_up: group.rivals.first().map(|(entries, gap)| RunnerUp {
                lines: group.lines.clone(),
                entries: entries.clone(),
                score: Weight::from_millibits(own - gap),
            }),
            ceiling: group.ceiling,
            cause: settled.cause,
            ambiguous: gaps.iter().any(|gap| *gap <= RIVAL_GAP),
            has_reference: all_quoted(problem, &group.lines, &group.entries),
            alternatives,
            settled,
            evidence,
        }
        .with_instalments(group),
    )
}

impl Draft {
    /// Instalments that add up are part payments each, whatever the sum.
    fn with_instalments(mut self, group: &Group) -> Self {
        if group.entries.len() == 1 && group.lines.len() > 1 && self.settled.cause == RootCause::None {
            self.cause = RootCause::PartialPayment;
        }
        self
    }
}

/// Two lines that cancel each other: the evidence is the marks that made them a pair.
fn reversal_draft(problem: &Problem<'_>, group: &Group, settled: Settled) -> Draft {
    let records = [group.lines[0], group.lines[1]].map(|line| problem.prepared.line_records[line as usize]);
    let shown = |money: Money| money.to_decimal().to_string();
    let weights = [
        (tieout_domain::EvidenceKind::Amount, 9_000, shown(records[0].amount), shown(records[1].amount)),
        (tieout_domain::EvidenceKind::Reference, 8_000, records[0].description.clone(), records[1].description.clone()),
    ];
    let mut evidence = vec![blank(tieout_domain::EvidenceKind::Prior, -8_000)];
    evidence.extend(weights.into_iter().map(|(kind, weight, statement_value, ledger_value)| tieout_domain::Evidence {
        statement_value,
        ledger_value,
        agreement: tieout_domain::Agreement::Exact,
        ..blank(kind, weight)
    }));
    Draft {
        cause: settled.cause,
        settled,
        evidence,
        runner_up: None,
        ceiling: group.ceiling,
        ambiguous: false,
        has_reference: false,
        alternatives: Vec::new(),
    }
}

fn blank(kind: tieout_domain::EvidenceKind, weight: i32) -> tieout_domain::Evidence {
    tieout_domain::Evidence {
        kind,
        agreement: tieout_domain::Agreement::Missing,
        weight: Weight::from_millibits(weight),
        statement_value: String::new(),
        ledger_value: String::new(),
        difference: None,
    }
}

fn wrong_sign_draft(problem: &Problem<'_>, line: u32, entry: u32) -> Option<Draft> {
    let settled = settle(problem, &[line], &[entry], Form::WrongSign)?;
    let mut evidence = pair_evidence(problem, line, entry);
    // The opposite sign is what the match is about; it does not bar it. That the amount is just that is no accident.
    evidence.retain(|piece| piece.kind != tieout_domain::EvidenceKind::Currency);
    for piece in evidence.iter_mut().filter(|piece| piece.kind == tieout_domain::EvidenceKind::Amount) {
        piece.weight =
            Weight::from_millibits(amount_rarity(&problem.amounts, problem.owed(entry), problem.entry_count()) - 5_000);
    }
    Some(Draft {
        cause: settled.cause,
        settled,
        evidence,
        runner_up: None,
        ceiling: WRONG_SIGN_CEILING,
        ambiguous: false,
        has_reference: all_quoted(problem, &[line], &[entry]),
        alternatives: Vec::new(),
    })
}

fn deposit_draft(problem: &Problem<'_>, deposit: &Deposit) -> Option<Draft> {
    let best = deposit.targets.first()?;
    let matched: Match<u32, u32> = settle_deposit(problem, deposit.line, best.entry)?;
    debug_assert_eq!(matched.kind(), MatchKind::OneToOne);
    let zero = Money::zero(matched.legs().first()?.amount_applied.currency());
    let mut evidence = deposit_evidence(problem, deposit.line, best);
    evidence.extend(rival_piece(rival_weight(best.score() + problem.model.belonging, &deposit.gaps())));
    let cause = cause_of(problem, deposit.line, best);
    let settled = Settled { matched, cause, unexplained: zero };
    let alternatives = deposit.targets[1..].iter().take(ALTERNATIVES_MAX);
    Some(Draft {
        runner_up: deposit.targets.get(1).map(|target| RunnerUp {
            lines: vec![deposit.line],
            entries: vec![target.entry],
            score: Weight::from_millibits(target.score()),
        }),
        ceiling: if best.exact { 999_900 } else { 995_000 },
        cause,
        ambiguous: deposit.is_ambiguous(),
        has_reference: best.exact,
        alternatives: alternatives
            .map(|target| (vec![target.entry], deposit_evidence(problem, deposit.line, target)))
            .collect(),
        settled,
        evidence,
    })
}

/// For each record in no proposal the one of the other side that came nearest, by the caller's positions.
pub(crate) fn nearest(
    problem: &Problem<'_>,
    edges: &Edges,
    proposals: &[Proposal],
) -> (Vec<Option<Nearest>>, Vec<Option<Nearest>>) {
    let columns = (&problem.prepared.lines.columns, &problem.prepared.entries.columns);
    let (mut line_used, mut entry_used) = (vec![false; problem.line_count()], vec![false; problem.entry_count()]);
    for proposal in proposals {
        proposal.matched.lines().for_each(|line| line_used[line] = true);
        proposal.matched.entries().for_each(|entry| entry_used[entry] = true);
    }
    let found = |record: usize, line: u32, entry: u32, taken: bool| Nearest {
        record,
        explanation: Explanation::new(pair_evidence(problem, line, entry), None),
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
        let record = columns.1.source[entry as usize];
        Some(found(record, line, entry, entry_used[record]))
    });
    let entries = place(&columns.1.source, |entry| {
        let (_, line) = for_entry(entry).filter(|_| !entry_used[columns.1.source[entry as usize]])?;
        let record = columns.0.source[line as usize];
        Some(found(record, line, entry, line_used[record]))
    });
    (lines, entries)
}

/// Computes a value for each record and puts it at the caller's position.
fn place<T: Send>(source: &[usize], value: impl Fn(u32) -> Option<T> + Sync) -> Vec<Option<T>> {
    let mut placed: Vec<(usize, Option<T>)> =
        (0..source.len()).into_par_iter().map(|at| (source[at], value(at as u32))).collect();
    placed.par_sort_unstable_by_key(|(at, _)| *at);
    placed.into_iter().map(|(_, value)| value).collect()
}
