//! A later change takes a period's signatures away, and says which record did it.

use tieout_domain::{PeriodEventKind, PeriodState::*};

use super::*;
use crate::{PeriodCause, PeriodChangeKind, PeriodChangeKind::*};

/// January and February reviewed; what `change` does leaves them as told, and the newest revocation of January names
/// this kind and record.
#[track_caller]
fn check(
    change: impl FnOnce(&mut Firm),
    states: (PeriodState, PeriodState),
    named: Option<(PeriodChangeKind, &str, u64)>,
) {
    let mut firm = Firm::new();
    let january = firm.brought_to(JANUARY, Reviewed);
    let february = firm.brought_to(FEBRUARY, Reviewed);
    change(&mut firm);
    assert_eq!((firm.state(january), firm.state(february)), states);
    assert!(!firm.period(february).to_reprove);
    let Some((kind, text, records)) = named else { return };
    let event = firm.workbook.period_events(january).unwrap().remove(0);
    assert_eq!((event.kind, event.by.as_str()), (PeriodEventKind::Revoked, "Ada"));
    let record = match kind {
        LineAdded | LineWithdrawn | LineRestored | LineMatched | LineUnmatched => RecordRef::Line(firm.line(text)),
        _ => RecordRef::Entry(firm.entry(text)),
    };
    assert_eq!(event.causes[0], PeriodCause { change: kind, record: Some(record), records });
    let audit = firm.workbook.audit_page(0, 20).unwrap().events;
    let told = audit.iter().rfind(|event| event.action == "period.revoked").unwrap();
    let named = format!(r#"{{"change":"{}","record":"{}","records":{records}}}"#, kind.as_str(), subject(record));
    assert!(told.details.contains(&named), "{} has not {named}", told.details);
    assert!(told.details.contains(r#""account":"Current account""#) && told.details.contains(r#""was":"reviewed""#));
    assert!(firm.workbook.verify_chain().unwrap().holds());
}

fn subject(record: RecordRef) -> String {
    match record {
        RecordRef::Line(id) => format!("line {id}"),
        RecordRef::Entry(id) => format!("entry {id}"),
    }
}

#[test]
fn a_match_over_its_line_approved_by_hand() {
    let with_a_fee_booked = |firm: &mut Firm| {
        take_entries(
            &mut firm.workbook,
            9,
            &[LedgerEntry { date: Some(date(2026, 3, 1)), ..invoice(1, 1, -150, "F-1") }],
        )
        .unwrap();
        firm.pair("fee", "F-1", (-150, -150)).unwrap();
    };
    check(with_a_fee_booked, (Open, Open), Some((LineMatched, "fee", 1)));
}

#[test]
fn a_match_over_its_line_undone() {
    let undo = |firm: &mut Firm| drop(firm.workbook.undo_decision(firm.match_of("RE-3"), "wrong").unwrap());
    check(undo, (Open, Open), Some((LineUnmatched, "RE-3", 1)));
}

#[test]
fn a_match_of_two_periods_takes_the_signatures_of_both() {
    let both = |firm: &mut Firm| {
        let (fee, paid) = (firm.line("fee"), firm.line("RE-2"));
        let matched = matched(&[(paid, 6_000), (fee, -150)], &[(firm.entry("RE-2"), 6_000)]);
        store(&mut firm.workbook, &[proposal(matched, MatchStatus::Approved, 999_000)]);
    };
    check(both, (Open, Open), Some((LineMatched, "fee", 1)));
}

#[test]
fn an_invoice_of_a_signed_period_paid_later_leaves_it_as_it_was() {
    check(
        |firm| {
            firm.pair("RE-2", "RE-2", (6_000, 6_000)).unwrap();
        },
        (Reviewed, Open),
        None,
    );
}

#[test]
fn proposals_and_rejections_change_no_period() {
    let suggest = |firm: &mut Firm| {
        let matched = matched(&[(firm.line("fee"), -150)], &[(firm.entry("RE-2"), 6_000)]);
        store(&mut firm.workbook, &[proposal(matched, MatchStatus::Suggested, 500_000)]);
        let id = proposed(&firm.workbook)[0];
        reject(&mut firm.workbook, id).unwrap();
    };
    check(suggest, (Reviewed, Reviewed), None);
}

#[test]
fn lines_imported_into_it_are_counted() {
    let import = |firm: &mut Firm| {
        let lines = [line(7, 30, 1, "interest"), line(8, 30, 2, "more interest"), february(9, 27, 3, "and more")];
        take_lines(&mut firm.workbook, 9, &lines).unwrap();
    };
    check(import, (Open, Open), Some((LineAdded, "interest", 2)));
    let elsewhere = |firm: &mut Firm| {
        let savings = firm.workbook.find_or_create_account("Savings", eur()).unwrap();
        let lines = [line(7, 30, 1, "interest")];
        take_statement(&mut firm.workbook, &batch(9), savings, &facts(&lines, None, None), &lines).unwrap();
    };
    check(elsewhere, (Reviewed, Reviewed), None);
}

#[test]
fn an_import_given_up_leaves_the_signatures() {
    let give_up = |firm: &mut Firm| {
        let lines = [line(7, 30, 1, "interest")];
        let plans = [line_plan(&firm.workbook, firm.account, &lines)];
        let mut import = firm.workbook.begin_line_import(&batch(9), &plans).unwrap();
        let statement = import.statement(firm.account, &facts(&lines, None, None)).unwrap();
        import.add_line(statement, &lines[0]).unwrap();
        import.give_up("cancelled");
    };
    check(give_up, (Reviewed, Reviewed), None);
}

#[test]
fn lines_deleted_and_restored() {
    let delete = |firm: &mut Firm| {
        let fee = [RecordRef::Line(firm.line("fee"))];
        firm.workbook.delete_records(&fee, "not ours").unwrap();
    };
    check(delete, (Open, Open), Some((LineWithdrawn, "fee", 1)));
    let mut firm = Firm::new();
    let fee = [RecordRef::Line(firm.line("fee"))];
    firm.workbook.delete_records(&fee, "not ours").unwrap();
    let id = firm.opened(JANUARY);
    let closing = crate::HandBalance { amount: cents(64_000), reason: "as the books say".to_owned() };
    // The statement still says 638.50, so that the gap shows.
    refused(firm.workbook.prepare_period(id, None, Some(&closing), ""), "the closing balance is known");
    firm.as_("Ada").restore_records(&fee).unwrap();
    firm.bring(id, Prepared);
}

#[test]
fn an_import_undone() {
    let undo = |firm: &mut Firm| {
        let lines = [february(9, 27, 3, "interest")];
        let added = take_lines(&mut firm.workbook, 9, &lines).unwrap();
        firm.workbook.undo_import(added.batch).unwrap();
    };
    check(undo, (Reviewed, Open), None);
}

#[test]
fn entries_dated_up_to_its_last_day() {
    let import = |firm: &mut Firm| {
        let entries =
            [invoice(8, 15, 5, "RE-8"), LedgerEntry { date: Some(date(2026, 2, 1)), ..invoice(9, 1, 5, "RE-9") }];
        take_entries(&mut firm.workbook, 9, &entries).unwrap();
    };
    check(import, (Open, Open), Some((EntryAdded, "RE-8", 1)));
    let after = |firm: &mut Firm| {
        let entries = [LedgerEntry { date: Some(date(2026, 2, 1)), ..invoice(9, 1, 5, "RE-9") }];
        take_entries(&mut firm.workbook, 9, &entries).unwrap();
    };
    check(after, (Reviewed, Open), None);
    let other_currency = |firm: &mut Firm| {
        let usd = Currency::parse("USD").unwrap();
        let entries = [LedgerEntry { amount: Money::from_minor(5, usd), ..invoice(8, 15, 5, "RE-8") }];
        take_entries(&mut firm.workbook, 9, &entries).unwrap();
    };
    check(other_currency, (Reviewed, Reviewed), None);
    let delete = |firm: &mut Firm| {
        let entry = [RecordRef::Entry(firm.entry("RE-2"))];
        firm.workbook.delete_records(&entry, "not ours").unwrap();
    };
    check(delete, (Open, Open), Some((EntryWithdrawn, "RE-2", 1)));
}

#[test]
fn entries_matched_with_one_another() {
    let mut firm = Firm::new();
    take_entries(&mut firm.workbook, 9, &[invoice(9, 11, -6_000, "CN-2")]).unwrap();
    let id = firm.brought_to(JANUARY, Prepared);
    let legs = ["RE-2", "CN-2"].map(|number| {
        let minor = if number == "RE-2" { 6_000 } else { -6_000 };
        Leg::of(RecordRef::Entry(firm.entry(number)), cents(minor))
    });
    store(&mut firm.workbook, &[proposal(Match::reversal(legs.to_vec()).unwrap(), MatchStatus::Approved, 999_000)]);
    assert_eq!(firm.state(id), Open);
    let causes = firm.workbook.period_events(id).unwrap().remove(0).causes;
    assert_eq!((causes[0].change, causes[0].records), (EntriesMatched, 2));
    firm.bring(id, Prepared);
    let matched: Vec<u8> =
        firm.workbook.sql.query_row("SELECT id FROM matches WHERE lines = 0", [], |row| row.get(0)).unwrap();
    let matched = MatchId::from_uuid(uuid::Uuid::from_slice(&matched).unwrap());
    firm.workbook.undo_decision(matched, "wrong").unwrap();
    assert_eq!(firm.workbook.period_events(id).unwrap()[0].causes[0].change, EntriesUnmatched);
}

#[test]
fn a_change_that_fails_leaves_signatures_and_audit_as_they_were() {
    let mut firm = Firm::new();
    let id = firm.brought_to(JANUARY, Prepared);
    let before = (firm.workbook.audit_head(), firm.period(id));
    let (fee, booked) = (firm.line("fee"), firm.entry("RE-2"));
    // The second proposal uses more than is open, after the first took the signatures away.
    let proposals = [
        proposal(matched(&[(fee, -150)], &[(booked, 10)]), MatchStatus::Approved, 999_000),
        proposal(matched(&[(firm.line("RE-2"), 6_000)], &[(booked, 6_000)]), MatchStatus::Approved, 999_000),
    ];
    firm.workbook.store_run(&run(), &proposals, &[], &mut go_on()).unwrap_err();
    assert_eq!((firm.workbook.audit_head(), firm.period(id)), before);
}
