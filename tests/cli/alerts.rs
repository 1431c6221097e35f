//! `tieout workbook alerts …` with a real SMTP server and a real HTTP receiver on loopback.

use std::{
    fs,
    io::{Read, Write},
    net::TcpListener,
    thread,
    time::Duration,
};

use serde_json::Value;

use crate::{
    command::{Desk, text},
    mail_server::{MailServer, PASSWORD, Protection, USER},
};

pub(crate) const BOOK: &str = "joinery.tieout";
const STATEMENT: &str = "date,description,counterparty,amount,currency\n\
    2025-01-10,Payment INV-1001,Harrow & Pike,1000.00,EUR\n\
    2025-01-12,Transfer of unknown origin,Nobody Known,25000.00,EUR\n";
const LEDGER: &str = "number,date,customer,amount,currency\nINV-1001,2025-01-02,Harrow & Pike,1000.00,EUR\n";

/// Matched, with a variance and an old exception.
pub(crate) fn book() -> Desk {
    let desk = Desk::new();
    let company = "Jönsson & Söhne\r\nBcc: all@evil.example";
    desk.tieout(["workbook", "new", BOOK, "--company", company, "--user", "Ada Byron", "--single-user"]).with_code(0);
    let (statement, ledger) = (text(&desk.write("bank.csv", STATEMENT)), text(&desk.write("books.csv", LEDGER)));
    let import = ["workbook", "import", BOOK, "--statement", &statement, "--ledger", &ledger, "--account", "Girokonto"];
    desk.tieout(import).with_code(0);
    desk.tieout(["workbook", "match", BOOK]).with_code(0);
    desk
}

/// Mail through this server; the password comes from the environment when it is needed.
pub(crate) fn mail_through(desk: &Desk, server: &MailServer, security: &str, user: &str) {
    let (port, certificate) = (server.port.to_string(), text(&server.certificate));
    let set =
        ["workbook", "alerts", "settings", BOOK, "--email", "on", "--smtp-host", "localhost", "--smtp-port", &port];
    let rest =
        ["--security", security, "--smtp-user", user, "--certificate", &certificate, "--from", "tieout@example.com"];
    let to = ["--to", "ada@example.com", "--to", "bo@example.com", "--days", "off", "--quality", "off"];
    desk.tieout(set.iter().chain(&rest).chain(&to)).with_code(0);
}

fn evaluated_anew(desk: &Desk) {
    // What was raised while no channel was set up was told in the app only; put right and gone wrong, it is a new event.
    desk.tieout(["workbook", "alerts", "settings", BOOK, "--variance", "off"]).with_code(0);
    desk.tieout(["workbook", "alerts", "list", BOOK]).with_code(0);
    desk.tieout(["workbook", "alerts", "settings", BOOK, "--variance", "on"]).with_code(0);
}

fn deliver(desk: &Desk, password: &str) -> (i32, Value) {
    let answer =
        desk.tieout_with(&[("TIEOUT_SMTP_PASSWORD", password)], "", ["workbook", "alerts", "deliver", BOOK, "--json"]);
    (answer.code, answer.json())
}

#[test]
fn alerts_are_raised_by_what_changes_the_workbook_and_acknowledged() {
    let desk = book();
    // The run itself left them evaluated: nobody asked for it.
    let log = desk.tieout(["workbook", "alerts", "ack", BOOK, "--all", "--json"]).with_code(0).json();
    let past = log["past"].as_array().expect("a list");
    let mut kinds: Vec<_> = past.iter().map(|alert| alert["kind"].as_str().expect("a word")).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["exceptions_aged", "variance"], "{log}");
    let variance = past.iter().find(|alert| alert["kind"] == "variance").expect("one");
    assert_eq!((&variance["figure"], &variance["limit"]), (&"2500.00".into(), &"1.00".into()));
    assert_eq!((&variance["account"], &variance["detail"]), (&"Girokonto".into(), &"2025-01".into()));
    assert_eq!(variance["acknowledgedBy"], "Ada Byron");
    assert_eq!(log["deliveries"], Value::Array(Vec::new()));
    let told = desk.tieout(["workbook", "alerts", "list", BOOK]).with_code(0).stdout;
    assert!(told.starts_with("0 open alerts") && told.contains("acknowledged by Ada Byron"), "{told}");
    desk.tieout(["verify", BOOK]).with_code(0);
    let refused = desk.tieout(["workbook", "alerts", "ack", BOOK, "nonsense"]).with_code(4);
    assert!(refused.stderr.contains("is no identifier"), "{}", refused.stderr);
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "cargo xtask installs the mail server on Linux only")]
fn mail_goes_out_once_by_starttls_with_sign_in() {
    let (desk, server) = (book(), MailServer::start(Protection::StartTls, true));
    mail_through(&desk, &server, "starttls", USER);
    evaluated_anew(&desk);
    let (code, summary) = deliver(&desk, PASSWORD);
    assert_eq!((code, &summary["delivered"]), (0, &1.into()), "{summary}");
    assert_eq!(deliver(&desk, PASSWORD).1["delivered"], 0);
    let mails = server.mails();
    assert_eq!(mails.len(), 1, "{mails:?}");
    let (head, body) = mails[0].split_once("\n\n").expect("head and body");
    for line in ["X-Test-Signed-In: True", "X-Test-Tls: True", "X-Test-To: ada@example.com,bo@example.com"] {
        assert!(head.contains(line), "{head}");
    }
    assert!(head.contains("\nFrom: tieout@example.com") && head.contains("\nMessage-ID: <"), "{head}");
    assert!(!head.lines().any(|line| line.starts_with("Bcc:")), "{head}");
    // Of Jönsson only an encoded word stands in the subject.
    assert!(head.contains("Subject: =?utf-8?"), "{head}");
    let plain = quoted_printable(body);
    assert!(
        plain.contains("Jönsson & Söhne Bcc: all@evil.example: the variance of Girokonto, 2025-01, is 2500.00 %"),
        "{plain}"
    );
    assert!(!plain.contains("Nobody Known") && !plain.contains("Harrow"), "{plain}");
}

/// The two transfer encodings a text mail may have here.
fn quoted_printable(body: &str) -> String {
    let joined = body.replace("=\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match hex.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(decoded) if byte == b'=' => {
                bytes.push(decoded);
                rest = &after[2..];
            }
            _ => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "cargo xtask installs the mail server on Linux only")]
fn mail_goes_out_by_tls_and_plainly_and_in_german() {
    for (protection, word) in [(Protection::Tls, "tls"), (Protection::Plain, "plain")] {
        let (desk, server) = (book(), MailServer::start(protection, false));
        mail_through(&desk, &server, word, "");
        desk.tieout(["workbook", "alerts", "settings", BOOK, "--language", "de"]).with_code(0);
        evaluated_anew(&desk);
        assert_eq!(deliver(&desk, "").0, 0);
        let mail = server.mails().remove(0);
        let is_protected = if word == "tls" { "True" } else { "False" };
        // With TLS from the first byte the server's session knows it by its transport alone.
        assert!(word == "tls" || mail.contains(&format!("X-Test-Tls: {is_protected}")), "{mail}");
        assert!(quoted_printable(&mail).contains("beträgt 2500,00 % (Grenze 1,00 %)"), "{mail}");
    }
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "cargo xtask installs the mail server on Linux only")]
fn a_test_of_the_mail_server_says_precisely_what_is_wrong() {
    let desk = book();
    let test = |password: &str| {
        let arguments = ["workbook", "alerts", "test", BOOK, "email", "--json"];
        let answer = desk.tieout_with(&[("TIEOUT_SMTP_PASSWORD", password)], "", arguments);
        (answer.code, answer.json()["fault"].as_str().expect("a word").to_owned(), answer.stdout)
    };
    let guarded = MailServer::start(Protection::StartTls, true);
    mail_through(&desk, &guarded, "starttls", USER);
    assert_eq!(test(PASSWORD).0, 0);
    assert_eq!(guarded.mails().len(), 1);
    let (code, fault, told) = test("wrong-pass-4711");
    assert_eq!((code, fault.as_str()), (4, "sign_in"), "{told}");
    assert!(!told.contains("wrong-pass"), "{told}");
    // A certificate that nobody vouches for.
    desk.tieout(["workbook", "alerts", "settings", BOOK, "--certificate", ""]).with_code(0);
    assert_eq!(test(PASSWORD).1, "tls");
    // A server without STARTTLS is not spoken to in clear.
    let plain = MailServer::start(Protection::Plain, false);
    mail_through(&desk, &plain, "starttls", "");
    assert_eq!(test("").1, "tls");
    assert_eq!(plain.mails().len(), 0);
    let nobody = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port();
    let port = nobody.to_string();
    desk.tieout(["workbook", "alerts", "settings", BOOK, "--smtp-port", &port]).with_code(0);
    assert_eq!(test("").1, "unreachable");
    desk.tieout(["workbook", "alerts", "settings", BOOK, "--smtp-host", "no-such-machine.invalid"]).with_code(0);
    assert_eq!(test("").1, "name_unknown");
    let refused = desk.tieout(["workbook", "alerts", "settings", BOOK, "--security", "plain"]).with_code(4);
    assert!(refused.stderr.contains("another machine: use TLS or STARTTLS"), "{}", refused.stderr);
}

#[test]
fn the_webhook_is_posted_once_by_two_programs_at_once_and_its_address_is_told_nobody() {
    let desk = book();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://127.0.0.1:{}/services/T0/B0/hook-secret-99", listener.local_addr().expect("it").port());
    let set = ["workbook", "alerts", "settings", BOOK, "--webhook", "on", "--days", "off", "--json"];
    let shown = desk.tieout_with(&[("TIEOUT_WEBHOOK_URL", &url)], "", set).with_code(0);
    assert!(shown.stdout.contains("http://127.0.0.1:") && !shown.stdout.contains("hook-secret"), "{}", shown.stdout);
    evaluated_anew(&desk);
    let receiving = thread::spawn(move || {
        let mut requests = Vec::new();
        // Whoever is not heard within this time does not come.
        listener.set_nonblocking(true).expect("a socket");
        for _ in 0..60 {
            if let Ok((mut stream, _)) = listener.accept() {
                stream.set_nonblocking(false).expect("a socket");
                thread::sleep(Duration::from_millis(300));
                let mut bytes = vec![0; 8_192];
                let read = stream.read(&mut bytes).expect("a request");
                requests.push(String::from_utf8_lossy(&bytes[..read]).into_owned());
                drop(stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
            }
            thread::sleep(Duration::from_millis(50));
        }
        requests
    });
    let call = || {
        let arguments = ["workbook", "alerts", "deliver", BOOK];
        desk.tieout_with(&[("TIEOUT_WEBHOOK_URL", &url)], "", arguments).code
    };
    let codes: Vec<i32> = thread::scope(|scope| {
        let calls: Vec<_> = (0..2).map(|_| scope.spawn(call)).collect();
        calls.into_iter().map(|call| call.join().expect("it ends")).collect()
    });
    // The second either came after the first was done, or was refused since a workbook is open once.
    assert!(codes.contains(&0) && codes.iter().all(|code| [0, 4].contains(code)), "{codes:?}");
    let requests = receiving.join().expect("it ends");
    assert_eq!(requests.len(), 1, "{requests:?}");
    assert!(requests[0].contains("POST /services/T0/B0/hook-secret-99 HTTP/1.1"), "{requests:?}");
    let list = desk.tieout(["workbook", "alerts", "list", BOOK, "--json"]).with_code(0).stdout;
    assert!(!list.contains("hook-secret"), "{list}");
    let files = fs::read(desk.path(BOOK)).expect("the workbook");
    assert!(!files.windows(11).any(|window| window == b"hook-secret"));
}

#[test]
#[ignore = "needs a keychain, which cargo xtask test has"]
fn a_password_given_once_is_kept_in_the_keychain() {
    let (desk, server) = (book(), MailServer::start(Protection::StartTls, true));
    mail_through(&desk, &server, "starttls", USER);
    let arguments = ["workbook", "alerts", "test", BOOK, "email", "--json"];
    assert_eq!(desk.tieout(arguments).json()["fault"], "secret");
    let set = ["workbook", "alerts", "settings", BOOK, "--smtp-password"];
    desk.tieout_with(&[], &format!("{PASSWORD}\n"), set).with_code(0);
    desk.tieout(arguments).with_code(0);
    assert_eq!(server.mails().len(), 1);
    desk.tieout_with(&[], "\n", set).with_code(0);
    assert_eq!(desk.tieout(arguments).json()["fault"], "secret");
}
