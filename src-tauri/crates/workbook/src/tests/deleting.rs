//! Deleting and restoring are acts: taken back and done again like any other.

use tieout_domain::{ActKind, Permission, Role, Side};

use super::{periods::Firm, policies::exception, *};
use crate::Act;

struct Bench {
    workbook: Workbook,
    desk: Desk,
    lines: Vec<RecordRef>,
    entries: Vec<RecordRef>,
}

/// Lines of −3.50, −3.50 and 120.00; an invoice of 120.00 proposed for the last one.
fn bench() -> Bench {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let lines = [line(1, 2, -350, "Coffee"), line(2, 2, -350, "Coffee"), line(3, 5, 12_000, "RE-104")];
    take_lines(&mut workbook, 1, &lines).unwrap();
    take_entries(&mut workbook, 2, &[invoice(1, 1, 12_000, "RE-104")]).unwrap();
    let (lines, entries) = (line_ids(&workbook), entry_ids(&workbook));
    let matched = matched(&[(lines[2], 12_000)], &[(entries[0], 12_000)]);
    let exceptions = [exception(RecordRef::Line(lines[0]), RootCause::Duplicate, 350)];
    let proposals = [proposal(matched, MatchStatus::Suggested, 900_000)];
    workbook.store_run(&run(), &proposals, &exceptions, &mut go_on()).unwrap();
    Bench {
        workbook,
        desk,
        lines: lines.into_iter().map(RecordRef::Line).collect(),
        entries: entries.into_iter().map(RecordRef::Entry).collect(),
    }
}

impl Bench {
    fn deleted(&self) -> Vec<(RecordRef, String, String)> {
        let page = |side| self.workbook.deleted_records(side, 0, 9).unwrap().rows;
        let all = page(Side::Statement).into_iter().chain(page(Side::Ledger));
        let mut all: Vec<_> = all.map(|row| (row.record.reference(), row.deleted_by, row.reason)).collect();
        all.sort_by_key(|(record, ..)| crate::content::subject(*record));
        all
    }

    fn newest(&self) -> Act {
        self.workbook.acts(0, 1).unwrap().rows.remove(0)
    }

    fn is(&self, kind: ActKind) -> bool {
        self.workbook.undoable().unwrap().is_some_and(|act| act.kind == kind)
    }

    fn as_(&mut self, name: &str) {
        let users = self.workbook.users().unwrap();
        self.workbook.user = users.into_iter().find(|user| user.name == name).unwrap();
        self.workbook.present = true;
    }

    #[track_caller]
    fn sound(&self) {
        assert_eq!(self.workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
        assert!(self.workbook.verify_chain().unwrap().holds());
    }

    fn add(&mut self, name: &str, role: Role) {
        self.workbook.set_single_user(false, "two people").unwrap();
        give_own_secret(&mut self.workbook);
        self.workbook.add_user(name, role).unwrap();
        share_secret(&self.workbook);
    }
}

#[test]
fn a_deletion_is_taken_back_and_done_again_after_a_restart() {
    let mut bench = bench();
    let (coffee, paid, invoice) = (bench.lines[0], bench.lines[2], bench.entries[0]);
    let proposal = proposed(&bench.workbook)[0];
    let finding = bench.workbook.exception_of(coffee).unwrap().unwrap();
    bench.workbook.delete_records(&[coffee], "typed twice").unwrap();
    let act = bench.newest();
    let told = (act.kind, act.title.as_str(), act.items, act.amount, act.standing);
    assert_eq!(told, (ActKind::Delete, "Müller & Söhne", 1, Some(cents(-350)), true));
    bench.workbook.delete_records(&[paid, invoice], "not ours").unwrap();
    let act = bench.newest();
    assert_eq!((act.title.as_str(), act.items, act.amount), ("", 2, Some(cents(24_000))));
    assert_eq!(bench.workbook.queue_counts().unwrap().suggested, 0);

    let undone = bench.workbook.undo_newest("").unwrap();
    assert_eq!((undone.act.kind, undone.restored.as_slice()), (ActKind::Delete, &[proposal][..]));
    assert_eq!(proposed(&bench.workbook), [proposal], "what it had set aside is proposed again");
    bench.workbook.undo_newest("").unwrap();
    assert_eq!((bench.deleted(), bench.workbook.undoable().unwrap()), (vec![], None));
    let back = bench.workbook.exception_of(coffee).unwrap().unwrap();
    assert_eq!(back, finding, "what the engine said of it is said again");
    bench.sound();

    bench.workbook.close().unwrap();
    bench.workbook = bench.desk.open();
    bench.workbook.redo_newest("").unwrap();
    bench.workbook.redo_newest("").unwrap();
    let (ada, typed, ours) = ("Ada".to_owned(), "typed twice".to_owned(), "not ours".to_owned());
    let mut expected = [(coffee, ada.clone(), typed), (paid, ada.clone(), ours.clone()), (invoice, ada, ours)];
    expected.sort_by_key(|(record, ..)| crate::content::subject(*record));
    assert_eq!((bench.deleted().as_slice(), proposed(&bench.workbook)), (&expected[..], vec![]));
    assert!(matches!(bench.workbook.redo_newest(""), Err(WorkbookError::NothingToRedo)));
    bench.sound();
}

#[test]
fn restoring_is_an_act_whose_undo_deletes_as_it_was() {
    let mut bench = bench();
    bench.add("Petra", Role::Preparer);
    let (coffee, other) = (bench.lines[0], bench.lines[1]);
    bench.workbook.delete_records(&[coffee, other], "typed twice").unwrap();
    bench.as_("Petra");
    bench.workbook.restore_records(&[coffee]).unwrap();
    let act = bench.newest();
    assert_eq!((act.kind, act.title.as_str(), act.by.as_str()), (ActKind::Restore, "Müller & Söhne", "Petra"));
    bench.workbook.undo_newest("").unwrap();
    let told: Vec<_> = bench.deleted().into_iter().map(|(_, by, reason)| (by, reason)).collect();
    assert_eq!(told, [("Ada".to_owned(), "typed twice".to_owned()), ("Ada".to_owned(), "typed twice".to_owned())]);
    bench.workbook.redo_newest("").unwrap();
    assert_eq!(bench.deleted().len(), 1);

    // Ada takes back what is left of her deletion, and does that again: what Petra restored is Petra's.
    bench.as_("Ada");
    bench.workbook.undo_newest("").unwrap();
    assert_eq!(bench.deleted(), []);
    bench.workbook.redo_newest("").unwrap();
    let left: Vec<_> = bench.deleted().into_iter().map(|(record, ..)| record).collect();
    assert_eq!(left, [other]);
    bench.sound();
}

#[test]
fn what_somebody_deleted_or_restored_since_is_theirs() {
    let mut bench = bench();
    bench.add("Petra", Role::Preparer);
    let coffee = bench.lines[0];
    bench.workbook.delete_records(&[coffee], "typed twice").unwrap();
    bench.as_("Petra");
    bench.workbook.restore_records(&[coffee]).unwrap();
    bench.workbook.delete_records(&[coffee], "a cup of tea").unwrap();
    bench.as_("Ada");
    assert_eq!(bench.workbook.undoable().unwrap(), None, "nothing of her deletion is left");
    assert!(matches!(bench.workbook.undo_newest(""), Err(WorkbookError::NothingToUndo)));
    bench.as_("Petra");
    bench.workbook.undo_newest("").unwrap();
    assert!(bench.is(ActKind::Restore) && bench.deleted().is_empty());
    bench.workbook.undo_newest("").unwrap();
    assert_eq!(bench.deleted(), [(coffee, "Ada".to_owned(), "typed twice".to_owned())]);
    bench.sound();
}

#[test]
fn a_proposal_of_which_two_people_deleted_a_record_each_comes_back_with_the_second_of_them() {
    for [first, second] in [["Ada", "Ben"], ["Ben", "Ada"]] {
        let mut bench = bench();
        bench.add("Ben", Role::Admin);
        let before = proposed(&bench.workbook);
        assert_eq!(before.len(), 1);
        let (line, entry) = (bench.lines[2], bench.entries[0]);
        bench.workbook.delete_records(&[line], "twice").unwrap();
        bench.as_("Ben");
        bench.workbook.delete_records(&[entry], "void").unwrap();
        bench.as_(first);
        bench.workbook.undo_newest("").unwrap();
        assert_eq!(proposed(&bench.workbook), [], "the other record is deleted still");
        bench.as_(second);
        assert_eq!(bench.workbook.undo_newest("").unwrap().restored, before);
        assert_eq!(proposed(&bench.workbook), before, "{first} first");
        bench.sound();
    }
}

#[test]
fn what_is_matched_or_withdrawn_by_now_is_not_deleted_again() {
    let mut bench = bench();
    let (paid, batch) = (bench.lines[2], bench.workbook.list_batches().unwrap());
    bench.workbook.delete_records(&[paid], "").unwrap();
    bench.workbook.undo_newest("").unwrap();
    let proposal = proposed(&bench.workbook)[0];
    approve(&mut bench.workbook, proposal).unwrap();
    assert_eq!(bench.workbook.redoable().unwrap(), None, "something new was done");
    bench.workbook.undo_newest("").unwrap();

    bench.workbook.delete_records(&[paid], "").unwrap();
    bench.workbook.restore_records(&[paid]).unwrap();
    let found = [again(&bench)];
    store(&mut bench.workbook, &found);
    let proposal = proposed(&bench.workbook)[0];
    approve(&mut bench.workbook, proposal).unwrap();
    bench.workbook.undo_newest("").unwrap();
    assert!(bench.is(ActKind::Restore));
    assert_eq!(bench.workbook.undo_newest("").unwrap().act.kind, ActKind::Restore);
    assert_eq!((bench.deleted().len(), proposed(&bench.workbook)), (1, vec![]), "the proposal is set aside with it");
    assert_eq!(bench.workbook.redo_newest("").unwrap().restored, [proposal], "and comes back with it");
    bench.workbook.undo_newest("").unwrap();

    let lines = batch.iter().find(|batch| batch.side == Side::Statement).unwrap().id;
    bench.workbook.undo_import(lines).unwrap();
    let turnable = (bench.workbook.undoable().unwrap(), bench.workbook.redoable().unwrap().map(|act| act.kind));
    assert_eq!(turnable, (None, Some(ActKind::Approve)), "nothing is left of what was done to withdrawn rows");
    bench.sound();
}

fn again(bench: &Bench) -> Proposal {
    let (RecordRef::Line(line), RecordRef::Entry(entry)) = (bench.lines[2], bench.entries[0]) else { unreachable!() };
    proposal(matched(&[(line, 12_000)], &[(entry, 12_000)]), MatchStatus::Suggested, 910_000)
}

#[test]
fn an_approved_match_stands_against_deleting_again() {
    let mut bench = bench();
    bench.add("Ben", Role::Reviewer);
    bench.workbook.delete_records(&[bench.lines[2]], "").unwrap();
    bench.workbook.undo_newest("").unwrap();
    bench.as_("Ben");
    let proposal = proposed(&bench.workbook)[0];
    approve(&mut bench.workbook, proposal).unwrap();
    bench.as_("Ada");
    let head = bench.workbook.audit_head();
    assert!(matches!(bench.workbook.redo_newest(""), Err(WorkbookError::RecordsInUse { matches: 1 })));
    assert_eq!((bench.deleted(), bench.workbook.audit_head()), (vec![], head), "nothing was done");
    bench.sound();
}

#[test]
fn a_locked_period_stands_against_it() {
    let mut firm = Firm::new();
    let fee =
        line_ids(&firm.workbook).into_iter().find(|id| firm.workbook.line(*id).unwrap().line.amount == cents(-150));
    let fee = RecordRef::Line(fee.unwrap());
    firm.as_("Petra").delete_records(&[fee], "not ours").unwrap();
    firm.as_("Petra").undo_newest("").unwrap();
    firm.brought_to(periods::JANUARY, tieout_domain::PeriodState::Locked);
    let refused = firm.as_("Petra").redo_newest("").unwrap_err().to_string();
    assert!(refused.contains("is locked, and this would change its line"), "{refused}");
    assert_eq!(firm.workbook.deleted_records(Side::Statement, 0, 9).unwrap().total, 0);
}

#[test]
fn who_may_not_take_records_out_does_not_take_that_back_either() {
    let mut bench = bench();
    bench.add("Petra", Role::Admin);
    bench.workbook.delete_records(&[bench.lines[0]], "").unwrap();
    bench.as_("Petra");
    let ada = bench.workbook.users().unwrap().into_iter().find(|person| person.name == "Ada").unwrap();
    let change = crate::UserChange { role: Some(Role::Reviewer), ..Default::default() };
    bench.workbook.change_user(ada.id, &change).unwrap();
    bench.as_("Ada");
    let refused = bench.workbook.undo_newest("");
    assert!(matches!(refused, Err(WorkbookError::NotAllowed { permission: Permission::Import, .. })), "{refused:?}");
    assert_eq!(bench.deleted().len(), 1);
}

#[test]
fn the_schema_keeps_acts_as_they_were_turned() {
    let mut bench = bench();
    bench.add("Ben", Role::Reviewer);
    bench.workbook.delete_records(&[bench.lines[0]], "").unwrap();
    let refuses = |bench: &Bench, sql: &str, because: &str| {
        let error = bench.workbook.sql.execute_batch(sql).expect_err(sql).to_string();
        assert!(error.contains(because), "{sql}: {error}");
    };
    refuses(&bench, "UPDATE acts SET redoable = 1, standing = 0", "by a turn");
    refuses(&bench, "UPDATE acts SET turned_by = zeroblob(16)", "by a turn");
    let turn =
        "INSERT INTO act_turns SELECT a.company_id, randomblob(16), a.id, 'undo', u.id, 1, '' FROM acts a, users u
                WHERE u.name = ";
    refuses(&bench, &format!("{turn} 'Ben'"), "turned by whoever did it");
    bench.workbook.undo_newest("").unwrap();
    refuses(&bench, "UPDATE acts SET turned_by = randomblob(16)", "by a turn");
    refuses(&bench, "UPDATE acts SET standing = 1, redoable = 0", "by a turn");
    refuses(&bench, "UPDATE act_records SET reason = 'x'", "append-only");
    refuses(&bench, "DELETE FROM act_records", "append-only");
    bench.workbook.sql.execute_batch("UPDATE acts SET redoable = 0").unwrap();
    refuses(&bench, "UPDATE acts SET redoable = 1", "by a turn");
}
