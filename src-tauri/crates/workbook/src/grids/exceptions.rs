//! The grid of exceptions: records of either side without a match, but for those that the policy accepted.

use std::collections::HashMap;

use rusqlite::{Row, params};
use tieout_domain::{RootCause, Side};

use super::{
    column::{GridColumn, GridKind},
    data::{Data, Texts},
    days,
    growing::Rows,
    source::{Names, Source, optional_text, text},
    watch,
};
use crate::{
    Workbook, WorkbookError,
    rows::{self, Blob},
};

pub(super) const LINES: Source = Source {
    table: "statement_lines",
    sql: "SELECT r.rowid, r.state = 0 AND r.accepted_by IS NULL, r.currency, r.date, 'statement', r.counterparty,
                 r.description, r.reference, r.impact, e.cause, b.started_at, o.owner, r.account_id, e.opened_at, o.expected_on
          FROM statement_lines r NOT INDEXED
          LEFT JOIN exceptions e ON e.company_id = r.company_id AND e.line_id = r.id AND e.line_id IS NOT NULL
          LEFT JOIN marked o ON o.company_id = r.company_id AND o.line_id = r.id AND o.line_id IS NOT NULL
          LEFT JOIN statements s ON r.date IS NULL AND s.company_id = r.company_id AND s.id = r.statement_id
          LEFT JOIN import_batches b ON b.company_id = s.company_id AND b.id = s.batch_id
          WHERE +r.company_id = ?1 AND r.rowid BETWEEN ?2 AND ?3 ORDER BY r.rowid",
    read,
    key: line_key,
    chosen: Some("SELECT rowid FROM statement_lines WHERE company_id = ?1 AND state IN (0, 1) ORDER BY rowid"),
};

pub(super) const ENTRIES: Source = Source {
    table: "ledger_entries",
    sql: "SELECT r.rowid, r.state = 0 AND r.accepted_by IS NULL, r.currency, r.date, 'ledger', r.counterparty, r.memo,
                 iif(r.number <> '', r.number, r.reference), r.impact, e.cause, b.started_at, o.owner, NULL, e.opened_at, o.expected_on
          FROM ledger_entries r NOT INDEXED
          LEFT JOIN exceptions e ON e.company_id = r.company_id AND e.entry_id = r.id AND e.entry_id IS NOT NULL
          LEFT JOIN marked o ON o.company_id = r.company_id AND o.entry_id = r.id AND o.entry_id IS NOT NULL
          LEFT JOIN import_batches b ON r.date IS NULL AND b.company_id = r.company_id AND b.id = r.batch_id
          WHERE +r.company_id = ?1 AND r.rowid BETWEEN ?2 AND ?3 ORDER BY r.rowid",
    read,
    key: entry_key,
    chosen: Some("SELECT rowid FROM ledger_entries WHERE company_id = ?1 AND state IN (0, 1) ORDER BY rowid"),
};

/// What an entry is called by.
pub(super) const ENTRY_REFERENCE: &str = "iif(number <> '', number, reference)";

/// Lines have even keys, entries odd ones.
pub(super) const fn line_key(rowid: i64) -> i64 {
    rowid * 2
}

pub(super) const fn entry_key(rowid: i64) -> i64 {
    rowid * 2 + 1
}

/// The record that a key is of.
pub(super) const fn record(key: i64) -> (Side, i64) {
    (if key % 2 == 0 { Side::Statement } else { Side::Ledger }, key / 2)
}

fn read(row: &Row<'_>, names: &Names, rows: &mut Rows) -> Result<(), WorkbookError> {
    let (rowid, side) = (row.get(0)?, text(row, 4)?);
    let key = if rows::side(side)? == Side::Statement { line_key(rowid) } else { entry_key(rowid) };
    rows.begin(key, row.get(1)?, text(row, 2)?);
    let date = optional_text(row, 3)?;
    rows.day(date);
    rows.word(Some(side));
    for column in 5..8 {
        rows.text(text(row, column)?);
    }
    rows.number(row.get(8)?);
    let expected = optional_text(row, 14)?.and_then(days::day_of);
    let cause = match optional_text(row, 9)? {
        _ if expected.is_some_and(|by| by > names.today) => RootCause::Timing,
        found => found.map_or(Ok(RootCause::None), rows::cause)?,
    };
    rows.word(Some(cause.as_str()));
    let opened: Option<i64> = row.get(13)?;
    let came: Option<i64> = row.get(10)?;
    let since = date.and_then(days::day_of).or_else(|| names.day_of(opened.or(came)?));
    rows.number(since.map(|since| (names.today - since).max(0)));
    let given_to = optional_text(row, 11)?;
    rows.text(given_to.or_else(|| names.policy.as_ref()?.owner(cause)).unwrap_or_default());
    rows.text(names.account(row.get(12)?));
    rows.number(opened);
    Ok(())
}

impl Workbook {
    /// Reads anew whom exceptions belong to.
    pub(super) fn read_owners(&mut self) -> Result<(), WorkbookError> {
        let names = self.names(GridKind::Exceptions)?;
        let mut given = HashMap::new();
        let both = [
            (
                "SELECT r.rowid, o.owner FROM marked o CROSS JOIN statement_lines r
                     ON r.company_id = o.company_id AND r.id = o.line_id
                 WHERE o.company_id = ?1 AND o.line_id IS NOT NULL AND o.owner IS NOT NULL",
                Side::Statement,
            ),
            (
                "SELECT r.rowid, o.owner FROM marked o CROSS JOIN ledger_entries r
                     ON r.company_id = o.company_id AND r.id = o.entry_id
                 WHERE o.company_id = ?1 AND o.entry_id IS NOT NULL AND o.owner IS NOT NULL",
                Side::Ledger,
            ),
        ];
        for (sql, side) in both {
            let mut statement = self.sql.prepare_cached(sql)?;
            let mut found = statement.query(params![Blob(self.company.id.uuid())])?;
            while let Some(row) = found.next()? {
                let rowid = row.get(0)?;
                let key = if side == Side::Statement { line_key(rowid) } else { entry_key(rowid) };
                given.insert(key, row.get::<_, String>(1)?);
            }
        }
        let Some(Some(held)) = self.grids.held.get_mut(watch::place(GridKind::Exceptions)) else { return Ok(()) };
        let sheet = &mut held.sheet;
        let by_cause: Vec<&str> = RootCause::ALL
            .iter()
            .map(|cause| names.policy.as_ref().and_then(|policy| policy.owner(*cause)).unwrap_or_default())
            .collect();
        let owners: Vec<&str> = (0..sheet.len())
            .map(|slot| match (given.get(&sheet.key(slot)), sheet.data(GridColumn::Cause)) {
                (Some(owner), _) => owner.as_str(),
                (None, Some(Data::Words(causes))) => {
                    causes.get(slot).and_then(|cause| by_cause.get(usize::from(*cause))).copied().unwrap_or_default()
                }
                (None, _) => "",
            })
            .collect();
        sheet.replace(GridColumn::Owner, Data::Texts(Texts::of(&owners)));
        Ok(())
    }
}
