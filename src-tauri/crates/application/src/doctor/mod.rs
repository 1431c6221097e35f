//! What this machine and this workbook need to be sound, looked at one by one: for whoever helps somebody else.

mod diagnostics;
mod machine;
mod workbook;

use tieout_domain::{Said, said};

use crate::{ApplicationError, Environment, Session};

pub use diagnostics::{Diagnostics, DiagnosticsFile};

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckKind {
    /// The folder for logs and recent workbooks, and the room on its disk.
    Folder,
    /// The system's keychain.
    Keychain,
    /// The clock.
    Clock,
    /// Whether the workbook opens.
    Workbook,
    /// Where the workbook lies, and the room there.
    Place,
    /// Pages, sums, signed periods and the audit chain.
    Content,
    /// Backups.
    Backups,
    /// The mail server of alerts.
    Mail,
}

impl CheckKind {
    /// One word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Folder => "folder",
            Self::Keychain => "keychain",
            Self::Clock => "clock",
            Self::Workbook => "workbook",
            Self::Place => "place",
            Self::Content => "content",
            Self::Backups => "backups",
            Self::Mail => "mail",
        }
    }
}

/// How it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CheckState {
    /// As it should be.
    Fine,
    /// Work goes on, but something protects less than it could.
    Warning,
    /// Something does not work.
    Fault,
}

impl CheckState {
    /// One word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::Warning => "warning",
            Self::Fault => "fault",
        }
    }
}

/// What was looked at, and what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What.
    pub kind: CheckKind,
    /// How it is.
    pub state: CheckState,
    /// What was found, and what to do.
    pub found: Said,
}

impl Check {
    fn new(kind: CheckKind, state: CheckState, found: Said) -> Self {
        Self { kind, state, found }
    }

    /// A workbook that does not open.
    pub fn of_opening(error: &ApplicationError) -> Self {
        Self::new(CheckKind::Workbook, CheckState::Fault, error.said())
    }
}

/// Looks at the machine alone.
pub fn machine(environment: &Environment) -> Vec<Check> {
    machine::checks(environment)
}

impl Session {
    /// Looks at the machine, and at the workbook that is open, if one is. Servers are asked only where `online`.
    pub fn examine(&self, online: bool) -> Result<Vec<Check>, ApplicationError> {
        let mut checks = machine::checks(&self.environment);
        if self.with_file(|_| Ok(())).is_ok() {
            checks.extend(self.examine_workbook(online)?);
        }
        Ok(checks)
    }
}

/// Bytes for people: whole mebibytes.
fn mib(bytes: u64) -> Said {
    said!("doctor.mib", "{count} MiB", count = bytes >> 20)
}
