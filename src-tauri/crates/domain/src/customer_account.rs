//! What moves a customer's account.

/// A kind of transaction on a customer's account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CustomerTransactionKind {
    /// A deposit that an approved match credits.
    Deposit,
    /// Money that the bank took back: an approved match of a statement line with a negative amount.
    Reversal,
    /// A deposit or reversal whose approval was taken back, or an adjustment that was.
    Undone,
    /// The first rate of a currency: what was deposited before gets its credits. No money moves.
    FirstRate,
    /// A person put the account right, and said why.
    Adjustment,
}

impl CustomerTransactionKind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Deposit, Self::Reversal, Self::Undone, Self::FirstRate, Self::Adjustment];

    /// The word used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Deposit => "deposit",
            Self::Reversal => "reversal",
            Self::Undone => "undone",
            Self::FirstRate => "first_rate",
            Self::Adjustment => "adjustment",
        }
    }
}
