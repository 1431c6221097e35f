//! Trying rules on past decisions, before they are switched on. Nothing is changed.

use std::collections::HashSet;

use jiff::civil::Date;
use tieout_domain::{Action, LedgerEntry, LedgerEntryId, MatchId, Money, Rule, StatementLine, StatementLineId};
use tieout_matching::{CompiledRules, PreparedRules};
use tieout_workbook::{PastMatch, PastVerdict, Workbook};

use crate::{ApplicationError, Session};

/// Decisions of each kind that rules are tried on, newest first.
const DECISIONS_MAX: u32 = 10_000;
/// Examples of each finding.
const EXAMPLES_MAX: usize = 20;

/// What a rule would have done with a past decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TrialOutcome {
    /// Matched what was approved.
    MatchedApproved,
    /// Barred what was rejected or overridden.
    BarredRejected,
    /// Written off a difference that was approved with this cause.
    WrittenOffApproved,
    /// Matched what was rejected or overridden.
    MatchedRejected,
    /// Barred what was approved.
    BarredApproved,
    /// Written off the difference of a match that was rejected or overridden.
    WrittenOffRejected,
    /// Written off a difference that was approved with another cause.
    WrittenOffOtherwise,
    /// Categorised a line; past decisions say nothing of categories.
    Categorised,
}

impl TrialOutcome {
    /// All outcomes: agreements, contradictions, what is neither.
    pub const ALL: [Self; 8] = [
        Self::MatchedApproved,
        Self::BarredRejected,
        Self::WrittenOffApproved,
        Self::MatchedRejected,
        Self::BarredApproved,
        Self::WrittenOffRejected,
        Self::WrittenOffOtherwise,
        Self::Categorised,
    ];

    /// The word used in files and in the UI's catalogue.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MatchedApproved => "matched_approved",
            Self::BarredRejected => "barred_rejected",
            Self::WrittenOffApproved => "written_off_approved",
            Self::MatchedRejected => "matched_rejected",
            Self::BarredApproved => "barred_approved",
            Self::WrittenOffRejected => "written_off_rejected",
            Self::WrittenOffOtherwise => "written_off_otherwise",
            Self::Categorised => "categorised",
        }
    }

    /// Whether the rule says what the decision says; none: the decision says nothing of it.
    pub const fn agrees(self) -> Option<bool> {
        match self {
            Self::MatchedApproved | Self::BarredRejected | Self::WrittenOffApproved => Some(true),
            Self::MatchedRejected | Self::BarredApproved | Self::WrittenOffRejected | Self::WrittenOffOtherwise => {
                Some(false)
            }
            Self::Categorised => None,
        }
    }
}

/// A past decision that a finding counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrialExample {
    /// The match that was decided.
    pub match_id: MatchId,
    /// Date of its first line.
    pub date: Option<Date>,
    /// Who: the other party as best known.
    pub title: String,
    /// Text of the line, or numbers of the entries.
    pub subtitle: String,
    /// Statement total.
    pub amount: Money,
    /// Statement minus ledger.
    pub difference: Option<Money>,
}

/// Past decisions for which a rule has one outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrialFinding {
    /// The outcome.
    pub outcome: TrialOutcome,
    /// Decisions with it; for [`TrialOutcome::Categorised`] lines.
    pub count: u64,
    /// Some of them, newest first.
    pub examples: Vec<TrialExample>,
}

/// What one rule would have done. A rule that is not enabled is tried as if it alone were switched on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TriedRule {
    /// Its name.
    pub name: String,
    /// Whether it is enabled.
    pub enabled: bool,
    /// What it would have done, in the order of [`TrialOutcome::ALL`]; empty: it applies to no past decision.
    pub findings: Vec<TrialFinding>,
}

/// What rules would have done with past decisions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RuleTrial {
    /// Approved matches they were tried on.
    pub approved: u64,
    /// Rejected ones.
    pub rejected: u64,
    /// Overridden ones.
    pub overridden: u64,
    /// Older decisions they were not tried on.
    pub left_out: u64,
    /// The rules, in their order.
    pub rules: Vec<TriedRule>,
}

impl TriedRule {
    /// Decisions with which the rule agrees (`true`) or which it contradicts (`false`).
    pub fn count(&self, agrees: bool) -> u64 {
        let findings = self.findings.iter().filter(|finding| finding.outcome.agrees() == Some(agrees));
        findings.map(|finding| finding.count).sum()
    }
}

impl Session {
    /// Tries rules on what was decided in the open workbook. Records are looked at with their full amounts.
    pub fn try_rules(&self, candidate: &[Rule]) -> Result<RuleTrial, ApplicationError> {
        let (past, mut trial) = self.with_open(|open| load(&open.workbook))?;
        let records = Records::new(&past);
        let (lines, entries) = (records.lines(), records.entries());
        let enabled = CompiledRules::new(candidate);
        let enabled = enabled.prepare(&lines, &entries);
        for (index, rule) in candidate.iter().enumerate() {
            let alone = CompiledRules::of_one(candidate, index);
            let one = Tried { index, rule, alone: alone.prepare(&lines, &entries), enabled: &enabled };
            trial.rules.push(one.findings(&records));
        }
        Ok(trial)
    }
}

fn load(workbook: &Workbook) -> Result<(Vec<PastMatch>, RuleTrial), ApplicationError> {
    let (mut past, mut trial) = (Vec::new(), RuleTrial::default());
    for verdict in [PastVerdict::Approved, PastVerdict::Rejected, PastVerdict::Overridden] {
        let found = workbook.past_matches(verdict, DECISIONS_MAX)?;
        let count = found.len() as u64;
        trial.left_out += workbook.count_past(verdict)?.saturating_sub(count);
        match verdict {
            PastVerdict::Approved => trial.approved = count,
            PastVerdict::Rejected => trial.rejected = count,
            PastVerdict::Overridden => trial.overridden = count,
        }
        past.extend(found);
    }
    Ok((past, trial))
}

/// The records of all past matches, one after the other.
struct Records<'a> {
    past: &'a [PastMatch],
    /// Pairs that stand in an approved match: no other decision makes them wrong.
    right: HashSet<(StatementLineId, LedgerEntryId)>,
}

impl<'a> Records<'a> {
    fn new(past: &'a [PastMatch]) -> Self {
        let approved = past.iter().filter(|past| past.verdict == PastVerdict::Approved);
        let pairs = approved
            .flat_map(|past| past.lines.iter().flat_map(|line| past.entries.iter().map(|entry| (line.id, entry.id))));
        Self { past, right: pairs.collect() }
    }

    fn lines(&self) -> Vec<&'a StatementLine> {
        self.past.iter().flat_map(|past| &past.lines).map(|record| &record.line).collect()
    }

    fn entries(&self) -> Vec<&'a LedgerEntry> {
        self.past.iter().flat_map(|past| &past.entries).map(|record| &record.entry).collect()
    }
}

/// A past match and where its records stand among all.
#[derive(Clone, Copy)]
struct Placed<'a> {
    past: &'a PastMatch,
    first_line: usize,
    first_entry: usize,
}

impl Placed<'_> {
    /// Positions of each line and entry, within the match and among all.
    fn pairs(&self) -> impl Iterator<Item = ((usize, usize), (usize, usize))> {
        let (lines, entries, first_line, first_entry) =
            (self.past.lines.len(), self.past.entries.len(), self.first_line, self.first_entry);
        (0..lines).flat_map(move |line| {
            (0..entries).map(move |entry| ((line, entry), (first_line + line, first_entry + entry)))
        })
    }
}

/// A rule under trial.
struct Tried<'r> {
    index: usize,
    rule: &'r Rule,
    alone: PreparedRules<'r>,
    enabled: &'r PreparedRules<'r>,
}

impl Tried<'_> {
    fn findings(&self, records: &Records<'_>) -> TriedRule {
        let mut findings: Vec<TrialFinding> =
            TrialOutcome::ALL.map(|outcome| TrialFinding { outcome, count: 0, examples: Vec::new() }).into();
        let mut seen = HashSet::new();
        let (mut first_line, mut first_entry) = (0, 0);
        for past in records.past {
            let placed = Placed { past, first_line, first_entry };
            let (outcome, count) = match self.rule.action() {
                Action::Categorise(_) => (Some(TrialOutcome::Categorised), self.categorised(&placed, &mut seen)),
                Action::Bar | Action::Match => (self.of_pairs(&placed, records), 1),
                Action::WriteOff(_) => (self.of_difference(&placed), 1),
            };
            let finding = outcome.and_then(|outcome| findings.iter_mut().find(|finding| finding.outcome == outcome));
            if let Some(finding) = finding.filter(|_| count > 0) {
                finding.count += count;
                if finding.examples.len() < EXAMPLES_MAX {
                    finding.examples.push(TrialExample::from(past));
                }
            }
            first_line += past.lines.len();
            first_entry += past.entries.len();
        }
        findings.retain(|finding| finding.count > 0);
        TriedRule { name: self.rule.name().to_owned(), enabled: self.rule.enabled(), findings }
    }

    /// Whether the rule would be the first to answer: `alone` says whether it has an answer, `first` is the first enabled
    /// rule that has one.
    fn decides(&self, alone: bool, first: Option<usize>) -> bool {
        alone && first.is_none_or(|first| self.index <= first)
    }

    fn of_pairs(&self, placed: &Placed<'_>, records: &Records<'_>) -> Option<TrialOutcome> {
        let past = placed.past;
        let bars = *self.rule.action() == Action::Bar;
        let decided = |(line, entry): (usize, usize)| {
            let alone = self.alone.bars(line, entry).or_else(|| self.alone.matches(line, entry)).is_some();
            let first = self.enabled.bars(line, entry).or_else(|| self.enabled.matches(line, entry));
            self.decides(alone, first)
        };
        // Of a larger group that is wrong only the whole is known to be wrong.
        let looked_at = past.lines.len() == 1 || past.entries.len() == 1;
        let wrong = |(line, entry): (usize, usize)| {
            looked_at && !records.right.contains(&(past.lines[line].id, past.entries[entry].id))
        };
        match (past.verdict, bars) {
            (PastVerdict::Approved, bars) => {
                let applies = placed.pairs().any(|(_, among_all)| decided(among_all));
                applies.then_some(if bars { TrialOutcome::BarredApproved } else { TrialOutcome::MatchedApproved })
            }
            (PastVerdict::Rejected | PastVerdict::Overridden, bars) => {
                let applies = placed.pairs().any(|(within, among_all)| wrong(within) && decided(among_all));
                applies.then_some(if bars { TrialOutcome::BarredRejected } else { TrialOutcome::MatchedRejected })
            }
        }
    }

    fn of_difference(&self, placed: &Placed<'_>) -> Option<TrialOutcome> {
        let gap = placed.past.row.difference?;
        let cause = placed.pairs().find_map(|(_, (line, entry))| {
            let (_, cause, _) = self.alone.write_off(line, entry, gap)?;
            let first = self.enabled.write_off(line, entry, gap).map(|(first, _, _)| first);
            self.decides(true, first).then_some(cause)
        })?;
        Some(match placed.past.verdict {
            PastVerdict::Approved if cause == placed.past.row.cause => TrialOutcome::WrittenOffApproved,
            PastVerdict::Approved => TrialOutcome::WrittenOffOtherwise,
            PastVerdict::Rejected | PastVerdict::Overridden => TrialOutcome::WrittenOffRejected,
        })
    }

    /// Lines of the match that get the category and were not seen yet.
    fn categorised(&self, placed: &Placed<'_>, seen: &mut HashSet<StatementLineId>) -> u64 {
        let lines = placed.past.lines.iter().enumerate().filter(|(at, line)| {
            let place = placed.first_line + at;
            let first = self.enabled.category(place).map(|(first, _)| first);
            self.decides(self.alone.category(place).is_some(), first) && seen.insert(line.id)
        });
        lines.count() as u64
    }
}

impl From<&PastMatch> for TrialExample {
    fn from(past: &PastMatch) -> Self {
        Self {
            match_id: past.id,
            date: past.row.date,
            title: past.row.title.clone(),
            subtitle: past.row.subtitle.clone(),
            amount: past.row.amount,
            difference: past.row.difference,
        }
    }
}
