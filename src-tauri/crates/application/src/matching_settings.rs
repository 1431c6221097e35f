//! The matching settings kept in the workbook: what runs are told unless they are told otherwise.

use tieout_domain::{ExchangeRates, Profile, said};
use tieout_workbook::Workbook;

use crate::{ApplicationError, Configuration, Session, anomalies, rates};

/// The setting that holds the configuration's TOML text.
const SETTING: &str = "matching.configuration";

/// What runs are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchingSettings {
    /// The configuration, with the exchange rates that the workbook keeps.
    pub configuration: Configuration,
    /// Whether it was set for this workbook; otherwise the documented defaults hold.
    pub is_stored: bool,
}

impl Session {
    /// The matching settings of the open workbook.
    pub fn matching_settings(&self) -> Result<MatchingSettings, ApplicationError> {
        self.with_open(|open| stored(&open.workbook))
    }

    /// Keeps a configuration in the open workbook, with the limits of figures and the settings of anomalies if it has any
    /// (else they stay as they are) and with the exchange rates of the file it names: from then on runs need that file no
    /// more. Saving again reads it again, if it is still where it was; if not, what was read stays. All of it is one
    /// transaction, so that what is refused has changed nothing. The audit chain records what is another before and after,
    /// and of the rates how many and a hash.
    pub fn save_matching_settings(&self, configuration: &Configuration) -> Result<MatchingSettings, ApplicationError> {
        let mut configuration = configuration.clone();
        if let Some(path) = &mut configuration.rates {
            *path = std::path::absolute(&*path).map_err(|source| ApplicationError::file(path, source))?;
        }
        // The limits of figures are settings of their own, which SQL can read.
        let text = Configuration { limits: None, anomalies: None, ..configuration.clone() }.to_toml()?;
        self.with_open(|open| {
            let workbook = &mut open.workbook;
            let (rates, source) = rates_to_keep(workbook, &configuration)?;
            let limits = configuration.limits.as_ref();
            let mut texts = vec![(SETTING, text)];
            if let Some(config) = &configuration.anomalies {
                texts.push(anomalies::setting_of(config)?);
            }
            workbook.set_matching_settings(&texts, limits, (&rates, &source))?;
            stored(workbook)
        })
    }
}

/// The rates of the file that the configuration names, and what that file is called.
fn rates_to_keep(
    workbook: &Workbook,
    configuration: &Configuration,
) -> Result<(ExchangeRates, String), ApplicationError> {
    let Some(file) = &configuration.rates else { return Ok((ExchangeRates::default(), String::new())) };
    // Settings that are of no use any more are no reason against better ones.
    let was_read = || stored(workbook).is_ok_and(|before| before.configuration.rates.as_ref() == Some(file));
    let rates = match rates::read(file) {
        Err(_) if !file.exists() && was_read() => workbook.exchange_rates()?,
        read => read?,
    };
    Ok((rates, file.display().to_string()))
}

/// What a run is told.
pub(crate) fn in_force(workbook: &Workbook) -> Result<Configuration, ApplicationError> {
    let configuration = stored(workbook)?.configuration;
    let has_rates = configuration.engine.cross_currency.as_ref().is_some_and(|rates| !rates.is_empty());
    match &configuration.rates {
        Some(file) if !has_rates => Err(ApplicationError::Configuration(said!(
            "configuration.ratesNeverRead",
            "the matching settings kept in the workbook name {file} as currency.rates, but it was never read: save the \
             settings again where that file is, name another, or leave the key out",
            file = file.display()
        ))),
        _ => Ok(configuration),
    }
}

/// What the workbook keeps, or the defaults.
pub(crate) fn stored(workbook: &Workbook) -> Result<MatchingSettings, ApplicationError> {
    let limits = Some(workbook.figure_limits()?);
    let anomalies = Some(anomalies::kept_config(workbook)?.0);
    let Some(text) = workbook.setting(SETTING)? else {
        let configuration = Configuration { limits, anomalies, ..Configuration::defaults(Profile::Bank) };
        return Ok(MatchingSettings { configuration, is_stored: false });
    };
    let mut configuration = Configuration::parse(&text, None).map_err(|error| match error {
        ApplicationError::Configuration(problem) => ApplicationError::Configuration(said!(
            "configuration.keptMatching",
            "the matching settings kept in the workbook: {why}",
            why = problem
        )),
        other => other,
    })?;
    configuration.limits = limits;
    configuration.anomalies = anomalies;
    if configuration.rates.is_some() {
        configuration.engine.cross_currency = Some(workbook.exchange_rates()?);
    }
    Ok(MatchingSettings { configuration, is_stored: true })
}
