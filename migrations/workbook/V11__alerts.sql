-- Alerts: what passed a limit, who was told, and how. Kinds and channels are words of the program, so that a further
-- kind needs no new table.

-- What is watched and where alerts go: one row a company, none as long as nobody changed anything. The password of the
-- mail server and the webhook's address are secrets and never stand here; they are in the keychain.
CREATE TABLE alert_settings (
    company_id      BLOB NOT NULL PRIMARY KEY REFERENCES companies (id),
    variance        INTEGER NOT NULL CHECK (variance IN (0, 1)),
    quality_min     INTEGER CHECK (quality_min BETWEEN 0 AND 100),
    exception_days  INTEGER CHECK (exception_days >= 0),
    exception_count INTEGER CHECK (exception_count >= 0),
    exception_sum   INTEGER CHECK (exception_sum >= 0),
    email           INTEGER NOT NULL CHECK (email IN (0, 1)),
    smtp_host       TEXT NOT NULL,
    smtp_port       INTEGER NOT NULL CHECK (smtp_port BETWEEN 1 AND 65535),
    smtp_security   TEXT NOT NULL CHECK (smtp_security IN ('tls', 'starttls', 'plain')),
    smtp_user       TEXT NOT NULL,
    certificate     TEXT NOT NULL,
    mail_from       TEXT NOT NULL,
    mail_to         TEXT NOT NULL,
    webhook         INTEGER NOT NULL CHECK (webhook IN (0, 1)),
    webhook_host    TEXT NOT NULL CHECK (webhook_host NOT LIKE '%/%/%/%'),
    allow_plain     INTEGER NOT NULL CHECK (allow_plain IN (0, 1)),
    language        TEXT NOT NULL CHECK (language IN ('en', 'de')),
    changed_at      INTEGER NOT NULL
) STRICT;

-- One row an event: the first reading beyond the limit after none or one within it. Figure and limit are those of that
-- reading; a figure of NULL could not be known.
CREATE TABLE alerts (
    company_id      BLOB NOT NULL REFERENCES companies (id),
    id              BLOB NOT NULL CHECK (length(id) = 16),
    kind            TEXT NOT NULL CHECK (kind <> ''),
    subject         TEXT NOT NULL CHECK (subject <> ''),
    occurrence      INTEGER NOT NULL CHECK (occurrence >= 1),
    account         TEXT NOT NULL,
    detail          TEXT NOT NULL,
    severity        TEXT NOT NULL CHECK (severity IN ('warning', 'critical')),
    figure          INTEGER,
    limit_figure    INTEGER NOT NULL,
    currency        TEXT NOT NULL CHECK (length(currency) IN (0, 3)),
    items           INTEGER NOT NULL CHECK (items >= 0),
    raised_at       INTEGER NOT NULL,
    recovered_at    INTEGER,
    acknowledged_at INTEGER,
    acknowledged_by BLOB,
    PRIMARY KEY (company_id, id),
    UNIQUE (company_id, kind, subject, occurrence),
    FOREIGN KEY (company_id, acknowledged_by) REFERENCES users (company_id, id),
    CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL))
) STRICT;
-- An event alerts once, whoever evaluates and however often.
CREATE UNIQUE INDEX alerts_going_on ON alerts (company_id, kind, subject) WHERE recovered_at IS NULL;
CREATE INDEX alerts_open ON alerts (company_id) WHERE recovered_at IS NULL AND acknowledged_at IS NULL;
CREATE TRIGGER alerts_keep_what_was_found
BEFORE UPDATE OF company_id, id, kind, subject, occurrence, account, detail, severity, figure, limit_figure, currency,
    items, raised_at ON alerts
BEGIN
    SELECT RAISE(ABORT, 'alerts: what was found is never changed');
END;
CREATE TRIGGER alerts_stay BEFORE DELETE ON alerts
BEGIN
    SELECT RAISE(ABORT, 'alerts are never deleted');
END;

-- An alert on its way through a channel. It is claimed before it is sent, so that two senders send it once; a claim that
-- was never answered (the program ended in between) lapses.
CREATE TABLE alert_deliveries (
    company_id      BLOB NOT NULL,
    id              BLOB NOT NULL CHECK (length(id) = 16),
    alert_id        BLOB NOT NULL,
    channel         TEXT NOT NULL CHECK (channel <> ''),
    state           TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'delivered', 'given_up')),
    attempts        INTEGER NOT NULL CHECK (attempts >= 0),
    next_attempt_at INTEGER NOT NULL,
    claimed_at      INTEGER,
    last_error      TEXT NOT NULL,
    delivered_at    INTEGER,
    created_at      INTEGER NOT NULL,
    PRIMARY KEY (company_id, id),
    UNIQUE (company_id, alert_id, channel),
    FOREIGN KEY (company_id, alert_id) REFERENCES alerts (company_id, id),
    CHECK ((state = 'sending') = (claimed_at IS NOT NULL)),
    CHECK ((state = 'delivered') = (delivered_at IS NOT NULL))
) STRICT;
CREATE INDEX alert_deliveries_under_way ON alert_deliveries (company_id, next_attempt_at)
WHERE state IN ('waiting', 'sending');
CREATE TRIGGER alert_deliveries_stay BEFORE DELETE ON alert_deliveries
BEGIN
    SELECT RAISE(ABORT, 'alert_deliveries are never deleted');
END;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('alerts', 'sqlite_autoindex_alerts_1', '1000 1000 1'),
    ('alerts', 'sqlite_autoindex_alerts_2', '1000 1000 250 1 1'),
    ('alerts', 'alerts_going_on', '20 20 5 1'),
    ('alerts', 'alerts_open', '10 10'),
    ('alert_deliveries', 'sqlite_autoindex_alert_deliveries_1', '2000 2000 1'),
    ('alert_deliveries', 'sqlite_autoindex_alert_deliveries_2', '2000 2000 2 1'),
    ('alert_deliveries', 'alert_deliveries_under_way', '10 10 1');
ANALYZE sqlite_schema;

PRAGMA user_version = 11;
