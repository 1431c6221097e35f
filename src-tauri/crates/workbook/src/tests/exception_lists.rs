//! Exceptions as they are filtered, ordered and added up, and what does not agree: by hand on a few records.

use tieout_domain::{RootCause, Side};

use super::{figures::year, *};
use crate::{AgeBand, ExceptionOrder, ExceptionQuery, FigureScope, ProofRange};

/// 5 March: the unknown deposit is 60 days old, the charges 59, the invoice 44.
fn query() -> ExceptionQuery {
    ExceptionQuery { as_of: Some(date(2026, 3, 5)), limit: 10, ..ExceptionQuery::default() }
}

/// What is open of each that is found, in order.
fn found(workbook: &Workbook, query: &ExceptionQuery) -> Vec<i64> {
    let page = workbook.exceptions(query).unwrap();
    assert_eq!(page.total, page.rows.len() as u64);
    assert_eq!(workbook.exception_totals(query).unwrap().exceptions, page.total);
    page.rows.iter().map(|row| row.impact.minor_units()).collect()
}

#[test]
fn side_age_text_and_days_narrow_a_list() {
    let (_desk, mut workbook) = year();
    let account = account(&mut workbook);
    for (narrowed, left) in [
        (query(), vec![2_000_000, 30_000, 1_250]),
        (ExceptionQuery { side: Some(Side::Ledger), ..query() }, vec![30_000]),
        (ExceptionQuery { side: Some(Side::Statement), ..query() }, vec![2_000_000, 1_250]),
        (ExceptionQuery { days_min: Some(45), ..query() }, vec![2_000_000, 1_250]),
        (ExceptionQuery { days_max: Some(59), ..query() }, vec![30_000, 1_250]),
        (ExceptionQuery { days_min: Some(59), days_max: Some(59), ..query() }, vec![1_250]),
        (ExceptionQuery { search: "UNKNOWN dep".to_owned(), ..query() }, vec![2_000_000]),
        (ExceptionQuery { search: "re-3".to_owned(), ..query() }, vec![30_000]),
        (ExceptionQuery { search: "-12,50".to_owned(), ..query() }, vec![1_250]),
        (ExceptionQuery { search: "nothing".to_owned(), ..query() }, vec![]),
        // Without an account a first day is one for either side.
        (ExceptionQuery { from: Some(date(2026, 1, 5)), ..query() }, vec![30_000, 1_250]),
        (ExceptionQuery { from: Some(date(2026, 1, 21)), ..query() }, vec![]),
        (ExceptionQuery { to: Some(date(2026, 1, 5)), ..query() }, vec![2_000_000, 1_250]),
        // With one, entries that are still open belong to every later period.
        (ExceptionQuery { account: Some(account), from: Some(date(2026, 1, 21)), ..query() }, vec![30_000]),
        (
            ExceptionQuery {
                account: Some(account),
                from: Some(date(2026, 1, 5)),
                to: Some(date(2026, 1, 10)),
                ..query()
            },
            vec![1_250],
        ),
    ] {
        assert_eq!(found(&workbook, &narrowed), left, "{narrowed:?}");
    }
    let reversed = ExceptionQuery { from: Some(date(2026, 2, 1)), to: Some(date(2026, 1, 1)), ..query() };
    assert!(matches!(workbook.exceptions(&reversed), Err(WorkbookError::DatesReversed { .. })));
    assert!(matches!(workbook.exception_totals(&reversed), Err(WorkbookError::DatesReversed { .. })));
}

#[test]
fn a_list_is_ordered_both_ways_and_its_pages_do_not_overlap() {
    let (_desk, workbook) = year();
    for (order, first) in [
        (ExceptionOrder::Impact, vec![2_000_000, 30_000, 1_250]),
        (ExceptionOrder::Age, vec![2_000_000, 1_250, 30_000]),
        // fee, missing_in_bank, missing_in_ledger
        (ExceptionOrder::Cause, vec![1_250, 30_000, 2_000_000]),
    ] {
        assert_eq!(found(&workbook, &ExceptionQuery { order, ..query() }), first);
        let backwards: Vec<i64> = first.iter().rev().copied().collect();
        assert_eq!(found(&workbook, &ExceptionQuery { order, reversed: true, ..query() }), backwards);
        let one = |offset| {
            let page = ExceptionQuery { order, offset, limit: 1, ..query() };
            workbook.exceptions(&page).unwrap().rows[0].impact.minor_units()
        };
        assert_eq!([one(0), one(1), one(2)], first[..]);
    }
}

#[test]
fn totals_show_what_another_choice_would() {
    let (_desk, workbook) = year();
    let chosen = ExceptionQuery { causes: vec![RootCause::Fee], side: Some(Side::Statement), ..query() };
    let totals = workbook.exception_totals(&chosen).unwrap();
    assert_eq!((totals.exceptions, totals.impact), (1, vec![cents(1_250)]));
    // Of the fees there are none in the ledger; of the statement's there are others; all fees are of one age.
    assert_eq!(totals.by_side.iter().map(|of| (of.kind, of.exceptions)).collect::<Vec<_>>(), [(Side::Statement, 1)]);
    let causes: Vec<_> = totals.by_cause.iter().map(|of| (of.kind, of.exceptions, of.impact)).collect();
    assert_eq!(causes, [(RootCause::MissingInLedger, 1, cents(2_000_000)), (RootCause::Fee, 1, cents(1_250))]);
    assert_eq!(totals.by_age.iter().map(|of| (of.kind, of.exceptions)).collect::<Vec<_>>(), [(AgeBand::UpTo60, 1)]);
    let young = ExceptionQuery { days_max: Some(30), ..query() };
    let totals = workbook.exception_totals(&young).unwrap();
    assert_eq!((totals.exceptions, totals.by_cause.len(), totals.by_age.len()), (0, 0, 1));
}

#[test]
fn the_list_of_a_period_is_what_its_figures_count() {
    let (_desk, mut workbook) = year();
    let account = account(&mut workbook);
    for (from, to) in
        [(None, None), (Some(date(2026, 1, 5)), None), (None, Some(date(2026, 1, 19))), (None, Some(date(2026, 1, 4)))]
    {
        let as_of = Some(date(2026, 3, 5));
        let range = ProofRange { from, to };
        let figures = workbook.figures(FigureScope::Period { account, range }, as_of).unwrap();
        let totals =
            workbook.exception_totals(&ExceptionQuery { account: Some(account), from, to, ..query() }).unwrap();
        assert_eq!(totals.exceptions, figures.exceptions, "{from:?} {to:?}");
        assert_eq!((totals.by_cause, totals.by_age), (figures.by_cause, figures.by_age), "{from:?} {to:?}");
    }
}

#[test]
fn what_does_not_agree_is_told_of_all_money() {
    let (_desk, mut workbook) = year();
    let account = account(&mut workbook);
    // Open 20,312.50; matches use 100.00 and 500.00 of either side.
    let [of_company] = workbook.discrepancies(FigureScope::Company).unwrap()[..] else { panic!("one currency") };
    assert_eq!((of_company.discrepancy, of_company.volume), (2_031_250, 2_031_250 + 2 * 60_000));
    assert_eq!(of_company.rate(), Some((2_031_250_u64 * 10_000).div_ceil(2_151_250)));
    let period = |from, to| {
        let range = ProofRange { from: Some(from), to: Some(to) };
        workbook.discrepancies(FigureScope::Period { account, range }).unwrap()
    };
    // 3 January alone: its line is proposed, and no entry is open that early.
    let [of_day] = period(date(2026, 1, 3), date(2026, 1, 3))[..] else { panic!("one currency") };
    assert_eq!((of_day.discrepancy, of_day.volume, of_day.rate()), (0, 2 * 50_000, Some(0)));
    assert_eq!(period(date(2025, 1, 1), date(2025, 12, 31)), []);
    assert!(workbook.balances_hold(FigureScope::Company).unwrap());
}

#[test]
fn what_moved_is_told_beside_the_variance() {
    let (_desk, mut workbook) = year();
    let moved = |workbook: &Workbook, scope| workbook.figures(scope, None).unwrap().turnovers;
    assert_eq!(moved(&workbook, FigureScope::Company), [(eur(), 2_061_250)]);
    let account = account(&mut workbook);
    let range = ProofRange { from: Some(date(2026, 1, 4)), to: Some(date(2026, 1, 5)) };
    assert_eq!(moved(&workbook, FigureScope::Period { account, range }), [(eur(), 2_001_250)]);
    let range = ProofRange { from: None, to: Some(date(2025, 12, 31)) };
    assert_eq!(moved(&workbook, FigureScope::Period { account, range }), []);
}

#[test]
fn a_day_keeps_what_was_automatic_and_what_stood_in_no_match() {
    let (_desk, mut workbook) = year();
    let [day] = &workbook.daily_figures(None, None).unwrap()[..] else { panic!("one day") };
    assert_eq!((day.lines_automatic, day.unmatched), (Some(1), Some(3)));
    assert_eq!((day.match_rate(), day.automatic_rate()), (Some(2_500), Some(2_500)));
    assert_eq!(day.variance.and_then(|variance| variance.rate()), Some(218_745));
    // The policy's match taken back: what it had matched stays told, but never as more than is settled.
    let approved: tieout_domain::MatchId = workbook
        .sql
        .query_row("SELECT id FROM matches WHERE status = 'approved'", [], |row| row.get::<_, crate::rows::Blob>(0))
        .map(|id| tieout_domain::MatchId::from_uuid(id.0))
        .unwrap();
    workbook.undo_decision(approved, "").unwrap();
    let [day] = &workbook.daily_figures(None, None).unwrap()[..] else { panic!("one day") };
    assert_eq!((day.lines_automatic, day.automatic_rate()), (Some(1), Some(0)));
}
