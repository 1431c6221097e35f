-- Anomalies are found anew whenever they are asked for. What is kept is what a person said of one: that it is in order.

-- The key is the SHA-256 of the kind and the records, so that it is found again whatever else changes. Taking the
-- judgement back deletes the row; the audit chain tells of both.
CREATE TABLE anomalies_set_aside (
    company_id   BLOB NOT NULL REFERENCES companies (id),
    key          BLOB NOT NULL CHECK (length(key) = 32),
    kind         TEXT NOT NULL,
    reason       TEXT NOT NULL CHECK (trim(reason) <> ''),
    set_aside_by BLOB NOT NULL,
    set_aside_at INTEGER NOT NULL,
    PRIMARY KEY (company_id, key),
    FOREIGN KEY (company_id, set_aside_by) REFERENCES users (company_id, id)
) STRICT;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('anomalies_set_aside', 'sqlite_autoindex_anomalies_set_aside_1', '200 200 1');
ANALYZE sqlite_schema;

PRAGMA user_version = 9;
