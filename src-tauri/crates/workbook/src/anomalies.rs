//! What a person said of anomalies: that they are in order, and why.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, params};
use tieout_domain::{Digest, Money, Permission, RecordRef, said};

use crate::{Workbook, WorkbookError, json::Json, rows::Blob};

/// Most records that an audit event names; it counts the others.
const RECORDS_TOLD_MAX: usize = 20;

/// A person's word that an anomaly is in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// Why.
    pub reason: String,
    /// Whose word it is.
    pub by: String,
    /// When, in milliseconds since 1970-01-01 UTC.
    pub at_ms: i64,
}

/// An anomaly to be set aside.
#[derive(Debug, Clone, Copy)]
pub struct AnomalyToSetAside<'a> {
    /// What it is known by: the same whenever it is found again.
    pub key: Digest,
    /// The word for its kind.
    pub kind: &'a str,
    /// The records it is about.
    pub records: &'a [RecordRef],
    /// What it may be about.
    pub impact: Money,
}

impl Workbook {
    /// What was set aside, by the anomalies' keys.
    pub fn anomalies_set_aside(&self) -> Result<HashMap<Digest, SetAside>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT a.key, a.reason, u.name, a.set_aside_at FROM anomalies_set_aside a
             JOIN users u ON u.company_id = a.company_id AND u.id = a.set_aside_by WHERE a.company_id = ?1",
        )?;
        let found = statement.query_map(params![Blob(self.company.id.uuid())], |row| {
            let set_aside = SetAside { reason: row.get(1)?, by: row.get(2)?, at_ms: row.get(3)? };
            Ok((Digest::from_bytes(row.get(0)?), set_aside))
        })?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// Sets an anomaly aside, with a reason.
    pub fn set_anomaly_aside(&mut self, anomaly: &AnomalyToSetAside<'_>, reason: &str) -> Result<(), WorkbookError> {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(WorkbookError::Name(said!(
                "anomaly.noReason",
                "setting an anomaly aside needs a reason, for whoever reads it later"
            )));
        }
        self.change(Permission::Decide, |change| {
            let added = change.sql.execute(
                "INSERT OR IGNORE INTO anomalies_set_aside (company_id, key, kind, reason, set_aside_by, set_aside_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    Blob(change.company.uuid()),
                    anomaly.key.as_bytes(),
                    anomaly.kind,
                    reason,
                    Blob(change.user.uuid()),
                    change.now_ms
                ],
            )?;
            if added == 0 {
                return Err(WorkbookError::Name(said!(
                    "anomaly.setAside",
                    "the anomaly is set aside already: take that back to give another reason"
                )));
            }
            let named = anomaly.records.iter().take(RECORDS_TOLD_MAX).map(|record| match record {
                RecordRef::Line(id) => format!("line {id}"),
                RecordRef::Entry(id) => format!("entry {id}"),
            });
            let details = Json::Object(vec![
                ("impact", Json::text(anomaly.impact)),
                ("kind", Json::text(anomaly.kind)),
                ("reason", Json::text(reason)),
                ("record_count", Json::count(anomaly.records.len() as u64)),
                ("records", Json::texts(named)),
            ]);
            change.tell("anomaly.set_aside", &subject(anomaly.key), &details)
        })
    }

    /// Takes back that an anomaly was set aside: it is listed again as long as it is found.
    pub fn restore_anomaly(&mut self, key: Digest) -> Result<(), WorkbookError> {
        self.change(Permission::Decide, |change| {
            let company = Blob(change.company.uuid());
            let before: Option<(String, String)> = change
                .sql
                .query_row(
                    "SELECT kind, reason FROM anomalies_set_aside WHERE company_id = ?1 AND key = ?2",
                    params![company, key.as_bytes()],
                    |row| Ok((row.get(0)?, row.get(1)?)),
                )
                .optional()?;
            let (kind, reason) = before.ok_or_else(|| WorkbookError::not_found("anomaly set aside", key))?;
            change.sql.execute(
                "DELETE FROM anomalies_set_aside WHERE company_id = ?1 AND key = ?2",
                params![company, key.as_bytes()],
            )?;
            let details = Json::Object(vec![("kind", Json::text(kind)), ("reason", Json::text(reason))]);
            change.tell("anomaly.restored", &subject(key), &details)
        })
    }
}

fn subject(key: Digest) -> String {
    format!("anomaly {key}")
}
