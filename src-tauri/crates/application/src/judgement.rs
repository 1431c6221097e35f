//! What a controller watches: figures, exceptions, and whether it may be signed off. Answers are kept until the
//! workbook changes.

use jiff::civil::Date;
use tieout_domain::{FigureLimits, Findings};
use tieout_workbook::{DailyFigures, ExceptionOrder, ExceptionQuery, WorkbookError};
pub use tieout_workbook::{Discrepancy, ExceptionTotals};

use crate::{
    ApplicationError, Session,
    figures::{ExceptionsPage, FiguresReport, FiguresRequest, report_of, scope_of},
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

impl Session {
    /// What the company, or an account's period, is judged by; with the newest runs and the history by day.
    pub fn figures(&self, request: &FiguresRequest) -> Result<FiguresReport, ApplicationError> {
        check_days(request)?;
        self.with_open(|open| self.kept_figures(open, request))
    }

    fn kept_figures(&self, open: &mut Open, request: &FiguresRequest) -> Result<FiguresReport, ApplicationError> {
        if let Some(kept) = self.kept(open)?.figures.get(request) {
            return Ok(kept);
        }
        let report = report_of(&open.workbook, request)?;
        self.kept(open)?.figures.keep(request, &report);
        Ok(report)
    }

    /// A page of what stands in the way.
    pub fn exceptions(&self, query: &ExceptionQuery) -> Result<ExceptionsPage, ApplicationError> {
        let whole = ExceptionQuery { offset: 0, limit: 0, ..query.clone() };
        self.with_open(|open| {
            let list = match self.kept(open)?.lists.get(&whole) {
                Some(kept) => kept,
                None => {
                    let list = open.workbook.exception_list(&whole)?.into();
                    self.kept(open)?.lists.keep_list(&whole, &list);
                    list
                }
            };
            let rows = open.workbook.listed_exceptions(query.page_of(&list))?;
            Ok(ExceptionsPage { rows, total: list.len() as u64 })
        })
    }

    /// What the exceptions that a query finds come to; page and order do not matter.
    pub fn exception_totals(&self, query: &ExceptionQuery) -> Result<ExceptionTotals, ApplicationError> {
        let whole =
            ExceptionQuery { offset: 0, limit: 0, order: ExceptionOrder::default(), reversed: false, ..query.clone() };
        self.with_open(|open| {
            if let Some(kept) = self.kept(open)?.totals.get(&whole) {
                return Ok(kept);
            }
            let totals = open.workbook.exception_totals(&whole)?;
            self.kept(open)?.totals.keep(&whole, &totals);
            Ok(totals)
        })
    }

    /// How risky it is, and whether it may be signed off; by the thresholds that `report.json` uses. This looks at every
    /// match: it takes longer than [`Session::figures`].
    pub fn judgement(&self, request: &FiguresRequest) -> Result<Judgement, ApplicationError> {
        check_days(request)?;
        // All of it is of one moment: nobody changes the workbook in between.
        self.with_open(|open| {
            if let Some(kept) = self.kept(open)?.judgements.get(request) {
                return Ok(kept);
            }
            let report = self.kept_figures(open, request)?;
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
            self.kept(open)?.judgements.keep(request, &judgement);
            Ok(judgement)
        })
    }

    /// What happened in the workbook on each day between two, and how it stood when it ended.
    pub fn daily_history(&self, from: Option<Date>, to: Option<Date>) -> Result<Vec<DailyFigures>, ApplicationError> {
        self.with_open(|open| Ok(open.workbook.daily_figures(from, to)?))
    }
}

fn check_days(request: &FiguresRequest) -> Result<(), ApplicationError> {
    match (request.from, request.to) {
        (Some(from), Some(to)) if from > to => Err(WorkbookError::DatesReversed { from, to }.into()),
        _ => Ok(()),
    }
}
