//! Import batches and what is said about rows that could not be read.

use crate::Said;

/// How far an import batch has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BatchState {
    /// Received, not begun.
    Pending,
    /// Being read or stored.
    Processing,
    /// All of it is stored.
    Completed,
    /// Nothing of it is stored but its report.
    Failed,
}

impl BatchState {
    /// The word used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Processing => "processing",
            Self::Completed => "completed",
            Self::Failed => "failed",
        }
    }
}

/// How grave a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; the row is kept.
    Warning,
    /// The row cannot be taken.
    Error,
}

impl Severity {
    /// The word used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One thing wrong with one cell or row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// 1-based data row (the header and what precedes it do not count); `None` for the file as a whole.
    pub row: Option<u32>,
    /// 1-based line or sheet row in the file itself, as an editor shows it.
    pub file_line: Option<u32>,
    /// The column's header, where one cell is meant.
    pub column: Option<String>,
    /// The value as it stands in the file, cut to a readable length.
    pub value: String,
    /// What would have been right.
    pub expected: Said,
    /// Whether the row is refused or only noted.
    pub severity: Severity,
}
