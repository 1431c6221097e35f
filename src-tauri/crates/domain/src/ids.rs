//! Identifiers: UUIDv7, so that they sort by the time they were made. Made by the workbook, which knows the clock.

use std::{fmt, str::FromStr};

use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Uuid);

        impl $name {
            /// Takes an existing identifier.
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The identifier as a UUID.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// Identifies a workbook file; the keychain keeps its key under this.
    WorkbookId,
    /// Identifies a company.
    CompanyId,
    /// Identifies a person who works in a workbook.
    UserId,
    /// Identifies a customer of a company.
    CustomerId,
    /// Identifies an account.
    AccountId,
    /// Identifies an import batch.
    ImportBatchId,
    /// Identifies a statement.
    StatementId,
    /// Identifies a statement line.
    StatementLineId,
    /// Identifies a ledger entry.
    LedgerEntryId,
    /// Identifies a run of the engine.
    RunId,
    /// Identifies a match.
    MatchId,
    /// Identifies a decision.
    DecisionId,
    /// Identifies an act.
    ActId,
    /// Identifies an exception.
    ExceptionId,
    /// Identifies a period.
    PeriodId,
    /// Identifies an alert.
    AlertId,
    /// Identifies the delivery of an alert through a channel.
    AlertDeliveryId,
    /// Identifies an audit event.
    AuditEventId,
    /// Identifies a category.
    CategoryId,
    /// Identifies a pattern of a category.
    CategoryPatternId,
    /// Identifies a sweep of the categoriser over what is pending.
    CategorySweepId,
}
