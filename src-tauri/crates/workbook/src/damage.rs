//! Whether the file is as it was written, and what it keeps besides its rows as they tell.

use std::thread;

use jiff::civil::Date;
use rusqlite::Connection;
use tieout_domain::{Said, said};

use crate::{Workbook, WorkbookError, figures, file, spans, tally};

/// A question for the first thing that is not as rows tell.
type Question = fn(&Workbook) -> Result<Option<Said>, WorkbookError>;

fn wrong_structure(sql: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut check = sql.prepare("PRAGMA integrity_check(20)")?;
    let told = check.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    Ok(told.into_iter().filter(|place| place != "ok").collect())
}

impl Workbook {
    /// Every place of the file that cannot be read as it was written; where there is none, the first thing that it keeps and
    /// that is not what its rows come to. Empty where all is well. Reads the whole file.
    pub fn damage(&self) -> Result<Vec<Said>, WorkbookError> {
        self.write_back_soon()?;
        let mut places = self.broken_places()?;
        if places.is_empty() {
            places.extend(self.recounted()?);
        }
        Ok(places)
    }

    /// Pages that cannot be authenticated; else what SQLite finds wrong with how they belong together. Both read the whole
    /// file, so they do it side by side.
    fn broken_places(&self) -> Result<Vec<Said>, WorkbookError> {
        file::write_back(&self.sql)?;
        let (path, key, salt) = (&self.path, &self.key, self.salt);
        let (pages, structure) = thread::scope(|side| {
            // The file lies still: no other program may open it, and nobody writes as long as this borrows the workbook. A
            // connection that meets a page it cannot authenticate is of no use afterwards, so it is not the workbook's own.
            let structure = side.spawn(|| {
                let copy = file::open_copy(path, key, salt)?;
                copy.pragma_update(None, "cache_size", file::CACHE_SIZE)?;
                wrong_structure(&copy)
            });
            (file::unreadable_pages(&self.sql, &self.source), structure.join())
        });
        let mut places = pages?;
        if places.is_empty() {
            places = match structure {
                Ok(Ok(wrong)) => wrong,
                // Whatever kept the other connection from it.
                Ok(Err(_)) | Err(_) => wrong_structure(&self.sql)?,
            };
        }
        Ok(places.iter().map(|place| file::told(place)).collect())
    }

    /// The first thing that is kept and that is not what rows come to.
    pub(crate) fn recounted(&self) -> Result<Option<Said>, WorkbookError> {
        let questions: [Question; 6] = [
            Self::miscounted,
            Self::first_account_fault,
            Self::wrong_totals,
            Self::wrong_span,
            Self::wrong_cause,
            Self::first_miscount,
        ];
        for question in questions {
            if let Some(found) = question(self)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    fn miscounted(&self) -> Result<Option<Said>, WorkbookError> {
        let wrong = tally::first_wrong(&self.sql, self.company.id)?;
        Ok(wrong.map(|(what, told, found)| {
            said!(
                "damage.count",
                "the count of '{what}' says {told}, but there are {found}",
                what = what,
                told = told,
                found = found
            )
        }))
    }

    fn wrong_totals(&self) -> Result<Option<Said>, WorkbookError> {
        let wrong = figures::first_wrong(&self.sql, self.company.id)?;
        Ok(wrong.map(|day| match day.parse::<Date>() {
            Ok(day) => said!("damage.totals", "the totals of {day} are not those of its lines", day = day),
            Err(_) => said!("damage.totalsUndated", "the totals of lines without a date are not those of its lines"),
        }))
    }

    fn wrong_span(&self) -> Result<Option<Said>, WorkbookError> {
        let wrong = spans::first_wrong(&self.sql, self.company.id)?;
        Ok(wrong.map(|id| {
            said!(
                "damage.span",
                "the days between which match {id} left its entries open are not those of its legs",
                id = id.to_string()
            )
        }))
    }

    fn wrong_cause(&self) -> Result<Option<Said>, WorkbookError> {
        Ok(self.first_wrong_cause()?.map(|record| {
            said!(
                "damage.cause",
                "the cause of record {record} is not that of its exception",
                record = record.to_string()
            )
        }))
    }
}
