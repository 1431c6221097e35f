//! Why a record is unmatched, or why the two sides of a match differ.

use std::str::FromStr;

macro_rules! root_causes {
    ($($(#[$doc:meta])* $name:ident = $word:literal),+ $(,)?) => {
        /// The fixed list of causes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum RootCause {
            $($(#[$doc])* $name),+
        }

        impl RootCause {
            /// All causes.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word used in files and in the UI's catalogue.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }
        }
    };
}

root_causes! {
    /// Booked on one side, to arrive on the other later.
    Timing = "timing",
    /// The bank has it, the books do not.
    MissingInLedger = "missing_in_ledger",
    /// The books have it, the bank does not.
    MissingInBank = "missing_in_bank",
    /// A bank or processor kept a fee.
    Fee = "fee",
    /// An early-payment discount was taken.
    Discount = "discount",
    /// Currency conversion or rounding.
    FxRounding = "fx_rounding",
    /// One side uses an old price or rate.
    RateChange = "rate_change",
    /// The same thing was recorded twice.
    Duplicate = "duplicate",
    /// Two digits were swapped.
    Transposition = "transposition",
    /// Money in was recorded as money out, or the other way round.
    SignError = "sign_error",
    /// Part of the amount was paid.
    PartialPayment = "partial_payment",
    /// More than the amount was paid.
    Overpayment = "overpayment",
    /// A payment was returned or cancelled.
    Reversal = "reversal",
    /// The payer quoted a wrong reference.
    ReferenceError = "reference_error",
    /// Nothing is wrong.
    None = "none",
}

/// The text names no root cause.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no root cause")]
pub struct UnknownRootCause(pub String);

impl FromStr for RootCause {
    type Err = UnknownRootCause;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|cause| cause.as_str() == text).ok_or_else(|| UnknownRootCause(text.to_owned()))
    }
}
