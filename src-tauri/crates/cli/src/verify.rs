//! `tieout verify`

use std::path::PathBuf;

use clap::Args;
use tieout_application::{
    ApplicationError, Environment,
    verify::{self, Opening, Trust},
};
use tieout_wire::VerificationView;

use crate::{outcome::Outcome, passphrase, terminal};

#[derive(Debug, Args)]
pub(crate) struct VerifyArguments {
    /// A signed PDF, a folder that `reconcile` or `export` wrote, a log that `workbook audit-log` wrote, or a workbook
    pub(crate) file: PathBuf,
    /// Of a workbook: whether this report, or result folder, was made from it; may be given several times
    #[arg(long, value_name = "REPORT")]
    pub(crate) report: Vec<PathBuf>,
    /// Of a report: whose signer is known, or the issuer of their certificate (DER or PEM); may be given several times
    #[arg(long, value_name = "CERT")]
    pub(crate) trust: Vec<PathBuf>,
    /// Of a report: a workbook whose signers are known
    #[arg(long, value_name = "BOOK")]
    pub(crate) workbook: Option<PathBuf>,
    /// Of a signed PDF: write the data inside it into this folder, if it is valid; never over a file that is there
    #[arg(long, value_name = "DIR")]
    pub(crate) extract: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

pub(crate) fn run(arguments: &VerifyArguments) -> Result<Outcome, ApplicationError> {
    let environment = Environment::of_this_machine()?;
    let ask = |book: &std::path::Path| passphrase::ask(&book.display().to_string());
    let trust = Trust { certificates: arguments.trust.clone(), workbook: arguments.workbook.clone() };
    let opening = Opening { passphrase: passphrase::from_environment(), ask: &ask };
    let (reports, extract) = (&arguments.report, arguments.extract.as_deref());
    let verification = verify::verify(&environment, &arguments.file, reports, extract, &trust, opening)?;
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
