-- What a proof of balance and the overview ask after every decision is found without looking at all rows, and the view of
-- days counts them as people do.

-- Entries of which something is open, by their day: read without their rows.
CREATE INDEX ledger_entries_open ON ledger_entries (company_id, currency, date, amount, applied, id, state)
    WHERE state < 3 AND amount <> applied;

-- Matches whose lines are all dated later than the first of their entries (empty: an entry has no date): from that day on
-- until the day before the first of their lines, these entries were outstanding. Written with a match, whatever becomes
-- of it, and never changed, like its legs.
CREATE TABLE match_spans (
    company_id BLOB NOT NULL,
    settled_on TEXT NOT NULL CHECK (length(settled_on) = 10),
    open_from  TEXT NOT NULL CHECK (open_from < settled_on),
    match_id   BLOB NOT NULL,
    PRIMARY KEY (company_id, settled_on, open_from, match_id),
    FOREIGN KEY (company_id, match_id) REFERENCES matches (company_id, id)
) STRICT, WITHOUT ROWID;
INSERT INTO match_spans
SELECT company_id, settled_on, open_from, match_id FROM (
    SELECT l.company_id, l.match_id, min(iif(l.line_id IS NULL, NULL, ifnull(s.date, ''))) AS settled_on,
        min(iif(l.entry_id IS NULL, NULL, ifnull(e.date, ''))) AS open_from
    FROM match_legs l
    LEFT JOIN statement_lines s ON s.company_id = l.company_id AND s.id = l.line_id
    LEFT JOIN ledger_entries e ON e.company_id = l.company_id AND e.id = l.entry_id
    GROUP BY l.company_id, l.match_id)
WHERE open_from < settled_on ORDER BY company_id, settled_on, open_from, match_id;
CREATE TRIGGER match_spans_never_change BEFORE UPDATE ON match_spans
BEGIN
    SELECT RAISE(ABORT, 'match_spans: a match is replaced by another, never changed');
END;
CREATE TRIGGER match_spans_stay BEFORE DELETE ON match_spans
BEGIN
    SELECT RAISE(ABORT, 'match_spans: a match is superseded, never deleted');
END;

-- The cause that a record's exception tells, on the record itself; NULL: it has no exception. Kept by the triggers below,
-- so that what is of a cause, and thereby whose it is by the policy, is added up along an index.
ALTER TABLE statement_lines ADD COLUMN cause TEXT;
ALTER TABLE ledger_entries ADD COLUMN cause TEXT;
UPDATE statement_lines SET cause = e.cause FROM exceptions e
    WHERE e.line_id IS NOT NULL AND statement_lines.company_id = e.company_id AND statement_lines.id = e.line_id;
UPDATE ledger_entries SET cause = e.cause FROM exceptions e
    WHERE e.entry_id IS NOT NULL AND ledger_entries.company_id = e.company_id AND ledger_entries.id = e.entry_id;
CREATE TRIGGER exceptions_tell_their_cause AFTER INSERT ON exceptions
BEGIN
    UPDATE statement_lines SET cause = NEW.cause WHERE company_id = NEW.company_id AND id = NEW.line_id;
    UPDATE ledger_entries SET cause = NEW.cause WHERE company_id = NEW.company_id AND id = NEW.entry_id;
END;
CREATE TRIGGER exceptions_tell_another_cause AFTER UPDATE OF cause ON exceptions WHEN OLD.cause <> NEW.cause
BEGIN
    UPDATE statement_lines SET cause = NEW.cause WHERE company_id = NEW.company_id AND id = NEW.line_id;
    UPDATE ledger_entries SET cause = NEW.cause WHERE company_id = NEW.company_id AND id = NEW.entry_id;
END;
CREATE TRIGGER exceptions_take_their_cause_away AFTER DELETE ON exceptions
BEGIN
    UPDATE statement_lines SET cause = NULL WHERE company_id = OLD.company_id AND id = OLD.line_id;
    UPDATE ledger_entries SET cause = NULL WHERE company_id = OLD.company_id AND id = OLD.entry_id;
END;
CREATE INDEX statement_lines_by_cause ON statement_lines (company_id, cause, currency, amount, applied, state, accepted_by)
    WHERE state = 0 AND accepted_by IS NULL AND cause IS NOT NULL;
CREATE INDEX ledger_entries_by_cause ON ledger_entries (company_id, cause, currency, amount, applied, state, accepted_by)
    WHERE state = 0 AND accepted_by IS NULL AND cause IS NOT NULL;
CREATE INDEX matches_by_cause ON matches (company_id, cause, currency, lines, line_total, entry_total, status)
    WHERE status IN ('suggested', 'ambiguous');

-- Days are those of the machine that asks, as everywhere else. Written so that any program may ask.
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
            SELECT company_id, date(stored_at / 1000, 'unixepoch', 'localtime') AS date, 1 AS runs, 0 AS lines_imported,
                0 AS entries_imported, approved AS approved_by_policy, 0 AS approved_by_people, 0 AS rejected, 0 AS undone,
                0 AS exceptions_opened FROM runs
            UNION ALL SELECT company_id, date(resolved_at / 1000, 'unixepoch', 'localtime'), 0, 0, 0, 1, 0, 0, 0, 0
                FROM policy_resolutions WHERE run_id IS NULL AND match_id IS NOT NULL
            UNION ALL SELECT company_id, date(ended_at / 1000, 'unixepoch', 'localtime'), 0, iif(side = 'statement', added, 0),
                iif(side = 'ledger', added, 0), 0, 0, 0, 0, 0 FROM import_batches WHERE state = 'completed'
            UNION ALL SELECT company_id, date(decided_at / 1000, 'unixepoch', 'localtime'), 0, 0, 0, 0,
                verdict = 'approve', verdict = 'reject', verdict = 'undo', 0
                FROM decisions d WHERE user_id IS NOT NULL AND NOT (verdict = 'undo' AND EXISTS (
                    SELECT 1 FROM decisions o
                    WHERE o.company_id = d.company_id AND o.id = d.supersedes AND o.verdict = 'override'))
            UNION ALL SELECT company_id, date(opened_at / 1000, 'unixepoch', 'localtime'), 0, 0, 0, 0, 0, 0, 0, 1 FROM exceptions
            UNION ALL SELECT company_id, date, 0, 0, 0, 0, 0, 0, 0, 0 FROM daily_tallies)
        GROUP BY company_id, date) d
    LEFT JOIN (SELECT company_id, min(date) AS since FROM daily_tallies GROUP BY company_id) k
        ON k.company_id = d.company_id)
ORDER BY company_id, date;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('ledger_entries', 'ledger_entries_open', '100000 100000 50000 100 2 2 1 1'),
    ('match_spans', 'match_spans', '1000000 1000000 1000 50 1'),
    ('statement_lines', 'statement_lines_by_cause', '100000 100000 10000 5000 2 2 2 2'),
    ('ledger_entries', 'ledger_entries_by_cause', '100000 100000 10000 5000 2 2 2 2'),
    ('matches', 'matches_by_cause', '100000 100000 10000 5000 5000 2 2 2');
ANALYZE sqlite_schema;

PRAGMA user_version = 25;
