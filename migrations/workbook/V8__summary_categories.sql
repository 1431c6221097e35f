-- What an account's lines of a day are for, and how far that is known, beside daily_totals and kept like them: the
-- triggers below write in the transaction that changes a line or its category. A line without a row in line_categories is
-- in no row here: it is new, and the summary finds how many those are by what daily_totals has more.
CREATE TABLE daily_categories (
    company_id  BLOB NOT NULL,
    account_id  BLOB NOT NULL,
    currency    TEXT NOT NULL CHECK (length(currency) = 3),
    date        TEXT NOT NULL CHECK (length(date) IN (0, 10)),     -- empty: lines without a date
    status      INTEGER NOT NULL CHECK (status BETWEEN 0 AND 3),   -- as in line_categories
    category_id BLOB NOT NULL CHECK (length(category_id) IN (0, 16)),  -- empty: none
    lines       INTEGER NOT NULL CHECK (lines >= 0),               -- those withdrawn do not count
    PRIMARY KEY (company_id, account_id, currency, date, status, category_id),
    FOREIGN KEY (company_id, account_id) REFERENCES accounts (company_id, id)
) STRICT, WITHOUT ROWID;

INSERT INTO daily_categories
SELECT r.company_id, r.account_id, r.currency, ifnull(r.date, ''), c.status, ifnull(c.category_id, x''), count(*)
FROM line_categories c JOIN statement_lines r ON r.company_id = c.company_id AND r.id = c.line_id
WHERE r.state <> 4 GROUP BY 1, 2, 3, 4, 5, 6;

CREATE TRIGGER line_categories_join_their_day AFTER INSERT ON line_categories
BEGIN
    INSERT INTO daily_categories
    SELECT company_id, account_id, currency, ifnull(date, ''), NEW.status, ifnull(NEW.category_id, x''), 1
    FROM statement_lines WHERE company_id = NEW.company_id AND id = NEW.line_id AND state <> 4
    ON CONFLICT DO UPDATE SET lines = lines + 1;
END;
CREATE TRIGGER line_categories_leave_their_day AFTER DELETE ON line_categories
BEGIN
    UPDATE daily_categories SET lines = lines - 1
    WHERE status = OLD.status AND category_id = ifnull(OLD.category_id, x'')
      AND (company_id, account_id, currency, date) = (
          SELECT company_id, account_id, currency, ifnull(date, '') FROM statement_lines
          WHERE company_id = OLD.company_id AND id = OLD.line_id AND state <> 4);
END;
CREATE TRIGGER line_categories_move_in_their_day AFTER UPDATE OF status, category_id ON line_categories
WHEN OLD.status IS NOT NEW.status OR OLD.category_id IS NOT NEW.category_id
BEGIN
    UPDATE daily_categories SET lines = lines - 1
    WHERE status = OLD.status AND category_id = ifnull(OLD.category_id, x'')
      AND (company_id, account_id, currency, date) = (
          SELECT company_id, account_id, currency, ifnull(date, '') FROM statement_lines
          WHERE company_id = OLD.company_id AND id = OLD.line_id AND state <> 4);
    INSERT INTO daily_categories
    SELECT company_id, account_id, currency, ifnull(date, ''), NEW.status, ifnull(NEW.category_id, x''), 1
    FROM statement_lines WHERE company_id = NEW.company_id AND id = NEW.line_id AND state <> 4
    ON CONFLICT DO UPDATE SET lines = lines + 1;
END;
CREATE TRIGGER statement_lines_take_their_category_away AFTER UPDATE OF state ON statement_lines
WHEN OLD.state <> 4 AND NEW.state = 4
BEGIN
    UPDATE daily_categories SET lines = lines - 1
    WHERE company_id = OLD.company_id AND account_id = OLD.account_id AND currency = OLD.currency
      AND date = ifnull(OLD.date, '')
      AND (status, category_id) = (
          SELECT status, ifnull(category_id, x'') FROM line_categories
          WHERE company_id = OLD.company_id AND line_id = OLD.id);
END;
CREATE TRIGGER statement_lines_bring_their_category_back AFTER UPDATE OF state ON statement_lines
WHEN OLD.state = 4 AND NEW.state <> 4
BEGIN
    INSERT INTO daily_categories
    SELECT NEW.company_id, NEW.account_id, NEW.currency, ifnull(NEW.date, ''), status, ifnull(category_id, x''), 1
    FROM line_categories WHERE company_id = NEW.company_id AND line_id = NEW.id
    ON CONFLICT DO UPDATE SET lines = lines + 1;
END;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('daily_categories', 'daily_categories', '50000 50000 5000 4000 20 10 1');
ANALYZE sqlite_schema;

PRAGMA user_version = 8;
