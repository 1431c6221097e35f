-- What sees every change of a signed period, whichever path it takes: made with the first signature of a workbook, gone
-- with the last. A trigger that never fires still costs 1 to 3 µs a row, of which an import or a run has millions.
--
-- A signature stands for all lines of the account and all entries of its currency that are open at the period's last day,
-- however old: so a change of a record touches every period that ends on or after its day, not only the one that holds it.

CREATE TRIGGER IF NOT EXISTS statement_lines_come_into_a_signed_period AFTER INSERT ON statement_lines
WHEN EXISTS (SELECT 1 FROM periods WHERE company_id = NEW.company_id AND account_id = NEW.account_id AND watched = 1
             AND last_day >= NEW.date)
BEGIN
    INSERT INTO period_changes
        SELECT company_id, id, 'line_added', NEW.id, NULL, 1, ifnull(signature, x''), ifnull(content, x''), state
        FROM periods
        WHERE company_id = NEW.company_id AND account_id = NEW.account_id AND watched = 1 AND last_day >= NEW.date
        ORDER BY last_day
    ON CONFLICT DO UPDATE SET records = records + 1;
END;
-- A line's matches change, or it goes, or comes back. Of a locked period a line changes only where it was outstanding as
-- signed, and where something of a later period, or that came later, settles it: that belongs to the later one. So does
-- writing it off, in a match that holds no entry and lines of one sign only: whoever decides that does it later, and lines
-- that cancel are not netted so. (It had another name while such lines passed: files of then get this one when opened.)
DROP TRIGGER IF EXISTS statement_lines_change_a_signed_period;
CREATE TRIGGER IF NOT EXISTS lines_of_a_signed_period_change AFTER UPDATE OF applied, state ON statement_lines
WHEN (OLD.applied <> NEW.applied OR (OLD.state = 4) <> (NEW.state = 4)
      OR (NEW.amount = 0 AND (OLD.state = 2) <> (NEW.state = 2)))
 AND EXISTS (SELECT 1 FROM periods WHERE company_id = NEW.company_id AND account_id = NEW.account_id AND watched = 1
             AND last_day >= NEW.date)
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
          AND p.last_day >= NEW.date
          AND NOT (p.state = 'locked' AND (OLD.state = 4) = (NEW.state = 4)
            AND abs(NEW.applied) >= abs(NEW.amount - ifnull((
                SELECT rest FROM period_items i
                WHERE i.company_id = p.company_id AND i.signature = p.signature AND i.record_id = NEW.id), 0))
            AND NOT EXISTS (
                SELECT 1 FROM match_legs l
                JOIN matches m ON m.company_id = l.company_id AND m.id = l.match_id AND m.status = 'approved'
                WHERE l.company_id = NEW.company_id AND l.line_id = NEW.id
                  AND (m.entries > 0 OR m.kind IN ('reversal', 'duplicate')
                       OR (SELECT min(z.amount_applied) < 0 AND max(z.amount_applied) > 0 FROM match_legs z
                           WHERE z.company_id = m.company_id AND z.match_id = m.id))
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
        ORDER BY p.last_day
    ON CONFLICT DO UPDATE SET records = records + 1;
END;
-- An approval that was there when the period was prepared is not taken back once it is locked: neither one of its lines,
-- nor one of entries that counted as settled at its last day.
CREATE TRIGGER IF NOT EXISTS decisions_keep_locked_periods BEFORE INSERT ON decisions
WHEN NEW.verdict = 'undo'
 AND EXISTS (SELECT 1 FROM decisions d WHERE d.company_id = NEW.company_id AND d.id = NEW.supersedes
             AND d.verdict = 'approve')
BEGIN
    INSERT INTO period_changes
        SELECT p.company_id, p.id, 'line_unmatched', s.id, NULL, 1, p.signature, p.content, p.state
        FROM match_legs l
        JOIN statement_lines s ON s.company_id = l.company_id AND s.id = l.line_id
        JOIN periods p ON p.company_id = s.company_id AND p.account_id = s.account_id AND p.watched = 1
             AND p.last_day >= s.date
        WHERE l.company_id = NEW.company_id AND l.match_id = NEW.match_id AND p.state = 'locked'
          AND NEW.supersedes < p.signature
        ORDER BY p.last_day LIMIT 1;
    INSERT INTO period_changes
        SELECT p.company_id, p.id, 'entries_unmatched', NULL, e.id, 1, p.signature, p.content, p.state
        FROM match_legs l
        JOIN ledger_entries e ON e.company_id = l.company_id AND e.id = l.entry_id
        JOIN periods p ON p.company_id = e.company_id AND p.currency = e.currency AND p.watched = 1
             AND p.last_day >= ifnull(e.date, '')
        WHERE l.company_id = NEW.company_id AND l.match_id = NEW.match_id AND p.state = 'locked'
          AND NEW.supersedes < p.signature AND e.state < 3
          AND (NOT EXISTS (SELECT 1 FROM match_legs x WHERE x.company_id = l.company_id AND x.match_id = l.match_id
                           AND x.line_id IS NOT NULL)
               OR EXISTS (
                   SELECT 1 FROM match_legs x
                   JOIN statement_lines y ON y.company_id = x.company_id AND y.id = x.line_id
                   WHERE x.company_id = l.company_id AND x.match_id = l.match_id
                     AND (y.date IS NULL OR y.date <= p.last_day)))
        ORDER BY p.last_day LIMIT 1;
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
-- An entry that was outstanding in a locked period is not taken out, neither at once nor after it became void; that it
-- becomes void is no fault of that period.
CREATE TRIGGER IF NOT EXISTS ledger_entries_change_a_signed_period AFTER UPDATE OF state ON ledger_entries
WHEN ((OLD.state < 3) <> (NEW.state < 3) OR (NEW.state = 4 AND OLD.state <> 4))
 AND EXISTS (SELECT 1 FROM periods WHERE company_id = NEW.company_id AND currency = NEW.currency AND watched = 1
             AND last_day >= ifnull(NEW.date, ''))
BEGIN
    INSERT INTO period_changes
        SELECT p.company_id, p.id, iif(NEW.state < 3, 'entry_added', 'entry_withdrawn'), NULL, NEW.id, 1,
               ifnull(p.signature, x''), ifnull(p.content, x''), p.state
        FROM periods p
        WHERE p.company_id = NEW.company_id AND p.currency = NEW.currency AND p.watched = 1
          AND p.last_day >= ifnull(NEW.date, '')
          AND ((p.state <> 'locked' AND (OLD.state < 3) <> (NEW.state < 3))
               OR (p.state = 'locked' AND NEW.state = 4 AND EXISTS (
                   SELECT 1 FROM period_items i
                   WHERE i.company_id = p.company_id AND i.signature = p.signature AND i.record_id = NEW.id)))
    ON CONFLICT DO UPDATE SET records = records + 1;
END;
-- A match settles entries at the last day of a period if a line of it is dated up to then, or it holds none (an invoice
-- with its credit note). Where that is a line of the period's own account, the line is told of instead.
CREATE TRIGGER IF NOT EXISTS matches_come_into_a_signed_period AFTER INSERT ON matches
WHEN NEW.status = 'approved' AND NEW.entries > 0
 AND EXISTS (SELECT 1 FROM periods WHERE company_id = NEW.company_id AND watched = 1 AND state <> 'locked')
BEGIN
    INSERT INTO period_changes
        SELECT p.company_id, p.id, 'entries_matched', NULL, e.id, 1, ifnull(p.signature, x''), ifnull(p.content, x''),
               p.state
        FROM match_legs l
        JOIN ledger_entries e ON e.company_id = l.company_id AND e.id = l.entry_id
        JOIN periods p ON p.company_id = e.company_id AND p.currency = e.currency AND p.watched = 1
             AND p.last_day >= ifnull(e.date, '') AND p.state <> 'locked'
        WHERE l.company_id = NEW.company_id AND l.match_id = NEW.id AND e.state < 3
          AND (NEW.lines = 0 OR (
              EXISTS (SELECT 1 FROM match_legs x
                      JOIN statement_lines y ON y.company_id = x.company_id AND y.id = x.line_id
                      WHERE x.company_id = NEW.company_id AND x.match_id = NEW.id
                        AND (y.date IS NULL OR y.date <= p.last_day))
              AND NOT EXISTS (SELECT 1 FROM match_legs x
                      JOIN statement_lines y ON y.company_id = x.company_id AND y.id = x.line_id
                      WHERE x.company_id = NEW.company_id AND x.match_id = NEW.id
                        AND y.account_id = p.account_id AND y.date <= p.last_day)))
    ON CONFLICT DO UPDATE SET records = records + 1;
END;
CREATE TRIGGER IF NOT EXISTS matches_change_a_signed_period AFTER UPDATE OF status ON matches
WHEN NEW.entries > 0 AND (OLD.status = 'approved') <> (NEW.status = 'approved')
 AND EXISTS (SELECT 1 FROM periods WHERE company_id = NEW.company_id AND watched = 1 AND state <> 'locked')
BEGIN
    INSERT INTO period_changes
        SELECT p.company_id, p.id, iif(NEW.status = 'approved', 'entries_matched', 'entries_unmatched'), NULL, e.id, 1,
               ifnull(p.signature, x''), ifnull(p.content, x''), p.state
        FROM match_legs l
        JOIN ledger_entries e ON e.company_id = l.company_id AND e.id = l.entry_id
        JOIN periods p ON p.company_id = e.company_id AND p.currency = e.currency AND p.watched = 1
             AND p.last_day >= ifnull(e.date, '') AND p.state <> 'locked'
        WHERE l.company_id = NEW.company_id AND l.match_id = NEW.id AND e.state < 3
          AND (NEW.lines = 0 OR (
              EXISTS (SELECT 1 FROM match_legs x
                      JOIN statement_lines y ON y.company_id = x.company_id AND y.id = x.line_id
                      WHERE x.company_id = NEW.company_id AND x.match_id = NEW.id
                        AND (y.date IS NULL OR y.date <= p.last_day))
              AND NOT EXISTS (SELECT 1 FROM match_legs x
                      JOIN statement_lines y ON y.company_id = x.company_id AND y.id = x.line_id
                      WHERE x.company_id = NEW.company_id AND x.match_id = NEW.id
                        AND y.account_id = p.account_id AND y.date <= p.last_day)))
    ON CONFLICT DO UPDATE SET records = records + 1;
END;

-- What the bank states at a period's ends, once an import with its lines is in. A statement that says otherwise takes
-- signatures away, and is refused where the period is locked; the first period of an account opens with what the bank
-- states too.
CREATE TRIGGER IF NOT EXISTS imports_state_balances_of_a_signed_period AFTER UPDATE OF state ON import_batches
WHEN NEW.state = 'completed' AND OLD.state <> 'completed' AND NEW.side = 'statement'
BEGIN
    SELECT RAISE(ABORT, 'period balance|closing|' || s.closing || '|' || p.closing || '|' || p.currency
                        || '|' || p.first_day || '|' || p.last_day || '|' || a.name)
    FROM statements s
    JOIN periods p ON p.company_id = s.company_id AND p.account_id = s.account_id AND p.watched = 1
    JOIN accounts a ON a.company_id = p.company_id AND a.id = p.account_id
    WHERE s.company_id = NEW.company_id AND s.batch_id = NEW.id AND s.withdrawn = 0 AND s.interim = 0
      AND p.state = 'locked' AND p.currency = s.currency AND p.closing <> s.closing
      AND ifnull(s.last_date, s.to_date) BETWEEN p.first_day AND p.last_day
      AND NOT EXISTS (SELECT 1 FROM statement_lines r
          WHERE r.company_id = p.company_id AND r.account_id = p.account_id AND r.currency = p.currency AND r.state <> 4
            AND r.date > ifnull(s.last_date, s.to_date) AND r.date <= p.last_day);
    SELECT RAISE(ABORT, 'period balance|opening|' || s.opening || '|' || p.opening || '|' || p.currency
                        || '|' || p.first_day || '|' || p.last_day || '|' || a.name)
    FROM statements s
    JOIN periods p ON p.company_id = s.company_id AND p.account_id = s.account_id AND p.watched = 1
    JOIN accounts a ON a.company_id = p.company_id AND a.id = p.account_id
    WHERE s.company_id = NEW.company_id AND s.batch_id = NEW.id AND s.withdrawn = 0 AND s.interim = 0
      AND p.state = 'locked' AND p.currency = s.currency AND p.opening <> s.opening
      AND ifnull(s.first_date, s.from_date) BETWEEN p.first_day AND p.last_day
      AND NOT EXISTS (SELECT 1 FROM periods q WHERE q.company_id = p.company_id AND q.account_id = p.account_id
                      AND q.first_day < p.first_day)
      AND NOT EXISTS (SELECT 1 FROM statement_lines r
          WHERE r.company_id = p.company_id AND r.account_id = p.account_id AND r.currency = p.currency AND r.state <> 4
            AND r.date >= p.first_day AND r.date < ifnull(s.first_date, s.from_date));
    INSERT INTO period_changes
        SELECT p.company_id, p.id, 'balance', NULL, NULL, 1, p.signature, p.content, p.state
        FROM statements s
        JOIN periods p ON p.company_id = s.company_id AND p.account_id = s.account_id AND p.watched = 1
        WHERE s.company_id = NEW.company_id AND s.batch_id = NEW.id AND s.withdrawn = 0 AND s.interim = 0
          AND p.state IN ('prepared', 'reviewed') AND p.currency = s.currency
          AND ((p.closing <> s.closing AND ifnull(s.last_date, s.to_date) BETWEEN p.first_day AND p.last_day
                AND NOT EXISTS (SELECT 1 FROM statement_lines r
                    WHERE r.company_id = p.company_id AND r.account_id = p.account_id AND r.currency = p.currency
                      AND r.state <> 4 AND r.date > ifnull(s.last_date, s.to_date) AND r.date <= p.last_day))
               OR (p.opening <> s.opening
                AND ifnull(s.first_date, s.from_date) BETWEEN p.first_day AND p.last_day
                AND NOT EXISTS (SELECT 1 FROM periods q WHERE q.company_id = p.company_id
                                AND q.account_id = p.account_id AND q.first_day < p.first_day)
                AND NOT EXISTS (SELECT 1 FROM statement_lines r
                    WHERE r.company_id = p.company_id AND r.account_id = p.account_id AND r.currency = p.currency
                      AND r.state <> 4 AND r.date >= p.first_day
                      AND r.date < ifnull(s.first_date, s.from_date))))
    ON CONFLICT DO UPDATE SET records = records + 1;
END;
-- A statement goes whose balance was signed, and nothing else states the same: no other statement, nor the running balance
-- of the lines.
CREATE TRIGGER IF NOT EXISTS statements_leave_a_signed_period AFTER UPDATE OF withdrawn ON statements
WHEN NEW.withdrawn = 1 AND OLD.withdrawn = 0 AND NEW.interim = 0
 AND EXISTS (SELECT 1 FROM periods WHERE company_id = NEW.company_id AND account_id = NEW.account_id AND watched = 1
             AND last_day >= ifnull(NEW.first_date, NEW.from_date))
BEGIN
    INSERT INTO period_changes
        SELECT p.company_id, p.id, 'balance', NULL, NULL, 1, p.signature, p.content, p.state
        FROM periods p
        WHERE p.company_id = NEW.company_id AND p.account_id = NEW.account_id AND p.watched = 1
          AND p.state IN ('prepared', 'reviewed') AND p.currency = NEW.currency
          AND ((p.closing = NEW.closing AND ifnull(NEW.last_date, NEW.to_date) BETWEEN p.first_day AND p.last_day
                AND NOT EXISTS (SELECT 1 FROM statements o
                    WHERE o.company_id = p.company_id AND o.account_id = p.account_id AND o.withdrawn = 0
                      AND o.interim = 0 AND o.currency = p.currency AND o.closing = p.closing
                      AND ifnull(o.last_date, o.to_date) BETWEEN p.first_day AND p.last_day)
                AND (SELECT r.balance FROM statement_lines r
                     WHERE r.company_id = p.company_id AND r.account_id = p.account_id AND r.currency = p.currency
                       AND r.state <> 4 AND r.date BETWEEN p.first_day AND p.last_day
                     ORDER BY r.date DESC, r.id DESC LIMIT 1) IS NOT p.closing)
               OR (p.opening = NEW.opening
                AND ifnull(NEW.first_date, NEW.from_date) BETWEEN p.first_day AND p.last_day
                AND NOT EXISTS (SELECT 1 FROM periods q WHERE q.company_id = p.company_id
                                AND q.account_id = p.account_id AND q.first_day < p.first_day)
                AND NOT EXISTS (SELECT 1 FROM statements o
                    WHERE o.company_id = p.company_id AND o.account_id = p.account_id AND o.withdrawn = 0
                      AND o.interim = 0 AND o.currency = p.currency AND o.opening = p.opening
                      AND ifnull(o.first_date, o.from_date) BETWEEN p.first_day AND p.last_day)
                AND (SELECT r.balance - r.amount FROM statement_lines r
                     WHERE r.company_id = p.company_id AND r.account_id = p.account_id AND r.currency = p.currency
                       AND r.state <> 4 AND r.date BETWEEN p.first_day AND p.last_day
                     ORDER BY r.date, r.id LIMIT 1) IS NOT p.opening))
    ON CONFLICT DO UPDATE SET records = records + 1;
END;
