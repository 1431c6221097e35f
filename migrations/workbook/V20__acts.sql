-- What people do, each act to be taken back and done again, in any number and after a restart; and what they note on
-- records and matches: who looks after it, until when it is snoozed, when it is expected, comments and evidence.

-- An act is what one key press did: decisions (which name it as act_id) or marks. Whether it stands changes by turns.
CREATE TABLE acts (
    company_id BLOB NOT NULL REFERENCES companies (id),
    id         BLOB NOT NULL CHECK (length(id) = 16),
    kind       TEXT NOT NULL CHECK (kind IN ('approve', 'reject', 'match', 'take_back', 'assign', 'snooze', 'timing',
                                             'comment', 'evidence')),
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
CREATE INDEX acts_to_undo ON acts (company_id, user_id, id) WHERE standing = 1;
CREATE INDEX acts_to_redo ON acts (company_id, user_id, turned_by) WHERE redoable = 1;

-- Taking an act back, and doing it again: rows are added, never changed.
CREATE TABLE act_turns (
    company_id BLOB NOT NULL,
    id         BLOB NOT NULL CHECK (length(id) = 16),
    act_id     BLOB NOT NULL,
    turn       TEXT NOT NULL CHECK (turn IN ('undo', 'redo')),
    user_id    BLOB NOT NULL,
    turned_at  INTEGER NOT NULL,
    reason     TEXT NOT NULL,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, act_id) REFERENCES acts (company_id, id),
    FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id)
) STRICT;
CREATE INDEX act_turns_by_act ON act_turns (company_id, act_id);

CREATE TRIGGER acts_keep_their_content BEFORE UPDATE OF company_id, id, kind, title, items, amount, currency, user_id,
    done_at ON acts
BEGIN
    SELECT RAISE(ABORT, 'acts: what was done is never changed');
END;
CREATE TRIGGER acts_stay BEFORE DELETE ON acts
BEGIN
    SELECT RAISE(ABORT, 'acts: an act is taken back, never deleted');
END;
CREATE TRIGGER acts_stand_as_turned BEFORE UPDATE OF standing ON acts
WHEN NEW.standing <> OLD.standing
BEGIN
    SELECT RAISE(ABORT, 'acts: an act is taken back, or done again, by a turn')
    WHERE NOT EXISTS (SELECT 1 FROM act_turns WHERE company_id = NEW.company_id AND id = NEW.turned_by
                        AND act_id = NEW.id AND turn = iif(NEW.standing = 1, 'redo', 'undo'));
END;
CREATE TRIGGER act_turns_never_change BEFORE UPDATE ON act_turns
BEGIN
    SELECT RAISE(ABORT, 'act_turns are append-only');
END;
CREATE TRIGGER act_turns_stay BEFORE DELETE ON act_turns
BEGIN
    SELECT RAISE(ABORT, 'act_turns are append-only');
END;

-- What people decided before acts were kept. Of a match by hand the overridden proposals do not count as items.
INSERT INTO acts (company_id, id, kind, title, items, amount, currency, user_id, done_at, standing)
SELECT company_id, act_id, iif(min(by_hand), 'match', min(verdict)), iif(count(*) = 1, min(title), ''), count(*),
    iif(min(currency) = max(currency), sum(amount), NULL), iif(min(currency) = max(currency), min(currency), NULL),
    user_id, min(decided_at), max(stands)
FROM (
    SELECT d.company_id, d.act_id, d.verdict, d.user_id, d.decided_at, m.title, m.run_id IS NULL AS by_hand, m.currency,
        iif(m.lines > 0, m.line_total, m.entry_total) AS amount,
        NOT EXISTS (SELECT 1 FROM decisions u WHERE u.company_id = d.company_id AND u.supersedes = d.id) AS stands
    FROM decisions d JOIN matches m ON m.company_id = d.company_id AND m.id = d.match_id
    WHERE d.user_id IS NOT NULL AND d.verdict IN ('approve', 'reject'))
GROUP BY company_id, act_id;

-- A file that speaks for a record or a match, kept whole. One file is kept once.
CREATE TABLE evidence_files (
    company_id BLOB NOT NULL REFERENCES companies (id),
    hash       BLOB NOT NULL CHECK (length(hash) = 32),
    content    BLOB NOT NULL CHECK (length(content) > 0),
    PRIMARY KEY (company_id, hash)
) STRICT;
CREATE TRIGGER evidence_files_never_change BEFORE UPDATE ON evidence_files
BEGIN
    SELECT RAISE(ABORT, 'evidence_files are append-only');
END;
CREATE TRIGGER evidence_files_stay BEFORE DELETE ON evidence_files
BEGIN
    SELECT RAISE(ABORT, 'evidence_files are append-only');
END;

-- What an act notes on a record or a match.
--   owner     text: who looks after it; empty: nobody
--   snooze    date: the queue does not list it before; NULL: it does
--   timing    date: a difference in time, settled by then, and why (text); NULL: no such difference
--   comment   text
--   evidence  file, text: its name
CREATE TABLE marks (
    company_id BLOB NOT NULL,
    id         BLOB NOT NULL CHECK (length(id) = 16),
    act_id     BLOB NOT NULL,
    line_id    BLOB,
    entry_id   BLOB,
    match_id   BLOB,
    kind       TEXT NOT NULL CHECK (kind IN ('owner', 'snooze', 'timing', 'comment', 'evidence')),
    text       TEXT NOT NULL,
    date       TEXT CHECK (length(date) = 10),
    file       BLOB,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, act_id) REFERENCES acts (company_id, id),
    FOREIGN KEY (company_id, line_id) REFERENCES statement_lines (company_id, id),
    FOREIGN KEY (company_id, entry_id) REFERENCES ledger_entries (company_id, id),
    FOREIGN KEY (company_id, match_id) REFERENCES matches (company_id, id),
    FOREIGN KEY (company_id, file) REFERENCES evidence_files (company_id, hash),
    CHECK ((line_id IS NOT NULL) + (entry_id IS NOT NULL) + (match_id IS NOT NULL) = 1),
    CHECK ((kind = 'evidence') = (file IS NOT NULL)),
    CHECK (date IS NULL OR kind IN ('snooze', 'timing')),
    CHECK (kind NOT IN ('comment', 'evidence') OR trim(text) <> '')
) STRICT;
CREATE INDEX marks_by_line ON marks (company_id, line_id, kind, id) WHERE line_id IS NOT NULL;
CREATE INDEX marks_by_entry ON marks (company_id, entry_id, kind, id) WHERE entry_id IS NOT NULL;
CREATE INDEX marks_by_match ON marks (company_id, match_id, kind, id) WHERE match_id IS NOT NULL;
CREATE INDEX marks_by_act ON marks (company_id, act_id);
CREATE TRIGGER marks_never_change BEFORE UPDATE ON marks
BEGIN
    SELECT RAISE(ABORT, 'marks are append-only');
END;
CREATE TRIGGER marks_stay BEFORE DELETE ON marks
BEGIN
    SELECT RAISE(ABORT, 'marks are append-only');
END;

-- What the standing marks come to, for lists: derived, one row for each subject that has any.
CREATE TABLE marked (
    company_id BLOB NOT NULL,
    line_id    BLOB,
    entry_id   BLOB,
    match_id   BLOB,
    owner      TEXT CHECK (trim(owner) <> ''),
    snoozed_until TEXT CHECK (length(snoozed_until) = 10),
    expected_on TEXT CHECK (length(expected_on) = 10),
    hidden_until TEXT GENERATED ALWAYS AS (max(ifnull(snoozed_until, ''), ifnull(expected_on, ''))) VIRTUAL,
    comments   INTEGER NOT NULL DEFAULT 0 CHECK (comments >= 0),
    evidence   INTEGER NOT NULL DEFAULT 0 CHECK (evidence >= 0),
    FOREIGN KEY (company_id, line_id) REFERENCES statement_lines (company_id, id),
    FOREIGN KEY (company_id, entry_id) REFERENCES ledger_entries (company_id, id),
    FOREIGN KEY (company_id, match_id) REFERENCES matches (company_id, id),
    CHECK ((line_id IS NOT NULL) + (entry_id IS NOT NULL) + (match_id IS NOT NULL) = 1)
) STRICT;
CREATE UNIQUE INDEX marked_by_line ON marked (company_id, line_id) WHERE line_id IS NOT NULL;
CREATE UNIQUE INDEX marked_by_entry ON marked (company_id, entry_id) WHERE entry_id IS NOT NULL;
CREATE UNIQUE INDEX marked_by_match ON marked (company_id, match_id) WHERE match_id IS NOT NULL;
CREATE INDEX marked_hidden ON marked (company_id, hidden_until) WHERE hidden_until <> '';

-- The account of the books that an adjustment is posted to, where a person chose one, and the text of that posting.
ALTER TABLE match_adjustments ADD COLUMN account TEXT CHECK (trim(account) <> '');
ALTER TABLE match_adjustments ADD COLUMN posting_text TEXT NOT NULL DEFAULT '';

-- Owners that people gave to records so far, each an act of its own at the time it was given (UUIDv7 of that time).
CREATE TEMP TABLE given AS
SELECT company_id, line_id, entry_id, owner, assigned_by, assigned_at,
    unhex(printf('%012x', assigned_at) || '7' || substr(hex(randomblob(2)), 2) || '8' || substr(hex(randomblob(2)), 2)
          || hex(randomblob(6))) AS id
FROM record_owners;
INSERT INTO acts (company_id, id, kind, title, items, user_id, done_at)
    SELECT company_id, id, 'assign', '', 1, assigned_by, assigned_at FROM given;
INSERT INTO marks (company_id, id, act_id, line_id, entry_id, kind, text)
    SELECT company_id, id, id, line_id, entry_id, 'owner', owner FROM given;
INSERT INTO marked (company_id, line_id, entry_id, owner) SELECT company_id, line_id, entry_id, owner FROM given;
DROP TABLE given;
DROP TABLE record_owners;

DELETE FROM sqlite_stat1 WHERE tbl = 'record_owners';
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('acts', 'sqlite_autoindex_acts_1', '100000 100000 1'),
    ('acts', 'acts_to_undo', '100000 100000 20000 1'),
    ('acts', 'acts_to_redo', '100 100 20 1'),
    ('act_turns', 'sqlite_autoindex_act_turns_1', '10000 10000 1'),
    ('act_turns', 'act_turns_by_act', '10000 10000 1'),
    ('evidence_files', 'sqlite_autoindex_evidence_files_1', '10000 10000 1'),
    ('marks', 'sqlite_autoindex_marks_1', '100000 100000 1'),
    ('marks', 'marks_by_line', '40000 40000 2 1 1'),
    ('marks', 'marks_by_entry', '30000 30000 2 1 1'),
    ('marks', 'marks_by_match', '30000 30000 2 1 1'),
    ('marks', 'marks_by_act', '100000 100000 2'),
    ('marked', 'marked_by_line', '20000 20000 1'),
    ('marked', 'marked_by_entry', '15000 15000 1'),
    ('marked', 'marked_by_match', '15000 15000 1'),
    ('marked', 'marked_hidden', '5000 5000 20');
ANALYZE sqlite_schema;

PRAGMA user_version = 20;
