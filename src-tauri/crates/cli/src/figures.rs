//! `tieout summary`, `tieout exceptions` and `tieout workbook figures`: what a workbook's work comes to.

use tieout_application::{
    ApplicationError, Hashed, RootCause,
    figures::{ExceptionQuery, FiguresRequest, SummaryRequest},
};
use tieout_wire::{AccountSummaryView, ExceptionsView, FiguresView};

use crate::{
    arguments::{ExceptionsArguments, FiguresArguments, SummaryArguments},
    outcome::Outcome,
    terminal, workbook,
};

/// Exceptions that a terminal shows unless told otherwise.
const EXCEPTIONS_SHOWN: u32 = 50;

pub(crate) fn summary(arguments: &SummaryArguments) -> Result<Outcome, ApplicationError> {
    let (from, to) = (workbook::day(&arguments.from)?, workbook::day(&arguments.to)?);
    let session = workbook::open(&arguments.file)?;
    let summary = session.account_summary(&SummaryRequest { account: arguments.account.clone(), from, to })?;
    session.close_workbook()?;
    let view = AccountSummaryView::from(summary);
    if arguments.json {
        terminal::print_json(&view)?;
    } else {
        terminal::print(&view.to_string());
    }
    Ok(Outcome::Done)
}

pub(crate) fn figures(arguments: &FiguresArguments) -> Result<Outcome, ApplicationError> {
    let day = |text: &Option<String>| text.as_deref().map(workbook::day).transpose();
    let request = FiguresRequest {
        account: arguments.account.clone(),
        from: day(&arguments.from)?,
        to: day(&arguments.to)?,
        as_of: day(&arguments.as_of)?,
    };
    let session = workbook::open(&arguments.file)?;
    let report = session.figures(&request)?;
    session.close_workbook()?;
    let view = FiguresView::from(report);
    if arguments.json {
        terminal::print_json(&view)?;
    } else {
        terminal::print(&view.to_string());
    }
    Ok(Outcome::Done)
}

pub(crate) fn exceptions(arguments: &ExceptionsArguments) -> Result<Outcome, ApplicationError> {
    let causes = arguments.cause.iter().map(|word| cause(word)).collect::<Result<Vec<_>, _>>()?;
    let impact_min = arguments.min_impact.as_deref().map(amount).transpose()?;
    let all = arguments.json || arguments.csv;
    let request = ExceptionQuery {
        causes,
        impact_min,
        days_min: arguments.min_days,
        accepted: arguments.accepted,
        as_of: arguments.as_of.as_deref().map(workbook::day).transpose()?,
        limit: arguments.limit.unwrap_or(if all { u32::MAX } else { EXCEPTIONS_SHOWN }),
        ..ExceptionQuery::default()
    };
    let session = workbook::open(&arguments.file)?;
    let page = session.exceptions(&request)?;
    if arguments.csv {
        let (mut out, rows) = (Hashed::over(terminal::file_writer()), page.rows.len());
        let done = page.write_csv(&mut out).map_err(|error| ApplicationError::in_english(error.to_string()));
        session.tell_written("csv", &format!("of {rows} exceptions"), out.written())?;
        session.close_workbook()?;
        return done.map(|()| Outcome::Done);
    }
    session.close_workbook()?;
    let view = ExceptionsView::from(page);
    if arguments.json {
        terminal::print_json(&view)?;
    } else {
        terminal::print(&view.to_string());
    }
    Ok(Outcome::Done)
}

pub(crate) fn cause(word: &str) -> Result<RootCause, ApplicationError> {
    word.parse().map_err(|_| {
        let known: Vec<_> = RootCause::ALL.iter().map(|cause| cause.as_str()).collect();
        ApplicationError::in_english(format!("'{word}' is no cause: take one of {}", known.join(", ")))
    })
}

/// An amount of major units, such as `250` or `99.50`.
fn amount(text: &str) -> Result<tieout_application::Decimal, ApplicationError> {
    let amount = text.parse().ok().filter(|amount: &tieout_application::Decimal| !amount.is_sign_negative());
    amount.ok_or_else(|| ApplicationError::in_english(format!("'{text}' is no amount from 0 up, such as 250 or 99.50")))
}
