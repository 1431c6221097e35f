//! The `tieout` command: the desktop's use cases for scripts and terminals.
//!
//! Results go to stdout or the named folder, words for people and errors to stderr. It knows no SQL, no file format and
//! no window; everything it does is a use case of `application`.

mod alert_arguments;
mod alerts;
mod allocator;
mod anomalies;
mod anomaly_arguments;
mod arguments;
mod audit;
mod audit_arguments;
mod backup;
mod by_hand;
mod categorise;
mod category_arguments;
mod close;
mod close_arguments;
mod customer_arguments;
mod customers;
mod difference_arguments;
mod differences;
mod doctor;
mod figures;
mod inspect;
mod journal;
mod journal_arguments;
mod list;
mod list_arguments;
mod notes;
mod outcome;
mod passphrase;
mod people;
mod people_arguments;
mod policy;
mod policy_arguments;
mod reconcile;
mod report_arguments;
mod sign_in;
mod signer;
mod terminal;
mod verify;
mod workbook;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use outcome::Outcome;

fn main() -> ExitCode {
    allocator::keep_what_is_freed();
    if let Some(code) = tieout_application::run_if_child() {
        return code;
    }
    tieout_application::keep_memory_private();
    let arguments = Arguments::parse();
    sign_in::note(arguments.user);
    let done = match arguments.command {
        Command::Inspect(arguments) => inspect::run(&arguments),
        Command::Reconcile(arguments) => reconcile::run(arguments),
        Command::Anomalies(arguments) => anomalies::of_files(arguments),
        Command::Categorise(arguments) => categorise::run(arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Doctor(arguments) => doctor::run(&arguments),
        Command::Summary(arguments) => figures::summary(&arguments),
        Command::Exceptions(arguments) => figures::exceptions(&arguments),
        Command::Differences(arguments) => differences::of_files(arguments),
        Command::Workbook(command) => workbook::run(command),
    };
    match done {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            terminal::say(&format!("tieout: {error}"));
            Outcome::Refused.into()
        }
    }
}
