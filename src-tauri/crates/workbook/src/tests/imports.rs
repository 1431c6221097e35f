//! Taking files in: nothing twice, nothing lost, nothing in part.

use tieout_domain::{InvoiceStatus, Job, NormalisedTexts, RecordRef};

use super::*;
use crate::RowPlan;

fn coffees() -> [StatementLine; 3] {
    [line(1, 2, -350, "Coffee"), line(2, 2, -350, "Coffee"), line(3, 5, 12_000, "Invoice RE-104")]
}

#[test]
fn two_identical_rows_in_one_file_stay_two() {
    let mut workbook = Desk::new().create();
    let outcome = take_lines(&mut workbook, 1, &coffees()).unwrap();
    assert_eq!((outcome.added, outcome.duplicates), (3, 0));
    assert_eq!(workbook.record_counts().unwrap().lines, 3);
}

#[test]
fn the_same_rows_in_another_file_add_nothing() {
    let mut workbook = Desk::new().create();
    take_lines(&mut workbook, 1, &coffees()).unwrap();
    let ids = line_ids(&workbook);
    let account = account(&mut workbook);
    let spelled_otherwise = [line(1, 2, -350, " COFFEE "), line(2, 5, 12_000, "Invoice  re-104")];
    let plan = line_plan(&workbook, account, &spelled_otherwise);
    assert_eq!(plan.rows(), [RowPlan::DuplicateOf(ids[0]), RowPlan::DuplicateOf(ids[2])]);
    let outcome = take_lines(&mut workbook, 2, &coffees()).unwrap();
    assert_eq!((outcome.added, outcome.duplicates), (0, 3));
    let third_coffee = [line(1, 2, -350, "Coffee"), line(2, 2, -350, "Coffee"), line(3, 2, -350, "Coffee")];
    let outcome = take_lines(&mut workbook, 3, &third_coffee).unwrap();
    assert_eq!((outcome.added, outcome.duplicates), (1, 2));
}

#[test]
fn the_same_rows_of_another_account_are_others() {
    let mut workbook = Desk::new().create();
    take_lines(&mut workbook, 1, &coffees()).unwrap();
    let savings = workbook.find_or_create_account("Savings", eur()).unwrap();
    assert_eq!(line_plan(&workbook, savings, &coffees()).rows(), [RowPlan::Add; 3]);
}

#[test]
fn the_very_same_file_is_refused() {
    let mut workbook = Desk::new().create();
    let first = take_lines(&mut workbook, 1, &coffees()).unwrap();
    let again = take_lines(&mut workbook, 1, &coffees());
    assert!(matches!(again, Err(WorkbookError::AlreadyImported(batch)) if batch == first.batch));
    assert_eq!(workbook.find_batch_by_hash(file(1)).unwrap().unwrap().id, first.batch);
    assert_eq!(workbook.find_batch_by_hash(file(2)).unwrap(), None);
}

#[test]
fn entries_are_told_apart_likewise_and_make_their_customers() {
    let mut workbook = Desk::new().create();
    let entries = [invoice(1, 2, 8_000, "RE-1"), invoice(2, 2, 8_000, "RE-2")];
    assert_eq!(take_entries(&mut workbook, 1, &entries).unwrap().added, 2);
    let again = [invoice(7, 2, 8_000, "re-2"), invoice(8, 2, 8_100, "RE-2")];
    assert_eq!(take_entries(&mut workbook, 2, &again).unwrap().added, 1);
    let customers = workbook.customers(0, 10).unwrap();
    assert_eq!(customers.len(), 1);
    assert_eq!((customers[0].code.as_str(), customers[0].name.as_str()), ("C001", "Müller & Söhne"));
    let entry = workbook.entry(entry_ids(&workbook)[0]).unwrap();
    assert_eq!((entry.customer, entry.status), (Some(customers[0].id), Some(InvoiceStatus::Open)));
    workbook.describe_customer(customers[0].id, "Müller KG", "post@mueller.example").unwrap();
    assert_eq!(workbook.customers(0, 10).unwrap()[0].email, "post@mueller.example");
}

fn job() -> Job {
    Job {
        month: Some(date(2026, 1, 1)),
        site: "North\nwing".to_owned(),
        service_type: String::new(),
        quantity: Some("12.50".parse().unwrap()),
        rate: Some("-0.0001".parse().unwrap()),
    }
}

#[test]
fn a_record_comes_back_as_it_was_read() {
    let mut workbook = Desk::new().create();
    let mut full = line(7, 3, -12_345, "Überweisung; \"zitiert\"");
    full.balance = Some(cents(99_999));
    full.value_date = Some(date(2026, 1, 4));
    full.record_id = "T-1".to_owned();
    full.account = "DE02".to_owned();
    full.reference = "RF18".to_owned();
    full.counterparty_account = "FR14".to_owned();
    full.source.file = file(1);
    full.normalised = NormalisedTexts {
        clean: "Überweisung".to_owned(),
        references: vec!["RE-104".to_owned(), "E2E 7".to_owned()],
        remittance: "RF18539007547034".to_owned(),
        bank_code: "PMNT.RCDT.ESCT".to_owned(),
    }
    .into();
    full.job = Some(Box::new(job()));
    take_lines(&mut workbook, 1, std::slice::from_ref(&full)).unwrap();
    let mut entry = invoice(9, 4, 777, "RE-9");
    entry.due_date = Some(date(2026, 2, 4));
    entry.memo = "Türen".to_owned();
    entry.source.file = file(2);
    entry.job = Some(Box::new(Job::default()));
    take_entries(&mut workbook, 2, std::slice::from_ref(&entry)).unwrap();
    let open = workbook.open_lines(None).unwrap().remove(0);
    assert_eq!(
        open.record,
        StatementLine { raw: String::new(), ..full.clone() },
        "the engine sees all but the raw text"
    );
    assert_eq!(workbook.open_entries().unwrap()[0].record.job, entry.job);
    let stored = workbook.line(open.id).unwrap();
    assert_eq!((stored.line, stored.open, stored.file_name.as_str()), (full, cents(-12_345), "january.csv"));
    assert_eq!(stored.account_name, "Current account");
    assert_eq!(workbook.entry(entry_ids(&workbook)[0]).unwrap().entry, entry);
}

#[test]
fn a_plan_that_no_longer_holds_is_refused() {
    let mut workbook = Desk::new().create();
    let account = account(&mut workbook);
    let plans = [line_plan(&workbook, account, &coffees())];
    take_lines(&mut workbook, 1, &coffees()[..1]).unwrap();
    let late = workbook.begin_line_import(&batch(2), &plans).map(|_| ());
    assert!(matches!(late, Err(WorkbookError::PlanOutdated)));
    assert_eq!(workbook.list_batches().unwrap().len(), 1, "nothing is left of it");
    let entries = [invoice(1, 2, 8_000, "RE-1")];
    let plan = entry_plan(&workbook, &entries);
    take_entries(&mut workbook, 3, &entries).unwrap();
    let late = workbook.begin_entry_import(&batch(4), Some(&plan)).map(|_| ());
    assert!(matches!(late, Err(WorkbookError::PlanOutdated)));
}

#[test]
fn a_change_that_touches_no_row_leaves_a_plan_as_it_is() {
    let mut workbook = Desk::new().create();
    take_lines(&mut workbook, 1, &coffees()[..1]).unwrap();
    let account = account(&mut workbook);
    let plans = [line_plan(&workbook, account, &coffees())];
    workbook.set_setting("theme", "dark").unwrap();
    workbook.begin_line_import(&batch(2), &plans).unwrap().give_up("cancelled");
}

#[test]
fn an_amount_at_the_edge_of_what_can_be_counted_is_refused_with_its_row() {
    let mut workbook = Desk::new().create();
    for minor in [i64::MIN, i64::MAX] {
        let refused = take_lines(&mut workbook, 1, &[line(1, 1, 5, "fine"), line(2, 1, minor, "huge")]);
        assert!(matches!(refused, Err(WorkbookError::AmountTooLarge { row: 2 })));
    }
    assert_eq!(take_lines(&mut workbook, 1, &[line(1, 1, i64::MAX - 1, "just fits")]).unwrap().added, 1);
    assert_eq!(take_lines(&mut workbook, 2, &[line(1, 1, -(i64::MAX - 1), "just fits")]).unwrap().added, 1);
}

#[test]
fn an_empty_file_is_taken_in_as_such() {
    let mut workbook = Desk::new().create();
    assert_eq!(take_lines(&mut workbook, 1, &[]).unwrap().added, 0);
    assert_eq!(take_entries(&mut workbook, 2, &[]).unwrap().added, 0);
}

#[test]
fn an_undone_import_withdraws_its_rows_and_the_proposals_that_hold_them() {
    let mut workbook = Desk::new().create();
    let batch = take_lines(&mut workbook, 1, &coffees()).unwrap().batch;
    take_entries(&mut workbook, 2, &[invoice(1, 1, 12_000, "RE-104")]).unwrap();
    let (lines, entries) = (line_ids(&workbook), entry_ids(&workbook));
    store(
        &mut workbook,
        &[proposal(matched(&[(lines[2], 12_000)], &[(entries[0], 12_000)]), MatchStatus::Suggested, 900_000)],
    );
    let id = proposed(&workbook)[0];
    approve(&mut workbook, id).unwrap();
    assert!(matches!(workbook.undo_import(batch), Err(WorkbookError::ImportInUse { matches: 1 })));
    workbook.undo_newest("").unwrap();
    workbook.undo_import(batch).unwrap();
    let counts = workbook.record_counts().unwrap();
    assert_eq!((counts.lines, counts.entries, counts.entries_open), (0, 1, 1));
    assert_eq!(workbook.queue_counts().unwrap().suggested, 0);
    assert_eq!(workbook.queue_counts().unwrap().unmatched_entries, 1);
    assert!(matches!(workbook.undo_import(batch), Err(WorkbookError::ImportEmpty)));
    assert_eq!(take_lines(&mut workbook, 1, &coffees()).unwrap().added, 3, "it can be taken in again");
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
}

#[test]
fn a_draft_is_not_matched_until_it_is_opened_and_a_void_invoice_never() {
    let mut workbook = Desk::new().create();
    take_entries(&mut workbook, 1, &[invoice(1, 1, 500, "RE-1")]).unwrap();
    let id = entry_ids(&workbook)[0];
    workbook.set_invoice_status(id, InvoiceStatus::Draft).unwrap();
    assert_eq!(entry_ids(&workbook), []);
    workbook.set_invoice_status(id, InvoiceStatus::Open).unwrap();
    assert_eq!(entry_ids(&workbook), [id]);
    let paid = workbook.set_invoice_status(id, InvoiceStatus::Paid);
    assert!(matches!(paid, Err(WorkbookError::InvoiceStatus { from: "open", to: "paid" })));
    workbook.set_invoice_status(id, InvoiceStatus::Void).unwrap();
    assert!(workbook.set_invoice_status(id, InvoiceStatus::Open).is_err());
    let Ok(crate::Record::Entry(entry)) = workbook.record(RecordRef::Entry(id)) else { panic!("no entry") };
    assert_eq!(entry.status, Some(InvoiceStatus::Void));
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
}
