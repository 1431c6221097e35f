//! `tieout workbook …`: one function a command, each on top of the use cases the window calls.

use std::path::Path;

use tieout_application::{
    ApplicationError, ApproveAbove, Configuration, Currency, Date, Decide, Environment, Existing, ExportFolder,
    ImportFile, NewWorkbook, OpenWorkbook, QueueConditions, QueueFilter, QueueRequest, Said, Session, Side,
};
use tieout_wire::{
    ApproveAboveView, BatchView, ExportView, FileImportView, MatchingSettingsView, QueueView, RuleTrialView,
    RunSummary, WorkbookView, parse_id, parse_percent,
};

use crate::{
    alerts, anomalies,
    arguments::{
        ConfigArguments, ImportArguments, ImportsArguments, MatchArguments, NewArguments, ReviewArguments,
        TryRulesArguments, WorkbookCommand,
    },
    audit, backup, by_hand, categorise, close, customers, differences, figures, journal, list, notes,
    outcome::Outcome,
    passphrase, people, policy, reconcile,
    report_arguments::ExportArguments,
    sign_in, signer, terminal,
};

/// Rows of the queue that a terminal shows.
const QUEUE_ROWS: u32 = 50;

pub(crate) fn run(command: WorkbookCommand) -> Result<Outcome, ApplicationError> {
    match command {
        WorkbookCommand::New(arguments) => new(arguments),
        WorkbookCommand::Import(arguments) => import(&arguments),
        WorkbookCommand::Imports(arguments) => imports(&arguments),
        WorkbookCommand::Match(arguments) => match_open(&arguments),
        WorkbookCommand::TryRules(arguments) => try_rules(&arguments),
        WorkbookCommand::Config(arguments) => config(&arguments),
        WorkbookCommand::Review(arguments) => review(&arguments),
        WorkbookCommand::Categorise(arguments) => categorise::sweep(&arguments),
        WorkbookCommand::Categories(arguments) => categorise::categories(&arguments),
        WorkbookCommand::Figures(arguments) => figures::figures(&arguments),
        WorkbookCommand::Anomalies(arguments) => anomalies::of_workbook(&arguments),
        WorkbookCommand::Differences(arguments) => differences::of_workbook(&arguments),
        WorkbookCommand::List(arguments) => list::list(&arguments),
        WorkbookCommand::Close(arguments) => close::run(&arguments),
        WorkbookCommand::Export(arguments) => export(&arguments),
        WorkbookCommand::Alerts(command) => alerts::run(command),
        WorkbookCommand::Customers(command) => customers::run(command),
        WorkbookCommand::People(command) => people::run(command),
        WorkbookCommand::Signer(command) => signer::run(command),
        WorkbookCommand::Passphrase(arguments) => people::passphrase(&arguments),
        WorkbookCommand::AuditLog(arguments) => audit::log(&arguments),
        WorkbookCommand::AcceptHistory(arguments) => audit::accept_history(&arguments),
        WorkbookCommand::ForgetKey(arguments) => audit::forget_key(&arguments),
        WorkbookCommand::Policy(command) => policy::run(command),
        WorkbookCommand::MatchByHand(arguments) => by_hand::match_by_hand(&arguments),
        WorkbookCommand::Note(arguments) => notes::note(&arguments),
        WorkbookCommand::History(arguments) => notes::history(&arguments),
        WorkbookCommand::Journal(arguments) => journal::run(&arguments),
        WorkbookCommand::Backup(arguments) => backup::back_up(&arguments),
        WorkbookCommand::Restore(arguments) => backup::restore(&arguments),
    }
}

fn new(arguments: NewArguments) -> Result<Outcome, ApplicationError> {
    let session = Session::new(Environment::of_this_machine()?);
    let currency =
        Currency::parse(&arguments.currency).map_err(|error| ApplicationError::in_english(error.to_string()))?;
    let workbook = session.create_workbook(NewWorkbook {
        passphrase: passphrase::ask(&arguments.file.display().to_string())?,
        path: arguments.file,
        company: arguments.company,
        user: arguments.user,
        currency,
        single_user: arguments.single_user,
        remember: arguments.remember,
    })?;
    if arguments.json {
        terminal::print_json(&WorkbookView::from(workbook))?;
    } else {
        terminal::print(&format!("{} holds the work of {}", workbook.path.display(), workbook.company));
    }
    session.close_workbook()?;
    Ok(Outcome::Done)
}

/// Opens a workbook: passphrase from the environment, else the keychain's key, else a prompt. Signs in whom `--user` names.
pub(crate) fn open(file: &Path) -> Result<Session, ApplicationError> {
    let session = open_for_nobody(file)?;
    sign_in::sign_in(&session)?;
    Ok(session)
}

/// Opens the workbook without signing anybody in who does not by being the only one.
pub(crate) fn open_for_nobody(file: &Path) -> Result<Session, ApplicationError> {
    let session = Session::new(Environment::of_this_machine()?);
    let request = |passphrase| OpenWorkbook { path: file.to_owned(), passphrase, remember: false };
    let opened = match session.open_workbook(request(passphrase::from_environment())) {
        Err(error) if error.is_passphrase_needed() => {
            session.open_workbook(request(Some(passphrase::ask(&file.display().to_string())?)))?
        }
        other => other?,
    };
    if let Some(warning) = opened.warning {
        terminal::say(&format!("tieout: {warning}"));
    }
    Ok(session)
}

/// A day as it is given on the command line.
pub(crate) fn day(text: &str) -> Result<Date, ApplicationError> {
    text.parse().map_err(|_| ApplicationError::in_english(format!("'{text}' is no date such as 2025-12-31")))
}

/// What happens to a file that lies where one is to be written.
pub(crate) const fn existing(force: bool) -> Existing {
    if force { Existing::Replace } else { Existing::Keep }
}

fn import(arguments: &ImportArguments) -> Result<Outcome, ApplicationError> {
    let session = open(&arguments.file)?;
    let bar = terminal::Bar::new(arguments.json);
    let sides = [(Side::Statement, &arguments.statement), (Side::Ledger, &arguments.ledger)];
    let mut views = Vec::new();
    for (side, files) in sides {
        for file in files {
            let import = ImportFile {
                path: file.clone(),
                side,
                account: arguments.account.clone(),
                mapping: arguments.mapping.clone(),
                leave_out_rejected: arguments.leave_out_rejected,
                file_bytes_max: arguments.max_size.map(reconcile::mebibytes),
            };
            let imported = session.import_file(&import, &|progress| bar.show(progress))?;
            views.extend(imported.into_iter().map(FileImportView::from));
        }
    }
    drop(bar);
    session.close_workbook()?;
    let rejected = views.iter().any(|view| view.rejected > 0);
    if arguments.json {
        terminal::print_json(&views)?;
    } else {
        views.iter().for_each(|view| terminal::print(&view.to_string()));
    }
    Ok(if rejected { Outcome::SomeRowsRejected } else { Outcome::Done })
}

fn imports(arguments: &ImportsArguments) -> Result<Outcome, ApplicationError> {
    let session = open(&arguments.file)?;
    if let Some(id) = &arguments.undo {
        session.undo_import(parse_id(id).map_err(|error| ApplicationError::in_english(error.to_string()))?)?;
    }
    let batches: Vec<BatchView> = session.list_batches()?.into_iter().map(BatchView::from).collect();
    session.close_workbook()?;
    if arguments.json {
        terminal::print_json(&batches)?;
    } else {
        batches.iter().for_each(|batch| terminal::print(&batch.to_string()));
    }
    Ok(Outcome::Done)
}

fn match_open(arguments: &MatchArguments) -> Result<Outcome, ApplicationError> {
    let configuration = arguments.config.as_deref().map(|file| Configuration::read(file, None)).transpose()?;
    let session = open(&arguments.file)?;
    let bar = terminal::Bar::new(arguments.json);
    let run = session.run_matching(configuration.as_ref(), &|progress| bar.show(progress))?;
    drop(bar);
    session.close_workbook()?;
    let view = RunSummary::from(run);
    if arguments.json {
        terminal::print_json(&view)?;
    } else {
        terminal::print(&view.to_string());
    }
    Ok(Outcome::Done)
}

fn try_rules(arguments: &TryRulesArguments) -> Result<Outcome, ApplicationError> {
    let given = arguments.config.as_deref().map(|file| Configuration::read(file, None)).transpose()?;
    let session = open(&arguments.file)?;
    let configuration = match given {
        Some(configuration) => configuration,
        None => session.matching_settings()?.configuration,
    };
    let rules = configuration.engine.rules;
    if rules.is_empty() {
        return Err(ApplicationError::Configuration(Said::in_english(
            "there are no rules to try: give a file with --config",
        )));
    }
    let trial = session.try_rules(&rules)?;
    session.close_workbook()?;
    let view = RuleTrialView::from(trial);
    if arguments.json {
        terminal::print_json(&view)?;
    } else {
        terminal::print(&view.to_string());
    }
    Ok(Outcome::Done)
}

fn config(arguments: &ConfigArguments) -> Result<Outcome, ApplicationError> {
    let given = arguments.set.as_deref().map(|file| Configuration::read(file, None)).transpose()?;
    let session = open(&arguments.file)?;
    let settings = match given {
        Some(configuration) => session.save_matching_settings(&configuration)?,
        None => session.matching_settings()?,
    };
    session.close_workbook()?;
    let toml = settings.configuration.to_toml()?;
    let view = MatchingSettingsView::from(settings);
    if arguments.json {
        terminal::print_json(&view.config)?;
    } else {
        terminal::print_file(toml.trim_end());
    }
    if let Some(kept) = &view.kept_rates {
        terminal::say(&kept.to_string());
    }
    Ok(Outcome::Done)
}

fn review(arguments: &ReviewArguments) -> Result<Outcome, ApplicationError> {
    let session = open(&arguments.file)?;
    let decisions = arguments.approve.iter().map(|id| (id, true)).chain(arguments.reject.iter().map(|id| (id, false)));
    for (id, approve) in decisions {
        let match_id = parse_id(id).map_err(|error| ApplicationError::in_english(error.to_string()))?;
        let content = session.match_detail(match_id)?.content;
        session.decide(&Decide { match_id, approve, content, reason: arguments.reason.clone() })?;
    }
    if let Some(percent) = &arguments.approve_above {
        let confidence = parse_percent(percent).map_err(|error| ApplicationError::in_english(error.to_string()))?;
        let approved = session.approve_above(&ApproveAbove { confidence, execute: true, expected_count: None })?;
        terminal::say(&ApproveAboveView::from(approved).to_string());
    }
    if arguments.undo {
        session.undo(None)?;
    }
    if arguments.redo {
        session.redo(None)?;
    }
    let page = session.review_queue(&QueueRequest {
        filter: QueueFilter::ToReview,
        search: String::new(),
        conditions: QueueConditions::default(),
        offset: 0,
        limit: QUEUE_ROWS,
    })?;
    session.close_workbook()?;
    let view = QueueView::from(page);
    if arguments.json {
        terminal::print_json(&view)?;
    } else {
        terminal::print(&view.to_string());
    }
    Ok(Outcome::Done)
}

fn export(arguments: &ExportArguments) -> Result<Outcome, ApplicationError> {
    let session = open(&arguments.file)?;
    let date = |text: &Option<String>| text.as_deref().map(day).transpose();
    let exported = session.export_folder(&ExportFolder {
        account: arguments.account.clone(),
        from: date(&arguments.from)?,
        to: date(&arguments.to)?,
        out: arguments.out.clone(),
        identity: arguments.identity.as_deref().map(reconcile::identity).transpose()?,
        layout: arguments.layout.layout(),
    })?;
    session.close_workbook()?;
    let view = ExportView::from(exported);
    if arguments.json {
        terminal::print_json(&view)?;
    } else {
        terminal::print(&view.to_string());
    }
    Ok(Outcome::Done)
}
