//! Answers that are kept as long as the workbook stays as it is.

use std::{collections::HashMap, sync::Arc};

use jiff::civil::Date;
use tieout_domain::{AccountId, Digest, PeriodId};
use tieout_workbook::{ExceptionKey, ExceptionQuery, StandingRates};

use crate::{
    ApplicationError, Session,
    figures::{ExceptionTotals, FiguresReport, FiguresRequest, Judgement},
    journal::Listed,
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

/// Most keys of exceptions that all kept lists have together: some 80 MB.
const KEYS_MAX: usize = 2_000_000;

impl Answers<ExceptionQuery, Arc<[ExceptionKey]>> {
    /// Keeps a list, and gives up the oldest ones for which there is no room with it.
    pub(crate) fn keep_list(&mut self, question: &ExceptionQuery, list: &Arc<[ExceptionKey]>) {
        self.keep(question, list);
        while self.0.len() > 1 && self.0.iter().map(|(_, kept)| kept.len()).sum::<usize>() > KEYS_MAX {
            self.0.remove(0);
        }
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

/// Answers about the workbook as it is. Nothing that they depend on changes without an audit event, so the newest of these
/// tells its state; ages change with the day.
#[derive(Default)]
pub(crate) struct Kept {
    state: Option<(u64, Date)>,
    pub(crate) figures: Answers<FiguresRequest, FiguresReport>,
    pub(crate) judgements: Answers<FiguresRequest, Judgement>,
    pub(crate) lists: Answers<ExceptionQuery, Arc<[ExceptionKey]>>,
    pub(crate) totals: Answers<ExceptionQuery, ExceptionTotals>,
    /// The journal entries that are to be exported, with the newest audit event that they are of.
    pub(crate) journal: Option<(u64, Arc<Listed>)>,
    /// Of open periods, and of accounts without one.
    pub(crate) rates: HashMap<(AccountId, Option<PeriodId>), StandingRates>,
    /// Of signed periods, with the content that was signed: what changes it takes the signatures away, so these outlast
    /// changes of the workbook.
    pub(crate) signed_rates: HashMap<PeriodId, (Digest, StandingRates)>,
}

impl Session {
    /// What is kept of the workbook as it is now.
    pub(crate) fn kept<'o>(&self, open: &'o mut Open) -> Result<&'o mut Kept, ApplicationError> {
        let today = self.environment.today();
        let state = Some((open.workbook.work_version()?, today));
        if open.kept.state != state {
            let signed_rates = std::mem::take(&mut open.kept.signed_rates);
            open.kept = Kept { state, signed_rates, ..Kept::default() };
        }
        Ok(&mut open.kept)
    }
}
