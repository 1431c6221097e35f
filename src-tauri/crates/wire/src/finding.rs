//! Causes with their evidence and the proposed fix: facts and fixes by name and values, worded by whoever shows them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tieout_domain::{CauseFinding, FindingValue};
use ts_rs::TS;

use crate::{Amount, SaidView};

/// Why a record has no match, or why the two sides of a match differ.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CauseFindingView {
    /// Root cause word.
    pub cause: String,
    /// Probability that this is the cause, in whole percent.
    pub confidence: u32,
    /// What was seen, the most telling first.
    pub evidence: Vec<ToldView>,
    /// What to do.
    pub fix: ToldView,
}

/// A fact or a fix.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ToldView {
    /// Its name, as `paid_less` or `book_fee`.
    pub kind: String,
    /// Its values by name; those that are not known are left out.
    #[ts(type = "Record<string, ToldValueView>")]
    pub values: BTreeMap<String, ToldValueView>,
}

/// One value of a fact, a fix or a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "type")]
#[ts(export)]
pub enum ToldValueView {
    /// A number of a document, a reference, a name.
    Text {
        /// The text.
        text: String,
    },
    /// A day.
    Date {
        /// ISO date.
        date: String,
    },
    /// An amount.
    Money {
        /// The amount.
        amount: Amount,
    },
    /// A count, of days or of records.
    Number {
        /// The number.
        #[ts(type = "number")]
        number: i64,
    },
    /// A rate, or a share in percent.
    Decimal {
        /// Decimal string.
        decimal: String,
    },
    /// A word of a family that the catalogue has.
    Word {
        /// `cause`
        family: String,
        /// `fee`
        word: String,
    },
    /// A sentence in the sentence.
    Said {
        /// The sentence.
        said: SaidView,
    },
}

impl From<CauseFinding> for CauseFindingView {
    fn from(finding: CauseFinding) -> Self {
        let evidence = finding.evidence.iter().map(|fact| told(fact.as_str(), fact.values()));
        Self {
            cause: finding.cause.as_str().to_owned(),
            confidence: finding.confidence.whole_percent(),
            evidence: evidence.collect(),
            fix: told(finding.fix.as_str(), finding.fix.values()),
        }
    }
}

fn told(kind: &str, values: Vec<(&str, FindingValue)>) -> ToldView {
    let values = values.into_iter().map(|(name, value)| (name.to_owned(), value.into()));
    ToldView { kind: kind.to_owned(), values: values.collect() }
}

impl From<FindingValue> for ToldValueView {
    fn from(value: FindingValue) -> Self {
        match value {
            FindingValue::Text(text) => Self::Text { text },
            FindingValue::Date(date) => Self::Date { date: date.to_string() },
            FindingValue::Money(money) => Self::Money { amount: money.into() },
            FindingValue::Number(number) => Self::Number { number },
            FindingValue::Decimal(decimal) => Self::Decimal { decimal: decimal.to_string() },
        }
    }
}

#[cfg(test)]
mod tests {
    use tieout_domain::{Fact, ProposedFix};

    use crate::window_words::worded;

    #[test]
    fn the_window_has_a_sentence_for_every_fact_and_every_fix() {
        let facts = Fact::WORDS.iter().map(|word| format!("'fact.{word}':"));
        worded(facts.chain(ProposedFix::WORDS.iter().map(|word| format!("'fix.{word}':"))).collect());
    }
}
