//! What a person puts together themselves: any group of records, parts of records, a line divided over several matches,
//! and differences or whole records written off to an account of the books.

mod chosen;

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use tieout_domain::{
    Adjustment, Confidence, Explanation, LedgerEntryId, Leg, Match, Money, MoneyError, Posting, ReconcileConfig,
    RecordRef, RootCause, StatementLineId, said,
};
use tieout_workbook::{HandMatch, Workbook, WorkbookError};

use crate::{ApplicationError, DecisionOutcome, Session, decisions};
use chosen::Chosen;

/// A record, or part of it, in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandRecord<Id> {
    /// The record.
    pub id: Id,
    /// How much of it, in major units with its own sign; left out: all that is open.
    pub part: Option<Decimal>,
    /// What was open of it when its author looked, in major units; left out: whatever is open by now.
    pub open: Option<Decimal>,
}

impl<Id> From<Id> for HandRecord<Id> {
    fn from(id: Id) -> Self {
        Self { id, part: None, open: None }
    }
}

/// What justifies the difference between the two sides of a group, or part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandAdjustment {
    /// Why.
    pub cause: RootCause,
    /// Statement minus ledger, in major units; left out, in one adjustment at most: what the others leave. Of a part
    /// payment or an overpayment it is always left out: it stays open on the larger side and is no adjustment.
    pub amount: Option<Decimal>,
    /// Where the books take it; none: where they take everything of that cause.
    pub posting: Option<Posting>,
}

/// Records that a person says belong together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HandGroup {
    /// Statement lines.
    pub lines: Vec<HandRecord<StatementLineId>>,
    /// Ledger entries. Either side may be empty where adjustments stand in for it.
    pub entries: Vec<HandRecord<LedgerEntryId>>,
    /// What justifies their difference.
    pub adjustments: Vec<HandAdjustment>,
}

/// One group, or the groups over which some records are divided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchByHand {
    /// The groups.
    pub groups: Vec<HandGroup>,
    /// Why; may be empty.
    pub reason: String,
}

/// Most groups that are made at once.
const GROUPS_MAX: usize = 200;

/// What the sides of a group come to, in the currency of its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandBalance {
    /// What is used of the lines.
    pub statement: Money,
    /// What is used of the entries.
    pub ledger: Money,
    /// What adjustments with an amount justify.
    pub adjusted: Money,
    /// Statement minus ledger minus adjusted: what is not justified yet.
    pub difference: Money,
}

/// What stays open of a record that groups use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOpen {
    /// The record.
    pub record: RecordRef,
    /// What no group uses of it, in its own currency.
    pub left: Money,
}

/// What groups come to, before they are made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandBalances {
    /// Group by group.
    pub groups: Vec<HandBalance>,
    /// Record by record, those used.
    pub left: Vec<LeftOpen>,
}

/// What groups use of records, in the records' own currencies.
type Used = BTreeMap<RecordRef, Money>;

impl Session {
    /// What is left between the sides of groups that a person would put together. Entries in another currency than the
    /// lines count by what they are worth at the rates that the workbook keeps, on the day of the first line.
    pub fn hand_balance(&self, groups: &[HandGroup]) -> Result<HandBalances, ApplicationError> {
        self.with_open(|open| {
            let mut used = Used::new();
            let balances = groups.iter().map(|group| {
                let chosen = Chosen::read(&open.workbook, group, &used)?;
                note_used(&mut used, &chosen.uses(&group.adjustments))?;
                chosen.balance(&group.adjustments)
            });
            let balances = balances.collect::<Result<_, _>>()?;
            let left = used.iter().map(|(record, used)| left_open(&open.workbook, *record, *used));
            Ok(HandBalances { groups: balances, left: left.collect::<Result<_, _>>()? })
        })
    }

    /// Approves matches that a person put together; proposals that hold any of their records are overridden. All of them
    /// or none.
    pub fn match_by_hand(&self, request: &MatchByHand) -> Result<DecisionOutcome, ApplicationError> {
        if request.groups.is_empty() || request.groups.len() > GROUPS_MAX {
            return Err(ApplicationError::Invalid(said!(
                "hand.groups",
                "make at least one group and at most {most} at once",
                most = GROUPS_MAX
            )));
        }
        self.with_open(|open| {
            let mut used = Used::new();
            let hands = request.groups.iter().map(|group| put_together(&open.workbook, group, &mut used));
            let hands = hands.collect::<Result<Vec<_>, _>>()?;
            let decided = open.workbook.match_many_by_hand(&hands, request.reason.trim())?;
            decisions::outcome(&open.workbook, decided.matches.first().copied())
        })
    }
}

/// Adds what a group uses to what those before it do.
fn note_used(used: &mut Used, legs: &[Leg]) -> Result<(), MoneyError> {
    for leg in legs {
        let so_far = used.get(&leg.record).copied().unwrap_or_else(|| Money::zero(leg.amount_settled.currency()));
        used.insert(leg.record, so_far.checked_add(leg.amount_settled)?);
    }
    Ok(())
}

fn left_open(workbook: &Workbook, record: RecordRef, used: Money) -> Result<LeftOpen, ApplicationError> {
    let open = match workbook.record(record)? {
        tieout_workbook::Record::Line(line) => line.open,
        tieout_workbook::Record::Entry(entry) => entry.open,
    };
    Ok(LeftOpen { record, left: open.checked_sub(used)? })
}

/// The match that a person asked for, after what earlier groups use.
fn put_together(workbook: &Workbook, group: &HandGroup, used: &mut Used) -> Result<HandMatch, ApplicationError> {
    let chosen = Chosen::read(workbook, group, used)?;
    let parts = chosen.parts(&group.adjustments)?;
    let built = if chosen.has_both_sides() {
        Match::across(parts.legs, parts.adjustments)
    } else {
        Match::write_off(parts.legs, parts.adjustments)
    };
    let matched = built.map_err(WorkbookError::from)?;
    note_used(used, matched.legs())?;
    let cause = group.adjustments.first().map_or(RootCause::None, |adjustment| adjustment.cause);
    let explanation = explained(&chosen, &matched);
    Ok(HandMatch {
        matched,
        postings: parts.postings,
        cause,
        explanation,
        // A person vouches for it.
        confidence: Confidence::from_ppm(1_000_000),
    })
}

/// What speaks for it and against it, as the engine sees it. A record of which nothing is used stays open: it is no
/// evidence for the match. What is written off has no other side to compare with.
fn explained(chosen: &Chosen, matched: &Match) -> Explanation {
    if !chosen.has_both_sides() {
        return Explanation::new(Vec::new(), None);
    }
    let config = ReconcileConfig { cross_currency: Some(chosen.rates.clone()), ..ReconcileConfig::default() };
    let is_used = |record: RecordRef| matched.legs().iter().any(|used| used.record == record);
    let lines: Vec<_> = chosen.lines.iter().filter(|line| is_used(line.leg.record)).collect();
    let entries: Vec<_> = chosen.entries.iter().filter(|entry| is_used(entry.leg.record)).collect();
    tieout_matching::compare_records(
        &lines.iter().map(|line| &line.record).collect::<Vec<_>>(),
        &entries.iter().map(|entry| &entry.record).collect::<Vec<_>>(),
        &config,
    )
    .map_records(|line| lines[line].id, |entry| entries[entry].id)
}

/// Legs and adjustments of a group, with where the books take each adjustment.
struct Parts {
    legs: Vec<Leg>,
    adjustments: Vec<Adjustment>,
    postings: Vec<Option<Posting>>,
}
