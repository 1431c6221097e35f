//! The limits of figures in a configuration: `[figures]`.

use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::{Deserialize, Serialize};
use tieout_domain::{FigureLimits, said};

use super::{file::Number, refused};
use crate::ApplicationError;

/// What figures are held against, as a form holds it. Empty texts stand for the documented defaults.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FigureLimitsText {
    /// `figures.variance_percent`.
    pub variance_percent: String,
    /// `figures.high_value`, in whole units of a record's currency.
    pub high_value: String,
    /// `figures.risk_medium_percent`.
    pub risk_medium_percent: String,
    /// `figures.risk_high_percent`.
    pub risk_high_percent: String,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FiguresTable {
    variance_percent: Option<Number>,
    high_value: Option<Number>,
    risk_medium_percent: Option<Number>,
    risk_high_percent: Option<Number>,
}

impl FiguresTable {
    /// What is not said is the documented default.
    pub(super) fn limits(&self) -> Result<FigureLimits, ApplicationError> {
        let default = FigureLimits::default();
        let limits = FigureLimits {
            variance: hundredths("variance_percent", self.variance_percent.as_ref(), default.variance)?,
            high_value: whole("high_value", self.high_value.as_ref(), default.high_value)?,
            risk_medium: hundredths("risk_medium_percent", self.risk_medium_percent.as_ref(), default.risk_medium)?,
            risk_high: hundredths("risk_high_percent", self.risk_high_percent.as_ref(), default.risk_high)?,
        };
        if limits.risk_medium > limits.risk_high {
            return Err(refused(said!(
                "figures.riskOrder",
                "figures.risk_medium_percent is above figures.risk_high_percent: no risk would be medium",
            )));
        }
        Ok(limits)
    }
}

impl From<&FigureLimits> for FigureLimitsText {
    fn from(limits: &FigureLimits) -> Self {
        let percent = |hundredths: u32| Decimal::new(i64::from(hundredths), 2).to_string();
        Self {
            variance_percent: percent(limits.variance),
            high_value: limits.high_value.to_string(),
            risk_medium_percent: percent(limits.risk_medium),
            risk_high_percent: percent(limits.risk_high),
        }
    }
}

impl From<&FigureLimitsText> for FiguresTable {
    fn from(text: &FigureLimitsText) -> Self {
        Self {
            variance_percent: Number::from_text(&text.variance_percent),
            high_value: Number::from_text(&text.high_value),
            risk_medium_percent: Number::from_text(&text.risk_medium_percent),
            risk_high_percent: Number::from_text(&text.risk_high_percent),
        }
    }
}

/// A percentage in hundredths of a percent.
fn hundredths(key: &str, number: Option<&Number>, default: u32) -> Result<u32, ApplicationError> {
    let Some(number) = number else { return Ok(default) };
    let percent = number.decimal(&format!("figures.{key}"))?;
    let scaled = percent.checked_mul(Decimal::ONE_HUNDRED).filter(|scaled| scaled.fract().is_zero());
    scaled.and_then(|scaled| scaled.to_u32()).ok_or_else(|| {
        refused(said!(
            "figures.percent",
            "figures.{key} = \"{number}\" is no percentage with at most two decimals, such as \"1.0\"",
            key = key,
            number = percent.to_string()
        ))
    })
}

fn whole(key: &str, number: Option<&Number>, default: u64) -> Result<u64, ApplicationError> {
    /// What the workbook's view multiplies with up to ten thousand minor units a unit.
    const MOST: u64 = 900_000_000_000_000;
    let Some(number) = number else { return Ok(default) };
    let amount = number.decimal(&format!("figures.{key}"))?;
    let fits = amount.to_u64().filter(|units| amount.fract().is_zero() && *units <= MOST);
    fits.ok_or_else(|| {
        refused(said!(
            "figures.whole",
            "figures.{key} = \"{number}\" is no whole amount up to {most}, such as 10000",
            key = key,
            number = amount.to_string(),
            most = MOST
        ))
    })
}
