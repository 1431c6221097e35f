//! What was exported, batch by batch; writing a batch's file again, and taking the newest batch back.

use rusqlite::{Connection, OptionalExtension, Row, params};
use tieout_domain::{CompanyId, Digest, Money, Permission};

use super::JournalFault;
use crate::{
    Page, Workbook, WorkbookError,
    change::Change,
    json::Json,
    rows::{self, Blob},
};

/// What the entries of a currency come to: so much is debited, and just as much credited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JournalSum {
    /// How many entries.
    pub entries: u64,
    /// Their amounts.
    pub amount: Money,
}

/// That a batch was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalTakenBack {
    /// Who took it back.
    pub by: String,
    /// When, in milliseconds since 1970-01-01 UTC.
    pub at_ms: i64,
    /// Why.
    pub reason: String,
}

/// An export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalBatch {
    /// Its number, from 1.
    pub number: u32,
    /// Who exported it.
    pub by: String,
    /// When, in milliseconds since 1970-01-01 UTC.
    pub at_ms: i64,
    /// How many entries it has.
    pub entries: u64,
    /// What they come to, one a currency.
    pub sums: Vec<JournalSum>,
    /// Name of its file.
    pub file_name: String,
    /// SHA-256 of its file.
    pub hash: Digest,
    /// Whether it was taken back.
    pub taken_back: Option<JournalTakenBack>,
}

const BATCH: &str =
    "SELECT b.number, u.name, b.exported_at, b.entries, b.file_name, b.hash, t.reason, v.name, t.taken_back_at
    FROM journal_batches b
    JOIN users u ON u.company_id = b.company_id AND u.id = b.exported_by
    LEFT JOIN journal_take_backs t ON t.company_id = b.company_id AND t.batch = b.number
    LEFT JOIN users v ON v.company_id = t.company_id AND v.id = t.taken_back_by
    WHERE b.company_id = ?1";

impl Workbook {
    /// A page of what was exported, newest first.
    pub fn journal_batches(&self, offset: u64, limit: u32) -> Result<Page<JournalBatch>, WorkbookError> {
        let company = Blob(self.company.id.uuid());
        let total: i64 = self.sql.query_row(
            "SELECT count(*) FROM journal_batches WHERE company_id = ?1",
            params![company],
            |row| row.get(0),
        )?;
        let mut statement = self.sql.prepare_cached(&format!("{BATCH} ORDER BY b.number DESC LIMIT ?2 OFFSET ?3"))?;
        let mut found = statement.query(params![company, limit, rows::stored(offset)])?;
        let mut page = Page { rows: Vec::new(), total: rows::counted(total) };
        while let Some(row) = found.next()? {
            page.rows.push(self.read_batch(row)?);
        }
        Ok(page)
    }

    /// One export.
    pub fn journal_batch(&self, number: u32) -> Result<JournalBatch, WorkbookError> {
        let mut statement = self.sql.prepare_cached(&format!("{BATCH} AND b.number = ?2"))?;
        let mut found = statement.query(params![Blob(self.company.id.uuid()), number])?;
        let row = found.next()?.ok_or(JournalFault::NoBatch(number))?;
        self.read_batch(row)
    }

    fn read_batch(&self, row: &Row<'_>) -> Result<JournalBatch, WorkbookError> {
        let number = row.get(0)?;
        let taken_back = match (row.get(6)?, row.get(7)?, row.get(8)?) {
            (Some(reason), Some(by), Some(at_ms)) => Some(JournalTakenBack { by, at_ms, reason }),
            _ => None,
        };
        Ok(JournalBatch {
            number,
            by: row.get(1)?,
            at_ms: row.get(2)?,
            entries: rows::counted(row.get(3)?),
            sums: sums(&self.sql, self.company.id, number)?,
            file_name: row.get(4)?,
            hash: Digest::from_bytes(row.get(5)?),
            taken_back,
        })
    }

    /// The newest batch that stands: the one that can be taken back.
    pub fn newest_journal_batch(&self) -> Result<Option<u32>, WorkbookError> {
        Ok(self.sql.query_row(
            "SELECT max(number) FROM journal_batches b WHERE company_id = ?1
             AND NOT EXISTS (SELECT 1 FROM journal_take_backs t WHERE t.company_id = b.company_id AND t.batch = b.number)",
            params![Blob(self.company.id.uuid())],
            |row| row.get(0),
        )?)
    }

    /// The bytes of a batch's file, as they were exported.
    pub fn journal_file(&self, number: u32) -> Result<Vec<u8>, WorkbookError> {
        let content = self
            .sql
            .query_row(
                "SELECT content FROM journal_batches WHERE company_id = ?1 AND number = ?2",
                params![Blob(self.company.id.uuid()), number],
                |row| row.get(0),
            )
            .optional()?;
        Ok(content.ok_or(JournalFault::NoBatch(number))?)
    }

    /// Takes the newest batch back: the books do not have its entries after all, and they are proposed again.
    pub fn take_journal_back(&mut self, number: u32, reason: &str) -> Result<(), WorkbookError> {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(JournalFault::NoReason.into());
        }
        let batch = self.journal_batch(number)?;
        if batch.taken_back.is_some() {
            return Err(JournalFault::TakenBack(number).into());
        }
        let newest = self.newest_journal_batch()?.unwrap_or(number);
        if newest != number {
            return Err(JournalFault::NotNewest { number, newest }.into());
        }
        self.change(Permission::Prepare, |change| {
            change.sql.execute(
                "INSERT INTO journal_take_backs (company_id, batch, reason, taken_back_by, taken_back_at)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                params![Blob(change.company.uuid()), number, reason, Blob(change.user.uuid()), change.now_ms],
            )?;
            let details = Json::Object(vec![("entries", Json::count(batch.entries)), ("reason", Json::text(reason))]);
            change.tell("journal.taken_back", &format!("journal batch {number}"), &details)
        })
    }
}

impl Change<'_> {
    pub(super) fn journal_sums(&self, batch: u32) -> Result<Vec<JournalSum>, WorkbookError> {
        sums(self.sql, self.company, batch)
    }
}

fn sums(sql: &Connection, company: CompanyId, batch: u32) -> Result<Vec<JournalSum>, WorkbookError> {
    let mut statement = sql.prepare_cached(
        "SELECT currency, count(*), sum(amount) FROM journal_entries
         WHERE company_id = ?1 AND batch = ?2 GROUP BY currency ORDER BY currency",
    )?;
    let mut found = statement.query(params![Blob(company.uuid()), batch])?;
    let mut sums = Vec::new();
    while let Some(row) = found.next()? {
        sums.push(JournalSum {
            entries: rows::counted(row.get(1)?),
            amount: rows::money(row.get(2)?, &row.get::<_, String>(0)?)?,
        });
    }
    Ok(sums)
}
