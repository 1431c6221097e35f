//! Sentences as they cross: a code with values, worded by the window, and the English words beside them.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};
use tieout_domain::{Said, SaidValue};
use ts_rs::TS;

use crate::{Amount, ToldValueView};

/// A sentence of the host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SaidView {
    /// Its name in the catalogue; empty where it has none.
    pub code: String,
    /// Its values by name.
    #[ts(type = "Record<string, ToldValueView>")]
    pub values: BTreeMap<String, ToldValueView>,
    /// Its English words, for where the catalogue does not know the code.
    pub english: String,
}

impl From<&Said> for SaidView {
    fn from(said: &Said) -> Self {
        let values = said.values().iter().map(|(name, value)| (name.to_string(), value.into()));
        Self { code: said.code().to_owned(), values: values.collect(), english: said.english().to_owned() }
    }
}

impl From<Said> for SaidView {
    fn from(said: Said) -> Self {
        Self::from(&said)
    }
}

impl From<&SaidValue> for ToldValueView {
    fn from(value: &SaidValue) -> Self {
        match value {
            SaidValue::Text(text) => Self::Text { text: text.clone() },
            SaidValue::Number(number) => Self::Number { number: *number },
            SaidValue::Date(date) => Self::Date { date: date.clone() },
            SaidValue::Decimal(decimal) => Self::Decimal { decimal: decimal.clone() },
            SaidValue::Money(value, currency) => {
                let currency =
                    if currency.is_empty() { Cow::Borrowed("XXX") } else { Cow::Borrowed(currency.as_str()) };
                Self::Money { amount: Amount { value: value.clone(), currency: currency.into_owned() } }
            }
            SaidValue::Word { family, word, .. } => Self::Word { family: family.to_string(), word: word.to_string() },
            SaidValue::Said(said) => Self::Said { said: SaidView::from(&**said) },
        }
    }
}

impl fmt::Display for SaidView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.english)
    }
}
