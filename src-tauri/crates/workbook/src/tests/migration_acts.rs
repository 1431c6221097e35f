//! What people did before acts were kept becomes acts, with whom they gave records to; and acts stay what they are.

use std::collections::BTreeSet;

use tieout_domain::{ActKind, PeriodId, PeriodState};

use super::{migration::third_version, *};
use crate::{QueueSubject, rows::Blob, schema};

fn id(last: &str) -> String {
    format!("x'019000000000700080000000000000{last}'")
}

/// Every row of a table, with all its columns.
fn all(sql: &Connection, table: &str) -> Vec<String> {
    let order = if table == "period_items" { "*" } else { "rowid, *" };
    let mut statement = sql.prepare(&format!("SELECT {order} FROM {table} ORDER BY 1, 2, 3")).unwrap();
    let columns = statement.column_count();
    let read = |row: &rusqlite::Row<'_>| {
        (0..columns).map(|column| row.get_ref(column).map(|value| format!("{value:?}"))).collect()
    };
    let rows = statement.query_map([], read).unwrap();
    rows.map(|row: rusqlite::Result<Vec<String>>| row.unwrap().join(" ")).collect()
}

/// A workbook of the 19th version: the match by hand of the third one, which Ada approved (act a1); two proposals of a run
/// over the other line, both rejected in one act (a2), of which one was taken back; and owners that she gave the line and
/// the invoice.
fn nineteenth_version(desk: &Desk) {
    third_version(desk);
    let mut raw = desk.raw();
    schema::migrate_to(&mut raw, 19).unwrap();
    let proposal = |last: &str, status: &str| {
        format!(
            "INSERT INTO match_legs (company_id, match_id, position, line_id, amount_applied)
                 SELECT company_id, {0}, 0, id, 200 FROM statement_lines WHERE amount = 200;
             INSERT INTO match_adjustments (company_id, match_id, position, cause, amount)
                 SELECT id, {0}, 0, 'fee', 200 FROM companies;
             INSERT INTO matches (company_id, id, run_id, kind, status, confidence, cause, score, currency, line_total,
                 entry_total, difference, lines, entries, alternatives, title, subtitle, search, explanation, content,
                 created_at, changed_at)
             SELECT id, {0}, {1}, 'settlement', '{status}', 900000, 'fee', 1, 'EUR', 200, 0, 200, 1, 0, 0, 'Bank {last}',
                 's', 'x', '{{\"alternatives\":[],\"evidence\":[],\"runner_up\":null}}', zeroblob(32), 1, 2
             FROM companies;",
            id(last),
            id("50")
        )
    };
    let decision = |last: &str, act: &str, of: &str, verdict: &str, at: u64, before: &str, supersedes: &str| {
        format!(
            "INSERT INTO decisions (company_id, id, act_id, match_id, verdict, user_id, decided_at, reason, content,
                 status_before, supersedes)
             SELECT c.id, {}, {}, {of}, '{verdict}', u.id, {at}, 'so', zeroblob(32), '{before}', {supersedes}
             FROM companies c, users u;",
            id(last),
            id(act)
        )
    };
    let owner = |record: &str, from: &str, owner: &str, at: u64| {
        format!(
            "INSERT INTO record_owners (company_id, {record}, owner, assigned_by, assigned_at)
             SELECT r.company_id, r.id, '{owner}', u.id, {at} FROM {from} r, users u;"
        )
    };
    let sql = [
        "BEGIN;".to_owned(),
        format!(
            "INSERT INTO runs (company_id, id, stored_at, run_by, engine_version, policy_version, profile, configuration,
                 lines, entries, candidates, approved, suggested, ambiguous, lines_unmatched, entries_unmatched, elapsed_ms)
             SELECT c.id, {}, 1, u.id, '1', '', 'bank', '', 2, 1, 0, 0, 2, 0, 0, 0, 1 FROM companies c, users u;",
            id("50")
        ),
        proposal("61", "rejected"),
        proposal("62", "suggested"),
        decision("d1", "a1", "zeroblob(16)", "approve", 1_500_000_000_000, "none", "NULL"),
        decision("d2", "a2", &id("61"), "reject", 1_500_000_100_000, "suggested", "NULL"),
        decision("d3", "a2", &id("62"), "reject", 1_500_000_100_000, "suggested", "NULL"),
        decision("d4", "a3", &id("62"), "undo", 1_500_000_200_000, "rejected", &id("d3")),
        owner("line_id", "(SELECT * FROM statement_lines WHERE amount = 200)", "Cleo", 1_500_000_300_000),
        owner("entry_id", "ledger_entries", "Max", 1_500_000_400_000),
        "UPDATE statement_lines SET state = 1 WHERE amount = 200;
         UPDATE tallies SET number = 0 WHERE what = 'statement unmatched';
         INSERT INTO tallies SELECT id, 'statement proposed', 1 FROM companies;
         INSERT INTO tallies SELECT id, 'match rejected', 1 FROM companies;
         INSERT INTO tallies SELECT id, 'match suggested', 1 FROM companies;
         DELETE FROM daily_tallies;
         INSERT INTO daily_tallies (company_id, date, what, number)
             SELECT company_id, '2020-09-13', what, number FROM tallies;
         COMMIT;"
            .to_owned(),
    ];
    raw.execute_batch(&sql.concat()).unwrap();
}

#[test]
fn what_people_decided_and_whom_they_gave_records_to_are_acts_that_can_be_taken_back() {
    let desk = Desk::new();
    nineteenth_version(&desk);
    let mut workbook = desk.try_open(Unlock::Passphrase(PASSPHRASE)).unwrap().workbook;
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    let acts = workbook.acts(0, 9).unwrap();
    let told: Vec<_> = acts
        .rows
        .iter()
        .map(|act| (act.kind, act.title.as_str(), act.items, act.amount, act.standing, act.done_at_ms))
        .collect();
    let assign = |at| (ActKind::Assign, "", 1, None, true, at);
    // Identifiers of what was given are made of its time: above those of the test's decisions, in their order.
    let given: Vec<_> = told.iter().filter(|act| act.0 == ActKind::Assign).copied().collect();
    assert_eq!(given, [assign(1_500_000_400_000), assign(1_500_000_300_000)]);
    let decided: Vec<_> = told.iter().filter(|act| act.0 != ActKind::Assign).copied().collect();
    let expected = [
        (ActKind::Reject, "", 2, Some(cents(400)), true, 1_500_000_100_000),
        (ActKind::Match, "t", 1, Some(cents(100)), true, 1_500_000_000_000),
    ];
    assert_eq!(decided, expected, "of what was rejected one part stands");

    // All of it is taken back, the newest identifier first.
    let line = QueueSubject::Record(RecordRef::Line(
        line_ids(&workbook).into_iter().find(|id| workbook.line(*id).unwrap().line.amount == cents(200)).unwrap(),
    ));
    let entry = QueueSubject::Record(RecordRef::Entry(entry_ids(&workbook)[0]));
    let owners = |workbook: &Workbook| [line, entry].map(|of| workbook.assigned_owner(of).unwrap());
    assert_eq!(owners(&workbook), [Some("Cleo".to_owned()), Some("Max".to_owned())]);
    let mut kinds = Vec::new();
    while let Some(act) = workbook.undoable().unwrap() {
        kinds.push(act.kind);
        workbook.undo_newest("").unwrap();
    }
    assert_eq!(kinds.len(), 4, "{kinds:?}");
    assert_eq!(owners(&workbook), [None, None]);
    assert_eq!(workbook.queue_counts().unwrap().suggested, 2, "what was rejected waits again");
    assert_eq!(
        workbook.match_detail(MatchId::from_uuid(uuid::Uuid::nil())).unwrap().row.state,
        crate::RowState::Superseded
    );
    // And what was given is given again.
    while workbook.redoable().unwrap().is_some_and(|act| act.kind != ActKind::Match) {
        workbook.redo_newest("").unwrap();
    }
    assert_eq!(owners(&workbook), [Some("Cleo".to_owned()), Some("Max".to_owned())]);
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
}

#[test]
fn acts_and_what_names_them_go_through_the_23rd_version_as_they_are() {
    let desk = Desk::new();
    nineteenth_version(&desk);
    let mut raw = desk.raw();
    schema::migrate_to(&mut raw, 22).unwrap();
    let turn = "x'0190000000007000800000000000f001'";
    raw.execute_batch(&format!(
        "INSERT INTO act_turns SELECT company_id, {turn}, id, 'undo', user_id, 5, 'so' FROM acts WHERE kind = 'reject';
         UPDATE acts SET standing = 0, redoable = 1, turned_by = {turn} WHERE kind = 'reject';
         UPDATE statement_lines SET state = 4, deleted_at = 6, deleted_by = (SELECT id FROM users), deletion_reason = 'twice'
             WHERE amount = 0;"
    ))
    .unwrap();
    let tables = ["acts", "act_turns", "marks", "marked"];
    let before = tables.map(|table| all(&raw, table));
    assert!(before.iter().all(|rows| !rows.is_empty()));
    schema::migrate_to(&mut raw, 23).unwrap();
    assert_eq!(tables.map(|table| all(&raw, table)), before);
    let broken: i64 = raw.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0)).unwrap();
    assert_eq!(broken, 0);
    let deletion: Option<Blob> =
        raw.query_row("SELECT max(deletion_act) FROM statement_lines", [], |row| row.get(0)).unwrap();
    assert!(deletion.is_none());
}

/// A workbook of the 22nd version with a locked January: it was prepared once before, and lost that signature to a line
/// that came in.
fn with_a_locked_period(desk: &Desk) -> PeriodId {
    third_version(desk);
    let mut raw = desk.raw();
    schema::migrate_to(&mut raw, 22).unwrap();
    let period = id("70");
    let event = |last: &str, kind: &str, signature: &str, at: u32| {
        format!(
            "INSERT INTO period_events (company_id, id, period_id, kind, signature, user_id, at, reason, content, figures,
                 single_user, name)
             SELECT c.id, {}, {period}, '{kind}', {}, u.id, {at}, 'so', zeroblob(32), '{{}}', 1, 'Ada before'
             FROM companies c, users u;",
            id(last),
            id(signature)
        )
    };
    let sql = [
        "BEGIN;".to_owned(),
        format!(
            "INSERT INTO periods (company_id, id, account_id, currency, first_day, last_day, created_by, created_at)
             SELECT a.company_id, {period}, a.id, a.currency, '2026-01-01', '2026-01-31', u.id, 5 FROM accounts a, users u
             WHERE a.name = 'Current account';"
        ),
        event("71", "prepared", "71", 11),
        event("72", "revoked", "71", 12),
        format!(
            "INSERT INTO period_causes (company_id, event_id, change, line_id, entry_id, records)
             SELECT company_id, {}, 'line_added', id, NULL, 3 FROM statement_lines WHERE amount = 200;",
            id("72")
        ),
        event("73", "prepared", "73", 13),
        format!(
            "INSERT INTO period_items SELECT company_id, {}, id, 'statement', 200 FROM statement_lines WHERE amount = 200;
             UPDATE periods SET state = 'prepared', watched = 1, signature = {0}, content = zeroblob(32), opening = 1,
                 closing = 2, prepared_by = created_by;",
            id("73")
        ),
        event("74", "reviewed", "73", 14),
        "UPDATE periods SET state = 'reviewed', reviewed_by = created_by;".to_owned(),
        event("75", "locked", "73", 15),
        "UPDATE periods SET state = 'locked', locked_by = created_by; COMMIT;".to_owned(),
    ];
    raw.execute_batch(&sql.concat()).unwrap();
    PeriodId::from_uuid(uuid::Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0070))
}

#[test]
fn signatures_and_what_guards_them_go_through_the_23rd_version_as_they_are() {
    let desk = Desk::new();
    let period = with_a_locked_period(&desk);
    let mut raw = desk.raw();
    let triggers = |sql: &Connection| -> BTreeSet<String> {
        let mut statement = sql.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().collect::<rusqlite::Result<_>>().unwrap()
    };
    let tables = ["periods", "period_events", "period_causes", "period_items"];
    let (before, guards) = (tables.map(|table| all(&raw, table)), triggers(&raw));
    assert_eq!(before.each_ref().map(Vec::len), [1, 5, 1, 1]);
    // As in a file that is opened.
    raw.pragma_update(None, "foreign_keys", true).unwrap();
    schema::migrate_to(&mut raw, 23).unwrap();
    assert_eq!(tables.map(|table| all(&raw, table)), before);
    let lost: Vec<String> = guards.difference(&triggers(&raw)).cloned().collect();
    assert_eq!(lost, Vec::<String>::new());
    let broken: i64 = raw.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0)).unwrap();
    assert_eq!(broken, 0);
    for change in ["UPDATE period_events SET reason = 'other'", "DELETE FROM period_events"] {
        let refused = raw.execute(change, []).unwrap_err().to_string();
        assert!(refused.contains("append-only"), "{change}: {refused}");
    }
    drop(raw);
    let mut workbook = desk.try_open(Unlock::Passphrase(PASSPHRASE)).unwrap().workbook;
    let signed = workbook.period(period).unwrap().signed.unwrap().by;
    for by in [signed.prepared, signed.reviewed, signed.locked] {
        assert_eq!(by.unwrap().name, "Ada before");
    }
    workbook.request_reopening(period, "a line is missing").unwrap();
    workbook.reopen_period(period, "").unwrap();
    assert_eq!(workbook.period(period).unwrap().state, PeriodState::Open);
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
}

/// A record that was deleted before that was an act is restored by one, whose undo deletes it as it was.
#[test]
fn what_was_deleted_before_deleting_was_an_act_is_restored_by_one() {
    let desk = Desk::new();
    third_version(&desk);
    let mut raw = desk.raw();
    schema::migrate_to(&mut raw, 22).unwrap();
    raw.execute_batch(
        "BEGIN;
         UPDATE statement_lines SET state = 4, deleted_at = 6, deleted_by = (SELECT id FROM users), deletion_reason = 'twice'
             WHERE amount = 200;
         UPDATE tallies SET number = 0 WHERE what = 'statement unmatched';
         INSERT INTO tallies SELECT id, 'statement withdrawn', 1 FROM companies;
         DELETE FROM daily_tallies;
         INSERT INTO daily_tallies (company_id, date, what, number) SELECT company_id, '2020-09-13', what, number FROM tallies;
         UPDATE accounts SET lines = 1 WHERE lines = 2;
         COMMIT;",
    )
    .unwrap();
    drop(raw);
    let mut workbook = desk.try_open(Unlock::Passphrase(PASSPHRASE)).unwrap().workbook;
    let deleted = |workbook: &Workbook| {
        let rows = workbook.deleted_records(tieout_domain::Side::Statement, 0, 9).unwrap().rows;
        rows.into_iter().map(|row| (row.deleted_at_ms, row.reason)).collect::<Vec<_>>()
    };
    let line = workbook.deleted_records(tieout_domain::Side::Statement, 0, 9).unwrap().rows[0].record.reference();
    workbook.restore_records(&[line]).unwrap();
    assert_eq!(deleted(&workbook), []);
    workbook.undo_newest("").unwrap();
    assert_eq!(deleted(&workbook), [(6, "twice".to_owned())]);
    workbook.redo_newest("").unwrap();
    assert_eq!((deleted(&workbook), workbook.damage().unwrap()), (vec![], vec![]));
}
