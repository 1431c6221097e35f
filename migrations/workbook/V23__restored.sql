-- Records that are deleted or restored are so by an act, to be taken back and done again like any other; and a request to
-- reopen a period may be declined, or withdrawn.

-- Tables that others point to are made anew: whatever points to them finds its row again before the end.
PRAGMA defer_foreign_keys = ON;

CREATE TABLE acts_kept AS SELECT * FROM acts;
DROP TABLE acts;
CREATE TABLE acts (
    company_id BLOB NOT NULL REFERENCES companies (id),
    id         BLOB NOT NULL CHECK (length(id) = 16),
    kind       TEXT NOT NULL CHECK (kind IN ('approve', 'reject', 'match', 'take_back', 'assign', 'snooze', 'timing',
                                             'comment', 'evidence', 'delete', 'restore')),
    title      TEXT NOT NULL,                       -- whom it is about, as its list shows it
    items      INTEGER NOT NULL CHECK (items > 0),  -- matches or records it is about
    amount     INTEGER,                             -- what they come to, where it is one currency …
    currency   TEXT CHECK (length(currency) = 3),   -- … which this is
    user_id    BLOB NOT NULL,
    done_at    INTEGER NOT NULL,
    standing   INTEGER NOT NULL DEFAULT 1 CHECK (standing IN (0, 1)),
    turned_by  BLOB,                                -- the newest turn
    redoable   INTEGER NOT NULL DEFAULT 0 CHECK (redoable IN (0, 1)),  -- its user did nothing new since it was taken back
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id),
    CHECK (standing = 0 OR redoable = 0),
    CHECK ((amount IS NULL) = (currency IS NULL))
) STRICT;
INSERT INTO acts SELECT * FROM acts_kept;
DROP TABLE acts_kept;
CREATE INDEX acts_to_undo ON acts (company_id, user_id, id) WHERE standing = 1;
CREATE INDEX acts_to_redo ON acts (company_id, user_id, turned_by) WHERE redoable = 1;
CREATE TRIGGER acts_keep_their_content BEFORE UPDATE OF company_id, id, kind, title, items, amount, currency, user_id,
    done_at ON acts
BEGIN
    SELECT RAISE(ABORT, 'acts: what was done is never changed');
END;
CREATE TRIGGER acts_stay BEFORE DELETE ON acts
BEGIN
    SELECT RAISE(ABORT, 'acts: an act is taken back, never deleted');
END;
CREATE TRIGGER acts_begin_standing BEFORE INSERT ON acts
WHEN NEW.standing <> 1 OR NEW.turned_by IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'acts: what was just done stands');
END;
-- Whether an act stands, by which turn, and whether it can be done again, are one: none is changed without the others.
CREATE TRIGGER acts_stand_as_turned BEFORE UPDATE OF standing, turned_by, redoable ON acts
WHEN NEW.standing <> OLD.standing OR NEW.turned_by IS NOT OLD.turned_by OR NEW.redoable > OLD.redoable
BEGIN
    SELECT RAISE(ABORT, 'acts: an act is taken back, or done again, by a turn')
    WHERE NEW.standing = OLD.standing
       OR NOT EXISTS (SELECT 1 FROM act_turns WHERE company_id = NEW.company_id AND id = NEW.turned_by
                        AND act_id = NEW.id AND turn = iif(NEW.standing = 1, 'redo', 'undo')
                        AND id > ifnull(OLD.turned_by, x''));
END;
CREATE TRIGGER act_turns_are_by_whoever_did_it BEFORE INSERT ON act_turns
BEGIN
    SELECT RAISE(ABORT, 'act_turns: an act is turned by whoever did it')
    WHERE NEW.user_id IS NOT (SELECT user_id FROM acts WHERE company_id = NEW.company_id AND id = NEW.act_id);
END;

-- The records that an act deleted or restored, and the deletion it made or took back: its act, who, when and why.
-- `deletion` is none where the record was deleted before deletions were acts.
CREATE TABLE act_records (
    company_id BLOB NOT NULL,
    act_id     BLOB NOT NULL,
    line_id    BLOB,
    entry_id   BLOB,
    deletion   BLOB,
    deleted_at INTEGER NOT NULL,
    deleted_by BLOB NOT NULL,
    reason     TEXT NOT NULL,
    FOREIGN KEY (company_id, act_id) REFERENCES acts (company_id, id),
    FOREIGN KEY (company_id, line_id) REFERENCES statement_lines (company_id, id),
    FOREIGN KEY (company_id, entry_id) REFERENCES ledger_entries (company_id, id),
    FOREIGN KEY (company_id, deletion) REFERENCES acts (company_id, id),
    FOREIGN KEY (company_id, deleted_by) REFERENCES users (company_id, id),
    CHECK ((line_id IS NULL) <> (entry_id IS NULL))
) STRICT;
CREATE INDEX act_records_by_act ON act_records (company_id, act_id);
CREATE UNIQUE INDEX act_records_by_line ON act_records (company_id, line_id, act_id) WHERE line_id IS NOT NULL;
CREATE UNIQUE INDEX act_records_by_entry ON act_records (company_id, entry_id, act_id) WHERE entry_id IS NOT NULL;
CREATE TRIGGER act_records_never_change BEFORE UPDATE ON act_records
BEGIN
    SELECT RAISE(ABORT, 'act_records are append-only');
END;
CREATE TRIGGER act_records_stay BEFORE DELETE ON act_records
BEGIN
    SELECT RAISE(ABORT, 'act_records are append-only');
END;

-- The act by which a record is deleted.
ALTER TABLE statement_lines ADD COLUMN deletion_act BLOB;
ALTER TABLE ledger_entries ADD COLUMN deletion_act BLOB;

CREATE TABLE period_events_kept AS SELECT * FROM period_events;
DROP TABLE period_events;
CREATE TABLE period_events (
    company_id  BLOB NOT NULL,
    id          BLOB NOT NULL CHECK (length(id) = 16),
    period_id   BLOB NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('prepared', 'reviewed', 'locked', 'revoked', 'taken_back',
                                              'reopen_requested', 'reopened', 'reopen_declined', 'reopen_withdrawn')),
    signature   BLOB NOT NULL,     -- of the content it is about; a preparation names itself
    user_id     BLOB NOT NULL,
    at          INTEGER NOT NULL,
    reason      TEXT NOT NULL,
    content     BLOB NOT NULL CHECK (length(content) = 32),
    figures     TEXT NOT NULL,     -- the proof as signed, canonical JSON
    single_user INTEGER NOT NULL CHECK (single_user IN (0, 1)),
    name        TEXT NOT NULL DEFAULT '',  -- the name as it was then: people are renamed, signatures are not
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, period_id) REFERENCES periods (company_id, id),
    FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id),
    CHECK ((kind = 'prepared') = (signature = id)),
    CHECK (kind NOT IN ('taken_back', 'reopen_requested', 'reopened', 'reopen_declined') OR trim(reason) <> '')
) STRICT;
INSERT INTO period_events SELECT * FROM period_events_kept;
DROP TABLE period_events_kept;
CREATE INDEX period_events_by_period ON period_events (company_id, period_id, id);
CREATE TRIGGER period_events_by_another BEFORE INSERT ON period_events
WHEN NEW.kind IN ('reviewed', 'reopened', 'reopen_declined')
BEGIN
    SELECT RAISE(ABORT, 'period_events: a second person signs off, and a second person reopens or declines')
    WHERE NOT EXISTS (SELECT 1 FROM companies WHERE id = NEW.company_id AND single_user = 1)
      AND NEW.user_id IS (SELECT CASE NEW.kind WHEN 'reviewed' THEN prepared_by ELSE reopen_by END FROM periods
                          WHERE company_id = NEW.company_id AND id = NEW.period_id);
END;
CREATE TRIGGER period_events_answer_a_request BEFORE INSERT ON period_events
WHEN NEW.kind IN ('reopened', 'reopen_declined', 'reopen_withdrawn')
BEGIN
    SELECT RAISE(ABORT, 'period_events: nobody asked for the period to be reopened')
    WHERE NOT EXISTS (SELECT 1 FROM periods WHERE company_id = NEW.company_id AND id = NEW.period_id
                      AND reopen_by IS NOT NULL AND signature = NEW.signature);
    SELECT RAISE(ABORT, 'period_events: whoever asked for it withdraws it')
    WHERE NEW.kind = 'reopen_withdrawn'
      AND NEW.user_id IS NOT (SELECT reopen_by FROM periods WHERE company_id = NEW.company_id AND id = NEW.period_id);
END;
CREATE TRIGGER period_events_never_change BEFORE UPDATE ON period_events
BEGIN
    SELECT RAISE(ABORT, 'period_events are append-only');
END;
CREATE TRIGGER period_events_stay BEFORE DELETE ON period_events
BEGIN
    SELECT RAISE(ABORT, 'period_events are append-only');
END;
CREATE TRIGGER period_events_name_who_did_it BEFORE INSERT ON period_events
WHEN trim(NEW.name) = ''
BEGIN
    SELECT RAISE(ABORT, 'period_events: whoever did it is named');
END;
-- A request goes by an answer to it, the newest thing that happened to the period, or by another one; or with the state it
-- was about.
CREATE TRIGGER periods_keep_a_request_until_it_is_answered BEFORE UPDATE OF reopen_by ON periods
WHEN OLD.reopen_by IS NOT NULL AND NEW.reopen_by IS NOT OLD.reopen_by AND NEW.state = OLD.state
BEGIN
    SELECT RAISE(ABORT, 'periods: a request to reopen is declined by a second person, or withdrawn by whoever asked')
    WHERE NOT EXISTS (
        SELECT 1 FROM (SELECT kind, user_id FROM period_events WHERE company_id = OLD.company_id AND period_id = OLD.id
                       ORDER BY id DESC LIMIT 1)
        WHERE iif(NEW.reopen_by IS NULL, kind IN ('reopen_declined', 'reopen_withdrawn'),
                  kind = 'reopen_requested' AND user_id = NEW.reopen_by));
END;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('acts', 'sqlite_autoindex_acts_1', '100000 100000 1'),
    ('acts', 'acts_to_undo', '100000 100000 20000 1'),
    ('acts', 'acts_to_redo', '100 100 20 1'),
    ('act_records', 'act_records_by_act', '1000 1000 2'),
    ('act_records', 'act_records_by_line', '600 600 1 1'),
    ('act_records', 'act_records_by_entry', '400 400 1 1'),
    ('period_events', 'sqlite_autoindex_period_events_1', '500 500 1'),
    ('period_events', 'period_events_by_period', '500 500 5 1');
ANALYZE sqlite_schema;

PRAGMA user_version = 23;
