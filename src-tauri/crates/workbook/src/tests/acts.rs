//! Taking back and doing again, in any number and after a restart.

use jiff::civil::date;
use proptest::prelude::*;
use tieout_domain::{ActKind, Confidence, RecordRef, Role, UserId, Verdict};

use super::*;
use crate::{HandMatch, Mark, QueueSubject, RowState};

/// Lines of 100.00, 40.00, 60.00 and 25.00; invoices of 100.00, 50.00 and 25.00; four proposals, of which two compete.
struct Bench {
    workbook: Workbook,
    lines: Vec<StatementLineId>,
    entries: Vec<LedgerEntryId>,
    matches: Vec<MatchId>,
    desk: Desk,
}

fn bench() -> Bench {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let lines =
        [line(1, 2, 10_000, "RE-1"), line(2, 3, 4_000, "part"), line(3, 4, 6_000, "rest"), line(4, 5, 2_500, "")];
    take_lines(&mut workbook, 1, &lines).unwrap();
    let entries = [invoice(1, 1, 10_000, "RE-1"), invoice(2, 1, 5_000, "RE-2"), invoice(3, 1, 2_500, "RE-3")];
    take_entries(&mut workbook, 2, &entries).unwrap();
    let (lines, entries) = (line_ids(&workbook), entry_ids(&workbook));
    let proposals = [
        proposal(matched(&[(lines[0], 10_000)], &[(entries[0], 10_000)]), MatchStatus::Suggested, 950_000),
        proposal(matched(&[(lines[1], 4_000)], &[(entries[0], 4_000)]), MatchStatus::Ambiguous, 600_000),
        proposal(matched(&[(lines[2], 5_000)], &[(entries[1], 5_000)]), MatchStatus::Suggested, 900_000),
        proposal(matched(&[(lines[3], 2_500)], &[(entries[2], 2_500)]), MatchStatus::Approved, 999_000),
    ];
    store(&mut workbook, &proposals);
    let mut matches: Vec<MatchId> = all_matches(&workbook).into_iter().map(|(id, _)| id).collect();
    matches.sort();
    Bench { workbook, lines, entries, matches, desk }
}

fn all_matches(workbook: &Workbook) -> Vec<(MatchId, String)> {
    let mut statement = workbook.sql.prepare("SELECT id, status FROM matches ORDER BY id").unwrap();
    let found = statement
        .query_map([], |row| Ok((MatchId::from_uuid(row.get::<_, crate::rows::Blob>(0)?.0), row.get(1)?)))
        .unwrap();
    found.collect::<rusqlite::Result<_>>().unwrap()
}

/// Everything an act can change, in words: each match that is or was proposed or stands, what is open of each record, and
/// what is noted.
type Picture = (Vec<(MatchId, String)>, Vec<i64>, Vec<String>);

impl Bench {
    fn picture(&self) -> Picture {
        // A match by hand that fell apart is as if it had never been.
        let matches = all_matches(&self.workbook);
        let by_hand = |id: &MatchId| !self.matches.contains(id);
        let matches = matches.into_iter().filter(|(id, status)| !(by_hand(id) && status == "superseded")).collect();
        let lines = self.lines.iter().map(|id| self.workbook.line(*id).unwrap().open.minor_units());
        let entries = self.entries.iter().map(|id| self.workbook.entry(*id).unwrap().open.minor_units());
        let mut statement = self
            .workbook
            .sql
            .prepare(
                "SELECT hex(ifnull(line_id, ifnull(entry_id, match_id))) || ifnull(owner, '-') || ifnull(snoozed_until, '-')
                     || ifnull(expected_on, '-') || comments || evidence FROM marked ORDER BY 1",
            )
            .unwrap();
        let marked = statement.query_map([], |row| row.get(0)).unwrap().collect::<rusqlite::Result<_>>().unwrap();
        (matches, lines.chain(entries).collect(), marked)
    }

    #[track_caller]
    fn sound(&self) {
        assert_eq!(self.workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
        assert!(self.workbook.verify_chain().unwrap().holds());
    }

    fn hand(&self, line: usize, entry: usize, minor: i64) -> HandMatch {
        HandMatch {
            matched: matched(&[(self.lines[line], minor)], &[(self.entries[entry], minor)]),
            postings: Vec::new(),
            cause: RootCause::None,
            explanation: explanation(),
            confidence: Confidence::from_ppm(1_000_000),
        }
    }
}

#[test]
fn what_was_taken_back_is_done_again_after_a_restart() {
    let mut bench = bench();
    let before = bench.picture();
    approve(&mut bench.workbook, bench.matches[0]).unwrap();
    let hand = bench.hand(1, 1, 4_000);
    let made = bench.workbook.match_by_hand(&hand, "phoned them").unwrap().matches[0];
    let after = bench.picture();
    bench.workbook.undo_newest("").unwrap();
    bench.workbook.undo_newest("").unwrap();
    assert_eq!(bench.picture(), before);
    bench.workbook.close().unwrap();
    bench.workbook = bench.desk.open();
    let redoable = bench.workbook.redoable().unwrap().unwrap();
    assert_eq!((redoable.kind, redoable.standing), (ActKind::Approve, false));
    bench.workbook.redo_newest("").unwrap();
    let redone = bench.workbook.redo_newest("").unwrap();
    assert_eq!((redone.act.kind, redone.act.standing), (ActKind::Match, true));
    assert_eq!(redone.matches, [(made, MatchStatus::Approved)]);
    assert_eq!(bench.picture(), after);
    assert!(matches!(bench.workbook.redo_newest(""), Err(WorkbookError::NothingToRedo)));
    let decisions = bench.workbook.decisions_of(made).unwrap();
    let told: Vec<_> = decisions.iter().map(|of| (of.decision.verdict, of.decision.reason.as_str())).collect();
    assert_eq!(told, [(Verdict::Approve, "phoned them"), (Verdict::Undo, ""), (Verdict::Approve, "phoned them")]);
    bench.sound();
}

#[test]
fn something_new_gives_up_what_was_taken_back() {
    let mut bench = bench();
    approve(&mut bench.workbook, bench.matches[0]).unwrap();
    bench.workbook.undo_newest("").unwrap();
    reject(&mut bench.workbook, bench.matches[2]).unwrap();
    assert_eq!(bench.workbook.redoable().unwrap(), None);
    let history = bench.workbook.acts(0, 10).unwrap();
    let told: Vec<_> = history.rows.iter().map(|act| (act.kind, act.standing)).collect();
    assert_eq!(told, [(ActKind::Reject, true), (ActKind::Approve, false)]);
    bench.sound();
}

#[test]
fn what_stands_against_doing_it_again_is_said_and_nothing_is_done() {
    let mut bench = bench();
    approve(&mut bench.workbook, bench.matches[0]).unwrap();
    bench.workbook.undo_newest("").unwrap();
    // Another person uses the invoice meanwhile.
    let ben = bench.workbook.add_user("Ben", Role::Reviewer).unwrap();
    let ada = bench.workbook.user().id;
    bench.workbook.sign_in(ben.id, None, None).unwrap();
    approve(&mut bench.workbook, bench.matches[1]).unwrap();
    bench.workbook.sign_in(ada, None, None).unwrap();
    let before = (bench.picture(), bench.workbook.audit_head());
    let refused = bench.workbook.redo_newest("").unwrap_err();
    assert!(matches!(refused, WorkbookError::Stale(id) if id == bench.matches[0]), "{refused}");
    assert_eq!((bench.picture(), bench.workbook.audit_head()), before);
    assert!(matches!(bench.workbook.undo_newest(""), Err(WorkbookError::NothingToUndo)), "Ben's act is Ben's");
    bench.sound();
}

#[test]
fn a_single_decision_taken_back_is_an_act_of_whoever_took_it_back() {
    let mut bench = bench();
    let by_policy = bench.matches[3];
    let before = bench.picture();
    bench.workbook.undo_decision(by_policy, "ask them").unwrap();
    let taken_back = bench.picture();
    assert_eq!(bench.workbook.undoable().unwrap().unwrap().kind, ActKind::TakeBack);
    assert_eq!(bench.workbook.undo_newest("").unwrap().matches, [(by_policy, MatchStatus::Approved)]);
    assert_eq!(bench.picture(), before, "it is approved again, by the policy as it was");
    assert_eq!(bench.workbook.match_detail(by_policy).unwrap().row.state, RowState::AutoApproved);
    assert_eq!(bench.workbook.redo_newest("").unwrap().matches, [(by_policy, MatchStatus::Suggested)]);
    assert_eq!(bench.picture(), taken_back);
    bench.workbook.undo_newest("").unwrap();
    assert_eq!(bench.picture(), before);
    bench.sound();
}

/// Ada approves, Bea takes that back and thinks better of it.
fn given_back(bench: &mut Bench) -> (UserId, UserId, MatchId) {
    let id = bench.matches[0];
    let ada = bench.workbook.user().id;
    let bea = bench.workbook.add_user("Bea", Role::Reviewer).unwrap().id;
    approve(&mut bench.workbook, id).unwrap();
    bench.workbook.sign_in(bea, None, None).unwrap();
    bench.workbook.undo_decision(id, "wait").unwrap();
    bench.workbook.undo_newest("").unwrap();
    (ada, bea, id)
}

#[test]
fn what_is_given_back_is_whose_it_was() {
    let mut bench = bench();
    let (ada, bea, id) = given_back(&mut bench);
    let decisions = bench.workbook.match_detail(id).unwrap().decisions;
    assert_eq!((decisions[0].decision.verdict, decisions[0].by.as_str()), (Verdict::Approve, "Ada"));
    assert_eq!(bench.workbook.redoable().unwrap().unwrap().kind, ActKind::TakeBack);
    // Ada's own undo takes back what is hers, and then there is nothing left for Bea to take back again.
    bench.workbook.sign_in(ada, None, None).unwrap();
    assert_eq!(bench.workbook.undo_newest("").unwrap().matches, [(id, MatchStatus::Suggested)]);
    bench.workbook.sign_in(bea, None, None).unwrap();
    assert_eq!(bench.workbook.redoable().unwrap(), None);
    bench.sound();
}

#[test]
fn taking_back_again_is_for_what_was_given_back_not_for_what_somebody_decided_since() {
    let mut bench = bench();
    let (ada, bea, id) = given_back(&mut bench);
    bench.workbook.sign_in(ada, None, None).unwrap();
    bench.workbook.undo_newest("").unwrap();
    let content = bench.workbook.match_detail(id).unwrap().summary.content;
    bench.workbook.reject(id, content, "not theirs").unwrap();
    bench.workbook.sign_in(bea, None, None).unwrap();
    let before = (bench.picture(), bench.workbook.audit_head());
    assert!(matches!(bench.workbook.redo_newest(""), Err(WorkbookError::NothingToRedo)));
    assert_eq!((bench.picture(), bench.workbook.audit_head()), before, "Ada's rejection stands");
    bench.sound();
}

#[test]
fn many_are_not_approved_at_once_while_they_are_put_off() {
    let mut bench = bench();
    let all = bench.workbook.approvable_above(Confidence::from_ppm(900_000)).unwrap().matches;
    assert_eq!(all.len(), 2);
    let until = Mark::Snooze(Some(date(2023, 12, 24)));
    bench.workbook.mark(&[QueueSubject::Match(all[0])], &until).unwrap();
    let left = bench.workbook.approvable_above(Confidence::from_ppm(900_000)).unwrap();
    assert_eq!((left.matches.as_slice(), left.totals.len()), (&all[1..], 1));
    assert_eq!(left.totals[0].minor_units(), 5_000);
}

#[test]
fn of_several_approved_at_once_only_those_that_still_stand_are_taken_back_and_done_again() {
    let mut bench = bench();
    let both = [bench.matches[0], bench.matches[2]];
    bench.workbook.approve_many(&both, "").unwrap();
    bench.workbook.undo_decision(both[0], "").unwrap();
    let without_first = bench.picture();
    bench.workbook.undo_newest("").unwrap();
    bench.workbook.redo_newest("").unwrap();
    assert_eq!(bench.picture(), without_first);
    bench.workbook.undo_newest("").unwrap();
    bench.workbook.undo_newest("").unwrap();
    assert_eq!(bench.workbook.undoable().unwrap(), None);
    bench.sound();
}

#[test]
fn a_line_is_divided_over_two_invoices_in_one_act() {
    let mut bench = bench();
    let before = bench.picture();
    let hands = [bench.hand(0, 1, 5_000), bench.hand(0, 0, 5_000)];
    let decided = bench.workbook.match_many_by_hand(&hands, "two invoices").unwrap();
    assert_eq!(decided.matches.len(), 2);
    let undoable = bench.workbook.undoable().unwrap().unwrap();
    assert_eq!((undoable.items, undoable.amount), (2, Some(cents(10_000))));
    let after = bench.picture();
    bench.workbook.undo_newest("").unwrap();
    assert_eq!(bench.picture(), before);
    bench.workbook.redo_newest("").unwrap();
    assert_eq!(bench.picture(), after);
    let too_much = [bench.hand(1, 1, 4_000), bench.hand(1, 0, 4_000)];
    let head = bench.workbook.audit_head();
    assert!(bench.workbook.match_many_by_hand(&too_much, "").is_err());
    assert_eq!((bench.picture(), bench.workbook.audit_head()), (after, head), "neither of the two is made");
    bench.sound();
}

#[test]
fn the_file_itself_refuses_an_act_that_is_turned_without_a_turn() {
    let mut bench = bench();
    approve(&mut bench.workbook, bench.matches[0]).unwrap();
    let sql = &bench.workbook.sql;
    for (attempt, told) in [
        ("UPDATE acts SET standing = 0", "by a turn"),
        ("UPDATE acts SET title = 'x'", "never changed"),
        ("DELETE FROM acts", "never deleted"),
    ] {
        let refused = sql.execute(attempt, []).unwrap_err().to_string();
        assert!(refused.contains(told), "{attempt}: {refused}");
    }
}

/// What a person does at random; those that do not fit are refused and change nothing.
#[derive(Debug, Clone, Copy)]
enum Step {
    Approve(usize),
    Reject(usize),
    Hand(usize, usize, i64),
    TakeBack(usize),
    Own(usize, bool),
    Snooze(usize),
    Comment(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0..4_usize).prop_map(Step::Approve),
        (0..4_usize).prop_map(Step::Reject),
        (0..4_usize, 0..3_usize, 1..5_000_i64).prop_map(|(line, entry, minor)| Step::Hand(line, entry, minor)),
        (0..4_usize).prop_map(Step::TakeBack),
        (0..4_usize, any::<bool>()).prop_map(|(line, named)| Step::Own(line, named)),
        (0..4_usize).prop_map(Step::Snooze),
        (0..4_usize).prop_map(Step::Comment),
    ]
}

impl Bench {
    /// Whether it was done.
    fn take(&mut self, step: Step) -> bool {
        let record = |bench: &Self, line: usize| [QueueSubject::Record(RecordRef::Line(bench.lines[line]))];
        match step {
            Step::Approve(of) => approve(&mut self.workbook, self.matches[of]).is_ok(),
            Step::Reject(of) => reject(&mut self.workbook, self.matches[of]).is_ok(),
            Step::Hand(line, entry, minor) => {
                let hand = self.hand(line, entry, minor);
                self.workbook.match_by_hand(&hand, "").is_ok()
            }
            Step::TakeBack(of) => self.workbook.undo_decision(self.matches[of], "").is_ok(),
            Step::Own(line, named) => {
                let owner = Mark::Owner(named.then(|| "Cleo".to_owned()));
                self.workbook.mark(&record(self, line), &owner).is_ok_and(|marked| !marked.subjects.is_empty())
            }
            Step::Snooze(line) => {
                let until = Mark::Snooze(Some(date(2030, 1, 1)));
                self.workbook.mark(&record(self, line), &until).is_ok_and(|marked| !marked.subjects.is_empty())
            }
            Step::Comment(line) => self.workbook.mark(&record(self, line), &Mark::Comment("seen".to_owned())).is_ok(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Whatever a person does: undoing all of it leads back through the same pictures, and redoing all of it forward.
    #[test]
    fn undo_and_redo_lead_through_the_same_pictures(steps in prop::collection::vec(step(), 1..12), pause in 0..12_usize) {
        let mut bench = bench();
        let mut pictures = vec![bench.picture()];
        for step in steps {
            if bench.take(step) {
                pictures.push(bench.picture());
            }
        }
        let done = pictures.len() - 1;
        for left in (0..done).rev() {
            bench.workbook.undo_newest("").unwrap();
            prop_assert_eq!(&bench.picture(), &pictures[left], "after undoing down to {}", left);
        }
        for (again, picture) in pictures.iter().enumerate().skip(1) {
            if again == pause {
                bench.workbook.close().unwrap();
                bench.workbook = bench.desk.open();
            }
            bench.workbook.redo_newest("").unwrap();
            prop_assert_eq!(&bench.picture(), picture, "after redoing up to {}", again);
        }
        prop_assert!(bench.workbook.redoable().unwrap().is_none());
        prop_assert_eq!(bench.workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
        prop_assert!(bench.workbook.verify_chain().unwrap().holds());
    }
}
