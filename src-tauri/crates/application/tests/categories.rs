//! Categories through a session: compiled patterns follow each change at once.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

use std::{cell::Cell, path::PathBuf, sync::Arc};

use tempfile::TempDir;
use tieout_application::{
    ApplicationError, Currency, Environment, ImportFile, NewWorkbook, Session, Side, TransactionTexts,
};
use tieout_workbook::{MemoryKeyStore, SteppingClock, WorkbookError};

/// A new workbook, and the folder it lies in.
fn session() -> (Session, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let session = Session::new(Environment {
        clock: Arc::new(SteppingClock::from_ms(1_700_000_000_000)),
        keys: Arc::new(MemoryKeyStore::default()),
        reader: PathBuf::new(),
        data_folder: folder.path().join("data"),
        documents: folder.path().to_owned(),
    });
    let new = NewWorkbook {
        path: folder.path().join("joinery.tieout"),
        passphrase: "correct horse battery".to_owned().into(),
        company: "Lindqvist & Amara".to_owned(),
        user: "Ada".to_owned(),
        currency: Currency::parse("EUR").unwrap(),
        single_user: true,
        remember: false,
    };
    session.create_workbook(new).unwrap();
    (session, folder)
}

/// The name of the category that a description would get.
fn category_of(session: &Session, text: &str) -> Option<String> {
    let texts = TransactionTexts { description: text, ..TransactionTexts::default() };
    let found = session.category_of(&texts).unwrap()?;
    session.categories().unwrap().categories.into_iter().find(|one| one.id == found.category).map(|one| one.name)
}

#[test]
fn a_changed_pattern_takes_effect_at_once() {
    let (session, folder) = session();
    assert_eq!(category_of(&session, "Shell 0231"), None);
    let fuel = session.add_category("Fuel").unwrap();
    let shell = session.add_category_pattern(fuel, "Shell").unwrap();
    assert_eq!(category_of(&session, "Shell 0231").as_deref(), Some("Fuel"));
    let food = session.add_category("Food").unwrap();
    session.change_category_pattern(shell, food, "Shell").unwrap();
    assert_eq!(category_of(&session, "Shell 0231").as_deref(), Some("Food"));
    session.change_category_pattern(shell, food, "Lidl").unwrap();
    assert_eq!(category_of(&session, "Shell 0231"), None);
    assert_eq!(category_of(&session, "LIDL").as_deref(), Some("Food"));
    session.remove_category_pattern(shell).unwrap();
    assert_eq!(category_of(&session, "LIDL"), None);

    let patterns = folder.path().join("patterns.csv");
    std::fs::write(&patterns, "pattern,category\nLidl,Groceries\nLidl Plus,Subscriptions\n").unwrap();
    assert_eq!(session.import_category_patterns(&patterns).unwrap().categories_added, 2);
    assert_eq!(category_of(&session, "lidl plus").as_deref(), Some("Subscriptions"));
    let groceries = session.category_named("groceries").unwrap();
    session.remove_category(groceries).unwrap();
    assert_eq!(category_of(&session, "lidl berlin"), None);
}

#[test]
fn a_sweep_tells_how_far_it_is_and_stops_when_told_to() {
    let (session, folder) = session();
    let path = folder.path().join("bank.csv");
    let rows: String = (1..=50).map(|row| format!("2026-01-02,Shell {row},-{row}.00,EUR\n")).collect();
    std::fs::write(&path, format!("date,description,amount,currency\n{rows}")).unwrap();
    let file = ImportFile {
        path,
        side: Side::Statement,
        account: None,
        mapping: None,
        leave_out_rejected: false,
        file_bytes_max: None,
    };
    session.import_file(&file, &|_| {}).unwrap();
    let fuel = session.add_category("Fuel").unwrap();
    session.add_category_pattern(fuel, "shell").unwrap();
    assert_eq!(session.categories().unwrap().counts.pending, 50);

    let stopped = session.sweep_categories(false, &|_| session.cancel());
    assert!(matches!(stopped, Err(ApplicationError::Workbook(WorkbookError::Cancelled))), "{stopped:?}");
    assert_eq!(session.categories().unwrap().counts.pending, 50);

    let told = std::sync::Mutex::new(Cell::new((0, 0)));
    let swept = session.sweep_categories(false, &|progress| told.lock().unwrap().set((progress.done, progress.total)));
    let swept = swept.unwrap();
    assert_eq!((swept.lines, swept.categorised, told.lock().unwrap().get()), (50, 50, (50, 50)));
    let list = session.categories().unwrap();
    assert_eq!((list.categories[0].lines, list.counts.completed), (50, 50));
    assert!(session.verify_workbook().unwrap().valid);
}

#[test]
fn a_text_that_is_no_pattern_is_refused() {
    let (session, _folder) = session();
    let fuel = session.add_category("Fuel").unwrap();
    let refused = session.add_category_pattern(fuel, "  ").unwrap_err().to_string();
    assert_eq!(refused, "a pattern is empty: it would fit every transaction");
}
