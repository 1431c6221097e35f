//! `tieout workbook close`: periods of an account, and their signatures.

use serde_json::json;
use tieout_application::{ApplicationError, PeriodSheet, PrepareBalances, Session};
use tieout_wire::{PeriodCheckView, PeriodSheetView, PeriodsView, parse_decimal};

use crate::{close_arguments::CloseArguments, outcome::Outcome, terminal, workbook};

pub(crate) fn run(arguments: &CloseArguments) -> Result<Outcome, ApplicationError> {
    let balances = balances(arguments)?;
    let through = arguments.through.as_deref().map(workbook::day).transpose()?;
    let session = workbook::open(&arguments.file)?;
    let account = session.account_named(arguments.account.as_deref())?;
    let Some(through) = through else {
        let view = PeriodsView::from(session.periods(account)?);
        session.close_workbook()?;
        if arguments.json {
            terminal::print_json(&view)?;
        } else {
            terminal::print(&view.to_string());
        }
        return Ok(Outcome::Done);
    };
    let sheet = match session.period_through(account, through)? {
        Some(period) => session.period(period.id)?,
        None if arguments.prepare => session.open_period(account, None, Some(through))?,
        None => {
            return Err(ApplicationError::Invalid(format!(
                "no period of the account ends on {through}: open it with --prepare, or list its periods without --through"
            )));
        }
    };
    let sheet = act(&session, sheet, arguments, &balances)?;
    let check = session.check_period(sheet.proof.period.id)?;
    session.close_workbook()?;
    let differs = check.as_signed == Some(false);
    let (view, check) = (PeriodSheetView::from(sheet), PeriodCheckView::from(check));
    if arguments.json {
        terminal::print_json(&json!({ "period": view, "check": check }))?;
    } else {
        terminal::print(&view.to_string());
        match check.as_signed {
            Some(true) => terminal::print("  as signed"),
            Some(false) => terminal::print("  DIFFERS from what was signed"),
            None => {}
        }
    }
    Ok(if differs { Outcome::NotValid } else { Outcome::Done })
}

fn act(
    session: &Session,
    sheet: PeriodSheet,
    arguments: &CloseArguments,
    balances: &PrepareBalances,
) -> Result<PeriodSheet, ApplicationError> {
    let (id, reason) = (sheet.proof.period.id, arguments.reason.as_str());
    let mut sheet = sheet;
    if arguments.prepare {
        sheet = session.prepare_period(id, balances, reason)?;
    }
    if arguments.review {
        sheet = session.review_period(id, reason)?;
    }
    if arguments.lock {
        sheet = session.lock_period(id, reason)?;
    }
    if arguments.take_back {
        sheet = session.take_period_back(id, reason)?;
    }
    if arguments.reopen {
        // Who asked cannot do it; whoever is alone does both.
        if sheet.proof.period.reopening.is_none() {
            sheet = session.request_reopening(id, reason)?;
            if sheet.may.needs_another {
                terminal::say("asked for; a second person reopens it with the same command");
                return Ok(sheet);
            }
        }
        sheet = session.reopen_period(id, reason)?;
    }
    Ok(sheet)
}

fn balances(arguments: &CloseArguments) -> Result<PrepareBalances, ApplicationError> {
    let reason = arguments.balance_reason.clone().unwrap_or_default();
    let stated = |amount: &Option<String>| {
        amount
            .as_deref()
            .map(|amount| {
                let amount = parse_decimal(amount).map_err(|error| ApplicationError::Invalid(error.to_string()))?;
                Ok::<_, ApplicationError>((amount, reason.clone()))
            })
            .transpose()
    };
    Ok(PrepareBalances { opening: stated(&arguments.opening)?, closing: stated(&arguments.closing)? })
}
