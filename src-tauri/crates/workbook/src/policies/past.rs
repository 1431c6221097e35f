//! What became of the items a policy can resolve, so that a draft can be tried on them.

use tieout_domain::{MatchStatus, PolicyItem, PolicySubject};

use super::items::{self, FoundMatch};
use crate::{QueueRow, Workbook, WorkbookError};

/// What became of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PastDecision {
    /// Nothing yet: it waits in the queue.
    Waiting,
    /// A person approved the match.
    Approved,
    /// It was approved or accepted without a person, and stands.
    Automatic,
    /// A person rejected the match.
    Rejected,
    /// A person matched its records otherwise.
    Overridden,
    /// It was approved or accepted without a person, and a person took that back.
    TakenBack,
}

impl PastDecision {
    /// The word used in files and in the UI's catalogue.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Approved => "approved",
            Self::Automatic => "automatic",
            Self::Rejected => "rejected",
            Self::Overridden => "overridden",
            Self::TakenBack => "taken_back",
        }
    }

    /// Whether a person decided that it is not right.
    pub const fn is_against(self) -> bool {
        matches!(self, Self::Rejected | Self::Overridden | Self::TakenBack)
    }
}

/// An item, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastItem {
    /// The item; that a person took something back is told by `decided` alone.
    pub item: PolicyItem,
    /// What became of it.
    pub decided: PastDecision,
}

/// Superseded proposals are those of earlier runs, except for those that a person overrode. Few of all matches have
/// adjustments: these lead.
const PAST: &str = "match_adjustments a CROSS JOIN matches m ON m.company_id = a.company_id AND m.id = a.match_id
    WHERE a.company_id = ?1 AND (m.status IN ('suggested', 'ambiguous', 'approved', 'rejected') AND m.run_id IS NOT NULL
    OR m.status = 'superseded' AND EXISTS (
        SELECT 1 FROM decisions d WHERE d.company_id = m.company_id AND d.match_id = m.id AND d.verdict = 'override'
          AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.company_id = d.company_id AND u.supersedes = d.id)))";

impl Workbook {
    /// Every match whose sides differ and every record without a match, with what became of it. Of exceptions that were
    /// matched since nothing is known any more, and what people put together by hand no policy proposes.
    pub fn past_policy_items(&self) -> Result<Vec<PastItem>, WorkbookError> {
        let (sql, company) = (&self.sql, self.company.id);
        let taken_back = items::taken_back(sql, company)?;
        let matches = items::matches(sql, company, PAST, &taken_back)?.into_iter().map(|found| {
            let decided = decided(&found);
            PastItem { item: PolicyItem { taken_back: false, ..found.item }, decided }
        });
        let records = items::unmatched(sql, company, self.today())?.into_iter().map(|found| {
            let decided = match (found.accepted, found.item.taken_back) {
                (true, _) => PastDecision::Automatic,
                (false, true) => PastDecision::TakenBack,
                (false, false) => PastDecision::Waiting,
            };
            PastItem { item: PolicyItem { taken_back: false, ..found.item }, decided }
        });
        Ok(matches.chain(records).collect())
    }

    /// The row by which the queue shows an item.
    pub fn policy_row(&self, subject: PolicySubject) -> Result<QueueRow, WorkbookError> {
        match subject {
            PolicySubject::Match(id) => Ok(self.match_detail(id)?.row),
            PolicySubject::Record(record) => self.unmatched_row(record),
        }
    }
}

fn decided(found: &FoundMatch) -> PastDecision {
    match found.status {
        MatchStatus::Approved if found.by_policy => PastDecision::Automatic,
        MatchStatus::Approved => PastDecision::Approved,
        MatchStatus::Rejected => PastDecision::Rejected,
        MatchStatus::Superseded => PastDecision::Overridden,
        MatchStatus::Suggested | MatchStatus::Ambiguous if found.item.taken_back => PastDecision::TakenBack,
        MatchStatus::Suggested | MatchStatus::Ambiguous => PastDecision::Waiting,
    }
}
