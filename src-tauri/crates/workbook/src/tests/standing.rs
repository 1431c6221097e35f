//! What needs whoever is signed in, against a count of every row by hand.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{ToSpan, civil::Date};
use proptest::prelude::*;
use tieout_domain::{CausePolicy, Policy, RecordRef, Role};

use super::{policies::exception, *};
use crate::{DutyKind, Mark, QueueFilter, QueueQuery, QueueRow, QueueSubject, Record};

/// The first day of the tests' clock.
const TODAY: Date = date(2023, 11, 14);

/// What was noted on a row, as the test remembers it.
#[derive(Debug, Clone, Default)]
struct Noted {
    owner: Option<String>,
    snoozed: Option<Date>,
    expected: Option<Date>,
}

/// What somebody does with a row.
#[derive(Debug, Clone)]
enum Step {
    Give(usize),
    Snooze(i64),
    Expect(i64),
    Approve,
    Reject,
    Undo,
}

const NAMES: [&str; 3] = ["Ada", "Petra", "Ben"];

struct History {
    workbook: Workbook,
    noted: BTreeMap<String, Noted>,
    /// Who looks after causes by the policy.
    owners: BTreeMap<RootCause, String>,
    _desk: Desk,
}

fn key(subject: QueueSubject) -> String {
    format!("{subject:?}")
}

fn noon(day: Date) -> u64 {
    let at = day.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap();
    at.timestamp().as_millisecond().unsigned_abs()
}

impl History {
    /// So many lines and entries of different amounts; every third pair is proposed, every fourth of these with a rival.
    fn new(records: u32, owners: BTreeMap<RootCause, String>) -> Self {
        let desk = Desk::new();
        let mut workbook = desk.create();
        workbook.add_user("Petra", Role::Preparer).unwrap();
        give_own_secret(&mut workbook);
        workbook.add_user("Ben", Role::Reviewer).unwrap();
        workbook.clock = clock(noon(TODAY));
        if !owners.is_empty() {
            let owned = |owner: &String| CausePolicy { limit: None, owner: Some(owner.clone()) };
            let causes = owners.iter().map(|(cause, owner)| (*cause, owned(owner))).collect();
            let policy = Policy::new(eur(), Policy::default_confidence(), None, causes).unwrap();
            workbook.save_policy(&policy, "owners").unwrap();
        }
        // Nobody signs off here: names are enough, and quicker.
        workbook.change_own_secret(Some(SECRET), None).unwrap();
        let amount = |row: u32| i64::from(row * 37 % 101) * if row.is_multiple_of(5) { -1 } else { 1 } * 100 - 7;
        let lines: Vec<StatementLine> =
            (1..=records).map(|row| line(row, 2, amount(row), &format!("line {row}"))).collect();
        let entries: Vec<LedgerEntry> = (1..=records)
            .map(|row| invoice(row, 1, amount(row) + i64::from(row % 2) * 7, &format!("RE-{row}")))
            .collect();
        take_lines(&mut workbook, 1, &lines).unwrap();
        take_entries(&mut workbook, 2, &entries).unwrap();
        let (line_ids, entry_ids) = (line_ids(&workbook), entry_ids(&workbook));
        let proposals: Vec<Proposal> = (0..records as usize)
            .step_by(3)
            .map(|place| {
                let minor = lines[place].amount.minor_units();
                let status = if place % 4 == 0 { MatchStatus::Ambiguous } else { MatchStatus::Suggested };
                let applied = entries[place].amount.minor_units();
                proposal(matched(&[(line_ids[place], minor)], &[(entry_ids[place], applied)]), status, 700_000)
            })
            .collect();
        // Of what is in no proposal, half has a cause that was found, and half none yet.
        let found: Vec<_> = (1..records as usize)
            .step_by(3)
            .flat_map(|place| {
                let (line, entry) = (RecordRef::Line(line_ids[place]), RecordRef::Entry(entry_ids[place]));
                let cause = if place % 2 == 0 { RootCause::Fee } else { RootCause::None };
                [(line, lines[place].amount), (entry, entries[place].amount)]
                    .map(|(record, amount)| exception(record, cause, amount.minor_units().abs()))
            })
            .collect();
        workbook.store_run(&run(), &proposals, &found, &mut go_on()).unwrap();
        Self { workbook, noted: BTreeMap::new(), owners, _desk: desk }
    }

    /// Every row that a person is still to decide on, snoozed or not: proposals and lines, then entries.
    fn rows(&self) -> (Vec<QueueRow>, Vec<QueueRow>) {
        let page = |filter| {
            let query = QueueQuery { filter, limit: 1_000, ..QueueQuery::default() };
            self.workbook.queue_page(&query).unwrap().rows
        };
        let (mut work, mut entries) = (page(QueueFilter::ToReview), page(QueueFilter::UnmatchedEntries));
        for row in page(QueueFilter::Snoozed) {
            let is_entry = matches!(row.subject, QueueSubject::Record(RecordRef::Entry(_)));
            if is_entry { &mut entries } else { &mut work }.push(row);
        }
        (work, entries)
    }

    fn do_step(&mut self, place: usize, step: &Step) {
        let (work, entries) = self.rows();
        let all: Vec<&QueueRow> = work.iter().chain(&entries).collect();
        let Some(row) = all.get(place % all.len().max(1)) else { return };
        let (subject, today) = (row.subject, self.workbook.today());
        let noted = self.noted.entry(key(subject)).or_default();
        match step {
            Step::Give(name) => {
                let owner = NAMES.get(*name).map(|name| (*name).to_owned());
                self.workbook.mark(&[subject], &Mark::Owner(owner.clone())).unwrap();
                noted.owner = owner;
            }
            Step::Snooze(days) => {
                let until = today.saturating_add(days.days());
                self.workbook.mark(&[subject], &Mark::Snooze(Some(until))).unwrap();
                noted.snoozed = Some(until);
            }
            Step::Expect(days) => {
                let by = today.saturating_add(days.days());
                let mark = Mark::Timing(Some((by, "under way".to_owned())));
                // A match is no difference in time: then nothing changes.
                if self.workbook.mark(&[subject], &mark).is_ok() {
                    noted.expected = Some(by);
                }
            }
            Step::Approve | Step::Reject => {
                if let QueueSubject::Match(id) = subject {
                    let decide = if matches!(step, Step::Approve) { approve } else { reject };
                    decide(&mut self.workbook, id).unwrap();
                }
            }
            Step::Undo => {
                // Notes that are taken back are remembered by nobody here: only decisions are.
                let decided = self.workbook.undoable().unwrap();
                if decided.is_some_and(|act| {
                    matches!(act.kind, tieout_domain::ActKind::Approve | tieout_domain::ActKind::Reject)
                }) {
                    self.workbook.undo_newest("").unwrap();
                }
            }
        }
    }

    fn sign_in(&mut self, name: &str) {
        let user = self.workbook.users().unwrap().into_iter().find(|user| user.name == name).unwrap();
        self.workbook.sign_in(user.id, None, None).unwrap();
    }

    /// What there is of each kind, counted row by row.
    fn naive(&self, me: &str) -> BTreeMap<DutyKind, (u64, i64)> {
        let today = self.workbook.today();
        let (work, entries) = self.rows();
        let mut found: BTreeMap<DutyKind, (u64, i64)> = BTreeMap::new();
        let mut proposed = BTreeSet::new();
        for (row, is_entry) in work.iter().map(|row| (row, false)).chain(entries.iter().map(|row| (row, true))) {
            let noted = self.noted.get(&key(row.subject)).cloned().unwrap_or_default();
            if noted.snoozed.max(noted.expected).is_some_and(|day| day > today) {
                continue;
            }
            let owner = noted.owner.or_else(|| self.owners.get(&row.cause).cloned());
            let mut add = |kind: [DutyKind; 2]| {
                let sum = found.entry(kind[usize::from(is_entry)]).or_default();
                *sum = (sum.0 + 1, sum.1 + i64::try_from(row.amount.magnitude()).unwrap());
            };
            let not_others = owner.as_deref().is_none_or(|owner| owner == me);
            if owner.as_deref() == Some(me) {
                add([DutyKind::Assigned, DutyKind::AssignedEntries]);
            }
            if not_others && noted.snoozed.is_some_and(|day| day <= today) {
                add([DutyKind::Returned, DutyKind::ReturnedEntries]);
            }
            if not_others && noted.expected.is_some_and(|day| day < today) {
                add([DutyKind::Overdue, DutyKind::OverdueEntries]);
            }
            match row.subject {
                QueueSubject::Match(id) => {
                    let proposals = found.entry(DutyKind::Proposals).or_default();
                    proposals.0 += 1;
                    for (record, _) in self.workbook.match_detail(id).unwrap().records {
                        // Each line once.
                        if let Record::Line(line) = record
                            && proposed.insert(line.id)
                        {
                            proposals.1 += i64::try_from(line.open.magnitude()).unwrap();
                        }
                    }
                }
                QueueSubject::Record(RecordRef::Line(_)) => add([DutyKind::Lines, DutyKind::Lines]),
                QueueSubject::Record(RecordRef::Entry(_)) => {}
            }
        }
        found
    }
}

fn steps() -> impl Strategy<Value = Vec<(usize, usize, Step)>> {
    let step = prop_oneof![
        4 => (0_usize..4).prop_map(Step::Give),
        3 => (1_i64..20).prop_map(Step::Snooze),
        2 => (1_i64..20).prop_map(Step::Expect),
        2 => Just(Step::Approve),
        1 => Just(Step::Reject),
        1 => Just(Step::Undo),
    ];
    prop::collection::vec((0_usize..3, 0_usize..200, step), 0..30)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    /// Whatever was given, snoozed, expected and decided by whom, what the overview says on some later day is what a look
    /// at every row says, and what the list behind it holds.
    #[test]
    fn what_needs_me_is_what_a_look_at_every_row_finds(
        records in 1_u32..24,
        steps in steps(),
        days in 0_i64..25,
        fees in prop::option::of(0_usize..3),
        others in prop::option::of(0_usize..3),
    ) {
        let owned = [(RootCause::Fee, fees), (RootCause::None, others)];
        let owners = owned.into_iter().filter_map(|(cause, who)| Some((cause, NAMES[who?].to_owned()))).collect();
        let mut history = History::new(records, owners);
        for (who, place, step) in &steps {
            history.sign_in(NAMES[*who]);
            history.do_step(*place, step);
        }
        history.workbook.clock = clock(noon(TODAY.saturating_add(days.days())));
        for me in NAMES {
            history.sign_in(me);
            let standing = history.workbook.standing().unwrap();
            let mut told: BTreeMap<DutyKind, (u64, i64)> = BTreeMap::new();
            for duty in &standing.duties {
                let sum = duty.amounts.iter().map(|sum| sum.minor_units()).sum();
                told.insert(duty.kind, (duty.count, sum));
                let list = QueueQuery { limit: 1_000, ..duty.kind.list(me).unwrap() };
                let page = history.workbook.queue_page(&list).unwrap();
                prop_assert_eq!((page.total, page.rows.len() as u64), (duty.count, duty.count), "{:?}", duty.kind);
            }
            prop_assert_eq!(told, history.naive(me), "{}", me);
        }
    }
}
