//! What may stand against an export, or against taking one back.

/// Why the journal was left as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JournalFault {
    /// There is nothing to export.
    #[error("there is no journal entry to export")]
    Nothing,
    /// An entry lacks an account.
    #[error("journal entry {0} lacks an account: name it first")]
    AccountMissing(u32),
    /// The adjustment is not there, or its entry is a reversal, whose accounts are those of what it reverses.
    #[error("accounts are chosen for what an approved match leaves to be posted, and this is no such difference")]
    NoChoice,
    /// Another export came first.
    #[error("the journal changed since it was shown: look at it again")]
    Outdated,
    /// There is no batch of this number.
    #[error("there is no batch {0}")]
    NoBatch(u32),
    /// Batches are taken back newest first.
    #[error("batch {number} is not the newest that stands: take batch {newest} back first")]
    NotNewest {
        /// The one asked for.
        number: u32,
        /// The newest that stands.
        newest: u32,
    },
    /// It was taken back before.
    #[error("batch {0} was taken back already")]
    TakenBack(u32),
    /// Nobody said why.
    #[error("say why: a batch is taken back with a reason")]
    NoReason,
}
