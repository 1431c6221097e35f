//! `tieout doctor`

use tieout_application::{
    ApplicationError, Environment, Existing, Session,
    doctor::{Check, CheckState},
};
use tieout_wire::CheckView;

use crate::{arguments::DoctorArguments, outcome::Outcome, terminal, workbook};

pub(crate) fn run(arguments: &DoctorArguments) -> Result<Outcome, ApplicationError> {
    let (session, refused) = match arguments.file.as_deref().map(workbook::open_for_nobody) {
        None => (Session::new(Environment::of_this_machine()?), None),
        Some(Ok(session)) => (session, None),
        Some(Err(error)) => (Session::new(Environment::of_this_machine()?), Some(Check::of_opening(&error))),
    };
    let mut checks = session.examine(arguments.online)?;
    checks.extend(refused);
    if let Some(path) = &arguments.save {
        session.diagnostics()?;
        session.save_diagnostics(path, Existing::Keep)?;
    }
    session.close_workbook()?;
    let is_sound = checks.iter().all(|check| check.state != CheckState::Fault);
    if arguments.json {
        terminal::print_json(&checks.into_iter().map(CheckView::from).collect::<Vec<_>>())?;
    } else {
        for check in &checks {
            terminal::print(&format!("{:<8} {:<9} {}", check.state.as_str(), check.kind.as_str(), check.found));
        }
    }
    Ok(if is_sound { Outcome::Done } else { Outcome::NotValid })
}
