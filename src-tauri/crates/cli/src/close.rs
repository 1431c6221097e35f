//! `tieout workbook close`: periods of an account, and their signatures.

use serde_json::json;
use tieout_application::{
    AccountId, ApplicationError, Date, Digest, PeriodError, PeriodSheet, PrepareBalances, Session,
};
use tieout_wire::{PeriodCheckView, PeriodSheetView, PeriodsView, parse_decimal, parse_id};

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
    let found = session.period_through(account, through)?;
    let is_new = found.is_none();
    let sheet = match found {
        Some(period) => session.period(period.id)?,
        None if arguments.prepare => opened(&session, account, through, arguments.new_days)?,
        None => {
            return Err(ApplicationError::in_english(format!(
                "no period of the account ends on {through}: open it with --prepare, or list its periods without --through"
            )));
        }
    };
    let id = sheet.proof.period.id;
    let acted = act(&session, sheet, arguments, &balances);
    if is_new && acted.is_err() {
        // What was refused leaves nothing behind; a period that was prepared before the refusal stays.
        drop(session.remove_period(id));
    }
    let sheet = acted?;
    let check = session.check_period(id)?;
    session.close_workbook()?;
    let differs = check.as_signed == Some(false);
    let (view, check) = (PeriodSheetView::from(sheet), PeriodCheckView::from(check));
    if arguments.json {
        terminal::print_json(&json!({ "period": view, "check": check }))?;
    } else {
        terminal::print(&view.to_string());
        match check.as_signed {
            Some(true) => terminal::print("  as signed"),
            Some(false) => terminal::print(&format!("  DIFFERS from what was signed: {}", check.difference)),
            None => {}
        }
    }
    Ok(if differs { Outcome::NotValid } else { Outcome::Done })
}

/// Opens the account's next period. One that is signed stays for good, so days that are not the next ones are asked for.
fn opened(
    session: &Session,
    account: AccountId,
    through: Date,
    new_days: bool,
) -> Result<PeriodSheet, ApplicationError> {
    let proposed = session.periods(account)?.proposed;
    if let Some(days) = proposed.filter(|days| days.to != through && !new_days) {
        return Err(ApplicationError::in_english(format!(
            "no period of the account ends on {through}, and its next one is {} to {}: give --through {}, or --new-days if \
             it is to end on {through}",
            days.from, days.to, days.to
        )));
    }
    session.open_period(account, None, Some(through))
}

/// Does what is asked for to what was just read, or to what `--content` names.
fn act(
    session: &Session,
    sheet: PeriodSheet,
    arguments: &CloseArguments,
    balances: &PrepareBalances,
) -> Result<PeriodSheet, ApplicationError> {
    let (id, reason) = (sheet.proof.period.id, arguments.reason.as_str());
    let mut sheet = sheet;
    if let Some(content) = &arguments.content {
        let named: Digest = parse_id(content).map_err(|error| ApplicationError::in_english(error.to_string()))?;
        if named != sheet.seen {
            return Err(ApplicationError::Workbook(PeriodError::NotAsSeen.into()));
        }
    }
    if arguments.prepare {
        sheet = session.prepare_period(id, sheet.seen, balances, reason)?;
    }
    if arguments.review {
        sheet = session.review_period(id, sheet.seen, reason)?;
    }
    if arguments.lock {
        sheet = session.lock_period(id, sheet.seen, reason)?;
    }
    if arguments.take_back {
        sheet = session.take_period_back(id, sheet.seen, reason)?;
    }
    if arguments.reopen {
        // Who asked cannot do it; whoever is alone does both.
        if sheet.proof.period.reopening.is_none() {
            sheet = session.request_reopening(id, sheet.seen, reason)?;
            if sheet.may.needs_another {
                terminal::say("asked for; a second person reopens it with the same command");
                return Ok(sheet);
            }
        }
        sheet = session.reopen_period(id, sheet.seen, reason)?;
    }
    if arguments.decline {
        sheet = session.decline_reopening(id, sheet.seen, reason)?;
    }
    if arguments.withdraw {
        sheet = session.withdraw_reopening(id, sheet.seen, reason)?;
    }
    Ok(sheet)
}

fn balances(arguments: &CloseArguments) -> Result<PrepareBalances, ApplicationError> {
    let reason = arguments.balance_reason.clone().unwrap_or_default();
    let stated = |amount: &Option<String>| {
        amount
            .as_deref()
            .map(|amount| {
                let amount = parse_decimal(amount).map_err(|error| ApplicationError::in_english(error.to_string()))?;
                Ok::<_, ApplicationError>((amount, reason.clone()))
            })
            .transpose()
    };
    Ok(PrepareBalances { opening: stated(&arguments.opening)?, closing: stated(&arguments.closing)? })
}
