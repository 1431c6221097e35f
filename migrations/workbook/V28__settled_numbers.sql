-- By which act a record was deleted is not changed while it is, and only a deleted record has one.
DROP TRIGGER statement_lines_deleted_once;
CREATE TRIGGER statement_lines_deleted_once BEFORE UPDATE OF deleted_at, deleted_by, deletion_reason, deletion_act ON statement_lines
WHEN OLD.state = 4 AND NEW.deleted_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'statement_lines: a withdrawn record is not deleted');
END;
CREATE TRIGGER statement_lines_deleted_by_an_act AFTER UPDATE OF deleted_at, deletion_act ON statement_lines
WHEN NEW.deletion_act IS NOT NULL AND (NEW.deleted_at IS NULL OR NOT EXISTS (
    SELECT 1 FROM acts WHERE company_id = NEW.company_id AND id = NEW.deletion_act))
BEGIN
    SELECT RAISE(ABORT, 'statement_lines: an act deletes, and only what is deleted has one');
END;
CREATE TRIGGER statement_lines_come_undeleted BEFORE INSERT ON statement_lines
WHEN NEW.deletion_act IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'statement_lines: a record is taken in before it is deleted');
END;

DROP TRIGGER ledger_entries_deleted_once;
CREATE TRIGGER ledger_entries_deleted_once BEFORE UPDATE OF deleted_at, deleted_by, deletion_reason, deletion_act ON ledger_entries
WHEN OLD.state = 4 AND NEW.deleted_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'ledger_entries: a withdrawn record is not deleted');
END;
CREATE TRIGGER ledger_entries_deleted_by_an_act AFTER UPDATE OF deleted_at, deletion_act ON ledger_entries
WHEN NEW.deletion_act IS NOT NULL AND (NEW.deleted_at IS NULL OR NOT EXISTS (
    SELECT 1 FROM acts WHERE company_id = NEW.company_id AND id = NEW.deletion_act))
BEGIN
    SELECT RAISE(ABORT, 'ledger_entries: an act deletes, and only what is deleted has one');
END;
CREATE TRIGGER ledger_entries_come_undeleted BEFORE INSERT ON ledger_entries
WHEN NEW.deletion_act IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'ledger_entries: a record is taken in before it is deleted');
END;

-- What was opened of a record that is deleted does not count, as in all other figures.
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
            UNION ALL SELECT e.company_id, date(e.opened_at / 1000, 'unixepoch', 'localtime'), 0, 0, 0, 0, 0, 0, 0, -1
                FROM statement_lines r JOIN exceptions e ON e.company_id = r.company_id AND e.line_id = r.id
                WHERE r.deleted_at IS NOT NULL
            UNION ALL SELECT e.company_id, date(e.opened_at / 1000, 'unixepoch', 'localtime'), 0, 0, 0, 0, 0, 0, 0, -1
                FROM ledger_entries r JOIN exceptions e ON e.company_id = r.company_id AND e.entry_id = r.id
                WHERE r.deleted_at IS NOT NULL
            UNION ALL SELECT company_id, date, 0, 0, 0, 0, 0, 0, 0, 0 FROM daily_tallies)
        GROUP BY company_id, date) d
    LEFT JOIN (SELECT company_id, min(date) AS since FROM daily_tallies GROUP BY company_id) k
        ON k.company_id = d.company_id)
ORDER BY company_id, date;

-- The proposal from which a note was carried on: it holds as long as that is pushed aside.
ALTER TABLE marks ADD COLUMN carried_from BLOB;
CREATE INDEX marks_carried ON marks (company_id, carried_from) WHERE carried_from IS NOT NULL;

-- Whether a document of this number is settled: the number in capitals, with nothing between letters and digits. The second
-- index has those few that are written with other characters.
CREATE INDEX ledger_entries_settled ON ledger_entries (company_id,
    upper(replace(replace(replace(replace(replace(number, '-', ''), ' ', ''), '/', ''), '.', ''), '_', '')))
    WHERE state = 2 AND number <> '';
CREATE INDEX ledger_entries_settled_oddly ON ledger_entries (company_id, number)
    WHERE state = 2 AND number GLOB '*[^-A-Za-z0-9 /._]*';

PRAGMA user_version = 28;
