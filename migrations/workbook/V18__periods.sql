-- Periods of accounts: open, prepared, reviewed, locked; who signed what, and what was outstanding then.
--
-- periods.signature is the period_events row of kind 'prepared' by which its present content was signed; review and lock
-- sign the same content. period_items are the items outstanding at the last day as that signature says, of both sides.
-- Identifiers ascend, so that what has one after the signature's came after it.
--
-- Whatever changes a signed period goes through period_changes, whichever path it takes: where the period is prepared or
-- reviewed its signatures go at once, and the change that did it tells of it before it is committed; where it is locked the
-- change is refused. `watched` is 1 for signed periods, and until that was told; only such periods are in the indexes
-- that each changed record is looked up in.

CREATE TABLE periods (
    company_id  BLOB NOT NULL,
    id          BLOB NOT NULL CHECK (length(id) = 16),
    account_id  BLOB NOT NULL,
    currency    TEXT NOT NULL CHECK (length(currency) = 3),
    first_day   TEXT NOT NULL CHECK (length(first_day) = 10),
    last_day    TEXT NOT NULL CHECK (length(last_day) = 10),
    state       TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'prepared', 'reviewed', 'locked')),
    watched     INTEGER NOT NULL DEFAULT 0 CHECK (watched IN (0, 1)),
    signature   BLOB,
    content     BLOB CHECK (length(content) = 32),
    opening     INTEGER,
    closing     INTEGER,
    prepared_by BLOB,
    reviewed_by BLOB,
    locked_by   BLOB,
    to_reprove  INTEGER NOT NULL DEFAULT 0 CHECK (to_reprove IN (0, 1)),  -- an earlier period was reopened since
    reopen_by   BLOB,                                                     -- who asked for it to be reopened
    created_by  BLOB NOT NULL,
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (company_id, id),
    UNIQUE (company_id, account_id, first_day),
    FOREIGN KEY (company_id, account_id) REFERENCES accounts (company_id, id),
    FOREIGN KEY (company_id, prepared_by) REFERENCES users (company_id, id),
    FOREIGN KEY (company_id, reviewed_by) REFERENCES users (company_id, id),
    FOREIGN KEY (company_id, locked_by) REFERENCES users (company_id, id),
    FOREIGN KEY (company_id, reopen_by) REFERENCES users (company_id, id),
    FOREIGN KEY (company_id, created_by) REFERENCES users (company_id, id),
    CHECK (first_day <= last_day),
    CHECK ((state = 'open') = (signature IS NULL)),
    CHECK ((state = 'open') = (content IS NULL)),
    CHECK ((state = 'open') = (opening IS NULL)),
    CHECK ((state = 'open') = (closing IS NULL)),
    CHECK ((state = 'open') = (prepared_by IS NULL)),
    CHECK ((state IN ('reviewed', 'locked')) = (reviewed_by IS NOT NULL)),
    CHECK ((state = 'locked') = (locked_by IS NOT NULL)),
    CHECK (state = 'open' OR watched = 1),
    CHECK (to_reprove = 0 OR state <> 'open'),
    CHECK (reopen_by IS NULL OR state IN ('reviewed', 'locked'))
) STRICT;
-- Where a line is looked up, and where an entry is.
CREATE INDEX periods_watched ON periods (company_id, account_id, last_day, first_day) WHERE watched = 1;
CREATE INDEX periods_watched_by_currency ON periods (company_id, currency, last_day) WHERE watched = 1;

-- Who did what with a period. Rows are added, never changed.
CREATE TABLE period_events (
    company_id  BLOB NOT NULL,
    id          BLOB NOT NULL CHECK (length(id) = 16),
    period_id   BLOB NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('prepared', 'reviewed', 'locked', 'revoked', 'taken_back',
                                              'reopen_requested', 'reopened')),
    signature   BLOB NOT NULL,     -- of the content it is about; a preparation names itself
    user_id     BLOB NOT NULL,
    at          INTEGER NOT NULL,
    reason      TEXT NOT NULL,
    content     BLOB NOT NULL CHECK (length(content) = 32),
    figures     TEXT NOT NULL,     -- the proof as signed, canonical JSON
    single_user INTEGER NOT NULL CHECK (single_user IN (0, 1)),
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, period_id) REFERENCES periods (company_id, id),
    FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id),
    CHECK ((kind = 'prepared') = (signature = id)),
    CHECK (kind NOT IN ('taken_back', 'reopen_requested', 'reopened') OR trim(reason) <> '')
) STRICT;
CREATE INDEX period_events_by_period ON period_events (company_id, period_id, id);

-- The changes that took a period's signatures away: the first record of each kind, and how many there were.
CREATE TABLE period_causes (
    company_id BLOB NOT NULL,
    event_id   BLOB NOT NULL,
    change     TEXT NOT NULL,
    line_id    BLOB,
    entry_id   BLOB,
    records    INTEGER NOT NULL CHECK (records > 0),
    PRIMARY KEY (company_id, event_id, change),
    FOREIGN KEY (company_id, event_id) REFERENCES period_events (company_id, id),
    CHECK ((line_id IS NULL) <> (entry_id IS NULL))
) STRICT;

-- What was outstanding at a period's last day when it was prepared.
CREATE TABLE period_items (
    company_id BLOB NOT NULL,
    signature  BLOB NOT NULL,
    record_id  BLOB NOT NULL,
    side       TEXT NOT NULL CHECK (side IN ('statement', 'ledger')),
    rest       INTEGER NOT NULL CHECK (rest <> 0),
    PRIMARY KEY (company_id, signature, record_id),
    FOREIGN KEY (company_id, signature) REFERENCES period_events (company_id, id)
) STRICT, WITHOUT ROWID;

-- Changes of signed periods that the transaction under way has still to tell of.
CREATE TABLE period_changes (
    company_id  BLOB NOT NULL,
    period_id   BLOB NOT NULL,
    change      TEXT NOT NULL CHECK (change IN ('line_added', 'line_withdrawn', 'line_restored', 'line_matched',
        'line_unmatched', 'entry_added', 'entry_withdrawn', 'entries_matched', 'entries_unmatched', 'opening')),
    line_id     BLOB,
    entry_id    BLOB,
    records     INTEGER NOT NULL,
    signature   BLOB NOT NULL,
    content     BLOB NOT NULL,
    state       TEXT NOT NULL,
    PRIMARY KEY (company_id, period_id, change),
    FOREIGN KEY (company_id, period_id) REFERENCES periods (company_id, id)
) STRICT, WITHOUT ROWID;

-- An account's periods follow on one another.
CREATE TRIGGER periods_follow_on BEFORE INSERT ON periods
BEGIN
    SELECT RAISE(ABORT, 'periods: a period begins open') WHERE NEW.state <> 'open';
    SELECT RAISE(ABORT, 'periods: a period has two days of the calendar, the first no later than the last')
    WHERE date(NEW.first_day) IS NOT NEW.first_day OR date(NEW.last_day) IS NOT NEW.last_day
       OR NEW.first_day > NEW.last_day;
    SELECT RAISE(ABORT, 'periods: an account''s periods do not overlap and leave no day out')
    WHERE NEW.first_day <> (SELECT date(max(last_day), '+1 day') FROM periods
                            WHERE company_id = NEW.company_id AND account_id = NEW.account_id);
    SELECT RAISE(ABORT, 'periods: a period is in its account''s currency')
    WHERE NEW.currency <> (SELECT currency FROM accounts WHERE company_id = NEW.company_id AND id = NEW.account_id);
END;
CREATE TRIGGER periods_keep_their_days BEFORE UPDATE OF company_id, id, account_id, currency, first_day, last_day,
    created_by, created_at ON periods
BEGIN
    SELECT RAISE(ABORT, 'periods: a period keeps its account and its days');
END;
CREATE TRIGGER periods_stay BEFORE DELETE ON periods
BEGIN
    SELECT RAISE(ABORT, 'periods: only the last one goes, and only if it was never signed')
    WHERE EXISTS (SELECT 1 FROM period_events WHERE company_id = OLD.company_id AND period_id = OLD.id)
       OR EXISTS (SELECT 1 FROM periods p WHERE p.company_id = OLD.company_id AND p.account_id = OLD.account_id
                  AND p.first_day > OLD.first_day);
END;
CREATE TRIGGER periods_go_from_state_to_state BEFORE UPDATE OF state ON periods
WHEN NOT (OLD.state = NEW.state
       OR (OLD.state = 'open' AND NEW.state = 'prepared')
       OR (OLD.state = 'prepared' AND NEW.state IN ('reviewed', 'open'))
       OR (OLD.state = 'reviewed' AND NEW.state IN ('locked', 'open'))
       OR (OLD.state = 'locked' AND NEW.state = 'open'))
BEGIN
    SELECT RAISE(ABORT, 'periods: a period goes open, prepared, reviewed, locked, and back to open');
END;
CREATE TRIGGER periods_keep_what_was_signed
BEFORE UPDATE OF state, signature, content, opening, closing, prepared_by, reviewed_by, locked_by ON periods
WHEN OLD.state <> 'open' AND NEW.state <> 'open'
BEGIN
    SELECT RAISE(ABORT, 'periods: what was signed is never changed')
    WHERE NEW.signature <> OLD.signature OR NEW.content <> OLD.content OR NEW.opening <> OLD.opening
       OR NEW.closing <> OLD.closing OR NEW.prepared_by <> OLD.prepared_by
       OR NEW.reviewed_by <> OLD.reviewed_by OR NEW.locked_by <> OLD.locked_by;
END;
CREATE TRIGGER periods_are_prepared_by_a_signature BEFORE UPDATE OF state ON periods
WHEN OLD.state = 'open' AND NEW.state = 'prepared'
BEGIN
    SELECT RAISE(ABORT, 'periods: a prepared period names who signed which content')
    WHERE NOT EXISTS (SELECT 1 FROM period_events e
                      WHERE e.company_id = NEW.company_id AND e.id = NEW.signature AND e.period_id = NEW.id
                        AND e.kind = 'prepared' AND e.user_id = NEW.prepared_by AND e.content = NEW.content);
END;
CREATE TRIGGER periods_have_a_second_person BEFORE UPDATE OF state, reviewed_by ON periods
WHEN NEW.state IN ('reviewed', 'locked') AND NEW.reviewed_by = NEW.prepared_by
BEGIN
    SELECT RAISE(ABORT, 'periods: who prepared a period cannot sign it off')
    WHERE NOT EXISTS (SELECT 1 FROM companies WHERE id = NEW.company_id AND single_user = 1);
END;
CREATE TRIGGER periods_are_locked_when_proved BEFORE UPDATE OF state ON periods
WHEN NEW.state = 'locked' AND OLD.state <> 'locked' AND NEW.to_reprove = 1
BEGIN
    SELECT RAISE(ABORT, 'periods: the period before this one is to be signed anew first');
END;
CREATE TRIGGER periods_are_unlocked_by_two BEFORE UPDATE OF state ON periods
WHEN OLD.state = 'locked' AND NEW.state = 'open'
BEGIN
    SELECT RAISE(ABORT, 'periods: a locked period is reopened by a second person')
    WHERE NOT EXISTS (SELECT 1 FROM period_events e
                      WHERE e.company_id = OLD.company_id AND e.period_id = OLD.id AND e.kind = 'reopened'
                        AND e.signature = OLD.signature);
END;
-- What follows on a period that is open again is to be proved again.
CREATE TRIGGER periods_lean_on_those_before AFTER UPDATE OF state ON periods
WHEN NEW.state = 'open' AND OLD.state <> 'open'
BEGIN
    UPDATE periods SET to_reprove = 1
    WHERE company_id = NEW.company_id AND account_id = NEW.account_id AND first_day > NEW.first_day AND state <> 'open';
END;

CREATE TRIGGER period_events_by_another BEFORE INSERT ON period_events
WHEN NEW.kind IN ('reviewed', 'reopened')
BEGIN
    SELECT RAISE(ABORT, 'period_events: a second person signs off, and a second person reopens')
    WHERE NOT EXISTS (SELECT 1 FROM companies WHERE id = NEW.company_id AND single_user = 1)
      AND NEW.user_id IS (SELECT CASE NEW.kind WHEN 'reviewed' THEN prepared_by ELSE reopen_by END FROM periods
                          WHERE company_id = NEW.company_id AND id = NEW.period_id);
    SELECT RAISE(ABORT, 'period_events: nobody asked for the period to be reopened')
    WHERE NEW.kind = 'reopened'
      AND NOT EXISTS (SELECT 1 FROM periods WHERE company_id = NEW.company_id AND id = NEW.period_id
                      AND reopen_by IS NOT NULL);
END;
CREATE TRIGGER period_events_never_change BEFORE UPDATE ON period_events
BEGIN
    SELECT RAISE(ABORT, 'period_events are append-only');
END;
CREATE TRIGGER period_events_stay BEFORE DELETE ON period_events
BEGIN
    SELECT RAISE(ABORT, 'period_events are append-only');
END;
CREATE TRIGGER period_causes_never_change BEFORE UPDATE ON period_causes
BEGIN
    SELECT RAISE(ABORT, 'period_causes are append-only');
END;
CREATE TRIGGER period_causes_stay BEFORE DELETE ON period_causes
BEGIN
    SELECT RAISE(ABORT, 'period_causes are append-only');
END;
CREATE TRIGGER period_items_are_of_a_new_signature BEFORE INSERT ON period_items
WHEN EXISTS (SELECT 1 FROM periods WHERE company_id = NEW.company_id AND signature = NEW.signature)
BEGIN
    SELECT RAISE(ABORT, 'period_items: nothing is added to what was signed');
END;
CREATE TRIGGER period_items_never_change BEFORE UPDATE ON period_items
BEGIN
    SELECT RAISE(ABORT, 'period_items: what was signed is never changed');
END;
CREATE TRIGGER period_items_stay BEFORE DELETE ON period_items
BEGIN
    SELECT RAISE(ABORT, 'period_items: what was signed is never changed');
END;

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

-- The triggers on records, matches and decisions that add to period_changes are made with the first signature of a
-- workbook and go with the last, so that where nothing is signed no row pays for them: see the workbook crate,
-- periods/watch.sql.

-- The content of a period names the content of each approved match: read along the index, not from a page a match.
DROP INDEX matches_approved;
CREATE INDEX matches_approved ON matches (company_id, id, line_total, entry_total, content) WHERE status = 'approved';

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('matches', 'matches_approved', '1000000 1000000 1 1 1 1'),
    ('periods', 'sqlite_autoindex_periods_1', '100 100 1'),
    ('periods', 'sqlite_autoindex_periods_2', '100 100 12 1'),
    ('periods', 'periods_watched', '20 20 2 1 1'),
    ('periods', 'periods_watched_by_currency', '20 20 10 1'),
    ('period_events', 'sqlite_autoindex_period_events_1', '500 500 1'),
    ('period_events', 'period_events_by_period', '500 500 5 1'),
    ('period_causes', 'sqlite_autoindex_period_causes_1', '100 100 2 1'),
    ('period_items', 'period_items', '100000 100000 1000 1'),
    ('period_changes', 'period_changes', '2 2 1 1');
ANALYZE sqlite_schema;

PRAGMA user_version = 18;
