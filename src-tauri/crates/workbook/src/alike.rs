//! New lines that look like lines which are there: the same statement in another form.

use std::collections::HashMap;

use jiff::civil::Date;
use rusqlite::params;
use tieout_domain::{AccountId, StatementLineId};

use crate::{LinePlan, RowPlan, Workbook, WorkbookError, rows::Blob};

impl Workbook {
    /// How many of the lines that would be added have the day and amount (minor units) of a line of the account that the
    /// file does not repeat otherwise: two exports of one statement have those in common, whatever else they say. `lines`
    /// are those of the plan, in its order. A line without a day is like no other.
    pub fn count_alike(&self, plan: &LinePlan, lines: &[(Option<Date>, i64)]) -> Result<u64, WorkbookError> {
        let mut new: HashMap<(Date, i64), u64> = HashMap::new();
        let mut repeated: HashMap<(Date, i64), u64> = HashMap::new();
        for ((date, minor), fate) in lines.iter().zip(plan.rows()) {
            let Some(date) = date else { continue };
            let counts = if is_new(fate) { &mut new } else { &mut repeated };
            *counts.entry((*date, *minor)).or_default() += 1;
        }
        if new.is_empty() {
            return Ok(0);
        }
        let mut alike = 0;
        for (of, there) in self.lines_by_day(plan.account(), new.keys().map(|(date, _)| *date))? {
            let left = there.saturating_sub(repeated.get(&of).copied().unwrap_or(0));
            alike += new.get(&of).copied().unwrap_or(0).min(left);
        }
        Ok(alike)
    }

    /// How many lines the account has of each day and amount, from the first to the last of the days.
    fn lines_by_day(
        &self,
        account: AccountId,
        days: impl Iterator<Item = Date> + Clone,
    ) -> Result<HashMap<(Date, i64), u64>, WorkbookError> {
        let (Some(first), Some(last)) = (days.clone().min(), days.max()) else { return Ok(HashMap::new()) };
        let mut statement = self.sql.prepare_cached(
            "SELECT date, amount FROM statement_lines
             WHERE company_id = ?1 AND account_id = ?2 AND date BETWEEN ?3 AND ?4 AND state <> 4",
        )?;
        let company = Blob(self.company.id.uuid());
        let mut found = statement.query(params![company, Blob(account.uuid()), first.to_string(), last.to_string()])?;
        let mut counts = HashMap::new();
        while let Some(row) = found.next()? {
            let date = row.get_ref(0)?.as_str().map_err(WorkbookError::unreadable)?;
            let date: Date = date.parse().map_err(WorkbookError::unreadable)?;
            *counts.entry((date, row.get(1)?)).or_default() += 1;
        }
        Ok(counts)
    }
}

const fn is_new(fate: &RowPlan<StatementLineId>) -> bool {
    matches!(fate, RowPlan::Add)
}
