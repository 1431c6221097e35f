-- What transactions are for: categories, the patterns they are found by, and the category of each statement line.
--
-- A line's way to its category, line_categories.status:
--   0 pending      to be looked at by the next sweep; it keeps the category it had until then
--   1 processing   a sweep has taken it up
--   2 completed    looked at, or chosen by a person; category_id is NULL where none fitted
--   3 failed       the categoriser could not judge it; note says why
-- A new line has no row here: it is pending, at no cost for the import that brought it. Lines and their identifiers only
-- ever ascend, so the lines past category_sweeps.through of the last completed sweep are the new ones. While a sweep is
-- processing, so are the new lines up to its own `through`.

CREATE TABLE categories (
    company_id BLOB NOT NULL REFERENCES companies (id),
    id         BLOB NOT NULL CHECK (length(id) = 16),
    name       TEXT NOT NULL CHECK (trim(name) <> ''),
    folded     TEXT NOT NULL CHECK (folded <> ''),  -- the name as it is compared
    created_at INTEGER NOT NULL,
    PRIMARY KEY (company_id, id),
    UNIQUE (company_id, folded)
) STRICT;

-- The order of identifiers is that of the list: of patterns equally long the earliest decides.
CREATE TABLE category_patterns (
    company_id  BLOB NOT NULL,
    id          BLOB NOT NULL CHECK (length(id) = 16),
    category_id BLOB NOT NULL,
    pattern     TEXT NOT NULL CHECK (trim(pattern) <> ''),
    folded      TEXT NOT NULL CHECK (folded <> ''),  -- the pattern as it is compared: it stands for one category
    PRIMARY KEY (company_id, id),
    UNIQUE (company_id, folded),
    FOREIGN KEY (company_id, category_id) REFERENCES categories (company_id, id)
) STRICT;
CREATE INDEX category_patterns_by_category ON category_patterns (company_id, category_id);

-- Goes up with every change of categories or patterns, so that whoever compiled them knows when they are others.
CREATE TABLE category_lists (
    company_id BLOB NOT NULL PRIMARY KEY REFERENCES companies (id),
    version    INTEGER NOT NULL CHECK (version >= 1)
) STRICT;

CREATE TABLE category_sweeps (
    company_id   BLOB NOT NULL REFERENCES companies (id),
    id           BLOB NOT NULL CHECK (length(id) = 16),
    state        TEXT NOT NULL CHECK (state IN ('processing', 'completed', 'failed')),
    swept_by     BLOB NOT NULL,
    categoriser  TEXT NOT NULL,            -- its kind and version
    list_version INTEGER NOT NULL,         -- of the categories and patterns it went by
    through      BLOB NOT NULL,            -- the newest line; every line up to it has its row when the sweep is completed
    covered      INTEGER NOT NULL CHECK (covered >= 0),  -- how many lines that are
    started_at   INTEGER NOT NULL,
    ended_at     INTEGER,
    lines        INTEGER NOT NULL DEFAULT 0 CHECK (lines >= 0),  -- looked at; of these:
    categorised  INTEGER NOT NULL DEFAULT 0 CHECK (categorised >= 0),
    failed       INTEGER NOT NULL DEFAULT 0 CHECK (failed >= 0),
    note         TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, swept_by) REFERENCES users (company_id, id),
    CHECK ((state = 'processing') = (ended_at IS NULL)),
    CHECK (categorised + failed <= lines)
) STRICT;

CREATE TRIGGER category_sweeps_go_forward BEFORE UPDATE ON category_sweeps
WHEN OLD.state <> 'processing'
BEGIN
    SELECT RAISE(ABORT, 'category_sweeps: what a sweep did is never changed');
END;
CREATE TRIGGER category_sweeps_stay BEFORE DELETE ON category_sweeps
BEGIN
    SELECT RAISE(ABORT, 'category_sweeps: what a sweep did is never changed');
END;

CREATE TABLE line_categories (
    company_id  BLOB NOT NULL,
    line_id     BLOB NOT NULL,
    status      INTEGER NOT NULL CHECK (status BETWEEN 0 AND 3),
    by_hand     INTEGER NOT NULL DEFAULT 0 CHECK (by_hand IN (0, 1)),
    category_id BLOB,
    pattern_id  BLOB,  -- the pattern that decided; it may be gone since
    note        TEXT,
    changed_at  INTEGER NOT NULL,
    PRIMARY KEY (company_id, line_id),
    FOREIGN KEY (company_id, line_id) REFERENCES statement_lines (company_id, id),
    FOREIGN KEY (company_id, category_id) REFERENCES categories (company_id, id),
    CHECK (category_id IS NULL OR status <> 3),
    CHECK (pattern_id IS NULL OR (category_id IS NOT NULL AND by_hand = 0)),
    CHECK (by_hand = 0 OR status = 2),
    CHECK ((note IS NOT NULL) = (status = 3))
) STRICT, WITHOUT ROWID;
CREATE INDEX line_categories_pending ON line_categories (company_id, line_id) WHERE status < 2;
CREATE INDEX line_categories_by_category ON line_categories (company_id, category_id, status);

CREATE TRIGGER line_categories_go_forward BEFORE UPDATE OF status ON line_categories
WHEN NEW.by_hand = 0 AND OLD.status NOT IN (1, NEW.status) AND NEW.status IN (2, 3)
BEGIN
    SELECT RAISE(ABORT, 'line_categories: a line goes pending, processing, completed or failed');
END;
CREATE TRIGGER line_categories_by_hand_stay BEFORE UPDATE ON line_categories
WHEN OLD.by_hand = 1 AND NEW.by_hand = 0 AND NEW.status <> 0
BEGIN
    SELECT RAISE(ABORT, 'line_categories: no sweep overwrites what a person chose');
END;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('categories', 'sqlite_autoindex_categories_1', '100 100 1'),
    ('categories', 'sqlite_autoindex_categories_2', '100 100 1'),
    ('category_patterns', 'sqlite_autoindex_category_patterns_1', '10000 10000 1'),
    ('category_patterns', 'sqlite_autoindex_category_patterns_2', '10000 10000 1'),
    ('category_patterns', 'category_patterns_by_category', '10000 10000 100'),
    ('category_sweeps', 'sqlite_autoindex_category_sweeps_1', '100 100 1'),
    ('line_categories', 'line_categories', '1000000 1000000 1'),
    ('line_categories', 'line_categories_pending', '1000 1000 1'),
    ('line_categories', 'line_categories_by_category', '1000000 1000000 10000 5000');
ANALYZE sqlite_schema;

PRAGMA user_version = 5;
