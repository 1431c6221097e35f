//! What is to become of each row of a file: planned before anything is stored, frozen, and followed to the letter.
//!
//! Rows are told apart by occurrence: two identical rows in one file are two records (two coffees on one day), and if
//! the workbook holds one of them, one of the two is a duplicate and the other is new; see [`crate::pairing`]. While a
//! file streams by, a small key of each row is kept; the rows themselves need not be.

use rusqlite::{Connection, Row, params};
use tieout_domain::{AccountId, AuditHead, LedgerEntry, LedgerEntryId, Money, Side, StatementLine, StatementLineId};
use uuid::Uuid;

use crate::{
    Workbook, WorkbookError,
    fingerprint::{self, Fingerprint},
    pairing::{Groups, Key, Stored},
    rows::Blob,
    tally,
};

/// What is to become of one row of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowPlan<Id> {
    /// It is new.
    Add,
    /// The workbook has it already, under this identifier.
    DuplicateOf(Id),
    /// The workbook had it, under this identifier, until somebody deleted it: it is not taken in again. It can be
    /// restored.
    DeletedEarlier(Id),
}

impl<Id> RowPlan<Id> {
    fn map<Other>(self, id: impl FnOnce(Id) -> Other) -> RowPlan<Other> {
        match self {
            Self::Add => RowPlan::Add,
            Self::DuplicateOf(found) => RowPlan::DuplicateOf(id(found)),
            Self::DeletedEarlier(found) => RowPlan::DeletedEarlier(id(found)),
        }
    }
}

/// What planning needs of a statement line: some 50 bytes, and the record's own id where it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineKey(Key);

impl LineKey {
    /// The key of a line of this account.
    pub fn of(account: AccountId, line: &StatementLine) -> Self {
        Self(Key {
            fingerprint: fingerprint::of_line(account, line),
            balance: line.balance.map(Money::minor_units),
            record_id: line.record_id.as_str().into(),
        })
    }

    /// Whether it is this line's, whose fingerprint is known.
    pub(crate) fn is_of(&self, fingerprint: Fingerprint, line: &StatementLine) -> bool {
        self.0.fingerprint == fingerprint
            && self.0.balance == line.balance.map(Money::minor_units)
            && *self.0.record_id == *line.record_id
    }
}

/// What planning needs of a ledger entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryKey(Key);

impl EntryKey {
    /// The key of an entry.
    pub fn of(entry: &LedgerEntry) -> Self {
        let record_id = entry.record_id.as_str().into();
        Self(Key { fingerprint: fingerprint::of_entry(entry), balance: None, record_id })
    }

    pub(crate) fn is_of(&self, fingerprint: Fingerprint, entry: &LedgerEntry) -> bool {
        self.0.fingerprint == fingerprint && *self.0.record_id == *entry.record_id
    }
}

impl AsRef<Key> for LineKey {
    fn as_ref(&self) -> &Key {
        &self.0
    }
}

impl AsRef<Key> for EntryKey {
    fn as_ref(&self) -> &Key {
        &self.0
    }
}

/// The frozen plan for the lines a file has of one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinePlan {
    pub(crate) account: AccountId,
    pub(crate) frozen: Frozen<LineKey, StatementLineId>,
}

/// The frozen plan for the entries of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryPlan {
    pub(crate) frozen: Frozen<EntryKey, LedgerEntryId>,
}

/// Rows' keys, what is to become of each, and the audit chain's head when that was found out: as long as it is the same
/// nothing changed in the workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Frozen<K, Id> {
    pub(crate) keys: Vec<K>,
    pub(crate) rows: Vec<RowPlan<Id>>,
    as_of: AuditHead,
}

impl<K, Id: Copy> Frozen<K, Id> {
    /// How many of the rows are not new.
    pub(crate) fn known(&self) -> u64 {
        self.rows.iter().filter(|plan| !matches!(plan, RowPlan::Add)).count() as u64
    }

    /// The key and plan of a row; `None` behind the last.
    pub(crate) fn at(&self, row: usize) -> Option<(&K, RowPlan<Id>)> {
        Some((self.keys.get(row)?, *self.rows.get(row)?))
    }
}

impl LinePlan {
    /// Whose lines they are.
    pub fn account(&self) -> AccountId {
        self.account
    }

    /// What is to become of each, in the order of the keys.
    pub fn rows(&self) -> &[RowPlan<StatementLineId>] {
        &self.frozen.rows
    }

    /// The keys, to plan again.
    pub fn into_keys(self) -> Vec<LineKey> {
        self.frozen.keys
    }
}

impl EntryPlan {
    /// What is to become of each entry, in the order of the keys.
    pub fn rows(&self) -> &[RowPlan<LedgerEntryId>] {
        &self.frozen.rows
    }

    /// The keys, to plan again.
    pub fn into_keys(self) -> Vec<EntryKey> {
        self.frozen.keys
    }
}

impl Workbook {
    /// Says for each line whether it is new to the account; `keys` are those of all lines the file has of it, in the
    /// order of the file. Nothing is changed. Lines of an account that is not there yet need no plan: all are new.
    pub fn plan_line_keys(&self, account: AccountId, keys: Vec<LineKey>) -> Result<LinePlan, WorkbookError> {
        let rows = self.plan_lines_now(account, &keys)?;
        Ok(LinePlan { account, frozen: Frozen { keys, rows, as_of: self.head } })
    }

    /// Says for each entry whether it is new to the books; `keys` are those of all entries of the file, in its order.
    /// Nothing is changed.
    pub fn plan_entry_keys(&self, keys: Vec<EntryKey>) -> Result<EntryPlan, WorkbookError> {
        let rows = self.plan_entries_now(&keys)?;
        Ok(EntryPlan { frozen: Frozen { keys, rows, as_of: self.head } })
    }

    /// Refuses a plan that would be another now.
    pub(crate) fn require_line_plan(&self, plan: &LinePlan) -> Result<(), WorkbookError> {
        let holds =
            plan.frozen.as_of == self.head || self.plan_lines_now(plan.account, &plan.frozen.keys)? == plan.frozen.rows;
        if holds { Ok(()) } else { Err(WorkbookError::PlanOutdated) }
    }

    /// Refuses a plan that would be another now.
    pub(crate) fn require_entry_plan(&self, plan: &EntryPlan) -> Result<(), WorkbookError> {
        let holds = plan.frozen.as_of == self.head || self.plan_entries_now(&plan.frozen.keys)? == plan.frozen.rows;
        if holds { Ok(()) } else { Err(WorkbookError::PlanOutdated) }
    }

    fn plan_lines_now(
        &self,
        account: AccountId,
        keys: &[LineKey],
    ) -> Result<Vec<RowPlan<StatementLineId>>, WorkbookError> {
        if !self.has_lines(account)? {
            return Ok(vec![RowPlan::Add; keys.len()]);
        }
        let found = self.find_repeated(Side::Statement, Some(account), keys)?;
        Ok(found.into_iter().map(|plan| plan.map(StatementLineId::from_uuid)).collect())
    }

    fn plan_entries_now(&self, keys: &[EntryKey]) -> Result<Vec<RowPlan<LedgerEntryId>>, WorkbookError> {
        if !self.has_entries()? {
            return Ok(vec![RowPlan::Add; keys.len()]);
        }
        let found = self.find_repeated(Side::Ledger, None, keys)?;
        Ok(found.into_iter().map(|plan| plan.map(LedgerEntryId::from_uuid)).collect())
    }

    /// Whether a line of the account could be repeated: one that stands, or one that was deleted. Where there is none,
    /// lines need no plan.
    pub fn has_lines(&self, account: AccountId) -> Result<bool, WorkbookError> {
        if self.account(account)?.lines > 0 {
            return Ok(true);
        }
        let deleted = self
            .sql
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM statement_lines
                 WHERE company_id = ?1 AND deleted_at IS NOT NULL AND account_id = ?2)",
            )?
            .query_row(params![Blob(self.company.id.uuid()), Blob(account.uuid())], |row| row.get(0))?;
        Ok(deleted)
    }

    /// Whether an entry could be repeated, likewise.
    pub fn has_entries(&self) -> Result<bool, WorkbookError> {
        let any = self
            .sql
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM ledger_entries WHERE company_id = ?1 AND state < 4)
                 OR EXISTS (SELECT 1 FROM ledger_entries WHERE company_id = ?1 AND deleted_at IS NOT NULL)",
            )?
            .query_row(params![Blob(self.company.id.uuid())], |row| row.get(0))?;
        Ok(any)
    }

    fn find_repeated<K: AsRef<Key>>(
        &self,
        side: Side,
        account: Option<AccountId>,
        keys: &[K],
    ) -> Result<Vec<RowPlan<Uuid>>, WorkbookError> {
        let stored = tally::all_records(&self.sql, self.company.id, side)?;
        let stored = usize::try_from(stored).unwrap_or(usize::MAX);
        let groups = Groups::of(keys);
        let company = Blob(self.company.id.uuid());
        if keys.len().saturating_mul(QUERY_COSTS_ROWS) > stored {
            let mut found = scan(&self.sql, side, company, account, &groups)?.into_iter().peekable();
            return groups.pair(keys, |place, _, records| {
                while let Some((_, record)) = found.next_if(|(at, _)| *at == place) {
                    records.push(record);
                }
                Ok(())
            });
        }
        let (table, balance) = columns(side);
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT id, state = 4, {balance}, record_id FROM {table}
             WHERE company_id = ?1 AND fingerprint = ?2 AND (state <> 4 OR deleted_at IS NOT NULL) ORDER BY state = 4, id"
        ))?;
        groups.pair(keys, |_, fingerprint, records| {
            let mut rows = statement.query(params![company, fingerprint])?;
            while let Some(row) = rows.next()? {
                records.push(read_stored(row)?);
            }
            Ok(())
        })
    }
}

/// Looking one fingerprint up takes as long as reading so many rows of the table one after the other.
const QUERY_COSTS_ROWS: usize = 5;

const fn columns(side: Side) -> (&'static str, &'static str) {
    match side {
        Side::Statement => ("statement_lines", "balance"),
        Side::Ledger => ("ledger_entries", "NULL"),
    }
}

fn read_stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    let record_id = row.get_ref(3)?.as_str()?.into();
    Ok(Stored { id: row.get::<_, Blob>(0)?.0, deleted: row.get(1)?, balance: row.get(2)?, record_id })
}

/// Reads the whole table once, in its own order, which is that of the identifiers. Answers the records whose fingerprint
/// is asked for, with its place, in the order in which they are to be paired.
fn scan(
    sql: &Connection,
    side: Side,
    company: Blob,
    account: Option<AccountId>,
    groups: &Groups,
) -> Result<Vec<(usize, Stored)>, WorkbookError> {
    let (table, balance) = columns(side);
    let of_account = if side == Side::Statement { "account_id = ?2" } else { "?2 IS NULL" };
    let mut statement = sql.prepare_cached(&format!(
        "SELECT id, state = 4, {balance}, record_id, fingerprint FROM {table} NOT INDEXED
         WHERE company_id = ?1 AND {of_account} AND (state <> 4 OR deleted_at IS NOT NULL)"
    ))?;
    let mut rows = statement.query(params![company, account.map(|id| Blob(id.uuid()))])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        if let Some(place) = groups.place(row.get(4)?) {
            found.push((place, read_stored(row)?));
        }
    }
    found.sort_by_key(|(place, record)| (*place, record.deleted));
    Ok(found)
}
