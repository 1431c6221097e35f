//! What goes outside carries its data inside it, and shows no more of people than was wanted.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;
use tieout_tests::{PdfsigReport, pdf_text, sample};

use crate::command::{Desk, text};

const DATA: [&str; 3] = ["matches.csv", "exceptions.csv", "report.json"];

/// Everything that a folder of results says, in the pages, the files beside them and the files inside.
fn said(desk: &Desk, out: &str) -> String {
    let report = desk.path(out).join("report.pdf");
    let inside = format!("{out}-inside");
    desk.tieout(["verify", &text(&report), "--extract", &inside]).with_code(0);
    let mut all = pdf_text(&report);
    for name in DATA {
        let beside = fs::read_to_string(desk.path(out).join(name)).expect("the file beside");
        assert_eq!(beside, fs::read_to_string(desk.path(&inside).join(name)).expect("the file inside"), "{name}");
        all.push_str(&beside);
    }
    all
}

/// Words of a file that have the shape of an account number or an address.
fn personal(path: &Path) -> BTreeSet<String> {
    let bytes = fs::read(path).expect("the report");
    let text = String::from_utf8_lossy(&bytes);
    let words = text.split(|c: char| c.is_whitespace() || ",;\"<>:/".contains(c));
    let is_iban = |word: &str| {
        let bytes = word.as_bytes();
        word.is_ascii()
            && bytes.len() > 14
            && bytes[..2].iter().all(u8::is_ascii_uppercase)
            && bytes[2..4].iter().all(u8::is_ascii_digit)
            && bytes.iter().all(u8::is_ascii_alphanumeric)
            && bytes.iter().filter(|byte| byte.is_ascii_digit()).count() > 10
    };
    words.filter(|word| is_iban(word) || word.contains('@')).map(str::to_owned).collect()
}

#[test]
fn no_account_number_or_address_of_the_sample_survives_masking() {
    let desk = Desk::new();
    let (statement, ledger) = (sample("bank/statement-2025.csv"), sample("bank/ledger-2025.csv"));
    let other = desk.write(
        "DE89370400440532013000.csv",
        "date,counterparty,reference,amount,currency\n\
         2025-03-01,Ada Byron,\"RE-9 Byron, ada.byron@mail.example, DE89 3704 0044 0532 0130 00\",100.00,EUR\n\
         2025-03-02,Ada Byron,Karte 4111 1111 1111 1111,200.00,EUR\n",
    );
    let run = |out: &str, mask: &[&str]| {
        let (statement, ledger, other) = (text(&statement), text(&ledger), text(&other));
        let files = ["reconcile", "--statement", &statement, "--statement", &other, "--ledger", &ledger, "--out", out];
        desk.tieout(files.iter().chain(mask)).with_code(0);
        said(&desk, out)
    };
    let open = run("open", &[]);
    let mut wanted = personal(&statement);
    wanted.extend(personal(&ledger));
    wanted.retain(|word| open.contains(word.as_str()));
    wanted.extend(["DE89370400440532013000", "ada.byron@mail.example", "4111 1111 1111 1111"].map(str::to_owned));
    assert!(wanted.iter().all(|word| open.contains(word.as_str())), "shown in full unless told otherwise");

    let masked = run("masked", &["--mask", "accounts,emails,names"]);
    for word in wanted.iter().map(String::as_str).chain(["DE89 3704", "Ada Byron", "Byron", "byron", "Stadtkasse"]) {
        assert!(!masked.contains(word), "{word}");
    }
    for shown in ["…3000", "a…@m…", "…1111", "A. B.", "do not show in full", "RE-9"] {
        assert!(masked.contains(shown), "{shown}");
    }
    let json: Value = serde_json::from_slice(&fs::read(desk.path("masked/report.json")).unwrap()).unwrap();
    assert_eq!(json["report_metadata"]["masked"]["names"], "mask");
    // The figures are the same, and the same request makes the same files.
    let summary = |out: &str| {
        let bytes = fs::read(desk.path(out).join("report.json")).unwrap();
        serde_json::from_slice::<Value>(&bytes).unwrap()["reconciliation_summary"]["matches"].clone()
    };
    assert_eq!(summary("open"), summary("masked"));
    run("again", &["--mask", "accounts,emails,names"]);
    for name in &DATA[..2] {
        let of = |out: &str| fs::read(desk.path(out).join(name)).unwrap();
        assert_eq!(of("masked"), of("again"), "{name}");
    }
    let omitted = run("omitted", &["--mask", "accounts=omit,emails=omit,names=omit"]);
    for word in ["…3000", "…1111", "a…@", "A. B."] {
        assert!(!omitted.contains(word), "{word}");
    }
    desk.tieout(["reconcile", "--statement", "x", "--ledger", "y", "--out", "z", "--mask", "amounts"]).with_code(2);
}

#[test]
fn the_audit_chain_tells_what_an_export_did_not_show() {
    let desk = Desk::new();
    let book = "joinery.tieout";
    desk.tieout(["workbook", "new", book, "--company", "Lindqvist & Amara", "--user", "Ada Byron", "--single-user"])
        .with_code(0);
    let (statement, ledger) = (sample("bank/statement-2025.csv"), sample("bank/ledger-2025.csv"));
    desk.tieout(["workbook", "import", book, "--statement", &text(&statement), "--ledger", &text(&ledger)])
        .with_code(0);
    desk.tieout(["workbook", "match", book]).with_code(0);
    let masked = ["workbook", "export", book, "--out", "out", "--mask", "accounts,names=omit"];
    desk.tieout(masked).with_code(0);
    let checked = PdfsigReport::of(&desk.path("out/report.pdf"));
    assert!(checked.is_valid_and_whole(), "{}", checked.0);
    let told = said(&desk, "out");
    for word in personal(&statement).into_iter().chain(personal(&ledger)) {
        assert!(!told.contains(&word), "{word}");
    }
    desk.tieout(["workbook", "audit-log", book, "--out", "log.jsonl"]).with_code(0);
    let log = fs::read_to_string(desk.path("log.jsonl")).unwrap().replace('\\', "");
    assert!(log.contains(r#""masked":{"accounts":"mask","names":"omit"}"#), "{log}");
    desk.tieout(["verify", book]).with_code(0);
}

#[test]
fn data_are_taken_out_of_a_valid_report_only_and_never_over_a_file() {
    let desk = Desk::new();
    let (statement, ledger) = (sample("bank/statement-2025.csv"), sample("bank/ledger-2025.csv"));
    desk.tieout(["reconcile", "--statement", &text(&statement), "--ledger", &text(&ledger), "--out", "out"])
        .with_code(0);
    fs::create_dir(desk.path("there")).unwrap();
    desk.write("there/report.json", "mine");
    let answer = desk.tieout(["verify", "out/report.pdf", "--extract", "there"]).with_code(4);
    assert!(answer.stderr.contains("report.json"), "{}", answer.stderr);
    assert_eq!(fs::read_to_string(desk.path("there/report.json")).unwrap(), "mine");
    assert!(!desk.path("there/matches.csv").exists());

    let mut pdf = fs::read(desk.path("out/report.pdf")).unwrap();
    let at = pdf.len() / 2;
    pdf[at] ^= 1;
    desk.write("altered.pdf", pdf);
    let answer = desk.tieout(["verify", "altered.pdf", "--extract", "altered"]).with_code(1);
    assert!(!desk.path("altered").exists(), "{}", answer.stdout);
    desk.tieout(["verify", "out", "--extract", "folder"]).with_code(4);
}
