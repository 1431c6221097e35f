//! `tieout workbook note …` and `tieout workbook history`: what people note on records and matches, and all they did.

use std::path::PathBuf;

use clap::{ArgGroup, Args};
use tieout_application::{ApplicationError, Attach, Mark};
use tieout_wire::ActsView;

use crate::{
    outcome::Outcome,
    terminal,
    workbook::{day, open},
};

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("what").required(true).multiple(false))]
pub(crate) struct NoteArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Identifiers of records and matches
    #[arg(required = true)]
    pub(crate) ids: Vec<String>,
    /// Who looks after it from now on
    #[arg(long, value_name = "NAME", group = "what")]
    pub(crate) owner: Option<String>,
    /// Take the owner away that a person gave it
    #[arg(long, group = "what")]
    pub(crate) nobody: bool,
    /// The queue does not list it before this day
    #[arg(long, value_name = "DAY", group = "what")]
    pub(crate) snooze: Option<String>,
    /// The queue lists it again
    #[arg(long, group = "what")]
    pub(crate) wake: bool,
    /// A difference in time, settled by this day
    #[arg(long, value_name = "DAY", group = "what")]
    pub(crate) expected: Option<String>,
    /// No difference in time after all
    #[arg(long, group = "what")]
    pub(crate) not_expected: bool,
    /// Something to be said of it
    #[arg(long, value_name = "TEXT", group = "what")]
    pub(crate) comment: Option<String>,
    /// A file that speaks for it, kept in the workbook
    #[arg(long, value_name = "FILE", group = "what")]
    pub(crate) attach: Option<PathBuf>,
    /// Why a difference in time is expected
    #[arg(long, default_value = "", requires = "expected")]
    pub(crate) reason: String,
}

#[derive(Debug, Args)]
pub(crate) struct HistoryArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Skip so many
    #[arg(long, default_value_t = 0)]
    pub(crate) offset: u32,
    /// Show at most so many
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub(crate) limit: u32,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

pub(crate) fn note(arguments: &NoteArguments) -> Result<Outcome, ApplicationError> {
    let session = open(&arguments.file)?;
    let ids = &arguments.ids;
    let what = match &arguments.attach {
        Some(path) => {
            session.attach(ids, Attach::File(path.clone()))?;
            "attached"
        }
        None => {
            let (mark, what) = mark_of(arguments)?;
            session.mark(ids, &mark)?;
            what
        }
    };
    session.close_workbook()?;
    terminal::say(what);
    Ok(Outcome::Done)
}

fn mark_of(arguments: &NoteArguments) -> Result<(Mark, &'static str), ApplicationError> {
    Ok(if let Some(until) = &arguments.snooze {
        (Mark::Snooze(Some(day(until)?)), "snoozed")
    } else if let Some(by) = &arguments.expected {
        (Mark::Timing(Some((day(by)?, arguments.reason.clone()))), "noted as a difference in time")
    } else if let Some(text) = &arguments.comment {
        (Mark::Comment(text.clone()), "noted")
    } else if arguments.wake {
        (Mark::Snooze(None), "in the queue again")
    } else if arguments.not_expected {
        (Mark::Timing(None), "no difference in time any more")
    } else if let Some(owner) = &arguments.owner {
        (Mark::Owner(Some(owner.clone())), "given to its new owner")
    } else {
        (Mark::Owner(None), "it belongs to whom the policy names")
    })
}

pub(crate) fn history(arguments: &HistoryArguments) -> Result<Outcome, ApplicationError> {
    let session = open(&arguments.file)?;
    let acts = ActsView::from(session.acts(arguments.offset, arguments.limit)?);
    session.close_workbook()?;
    if arguments.json {
        terminal::print_json(&acts)?;
    } else {
        terminal::print(&acts.to_string());
    }
    Ok(Outcome::Done)
}
