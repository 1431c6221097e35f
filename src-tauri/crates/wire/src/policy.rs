//! The policy a person wrote.
//!
//! Commands: `policy {}` ([`PolicyView`]), `save_policy(SavePolicyRequest)` ([`SavedPolicyView`]),
//! `try_policy(PolicyFormView)` ([`PolicyTrialView`]), `apply_policy {}` ([`AppliedPolicyView`]),
//! `accepted_records(AcceptedRequest)` ([`AcceptedRecordsView`]), `take_back_acceptance(TakeBackAcceptanceRequest)`,

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Amount;

/// The policy of the open workbook.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PolicyView {
    /// The currency of its limits.
    pub currency: String,
    /// The version in force; `None`: nobody wrote one.
    pub version: Option<u32>,
    /// What it says.
    pub form: PolicyFormView,
    /// Words of the causes of which it can say something, in the order of the fixed list.
    pub causes: Vec<String>,
    /// Every version, newest first.
    pub versions: Vec<PolicyVersionView>,
    /// Records without a match that it accepted and that the queue does not list.
    pub accepted: u32,
}

/// A policy as a form holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct PolicyFormView {
    /// Least confidence of a match, from 0.5 to 1; empty: 0.98.
    pub confidence: String,
    /// Who looks after what has no other owner; empty: nobody.
    pub default_owner: String,
    /// What it says of causes; those left out are never resolved without a person.
    pub causes: Vec<PolicyCauseView>,
}

/// What a policy says of a cause. Empty texts stand for no such limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct PolicyCauseView {
    /// Root cause word.
    pub cause: String,
    /// Most an item may come to, in major units; empty: never resolved without a person.
    pub amount: String,
    /// Most it may be of its record or match, in percent.
    pub percent: String,
    /// Most items a calendar month and account.
    pub count: String,
    /// Most the items of a month and account may come to together.
    pub total: String,
    /// Who looks after the items that stay; empty: the default owner.
    pub owner: String,
}

/// A version of the policy.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PolicyVersionView {
    /// 1 for the first.
    pub version: u32,
    /// Who wrote it.
    pub written_by: String,
    /// When, ISO 8601, UTC.
    pub written_at: String,
    /// Why.
    pub reason: String,
    /// What is different from the version before.
    pub changes: Vec<PolicyChangeView>,
}

/// One thing that a version changed.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PolicyChangeView {
    /// Root cause word; `None`: of the whole policy.
    pub cause: Option<String>,
    /// `confidence`, `default_owner`, `amount`, `percent`, `count`, `total` or `owner`.
    pub key: String,
    /// Before; empty: nothing was said.
    pub before: String,
    /// After; empty: nothing is said.
    pub after: String,
}

/// `save_policy`
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SavePolicyRequest {
    /// What it says.
    pub form: PolicyFormView,
    /// Why it changes.
    pub reason: String,
}

/// What saving did.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SavedPolicyView {
    /// Whether it was saved; if not, it says what the version in force says.
    pub saved: bool,
    /// The version in force now.
    pub version: u32,
}

/// What a policy resolves and keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PolicyPlanView {
    /// Matches approved.
    pub approved: u32,
    /// Records without a match accepted.
    pub accepted: u32,
    /// Items that stay in the queue.
    pub kept: u32,
    /// What is resolved, by cause.
    pub by_cause: Vec<PolicyCauseTotalView>,
    /// Why items stay.
    pub kept_because: Vec<PolicyKeptView>,
    /// The first 1,000 items that are resolved, in the order in which they are.
    pub items: Vec<PolicyItemView>,
}

/// What is resolved of a cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PolicyCauseTotalView {
    /// Root cause word.
    pub cause: String,
    /// Items.
    pub count: u32,
    /// What they come to, in the policy's currency.
    pub total: Amount,
}

/// Items that stay for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PolicyKeptView {
    /// `several_causes`, `cause_unlisted`, `taken_back`, `rival`, `confidence`, `no_date`, `no_rate`, `amount`, `percent`,
    /// `count`, `total` or `records_used`.
    pub reason: String,
    /// How many.
    pub count: u32,
}

/// An item that is resolved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PolicyItemView {
    /// Identifier of the match or record.
    pub id: String,
    /// `match`, `line` or `entry`.
    pub kind: String,
    /// Root cause word.
    pub cause: String,
    /// What is at stake.
    pub impact: Amount,
    /// Calendar month, such as `2026-01`.
    pub month: String,
}

/// What applying the policy did.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AppliedPolicyView {
    /// The version.
    pub version: u32,
    /// What it resolved and kept.
    pub plan: PolicyPlanView,
}

/// What a policy would do, and would have done. Nothing is changed.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PolicyTrialView {
    /// What it would resolve now: exactly what applying it does.
    pub now: PolicyPlanView,
    /// What it would have made of all items the workbook knows, had it held from the beginning.
    pub groups: Vec<PolicyTrialGroupView>,
    /// Items it would have resolved and that a person decided otherwise, at most 50 …
    pub contradictions: Vec<PolicyTrialExampleView>,
    /// … and how many they are.
    pub contradictions_total: u32,
    /// Items that were resolved without a person and that it would have left to one, at most 50 …
    pub not_made: Vec<PolicyTrialExampleView>,
    /// … and how many they are.
    pub not_made_total: u32,
}

/// What a policy would have made of the items of a cause, account and month.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PolicyTrialGroupView {
    /// Root cause word.
    pub cause: String,
    /// The account; `None`: the books.
    pub account: Option<String>,
    /// `2026-01`; `None`: items without a date.
    pub month: Option<String>,
    /// Items.
    pub items: u32,
    /// Of these, items it would have resolved …
    pub resolved: u32,
    /// … and what they come to.
    pub total: Amount,
    /// Of those resolved, items that wait for a person.
    pub waiting: u32,
    /// Of those resolved, items that were resolved without a person too.
    pub automatic: u32,
    /// Of those resolved, matches that a person approved.
    pub approved: u32,
    /// Of those resolved, items that a person decided otherwise.
    pub contradicted: u32,
    /// Of those it would have kept, items that were resolved without a person.
    pub not_made: u32,
    /// Items it would have kept only because a count or total was reached.
    pub over_limit: u32,
}

/// An item that a trial tells of.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PolicyTrialExampleView {
    /// Identifier of the match or record.
    pub id: String,
    /// `match`, `line` or `entry`.
    pub kind: String,
    /// Root cause word; `None`: more than one.
    pub cause: Option<String>,
    /// ISO date.
    pub date: Option<String>,
    /// Who: counterparty as best known.
    pub title: String,
    /// Text of the line, or numbers of the entries.
    pub subtitle: String,
    /// What is at stake.
    pub impact: Amount,
    /// `waiting`, `approved`, `automatic`, `rejected`, `overridden` or `taken_back`.
    pub decided: String,
    /// Why the policy would have kept it: a reason of [`PolicyKeptView`]; `None`: it would have resolved it.
    pub kept: Option<String>,
}

/// `accepted_records`
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AcceptedRequest {
    /// Rows to skip.
    pub offset: u32,
    /// Rows wanted.
    pub limit: u32,
}

/// Records without a match that the policy accepted.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AcceptedRecordsView {
    /// The rows, largest first.
    pub rows: Vec<AcceptedRecordView>,
    /// Rows in all.
    pub total: u32,
}

/// A record without a match that the policy accepted.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AcceptedRecordView {
    /// Identifier of the record.
    pub id: String,
    /// `line` or `entry`.
    pub kind: String,
    /// ISO date.
    pub date: Option<String>,
    /// Who: counterparty as best known.
    pub title: String,
    /// Text or number.
    pub subtitle: String,
    /// What is open of it, without its sign.
    pub impact: Amount,
    /// Root cause word.
    pub cause: String,
    /// Age in days.
    pub days_open: u32,
    /// Who looks after it.
    pub owner: Option<String>,
    /// Version of the policy.
    pub version: u32,
    /// When it was accepted, ISO 8601, UTC.
    pub accepted_at: String,
}

/// `take_back_acceptance`
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct TakeBackAcceptanceRequest {
    /// Identifier of the record.
    pub id: String,
    /// Why; may be empty.
    pub reason: String,
}
