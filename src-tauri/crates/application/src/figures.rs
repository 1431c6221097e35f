//! What a reconciliation is judged by: an account's summary, figures of runs, periods and the company, and exceptions.

use std::{borrow::Cow, io};

use jiff::{Timestamp, civil::Date};
use tieout_domain::{AccountId, FigureLimits, said};
use tieout_reports::{AgedRow, ExceptionRow, write_ageing_csv};
use tieout_workbook::{Account, FigureScope, ProofRange, Workbook};
pub use tieout_workbook::{
    AccountSummary, AgeBand, DailyFigures, ExceptionFigures, ExceptionOrder, ExceptionQuery, Figures, ListedException,
    Record, RunFigures,
};

pub use crate::judgement::{Discrepancy, ExceptionTotals, Judgement};

pub use crate::cause_words::fix as fix_in_words;
use crate::{ApplicationError, Session, cause_words, report_rows::record_row};

/// An account's summary to be made.
#[derive(Debug, Clone)]
pub struct SummaryRequest {
    /// Name or identifier of the account; may be left out where there is only one.
    pub account: Option<String>,
    /// First day.
    pub from: Date,
    /// Last day; at most 365 days with the first.
    pub to: Date,
}

/// Which figures are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct FiguresRequest {
    /// Name or identifier of the account; left out: the whole company, unless days are given and there is only one account.
    pub account: Option<String>,
    /// First day; left out: all.
    pub from: Option<Date>,
    /// Last day; left out: all.
    pub to: Option<Date>,
    /// The day up to which ages are counted; left out: today (UTC).
    pub as_of: Option<Date>,
}

/// Figures with what they are held against.
#[derive(Debug, Clone)]
pub struct FiguresReport {
    /// The account's name; none: the whole company.
    pub account: Option<String>,
    /// First day asked for.
    pub from: Option<Date>,
    /// Last day asked for.
    pub to: Option<Date>,
    /// The figures.
    pub figures: Figures,
    /// The limits in force.
    pub limits: FigureLimits,
    /// The newest runs, newest first.
    pub runs: Vec<RunFigures>,
    /// The days on which something happened, oldest first.
    pub days: Vec<DailyFigures>,
}

/// A page of exceptions.
#[derive(Debug, Clone)]
pub struct ExceptionsPage {
    /// The rows, largest first.
    pub rows: Vec<ListedException>,
    /// Rows in all.
    pub total: u64,
}

impl ExceptionsPage {
    /// Writes the rows as CSV.
    pub fn write_csv(self, out: impl io::Write) -> io::Result<()> {
        let rows = self.rows.into_iter().map(|listed| AgedRow {
            days_open: listed.days_open,
            opened_at: listed.opened_at_ms.and_then(|at| Timestamp::from_millisecond(at).ok()),
            owner: listed.owner.unwrap_or_default(),
            exception: ExceptionRow {
                record: record_row(listed.record),
                cause: listed.cause,
                impact: listed.impact,
                confidence: listed.finding.as_ref().map(|finding| finding.confidence),
                fix: Cow::Owned(listed.finding.map(|finding| cause_words::fix(&finding.fix)).unwrap_or_default()),
                explanation: Cow::Owned(listed.explanation),
            },
        });
        write_ageing_csv(out, rows).map_err(io::Error::other)
    }
}

/// Runs shown with the figures.
const RUNS_SHOWN: u32 = 20;

impl Session {
    /// What an account's lines of at most 365 days come to.
    pub fn account_summary(&self, request: &SummaryRequest) -> Result<AccountSummary, ApplicationError> {
        self.with_open(|open| {
            let account = account_named(&open.workbook, request.account.as_deref())?;
            Ok(open.workbook.account_summary(account, request.from, request.to)?)
        })
    }
}

/// What a request asks for, as the workbook says it now.
pub(crate) fn report_of(workbook: &Workbook, request: &FiguresRequest) -> Result<FiguresReport, ApplicationError> {
    let (scope, account) = scope_of(workbook, request)?;
    Ok(FiguresReport {
        account,
        from: request.from,
        to: request.to,
        figures: workbook.figures(scope, request.as_of)?,
        limits: workbook.figure_limits()?,
        runs: workbook.recent_runs(RUNS_SHOWN)?,
        days: workbook.daily_figures(request.from, request.to)?,
    })
}

/// What is asked for, with the account's name; none: the whole company.
pub(crate) fn scope_of(
    workbook: &Workbook,
    request: &FiguresRequest,
) -> Result<(FigureScope, Option<String>), ApplicationError> {
    let is_period = request.account.is_some() || request.from.is_some() || request.to.is_some();
    if !is_period {
        return Ok((FigureScope::Company, None));
    }
    let account = account_named(workbook, request.account.as_deref())?;
    let range = ProofRange { from: request.from, to: request.to };
    Ok((FigureScope::Period { account, range }, Some(workbook.account(account)?.name)))
}

/// The account of that name or identifier (where several currencies have one of it, with the code: `Current account EUR`), or the only
/// one there is.
pub(crate) fn account_named(workbook: &Workbook, name: Option<&str>) -> Result<AccountId, ApplicationError> {
    let accounts = workbook.accounts()?;
    let coded = |account: &Account| format!("{} {}", account.name, account.currency);
    let is_called = |account: &Account, name: &str| {
        account.name == name || coded(account) == name || account.id.to_string() == name
    };
    let is_meant = |account: &&Account| name.is_none_or(|name| is_called(account, name));
    let found: Vec<&Account> = accounts.iter().filter(is_meant).collect();
    let choice = |accounts: &[&Account]| accounts.iter().map(|account| coded(account)).collect::<Vec<_>>().join(", ");
    match (found.as_slice(), name) {
        ([only], _) => Ok(only.id),
        ([], _) if accounts.is_empty() => {
            Err(ApplicationError::Invalid(said!("account.none", "there is no account yet: import a statement first")))
        }
        ([], Some(name)) => Err(ApplicationError::Invalid(said!(
            "account.unknown",
            "there is no account '{name}': give the name of one of these: {known}",
            name = name,
            known = choice(&accounts.iter().collect::<Vec<_>>())
        ))),
        (several, _) => Err(ApplicationError::Invalid(said!(
            "account.which",
            "say which account: {known}",
            known = choice(several)
        ))),
    }
}
