//! What needs whoever is signed in: how much of each kind, and what it comes to.

use std::collections::BTreeMap;

use tieout_domain::{Currency, Money};

use super::StandingRow;
use crate::{OwnerCondition, QueueConditions, QueueFilter, QueueQuery, Workbook, WorkbookError, queue::DueCondition};

/// A kind of thing to do. Each is a list that can be looked at: of the review queue, of periods, or of alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DutyKind {
    /// Requests to reopen a period that wait for a second person.
    Reopenings,
    /// Periods that wait for a review, not prepared by whoever is signed in.
    ToReview,
    /// Reviewed periods that can be locked.
    ToLock,
    /// Open periods that are over, follow on a signed one, and whose statement proves.
    ToPrepare,
    /// Likewise, but opening balance and lines do not come to the closing balance, or one of them is not known.
    Unproved,
    /// Proposals and lines that are theirs: given to them, or by the policy.
    Assigned,
    /// Ledger entries that are theirs.
    AssignedEntries,
    /// Proposals and lines that were snoozed until today or earlier, theirs or nobody's.
    Returned,
    /// Ledger entries, likewise.
    ReturnedEntries,
    /// Lines that were expected to be settled by a day that is past, theirs or nobody's.
    Overdue,
    /// Ledger entries, likewise.
    OverdueEntries,
    /// Alerts that go on and that nobody acknowledged.
    Alerts,
    /// Proposals that wait for a decision, whoever makes it.
    Proposals,
    /// Lines without a proposal.
    Lines,
}

impl DutyKind {
    /// All kinds, what others wait for first.
    pub const ALL: [Self; 14] = [
        Self::Reopenings,
        Self::ToReview,
        Self::ToLock,
        Self::ToPrepare,
        Self::Unproved,
        Self::Assigned,
        Self::AssignedEntries,
        Self::Returned,
        Self::ReturnedEntries,
        Self::Overdue,
        Self::OverdueEntries,
        Self::Alerts,
        Self::Proposals,
        Self::Lines,
    ];

    /// The list of the review queue that holds them; none: they are no rows of the queue.
    pub fn list(self, me: &str) -> Option<QueueQuery> {
        let mine = QueueConditions { owner: Some(OwnerCondition::Is(me.to_owned())), ..QueueConditions::default() };
        let due = |due| QueueConditions { due: Some(due), ..QueueConditions::default() };
        let (filter, conditions) = match self {
            Self::Assigned => (QueueFilter::ToReview, mine),
            Self::AssignedEntries => (QueueFilter::UnmatchedEntries, mine),
            Self::Returned => (QueueFilter::ToReview, due(DueCondition::Snoozed)),
            Self::ReturnedEntries => (QueueFilter::UnmatchedEntries, due(DueCondition::Snoozed)),
            Self::Overdue => (QueueFilter::ToReview, due(DueCondition::Expected)),
            Self::OverdueEntries => (QueueFilter::UnmatchedEntries, due(DueCondition::Expected)),
            Self::Proposals => (QueueFilter::Suggested, QueueConditions::default()),
            Self::Lines => (QueueFilter::UnmatchedLines, QueueConditions::default()),
            Self::Reopenings | Self::ToReview | Self::ToLock | Self::ToPrepare | Self::Unproved | Self::Alerts => {
                return None;
            }
        };
        Some(QueueQuery { filter, conditions, ..QueueQuery::default() })
    }
}

/// How much there is to do of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// The kind.
    pub kind: DutyKind,
    /// How many records, matches, periods or alerts.
    pub count: u64,
    /// What they come to, one sum a currency: of rows of the queue their amounts without signs (of [`DutyKind::Proposals`]
    /// what is open of the statement lines in them, each once), of periods the balances they close with; empty for alerts.
    pub amounts: Vec<Money>,
}

impl Workbook {
    pub(super) fn duties(&self, rows: &[StandingRow]) -> Result<Vec<Duty>, WorkbookError> {
        let mut duties = Vec::new();
        for kind in DutyKind::ALL {
            let duty = match kind.list(&self.user().name) {
                Some(_) if kind == DutyKind::Proposals => {
                    let totals = self.proposal_totals()?;
                    Duty { kind, count: totals.count, amounts: totals.into_sums() }
                }
                Some(list) => {
                    let totals = match kind {
                        DutyKind::Assigned | DutyKind::AssignedEntries => {
                            self.totals_of_owner(list.filter, &self.user().name)?
                        }
                        _ => self.queue_totals(&list)?,
                    };
                    Duty { kind, count: totals.count, amounts: totals.into_sums() }
                }
                None if kind == DutyKind::Alerts => {
                    Duty { kind, count: self.count_open_alerts()?, amounts: Vec::new() }
                }
                None => of_periods(kind, rows)?,
            };
            duties.push(duty);
        }
        duties.retain(|duty| duty.count > 0);
        Ok(duties)
    }
}

fn of_periods(kind: DutyKind, rows: &[StandingRow]) -> Result<Duty, WorkbookError> {
    let mut sums: BTreeMap<Currency, Money> = BTreeMap::new();
    let mut count = 0;
    for row in rows.iter().filter(|row| row.duty == Some(kind)) {
        count += 1;
        if let Some(closing) = row.closing {
            let sum = sums.entry(closing.currency()).or_insert_with(|| Money::zero(closing.currency()));
            *sum = sum.checked_add(closing)?;
        }
    }
    Ok(Duty { kind, count, amounts: sums.into_values().collect() })
}
