//! The five kinds of reconciliation that one engine serves.

use std::str::FromStr;

/// What is reconciled with what; decides fields, tolerances and causes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Profile {
    /// Bank statement lines against open invoices and ledger payments.
    #[default]
    Bank,
    /// Stripe, PayPal, Square exports against internal transactions.
    Processor,
    /// A client's monthly job export against the internal ledger.
    Jobs,
    /// Bank deposits against customer accounts, by customer code.
    Deposits,
    /// Any transactions against category patterns.
    Categorise,
}

/// The text names no profile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no profile: bank, processor, jobs, deposits or categorise")]
pub struct UnknownProfile(pub String);

impl Profile {
    /// All profiles.
    pub const ALL: [Self; 5] = [Self::Bank, Self::Processor, Self::Jobs, Self::Deposits, Self::Categorise];

    /// The word used in configuration and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bank => "bank",
            Self::Processor => "processor",
            Self::Jobs => "jobs",
            Self::Deposits => "deposits",
            Self::Categorise => "categorise",
        }
    }
}

impl FromStr for Profile {
    type Err = UnknownProfile;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|profile| profile.as_str() == text).ok_or_else(|| UnknownProfile(text.to_owned()))
    }
}
