//! A POST of JSON in Slack's shape. The address is a secret: only its scheme, host and port are ever told.

use std::{sync::Once, time::Duration};

use jiff::Timestamp;
use reqwest::{Client, Response, StatusCode, Url, header, redirect};
use tieout_domain::{AlertSettings, Said, said};

use super::{Fault, FaultKind, connection_fault, is_this_machine, put_off, resolve, verbatim};
use crate::alerts::{message::Message, secrets::harmless};

/// So much of an answer is read; it is only shown.
const ANSWER_BYTES_MAX: usize = 512;

/// A webhook's address, and what may be told of it.
pub(crate) fn address(text: &str, allow_plain: bool) -> Result<(Url, String), Fault> {
    let refused = |words: Said| Fault::refused(FaultKind::Settings, words);
    let url = Url::parse(text.trim()).map_err(|_| {
        refused(said!("webhook.noUrl", "the webhook's address is no URL such as https://hooks.example.com/…"))
    })?;
    let host =
        url.host_str().ok_or_else(|| refused(said!("webhook.noHost", "the webhook's address names no machine")))?;
    let is_plain = match url.scheme() {
        "https" => false,
        "http" => true,
        _ => return Err(refused(said!("webhook.scheme", "the webhook's address must begin with https://"))),
    };
    if is_plain && !is_this_machine(host) && !allow_plain {
        return Err(refused(said!(
            "webhook.plain",
            "the webhook's address begins with http://: use https://, or allow sending without protection"
        )));
    }
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let told = format!("{}://{host}{port}", url.scheme());
    Ok((url, told))
}

pub(super) fn send(settings: &AlertSettings, url: &str, message: &Message, patience: Duration) -> Result<(), Fault> {
    let (url, told) = address(url, settings.allow_plain)?;
    let place = said!("webhook.at", "the webhook at {address}", address = told);
    let host = url.host_str().unwrap_or_default().to_owned();
    resolve(&host, url.port_or_known_default().unwrap_or(443))?;
    let broken = |error: &dyn std::error::Error| {
        let told = verbatim(&error.to_string());
        Fault::later(FaultKind::Settings, said!("webhook.broken", "no connection can be made: {told}", told = told))
    };
    let client = client(&host, patience).map_err(|error| broken(&error))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| broken(&error))?;
    runtime.block_on(post(&client, url, message, &place))
}

fn client(host: &str, patience: Duration) -> reqwest::Result<Client> {
    static PROVIDER: Once = Once::new();
    // Fails only where somebody else chose one already, which does as well.
    PROVIDER.call_once(|| drop(rustls::crypto::ring::default_provider().install_default()));
    let client = Client::builder()
        .timeout(patience)
        .connect_timeout(patience)
        // An address that is no longer right is for a person to correct, not for a server to choose.
        .redirect(redirect::Policy::none())
        .user_agent(concat!("Tieout/", env!("CARGO_PKG_VERSION")));
    if is_this_machine(host) { client.no_proxy() } else { client }.build()
}

async fn post(client: &Client, url: Url, message: &Message, place: &Said) -> Result<(), Fault> {
    let secrets: Vec<String> =
        url.path_segments().into_iter().flatten().chain(url.query()).map(str::to_owned).collect();
    let sent = client
        .post(url)
        .header(header::CONTENT_TYPE, "application/json")
        .header("Idempotency-Key", message.key.as_str())
        .body(message.slack().to_string())
        .send()
        .await;
    let response = sent.map_err(|error| {
        let timed_out = error.is_timeout();
        connection_fault(place, &error.without_url(), timed_out)
    })?;
    judge(response, place, &secrets).await
}

async fn judge(response: Response, place: &Said, secrets: &[String]) -> Result<(), Fault> {
    let status = response.status();
    if status.is_success() {
        return Ok(());
    }
    let wait_ms = retry_after_ms(&response);
    let secrets: Vec<&str> = secrets.iter().map(String::as_str).collect();
    let answer = harmless(&answer(response).await, &secrets);
    let told = verbatim(&if answer.is_empty() { status.to_string() } else { format!("{status}: {answer}") });
    let place = place.clone();
    Err(match status {
        status if status.is_redirection() => Fault::refused(
            FaultKind::Rejected,
            said!(
                "webhook.redirect",
                "{place} answered {status} and names another address: redirects are not followed, enter the final one",
                place = place,
                status = status.to_string()
            ),
        ),
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => {
            Fault::later(FaultKind::Busy, put_off(place, told)).after(wait_ms)
        }
        status if status.is_server_error() => {
            let words = said!("webhook.fault", "{place} has a fault: {told}", place = place, told = told);
            Fault::later(FaultKind::Busy, words).after(wait_ms)
        }
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            let words = said!("webhook.notLetIn", "{place} does not let us in: {told}", place = place, told = told);
            Fault::refused(FaultKind::SignIn, words)
        }
        _ => Fault::refused(
            FaultKind::Rejected,
            said!("webhook.refused", "{place} refused it: {told}", place = place, told = told),
        ),
    })
}

/// The beginning of an answer. A connection that is cut within it has said enough.
async fn answer(mut response: Response) -> String {
    let mut bytes = Vec::new();
    while bytes.len() < ANSWER_BYTES_MAX {
        match response.chunk().await {
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) | Err(_) => break,
        }
    }
    bytes.truncate(ANSWER_BYTES_MAX);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// `Retry-After` in milliseconds from now: seconds or a date (RFC 9110, section 10.2.3).
fn retry_after_ms(response: &Response) -> Option<i64> {
    let text = response.headers().get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<i64>() {
        return seconds.checked_mul(1_000).filter(|ms| *ms >= 0);
    }
    let at = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    Some(at.as_millisecond().saturating_sub(Timestamp::now().as_millisecond()).max(0))
}
