//! What each role may do with a period in each state.

use tieout_domain::{PeriodEventKind, PeriodState::*};

use super::*;
use crate::{BalanceSource, HandBalance, OpenError};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Act {
    Prepare,
    Review,
    Lock,
    TakeBack,
    Request,
    Reopen,
    Decline,
    Withdraw,
}
use Act::*;

#[derive(Debug, PartialEq)]
enum Answer {
    Done(PeriodState),
    NotAllowed,
    WrongState,
}

/// Brings January to `state` in others' names (with a request by Ada where one can be) and does `act` as `who`.
fn answer(state: PeriodState, act: Act, who: &str) -> Answer {
    let mut firm = Firm::new();
    let id = firm.brought_to(JANUARY, state);
    if matches!(act, Reopen | Decline | Withdraw) && state >= Reviewed {
        let other = if who == "Ada" { "Petra" } else { "Ada" };
        firm.as_(if act == Withdraw { who } else { other }).request_reopening(id, "a line is missing").unwrap();
    }
    firm.as_(who);
    let before = firm.workbook.audit_head();
    let workbook = &mut firm.workbook;
    let done = match act {
        Prepare => workbook.prepare_period(id, None, None, ""),
        Review => workbook.review_period(id, ""),
        Lock => workbook.lock_period(id, ""),
        TakeBack => workbook.take_period_back(id, "a mistake"),
        Request => workbook.request_reopening(id, "a line is missing"),
        Reopen => workbook.reopen_period(id, ""),
        Decline => workbook.decline_reopening(id, "it belongs to February"),
        Withdraw => workbook.withdraw_reopening(id, ""),
    };
    match done {
        Ok(period) => {
            assert_ne!(firm.workbook.audit_head(), before);
            Answer::Done(period.state)
        }
        Err(error) => {
            assert_eq!((firm.workbook.audit_head(), firm.state(id)), (before, state), "{error}");
            match error {
                WorkbookError::NotAllowed { .. } => Answer::NotAllowed,
                WorkbookError::Period(PeriodError::State { .. }) => Answer::WrongState,
                other => panic!("{state:?} {act:?} {who}: {other}"),
            }
        }
    }
}

/// In the order preparer, reviewer, admin; `Some`: where it leads, `None`: not allowed. All other states refuse it.
#[track_caller]
fn check(act: Act, at: &[(PeriodState, [Option<PeriodState>; 3])]) {
    for state in PeriodState::ALL {
        for (place, who) in ["Petra", "Ben", "Ada"].into_iter().enumerate() {
            let told = at.iter().find(|(from, _)| *from == state).map(|(_, leads)| leads[place]);
            let found = answer(state, act, who);
            match told {
                Some(Some(to)) => assert_eq!(found, Answer::Done(to), "{act:?} by {who} of a period that is {state}"),
                Some(None) => assert_eq!(found, Answer::NotAllowed, "{act:?} by {who} of a period that is {state}"),
                None => assert!(
                    matches!(found, Answer::NotAllowed | Answer::WrongState),
                    "{act:?} by {who} of a period that is {state}: {found:?}"
                ),
            }
        }
    }
}

#[test]
fn a_preparer_prepares_and_takes_back() {
    check(Prepare, &[(Open, [Some(Prepared), None, Some(Prepared)])]);
    check(TakeBack, &[(Prepared, [Some(Open); 3])]);
}

#[test]
fn a_reviewer_signs_off_and_locks() {
    check(Review, &[(Prepared, [None, Some(Reviewed), Some(Reviewed)])]);
    check(Lock, &[(Reviewed, [None, Some(Locked), Some(Locked)])]);
}

#[test]
fn anybody_asks_for_reopening_and_a_second_person_does_it() {
    let stays = [Some(Reviewed); 3];
    check(Request, &[(Reviewed, stays), (Locked, [Some(Locked); 3])]);
    let opens = [None, Some(Open), Some(Open)];
    check(Reopen, &[(Reviewed, opens), (Locked, opens)]);
}

#[test]
fn whoever_could_reopen_it_declines_and_whoever_asked_withdraws() {
    let stays = |state| (state, [None, Some(state), Some(state)]);
    check(Decline, &[stays(Reviewed), stays(Locked)]);
    check(Withdraw, &[(Reviewed, [Some(Reviewed); 3]), (Locked, [Some(Locked); 3])]);
}

/// A request that waits is answered, not replaced by another one of which nobody told.
#[test]
fn what_somebody_asked_for_waits_for_its_answer() {
    let mut firm = Firm::new();
    let id = firm.brought_to(JANUARY, Locked);
    firm.as_("Petra").request_reopening(id, "a line is missing").unwrap();
    refused(firm.as_("Ben").request_reopening(id, "a typo"), "Petra has asked");
    firm.as_("Petra").request_reopening(id, "two lines are missing").unwrap();
    let waiting = firm.workbook.period(id).unwrap().reopening.unwrap();
    assert_eq!((waiting.name.as_str(), waiting.reason.as_str()), ("Petra", "two lines are missing"));
    firm.as_("Ben").decline_reopening(id, "they belong to February").unwrap();
    firm.as_("Ben").request_reopening(id, "a typo").unwrap();
}

#[test]
fn a_request_is_answered_once_by_whom_it_may() {
    let mut firm = Firm::new();
    let id = firm.brought_to(JANUARY, Locked);
    for (who, nobody) in [("Ben", "nobody asked"), ("Ada", "nobody asked")] {
        refused(firm.as_(who).decline_reopening(id, "no"), nobody);
        refused(firm.as_(who).withdraw_reopening(id, "no"), nobody);
    }
    firm.as_("Ben").request_reopening(id, "a line is missing").unwrap();
    refused(
        firm.workbook.decline_reopening(id, "no"),
        "Ben asked for this period to be reopened: a second person must decline it",
    );
    let refusal = firm.workbook.decline_reopening(id, "no").unwrap_err();
    assert_eq!(refusal.said().code(), "period.samePerson.decline");
    refused(firm.as_("Petra").withdraw_reopening(id, ""), "only Ben withdraws that");
    refused(firm.as_("Ada").decline_reopening(id, " "), "say why");
    assert!(firm.period(id).reopening.is_some());
    let declined = firm.as_("Ada").decline_reopening(id, "it belongs to February").unwrap();
    assert_eq!((declined.state, declined.reopening), (Locked, None));
    refused(firm.workbook.reopen_period(id, ""), "nobody asked");

    firm.as_("Ben").request_reopening(id, "a line is missing still").unwrap();
    let withdrawn = firm.workbook.withdraw_reopening(id, "").unwrap();
    assert_eq!((withdrawn.state, withdrawn.reopening), (Locked, None));
    let events = firm.workbook.period_events(id).unwrap();
    let told: Vec<_> =
        events.iter().take(4).map(|event| (event.kind, event.by.as_str(), event.reason.as_str())).collect();
    assert_eq!(
        told,
        [
            (PeriodEventKind::ReopenWithdrawn, "Ben", ""),
            (PeriodEventKind::ReopenRequested, "Ben", "a line is missing still"),
            (PeriodEventKind::ReopenDeclined, "Ada", "it belongs to February"),
            (PeriodEventKind::ReopenRequested, "Ben", "a line is missing"),
        ]
    );
    let newest = firm.workbook.audit_page(0, 4).unwrap().events;
    let actions: Vec<_> = newest.iter().map(|event| event.action.as_str()).collect();
    let expected =
        ["period.reopen_withdrawn", "period.reopen_requested", "period.reopen_declined", "period.reopen_requested"];
    assert_eq!(actions, expected);
}

#[test]
fn who_prepared_cannot_sign_off_and_who_asked_cannot_reopen() {
    let mut firm = Firm::new();
    let id = firm.opened(JANUARY);
    firm.as_("Ada").prepare_period(id, None, None, "").unwrap();
    refused(firm.workbook.review_period(id, ""), "Ada prepared this period: a second person must sign it off");
    firm.as_("Ben").review_period(id, "looked at every line").unwrap();
    refused(firm.workbook.reopen_period(id, "why not"), "nobody asked for this period to be reopened");
    refused(firm.workbook.request_reopening(id, "  "), "say why");
    firm.workbook.request_reopening(id, "a line is missing").unwrap();
    refused(
        firm.workbook.reopen_period(id, ""),
        "Ben asked for this period to be reopened: a second person must do it",
    );
    let waiting = firm.period(id).reopening.unwrap();
    assert_eq!((waiting.name.as_str(), waiting.reason.as_str()), ("Ben", "a line is missing"));
    firm.as_("Ada").reopen_period(id, "").unwrap();
    let events = firm.workbook.period_events(id).unwrap();
    let told: Vec<_> = events.iter().map(|event| (event.kind, event.by.as_str(), event.reason.as_str())).collect();
    assert_eq!(
        told,
        [
            (PeriodEventKind::Reopened, "Ada", "a line is missing"),
            (PeriodEventKind::ReopenRequested, "Ben", "a line is missing"),
            (PeriodEventKind::Reviewed, "Ben", "looked at every line"),
            (PeriodEventKind::Prepared, "Ada", ""),
        ]
    );
    assert!(events.iter().all(|event| !event.single_user && event.content == events[0].content));
}

#[test]
fn a_single_user_does_it_all_and_each_signature_says_so() {
    let mut firm = Firm::new();
    firm.workbook.set_single_user(true, "alone again").unwrap();
    let account = firm.account;
    let id = firm.workbook.open_period(account, JANUARY).unwrap().id;
    firm.workbook.prepare_period(id, None, None, "").unwrap();
    firm.workbook.review_period(id, "").unwrap();
    let signed = firm.workbook.lock_period(id, "").unwrap().signed.unwrap().by;
    for by in [signed.prepared, signed.reviewed, signed.locked] {
        let by = by.unwrap();
        assert_eq!((by.name.as_str(), by.single_user), ("Ada", true));
    }
    firm.workbook.request_reopening(id, "a typo").unwrap();
    assert_eq!(firm.workbook.reopen_period(id, "").unwrap().state, Open);
}

#[test]
fn periods_follow_on_without_a_gap() {
    let mut firm = Firm::new();
    assert_eq!(firm.workbook.propose_period(firm.account).unwrap(), JANUARY);
    let january = firm.opened(JANUARY);
    assert_eq!(firm.workbook.propose_period(firm.account).unwrap(), FEBRUARY);
    let account = firm.account;
    let expected = "begins on 2026-02-01, not on 2026-02-02";
    refused(firm.workbook.open_period(account, Period { from: date(2026, 2, 2), to: FEBRUARY.to }), expected);
    refused(firm.workbook.open_period(account, JANUARY), "begins on 2026-02-01, not on 2026-01-01");
    refused(
        firm.workbook.open_period(account, Period { from: FEBRUARY.from, to: JANUARY.to }),
        "the first day, 2026-02-01, is after the last, 2026-01-31",
    );
    let february = firm.opened(FEBRUARY);
    refused(firm.workbook.remove_period(january), "2026-01-01 to 2026-01-31 stays");
    firm.workbook.remove_period(february).unwrap();
    let ids: Vec<_> = firm.workbook.periods(account).unwrap().into_iter().map(|period| period.id).collect();
    assert_eq!(ids, [january]);
    let empty = firm.as_("Ada").find_or_create_account("Savings", eur()).unwrap();
    refused(firm.workbook.propose_period(empty), "the account has no statement yet");
}

#[test]
fn a_period_is_prepared_only_where_its_proof_holds() {
    let mut firm = Firm::new();
    let (january, february) = (firm.opened(JANUARY), firm.opened(FEBRUARY));
    refused(
        firm.workbook.prepare_period(february, None, None, ""),
        "the period 2026-01-01 to 2026-01-31 before it is open",
    );
    firm.bring(january, Prepared);
    let proof = firm.workbook.period_proof(&firm.period(january)).unwrap();
    assert_eq!(
        (proof.now.opening_source, proof.now.closing_source),
        (Some(BalanceSource::Bank), Some(BalanceSource::Bank))
    );
    assert_eq!((proof.shown().lines, proof.shown().lines_outstanding, proof.shown().entries_outstanding), (3, 1, 1));
    let next = firm.workbook.period_proof(&firm.period(february)).unwrap().now;
    assert_eq!(next.opening_source, Some(BalanceSource::PeriodBefore));
    assert_eq!((next.proof.opening, next.proof.closing), (Some(cents(63_850)), Some(cents(69_850))));
    // March has a line more than its statement's balances say.
    firm.bring(february, Prepared);
    let lines = [StatementLine { date: Some(date(2026, 3, 3)), ..line(1, 1, 500, "odd") }];
    let facts = StatementFacts {
        first_date: lines[0].date,
        last_date: lines[0].date,
        ..facts(&[], Some(69_850), Some(70_000))
    };
    let account = firm.account;
    take_statement(&mut firm.workbook, &batch(9), account, &facts, &lines).unwrap();
    let march = firm.opened(MARCH);
    refused(
        firm.workbook.prepare_period(march, None, None, ""),
        "opening 698.50 EUR and lines 5.00 EUR make 703.50 EUR, and the closing balance is 700.00 EUR; off by 3.50 EUR",
    );
    let by_hand = HandBalance { amount: cents(70_350), reason: "letter of the bank".to_owned() };
    refused(firm.workbook.prepare_period(march, None, Some(&by_hand), ""), "the closing balance is known, 700.00 EUR");
    assert_eq!(firm.state(march), Open);
}

#[test]
fn a_balance_that_nothing_states_is_stated_by_hand_with_a_reason() {
    let mut firm = Firm::new();
    let savings = firm.workbook.find_or_create_account("Savings", eur()).unwrap();
    let lines = [line(1, 3, 700, "interest")];
    take_statement(&mut firm.workbook, &batch(9), savings, &facts(&lines, None, None), &lines).unwrap();
    let id = firm.as_("Petra").open_period(savings, JANUARY).unwrap().id;
    refused(firm.workbook.prepare_period(id, None, None, ""), "the bank states no opening balance");
    let stated = |minor, reason: &str| HandBalance { amount: cents(minor), reason: reason.to_owned() };
    let opening = stated(0, "account opened on that day");
    refused(firm.workbook.prepare_period(id, Some(&opening), None, ""), "the bank states no closing balance");
    refused(firm.workbook.prepare_period(id, Some(&opening), Some(&stated(700, " ")), ""), "say why");
    refused(firm.workbook.prepare_period(id, Some(&opening), Some(&stated(701, "letter")), ""), "off by -0.01 EUR");
    let period = firm.workbook.prepare_period(id, Some(&opening), Some(&stated(700, "letter")), "").unwrap();
    let signed = firm.workbook.period_proof(&period).unwrap().signed.unwrap();
    assert_eq!((signed.opening_source, signed.closing_source), (Some(BalanceSource::Hand), Some(BalanceSource::Hand)));
    assert_eq!(
        (signed.opening_reason.as_str(), signed.closing_reason.as_str()),
        ("account opened on that day", "letter")
    );
    assert!(firm.as_signed(id));
}

#[test]
fn a_name_that_anybody_can_click_does_nothing_to_a_period() {
    let click = |firm: &mut Firm, name: &str| {
        firm.as_(name);
        firm.workbook.user.has_secret = false;
    };
    let needed = |answer: Result<PeriodRecord, WorkbookError>, name: &str| {
        let error = answer.unwrap_err();
        assert!(matches!(&error, WorkbookError::OwnSecretNeeded { name: told } if told == name), "{error}");
    };
    let mut firm = Firm::new();
    let january = firm.opened(JANUARY);
    for name in ["Petra", "Ada"] {
        click(&mut firm, name);
        needed(firm.workbook.prepare_period(january, None, None, ""), name);
    }
    firm.bring(january, Prepared);
    click(&mut firm, "Petra");
    needed(firm.workbook.take_period_back(january, "a mistake"), "Petra");
    for state in [Reviewed, Locked] {
        let mut firm = Firm::new();
        let id = firm.brought_to(JANUARY, state);
        click(&mut firm, "Petra");
        let head = firm.workbook.audit_head();
        needed(firm.workbook.request_reopening(id, "a line is missing"), "Petra");
        assert_eq!((firm.state(id), firm.workbook.audit_head()), (state, head));
    }
    // What takes signatures away of itself is nobody's act: whoever imports does it, with a secret or without.
    let fee = [LedgerEntry { date: Some(date(2026, 1, 9)), ..invoice(9, 1, 700, "RE-9") }];
    let mut firm = Firm::new();
    let id = firm.brought_to(JANUARY, Reviewed);
    click(&mut firm, "Petra");
    take_entries(&mut firm.workbook, 9, &fee).unwrap();
    assert_eq!(firm.state(id), Open);
}

#[test]
fn reopening_makes_later_periods_to_be_proved_again() {
    let mut firm = Firm::new();
    let january = firm.brought_to(JANUARY, Locked);
    let february = firm.brought_to(FEBRUARY, Reviewed);
    let march = firm.brought_to(MARCH, Prepared);
    firm.as_("Petra").request_reopening(january, "a line is missing").unwrap();
    firm.as_("Ben").reopen_period(january, "").unwrap();
    let to_reprove = |firm: &Firm| [january, february, march].map(|id| firm.period(id).to_reprove);
    assert_eq!(to_reprove(&firm), [false, true, true]);
    refused(firm.workbook.lock_period(february, ""), "a period before it was reopened since");
    // Signed anew with the same closing balance, the later ones hold again, and can be locked in their order.
    firm.bring(january, Reviewed);
    assert_eq!(to_reprove(&firm), [false, false, false]);
    refused(firm.as_("Ben").lock_period(february, ""), "2026-01-01 to 2026-01-31 before it is not locked");
    firm.workbook.lock_period(january, "").unwrap();
    firm.workbook.lock_period(february, "").unwrap();
    assert_eq!(firm.state(march), Prepared);
}

#[test]
fn a_later_period_with_another_opening_balance_loses_its_signatures() {
    let mut firm = Firm::new();
    let savings = firm.workbook.find_or_create_account("Savings", eur()).unwrap();
    let lines = [line(1, 3, 700, "interest")];
    take_statement(&mut firm.workbook, &batch(9), savings, &facts(&lines, None, None), &lines).unwrap();
    firm.account = savings;
    let stated = |minor| HandBalance { amount: cents(minor), reason: "letter".to_owned() };
    let january = firm.opened(JANUARY);
    firm.workbook.prepare_period(january, Some(&stated(0)), Some(&stated(700)), "").unwrap();
    let february = firm.brought_to(FEBRUARY, Reviewed);
    firm.as_("Petra").take_period_back(january, "another letter came").unwrap();
    assert!(firm.period(february).to_reprove);
    firm.workbook.prepare_period(january, Some(&stated(50)), Some(&stated(750)), "").unwrap();
    assert_eq!((firm.state(january), firm.state(february)), (Prepared, Open));
    let event = &firm.workbook.period_events(february).unwrap()[0];
    assert_eq!((event.kind, event.by.as_str()), (PeriodEventKind::Revoked, "Petra"));
    let causes: Vec<_> = event.causes.iter().map(|cause| (cause.change, cause.record)).collect();
    assert_eq!(causes, [(crate::PeriodChangeKind::Opening, None)]);
    let audit = firm.workbook.audit_page(0, 9).unwrap().events;
    let revoked = audit.iter().find(|event| event.action == "period.revoked").unwrap();
    assert!(revoked.details.contains(r#""change":"opening""#), "{}", revoked.details);
}

#[test]
fn a_workbook_is_closed_and_opened_with_its_periods() {
    let mut firm = Firm::new();
    let id = firm.brought_to(JANUARY, Locked);
    let before = firm.period(id);
    let Firm { desk, workbook, .. } = firm;
    workbook.close().unwrap();
    let again: Result<_, OpenError> = desk.try_open(crate::Unlock::Keychain);
    let workbook = again.unwrap().workbook;
    assert_eq!(workbook.period(id).unwrap(), before);
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    assert!(workbook.verify_chain().unwrap().holds());
}
