-- The first schema of a workbook.
--
-- Every table of data is led by company_id. Identifiers are UUIDv7, 16 bytes. Amounts are whole minor units beside an
-- ISO 4217 code. Times are milliseconds since 1970-01-01 UTC; dates are ISO 8601 text. Digests are SHA-256, 32 bytes.
-- Money never passes through a REAL: STRICT tables refuse one.
--
-- Records (statement_lines, ledger_entries) carry two derived columns so that pages of a million rows need no join:
--   applied  sum of the amounts that approved matches use of the record
--   state    0 unmatched   something is open and no live proposal holds it
--            1 proposed    something is open and a live proposal (suggested, ambiguous) holds it
--            2 settled     an approved match holds it and nothing is open
--            3 dormant     cannot be matched, or need not be: draft or void invoices, customer accounts
--            4 withdrawn   its import was undone; kept, and shown nowhere

CREATE TABLE companies (
    id            BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    name          TEXT NOT NULL UNIQUE CHECK (trim(name) <> ''),
    industry      TEXT NOT NULL DEFAULT '',
    contact       TEXT NOT NULL DEFAULT '',
    base_currency TEXT NOT NULL CHECK (length(base_currency) = 3),
    single_user   INTEGER NOT NULL CHECK (single_user IN (0, 1)),
    created_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE users (
    company_id BLOB NOT NULL REFERENCES companies (id),
    id         BLOB NOT NULL CHECK (length(id) = 16),
    name       TEXT NOT NULL CHECK (trim(name) <> ''),
    email      TEXT NOT NULL DEFAULT '',
    role       TEXT NOT NULL CHECK (role IN ('preparer', 'reviewer', 'admin')),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (company_id, id),
    UNIQUE (company_id, name)
) STRICT;

CREATE TABLE customers (
    company_id BLOB NOT NULL REFERENCES companies (id),
    id         BLOB NOT NULL CHECK (length(id) = 16),
    code       TEXT NOT NULL DEFAULT '',
    name       TEXT NOT NULL DEFAULT '',
    email      TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    PRIMARY KEY (company_id, id),
    CHECK (code <> '' OR name <> '')
) STRICT;
CREATE UNIQUE INDEX customers_by_code ON customers (company_id, code) WHERE code <> '';
CREATE INDEX customers_by_name ON customers (company_id, name);

CREATE TABLE accounts (
    company_id BLOB NOT NULL REFERENCES companies (id),
    id         BLOB NOT NULL CHECK (length(id) = 16),
    name       TEXT NOT NULL CHECK (trim(name) <> ''),
    currency   TEXT NOT NULL CHECK (length(currency) = 3),
    lines      INTEGER NOT NULL DEFAULT 0 CHECK (lines >= 0),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (company_id, id),
    UNIQUE (company_id, name, currency)
) STRICT;

CREATE TABLE import_batches (
    company_id  BLOB NOT NULL REFERENCES companies (id),
    id          BLOB NOT NULL CHECK (length(id) = 16),
    file_name   TEXT NOT NULL,
    file_hash   BLOB NOT NULL CHECK (length(file_hash) = 32),
    side        TEXT NOT NULL CHECK (side IN ('statement', 'ledger')),
    format      TEXT NOT NULL,
    mapping     TEXT NOT NULL,
    account_id  BLOB,
    state       TEXT NOT NULL CHECK (state IN ('pending', 'processing', 'completed', 'failed')),
    note        TEXT NOT NULL DEFAULT '',
    imported_by BLOB NOT NULL,
    started_at  INTEGER NOT NULL,
    ended_at    INTEGER,
    added       INTEGER NOT NULL DEFAULT 0 CHECK (added >= 0),
    duplicates  INTEGER NOT NULL DEFAULT 0 CHECK (duplicates >= 0),
    rejected    INTEGER NOT NULL DEFAULT 0 CHECK (rejected >= 0),
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, account_id) REFERENCES accounts (company_id, id),
    FOREIGN KEY (company_id, imported_by) REFERENCES users (company_id, id),
    CHECK ((state IN ('completed', 'failed')) = (ended_at IS NOT NULL))
) STRICT;
-- The same file is taken in once a side and account.
CREATE UNIQUE INDEX import_batches_once
    ON import_batches (company_id, file_hash, side, ifnull(account_id, x'')) WHERE state = 'completed';

CREATE TRIGGER import_batches_go_forward BEFORE UPDATE OF state ON import_batches
WHEN NOT (OLD.state = NEW.state
       OR (OLD.state = 'pending' AND NEW.state IN ('processing', 'failed'))
       OR (OLD.state = 'processing' AND NEW.state IN ('completed', 'failed'))
       OR (OLD.state = 'completed' AND NEW.state = 'failed'))
BEGIN
    SELECT RAISE(ABORT, 'import_batches: a batch goes pending, processing, completed or failed');
END;

CREATE TABLE data_quality_checks (
    company_id BLOB NOT NULL,
    id         BLOB NOT NULL CHECK (length(id) = 16),
    batch_id   BLOB NOT NULL,
    data_row   INTEGER,
    file_line  INTEGER,
    column_name TEXT,
    value      TEXT NOT NULL,
    expected   TEXT NOT NULL,
    severity   TEXT NOT NULL CHECK (severity IN ('warning', 'error')),
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, batch_id) REFERENCES import_batches (company_id, id)
) STRICT;
CREATE INDEX data_quality_checks_by_batch ON data_quality_checks (company_id, batch_id);

CREATE TABLE statements (
    company_id BLOB NOT NULL,
    id         BLOB NOT NULL CHECK (length(id) = 16),
    batch_id   BLOB NOT NULL,
    account_id BLOB NOT NULL,
    currency   TEXT NOT NULL CHECK (length(currency) = 3),
    opening    INTEGER,
    closing    INTEGER,
    first_date TEXT CHECK (length(first_date) = 10),
    last_date  TEXT CHECK (length(last_date) = 10),
    withdrawn  INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    PRIMARY KEY (company_id, id),
    UNIQUE (company_id, id, account_id),
    FOREIGN KEY (company_id, batch_id) REFERENCES import_batches (company_id, id),
    FOREIGN KEY (company_id, account_id) REFERENCES accounts (company_id, id)
) STRICT;
CREATE INDEX statements_by_account ON statements (company_id, account_id);
CREATE INDEX statements_by_batch ON statements (company_id, batch_id);

CREATE TABLE statement_lines (
    company_id   BLOB NOT NULL,
    id           BLOB NOT NULL CHECK (length(id) = 16),
    statement_id BLOB NOT NULL,
    account_id   BLOB NOT NULL,
    amount       INTEGER NOT NULL CHECK (amount > -9223372036854775807),
    currency     TEXT NOT NULL CHECK (length(currency) = 3),
    applied      INTEGER NOT NULL DEFAULT 0,
    state        INTEGER NOT NULL DEFAULT 0 CHECK (state IN (0, 1, 2, 4)),
    impact       INTEGER NOT NULL GENERATED ALWAYS AS (abs(amount - applied)) VIRTUAL,
    date         TEXT CHECK (length(date) = 10),
    value_date   TEXT CHECK (length(value_date) = 10),
    description  TEXT NOT NULL,
    reference    TEXT NOT NULL,
    counterparty TEXT NOT NULL,
    counterparty_account TEXT NOT NULL,
    balance      INTEGER,
    record_id    TEXT NOT NULL,
    file_account TEXT NOT NULL,
    source_row   INTEGER NOT NULL,
    fingerprint  BLOB NOT NULL CHECK (length(fingerprint) = 16),
    raw          TEXT NOT NULL,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, statement_id, account_id) REFERENCES statements (company_id, id, account_id),
    -- No more is used of a line than it has.
    CHECK (CASE WHEN amount >= 0 THEN applied BETWEEN 0 AND amount ELSE applied BETWEEN amount AND 0 END)
) STRICT;
CREATE INDEX statement_lines_by_fingerprint ON statement_lines (company_id, fingerprint);
CREATE INDEX statement_lines_by_date ON statement_lines (company_id, account_id, date);
CREATE INDEX statement_lines_by_state ON statement_lines (company_id, state, impact, currency);

CREATE TRIGGER statement_lines_keep_their_content
BEFORE UPDATE OF company_id, id, statement_id, account_id, amount, currency, date, value_date, description, reference,
    counterparty, counterparty_account, balance, record_id, file_account, source_row, raw ON statement_lines
BEGIN
    SELECT RAISE(ABORT, 'statement_lines: what was read from a file is never changed');
END;
CREATE TRIGGER statement_lines_stay BEFORE DELETE ON statement_lines
BEGIN
    SELECT RAISE(ABORT, 'statement_lines: a record is withdrawn, never deleted');
END;

CREATE TABLE ledger_entries (
    company_id   BLOB NOT NULL,
    id           BLOB NOT NULL CHECK (length(id) = 16),
    batch_id     BLOB NOT NULL,
    customer_id  BLOB,
    kind         TEXT NOT NULL CHECK (kind IN ('invoice', 'payment', 'job', 'transaction', 'customer_account')),
    invoice_status TEXT CHECK (invoice_status IN ('draft', 'open', 'partly_paid', 'paid', 'void')),
    amount       INTEGER NOT NULL CHECK (amount > -9223372036854775807),
    currency     TEXT NOT NULL CHECK (length(currency) = 3),
    applied      INTEGER NOT NULL DEFAULT 0,
    state        INTEGER NOT NULL DEFAULT 0 CHECK (state IN (0, 1, 2, 3, 4)),
    impact       INTEGER NOT NULL GENERATED ALWAYS AS (abs(amount - applied)) VIRTUAL,
    number       TEXT NOT NULL,
    date         TEXT CHECK (length(date) = 10),
    due_date     TEXT CHECK (length(due_date) = 10),
    counterparty TEXT NOT NULL,
    counterparty_code TEXT NOT NULL,
    counterparty_account TEXT NOT NULL,
    reference    TEXT NOT NULL,
    memo         TEXT NOT NULL,
    record_id    TEXT NOT NULL,
    source_row   INTEGER NOT NULL,
    fingerprint  BLOB NOT NULL CHECK (length(fingerprint) = 16),
    raw          TEXT NOT NULL,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, batch_id) REFERENCES import_batches (company_id, id),
    FOREIGN KEY (company_id, customer_id) REFERENCES customers (company_id, id),
    CHECK ((kind = 'invoice') = (invoice_status IS NOT NULL)),
    CHECK (kind <> 'customer_account' OR amount = 0),
    -- No more is used of an entry than it has; a customer's account has no limit.
    CHECK (kind = 'customer_account'
        OR CASE WHEN amount >= 0 THEN applied BETWEEN 0 AND amount ELSE applied BETWEEN amount AND 0 END),
    -- The status of an invoice says what was paid of it.
    CHECK (invoice_status IS NULL OR invoice_status NOT IN ('draft', 'void', 'open') OR applied = 0),
    CHECK (invoice_status IS NULL OR invoice_status <> 'partly_paid' OR (applied <> 0 AND applied <> amount)),
    CHECK (invoice_status IS NULL OR invoice_status <> 'paid' OR applied = amount)
) STRICT;
CREATE INDEX ledger_entries_by_fingerprint ON ledger_entries (company_id, fingerprint);
CREATE INDEX ledger_entries_by_batch ON ledger_entries (company_id, batch_id);
CREATE INDEX ledger_entries_by_state ON ledger_entries (company_id, state, impact, currency);

CREATE TRIGGER ledger_entries_keep_their_content
BEFORE UPDATE OF company_id, id, batch_id, kind, amount, currency, number, date, due_date, counterparty,
    counterparty_code, counterparty_account, reference, memo, record_id, source_row, raw ON ledger_entries
BEGIN
    SELECT RAISE(ABORT, 'ledger_entries: what was read from a file is never changed');
END;
CREATE TRIGGER ledger_entries_stay BEFORE DELETE ON ledger_entries
BEGIN
    SELECT RAISE(ABORT, 'ledger_entries: a record is withdrawn, never deleted');
END;
CREATE TRIGGER ledger_entries_void_is_final BEFORE UPDATE OF invoice_status ON ledger_entries
WHEN OLD.invoice_status = 'void' AND NEW.invoice_status <> 'void'
BEGIN
    SELECT RAISE(ABORT, 'ledger_entries: a void invoice stays void');
END;
CREATE TRIGGER ledger_entries_draft_is_sent_first BEFORE UPDATE OF invoice_status ON ledger_entries
WHEN OLD.invoice_status = 'draft' AND NEW.invoice_status IN ('partly_paid', 'paid')
BEGIN
    SELECT RAISE(ABORT, 'ledger_entries: a draft invoice is opened before it is paid');
END;

CREATE TABLE runs (
    company_id     BLOB NOT NULL REFERENCES companies (id),
    id             BLOB NOT NULL CHECK (length(id) = 16),
    stored_at      INTEGER NOT NULL,
    run_by         BLOB NOT NULL,
    engine_version TEXT NOT NULL,
    model_version  TEXT,
    policy_version TEXT NOT NULL,
    profile        TEXT NOT NULL,
    configuration  TEXT NOT NULL,
    lines          INTEGER NOT NULL,
    entries        INTEGER NOT NULL,
    candidates     INTEGER NOT NULL,
    approved       INTEGER NOT NULL,
    suggested      INTEGER NOT NULL,
    ambiguous      INTEGER NOT NULL,
    lines_unmatched INTEGER NOT NULL,
    entries_unmatched INTEGER NOT NULL,
    elapsed_ms     INTEGER NOT NULL,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, run_by) REFERENCES users (company_id, id)
) STRICT;

CREATE TABLE matches (
    company_id  BLOB NOT NULL REFERENCES companies (id),
    id          BLOB NOT NULL CHECK (length(id) = 16),
    run_id      BLOB,                 -- none: put together by hand
    kind        TEXT NOT NULL CHECK (kind IN ('one_to_one', 'one_to_many', 'many_to_one', 'many_to_many', 'settlement',
                                              'reversal', 'duplicate')),
    status      TEXT NOT NULL CHECK (status IN ('suggested', 'ambiguous', 'approved', 'rejected', 'superseded')),
    by_policy   INTEGER NOT NULL DEFAULT 0 CHECK (by_policy IN (0, 1)),
    confidence  INTEGER NOT NULL CHECK (confidence BETWEEN 0 AND 1000000),  -- millionths
    cause       TEXT NOT NULL,
    score       INTEGER NOT NULL,     -- thousandths of a bit
    currency    TEXT NOT NULL CHECK (length(currency) = 3),
    line_total  INTEGER NOT NULL,
    entry_total INTEGER NOT NULL,
    difference  INTEGER NOT NULL CHECK (difference = line_total - entry_total),
    impact      INTEGER NOT NULL GENERATED ALWAYS AS (abs(difference)) VIRTUAL,
    lines       INTEGER NOT NULL,
    entries     INTEGER NOT NULL,
    alternatives INTEGER NOT NULL,
    date        TEXT,
    title       TEXT NOT NULL,
    subtitle    TEXT NOT NULL,
    search      TEXT NOT NULL,
    explanation TEXT NOT NULL,        -- canonical JSON
    content     BLOB NOT NULL CHECK (length(content) = 32),
    created_at  INTEGER NOT NULL,
    changed_at  INTEGER NOT NULL,
    superseded_by BLOB,               -- the act or run that pushed it aside, so that undo can bring it back …
    superseded_from TEXT CHECK (superseded_from IN ('suggested', 'ambiguous')),  -- … to where it was
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, run_id) REFERENCES runs (company_id, id)
) STRICT;
CREATE INDEX matches_by_confidence ON matches (company_id, status, confidence, impact DESC);
CREATE INDEX matches_by_change ON matches (company_id, status, changed_at);
CREATE INDEX matches_by_act ON matches (company_id, superseded_by) WHERE superseded_by IS NOT NULL;

-- Legs and adjustments are written before their match, so that the match can be checked against them.
CREATE TABLE match_legs (
    company_id BLOB NOT NULL,
    match_id   BLOB NOT NULL,
    position   INTEGER NOT NULL,
    line_id    BLOB,
    entry_id   BLOB,
    amount_applied INTEGER NOT NULL,
    PRIMARY KEY (company_id, match_id, position),
    FOREIGN KEY (company_id, match_id) REFERENCES matches (company_id, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (company_id, line_id) REFERENCES statement_lines (company_id, id),
    FOREIGN KEY (company_id, entry_id) REFERENCES ledger_entries (company_id, id),
    CHECK ((line_id IS NULL) <> (entry_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX match_legs_by_line ON match_legs (company_id, line_id, match_id) WHERE line_id IS NOT NULL;
CREATE UNIQUE INDEX match_legs_by_entry ON match_legs (company_id, entry_id, match_id) WHERE entry_id IS NOT NULL;

CREATE TABLE match_adjustments (
    company_id BLOB NOT NULL,
    match_id   BLOB NOT NULL,
    position   INTEGER NOT NULL,
    cause      TEXT NOT NULL,
    amount     INTEGER NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (company_id, match_id, position),
    FOREIGN KEY (company_id, match_id) REFERENCES matches (company_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER matches_balance_on_arrival AFTER INSERT ON matches
BEGIN
    SELECT RAISE(ABORT, 'matches: statement legs must equal ledger legs and adjustments')
    WHERE NEW.line_total <> (SELECT ifnull(sum(amount_applied), 0) FROM match_legs
                             WHERE company_id = NEW.company_id AND match_id = NEW.id AND line_id IS NOT NULL)
       OR NEW.entry_total <> (SELECT ifnull(sum(amount_applied), 0) FROM match_legs
                              WHERE company_id = NEW.company_id AND match_id = NEW.id AND entry_id IS NOT NULL)
       OR NEW.difference <> (SELECT ifnull(sum(amount), 0) FROM match_adjustments
                             WHERE company_id = NEW.company_id AND match_id = NEW.id);
END;
CREATE TRIGGER matches_keep_their_content
BEFORE UPDATE OF company_id, id, run_id, kind, confidence, cause, score, currency, line_total, entry_total, difference,
    lines, entries, alternatives, explanation, content, created_at ON matches
BEGIN
    SELECT RAISE(ABORT, 'matches: a match is replaced by another, never changed');
END;
CREATE TRIGGER matches_stay BEFORE DELETE ON matches
BEGIN
    SELECT RAISE(ABORT, 'matches: a match is superseded, never deleted');
END;
CREATE TRIGGER match_legs_keep_their_content BEFORE UPDATE ON match_legs
BEGIN
    SELECT RAISE(ABORT, 'match_legs: a match is replaced by another, never changed');
END;
CREATE TRIGGER match_legs_stay BEFORE DELETE ON match_legs
BEGIN
    SELECT RAISE(ABORT, 'match_legs: a match is superseded, never deleted');
END;
CREATE TRIGGER match_legs_come_first BEFORE INSERT ON match_legs
WHEN EXISTS (SELECT 1 FROM matches WHERE company_id = NEW.company_id AND id = NEW.match_id)
BEGIN
    SELECT RAISE(ABORT, 'match_legs: nothing is added to a match that stands');
END;
CREATE TRIGGER match_adjustments_keep_their_content BEFORE UPDATE ON match_adjustments
BEGIN
    SELECT RAISE(ABORT, 'match_adjustments: a match is replaced by another, never changed');
END;
CREATE TRIGGER match_adjustments_stay BEFORE DELETE ON match_adjustments
BEGIN
    SELECT RAISE(ABORT, 'match_adjustments: a match is superseded, never deleted');
END;
CREATE TRIGGER match_adjustments_come_first BEFORE INSERT ON match_adjustments
WHEN EXISTS (SELECT 1 FROM matches WHERE company_id = NEW.company_id AND id = NEW.match_id)
BEGIN
    SELECT RAISE(ABORT, 'match_adjustments: nothing is added to a match that stands');
END;

-- What a record says is used of it is what approved matches use of it.
CREATE TRIGGER statement_lines_applied_is_true AFTER UPDATE OF applied ON statement_lines
BEGIN
    SELECT RAISE(ABORT, 'statement_lines: applied must be the sum over approved matches')
    WHERE NEW.applied <> (SELECT ifnull(sum(l.amount_applied), 0) FROM match_legs l
                          JOIN matches m ON m.company_id = l.company_id AND m.id = l.match_id
                          WHERE l.company_id = NEW.company_id AND l.line_id = NEW.id AND m.status = 'approved');
END;
CREATE TRIGGER ledger_entries_applied_is_true AFTER UPDATE OF applied ON ledger_entries
BEGIN
    SELECT RAISE(ABORT, 'ledger_entries: applied must be the sum over approved matches')
    WHERE NEW.applied <> (SELECT ifnull(sum(l.amount_applied), 0) FROM match_legs l
                          JOIN matches m ON m.company_id = l.company_id AND m.id = l.match_id
                          WHERE l.company_id = NEW.company_id AND l.entry_id = NEW.id AND m.status = 'approved');
END;

-- Decisions are evidence: rows are added, never changed. Undoing one is a new row.
CREATE TABLE decisions (
    company_id BLOB NOT NULL,
    id         BLOB NOT NULL CHECK (length(id) = 16),
    act_id     BLOB NOT NULL CHECK (length(act_id) = 16),  -- decisions made with one key press share it
    match_id   BLOB NOT NULL,
    verdict    TEXT NOT NULL CHECK (verdict IN ('approve', 'reject', 'override', 'undo')),
    user_id    BLOB,
    policy_version TEXT,
    decided_at INTEGER NOT NULL,
    reason     TEXT NOT NULL,
    content    BLOB NOT NULL CHECK (length(content) = 32),
    status_before TEXT NOT NULL CHECK (status_before IN ('suggested', 'ambiguous', 'approved', 'rejected', 'superseded',
                                                         'none')),
    supersedes BLOB,
    PRIMARY KEY (company_id, id),
    UNIQUE (company_id, supersedes),
    FOREIGN KEY (company_id, match_id) REFERENCES matches (company_id, id),
    FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id),
    FOREIGN KEY (company_id, supersedes) REFERENCES decisions (company_id, id),
    CHECK ((user_id IS NULL) <> (policy_version IS NULL)),
    CHECK (verdict <> 'undo' OR supersedes IS NOT NULL)
) STRICT;
CREATE INDEX decisions_by_match ON decisions (company_id, match_id);
CREATE INDEX decisions_by_act ON decisions (company_id, act_id);
-- What people decided, newest last: undo looks here, past the policy's many.
CREATE INDEX decisions_by_people ON decisions (company_id, id) WHERE user_id IS NOT NULL AND verdict <> 'undo';

CREATE TRIGGER decisions_are_new BEFORE INSERT ON decisions
WHEN EXISTS (SELECT 1 FROM decisions WHERE company_id = NEW.company_id AND id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'decisions are append-only');
END;
CREATE TRIGGER decisions_never_change BEFORE UPDATE ON decisions
BEGIN
    SELECT RAISE(ABORT, 'decisions are append-only');
END;
CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions
BEGIN
    SELECT RAISE(ABORT, 'decisions are append-only');
END;

-- One exception a record at most. It keeps its age and owner while runs come and go.
CREATE TABLE exceptions (
    company_id  BLOB NOT NULL,
    id          BLOB NOT NULL CHECK (length(id) = 16),
    run_id      BLOB NOT NULL,
    line_id     BLOB,
    entry_id    BLOB,
    cause       TEXT NOT NULL,
    impact      INTEGER NOT NULL,
    currency    TEXT NOT NULL CHECK (length(currency) = 3),
    explanation TEXT NOT NULL,
    owner_id    BLOB,
    opened_at   INTEGER NOT NULL,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, run_id) REFERENCES runs (company_id, id),
    FOREIGN KEY (company_id, line_id) REFERENCES statement_lines (company_id, id),
    FOREIGN KEY (company_id, entry_id) REFERENCES ledger_entries (company_id, id),
    FOREIGN KEY (company_id, owner_id) REFERENCES users (company_id, id),
    CHECK ((line_id IS NULL) <> (entry_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX exceptions_by_line ON exceptions (company_id, line_id) WHERE line_id IS NOT NULL;
CREATE UNIQUE INDEX exceptions_by_entry ON exceptions (company_id, entry_id) WHERE entry_id IS NOT NULL;
CREATE INDEX exceptions_by_run ON exceptions (company_id, run_id);

CREATE TABLE settings (
    company_id BLOB NOT NULL REFERENCES companies (id),
    name       TEXT NOT NULL CHECK (name <> ''),
    value      TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (company_id, name)
) STRICT;

-- How the columns of a file were understood, remembered for the next file with the same header.
CREATE TABLE column_mappings (
    company_id BLOB NOT NULL REFERENCES companies (id),
    scope      TEXT NOT NULL CHECK (scope <> ''),  -- an account's id, or 'ledger'
    header     TEXT NOT NULL,                      -- fingerprint of the header
    mapping    TEXT NOT NULL,
    used_at    INTEGER NOT NULL,
    PRIMARY KEY (company_id, scope, header)
) STRICT;
CREATE INDEX column_mappings_by_header ON column_mappings (company_id, header);

-- How many rows stand in each state, kept by the code that changes states, so that no page counts a million rows.
CREATE TABLE tallies (
    company_id BLOB NOT NULL REFERENCES companies (id),
    what       TEXT NOT NULL,
    number     INTEGER NOT NULL CHECK (number >= 0),
    PRIMARY KEY (company_id, what)
) STRICT;

-- The append-only chain of everything that changed.
CREATE TABLE audit_events (
    company_id BLOB NOT NULL REFERENCES companies (id),
    sequence   INTEGER NOT NULL CHECK (sequence >= 1),
    id         BLOB NOT NULL CHECK (length(id) = 16),
    at         INTEGER NOT NULL,
    actor      TEXT NOT NULL CHECK (actor <> ''),
    action     TEXT NOT NULL CHECK (action <> ''),
    subject    TEXT NOT NULL,
    details    TEXT NOT NULL,
    previous   BLOB NOT NULL CHECK (length(previous) = 32),
    hash       BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (company_id, sequence)
) STRICT;

CREATE TRIGGER audit_events_follow_on BEFORE INSERT ON audit_events
BEGIN
    SELECT RAISE(ABORT, 'audit_events: the sequence must follow its predecessor')
    WHERE NEW.sequence
       <> 1 + ifnull((SELECT max(sequence) FROM audit_events WHERE company_id = NEW.company_id), 0);
    SELECT RAISE(ABORT, 'audit_events: previous must be the hash of the predecessor')
    WHERE NEW.previous
       <> ifnull((SELECT hash FROM audit_events WHERE company_id = NEW.company_id AND sequence = NEW.sequence - 1),
                 zeroblob(32));
END;
CREATE TRIGGER audit_events_never_change BEFORE UPDATE ON audit_events
BEGIN
    SELECT RAISE(ABORT, 'audit_events are append-only');
END;
CREATE TRIGGER audit_events_stay BEFORE DELETE ON audit_events
BEGIN
    SELECT RAISE(ABORT, 'audit_events are append-only');
END;

-- What the query planner is told. Without figures it takes company_id, which leads every index and is the same in all
-- rows, for a good filter, and reads whole tables. The figures are those of a workbook of a million lines; they are fixed,
-- so that the same query runs the same way in every workbook. Each row: rows, then rows a value of the first column, of
-- the first two, and so on.
ANALYZE;
DELETE FROM sqlite_stat1;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('users', 'sqlite_autoindex_users_1', '10 10 1'),
    ('users', 'sqlite_autoindex_users_2', '10 10 1'),
    ('customers', 'sqlite_autoindex_customers_1', '10000 10000 1'),
    ('customers', 'customers_by_code', '10000 10000 1'),
    ('customers', 'customers_by_name', '10000 10000 2'),
    ('accounts', 'sqlite_autoindex_accounts_1', '10 10 1'),
    ('accounts', 'sqlite_autoindex_accounts_2', '10 10 2 1'),
    ('import_batches', 'sqlite_autoindex_import_batches_1', '1000 1000 1'),
    ('import_batches', 'import_batches_once', '1000 1000 2 1 1'),
    ('data_quality_checks', 'sqlite_autoindex_data_quality_checks_1', '10000 10000 1'),
    ('data_quality_checks', 'data_quality_checks_by_batch', '10000 10000 10'),
    ('statements', 'sqlite_autoindex_statements_1', '1000 1000 1'),
    ('statements', 'sqlite_autoindex_statements_2', '1000 1000 1 1'),
    ('statements', 'statements_by_account', '1000 1000 100'),
    ('statements', 'statements_by_batch', '1000 1000 1'),
    ('statement_lines', 'sqlite_autoindex_statement_lines_1', '1000000 1000000 1'),
    ('statement_lines', 'statement_lines_by_fingerprint', '1000000 1000000 1'),
    ('statement_lines', 'statement_lines_by_date', '1000000 1000000 100000 300'),
    ('statement_lines', 'statement_lines_by_state', '1000000 1000000 250000 5 4'),
    ('ledger_entries', 'sqlite_autoindex_ledger_entries_1', '1000000 1000000 1'),
    ('ledger_entries', 'ledger_entries_by_fingerprint', '1000000 1000000 1'),
    ('ledger_entries', 'ledger_entries_by_batch', '1000000 1000000 1000'),
    ('ledger_entries', 'ledger_entries_by_state', '1000000 1000000 200000 5 4'),
    ('runs', 'sqlite_autoindex_runs_1', '100 100 1'),
    ('matches', 'sqlite_autoindex_matches_1', '1000000 1000000 1'),
    ('matches', 'matches_by_confidence', '1000000 1000000 200000 10 2'),
    ('matches', 'matches_by_change', '1000000 1000000 200000 10'),
    ('matches', 'matches_by_act', '100000 100000 1000'),
    ('match_legs', 'sqlite_autoindex_match_legs_1', '2000000 2000000 2 1'),
    ('match_legs', 'match_legs_by_line', '1000000 1000000 1 1'),
    ('match_legs', 'match_legs_by_entry', '1000000 1000000 1 1'),
    ('match_adjustments', 'sqlite_autoindex_match_adjustments_1', '100000 100000 1 1'),
    ('decisions', 'sqlite_autoindex_decisions_1', '1000000 1000000 1'),
    ('decisions', 'sqlite_autoindex_decisions_2', '1000000 1000000 1'),
    ('decisions', 'decisions_by_match', '1000000 1000000 1'),
    ('decisions', 'decisions_by_act', '1000000 1000000 10'),
    ('decisions', 'decisions_by_people', '10000 10000 1'),
    ('exceptions', 'sqlite_autoindex_exceptions_1', '100000 100000 1'),
    ('exceptions', 'exceptions_by_line', '50000 50000 1'),
    ('exceptions', 'exceptions_by_entry', '50000 50000 1'),
    ('exceptions', 'exceptions_by_run', '100000 100000 10000'),
    ('settings', 'sqlite_autoindex_settings_1', '100 100 1'),
    ('column_mappings', 'sqlite_autoindex_column_mappings_1', '100 100 10 1'),
    ('column_mappings', 'column_mappings_by_header', '100 100 2'),
    ('tallies', 'sqlite_autoindex_tallies_1', '15 15 1'),
    ('audit_events', 'sqlite_autoindex_audit_events_1', '1000000 1000000 1');

-- 'TIEO' marks the file as a workbook; user_version is the schema's, which an older Tieout reads before anything else.
PRAGMA application_id = 1414088015;
PRAGMA user_version = 1;
