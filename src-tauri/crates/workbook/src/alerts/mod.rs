//! Alerts: raised once an event, recovered, acknowledged, listed; their settings and their deliveries.
//!
//! What is an event is defined in `tieout_domain::AlertReading`'s module; that it alerts once is held by a unique index.

mod deliveries;
mod sending;
mod settings;
mod watched;
mod words;

use std::collections::HashMap;

use rusqlite::{OptionalExtension, Row, params};
use tieout_domain::{
    AlertChannel, AlertId, AlertKind, AlertReading, AlertSettings, AlertSeverity, Currency, Permission,
};
use uuid::Uuid;

use crate::{
    Workbook, WorkbookError,
    change::Change,
    json::Json,
    rows::{self, Blob},
};

pub use deliveries::Delivery;
pub use sending::{ClaimedDelivery, SendOutcome};
pub use watched::ExceptionAges;

/// An alert that was raised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// Its identifier.
    pub id: AlertId,
    /// Which event of its subject this is, from 1.
    pub occurrence: u32,
    /// The reading that raised it.
    pub reading: AlertReading,
    /// How grave it was.
    pub severity: AlertSeverity,
    /// Since when, in milliseconds since 1970-01-01 UTC.
    pub raised_at_ms: i64,
    /// When the figure was found within its limit again.
    pub recovered_at_ms: Option<i64>,
    /// When somebody acknowledged it, and who.
    pub acknowledged: Option<(i64, String)>,
}

/// Which alerts are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlertFilter {
    /// Those that go on and that nobody acknowledged, newest first.
    Open,
    /// All others, newest first.
    Past,
}

/// What an evaluation changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AlertChanges {
    /// Events that began.
    pub raised: u32,
    /// Events that ended.
    pub recovered: u32,
}

const ALERT: &str = "SELECT a.id, a.kind, a.subject, a.occurrence, a.account, a.detail, a.severity, a.figure,
        a.limit_figure, a.currency, a.items, a.raised_at, a.recovered_at, a.acknowledged_at, u.name
    FROM alerts a LEFT JOIN users u ON u.company_id = a.company_id AND u.id = a.acknowledged_by
    WHERE a.company_id = ?1";

impl Workbook {
    /// Alerts, newest first.
    pub fn alerts(&self, filter: AlertFilter, limit: u32) -> Result<Vec<Alert>, WorkbookError> {
        let which = match filter {
            AlertFilter::Open => "a.recovered_at IS NULL AND a.acknowledged_at IS NULL",
            AlertFilter::Past => "(a.recovered_at IS NOT NULL OR a.acknowledged_at IS NOT NULL)",
        };
        let mut statement =
            self.sql.prepare_cached(&format!("{ALERT} AND {which} ORDER BY a.raised_at DESC, a.id DESC LIMIT ?2"))?;
        let mut found = statement.query(params![Blob(self.company.id.uuid()), limit])?;
        let mut alerts = Vec::new();
        while let Some(row) = found.next()? {
            alerts.push(read(row)?);
        }
        Ok(alerts)
    }

    /// How many alerts go on that nobody acknowledged.
    pub fn count_open_alerts(&self) -> Result<u64, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT count(*) FROM alerts WHERE company_id = ?1 AND recovered_at IS NULL AND acknowledged_at IS NULL",
        )?;
        Ok(statement.query_row(params![Blob(self.company.id.uuid())], |row| row.get(0)).map(rows::counted)?)
    }

    /// Subjects of a kind of which an event goes on.
    pub fn alerted_subjects(&self, kind: AlertKind) -> Result<Vec<String>, WorkbookError> {
        Ok(self.going_on(kind)?.into_keys().collect())
    }

    /// Takes the readings of all subjects of a kind in: raises an alert for each event that begins, with a delivery for
    /// each channel in use, and ends the events of subjects that are within their limit or have no reading.
    pub fn note_readings(
        &mut self,
        kind: AlertKind,
        readings: &[AlertReading],
        settings: &AlertSettings,
    ) -> Result<AlertChanges, WorkbookError> {
        let mut ended = self.going_on(kind)?;
        let mut begun = Vec::new();
        for reading in readings {
            debug_assert_eq!(reading.kind, kind, "a watch reads its own kind");
            match (reading.severity(), ended.contains_key(&reading.subject)) {
                (Some(_), true) => drop(ended.remove(&reading.subject)),
                (Some(severity), false) => begun.push((reading, severity)),
                (None, _) => {}
            }
        }
        let changes = AlertChanges {
            raised: u32::try_from(begun.len()).unwrap_or(u32::MAX),
            recovered: u32::try_from(ended.len()).unwrap_or(u32::MAX),
        };
        if changes == AlertChanges::default() {
            return Ok(changes);
        }
        let figures: HashMap<&str, Option<i64>> =
            readings.iter().map(|reading| (reading.subject.as_str(), reading.figure)).collect();
        self.change(Permission::Upkeep, |change| {
            for (reading, severity) in &begun {
                change.raise(reading, *severity, settings)?;
            }
            for (subject, id) in &ended {
                change.recover(*id, kind, subject, figures.get(subject.as_str()).copied().flatten())?;
            }
            Ok(())
        })?;
        Ok(changes)
    }

    /// Acknowledges an alert: somebody knows of it and looks after it. Fine if it is acknowledged already.
    pub fn acknowledge_alert(&mut self, id: AlertId) -> Result<(), WorkbookError> {
        let known = self
            .sql
            .prepare_cached(
                "SELECT acknowledged_at IS NOT NULL, kind, subject FROM alerts WHERE company_id = ?1 AND id = ?2",
            )?
            .query_row(params![Blob(self.company.id.uuid()), Blob(id.uuid())], |row| {
                Ok((row.get::<_, bool>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
            })
            .optional()?;
        let (is_acknowledged, kind, subject) = known.ok_or_else(|| WorkbookError::not_found("alert", id))?;
        if is_acknowledged {
            return Ok(());
        }
        self.change(Permission::Decide, |change| {
            change.sql.execute(
                "UPDATE alerts SET acknowledged_at = ?3, acknowledged_by = ?4 WHERE company_id = ?1 AND id = ?2",
                params![Blob(change.company.uuid()), Blob(id.uuid()), change.now_ms, Blob(change.user.uuid())],
            )?;
            let details = Json::Object(vec![("kind", Json::text(&kind)), ("of", Json::text(&subject))]);
            change.tell("alert.acknowledged", &format!("alert {id}"), &details)
        })
    }

    fn going_on(&self, kind: AlertKind) -> Result<HashMap<String, Uuid>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT subject, id FROM alerts WHERE company_id = ?1 AND kind = ?2 AND recovered_at IS NULL",
        )?;
        let found = statement.query_map(params![Blob(self.company.id.uuid()), kind.as_str()], |row| {
            Ok((row.get(0)?, row.get::<_, Blob>(1)?.0))
        })?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }
}

impl Change<'_> {
    fn raise(
        &mut self,
        reading: &AlertReading,
        severity: AlertSeverity,
        settings: &AlertSettings,
    ) -> Result<(), WorkbookError> {
        let (id, company, kind) = (self.id(), Blob(self.company.uuid()), reading.kind.as_str());
        let occurrence: u32 = self
            .sql
            .prepare_cached(
                "SELECT 1 + ifnull(max(occurrence), 0) FROM alerts WHERE company_id = ?1 AND kind = ?2 AND subject = ?3",
            )?
            .query_row(params![company, kind, reading.subject], |row| row.get(0))?;
        self.sql
            .prepare_cached(
                "INSERT INTO alerts (company_id, id, kind, subject, occurrence, account, detail, severity, figure,
                     limit_figure, currency, items, raised_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            )?
            .execute(params![
                company,
                Blob(id),
                kind,
                reading.subject,
                occurrence,
                reading.account,
                reading.detail,
                severity.as_str(),
                reading.figure,
                reading.limit,
                reading.currency.as_ref().map_or("", Currency::code),
                rows::stored(reading.items),
                self.now_ms
            ])?;
        let channels: Vec<AlertChannel> =
            AlertChannel::ALL.into_iter().filter(|channel| settings.uses(*channel)).collect();
        for channel in &channels {
            self.add_delivery(id, *channel)?;
        }
        let details = Json::Object(vec![
            ("channels", Json::texts(channels.iter().map(|channel| channel.as_str()))),
            ("currency", Json::optional(reading.currency)),
            ("figure", Json::optional(reading.figure)),
            ("kind", Json::Word(kind)),
            ("limit", Json::text(reading.limit)),
            ("occurrence", Json::count(occurrence)),
            ("of", Json::text(&reading.subject)),
            ("severity", Json::Word(severity.as_str())),
        ]);
        self.tell_as_system("alert.raised", &format!("alert {id}"), &details)
    }

    fn recover(&mut self, id: Uuid, kind: AlertKind, subject: &str, figure: Option<i64>) -> Result<(), WorkbookError> {
        self.sql.execute(
            "UPDATE alerts SET recovered_at = ?3 WHERE company_id = ?1 AND id = ?2",
            params![Blob(self.company.uuid()), Blob(id), self.now_ms],
        )?;
        let details = Json::Object(vec![
            ("figure", Json::optional(figure)),
            ("kind", Json::Word(kind.as_str())),
            ("of", Json::text(subject)),
        ]);
        self.tell_as_system("alert.recovered", &format!("alert {id}"), &details)
    }
}

/// An alert as [`ALERT`] selects it.
fn read(row: &Row<'_>) -> Result<Alert, WorkbookError> {
    let currency: String = row.get(9)?;
    let acknowledged_at: Option<i64> = row.get(13)?;
    Ok(Alert {
        id: AlertId::from_uuid(row.get::<_, Blob>(0)?.0),
        occurrence: row.get(3)?,
        reading: AlertReading {
            kind: words::kind(&row.get::<_, String>(1)?)?,
            subject: row.get(2)?,
            account: row.get(4)?,
            detail: row.get(5)?,
            figure: row.get(7)?,
            limit: row.get(8)?,
            currency: (!currency.is_empty()).then(|| rows::currency(&currency)).transpose()?,
            items: rows::counted(row.get(10)?),
        },
        severity: words::severity(&row.get::<_, String>(6)?)?,
        raised_at_ms: row.get(11)?,
        recovered_at_ms: row.get(12)?,
        acknowledged: acknowledged_at.zip(row.get(14)?),
    })
}
