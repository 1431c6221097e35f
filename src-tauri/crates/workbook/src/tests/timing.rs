//! What a person tells to be a difference in time counts as one, in every list and figure, until its day.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{
    policies::{exception, limit, policy},
    *,
};
use crate::{
    ExceptionQuery, FigureScope, GridColumn, GridKind, GridQuery, Mark, QueueConditions, QueueFilter, QueueQuery,
    QueueSubject,
};

/// The tests' clock begins on 14 November 2023.
const LATER: Date = date(2023, 12, 24);

struct Bench {
    workbook: Workbook,
    fee: RecordRef,
    unseen: RecordRef,
    invoice: RecordRef,
    _desk: Desk,
}

/// Lines of −1.50, found to be a fee, and 40.00, which no run has looked at; an invoice of 60.00 that the bank lacks.
fn bench() -> Bench {
    let desk = Desk::new();
    let mut workbook = desk.create();
    take_lines(&mut workbook, 1, &[line(1, 2, -150, "charge"), line(2, 3, 4_000, "two")]).unwrap();
    take_entries(&mut workbook, 2, &[invoice(1, 1, 6_000, "RE-1")]).unwrap();
    let (lines, entries) = (line_ids(&workbook), entry_ids(&workbook));
    let (fee, unseen, invoice) = (RecordRef::Line(lines[0]), RecordRef::Line(lines[1]), RecordRef::Entry(entries[0]));
    let found = [exception(fee, RootCause::Fee, 150), exception(invoice, RootCause::MissingInBank, 6_000)];
    workbook.store_run(&run(), &[], &found, &mut go_on()).unwrap();
    Bench { workbook, fee, unseen, invoice, _desk: desk }
}

/// Causes by the minor units that are open for them.
type Causes = BTreeMap<&'static str, i64>;

fn causes(of: &[(RootCause, i64)]) -> Causes {
    let mut sums = Causes::new();
    for (cause, minor) in of {
        *sums.entry(cause.as_str()).or_default() += minor;
    }
    sums
}

impl Bench {
    fn mark(&mut self, record: RecordRef, by: Option<Date>) {
        let timing = Mark::Timing(by.map(|by| (by, "under way".to_owned())));
        self.workbook.mark(&[QueueSubject::Record(record)], &timing).unwrap();
    }

    /// Every list and figure that tells of causes tells this.
    #[track_caller]
    fn tells(&mut self, expected: &[(RootCause, i64)]) {
        let expected = causes(expected);
        let minor = |of: Vec<(RootCause, Money)>| {
            causes(&of.into_iter().map(|(cause, money)| (cause, money.minor_units())).collect::<Vec<_>>())
        };
        let workbook = &mut self.workbook;
        let figures = workbook.figures(FigureScope::Company, None).unwrap().by_cause;
        assert_eq!(minor(figures.iter().map(|of| (of.kind, of.impact)).collect()), expected, "figures");
        let query = ExceptionQuery { limit: 9, ..ExceptionQuery::default() };
        let totals = workbook.exception_totals(&query).unwrap().by_cause;
        assert_eq!(minor(totals.iter().map(|of| (of.kind, of.impact)).collect()), expected, "totals");
        let listed = workbook.exceptions(&query).unwrap().rows;
        assert_eq!(minor(listed.iter().map(|row| (row.cause, row.impact)).collect()), expected, "list");
        for &cause in RootCause::ALL {
            let asked = ExceptionQuery { causes: vec![cause], ..query.clone() };
            let sum: i64 = workbook.exceptions(&asked).unwrap().rows.iter().map(|row| row.impact.minor_units()).sum();
            assert_eq!(sum, expected.get(cause.as_str()).copied().unwrap_or(0), "list of {cause:?}");
            let mut sum = 0;
            for filter in [QueueFilter::UnmatchedLines, QueueFilter::UnmatchedEntries, QueueFilter::Snoozed] {
                let conditions = QueueConditions { causes: vec![cause], ..QueueConditions::default() };
                let asked = QueueQuery { filter, conditions, limit: 9, ..QueueQuery::default() };
                let rows = workbook.queue_page(&asked).unwrap().rows;
                assert!(rows.iter().all(|row| row.cause == cause));
                sum += rows.iter().map(|row| row.amount.minor_units().abs()).sum::<i64>();
            }
            assert_eq!(sum, expected.get(cause.as_str()).copied().unwrap_or(0), "queue of {cause:?}");
        }
        let page = workbook.grid_page(&GridQuery::all(GridKind::Exceptions), 0, 9).unwrap();
        let place = |column| GridKind::Exceptions.columns().iter().position(|other| *other == column).unwrap();
        let (cause, open) = (place(GridColumn::Cause), place(GridColumn::Open));
        let mut grid = BTreeMap::new();
        for row in &page.rows {
            let open: i64 = row.cells[open].text.replace('.', "").parse().unwrap();
            *grid.entry(row.cells[cause].text.clone()).or_insert(0) += open;
        }
        let expected_words: BTreeMap<String, i64> =
            expected.iter().map(|(word, sum)| ((*word).to_owned(), *sum)).collect();
        assert_eq!(grid, expected_words, "grid");
    }

    /// The policy's look at what is open, but for what no run has looked at.
    fn by_policy(&self) -> Causes {
        let items = self.workbook.past_policy_items().unwrap();
        causes(&items.iter().map(|of| (of.item.cause.unwrap(), of.item.impact.minor_units())).collect::<Vec<_>>())
    }
}

use RootCause::{Fee, MissingInBank, None as NoCause, Timing};

#[test]
fn a_difference_in_time_counts_as_one_in_every_list_until_it_is_taken_back_or_over() {
    let mut bench = bench();
    let found = [(Fee, 150), (NoCause, 4_000), (MissingInBank, 6_000)];
    bench.tells(&found);
    let (fee, unseen, invoice) = (bench.fee, bench.unseen, bench.invoice);
    bench.mark(invoice, Some(LATER));
    bench.tells(&[(Fee, 150), (NoCause, 4_000), (Timing, 6_000)]);
    bench.mark(unseen, Some(LATER));
    bench.mark(fee, Some(date(2023, 12, 1)));
    let all = [(Timing, 10_150)];
    bench.tells(&all);
    assert_eq!(bench.by_policy(), causes(&[(Timing, 6_150)]));

    let detail = bench.workbook.record_detail(invoice).unwrap();
    assert_eq!((detail.row.cause, detail.exception.unwrap().cause), (Timing, MissingInBank), "what was found stays");
    let listed = bench.workbook.exceptions(&ExceptionQuery { limit: 1, ..ExceptionQuery::default() }).unwrap();
    let said = "A difference in time, expected to be settled by 2023-12-24: under way. because";
    assert_eq!(listed.rows[0].explanation, said);

    bench.workbook.undo_newest("").unwrap();
    bench.tells(&[(Fee, 150), (Timing, 10_000)]);
    bench.workbook.redo_newest("").unwrap();
    bench.tells(&all);
    bench.mark(unseen, None);
    bench.tells(&[(NoCause, 4_000), (Timing, 6_150)]);

    bench.workbook.clock = clock(1_701_604_800_000);
    bench.tells(&[(Fee, 150), (NoCause, 4_000), (Timing, 6_000)]);
    bench.workbook.clock = clock(1_703_376_000_000);
    bench.tells(&found);
    assert_eq!(bench.by_policy(), causes(&[(Fee, 150), (MissingInBank, 6_000)]));
    assert_eq!(bench.workbook.timing_of(invoice).unwrap(), None);
    assert_eq!(bench.workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
}

#[test]
fn what_a_policy_accepted_as_a_difference_in_time_is_due_again_when_that_is_over() {
    let mut bench = bench();
    let (fee, invoice) = (bench.fee, bench.invoice);
    let found = [exception(fee, Fee, 150), exception(invoice, MissingInBank, 6_000)];
    bench.workbook.save_policy(&policy(&[(Timing, limit(6_000)), (MissingInBank, limit(6_000))]), "month-end").unwrap();
    bench.mark(invoice, Some(LATER));
    bench.workbook.store_run(&run(), &[], &found, &mut go_on()).unwrap();
    assert_eq!(bench.workbook.acceptance_of(invoice).unwrap().map(|of| of.cause), Some(Timing));
    bench.workbook.store_run(&run(), &[], &found, &mut go_on()).unwrap();
    assert!(bench.workbook.acceptance_of(invoice).unwrap().is_some(), "another run before its day leaves it");
    // What was found has a lower limit by now: only the note let it out.
    let lower = policy(&[(Timing, limit(6_000)), (MissingInBank, limit(5_999))]);
    bench.workbook.save_policy(&lower, "less").unwrap();
    bench.workbook.store_run(&run(), &[], &found, &mut go_on()).unwrap();
    assert!(bench.workbook.acceptance_of(invoice).unwrap().is_some(), "what was accepted by a policy stays so");
    bench.workbook.clock = clock(1_703_376_000_000);
    bench.workbook.store_run(&run(), &[], &found, &mut go_on()).unwrap();
    assert_eq!(bench.workbook.acceptance_of(invoice).unwrap(), None);
    bench.tells(&[(Fee, 150), (NoCause, 4_000), (MissingInBank, 6_000)]);
}

#[test]
fn a_note_lets_nothing_past_the_limit_of_what_was_found() {
    let mut bench = bench();
    let (fee, invoice) = (bench.fee, bench.invoice);
    let found = [exception(fee, Fee, 150), exception(invoice, MissingInBank, 6_000)];
    for record in [fee, invoice] {
        bench.mark(record, Some(LATER));
    }
    for (limits, accepted) in [
        (vec![(Timing, limit(6_000))], [false, false]),
        (vec![(Timing, limit(6_000)), (Fee, limit(100)), (MissingInBank, limit(5_999))], [false, false]),
        (vec![(Timing, limit(100)), (Fee, limit(150)), (MissingInBank, limit(6_000))], [false, false]),
        (vec![(Timing, limit(6_000)), (Fee, limit(150))], [true, false]),
    ] {
        bench.workbook.save_policy(&policy(&limits), "month-end").unwrap();
        bench.workbook.store_run(&run(), &[], &found, &mut go_on()).unwrap();
        let of = |record| bench.workbook.acceptance_of(record).unwrap().is_some();
        assert_eq!([of(fee), of(invoice)], accepted, "{limits:?}");
    }
}

#[test]
fn a_note_is_not_made_again_when_its_day_is_over_or_its_record_is_gone() {
    let mut bench = bench();
    let fee = bench.fee;
    bench.mark(fee, Some(LATER));
    bench.workbook.undo_newest("").unwrap();
    let ours = std::mem::replace(&mut bench.workbook.clock, clock(1_703_376_000_000));
    let head = bench.workbook.audit_head();
    let refused = bench.workbook.redo_newest("").unwrap_err().to_string();
    assert!(refused.contains("2023-12-24 is not to come"), "{refused}");
    assert_eq!(bench.workbook.audit_head(), head);
    bench.workbook.clock = ours;
    let batches = bench.workbook.list_batches().unwrap();
    let lines = batches.iter().find(|batch| batch.side == tieout_domain::Side::Statement).unwrap().id;
    bench.workbook.undo_import(lines).unwrap();
    assert!(matches!(bench.workbook.redo_newest(""), Err(WorkbookError::NotOpen(record)) if record == fee));
}
