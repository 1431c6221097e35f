//! Exit codes: DESIGN section 6.

use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All done.
    Done,
    /// Something that was to be verified is not valid.
    NotValid,
    /// Done, but some rows were rejected.
    SomeRowsRejected,
    /// Refused or unreadable; stderr says what, where, what to do.
    Refused,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Done => 0,
            Outcome::NotValid => 1,
            Outcome::SomeRowsRejected => 3,
            Outcome::Refused => 4,
        })
    }
}
