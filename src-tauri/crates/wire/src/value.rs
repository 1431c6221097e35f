//! Values that many views share.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An exact amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Amount {
    /// Major units as a plain decimal number with the currency's digits: `-1234.50`.
    pub value: String,
    /// Code of ISO 4217; `XXX` where none is known.
    pub currency: String,
}

/// Which set of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum SideView {
    /// Side A.
    Statement,
    /// Side B.
    Ledger,
}

/// How far a long task has come. Sent through the channel that came with the request.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Progress {
    /// What is being done: `reading`, `checking`, `storing`, `blocking`, `scoring`, `assigning`, `writing`.
    pub stage: String,
    /// Units done.
    #[ts(type = "number")]
    pub done: u64,
    /// Units in all; 0 where not known.
    #[ts(type = "number")]
    pub total: u64,
}
