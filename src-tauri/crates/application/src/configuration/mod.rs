//! The configuration of a run as a file (TOML, the keys of the contract, every key optional) and as a form.

mod anomalies;
mod figures;
mod file;
mod policy;
mod rules;
#[cfg(test)]
mod tests;
mod toml_words;

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rust_decimal::{Decimal, prelude::ToPrimitive};
use tieout_classify::AnomalyConfig;
use tieout_domain::{Confidence, FigureLimits, Profile, ReconcileConfig, Said, retold, said};

use crate::{ApplicationError, rates, text_file};
use file::File;

pub(crate) use toml_words::read_toml;

pub use anomalies::{AnomalyConfigText, DetectorText};
pub use figures::FigureLimitsText;
pub use policy::{CauseText, PolicyText};
pub use rules::{ConditionText, RuleText};

/// What a configuration file holds besides what the engine itself needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Configuration {
    /// What the engine is told.
    pub engine: ReconcileConfig,
    /// File with daily exchange rates, if one is named. In the file it is relative to the file's own folder. What it holds
    /// is among what the engine is told once it was read.
    pub rates: Option<PathBuf>,
    /// What figures are held against (`[figures]`); none: the file says nothing of them.
    pub limits: Option<FigureLimits>,
    /// How anomalies are looked for (`[anomalies]`); none: the file says nothing of them.
    pub anomalies: Option<AnomalyConfig>,
}

/// How many exchange rates there are, and of which days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptRates {
    /// How many.
    pub count: u64,
    /// The first day with a rate.
    pub first: Date,
    /// The last.
    pub last: Date,
}

/// A configuration as a form holds it: every part a text, checked when it is made a [`Configuration`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConfigurationText {
    /// Kind of reconciliation; empty: `bank`.
    pub profile: String,
    /// `tolerance.amount_absolute`; empty, here and below: the profile's documented default.
    pub amount_absolute: String,
    /// `tolerance.amount_percent`.
    pub amount_percent: String,
    /// `tolerance.days`; none: the profile's documented default.
    pub days: Option<u32>,
    /// `auto_approve.confidence`, from 0 to 1.
    pub confidence: String,
    /// `auto_approve.impact`.
    pub impact: String,
    /// `auto_approve.require_reference`.
    pub require_reference: bool,
    /// `grouping.max_group`.
    pub max_group: u32,
    /// `currency.base`; empty: the company's.
    pub base: String,
    /// `currency.rates`; empty: none.
    pub rates: String,
    /// `[figures]`; none: nothing is said of them.
    pub figures: Option<FigureLimitsText>,
    /// The rules, in their order.
    pub rules: Vec<RuleText>,
}

/// What cannot be written as TOML is a mistake of Tieout's own, whose details are for the log.
pub(crate) fn unwritable(error: &toml::ser::Error) -> Said {
    retold!(error, "toml.unwritable")
}

fn refused(problem: impl Into<Said>) -> ApplicationError {
    ApplicationError::Configuration(problem.into())
}

impl Configuration {
    /// The profile's documented defaults.
    pub fn defaults(profile: Profile) -> Self {
        Self { engine: ReconcileConfig::for_profile(profile), rates: None, limits: None, anomalies: None }
    }

    /// What figures are held against: the documented defaults where the file says nothing of them.
    pub fn limits(&self) -> FigureLimits {
        self.limits.unwrap_or_default()
    }

    /// Reads a file's text. `profile`, when given (the command line's), wins over the file's.
    pub fn parse(text: &str, profile: Option<Profile>) -> Result<Self, ApplicationError> {
        File::parse(text)?.configuration(profile)
    }

    /// Checks what a form holds.
    pub fn from_text(text: &ConfigurationText) -> Result<Self, ApplicationError> {
        File::from_form(text).configuration(None)
    }

    /// What a form shows.
    pub fn text(&self) -> ConfigurationText {
        let engine = &self.engine;
        ConfigurationText {
            profile: engine.profile.as_str().to_owned(),
            amount_absolute: engine.tolerance.amount_absolute.to_string(),
            amount_percent: engine.tolerance.amount_percent.to_string(),
            days: engine.tolerance.days,
            confidence: confidence_text(engine.auto_approve.confidence),
            impact: engine.auto_approve.impact.to_string(),
            require_reference: engine.auto_approve.require_reference,
            max_group: u32::try_from(engine.grouping.max_group).unwrap_or(u32::MAX),
            base: engine.base_currency.map(|currency| currency.to_string()).unwrap_or_default(),
            rates: self.rates.as_deref().map(|path| path.display().to_string()).unwrap_or_default(),
            figures: self.limits.as_ref().map(FigureLimitsText::from),
            rules: engine.rules.iter().map(RuleText::from).collect(),
        }
    }

    /// The file that reads back as this configuration.
    pub fn to_toml(&self) -> Result<String, ApplicationError> {
        toml::to_string(&File::of(self)).map_err(|error| refused(unwritable(&error)))
    }

    /// A file that says how anomalies are looked for, and nothing else.
    pub(crate) fn anomalies_toml(config: &AnomalyConfig) -> Result<String, ApplicationError> {
        let table = toml::Table::from_iter([("anomalies".to_owned(), anomalies::table(config).into())]);
        toml::to_string(&table).map_err(|error| refused(unwritable(&error)))
    }

    /// Reads a file.
    pub fn read(path: &Path, profile: Option<Profile>) -> Result<Self, ApplicationError> {
        let text = text_file::read(path)?;
        let mut configuration = Self::parse(&text, profile).map_err(|error| match error {
            ApplicationError::Configuration(what) => {
                ApplicationError::Configuration(said!("inFile", "{file}: {why}", file = path.display(), why = what))
            }
            other => other,
        })?;
        if let (Some(rates), Some(folder)) = (&configuration.rates, path.parent()) {
            let path = folder.join(rates);
            configuration.rates = Some(std::path::absolute(&path).unwrap_or(path));
        }
        Ok(configuration)
    }
}

impl Configuration {
    /// The same with the exchange rates of the file it names, if it names one.
    pub(crate) fn with_rates_read(mut self) -> Result<Self, ApplicationError> {
        if let Some(file) = &self.rates {
            self.engine.cross_currency = Some(rates::read(file)?);
        }
        Ok(self)
    }

    /// The exchange rates that were read, if any were.
    pub fn kept_rates(&self) -> Option<KeptRates> {
        let rates = self.engine.cross_currency.as_ref()?;
        let (first, last) = rates.days()?;
        Some(KeptRates { count: rates.count() as u64, first, last })
    }

    /// `fx_rates.csv (522 rates, 2024-01-02 to 2025-12-31)`.
    fn rates_line(&self) -> Option<String> {
        let file = self.rates.as_deref()?.display();
        Some(match self.kept_rates() {
            Some(KeptRates { count, first, last }) => format!("{file} ({count} rates, {first} to {last})"),
            None => file.to_string(),
        })
    }

    /// Key and value of all that is in force, in the order of the file: for reports and runs.
    pub fn lines(&self) -> Vec<(String, String)> {
        let engine = &self.engine;
        let unset = || "unset".to_owned();
        let confidence = confidence_text(engine.auto_approve.confidence);
        let keys = [
            ("profile", engine.profile.as_str().to_owned()),
            ("tolerance.amount_absolute", engine.tolerance.amount_absolute.to_string()),
            ("tolerance.amount_percent", engine.tolerance.amount_percent.to_string()),
            ("tolerance.days", engine.tolerance.days.map_or_else(unset, |days| days.to_string())),
            ("auto_approve.confidence", confidence),
            ("auto_approve.impact", engine.auto_approve.impact.to_string()),
            ("auto_approve.require_reference", engine.auto_approve.require_reference.to_string()),
            ("grouping.max_group", engine.grouping.max_group.to_string()),
            ("currency.base", engine.base_currency.map_or_else(unset, |currency| currency.to_string())),
            ("currency.rates", self.rates_line().unwrap_or_else(unset)),
        ];
        let rules = engine.rules.iter().enumerate().map(|(at, rule)| (format!("rule.{}", at + 1), rule.to_string()));
        keys.map(|(key, value)| (key.to_owned(), value)).into_iter().chain(rules).collect()
    }
}

/// `0.98`.
fn confidence_text(confidence: Confidence) -> String {
    Decimal::new(i64::from(confidence.ppm()), 6).normalize().to_string()
}

/// A probability from 0 to 1; what lies between two millionths counts as the higher, so that a threshold never loosens.
pub(crate) fn confidence(number: Decimal) -> Result<Confidence, ApplicationError> {
    let refused = || {
        refused(said!("configuration.confidence", "a confidence of {number} is not between 0 and 1", number = number))
    };
    if number > Decimal::ONE {
        return Err(refused());
    }
    (number * Decimal::from(1_000_000)).ceil().to_u32().map(Confidence::from_ppm).ok_or_else(refused)
}

/// A confidence in percent, from 0 to 100.
pub fn confidence_from_percent(percent: Decimal) -> Result<Confidence, ApplicationError> {
    confidence(percent / Decimal::ONE_HUNDRED)
}
