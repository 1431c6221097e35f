//! Changing what is watched and where alerts go.

use tieout_domain::{AlertChannel, AlertSettings, MailSecurity};
use tieout_workbook::{AlertSecret, store_alert_secret};
use zeroize::Zeroizing;

use super::{
    AlertReport,
    channels::{is_this_machine, webhook_address},
    secrets,
};
use crate::{ApplicationError, Session};

/// Most recipients of mail.
const RECIPIENTS_MAX: usize = 20;

/// Settings to be kept.
pub struct SaveAlertSettings {
    /// What is watched and where alerts go; the webhook's host is found out by its address.
    pub settings: AlertSettings,
    /// A new password of the mail server for the keychain; empty: forget it; none: leave it.
    pub smtp_password: Option<Zeroizing<String>>,
    /// A new address of the webhook for the keychain; empty: forget it; none: leave it.
    pub webhook_url: Option<Zeroizing<String>>,
}

impl Session {
    /// Keeps the settings of alerts in the workbook, and secrets in the keychain.
    pub fn save_alert_settings(&self, save: SaveAlertSettings) -> Result<AlertReport, ApplicationError> {
        let SaveAlertSettings { mut settings, smtp_password, webhook_url } = save;
        let (kept, salt) = self.with_open(|open| Ok((open.workbook.alert_settings()?, open.workbook.salt())))?;
        tidy(&mut settings);
        settings.webhook_host = match &webhook_url {
            Some(url) if url.trim().is_empty() => String::new(),
            Some(url) => told(url, settings.allow_plain)?,
            None => kept.webhook_host,
        };
        if settings.webhook && settings.webhook_host.is_empty() {
            let Some(url) = secrets::from_environment(AlertSecret::WebhookUrl) else {
                return Err(invalid("enter the webhook's address to post alerts there"));
            };
            settings.webhook_host = told(&url, settings.allow_plain)?;
        }
        check(&settings)?;
        // The keychain may take its time, so the workbook is not held meanwhile.
        let new = [(AlertSecret::SmtpPassword, &smtp_password), (AlertSecret::WebhookUrl, &webhook_url)];
        for (secret, value) in new {
            let Some(value) = value else { continue };
            store_alert_secret(self.environment.keys.as_ref(), salt, secret, value.trim().as_bytes()).map_err(
                |error| {
                    let variable = secrets::variable(secret);
                    invalid(&format!(
                        "the keychain could not keep it: {error}; nothing was changed. Set {variable} instead"
                    ))
                },
            )?;
        }
        self.with_open(|open| {
            open.workbook.set_alert_settings(&settings)?;
            for (secret, value) in new {
                if let Some(value) = value {
                    open.workbook.tell_alert_secret(secret, !value.trim().is_empty())?;
                }
            }
            Ok(())
        })?;
        self.alerts()
    }
}

fn invalid(words: &str) -> ApplicationError {
    ApplicationError::Invalid(words.to_owned())
}

fn told(url: &str, allow_plain: bool) -> Result<String, ApplicationError> {
    webhook_address(url, allow_plain).map(|(_, told)| told).map_err(|fault| ApplicationError::Invalid(fault.words))
}

fn tidy(settings: &mut AlertSettings) {
    for text in [&mut settings.smtp_host, &mut settings.smtp_user, &mut settings.certificate, &mut settings.from] {
        *text = text.trim().to_owned();
    }
    settings.to = settings.to.iter().map(|to| to.trim().to_owned()).filter(|to| !to.is_empty()).collect();
}

/// What is in use must be complete; what is switched off may be half filled in.
fn check(settings: &AlertSettings) -> Result<(), ApplicationError> {
    if settings.quality_min.is_some_and(|least| least > 100) {
        return Err(invalid("the least data quality is a number from 0 to 100"));
    }
    for address in settings.to.iter().chain(Some(&settings.from).filter(|from| !from.is_empty())) {
        address.parse::<lettre::Address>().map_err(|_| {
            ApplicationError::Invalid(format!("'{address}' is no e-mail address such as ada@example.com"))
        })?;
    }
    if settings.to.len() > RECIPIENTS_MAX {
        return Err(ApplicationError::Invalid(format!("at most {RECIPIENTS_MAX} recipients get alerts by e-mail")));
    }
    if settings.smtp_port == 0 {
        return Err(invalid("the mail server's port is a number from 1 to 65535"));
    }
    if !settings.uses(AlertChannel::Email) {
        return Ok(());
    }
    let missing = [
        (settings.smtp_host.is_empty(), "the mail server"),
        (settings.from.is_empty(), "the sender's address"),
        (settings.to.is_empty(), "a recipient"),
    ];
    if let Some((_, what)) = missing.into_iter().find(|(is_missing, _)| *is_missing) {
        return Err(ApplicationError::Invalid(format!("enter {what} to send alerts by e-mail")));
    }
    if settings.smtp_security == MailSecurity::Plain && !is_this_machine(&settings.smtp_host) && !settings.allow_plain {
        return Err(ApplicationError::Invalid(format!(
            "{} is another machine: use TLS or STARTTLS, or allow sending without protection",
            settings.smtp_host
        )));
    }
    Ok(())
}
