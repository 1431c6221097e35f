//! Exceptions of the company: how old the oldest is, how many there are, and what is open of them.

use jiff::Timestamp;
use tieout_domain::{AlertKind, AlertReading, AlertSettings};
use tieout_workbook::ExceptionAges;

use super::{Book, Watch};
use crate::ApplicationError;

pub(super) struct Exceptions;

impl Watch for Exceptions {
    fn kinds(&self) -> &'static [AlertKind] {
        &[AlertKind::ExceptionsAged, AlertKind::ExceptionsCount, AlertKind::ExceptionsSum]
    }

    fn read(
        &self,
        book: &Book<'_>,
        settings: &AlertSettings,
        _now: Timestamp,
    ) -> Result<Vec<AlertReading>, ApplicationError> {
        let wanted = [settings.exception_days.map(u64::from), settings.exception_count, settings.exception_sum];
        if wanted.iter().all(Option::is_none) {
            return Ok(Vec::new());
        }
        let ages = book.read(|workbook| Ok(workbook.exception_ages(settings, None)?))?;
        let mut readings = Vec::new();
        if let Some(days) = settings.exception_days {
            let oldest = ages.iter().map(|of| of.oldest_days).max().unwrap_or(0);
            let aged = ages.iter().map(|of| of.aged).sum();
            readings.push(company(AlertKind::ExceptionsAged, i64::from(oldest), i64::from(days), aged));
        }
        if let Some(most) = settings.exception_count {
            let count = ages.iter().map(|of| of.count).sum();
            readings.push(company(AlertKind::ExceptionsCount, stored(count), stored(most), count));
        }
        if let Some(most) = settings.exception_sum {
            readings.extend(ages.iter().map(|of| sum(of, most)));
        }
        Ok(readings)
    }
}

fn company(kind: AlertKind, figure: i64, limit: i64, items: u64) -> AlertReading {
    AlertReading {
        kind,
        subject: "company".to_owned(),
        account: String::new(),
        detail: String::new(),
        figure: Some(figure),
        limit,
        currency: None,
        items,
    }
}

/// The limit is in whole units of each currency, as that of high value is.
fn sum(of: &ExceptionAges, most: u64) -> AlertReading {
    let currency = of.open.currency();
    let unit = 10_i64.pow(currency.digits());
    AlertReading {
        kind: AlertKind::ExceptionsSum,
        subject: format!("currency {currency}"),
        account: String::new(),
        detail: currency.to_string(),
        figure: Some(of.open.minor_units()),
        limit: stored(most).saturating_mul(unit),
        currency: Some(currency),
        items: of.count,
    }
}

fn stored(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
