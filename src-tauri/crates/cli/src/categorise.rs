//! `tieout categorise`, `tieout workbook categorise` and `tieout workbook categories`.

use std::{fmt::Display, fs::File, path::Path};

use serde::Serialize;
use tieout_application::{
    ApplicationError, CategoryId, CategoryList, Environment, HandCategory, PatternFacts, Session, SweepScope,
    categorise::{self, CategoriseRequest},
};
use tieout_wire::{
    CategoriseView, CategoryListView, PatternsExportedView, PatternsImportedView, SweepView, TriedTextView, parse_id,
};

use crate::{
    arguments::CategoriseArguments,
    category_arguments::{
        CategoriesArguments, CategoriesCommand, PatternArguments, SetCategoryArguments, WorkbookCategoriseArguments,
    },
    outcome::Outcome,
    reconcile::mebibytes,
    terminal,
    workbook::{existing, open},
};

/// The name of standard output in place of a file's.
const STDOUT: &str = "-";

pub(crate) fn run(arguments: CategoriseArguments) -> Result<Outcome, ApplicationError> {
    let environment = Environment::of_this_machine()?;
    let to_stdout = arguments.out == Path::new(STDOUT);
    if to_stdout && arguments.json {
        return Err(ApplicationError::in_english(
            "--json prints the summary where '--out -' prints the list: name a file".to_owned(),
        ));
    }
    let request = CategoriseRequest {
        statements: arguments.statement,
        patterns: arguments.patterns,
        out: (!to_stdout).then_some(arguments.out),
        threads: arguments.threads.map(usize::from),
        file_bytes_max: arguments.max_size.map(mebibytes),
    };
    let bar = terminal::Bar::new(arguments.json || to_stdout);
    let mut stdout = terminal::file_writer();
    let summary = categorise::categorise(&environment, &request, &mut stdout, &|progress| bar.show(progress))?;
    drop(stdout);
    drop(bar);
    for note in &summary.notes {
        terminal::say(&format!("tieout: {note}"));
    }
    let view = CategoriseView::from(&summary);
    if arguments.json {
        terminal::print_json(&view)?;
    } else if to_stdout {
        terminal::say(&view.to_string());
    } else {
        terminal::print(&view.to_string());
    }
    Ok(if summary.rows_rejected > 0 { Outcome::SomeRowsRejected } else { Outcome::Done })
}

/// `tieout workbook categorise`
pub(crate) fn sweep(arguments: &WorkbookCategoriseArguments) -> Result<Outcome, ApplicationError> {
    let scope = match (arguments.again, arguments.retry_failed) {
        (true, _) => SweepScope::All,
        (false, true) => SweepScope::Failed,
        (false, false) => SweepScope::Pending,
    };
    let session = open(&arguments.file)?;
    if let Some(out) = &arguments.out {
        session.check_place(out, existing(arguments.force))?;
    }
    let bar = terminal::Bar::new(arguments.json);
    let mut view = SweepView::from(session.sweep_categories(scope, &|progress| bar.show(progress))?);
    if let Some(out) = &arguments.out {
        view.listed = Some(session.export_categories(out, existing(arguments.force), &|progress| bar.show(progress))?);
    }
    drop(bar);
    session.close_workbook()?;
    if arguments.json {
        terminal::print_json(&view)?;
    } else {
        terminal::print(&view.to_string());
    }
    Ok(Outcome::Done)
}

/// `tieout workbook categories`
pub(crate) fn categories(arguments: &CategoriesArguments) -> Result<Outcome, ApplicationError> {
    if let Some(CategoriesCommand::Import { patterns }) = &arguments.command {
        // Before the workbook is opened, so that a wrong name costs nothing.
        File::open(patterns).map_err(|source| ApplicationError::file(patterns, source))?;
    }
    let session = open(&arguments.file)?;
    if let Some(CategoriesCommand::Import { patterns }) = &arguments.command {
        let view = PatternsImportedView::from(session.import_category_patterns(patterns)?);
        return answer(&session, &view, arguments.json);
    }
    if let Some(CategoriesCommand::Export { patterns, force }) = &arguments.command {
        let view = PatternsExportedView::from(session.export_category_patterns(patterns, existing(*force))?);
        return answer(&session, &view, arguments.json);
    }
    if let Some(CategoriesCommand::Try { text }) = &arguments.command {
        let view = TriedTextView::from(session.try_category_text(text)?);
        return answer(&session, &view, arguments.json);
    }
    if let Some(command) = &arguments.command {
        change(&session, command)?;
    }
    let view = CategoryListView::from(session.categories()?);
    answer(&session, &view, arguments.json)
}

fn answer(session: &Session, view: &(impl Serialize + Display), json: bool) -> Result<Outcome, ApplicationError> {
    session.close_workbook()?;
    if json {
        terminal::print_json(view)?;
    } else {
        terminal::print(&view.to_string());
    }
    Ok(Outcome::Done)
}

fn change(session: &Session, command: &CategoriesCommand) -> Result<(), ApplicationError> {
    match command {
        CategoriesCommand::Add { name } => session.add_category(name).map(drop),
        CategoriesCommand::Rename { name, to } => session.rename_category(session.category_named(name)?, to),
        CategoriesCommand::Remove { name } => session.remove_category(session.category_named(name)?),
        CategoriesCommand::AddPattern(PatternArguments { pattern, category }) => {
            session.add_category_pattern(session.category_named(category)?, pattern).map(drop)
        }
        CategoriesCommand::ChangePattern { pattern, to, category } => {
            let list = session.categories()?;
            let (holder, before) = pattern_named(&list, pattern)?;
            let category = category.as_deref().map_or(Ok(holder), |name| session.category_named(name))?;
            session.change_category_pattern(before.id, category, to.as_deref().unwrap_or(&before.pattern))
        }
        CategoriesCommand::RemovePattern { pattern } => {
            let list = session.categories()?;
            session.remove_category_pattern(pattern_named(&list, pattern)?.1.id)
        }
        CategoriesCommand::Set(arguments) => set(session, arguments),
        // Answered before, with what it did.
        CategoriesCommand::Import { .. } | CategoriesCommand::Export { .. } | CategoriesCommand::Try { .. } => Ok(()),
    }
}

fn set(session: &Session, arguments: &SetCategoryArguments) -> Result<(), ApplicationError> {
    let lines = arguments
        .line
        .iter()
        .map(|id| parse_id(id).map_err(|error| ApplicationError::in_english(error.to_string())))
        .collect::<Result<Vec<_>, _>>()?;
    let choice = match &arguments.category {
        Some(name) => HandCategory::Category(session.category_named(name)?),
        None if arguments.none => HandCategory::NoCategory,
        None => HandCategory::LeaveToSweep,
    };
    session.set_category(&lines, choice)
}

/// The pattern that is written so, whatever its letter case, with its category.
fn pattern_named<'a>(list: &'a CategoryList, text: &str) -> Result<(CategoryId, &'a PatternFacts), ApplicationError> {
    list.pattern_named(text)
        .ok_or_else(|| ApplicationError::in_english(format!("there is no pattern '{text}': list them with --json")))
}
