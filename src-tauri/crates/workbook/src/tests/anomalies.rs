//! What a person says of anomalies, and the records that detectors look at.

use tieout_domain::Side;

use super::*;
use crate::{AnomalyToSetAside, NewException};

fn key(number: u8) -> Digest {
    Digest::from_bytes([number; 32])
}

fn anomaly(records: &[RecordRef]) -> AnomalyToSetAside<'_> {
    AnomalyToSetAside { key: key(7), kind: "round_sum", records, impact: cents(500_000) }
}

#[test]
fn what_is_set_aside_stays_so_over_reopening_and_is_told() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    take_lines(&mut workbook, 1, &[line(1, 2, -500_000, "round")]).unwrap();
    let records: Vec<RecordRef> = line_ids(&workbook).into_iter().map(RecordRef::Line).collect();
    workbook.set_anomaly_aside(&anomaly(&records), "  deposit for the saw, contract seen ").unwrap();
    workbook.close().unwrap();

    let mut workbook = desk.open();
    let kept = workbook.anomalies_set_aside().unwrap();
    let word = &kept[&key(7)];
    assert_eq!((kept.len(), word.reason.as_str(), word.by.as_str()), (1, "deposit for the saw, contract seen", "Ada"));
    assert!(word.at_ms > 1_600_000_000_000);
    let told = workbook.audit_page(0, 1).unwrap().events.remove(0);
    assert_eq!((told.action.as_str(), told.actor.as_str()), ("anomaly.set_aside", "Ada"));
    let expected = format!(
        "{{\"impact\":\"5000.00 EUR\",\"kind\":\"round_sum\",\"reason\":\"deposit for the saw, contract seen\",\
         \"record_count\":1,\"records\":[\"line {}\"]}}",
        line_ids(&workbook)[0]
    );
    assert_eq!(told.details, expected);

    workbook.restore_anomaly(key(7)).unwrap();
    assert!(workbook.anomalies_set_aside().unwrap().is_empty());
    let told = workbook.audit_page(0, 1).unwrap().events.remove(0);
    assert_eq!(told.action, "anomaly.restored");
    assert!(told.details.contains("contract seen"), "{}", told.details);
    workbook.set_anomaly_aside(&anomaly(&records), "seen again").unwrap();
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    assert!(workbook.verify_chain().unwrap().holds());
}

#[test]
fn a_word_without_a_reason_or_said_twice_changes_nothing() {
    let mut workbook = Desk::new().create();
    workbook.set_anomaly_aside(&anomaly(&[]), "in order").unwrap();
    let head = workbook.audit_head();
    for reason in ["", "  \n"] {
        let refused = workbook.set_anomaly_aside(&AnomalyToSetAside { key: key(8), ..anomaly(&[]) }, reason);
        assert!(matches!(refused, Err(WorkbookError::Name(_))), "{refused:?}");
    }
    let refused = workbook.set_anomaly_aside(&anomaly(&[]), "for another reason").unwrap_err();
    assert!(refused.to_string().contains("set aside already"), "{refused}");
    assert!(matches!(workbook.restore_anomaly(key(9)), Err(WorkbookError::NotFound { .. })));
    assert_eq!(workbook.audit_head(), head);
    assert_eq!(workbook.anomalies_set_aside().unwrap()[&key(7)].reason, "in order");
}

#[test]
fn every_record_is_gone_through_but_those_withdrawn() {
    let mut workbook = Desk::new().create();
    let lines = [line(1, 2, 100, "kept"), line(2, 3, -200, "twice"), line(3, 4, 300, "deleted")];
    take_lines(&mut workbook, 1, &lines).unwrap();
    let entries = [invoice(1, 5, 400, "RE-1"), super::credits::customer_account(2, "CUS00000007", "Thandi")];
    take_entries(&mut workbook, 2, &entries).unwrap();
    let ids = line_ids(&workbook);
    workbook.delete_records(&[RecordRef::Line(ids[2])], "").unwrap();
    let duplicate = NewException {
        record: RecordRef::Line(ids[1]),
        cause: RootCause::Duplicate,
        impact: cents(200),
        explanation: String::new(),
        finding: None,
    };
    workbook.store_run(&run(), &[], &[duplicate], &mut go_on()).unwrap();
    let mut seen = Vec::new();
    workbook
        .each_posting(&mut go_on(), &mut |row| {
            let side = if row.kind.is_some() { Side::Ledger } else { Side::Statement };
            assert_eq!(row.account.is_some(), side == Side::Statement);
            seen.push((side, row.amount, row.date, row.number.to_owned(), row.is_known_duplicate));
        })
        .unwrap();
    let expected = [
        (Side::Statement, cents(100), Some(date(2026, 1, 2)), String::new(), false),
        (Side::Statement, cents(-200), Some(date(2026, 1, 3)), String::new(), true),
        (Side::Ledger, cents(400), Some(date(2026, 1, 5)), "RE-1".to_owned(), false),
    ];
    assert_eq!(seen, expected);
    let stopped = workbook.each_posting(&mut |_, _| ControlFlow::Break(()), &mut |_| {});
    assert!(matches!(stopped, Err(WorkbookError::Cancelled)));
}
