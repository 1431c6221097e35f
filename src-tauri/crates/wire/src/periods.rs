//! `periods {accountId}`, `period {periodId}`, `open_period(OpenPeriodRequest)`, `remove_period {periodId}`,
//! `prepare_period(PreparePeriodRequest)`, `review_period`, `lock_period`, `take_period_back`, `request_reopening`,
//! `reopen_period`, `decline_reopening` and `withdraw_reopening` (each with a [`PeriodActRequest`]), `check_period {periodId}`, `period_items(PeriodItemsRequest)`,
//! `late_entries {periodId, offset, limit}`.

use serde::{Deserialize, Serialize};
use tieout_application as application;
use tieout_domain::{AccountId, Digest, PeriodId};
use ts_rs::TS;

use crate::{
    Amount, CommandError, RecordView, SideView, parse_decimal, parse_id,
    requests::{bounded, parse_date},
};

/// `open_period`
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct OpenPeriodRequest {
    /// The account.
    pub account_id: String,
    /// First day, ISO; left out: the proposed one.
    pub from: Option<String>,
    /// Last day, ISO; left out: the proposed one.
    pub to: Option<String>,
}

impl OpenPeriodRequest {
    /// The account and the days asked for.
    pub fn read(&self) -> Result<(AccountId, Option<application::Date>, Option<application::Date>), CommandError> {
        Ok((parse_id(&self.account_id)?, parse_date(self.from.as_deref())?, parse_date(self.to.as_deref())?))
    }
}

/// A balance that the preparer states because nothing else does.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct StatedBalance {
    /// Major units as a plain decimal number.
    pub amount: String,
    /// How it is known; may not be empty.
    pub reason: String,
}

/// `prepare_period`
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct PreparePeriodRequest {
    /// The period.
    pub period_id: String,
    /// `seen` of the sheet that was looked at; refused as `stale` where the period is another now.
    pub seen: String,
    /// What there is to say; may be empty.
    pub note: String,
    /// Opening balance, where nothing states one.
    pub opening: Option<StatedBalance>,
    /// Closing balance, where the bank states none.
    pub closing: Option<StatedBalance>,
}

impl TryFrom<PreparePeriodRequest> for application::PrepareBalances {
    type Error = CommandError;

    fn try_from(request: PreparePeriodRequest) -> Result<Self, Self::Error> {
        let stated = |balance: Option<StatedBalance>| {
            balance
                .map(|balance| Ok::<_, CommandError>((parse_decimal(&balance.amount)?, bounded(balance.reason)?)))
                .transpose()
        };
        Ok(Self { opening: stated(request.opening)?, closing: stated(request.closing)? })
    }
}

/// `review_period`, `lock_period`, `take_period_back`, `request_reopening`, `reopen_period`,
/// `decline_reopening`, `withdraw_reopening`
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct PeriodActRequest {
    /// The period.
    pub period_id: String,
    /// `seen` of the sheet that was looked at; refused as `stale` where the period is another now.
    pub seen: String,
    /// A note or the reason; going back needs one.
    pub note: String,
}

impl PeriodActRequest {
    /// The period, what was looked at, and what is said of the act.
    pub fn read(self) -> Result<(PeriodId, Digest, String), CommandError> {
        Ok((parse_id(&self.period_id)?, parse_id(&self.seen)?, bounded(self.note)?))
    }
}

/// One of the lists of a roll-forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum RollPartView {
    /// Outstanding when the period before ended.
    BroughtForward,
    /// Outstanding at the end, and not at the beginning.
    New,
    /// Outstanding no more, in whole or in part.
    Cleared,
    /// Outstanding at the end.
    CarriedForward,
}

impl From<RollPartView> for application::RollPart {
    fn from(part: RollPartView) -> Self {
        match part {
            RollPartView::BroughtForward => Self::BroughtForward,
            RollPartView::New => Self::New,
            RollPartView::Cleared => Self::Cleared,
            RollPartView::CarriedForward => Self::CarriedForward,
        }
    }
}

/// `period_items`
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PeriodItemsRequest {
    /// The period.
    pub period_id: String,
    /// Statement lines or ledger entries.
    pub side: SideView,
    /// Which list.
    pub part: RollPartView,
    /// Rows to skip.
    #[ts(type = "number")]
    pub offset: u64,
    /// Rows wanted, at most 500.
    pub limit: u32,
}

/// How far a period has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum PeriodStateView {
    /// Work goes on.
    Open,
    /// The preparer is done.
    Prepared,
    /// A reviewer signed it off.
    Reviewed,
    /// Nothing in it can change.
    Locked,
}

/// Who signed, and when.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SignedView {
    /// Who.
    pub name: String,
    /// ISO date and time, UTC.
    pub at: String,
    /// One person could prepare and review at that time.
    pub single_user: bool,
}

/// A request for reopening that waits for a second person.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ReopeningView {
    /// Who asked.
    pub name: String,
    /// Why.
    pub reason: String,
    /// ISO date and time, UTC.
    pub at: String,
}

/// A period as the strip of an account shows it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PeriodRow {
    /// Identifier.
    pub id: String,
    /// First day, ISO.
    pub from: String,
    /// Last day, ISO.
    pub to: String,
    /// How far it has come.
    pub state: PeriodStateView,
    /// An earlier period was reopened since.
    pub to_reprove: bool,
    /// Balance it opens with, as signed.
    pub opening: Option<Amount>,
    /// Balance it closes with, as signed.
    pub closing: Option<Amount>,
    /// Who prepared it.
    pub prepared: Option<SignedView>,
    /// Who signed it off.
    pub reviewed: Option<SignedView>,
    /// Who locked it.
    pub locked: Option<SignedView>,
    /// SHA-256 of the content that was signed, hexadecimal.
    pub content: Option<String>,
    /// Somebody asked for it to be reopened.
    pub reopening: Option<ReopeningView>,
}

/// Two days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DaysView {
    /// First day, ISO.
    pub from: String,
    /// Last day, ISO.
    pub to: String,
}

/// `periods`
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PeriodsView {
    /// Account name.
    pub account: String,
    /// The periods, the first one first.
    pub periods: Vec<PeriodRow>,
    /// The days the next one should have; null: nothing says where the first begins.
    pub proposed: Option<DaysView>,
}

/// Where a balance comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum BalanceSourceView {
    /// The closing balance of the period before, as signed.
    PeriodBefore,
    /// The bank states it.
    Bank,
    /// The preparer stated it.
    Hand,
}

/// The balance proof of a period.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PeriodFiguresView {
    /// Opening balance.
    pub opening: Option<Amount>,
    /// Where it comes from.
    pub opening_source: Option<BalanceSourceView>,
    /// How it is known, where it was stated by hand.
    pub opening_reason: String,
    /// Sum of the lines.
    pub lines_total: Amount,
    /// Closing balance.
    pub closing: Option<Amount>,
    /// Where it comes from.
    pub closing_source: Option<BalanceSourceView>,
    /// How it is known, where it was stated by hand.
    pub closing_reason: String,
    /// opening + lines − closing; null where one is not known.
    pub statement_gap: Option<Amount>,
    /// Sum of ledger entries.
    pub entries_total: Amount,
    /// Lines − entries: what has to be explained.
    pub difference: Amount,
    /// Lines outstanding, in sum.
    pub lines_outstanding: Amount,
    /// Entries outstanding, in sum.
    pub entries_outstanding: Amount,
    /// Adjustments in approved matches, in sum.
    pub adjustments: Amount,
    /// What is left unexplained.
    pub unexplained: Amount,
    /// Lines of the period.
    pub lines: u32,
    /// Of these, lines of which something is outstanding.
    pub outstanding_lines_count: u32,
    /// Entries of which something is outstanding at the last day.
    pub outstanding_entries_count: u32,
    /// Whether both balances are known and everything adds up: a signature can stand for it.
    pub can_sign: bool,
    /// What is in the way; empty where nothing is.
    pub obstacle: String,
}

/// Items and what they come to.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RollSumView {
    /// How many.
    pub items: u32,
    /// In sum.
    pub sum: Amount,
}

/// brought forward + new − cleared = carried forward, for one side.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RollForwardView {
    /// Outstanding when the period before ended.
    pub brought_forward: RollSumView,
    /// Outstanding at the end, and not at the beginning.
    pub new: RollSumView,
    /// Outstanding no more.
    pub cleared: RollSumView,
    /// Outstanding at the end.
    pub carried_forward: RollSumView,
    /// Whether the four add up.
    pub holds: bool,
}

/// One kind of change that took signatures away.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PeriodCauseView {
    /// `lineAdded`, `lineWithdrawn`, `lineRestored`, `lineMatched`, `lineUnmatched`, `entryAdded`, `entryWithdrawn`,
    /// `entriesMatched`, `entriesUnmatched`, `opening`, `balance`.
    pub change: String,
    /// How many records.
    #[ts(type = "number")]
    pub records: u64,
    /// The first of them.
    pub record: Option<RecordView>,
}

/// One thing that happened to a period.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PeriodEventView {
    /// `prepared`, `reviewed`, `locked`, `revoked`, `takenBack`, `reopenRequested`, `reopened`,
    /// `reopenDeclined`, `reopenWithdrawn`.
    pub kind: String,
    /// Who.
    pub by: String,
    /// ISO date and time, UTC.
    pub at: String,
    /// Note or reason; may be empty.
    pub reason: String,
    /// SHA-256 of the content it is about, hexadecimal.
    pub content: String,
    /// One person could prepare and review at that time.
    pub single_user: bool,
    /// What took the signatures away, of `revoked`.
    pub causes: Vec<PeriodCauseView>,
}

/// `period`, and the answer of every command that changes one.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PeriodSheetView {
    /// Account name.
    pub account: String,
    /// The period.
    pub period: PeriodRow,
    /// The period before it.
    pub before: Option<PeriodRow>,
    /// The proof: as signed where it is signed.
    pub figures: PeriodFiguresView,
    /// The proof as it is now, where that is not what was signed.
    pub figures_now: Option<PeriodFiguresView>,
    /// Lines of it that need a person.
    pub exceptions: u32,
    /// Statement lines rolled forward.
    pub lines: RollForwardView,
    /// Ledger entries rolled forward.
    pub entries: RollForwardView,
    /// Entries that came after it was locked.
    pub late_entries: u32,
    /// What was settled since it was signed of the lines that were outstanding; null while it is open.
    pub lines_settled: Option<RollSumView>,
    /// Likewise of the entries.
    pub entries_settled: Option<RollSumView>,
    /// Names what is looked at: every act on the period gives it back.
    pub seen: String,
    /// What happened to it, newest first.
    pub events: Vec<PeriodEventView>,
    /// The role of whoever works here lets them prepare.
    pub may_prepare: bool,
    /// The role of whoever works here lets them sign off and lock.
    pub may_sign_off: bool,
    /// They prepared it, or asked for its reopening: a second person must go on.
    pub needs_another: bool,
    /// They asked for its reopening, and may withdraw that.
    pub asked: bool,
    /// Signing off asks for a secret of their own, and they have none.
    pub needs_secret: bool,
}

/// `check_period`
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PeriodCheckView {
    /// SHA-256 of the content as it is now, hexadecimal.
    pub now: String,
    /// Whether it is what was signed, its figures and what is outstanding included; null while the period is open.
    pub as_signed: Option<bool>,
    /// In what it differs, in words; empty where it does not.
    pub difference: String,
}

/// A record in a list of a roll-forward.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PeriodItemView {
    /// The record.
    pub record: RecordView,
    /// What the list counts of it.
    pub amount: Amount,
    /// What is outstanding of it when the period ends.
    pub carried: Amount,
    /// Days from its date to the period's last day.
    pub age_days: Option<i32>,
}

/// `period_items`
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PeriodItemsView {
    /// The rows.
    pub rows: Vec<PeriodItemView>,
    /// Rows in all.
    #[ts(type = "number")]
    pub total: u64,
}

/// `late_entries`
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct LateEntriesView {
    /// The entries, newest first.
    pub rows: Vec<RecordView>,
    /// Rows in all.
    #[ts(type = "number")]
    pub total: u64,
}
