//! Which proposals belong to a locked period: no run and no policy approves them.

use std::{borrow::Cow, collections::HashMap};

use rusqlite::{Connection, params};
use tieout_domain::{CompanyId, MatchStatus, RecordRef};
use uuid::Uuid;

use crate::{
    Proposal, WorkbookError,
    change::Change,
    rows::Blob,
    state::{side_of, table},
};

/// Open lines that locked periods know of, those of their days and older ones: each with these periods.
pub(crate) struct LockedLines<'a> {
    sql: &'a Connection,
    company: CompanyId,
    lines: HashMap<Uuid, Vec<usize>>,
    periods: Vec<LockedPeriod>,
}

struct LockedPeriod {
    id: Uuid,
    last_day: String,
    /// The preparation by which it was signed.
    signature: Uuid,
}

impl<'a> LockedLines<'a> {
    /// Reads them; where nothing is locked that is one look.
    pub(crate) fn load(sql: &'a Connection, company: CompanyId) -> Result<Self, WorkbookError> {
        let mut locked = Self { sql, company, lines: HashMap::new(), periods: Vec::new() };
        let any: bool = sql
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM periods WHERE company_id = ?1 AND state = 'locked')")?
            .query_row(params![Blob(company.uuid())], |row| row.get(0))?;
        if !any {
            return Ok(locked);
        }
        let mut statement = sql.prepare_cached(
            "SELECT r.id, p.id, p.last_day, p.signature FROM statement_lines r INDEXED BY statement_lines_by_state
             CROSS JOIN periods p ON p.company_id = r.company_id AND p.account_id = r.account_id AND p.watched = 1
                 AND p.last_day >= r.date AND p.state = 'locked'
             WHERE r.company_id = ?1 AND r.state IN (0, 1)",
        )?;
        let mut found = statement.query(params![Blob(company.uuid())])?;
        while let Some(row) = found.next()? {
            let (line, id) = (row.get::<_, Blob>(0)?.0, row.get::<_, Blob>(1)?.0);
            let known = locked.periods.iter().position(|period| period.id == id);
            let place = known.unwrap_or(locked.periods.len());
            if known.is_none() {
                let period = LockedPeriod { id, last_day: row.get(2)?, signature: row.get::<_, Blob>(3)?.0 };
                locked.periods.push(period);
            }
            locked.lines.entry(line).or_default().push(place);
        }
        Ok(locked)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Leaves what no locked period holds.
    pub(crate) fn keep_free<T>(
        &self,
        items: &mut Vec<T>,
        records: impl Fn(&T) -> Vec<RecordRef>,
    ) -> Result<(), WorkbookError> {
        if self.is_empty() {
            return Ok(());
        }
        let mut kept = Vec::with_capacity(items.len());
        for item in items.drain(..) {
            if !self.holds(&records(&item))? {
                kept.push(item);
            }
        }
        *items = kept;
        Ok(())
    }

    /// Whether a match of these records belongs to a locked period: it holds a line of its days or an older one, and
    /// nothing of a later day or that came after it was signed. A line alone is written off, by whoever does so now.
    pub(crate) fn holds(&self, records: &[RecordRef]) -> Result<bool, WorkbookError> {
        if let [RecordRef::Line(_)] = records {
            return Ok(false);
        }
        for record in records {
            let RecordRef::Line(line) = record else { continue };
            for place in self.lines.get(&line.uuid()).into_iter().flatten() {
                let Some(period) = self.periods.get(*place) else { continue };
                let mut is_later = false;
                for other in records {
                    is_later |= self.is_later(*other, &period.last_day, period.signature)?;
                }
                if !is_later {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    fn is_later(&self, record: RecordRef, last_day: &str, signature: Uuid) -> Result<bool, WorkbookError> {
        let (side, id) = side_of(record);
        if id > signature {
            return Ok(true);
        }
        let (table, _) = table(side);
        let date: Option<String> = self
            .sql
            .prepare_cached(&format!("SELECT date FROM {table} WHERE company_id = ?1 AND id = ?2"))?
            .query_row(params![Blob(self.company.uuid()), Blob(id)], |row| row.get(0))?;
        Ok(date.is_some_and(|date| date.as_str() > last_day))
    }
}

impl Change<'_> {
    /// The proposals, with those only suggested that the policy approved and that belong to a locked period: approving them
    /// is refused until it is reopened, and the others are stored all the same.
    pub(crate) fn within_open_periods<'a>(
        &self,
        proposals: &'a [Proposal],
    ) -> Result<Cow<'a, [Proposal]>, WorkbookError> {
        let mut checked = Cow::Borrowed(proposals);
        let locked = LockedLines::load(self.sql, self.company)?;
        if locked.is_empty() {
            return Ok(checked);
        }
        for (place, proposal) in proposals.iter().enumerate() {
            if proposal.status != MatchStatus::Approved {
                continue;
            }
            let records: Vec<RecordRef> = proposal.matched.legs().iter().map(|leg| leg.record).collect();
            if locked.holds(&records)?
                && let Some(proposal) = checked.to_mut().get_mut(place)
            {
                proposal.status = MatchStatus::Suggested;
            }
        }
        Ok(checked)
    }
}
