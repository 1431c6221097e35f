//! What of a policy's work stands: acceptances that no longer cover what is open, room they give back, references that
//! the settings ask for, and days on which it worked without a run.

use tieout_domain::{CauseLimit, Kept, RecordRef, RootCause, Side};

use super::{
    policies::{exception, limit, policy},
    *,
};
use crate::{ExceptionQuery, FigureScope, HandMatch, Mark, ProofRange, QueueSubject};

/// A line that paid part of an invoice, a charge, and a second line.
fn desk() -> (Desk, Workbook, Vec<StatementLineId>, Vec<LedgerEntryId>) {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let lines = [line(1, 2, 300_000, "part"), line(2, 3, -35, "charge"), line(3, 4, 9_850, "paid")];
    take_lines(&mut workbook, 1, &lines).unwrap();
    let entries = [invoice(1, 1, 604_000, "RE-1"), invoice(2, 1, 10_000, "RE-2"), invoice(3, 1, 6_000, "RE-3")];
    take_entries(&mut workbook, 2, &entries).unwrap();
    let (lines, entries) = (line_ids(&workbook), entry_ids(&workbook));
    (desk, workbook, lines, entries)
}

fn save(workbook: &mut Workbook, cause: RootCause, most: CauseLimit) {
    workbook.save_policy(&policy(&[(cause, most)]), "year-end").unwrap().unwrap();
}

fn accepted(workbook: &Workbook) -> Vec<RecordRef> {
    let query = ExceptionQuery { accepted: true, limit: 9, ..ExceptionQuery::default() };
    workbook.exceptions(&query).unwrap().rows.iter().map(|row| row.record.reference()).collect()
}

#[test]
fn an_acceptance_ends_at_once_where_more_comes_to_be_open() {
    let (_desk, mut workbook, lines, entries) = desk();
    let record = RecordRef::Entry(entries[0]);
    let part = matched(&[(lines[0], 300_000)], &[(entries[0], 300_000)]);
    store(&mut workbook, &[proposal(part, MatchStatus::Suggested, 950_000)]);
    let id = proposed(&workbook)[0];
    approve(&mut workbook, id).unwrap();
    save(&mut workbook, RootCause::MissingInBank, limit(400_000));
    let open = [exception(record, RootCause::MissingInBank, 304_000)];
    workbook.store_run(&run(), &[], &open, &mut go_on()).unwrap();
    assert_eq!(accepted(&workbook), [record]);

    workbook.undo_decision(id, "").unwrap();
    let content = workbook.match_detail(id).unwrap().summary.content;
    workbook.reject(id, content, "not theirs").unwrap();
    assert_eq!(workbook.acceptance_of(record).unwrap(), None);
    let query = ExceptionQuery { side: Some(Side::Ledger), limit: 9, ..ExceptionQuery::default() };
    let listed = workbook.exceptions(&query).unwrap().rows;
    assert!(listed.iter().any(|row| row.record.reference() == record && row.impact == cents(604_000)), "{listed:?}");
    let told = workbook.audit_page(0, 20).unwrap().events;
    assert!(told.iter().any(|event| event.action == "policy.acceptances_ended" && event.subject.contains("entry")));
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
}

#[test]
fn an_acceptance_stays_where_no_more_is_open_than_it_covers() {
    let (_desk, mut workbook, lines, entries) = desk();
    let record = RecordRef::Entry(entries[0]);
    save(&mut workbook, RootCause::MissingInBank, limit(700_000));
    let open = [exception(record, RootCause::MissingInBank, 604_000)];
    workbook.store_run(&run(), &[], &open, &mut go_on()).unwrap();
    let part = matched(&[(lines[0], 300_000)], &[(entries[0], 300_000)]);
    store(&mut workbook, &[proposal(part, MatchStatus::Suggested, 950_000)]);
    let id = proposed(&workbook)[0];
    let content = workbook.match_detail(id).unwrap().summary.content;
    workbook.reject(id, content, "not theirs").unwrap();
    assert_eq!(accepted(&workbook), [record]);
}

#[test]
fn an_acceptance_that_ended_gives_its_room_back() {
    let (_desk, mut workbook, _, entries) = desk();
    let (first, second) = (RecordRef::Entry(entries[2]), RecordRef::Entry(entries[1]));
    let most = CauseLimit { count: Some(1), total: Some(cents(10_000)), ..limit(10_000) };
    save(&mut workbook, RootCause::Timing, most);
    let run_with = |workbook: &mut Workbook, found: &[crate::NewException]| {
        workbook.store_run(&run(), &[], found, &mut go_on()).unwrap().accepted
    };
    assert_eq!(run_with(&mut workbook, &[exception(first, RootCause::Timing, 6_000)]), 1);
    // The same entry is late now: its acceptance ends, and another may use what is left of the month.
    let next = [exception(first, RootCause::MissingInBank, 6_000), exception(second, RootCause::Timing, 10_000)];
    assert_eq!(run_with(&mut workbook, &next), 1);
    assert_eq!(accepted(&workbook), [second]);
    // What stands counts once, over all versions.
    save(&mut workbook, RootCause::Timing, CauseLimit { count: Some(2), total: Some(cents(15_999)), ..limit(10_000) });
    let again = [exception(first, RootCause::Timing, 6_000), exception(second, RootCause::Timing, 10_000)];
    assert_eq!(run_with(&mut workbook, &again), 0);
    let plan = workbook.plan_policy(&workbook.policy_in_force().unwrap().unwrap().policy).unwrap();
    assert_eq!(plan.kept.iter().map(|of| of.reason).collect::<Vec<_>>(), [Kept::Total]);
    save(&mut workbook, RootCause::Timing, CauseLimit { count: Some(2), total: Some(cents(16_000)), ..limit(10_000) });
    assert_eq!(workbook.apply_policy(&mut go_on()).unwrap().plan.resolved.len(), 1);
}

#[test]
fn what_the_settings_ask_a_reference_for_no_policy_approves_without_one() {
    for (setting, quoted, reason) in [
        ("auto_approve.require_reference = true\n", false, Some(Kept::Reference)),
        ("auto_approve.require_reference = true\n", true, None),
        ("auto_approve.require_reference = false\n", false, None),
    ] {
        let (_desk, mut workbook, lines, entries) = desk();
        save(&mut workbook, RootCause::Fee, limit(150));
        let short = matched(&[(lines[2], 9_850)], &[(entries[1], 10_000)]);
        let mut proposal = proposal(short, MatchStatus::Suggested, 950_000);
        if !quoted {
            proposal.explanation = Explanation::new(Vec::new(), None);
        }
        let run = NewRun { configuration: setting.to_owned(), ..run() };
        let stored = workbook.store_run(&run, &[proposal], &[], &mut go_on()).unwrap();
        assert_eq!(stored.approved, u64::from(reason.is_none()), "{setting}{quoted}");
        let plan = workbook.plan_policy(&workbook.policy_in_force().unwrap().unwrap().policy).unwrap();
        assert_eq!(plan.kept.first().map(|of| of.reason), reason, "{setting}{quoted}");
    }
}

#[test]
fn a_record_that_no_run_has_seen_has_the_owner_a_person_gave_it() {
    let (_desk, mut workbook, lines, _) = desk();
    let record = RecordRef::Line(lines[1]);
    workbook.mark(&[QueueSubject::Record(record)], &Mark::Owner(Some("Bob".to_owned()))).unwrap();
    let rows = workbook.exceptions(&ExceptionQuery { limit: 9, ..ExceptionQuery::default() }).unwrap().rows;
    assert_eq!(rows.len(), 6, "records that came in are exceptions before any run");
    let row = rows.iter().find(|row| row.record.reference() == record).unwrap();
    assert_eq!((row.owner.as_deref(), row.cause, row.opened_at_ms), (Some("Bob"), RootCause::None, None));
    assert!(row.explanation.contains("has not looked at this record"), "{}", row.explanation);
    let figures = workbook.figures(FigureScope::Company, None).unwrap();
    assert_eq!((figures.exceptions, figures.by_cause.len()), (6, 1));
}

#[test]
fn what_the_policy_accepted_does_not_agree_all_the_same() {
    let (_desk, mut workbook, _, entries) = desk();
    let account = account(&mut workbook);
    let scope = FigureScope::Period { account, range: ProofRange::default() };
    let before = [workbook.discrepancies(FigureScope::Company).unwrap(), workbook.discrepancies(scope).unwrap()];
    save(&mut workbook, RootCause::MissingInBank, limit(700_000));
    let open = [exception(RecordRef::Entry(entries[0]), RootCause::MissingInBank, 604_000)];
    assert_eq!(workbook.store_run(&run(), &[], &open, &mut go_on()).unwrap().accepted, 1);
    assert_eq!(workbook.discrepancies(FigureScope::Company).unwrap(), before[0]);
    assert_eq!(workbook.discrepancies(scope).unwrap(), before[1]);
}

#[test]
fn a_period_counts_its_own_records_of_high_value() {
    let (_desk, mut workbook, ..) = desk();
    let other = workbook.find_or_create_account("Dollars", Currency::parse("USD").unwrap()).unwrap();
    let large = StatementLine {
        amount: Money::from_minor(2_000_000, Currency::parse("USD").unwrap()),
        ..line(9, 5, 0, "large")
    };
    let facts = StatementFacts::of_currency(Currency::parse("USD").unwrap());
    take_statement(&mut workbook, &batch(7), other, &facts, &[large]).unwrap();
    let first = account(&mut workbook);
    let of = |scope| workbook.figures(scope, None).unwrap().high_value_missing;
    let period = |account| FigureScope::Period { account, range: ProofRange::default() };
    assert_eq!((of(FigureScope::Company), of(period(other)), of(period(first))), (1, 1, 0));
}

#[test]
fn a_day_counts_what_the_policy_matched_without_a_run() {
    let (_desk, mut workbook, lines, entries) = desk();
    let short = matched(&[(lines[2], 9_850)], &[(entries[1], 10_000)]);
    store(&mut workbook, &[proposal(short, MatchStatus::Suggested, 950_000)]);
    let automatic = |workbook: &Workbook| {
        workbook.daily_figures(None, None).unwrap().iter().map(|day| day.lines_automatic).collect::<Vec<_>>()
    };
    assert_eq!(automatic(&workbook), [Some(0)]);
    save(&mut workbook, RootCause::Fee, limit(150));
    assert_eq!(workbook.apply_policy(&mut go_on()).unwrap().plan.resolved.len(), 1);
    assert_eq!(automatic(&workbook), [Some(1)]);
}

#[test]
fn a_match_by_hand_is_one_approval_of_its_day_whatever_it_sets_aside() {
    let (_desk, mut workbook, lines, entries) = desk();
    let short = matched(&[(lines[2], 9_850)], &[(entries[1], 10_000)]);
    store(&mut workbook, &[proposal(short, MatchStatus::Suggested, 950_000)]);
    let by_hand = HandMatch {
        matched: matched(&[(lines[2], 6_000)], &[(entries[2], 6_000)]),
        postings: Vec::new(),
        cause: RootCause::None,
        explanation: explanation(),
        confidence: Confidence::from_ppm(1_000_000),
    };
    workbook.match_by_hand(&by_hand, "the customer said so").unwrap();
    let verdicts: i64 = workbook
        .sql
        .query_row("SELECT count(*) FROM decisions WHERE user_id IS NOT NULL", [], |row| row.get(0))
        .unwrap();
    assert_eq!(verdicts, 2, "one made the match, one set the proposal aside");
    let [day] = &workbook.daily_figures(None, None).unwrap()[..] else { panic!("one day") };
    assert_eq!((day.approved_by_people, day.rejected), (1, 0));
}

#[test]
fn alerts_are_no_work() {
    let (_desk, mut workbook, lines, _) = desk();
    let version = workbook.work_version().unwrap();
    let settings = tieout_domain::AlertSettings::default();
    let reading = tieout_domain::AlertReading {
        kind: tieout_domain::AlertKind::ExceptionsCount,
        subject: "workbook".to_owned(),
        account: String::new(),
        detail: String::new(),
        figure: Some(7),
        limit: 1,
        currency: None,
        items: 7,
    };
    let before = workbook.audit_head();
    workbook.note_readings(reading.kind, std::slice::from_ref(&reading), &settings).unwrap();
    assert_ne!(workbook.audit_head(), before, "an alert is told of");
    assert_eq!(workbook.work_version().unwrap(), version);
    let subject = QueueSubject::Record(RecordRef::Line(lines[0]));
    workbook.mark(&[subject], &Mark::Owner(Some("Bob".to_owned()))).unwrap();
    assert_eq!(workbook.work_version().unwrap(), workbook.audit_head().sequence);
}
