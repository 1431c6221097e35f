//! The arguments of `tieout anomalies` and `tieout workbook anomalies`.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct AnomaliesArguments {
    /// Statement file of any format; may be given more than once
    #[arg(long, value_name = "FILE", required_unless_present = "ledger")]
    pub(crate) statement: Vec<PathBuf>,
    /// Ledger file of any format; may be given more than once
    #[arg(long, value_name = "FILE")]
    pub(crate) ledger: Vec<PathBuf>,
    /// Configuration (TOML); its table [anomalies] counts
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// First day to look at; what lies before still tells what is usual
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) from: Option<String>,
    /// Last day to look at
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) to: Option<String>,
    /// Threads to use; all cores unless given
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// Take files of up to so many MiB that have to be read as a whole (spreadsheets, XML, MT940 …); 50 unless given
    #[arg(long, value_name = "MIB", value_parser = clap::value_parser!(u32).range(1..=4096))]
    pub(crate) max_size: Option<u32>,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct WorkbookAnomaliesArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Account; all accounts and the books unless given
    #[arg(long)]
    pub(crate) account: Option<String>,
    /// First day to look at; what lies before still tells what is usual
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) from: Option<String>,
    /// Last day to look at
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) to: Option<String>,
    /// Set the anomaly with this key aside, because it is in order
    #[arg(long, value_name = "KEY", requires = "reason")]
    pub(crate) set_aside: Option<String>,
    /// Why it is in order
    #[arg(long, value_name = "TEXT", requires = "set_aside")]
    pub(crate) reason: Option<String>,
    /// Take back that the anomaly with this key was set aside
    #[arg(long, value_name = "KEY")]
    pub(crate) restore: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}
