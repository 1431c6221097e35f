//! How many rows stand in each state, kept beside them, and what an import adds to the totals of an account's days: no page
//! counts a million rows, and no import writes a total for each of them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rusqlite::{Connection, params};
use tieout_domain::{AccountId, CompanyId, Currency, MatchStatus, Money, Side};

use crate::{
    WorkbookError,
    rows::{Blob, date_text},
    state::State,
};

/// Differences collected during a change, stored at its end.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    records: [[i64; State::ALL.len()]; 2],
    matches: [i64; MATCH_STATUSES.len()],
    days: BTreeMap<(AccountId, Currency, Option<Date>), DayTotals>,
}

/// Lines, and the halves of what came in and of what went out, as `daily_totals` has them.
#[derive(Debug, Default)]
struct DayTotals {
    lines: i64,
    income: [i64; 2],
    spend: [i64; 2],
}

const SIDES: [Side; 2] = [Side::Statement, Side::Ledger];
const MATCH_STATUSES: [MatchStatus; 5] = [
    MatchStatus::Suggested,
    MatchStatus::Ambiguous,
    MatchStatus::Approved,
    MatchStatus::Rejected,
    MatchStatus::Superseded,
];

impl Tally {
    pub(crate) fn records(&mut self, side: Side, state: State, difference: i64) {
        let place =
            SIDES.iter().position(|other| *other == side).zip(State::ALL.iter().position(|other| *other == state));
        if let Some(number) = place.and_then(|(side, state)| self.records.get_mut(side)?.get_mut(state)) {
            *number += difference;
        }
    }

    pub(crate) fn matches(&mut self, status: MatchStatus, difference: i64) {
        let place = MATCH_STATUSES.iter().position(|other| *other == status);
        if let Some(number) = place.and_then(|status| self.matches.get_mut(status)) {
            *number += difference;
        }
    }

    /// A new line of an account.
    pub(crate) fn line(&mut self, account: AccountId, date: Option<Date>, amount: Money) {
        let day = self.days.entry((account, amount.currency(), date)).or_default();
        let of = if amount.minor_units() < 0 { &mut day.spend } else { &mut day.income };
        let [high, low] = [amount.magnitude() >> 32, amount.magnitude() & u64::from(u32::MAX)];
        day.lines += 1;
        for (sum, half) in of.iter_mut().zip([high, low]) {
            *sum = sum.saturating_add(i64::try_from(half).unwrap_or(i64::MAX));
        }
    }

    /// Adds the differences to what is stored, and keeps the new numbers as those of the day. Where the clock was set back,
    /// that is the newest day there is: its numbers are the last ones. A number below zero is refused by the table: a fault
    /// of ours.
    pub(crate) fn store(&self, sql: &Connection, company: CompanyId, today: Date) -> Result<(), WorkbookError> {
        let today = today.to_string();
        let mut statement = sql.prepare_cached(
            "INSERT INTO tallies (company_id, what, number) VALUES (?1, ?2, max(?3, 0))
             ON CONFLICT (company_id, what) DO UPDATE SET number = number + ?3",
        )?;
        let mut of_the_day = sql.prepare_cached(
            "INSERT INTO daily_tallies (company_id, date, what, number)
             SELECT company_id,
                    max(?3,
                        ifnull((SELECT max(date) FROM daily_tallies WHERE company_id = ?1 AND what = ?2), '')),
                    what, number FROM tallies WHERE company_id = ?1 AND what = ?2
             ON CONFLICT (company_id, what, date) DO UPDATE SET number = excluded.number",
        )?;
        let records = SIDES.iter().zip(&self.records).flat_map(|(side, numbers)| {
            State::ALL.iter().zip(numbers).map(|(state, number)| (record_name(*side, *state), *number))
        });
        let matches = MATCH_STATUSES.iter().zip(self.matches).map(|(status, number)| (match_name(*status), number));
        for (what, difference) in records.chain(matches).filter(|(_, difference)| *difference != 0) {
            statement.execute(params![Blob(company.uuid()), what, difference])?;
            of_the_day.execute(params![Blob(company.uuid()), what, &today])?;
        }
        self.store_days(sql, company)
    }

    fn store_days(&self, sql: &Connection, company: CompanyId) -> Result<(), WorkbookError> {
        let mut statement = sql.prepare_cached(
            "INSERT INTO daily_totals VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT DO UPDATE SET lines = lines + excluded.lines,
                 income_high = income_high + excluded.income_high, income_low = income_low + excluded.income_low,
                 spend_high = spend_high + excluded.spend_high, spend_low = spend_low + excluded.spend_low",
        )?;
        for ((account, currency, date), day) in &self.days {
            let ([income_high, income_low], [spend_high, spend_low]) = (day.income, day.spend);
            statement.execute(params![
                Blob(company.uuid()),
                Blob(account.uuid()),
                currency.code(),
                date_text(*date).unwrap_or_default(),
                day.lines,
                income_high,
                income_low,
                spend_high,
                spend_low
            ])?;
        }
        Ok(())
    }
}

pub(crate) fn record_name(side: Side, state: State) -> String {
    format!("{} {}", side.as_str(), state.as_str())
}

fn match_name(status: MatchStatus) -> String {
    format!("match {}", status.as_str())
}

pub(crate) fn count_records(
    sql: &Connection,
    company: CompanyId,
    side: Side,
    state: State,
) -> Result<u64, WorkbookError> {
    count(sql, company, &record_name(side, state))
}

pub(crate) fn count_matches(sql: &Connection, company: CompanyId, status: MatchStatus) -> Result<u64, WorkbookError> {
    count(sql, company, &match_name(status))
}

/// Matches of whatever status.
pub(crate) fn all_matches(sql: &Connection, company: CompanyId) -> Result<u64, WorkbookError> {
    MATCH_STATUSES.into_iter().map(|status| count_matches(sql, company, status)).sum()
}

/// Records of a side in whatever state.
pub(crate) fn all_records(sql: &Connection, company: CompanyId, side: Side) -> Result<u64, WorkbookError> {
    State::ALL.into_iter().map(|state| count_records(sql, company, side, state)).sum()
}

fn count(sql: &Connection, company: CompanyId, what: &str) -> Result<u64, WorkbookError> {
    let mut statement =
        sql.prepare_cached("SELECT ifnull(sum(number), 0) FROM tallies WHERE company_id = ?1 AND what = ?2")?;
    let number: i64 = statement.query_row(params![Blob(company.uuid()), what], |row| row.get(0))?;
    Ok(u64::try_from(number).unwrap_or(0))
}

/// The first tally of which the newest day says something else than there is now, with what it says.
fn first_stale(sql: &Connection, company: CompanyId) -> Result<Option<(String, i64, i64)>, WorkbookError> {
    let mut statement = sql.prepare_cached(
        "SELECT what, of_day, number FROM (
             SELECT t.what, t.number, (SELECT d.number FROM daily_tallies d WHERE d.company_id = t.company_id
                                       AND d.what = t.what ORDER BY d.date DESC LIMIT 1) AS of_day
             FROM tallies t WHERE t.company_id = ?1)
         WHERE of_day <> number ORDER BY what LIMIT 1",
    )?;
    let mut found = statement.query_map(params![Blob(company.uuid())], |row| {
        Ok((format!("{} of the newest day", row.get::<_, String>(0)?), row.get(1)?, row.get(2)?))
    })?;
    Ok(found.next().transpose()?)
}

/// Counts anew and compares: the first tally that is wrong, with what it says and what there is.
pub(crate) fn first_wrong(sql: &Connection, company: CompanyId) -> Result<Option<(String, i64, i64)>, WorkbookError> {
    let mut statement = sql.prepare_cached(
        "WITH found (what, number) AS (
             SELECT 'statement ' || state, count(*) FROM statement_lines WHERE company_id = ?1 GROUP BY state
             UNION ALL SELECT 'ledger ' || state, count(*) FROM ledger_entries WHERE company_id = ?1 GROUP BY state
             UNION ALL SELECT 'match ' || status, count(*) FROM matches WHERE company_id = ?1 GROUP BY status)
         SELECT what, number FROM found",
    )?;
    let found = statement.query_map(params![Blob(company.uuid())], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for row in found {
        let (what, number): (String, i64) = row?;
        let what = match what.rsplit_once(' ') {
            Some((side, code)) if code.len() == 1 => format!("{side} {}", State::word_of(code)?),
            _ => what,
        };
        let told = i64::try_from(count(sql, company, &what)?).unwrap_or(i64::MAX);
        if told != number {
            return Ok(Some((what, told, number)));
        }
    }
    first_stale(sql, company)
}
