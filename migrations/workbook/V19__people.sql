-- People: whether they may sign in, a secret of their own, and every name that anybody ever had here.

ALTER TABLE users ADD COLUMN active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1));
-- Argon2id of the secret, with a salt of its own; none: the name alone signs in.
ALTER TABLE users ADD COLUMN secret_salt BLOB CHECK (length(secret_salt) = 16);
ALTER TABLE users ADD COLUMN secret_verifier BLOB
    CHECK ((secret_verifier IS NULL) = (secret_salt IS NULL) AND length(secret_verifier) = 32);
-- An admin gave the secret: another is to be chosen at the next sign-in.
ALTER TABLE users ADD COLUMN secret_to_choose INTEGER NOT NULL DEFAULT 0 CHECK (secret_to_choose IN (0, 1));
-- Wrong secrets since the last right one, and when the last of them was given.
ALTER TABLE users ADD COLUMN failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0);
ALTER TABLE users ADD COLUMN failed_at INTEGER NOT NULL DEFAULT 0;

CREATE TRIGGER users_stay BEFORE DELETE ON users
BEGIN
    SELECT RAISE(ABORT, 'users: whoever worked here stays in the history');
END;
CREATE TRIGGER users_keep_an_admin AFTER UPDATE OF role, active ON users
WHEN OLD.role = 'admin' AND OLD.active = 1
BEGIN
    SELECT RAISE(ABORT, 'users: somebody must stay an admin')
    WHERE NOT EXISTS (SELECT 1 FROM users WHERE company_id = NEW.company_id AND role = 'admin' AND active = 1);
END;

-- Audit events and reports name people by their names, so a name that somebody had is never anybody else's.
CREATE TABLE user_names (
    company_id BLOB NOT NULL,
    name       TEXT NOT NULL CHECK (trim(name) <> ''),
    user_id    BLOB NOT NULL,
    PRIMARY KEY (company_id, name),
    FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id)
) STRICT;
INSERT INTO user_names (company_id, name, user_id) SELECT company_id, name, id FROM users;
CREATE TRIGGER users_leave_their_first_name AFTER INSERT ON users
BEGIN
    INSERT INTO user_names (company_id, name, user_id) VALUES (NEW.company_id, NEW.name, NEW.id);
END;
CREATE TRIGGER users_leave_every_name AFTER UPDATE OF name ON users
WHEN NOT EXISTS (SELECT 1 FROM user_names WHERE company_id = NEW.company_id AND name = NEW.name AND user_id = NEW.id)
BEGIN
    INSERT INTO user_names (company_id, name, user_id) VALUES (NEW.company_id, NEW.name, NEW.id);
END;
CREATE TRIGGER user_names_never_change BEFORE UPDATE ON user_names
BEGIN
    SELECT RAISE(ABORT, 'user_names: a name stays whose it was');
END;
CREATE TRIGGER user_names_stay BEFORE DELETE ON user_names
BEGIN
    SELECT RAISE(ABORT, 'user_names: a name stays whose it was');
END;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('user_names', 'sqlite_autoindex_user_names_1', '20 20 1');
ANALYZE sqlite_schema;

PRAGMA user_version = 19;
