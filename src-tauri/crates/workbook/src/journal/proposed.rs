//! Journal entries that are to be exported: one for every difference of an approved match that the books do not have, and a
//! reversing one for every exported difference whose match no longer stands.

use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row, params};
use tieout_domain::{
    AccountId, BookableDifference, CustomerId, DifferenceEntry, DifferenceLine, JournalEntry, MatchId, Posting,
    PostingAccount,
};
use uuid::Uuid;

use super::open_days::LockedPeriods;
use crate::{
    Workbook, WorkbookError,
    rows::{self, Blob},
};

/// Every difference of an approved match that the books do not have. The differences come first: they are fewer than the
/// matches. ?1 company.
const UNPOSTED: &str = "SELECT a.match_id, a.position, a.cause, a.amount, m.currency, a.account, a.posting_text,
        (SELECT c.account FROM journal_choices c WHERE c.company_id = a.company_id AND c.match_id = a.match_id
            AND c.adjustment = a.position AND c.side = 'own'),
        (SELECT c.account FROM journal_choices c WHERE c.company_id = a.company_id AND c.match_id = a.match_id
            AND c.adjustment = a.position AND c.side = 'counter'), m.changed_at
    FROM match_adjustments a CROSS JOIN matches m ON m.company_id = a.company_id AND m.id = a.match_id
    WHERE a.company_id = ?1 AND m.status = 'approved'
      AND NOT EXISTS (SELECT 1 FROM journal_posted p WHERE p.company_id = a.company_id AND p.match_id = a.match_id
                      AND p.adjustment = a.position)
    ORDER BY a.match_id, a.position";
const LINES: &str = "SELECT r.account_id, r.date, r.counterparty, r.reference, r.record_id, r.description
    FROM match_legs l JOIN statement_lines r ON r.company_id = l.company_id AND r.id = l.line_id
    WHERE l.company_id = ?1 AND l.match_id = ?2 AND l.line_id IS NOT NULL ORDER BY l.position";
const ENTRIES: &str =
    "SELECT r.kind, r.amount, r.currency, r.customer_id, r.date, r.counterparty, r.number, r.reference,
        r.record_id
    FROM match_legs l JOIN ledger_entries r ON r.company_id = l.company_id AND r.id = l.entry_id
    WHERE l.company_id = ?1 AND l.match_id = ?2 AND l.entry_id IS NOT NULL ORDER BY l.position";
const APPROVAL: &str = "SELECT d.decided_at, u.name, d.policy_version, d.id
    FROM decisions d LEFT JOIN users u ON u.company_id = d.company_id AND u.id = d.user_id
    WHERE d.company_id = ?1 AND d.match_id = ?2 AND d.verdict = 'approve'
      AND NOT EXISTS (SELECT 1 FROM decisions t WHERE t.company_id = d.company_id AND t.supersedes = d.id)
    ORDER BY d.id DESC LIMIT 1";

/// What the differences of one match have in common.
struct Origin {
    id: MatchId,
    lines: Vec<DifferenceLine>,
    entries: Vec<DifferenceEntry>,
    approved_on: Date,
    approved_by: String,
    approval: Option<Uuid>,
}

impl Workbook {
    /// All journal entries that are to be exported, by date.
    pub fn proposed_journal(&self) -> Result<Vec<JournalEntry>, WorkbookError> {
        let (chart, rates, base) = (self.posting_chart()?, self.exchange_rates()?, self.company.base_currency);
        let locked = LockedPeriods::of(self)?;
        let mut journal = self.reversing_entries(&locked, &rates)?;
        let mut statement = self.sql.prepare_cached(UNPOSTED)?;
        let mut found = statement.query(params![Blob(self.company.id.uuid())])?;
        let mut origin: Option<Origin> = None;
        while let Some(row) = found.next()? {
            let id = MatchId::from_uuid(row.get::<_, Blob>(0)?.0);
            let of = match origin.take().filter(|known| known.id == id) {
                Some(known) => known,
                None => self.origin(id, row.get(9)?)?,
            };
            let mut difference = read_difference(row, &of)?;
            let accounts = of.lines.iter().map(|line| line.account);
            difference.locked = locked.before(of.approval, accounts, difference.amount.currency());
            journal.push(JournalEntry::of(&difference, &chart, base, &rates)?);
            origin = Some(of);
        }
        journal.sort_by_key(|entry| (entry.date, entry.source));
        Ok(journal)
    }

    fn origin(&self, id: MatchId, changed_at_ms: i64) -> Result<Origin, WorkbookError> {
        let key = [Blob(self.company.id.uuid()), Blob(id.uuid())];
        let mut statement = self.sql.prepare_cached(LINES)?;
        let mut found = statement.query(key)?;
        let mut lines = Vec::new();
        while let Some(row) = found.next()? {
            lines.push(DifferenceLine {
                account: AccountId::from_uuid(row.get::<_, Blob>(0)?.0),
                date: rows::date(row.get(1)?)?,
                counterparty: row.get(2)?,
                reference: row.get(3)?,
                record_id: row.get(4)?,
                description: row.get(5)?,
            });
        }
        let mut statement = self.sql.prepare_cached(ENTRIES)?;
        let mut found = statement.query(key)?;
        let mut entries = Vec::new();
        while let Some(row) = found.next()? {
            entries.push(read_entry(row)?);
        }
        let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, Some(row.get::<_, Blob>(3)?.0)));
        let approval = self.sql.prepare_cached(APPROVAL)?.query_row(key, read).optional()?;
        let (at_ms, name, policy, approval) = approval.unwrap_or((changed_at_ms, None::<String>, None::<String>, None));
        let approved_by = name.or(policy.map(|version| format!("policy {version}"))).unwrap_or_default();
        Ok(Origin { id, lines, entries, approved_on: self.clock.day_of(at_ms), approved_by, approval })
    }
}

fn read_difference(row: &Row<'_>, of: &Origin) -> Result<BookableDifference, WorkbookError> {
    let account = |text: Option<String>| {
        text.map(|text| text.parse::<PostingAccount>()).transpose().map_err(WorkbookError::unreadable)
    };
    let text: String = row.get(6)?;
    let posting = account(row.get(5)?)?.map(|account| Posting::new(account, &text)).transpose();
    Ok(BookableDifference {
        match_id: of.id,
        adjustment: row.get(1)?,
        cause: rows::cause(&row.get::<_, String>(2)?)?,
        amount: rows::money(row.get(3)?, &row.get::<_, String>(4)?)?,
        posting: posting.map_err(WorkbookError::unreadable)?,
        own_account: account(row.get(7)?)?,
        counter_account: account(row.get(8)?)?,
        lines: of.lines.clone(),
        entries: of.entries.clone(),
        approved_on: of.approved_on,
        locked: Vec::new(),
        approved_by: of.approved_by.clone(),
    })
}

fn read_entry(row: &Row<'_>) -> Result<DifferenceEntry, WorkbookError> {
    let known_by: [String; 3] = [row.get(6)?, row.get(7)?, row.get(8)?];
    Ok(DifferenceEntry {
        kind: rows::ledger_kind(&row.get::<_, String>(0)?)?,
        amount: rows::money(row.get(1)?, &row.get::<_, String>(2)?)?,
        customer: row.get::<_, Option<Blob>>(3)?.map(|id| CustomerId::from_uuid(id.0)),
        date: rows::date(row.get(4)?)?,
        counterparty: row.get(5)?,
        number: known_by.into_iter().find(|known| !known.is_empty()).unwrap_or_default(),
    })
}
