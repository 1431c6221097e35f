//! What a signature stands for: the content of a period, and its SHA-256.
//!
//! The hash is taken over lines of text, each ended by a line feed, in this order; identifiers, fingerprints and hashes are
//! hexadecimal, amounts whole minor units:
//! - `tieout-period 1`, `account ID`, `days FIRST LAST`, `currency CODE`, `figures JSON` (the proof as signed, canonical);
//! - for each line of the period that is not withdrawn, by day and identifier: `line ID FINGERPRINT APPLIED`, followed by
//!   `match ID CONTENT` for each approved match that holds it, by identifier;
//! - for each record outstanding at the last day, by identifier: `item ID FINGERPRINT REST`.
//!
//! Of a locked period, a line that was outstanding may be settled by something that came later: what is used of it and by
//! which matches is then told as it was when the period was signed.

use std::collections::HashMap;

use rusqlite::params;
use sha2::{Digest as _, Sha256};
use tieout_domain::{Digest, Side};
use uuid::Uuid;

use super::{PeriodRecord, balances::range_of};
use crate::{ProofRange, Workbook, WorkbookError, fingerprint::Fingerprint, rows::Blob};

/// A record outstanding at a period's last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) side: Side,
    pub(crate) id: Uuid,
    pub(crate) rest: i64,
}

impl Item {
    /// Whether so much of the record was outstanding before, with the same sign.
    pub(crate) fn is_part_of(&self, rest_before: Option<&i64>) -> bool {
        rest_before
            .is_some_and(|rest| rest.signum() == self.rest.signum() && rest.unsigned_abs() >= self.rest.unsigned_abs())
    }
}

/// How much text is hashed at once.
const PIECE: usize = 64 * 1024;

/// Text on its way into a hash.
struct Text {
    buffer: Vec<u8>,
    hash: Sha256,
}

impl Text {
    fn new() -> Self {
        Self { buffer: Vec::with_capacity(PIECE + 512), hash: Sha256::new() }
    }

    fn word(&mut self, word: &str) {
        self.buffer.extend_from_slice(word.as_bytes());
    }

    fn hex(&mut self, bytes: &[u8]) {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        self.buffer.push(b' ');
        for byte in bytes {
            let digit = |half: u8| DIGITS.get(usize::from(half)).copied().unwrap_or(b'?');
            self.buffer.extend([digit(byte >> 4), digit(byte & 15)]);
        }
    }

    fn number(&mut self, number: i64) {
        self.buffer.push(b' ');
        self.buffer.extend_from_slice(number.to_string().as_bytes());
    }

    fn end(&mut self) {
        self.buffer.push(b'\n');
        if self.buffer.len() >= PIECE {
            self.hash.update(&self.buffer);
            self.buffer.clear();
        }
    }

    fn finish(mut self) -> Digest {
        self.hash.update(&self.buffer);
        Digest::from_bytes(self.hash.finalize().into())
    }
}

/// Lines of a period with their approved matches: ?1 company, ?2 account, ?3 and ?4 the days, ?5 the currency.
const LINES: &str = "SELECT r.id, r.fingerprint, r.applied, l.match_id,
        (SELECT m.content FROM matches m INDEXED BY matches_approved
         WHERE m.company_id = l.company_id AND m.id = l.match_id AND m.status = 'approved')
    FROM statement_lines r INDEXED BY statement_lines_by_date
    LEFT JOIN match_legs l INDEXED BY match_legs_by_line ON l.company_id = r.company_id AND l.line_id = r.id
    WHERE r.company_id = ?1 AND r.account_id = ?2 AND r.date >= ?3 AND r.date <= ?4 AND r.currency = ?5 AND r.state <> 4
    ORDER BY r.date, r.rowid, l.match_id";

/// What approved matches use of one line; ?3 is the signature after which a match does not count, if there is one.
const USES: &str = "SELECT m.id, m.content, l.amount_applied FROM match_legs l
    JOIN matches m ON m.company_id = l.company_id AND m.id = l.match_id AND m.status = 'approved'
    WHERE l.company_id = ?1 AND l.line_id = ?2
      AND (?3 IS NULL OR EXISTS (
          SELECT 1 FROM decisions d WHERE d.company_id = m.company_id AND d.match_id = m.id AND d.verdict = 'approve'
            AND d.id < ?3
            AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.company_id = d.company_id AND u.supersedes = d.id)))
    ORDER BY m.id";

impl Workbook {
    /// The hash of a period's content as it is now: of a signed period, with the figures and items that were signed.
    pub fn period_content(&self, period: &PeriodRecord) -> Result<Digest, WorkbookError> {
        match &period.signed {
            Some(signed) => {
                let figures = self.figures_text(signed.signature)?;
                let items = self.signed_items(signed.signature)?;
                self.hash_content(period, &figures, &items, Some(signed.signature))
            }
            None => {
                let figures = self.figures_of(period, None, None)?.encode();
                self.hash_content(period, &figures, &self.items_now(period)?, None)
            }
        }
    }

    pub(crate) fn hash_content(
        &self,
        period: &PeriodRecord,
        figures: &str,
        items: &[Item],
        signature: Option<Uuid>,
    ) -> Result<Digest, WorkbookError> {
        let mut text = Text::new();
        text.word("tieout-period 1\naccount");
        text.hex(period.account.uuid().as_bytes());
        text.word(&format!(
            "\ndays {} {}\ncurrency {}\nfigures {figures}\n",
            period.days.from,
            period.days.to,
            period.currency.code()
        ));
        self.hash_lines(&mut text, period, items, signature)?;
        for item in items {
            text.word("item");
            text.hex(item.id.as_bytes());
            text.hex(&self.fingerprint_of(item)?);
            text.number(item.rest);
            text.end();
        }
        Ok(text.finish())
    }

    fn hash_lines(
        &self,
        text: &mut Text,
        period: &PeriodRecord,
        items: &[Item],
        signature: Option<Uuid>,
    ) -> Result<(), WorkbookError> {
        let outstanding: HashMap<Uuid, i64> = items.iter().map(|item| (item.id, item.rest)).collect();
        let range = range_of(period);
        let mut statement = self.sql.prepare_cached(LINES)?;
        let mut found = statement.query(params![
            Blob(self.company.id.uuid()),
            Blob(period.account.uuid()),
            range.from.map(|day| day.to_string()),
            range.to.map(|day| day.to_string()),
            period.currency.code()
        ])?;
        let mut line = Uuid::nil();
        while let Some(row) = found.next()? {
            let id = row.get::<_, Blob>(0)?.0;
            let is_open = outstanding.contains_key(&id);
            if line != id {
                line = id;
                let fingerprint: Fingerprint = row.get(1)?;
                if is_open {
                    self.hash_open_line(text, id, fingerprint, signature)?;
                } else {
                    text.word("line");
                    text.hex(id.as_bytes());
                    text.hex(&fingerprint);
                    text.number(row.get(2)?);
                    text.end();
                }
            }
            if !is_open && let Some(content) = row.get_ref(4)?.as_blob_or_null().map_err(WorkbookError::unreadable)? {
                text.word("match");
                text.hex(row.get_ref(3)?.as_blob().map_err(WorkbookError::unreadable)?);
                text.hex(content);
                text.end();
            }
        }
        Ok(())
    }

    /// A line of which something was outstanding: only what was approved by then counts.
    fn hash_open_line(
        &self,
        text: &mut Text,
        id: Uuid,
        fingerprint: Fingerprint,
        signature: Option<Uuid>,
    ) -> Result<(), WorkbookError> {
        let mut statement = self.sql.prepare_cached(USES)?;
        let mut found = statement.query(params![Blob(self.company.id.uuid()), Blob(id), signature.map(Blob)])?;
        let (mut applied, mut matches) = (0_i64, Vec::new());
        while let Some(row) = found.next()? {
            applied = applied.saturating_add(row.get::<_, i64>(2)?);
            matches.push((row.get::<_, Blob>(0)?.0, row.get::<_, [u8; 32]>(1)?));
        }
        text.word("line");
        text.hex(id.as_bytes());
        text.hex(&fingerprint);
        text.number(applied);
        text.end();
        for (matched, content) in matches {
            text.word("match");
            text.hex(matched.as_bytes());
            text.hex(&content);
            text.end();
        }
        Ok(())
    }

    fn fingerprint_of(&self, item: &Item) -> Result<Fingerprint, WorkbookError> {
        let (table, _) = crate::state::table(item.side);
        let mut statement =
            self.sql.prepare_cached(&format!("SELECT fingerprint FROM {table} WHERE company_id = ?1 AND id = ?2"))?;
        Ok(statement.query_row(params![Blob(self.company.id.uuid()), Blob(item.id)], |row| row.get(0))?)
    }

    /// What is outstanding at a period's last day, of both sides: lines of the account, however old, and entries.
    pub(crate) fn items_now(&self, period: &PeriodRecord) -> Result<Vec<Item>, WorkbookError> {
        self.items_at(period, ProofRange { from: None, to: Some(period.days.to) })
    }

    pub(crate) fn items_at(&self, period: &PeriodRecord, range: ProofRange) -> Result<Vec<Item>, WorkbookError> {
        let account = self.account(period.account)?;
        let mut items = Vec::new();
        for side in [Side::Statement, Side::Ledger] {
            let found = self.all_outstanding(&account, range, side)?;
            items.extend(found.into_iter().map(|(id, rest)| Item { side, id, rest }));
        }
        items.sort_unstable_by_key(|item| item.id);
        Ok(items)
    }

    /// What was outstanding as a preparation says.
    pub(crate) fn signed_items(&self, signature: Uuid) -> Result<Vec<Item>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT side, record_id, rest FROM period_items WHERE company_id = ?1 AND signature = ?2 ORDER BY record_id",
        )?;
        let mut found = statement.query(params![Blob(self.company.id.uuid()), Blob(signature)])?;
        let mut items = Vec::new();
        while let Some(row) = found.next()? {
            items.push(Item {
                side: crate::rows::side(&row.get::<_, String>(0)?)?,
                id: row.get::<_, Blob>(1)?.0,
                rest: row.get(2)?,
            });
        }
        Ok(items)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A match's row fills a page: reading a million of them would take minutes.
    #[test]
    fn the_lines_of_a_period_are_read_along_indexes() {
        let desk = crate::tests::Desk::new();
        let workbook = desk.create();
        let mut statement = workbook.sql.prepare(&format!("EXPLAIN QUERY PLAN {LINES}")).unwrap();
        let steps: Vec<String> = statement
            .query_map(params![Blob(Uuid::nil()), Blob(Uuid::nil()), "a", "b", "EUR"], |row| row.get(3))
            .unwrap()
            .collect::<rusqlite::Result<_>>()
            .unwrap();
        for index in ["USING COVERING INDEX matches_approved", "USING COVERING INDEX match_legs_by_line"] {
            assert!(steps.iter().any(|step| step.contains(index)), "{steps:?}");
        }
        assert!(steps.iter().all(|step| !step.contains("TEMP B-TREE")), "{steps:?}");
    }
}
