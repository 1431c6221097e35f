//! What is said of a report: of what, to where, and how it is laid out.

use std::path::PathBuf;

use clap::Args;
use tieout_application::{Layout, Paper, Parts};

#[derive(Debug, Args)]
pub(crate) struct ExportArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Folder to write into
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Account; may be left out where there is only one
    #[arg(long)]
    pub(crate) account: Option<String>,
    /// First day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) from: Option<String>,
    /// Last day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) to: Option<String>,
    /// Sign with this identity (PKCS#12) instead of the one in the keychain
    #[arg(long, value_name = "FILE")]
    pub(crate) identity: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) layout: LayoutArguments,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct LayoutArguments {
    /// Paper of the report
    #[arg(long, default_value = "a4", value_parser = ["a4", "letter"])]
    paper: String,
    /// What is in report.pdf: all; the proof with what is outstanding; or figures and charts
    #[arg(long, default_value = "full", value_parser = ["full", "statement", "management"])]
    parts: String,
    /// List every row of every table in the report, not only those of greatest impact
    #[arg(long)]
    all_rows: bool,
}

impl LayoutArguments {
    pub(crate) fn layout(&self) -> Layout {
        Layout {
            paper: Paper::parse(&self.paper).unwrap_or_default(),
            parts: Parts::parse(&self.parts).unwrap_or_default(),
            all_rows: self.all_rows,
        }
    }
}
