//! Running the engine: `run_matching`, `cancel_task`.

use serde::Serialize;
use ts_rs::TS;

/// What a run did.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RunSummary {
    /// Identifier.
    pub id: String,
    /// Open statement lines looked at.
    pub lines: u32,
    /// Open ledger entries looked at.
    pub entries: u32,
    /// Candidates scored.
    #[ts(type = "number")]
    pub candidates: u64,
    /// Matches approved by the policy.
    pub approved: u32,
    /// Matches that wait for a person.
    pub suggested: u32,
    /// Of these, matches with an equally good rival.
    pub ambiguous: u32,
    /// Lines without a match.
    pub lines_unmatched: u32,
    /// Entries without a match.
    pub entries_unmatched: u32,
    /// Of the lines and entries without a match, those that the policy accepted.
    pub accepted: u32,
    /// Lines without a match of a day for which an exchange rate is missing that other days have.
    pub lines_without_rate: u32,
    /// Milliseconds.
    pub elapsed_ms: u32,
}
