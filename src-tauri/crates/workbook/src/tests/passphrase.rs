//! Changing the passphrase.

use std::fs;

use super::*;

const NEW: &str = "staple battery horse";

#[test]
fn after_a_change_only_the_new_passphrase_opens_the_file() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let (salt, lines) = (workbook.salt(), [line(1, 2, 500, "coffee")]);
    take_lines(&mut workbook, 1, &lines).unwrap();
    workbook.change_passphrase(PASSPHRASE, NEW).unwrap();
    workbook.set_setting("after", "the change").unwrap();
    let head = workbook.audit_head();
    workbook.close().unwrap();
    assert!(matches!(desk.try_open(Unlock::Passphrase(PASSPHRASE)), Err(OpenError::WrongPassphrase)));
    let opened = desk.try_open(Unlock::Passphrase(NEW)).unwrap().workbook;
    assert_eq!((opened.salt(), opened.audit_head()), (salt, head));
    assert_eq!(line_ids(&opened).len(), 1);
    assert!(opened.verify_chain().unwrap().holds());
    assert_eq!(opened.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    let events = opened.audit_page(0, 10).unwrap().events;
    assert_eq!(events.iter().filter(|event| event.action == "passphrase.changed").count(), 1);
    opened.close().unwrap();
    assert!(desk.try_open(Unlock::Keychain).is_ok(), "the key store holds the new key");
}

#[test]
fn the_present_passphrase_is_asked_for_and_a_short_one_is_refused() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    assert!(matches!(workbook.change_passphrase("not this one", NEW), Err(WorkbookError::WrongPassphrase)));
    let short = workbook.change_passphrase(PASSPHRASE, "short");
    assert!(matches!(short, Err(WorkbookError::PassphraseTooShort { least: 8 })));
    workbook.close().unwrap();
    assert!(desk.try_open(Unlock::Passphrase(PASSPHRASE)).is_ok());
}

/// SQLite writes the new pages to the write-ahead log first: whatever of log and file is on the disk when the machine
/// stops, either the old or the new passphrase opens all of it.
#[test]
fn a_crash_in_the_middle_leaves_one_passphrase_that_opens_everything() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    take_lines(&mut workbook, 1, &[line(1, 2, 500, "coffee")]).unwrap();
    let old_file = {
        // Everything is in the file, the log is empty.
        workbook.damage().unwrap();
        fs::read(&desk.path).unwrap()
    };
    let spec_of_new = RawKey::derive(NEW, workbook.salt()).unwrap().spec(workbook.salt());
    let head = workbook.audit_head();
    workbook
        .change(tieout_domain::Permission::ManagePeople, |change| {
            change.tell("passphrase.changed", "workbook", &crate::json::Json::Null)?;
            change.end()?;
            change.sql.pragma_update(None, "rekey", spec_of_new.as_str())?;
            Ok(())
        })
        .unwrap();
    let log = fs::read(desk.path.with_extension("tieout-wal")).unwrap();
    assert_eq!(fs::read(&desk.path).unwrap(), old_file, "nothing was written back yet");
    for kept in [0, log.len() / 2, log.len() - 1, log.len()] {
        let after = Desk { store: desk.store.clone(), ..Desk::new() };
        fs::write(&after.path, &old_file).unwrap();
        fs::write(after.path.with_extension("tieout-wal"), &log[..kept]).unwrap();
        let (opens, refused) = if kept == log.len() { (NEW, PASSPHRASE) } else { (PASSPHRASE, NEW) };
        let copy = Desk { store: desk.store.clone(), ..Desk::new() };
        fs::copy(&after.path, &copy.path).unwrap();
        fs::write(copy.path.with_extension("tieout-wal"), &log[..kept]).unwrap();
        let error = copy.try_open(Unlock::Passphrase(refused)).unwrap_err();
        assert!(matches!(error, OpenError::WrongPassphrase), "{kept}: {error}");
        let opened = after.try_open(Unlock::Passphrase(opens)).unwrap().workbook;
        assert_eq!(line_ids(&opened).len(), 1);
        assert_eq!(opened.audit_head().sequence, head.sequence + u64::from(kept == log.len()));
        assert_eq!(opened.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    }
}
