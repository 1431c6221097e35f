//! What the overview shows.
//!
//! Commands: `standing {}` ([`StandingView`]), `standing_rates { locked }` ([`StandingRatesView`]s).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Amount, PeriodStateView};

/// Which day of a row of the queue has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum DueView {
    /// It was snoozed until today, or until an earlier day.
    Snoozed,
    /// It was expected to be settled by a day that is past.
    Expected,
}

/// A kind of thing to do. Each is a list that can be looked at: of the review queue, of periods, or of alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum DutyKindView {
    /// Requests to reopen a period that wait for a second person.
    Reopenings,
    /// Periods that wait for a review, not prepared by whoever is signed in.
    ToReview,
    /// Reviewed periods that can be locked.
    ToLock,
    /// Open periods that are over and whose statement proves.
    ToPrepare,
    /// Open periods that are over and whose statement does not prove.
    Unproved,
    /// Proposals and lines that are theirs.
    Assigned,
    /// Ledger entries that are theirs.
    AssignedEntries,
    /// Proposals and lines that were snoozed until today or earlier.
    Returned,
    /// Ledger entries, likewise.
    ReturnedEntries,
    /// Lines that were expected by a day that is past.
    Overdue,
    /// Ledger entries, likewise.
    OverdueEntries,
    /// Alerts that nobody acknowledged.
    Alerts,
    /// Proposals that wait for a decision, whoever makes it.
    Proposals,
    /// Lines without a proposal.
    Lines,
}

/// How much there is to do of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DutyView {
    /// The kind.
    pub kind: DutyKindView,
    /// How many records, matches, periods or alerts.
    pub count: u32,
    /// What they come to, one sum a currency: of rows of the queue their amounts without signs, of periods the balances
    /// they close with; empty for alerts.
    pub amounts: Vec<Amount>,
}

/// A period in the standing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct StandingPeriodView {
    /// Identifier.
    pub id: String,
    /// How far it has come.
    pub state: PeriodStateView,
    /// An earlier period was reopened since it was signed.
    pub to_reprove: bool,
    /// Who prepared it.
    pub prepared_by: Option<String>,
    /// Who asked for it to be reopened.
    pub reopening_by: Option<String>,
}

/// Where a period of an account stands, or an account that has none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct StandingRowView {
    /// The account.
    pub account_id: String,
    /// Its name.
    pub account: String,
    /// Its currency.
    pub currency: String,
    /// The period; none: the account has none, and this is of all its days.
    pub period: Option<StandingPeriodView>,
    /// First day, ISO.
    pub from: Option<String>,
    /// Last day, ISO.
    pub to: Option<String>,
    /// Statement lines in it.
    pub lines: u32,
    /// The balance it opens with, if it is known.
    pub opening: Option<Amount>,
    /// What its lines come to.
    pub lines_total: Amount,
    /// The balance it closes with, if it is known.
    pub closing: Option<Amount>,
    /// Opening balance and lines, less the closing balance; none where a balance is not known.
    pub gap: Option<Amount>,
    /// Whether opening balance and lines come to the closing balance.
    pub proves: bool,
    /// What whoever is signed in is to do with it.
    pub duty: Option<DutyKindView>,
}

/// What needs whoever is signed in, and where everything stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct StandingView {
    /// The day for which it holds, ISO.
    pub as_of: String,
    /// What there is to do, what others wait for first; what there is nothing of is left out.
    pub duties: Vec<DutyView>,
    /// Each account's periods, the first one first.
    pub rows: Vec<StandingRowView>,
    /// Largest variance, in percent.
    pub variance_limit: String,
}

/// How much of a period is matched, and how far bank and books are apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct StandingRatesView {
    /// The account.
    pub account_id: String,
    /// The period; none: all days of an account without one.
    pub period_id: Option<String>,
    /// Statement lines.
    pub lines: u32,
    /// Of these, lines of which an approved match uses something.
    pub lines_matched: u32,
    /// Share of the lines that are matched, in percent.
    pub match_rate: Option<String>,
    /// Share of the lines that were matched without a person, in percent.
    pub automatic_rate: Option<String>,
    /// Lines of which something is outstanding.
    pub lines_open: u32,
    /// What is outstanding of them.
    pub lines_open_sum: Amount,
    /// Ledger entries of the account's currency of which something is outstanding at the last day.
    pub entries_open: u32,
    /// What is outstanding of them.
    pub entries_open_sum: Amount,
    /// How far the bank is from the books, in percent of the books; none where these are empty.
    pub variance: Option<String>,
    /// Bank less books.
    pub difference: Amount,
    /// Whether the variance is within the limit.
    pub is_within: bool,
}
