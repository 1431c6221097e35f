//! How far matches are apart: what they use, what they leave open, and what jobs say.

use tieout_domain::{Job, SideTotals};

use super::*;
use crate::{DifferenceScope, JobMatch, MatchDifference};

fn shown(difference: &MatchDifference) -> String {
    let SideTotals { statement, ledger } = difference.totals;
    let causes: Vec<_> = difference.causes.iter().map(|cause| cause.as_str()).collect();
    let status = difference.status.as_str();
    format!("{} {} {status} {}", statement.minor_units(), ledger.minor_units(), causes.join("+"))
}

fn differences(workbook: &Workbook, scope: DifferenceScope) -> Vec<String> {
    workbook.match_differences(&scope).unwrap().iter().map(shown).collect()
}

fn all(workbook: &Workbook) -> Vec<String> {
    differences(workbook, DifferenceScope::default())
}

fn part(matched: Match, cause: RootCause) -> Proposal {
    Proposal { cause, ..proposal(matched, MatchStatus::Suggested, 900_000) }
}

#[test]
fn what_matches_use_and_leave_open_is_told_of_those_that_differ() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let lines = [
        line(1, 2, 9_850, "fee kept"),
        line(2, 3, 40_000, "half"),
        line(3, 4, 10_000, "exact"),
        line(4, 9, 700, "more"),
    ];
    take_lines(&mut workbook, 1, &lines).unwrap();
    let entries = [
        invoice(1, 1, 10_000, "RE-1"),
        invoice(2, 2, 90_000, "RE-2"),
        invoice(3, 2, 10_000, "RE-3"),
        invoice(4, 3, 500, "RE-4"),
    ];
    take_entries(&mut workbook, 2, &entries).unwrap();
    let (lines, entries) = (line_ids(&workbook), entry_ids(&workbook));
    store(
        &mut workbook,
        &[
            proposal(matched(&[(lines[0], 9_850)], &[(entries[0], 10_000)]), MatchStatus::Approved, 999_000),
            part(matched(&[(lines[1], 40_000)], &[(entries[1], 40_000)]), RootCause::PartialPayment),
            proposal(matched(&[(lines[2], 10_000)], &[(entries[2], 10_000)]), MatchStatus::Approved, 999_000),
            part(matched(&[(lines[3], 500)], &[(entries[3], 500)]), RootCause::Overpayment),
        ],
    );
    let expected =
        ["9850 10000 approved fee", "40000 90000 suggested partial_payment", "700 500 suggested overpayment"];
    assert_eq!(all(&workbook), expected);

    // Days count from the first line, on either end.
    let of = |from, to| DifferenceScope {
        from: Some(date(2026, 1, from)),
        to: Some(date(2026, 1, to)),
        ..DifferenceScope::default()
    };
    assert_eq!(differences(&workbook, of(2, 3)), expected[..2]);
    assert_eq!(differences(&workbook, of(4, 8)), [""; 0]);
    let own = account(&mut workbook);
    let other = workbook.find_or_create_account("Savings", eur()).unwrap();
    let whose = |account| DifferenceScope { account: Some(account), ..DifferenceScope::default() };
    assert_eq!(differences(&workbook, whose(own)), expected);
    assert_eq!(differences(&workbook, whose(other)), [""; 0]);

    // Approved, a part payment leaves as much open; rejected, it makes no difference any more.
    let ids = proposed(&workbook);
    let half = *ids.iter().find(|id| workbook.match_detail(**id).unwrap().row.entries == 1).unwrap();
    approve(&mut workbook, half).unwrap();
    assert_eq!(all(&workbook).len(), 3);
    let left = *proposed(&workbook).first().unwrap();
    reject(&mut workbook, left).unwrap();
    assert_eq!(all(&workbook).len(), 2);
    workbook.undo_newest("").unwrap();
    assert_eq!(all(&workbook).len(), 3);
}

#[test]
fn what_several_part_payments_leave_open_counts_once() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    take_lines(&mut workbook, 1, &[line(1, 2, 300, "first"), line(2, 3, 400, "second")]).unwrap();
    take_entries(&mut workbook, 2, &[invoice(1, 1, 1_000, "RE-1")]).unwrap();
    let (lines, entries) = (line_ids(&workbook), entry_ids(&workbook));
    let first = matched(&[(lines[0], 300)], &[(entries[0], 300)]);
    let first = Proposal { status: MatchStatus::Approved, ..part(first, RootCause::PartialPayment) };
    store(&mut workbook, &[first]);
    assert_eq!(all(&workbook), ["300 1000 approved partial_payment"]);
    let second = part(matched(&[(lines[1], 400)], &[(entries[0], 400)]), RootCause::PartialPayment);
    store(&mut workbook, &[second]);
    assert_eq!(all(&workbook), ["400 700 suggested partial_payment"]);
    let id = proposed(&workbook)[0];
    approve(&mut workbook, id).unwrap();
    assert_eq!(all(&workbook), ["400 700 approved partial_payment"]);
}

fn job(quantity: &str, rate: &str) -> Option<Box<Job>> {
    Some(Box::new(Job {
        month: Some(date(2026, 1, 1)),
        site: "York Station".to_owned(),
        service_type: "Window cleaning".to_owned(),
        quantity: quantity.parse().ok(),
        rate: rate.parse().ok(),
    }))
}

fn jobs(workbook: &Workbook) -> Vec<String> {
    let told = |job: JobMatch| {
        let rates = (job.statement.rate.unwrap(), job.ledger.rate.unwrap());
        let totals = (job.totals.statement.minor_units(), job.totals.ledger.minor_units());
        format!("{} {} {} / {} {}", job.number, totals.0, rates.0, totals.1, rates.1)
    };
    workbook.job_matches(&DifferenceScope::default()).unwrap().into_iter().map(told).collect()
}

#[test]
fn jobs_are_told_as_a_whole_whether_they_differ_or_not() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let with = |line: StatementLine, job| StatementLine { job, ..line };
    let of = |entry: LedgerEntry, job| LedgerEntry { job, kind: LedgerKind::Job, ..entry };
    let lines = [
        with(line(1, 2, 20_800, "J-1"), job("8", "26.00")),
        with(line(2, 3, 19_600, "J-2"), job("8", "24.50")),
        with(line(3, 4, 12_250, "J-3"), job("5", "24.50")),
        line(4, 5, 500, "no job"),
    ];
    take_lines(&mut workbook, 1, &lines).unwrap();
    let entries = [
        of(invoice(1, 2, 19_600, "J-1"), job("8", "24.50")),
        of(invoice(2, 3, 19_600, "J-2"), job("8", "24.50")),
        of(invoice(3, 4, 19_600, "J-3"), job("8", "24.50")),
        invoice(4, 5, 500, "RE-4"),
    ];
    take_entries(&mut workbook, 2, &entries).unwrap();
    let (lines, entries) = (line_ids(&workbook), entry_ids(&workbook));
    let rate = Adjustment { cause: RootCause::RateChange, amount: cents(1_200) };
    let legs =
        vec![Leg::of(RecordRef::Line(lines[0]), cents(20_800)), Leg::of(RecordRef::Entry(entries[0]), cents(19_600))];
    let changed = Match::across(legs, vec![rate]).unwrap();
    let proposals = [
        part(changed, RootCause::RateChange),
        proposal(matched(&[(lines[1], 19_600)], &[(entries[1], 19_600)]), MatchStatus::Approved, 999_000),
        part(matched(&[(lines[2], 12_250)], &[(entries[2], 12_250)]), RootCause::PartialPayment),
        proposal(matched(&[(lines[3], 500)], &[(entries[3], 500)]), MatchStatus::Approved, 999_000),
    ];
    workbook.store_run(&run(), &proposals, &[], &mut go_on()).unwrap();
    assert_eq!(jobs(&workbook), [""; 0], "only runs of the profile match jobs");
    let run = NewRun { profile: Profile::Jobs, ..run() };
    workbook.store_run(&run, &[], &[], &mut go_on()).unwrap();
    // A run replaces what was only proposed.
    assert_eq!(jobs(&workbook), ["J-2 19600 24.50 / 19600 24.50"]);
    workbook.store_run(&run, &[proposals[0].clone(), proposals[2].clone()], &[], &mut go_on()).unwrap();
    assert_eq!(
        jobs(&workbook),
        [
            "J-2 19600 24.50 / 19600 24.50",
            "J-1 20800 26.00 / 19600 24.50",
            // Three hours less: what is left open belongs to the job.
            "J-3 12250 24.50 / 19600 24.50",
        ]
    );
    assert_eq!(all(&workbook), ["20800 19600 suggested rate_change", "12250 19600 suggested partial_payment"]);
}
