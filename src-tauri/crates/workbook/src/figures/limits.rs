//! The limits that figures are held against, as settings of the workbook: one a limit, so that the SQL views read them
//! too. A limit that was never set is the documented default.

use rust_decimal::{Decimal, prelude::ToPrimitive};
use tieout_domain::FigureLimits;

use crate::{Workbook, WorkbookError};

const VARIANCE: &str = "figures.variance_percent";
/// Read by the view of missing transactions.
const HIGH_VALUE: &str = "figures.high_value";
const RISK_MEDIUM: &str = "figures.risk_medium_percent";
const RISK_HIGH: &str = "figures.risk_high_percent";

impl Workbook {
    /// The limits in force.
    pub fn figure_limits(&self) -> Result<FigureLimits, WorkbookError> {
        let default = FigureLimits::default();
        let percent = |name, otherwise| match self.setting(name)? {
            None => Ok(otherwise),
            Some(text) => {
                let number = text.parse::<Decimal>().ok().and_then(|percent| (percent * Decimal::ONE_HUNDRED).to_u32());
                number.ok_or_else(|| WorkbookError::unreadable(format_args!("{name} = '{text}'")))
            }
        };
        let high_value = match self.setting(HIGH_VALUE)? {
            None => default.high_value,
            Some(text) => text.parse().map_err(WorkbookError::unreadable)?,
        };
        Ok(FigureLimits {
            variance: percent(VARIANCE, default.variance)?,
            high_value,
            risk_medium: percent(RISK_MEDIUM, default.risk_medium)?,
            risk_high: percent(RISK_HIGH, default.risk_high)?,
        })
    }

    /// Sets the limits, all in one transaction. Each that changes is told of in the audit chain.
    pub fn set_figure_limits(&mut self, limits: &FigureLimits) -> Result<(), WorkbookError> {
        let changed = self.changed_figure_limits(limits)?;
        self.set_settings(changed)
    }

    /// The settings that are others with these limits.
    pub(crate) fn changed_figure_limits(
        &self,
        limits: &FigureLimits,
    ) -> Result<Vec<(&'static str, String)>, WorkbookError> {
        let before = self.figure_limits()?;
        let percent = |hundredths: u32| Decimal::new(i64::from(hundredths), 2).normalize().to_string();
        let settings = [
            (VARIANCE, percent(before.variance), percent(limits.variance)),
            (HIGH_VALUE, before.high_value.to_string(), limits.high_value.to_string()),
            (RISK_MEDIUM, percent(before.risk_medium), percent(limits.risk_medium)),
            (RISK_HIGH, percent(before.risk_high), percent(limits.risk_high)),
        ];
        Ok(settings.into_iter().filter(|(_, was, is)| was != is).map(|(name, _, is)| (name, is)).collect())
    }
}
