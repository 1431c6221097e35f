//! A later run of the engine over a workbook in which people have decided, on the sample files.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

mod desk;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use tempfile::TempDir;
use tieout_application::{
    CauseText, Configuration, Decide, ImportFile, PolicyText, QueueFilter, QueueRequest, RowState, RunSummary, Session,
    Side,
    policy::{PastDecision, PolicySubject},
};
use tieout_domain::{Agreement, Evidence, EvidenceKind, MatchId};

struct Desk {
    session: Session,
    folder: TempDir,
}

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../sample-data/bank").join(name)
}

impl Desk {
    /// A workbook with the year 2025.
    fn new() -> Self {
        let desk = Self::empty();
        desk.import("statement-2025.csv", Side::Statement);
        desk.import("ledger-2025.csv", Side::Ledger);
        desk
    }

    fn empty() -> Self {
        let (session, folder, _) = desk::session(|_| {});
        Self { session, folder }
    }

    fn import(&self, name: &str, side: Side) {
        self.take(sample(name), side);
    }

    /// Takes a file of this text in.
    fn write(&self, name: &str, text: &str, side: Side) {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        self.take(path, side);
    }

    fn take(&self, path: PathBuf, side: Side) {
        let file =
            ImportFile { path, side, account: None, mapping: None, leave_out_rejected: false, file_bytes_max: None };
        self.session.import_file(&file, &|_| {}).unwrap();
    }

    fn run(&self) -> RunSummary {
        self.session.run_matching(None, &|_| {}).unwrap()
    }

    fn matches(&self, filter: QueueFilter) -> BTreeSet<MatchId> {
        let request = QueueRequest { filter, limit: 500, ..QueueRequest::default() };
        let page = self.session.review_queue(&request).unwrap();
        page.rows
            .iter()
            .filter(|row| matches!(row.state, RowState::Match { .. }))
            .map(|row| row.id.parse().unwrap())
            .collect()
    }

    fn decide(&self, id: MatchId, approve: bool) {
        let content = self.session.match_detail(id).unwrap().content;
        self.session.decide(&Decide { match_id: id, approve, content, reason: String::new() }).unwrap();
    }
}

#[test]
fn a_run_over_what_did_not_change_changes_nothing() {
    let desk = Desk::new();
    // Nothing is approved by the policy, so that the second run finds the same records open.
    let file = desk.folder.path().join("careful.toml");
    std::fs::write(&file, "[auto_approve]\nconfidence = 1.0\n").unwrap();
    let careful = Configuration::read(&file, None).unwrap();
    let run = || desk.session.run_matching(Some(&careful), &|_| {}).unwrap();
    let first = run();
    let before = desk.matches(QueueFilter::Suggested);
    assert!(before.len() > 150, "{first:?}");
    let second = run();
    assert_eq!((second.approved, second.suggested), (0, first.suggested));
    assert_eq!(desk.matches(QueueFilter::Suggested), before);
}

/// A line that names a document is no better a match for another one because the document was settled meanwhile.
#[test]
fn a_run_approves_nothing_that_the_run_before_only_proposed() {
    let desk = Desk::new();
    let first = desk.run();
    assert!(first.approved > 150, "{first:?}");
    for _ in 0..2 {
        let next = desk.run();
        assert_eq!((next.approved, next.suggested, next.ambiguous), (0, first.suggested, first.ambiguous));
    }
}

#[test]
fn a_line_without_a_match_says_what_came_nearest_and_what_it_lacked() {
    let desk = Desk::new();
    desk.run();
    let request = QueueRequest { filter: QueueFilter::UnmatchedLines, limit: 500, ..QueueRequest::default() };
    let rows = desk.session.review_queue(&request).unwrap().rows;
    let hints: Vec<_> =
        rows.iter().filter_map(|row| desk.session.exception_detail(&row.id.to_string()).unwrap().hint).collect();
    let told =
        hints.iter().filter(|hint| hint.english().starts_with("nearest: ") && hint.english().contains("; total "));
    assert!(told.count() > 0, "{hints:?}");
    let unworded: Vec<_> = hints.iter().filter(|hint| hint.code().is_empty()).collect();
    assert!(unworded.is_empty(), "the window has words for what comes nearest: {unworded:?}");
}

#[test]
fn decisions_stand_while_new_lines_are_matched_and_what_was_rejected_does_not_come_back() {
    let desk = Desk::new();
    desk.run();
    let mut waiting = desk.matches(QueueFilter::Suggested).into_iter();
    let (approved, rejected) = (waiting.next().unwrap(), waiting.next().unwrap());
    desk.decide(approved, true);
    desk.decide(rejected, false);
    let detail = |id| desk.session.match_detail(id).unwrap();
    let decided: Vec<MatchId> = desk.matches(QueueFilter::Approved).into_iter().chain([rejected]).collect();
    let told = || -> Vec<String> {
        let details = decided.iter().map(|id| detail(*id));
        details.map(|detail| format!("{:?} {:?} {:?}", detail.row, detail.content, detail.decisions)).collect()
    };
    let before = told();
    let records = |id| {
        let detail = detail(id);
        let ids = detail.lines.iter().chain(&detail.entries).map(|record| format!("{:?}", record.id));
        ids.collect::<BTreeSet<String>>()
    };
    let refused = records(rejected);
    desk.import("statement-2026-01.csv", Side::Statement);
    desk.run();
    assert!(told() == before, "a decision changed");
    let live = desk.matches(QueueFilter::Suggested).into_iter().chain(desk.matches(QueueFilter::Approved));
    assert!(live.map(records).all(|found| found != refused), "the rejected match came back");
}

/// A policy with one amount for each of these causes.
fn policy(causes: &[(&str, &str)]) -> PolicyText {
    let of = |(cause, amount): &(&str, &str)| CauseText {
        cause: (*cause).to_owned(),
        amount: (*amount).to_owned(),
        ..CauseText::default()
    };
    PolicyText { confidence: "0.5".to_owned(), causes: causes.iter().map(of).collect(), ..PolicyText::default() }
}

#[test]
fn what_a_person_took_back_no_later_run_approves_again() {
    let desk = Desk::new();
    let first = desk.run();
    let approved = desk.matches(QueueFilter::Approved);
    assert_eq!(approved.len() as u64, first.approved);
    let id = *approved.iter().next().unwrap();
    let records = |id: &MatchId| {
        let detail = desk.session.match_detail(*id).unwrap();
        detail.lines.iter().chain(&detail.entries).map(|record| format!("{:?}", record.id)).collect::<BTreeSet<_>>()
    };
    let taken_back = records(&id);
    desk.session.undo_decision(id).unwrap();
    desk.run();
    let holds = |filter| desk.matches(filter).iter().any(|id| records(id) == taken_back);
    assert!(!holds(QueueFilter::Approved) && holds(QueueFilter::Suggested), "it waits for a person");
}

#[test]
fn with_a_policy_a_difference_with_a_cause_is_its_business_alone() {
    let desk = Desk::new();
    let causes = |id: &MatchId| {
        let detail = desk.session.match_detail(*id).unwrap();
        detail.adjustments.into_iter().map(|adjustment| adjustment.cause.as_str()).collect::<BTreeSet<_>>()
    };
    desk.session.save_policy(&policy(&[("discount", "100000.00")]), "discounts").unwrap();
    let run = desk.run();
    let approved = desk.matches(QueueFilter::Approved);
    assert_eq!(approved.len() as u64, run.approved);
    assert!(approved.iter().all(|id| causes(id).iter().all(|cause| ["none", "discount"].contains(cause))));
    assert!(approved.iter().any(|id| causes(id).contains("discount")), "the year has discounts");
    assert!(desk.matches(QueueFilter::Suggested).iter().any(|id| causes(id).contains("fee")), "and fees");
}

/// A workbook with one invoice of 1,000.00 and what was paid of it, by a line that quotes its number or does not.
fn paid(amount: &str, quoted: bool) -> Desk {
    let desk = Desk::empty();
    let text = if quoted { "INV-20417 Harbour Lane Bakery" } else { "Harbour Lane Bakery" };
    desk.write(
        "bank.csv",
        &format!("date,description,amount,currency\n2025-05-09,{text},{amount},EUR\n"),
        Side::Statement,
    );
    let columns = "number,date,due date,customer,amount,currency,memo";
    let row = "INV-20417,2025-05-02,2025-06-01,Harbour Lane Bakery,1000.00,EUR,2/10 NET 30";
    desk.write("books.csv", &format!("{columns}\n{row}\n"), Side::Ledger);
    desk
}

/// Of a pair whose line names another document, the explanation tells which: its number stands in the line.
#[test]
fn what_a_line_names_instead_is_what_stands_in_it() {
    let desk = Desk::new();
    desk.run();
    let (mut told, mut of_the_nursery) = (0, Vec::new());
    for id in desk.matches(QueueFilter::Approved).into_iter().chain(desk.matches(QueueFilter::Suggested)) {
        let detail = desk.session.match_detail(id).unwrap();
        let differs =
            |piece: &&Evidence| (piece.kind, piece.agreement) == (EvidenceKind::Reference, Agreement::Differs);
        let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let texts: String =
            detail.lines.iter().map(|line| plain(&format!("{}{}", line.reference, line.text))).collect();
        for piece in detail.evidence.iter().filter(differs) {
            let number = plain(&piece.statement_value);
            assert!(!number.is_empty() && texts.contains(&number), "'{}' in '{texts}'", piece.statement_value);
            told += 1;
            if detail.entries.iter().any(|entry| entry.number == "RE-2025-0064") {
                of_the_nursery.push(piece.statement_value.clone());
            }
        }
    }
    assert!(told > 0);
    assert_eq!(of_the_nursery, ["RE-2025-0046"], "the payer turned two digits round");
}

/// A line that names a document which was settled long ago pays no other one by its amount and name.
#[test]
fn a_document_settled_sixty_thousand_entries_ago_is_still_known() {
    let books = |desk: &Desk, name: &str, rows: &str| {
        desk.write(name, &format!("number,date,due date,customer,amount,currency\n{rows}"), Side::Ledger);
    };
    let bank = |desk: &Desk, name: &str, day: &str, text: &str| {
        let columns = "date,counterparty,description,amount,currency";
        desk.write(name, &format!("{columns}\n{day},Harbour Lane Bakery,{text},1739.43,EUR\n"), Side::Statement);
    };
    let other = |at: u32| format!("INV-{},2025-05-02,2025-06-01,Customer {at},{}.17,EUR\n", 100_000 + at, 2_000 + at);
    for (settled, others, approved) in [("A-4471/19", 60_000, 0), ("B-9/19", 1_000, 1)] {
        let desk = Desk::empty();
        books(&desk, "old.csv", &format!("{settled},2019-05-02,2019-06-01,Harbour Lane Bakery,1739.43,EUR\n"));
        bank(&desk, "paid.csv", "2019-06-02", settled);
        assert_eq!(desk.run().approved, 1, "{settled}");
        let open = "RX-20417,2025-05-02,2025-06-01,Harbour Lane Bakery,1739.43,EUR\n";
        let others: String = (0..others).map(other).collect();
        books(&desk, "new.csv", &format!("{others}{open}"));
        bank(&desk, "again.csv", "2025-06-02", "A-4471/19");
        assert_eq!(desk.run().approved, approved, "{settled}");
    }
}

#[test]
fn what_is_tolerated_no_policy_holds_back() {
    let owners = PolicyText {
        default_owner: "Petra".to_owned(),
        causes: vec![CauseText { cause: "fee".to_owned(), owner: "Ben".to_owned(), ..CauseText::default() }],
        ..PolicyText::default()
    };
    for (text, tolerance, approved) in [
        // Within the tolerance, which needs no named cause.
        (Some(policy(&[("timing", "5.00")])), "\n[tolerance]\namount_absolute = \"0.05\"", 1),
        (None, "\n[tolerance]\namount_absolute = \"0.05\"", 1),
        // A difference beyond it is the business of a policy that has limits, and of no other.
        (Some(policy(&[("timing", "5.00")])), "", 0),
        (Some(owners), "", 1),
    ] {
        let desk = paid("999.97", true);
        if let Some(text) = &text {
            desk.session.save_policy(text, "year-end").unwrap();
        }
        desk.session.save_matching_settings(&Configuration::parse(tolerance, None).unwrap()).unwrap();
        assert_eq!(desk.run().approved, approved, "{text:?} {tolerance}");
    }
}

#[test]
fn a_reference_that_the_settings_ask_for_a_policy_asks_for_too() {
    for (quoted, approved) in [(false, 0), (true, 1)] {
        let desk = paid("980.00", quoted);
        let settings = "[auto_approve]\nrequire_reference = true";
        desk.session.save_matching_settings(&Configuration::parse(settings, None).unwrap()).unwrap();
        desk.session.save_policy(&policy(&[("discount", "50.00")]), "discounts").unwrap();
        let run = desk.run();
        assert_eq!((run.approved, run.suggested), (approved, 1 - approved), "{quoted}");
    }
}

#[test]
fn a_policy_that_says_nothing_of_any_cause_is_refused() {
    let desk = Desk::new();
    let file = desk.folder.path().join("policy.toml");
    for text in ["", "confidence = 0.9\n", "default_owner = \"Petra\"\n", "[cause.fee]\n"] {
        std::fs::write(&file, text).unwrap();
        let refused = desk.session.read_policy(&file).unwrap_err().to_string();
        assert!(refused.starts_with(&file.display().to_string()), "{refused}");
        assert!(refused.contains("needs at least one") && refused.contains("[cause.fee]"), "{refused}");
    }
    assert!(desk.session.save_policy(&PolicyText::default(), "empty").is_err());
    assert!(desk.session.policy().unwrap().versions.is_empty());
    // What is in force may end so.
    desk.session.save_policy(&policy(&[("fee", "5.00")]), "fees").unwrap();
    assert!(desk.session.save_policy(&PolicyText::default(), "no longer").unwrap().saved);
}

#[test]
fn a_trial_tells_what_a_policy_would_do_now_and_would_have_done() {
    let desk = Desk::new();
    // Without a policy the matching settings approve differences too.
    desk.run();
    let automatic = desk.session.try_policy(&policy(&[])).unwrap();
    assert!(automatic.not_made_total > 0, "an empty policy would have made none of these decisions");
    assert!(automatic.not_made.iter().all(|example| example.decided == PastDecision::Automatic));
    assert!(automatic.now.resolved.is_empty());

    let draft = policy(&[("fee", "100000.00"), ("discount", "100000.00"), ("missing_in_ledger", "30.00")]);
    let tried = desk.session.try_policy(&draft).unwrap();
    assert!(!tried.now.resolved.is_empty(), "{tried:?}");
    let resolved: u64 = tried.groups.iter().map(|group| group.resolved).sum();
    let parts = |group: &tieout_application::PolicyTrialGroup| {
        group.waiting + group.automatic + group.approved + group.contradicted
    };
    assert_eq!(resolved, tried.groups.iter().map(parts).sum::<u64>());
    assert!(tried.groups.iter().map(|group| group.automatic).sum::<u64>() > 0);
    assert_eq!(tried.contradictions_total, 0);

    // A person decides against one of them.
    let matched = tried.now.matches().next();
    if let Some(id) = matched {
        desk.decide(id, false);
    }
    desk.session.save_policy(&draft, "small items").unwrap();
    let applied = desk.session.apply_policy(&|_| {}).unwrap();
    assert_eq!(applied.plan, without(&tried.now, matched));
    let again = desk.session.try_policy(&draft).unwrap();
    assert_eq!(again.contradictions_total, u64::from(matched.is_some()));
    assert!(again.contradictions.iter().all(|example| example.decided == PastDecision::Rejected));
    assert!(again.now.resolved.is_empty());
}

/// A plan without the match that a person rejected since.
fn without(
    plan: &tieout_application::policy::PolicyPlan,
    rejected: Option<MatchId>,
) -> tieout_application::policy::PolicyPlan {
    let mut plan = plan.clone();
    plan.resolved.retain(|of| rejected.is_none_or(|id| of.subject != PolicySubject::Match(id)));
    plan
}
