//! A difference in time that a person told of: until its day the record counts as one, whatever the engine found. What was
//! found stays, and counts again from that day on, or when the note is taken back.

use jiff::civil::Date;
use rusqlite::{OptionalExtension, params};
use tieout_domain::{RecordRef, RootCause, Side};

use super::{column, was_not_given_back};
use crate::{
    QueueSubject, Workbook, WorkbookError,
    rows::{self, Blob},
    state::table,
};

/// What a person told of a difference in time that is not over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timing {
    /// By when it is settled.
    pub by: Date,
    /// Why.
    pub reason: String,
    /// When it was told, in milliseconds since 1970-01-01 UTC.
    pub told_at_ms: i64,
}

impl Timing {
    /// What is said of it before what was found, in English as that is.
    pub fn before(&self, found: &str) -> String {
        let Self { by, reason, .. } = self;
        let end = if reason.ends_with(['.', '!', '?']) { "" } else { "." };
        format!("A difference in time, expected to be settled by {by}: {reason}{end} {found}")
    }
}

/// In SQL, the cause for which a record `r` of this side without a match counts on a day: `found` is what the engine found,
/// or NULL. ?1 is the company.
pub(crate) fn counts_as(side: Side, found: &str, day: &str) -> String {
    let (_, column) = table(side);
    format!(
        "iif(r.id IN (SELECT h.{column} FROM marked h INDEXED BY marked_hidden
                      WHERE h.company_id = ?1 AND h.hidden_until <> '' AND h.hidden_until > {day}
                        AND h.expected_on > {day} AND h.{column} IS NOT NULL),
             '{}', ifnull({found}, '{}'))",
        RootCause::Timing.as_str(),
        RootCause::None.as_str()
    )
}

impl Workbook {
    /// The difference in time that a person told of, if today its day is still to come.
    pub fn timing_of(&self, record: RecordRef) -> Result<Option<Timing>, WorkbookError> {
        let (column, id) = column(QueueSubject::Record(record));
        let found: Option<(String, String, i64)> = self
            .sql
            .prepare_cached(&format!(
                "SELECT m.date, m.text, a.done_at FROM marks m
                 JOIN acts a ON a.company_id = m.company_id AND a.id = m.act_id AND a.standing = 1
                 WHERE m.company_id = ?1 AND m.{column} = ?2 AND m.kind = 'timing' AND {}
                   AND EXISTS (SELECT 1 FROM marked h WHERE h.company_id = ?1 AND h.{column} = ?2 AND h.expected_on > ?3
                                 AND h.expected_on = m.date)
                 ORDER BY m.id DESC LIMIT 1",
                was_not_given_back("m")
            ))?
            .query_row(params![Blob(self.company.id.uuid()), Blob(id), self.today().to_string()], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .optional()?;
        let Some((day, reason, told_at_ms)) = found else { return Ok(None) };
        Ok(rows::date(Some(day))?.map(|by| Timing { by, reason, told_at_ms }))
    }
}
