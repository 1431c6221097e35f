//! What people note on records and matches.

use jiff::civil::{Date, date};
use tieout_domain::{Confidence, Digest, Explanation, RecordRef, Role, RootCause};

use super::*;
use crate::{
    EVIDENCE_BYTES_MAX, Evidence, HandMatch, Mark, MarkFault, NoteContent, Noted, OwnerCondition, QueueConditions,
    QueueFilter, QueueQuery, QueueSubject, content,
};

/// Two lines without a match (100.00 and 40.00), and a proposal for a third of 60.00.
struct Bench {
    workbook: Workbook,
    lines: Vec<StatementLineId>,
    proposal: MatchId,
    desk: Desk,
}

fn bench() -> Bench {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let lines = [line(1, 2, 10_000, "one"), line(2, 3, 4_000, "two"), line(3, 4, 6_000, "three")];
    take_lines(&mut workbook, 1, &lines).unwrap();
    take_entries(&mut workbook, 2, &[invoice(1, 1, 6_000, "RE-1")]).unwrap();
    let (lines, entries) = (line_ids(&workbook), entry_ids(&workbook));
    let matched = matched(&[(lines[2], 6_000)], &[(entries[0], 6_000)]);
    store(&mut workbook, &[proposal(matched, MatchStatus::Suggested, 900_000)]);
    let proposal = proposed(&workbook)[0];
    Bench { workbook, lines, proposal, desk }
}

/// A match that a person puts together, without a difference.
fn hand(matched: Match) -> HandMatch {
    HandMatch {
        matched,
        postings: Vec::new(),
        cause: RootCause::None,
        explanation: Explanation::new(Vec::new(), None),
        confidence: Confidence::from_ppm(1_000_000),
    }
}

impl Bench {
    fn subject(&self, line: usize) -> QueueSubject {
        QueueSubject::Record(RecordRef::Line(self.lines[line]))
    }

    fn mark(&mut self, line: usize, mark: Mark) -> Result<usize, WorkbookError> {
        let subject = self.subject(line);
        self.workbook.mark(&[subject], &mark).map(|marked| marked.subjects.len())
    }

    fn said(&self, line: usize) -> Vec<NoteContent> {
        self.workbook.notes(self.subject(line)).unwrap().into_iter().map(|note| note.content).collect()
    }

    fn queue(&self, filter: QueueFilter, conditions: QueueConditions) -> Vec<QueueSubject> {
        let query = QueueQuery { filter, conditions, limit: 100, ..QueueQuery::default() };
        let page = self.workbook.queue_page(&query).unwrap();
        assert_eq!(page.total, page.rows.len() as u64, "the count is that of the rows");
        page.rows.into_iter().map(|row| row.subject).collect()
    }

    fn counts(&self) -> [u64; 4] {
        let counts = self.workbook.queue_counts().unwrap();
        [counts.to_review, counts.suggested, counts.unmatched_lines, counts.snoozed]
    }
}

/// The tests' clock begins on 14 November 2023.
const LATER: Date = date(2023, 12, 24);

#[test]
fn what_is_snoozed_leaves_the_queue_until_its_day() {
    let mut bench = bench();
    assert_eq!(bench.counts(), [3, 1, 2, 0]);
    bench.mark(0, Mark::Snooze(Some(LATER))).unwrap();
    bench.workbook.mark(&[QueueSubject::Match(bench.proposal)], &Mark::Snooze(Some(LATER))).unwrap();
    assert_eq!(bench.counts(), [1, 0, 1, 2]);
    let nothing = QueueConditions::default;
    assert_eq!(bench.queue(QueueFilter::ToReview, nothing()), [bench.subject(1)]);
    let snoozed = [QueueSubject::Match(bench.proposal), bench.subject(0)];
    assert_eq!(bench.queue(QueueFilter::Snoozed, nothing()), snoozed);
    assert_eq!(bench.said(0), [NoteContent::Snooze(LATER)]);
    // The day before, and the day.
    for (at, left) in [(date(2023, 12, 23), 2), (LATER, 0)] {
        let noon = at.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_millisecond();
        bench.workbook.clock = clock(noon.unsigned_abs());
        assert_eq!(bench.counts()[3], left, "{at}");
    }
    assert_eq!(bench.queue(QueueFilter::ToReview, nothing()).len(), 3);
    assert_eq!(bench.said(0), []);
}

#[test]
fn a_difference_in_time_is_expected_with_a_reason_and_comes_back_overdue() {
    let mut bench = bench();
    bench.mark(0, Mark::Timing(Some((LATER, " cheque under way ".to_owned())))).unwrap();
    assert_eq!(bench.said(0), [NoteContent::Timing(LATER, "cheque under way".to_owned())]);
    assert_eq!(bench.counts(), [2, 1, 1, 1]);
    bench.workbook.clock = clock(1_800_000_000_000);
    assert_eq!(bench.counts(), [3, 1, 2, 0], "long overdue");
    assert_eq!(bench.said(0), [NoteContent::Timing(LATER, "cheque under way".to_owned())], "and still expected");
    let of_match = bench
        .workbook
        .mark(&[QueueSubject::Match(bench.proposal)], &Mark::Timing(Some((date(2030, 1, 1), String::new()))));
    assert!(matches!(of_match, Err(WorkbookError::Mark(MarkFault::MatchIsNoTiming))));
}

#[test]
fn rows_of_the_queue_tell_in_short_what_is_noted_on_them() {
    let mut bench = bench();
    let noted = |bench: &Bench, filter, subject| {
        let query = QueueQuery { filter, limit: 100, ..QueueQuery::default() };
        let rows = bench.workbook.queue_page(&query).unwrap().rows;
        rows.into_iter().find(|row| row.subject == subject).map(|row| row.noted)
    };
    let (line, proposal) = (bench.subject(0), QueueSubject::Match(bench.proposal));
    assert_eq!(noted(&bench, QueueFilter::ToReview, line), Some(Noted::default()));
    bench.mark(0, Mark::Owner(Some("Ben".to_owned()))).unwrap();
    bench.mark(0, Mark::Comment("one".to_owned())).unwrap();
    bench.mark(0, Mark::Comment("two".to_owned())).unwrap();
    bench.mark(0, Mark::Timing(Some((LATER, "cheque under way".to_owned())))).unwrap();
    bench.workbook.mark(&[proposal], &Mark::Snooze(Some(LATER))).unwrap();
    let on_line = Noted { owner: Some("Ben".to_owned()), expected_on: Some(LATER), comments: 2, ..Noted::default() };
    assert_eq!(noted(&bench, QueueFilter::Snoozed, line), Some(on_line.clone()));
    let on_proposal = Noted { snoozed_until: Some(LATER), ..Noted::default() };
    assert_eq!(noted(&bench, QueueFilter::Snoozed, proposal), Some(on_proposal.clone()));
    assert_eq!(bench.workbook.match_detail(bench.proposal).unwrap().row.noted, on_proposal);
    bench.workbook.clock = clock(1_800_000_000_000);
    let overdue = Noted { overdue: true, ..on_line };
    assert_eq!(noted(&bench, QueueFilter::ToReview, line), Some(overdue));
    assert_eq!(noted(&bench, QueueFilter::ToReview, proposal), Some(Noted::default()), "it is back");
}

#[test]
fn the_newest_of_a_kind_holds_comments_and_files_all_do_and_undo_brings_the_one_before_back() {
    let mut bench = bench();
    let file = |name: &str, text: &str| Mark::Evidence(Evidence { name: name.to_owned(), content: text.into() });
    bench.mark(0, Mark::Owner(Some("Ben".to_owned()))).unwrap();
    bench.mark(0, Mark::Comment("first".to_owned())).unwrap();
    bench.mark(0, Mark::Owner(Some("Cleo".to_owned()))).unwrap();
    bench.mark(0, Mark::Comment(" second\nline ".to_owned())).unwrap();
    bench.mark(0, file("C:\\scans\\note.pdf", "%PDF")).unwrap();
    let hash: Digest = "85a586fffc4a86e4de9fb9cbc8e3ffbdbd2b28f3b2a6b4c7ee0f4cee7c93b2f2".parse().unwrap();
    let said = bench.said(0);
    let NoteContent::Evidence { name, hash: kept, bytes } = &said[0] else { panic!("{said:?}") };
    assert_eq!((name.as_str(), *bytes), ("note.pdf", 4));
    assert_ne!(*kept, hash);
    assert_eq!(bench.workbook.evidence(*kept).unwrap(), b"%PDF");
    assert!(matches!(bench.workbook.evidence(hash), Err(WorkbookError::NotFound { .. })));
    let comment = |text: &str| NoteContent::Comment(text.to_owned());
    let owner = |name: &str| NoteContent::Owner(name.to_owned());
    assert_eq!(said[1..], [comment("second\nline"), owner("Cleo"), comment("first")]);
    for _ in 0..3 {
        bench.workbook.undo_newest("").unwrap();
    }
    assert_eq!(bench.said(0), [comment("first"), owner("Ben")]);
    bench.workbook.redo_newest("").unwrap();
    assert_eq!(bench.said(0), [owner("Cleo"), comment("first")]);
    assert_eq!(bench.mark(0, Mark::Owner(Some("Cleo".to_owned()))).unwrap(), 0, "it says so already");
    assert_eq!(bench.workbook.undoable().unwrap().unwrap().items, 1);
    assert!(bench.workbook.redoable().unwrap().is_some(), "and nothing new was done");
    assert!(bench.workbook.verify_chain().unwrap().holds());
}

#[test]
fn what_is_noted_on_a_proposal_goes_on_to_what_takes_its_place() {
    let mut bench = bench();
    let old = QueueSubject::Match(bench.proposal);
    for mark in [Mark::Owner(Some("Ben".to_owned())), Mark::Snooze(Some(LATER)), Mark::Comment("ask them".to_owned())] {
        bench.workbook.mark(&[old], &mark).unwrap();
    }
    let entries = entry_ids(&bench.workbook);
    let same = matched(&[(bench.lines[2], 6_000)], &[(entries[0], 6_000)]);
    store(&mut bench.workbook, &[proposal(same.clone(), MatchStatus::Suggested, 910_000)]);
    let QueueSubject::Match(new) = bench.queue(QueueFilter::Snoozed, QueueConditions::default())[0] else {
        panic!("no proposal is put off")
    };
    assert_ne!(new, bench.proposal);
    let said = |bench: &Bench, id| -> Vec<NoteContent> {
        let notes = bench.workbook.notes(QueueSubject::Match(id)).unwrap();
        notes.into_iter().map(|note| note.content).collect()
    };
    let comment = || NoteContent::Comment("ask them".to_owned());
    assert_eq!(said(&bench, new), [comment(), NoteContent::Snooze(LATER), NoteContent::Owner("Ben".to_owned())]);
    assert_eq!(bench.counts(), [2, 0, 2, 1], "it is still put off");
    // The comment is taken back wherever it stands by now.
    bench.workbook.undo_newest("").unwrap();
    assert_eq!(said(&bench, new).len(), 2);
    bench.workbook.redo_newest("").unwrap();
    // By hand with something else of the line: what is to be done no longer is nobody's, and not put off.
    let hand = hand(same);
    let by_hand = bench.workbook.match_by_hand(&hand, "").unwrap().matches[0];
    assert_eq!(said(&bench, by_hand), [comment()]);
    bench.workbook.undo_newest("").unwrap();
    assert_eq!(said(&bench, new).len(), 3, "the proposal is back with all that was noted on it");
    bench.workbook.redo_newest("").unwrap();
    assert_eq!(said(&bench, by_hand), [comment()], "once");
    assert!(bench.workbook.verify_chain().unwrap().holds());
}

/// What is left of a proposal goes to its own line, not to another payment's match with the same invoice.
#[test]
fn what_is_noted_on_a_proposal_that_is_gone_stands_with_its_line() {
    let mut bench = bench();
    let old = QueueSubject::Match(bench.proposal);
    let comment = || NoteContent::Comment("the rest comes in May".to_owned());
    bench.workbook.mark(&[old], &Mark::Owner(Some("Ben".to_owned()))).unwrap();
    bench.workbook.mark(&[old], &Mark::Comment("the rest comes in May".to_owned())).unwrap();
    let entries = entry_ids(&bench.workbook);
    let hand = hand(matched(&[(bench.lines[1], 4_000)], &[(entries[0], 4_000)]));
    let other = bench.workbook.match_by_hand(&hand, "").unwrap().matches[0];
    assert_eq!(bench.workbook.notes(QueueSubject::Match(other)).unwrap(), [], "it is another payment");
    assert_eq!(bench.said(2), [comment(), NoteContent::Owner("Ben".to_owned())]);
    assert_eq!(bench.workbook.assigned_owner(bench.subject(2)).unwrap().as_deref(), Some("Ben"));
    // A run that proposes nothing for the line leaves it there, once.
    store(&mut bench.workbook, &[]);
    assert_eq!(bench.said(2).len(), 2);
    let event = |bench: &Bench| {
        let events = bench.workbook.audit_page(0, 9).unwrap().events;
        events.into_iter().find(|event| event.action == "marked.carried").map(|event| event.details)
    };
    let told = event(&bench).unwrap();
    assert!(told.contains(&content::subject(RecordRef::Line(bench.lines[2]))), "{told}");
    assert!(bench.workbook.verify_chain().unwrap().holds());
}

/// A run that finds the proposal anew, or nothing, carries who looks after it on under the same act.
#[test]
fn whom_a_proposal_was_given_to_is_done_again_after_a_run_carried_it_on() {
    for is_found_anew in [true, false] {
        let mut bench = bench();
        let ben = Mark::Owner(Some("Ben".to_owned()));
        bench.workbook.mark(&[QueueSubject::Match(bench.proposal)], &ben).unwrap();
        let same = matched(&[(bench.lines[2], 6_000)], &[(entry_ids(&bench.workbook)[0], 6_000)]);
        let proposals = [proposal(same, MatchStatus::Suggested, 910_000)];
        store(&mut bench.workbook, if is_found_anew { &proposals } else { &[] });
        let carried_to =
            if is_found_anew { QueueSubject::Match(proposed(&bench.workbook)[0]) } else { bench.subject(2) };
        let owner = |bench: &Bench| bench.workbook.assigned_owner(carried_to).unwrap();
        assert_eq!(owner(&bench).as_deref(), Some("Ben"));
        bench.workbook.undo_newest("").unwrap();
        assert_eq!(owner(&bench), None);
        bench.workbook.redo_newest("").unwrap();
        assert_eq!(owner(&bench).as_deref(), Some("Ben"), "found anew: {is_found_anew}");
        assert!(bench.workbook.verify_chain().unwrap().holds());
    }
}

#[test]
fn what_somebody_else_decided_meanwhile_is_given_to_nobody_again() {
    let mut bench = bench();
    let ada = bench.workbook.user().clone();
    let cleo = bench.workbook.add_user("Cleo", Role::Admin).unwrap();
    let ben = Mark::Owner(Some("Ben".to_owned()));
    bench.workbook.mark(&[QueueSubject::Match(bench.proposal)], &ben).unwrap();
    let same = matched(&[(bench.lines[2], 6_000)], &[(entry_ids(&bench.workbook)[0], 6_000)]);
    store(&mut bench.workbook, &[proposal(same, MatchStatus::Suggested, 910_000)]);
    bench.workbook.undo_newest("").unwrap();
    bench.workbook.user = cleo;
    let anew = proposed(&bench.workbook)[0];
    approve(&mut bench.workbook, anew).unwrap();
    bench.workbook.user = ada;
    let refused = bench.workbook.redo_newest("").unwrap_err();
    assert!(matches!(refused, WorkbookError::Mark(MarkFault::Decided(_))), "{refused}");
}

#[test]
fn a_run_that_proposes_nothing_more_leaves_the_notes_with_the_line() {
    let mut bench = bench();
    bench.workbook.mark(&[QueueSubject::Match(bench.proposal)], &Mark::Comment("ask them".to_owned())).unwrap();
    store(&mut bench.workbook, &[]);
    assert_eq!(bench.said(2), [NoteContent::Comment("ask them".to_owned())]);
}

/// A match by hand takes the invoice out of the proposal: its line is left alone, with what was noted on the proposal.
#[test]
fn what_was_carried_on_from_a_proposal_goes_when_that_comes_back() {
    let mut bench = bench();
    let (proposal, left) = (QueueSubject::Match(bench.proposal), bench.subject(2));
    let owner = |bench: &Bench, of| bench.workbook.assigned_owner(of).unwrap();
    let give =
        |bench: &mut Bench, to: &str| bench.workbook.mark(&[proposal], &Mark::Owner(Some(to.to_owned()))).unwrap();
    give(&mut bench, "Ben");
    let (lines, entries) = (bench.lines.clone(), entry_ids(&bench.workbook));
    let hand = hand(matched(&[(lines[0], 6_000)], &[(entries[0], 6_000)]));
    bench.workbook.match_by_hand(&hand, "").unwrap();
    assert_eq!(owner(&bench, left).as_deref(), Some("Ben"));
    assert_eq!(bench.said(2), [NoteContent::Owner("Ben".to_owned())]);

    bench.workbook.undo_newest("").unwrap();
    assert_eq!((owner(&bench, left), bench.said(2)), (None, vec![]), "the proposal is back, with its own notes");
    assert_eq!(owner(&bench, proposal).as_deref(), Some("Ben"));
    bench.workbook.redo_newest("").unwrap();
    assert_eq!(owner(&bench, left).as_deref(), Some("Ben"));

    bench.workbook.undo_newest("").unwrap();
    give(&mut bench, "Cleo");
    reject(&mut bench.workbook, bench.proposal).unwrap();
    assert_eq!((owner(&bench, left), bench.said(2)), (None, vec![]), "Ben has nothing to do with it any more");
}

#[test]
fn what_was_given_to_somebody_stays_theirs_under_another_name() {
    let mut bench = bench();
    let ada = bench.workbook.user().clone();
    bench.mark(0, Mark::Owner(Some(ada.name.clone()))).unwrap();
    bench.mark(1, Mark::Owner(Some("Ben".to_owned()))).unwrap();
    let renamed = crate::UserChange { name: Some("Ada King".to_owned()), ..crate::UserChange::default() };
    bench.workbook.change_user(ada.id, &renamed).unwrap();
    let of = |bench: &Bench, name: &str| {
        let owner = Some(OwnerCondition::Is(name.to_owned()));
        bench.queue(QueueFilter::ToReview, QueueConditions { owner, ..QueueConditions::default() })
    };
    assert_eq!(of(&bench, "Ada King"), [bench.subject(0)]);
    assert_eq!(of(&bench, &ada.name), [bench.subject(0)]);
    let assigned = bench.workbook.standing().unwrap().duties;
    assert!(assigned.iter().any(|duty| duty.kind == crate::DutyKind::Assigned && duty.count == 1), "{assigned:?}");
}

#[test]
fn several_are_marked_in_one_act() {
    let mut bench = bench();
    let all = [bench.subject(0), bench.subject(1), QueueSubject::Match(bench.proposal), bench.subject(0)];
    let events = bench.workbook.audit_head().sequence;
    let marked = bench.workbook.mark(&all, &Mark::Owner(Some("Ben".to_owned()))).unwrap();
    assert_eq!(marked.subjects, all[..3]);
    assert_eq!(bench.workbook.audit_head().sequence, events + 1);
    let act = bench.workbook.undoable().unwrap().unwrap();
    assert_eq!((act.items, act.amount, act.title.as_str()), (3, Some(cents(20_000)), ""));
    bench.workbook.undo_newest("").unwrap();
    assert!(all.iter().all(|subject| bench.workbook.assigned_owner(*subject).unwrap().is_none()));
}

#[test]
fn what_cannot_be_noted_is_refused_and_nothing_is_written() {
    let mut bench = bench();
    let head = bench.workbook.audit_head();
    let evidence =
        |name: &str, bytes: usize| Mark::Evidence(Evidence { name: name.to_owned(), content: vec![1; bytes] });
    for (mark, told) in [
        (Mark::Snooze(Some(date(2023, 11, 14))), "2023-11-14 is not to come: choose a day after today"),
        (Mark::Snooze(Some(date(2040, 1, 1))), "2040-01-01 is more than 10 years away: choose a nearer day"),
        (Mark::Comment(" \n".to_owned()), "the comment is empty: write what there is to say"),
        (
            Mark::Comment("x".repeat(10_001)),
            "the text has 10001 characters, and at most 10000 are kept: attach it as a file instead",
        ),
        (evidence("empty.pdf", 0), "'empty.pdf' is empty: attach a file that says something"),
        (evidence("folder/", 1), "the file needs a name"),
        (
            evidence("scan.tif", EVIDENCE_BYTES_MAX + 1),
            "'scan.tif' is too large (26 MiB): at most 25 MiB are kept in the workbook",
        ),
    ] {
        assert_eq!(bench.mark(0, mark).unwrap_err().to_string(), told);
    }
    let id = bench.proposal;
    approve(&mut bench.workbook, id).unwrap();
    let decided = bench.workbook.mark(&[QueueSubject::Match(id)], &Mark::Owner(Some("Ben".to_owned())));
    assert!(matches!(decided, Err(WorkbookError::Mark(MarkFault::Decided(_)))));
    assert_eq!(bench.workbook.audit_head().sequence, head.sequence + 1, "only the approval was written");
    // What is settled can still be commented on.
    bench.workbook.mark(&[QueueSubject::Match(id)], &Mark::Comment("see the contract".to_owned())).unwrap();
    assert_eq!(bench.workbook.notes(QueueSubject::Match(id)).unwrap().len(), 1);
}

#[test]
fn a_file_that_was_altered_in_the_workbook_is_not_handed_out() {
    let mut bench = bench();
    bench.mark(0, Mark::Evidence(Evidence { name: "a.txt".to_owned(), content: b"as it was".to_vec() })).unwrap();
    let NoteContent::Evidence { hash, .. } = bench.said(0)[0] else { panic!("a file") };
    bench.workbook.close().unwrap();
    let raw = bench.desk.raw();
    raw.execute_batch(
        "DROP TRIGGER evidence_files_never_change; UPDATE evidence_files SET content = CAST('as it is' AS BLOB);",
    )
    .unwrap();
    drop(raw);
    let workbook = bench.desk.open();
    assert!(matches!(workbook.evidence(hash), Err(WorkbookError::Damaged(_))));
}

#[test]
fn what_is_only_said_is_no_change_of_the_work() {
    let mut bench = bench();
    let before = bench.workbook.work_version().unwrap();
    bench.mark(0, Mark::Comment("asked the bank".to_owned())).unwrap();
    bench.mark(0, Mark::Evidence(Evidence { name: "a.txt".to_owned(), content: b"a".to_vec() })).unwrap();
    assert_eq!(bench.workbook.work_version().unwrap(), before);
    bench.mark(0, Mark::Owner(Some("Cleo".to_owned()))).unwrap();
    let owned = bench.workbook.work_version().unwrap();
    assert_eq!(owned, bench.workbook.audit_head().sequence, "who looks after it is work");
    bench.workbook.sign_out().unwrap();
    assert_eq!(bench.workbook.work_version().unwrap(), owned);
    assert!(bench.workbook.audit_head().sequence > owned);
}

#[test]
fn the_queue_is_narrowed_by_what_is_asked_of_it() {
    let mut bench = bench();
    bench.mark(1, Mark::Owner(Some("Cleo".to_owned()))).unwrap();
    let (first, second, of_match) = (bench.subject(0), bench.subject(1), QueueSubject::Match(bench.proposal));
    let account = account(&mut bench.workbook);
    let none = QueueConditions::default;
    for (conditions, expected) in [
        (none(), vec![of_match, first, second]),
        (QueueConditions { amount_from: Some("60".parse().unwrap()), ..none() }, vec![of_match, first]),
        (QueueConditions { amount_from: Some("60.004".parse().unwrap()), ..none() }, vec![first]),
        (QueueConditions { amount_from: Some("59.996".parse().unwrap()), ..none() }, vec![of_match, first]),
        (QueueConditions { amount_to: Some("40.00".parse().unwrap()), ..none() }, vec![second]),
        (QueueConditions { amount_to: Some("40.009".parse().unwrap()), ..none() }, vec![second]),
        (QueueConditions { amount_to: Some("39.999".parse().unwrap()), ..none() }, vec![]),
        (
            QueueConditions {
                amount_from: Some("-50".parse().unwrap()),
                amount_to: Some("70".parse().unwrap()),
                ..none()
            },
            vec![of_match],
        ),
        (QueueConditions { owner: Some(OwnerCondition::Is("Cleo".to_owned())), ..none() }, vec![second]),
        (QueueConditions { owner: Some(OwnerCondition::Nobody), ..none() }, vec![of_match, first]),
        (QueueConditions { counterparty: "MÜLLER".to_owned(), ..none() }, vec![of_match, first, second]),
        (QueueConditions { counterparty: "' OR 1 = 1 --".to_owned(), ..none() }, vec![]),
        (QueueConditions { account: Some(account), ..none() }, vec![of_match, first, second]),
        (QueueConditions { from: Some(date(2030, 1, 1)), ..none() }, vec![]),
        (QueueConditions { causes: vec![RootCause::Fee], ..none() }, vec![]),
    ] {
        assert_eq!(bench.queue(QueueFilter::ToReview, conditions.clone()), expected, "{conditions:?}");
    }
}
