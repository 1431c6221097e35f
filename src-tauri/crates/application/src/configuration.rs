//! The configuration file of a run: TOML, the keys of the contract, every key optional.

use std::path::{Path, PathBuf};

use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::Deserialize;
use tieout_domain::{Confidence, Currency, Profile, ReconcileConfig};

use crate::ApplicationError;

/// What a configuration file holds besides what the engine itself needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Configuration {
    /// What the engine is told.
    pub engine: ReconcileConfig,
    /// File with daily exchange rates, if one is named; relative to the configuration file.
    pub rates: Option<PathBuf>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    profile: Option<String>,
    #[serde(default)]
    tolerance: ToleranceTable,
    #[serde(default)]
    auto_approve: AutoApproveTable,
    #[serde(default)]
    grouping: GroupingTable,
    #[serde(default)]
    currency: CurrencyTable,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ToleranceTable {
    amount_absolute: Option<Number>,
    amount_percent: Option<Number>,
    days: Option<u32>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct AutoApproveTable {
    confidence: Option<Number>,
    impact: Option<Number>,
    require_reference: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupingTable {
    max_group: Option<usize>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct CurrencyTable {
    base: Option<String>,
    rates: Option<PathBuf>,
}

/// Amounts stand in quotes; bare numbers are taken by their shortest decimal form, so that `0.98` is just that.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Number {
    Text(String),
    Whole(i64),
    Real(f64),
}

impl Number {
    fn decimal(&self, key: &str) -> Result<Decimal, ApplicationError> {
        let text = match self {
            Self::Text(text) => text.trim().to_owned(),
            Self::Whole(number) => number.to_string(),
            Self::Real(number) => number.to_string(),
        };
        text.parse().ok().filter(|number: &Decimal| !number.is_sign_negative()).ok_or_else(|| {
            ApplicationError::Configuration(format!("{key} = \"{text}\" is no number from 0 up, such as \"0.05\""))
        })
    }
}

impl Configuration {
    /// The profile's documented defaults.
    pub fn defaults(profile: Profile) -> Self {
        Self { engine: ReconcileConfig::for_profile(profile), rates: None }
    }

    /// Reads a file's text. `profile`, when given (the command line's), wins over the file's.
    pub fn parse(text: &str, profile: Option<Profile>) -> Result<Self, ApplicationError> {
        let file: File =
            toml::from_str(text).map_err(|error| ApplicationError::Configuration(error.message().to_owned()))?;
        let named = file
            .profile
            .as_deref()
            .map(str::parse)
            .transpose()
            .map_err(|error: tieout_domain::UnknownProfile| ApplicationError::Configuration(error.to_string()))?;
        let mut engine = ReconcileConfig::for_profile(profile.or(named).unwrap_or_default());
        file.tolerance.apply(&mut engine)?;
        file.auto_approve.apply(&mut engine)?;
        if let Some(max_group) = file.grouping.max_group {
            engine.grouping.max_group = max_group.max(1);
        }
        if let Some(code) = &file.currency.base {
            let base = Currency::parse(code).map_err(|error| ApplicationError::Configuration(error.to_string()))?;
            engine.base_currency = Some(base);
        }
        Ok(Self { engine, rates: file.currency.rates })
    }

    /// Reads a file.
    pub fn read(path: &Path, profile: Option<Profile>) -> Result<Self, ApplicationError> {
        let text = std::fs::read_to_string(path).map_err(|source| ApplicationError::file(path, source))?;
        let mut configuration = Self::parse(&text, profile).map_err(|error| match error {
            ApplicationError::Configuration(what) => {
                ApplicationError::Configuration(format!("{}: {what}", path.display()))
            }
            other => other,
        })?;
        if let (Some(rates), Some(folder)) = (&configuration.rates, path.parent()) {
            configuration.rates = Some(folder.join(rates));
        }
        Ok(configuration)
    }
}

impl Configuration {
    /// Key and value of all that is in force, in the order of the file: for reports and runs.
    pub fn lines(&self) -> Vec<(String, String)> {
        let engine = &self.engine;
        let unset = || "unset".to_owned();
        let confidence = Decimal::new(i64::from(engine.auto_approve.confidence.ppm()), 6).normalize();
        [
            ("profile", engine.profile.as_str().to_owned()),
            ("tolerance.amount_absolute", engine.tolerance.amount_absolute.to_string()),
            ("tolerance.amount_percent", engine.tolerance.amount_percent.to_string()),
            ("tolerance.days", engine.tolerance.days.map_or_else(unset, |days| days.to_string())),
            ("auto_approve.confidence", confidence.to_string()),
            ("auto_approve.impact", engine.auto_approve.impact.to_string()),
            ("auto_approve.require_reference", engine.auto_approve.require_reference.to_string()),
            ("grouping.max_group", engine.grouping.max_group.to_string()),
            ("currency.base", engine.base_currency.map_or_else(unset, |currency| currency.to_string())),
        ]
        .map(|(key, value)| (key.to_owned(), value))
        .into()
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

/// A probability from 0 to 1; what lies between two millionths counts as the higher, so that a threshold never loosens.
pub(crate) fn confidence(number: Decimal) -> Result<Confidence, ApplicationError> {
    let refused = || ApplicationError::Configuration(format!("a confidence of {number} is not between 0 and 1"));
    if number > Decimal::ONE {
        return Err(refused());
    }
    (number * Decimal::from(1_000_000)).ceil().to_u32().map(Confidence::from_ppm).ok_or_else(refused)
}

/// A confidence in percent, from 0 to 100.
pub fn confidence_from_percent(percent: Decimal) -> Result<Confidence, ApplicationError> {
    confidence(percent / Decimal::ONE_HUNDRED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_said_stays_as_documented() {
        assert_eq!(Configuration::parse("", None).unwrap(), Configuration::defaults(Profile::Bank));
        let deposits = Configuration::parse("", Some(Profile::Deposits)).unwrap();
        assert_eq!(deposits.engine, ReconcileConfig::for_profile(Profile::Deposits));
    }

    #[test]
    fn the_contracts_example_is_read() {
        let text = "profile = \"bank\"\n[tolerance]\namount_absolute = \"0.05\"\namount_percent = \"1.0\"\ndays = 40\n\
                    [auto_approve]\nconfidence = 0.98\nimpact = \"50.00\"\nrequire_reference = false\n\
                    [grouping]\nmax_group = 8\n[currency]\nbase = \"EUR\"\nrates = \"fx_rates.csv\"\n";
        let read = Configuration::parse(text, None).unwrap();
        assert_eq!(read.engine.auto_approve.confidence.ppm(), 980_000);
        assert_eq!(read.engine.tolerance.amount_absolute, Decimal::new(5, 2));
        assert_eq!(read.engine.base_currency, Currency::parse("EUR").ok());
        assert_eq!(read.rates.as_deref(), Some(Path::new("fx_rates.csv")));
    }

    #[track_caller]
    fn refused(text: &str, because: &str) {
        let error = Configuration::parse(text, None).unwrap_err().to_string();
        assert!(error.contains(because), "{error}");
    }

    #[test]
    fn mistakes_are_named() {
        refused("profile = \"banks\"", "'banks' is no profile");
        refused("[tolerance]\namount = 1", "unknown field `amount`");
        refused("[tolerance]\namount_absolute = \"five\"", "tolerance.amount_absolute = \"five\" is no number");
        refused("[tolerance]\namount_absolute = \"-1\"", "is no number from 0 up");
        refused("[auto_approve]\nconfidence = 98", "not between 0 and 1");
        refused("[currency]\nbase = \"EURO\"", "not a currency code");
        refused("[tolerance", "");
    }
}
