//! How far the two sides of matches are apart: of each match what it uses of its records and what it leaves open, and of
//! matched jobs what both sides say.

use std::collections::HashMap;

use jiff::civil::Date;
use rusqlite::{Row, ToSql, params, params_from_iter};
use tieout_domain::{AccountId, Job, LedgerKind, MatchId, MatchStatus, Money, RootCause, SideTotals};

use crate::{
    Workbook, WorkbookError,
    records::read_job,
    rows::{self, Blob},
};

/// Of which matches differences are wanted: those that are proposed or approved, of …
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DifferenceScope {
    /// … this account; unset: all.
    pub account: Option<AccountId>,
    /// … this day or later ones; unset: all. A match is of the day of its first line, or of its job's month.
    pub from: Option<Date>,
    /// … this day or earlier ones; unset: all.
    pub to: Option<Date>,
}

/// A match whose two sides differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchDifference {
    /// The match.
    pub id: MatchId,
    /// Where it stands.
    pub status: MatchStatus,
    /// Why its sides differ, the main cause first.
    pub causes: Vec<RootCause>,
    /// Day of its first line, or first day of its job's month.
    pub date: Option<Date>,
    /// Who it is about.
    pub title: String,
    /// Its texts or numbers.
    pub subtitle: String,
    /// What it uses of its records, and what it leaves open of them. What a record in several matches has left open
    /// counts with the newest. Of a reversal and the like, only what is used.
    pub totals: SideTotals,
}

/// A line and an entry in one match, each used as a whole, which are both of jobs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobMatch {
    /// The match.
    pub id: MatchId,
    /// Where it stands.
    pub status: MatchStatus,
    /// The books' day, or the statement's.
    pub date: Option<Date>,
    /// The job's number, as the books have it, or the statement.
    pub number: String,
    /// The statement's job.
    pub statement: Job,
    /// The books' job.
    pub ledger: Job,
    /// The amounts of both, as a whole.
    pub totals: SideTotals,
}

/// What is proposed or stands approved, of the account ?2, between the days ?3 and ?4.
const IN_SCOPE: &str = "m.company_id = ?1 AND m.status IN ('suggested', 'ambiguous', 'approved')
    AND (?2 IS NULL OR EXISTS (
        SELECT 1 FROM match_legs a CROSS JOIN statement_lines b ON b.company_id = a.company_id AND b.id = a.line_id
        WHERE a.company_id = m.company_id AND a.match_id = m.id AND b.account_id = ?2))";

/// The first line of a match, if it has one.
const FIRST_LINE: &str =
    "LEFT JOIN match_legs l ON l.company_id = m.company_id AND l.match_id = m.id AND l.position = 0
    LEFT JOIN statement_lines r ON r.company_id = l.company_id AND r.id = l.line_id";

/// What a match leaves open of one side's records: what neither approved matches nor proposals use, where no newer match
/// holds the record. ?1 company, ?2 match.
fn left_open(table: &str, column: &str) -> String {
    format!(
        "SELECT ifnull(sum(r.amount - r.applied - ifnull((
             SELECT sum(o.amount_applied) FROM match_legs o
             CROSS JOIN matches n ON n.company_id = o.company_id AND n.id = o.match_id
                 AND n.status IN ('suggested', 'ambiguous')
             WHERE o.company_id = r.company_id AND o.{column} = r.id), 0)), 0)
         FROM match_legs l CROSS JOIN {table} r ON r.company_id = l.company_id AND r.id = l.{column}
         WHERE l.company_id = ?1 AND l.match_id = ?2 AND l.amount_settled IS NULL AND NOT EXISTS (
             SELECT 1 FROM match_legs o
             CROSS JOIN matches n ON n.company_id = o.company_id AND n.id = o.match_id
                 AND n.status IN ('suggested', 'ambiguous', 'approved')
             WHERE o.company_id = l.company_id AND o.{column} = l.{column} AND o.match_id > l.match_id)"
    )
}

impl Workbook {
    /// The matches whose sides differ, in the order they were made.
    pub fn match_differences(&self, scope: &DifferenceScope) -> Result<Vec<MatchDifference>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT m.id, m.status, m.cause, m.currency, m.line_total, m.entry_total,
                    ifnull(m.date, r.job_month) AS day, m.title, m.subtitle
             FROM matches m NOT INDEXED {FIRST_LINE}
             WHERE {IN_SCOPE} AND (m.difference <> 0 OR m.cause IN ('partial_payment', 'overpayment'))
               AND (?3 IS NULL OR day >= ?3) AND (?4 IS NULL OR day <= ?4)
             ORDER BY m.id"
        ))?;
        let mut found = statement.query(params_from_iter(self.of(scope)))?;
        let mut differences = Vec::new();
        let mut adjusted = self.adjusted_causes()?;
        while let Some(row) = found.next()? {
            let mut difference = read_difference(row)?;
            let others = adjusted.remove(&difference.id).unwrap_or_default();
            let main = difference.causes[0];
            difference.causes.extend(others.into_iter().filter(|cause| *cause != main));
            if matches!(main, RootCause::PartialPayment | RootCause::Overpayment) {
                self.add_left_open(&mut difference)?;
            }
            if !difference.totals.difference()?.is_zero() {
                differences.push(difference);
            }
        }
        Ok(differences)
    }

    /// The causes of adjustments, of matches that have any but the main one.
    fn adjusted_causes(&self) -> Result<HashMap<MatchId, Vec<RootCause>>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT a.match_id, a.cause FROM match_adjustments a
             CROSS JOIN matches m ON m.company_id = a.company_id AND m.id = a.match_id AND m.cause <> a.cause
             WHERE a.company_id = ?1 ORDER BY a.match_id, a.position",
        )?;
        let mut found = statement.query(params![Blob(self.company.id.uuid())])?;
        let mut causes: HashMap<MatchId, Vec<RootCause>> = HashMap::new();
        while let Some(row) = found.next()? {
            let cause = rows::cause(&row.get::<_, String>(1)?)?;
            let known = causes.entry(MatchId::from_uuid(row.get::<_, Blob>(0)?.0)).or_default();
            if !known.contains(&cause) {
                known.push(cause);
            }
        }
        Ok(causes)
    }

    fn add_left_open(&self, difference: &mut MatchDifference) -> Result<(), WorkbookError> {
        let open = |table, column| -> Result<i64, WorkbookError> {
            let mut statement = self.sql.prepare_cached(&left_open(table, column))?;
            let id = Blob(difference.id.uuid());
            Ok(statement.query_row(params![Blob(self.company.id.uuid()), id], |row| row.get(0))?)
        };
        let (line, entry) = (open("statement_lines", "line_id")?, open("ledger_entries", "entry_id")?);
        let SideTotals { statement, ledger } = difference.totals;
        let more = |total: Money, open| total.checked_add(Money::from_minor(open, total.currency()));
        difference.totals = SideTotals { statement: more(statement, line)?, ledger: more(ledger, entry)? };
        Ok(())
    }

    /// The matched jobs, whether they differ or not, in the order their matches were made. Only the profile `jobs`
    /// matches jobs; without a run of it there are none.
    pub fn job_matches(&self, scope: &DifferenceScope) -> Result<Vec<JobMatch>, WorkbookError> {
        let mut statement =
            self.sql.prepare_cached("SELECT EXISTS (SELECT 1 FROM runs WHERE company_id = ?1 AND profile = 'jobs')")?;
        if !statement.query_row(params![Blob(self.company.id.uuid())], |row| row.get(0))? {
            return Ok(Vec::new());
        }
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT m.id, m.status, ifnull(e.date, r.date) AS day, e.kind, e.number, r.reference, r.amount, e.amount,
                    m.currency, r.job_month, r.job_site, r.job_service, r.job_quantity, r.job_rate, e.job_month,
                    e.job_site, e.job_service, e.job_quantity, e.job_rate
             FROM matches m NOT INDEXED
             CROSS JOIN match_legs l ON l.company_id = m.company_id AND l.match_id = m.id AND l.position = 0
             CROSS JOIN statement_lines r ON r.company_id = l.company_id AND r.id = l.line_id AND r.job_site IS NOT NULL
             CROSS JOIN match_legs k ON k.company_id = m.company_id AND k.match_id = m.id AND k.position = 1
             CROSS JOIN ledger_entries e ON e.company_id = k.company_id AND e.id = k.entry_id AND e.job_site IS NOT NULL
             WHERE {IN_SCOPE} AND m.kind = 'one_to_one' AND k.amount_settled IS NULL
               AND (?3 IS NULL OR ifnull(m.date, r.job_month) >= ?3) AND (?4 IS NULL OR ifnull(m.date, r.job_month) <= ?4)
               AND NOT EXISTS (
                   SELECT 1 FROM match_legs o
                   CROSS JOIN matches n ON n.company_id = o.company_id AND n.id = o.match_id
                       AND n.status IN ('suggested', 'ambiguous', 'approved')
                   WHERE (l.amount_applied <> r.amount OR k.amount_applied <> e.amount) AND o.company_id = m.company_id
                     AND o.match_id <> m.id AND (o.entry_id = e.id OR o.line_id = r.id))
             ORDER BY m.id"
        ))?;
        let mut found = statement.query(params_from_iter(self.of(scope)))?;
        let mut jobs = Vec::new();
        while let Some(row) = found.next()? {
            jobs.extend(read_job_match(row)?);
        }
        Ok(jobs)
    }

    /// The scope as the queries take it.
    fn of(&self, scope: &DifferenceScope) -> [Box<dyn ToSql>; 4] {
        [
            Box::new(Blob(self.company.id.uuid())),
            Box::new(scope.account.map(|account| Blob(account.uuid()))),
            Box::new(rows::date_text(scope.from)),
            Box::new(rows::date_text(scope.to)),
        ]
    }
}

fn read_difference(row: &Row<'_>) -> Result<MatchDifference, WorkbookError> {
    let code: String = row.get(3)?;
    Ok(MatchDifference {
        id: MatchId::from_uuid(row.get::<_, Blob>(0)?.0),
        status: rows::match_status(&row.get::<_, String>(1)?)?,
        causes: vec![rows::cause(&row.get::<_, String>(2)?)?],
        date: rows::date(row.get(6)?)?,
        title: row.get(7)?,
        subtitle: row.get(8)?,
        totals: SideTotals { statement: rows::money(row.get(4)?, &code)?, ledger: rows::money(row.get(5)?, &code)? },
    })
}

fn read_job_match(row: &Row<'_>) -> Result<Option<JobMatch>, WorkbookError> {
    if rows::ledger_kind(&row.get::<_, String>(3)?)? == LedgerKind::CustomerAccount {
        return Ok(None);
    }
    let jobs = read_job(row, 9)?.zip(read_job(row, 14)?);
    let Some((statement, ledger)) = jobs else { return Ok(None) };
    let code: String = row.get(8)?;
    let (number, reference): (String, String) = (row.get(4)?, row.get(5)?);
    Ok(Some(JobMatch {
        id: MatchId::from_uuid(row.get::<_, Blob>(0)?.0),
        status: rows::match_status(&row.get::<_, String>(1)?)?,
        date: rows::date(row.get(2)?)?,
        number: if number.is_empty() { reference } else { number },
        statement: *statement,
        ledger: *ledger,
        totals: SideTotals { statement: rows::money(row.get(6)?, &code)?, ledger: rows::money(row.get(7)?, &code)? },
    }))
}
