//! What `tieout workbook journal …` takes.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Journal entries: what the differences inside approved matches ask of the books
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  tieout workbook journal joinery.tieout\n  tieout workbook journal joinery.tieout accounts --set 'cause fee=6855' --set receivables=1200\n  tieout workbook journal joinery.tieout export --layout datev --out march.csv\n  tieout workbook journal joinery.tieout again 3 --out march.csv\n  tieout workbook journal joinery.tieout take-back 3 --reason 'wrong period'"
)]
pub(crate) struct JournalArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    #[command(subcommand)]
    pub(crate) command: Option<JournalCommand>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum JournalCommand {
    /// Lists the entries that are to be exported (also without a command)
    List(ListArguments),
    /// Exports them as a batch: a spreadsheet where the name ends in .xlsx, else CSV
    Export(ExportArguments),
    /// Lists, names or takes away accounts of the books
    Accounts(AccountsArguments),
    /// Lists the layouts, or saves or removes one of the workbook's own
    Layouts(LayoutsArguments),
    /// Lists what was exported
    Batches(BatchesArguments),
    /// Writes a batch's file again, byte for byte
    Again(AgainArguments),
    /// Takes the newest batch back: its entries are to be exported again
    TakeBack(TakeBackArguments),
}

#[derive(Debug, Args)]
pub(crate) struct ListArguments {
    /// Only entries up to this day
    #[arg(long, value_name = "DAY")]
    pub(crate) through: Option<String>,
    /// Only entries that lack an account
    #[arg(long)]
    pub(crate) missing: bool,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ExportArguments {
    /// generic, datev, xero, quickbooks, one of the workbook's own, or a TOML file
    #[arg(long, value_name = "LAYOUT", default_value = "generic")]
    pub(crate) layout: String,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Replace a file that is there
    #[arg(long)]
    pub(crate) force: bool,
    /// Only entries up to this day
    #[arg(long, value_name = "DAY")]
    pub(crate) through: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct AccountsArguments {
    /// What it takes and the account: 'cause fee=6855', 'gain fx_rounding=4840', 'account <id>=1800', receivables=1200,
    /// payables=3300, suspense=1370; nothing after = takes the name away
    #[arg(long, value_name = "ROLE=ACCOUNT")]
    pub(crate) set: Vec<String>,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct LayoutsArguments {
    /// Save a layout (TOML) under the name it gives itself
    #[arg(long, value_name = "FILE")]
    pub(crate) save: Option<PathBuf>,
    /// Remove a layout of the workbook's own
    #[arg(long, value_name = "NAME")]
    pub(crate) remove: Option<String>,
    /// Print a layout as TOML, to be changed and saved under another name
    #[arg(long, value_name = "NAME")]
    pub(crate) show: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct BatchesArguments {
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct AgainArguments {
    /// The batch
    pub(crate) number: u32,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Replace a file that is there
    #[arg(long)]
    pub(crate) force: bool,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct TakeBackArguments {
    /// The batch
    pub(crate) number: u32,
    /// Why
    #[arg(long)]
    pub(crate) reason: String,
}
