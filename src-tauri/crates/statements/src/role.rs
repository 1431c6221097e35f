//! What a column can mean, and how a file's values are written.

use std::str::FromStr;

macro_rules! words {
    ($(#[$doc:meta])* $type:ident { $($(#[$variant_doc:meta])* $name:ident = $word:literal),+ $(,)? } error $error:ident $message:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $type {
            $($(#[$variant_doc])* $name),+
        }

        impl $type {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word under which it is stored.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }
        }

        #[doc = concat!("The text names no [`", stringify!($type), "`].")]
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        #[error($message)]
        pub struct $error(pub String);

        impl FromStr for $type {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|item| item.as_str() == text)
                    .ok_or_else(|| $error(text.chars().take(40).collect()))
            }
        }
    };
}

words! {
    /// What a column means.
    ColumnRole {
        /// Not used.
        Ignore = "ignore",
        /// The record's own identifier.
        Id = "id",
        /// The account the row belongs to.
        Account = "account",
        /// Booking or document date.
        Date = "date",
        /// Value date; on card and app exports the day of the purchase.
        ValueDate = "value_date",
        /// Due date.
        DueDate = "due_date",
        /// Free text; several columns are joined by a blank.
        Description = "description",
        /// Signed amount.
        Amount = "amount",
        /// Money out (statement) or receivable (ledger) as a positive number.
        Debit = "debit",
        /// Money in (statement) or payable (ledger) as a positive number.
        Credit = "credit",
        /// A column that says which of debit and credit a row is.
        Direction = "direction",
        /// Currency.
        Currency = "currency",
        /// Reference; several columns are joined by a blank.
        Reference = "reference",
        /// Name of the other party, customer or supplier.
        Counterparty = "counterparty",
        /// Its code in the books.
        CounterpartyCode = "counterparty_code",
        /// Its bank account.
        CounterpartyAccount = "counterparty_account",
        /// Running balance after the row.
        Balance = "balance",
        /// Document number.
        Number = "number",
        /// Kind of record (invoice, payment …).
        Kind = "kind",
        /// Status.
        Status = "status",
        /// The bank's transaction code.
        BankCode = "bank_code",
        /// Structured creditor reference (ISO 11649 and its national relatives).
        Remittance = "remittance",
        /// Month a job is counted in.
        Month = "month",
        /// Where a job was done.
        Site = "site",
        /// What was done.
        ServiceType = "service_type",
        /// How much was done.
        Quantity = "quantity",
        /// Price of a unit.
        Rate = "rate",
    }
    error UnknownColumnRole "'{0}' is no meaning of a column, such as date or amount"
}

impl ColumnRole {
    /// Whether several columns may have this role.
    pub const fn is_repeatable(self) -> bool {
        matches!(self, Self::Ignore | Self::Description | Self::Reference)
    }
}

words! {
    /// How dates are written. ISO dates and dates with a month's name are read under any of the three.
    DateOrder {
        /// 2024-12-31
        YearMonthDay = "year_month_day",
        /// 31.12.2024
        DayMonthYear = "day_month_year",
        /// 12/31/2024
        MonthDayYear = "month_day_year",
    }
    error UnknownDateOrder "'{0}' is no order of dates"
}

impl DateOrder {
    /// 31 December 2024, written this way: for messages.
    pub const fn example(self) -> &'static str {
        match self {
            Self::YearMonthDay => "2024-12-31",
            Self::DayMonthYear => "31.12.2024",
            Self::MonthDayYear => "12/31/2024",
        }
    }
}

words! {
    /// Which mark stands before the decimals.
    DecimalMark {
        /// 1,234.56
        Point = "point",
        /// 1.234,56
        Comma = "comma",
    }
    error UnknownDecimalMark "'{0}' is no decimal mark"
}

impl DecimalMark {
    /// An amount, written this way: for messages.
    pub const fn example(self) -> &'static str {
        match self {
            Self::Point => "1,234.56",
            Self::Comma => "1.234,56",
        }
    }

    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::Point => Self::Comma,
            Self::Comma => Self::Point,
        }
    }
}

/// How a table becomes records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// Role of each column, by position; columns beyond the list are ignored.
    pub roles: Vec<ColumnRole>,
    /// How dates are written.
    pub date_order: DateOrder,
    /// Decimal mark.
    pub decimal_mark: DecimalMark,
    /// Turn every amount's sign around (card statements that show spending as positive).
    pub invert_sign: bool,
}

impl Mapping {
    /// Position of the first column with the role.
    pub fn column(&self, role: ColumnRole) -> Option<usize> {
        self.roles.iter().position(|have| *have == role)
    }

    /// Positions of all columns with the role.
    pub fn columns(&self, role: ColumnRole) -> impl Iterator<Item = usize> + '_ {
        self.roles.iter().enumerate().filter(move |(_, have)| **have == role).map(|(column, _)| column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_word_is_read_back() {
        for role in ColumnRole::ALL {
            assert_eq!(role.as_str().parse(), Ok(*role));
        }
        for order in DateOrder::ALL {
            assert_eq!(order.as_str().parse(), Ok(*order));
        }
        for mark in DecimalMark::ALL {
            assert_eq!(mark.as_str().parse(), Ok(*mark));
        }
        assert!("amout".parse::<ColumnRole>().is_err());
    }
}
