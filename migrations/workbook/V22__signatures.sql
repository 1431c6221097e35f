-- Signatures of periods: under whose name each was given, and every change of what they stand for.

-- The name as it was then: people are renamed, signatures are not.
ALTER TABLE period_events ADD COLUMN name TEXT NOT NULL DEFAULT '';
DROP TRIGGER period_events_never_change;
WITH told AS MATERIALIZED (
    SELECT company_id, at, action, min(actor) AS actor FROM audit_events WHERE action LIKE 'period.%' GROUP BY 1, 2, 3)
UPDATE period_events SET name = ifnull(
    (SELECT actor FROM told WHERE told.company_id = period_events.company_id AND told.at = period_events.at
                              AND told.action = 'period.' || period_events.kind),
    (SELECT u.name FROM users u WHERE u.company_id = period_events.company_id AND u.id = period_events.user_id));
CREATE TRIGGER period_events_never_change BEFORE UPDATE ON period_events
BEGIN
    SELECT RAISE(ABORT, 'period_events are append-only');
END;
CREATE TRIGGER period_events_name_who_did_it BEFORE INSERT ON period_events
WHEN trim(NEW.name) = ''
BEGIN
    SELECT RAISE(ABORT, 'period_events: whoever did it is named');
END;

-- The triggers that watch signed periods are made anew when the file is opened: see the workbook crate,
-- periods/watch.sql.
DROP TRIGGER IF EXISTS statement_lines_come_into_a_signed_period;
DROP TRIGGER IF EXISTS statement_lines_change_a_signed_period;
DROP TRIGGER IF EXISTS decisions_keep_locked_periods;
DROP TRIGGER IF EXISTS ledger_entries_come_into_a_signed_period;
DROP TRIGGER IF EXISTS ledger_entries_change_a_signed_period;
DROP TRIGGER IF EXISTS matches_of_entries_come_into_a_signed_period;
DROP TRIGGER IF EXISTS matches_of_entries_change_a_signed_period;

-- What the bank states may change too, and a change of a balance names no record.
CREATE TABLE period_changes_kept AS SELECT * FROM period_changes;
DROP TABLE period_changes;
CREATE TABLE period_changes (
    company_id  BLOB NOT NULL,
    period_id   BLOB NOT NULL,
    change      TEXT NOT NULL CHECK (change IN ('line_added', 'line_withdrawn', 'line_restored', 'line_matched',
        'line_unmatched', 'entry_added', 'entry_withdrawn', 'entries_matched', 'entries_unmatched', 'opening', 'balance')),
    line_id     BLOB,
    entry_id    BLOB,
    records     INTEGER NOT NULL,
    signature   BLOB NOT NULL,
    content     BLOB NOT NULL,
    state       TEXT NOT NULL,
    PRIMARY KEY (company_id, period_id, change),
    FOREIGN KEY (company_id, period_id) REFERENCES periods (company_id, id)
) STRICT, WITHOUT ROWID;
INSERT INTO period_changes SELECT * FROM period_changes_kept;
DROP TABLE period_changes_kept;

-- A change of a locked period is refused; the parts of the message are for the program, which makes a sentence of them.
CREATE TRIGGER period_changes_of_locked_ones BEFORE INSERT ON period_changes
WHEN EXISTS (SELECT 1 FROM periods WHERE company_id = NEW.company_id AND id = NEW.period_id AND state = 'locked')
BEGIN
    SELECT RAISE(ABORT, 'period locked|' || iif(NEW.line_id IS NULL, 'entry', 'line')
                        || '|' || hex(ifnull(NEW.line_id, NEW.entry_id)) || '|' || ifnull(ifnull(l.date, e.date), '')
                        || '|' || ifnull(l.amount, e.amount) || '|' || ifnull(l.currency, e.currency)
                        || '|' || p.first_day || '|' || p.last_day || '|' || a.name)
    FROM periods p JOIN accounts a ON a.company_id = p.company_id AND a.id = p.account_id
    LEFT JOIN statement_lines l ON l.company_id = p.company_id AND l.id = NEW.line_id
    LEFT JOIN ledger_entries e ON e.company_id = p.company_id AND e.id = NEW.entry_id
    WHERE p.company_id = NEW.company_id AND p.id = NEW.period_id;
END;
-- Else its signatures go at once.
CREATE TRIGGER period_changes_take_signatures_away AFTER INSERT ON period_changes
BEGIN
    UPDATE periods SET state = 'open', signature = NULL, content = NULL, opening = NULL, closing = NULL,
        prepared_by = NULL, reviewed_by = NULL, to_reprove = 0, reopen_by = NULL
    WHERE company_id = NEW.company_id AND id = NEW.period_id AND state IN ('prepared', 'reviewed');
END;

CREATE TABLE period_causes_kept AS SELECT * FROM period_causes;
DROP TABLE period_causes;
CREATE TABLE period_causes (
    company_id BLOB NOT NULL,
    event_id   BLOB NOT NULL,
    change     TEXT NOT NULL,
    line_id    BLOB,
    entry_id   BLOB,
    records    INTEGER NOT NULL CHECK (records > 0),
    PRIMARY KEY (company_id, event_id, change),
    FOREIGN KEY (company_id, event_id) REFERENCES period_events (company_id, id),
    CHECK (line_id IS NULL OR entry_id IS NULL),
    CHECK ((line_id IS NULL AND entry_id IS NULL) = (change IN ('opening', 'balance')))
) STRICT;
INSERT INTO period_causes SELECT * FROM period_causes_kept;
DROP TABLE period_causes_kept;
CREATE TRIGGER period_causes_never_change BEFORE UPDATE ON period_causes
BEGIN
    SELECT RAISE(ABORT, 'period_causes are append-only');
END;
CREATE TRIGGER period_causes_stay BEFORE DELETE ON period_causes
BEGIN
    SELECT RAISE(ABORT, 'period_causes are append-only');
END;

-- Periods that can still lose their signatures: few, however many are locked. Each approved match is looked up here.
CREATE INDEX periods_under_way ON periods (company_id, currency, last_day) WHERE watched = 1 AND state <> 'locked';

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('periods', 'periods_under_way', '4 4 2 1'),
    ('period_causes', 'sqlite_autoindex_period_causes_1', '100 100 2 1'),
    ('period_changes', 'period_changes', '2 2 1 1');
ANALYZE sqlite_schema;

PRAGMA user_version = 22;
