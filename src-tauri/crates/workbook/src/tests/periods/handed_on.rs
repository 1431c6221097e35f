//! What one period hands on is what the next one has of it, also after the first was reopened and signed anew.

use tieout_domain::{PeriodState::*, Side};

use super::*;
use crate::RollPart;

/// January and February are locked, and January was reopened.
fn reopened() -> (Firm, PeriodId, PeriodId) {
    let mut firm = Firm::new();
    let january = firm.brought_to(JANUARY, Locked);
    let february = firm.brought_to(FEBRUARY, Locked);
    firm.as_("Petra").request_reopening(january, "a line is missing").unwrap();
    firm.as_("Ben").reopen_period(january, "").unwrap();
    firm.as_("Ada");
    (firm, january, february)
}

/// What the period lists as new although it is older than its days.
fn new_but_older(firm: &Firm, id: PeriodId) -> usize {
    let period = firm.period(id);
    let new = |side| firm.workbook.roll_items(&period, side, RollPart::New, 0, 99).unwrap().rows;
    let older = |record: &crate::Record| match record {
        crate::Record::Line(line) => line.line.date.is_some_and(|day| day < period.days.from),
        crate::Record::Entry(entry) => entry.entry.date.is_none_or(|day| day < period.days.from),
    };
    [new(Side::Statement), new(Side::Ledger)].concat().iter().filter(|item| older(&item.record)).count()
}

#[test]
fn a_locked_month_that_goes_on_from_it_is_proved_again() {
    let (mut firm, january, february) = reopened();
    firm.bring(january, Locked);
    assert!(!firm.period(february).to_reprove);
    assert_eq!(new_but_older(&firm, february), 0);
}

#[test]
fn a_locked_month_that_lists_what_is_settled_in_the_one_before_is_still_to_be_proved_again() {
    let (mut firm, january, february) = reopened();
    // An invoice for the fee of January comes in late, of January too.
    take_entries(&mut firm.workbook, 20, &[invoice(1, 10, -150, "F-1")]).unwrap();
    firm.pair("fee", "F-1", (-150, -150)).unwrap();
    firm.bring(january, Locked);
    assert!(firm.period(february).to_reprove, "the fee is outstanding in February, and settled in January");
    // Signed anew, it goes on from January.
    firm.as_("Petra").request_reopening(february, "the fee is settled").unwrap();
    firm.as_("Ben").reopen_period(february, "").unwrap();
    firm.bring(february, Locked);
    assert!(!firm.period(february).to_reprove);
    assert_eq!(new_but_older(&firm, february), 0);
}

#[test]
fn a_locked_month_that_never_knew_of_what_is_handed_on_is_still_to_be_proved_again() {
    let (mut firm, january, february) = reopened();
    take_entries(&mut firm.workbook, 20, &[invoice(1, 10, 900, "RE-8")]).unwrap();
    firm.bring(january, Locked);
    assert!(firm.period(february).to_reprove, "else it would say that it cleared RE-8");
}

#[test]
fn a_locked_month_that_lists_what_came_late_into_the_one_before_is_proved_again() {
    let mut firm = Firm::new();
    let [january, february] = [JANUARY, FEBRUARY].map(|days| firm.brought_to(days, Locked));
    // An invoice of 20 February comes in while March is open: March is locked with it.
    let late = LedgerEntry { date: Some(date(2026, 2, 20)), ..invoice(1, 20, 900, "RE-8") };
    take_entries(&mut firm.workbook, 20, &[late]).unwrap();
    let march = StatementLine { date: Some(date(2026, 3, 10)), ..line(1, 10, 2_000, "RE-9") };
    taken(&mut firm.workbook, 21, &mut [march], 69_850);
    let march = firm.brought_to(MARCH, Locked);
    let listed = firm.workbook.signed_outstanding(&firm.period(march)).unwrap();
    let late = RecordRef::Entry(firm.entry("RE-8"));
    assert!(listed.iter().any(|(record, _)| record.reference() == late));
    firm.as_("Petra").request_reopening(january, "a note is missing").unwrap();
    firm.as_("Ben").reopen_period(january, "").unwrap();
    firm.bring(january, Locked);
    assert_eq!([february, march].map(|id| firm.period(id).to_reprove), [false, false]);
}

#[test]
fn a_charge_that_months_left_open_is_written_off_later() {
    let mut firm = Firm::new();
    let january = firm.brought_to(JANUARY, Locked);
    let february = firm.brought_to(FEBRUARY, Locked);
    let march = firm.brought_to(MARCH, Open);
    let written_off = firm.write_off("fee").unwrap();
    assert!(firm.as_signed(january) && firm.as_signed(february));
    for id in [january, february] {
        assert_eq!(firm.workbook.period_difference(&firm.period(id)).unwrap(), None);
        let since = firm.workbook.since_signed(&firm.period(id)).unwrap().unwrap();
        assert_eq!((since.lines_settled.items, since.lines_settled.sum), (1, cents(-150)));
    }
    let [lines, _] = firm.workbook.roll_forward(&firm.period(march)).unwrap();
    assert_eq!((lines.brought_forward.items, lines.cleared.items, lines.cleared.sum), (2, 1, cents(-150)));
    // It is taken back as freely.
    firm.workbook.undo_decision(written_off, "not yet").unwrap();
    assert!(firm.as_signed(january) && firm.as_signed(february));
    assert_eq!((firm.state(january), firm.state(february)), (Locked, Locked));
}

#[test]
fn lines_that_a_locked_month_left_open_are_not_netted_with_one_another() {
    let mut firm = Firm::new();
    take_lines(&mut firm.workbook, 20, &[line(9, 31, 150, "refund")]).unwrap();
    // Both ends of January are stated by the running balance no more: they are stated by hand.
    let id = firm.opened(JANUARY);
    let by_hand = crate::HandBalance { amount: cents(64_000), reason: "letter".to_owned() };
    let closing = firm.workbook.period_proof(&firm.period(id)).unwrap().now.proof.closing;
    let closing = closing.is_none().then_some(&by_hand);
    firm.as_("Petra").prepare_period(id, None, closing, "").unwrap();
    firm.as_("Ben").review_period(id, "").unwrap();
    firm.workbook.lock_period(id, "").unwrap();
    let legs =
        [("fee", -150), ("refund", 150)].map(|(text, minor)| Leg::of(RecordRef::Line(firm.line(text)), cents(minor)));
    refused(firm.by_hand(Match::reversal(legs.to_vec()).unwrap()), "is locked");
    // Nor by a write-off whose differences cancel.
    let cancel = [100, -100].map(|minor| Adjustment { cause: RootCause::Fee, amount: cents(minor) });
    refused(firm.by_hand(Match::write_off(legs.to_vec(), cancel.to_vec()).unwrap()), "is locked");
    assert!(firm.as_signed(id));
}

#[test]
fn charges_that_a_locked_month_left_open_are_written_off_together() {
    let mut firm = Firm::new();
    let another = StatementLine { date: Some(date(2026, 2, 11)), ..line(2, 11, -250, "another fee") };
    taken(&mut firm.workbook, 21, &mut [another], 69_850);
    let january = firm.brought_to(JANUARY, Locked);
    let february = firm.brought_to(FEBRUARY, Locked);
    let legs = [("fee", -150), ("another fee", -250)];
    let legs = legs.map(|(text, minor)| Leg::of(RecordRef::Line(firm.line(text)), cents(minor)));
    let charges = Adjustment { cause: RootCause::Fee, amount: cents(-400) };
    firm.by_hand(Match::write_off(legs.to_vec(), vec![charges]).unwrap()).unwrap();
    assert!(firm.as_signed(january) && firm.as_signed(february));
}

#[test]
fn a_file_whose_triggers_let_lines_cancel_refuses_that_once_it_is_opened() {
    let mut firm = Firm::new();
    firm.brought_to(JANUARY, Locked);
    let Firm { desk, workbook, .. } = firm;
    workbook.close().unwrap();
    let triggers = |desk: &Desk| -> Vec<String> {
        let raw = desk.raw();
        let mut names = raw.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' ORDER BY name").unwrap();
        names.query_map([], |row| row.get(0)).unwrap().collect::<rusqlite::Result<_>>().unwrap()
    };
    let now = triggers(&desk);
    desk.raw()
        .execute_batch(
            "DROP TRIGGER lines_of_a_signed_period_change;
             CREATE TRIGGER statement_lines_change_a_signed_period AFTER UPDATE OF applied ON statement_lines
             BEGIN SELECT 1; END;",
        )
        .unwrap();
    desk.open().close().unwrap();
    assert_eq!(triggers(&desk), now);
}

#[test]
fn a_file_whose_triggers_refuse_a_write_off_takes_it_once_it_is_opened() {
    let mut firm = Firm::new();
    let january = firm.brought_to(JANUARY, Locked);
    let Firm { desk, workbook, account } = firm;
    workbook.close().unwrap();
    // As the twenty-third version left it, and as the next one made it.
    let raw = desk.raw();
    raw.execute_batch(
        "DROP TRIGGER lines_of_a_signed_period_change;
         CREATE TRIGGER statement_lines_change_a_signed_period AFTER UPDATE OF applied ON statement_lines
         BEGIN SELECT RAISE(ABORT, 'as it was'); END;",
    )
    .unwrap();
    raw.execute_batch(include_str!("../../../../../../migrations/workbook/V24__watched.sql")).unwrap();
    raw.pragma_update(None, "user_version", crate::schema::SCHEMA_VERSION).unwrap();
    drop(raw);
    let workbook = desk.open();
    let mut firm = Firm { desk, workbook, account };
    firm.as_("Ada");
    firm.write_off("fee").unwrap();
    assert!(firm.as_signed(january));
}
