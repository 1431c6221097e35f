//! Nothing in a locked period changes, on whichever path; what comes later settles what it left open.

use tieout_domain::{PeriodState::*, Side};

use super::*;

const LOCKED: &str = "the period 2026-01-01 to 2026-01-31 of Current account is locked";

/// January is locked; a fee booked on 3 January came before, so that the line and the entry are open on both sides.
fn locked() -> (Firm, PeriodId) {
    let mut firm = Firm::new();
    take_entries(&mut firm.workbook, 9, &[invoice(9, 3, -150, "F-1")]).unwrap();
    let id = firm.brought_to(JANUARY, Locked);
    (firm, id)
}

/// Refused in words that name the line, and nothing is changed.
#[track_caller]
fn check<T: std::fmt::Debug>(act: impl FnOnce(&mut Firm) -> Result<T, WorkbookError>, names: &str) {
    let (mut firm, id) = locked();
    let before = (firm.workbook.audit_head(), firm.period(id));
    let error = act(&mut firm).unwrap_err().to_string();
    assert!(error.contains(LOCKED) && error.contains(names) && error.contains("reopen the period first"), "{error}");
    assert_eq!(firm.period(id), before.1);
    assert!(firm.as_signed(id));
}

#[test]
fn a_match_by_hand_is_refused() {
    check(|firm| firm.pair("fee", "F-1", (-150, -150)), "of 2026-01-05, -1.50 EUR");
}

#[test]
fn an_approval_is_refused_one_by_one_and_many_at_once() {
    let suggested = |firm: &mut Firm| {
        let matched = matched(&[(firm.line("fee"), -150)], &[(firm.entry("F-1"), -150)]);
        store(&mut firm.workbook, &[proposal(matched, MatchStatus::Suggested, 999_000)]);
        proposed(&firm.workbook)[0]
    };
    let mut firm = locked().0;
    let id = suggested(&mut firm);
    refused(approve(&mut firm.workbook, id), LOCKED);
    refused(firm.workbook.approve_many(&[id], ""), LOCKED);
    reject(&mut firm.workbook, id).unwrap();
}

#[test]
fn a_run_only_suggests_what_belongs_to_a_locked_period_and_stores_the_rest() {
    let (mut firm, id) = locked();
    let both = [
        proposal(matched(&[(firm.line("fee"), -150)], &[(firm.entry("F-1"), -150)]), MatchStatus::Approved, 999_000),
        proposal(
            matched(&[(firm.line("RE-2"), 6_000)], &[(firm.entry("RE-2"), 6_000)]),
            MatchStatus::Approved,
            999_000,
        ),
    ];
    let stored = firm.workbook.store_run(&run(), &both, &[], &mut go_on()).unwrap();
    assert_eq!((stored.approved, stored.suggested), (1, 1));
    let suggested = proposed(&firm.workbook)[0];
    assert_eq!(firm.match_of("fee"), suggested);
    assert!(firm.as_signed(id));
}

#[test]
fn an_undo_is_refused() {
    check(|firm| firm.workbook.undo_decision(firm.match_of("RE-3"), "wrong"), "of 2026-01-20, 40.00 EUR");
}

#[test]
fn an_import_into_it_is_refused_and_says_why() {
    check(|firm| take_lines(&mut firm.workbook, 20, &[line(9, 30, 77, "interest")]), "of 2026-01-30, 0.77 EUR");
    let (mut firm, _) = locked();
    take_lines(&mut firm.workbook, 20, &[line(9, 30, 77, "interest")]).unwrap_err();
    let batch = firm.workbook.list_batches().unwrap().into_iter().find(|batch| batch.file_hash == file(20)).unwrap();
    assert_eq!(batch.state, tieout_domain::BatchState::Failed);
    assert!(batch.note.contains(LOCKED), "{}", batch.note);
    take_lines(&mut firm.workbook, 21, &[february(9, 1, 77, "interest")]).unwrap();
}

#[test]
fn taking_lines_and_entries_out_is_refused() {
    let delete = |record: fn(&Firm) -> RecordRef| {
        move |firm: &mut Firm| {
            let records = [record(firm)];
            firm.workbook.delete_records(&records, "not ours")
        }
    };
    check(delete(|firm| RecordRef::Line(firm.line("fee"))), "of 2026-01-05, -1.50 EUR");
    check(delete(|firm| RecordRef::Entry(firm.entry("RE-2"))), "of 2026-01-10, 60.00 EUR");
    let undo = |firm: &mut Firm| {
        let batch = firm.workbook.list_batches().unwrap().into_iter().find(|batch| batch.file_hash == file(9)).unwrap();
        firm.workbook.undo_import(batch.id)
    };
    check(undo, "of 2026-01-03, -1.50 EUR");
}

#[test]
fn a_line_that_was_left_open_is_settled_by_what_comes_later() {
    let (mut firm, id) = locked();
    take_entries(&mut firm.workbook, 20, &[invoice(1, 5, -150, "F-2")]).unwrap();
    let matched = firm.pair("fee", "F-2", (-150, -150)).unwrap();
    assert!(firm.as_signed(id));
    let line = firm.workbook.record(RecordRef::Line(firm.line("fee"))).unwrap();
    assert_eq!(line.open(), cents(0));
    // The signed list still has it, and the next period tells that it was cleared.
    let february = firm.opened(FEBRUARY);
    let [lines, _] = firm.workbook.roll_forward(&firm.period(february)).unwrap();
    assert_eq!((lines.brought_forward.sum, lines.cleared.sum, lines.cleared.items), (cents(-150), cents(-150), 1));
    firm.workbook.undo_decision(matched, "not that one").unwrap();
    assert!(firm.as_signed(id));
    assert_eq!(firm.state(id), Locked);
}

#[test]
fn an_invoice_of_a_locked_period_is_paid_in_a_later_one() {
    let (mut firm, id) = locked();
    let paid = firm.pair("RE-2", "RE-2", (6_000, 6_000)).unwrap();
    assert!(firm.as_signed(id));
    firm.workbook.undo_decision(paid, "").unwrap();
    assert!(firm.as_signed(id));
}

#[test]
fn entries_that_come_late_are_taken_in_and_roll_into_the_next_period() {
    let (mut firm, id) = locked();
    take_entries(&mut firm.workbook, 20, &[invoice(8, 15, 900, "RE-8")]).unwrap();
    assert_eq!((firm.state(id), firm.as_signed(id)), (Locked, true));
    let late = firm.workbook.late_entries(&firm.period(id), 0, 9).unwrap();
    assert_eq!((late.total, late.rows[0].reference()), (1, RecordRef::Entry(firm.entry("RE-8"))));
    let february = firm.opened(FEBRUARY);
    let period = firm.period(february);
    let new = firm.workbook.roll_items(&period, Side::Ledger, crate::RollPart::New, 0, 9).unwrap();
    assert_eq!((new.total, new.rows[0].amount), (1, cents(900)));
    // It may go again: the locked period never counted it.
    let entry = [RecordRef::Entry(firm.entry("RE-8"))];
    firm.workbook.delete_records(&entry, "twice").unwrap();
    assert_eq!(firm.workbook.late_entries(&firm.period(id), 0, 9).unwrap().total, 0);
}
