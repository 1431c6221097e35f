//! From which day until which one a match left its entries outstanding: kept beside the matches, so that what was
//! outstanding at a day is found without looking at everything that was settled since.

use rusqlite::{OptionalExtension, params};
use tieout_domain::{CompanyId, Match, MatchId, RecordRef};

use crate::{WorkbookError, change::Change, rows::Blob, state::Held};

/// What approved matches use of entries that they settle on days after ?4 only: `id` and `minor`, an entry once. ?1 is the
/// company; no day, none.
///
/// `days` are the days after ?4 on which anything was settled, each found by one look into the index; of each only those
/// matches are read whose entries begin by ?4.
pub(crate) const SETTLED_LATER: &str = "WITH RECURSIVE days (day) AS (
        SELECT min(settled_on) FROM match_spans WHERE company_id = ?1 AND settled_on > ?4
        UNION ALL SELECT (SELECT min(settled_on) FROM match_spans WHERE company_id = ?1 AND settled_on > day)
            FROM days WHERE day IS NOT NULL)
    SELECT l.entry_id AS id, sum(ifnull(l.amount_settled, l.amount_applied)) AS minor FROM days
    CROSS JOIN match_spans x ON x.company_id = ?1 AND x.settled_on = days.day AND x.open_from <= ?4
    CROSS JOIN matches m INDEXED BY matches_approved
        ON m.company_id = x.company_id AND m.id = x.match_id AND m.status = 'approved'
    CROSS JOIN match_legs l ON l.company_id = m.company_id AND l.match_id = m.id AND l.entry_id IS NOT NULL
    GROUP BY l.entry_id";

/// The spans as the matches' legs tell them.
const TOLD_BY_LEGS: &str = "SELECT company_id, settled_on, open_from, match_id FROM (
        SELECT l.company_id, l.match_id, min(iif(l.line_id IS NULL, NULL, ifnull(s.date, ''))) AS settled_on,
            min(iif(l.entry_id IS NULL, NULL, ifnull(e.date, ''))) AS open_from
        FROM match_legs l
        LEFT JOIN statement_lines s ON s.company_id = l.company_id AND s.id = l.line_id
        LEFT JOIN ledger_entries e ON e.company_id = l.company_id AND e.id = l.entry_id
        WHERE l.company_id = ?1 GROUP BY l.company_id, l.match_id)
    WHERE open_from < settled_on";

impl Change<'_> {
    /// Keeps the span of a match that was just stored, if all its lines are dated later than the first of its entries.
    pub(crate) fn insert_span(&self, id: MatchId, matched: &Match, records: &[Held]) -> Result<(), WorkbookError> {
        let first = |of_lines: bool| {
            let legs = matched.legs().iter().zip(records);
            let side = legs.filter(|(leg, _)| matches!(leg.record, RecordRef::Line(_)) == of_lines);
            side.map(|(_, held)| held.date.as_deref().unwrap_or_default()).min()
        };
        let (Some(settled_on), Some(open_from)) = (first(true), first(false)) else { return Ok(()) };
        if open_from < settled_on {
            self.sql
                .prepare_cached(
                    "INSERT INTO match_spans (company_id, settled_on, open_from, match_id) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![Blob(self.company.uuid()), settled_on, open_from, Blob(id.uuid())])?;
        }
        Ok(())
    }
}

/// The first match of which the span is not what its legs tell.
pub(crate) fn first_wrong(sql: &rusqlite::Connection, company: CompanyId) -> Result<Option<MatchId>, WorkbookError> {
    let sql_text = format!(
        "SELECT match_id FROM (
             {TOLD_BY_LEGS} UNION ALL SELECT company_id, settled_on, open_from, match_id FROM match_spans WHERE company_id = ?1)
         GROUP BY company_id, settled_on, open_from, match_id HAVING count(*) <> 2 LIMIT 1"
    );
    let found = sql.query_row(&sql_text, params![Blob(company.uuid())], |row| row.get::<_, Blob>(0)).optional()?;
    Ok(found.map(|id| MatchId::from_uuid(id.0)))
}
