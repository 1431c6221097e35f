//! `tieout inspect`

use tieout_application::{ApplicationError, Environment, inspect};
use tieout_wire::InspectionView;

use crate::{arguments::InspectArguments, outcome::Outcome, terminal};

pub(crate) fn run(arguments: &InspectArguments) -> Result<Outcome, ApplicationError> {
    let environment = Environment::of_this_machine()?;
    let inspection = inspect::inspect(&environment, &arguments.file, arguments.mapping.as_deref())?;
    let outcome = if inspection.rows_rejected > 0 { Outcome::SomeRowsRejected } else { Outcome::Done };
    let view = InspectionView::new(&inspection, arguments.rows);
    if arguments.json {
        terminal::print_json(&view)?;
    } else {
        terminal::print(&view.to_string());
    }
    Ok(outcome)
}
