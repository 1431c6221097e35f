//! The rules the file keeps by itself, whatever code writes to it.

use super::*;

/// A closed workbook with an approved match of 80.00 on a line of 100.00, and a proposal beside it.
fn desk() -> Desk {
    let desk = Desk::new();
    let mut workbook = desk.create();
    take_lines(&mut workbook, 1, &[line(1, 2, 10_000, "first"), line(2, 3, 500, "second")]).unwrap();
    take_entries(&mut workbook, 2, &[invoice(1, 1, 8_000, "RE-1"), invoice(2, 1, 500, "RE-2")]).unwrap();
    let (lines, entries) = (line_ids(&workbook), entry_ids(&workbook));
    store(
        &mut workbook,
        &[
            proposal(matched(&[(lines[0], 8_000)], &[(entries[0], 8_000)]), MatchStatus::Approved, 999_000),
            proposal(matched(&[(lines[1], 500)], &[(entries[1], 500)]), MatchStatus::Suggested, 900_000),
        ],
    );
    workbook.close().unwrap();
    desk
}

#[test]
fn raw_sql_cannot_bend_the_rules() {
    let desk = desk();
    let raw = desk.raw();
    raw.execute_batch("PRAGMA foreign_keys = ON").unwrap();
    for (sql, rule) in [
        ("UPDATE audit_events SET actor = 'Eve'", "append-only"),
        ("DELETE FROM audit_events", "append-only"),
        ("INSERT OR REPLACE INTO audit_events SELECT * FROM audit_events WHERE sequence = 2", "follow its predecessor"),
        (
            "INSERT INTO audit_events SELECT company_id, sequence + 2, id, at, actor, action, subject, details, hash, hash
             FROM audit_events ORDER BY sequence DESC LIMIT 1",
            "follow its predecessor",
        ),
        (
            "INSERT INTO audit_events SELECT company_id, sequence + 1, id, at, actor, action, subject, details, previous,
             hash FROM audit_events ORDER BY sequence DESC LIMIT 1",
            "hash of the predecessor",
        ),
        ("UPDATE decisions SET reason = 'because'", "append-only"),
        ("DELETE FROM decisions", "append-only"),
        ("INSERT OR REPLACE INTO decisions SELECT * FROM decisions", "append-only"),
        ("UPDATE statement_lines SET amount = amount + 1", "never changed"),
        ("UPDATE statement_lines SET raw = ''", "never changed"),
        ("DELETE FROM statement_lines", "never deleted"),
        ("UPDATE ledger_entries SET number = 'X'", "never changed"),
        ("DELETE FROM ledger_entries", "never deleted"),
        ("UPDATE matches SET content = zeroblob(32)", "never changed"),
        ("DELETE FROM matches", "never deleted"),
        ("UPDATE match_legs SET amount_applied = 1", "never changed"),
        ("DELETE FROM match_legs", "never deleted"),
        (
            "INSERT INTO match_legs SELECT company_id, match_id, 9, line_id, entry_id, 1 FROM match_legs LIMIT 1",
            "nothing is added",
        ),
        ("UPDATE statement_lines SET applied = 10001 WHERE amount = 10000", "CHECK"),
        ("UPDATE statement_lines SET applied = 9000 WHERE amount = 10000", "sum over approved matches"),
        ("UPDATE ledger_entries SET applied = 1, invoice_status = 'partly_paid' WHERE amount = 500", "sum over approved"),
        ("UPDATE ledger_entries SET invoice_status = 'open' WHERE number = 'RE-1'", "CHECK"),
        ("UPDATE import_batches SET state = 'pending'", "pending, processing, completed"),
        ("UPDATE companies SET name = ' '", "CHECK"),
        ("UPDATE statement_lines SET applied = 1.5", "cannot store REAL"),
        (
            "INSERT INTO matches SELECT company_id, randomblob(16), run_id, kind, status, by_policy, confidence, cause, score,
             currency, line_total, entry_total, difference, lines, entries, alternatives, date, title, subtitle, search,
             explanation, content, created_at, changed_at, superseded_by, superseded_from FROM matches LIMIT 1",
            "must equal ledger legs",
        ),
    ] {
        let error = raw.execute_batch(sql).expect_err(sql).to_string();
        assert!(error.contains(rule), "{sql}: {error}");
    }
}

#[test]
fn company_id_leads_every_key_and_index_of_data() {
    let desk = desk();
    let raw = desk.raw();
    let mut statement = raw
        .prepare(
            "SELECT t.name || '.' || i.name, (SELECT name FROM pragma_index_info(i.name) WHERE seqno = 0)
             FROM pragma_table_list t JOIN pragma_index_list(t.name) i
             WHERE t.schema = 'main' AND t.name NOT IN ('companies', 'refinery_schema_history')",
        )
        .unwrap();
    let indexes: Vec<(String, Option<String>)> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().collect::<Result<_, _>>().unwrap();
    assert!(indexes.len() > 30);
    for (index, leads) in indexes {
        assert_eq!(leads.as_deref(), Some("company_id"), "{index}");
    }
    let lax: i64 = raw
        .query_row(
            "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND strict = 0
             AND name NOT IN ('refinery_schema_history', 'sqlite_schema', 'sqlite_stat1', 'sqlite_stat4')",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(lax, 0, "every table is STRICT");
}
