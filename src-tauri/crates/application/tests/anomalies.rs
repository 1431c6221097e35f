//! Anomalies through a session: what is found is kept as long as the records are the same, and no longer.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

mod desk;

use std::cell::Cell;

use tempfile::TempDir;
use tieout_application::{
    ApplicationError, ImportFile, RecordSelection, Session, Side,
    anomalies::{AnomaliesRequest, AnomalyKind},
};
use tieout_workbook::WorkbookError;

/// A workbook with two payments that stay just under a limit, and the folder it lies in.
fn session() -> (Session, TempDir) {
    let (session, folder, _) = desk::session(|new| "Lindqvist & Amara".clone_into(&mut new.company));
    take_in(&session, &folder, "bank.csv", "2025-05-07,Harrow,-9500.10,EUR\n2025-05-08,Harrow,-9800.20,EUR\n");
    (session, folder)
}

fn take_in(session: &Session, folder: &TempDir, name: &str, rows: &str) {
    let path = folder.path().join(name);
    std::fs::write(&path, format!("date,counterparty,amount,currency\n{rows}")).unwrap();
    let file = ImportFile {
        path,
        side: Side::Statement,
        account: Some("Current".to_owned()),
        mapping: None,
        leave_out_rejected: false,
        file_bytes_max: None,
    };
    session.import_file(&file, &|_| {}).unwrap();
}

/// How many records each anomaly has; and how often the workbook was read for it.
fn found(session: &Session) -> (Vec<u64>, u32) {
    let read = std::sync::Mutex::new(Cell::new(0));
    let report = session.anomalies(&AnomaliesRequest::default(), &|progress| {
        let times = read.lock().unwrap();
        times.set(times.get() + u32::from(progress.stage == "classifying"));
    });
    let records = report.unwrap().found.iter().map(|anomaly| anomaly.record_count).collect();
    (records, read.into_inner().unwrap().get())
}

#[test]
fn what_is_found_follows_every_change_of_records_and_no_judgement() {
    let (session, folder) = session();
    assert_eq!(found(&session), (vec![2], 1));
    assert_eq!(found(&session), (vec![2], 0), "nothing changed");
    take_in(&session, &folder, "more.csv", "2025-05-09,Harrow,-9900.30,EUR\n");
    assert_eq!(found(&session), (vec![3], 1));

    let request = AnomaliesRequest::default();
    let report = session.anomalies(&request, &|_| {}).unwrap();
    let anomaly = &report.found[0];
    session.set_anomaly_aside(&request, anomaly.key, "three machines, all orders seen", &|_| {}).unwrap();
    assert_eq!(found(&session), (Vec::new(), 0), "a judgement changes no record");
    let aside = session.anomalies(&request, &|_| {}).unwrap().set_aside;
    assert_eq!((aside.len(), aside[0].set_aside.as_ref().map(|word| word.by.as_str())), (1, Some("Ada")));

    // Of two records it is another anomaly, of which nobody said anything.
    let tieout_domain::RecordRef::Line(third) = anomaly.records[2].id.unwrap() else { unreachable!() };
    let selection = RecordSelection { lines: vec![third.to_string()], ..RecordSelection::default() };
    let act = session.delete_records(&selection).unwrap().expect("the act as which it was done");
    assert_eq!(act.id, session.acts(0, 1).unwrap().rows[0].id);
    assert_eq!(found(&session), (vec![2], 1));
    session.restore_records(&selection).unwrap();
    assert_eq!(found(&session), (Vec::new(), 1));
    session.restore_anomaly(aside[0].key).unwrap();
    assert_eq!(found(&session), (vec![3], 0));
    assert!(session.verify_workbook().unwrap().valid);
}

#[test]
fn what_comes_while_it_is_looked_for_is_found_the_next_time() {
    let (session, folder) = session();
    let request = AnomaliesRequest::default();
    let key = session.anomalies(&request, &|_| {}).unwrap().found[0].key;
    // Another month, so that it is looked for anew, and while that is done a file comes in.
    take_in(&session, &folder, "june.csv", "2025-06-20,Pike,-120.00,EUR\n");
    let imported = std::sync::atomic::AtomicBool::new(false);
    session
        .set_anomaly_aside(&request, key, "all orders seen", &|progress| {
            if progress.stage == "classifying" && !imported.swap(true, std::sync::atomic::Ordering::SeqCst) {
                take_in(&session, &folder, "other.csv", "2025-05-07,Pike,-9700.10,EUR\n2025-05-08,Pike,-9900.20,EUR\n");
            }
        })
        .unwrap();
    assert!(imported.into_inner());
    assert_eq!(found(&session), (vec![2], 1), "those of the new file");
}

#[test]
fn what_is_looked_for_is_kept_and_holds_at_once() {
    let (session, _folder) = session();
    let mut settings = session.anomaly_settings().unwrap();
    assert!(!settings.is_stored);
    assert_eq!(found(&session).0, [2]);
    settings.config.split_payment.enabled = false;
    session.save_anomaly_settings(&settings.config).unwrap();
    assert_eq!(found(&session).0, Vec::<u64>::new());
    let report = session.anomalies(&AnomaliesRequest::default(), &|_| {}).unwrap();
    let off: Vec<_> = report.kinds.iter().filter(|of| !of.enabled).map(|of| of.kind).collect();
    assert_eq!(off, [AnomalyKind::SplitPayment]);
    assert!(session.anomaly_settings().unwrap().is_stored);
    // The settings of matching are others, and leave these as they are.
    let matching = session.matching_settings().unwrap().configuration;
    session.save_matching_settings(&tieout_application::Configuration { anomalies: None, ..matching }).unwrap();
    assert_eq!(session.anomaly_settings().unwrap().config, settings.config);
}

#[test]
fn looking_can_be_stopped_and_what_is_not_there_cannot_be_set_aside() {
    let (session, _folder) = session();
    let request = AnomaliesRequest::default();
    let stopped = session.anomalies(&request, &|_| session.cancel());
    assert!(matches!(stopped, Err(ApplicationError::Workbook(WorkbookError::Cancelled))), "{stopped:?}");
    let unknown = "0".repeat(64).parse().unwrap();
    let refused = session.set_anomaly_aside(&request, unknown, "in order", &|_| {}).unwrap_err();
    assert!(matches!(refused, ApplicationError::Stale(_)), "{refused}");
    assert!(session.restore_anomaly(unknown).is_err());
    let other = AnomaliesRequest { account: Some("Savings".to_owned()), ..request };
    let refused = session.anomalies(&other, &|_| {}).unwrap_err().to_string();
    assert!(refused.contains("no account 'Savings'"), "{refused}");
}
