//! The audit log as a file, what an export leaves in it, and going on with an older copy.

use std::{fs, process::Command};

use serde_json::Value;

use crate::command::{Desk, text};

const BOOK: &str = "joinery.tieout";

/// What anybody can write who knows SHA-256 and JSON: prints the number of events and the head.
const CHECK: &str = r#"
import hashlib, json, sys
previous, number = "0" * 64, 0
for line in open(sys.argv[1], encoding="utf-8", newline="\n"):
    event = json.loads(line)
    told = event.pop("hash")
    number += 1
    canonical = json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert event["sequence"] == number, f"event {number} is missing"
    assert event["previous"] == previous, f"event {number} does not follow"
    assert hashlib.sha256(canonical.encode()).hexdigest() == told, f"event {number} was altered"
    previous = told
print(number, previous)
"#;

fn new_book(desk: &Desk) {
    let company = ["--company", "Joinery Ltd", "--user", "Ada Byron", "--single-user", "--currency", "EUR"];
    desk.tieout(["workbook", "new", BOOK].into_iter().chain(company)).with_code(0);
    let bank = "Date,Description,Amount\n2026-01-02,Müller \"RE-1\",100.00\n2026-01-03,Fee,-1.50\n";
    let bank = text(&desk.write("bank.csv", bank));
    desk.tieout(["workbook", "import", BOOK, "--statement", &bank, "--account", "Current"]).with_code(0);
}

fn newest(desk: &Desk) -> Value {
    let list = ["workbook", "list", "events", BOOK, "--limit", "1", "--json"];
    let page = desk.tieout(list).with_code(0).json();
    let columns = page["columns"].as_array().expect("columns");
    let row = &page["rows"][0]["cells"];
    let cell = |name: &str| {
        let at = columns.iter().position(|column| column["column"] == name).expect("the column");
        row[at]["text"].clone()
    };
    serde_json::json!({
        "action": cell("action"), "subject": cell("subject"), "machine": cell("machine"),
        "details": serde_json::from_str::<Value>(cell("details").as_str().expect("text")).expect("JSON"),
    })
}

#[test]
fn the_log_is_written_out_and_checked_by_a_few_lines_of_python() {
    let desk = Desk::new();
    new_book(&desk);
    let log = text(&desk.path("log.jsonl"));
    desk.tieout(["workbook", "audit-log", BOOK, "--out", &log]).with_code(0);
    let told = newest(&desk);
    assert_eq!(told["action"], "data.exported");
    assert_eq!(told["details"]["kind"], "audit");
    assert_eq!(told["details"]["files"][0]["name"], "log.jsonl");
    assert_eq!(told["details"]["files"][0]["bytes"], fs::metadata(&log).expect("the file").len());
    desk.tieout(["workbook", "audit-log", BOOK, "--out", &log]).with_code(4);

    let valid = desk.tieout(["verify", &log, "--json"]).with_code(0).json();
    let script = text(&desk.write("check.py", CHECK));
    let python = Command::new("python3").args([&script, &log]).output().expect("python3");
    assert!(python.status.success(), "{}", String::from_utf8_lossy(&python.stderr));
    let printed = String::from_utf8_lossy(&python.stdout);
    let (number, head) = printed.trim().split_once(' ').expect("a number and a head");
    assert_eq!(valid["findings"][0], format!("The audit chain holds: {number} events, head {head}."));

    let altered = fs::read_to_string(&log).expect("the file").replacen("Ada Byron", "Eve Byron", 1);
    let altered = text(&desk.write("altered.jsonl", altered));
    let found = desk.tieout(["verify", &altered, "--json"]).with_code(1).json();
    assert_eq!(found["findings"][0], "The audit log does not hold: event 1 was altered.");
}

#[test]
fn what_is_written_for_other_programs_and_every_report_is_told_of() {
    let desk = Desk::new();
    new_book(&desk);
    let csv = desk.tieout(["workbook", "list", "lines", BOOK, "--csv"]).with_code(0);
    let told = newest(&desk);
    assert_eq!(told["action"], "data.exported");
    assert_eq!(told["subject"], "csv of 2 lines");
    assert_eq!(told["details"]["files"][0]["bytes"], csv.stdout.len());
    desk.tieout(["exceptions", BOOK, "--csv"]).with_code(0);
    assert_eq!(newest(&desk)["subject"], "csv of 2 exceptions");
    let out = text(&desk.path("result"));
    desk.tieout(["workbook", "export", BOOK, "--out", &out]).with_code(0);
    let told = newest(&desk);
    assert_eq!(told["action"], "report.exported");
    assert_eq!(told["details"]["kind"], "folder");
    assert_eq!(told["details"]["place"], "result");
    let files = told["details"]["files"].as_array().expect("files");
    let names: Vec<&str> = files.iter().filter_map(|file| file["name"].as_str()).collect();
    assert_eq!(names, ["matches.csv", "exceptions.csv", "report.json", "report.pdf"]);
    assert!(!told.to_string().contains(&text(desk.path("result").parent().expect("a folder"))), "{told}");
    desk.tieout(["verify", BOOK]).with_code(0);
}

#[test]
fn an_older_copy_needs_a_reason_and_something_to_accept() {
    let desk = Desk::new();
    new_book(&desk);
    let refused = desk.tieout(["workbook", "accept-history", BOOK, "--reason", "restored"]).with_code(4);
    assert!(refused.stderr.contains("there is nothing to accept"), "{}", refused.stderr);
}

#[test]
fn a_report_tells_whether_a_workbook_is_the_one_it_was_made_from() {
    let desk = Desk::new();
    new_book(&desk);
    fs::copy(desk.path(BOOK), desk.path("older.tieout")).expect("a copy");
    for out in ["first", "second"] {
        desk.tieout(["workbook", "export", BOOK, "--out", out]).with_code(0);
    }
    let reports = ["--report", "first", "--report", "second/report.pdf"];
    let verify = |book| desk.tieout(["verify", book].into_iter().chain(reports));
    let told = verify(BOOK).with_code(0).stdout;
    assert!(told.contains("second/report.pdf was made from this workbook at event "), "{told}");
    let told = verify("older.tieout").with_code(1).stdout;
    assert!(told.contains("second/report.pdf saw event "), "{told}");
    assert!(told.contains("it is an older copy, or another"), "{told}");
    // Other things happen in the older copy.
    for _ in 0..3 {
        desk.tieout(["workbook", "list", "lines", "older.tieout", "--csv"]).with_code(0);
    }
    let told = verify("older.tieout").with_code(1).stdout;
    assert!(told.contains("The workbook's history is not the one that second/report.pdf saw"), "{told}");

    let mut altered = fs::read(desk.path("first/report.pdf")).expect("the report");
    let middle = altered.len() / 2;
    altered[middle] ^= 1;
    desk.write("altered.pdf", altered);
    let told = desk.tieout(["verify", BOOK, "--report", "altered.pdf"]).with_code(1).stdout;
    assert!(told.contains("altered.pdf is not as it was signed"), "{told}");
    let refused = desk.tieout(["verify", "first", "--report", "second"]).with_code(4).stderr;
    assert!(refused.contains("--report compares a workbook with reports"), "{refused}");
}
