//! Passphrases: from `TIEOUT_PASSPHRASE` or a prompt, never from an argument, which other users of the machine can read.

use std::io::IsTerminal;

use tieout_application::ApplicationError;
use zeroize::Zeroizing;

const VARIABLE: &str = "TIEOUT_PASSPHRASE";

/// The passphrase in the environment, if there is one.
pub(crate) fn from_environment() -> Option<Zeroizing<String>> {
    std::env::var(VARIABLE).ok().filter(|passphrase| !passphrase.is_empty()).map(Zeroizing::new)
}

/// From the environment, or else asked for.
pub(crate) fn ask(what: &str) -> Result<Zeroizing<String>, ApplicationError> {
    if let Some(passphrase) = from_environment() {
        return Ok(passphrase);
    }
    if !std::io::stdin().is_terminal() {
        return Err(ApplicationError::Invalid(format!("the passphrase of {what} is needed: set {VARIABLE}")));
    }
    rpassword::prompt_password(format!("Passphrase of {what}: "))
        .map(Zeroizing::new)
        .map_err(|error| ApplicationError::Invalid(format!("the passphrase could not be read: {error}")))
}

/// A secret of sending: asked for on the terminal, else the first line of standard input.
pub(crate) fn ask_secret(what: &str) -> Result<Zeroizing<String>, ApplicationError> {
    let unreadable = |error: std::io::Error| ApplicationError::Invalid(format!("it could not be read: {error}"));
    if std::io::stdin().is_terminal() {
        return rpassword::prompt_password(format!("{what}: ")).map(Zeroizing::new).map_err(unreadable);
    }
    let mut line = Zeroizing::new(String::new());
    std::io::stdin().read_line(&mut line).map_err(unreadable)?;
    Ok(Zeroizing::new(line.trim_end_matches(['\r', '\n']).to_owned()))
}
