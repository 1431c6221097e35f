//! `tieout workbook journal …`: one function a command.

use std::fmt::Display;

use serde::Serialize;
use tieout_application::{
    ApplicationError, PostingRole, Session,
    journal::{ExportJournal, JournalQuery},
};
use tieout_wire::{ExportedJournalView, JournalBatchesView, JournalLayoutView, JournalView, PostingAccountView};

use crate::{
    journal_arguments::{
        AccountsArguments, AgainArguments, BatchesArguments, ExportArguments, JournalArguments, JournalCommand,
        LayoutsArguments, ListArguments, TakeBackArguments,
    },
    outcome::Outcome,
    terminal,
    workbook::{day, existing, open},
};

/// Batches asked for at a time.
const BATCHES: u32 = 500;

pub(crate) fn run(arguments: &JournalArguments) -> Result<Outcome, ApplicationError> {
    let session = open(&arguments.file)?;
    match &arguments.command {
        None => list(&session, &ListArguments { through: None, missing: false, json: false })?,
        Some(JournalCommand::List(arguments)) => list(&session, arguments)?,
        Some(JournalCommand::Export(arguments)) => export(&session, arguments)?,
        Some(JournalCommand::Accounts(arguments)) => accounts(&session, arguments)?,
        Some(JournalCommand::Layouts(arguments)) => layouts(&session, arguments)?,
        Some(JournalCommand::Batches(arguments)) => batches(&session, arguments)?,
        Some(JournalCommand::Again(arguments)) => again(&session, arguments)?,
        Some(JournalCommand::TakeBack(arguments)) => take_back(&session, arguments)?,
    }
    session.close_workbook()?;
    Ok(Outcome::Done)
}

fn list(session: &Session, arguments: &ListArguments) -> Result<(), ApplicationError> {
    let query = JournalQuery {
        through: arguments.through.as_deref().map(day).transpose()?,
        only_missing: arguments.missing,
        limit: u32::MAX,
        ..JournalQuery::default()
    };
    answer(&JournalView::from(session.journal(&query)?), arguments.json)
}

fn export(session: &Session, arguments: &ExportArguments) -> Result<(), ApplicationError> {
    let exported = session.export_journal(&ExportJournal {
        layout: session.find_journal_layout(&arguments.layout)?,
        through: arguments.through.as_deref().map(day).transpose()?,
        path: arguments.out.clone(),
        existing: existing(arguments.force),
        seen: None,
    })?;
    answer(&ExportedJournalView::from(exported), arguments.json)
}

fn accounts(session: &Session, arguments: &AccountsArguments) -> Result<(), ApplicationError> {
    let named = arguments.set.iter().map(|text| named(text)).collect::<Result<Vec<_>, _>>()?;
    if !named.is_empty() {
        session.save_posting_accounts(&named)?;
    }
    let rows: Vec<PostingAccountView> = session.posting_accounts()?.into_iter().map(Into::into).collect();
    answer_all(&rows, arguments.json)
}

/// `cause fee=6855`
fn named(text: &str) -> Result<(PostingRole, String), ApplicationError> {
    let refused = |problem: String| ApplicationError::in_english(format!("'{text}': {problem}"));
    let (role, account) =
        text.split_once('=').ok_or_else(|| refused("write it as role=account, such as receivables=1200".to_owned()))?;
    Ok((role.trim().parse::<PostingRole>().map_err(|problem| refused(problem.to_string()))?, account.to_owned()))
}

fn layouts(session: &Session, arguments: &LayoutsArguments) -> Result<(), ApplicationError> {
    if let Some(name) = &arguments.show {
        terminal::print_file(session.find_journal_layout(name)?.to_toml()?.trim_end());
        return Ok(());
    }
    if let Some(file) = &arguments.save {
        // In place of what has its name, as `--help` says.
        let layout = session.read_journal_layout(file)?;
        session.save_journal_layout(&layout, Some(&layout.name))?;
    }
    if let Some(name) = &arguments.remove {
        session.remove_journal_layout(name)?;
    }
    let rows: Vec<JournalLayoutView> = session.journal_layouts()?.into_iter().map(Into::into).collect();
    answer_all(&rows, arguments.json)
}

fn batches(session: &Session, arguments: &BatchesArguments) -> Result<(), ApplicationError> {
    let (mut page, newest) = session.journal_batches(0, BATCHES)?;
    while (page.rows.len() as u64) < page.total {
        let (next, _) = session.journal_batches(page.rows.len() as u64, BATCHES)?;
        if next.rows.is_empty() {
            break;
        }
        page.rows.extend(next.rows);
    }
    answer(&JournalBatchesView::from((page, newest)), arguments.json)
}

fn again(session: &Session, arguments: &AgainArguments) -> Result<(), ApplicationError> {
    let written = session.write_journal_again(arguments.number, &arguments.out, existing(arguments.force))?;
    answer(&ExportedJournalView::from(written), arguments.json)
}

fn take_back(session: &Session, arguments: &TakeBackArguments) -> Result<(), ApplicationError> {
    session.take_journal_back(arguments.number, &arguments.reason)?;
    terminal::say("taken back: its entries are to be exported again");
    Ok(())
}

fn answer(view: &(impl Serialize + Display), json: bool) -> Result<(), ApplicationError> {
    if json {
        terminal::print_json(view)?;
    } else {
        terminal::print(view.to_string().trim_end());
    }
    Ok(())
}

fn answer_all<V: Serialize + Display>(views: &[V], json: bool) -> Result<(), ApplicationError> {
    if json {
        terminal::print_json(&views)?;
    } else {
        views.iter().for_each(|view| terminal::print(&view.to_string()));
    }
    Ok(())
}
