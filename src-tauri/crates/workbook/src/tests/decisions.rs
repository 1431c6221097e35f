//! Deciding and taking back.

use proptest::prelude::*;
use tieout_domain::{ActKind, InvoiceStatus, RecordRef, Verdict};

use super::*;
use crate::{HandMatch, PastVerdict, RowState};

/// Lines of 100.00, 40.00 and 60.00, and invoices of 100.00 and 50.00.
struct Bench {
    workbook: Workbook,
    lines: Vec<StatementLineId>,
    entries: Vec<LedgerEntryId>,
    _desk: Desk,
}

fn bench() -> Bench {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let lines = [line(1, 2, 10_000, "RE-1"), line(2, 3, 4_000, "part"), line(3, 4, 6_000, "rest")];
    take_lines(&mut workbook, 1, &lines).unwrap();
    take_entries(&mut workbook, 2, &[invoice(1, 1, 10_000, "RE-1"), invoice(2, 1, 5_000, "RE-2")]).unwrap();
    let (lines, entries) = (line_ids(&workbook), entry_ids(&workbook));
    Bench { workbook, lines, entries, _desk: desk }
}

impl Bench {
    fn status(&self, entry: usize) -> InvoiceStatus {
        self.workbook.entry(self.entries[entry]).unwrap().status.unwrap()
    }

    /// Cents open of each line and each entry.
    fn open(&self) -> (Vec<i64>, Vec<i64>) {
        let lines = self.lines.iter().map(|id| self.workbook.line(*id).unwrap().open.minor_units());
        let entries = self.entries.iter().map(|id| self.workbook.entry(*id).unwrap().open.minor_units());
        (lines.collect(), entries.collect())
    }

    fn state(&self, id: MatchId) -> RowState {
        self.workbook.match_detail(id).unwrap().row.state
    }

    /// Nothing the file says of itself is wrong.
    #[track_caller]
    fn sound(&self) {
        assert_eq!(self.workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
        assert!(self.workbook.verify_chain().unwrap().holds());
    }
}

#[test]
fn an_approved_payment_pays_the_invoice_and_undo_opens_it_again() {
    let mut bench = bench();
    let whole = matched(&[(bench.lines[0], 10_000)], &[(bench.entries[0], 10_000)]);
    store(&mut bench.workbook, &[proposal(whole, MatchStatus::Suggested, 950_000)]);
    let id = proposed(&bench.workbook)[0];
    assert_eq!(approve(&mut bench.workbook, id).unwrap().matches, [id]);
    assert_eq!((bench.status(0), bench.state(id)), (InvoiceStatus::Paid, RowState::Approved));
    assert_eq!(bench.open(), (vec![0, 4_000, 6_000], vec![0, 5_000]));
    let undoable = bench.workbook.undoable().unwrap().unwrap();
    assert_eq!((undoable.kind, undoable.items), (ActKind::Approve, 1));
    assert_eq!((undoable.title.as_str(), undoable.amount), ("Müller & Söhne", Some(cents(10_000))));
    let undone = bench.workbook.undo_newest("wrong one").unwrap();
    assert_eq!(undone.matches, [(id, MatchStatus::Suggested)]);
    assert_eq!((bench.status(0), bench.state(id)), (InvoiceStatus::Open, RowState::Suggested));
    assert_eq!(bench.workbook.undoable().unwrap(), None);
    assert!(matches!(bench.workbook.undo_newest(""), Err(WorkbookError::NothingToUndo)));
    let decisions = bench.workbook.decisions_of(id).unwrap();
    let told: Vec<_> = decisions.iter().map(|record| (record.decision.verdict, record.by.as_str())).collect();
    assert_eq!(told, [(Verdict::Undo, "Ada"), (Verdict::Approve, "Ada")]);
    assert_eq!(decisions[0].decision.supersedes, Some(decisions[1].decision.id));
    assert_eq!(decisions[0].decision.reason, "wrong one");
    bench.sound();
}

#[test]
fn two_part_payments_pay_an_invoice_one_after_the_other() {
    let mut bench = bench();
    let parts = [(1, 4_000), (2, 6_000)];
    let proposals = parts.map(|(line, minor)| {
        proposal(matched(&[(bench.lines[line], minor)], &[(bench.entries[0], minor)]), MatchStatus::Suggested, 900_000)
    });
    store(&mut bench.workbook, &proposals);
    let ids = proposed(&bench.workbook);
    approve(&mut bench.workbook, ids[0]).unwrap();
    assert_eq!(bench.status(0), InvoiceStatus::PartlyPaid);
    assert_eq!(proposed(&bench.workbook), [ids[1]], "what is left is enough for the other part");
    approve(&mut bench.workbook, ids[1]).unwrap();
    assert_eq!(bench.status(0), InvoiceStatus::Paid);
    bench.workbook.undo_decision(ids[0], "").unwrap();
    assert_eq!(bench.status(0), InvoiceStatus::PartlyPaid);
    bench.sound();
}

#[test]
fn no_more_is_used_of_an_invoice_than_it_has() {
    let mut bench = bench();
    let whole = matched(&[(bench.lines[0], 10_000)], &[(bench.entries[0], 10_000)]);
    let part = matched(&[(bench.lines[1], 4_000)], &[(bench.entries[0], 4_000)]);
    store(
        &mut bench.workbook,
        &[proposal(whole, MatchStatus::Ambiguous, 600_000), proposal(part.clone(), MatchStatus::Suggested, 700_000)],
    );
    let ids = proposed(&bench.workbook);
    let decided = approve(&mut bench.workbook, ids[0]).unwrap();
    assert_eq!(decided.set_aside, [ids[1]], "the invoice is paid: the other proposal has to go");
    assert_eq!(bench.state(ids[1]), RowState::Superseded);
    let hand = HandMatch {
        matched: part,
        postings: Vec::new(),
        cause: RootCause::PartialPayment,
        explanation: explanation(),
        confidence: Confidence::from_ppm(0),
    };
    let refused = bench.workbook.match_by_hand(&hand, "").unwrap_err();
    let WorkbookError::NotEnoughOpen { record, open, wanted } = refused else { panic!("{refused}") };
    assert_eq!((record, open, wanted), (RecordRef::Entry(bench.entries[0]), cents(0), cents(4_000)));
    let undone = bench.workbook.undo_newest("").unwrap();
    assert_eq!((undone.restored, proposed(&bench.workbook)), (vec![ids[1]], vec![ids[0], ids[1]]));
    assert_eq!(bench.state(ids[0]), RowState::Ambiguous);
    bench.sound();
}

#[test]
fn a_decision_on_something_else_than_was_seen_is_stale() {
    let mut bench = bench();
    let whole = matched(&[(bench.lines[0], 10_000)], &[(bench.entries[0], 10_000)]);
    store(&mut bench.workbook, &[proposal(whole, MatchStatus::Suggested, 950_000)]);
    let id = proposed(&bench.workbook)[0];
    let seen = bench.workbook.match_detail(id).unwrap().summary.content;
    assert!(matches!(bench.workbook.approve(id, file(9), ""), Err(WorkbookError::Stale(stale)) if stale == id));
    bench.workbook.approve(id, seen, "").unwrap();
    assert!(matches!(bench.workbook.approve(id, seen, ""), Err(WorkbookError::Stale(_))));
    assert!(matches!(bench.workbook.reject(id, seen, ""), Err(WorkbookError::Stale(_))));
    let unknown = MatchId::from_uuid(uuid::Uuid::from_u128(1));
    assert!(matches!(bench.workbook.approve(unknown, seen, ""), Err(WorkbookError::NotFound { what: "match", .. })));
}

#[test]
fn what_is_rejected_is_remembered_until_it_is_taken_back() {
    let mut bench = bench();
    let pair = matched(&[(bench.lines[0], 10_000)], &[(bench.entries[0], 10_000)]);
    let group = matched(&[(bench.lines[1], 4_000), (bench.lines[2], 1_000)], &[(bench.entries[1], 5_000)]);
    store(
        &mut bench.workbook,
        &[proposal(pair, MatchStatus::Suggested, 950_000), proposal(group, MatchStatus::Suggested, 960_000)],
    );
    let ids = proposed(&bench.workbook);
    for id in &ids {
        reject(&mut bench.workbook, *id).unwrap();
    }
    assert_eq!(bench.workbook.rejected_pairs().unwrap(), [(bench.lines[0], bench.entries[0])]);
    assert_eq!(bench.workbook.rejected_matches().unwrap().len(), 2);
    assert_eq!(bench.workbook.queue_counts().unwrap().unmatched_lines, 3);
    bench.workbook.undo_decision(ids[0], "").unwrap();
    assert_eq!(bench.workbook.rejected_pairs().unwrap(), []);
    assert_eq!(bench.state(ids[0]), RowState::Suggested);
    bench.sound();
}

#[test]
fn an_undone_rejection_does_not_come_between_newer_proposals() {
    let mut bench = bench();
    let pair = matched(&[(bench.lines[0], 10_000)], &[(bench.entries[0], 10_000)]);
    store(&mut bench.workbook, &[proposal(pair, MatchStatus::Suggested, 950_000)]);
    let old = proposed(&bench.workbook)[0];
    reject(&mut bench.workbook, old).unwrap();
    let other = matched(&[(bench.lines[0], 10_000)], &[(bench.entries[1], 5_000), (bench.entries[0], 5_000)]);
    store(&mut bench.workbook, &[proposal(other, MatchStatus::Suggested, 800_000)]);
    let new = proposed(&bench.workbook);
    assert_eq!(bench.workbook.undo_newest("").unwrap().matches, [(old, MatchStatus::Superseded)]);
    assert_eq!(proposed(&bench.workbook), new);
    bench.sound();
}

#[test]
fn a_match_by_hand_overrides_proposals_and_undo_brings_them_back() {
    let mut bench = bench();
    let first = matched(&[(bench.lines[0], 10_000)], &[(bench.entries[0], 10_000)]);
    let second = matched(&[(bench.lines[1], 4_000)], &[(bench.entries[1], 4_000)]);
    store(
        &mut bench.workbook,
        &[proposal(first, MatchStatus::Ambiguous, 500_000), proposal(second, MatchStatus::Suggested, 900_000)],
    );
    let ids = proposed(&bench.workbook);
    // The person knows better: the line of 100.00 pays the invoice of 50.00 and, in part, the other, less a fee.
    let chosen = matched(&[(bench.lines[0], 10_000)], &[(bench.entries[0], 5_100), (bench.entries[1], 5_000)]);
    let hand = HandMatch {
        matched: chosen,
        postings: Vec::new(),
        cause: RootCause::Fee,
        explanation: explanation(),
        confidence: Confidence::from_ppm(100_000),
    };
    let decided = bench.workbook.match_by_hand(&hand, "phoned them").unwrap();
    assert_eq!(decided.set_aside, ids);
    assert_eq!(bench.open(), (vec![0, 4_000, 6_000], vec![4_900, 0]));
    assert_eq!((bench.status(0), bench.status(1)), (InvoiceStatus::PartlyPaid, InvoiceStatus::Paid));
    let old = bench.workbook.decisions_of(ids[0]).unwrap();
    assert_eq!(old[0].decision.verdict, Verdict::Override);
    let detail = bench.workbook.match_detail(decided.matches[0]).unwrap();
    assert_eq!((detail.row.difference, detail.row.cause), (Some(cents(-100)), RootCause::Fee));
    assert_eq!(detail.summary.explanation, explanation());
    let undone = bench.workbook.undo_newest("").unwrap();
    assert_eq!(undone.matches, [(decided.matches[0], MatchStatus::Superseded)]);
    assert_eq!(undone.restored, ids);
    assert_eq!(bench.open(), (vec![10_000, 4_000, 6_000], vec![10_000, 5_000]));
    assert_eq!(proposed(&bench.workbook), ids);
    assert_eq!(bench.workbook.undoable().unwrap(), None);
    bench.sound();
}

#[test]
fn what_was_approved_at_once_is_undone_at_once() {
    let mut bench = bench();
    let pairs = [(0, 0, 10_000, 990_000), (1, 1, 4_000, 960_000), (2, 1, 1_000, 940_000)];
    let proposals = pairs.map(|(line, entry, minor, ppm)| {
        proposal(matched(&[(bench.lines[line], minor)], &[(bench.entries[entry], minor)]), MatchStatus::Suggested, ppm)
    });
    store(&mut bench.workbook, &proposals);
    let approvable = bench.workbook.approvable_above(Confidence::from_ppm(950_000)).unwrap();
    assert_eq!((approvable.matches.len(), approvable.totals), (2, vec![cents(14_000)]));
    let before = bench.workbook.audit_head().sequence;
    bench.workbook.approve_many(&approvable.matches, "all above 95 %").unwrap();
    assert_eq!(bench.workbook.audit_head().sequence, before + 1);
    assert_eq!(bench.workbook.undoable().unwrap().unwrap().items, 2);
    assert!(matches!(bench.workbook.approve_many(&approvable.matches, ""), Err(WorkbookError::Stale(_))));
    assert_eq!(bench.workbook.undo_newest("").unwrap().matches.len(), 2);
    assert_eq!(proposed(&bench.workbook).len(), 3);
    bench.sound();
}

#[test]
fn what_the_policy_approved_is_told_apart_and_can_be_taken_back() {
    let mut bench = bench();
    let whole = matched(&[(bench.lines[0], 10_000)], &[(bench.entries[0], 10_000)]);
    store(&mut bench.workbook, &[proposal(whole, MatchStatus::Approved, 999_000)]);
    assert_eq!(bench.status(0), InvoiceStatus::Paid);
    assert_eq!(bench.workbook.undoable().unwrap(), None, "nobody decided anything yet");
    let (account, range) = (account(&mut bench.workbook), crate::ProofRange::default());
    let page = bench.workbook.matches_of_account(account, range, &[MatchStatus::Approved], 0, 10).unwrap();
    assert_eq!((page.total, page.rows[0].row.state), (1, RowState::AutoApproved));
    let id = page.rows[0].summary.id;
    assert_eq!(page.rows[0].decisions[0].by, "policy 1");
    assert_eq!(bench.workbook.undo_decision(id, "").unwrap().matches, [(id, MatchStatus::Suggested)]);
    assert_eq!(bench.status(0), InvoiceStatus::Open);
    assert!(matches!(bench.workbook.undo_decision(id, ""), Err(WorkbookError::NothingToUndo)));
    bench.sound();
}

#[test]
fn a_policy_cannot_approve_what_is_not_open() {
    let mut bench = bench();
    let over = matched(&[(bench.lines[1], 4_001)], &[(bench.entries[0], 4_001)]);
    let refused =
        bench.workbook.store_run(&run(), &[proposal(over, MatchStatus::Approved, 999_000)], &[], &mut go_on());
    assert!(matches!(refused, Err(WorkbookError::NotEnoughOpen { .. })));
    assert_eq!(bench.workbook.latest_run().unwrap(), None, "all of it or nothing");
    bench.sound();
}

#[test]
fn a_new_run_makes_room_for_its_proposals_and_keeps_decisions() {
    let mut bench = bench();
    let pairs = [(0, 0, 10_000), (1, 1, 4_000)];
    let proposals = pairs.map(|(line, entry, minor)| {
        proposal(
            matched(&[(bench.lines[line], minor)], &[(bench.entries[entry], minor)]),
            MatchStatus::Suggested,
            900_000,
        )
    });
    store(&mut bench.workbook, &proposals);
    let first = proposed(&bench.workbook);
    approve(&mut bench.workbook, first[0]).unwrap();
    store(&mut bench.workbook, &proposals[1..]);
    let second = proposed(&bench.workbook);
    assert_eq!((second.len(), bench.state(first[0])), (1, RowState::Approved));
    assert_eq!((bench.state(first[1]), second[0]), (RowState::Suggested, first[1]));
    assert_eq!(bench.workbook.record_counts().unwrap().runs, 2);
    bench.sound();
}

/// What a person may do next, by number.
fn step(bench: &mut Bench, what: u8, which: usize) {
    let live = proposed(&bench.workbook);
    let pick = |ids: &[MatchId]| ids.get(which % ids.len().max(1)).copied();
    let answer = match (what, pick(&live)) {
        (0 | 1, Some(id)) => approve(&mut bench.workbook, id).map(drop),
        (2, Some(id)) => reject(&mut bench.workbook, id).map(drop),
        (3, _) => {
            let (line, entry) = (bench.lines[which % 3], bench.entries[which % 2]);
            let open = |record: RecordRef| bench.workbook.record(record).unwrap().open().minor_units();
            let minor = open(RecordRef::Line(line)).min(open(RecordRef::Entry(entry)));
            if minor == 0 {
                return;
            }
            let hand = HandMatch {
                matched: matched(&[(line, minor)], &[(entry, minor)]),
                postings: Vec::new(),
                cause: RootCause::None,
                explanation: explanation(),
                confidence: Confidence::from_ppm(0),
            };
            bench.workbook.match_by_hand(&hand, "").map(drop)
        }
        (4, _) => bench.workbook.approve_many(&live[..live.len().min(1)], "").map(drop),
        _ => bench.workbook.undo_newest("").map(drop),
    };
    match answer {
        Ok(()) | Err(WorkbookError::NothingToUndo | WorkbookError::NotEnoughOpen { .. }) => {}
        Err(error) => panic!("{error}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn however_people_decide_and_undo_nothing_is_used_twice_and_all_can_be_taken_back(
        steps in prop::collection::vec((0_u8..8, 0_usize..6), 1..25),
    ) {
        let mut bench = bench();
        let before = bench.open();
        let pairs = [(0, 0, 10_000), (1, 0, 4_000), (2, 0, 6_000), (0, 1, 5_000), (2, 1, 5_000)];
        let proposals = pairs.map(|(line, entry, minor)| {
            let matched = matched(&[(bench.lines[line], minor)], &[(bench.entries[entry], minor)]);
            proposal(matched, MatchStatus::Suggested, 900_000)
        });
        store(&mut bench.workbook, &proposals);
        for (what, which) in steps {
            step(&mut bench, what, which);
            let (lines, entries) = bench.open();
            // What is used of the lines is used of the entries: these matches have no adjustments.
            prop_assert_eq!(20_000 - lines.iter().sum::<i64>(), 15_000 - entries.iter().sum::<i64>());
            prop_assert!(lines.iter().chain(&entries).all(|open| *open >= 0));
        }
        while bench.workbook.undoable().unwrap().is_some() {
            bench.workbook.undo_newest("").unwrap();
        }
        prop_assert_eq!(bench.open(), before);
        prop_assert_eq!(proposed(&bench.workbook).len(), 5, "every proposal is back");
        bench.sound();
    }
}

#[test]
fn what_was_decided_is_found_again_with_its_records() {
    let mut bench = bench();
    let one =
        |line: usize, entry: usize, minor| matched(&[(bench.lines[line], minor)], &[(bench.entries[entry], minor)]);
    let (first, second) = (one(0, 0, 10_000), one(1, 1, 4_000));
    let by_hand = one(1, 0, 4_000);
    store(
        &mut bench.workbook,
        &[proposal(first, MatchStatus::Suggested, 900_000), proposal(second, MatchStatus::Suggested, 900_000)],
    );
    let ids = proposed(&bench.workbook);
    reject(&mut bench.workbook, ids[0]).unwrap();
    let hand = HandMatch {
        matched: by_hand,
        postings: Vec::new(),
        cause: RootCause::None,
        explanation: explanation(),
        confidence: Confidence::from_ppm(1_000_000),
    };
    let made = bench.workbook.match_by_hand(&hand, "").unwrap();
    let past = |verdict| {
        let found = bench.workbook.past_matches(verdict, 10).unwrap();
        assert_eq!(bench.workbook.count_past(verdict).unwrap(), found.len() as u64);
        found.iter().map(|past| (past.id, past.lines[0].id, past.entries[0].id)).collect::<Vec<_>>()
    };
    let (lines, entries) = (&bench.lines, &bench.entries);
    assert_eq!(past(PastVerdict::Rejected), [(ids[0], lines[0], entries[0])]);
    assert_eq!(past(PastVerdict::Overridden), [(ids[1], lines[1], entries[1])]);
    assert_eq!(past(PastVerdict::Approved), [(made.matches[0], lines[1], entries[0])]);
    assert_eq!(bench.workbook.past_matches(PastVerdict::Rejected, 0).unwrap(), []);
    bench.workbook.undo_newest("").unwrap();
    assert_eq!(bench.workbook.count_past(PastVerdict::Overridden).unwrap(), 0, "an override taken back is none");
}
