-- A few new records in a workbook of many decided ones: what they cost must not grow with what was decided.

-- What is approved, found without its texts: a match's row fills a page or half of one, and what is used of a record is
-- summed over approved matches whenever it changes, and in every proof.
CREATE INDEX matches_approved ON matches (company_id, id, line_total, entry_total) WHERE status = 'approved';

-- What people did at once is undone at once; what a run approved is not.
DROP INDEX decisions_by_act;
CREATE INDEX decisions_by_act ON decisions (company_id, act_id) WHERE user_id IS NOT NULL;

-- A run goes through all exceptions, whichever run they are of.
DROP INDEX exceptions_by_run;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('matches', 'matches_approved', '1000000 1000000 1 1 1'),
    ('decisions', 'decisions_by_act', '10000 10000 10');
ANALYZE sqlite_schema;

PRAGMA user_version = 3;
