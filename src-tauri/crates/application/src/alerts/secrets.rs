//! The secrets of sending: from the environment, for scripts, or from the keychain. They never reach the workbook, a log,
//! an error or a view.

use tieout_domain::said;
use tieout_workbook::{AlertSecret, KeyStore, Salt, load_alert_secret};
use zeroize::Zeroizing;

use super::channels::{Fault, FaultKind};

/// Shorter texts are no secrets, and would be found everywhere.
const SECRET_BYTES_MIN: usize = 4;
/// So much of a secret's beginning tells something of it.
const BEGINNING_BYTES_MIN: usize = 8;

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
        AlertSecret::SmtpPassword => said!("secret.password", "the password of the mail server"),
        AlertSecret::WebhookUrl => said!("secret.address", "the webhook's address"),
    };
    let how = said!("secret.how", "enter it in the settings of alerts, or set {variable}", variable = variable(secret));
    let kept = load_alert_secret(keys, salt, secret).map_err(|error| {
        let words = said!(
            "secret.notFetched",
            "{what} could not be fetched: {why}; {how}",
            what = what.clone(),
            why = error.said(),
            how = how.clone()
        );
        Fault::later(FaultKind::Secret, words)
    })?;
    let kept = kept.and_then(|bytes| String::from_utf8(bytes.to_vec()).ok()).map(Zeroizing::new);
    kept.ok_or_else(|| {
        let words = said!("secret.notKept", "{what} is not kept on this machine: {how}", what = what, how = how);
        Fault::later(FaultKind::Secret, words)
    })
}

/// Text that came from outside, fit for a log: one line, no control characters, no secret, not long. What the secrets
/// look like in base64 is left out too, since a server may repeat what it was sent.
pub(super) fn harmless(text: &str, secrets: &[&str]) -> String {
    let mut text = text.to_owned();
    for secret in secrets.iter().filter(|secret| secret.len() >= SECRET_BYTES_MIN) {
        text = text.replace(secret, "…");
        // Where the text was cut off, or is cut below, the beginning of a secret is one too.
        if let Some(end) = beginning_at_end(&text, secret) {
            text.truncate(end);
            text.push('…');
        }
    }
    super::message::one_line(&text, 300)
}

/// Where the text ends with the beginning of the secret, and enough of it: the place where that begins.
fn beginning_at_end(text: &str, secret: &str) -> Option<usize> {
    let told = text.trim_end_matches(|letter: char| matches!(letter, '…' | '\u{fffd}') || letter.is_whitespace());
    let cuts = secret.char_indices().map(|(at, _)| at).filter(|at| *at >= BEGINNING_BYTES_MIN);
    cuts.rev().find(|at| told.ends_with(&secret[..*at])).map(|at| told.len() - at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_of_a_secret_is_told_wherever_the_text_is_cut() {
        let secret = "T024BE7LDxB0000000xXXXXXXXXXXXXXXX";
        for before in [0, 100, 270, 280, 290, 295, 299, 310] {
            let answer = format!("{}{secret} is not known here", "x".repeat(before));
            let told = harmless(&answer, &[secret]);
            assert!(!told.contains("T024"), "{told}");
            assert!(told.chars().count() <= 300);
        }
        for kept in [8, 20, secret.len() - 1] {
            for end in ["", "…", " "] {
                let told = harmless(&format!("no such hook: {}{end}", &secret[..kept]), &[secret]);
                assert!(!told.contains("T024"), "{told}");
            }
        }
        assert_eq!(harmless("a b\nc", &["longer than the text", ""]), "a b c");
    }
}
