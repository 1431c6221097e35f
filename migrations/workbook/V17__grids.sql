-- Grids: full-text search of records, matches and audit events.
--
-- The indexes hold words only, not the texts, and know a row by its rowid. They are filled where rows are added,
-- in the same transaction: by a trigger, or for records, of which very many come at once, by the code that takes them in.
-- Rows are never deleted and what they say never changes, so that an index never has to forget. What
-- is withdrawn or superseded is left out by whoever asks.
CREATE VIRTUAL TABLE statement_lines_search USING fts5(
    counterparty, description, reference, counterparty_account, record_id,
    content = '', detail = none, columnsize = 0, tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE ledger_entries_search USING fts5(
    counterparty, counterparty_code, number, reference, memo, counterparty_account, record_id,
    content = '', detail = none, columnsize = 0, tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE matches_search USING fts5(
    title, search,
    content = '', detail = none, columnsize = 0, tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE audit_events_search USING fts5(
    actor, action, subject, details,
    content = '', detail = none, columnsize = 0, tokenize = 'unicode61 remove_diacritics 2');

INSERT INTO statement_lines_search (rowid, counterparty, description, reference, counterparty_account, record_id)
    SELECT rowid, counterparty, description, reference, counterparty_account, record_id FROM statement_lines NOT INDEXED;
INSERT INTO ledger_entries_search (rowid, counterparty, counterparty_code, number, reference, memo, counterparty_account,
        record_id)
    SELECT rowid, counterparty, counterparty_code, number, reference, memo, counterparty_account, record_id
    FROM ledger_entries NOT INDEXED;
INSERT INTO matches_search (rowid, title, search) SELECT rowid, title, search FROM matches NOT INDEXED;
INSERT INTO audit_events_search (rowid, actor, action, subject, details)
    SELECT rowid, actor, action, subject, details FROM audit_events NOT INDEXED;

CREATE TRIGGER matches_are_found AFTER INSERT ON matches
BEGIN
    INSERT INTO matches_search (rowid, title, search) VALUES (NEW.rowid, NEW.title, NEW.search);
END;
CREATE TRIGGER audit_events_are_found AFTER INSERT ON audit_events
BEGIN
    INSERT INTO audit_events_search (rowid, actor, action, subject, details)
    VALUES (NEW.rowid, NEW.actor, NEW.action, NEW.subject, NEW.details);
END;

PRAGMA user_version = 17;
