//! The policy a person wrote: versions, what it resolves, what people take back, and who looks after what stays.

use std::collections::BTreeMap;

use tieout_domain::{CauseLimit, CausePolicy, Decider, ExchangeRates, Kept, Policy, RecordRef, RootCause, Side};

use super::*;
use crate::{
    ExceptionQuery, Mark, NewException, PastDecision, PolicyPlan, ProofRange, QueueFilter, QueueQuery, QueueSubject,
    RowState,
};

pub(super) fn limit(amount: i64) -> CauseLimit {
    CauseLimit { amount: cents(amount), percent: None, count: None, total: None }
}

pub(super) fn policy(limits: &[(RootCause, CauseLimit)]) -> Policy {
    let causes = limits.iter().map(|(cause, limit)| (*cause, CausePolicy { limit: Some(*limit), owner: None }));
    Policy::new(eur(), Confidence::from_ppm(900_000), None, causes.collect()).unwrap()
}

fn save(workbook: &mut Workbook, limits: &[(RootCause, CauseLimit)]) -> u32 {
    workbook.save_policy(&policy(limits), "year-end").unwrap().unwrap().version
}

pub(super) fn exception(record: RecordRef, cause: RootCause, impact: i64) -> NewException {
    NewException { record, cause, impact: cents(impact), explanation: "because".to_owned(), finding: None }
}

/// Three lines that paid three invoices less a fee of 1.50 each, and a bank charge of 0.35 on each of three days.
struct Bench {
    workbook: Workbook,
    lines: Vec<StatementLineId>,
    entries: Vec<LedgerEntryId>,
    desk: Desk,
}

fn bench() -> Bench {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let mut lines: Vec<_> = (0..3_u8).map(|i| line(u32::from(i) + 1, 2 + i as i8, 9_850, "paid")).collect();
    lines.extend((0..3_u8).map(|i| line(u32::from(i) + 4, 10 + i as i8, -35, "charge")));
    take_lines(&mut workbook, 1, &lines).unwrap();
    let entries: Vec<_> = (0..3_u32).map(|i| invoice(i + 1, 1, 10_000, &format!("RE-{i}"))).collect();
    take_entries(&mut workbook, 2, &entries).unwrap();
    let (lines, entries) = (line_ids(&workbook), entry_ids(&workbook));
    Bench { workbook, lines, entries, desk }
}

impl Bench {
    fn proposals(&self) -> Vec<Proposal> {
        let of = |i: usize| {
            let status = if i == 2 { MatchStatus::Ambiguous } else { MatchStatus::Suggested };
            proposal(matched(&[(self.lines[i], 9_850)], &[(self.entries[i], 10_000)]), status, 950_000)
        };
        (0..3).map(of).collect()
    }

    fn charges(&self) -> Vec<NewException> {
        self.lines[3..].iter().map(|line| exception(RecordRef::Line(*line), RootCause::Fee, 35)).collect()
    }

    /// A run that proposes the three matches, the last with a rival, and knows the charges to be fees.
    fn run(&mut self) -> crate::RunRecord {
        let (proposals, charges) = (self.proposals(), self.charges());
        self.workbook.store_run(&run(), &proposals, &charges, &mut go_on()).unwrap()
    }

    fn apply(&mut self) -> PolicyPlan {
        self.workbook.apply_policy(&mut go_on()).unwrap().plan
    }

    fn accepted(&self) -> Vec<RecordRef> {
        let query = ExceptionQuery { accepted: true, limit: 100, ..ExceptionQuery::default() };
        self.workbook.exceptions(&query).unwrap().rows.into_iter().map(|row| row.record.reference()).collect()
    }

    fn events(&self, action: &str) -> Vec<tieout_domain::AuditEvent> {
        let events = self.workbook.audit_page(0, 500).unwrap().events;
        events.into_iter().filter(|event| event.action == action).collect()
    }

    #[track_caller]
    fn sound(&self) {
        assert_eq!(self.workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
        assert!(self.workbook.verify_chain().unwrap().holds());
    }
}

fn kept(plan: &PolicyPlan) -> Vec<Kept> {
    plan.kept.iter().map(|of| of.reason).collect()
}

#[test]
fn versions_follow_each_other_and_the_same_again_is_not_saved() {
    let mut bench = bench();
    assert_eq!(bench.workbook.policy_in_force().unwrap(), None);
    assert!(matches!(bench.workbook.apply_policy(&mut go_on()), Err(WorkbookError::NoPolicy)));
    assert_eq!(save(&mut bench.workbook, &[(RootCause::Fee, limit(500))]), 1);
    let same = policy(&[(RootCause::Fee, limit(500))]);
    assert_eq!(bench.workbook.save_policy(&same, "again").unwrap(), None);
    let full = CauseLimit { percent: Some(250), count: Some(3), total: Some(cents(900)), ..limit(400) };
    let owner = |name: &str| Some(name.to_owned());
    let causes = BTreeMap::from([
        (RootCause::Fee, CausePolicy { limit: Some(full), owner: owner("Ben") }),
        (RootCause::None, CausePolicy { limit: None, owner: owner("Cleo") }),
    ]);
    let next = Policy::new(eur(), Confidence::from_ppm(910_000), owner("Petra"), causes).unwrap();
    assert!(matches!(bench.workbook.save_policy(&next, "  "), Err(WorkbookError::Name(_))));
    bench.workbook.save_policy(&next, " stricter ").unwrap().unwrap();
    let versions = bench.workbook.policy_versions().unwrap();
    let told: Vec<_> = versions.iter().map(|of| (of.version, of.written_by.as_str(), of.reason.as_str())).collect();
    assert_eq!(told, [(2, "Ada", "stricter"), (1, "Ada", "year-end")]);
    assert_eq!((&versions[0].policy, &versions[1].policy), (&next, &same));
    assert_eq!(bench.workbook.policy_in_force().unwrap().as_ref(), Some(&versions[0]));
    let saved = bench.events("policy.saved");
    assert_eq!((saved.len(), saved[0].subject.as_str()), (2, "policy 2"));
    assert!(saved[0].details.contains("\"percent_hundredths\":250"), "{}", saved[0].details);
    let dollars = Currency::parse("USD").unwrap();
    let foreign = Policy::new(dollars, Policy::default_confidence(), None, BTreeMap::new()).unwrap();
    assert!(matches!(bench.workbook.save_policy(&foreign, "x"), Err(WorkbookError::PolicyCurrency { .. })));
    bench.sound();
}

#[test]
fn what_was_saved_or_resolved_is_never_changed() {
    let mut bench = bench();
    save(&mut bench.workbook, &[(RootCause::Fee, limit(500))]);
    bench.run();
    let line = RecordRef::Line(bench.lines[3]);
    bench.workbook.take_back_acceptance(line, "").unwrap();
    let sql = &bench.workbook.sql;
    for (statement, refused) in [
        ("UPDATE policies SET reason = 'x'", "append-only"),
        ("DELETE FROM policies", "append-only"),
        ("UPDATE policy_causes SET amount = 1000000", "append-only"),
        ("DELETE FROM policy_causes", "append-only"),
        ("INSERT INTO policy_causes (company_id, version, cause) SELECT id, 1, 'timing' FROM companies", "stands"),
        (
            "INSERT INTO policies SELECT company_id, 3, written_by, 0, 'x', 'EUR', 900000, NULL FROM policies",
            "must follow",
        ),
        ("UPDATE policy_resolutions SET counted = 0", "append-only"),
        ("DELETE FROM policy_resolutions", "append-only"),
        ("UPDATE policy_take_backs SET reason = 'x'", "append-only"),
        ("DELETE FROM policy_take_backs", "append-only"),
        (
            "UPDATE statement_lines SET accepted_by = (SELECT resolution_id FROM policy_take_backs) WHERE amount = -35",
            "must be a resolution of the line that stands",
        ),
    ] {
        let error = sql.execute(statement, []).unwrap_err().to_string();
        assert!(error.contains(refused), "{statement}: {error}");
    }
    bench.sound();
}

#[test]
fn a_run_is_followed_by_the_policy_in_the_same_transaction() {
    let mut bench = bench();
    assert_eq!(save(&mut bench.workbook, &[(RootCause::Fee, limit(150))]), 1);
    let stored = bench.run();
    assert_eq!((stored.approved, stored.suggested, stored.ambiguous, stored.accepted), (2, 0, 1, 3));
    assert_eq!(bench.workbook.latest_run().unwrap().unwrap(), stored);
    // A suggested match is approved with the version's name; the one with a rival waits.
    let query = |filter| QueueQuery { filter, limit: 100, ..QueueQuery::default() };
    let approved = bench.workbook.queue_page(&query(QueueFilter::Approved)).unwrap().rows;
    assert_eq!(approved.iter().map(|row| row.state).collect::<Vec<_>>(), [RowState::AutoApproved; 2]);
    let crate::QueueSubject::Match(id) = approved[0].subject else { panic!("{:?}", approved[0]) };
    let decision = &bench.workbook.decisions_of(id).unwrap()[0];
    assert_eq!(decision.by, "policy 1");
    assert_eq!(decision.decision.decided_by, Decider::Policy { version: "1".to_owned() });
    assert_eq!(decision.decision.reason, "fee of 1.50 EUR within the policy's limits");
    // Charges are accepted: gone from the queue and its counts, listed with the version.
    let page = bench.workbook.queue_page(&query(QueueFilter::ToReview)).unwrap();
    assert_eq!((page.rows.len(), page.total, page.counts.unmatched_lines, page.counts.to_review), (1, 1, 0, 1));
    let unmatched = QueueQuery { search: "charge".to_owned(), ..query(QueueFilter::UnmatchedLines) };
    assert_eq!(bench.workbook.queue_page(&unmatched).unwrap().total, 0);
    assert_eq!(bench.accepted().len(), 3);
    let listed = bench.workbook.exceptions(&ExceptionQuery { accepted: true, limit: 9, ..Default::default() }).unwrap();
    let acceptance = listed.rows[0].accepted.clone().unwrap();
    assert_eq!((acceptance.policy_version, acceptance.cause, acceptance.impact), (1, RootCause::Fee, cents(35)));
    let queue = bench.workbook.exceptions(&ExceptionQuery { limit: 9, ..Default::default() }).unwrap();
    assert_eq!(queue.total, 0);
    let figures = bench.workbook.figures(crate::FigureScope::Company, None).unwrap();
    assert_eq!((figures.exceptions, figures.lines_matched, figures.lines_automatic), (0, 2, 2));
    // The audit chain names the version.
    let applied = bench.events("policy.applied");
    assert_eq!((applied.len(), applied[0].subject.as_str()), (1, "policy 1"));
    assert!(applied[0].details.contains("\"accepted\":3") && applied[0].details.contains("\"approved\":2"));
    let automatic: i64 = bench
        .workbook
        .sql
        .query_row("SELECT lines_automatic FROM v_recent_reconciliations", [], |row| row.get(0))
        .unwrap();
    assert_eq!(automatic, 2);
    bench.sound();
}

#[test]
fn the_balance_proof_counts_what_the_policy_accepted_as_outstanding() {
    let mut bench = bench();
    let charges = bench.charges();
    bench.workbook.store_run(&run(), &[], &charges, &mut go_on()).unwrap();
    let account = bench.workbook.accounts().unwrap()[0].id;
    let before = bench.workbook.balance_proof(account, ProofRange::default()).unwrap().proof;
    save(&mut bench.workbook, &[(RootCause::Fee, limit(150))]);
    assert_eq!(bench.apply().resolved.len(), 3);
    let after = bench.workbook.balance_proof(account, ProofRange::default()).unwrap().proof;
    assert_eq!(before, after);
    let outstanding = bench.workbook.outstanding(account, ProofRange::default(), Side::Statement, 0, 100).unwrap().rows;
    assert_eq!(outstanding.len(), 6);
    // They can still be matched by hand, or by a later run.
    assert_eq!(bench.workbook.open_lines(None).unwrap().len(), 6);
    bench.sound();
}

#[test]
fn count_and_total_carry_over_from_run_to_run() {
    let mut bench = bench();
    save(&mut bench.workbook, &[(RootCause::Fee, CauseLimit { count: Some(2), total: Some(cents(70)), ..limit(35) })]);
    let charges = bench.charges();
    let stored = bench.workbook.store_run(&run(), &[], &charges[..1], &mut go_on()).unwrap();
    assert_eq!(stored.accepted, 1);
    let stored = bench.workbook.store_run(&run(), &[], &charges, &mut go_on()).unwrap();
    assert_eq!(stored.accepted, 1);
    assert_eq!(bench.accepted().len(), 2);
    let plan = bench.apply();
    assert_eq!((plan.resolved.len(), kept(&plan)), (0, vec![Kept::Count]));
    // Nothing to resolve is no event.
    assert_eq!(bench.events("policy.applied").len(), 2);
    // Of the 1.05 that 3 would come to, 0.99 may be: the third does not fit.
    save(&mut bench.workbook, &[(RootCause::Fee, CauseLimit { total: Some(cents(99)), ..limit(35) })]);
    assert_eq!(kept(&bench.apply()), [Kept::Total]);
    save(&mut bench.workbook, &[(RootCause::Fee, CauseLimit { total: Some(cents(105)), ..limit(35) })]);
    assert_eq!(bench.apply().resolved.len(), 1);
    let versions: Vec<i64> = {
        let mut found =
            bench.workbook.sql.prepare("SELECT policy_version FROM policy_resolutions ORDER BY id").unwrap();
        found.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    assert_eq!(versions, [1, 1, 3]);
    bench.sound();
}

#[test]
fn what_a_person_takes_back_is_final() {
    let mut bench = bench();
    save(&mut bench.workbook, &[(RootCause::Fee, limit(150))]);
    bench.run();
    let charge = RecordRef::Line(bench.lines[3]);
    bench.workbook.take_back_acceptance(charge, "ask the bank").unwrap();
    assert!(matches!(bench.workbook.take_back_acceptance(charge, ""), Err(WorkbookError::NotAccepted(_))));
    let query = QueueQuery { filter: QueueFilter::Approved, limit: 9, ..QueueQuery::default() };
    let crate::QueueSubject::Match(id) = bench.workbook.queue_page(&query).unwrap().rows[0].subject else { panic!() };
    bench.workbook.undo_decision(id, "not a fee").unwrap();
    assert_eq!(bench.workbook.match_detail(id).unwrap().row.state, RowState::Suggested);
    let plan = bench.apply();
    assert_eq!(plan.resolved, []);
    assert_eq!(kept(&plan).iter().filter(|reason| **reason == Kept::TakenBack).count(), 2);
    // Nor does a later run, which proposes the same anew, nor another version.
    let mut proposals = bench.proposals();
    proposals.iter_mut().for_each(|proposal| proposal.confidence = Confidence::from_ppm(970_000));
    let charges = bench.charges();
    bench.workbook.store_run(&run(), &proposals, &charges, &mut go_on()).unwrap();
    save(&mut bench.workbook, &[(RootCause::Fee, limit(400))]);
    assert_eq!(bench.apply().resolved, []);
    assert_eq!(bench.accepted().len(), 2);
    let held: Vec<Vec<RecordRef>> = bench.workbook.taken_back_from_policy().unwrap().into_iter().collect();
    assert_eq!(held.len(), 1);
    let taken: Vec<_> = bench.events("policy.taken_back");
    assert_eq!(taken.len(), 1);
    assert!(taken[0].details.contains("\"policy\":1") && taken[0].details.contains("ask the bank"));
    let past = bench.workbook.past_policy_items().unwrap();
    let count = |wanted| past.iter().filter(|past| past.decided == wanted).count();
    assert_eq!((count(PastDecision::TakenBack), count(PastDecision::Automatic)), (2, 3));
    bench.sound();
}

#[test]
fn what_was_taken_back_leaves_room_in_its_period() {
    let mut bench = bench();
    save(&mut bench.workbook, &[(RootCause::Fee, CauseLimit { count: Some(1), ..limit(35) })]);
    let charges = bench.charges();
    bench.workbook.store_run(&run(), &[], &charges, &mut go_on()).unwrap();
    assert_eq!(bench.accepted(), [RecordRef::Line(bench.lines[3])]);
    bench.workbook.take_back_acceptance(RecordRef::Line(bench.lines[3]), "").unwrap();
    assert_eq!(bench.apply().resolved.len(), 1);
    assert_eq!(bench.accepted(), [RecordRef::Line(bench.lines[4])]);
}

#[test]
fn an_acceptance_ends_where_a_run_finds_another_cause_or_more_open() {
    let mut bench = bench();
    save(&mut bench.workbook, &[(RootCause::Fee, limit(35))]);
    let charges = bench.charges();
    bench.workbook.store_run(&run(), &[], &charges, &mut go_on()).unwrap();
    assert_eq!(bench.accepted().len(), 3);
    let mut next = charges.clone();
    next[0].cause = RootCause::MissingInLedger;
    bench.workbook.store_run(&run(), &[], &next, &mut go_on()).unwrap();
    assert_eq!(bench.accepted().len(), 2);
    assert_eq!(bench.workbook.acceptance_of(next[0].record).unwrap(), None);
    assert_eq!(bench.events("policy.acceptances_ended").len(), 1);
    // A policy that knows the new cause accepts it anew.
    save(&mut bench.workbook, &[(RootCause::MissingInLedger, limit(35))]);
    assert_eq!(bench.apply().resolved.len(), 1);
    bench.sound();
}

#[test]
fn causes_confidence_and_currencies_keep_items_in_the_queue() {
    let mut bench = bench();
    let mut proposals = bench.proposals();
    proposals[0].confidence = Confidence::from_ppm(899_999);
    let mut charges = bench.charges();
    charges[1].cause = RootCause::Timing;
    charges[2].cause = RootCause::None;
    bench.workbook.store_run(&run(), &proposals, &charges, &mut go_on()).unwrap();
    save(&mut bench.workbook, &[(RootCause::Fee, CauseLimit { percent: Some(149), ..limit(150) })]);
    let plan = bench.apply();
    assert_eq!(plan.resolved, []);
    let mut reasons = kept(&plan);
    reasons.sort_unstable();
    let unlisted = Kept::CauseUnlisted;
    let expected = [unlisted, unlisted, Kept::Rival, Kept::Confidence, Kept::Percent, Kept::Percent];
    assert_eq!(reasons, expected);
    // 1.50 of 100.00 is 1.5 %.
    save(&mut bench.workbook, &[(RootCause::Fee, CauseLimit { percent: Some(150), ..limit(150) })]);
    assert_eq!(bench.apply().resolved.len(), 1);
    bench.sound();
}

#[test]
fn another_currency_needs_a_rate() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let usd = Currency::parse("USD").unwrap();
    let account = workbook.find_or_create_account("Dollars", usd).unwrap();
    let charge = StatementLine { amount: Money::from_minor(-40, usd), ..line(1, 5, 0, "charge") };
    let facts = StatementFacts::of_currency(usd);
    take_statement(&mut workbook, &batch(1), account, &facts, std::slice::from_ref(&charge)).unwrap();
    let record = RecordRef::Line(line_ids(&workbook)[0]);
    let fee = NewException {
        record,
        cause: RootCause::Fee,
        impact: Money::from_minor(40, usd),
        explanation: String::new(),
        finding: None,
    };
    workbook.store_run(&run(), &[], &[fee], &mut go_on()).unwrap();
    save(&mut workbook, &[(RootCause::Fee, limit(35))]);
    assert_eq!(kept(&workbook.apply_policy(&mut go_on()).unwrap().plan), [Kept::NoRate]);
    let mut rates = ExchangeRates::default();
    rates.insert(date(2026, 1, 5), eur(), usd, "1.25".parse().unwrap()).unwrap();
    workbook.keep_exchange_rates(&rates, "rates.csv").unwrap();
    let plan = workbook.apply_policy(&mut go_on()).unwrap().plan;
    assert_eq!((plan.resolved[0].impact, plan.resolved[0].counted.amount), (Money::from_minor(40, usd), cents(32)));
}

#[test]
fn an_owner_is_whom_a_person_named_or_whom_the_policy_names() {
    let mut bench = bench();
    bench.run();
    let owner = |bench: &Bench, record: RecordRef| {
        let query = ExceptionQuery { limit: 9, ..Default::default() };
        let rows = bench.workbook.exceptions(&query).unwrap().rows;
        rows.into_iter().find(|row| row.record.reference() == record).unwrap().owner
    };
    let record = RecordRef::Line(bench.lines[3]);
    assert_eq!(owner(&bench, record), None);
    let of_fees = CausePolicy { limit: None, owner: Some("Ben".to_owned()) };
    let causes = BTreeMap::from([(RootCause::Fee, of_fees)]);
    let named = Policy::new(eur(), Policy::default_confidence(), Some("Petra".to_owned()), causes).unwrap();
    bench.workbook.save_policy(&named, "owners").unwrap();
    assert_eq!(owner(&bench, record).as_deref(), Some("Ben"));
    bench.workbook.mark(&[QueueSubject::Record(record)], &Mark::Owner(Some(" Cleo ".to_owned()))).unwrap();
    bench.workbook.mark(&[QueueSubject::Record(record)], &Mark::Owner(Some("Cleo".to_owned()))).unwrap();
    assert_eq!(owner(&bench, record).as_deref(), Some("Cleo"));
    // Runs come and go.
    bench.workbook.store_run(&run(), &[], &[], &mut go_on()).unwrap();
    bench.run();
    let detail = bench.workbook.record_detail(record).unwrap().exception.unwrap();
    assert_eq!((detail.owner.as_deref(), detail.accepted), (Some("Cleo"), None));
    bench.workbook.mark(&[QueueSubject::Record(record)], &Mark::Owner(None)).unwrap();
    assert_eq!(owner(&bench, record).as_deref(), Some("Ben"));
    assert_eq!(bench.events("marked.owner").len(), 2);
    assert!(matches!(
        bench.workbook.mark(&[QueueSubject::Record(record)], &Mark::Owner(Some("\n".to_owned()))),
        Err(WorkbookError::Policy(_))
    ));
    bench.sound();
}

#[test]
fn a_settled_record_gets_no_owner() {
    let mut bench = bench();
    bench.run();
    let id = proposed(&bench.workbook)[0];
    approve(&mut bench.workbook, id).unwrap();
    let settled = bench.workbook.match_detail(id).unwrap().summary.legs[0].record;
    assert!(matches!(
        bench.workbook.mark(&[QueueSubject::Record(settled)], &Mark::Owner(Some("Ben".to_owned()))),
        Err(WorkbookError::NotOpen(_))
    ));
    let unknown = RecordRef::Line(StatementLineId::from_uuid(uuid::Uuid::from_u128(1)));
    assert!(matches!(
        bench.workbook.mark(&[QueueSubject::Record(unknown)], &Mark::Owner(Some("Ben".to_owned()))),
        Err(WorkbookError::NotFound { .. })
    ));
}

#[test]
fn an_application_that_is_cancelled_leaves_nothing() {
    let mut bench = bench();
    let (proposals, charges) = (bench.proposals(), bench.charges());
    bench.workbook.store_run(&run(), &proposals, &charges, &mut go_on()).unwrap();
    save(&mut bench.workbook, &[(RootCause::Fee, limit(150))]);
    let head = bench.workbook.audit_head();
    let mut stop = |_, _| ControlFlow::Break(());
    assert!(matches!(bench.workbook.apply_policy(&mut stop), Err(WorkbookError::Cancelled)));
    assert_eq!((bench.workbook.audit_head(), bench.accepted().len()), (head, 0));
    assert_eq!(bench.apply().resolved.len(), 5);
    bench.sound();
    // What was resolved is there when the file is opened again.
    let Bench { workbook, desk, .. } = bench;
    workbook.close().unwrap();
    let workbook = desk.open();
    let again = ExceptionQuery { accepted: true, limit: 9, ..Default::default() };
    assert_eq!(workbook.exceptions(&again).unwrap().total, 3);
}
