//! `tieout verify`

use tieout_application::{ApplicationError, Environment, verify};
use tieout_wire::VerificationView;

use crate::{outcome::Outcome, passphrase, report_arguments::VerifyArguments, terminal};

pub(crate) fn run(arguments: &VerifyArguments) -> Result<Outcome, ApplicationError> {
    let environment = Environment::of_this_machine()?;
    let ask = || passphrase::ask(&arguments.file.display().to_string());
    let verification = verify::verify(
        &environment,
        &arguments.file,
        &arguments.report,
        arguments.extract.as_deref(),
        passphrase::from_environment(),
        &ask,
    )?;
    let outcome = if verification.valid { Outcome::Done } else { Outcome::NotValid };
    if arguments.json {
        terminal::print_json(&VerificationView::from(verification))?;
    } else {
        terminal::print(if verification.valid { "valid" } else { "NOT VALID" });
        for finding in &verification.findings {
            terminal::print(&format!("  {finding}"));
        }
    }
    Ok(outcome)
}
