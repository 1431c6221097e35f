//! The append-only, hash-chained record of everything that changed.

use crate::{AuditEventId, Digest};

/// What stands where the first event's predecessor would be.
pub const GENESIS: Digest = Digest::from_bytes([0; 32]);

/// One link of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEvent {
    /// Position in the chain, from 1 without gaps.
    pub sequence: u64,
    /// Its identifier.
    pub id: AuditEventId,
    /// Milliseconds since 1970-01-01 UTC.
    pub at_ms: i64,
    /// Who: a user's name, `policy`, or `system`.
    pub actor: String,
    /// On which machine: its name and a mark of the installation. Empty where it is not known, and in events of workbooks
    /// before version 26.
    pub machine: String,
    /// What happened: a verb in dotted form, such as `match.approved`.
    pub action: String,
    /// What it happened to: kind and id, such as `match 0190…`.
    pub subject: String,
    /// Canonical JSON (RFC 8785) with the values before and after.
    pub details: String,
    /// What binds rows to it: of each table that grew, how many rows there are, and their seal. Canonical JSON; empty where
    /// none grew, and in events of workbooks before version 27.
    pub seal: String,
    /// Digest of the event before it; [`GENESIS`] for the first.
    pub previous: Digest,
    /// SHA-256 over this event's canonical form, which includes `previous`.
    pub hash: Digest,
}

/// The newest link: it stands for the whole chain. Reports print it and the keychain keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditHead {
    /// How many events there are.
    pub sequence: u64,
    /// Hash of the newest.
    pub hash: Digest,
}
