-- A payment in one currency settles a document in another.

-- What a leg settles of its record, in the record's own currency, where that is not its match's; NULL: what it applies.
-- A match is in the currency of its lines, so that only entries are converted.
ALTER TABLE match_legs ADD COLUMN amount_settled INTEGER CHECK (
    amount_settled IS NULL
    OR (entry_id IS NOT NULL AND amount_applied <> 0 AND amount_settled <> 0
        AND (amount_applied > 0) = (amount_settled > 0)));

-- What an entry says is used of it is what approved matches settle of it.
DROP TRIGGER ledger_entries_applied_is_true;
CREATE TRIGGER ledger_entries_applied_is_true AFTER UPDATE OF applied ON ledger_entries
BEGIN
    SELECT RAISE(ABORT, 'ledger_entries: applied must be the sum over approved matches')
    WHERE NEW.applied <> (SELECT ifnull(sum(ifnull(l.amount_settled, l.amount_applied)), 0) FROM match_legs l
                          JOIN matches m ON m.company_id = l.company_id AND m.id = l.match_id
                          WHERE l.company_id = NEW.company_id AND l.entry_id = NEW.id AND m.status = 'approved');
END;

-- Daily exchange rates, kept so that a run needs no file beside the workbook: 1 base = rate quote, a decimal number.
CREATE TABLE exchange_rates (
    company_id BLOB NOT NULL REFERENCES companies (id),
    base       TEXT NOT NULL,
    quote      TEXT NOT NULL,
    date       TEXT NOT NULL,
    rate       TEXT NOT NULL,
    PRIMARY KEY (company_id, base, quote, date),
    CHECK (base <> quote)
) STRICT;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('exchange_rates', 'sqlite_autoindex_exchange_rates_1', '10000 10000 1000 500 1');
ANALYZE sqlite_schema;

PRAGMA user_version = 4;
