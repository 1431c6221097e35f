//! What people do in a workbook and may take back, and what they note on records and matches.

use std::str::FromStr;

use crate::Permission;

/// What an act of a person was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActKind {
    /// Approved proposals.
    Approve,
    /// Rejected proposals.
    Reject,
    /// Put records together by hand.
    Match,
    /// The same, with a difference or a whole record written off to an account.
    WriteOff,
    /// The same, with a record divided over several matches.
    Split,
    /// Took a single decision back, be it their own, another's or the policy's.
    TakeBack,
    /// Said who looks after something.
    Assign,
    /// Took something out of the queue until a day.
    Snooze,
    /// Said that a difference is one of time, and by when it is settled.
    Timing,
    /// Wrote a comment.
    Comment,
    /// Attached a file as evidence.
    Evidence,
    /// Deleted records.
    Delete,
    /// Brought deleted records back.
    Restore,
}

/// The text names no kind of act.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no kind of act")]
pub struct UnknownActKind(pub String);

impl ActKind {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Approve,
        Self::Reject,
        Self::Match,
        Self::WriteOff,
        Self::Split,
        Self::TakeBack,
        Self::Assign,
        Self::Snooze,
        Self::Timing,
        Self::Comment,
        Self::Evidence,
        Self::Delete,
        Self::Restore,
    ];

    /// The word used in files and in the UI's catalogue.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Reject => "reject",
            Self::Match => "match",
            Self::WriteOff => "write_off",
            Self::Split => "split",
            Self::TakeBack => "take_back",
            Self::Assign => "assign",
            Self::Snooze => "snooze",
            Self::Timing => "timing",
            Self::Comment => "comment",
            Self::Evidence => "evidence",
            Self::Delete => "delete",
            Self::Restore => "restore",
        }
    }

    /// What doing such a thing asks for, and so what taking it back and doing it again do.
    pub const fn permission(self) -> Permission {
        match self {
            Self::Delete | Self::Restore => Permission::Import,
            Self::Approve
            | Self::Reject
            | Self::Match
            | Self::WriteOff
            | Self::Split
            | Self::TakeBack
            | Self::Assign
            | Self::Snooze
            | Self::Timing
            | Self::Comment
            | Self::Evidence => Permission::Decide,
        }
    }
}

impl FromStr for ActKind {
    type Err = UnknownActKind;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or_else(|| UnknownActKind(text.to_owned()))
    }
}
