//! What a signature stands for holds until it is taken away: of the period's own lines, of older ones, of entries, and of
//! what the bank states.

use tieout_domain::{PeriodEventKind, PeriodState::*, RollSum};

use super::*;
use crate::{HandBalance, PeriodChangeKind::*};

fn dated(day: jiff::civil::Date, row: u32, minor: i64, number: &str) -> LedgerEntry {
    LedgerEntry { date: Some(day), ..invoice(row, 1, minor, number) }
}

/// The fee of January, outstanding, and an entry for it of 10 February.
fn with_a_fee_of_february() -> Firm {
    let mut firm = Firm::new();
    take_entries(&mut firm.workbook, 9, &[dated(date(2026, 2, 10), 1, -150, "F-1")]).unwrap();
    firm
}

/// The records as they were: the fault that the triggers are there to prevent, made behind their back.
fn behind_the_triggers(firm: Firm, change: impl FnOnce(&mut Firm)) -> Firm {
    let drop_all = |sql: &rusqlite::Connection| {
        let mut statement = sql
            .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND sql LIKE '%INTO period_changes%'")
            .unwrap();
        let names: Vec<String> =
            statement.query_map([], |row| row.get(0)).unwrap().collect::<rusqlite::Result<_>>().unwrap();
        for name in names {
            sql.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
        }
    };
    let mut firm = firm;
    drop_all(&firm.workbook.sql);
    change(&mut firm);
    firm
}

#[track_caller]
fn revoked_by(firm: &Firm, id: PeriodId, change: crate::PeriodChangeKind) {
    assert_eq!(firm.state(id), Open);
    let event = firm.workbook.period_events(id).unwrap().remove(0);
    assert_eq!(event.kind, PeriodEventKind::Revoked);
    assert!(event.causes.iter().any(|cause| cause.change == change), "{:?}", event.causes);
}

#[test]
fn an_older_line_that_is_settled_takes_the_signatures_of_every_period_that_lists_it() {
    let mut firm = with_a_fee_of_february();
    let january = firm.brought_to(JANUARY, Locked);
    let february = firm.brought_to(FEBRUARY, Prepared);
    firm.pair("fee", "F-1", (-150, -150)).unwrap();
    assert_eq!(firm.state(january), Locked);
    revoked_by(&firm, february, LineMatched);
    // What was settled is told of the locked one, and is no fault of it.
    let since = firm.workbook.since_signed(&firm.period(january)).unwrap().unwrap();
    assert_eq!(since.lines_settled, RollSum { items: 1, sum: cents(-150) });
    assert_eq!((since.entries_settled.items, since.entries_come.items), (0, 0));
    assert_eq!(firm.workbook.period_difference(&firm.period(january)).unwrap(), None);
}

#[test]
fn a_line_older_than_the_first_period_is_looked_at_too() {
    let mut firm = with_a_fee_of_february();
    firm.brought_to(JANUARY, Open);
    // February is the account's first period.
    let january = firm.workbook.periods(firm.account).unwrap().remove(0).id;
    firm.workbook.remove_period(january).unwrap();
    let february = firm.brought_to(FEBRUARY, Reviewed);
    firm.pair("fee", "F-1", (-150, -150)).unwrap();
    revoked_by(&firm, february, LineMatched);
}

#[test]
fn an_entry_settled_by_a_line_of_another_account_takes_the_signatures_away() {
    let mut firm = Firm::new();
    let savings = firm.workbook.find_or_create_account("Savings", eur()).unwrap();
    let lines = [line(60, 12, 6_000, "paid there"), february(61, 3, 6_000, "paid there later")];
    take_statement(&mut firm.workbook, &batch(9), savings, &facts(&lines, None, None), &lines).unwrap();
    let january = firm.brought_to(JANUARY, Reviewed);
    let matched = firm.pair("paid there", "RE-2", (6_000, 6_000)).unwrap();
    revoked_by(&firm, january, EntriesMatched);
    firm.bring(january, Prepared);
    firm.workbook.undo_decision(matched, "wrong").unwrap();
    revoked_by(&firm, january, EntriesUnmatched);
    // Paid in February it is outstanding in January all the same.
    firm.bring(january, Prepared);
    firm.pair("paid there later", "RE-2", (6_000, 6_000)).unwrap();
    assert_eq!((firm.state(january), firm.as_signed(january)), (Prepared, true));
    assert_eq!(firm.workbook.period_difference(&firm.period(january)).unwrap(), None);
}

#[test]
fn lines_that_come_from_before_the_first_period_are_refused_or_take_signatures_away() {
    let december = StatementLine { date: Some(date(2025, 12, 20)), ..line(70, 1, -900, "of last year") };
    let mut firm = Firm::new();
    let january = firm.brought_to(JANUARY, Prepared);
    take_lines(&mut firm.workbook, 9, std::slice::from_ref(&december)).unwrap();
    revoked_by(&firm, january, LineAdded);
    let mut firm = Firm::new();
    firm.brought_to(JANUARY, Locked);
    refused(take_lines(&mut firm.workbook, 9, &[december]), "2026-01-01 to 2026-01-31 of Current account is locked");
}

#[test]
fn what_is_signed_off_is_worked_out_anew_and_what_differs_is_named() {
    let settle = |firm: &mut Firm| {
        firm.pair("fee", "F-1", (-150, -150)).unwrap();
    };
    for state in [Prepared, Reviewed] {
        let mut firm = with_a_fee_of_february();
        firm.brought_to(JANUARY, Locked);
        let february = firm.brought_to(FEBRUARY, state);
        let mut firm = behind_the_triggers(firm, settle);
        firm.as_("Ben");
        let signed = match state {
            Prepared => firm.workbook.review_period(february, ""),
            _ => firm.workbook.lock_period(february, ""),
        };
        refused(signed, "of the line of 2026-01-05, -1.50 EUR was outstanding at the last day and 0.00 EUR is now");
        assert_eq!(firm.state(february), state);
        assert!(firm.workbook.period_difference(&firm.period(february)).unwrap().is_some());
    }
}

#[test]
fn a_period_is_proved_again_only_if_what_it_lists_is_as_signed() {
    let mut firm = with_a_fee_of_february();
    let january = firm.brought_to(JANUARY, Reviewed);
    let february = firm.brought_to(FEBRUARY, Reviewed);
    firm.as_("Petra").request_reopening(january, "a line is missing").unwrap();
    firm.as_("Ben").reopen_period(january, "").unwrap();
    firm.as_("Ada");
    let mut firm = behind_the_triggers(firm, |firm| {
        firm.pair("fee", "F-1", (-150, -150)).unwrap();
    });
    // January closes with the same balance, but February's list is false.
    firm.bring(january, Locked);
    assert!(firm.period(february).to_reprove);
    refused(firm.as_("Ben").lock_period(february, ""), "a period before it was reopened since");
}

#[test]
fn review_waits_until_a_reopened_period_before_is_signed_anew() {
    let mut firm = Firm::new();
    let january = firm.brought_to(JANUARY, Reviewed);
    let february = firm.brought_to(FEBRUARY, Prepared);
    firm.as_("Petra").request_reopening(january, "a line is missing").unwrap();
    firm.as_("Ben").reopen_period(january, "").unwrap();
    refused(firm.workbook.review_period(february, ""), "a period before it was reopened since");
    firm.bring(january, Prepared);
    firm.as_("Ben").review_period(february, "").unwrap();
}

/// Savings, with interest of 7.00 that no balance is stated for, prepared with 0.00 and `closing` by hand.
fn by_hand(closing: i64, state: PeriodState) -> (Firm, PeriodId, AccountId) {
    let mut firm = Firm::new();
    let savings = firm.workbook.find_or_create_account("Savings", eur()).unwrap();
    let lines = [line(1, 3, 700, "interest")];
    take_statement(&mut firm.workbook, &batch(9), savings, &facts(&lines, None, None), &lines).unwrap();
    let id = firm.as_("Petra").open_period(savings, JANUARY).unwrap().id;
    let stated = |minor| HandBalance { amount: cents(minor), reason: "letter of the bank".to_owned() };
    firm.workbook.prepare_period(id, Some(&stated(closing - 700)), Some(&stated(closing)), "").unwrap();
    if state >= Reviewed {
        firm.as_("Ben").review_period(id, "").unwrap();
    }
    if state >= Locked {
        firm.as_("Ben").lock_period(id, "").unwrap();
    }
    firm.as_("Ada");
    (firm, id, savings)
}

/// The bank's statement of the same line, which states a closing balance.
fn stated(firm: &mut Firm, account: AccountId, closing: i64) -> Result<crate::ImportOutcome, WorkbookError> {
    let facts = StatementFacts {
        first_date: Some(date(2026, 1, 3)),
        last_date: Some(date(2026, 1, 31)),
        ..facts(&[], None, Some(closing))
    };
    take_statement(&mut firm.workbook, &batch(10), account, &facts, &[])
}

#[test]
fn a_bank_that_states_another_balance_takes_the_signatures_away() {
    let (mut firm, id, savings) = by_hand(64_000, Reviewed);
    stated(&mut firm, savings, 63_850).unwrap();
    revoked_by(&firm, id, Balance);
    let (mut firm, id, savings) = by_hand(64_000, Reviewed);
    let import = stated(&mut firm, savings, 64_000).unwrap();
    assert_eq!(firm.state(id), Reviewed, "it says the same");
    firm.as_("Ben").lock_period(id, "").unwrap();
    firm.as_("Ada").undo_import(import.batch).unwrap();
    assert_eq!(firm.state(id), Locked);
}

#[test]
fn a_statement_taken_back_takes_the_balance_it_stated_with_it() {
    let mut firm = Firm::new();
    let savings = firm.workbook.find_or_create_account("Savings", eur()).unwrap();
    let lines = [line(1, 3, 700, "interest")];
    take_statement(&mut firm.workbook, &batch(9), savings, &facts(&lines, Some(0), None), &lines).unwrap();
    let import = stated(&mut firm, savings, 700).unwrap();
    let id = firm.as_("Petra").open_period(savings, JANUARY).unwrap().id;
    firm.workbook.prepare_period(id, None, None, "").unwrap();
    firm.as_("Ada").undo_import(import.batch).unwrap();
    revoked_by(&firm, id, Balance);
}

#[test]
fn a_statement_may_go_where_the_lines_say_what_it_said() {
    let mut firm = Firm::new();
    let savings = firm.workbook.find_or_create_account("Savings", eur()).unwrap();
    let lines = [StatementLine { balance: Some(cents(700)), ..line(1, 3, 700, "interest") }];
    take_statement(&mut firm.workbook, &batch(9), savings, &facts(&lines, None, None), &lines).unwrap();
    // The bank's own statement of the same days; its line is there already.
    let facts = StatementFacts { opening: Some(cents(0)), ..facts(&lines, None, Some(700)) };
    let import = take_statement(&mut firm.workbook, &batch(10), savings, &facts, &[]).unwrap();
    let id = firm.as_("Petra").open_period(savings, JANUARY).unwrap().id;
    firm.workbook.prepare_period(id, None, None, "").unwrap();
    firm.as_("Ada").undo_import(import.batch).unwrap();
    assert_eq!(firm.state(id), Prepared);
    firm.as_("Ben").review_period(id, "").unwrap();
}

#[test]
fn a_locked_balance_is_not_contradicted() {
    let (mut firm, id, savings) = by_hand(64_000, Locked);
    refused(
        stated(&mut firm, savings, 63_850),
        "the period 2026-01-01 to 2026-01-31 of Savings is locked with the closing balance 640.00 EUR, and this \
         statement says 638.50 EUR: reopen the period first",
    );
    assert_eq!(firm.state(id), Locked);
}

#[test]
fn a_balance_that_changed_unseen_is_named_when_it_is_signed_off() {
    let (firm, id, savings) = by_hand(64_000, Prepared);
    let mut firm = behind_the_triggers(firm, |firm| {
        stated(firm, savings, 63_850).unwrap();
    });
    refused(
        firm.as_("Ben").review_period(id, ""),
        "the closing balance was 640.00 EUR and is 638.50 EUR now; take the preparation back",
    );
}

#[test]
fn entries_settled_with_one_another_in_a_locked_period_stay_so() {
    let mut firm = Firm::new();
    take_entries(&mut firm.workbook, 9, &[invoice(9, 11, -6_000, "CN-2")]).unwrap();
    let legs = [("RE-2", 6_000), ("CN-2", -6_000)]
        .map(|(number, minor)| Leg::of(RecordRef::Entry(firm.entry(number)), cents(minor)));
    store(&mut firm.workbook, &[proposal(Match::reversal(legs.to_vec()).unwrap(), MatchStatus::Approved, 999_000)]);
    let id = firm.brought_to(JANUARY, Locked);
    let found: Vec<u8> =
        firm.workbook.sql.query_row("SELECT id FROM matches WHERE lines = 0", [], |row| row.get(0)).unwrap();
    let matched = MatchId::from_uuid(uuid::Uuid::from_slice(&found).unwrap());
    refused(firm.workbook.undo_decision(matched, "wrong"), "is locked, and this would change its entry");
    assert_eq!(firm.workbook.period_difference(&firm.period(id)).unwrap(), None);
}

#[test]
fn an_entry_that_was_outstanding_is_not_taken_out_in_two_steps() {
    let mut firm = Firm::new();
    firm.brought_to(JANUARY, Locked);
    firm.workbook.sql.execute_batch("UPDATE ledger_entries SET state = 3 WHERE number = 'RE-2'").unwrap();
    let error =
        firm.workbook.sql.execute_batch("UPDATE ledger_entries SET state = 4 WHERE number = 'RE-2'").unwrap_err();
    assert!(error.to_string().contains("period locked|entry|"), "{error}");
}

#[test]
fn signatures_keep_the_name_they_were_given_under() {
    let mut firm = Firm::new();
    let id = firm.brought_to(JANUARY, Locked);
    let ben = firm.workbook.users().unwrap().into_iter().find(|user| user.name == "Ben").unwrap().id;
    let renamed = crate::UserChange { name: Some("Benjamin".to_owned()), ..crate::UserChange::default() };
    firm.workbook.change_user(ben, &renamed).unwrap();
    let by = firm.period(id).signed.unwrap().by;
    assert_eq!([by.reviewed, by.locked].map(|signed| signed.unwrap().name), ["Ben", "Ben"]);
    assert_eq!(firm.workbook.period_events(id).unwrap()[0].by, "Ben");
}

#[test]
fn what_is_looked_at_is_named() {
    let mut firm = Firm::new();
    let id = firm.opened(JANUARY);
    let open = firm.workbook.seen_of(&firm.period(id)).unwrap();
    firm.workbook.check_seen(id, open).unwrap();
    firm.bring(id, Prepared);
    refused(firm.workbook.check_seen(id, open), "not what you looked at any more");
    let signed = firm.period(id).signed.unwrap().content;
    firm.workbook.check_seen(id, signed).unwrap();
}
