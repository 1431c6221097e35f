//! People who work in a workbook.

use std::str::FromStr;

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Imports, matches, decides on matches.
    Preparer,
    /// Approves or overrides decisions and signs periods off.
    Reviewer,
    /// Manages people and settings, besides all the above.
    Admin,
}

/// The text names no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no role: preparer, reviewer or admin")]
pub struct UnknownRole(pub String);

impl Role {
    /// The word used in files and in the UI's catalogue.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Preparer => "preparer",
            Self::Reviewer => "reviewer",
            Self::Admin => "admin",
        }
    }
}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Preparer, Self::Reviewer, Self::Admin]
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or_else(|| UnknownRole(text.to_owned()))
    }
}
