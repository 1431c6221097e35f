//! What of a record a rule can look at.

use std::{borrow::Cow, fmt, str::FromStr};

use crate::{LedgerEntry, Side, StatementLine};

macro_rules! fields {
    ($(#[$of:meta])* $name:ident: $($(#[$doc:meta])* $field:ident = $word:literal),+ $(,)?) => {
        $(#[$of])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$doc])* $field),+
        }

        impl $name {
            /// All fields.
            pub const ALL: &'static [Self] = &[$(Self::$field),+];

            /// The word used in files.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$field => $word),+ }
            }
        }
    };
}

fields! {
    /// A text of a statement line.
    LineField:
    /// The account the file names for this row; empty where the file is of one account.
    Account = "account",
    /// Free text.
    Description = "description",
    /// Payment reference, end-to-end id, transaction id.
    Reference = "reference",
    /// Name of the other party.
    Counterparty = "counterparty",
    /// Account of the other party.
    CounterpartyAccount = "counterparty_account",
    /// Description, reference and counterparty together, one a line: for banks that put anything anywhere.
    Text = "text",
    /// The bank's transaction code.
    BankCode = "bank_code",
    /// The record's own identifier.
    RecordId = "record_id",
    /// Code of its currency.
    Currency = "currency",
}

fields! {
    /// A text of a ledger entry.
    EntryField:
    /// What kind of record: `invoice`, `payment`, `job`, `transaction`, `customer_account`.
    Kind = "kind",
    /// Document number.
    Number = "number",
    /// Reference the books expect to be quoted.
    Reference = "reference",
    /// Name of the customer or supplier.
    Counterparty = "counterparty",
    /// Their code in the books.
    CounterpartyCode = "counterparty_code",
    /// Their bank account.
    CounterpartyAccount = "counterparty_account",
    /// Free text.
    Memo = "memo",
    /// The record's own identifier.
    RecordId = "record_id",
    /// Code of its currency.
    Currency = "currency",
}

impl LineField {
    /// Its value on a line.
    pub fn of(self, line: &StatementLine) -> Cow<'_, str> {
        match self {
            Self::Account => Cow::Borrowed(&line.account),
            Self::Description => Cow::Borrowed(&line.description),
            Self::Reference => Cow::Borrowed(&line.reference),
            Self::Counterparty => Cow::Borrowed(&line.counterparty),
            Self::CounterpartyAccount => Cow::Borrowed(&line.counterparty_account),
            Self::Text => Cow::Owned([&*line.description, &*line.reference, &*line.counterparty].join("\n")),
            Self::BankCode => Cow::Borrowed(&line.normalised.bank_code),
            Self::RecordId => Cow::Borrowed(&line.record_id),
            Self::Currency => Cow::Owned(line.amount.currency().code().to_owned()),
        }
    }
}

impl EntryField {
    /// Its value on an entry.
    pub fn of(self, entry: &LedgerEntry) -> Cow<'_, str> {
        match self {
            Self::Kind => Cow::Borrowed(entry.kind.as_str()),
            Self::Number => Cow::Borrowed(&entry.number),
            Self::Reference => Cow::Borrowed(&entry.reference),
            Self::Counterparty => Cow::Borrowed(&entry.counterparty),
            Self::CounterpartyCode => Cow::Borrowed(&entry.counterparty_code),
            Self::CounterpartyAccount => Cow::Borrowed(&entry.counterparty_account),
            Self::Memo => Cow::Borrowed(&entry.memo),
            Self::RecordId => Cow::Borrowed(&entry.record_id),
            Self::Currency => Cow::Owned(entry.amount.currency().code().to_owned()),
        }
    }
}

/// A text of either side: `line.description`, `entry.number`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// Of the statement line.
    Line(LineField),
    /// Of the ledger entry.
    Entry(EntryField),
}

/// The text names no field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{name}' is no field: {}", known())]
pub struct UnknownField {
    /// What was written.
    pub name: String,
}

fn known() -> String {
    let words: Vec<String> = Field::all().map(|field| field.to_string()).collect();
    words.join(", ")
}

impl Field {
    /// All fields, those of the line first.
    pub fn all() -> impl Iterator<Item = Self> {
        let lines = LineField::ALL.iter().copied().map(Self::Line);
        lines.chain(EntryField::ALL.iter().copied().map(Self::Entry))
    }

    /// Which record it is on.
    pub const fn side(self) -> Side {
        match self {
            Self::Line(_) => Side::Statement,
            Self::Entry(_) => Side::Ledger,
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(field) => write!(f, "line.{}", field.as_str()),
            Self::Entry(field) => write!(f, "entry.{}", field.as_str()),
        }
    }
}

impl FromStr for Field {
    type Err = UnknownField;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        Self::all()
            .find(|field| field.to_string() == text)
            .ok_or_else(|| UnknownField { name: text.chars().take(60).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_a_name_that_is_read_back() {
        for field in Field::all() {
            assert_eq!(field.to_string().parse(), Ok(field));
        }
    }

    #[test]
    fn what_is_no_field_is_told_what_would_be() {
        let error = "line.descripton".parse::<Field>().unwrap_err().to_string();
        assert!(error.contains("'line.descripton' is no field") && error.contains("line.description"), "{error}");
    }
}
