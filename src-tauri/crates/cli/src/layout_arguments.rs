//! How a report is laid out.

use clap::Args;
use tieout_application::{Layout, Paper, Parts};

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
