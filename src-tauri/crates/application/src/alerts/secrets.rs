//! The secrets of sending: from the environment, for scripts, or from the keychain. They never reach the workbook, a log,
//! an error or a view.

use tieout_workbook::{AlertSecret, KeyStore, Salt, load_alert_secret};
use zeroize::Zeroizing;

use super::channels::{Fault, FaultKind};

/// The variable that holds a secret for scripts and machines without a keychain.
pub(super) const fn variable(secret: AlertSecret) -> &'static str {
    match secret {
        AlertSecret::SmtpPassword => "TIEOUT_SMTP_PASSWORD",
        AlertSecret::WebhookUrl => "TIEOUT_WEBHOOK_URL",
    }
}

/// The secret in the environment, if there is one.
pub(super) fn from_environment(secret: AlertSecret) -> Option<Zeroizing<String>> {
    std::env::var(variable(secret)).ok().filter(|value| !value.trim().is_empty()).map(Zeroizing::new)
}

/// A secret that sending cannot do without. A keychain that does not answer may do so later.
pub(super) fn fetch(keys: &dyn KeyStore, salt: Salt, secret: AlertSecret) -> Result<Zeroizing<String>, Fault> {
    if let Some(value) = from_environment(secret) {
        return Ok(value);
    }
    let what = match secret {
        AlertSecret::SmtpPassword => "the password of the mail server",
        AlertSecret::WebhookUrl => "the webhook's address",
    };
    let how = format!("enter it in the settings of alerts, or set {}", variable(secret));
    let kept = load_alert_secret(keys, salt, secret)
        .map_err(|error| Fault::later(FaultKind::Secret, format!("{what} could not be fetched: {error}; {how}")))?;
    let kept = kept.and_then(|bytes| String::from_utf8(bytes.to_vec()).ok()).map(Zeroizing::new);
    kept.ok_or_else(|| Fault::later(FaultKind::Secret, format!("{what} is not kept on this machine: {how}")))
}

/// Text that came from outside, fit for a log: one line, no control characters, no secret, not long. What the secrets
/// look like in base64 is left out too, since a server may repeat what it was sent.
pub(super) fn harmless(text: &str, secrets: &[&str]) -> String {
    let mut text = super::message::one_line(text, 300);
    for secret in secrets.iter().filter(|secret| secret.len() >= 4) {
        text = text.replace(secret, "…");
    }
    text
}
