//! Data quality of imports, as their validation measured it.

use jiff::{SignedDuration, Timestamp};
use tieout_domain::{AlertKind, AlertReading, AlertSettings, BatchState, ImportBatchId};

use super::{Book, Watch};
use crate::ApplicationError;

/// Older imports are no news: they raise nothing when alerts are switched on or the limit is changed.
const NEWS: SignedDuration = SignedDuration::from_hours(30 * 24);

pub(super) struct Quality;

impl Watch for Quality {
    fn kinds(&self) -> &'static [AlertKind] {
        &[AlertKind::DataQuality]
    }

    fn read(
        &self,
        book: &Book<'_>,
        settings: &AlertSettings,
        now: Timestamp,
    ) -> Result<Vec<AlertReading>, ApplicationError> {
        let Some(least) = settings.quality_min else { return Ok(Vec::new()) };
        let since = now.checked_sub(NEWS).unwrap_or(Timestamp::UNIX_EPOCH);
        book.with(|workbook| {
            let mut imports = workbook.measured_imports(since.as_millisecond())?;
            // An event that goes on ends when its import is undone or the limit is changed, not by growing old.
            for subject in workbook.alerted_subjects(AlertKind::DataQuality)? {
                let known = subject.strip_prefix("import ").and_then(|id| id.parse::<ImportBatchId>().ok());
                imports.extend(known.filter(|id| !imports.contains(id)));
            }
            let mut readings = Vec::new();
            for id in imports {
                let batch = workbook.batch(id)?;
                let Some(quality) = batch.quality.filter(|_| batch.state == BatchState::Completed) else { continue };
                readings.push(AlertReading {
                    kind: AlertKind::DataQuality,
                    subject: format!("import {id}"),
                    account: batch.account_name.unwrap_or_default().replace('\n', ", "),
                    detail: batch.file_name,
                    figure: Some(i64::from(quality)),
                    limit: i64::from(least),
                    currency: None,
                    items: batch.added,
                });
            }
            Ok(readings)
        })
    }
}
