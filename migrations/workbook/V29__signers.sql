-- With which certificates reports of this workbook are signed, and which of them hold no more.
CREATE TABLE signers (
    company_id BLOB NOT NULL REFERENCES companies (id),
    id BLOB NOT NULL CHECK (length(id) = 16),
    user_id BLOB NOT NULL,
    name TEXT NOT NULL CHECK (trim(name) <> ''),
    fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
    certificate BLOB NOT NULL CHECK (length(certificate) > 0),
    origin TEXT NOT NULL CHECK (origin IN ('made', 'imported')),
    added_at INTEGER NOT NULL,
    PRIMARY KEY (company_id, id),
    UNIQUE (company_id, fingerprint),
    FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id)
) STRICT;
CREATE TRIGGER signers_never_change BEFORE UPDATE ON signers
BEGIN
    SELECT RAISE(ABORT, 'signers: a signer is not changed');
END;
CREATE TRIGGER signers_stay BEFORE DELETE ON signers
BEGIN
    SELECT RAISE(ABORT, 'signers: a signer is not removed');
END;

CREATE TABLE signer_revocations (
    company_id BLOB NOT NULL,
    signer_id BLOB NOT NULL,
    revoked_by BLOB NOT NULL,
    revoked_at INTEGER NOT NULL,
    reason TEXT NOT NULL CHECK (trim(reason) <> ''),
    PRIMARY KEY (company_id, signer_id),
    FOREIGN KEY (company_id, signer_id) REFERENCES signers (company_id, id),
    FOREIGN KEY (company_id, revoked_by) REFERENCES users (company_id, id)
) STRICT;
CREATE TRIGGER signer_revocations_never_change BEFORE UPDATE ON signer_revocations
BEGIN
    SELECT RAISE(ABORT, 'signer_revocations: a revocation is not changed');
END;
CREATE TRIGGER signer_revocations_stay BEFORE DELETE ON signer_revocations
BEGIN
    SELECT RAISE(ABORT, 'signer_revocations: a revocation is not removed');
END;

PRAGMA user_version = 29;
