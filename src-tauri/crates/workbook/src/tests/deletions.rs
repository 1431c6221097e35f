//! Deleted rows: remembered, not taken in again, restored.

use tieout_domain::{InvoiceStatus, Side};

use super::{policies::exception, *};
use crate::RowPlan;

fn lines() -> [StatementLine; 3] {
    [line(1, 2, -350, "Coffee"), line(2, 2, -350, "Coffee"), line(3, 5, 12_000, "Invoice RE-104")]
}

#[test]
fn a_deleted_row_is_not_brought_back_by_its_file() {
    let mut workbook = Desk::new().create();
    let first = take_lines(&mut workbook, 1, &lines()).unwrap().batch;
    let (ids, account) = (line_ids(&workbook), account(&mut workbook));
    let (coffee, invoice) = (RecordRef::Line(ids[0]), RecordRef::Line(ids[2]));
    workbook.delete_records(&[coffee, invoice, coffee], "typed twice").unwrap();
    assert_eq!(line_ids(&workbook), [ids[1]]);
    assert_eq!((workbook.record_counts().unwrap().lines, workbook.account(account).unwrap().lines), (1, 1));
    let plan = line_plan(&workbook, account, &lines());
    let expected = [RowPlan::DuplicateOf(ids[1]), RowPlan::DeletedEarlier(ids[0]), RowPlan::DeletedEarlier(ids[2])];
    assert_eq!(plan.rows(), expected, "the coffee that stands comes first");
    let outcome = take_lines(&mut workbook, 2, &lines()).unwrap();
    assert_eq!((outcome.added, outcome.duplicates, outcome.deleted_earlier), (0, 3, 2));
    let newest = &workbook.audit_page(0, 99).unwrap().events;
    let told = newest.iter().find(|event| event.action == "records.deleted").unwrap();
    assert!(told.details.contains("typed twice") && told.details.contains(&ids[2].to_string()), "{}", told.details);

    let page = workbook.deleted_records(Side::Statement, 0, 10).unwrap();
    assert_eq!((page.total, page.rows.len()), (2, 2));
    assert_eq!((page.rows[0].deleted_by.as_str(), page.rows[0].reason.as_str()), ("Ada", "typed twice"));
    assert_eq!(page.rows[0].record.reference(), invoice);
    assert_eq!(workbook.deleted_records(Side::Statement, 1, 10).unwrap().rows[0].record.reference(), coffee);
    assert_eq!(workbook.deleted_records(Side::Ledger, 0, 10).unwrap().total, 0);

    workbook.restore_records(&[coffee]).unwrap();
    assert_eq!(line_ids(&workbook), [ids[0], ids[1]]);
    assert_eq!(workbook.account(account).unwrap().lines, 2);
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());

    // Undoing the import withdraws the deleted row for good; the file comes in again as a whole.
    workbook.undo_import(first).unwrap();
    assert_eq!(workbook.deleted_records(Side::Statement, 0, 10).unwrap().total, 0);
    assert!(matches!(workbook.restore_records(&[invoice]), Err(WorkbookError::NotFound { .. })));
    assert_eq!(workbook.account(account).unwrap().lines, 0);
    assert_eq!(take_lines(&mut workbook, 1, &lines()).unwrap().added, 3);
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    assert!(workbook.verify_chain().unwrap().holds());
}

#[test]
fn an_account_of_deleted_rows_only_still_knows_them() {
    let mut workbook = Desk::new().create();
    take_lines(&mut workbook, 1, &lines()).unwrap();
    let all: Vec<_> = line_ids(&workbook).into_iter().map(RecordRef::Line).collect();
    workbook.delete_records(&all, "").unwrap();
    assert_eq!(take_lines(&mut workbook, 2, &lines()).unwrap().deleted_earlier, 3);
    // Nor does a file of which no plan was made.
    let mut import = workbook.begin_line_import(&batch(3), &[]).unwrap();
    let account = import.account("Current account", eur()).unwrap();
    assert!(matches!(import.statement(account, &facts(&[], None, None)), Err(WorkbookError::PlanOutdated)));
}

#[test]
fn what_an_approved_match_uses_is_not_deleted_and_what_is_proposed_is_set_aside() {
    let mut workbook = Desk::new().create();
    take_lines(&mut workbook, 1, &lines()).unwrap();
    take_entries(&mut workbook, 2, &[invoice(1, 1, 12_000, "RE-104"), invoice(2, 1, 500, "RE-105")]).unwrap();
    let (lines, entries) = (line_ids(&workbook), entry_ids(&workbook));
    let matched = matched(&[(lines[2], 12_000)], &[(entries[0], 12_000)]);
    store(&mut workbook, &[proposal(matched, MatchStatus::Suggested, 900_000)]);
    let id = proposed(&workbook)[0];
    approve(&mut workbook, id).unwrap();
    let both = [RecordRef::Line(lines[0]), RecordRef::Entry(entries[0])];
    let refused = workbook.delete_records(&both, "");
    assert!(matches!(refused, Err(WorkbookError::RecordsInUse { matches: 1 })));
    assert_eq!(workbook.record_counts().unwrap().lines, 3, "all or none");
    workbook.undo_newest("").unwrap();
    workbook.delete_records(&both, "").unwrap();
    assert_eq!((workbook.queue_counts().unwrap().suggested, proposed(&workbook)), (0, vec![]));
    let counts = workbook.record_counts().unwrap();
    assert_eq!((counts.lines, counts.lines_open, counts.entries, counts.entries_open), (2, 2, 1, 1));
    workbook.restore_records(&both).unwrap();
    let counts = workbook.record_counts().unwrap();
    assert_eq!((counts.lines_open, counts.entries_open), (3, 2));
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
}

#[test]
fn entries_come_back_as_they_stood() {
    let mut workbook = Desk::new().create();
    let customer = LedgerEntry { kind: LedgerKind::CustomerAccount, amount: cents(0), ..invoice(2, 1, 0, "CUS") };
    take_entries(&mut workbook, 1, &[invoice(1, 1, 500, "RE-1"), customer]).unwrap();
    let ids = entry_ids(&workbook);
    workbook.set_invoice_status(ids[0], InvoiceStatus::Draft).unwrap();
    let both = ids.iter().map(|id| RecordRef::Entry(*id)).collect::<Vec<_>>();
    workbook.delete_records(&both, "").unwrap();
    assert_eq!((workbook.record_counts().unwrap().entries, entry_ids(&workbook)), (0, vec![]));
    workbook.restore_records(&both).unwrap();
    let counts = workbook.record_counts().unwrap();
    assert_eq!((counts.entries, counts.entries_open), (2, 0), "a draft and a customer's account");
    assert_eq!(entry_ids(&workbook), [ids[1]]);
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
}

#[test]
fn only_what_is_there_is_deleted_and_only_what_was_deleted_is_restored() {
    let mut workbook = Desk::new().create();
    let batch = take_lines(&mut workbook, 1, &lines()).unwrap().batch;
    let ids = line_ids(&workbook);
    let (one, other) = (RecordRef::Line(ids[0]), RecordRef::Line(ids[1]));
    assert!(matches!(workbook.restore_records(&[one]), Err(WorkbookError::NotFound { .. })));
    workbook.delete_records(&[one], "").unwrap();
    assert!(matches!(workbook.delete_records(&[other, one], ""), Err(WorkbookError::NotFound { .. })));
    assert!(matches!(workbook.restore_records(&[one, other]), Err(WorkbookError::NotFound { .. })));
    assert_eq!(workbook.deleted_records(Side::Statement, 0, 9).unwrap().total, 1, "all or none");
    let unknown = RecordRef::Line(StatementLineId::from_uuid(uuid::Uuid::from_u128(7)));
    assert!(matches!(workbook.delete_records(&[unknown], ""), Err(WorkbookError::NotFound { .. })));
    workbook.undo_import(batch).unwrap();
    assert!(matches!(workbook.delete_records(&[other], ""), Err(WorkbookError::NotFound { .. })));
    let head = workbook.audit_head();
    workbook.delete_records(&[], "").unwrap();
    assert_eq!(workbook.audit_head(), head);
}

#[test]
fn what_was_opened_of_a_deleted_record_counts_only_once_it_is_back() {
    let mut workbook = Desk::new().create();
    take_lines(&mut workbook, 1, &lines()).unwrap();
    take_entries(&mut workbook, 2, &[invoice(1, 1, 500, "RE-1")]).unwrap();
    let (coffee, entry) = (RecordRef::Line(line_ids(&workbook)[0]), RecordRef::Entry(entry_ids(&workbook)[0]));
    let found = [exception(coffee, RootCause::Fee, 350), exception(entry, RootCause::MissingInBank, 500)];
    workbook.store_run(&run(), &[], &found, &mut go_on()).unwrap();
    let opened = |workbook: &Workbook| {
        let days = workbook.daily_figures(None, None).unwrap();
        let view = "SELECT sum(exceptions_opened) FROM v_daily_reconciliation_metrics";
        let shown: i64 = workbook.sql.query_row(view, [], |row| row.get(0)).unwrap();
        (days.iter().map(|day| day.exceptions_opened).sum::<u64>(), shown)
    };
    assert_eq!(opened(&workbook), (2, 2));
    workbook.delete_records(&[coffee, entry], "typed twice").unwrap();
    assert_eq!(opened(&workbook), (0, 0));
    workbook.restore_records(&[coffee]).unwrap();
    assert_eq!(opened(&workbook), (1, 1));
}

#[test]
fn by_which_act_a_record_is_deleted_is_not_changed() {
    let mut workbook = Desk::new().create();
    take_lines(&mut workbook, 1, &lines()).unwrap();
    take_entries(&mut workbook, 2, &[invoice(1, 1, 500, "RE-1"), invoice(2, 1, 700, "RE-2")]).unwrap();
    let deleted = [RecordRef::Line(line_ids(&workbook)[0]), RecordRef::Entry(entry_ids(&workbook)[0])];
    workbook.delete_records(&deleted, "typed twice").unwrap();
    for table in ["statement_lines", "ledger_entries"] {
        for (change, of) in [
            ("NULL", "deleted_at IS NOT NULL"),
            ("zeroblob(16)", "deleted_at IS NOT NULL"),
            ("(SELECT max(id) FROM acts)", "deleted_at IS NULL"),
        ] {
            let sql = format!("UPDATE {table} SET deletion_act = {change} WHERE {of}");
            let refused = workbook.sql.execute(&sql, []).unwrap_err().to_string();
            assert!(refused.contains(table), "{sql}: {refused}");
        }
    }
    assert!(workbook.undoable().unwrap().is_some_and(|act| act.kind == tieout_domain::ActKind::Delete));
    workbook.undo_newest("").unwrap();
    assert_eq!((line_ids(&workbook).len(), entry_ids(&workbook).len()), (3, 2));
}
