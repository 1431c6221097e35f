//! Running the engine over what is open in the workbook.

use std::{collections::HashMap, ops::ControlFlow, time::Instant};

use tieout_classify::{Context, Unmatched, cause_of};
use tieout_domain::{
    Agreement, EvidenceKind, Explanation, LedgerEntry, LedgerEntryId, MatchStatus, Money, RecordRef, StatementLine,
    StatementLineId,
};
use tieout_matching::{Known, Outcome, may_auto_approve};
use tieout_workbook::{Alternative, NewException, NewRun, OpenRecord, Proposal, RejectedMatch, RunRecord};

use crate::{ApplicationError, Configuration, Progress, RunSummary, Session, engine, matching_settings};

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
        self.begin();
        let began = Instant::now();
        let (items, known, head, configuration) = self.with_open(|open| {
            let workbook = &open.workbook;
            let mut configuration = match configuration {
                Some(configuration) => configuration.clone(),
                None => matching_settings::stored(workbook)?.configuration,
            };
            // The workbook applies amounts in the record's own currency.
            configuration.engine.cross_currency = None;
            if configuration.engine.base_currency.is_none() {
                configuration.engine.base_currency = Some(workbook.company().base_currency);
            }
            let items = OpenItems::new(workbook.open_lines(None)?, workbook.open_entries()?);
            let known = items.known(&workbook.rejected_matches()?);
            Ok((items, known, workbook.audit_head(), configuration))
        })?;
        let outcome = engine::run(&items.lines, &items.entries, &configuration.engine, &known, progress, &|| {
            self.is_cancelled()
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
        };
        let proposals = items.proposals(&outcome, &configuration);
        let exceptions = items.exceptions(&outcome);
        let stored = self.with_open(|open| {
            if open.workbook.audit_head() != head {
                return Err(ApplicationError::Stale(
                    "the workbook changed while the engine ran: run it again".to_owned(),
                ));
            }
            let mut watch = |done, total| {
                progress(Progress { stage: "storing", done, total });
                if self.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            };
            Ok(open.workbook.store_run(&run, &proposals, &exceptions, &mut watch)?)
        })?;
        Ok(stored.into())
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
            elapsed_ms: record.run.elapsed_ms,
        }
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

    /// Pairs a person rejected. Of a rejected group only the whole is known to be wrong, unless one side is a single
    /// record: then each of its pairs is what was looked at.
    fn known(&self, rejected: &[RejectedMatch]) -> Known {
        let lines: HashMap<_, _> = self.line_ids.iter().enumerate().map(|(index, id)| (*id, index)).collect();
        let entries: HashMap<_, _> = self.entry_ids.iter().enumerate().map(|(index, id)| (*id, index)).collect();
        let mut known = Known::default();
        for group in rejected.iter().filter(|group| group.lines.len() == 1 || group.entries.len() == 1) {
            for line in group.lines.iter().filter_map(|id| lines.get(id)) {
                known
                    .rejected
                    .extend(group.entries.iter().filter_map(|id| entries.get(id)).map(|entry| (*line, *entry)));
            }
        }
        known
    }

    fn named(&self, explanation: &Explanation<usize, usize>) -> Explanation {
        explanation.clone().map_records(|line| self.line_ids[line], |entry| self.entry_ids[entry])
    }

    fn proposals(&self, outcome: &Outcome, configuration: &Configuration) -> Vec<Proposal> {
        let status = |proposal: &tieout_matching::Proposal| {
            if may_auto_approve(proposal, &configuration.engine.auto_approve) {
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
            .map(|proposal| Proposal {
                matched: proposal.matched.map_records(|line| self.line_ids[line], |entry| self.entry_ids[entry]),
                status: status(proposal),
                confidence: proposal.confidence,
                cause: proposal.cause,
                explanation: self.named(&proposal.explanation),
                alternatives: proposal.alternatives.iter().map(|other| self.alternative(proposal, other)).collect(),
            })
            .collect()
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

    fn exceptions(&self, outcome: &Outcome) -> Vec<NewException> {
        let mut line_matched = vec![false; self.lines.len()];
        let mut entry_matched = vec![false; self.entries.len()];
        for proposal in &outcome.proposals {
            proposal.matched.lines().for_each(|line| line_matched[line] = true);
            proposal.matched.entries().for_each(|entry| entry_matched[entry] = true);
        }
        let context = Context::new(&self.lines, &self.entries);
        let lines = self.lines.iter().zip(&self.line_ids).zip(line_matched).filter(|(_, matched)| !matched);
        let entries = self
            .entries
            .iter()
            .zip(&self.entry_ids)
            .zip(entry_matched)
            .filter(|((entry, _), matched)| !matched && entry.kind != tieout_domain::LedgerKind::CustomerAccount);
        lines
            .map(|((line, id), _)| exception(RecordRef::Line(*id), line.amount, Unmatched::Line(line), &context))
            .chain(entries.map(|((entry, id), _)| {
                exception(RecordRef::Entry(*id), entry.amount, Unmatched::Entry(entry), &context)
            }))
            .collect()
    }
}

fn exception(record: RecordRef, amount: Money, unmatched: Unmatched<'_>, context: &Context<'_>) -> NewException {
    let finding = cause_of(unmatched, context);
    let impact = if amount.minor_units() < 0 { amount.checked_neg().unwrap_or(amount) } else { amount };
    NewException { record, cause: finding.cause, impact, explanation: finding.explanation }
}
