//! Mail by SMTP: STARTTLS or TLS from the first byte, the server's certificate checked as the system does it.

use std::time::Duration;

use lettre::{
    Message as Mail, SmtpTransport, Transport,
    message::{Mailbox, header::ContentType},
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
        extension::ClientId,
    },
};
use tieout_domain::{AlertSettings, MailSecurity, Said, said};

use super::{Fault, FaultKind, connection_fault, is_this_machine, put_off, resolve, verbatim};
use crate::{
    alerts::{message::Message, secrets::harmless},
    error::in_words,
};

pub(super) fn send(
    settings: &AlertSettings,
    password: Option<&str>,
    message: &Message,
    patience: Duration,
) -> Result<(), Fault> {
    let mail = mail(settings, message)?;
    let sent = transport(settings, password, patience)?.send(&mail);
    sent.map(drop).map_err(|error| explain(settings, password, &error))
}

/// Asks the server whether it would take a message, without giving it one.
pub(super) fn reach(settings: &AlertSettings, password: Option<&str>, patience: Duration) -> Result<(), Fault> {
    match transport(settings, password, patience)?.test_connection() {
        Ok(true) => Ok(()),
        Ok(false) => Err(Fault::later(
            FaultKind::Busy,
            said!("alert.noAnswer", "{host} took the connection and answered nothing", host = &settings.smtp_host),
        )),
        Err(error) => Err(explain(settings, password, &error)),
    }
}

fn transport(settings: &AlertSettings, password: Option<&str>, patience: Duration) -> Result<SmtpTransport, Fault> {
    let host = settings.smtp_host.as_str();
    if settings.smtp_security == MailSecurity::Plain && !is_this_machine(host) && !settings.allow_plain {
        return Err(Fault::refused(
            FaultKind::Settings,
            said!(
                "alert.anotherMachine",
                "{host} is another machine: use TLS or STARTTLS, or allow sending without protection",
                host = host
            ),
        ));
    }
    resolve(host, settings.smtp_port)?;
    let mut transport = SmtpTransport::builder_dangerous(host)
        .port(settings.smtp_port)
        .hello_name(ClientId::Domain("tieout.invalid".to_owned()))
        .timeout(Some(patience))
        .tls(tls(settings)?);
    if let Some(password) = password {
        transport = transport.credentials(Credentials::new(settings.smtp_user.clone(), password.to_owned()));
    }
    Ok(transport.build())
}

fn mail(settings: &AlertSettings, message: &Message) -> Result<Mail, Fault> {
    let mailbox = |text: &str| {
        text.parse::<Mailbox>().map_err(|_| {
            Fault::refused(FaultKind::Settings, said!("alert.noAddress", "'{text}' is no e-mail address", text = text))
        })
    };
    let from = mailbox(&settings.from)?;
    let domain = from.email.domain().to_owned();
    let mut mail = Mail::builder()
        .from(from)
        .subject(&message.title)
        .message_id(Some(format!("<{}@{domain}>", message.key)))
        .header(AutoSubmitted)
        .header(ContentType::TEXT_PLAIN);
    for recipient in &settings.to {
        mail = mail.to(mailbox(recipient)?);
    }
    let broken = |error: lettre::error::Error| {
        let told = verbatim(&error.to_string());
        Fault::refused(FaultKind::Settings, said!("alert.mail", "the mail could not be written: {told}", told = told))
    };
    mail.body(message.body()).map_err(broken)
}

/// RFC 3834: nobody's holiday notice answers an alert.
#[derive(Clone)]
struct AutoSubmitted;

impl lettre::message::header::Header for AutoSubmitted {
    fn name() -> lettre::message::header::HeaderName {
        lettre::message::header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> lettre::message::header::HeaderValue {
        lettre::message::header::HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

fn tls(settings: &AlertSettings) -> Result<Tls, Fault> {
    let refused = |words: Said| Fault::refused(FaultKind::Settings, words);
    if settings.smtp_security == MailSecurity::Plain {
        return Ok(Tls::None);
    }
    let mut parameters = TlsParameters::builder(settings.smtp_host.clone());
    if !settings.certificate.is_empty() {
        let path = &settings.certificate;
        let pem = crate::foreign::read(path.as_ref()).map_err(|error| {
            refused(said!("alert.certificate", "the certificate {path}: {why}", path = path, why = in_words(&error)))
        })?;
        let certificate = Certificate::from_pem(&pem).map_err(|_| {
            refused(said!("alert.noCertificate", "{path} holds no certificate in PEM form", path = path))
        })?;
        parameters = parameters.add_root_certificate(certificate);
    }
    let parameters = parameters.build().map_err(|error| {
        refused(said!(
            "alert.noTls",
            "no protected connection can be made: {told}",
            told = verbatim(&error.to_string())
        ))
    })?;
    Ok(if settings.smtp_security == MailSecurity::Tls { Tls::Wrapper(parameters) } else { Tls::Required(parameters) })
}

fn explain(settings: &AlertSettings, password: Option<&str>, error: &lettre::transport::smtp::Error) -> Fault {
    let place = said!(
        "alert.mailServer",
        "the mail server {host} (port {port})",
        host = &settings.smtp_host,
        port = settings.smtp_port.to_string()
    );
    let Some(status) = error.status() else {
        if error.is_client() {
            let told = harmless(&error.to_string(), &[]);
            let kind = if told.to_lowercase().contains("tls") { FaultKind::Tls } else { FaultKind::Rejected };
            let told = verbatim(&told);
            let words = said!(
                "alert.cannot",
                "{place} cannot do what the settings ask for: {told}",
                place = place,
                told = told
            );
            return Fault::refused(kind, words);
        }
        return connection_fault(&place, error, error.is_timeout());
    };
    let code = status.to_string();
    let encoded = password.map(|password| encodings(&settings.smtp_user, password)).unwrap_or_default();
    let mut secrets: Vec<&str> = encoded.iter().map(String::as_str).collect();
    secrets.extend(password);
    let told = verbatim(&harmless(&super::told(error), &secrets));
    match code.as_str() {
        "530" | "534" | "535" | "538" => {
            let words = said!(
                "alert.notAccepted",
                "{place} did not accept user and password: {told}",
                place = place,
                told = told
            );
            Fault::refused(FaultKind::SignIn, words)
        }
        "454" => Fault::later(
            FaultKind::SignIn,
            said!("alert.signInLater", "{place} cannot let us sign in now: {told}", place = place, told = told),
        ),
        _ if error.is_transient() => Fault::later(FaultKind::Busy, put_off(place, told)),
        _ => Fault::refused(
            FaultKind::Rejected,
            said!("alert.mailRefused", "{place} refused the mail: {told}", place = place, told = told),
        ),
    }
}

/// What a password looks like on its way to the server.
fn encodings(user: &str, password: &str) -> [String; 2] {
    [base64(format!("\0{user}\0{password}").as_bytes()), base64(password.as_bytes())]
}

/// RFC 4648, section 4; only to find in what a server says what must not be told on.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for at in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * at) & 63) as usize];
            text.push(if at > chunk.len() { '=' } else { char::from(letter) });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_rfc() {
        for (plain, encoded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(plain.as_bytes()), encoded);
        }
    }

    #[test]
    fn what_a_server_repeats_of_the_password_is_left_out() {
        let secrets = encodings("ada", "hunter22");
        let told = format!("535 bad: {} hunter22\r\n", secrets[0]);
        let secrets: Vec<&str> = secrets.iter().map(String::as_str).chain(["hunter22"]).collect();
        assert_eq!(harmless(&told, &secrets), "535 bad: … …");
    }
}
