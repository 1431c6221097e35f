//! What is tried again, when, and what is not.

use tieout_application::{
    Side,
    alerts::{AlertDelivery, MailSecurity, SaveAlertSettings},
};
use tieout_domain::{AlertChannel, AlertSettings, DeliveryState};

use crate::{
    desk::{Desk, MINUTE_MS},
    receiver::{Answer, Receiver, dead_port},
    telling::key_of,
};

fn only_delivery(desk: &Desk) -> AlertDelivery {
    let mut deliveries = desk.session.alerts().unwrap().deliveries;
    assert_eq!(deliveries.len(), 1);
    deliveries.remove(0)
}

/// One attempt with this answer: how it stands then, and after how many minutes it is tried again.
#[track_caller]
fn attempt(answer: Answer, state: DeliveryState, minutes: i64, because: &str) {
    let receiver = Receiver::start(vec![answer, Answer::status("200 OK")]);
    let desk = Desk::new("Joinery", "Giro");
    desk.post_to(&receiver.url("/hook"));
    desk.session.evaluate_alerts().unwrap();
    let begun = std::time::Instant::now();
    desk.session.deliver_alerts().unwrap();
    assert!(begun.elapsed().as_secs() < 3, "{:?}", begun.elapsed());
    let delivery = only_delivery(&desk);
    assert_eq!((delivery.state, delivery.attempts), (state, 1), "{}", delivery.last_error);
    assert!(delivery.last_error.english().contains(because), "{}", delivery.last_error);
    // A moment before it is due, nothing; then it is sent, under the same key.
    desk.pass(minutes * MINUTE_MS - 1);
    desk.session.deliver_alerts().unwrap();
    assert_eq!(receiver.requests().len(), 1);
    desk.pass(1);
    desk.session.deliver_alerts().unwrap();
    let requests = receiver.requests();
    if state == DeliveryState::Waiting {
        assert_eq!((requests.len(), only_delivery(&desk).state), (2, DeliveryState::Delivered));
        assert_eq!(key_of(&requests[0]), key_of(&requests[1]));
    } else {
        assert_eq!((requests.len(), only_delivery(&desk).state), (1, DeliveryState::GivenUp));
    }
}

#[test]
fn a_fault_of_the_server_is_tried_again() {
    attempt(Answer::status("500 Internal Server Error"), DeliveryState::Waiting, 1, "has a fault: 500");
    attempt(Answer::with("503 Busy", "X: y", "back soon\r\nthanks"), DeliveryState::Waiting, 1, "back soon thanks");
}

#[test]
fn too_many_requests_waits_as_long_as_the_server_wants() {
    attempt(Answer::with("429 Slow Down", "Retry-After: 7200", ""), DeliveryState::Waiting, 120, "put it off: 429");
    attempt(Answer::with("429 Slow Down", "Retry-After: soon", ""), DeliveryState::Waiting, 1, "put it off: 429");
    attempt(Answer::status("408 Request Timeout"), DeliveryState::Waiting, 1, "put it off: 408");
}

#[test]
fn a_server_that_hangs_cuts_or_never_ends_is_left_and_tried_again() {
    attempt(Answer::Hang, DeliveryState::Waiting, 1, "did not answer in time");
    attempt(Answer::Cut, DeliveryState::Waiting, 1, "the connection to the webhook");
    attempt(Answer::Endless, DeliveryState::Waiting, 1, "has a fault: 500");
}

#[test]
fn what_the_server_refuses_is_not_tried_again() {
    attempt(Answer::with("400 Bad Request", "X: y", "invalid_payload"), DeliveryState::GivenUp, 1, "invalid_payload");
    attempt(Answer::status("403 Forbidden"), DeliveryState::GivenUp, 60 * 24, "does not let us in: 403");
    attempt(Answer::status("410 Gone"), DeliveryState::GivenUp, 1, "refused it: 410");
}

#[test]
fn redirects_are_not_followed() {
    let elsewhere = Receiver::start(vec![Answer::status("200 OK")]);
    let to = format!("Location: {}", elsewhere.url("/stolen"));
    attempt(Answer::with("307 Temporary Redirect", &to, ""), DeliveryState::GivenUp, 1, "redirects are not followed");
    assert_eq!(elsewhere.requests(), Vec::<String>::new());
}

#[test]
fn a_server_that_is_down_gets_it_after_a_restart() {
    let port = dead_port();
    let mut desk = Desk::new("Joinery", "Giro");
    desk.post_to(&format!("http://127.0.0.1:{port}/hook"));
    desk.session.evaluate_alerts().unwrap();
    desk.session.deliver_alerts().unwrap();
    let delivery = only_delivery(&desk);
    assert!(delivery.last_error.english().contains("refused the connection"), "{}", delivery.last_error);
    desk.restart();
    assert_eq!(only_delivery(&desk), delivery);
    let receiver = Receiver::start_on(port, vec![Answer::status("200 OK")]);
    desk.session.deliver_alerts().unwrap();
    assert_eq!(receiver.requests().len(), 0, "not due yet");
    desk.pass(MINUTE_MS);
    desk.session.tend_alerts().unwrap();
    assert_eq!((receiver.requests().len(), only_delivery(&desk).state), (1, DeliveryState::Delivered));
}

#[test]
fn it_is_given_up_after_ten_attempts_and_a_person_can_begin_anew() {
    let receiver = Receiver::start(vec![Answer::status("500 Internal Server Error")]);
    let desk = Desk::new("Joinery", "Giro");
    desk.post_to(&receiver.url("/hook"));
    desk.session.evaluate_alerts().unwrap();
    for _ in 0..20 {
        desk.session.deliver_alerts().unwrap();
        desk.pass(24 * 60 * MINUTE_MS);
    }
    assert_eq!(receiver.requests().len(), 10);
    let delivery = only_delivery(&desk);
    assert_eq!((delivery.state, delivery.attempts), (DeliveryState::GivenUp, 10));
    assert_eq!(desk.session.retry_alert_deliveries().unwrap().waiting, 1);
    assert_eq!(receiver.requests().len(), 11);
}

/// What a mail server does to the first mail: how the delivery stands, and what is said.
#[track_caller]
fn mailed(lines: &'static [&'static str], user: &str, state: DeliveryState, because: &str) {
    let server = Receiver::start(vec![Answer::Smtp(lines)]);
    let desk = Desk::new("Joinery", "Giro");
    desk.mail_through(server.port, user);
    desk.session.evaluate_alerts().unwrap();
    desk.session.deliver_alerts().unwrap();
    let delivery = only_delivery(&desk);
    assert_eq!(delivery.state, state, "{}", delivery.last_error);
    assert!(delivery.last_error.english().contains(because), "{}", delivery.last_error);
}

#[test]
fn mail_that_is_put_off_or_cut_is_tried_again_and_what_is_refused_is_not() {
    use DeliveryState::{GivenUp, Waiting};
    mailed(&["421 closing"], "", Waiting, "put it off");
    mailed(&["220 here", "250 hello", "451 later"], "", Waiting, "put it off");
    // Cut after the message and before its receipt: nobody knows whether it was taken.
    mailed(&["220 here", "250 hello", "250 ok", "250 ok", "354 go"], "", Waiting, "the connection to the mail server");
    mailed(&["220 here", "250 hello", "250 ok", "550 no such user"], "", GivenUp, "no such user");
    mailed(
        &["220 here", "250-hello\r\n250 AUTH PLAIN", "535 wrong"],
        "ada",
        GivenUp,
        "did not accept user and password",
    );
}

#[test]
fn a_test_says_what_is_wrong() {
    let desk = Desk::new("Joinery", "Giro");
    let webhook = |url: &str| {
        desk.post_to(url);
        desk.session.test_alert_channel(AlertChannel::Webhook).unwrap().map_err(|fault| fault.kind.as_str())
    };
    let receiver = Receiver::start(vec![Answer::status("200 OK"), Answer::status("404 Not Found")]);
    assert_eq!(webhook(&receiver.url("/hook")), Ok(()));
    assert_eq!(webhook(&receiver.url("/hook")), Err("rejected"));
    assert_eq!(webhook(&format!("http://127.0.0.1:{}/hook", dead_port())), Err("unreachable"));
    assert_eq!(webhook("https://no-such-machine.invalid/hook"), Err("name_unknown"));
    // TLS is spoken to somebody who does not.
    let plain = Receiver::start(vec![Answer::Smtp(&["220 this is not TLS", "500 what"])]);
    assert_eq!(webhook(&format!("https://127.0.0.1:{}/hook", plain.port)), Err("tls"));
    let hanging = Receiver::start(vec![Answer::Hang]);
    assert_eq!(webhook(&hanging.url("/hook")), Err("timed_out"));
    assert!(desk.session.test_alert_channel(AlertChannel::Email).unwrap_err().to_string().contains("not set up"));
}

#[test]
fn a_mail_server_that_is_dead_keeps_no_webhook_waiting() {
    let receiver = Receiver::start(vec![Answer::status("200 OK")]);
    let desk = Desk::new("Joinery", "Giro");
    for account in ["Savings", "Petty cash"] {
        let rows =
            format!("date,description,counterparty,amount,currency\n2026-01-12,Into {account},Nobody,26000.00,EUR\n");
        desk.import(&format!("{account}.csv"), &rows, Side::Statement, Some(account));
    }
    let settings = AlertSettings {
        email: true,
        smtp_host: "127.0.0.1".to_owned(),
        smtp_port: dead_port(),
        smtp_security: MailSecurity::Plain,
        from: "tieout@example.com".to_owned(),
        to: vec!["ada@example.com".to_owned()],
        webhook: true,
        quality_min: None,
        exception_days: None,
        ..AlertSettings::default()
    };
    let webhook_url = Some(receiver.url("/hook").into());
    desk.session.save_alert_settings(SaveAlertSettings { settings, smtp_password: None, webhook_url }).unwrap();
    desk.session.evaluate_alerts().unwrap();
    desk.session.deliver_alerts().unwrap();
    let deliveries = desk.session.alerts().unwrap().deliveries;
    let of = |channel| deliveries.iter().filter(move |delivery| delivery.channel == channel);
    assert!(of(AlertChannel::Webhook).count() > 2, "{deliveries:?}");
    assert!(of(AlertChannel::Webhook).all(|delivery| delivery.state == DeliveryState::Delivered), "{deliveries:?}");
    assert_eq!(of(AlertChannel::Email).map(|delivery| delivery.attempts).sum::<u32>(), 2, "the others are spared");
}
