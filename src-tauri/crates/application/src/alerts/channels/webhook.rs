//! A POST of JSON in Slack's shape. The address is a secret: only its scheme, host and port are ever told.

use std::{sync::Once, time::Duration};

use jiff::Timestamp;
use reqwest::{Client, Response, StatusCode, Url, header, redirect};
use tieout_domain::AlertSettings;

use super::{Fault, FaultKind, connection_fault, is_this_machine, resolve};
use crate::alerts::{message::Message, secrets::harmless};

/// So much of an answer is read; it is only shown.
const ANSWER_BYTES_MAX: usize = 512;

/// A webhook's address, and what may be told of it.
pub(crate) fn address(text: &str, allow_plain: bool) -> Result<(Url, String), Fault> {
    let refused = |words: &str| Fault::refused(FaultKind::Settings, words.to_owned());
    let url = Url::parse(text.trim())
        .map_err(|_| refused("the webhook's address is no URL such as https://hooks.example.com/…"))?;
    let host = url.host_str().ok_or_else(|| refused("the webhook's address names no machine"))?;
    let is_plain = match url.scheme() {
        "https" => false,
        "http" => true,
        _ => return Err(refused("the webhook's address must begin with https://")),
    };
    if is_plain && !is_this_machine(host) && !allow_plain {
        return Err(refused(
            "the webhook's address begins with http://: use https://, or allow sending without protection",
        ));
    }
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let told = format!("{}://{host}{port}", url.scheme());
    Ok((url, told))
}

pub(super) fn send(settings: &AlertSettings, url: &str, message: &Message, patience: Duration) -> Result<(), Fault> {
    let (url, told) = address(url, settings.allow_plain)?;
    let place = format!("the webhook at {told}");
    let host = url.host_str().unwrap_or_default().to_owned();
    resolve(&host, url.port_or_known_default().unwrap_or(443))?;
    let broken = |words: String| Fault::later(FaultKind::Settings, words);
    let client = client(&host, patience).map_err(|error| broken(format!("no connection can be made: {error}")))?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| broken(format!("no connection can be made: {error}")))?;
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

async fn post(client: &Client, url: Url, message: &Message, place: &str) -> Result<(), Fault> {
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

async fn judge(response: Response, place: &str, secrets: &[String]) -> Result<(), Fault> {
    let status = response.status();
    if status.is_success() {
        return Ok(());
    }
    let wait_ms = retry_after_ms(&response);
    let secrets: Vec<&str> = secrets.iter().map(String::as_str).collect();
    let answer = harmless(&answer(response).await, &secrets);
    let told = if answer.is_empty() { status.to_string() } else { format!("{status}: {answer}") };
    Err(match status {
        status if status.is_redirection() => Fault::refused(
            FaultKind::Rejected,
            format!(
                "{place} answered {status} and names another address: redirects are not followed, enter the final one"
            ),
        ),
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => {
            Fault::later(FaultKind::Busy, format!("{place} put it off: {told}")).after(wait_ms)
        }
        status if status.is_server_error() => {
            Fault::later(FaultKind::Busy, format!("{place} has a fault: {told}")).after(wait_ms)
        }
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            Fault::refused(FaultKind::SignIn, format!("{place} does not let us in: {told}"))
        }
        _ => Fault::refused(FaultKind::Rejected, format!("{place} refused it: {told}")),
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
