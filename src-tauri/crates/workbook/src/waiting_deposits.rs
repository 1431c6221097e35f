//! Deposits that no customer has been credited for yet: they wait for a person.

use jiff::civil::Date;
use rusqlite::{Row, params};
use tieout_domain::{MatchId, Money, StatementLineId};

use crate::{
    Page, Workbook, WorkbookError,
    rows::{self, Blob},
};

/// A statement line that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingDeposit {
    /// The line.
    pub line: StatementLineId,
    /// Its booking date.
    pub date: Option<Date>,
    /// What nobody was credited for.
    pub amount: Money,
    /// The bank's text.
    pub description: String,
    /// Its reference.
    pub reference: String,
    /// Why it waits.
    pub because: DepositWait,
}

/// Why a deposit waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DepositWait {
    /// A match with a customer's account is proposed, and nobody has decided on it.
    Proposed {
        /// The match.
        match_id: MatchId,
        /// The account's code, as the books write it.
        code: String,
    },
    /// It names a customer, but no match with their account is proposed: the engine has not run since, or the match was
    /// rejected.
    NotMatched {
        /// The code in its text.
        code: String,
    },
    /// It names a code that no customer has.
    NoSuchCustomer {
        /// The code in its text.
        code: String,
    },
    /// It names no customer.
    NoCode,
    /// It was approved for an account whose code in the books is no customer code, so that nobody could be credited.
    AccountWithoutCode {
        /// The match.
        match_id: MatchId,
        /// What the books have instead of a code; may be empty.
        code: String,
    },
}

/// Lines of which something is open that a proposal gives to a customer's account, or that no proposal holds and that
/// came in or name a code; and lines approved for an account that has no customer code.
const WAITING: &str = "
    SELECT 1 AS way, r.id AS line, r.date AS date, r.amount - r.applied AS amount, r.currency AS currency,
           r.description AS description, r.reference AS reference, m.id AS match_id, e.counterparty_code AS code, 0 AS known
    FROM ledger_entries e INDEXED BY ledger_entries_accounts
    JOIN match_legs k ON k.company_id = e.company_id AND k.entry_id = e.id
    JOIN matches m ON m.company_id = k.company_id AND m.id = k.match_id AND m.status IN ('suggested', 'ambiguous')
    JOIN match_legs l ON l.company_id = m.company_id AND l.match_id = m.id AND l.line_id IS NOT NULL
    JOIN statement_lines r ON r.company_id = l.company_id AND r.id = l.line_id AND r.state <> 4
    WHERE e.company_id = ?1 AND e.kind = 'customer_account'
    UNION ALL
    SELECT 2, o.id, o.date, o.amount - o.applied, o.currency, o.description, o.reference, NULL, o.code,
           EXISTS (SELECT 1 FROM customers c WHERE c.company_id = ?1 AND c.code = o.code AND c.code <> '')
    FROM (SELECT *, customer_code_in(reference, description) AS code FROM statement_lines
          WHERE company_id = ?1 AND state = 0) o
    WHERE o.amount > 0 OR o.code IS NOT NULL
    UNION ALL
    SELECT 3, r.id, r.date, l.amount_applied, r.currency, r.description, r.reference, m.id, e.counterparty_code, 0
    FROM ledger_entries e INDEXED BY ledger_entries_accounts
    JOIN match_legs k ON k.company_id = e.company_id AND k.entry_id = e.id
    JOIN matches m ON m.company_id = k.company_id AND m.id = k.match_id AND m.status = 'approved'
    JOIN match_legs l ON l.company_id = m.company_id AND l.match_id = m.id AND l.line_id IS NOT NULL
    JOIN statement_lines r ON r.company_id = l.company_id AND r.id = l.line_id
    WHERE e.company_id = ?1 AND e.kind = 'customer_account' AND customer_code(e.counterparty_code) IS NULL";

impl Workbook {
    /// A page of the deposits for which no customer was credited, largest first.
    pub fn waiting_deposits(&self, offset: u64, limit: u32) -> Result<Page<WaitingDeposit>, WorkbookError> {
        let company = Blob(self.company.id.uuid());
        let total: i64 = self
            .sql
            .prepare_cached(&format!("SELECT count(DISTINCT line) FROM ({WAITING})"))?
            .query_row(params![company], |row| row.get(0))?;
        // A line with several proposals is told of once, with one of them.
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT way, line, date, amount, currency, description, reference, match_id, code, known, min(way)
             FROM ({WAITING}) GROUP BY line ORDER BY abs(amount) DESC, line LIMIT ?2 OFFSET ?3"
        ))?;
        let mut found = statement.query(params![company, limit, rows::stored(offset)])?;
        let mut page = Page { rows: Vec::new(), total: rows::counted(total) };
        while let Some(row) = found.next()? {
            page.rows.push(read_deposit(row)?);
        }
        Ok(page)
    }
}

fn read_deposit(row: &Row<'_>) -> Result<WaitingDeposit, WorkbookError> {
    let match_id = row.get::<_, Option<Blob>>(7)?.map(|id| MatchId::from_uuid(id.0));
    let code: Option<String> = row.get(8)?;
    let because = match (row.get::<_, i64>(0)?, match_id, code) {
        (1, Some(match_id), Some(code)) => DepositWait::Proposed { match_id, code },
        (3, Some(match_id), Some(code)) => DepositWait::AccountWithoutCode { match_id, code },
        (2, None, Some(code)) if row.get(9)? => DepositWait::NotMatched { code },
        (2, None, Some(code)) => DepositWait::NoSuchCustomer { code },
        (2, None, None) => DepositWait::NoCode,
        (way, ..) => return Err(WorkbookError::unreadable(format_args!("a deposit that waits in way {way}"))),
    };
    Ok(WaitingDeposit {
        line: StatementLineId::from_uuid(row.get::<_, Blob>(1)?.0),
        date: rows::date(row.get(2)?)?,
        amount: rows::money(row.get(3)?, &row.get::<_, String>(4)?)?,
        description: row.get(5)?,
        reference: row.get(6)?,
        because,
    })
}
