//! `tieout workbook close`: a month is prepared, reviewed, locked, refuses changes, and is reopened.

use crate::command::{Answer, Desk, text};

const BOOK: &str = "joinery.tieout";

fn new_book(desk: &Desk, single_user: bool) {
    let company = ["--company", "Joinery Ltd", "--user", "Ada Byron", "--currency", "EUR"];
    let single = single_user.then_some("--single-user");
    desk.tieout(["workbook", "new", BOOK].into_iter().chain(company).chain(single)).with_code(0);
    let bank = text(&desk.write(
        "bank.csv",
        "date,description,counterparty,amount,currency,balance\n\
         2026-01-08,Invoice RE-1001,Alder GmbH,500.00,EUR,1500.00\n\
         2026-01-30,Account fee January,,-2.50,EUR,1497.50\n\
         2026-02-10,Invoice RE-1002,Birch GmbH,600.00,EUR,2097.50\n",
    ));
    let ledger = text(&desk.write(
        "ledger.csv",
        "number,date,counterparty,amount,currency\n\
         RE-1001,2026-01-02,Alder GmbH,500.00,EUR\nRE-1002,2026-01-20,Birch GmbH,600.00,EUR\n",
    ));
    desk.tieout(["workbook", "import", BOOK, "--statement", &bank, "--ledger", &ledger, "--account", "Current"])
        .with_code(0);
    desk.tieout(["workbook", "match", BOOK]).with_code(0);
}

fn close(desk: &Desk, arguments: &[&str]) -> Answer {
    desk.tieout(["workbook", "close", BOOK].into_iter().chain(arguments.iter().copied()))
}

#[test]
fn a_month_is_closed_locked_and_reopened() {
    let desk = Desk::new();
    new_book(&desk, true);
    let listed = close(&desk, &[]).with_code(0).stdout;
    assert!(listed.contains("next: 2026-01-01 to 2026-01-31"), "{listed}");
    let january = ["--through", "2026-01-31"];
    let refused = close(&desk, &january).with_code(4).stderr;
    assert!(refused.contains("no period of the account ends on 2026-01-31: open it with --prepare"), "{refused}");

    let prepared = close(&desk, &[&january[..], &["--prepare"]].concat()).with_code(0).stdout;
    assert!(prepared.contains("Current, 2026-01-01 to 2026-01-31: prepared"), "{prepared}");
    assert!(prepared.contains("opening 1000.00 + lines 497.50 = closing 1497.50 EUR"), "{prepared}");
    assert!(prepared.contains("prepared by Ada Byron") && prepared.contains("(single-user workbook)"), "{prepared}");
    let locked = close(&desk, &[&january[..], &["--review", "--lock", "--json"]].concat()).with_code(0).json();
    assert_eq!(locked["period"]["period"]["state"], "locked");
    assert_eq!(locked["check"]["asSigned"], true);
    let verified = desk.tieout(["verify", BOOK]).with_code(0).stdout;
    assert!(verified.contains("2026-01-01 to 2026-01-31 of Current (locked) is as it was signed"), "{verified}");

    let late = text(&desk.write(
        "late.csv",
        "date,description,counterparty,amount,currency,balance\n2026-01-31,Interest,,1.00,EUR,1498.50\n",
    ));
    let refused =
        desk.tieout(["workbook", "import", BOOK, "--statement", &late, "--account", "Current"]).with_code(4).stderr;
    assert!(refused.contains("the period 2026-01-01 to 2026-01-31 of Current is locked"), "{refused}");
    assert!(refused.contains("reopen the period first"), "{refused}");

    let refused = close(&desk, &[&january[..], &["--reopen"]].concat()).with_code(4).stderr;
    assert!(refused.contains("say why"), "{refused}");
    for answer in [&["--decline", "--reason", "no"][..], &["--withdraw"]] {
        let refused = close(&desk, &[&january[..], answer].concat()).with_code(4).stderr;
        assert!(refused.contains("nobody asked for this period to be reopened"), "{refused}");
    }
    close(&desk, &[&january[..], &["--decline", "--reopen", "--reason", "no"]].concat()).with_code(2);
    let reopened =
        close(&desk, &[&january[..], &["--reopen", "--reason", "interest is missing"]].concat()).with_code(0);
    assert!(reopened.stdout.contains("2026-01-31: open"), "{}", reopened.stdout);
    desk.tieout(["workbook", "import", BOOK, "--statement", &late, "--account", "Current"]).with_code(0);
}

#[test]
fn who_prepared_does_not_review() {
    let desk = Desk::new();
    new_book(&desk, false);
    let january = ["--through", "2026-01-31"];
    close(&desk, &[&january[..], &["--prepare"]].concat()).with_code(0);
    let refused = close(&desk, &[&january[..], &["--review"]].concat()).with_code(4).stderr;
    assert!(refused.contains("Ada Byron prepared this period: a second person must sign it off"), "{refused}");
    let refused = close(&desk, &[&january[..], &["--review", "--user", "Ben"]].concat()).with_code(4).stderr;
    assert!(refused.contains("nobody called 'Ben' works here: Ada Byron"), "{refused}");
    let back = close(&desk, &[&january[..], &["--take-back", "--reason", "a line is missing"]].concat()).with_code(0);
    assert!(back.stdout.contains("2026-01-31: open"), "{}", back.stdout);
}

#[test]
fn a_mistyped_day_opens_no_period_and_what_is_refused_leaves_none() {
    let desk = Desk::new();
    new_book(&desk, true);
    let refused = close(&desk, &["--through", "2026-01-13", "--prepare"]).with_code(4).stderr;
    assert!(refused.contains("its next one is 2026-01-01 to 2026-01-31: give --through 2026-01-31"), "{refused}");
    // Half a month has no closing balance of its own account statement's end, but may be meant.
    let meant = close(&desk, &["--through", "2026-01-13", "--new-days", "--prepare"]).with_code(0).stdout;
    assert!(meant.contains("2026-01-01 to 2026-01-13: prepared"), "{meant}");

    let desk = Desk::new();
    new_book(&desk, true);
    let stated = ["--closing", "1.00", "--balance-reason", "letter"];
    let refused = close(&desk, &[&["--through", "2026-01-31", "--prepare"][..], &stated].concat()).with_code(4).stderr;
    assert!(refused.contains("the closing balance is known"), "{refused}");
    let listed = close(&desk, &[]).with_code(0).stdout;
    assert!(listed.contains("next: 2026-01-01 to 2026-01-31") && !listed.contains("  2026-01-01"), "{listed}");
}

#[test]
fn what_is_signed_is_what_the_listing_showed() {
    let desk = Desk::new();
    new_book(&desk, true);
    let january = ["--through", "2026-01-31"];
    let prepared = close(&desk, &[&january[..], &["--prepare", "--json"]].concat()).with_code(0).json();
    let content = prepared["period"]["period"]["content"].as_str().unwrap().to_owned();
    let other = "0".repeat(64);
    let refused = close(&desk, &[&january[..], &["--review", "--content", &other]].concat()).with_code(4).stderr;
    assert!(refused.contains("not what you looked at any more"), "{refused}");
    close(&desk, &[&january[..], &["--review", "--content", &content]].concat()).with_code(0);
}

#[test]
fn a_closing_balance_that_the_bank_does_not_state_is_given_with_a_reason() {
    let desk = Desk::new();
    let company = ["--company", "Joinery Ltd", "--user", "Ada Byron", "--single-user"];
    desk.tieout(["workbook", "new", BOOK].into_iter().chain(company)).with_code(0);
    let bank = text(&desk.write("bank.csv", "date,description,amount,currency\n2026-01-08,Rent,-400.00,EUR\n"));
    desk.tieout(["workbook", "import", BOOK, "--statement", &bank, "--account", "Current"]).with_code(0);
    let prepare = ["--through", "2026-01-31", "--prepare"];
    let refused = close(&desk, &prepare).with_code(4).stderr;
    assert!(
        refused.contains("the bank states no opening balance for these days: state it, with a reason"),
        "{refused}"
    );
    close(&desk, &[&prepare[..], &["--opening", "1000"]].concat()).with_code(2);
    let stated = ["--opening", "1000", "--closing", "600.01", "--balance-reason", "letter of the bank"];
    let refused = close(&desk, &[&prepare[..], &stated].concat()).with_code(4).stderr;
    assert!(refused.contains("off by -0.01 EUR"), "{refused}");
    let stated = ["--opening", "1000", "--closing", "600", "--balance-reason", "letter of the bank"];
    let prepared = close(&desk, &[&prepare[..], &stated, &["--json"]].concat()).with_code(0).json();
    assert_eq!(prepared["period"]["figures"]["closingSource"], "hand");
    assert_eq!(prepared["period"]["figures"]["closingReason"], "letter of the bank");
}
