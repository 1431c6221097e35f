//! What the rules are asked about.

use tieout_domain::{LedgerEntry, StatementLine};

use crate::Context;

/// A record without a match.
#[derive(Debug, Clone, Copy)]
pub enum Unmatched<'a> {
    /// A statement line.
    Line(&'a StatementLine),
    /// A ledger entry.
    Entry(&'a LedgerEntry),
}

/// A record without a match among all others.
#[derive(Debug, Clone, Copy)]
pub struct Unexplained<'a> {
    /// The record.
    pub record: Unmatched<'a>,
    /// What is known of all records.
    pub context: &'a Context<'a>,
}
