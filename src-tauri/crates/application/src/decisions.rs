//! Decisions: approve, reject, match by hand, undo, approve many at once.

use tieout_domain::{
    Adjustment, Confidence, LedgerEntry, Leg, Match, MatchId, Money, ReconcileConfig, RecordRef, RootCause,
    StatementLine,
};
use tieout_workbook::{HandMatch, Workbook};

use crate::{ApplicationError, ApproveAbove, ApprovedAbove, Decide, DecisionOutcome, MatchByHand, Session, review};

/// Why a person's undo is recorded when they give no reason.
const NO_REASON: &str = "";

impl Session {
    /// Approves or rejects what the person saw.
    pub fn decide(&self, request: &Decide) -> Result<DecisionOutcome, ApplicationError> {
        self.with_open(|open| {
            let workbook = &mut open.workbook;
            let reason = request.reason.trim();
            if request.approve {
                workbook.approve(request.match_id, request.content, reason)?;
            } else {
                workbook.reject(request.match_id, request.content, reason)?;
            }
            outcome(workbook, Some(request.match_id))
        })
    }

    /// Approves a match that a person put together; proposals that hold any of its records are overridden.
    pub fn match_by_hand(&self, request: &MatchByHand) -> Result<DecisionOutcome, ApplicationError> {
        self.with_open(|open| {
            let hand = put_together(&open.workbook, request)?;
            let decided = open.workbook.match_by_hand(&hand, request.reason.trim())?;
            outcome(&open.workbook, decided.matches.first().copied())
        })
    }

    /// Takes back what a person decided last.
    pub fn undo(&self) -> Result<DecisionOutcome, ApplicationError> {
        self.with_open(|open| {
            let undone = open.workbook.undo_newest(NO_REASON)?;
            outcome(&open.workbook, undone.undone.first().map(|(id, _)| *id))
        })
    }

    /// Takes back the decision that stands on a match.
    pub fn undo_decision(&self, id: MatchId) -> Result<DecisionOutcome, ApplicationError> {
        self.with_open(|open| {
            open.workbook.undo_decision(id, NO_REASON)?;
            outcome(&open.workbook, Some(id))
        })
    }

    /// Counts, and if told to approves, all unambiguous proposals from a confidence up.
    pub fn approve_above(&self, request: &ApproveAbove) -> Result<ApprovedAbove, ApplicationError> {
        self.with_open(|open| {
            let found = open.workbook.approvable_above(request.confidence)?;
            let count = found.matches.len() as u64;
            if request.execute {
                if request.expected_count.is_some_and(|expected| u64::from(expected) != count) {
                    return Err(ApplicationError::Stale(format!(
                        "there are {count} such matches now: look at the count and the sum again"
                    )));
                }
                if count > 0 {
                    open.workbook.approve_many(&found.matches, &format!("all from {} up", request.confidence))?;
                }
            }
            Ok(ApprovedAbove { count, totals: found.totals, differences: found.differences, executed: request.execute })
        })
    }
}

fn outcome(workbook: &Workbook, match_id: Option<MatchId>) -> Result<DecisionOutcome, ApplicationError> {
    Ok(DecisionOutcome {
        match_id,
        counts: workbook.queue_counts()?.into(),
        undoable: workbook.undoable()?.as_ref().map(review::told),
    })
}

/// The records of a match by hand with what is open of each.
struct Chosen {
    lines: Vec<(RecordRef, Money, StatementLine)>,
    entries: Vec<(RecordRef, Money, LedgerEntry)>,
}

fn put_together(workbook: &Workbook, request: &MatchByHand) -> Result<HandMatch, ApplicationError> {
    let mut chosen = Chosen { lines: Vec::new(), entries: Vec::new() };
    for id in &request.lines {
        let record = workbook.line(*id)?;
        chosen.lines.push((RecordRef::Line(*id), record.open, record.line));
    }
    for id in &request.entries {
        let record = workbook.entry(*id)?;
        chosen.entries.push((RecordRef::Entry(*id), record.open, record.entry));
    }
    let (legs, adjustments) = chosen.legs(request.difference_cause)?;
    let matched = Match::across(legs, adjustments).map_err(tieout_workbook::WorkbookError::from)?;
    let config = ReconcileConfig::default();
    let lines: Vec<_> = chosen.lines.iter().map(|(_, _, line)| line).collect();
    let entries: Vec<_> = chosen.entries.iter().map(|(_, _, entry)| entry).collect();
    let explanation = tieout_matching::compare_records(&lines, &entries, &config)
        .map_records(|line| request.lines[line], |entry| request.entries[entry]);
    Ok(HandMatch {
        matched,
        cause: request.difference_cause.unwrap_or(RootCause::None),
        explanation,
        // A person vouches for it.
        confidence: Confidence::from_ppm(1_000_000),
    })
}

impl Chosen {
    /// What is used of each record, and the adjustment for what is left between the sides. A part payment or an
    /// overpayment leaves the rest open on the larger side instead.
    fn legs(&self, cause: Option<RootCause>) -> Result<(Vec<Leg>, Vec<Adjustment>), ApplicationError> {
        let leg = |(record, open): (RecordRef, Money)| Leg::of(record, open);
        let mut lines: Vec<Leg> = self.lines.iter().map(|(record, open, _)| leg((*record, *open))).collect();
        let mut entries: Vec<Leg> = self.entries.iter().map(|(record, open, _)| leg((*record, *open))).collect();
        let Some(first) = lines.first() else {
            return Err(ApplicationError::Invalid("choose at least one statement line".to_owned()));
        };
        if entries.is_empty() {
            return Err(ApplicationError::Invalid("choose at least one ledger entry".to_owned()));
        }
        let currency = first.amount_applied.currency();
        let total = |legs: &[Leg]| Money::total(legs.iter().map(|leg| leg.amount_applied), currency);
        let difference = total(&lines)?.checked_sub(total(&entries)?)?;
        let mut adjustments = Vec::new();
        match cause {
            _ if difference.is_zero() => {}
            None => {
                return Err(ApplicationError::Invalid(format!(
                    "the two sides differ by {difference}: say why, or choose other records"
                )));
            }
            Some(RootCause::PartialPayment | RootCause::Overpayment) => {
                let larger_side = if total(&lines)?.magnitude() > total(&entries)?.magnitude() {
                    (&mut lines, difference)
                } else {
                    (&mut entries, difference.checked_neg()?)
                };
                shorten(larger_side.0, larger_side.1)?;
            }
            Some(cause) => adjustments.push(Adjustment { cause, amount: difference }),
        }
        lines.append(&mut entries);
        Ok((lines, adjustments))
    }
}

/// Leaves `excess` open, of the last records first.
fn shorten(legs: &mut Vec<Leg>, mut excess: Money) -> Result<(), ApplicationError> {
    while let Some(last) = legs.last_mut().filter(|_| !excess.is_zero()) {
        let same_sign = (last.amount_applied.minor_units() < 0) == (excess.minor_units() < 0);
        if same_sign && last.amount_applied.magnitude() > excess.magnitude() {
            *last = Leg::of(last.record, last.amount_applied.checked_sub(excess)?);
            return Ok(());
        }
        excess = excess.checked_sub(last.amount_applied)?;
        legs.pop();
        if legs.is_empty() {
            return Err(ApplicationError::Invalid(
                "the smaller side uses up none of the last record: leave that record out".to_owned(),
            ));
        }
    }
    Ok(())
}
