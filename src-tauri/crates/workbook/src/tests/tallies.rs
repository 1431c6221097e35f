//! The counts that are kept beside the rows, day by day.

use super::*;

#[test]
fn a_clock_that_was_set_back_leaves_no_day_with_old_counts() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let day_ms = 86_400_000;
    workbook.clock = clock(1_700_000_000_000 + day_ms);
    take_lines(&mut workbook, 1, &[line(1, 2, 100, "a day ahead")]).unwrap();
    workbook.clock = clock(1_700_000_000_000);
    take_lines(&mut workbook, 2, &[line(1, 3, 200, "today"), line(2, 4, 300, "today")]).unwrap();
    let newest: (String, i64) = workbook
        .sql
        .query_row("SELECT date, lines FROM v_daily_reconciliation_metrics ORDER BY date DESC LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    assert_eq!(newest, ("2023-11-15".to_owned(), 3));
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    workbook.sql.execute("UPDATE daily_tallies SET number = 1 WHERE what = 'statement unmatched'", []).unwrap();
    let told = ["the count of 'statement unmatched of the newest day' says 1, but there are 3"];
    assert_eq!(workbook.damage().unwrap(), told);
}
