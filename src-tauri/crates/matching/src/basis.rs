//! What a proposal rests on, in numbers; put into words when somebody asks.
//!
//! A run of a million proposals would hold gigabytes of words, nearly all of which nobody reads.

use tieout_domain::{Agreement, Evidence, EvidenceKind, Explanation, Money, RunnerUp, Weight};

use crate::{
    Alternative,
    block::Problem,
    candidates::Candidates,
    compare::Comparison,
    deposits::Deposit,
    explain::{RULED, deposit_evidence, group_evidence, pair_evidence, piece, rival_piece},
    group::Group,
    proposals::ALTERNATIVES_MAX,
    score::{amount_rarity, better, rival_weight, weigh},
    settle::Form,
};

/// One line and one entry, with what competes with them.
#[derive(Debug)]
pub(crate) struct PairBasis {
    pub(crate) line: u32,
    pub(crate) entry: u32,
    /// The weight of all rivals together.
    pub(crate) rivalry: i32,
    /// The next best answer, another entry for the line or another line for the entry, and its score.
    pub(crate) runner_up: Option<(u32, u32, i32)>,
    /// Other entries for the line, best first.
    pub(crate) others: Vec<u32>,
}

/// What a proposal rests on.
#[derive(Debug)]
pub(crate) enum Basis {
    Pair(PairBasis),
    Group(Group),
    WrongSign { line: u32, entry: u32 },
    Deposit(Deposit),
}

/// What all evidence of each kind says, in thousandths of a bit.
struct Tally([i32; EvidenceKind::ALL.len()]);

impl Tally {
    fn of(pieces: impl IntoIterator<Item = (EvidenceKind, i32)>) -> Self {
        let mut tally = Self([0; EvidenceKind::ALL.len()]);
        pieces.into_iter().for_each(|(kind, weight)| tally.0[kind as usize] += weight);
        tally
    }

    fn of_pair(problem: &Problem<'_>, line: u32, entry: u32) -> Self {
        let Some((comparison, _)) = problem.look_at(line, entry) else { return Self::of([]) };
        let (line, entry) = (line as usize, entry as usize);
        let ruled = problem.rules.matches(line, entry).map(|_| (EvidenceKind::Rule, RULED));
        Self::of(weigh(problem, line, entry, &comparison).by_kind().chain(ruled))
    }

    fn of_kind(&self, kind: EvidenceKind) -> i32 {
        self.0[kind as usize]
    }

    fn take(&mut self, kind: EvidenceKind) {
        self.0[kind as usize] = 0;
    }

    fn total(&self) -> i32 {
        self.0.iter().sum()
    }
}

/// The next best answer by the engine's own numbers.
type Next = RunnerUp<u32, u32>;

impl Basis {
    /// The sum of the evidence, in thousandths of a bit.
    pub(crate) fn score(&self, problem: &Problem<'_>) -> i32 {
        sum(&self.evidence(problem))
    }

    /// Why, by the caller's positions.
    pub(crate) fn explanation(&self, problem: &Problem<'_>) -> Explanation<usize, usize> {
        let columns = (&problem.prepared.lines.columns, &problem.prepared.entries.columns);
        let evidence = self.evidence(problem);
        let runner_up = self.runner_up(&evidence);
        let decisive = self.decisive(problem, &evidence, runner_up.as_ref());
        Explanation::new(evidence, runner_up)
            .with_decisive(decisive)
            .map_records(|line| columns.0.source[line as usize], |entry| columns.1.source[entry as usize])
    }

    /// Other entries for the same lines, best first, by the caller's positions.
    pub(crate) fn alternatives(&self, problem: &Problem<'_>) -> Vec<Alternative> {
        let answer = |entries: &[u32], evidence: Vec<Evidence>| Alternative {
            entries: entries.iter().map(|entry| problem.prepared.entries.columns.source[*entry as usize]).collect(),
            explanation: Explanation::new(evidence, None),
        };
        match self {
            Self::Pair(pair) => {
                let others = pair.others.iter();
                others.map(|entry| answer(&[*entry], pair_evidence(problem, pair.line, *entry))).collect()
            }
            Self::Group(group) => {
                let others = group.rivals.iter().filter(|(entries, _)| *entries != group.entries);
                let evidence =
                    |entries: &[u32]| group_evidence(problem, &group.lines, entries, group.search_weight, group.form);
                others.take(ALTERNATIVES_MAX).map(|(entries, _)| answer(entries, evidence(entries))).collect()
            }
            Self::WrongSign { .. } => Vec::new(),
            Self::Deposit(deposit) => {
                let others = deposit.targets.iter().skip(1).take(ALTERNATIVES_MAX);
                let evidence = |target| deposit_evidence(problem, deposit.line, target);
                others.map(|target| answer(&[target.entry], evidence(target))).collect()
            }
        }
    }

    /// The kinds of evidence each of which decides alone: taken from both answers, the next best would be as good; where
    /// there is none, nothing would be proposed.
    fn decisive(&self, problem: &Problem<'_>, evidence: &[Evidence], next: Option<&Next>) -> Vec<EvidenceKind> {
        let mut own = Tally::of(evidence.iter().map(|piece| (piece.kind, piece.weight.millibits())));
        let other = match next {
            Some(next) => Some(self.tally_of(problem, next)),
            None => self.best_without(problem),
        };
        let least = match &other {
            Some(other) => other.total(),
            None => problem.model.accepted_min(),
        };
        if other.is_some() {
            // Rivals weigh on the answer because the next best is one of them.
            own.take(EvidenceKind::Rival);
        }
        let decides = |kind: &EvidenceKind| {
            let lead = own.of_kind(*kind) - other.as_ref().map_or(0, |other| other.of_kind(*kind));
            let may = !matches!(kind, EvidenceKind::Prior | EvidenceKind::Rival) && own.of_kind(*kind) > 0;
            may && own.total() > least && own.total() - lead <= least
        };
        EvidenceKind::ALL.into_iter().filter(decides).collect()
    }

    /// What speaks for the entry that would come next if less spoke for the one that was chosen, however far behind it is.
    fn best_without(&self, problem: &Problem<'_>) -> Option<Tally> {
        let Self::Pair(pair) = self else { return None };
        let others = Candidates::of_same_amount(problem, pair.line, pair.entry).into_iter();
        let scored = others.filter_map(|other| Some((problem.look_at(pair.line, other)?.1, other)));
        let (_, best) = scored.min_by(|a, b| better(*a, *b))?;
        Some(Tally::of_pair(problem, pair.line, best))
    }

    /// What speaks for and against the next best answer.
    fn tally_of(&self, problem: &Problem<'_>, next: &Next) -> Tally {
        let evidence = match (self, next.lines.as_slice(), next.entries.as_slice()) {
            (Self::Group(group), lines, entries) => {
                group_evidence(problem, lines, entries, group.search_weight, group.form)
            }
            (Self::Deposit(deposit), ..) => {
                deposit.targets.get(1).map_or(Vec::new(), |next| deposit_evidence(problem, deposit.line, next))
            }
            (_, [line], [entry]) => return Tally::of_pair(problem, *line, *entry),
            _ => Vec::new(),
        };
        Tally::of(evidence.iter().map(|piece| (piece.kind, piece.weight.millibits())))
    }

    fn evidence(&self, problem: &Problem<'_>) -> Vec<Evidence> {
        match self {
            Self::Pair(pair) => {
                let mut evidence = pair_evidence(problem, pair.line, pair.entry);
                evidence.extend(rival_piece(pair.rivalry));
                evidence
            }
            Self::Group(group) if group.entries.is_empty() => cancelling(problem, [group.lines[0], group.lines[1]]),
            Self::Group(group) => of_group(problem, group),
            Self::WrongSign { line, entry } => of_wrong_sign(problem, *line, *entry),
            Self::Deposit(deposit) => {
                let Some(best) = deposit.targets.first() else { return Vec::new() };
                let mut evidence = deposit_evidence(problem, deposit.line, best);
                let own = best.score() + problem.model.belonging;
                evidence.extend(rival_piece(rival_weight(own, &deposit.gaps())));
                evidence
            }
        }
    }

    /// The next best answer to what has this evidence.
    fn runner_up(&self, evidence: &[Evidence]) -> Option<Next> {
        let answer = |lines: &[u32], entries: &[u32], score: i32| Next {
            lines: lines.to_vec(),
            entries: entries.to_vec(),
            score: Weight::from_millibits(score),
        };
        match self {
            Self::Pair(pair) => pair.runner_up.map(|(line, entry, score)| answer(&[line], &[entry], score)),
            Self::Group(group) => {
                let rivalry = evidence.iter().filter(|piece| piece.kind == EvidenceKind::Rival);
                let own = sum(evidence) - rivalry.map(|piece| piece.weight.millibits()).sum::<i32>();
                group.rivals.first().map(|(entries, gap)| answer(&group.lines, entries, own - gap))
            }
            Self::WrongSign { .. } => None,
            Self::Deposit(deposit) => {
                let next = deposit.targets.get(1)?;
                Some(answer(&[deposit.line], &[next.entry], next.score()))
            }
        }
    }
}

/// What a pair that was compared scores, without what competes with it, in thousandths of a bit.
pub(crate) fn pair_score(problem: &Problem<'_>, line: u32, entry: u32, comparison: &Comparison) -> i32 {
    let (line, entry) = (line as usize, entry as usize);
    let ruled = problem.rules.matches(line, entry).map_or(0, |_| RULED);
    weigh(problem, line, entry, comparison).total() + ruled
}

fn sum(evidence: &[Evidence]) -> i32 {
    evidence.iter().map(|piece| piece.weight).sum::<Weight>().millibits()
}

fn of_group(problem: &Problem<'_>, group: &Group) -> Vec<Evidence> {
    let mut evidence = if group.form == Form::Reversal {
        let mut evidence = pair_evidence(problem, group.lines[0], group.entries[0]);
        evidence.retain(|piece| piece.weight.millibits() > -30_000);
        evidence
    } else {
        group_evidence(problem, &group.lines, &group.entries, group.search_weight, group.form)
    };
    let gaps: Vec<i32> = group.rivals.iter().map(|(_, gap)| *gap).collect();
    evidence.extend(rival_piece(rival_weight(sum(&evidence) + problem.model.belonging, &gaps)));
    evidence
}

/// Two lines that cancel each other: the evidence is the marks that made them a pair.
fn cancelling(problem: &Problem<'_>, lines: [u32; 2]) -> Vec<Evidence> {
    let records = lines.map(|line| problem.prepared.line_records[line as usize]);
    let shown = |money: Money| money.to_decimal().to_string();
    let texts = [
        (EvidenceKind::Amount, 9_000, records.map(|line| shown(line.amount))),
        (EvidenceKind::Reference, 8_000, records.map(|line| line.description.clone())),
    ];
    let mut evidence = vec![piece(EvidenceKind::Prior, Agreement::Missing, -8_000)];
    evidence.extend(texts.into_iter().map(|(kind, weight, [statement_value, ledger_value])| Evidence {
        statement_value,
        ledger_value,
        ..piece(kind, Agreement::Exact, weight)
    }));
    evidence
}

fn of_wrong_sign(problem: &Problem<'_>, line: u32, entry: u32) -> Vec<Evidence> {
    let mut evidence = pair_evidence(problem, line, entry);
    // The opposite sign is what the match is about; it does not bar it. That the amount is just that is no accident.
    evidence.retain(|piece| piece.kind != EvidenceKind::Currency);
    for piece in evidence.iter_mut().filter(|piece| piece.kind == EvidenceKind::Amount) {
        let rarity = amount_rarity(&problem.amounts, problem.owed(entry), problem.entry_count());
        piece.weight = Weight::from_millibits(rarity - 5_000);
    }
    evidence
}
