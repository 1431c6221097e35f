//! `tieout workbook policy …`: one function a command.

use std::fmt::Display;

use serde::Serialize;
use tieout_application::{ApplicationError, PolicyText, Session, figures::ExceptionQuery};
use tieout_wire::{AcceptedRecordsView, AppliedPolicyView, PolicyTrialView, PolicyView, SavedPolicyView};

use crate::{
    outcome::Outcome,
    policy_arguments::{
        AcceptedArguments, FileArguments, PolicyCommand, SaveArguments, TakeBackArguments, TryArguments,
    },
    terminal,
    workbook::open,
};

pub(crate) fn run(command: PolicyCommand) -> Result<Outcome, ApplicationError> {
    match command {
        PolicyCommand::Show(arguments) => show(&arguments),
        PolicyCommand::Save(arguments) => save(&arguments),
        PolicyCommand::Try(arguments) => try_policy(&arguments),
        PolicyCommand::History(arguments) => history(&arguments),
        PolicyCommand::Apply(arguments) => apply(&arguments),
        PolicyCommand::Accepted(arguments) => accepted(&arguments),
        PolicyCommand::TakeBack(arguments) => take_back(&arguments),
    }
}

fn show(arguments: &FileArguments) -> Result<Outcome, ApplicationError> {
    let session = open(&arguments.file)?;
    let policy = session.policy()?;
    session.close_workbook()?;
    let newest = policy.versions.first().cloned();
    let view = PolicyView::from(policy);
    match newest {
        _ if arguments.json => terminal::print_json(&view)?,
        Some(entry) => terminal::print(entry.text.to_toml()?.trim_end()),
        None => terminal::say(&view.to_string()),
    }
    Ok(Outcome::Done)
}

fn history(arguments: &FileArguments) -> Result<Outcome, ApplicationError> {
    let session = open(&arguments.file)?;
    let policy = session.policy()?;
    session.close_workbook()?;
    answer(&PolicyView::from(policy), arguments.json)
}

fn save(arguments: &SaveArguments) -> Result<Outcome, ApplicationError> {
    let session = open(&arguments.file)?;
    let policy = session.read_policy(&arguments.policy)?;
    let saved = session.save_policy(&policy, &arguments.reason)?;
    session.close_workbook()?;
    answer(&SavedPolicyView::from(saved), arguments.json)
}

fn try_policy(arguments: &TryArguments) -> Result<Outcome, ApplicationError> {
    let session = open(&arguments.file)?;
    let policy = match &arguments.policy {
        Some(file) => session.read_policy(file)?,
        None => in_force(&session)?,
    };
    let trial = session.try_policy(&policy)?;
    session.close_workbook()?;
    answer(&PolicyTrialView::from(trial), arguments.json)
}

fn in_force(session: &Session) -> Result<PolicyText, ApplicationError> {
    let newest = session.policy()?.versions.into_iter().next();
    let none = || ApplicationError::in_english("there is no policy yet: give a file to try".to_owned());
    newest.map(|entry| entry.text).ok_or_else(none)
}

fn apply(arguments: &FileArguments) -> Result<Outcome, ApplicationError> {
    let session = open(&arguments.file)?;
    let bar = terminal::Bar::new(arguments.json);
    let applied = session.apply_policy(&|progress| bar.show(progress))?;
    drop(bar);
    session.close_workbook()?;
    answer(&AppliedPolicyView::from(applied), arguments.json)
}

fn accepted(arguments: &AcceptedArguments) -> Result<Outcome, ApplicationError> {
    let session = open(&arguments.file)?;
    let query = ExceptionQuery {
        accepted: true,
        offset: arguments.offset,
        limit: arguments.limit,
        ..ExceptionQuery::default()
    };
    let page = session.exceptions(&query)?;
    session.close_workbook()?;
    answer(&AcceptedRecordsView::from(page), arguments.json)
}

fn take_back(arguments: &TakeBackArguments) -> Result<Outcome, ApplicationError> {
    let session = open(&arguments.file)?;
    session.take_back_acceptance(&arguments.record, &arguments.reason)?;
    session.close_workbook()?;
    terminal::say("back in the queue, for good: no policy accepts it again");
    Ok(Outcome::Done)
}

fn answer(view: &(impl Serialize + Display), json: bool) -> Result<Outcome, ApplicationError> {
    if json {
        terminal::print_json(view)?;
    } else {
        terminal::print(&view.to_string());
    }
    Ok(Outcome::Done)
}
