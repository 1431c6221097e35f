//! The arguments of `tieout workbook audit-log`, `accept-history` and `forget-key`.

use std::path::PathBuf;

use clap::Args;

pub(crate) const LOG_HELP: &str = "Example:\n  tieout workbook audit-log joinery.tieout --out joinery-audit.jsonl\n  tieout verify joinery-audit.jsonl\n\nA line is an event as canonical JSON (RFC 8785) with its hash: SHA-256 over the line without the member `hash`.\n`previous` is the hash of the line before. To search the log: tieout workbook list events.";
pub(crate) const ACCEPT_HELP: &str = "Example:\n  tieout workbook accept-history joinery.tieout --reason 'restored from the backup of Monday'\n\nWhere a workbook is an older copy, or has another history, than this machine knows, Tieout warns until\nan admin accepts it. The audit log tells who did, why, and what was known.";

#[derive(Debug, Args)]
pub(crate) struct AuditLogArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Replace a file that is there
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, Args)]
pub(crate) struct AcceptHistoryArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Why this file is the one to go on with
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
}

#[derive(Debug, Args)]
pub(crate) struct ForgetKeyArguments {
    /// The workbook
    pub(crate) file: PathBuf,
}
