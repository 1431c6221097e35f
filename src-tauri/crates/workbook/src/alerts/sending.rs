//! Claiming deliveries that are due, and recording what became of them.
//!
//! Between the two nothing of the workbook is held: sending takes as long as the other side likes. If the program ends in
//! between, the claim lapses and the alert is sent again under the same key; so a crash may send it twice, never not at
//! all.

use rusqlite::{OptionalExtension, TransactionBehavior, params};
use sha2::{Digest as _, Sha256};
use tieout_domain::{AlertChannel, AlertDeliveryId, DeliveryState, Digest, Permission, Said, retry_delay_ms};
use uuid::Uuid;

use super::{ALERT, Alert, read, words};
use crate::{Workbook, WorkbookError, json::Json, rows::Blob};

/// After so long a claim has lapsed: longer than any sending takes.
const CLAIM_MS: i64 = 5 * 60 * 1_000;
/// Longest error that is kept in words, in characters.
const ERROR_CHARS_MAX: usize = 400;
/// Longest that is kept with its values, in bytes; of what is longer the words are kept alone.
const KEPT_BYTES_MAX: usize = 4_000;

/// A delivery that this caller alone is to send now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedDelivery {
    /// Its identifier.
    pub id: AlertDeliveryId,
    /// Through which channel.
    pub channel: AlertChannel,
    /// Which attempt this is, from 1.
    pub attempts: u32,
    /// What is to be told.
    pub alert: Alert,
    /// Always the same for the same event and channel, and telling nothing of it: receivers that know it drop a copy.
    pub key: Digest,
}

/// What became of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendOutcome {
    /// The other side took it.
    Delivered,
    /// It may work later: after so many milliseconds, where the other side said so.
    Later {
        /// What went wrong; no secrets.
        error: Said,
        /// How long the other side wants to be left alone.
        wait_ms: Option<i64>,
    },
    /// It will not work.
    Refused {
        /// What went wrong; no secrets.
        error: Said,
    },
}

impl Workbook {
    /// Takes the delivery that has been due longest, if there is one, by any channel but these. It is this caller's until
    /// its outcome is recorded.
    pub fn claim_delivery(&mut self, without: &[AlertChannel]) -> Result<Option<ClaimedDelivery>, WorkbookError> {
        let (company, now) = (Blob(self.company.id.uuid()), self.clock.now_ms());
        let without: Vec<String> = without.iter().map(|channel| format!("'{}'", channel.as_str())).collect();
        let without = without.join(", ");
        // Working state, not a change of what the workbook says: it has no link in the audit chain, its outcome has.
        let sql = self.sql.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found: Option<(Uuid, Uuid, String, u32)> = sql
            .prepare_cached(&format!(
                "SELECT id, alert_id, channel, attempts FROM alert_deliveries
                 WHERE company_id = ?1 AND state IN ('waiting', 'sending') AND next_attempt_at <= ?2
                   AND (state = 'waiting' OR claimed_at <= ?3) AND channel NOT IN ({without})
                 ORDER BY next_attempt_at, id LIMIT 1",
            ))?
            .query_row(params![company, now, now.saturating_sub(CLAIM_MS)], |row| {
                Ok((row.get::<_, Blob>(0)?.0, row.get::<_, Blob>(1)?.0, row.get(2)?, row.get(3)?))
            })
            .optional()?;
        let Some((id, alert, channel, attempts)) = found else { return Ok(None) };
        sql.execute(
            "UPDATE alert_deliveries SET state = 'sending', claimed_at = ?3, attempts = attempts + 1
             WHERE company_id = ?1 AND id = ?2",
            params![company, Blob(id), now],
        )?;
        sql.commit()?;
        let alert = self
            .sql
            .prepare_cached(&format!("{ALERT} AND a.id = ?2"))?
            .query_row(params![company, Blob(alert)], |row| Ok(read(row)))??;
        let channel = words::channel(&channel)?;
        Ok(Some(ClaimedDelivery {
            id: AlertDeliveryId::from_uuid(id),
            channel,
            attempts: attempts.saturating_add(1),
            key: self.event_key(&alert, channel),
            alert,
        }))
    }

    /// Records what became of a claimed delivery. Answers how it stands now.
    pub fn record_delivery(
        &mut self,
        claimed: &ClaimedDelivery,
        outcome: &SendOutcome,
    ) -> Result<DeliveryState, WorkbookError> {
        let attempts = claimed.attempts;
        let (id, alert, channel) = (claimed.id, claimed.alert.id, claimed.channel.as_str());
        self.change(Permission::Upkeep, |change| {
            let nothing = Said::default();
            let (state, error, wait_ms) = match outcome {
                SendOutcome::Delivered => (DeliveryState::Delivered, &nothing, 0),
                SendOutcome::Refused { error } => (DeliveryState::GivenUp, error, 0),
                SendOutcome::Later { error, wait_ms } => match retry_delay_ms(attempts, *wait_ms) {
                    Some(delay_ms) => (DeliveryState::Waiting, error, delay_ms),
                    None => (DeliveryState::GivenUp, error, 0),
                },
            };
            let words: String = error.english().chars().take(ERROR_CHARS_MAX).collect();
            let kept = Some(error.to_keep()).filter(|kept| kept.len() <= KEPT_BYTES_MAX);
            let delivered_at = (state == DeliveryState::Delivered).then_some(change.now_ms);
            let changed = change.sql.execute(
                "UPDATE alert_deliveries SET state = ?3, next_attempt_at = ?4, claimed_at = NULL, last_error = ?5,
                     delivered_at = ?6
                 WHERE company_id = ?1 AND id = ?2 AND state = 'sending'",
                params![
                    Blob(change.company.uuid()),
                    Blob(id.uuid()),
                    state.as_str(),
                    change.now_ms.saturating_add(wait_ms),
                    kept.as_ref().unwrap_or(&words),
                    delivered_at
                ],
            )?;
            if changed != 1 {
                return Err(WorkbookError::not_found("delivery under way", id));
            }
            let action = match state {
                DeliveryState::Delivered => "alert.delivered",
                DeliveryState::GivenUp => "alert.delivery_given_up",
                DeliveryState::Waiting | DeliveryState::Sending => "alert.delivery_failed",
            };
            let details = Json::Object(vec![
                ("attempt", Json::count(attempts)),
                ("channel", Json::Word(channel)),
                ("error", Json::text(words)),
            ]);
            change.tell_as_system(action, &format!("alert {alert}"), &details)?;
            Ok(state)
        })
    }

    fn event_key(&self, alert: &Alert, channel: AlertChannel) -> Digest {
        let mut hash = Sha256::new();
        let occurrence = alert.occurrence.to_string();
        let company = self.company.id.to_string();
        let parts = [&company, alert.reading.kind.as_str(), &alert.reading.subject, &occurrence, channel.as_str()];
        for part in parts {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        Digest::from_bytes(hash.finalize().into())
    }
}
