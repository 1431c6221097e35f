//! What the rows of a part of the queue come to, without reading them.

use std::collections::BTreeMap;

use rusqlite::{params, params_from_iter};
use tieout_domain::{Currency, Money, Side};

use super::{QueueQuery, Segment, conditions::Hidden, search_condition};
use crate::{
    Workbook, WorkbookError,
    figures::fitting,
    marks,
    records::OPEN_PARAMETERS,
    rows::{self, Blob},
    state::table,
};

/// Rows of a part of the queue.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct QueueTotals {
    /// How many.
    pub(crate) count: u64,
    /// Their amounts without signs, one sum a currency: of matches the statement's, of records what is open.
    pub(crate) amounts: BTreeMap<Currency, Money>,
}

impl QueueTotals {
    /// Takes more rows in, or with a negative sign takes rows out.
    fn add(&mut self, sign: i64, rows: i64, amount: Money) -> Result<(), WorkbookError> {
        self.count = self.count.saturating_add_signed(sign * rows);
        let zero = Money::zero(amount.currency());
        let sum = self.amounts.entry(amount.currency()).or_insert(zero);
        *sum = if sign < 0 { sum.checked_sub(amount)? } else { sum.checked_add(amount)? };
        Ok(())
    }

    /// One sum a currency, but for those of which there is nothing.
    pub(crate) fn into_sums(self) -> Vec<Money> {
        self.amounts.into_values().filter(|sum| !sum.is_zero()).collect()
    }
}

impl Workbook {
    /// What the rows come to that [`Workbook::queue_page`] pages through for the same question.
    pub(crate) fn queue_totals(&self, query: &QueueQuery) -> Result<QueueTotals, WorkbookError> {
        let mut totals = QueueTotals::default();
        let whole = query.search.trim().is_empty() && query.conditions.are_none();
        for segment in query.filter.segments() {
            match segment {
                Segment::Unmatched(side) if whole && query.filter.hidden() == Hidden::Left => {
                    self.add_unmatched(&mut totals, *side)?;
                }
                Segment::Unmatched(side) => self.add_records(&mut totals, *side, query)?,
                Segment::Matches(status) => {
                    let asked = self.match_conditions(&query.conditions, query.filter.hidden(), 4)?;
                    let mut values = self.match_values(*status, &query.search);
                    let sql = format!(
                        "SELECT currency, count(*), sum(abs(iif(lines > 0, line_total, entry_total))) FROM matches m
                         WHERE company_id = ?1 AND {} = ?2 {}{} GROUP BY currency",
                        asked.part("status"),
                        search_condition(&query.search),
                        asked.text
                    );
                    values.extend(asked.values);
                    self.add_rows(&mut totals, 1, &sql, params_from_iter(values))?;
                }
            }
        }
        Ok(totals)
    }

    /// What the proposals come to that wait for a decision: how many, and what is open of the statement lines in them, each
    /// line once however many proposals hold it. Read from tallies and an index, but for the few that come back on a
    /// later day.
    pub(crate) fn proposal_totals(&self) -> Result<QueueTotals, WorkbookError> {
        let (company, today) = (Blob(self.company.id.uuid()), self.today().to_string());
        let all = "SELECT currency, count(*), sum(impact) FROM statement_lines INDEXED BY statement_lines_by_state
                   WHERE company_id = ?1 AND state = 1 GROUP BY currency";
        let later = format!(
            "SELECT r.currency, count(*), sum(r.impact) FROM statement_lines r
             WHERE r.company_id = ?1 AND +r.state = 1 AND r.id IN (
                 SELECT l.line_id FROM marked h INDEXED BY marked_hidden
                 JOIN match_legs l ON l.company_id = h.company_id AND l.match_id = h.match_id AND l.line_id IS NOT NULL
                 WHERE h.company_id = ?1 AND h.hidden_until <> '' AND h.hidden_until > ?2)
               AND NOT EXISTS (
                 SELECT 1 FROM match_legs l JOIN matches m ON m.company_id = l.company_id AND m.id = l.match_id
                 WHERE l.company_id = r.company_id AND l.line_id = r.id AND m.status IN ('suggested', 'ambiguous')
                   AND NOT {})
             GROUP BY r.currency",
            marks::is_hidden("match_id", "m.id", "?2")
        );
        let mut totals = QueueTotals::default();
        self.add_rows(&mut totals, 1, all, params![company])?;
        self.add_rows(&mut totals, -1, &later, params![company, today])?;
        totals.count = self.queue_counts()?.suggested;
        Ok(totals)
    }

    fn add_records(&self, totals: &mut QueueTotals, side: Side, query: &QueueQuery) -> Result<(), WorkbookError> {
        debug_assert!(query.search.trim().is_empty(), "totals of a search are not asked for");
        let besides = self.record_conditions(side, &query.conditions, query.filter.hidden(), OPEN_PARAMETERS)?;
        let mut values = vec![Blob(self.company.id.uuid()).into()];
        values.resize(OPEN_PARAMETERS, rusqlite::types::Value::Null);
        let sql = format!(
            "SELECT r.currency, count(*), sum(r.impact) FROM {} r
             WHERE r.company_id = ?1 AND {} = 0 AND ?8 IS NULL {} GROUP BY r.currency",
            table(side).0,
            besides.part("r.state"),
            besides.text
        );
        values.extend(besides.values);
        self.add_rows(totals, 1, &sql, params_from_iter(values))
    }

    /// All records without a match, read from the index alone, but for the few that the policy accepted or that come back
    /// on a later day.
    fn add_unmatched(&self, totals: &mut QueueTotals, side: Side) -> Result<(), WorkbookError> {
        let (table, column) = table(side);
        let (company, today) = (Blob(self.company.id.uuid()), self.today().to_string());
        let later = format!(
            "SELECT r.currency, count(*), sum(r.impact) FROM marked h INDEXED BY marked_hidden
             JOIN {table} r ON r.company_id = h.company_id AND r.id = h.{column}
             WHERE h.company_id = ?1 AND h.hidden_until <> '' AND h.hidden_until > ?2
               AND r.state = 0 AND r.accepted_by IS NULL GROUP BY r.currency"
        );
        self.add_waiting(totals, side)?;
        self.add_rows(totals, -1, &later, params![company, today])
    }

    /// All records without a match that the policy did not accept, whenever they come back.
    pub(super) fn add_waiting(&self, totals: &mut QueueTotals, side: Side) -> Result<(), WorkbookError> {
        let (table, _) = table(side);
        let company = Blob(self.company.id.uuid());
        let all = format!(
            "SELECT currency, count(*), sum(impact) FROM {table} INDEXED BY {table}_by_state
             WHERE company_id = ?1 AND state = 0 GROUP BY currency"
        );
        let accepted = format!(
            "SELECT currency, count(*), sum(impact) FROM {table} INDEXED BY {table}_accepted
             WHERE company_id = ?1 AND accepted_by IS NOT NULL AND state = 0 GROUP BY currency"
        );
        self.add_rows(totals, 1, &all, params![company])?;
        self.add_rows(totals, -1, &accepted, params![company])
    }

    pub(super) fn add_rows<P: rusqlite::Params>(
        &self,
        totals: &mut QueueTotals,
        sign: i64,
        sql: &str,
        given: P,
    ) -> Result<(), WorkbookError> {
        let mut statement = self.sql.prepare_cached(sql)?;
        let mut found = statement.query(given)?;
        while let Some(row) = fitting(found.next())? {
            let amount = rows::money(row.get(2)?, &row.get::<_, String>(0)?)?;
            totals.add(sign, row.get(1)?, amount)?;
        }
        Ok(())
    }
}
