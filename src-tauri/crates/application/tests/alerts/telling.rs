//! What is told, to whom, and how often.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use tieout_application::{
    AuditSearch, Side,
    alerts::{AlertKind, AlertSeverity, SaveAlertSettings},
};
use tieout_domain::{AlertChannel, AlertSettings, DeliveryState};

use crate::{
    desk::{Desk, MINUTE_MS},
    receiver::{Answer, Receiver},
};

/// The fields of `AlertChanges`, as (raised, recovered).
fn evaluated(desk: &Desk) -> (u32, u32) {
    let changes = desk.session.evaluate_alerts().unwrap();
    (changes.raised, changes.recovered)
}

#[test]
fn a_variance_is_posted_once_however_often_it_is_evaluated() {
    let receiver = Receiver::start(vec![Answer::status("200 OK")]);
    let desk = Desk::new("Joinery & Sons", "Giro");
    desk.post_to(&receiver.url("/services/T000/B000/hook-secret"));
    assert_eq!(evaluated(&desk), (1, 0));
    assert_eq!(desk.session.deliver_alerts().unwrap().delivered, 1);
    for _ in 0..3 {
        desk.pass(60 * MINUTE_MS);
        assert_eq!(evaluated(&desk), (0, 0));
        assert_eq!(desk.session.deliver_alerts().unwrap(), Default::default());
    }
    let requests = receiver.requests();
    assert_eq!(requests.len(), 1, "{requests:?}");
    let (head, body) = requests[0].split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /services/T000/B000/hook-secret HTTP/1.1\r\n"), "{head}");
    let head = head.to_lowercase();
    assert!(head.contains("content-type: application/json") && head.contains("idempotency-key: "), "{head}");
    let posted: serde_json::Value = serde_json::from_str(body).unwrap();
    // 26,000 on the bank, 1,000 in the books.
    let told = "Joinery &amp; Sons: the variance of Giro, 2026-01, is 2500.00 % (limit 1.00 %)";
    assert_eq!(posted["text"], told);
    assert_eq!(posted["blocks"][0]["text"]["text"], told);
    assert_eq!(posted["blocks"][1]["type"], "section");
    // Figures, the account and the company: nobody else.
    for name in ["Nobody Known", "Harrow", "bank.csv"] {
        assert!(!body.contains(name), "{body}");
    }
    let open = desk.session.alerts().unwrap().open;
    let alert = &open[0];
    assert_eq!(
        (alert.reading.kind, alert.reading.figure, alert.severity),
        (AlertKind::Variance, Some(250_000), AlertSeverity::Critical)
    );
}

#[test]
fn what_is_put_right_recovers_and_a_new_crossing_is_told_anew() {
    let receiver = Receiver::start(vec![Answer::status("200 OK")]);
    let desk = Desk::new("Joinery", "Giro");
    desk.post_to(&receiver.url("/hook"));
    evaluated(&desk);
    desk.session.deliver_alerts().unwrap();
    let missing = "number,date,customer,amount,currency\nINV-1002,2026-01-03,Nobody Known,25000.00,EUR\n";
    desk.import("missing.csv", missing, Side::Ledger, None);
    assert_eq!(evaluated(&desk), (0, 1));
    let batches = desk.session.list_batches().unwrap();
    desk.session.undo_import(batches[0].id).unwrap();
    assert_eq!(evaluated(&desk), (1, 0));
    desk.session.deliver_alerts().unwrap();
    let keys: Vec<String> = receiver.requests().iter().map(|request| key_of(request)).collect();
    assert_eq!(keys.len(), 2);
    assert_ne!(keys[0], keys[1], "another event has another key");
    let log = desk.session.find_events(&AuditSearch::default(), 0, 100).unwrap().events;
    let count = |action: &str| log.iter().filter(|event| event.action == action).count();
    assert_eq!((count("alert.raised"), count("alert.recovered"), count("alert.delivered")), (2, 1, 2));
    assert!(desk.session.verify_workbook().unwrap().valid);
}

pub(crate) fn key_of(request: &str) -> String {
    let line = request.lines().find(|line| line.to_lowercase().starts_with("idempotency-key:")).unwrap();
    line.split_once(": ").unwrap().1.to_owned()
}

#[test]
fn every_kind_of_limit_alerts_and_what_is_not_watched_does_not() {
    let desk = Desk::new("Joinery", "Giro");
    // 25,000.00 is open, of one exception.
    let save = |settings: AlertSettings| {
        let save = SaveAlertSettings { settings, smtp_password: None, webhook_url: None };
        desk.session.save_alert_settings(save).unwrap();
    };
    let nothing =
        AlertSettings { variance: false, quality_min: None, exception_days: None, ..AlertSettings::default() };
    save(nothing.clone());
    assert_eq!(evaluated(&desk), (0, 0));
    // It is dated 2026-01-12 and today is 2026-02-01: 20 days, which a limit of 20 allows.
    let at_their_limits = AlertSettings {
        exception_days: Some(20),
        exception_count: Some(1),
        exception_sum: Some(25_000),
        quality_min: Some(0),
        ..nothing.clone()
    };
    save(at_their_limits.clone());
    assert_eq!(evaluated(&desk), (0, 0));
    save(AlertSettings { exception_count: Some(0), exception_sum: Some(24_999), ..at_their_limits });
    desk.pass(24 * 60 * MINUTE_MS);
    assert_eq!(evaluated(&desk), (3, 0));
    let mut kinds: Vec<_> = desk.session.alerts().unwrap().open.iter().map(|alert| alert.reading.kind).collect();
    kinds.sort();
    assert_eq!(kinds, [AlertKind::ExceptionsAged, AlertKind::ExceptionsCount, AlertKind::ExceptionsSum]);
    save(nothing);
    assert_eq!(evaluated(&desk), (0, 3));
}

#[test]
fn an_import_of_poor_quality_alerts_until_it_is_undone() {
    let desk = Desk::new("Joinery", "Giro");
    let quality = i64::from(desk.session.list_batches().unwrap()[0].quality.unwrap());
    let least = u8::try_from(quality + 1).unwrap_or(100).min(100);
    let poor = "date,description,counterparty,amount,currency\n2026-01-20,,,5.00,EUR\n2026-01-20,,,5.00,EUR\n";
    desk.import("poor.csv", poor, Side::Statement, Some("Giro"));
    let batches = desk.session.list_batches().unwrap();
    let poor = batches[0].quality.unwrap();
    assert!(poor < 100 && least > 0, "{poor}");
    let settings = AlertSettings {
        variance: false,
        exception_days: None,
        quality_min: Some(poor + 1),
        ..AlertSettings::default()
    };
    let save = SaveAlertSettings { settings, smtp_password: None, webhook_url: None };
    desk.session.save_alert_settings(save).unwrap();
    assert!(evaluated(&desk).0 >= 1);
    let before = desk.session.alerts().unwrap().open;
    assert!(before.iter().any(|alert| alert.reading.detail == "poor.csv"), "{before:?}");
    // It does not recover by growing old.
    desk.pass(90 * 24 * 60 * MINUTE_MS);
    assert_eq!(evaluated(&desk), (0, 0));
    desk.session.undo_import(batches[0].id).unwrap();
    assert_eq!(evaluated(&desk), (0, 1));
}

#[test]
fn hostile_names_make_neither_headers_nor_calls() {
    let receiver = Receiver::start(vec![Answer::status("200 OK")]);
    let desk = Desk::new("Joinery\r\nBcc: all@evil.example", "Giro <!channel> <https://evil.example|click>");
    desk.post_to(&receiver.url("/hook"));
    evaluated(&desk);
    desk.session.deliver_alerts().unwrap();
    let request = receiver.requests().remove(0);
    assert!(request.contains("&lt;!channel&gt;") && !request.contains("<!channel>"), "{request}");
    assert!(!request.contains("<https://"), "{request}");

    let server = Receiver::start(vec![Answer::Smtp(&[
        "220 here",
        "250 hello",
        "250 ok",
        "250 ok",
        "354 go",
        "250 taken",
        "221 bye",
    ])]);
    let desk = Desk::new("Joinery\r\nBcc: all@evil.example", "Giro\r\nX-Evil: yes");
    desk.mail_through(server.port, "");
    evaluated(&desk);
    assert_eq!(desk.session.deliver_alerts().unwrap().delivered, 1);
    thread::sleep(Duration::from_millis(100));
    let mail = server.requests().remove(0);
    let (head, body) = mail.split_once("\r\n\r\n").unwrap();
    assert!(!head.lines().any(|line| line.starts_with("Bcc:") || line.starts_with("X-Evil")), "{head}");
    assert_eq!(head.matches("RCPT TO").count(), 1, "{head}");
    assert!(head.contains("Message-ID: <") && head.contains("Auto-Submitted: auto-generated"), "{head}");
    assert!(!body.lines().any(|line| line.starts_with("Bcc:") || line.starts_with("X-Evil")), "{body}");
}

#[test]
fn two_senders_at_once_send_once() {
    let answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned();
    let receiver = Receiver::start(vec![Answer::Late(Duration::from_millis(150), answer)]);
    let desk = Desk::new("Joinery", "Giro");
    desk.post_to(&receiver.url("/hook"));
    evaluated(&desk);
    let delivered: u32 = thread::scope(|scope| {
        let senders: Vec<_> =
            (0..4).map(|_| scope.spawn(|| desk.session.deliver_alerts().unwrap().delivered)).collect();
        senders.into_iter().map(|sender| sender.join().unwrap()).sum()
    });
    assert_eq!((delivered, receiver.requests().len()), (1, 1));
}

#[test]
fn secrets_stand_neither_in_the_workbook_nor_in_what_is_told() {
    let echo = Answer::with("404 Not Found", "X: y", "no hook at /services/T0/hook-secret\r\nfor you");
    let receiver = Receiver::start(vec![echo]);
    let desk = Desk::new("Joinery", "Giro");
    let report = desk.post_to(&receiver.url("/services/T0/hook-secret"));
    assert_eq!(report.settings.webhook_host, format!("http://127.0.0.1:{}", receiver.port));
    evaluated(&desk);
    assert_eq!(desk.session.deliver_alerts().unwrap().given_up, 1);
    let fault = desk.session.test_alert_channel(AlertChannel::Webhook).unwrap().unwrap_err();
    assert!(fault.words.english().contains("404") && !fault.words.packed().contains("hook-secret"), "{fault}");

    // A server that repeats the password it was sent.
    let server = Receiver::start(vec![Answer::Smtp(&[
        "220 here",
        "250-hello\r\n250 AUTH PLAIN",
        "535 no: hunter2-secret AGFkYQBodW50ZXIyLXNlY3JldA==",
    ])]);
    desk.mail_through(server.port, "ada");
    let fault = desk.session.test_alert_channel(AlertChannel::Email).unwrap().unwrap_err();
    assert_eq!(fault.kind.as_str(), "sign_in", "{fault}");
    let told = desk.everything_told() + &fault.words.packed();
    assert!(told.contains("alert_settings.secret_changed"), "{told}");
    for secret in ["hook-secret", "hunter2-secret", "AGFkYQBodW50ZXIyLXNlY3JldA=="] {
        assert!(!told.contains(secret), "{secret}: {told}");
    }
}

#[test]
fn nothing_goes_out_unless_a_channel_was_set_up_and_used() {
    let receiver = Receiver::start(vec![Answer::status("200 OK")]);
    let desk = Desk::new("Joinery", "Giro");
    assert!(evaluated(&desk).0 >= 1);
    assert_eq!(desk.session.deliver_alerts().unwrap(), Default::default());
    assert_eq!(desk.session.alerts().unwrap().deliveries, []);
    // Switched off between raising and sending: not sent.
    let desk = Desk::new("Joinery", "Giro");
    let mut settings = desk.post_to(&receiver.url("/hook")).settings;
    evaluated(&desk);
    settings.webhook = false;
    desk.session.save_alert_settings(SaveAlertSettings { settings, smtp_password: None, webhook_url: None }).unwrap();
    assert_eq!(desk.session.deliver_alerts().unwrap().given_up, 1);
    assert_eq!(desk.session.alerts().unwrap().deliveries[0].state, DeliveryState::GivenUp);
    assert_eq!(receiver.requests(), Vec::<String>::new());
}

#[test]
fn settings_that_cannot_work_are_refused_in_words() {
    let desk = Desk::new("Joinery", "Giro");
    let refused = |settings: AlertSettings, url: Option<&str>| {
        let webhook_url = url.map(|url| url.to_owned().into());
        let save = SaveAlertSettings { settings, smtp_password: None, webhook_url };
        desk.session.save_alert_settings(save).unwrap_err().to_string()
    };
    let mail = AlertSettings {
        email: true,
        smtp_host: "mail.example".to_owned(),
        from: "a@example.com".to_owned(),
        to: vec!["b@example.com".to_owned()],
        ..AlertSettings::default()
    };
    let plain = AlertSettings { smtp_security: tieout_domain::MailSecurity::Plain, ..mail.clone() };
    assert!(refused(plain, None).contains("another machine: use TLS or STARTTLS"));
    assert!(refused(AlertSettings { to: Vec::new(), ..mail.clone() }, None).contains("enter a recipient"));
    let two = AlertSettings { to: vec!["b@example.com\r\nBcc: c@example.com".to_owned()], ..mail };
    assert!(refused(two, None).contains("is no e-mail address"));
    let hook = AlertSettings { webhook: true, ..AlertSettings::default() };
    assert!(refused(hook.clone(), None).contains("enter the webhook's address"));
    assert!(refused(hook.clone(), Some("http://hooks.example.com/x")).contains("use https://"));
    assert!(refused(hook, Some("ftp://hooks.example.com/x")).contains("must begin with https://"));
    assert_eq!(desk.session.alerts().unwrap().settings, AlertSettings::default());
}

#[test]
fn the_background_evaluates_when_it_is_quiet_and_only_after_a_change() {
    let receiver = Receiver::start(vec![Answer::status("200 OK")]);
    let desk = Desk::new("Joinery", "Giro");
    desk.post_to(&receiver.url("/hook"));
    desk.session.tend_alerts().unwrap();
    assert_eq!(desk.session.count_open_alerts().unwrap(), 0, "somebody may still be at work");
    desk.session.tend_alerts().unwrap();
    assert_eq!((desk.session.count_open_alerts().unwrap(), receiver.requests().len()), (1, 1));
    let events = desk.session.find_events(&AuditSearch::default(), 0, 1).unwrap().total;
    for _ in 0..4 {
        desk.session.tend_alerts().unwrap();
    }
    assert_eq!(desk.session.find_events(&AuditSearch::default(), 0, 1).unwrap().total, events);
    let open = desk.session.alerts().unwrap().open[0].id;
    desk.session.acknowledge_alerts(&[open]).unwrap();
    assert_eq!(desk.session.count_open_alerts().unwrap(), 0);
    desk.session.close_workbook().unwrap();
    desk.session.tend_alerts().unwrap();
}

/// The engine runs while the background evaluates, and sends in vain.
#[test]
fn a_run_is_kept_although_alerts_are_raised_and_sent_meanwhile() {
    let receiver = Receiver::start(vec![Answer::status("503 Service Unavailable")]);
    let desk = Desk::new("Joinery", "Giro");
    desk.post_to(&receiver.url("/hook"));
    desk.import("more.csv", MORE, Side::Statement, Some("Giro"));
    let figures = desk.session.figures(&Default::default()).unwrap();
    let is_first = AtomicBool::new(true);
    let run = desk.session.run_matching(None, &|progress| {
        if progress.stage != "storing" && is_first.swap(false, Ordering::SeqCst) {
            assert_eq!(evaluated(&desk), (1, 0));
            assert_eq!(desk.session.deliver_alerts().unwrap().waiting, 1);
        }
    });
    assert_eq!(run.unwrap().lines, 2);
    assert!(!is_first.load(Ordering::SeqCst));
    drop(figures);

    // What somebody took in meanwhile is another matter: the run did not see it.
    let is_first = AtomicBool::new(true);
    let run = desk.session.run_matching(None, &|progress| {
        if progress.stage != "storing" && is_first.swap(false, Ordering::SeqCst) {
            desk.import("again.csv", AGAIN, Side::Statement, Some("Giro"));
        }
    });
    assert!(run.unwrap_err().to_string().contains("the workbook changed while the engine ran"));
}

const MORE: &str = "date,description,counterparty,amount,currency\n2026-01-20,Unknown,Nobody,5.00,EUR\n";
const AGAIN: &str = "date,description,counterparty,amount,currency\n2026-01-21,Unknown,Nobody,6.00,EUR\n";

#[test]
fn alert_settings_are_saved_whole_or_not_at_all() {
    let desk = Desk::new("Joinery", "Giro");
    desk.mail_through(2525, "ada");
    let before = desk.session.alerts().unwrap().settings;
    let told = || desk.session.find_events(&AuditSearch::default(), 0, 100).unwrap().total;
    let events = told();
    desk.keys_refuse("alert-webhook-url");
    let settings = AlertSettings { webhook: true, smtp_user: "ben".to_owned(), ..before.clone() };
    let save = || SaveAlertSettings {
        settings: settings.clone(),
        smtp_password: Some("another".to_owned().into()),
        webhook_url: Some("https://hooks.example.com/services/T0/B0".to_owned().into()),
    };
    let refused = desk.session.save_alert_settings(save()).unwrap_err().to_string();
    assert!(refused.contains("nothing was changed") && refused.contains("TIEOUT_WEBHOOK_URL"), "{refused}");
    assert_eq!((desk.session.alerts().unwrap().settings, told()), (before, events));
    assert_eq!(desk.secret("alert-smtp-password").as_deref(), Some("hunter2-secret"));

    desk.keys_refuse("nothing");
    desk.session.save_alert_settings(save()).unwrap();
    assert_eq!(desk.secret("alert-smtp-password").as_deref(), Some("another"));
    assert_eq!(told(), events + 3, "the settings and both secrets are told of");
}

#[test]
fn a_password_goes_nowhere_but_where_it_was_entered_for() {
    let desk = Desk::new("Joinery", "Giro");
    desk.mail_through(2525, "ada");
    let kept = desk.session.alerts().unwrap().settings;
    let save = |settings: &AlertSettings, password: Option<&str>| {
        let smtp_password = password.map(|text| text.to_owned().into());
        let save = SaveAlertSettings { settings: settings.clone(), smtp_password, webhook_url: None };
        desk.session.save_alert_settings(save).map(drop).map_err(|error| error.to_string())
    };
    let elsewhere = AlertSettings { smtp_host: "127.0.0.2".to_owned(), ..kept.clone() };
    let refused = save(&elsewhere, None).unwrap_err();
    assert!(refused.contains("was entered for 127.0.0.1") && refused.contains("enter it again"), "{refused}");
    assert!(save(&AlertSettings { smtp_user: "ben".to_owned(), ..kept.clone() }, None).is_err());
    // Nor in two steps, over settings that are half filled in.
    let emptied = AlertSettings { email: false, smtp_host: String::new(), smtp_user: String::new(), ..kept.clone() };
    assert!(save(&emptied, None).unwrap_err().contains("was entered for 127.0.0.1"));
    assert!(save(&AlertSettings { smtp_port: 2526, ..kept.clone() }, None).is_err());
    assert!(save(&AlertSettings { certificate: "other.pem".to_owned(), ..kept.clone() }, None).is_err());
    // Another recipient is nobody who learns the password.
    save(&AlertSettings { to: vec!["ben@example.com".to_owned()], ..kept.clone() }, None).unwrap();
    // Passwords may begin and end with blanks.
    save(&elsewhere, Some(" blank ")).unwrap();
    assert_eq!(desk.secret("alert-smtp-password").as_deref(), Some(" blank "));
    save(&kept, Some("")).unwrap();
    assert_eq!(desk.secret("alert-smtp-password"), None);
    save(&elsewhere, None).unwrap();
}
