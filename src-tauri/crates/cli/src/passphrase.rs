//! Passphrases: from `TIEOUT_PASSPHRASE` or a prompt, never from an argument, which other users of the machine can read.

use std::io::IsTerminal;

use tieout_application::ApplicationError;
use zeroize::Zeroizing;

const VARIABLE: &str = "TIEOUT_PASSPHRASE";
const NEW_VARIABLE: &str = "TIEOUT_NEW_PASSPHRASE";

/// The passphrase in the environment, if there is one.
pub(crate) fn from_environment() -> Option<Zeroizing<String>> {
    from_variable(VARIABLE)
}

/// What an environment variable holds, if it holds anything.
pub(crate) fn from_variable(name: &str) -> Option<Zeroizing<String>> {
    std::env::var(name).ok().filter(|secret| !secret.is_empty()).map(Zeroizing::new)
}

/// A passphrase that is to open the workbook from here on: from the environment, or else asked for twice.
pub(crate) fn ask_new() -> Result<Zeroizing<String>, ApplicationError> {
    ask_twice("New passphrase", NEW_VARIABLE)
}

/// What is to be kept, from an environment variable, or else asked for twice.
pub(crate) fn ask_twice(what: &str, variable: &str) -> Result<Zeroizing<String>, ApplicationError> {
    if let Some(secret) = from_variable(variable) {
        return Ok(secret);
    }
    if !std::io::stdin().is_terminal() {
        return Err(ApplicationError::in_english(format!("{what} is needed: set {variable}")));
    }
    let secret = ask_secret(what)?;
    if ask_secret("The same again")? == secret {
        Ok(secret)
    } else {
        Err(ApplicationError::in_english("the two are not the same: nothing was changed".to_owned()))
    }
}

/// From the environment, or else asked for.
pub(crate) fn ask(what: &str) -> Result<Zeroizing<String>, ApplicationError> {
    if let Some(passphrase) = from_environment() {
        return Ok(passphrase);
    }
    if !std::io::stdin().is_terminal() {
        return Err(ApplicationError::in_english(format!("the passphrase of {what} is needed: set {VARIABLE}")));
    }
    rpassword::prompt_password(format!("Passphrase of {what}: "))
        .map(Zeroizing::new)
        .map_err(|error| ApplicationError::in_english(format!("the passphrase could not be read: {error}")))
}

/// A secret of sending: asked for on the terminal, else the first line of standard input.
pub(crate) fn ask_secret(what: &str) -> Result<Zeroizing<String>, ApplicationError> {
    let unreadable = |error: std::io::Error| ApplicationError::in_english(format!("it could not be read: {error}"));
    if std::io::stdin().is_terminal() {
        return rpassword::prompt_password(format!("{what}: ")).map(Zeroizing::new).map_err(unreadable);
    }
    let mut line = Zeroizing::new(String::new());
    std::io::stdin().read_line(&mut line).map_err(unreadable)?;
    Ok(Zeroizing::new(line.trim_end_matches(['\r', '\n']).to_owned()))
}
