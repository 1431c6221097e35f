-- Changed rates of jobs are watched too.
ALTER TABLE alert_settings ADD COLUMN rate_changes INTEGER NOT NULL DEFAULT 1 CHECK (rate_changes IN (0, 1));

-- A match by hand over proposals is one decision, and so is its undo: what it pushes aside was decided by nobody.
DROP VIEW v_daily_reconciliation_metrics;
CREATE VIEW v_daily_reconciliation_metrics AS
SELECT company_id, date, runs, lines_imported, entries_imported, approved_by_policy, approved_by_people, rejected, undone,
    exceptions_opened, unmatched + proposed + settled AS lines, settled AS lines_settled,
    CASE WHEN unmatched + proposed + settled > 0 THEN settled * 10000 / (unmatched + proposed + settled) END AS match_rate
FROM (
    SELECT d.*,
        CASE WHEN d.date >= k.since THEN ifnull((SELECT t.number FROM daily_tallies t WHERE t.company_id = d.company_id
            AND t.what = 'statement unmatched' AND t.date <= d.date ORDER BY t.date DESC LIMIT 1), 0) END AS unmatched,
        CASE WHEN d.date >= k.since THEN ifnull((SELECT t.number FROM daily_tallies t WHERE t.company_id = d.company_id
            AND t.what = 'statement proposed' AND t.date <= d.date ORDER BY t.date DESC LIMIT 1), 0) END AS proposed,
        CASE WHEN d.date >= k.since THEN ifnull((SELECT t.number FROM daily_tallies t WHERE t.company_id = d.company_id
            AND t.what = 'statement settled' AND t.date <= d.date ORDER BY t.date DESC LIMIT 1), 0) END AS settled
    FROM (
        SELECT company_id, date, sum(runs) AS runs, sum(lines_imported) AS lines_imported,
            sum(entries_imported) AS entries_imported, sum(approved_by_policy) AS approved_by_policy,
            sum(approved_by_people) AS approved_by_people, sum(rejected) AS rejected, sum(undone) AS undone,
            sum(exceptions_opened) AS exceptions_opened
        FROM (
            SELECT company_id, date(stored_at / 1000, 'unixepoch') AS date, 1 AS runs, 0 AS lines_imported,
                0 AS entries_imported, approved AS approved_by_policy, 0 AS approved_by_people, 0 AS rejected, 0 AS undone,
                0 AS exceptions_opened FROM runs
            UNION ALL SELECT company_id, date(resolved_at / 1000, 'unixepoch'), 0, 0, 0, 1, 0, 0, 0, 0
                FROM policy_resolutions WHERE run_id IS NULL AND match_id IS NOT NULL
            UNION ALL SELECT company_id, date(ended_at / 1000, 'unixepoch'), 0, iif(side = 'statement', added, 0),
                iif(side = 'ledger', added, 0), 0, 0, 0, 0, 0 FROM import_batches WHERE state = 'completed'
            UNION ALL SELECT company_id, date(decided_at / 1000, 'unixepoch'), 0, 0, 0, 0,
                verdict = 'approve', verdict = 'reject', verdict = 'undo', 0
                FROM decisions d WHERE user_id IS NOT NULL AND NOT (verdict = 'undo' AND EXISTS (
                    SELECT 1 FROM decisions o
                    WHERE o.company_id = d.company_id AND o.id = d.supersedes AND o.verdict = 'override'))
            UNION ALL SELECT company_id, date(opened_at / 1000, 'unixepoch'), 0, 0, 0, 0, 0, 0, 0, 1 FROM exceptions
            UNION ALL SELECT company_id, date, 0, 0, 0, 0, 0, 0, 0, 0 FROM daily_tallies)
        GROUP BY company_id, date) d
    LEFT JOIN (SELECT company_id, min(date) AS since FROM daily_tallies GROUP BY company_id) k
        ON k.company_id = d.company_id)
ORDER BY company_id, date;

PRAGMA user_version = 16;
