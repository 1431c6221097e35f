//! Alerts: raised in the background, posted to a real receiver once, acknowledged.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::mpsc::{self, Receiver},
    thread,
    time::Duration,
};

use tieout_tests::sample;

use crate::{
    driver::Window,
    steps::{Key, create_workbook, import, match_all},
};

/// Takes every request and hands its body on; the address ends with a secret.
fn receiver() -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/services/T0/B0/hook-secret", listener.local_addr().expect("it"));
    let (told, bodies) = mpsc::channel();
    thread::spawn(move || {
        for connection in listener.incoming() {
            let body = answered(connection.expect("a connection"));
            if told.send(body).is_err() {
                return;
            }
        }
    });
    (url, bodies)
}

fn answered(mut stream: TcpStream) -> String {
    let mut reader = BufReader::new(stream.try_clone().expect("a socket"));
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a head");
        if let Some(told) = line.to_lowercase().strip_prefix("content-length:") {
            length = told.trim().parse().expect("a length");
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").expect("an answer");
    String::from_utf8(body).expect("UTF-8")
}

#[tokio::test]
async fn alerts_are_raised_in_the_background_posted_once_and_acknowledged() {
    let home = tempfile::tempdir().unwrap();
    let (url, bodies) = receiver();
    let window = Window::start(home.path()).await;
    create_workbook(&window, &home.path().join("joinery.tieout"), Key::AskedFor).await;
    window.click("nav-alerts").await;
    window.find("alerts-none").await;
    window.screenshot("alerts-empty").await;

    // A channel is set up before anything is wrong, and tried out.
    window.click("alerts-set").await;
    window.click("alert-webhook").await;
    window.fill("alert-url", "http://hooks.example.com/services/T0").await;
    window.click("alert-save").await;
    window.until("error-message", "why it is refused", |text| text.contains("use https://")).await;
    window.fill("alert-url", &url).await;
    window.click("alert-save").await;
    window.until("screen-alerting", "the host that is in use", |text| text.contains("In use: http://127.0.0.1:")).await;
    window.click("alert-test-webhook").await;
    window.until("alert-tested-webhook", "that it arrived", |text| text.contains("was taken")).await;
    let test = bodies.recv_timeout(Duration::from_secs(5)).expect("the test message");
    assert!(test.contains("Lindqvist &amp; Amara: a test of Tieout's alerts"), "{test}");
    window.screenshot("alerts-tested").await;

    import(&window, &sample("bank/statement-2025.csv"), "statement", "227").await;
    import(&window, &sample("bank/ledger-2025.csv"), "ledger", "236").await;
    match_all(&window).await;
    // Under the mouse an entry shows its keys in place of the count.
    let is_counted = |text: &str| text.chars().any(|letter| letter.is_ascii_digit());
    window.until("nav-alerts", "how many are open", is_counted).await;
    window.click("nav-alerts").await;
    window.until("alerts-open", "an alert", |text| text.contains("Exceptions open for long")).await;
    window.until("deliveries", "what was sent", |text| text.contains("Delivered")).await;
    let posted = bodies.recv_timeout(Duration::from_secs(5)).expect("an alert");
    assert!(posted.contains("\"blocks\"") && posted.contains("Lindqvist &amp; Amara: "), "{posted}");
    window.screenshot("alerts-open").await;

    window.click("alerts-ack-all").await;
    window.find("alerts-none").await;
    window.until("alerts-past", "who acknowledged it", |text| text.contains("Acknowledged by Ada Byron")).await;
    window.screenshot("alerts-acknowledged").await;
    window.click("settings").await;
    window.click("theme-dark").await;
    window.click("settings").await;
    window.click("language-de").await;
    window.until("screen-alerts", "German", |text| text.contains("Versandte Nachrichten")).await;
    window.screenshot("alerts-german-dark").await;
    window.go("alerting").await;
    window.until("screen-alerting", "German", |text| text.contains("Grenzen und Wege")).await;
    window.screenshot("alert-settings-german-dark").await;
    window.click("nav-audit").await;
    window.until("audit-row", "the newest event", |text| text.contains("Warnung")).await;
    window.close().await;
}
