//! The arguments of `tieout workbook categorise` and `tieout workbook categories`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub(crate) struct WorkbookCategoriseArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Look at lines that have a category again too, but for those a person chose
    #[arg(long)]
    pub(crate) again: bool,
    /// Look at lines again that could not be judged
    #[arg(long, conflicts_with = "again")]
    pub(crate) retry_failed: bool,
    /// CSV file to write afterwards, every line with its category
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Replace a file that is there
    #[arg(long, requires = "out")]
    pub(crate) force: bool,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CategoriesArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Print one JSON object
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Option<CategoriesCommand>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CategoriesCommand {
    /// Makes a category
    #[command(after_help = "Example:\n  tieout workbook categories joinery.tieout add Travel")]
    Add {
        /// Its name
        name: String,
    },
    /// Gives a category another name
    #[command(after_help = "Example:\n  tieout workbook categories joinery.tieout rename Travel 'Travel costs'")]
    Rename {
        /// The category
        name: String,
        /// Its new name
        to: String,
    },
    /// Removes a category and its patterns; its lines are pending again
    #[command(after_help = "Example:\n  tieout workbook categories joinery.tieout remove Travel")]
    Remove {
        /// The category
        name: String,
    },
    /// Adds a pattern to a category
    #[command(
        after_help = "Example:\n  tieout workbook categories joinery.tieout add-pattern 'Deutsche Bahn' --category Travel"
    )]
    AddPattern(PatternArguments),
    /// Puts another text or another category in a pattern's place
    #[command(
        after_help = "Examples:\n  tieout workbook categories joinery.tieout change-pattern Bahn --to 'Deutsche Bahn'\n  tieout workbook categories joinery.tieout change-pattern Bahn --category Travel"
    )]
    ChangePattern {
        /// The pattern
        pattern: String,
        /// Its new text
        #[arg(long, value_name = "PATTERN", required_unless_present = "category")]
        to: Option<String>,
        /// Its new category
        #[arg(long, value_name = "NAME")]
        category: Option<String>,
    },
    /// Removes a pattern; lines it decided over keep their category
    #[command(after_help = "Example:\n  tieout workbook categories joinery.tieout remove-pattern 'Deutsche Bahn'")]
    RemovePattern {
        /// The pattern
        pattern: String,
    },
    /// Takes patterns in; categories that are missing are made
    #[command(
        after_help = "Example:\n  tieout workbook categories joinery.tieout import patterns.csv\n\npatterns.csv:\n  pattern,category\n  Lidl,Groceries\n  Shell,Fuel"
    )]
    Import {
        /// CSV with the columns pattern,category
        patterns: PathBuf,
    },
    /// Writes all patterns into a CSV file that can be imported again
    #[command(after_help = "Example:\n  tieout workbook categories joinery.tieout export patterns.csv")]
    Export {
        /// CSV file to write, with the columns pattern,category
        patterns: PathBuf,
        /// Replace a file that is there
        #[arg(long)]
        force: bool,
    },
    /// Says which rule or pattern would decide over a text, and which others fit it
    #[command(after_help = "Example:\n  tieout workbook categories joinery.tieout try 'SHELL RECHARGE 0231'")]
    Try {
        /// The text, as a line's description
        text: String,
    },
    /// Sets the category of lines by hand, which no sweep changes
    #[command(
        after_help = "Examples:\n  tieout workbook categories joinery.tieout set --line 0192… --category Travel\n  tieout workbook categories joinery.tieout set --line 0192… --none\n  tieout workbook categories joinery.tieout set --line 0192… --leave-to-patterns\n\nThe lines' identifiers stand in the list that 'workbook categorise --out' writes."
    )]
    Set(SetCategoryArguments),
}

#[derive(Debug, Args)]
pub(crate) struct PatternArguments {
    /// The pattern
    pub(crate) pattern: String,
    /// Its category
    #[arg(long, value_name = "NAME")]
    pub(crate) category: String,
}

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("choice").required(true).args(["category", "none", "leave_to_patterns"]))]
pub(crate) struct SetCategoryArguments {
    /// The line; may be given more than once
    #[arg(long, required = true, value_name = "ID")]
    pub(crate) line: Vec<String>,
    /// Its category
    #[arg(long, value_name = "NAME")]
    pub(crate) category: Option<String>,
    /// It has none, whatever patterns say
    #[arg(long)]
    pub(crate) none: bool,
    /// What the next sweep finds: it is pending again
    #[arg(long)]
    pub(crate) leave_to_patterns: bool,
}
