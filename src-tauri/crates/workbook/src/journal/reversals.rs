//! Reversing entries: what was exported of a match that no longer stands is posted the other way round.

use jiff::civil::Date;
use rusqlite::{Row, params};
use tieout_domain::{
    AccountId, ExchangeRates, JournalEntry, JournalSource, JournalText, MatchId, PostedAs, SideAccount, in_open_period,
};

use super::open_days::LockedPeriods;
use crate::{
    Workbook, WorkbookError,
    rows::{self, Blob},
};

/// Exported entries that stand though their matches do not, with when that match was taken back. ?1 company.
const LEFT: &str = "SELECT e.match_id, e.adjustment, e.batch, e.entry, e.cause, e.debit, e.debit_role, e.credit,
        e.credit_role, e.amount, e.currency, e.base_amount, e.base_currency, e.text, e.counterparty, e.reference,
        e.bank_reference, e.line_reference, e.approved_by,
        ifnull((SELECT max(d.decided_at) FROM decisions d
                WHERE d.company_id = e.company_id AND d.match_id = e.match_id AND d.verdict = 'undo'), m.changed_at),
        (SELECT max(d.id) FROM decisions d
         WHERE d.company_id = e.company_id AND d.match_id = e.match_id AND d.verdict = 'undo'),
        e.date
    FROM journal_posted p
    JOIN matches m ON m.company_id = p.company_id AND m.id = p.match_id
    JOIN journal_entries e ON e.company_id = p.company_id AND e.batch = p.batch AND e.entry = p.entry
    WHERE p.company_id = ?1 AND m.status <> 'approved'";

/// The accounts of a match's lines.
const ACCOUNTS: &str = "SELECT DISTINCT r.account_id
    FROM match_legs l JOIN statement_lines r ON r.company_id = l.company_id AND r.id = l.line_id
    WHERE l.company_id = ?1 AND l.match_id = ?2 AND l.line_id IS NOT NULL";

impl Workbook {
    /// A reversing entry for each, dated by the day its match was taken back.
    pub(super) fn reversing_entries(
        &self,
        locked: &LockedPeriods,
        rates: &ExchangeRates,
    ) -> Result<Vec<JournalEntry>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(LEFT)?;
        let mut found = statement.query(params![Blob(self.company.id.uuid())])?;
        let mut entries = Vec::new();
        while let Some(row) = found.next()? {
            let mut entry = read_reversing(row, self.clock.day_of(row.get(19)?))?;
            if entry.base_amount.is_none() {
                // It was posted before there was a rate; what it is worth is told by the day it was posted on.
                entry.base_amount = rates.convert(entry.amount, self.company.base_currency, rows::date(row.get(21)?)?);
            }
            let undo = row.get::<_, Option<Blob>>(20)?.map(|id| id.0);
            let accounts = self.accounts_of(entry.source.match_id)?;
            let closed = locked.before(undo, accounts.into_iter(), entry.amount.currency());
            (entry.date, entry.moved_from) = in_open_period(entry.date, &closed);
            entries.push(entry);
        }
        Ok(entries)
    }

    fn accounts_of(&self, id: MatchId) -> Result<Vec<AccountId>, WorkbookError> {
        let key = [Blob(self.company.id.uuid()), Blob(id.uuid())];
        let mut statement = self.sql.prepare_cached(ACCOUNTS)?;
        let accounts = statement.query_map(key, |row| Ok(AccountId::from_uuid(row.get::<_, Blob>(0)?.0)))?;
        Ok(accounts.collect::<rusqlite::Result<_>>()?)
    }
}

fn read_reversing(row: &Row<'_>, date: Date) -> Result<JournalEntry, WorkbookError> {
    let side = |account: usize, role: usize| -> Result<SideAccount, WorkbookError> {
        Ok(SideAccount {
            role: row.get::<_, String>(role)?.parse().map_err(WorkbookError::unreadable)?,
            account: Some(row.get::<_, String>(account)?.parse().map_err(WorkbookError::unreadable)?),
        })
    };
    let base: Option<String> = row.get(12)?;
    let base_amount = match (row.get::<_, Option<i64>>(11)?, base) {
        (Some(minor), Some(currency)) => Some(rows::money(minor, &currency)?),
        _ => None,
    };
    Ok(JournalEntry {
        source: JournalSource {
            match_id: MatchId::from_uuid(row.get::<_, Blob>(0)?.0),
            adjustment: row.get(1)?,
            reverses: Some(PostedAs { batch: row.get(2)?, entry: row.get(3)? }),
        },
        date,
        moved_from: None,
        // What was credited is debited, and the other way round.
        debit: side(7, 8)?,
        credit: side(5, 6)?,
        amount: rows::money(row.get(9)?, &row.get::<_, String>(10)?)?,
        base_amount,
        cause: rows::cause(&row.get::<_, String>(4)?)?,
        text: JournalText {
            written: String::new(),
            counterparty: row.get(14)?,
            reference: row.get(15)?,
            description: String::new(),
            reverses: Some(row.get(13)?),
        },
        bank_reference: row.get(16)?,
        line_reference: row.get(17)?,
        approved_by: row.get(18)?,
    })
}
