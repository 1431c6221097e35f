//! Creating and opening: every refusal has its own name.

use std::{
    fs,
    io::{Seek, SeekFrom, Write},
};

use super::*;
use crate::{AnchorState, KeyStore, key_store::forget_key, schema};

#[test]
fn a_new_workbook_holds_its_company_and_its_first_user() {
    let desk = Desk::new();
    let opened = desk.try_create(true).unwrap();
    assert!(opened.remembered);
    let workbook = opened.workbook;
    assert_eq!(workbook.company().name, "Joinery Ltd");
    assert_eq!(workbook.user().name, "Ada");
    assert_eq!(workbook.audit_head().sequence, 2, "it was made, and its key kept");
    workbook.close().unwrap();
    let again = desk.try_open(Unlock::Passphrase(PASSPHRASE)).unwrap();
    assert_eq!(again.anchor, AnchorState::Matches);
    assert_eq!(again.workbook.company().industry, "carpentry");
    drop(again);
    let left: Vec<_> = fs::read_dir(desk.folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(left, ["joinery.tieout"], "a closed workbook is one file");
}

#[test]
fn nothing_of_the_file_can_be_read_without_the_key() {
    let desk = Desk::new();
    desk.create().close().unwrap();
    let bytes = fs::read(&desk.path).unwrap();
    for clear in ["SQLite format", "Joinery", "CREATE TABLE"] {
        assert!(!bytes.windows(clear.len()).any(|window| window == clear.as_bytes()), "{clear}");
    }
    let salt = crate::salt_of(&desk.path).unwrap();
    assert_eq!(hex::encode(&bytes[..16]), salt.to_string());
}

#[test]
fn a_file_that_is_there_is_never_replaced() {
    let desk = Desk::new();
    fs::write(&desk.path, "my novel").unwrap();
    assert!(matches!(desk.try_create(false), Err(OpenError::FileExists(_))));
    assert_eq!(fs::read(&desk.path).unwrap(), b"my novel");
}

#[test]
fn what_is_no_workbook_is_told_without_asking_for_a_passphrase() {
    let desk = Desk::new();
    assert!(matches!(desk.try_open(Unlock::Keychain), Err(OpenError::NotFound(_))));
    for (what, bytes) in [
        ("empty", Vec::new()),
        ("text", "date;amount\n2026-01-01;1.00\n".repeat(1_000).into_bytes()),
        ("short", vec![0x5a; 900]),
        ("database in clear", [b"SQLite format 3\0".as_slice(), &vec![3; 8_176]].concat()),
    ] {
        fs::write(&desk.path, bytes).unwrap();
        for unlock in [Unlock::Keychain, Unlock::Passphrase(PASSPHRASE)] {
            assert!(matches!(desk.try_open(unlock), Err(OpenError::NotAWorkbook(_))), "{what}");
        }
    }
}

#[test]
fn a_wrong_passphrase_is_a_wrong_passphrase() {
    let desk = Desk::new();
    desk.create().close().unwrap();
    let before = fs::read(&desk.path).unwrap();
    for wrong in ["", "Correct horse battery", "correct horse battery "] {
        assert!(matches!(desk.try_open(Unlock::Passphrase(wrong)), Err(OpenError::WrongPassphrase)), "{wrong}");
    }
    assert_eq!(fs::read(&desk.path).unwrap(), before);
}

#[test]
fn a_short_passphrase_is_refused_before_anything_is_written() {
    let desk = Desk::new();
    let company = NewCompany {
        name: "A".to_owned(),
        industry: String::new(),
        contact: String::new(),
        base_currency: eur(),
        single_user: true,
        user_name: "Ada".to_owned(),
    };
    let made = Workbook::create(&desk.path, "1234567", &company, clock(0), desk.store.clone(), false);
    assert!(matches!(made, Err(OpenError::PassphraseTooShort { least: 8 })));
    assert_eq!(fs::read_dir(desk.folder.path()).unwrap().count(), 0);
}

#[test]
fn without_its_key_in_the_keychain_the_passphrase_is_asked_for() {
    let desk = Desk::new();
    let workbook = desk.create();
    let salt = workbook.salt();
    workbook.close().unwrap();
    forget_key(desk.store.as_ref(), salt).unwrap();
    assert!(matches!(desk.try_open(Unlock::Keychain), Err(OpenError::PassphraseNeeded)));
    // A key that does not fit is no better than none.
    desk.store.write(&format!("workbook-key {salt}"), &[1; 32]).unwrap();
    assert!(matches!(desk.try_open(Unlock::Keychain), Err(OpenError::PassphraseNeeded)));
}

/// Overwrites bytes of the file.
fn damage(desk: &Desk, at: u64, length: usize) {
    let mut file = fs::OpenOptions::new().write(true).open(&desk.path).unwrap();
    file.seek(SeekFrom::Start(at)).unwrap();
    file.write_all(&vec![0xee; length]).unwrap();
}

#[test]
fn damage_is_not_taken_for_a_wrong_passphrase() {
    let pages = |desk: &Desk| fs::metadata(&desk.path).unwrap().len() / 4096;
    for (what, at) in [("first page", 100), ("second page", 4_100), ("middle", 4_096 * 20 + 7)] {
        let desk = Desk::new();
        desk.create().close().unwrap();
        assert!(pages(&desk) > 22);
        damage(&desk, at, 3);
        let error = desk.try_open(Unlock::Passphrase(PASSPHRASE)).unwrap_err();
        let page = at / 4096 + 1;
        assert!(
            matches!(&error, OpenError::Damaged { place } if place.contains(&format!("page {page}"))),
            "{what}: {error}"
        );
        // With the wrong passphrase it is still the passphrase that is wrong.
        assert!(matches!(desk.try_open(Unlock::Passphrase("another one")), Err(OpenError::WrongPassphrase)), "{what}");
    }
}

/// The pages of the file that are nothing but zeros, from 1.
fn pages_of_zeros(desk: &Desk) -> Vec<u64> {
    let bytes = fs::read(&desk.path).unwrap();
    (1..).zip(bytes.chunks(4096)).filter(|(_, page)| page.iter().all(|byte| *byte == 0)).map(|(page, _)| page).collect()
}

fn zero_page(desk: &Desk, page: u64) {
    let mut file = fs::OpenOptions::new().write(true).open(&desk.path).unwrap();
    file.seek(SeekFrom::Start((page - 1) * 4096)).unwrap();
    file.write_all(&[0; 4096]).unwrap();
}

/// A long value that comes and goes within one transaction, with a rollback journal as in an import of very many rows: its
/// pages are in the file, free, and never written.
fn with_unwritten_pages() -> Desk {
    let desk = Desk::new();
    let mut workbook = desk.create();
    workbook.set_setting("long", &"a value that takes many pages".repeat(1_000)).unwrap();
    workbook.close().unwrap();
    let raw = desk.raw();
    raw.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(())).unwrap();
    raw.pragma_update(None, "secure_delete", "FAST").unwrap();
    raw.execute_batch(
        "CREATE TABLE scratch (content BLOB);
         BEGIN; INSERT INTO scratch (rowid, content) VALUES (1, randomblob(800000)); DELETE FROM scratch WHERE rowid = 1; COMMIT;
         DROP TABLE scratch",
    )
    .unwrap();
    desk
}

#[test]
fn pages_that_were_never_written_are_no_damage() {
    let desk = with_unwritten_pages();
    let unwritten = pages_of_zeros(&desk);
    assert!(unwritten.len() > 100, "{unwritten:?}");
    let workbook = desk.open();
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    workbook.close().unwrap();
    // A free page that holds anything but zeros was written, and not by us.
    let mut file = fs::OpenOptions::new().write(true).open(&desk.path).unwrap();
    file.seek(SeekFrom::Start((unwritten[3] - 1) * 4096 + 9)).unwrap();
    file.write_all(&[1]).unwrap();
    drop(file);
    let error = desk.try_open(Unlock::Passphrase(PASSPHRASE)).unwrap_err();
    let place = format!("page {}", unwritten[3]);
    assert!(matches!(&error, OpenError::Damaged { place: told } if told.ends_with(&place)), "{error}");
}

/// Also the last page of a long value, of which SQLite itself would notice nothing.
#[test]
fn a_page_in_use_that_was_made_zeros_is_damage() {
    for which in
        ["pagetype = 'overflow' ORDER BY path DESC", "pagetype = 'overflow' ORDER BY path", "pagetype = 'leaf'"]
    {
        let desk = with_unwritten_pages();
        let raw = desk.raw();
        let used: i64 = raw
            .query_row(&format!("SELECT pageno FROM dbstat WHERE name = 'settings' AND {which} LIMIT 1"), [], |row| {
                row.get(0)
            })
            .unwrap();
        drop(raw);
        zero_page(&desk, used.unsigned_abs());
        let error = desk.try_open(Unlock::Passphrase(PASSPHRASE)).unwrap_err();
        assert!(matches!(error, OpenError::Damaged { .. }), "{which}: {error}");
    }
}

/// Another connection reads the file meanwhile; closing it must not let go of the workbook's own locks.
#[cfg(target_os = "linux")]
#[test]
fn looking_for_damage_keeps_the_file_locked() {
    use std::os::unix::fs::MetadataExt;
    let desk = Desk::new();
    let workbook = desk.create();
    let inode = format!(":{} ", fs::metadata(&desk.path).unwrap().ino());
    let locks = || fs::read_to_string("/proc/locks").unwrap().lines().filter(|lock| lock.contains(&inode)).count();
    let before = locks();
    assert!(before > 0);
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    assert_eq!(locks(), before);
}

#[test]
fn a_file_that_was_cut_off_is_damaged() {
    let desk = Desk::new();
    desk.create().close().unwrap();
    let whole = fs::read(&desk.path).unwrap();
    for length in [whole.len() - 4_096, whole.len() - 10, 4_096 * 3, 4_096 * 3 + 50, 4_096] {
        fs::write(&desk.path, &whole[..length]).unwrap();
        let error = desk.try_open(Unlock::Passphrase(PASSPHRASE)).unwrap_err();
        assert!(matches!(error, OpenError::Damaged { .. }), "{length}: {error}");
    }
    fs::write(&desk.path, &whole[..4_000]).unwrap();
    assert!(matches!(desk.try_open(Unlock::Passphrase(PASSPHRASE)), Err(OpenError::NotAWorkbook(_))));
}

#[test]
fn a_file_of_a_newer_version_is_left_untouched() {
    let desk = Desk::new();
    desk.create().close().unwrap();
    let raw = desk.raw();
    raw.pragma_update(None, "user_version", 99).unwrap();
    raw.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(())).unwrap();
    drop(raw);
    let before = fs::read(&desk.path).unwrap();
    let error = desk.try_open(Unlock::Keychain).unwrap_err();
    assert!(matches!(error, OpenError::NewerVersion { found: 99, supported: schema::SCHEMA_VERSION }), "{error}");
    assert_eq!(fs::read(&desk.path).unwrap(), before);
}

#[test]
fn an_encrypted_file_that_is_not_ours_is_no_workbook() {
    let desk = Desk::new();
    desk.create().close().unwrap();
    desk.raw().pragma_update(None, "application_id", 7).unwrap();
    assert!(matches!(desk.try_open(Unlock::Keychain), Err(OpenError::NotAWorkbook(_))));
}

#[test]
fn a_workbook_that_is_open_says_who_has_it() {
    let desk = Desk::new();
    let workbook = desk.create();
    let error = desk.try_open(Unlock::Keychain).unwrap_err();
    let OpenError::InUse(Some(holder)) = error else { panic!("{error}") };
    assert_eq!(holder.process, std::process::id());
    assert!(matches!(desk.try_create(false), Err(OpenError::FileExists(_))));
    workbook.close().unwrap();
    desk.open();
}

#[test]
fn another_name_of_the_same_file_meets_the_same_lock() {
    let desk = Desk::new();
    let _workbook = desk.create();
    let folder = desk.folder.path().join("elsewhere");
    fs::create_dir(&folder).unwrap();
    let roundabout = folder.join("../joinery.tieout");
    let opened = Workbook::open(&roundabout, Unlock::Keychain, clock(0), desk.store.clone(), false);
    assert!(matches!(opened, Err(OpenError::InUse(Some(_)))));
}

#[test]
fn a_program_that_knows_nothing_of_our_lock_is_noticed_too() {
    let desk = Desk::new();
    desk.create().close().unwrap();
    let raw = desk.raw();
    raw.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let error = desk.try_open(Unlock::Keychain).unwrap_err();
    assert!(matches!(error, OpenError::InUse(None)), "{error}");
}

#[test]
fn a_read_only_file_is_refused() {
    let desk = Desk::new();
    desk.create().close().unwrap();
    let mut permissions = fs::metadata(&desk.path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&desk.path, permissions).unwrap();
    assert!(matches!(desk.try_open(Unlock::Keychain), Err(OpenError::ReadOnly(_))));
}

#[test]
fn the_lock_of_a_program_that_died_does_not_count() {
    let desk = Desk::new();
    desk.create().close().unwrap();
    fs::write(desk.folder.path().join("joinery.tieout.lock"), "999999 gone\n").unwrap();
    desk.open();
}

/// What a crash leaves behind: the file with its write-ahead log as they are while the workbook is open.
fn as_after_a_crash(desk: &Desk) -> Desk {
    let after = Desk { store: desk.store.clone(), ..Desk::new() };
    fs::copy(&desk.path, &after.path).unwrap();
    let log = |path: &std::path::Path| path.with_extension("tieout-wal");
    fs::copy(log(&desk.path), log(&after.path)).unwrap();
    after
}

#[test]
fn after_a_crash_what_was_told_is_there_and_what_was_not_is_gone() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    workbook.set_setting("theme", "dark").unwrap();
    let told = as_after_a_crash(&desk);
    let head = workbook.audit_head();
    let refused = workbook.change(tieout_domain::Permission::Upkeep, |change| {
        change.tell("half", "done", &crate::json::Json::Null)?;
        let unfinished = as_after_a_crash(&desk);
        assert_eq!(unfinished.open().audit_head(), head);
        Err::<(), _>(WorkbookError::Cancelled)
    });
    assert!(matches!(refused, Err(WorkbookError::Cancelled)));
    assert_eq!(workbook.audit_head(), head);
    let recovered = told.open();
    assert_eq!(recovered.setting("theme").unwrap().as_deref(), Some("dark"));
    assert_eq!(recovered.audit_head(), head);
    assert!(recovered.verify_chain().unwrap().holds());
    assert_eq!(recovered.damage().unwrap(), Vec::<tieout_domain::Said>::new());
}
