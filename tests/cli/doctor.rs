//! `tieout doctor`: what it finds, and what may be handed over.

use std::{
    fs::{self, File},
    io::Read,
};

use serde_json::Value;

use crate::{
    alerts::{BOOK, book, mail_through},
    command::{Answer, Desk},
    mail_server::{MailServer, PASSWORD, Protection, USER},
};

fn states<'a>(checks: &'a Value, what: &str) -> Vec<&'a str> {
    let checks = checks.as_array().expect("a list").iter();
    checks.filter(|check| check["what"] == what).map(|check| check["state"].as_str().expect("a word")).collect()
}

fn doctor(desk: &Desk, password: &str, arguments: &[&str]) -> Answer {
    let all = ["doctor"].iter().chain(arguments).chain(&["--json"]);
    desk.tieout_with(&[("TIEOUT_SMTP_PASSWORD", password)], "", all)
}

#[test]
fn a_sound_machine_and_workbook_are_called_so() {
    let desk = book();
    let alone = doctor(&desk, "", &[]).with_code(0).json();
    assert_eq!(states(&alone, "clock"), ["fine"]);
    assert_eq!(states(&alone, "content"), [""; 0], "no workbook was named");
    let checks = doctor(&desk, "", &[BOOK]).with_code(0).json();
    assert!(states(&checks, "content").iter().all(|state| *state == "fine"), "{checks}");
    assert!(states(&checks, "content").len() >= 2, "{checks}");
}

#[test]
fn a_changed_byte_is_a_fault_and_so_is_what_is_no_workbook() {
    let desk = book();
    let mut bytes = fs::read(desk.path(BOOK)).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(desk.path(BOOK), bytes).unwrap();
    let checks = doctor(&desk, "", &[BOOK]).with_code(1).json();
    let found = [states(&checks, "workbook"), states(&checks, "content")].concat();
    assert!(found.contains(&"fault"), "{checks}");
    desk.write("notes.tieout", "no workbook");
    for name in ["notes.tieout", "missing.tieout"] {
        let checks = doctor(&desk, "", &[name]).with_code(1).json();
        assert_eq!(states(&checks, "workbook"), ["fault"], "{checks}");
    }
}

#[test]
fn the_mail_server_is_asked_only_where_somebody_says_so() {
    let desk = book();
    let server = MailServer::start(Protection::StartTls, true);
    mail_through(&desk, &server, "starttls", USER);
    let asked = |password, online: &[&str]| doctor(&desk, password, &[&[BOOK], online].concat());
    assert_eq!(states(&asked("wrong-password", &[]).with_code(0).json(), "mail"), ["fine"]);
    assert_eq!(states(&asked(PASSWORD, &["--online"]).with_code(0).json(), "mail"), ["fine"]);
    let refused = asked("wrong-password", &["--online"]).with_code(1);
    assert_eq!(states(&refused.json(), "mail"), ["fault"]);
    assert!(!refused.stdout.contains("wrong-password"));
    assert!(server.mails().is_empty(), "asking sends nothing");
}

#[test]
fn what_is_handed_over_names_nobody() {
    let desk = book();
    doctor(&desk, "", &[BOOK, "--save", "help.zip"]).with_code(0);
    let mut archive = zip::ZipArchive::new(File::open(desk.path("help.zip")).unwrap()).unwrap();
    let mut all = String::new();
    for at in 0..archive.len() {
        archive.by_index(at).unwrap().read_to_string(&mut all).unwrap();
    }
    assert!(all.contains("\"lines\": 2") && all.contains("\"code\": \"verify.pages\""), "{all}");
    let home = desk.path("");
    for personal in ["Ada", "Jönsson", "Harrow", "Girokonto", "25000", BOOK, &home.to_string_lossy()] {
        assert!(!all.contains(personal), "{personal}: {all}");
    }
    doctor(&desk, "", &[BOOK, "--save", "help.zip"]).with_code(4);
}
