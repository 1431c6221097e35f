//! The matching settings kept in the workbook: what runs are told unless they are told otherwise.

use tieout_domain::Profile;
use tieout_workbook::Workbook;

use crate::{ApplicationError, Configuration, Session};

/// The setting that holds the configuration's TOML text.
const SETTING: &str = "matching.configuration";

/// What runs are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchingSettings {
    /// The configuration.
    pub configuration: Configuration,
    /// Whether it was set for this workbook; otherwise the documented defaults hold.
    pub is_stored: bool,
}

impl Session {
    /// The matching settings of the open workbook.
    pub fn matching_settings(&self) -> Result<MatchingSettings, ApplicationError> {
        self.with_open(|open| stored(&open.workbook))
    }

    /// Keeps a configuration in the open workbook. The audit chain records it before and after.
    pub fn save_matching_settings(&self, configuration: &Configuration) -> Result<MatchingSettings, ApplicationError> {
        let text = configuration.to_toml()?;
        self.with_open(|open| {
            open.workbook.set_setting(SETTING, &text)?;
            stored(&open.workbook)
        })
    }
}

/// What the workbook keeps, or the defaults.
pub(crate) fn stored(workbook: &Workbook) -> Result<MatchingSettings, ApplicationError> {
    let Some(text) = workbook.setting(SETTING)? else {
        return Ok(MatchingSettings { configuration: Configuration::defaults(Profile::Bank), is_stored: false });
    };
    let configuration = Configuration::parse(&text, None).map_err(|error| match error {
        ApplicationError::Configuration(problem) => {
            ApplicationError::Configuration(format!("the matching settings kept in the workbook: {problem}"))
        }
        other => other,
    })?;
    Ok(MatchingSettings { configuration, is_stored: true })
}
