-- Journal entries: what the differences inside approved matches ask of the books, exported in batches.

-- Which account of the books takes what. The audit chain tells of every change.
--   cause <word>    differences of this cause
--   gain <word>     those in the company's favour, where they go elsewhere
--   account <id>    the bank, processor or client account, as the books know it
--   receivables, payables, suspense
CREATE TABLE posting_accounts (
    company_id BLOB NOT NULL REFERENCES companies (id),
    role       TEXT NOT NULL CHECK (role <> ''),
    account    TEXT NOT NULL CHECK (trim(account) <> ''),
    changed_by BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (company_id, role),
    FOREIGN KEY (company_id, changed_by) REFERENCES users (company_id, id)
) STRICT;

-- The account chosen for one difference instead: of its cause's side, or of the counter side.
CREATE TABLE journal_choices (
    company_id BLOB NOT NULL,
    match_id   BLOB NOT NULL,
    adjustment INTEGER NOT NULL,
    side       TEXT NOT NULL CHECK (side IN ('own', 'counter')),
    account    TEXT NOT NULL CHECK (trim(account) <> ''),
    chosen_by  BLOB NOT NULL,
    chosen_at  INTEGER NOT NULL,
    PRIMARY KEY (company_id, match_id, adjustment, side),
    FOREIGN KEY (company_id, match_id, adjustment) REFERENCES match_adjustments (company_id, match_id, position),
    FOREIGN KEY (company_id, chosen_by) REFERENCES users (company_id, id)
) STRICT;

-- How files are laid out, beside the ready-made layouts: TOML in the writer's own words.
CREATE TABLE journal_layouts (
    company_id BLOB NOT NULL REFERENCES companies (id),
    name       TEXT NOT NULL CHECK (trim(name) <> ''),
    layout     TEXT NOT NULL,
    changed_by BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (company_id, name),
    FOREIGN KEY (company_id, changed_by) REFERENCES users (company_id, id)
) STRICT;

-- An export, with the very bytes of its file, so that it can be written again.
CREATE TABLE journal_batches (
    company_id  BLOB NOT NULL REFERENCES companies (id),
    number      INTEGER NOT NULL CHECK (number >= 1),
    exported_by BLOB NOT NULL,
    exported_at INTEGER NOT NULL,
    entries     INTEGER NOT NULL CHECK (entries > 0),
    file_name   TEXT NOT NULL,
    layout      TEXT NOT NULL,
    hash        BLOB NOT NULL CHECK (length(hash) = 32),
    content     BLOB NOT NULL,
    PRIMARY KEY (company_id, number),
    FOREIGN KEY (company_id, exported_by) REFERENCES users (company_id, id)
) STRICT;

-- Its entries, as they were exported. They are written before their batch, so that it can be checked against them.
CREATE TABLE journal_entries (
    company_id BLOB NOT NULL,
    batch      INTEGER NOT NULL,
    entry      INTEGER NOT NULL CHECK (entry >= 1),
    match_id   BLOB NOT NULL,
    adjustment INTEGER NOT NULL,
    reverses_batch INTEGER,              -- the entry that this one reverses, since its match no longer stands
    reverses_entry INTEGER,
    date       TEXT NOT NULL CHECK (length(date) = 10),
    cause      TEXT NOT NULL,
    debit      TEXT NOT NULL CHECK (trim(debit) <> ''),
    credit     TEXT NOT NULL CHECK (trim(credit) <> ''),
    debit_role TEXT NOT NULL,
    credit_role TEXT NOT NULL,
    amount     INTEGER NOT NULL CHECK (amount > 0),
    currency   TEXT NOT NULL CHECK (length(currency) = 3),
    base_amount INTEGER CHECK (base_amount >= 0),
    base_currency TEXT CHECK (length(base_currency) = 3),
    text       TEXT NOT NULL,
    counterparty TEXT NOT NULL,
    reference  TEXT NOT NULL,
    bank_reference TEXT NOT NULL,
    line_reference TEXT NOT NULL,
    approved_by TEXT NOT NULL,
    PRIMARY KEY (company_id, batch, entry),
    FOREIGN KEY (company_id, batch) REFERENCES journal_batches (company_id, number) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (company_id, match_id, adjustment) REFERENCES match_adjustments (company_id, match_id, position),
    FOREIGN KEY (company_id, reverses_batch, reverses_entry) REFERENCES journal_entries (company_id, batch, entry),
    CHECK ((reverses_batch IS NULL) = (reverses_entry IS NULL)),
    CHECK ((base_amount IS NULL) = (base_currency IS NULL))
) STRICT;

-- A batch that the books did not take after all.
CREATE TABLE journal_take_backs (
    company_id BLOB NOT NULL,
    batch      INTEGER NOT NULL,
    reason     TEXT NOT NULL CHECK (trim(reason) <> ''),
    taken_back_by BLOB NOT NULL,
    taken_back_at INTEGER NOT NULL,
    PRIMARY KEY (company_id, batch),
    FOREIGN KEY (company_id, batch) REFERENCES journal_batches (company_id, number),
    FOREIGN KEY (company_id, taken_back_by) REFERENCES users (company_id, id)
) STRICT;

-- What the books have of each difference: the entry that is neither reversed nor taken back. Derived; the triggers below
-- keep it.
CREATE TABLE journal_posted (
    company_id BLOB NOT NULL,
    match_id   BLOB NOT NULL,
    adjustment INTEGER NOT NULL,
    batch      INTEGER NOT NULL,
    entry      INTEGER NOT NULL,
    PRIMARY KEY (company_id, match_id, adjustment)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER journal_entries_come_first BEFORE INSERT ON journal_entries
WHEN EXISTS (SELECT 1 FROM journal_batches WHERE company_id = NEW.company_id AND number = NEW.batch)
BEGIN
    SELECT RAISE(ABORT, 'journal_entries: nothing is added to a batch that stands');
END;
CREATE TRIGGER journal_entries_are_true BEFORE INSERT ON journal_entries
BEGIN
    SELECT RAISE(ABORT, 'journal_entries: an entry posts its difference, all of it')
    WHERE NOT EXISTS (
        SELECT 1 FROM match_adjustments a JOIN matches m ON m.company_id = a.company_id AND m.id = a.match_id
        WHERE a.company_id = NEW.company_id AND a.match_id = NEW.match_id AND a.position = NEW.adjustment
          AND abs(a.amount) = NEW.amount AND m.currency = NEW.currency);
    SELECT RAISE(ABORT, 'journal_entries: what is posted stands in an approved match, and what is reversed does not')
    WHERE (NEW.reverses_batch IS NULL) <> (
        SELECT status = 'approved' FROM matches WHERE company_id = NEW.company_id AND id = NEW.match_id);
    SELECT RAISE(ABORT, 'journal_entries: a difference is posted once')
    WHERE NEW.reverses_batch IS NULL AND EXISTS (
        SELECT 1 FROM journal_posted
        WHERE company_id = NEW.company_id AND match_id = NEW.match_id AND adjustment = NEW.adjustment);
    SELECT RAISE(ABORT, 'journal_entries: only what the books have is reversed, with its accounts exchanged')
    WHERE NEW.reverses_batch IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM journal_posted p
        JOIN journal_entries e ON e.company_id = p.company_id AND e.batch = p.batch AND e.entry = p.entry
        WHERE p.company_id = NEW.company_id AND p.match_id = NEW.match_id AND p.adjustment = NEW.adjustment
          AND p.batch = NEW.reverses_batch AND p.entry = NEW.reverses_entry
          AND e.debit = NEW.credit AND e.credit = NEW.debit
          AND e.base_amount IS NEW.base_amount AND e.base_currency IS NEW.base_currency);
END;
CREATE TRIGGER journal_entries_are_posted AFTER INSERT ON journal_entries
BEGIN
    INSERT INTO journal_posted
        SELECT NEW.company_id, NEW.match_id, NEW.adjustment, NEW.batch, NEW.entry WHERE NEW.reverses_batch IS NULL;
    DELETE FROM journal_posted WHERE company_id = NEW.company_id AND match_id = NEW.match_id
        AND adjustment = NEW.adjustment AND NEW.reverses_batch IS NOT NULL;
END;
CREATE TRIGGER journal_entries_never_change BEFORE UPDATE ON journal_entries
BEGIN
    SELECT RAISE(ABORT, 'journal_entries are append-only');
END;
CREATE TRIGGER journal_entries_stay BEFORE DELETE ON journal_entries
BEGIN
    SELECT RAISE(ABORT, 'journal_entries are append-only');
END;

CREATE TRIGGER journal_batches_follow_on BEFORE INSERT ON journal_batches
BEGIN
    SELECT RAISE(ABORT, 'journal_batches: the number must follow its predecessor')
    WHERE NEW.number <> 1 + ifnull((SELECT max(number) FROM journal_batches WHERE company_id = NEW.company_id), 0);
    SELECT RAISE(ABORT, 'journal_batches: a batch has the entries that it counts')
    WHERE NEW.entries <> (SELECT count(*) FROM journal_entries WHERE company_id = NEW.company_id AND batch = NEW.number);
END;
CREATE TRIGGER journal_batches_never_change BEFORE UPDATE ON journal_batches
BEGIN
    SELECT RAISE(ABORT, 'journal_batches are append-only');
END;
CREATE TRIGGER journal_batches_stay BEFORE DELETE ON journal_batches
BEGIN
    SELECT RAISE(ABORT, 'journal_batches are append-only');
END;

CREATE TRIGGER journal_take_backs_are_of_the_newest BEFORE INSERT ON journal_take_backs
BEGIN
    SELECT RAISE(ABORT, 'journal_take_backs: only the newest batch is taken back')
    WHERE NEW.batch IS NOT (
        SELECT max(number) FROM journal_batches b WHERE b.company_id = NEW.company_id
            AND NOT EXISTS (SELECT 1 FROM journal_take_backs t WHERE t.company_id = b.company_id AND t.batch = b.number));
END;
CREATE TRIGGER journal_take_backs_take_back AFTER INSERT ON journal_take_backs
BEGIN
    DELETE FROM journal_posted WHERE company_id = NEW.company_id AND batch = NEW.batch;
    INSERT INTO journal_posted
        SELECT company_id, match_id, adjustment, reverses_batch, reverses_entry FROM journal_entries
        WHERE company_id = NEW.company_id AND batch = NEW.batch AND reverses_batch IS NOT NULL;
END;
CREATE TRIGGER journal_take_backs_never_change BEFORE UPDATE ON journal_take_backs
BEGIN
    SELECT RAISE(ABORT, 'journal_take_backs are append-only');
END;
CREATE TRIGGER journal_take_backs_stay BEFORE DELETE ON journal_take_backs
BEGIN
    SELECT RAISE(ABORT, 'journal_take_backs are append-only');
END;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('posting_accounts', 'sqlite_autoindex_posting_accounts_1', '30 30 1'),
    ('journal_choices', 'sqlite_autoindex_journal_choices_1', '1000 1000 1 1 1'),
    ('journal_layouts', 'sqlite_autoindex_journal_layouts_1', '5 5 1'),
    ('journal_batches', 'sqlite_autoindex_journal_batches_1', '100 100 1'),
    ('journal_entries', 'sqlite_autoindex_journal_entries_1', '100000 100000 1000 1'),
    ('journal_take_backs', 'sqlite_autoindex_journal_take_backs_1', '10 10 1'),
    ('journal_posted', 'journal_posted', '100000 100000 1 1');
ANALYZE sqlite_schema;

PRAGMA user_version = 21;
