//! Alerts: once an event, whatever is evaluated how often; their deliveries claimed once and kept over restarts.

use tieout_domain::{
    AlertChannel, AlertKind, AlertReading, AlertSettings, AlertSeverity, DELIVERY_ATTEMPTS_MAX, DeliveryState,
};

use super::*;
use crate::{AlertChanges, AlertFilter, AlertSecret, SendOutcome, load_alert_secret, store_alert_secret};

fn reading(subject: &str, figure: Option<i64>) -> AlertReading {
    AlertReading {
        kind: AlertKind::Variance,
        subject: subject.to_owned(),
        account: "Current account".to_owned(),
        detail: "2026-01".to_owned(),
        figure,
        limit: 100,
        currency: Some(eur()),
        items: 0,
    }
}

fn both_channels() -> AlertSettings {
    AlertSettings { email: true, webhook: true, ..AlertSettings::default() }
}

fn note(workbook: &mut Workbook, readings: &[AlertReading]) -> (u32, u32) {
    let AlertChanges { raised, recovered } =
        workbook.note_readings(AlertKind::Variance, readings, &both_channels()).unwrap();
    (raised, recovered)
}

fn later(error: &str, wait_ms: Option<i64>) -> SendOutcome {
    SendOutcome::Later { error: tieout_domain::Said::in_english(error.to_owned()), wait_ms }
}

#[test]
fn an_event_alerts_once_and_the_next_crossing_is_a_new_event() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    assert_eq!(note(&mut workbook, &[reading("a", Some(100))]), (0, 0));
    assert_eq!(note(&mut workbook, &[reading("a", Some(150)), reading("b", None)]), (2, 0));
    let events = workbook.audit_head().sequence;
    // Still beyond, whatever the figure, and with a limit that was changed: nothing more happens, nothing is written.
    assert_eq!(note(&mut workbook, &[reading("a", Some(900)), reading("b", Some(101))]), (0, 0));
    assert_eq!(workbook.audit_head().sequence, events);

    // Acknowledging does not make it tell again.
    let open = workbook.alerts(AlertFilter::Open, 10).unwrap();
    assert_eq!(
        open.iter().map(|alert| alert.severity).collect::<Vec<_>>(),
        [AlertSeverity::Critical, AlertSeverity::Warning]
    );
    let first = open.iter().find(|alert| alert.reading.subject == "a").unwrap().id;
    workbook.acknowledge_alert(first).unwrap();
    workbook.acknowledge_alert(first).unwrap();
    assert_eq!(note(&mut workbook, &[reading("a", Some(150)), reading("b", Some(101))]), (0, 0));
    assert_eq!(workbook.count_open_alerts().unwrap(), 1);

    // Within the limit, or gone: both recover. Then it begins anew.
    assert_eq!(note(&mut workbook, &[reading("a", Some(100))]), (0, 2));
    assert_eq!(note(&mut workbook, &[reading("a", Some(100))]), (0, 0));
    assert_eq!(note(&mut workbook, &[reading("a", Some(101))]), (1, 0));
    let again = &workbook.alerts(AlertFilter::Open, 10).unwrap()[0];
    assert_eq!((again.occurrence, again.reading.figure, again.acknowledged.is_none()), (2, Some(101), true));
    let past = workbook.alerts(AlertFilter::Past, 10).unwrap();
    assert_eq!(past.len(), 2);
    assert_eq!(past[1].acknowledged.as_ref().map(|(_, name)| name.as_str()), Some("Ada"));
    assert!(matches!(
        workbook.acknowledge_alert(tieout_domain::AlertId::from_uuid(uuid::Uuid::nil())),
        Err(WorkbookError::NotFound { .. })
    ));
    assert!(workbook.verify_chain().unwrap().holds());
}

#[test]
fn a_delivery_is_one_callers_until_its_outcome_is_known_and_is_kept_over_a_restart() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    note(&mut workbook, &[reading("a", Some(150))]);
    let (first, second) =
        (workbook.claim_delivery(&[]).unwrap().unwrap(), workbook.claim_delivery(&[]).unwrap().unwrap());
    assert_eq!((first.channel, second.channel), (AlertChannel::Email, AlertChannel::Webhook));
    assert_ne!(first.key, second.key);
    assert_eq!(workbook.claim_delivery(&[]).unwrap(), None);
    assert_eq!(workbook.record_delivery(&first, &SendOutcome::Delivered).unwrap(), DeliveryState::Delivered);
    assert_eq!(workbook.record_delivery(&second, &later("connection refused", None)).unwrap(), DeliveryState::Waiting);
    // An outcome is recorded once.
    assert!(workbook.record_delivery(&first, &SendOutcome::Delivered).is_err());
    assert_eq!(workbook.claim_delivery(&[]).unwrap(), None, "not due yet");
    let log = workbook.alert_deliveries(10).unwrap();
    assert_eq!((log[0].attempts, log[0].last_error.english()), (1, "connection refused"));
    workbook.close().unwrap();

    // Years later (the clock of the reopened file) it is due; the same event has the same key.
    let mut workbook = desk.open();
    let again = workbook.claim_delivery(&[]).unwrap().unwrap();
    assert_eq!((again.key, again.attempts), (second.key, 2));
    let state = workbook
        .record_delivery(&again, &SendOutcome::Refused { error: tieout_domain::Said::in_english("410 Gone") })
        .unwrap();
    assert_eq!(state, DeliveryState::GivenUp);
    assert_eq!(workbook.claim_delivery(&[]).unwrap(), None);
    assert_eq!(workbook.retry_deliveries().unwrap(), 1);
    assert_eq!(workbook.claim_delivery(&[]).unwrap().map(|claimed| claimed.attempts), Some(1));
    assert!(workbook.verify_chain().unwrap().holds());
}

#[test]
fn a_claim_that_was_never_answered_lapses() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    note(&mut workbook, &[reading("a", Some(150))]);
    let lost = workbook.claim_delivery(&[]).unwrap().unwrap();
    workbook.claim_delivery(&[]).unwrap().unwrap();
    // As if the program had ended here. Soon after, the claim still holds.
    drop(workbook);
    let mut workbook =
        Workbook::open(&desk.path, Unlock::Keychain, clock(1_700_000_100_000), desk.store.clone(), false)
            .unwrap()
            .workbook;
    assert_eq!(workbook.claim_delivery(&[]).unwrap(), None);
    drop(workbook);
    let mut workbook =
        Workbook::open(&desk.path, Unlock::Keychain, clock(1_700_000_400_000), desk.store.clone(), false)
            .unwrap()
            .workbook;
    let again = workbook.claim_delivery(&[]).unwrap().unwrap();
    assert_eq!((again.id, again.key, again.attempts), (lost.id, lost.key, 2));
}

#[test]
fn it_is_given_up_after_the_last_attempt_and_waits_as_the_receiver_wants() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let settings = AlertSettings { webhook: true, ..AlertSettings::default() };
    workbook.note_readings(AlertKind::Variance, &[reading("a", Some(150))], &settings).unwrap();
    for attempt in 1..=DELIVERY_ATTEMPTS_MAX {
        let claimed = loop {
            // The clock moves on by a second with every question; waiting is skipped by hand.
            workbook.sql.execute("UPDATE alert_deliveries SET next_attempt_at = 0", []).unwrap();
            if let Some(claimed) = workbook.claim_delivery(&[]).unwrap() {
                break claimed;
            }
        };
        assert_eq!(claimed.attempts, attempt);
        let state = workbook.record_delivery(&claimed, &later("503", Some(7_200_000))).unwrap();
        let wait: i64 = workbook
            .sql
            .query_row("SELECT next_attempt_at - created_at FROM alert_deliveries", [], |row| row.get(0))
            .unwrap();
        if attempt == DELIVERY_ATTEMPTS_MAX {
            assert_eq!(state, DeliveryState::GivenUp);
        } else {
            assert_eq!(state, DeliveryState::Waiting);
            assert!(wait >= 7_200_000, "attempt {attempt}: {wait}");
        }
    }
    let last = workbook.audit_page(0, 1).unwrap().events.remove(0);
    assert_eq!(last.action, "alert.delivery_given_up");
}

#[test]
fn settings_are_kept_told_of_and_hold_no_secret() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    assert_eq!(workbook.alert_settings().unwrap(), AlertSettings::default());
    let settings = AlertSettings {
        smtp_host: "mail.example".to_owned(),
        from: "tieout@example.com".to_owned(),
        to: vec!["ada@example.com".to_owned(), "bo@example.com".to_owned()],
        quality_min: None,
        exception_sum: Some(5_000),
        webhook_host: "https://hooks.example".to_owned(),
        ..both_channels()
    };
    workbook.set_alert_settings(&settings).unwrap();
    let events = workbook.audit_head().sequence;
    workbook.set_alert_settings(&settings).unwrap();
    assert_eq!((workbook.alert_settings().unwrap(), workbook.audit_head().sequence), (settings, events));
    // The schema itself refuses a whole address.
    let leak = AlertSettings { webhook_host: "https://hooks.example/T0/B0/secret".to_owned(), ..both_channels() };
    assert!(workbook.set_alert_settings(&leak).is_err());

    let store = desk.store.as_ref();
    let secret = || load_alert_secret(store, workbook.salt(), AlertSecret::SmtpPassword).unwrap();
    assert_eq!(secret(), None);
    store_alert_secret(store, workbook.salt(), AlertSecret::SmtpPassword, b"hunter2").unwrap();
    assert_eq!(secret().as_deref().map(Vec::as_slice), Some(&b"hunter2"[..]));
    store_alert_secret(store, workbook.salt(), AlertSecret::SmtpPassword, b"").unwrap();
    assert_eq!(secret(), None);
}
