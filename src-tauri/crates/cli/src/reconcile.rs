//! `tieout reconcile`

use std::path::Path;

use tieout_application::{
    ApplicationError, Configuration, Environment, Said,
    headless::{self, ImportedIdentity, ReconcileRequest},
};
use tieout_wire::ReconcileView;

use crate::{arguments::ReconcileArguments, outcome::Outcome, passphrase, terminal};

pub(crate) fn run(arguments: ReconcileArguments) -> Result<Outcome, ApplicationError> {
    let environment = Environment::of_this_machine()?;
    let configuration = configuration(arguments.profile.as_deref(), arguments.config.as_deref())?;
    let request = ReconcileRequest {
        statements: arguments.statement,
        ledgers: arguments.ledger,
        configuration,
        threads: arguments.threads.map(usize::from),
        file_bytes_max: arguments.max_size.map(mebibytes),
        out: arguments.out,
        identity: arguments.identity.as_deref().map(identity).transpose()?,
        layout: arguments.layout.layout(),
    };
    let bar = terminal::Bar::new(arguments.json);
    let summary = headless::reconcile(&environment, &request, &|progress| bar.show(progress))?;
    drop(bar);
    let outcome = if summary.rows_rejected > 0 { Outcome::SomeRowsRejected } else { Outcome::Done };
    for note in &summary.notes {
        terminal::say(&format!("tieout: {note}"));
    }
    let view = ReconcileView::from(&summary);
    if arguments.json {
        terminal::print_json(&view)?;
    } else {
        terminal::print(&view.to_string());
    }
    Ok(outcome)
}

/// The configuration in the file, or the profile's defaults.
pub(crate) fn configuration(profile: Option<&str>, file: Option<&Path>) -> Result<Configuration, ApplicationError> {
    let profile = profile.map(str::parse).transpose().map_err(|error: tieout_application::UnknownProfile| {
        ApplicationError::Configuration(Said::in_english(error.to_string()))
    })?;
    match file {
        Some(file) => Configuration::read(file, profile),
        None => Ok(Configuration::defaults(profile.unwrap_or_default())),
    }
}

/// Bytes of so many MiB.
pub(crate) fn mebibytes(count: u32) -> u64 {
    u64::from(count) << 20
}

/// Reads an identity file and asks for its passphrase.
pub(crate) fn identity(file: &std::path::Path) -> Result<ImportedIdentity, ApplicationError> {
    let bytes = std::fs::read(file).map_err(|source| ApplicationError::file(file, source))?;
    Ok(ImportedIdentity { bytes, passphrase: passphrase::ask(&file.display().to_string())? })
}
