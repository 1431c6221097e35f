-- What the bank takes back is taken from deposits, part by part, each at its own rate; customers keep their codes.

-- A reversal is as many rows as there are deposits it takes from, and one more, without a deposit, for what none covers.
-- A deposit that comes later covers that, and an undone one covers no more: what stands in the wrong place is undone in the
-- name of the approval behind it, and posted anew in the right one.
DROP INDEX customer_transactions_once;
CREATE UNIQUE INDEX customer_transactions_once
    ON customer_transactions (company_id, entry_id, match_id, ifnull(line_id, x''), decision_id) WHERE kind = 'deposit';
-- Few accounts have any.
CREATE INDEX customer_transactions_taken_back ON customer_transactions (company_id, customer_id, currency)
    WHERE kind = 'reversal';

DROP TRIGGER customer_transactions_once_at_a_time;
CREATE TRIGGER customer_transactions_once_at_a_time BEFORE INSERT ON customer_transactions
WHEN NEW.kind IN ('deposit', 'reversal')
BEGIN
    SELECT RAISE(ABORT, 'customer_transactions: a line of a match is credited once')
    WHERE EXISTS (SELECT 1 FROM customer_transactions t
                  WHERE t.company_id = NEW.company_id AND t.match_id = NEW.match_id AND t.entry_id = NEW.entry_id
                    AND t.line_id IS NEW.line_id AND t.kind IN ('deposit', 'reversal')
                    AND (t.kind = 'deposit' OR NEW.kind = 'deposit' OR t.decision_id <> NEW.decision_id
                         OR t.reverses IS NEW.reverses)
                    AND NOT EXISTS (SELECT 1 FROM customer_transactions u
                                    WHERE u.company_id = t.company_id AND u.reverses = t.id AND u.kind = 'undone'));
END;
CREATE TRIGGER customer_transactions_take_what_is_there BEFORE INSERT ON customer_transactions
WHEN NEW.kind = 'reversal' AND NEW.reverses IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'customer_transactions: a reversal takes no more from a deposit than is left of it')
    WHERE NOT EXISTS (
        SELECT 1 FROM customer_transactions d
        WHERE d.company_id = NEW.company_id AND d.id = NEW.reverses AND d.kind = 'deposit'
          AND d.customer_id = NEW.customer_id AND d.currency = NEW.currency
          AND d.amount + NEW.amount + ifnull((
              SELECT sum(r.amount) FROM customer_transactions r
              WHERE r.company_id = d.company_id AND r.reverses = d.id AND r.kind = 'reversal'
                AND NOT EXISTS (SELECT 1 FROM customer_transactions u
                                WHERE u.company_id = r.company_id AND u.reverses = r.id AND u.kind = 'undone')), 0) >= 0);
END;
DROP TRIGGER customer_transactions_as_decided;
CREATE TRIGGER customer_transactions_as_decided BEFORE INSERT ON customer_transactions
WHEN NEW.decision_id IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'customer_transactions: an approval credits, and only the undo of one takes back')
    WHERE NOT EXISTS (SELECT 1 FROM decisions d
                      WHERE d.company_id = NEW.company_id AND d.id = NEW.decision_id AND d.match_id = NEW.match_id
                        AND d.verdict = CASE NEW.kind WHEN 'undone' THEN 'undo' ELSE 'approve' END)
      AND NOT (NEW.kind = 'undone'
               AND EXISTS (SELECT 1 FROM customer_transactions r
                           WHERE r.company_id = NEW.company_id AND r.id = NEW.reverses AND r.kind = 'reversal'
                             AND r.decision_id = NEW.decision_id));
END;

-- An account stays its customer's.
CREATE TRIGGER customers_keep_their_code BEFORE UPDATE OF code ON customers
WHEN NEW.code <> OLD.code
BEGIN
    SELECT RAISE(ABORT, 'customers: whoever has an account keeps the code')
    WHERE EXISTS (SELECT 1 FROM customer_transactions
                  WHERE company_id = OLD.company_id AND customer_id = OLD.id);
END;

-- A clock that was set back left the counts of a later day as they were.
UPDATE daily_tallies SET number = (
    SELECT t.number FROM tallies t WHERE t.company_id = daily_tallies.company_id AND t.what = daily_tallies.what)
WHERE date = (SELECT max(d.date) FROM daily_tallies d
              WHERE d.company_id = daily_tallies.company_id AND d.what = daily_tallies.what)
  AND EXISTS (SELECT 1 FROM tallies t WHERE t.company_id = daily_tallies.company_id AND t.what = daily_tallies.what);

-- Codes as earlier versions kept them, and reversals as they posted them, are put right when the workbook is next opened,
-- which takes these marks away.
INSERT INTO settings (company_id, name, value, changed_at)
    SELECT id, 'customers.codes_to_write_alike', 'all', 0 FROM companies c
    WHERE EXISTS (SELECT 1 FROM customers WHERE company_id = c.id AND code <> '');
INSERT INTO settings (company_id, name, value, changed_at)
    SELECT id, 'customers.reversals_to_allot', 'all', 0 FROM companies c
    WHERE EXISTS (SELECT 1 FROM customer_transactions WHERE company_id = c.id AND kind = 'reversal');

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('customer_transactions', 'customer_transactions_once', '1000000 1000000 100 1 1 1'),
    ('customer_transactions', 'customer_transactions_taken_back', '10000 10000 10 10');
ANALYZE sqlite_schema;

PRAGMA user_version = 15;
