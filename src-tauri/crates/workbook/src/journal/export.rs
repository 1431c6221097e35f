//! Exporting: a batch of journal entries with the bytes of its file, all in one transaction.

use rusqlite::params;
use sha2::{Digest as _, Sha256};
use tieout_domain::{Digest, JournalEntry, Permission, PostingAccount};

use super::JournalFault;
use crate::{Workbook, WorkbookError, change::Change, json::Json, rows::Blob};

/// Entries about to be exported.
#[derive(Debug, Clone, Copy)]
pub struct NewJournalBatch<'a> {
    /// The batch's number: [`Workbook::next_journal_batch`], which the file's content may name.
    pub number: u32,
    /// The entries, each with its posting text.
    pub entries: &'a [(JournalEntry, String)],
    /// Name of the file, without its folder.
    pub file_name: &'a str,
    /// How it is laid out, in the writer's own words.
    pub layout: &'a str,
    /// The bytes of the file.
    pub content: &'a [u8],
}

impl Workbook {
    /// The number that the next batch gets.
    pub fn next_journal_batch(&self) -> Result<u32, WorkbookError> {
        Ok(self.sql.query_row(
            "SELECT 1 + ifnull(max(number), 0) FROM journal_batches WHERE company_id = ?1",
            params![Blob(self.company.id.uuid())],
            |row| row.get(0),
        )?)
    }

    /// Keeps an export: its entries are in the books from now on and proposed no more. Answers the SHA-256 of its file.
    pub fn export_journal(&mut self, new: &NewJournalBatch<'_>) -> Result<Digest, WorkbookError> {
        if new.entries.is_empty() {
            return Err(JournalFault::Nothing.into());
        }
        if new.number != self.next_journal_batch()? {
            return Err(JournalFault::Outdated.into());
        }
        let hash = Digest::from_bytes(Sha256::digest(new.content).into());
        self.change(Permission::Prepare, |change| {
            for (number, (entry, text)) in (1..).zip(new.entries) {
                change.insert_journal_entry(new.number, number, entry, text)?;
            }
            change.insert_journal_batch(new, hash)?;
            let details = Json::Object(vec![
                ("entries", Json::count(new.entries.len() as u64)),
                ("file", Json::text(new.file_name)),
                ("sha256", Json::text(hash)),
                ("sums", Json::texts(change.journal_sums(new.number)?.iter().map(|sum| sum.amount))),
            ]);
            change.tell("journal.exported", &format!("journal batch {}", new.number), &details)
        })?;
        Ok(hash)
    }
}

impl Change<'_> {
    fn insert_journal_entry(
        &self,
        batch: u32,
        number: u32,
        entry: &JournalEntry,
        text: &str,
    ) -> Result<(), WorkbookError> {
        let account = |account: &Option<PostingAccount>| match account {
            Some(account) => Ok(account.as_str().to_owned()),
            None => Err(JournalFault::AccountMissing(number)),
        };
        let reverses = entry.source.reverses;
        self.sql
            .prepare_cached(
                "INSERT INTO journal_entries
                     (company_id, batch, entry, match_id, adjustment, reverses_batch, reverses_entry, date, cause, debit,
                      credit, debit_role, credit_role, amount, currency, base_amount, base_currency, text, counterparty,
                      reference, bank_reference, line_reference, approved_by)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21,
                         ?22, ?23)",
            )?
            .execute(params![
                Blob(self.company.uuid()),
                batch,
                number,
                Blob(entry.source.match_id.uuid()),
                entry.source.adjustment,
                reverses.map(|posted| posted.batch),
                reverses.map(|posted| posted.entry),
                entry.date.to_string(),
                entry.cause.as_str(),
                account(&entry.debit.account)?,
                account(&entry.credit.account)?,
                entry.debit.role.to_string(),
                entry.credit.role.to_string(),
                entry.amount.minor_units(),
                entry.amount.currency().code(),
                entry.base_amount.map(tieout_domain::Money::minor_units),
                entry.base_amount.map(|base| base.currency().to_string()),
                text,
                entry.text.counterparty,
                entry.text.reference,
                entry.bank_reference,
                entry.line_reference,
                entry.approved_by,
            ])?;
        Ok(())
    }

    fn insert_journal_batch(&self, new: &NewJournalBatch<'_>, hash: Digest) -> Result<(), WorkbookError> {
        self.sql.execute(
            "INSERT INTO journal_batches
                 (company_id, number, exported_by, exported_at, entries, file_name, layout, hash, content)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                Blob(self.company.uuid()),
                new.number,
                Blob(self.user.uuid()),
                self.now_ms,
                crate::rows::stored(new.entries.len() as u64),
                new.file_name,
                new.layout,
                hash.as_bytes(),
                new.content,
            ],
        )?;
        Ok(())
    }
}
