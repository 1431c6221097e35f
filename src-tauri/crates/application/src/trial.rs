//! Trying rules on past decisions, before they are switched on. Nothing is changed.

use std::collections::HashSet;

use jiff::civil::Date;
use rayon::prelude::*;
use tieout_domain::{Action, LedgerEntry, LedgerEntryId, MatchId, Money, Rule, StatementLine, StatementLineId};
use tieout_matching::{CompiledRules, PreparedRules};
use tieout_workbook::{EntryRecord, LineRecord, PastMatch, PastVerdict, Workbook};

use crate::{ApplicationError, Session};

/// Decisions of each kind that rules are tried on, newest first.
const DECISIONS_MAX: u32 = 10_000;
/// Approved matches whose lines a rule that matches is asked about with the entries of all the others: pairs grow with
/// the square.
const OTHERS_MAX: usize = 2_000;
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
    /// Matched the line of an approved match with the entry of another one.
    MatchedOtherwise,
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
    pub const ALL: [Self; 9] = [
        Self::MatchedApproved,
        Self::BarredRejected,
        Self::WrittenOffApproved,
        Self::MatchedRejected,
        Self::MatchedOtherwise,
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
            Self::MatchedOtherwise => "matched_otherwise",
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
            Self::MatchedRejected
            | Self::MatchedOtherwise
            | Self::BarredApproved
            | Self::WrittenOffRejected
            | Self::WrittenOffOtherwise => Some(false),
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
    /// What it would have done, in the order of [`TrialOutcome::ALL`]; empty: it decides nothing of the past.
    pub findings: Vec<TrialFinding>,
    /// Decided matches of which its conditions hold too, but an enabled rule above it decides first.
    pub forestalled: u64,
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
        let enabled = CompiledRules::new(candidate).prepare(&lines, &entries);
        for (index, rule) in candidate.iter().enumerate() {
            let alone = CompiledRules::of_one(candidate, index).prepare(&lines, &entries);
            let one = Tried { index, rule, alone, enabled: &enabled };
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

/// The records of all past matches, one after the other; approved matches come first.
struct Records<'a> {
    placed: Vec<Placed<'a>>,
    /// Pairs that stand in an approved match: no other decision makes them wrong.
    right: HashSet<(StatementLineId, LedgerEntryId)>,
}

impl<'a> Records<'a> {
    fn new(past: &'a [PastMatch]) -> Self {
        let mut placed = Vec::with_capacity(past.len());
        let (mut first_line, mut first_entry) = (0, 0);
        for past in past {
            placed.push(Placed { past, first_line, first_entry });
            first_line += past.lines.len();
            first_entry += past.entries.len();
        }
        let approved = past.iter().filter(|past| past.verdict == PastVerdict::Approved);
        let pairs = approved
            .flat_map(|past| past.lines.iter().flat_map(|line| past.entries.iter().map(|entry| (line.id, entry.id))));
        Self { placed, right: pairs.collect() }
    }

    fn is_right(&self, line: &LineRecord, entry: &EntryRecord) -> bool {
        self.right.contains(&(line.id, entry.id))
    }

    /// Approved matches that are compared with each other.
    fn approved(&self) -> &[Placed<'a>] {
        let count = self.placed.iter().take_while(|placed| placed.past.verdict == PastVerdict::Approved).count();
        &self.placed[..count.min(OTHERS_MAX)]
    }

    fn lines(&self) -> Vec<&'a StatementLine> {
        self.placed.iter().flat_map(|placed| &placed.past.lines).map(|record| &record.line).collect()
    }

    fn entries(&self) -> Vec<&'a LedgerEntry> {
        self.placed.iter().flat_map(|placed| &placed.past.entries).map(|record| &record.entry).collect()
    }
}

/// A record with its position among all.
type Placement<'a, R> = (usize, &'a R);

/// A past match and where its records stand among all.
#[derive(Clone, Copy)]
struct Placed<'a> {
    past: &'a PastMatch,
    first_line: usize,
    first_entry: usize,
}

impl<'a> Placed<'a> {
    /// The lines with their positions among all.
    fn lines(&self) -> impl Iterator<Item = (usize, &'a LineRecord)> + use<'a> {
        (self.first_line..).zip(&self.past.lines)
    }

    /// The entries with their positions among all.
    fn entries(&self) -> impl Iterator<Item = (usize, &'a EntryRecord)> + use<'a> {
        (self.first_entry..).zip(&self.past.entries)
    }

    /// Each line with each entry of another match, or of this one.
    fn pairs_with<'b>(
        &self,
        other: &Placed<'b>,
    ) -> impl Iterator<Item = (Placement<'a, LineRecord>, Placement<'b, EntryRecord>)> {
        let other = *other;
        self.lines().flat_map(move |line| other.entries().map(move |entry| (line, entry)))
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
        let mut add = |outcome: TrialOutcome, count: u64, past: &PastMatch| {
            let finding = findings.iter_mut().find(|finding| finding.outcome == outcome);
            if let Some(finding) = finding {
                finding.count += count;
                if finding.examples.len() < EXAMPLES_MAX {
                    finding.examples.push(TrialExample::from(past));
                }
            }
        };
        let (mut seen, mut forestalled) = (HashSet::new(), 0);
        for placed in &records.placed {
            let (outcome, count) = match self.rule.action() {
                Action::Categorise(_) => (Some(TrialOutcome::Categorised), self.categorised(placed, &mut seen)),
                Action::Bar | Action::Match => (self.of_pairs(placed, records), 1),
                Action::WriteOff(_) => (self.of_difference(placed), 1),
            };
            match outcome.filter(|_| count > 0) {
                Some(outcome) => add(outcome, count, placed.past),
                None => forestalled += u64::from(self.is_forestalled(placed)),
            }
        }
        if *self.rule.action() == Action::Match {
            let otherwise = self.matched_otherwise(records);
            otherwise.into_iter().for_each(|past| add(TrialOutcome::MatchedOtherwise, 1, past));
        }
        findings.retain(|finding| finding.count > 0);
        TriedRule { name: self.rule.name().to_owned(), enabled: self.rule.enabled(), findings, forestalled }
    }

    /// Whether its conditions hold somewhere in the match, but an enabled rule above it decides there.
    fn is_forestalled(&self, placed: &Placed<'_>) -> bool {
        let before = |first: Option<usize>| first.is_some_and(|first| first < self.index);
        match self.rule.action() {
            Action::Categorise(_) => placed.lines().any(|(line, _)| {
                self.alone.category(line).is_some() && before(self.enabled.category(line).map(|(first, _)| first))
            }),
            Action::Bar | Action::Match => placed.pairs_with(placed).any(|((line, _), (entry, _))| {
                pair_rule(&self.alone, line, entry).is_some() && before(pair_rule(self.enabled, line, entry))
            }),
            Action::WriteOff(_) => placed.past.row.difference.is_some_and(|gap| {
                let rule =
                    |rules: &PreparedRules<'_>, line, entry| rules.write_off(line, entry, gap).map(|(rule, _, _)| rule);
                placed.pairs_with(placed).any(|((line, _), (entry, _))| {
                    rule(&self.alone, line, entry).is_some() && before(rule(self.enabled, line, entry))
                })
            }),
        }
    }

    /// Approved matches whose line the rule would have matched with the entry of another.
    fn matched_otherwise<'a>(&self, records: &Records<'a>) -> Vec<&'a PastMatch> {
        let approved = records.approved();
        let is_matched = |placed: &&Placed<'a>| {
            let others = approved.iter().filter(|other| other.past.id != placed.past.id);
            others.flat_map(|other| placed.pairs_with(other)).any(|((line, of_line), (entry, of_entry))| {
                self.decides_pair(line, entry) && !records.is_right(of_line, of_entry)
            })
        };
        approved.par_iter().filter(is_matched).map(|placed| placed.past).collect()
    }

    /// Whether the rule would be the first to answer: `alone` says whether it has an answer, `first` is the first enabled
    /// rule that has one.
    fn decides(&self, alone: bool, first: Option<usize>) -> bool {
        alone && first.is_none_or(|first| self.index <= first)
    }

    /// Whether the rule says whether the two belong together.
    fn decides_pair(&self, line: usize, entry: usize) -> bool {
        pair_rule(&self.alone, line, entry).is_some() && self.decides(true, pair_rule(self.enabled, line, entry))
    }

    fn of_pairs(&self, placed: &Placed<'_>, records: &Records<'_>) -> Option<TrialOutcome> {
        let past = placed.past;
        let bars = *self.rule.action() == Action::Bar;
        let is_right = past.verdict == PastVerdict::Approved;
        // Of a larger group that is wrong only the whole is known to be wrong.
        if !is_right && past.lines.len() > 1 && past.entries.len() > 1 {
            return None;
        }
        let applies = placed.pairs_with(placed).any(|((line, of_line), (entry, of_entry))| {
            (is_right || !records.is_right(of_line, of_entry)) && self.decides_pair(line, entry)
        });
        applies.then_some(match (is_right, bars) {
            (true, true) => TrialOutcome::BarredApproved,
            (true, false) => TrialOutcome::MatchedApproved,
            (false, true) => TrialOutcome::BarredRejected,
            (false, false) => TrialOutcome::MatchedRejected,
        })
    }

    fn of_difference(&self, placed: &Placed<'_>) -> Option<TrialOutcome> {
        let gap = placed.past.row.difference?;
        let cause = placed.pairs_with(placed).find_map(|((line, _), (entry, _))| {
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
        let lines = placed.lines().filter(|(place, line)| {
            let first = self.enabled.category(*place).map(|(first, _)| first);
            self.decides(self.alone.category(*place).is_some(), first) && seen.insert(line.id)
        });
        lines.count() as u64
    }
}

/// The rule that says whether the two belong together.
fn pair_rule(rules: &PreparedRules<'_>, line: usize, entry: usize) -> Option<usize> {
    rules.bars(line, entry).or_else(|| rules.matches(line, entry))
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
