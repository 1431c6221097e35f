//! Backups: made while work goes on, whole or not there, and restored with the passphrase alone.

use std::{
    fs,
    io::{BufRead, BufReader},
    ops::ControlFlow,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use proptest::prelude::*;

use super::{migration::content, *};
use crate::{
    Backup, BackupError, BackupKind, KeyStore, RestorePoint, Restored, Shelf, Snapshot, find_restore_point, restore,
};

const CHILD: &str = "TIEOUT_BACKUP_UNTIL_KILLED";

fn shelf(desk: &Desk, workbook: &Workbook) -> Shelf {
    let folder = desk.folder.path().join("backups");
    fs::create_dir_all(&folder).unwrap();
    workbook.shelf(&folder).unwrap()
}

fn copy(shelf: &Shelf, snapshot: &Snapshot, kind: BackupKind) -> Result<Option<crate::Unproven>, BackupError> {
    shelf.prepare(kind, &mut go_on())?.copy(snapshot, &mut go_on())
}

fn try_back_up(shelf: &Shelf, workbook: &mut Workbook, kind: BackupKind) -> Result<Option<Backup>, BackupError> {
    let snapshot = workbook.snapshot()?;
    let copied = copy(shelf, &snapshot, kind);
    workbook.release(&snapshot)?;
    copied?.map(|unproven| unproven.keep(&mut go_on())).transpose()
}

fn back_up(shelf: &Shelf, workbook: &mut Workbook, kind: BackupKind) -> Backup {
    try_back_up(shelf, workbook, kind).unwrap().unwrap()
}

/// Restores on a machine that knows nothing of the workbook.
fn try_restore(point: &RestorePoint, out: &Path, passphrase: &str) -> Result<Restored, BackupError> {
    restore(point, out, Unlock::Passphrase(passphrase), &MemoryKeyStore::default(), &mut go_on())
}

/// All rows of the workbook that a backup restores to.
fn restored_content(desk: &Desk, backup: &Backup) -> Vec<String> {
    let out = desk.folder.path().join("restored.tieout");
    let point = find_restore_point(&backup.path, None).unwrap();
    assert_eq!(point.made_at_ms, Some(backup.made_at_ms));
    try_restore(&point, &out, PASSPHRASE).unwrap();
    let store = Arc::new(MemoryKeyStore::default());
    let opened = Workbook::open(&out, Unlock::Passphrase(PASSPHRASE), clock(1_900_000_000_000), store, false).unwrap();
    assert_eq!(opened.workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    assert!(opened.workbook.verify_chain().unwrap().holds());
    let rows = content(&opened.workbook.sql);
    opened.workbook.close().unwrap();
    fs::remove_file(&out).unwrap();
    rows
}

fn flip(path: &Path, at: u64) {
    let mut bytes = fs::read(path).unwrap();
    let at = usize::try_from(at % bytes.len() as u64).unwrap();
    bytes[at] ^= 0x10;
    fs::write(path, bytes).unwrap();
}

/// What stands in the folder, but for the lock.
fn names(shelf: &Shelf) -> Vec<String> {
    let entries = fs::read_dir(shelf.folder()).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| name != ".lock");
    names.sort();
    names
}

fn some_lines(count: u32, text: &str) -> Vec<StatementLine> {
    (1..=count).map(|row| line(row, 2, i64::from(row), &format!("{text} {row}"))).collect()
}

/// Many rows, as a large import stores them.
fn import_many(workbook: &mut Workbook, number: u8, rows: u32) {
    let account = account(workbook);
    let new = NewBatch { rows: u64::from(rows), ..batch(number) };
    let lines = some_lines(rows, &format!("import {number} row"));
    let plans = [line_plan(workbook, account, &lines)];
    let mut import = workbook.begin_line_import(&new, &plans).unwrap();
    let statement = import.statement(account, &StatementFacts::of_currency(eur())).unwrap();
    for line in &lines {
        import.add_line(statement, line).unwrap();
    }
    import.finish(&mut go_on()).unwrap();
}

#[derive(Debug, Clone)]
enum Step {
    Import(u32),
    Set(u32),
    UndoImport,
    DeleteFirst,
    Reopen,
    BackUp(bool),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        (1_u32..300).prop_map(Step::Import),
        (0_u32..1_000).prop_map(Step::Set),
        Just(Step::UndoImport),
        Just(Step::DeleteFirst),
        Just(Step::Reopen),
        prop_oneof![Just(false), Just(true), Just(true), Just(true)].prop_map(Step::BackUp),
        prop_oneof![Just(false), Just(true), Just(true), Just(true)].prop_map(Step::BackUp),
    ];
    proptest::collection::vec(step, 4..24)
}

fn take(desk: &Desk, mut workbook: Workbook, step: &Step, number: u8) -> Workbook {
    match step {
        Step::Import(rows) => {
            take_lines(&mut workbook, number, &some_lines(*rows, &format!("file {number}"))).unwrap();
        }
        Step::Set(value) => workbook.set_setting("a setting", &value.to_string()).unwrap(),
        Step::UndoImport => {
            let newest = workbook.list_batches().unwrap().into_iter().next();
            if let Some(batch) = newest {
                // What is undone already stays so.
                let _ = workbook.undo_import(batch.id);
            }
        }
        Step::DeleteFirst => {
            if let Some(id) = line_ids(&workbook).first() {
                workbook.delete_records(&[RecordRef::Line(*id)], "").unwrap();
            }
        }
        Step::Reopen => {
            workbook.close().unwrap();
            // Later than all before, though the clock makes steps of a second.
            let at = clock(1_800_000_000_000 + u64::from(number) * 36_000_000);
            let opened = Workbook::open(&desk.path, Unlock::Keychain, at, desk.store.clone(), false);
            workbook = opened.unwrap().workbook;
        }
        Step::BackUp(_) => {}
    }
    workbook
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn every_backup_restores_to_what_the_workbook_held(steps in steps()) {
        let desk = Desk::new();
        let mut workbook = desk.create();
        let shelf = shelf(&desk, &workbook);
        let mut made: Vec<(Backup, Vec<String>)> = Vec::new();
        for (number, step) in (1_u8..).zip(&steps) {
            if let Step::BackUp(changes) = step {
                let kind = if *changes { BackupKind::Changes } else { BackupKind::Full };
                if let Some(backup) = try_back_up(&shelf, &mut workbook, kind).unwrap() {
                    made.push((backup, content(&workbook.sql)));
                }
            }
            workbook = take(&desk, workbook, step, number);
        }
        workbook.close().unwrap();
        for (backup, rows) in &made {
            prop_assert!(restored_content(&desk, backup) == *rows, "{:?} is another", backup.path);
        }
    }
}

#[test]
fn a_backup_of_changes_has_only_the_pages_that_changed_and_says_when_none_did() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    import_many(&mut workbook, 1, 3_000);
    let shelf = shelf(&desk, &workbook);
    let full = back_up(&shelf, &mut workbook, BackupKind::Changes);
    assert_eq!(full.kind, BackupKind::Full, "there was none to rest on");
    assert_eq!(try_back_up(&shelf, &mut workbook, BackupKind::Changes).unwrap(), None);
    workbook.set_setting("a", "b").unwrap();
    let changes = back_up(&shelf, &mut workbook, BackupKind::Changes);
    assert_eq!(changes.kind, BackupKind::Changes);
    assert!(changes.bytes * 10 < full.bytes, "{} of {}", changes.bytes, full.bytes);
    workbook.change_passphrase(PASSPHRASE, "staple battery horse").unwrap();
    let anew = back_up(&shelf, &mut workbook, BackupKind::Changes);
    assert_eq!(anew.kind, BackupKind::Full, "every page is another under another key");
}

#[test]
fn a_flipped_byte_is_found_and_the_file_is_named() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    import_many(&mut workbook, 1, 500);
    let shelf = shelf(&desk, &workbook);
    let full = back_up(&shelf, &mut workbook, BackupKind::Full);
    workbook.set_setting("a", "b").unwrap();
    let changes = back_up(&shelf, &mut workbook, BackupKind::Changes);
    let key = workbook.backup_key();
    let out = desk.folder.path().join("out.tieout");
    for backup in [&full, &changes] {
        let good = fs::read(&backup.path).unwrap();
        shelf.check(backup, &key, &mut go_on()).unwrap();
        for part in 0..23_u64 {
            flip(&backup.path, part * good.len() as u64 / 23 + 7 * part + 40);
            let error = shelf.check(backup, &key, &mut go_on()).unwrap_err();
            let name = backup.path.file_name().unwrap().to_string_lossy();
            assert!(error.to_string().contains(&*name), "{part}: {error}");
            let point = find_restore_point(&backup.path, None);
            let refused = point.and_then(|point| try_restore(&point, &out, PASSPHRASE));
            assert!(refused.is_err(), "{part}");
            assert!(!out.exists());
            fs::write(&backup.path, &good).unwrap();
        }
        fs::write(&backup.path, &good[..good.len() - 4_096]).unwrap();
        shelf.check(backup, &key, &mut go_on()).unwrap_err();
        fs::write(&backup.path, &good).unwrap();
    }
    // Another full backup in the place of the one it rests on.
    fs::rename(&full.path, shelf.folder().join("aside")).unwrap();
    let missing = shelf.check(&changes, &key, &mut go_on()).unwrap_err();
    assert!(matches!(missing, BackupError::NoBase { .. }), "{missing}");
    workbook.set_setting("a", "c").unwrap();
    let other = back_up(&shelf, &mut workbook, BackupKind::Full);
    fs::rename(&other.path, &full.path).unwrap();
    assert!(matches!(shelf.check(&changes, &key, &mut go_on()), Err(BackupError::NoBase { .. })));
}

/// The file lies still although a hundred thousand rows are stored: as large an import otherwise writes into it at once.
#[test]
fn an_import_goes_on_while_the_file_is_copied_and_is_not_in_the_backup() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    import_many(&mut workbook, 1, 2_000);
    let before = content(&workbook.sql);
    let shelf = shelf(&desk, &workbook);
    let snapshot = workbook.snapshot().unwrap();
    let (begin, begun) = std::sync::mpsc::channel();
    let (end, ended) = std::sync::mpsc::channel::<()>();
    let unproven = thread::scope(|scope| {
        let (prepared, snapshot) = (shelf.prepare(BackupKind::Full, &mut go_on()).unwrap(), &snapshot);
        let copying = scope.spawn(move || {
            let mut waited = false;
            prepared.copy(snapshot, &mut |done, _| {
                if !std::mem::replace(&mut waited, true) {
                    assert_eq!(done, 0);
                    begin.send(()).unwrap();
                    // Not for ever, should the other thread fail.
                    ended.recv_timeout(Duration::from_secs(60)).unwrap();
                }
                ControlFlow::Continue(())
            })
        });
        begun.recv().unwrap();
        import_many(&mut workbook, 2, 100_000);
        workbook.set_setting("after", "the import").unwrap();
        assert_eq!(workbook.record_counts().unwrap().lines, 102_000);
        end.send(()).unwrap();
        copying.join().unwrap().unwrap().unwrap()
    });
    workbook.release(&snapshot).unwrap();
    let backup = unproven.keep(&mut go_on()).unwrap();
    assert!(restored_content(&desk, &backup) == before);
    // The next one has it.
    let all = content(&workbook.sql);
    let next = back_up(&shelf, &mut workbook, BackupKind::Changes);
    assert!(restored_content(&desk, &next) == all);
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
}

#[test]
fn what_writes_into_the_file_ends_the_copy_and_none_is_kept() {
    type Disturbance = fn(Workbook) -> Option<Workbook>;
    let disturbances: [(&str, Disturbance); 4] = [
        ("checked", |workbook| workbook.damage().map(|_| workbook).ok()),
        ("passphrase", |mut workbook| {
            workbook.change_passphrase(PASSPHRASE, "staple battery horse").unwrap();
            Some(workbook)
        }),
        ("closed", |workbook| workbook.close().map(|()| None).unwrap()),
        ("dropped", |workbook| {
            drop(workbook);
            None
        }),
    ];
    for (what, disturb) in disturbances {
        let desk = Desk::new();
        let mut workbook = desk.create();
        let shelf = shelf(&desk, &workbook);
        let snapshot = workbook.snapshot().unwrap();
        let workbook = disturb(workbook);
        let copied = copy(&shelf, &snapshot, BackupKind::Full);
        assert!(matches!(copied, Err(BackupError::Overtaken)), "{what}");
        if let Some(mut workbook) = workbook {
            assert!(matches!(workbook.release(&snapshot), Err(BackupError::Overtaken)), "{what}");
        }
        assert_eq!(names(&shelf), Vec::<String>::new(), "{what}");
    }
}

#[test]
fn after_a_backup_and_after_a_lost_one_the_log_is_written_back_as_before() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let log = desk.path.with_extension("tieout-wal");
    let is_short = |workbook: &mut Workbook, number: u8| {
        import_many(workbook, number, 15_000);
        workbook.set_setting("number", &number.to_string()).unwrap();
        let held: i64 = workbook.sql.pragma_query_value(None, "wal_autocheckpoint", |row| row.get(0)).unwrap();
        held == 1_000
    };
    let snapshot: Snapshot = workbook.snapshot().unwrap();
    assert!(!is_short(&mut workbook, 1), "held");
    let grown = fs::metadata(&log).unwrap().len();
    assert!(grown > 2_000_000, "{grown}");
    drop(snapshot);
    assert!(is_short(&mut workbook, 2), "nobody holds it any more");
    let snapshot = workbook.snapshot().unwrap();
    workbook.release(&snapshot).unwrap();
    assert!(is_short(&mut workbook, 3));
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
}

#[test]
fn a_cancelled_backup_leaves_nothing() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let shelf = shelf(&desk, &workbook);
    let snapshot = workbook.snapshot().unwrap();
    let prepared = shelf.prepare(BackupKind::Full, &mut go_on()).unwrap();
    let stopped = prepared.copy(&snapshot, &mut |_, _| ControlFlow::Break(()));
    assert!(matches!(stopped, Err(BackupError::Cancelled)));
    workbook.release(&snapshot).unwrap();
    assert_eq!(names(&shelf), Vec::<String>::new());
}

#[test]
fn a_backup_opens_with_the_passphrase_of_its_time_alone() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    take_lines(&mut workbook, 1, &[line(1, 2, 500, "coffee")]).unwrap();
    let shelf = shelf(&desk, &workbook);
    let backup = back_up(&shelf, &mut workbook, BackupKind::Full);
    let head = workbook.audit_head();
    workbook.change_passphrase(PASSPHRASE, "staple battery horse").unwrap();
    let known = workbook.audit_head().sequence;
    workbook.close().unwrap();
    let out = desk.folder.path().join("new machine.tieout");
    let point = find_restore_point(&backup.path, None).unwrap();
    let wrong = try_restore(&point, &out, "staple battery horse").unwrap_err();
    assert!(matches!(wrong, BackupError::Open(OpenError::WrongPassphrase)), "{wrong}");
    // This machine's keychain has the new key, which does not open it.
    let store: &dyn KeyStore = desk.store.as_ref();
    let asked = restore(&point, &out, Unlock::Keychain, store, &mut go_on()).unwrap_err();
    assert!(matches!(asked, BackupError::Open(OpenError::PassphraseNeeded)), "{asked}");
    assert!(!out.exists());
    let restored = restore(&point, &out, Unlock::Passphrase(PASSPHRASE), store, &mut go_on()).unwrap();
    assert_eq!((restored.head, restored.known), (head, Some(known)));
    assert_eq!(restored.company, "Joinery Ltd");
    // It is there; another one does not replace it.
    let again = try_restore(&point, &out, PASSPHRASE).unwrap_err();
    assert!(matches!(again, BackupError::Open(OpenError::FileExists(_))), "{again}");
    let other = desk.folder.path().join("other.tieout");
    fs::write(other.with_extension("tieout-wal"), "left by a crash").unwrap();
    let left = try_restore(&point, &other, PASSPHRASE).unwrap_err();
    assert!(matches!(left, BackupError::LeftOver(_)), "{left}");
    let lost = Desk { store: Arc::new(MemoryKeyStore::default()), ..Desk::new() };
    let elsewhere = try_restore(&point, &lost.path, PASSPHRASE).unwrap();
    assert_eq!(elsewhere.known, None);
    assert_eq!(line_ids(&lost.try_open(Unlock::Passphrase(PASSPHRASE)).unwrap().workbook).len(), 1);
}

#[test]
fn the_backup_of_a_moment_is_found_by_folder_and_time() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let shelf = shelf(&desk, &workbook);
    let full = back_up(&shelf, &mut workbook, BackupKind::Full);
    workbook.set_setting("a", "b").unwrap();
    let changes = back_up(&shelf, &mut workbook, BackupKind::Changes);
    let parent = desk.folder.path().join("backups");
    let newest = find_restore_point(&parent, None).unwrap();
    assert_eq!((newest.made_at_ms, newest.next_at_ms), (Some(changes.made_at_ms), None));
    assert_eq!(newest.files().collect::<Vec<_>>(), [&*full.path, &*changes.path]);
    let earlier = find_restore_point(shelf.folder(), Some(changes.made_at_ms - 1)).unwrap();
    assert_eq!((earlier.made_at_ms, earlier.next_at_ms), (Some(full.made_at_ms), Some(changes.made_at_ms)));
    let too_early = find_restore_point(&changes.path, Some(full.made_at_ms - 1)).unwrap_err();
    assert!(matches!(too_early, BackupError::NoneSoEarly { .. }), "{too_early}");
    let renamed: PathBuf = desk.folder.path().join("from a stick.bin");
    fs::copy(&full.path, &renamed).unwrap();
    assert_eq!(find_restore_point(&renamed, None).unwrap().made_at_ms, None);
    let empty = tempfile::tempdir().unwrap();
    assert!(matches!(find_restore_point(empty.path(), None), Err(BackupError::NoBackup(_))));
}

/// Not a test of its own: what [`a_killed_backup_leaves_no_half_one`] runs and kills.
#[test]
fn back_up_until_killed() {
    let Some(path) = std::env::var_os(CHILD) else { return };
    let store = Arc::new(MemoryKeyStore::default());
    let now = Arc::new(crate::SystemClock);
    let opened = Workbook::open(path.as_ref(), Unlock::Passphrase(PASSPHRASE), now, store, false);
    let mut workbook = opened.unwrap().workbook;
    let folder = Path::new(&path).parent().unwrap().join("backups");
    let shelf = workbook.shelf(&folder).unwrap();
    for number in 0_u32.. {
        workbook.set_setting("number", &number.to_string()).unwrap();
        let kind = if number % 3 == 0 { BackupKind::Full } else { BackupKind::Changes };
        let made = back_up(&shelf, &mut workbook, kind);
        #[expect(clippy::print_stdout, reason = "the parent waits for it")]
        {
            println!("\nmade {}", made.path.display());
        }
    }
}

#[test]
fn a_killed_backup_leaves_no_half_one() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    import_many(&mut workbook, 1, 10_000);
    let shelf = shelf(&desk, &workbook);
    let key = workbook.backup_key();
    workbook.close().unwrap();
    let mut seen_partial = 0;
    for round in 0..12_u64 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["tests::backups::back_up_until_killed", "--exact", "--nocapture"])
            .env(CHILD, &desk.path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let told = lines.find(|line| line.starts_with("made ")).expect("a backup was made");
        thread::sleep(Duration::from_millis(round * 17 % 120));
        child.kill().unwrap();
        child.wait().unwrap();
        seen_partial += usize::from(names(&shelf).iter().any(|name| name.ends_with(".partial")));
        assert!(Path::new(told.trim_start_matches("made ")).exists(), "what was told is there");
        // The newest are those that the kill could have cut.
        for backup in shelf.backups().unwrap().iter().rev().take(3) {
            shelf.check(backup, &key, &mut go_on()).unwrap();
        }
    }
    #[expect(clippy::print_stdout, reason = "how often the kill came in the middle is of interest")]
    {
        println!("12 kills, {seen_partial} of them in the middle of a backup, none left half");
    }
    let mut workbook = desk.open();
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    back_up(&shelf, &mut workbook, BackupKind::Full);
    assert!(!names(&shelf).iter().any(|name| name.ends_with(".partial")), "the next one clears up");
}

/// Another copy of the workbook, restored beside it: same salt, same history up to the backup.
fn restored_copy(desk: &Desk, backup: &Backup, name: &str) -> Workbook {
    let out = desk.folder.path().join(name);
    try_restore(&find_restore_point(&backup.path, None).unwrap(), &out, PASSPHRASE).unwrap();
    let store = Arc::new(MemoryKeyStore::default());
    let at = clock(1_900_000_000_000);
    Workbook::open(&out, Unlock::Passphrase(PASSPHRASE), at, store, false).unwrap().workbook
}

#[test]
fn a_copy_restored_beside_the_workbook_gets_a_folder_of_its_own_and_removes_nothing_of_it() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    import_many(&mut workbook, 1, 500);
    let original = shelf(&desk, &workbook);
    let monday = back_up(&original, &mut workbook, BackupKind::Full);
    let mut copy = restored_copy(&desk, &monday, "monday.tieout");
    // Nothing was done in either: they are still one history.
    assert_eq!(shelf(&desk, &copy).folder(), original.folder());
    workbook.set_setting("a", "tuesday").unwrap();
    let tuesday = back_up(&original, &mut workbook, BackupKind::Changes);
    copy.set_setting("a", "looked something up").unwrap();
    let other = shelf(&desk, &copy);
    assert_ne!(other.folder(), original.folder());
    let looked_up = back_up(&other, &mut copy, BackupKind::Changes);
    assert_eq!(looked_up.kind, BackupKind::Full, "it rests on nothing of the other's");
    let none = crate::BackupKeep { days: 0, weeks: 0 };
    other.thin(none, 3_000_000_000_000).unwrap();
    assert_eq!(shelf(&desk, &workbook).backups().unwrap(), [monday, tuesday.clone()]);
    assert_eq!(shelf(&desk, &copy).backups().unwrap(), [looked_up]);
    // The newest of the workbook's folder is the workbook's, whatever the copy's clock said.
    assert_eq!(find_restore_point(original.folder(), None).unwrap().made_at_ms, Some(tuesday.made_at_ms));
}

#[test]
fn the_newest_is_what_has_the_newest_work_though_an_older_one_has_a_date_in_the_future() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let shelf = shelf(&desk, &workbook);
    let first = back_up(&shelf, &mut workbook, BackupKind::Full);
    let name = first.path.file_name().unwrap().to_string_lossy().into_owned();
    let (_, event) = name.split_once('Z').unwrap();
    fs::rename(&first.path, shelf.folder().join(format!("2099-01-01T00-00-00.000Z{event}"))).unwrap();
    workbook.set_setting("a", "b").unwrap();
    let newest = back_up(&shelf, &mut workbook, BackupKind::Full);
    assert_eq!(shelf.backups().unwrap().last(), Some(&newest));
    assert_eq!(find_restore_point(shelf.folder(), None).unwrap().made_at_ms, Some(newest.made_at_ms));
}

#[test]
fn a_backup_of_an_earlier_passphrase_is_told_from_a_damaged_one() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    import_many(&mut workbook, 1, 500);
    let shelf = shelf(&desk, &workbook);
    let full = back_up(&shelf, &mut workbook, BackupKind::Full);
    workbook.set_setting("a", "b").unwrap();
    let changes = back_up(&shelf, &mut workbook, BackupKind::Changes);
    workbook.change_passphrase(PASSPHRASE, "staple battery horse").unwrap();
    let now = back_up(&shelf, &mut workbook, BackupKind::Full);
    let key = workbook.backup_key_with_history().unwrap();
    for earlier in [&full, &changes] {
        let told = shelf.check(earlier, &key, &mut go_on()).unwrap_err();
        assert!(matches!(told, BackupError::EarlierPassphrase(_)), "{told}");
    }
    shelf.check(&now, &key, &mut go_on()).unwrap();
    flip(&now.path, 6_000);
    let damaged = shelf.check(&now, &key, &mut go_on()).unwrap_err();
    assert!(matches!(damaged, BackupError::Damaged { .. }), "{damaged}");
}

#[test]
fn the_handle_of_a_closed_workbook_is_closed_with_it_and_not_by_whoever_copies() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let source = Arc::downgrade(&workbook.source);
    let snapshot = workbook.snapshot().unwrap();
    workbook.close().unwrap();
    assert!(source.upgrade().is_none(), "closed later it would let go of the locks of the next opening");
    drop(snapshot);
    let mut workbook = desk.open();
    let snapshot = workbook.snapshot().unwrap();
    workbook.release(&snapshot).unwrap();
    assert_eq!(Arc::strong_count(&workbook.source), 1, "nor while a copy is looked at");
}

#[test]
fn the_open_workbook_and_its_log_are_known_by_any_name_and_are_no_backup() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    workbook.set_setting("a", "b").unwrap();
    let link = desk.folder.path().join("another name.csv");
    #[cfg(unix)]
    fs::hard_link(&desk.path, &link).unwrap();
    #[cfg(not(unix))]
    fs::write(&link, "").unwrap();
    let own = [desk.path.clone(), desk.path.with_extension("tieout-wal"), desk.path.with_extension("tieout.lock")];
    for path in own.iter().chain(cfg!(unix).then_some(&link)) {
        assert!(crate::is_of_open_workbook(path), "{}", path.display());
        let refused = find_restore_point(path, None).unwrap_err();
        assert!(matches!(refused, BackupError::OfWorkbook(_)), "{refused}");
    }
    assert!(matches!(crate::salt_of(&desk.path), Err(OpenError::InUse(Some(_)))));
    workbook.close().unwrap();
    assert!(!crate::is_of_open_workbook(&desk.path) && crate::salt_of(&desk.path).is_ok());
}

#[test]
fn a_drive_that_does_not_answer_holds_the_log_for_a_while_only() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let snapshot = workbook.snapshot().unwrap();
    workbook.forget_snapshot_after(Duration::from_secs(60));
    assert!(crate::backup::is_held(&workbook.sql).unwrap(), "it is being copied");
    workbook.forget_snapshot_after(Duration::ZERO);
    assert!(!crate::backup::is_held(&workbook.sql).unwrap());
    assert!(matches!(workbook.release(&snapshot), Err(BackupError::Overtaken)));
}

#[test]
fn a_file_that_lost_its_log_gets_it_back_before_it_is_copied() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    workbook.sql.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(())).unwrap();
    let snapshot = workbook.snapshot().unwrap();
    let mode: String = workbook.sql.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal", "else changes would go into the file under the copy");
    workbook.release(&snapshot).unwrap();
}

#[test]
fn a_chosen_folder_that_is_gone_is_not_made_anew() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let drive = desk.folder.path().join("drive");
    let shelf = workbook.shelf(&drive).unwrap();
    let refused = try_back_up(&shelf, &mut workbook, BackupKind::Full).unwrap_err();
    assert!(matches!(refused, BackupError::NoFolder(_)), "{refused}");
    assert!(!drive.exists());
}

#[test]
fn what_a_killed_restore_left_is_removed_by_the_next_one() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let backup = back_up(&shelf(&desk, &workbook), &mut workbook, BackupKind::Full);
    let out = desk.folder.path().join("out.tieout");
    let left = desk.folder.path().join("out.tieout.new-4711");
    let theirs = desk.folder.path().join("out.tieout.new-draft");
    fs::write(&left, "half").unwrap();
    fs::write(&theirs, "a person's").unwrap();
    try_restore(&find_restore_point(&backup.path, None).unwrap(), &out, PASSPHRASE).unwrap();
    assert!(!left.exists() && theirs.exists());
}
