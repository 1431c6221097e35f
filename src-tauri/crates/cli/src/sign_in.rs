//! Who works in a workbook from the command line: `--user`, with a secret from the environment or a prompt.

use std::{io::IsTerminal, sync::OnceLock};

use tieout_application::{ApplicationError, Session, WorkbookError, is_same_name};
use zeroize::Zeroizing;

use crate::passphrase;

const SECRET: &str = "TIEOUT_USER_SECRET";
const NEW_SECRET: &str = "TIEOUT_NEW_USER_SECRET";

/// Whom `--user` names. It stands before or after any command, and every command opens its workbook the same way.
static USER: OnceLock<String> = OnceLock::new();

/// Notes whom `--user` names.
pub(crate) fn note(user: Option<String>) {
    if let Some(user) = user {
        USER.get_or_init(|| user);
    }
}

/// Signs in whom `--user` names, unless it is who is signed in already.
pub(crate) fn sign_in(session: &Session) -> Result<(), ApplicationError> {
    let present = session.presence(false).person;
    let Some(name) = USER.get() else {
        return if present.is_some() { Ok(()) } else { Err(who_is_it(session)?) };
    };
    if present.is_some_and(|person| is_same_name(&person.name, name.trim())) {
        return Ok(());
    }
    let choices = session.sign_in_choices()?;
    let has_secret = choices.people.iter().any(|person| person.has_secret && is_same_name(&person.name, name.trim()));
    let given = has_secret.then(|| secret(&format!("Secret of {}", name.trim()))).transpose()?;
    match session.sign_in_as(name, given.clone(), None) {
        Err(ApplicationError::Workbook(WorkbookError::SecretToChoose)) => {
            let new = new_secret("The secret was given by an admin. Your own from here on")?;
            session.sign_in_as(name, given, Some(new)).map(drop)
        }
        other => other.map(drop),
    }
}

fn who_is_it(session: &Session) -> Result<ApplicationError, ApplicationError> {
    let people = session.sign_in_choices()?.people;
    let names = people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join(", ");
    Ok(ApplicationError::in_english(format!("say who works in it with --user NAME: {names}")))
}

/// A present secret.
pub(crate) fn secret(what: &str) -> Result<Zeroizing<String>, ApplicationError> {
    match passphrase::from_variable(SECRET) {
        Some(secret) => Ok(secret),
        None if std::io::stdin().is_terminal() => passphrase::ask_secret(what),
        None => Err(ApplicationError::in_english(format!("{what} is needed: set {SECRET}"))),
    }
}

/// A secret to be kept: asked for twice.
pub(crate) fn new_secret(what: &str) -> Result<Zeroizing<String>, ApplicationError> {
    passphrase::ask_twice(what, NEW_SECRET)
}
