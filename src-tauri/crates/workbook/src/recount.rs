//! What stands beside the rows that never change, worked out anew from them: where records and matches stand, what is used of
//! a record, whether an act stands, what notes come to, how many rows an import brought.
//!
//! Rows that only grow are bound to the audit chain (see `seal`); the columns below follow from such rows, so whoever changes
//! one of them past the program is found as well.

use rusqlite::{OptionalExtension, params};
use tieout_domain::{Said, said};
use uuid::Uuid;

use crate::{Workbook, WorkbookError, rows::Blob};

/// A question for the first row that is not as others tell, and what is said of it.
struct Recount {
    sql: &'static str,
    said: fn(Uuid) -> Said,
}

fn record(id: Uuid) -> Said {
    said!(
        "damage.record",
        "where record {record} stands, or what is used of it, is not what its matches and its import tell",
        record = id.to_string()
    )
}

fn deletion(id: Uuid) -> Said {
    said!("damage.deletion", "whether record {record} is deleted is not what acts tell", record = id.to_string())
}

fn acceptance(id: Uuid) -> Said {
    said!(
        "damage.acceptance",
        "record {record} is accepted by a policy that did not accept it",
        record = id.to_string()
    )
}

fn of_match(id: Uuid) -> Said {
    said!("damage.match", "where match {id} stands is not what its decisions tell", id = id.to_string())
}

fn act(id: Uuid) -> Said {
    said!("damage.act", "whether act {id} stands is not what its turns tell", id = id.to_string())
}

fn note(id: Uuid) -> Said {
    said!("damage.note", "what lists show of the notes on {id} is not what the notes tell", id = id.to_string())
}

fn import(id: Uuid) -> Said {
    said!("damage.import", "import {id} does not have the rows that it counts", id = id.to_string())
}

fn account(id: Uuid) -> Said {
    said!("damage.accountLines", "account {id} does not have the lines that it counts", id = id.to_string())
}

fn posted(id: Uuid) -> Said {
    said!("damage.posted", "what the books have of match {id} is not what journal entries tell", id = id.to_string())
}

/// ?1 is the company. Where nothing of a record is open, it may be settled although a proposal holds it: which comes first
/// depends on what was stored first.
const RECOUNTS: [Recount; 14] = [
    Recount {
        sql: "SELECT r.id FROM statement_lines r NOT INDEXED
              CROSS JOIN statements s ON s.company_id = r.company_id AND s.id = r.statement_id
              LEFT JOIN match_legs l ON l.company_id = r.company_id AND l.line_id = r.id
              LEFT JOIN matches m ON m.company_id = l.company_id AND m.id = l.match_id
              WHERE r.company_id = ?1 GROUP BY r.rowid
              HAVING r.applied <> ifnull(sum(l.amount_applied) FILTER (WHERE m.status = 'approved'), 0)
                  OR r.state NOT IN (
                      CASE
                          WHEN s.withdrawn = 1 OR r.deleted_at IS NOT NULL THEN 4
                          WHEN count(m.id) FILTER (WHERE m.status IN ('suggested', 'ambiguous')) > 0 THEN 1
                          WHEN r.applied = r.amount AND count(m.id) FILTER (WHERE m.status = 'approved') > 0 THEN 2
                          ELSE 0 END,
                      iif(s.withdrawn = 0 AND r.deleted_at IS NULL AND r.applied = r.amount
                          AND count(m.id) FILTER (WHERE m.status = 'approved') > 0, 2, -1))
              LIMIT 1",
        said: record,
    },
    Recount {
        sql: "SELECT r.id FROM ledger_entries r NOT INDEXED
              CROSS JOIN import_batches b ON b.company_id = r.company_id AND b.id = r.batch_id
              LEFT JOIN match_legs l ON l.company_id = r.company_id AND l.entry_id = r.id
              LEFT JOIN matches m ON m.company_id = l.company_id AND m.id = l.match_id
              WHERE r.company_id = ?1 GROUP BY r.rowid
              HAVING r.applied <> ifnull(sum(ifnull(l.amount_settled, l.amount_applied))
                                         FILTER (WHERE m.status = 'approved'), 0)
                  OR r.state NOT IN (
                      CASE
                          WHEN (b.state, b.note) = ('failed', 'undone') OR r.deleted_at IS NOT NULL THEN 4
                          WHEN r.kind = 'customer_account' OR r.invoice_status IN ('draft', 'void') THEN 3
                          WHEN count(m.id) FILTER (WHERE m.status IN ('suggested', 'ambiguous')) > 0 THEN 1
                          WHEN r.applied = r.amount AND count(m.id) FILTER (WHERE m.status = 'approved') > 0 THEN 2
                          ELSE 0 END,
                      iif((b.state, b.note) <> ('failed', 'undone') AND r.deleted_at IS NULL
                          AND r.kind <> 'customer_account' AND r.applied = r.amount
                          AND count(m.id) FILTER (WHERE m.status = 'approved') > 0, 2, -1))
              LIMIT 1",
        said: record,
    },
    Recount {
        sql: "SELECT s.batch_id FROM statements s
              JOIN import_batches b ON b.company_id = s.company_id AND b.id = s.batch_id
              WHERE s.company_id = ?1 AND s.withdrawn <> ((b.state, b.note) = ('failed', 'undone')) LIMIT 1",
        said: import,
    },
    Recount {
        sql: "SELECT r.id FROM statement_lines r WHERE r.company_id = ?1 AND r.deleted_at IS NOT NULL
                AND r.deletion_act IS NOT NULL AND NOT EXISTS (
                  SELECT 1 FROM act_records x WHERE x.company_id = r.company_id AND x.line_id IS NOT NULL AND x.line_id = r.id
                    AND (x.deletion, x.deleted_at, x.deleted_by, x.reason)
                      = (r.deletion_act, r.deleted_at, r.deleted_by, r.deletion_reason))
              UNION ALL
              SELECT r.id FROM ledger_entries r WHERE r.company_id = ?1 AND r.deleted_at IS NOT NULL
                AND r.deletion_act IS NOT NULL AND NOT EXISTS (
                  SELECT 1 FROM act_records x WHERE x.company_id = r.company_id AND x.entry_id IS NOT NULL AND x.entry_id = r.id
                    AND (x.deletion, x.deleted_at, x.deleted_by, x.reason)
                      = (r.deletion_act, r.deleted_at, r.deleted_by, r.deletion_reason))
              LIMIT 1",
        said: deletion,
    },
    // What was done or turned last with a record; of what was turned only part may have been left to do.
    Recount {
        sql: "WITH newest AS (
                  SELECT coalesce(x.line_id, x.entry_id) AS id, a.kind, a.turned_by, max(ifnull(a.turned_by, a.id))
                  FROM act_records x JOIN acts a ON a.company_id = x.company_id AND a.id = x.act_id
                  WHERE x.company_id = ?1 GROUP BY 1)
              SELECT n.id FROM newest n
              LEFT JOIN statement_lines l ON l.company_id = ?1 AND l.id = n.id
              LEFT JOIN ledger_entries e ON e.company_id = ?1 AND e.id = n.id
              WHERE n.turned_by IS NULL AND CASE n.kind
                  WHEN 'delete' THEN ifnull(l.state, e.state) <> 4
                  ELSE ifnull(l.deleted_at, e.deleted_at) IS NOT NULL END
              LIMIT 1",
        said: deletion,
    },
    Recount {
        sql: "SELECT r.id FROM statement_lines r WHERE r.company_id = ?1 AND r.accepted_by IS NOT NULL AND NOT EXISTS (
                  SELECT 1 FROM policy_resolutions p WHERE p.company_id = r.company_id AND p.id = r.accepted_by
                    AND p.line_id = r.id AND NOT EXISTS (SELECT 1 FROM policy_take_backs t
                        WHERE t.company_id = p.company_id AND t.resolution_id = p.id))
              UNION ALL
              SELECT r.id FROM ledger_entries r WHERE r.company_id = ?1 AND r.accepted_by IS NOT NULL AND NOT EXISTS (
                  SELECT 1 FROM policy_resolutions p WHERE p.company_id = r.company_id AND p.id = r.accepted_by
                    AND p.entry_id = r.id AND NOT EXISTS (SELECT 1 FROM policy_take_backs t
                        WHERE t.company_id = p.company_id AND t.resolution_id = p.id))
              LIMIT 1",
        said: acceptance,
    },
    // The newest decision that no other took back. What an older version left approved without one is left alone.
    Recount {
        sql: "SELECT m.id FROM matches m LEFT JOIN decisions d ON d.company_id = m.company_id AND d.id = (
                  SELECT max(o.id) FROM decisions o WHERE o.company_id = m.company_id AND o.match_id = m.id
                    AND o.verdict <> 'undo'
                    AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.company_id = o.company_id AND u.supersedes = o.id))
              WHERE m.company_id = ?1
                AND ((m.status = 'approved') <> (d.verdict IS 'approve') OR (m.status = 'rejected') <> (d.verdict IS 'reject')
                  OR (d.verdict IS 'override' AND m.status <> 'superseded')
                  OR m.by_policy <> (m.status = 'approved' AND d.policy_version IS NOT NULL))
                AND (d.id IS NOT NULL OR m.rowid > ifnull((
                    SELECT max(json_extract(seal, '$.matches[0]')) FROM audit_events
                    WHERE company_id = ?1 AND action = 'workbook.migrated' AND seal <> ''), 0))
              LIMIT 1",
        said: of_match,
    },
    Recount {
        sql: "SELECT m.id FROM matches m WHERE m.company_id = ?1
                AND ((m.superseded_by IS NULL) <> (m.superseded_from IS NULL)
                  OR (m.superseded_by IS NOT NULL AND m.status <> 'superseded'))
              LIMIT 1",
        said: of_match,
    },
    // Acts from before acts were kept have no turns: what stands of them is what stands of their decisions.
    Recount {
        sql: "SELECT a.id FROM acts a
              LEFT JOIN (SELECT act_id, turn, max(id) AS id FROM act_turns WHERE company_id = ?1 GROUP BY act_id) t
                  ON t.act_id = a.id
              WHERE a.company_id = ?1 AND (a.turned_by IS NOT t.id OR CASE
                  WHEN t.id IS NOT NULL THEN a.standing <> (t.turn = 'redo')
                  WHEN a.standing = 1 THEN a.redoable <> 0
                  ELSE NOT EXISTS (SELECT 1 FROM decisions d
                      JOIN decisions u ON u.company_id = d.company_id AND u.supersedes = d.id
                      WHERE d.company_id = a.company_id AND d.act_id = a.id AND d.user_id IS NOT NULL) END)
              LIMIT 1",
        said: act,
    },
    Recount {
        sql: "WITH standing AS (
                  SELECT m.* FROM marks m JOIN acts a ON a.company_id = m.company_id AND a.id = m.act_id
                  WHERE m.company_id = ?1 AND a.standing = 1),
              told AS (
                  SELECT coalesce(line_id, entry_id, match_id) AS id,
                      max(iif(kind = 'owner', id, NULL)) AS owner, max(iif(kind = 'snooze', id, NULL)) AS snooze,
                      max(iif(kind = 'timing', id, NULL)) AS timing, sum(kind = 'comment') AS comments,
                      sum(kind = 'evidence') AS evidence
                  FROM standing GROUP BY 1),
              shown AS (
                  SELECT coalesce(line_id, entry_id, match_id) AS id, owner, snoozed_until, expected_on, comments, evidence
                  FROM marked WHERE company_id = ?1)
              SELECT coalesce(t.id, s.id) FROM told t FULL JOIN shown s ON s.id = t.id
              LEFT JOIN marks o ON o.company_id = ?1 AND o.id = t.owner
              LEFT JOIN marks z ON z.company_id = ?1 AND z.id = t.snooze
              LEFT JOIN marks d ON d.company_id = ?1 AND d.id = t.timing
              WHERE s.comments IS NOT t.comments OR s.evidence IS NOT t.evidence OR s.owner IS NOT nullif(o.text, '')
                 OR s.snoozed_until IS NOT z.date OR s.expected_on IS NOT d.date
              LIMIT 1",
        said: note,
    },
    Recount {
        sql: "WITH found AS (
                  SELECT statement_id, count(*) AS number FROM statement_lines NOT INDEXED
                  WHERE company_id = ?1 GROUP BY statement_id),
              of_batch AS (
                  SELECT s.batch_id AS id, sum(f.number) AS number
                  FROM found f JOIN statements s ON s.company_id = ?1 AND s.id = f.statement_id GROUP BY s.batch_id
                  UNION ALL SELECT batch_id, count(*) FROM ledger_entries WHERE company_id = ?1 GROUP BY batch_id)
              SELECT b.id FROM import_batches b LEFT JOIN of_batch f ON f.id = b.id
              WHERE b.company_id = ?1 AND b.added <> iif(b.state = 'completed', ifnull(f.number, 0), 0) LIMIT 1",
        said: import,
    },
    Recount {
        sql: "WITH found AS (
                  SELECT account_id, sum(state <> 4) AS number FROM statement_lines NOT INDEXED
                  WHERE company_id = ?1 GROUP BY +account_id)
              SELECT a.id FROM accounts a LEFT JOIN found f ON f.account_id = a.id
              WHERE a.company_id = ?1 AND a.lines <> ifnull(f.number, 0) LIMIT 1",
        said: account,
    },
    Recount {
        sql: "WITH told AS (
                  SELECT e.company_id, e.match_id, e.adjustment, e.batch, e.entry FROM journal_entries e
                  WHERE e.company_id = ?1 AND e.reverses_batch IS NULL
                    AND NOT EXISTS (SELECT 1 FROM journal_take_backs t WHERE t.company_id = e.company_id AND t.batch = e.batch)
                    AND (e.batch, e.entry) NOT IN (
                        SELECT r.reverses_batch, r.reverses_entry FROM journal_entries r
                        WHERE r.company_id = ?1 AND r.reverses_batch IS NOT NULL
                          AND NOT EXISTS (SELECT 1 FROM journal_take_backs t
                                          WHERE t.company_id = r.company_id AND t.batch = r.batch)))
              SELECT match_id FROM (
                  SELECT match_id, adjustment, batch, entry FROM told
                  UNION ALL SELECT match_id, adjustment, batch, entry FROM journal_posted WHERE company_id = ?1)
              GROUP BY match_id, adjustment, batch, entry HAVING count(*) <> 2 LIMIT 1",
        said: posted,
    },
    Recount {
        sql: "SELECT e.id FROM ledger_entries e NOT INDEXED WHERE e.company_id = ?1 AND e.invoice_status IS NOT NULL
                AND e.invoice_status NOT IN ('draft', 'void')
                AND e.invoice_status <> CASE WHEN e.applied = 0 THEN 'open' WHEN e.applied = e.amount THEN 'paid'
                                             ELSE 'partly_paid' END
              LIMIT 1",
        said: record,
    },
];

impl Workbook {
    /// The first of what can be worked out anew that is not as it is kept.
    pub(crate) fn first_miscount(&self) -> Result<Option<Said>, WorkbookError> {
        for recount in &RECOUNTS {
            let wrong = self
                .sql
                .prepare(recount.sql)?
                .query_row(params![Blob(self.company.id.uuid())], |row| row.get::<_, Blob>(0))
                .optional()?;
            if let Some(Blob(id)) = wrong {
                return Ok(Some((recount.said)(id)));
            }
        }
        Ok(None)
    }
}
