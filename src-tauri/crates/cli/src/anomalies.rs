//! `tieout anomalies` and `tieout workbook anomalies`: what an auditor would look at twice.

use tieout_application::{
    ApplicationError, Configuration, Digest, Environment,
    anomalies::{AnomaliesRequest, files},
};
use tieout_wire::{AnomaliesView, parse_id};

use crate::{
    anomaly_arguments::{AnomaliesArguments, WorkbookAnomaliesArguments},
    outcome::Outcome,
    reconcile::mebibytes,
    terminal, workbook,
};

pub(crate) fn of_files(arguments: AnomaliesArguments) -> Result<Outcome, ApplicationError> {
    let configuration = arguments.config.as_deref().map(|file| Configuration::read(file, None)).transpose()?;
    let currency = configuration.as_ref().and_then(|configuration| configuration.engine.base_currency);
    let request = files::FilesRequest {
        dates: request(None, &arguments.from, &arguments.to)?,
        statements: arguments.statement,
        ledgers: arguments.ledger,
        currency,
        config: configuration.and_then(|configuration| configuration.anomalies).unwrap_or_default(),
        threads: arguments.threads.map(usize::from),
        file_bytes_max: arguments.max_size.map(mebibytes),
    };
    let bar = terminal::Bar::new(arguments.json);
    let report = files::anomalies(&Environment::of_this_machine()?, &request, &|progress| bar.show(progress))?;
    drop(bar);
    for note in &report.notes {
        terminal::say(&format!("tieout: {note}"));
    }
    let outcome = if report.rows_rejected > 0 { Outcome::SomeRowsRejected } else { Outcome::Done };
    show(&report.into(), arguments.json)?;
    Ok(outcome)
}

pub(crate) fn of_workbook(arguments: &WorkbookAnomaliesArguments) -> Result<Outcome, ApplicationError> {
    let request = request(arguments.account.clone(), &arguments.from, &arguments.to)?;
    let aside = arguments.set_aside.as_deref().map(key).transpose()?;
    let restore = arguments.restore.as_deref().map(key).transpose()?;
    let session = workbook::open(&arguments.file)?;
    if let Some(key) = restore {
        session.restore_anomaly(key)?;
    }
    if let Some(key) = aside {
        session.set_anomaly_aside(&request, key, arguments.reason.as_deref().unwrap_or_default(), &|_| {})?;
    }
    let bar = terminal::Bar::new(arguments.json);
    let report = session.anomalies(&request, &|progress| bar.show(progress))?;
    drop(bar);
    session.close_workbook()?;
    show(&report.into(), arguments.json)?;
    Ok(Outcome::Done)
}

fn request(
    account: Option<String>,
    from: &Option<String>,
    to: &Option<String>,
) -> Result<AnomaliesRequest, ApplicationError> {
    let day = |text: &Option<String>| text.as_deref().map(workbook::day).transpose();
    Ok(AnomaliesRequest { account, from: day(from)?, to: day(to)? })
}

fn key(text: &str) -> Result<Digest, ApplicationError> {
    parse_id(text).map_err(|_| {
        ApplicationError::in_english(
            "an anomaly's key is 64 digits and letters a to f: take it from the list".to_owned(),
        )
    })
}

fn show(view: &AnomaliesView, json: bool) -> Result<(), ApplicationError> {
    if json {
        return terminal::print_json(view);
    }
    terminal::print(&view.to_string());
    Ok(())
}
