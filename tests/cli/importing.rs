//! Taking files in by command: archives, questions, mapping files, taking back; and what is refused.

use std::{
    fs::File,
    io::{Cursor, Write},
};

use tieout_tests::sample;

use crate::command::{Answer, Desk, text};

const BOOK: &str = "joinery.tieout";

/// Whether 3 April or 4 March is meant, nothing in this file says.
const OPEN_DATES: &str = "Date,Text,Amount\n03/04/2026,Rent,-400.00\n05/04/2026,Till,80.00\n04/04/2026,Fee,-1.00\n";

fn new_book(desk: &Desk) {
    desk.tieout(["workbook", "new", BOOK, "--company", "Lindqvist & Amara", "--user", "Ada Byron", "--single-user"])
        .with_code(0);
}

fn import(desk: &Desk, file: &str, more: &[&str]) -> Answer {
    let arguments = ["workbook", "import", BOOK, "--statement", file, "--json"];
    desk.tieout(arguments.into_iter().chain(more.iter().copied()))
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("room in memory");
        writer.write_all(content).expect("room in memory");
    }
    writer.finish().expect("room in memory").into_inner()
}

#[test]
fn an_archive_is_taken_in_as_its_files() {
    let desk = Desk::new();
    new_book(&desk);
    let read = |name: &str| std::fs::read(sample(&format!("formats/{name}"))).unwrap();
    let (camt, mt940) = (read("statement-camt053.xml"), read("statement.sta"));
    let file = text(&desk.write("january.zip", zip(&[("camt.xml", &camt), ("mt940.sta", &mt940)])));
    let seen = desk.tieout(["inspect", &file, "--json"]).with_code(0).json();
    assert_eq!(
        (&seen["format"], &seen["rows_read"], &seen["proof"]["proved"]),
        (&"zip".into(), &12.into(), &12.into())
    );
    let taken = import(&desk, &file, &[]).with_code(0).json();
    assert_eq!((&taken[0]["added"], &taken[1]["added"]), (&6.into(), &6.into()));
}

#[test]
fn an_import_is_taken_back_as_one_and_can_come_again() {
    let desk = Desk::new();
    new_book(&desk);
    let file = text(&sample("bank/statement-2026-01.csv"));
    import(&desk, &file, &[]).with_code(0);
    let batches = desk.tieout(["workbook", "imports", BOOK, "--json"]).with_code(0).json();
    assert_eq!((&batches[0]["state"], &batches[0]["quality"]), (&"completed".into(), &100.into()));
    let id = batches[0]["id"].as_str().unwrap().to_owned();
    let undone = desk.tieout(["workbook", "imports", BOOK, "--undo", &id, "--json"]).with_code(0).json();
    assert_eq!((&undone[0]["state"], &undone[0]["note"]), (&"failed".into(), &"undone".into()));
    let again = import(&desk, &file, &[]).with_code(0).json();
    assert_eq!(again[0]["added"], 22);
    desk.tieout(["verify", BOOK]).with_code(0);
}

#[test]
fn what_can_be_read_in_two_ways_is_asked_and_a_mapping_file_answers() {
    let desk = Desk::new();
    new_book(&desk);
    let file = text(&desk.write("bank.csv", OPEN_DATES));
    let mapping = text(&desk.path("mapping.toml"));
    let seen = desk.tieout(["inspect", &file, "--json", "--write-mapping", &mapping]).with_code(0).json();
    assert_eq!(seen["ambiguities"][0]["what"], "date_order");
    let refused = import(&desk, &file, &[]).with_code(4);
    assert!(refused.stderr.contains("more than one way") && refused.stderr.contains("--mapping"), "{}", refused.stderr);
    let said = std::fs::read_to_string(&mapping).unwrap();
    let day_first = said.replace("month_day_year", "day_month_year");
    desk.write("mapping.toml", day_first);
    let taken = import(&desk, &file, &["--mapping", &mapping]).with_code(0).json();
    assert_eq!(taken[0]["added"], 3);
    // The next file with this header is no question any more.
    let next = text(&desk.write("next.csv", "Date,Text,Amount\n06/05/2026,Rent,-400.00\n"));
    assert_eq!(import(&desk, &next, &[]).with_code(0).json()[0]["added"], 1);
}

#[test]
fn another_header_of_the_same_account_asks_again() {
    let desk = Desk::new();
    new_book(&desk);
    let first = text(&desk.write("one.csv", "Date,Text,Amount\n2026-04-13,Rent,-400.00\n"));
    import(&desk, &first, &["--account", "Giro"]).with_code(0);
    let second = text(&desk.write("two.csv", "Date,Narrative,Amount\n2026-04-14,Till,80.00\n"));
    let refused = import(&desk, &second, &[]).with_code(4);
    assert!(refused.stderr.contains("new: Narrative; gone: Text"), "{}", refused.stderr);
}

#[test]
fn hostile_files_are_refused_in_one_line() {
    let desk = Desk::new();
    let entities = "<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\
        <Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt>&b;</BkToCstmrStmt></Document>";
    let deep = format!("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\">{}", "<a>".repeat(100_000));
    let nested = zip(&[("inner.zip", &zip(&[("bank.csv", b"Date,Amount\n")]))]);
    let cases: [(&str, Vec<u8>); 6] = [
        ("entities.xml", entities.as_bytes().to_vec()),
        ("deep.xml", deep.into_bytes()),
        ("nested.zip", nested),
        ("picture.csv", b"\x89PNG\r\n\x1a\n".to_vec()),
        ("cut.xlsx", b"PK\x03\x04 and no more".to_vec()),
        ("json.json", "[".repeat(1_000_000).into_bytes()),
    ];
    for (name, bytes) in cases {
        let file = text(&desk.write(name, bytes));
        let refused = desk.tieout(["inspect", &file, "--json"]).with_code(4);
        assert_eq!(refused.stderr.trim().lines().count(), 1, "{name}: {}", refused.stderr);
        assert!(refused.stdout.is_empty(), "{name}");
    }
}

/// Beyond eight megabytes a CSV file is read piece by piece, and again for every step.
#[test]
fn a_long_file_is_previewed_and_stored_without_being_held() {
    let desk = Desk::new();
    new_book(&desk);
    let path = desk.path("long.csv");
    let mut out = std::io::BufWriter::new(File::create(&path).unwrap());
    writeln!(out, "Date,Text,Reference,Amount,Balance").unwrap();
    let padding = "x".repeat(200);
    for row in 0..40_000_u32 {
        let balance = f64::from(row + 1) * 1.25;
        writeln!(out, "2026-01-{:02},{padding},R-{row},1.25,{balance:.2}", row / 2_000 + 1).unwrap();
    }
    drop(out);
    let file = text(&path);
    let seen = desk.tieout(["inspect", &file, "--json"]).with_code(0).json();
    assert_eq!((&seen["proof"]["proved"], &seen["statements"][0]["sum"]), (&40_000.into(), &"50000.00".into()));
    assert_eq!(import(&desk, &file, &[]).with_code(0).json()[0]["added"], 40_000);
    // The same rows under another hash, and one more.
    let mut more = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
    writeln!(more, "2026-01-21,the last,R-40000,1.25,50001.25").unwrap();
    drop(more);
    let again = import(&desk, &file, &[]).with_code(0).json();
    assert_eq!((&again[0]["added"], &again[0]["duplicates"]), (&1.into(), &40_000.into()));
}
