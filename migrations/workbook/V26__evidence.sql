-- An audit event says on which machine it was done, and what a run stored and what an import reported stay as they were.

-- Empty in events of earlier versions, and where it is not known: then it is not in the event's hash either.
ALTER TABLE audit_events ADD COLUMN machine TEXT NOT NULL DEFAULT '';

-- Of a run only the figures change that its decisions change.
CREATE TRIGGER runs_keep_their_content
BEFORE UPDATE OF company_id, id, stored_at, run_by, engine_version, model_version, policy_version, profile, configuration,
                 lines, entries, candidates, ambiguous, lines_unmatched, entries_unmatched, elapsed_ms ON runs
BEGIN
    SELECT RAISE(ABORT, 'runs keep what they were stored with');
END;
CREATE TRIGGER runs_stay BEFORE DELETE ON runs
BEGIN
    SELECT RAISE(ABORT, 'runs stay');
END;

CREATE TRIGGER data_quality_checks_never_change BEFORE UPDATE ON data_quality_checks
BEGIN
    SELECT RAISE(ABORT, 'data_quality_checks are append-only');
END;
CREATE TRIGGER data_quality_checks_stay BEFORE DELETE ON data_quality_checks
BEGIN
    SELECT RAISE(ABORT, 'data_quality_checks are append-only');
END;

PRAGMA user_version = 26;
