//! The configuration as a TOML file.

use std::path::PathBuf;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use tieout_domain::{Currency, Profile, ReconcileConfig, said};

use super::{
    Configuration, ConfigurationText, anomalies, confidence, figures::FiguresTable, refused, rules::RuleTable,
    toml_words::read_toml,
};
use crate::{ApplicationError, RuleText};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    profile: Option<String>,
    #[serde(default)]
    tolerance: ToleranceTable,
    #[serde(default)]
    auto_approve: AutoApproveTable,
    #[serde(default)]
    grouping: GroupingTable,
    #[serde(default)]
    currency: CurrencyTable,
    #[serde(skip_serializing_if = "Option::is_none")]
    figures: Option<FiguresTable>,
    #[serde(skip_serializing_if = "Option::is_none")]
    anomalies: Option<toml::Table>,
    #[serde(default, rename = "rule")]
    rules: Vec<RuleTable>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ToleranceTable {
    amount_absolute: Option<Number>,
    amount_percent: Option<Number>,
    days: Option<u32>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AutoApproveTable {
    confidence: Option<Number>,
    impact: Option<Number>,
    require_reference: Option<bool>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupingTable {
    max_group: Option<usize>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CurrencyTable {
    base: Option<String>,
    rates: Option<PathBuf>,
}

/// Amounts stand in quotes; bare numbers are taken by their shortest decimal form, so that `0.98` is just that.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Number {
    Text(String),
    Whole(i64),
    Real(f64),
}

impl Number {
    pub(super) fn text(&self) -> String {
        match self {
            Self::Text(text) => text.trim().to_owned(),
            Self::Whole(number) => number.to_string(),
            Self::Real(number) => number.to_string(),
        }
    }

    /// Nothing, where nothing is written.
    pub(super) fn from_text(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self::Text(text.to_owned()))
    }

    pub(super) fn decimal(&self, key: &str) -> Result<Decimal, ApplicationError> {
        let text = self.text();
        let number = text.parse().ok().filter(|number: &Decimal| !number.is_sign_negative());
        number.ok_or_else(|| {
            refused(said!(
                "configuration.number",
                "{key} = \"{text}\" is no number from 0 up, such as \"0.05\"",
                key = key,
                text = &text
            ))
        })
    }
}

impl File {
    pub(super) fn parse(text: &str) -> Result<Self, ApplicationError> {
        read_toml(text).map_err(refused)
    }

    /// `profile`, when given, wins over the file's.
    pub(super) fn configuration(self, profile: Option<Profile>) -> Result<Configuration, ApplicationError> {
        let named = self.profile.as_deref().map(str::parse).transpose().map_err(refused)?;
        let mut engine = ReconcileConfig::for_profile(profile.or(named).unwrap_or_default());
        self.tolerance.apply(&mut engine)?;
        self.auto_approve.apply(&mut engine)?;
        if let Some(max_group) = self.grouping.max_group {
            engine.grouping.max_group = max_group.max(1);
        }
        if let Some(code) = &self.currency.base {
            engine.base_currency = Some(Currency::parse(code).map_err(refused)?);
        }
        let rules = self.rules.into_iter().map(RuleTable::text).collect::<Result<Vec<_>, _>>()?;
        engine.rules = RuleText::rules(&rules)?;
        let limits = self.figures.map(|figures| figures.limits()).transpose()?;
        let anomalies = self.anomalies.as_ref().map(anomalies::parse).transpose()?;
        Ok(Configuration { engine, rates: self.currency.rates, limits, anomalies })
    }

    /// All that is in force, with nothing left to a default except days without a limit.
    pub(super) fn of(configuration: &Configuration) -> Self {
        let text = configuration.text();
        Self {
            rules: configuration.engine.rules.iter().map(|rule| RuleTable::from(&RuleText::from(rule))).collect(),
            anomalies: configuration.anomalies.as_ref().map(anomalies::table),
            ..Self::from(&text)
        }
    }
}

/// The rules are left out: they go through their own texts. So is how anomalies are looked for, which the form does not
/// hold.
impl From<&ConfigurationText> for File {
    fn from(text: &ConfigurationText) -> Self {
        let word = |word: &str| Some(word.trim().to_owned()).filter(|word| !word.is_empty());
        Self {
            profile: word(&text.profile),
            tolerance: ToleranceTable {
                amount_absolute: Number::from_text(&text.amount_absolute),
                amount_percent: Number::from_text(&text.amount_percent),
                days: text.days,
            },
            auto_approve: AutoApproveTable {
                confidence: Number::from_text(&text.confidence),
                impact: Number::from_text(&text.impact),
                require_reference: Some(text.require_reference),
            },
            grouping: GroupingTable { max_group: Some(text.max_group as usize) },
            currency: CurrencyTable { base: word(&text.base), rates: word(&text.rates).map(PathBuf::from) },
            figures: text.figures.as_ref().map(FiguresTable::from),
            anomalies: None,
            rules: Vec::new(),
        }
    }
}

impl File {
    /// What a form holds, rules included.
    pub(super) fn from_form(text: &ConfigurationText) -> Self {
        Self { rules: text.rules.iter().map(RuleTable::from).collect(), ..Self::from(text) }
    }
}

impl ToleranceTable {
    fn apply(&self, engine: &mut ReconcileConfig) -> Result<(), ApplicationError> {
        if let Some(number) = &self.amount_absolute {
            engine.tolerance.amount_absolute = number.decimal("tolerance.amount_absolute")?;
        }
        if let Some(number) = &self.amount_percent {
            engine.tolerance.amount_percent = number.decimal("tolerance.amount_percent")?;
        }
        engine.tolerance.days = self.days.or(engine.tolerance.days);
        Ok(())
    }
}

impl AutoApproveTable {
    fn apply(&self, engine: &mut ReconcileConfig) -> Result<(), ApplicationError> {
        if let Some(number) = &self.confidence {
            engine.auto_approve.confidence = confidence(number.decimal("auto_approve.confidence")?)?;
        }
        if let Some(number) = &self.impact {
            engine.auto_approve.impact = number.decimal("auto_approve.impact")?;
        }
        if let Some(required) = self.require_reference {
            engine.auto_approve.require_reference = required;
        }
        Ok(())
    }
}
