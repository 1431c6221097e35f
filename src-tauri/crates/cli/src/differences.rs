//! `tieout differences` and `tieout workbook differences`: how far both sides are apart, and where a rate changed.

use tieout_application::{
    ApplicationError, Environment,
    differences::{DifferenceOrder, DifferenceScope, Differences, DifferencesOfFiles, DifferencesQuery},
};
use tieout_wire::DifferencesReport;

use crate::{
    difference_arguments::{DifferencesArguments, ListArguments, Order, WorkbookDifferencesArguments},
    figures::cause,
    outcome::Outcome,
    reconcile, terminal, workbook,
};

/// Differences that a terminal shows unless told otherwise.
const ROWS_SHOWN: u32 = 50;

pub(crate) fn of_files(arguments: DifferencesArguments) -> Result<Outcome, ApplicationError> {
    let query = query(&arguments.list)?;
    let files = DifferencesOfFiles {
        statements: arguments.statement,
        ledgers: arguments.ledger,
        configuration: reconcile::configuration(arguments.profile.as_deref(), arguments.config.as_deref())?,
        threads: arguments.threads.map(usize::from),
        file_bytes_max: arguments.max_size.map(reconcile::mebibytes),
    };
    let bar = terminal::Bar::new(arguments.list.json);
    let found = files.find(&Environment::of_this_machine()?, &|progress| bar.show(progress))?;
    drop(bar);
    found.notes.iter().for_each(|note| terminal::say(&format!("tieout: {note}")));
    answer(&found.differences, &query, arguments.list.json)?;
    Ok(if found.rows_rejected > 0 { Outcome::SomeRowsRejected } else { Outcome::Done })
}

pub(crate) fn of_workbook(arguments: &WorkbookDifferencesArguments) -> Result<Outcome, ApplicationError> {
    let query = query(&arguments.list)?;
    let day = |text: &Option<String>| text.as_deref().map(workbook::day).transpose();
    let (from, to) = (day(&arguments.from)?, day(&arguments.to)?);
    let session = workbook::open(&arguments.file)?;
    let account = arguments.account.as_deref().map(|name| session.account_called(name)).transpose()?;
    let differences = session.differences(&DifferenceScope { account, from, to })?;
    session.close_workbook()?;
    answer(&differences, &query, arguments.list.json)?;
    Ok(Outcome::Done)
}

fn query(arguments: &ListArguments) -> Result<DifferencesQuery, ApplicationError> {
    Ok(DifferencesQuery {
        causes: arguments.cause.iter().map(|word| cause(word)).collect::<Result<_, _>>()?,
        order: match arguments.order {
            Order::Size => DifferenceOrder::Size,
            Order::Percent => DifferenceOrder::Percent,
            Order::Date => DifferenceOrder::Date,
        },
        offset: 0,
        limit: arguments.limit.unwrap_or(if arguments.json { u32::MAX } else { ROWS_SHOWN }),
    })
}

fn answer(differences: &Differences, query: &DifferencesQuery, json: bool) -> Result<(), ApplicationError> {
    let view = DifferencesReport::of(differences, query);
    if json {
        return terminal::print_json(&view);
    }
    terminal::print(&view.to_string());
    Ok(())
}
