//! What a reconciliation is judged by, of an account's period or of the whole company: how much is matched, how far bank
//! and books are apart, what stands in the way, since when, and how much cash is not allocated.
//!
//! An *exception* counts here as long as its record stands in no match, decided or proposed, and the policy did not accept
//! it, with what is open of it now;
//! its age is the days from the record's date (without one, from the day it was opened on) to the day of the figures. A
//! period holds the exceptions of its account's lines in these days, and, as in its balance proof, those of all entries
//! of the account's currency up to its last day, since entries belong to no account.

mod discrepancy;
mod exceptions;
mod filter;
mod history;
mod limits;
mod summary;
mod totals;

use std::collections::BTreeMap;

use jiff::civil::Date;
use rusqlite::{ToSql, params};
use tieout_domain::{AccountId, Currency, Money, MoneyError, RootCause, Side, Variance, share};
use uuid::Uuid;

use crate::{
    Account, AccountProof, ProofRange, Workbook, WorkbookError, marks,
    rows::{self, Blob},
    state::State,
    tally,
};

pub use discrepancy::Discrepancy;
pub use exceptions::{ExceptionKey, ExceptionOrder, ExceptionQuery, ListedException, UNSEEN_RECORD};
pub use history::{DailyFigures, RunFigures};
pub use summary::{AccountSummary, CategoryShare, SUMMARY_DAYS_MAX, StatusCounts};
pub(crate) use summary::{first_wrong, whole};
pub use totals::ExceptionTotals;

/// Of what figures are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureScope {
    /// Of all that is in the workbook.
    Company,
    /// Of an account's days.
    Period {
        /// The account.
        account: AccountId,
        /// The days.
        range: ProofRange,
    },
}

/// How old exceptions are, as ageing lists put it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AgeBand {
    /// Up to 30 days.
    UpTo30,
    /// 31 to 60 days.
    UpTo60,
    /// 61 to 90 days.
    UpTo90,
    /// More than 90 days.
    Over90,
}

impl AgeBand {
    /// All bands, youngest first.
    pub const ALL: [Self; 4] = [Self::UpTo30, Self::UpTo60, Self::UpTo90, Self::Over90];

    /// The days, as a word for files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UpTo30 => "0-30",
            Self::UpTo60 => "31-60",
            Self::UpTo90 => "61-90",
            Self::Over90 => "91+",
        }
    }
}

/// Exceptions of one kind in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExceptionFigures<K> {
    /// What they have in common.
    pub kind: K,
    /// How many.
    pub exceptions: u64,
    /// What is open of their records, without signs.
    pub impact: Money,
}

/// What a reconciliation is judged by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// The day up to which ages are counted.
    pub as_of: Date,
    /// Statement lines.
    pub lines: u64,
    /// Lines of which an approved match uses something.
    pub lines_matched: u64,
    /// Of these, lines in a match that the policy approved.
    pub lines_automatic: u64,
    /// What bank and books come to, one a currency.
    pub variances: Vec<Variance>,
    /// All that moved on the bank's side, in and out added up without signs, in minor units, one a currency: where the
    /// books nearly cancel, a variance says little, and this says how little.
    pub turnovers: Vec<(Currency, i128)>,
    /// Exceptions by cause and currency.
    pub by_cause: Vec<ExceptionFigures<RootCause>>,
    /// The same exceptions by age and currency.
    pub by_age: Vec<ExceptionFigures<AgeBand>>,
    /// Exceptions in all.
    pub exceptions: u64,
    /// How long they have been open on average, in hundredths of a day; none where there are none.
    pub average_days_open: Option<u64>,
    /// Money that came in and that no approved match uses, one sum a currency.
    pub unallocated: Vec<Money>,
    /// Records in no match from the limit of high value on; see `v_high_value_missing_transactions`.
    pub high_value_missing: u64,
}

impl Figures {
    /// Share of the lines that are matched, in hundredths of a percent; none where there are no lines.
    pub fn match_rate(&self) -> Option<u64> {
        share(self.lines_matched, self.lines)
    }

    /// Share of the lines that were matched without a person, in hundredths of a percent.
    pub fn automatic_rate(&self) -> Option<u64> {
        share(self.lines_automatic, self.lines)
    }
}

/// Exceptions in a scope: cause, side, record, what is open, currency, what the engine said, since when, what the policy
/// accepted, and age in days. ?1 company, ?2 account, ?3 and ?4 the days, ?5 the currency (each NULL: all), ?6 the day up
/// to which ages are counted, and on which a difference in time that a person told of is, or is not, to come. Records that
/// no run has looked at since they came in or lost their match have no row in the table: they are exceptions all the same,
/// of no cause.
pub(crate) fn exceptions_in_scope() -> String {
    let cause = |side| marks::counts_as(side, "e.cause", "?6");
    format!(
        "(
    SELECT {} AS cause, 'statement' AS side, r.id, r.impact AS open, r.currency, e.opened_at,
        r.accepted_by, max(0, CAST(julianday(?6) - julianday(
            ifnull(r.date, local_day(ifnull(e.opened_at, b.started_at)))) AS INTEGER)) AS age
    FROM statement_lines r
    LEFT JOIN exceptions e ON e.company_id = r.company_id AND e.line_id = r.id AND e.line_id IS NOT NULL
    LEFT JOIN statements s ON r.date IS NULL AND s.company_id = r.company_id AND s.id = r.statement_id
    LEFT JOIN import_batches b ON b.company_id = s.company_id AND b.id = s.batch_id
    WHERE r.company_id = ?1 AND r.state = 0 AND (?2 IS NULL OR r.account_id = ?2)
      AND (?3 IS NULL OR r.date >= ?3) AND (?4 IS NULL OR r.date <= ?4) AND (?5 IS NULL OR r.currency = ?5)
    UNION ALL
    SELECT {}, 'ledger', r.id, r.impact, r.currency, e.opened_at, r.accepted_by,
        max(0, CAST(julianday(?6) - julianday(
            ifnull(r.date, local_day(ifnull(e.opened_at, b.started_at)))) AS INTEGER))
    FROM ledger_entries r
    LEFT JOIN exceptions e ON e.company_id = r.company_id AND e.entry_id = r.id AND e.entry_id IS NOT NULL
    LEFT JOIN import_batches b ON r.date IS NULL AND b.company_id = r.company_id AND b.id = r.batch_id
    WHERE r.company_id = ?1 AND r.state = 0
      AND (?4 IS NULL OR r.date IS NULL OR r.date <= ?4) AND (?5 IS NULL OR r.currency = ?5))",
        cause(Side::Statement),
        cause(Side::Ledger)
    )
}

/// A scope as the queries take it.
struct Scope {
    account: Option<Account>,
    from: Option<String>,
    to: Option<String>,
}

impl Scope {
    fn currency(&self) -> Option<&str> {
        self.account.as_ref().map(|account| account.currency.code())
    }

    fn id(&self) -> Option<Blob> {
        self.account.as_ref().map(|account| Blob(account.id.uuid()))
    }
}

/// How many lines there are, are matched, and are matched without a person.
pub(crate) struct LineCounts {
    pub(crate) all: u64,
    pub(crate) matched: u64,
    pub(crate) automatic: u64,
}

/// Exceptions, added up.
struct Exceptions {
    by_cause: Vec<ExceptionFigures<RootCause>>,
    by_age: Vec<ExceptionFigures<AgeBand>>,
    count: u64,
    days: u64,
}

impl Workbook {
    /// The figures of a scope, with ages up to `as_of`; none: today's day.
    pub fn figures(&self, scope: FigureScope, as_of: Option<Date>) -> Result<Figures, WorkbookError> {
        let as_of = as_of.unwrap_or_else(|| self.today());
        let resolved = self.resolved(scope)?;
        let (lines, variances) = match scope {
            FigureScope::Company => (self.company_lines()?, self.company_variances()?),
            FigureScope::Period { account, range } => {
                let AccountProof { account, proof, .. } = self.balance_proof(account, range)?;
                let (bank, books) = (proof.lines_total, proof.entries_total);
                let (bank, books) = (i128::from(bank.minor_units()), i128::from(books.minor_units()));
                let variance = Variance { currency: account.currency, bank, books };
                (self.period_lines(&resolved, None)?, vec![variance])
            }
        };
        let exceptions = self.exception_figures(&resolved, as_of)?;
        Ok(Figures {
            as_of,
            lines: lines.all,
            lines_matched: lines.matched,
            lines_automatic: lines.automatic,
            variances,
            turnovers: self.turnovers(&resolved)?,
            by_cause: exceptions.by_cause,
            by_age: exceptions.by_age,
            exceptions: exceptions.count,
            average_days_open: average(exceptions.days, exceptions.count),
            unallocated: self.unallocated(&resolved)?,
            high_value_missing: self.count_high_value_missing(&resolved)?,
        })
    }

    fn resolved(&self, scope: FigureScope) -> Result<Scope, WorkbookError> {
        match scope {
            FigureScope::Company => Ok(Scope { account: None, from: None, to: None }),
            FigureScope::Period { account, range } => {
                let (from, to) = (rows::date_text(range.from), rows::date_text(range.to));
                Ok(Scope { account: Some(self.account(account)?), from, to })
            }
        }
    }

    /// How to come to the open records of a side: where most of the table is open, going through it as it lies takes a
    /// quarter of the time that fetching rows by their index does.
    fn way_to_open(&self, side: Side) -> Result<&'static str, WorkbookError> {
        let (sql, company) = (&self.sql, self.company.id);
        let all = tally::all_records(sql, company, side)?;
        let settled = tally::count_records(sql, company, side, State::Settled)?;
        Ok(match side {
            _ if settled.saturating_mul(8) < all.saturating_mul(7) => "NOT INDEXED",
            Side::Statement => "INDEXED BY statement_lines_by_state",
            Side::Ledger => "INDEXED BY ledger_entries_by_state",
        })
    }

    /// The day that a moment lies in (milliseconds since 1970-01-01 UTC), in the machine's own zone.
    pub fn day_of(&self, at_ms: i64) -> Date {
        self.clock.day_of(at_ms)
    }

    /// Today's day, in the machine's own zone.
    pub(crate) fn today(&self) -> Date {
        self.clock.day_of(self.clock.now_ms())
    }

    /// The tallies know all but the lines that are matched in part.
    fn company_lines(&self) -> Result<LineCounts, WorkbookError> {
        let (sql, company) = (&self.sql, self.company.id);
        let count = |state| tally::count_records(sql, company, Side::Statement, state);
        let settled = count(State::Settled)?;
        let way = self.way_to_open(Side::Statement)?;
        let in_part: i64 = sql
            .prepare_cached(&format!(
                "SELECT count(*) FROM statement_lines r {way}
                 WHERE r.company_id = ?1 AND r.state IN (0, 1) AND r.applied <> 0"
            ))?
            .query_row(params![Blob(company.uuid())], |row| row.get(0))?;
        let automatic: i64 = sql
            .prepare_cached(
                "SELECT count(DISTINCT l.line_id) FROM matches m INDEXED BY matches_by_policy
                 CROSS JOIN match_legs l ON l.company_id = m.company_id AND l.match_id = m.id AND l.line_id IS NOT NULL
                 WHERE m.company_id = ?1 AND m.status = 'approved' AND m.by_policy = 1",
            )?
            .query_row(params![Blob(company.uuid())], |row| row.get(0))?;
        Ok(LineCounts {
            all: settled + count(State::Unmatched)? + count(State::Proposed)?,
            matched: settled + rows::counted(in_part),
            automatic: rows::counted(automatic),
        })
    }

    /// How many lines of an account's days there are, are matched, and are matched without a person; where a preparation
    /// is given, of which something was used when it signed.
    pub(crate) fn account_lines(
        &self,
        account: AccountId,
        range: ProofRange,
        signature: Option<Uuid>,
    ) -> Result<LineCounts, WorkbookError> {
        self.period_lines(&self.resolved(FigureScope::Period { account, range })?, signature)
    }

    fn period_lines(&self, scope: &Scope, signature: Option<Uuid>) -> Result<LineCounts, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT count(*), count(*) FILTER (WHERE (r.state = 2 OR r.applied <> 0) AND (?6 IS NULL OR NOT EXISTS (
                        SELECT 1 FROM period_items i WHERE i.company_id = r.company_id AND i.signature = ?6
                            AND i.record_id = r.id AND i.rest = r.amount))),
                    count(*) FILTER (WHERE (r.state = 2 OR r.applied <> 0) AND (?6 IS NULL OR NOT EXISTS (
                        SELECT 1 FROM period_items i WHERE i.company_id = r.company_id AND i.signature = ?6
                            AND i.record_id = r.id AND i.rest = r.amount)) AND EXISTS (
                        SELECT 1 FROM match_legs l
                        CROSS JOIN matches m INDEXED BY matches_by_policy
                            ON m.company_id = l.company_id AND m.id = l.match_id AND m.status = 'approved' AND m.by_policy = 1
                        WHERE l.company_id = r.company_id AND l.line_id = r.id))
             FROM statement_lines r
             WHERE r.company_id = ?1 AND r.account_id = ?2 AND r.currency = ?5 AND r.state <> 4
               AND (?3 IS NULL OR r.date >= ?3) AND (?4 IS NULL OR r.date <= ?4)",
        )?;
        let counted = |row: &rusqlite::Row<'_>| -> rusqlite::Result<LineCounts> {
            let number = |column| row.get(column).map(rows::counted);
            Ok(LineCounts { all: number(0)?, matched: number(1)?, automatic: number(2)? })
        };
        let company = Blob(self.company.id.uuid());
        Ok(statement.query_row(
            params![company, scope.id(), scope.from, scope.to, scope.currency(), signature.map(Blob)],
            counted,
        )?)
    }

    /// Lines as the days' totals tell them; the books are what is left of them after what is outstanding on either side
    /// and what matches adjust, which is what the balance proof proves.
    fn company_variances(&self) -> Result<Vec<Variance>, WorkbookError> {
        let mut bank: BTreeMap<Currency, i128> = BTreeMap::new();
        let mut apart: BTreeMap<Currency, i128> = BTreeMap::new();
        let company = Blob(self.company.id.uuid());
        let mut statement = self.sql.prepare_cached(
            "SELECT currency, ifnull(sum(income_high), 0), ifnull(sum(income_low), 0), ifnull(sum(spend_high), 0),
                    ifnull(sum(spend_low), 0)
             FROM daily_totals WHERE company_id = ?1 AND lines > 0 GROUP BY currency",
        )?;
        let mut found = statement.query(params![company])?;
        while let Some(row) = found.next()? {
            let (income, spend) = (summary::whole(row.get(1)?, row.get(2)?), summary::whole(row.get(3)?, row.get(4)?));
            bank.insert(rows::currency(&row.get::<_, String>(0)?)?, income - spend);
        }
        let outstanding = |side, table| -> Result<String, WorkbookError> {
            let way = self.way_to_open(side)?;
            Ok(format!(
                "SELECT currency, sum(amount - applied) FROM {table} {way}
                 WHERE company_id = ?1 AND state IN (0, 1, 2) AND impact > 0 GROUP BY currency"
            ))
        };
        for (sign, sql) in [
            (1, outstanding(Side::Statement, "statement_lines")?.as_str()),
            (-1, outstanding(Side::Ledger, "ledger_entries")?.as_str()),
            (
                1,
                "SELECT m.currency, sum(a.amount) FROM match_adjustments a
                 CROSS JOIN matches m ON m.company_id = a.company_id AND m.id = a.match_id AND m.status = 'approved'
                 WHERE a.company_id = ?1 GROUP BY m.currency",
            ),
        ] {
            for sum in self.sums_by_currency(sql, &[&company])? {
                *apart.entry(sum.currency()).or_default() += sign * i128::from(sum.minor_units());
            }
        }
        let currencies: std::collections::BTreeSet<Currency> = bank.keys().chain(apart.keys()).copied().collect();
        let of = |sums: &BTreeMap<Currency, i128>, currency| sums.get(&currency).copied().unwrap_or(0);
        let variance = |currency| {
            let bank = of(&bank, currency);
            Variance { currency, bank, books: bank - of(&apart, currency) }
        };
        Ok(currencies.into_iter().map(variance).collect())
    }

    /// Of the company all that came in and is open; of a period what came in then.
    fn unallocated(&self, scope: &Scope) -> Result<Vec<Money>, WorkbookError> {
        let (way, account) = match scope.account {
            Some(_) => ("INDEXED BY statement_lines_by_date", "r.account_id = ?2"),
            None => (self.way_to_open(Side::Statement)?, "?2 IS NULL"),
        };
        self.sums_by_currency(
            &format!(
                "SELECT r.currency, sum(r.amount - r.applied) FROM statement_lines r {way}
                 WHERE r.company_id = ?1 AND {account} AND r.state IN (0, 1) AND r.impact > 0 AND r.amount > 0
                   AND (?3 IS NULL OR r.date >= ?3) AND (?4 IS NULL OR r.date <= ?4)
                   AND (?5 IS NULL OR r.currency = ?5) GROUP BY r.currency ORDER BY r.currency"
            ),
            &[&Blob(self.company.id.uuid()), &scope.id(), &scope.from, &scope.to, &scope.currency()],
        )
    }

    fn exception_figures(&self, scope: &Scope, as_of: Date) -> Result<Exceptions, WorkbookError> {
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT cause, currency, (age > 30) + (age > 60) + (age > 90), count(*), sum(open), sum(age)
             FROM {} WHERE accepted_by IS NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
            exceptions_in_scope()
        ))?;
        let company = Blob(self.company.id.uuid());
        let day = as_of.to_string();
        let mut found = statement.query(params![company, scope.id(), scope.from, scope.to, scope.currency(), day])?;
        let mut by_cause: BTreeMap<(RootCause, Currency), (u64, Money)> = BTreeMap::new();
        let mut by_age: BTreeMap<(AgeBand, Currency), (u64, Money)> = BTreeMap::new();
        let (mut count, mut days) = (0, 0);
        while let Some(row) = fitting(found.next())? {
            let currency = rows::currency(&row.get::<_, String>(1)?)?;
            let band = AgeBand::ALL.get(usize::from(row.get::<_, u8>(2)?)).copied().unwrap_or(AgeBand::Over90);
            let (number, impact) = (rows::counted(row.get(3)?), Money::from_minor(row.get(4)?, currency));
            add(&mut by_cause, (rows::cause(&row.get::<_, String>(0)?)?, currency), number, impact)?;
            add(&mut by_age, (band, currency), number, impact)?;
            count += number;
            days += rows::counted(row.get(5)?);
        }
        Ok(Exceptions { by_cause: listed(by_cause), by_age: listed(by_age), count, days })
    }

    fn count_high_value_missing(&self, scope: &Scope) -> Result<u64, WorkbookError> {
        if let Some(account) = &scope.account {
            let least = self.figure_limits()?.high_value_in(account.currency);
            let least = i64::try_from(least).unwrap_or(i64::MAX);
            let exceptions = exceptions_in_scope();
            let mut statement =
                self.sql.prepare_cached(&format!("SELECT count(*) FROM {exceptions} x WHERE open >= ?7"))?;
            let (company, day) = (Blob(self.company.id.uuid()), self.today().to_string());
            let given = params![company, scope.id(), scope.from, scope.to, scope.currency(), day, least];
            return Ok(statement.query_row(given, |row| row.get(0)).map(rows::counted)?);
        }
        let mut statement =
            self.sql.prepare_cached("SELECT count(*) FROM v_high_value_missing_transactions WHERE company_id = ?1")?;
        Ok(statement.query_row(params![Blob(self.company.id.uuid())], |row| row.get(0)).map(rows::counted)?)
    }

    /// Sums of minor units, one a currency.
    fn sums_by_currency(&self, sql: &str, parameters: &[&dyn ToSql]) -> Result<Vec<Money>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(sql)?;
        let mut found = statement.query(parameters)?;
        let mut sums = Vec::new();
        while let Some(row) = fitting(found.next())? {
            sums.push(rows::money(row.get(1)?, &row.get::<_, String>(0)?)?);
        }
        Ok(sums)
    }
}

/// Hundredths of a day, rounded to the nearest.
fn average(days: u64, count: u64) -> Option<u64> {
    days.checked_mul(100)?.checked_add(count / 2)?.checked_div(count)
}

/// SQLite adds whole numbers exactly and refuses what does not fit.
pub(crate) fn fitting<T>(answer: rusqlite::Result<T>) -> Result<T, WorkbookError> {
    answer.map_err(|error| {
        if error.to_string().contains("integer overflow") { MoneyError::Overflow.into() } else { error.into() }
    })
}

fn add<K: Ord>(
    sums: &mut BTreeMap<(K, Currency), (u64, Money)>,
    key: (K, Currency),
    number: u64,
    impact: Money,
) -> Result<(), MoneyError> {
    let sum = sums.entry(key).or_insert((0, Money::zero(impact.currency())));
    *sum = (sum.0 + number, sum.1.checked_add(impact)?);
    Ok(())
}

fn listed<K>(sums: BTreeMap<(K, Currency), (u64, Money)>) -> Vec<ExceptionFigures<K>> {
    let figures =
        sums.into_iter().map(|((kind, _), (exceptions, impact))| ExceptionFigures { kind, exceptions, impact });
    figures.collect()
}
