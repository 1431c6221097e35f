//! Backups by schedule and by hand, and what is restored of them.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use tempfile::TempDir;
use tieout_application::{
    ApplicationError, AuditSearch, Currency, Environment, NewWorkbook, OpenWorkbook, Session,
    backup::{Backup, BackupKind, BackupSettings, Found, RestoreBackup, Restored},
    moment_in,
};
use tieout_workbook::{Clock, MemoryKeyStore};

const PASSPHRASE: &str = "correct horse battery";
const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

#[derive(Debug)]
struct Hands(AtomicI64);

impl Clock for Hands {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }

    fn random(&self) -> [u8; 10] {
        [7; 10]
    }
}

struct Desk {
    session: Session,
    clock: Arc<Hands>,
    folder: TempDir,
}

fn session(clock: Arc<Hands>, folder: &Path) -> Session {
    Session::new(Environment {
        clock,
        keys: Arc::new(MemoryKeyStore::default()),
        reader: PathBuf::new(),
        data_folder: folder.join("data"),
        documents: folder.to_owned(),
    })
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(Hands(AtomicI64::new(1_800_000_000_000)));
        let session = session(clock.clone(), folder.path());
        let new = NewWorkbook {
            path: folder.path().join("joinery.tieout"),
            passphrase: PASSPHRASE.to_owned().into(),
            company: "Lindqvist & Amara".to_owned(),
            user: "Ada".to_owned(),
            currency: Currency::parse("EUR").unwrap(),
            single_user: true,
            remember: true,
        };
        session.create_workbook(new).unwrap();
        Self { session, clock, folder }
    }

    fn tick_after(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds * 1_000, Ordering::Relaxed);
        self.session.tend_backups();
    }

    /// Something that counts as work.
    fn work(&self, minutes: u32) {
        self.session.set_idle_minutes(minutes).unwrap();
    }

    fn backups(&self) -> Vec<Backup> {
        self.session.backups().unwrap().backups
    }

    fn kinds(&self) -> Vec<BackupKind> {
        self.backups().into_iter().map(|backup| backup.kind).collect()
    }

    fn told(&self) -> usize {
        let events = self.session.find_events(&AuditSearch::default(), 0, 500).unwrap().events;
        events.iter().filter(|event| event.action == "backup.made").count()
    }

    fn restore(&self, from: &Path, out: &str) -> Result<Restored, ApplicationError> {
        // Another machine: nothing is in its keychain.
        let other = session(self.clock.clone(), &self.folder.path().join("elsewhere"));
        let request = RestoreBackup {
            from: from.to_owned(),
            at_ms: None,
            out: self.folder.path().join(out),
            passphrase: Some(PASSPHRASE.to_owned().into()),
        };
        other.restore_backup(&request, &|_| {})
    }
}

#[test]
fn a_day_of_work_leaves_a_full_backup_and_one_for_each_hour_in_which_something_was_done() {
    use BackupKind::{Changes, Full};
    let desk = Desk::new();
    desk.tick_after(MINUTE);
    assert!(desk.kinds().is_empty(), "whoever opens a workbook wants to work");
    desk.tick_after(10 * MINUTE);
    assert_eq!(desk.kinds(), [Full]);
    desk.tick_after(2 * HOUR);
    assert_eq!(desk.kinds(), [Full], "nothing was done");
    desk.work(20);
    desk.tick_after(2 * MINUTE);
    assert_eq!(desk.kinds(), [Changes, Full]);
    desk.work(21);
    desk.tick_after(30 * MINUTE);
    assert_eq!(desk.kinds(), [Changes, Full], "less than an hour after the last one");
    desk.tick_after(40 * MINUTE);
    assert_eq!(desk.kinds(), [Changes, Changes, Full]);
    desk.work(22);
    desk.tick_after(21 * HOUR);
    assert_eq!(desk.kinds(), [Full, Changes, Changes, Full]);
    // A backup is no work: it asks for none after it.
    desk.tick_after(DAY);
    assert_eq!(desk.kinds().len(), 4);
    assert_eq!(desk.told(), 2, "full ones are told of");
    let newest = desk.restore(&desk.backups()[1].path, "hour.tieout").unwrap();
    assert_eq!(newest.company, "Lindqvist & Amara");
    assert_eq!(newest.known, None);
}

#[test]
fn a_backup_that_cannot_be_made_is_told_until_one_can() {
    let desk = Desk::new();
    let stick = desk.folder.path().join("stick");
    let settings = BackupSettings { folder: Some(stick.clone()), ..BackupSettings::default() };
    desk.session.save_backup_settings(&settings).unwrap();
    desk.tick_after(10 * MINUTE);
    assert_eq!(desk.kinds(), [BackupKind::Full]);
    // The stick is pulled out, and a file is where it was.
    fs::remove_dir_all(&stick).unwrap();
    fs::write(&stick, "").unwrap();
    desk.work(20);
    desk.tick_after(2 * HOUR);
    let failed = |session: &Session| session.backups().unwrap().failure.is_some();
    assert!(failed(&desk.session));
    assert!(desk.kinds().is_empty(), "what is set is shown all the same");
    fs::remove_file(&stick).unwrap();
    assert!(failed(&desk.session));
    desk.tick_after(5 * MINUTE);
    assert!(failed(&desk.session), "it rests a while");
    desk.tick_after(20 * MINUTE);
    assert!(failed(&desk.session), "the folder of a drive that is not there is not made");
    assert!(!stick.exists());
    fs::create_dir(&stick).unwrap();
    desk.tick_after(20 * MINUTE);
    assert!(!failed(&desk.session));
    assert_eq!(desk.kinds(), [BackupKind::Full]);
}

#[test]
fn what_is_switched_off_is_not_done_and_what_is_asked_for_is() {
    let desk = Desk::new();
    let off = BackupSettings { enabled: false, ..BackupSettings::default() };
    desk.session.save_backup_settings(&off).unwrap();
    desk.tick_after(2 * DAY);
    assert!(desk.kinds().is_empty());
    let done = desk.session.back_up(None, &|_| {}).unwrap();
    assert_eq!(desk.backups(), [done.backup]);
    let folder = desk.folder.path().join("stick");
    let other = desk.session.back_up(Some(&folder), &|_| {}).unwrap();
    assert!(other.backup.path.starts_with(&folder));
    assert_eq!(desk.session.look_at_backups(Some(&folder)).unwrap().backups, [other.backup]);
    let checked = desk.session.check_backups(Some(&folder), &|_| {}).unwrap();
    assert!(matches!(&checked[0].found, Found::Whole(proven) if proven.head.sequence == other.events));
    let relative = BackupSettings { folder: Some("stick".into()), ..BackupSettings::default() };
    assert!(matches!(desk.session.save_backup_settings(&relative), Err(ApplicationError::Invalid(_))));
    let seldom = BackupSettings { every_hours: 25, ..BackupSettings::default() };
    assert!(matches!(desk.session.save_backup_settings(&seldom), Err(ApplicationError::Invalid(_))));
}

#[test]
fn a_cancelled_backup_and_one_of_a_locked_window_leave_nothing() {
    let desk = Desk::new();
    let stopped = desk.session.back_up(None, &|_| desk.session.cancel());
    assert!(matches!(stopped, Err(ApplicationError::Cancelled)), "{stopped:?}");
    assert!(desk.kinds().is_empty());
    desk.session.lock_now();
    assert!(matches!(desk.session.back_up(None, &|_| {}), Err(ApplicationError::Locked)));
    // The schedule goes on behind the lock.
    desk.tick_after(10 * MINUTE);
    desk.session.unlock(PASSPHRASE).unwrap();
    assert_eq!(desk.kinds(), [BackupKind::Full]);
}

#[test]
fn a_restored_copy_says_what_this_machine_knows_that_is_not_in_it_and_replaces_nothing() {
    let desk = Desk::new();
    let done = desk.session.back_up(None, &|_| {}).unwrap();
    desk.work(20);
    desk.work(21);
    let events = desk.session.find_events(&AuditSearch::default(), 0, 1).unwrap().total;
    // The head is anchored by a thread of its own, which closing waits for.
    desk.session.close_workbook().unwrap();
    let request = RestoreBackup {
        from: desk.backups_folder(),
        at_ms: None,
        out: desk.folder.path().join("copy"),
        passphrase: None,
    };
    let restored = desk.session.restore_backup(&request, &|_| {}).unwrap();
    assert_eq!((restored.head.sequence, restored.known), (done.events, Some(events)));
    assert_eq!(restored.path.file_name().unwrap(), "copy.tieout");
    let again = desk.session.restore_backup(&request, &|_| {}).unwrap_err();
    assert!(again.to_string().contains("already a file"), "{again}");
    let open = OpenWorkbook { path: restored.path, passphrase: None, remember: false };
    let opened = desk.session.open_workbook(open).unwrap();
    assert!(opened.warning.unwrap().to_string().contains("older copy"));
}

#[test]
fn a_time_is_read_as_people_write_it() {
    let desk = Desk::new();
    let environment = &desk.session_environment();
    let at = |text: &str| moment_in(text, environment).unwrap();
    assert_eq!(at("1970-01-02T00:00Z"), DAY * 1_000);
    assert_eq!(at("1970-01-02T00:00:30"), DAY * 1_000 + 30_000, "this clock is in UTC");
    assert_eq!(at(" 1970-01-01 "), DAY * 1_000 - 1);
    assert!(moment_in("yesterday", environment).is_err());
}

impl Desk {
    fn backups_folder(&self) -> PathBuf {
        self.folder.path().join("data").join("backups")
    }

    fn session_environment(&self) -> Environment {
        Environment {
            clock: self.clock.clone(),
            keys: Arc::new(MemoryKeyStore::default()),
            reader: PathBuf::new(),
            data_folder: self.folder.path().join("data"),
            documents: self.folder.path().to_owned(),
        }
    }
}

/// A clock that is wrong for one session makes one backup with its date, and not one a minute ever after.
#[test]
fn a_backup_dated_in_the_future_makes_no_full_one_each_minute() {
    let desk = Desk::new();
    desk.clock.0.fetch_add(400 * DAY * 1_000, Ordering::Relaxed);
    desk.tick_after(10 * MINUTE);
    desk.clock.0.fetch_add(-400 * DAY * 1_000, Ordering::Relaxed);
    for minutes in 20..25 {
        desk.work(minutes);
        desk.tick_after(2 * MINUTE);
    }
    assert_eq!(desk.kinds(), [BackupKind::Full, BackupKind::Full], "one of each date");
    desk.work(30);
    desk.tick_after(2 * HOUR);
    assert_eq!(desk.kinds(), [BackupKind::Changes, BackupKind::Full, BackupKind::Full]);
}

#[test]
fn a_check_that_goes_on_is_no_failure_of_the_schedule() {
    let desk = Desk::new();
    desk.session.back_up(None, &|_| {}).unwrap();
    desk.work(20);
    let checked = desk.session.check_backups(None, &|_| desk.tick_after(2 * HOUR)).unwrap();
    assert_eq!(checked.len(), 1);
    assert!(desk.session.backups().unwrap().failure.is_none());
    desk.tick_after(2 * MINUTE);
    assert_eq!(desk.kinds(), [BackupKind::Changes, BackupKind::Full]);
}

/// What every screen asks for is answered though the drive of the folder would not be.
#[test]
fn what_the_screens_ask_for_is_what_was_last_seen() {
    let desk = Desk::new();
    assert_eq!(desk.session.backups().unwrap().looked_at_ms, None, "nobody looked yet");
    desk.session.back_up(None, &|_| {}).unwrap();
    assert_eq!(desk.backups().len(), 1);
    fs::remove_dir_all(desk.backups_folder()).unwrap();
    assert_eq!(desk.backups().len(), 1, "the drive was asked");
    assert!(desk.session.look_at_backups(None).unwrap().backups.is_empty());
    assert!(desk.backups().is_empty());
}

#[test]
fn the_open_workbook_is_refused_wherever_a_file_is_named() {
    let desk = Desk::new();
    let book = desk.folder.path().join("joinery.tieout");
    let told = |refused: Result<(), ApplicationError>| refused.unwrap_err().to_string();
    let belongs = "belongs to the open workbook";
    assert!(told(tieout_application::read_text_file(&book).map(drop)).contains(belongs));
    let request = RestoreBackup {
        from: book.clone(),
        at_ms: None,
        out: desk.folder.path().join("copy"),
        passphrase: Some(PASSPHRASE.to_owned().into()),
    };
    assert!(told(desk.session.restore_backup(&request, &|_| {}).map(drop)).contains(belongs));
    desk.session.close_workbook().unwrap();
    assert!(!told(tieout_application::read_text_file(&book).map(drop)).contains(belongs));
}
