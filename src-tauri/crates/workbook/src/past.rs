//! What was decided so far, with the records it was decided on: what new rules are tried on.

use rusqlite::params;
use tieout_domain::MatchId;

use crate::{
    EntryRecord, LineRecord, QueueRow, Record, Workbook, WorkbookError,
    rows::{self, Blob},
};

/// How a match was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PastVerdict {
    /// It is right.
    Approved,
    /// It is wrong.
    Rejected,
    /// A person put other records together in its stead.
    Overridden,
}

/// A match that was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastMatch {
    /// How.
    pub verdict: PastVerdict,
    /// Its identifier.
    pub id: MatchId,
    /// Its row, as the queue shows it.
    pub row: QueueRow,
    /// Its statement lines.
    pub lines: Vec<LineRecord>,
    /// Its ledger entries.
    pub entries: Vec<EntryRecord>,
}

impl PastVerdict {
    /// `?1` is the company.
    const fn matches(self) -> &'static str {
        match self {
            Self::Approved => {
                "SELECT id AS decided, changed_at AS at FROM matches WHERE company_id = ?1 AND status = 'approved'"
            }
            Self::Rejected => {
                "SELECT id AS decided, changed_at AS at FROM matches WHERE company_id = ?1 AND status = 'rejected'"
            }
            Self::Overridden => {
                "SELECT DISTINCT m.id AS decided, m.changed_at AS at
                 FROM decisions d JOIN matches m ON m.company_id = d.company_id AND m.id = d.match_id
                 WHERE d.company_id = ?1 AND d.user_id IS NOT NULL AND d.verdict <> 'undo' AND d.verdict = 'override'
                   AND m.status = 'superseded'"
            }
        }
    }
}

impl Workbook {
    /// How many matches stand decided so.
    pub fn count_past(&self, verdict: PastVerdict) -> Result<u64, WorkbookError> {
        let mut statement = self.sql.prepare_cached(&format!("SELECT count(*) FROM ({})", verdict.matches()))?;
        let count: i64 = statement.query_row(params![Blob(self.company.id.uuid())], |row| row.get(0))?;
        Ok(rows::counted(count))
    }

    /// Matches that stand decided so, newest decision first.
    pub fn past_matches(&self, verdict: PastVerdict, limit: u32) -> Result<Vec<PastMatch>, WorkbookError> {
        let mut statement =
            self.sql.prepare_cached(&format!("{} ORDER BY at DESC, decided DESC LIMIT ?2", verdict.matches()))?;
        let ids = statement
            .query_map(params![Blob(self.company.id.uuid()), limit], |row| row.get::<_, Blob>(0))?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        ids.into_iter().map(|id| self.past_match(verdict, MatchId::from_uuid(id.0))).collect()
    }

    fn past_match(&self, verdict: PastVerdict, id: MatchId) -> Result<PastMatch, WorkbookError> {
        let detail = self.match_detail(id)?;
        let (mut lines, mut entries) = (Vec::new(), Vec::new());
        for (record, _) in detail.records {
            match record {
                Record::Line(record) => lines.push(record),
                Record::Entry(record) => entries.push(record),
            }
        }
        Ok(PastMatch { verdict, id, row: detail.row, lines, entries })
    }
}
