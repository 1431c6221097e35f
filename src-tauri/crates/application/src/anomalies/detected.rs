//! What was found in a workbook, kept until its records change.

use std::{collections::HashMap, ops::ControlFlow};

use jiff::civil::Date;
use sha2::{Digest as _, Sha256};
use tieout_classify::{Anomaly, AnomalyConfig, AnomalyKind, Dates, Facts, Postings, detect};
use tieout_domain::{AccountId, Digest, ImportBatchId, LedgerEntryId, Money, RecordRef, Side, StatementLineId};
use tieout_workbook::{PostingRow, Workbook};
use uuid::Uuid;

use super::{AnomaliesRequest, AnomalyReport, FoundAnomaly, RECORDS_SHOWN, cap, record_of};
use crate::{ApplicationError, Progress};

/// All records of a workbook as detectors see them.
pub(super) struct Read {
    postings: Postings,
    /// The account of each posting, where it has one.
    accounts: Vec<Option<AccountId>>,
}

/// What was found for a request.
pub(crate) struct Detected {
    request: AnomaliesRequest,
    pub(super) config: AnomalyConfig,
    version: u64,
    records: u64,
    /// With the key and the records of each.
    found: Vec<(Digest, Anomaly, Vec<RecordRef>)>,
    /// The amounts of the records above, to show the largest.
    magnitudes: HashMap<u128, u64>,
}

/// What an anomaly is known by: its kind and its records.
pub(super) fn key_of(kind: AnomalyKind, ids: impl Iterator<Item = u128>) -> Digest {
    let mut ids: Vec<u128> = ids.collect();
    ids.sort_unstable();
    let mut hasher = Sha256::new();
    hasher.update(kind.as_str().as_bytes());
    ids.iter().for_each(|id| hasher.update(id.to_be_bytes()));
    Digest::from_bytes(hasher.finalize().into())
}

impl Read {
    /// Reads every record that is not withdrawn.
    pub(super) fn of(
        workbook: &Workbook,
        progress: &(dyn Fn(Progress) + Sync),
        is_cancelled: &dyn Fn() -> bool,
    ) -> Result<Self, ApplicationError> {
        let Imports { places, days } = imports(workbook)?;
        let mut read = Self { postings: Postings::default(), accounts: Vec::new() };
        let mut watch = |done, total| {
            progress(Progress { stage: "reading", done, total });
            if is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        workbook.each_posting(&mut watch, &mut |row| read.add(row, &places))?;
        read.postings.set_imports(days);
        Ok(read)
    }

    fn add(&mut self, row: &PostingRow<'_>, imports: &HashMap<ImportBatchId, u32>) {
        let before = self.postings.len();
        let account = row.account.map(|id| id.uuid().as_u128().to_string()).unwrap_or_default();
        self.postings.add(&Facts {
            id: id_of(row.record).as_u128(),
            kind: row.kind,
            account: &account,
            counterparty: row.counterparty,
            counterparty_code: row.counterparty_code,
            number: row.number,
            reference: row.reference,
            date: row.date,
            value_date: row.value_date,
            amount: row.amount,
            import: imports.get(&row.batch).copied().unwrap_or(0),
            is_known_duplicate: row.is_known_duplicate,
        });
        if self.postings.len() > before {
            self.accounts.push(row.account);
        }
    }

    /// Looks for anomalies. Those of an account are found among all records, and then chosen.
    pub(super) fn detect(
        self,
        request: &AnomaliesRequest,
        account: Option<AccountId>,
        config: AnomalyConfig,
        dates: Dates,
        version: u64,
    ) -> Detected {
        let postings = &self.postings;
        let is_wanted = |anomaly: &Anomaly| {
            let of = |at: &u32| self.accounts.get(*at as usize).copied().flatten();
            account.is_none() || anomaly.postings.first().and_then(of) == account
        };
        let mut magnitudes = HashMap::new();
        let found = detect(postings, &config, dates).into_iter().filter(is_wanted).map(|anomaly| {
            let ids = || anomaly.postings.iter().map(|at| postings.get(*at).id);
            let records = anomaly.postings.iter().map(|at| {
                let posting = postings.get(*at);
                magnitudes.insert(posting.id, posting.amount.magnitude());
                record_ref(posting.side(), posting.id)
            });
            let records = records.collect();
            (key_of(anomaly.kind, ids()), anomaly, records)
        });
        let found = found.collect();
        Detected { request: request.clone(), config, version, records: postings.len() as u64, found, magnitudes }
    }
}

impl Detected {
    pub(super) fn is_of(&self, request: &AnomaliesRequest) -> bool {
        self.request == *request
    }

    /// Whether this is what is found in that version of the workbook; see [`Workbook::work_version`].
    pub(super) fn held_at(&self, version: u64) -> bool {
        self.version == version
    }

    /// What changed since was no record.
    pub(super) fn still_holds_at(&mut self, version: u64) {
        self.version = version;
    }

    pub(super) fn find(&self, key: Digest) -> Option<(AnomalyKind, Money, Vec<RecordRef>)> {
        let (_, anomaly, records) = self.found.iter().find(|(known, ..)| *known == key)?;
        Some((anomaly.kind, anomaly.impact, records.clone()))
    }

    pub(super) fn report(&self, workbook: &Workbook) -> Result<AnomalyReport, ApplicationError> {
        let judged = workbook.anomalies_set_aside()?;
        let is_set_aside = |key: &Digest| judged.contains_key(key);
        let (listed, kinds) =
            cap(self.found.iter().map(|(key, anomaly, _)| (anomaly.kind, is_set_aside(key))).collect(), &self.config);
        let mut report = AnomalyReport {
            records: self.records,
            found: Vec::new(),
            set_aside: Vec::new(),
            kinds,
            notes: Vec::new(),
            rows_rejected: 0,
        };
        for ((key, anomaly, records), _) in self.found.iter().zip(listed).filter(|(_, listed)| *listed) {
            let mut shown: Vec<RecordRef> = records.clone();
            if shown.len() > RECORDS_SHOWN {
                let magnitude = |record: &RecordRef| self.magnitudes.get(&id_of(*record).as_u128()).copied();
                shown.sort_by_key(|record| std::cmp::Reverse(magnitude(record)));
                shown.truncate(RECORDS_SHOWN);
            }
            let found = FoundAnomaly {
                key: *key,
                kind: anomaly.kind,
                impact: anomaly.impact,
                strength: anomaly.strength,
                evidence: anomaly.evidence.clone(),
                records: shown.into_iter().map(|record| record_of(workbook, record)).collect::<Result<_, _>>()?,
                record_count: records.len() as u64,
                set_aside: judged.get(key).cloned(),
            };
            if found.set_aside.is_some() { &mut report.set_aside } else { &mut report.found }.push(found);
        }
        Ok(report)
    }
}

fn id_of(record: RecordRef) -> Uuid {
    match record {
        RecordRef::Line(id) => id.uuid(),
        RecordRef::Entry(id) => id.uuid(),
    }
}

fn record_ref(side: Side, id: u128) -> RecordRef {
    match side {
        Side::Statement => RecordRef::Line(StatementLineId::from_uuid(Uuid::from_u128(id))),
        Side::Ledger => RecordRef::Entry(LedgerEntryId::from_uuid(Uuid::from_u128(id))),
    }
}

/// The imports in their order, and the day each came.
struct Imports {
    places: HashMap<ImportBatchId, u32>,
    days: Vec<Option<Date>>,
}

fn imports(workbook: &Workbook) -> Result<Imports, ApplicationError> {
    let mut batches = workbook.list_batches()?;
    batches.reverse();
    Ok(Imports {
        places: batches.iter().map(|batch| batch.id).zip(0..).collect(),
        days: batches.iter().map(|batch| Some(workbook.day_of(batch.started_at_ms))).collect(),
    })
}
