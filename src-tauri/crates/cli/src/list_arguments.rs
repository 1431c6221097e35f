//! The arguments of `tieout workbook list`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

pub(crate) const HELP: &str = "Examples:\n  tieout workbook list lines joinery.tieout --where state=unmatched --where 'amount>=1000' --sort amount:desc\n  tieout workbook list entries joinery.tieout --search 'Müller RE-2024' --csv > entries.csv\n  tieout workbook list matches joinery.tieout --where 'status=suggested,ambiguous' --columns date,title,difference --json\n  tieout workbook list events joinery.tieout --where 'at>=2026-01-01' --limit 20\n\nA condition is COLUMN=VALUE or COLUMN=VALUE,VALUE (one of these), COLUMN!=VALUE (none of these), COLUMN~TEXT (contains),\nCOLUMN>=VALUE, COLUMN<=VALUE, COLUMN= (empty) or COLUMN!= (not empty). Amounts are in major units, days in ISO 8601.\nColumns:\n  lines       date valueDate counterparty text reference amount open state category account balance\n              counterpartyAccount recordId file row\n  entries     date dueDate kind number counterparty reference text amount open state invoiceStatus counterpartyCode\n              counterpartyAccount recordId file row\n  matches     date title lineTotal entryTotal difference lineCount entryCount kind status confidence cause changedAt\n  exceptions  date side counterparty text reference open cause age owner account openedAt\n  events      sequence at actor action subject details machine\nA search is words of which each must stand somewhere in a row, the last one perhaps only begun, or an amount.";

#[derive(Debug, Args)]
pub(crate) struct ListRowsArguments {
    /// What to list
    #[arg(value_enum)]
    pub(crate) grid: Grid,
    /// The workbook
    pub(crate) file: PathBuf,
    /// Only rows of which this holds; may be given more than once
    #[arg(long = "where", value_name = "CONDITION")]
    pub(crate) conditions: Vec<String>,
    /// Only rows that hold these words
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub(crate) search: String,
    /// Up to three columns, each with :desc for the other way round, separated by commas
    #[arg(long, value_name = "COLUMN[:desc]", value_delimiter = ',')]
    pub(crate) sort: Vec<String>,
    /// Columns to print, separated by commas; all unless given
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    pub(crate) columns: Vec<String>,
    /// Rows to skip
    #[arg(long, value_name = "ROWS", default_value_t = 0)]
    pub(crate) offset: u64,
    /// Rows to print; 50 unless given, all with --csv or --json
    #[arg(long, value_name = "ROWS")]
    pub(crate) limit: Option<u64>,
    /// Print CSV
    #[arg(long, conflicts_with = "json")]
    pub(crate) csv: bool,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Grid {
    /// Statement lines
    Lines,
    /// Ledger entries
    Entries,
    /// Matches
    Matches,
    /// Records without a match
    Exceptions,
    /// Audit events
    Events,
}
