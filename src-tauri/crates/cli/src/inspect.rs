//! `tieout inspect`

use tieout_application::{
    ApplicationError, Environment,
    inspect::{self, InspectRequest},
};
use tieout_wire::InspectionView;

use crate::{arguments::InspectArguments, outcome::Outcome, reconcile::mebibytes, terminal};

pub(crate) fn run(arguments: &InspectArguments) -> Result<Outcome, ApplicationError> {
    let environment = Environment::of_this_machine()?;
    let request = InspectRequest {
        mapping: arguments.mapping.clone(),
        rows: arguments.rows,
        write_mapping: arguments.write_mapping.clone(),
        file_bytes_max: arguments.max_size.map(mebibytes),
    };
    let bar = terminal::Bar::new(arguments.json);
    let inspection = inspect::inspect(&environment, &arguments.file, &request, &|progress| bar.show(progress))?;
    drop(bar);
    let outcome = if inspection.rows_rejected > 0 { Outcome::SomeRowsRejected } else { Outcome::Done };
    let view = InspectionView::new(&inspection);
    if arguments.json {
        terminal::print_json(&view)?;
    } else {
        terminal::print(&view.to_string());
    }
    Ok(outcome)
}
