//! What is said of a report: of what, to where, how it is laid out, and how it is verified.

use std::path::PathBuf;

use clap::Args;
use tieout_application::{Layout, Paper, Parts, Privacy};

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
    /// What the report and its files do not show in full: accounts, emails, names; =omit leaves them out
    #[arg(long, value_name = "accounts,emails,names[=omit]", value_parser = privacy)]
    mask: Option<Privacy>,
}

fn privacy(text: &str) -> Result<Privacy, String> {
    Privacy::parse(text).ok_or_else(|| "accounts, emails and names can be masked, as in accounts,names=omit".to_owned())
}

impl LayoutArguments {
    pub(crate) fn layout(&self) -> Layout {
        Layout {
            paper: Paper::parse(&self.paper).unwrap_or_default(),
            parts: Parts::parse(&self.parts).unwrap_or_default(),
            all_rows: self.all_rows,
            privacy: self.mask.unwrap_or_default(),
        }
    }
}
