//! Running the engine over what is open in the workbook.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::ControlFlow,
    time::Instant,
};

use tieout_classify::{Context, Unmatched, finding_of};
use tieout_domain::{
    Agreement, Currency, EvidenceKind, Explanation, LedgerEntry, LedgerEntryId, Match, MatchStatus, Money, Profile,
    RecordRef, RootCause, StatementLine, StatementLineId, said,
};
use tieout_matching::{Known, Nearest, Outcome, may_auto_approve};
use tieout_reports::RecordRow;
use tieout_workbook::{Alternative, NewException, NewRun, OpenRecord, Proposal, RejectedMatch, RunRecord};

use crate::{
    ApplicationError, Configuration, Progress, RunSummary, Session, cause_words, causes, engine, matching_settings,
    rates, results, wording,
};

/// Names the rule by which matches are approved without a person: `auto_approve` of the configuration the run records.
const POLICY: &str = "auto-approve 1";

/// What is open, with the workbook's identifiers beside the engine's positions.
struct OpenItems {
    lines: Vec<StatementLine>,
    line_ids: Vec<StatementLineId>,
    entries: Vec<LedgerEntry>,
    entry_ids: Vec<LedgerEntryId>,
}

impl Session {
    /// Matches everything that is open, as told or else by the matching settings kept in the workbook. Other work in the
    /// workbook may go on meanwhile; what it decides is respected, because results that no longer fit are refused whole.
    pub fn run_matching(
        &self,
        configuration: Option<&Configuration>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<RunSummary, ApplicationError> {
        let task = self.begin()?;
        let began = Instant::now();
        let (items, known, held_back, version, configuration) = self.with_open(|open| {
            let workbook = &open.workbook;
            let mut configuration = match configuration {
                Some(configuration) => configuration.clone().with_rates_read()?,
                None => matching_settings::in_force(workbook)?,
            };
            if configuration.engine.base_currency.is_none() {
                configuration.engine.base_currency = Some(workbook.company().base_currency);
            }
            let items = OpenItems::new(workbook.open_lines(None)?, workbook.open_entries()?);
            let mut known = items.known(&workbook.rejected_matches()?);
            known.settled =
                workbook.settled_numbers(items.lines.len(), || tieout_matching::numbers_in(&items.lines))?;
            let people = HeldBack {
                has_limits: workbook.policy_in_force()?.is_some_and(|of| of.policy.has_limits()),
                taken_back: workbook.taken_back_from_policy()?,
            };
            Ok((items, known, people, workbook.work_version()?, configuration))
        })?;
        let outcome = engine::run(&items.lines, &items.entries, &configuration.engine, &known, progress, &|| {
            task.is_cancelled()
        })?;
        let run = NewRun {
            engine_version: engine::VERSION.to_owned(),
            model_version: None,
            policy_version: POLICY.to_owned(),
            profile: configuration.engine.profile,
            configuration: configuration.lines().into_iter().map(|(key, value)| format!("{key} = {value}\n")).collect(),
            lines: items.lines.len() as u64,
            entries: items.entries.len() as u64,
            candidates: outcome.statistics.candidates_scored,
            elapsed_ms: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
            open: items.totals(),
        };
        let proposals = items.proposals(&outcome, &configuration, &held_back);
        let exceptions = items.exceptions(&outcome, configuration.engine.profile);
        let stored = self.with_open(|open| {
            // Records, decisions and settings are what it looked at.
            if open.workbook.work_version()? != version {
                return Err(ApplicationError::Stale(said!(
                    "run.stale",
                    "the workbook changed while the engine ran: run it again"
                )));
            }
            let mut watch = |done, total| {
                progress(Progress { stage: "storing", done, total });
                if task.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            };
            Ok(open.workbook.store_run(&run, &proposals, &exceptions, &mut watch)?)
        })?;
        let rates = configuration.engine.cross_currency.unwrap_or_default();
        let lines_without_rate = rates::lines_without_rate(&rates, &items.lines, &items.entries, &outcome);
        Ok(RunSummary { lines_without_rate, ..stored.into() })
    }
}

impl From<RunRecord> for RunSummary {
    fn from(record: RunRecord) -> Self {
        Self {
            id: record.id,
            lines: record.run.lines,
            entries: record.run.entries,
            candidates: record.run.candidates,
            approved: record.approved,
            suggested: record.suggested + record.ambiguous,
            ambiguous: record.ambiguous,
            lines_unmatched: record.lines_unmatched,
            entries_unmatched: record.entries_unmatched,
            accepted: record.accepted,
            lines_without_rate: 0,
            elapsed_ms: record.run.elapsed_ms,
        }
    }
}

/// What a run does not approve by its configuration, however sure it is.
struct HeldBack {
    /// A policy has limits for some causes: then it decides over differences that have one, beyond what is tolerated.
    has_limits: bool,
    /// Records of which a person took back an automatic approval.
    taken_back: HashSet<Vec<RecordRef>>,
}

impl HeldBack {
    fn holds(&self, matched: &Match, is_tolerated: bool) -> bool {
        let is_for_policy = || !is_tolerated && matched.adjustments().iter().any(|of| of.cause != RootCause::None);
        let was_taken_back = || {
            // Legs stand in order of their records.
            let records: Vec<RecordRef> = matched.legs().iter().map(|leg| leg.record).collect();
            self.taken_back.contains(&records)
        };
        (self.has_limits && is_for_policy()) || (!self.taken_back.is_empty() && was_taken_back())
    }
}

impl OpenItems {
    /// What the engine sees of a record is what is open of it.
    fn new(
        lines: Vec<OpenRecord<StatementLineId, StatementLine>>,
        entries: Vec<OpenRecord<LedgerEntryId, LedgerEntry>>,
    ) -> Self {
        let (line_ids, lines) =
            lines.into_iter().map(|open| (open.id, StatementLine { amount: open.open, ..open.record })).unzip();
        let (entry_ids, entries) =
            entries.into_iter().map(|open| (open.id, LedgerEntry { amount: open.open, ..open.record })).unzip();
        Self { lines, line_ids, entries, entry_ids }
    }

    /// What lines and entries come to, one pair a currency. A currency whose sums do not fit has none: the run goes on
    /// without its variance.
    fn totals(&self) -> Vec<(Money, Money)> {
        let mut sums: BTreeMap<Currency, (i128, i128)> = BTreeMap::new();
        for line in &self.lines {
            sums.entry(line.amount.currency()).or_default().0 += i128::from(line.amount.minor_units());
        }
        for entry in &self.entries {
            sums.entry(entry.amount.currency()).or_default().1 += i128::from(entry.amount.minor_units());
        }
        let fitting = sums.into_iter().filter_map(|(currency, (lines, entries))| {
            let money = |sum| i64::try_from(sum).ok().map(|minor| Money::from_minor(minor, currency));
            money(lines).zip(money(entries))
        });
        fitting.collect()
    }

    /// What a person rejected. Of a rejected group only the whole is known to be wrong, unless one side is a single
    /// record: then each of its pairs is what was looked at.
    fn known(&self, rejected: &[RejectedMatch]) -> Known {
        let mut known = Known::default();
        if rejected.is_empty() {
            return known;
        }
        let lines: HashMap<_, _> = self.line_ids.iter().enumerate().map(|(index, id)| (*id, index)).collect();
        let entries: HashMap<_, _> = self.entry_ids.iter().enumerate().map(|(index, id)| (*id, index)).collect();
        for group in rejected {
            let mut group_lines: Vec<usize> = group.lines.iter().filter_map(|id| lines.get(id)).copied().collect();
            let mut group_entries: Vec<usize> =
                group.entries.iter().filter_map(|id| entries.get(id)).copied().collect();
            if group.lines.len() == 1 || group.entries.len() == 1 {
                let pairs = group_lines.iter().flat_map(|line| group_entries.iter().map(|entry| (*line, *entry)));
                known.rejected.extend(pairs);
            } else if (group_lines.len(), group_entries.len()) == (group.lines.len(), group.entries.len()) {
                group_lines.sort_unstable();
                group_entries.sort_unstable();
                known.rejected_groups.push((group_lines, group_entries));
            }
        }
        known
    }

    fn named(&self, explanation: Explanation<usize, usize>) -> Explanation {
        explanation.map_records(|line| self.line_ids[line], |entry| self.entry_ids[entry])
    }

    fn proposals(&self, outcome: &Outcome<'_>, configuration: &Configuration, held_back: &HeldBack) -> Vec<Proposal> {
        let status = |proposal: &tieout_matching::Proposal, matched: &Match| {
            if may_auto_approve(proposal, &configuration.engine.auto_approve)
                && !held_back.holds(matched, proposal.tolerated)
            {
                MatchStatus::Approved
            } else if proposal.ambiguous {
                MatchStatus::Ambiguous
            } else {
                MatchStatus::Suggested
            }
        };
        outcome
            .proposals
            .iter()
            .enumerate()
            .map(|(at, proposal)| (at, proposal, self.matched(proposal)))
            .map(|(at, proposal, matched)| Proposal {
                status: status(proposal, &matched),
                matched,
                confidence: proposal.confidence,
                cause: proposal.cause,
                explanation: self.named(outcome.explanation(at)),
                finding: outcome.finding(at),
                alternatives: outcome.alternatives(at).iter().map(|other| self.alternative(proposal, other)).collect(),
            })
            .collect()
    }

    fn matched(&self, proposal: &tieout_matching::Proposal) -> Match {
        proposal.matched.map_records(|line| self.line_ids[line], |entry| self.entry_ids[entry])
    }

    fn alternative(&self, proposal: &tieout_matching::Proposal, other: &tieout_matching::Alternative) -> Alternative {
        let kinds = |wanted: fn(Agreement) -> bool| -> Vec<EvidenceKind> {
            let evidence = other.explanation.evidence().iter();
            evidence.filter(|evidence| wanted(evidence.agreement)).map(|evidence| evidence.kind).collect()
        };
        Alternative {
            lines: proposal.matched.lines().map(|line| self.line_ids[line]).collect(),
            entries: other.entries.iter().map(|entry| self.entry_ids[*entry]).collect(),
            score: other.explanation.score(),
            agrees: kinds(|agreement| matches!(agreement, Agreement::Exact | Agreement::Near)),
            differs: kinds(|agreement| agreement == Agreement::Differs),
        }
    }

    fn exceptions(&self, outcome: &Outcome<'_>, profile: Profile) -> Vec<NewException> {
        let mut line_matched = vec![false; self.lines.len()];
        let mut entry_matched = vec![false; self.entries.len()];
        for proposal in &outcome.proposals {
            proposal.matched.lines().for_each(|line| line_matched[line] = true);
            proposal.matched.entries().for_each(|entry| entry_matched[entry] = true);
        }
        let context = causes::context(&self.lines, &self.entries, outcome, profile);
        let lines = (0..self.lines.len()).filter(|line| !line_matched[*line]).map(|at| {
            let line = &self.lines[at];
            let nearest = outcome.nearest_for_line(at);
            let nearest = nearest.map(|found| (results::entry_row(&self.entries[found.record], ""), found));
            exception(RecordRef::Line(self.line_ids[at]), line.amount, Unmatched::Line(line), nearest, &context)
        });
        let is_open = |entry: &usize| {
            !entry_matched[*entry] && self.entries[*entry].kind != tieout_domain::LedgerKind::CustomerAccount
        };
        let entries = (0..self.entries.len()).filter(is_open).map(|at| {
            let entry = &self.entries[at];
            let nearest = outcome.nearest_for_entry(at);
            let nearest = nearest.map(|found| (results::line_row(&self.lines[found.record], ""), found));
            exception(RecordRef::Entry(self.entry_ids[at]), entry.amount, Unmatched::Entry(entry), nearest, &context)
        });
        lines.chain(entries).collect()
    }
}

/// An unmatched record with its cause, and with what came nearest and why it fell short.
fn exception(
    record: RecordRef,
    amount: Money,
    unmatched: Unmatched<'_>,
    nearest: Option<(RecordRow<'_>, Nearest)>,
    context: &Context<'_>,
) -> NewException {
    let finding = finding_of(unmatched, context);
    let mut explanation = cause_words::told(&finding);
    if let Some((other, nearest)) = nearest {
        explanation.push(' ');
        wording::nearest(&mut explanation, &other, &nearest);
    }
    let impact = if amount.minor_units() < 0 { amount.checked_neg().unwrap_or(amount) } else { amount };
    NewException { record, cause: finding.cause, impact, explanation, finding: Some(finding) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids<T>(numbers: impl IntoIterator<Item = u128>, id: fn(uuid::Uuid) -> T) -> Vec<T> {
        numbers.into_iter().map(|number| id(uuid::Uuid::from_u128(number))).collect()
    }

    fn lines(numbers: impl IntoIterator<Item = u128>) -> Vec<StatementLineId> {
        ids(numbers, StatementLineId::from_uuid)
    }

    fn entries(numbers: impl IntoIterator<Item = u128>) -> Vec<LedgerEntryId> {
        ids(numbers, LedgerEntryId::from_uuid)
    }

    type Group = (Vec<usize>, Vec<usize>);

    /// The pairs and groups the engine is told of where lines and entries 0 to 9 are open.
    fn told(rejected: &[(&[u128], &[u128])]) -> (Vec<(usize, usize)>, Vec<Group>) {
        let items =
            OpenItems { lines: Vec::new(), line_ids: lines(0..10), entries: Vec::new(), entry_ids: entries(0..10) };
        let rejected: Vec<RejectedMatch> = rejected
            .iter()
            .map(|(some, others)| RejectedMatch {
                lines: lines(some.iter().copied()),
                entries: entries(others.iter().copied()),
            })
            .collect();
        let known = items.known(&rejected);
        let mut pairs: Vec<_> = known.rejected.into_iter().collect();
        pairs.sort_unstable();
        (pairs, known.rejected_groups)
    }

    #[test]
    fn a_rejected_pair_is_told_and_so_is_each_pair_of_one_line_with_several_entries() {
        assert_eq!(told(&[(&[3], &[4])]), (vec![(3, 4)], Vec::new()));
        assert_eq!(told(&[(&[3], &[4, 5])]), (vec![(3, 4), (3, 5)], Vec::new()));
    }

    #[test]
    fn a_rejected_group_is_told_as_a_whole_and_its_pairs_are_not() {
        assert_eq!(told(&[(&[3, 1], &[5, 4])]), (Vec::new(), vec![(vec![1, 3], vec![4, 5])]));
        assert_eq!(told(&[(&[], &[5, 4])]), (Vec::new(), vec![(Vec::new(), vec![4, 5])]));
    }

    #[test]
    fn a_rejected_group_that_is_no_longer_all_open_cannot_come_back() {
        assert_eq!(told(&[(&[1, 99], &[4, 5])]), (Vec::new(), Vec::new()));
        assert_eq!(told(&[(&[1], &[4, 99])]), (vec![(1, 4)], Vec::new()));
    }
}
