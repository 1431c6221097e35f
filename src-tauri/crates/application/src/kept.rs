//! Answers that are kept as long as the workbook stays as it is.

use std::sync::Arc;

use jiff::{civil::Date, tz::TimeZone};
use tieout_workbook::{ExceptionKey, ExceptionQuery};

use crate::{
    Session,
    figures::{ExceptionTotals, FiguresReport, FiguresRequest, Judgement},
    session::Open,
};

/// Answers to the same kind of question, newest last.
pub(crate) struct Answers<Q, A>(Vec<(Q, A)>);

/// Most answers of a kind that are kept: more than a person goes back to before the next change.
const KEPT_MAX: usize = 16;

impl<Q, A> Default for Answers<Q, A> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<Q: Clone + PartialEq, A: Clone> Answers<Q, A> {
    pub(crate) fn get(&self, question: &Q) -> Option<A> {
        self.0.iter().find(|(asked, _)| asked == question).map(|(_, answer)| answer.clone())
    }

    pub(crate) fn keep(&mut self, question: &Q, answer: &A) {
        if self.0.len() == KEPT_MAX {
            self.0.remove(0);
        }
        self.0.push((question.clone(), answer.clone()));
    }
}

/// Answers about the workbook as it is. Nothing changes without an audit event, so the number of events tells its state;
/// ages change with the day.
#[derive(Default)]
pub(crate) struct Kept {
    state: Option<(u64, Date)>,
    pub(crate) figures: Answers<FiguresRequest, FiguresReport>,
    pub(crate) judgements: Answers<FiguresRequest, Judgement>,
    pub(crate) lists: Answers<ExceptionQuery, Arc<[ExceptionKey]>>,
    pub(crate) totals: Answers<ExceptionQuery, ExceptionTotals>,
}

impl Session {
    /// What is kept of the workbook as it is now.
    pub(crate) fn kept<'o>(&self, open: &'o mut Open) -> &'o mut Kept {
        let today = self.environment.now().to_zoned(TimeZone::UTC).date();
        let state = Some((open.workbook.audit_head().sequence, today));
        if open.kept.state != state {
            open.kept = Kept { state, ..Kept::default() };
        }
        &mut open.kept
    }
}
