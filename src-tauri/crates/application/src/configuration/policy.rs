//! A policy as a TOML file and as a form.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::{Deserialize, Serialize};
use tieout_domain::{CauseLimit, CausePolicy, Currency, Money, Policy, PolicyError, RootCause, Said, SaidValue, said};
use toml::Spanned;

use super::{
    confidence, confidence_text,
    file::Number,
    toml_words::{at_line, read_toml},
    unwritable,
};
use crate::ApplicationError;

/// A policy as a form holds it: every part a text, checked when it is made a [`Policy`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PolicyText {
    /// `confidence`, from 0.5 to 1; empty: 0.98.
    pub confidence: String,
    /// `default_owner`; empty: nobody.
    pub default_owner: String,
    /// `[cause.…]`, in the order of the fixed list.
    pub causes: Vec<CauseText>,
}

/// What a policy says of a cause, as a form holds it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CauseText {
    /// The cause's word.
    pub cause: String,
    /// `amount`, in major units of the company's base currency; empty: never resolved without a person.
    pub amount: String,
    /// `percent`; empty, here and below: no such limit.
    pub percent: String,
    /// `count`
    pub count: String,
    /// `total`
    pub total: String,
    /// `owner`; empty: the default owner.
    pub owner: String,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct PolicyFile<T> {
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_owner: Option<String>,
    #[serde(default = "BTreeMap::new", rename = "cause")]
    causes: BTreeMap<String, T>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct CauseTable {
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    percent: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<String>,
}

fn refused(problem: impl Into<Said>) -> ApplicationError {
    ApplicationError::Invalid(problem.into())
}

impl PolicyText {
    /// What a form shows.
    pub fn of(policy: &Policy) -> Self {
        let causes = policy.causes().map(|(cause, of)| {
            let limit = of.limit.as_ref();
            let money = |amount: Option<Money>| amount.map(|amount| amount.to_decimal().to_string());
            CauseText {
                cause: cause.as_str().to_owned(),
                amount: money(limit.map(|limit| limit.amount)).unwrap_or_default(),
                percent: limit.and_then(|limit| limit.percent).map(percent_text).unwrap_or_default(),
                count: limit.and_then(|limit| limit.count).map(|count| count.to_string()).unwrap_or_default(),
                total: money(limit.and_then(|limit| limit.total)).unwrap_or_default(),
                owner: of.owner.clone().unwrap_or_default(),
            }
        });
        Self {
            confidence: confidence_text(policy.confidence()),
            default_owner: policy.default_owner().unwrap_or_default().to_owned(),
            causes: causes.collect(),
        }
    }

    /// Reads a file's text and checks it, limits in the company's base currency. What is wrong is told with its line.
    pub fn parse(text: &str, base: Currency) -> Result<Self, ApplicationError> {
        let file: PolicyFile<Spanned<CauseTable>> = read_toml(text).map_err(refused)?;
        let word = |number: Option<&Number>| number.map(Number::text).unwrap_or_default();
        let mut parsed = Self {
            confidence: word(file.confidence.as_ref()),
            default_owner: file.default_owner.unwrap_or_default(),
            causes: Vec::new(),
        };
        parsed.head()?;
        for (cause, table) in &file.causes {
            let of = table.get_ref();
            let cause = CauseText {
                cause: cause.clone(),
                amount: word(of.amount.as_ref()),
                percent: word(of.percent.as_ref()),
                count: word(of.count.as_ref()),
                total: word(of.total.as_ref()),
                owner: of.owner.clone().unwrap_or_default(),
            };
            // Each cause is checked on its own, so that its line can be told.
            let alone = Self { causes: vec![cause.clone()], ..Self::default() };
            alone.policy(base).map_err(|error| refused(at_line(text, table.span().start, error.said())))?;
            parsed.causes.push(cause);
        }
        Ok(parsed)
    }

    /// The file that reads back as this form.
    pub fn to_toml(&self) -> Result<String, ApplicationError> {
        let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let number = |text: &str| Number::from_text(text);
        let causes = self.causes.iter().map(|of| {
            let table = CauseTable {
                amount: number(&of.amount),
                percent: number(&of.percent),
                count: number(&of.count),
                total: number(&of.total),
                owner: text(&of.owner),
            };
            (of.cause.clone(), table)
        });
        let file = PolicyFile {
            confidence: number(&self.confidence),
            default_owner: text(&self.default_owner),
            causes: causes.collect(),
        };
        toml::to_string(&file).map_err(|error| refused(unwritable(&error)))
    }

    /// Checks what the form holds; limits are in the company's base currency.
    pub fn policy(&self, base: Currency) -> Result<Policy, ApplicationError> {
        let (confidence, default_owner) = self.head()?;
        let mut causes = BTreeMap::new();
        for of in &self.causes {
            let (cause, said) = of.cause_policy(base)?;
            if causes.insert(cause, said).is_some() {
                return Err(refused(said!("policy.twice", "'{cause}' is listed twice", cause = cause_word(&of.cause))));
            }
        }
        Policy::new(base, confidence, default_owner, causes).map_err(refused)
    }

    fn head(&self) -> Result<(tieout_domain::Confidence, Option<String>), ApplicationError> {
        let wrong = || {
            refused(said!(
                "policy.confidenceNumber",
                "confidence = \"{text}\" is no number from 0.5 to 1, such as 0.95",
                text = &self.confidence
            ))
        };
        let least = match self.confidence.trim() {
            "" => Policy::default_confidence(),
            text => confidence(text.parse().map_err(|_| wrong())?).map_err(|_| wrong())?,
        };
        let owner = filled(&self.default_owner).map(ToOwned::to_owned);
        Policy::new(Currency::NONE, least, owner.clone(), BTreeMap::new()).map_err(refused)?;
        Ok((least, owner))
    }
}

impl CauseText {
    fn cause_policy(&self, base: Currency) -> Result<(RootCause, CausePolicy), ApplicationError> {
        let cause: RootCause = self.cause.trim().parse().map_err(|_| {
            let known: Vec<&str> = RootCause::ALL.iter().map(|cause| cause.as_str()).collect();
            refused(said!(
                "policy.unknownCause",
                "'{cause}' is no cause: take one of {known}",
                cause = &self.cause,
                known = known.join(", ")
            ))
        })?;
        let money = |key: &str, text: &str| -> Result<Option<Money>, ApplicationError> {
            let Some(text) = filled(text) else { return Ok(None) };
            let amount: Decimal = text
                .parse()
                .map_err(|_| self.wrong(key, text, said!("policy.noAmount", "no amount, such as \"5.00\"")))?;
            Money::from_entered(amount, base).map(Some).map_err(|error| self.wrong(key, text, error.into()))
        };
        let (amount, total) = (money("amount", &self.amount)?, money("total", &self.total)?);
        let percent = filled(&self.percent).map(|text| self.hundredths(text)).transpose()?;
        let count = filled(&self.count).map(|text| {
            text.parse().map_err(|_| self.wrong("count", text, said!("policy.noCount", "no whole number, such as 20")))
        });
        let count: Option<u32> = count.transpose()?;
        let limit = match amount {
            Some(amount) => Some(CauseLimit { amount, percent, count, total }),
            None if percent.is_some() || count.is_some() || total.is_some() => {
                return Err(refused(said!(
                    "policy.withoutAmount",
                    "cause.{cause}: without an amount nothing is resolved; give one, or leave the other limits out",
                    cause = cause_word(&self.cause)
                )));
            }
            None => None,
        };
        let owner = filled(&self.owner).map(ToOwned::to_owned);
        let said = CausePolicy { limit, owner };
        // By itself, so that what is wrong is told of this cause.
        Policy::new(base, Policy::default_confidence(), None, BTreeMap::from([(cause, said.clone())]))
            .map_err(|error: PolicyError| refused(error))?;
        Ok((cause, said))
    }

    /// A percentage in hundredths of a percent.
    fn hundredths(&self, text: &str) -> Result<u32, ApplicationError> {
        let scaled = text.parse::<Decimal>().ok().and_then(|percent| percent.checked_mul(Decimal::ONE_HUNDRED));
        let whole = scaled.filter(|scaled| scaled.fract().is_zero()).and_then(|scaled| scaled.to_u32());
        whole.ok_or_else(|| {
            let what = said!("policy.noPercent", "no percentage with at most two decimals, such as \"2.5\"");
            self.wrong("percent", text, what)
        })
    }

    fn wrong(&self, key: &str, text: &str, what: Said) -> ApplicationError {
        refused(said!(
            "policy.wrong",
            "cause.{cause}.{key} = \"{text}\": {why}",
            cause = cause_word(&self.cause),
            key = SaidValue::key("policyLimit", key.to_owned()),
            text = text,
            why = what
        ))
    }
}

/// A cause by its word, which may be none.
fn cause_word(word: &str) -> SaidValue {
    SaidValue::key("cause", word.trim().to_owned())
}

/// `2.5`
fn percent_text(hundredths: u32) -> String {
    Decimal::new(i64::from(hundredths), 2).normalize().to_string()
}

fn filled(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = r#"confidence = 0.95
default_owner = "Petra Klein"

[cause.fee]
amount = "5.00"
percent = 2.5
count = 50
total = 100

[cause.timing]
owner = "Ada"
"#;

    fn eur() -> Currency {
        Currency::parse("EUR").unwrap()
    }

    #[test]
    fn a_file_reads_back_as_it_is_written() {
        let text = PolicyText::parse(SAMPLE, eur()).unwrap();
        let policy = text.policy(eur()).unwrap();
        let shown = PolicyText::of(&policy);
        assert_eq!(shown.causes[0].cause, "timing", "in the order of the fixed list");
        assert_eq!((shown.confidence.as_str(), shown.causes[1].percent.as_str()), ("0.95", "2.5"));
        let again = PolicyText::parse(&shown.to_toml().unwrap(), eur()).unwrap();
        assert_eq!(again.policy(eur()).unwrap(), policy);
        assert_eq!(policy.limit(RootCause::Fee).unwrap().count, Some(50));
        assert_eq!(policy.owner(RootCause::Discount), Some("Petra Klein"));
    }

    #[track_caller]
    fn refuses(text: &str, expected: &str) {
        let error = PolicyText::parse(text, eur()).unwrap_err().to_string();
        assert_eq!(error, expected);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        refuses(
            "confidense = 0.9",
            "line 1: unknown field `confidense`, expected one of `confidence`, `default_owner`, `cause`",
        );
        refuses(
            "\n[cause.fee]\namount = 5\nmost = 3",
            "line 4: unknown field `most`, expected one of `amount`, `percent`, `count`, `total`, `owner`",
        );
        refuses(
            "confidence = 0.9\n\n[cause.fee]\namount = \"5.005\"",
            "line 3: cause.fee.amount = \"5.005\": 5.005 has more decimals than EUR has (2)",
        );
        refuses(
            "[cause.fee]\namount = \"1.000\"",
            "line 1: cause.fee.amount = \"1.000\": 1.000 has more decimals than EUR has (2)",
        );
        refuses(
            "[cause.fee]\ncount = 3",
            "line 1: cause.fee: without an amount nothing is resolved; give one, or leave the other limits out",
        );
        refuses(
            "[cause.none]\namount = 3",
            "line 1: 'none' is no cause: what has no named cause is never resolved without a person",
        );
        refuses("confidence = 0.3", "a confidence of 0.300000 is too low: it must be between 0.5 and 1");
        refuses("confidence = \"sure\"", "confidence = \"sure\" is no number from 0.5 to 1, such as 0.95");
        refuses(
            "[cause.fee]\namount = 5\ntotal = 4",
            "line 1: fee: the total of 4.00 EUR is below the amount of 5.00 EUR for one item",
        );
        let unknown = PolicyText::parse("\n\n[cause.fees]\namount = 5", eur()).unwrap_err().to_string();
        assert!(unknown.starts_with("line 3: 'fees' is no cause: take one of timing, "), "{unknown}");
    }
}
