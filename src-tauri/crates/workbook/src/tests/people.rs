//! Who works in a workbook: added, renamed, given another role, deactivated, never deleted.

use tieout_domain::{PersonError, Role};

use super::*;
use crate::{User, UserChange};

fn role(role: Role) -> UserChange {
    UserChange { role: Some(role), ..UserChange::default() }
}

fn active(active: bool) -> UserChange {
    UserChange { active: Some(active), ..UserChange::default() }
}

fn name(name: &str) -> UserChange {
    UserChange { name: Some(name.to_owned()), ..UserChange::default() }
}

/// Actor, action and details of the newest events, newest first.
fn told(workbook: &Workbook, most: usize) -> Vec<(String, String, String)> {
    let events = workbook.audit_page(0, u32::try_from(most).unwrap()).unwrap().events;
    events.into_iter().map(|event| (event.actor, event.action, event.details)).collect()
}

fn event(actor: &str, action: &str, details: &str) -> (String, String, String) {
    (actor.to_owned(), action.to_owned(), details.to_owned())
}

#[test]
fn people_are_added_and_changed_with_what_was_before_and_after() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    give_own_secret(&mut workbook);
    let bea = workbook.add_person(" Bea  Otto ", "bea@joinery.example", Role::Preparer, None).unwrap();
    assert_eq!((bea.name.as_str(), bea.active, bea.has_secret), ("Bea Otto", true, false));
    let all_at_once = UserChange {
        name: Some("Bea Klein".to_owned()),
        email: Some(String::new()),
        role: Some(Role::Reviewer),
        active: Some(false),
    };
    let changed = workbook.change_user(bea.id, &all_at_once).unwrap();
    assert_eq!((changed.role, changed.active), (Role::Reviewer, false));
    let subject = format!("user {}", bea.id);
    assert!(workbook.audit_page(0, 5).unwrap().events.iter().all(|event| event.subject == subject));
    assert_eq!(
        told(&workbook, 5),
        [
            event("Ada", "user.deactivated", r#"{"after":false,"before":true}"#),
            event("Ada", "user.role_changed", r#"{"after":"reviewer","before":"preparer"}"#),
            event("Ada", "user.email_changed", r#"{"after":"","before":"bea@joinery.example"}"#),
            event("Ada", "user.renamed", r#"{"after":"Bea Klein","before":"Bea Otto"}"#),
            event(
                "Ada",
                "user.added",
                r#"{"email":"bea@joinery.example","name":"Bea Otto","role":"preparer","secret":false}"#
            ),
        ]
    );
    let head = workbook.audit_head();
    assert_eq!(workbook.change_user(bea.id, &all_at_once).unwrap(), changed, "nothing changes: nothing is told");
    assert_eq!(workbook.audit_head(), head);
    workbook.close().unwrap();
    let workbook = desk.open();
    assert_eq!(workbook.users().unwrap()[1], changed);
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
}

#[test]
fn the_last_active_admin_stays_one() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    give_own_secret(&mut workbook);
    let ada = workbook.user().id;
    let bea = workbook.add_user("Bea", Role::Admin).unwrap().id;
    workbook.change_user(bea, &active(false)).unwrap();
    let head = workbook.audit_head();
    let demoted = workbook.change_user(ada, &role(Role::Reviewer));
    assert!(matches!(demoted, Err(WorkbookError::LastAdmin(name)) if name == "Ada"), "an inactive admin is none");
    assert!(matches!(workbook.change_user(ada, &active(false)), Err(WorkbookError::Name(_))), "not oneself");
    assert_eq!(workbook.audit_head(), head);
    workbook.change_user(bea, &active(true)).unwrap();
    assert_eq!(workbook.change_user(ada, &role(Role::Preparer)).unwrap().role, Role::Preparer);
    assert_eq!(workbook.user().role, Role::Preparer, "it holds at once");
    assert!(matches!(workbook.change_user(ada, &role(Role::Admin)), Err(WorkbookError::NotAllowed { .. })));
    workbook.close().unwrap();
    let sql = desk.raw();
    for code_gone_wrong in ["UPDATE users SET active = 0", "UPDATE users SET role = 'reviewer'", "DELETE FROM users"] {
        assert!(sql.execute(code_gone_wrong, []).is_err(), "{code_gone_wrong}");
    }
}

#[test]
fn a_name_that_somebody_had_is_never_anybody_elses() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    give_own_secret(&mut workbook);
    let bea = workbook.add_user("Bea", Role::Preparer).unwrap();
    workbook.change_user(bea.id, &name("Beatrix")).unwrap();
    for taken in ["Ada", "ADA ", "bea", "Beatrix"] {
        let added = workbook.add_user(taken, Role::Preparer);
        assert!(matches!(added, Err(WorkbookError::NameTaken(_))), "{taken}: {added:?}");
    }
    assert!(matches!(workbook.change_user(bea.id, &name("ada")), Err(WorkbookError::NameTaken(_))));
    assert_eq!(workbook.change_user(bea.id, &name("Bea")).unwrap().name, "Bea", "one's own may come back");
    assert_eq!(workbook.change_user(bea.id, &name("BEA")).unwrap().name, "BEA");
    assert_eq!(workbook.users().unwrap().len(), 2);
}

#[test]
fn hostile_names_are_refused_or_kept_as_they_are() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    give_own_secret(&mut workbook);
    let refused: [(&str, PersonError); 5] = [
        ("", PersonError::NoName),
        ("system", PersonError::Reserved),
        ("Ad\u{200d}a", PersonError::Invisible),
        ("\u{202e}eeB", PersonError::Invisible),
        (&"x".repeat(10_000), PersonError::TooLong { letters: 10_000 }),
    ];
    for (given, expected) in refused {
        assert!(
            matches!(workbook.add_user(given, Role::Admin), Err(WorkbookError::Person(error)) if error == expected)
        );
    }
    for kept in
        ["'); DROP TABLE users; --x", "<img src=x onerror=alert(1)>", "=HYPERLINK(\"a\")", "علي ومريم", "{{7*7}}"]
    {
        assert_eq!(workbook.add_user(kept, Role::Preparer).unwrap().name, kept);
    }
    assert_eq!(workbook.users().unwrap().len(), 6);
    assert!(workbook.verify_chain().unwrap().holds());
}

#[test]
fn only_an_admin_manages_people() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    give_own_secret(&mut workbook);
    let ada = workbook.user().id;
    let others = [Role::Preparer, Role::Reviewer].map(|role| workbook.add_user(role.as_str(), role).unwrap());
    for User { id, .. } in others {
        workbook.sign_in(id, None, None).unwrap();
        let head = workbook.audit_head();
        let refusals = [
            workbook.add_user("Cid", Role::Admin).err(),
            workbook.change_user(id, &role(Role::Admin)).err(),
            workbook.change_user(ada, &name("Nobody")).err(),
            workbook.reset_secret(ada, "123456").err(),
            workbook.set_single_user(false, "because").err(),
            workbook.change_passphrase("wrong as it is", "staple battery").err(),
        ];
        for refusal in refusals {
            assert!(matches!(refusal, Some(WorkbookError::NotAllowed { .. })), "{refusal:?}");
        }
        assert_eq!(workbook.audit_head(), head);
    }
}

#[test]
fn one_person_or_more_is_an_admins_word_with_a_reason() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    assert!(matches!(workbook.set_single_user(false, "  "), Err(WorkbookError::Name(_))));
    workbook.set_single_user(false, "Bea reviews now").unwrap();
    assert!(!workbook.company().single_user);
    let expected = r#"{"after":false,"before":true,"reason":"Bea reviews now"}"#;
    assert_eq!(told(&workbook, 1), [event("Ada", "company.single_user_changed", expected)]);
    workbook.close().unwrap();
    assert!(!desk.open().company().single_user);
}
