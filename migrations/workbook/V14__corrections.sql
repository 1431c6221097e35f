-- A person puts customers' accounts right, and a rule of the matching settings may give a line its category.

-- The rule that decided, by the name it had then.
ALTER TABLE line_categories ADD COLUMN rule TEXT
    CHECK (rule IS NULL OR (category_id IS NOT NULL AND by_hand = 0 AND pattern_id IS NULL));

-- What moved a customer's account, as before, and besides:
--   adjustment  a person puts the account right, and says why
--   undone      takes an adjustment back too, which no decision on a match stands behind
-- SQLite changes no constraints: the table is made anew, with every row as it was.
DROP VIEW customer_balances;
CREATE TABLE customer_transactions_v14 (
    company_id    BLOB NOT NULL,
    id            BLOB NOT NULL CHECK (length(id) = 16),
    customer_id   BLOB NOT NULL,
    currency      TEXT NOT NULL CHECK (length(currency) = 3),
    number        INTEGER NOT NULL CHECK (number >= 1),  -- within the customer's account in this currency
    kind          TEXT NOT NULL CHECK (kind IN ('deposit', 'reversal', 'undone', 'first_rate', 'adjustment')),
    amount        INTEGER NOT NULL,
    rate          INTEGER CHECK (rate > 0),              -- minor units a credit; NULL: there was no rate yet
    credits       INTEGER NOT NULL,
    balance_after INTEGER NOT NULL,
    credits_after INTEGER NOT NULL,
    part_after    INTEGER NOT NULL CHECK (part_after >= 0),
    part_of       INTEGER NOT NULL CHECK (part_of > part_after),
    decision_id   BLOB,                                  -- the approval, or the undo of it
    match_id      BLOB,
    line_id       BLOB,
    entry_id      BLOB,                                  -- the customer's account in the books
    reverses      BLOB,                                  -- the deposit a reversal takes back, where it is known; what was undone
    posted_at     INTEGER NOT NULL,
    posted_by     BLOB,                                  -- the person who adjusted, or took an adjustment back
    reason        TEXT NOT NULL DEFAULT '',              -- what that person said
    PRIMARY KEY (company_id, id),
    UNIQUE (company_id, customer_id, currency, number),
    FOREIGN KEY (company_id, customer_id) REFERENCES customers (company_id, id),
    FOREIGN KEY (company_id, decision_id) REFERENCES decisions (company_id, id),
    FOREIGN KEY (company_id, match_id) REFERENCES matches (company_id, id),
    FOREIGN KEY (company_id, line_id) REFERENCES statement_lines (company_id, id),
    FOREIGN KEY (company_id, entry_id) REFERENCES ledger_entries (company_id, id),
    FOREIGN KEY (company_id, reverses) REFERENCES customer_transactions_v14 (company_id, id),
    FOREIGN KEY (company_id, posted_by) REFERENCES users (company_id, id),
    CHECK ((match_id IS NULL) = (decision_id IS NULL)),
    CHECK ((entry_id IS NULL) = (decision_id IS NULL)),
    CHECK (line_id IS NULL OR decision_id IS NOT NULL),
    CHECK (CASE kind
        WHEN 'deposit' THEN decision_id IS NOT NULL AND amount > 0 AND reverses IS NULL
        WHEN 'reversal' THEN decision_id IS NOT NULL AND amount < 0
        WHEN 'undone' THEN amount <> 0 AND reverses IS NOT NULL
        WHEN 'adjustment' THEN decision_id IS NULL AND amount <> 0 AND reverses IS NULL
        ELSE decision_id IS NULL AND amount = 0 AND rate IS NOT NULL AND reverses IS NULL END),
    CHECK ((posted_by IS NOT NULL) = (decision_id IS NULL AND kind <> 'first_rate')),
    CHECK ((trim(reason) <> '') = (posted_by IS NOT NULL)),
    CHECK (rate IS NOT NULL OR credits = 0)
) STRICT;
INSERT INTO customer_transactions_v14
    SELECT company_id, id, customer_id, currency, number, kind, amount, rate, credits, balance_after, credits_after,
           part_after, part_of, decision_id, match_id, line_id, entry_id, reverses, posted_at, NULL, ''
    FROM customer_transactions ORDER BY company_id, id;
DROP TABLE customer_transactions;
ALTER TABLE customer_transactions_v14 RENAME TO customer_transactions;

-- One approval credits a line to an account once, and is taken back once.
CREATE UNIQUE INDEX customer_transactions_once
    ON customer_transactions (company_id, entry_id, match_id, ifnull(line_id, x''), decision_id, ifnull(reverses, x''))
    WHERE entry_id IS NOT NULL;
CREATE UNIQUE INDEX customer_transactions_undone ON customer_transactions (company_id, reverses) WHERE kind = 'undone';
CREATE INDEX customer_transactions_reversed ON customer_transactions (company_id, reverses) WHERE reverses IS NOT NULL;
CREATE INDEX customer_transactions_by_match ON customer_transactions (company_id, match_id) WHERE match_id IS NOT NULL;

CREATE TRIGGER customer_transactions_add_up BEFORE INSERT ON customer_transactions
BEGIN
    SELECT RAISE(ABORT, 'customer_transactions: a balance must be the sum of its transactions')
    WHERE NEW.number <> 1 + ifnull((SELECT max(number) FROM customer_transactions
                                    WHERE company_id = NEW.company_id AND customer_id = NEW.customer_id
                                      AND currency = NEW.currency), 0)
       OR NEW.balance_after <> NEW.amount + ifnull((SELECT balance_after FROM customer_transactions
                                    WHERE company_id = NEW.company_id AND customer_id = NEW.customer_id
                                      AND currency = NEW.currency AND number = NEW.number - 1), 0)
       OR NEW.credits_after <> NEW.credits + ifnull((SELECT credits_after FROM customer_transactions
                                    WHERE company_id = NEW.company_id AND customer_id = NEW.customer_id
                                      AND currency = NEW.currency AND number = NEW.number - 1), 0);
END;
-- Exactly once, however often it is approved: a second time only after the first was taken back.
CREATE TRIGGER customer_transactions_once_at_a_time BEFORE INSERT ON customer_transactions
WHEN NEW.kind IN ('deposit', 'reversal')
BEGIN
    SELECT RAISE(ABORT, 'customer_transactions: a line of a match is credited once')
    WHERE EXISTS (SELECT 1 FROM customer_transactions t
                  WHERE t.company_id = NEW.company_id AND t.match_id = NEW.match_id AND t.entry_id = NEW.entry_id
                    AND t.line_id IS NEW.line_id AND t.kind IN ('deposit', 'reversal')
                    AND NOT EXISTS (SELECT 1 FROM customer_transactions u
                                    WHERE u.company_id = t.company_id AND u.reverses = t.id AND u.kind = 'undone'));
END;
CREATE TRIGGER customer_transactions_undo_the_whole BEFORE INSERT ON customer_transactions
WHEN NEW.kind = 'undone'
BEGIN
    SELECT RAISE(ABORT, 'customer_transactions: what is undone is a deposit, reversal or adjustment, and all of it')
    WHERE NOT EXISTS (SELECT 1 FROM customer_transactions t
                      WHERE t.company_id = NEW.company_id AND t.id = NEW.reverses
                        AND t.kind IN ('deposit', 'reversal', 'adjustment')
                        AND t.customer_id = NEW.customer_id AND t.currency = NEW.currency
                        AND t.match_id IS NEW.match_id AND t.entry_id IS NEW.entry_id AND t.amount = -NEW.amount);
END;
CREATE TRIGGER customer_transactions_as_decided BEFORE INSERT ON customer_transactions
WHEN NEW.decision_id IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'customer_transactions: an approval credits, and only the undo of one takes back')
    WHERE NOT EXISTS (SELECT 1 FROM decisions d
                      WHERE d.company_id = NEW.company_id AND d.id = NEW.decision_id AND d.match_id = NEW.match_id
                        AND d.verdict = CASE NEW.kind WHEN 'undone' THEN 'undo' ELSE 'approve' END);
END;
CREATE TRIGGER customer_transactions_never_change BEFORE UPDATE ON customer_transactions
BEGIN
    SELECT RAISE(ABORT, 'customer_transactions are append-only');
END;
CREATE TRIGGER customer_transactions_stay BEFORE DELETE ON customer_transactions
BEGIN
    SELECT RAISE(ABORT, 'customer_transactions are append-only');
END;

-- What each account comes to: nothing but the sum.
CREATE VIEW customer_balances AS
    SELECT company_id, customer_id, currency, sum(amount) AS balance, sum(credits) AS credits, count(*) AS transactions
    FROM customer_transactions GROUP BY company_id, customer_id, currency;

DELETE FROM sqlite_stat1 WHERE tbl IN ('customer_transactions', 'customer_transactions_v14');
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('customer_transactions', 'sqlite_autoindex_customer_transactions_1', '1000000 1000000 1'),
    ('customer_transactions', 'sqlite_autoindex_customer_transactions_2', '1000000 1000000 100 100 1'),
    ('customer_transactions', 'customer_transactions_once', '1000000 1000000 100 1 1 1 1'),
    ('customer_transactions', 'customer_transactions_undone', '10000 10000 1'),
    ('customer_transactions', 'customer_transactions_reversed', '10000 10000 1'),
    ('customer_transactions', 'customer_transactions_by_match', '1000000 1000000 1');
ANALYZE sqlite_schema;

PRAGMA user_version = 14;
