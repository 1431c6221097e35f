//! Days as people count them: those of the machine's own zone.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::*;
use crate::{
    Clock, GridColumn, GridFilter, GridKind, GridQuery, GridTest, Mark, MarkFault, QueueFilter, QueueQuery,
    QueueSubject,
};

/// A clock that stands, in a zone.
pub(super) struct Standing(Timestamp, TimeZone);

impl Clock for Standing {
    fn now_ms(&self) -> i64 {
        self.0.as_millisecond()
    }

    fn random(&self) -> [u8; 10] {
        [7; 10]
    }

    fn zone(&self) -> TimeZone {
        self.1.clone()
    }
}

pub(super) fn standing(at: &str, zone: &str) -> Arc<Standing> {
    Arc::new(Standing(at.parse().unwrap(), TimeZone::get(zone).unwrap()))
}

/// Evening of the 23rd in New York, morning of the 24th in Tokyo.
const AT: &str = "2023-12-24T01:00:00Z";

/// Whether a line that is put off until this day is still put off at a time in a zone.
#[track_caller]
fn check_hidden(until: Date, at: &str, zone: &str, hidden: bool) {
    let desk = Desk::new();
    let mut workbook = desk.create();
    take_lines(&mut workbook, 1, &[line(1, 2, 10_000, "one")]).unwrap();
    let subject = QueueSubject::Record(RecordRef::Line(line_ids(&workbook)[0]));
    workbook.mark(&[subject], &Mark::Snooze(Some(until))).unwrap();
    workbook.clock = standing(at, zone);
    let query = QueueQuery { filter: QueueFilter::ToReview, limit: 10, ..QueueQuery::default() };
    assert_eq!(workbook.queue_page(&query).unwrap().rows.is_empty(), hidden, "{until} {at} {zone}");
    assert_eq!(workbook.queue_counts().unwrap().snoozed, u64::from(hidden));
}

#[test]
fn what_is_put_off_until_a_day_comes_back_when_that_day_begins_here() {
    check_hidden(date(2023, 12, 24), AT, "UTC", false);
    check_hidden(date(2023, 12, 24), AT, "America/New_York", true);
    check_hidden(date(2023, 12, 24), "2023-12-24T05:00:00Z", "America/New_York", false);
    check_hidden(date(2023, 12, 25), "2023-12-24T15:00:00Z", "Asia/Tokyo", false);
    check_hidden(date(2023, 12, 25), "2023-12-24T14:59:59Z", "Asia/Tokyo", true);
}

#[test]
fn tomorrow_is_the_day_after_the_one_on_the_wall() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    take_lines(&mut workbook, 1, &[line(1, 2, 10_000, "one")]).unwrap();
    let subject = QueueSubject::Record(RecordRef::Line(line_ids(&workbook)[0]));
    workbook.clock = standing(AT, "Asia/Tokyo");
    let refused = workbook.mark(&[subject], &Mark::Snooze(Some(date(2023, 12, 24))));
    assert!(matches!(refused, Err(WorkbookError::Mark(MarkFault::NotToCome(_)))), "{refused:?}");
    workbook.clock = standing(AT, "America/New_York");
    workbook.mark(&[subject], &Mark::Snooze(Some(date(2023, 12, 24)))).unwrap();
}

#[test]
fn moments_of_a_day_are_those_of_the_day_here() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    workbook.clock = standing(AT, "America/New_York");
    workbook.set_setting("letter", "a").unwrap();
    let mut count = |test, day: &str| {
        let filter = GridFilter { column: GridColumn::At, test, values: vec![day.to_owned()] };
        let query = GridQuery { filters: vec![filter], ..GridQuery::all(GridKind::Events) };
        workbook.grid_page(&query, 0, 10).unwrap().total
    };
    assert_eq!((count(GridTest::Equals, "2023-12-23"), count(GridTest::Equals, "2023-12-24")), (1, 0));
    // The workbook was made, and its key kept, in November.
    assert_eq!((count(GridTest::AtLeast, "2023-12-23"), count(GridTest::AtLeast, "2023-12-24")), (1, 0));
    assert_eq!((count(GridTest::AtMost, "2023-12-22"), count(GridTest::AtMost, "2023-12-23")), (2, 3));
    assert_eq!(count(GridTest::AtLeast, AT), 1, "a moment is one anywhere");
}

#[test]
fn what_has_no_day_of_its_own_is_posted_on_the_day_of_its_approval_here() {
    for (zone, day) in [("UTC", 24), ("Asia/Tokyo", 24), ("America/New_York", 23)] {
        let desk = Desk::new();
        let mut workbook = desk.create();
        take_lines(&mut workbook, 1, &[StatementLine { date: None, ..line(1, 2, 9_999, "RE-1") }]).unwrap();
        take_entries(&mut workbook, 2, &[LedgerEntry { date: None, ..invoice(1, 1, 10_000, "RE-1") }]).unwrap();
        let (lines, entries) = (line_ids(&workbook), entry_ids(&workbook));
        let paid = matched(&[(lines[0], 9_999)], &[(entries[0], 10_000)]);
        store(&mut workbook, &[proposal(paid, MatchStatus::Suggested, 950_000)]);
        let id = proposed(&workbook)[0];
        workbook.clock = standing(AT, zone);
        approve(&mut workbook, id).unwrap();
        let days: Vec<Date> = workbook.proposed_journal().unwrap().into_iter().map(|entry| entry.date).collect();
        assert_eq!(days, [date(2023, 12, day)], "{zone}");
    }
}

#[test]
fn the_history_counts_days_as_the_grid_finds_their_matches() {
    for (zone, here) in [("Pacific/Kiritimati", date(2023, 12, 24)), ("America/New_York", date(2023, 12, 23))] {
        let desk = Desk::new();
        let mut workbook = desk.create();
        workbook.clock = standing(AT, zone);
        crate::custom::register_days(&workbook.sql, Arc::clone(&workbook.clock)).unwrap();
        take_lines(&mut workbook, 1, &[line(1, 2, 10_000, "RE-1")]).unwrap();
        take_entries(&mut workbook, 2, &[invoice(1, 1, 10_000, "RE-1")]).unwrap();
        let both = matched(&[(line_ids(&workbook)[0], 10_000)], &[(entry_ids(&workbook)[0], 10_000)]);
        store(&mut workbook, &[proposal(both, MatchStatus::Suggested, 999_000)]);
        let id = proposed(&workbook)[0];
        approve(&mut workbook, id).unwrap();
        let days = workbook.daily_figures(Some(date(2023, 12, 1)), None).unwrap();
        assert_eq!(days.iter().map(|day| day.date).collect::<Vec<_>>(), [here], "{zone}");
        let day = &days[0];
        assert_eq!((day.runs, day.approved_by_people, day.lines_imported, day.entries_imported), (1, 1, 1, 1));
        assert_eq!((day.lines, day.lines_settled, day.unmatched), (Some(1), Some(1), Some(0)));
        let filter =
            GridFilter { column: GridColumn::ChangedAt, test: GridTest::Equals, values: vec![day.date.to_string()] };
        let query = GridQuery { filters: vec![filter], ..GridQuery::all(GridKind::Matches) };
        assert_eq!(workbook.grid_page(&query, 0, 10).unwrap().total, 1, "{zone}");
    }
}

#[test]
fn a_record_without_a_date_is_as_old_as_the_day_here_on_which_it_came() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    // It comes on the evening of the 23rd, in New York.
    workbook.clock = standing(AT, "America/New_York");
    crate::custom::register_days(&workbook.sql, Arc::clone(&workbook.clock)).unwrap();
    take_entries(&mut workbook, 1, &[LedgerEntry { date: None, ..invoice(1, 1, 10_000, "RE-1") }]).unwrap();
    // 31 days later, there.
    workbook.clock = standing("2024-01-23T12:00:00Z", "America/New_York");
    let figures = workbook.figures(crate::FigureScope::Company, None).unwrap();
    assert_eq!(figures.average_days_open, Some(31_00));
}
