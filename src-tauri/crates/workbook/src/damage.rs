//! Whether the file is as it was written, and what it keeps besides its rows as they tell.

use jiff::civil::Date;
use tieout_domain::{Said, said};

use crate::{Workbook, WorkbookError, figures, file, spans, tally};

/// A question for the first thing that is not as rows tell.
type Question = fn(&Workbook) -> Result<Option<Said>, WorkbookError>;

impl Workbook {
    /// Every place of the file that cannot be read as it was written; where there is none, the first thing that it keeps and
    /// that is not what its rows come to. Empty where all is well. Reads the whole file.
    pub fn damage(&self) -> Result<Vec<Said>, WorkbookError> {
        self.write_back_soon()?;
        let mut places: Vec<Said> =
            file::damaged_pages(&self.sql, &self.source)?.iter().map(|place| file::told(place)).collect();
        if places.is_empty() {
            let mut check = self.sql.prepare("PRAGMA integrity_check(20)")?;
            let told: Vec<String> = check.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            places.extend(told.iter().filter(|place| *place != "ok").map(|place| file::told(place)));
        }
        if places.is_empty() {
            places.extend(self.recounted()?);
        }
        Ok(places)
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
