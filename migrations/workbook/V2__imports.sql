-- Imports of whole files: what is made of a line's texts, jobs, the validation report, deleted rows, retries.
--
-- A record that a person deleted is in state 4, as one whose import was undone, but says when, by whom and why; only such
-- a record can come back.

-- What was made of a line's texts; references one a line.
ALTER TABLE statement_lines ADD COLUMN clean_description TEXT NOT NULL DEFAULT '';
ALTER TABLE statement_lines ADD COLUMN extracted_references TEXT NOT NULL DEFAULT '';
ALTER TABLE statement_lines ADD COLUMN remittance TEXT NOT NULL DEFAULT '';
ALTER TABLE statement_lines ADD COLUMN bank_code TEXT NOT NULL DEFAULT '';
-- A job: its site is set, be it empty, where there is one. Quantity and rate are decimal numbers as text.
ALTER TABLE statement_lines ADD COLUMN job_site TEXT;
ALTER TABLE statement_lines ADD COLUMN job_service TEXT CHECK ((job_service IS NULL) = (job_site IS NULL));
ALTER TABLE statement_lines ADD COLUMN job_month TEXT
    CHECK (job_month IS NULL OR length(job_month) = 10 AND job_site IS NOT NULL);
ALTER TABLE statement_lines ADD COLUMN job_quantity TEXT CHECK (job_quantity IS NULL OR job_site IS NOT NULL);
ALTER TABLE statement_lines ADD COLUMN job_rate TEXT CHECK (job_rate IS NULL OR job_site IS NOT NULL);
-- When a person deleted it, who and why.
ALTER TABLE statement_lines ADD COLUMN deleted_at INTEGER CHECK (deleted_at IS NULL OR state = 4);
ALTER TABLE statement_lines ADD COLUMN deleted_by BLOB CHECK ((deleted_by IS NULL) = (deleted_at IS NULL));
ALTER TABLE statement_lines ADD COLUMN deletion_reason TEXT CHECK ((deletion_reason IS NULL) = (deleted_at IS NULL));

ALTER TABLE ledger_entries ADD COLUMN job_site TEXT;
ALTER TABLE ledger_entries ADD COLUMN job_service TEXT CHECK ((job_service IS NULL) = (job_site IS NULL));
ALTER TABLE ledger_entries ADD COLUMN job_month TEXT
    CHECK (job_month IS NULL OR length(job_month) = 10 AND job_site IS NOT NULL);
ALTER TABLE ledger_entries ADD COLUMN job_quantity TEXT CHECK (job_quantity IS NULL OR job_site IS NOT NULL);
ALTER TABLE ledger_entries ADD COLUMN job_rate TEXT CHECK (job_rate IS NULL OR job_site IS NOT NULL);
ALTER TABLE ledger_entries ADD COLUMN deleted_at INTEGER CHECK (deleted_at IS NULL OR state = 4);
ALTER TABLE ledger_entries ADD COLUMN deleted_by BLOB CHECK ((deleted_by IS NULL) = (deleted_at IS NULL));
ALTER TABLE ledger_entries ADD COLUMN deletion_reason TEXT CHECK ((deletion_reason IS NULL) = (deleted_at IS NULL));

CREATE INDEX statement_lines_deleted ON statement_lines (company_id, deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TRIGGER statement_lines_keep_what_was_made_of_them
BEFORE UPDATE OF fingerprint, clean_description, extracted_references, remittance, bank_code, job_month, job_site,
    job_service, job_quantity, job_rate ON statement_lines
BEGIN
    SELECT RAISE(ABORT, 'statement_lines: what was read from a file is never changed');
END;
CREATE TRIGGER statement_lines_withdrawn_is_final BEFORE UPDATE OF state ON statement_lines
WHEN OLD.state = 4 AND NEW.state <> 4 AND OLD.deleted_at IS NULL
BEGIN
    SELECT RAISE(ABORT, 'statement_lines: only a deleted record comes back');
END;
CREATE TRIGGER statement_lines_deleted_once BEFORE UPDATE OF deleted_at, deleted_by, deletion_reason ON statement_lines
WHEN OLD.state = 4 AND NEW.deleted_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'statement_lines: a withdrawn record is not deleted');
END;

CREATE INDEX ledger_entries_deleted ON ledger_entries (company_id, deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TRIGGER ledger_entries_keep_what_was_made_of_them
BEFORE UPDATE OF fingerprint, job_month, job_site, job_service, job_quantity, job_rate ON ledger_entries
BEGIN
    SELECT RAISE(ABORT, 'ledger_entries: what was read from a file is never changed');
END;
CREATE TRIGGER ledger_entries_withdrawn_is_final BEFORE UPDATE OF state ON ledger_entries
WHEN OLD.state = 4 AND NEW.state <> 4 AND OLD.deleted_at IS NULL
BEGIN
    SELECT RAISE(ABORT, 'ledger_entries: only a deleted record comes back');
END;
CREATE TRIGGER ledger_entries_deleted_once BEFORE UPDATE OF deleted_at, deleted_by, deletion_reason ON ledger_entries
WHEN OLD.state = 4 AND NEW.deleted_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'ledger_entries: a withdrawn record is not deleted');
END;

-- What a statement says of itself, and how its reading was proved.
ALTER TABLE statements ADD COLUMN number TEXT NOT NULL DEFAULT '';
ALTER TABLE statements ADD COLUMN from_date TEXT CHECK (length(from_date) = 10);
ALTER TABLE statements ADD COLUMN to_date TEXT CHECK (length(to_date) = 10);
ALTER TABLE statements ADD COLUMN interim INTEGER NOT NULL DEFAULT 0 CHECK (interim IN (0, 1));  -- balances are not booked
ALTER TABLE statements ADD COLUMN proof TEXT
    CHECK (proof IN ('running_balance', 'opening_closing', 'control_totals', 'none'));
ALTER TABLE statements ADD COLUMN proved INTEGER CHECK ((proved IS NULL) = (proof IS NULL));
ALTER TABLE statements ADD COLUMN proved_of INTEGER CHECK (
    CASE WHEN proof IS NULL THEN proved_of IS NULL ELSE proved_of IS NOT NULL AND proved BETWEEN 0 AND proved_of END);

CREATE TRIGGER statements_keep_their_content
BEFORE UPDATE OF company_id, id, batch_id, account_id, currency, opening, closing, first_date, last_date, number,
    from_date, to_date, interim, proof, proved, proved_of ON statements
BEGIN
    SELECT RAISE(ABORT, 'statements: what was read from a file is never changed');
END;
CREATE TRIGGER statements_stay BEFORE DELETE ON statements
BEGIN
    SELECT RAISE(ABORT, 'statements: a statement is withdrawn, never deleted');
END;

-- One batch is one file, whatever it holds: its account is set where it is of one account only.
ALTER TABLE import_batches ADD COLUMN report TEXT;  -- of the validation, JSON in the writer's own words
ALTER TABLE import_batches ADD COLUMN quality INTEGER CHECK (quality BETWEEN 0 AND 100);
ALTER TABLE import_batches ADD COLUMN source_path TEXT NOT NULL DEFAULT '';
ALTER TABLE import_batches ADD COLUMN retry_of BLOB;
ALTER TABLE import_batches ADD COLUMN repetition INTEGER NOT NULL DEFAULT 0 CHECK (repetition >= 0);

-- The same bytes are taken in once a side, and again only for each time that was said to be meant. The first schema
-- took a file once for each account.
UPDATE import_batches SET repetition = (
    SELECT count(*) FROM import_batches e
    WHERE e.company_id = import_batches.company_id AND e.file_hash = import_batches.file_hash
      AND e.side = import_batches.side AND e.state = 'completed' AND e.id < import_batches.id)
WHERE state = 'completed';
DROP INDEX import_batches_once;
CREATE UNIQUE INDEX import_batches_once ON import_batches (company_id, file_hash, side, repetition)
    WHERE state = 'completed';

CREATE TRIGGER import_batches_retry_what_failed BEFORE INSERT ON import_batches
WHEN NEW.retry_of IS NOT NULL
 AND NOT EXISTS (SELECT 1 FROM import_batches
                 WHERE company_id = NEW.company_id AND id = NEW.retry_of AND state = 'failed')
BEGIN
    SELECT RAISE(ABORT, 'import_batches: only a failed import is tried again');
END;
CREATE TRIGGER import_batches_keep_their_file
BEFORE UPDATE OF company_id, id, file_name, file_hash, side, format, mapping, imported_by, started_at, source_path,
    retry_of, repetition ON import_batches
BEGIN
    SELECT RAISE(ABORT, 'import_batches: what is said of a file is never changed');
END;
CREATE TRIGGER import_batches_keep_their_report BEFORE UPDATE OF report, quality ON import_batches
WHEN OLD.state NOT IN ('pending', 'processing')
BEGIN
    SELECT RAISE(ABORT, 'import_batches: the report of a finished import is never changed');
END;
CREATE TRIGGER import_batches_stay BEFORE DELETE ON import_batches
BEGIN
    SELECT RAISE(ABORT, 'import_batches: an import is undone, never deleted');
END;

-- The header's names, one a line, so that a changed header can be shown beside the old one.
ALTER TABLE column_mappings ADD COLUMN columns TEXT NOT NULL DEFAULT '';

-- For the new indexes, as the first schema does for its own.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('import_batches', 'import_batches_once', '1000 1000 1 1 1'),
    ('statement_lines', 'statement_lines_deleted', '1000 1000 10'),
    ('ledger_entries', 'ledger_entries_deleted', '1000 1000 10');
ANALYZE sqlite_schema;

PRAGMA user_version = 2;
