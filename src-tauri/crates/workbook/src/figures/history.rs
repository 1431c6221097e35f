//! Figures as they were: of each run, and of each day.

use jiff::civil::Date;
use rusqlite::params;
use tieout_domain::{Currency, Profile, RunId, Variance, share};

use crate::{
    Workbook, WorkbookError,
    rows::{self, Blob},
};

/// What a run came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunFigures {
    /// The run.
    pub id: RunId,
    /// When it was stored, ISO 8601, UTC.
    pub at: String,
    /// Who ran it.
    pub by: String,
    /// Kind of reconciliation.
    pub profile: Profile,
    /// Open lines looked at.
    pub lines: u64,
    /// Of these, lines in a match, approved or proposed.
    pub lines_matched: u64,
    /// Of these, lines in a match that the policy approved; none in runs of older versions.
    pub lines_automatic: Option<u64>,
    /// Entries without a match.
    pub entries_unmatched: u64,
    /// Matches that waited for a person.
    pub suggested: u64,
    /// What was open on both sides, in the company's base currency; none in runs of older versions, and where it does
    /// not fit.
    pub variance: Option<Variance>,
}

impl RunFigures {
    /// Share of the lines in a match, in hundredths of a percent; none where there were no lines.
    pub fn match_rate(&self) -> Option<u64> {
        share(self.lines_matched, self.lines)
    }

    /// Share of the lines in a match that needed no person, in hundredths of a percent.
    pub fn automatic_rate(&self) -> Option<u64> {
        share(self.lines_automatic?, self.lines)
    }
}

/// What happened on a day (UTC), and how the workbook stood when it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DailyFigures {
    /// The day.
    pub date: Date,
    /// Runs of the engine.
    pub runs: u64,
    /// Statement lines taken in and not taken back since.
    pub lines_imported: u64,
    /// Ledger entries taken in and not taken back since.
    pub entries_imported: u64,
    /// Matches the policy approved.
    pub approved_by_policy: u64,
    /// Decisions of people to approve, by hand included.
    pub approved_by_people: u64,
    /// Decisions to reject.
    pub rejected: u64,
    /// Decisions taken back.
    pub undone: u64,
    /// Exceptions that began that day and last.
    pub exceptions_opened: u64,
    /// Statement lines at the day's end; none on days before the workbook kept them.
    pub lines: Option<u64>,
    /// Of these, lines that were settled.
    pub lines_settled: Option<u64>,
}

impl DailyFigures {
    /// Share of the lines that were settled when the day ended, in hundredths of a percent.
    pub fn match_rate(&self) -> Option<u64> {
        share(self.lines_settled.unwrap_or(0), self.lines?)
    }
}

impl Workbook {
    /// The newest runs, newest first: at most a hundred.
    pub fn recent_runs(&self, limit: u32) -> Result<Vec<RunFigures>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT run_id, reconciled_at, ifnull(reconciled_by, ''), profile, lines, lines_matched, lines_automatic,
                    entries_unmatched, suggested + ambiguous, currency, lines_amount, entries_amount
             FROM v_recent_reconciliations WHERE company_id = ?1 LIMIT ?2",
        )?;
        let mut found = statement.query(params![Blob(self.company.id.uuid()), limit])?;
        let mut runs = Vec::new();
        while let Some(row) = found.next()? {
            let number = |column| row.get(column).map(rows::counted);
            let currency = rows::currency(&row.get::<_, String>(9)?)?;
            runs.push(RunFigures {
                id: RunId::from_uuid(row.get::<_, Blob>(0)?.0),
                at: row.get(1)?,
                by: row.get(2)?,
                profile: row.get::<_, String>(3)?.parse().map_err(WorkbookError::unreadable)?,
                lines: number(4)?,
                lines_matched: number(5)?,
                lines_automatic: row.get::<_, Option<i64>>(6)?.map(rows::counted),
                entries_unmatched: number(7)?,
                suggested: number(8)?,
                variance: variance(currency, row.get(10)?, row.get(11)?),
            });
        }
        Ok(runs)
    }

    /// The days on which something happened, oldest first, between two days (unset: without end).
    pub fn daily_figures(&self, from: Option<Date>, to: Option<Date>) -> Result<Vec<DailyFigures>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT date, runs, lines_imported, entries_imported, approved_by_policy, approved_by_people, rejected,
                    undone, exceptions_opened, lines, lines_settled
             FROM v_daily_reconciliation_metrics
             WHERE company_id = ?1 AND (?2 IS NULL OR date >= ?2) AND (?3 IS NULL OR date <= ?3) ORDER BY date",
        )?;
        let company = Blob(self.company.id.uuid());
        let mut found = statement.query(params![company, rows::date_text(from), rows::date_text(to)])?;
        let mut days = Vec::new();
        while let Some(row) = found.next()? {
            let number = |column| row.get(column).map(rows::counted);
            let known = |column| row.get::<_, Option<i64>>(column).map(|number| number.map(rows::counted));
            let date: String = row.get(0)?;
            days.push(DailyFigures {
                date: date.parse().map_err(WorkbookError::unreadable)?,
                runs: number(1)?,
                lines_imported: number(2)?,
                entries_imported: number(3)?,
                approved_by_policy: number(4)?,
                approved_by_people: number(5)?,
                rejected: number(6)?,
                undone: number(7)?,
                exceptions_opened: number(8)?,
                lines: known(9)?,
                lines_settled: known(10)?,
            });
        }
        Ok(days)
    }
}

fn variance(currency: Currency, lines: Option<i64>, entries: Option<i64>) -> Option<Variance> {
    Some(Variance { currency, bank: i128::from(lines?), books: i128::from(entries?) })
}
