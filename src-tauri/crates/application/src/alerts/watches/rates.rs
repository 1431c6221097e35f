//! Changed rates of jobs by which client and books differ, as the differences tell them.

use jiff::Timestamp;
use tieout_domain::{AlertKind, AlertReading, AlertSettings};
use tieout_workbook::DifferenceScope;

use super::{Book, Watch};
use crate::{ApplicationError, differences};

pub(super) struct Rates;

impl Watch for Rates {
    fn kinds(&self) -> &'static [AlertKind] {
        &[AlertKind::RateChange]
    }

    fn read(
        &self,
        book: &Book<'_>,
        settings: &AlertSettings,
        _now: Timestamp,
    ) -> Result<Vec<AlertReading>, ApplicationError> {
        if !settings.rate_changes {
            return Ok(Vec::new());
        }
        let changes = book.read(|workbook| differences::changed_rates(workbook, &DifferenceScope::default()))?;
        Ok(changes.into_iter().filter(|change| change.state.is_open()).map(reading).collect())
    }
}

fn reading(change: tieout_classify::RateChange) -> AlertReading {
    let since = if change.by_day { change.since.to_string() } else { change.since.strftime("%Y-%m").to_string() };
    AlertReading {
        kind: AlertKind::RateChange,
        subject: format!("rate {}", change.key),
        account: String::new(),
        detail: format!("{}, {}: {} \u{2192} {}, {since}", change.service_type, change.site, change.from, change.to),
        figure: Some(i64::try_from(change.effect.magnitude()).unwrap_or(i64::MAX)),
        limit: 0,
        currency: Some(change.currency),
        items: u64::from(change.jobs_after),
    }
}
