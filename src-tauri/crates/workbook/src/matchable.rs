//! What the engine is given: every record of which something is open.

use std::collections::HashMap;

use rusqlite::params;
use tieout_domain::{AccountId, Digest, LedgerEntry, LedgerEntryId, Money, Side, StatementLine, StatementLineId};
use uuid::Uuid;

use crate::{
    Workbook, WorkbookError,
    records::{Currencies, read_entry, read_line},
    rows::Blob,
    state::{State, table},
    tally,
};

/// A record of which something is open, for the engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenRecord<Id, R> {
    /// Its identifier.
    pub id: Id,
    /// The record with its full amount. Its raw text is left out, since nobody matches by it.
    pub record: R,
    /// What no approved match uses.
    pub open: Money,
}

/// The files of records, by what the records name: looked up once each.
struct Files {
    sql: &'static str,
    known: HashMap<Uuid, Digest>,
    last: Option<(Uuid, Digest)>,
}

impl Files {
    fn new(sql: &'static str) -> Self {
        Self { sql, known: HashMap::new(), last: None }
    }

    fn find(&mut self, workbook: &Workbook, id: Uuid) -> Result<Digest, WorkbookError> {
        if let Some((_, file)) = self.last.filter(|(last, _)| *last == id) {
            return Ok(file);
        }
        let file = match self.known.get(&id) {
            Some(file) => *file,
            None => {
                let mut statement = workbook.sql.prepare_cached(self.sql)?;
                let hash =
                    statement.query_row(params![Blob(workbook.company.id.uuid()), Blob(id)], |row| row.get(0))?;
                *self.known.entry(id).or_insert(Digest::from_bytes(hash))
            }
        };
        self.last = Some((id, file));
        Ok(file)
    }
}

/// Fetching a record along an index takes as long as reading so many of the table one after the other.
const FETCH_COSTS_ROWS: u64 = 5;

/// Entries of which the numbers, where they are settled, teach how documents are numbered.
const NEWEST_NUMBERS: u32 = 50_000;
/// What a line may name as numbers, looked up, takes as long as reading so many numbers of settled documents.
const LINE_COSTS_NUMBERS: u64 = 40;
/// A number in capitals with nothing between letters and digits: as the index `ledger_entries_settled` has it.
const PLAIN: &str =
    "upper(replace(replace(replace(replace(replace(number, '-', ''), ' ', ''), '/', ''), '.', ''), '_', ''))";
/// The settled documents of that index.
const SETTLED: &str =
    "FROM ledger_entries INDEXED BY ledger_entries_settled WHERE company_id = ?1 AND state = 2 AND number <> ''";

impl Workbook {
    /// Every line of which something is open, of one account or of all, in the order they were taken in.
    pub fn open_lines(
        &self,
        account: Option<AccountId>,
    ) -> Result<Vec<OpenRecord<StatementLineId, StatementLine>>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT r.id, r.statement_id, r.source_row, r.record_id, r.file_account, r.date, r.value_date, r.amount,
                    r.currency, r.description, r.reference, r.counterparty, r.counterparty_account, r.balance, r.applied,
                    '', r.clean_description, r.extracted_references, r.remittance, r.bank_code, r.job_month, r.job_site,
                    r.job_service, r.job_quantity, r.job_rate
             FROM statement_lines r {} AND (?2 IS NULL OR r.account_id = ?2)",
            self.standing_in(Side::Statement, &State::OPEN)?
        ))?;
        let mut found = statement.query(params![Blob(self.company.id.uuid()), account.map(|id| Blob(id.uuid()))])?;
        let mut currencies = Currencies::default();
        let mut files = Files::new(
            "SELECT b.file_hash FROM statements s
             JOIN import_batches b ON b.company_id = s.company_id AND b.id = s.batch_id
             WHERE s.company_id = ?1 AND s.id = ?2",
        );
        let mut lines = Vec::new();
        while let Some(row) = found.next()? {
            let file = files.find(self, row.get::<_, Blob>(1)?.0)?;
            let (record, open) = read_line(row, file, &mut currencies)?;
            lines.push(OpenRecord { id: StatementLineId::from_uuid(row.get::<_, Blob>(0)?.0), record, open });
        }
        if !lines.is_sorted_by_key(|line| line.id) {
            lines.sort_by_key(|line| line.id);
        }
        Ok(lines)
    }

    /// Numbers of settled documents: those that tell how documents are numbered, and all that any of so many lines may
    /// name. `named` says what these lines may name, in capitals with nothing between letters and digits; with many lines
    /// it is not asked. A number may come more than once.
    pub fn settled_numbers(
        &self,
        lines: usize,
        named: impl FnOnce() -> Vec<String>,
    ) -> Result<Vec<String>, WorkbookError> {
        let mut numbers = self.newest_settled_numbers()?;
        if tally::all_records(&self.sql, self.company.id, Side::Ledger)? <= u64::from(NEWEST_NUMBERS) {
            return Ok(numbers);
        }
        let settled = tally::count_records(&self.sql, self.company.id, Side::Ledger, State::Settled)?;
        if (lines as u64).saturating_mul(LINE_COSTS_NUMBERS) < settled {
            self.settled_among(named(), &mut numbers)?;
        } else {
            let mut statement = self.sql.prepare_cached(&format!("SELECT {PLAIN} {SETTLED}"))?;
            let all = statement.query_map(params![Blob(self.company.id.uuid())], |row| row.get(0))?;
            numbers = all.collect::<rusqlite::Result<_>>()?;
        }
        Ok(numbers)
    }

    /// Adds those of the numbers that a settled document has, and numbers with other letters than the index knows.
    fn settled_among(&self, mut named: Vec<String>, numbers: &mut Vec<String>) -> Result<(), WorkbookError> {
        let company = Blob(self.company.id.uuid());
        let mut is_settled = self.sql.prepare_cached(&format!("SELECT 1 {SETTLED} AND {PLAIN} = ?2 LIMIT 1"))?;
        // In the order of the index.
        named.sort_unstable();
        for number in named {
            if is_settled.exists(params![company, number])? {
                numbers.push(number);
            }
        }
        let mut odd = self.sql.prepare_cached(
            "SELECT number FROM ledger_entries INDEXED BY ledger_entries_settled_oddly
             WHERE company_id = ?1 AND state = 2 AND number GLOB '*[^-A-Za-z0-9 /._]*'",
        )?;
        for number in odd.query_map(params![company], |row| row.get(0))? {
            numbers.push(number?);
        }
        Ok(())
    }

    /// Numbers of the newest documents that are settled: of the newest entries, so many, however many there are.
    fn newest_settled_numbers(&self) -> Result<Vec<String>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT number FROM (SELECT company_id, state, number FROM ledger_entries ORDER BY rowid DESC LIMIT ?2)
             WHERE company_id = ?1 AND state = 2 AND number <> ''",
        )?;
        let found = statement.query_map(params![Blob(self.company.id.uuid()), NEWEST_NUMBERS], |row| row.get(0))?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// Every entry that can be matched: those of which something is open, and customers' accounts, in the order they
    /// were taken in.
    pub fn open_entries(&self) -> Result<Vec<OpenRecord<LedgerEntryId, LedgerEntry>>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT r.id, r.batch_id, r.source_row, r.record_id, r.kind, r.number, r.date, r.due_date, r.counterparty,
                    r.counterparty_code, r.counterparty_account, r.amount, r.currency, r.reference, r.memo, r.applied, '',
                    r.job_month, r.job_site, r.job_service, r.job_quantity, r.job_rate
             FROM ledger_entries r {} AND (r.state <> 3 OR r.kind = 'customer_account')",
            self.standing_in(Side::Ledger, &[State::Unmatched, State::Proposed, State::Dormant])?
        ))?;
        let mut found = statement.query(params![Blob(self.company.id.uuid())])?;
        let mut currencies = Currencies::default();
        let mut files = Files::new("SELECT file_hash FROM import_batches WHERE company_id = ?1 AND id = ?2");
        let mut entries = Vec::new();
        while let Some(row) = found.next()? {
            let file = files.find(self, row.get::<_, Blob>(1)?.0)?;
            let (record, open) = read_entry(row, file, &mut currencies)?;
            entries.push(OpenRecord { id: LedgerEntryId::from_uuid(row.get::<_, Blob>(0)?.0), record, open });
        }
        if !entries.is_sorted_by_key(|entry| entry.id) {
            entries.sort_by_key(|entry| entry.id);
        }
        Ok(entries)
    }

    /// The condition on `r` that it stands in one of these states. Where they are few among many they are fetched along
    /// the index, in the table's order; where they are many the whole table is read, which is quicker a row.
    fn standing_in(&self, side: Side, states: &[State]) -> Result<String, WorkbookError> {
        let (table, _) = table(side);
        let mut few = 0;
        for state in states {
            few += tally::count_records(&self.sql, self.company.id, side, *state)?;
        }
        let all = tally::all_records(&self.sql, self.company.id, side)?;
        let states = states.iter().map(|&state| (state as i64).to_string()).collect::<Vec<_>>().join(", ");
        Ok(if few.saturating_mul(FETCH_COSTS_ROWS) < all {
            format!(
                "WHERE r.rowid IN (SELECT rowid FROM {table} WHERE company_id = ?1 AND state IN ({states}))
                 AND +r.state IN ({states})"
            )
        } else {
            format!("NOT INDEXED WHERE r.company_id = ?1 AND r.state IN ({states})")
        })
    }
}
