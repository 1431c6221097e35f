//! `tieout workbook backup` and `tieout workbook restore`: with real processes, real disks that are full, real kills.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use serde_json::Value;
use tieout_tests::{program, sample};

use crate::command::{Desk, PASSPHRASE, text};

const BOOK: &str = "joinery.tieout";

fn book(desk: &Desk) {
    desk.tieout(["workbook", "new", BOOK, "--company", "Lindqvist & Amara", "--user", "Ada Byron", "--single-user"])
        .with_code(0);
    let (statement, ledger) = (sample("bank/statement-2025.csv"), sample("bank/ledger-2025.csv"));
    desk.tieout(["workbook", "import", BOOK, "--statement", &text(&statement), "--ledger", &text(&ledger)])
        .with_code(0);
}

fn back_up(desk: &Desk) -> Value {
    desk.tieout(["workbook", "backup", BOOK, "--to", "stick", "--json"]).with_code(0).json()
}

/// Where it lies: told as the folder was named.
fn path_of(desk: &Desk, made: &Value) -> PathBuf {
    desk.path(made["backup"]["path"].as_str().expect("a path"))
}

/// All files in a folder and those in it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut found: Vec<PathBuf> =
        entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect();
    found.sort();
    found
}

fn is_partial(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "partial")
}

#[test]
fn a_workbook_is_backed_up_checked_lost_and_restored_on_another_machine() {
    let desk = Desk::new();
    book(&desk);
    let made = back_up(&desk);
    let listed = desk.tieout(["workbook", "backup", BOOK, "--to", "stick", "--list", "--json"]).with_code(0).json();
    assert_eq!(listed[0], made["backup"]);
    assert_eq!((&listed[0]["kind"], listed.as_array().unwrap().len()), (&"full".into(), 1));
    let checked = desk.tieout(["workbook", "backup", BOOK, "--to", "stick", "--verify"]).with_code(0);
    assert!(checked.stdout.starts_with("valid "), "{}", checked.stdout);
    // The other machine has the folder and the passphrase, and nothing else.
    let other = Desk::new();
    let stick = text(&desk.path("stick"));
    let no_keychain = [("DBUS_SESSION_BUS_ADDRESS", "unix:path=/none")];
    let there = |arguments: &[&str]| other.tieout_with(&no_keychain, "", arguments);
    let restored = there(&["workbook", "restore", &stick, "--out", "back", "--json"]).with_code(0).json();
    assert_eq!((&restored["company"], &restored["lost"]), (&"Lindqvist & Amara".into(), &Value::Null));
    assert_eq!(restored["events"], made["events"]);
    let lines = |book| ["workbook", "list", "lines", book, "--csv"];
    assert_eq!(there(&lines("back.tieout")).with_code(0).stdout, desk.tieout(lines(BOOK)).with_code(0).stdout);
    there(&["verify", "back.tieout"]).with_code(0);
    // It has worked in what came back since, and has no keychain: its file of heads knows.
    let words = there(&["workbook", "restore", &stick, "--out", "words.tieout"]).with_code(0).stdout;
    assert!(words.contains("is not in it") && words.contains("knows of 1 later events"), "{words}");
    let third = Desk::new();
    let restore = ["workbook", "restore", &stick, "--out", "words.tieout"];
    let words = third.tieout_with(&no_keychain, "", restore).with_code(0).stdout;
    assert!(words.contains("is not in it") && words.contains("does not know how much"), "{words}");
}

#[test]
fn nothing_is_written_over_and_what_cannot_be_restored_says_why() {
    let desk = Desk::new();
    book(&desk);
    let made = path_of(&desk, &back_up(&desk));
    let stick = text(&made);
    let taken = desk.tieout(["workbook", "restore", &stick, "--out", BOOK]).with_code(4);
    assert!(taken.stderr.contains("already a file"), "{}", taken.stderr);
    desk.write("other.tieout-wal", "left by a crash");
    let left = desk.tieout(["workbook", "restore", &stick, "--out", "other.tieout"]).with_code(4);
    assert!(left.stderr.contains("left of an earlier workbook"), "{}", left.stderr);
    let wrong = desk.tieout_as("not this one", ["workbook", "restore", &stick, "--out", "new.tieout"]).with_code(4);
    assert!(wrong.stderr.contains("passphrase is wrong"), "{}", wrong.stderr);
    let early = ["workbook", "restore", "stick", "--at", "2020-01-01", "--out", "new.tieout"];
    assert!(desk.tieout(early).with_code(4).stderr.contains("the first is of"));
    let mut bytes = fs::read(&made).expect("the backup");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&made, bytes).expect("another byte");
    let name = made.file_name().expect("a name").to_string_lossy().into_owned();
    let found = desk.tieout(["workbook", "backup", BOOK, "--to", "stick", "--verify"]).with_code(1);
    assert!(found.stdout.contains("NOT VALID") && found.stdout.contains(&name), "{}", found.stdout);
    let refused = desk.tieout(["workbook", "restore", &stick, "--out", "new.tieout"]).with_code(4);
    assert!(refused.stderr.contains("damaged") && refused.stderr.contains("page"), "{}", refused.stderr);
    assert!(!desk.path("new.tieout").exists() && !desk.path("other.tieout").exists());
}

#[test]
fn a_copy_restored_beside_the_workbook_never_becomes_its_newest_backup() {
    let desk = Desk::new();
    book(&desk);
    let first = path_of(&desk, &back_up(&desk));
    desk.tieout(["workbook", "restore", "stick", "--out", "looked-up.tieout"]).with_code(0);
    // Full backups are told in the history: this one is longer than the copy's.
    let newest = path_of(&desk, &back_up(&desk));
    assert_eq!(newest.parent(), first.parent());
    let other = desk.tieout(["workbook", "backup", "looked-up.tieout", "--to", "stick", "--json"]).with_code(0).json();
    let other = path_of(&desk, &other);
    assert_ne!(other.parent(), first.parent(), "it has a folder of its own");
    let folder = text(first.parent().expect("a folder"));
    let restored = desk.tieout(["workbook", "restore", &folder, "--out", "back.tieout", "--json"]).with_code(0).json();
    let listed = desk.tieout(["workbook", "backup", BOOK, "--to", "stick", "--list", "--json"]).with_code(0).json();
    assert_eq!(restored["madeAt"], listed[0]["madeAt"]);
    assert_eq!(listed.as_array().map(Vec::len), Some(2));
}

#[test]
fn a_killed_backup_leaves_no_half_one() {
    let desk = Desk::new();
    book(&desk);
    let stick = desk.path("stick");
    let (mut cut, mut whole) = (0, 0);
    for round in 0..16_u64 {
        let before = files(&stick);
        let mut child = Command::new(program("TIEOUT_BIN"))
            .args(["workbook", "backup", BOOK, "--to", "stick"])
            .current_dir(desk.path(""))
            .env("HOME", desk.path(""))
            .env("XDG_DATA_HOME", desk.path("data"))
            .env("TIEOUT_PASSPHRASE", PASSPHRASE)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("tieout starts");
        // It is killed as soon as the first of the copy lies there, or some milliseconds later.
        while files(&stick) == before && child.try_wait().expect("its state").is_none() {
            thread::sleep(Duration::from_micros(200));
        }
        thread::sleep(Duration::from_millis(round * 7 % 30));
        child.kill().expect("killed");
        child.wait().expect("ended");
        match files(&stick).iter().any(|path| is_partial(path)) {
            true => cut += 1,
            false => whole += 1,
        }
        desk.tieout(["workbook", "backup", BOOK, "--to", "stick", "--verify"]).with_code(0);
    }
    #[expect(clippy::print_stdout, reason = "how often the kill came in the middle is of interest")]
    {
        println!("16 kills, {cut} in the middle of a backup, {whole} after it: none left half");
    }
    assert!(cut > 0, "not one kill came in the middle");
    back_up(&desk);
    assert!(!files(&stick).iter().any(|path| is_partial(path)), "the next one clears up");
    desk.tieout(["verify", BOOK]).with_code(0);
}

/// A disk of its own that is too small: where the system lets nobody make one, there is nothing to see.
#[cfg(target_os = "linux")]
#[test]
fn on_a_full_disk_no_backup_is_left_and_it_is_told() {
    let desk = Desk::new();
    book(&desk);
    fs::create_dir(desk.path("small")).expect("a folder");
    let script = "mount -t tmpfs -o size=300k none small || exit 77
        \"$0\" workbook backup joinery.tieout --to small
        code=$?
        find small -type f ! -name .lock
        exit $code";
    let tried = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", script])
        .arg(program("TIEOUT_BIN"))
        .current_dir(desk.path(""))
        .env("HOME", desk.path(""))
        .env("XDG_DATA_HOME", desk.path("data"))
        .env("TIEOUT_PASSPHRASE", PASSPHRASE)
        .output();
    let made_none = |code: Option<i32>| matches!(code, Some(1 | 77 | 127) | None);
    match tried {
        Ok(output) if !made_none(output.status.code()) => {
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(4), "{told}");
            assert!(told.contains("no room left") && told.contains("have to be free"), "{told}");
            assert_eq!(String::from_utf8_lossy(&output.stdout), "", "nothing is left of it");
        }
        _ => {
            #[expect(clippy::print_stdout, reason = "a test that saw nothing says so")]
            {
                println!("left out: no small disk can be made here");
            }
        }
    }
    desk.tieout(["verify", BOOK]).with_code(0);
}
