//! `balance_proof {accountId}`, `audit_log {offset, limit, search?}`, `verify_workbook {}`, `export_audit_log {path}` (how many
//! events), `accept_history {reason}`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Amount, RecordView, SaidView};

/// `balance_proof`
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ProofRequest {
    /// The account.
    pub account_id: String,
    /// First day, ISO; left out: all.
    pub from: Option<String>,
    /// Last day, ISO; left out: all.
    pub to: Option<String>,
}

/// How far an account is tied out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum ProofStateView {
    /// Both statements of the proof hold.
    TiedOut,
    /// Lines and entries agree, and the bank states no balances that show the lines to be all of them.
    BalancesUnknown,
    /// One of the two does not hold.
    Open,
}

/// How the two balances are tied out.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ProofView {
    /// Account name.
    pub account: String,
    /// First day, ISO.
    pub from: Option<String>,
    /// Last day, ISO.
    pub to: Option<String>,
    /// What the bank states before the first line.
    pub opening: Option<Amount>,
    /// Sum of lines.
    pub lines_total: Amount,
    /// What the bank states after the last line.
    pub closing: Option<Amount>,
    /// opening + lines − closing; zero where it holds.
    pub statement_gap: Option<Amount>,
    /// Sum of ledger entries of the account's currency.
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
    /// How far the account is tied out.
    pub state: ProofStateView,
    /// Lines outstanding (at most 500).
    pub outstanding_lines: Vec<RecordView>,
    /// Entries outstanding (at most 500).
    pub outstanding_entries: Vec<RecordView>,
    /// How many lines are outstanding.
    pub outstanding_lines_count: u32,
    /// How many entries are outstanding.
    pub outstanding_entries_count: u32,
}

/// Which events `audit_log` answers; an empty text leaves a question out.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AuditSearchRequest {
    /// Words of which each must stand somewhere in the event.
    pub search: String,
    /// Who did it.
    pub actor: String,
    /// Dotted verb.
    pub action: String,
    /// First day, ISO.
    pub from: String,
    /// Last day, ISO.
    pub to: String,
}

/// One audit event.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AuditEventView {
    /// Position from 1.
    #[ts(type = "number")]
    pub sequence: u64,
    /// ISO date and time, UTC.
    pub at: String,
    /// Who.
    pub actor: String,
    /// On which machine; empty where it is not known.
    pub machine: String,
    /// Dotted verb: `match.approved`.
    pub action: String,
    /// What.
    pub subject: String,
    /// Canonical JSON.
    pub details: String,
    /// Hash, hexadecimal.
    pub hash: String,
}

/// A page of the audit log, newest first.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AuditLogView {
    /// The events.
    pub events: Vec<AuditEventView>,
    /// Events in all.
    #[ts(type = "number")]
    pub total: u64,
}

/// Whether the chain holds.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct VerificationView {
    /// Whether all holds.
    pub valid: bool,
    /// What was checked, and the first thing found wrong, one sentence each, in English.
    pub findings: Vec<String>,
    /// The same for the window's catalogue.
    pub said: Vec<SaidView>,
}
