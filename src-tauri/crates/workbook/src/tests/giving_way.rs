//! Reading that gives way to whoever waits.

use std::sync::{Arc, atomic::AtomicUsize};

use super::*;

/// Steps through ten thousand numbers or ten million.
fn count(workbook: &Workbook, most: u32) -> Result<i64, WorkbookError> {
    let sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) SELECT sum(i) FROM n";
    Ok(workbook.sql.query_row(sql, [most], |row| row.get(0))?)
}

#[test]
fn a_long_question_is_broken_off_only_where_somebody_waits() {
    let mut workbook = Desk::new().create();
    let waiting = Arc::new(AtomicUsize::new(0));
    assert_eq!(workbook.read_giving_way(&waiting, |book| count(book, 100_000)).unwrap(), Some(5_000_050_000));
    waiting.store(1, std::sync::atomic::Ordering::Relaxed);
    assert_eq!(workbook.read_giving_way(&waiting, |book| count(book, 10_000_000)).unwrap(), None);
    assert_eq!(count(&workbook, 100_000).unwrap(), 5_000_050_000, "what is asked afterwards is answered");
}

#[test]
fn what_fails_by_itself_is_told() {
    let mut workbook = Desk::new().create();
    let waiting = Arc::new(AtomicUsize::new(1));
    let failed: Result<Option<()>, WorkbookError> =
        workbook.read_giving_way(&waiting, |_| Err(WorkbookError::NotSignedIn));
    assert!(matches!(failed, Err(WorkbookError::NotSignedIn)));
}

#[test]
fn a_question_that_panics_leaves_nothing_behind() {
    let mut workbook = Desk::new().create();
    let waiting = Arc::new(AtomicUsize::new(1));
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _: Result<Option<()>, WorkbookError> = workbook.read_giving_way(&waiting, |_| panic!("of its own"));
    }));
    assert!(panicked.is_err());
    assert_eq!(count(&workbook, 100_000).unwrap(), 5_000_050_000);
}
