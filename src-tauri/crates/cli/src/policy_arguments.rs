//! The arguments of `tieout workbook policy …`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum PolicyCommand {
    /// Shows the policy in force, as the file that saves it
    #[command(after_help = "Example:\n  tieout workbook policy show joinery.tieout > policy.toml")]
    Show(FileArguments),
    /// Saves a policy as the next version
    #[command(
        after_help = "Example:\n  tieout workbook policy save joinery.tieout policy.toml --reason 'bank raised its fees'\n\npolicy.toml (amounts in the company's base currency; bounds are inclusive):\n  confidence = 0.95             # least for matches\n  default_owner = \"Petra Klein\"\n  [cause.fee]\n  amount = \"5.00\"               # most for one item; without it nothing is resolved\n  percent = \"2.5\"               # most of its record or match; any share unless given\n  count = 50                    # most items a month and account\n  total = \"100.00\"              # most for all of them\n  owner = \"Ada Byron\"           # who looks after what stays"
    )]
    Save(SaveArguments),
    /// Shows what a policy would resolve now, and what it would have done with past items; changes nothing
    #[command(
        after_help = "Example:\n  tieout workbook policy try joinery.tieout policy.toml\n\nLines that begin with ! are items it would have resolved although a person decided otherwise, or\nthat were resolved without a person and would not be."
    )]
    Try(TryArguments),
    /// Lists the versions, who wrote them and what they changed
    #[command(after_help = "Example:\n  tieout workbook policy history joinery.tieout")]
    History(FileArguments),
    /// Resolves what the policy in force lets be resolved, as every run does
    #[command(after_help = "Example:\n  tieout workbook policy apply joinery.tieout")]
    Apply(FileArguments),
    /// Lists records without a match that the policy accepted
    #[command(after_help = "Example:\n  tieout workbook policy accepted joinery.tieout")]
    Accepted(AcceptedArguments),
    /// Puts an accepted record back into the queue, for good
    #[command(
        after_help = "Example:\n  tieout workbook policy take-back joinery.tieout 0192… --reason 'ask the bank'\n\nA match that the policy approved is taken back in the window."
    )]
    TakeBack(TakeBackArguments),
}

#[derive(Debug, Args)]
pub(crate) struct FileArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SaveArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// The policy (TOML)
    pub(crate) policy: PathBuf,
    /// Why it changes
    #[arg(long)]
    pub(crate) reason: String,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct TryArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// The policy (TOML); the one in force unless given
    pub(crate) policy: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct AcceptedArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Skip so many
    #[arg(long, default_value_t = 0)]
    pub(crate) offset: u64,
    /// Show at most so many
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub(crate) limit: u32,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct TakeBackArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Identifier of the record
    pub(crate) record: String,
    /// Why
    #[arg(long, default_value = "")]
    pub(crate) reason: String,
}
