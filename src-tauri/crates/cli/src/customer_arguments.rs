//! The arguments of `tieout workbook customers …`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum CustomersCommand {
    /// Lists customers with a customer code, and what their accounts hold
    #[command(after_help = "Example:\n  tieout workbook customers list joinery.tieout")]
    List(CustomerListArguments),
    /// Makes a customer with a code nobody has, and an account to which deposits are matched by it
    #[command(
        after_help = "Examples:\n  tieout workbook customers new joinery.tieout --name 'Thandi Nkosi'\n  tieout workbook customers new joinery.tieout --name 'Thandi Nkosi' --code CUS00012345\n\nThe code is CUS and 8 digits. Customers that the books know already are taken in with\ntieout workbook import --ledger, from a file with their codes and names."
    )]
    New(NewArguments),
    /// Shows a customer's account: balance, credits, what is kept towards the next, and what moved it
    #[command(after_help = "Example:\n  tieout workbook customers show joinery.tieout CUS00012345")]
    Show(ShowArguments),
    /// Puts a customer's account right by an amount that no deposit brought or took, and says why
    #[command(
        after_help = "Examples:\n  tieout workbook customers adjust joinery.tieout CUS00012345 --amount 25 --reason 'goodwill, ticket 117'\n  tieout workbook customers adjust joinery.tieout CUS00012345 --amount=-25 --reason 'credited twice by hand'\n\nCredits come or go with the amount at the present rate. The audit chain keeps amount and reason."
    )]
    Adjust(AdjustArguments),
    /// Gives a waiting deposit to a customer by hand: a match with their account, which credits them
    #[command(
        after_help = "Example:\n  tieout workbook customers allocate joinery.tieout CUS00012345 --line 0192…\n\nThe lines' identifiers stand in the list of 'customers waiting'."
    )]
    Allocate(AllocateArguments),
    /// Takes back what moved a customer's account, by its number there
    #[command(
        after_help = "Example:\n  tieout workbook customers take-back joinery.tieout CUS00012345 --number 3 --reason 'wrong customer'\n\nAn adjustment is taken back by its contrary; a deposit by undoing the approval behind it, so that its\nstatement line is open again. 'customers show' lists the numbers."
    )]
    TakeBack(TakeBackArguments),
    /// Lists deposits that no customer was credited for, and why
    #[command(
        after_help = "Example:\n  tieout workbook customers waiting joinery.tieout\n\nA match that is proposed is decided on with tieout workbook review."
    )]
    Waiting(ListArguments),
    /// Shows what a credit costs, or sets it for what is credited from then on
    #[command(
        after_help = "Examples:\n  tieout workbook customers credit-rate joinery.tieout\n  tieout workbook customers credit-rate joinery.tieout --set 50 --currency ZAR\n\nThe first rate of a currency also counts what was deposited before. A later one does not change\nwhat was credited; what was left over then counts on towards the next credit."
    )]
    CreditRate(CreditRateArguments),
}

#[derive(Debug, Args)]
pub(crate) struct ListArguments {
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
pub(crate) struct CustomerListArguments {
    #[command(flatten)]
    pub(crate) page: ListArguments,
    /// Only those whose name or code contains this
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) search: String,
}

#[derive(Debug, Args)]
pub(crate) struct AdjustArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// The customer's code
    pub(crate) code: String,
    /// So much comes to the account; below zero goes
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    pub(crate) amount: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    /// Currency of the account, ISO 4217; the company's unless given
    #[arg(long)]
    pub(crate) currency: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct AllocateArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// The customer's code
    pub(crate) code: String,
    /// The deposit: the identifier of its statement line
    #[arg(long, value_name = "ID")]
    pub(crate) line: String,
    /// Why
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) reason: String,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct TakeBackArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// The customer's code
    pub(crate) code: String,
    /// The transaction's number within the account
    #[arg(long)]
    pub(crate) number: u64,
    /// Why
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) reason: String,
    /// Currency of the account, ISO 4217; the company's unless given
    #[arg(long)]
    pub(crate) currency: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct NewArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// The customer's name
    #[arg(long)]
    pub(crate) name: String,
    /// The customer's code; one that is free is made unless given
    #[arg(long)]
    pub(crate) code: Option<String>,
    /// Currency of the account, ISO 4217; the company's unless given
    #[arg(long)]
    pub(crate) currency: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ShowArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// The customer's code
    pub(crate) code: String,
    /// Skip so many transactions
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
pub(crate) struct CreditRateArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// So much money is one credit from now on
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    pub(crate) set: Option<String>,
    /// Currency of the rate, ISO 4217; the company's unless given
    #[arg(long, requires = "set")]
    pub(crate) currency: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}
