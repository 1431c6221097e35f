//! Changing what is watched and where alerts go.

use tieout_domain::{AlertChannel, AlertSettings, MailSecurity, said};
use tieout_workbook::{AlertSecret, KeyStore, KeyStoreError, Salt, load_alert_secret, store_alert_secret};
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
        let (kept_settings, salt) =
            self.with_open(|open| Ok((open.workbook.alert_settings()?, open.workbook.salt())))?;
        tidy(&mut settings);
        settings.webhook_host = match &webhook_url {
            Some(url) if url.trim().is_empty() => String::new(),
            Some(url) => told(url, settings.allow_plain)?,
            None => kept_settings.webhook_host.clone(),
        };
        if settings.webhook && settings.webhook_host.is_empty() {
            let Some(url) = secrets::from_environment(AlertSecret::WebhookUrl) else {
                return Err(ApplicationError::Invalid(said!(
                    "alerts.noAddress",
                    "enter the webhook's address to post alerts there"
                )));
            };
            settings.webhook_host = told(&url, settings.allow_plain)?;
        }
        check(&settings)?;
        let webhook_url = webhook_url.map(|url| Zeroizing::new(url.trim().to_owned()));
        let new: Vec<(AlertSecret, Zeroizing<String>)> =
            [(AlertSecret::SmtpPassword, smtp_password), (AlertSecret::WebhookUrl, webhook_url)]
                .into_iter()
                .filter_map(|(secret, value)| Some((secret, value?)))
                .collect();
        // The keychain may take its time, so the workbook is not held meanwhile.
        let keychain = Keychain { keys: self.environment.keys.as_ref(), salt };
        if is_sent_elsewhere(&kept_settings, &settings) && !new.iter().any(|(of, _)| *of == AlertSecret::SmtpPassword) {
            keychain.refuse_if_kept(&kept_settings.smtp_host)?;
        }
        let before = keychain.store_all(&new)?;
        let told: Vec<_> = new.iter().map(|(secret, value)| (*secret, !value.is_empty())).collect();
        let saved = self.with_open(|open| Ok(open.workbook.save_alert_settings(&settings, &told)?));
        if let Err(error) = saved {
            keychain.put_back(&before)?;
            return Err(error);
        }
        self.alerts()
    }
}

/// Whether mail, and with it the password, goes to another server or user than it was entered for, or less protected. What
/// is empty for a while counts too: else two steps would lead where one does not.
fn is_sent_elsewhere(before: &AlertSettings, after: &AlertSettings) -> bool {
    let is_lowered = after.smtp_security == MailSecurity::Plain && before.smtp_security != MailSecurity::Plain;
    before.smtp_host != after.smtp_host
        || before.smtp_user != after.smtp_user
        || before.smtp_port != after.smtp_port
        || before.certificate != after.certificate
        || is_lowered
}

/// What the keychain had of a secret.
type Former = (AlertSecret, Option<Zeroizing<Vec<u8>>>);

/// The secrets of a workbook in the keychain.
struct Keychain<'a> {
    keys: &'a dyn KeyStore,
    salt: Salt,
}

impl Keychain<'_> {
    /// A password goes nowhere but where whoever entered it knew it would.
    fn refuse_if_kept(&self, host: &str) -> Result<(), ApplicationError> {
        match load_alert_secret(self.keys, self.salt, AlertSecret::SmtpPassword) {
            Ok(Some(_)) => {
                let of = if host.is_empty() { "another server" } else { host };
                Err(ApplicationError::Invalid(said!(
                    "alerts.passwordOfOther",
                    "the password of the mail server was entered for {of} as it was set up: enter it again for the new \
                     settings, or forget it",
                    of = of
                )))
            }
            // Without a keychain none is kept.
            Ok(None) | Err(KeyStoreError::Unavailable(_)) => Ok(()),
            Err(error) => Err(ApplicationError::Invalid(said!(
                "alerts.passwordUnknown",
                "{why}, so that nobody knows whether it holds a password of the mail server, which would go elsewhere \
                 with these settings: unlock it and try again, or enter the password",
                why = error.said()
            ))),
        }
    }

    /// Stores all of them, or none: answers what there was before.
    fn store_all(&self, new: &[(AlertSecret, Zeroizing<String>)]) -> Result<Vec<Former>, ApplicationError> {
        let mut before = Vec::new();
        for (secret, value) in new {
            let former = load_alert_secret(self.keys, self.salt, *secret);
            let stored = former.and_then(|former| {
                store_alert_secret(self.keys, self.salt, *secret, value.as_bytes())?;
                Ok(former)
            });
            match stored {
                Ok(former) => before.push((*secret, former)),
                Err(error) => {
                    self.put_back(&before)?;
                    return Err(ApplicationError::Invalid(said!(
                        "alerts.secretNotKept",
                        "the keychain could not keep it: {why}; nothing was changed. Set {variable} instead",
                        why = error.said(),
                        variable = secrets::variable(*secret)
                    )));
                }
            }
        }
        Ok(before)
    }

    fn put_back(&self, before: &[Former]) -> Result<(), ApplicationError> {
        for (secret, former) in before {
            let value = former.as_ref().map_or(&[][..], |value| value.as_slice());
            store_alert_secret(self.keys, self.salt, *secret, value).map_err(|error| {
                ApplicationError::Invalid(said!(
                    "alerts.secretNotPutBack",
                    "the settings were not changed, but the keychain now has the new secret that {variable} stands for, and \
                     could not put the old one back: {why}. Enter it again",
                    variable = secrets::variable(*secret),
                    why = error.said()
                ))
            })?;
        }
        Ok(())
    }
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
        return Err(ApplicationError::Invalid(said!(
            "alerts.quality",
            "the least data quality is a number from 0 to 100"
        )));
    }
    for address in settings.to.iter().chain(Some(&settings.from).filter(|from| !from.is_empty())) {
        address.parse::<lettre::Address>().map_err(|_| {
            ApplicationError::Invalid(said!(
                "person.email",
                "'{address}' is no e-mail address such as ada@example.com",
                address = address
            ))
        })?;
    }
    if settings.to.len() > RECIPIENTS_MAX {
        return Err(ApplicationError::Invalid(said!(
            "alerts.recipients",
            "at most {most} recipients get alerts by e-mail",
            most = RECIPIENTS_MAX
        )));
    }
    if settings.smtp_port == 0 {
        return Err(ApplicationError::Invalid(said!(
            "alerts.port",
            "the mail server's port is a number from 1 to 65535"
        )));
    }
    if !settings.uses(AlertChannel::Email) {
        return Ok(());
    }
    let missing = [
        (settings.smtp_host.is_empty(), said!("alerts.noServer", "enter the mail server to send alerts by e-mail")),
        (settings.from.is_empty(), said!("alerts.noSender", "enter the sender's address to send alerts by e-mail")),
        (settings.to.is_empty(), said!("alerts.noRecipient", "enter a recipient to send alerts by e-mail")),
    ];
    if let Some((_, what)) = missing.into_iter().find(|(is_missing, _)| *is_missing) {
        return Err(ApplicationError::Invalid(what));
    }
    if settings.smtp_security == MailSecurity::Plain && !is_this_machine(&settings.smtp_host) && !settings.allow_plain {
        return Err(ApplicationError::Invalid(said!(
            "alerts.unprotected",
            "{host} is another machine: use TLS or STARTTLS, or allow sending without protection",
            host = &settings.smtp_host
        )));
    }
    Ok(())
}
