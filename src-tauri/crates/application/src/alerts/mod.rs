//! Alerts: figures are held against limits after whatever changed the workbook, each event is told once, in the app and
//! through the channels that the user set up.
//!
//! Without a channel nothing goes over the network. Sending holds nothing of the workbook; see `tieout_workbook`'s
//! module of alerts for what a crash in between does.

mod channels;
mod message;
mod secrets;
mod settings;
#[cfg(test)]
mod tests;
mod watches;

use std::{
    sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use jiff::civil::Date;
use parking_lot::Mutex;
use tieout_domain::{AlertChannel, AlertId, AlertSettings, DeliveryState, Digest, SaidValue, said};
use tieout_workbook::{Alert, AlertChanges, AlertFilter, Delivery, Workbook};

use crate::{ApplicationError, Session};
use message::Message;

pub use channels::{Fault, FaultKind};
pub use settings::SaveAlertSettings;
pub use tieout_domain::{AlertKind, AlertReading, AlertSeverity, MailSecurity, MessageLanguage};
pub use tieout_workbook::{Alert as RaisedAlert, Delivery as AlertDelivery};

/// What a reading says, in English.
pub fn told(reading: &AlertReading) -> String {
    message::headline(reading, MessageLanguage::English)
}

/// Alerts shown of those that are past.
const PAST_SHOWN: u32 = 50;
/// Alerts shown of those that are open; there are few, unless limits are set far too low.
const OPEN_SHOWN: u32 = 500;
/// Deliveries shown.
const DELIVERIES_SHOWN: u32 = 100;
/// How long each step of sending may take.
const PATIENCE: Duration = Duration::from_secs(15);
/// The background rests so many times as long as an evaluation took: in a large workbook each holds others up.
const REST: u32 = 20;
/// How long closing waits for what is being sent.
const LAST_PATIENCE: Duration = Duration::from_secs(3);

/// What a session knows of alerts besides what the workbook keeps.
pub(crate) struct Desk {
    /// How many workbooks were opened.
    openings: AtomicU64,
    /// The workbook's version when it was opened.
    opened: Mutex<Option<u64>>,
    /// Its version and day at the last evaluation: nothing that is watched changes without an event, and ages change with
    /// the day.
    evaluated: Mutex<Option<(u64, Date)>>,
    /// Its version at the last tick.
    ticked: Mutex<Option<u64>>,
    /// Before then nothing is evaluated in the background again.
    rests_until: Mutex<Option<Instant>>,
    sending: AtomicUsize,
    closing: AtomicBool,
    patience: Duration,
}

impl Default for Desk {
    fn default() -> Self {
        Self {
            openings: AtomicU64::new(0),
            opened: Mutex::default(),
            evaluated: Mutex::default(),
            ticked: Mutex::default(),
            rests_until: Mutex::default(),
            sending: AtomicUsize::new(0),
            closing: AtomicBool::new(false),
            patience: PATIENCE,
        }
    }
}

impl Desk {
    /// A workbook was opened, and is held: what another one's evaluation found says nothing.
    pub(crate) fn opened(&self, version: Option<u64>) {
        self.openings.fetch_add(1, Ordering::SeqCst);
        *self.opened.lock() = version;
        *self.evaluated.lock() = None;
        *self.ticked.lock() = None;
        *self.rests_until.lock() = None;
        self.closing.store(false, Ordering::SeqCst);
    }

    /// Which opening of a workbook this is.
    fn opening(&self) -> u64 {
        self.openings.load(Ordering::SeqCst)
    }

    /// Begins no further sending, and gives what is being sent a moment to be recorded.
    pub(crate) fn stop(&self) {
        self.closing.store(true, Ordering::SeqCst);
        let until = Instant::now() + LAST_PATIENCE;
        while self.sending.load(Ordering::SeqCst) > 0 && Instant::now() < until {
            thread::sleep(Duration::from_millis(20));
        }
    }
}

/// Everything there is to show of alerts.
#[derive(Debug, Clone)]
pub struct AlertReport {
    /// Those that go on and that nobody acknowledged, newest first.
    pub open: Vec<Alert>,
    /// The newest of all others.
    pub past: Vec<Alert>,
    /// The newest deliveries.
    pub deliveries: Vec<Delivery>,
    /// What is watched and where alerts go.
    pub settings: AlertSettings,
}

/// What became of the deliveries that were due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DeliverySummary {
    /// Taken by the other side.
    pub delivered: u32,
    /// To be tried again.
    pub waiting: u32,
    /// Given up.
    pub given_up: u32,
}

impl Session {
    /// Waits so long for each step of sending.
    #[must_use]
    pub fn with_network_patience(mut self, patience: Duration) -> Self {
        self.alerts.patience = patience;
        self
    }

    /// Open and past alerts, their deliveries and settings.
    pub fn alerts(&self) -> Result<AlertReport, ApplicationError> {
        self.with_open(|open| {
            let workbook = &open.workbook;
            Ok(AlertReport {
                open: workbook.alerts(AlertFilter::Open, OPEN_SHOWN)?,
                past: workbook.alerts(AlertFilter::Past, PAST_SHOWN)?,
                deliveries: workbook.alert_deliveries(DELIVERIES_SHOWN)?,
                settings: workbook.alert_settings()?,
            })
        })
    }

    /// How many alerts go on that nobody acknowledged.
    pub fn count_open_alerts(&self) -> Result<u64, ApplicationError> {
        self.with_open(|open| Ok(open.workbook.count_open_alerts()?))
    }

    /// Acknowledges alerts.
    pub fn acknowledge_alerts(&self, alerts: &[AlertId]) -> Result<AlertReport, ApplicationError> {
        self.with_open(|open| {
            alerts.iter().try_for_each(|id| open.workbook.acknowledge_alert(*id)).map_err(Into::into)
        })?;
        self.alerts()
    }

    /// Holds everything that is watched against its limits. The workbook is let go between readings, so that nobody waits
    /// for all of them; what somebody changed meanwhile is yet to be evaluated.
    pub fn evaluate_alerts(&self) -> Result<AlertChanges, ApplicationError> {
        self.evaluate_all(&watches::Book::of(self)?)
    }

    fn evaluate_all(&self, book: &watches::Book<'_>) -> Result<AlertChanges, ApplicationError> {
        let (mut changes, mut all_hold) = (AlertChanges::default(), true);
        let begun = book.with(|workbook| Ok(workbook.work_version()?))?;
        for watch in watches::ALL {
            let found = self.evaluate(watch, book)?;
            all_hold &= found.is_some();
            let found = found.unwrap_or_default();
            changes.raised += found.raised;
            changes.recovered += found.recovered;
        }
        if all_hold {
            // Alerts do not change the version.
            book.with(|_| {
                self.note_evaluated(begun);
                Ok(())
            })?;
        }
        Ok(changes)
    }

    /// Takes in what one watch reads; nothing where the workbook or the settings were changed while it read, since what it
    /// read may not hold any more.
    fn evaluate(
        &self,
        watch: &dyn watches::Watch,
        book: &watches::Book<'_>,
    ) -> Result<Option<AlertChanges>, ApplicationError> {
        let leaning_on = |workbook: &Workbook| -> Result<_, ApplicationError> {
            Ok((workbook.work_version()?, workbook.alert_settings()?))
        };
        let before = book.with(|workbook| leaning_on(workbook))?;
        let settings = &before.1;
        let readings = watch.read(book, settings, self.environment.now())?;
        book.with(|workbook| {
            if leaning_on(workbook)? != before {
                return Ok(None);
            }
            let mut found = AlertChanges::default();
            for kind in watch.kinds() {
                let of_kind: Vec<_> = readings.iter().filter(|reading| reading.kind == *kind).cloned().collect();
                let noted = workbook.note_readings(*kind, &of_kind, settings)?;
                found.raised += noted.raised;
                found.recovered += noted.recovered;
            }
            Ok(Some(found))
        })
    }

    fn work_version(&self) -> Result<u64, ApplicationError> {
        self.with_file(|open| Ok(open.workbook.work_version()?))
    }

    fn note_evaluated(&self, version: u64) {
        *self.alerts.evaluated.lock() = Some((version, self.environment.today()));
    }

    /// Sends what is due, one after the other. Where a second one by the same channel finds nobody at the other end, or
    /// somebody who is busy, the others of that channel would wait as long for the same answer: they have their turn later.
    pub fn deliver_alerts(&self) -> Result<DeliverySummary, ApplicationError> {
        let (mut summary, mut in_vain, mut dead) = (DeliverySummary::default(), Vec::new(), Vec::new());
        while !self.alerts.closing.load(Ordering::SeqCst) {
            self.alerts.sending.fetch_add(1, Ordering::SeqCst);
            let state = self.deliver_next(&dead);
            self.alerts.sending.fetch_sub(1, Ordering::SeqCst);
            let Some((channel, state, fault)) = state? else { break };
            match state {
                DeliveryState::Delivered => summary.delivered += 1,
                DeliveryState::GivenUp => summary.given_up += 1,
                DeliveryState::Waiting | DeliveryState::Sending => summary.waiting += 1,
            }
            if fault.is_some_and(FaultKind::is_for_all) {
                dead.extend(in_vain.contains(&channel).then_some(channel));
                in_vain.push(channel);
            }
        }
        Ok(summary)
    }

    /// By which channel the next delivery that is due went, none of these, what became of it, and what went wrong.
    fn deliver_next(
        &self,
        without: &[AlertChannel],
    ) -> Result<Option<(AlertChannel, DeliveryState, Option<FaultKind>)>, ApplicationError> {
        let claimed = self.with_file(|open| {
            let workbook = &mut open.workbook;
            let Some(claimed) = workbook.claim_delivery(without)? else { return Ok(None) };
            let company = workbook.company().name.clone();
            Ok(Some((claimed, workbook.alert_settings()?, company, workbook.salt())))
        })?;
        let Some((claimed, settings, company, salt)) = claimed else { return Ok(None) };
        let sent = if settings.uses(claimed.channel) {
            let message = Message::of_alert(&claimed.alert, &company, settings.language, claimed.key);
            self.sender(&settings, salt).send(claimed.channel, &message)
        } else {
            Err(Fault::refused(
                FaultKind::Settings,
                said!("alert.switchedOff", "this channel was switched off before it was sent"),
            ))
        };
        if let Err(fault) = &sent {
            tracing::warn!(
                channel = claimed.channel.as_str(),
                kind = fault.kind.as_str(),
                "an alert was not delivered"
            );
        }
        let fault = sent.as_ref().err().map(|fault| fault.kind);
        let state = self.with_file(|open| Ok(open.workbook.record_delivery(&claimed, &channels::outcome(sent))?))?;
        Ok(Some((claimed.channel, state, fault)))
    }

    fn sender<'a>(&'a self, settings: &'a AlertSettings, salt: tieout_workbook::Salt) -> channels::Sender<'a> {
        channels::Sender { settings, keys: self.environment.keys.as_ref(), salt, patience: self.alerts.patience }
    }

    /// Asks the mail server that is set whether it would take a message.
    pub(crate) fn reach_mail_server(&self) -> Result<Result<(), Fault>, ApplicationError> {
        let (settings, salt) = self.with_file(|open| Ok((open.workbook.alert_settings()?, open.workbook.salt())))?;
        Ok(self.sender(&settings, salt).reach_mail_server())
    }

    /// Sends a message that says it is a test. The answer tells precisely what went wrong, if anything did.
    pub fn test_alert_channel(&self, channel: AlertChannel) -> Result<Result<(), Fault>, ApplicationError> {
        let (settings, company, salt) = self.with_open(|open| {
            let workbook = &open.workbook;
            Ok((workbook.alert_settings()?, workbook.company().name.clone(), workbook.salt()))
        })?;
        let is_set_up = match channel {
            AlertChannel::Email => {
                !settings.smtp_host.is_empty() && !settings.from.is_empty() && !settings.to.is_empty()
            }
            AlertChannel::Webhook => {
                !settings.webhook_host.is_empty()
                    || secrets::from_environment(tieout_workbook::AlertSecret::WebhookUrl).is_some()
            }
        };
        if !is_set_up {
            return Err(ApplicationError::Invalid(said!(
                "alerts.notSetUp",
                "{channel} is not set up: save its settings first",
                channel = SaidValue::word("alertChannel", channel.as_str())
            )));
        }
        // Every test is a message of its own: receivers must not take the second for a copy.
        let mut key = [0; 32];
        for part in key.chunks_mut(10) {
            let random = self.environment.clock.random();
            part.copy_from_slice(&random[..part.len()]);
        }
        let message = Message::test(&company, settings.language, Digest::from_bytes(key));
        Ok(self.sender(&settings, salt).send(channel, &message))
    }

    /// Tries what was given up, and what waits, again.
    pub fn retry_alert_deliveries(&self) -> Result<DeliverySummary, ApplicationError> {
        self.with_open(|open| Ok(open.workbook.retry_deliveries()?))?;
        self.deliver_alerts()
    }

    /// What the shell's background does every few seconds: evaluates once nobody has changed anything since the last
    /// tick, and sends what is due. Does nothing while no workbook is open.
    pub fn tend_alerts(&self) -> Result<(), ApplicationError> {
        let version = match self.work_version() {
            Err(ApplicationError::NoWorkbook) => return Ok(()),
            other => other?,
        };
        let is_quiet = self.alerts.ticked.lock().replace(version) == Some(version);
        let is_rested = self.alerts.rests_until.lock().is_none_or(|until| Instant::now() >= until);
        if is_quiet && is_rested && self.is_evaluation_due(version) {
            let began = Instant::now();
            let evaluated = watches::Book::giving_way(self).and_then(|book| self.evaluate_all(&book));
            if matches!(evaluated, Err(ApplicationError::NoWorkbook)) {
                // It was closed meanwhile. What is open now, if anything, was not looked at.
                return Ok(());
            }
            *self.alerts.rests_until.lock() = Instant::now().checked_add(began.elapsed().saturating_mul(REST));
            if evaluated.is_err() {
                // The same would fail again: it waits for the next change.
                self.note_evaluated(version);
            }
            evaluated?;
        }
        self.deliver_alerts().map(drop)
    }

    /// Whoever changed something and leaves, a script above all, leaves it evaluated; a failure is no reason to stay.
    pub(crate) fn evaluate_before_closing(&self) {
        let Ok(version) = self.work_version() else { return };
        let is_changed = *self.alerts.opened.lock() != Some(version);
        if is_changed
            && self.is_evaluation_due(version)
            && let Err(error) = self.evaluate_alerts()
        {
            tracing::error!(%error, "alerts could not be evaluated");
        }
    }

    fn is_evaluation_due(&self, version: u64) -> bool {
        *self.alerts.evaluated.lock() != Some((version, self.environment.today()))
    }
}
