//! Alerts: what passed a limit, who was told, and the settings.
//!
//! Commands: `alerts {}`, `acknowledge_alerts { ids }`, `save_alert_settings(SaveAlertSettingsRequest)`,
//! `retry_alert_deliveries {}` (all [`AlertsView`]), `test_alert_channel { channel }` ([`AlertTestView`]),
//! `count_open_alerts {}` (a number).

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use tieout_application::alerts as application;
use tieout_domain::{AlertChannel, AlertKind, AlertSettings, DeliveryState, MailSecurity, MessageLanguage, Money};
use ts_rs::TS;
use zeroize::Zeroizing;

use crate::{
    CommandError, SaidView,
    answers::{count, moment},
    error::sentence,
};

/// An alert.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AlertView {
    /// Identifier.
    pub id: String,
    /// `variance`, `data_quality`, `exceptions_aged`, `exceptions_count`, `exceptions_sum` or `rate_change`.
    pub kind: String,
    /// `warning` or `critical`.
    pub severity: String,
    /// The account's name; empty: none is meant.
    pub account: String,
    /// The account, where one is meant.
    pub account_id: Option<String>,
    /// A month (`2025-03`), a file's name or a currency; may be empty.
    pub detail: String,
    /// The figure when it was raised: percent for variances, major units for sums; null: it cannot be known.
    pub figure: Option<String>,
    /// The limit, likewise.
    pub limit: String,
    /// Currency of sums.
    pub currency: Option<String>,
    /// How many records it is about.
    pub items: u32,
    /// Which event of its subject it is, from 1.
    pub occurrence: u32,
    /// Since when.
    pub raised_at: String,
    /// When the figure was within its limit again.
    pub recovered_at: Option<String>,
    /// When somebody acknowledged it.
    pub acknowledged_at: Option<String>,
    /// Who.
    pub acknowledged_by: Option<String>,
    /// What it says, in English, for scripts.
    pub text: String,
}

/// An alert on its way through a channel.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AlertDeliveryView {
    /// Identifier.
    pub id: String,
    /// The alert.
    pub alert: AlertView,
    /// `email` or `webhook`.
    pub channel: String,
    /// `waiting`, `sending`, `delivered` or `given_up`.
    pub state: String,
    /// Attempts so far.
    pub attempts: u32,
    /// When it is tried next, while it waits.
    pub next_attempt_at: Option<String>,
    /// What went wrong last, in English; empty: nothing.
    pub last_error: String,
    /// The same for the window's catalogue.
    pub last_error_said: SaidView,
    /// When the other side took it.
    pub delivered_at: Option<String>,
}

/// What is watched and where alerts go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AlertSettingsView {
    /// Watch variances against the limit of the figures.
    pub variance: bool,
    /// Watch for changed rates of jobs.
    pub rate_changes: bool,
    /// Least data quality of an import; null: not watched. So are the next three.
    pub quality_min: Option<u8>,
    /// Most days an exception may be open.
    pub exception_days: Option<u32>,
    /// Most exceptions.
    pub exception_count: Option<u32>,
    /// Most that may be open of all exceptions of a currency, in whole major units.
    pub exception_sum: Option<u32>,
    /// Send mail.
    pub email: bool,
    /// The mail server.
    pub smtp_host: String,
    /// Its port.
    pub smtp_port: u16,
    /// `tls`, `starttls` or `plain`.
    pub smtp_security: String,
    /// Who signs in; empty: nobody.
    pub smtp_user: String,
    /// A PEM file with a certificate that is trusted too; empty: none.
    pub certificate: String,
    /// Sender.
    pub from: String,
    /// Recipients.
    pub to: Vec<String>,
    /// Post to the webhook.
    pub webhook: bool,
    /// Scheme and host of the webhook; the rest of its address is a secret. Not heeded when settings are saved.
    pub webhook_host: String,
    /// Send without TLS to other machines too.
    pub allow_plain: bool,
    /// Language of messages: `en` or `de`.
    pub language: String,
}

/// `save_alert_settings`
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SaveAlertSettingsRequest {
    /// The settings.
    pub settings: AlertSettingsView,
    /// A new password of the mail server, for the keychain; empty: forget it; null: leave it.
    pub smtp_password: Option<String>,
    /// A new address of the webhook, likewise.
    pub webhook_url: Option<String>,
}

/// Everything there is to show of alerts.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AlertsView {
    /// Those that go on and that nobody acknowledged, newest first.
    pub open: Vec<AlertView>,
    /// The newest of all others.
    pub past: Vec<AlertView>,
    /// The newest deliveries.
    pub deliveries: Vec<AlertDeliveryView>,
    /// What is watched and where alerts go.
    pub settings: AlertSettingsView,
}

/// What came of a test message.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AlertTestView {
    /// The other side took it.
    pub delivered: bool,
    /// What kind of thing went wrong, a word such as `name_unknown`, `tls` or `rejected`; empty: nothing.
    pub fault: String,
    /// What happened, where, and what to do, in English; empty: nothing went wrong.
    pub message: String,
    /// The same for the window's catalogue.
    pub said: SaidView,
}

/// `tieout workbook alerts deliver --json`
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AlertDeliverySummaryView {
    /// Taken by the other side.
    pub delivered: u32,
    /// To be tried again.
    pub waiting: u32,
    /// Given up.
    pub given_up: u32,
}

impl From<application::RaisedAlert> for AlertView {
    fn from(alert: application::RaisedAlert) -> Self {
        let reading = &alert.reading;
        let unit = |figure: i64| match (reading.kind, reading.currency) {
            (AlertKind::Variance, _) => Decimal::new(figure, 2).to_string(),
            (AlertKind::ExceptionsSum | AlertKind::RateChange, Some(currency)) => {
                Money::from_minor(figure, currency).to_decimal().to_string()
            }
            _ => figure.to_string(),
        };
        let account_id = reading.subject.strip_prefix("account ").and_then(|rest| rest.split(' ').next());
        let (acknowledged_at, acknowledged_by) = alert.acknowledged.clone().unzip();
        Self {
            id: alert.id.to_string(),
            kind: reading.kind.as_str().to_owned(),
            severity: alert.severity.as_str().to_owned(),
            account: reading.account.clone(),
            account_id: account_id.map(str::to_owned),
            detail: reading.detail.clone(),
            figure: reading.figure.map(unit),
            limit: unit(reading.limit),
            currency: reading.currency.map(|currency| currency.code().to_owned()),
            items: count(reading.items),
            occurrence: alert.occurrence,
            raised_at: moment(alert.raised_at_ms),
            recovered_at: alert.recovered_at_ms.map(moment),
            acknowledged_at: acknowledged_at.map(moment),
            acknowledged_by,
            text: application::told(reading),
        }
    }
}

impl From<application::AlertDelivery> for AlertDeliveryView {
    fn from(delivery: application::AlertDelivery) -> Self {
        let waits = delivery.state == DeliveryState::Waiting;
        Self {
            id: delivery.id.to_string(),
            alert: delivery.alert.into(),
            channel: delivery.channel.as_str().to_owned(),
            state: delivery.state.as_str().to_owned(),
            attempts: delivery.attempts,
            next_attempt_at: waits.then(|| moment(delivery.next_attempt_at_ms)),
            last_error: delivery.last_error.english().to_owned(),
            last_error_said: delivery.last_error.into(),
            delivered_at: delivery.delivered_at_ms.map(moment),
        }
    }
}

impl From<AlertSettings> for AlertSettingsView {
    fn from(settings: AlertSettings) -> Self {
        Self {
            variance: settings.variance,
            rate_changes: settings.rate_changes,
            quality_min: settings.quality_min,
            exception_days: settings.exception_days,
            exception_count: settings.exception_count.map(count),
            exception_sum: settings.exception_sum.map(count),
            email: settings.email,
            smtp_host: settings.smtp_host,
            smtp_port: settings.smtp_port,
            smtp_security: settings.smtp_security.as_str().to_owned(),
            smtp_user: settings.smtp_user,
            certificate: settings.certificate,
            from: settings.from,
            to: settings.to,
            webhook: settings.webhook,
            webhook_host: settings.webhook_host,
            allow_plain: settings.allow_plain,
            language: settings.language.as_str().to_owned(),
        }
    }
}

impl TryFrom<AlertSettingsView> for AlertSettings {
    type Error = CommandError;

    fn try_from(view: AlertSettingsView) -> Result<Self, CommandError> {
        let security = MailSecurity::ALL.into_iter().find(|security| security.as_str() == view.smtp_security);
        let language = MessageLanguage::ALL.into_iter().find(|language| language.as_str() == view.language);
        Ok(Self {
            variance: view.variance,
            rate_changes: view.rate_changes,
            quality_min: view.quality_min,
            exception_days: view.exception_days,
            exception_count: view.exception_count.map(u64::from),
            exception_sum: view.exception_sum.map(u64::from),
            email: view.email,
            smtp_host: view.smtp_host,
            smtp_port: view.smtp_port,
            smtp_security: security.ok_or_else(|| CommandError::invalid("choose tls, starttls or plain"))?,
            smtp_user: view.smtp_user,
            certificate: view.certificate,
            from: view.from,
            to: view.to,
            webhook: view.webhook,
            webhook_host: view.webhook_host,
            allow_plain: view.allow_plain,
            language: language.ok_or_else(|| CommandError::invalid("choose en or de as the language of messages"))?,
        })
    }
}

impl TryFrom<SaveAlertSettingsRequest> for application::SaveAlertSettings {
    type Error = CommandError;

    fn try_from(request: SaveAlertSettingsRequest) -> Result<Self, CommandError> {
        Ok(Self {
            settings: request.settings.try_into()?,
            smtp_password: request.smtp_password.map(Zeroizing::new),
            webhook_url: request.webhook_url.map(Zeroizing::new),
        })
    }
}

/// Reads the word of a channel.
pub fn parse_channel(word: &str) -> Result<AlertChannel, CommandError> {
    let channel = AlertChannel::ALL.into_iter().find(|channel| channel.as_str() == word);
    channel.ok_or_else(|| CommandError::invalid("choose email or webhook"))
}

impl From<application::AlertReport> for AlertsView {
    fn from(report: application::AlertReport) -> Self {
        Self {
            open: report.open.into_iter().map(Into::into).collect(),
            past: report.past.into_iter().map(Into::into).collect(),
            deliveries: report.deliveries.into_iter().map(Into::into).collect(),
            settings: report.settings.into(),
        }
    }
}

impl From<Result<(), application::Fault>> for AlertTestView {
    fn from(sent: Result<(), application::Fault>) -> Self {
        let fault = sent.err();
        Self {
            delivered: fault.is_none(),
            fault: fault.as_ref().map_or("", |fault| fault.kind.as_str()).to_owned(),
            message: fault.as_ref().map(|fault| sentence(fault.words.english())).unwrap_or_default(),
            said: fault.map(|fault| fault.words).unwrap_or_default().into(),
        }
    }
}

impl From<application::DeliverySummary> for AlertDeliverySummaryView {
    fn from(summary: application::DeliverySummary) -> Self {
        Self { delivered: summary.delivered, waiting: summary.waiting, given_up: summary.given_up }
    }
}

impl fmt::Display for AlertView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}  {}  {:<8}  {}", self.id, self.raised_at, self.severity, self.text)?;
        if self.kind == AlertKind::DataQuality.as_str() {
            write!(f, ": {}", self.detail)?;
        }
        if let (Some(at), Some(by)) = (&self.acknowledged_at, &self.acknowledged_by) {
            write!(f, "; acknowledged by {by} at {at}")?;
        }
        if let Some(at) = &self.recovered_at {
            write!(f, "; within the limit since {at}")?;
        }
        Ok(())
    }
}

impl fmt::Display for AlertDeliveryView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state.replace('_', " ");
        write!(f, "{}  {:<7}  {state} after {} attempts", self.alert.id, self.channel, self.attempts)?;
        if let Some(at) = &self.next_attempt_at {
            write!(f, ", again at {at}")?;
        }
        if !self.last_error.is_empty() {
            write!(f, ": {}", self.last_error)?;
        }
        Ok(())
    }
}

impl fmt::Display for AlertsView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} open alerts", self.open.len())?;
        self.open.iter().try_for_each(|alert| write!(f, "\n{alert}"))?;
        if !self.past.is_empty() {
            write!(f, "\nacknowledged or past:")?;
            self.past.iter().try_for_each(|alert| write!(f, "\n{alert}"))?;
        }
        if !self.deliveries.is_empty() {
            write!(f, "\ndeliveries:")?;
            self.deliveries.iter().try_for_each(|delivery| write!(f, "\n{delivery}"))?;
        }
        Ok(())
    }
}

impl fmt::Display for AlertSettingsView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let limit = |limit: Option<u32>| limit.map_or_else(|| "off".to_owned(), |limit| limit.to_string());
        let switch = |on: bool| if on { "on" } else { "off" };
        writeln!(f, "variance {}", switch(self.variance))?;
        writeln!(f, "changed rates {}", switch(self.rate_changes))?;
        writeln!(f, "quality {}", limit(self.quality_min.map(u32::from)))?;
        writeln!(f, "days {}", limit(self.exception_days))?;
        writeln!(f, "count {}", limit(self.exception_count))?;
        writeln!(f, "sum {}", limit(self.exception_sum))?;
        writeln!(f, "email {}", switch(self.email))?;
        if !self.smtp_host.is_empty() {
            let user = if self.smtp_user.is_empty() { "nobody" } else { &self.smtp_user };
            writeln!(
                f,
                "  server {}:{} by {}, signed in as {user}",
                self.smtp_host, self.smtp_port, self.smtp_security
            )?;
            writeln!(f, "  from {} to {}", self.from, self.to.join(", "))?;
        }
        writeln!(f, "webhook {} {}", switch(self.webhook), self.webhook_host)?;
        write!(f, "language {}", self.language)
    }
}

impl fmt::Display for AlertDeliverySummaryView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} delivered, {} to be tried again, {} given up", self.delivered, self.waiting, self.given_up)
    }
}
