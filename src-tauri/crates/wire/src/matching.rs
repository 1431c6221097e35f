//! Matching settings and rules.
//!
//! Commands: `matching_settings {}`, `save_matching_settings(MatchingConfigView)` (both [`MatchingSettingsView`]),
//! `try_rules(TryRulesRequest)` ([`RuleTrialView`]).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Amount;

/// The matching settings of the open workbook, with the words a form offers.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct MatchingSettingsView {
    /// What is in force.
    pub config: MatchingConfigView,
    /// Whether it was set for this workbook; otherwise the documented defaults hold.
    pub is_stored: bool,
    /// The exchange rates that the workbook keeps; `None`: none.
    pub kept_rates: Option<KeptRatesView>,
    /// Kinds of reconciliation.
    pub profiles: Vec<String>,
    /// Fields of a statement line that rules can look at: `line.description` …
    pub line_fields: Vec<String>,
    /// Fields of a ledger entry: `entry.number` …
    pub entry_fields: Vec<String>,
    /// Root causes a difference can be written off by.
    pub causes: Vec<String>,
}

/// Exchange rates that a workbook keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct KeptRatesView {
    /// How many.
    pub count: u32,
    /// The first day with a rate, ISO.
    pub first: String,
    /// The last.
    pub last: String,
}

/// What a run is told: the keys of the configuration file. Empty texts stand for the profile's documented default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct MatchingConfigView {
    /// `profile`
    pub profile: String,
    /// `tolerance.amount_absolute`
    pub amount_absolute: String,
    /// `tolerance.amount_percent`
    pub amount_percent: String,
    /// `tolerance.days`; `None`: the profile's own.
    pub days: Option<u32>,
    /// `auto_approve.confidence`, from 0 to 1.
    pub confidence: String,
    /// `auto_approve.impact`
    pub impact: String,
    /// `auto_approve.require_reference`
    pub require_reference: bool,
    /// `grouping.max_group`
    pub max_group: u32,
    /// `currency.base`; empty: the company's.
    pub base: String,
    /// `currency.rates`, a file that is read when this is saved; empty: none.
    pub rates: String,
    /// `[figures]`
    pub figures: FigureLimitsForm,
    /// `[[rule]]`, in their order.
    pub rules: Vec<RuleView>,
}

/// What figures are held against. Empty texts stand for the documented defaults.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct FigureLimitsForm {
    /// `figures.variance_percent`
    pub variance_percent: String,
    /// `figures.high_value`, in whole units of a record's currency.
    pub high_value: String,
    /// `figures.risk_medium_percent`
    pub risk_medium_percent: String,
    /// `figures.risk_high_percent`
    pub risk_high_percent: String,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RuleView {
    /// What people call it.
    pub name: String,
    /// Whether runs heed it.
    pub enabled: bool,
    /// What must all be true.
    pub conditions: Vec<RuleConditionView>,
    /// `bar`, `match`, `categorise` or `write_off`.
    pub action: String,
    /// For `categorise`.
    pub category: String,
    /// For `write_off`: most in major units.
    pub up_to: String,
    /// For `write_off`: most in percent of the entry; empty: no such limit.
    pub percent: String,
    /// For `write_off`: root cause word.
    pub cause: String,
    /// For `write_off`: account of the books.
    pub account: String,
}

/// A condition of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RuleConditionView {
    /// `line.description`, `entry.amount` …; empty for `amounts_equal` and `days`.
    pub field: String,
    /// `equals`, `contains`, `starts_with`, `regex`, `same_as`, `holds`, `amount`, `amounts_equal` or `days`.
    pub test: String,
    /// Text, pattern, other field, lower bound or number of days.
    pub value: String,
    /// For `amount`: the upper bound.
    pub to: String,
    /// The answer must be no.
    pub negated: bool,
}

/// `try_rules`
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct TryRulesRequest {
    /// The rules, in their order.
    pub rules: Vec<RuleView>,
}

/// What rules would have done with past decisions.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RuleTrialView {
    /// Approved matches they were tried on.
    pub approved: u32,
    /// Rejected ones.
    pub rejected: u32,
    /// Overridden ones.
    pub overridden: u32,
    /// Older decisions they were not tried on.
    pub left_out: u32,
    /// The rules, in their order.
    pub rules: Vec<TriedRuleView>,
}

/// What one rule would have done.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct TriedRuleView {
    /// Its name.
    pub name: String,
    /// Whether it is enabled.
    pub enabled: bool,
    /// Decisions it agrees with.
    pub agreements: u32,
    /// Decisions it contradicts.
    pub contradictions: u32,
    /// Decisions of which its conditions hold too, but an enabled rule above it decides first.
    pub forestalled: u32,
    /// The details; empty: it decides nothing of the past.
    pub findings: Vec<TrialFindingView>,
}

/// Past decisions for which a rule has one outcome.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct TrialFindingView {
    /// `matched_approved`, `barred_rejected`, `written_off_approved`, `matched_rejected`, `matched_otherwise`,
    /// `barred_approved`, `written_off_rejected`, `written_off_otherwise` or `categorised`.
    pub outcome: String,
    /// Whether that is what the decision says; `None`: the decision says nothing of it.
    pub agrees: Option<bool>,
    /// How many.
    pub count: u32,
    /// Some of them, newest first.
    pub examples: Vec<TrialExampleView>,
}

/// A past decision.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct TrialExampleView {
    /// The match that was decided.
    pub match_id: String,
    /// Date of its first line, ISO.
    pub date: Option<String>,
    /// Who: counterparty as best known.
    pub title: String,
    /// Text of the line, or numbers of the entries.
    pub subtitle: String,
    /// Statement total.
    pub amount: Amount,
    /// Statement minus ledger.
    pub difference: Option<Amount>,
}
