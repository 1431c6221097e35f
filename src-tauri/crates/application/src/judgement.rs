//! Whether what a workbook's figures tell of may be signed off, and answers that are kept until the workbook changes.

use std::collections::HashMap;

use jiff::{civil::Date, tz::TimeZone};
use tieout_domain::{FigureLimits, Findings};
use tieout_workbook::{DailyFigures, ExceptionQuery};
pub use tieout_workbook::{Discrepancy, ExceptionTotals};

use crate::{
    ApplicationError, Session,
    figures::{FiguresReport, FiguresRequest, scope_of},
    session::Open,
};

/// How risky a company or an account's period is as it stands, and what speaks against signing it off.
#[derive(Debug, Clone)]
pub struct Judgement {
    /// What it is judged by.
    pub findings: Findings,
    /// What does not agree, one a currency.
    pub discrepancies: Vec<Discrepancy>,
    /// The limits in force.
    pub limits: FigureLimits,
}

/// Most answers of a kind that are kept: more periods than a person looks at before the next change.
const KEPT_MAX: usize = 64;

/// Answers about the workbook as it is. Nothing changes without an audit event, so the number of events tells its state;
/// ages change with the day.
#[derive(Default)]
pub(crate) struct Kept {
    state: Option<(u64, Date)>,
    figures: HashMap<FiguresRequest, FiguresReport>,
    judgements: HashMap<FiguresRequest, Judgement>,
}

impl Kept {
    /// Forgets what was said of an earlier state.
    fn at(&mut self, state: (u64, Date)) -> &mut Self {
        if self.state != Some(state) || self.figures.len().max(self.judgements.len()) > KEPT_MAX {
            *self = Self { state: Some(state), ..Self::default() };
        }
        self
    }
}

impl Session {
    fn state(&self, open: &Open) -> (u64, Date) {
        let today = self.environment.now().to_zoned(TimeZone::UTC).date();
        (open.workbook.audit_head().sequence, today)
    }

    /// The answer that is kept for the request, if the workbook has not changed since.
    pub(crate) fn kept_figures(&self, open: &mut Open, request: &FiguresRequest) -> Option<FiguresReport> {
        let state = self.state(open);
        open.kept.at(state).figures.get(request).cloned()
    }

    pub(crate) fn keep_figures(&self, open: &mut Open, request: &FiguresRequest, report: &FiguresReport) {
        let state = self.state(open);
        open.kept.at(state).figures.insert(request.clone(), report.clone());
    }

    /// How risky it is, and whether it may be signed off; by the thresholds that `report.json` uses. This looks at every
    /// match: it takes longer than [`Session::figures`].
    pub fn judgement(&self, request: &FiguresRequest) -> Result<Judgement, ApplicationError> {
        let report = self.figures(request)?;
        self.with_open(|open| {
            let state = self.state(open);
            if let Some(kept) = open.kept.at(state).judgements.get(request) {
                return Ok(kept.clone());
            }
            let (scope, _) = scope_of(&open.workbook, request)?;
            let discrepancies = open.workbook.discrepancies(scope)?;
            let judgement = Judgement {
                findings: Findings {
                    balances_hold: open.workbook.balances_hold(scope)?,
                    variances: report.figures.variances,
                    discrepancy_rate: discrepancies.iter().filter_map(Discrepancy::rate).max(),
                    high_value_missing: report.figures.high_value_missing,
                },
                discrepancies,
                limits: report.limits,
            };
            open.kept.at(state).judgements.insert(request.clone(), judgement.clone());
            Ok(judgement)
        })
    }

    /// What happened in the workbook on each day between two, and how it stood when it ended.
    pub fn daily_history(&self, from: Option<Date>, to: Option<Date>) -> Result<Vec<DailyFigures>, ApplicationError> {
        self.with_open(|open| Ok(open.workbook.daily_figures(from, to)?))
    }

    /// What the exceptions that a query finds come to.
    pub fn exception_totals(&self, query: &ExceptionQuery) -> Result<ExceptionTotals, ApplicationError> {
        self.with_open(|open| Ok(open.workbook.exception_totals(query)?))
    }
}
