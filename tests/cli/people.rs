//! People from the command line: `--user`, secrets from the environment, and the passphrase.

use crate::command::{Answer, Desk, PASSPHRASE};

const BOOK: &str = "joinery.tieout";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.tieout(["workbook", "new", BOOK, "--company", "Lindqvist & Amara", "--user", "Ada Byron"]).with_code(0);
    desk
}

fn tieout(desk: &Desk, variables: &[(&str, &str)], arguments: &[&str]) -> Answer {
    desk.tieout_with(variables, "", arguments)
}

#[test]
fn people_sign_in_by_name_and_do_what_their_role_allows() {
    let desk = desk();
    let listed = desk.tieout(["workbook", "people", "list", BOOK, "--json"]).with_code(0).json();
    assert_eq!((&listed["people"][0]["role"], &listed["singleUser"]), (&"admin".into(), &false.into()));
    let first = [("TIEOUT_NEW_USER_SECRET", "first one")];
    let add = ["workbook", "people", "add", BOOK, "Bea Otto", "--role", "reviewer", "--secret"];
    tieout(&desk, &first, &add).with_code(0);

    let nobody = desk.tieout(["workbook", "review", BOOK]).with_code(4);
    assert!(nobody.stderr.contains("--user NAME: Ada Byron, Bea Otto"), "{}", nobody.stderr);
    let missing = desk.tieout(["workbook", "review", BOOK, "--user", "Bea Otto"]).with_code(4);
    assert!(missing.stderr.contains("TIEOUT_USER_SECRET"), "{}", missing.stderr);
    let to_choose = [("TIEOUT_USER_SECRET", "first one")];
    let refused = tieout(&desk, &to_choose, &["workbook", "review", BOOK, "--user", "Bea Otto"]).with_code(4);
    assert!(refused.stderr.contains("TIEOUT_NEW_USER_SECRET"), "{}", refused.stderr);
    let chosen = [("TIEOUT_USER_SECRET", "first one"), ("TIEOUT_NEW_USER_SECRET", "471199")];
    tieout(&desk, &chosen, &["workbook", "review", BOOK, "--user", "bea otto"]).with_code(0);

    let wrong = [("TIEOUT_USER_SECRET", "first one")];
    let wrong = tieout(&desk, &wrong, &["workbook", "review", BOOK, "--user", "Bea Otto"]).with_code(4);
    assert!(wrong.stderr.contains("that is not right"), "{}", wrong.stderr);
    let bea = [("TIEOUT_USER_SECRET", "471199")];
    let run = tieout(&desk, &bea, &["workbook", "match", BOOK, "--user", "Bea Otto"]).with_code(4);
    assert!(run.stderr.contains("Bea Otto works here as reviewer and may not"), "{}", run.stderr);
    let promoted = ["workbook", "people", "role", BOOK, "Bea Otto", "admin", "--user", "Bea Otto"];
    tieout(&desk, &bea, &promoted).with_code(4);

    let ada = ["--user", "Ada Byron"];
    let demote = [&["workbook", "people", "role", BOOK, "Bea Otto", "preparer"][..], &ada].concat();
    let nobodys = desk.tieout(demote.iter().copied()).with_code(4);
    assert!(nobodys.stderr.contains("Ada Byron has no secret of their own"), "{}", nobodys.stderr);
    let own = [&["workbook", "people", "secret", BOOK][..], &ada].concat();
    tieout(&desk, &[("TIEOUT_NEW_USER_SECRET", "220713")], &own).with_code(0);
    let adas = [("TIEOUT_USER_SECRET", "220713")];
    tieout(&desk, &adas, &demote).with_code(0);
    tieout(&desk, &bea, &["workbook", "match", BOOK, "--user", "Bea Otto"]).with_code(0);
    let last =
        tieout(&desk, &adas, &[&["workbook", "people", "role", BOOK, "Ada Byron", "reviewer"][..], &ada].concat());
    assert!(last.with_code(4).stderr.contains("last active admin"));
    tieout(&desk, &adas, &[&["workbook", "people", "deactivate", BOOK, "Bea Otto"][..], &ada].concat()).with_code(0);
    let gone = tieout(&desk, &bea, &["workbook", "review", BOOK, "--user", "Bea Otto"]).with_code(4);
    assert!(gone.stderr.contains("nobody called 'Bea Otto' works here"), "{}", gone.stderr);
    tieout(&desk, &adas, &[&["workbook", "review", BOOK][..], &ada].concat()).with_code(0);
    desk.tieout(["verify", BOOK]).with_code(0);
}

#[test]
fn an_own_secret_is_set_changed_reset_and_removed() {
    let desk = desk();
    let new = [("TIEOUT_NEW_USER_SECRET", "471199")];
    let short = [("TIEOUT_NEW_USER_SECRET", "12345")];
    let secret = ["workbook", "people", "secret", BOOK];
    assert!(tieout(&desk, &short, &secret).with_code(4).stderr.contains("6 to 200 characters"));
    tieout(&desk, &new, &secret).with_code(0);
    desk.tieout(["workbook", "people", "list", BOOK]).with_code(4);
    let present = [("TIEOUT_USER_SECRET", "471199")];
    tieout(&desk, &present, &[&secret[..], &["--remove", "--user", "Ada Byron"]].concat()).with_code(0);
    let listed = desk.tieout(["workbook", "people", "list", BOOK, "--json"]).with_code(0).json();
    assert_eq!(listed["people"][0]["hasSecret"], false);
    desk.tieout(["workbook", "people", "add", BOOK, "Bea", "--role", "reviewer"]).with_code(0);
    let reset = [&secret[..], &["--reset", "Bea", "--user", "Ada Byron"]].concat();
    let refused = tieout(&desk, &new, &reset).with_code(4).stderr;
    assert!(refused.contains("tieout workbook people secret"), "{refused}");
    tieout(&desk, &new, &[&secret[..], &["--user", "Ada Byron"]].concat()).with_code(0);
    tieout(&desk, &[present[0], ("TIEOUT_NEW_USER_SECRET", "654321")], &reset).with_code(0);
    desk.tieout(["workbook", "review", BOOK, "--user", "Bea"]).with_code(4);
}

#[test]
fn who_holds_the_passphrase_gives_an_admin_another_secret() {
    let desk = desk();
    let secret = ["workbook", "people", "secret", BOOK];
    tieout(&desk, &[("TIEOUT_NEW_USER_SECRET", "471199")], &secret).with_code(0);
    let recover = [&secret[..], &["--recover", "Ada Byron"]].concat();
    let wrong = desk.tieout_as("not the passphrase", recover.iter().copied()).with_code(4);
    assert!(wrong.stderr.contains("passphrase is wrong"), "{}", wrong.stderr);
    tieout(&desk, &[("TIEOUT_NEW_USER_SECRET", "654321")], &recover).with_code(0);
    let list = ["workbook", "people", "list", BOOK, "--user", "Ada Byron"];
    tieout(&desk, &[("TIEOUT_USER_SECRET", "471199")], &list).with_code(4);
    tieout(&desk, &[("TIEOUT_USER_SECRET", "654321")], &list).with_code(0);
    let nobody = tieout(&desk, &[("TIEOUT_NEW_USER_SECRET", "654321")], &[&secret[..], &["--recover", "Bea"]].concat());
    assert!(nobody.with_code(4).stderr.contains("nobody called 'Bea'"));
}

#[test]
fn a_changed_passphrase_opens_the_workbook_and_the_old_one_does_not() {
    let desk = desk();
    let arguments = ["workbook", "passphrase", BOOK];
    let missing = desk.tieout(arguments).with_code(4);
    assert!(missing.stderr.contains("TIEOUT_NEW_PASSPHRASE"), "{}", missing.stderr);
    tieout(&desk, &[("TIEOUT_NEW_PASSPHRASE", "short")], &arguments).with_code(4);
    tieout(&desk, &[("TIEOUT_NEW_PASSPHRASE", "staple battery horse")], &arguments).with_code(0);
    let old = desk.tieout_as(PASSPHRASE, ["workbook", "review", BOOK]).with_code(4);
    assert!(old.stderr.contains("passphrase is wrong"), "{}", old.stderr);
    desk.tieout_as("staple battery horse", ["workbook", "review", BOOK]).with_code(0);
}
