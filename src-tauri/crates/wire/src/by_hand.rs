//! What a person puts together themselves.
//!
//! Commands: `hand_balance {groups}` ([`HandBalancesView`]), `match_by_hand(MatchByHandRequest)`
//! ([`crate::DecisionOutcome`]).

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use tieout_application as application;
use tieout_domain::RecordRef;
use ts_rs::TS;

use crate::{
    Amount, CommandError,
    answers::all,
    requests::{bounded, parse_decimal, parse_id},
};

/// A record, or part of it.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct HandRecordRequest {
    /// A line's or an entry's identifier.
    pub id: String,
    /// How much of it, a decimal with its own sign; `None`: all that is open.
    pub part: Option<String>,
    /// What was shown to be open of it, a decimal: if it is another by now, nothing is made (`stale`). `None`: whatever is
    /// open.
    #[ts(optional)]
    pub open: Option<String>,
}

/// What justifies a difference, or stands in for the other side.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct HandAdjustmentRequest {
    /// Root cause (`fee`, `discount`, `fx_rounding` …), or `partial_payment` / `overpayment` to leave the rest open.
    pub cause: String,
    /// Statement minus ledger, a decimal; `None`, in one of them: what the others leave.
    pub amount: Option<String>,
    /// The account of the books it is posted to; `None`: where everything of that cause goes.
    pub account: Option<String>,
    /// Text of the posting; may be empty.
    pub text: String,
}

/// Records that belong together. Either side may be empty where adjustments stand in for it.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct HandGroupRequest {
    /// Statement lines.
    pub lines: Vec<HandRecordRequest>,
    /// Ledger entries.
    pub entries: Vec<HandRecordRequest>,
    /// What justifies their difference.
    pub adjustments: Vec<HandAdjustmentRequest>,
}

/// `match_by_hand`: these groups, in one act. Replaces proposals that hold any of their records.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct MatchByHandRequest {
    /// One group, or those over which a record is divided.
    pub groups: Vec<HandGroupRequest>,
    /// Why; may be empty.
    pub reason: String,
}

/// What the sides of a group come to, in the currency of its lines.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct HandBalanceView {
    /// What is used of the lines.
    pub statement: Amount,
    /// What is used of the entries; those in another currency at what they are worth on the day of the first line.
    pub ledger: Amount,
    /// What adjustments with an amount justify.
    pub adjusted: Amount,
    /// Statement minus ledger minus adjusted.
    pub difference: Amount,
}

/// What stays open of a record.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct LeftOpenView {
    /// The record.
    pub id: String,
    /// What no group uses of it.
    pub left: Amount,
}

/// What groups come to before they are made.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct HandBalancesView {
    /// Group by group.
    pub groups: Vec<HandBalanceView>,
    /// Record by record.
    pub left: Vec<LeftOpenView>,
}

impl From<application::HandBalance> for HandBalanceView {
    fn from(balance: application::HandBalance) -> Self {
        Self {
            statement: balance.statement.into(),
            ledger: balance.ledger.into(),
            adjusted: balance.adjusted.into(),
            difference: balance.difference.into(),
        }
    }
}

impl From<application::LeftOpen> for LeftOpenView {
    fn from(left: application::LeftOpen) -> Self {
        let id = match left.record {
            RecordRef::Line(id) => id.to_string(),
            RecordRef::Entry(id) => id.to_string(),
        };
        Self { id, left: left.left.into() }
    }
}

impl fmt::Display for HandBalancesView {
    /// A line a group, then a line a record.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, group) in self.groups.iter().enumerate() {
            let end = if at == 0 { "" } else { "\n" };
            let HandBalanceView { statement, ledger, adjusted, difference } = group;
            write!(
                f,
                "{end}statement {} − ledger {} − adjusted {} = {} {}",
                statement.value, ledger.value, adjusted.value, difference.value, difference.currency
            )?;
        }
        for left in &self.left {
            write!(f, "\n{}  {} {} stay open", left.id, left.left.value, left.left.currency)?;
        }
        Ok(())
    }
}

impl From<application::HandBalances> for HandBalancesView {
    fn from(balances: application::HandBalances) -> Self {
        Self { groups: all(balances.groups), left: all(balances.left) }
    }
}

fn record<Id: FromStr>(request: HandRecordRequest) -> Result<application::HandRecord<Id>, CommandError> {
    let decimal = |text: &Option<String>| text.as_deref().map(parse_decimal).transpose();
    Ok(application::HandRecord {
        id: parse_id(&request.id)?,
        part: decimal(&request.part)?,
        open: decimal(&request.open)?,
    })
}

impl TryFrom<HandAdjustmentRequest> for application::HandAdjustment {
    type Error = CommandError;

    fn try_from(request: HandAdjustmentRequest) -> Result<Self, Self::Error> {
        let posting = match request.account.as_deref() {
            None => None,
            Some(account) => {
                let account: application::PostingAccount = account.parse().map_err(CommandError::unfit)?;
                let posting = application::Posting::new(account, &request.text);
                Some(posting.map_err(CommandError::unfit)?)
            }
        };
        Ok(Self {
            cause: request.cause.parse().map_err(CommandError::unfit)?,
            amount: request.amount.as_deref().map(parse_decimal).transpose()?,
            posting,
        })
    }
}

impl TryFrom<HandGroupRequest> for application::HandGroup {
    type Error = CommandError;

    fn try_from(request: HandGroupRequest) -> Result<Self, Self::Error> {
        Ok(Self {
            lines: request.lines.into_iter().map(record).collect::<Result<_, _>>()?,
            entries: request.entries.into_iter().map(record).collect::<Result<_, _>>()?,
            adjustments: request.adjustments.into_iter().map(TryInto::try_into).collect::<Result<_, _>>()?,
        })
    }
}

/// Groups as they are asked for.
pub fn hand_groups(groups: Vec<HandGroupRequest>) -> Result<Vec<application::HandGroup>, CommandError> {
    groups.into_iter().map(TryInto::try_into).collect()
}

impl TryFrom<MatchByHandRequest> for application::MatchByHand {
    type Error = CommandError;

    fn try_from(request: MatchByHandRequest) -> Result<Self, Self::Error> {
        Ok(Self { groups: hand_groups(request.groups)?, reason: bounded(request.reason)? })
    }
}
