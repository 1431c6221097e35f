//! How anomalies are looked for in a workbook: a setting of its own, beside those of matching.

use tieout_classify::AnomalyConfig;
use tieout_domain::said;
use tieout_workbook::Workbook;

use crate::{ApplicationError, Configuration, Session};

/// The setting that holds the table `[anomalies]` as TOML text.
const SETTING: &str = "anomalies.configuration";

/// How anomalies are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnomalySettings {
    /// What is in force.
    pub config: AnomalyConfig,
    /// Whether it was set for this workbook; otherwise the documented defaults hold.
    pub is_stored: bool,
}

impl Session {
    /// How anomalies are looked for in the open workbook.
    pub fn anomaly_settings(&self) -> Result<AnomalySettings, ApplicationError> {
        self.with_open(|open| {
            let (config, is_stored) = kept_config(&open.workbook)?;
            Ok(AnomalySettings { config, is_stored })
        })
    }

    /// Keeps how anomalies are looked for in the open workbook. The audit chain records it before and after.
    pub fn save_anomaly_settings(&self, config: &AnomalyConfig) -> Result<AnomalySettings, ApplicationError> {
        self.with_open(|open| {
            let (name, text) = setting_of(config)?;
            open.workbook.set_setting(name, &text)?;
            Ok(AnomalySettings { config: config.clone(), is_stored: true })
        })
    }
}

/// The settings as a workbook keeps them: a name and a text.
pub(crate) fn setting_of(config: &AnomalyConfig) -> Result<(&'static str, String), ApplicationError> {
    Ok((SETTING, Configuration::anomalies_toml(config)?))
}

/// What the workbook keeps, or the defaults; and whether it keeps any.
pub(crate) fn kept_config(workbook: &Workbook) -> Result<(AnomalyConfig, bool), ApplicationError> {
    let Some(text) = workbook.setting(SETTING)? else { return Ok((AnomalyConfig::default(), false)) };
    let kept = Configuration::parse(&text, None).map_err(|error| match error {
        ApplicationError::Configuration(problem) => ApplicationError::Configuration(said!(
            "configuration.keptAnomalies",
            "the settings of anomalies kept in the workbook: {why}",
            why = problem
        )),
        other => other,
    })?;
    Ok((kept.anomalies.unwrap_or_default(), true))
}
