//! What people noted on a row, as its list shows it in short.

use jiff::civil::Date;
use rusqlite::{OptionalExtension, params};

use super::QueueRow;
use crate::{
    Workbook, WorkbookError, marks,
    rows::{self, Blob},
};

/// What people noted on something, in short; see [`crate::Note`] for the whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Noted {
    /// Whom a person gave it to.
    pub owner: Option<String>,
    /// The day on which it comes back, as long as that is to come.
    pub snoozed_until: Option<Date>,
    /// The day by which a difference in time is settled.
    pub expected_on: Option<Date>,
    /// That day is over.
    pub overdue: bool,
    /// Comments on it.
    pub comments: u64,
    /// Files that speak for it.
    pub evidence: u64,
}

impl Workbook {
    /// The row with what people noted on it.
    pub(super) fn with_noted(&self, row: QueueRow) -> Result<QueueRow, WorkbookError> {
        let (column, id) = marks::column(row.subject);
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT owner, snoozed_until, expected_on, comments, evidence FROM marked
             WHERE company_id = ?1 AND {column} = ?2"
        ))?;
        let today = self.today();
        let noted = statement
            .query_row(params![Blob(self.company.id.uuid()), Blob(id)], |found| {
                Ok((found.get(0)?, found.get(1)?, found.get(2)?, found.get(3)?, found.get(4)?))
            })
            .optional()?
            .map(|(owner, until, expected, comments, evidence)| {
                let expected_on = rows::date(expected)?;
                Ok::<_, WorkbookError>(Noted {
                    owner,
                    snoozed_until: rows::date(until)?.filter(|until| *until > today),
                    expected_on,
                    overdue: expected_on.is_some_and(|expected| expected < today),
                    comments: rows::counted(comments),
                    evidence: rows::counted(evidence),
                })
            })
            .transpose()?;
        Ok(QueueRow { noted: noted.unwrap_or_default(), ..row })
    }
}
