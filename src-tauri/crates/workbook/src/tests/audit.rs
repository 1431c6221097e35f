//! The audit chain: what is done is told, and what was told cannot be untold.

use std::fs;

use super::*;
use crate::{AnchorState, ChainFault, KeyStore};

/// A workbook with a few events, closed.
fn with_history() -> Desk {
    let desk = Desk::new();
    let mut workbook = desk.create();
    for value in ["a", "b", "c"] {
        workbook.set_setting("letter", value).unwrap();
    }
    // Created, the key kept, three settings.
    assert_eq!(workbook.audit_head().sequence, 5);
    workbook.close().unwrap();
    desk
}

#[test]
fn events_name_who_did_what_to_what_and_follow_each_other() {
    let workbook = with_history().open();
    let page = workbook.audit_page(0, 2).unwrap();
    assert_eq!(page.total, 5);
    let told: Vec<_> = page.events.iter().map(|event| (event.sequence, event.details.as_str())).collect();
    assert_eq!(told, [(5, r#"{"after":"c","before":"b"}"#), (4, r#"{"after":"b","before":"a"}"#)]);
    assert_eq!(page.events[0].previous, page.events[1].hash);
    assert_eq!(page.events[0].actor, "Ada");
    assert_eq!(workbook.audit_page(4, 10).unwrap().events[0].action, "workbook.created");
    assert_eq!(workbook.audit_page(99, 10).unwrap().events, []);
    assert!(workbook.verify_chain().unwrap().holds());
}

#[test]
fn setting_the_same_value_again_is_no_event() {
    let mut workbook = with_history().open();
    workbook.set_setting("letter", "c").unwrap();
    assert_eq!(workbook.audit_head().sequence, 5);
}

/// Changes the chain as somebody could who has the key and takes the rules away first.
#[track_caller]
fn check_tampering(sql: &str, found: &ChainFault) {
    let desk = with_history();
    let raw = desk.raw();
    raw.execute_batch("DROP TRIGGER audit_events_never_change; DROP TRIGGER audit_events_stay").unwrap();
    raw.execute_batch(sql).unwrap();
    drop(raw);
    let report = desk.open().verify_chain().unwrap();
    assert_eq!(report.fault.as_ref(), Some(found));
    assert!(!report.holds());
}

#[test]
fn an_altered_event_is_found() {
    let altered = ChainFault::Altered { sequence: 3 };
    check_tampering("UPDATE audit_events SET details = '{}' WHERE sequence = 3", &altered);
    check_tampering("UPDATE audit_events SET actor = 'Eve' WHERE sequence = 3", &altered);
    check_tampering("UPDATE audit_events SET at = at + 1 WHERE sequence = 3", &altered);
}

#[test]
fn a_removed_event_is_found() {
    check_tampering("DELETE FROM audit_events WHERE sequence = 2", &ChainFault::Gap { expected: 2, found: 3 });
}

#[test]
fn a_rehashed_event_no_longer_fits_its_successor() {
    check_tampering(
        "UPDATE audit_events SET hash = zeroblob(32), previous = zeroblob(32) WHERE sequence = 3",
        &ChainFault::Unchained { sequence: 3 },
    );
}

#[test]
fn events_cut_off_at_the_end_are_found_through_the_anchor() {
    let desk = with_history();
    let raw = desk.raw();
    raw.execute_batch("DROP TRIGGER audit_events_stay; DELETE FROM audit_events WHERE sequence > 2").unwrap();
    drop(raw);
    let opened = desk.try_open(Unlock::Keychain).unwrap();
    assert_eq!(opened.anchor, AnchorState::Behind { anchored: 5, found: 2 });
    let report = opened.workbook.verify_chain().unwrap();
    assert_eq!((report.fault.clone(), report.holds()), (None, false));
}

#[test]
fn an_older_copy_of_the_file_is_noticed_until_somebody_answers_for_it() {
    let desk = with_history();
    let older = fs::read(&desk.path).unwrap();
    let mut workbook = desk.open();
    workbook.set_setting("letter", "d").unwrap();
    workbook.close().unwrap();
    fs::write(&desk.path, older).unwrap();
    let behind = AnchorState::Behind { anchored: 6, found: 5 };
    assert_eq!(desk.try_open(Unlock::Keychain).unwrap().anchor, behind);
    // Working on in the older copy does not wipe the trace.
    let mut opened = desk.try_open(Unlock::Keychain).unwrap();
    opened.workbook.set_setting("letter", "another d").unwrap();
    opened.workbook.set_setting("letter", "e").unwrap();
    opened.workbook.close().unwrap();
    let mut opened = desk.try_open(Unlock::Keychain).unwrap();
    assert_eq!(opened.anchor, AnchorState::Differs { sequence: 6 });
    opened.workbook.accept_history("restored after the disk failed").unwrap();
    assert_eq!(opened.workbook.audit_page(0, 1).unwrap().events[0].action, "history.accepted");
    opened.workbook.close().unwrap();
    assert_eq!(desk.try_open(Unlock::Keychain).unwrap().anchor, AnchorState::Matches);
}

#[test]
fn without_an_anchor_nothing_is_claimed() {
    let desk = with_history();
    let salt = crate::salt_of(&desk.path).unwrap();
    desk.store.delete(&format!("audit-head {salt}")).unwrap();
    let opened = desk.try_open(Unlock::Keychain).unwrap();
    assert_eq!(opened.anchor, AnchorState::Unknown);
    opened.workbook.close().unwrap();
    assert_eq!(desk.try_open(Unlock::Keychain).unwrap().anchor, AnchorState::Matches);
}

/// On a machine whose keychain does not answer the file of heads still tells; and of both the stricter counts.
#[test]
fn an_older_copy_is_noticed_by_either_witness() {
    let heads = tempfile::tempdir().unwrap();
    let store = || Arc::new(crate::MemoryKeyStore::with_heads(heads.path().to_owned()));
    let desk = Desk { store: store(), ..Desk::new() };
    desk.create().close().unwrap();
    let older = fs::read(&desk.path).unwrap();
    let mut workbook = desk.open();
    workbook.set_setting("letter", "a").unwrap();
    let newest = workbook.audit_head();
    workbook.close().unwrap();
    let open = |desk: &Desk| desk.try_open(Unlock::Passphrase(PASSPHRASE)).unwrap();
    // Nothing in the keychain, or an older head than in the file.
    let salt = crate::salt_of(&desk.path).unwrap();
    let file = heads.path().join(salt.to_string());
    let kept = fs::read_to_string(&file).unwrap();
    fs::write(&desk.path, &older).unwrap();
    let behind = AnchorState::Behind { anchored: newest.sequence, found: newest.sequence - 1 };
    let without = Desk { store: store(), ..desk };
    assert_eq!(open(&without).anchor, behind);
    assert_eq!(fs::read_to_string(&file).unwrap(), kept, "what was known is not overwritten by an older copy");
    // The keychain alone.
    fs::remove_file(&file).unwrap();
    assert_eq!(open(&without).anchor, AnchorState::Unknown);
    crate::key_store::store_head(without.store.as_ref(), salt, newest).unwrap();
    assert_eq!(open(&without).anchor, behind);
    // A file of heads that says less, or nothing, is no excuse.
    fs::write(&file, kept.lines().next().unwrap()).unwrap();
    assert_eq!(open(&without).anchor, behind);
    let mut opened = open(&without);
    opened.workbook.accept_history("restored").unwrap();
    let told = opened.workbook.audit_page(0, 1).unwrap().events.remove(0).details;
    assert!(told.contains(&newest.hash.to_string()), "{told}");
    opened.workbook.close().unwrap();
    assert_eq!(open(&without).anchor, AnchorState::Matches);
}

#[test]
fn an_anchor_that_was_not_written_in_time_is_no_reason_for_alarm() {
    let desk = with_history();
    let salt = crate::salt_of(&desk.path).unwrap();
    let anchored = desk.store.read(&format!("audit-head {salt}")).unwrap().unwrap();
    let mut workbook = desk.open();
    workbook.set_setting("letter", "d").unwrap();
    workbook.close().unwrap();
    desk.store.write(&format!("audit-head {salt}"), &anchored).unwrap();
    assert_eq!(desk.try_open(Unlock::Keychain).unwrap().anchor, AnchorState::Matches);
}
