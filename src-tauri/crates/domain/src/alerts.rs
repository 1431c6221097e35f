//! Alerts: something passed a limit and somebody should be told, once.
//!
//! A *reading* holds one figure of one subject (an account's month, an import, the company) against its limit. The first
//! reading beyond the limit is an *event* and raises an alert; while further readings stay beyond it, nothing more
//! happens, whatever the figure. A reading within the limit, or none at all because the subject is gone, ends the event:
//! the alert has *recovered*. The next reading beyond the limit is a new event with the next number.

use crate::{Currency, Money};

/// What is watched. A further kind is a word here and a watch in `application`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AlertKind {
    /// Variance between bank and books of an account's calendar month, in hundredths of a percent.
    Variance,
    /// Data quality of an import, 0 to 100.
    DataQuality,
    /// Age of the oldest exception, in days.
    ExceptionsAged,
    /// How many exceptions there are.
    ExceptionsCount,
    /// What is open of all exceptions of a currency, in its minor units.
    ExceptionsSum,
    /// What a changed rate of jobs has come to while client and books differ by it, without its sign, in minor units. Any is
    /// beyond the limit.
    RateChange,
}

impl AlertKind {
    /// All kinds.
    pub const ALL: [Self; 6] = [
        Self::Variance,
        Self::DataQuality,
        Self::ExceptionsAged,
        Self::ExceptionsCount,
        Self::ExceptionsSum,
        Self::RateChange,
    ];

    /// The word used in files and in the UI's catalogue.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Variance => "variance",
            Self::DataQuality => "data_quality",
            Self::ExceptionsAged => "exceptions_aged",
            Self::ExceptionsCount => "exceptions_count",
            Self::ExceptionsSum => "exceptions_sum",
            Self::RateChange => "rate_change",
        }
    }

    /// Whether the limit is the least that is fine; otherwise it is the most.
    pub const fn is_floor(self) -> bool {
        matches!(self, Self::DataQuality)
    }
}

/// How grave an alert is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AlertSeverity {
    /// The limit is passed.
    Warning,
    /// The figure is beyond twice the limit, below half of a least limit, or cannot be known.
    Critical,
}

impl AlertSeverity {
    /// Both, the lesser first.
    pub const ALL: [Self; 2] = [Self::Warning, Self::Critical];

    /// The word used in files and in the UI's catalogue.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Critical => "critical",
        }
    }
}

/// A figure of one subject, held against its limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertReading {
    /// What is watched.
    pub kind: AlertKind,
    /// Of what, in words that stay the same: `account <id> 2025-03`, `import <id>`, `company`, `currency EUR`.
    pub subject: String,
    /// The account's name as people know it; empty where no account is meant.
    pub account: String,
    /// The rest of what people call the subject: a month, a file's name; may be empty.
    pub detail: String,
    /// The figure, in the kind's unit; none where it cannot be known, which is beyond every limit.
    pub figure: Option<i64>,
    /// The limit, in the same unit. The limit itself is still fine.
    pub limit: i64,
    /// Currency of sums.
    pub currency: Option<Currency>,
    /// How many records it is about, where that says something; otherwise 0.
    pub items: u64,
}

impl AlertReading {
    /// How grave it is; none: within the limit.
    pub fn severity(&self) -> Option<AlertSeverity> {
        let Some(figure) = self.figure else { return Some(AlertSeverity::Critical) };
        let (figure, limit) = (i128::from(figure), i128::from(self.limit));
        let (beyond, far_beyond) = if self.kind.is_floor() {
            (figure < limit, figure * 2 < limit)
        } else {
            (figure > limit, figure > limit * 2)
        };
        match (beyond, far_beyond) {
            (false, _) => None,
            (true, false) => Some(AlertSeverity::Warning),
            (true, true) if self.kind == AlertKind::RateChange => Some(AlertSeverity::Warning),
            (true, true) => Some(AlertSeverity::Critical),
        }
    }

    /// The figure as money, of sums.
    pub fn sum(&self) -> Option<Money> {
        Some(Money::from_minor(self.figure?, self.currency?))
    }
}

/// Where alerts are sent besides the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AlertChannel {
    /// By SMTP.
    Email,
    /// By a POST of JSON in Slack's shape.
    Webhook,
}

impl AlertChannel {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Email, Self::Webhook];

    /// The word used in files and in the UI's catalogue.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Webhook => "webhook",
        }
    }
}

/// How far the delivery of an alert through a channel has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeliveryState {
    /// Waits for its next attempt.
    Waiting,
    /// Somebody took it to send it.
    Sending,
    /// The other side took it.
    Delivered,
    /// It was refused for good, or failed too often.
    GivenUp,
}

impl DeliveryState {
    /// All states.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Sending, Self::Delivered, Self::GivenUp];

    /// The word used in files and in the UI's catalogue.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Delivered => "delivered",
            Self::GivenUp => "given_up",
        }
    }
}

/// How the connection to a mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MailSecurity {
    /// TLS from the first byte on, mostly port 465.
    Tls,
    /// TLS by STARTTLS before anything is said, mostly port 587. A server without it is refused.
    StartTls,
    /// None.
    Plain,
}

impl MailSecurity {
    /// All of them, the safest first.
    pub const ALL: [Self; 3] = [Self::Tls, Self::StartTls, Self::Plain];

    /// The word used in files and in the UI's catalogue.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tls => "tls",
            Self::StartTls => "starttls",
            Self::Plain => "plain",
        }
    }
}

/// The language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum MessageLanguage {
    /// English.
    #[default]
    English,
    /// German.
    German,
}

impl MessageLanguage {
    /// Both.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// Its ISO 639 code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }
}

/// What is watched and where alerts go. It holds no secret: the password and the webhook's address are kept elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertSettings {
    /// Watch variances against the limit of the figures.
    pub variance: bool,
    /// Least data quality of an import; none: not watched.
    pub quality_min: Option<u8>,
    /// Most days an exception may be open; none: not watched.
    pub exception_days: Option<u32>,
    /// Most exceptions; none: not watched.
    pub exception_count: Option<u64>,
    /// Most that may be open of all exceptions of a currency, in whole major units; none: not watched.
    pub exception_sum: Option<u64>,
    /// Watch for changed rates of jobs by which client and books differ.
    pub rate_changes: bool,
    /// Send mail.
    pub email: bool,
    /// The mail server.
    pub smtp_host: String,
    /// Its port.
    pub smtp_port: u16,
    /// How the connection is protected.
    pub smtp_security: MailSecurity,
    /// Who signs in; empty: nobody does.
    pub smtp_user: String,
    /// A PEM file with a certificate that is trusted besides the system's; empty: none.
    pub certificate: String,
    /// Sender.
    pub from: String,
    /// Recipients.
    pub to: Vec<String>,
    /// Post to the webhook.
    pub webhook: bool,
    /// The webhook's scheme and host, so that people know which it is: the rest of its address is a secret.
    pub webhook_host: String,
    /// Send without TLS to other machines too.
    pub allow_plain: bool,
    /// The language of messages.
    pub language: MessageLanguage,
}

impl Default for AlertSettings {
    /// Variances, quality below 70 and exceptions older than 60 days, in the app only.
    fn default() -> Self {
        Self {
            variance: true,
            quality_min: Some(70),
            exception_days: Some(60),
            exception_count: None,
            exception_sum: None,
            rate_changes: true,
            email: false,
            smtp_host: String::new(),
            smtp_port: 587,
            smtp_security: MailSecurity::StartTls,
            smtp_user: String::new(),
            certificate: String::new(),
            from: String::new(),
            to: Vec::new(),
            webhook: false,
            webhook_host: String::new(),
            allow_plain: false,
            language: MessageLanguage::English,
        }
    }
}

impl AlertSettings {
    /// Whether alerts go out through a channel.
    pub const fn uses(&self, channel: AlertChannel) -> bool {
        match channel {
            AlertChannel::Email => self.email,
            AlertChannel::Webhook => self.webhook,
        }
    }
}

/// How often a delivery is tried before it is given up.
pub const DELIVERY_ATTEMPTS_MAX: u32 = 10;
const FIRST_DELAY_MS: i64 = 60_000;
/// No answer makes a delivery wait longer.
const LONGEST_DELAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// When to try again after so many failed attempts, in milliseconds from the last: a minute, then twice as long each
/// time; not before the other side wants it, but after a day at the latest. None: it was tried often enough.
pub fn retry_delay_ms(attempts: u32, wanted_by_receiver_ms: Option<i64>) -> Option<i64> {
    if attempts == 0 || attempts >= DELIVERY_ATTEMPTS_MAX {
        return None;
    }
    let own = FIRST_DELAY_MS.saturating_mul(1_i64.checked_shl(attempts - 1).unwrap_or(i64::MAX));
    Some(own.max(wanted_by_receiver_ms.unwrap_or(0)).min(LONGEST_DELAY_MS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(kind: AlertKind, figure: Option<i64>, limit: i64) -> Option<AlertSeverity> {
        AlertReading {
            kind,
            subject: "company".to_owned(),
            account: String::new(),
            detail: String::new(),
            figure,
            limit,
            currency: None,
            items: 0,
        }
        .severity()
    }

    #[test]
    fn the_limit_itself_is_fine_and_twice_the_limit_is_not_yet_critical() {
        use AlertSeverity::{Critical, Warning};
        for (figure, told) in [(100, None), (101, Some(Warning)), (200, Some(Warning)), (201, Some(Critical))] {
            assert_eq!(reading(AlertKind::Variance, Some(figure), 100), told, "{figure}");
        }
        for (figure, told) in [(70, None), (69, Some(Warning)), (35, Some(Warning)), (34, Some(Critical))] {
            assert_eq!(reading(AlertKind::DataQuality, Some(figure), 70), told, "{figure}");
        }
        assert_eq!(reading(AlertKind::Variance, None, 100), Some(Critical));
        assert_eq!(reading(AlertKind::ExceptionsSum, Some(i64::MAX), i64::MAX), None);
        assert_eq!(reading(AlertKind::ExceptionsCount, Some(1), 0), Some(Critical));
    }

    #[test]
    fn waiting_doubles_heeds_the_receiver_and_ends() {
        let minutes: Vec<_> = (1..=10).map(|attempts| retry_delay_ms(attempts, None).map(|ms| ms / 60_000)).collect();
        let doubled = [1, 2, 4, 8, 16, 32, 64, 128, 256].map(Some);
        assert_eq!(minutes[..9], doubled);
        assert_eq!(minutes[9], None);
        assert_eq!(retry_delay_ms(1, Some(90_000)), Some(90_000));
        assert_eq!(retry_delay_ms(4, Some(90_000)), Some(480_000));
        assert_eq!(retry_delay_ms(1, Some(i64::MAX)), Some(24 * 60 * 60 * 1_000));
    }
}
