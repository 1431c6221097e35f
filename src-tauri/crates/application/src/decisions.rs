//! Decisions: approve, reject, match by hand, undo, approve many at once.

use tieout_domain::MatchId;
use tieout_workbook::Workbook;

use crate::{
    ApplicationError, ApproveAbove, ApprovedAbove, Decide, DecisionOutcome, MatchByHand, Session, by_hand, review,
};

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
            let hand = by_hand::put_together(&open.workbook, request)?;
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
