//! `tieout workbook people …` and `tieout workbook passphrase`: one function a command.

use tieout_application::{ApplicationError, NewPerson, People, Session, UserChange, UserId, is_same_name};
use tieout_wire::{PeopleView, parse_role};

use crate::{
    outcome::Outcome,
    passphrase,
    people_arguments::{AddArguments, PassphraseArguments, PeopleCommand, SecretArguments, SingleUserArguments},
    sign_in, terminal,
    workbook::{open, open_for_nobody},
};

pub(crate) fn run(command: PeopleCommand) -> Result<Outcome, ApplicationError> {
    match command {
        PeopleCommand::List(arguments) => {
            let session = open(&arguments.file)?;
            answer(&session, session.people()?, arguments.json)
        }
        PeopleCommand::Add(arguments) => add(arguments),
        PeopleCommand::Role(arguments) => {
            let role = Some(parse_role(&arguments.role).map_err(invalid)?);
            change(&open(&arguments.file)?, &arguments.name, &UserChange { role, ..UserChange::default() })
        }
        PeopleCommand::Rename(arguments) => {
            let name = Some(arguments.new_name);
            change(&open(&arguments.file)?, &arguments.name, &UserChange { name, ..UserChange::default() })
        }
        PeopleCommand::Deactivate(arguments) => {
            let active = Some(false);
            change(&open(&arguments.file)?, &arguments.name, &UserChange { active, ..UserChange::default() })
        }
        PeopleCommand::Activate(arguments) => {
            let active = Some(true);
            change(&open(&arguments.file)?, &arguments.name, &UserChange { active, ..UserChange::default() })
        }
        PeopleCommand::Secret(arguments) => secret(&arguments),
        PeopleCommand::SingleUser(arguments) => single_user(&arguments),
    }
}

fn add(arguments: AddArguments) -> Result<Outcome, ApplicationError> {
    let role = parse_role(&arguments.role).map_err(invalid)?;
    let session = open(&arguments.file)?;
    let first_secret =
        arguments.secret.then(|| sign_in::new_secret(&format!("First secret of {}", arguments.name))).transpose()?;
    let new = NewPerson { name: arguments.name, email: arguments.email, role, first_secret };
    answer(&session, session.add_person(&new)?, arguments.json)
}

fn change(session: &Session, name: &str, change: &UserChange) -> Result<Outcome, ApplicationError> {
    let id = called(&session.people()?, name)?;
    answer(session, session.change_person(id, change)?, false)
}

fn secret(arguments: &SecretArguments) -> Result<Outcome, ApplicationError> {
    if let Some(name) = &arguments.recover {
        return recover(arguments, name);
    }
    let session = open(&arguments.file)?;
    if let Some(name) = &arguments.reset {
        let id = called(&session.people()?, name)?;
        session.reset_secret(id, &sign_in::new_secret(&format!("Secret of {name}"))?)?;
        terminal::say("they choose another when they next sign in");
    } else {
        let people = session.people()?;
        let has_secret = people.people.iter().any(|person| person.id == people.me && person.has_secret);
        let present = match (has_secret, arguments.remove) {
            (true, _) => Some(sign_in::secret("Present secret")?),
            (false, true) => None,
            (false, false) => Some(passphrase::ask(&arguments.file.display().to_string())?),
        };
        let new = (!arguments.remove).then(|| sign_in::new_secret("New secret")).transpose()?;
        let [present, new] = [&present, &new].map(|secret| secret.as_deref().map(String::as_str));
        session.change_own_secret(present, new)?;
    }
    session.close_workbook()?;
    Ok(Outcome::Done)
}

/// The passphrase is asked for even where the keychain opened the file: it is what allows it.
fn recover(arguments: &SecretArguments, name: &str) -> Result<Outcome, ApplicationError> {
    let session = open_for_nobody(&arguments.file)?;
    let passphrase = passphrase::ask(&arguments.file.display().to_string())?;
    session.recover_secret(name, &passphrase, &sign_in::new_secret(&format!("Secret of {name}"))?)?;
    session.close_workbook()?;
    terminal::say("it holds from here on; the audit log tells that it was set with the passphrase");
    Ok(Outcome::Done)
}

fn single_user(arguments: &SingleUserArguments) -> Result<Outcome, ApplicationError> {
    let session = open(&arguments.file)?;
    session.set_single_user(arguments.state == "on", &arguments.reason)?;
    session.close_workbook()?;
    Ok(Outcome::Done)
}

/// Encrypts the workbook anew. The present passphrase is asked for even where the keychain opened the file.
pub(crate) fn passphrase(arguments: &PassphraseArguments) -> Result<Outcome, ApplicationError> {
    let session = open(&arguments.file)?;
    let present = passphrase::ask(&arguments.file.display().to_string())?;
    session.change_passphrase(&present, &passphrase::ask_new()?)?;
    session.close_workbook()?;
    terminal::say("from here on the new passphrase opens the workbook");
    Ok(Outcome::Done)
}

fn called(people: &People, name: &str) -> Result<UserId, ApplicationError> {
    let found = people.people.iter().find(|person| is_same_name(&person.name, name.trim()));
    let nobody = || ApplicationError::in_english(format!("nobody called '{}' works or worked here", name.trim()));
    found.map(|person| person.id).ok_or_else(nobody)
}

fn answer(session: &Session, people: People, json: bool) -> Result<Outcome, ApplicationError> {
    session.close_workbook()?;
    let view = PeopleView::from(people);
    if json {
        terminal::print_json(&view)?;
    } else {
        terminal::print(&view.to_string());
    }
    Ok(Outcome::Done)
}

fn invalid(error: tieout_wire::CommandError) -> ApplicationError {
    ApplicationError::in_english(error.to_string())
}
