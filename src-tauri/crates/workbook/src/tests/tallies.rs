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
    // The view tells the days of this machine.
    let day: String =
        workbook.sql.query_row("SELECT date(1700086400, 'unixepoch', 'localtime')", [], |row| row.get(0)).unwrap();
    assert_eq!(newest, (day, 3));
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    workbook.sql.execute("UPDATE daily_tallies SET number = 1 WHERE what = 'statement unmatched'", []).unwrap();
    let told = ["the count of 'statement unmatched of the newest day' says 1, but there are 3"];
    assert_eq!(workbook.damage().unwrap(), told);
}

/// An evening in Greenwich is the next day's morning in Tokyo. The zone is the process's own, so that it is asked in another.
#[test]
fn the_view_counts_days_as_the_machine_does() {
    const ZONE: &str = "JST-9";
    if std::env::var("TZ").as_deref() != Ok(ZONE) {
        let name = "tests::tallies::the_view_counts_days_as_the_machine_does";
        let test = std::env::current_exe().unwrap();
        let there = std::process::Command::new(test).args(["--exact", name]).env("TZ", ZONE).output().unwrap();
        let told = String::from_utf8_lossy(&there.stdout);
        assert!(there.status.success() && told.contains("1 passed"), "{told}");
        return;
    }
    let desk = Desk::new();
    let mut workbook = desk.create();
    take_lines(&mut workbook, 1, &[line(1, 2, 100, "in the evening")]).unwrap();
    let of = |what: &str| -> String {
        let sql = format!("SELECT date FROM v_daily_reconciliation_metrics WHERE {what}");
        workbook.sql.query_row(&sql, [], |row| row.get(0)).unwrap()
    };
    assert_eq!(of("lines_imported = 1"), "2023-11-15");
}
