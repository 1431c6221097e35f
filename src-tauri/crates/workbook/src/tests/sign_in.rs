//! Who works in the workbook says so: by name, or by a secret of their own.

use std::sync::atomic::{AtomicI64, Ordering};

use tieout_domain::{Permission, Role, UserId};

use super::{
    policies::{limit, policy},
    *,
};
use crate::{Clock, UserChange};

/// A clock that stands still until it is set.
#[derive(Debug)]
struct Hands(AtomicI64);

impl Hands {
    fn at(ms: i64) -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(ms)))
    }

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

fn open_at(desk: &Desk, clock: &Arc<Hands>) -> Workbook {
    Workbook::open(&desk.path, Unlock::Keychain, clock.clone(), desk.store.clone(), false).unwrap().workbook
}

/// Ada, who has no secret, and Bea with hers.
fn two_people(desk: &Desk) -> (UserId, UserId) {
    let mut workbook = desk.create();
    let (ada, bea) = (workbook.user().id, workbook.add_user("Bea", Role::Reviewer).unwrap().id);
    workbook.sign_in(bea, None, None).unwrap();
    workbook.change_own_secret(Some(PASSPHRASE), Some(SECRET)).unwrap();
    workbook.close().unwrap();
    (ada, bea)
}

fn wait_after(refused: Result<(), WorkbookError>) -> u32 {
    match refused {
        Err(WorkbookError::WrongSecret { wait_seconds }) => wait_seconds,
        other => panic!("{other:?}"),
    }
}

#[test]
fn alone_and_without_a_secret_one_is_signed_in_at_once_and_silently() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    assert_eq!(workbook.signed_in().map(|user| user.name.as_str()), Some("Ada"));
    let head = workbook.audit_head();
    workbook.close().unwrap();
    workbook = desk.open();
    assert_eq!((workbook.audit_head(), workbook.signed_in().is_some()), (head, true));
    workbook.change_own_secret(Some(PASSPHRASE), Some(SECRET)).unwrap();
    workbook.close().unwrap();
    workbook = desk.open();
    assert_eq!(workbook.signed_in(), None, "a secret is asked for");
    let ada = workbook.user().id;
    assert!(matches!(workbook.sign_in(ada, None, None), Err(WorkbookError::SecretNeeded)));
    workbook.sign_in(ada, Some(SECRET), None).unwrap();
    assert!(matches!(workbook.change_own_secret(None, None), Err(WorkbookError::SecretNeeded)));
    workbook.change_own_secret(Some(SECRET), None).unwrap();
    workbook.close().unwrap();
    assert!(desk.open().signed_in().is_some(), "without a secret it is as it was");
}

#[test]
fn until_somebody_is_signed_in_nothing_is_changed_but_what_the_program_does_of_itself() {
    let desk = Desk::new();
    let (ada, _) = two_people(&desk);
    let mut workbook = desk.open();
    let head = workbook.audit_head();
    let refusals = [
        workbook.set_setting("a", "b").err(),
        workbook.add_user("Cid", Role::Admin).err(),
        workbook.change_user(ada, &UserChange::default()).err(),
        workbook.change_own_secret(None, Some("other secret")).err(),
        workbook.confirm_presence(PASSPHRASE).err(),
        workbook.change_passphrase(PASSPHRASE, "staple battery").err(),
        workbook.find_or_create_account("Current account", eur()).err(),
        workbook.undo_newest("").err(),
        workbook.accept_history("restored").err(),
        workbook.forget_key().err(),
    ];
    for refusal in refusals {
        assert!(matches!(refusal, Some(WorkbookError::NotSignedIn)), "{refusal:?}");
    }
    assert_eq!(workbook.audit_head(), head);
    crate::key_store::forget_key(desk.store.as_ref(), workbook.salt()).unwrap();
    assert!(workbook.remember());
    let event = workbook.audit_page(0, 1).unwrap().events.remove(0);
    assert_eq!((event.actor.as_str(), event.action.as_str()), ("system", "key.remembered"));
    workbook.sign_in(ada, None, None).unwrap();
    workbook.find_or_create_account("Current account", eur()).unwrap();
    workbook.sign_out().unwrap();
    assert!(matches!(workbook.set_setting("a", "c"), Err(WorkbookError::NotSignedIn)));
}

#[test]
fn signing_in_as_another_signs_the_first_out_and_both_are_told_of() {
    let desk = Desk::new();
    let (ada, bea) = two_people(&desk);
    let mut workbook = desk.open();
    workbook.sign_in(ada, None, None).unwrap();
    assert_eq!(wait_after(workbook.sign_in(bea, Some("471198"), None)), 0);
    assert_eq!(workbook.signed_in().map(|user| user.id), Some(ada), "a slip signs nobody out");
    workbook.sign_in(bea, Some(SECRET), None).unwrap();
    let events = workbook.audit_page(0, 3).unwrap().events;
    let told: Vec<_> = events.iter().map(|e| (e.actor.as_str(), e.action.as_str(), e.details.as_str())).collect();
    assert_eq!(
        told,
        [
            ("Bea", "user.signed_in", r#"{"failed_before":1,"secret":true}"#),
            ("Ada", "user.signed_out", "{}"),
            ("Ada", "user.signed_in", r#"{"failed_before":0,"secret":false}"#),
        ]
    );
    assert!(matches!(workbook.set_setting("a", "b"), Err(WorkbookError::NotAllowed { .. })), "Bea is a reviewer");
}

#[test]
fn wrong_secrets_cost_time_that_a_restart_does_not_give_back() {
    let desk = Desk::new();
    let (_, bea) = two_people(&desk);
    let clock = Hands::at(1_800_000_000_000);
    let mut workbook = open_at(&desk, &clock);
    let head = workbook.audit_head();
    for _ in 0..4 {
        assert_eq!(wait_after(workbook.sign_in(bea, Some("000000"), None)), 0);
    }
    assert_eq!(workbook.audit_head(), head, "counted, not told one by one");
    assert_eq!(wait_after(workbook.sign_in(bea, Some("000000"), None)), 30);
    let event = workbook.audit_page(0, 1).unwrap().events.remove(0);
    assert_eq!(event.action, "user.sign_in_failed");
    assert_eq!((event.actor.as_str(), event.details.as_str()), ("system", r#"{"failed":5,"wait_seconds":30}"#));
    clock.pass(20);
    workbook.close().unwrap();
    workbook = open_at(&desk, &clock);
    let right_but_early = workbook.sign_in(bea, Some(SECRET), None);
    assert!(matches!(right_but_early, Err(WorkbookError::SignInDelayed { seconds: 10 })), "{right_but_early:?}");
    assert_eq!(workbook.sign_in_delay(bea).unwrap(), 10);
    clock.pass(10);
    assert_eq!(wait_after(workbook.sign_in(bea, Some("000000"), None)), 60, "it doubles");
    clock.pass(-3_600);
    let after_setting_back = workbook.sign_in(bea, Some(SECRET), None);
    assert!(matches!(after_setting_back, Err(WorkbookError::SignInDelayed { seconds: 60 })), "{after_setting_back:?}");
    clock.pass(60);
    workbook.sign_in(bea, Some(SECRET), None).unwrap();
    let event = workbook.audit_page(0, 1).unwrap().events.remove(0);
    assert_eq!(event.details, r#"{"failed_before":6,"secret":true}"#);
    assert_eq!(wait_after(workbook.confirm_presence("000000")), 0, "counted anew");
}

#[test]
fn a_secret_from_an_admin_is_replaced_at_the_next_sign_in() {
    let desk = Desk::new();
    let (ada, bea) = two_people(&desk);
    let mut workbook = desk.open();
    workbook.sign_in(ada, None, None).unwrap();
    assert!(matches!(workbook.reset_secret(bea, "654321"), Err(WorkbookError::OwnSecretNeeded { .. })));
    give_own_secret(&mut workbook);
    assert!(matches!(workbook.reset_secret(ada, "654321"), Err(WorkbookError::Name(_))), "one's own is changed");
    assert!(matches!(workbook.reset_secret(bea, "12345"), Err(WorkbookError::SecretLength { least: 6, most: 200 })));
    workbook.reset_secret(bea, "654321").unwrap();
    workbook.close().unwrap();
    workbook = desk.open();
    assert_eq!(wait_after(workbook.sign_in(bea, Some(SECRET), None)), 0);
    for (new, refused) in [(None, "choose another"), (Some("654321"), "choose another"), (Some("12345"), "characters")]
    {
        let refusal = workbook.sign_in(bea, Some("654321"), new).unwrap_err().to_string();
        assert!(refusal.contains(refused), "{refusal}");
        assert_eq!(workbook.signed_in(), None);
    }
    workbook.sign_in(bea, Some("654321"), Some("mine alone")).unwrap();
    assert_eq!(workbook.signed_in().map(|user| user.secret_to_choose), Some(false));
    workbook.sign_out().unwrap();
    assert_eq!(wait_after(workbook.sign_in(bea, Some("654321"), None)), 0);
    workbook.sign_in(bea, Some("mine alone"), None).unwrap();
    let details: Vec<String> = workbook.audit_page(0, 50).unwrap().events.into_iter().map(|e| e.details).collect();
    for secret in [SECRET, "654321", "mine alone"] {
        assert!(details.iter().all(|details| !details.contains(secret)), "no secret in the audit log");
    }
}

#[test]
fn whoever_is_deactivated_cannot_sign_in() {
    let desk = Desk::new();
    let (ada, bea) = two_people(&desk);
    let mut workbook = desk.open();
    workbook.sign_in(ada, None, None).unwrap();
    give_own_secret(&mut workbook);
    workbook.change_user(bea, &UserChange { active: Some(false), ..UserChange::default() }).unwrap();
    let refused = workbook.sign_in(bea, Some(SECRET), None);
    assert!(matches!(refused, Err(WorkbookError::Deactivated(name)) if name == "Bea"));
    workbook.change_own_secret(Some(SECRET), None).unwrap();
    workbook.close().unwrap();
    assert!(desk.open().signed_in().is_some(), "Ada is the only one left, and has no secret");
}

#[test]
fn a_first_secret_is_chosen_with_the_passphrase() {
    let desk = Desk::new();
    let (ada, _) = two_people(&desk);
    let mut workbook = desk.open();
    workbook.sign_in(ada, None, None).unwrap();
    assert!(matches!(workbook.change_own_secret(None, Some("mine now")), Err(WorkbookError::PassphraseNeeded)));
    assert_eq!(wait_after(workbook.change_own_secret(Some("a guess of it"), Some("mine now"))), 0);
    assert!(!workbook.users().unwrap()[0].has_secret);
    workbook.change_own_secret(Some(PASSPHRASE), Some("mine now")).unwrap();
    let event = workbook.audit_page(0, 1).unwrap().events.remove(0);
    assert_eq!(event.details, r#"{"failed_before":1,"had_one":false}"#);
}

#[test]
fn where_two_people_work_signatures_people_and_settings_ask_for_a_secret_of_ones_own() {
    let desk = Desk::new();
    let (ada, bea) = two_people(&desk);
    let mut workbook = desk.open();
    workbook.sign_in(ada, None, None).unwrap();
    let refusals = [
        workbook.add_user("Cid", Role::Admin).err(),
        workbook.change_user(bea, &UserChange { role: Some(Role::Admin), ..UserChange::default() }).err(),
        workbook.reset_secret(bea, "654321").err(),
        workbook.set_single_user(false, "because").err(),
        workbook.change_passphrase(PASSPHRASE, "staple battery").err(),
        workbook.review_period(tieout_domain::PeriodId::from_uuid(uuid::Uuid::nil()), "").err(),
        workbook.lock_period(tieout_domain::PeriodId::from_uuid(uuid::Uuid::nil()), "").err(),
        workbook.reopen_period(tieout_domain::PeriodId::from_uuid(uuid::Uuid::nil()), "").err(),
        workbook.set_setting("a", "b").err(),
        workbook.save_policy(&policy(&[(RootCause::Fee, limit(500))]), "fees").err(),
        workbook.save_journal_layout("Ours", "x", None).err(),
    ];
    for refusal in refusals {
        assert!(matches!(&refusal, Some(WorkbookError::OwnSecretNeeded { name }) if name == "Ada"), "{refusal:?}");
    }
    give_own_secret(&mut workbook);
    workbook.set_setting("a", "b").unwrap();
    workbook.add_user("Cid", Role::Admin).unwrap();
}

/// What each permission asks of an admin: alone, beside somebody else without a secret of their own, and with one.
#[test]
fn a_name_that_anybody_can_click_reviews_and_neither_configures_nor_signs() {
    use Permission::{Configure, Decide, Import, ManagePeople, Prepare, SignOff, Upkeep};
    let clicked = [
        (Upkeep, true),
        (Import, true),
        (Decide, true),
        (Prepare, false),
        (SignOff, false),
        (Configure, false),
        (ManagePeople, false),
    ];
    assert_eq!(clicked.map(|(permission, _)| permission), Permission::ALL);
    let desk = Desk::new();
    let mut alone = desk.create();
    for (permission, _) in clicked {
        alone.require(permission).unwrap();
    }
    alone.add_user("Bea", Role::Reviewer).unwrap();
    for (permission, may) in clicked {
        match alone.require(permission) {
            Ok(()) => assert!(may, "{permission:?}"),
            Err(refusal) => {
                assert!(matches!(refusal, WorkbookError::OwnSecretNeeded { .. }), "{permission:?}: {refusal}");
                assert!(!may, "{permission:?}");
            }
        }
    }
    give_own_secret(&mut alone);
    for (permission, _) in clicked {
        alone.require(permission).unwrap();
    }
}

#[test]
fn the_passphrase_gives_an_admin_who_forgot_it_another_secret() {
    let desk = Desk::new();
    let (ada, bea) = two_people(&desk);
    let mut workbook = desk.open();
    workbook.sign_in(ada, None, None).unwrap();
    give_own_secret(&mut workbook);
    workbook.close().unwrap();
    workbook = desk.open();
    assert!(matches!(workbook.recover_secret(bea, PASSPHRASE, "another"), Err(WorkbookError::Name(_))), "no admin");
    assert_eq!(wait_after(workbook.recover_secret(ada, "a guess of it", "another")), 0);
    assert!(matches!(workbook.recover_secret(ada, PASSPHRASE, "short"), Err(WorkbookError::SecretLength { .. })));
    workbook.recover_secret(ada, PASSPHRASE, "another").unwrap();
    let event = workbook.audit_page(0, 1).unwrap().events.remove(0);
    assert_eq!((event.actor.as_str(), event.action.as_str()), ("system", "user.secret_recovered"));
    assert_eq!(
        (event.subject, event.details.as_str()),
        (format!("user {ada}"), r#"{"failed_before":1,"had_one":true}"#)
    );
    assert_eq!(wait_after(workbook.sign_in(ada, Some(SECRET), None)), 0);
    workbook.sign_in(ada, Some("another"), None).unwrap();
}

#[test]
fn presence_is_confirmed_by_the_own_secret_or_else_the_passphrase() {
    let desk = Desk::new();
    let (ada, bea) = two_people(&desk);
    let mut workbook = desk.open();
    workbook.sign_in(ada, None, None).unwrap();
    assert_eq!(wait_after(workbook.confirm_presence("not the passphrase")), 0);
    let head = workbook.audit_head();
    workbook.confirm_presence(PASSPHRASE).unwrap();
    assert_eq!(workbook.audit_head().sequence, head.sequence + 1, "that one failed before it is told");
    workbook.confirm_presence(PASSPHRASE).unwrap();
    assert_eq!(workbook.audit_head().sequence, head.sequence + 1, "nothing to tell");
    workbook.sign_in(bea, Some(SECRET), None).unwrap();
    assert_eq!(wait_after(workbook.confirm_presence(PASSPHRASE)), 0, "who has a secret gives it");
    workbook.confirm_presence(SECRET).unwrap();
}

#[test]
fn a_file_without_secrets_works_as_it_did_before_there_were_any() {
    let desk = Desk::new();
    let salt = crate::key::Salt::random().unwrap();
    let key = RawKey::derive(PASSPHRASE, salt).unwrap();
    let mut sql = crate::file::create(&desk.path, &key, salt).unwrap();
    crate::schema::migrate_to(&mut sql, 16).unwrap();
    let company = NewCompany {
        name: "Joinery Ltd".to_owned(),
        industry: String::new(),
        contact: String::new(),
        base_currency: eur(),
        single_user: true,
        user_name: "Ada".to_owned(),
    };
    crate::open::fill(&mut sql, salt, &company, clock(1_600_000_000_000).as_ref()).unwrap();
    sql.close().unwrap();
    let mut workbook = desk.try_open(Unlock::Passphrase(PASSPHRASE)).unwrap().workbook;
    let ada = workbook.signed_in().unwrap().clone();
    assert_eq!((ada.role, ada.active, ada.has_secret, ada.name.as_str()), (Role::Admin, true, false, "Ada"));
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    workbook.set_setting("as", "today").unwrap();
    assert!(matches!(workbook.add_user("ada", Role::Preparer), Err(WorkbookError::NameTaken(_))), "names are known");
}
