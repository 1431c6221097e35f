//! Pages: in the order in which things need a person, and found by what people type.

use tieout_domain::{RecordRef, Side};

use super::*;
use crate::{NewException, OpenQuery, QueueFilter, QueuePage, QueueQuery, Record, RowState};

fn workbook() -> (Desk, Workbook) {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let lines: Vec<StatementLine> = [10_000, -250, 4_000, 99_900, 4_010]
        .into_iter()
        .zip(1..)
        .map(|(minor, row)| line(row, 2, minor, &format!("text {row}")))
        .collect();
    take_lines(&mut workbook, 1, &lines).unwrap();
    let mut other = invoice(3, 3, 123_450, "RE-3");
    other.counterparty = "ÉLAN Menuiserie".to_owned();
    other.counterparty_code = String::new();
    take_entries(&mut workbook, 2, &[invoice(1, 1, 10_000, "RE-1"), invoice(2, 1, 4_000, "RE-2"), other]).unwrap();
    let (lines, entries) = (line_ids(&workbook), entry_ids(&workbook));
    let exception = NewException {
        record: RecordRef::Line(lines[1]),
        cause: RootCause::MissingInLedger,
        impact: cents(250),
        explanation: "no entry of this amount".to_owned(),
        finding: Some(finding(RootCause::MissingInLedger)),
    };
    let proposals = [
        proposal(matched(&[(lines[0], 10_000)], &[(entries[0], 10_000)]), MatchStatus::Suggested, 990_000),
        proposal(matched(&[(lines[2], 4_000)], &[(entries[1], 4_000)]), MatchStatus::Ambiguous, 995_000),
    ];
    workbook.store_run(&run(), &proposals, &[exception], &mut go_on()).unwrap();
    (desk, workbook)
}

fn queue(workbook: &Workbook, filter: QueueFilter, search: &str, offset: u64, limit: u32) -> QueuePage {
    workbook
        .queue_page(&QueueQuery { filter, search: search.to_owned(), offset, limit, ..QueueQuery::default() })
        .unwrap()
}

/// The rows as `state amount`.
fn told(page: &QueuePage) -> Vec<String> {
    page.rows.iter().map(|row| format!("{:?} {}", row.state, row.amount.minor_units())).collect()
}

#[test]
fn what_needs_a_person_most_comes_first() {
    let (_desk, workbook) = workbook();
    let all = queue(&workbook, QueueFilter::ToReview, "", 0, 100);
    let expected =
        ["Ambiguous 4000", "Suggested 10000", "UnmatchedLine 99900", "UnmatchedLine 4010", "UnmatchedLine -250"];
    assert_eq!(told(&all), expected);
    assert_eq!(all.total, 5);
    for (offset, limit) in [(0, 2), (1, 3), (2, 2), (4, 9), (5, 1), (0, 0)] {
        let page = queue(&workbook, QueueFilter::ToReview, "", offset, limit);
        let from = usize::try_from(offset).unwrap();
        let to = (from + limit as usize).min(5);
        assert_eq!((told(&page), page.total), (expected[from..to].iter().map(|&row| row.to_owned()).collect(), 5));
    }
    assert_eq!(told(&queue(&workbook, QueueFilter::UnmatchedEntries, "", 0, 9)), ["UnmatchedEntry 123450"]);
    let counts = all.counts;
    assert_eq!((counts.to_review, counts.suggested, counts.ambiguous), (5, 2, 1));
    assert_eq!((counts.unmatched_lines, counts.unmatched_entries, counts.approved, counts.rejected), (3, 1, 0, 0));
}

#[test]
fn rows_are_found_by_name_number_text_and_amount() {
    let (_desk, workbook) = workbook();
    for (filter, search, found) in [
        (QueueFilter::ToReview, "re-2", 1),
        (QueueFilter::ToReview, "MÜLLER", 5),
        (QueueFilter::ToReview, "text 4", 1),
        (QueueFilter::ToReview, "999,00", 1),
        (QueueFilter::ToReview, "40", 2),
        (QueueFilter::ToReview, "nowhere", 0),
        (QueueFilter::ToReview, "%", 0),
        (QueueFilter::UnmatchedEntries, "élan", 1),
        (QueueFilter::UnmatchedEntries, "1.234,50", 1),
        (QueueFilter::UnmatchedEntries, "'; DROP TABLE matches; --", 0),
    ] {
        let page = queue(&workbook, filter, search, 0, 100);
        assert_eq!((page.rows.len(), page.total), (found, found as u64), "{search}");
    }
}

#[test]
fn an_unmatched_record_says_why_and_since_when() {
    let (_desk, mut workbook) = workbook();
    let row = queue(&workbook, QueueFilter::UnmatchedLines, "-2.50", 0, 1).rows.remove(0);
    assert_eq!(
        (row.state, row.cause, row.title.as_str()),
        (RowState::UnmatchedLine, RootCause::MissingInLedger, "Müller & Söhne")
    );
    let crate::QueueSubject::Record(record) = row.subject else { panic!("a record") };
    let first = workbook.record_detail(record).unwrap().exception.unwrap();
    assert_eq!(first.explanation, "no entry of this amount");
    assert_eq!(first.finding, Some(finding(RootCause::MissingInLedger)));
    let later = NewException {
        record,
        cause: RootCause::Fee,
        impact: cents(250),
        explanation: "looks like a fee".to_owned(),
        finding: Some(finding(RootCause::Fee)),
    };
    workbook.store_run(&run(), &[], &[later], &mut go_on()).unwrap();
    let again = workbook.record_detail(record).unwrap().exception.unwrap();
    assert_eq!((again.cause, again.opened_at_ms), (RootCause::Fee, first.opened_at_ms));
    assert_eq!(again.finding, Some(finding(RootCause::Fee)));
    store(&mut workbook, &[]);
    assert_eq!(workbook.record_detail(record).unwrap().exception, None);
}

#[test]
fn records_to_match_by_hand_come_nearest_amount_first() {
    let (_desk, workbook) = workbook();
    let open = |side, search: &str, near_minor, currency, offset, limit| {
        let query = OpenQuery { side, search: search.to_owned(), near_minor, currency, offset, limit };
        let page = workbook.open_records(&query).unwrap();
        let amounts: Vec<i64> = page.rows.iter().map(|record| record.open().minor_units()).collect();
        (amounts, page.total)
    };
    let (line, ledger) = (Side::Statement, Side::Ledger);
    assert_eq!(open(line, "", None, None, 0, 9), (vec![99_900, 10_000, 4_010, 4_000, -250], 5));
    assert_eq!(open(line, "", Some(4_008), None, 0, 3), (vec![4_010, 4_000, -250], 5));
    assert_eq!(open(line, "", Some(4_008), None, 2, 2), (vec![-250, 10_000], 5));
    assert_eq!(open(line, "text 3", Some(1), None, 0, 9), (vec![4_000], 1));
    assert_eq!(open(ledger, "", None, Some(eur()), 0, 9), (vec![123_450, 10_000, 4_000], 3));
    assert_eq!(open(ledger, "", None, Some(Currency::parse("USD").unwrap()), 0, 9), (vec![], 0));
    assert_eq!(open(ledger, "c001", None, Some(eur()), 0, 1), (vec![10_000], 2));
}

#[test]
fn a_match_shows_all_that_was_stored() {
    let (_desk, mut workbook) = workbook();
    let ids = proposed(&workbook);
    let detail = workbook.match_detail(ids[1]).unwrap();
    assert_eq!(detail.summary.explanation, explanation());
    assert_eq!(detail.summary.explanation.score(), Weight::from_millibits(12_150));
    assert_eq!((detail.row.title.as_str(), detail.row.subtitle.as_str()), ("Müller & Söhne", "text 1"));
    let [(Record::Line(line), of_line), (Record::Entry(entry), of_entry)] = detail.records.as_slice() else {
        panic!("one line, one entry: {:?}", detail.records)
    };
    assert_eq!((of_line.amount_applied, of_entry.amount_applied), (cents(10_000), cents(10_000)));
    assert_eq!((of_line.amount_settled, of_entry.amount_settled), (cents(10_000), cents(10_000)));
    assert_eq!((line.line.source.row, entry.entry.number.as_str()), (1, "RE-1"));
    approve(&mut workbook, ids[1]).unwrap();
    reject(&mut workbook, ids[0]).unwrap();
    assert_eq!(told(&queue(&workbook, QueueFilter::Approved, "", 0, 9)), ["Approved 10000"]);
    assert_eq!(told(&queue(&workbook, QueueFilter::Rejected, "", 0, 9)), ["Rejected 4000"]);
}

#[test]
fn accounts_tell_their_first_and_last_day() {
    let (_desk, mut workbook) = workbook();
    take_lines(&mut workbook, 3, &[line(1, 30, 5, "late")]).unwrap();
    let accounts = workbook.accounts().unwrap();
    assert_eq!(accounts.len(), 1);
    assert_eq!((accounts[0].name.as_str(), accounts[0].lines), ("Current account", 6));
    assert_eq!((accounts[0].first_date, accounts[0].last_date), (Some(date(2026, 1, 2)), Some(date(2026, 1, 30))));
    assert!(matches!(workbook.find_or_create_account(" ", eur()), Err(WorkbookError::Name(_))));
}
