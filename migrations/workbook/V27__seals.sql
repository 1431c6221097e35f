-- What binds the rows of tables that only grow to the audit chain: whoever changes, removes or adds one past the program is
-- found, also with the key.
--
-- The digest of a row is SHA-256 over the columns of it that never change; the seal of a table is a rolling SHA-256 over
-- the digests of all its rows, in the order in which they came. An event tells how many rows there were after it, and the
-- seal, of each table that grew since the event before. See the workbook crate, `seal`: which tables and columns.
--
-- The rows that are there when a file is brought up to date are sealed as they are, by the event that tells of that. A
-- later migration that makes a sealed table anew must keep its rows and their order.

-- Canonical JSON, {"table":[rows,"seal"]}; empty: no such table grew. Then it is not in the event's hash either.
ALTER TABLE audit_events ADD COLUMN seal TEXT NOT NULL DEFAULT '';

-- Where each table stands, so that the next change goes on from there. Through: the newest sealed row, by what orders them.
CREATE TABLE seals (
    company_id BLOB NOT NULL REFERENCES companies (id),
    of         TEXT NOT NULL CHECK (of <> ''),
    rows       INTEGER NOT NULL CHECK (rows > 0),
    through    ANY NOT NULL,
    hash       BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (company_id, of)
) STRICT;

-- The first four bytes of the digest of each row, 512 rows a piece: by them the row that was touched is named. That one was
-- is told by the seals alone.
CREATE TABLE seal_pieces (
    company_id BLOB NOT NULL REFERENCES companies (id),
    of         TEXT NOT NULL,
    piece      INTEGER NOT NULL CHECK (piece >= 0),
    digests    BLOB NOT NULL CHECK (length(digests) BETWEEN 4 AND 2048),
    PRIMARY KEY (company_id, of, piece)
) STRICT;

-- What an account is never changes; only its lines are counted.
CREATE TRIGGER accounts_keep_their_content BEFORE UPDATE OF company_id, id, name, currency, created_at ON accounts
BEGIN
    SELECT RAISE(ABORT, 'accounts: an account keeps its name and currency');
END;
CREATE TRIGGER accounts_stay BEFORE DELETE ON accounts
BEGIN
    SELECT RAISE(ABORT, 'accounts stay');
END;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('seals', 'sqlite_autoindex_seals_1', '30 30 1'),
    ('seal_pieces', 'sqlite_autoindex_seal_pieces_1', '10000 10000 2000 1');
ANALYZE sqlite_schema;

PRAGMA user_version = 27;
