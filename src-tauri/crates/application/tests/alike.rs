//! A statement that comes once more in another form: no row is the same, and yet each would count twice.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

use std::path::PathBuf;

use tieout_application::{ImportFile, ImportPreview, Session, Side};

mod desk;

const BANK: &str = "date,description,amount,currency\n2026-01-05,Invoice RE-1,100.00,EUR\n\
                    2026-01-05,Invoice RE-1,100.00,EUR\n2026-01-31,Account fee,-2.50,EUR\n";

fn take(session: &Session, path: PathBuf, rows: &str) {
    std::fs::write(&path, rows).unwrap();
    let file = ImportFile {
        path,
        side: Side::Statement,
        account: Some("Current".to_owned()),
        mapping: None,
        leave_out_rejected: false,
        file_bytes_max: None,
    };
    session.import_file(&file, &|_| {}).unwrap();
}

/// How many rows the preview of these says to be alike.
fn alike(session: &Session, path: PathBuf, rows: &str) -> u64 {
    std::fs::write(&path, rows).unwrap();
    let previews = session.preview_import_file(&path.to_string_lossy(), Some(Side::Statement), None, &|_| {}).unwrap();
    let [preview]: [ImportPreview; 1] = previews.try_into().unwrap();
    let findings = preview.validation.unwrap().steps.into_iter().flat_map(|step| step.findings);
    findings.filter(|finding| finding.message.code() == "finding.alike").map(|finding| finding.rows).sum()
}

#[test]
fn the_same_statement_in_another_form_is_warned_of_and_the_next_one_is_not() {
    let (session, folder, _environment) = desk::session(|_| {});
    let at = |name: &str| folder.path().join(name);
    take(&session, at("bank.csv"), BANK);
    let other = "Buchungstag;Verwendungszweck;Betrag;Währung\n05.01.2026;RE-1 Zahlung;100,00;EUR\n\
                 05.01.2026;RE-1 Zahlung 2;100,00;EUR\n31.01.2026;Entgelt;-2,50;EUR\n";
    assert_eq!(alike(&session, at("other.csv"), other), 3);
    // A third payment of that day and amount beside both that are there is no repetition.
    let more = format!("{BANK}2026-01-05,Invoice RE-9,100.00,EUR\n2026-01-05,Invoice RE-8,100.00,EUR\n");
    assert_eq!(alike(&session, at("more.csv"), &more), 0);
    let next =
        "date,description,amount,currency\n2026-02-05,Invoice RE-2,100.00,EUR\n2026-02-28,Account fee,-2.50,EUR\n";
    assert_eq!(alike(&session, at("next.csv"), next), 0);
    // Two of a file with much that is new are chance.
    let mut chance =
        "date,description,amount,currency\n2026-01-05,Cash,100.00,EUR\n2026-01-31,Cash,-2.50,EUR\n".to_owned();
    (1..=9).for_each(|day| chance.push_str(&format!("2026-01-1{day},Cash,{day}.00,EUR\n")));
    assert_eq!(alike(&session, at("chance.csv"), &chance), 0);
}
