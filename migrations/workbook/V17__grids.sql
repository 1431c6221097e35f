-- Grids: full-text search of records, matches and audit events.
--
-- The indexes hold words only, not the texts, and know a row by its rowid. Rows are never deleted and what they say never
-- changes, so that an index never has to forget: what is withdrawn or superseded is left out by whoever asks. To fill them
-- while a million rows are taken in would take as long again as storing these; so rows are put in when somebody next
-- searches, or before, when nobody waits, and search_progress says up to which rowid that was done, in the same transaction.
CREATE VIRTUAL TABLE statement_lines_search USING fts5(
    counterparty, description, reference, counterparty_account, record_id,
    content = '', detail = none, columnsize = 0, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE ledger_entries_search USING fts5(
    counterparty, counterparty_code, number, reference, memo, counterparty_account, record_id,
    content = '', detail = none, columnsize = 0, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE matches_search USING fts5(
    title, search,
    content = '', detail = none, columnsize = 0, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE audit_events_search USING fts5(
    actor, action, subject, details,
    content = '', detail = none, columnsize = 0, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2');

CREATE TABLE search_progress (
    source  TEXT NOT NULL PRIMARY KEY,
    through INTEGER NOT NULL CHECK (through >= 0)
) STRICT, WITHOUT ROWID;
INSERT INTO search_progress VALUES
    ('statement_lines', 0), ('ledger_entries', 0), ('matches', 0), ('audit_events', 0);
-- An index is filled once: what was put in does not come out again.
CREATE TRIGGER search_progress_goes_forward BEFORE UPDATE ON search_progress
WHEN NEW.through < OLD.through OR NEW.source <> OLD.source
BEGIN
    SELECT RAISE(ABORT, 'search_progress: an index only grows');
END;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('search_progress', 'search_progress', '4 1');
ANALYZE sqlite_schema;

PRAGMA user_version = 17;
