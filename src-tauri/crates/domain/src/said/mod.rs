//! Sentences that are told in the language of whoever reads them: a code and values, and the English words.
//!
//! The terminal, files and logs take the English words, which stand where the sentence is made. The window looks the code
//! up in its catalogue (`said.<code>`) and fills the values in as its reader writes amounts, days and counts; a test of
//! `wire` holds that both its languages have every code.

mod packed;

use std::{borrow::Cow, fmt};

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::{Currency, Money, Role, RootCause};

/// A sentence with its values.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, thiserror::Error)]
#[error("{english}")]
pub struct Said {
    code: Cow<'static, str>,
    values: Vec<(Cow<'static, str>, SaidValue)>,
    english: Cow<'static, str>,
}

/// One value of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum SaidValue {
    /// A name, a text of a file, a detail in whatever language it came.
    Text(String),
    /// A count or another whole number.
    Number(i64),
    /// A day, ISO 8601.
    Date(String),
    /// A decimal number, with a point.
    Decimal(String),
    /// An amount in major units, with a point, and the code of its currency.
    Money(String, String),
    /// A word of a family that the catalogue has.
    Word {
        /// `cause`
        family: Cow<'static, str>,
        /// `missing_in_ledger`
        word: Cow<'static, str>,
        /// Whether English has it as it is in files, with its underscores.
        is_key: bool,
    },
    /// A sentence inside the sentence.
    Said(Box<Said>),
}

/// Makes a [`Said`]: its code, its English words and the values that these name.
#[macro_export]
macro_rules! said {
    ($code:literal, $english:literal $(,)?) => {
        $crate::Said::fixed($code, $english)
    };
    ($code:literal, $english:literal, $($name:ident = $value:expr),+ $(,)?) => {{
        let ($($name,)+) = ($($crate::SaidValue::from($value),)+);
        let english = format!($english, $($name = $name),+);
        $crate::Said::new($code, vec![$((stringify!($name).into(), $name)),+], english)
    }};
}

/// Gives an error, whose English words stand in its type, a code and values: a [`Said`].
#[macro_export]
macro_rules! retold {
    ($error:expr, $code:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::Said::new($code, vec![$((stringify!($name).into(), $crate::SaidValue::from($value))),*], $error.to_string())
    };
}

impl Said {
    /// A sentence that has no values.
    pub const fn fixed(code: &'static str, english: &'static str) -> Self {
        Self { code: Cow::Borrowed(code), values: Vec::new(), english: Cow::Borrowed(english) }
    }

    /// A sentence with its values; [`said!`] makes one with less ado.
    pub fn new(
        code: impl Into<Cow<'static, str>>,
        values: Vec<(Cow<'static, str>, SaidValue)>,
        english: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { code: code.into(), values, english: english.into() }
    }

    /// Words that have no code, because no window tells them or because an older Tieout kept nothing but them.
    pub fn in_english(english: impl Into<Cow<'static, str>>) -> Self {
        Self::new("", Vec::new(), english)
    }

    /// Its name in the catalogue; empty where it has none.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Its values with their names.
    pub fn values(&self) -> &[(Cow<'static, str>, SaidValue)] {
        &self.values
    }

    /// Its English words.
    pub fn english(&self) -> &str {
        &self.english
    }
}

/// A sentence is what it says in English.
impl PartialEq<&str> for Said {
    fn eq(&self, words: &&str) -> bool {
        self.english == *words
    }
}

impl SaidValue {
    /// A word of a family that the catalogue has; English has blanks for its underscores.
    pub fn word(family: &'static str, word: impl Into<Cow<'static, str>>) -> Self {
        Self::Word { family: family.into(), word: word.into(), is_key: false }
    }

    /// A word of a family that the catalogue has, which English has as it is in files.
    pub fn key(family: &'static str, word: impl Into<Cow<'static, str>>) -> Self {
        Self::Word { family: family.into(), word: word.into(), is_key: true }
    }
}

impl fmt::Display for SaidValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) | Self::Date(text) | Self::Decimal(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
            Self::Money(amount, currency) if currency.is_empty() => f.write_str(amount),
            Self::Money(amount, currency) => write!(f, "{amount} {currency}"),
            Self::Word { word, is_key: true, .. } => f.write_str(word),
            Self::Word { word, .. } => f.write_str(&word.replace('_', " ")),
            Self::Said(said) => said.fmt(f),
        }
    }
}

macro_rules! numbers {
    ($($type:ty),+) => {
        $(impl From<$type> for SaidValue {
            fn from(number: $type) -> Self {
                Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
            }
        })+
    };
}

numbers!(u8, u16, u32, u64, usize, i32, i64);

macro_rules! texts {
    ($($type:ty),+) => {
        $(impl From<$type> for SaidValue {
            fn from(text: $type) -> Self {
                Self::Text(text.to_string())
            }
        })+
    };
}

texts!(&str, String, &String, char, Currency, std::path::Display<'_>);

impl From<Date> for SaidValue {
    fn from(day: Date) -> Self {
        Self::Date(day.to_string())
    }
}

impl From<Decimal> for SaidValue {
    fn from(number: Decimal) -> Self {
        Self::Decimal(number.to_string())
    }
}

impl From<Money> for SaidValue {
    fn from(amount: Money) -> Self {
        let currency = amount.currency();
        let code = if currency.is_none() { String::new() } else { currency.code().to_owned() };
        Self::Money(amount.to_decimal().to_string(), code)
    }
}

impl From<RootCause> for SaidValue {
    fn from(cause: RootCause) -> Self {
        Self::key("cause", cause.as_str())
    }
}

impl From<Role> for SaidValue {
    fn from(role: Role) -> Self {
        Self::key("personRole", role.as_str())
    }
}

impl From<Said> for SaidValue {
    fn from(said: Said) -> Self {
        Self::Said(Box::new(said))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_has_its_english_words_and_its_values() {
        let amount = Money::from_minor(-150, Currency::parse("EUR").unwrap());
        let day: Date = "2026-01-31".parse().unwrap();
        let inner = said!("rowHasNoEnd", "row {row} has no end", row = 3_u32);
        let said =
            said!("off", "{file}: off by {gap} on {day}: {why}", file = "a.csv", gap = amount, day = day, why = inner);
        assert_eq!(said.to_string(), "a.csv: off by -1.50 EUR on 2026-01-31: row 3 has no end");
        assert_eq!(said.code(), "off");
        let names: Vec<&str> = said.values().iter().map(|(name, _)| &**name).collect();
        assert_eq!(names, ["file", "gap", "day", "why"]);
        assert_eq!(said!("empty", "it is empty").to_string(), "it is empty");
    }
}
