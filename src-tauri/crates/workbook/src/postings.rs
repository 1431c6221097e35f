//! Every record with the little that detectors of anomalies look at, read one after the other and not kept.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use rusqlite::params;
use tieout_domain::{AccountId, Currency, ImportBatchId, LedgerKind, Money, RecordRef, Side};
use uuid::Uuid;

use crate::{
    Progress, Workbook, WorkbookError,
    progress::{PROGRESS_EVERY, go_on},
    records::reference,
    rows::{self, Blob},
    tally,
};

/// A record, as long as it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostingRow<'a> {
    /// Which one.
    pub record: RecordRef,
    /// The account of a line.
    pub account: Option<AccountId>,
    /// The kind of an entry.
    pub kind: Option<LedgerKind>,
    /// Booking or document date.
    pub date: Option<Date>,
    /// Value date of a line.
    pub value_date: Option<Date>,
    /// Amount.
    pub amount: Money,
    /// Name of the other party.
    pub counterparty: &'a str,
    /// Its code in the books, or its account at the bank.
    pub counterparty_code: &'a str,
    /// Document number of an entry.
    pub number: &'a str,
    /// Reference.
    pub reference: &'a str,
    /// The import that brought it.
    pub batch: ImportBatchId,
    /// An exception or a match says already that it is a duplicate.
    pub is_known_duplicate: bool,
}

const LINES: &str = "SELECT r.id, r.account_id, '', r.date, r.value_date, r.amount, r.currency, r.counterparty,
        r.counterparty_account, '', r.reference, r.statement_id
    FROM statement_lines r NOT INDEXED WHERE r.company_id = ?1 AND r.state <> 4";
const ENTRIES: &str = "SELECT r.id, NULL, r.kind, r.date, NULL, r.amount, r.currency, r.counterparty,
        r.counterparty_code, r.number, r.reference, r.batch_id
    FROM ledger_entries r NOT INDEXED WHERE r.company_id = ?1 AND r.state <> 4 AND r.kind <> 'customer_account'";

impl Workbook {
    /// Goes through all records that are not withdrawn: statement lines first, then ledger entries.
    pub fn each_posting(
        &self,
        progress: &mut Progress<'_>,
        each: &mut dyn FnMut(&PostingRow<'_>),
    ) -> Result<(), WorkbookError> {
        let known = self.known_duplicates()?;
        let batches = self.batches_of_statements()?;
        let all = |side| tally::all_records(&self.sql, self.company.id, side);
        let total = usize::try_from(all(Side::Statement)? + all(Side::Ledger)?).unwrap_or(usize::MAX);
        let mut done = 0;
        for (side, sql) in [(Side::Statement, LINES), (Side::Ledger, ENTRIES)] {
            let mut statement = self.sql.prepare_cached(sql)?;
            let mut found = statement.query(params![Blob(self.company.id.uuid())])?;
            let mut currency = Currency::NONE;
            while let Some(row) = found.next()? {
                if done % PROGRESS_EVERY == 0 {
                    go_on(progress, done, total)?;
                }
                done += 1;
                let id = row.get::<_, Blob>(0)?.0;
                let text = |column: usize| row.get_ref(column)?.as_str().map_err(WorkbookError::unreadable);
                let code = text(6)?;
                if currency.code() != code {
                    currency = rows::currency(code)?;
                }
                let date = |column: usize| -> Result<Option<Date>, WorkbookError> {
                    let text = row.get_ref(column)?.as_str_or_null().map_err(WorkbookError::unreadable)?;
                    text.map(|text| text.parse().map_err(WorkbookError::unreadable)).transpose()
                };
                let source = row.get::<_, Blob>(11)?.0;
                let (kind, batch) = match side {
                    Side::Statement => (None, batches.get(&source).copied().unwrap_or(source)),
                    Side::Ledger => (Some(rows::ledger_kind(text(2)?)?), source),
                };
                each(&PostingRow {
                    record: reference(side, id),
                    account: row.get::<_, Option<Blob>>(1)?.map(|id| AccountId::from_uuid(id.0)),
                    kind,
                    date: date(3)?,
                    value_date: date(4)?,
                    amount: Money::from_minor(row.get(5)?, currency),
                    counterparty: text(7)?,
                    counterparty_code: text(8)?,
                    number: text(9)?,
                    reference: text(10)?,
                    batch: ImportBatchId::from_uuid(batch),
                    is_known_duplicate: known.contains(&id),
                });
            }
        }
        Ok(())
    }

    /// The import of each statement.
    fn batches_of_statements(&self) -> Result<HashMap<Uuid, Uuid>, WorkbookError> {
        let mut statement = self.sql.prepare_cached("SELECT id, batch_id FROM statements WHERE company_id = ?1")?;
        let found = statement.query_map(params![Blob(self.company.id.uuid())], |row| {
            Ok((row.get::<_, Blob>(0)?.0, row.get::<_, Blob>(1)?.0))
        })?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// Records that an exception, or a match that is proposed or approved, says are there twice.
    fn known_duplicates(&self) -> Result<HashSet<Uuid>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT ifnull(line_id, entry_id) FROM exceptions WHERE company_id = ?1 AND cause = 'duplicate'
             UNION ALL
             SELECT ifnull(l.line_id, l.entry_id) FROM matches m
             JOIN match_legs l ON l.company_id = m.company_id AND l.match_id = m.id
             WHERE m.company_id = ?1 AND m.status IN ('suggested', 'ambiguous', 'approved')
               AND (m.kind = 'duplicate' OR m.cause = 'duplicate')",
        )?;
        let found =
            statement.query_map(params![Blob(self.company.id.uuid())], |row| row.get::<_, Blob>(0).map(|id| id.0))?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }
}
