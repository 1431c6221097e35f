-- The policy a person wrote: which low-impact items are resolved without a person, and who looks after what stays.

-- Versions are added, never changed. Amounts are minor units of the company's base currency.
CREATE TABLE policies (
    company_id    BLOB NOT NULL REFERENCES companies (id),
    version       INTEGER NOT NULL CHECK (version >= 1),
    written_by    BLOB NOT NULL,
    written_at    INTEGER NOT NULL,
    reason        TEXT NOT NULL CHECK (trim(reason) <> ''),
    currency      TEXT NOT NULL CHECK (length(currency) = 3),
    confidence    INTEGER NOT NULL CHECK (confidence BETWEEN 500000 AND 1000000),  -- millionths
    default_owner TEXT CHECK (trim(default_owner) <> ''),
    PRIMARY KEY (company_id, version),
    FOREIGN KEY (company_id, written_by) REFERENCES users (company_id, id)
) STRICT;
-- What a version says of a cause: written before the version, so that nothing is added to one that stands.
CREATE TABLE policy_causes (
    company_id BLOB NOT NULL,
    version    INTEGER NOT NULL,
    cause      TEXT NOT NULL,
    amount     INTEGER CHECK (amount > 0),                  -- NULL: never resolved
    percent    INTEGER CHECK (percent BETWEEN 1 AND 10000), -- hundredths of a percent; NULL: any share
    number     INTEGER CHECK (number > 0),                  -- a period; NULL: any number
    total      INTEGER CHECK (total >= amount),             -- a period; NULL: any sum
    owner      TEXT CHECK (trim(owner) <> ''),
    PRIMARY KEY (company_id, version, cause),
    FOREIGN KEY (company_id, version) REFERENCES policies (company_id, version) DEFERRABLE INITIALLY DEFERRED,
    CHECK (amount IS NOT NULL OR (percent IS NULL AND number IS NULL AND total IS NULL)),
    CHECK (amount IS NULL OR cause <> 'none')
) STRICT;

CREATE TRIGGER policies_follow_on BEFORE INSERT ON policies
WHEN NEW.version <> 1 + ifnull((SELECT max(version) FROM policies WHERE company_id = NEW.company_id), 0)
BEGIN
    SELECT RAISE(ABORT, 'policies: a version must follow its predecessor');
END;
CREATE TRIGGER policies_never_change BEFORE UPDATE ON policies
BEGIN
    SELECT RAISE(ABORT, 'policies are append-only');
END;
CREATE TRIGGER policies_stay BEFORE DELETE ON policies
BEGIN
    SELECT RAISE(ABORT, 'policies are append-only');
END;
CREATE TRIGGER policy_causes_come_first BEFORE INSERT ON policy_causes
WHEN EXISTS (SELECT 1 FROM policies WHERE company_id = NEW.company_id AND version = NEW.version)
BEGIN
    SELECT RAISE(ABORT, 'policy_causes: nothing is added to a version that stands');
END;
CREATE TRIGGER policy_causes_never_change BEFORE UPDATE ON policy_causes
BEGIN
    SELECT RAISE(ABORT, 'policies are append-only');
END;
CREATE TRIGGER policy_causes_stay BEFORE DELETE ON policy_causes
BEGIN
    SELECT RAISE(ABORT, 'policies are append-only');
END;

-- What a version resolved: a match it approved (by that decision), or a record without a match it accepted. An accepted
-- record stays unmatched and outstanding; only the queue does not list it.
CREATE TABLE policy_resolutions (
    company_id  BLOB NOT NULL,
    id          BLOB NOT NULL CHECK (length(id) = 16),
    policy_version INTEGER NOT NULL,
    run_id      BLOB,                       -- the run that asked for it; NULL: a person did
    match_id    BLOB,
    decision_id BLOB,
    line_id     BLOB,
    entry_id    BLOB,
    cause       TEXT NOT NULL CHECK (cause <> 'none'),
    impact      INTEGER NOT NULL CHECK (impact > 0),
    currency    TEXT NOT NULL CHECK (length(currency) = 3),
    counted     INTEGER NOT NULL CHECK (counted >= 0),  -- the impact in the policy's currency
    account_id  BLOB,                       -- NULL: the books
    month       TEXT NOT NULL CHECK (length(month) = 7),
    resolved_at INTEGER NOT NULL,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, policy_version) REFERENCES policies (company_id, version),
    FOREIGN KEY (company_id, run_id) REFERENCES runs (company_id, id),
    FOREIGN KEY (company_id, match_id) REFERENCES matches (company_id, id),
    FOREIGN KEY (company_id, decision_id) REFERENCES decisions (company_id, id),
    FOREIGN KEY (company_id, line_id) REFERENCES statement_lines (company_id, id),
    FOREIGN KEY (company_id, entry_id) REFERENCES ledger_entries (company_id, id),
    FOREIGN KEY (company_id, account_id) REFERENCES accounts (company_id, id),
    CHECK ((match_id IS NOT NULL) + (line_id IS NOT NULL) + (entry_id IS NOT NULL) = 1),
    CHECK ((match_id IS NULL) = (decision_id IS NULL))
) STRICT;
CREATE INDEX policy_resolutions_by_month ON policy_resolutions (company_id, cause, account_id, month, counted);
CREATE UNIQUE INDEX policy_resolutions_by_decision ON policy_resolutions (company_id, decision_id)
    WHERE decision_id IS NOT NULL;
CREATE INDEX policy_resolutions_by_line ON policy_resolutions (company_id, line_id) WHERE line_id IS NOT NULL;
CREATE INDEX policy_resolutions_by_entry ON policy_resolutions (company_id, entry_id) WHERE entry_id IS NOT NULL;

-- What a person took back of it: final, no version resolves it again.
CREATE TABLE policy_take_backs (
    company_id    BLOB NOT NULL,
    resolution_id BLOB NOT NULL,
    taken_back_by BLOB NOT NULL,
    taken_back_at INTEGER NOT NULL,
    reason        TEXT NOT NULL,
    PRIMARY KEY (company_id, resolution_id),
    FOREIGN KEY (company_id, resolution_id) REFERENCES policy_resolutions (company_id, id),
    FOREIGN KEY (company_id, taken_back_by) REFERENCES users (company_id, id)
) STRICT;

CREATE TRIGGER policy_resolutions_never_change BEFORE UPDATE ON policy_resolutions
BEGIN
    SELECT RAISE(ABORT, 'policy_resolutions are append-only');
END;
CREATE TRIGGER policy_resolutions_stay BEFORE DELETE ON policy_resolutions
BEGIN
    SELECT RAISE(ABORT, 'policy_resolutions are append-only');
END;
CREATE TRIGGER policy_resolutions_respect_people BEFORE INSERT ON policy_resolutions
WHEN EXISTS (SELECT 1 FROM policy_resolutions r
             JOIN policy_take_backs t ON t.company_id = r.company_id AND t.resolution_id = r.id
             WHERE r.company_id = NEW.company_id AND r.line_id = NEW.line_id)
  OR EXISTS (SELECT 1 FROM policy_resolutions r
             JOIN policy_take_backs t ON t.company_id = r.company_id AND t.resolution_id = r.id
             WHERE r.company_id = NEW.company_id AND r.entry_id = NEW.entry_id)
BEGIN
    SELECT RAISE(ABORT, 'policy_resolutions: what a person took back is not resolved again');
END;
CREATE TRIGGER policy_take_backs_never_change BEFORE UPDATE ON policy_take_backs
BEGIN
    SELECT RAISE(ABORT, 'policy_take_backs are append-only');
END;
CREATE TRIGGER policy_take_backs_stay BEFORE DELETE ON policy_take_backs
BEGIN
    SELECT RAISE(ABORT, 'policy_take_backs are append-only');
END;

-- The acceptance that holds for a record: the queue lists none that has one. NULL: none, or one that no longer holds.
ALTER TABLE statement_lines ADD COLUMN accepted_by BLOB;
ALTER TABLE ledger_entries ADD COLUMN accepted_by BLOB;
CREATE INDEX statement_lines_accepted ON statement_lines (company_id, state) WHERE accepted_by IS NOT NULL;
CREATE INDEX ledger_entries_accepted ON ledger_entries (company_id, state) WHERE accepted_by IS NOT NULL;
CREATE TRIGGER statement_lines_accepted_is_true BEFORE UPDATE OF accepted_by ON statement_lines
WHEN NEW.accepted_by IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'statement_lines: accepted_by must be a resolution of the line that stands')
    WHERE NOT EXISTS (SELECT 1 FROM policy_resolutions r
                      WHERE r.company_id = NEW.company_id AND r.id = NEW.accepted_by AND r.line_id = NEW.id
                        AND NOT EXISTS (SELECT 1 FROM policy_take_backs t
                                        WHERE t.company_id = r.company_id AND t.resolution_id = r.id));
END;
CREATE TRIGGER ledger_entries_accepted_is_true BEFORE UPDATE OF accepted_by ON ledger_entries
WHEN NEW.accepted_by IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'ledger_entries: accepted_by must be a resolution of the entry that stands')
    WHERE NOT EXISTS (SELECT 1 FROM policy_resolutions r
                      WHERE r.company_id = NEW.company_id AND r.id = NEW.accepted_by AND r.entry_id = NEW.id
                        AND NOT EXISTS (SELECT 1 FROM policy_take_backs t
                                        WHERE t.company_id = r.company_id AND t.resolution_id = r.id));
END;

-- Who a person said looks after a record; it outlives the exception that runs write anew.
CREATE TABLE record_owners (
    company_id  BLOB NOT NULL,
    line_id     BLOB,
    entry_id    BLOB,
    owner       TEXT NOT NULL CHECK (trim(owner) <> ''),
    assigned_by BLOB NOT NULL,
    assigned_at INTEGER NOT NULL,
    FOREIGN KEY (company_id, line_id) REFERENCES statement_lines (company_id, id),
    FOREIGN KEY (company_id, entry_id) REFERENCES ledger_entries (company_id, id),
    FOREIGN KEY (company_id, assigned_by) REFERENCES users (company_id, id),
    CHECK ((line_id IS NULL) <> (entry_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX record_owners_by_line ON record_owners (company_id, line_id) WHERE line_id IS NOT NULL;
CREATE UNIQUE INDEX record_owners_by_entry ON record_owners (company_id, entry_id) WHERE entry_id IS NOT NULL;

-- Records that the policy accepted in the same transaction; the matches it approved are among the run's.
ALTER TABLE runs ADD COLUMN accepted INTEGER NOT NULL DEFAULT 0;

-- What people took back, found among a million decisions.
CREATE INDEX decisions_undone ON decisions (company_id, supersedes) WHERE verdict = 'undo';

-- As before, with the matches that a policy approved when a person asked for it (those of runs are among the runs').
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
                verdict IN ('approve', 'override'), verdict = 'reject', verdict = 'undo', 0
                FROM decisions WHERE user_id IS NOT NULL
            UNION ALL SELECT company_id, date(opened_at / 1000, 'unixepoch'), 0, 0, 0, 0, 0, 0, 0, 1 FROM exceptions
            UNION ALL SELECT company_id, date, 0, 0, 0, 0, 0, 0, 0, 0 FROM daily_tallies)
        GROUP BY company_id, date) d
    LEFT JOIN (SELECT company_id, min(date) AS since FROM daily_tallies GROUP BY company_id) k
        ON k.company_id = d.company_id)
ORDER BY company_id, date;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('policies', 'sqlite_autoindex_policies_1', '20 20 1'),
    ('policy_causes', 'sqlite_autoindex_policy_causes_1', '200 200 10 1'),
    ('policy_resolutions', 'sqlite_autoindex_policy_resolutions_1', '100000 100000 1'),
    ('policy_resolutions', 'policy_resolutions_by_month', '100000 100000 20000 10000 500 2'),
    ('policy_resolutions', 'policy_resolutions_by_decision', '50000 50000 1'),
    ('policy_resolutions', 'policy_resolutions_by_line', '25000 25000 1'),
    ('policy_resolutions', 'policy_resolutions_by_entry', '25000 25000 1'),
    ('policy_take_backs', 'sqlite_autoindex_policy_take_backs_1', '1000 1000 1'),
    ('statement_lines', 'statement_lines_accepted', '10000 10000 5000'),
    ('ledger_entries', 'ledger_entries_accepted', '10000 10000 5000'),
    ('record_owners', 'record_owners_by_line', '10000 10000 1'),
    ('record_owners', 'record_owners_by_entry', '10000 10000 1'),
    ('decisions', 'decisions_undone', '10000 10000 1');
ANALYZE sqlite_schema;

PRAGMA user_version = 10;
