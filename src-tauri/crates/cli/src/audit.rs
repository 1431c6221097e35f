//! `tieout workbook audit-log`, `accept-history` and `forget-key`: what an auditor takes along, and what an admin answers for.

use tieout_application::ApplicationError;

use crate::{
    audit_arguments::{AcceptHistoryArguments, AuditLogArguments, ForgetKeyArguments},
    outcome::Outcome,
    terminal, workbook,
};

/// Writes the whole chain into a file.
pub(crate) fn log(arguments: &AuditLogArguments) -> Result<Outcome, ApplicationError> {
    let session = workbook::open(&arguments.file)?;
    let events = session.export_audit_log(&arguments.out, workbook::existing(arguments.force))?;
    session.close_workbook()?;
    terminal::say(&format!("{events} events written: `tieout verify {}` checks them", arguments.out.display()));
    Ok(Outcome::Done)
}

/// Goes on with an older copy.
pub(crate) fn accept_history(arguments: &AcceptHistoryArguments) -> Result<Outcome, ApplicationError> {
    let session = workbook::open(&arguments.file)?;
    session.accept_history(&arguments.reason)?;
    session.close_workbook()?;
    terminal::say("from here on the history of this file is the one that counts");
    Ok(Outcome::Done)
}

/// Forgets the key on this machine.
pub(crate) fn forget_key(arguments: &ForgetKeyArguments) -> Result<Outcome, ApplicationError> {
    let session = workbook::open(&arguments.file)?;
    session.forget_key()?;
    session.close_workbook()?;
    terminal::say("this machine's keychain does not hold the key: the passphrase will be asked for");
    Ok(Outcome::Done)
}
