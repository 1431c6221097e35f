//! Where alerts go besides the app: one file a channel. Each sends one message and says precisely what went wrong.

mod smtp;
mod webhook;

use std::{
    net::{IpAddr, ToSocketAddrs},
    time::Duration,
};

use tieout_domain::{AlertChannel, AlertSettings, Said, said};
use tieout_workbook::{AlertSecret, KeyStore, Salt, SendOutcome};
use zeroize::Zeroizing;

use super::{message::Message, secrets};

pub(super) use webhook::address as webhook_address;

/// What kind of thing went wrong, for whoever tries a channel out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// The settings do not allow it, or say too little.
    Settings,
    /// The password or the webhook's address is not at hand.
    Secret,
    /// The other side's name is not known: a typing mistake, or no network.
    NameUnknown,
    /// Nobody answers there.
    Unreachable,
    /// It took too long.
    TimedOut,
    /// The connection was cut.
    Interrupted,
    /// No protected connection came about.
    Tls,
    /// The other side does not let us sign in.
    SignIn,
    /// The other side refused the message.
    Rejected,
    /// The other side wants to be left alone for now, or has a fault of its own.
    Busy,
}

impl FaultKind {
    /// Whether the next message to the same place would fare no better.
    pub(super) const fn is_for_all(self) -> bool {
        matches!(self, Self::NameUnknown | Self::Unreachable | Self::TimedOut | Self::Busy)
    }

    /// The word used in files and in the UI's catalogue.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Settings => "settings",
            Self::Secret => "secret",
            Self::NameUnknown => "name_unknown",
            Self::Unreachable => "unreachable",
            Self::TimedOut => "timed_out",
            Self::Interrupted => "interrupted",
            Self::Tls => "tls",
            Self::SignIn => "sign_in",
            Self::Rejected => "rejected",
            Self::Busy => "busy",
        }
    }
}

/// Why a message was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{words}")]
pub struct Fault {
    /// What kind.
    pub kind: FaultKind,
    /// What happened, where, and what to do; no secrets.
    pub words: Said,
    is_final: bool,
    wait_ms: Option<i64>,
}

impl Fault {
    /// It may work later.
    pub(super) fn later(kind: FaultKind, words: Said) -> Self {
        Self { kind, words, is_final: false, wait_ms: None }
    }

    /// It will not work until somebody changes something.
    pub(super) fn refused(kind: FaultKind, words: Said) -> Self {
        Self { kind, words, is_final: true, wait_ms: None }
    }

    fn after(self, wait_ms: Option<i64>) -> Self {
        Self { wait_ms, ..self }
    }
}

/// How an attempt ended, for the workbook.
pub(super) fn outcome(sent: Result<(), Fault>) -> SendOutcome {
    match sent {
        Ok(()) => SendOutcome::Delivered,
        Err(fault) if fault.is_final => SendOutcome::Refused { error: fault.words },
        Err(fault) => SendOutcome::Later { error: fault.words, wait_ms: fault.wait_ms },
    }
}

/// What sending needs besides the message.
pub(super) struct Sender<'a> {
    pub(super) settings: &'a AlertSettings,
    pub(super) keys: &'a dyn KeyStore,
    pub(super) salt: Salt,
    /// How long each step may take.
    pub(super) patience: Duration,
}

impl Sender<'_> {
    /// Asks the mail server whether it would take a message.
    pub(super) fn reach_mail_server(&self) -> Result<(), Fault> {
        let password = self.password()?;
        smtp::reach(self.settings, password.as_ref().map(|text| text.as_str()), self.patience)
    }

    /// Of the mail server, where it asks for one.
    fn password(&self) -> Result<Option<Zeroizing<String>>, Fault> {
        let needs_password = !self.settings.smtp_user.is_empty();
        needs_password.then(|| secrets::fetch(self.keys, self.salt, AlertSecret::SmtpPassword)).transpose()
    }

    /// Sends a message. It runs on a thread of its own, since the caller may be part of somebody's event loop.
    pub(super) fn send(&self, channel: AlertChannel, message: &Message) -> Result<(), Fault> {
        let secret = |secret| secrets::fetch(self.keys, self.salt, secret);
        match channel {
            AlertChannel::Email => {
                let password = self.password()?;
                smtp::send(self.settings, password.as_ref().map(|text| text.as_str()), message, self.patience)
            }
            AlertChannel::Webhook => {
                let url = secret(AlertSecret::WebhookUrl)?;
                let sent = std::thread::scope(|scope| {
                    let sending = scope.spawn(|| webhook::send(self.settings, &url, message, self.patience));
                    sending.join()
                });
                sent.unwrap_or_else(|_| {
                    Err(Fault::later(
                        FaultKind::Interrupted,
                        said!("alert.endedUnexpectedly", "sending to the webhook ended unexpectedly"),
                    ))
                })
            }
        }
    }
}

/// Whether a host is this machine by its very name: only then is a connection without TLS nobody else's.
pub(super) fn is_this_machine(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Asks for the name first, so that a name nobody knows is told apart from a machine that does not answer.
fn resolve(host: &str, port: u16) -> Result<(), Fault> {
    let name = host.trim_start_matches('[').trim_end_matches(']');
    match (name, port).to_socket_addrs().map(|mut found| found.next().is_some()) {
        Ok(true) => Ok(()),
        Ok(false) | Err(_) => Err(Fault::later(
            FaultKind::NameUnknown,
            said!(
                "alert.nameUnknown",
                "the name {host} is not known: check its spelling and that this machine is online",
                host = host
            ),
        )),
    }
}

/// What the system said, found among the causes of an error.
fn io_kind(error: &(dyn std::error::Error + 'static)) -> Option<std::io::ErrorKind> {
    let mut found = None;
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(io) = error.downcast_ref::<std::io::Error>() {
            found = Some(io.kind());
        }
        cause = error.source();
    }
    found
}

/// A failed connection in the words of [`FaultKind`], the same for all channels.
fn connection_fault(place: &Said, error: &(dyn std::error::Error + 'static), timed_out: bool) -> Fault {
    use std::io::ErrorKind;
    let told = secrets::harmless(&told(error), &[]);
    let is_tls =
        ["certificate", "tls", "handshake", "corrupt message"].iter().any(|word| told.to_lowercase().contains(word));
    let kind = io_kind(error);
    let place = place.clone();
    let late = |place: Said| said!("alert.late", "{place} did not answer in time; it is tried again", place = place);
    match kind {
        _ if timed_out => Fault::later(FaultKind::TimedOut, late(place)),
        Some(ErrorKind::TimedOut | ErrorKind::WouldBlock) => Fault::later(FaultKind::TimedOut, late(place)),
        Some(ErrorKind::ConnectionRefused) => Fault::later(
            FaultKind::Unreachable,
            said!(
                "alert.connectionRefused",
                "{place} refused the connection: check the port and that it runs",
                place = place
            ),
        ),
        Some(ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::AddrNotAvailable) => Fault::later(
            FaultKind::Unreachable,
            said!("alert.unreachable", "{place} cannot be reached from this machine", place = place),
        ),
        // What is no TLS at all reads as a corrupt message of it.
        kind if is_tls || kind == Some(ErrorKind::InvalidData) => Fault::later(
            FaultKind::Tls,
            said!(
                "alert.tls",
                "no protected connection to {place}: {told}; check the kind of security, the port and the certificate",
                place = place,
                told = verbatim(&told)
            ),
        ),
        _ => Fault::later(
            FaultKind::Interrupted,
            said!("alert.cut", "the connection to {place} was cut: {told}", place = place, told = verbatim(&told)),
        ),
    }
}

/// The other side wants the message later.
fn put_off(place: Said, told: Said) -> Said {
    said!("alert.putOff", "{place} put it off: {told}", place = place, told = told)
}

/// What the other side or a library says, in the words in which it says it.
fn verbatim(words: &str) -> Said {
    Said::in_english(words.to_owned())
}

/// An error with its causes: see [`secrets::harmless`] for what may be told of it.
fn told(error: &(dyn std::error::Error + 'static)) -> String {
    let mut told: Vec<String> = Vec::new();
    let mut cause = Some(error);
    while let Some(error) = cause {
        let text = error.to_string();
        if !told.last().is_some_and(|last| last.contains(&text)) {
            told.push(text);
        }
        cause = error.source();
    }
    told.join(": ")
}
