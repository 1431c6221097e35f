//! Decisions: approve, reject, one by one or many at once, take back and do again.

use tieout_domain::{ActId, MatchId, said};
use tieout_workbook::{Act, Page, Workbook};

use crate::{ApplicationError, ApproveAbove, ApprovedAbove, Decide, DecideMany, DecisionOutcome, Session, review};

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

    /// Approves or rejects several proposals in one act, each as it was shown. Any that is another by now, or decided,
    /// makes all of it stale.
    pub fn decide_many(&self, request: &DecideMany) -> Result<DecisionOutcome, ApplicationError> {
        self.with_open(|open| {
            let workbook = &mut open.workbook;
            let reason = request.reason.trim();
            if request.approve {
                workbook.approve_seen(&request.matches, reason)?;
            } else {
                workbook.reject_seen(&request.matches, reason)?;
            }
            outcome(workbook, request.matches.first().map(|(id, _)| *id))
        })
    }

    /// Takes back what whoever works here did last. `expected` is the act that was shown as that; if it is another by
    /// now, nothing is taken back.
    pub fn undo(&self, expected: Option<ActId>) -> Result<DecisionOutcome, ApplicationError> {
        self.with_open(|open| {
            require_next(open.workbook.undoable()?, expected)?;
            let undone = open.workbook.undo_newest(NO_REASON)?;
            turned(&open.workbook, undone.matches.first().map(|(id, _)| *id))
        })
    }

    /// Does again what whoever works here took back last, if that is what was shown.
    pub fn redo(&self, expected: Option<ActId>) -> Result<DecisionOutcome, ApplicationError> {
        self.with_open(|open| {
            require_next(open.workbook.redoable()?, expected)?;
            let redone = open.workbook.redo_newest(NO_REASON)?;
            turned(&open.workbook, redone.matches.first().map(|(id, _)| *id))
        })
    }

    /// A page of all that people did, newest first.
    pub fn acts(&self, offset: u32, limit: u32) -> Result<Page<Act>, ApplicationError> {
        self.with_open(|open| Ok(open.workbook.acts(u64::from(offset), limit.min(500))?))
    }

    /// Takes back the decision that stands on a match.
    pub fn undo_decision(&self, id: MatchId) -> Result<DecisionOutcome, ApplicationError> {
        self.with_open(|open| {
            open.workbook.undo_decision(id, NO_REASON)?;
            turned(&open.workbook, Some(id))
        })
    }

    /// Counts, and if told to approves, all unambiguous proposals from a confidence up.
    pub fn approve_above(&self, request: &ApproveAbove) -> Result<ApprovedAbove, ApplicationError> {
        self.with_open(|open| {
            let found = open.workbook.approvable_above(request.confidence)?;
            let count = found.matches.len() as u64;
            if request.execute {
                if request.expected_count.is_some_and(|expected| u64::from(expected) != count) {
                    return Err(ApplicationError::Stale(said!(
                        "match.otherCount",
                        "there are {count} such matches now: look at the count and the sum again",
                        count = count
                    )));
                }
                if count > 0 {
                    open.workbook.approve_many(&found.matches, &format!("≥ {}", request.confidence))?;
                }
            }
            // Nobody else writes while the workbook is held: the newest act is the one just done.
            let act = if request.execute && count > 0 { open.workbook.undoable()? } else { None };
            let executed = request.execute;
            Ok(ApprovedAbove { count, totals: found.totals, differences: found.differences, executed, act })
        })
    }
}

pub(crate) fn outcome(workbook: &Workbook, match_id: Option<MatchId>) -> Result<DecisionOutcome, ApplicationError> {
    Ok(DecisionOutcome {
        match_id,
        counts: workbook.queue_counts()?.into(),
        undoable: workbook.undoable()?,
        redoable: workbook.redoable()?,
        detail: None,
    })
}

/// After something was taken back or done again, with the match to be shown: the window need not ask for it first.
fn turned(workbook: &Workbook, match_id: Option<MatchId>) -> Result<DecisionOutcome, ApplicationError> {
    let detail = match_id.map(|id| review::of_match(workbook, workbook.match_detail(id)?)).transpose()?;
    Ok(DecisionOutcome { detail: detail.map(Box::new), ..outcome(workbook, match_id)? })
}

/// Nothing is turned but what was shown to be next.
fn require_next(next: Option<Act>, expected: Option<ActId>) -> Result<(), ApplicationError> {
    if expected.is_none() || next.map(|act| act.id) == expected {
        Ok(())
    } else {
        Err(ApplicationError::Stale(said!(
            "acts.otherNext",
            "something else was done or taken back meanwhile: look at what is next"
        )))
    }
}
