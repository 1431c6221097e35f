//! Rows of tables that only grow are bound to the audit chain: what is changed past the program is found and named, also if
//! whoever does it has the key.

use std::{collections::HashMap, fs};

use rusqlite::params;
use tieout_domain::{CompanyId, Permission, RecordRef};

use super::*;
use crate::{AnchorState, Mark, QueueSubject, RowFault, audit, json::Json, rows::Blob, schema, seal::TABLES};

/// Numbers that repeat.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }
}

/// Takes away what keeps the rules, as somebody could who has the key.
fn drop_the_rules(sql: &Connection) {
    let drops: Vec<String> = sql
        .prepare("SELECT 'DROP TRIGGER ' || name FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    sql.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON").unwrap();
    sql.execute_batch(&drops.join(";")).unwrap();
}

/// The columns of a table that can be written, with their types; and whether there must be something in them.
fn columns(sql: &Connection, table: &str) -> Vec<(String, String, bool)> {
    sql.prepare("SELECT name, type, \"notnull\" FROM pragma_table_xinfo(?1) WHERE hidden = 0")
        .unwrap()
        .query_map([table], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap()
}

/// Adds a row that holds anything; `rowid` is where, if not at the end.
fn add_row(sql: &Connection, company: CompanyId, table: &str, number: usize, rowid: Option<i64>) {
    let columns = columns(sql, table);
    let values = columns.iter().enumerate().map(|(place, (name, kind, is_needed))| {
        let nothing = !is_needed && (number + place).is_multiple_of(4);
        match (name.as_str(), kind.as_str()) {
            ("company_id", _) => "?1".to_owned(),
            // Signatures ascend.
            ("signature", _) if table == "period_items" => format!("x'{:032x}'", 0x0190_0000_0000 + number),
            _ if nothing => "NULL".to_owned(),
            (_, "INTEGER") => (1_000 * number + place).to_string(),
            (_, "TEXT") => format!("'text {number} of {place}'"),
            _ => format!("x'{:032x}'", 1_000_000 * (number + 1) + place),
        }
    });
    let mut names: Vec<&str> = columns.iter().map(|(name, ..)| name.as_str()).collect();
    let mut values: Vec<String> = values.collect();
    if let Some(rowid) = rowid {
        names.push("rowid");
        values.push(rowid.to_string());
    }
    let (names, values) = (names.join(", "), values.join(", "));
    let insert = format!("INSERT INTO {table} ({names}) VALUES ({values})");
    let added = sql.execute(&insert, params![Blob(company.uuid())]);
    assert_eq!(added, Ok(1), "{insert}");
}

/// A workbook with rows in each sealed table, which several changes brought.
fn filled() -> (Desk, Workbook) {
    let desk = Desk::new();
    let mut workbook = desk.create();
    drop_the_rules(&workbook.sql);
    for round in 0..4 {
        let changed = workbook.change(Permission::Upkeep, |change| {
            for table in &TABLES {
                (0..5).for_each(|row| add_row(change.sql, change.company, table.name, 10 * round + row, None));
            }
            change.tell("test.filled", "everything", &Json::Object(Vec::new()))
        });
        changed.unwrap();
    }
    (desk, workbook)
}

/// After each event that tells of the table: how many rows there are.
fn told_of(workbook: &Workbook, table: &str) -> Vec<(u64, u64)> {
    let mut events = workbook.audit_page(0, 1_000).unwrap().events;
    events.reverse();
    let told = events.iter().filter(|event| !event.seal.is_empty()).filter_map(|event| {
        let seal: HashMap<String, (u64, String)> = serde_json::from_str(&event.seal).unwrap();
        seal.get(table).map(|(rows, _)| (event.sequence, *rows))
    });
    told.collect()
}

fn order_of(table: &str) -> &'static str {
    if table == "period_items" { "signature, record_id" } else { "rowid" }
}

fn count(sql: &Connection, table: &str) -> usize {
    let count: i64 = sql.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
    usize::try_from(count).unwrap()
}

/// The condition that it is the row after so many.
fn is_row(table: &str, before: usize) -> String {
    let order = order_of(table);
    format!("({order}) = (SELECT {order} FROM {table} ORDER BY {order} LIMIT 1 OFFSET {before})")
}

#[test]
fn a_change_of_any_sealed_column_is_found_and_named() {
    let (_desk, workbook) = filled();
    assert!(workbook.verify_chain().unwrap().holds());
    let mut dice = Dice(0x5eed);
    let mut found = 0;
    for table in &TABLES {
        let kinds: HashMap<String, String> =
            columns(&workbook.sql, table.name).into_iter().map(|(name, kind, _)| (name, kind)).collect();
        let told = told_of(&workbook, table.name);
        for column in table.columns.split(", ") {
            if table.name == "period_items" && column != "side" && column != "rest" {
                // It would be another row in another place.
                continue;
            }
            let before = dice.below(count(&workbook.sql, table.name));
            let other = match kinds[column].as_str() {
                "INTEGER" => "7",
                "TEXT" => "'7'",
                _ => "x'0707'",
            };
            workbook.sql.execute_batch("SAVEPOINT edit").unwrap();
            let edit = format!(
                "UPDATE {0} SET {column} = CASE typeof({column}) WHEN 'integer' THEN {column} + 1
                     WHEN 'text' THEN {column} || '!' WHEN 'blob' THEN randomblob(max(length({column}), 1)) ELSE {other} END
                 WHERE {1}",
                table.name,
                is_row(table.name, before)
            );
            assert_eq!(workbook.sql.execute(&edit, []), Ok(1), "{edit}");
            let faults = workbook.verify_chain().unwrap().rows;
            let brought_by = told.iter().find(|(_, rows)| *rows > before as u64).unwrap().0;
            match faults.as_slice() {
                [RowFault::Changed { table: name, row, event, .. }] => {
                    assert_eq!((*name, *row, *event), (table.name, before as u64 + 1, brought_by), "{column}");
                }
                other => panic!("{edit}: {other:?}"),
            }
            workbook.sql.execute_batch("ROLLBACK TO edit; RELEASE edit").unwrap();
            found += 1;
        }
    }
    assert!(found > 300, "{found}");
    assert!(workbook.verify_chain().unwrap().holds());
}

#[test]
fn a_row_taken_away_or_put_in_past_the_program_is_found_and_named() {
    let (_desk, workbook) = filled();
    let company = workbook.company.id;
    let mut dice = Dice(0xdece);
    for (table, round) in TABLES.iter().flat_map(|table| (0..6).map(move |round| (table, round))) {
        let rows = count(&workbook.sql, table.name);
        workbook.sql.execute_batch("SAVEPOINT edit").unwrap();
        let before = match round {
            0..4 => {
                let before = if round == 0 { rows - 1 } else { dice.below(rows) };
                let delete = format!("DELETE FROM {} WHERE {}", table.name, is_row(table.name, before));
                assert_eq!(workbook.sql.execute(&delete, []), Ok(1));
                before
            }
            4 => {
                add_row(&workbook.sql, company, table.name, 77, None);
                rows
            }
            _ if table.name == "period_items" => {
                add_row(&workbook.sql, company, table.name, 15, None);
                10
            }
            _ => {
                add_row(&workbook.sql, company, table.name, 78, Some(-4));
                0
            }
        };
        let faults = workbook.verify_chain().unwrap().rows;
        let named = match (round, faults.as_slice()) {
            (0..4, [RowFault::Removed { table, row, .. }]) | (4.., [RowFault::Added { table, row, .. }]) => {
                (*table, *row)
            }
            _ => panic!("{} {round}: {faults:?}", table.name),
        };
        assert_eq!(named, (table.name, before as u64 + 1), "{round}");
        workbook.sql.execute_batch("ROLLBACK TO edit; RELEASE edit").unwrap();
    }
    assert!(workbook.verify_chain().unwrap().holds());
}

/// What is kept to name a row may be changed with it: then the rows of the event are named.
#[test]
fn whoever_changes_the_seals_too_is_found_by_what_events_tell() {
    let (_desk, workbook) = filled();
    let told = told_of(&workbook, "statement_lines");
    let [(_, first), (event, second), ..] = told.as_slice() else { panic!("{told:?}") };
    for edit in [
        "DELETE FROM seal_pieces; UPDATE statement_lines SET counterparty = 'Eve' WHERE rowid = 7",
        "UPDATE seal_pieces SET digests = zeroblob(4 * 20) WHERE of = 'statement_lines';
         UPDATE statement_lines SET counterparty = 'Eve' WHERE rowid = 7",
    ] {
        workbook.sql.execute_batch(&format!("SAVEPOINT edit; {edit}")).unwrap();
        let faults = workbook.verify_chain().unwrap().rows;
        let range = RowFault::Between { table: "statement_lines", from: first + 1, to: *second, event: *event };
        assert_eq!(faults, [range], "{edit}");
        workbook.sql.execute_batch("ROLLBACK TO edit; RELEASE edit").unwrap();
    }
    workbook.sql.execute_batch("UPDATE seals SET hash = zeroblob(32) WHERE of = 'acts'").unwrap();
    assert_eq!(workbook.verify_chain().unwrap().rows, [RowFault::Seal { table: "acts" }]);
}

/// A company at work: an import, a run, decisions, a note, a deletion.
fn at_work() -> (Desk, Workbook) {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let lines = [line(1, 2, 10_000, "RE-1"), line(2, 3, 4_000, "part"), line(3, 4, 6_000, "rest"), line(4, 5, 900, "")];
    take_lines(&mut workbook, 1, &lines).unwrap();
    let entries = [invoice(1, 1, 10_000, "RE-1"), invoice(2, 1, 5_000, "RE-2"), invoice(3, 1, 6_000, "RE-3")];
    take_entries(&mut workbook, 2, &entries).unwrap();
    let (lines, entries) = (line_ids(&workbook), entry_ids(&workbook));
    let proposals = [
        proposal(matched(&[(lines[0], 10_000)], &[(entries[0], 10_000)]), MatchStatus::Suggested, 950_000),
        proposal(matched(&[(lines[1], 4_000)], &[(entries[1], 4_000)]), MatchStatus::Suggested, 900_000),
        proposal(matched(&[(lines[2], 6_000)], &[(entries[2], 6_000)]), MatchStatus::Approved, 999_000),
    ];
    store(&mut workbook, &proposals);
    let first = proposed(&workbook).into_iter().min().unwrap();
    approve(&mut workbook, first).unwrap();
    let subject = QueueSubject::Record(RecordRef::Line(lines[3]));
    workbook.mark(&[subject], &Mark::Owner(Some("Grace".to_owned()))).unwrap();
    workbook.mark(&[subject], &Mark::Comment("asked the bank".to_owned())).unwrap();
    workbook.delete_records(&[RecordRef::Line(lines[3])], "twice in the file").unwrap();
    (desk, workbook)
}

#[test]
fn only_the_last_event_of_a_change_tells_of_rows_and_only_if_some_came() {
    let (_desk, mut workbook) = at_work();
    workbook.set_setting("letter", "a").unwrap();
    let events = workbook.audit_page(0, 100).unwrap().events;
    assert_eq!(events[0].seal, "", "a setting is no sealed row");
    let deleted = &events[1];
    assert_eq!(deleted.action, "records.deleted");
    let seal: HashMap<String, (u64, String)> = serde_json::from_str(&deleted.seal).unwrap();
    let mut tables: Vec<_> = seal.into_iter().map(|(table, (rows, _))| (table, rows)).collect();
    tables.sort();
    assert_eq!(tables, [("act_records".to_owned(), 1), ("acts".to_owned(), 4)]);
    assert_eq!(told_of(&workbook, "statement_lines").iter().map(|(_, rows)| *rows).collect::<Vec<_>>(), [4]);
    let created = events.last().unwrap();
    assert!(created.seal.starts_with("{\"user_names\":[1,\""), "{}", created.seal);
    assert!(workbook.verify_chain().unwrap().holds());
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    let lines = workbook.chain_lines(0, usize::MAX).unwrap();
    assert_eq!(crate::check_chain_file(lines.text.as_bytes()).unwrap(), workbook.audit_head());
}

#[test]
fn a_changed_line_is_named_by_its_identifier() {
    let (desk, workbook) = at_work();
    let id: Blob =
        workbook.sql.query_row("SELECT id FROM statement_lines WHERE rowid = 2", [], |row| row.get(0)).unwrap();
    let id = id.0;
    workbook.close().unwrap();
    let raw = desk.raw();
    drop_the_rules(&raw);
    raw.execute("UPDATE statement_lines SET counterparty = 'Eve' WHERE id = ?1", [Blob(id)]).unwrap();
    drop(raw);
    let workbook = desk.open();
    let report = workbook.verify_chain().unwrap();
    assert!(!report.holds());
    let told = report.rows.iter().map(ToString::to_string).collect::<Vec<_>>();
    let event = told_of(&workbook, "statement_lines")[0].0;
    assert_eq!(told, [format!("row 2 of statement_lines ({id}) is not as event {event} told of it")]);
}

/// The program goes on from where it left the tables: what came in between is not told of as if it had brought it.
#[test]
fn work_that_goes_on_does_not_cover_up_rows_that_were_put_in_or_taken_away() {
    for (edit, told) in [
        (
            "INSERT INTO decisions SELECT company_id, x'0190ffff', act_id, match_id, verdict, user_id, policy_version,
                 decided_at, 'it was not me', content, status_before, supersedes FROM decisions LIMIT 1",
            "was put there without an event",
        ),
        ("DELETE FROM decisions WHERE rowid = (SELECT max(rowid) FROM decisions)", "is not as event"),
        ("DELETE FROM decisions", "is not as event"),
        ("DELETE FROM seals WHERE of = 'decisions'", "was put there without an event"),
    ] {
        let (desk, workbook) = at_work();
        workbook.close().unwrap();
        let raw = desk.raw();
        drop_the_rules(&raw);
        raw.execute_batch(edit).unwrap();
        drop(raw);
        for _ in 0..2 {
            let mut workbook = desk.open();
            if let Some(next) = proposed(&workbook).first() {
                approve(&mut workbook, *next).unwrap();
            }
            let events = told_of(&workbook, "decisions").len();
            assert_eq!(events, 2, "{edit}: nothing more is sealed");
            let faults = workbook.verify_chain().unwrap().rows;
            assert!(matches!(faults.as_slice(), [fault] if fault.to_string().contains(told)), "{edit}: {faults:?}");
            workbook.close().unwrap();
        }
    }
}

#[test]
fn an_older_workbook_is_sealed_as_it_is_found_once() {
    let desk = Desk::new();
    migration::first_version(&desk);
    let workbook = desk.try_open(Unlock::Passphrase(PASSPHRASE)).unwrap().workbook;
    let events = workbook.audit_page(0, 500).unwrap().events;
    let [migrated] = events.iter().filter(|event| !event.seal.is_empty()).collect::<Vec<_>>()[..] else {
        panic!("{events:?}")
    };
    assert_eq!(migrated.action, "workbook.migrated");
    assert!(migrated.details.contains("\"rows\":\"sealed as found\""), "{}", migrated.details);
    assert_eq!(told_of(&workbook, "statement_lines"), [(migrated.sequence, 2)]);
    assert!(workbook.verify_chain().unwrap().holds());
    workbook.close().unwrap();
    // Somebody puts a line in and lets the file be brought up to date a second time.
    let raw = desk.raw();
    drop_the_rules(&raw);
    let company: Blob = raw.query_row("SELECT id FROM companies", [], |row| row.get(0)).unwrap();
    add_row(&raw, CompanyId::from_uuid(company.0), "decisions", 1, None);
    add_row(&raw, CompanyId::from_uuid(company.0), "statement_lines", 1, None);
    raw.execute_batch("DELETE FROM seals; DELETE FROM seal_pieces; DELETE FROM settings WHERE name = 'schema.told'")
        .unwrap();
    drop(raw);
    let workbook = desk.try_open(Unlock::Passphrase(PASSPHRASE)).unwrap().workbook;
    let again = workbook.audit_page(0, 500).unwrap().events;
    let again = again.iter().find(|event| event.action == "workbook.migrated").unwrap();
    assert_eq!(workbook.verify_chain().unwrap().rows[0], RowFault::Told { event: again.sequence });
}

#[test]
fn what_is_sealed_are_columns_that_there_are_and_tables_are_in_order() {
    let workbook = Desk::new().create();
    assert!(TABLES.is_sorted_by_key(|table| table.name));
    for table in &TABLES {
        let there: Vec<String> = columns(&workbook.sql, table.name).into_iter().map(|(name, ..)| name).collect();
        for column in table.columns.split(", ") {
            assert!(there.iter().any(|name| name == column), "{}.{column}", table.name);
        }
    }
    let version: i32 = workbook.sql.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert!(version >= schema::SEALED_SINCE);
}

/// An import that is not finished leaves the seals as they were, however many of its rows were sealed on the way.
#[test]
fn an_import_that_is_given_up_leaves_the_seals_true() {
    let (desk, mut workbook) = at_work();
    let many: Vec<StatementLine> = (0..9_000).map(|row| line(row, 9, i64::from(row) + 1, "many")).collect();
    let account = account(&mut workbook);
    let new = NewBatch { rows: 9_000, ..batch(9) };
    let plans = [line_plan(&workbook, account, &many)];
    for is_dropped in [false, true] {
        let mut import = workbook.begin_line_import(&new, &plans).unwrap();
        let statement = import.statement(account, &facts(&many, None, None)).unwrap();
        for line in &many {
            import.add_line(statement, line).unwrap();
        }
        if is_dropped {
            drop(import)
        } else {
            import.give_up("cancelled")
        }
        assert!(workbook.verify_chain().unwrap().holds());
    }
    take_statement(&mut workbook, &new, account, &facts(&many, None, None), &many).unwrap();
    assert!(workbook.verify_chain().unwrap().holds());
    workbook.close().unwrap();
    let workbook = desk.open();
    assert_eq!(told_of(&workbook, "statement_lines").last().unwrap().1, 9_004);
    assert!(workbook.verify_chain().unwrap().holds());
    workbook.sql.execute_batch("DROP TRIGGER statement_lines_keep_their_content").unwrap();
    workbook.sql.execute_batch("UPDATE statement_lines SET raw = 'x' WHERE rowid = 8000").unwrap();
    let faults = workbook.verify_chain().unwrap().rows;
    assert!(matches!(faults.as_slice(), [RowFault::Changed { row: 8_000, .. }]), "{faults:?}");
}

/// Each column that is not sealed, since it changes with the work, follows from rows that are.
#[test]
fn a_change_of_what_follows_from_sealed_rows_is_found() {
    let (_desk, workbook) = at_work();
    drop_the_rules(&workbook.sql);
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    let edits = [
        "UPDATE statement_lines SET applied = 1 WHERE rowid = 1",
        "UPDATE statement_lines SET state = 0 WHERE rowid = 1",
        "UPDATE statement_lines SET state = 2 WHERE rowid = 2",
        "UPDATE statement_lines SET state = 4 WHERE rowid = 2",
        "UPDATE statement_lines SET state = 0, deleted_at = NULL, deleted_by = NULL, deletion_reason = NULL,
             deletion_act = NULL WHERE rowid = 4",
        "UPDATE statement_lines SET deletion_reason = 'said nobody' WHERE rowid = 4",
        "UPDATE statement_lines SET deleted_at = deleted_at + 1 WHERE rowid = 4",
        "UPDATE statement_lines SET deleted_by = zeroblob(16) WHERE rowid = 4",
        "UPDATE statement_lines SET deletion_act = (SELECT min(id) FROM acts) WHERE rowid = 4",
        "UPDATE statement_lines SET accepted_by = zeroblob(16) WHERE rowid = 2",
        "UPDATE statement_lines SET cause = 'fee' WHERE rowid = 2",
        "UPDATE ledger_entries SET applied = 0 WHERE rowid = 1",
        "UPDATE ledger_entries SET state = 0 WHERE rowid = 1",
        "UPDATE ledger_entries SET invoice_status = 'open' WHERE rowid = 1",
        "UPDATE ledger_entries SET state = 3 WHERE rowid = 2",
        "UPDATE ledger_entries SET accepted_by = zeroblob(16) WHERE rowid = 2",
        "UPDATE matches SET status = 'suggested' WHERE status = 'approved'",
        "UPDATE matches SET status = 'rejected' WHERE status = 'suggested'",
        "UPDATE matches SET status = 'approved' WHERE status = 'suggested'",
        "UPDATE matches SET by_policy = 1 - by_policy WHERE status = 'approved'",
        "UPDATE matches SET superseded_by = zeroblob(16) WHERE status = 'approved'",
        "UPDATE matches SET superseded_from = 'suggested' WHERE status = 'approved'",
        "UPDATE acts SET standing = 0",
        "UPDATE acts SET turned_by = zeroblob(16)",
        "UPDATE acts SET redoable = 1",
        "UPDATE marked SET owner = 'Eve'",
        "UPDATE marked SET snoozed_until = '2026-01-01'",
        "UPDATE marked SET expected_on = '2026-01-01'",
        "UPDATE marked SET comments = 2",
        "UPDATE marked SET evidence = 1",
        "DELETE FROM marked",
        "UPDATE statements SET withdrawn = 1",
        "UPDATE import_batches SET added = added + 1",
        "UPDATE import_batches SET state = 'failed' WHERE side = 'ledger'",
        "UPDATE accounts SET lines = lines + 1",
        "UPDATE tallies SET number = number + 1 WHERE what = 'match approved'",
        "DELETE FROM match_spans",
    ];
    for edit in edits {
        workbook.sql.execute_batch("BEGIN").unwrap();
        assert!(workbook.sql.execute(edit, []).unwrap() > 0, "{edit}");
        // Counts would tell of some of it already: they are set right by whoever knows of them.
        if !edit.contains("tallies") {
            for (side, table) in [("statement", "statement_lines"), ("ledger", "ledger_entries")] {
                for (state, word) in (0..).zip(["unmatched", "proposed", "settled", "dormant", "withdrawn"]) {
                    for (tallies, newest) in
                        [("tallies", "true"), ("daily_tallies", "date = (SELECT max(date) FROM daily_tallies)")]
                    {
                        let set = format!(
                            "UPDATE {tallies} SET number = (SELECT count(*) FROM {table} WHERE state = {state})
                             WHERE what = '{side} {word}' AND {newest}"
                        );
                        workbook.sql.execute_batch(&set).unwrap();
                    }
                }
            }
        }
        let damage = workbook.recounted().unwrap();
        assert!(damage.is_some(), "{edit}");
        workbook.sql.execute_batch("ROLLBACK").unwrap();
    }
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
}

/// Cut, renumbered or rewritten by somebody who has the key and knows how events are hashed: the head outside tells.
#[test]
fn a_chain_that_was_rewritten_with_the_key_is_found_by_its_head() {
    let (desk, mut workbook) = at_work();
    for letter in 0..20 {
        workbook.set_setting("letter", &letter.to_string()).unwrap();
    }
    let (company, last) = (workbook.company.id, workbook.audit_head().sequence);
    workbook.close().unwrap();
    let whole = fs::read(&desk.path).unwrap();
    let salt = crate::salt_of(&desk.path).unwrap();
    let key = RawKey::derive(PASSPHRASE, salt).unwrap();
    let mut dice = Dice(0xc0de);
    for round in 0..60 {
        let at = 2 + dice.below(usize::try_from(last).unwrap() - 2) as u64;
        let raw = Connection::open(&desk.path).unwrap();
        raw.pragma_update(None, "key", key.spec(salt).as_str()).unwrap();
        drop_the_rules(&raw);
        let what = match round % 3 {
            0 => format!("DELETE FROM audit_events WHERE sequence >= {at}"),
            1 => format!(
                "DELETE FROM audit_events WHERE sequence = {at};
                 UPDATE audit_events SET sequence = -sequence WHERE sequence > {at};
                 UPDATE audit_events SET sequence = -sequence - 1 WHERE sequence < 0"
            ),
            _ => format!("UPDATE audit_events SET actor = 'Eve' WHERE sequence = {at}"),
        };
        raw.execute_batch(&what).unwrap();
        audit::rehash(&raw, company, at).unwrap();
        drop(raw);
        let opened = desk.try_open(Unlock::Keychain).unwrap();
        let report = opened.workbook.verify_chain().unwrap();
        assert_eq!(report.fault, None, "{what}: the chain itself is whole");
        assert!(matches!(report.anchor, AnchorState::Behind { .. } | AnchorState::Differs { .. }), "{what}");
        assert!(!report.holds());
        opened.workbook.close().unwrap();
        fs::write(&desk.path, &whole).unwrap();
    }
    assert!(desk.open().verify_chain().unwrap().holds());
}
