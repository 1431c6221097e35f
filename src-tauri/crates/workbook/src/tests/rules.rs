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
            "INSERT INTO audit_events SELECT company_id, sequence + 2, id, at, actor, action, subject, details, hash, hash,
             machine, seal FROM audit_events ORDER BY sequence DESC LIMIT 1",
            "follow its predecessor",
        ),
        (
            "INSERT INTO audit_events SELECT company_id, sequence + 1, id, at, actor, action, subject, details, previous,
             hash, machine, seal FROM audit_events ORDER BY sequence DESC LIMIT 1",
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
            "INSERT INTO match_legs SELECT company_id, match_id, 9, line_id, entry_id, 1, NULL FROM match_legs LIMIT 1",
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

/// A closed workbook with a line that stands, one that was deleted, and one whose import was undone; an entry of each
/// kind likewise; and a failed batch with a report.
fn desk_of_imports() -> Desk {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let job = Some(Box::new(tieout_domain::Job { site: "North".to_owned(), ..Default::default() }));
    let of_job = StatementLine { job: job.clone(), ..line(1, 2, 100, "stands") };
    take_lines(&mut workbook, 1, &[of_job, line(2, 2, 200, "deleted")]).unwrap();
    take_entries(&mut workbook, 2, &[LedgerEntry { job, ..invoice(1, 1, 100, "RE-1") }, invoice(2, 1, 200, "RE-2")])
        .unwrap();
    let (line_ids, entry_ids) = (line_ids(&workbook), entry_ids(&workbook));
    let deleted = [RecordRef::Line(line_ids[1]), RecordRef::Entry(entry_ids[1])];
    let undone = [
        take_lines(&mut workbook, 3, &[line(1, 3, 300, "undone")]).unwrap().batch,
        take_entries(&mut workbook, 4, &[invoice(1, 1, 300, "RE-3")]).unwrap().batch,
    ];
    workbook.delete_records(&deleted, "typed twice").unwrap();
    undone.into_iter().for_each(|batch| workbook.undo_import(batch).unwrap());
    let reported = NewBatch { report: Some("{}"), quality: Some(50), ..batch(5) };
    workbook.record_failed_import(&reported, tieout_domain::Side::Ledger, "unreadable").unwrap();
    workbook.close().unwrap();
    desk
}

#[test]
fn raw_sql_cannot_bend_the_rules_of_imports() {
    let desk = desk_of_imports();
    let raw = desk.raw();
    raw.execute_batch("PRAGMA foreign_keys = ON").unwrap();
    for table in ["statement_lines", "ledger_entries"] {
        for column in ["fingerprint", "job_month", "job_site", "job_service", "job_quantity", "job_rate"] {
            let sql = format!("UPDATE {table} SET {column} = {column}");
            let error = raw.execute_batch(&sql).expect_err(&sql).to_string();
            assert!(error.contains("never changed"), "{sql}: {error}");
        }
        for (set, of, rule) in [
            ("state = 0", "300", "only a deleted record comes back"),
            ("deleted_at = 1, deleted_by = x'', deletion_reason = ''", "300", "a withdrawn record is not deleted"),
            ("deleted_at = 1, deleted_by = x'', deletion_reason = ''", "100", "CHECK"),
            ("state = 4, deleted_at = 1", "100", "CHECK"),
            ("state = 4, deleted_at = 1, deleted_by = x''", "100", "CHECK"),
            ("state = 0", "200", "CHECK"),
            ("deleted_at = NULL", "200", "CHECK"),
            ("deletion_reason = 'because'", "200", "a withdrawn record is not deleted"),
            ("deleted_at = deleted_at + 1", "200", "a withdrawn record is not deleted"),
            ("deleted_by = randomblob(16)", "200", "a withdrawn record is not deleted"),
        ] {
            let sql = format!("UPDATE {table} SET {set} WHERE amount = {of}");
            let error = raw.execute_batch(&sql).expect_err(&sql).to_string();
            assert!(error.contains(rule), "{sql}: {error}");
        }
    }
    for (sql, rule) in [
        ("UPDATE statement_lines SET clean_description = ''", "never changed"),
        ("UPDATE statement_lines SET extracted_references = 'RE-1'", "never changed"),
        ("UPDATE statement_lines SET remittance = 'RF18'", "never changed"),
        ("UPDATE statement_lines SET bank_code = 'NTRF'", "never changed"),
        ("UPDATE statements SET closing = 1", "never changed"),
        ("UPDATE statements SET number = '1'", "never changed"),
        ("UPDATE statements SET to_date = '2026-01-31'", "never changed"),
        ("UPDATE statements SET proof = 'running_balance', proved = 1, proved_of = 1", "never changed"),
        ("DELETE FROM statements", "never deleted"),
        ("UPDATE import_batches SET file_hash = zeroblob(32)", "never changed"),
        ("UPDATE import_batches SET source_path = '/'", "never changed"),
        ("UPDATE import_batches SET retry_of = id", "never changed"),
        ("UPDATE import_batches SET repetition = 1", "never changed"),
        ("UPDATE import_batches SET report = NULL WHERE report IS NOT NULL", "never changed"),
        ("UPDATE import_batches SET quality = 100 WHERE state = 'completed'", "never changed"),
        ("DELETE FROM import_batches", "never deleted"),
    ] {
        let error = raw.execute_batch(sql).expect_err(sql).to_string();
        assert!(error.contains(rule), "{sql}: {error}");
    }
}

#[test]
fn what_makes_no_sense_is_not_inserted_either() {
    let desk = desk_of_imports();
    let raw = desk.raw();
    let batch =
        "INSERT INTO import_batches (company_id, id, file_name, file_hash, side, format, mapping, state, imported_by,
         started_at, ended_at, quality, retry_of)
         SELECT company_id, randomblob(16), 'x', file_hash, side, format, mapping";
    let statement = "INSERT INTO statements (company_id, id, batch_id, account_id, currency, proof, proved, proved_of)
         SELECT company_id, randomblob(16), batch_id, account_id, currency";
    let line = "INSERT INTO statement_lines (company_id, id, statement_id, account_id, amount, currency, description,
         reference, counterparty, counterparty_account, record_id, file_account, source_row, fingerprint, raw, job_month,
         job_site, job_service, job_quantity)
         SELECT company_id, randomblob(16), statement_id, account_id, amount, currency, '', '', '', '', '', '', 1,
         fingerprint, ''";
    for (sql, rule) in [
        (format!("{batch}, 'pending', imported_by, 1, NULL, 101, NULL FROM import_batches LIMIT 1"), "CHECK"),
        (format!("{batch}, 'pending', imported_by, 1, NULL, -1, NULL FROM import_batches LIMIT 1"), "CHECK"),
        (
            format!(
                "{batch}, 'pending', imported_by, 1, NULL, 1, id FROM import_batches WHERE state = 'completed' LIMIT 1"
            ),
            "only a failed import",
        ),
        (
            format!(
                "{batch}, 'completed', imported_by, 1, 2, 1, NULL FROM import_batches WHERE state = 'completed' LIMIT 1"
            ),
            "UNIQUE",
        ),
        (format!("{statement}, 'guessed', 1, 1 FROM statements LIMIT 1"), "CHECK"),
        (format!("{statement}, 'none', NULL, NULL FROM statements LIMIT 1"), "CHECK"),
        (format!("{statement}, NULL, 1, 1 FROM statements LIMIT 1"), "CHECK"),
        (format!("{statement}, 'running_balance', 2, 1 FROM statements LIMIT 1"), "CHECK"),
        (format!("{line}, '2026-01-01', NULL, NULL, NULL FROM statement_lines LIMIT 1"), "CHECK"),
        (format!("{line}, '2026', 'North', '', NULL FROM statement_lines LIMIT 1"), "CHECK"),
        (format!("{line}, NULL, 'North', NULL, NULL FROM statement_lines LIMIT 1"), "CHECK"),
        (format!("{line}, NULL, NULL, NULL, '1' FROM statement_lines LIMIT 1"), "CHECK"),
    ] {
        let error = raw.execute_batch(&sql).expect_err(&sql).to_string();
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
             -- What full-text indexes consist of is SQLite's, and how far they are filled is no data.
             WHERE t.schema = 'main' AND t.type = 'table'
               AND t.name NOT IN ('companies', 'refinery_schema_history', 'search_progress')",
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
            "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0
             AND name NOT IN ('refinery_schema_history', 'sqlite_schema', 'sqlite_stat1', 'sqlite_stat4')",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(lax, 0, "every table is STRICT");
}
