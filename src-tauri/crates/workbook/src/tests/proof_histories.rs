//! What is outstanding at a day, after whatever was matched and taken back: as a look at every line and leg finds it.

use jiff::civil::Date;
use proptest::prelude::*;
use rusqlite::params;
use tieout_domain::Side;

use super::*;
use crate::{ProofRange, rows::Blob};

/// Every entry of the currency with what is outstanding of it at the last day, over all lines and legs: ?1 the day.
const NAIVE: &str = "SELECT r.id, r.amount - r.applied + ifnull((
        SELECT sum(ifnull(l.amount_settled, l.amount_applied)) FROM match_legs l JOIN matches m ON m.id = l.match_id
        WHERE l.entry_id = r.id AND m.status = 'approved' AND ?1 < (
            SELECT min(ifnull(s.date, '')) FROM match_legs x JOIN statement_lines s ON s.id = x.line_id
            WHERE x.match_id = m.id)), 0) AS rest
    FROM ledger_entries r WHERE r.currency = 'EUR' AND r.state IN (0, 1, 2)
      AND (?1 IS NULL OR r.date IS NULL OR r.date <= ?1)";

#[derive(Debug, Clone)]
enum Step {
    /// Lines and entries from these places on, so many of each, are proposed; and approved, if this says so.
    Match {
        line: usize,
        lines: usize,
        entry: usize,
        entries: usize,
        approve: bool,
        share: i64,
    },
    Undo(usize),
    Reject(usize),
    Delete(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let matched = (0_usize..12, 1_usize..3, 0_usize..12, 0_usize..3, any::<bool>(), 1_i64..4).prop_map(
        |(line, lines, entry, entries, approve, share)| Step::Match { line, lines, entry, entries, approve, share },
    );
    let step = prop_oneof![
        6 => matched,
        2 => (0_usize..9).prop_map(Step::Undo),
        1 => (0_usize..9).prop_map(Step::Reject),
        1 => (0_usize..12).prop_map(Step::Delete),
    ];
    prop::collection::vec(step, 0..16)
}

/// A day of January, or none.
fn day() -> impl Strategy<Value = Option<i8>> {
    prop_oneof![5 => (1_i8..28).prop_map(Some), 1 => Just(None)]
}

fn on(day: Option<i8>) -> Option<Date> {
    day.map(|day| date(2026, 1, day))
}

fn book(lines: &[Option<i8>], entries: &[Option<i8>]) -> (Desk, Workbook) {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let amount = |place: usize| 100 * (place as i64 % 5 + 1);
    let lines: Vec<StatementLine> = (0..)
        .zip(lines)
        .map(|(place, on_day)| StatementLine {
            date: on(*on_day),
            ..line(place as u32 + 1, 1, amount(place), &format!("line {place}"))
        })
        .collect();
    let entries: Vec<LedgerEntry> = (0..)
        .zip(entries)
        .map(|(place, on_day)| LedgerEntry {
            date: on(*on_day),
            ..invoice(place as u32 + 1, 1, amount(place + 1), &format!("RE-{place}"))
        })
        .collect();
    let (first, second) = lines.split_at(lines.len() / 2);
    let savings = workbook.find_or_create_account("Savings", eur()).unwrap();
    take_lines(&mut workbook, 1, first).unwrap();
    take_statement(&mut workbook, &batch(2), savings, &facts(second, None, None), second).unwrap();
    take_entries(&mut workbook, 3, &entries).unwrap();
    (desk, workbook)
}

fn do_step(workbook: &mut Workbook, step: &Step) {
    match step {
        Step::Match { line, lines, entry, entries, approve: is_approved, share } => {
            let (open_lines, open_entries) = (workbook.open_lines(None).unwrap(), workbook.open_entries().unwrap());
            // A part of what is open, so that more can be matched with the same record.
            let part = |open: i64| (open / share).max(1);
            let lines: Vec<_> = open_lines
                .iter()
                .skip(*line)
                .take(*lines)
                .map(|line| (line.id, part(line.open.minor_units())))
                .collect();
            let entries: Vec<_> = open_entries
                .iter()
                .skip(*entry)
                .take(*entries)
                .map(|entry| (entry.id, part(entry.open.minor_units())))
                .collect();
            if lines.is_empty() || entries.is_empty() {
                return;
            }
            let status = if *is_approved { MatchStatus::Approved } else { MatchStatus::Suggested };
            store(workbook, &[proposal(matched(&lines, &entries), status, 700_000)]);
        }
        Step::Reject(place) => {
            if let Some(id) = proposed(workbook).get(*place) {
                reject(workbook, *id).unwrap();
            }
        }
        Step::Undo(place) => {
            let query =
                crate::QueueQuery { filter: crate::QueueFilter::Approved, limit: 100, ..crate::QueueQuery::default() };
            if let Some(crate::QueueSubject::Match(id)) =
                workbook.queue_page(&query).unwrap().rows.get(*place).map(|row| row.subject)
            {
                workbook.undo_decision(id, "").unwrap();
            }
        }
        Step::Delete(place) => {
            // What a match uses is not deleted.
            if let Some(entry) = workbook.open_entries().unwrap().get(*place) {
                let _ = workbook.delete_records(&[RecordRef::Entry(entry.id)], "");
            }
        }
    }
}

/// Every identifier with its rest, by a look at everything.
fn naive(workbook: &Workbook, last: Option<Date>) -> Vec<(uuid::Uuid, i64)> {
    let sql = format!("SELECT id, rest FROM ({NAIVE}) WHERE rest <> 0 ORDER BY id");
    let mut statement = workbook.sql.prepare(&sql).unwrap();
    let found = statement
        .query_map(params![last.map(|day| day.to_string())], |row| Ok((row.get::<_, Blob>(0)?.0, row.get(1)?)))
        .unwrap();
    found.map(Result::unwrap).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn what_is_outstanding_is_what_a_look_at_every_leg_finds(
        lines in prop::collection::vec(day(), 2..12),
        entries in prop::collection::vec(day(), 1..12),
        steps in steps(),
    ) {
        let (_desk, mut workbook) = book(&lines, &entries);
        for step in &steps {
            do_step(&mut workbook, step);
        }
        for account in workbook.accounts().unwrap() {
            for last in [None].into_iter().chain((1..=28).step_by(3).map(|day| Some(date(2026, 1, day)))) {
                let range = ProofRange { from: last.and(Some(date(2026, 1, 1))), to: last };
                let expected = naive(&workbook, last);
                let told = workbook.balance_proof(account.id, range).unwrap();
                let sum: i64 = expected.iter().map(|(_, rest)| rest).sum();
                prop_assert_eq!(told.proof.entries_outstanding, cents(sum), "{:?}", last);
                prop_assert_eq!(told.entries_outstanding, expected.len() as u64, "{:?}", last);
                prop_assert_eq!(workbook.all_outstanding(&account, range, Side::Ledger).unwrap(), expected, "{:?}", last);
            }
            let whole = workbook.balance_proof(account.id, ProofRange::default()).unwrap().proof;
            prop_assert_eq!(whole.holds(), Ok(true));
        }
        prop_assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    }
}
