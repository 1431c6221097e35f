//! What a later run does to what is there: nothing to what was decided, and only what is needed to what was not.

use tieout_domain::{InvoiceStatus, RecordRef, Side};

use super::*;
use crate::{NewException, OpenQuery, QueueFilter, QueueQuery, QueueSubject, RowState};

/// Four lines and four invoices of 10.00, 20.00, 30.00, 40.00.
struct Bench {
    workbook: Workbook,
    lines: Vec<StatementLineId>,
    entries: Vec<LedgerEntryId>,
    _desk: Desk,
}

fn bench() -> Bench {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let rows = || (1_u32..=4).map(|row| (row, i64::from(row) * 1_000));
    take_lines(&mut workbook, 1, &rows().map(|(row, minor)| line(row, 2, minor, "paid")).collect::<Vec<_>>()).unwrap();
    let invoices: Vec<_> = rows().map(|(row, minor)| invoice(row, 1, minor, &format!("RE-{row}"))).collect();
    take_entries(&mut workbook, 2, &invoices).unwrap();
    let (lines, entries) = (line_ids(&workbook), entry_ids(&workbook));
    Bench { workbook, lines, entries, _desk: desk }
}

impl Bench {
    /// The pair of that number, using so many cents of both.
    fn pair(&self, number: usize, minor: i64, status: MatchStatus) -> Proposal {
        proposal(matched(&[(self.lines[number], minor)], &[(self.entries[number], minor)]), status, 900_000)
    }

    fn suggested(&self, number: usize) -> Proposal {
        self.pair(number, (number as i64 + 1) * 1_000, MatchStatus::Suggested)
    }

    /// Every value of the rows a query finds.
    fn dump(&self, sql: &str) -> Vec<String> {
        let mut statement = self.workbook.sql.prepare(sql).unwrap();
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| {
            (0..columns)
                .map(|column| row.get_ref(column).map(|value| format!("{value:?}")))
                .collect::<Result<String, _>>()
        });
        rows.unwrap().collect::<Result<_, _>>().unwrap()
    }

    fn count(&self, table: &str) -> usize {
        self.dump(&format!("SELECT id FROM {table}")).len()
    }

    /// What the queue says waits for a person: proposals, then lines.
    fn states(&self) -> Vec<RowState> {
        let query = QueueQuery { filter: QueueFilter::ToReview, limit: 99, ..QueueQuery::default() };
        self.workbook.queue_page(&query).unwrap().rows.iter().map(|row| row.state).collect()
    }

    #[track_caller]
    fn sound(&self) {
        assert_eq!(self.workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
        assert!(self.workbook.verify_chain().unwrap().holds());
    }
}

#[test]
fn what_was_decided_is_byte_for_byte_the_same_after_a_later_run() {
    let mut bench = bench();
    let proposals =
        [bench.pair(0, 1_000, MatchStatus::Approved), bench.suggested(1), bench.suggested(2), bench.suggested(3)];
    store(&mut bench.workbook, &proposals);
    let waiting = proposed(&bench.workbook);
    approve(&mut bench.workbook, waiting[0]).unwrap();
    reject(&mut bench.workbook, waiting[1]).unwrap();
    let decided = [
        "SELECT * FROM matches WHERE status IN ('approved', 'rejected') ORDER BY id",
        "SELECT l.* FROM match_legs l JOIN matches m ON m.id = l.match_id AND m.status IN ('approved', 'rejected')
         ORDER BY l.match_id, l.position",
        "SELECT * FROM decisions ORDER BY id",
        "SELECT * FROM statement_lines WHERE applied <> 0 ORDER BY id",
        "SELECT * FROM ledger_entries WHERE applied <> 0 ORDER BY id",
    ];
    let before = decided.map(|sql| bench.dump(sql));
    assert_eq!(before.each_ref().map(Vec::len), [3, 6, 3, 2, 2]);
    take_lines(&mut bench.workbook, 3, &[line(9, 9, 900, "new")]).unwrap();
    let mut better = bench.suggested(3);
    better.confidence = Confidence::from_ppm(999_000);
    store(&mut bench.workbook, &[better]);
    assert_eq!(decided.map(|sql| bench.dump(sql)), before);
    bench.sound();
}

#[test]
fn a_proposal_that_is_found_again_stays_and_one_that_is_not_makes_room() {
    let mut bench = bench();
    let first = [bench.suggested(0), bench.suggested(1), bench.suggested(2)];
    store(&mut bench.workbook, &first);
    let waiting = proposed(&bench.workbook);
    // The first is found again, the second with another confidence, the third not at all, the fourth is new.
    let mut surer = bench.suggested(1);
    surer.confidence = Confidence::from_ppm(950_000);
    let second = [bench.suggested(3), bench.suggested(0), surer];
    store(&mut bench.workbook, &second);
    let state = |id| bench.workbook.match_detail(id).unwrap().row.state;
    let (again, other, gone) = (RowState::Suggested, RowState::Superseded, RowState::Superseded);
    assert_eq!([state(waiting[0]), state(waiting[1]), state(waiting[2])], [again, other, gone]);
    let now = proposed(&bench.workbook);
    assert_eq!((now.len(), now.contains(&waiting[0]), bench.count("matches")), (3, true, 5));
    assert_eq!(bench.states()[3..], [RowState::UnmatchedLine], "the third line waits without a proposal again");
    bench.sound();

    // A third run that finds nothing new adds no match.
    let same = [bench.suggested(3), bench.suggested(0)];
    store(&mut bench.workbook, &same);
    assert_eq!((proposed(&bench.workbook).len(), bench.count("matches")), (2, 5));
    // A status of its own is another proposal.
    let torn = [bench.pair(0, 1_000, MatchStatus::Ambiguous)];
    store(&mut bench.workbook, &torn);
    assert_eq!(bench.states()[0], RowState::Ambiguous);
    assert_eq!((proposed(&bench.workbook).len(), bench.count("matches")), (1, 6));
    bench.sound();
}

#[test]
fn a_kept_proposal_does_not_hide_what_an_approval_set_aside() {
    let mut bench = bench();
    let whole = |entry: LedgerEntryId| {
        let matched = matched(&[(bench.lines[0], 1_000)], &[(entry, 1_000)]);
        proposal(matched, MatchStatus::Ambiguous, 500_000)
    };
    let (one, other) = (whole(bench.entries[0]), whole(bench.entries[1]));
    store(&mut bench.workbook, std::slice::from_ref(&one));
    // The second run finds the first proposal again, and another beside it.
    store(&mut bench.workbook, &[one, other]);
    let waiting = proposed(&bench.workbook);
    assert_eq!(approve(&mut bench.workbook, waiting[0]).unwrap().set_aside, [waiting[1]]);
    assert_eq!(bench.workbook.undo_newest("").unwrap().restored, [waiting[1]]);
    assert_eq!(proposed(&bench.workbook), waiting);
    bench.sound();
}

#[test]
fn an_entry_that_is_partly_paid_comes_back_with_what_is_open_of_it() {
    let mut bench = bench();
    let part =
        proposal(matched(&[(bench.lines[0], 1_000)], &[(bench.entries[3], 1_000)]), MatchStatus::Approved, 990_000);
    store(&mut bench.workbook, &[part]);
    let open = bench.workbook.open_entries().unwrap();
    let found = open.iter().find(|open| open.id == bench.entries[3]).unwrap();
    assert_eq!((found.open, found.record.amount), (cents(3_000), cents(4_000)));
    let rest =
        proposal(matched(&[(bench.lines[2], 3_000)], &[(bench.entries[3], 3_000)]), MatchStatus::Approved, 990_000);
    store(&mut bench.workbook, &[rest]);
    assert_eq!(bench.workbook.entry(bench.entries[3]).unwrap().status, Some(InvoiceStatus::Paid));
    assert!(!entry_ids(&bench.workbook).contains(&bench.entries[3]));
    bench.sound();
}

#[test]
fn records_of_one_run_may_be_used_and_proposed_in_any_order() {
    let mut bench = bench();
    let half = |line: usize, minor, status| {
        proposal(matched(&[(bench.lines[line], minor)], &[(bench.entries[3], minor)]), status, 900_000)
    };
    let proposals = [half(0, 1_000, MatchStatus::Suggested), half(2, 3_000, MatchStatus::Approved)];
    for order in [[0, 1], [1, 0]] {
        store(&mut bench.workbook, &order.map(|i| proposals[i].clone()));
        let page = bench.workbook.open_records(&OpenQuery {
            side: Side::Ledger,
            search: String::new(),
            near_minor: None,
            currency: None,
            offset: 0,
            limit: 9,
        });
        let open = page.unwrap().rows.into_iter().find(|row| row.reference() == RecordRef::Entry(bench.entries[3]));
        assert_eq!(open.unwrap().open(), cents(1_000));
        bench.sound();
        let approved = bench.dump("SELECT id FROM matches WHERE status = 'approved'").len();
        assert_eq!(approved, 1);
        let account = account(&mut bench.workbook);
        let page = bench
            .workbook
            .matches_of_account(account, crate::ProofRange::default(), &[MatchStatus::Approved], 0, 9)
            .unwrap();
        let id = page.rows[0].summary.id;
        bench.workbook.undo_decision(id, "").unwrap();
        store(&mut bench.workbook, &[]);
    }
}

#[test]
fn an_exception_keeps_its_age_as_long_as_its_record_has_no_match() {
    let mut bench = bench();
    let exception = |line: usize, why: &str| NewException {
        record: RecordRef::Line(bench.lines[line]),
        cause: RootCause::MissingInLedger,
        impact: cents(100),
        explanation: why.to_owned(),
        finding: None,
    };
    let (same, changed, gone) = (exception(0, "same"), exception(1, "before"), exception(2, "gone"));
    let after = exception(1, "after");
    let new = exception(3, "new");
    bench.workbook.store_run(&run(), &[], &[same.clone(), changed, gone], &mut go_on()).unwrap();
    let ages = |bench: &Bench| bench.dump("SELECT id, line_id, opened_at FROM exceptions ORDER BY line_id");
    let first = ages(&bench);
    bench.workbook.store_run(&run(), &[], &[new, after, same], &mut go_on()).unwrap();
    let second = ages(&bench);
    assert_eq!((first.len(), second.len(), &second[..2]), (3, 3, &first[..2]));
    let told = |line: usize| {
        let detail = bench.workbook.record_detail(RecordRef::Line(bench.lines[line])).unwrap();
        detail.exception.map(|exception| exception.explanation)
    };
    let told: Vec<_> = (0..4).map(told).collect();
    assert_eq!(told, [Some("same".to_owned()), Some("after".to_owned()), None, Some("new".to_owned())]);
}

/// Years of rejected matches are not gone through for a few open records.
#[test]
fn rejected_matches_of_settled_records_are_left_out_where_they_are_many() {
    let mut bench = bench();
    let cross = |line: usize, entry: usize| {
        proposal(
            matched(&[(bench.lines[line], 1_000)], &[(bench.entries[entry], 1_000)]),
            MatchStatus::Suggested,
            500_000,
        )
    };
    let wrong: Vec<_> = (0..4).flat_map(|line| (0..4).map(move |entry| (line, entry))).collect();
    let wrong: Vec<_> = wrong.into_iter().filter(|(line, entry)| line != entry).map(|(l, e)| cross(l, e)).collect();
    for proposal in wrong {
        store(&mut bench.workbook, &[proposal]);
        let id = proposed(&bench.workbook)[0];
        reject(&mut bench.workbook, id).unwrap();
    }
    let settled: Vec<_> =
        (0..3).map(|number| bench.pair(number, (number as i64 + 1) * 1_000, MatchStatus::Approved)).collect();
    store(&mut bench.workbook, &settled);
    let rejected = bench.workbook.rejected_matches().unwrap();
    assert_eq!(rejected.len(), 6, "three for the open line, three for the open entry");
    let (line, entry) = (bench.lines[3], bench.entries[3]);
    assert!(rejected.iter().all(|group| group.lines == [line] || group.entries == [entry]));
}

#[test]
fn open_records_come_in_the_order_they_were_taken_in_however_few_they_are() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let lines: Vec<_> = (1..=20).map(|row| line(row, 2, i64::from(row) * 10, "paid")).collect();
    take_lines(&mut workbook, 1, &lines).unwrap();
    let invoices: Vec<_> = (1..=20).map(|row| invoice(row, 1, i64::from(row) * 10, &format!("RE-{row}"))).collect();
    take_entries(&mut workbook, 2, &invoices).unwrap();
    let (lines, entries) = (workbook.open_lines(None).unwrap(), workbook.open_entries().unwrap());
    assert_eq!((lines.len(), entries.len()), (20, 20));
    let settled: Vec<_> = (0..18)
        .map(|i| {
            let minor = lines[i].open.minor_units();
            proposal(matched(&[(lines[i].id, minor)], &[(entries[i].id, minor)]), MatchStatus::Approved, 999_000)
        })
        .collect();
    store(&mut workbook, &settled);
    assert_eq!(workbook.open_lines(None).unwrap(), lines[18..]);
    assert_eq!(workbook.open_entries().unwrap(), entries[18..]);
    let query = QueueQuery { filter: QueueFilter::UnmatchedLines, limit: 9, ..QueueQuery::default() };
    let subjects: Vec<_> = workbook.queue_page(&query).unwrap().rows.into_iter().map(|row| row.subject).collect();
    assert_eq!(subjects, [19, 18].map(|i| QueueSubject::Record(RecordRef::Line(lines[i].id))));
}
