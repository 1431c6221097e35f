//! The arguments of `tieout workbook close`.

use std::path::PathBuf;

use clap::Args;

pub(crate) const CLOSE_HELP: &str = "Examples:\n  tieout workbook close joinery.tieout\n  tieout workbook close joinery.tieout --through 2026-01-31 --prepare --user Petra\n  tieout workbook close joinery.tieout --through 2026-01-31 --review --lock --user Ben\n  tieout workbook close joinery.tieout --through 2026-01-31 --reopen --reason 'a line is missing' --user Petra\n  tieout workbook close joinery.tieout --through 2026-01-31 --decline --reason 'it belongs to February' --user Ben\n\nA period goes open, prepared, reviewed, locked. It begins after the account's last one; --prepare opens the\nnext one if there is none that ends on that day, and needs a balance proof that holds. Who prepared it cannot review it,\nunless the workbook is for a single user; where more than one person works, every act on a period asks\nfor a secret of one's own. --reopen asks for a reviewed or locked period to be reopened; a\nsecond person confirms with the same, or says no with --decline; whoever asked takes it back with --withdraw. With --status the signed content is recomputed, and the exit code is 1\nwhere it differs from what was signed.";

#[derive(Debug, Args)]
pub(crate) struct CloseArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Account; may be left out where there is only one
    #[arg(long)]
    pub(crate) account: Option<String>,
    /// Last day of the period; without it the account's periods are listed
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) through: Option<String>,
    /// Sign it as its preparer
    #[arg(long, requires = "through")]
    pub(crate) prepare: bool,
    /// With --prepare: open a period that ends on this day, though the account's next one would end on another
    #[arg(long, requires = "prepare")]
    pub(crate) new_days: bool,
    /// Sign only if this is the content still, as the listing before showed it
    #[arg(long, value_name = "SHA256", requires = "through")]
    pub(crate) content: Option<String>,
    /// Sign it off
    #[arg(long, requires = "through")]
    pub(crate) review: bool,
    /// Lock it: nothing in it changes from then on
    #[arg(long, requires = "through")]
    pub(crate) lock: bool,
    /// Take the preparation back, or send it back
    #[arg(long, requires = "through", conflicts_with_all = ["prepare", "review", "lock", "reopen"])]
    pub(crate) take_back: bool,
    /// Ask for it to be reopened, or reopen what somebody else asked for
    #[arg(long, requires = "through", conflicts_with_all = ["prepare", "review", "lock"])]
    pub(crate) reopen: bool,
    /// Decline to reopen it, though somebody else asked for that
    #[arg(long, requires = "through", conflicts_with_all = ["prepare", "review", "lock", "take_back", "reopen"])]
    pub(crate) decline: bool,
    /// Withdraw one's own request to reopen it
    #[arg(long, requires = "through", conflicts_with_all = ["prepare", "review", "lock", "take_back", "reopen", "decline"])]
    pub(crate) withdraw: bool,
    /// Recompute what was signed; this is done unless something else is asked for
    #[arg(long, requires = "through")]
    pub(crate) status: bool,
    /// Opening balance of an account's first period, where the bank states none
    #[arg(long, value_name = "AMOUNT", requires_all = ["prepare", "balance_reason"], allow_hyphen_values = true)]
    pub(crate) opening: Option<String>,
    /// Closing balance, where the bank states none
    #[arg(long, value_name = "AMOUNT", requires_all = ["prepare", "balance_reason"], allow_hyphen_values = true)]
    pub(crate) closing: Option<String>,
    /// How these balances are known
    #[arg(long, value_name = "TEXT")]
    pub(crate) balance_reason: Option<String>,
    /// Why; kept with the period
    #[arg(long, default_value = "")]
    pub(crate) reason: String,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}
