//! What was found of a record or a difference, as it is stored.

use std::collections::HashMap;

use serde::Deserialize;
use tieout_domain::{CauseFinding, Confidence, Fact, FindingValue, Money, ProposedFix};

use crate::{WorkbookError, json::Json, rows};

/// As canonical JSON: `{"cause","confidence","evidence":[[name,values]],"fix":[name,values]}`, where each value names its
/// kind: `{"money":["150","EUR"]}`.
pub(crate) fn encode(finding: &CauseFinding) -> Json<'static> {
    let evidence = finding.evidence.iter().map(|fact| told(fact.as_str(), fact.values()));
    Json::Object(vec![
        ("cause", Json::Word(finding.cause.as_str())),
        ("confidence", Json::Number(finding.confidence.ppm().into())),
        ("evidence", Json::List(evidence.collect())),
        ("fix", told(finding.fix.as_str(), finding.fix.values())),
    ])
}

fn told(name: &'static str, values: Vec<(&'static str, FindingValue)>) -> Json<'static> {
    let values = values.into_iter().map(|(name, value)| (name, written(value))).collect();
    Json::List(vec![Json::Word(name), Json::Object(values)])
}

fn written(value: FindingValue) -> Json<'static> {
    let (kind, value) = match value {
        FindingValue::Text(text) => ("text", Json::Text(text)),
        FindingValue::Date(date) => ("date", Json::text(date)),
        FindingValue::Money(money) => {
            ("money", Json::List(vec![Json::text(money.minor_units()), Json::text(money.currency().code())]))
        }
        FindingValue::Number(number) => ("number", Json::Number(number)),
        FindingValue::Decimal(decimal) => ("decimal", Json::text(decimal)),
    };
    Json::Object(vec![(kind, value)])
}

/// A finding as it stands in the file.
#[derive(Deserialize)]
pub(crate) struct StoredFinding {
    cause: String,
    confidence: u32,
    evidence: Vec<(String, HashMap<String, StoredValue>)>,
    fix: (String, HashMap<String, StoredValue>),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredValue {
    Text(String),
    Date(String),
    Money(String, String),
    Number(i64),
    Decimal(String),
}

/// Reads what [`encode`] wrote.
pub(crate) fn decode(text: &str) -> Result<CauseFinding, WorkbookError> {
    serde_json::from_str::<StoredFinding>(text).map_err(WorkbookError::unreadable)?.read()
}

impl StoredFinding {
    pub(crate) fn read(self) -> Result<CauseFinding, WorkbookError> {
        let evidence = self.evidence.into_iter().map(|(name, values)| {
            let mut values = read_values(values)?;
            let fact = Fact::read(&name, |value| values.remove(value));
            fact.ok_or_else(|| WorkbookError::unreadable(format!("'{name}' is no evidence")))
        });
        let evidence = evidence.collect::<Result<_, WorkbookError>>()?;
        let (name, values) = self.fix;
        let mut values = read_values(values)?;
        let fix = ProposedFix::read(&name, |value| values.remove(value));
        Ok(CauseFinding {
            cause: rows::cause(&self.cause)?,
            confidence: Confidence::from_ppm(self.confidence),
            evidence,
            fix: fix.ok_or_else(|| WorkbookError::unreadable(format!("'{name}' is no fix")))?,
        })
    }
}

fn read_values(stored: HashMap<String, StoredValue>) -> Result<HashMap<String, FindingValue>, WorkbookError> {
    stored.into_iter().map(|(name, value)| Ok((name, value.read()?))).collect()
}

impl StoredValue {
    fn read(self) -> Result<FindingValue, WorkbookError> {
        Ok(match self {
            Self::Text(text) => FindingValue::Text(text),
            Self::Date(date) => FindingValue::Date(date.parse().map_err(WorkbookError::unreadable)?),
            Self::Money(minor, currency) => {
                let minor = minor.parse().map_err(WorkbookError::unreadable)?;
                FindingValue::Money(Money::from_minor(minor, rows::currency(&currency)?))
            }
            Self::Number(number) => FindingValue::Number(number),
            Self::Decimal(decimal) => FindingValue::Decimal(decimal.parse().map_err(WorkbookError::unreadable)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use tieout_domain::{Currency, RootCause};

    use super::*;
    use crate::tests::cents;

    fn finding(evidence: Vec<Fact>, fix: ProposedFix) -> CauseFinding {
        CauseFinding { cause: RootCause::RateChange, confidence: Confidence::from_ppm(987_654), evidence, fix }
    }

    #[test]
    fn a_finding_is_read_as_it_was_written() {
        let day = "2025-03-31".parse().unwrap();
        let decimal = |text: &str| text.parse().unwrap();
        for (evidence, fix) in [
            (Vec::new(), ProposedFix::Nothing {}),
            (
                vec![
                    Fact::RatesDiffer { quantity: None, books: decimal("38.5"), statement: decimal("40.25") },
                    Fact::Quoted { number: "RE \"104\"".to_owned() },
                    Fact::PaidLate { days: -3 },
                ],
                ProposedFix::RaiseRate { from: decimal("38.50"), to: decimal("40.25") },
            ),
            (
                vec![Fact::TakenBack { date: Some(day), amount: Money::from_minor(i64::MIN, Currency::NONE) }],
                ProposedFix::Reverse { amount: cents(i64::MAX), date: Some(day) },
            ),
        ] {
            let found = finding(evidence, fix);
            assert_eq!(decode(&encode(&found).canonical()).unwrap(), found);
        }
    }

    #[test]
    fn what_is_no_finding_is_told_and_not_guessed() {
        let stored = encode(&finding(vec![Fact::Agrees {}], ProposedFix::Nothing {})).canonical();
        for (from, to) in
            [("agrees", "agreed"), ("nothing", "something"), ("rate_change", "rates"), ("987654", "\"x\"")]
        {
            assert!(decode(&stored.replace(from, to)).is_err(), "{to}");
        }
        assert!(decode("").is_err());
    }
}
