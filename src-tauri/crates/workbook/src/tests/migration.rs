//! Files of earlier versions: opened, brought up to date, and worked with as before.

use rusqlite::params;
use tieout_domain::BatchState;

use super::*;
use crate::{RowPlan, file, fingerprint, open, rows::Blob, schema};

const ACCOUNT: u128 = 0x0190_0000_0000_7000_8000_0000_0000_0001;

/// A workbook as the first version wrote it: a file taken in twice, for two accounts, with two lines and an entry.
pub(super) fn first_version(desk: &Desk) {
    let salt = crate::key::Salt::random().unwrap();
    let key = RawKey::derive(PASSPHRASE, salt).unwrap();
    let mut sql = file::create(&desk.path, &key, salt).unwrap();
    schema::migrate_to(&mut sql, 1).unwrap();
    let company = NewCompany {
        name: "Joinery Ltd".to_owned(),
        industry: String::new(),
        contact: String::new(),
        base_currency: eur(),
        single_user: true,
        user_name: "Ada".to_owned(),
    };
    open::fill(&mut sql, salt, &company, clock(1_600_000_000_000).as_ref()).unwrap();
    let account = AccountId::from_uuid(uuid::Uuid::from_u128(ACCOUNT));
    sql.execute_batch(
        "INSERT INTO accounts SELECT id, x'01900000000070008000000000000001', 'Current account', 'EUR', 2, 0 FROM companies;
         INSERT INTO accounts SELECT id, x'01900000000070008000000000000002', 'Savings', 'EUR', 0, 0 FROM companies;
         INSERT INTO import_batches SELECT c.id, x'01900000000070008000000000000011', 'old.csv', zeroblob(32), 'statement',
             'csv', '{}', x'01900000000070008000000000000001', 'completed', '', u.id, 1, 2, 2, 0, 0 FROM companies c, users u;
         INSERT INTO import_batches SELECT c.id, x'01900000000070008000000000000012', 'old.csv', zeroblob(32), 'statement',
             'csv', '{}', x'01900000000070008000000000000002', 'completed', '', u.id, 1, 2, 0, 0, 0 FROM companies c, users u;
         INSERT INTO import_batches SELECT c.id, x'01900000000070008000000000000013', 'books.csv', zeroblob(32), 'ledger',
             'csv', '{}', NULL, 'processing', '', u.id, 1, NULL, 0, 0, 0 FROM companies c, users u;
         INSERT INTO statements SELECT id, x'01900000000070008000000000000021', x'01900000000070008000000000000011',
             x'01900000000070008000000000000001', 'EUR', 0, 300, '2026-01-02', '2026-01-03', 0 FROM companies;
         INSERT INTO column_mappings SELECT id, 'ledger', 'h1', 'm1', 5 FROM companies;
         INSERT INTO tallies SELECT id, 'statement unmatched', 2 FROM companies;",
    )
    .unwrap();
    for old in [line(1, 2, 100, "first"), line(2, 3, 200, "second")] {
        sql.execute(
            "INSERT INTO statement_lines (company_id, id, statement_id, account_id, amount, currency, date, description,
                 reference, counterparty, counterparty_account, record_id, file_account, source_row, fingerprint, raw)
             SELECT id, ?1, x'01900000000070008000000000000021', ?2, ?3, 'EUR', ?4, ?5, '', ?6, '', '', '', ?7, ?8, ?9
             FROM companies",
            params![
                Blob(uuid::Uuid::from_u128(ACCOUNT + 0x100 + u128::from(old.source.row))),
                Blob(account.uuid()),
                old.amount.minor_units(),
                old.date.map(|date| date.to_string()),
                old.description,
                old.counterparty,
                old.source.row,
                fingerprint::of_line(account, &old),
                old.raw
            ],
        )
        .unwrap();
    }
    sql.close().unwrap();
}

/// Not a test of its own: writes the old workbook from which the kills of `tieout-application` start, where it is asked to.
#[test]
fn write_the_first_version() {
    let Some(path) = std::env::var_os("TIEOUT_FIRST_VERSION") else { return };
    let desk = Desk::new();
    first_version(&desk);
    std::fs::copy(&desk.path, path).unwrap();
}

#[test]
fn a_file_of_the_first_version_is_brought_up_to_date_and_goes_on() {
    let desk = Desk::new();
    first_version(&desk);
    let mut workbook = desk.try_open(Unlock::Passphrase(PASSPHRASE)).unwrap().workbook;
    let version: i32 = workbook.sql.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert_eq!(version, schema::SCHEMA_VERSION);
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    let account = AccountId::from_uuid(uuid::Uuid::from_u128(ACCOUNT));
    let ids = line_ids(&workbook);
    assert_eq!(workbook.line(ids[0]).unwrap().line, line(1, 2, 100, "first"));
    let search = crate::GridQuery { search: "first".to_owned(), ..crate::GridQuery::all(crate::GridKind::Lines) };
    let page = workbook.grid_page(&search, 0, 9).unwrap();
    assert_eq!(page.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [ids[0].uuid()]);
    let batches = workbook.list_batches().unwrap();
    let told: Vec<_> = batches.iter().map(|batch| (batch.state, batch.account_name.as_deref())).collect();
    let savings = (BatchState::Completed, Some("Savings"));
    assert_eq!(told, [(BatchState::Failed, None), savings, (BatchState::Completed, Some("Current account"))]);
    assert_eq!(workbook.validation_report(batches[1].id).unwrap(), None);
    assert_eq!(workbook.mappings_of_header("h1").unwrap()[0].columns, "");
    assert_eq!(workbook.closing_before(account, date(2026, 1, 9)).unwrap(), Some((date(2026, 1, 3), cents(300))));

    // What it holds is recognised; the file itself is too.
    let lines = [line(1, 2, 100, "FIRST"), line(2, 4, 5, "new")];
    assert_eq!(line_plan(&workbook, account, &lines).rows(), [RowPlan::DuplicateOf(ids[0]), RowPlan::Add]);
    let same = take_statement(&mut workbook, &batch(0), account, &facts(&lines, None, None), &lines);
    assert!(matches!(same, Err(WorkbookError::AlreadyImported(_))));
    assert_eq!(take_lines(&mut workbook, 1, &lines).unwrap().added, 1);
    workbook.delete_records(&[RecordRef::Line(ids[0])], "").unwrap();
    workbook.undo_import(batches[2].id).unwrap();
    assert_eq!(workbook.account(account).unwrap().lines, 1);
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    workbook.close().unwrap();
    desk.try_open(Unlock::Passphrase(PASSPHRASE)).unwrap();
}

/// A new file and one brought up to date are the same but for history.
#[test]
fn both_ways_to_the_present_schema_end_alike() {
    let (old, new) = (Desk::new(), Desk::new());
    first_version(&old);
    let schema = |workbook: &Workbook| -> Vec<String> {
        let mut statement = workbook
            .sql
            .prepare(
                "SELECT type || ' ' || name || ' ' || ifnull(sql, '') FROM sqlite_schema
                 UNION ALL SELECT tbl || ' ' || idx || ' ' || stat FROM sqlite_stat1
                 UNION ALL SELECT t.name || ' ' || c.cid || ' ' || c.name || ' ' || c.type || ifnull(c.dflt_value, '')
                     FROM pragma_table_list t JOIN pragma_table_xinfo(t.name) c WHERE t.schema = 'main' ORDER BY 1",
            )
            .unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    let migrated = schema(&old.try_open(Unlock::Passphrase(PASSPHRASE)).unwrap().workbook);
    assert_eq!(migrated, schema(&new.create()));
    assert!(migrated.iter().any(|told| told == "statement_lines 21 clean_description TEXT''"));
    assert!(migrated.iter().any(|told| told == "statement_lines statement_lines_deleted 1000 1000 10"));
}

/// Every row of every table, and what the second version kept besides.
pub(super) fn content(sql: &Connection) -> Vec<String> {
    let mut tables = sql
        .prepare(
            "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
               AND name NOT IN ('refinery_schema_history', 'sqlite_stat1', 'sqlite_schema') ORDER BY name",
        )
        .unwrap();
    let tables: Vec<(String, bool)> =
        tables.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().collect::<Result<_, _>>().unwrap();
    let mut content = Vec::new();
    for (table, without_rowid) in tables {
        let all = if without_rowid { "* FROM {} ORDER BY 1, 2" } else { "rowid, * FROM {} ORDER BY rowid" };
        let mut rows = sql.prepare(&format!("SELECT {}", all.replace("{}", &table))).unwrap();
        let columns = rows.column_count();
        let mut found = rows.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            let values: Vec<String> =
                (0..columns).map(|column| format!("{:?}", row.get_ref(column).unwrap())).collect();
            content.push(format!("{table} {}", values.join(" ")));
        }
    }
    content
}

#[test]
fn a_file_of_the_second_version_keeps_every_row_and_finds_what_is_approved() {
    let desk = Desk::new();
    first_version(&desk);
    let mut raw = desk.raw();
    schema::migrate_to(&mut raw, 2).unwrap();
    raw.execute_batch(
        "BEGIN;
         INSERT INTO match_legs SELECT company_id, zeroblob(16), row_number() OVER (), id, NULL, amount FROM statement_lines;
         INSERT INTO match_adjustments SELECT id, zeroblob(16), 0, 'duplicate', 300 FROM companies;
         INSERT INTO matches (company_id, id, kind, status, confidence, cause, score, currency, line_total, entry_total,
             difference, lines, entries, alternatives, title, subtitle, search, explanation, content, created_at, changed_at)
         SELECT id, zeroblob(16), 'duplicate', 'approved', 900000, 'none', 1, 'EUR', 300, 0, 300, 2, 0, 0, 't', 's', 'x',
             '{\"alternatives\":[],\"evidence\":[],\"runner_up\":null}', zeroblob(32), 1, 2 FROM companies;
         UPDATE statement_lines SET applied = amount, state = 2;
         UPDATE tallies SET what = 'statement settled';
         INSERT INTO tallies SELECT id, 'match approved', 1 FROM companies;
         UPDATE import_batches SET state = 'failed', ended_at = 3 WHERE state = 'processing';
         COMMIT;",
    )
    .unwrap();
    let before = content(&raw);
    schema::migrate_to(&mut raw, 3).unwrap();
    assert_eq!(content(&raw), before);
    drop(raw);
    let mut workbook = desk.try_open(Unlock::Passphrase(PASSPHRASE)).unwrap().workbook;
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    let account = AccountId::from_uuid(uuid::Uuid::from_u128(ACCOUNT));
    let proof = workbook.balance_proof(account, crate::ProofRange::default()).unwrap().proof;
    assert_eq!((proof.lines_total, proof.adjustments, proof.holds()), (cents(300), cents(300), Ok(true)));
    store(&mut workbook, &[]);
    assert_eq!(workbook.queue_counts().unwrap().approved, 1);
}

/// A workbook as the third version wrote it: a line of 1.00 pays an invoice of 1.50 in part.
pub(super) fn third_version(desk: &Desk) {
    first_version(desk);
    let mut raw = desk.raw();
    schema::migrate_to(&mut raw, 3).unwrap();
    raw.execute_batch(
        "BEGIN;
         INSERT INTO ledger_entries (company_id, id, batch_id, kind, number, date, due_date, counterparty,
             counterparty_code, counterparty_account, amount, currency, reference, memo, record_id, source_row,
             fingerprint, raw, applied, state, invoice_status)
         SELECT id, x'01900000000070008000000000000031', x'01900000000070008000000000000013', 'invoice', 'RE-1',
             '2026-01-01', NULL, 'Groth', '', '', 150, 'EUR', '', '', '', 1, zeroblob(16), '', 0, 0, 'open' FROM companies;
         INSERT INTO match_legs SELECT company_id, zeroblob(16), 0, id, NULL, 100 FROM statement_lines WHERE amount = 100;
         INSERT INTO match_legs SELECT company_id, zeroblob(16), 1, NULL, id, 100 FROM ledger_entries;
         INSERT INTO matches (company_id, id, kind, status, confidence, cause, score, currency, line_total, entry_total,
             difference, lines, entries, alternatives, title, subtitle, search, explanation, content, created_at, changed_at)
         SELECT id, zeroblob(16), 'one_to_one', 'approved', 900000, 'partial_payment', 1, 'EUR', 100, 100, 0, 1, 1, 0, 't',
             's', 'x', '{\"alternatives\":[],\"evidence\":[],\"runner_up\":null}', zeroblob(32), 1, 2 FROM companies;
         UPDATE statement_lines SET applied = 100, state = 2 WHERE amount = 100;
         UPDATE ledger_entries SET applied = 100, invoice_status = 'partly_paid';
         INSERT INTO tallies SELECT id, 'match approved', 1 FROM companies;
         INSERT INTO tallies SELECT id, 'ledger unmatched', 1 FROM companies;
         UPDATE tallies SET number = 1 WHERE what = 'statement unmatched';
         INSERT INTO tallies SELECT id, 'statement settled', 1 FROM companies;
         UPDATE import_batches SET state = 'failed', ended_at = 3 WHERE state = 'processing';
         COMMIT;",
    )
    .unwrap();
}

#[test]
fn a_file_of_the_third_version_keeps_every_row_and_what_it_applied_is_what_it_settled() {
    let desk = Desk::new();
    third_version(&desk);
    let mut raw = desk.raw();
    let before = content(&raw);
    schema::migrate_to(&mut raw, 4).unwrap();
    // Legs have one column more, which is empty.
    let expected: Vec<String> = before
        .into_iter()
        .map(|row| if row.starts_with("match_legs ") { format!("{row} Null") } else { row })
        .collect();
    assert_eq!(content(&raw), expected);
    drop(raw);
    let mut workbook = desk.try_open(Unlock::Passphrase(PASSPHRASE)).unwrap().workbook;
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    let id = MatchId::from_uuid(uuid::Uuid::nil());
    let legs = workbook.match_detail(id).unwrap().summary.legs;
    assert_eq!(
        legs.iter().map(|leg| (leg.amount_applied, leg.amount_settled)).collect::<Vec<_>>(),
        [(cents(100), cents(100)); 2]
    );
    let entry = workbook.open_entries().unwrap()[0].clone();
    assert_eq!(entry.open, cents(50));
    // It goes on: what is left of the invoice is paid by the other line.
    let line = line_ids(&workbook)[0];
    store(&mut workbook, &[proposal(matched(&[(line, 50)], &[(entry.id, 50)]), MatchStatus::Approved, 999_000)]);
    assert_eq!(workbook.entry(entry.id).unwrap().open, cents(0));
    assert!(workbook.exchange_rates().unwrap().is_empty());
}

/// A workbook as the fourth version wrote it: a person matched a deposit of 1.00 with a customer's account, and one of
/// 2.00 with an account whose code is none.
fn fourth_version(desk: &Desk) {
    first_version(desk);
    let mut raw = desk.raw();
    schema::migrate_to(&mut raw, 4).unwrap();
    raw.execute_batch(
        "BEGIN;
         INSERT INTO ledger_entries (company_id, id, batch_id, kind, number, counterparty, counterparty_code,
             counterparty_account, amount, currency, reference, memo, record_id, source_row, fingerprint, raw, applied, state)
         SELECT c.id, e.id, x'01900000000070008000000000000013', 'customer_account', '', 'Thandi', e.code, '', 0, 'EUR', '',
             '', '', 1, e.id, '', 0, 3
         FROM companies c, (SELECT x'01900000000070008000000000000031' AS id, 'cus 0000 0007' AS code
                            UNION ALL SELECT x'01900000000070008000000000000032', 'K-17') e;
         INSERT INTO match_legs (company_id, match_id, position, line_id, amount_applied)
             SELECT company_id, iif(amount = 100, zeroblob(16), x'01900000000070008000000000000052'), 0, id, amount
             FROM statement_lines;
         INSERT INTO match_legs (company_id, match_id, position, entry_id, amount_applied)
             SELECT company_id, iif(counterparty_code = 'K-17', x'01900000000070008000000000000052', zeroblob(16)), 1, id,
                    iif(counterparty_code = 'K-17', 200, 100) FROM ledger_entries;
         INSERT INTO matches (company_id, id, kind, status, confidence, cause, score, currency, line_total, entry_total,
             difference, lines, entries, alternatives, title, subtitle, search, explanation, content, created_at, changed_at)
         SELECT DISTINCT l.company_id, l.match_id, 'one_to_one', 'approved', 900000, 'none', 1, 'EUR', l.amount_applied,
             l.amount_applied, 0, 1, 1, 0, 't', 's', 'x', '{\"alternatives\":[],\"evidence\":[],\"runner_up\":null}',
             zeroblob(32), 1, 2 FROM match_legs l;
         INSERT INTO decisions SELECT c.id, x'01900000000070008000000000000041', x'01900000000070008000000000000042',
             zeroblob(16), 'approve', u.id, NULL, 5, '', zeroblob(32), 'none', NULL FROM companies c, users u;
         INSERT INTO decisions SELECT c.id, x'01900000000070008000000000000043', x'01900000000070008000000000000044',
             x'01900000000070008000000000000052', 'approve', u.id, NULL, 6, '', zeroblob(32), 'suggested', NULL
             FROM companies c, users u;
         UPDATE statement_lines SET applied = amount, state = 2;
         UPDATE ledger_entries SET applied = iif(counterparty_code = 'K-17', 200, 100);
         INSERT INTO tallies SELECT id, 'match approved', 2 FROM companies;
         INSERT INTO tallies SELECT id, 'ledger dormant', 2 FROM companies;
         UPDATE tallies SET what = 'statement settled' WHERE what = 'statement unmatched';
         UPDATE import_batches SET state = 'failed', ended_at = 3 WHERE state = 'processing';
         COMMIT;",
    )
    .unwrap();
}

#[test]
fn deposits_approved_by_the_fourth_version_are_credited_once_and_can_be_taken_back() {
    let desk = Desk::new();
    fourth_version(&desk);
    let open = || desk.try_open(Unlock::Passphrase(PASSPHRASE)).unwrap().workbook;
    let workbook = open();
    let head = workbook.audit_head();
    let told = workbook.audit_page(0, 9).unwrap().events;
    let actions: Vec<_> = told.iter().map(|event| (event.action.as_str(), event.actor.as_str())).collect();
    let swept = ("customers.earlier_deposits_credited", "system");
    assert_eq!(actions[..2], [("customers.credited", "Ada"), swept]);
    workbook.close().unwrap();

    let mut workbook = open();
    assert_eq!(workbook.audit_head(), head, "the second time there is nothing to do");
    assert_eq!(workbook.setting("customers.deposits_to_credit").unwrap(), None);
    let code = "CUS00000007".parse().unwrap();
    let balances = |workbook: &Workbook| -> Vec<_> {
        let account = workbook.customer_account(code).unwrap();
        account.balances.iter().map(|balance| (balance.balance, balance.credits, balance.remainder)).collect()
    };
    assert_eq!(balances(&workbook), [(cents(100), 0, None)]);
    workbook.set_credit_rate(tieout_domain::CreditRate::new(cents(60)).unwrap()).unwrap();
    assert_eq!(balances(&workbook), [(cents(100), 1, Some(cents(40)))]);
    assert_eq!(workbook.waiting_deposits(0, 9).unwrap().total, 1, "K-17 is no customer code");
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    workbook.undo_decision(MatchId::from_uuid(uuid::Uuid::nil()), "").unwrap();
    assert_eq!(balances(&workbook), [(cents(0), 0, Some(cents(0)))]);
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    assert!(workbook.verify_chain().unwrap().holds());
}

/// Before codes were always written one way, each way was another customer.
#[test]
fn customers_of_the_fourth_version_are_one_for_each_code_and_keep_their_entries() {
    let desk = Desk::new();
    fourth_version(&desk);
    let raw = desk.raw();
    raw.execute_batch(
        "INSERT INTO customers SELECT c.id, k.id, k.code, k.name, k.email, 1 FROM companies c, (
             SELECT x'01900000000070008000000000000061' AS id, 'cus 0000 0007' AS code, 'Thandi' AS name, '' AS email
             UNION ALL SELECT x'01900000000070008000000000000062', 'CUS-00000007', 'T. Nkosi', 't@nkosi.example'
             UNION ALL SELECT x'01900000000070008000000000000063', 'K-17', 'Groth', '') k;
         UPDATE ledger_entries SET customer_id = x'01900000000070008000000000000062' WHERE counterparty_code <> 'K-17';
         UPDATE ledger_entries SET customer_id = x'01900000000070008000000000000063' WHERE counterparty_code = 'K-17';",
    )
    .unwrap();
    drop(raw);
    let open = || desk.try_open(Unlock::Passphrase(PASSPHRASE)).unwrap().workbook;
    let mut workbook = open();
    let customers = workbook.customers(0, 9).unwrap();
    let told: Vec<_> = customers.iter().map(|one| (one.code.as_str(), one.name.as_str(), one.email.as_str())).collect();
    assert_eq!(told, [("K-17", "Groth", ""), ("CUS00000007", "Thandi", "t@nkosi.example")]);
    let account = workbook.customer_account("CUS00000007".parse().unwrap()).unwrap();
    assert_eq!((account.customer.id, account.balances[0].balance), (customers[1].id, cents(100)));
    let of_entries: i64 = workbook
        .sql
        .query_row(
            "SELECT count(*) FROM ledger_entries e JOIN customers c ON c.company_id = e.company_id AND c.id = e.customer_id
             WHERE c.code = iif(e.counterparty_code = 'K-17', 'K-17', 'CUS00000007')",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(of_entries, 2);
    let told = workbook.audit_page(0, 9).unwrap().events;
    let told = told.iter().find(|event| event.action == "customers.codes_written_alike").unwrap();
    let expected = r#"{"customers":2,"first":["cus 0000 0007: CUS00000007","CUS-00000007: CUS00000007"],"merged":["CUS-00000007: T. Nkosi, t@nkosi.example"]}"#;
    assert_eq!(told.details, expected);
    let taken = workbook.new_customer("Sipho", Some("CUS00000007".parse().unwrap()), eur());
    assert!(matches!(taken, Err(WorkbookError::CodeTaken(_))), "{taken:?}");
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    let head = workbook.audit_head();
    workbook.close().unwrap();
    assert_eq!(open().audit_head(), head, "the second time there is nothing to do");
}

#[test]
fn a_file_that_cannot_be_brought_up_to_date_stays_as_it_was() {
    let desk = Desk::new();
    first_version(&desk);
    let raw = desk.raw();
    raw.execute_batch("CREATE INDEX ledger_entries_deleted ON ledger_entries (memo)").unwrap();
    drop(raw);
    let refused = desk.try_open(Unlock::Passphrase(PASSPHRASE));
    assert!(matches!(refused, Err(OpenError::Migration(_))), "{refused:?}");
    let raw = desk.raw();
    let version: i32 = raw.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    let columns: i64 =
        raw.query_row("SELECT count(*) FROM pragma_table_info('statement_lines')", [], |row| row.get(0)).unwrap();
    assert_eq!((version, columns), (1, 20));
}

#[test]
fn a_file_of_the_fourth_version_keeps_every_row_and_all_its_lines_are_pending() {
    let desk = Desk::new();
    third_version(&desk);
    let mut raw = desk.raw();
    schema::migrate_to(&mut raw, 4).unwrap();
    let before = content(&raw);
    schema::migrate_to(&mut raw, 5).unwrap();
    assert_eq!(content(&raw), before);
    drop(raw);
    let mut workbook = desk.try_open(Unlock::Passphrase(PASSPHRASE)).unwrap().workbook;
    assert_eq!(workbook.category_counts().unwrap().pending, 2);
    let category = workbook.add_category("Sales").unwrap();
    let mut judge =
        |lines: &[crate::PendingLine]| vec![crate::LineVerdict::Category { category, pattern: None }; lines.len()];
    let swept = workbook
        .sweep(super::categories::order(crate::SweepScope::Pending, "test 1"), &mut judge, &mut go_on())
        .unwrap();
    assert_eq!(swept.map(|done| (done.lines, done.categorised)), Some((2, 2)));
}

#[test]
fn a_file_of_the_seventh_version_gets_what_its_days_are_for() {
    let desk = Desk::new();
    third_version(&desk);
    let mut raw = desk.raw();
    schema::migrate_to(&mut raw, 7).unwrap();
    raw.execute_batch(
        "INSERT INTO categories SELECT id, x'01900000000070008000000000000099', 'Rent', 'rent', 1 FROM companies;
         INSERT INTO line_categories (company_id, line_id, status, category_id, changed_at)
         SELECT company_id, id, 2, x'01900000000070008000000000000099', 1 FROM statement_lines WHERE amount = 200;",
    )
    .unwrap();
    let before = content(&raw);
    schema::migrate_to(&mut raw, 8).unwrap();
    let after: Vec<String> = content(&raw).into_iter().filter(|row| !row.starts_with("daily_categories ")).collect();
    assert_eq!(after, before);
    drop(raw);
    let mut workbook = desk.try_open(Unlock::Passphrase(PASSPHRASE)).unwrap().workbook;
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    let account = AccountId::from_uuid(uuid::Uuid::from_u128(ACCOUNT));
    let categories = |workbook: &Workbook| {
        let told = workbook.account_summary(account, date(2026, 1, 1), date(2026, 1, 31)).unwrap();
        told.top_categories.into_iter().map(|share| (share.name, share.lines)).collect::<Vec<_>>()
    };
    assert_eq!(categories(&workbook), [("Rent".to_owned(), 1)]);
    let rent = workbook.categorised_lines(None, 9).unwrap().into_iter().find(|line| line.category == "Rent").unwrap();
    workbook.delete_records(&[RecordRef::Line(rent.id)], "").unwrap();
    assert_eq!(categories(&workbook), []);
}

#[test]
fn a_file_of_the_fourth_version_gets_its_daily_totals_and_keeps_every_row() {
    let desk = Desk::new();
    third_version(&desk);
    let mut raw = desk.raw();
    schema::migrate_to(&mut raw, 4).unwrap();
    raw.execute_batch(
        "INSERT INTO runs (company_id, id, stored_at, run_by, engine_version, policy_version, profile, configuration, lines,
             entries, candidates, approved, suggested, ambiguous, lines_unmatched, entries_unmatched, elapsed_ms)
         SELECT c.id, zeroblob(16), 1735689600000, u.id, '1', '1', 'bank', '', 3, 2, 9, 1, 0, 0, 1, 1, 5
         FROM companies c, users u",
    )
    .unwrap();
    // A deleted line has no day yet, and comes into one when it is restored.
    raw.execute_batch(
        "UPDATE statement_lines SET state = 4, deleted_at = 1, deleted_by = (SELECT id FROM users), deletion_reason = ''
         WHERE amount = 200;
         UPDATE tallies SET number = 0 WHERE what = 'statement unmatched';
         INSERT INTO tallies SELECT id, 'statement withdrawn', 1 FROM companies;
         UPDATE accounts SET lines = 1 WHERE name = 'Current account';",
    )
    .unwrap();
    schema::migrate_to(&mut raw, 6).unwrap();
    let before = content(&raw);
    schema::migrate_to(&mut raw, 7).unwrap();
    // Runs have one column more, which is empty; what is new is checked below.
    let new = ["daily_tallies ", "daily_totals ", "run_totals "];
    let kept = |row: String| if row.starts_with("runs ") { format!("{row} Null") } else { row };
    let after: Vec<String> =
        content(&raw).into_iter().filter(|row| !new.iter().any(|name| row.starts_with(name))).collect();
    assert_eq!(after, before.into_iter().map(kept).collect::<Vec<_>>());
    drop(raw);
    let mut workbook = desk.try_open(Unlock::Passphrase(PASSPHRASE)).unwrap().workbook;
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    let account = AccountId::from_uuid(uuid::Uuid::from_u128(ACCOUNT));
    let january = |workbook: &Workbook| {
        let told = workbook.account_summary(account, date(2026, 1, 1), date(2026, 1, 31)).unwrap();
        (told.lines, told.income, told.spend)
    };
    assert_eq!(january(&workbook), (1, cents(100), cents(0)));
    let deleted = workbook.deleted_records(tieout_domain::Side::Statement, 0, 9).unwrap().rows;
    workbook.restore_records(&[deleted[0].record.reference()]).unwrap();
    assert_eq!(january(&workbook), (2, cents(300), cents(0)));
    let runs = workbook.recent_runs(5).unwrap();
    assert_eq!((runs[0].match_rate(), runs[0].automatic_rate(), runs[0].variance), (Some(6_666), None, None));
    assert_eq!(runs[0].at, "2025-01-01T00:00:00Z");
    // The days begin with the one on which the counts last changed before.
    let days = workbook.daily_figures(Some(date(2020, 9, 13)), Some(date(2020, 9, 13))).unwrap();
    assert_eq!(days.iter().map(|day| (day.lines, day.lines_settled)).collect::<Vec<_>>(), [(Some(1), Some(1))]);
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
}

#[test]
fn a_file_of_the_seventh_version_keeps_what_its_customers_have() {
    let desk = Desk::new();
    fourth_version(&desk);
    let mut raw = desk.raw();
    schema::migrate_to(&mut raw, 7).unwrap();
    // As the seventh version left it: a deposit of 1.00 at 0.40 a credit, taken back and credited again.
    raw.execute_batch(
        "BEGIN;
         INSERT INTO customers (company_id, id, code, name, created_at)
             SELECT id, x'01900000000070008000000000000071', 'CUS00000007', 'Thandi', 0 FROM companies;
         INSERT INTO credit_rates SELECT c.id, x'01900000000070008000000000000072', 'EUR', 40, u.id, 0 FROM companies c, users u;
         INSERT INTO customer_transactions
             SELECT d.company_id, x'01900000000070008000000000000073', x'01900000000070008000000000000071', 'EUR', 1,
                    'deposit', 100, 40, 2, 100, 2, 1, 2, d.id, d.match_id, l.line_id,
                    x'01900000000070008000000000000031', NULL, 0
             FROM decisions d
             JOIN match_legs l ON l.company_id = d.company_id AND l.match_id = d.match_id AND l.line_id IS NOT NULL
             WHERE d.match_id = zeroblob(16) AND d.verdict = 'approve';
         DELETE FROM settings WHERE name = 'customers.deposits_to_credit';
         COMMIT;",
    )
    .unwrap();
    schema::migrate_to(&mut raw, 13).unwrap();
    let before = content(&raw);
    schema::migrate_to(&mut raw, 14).unwrap();
    let expected: Vec<String> = before
        .into_iter()
        .map(|row| if row.starts_with("customer_transactions ") { format!("{row} Null Text([])") } else { row })
        .collect();
    assert_eq!(content(&raw), expected);
    drop(raw);
    let mut workbook = desk.try_open(Unlock::Passphrase(PASSPHRASE)).unwrap().workbook;
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    let code = "CUS00000007".parse().unwrap();
    let held = |workbook: &Workbook| {
        let balance = workbook.customer_account(code).unwrap().balances[0];
        (balance.balance, balance.credits, balance.remainder)
    };
    assert_eq!(held(&workbook), (cents(100), 2, Some(cents(20))));
    workbook.adjust_customer(code, cents(-30), "goodwill").unwrap();
    assert_eq!(held(&workbook), (cents(70), 1, Some(cents(30))));
    workbook.undo_decision(MatchId::from_uuid(uuid::Uuid::nil()), "").unwrap();
    assert_eq!(held(&workbook), (cents(-30), -1, Some(cents(10))));
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
}

#[test]
fn a_file_of_the_seventeenth_version_keeps_every_row_and_its_months_are_closed() {
    let desk = Desk::new();
    fourth_version(&desk);
    let mut raw = desk.raw();
    schema::migrate_to(&mut raw, 17).unwrap();
    let before = content(&raw);
    schema::migrate_to(&mut raw, 18).unwrap();
    assert_eq!(content(&raw), before);
    drop(raw);
    let mut workbook = desk.try_open(Unlock::Passphrase(PASSPHRASE)).unwrap().workbook;
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    let account = AccountId::from_uuid(uuid::Uuid::from_u128(ACCOUNT));
    let days = workbook.propose_period(account).unwrap();
    assert_eq!((days.from, days.to), (date(2026, 1, 1), date(2026, 1, 31)));
    let id = workbook.open_period(account, days).unwrap().id;
    workbook.prepare_period(id, None, None, "").unwrap();
    workbook.review_period(id, "").unwrap();
    workbook.lock_period(id, "").unwrap();
    let refused = workbook.undo_decision(MatchId::from_uuid(uuid::Uuid::nil()), "").unwrap_err().to_string();
    assert!(refused.contains("is locked"), "{refused}");
    let period = workbook.period(id).unwrap();
    assert_eq!(workbook.period_content(&period).unwrap(), period.signed.unwrap().content);
}

#[test]
fn a_file_of_the_twentieth_version_keeps_every_row_and_proposes_what_it_approved() {
    let desk = Desk::new();
    third_version(&desk);
    let mut raw = desk.raw();
    schema::migrate_to(&mut raw, 20).unwrap();
    // A line of 2.00 that only the bank knows, approved as interest.
    raw.execute_batch(
        "BEGIN;
         INSERT INTO match_legs (company_id, match_id, position, line_id, amount_applied)
             SELECT company_id, x'01900000000070008000000000000071', 0, id, 200 FROM statement_lines WHERE amount = 200;
         INSERT INTO match_adjustments (company_id, match_id, position, cause, amount)
             SELECT id, x'01900000000070008000000000000071', 0, 'fee', 200 FROM companies;
         INSERT INTO matches (company_id, id, kind, status, confidence, cause, score, currency, line_total, entry_total,
             difference, lines, entries, alternatives, title, subtitle, search, explanation, content, created_at, changed_at)
         SELECT id, x'01900000000070008000000000000071', 'one_to_one', 'approved', 900000, 'fee', 1, 'EUR', 200, 0, 200, 1,
             0, 0, 't', 's', 'x', '{\"alternatives\":[],\"evidence\":[],\"runner_up\":null}', zeroblob(32), 1, 2
         FROM companies;
         UPDATE statement_lines SET applied = 200, state = 2 WHERE amount = 200;
         UPDATE tallies SET number = 2 WHERE what = 'match approved';
         UPDATE tallies SET number = 2 WHERE what = 'statement settled';
         UPDATE tallies SET number = 0 WHERE what = 'statement unmatched';
         UPDATE daily_tallies SET number = (SELECT t.number FROM tallies t WHERE t.what = daily_tallies.what);
         COMMIT;",
    )
    .unwrap();
    let before = content(&raw);
    schema::migrate_to(&mut raw, 21).unwrap();
    assert_eq!(content(&raw), before);
    drop(raw);
    let workbook = desk.try_open(Unlock::Passphrase(PASSPHRASE)).unwrap().workbook;
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    let journal = workbook.proposed_journal().unwrap();
    let told: Vec<_> = journal.iter().map(|entry| (entry.date, entry.amount)).collect();
    assert_eq!(told, [(date(2026, 1, 3), cents(200))]);
    let account = AccountId::from_uuid(uuid::Uuid::from_u128(ACCOUNT));
    assert_eq!(journal[0].debit.role, tieout_domain::PostingRole::Account(account));
    assert_eq!(journal[0].credit.role, tieout_domain::PostingRole::Gain(RootCause::Fee));
}

#[test]
fn a_file_of_the_twenty_first_version_keeps_its_signatures_under_the_names_of_their_time_and_watches_them() {
    let desk = Desk::new();
    third_version(&desk);
    let mut raw = desk.raw();
    schema::migrate_to(&mut raw, 21).unwrap();
    let figures = r#"{"adjustments":"0","closing":"5","closing_reason":"letter","closing_source":"hand","entries_outstanding":"0","entries_outstanding_count":0,"entries_total":"0","lines":0,"lines_outstanding":"0","lines_outstanding_count":0,"lines_total":"0","opening":"5","opening_reason":"","opening_source":"bank"}"#;
    raw.execute_batch(&format!(
        "BEGIN;
         INSERT INTO audit_events (company_id, sequence, id, at, actor, action, subject, details, previous, hash)
             SELECT company_id, sequence + 1, x'0190000000007000800000000000aa01', 7, 'Ada of old', 'period.prepared', 's', '{{}}',
                 hash, zeroblob(32) FROM audit_events ORDER BY sequence DESC LIMIT 1;
         INSERT INTO periods (company_id, id, account_id, currency, first_day, last_day, created_by, created_at)
             SELECT a.company_id, x'0190000000007000800000000000aa02', a.id, a.currency, '2026-01-01', '2026-01-31', u.id, 5
             FROM accounts a, users u LIMIT 1;
         INSERT INTO period_events (company_id, id, period_id, kind, signature, user_id, at, reason, content, figures,
                 single_user)
             SELECT p.company_id, e.id, p.id, e.kind, x'0190000000007000800000000000aa03', p.created_by, e.at, '',
                 zeroblob(32), '{figures}', 1
             FROM periods p, (SELECT x'0190000000007000800000000000aa03' AS id, 'prepared' AS kind, 7 AS at
                              UNION ALL SELECT x'0190000000007000800000000000aa04', 'revoked', 8
                              UNION ALL SELECT x'0190000000007000800000000000aa05', 'reviewed', 9) e
             WHERE e.kind <> 'reviewed';
         INSERT INTO period_causes
             SELECT company_id, x'0190000000007000800000000000aa04', 'line_added', id, NULL, 3 FROM statement_lines LIMIT 1;
         UPDATE periods SET state = 'prepared', watched = 1, signature = x'0190000000007000800000000000aa03',
             content = zeroblob(32), opening = 5, closing = 5, prepared_by = created_by;
         CREATE TRIGGER matches_of_entries_come_into_a_signed_period AFTER INSERT ON matches BEGIN SELECT 1; END;
         COMMIT;"
    ))
    .unwrap();
    let triggers = |sql: &rusqlite::Connection| -> Vec<String> {
        let mut statement = sql
            .prepare(
                "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE '%signed_period%' ORDER BY name",
            )
            .unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().collect::<rusqlite::Result<_>>().unwrap()
    };
    assert_eq!(triggers(&raw).len(), 1);
    let before = content(&raw);
    schema::migrate_to(&mut raw, 22).unwrap();
    assert!(triggers(&raw).is_empty());
    let after = content(&raw);
    // A column was added at the end of one table.
    assert!(before.iter().all(|told| after.iter().any(|now| now.starts_with(told.as_str()))), "nothing is lost");
    let new: Vec<_> = after.iter().filter(|told| !before.contains(told)).collect();
    assert!(new.len() == 2 && new.iter().all(|told| told.starts_with("period_events ")), "{new:?}");
    drop(raw);
    let workbook = desk.try_open(Unlock::Passphrase(PASSPHRASE)).unwrap().workbook;
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    assert_eq!(triggers(&workbook.sql).len(), 8, "with that of decisions all nine");
    let account = AccountId::from_uuid(uuid::Uuid::from_u128(ACCOUNT));
    let period = workbook.periods(account).unwrap().remove(0);
    assert_eq!(period.signed.as_ref().unwrap().by.prepared.as_ref().unwrap().name, "Ada of old");
    let events = workbook.period_events(period.id).unwrap();
    let told: Vec<_> = events.iter().map(|event| (event.by.as_str(), event.causes.len())).collect();
    assert_eq!(told, [(workbook.user().name.as_str(), 1), ("Ada of old", 0)]);
    // What was signed is not what the records say: nobody signs it off any more.
    assert!(workbook.period_difference(&period).unwrap().is_some());
}
