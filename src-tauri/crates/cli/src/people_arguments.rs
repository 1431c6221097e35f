//! The arguments of `tieout workbook people …` and `tieout workbook passphrase`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum PeopleCommand {
    /// Lists who works or worked here
    #[command(after_help = "Example:\n  tieout workbook people list joinery.tieout --user 'Ada Byron'")]
    List(ListArguments),
    /// Adds a person
    #[command(
        after_help = "Example:\n  tieout workbook people add joinery.tieout 'Bea Otto' --role reviewer --user 'Ada Byron'\n\nWith --secret a first secret is asked for (or taken from TIEOUT_NEW_USER_SECRET), which they replace\nwhen they first sign in."
    )]
    Add(AddArguments),
    /// Gives a person another role
    #[command(
        after_help = "Example:\n  tieout workbook people role joinery.tieout 'Bea Otto' preparer --user 'Ada Byron'"
    )]
    Role(RoleArguments),
    /// Gives a person another name
    #[command(after_help = "Example:\n  tieout workbook people rename joinery.tieout 'Bea Otto' 'Bea Klein'")]
    Rename(RenameArguments),
    /// Keeps a person from signing in; their name stays in the history
    #[command(after_help = "Example:\n  tieout workbook people deactivate joinery.tieout 'Bea Otto'")]
    Deactivate(PersonArguments),
    /// Lets a person sign in again
    #[command(after_help = "Example:\n  tieout workbook people activate joinery.tieout 'Bea Otto'")]
    Activate(PersonArguments),
    /// Changes one's own secret, or gives another person one
    #[command(
        after_help = "Examples:\n  tieout workbook people secret joinery.tieout --user 'Bea Otto'\n  tieout workbook people secret joinery.tieout --reset 'Bea Otto' --user 'Ada Byron'\n  tieout workbook people secret joinery.tieout --recover 'Ada Byron'\n\nA first secret asks for the workbook's passphrase (TIEOUT_PASSPHRASE). --recover is for an admin who forgot\ntheirs: whoever has the passphrase gives them another, and the audit log tells of it.\nThe present secret comes from TIEOUT_USER_SECRET and the new one from TIEOUT_NEW_USER_SECRET, or both from\na prompt; never from an argument, which other users of the machine can read."
    )]
    Secret(SecretArguments),
    /// Says whether one person may prepare and review here
    #[command(
        after_help = "Example:\n  tieout workbook people single-user joinery.tieout off --reason 'Bea Otto reviews from May on'"
    )]
    SingleUser(SingleUserArguments),
}

#[derive(Debug, Args)]
pub(crate) struct ListArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct AddArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Their name, as it will stand in reports
    pub(crate) name: String,
    /// preparer, reviewer or admin
    #[arg(long)]
    pub(crate) role: String,
    /// Where to write to them
    #[arg(long, default_value = "")]
    pub(crate) email: String,
    /// Give them a first secret
    #[arg(long)]
    pub(crate) secret: bool,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct RoleArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Who
    pub(crate) name: String,
    /// preparer, reviewer or admin
    pub(crate) role: String,
}

#[derive(Debug, Args)]
pub(crate) struct RenameArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Who
    pub(crate) name: String,
    /// Their name from here on
    pub(crate) new_name: String,
}

#[derive(Debug, Args)]
pub(crate) struct PersonArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Who
    pub(crate) name: String,
}

#[derive(Debug, Args)]
pub(crate) struct SecretArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Give this person a secret, which they replace when they next sign in
    #[arg(long, value_name = "NAME")]
    pub(crate) reset: Option<String>,
    /// Give an admin who forgot theirs another secret: asks for the workbook's passphrase, and for nobody to sign in
    #[arg(long, value_name = "NAME", conflicts_with_all = ["reset", "remove"])]
    pub(crate) recover: Option<String>,
    /// Do without a secret of one's own from here on
    #[arg(long, conflicts_with = "reset")]
    pub(crate) remove: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SingleUserArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// on or off
    #[arg(value_parser = ["on", "off"])]
    pub(crate) state: String,
    /// Why
    #[arg(long)]
    pub(crate) reason: String,
}

#[derive(Debug, Args)]
pub(crate) struct PassphraseArguments {
    /// The workbook
    pub(crate) file: PathBuf,
}
