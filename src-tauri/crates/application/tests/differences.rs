//! Differences through a session: worked out once, and anew after every change; what alerts are told of.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

mod desk;

use std::{collections::BTreeSet, path::Path, sync::Arc};

use tempfile::TempDir;
use tieout_application::{
    Configuration, Currency, Decide, ImportFile, Profile, Session, Side,
    alerts::{AlertKind, SaveAlertSettings},
    differences::{DifferenceScope, Differences},
};
use tieout_domain::AlertSettings;

/// A workbook with the sample year of jobs, matched once.
fn session() -> (Session, TempDir) {
    let (session, folder, _) = desk::session(|new| {
        new.company = "Cleaning Ltd".to_owned();
        new.currency = Currency::parse("GBP").unwrap();
    });
    for (name, side) in [("client-2025.csv", Side::Statement), ("ledger-2025.csv", Side::Ledger)] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../sample-data/jobs").join(name);
        let account = (side == Side::Statement).then(|| "Northern Rail".to_owned());
        let file = ImportFile { path, side, account, mapping: None, leave_out_rejected: false, file_bytes_max: None };
        session.import_file(&file, &|_| {}).unwrap();
    }
    session.run_matching(Some(&Configuration::defaults(Profile::Jobs)), &|_| {}).unwrap();
    (session, folder)
}

fn all(session: &Session) -> Arc<Differences> {
    session.differences(&DifferenceScope::default()).unwrap()
}

#[test]
fn differences_are_worked_out_once_and_anew_after_a_change() {
    let (session, _folder) = session();
    let first = all(&session);
    assert!(Arc::ptr_eq(&first, &all(&session)), "nothing changed");
    let account = session.account_called("Northern Rail").unwrap();
    let of_account = DifferenceScope { account: Some(account), ..DifferenceScope::default() };
    assert_eq!(session.differences(&of_account).unwrap(), first, "there is only one account");

    let largest = first.rows[0].id.parse().unwrap();
    let content = session.match_detail(largest).unwrap().content;
    session.decide(&Decide { match_id: largest, approve: false, content, reason: "not ours".to_owned() }).unwrap();
    let after = all(&session);
    assert_eq!(after.rows.len() + 1, first.rows.len());
    assert!(after.rows.iter().all(|row| row.id != first.rows[0].id));
    session.undo(None).unwrap();
    assert_eq!(all(&session), first);
}

#[test]
fn alerts_are_told_of_changed_rates_by_a_key_of_their_own() {
    let (session, _folder) = session();
    let changes = session.rate_changes(None, None).unwrap();
    let keys: BTreeSet<&str> = changes.iter().map(|change| change.key.as_str()).collect();
    assert_eq!(keys.len(), changes.len());
    let open: Vec<_> = changes.iter().filter(|change| change.state.is_open()).collect();
    let [york] = open.as_slice() else { panic!("{open:?}") };
    assert_eq!(york.key, "yorkstation/officecleaning/GBP/statement/24.50-26.00/2025-03");
    assert_eq!((york.site.as_str(), york.jobs_after), ("York Station", 51));
    // An alert is raised of it, unless nobody wants to know.
    let rates = |on: bool| {
        let settings =
            AlertSettings { rate_changes: on, variance: false, exception_days: None, ..AlertSettings::default() };
        let save = SaveAlertSettings { settings, smtp_password: None, webhook_url: None };
        session.save_alert_settings(save).unwrap();
        let changes = session.evaluate_alerts().unwrap();
        let open = session.alerts().unwrap().open;
        let readings = open.into_iter().map(|alert| alert.reading).filter(|of| of.kind == AlertKind::RateChange);
        (changes.raised, changes.recovered, readings.collect::<Vec<_>>())
    };
    assert_eq!(rates(false), (0, 0, Vec::new()));
    let (raised, _, readings) = rates(true);
    let [reading] = &readings[..] else { panic!("{readings:?}") };
    assert_eq!((raised, reading.subject.as_str(), reading.items), (1, format!("rate {}", york.key).as_str(), 51));
    assert!(reading.detail.contains("York Station: 24.50 \u{2192} 26.00, 2025-03"), "{}", reading.detail);
    assert_eq!(rates(false), (0, 1, Vec::new()));
    // Half a year later it is the same change.
    let half = session.rate_changes(None, Some("2025-06-30".parse().unwrap())).unwrap();
    assert_eq!(half[0].key, york.key);
    assert!(half[0].jobs_after < york.jobs_after);
}
