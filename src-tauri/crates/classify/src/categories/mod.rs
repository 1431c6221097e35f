//! Transactions → categories.
//!
//! A transaction's texts are tried in the order of [`TextField::ALL`]: the counterparty first, since it names the merchant,
//! then the description, then the reference. The first of them that says something decides.

mod containing;
mod patterns;

pub use patterns::{Fit, PATTERN_BYTES_MAX, PatternCategoriser, PatternFit, PatternListError, fit_of};

/// The texts of a transaction that a category can be read from; empty where it has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TransactionTexts<'a> {
    /// Name of the merchant, payer or payee.
    pub counterparty: &'a str,
    /// Free text.
    pub description: &'a str,
    /// Reference quoted.
    pub reference: &'a str,
}

/// Which text of a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextField {
    /// Name of the merchant, payer or payee.
    Counterparty,
    /// Free text.
    Description,
    /// Reference quoted.
    Reference,
}

impl TextField {
    /// All of them, in the order in which they are tried.
    pub const ALL: [Self; 3] = [Self::Counterparty, Self::Description, Self::Reference];

    /// The word used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Counterparty => "counterparty",
            Self::Description => "description",
            Self::Reference => "reference",
        }
    }
}

impl<'a> TransactionTexts<'a> {
    /// One of its texts.
    pub const fn text(&self, field: TextField) -> &'a str {
        match field {
            TextField::Counterparty => self.counterparty,
            TextField::Description => self.description,
            TextField::Reference => self.reference,
        }
    }
}

/// The category of a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Its category's place in the list the categoriser was made for.
    pub category: usize,
    /// The pattern that decided, by its place in the list; `None` where the categoriser has no patterns.
    pub pattern: Option<usize>,
    /// The text that decided.
    pub field: TextField,
}

/// Why a categoriser could not judge a transaction; in words for people, ending without a full stop.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CategoriserFault(pub String);

/// Finds categories. The same transaction gets the same answer, on whatever thread.
pub trait Categoriser: Send + Sync {
    /// What kind it is and in which version, as sweeps record it: one line.
    fn name(&self) -> &str;

    /// The category of a transaction; `None` where none fits.
    fn categorise(&self, transaction: &TransactionTexts<'_>) -> Result<Option<Choice>, CategoriserFault>;
}
