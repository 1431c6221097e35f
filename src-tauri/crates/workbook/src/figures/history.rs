//! Figures as they were: of each run, and of each day.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rusqlite::params;
use tieout_domain::{Currency, Profile, RunId, Side, Variance, share};

use crate::{
    Workbook, WorkbookError,
    rows::{self, Blob},
    state::State,
    tally,
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

/// What happened on a day, in the machine's own zone, and how the workbook stood when it ended.
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
    /// Lines that the policy had matched up to the day's end, whatever became of them since; none where a run of an
    /// older version did not keep it.
    pub lines_automatic: Option<u64>,
    /// Records of both sides in no match, decided or proposed, at the day's end; none as for the lines.
    pub unmatched: Option<u64>,
    /// Variance of the day's last run; none without a run.
    pub variance: Option<Variance>,
}

/// What happened on each day, as people here count days, and how many lines there were at its end. ?1 company. The
/// view `v_daily_reconciliation_metrics` says the same for other programs, which have no `local_day`.
const DAYS: &str = "(
    SELECT date, runs, lines_imported, entries_imported, approved_by_policy, approved_by_people, rejected, undone,
        exceptions_opened, unmatched + proposed + settled AS lines, settled AS lines_settled
    FROM (
        SELECT d.*,
            CASE WHEN d.date >= k.since THEN ifnull((SELECT t.number FROM daily_tallies t WHERE t.company_id = ?1
                AND t.what = 'statement unmatched' AND t.date <= d.date ORDER BY t.date DESC LIMIT 1), 0) END AS unmatched,
            CASE WHEN d.date >= k.since THEN ifnull((SELECT t.number FROM daily_tallies t WHERE t.company_id = ?1
                AND t.what = 'statement proposed' AND t.date <= d.date ORDER BY t.date DESC LIMIT 1), 0) END AS proposed,
            CASE WHEN d.date >= k.since THEN ifnull((SELECT t.number FROM daily_tallies t WHERE t.company_id = ?1
                AND t.what = 'statement settled' AND t.date <= d.date ORDER BY t.date DESC LIMIT 1), 0) END AS settled
        FROM (
            SELECT date, sum(runs) AS runs, sum(lines_imported) AS lines_imported,
                sum(entries_imported) AS entries_imported, sum(approved_by_policy) AS approved_by_policy,
                sum(approved_by_people) AS approved_by_people, sum(rejected) AS rejected, sum(undone) AS undone,
                sum(exceptions_opened) AS exceptions_opened
            FROM (
                SELECT local_day(stored_at) AS date, 1 AS runs, 0 AS lines_imported, 0 AS entries_imported,
                    approved AS approved_by_policy, 0 AS approved_by_people, 0 AS rejected, 0 AS undone,
                    0 AS exceptions_opened FROM runs WHERE company_id = ?1
                UNION ALL SELECT local_day(resolved_at), 0, 0, 0, 1, 0, 0, 0, 0
                    FROM policy_resolutions WHERE company_id = ?1 AND run_id IS NULL AND match_id IS NOT NULL
                UNION ALL SELECT local_day(ended_at), 0, iif(side = 'statement', added, 0), iif(side = 'ledger', added, 0),
                    0, 0, 0, 0, 0 FROM import_batches WHERE company_id = ?1 AND state = 'completed'
                UNION ALL SELECT local_day(decided_at), 0, 0, 0, 0,
                    verdict = 'approve', verdict = 'reject', verdict = 'undo', 0
                    FROM decisions d WHERE company_id = ?1 AND user_id IS NOT NULL AND NOT (verdict = 'undo' AND EXISTS (
                        SELECT 1 FROM decisions o
                        WHERE o.company_id = d.company_id AND o.id = d.supersedes AND o.verdict = 'override'))
                UNION ALL SELECT local_day(opened_at), 0, 0, 0, 0, 0, 0, 0, 1 FROM exceptions WHERE company_id = ?1
                UNION ALL SELECT local_day(e.opened_at), 0, 0, 0, 0, 0, 0, 0, -1
                    FROM statement_lines r INDEXED BY statement_lines_deleted
                    CROSS JOIN exceptions e ON e.company_id = r.company_id AND e.line_id = r.id
                    WHERE r.company_id = ?1 AND r.deleted_at IS NOT NULL
                UNION ALL SELECT local_day(e.opened_at), 0, 0, 0, 0, 0, 0, 0, -1
                    FROM ledger_entries r INDEXED BY ledger_entries_deleted
                    CROSS JOIN exceptions e ON e.company_id = r.company_id AND e.entry_id = r.id
                    WHERE r.company_id = ?1 AND r.deleted_at IS NOT NULL
                UNION ALL SELECT date, 0, 0, 0, 0, 0, 0, 0, 0 FROM daily_tallies WHERE company_id = ?1)
            GROUP BY date) d
        CROSS JOIN (SELECT min(date) AS since FROM daily_tallies WHERE company_id = ?1) k))";

impl DailyFigures {
    /// Share of the lines that were settled when the day ended, in hundredths of a percent.
    pub fn match_rate(&self) -> Option<u64> {
        share(self.lines_settled.unwrap_or(0), self.lines?)
    }

    /// Share of the lines that the policy had matched when the day ended, in hundredths of a percent.
    pub fn automatic_rate(&self) -> Option<u64> {
        share(self.lines_automatic?.min(self.lines_settled?), self.lines?)
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
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT date, runs, lines_imported, entries_imported, approved_by_policy, approved_by_people, rejected,
                    undone, exceptions_opened, lines, lines_settled
             FROM {DAYS} WHERE (?2 IS NULL OR date >= ?2) AND (?3 IS NULL OR date <= ?3) ORDER BY date"
        ))?;
        let company = Blob(self.company.id.uuid());
        let (runs, unmatched) = (self.runs_by_day()?, self.unmatched_by_day()?);
        let mut found = statement.query(params![company, rows::date_text(from), rows::date_text(to)])?;
        let mut days = Vec::new();
        while let Some(row) = found.next()? {
            let number = |column| row.get(column).map(rows::counted);
            let known = |column| row.get::<_, Option<i64>>(column).map(|number| number.map(rows::counted));
            let date: String = row.get(0)?;
            let ran = runs.get(&date);
            let until = runs.range(..=date.clone()).next_back().map(|(_, until)| until);
            days.push(DailyFigures {
                lines_automatic: until.map_or(Some(0), |until| until.lines_automatic),
                variance: ran.and_then(|until| until.variance),
                unmatched: unmatched.range(..=date.clone()).next_back().map(|(_, number)| *number),
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

    /// What runs and the policy had come to at the end of each day on which one of them did something.
    fn runs_by_day(&self) -> Result<BTreeMap<String, RunsUntil>, WorkbookError> {
        let mut applied = self.applied_by_day()?;
        let mut days: BTreeMap<String, RunsUntil> = BTreeMap::new();
        for day in applied.keys() {
            days.insert(day.clone(), RunsUntil { lines_automatic: Some(0), variance: None });
        }
        let mut statement = self.sql.prepare_cached(
            "SELECT local_day(r.stored_at), r.lines_automatic, c.base_currency, t.lines, t.entries
             FROM runs r JOIN companies c ON c.id = r.company_id
             LEFT JOIN run_totals t
                 ON t.company_id = r.company_id AND t.run_id = r.id AND t.currency = c.base_currency
             WHERE r.company_id = ?1 ORDER BY r.id",
        )?;
        let mut found = statement.query(params![Blob(self.company.id.uuid())])?;
        while let Some(row) = found.next()? {
            let lines: Option<u64> = row.get::<_, Option<i64>>(1)?.map(rows::counted);
            let day = days.entry(row.get(0)?).or_insert(RunsUntil { lines_automatic: Some(0), variance: None });
            day.lines_automatic = day.lines_automatic.zip(lines).map(|(before, lines)| before.saturating_add(lines));
            let currency = rows::currency(&row.get::<_, String>(2)?)?;
            day.variance = variance(currency, row.get(3)?, row.get(4)?);
        }
        let mut before = Some(0_u64);
        for (day, until) in &mut days {
            let lines = until.lines_automatic.map(|lines| lines.saturating_add(applied.remove(day).unwrap_or(0)));
            before = before.zip(lines).map(|(before, lines)| before.saturating_add(lines));
            until.lines_automatic = before;
        }
        Ok(days)
    }

    /// Lines of matches that the policy approved without a run, by day.
    fn applied_by_day(&self) -> Result<BTreeMap<String, u64>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT local_day(r.resolved_at), count(DISTINCT l.line_id) FROM policy_resolutions r
             JOIN match_legs l ON l.company_id = r.company_id AND l.match_id = r.match_id AND l.line_id IS NOT NULL
             WHERE r.company_id = ?1 AND r.run_id IS NULL AND r.match_id IS NOT NULL GROUP BY 1",
        )?;
        let counted = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, rows::counted(row.get(1)?)));
        let found = statement.query_map(params![Blob(self.company.id.uuid())], counted)?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// Records of both sides in no match, at the end of each day on which their number changed.
    fn unmatched_by_day(&self) -> Result<BTreeMap<String, u64>, WorkbookError> {
        let sides = [Side::Statement, Side::Ledger].map(|side| tally::record_name(side, State::Unmatched));
        let mut statement = self.sql.prepare_cached(
            "SELECT date, what = ?3, number FROM daily_tallies
             WHERE company_id = ?1 AND what IN (?2, ?3) ORDER BY date",
        )?;
        let mut found = statement.query(params![Blob(self.company.id.uuid()), sides[0], sides[1]])?;
        let (mut days, mut numbers) = (BTreeMap::new(), [0; 2]);
        while let Some(row) = found.next()? {
            numbers[usize::from(row.get::<_, bool>(1)?)] = rows::counted(row.get(2)?);
            days.insert(row.get(0)?, numbers.iter().sum());
        }
        Ok(days)
    }
}

/// What runs and the policy had come to when a day ended.
struct RunsUntil {
    /// Lines matched without a person; none where a run did not keep it.
    lines_automatic: Option<u64>,
    /// Variance of the last of them.
    variance: Option<Variance>,
}

fn variance(currency: Currency, lines: Option<i64>, entries: Option<i64>) -> Option<Variance> {
    Some(Variance { currency, bank: i128::from(lines?), books: i128::from(entries?) })
}
