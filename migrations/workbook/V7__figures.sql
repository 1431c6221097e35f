-- Figures: what a reconciliation is judged by, of a run, a period and the company, and their history by day.

-- What an account's lines of a day come to, so that no summary reads a million lines. An import adds its days, and the
-- triggers below keep them, in the transaction that changes a line: it is never out of date. Sums are whole minor units in two parts, high × 2^32 + low:
-- no day is too large for them, and no import fails for it.
CREATE TABLE daily_totals (
    company_id  BLOB NOT NULL,
    account_id  BLOB NOT NULL,
    currency    TEXT NOT NULL CHECK (length(currency) = 3),
    date        TEXT NOT NULL CHECK (length(date) IN (0, 10)),  -- empty: lines without a date
    lines       INTEGER NOT NULL CHECK (lines >= 0),            -- those withdrawn do not count
    income_high INTEGER NOT NULL,
    income_low  INTEGER NOT NULL,
    spend_high  INTEGER NOT NULL,                               -- without its sign
    spend_low   INTEGER NOT NULL,
    PRIMARY KEY (company_id, account_id, currency, date),
    FOREIGN KEY (company_id, account_id) REFERENCES accounts (company_id, id)
) STRICT, WITHOUT ROWID;

INSERT INTO daily_totals
SELECT company_id, account_id, currency, ifnull(date, ''), count(*),
    sum(max(amount, 0) >> 32), sum(max(amount, 0) & 4294967295),
    sum(max(-amount, 0) >> 32), sum(max(-amount, 0) & 4294967295)
FROM statement_lines WHERE state <> 4 GROUP BY company_id, account_id, currency, ifnull(date, '');

CREATE TRIGGER statement_lines_leave_their_day AFTER UPDATE OF state ON statement_lines
WHEN OLD.state <> 4 AND NEW.state = 4
BEGIN
    UPDATE daily_totals SET lines = lines - 1,
        income_high = income_high - (max(OLD.amount, 0) >> 32),
        income_low = income_low - (max(OLD.amount, 0) & 4294967295),
        spend_high = spend_high - (max(-OLD.amount, 0) >> 32),
        spend_low = spend_low - (max(-OLD.amount, 0) & 4294967295)
    WHERE company_id = OLD.company_id AND account_id = OLD.account_id AND currency = OLD.currency
      AND date = ifnull(OLD.date, '');
END;
-- Its day may have no row: none is made for what was withdrawn before this table was.
CREATE TRIGGER statement_lines_return_to_their_day AFTER UPDATE OF state ON statement_lines
WHEN OLD.state = 4 AND NEW.state <> 4
BEGIN
    INSERT INTO daily_totals
    VALUES (NEW.company_id, NEW.account_id, NEW.currency, ifnull(NEW.date, ''), 1,
        max(NEW.amount, 0) >> 32, max(NEW.amount, 0) & 4294967295,
        max(-NEW.amount, 0) >> 32, max(-NEW.amount, 0) & 4294967295)
    ON CONFLICT DO UPDATE SET lines = lines + 1,
        income_high = income_high + excluded.income_high, income_low = income_low + excluded.income_low,
        spend_high = spend_high + excluded.spend_high, spend_low = spend_low + excluded.spend_low;
END;

-- How many rows stood in each state when a day (UTC) ended: written with the tallies, for what changed on that day. What
-- did not change since stands at an earlier day. It begins with the newest change before a workbook had
-- this table.
CREATE TABLE daily_tallies (
    company_id BLOB NOT NULL REFERENCES companies (id),
    date       TEXT NOT NULL CHECK (length(date) = 10),
    what       TEXT NOT NULL,
    number     INTEGER NOT NULL CHECK (number >= 0),
    PRIMARY KEY (company_id, what, date)
) STRICT, WITHOUT ROWID;
-- The counts are those since the newest event: nothing changes without one.
INSERT INTO daily_tallies
SELECT t.company_id, date(e.at / 1000, 'unixepoch'), t.what, t.number FROM tallies t
JOIN (SELECT company_id, max(at) AS at FROM audit_events GROUP BY company_id) e ON e.company_id = t.company_id;

-- What was open of the records that a run looked at, in minor units.
CREATE TABLE run_totals (
    company_id BLOB NOT NULL,
    run_id     BLOB NOT NULL,
    currency   TEXT NOT NULL CHECK (length(currency) = 3),
    lines      INTEGER NOT NULL,
    entries    INTEGER NOT NULL,
    PRIMARY KEY (company_id, run_id, currency),
    FOREIGN KEY (company_id, run_id) REFERENCES runs (company_id, id)
) STRICT;
CREATE TRIGGER run_totals_never_change BEFORE UPDATE ON run_totals
BEGIN
    SELECT RAISE(ABORT, 'run_totals: what a run found is never changed');
END;
CREATE TRIGGER run_totals_stay BEFORE DELETE ON run_totals
BEGIN
    SELECT RAISE(ABORT, 'run_totals: what a run found is never deleted');
END;
-- Lines in matches that the policy approved; NULL: the run is older than this column.
ALTER TABLE runs ADD COLUMN lines_automatic INTEGER CHECK (lines_automatic >= 0);

-- What the policy approved, found without its texts, to tell automatic lines from others.
CREATE INDEX matches_by_policy ON matches (company_id, id) WHERE status = 'approved' AND by_policy = 1;

-- Rates and variance in the views are hundredths of a percent.

-- The hundred newest runs of each company. Variance is that of its base currency: |lines − entries| / |entries|, cents
-- ignored, rounded up; NULL where there is nothing to compare with.
CREATE VIEW v_recent_reconciliations AS
SELECT company_id, run_id, reconciled_at, reconciled_by, profile, engine_version, lines, entries, lines_matched,
    lines_automatic, match_rate, automatic_rate, approved, suggested, ambiguous, lines_unmatched, entries_unmatched,
    elapsed_ms, currency, lines_amount, entries_amount, CASE
        WHEN whole_lines = whole_entries THEN 0
        WHEN whole_entries = 0 OR abs(whole_lines - whole_entries) > 900000000000000 THEN NULL
        ELSE (abs(whole_lines - whole_entries) * 10000 + abs(whole_entries) - 1) / abs(whole_entries) END AS variance
FROM (
    SELECT r.company_id, r.id AS run_id, strftime('%Y-%m-%dT%H:%M:%SZ', r.stored_at / 1000, 'unixepoch') AS reconciled_at,
        u.name AS reconciled_by, r.profile, r.engine_version, r.lines, r.entries,
        r.lines - r.lines_unmatched AS lines_matched, r.lines_automatic,
        CASE WHEN r.lines > 0 THEN (r.lines - r.lines_unmatched) * 10000 / r.lines END AS match_rate,
        CASE WHEN r.lines > 0 THEN r.lines_automatic * 10000 / r.lines END AS automatic_rate,
        r.approved, r.suggested, r.ambiguous, r.lines_unmatched, r.entries_unmatched, r.elapsed_ms,
        c.base_currency AS currency, t.lines AS lines_amount, t.entries AS entries_amount,
        t.lines / c.minor_units AS whole_lines,
        t.entries / c.minor_units AS whole_entries,
        row_number() OVER (PARTITION BY r.company_id ORDER BY r.id DESC) AS newest
    FROM runs r
    JOIN (SELECT id, base_currency, CASE WHEN instr('ADP BEF BIF BYB BYR CLP DJF ESP GNF GRD ISK ITL JPY KMF KRW LUF MGF PTE PYG RWF TRL UGX UYI VND VUV XAF XOF XPF',
            base_currency) > 0 THEN 1 WHEN instr('BHD IQD JOD KWD LYD OMR TND', base_currency) > 0 THEN 1000
        WHEN instr('CLF UYW', base_currency) > 0 THEN 10000 ELSE 100 END AS minor_units FROM companies) c ON c.id = r.company_id
    LEFT JOIN users u ON u.company_id = r.company_id AND u.id = r.run_by
    LEFT JOIN run_totals t ON t.company_id = r.company_id AND t.run_id = r.id AND t.currency = c.base_currency) n
WHERE newest <= 100 ORDER BY company_id, newest;

-- Records of which something is open and that stand in no match, decided or proposed, from the limit of high value on:
-- the setting figures.high_value, in whole units of each record's currency; 10000 where none is set.
CREATE VIEW v_high_value_missing_transactions AS
SELECT company_id, side, record, date, counterparty, reference, amount, open, currency, cause, explanation, opened_at
FROM (
    SELECT r.company_id, 'statement' AS side, r.id AS record, r.date, r.counterparty, r.reference, r.amount,
        r.impact AS open, r.currency, ifnull(e.cause, 'none') AS cause, e.explanation, e.opened_at
    FROM statement_lines r LEFT JOIN exceptions e ON e.company_id = r.company_id AND e.line_id = r.id
    WHERE r.state = 0
    UNION ALL
    SELECT r.company_id, 'ledger', r.id, r.date, r.counterparty, r.number, r.amount,
        r.impact, r.currency, ifnull(e.cause, 'none'), e.explanation, e.opened_at
    FROM ledger_entries r LEFT JOIN exceptions e ON e.company_id = r.company_id AND e.entry_id = r.id
    WHERE r.state = 0) m
WHERE open >= (
    SELECT CAST(ifnull(max(value), '10000') AS INTEGER) FROM settings s
    WHERE s.company_id = m.company_id AND s.name = 'figures.high_value')
    * (CASE WHEN instr('ADP BEF BIF BYB BYR CLP DJF ESP GNF GRD ISK ITL JPY KMF KRW LUF MGF PTE PYG RWF TRL UGX UYI VND VUV XAF XOF XPF',
            m.currency) > 0 THEN 1 WHEN instr('BHD IQD JOD KWD LYD OMR TND', m.currency) > 0 THEN 1000
        WHEN instr('CLF UYW', m.currency) > 0 THEN 10000 ELSE 100 END)
ORDER BY company_id, open DESC, record;

-- What happened on each day (UTC), and how many lines there were and were settled when it ended. The latter are known
-- from the first day of daily_tallies on, and NULL before.
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
    ('daily_totals', 'daily_totals', '5000 5000 500 400 1'),
    ('daily_tallies', 'daily_tallies', '5000 5000 300 1'),
    ('run_totals', 'sqlite_autoindex_run_totals_1', '200 200 2 1'),
    ('matches', 'matches_by_policy', '1000000 1000000 1');
ANALYZE sqlite_schema;

PRAGMA user_version = 7;
