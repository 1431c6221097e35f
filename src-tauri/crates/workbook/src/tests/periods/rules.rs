//! The database keeps the rules of periods by itself, whatever a program does.

use rusqlite::{Connection, params};
use tieout_domain::PeriodState::*;

use super::*;

fn raw(firm: Firm) -> (Desk, Connection) {
    let Firm { desk, workbook, .. } = firm;
    workbook.close().unwrap();
    let raw = desk.raw();
    (desk, raw)
}

#[track_caller]
fn refuses(raw: &Connection, sql: &str, because: &str) {
    let error = raw.execute_batch(sql).unwrap_err().to_string();
    assert!(error.contains(because), "{error}");
}

#[test]
fn who_prepared_does_not_review_whatever_a_program_writes() {
    let mut firm = Firm::new();
    firm.brought_to(JANUARY, Prepared);
    let (_desk, raw) = raw(firm);
    let because = "who prepared a period cannot sign it off";
    refuses(&raw, "UPDATE periods SET state = 'reviewed', reviewed_by = prepared_by", because);
    refuses(
        &raw,
        "INSERT INTO period_events SELECT company_id, zeroblob(16), id, 'reviewed', signature, prepared_by, 0, '', content,
             '{}', 0, 'Petra' FROM periods",
        "a second person signs off",
    );
    // Another person may, and so may the only one.
    raw.execute_batch("SAVEPOINT s; UPDATE periods SET state = 'reviewed', reviewed_by = created_by; ROLLBACK TO s")
        .unwrap_err();
    raw.execute_batch(
        "SAVEPOINT s; UPDATE periods SET state = 'reviewed', reviewed_by = (SELECT id FROM users WHERE name = 'Ben');
         ROLLBACK TO s; RELEASE s",
    )
    .unwrap();
    raw.execute_batch(
        "UPDATE companies SET single_user = 1; UPDATE periods SET state = 'reviewed', reviewed_by = prepared_by",
    )
    .unwrap();
}

#[test]
fn states_go_along_their_edges_only() {
    let mut firm = Firm::new();
    firm.brought_to(JANUARY, Prepared);
    let (_desk, raw) = raw(firm);
    let along = "a period goes open, prepared, reviewed, locked";
    let ben = "(SELECT id FROM users WHERE name = 'Ben')";
    refuses(&raw, &format!("UPDATE periods SET state = 'locked', reviewed_by = {ben}, locked_by = {ben}"), along);
    raw.execute_batch(&format!("UPDATE periods SET state = 'reviewed', reviewed_by = {ben}")).unwrap();
    refuses(&raw, "UPDATE periods SET state = 'prepared', reviewed_by = NULL", along);
    refuses(&raw, "UPDATE periods SET state = 'locked'", "CHECK constraint failed");
    refuses(
        &raw,
        &format!("UPDATE periods SET to_reprove = 1, state = 'locked', locked_by = {ben}"),
        "signed anew first",
    );
    raw.execute_batch(&format!("UPDATE periods SET state = 'locked', locked_by = {ben}")).unwrap();
    let open = "UPDATE periods SET state = 'open', watched = 0, signature = NULL, content = NULL, opening = NULL,
        closing = NULL, prepared_by = NULL, reviewed_by = NULL, locked_by = NULL, reopen_by = NULL";
    refuses(&raw, open, "a locked period is reopened by a second person");
    refuses(
        &raw,
        &format!(
            "INSERT INTO period_events SELECT company_id, zeroblob(16), id, 'reopened', signature, {ben}, 0, 'so', content,
                 '{{}}', 0, 'Ben' FROM periods"
        ),
        "nobody asked for the period to be reopened",
    );
    raw.execute_batch(&format!("UPDATE periods SET reopen_by = {ben}")).unwrap();
    refuses(
        &raw,
        &format!(
            "INSERT INTO period_events SELECT company_id, zeroblob(16), id, 'reopened', signature, {ben}, 0, 'so', content,
                 '{{}}', 0, 'Ben' FROM periods"
        ),
        "a second person reopens",
    );
    let event = |kind: &str, who: &str| {
        format!(
            "INSERT INTO period_events SELECT company_id, x'ff000000000000000000000000000001', id, '{kind}', signature, {who}, 0, 'no', content,
                 '{{}}', 0, 'Ben' FROM periods"
        )
    };
    refuses(&raw, &event("reopen_declined", ben), "a second person reopens or declines");
    let petra = "(SELECT id FROM users WHERE name = 'Petra')";
    refuses(&raw, &event("reopen_withdrawn", petra), "whoever asked for it withdraws it");
    refuses(&raw, "UPDATE periods SET reopen_by = NULL", "declined by a second person, or withdrawn");
    refuses(&raw, &format!("UPDATE periods SET reopen_by = {petra}"), "declined by a second person, or withdrawn");
    raw.execute_batch(&event("reopen_declined", petra)).unwrap();
    raw.execute_batch("UPDATE periods SET reopen_by = NULL").unwrap();
    refuses(&raw, &event("reopen_declined", petra), "nobody asked");
    refuses(&raw, &event("reopen_withdrawn", petra), "nobody asked");
}

#[test]
fn what_was_signed_is_never_changed() {
    let mut firm = Firm::new();
    firm.brought_to(JANUARY, Reviewed);
    let (_desk, raw) = raw(firm);
    for column in ["signature = zeroblob(16)", "content = zeroblob(32)", "opening = 1", "closing = 1"] {
        refuses(&raw, &format!("UPDATE periods SET {column}"), "what was signed is never changed");
    }
    refuses(&raw, "UPDATE periods SET last_day = '2026-01-30'", "keeps its account and its days");
    refuses(&raw, "UPDATE period_events SET reason = 'x'", "append-only");
    refuses(&raw, "DELETE FROM period_events", "append-only");
    refuses(&raw, "UPDATE period_items SET rest = 1", "what was signed is never changed");
    refuses(&raw, "DELETE FROM period_items", "what was signed is never changed");
    refuses(
        &raw,
        "INSERT INTO period_items SELECT company_id, signature, zeroblob(16), 'ledger', 5 FROM periods",
        "nothing is added to what was signed",
    );
    refuses(&raw, "DELETE FROM periods", "only the last one goes");
}

#[test]
fn an_accounts_periods_neither_overlap_nor_leave_a_day_out() {
    let mut firm = Firm::new();
    firm.opened(JANUARY);
    let (_desk, raw) = raw(firm);
    let insert = |from: &str, to: &str| {
        raw.execute(
            "INSERT INTO periods (company_id, id, account_id, currency, first_day, last_day, created_by, created_at)
             SELECT company_id, zeroblob(16), account_id, currency, ?1, ?2, created_by, 0 FROM periods LIMIT 1",
            params![from, to],
        )
    };
    for (from, to) in [("2026-01-31", "2026-02-28"), ("2026-02-02", "2026-02-28"), ("2025-12-01", "2025-12-31")] {
        assert!(insert(from, to).unwrap_err().to_string().contains("do not overlap and leave no day out"), "{from}");
    }
    for (from, to) in [("2026-02-01", "2026-02-30"), ("2026-02-01", "2026-01-01"), ("tomorrow!!", "2026-02-28")] {
        assert!(insert(from, to).unwrap_err().to_string().contains("two days of the calendar"), "{from} {to}");
    }
    insert("2026-02-01", "2026-02-28").unwrap();
}

#[test]
fn a_line_of_a_locked_period_is_not_touched_by_any_statement() {
    let mut firm = Firm::new();
    firm.brought_to(JANUARY, Locked);
    let (_desk, raw) = raw(firm);
    refuses(&raw, "UPDATE statement_lines SET state = 4 WHERE description = 'fee'", "period locked|line|");
    refuses(&raw, "UPDATE ledger_entries SET state = 4 WHERE number = 'RE-2'", "period locked|entry|");
    refuses(
        &raw,
        "UPDATE matches SET status = 'suggested' WHERE status = 'approved' AND line_total = 4000;
         UPDATE statement_lines SET applied = 0, state = 0 WHERE description = 'RE-3'",
        "period locked|line|",
    );
}

#[test]
fn signatures_go_at_once_whatever_changes_the_period() {
    let mut firm = Firm::new();
    firm.brought_to(JANUARY, Reviewed);
    let (desk, raw) = raw(firm);
    raw.execute_batch("UPDATE statement_lines SET state = 4 WHERE description = 'fee'").unwrap();
    let state: String = raw.query_row("SELECT state FROM periods", [], |row| row.get(0)).unwrap();
    assert_eq!(state, "open");
    drop(raw);
    // The next change tells of what was not told.
    let mut workbook = desk.open();
    let ada = workbook.users().unwrap()[0].id;
    workbook.sign_in(ada, Some(SECRET), None).unwrap();
    let audit = workbook.audit_page(0, 2).unwrap().events;
    assert!(audit.iter().any(|event| event.action == "period.revoked"), "{audit:?}");
}
