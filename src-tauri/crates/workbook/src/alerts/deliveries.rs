//! The log of deliveries, and putting what was given up on its way again.

use rusqlite::params;
use tieout_domain::{AlertChannel, AlertDeliveryId, DeliveryState, Permission, Said};
use uuid::Uuid;

use super::{Alert, read, words};
use crate::{Workbook, WorkbookError, change::Change, json::Json, rows::Blob};

/// An alert on its way through a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its identifier.
    pub id: AlertDeliveryId,
    /// The alert.
    pub alert: Alert,
    /// Through which channel.
    pub channel: AlertChannel,
    /// How far it has come.
    pub state: DeliveryState,
    /// Attempts so far.
    pub attempts: u32,
    /// When it is tried next, in milliseconds since 1970-01-01 UTC; says nothing once it is delivered or given up.
    pub next_attempt_at_ms: i64,
    /// What went wrong last, in words; empty: nothing.
    pub last_error: Said,
    /// When the other side took it.
    pub delivered_at_ms: Option<i64>,
}

impl Workbook {
    /// The newest deliveries, newest first.
    pub fn alert_deliveries(&self, limit: u32) -> Result<Vec<Delivery>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT a.id, a.kind, a.subject, a.occurrence, a.account, a.detail, a.severity, a.figure, a.limit_figure,
                    a.currency, a.items, a.raised_at, a.recovered_at, a.acknowledged_at, u.name,
                    d.id, d.channel, d.state, d.attempts, d.next_attempt_at, d.last_error, d.delivered_at
             FROM alert_deliveries d
             JOIN alerts a ON a.company_id = d.company_id AND a.id = d.alert_id
             LEFT JOIN users u ON u.company_id = a.company_id AND u.id = a.acknowledged_by
             WHERE d.company_id = ?1 ORDER BY d.id DESC LIMIT ?2",
        )?;
        let mut found = statement.query(params![Blob(self.company.id.uuid()), limit])?;
        let mut deliveries = Vec::new();
        while let Some(row) = found.next()? {
            deliveries.push(Delivery {
                id: AlertDeliveryId::from_uuid(row.get::<_, Blob>(15)?.0),
                alert: read(row)?,
                channel: words::channel(&row.get::<_, String>(16)?)?,
                state: words::state(&row.get::<_, String>(17)?)?,
                attempts: row.get(18)?,
                next_attempt_at_ms: row.get(19)?,
                last_error: Said::kept(&row.get::<_, String>(20)?),
                delivered_at_ms: row.get(21)?,
            });
        }
        Ok(deliveries)
    }

    /// Tries what was given up from the start again, and what waits at once. Answers how many.
    pub fn retry_deliveries(&mut self) -> Result<u32, WorkbookError> {
        let company = Blob(self.company.id.uuid());
        let which = "company_id = ?1 AND state IN ('waiting', 'given_up')";
        let count: u32 = self.sql.query_row(
            &format!("SELECT count(*) FROM alert_deliveries WHERE {which}"),
            params![company],
            |row| row.get(0),
        )?;
        if count == 0 {
            return Ok(0);
        }
        self.change(Permission::Decide, |change| {
            change.sql.execute(
                &format!(
                    "UPDATE alert_deliveries SET state = 'waiting', next_attempt_at = ?2,
                         attempts = iif(state = 'given_up', 0, attempts) WHERE {which}"
                ),
                params![company, change.now_ms],
            )?;
            let details = Json::Object(vec![("deliveries", Json::count(count))]);
            change.tell("alert.deliveries_retried", "alerts", &details)
        })?;
        Ok(count)
    }
}

impl Change<'_> {
    pub(super) fn add_delivery(&mut self, alert: Uuid, channel: AlertChannel) -> Result<(), WorkbookError> {
        let id = self.id();
        self.sql
            .prepare_cached(
                "INSERT INTO alert_deliveries
                     (company_id, id, alert_id, channel, state, attempts, next_attempt_at, last_error, created_at)
                 VALUES (?1, ?2, ?3, ?4, 'waiting', 0, ?5, '', ?5)",
            )?
            .execute(params![Blob(self.company.uuid()), Blob(id), Blob(alert), channel.as_str(), self.now_ms])?;
        Ok(())
    }
}
