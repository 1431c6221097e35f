//! Decisions on matches. A decision is superseded by a later one, never edited.

use crate::{DecisionId, Digest, MatchId, UserId};

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The match is right.
    Approve,
    /// The match is wrong; the pair is not proposed again.
    Reject,
    /// The proposal is replaced by what the person chose instead.
    Override,
    /// The decision named in [`Decision::supersedes`] no longer holds.
    Undo,
}

impl Verdict {
    /// The word used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Reject => "reject",
            Self::Override => "override",
            Self::Undo => "undo",
        }
    }
}

/// Who decided.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Decider {
    /// A person.
    Person(UserId),
    /// The policy for automatic approval, in this version.
    Policy {
        /// Version of the policy that held.
        version: String,
    },
}

/// One decision on one match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Its identifier.
    pub id: DecisionId,
    /// The match it is about.
    pub match_id: MatchId,
    /// What was decided.
    pub verdict: Verdict,
    /// Who decided.
    pub decided_by: Decider,
    /// Milliseconds since 1970-01-01 UTC.
    pub decided_at_ms: i64,
    /// Why, in the person's words; empty where none was given.
    pub reason: String,
    /// SHA-256 of the match's content that its author saw.
    pub content: Digest,
    /// The decision this one replaces.
    pub supersedes: Option<DecisionId>,
}
