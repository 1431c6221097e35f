//! How an account's balance and the ledger's are tied out.
//!
//! `lines − entries = lines outstanding − entries outstanding + adjustments`, over the lines of one account in a range of
//! days, in the account's currency, where
//! - *lines outstanding* is what no approved match uses of these lines;
//! - *entries outstanding* is what no approved match uses of entries dated up to the range's end; a match counts only if
//!   it holds a line dated up to then (or no line at all), so that an invoice paid later is outstanding at that day;
//! - *entries* is what matches with these lines use of entries, plus the entries outstanding; where such a match also
//!   holds lines outside the range or of another account, those take the entries' part;
//! - *adjustments* are those of the matches with these lines.
//!
//! An entry of another currency that such a match holds counts among the *entries* by what the match applies of it, in the
//! account's currency; what that settles of it is outstanding no longer in the proofs of accounts in its own currency,
//! and was never outstanding in this one.
//!
//! The left side comes from the lines themselves and from what they say is used of them, the right side from matches,
//! their legs and adjustments, so that a fault on either shows.

use jiff::civil::Date;
use rusqlite::{OptionalExtension, params};
use tieout_domain::{AccountId, BalanceProof, Currency, Money, Side};
use uuid::Uuid;

use crate::{
    Account, Page, Record, Workbook, WorkbookError,
    records::reference,
    rows::{self, Blob},
    spans::SETTLED_LATER,
};

/// The days a proof covers; unset ends are open, and only then do lines without a date count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ProofRange {
    /// First day, included.
    pub from: Option<Date>,
    /// Last day, included.
    pub to: Option<Date>,
}

/// An account's proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountProof {
    /// The account.
    pub account: Account,
    /// The days covered.
    pub range: ProofRange,
    /// The two statements that must hold.
    pub proof: BalanceProof,
    /// Lines in the range.
    pub lines: u64,
    /// Lines of which something is outstanding.
    pub lines_outstanding: u64,
    /// Entries of which something is outstanding.
    pub entries_outstanding: u64,
}

/// Lines of the account in the range; ?2 account, ?3 and ?4 the days, ?5 the currency.
const LINES: &str =
    "statement_lines r WHERE r.company_id = ?1 AND r.account_id = ?2 AND r.currency = ?5 AND r.state <> 4
    AND (?3 IS NULL OR r.date >= ?3) AND (?4 IS NULL OR r.date <= ?4)";

/// Of these, the lines of which something is outstanding, found along the index by state.
const OPEN_LINES: &str = "SELECT r.id, r.amount - r.applied AS rest
    FROM statement_lines r INDEXED BY statement_lines_by_state
    WHERE r.company_id = ?1 AND r.state IN (0, 1, 2) AND r.impact > 0 AND r.account_id = ?2 AND r.currency = ?5
      AND (?3 IS NULL OR r.date >= ?3) AND (?4 IS NULL OR r.date <= ?4)";

/// Approved matches that hold such a line: their two totals, and what they use of these lines.
const TOUCHED: &str = "SELECT m.id, m.line_total, m.entry_total, sum(l.amount_applied) AS here FROM statement_lines r
    CROSS JOIN match_legs l ON l.company_id = r.company_id AND l.line_id = r.id
    CROSS JOIN matches m INDEXED BY matches_approved
        ON m.company_id = l.company_id AND m.id = l.match_id AND m.status = 'approved'
    WHERE r.company_id = ?1 AND r.account_id = ?2 AND r.currency = ?5 AND r.state <> 4 AND r.applied <> 0
      AND (?3 IS NULL OR r.date >= ?3) AND (?4 IS NULL OR r.date <= ?4)
    GROUP BY m.id";

/// Entries of the currency, dated up to the last day or not at all, of which something is open now.
const OPEN_ENTRIES: &str = "SELECT id, amount - applied AS minor FROM ledger_entries INDEXED BY ledger_entries_open
        WHERE company_id = ?1 AND currency = ?5 AND state < 3 AND amount <> applied AND date <= ifnull(?4, '9999-12-31')
    UNION ALL SELECT id, amount - applied FROM ledger_entries INDEXED BY ledger_entries_open
        WHERE company_id = ?1 AND currency = ?5 AND state < 3 AND amount <> applied AND date IS NULL";

/// Such entries that matches use all of whose lines are dated later, each once, with what these use.
fn settled_later() -> String {
    format!(
        "({SETTLED_LATER}) p CROSS JOIN ledger_entries r ON r.company_id = ?1 AND r.id = p.id
         WHERE r.currency = ?5 AND r.state < 3 AND (?4 IS NULL OR r.date IS NULL OR r.date <= ?4)"
    )
}

/// Entries with what is outstanding of them at the last day.
fn entries() -> String {
    format!(
        "SELECT id, sum(minor) AS rest FROM ({OPEN_ENTRIES} UNION ALL SELECT p.id, p.minor FROM {}) GROUP BY id",
        settled_later()
    )
}

/// What is outstanding of these entries, and of how many of them.
fn entries_rest() -> String {
    format!(
        "SELECT ifnull(sum(minor), 0), ifnull(sum(number), 0), ?2 IS NULL, ?3 IS NULL FROM (
             SELECT sum(minor) AS minor, count(*) AS number FROM ({OPEN_ENTRIES})
             UNION ALL SELECT sum(p.minor),
                 sum((r.amount - r.applied + p.minor <> 0) - (r.amount <> r.applied)) FROM {})",
        settled_later()
    )
}

impl Workbook {
    /// Ties an account out over a range of days.
    pub fn balance_proof(&self, account: AccountId, range: ProofRange) -> Result<AccountProof, WorkbookError> {
        let account = self.account(account)?;
        let currency = account.currency;
        let money = |minor_units| Money::from_minor(minor_units, currency);
        let [lines, total, used, lines_outstanding] = self.sums(
            &format!(
                "SELECT count(*), ifnull(sum(r.amount), 0), ifnull(sum(r.applied), 0),
                        count(*) FILTER (WHERE r.amount <> r.applied) FROM {LINES}"
            ),
            &account,
            range,
        )?;
        let [entries_used, other_lines_used, adjustments, _] = self.sums(
            &format!(
                "WITH touched AS MATERIALIZED ({TOUCHED})
                 SELECT ifnull(sum(entry_total), 0), ifnull(sum(line_total - here), 0),
                        (SELECT ifnull(sum(a.amount), 0) FROM match_adjustments a
                         WHERE a.company_id = ?1 AND a.match_id IN (
                             SELECT id FROM touched WHERE line_total <> entry_total)), 0
                 FROM touched"
            ),
            &account,
            range,
        )?;
        let [entries_rest, entries_outstanding, _, _] = self.sums(&entries_rest(), &account, range)?;
        let entries_settled = money(entries_used).checked_sub(money(other_lines_used))?;
        let proof = BalanceProof {
            opening: self.opening(&account, range)?,
            lines_total: money(total),
            closing: self.closing(&account, range)?,
            entries_total: entries_settled.checked_add(money(entries_rest))?,
            lines_outstanding: money(total).checked_sub(money(used))?,
            entries_outstanding: money(entries_rest),
            adjustments: money(adjustments),
        };
        Ok(AccountProof {
            range,
            proof,
            lines: rows::counted(lines),
            lines_outstanding: rows::counted(lines_outstanding),
            entries_outstanding: rows::counted(entries_outstanding),
            account,
        })
    }

    /// A page of the records outstanding in an account's proof, largest first, each with what is outstanding of it.
    pub fn outstanding(
        &self,
        account: AccountId,
        range: ProofRange,
        side: Side,
        offset: u64,
        limit: u32,
    ) -> Result<Page<(Record, Money)>, WorkbookError> {
        let account = self.account(account)?;
        let from = outstanding_of(side);
        let currency = account.currency;
        let (first, last) = texts(range);
        let (company, id) = (Blob(self.company.id.uuid()), Blob(account.id.uuid()));
        let mut statement = self.sql.prepare_cached(&format!("SELECT count(*) FROM ({from}) WHERE rest <> 0"))?;
        let total: i64 = statement.query_row(params![company, id, first, last, currency.code()], |row| row.get(0))?;
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT id, rest FROM ({from}) WHERE rest <> 0 ORDER BY abs(rest) DESC, id LIMIT ?6 OFFSET ?7"
        ))?;
        let found: Vec<(Uuid, i64)> = statement
            .query_map(params![company, id, first, last, currency.code(), limit, rows::stored(offset)], |row| {
                Ok((row.get::<_, Blob>(0)?.0, row.get(1)?))
            })?
            .collect::<rusqlite::Result<_>>()?;
        let page = found
            .into_iter()
            .map(|(id, rest)| Ok((self.record(reference(side, id))?, Money::from_minor(rest, currency))));
        Ok(Page { rows: page.collect::<Result<_, WorkbookError>>()?, total: rows::counted(total) })
    }

    /// Everything outstanding on one side at the range's end, by identifier, each with what is outstanding of it.
    pub(crate) fn all_outstanding(
        &self,
        account: &Account,
        range: ProofRange,
        side: Side,
    ) -> Result<Vec<(Uuid, i64)>, WorkbookError> {
        let from = outstanding_of(side);
        let (first, last) = texts(range);
        let mut statement =
            self.sql.prepare_cached(&format!("SELECT id, rest FROM ({from}) WHERE rest <> 0 ORDER BY id"))?;
        let found = statement.query_map(
            params![Blob(self.company.id.uuid()), Blob(account.id.uuid()), first, last, account.currency.code()],
            |row| Ok((row.get::<_, Blob>(0)?.0, row.get(1)?)),
        )?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    fn sums(&self, sql: &str, account: &Account, range: ProofRange) -> Result<[i64; 4], WorkbookError> {
        let (from, to) = texts(range);
        let mut statement = self.sql.prepare_cached(sql)?;
        let sums = statement.query_row(
            params![Blob(self.company.id.uuid()), Blob(account.id.uuid()), from, to, account.currency.code()],
            |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, Option<i64>>(3)?.unwrap_or(0)]),
        );
        match sums {
            // SQLite adds whole numbers exactly and refuses what does not fit.
            Err(error) if error.to_string().contains("integer overflow") => {
                Err(tieout_domain::MoneyError::Overflow.into())
            }
            other => Ok(other?),
        }
    }

    /// What the bank states before the range (a statement without lines has the days it says it covers): a statement's
    /// opening balance if the first lines of the range are its
    /// first, else the running balance around the range's first line.
    pub(crate) fn opening(&self, account: &Account, range: ProofRange) -> Result<Option<Money>, WorkbookError> {
        let stated = self.stated(
            "SELECT s.opening FROM statements s
             WHERE s.company_id = ?1 AND s.account_id = ?2 AND s.currency = ?5 AND s.withdrawn = 0
               AND s.interim = 0
               AND s.opening IS NOT NULL AND (?3 IS NULL OR ifnull(s.first_date, s.from_date) >= ?3) AND (?4 IS NULL OR ifnull(s.first_date, s.from_date) <= ?4)
               AND NOT EXISTS (SELECT 1 FROM statement_lines r
                   WHERE r.company_id = s.company_id AND r.account_id = s.account_id AND r.currency = ?5
                     AND r.state <> 4 AND (?3 IS NULL OR r.date >= ?3) AND r.date < ifnull(s.first_date, s.from_date))
             ORDER BY ifnull(s.first_date, s.from_date), s.id LIMIT 1",
            account,
            range,
        )?;
        if stated.is_some() {
            return Ok(stated);
        }
        self.stated(&format!("SELECT r.balance - r.amount FROM {LINES} ORDER BY r.date, r.id LIMIT 1"), account, range)
    }

    /// What the bank states after the range, likewise.
    pub(crate) fn closing(&self, account: &Account, range: ProofRange) -> Result<Option<Money>, WorkbookError> {
        let stated = self.stated(
            "SELECT s.closing FROM statements s
             WHERE s.company_id = ?1 AND s.account_id = ?2 AND s.currency = ?5 AND s.withdrawn = 0
               AND s.interim = 0
               AND s.closing IS NOT NULL AND (?4 IS NULL OR ifnull(s.last_date, s.to_date) <= ?4) AND (?3 IS NULL OR ifnull(s.last_date, s.to_date) >= ?3)
               AND NOT EXISTS (SELECT 1 FROM statement_lines r
                   WHERE r.company_id = s.company_id AND r.account_id = s.account_id AND r.currency = ?5
                     AND r.state <> 4 AND (?4 IS NULL OR r.date <= ?4) AND r.date > ifnull(s.last_date, s.to_date))
             ORDER BY ifnull(s.last_date, s.to_date) DESC, s.id DESC LIMIT 1",
            account,
            range,
        )?;
        if stated.is_some() {
            return Ok(stated);
        }
        self.stated(&format!("SELECT r.balance FROM {LINES} ORDER BY r.date DESC, r.id DESC LIMIT 1"), account, range)
    }

    fn stated(&self, sql: &str, account: &Account, range: ProofRange) -> Result<Option<Money>, WorkbookError> {
        let currency: Currency = account.currency;
        let (from, to) = texts(range);
        let mut statement = self.sql.prepare_cached(sql)?;
        let found: Option<Option<i64>> = statement
            .query_row(
                params![Blob(self.company.id.uuid()), Blob(account.id.uuid()), from, to, currency.code()],
                |row| row.get(0),
            )
            .optional()?;
        Ok(found.flatten().map(|minor| Money::from_minor(minor, currency)))
    }
}

/// What is outstanding on a side: identifiers and rests, with all five parameters.
fn outstanding_of(side: Side) -> String {
    match side {
        Side::Statement => OPEN_LINES.to_owned(),
        Side::Ledger => {
            format!("SELECT id, rest FROM ({}) WHERE ?2 = ?2 AND ifnull(?3, '') = ifnull(?3, '')", entries())
        }
    }
}

fn texts(range: ProofRange) -> (Option<String>, Option<String>) {
    (range.from.map(|date| date.to_string()), range.to.map(|date| date.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Neither the lines that came after the last day nor the entries that were settled by then are looked at.
    #[test]
    fn what_is_outstanding_at_a_day_is_found_by_its_day() {
        let desk = crate::tests::Desk::new();
        let workbook = desk.create();
        for sql in [entries_rest(), entries()] {
            let steps = crate::tests::plan(&workbook, &sql);
            let has = |what: &str| steps.iter().any(|step| step.contains(what));
            assert!(has("COVERING INDEX ledger_entries_open (company_id=? AND currency=? AND date<?)"), "{steps:?}");
            assert!(has("SEARCH x USING PRIMARY KEY (company_id=? AND settled_on=? AND open_from<?)"), "{steps:?}");
            assert!(
                steps.iter().all(|step| !step.contains("statement_lines") && !step.contains("SCAN r")),
                "{steps:?}"
            );
        }
        let lines = crate::tests::plan(&workbook, &format!("SELECT count(*) FROM {LINES}"));
        assert!(
            lines.iter().all(|step| step.contains("statement_lines_by_date (company_id=? AND account_id=?")),
            "{lines:?}"
        );
    }
}
