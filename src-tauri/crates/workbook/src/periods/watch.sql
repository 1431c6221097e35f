-- What sees every change of a signed period, whichever path it takes: made with the first signature of a workbook, gone
-- with the last. A trigger that never fires still costs 1 to 3 µs a row, of which an import or a run has millions.

CREATE TRIGGER IF NOT EXISTS statement_lines_come_into_a_signed_period AFTER INSERT ON statement_lines
WHEN EXISTS (SELECT 1 FROM periods WHERE company_id = NEW.company_id AND account_id = NEW.account_id AND watched = 1
             AND last_day >= NEW.date AND first_day <= NEW.date)
BEGIN
    INSERT INTO period_changes
        SELECT company_id, id, 'line_added', NEW.id, NULL, 1, ifnull(signature, x''), ifnull(content, x''), state
        FROM periods
        WHERE company_id = NEW.company_id AND account_id = NEW.account_id AND watched = 1
          AND last_day >= NEW.date AND first_day <= NEW.date
    ON CONFLICT DO UPDATE SET records = records + 1;
END;
-- A line's matches change, or it goes, or comes back. Of a locked period a line changes only where it was outstanding as
-- signed, and where something of a later period, or that came later, settles it: that belongs to the later one.
CREATE TRIGGER IF NOT EXISTS statement_lines_change_a_signed_period AFTER UPDATE OF applied, state ON statement_lines
WHEN (OLD.applied <> NEW.applied OR (OLD.state = 4) <> (NEW.state = 4)
      OR (NEW.amount = 0 AND (OLD.state = 2) <> (NEW.state = 2)))
 AND EXISTS (SELECT 1 FROM periods WHERE company_id = NEW.company_id AND account_id = NEW.account_id AND watched = 1
             AND last_day >= NEW.date AND first_day <= NEW.date)
BEGIN
    INSERT INTO period_changes
        SELECT p.company_id, p.id,
               CASE WHEN OLD.state <> 4 AND NEW.state = 4 THEN 'line_withdrawn'
                    WHEN OLD.state = 4 AND NEW.state <> 4 THEN 'line_restored'
                    WHEN abs(NEW.applied) > abs(OLD.applied) OR (NEW.amount = 0 AND NEW.state = 2) THEN 'line_matched'
                    ELSE 'line_unmatched' END,
               NEW.id, NULL, 1, ifnull(p.signature, x''), ifnull(p.content, x''), p.state
        FROM periods p
        WHERE p.company_id = NEW.company_id AND p.account_id = NEW.account_id AND p.watched = 1
          AND p.last_day >= NEW.date AND p.first_day <= NEW.date
          AND NOT (p.state = 'locked' AND (OLD.state = 4) = (NEW.state = 4)
            AND abs(NEW.applied) >= abs(NEW.amount - ifnull((
                SELECT rest FROM period_items i
                WHERE i.company_id = p.company_id AND i.signature = p.signature AND i.record_id = NEW.id), 0))
            AND NOT EXISTS (
                SELECT 1 FROM match_legs l
                JOIN matches m ON m.company_id = l.company_id AND m.id = l.match_id AND m.status = 'approved'
                WHERE l.company_id = NEW.company_id AND l.line_id = NEW.id
                  AND (m.id > p.signature OR NOT EXISTS (
                      SELECT 1 FROM decisions d
                      WHERE d.company_id = m.company_id AND d.match_id = m.id AND d.verdict = 'approve'
                        AND d.id < p.signature
                        AND NOT EXISTS (SELECT 1 FROM decisions u
                                        WHERE u.company_id = d.company_id AND u.supersedes = d.id)))
                  AND NOT EXISTS (
                      SELECT 1 FROM match_legs x
                      LEFT JOIN statement_lines y ON y.company_id = x.company_id AND y.id = x.line_id
                      LEFT JOIN ledger_entries e ON e.company_id = x.company_id AND e.id = x.entry_id
                      WHERE x.company_id = m.company_id AND x.match_id = m.id
                        AND (ifnull(x.line_id, x.entry_id) > p.signature OR ifnull(y.date, e.date) > p.last_day))))
    ON CONFLICT DO UPDATE SET records = records + 1;
END;
-- An approval that was there when the period was prepared is not taken back once it is locked.
CREATE TRIGGER IF NOT EXISTS decisions_keep_locked_periods BEFORE INSERT ON decisions
WHEN NEW.verdict = 'undo'
BEGIN
    INSERT INTO period_changes
        SELECT p.company_id, p.id, 'line_unmatched', s.id, NULL, 1, p.signature, p.content, p.state
        FROM match_legs l
        JOIN statement_lines s ON s.company_id = l.company_id AND s.id = l.line_id
        JOIN periods p ON p.company_id = s.company_id AND p.account_id = s.account_id AND p.watched = 1
             AND p.last_day >= s.date AND p.first_day <= s.date
        WHERE l.company_id = NEW.company_id AND l.match_id = NEW.match_id AND p.state = 'locked'
          AND NEW.supersedes < p.signature
          AND EXISTS (SELECT 1 FROM decisions d WHERE d.company_id = NEW.company_id AND d.id = NEW.supersedes
                      AND d.verdict = 'approve')
        LIMIT 1;
END;

-- Entries are the whole company's: they stand in the proofs of all accounts in their currency, from their day on.
CREATE TRIGGER IF NOT EXISTS ledger_entries_come_into_a_signed_period AFTER INSERT ON ledger_entries
WHEN NEW.state < 3
 AND EXISTS (SELECT 1 FROM periods WHERE company_id = NEW.company_id AND currency = NEW.currency AND watched = 1
             AND last_day >= ifnull(NEW.date, '') AND state <> 'locked')
BEGIN
    INSERT INTO period_changes
        SELECT company_id, id, 'entry_added', NULL, NEW.id, 1, ifnull(signature, x''), ifnull(content, x''), state
        FROM periods
        WHERE company_id = NEW.company_id AND currency = NEW.currency AND watched = 1
          AND last_day >= ifnull(NEW.date, '') AND state <> 'locked'
    ON CONFLICT DO UPDATE SET records = records + 1;
END;
-- An entry that was outstanding in a locked period is not taken out; that it becomes void is no fault of that period.
CREATE TRIGGER IF NOT EXISTS ledger_entries_change_a_signed_period AFTER UPDATE OF state ON ledger_entries
WHEN (OLD.state < 3) <> (NEW.state < 3)
 AND EXISTS (SELECT 1 FROM periods WHERE company_id = NEW.company_id AND currency = NEW.currency AND watched = 1
             AND last_day >= ifnull(NEW.date, ''))
BEGIN
    INSERT INTO period_changes
        SELECT p.company_id, p.id, iif(NEW.state < 3, 'entry_added', 'entry_withdrawn'), NULL, NEW.id, 1,
               ifnull(p.signature, x''), ifnull(p.content, x''), p.state
        FROM periods p
        WHERE p.company_id = NEW.company_id AND p.currency = NEW.currency AND p.watched = 1
          AND p.last_day >= ifnull(NEW.date, '')
          AND (p.state <> 'locked'
               OR (NEW.state = 4 AND EXISTS (
                   SELECT 1 FROM period_items i
                   WHERE i.company_id = p.company_id AND i.signature = p.signature AND i.record_id = NEW.id)))
    ON CONFLICT DO UPDATE SET records = records + 1;
END;
-- Entries matched with one another, such as an invoice with its credit note, are in no line's way.
CREATE TRIGGER IF NOT EXISTS matches_of_entries_come_into_a_signed_period AFTER INSERT ON matches
WHEN NEW.lines = 0 AND NEW.status = 'approved'
BEGIN
    INSERT INTO period_changes
        SELECT p.company_id, p.id, 'entries_matched', NULL, e.id, 1, ifnull(p.signature, x''), ifnull(p.content, x''),
               p.state
        FROM match_legs l
        JOIN ledger_entries e ON e.company_id = l.company_id AND e.id = l.entry_id
        JOIN periods p ON p.company_id = e.company_id AND p.currency = e.currency AND p.watched = 1
             AND p.last_day >= ifnull(e.date, '') AND p.state <> 'locked'
        WHERE l.company_id = NEW.company_id AND l.match_id = NEW.id
    ON CONFLICT DO UPDATE SET records = records + 1;
END;
CREATE TRIGGER IF NOT EXISTS matches_of_entries_change_a_signed_period AFTER UPDATE OF status ON matches
WHEN NEW.lines = 0 AND (OLD.status = 'approved') <> (NEW.status = 'approved')
BEGIN
    INSERT INTO period_changes
        SELECT p.company_id, p.id, iif(NEW.status = 'approved', 'entries_matched', 'entries_unmatched'), NULL, e.id, 1,
               ifnull(p.signature, x''), ifnull(p.content, x''), p.state
        FROM match_legs l
        JOIN ledger_entries e ON e.company_id = l.company_id AND e.id = l.entry_id
        JOIN periods p ON p.company_id = e.company_id AND p.currency = e.currency AND p.watched = 1
             AND p.last_day >= ifnull(e.date, '') AND p.state <> 'locked'
        WHERE l.company_id = NEW.company_id AND l.match_id = NEW.id
    ON CONFLICT DO UPDATE SET records = records + 1;
END;
