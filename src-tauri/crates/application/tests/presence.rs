//! Who is at work, and the lock: what is locked or asks who is there answers nothing, and work that was begun ends.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
};

use tempfile::TempDir;
use tieout_application::{
    ApplicationError, AuditSearch, Currency, Environment, Existing, ImportFile, Need, NewPerson, NewWorkbook,
    OpenWorkbook, Permission, Role, Session, Side, SignIn, UserChange, UserId, WorkbookError,
};
use tieout_workbook::{Clock, MemoryKeyStore};

const PASSPHRASE: &str = "correct horse battery";
const SECRET: &str = "471199";

#[derive(Debug)]
struct Hands(AtomicI64);

impl Hands {
    fn pass(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000, Ordering::Relaxed);
    }
}

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

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(Hands(AtomicI64::new(1_800_000_000_000)));
        let session = Session::new(Environment {
            clock: clock.clone(),
            keys: Arc::new(MemoryKeyStore::default()),
            reader: PathBuf::new(),
            data_folder: folder.path().join("data"),
            documents: folder.path().to_owned(),
        });
        let new = NewWorkbook {
            path: folder.path().join("joinery.tieout"),
            passphrase: PASSPHRASE.to_owned().into(),
            company: "Lindqvist & Amara".to_owned(),
            user: "Ada".to_owned(),
            currency: Currency::parse("EUR").unwrap(),
            single_user: false,
            remember: true,
        };
        session.create_workbook(new).unwrap();
        Self { session, clock, folder }
    }

    /// Somebody besides Ada, with a secret of their own.
    fn with(&self, name: &str, role: Role) -> UserId {
        let new = NewPerson {
            name: name.to_owned(),
            email: String::new(),
            role,
            first_secret: Some("first one".to_owned().into()),
        };
        if !self.session.people().unwrap().people[0].has_secret {
            self.session.change_own_secret(Some(PASSPHRASE), Some(SECRET)).unwrap();
        }
        self.session.add_person(&new).unwrap();
        let id = self.id(name);
        let chosen =
            SignIn { id, secret: Some("first one".to_owned().into()), new_secret: Some(SECRET.to_owned().into()) };
        self.session.sign_in(&chosen).unwrap();
        self.ada();
        id
    }

    fn ada(&self) {
        self.session.sign_in_as("ada", Some(SECRET.to_owned().into()), None).unwrap();
    }

    fn id(&self, name: &str) -> UserId {
        let people = self.session.people().unwrap().people;
        people.into_iter().find(|person| person.name == name).unwrap().id
    }

    fn reopen(&self) {
        let path = self.folder.path().join("joinery.tieout");
        self.session.open_workbook(OpenWorkbook { path, passphrase: None, remember: false }).unwrap();
    }

    fn import(&self, name: &str, side: Side) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../sample-data/bank").join(name);
        let file =
            ImportFile { path, side, account: None, mapping: None, leave_out_rejected: false, file_bytes_max: None };
        self.session.import_file(&file, &|_| {}).unwrap();
    }

    fn events(&self) -> u64 {
        self.session.find_events(&AuditSearch::default(), 0, 1).unwrap().total
    }
}

fn is_locked<T: std::fmt::Debug>(answer: Result<T, ApplicationError>) -> bool {
    matches!(answer, Err(ApplicationError::Locked))
}

fn is_signed_out<T: std::fmt::Debug>(answer: Result<T, ApplicationError>) -> bool {
    matches!(answer, Err(ApplicationError::Workbook(WorkbookError::NotSignedIn)))
}

#[test]
fn before_anybody_is_signed_in_names_are_told_and_nothing_else() {
    let desk = Desk::new();
    desk.with("Bea", Role::Reviewer);
    let events = desk.events();
    desk.reopen();
    let session = &desk.session;
    assert_eq!(session.presence(true).person, None);
    let choices = session.sign_in_choices().unwrap();
    let told: Vec<_> = choices.people.iter().map(|person| (person.name.as_str(), person.has_secret)).collect();
    assert_eq!(told, [("Ada", true), ("Bea", true)]);
    assert!(is_signed_out(session.workbook()));
    assert!(is_signed_out(session.people()));
    assert!(is_signed_out(session.find_events(&AuditSearch::default(), 0, 10)));
    assert!(is_signed_out(session.run_matching(None, &|_| {})));
    assert!(is_signed_out(session.set_idle_minutes(1)));
    assert!(is_signed_out(session.unlock(PASSPHRASE)));
    assert!(is_signed_out(session.admit(Need::SignedIn)));
    assert!(is_signed_out(session.admit(Need::May(Permission::Upkeep))));
    assert!(session.admit(Need::Unlocked).is_ok());
    assert!(session.app_state().unwrap().workbook.is_none());
    session.tend_alerts().unwrap();
    assert!(session.verify_workbook().unwrap().valid, "that tells nothing of what is in it");
    assert!(session.sign_in_as("Cid", None, None).unwrap_err().to_string().contains("Ada, Bea"));
    session.sign_in_as("BEA", Some(SECRET.to_owned().into()), None).unwrap();
    assert_eq!(desk.events(), events + 1);
    assert_eq!(session.presence(true).person.map(|person| person.role), Some(Role::Reviewer));
}

#[test]
fn a_role_is_asked_before_a_command_is_begun_and_again_by_the_workbook() {
    let desk = Desk::new();
    let bea = desk.with("Bea", Role::Reviewer);
    let session = &desk.session;
    session.sign_in_as("Bea", Some(SECRET.to_owned().into()), None).unwrap();
    let events = desk.events();
    for permission in Permission::ALL {
        let admitted = session.admit(Need::May(permission));
        assert_eq!(admitted.is_ok(), Role::Reviewer.may(permission), "{permission:?}");
    }
    let promoted = session.change_person(bea, &UserChange { role: Some(Role::Admin), ..UserChange::default() });
    assert!(matches!(promoted, Err(ApplicationError::Workbook(WorkbookError::NotAllowed { .. }))));
    assert!(session.set_idle_minutes(0).is_err());
    assert_eq!(desk.events(), events);
}

#[test]
fn nobody_touches_the_window_and_it_locks_itself_until_who_is_signed_in_unlocks_it() {
    let desk = Desk::new();
    let session = &desk.session;
    assert_eq!(session.presence(true).idle_minutes, 15);
    session.set_idle_minutes(2).unwrap();
    desk.clock.pass(119);
    assert!(!session.presence(true).locked, "somebody was there");
    desk.clock.pass(119);
    session.lock_if_idle();
    assert!(!session.presence(false).locked);
    desk.clock.pass(1);
    session.lock_if_idle();
    assert!(session.presence(true).locked, "input does not unlock it");
    let events = || session.verify_workbook().unwrap().findings;
    let before = events();
    for refused in [
        session.workbook().map(drop),
        session.people().map(drop),
        session.find_events(&AuditSearch::default(), 0, 10).map(drop),
        session.sign_in_choices().map(drop),
        session.sign_in_as("Ada", None, None).map(drop),
        session.run_matching(None, &|_| {}).map(drop),
        session.set_idle_minutes(0),
        session.admit(Need::Unlocked),
        session.admit(Need::May(Permission::Upkeep)),
        session.sign_out().map(drop),
    ] {
        assert!(is_locked(refused), "without a secret of her own signing out would be a way round the lock");
    }
    assert!(session.app_state().unwrap().workbook.is_none());
    assert_eq!(events(), before);
    let wrong = session.unlock("not the passphrase");
    assert!(matches!(wrong, Err(ApplicationError::Workbook(WorkbookError::WrongSecret { wait_seconds: 0 }))));
    assert!(session.presence(false).locked);
    assert!(!session.unlock(PASSPHRASE).unwrap().locked);
    assert_eq!(session.workbook().unwrap().user, "Ada");
    session.set_idle_minutes(0).unwrap();
    desk.clock.pass(1_000_000);
    assert!(!session.presence(false).locked, "never");
    assert!(session.set_idle_minutes(481).is_err());
}

#[test]
fn who_has_a_secret_unlocks_with_it_or_makes_way_for_another() {
    let desk = Desk::new();
    desk.with("Bea", Role::Reviewer);
    let session = &desk.session;
    session.sign_in_as("Bea", Some(SECRET.to_owned().into()), None).unwrap();
    assert!(session.lock_now().locked);
    assert!(session.unlock(PASSPHRASE).is_err(), "the passphrase is everybody's");
    assert!(!session.unlock(SECRET).unwrap().locked);
    session.lock_now();
    let out = session.sign_out().unwrap();
    assert_eq!((out.locked, out.person), (false, None));
    desk.ada();
    assert_eq!(session.workbook().unwrap().user, "Ada");
}

#[test]
fn a_lock_is_not_passed_under_a_name_without_a_secret() {
    let desk = Desk::new();
    desk.with("Bea", Role::Reviewer);
    let session = &desk.session;
    let cid = NewPerson { name: "Cid".to_owned(), email: String::new(), role: Role::Preparer, first_secret: None };
    session.add_person(&cid).unwrap();
    session.lock_now();
    assert!(!session.sign_out().unwrap().locked);
    assert!(session.sign_in_choices().unwrap().guarded);
    let as_cid = |secret: Option<&str>| session.sign_in_as("Cid", secret.map(|text| text.to_owned().into()), None);
    let refused = as_cid(None).unwrap_err();
    assert!(matches!(refused, ApplicationError::Workbook(WorkbookError::PassphraseAfterLock)), "{refused}");
    assert!(matches!(as_cid(Some("a guess")), Err(ApplicationError::Workbook(WorkbookError::WrongSecret { .. }))));
    // Closing and opening it again with the key that the machine keeps is no way round.
    desk.reopen();
    assert!(as_cid(None).is_err());
    assert_eq!(as_cid(Some(PASSPHRASE)).unwrap().person.unwrap().name, "Cid");
    let told = session.find_events(&AuditSearch::default(), 0, 1).unwrap().events.remove(0);
    assert_eq!(
        (told.action.as_str(), told.details.as_str()),
        ("user.signed_in", r#"{"failed_before":1,"secret":false}"#)
    );
    assert!(!session.sign_in_choices().unwrap().guarded);
    // Whoever signs out of a window that is not locked leaves it to anybody.
    session.sign_out().unwrap();
    as_cid(None).unwrap();
}

#[test]
fn an_admin_who_forgot_their_secret_gets_another_by_the_passphrase() {
    let desk = Desk::new();
    desk.with("Bea", Role::Reviewer);
    desk.reopen();
    let session = &desk.session;
    assert!(session.recover_secret("Ada", "a guess of it", "another").is_err());
    session.recover_secret("ada", PASSPHRASE, "another").unwrap();
    session.sign_in_as("Ada", Some("another".to_owned().into()), None).unwrap();
    session.lock_now();
    assert!(is_locked(session.recover_secret("Ada", PASSPHRASE, "yet another")));
}

#[test]
fn who_unlocks_in_the_second_attempt_throws_no_run_away() {
    let desk = Desk::new();
    desk.import("statement-2025.csv", Side::Statement);
    desk.import("ledger-2025.csv", Side::Ledger);
    let (session, events) = (&desk.session, desk.events());
    let once = AtomicBool::new(false);
    let run = session.run_matching(None, &|_| {
        if !once.swap(true, Ordering::SeqCst) {
            session.lock_now();
            assert!(session.unlock("not the passphrase").is_err());
            assert!(!session.unlock(PASSPHRASE).unwrap().locked);
        }
    });
    assert!(run.unwrap().approved > 150);
    assert!(desk.events() > events + 1, "that a wrong one was given is told");
}

#[test]
fn what_is_cancelled_stays_so_whatever_is_begun_then() {
    let desk = Desk::new();
    desk.import("statement-2025.csv", Side::Statement);
    desk.import("ledger-2025.csv", Side::Ledger);
    let session = &desk.session;
    let written = desk.folder.path().join("categories.csv");
    let once = AtomicBool::new(false);
    let run = session.run_matching(None, &|_| {
        if !once.swap(true, Ordering::SeqCst) {
            session.cancel();
            assert!(
                session.export_categories(&written, Existing::Keep, &|_| {}).is_ok(),
                "what begins later is not meant"
            );
        }
    });
    assert!(matches!(run, Err(ApplicationError::Cancelled)), "{run:?}");
    assert!(session.run_matching(None, &|_| {}).is_ok());
}

#[test]
fn a_run_that_was_begun_ends_behind_the_lock_in_the_name_of_who_began_it() {
    let desk = Desk::new();
    desk.with("Bea", Role::Reviewer);
    desk.import("statement-2025.csv", Side::Statement);
    desk.import("ledger-2025.csv", Side::Ledger);
    let session = &desk.session;
    let run = session.run_matching(None, &|_| {
        assert!(session.lock_now().locked);
        assert!(is_locked(session.admit(Need::SignedIn)), "nothing new is begun");
        let slips = session.sign_out();
        assert!(matches!(slips, Err(ApplicationError::Invalid(_))), "and nobody slips away under it: {slips:?}");
        assert_eq!(session.app_state().unwrap().workbook.map(|workbook| workbook.user), None, "nothing is told");
    });
    assert!(run.unwrap().approved > 150);
    assert!(is_locked(session.workbook()));
    session.unlock(SECRET).unwrap();
    assert_eq!(session.find_events(&AuditSearch::default(), 0, 1).unwrap().events[0].actor, "Ada");

    let bea = desk.id("Bea");
    let again = session.run_matching(None, &|_| {
        let other = SignIn { id: bea, secret: Some(SECRET.to_owned().into()), new_secret: None };
        assert!(matches!(session.sign_in(&other), Err(ApplicationError::Invalid(_))), "not while work goes on");
        assert!(matches!(session.sign_out(), Err(ApplicationError::Invalid(_))));
    });
    assert!(again.is_ok());
    session.sign_in_as("Bea", Some(SECRET.to_owned().into()), None).unwrap();
}
