//! The arguments of `tieout differences` and `tieout workbook differences`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

pub(crate) const FILES_HELP: &str = "Examples:\n  tieout differences --statement sample-data/jobs/client-2025.csv --ledger sample-data/jobs/ledger-2025.csv --profile jobs\n  tieout differences --statement bank.csv --ledger invoices.xlsx --json\n\nOf each match: what both sides come to, their difference, and its percentage of the books. Of a job also what\nthe difference comes from: quantity effect = (client's quantity - booked quantity) x booked rate, price effect =\nthe rest. A rate has changed where at least 5 jobs of one service at one site before and after it say so.";
pub(crate) const WORKBOOK_HELP: &str = "Examples:\n  tieout workbook differences cleaning.tieout\n  tieout workbook differences cleaning.tieout --from 2025-01-01 --to 2025-06-30 --cause rate_change --order percent\n  tieout workbook differences cleaning.tieout --account 'Metro Rail' --json\n\nMatches that are proposed or approved count. `tieout differences --help` says how differences are reckoned.";

#[derive(Debug, Args)]
pub(crate) struct DifferencesArguments {
    /// Statement file; may be given more than once
    #[arg(long, required = true, value_name = "FILE")]
    pub(crate) statement: Vec<PathBuf>,
    /// Ledger file; may be given more than once
    #[arg(long, required = true, value_name = "FILE")]
    pub(crate) ledger: Vec<PathBuf>,
    /// bank, processor, jobs, deposits
    #[arg(long)]
    pub(crate) profile: Option<String>,
    /// Configuration (TOML)
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Threads to use; all cores unless given
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// Take files of up to so many MiB that have to be read as a whole (spreadsheets, XML, MT940 …); 50 unless given
    #[arg(long, value_name = "MIB", value_parser = clap::value_parser!(u32).range(1..=4096))]
    pub(crate) max_size: Option<u32>,
    #[command(flatten)]
    pub(crate) list: ListArguments,
}

#[derive(Debug, Args)]
pub(crate) struct WorkbookDifferencesArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Only this account
    #[arg(long)]
    pub(crate) account: Option<String>,
    /// First day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) from: Option<String>,
    /// Last day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) to: Option<String>,
    #[command(flatten)]
    pub(crate) list: ListArguments,
}

#[derive(Debug, Args)]
pub(crate) struct ListArguments {
    /// List only differences with this main cause; may be given more than once
    #[arg(long)]
    pub(crate) cause: Vec<String>,
    /// Order of the list
    #[arg(long, value_enum, default_value_t)]
    pub(crate) order: Order,
    /// Differences to list; 50 unless given, all with --json
    #[arg(long, value_name = "ROWS")]
    pub(crate) limit: Option<u32>,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(crate) enum Order {
    /// Largest difference first
    #[default]
    Size,
    /// Largest share of the books first
    Percent,
    /// Newest first
    Date,
}
