//! Anomalies: found in a workbook or in files, set aside by people, and how they are looked for.

mod detected;
pub mod files;
mod settings;

use jiff::{Timestamp, civil::Date};
use tieout_classify::Dates;
pub use tieout_classify::{
    Anomaly, AnomalyConfig, AnomalyKind, Conformity, DigitCount, Evidence as AnomalyEvidence, Lateness,
};
use tieout_domain::{Digest, Money, RecordRef, said};
use tieout_reports::RecordRow;
pub use tieout_workbook::SetAside;
use tieout_workbook::{AnomalyToSetAside, Workbook};

use crate::{ApplicationError, Progress, Session, figures::account_named, report_rows::record_row};
pub(crate) use detected::Detected;
pub use settings::AnomalySettings;
pub(crate) use settings::{kept_config, setting_of};

/// Most records that are shown of one anomaly, the largest first; all are counted.
const RECORDS_SHOWN: usize = 20;

/// What to look at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AnomaliesRequest {
    /// Name of the account; left out: all accounts and the books.
    pub account: Option<String>,
    /// First day; left out: all. What lies outside still tells what is usual.
    pub from: Option<Date>,
    /// Last day; left out: all.
    pub to: Option<Date>,
}

/// A record of an anomaly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnomalyRecord {
    /// Its identifier in the workbook; none for records of files.
    pub id: Option<RecordRef>,
    /// The record.
    pub row: RecordRow<'static>,
}

/// An anomaly with what people want to see of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundAnomaly {
    /// What it is known by: the same whenever it is found again.
    pub key: Digest,
    /// What makes it stand out.
    pub kind: AnomalyKind,
    /// What it may be about, without sign.
    pub impact: Money,
    /// How far it is past the detector's own threshold, in hundredths.
    pub strength: u32,
    /// Why.
    pub evidence: AnomalyEvidence,
    /// Its records, or the largest of them.
    pub records: Vec<AnomalyRecord>,
    /// How many records it has.
    pub record_count: u64,
    /// That it is in order, where a person said so.
    pub set_aside: Option<SetAside>,
}

/// How many there are of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindCount {
    /// The kind.
    pub kind: AnomalyKind,
    /// Whether it is looked for.
    pub enabled: bool,
    /// Found and not set aside.
    pub found: u64,
    /// Of these, those that are not listed: the smaller ones.
    pub left_out: u64,
    /// Set aside.
    pub set_aside: u64,
}

/// What stands out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnomalyReport {
    /// Records looked at.
    pub records: u64,
    /// Anomalies that are not set aside, the largest impact first.
    pub found: Vec<FoundAnomaly>,
    /// Those that are, in the same order.
    pub set_aside: Vec<FoundAnomaly>,
    /// Counts by kind, of every kind.
    pub kinds: Vec<KindCount>,
    /// What people should know of files that were read: rejected rows, readings that were a choice.
    pub notes: Vec<String>,
    /// Rows of files that could not be read.
    pub rows_rejected: u64,
}

impl Session {
    /// What stands out among the records of the open workbook. It is looked for anew unless nothing but judgements changed
    /// since the last time. Other work in the workbook may go on meanwhile.
    pub fn anomalies(
        &self,
        request: &AnomaliesRequest,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<AnomalyReport, ApplicationError> {
        self.with_detected(request, progress, |workbook, detected| detected.report(workbook))
    }

    /// Says that an anomaly, among those that are found for this request, is in order, and why. They may have to be looked
    /// for anew.
    pub fn set_anomaly_aside(
        &self,
        request: &AnomaliesRequest,
        key: Digest,
        reason: &str,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<(), ApplicationError> {
        self.with_detected(request, progress, |workbook, detected| {
            let (kind, impact, records) = detected.find(key).ok_or_else(|| {
                ApplicationError::Stale(said!(
                    "anomaly.gone",
                    "no anomaly with this key is found now: list anomalies again, and give a key from the list"
                ))
            })?;
            let anomaly = AnomalyToSetAside { key, kind: kind.as_str(), records: &records, impact };
            let before = workbook.work_version()?;
            workbook.set_anomaly_aside(&anomaly, reason)?;
            // Records may have come or been settled while it was looked for.
            if detected.held_at(before) {
                detected.still_holds_at(workbook.work_version()?);
            }
            Ok(())
        })
    }

    /// Takes that back.
    pub fn restore_anomaly(&self, key: Digest) -> Result<(), ApplicationError> {
        self.with_open(|open| {
            let before = open.workbook.work_version()?;
            open.workbook.restore_anomaly(key)?;
            let after = open.workbook.work_version()?;
            if let Some(detected) = open.detected.as_mut().filter(|detected| detected.held_at(before)) {
                detected.still_holds_at(after);
            }
            Ok(())
        })
    }

    /// Works with what is found: with what is at hand, or else with what is found anew. Whoever asks for something else
    /// meanwhile takes nothing away from it.
    fn with_detected<T>(
        &self,
        request: &AnomaliesRequest,
        progress: &(dyn Fn(Progress) + Sync),
        work: impl FnOnce(&mut Workbook, &mut Detected) -> Result<T, ApplicationError>,
    ) -> Result<T, ApplicationError> {
        let fresh = self.detect(request, progress)?;
        self.with_open(|open| {
            let kept = open.detected.take();
            let mut detected = match fresh.or(kept) {
                Some(detected) if detected.is_of(request) => detected,
                other => {
                    open.detected = other;
                    return Err(changed());
                }
            };
            let done = work(&mut open.workbook, &mut detected);
            open.detected = Some(detected);
            done
        })
    }

    /// What is found, unless it is at hand.
    fn detect(
        &self,
        request: &AnomaliesRequest,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Option<Detected>, ApplicationError> {
        let dates = dates(request)?;
        let read = self.with_open(|open| {
            let account =
                request.account.as_deref().map(|name| account_named(&open.workbook, Some(name))).transpose()?;
            let config = kept_config(&open.workbook)?.0;
            let version = open.workbook.work_version()?;
            let is_fresh =
                |detected: &Detected| detected.is_of(request) && detected.held_at(version) && detected.config == config;
            if open.detected.as_ref().is_some_and(is_fresh) {
                return Ok(None);
            }
            let task = self.begin()?;
            let read = detected::Read::of(&open.workbook, progress, &|| task.is_cancelled())?;
            Ok(Some((read, account, config, version, task)))
        })?;
        let Some((read, account, config, version, _task)) = read else { return Ok(None) };
        progress(Progress { stage: "classifying", done: 0, total: 0 });
        Ok(Some(read.detect(request, account, config, dates, version)))
    }
}

fn changed() -> ApplicationError {
    ApplicationError::Stale(said!(
        "anomaly.others",
        "the workbook was asked for other anomalies meanwhile: list them again"
    ))
}

/// The dates of a request.
fn dates(request: &AnomaliesRequest) -> Result<Dates, ApplicationError> {
    if let (Some(from), Some(to)) = (request.from, request.to)
        && from > to
    {
        return Err(tieout_workbook::WorkbookError::DatesReversed { from, to }.into());
    }
    Ok(Dates { from: request.from, to: request.to })
}

/// Counts by kind, with as many kept in the list as are to be listed of one kind.
fn cap(found: Vec<(AnomalyKind, bool)>, config: &AnomalyConfig) -> (Vec<bool>, Vec<KindCount>) {
    let mut kinds: Vec<KindCount> = AnomalyKind::ALL
        .into_iter()
        .map(|kind| KindCount { kind, enabled: config.is_on(kind), found: 0, left_out: 0, set_aside: 0 })
        .collect();
    let listed = found.into_iter().map(|(kind, is_set_aside)| {
        let Some(count) = kinds.iter_mut().find(|count| count.kind == kind) else { return false };
        if is_set_aside {
            count.set_aside += 1;
            return count.set_aside <= u64::from(config.listed_max);
        }
        count.found += 1;
        let is_listed = count.found <= u64::from(config.listed_max);
        count.left_out += u64::from(!is_listed);
        is_listed
    });
    let listed = listed.collect();
    (listed, kinds)
}

/// When a person said so.
pub fn set_aside_at(set_aside: &SetAside) -> Timestamp {
    Timestamp::from_millisecond(set_aside.at_ms).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// A record of the workbook.
fn record_of(workbook: &tieout_workbook::Workbook, id: RecordRef) -> Result<AnomalyRecord, ApplicationError> {
    Ok(AnomalyRecord { id: Some(id), row: record_row(workbook.record(id)?) })
}
