//! Statements: what they say of themselves, how their reading was proved, and how one follows on another.

use std::str::FromStr;

use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row, params};
use tieout_domain::{AccountId, Currency, ImportBatchId, Money, MoneyError, StatementId};

use crate::{
    Workbook, WorkbookError,
    change::Change,
    rows::{self, Blob},
};

/// By what it was shown that the rows of a statement were read right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProofKind {
    /// The running balance closes from row to row.
    RunningBalance,
    /// Opening balance and rows make the closing balance.
    OpeningClosing,
    /// Totals and counts the file states.
    ControlTotals,
    /// Nothing in the file could show it.
    None,
}

impl ProofKind {
    /// The word used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RunningBalance => "running_balance",
            Self::OpeningClosing => "opening_closing",
            Self::ControlTotals => "control_totals",
            Self::None => "none",
        }
    }
}

/// The text is none of the words of [`ProofKind::as_str`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no kind of proof")]
pub struct UnknownProofKind(String);

impl FromStr for ProofKind {
    type Err = UnknownProofKind;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let all = [Self::RunningBalance, Self::OpeningClosing, Self::ControlTotals, Self::None];
        all.into_iter().find(|kind| kind.as_str() == text).ok_or_else(|| UnknownProofKind(text.to_owned()))
    }
}

/// How the reading of a statement was proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatementProof {
    /// By what.
    pub kind: ProofKind,
    /// Rows that are proved.
    pub proved: u64,
    /// Rows in all.
    pub of: u64,
}

/// What is known of a statement before its lines come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementFacts {
    /// Its number, as the file has it; empty where it has none.
    pub number: String,
    /// The currency of its balances and lines.
    pub currency: Currency,
    /// Balance before the first line, where stated.
    pub opening: Option<Money>,
    /// Balance after the last line, where stated.
    pub closing: Option<Money>,
    /// Earliest date of a line.
    pub first_date: Option<Date>,
    /// Latest date of a line.
    pub last_date: Option<Date>,
    /// First day it covers, as the file states.
    pub from: Option<Date>,
    /// Last day it covers, as the file states.
    pub to: Option<Date>,
    /// Its balances are interim or available ones, not booked: no other statement follows on them.
    pub interim: bool,
    /// How its reading was proved.
    pub proof: Option<StatementProof>,
}

impl StatementFacts {
    /// Nothing but the currency.
    pub fn of_currency(currency: Currency) -> Self {
        Self {
            number: String::new(),
            currency,
            opening: None,
            closing: None,
            first_date: None,
            last_date: None,
            from: None,
            to: None,
            interim: false,
            proof: None,
        }
    }

    /// Whether it says anything worth keeping where it has no lines.
    pub(crate) fn says_something(&self) -> bool {
        self.opening.is_some() || self.closing.is_some()
    }

    pub(crate) fn require_one_currency(&self) -> Result<(), WorkbookError> {
        [self.opening, self.closing].into_iter().flatten().try_for_each(|balance| self.require_currency(balance))
    }

    pub(crate) fn require_currency(&self, amount: Money) -> Result<(), WorkbookError> {
        if amount.currency() == self.currency {
            return Ok(());
        }
        Err(MoneyError::CurrencyMismatch { left: self.currency, right: amount.currency() }.into())
    }
}

/// A statement in the workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementRecord {
    /// Its identifier.
    pub id: StatementId,
    /// Whose it is.
    pub account: AccountId,
    /// The account's name.
    pub account_name: String,
    /// What it says.
    pub facts: StatementFacts,
}

impl Workbook {
    /// The statements a file brought lines of, or balances, in its order.
    pub fn statements_of_batch(&self, batch: ImportBatchId) -> Result<Vec<StatementRecord>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT s.id, s.account_id, a.name, s.currency, s.number, s.opening, s.closing, s.first_date, s.last_date,
                    s.from_date, s.to_date, s.proof, s.proved, s.proved_of, s.interim
             FROM statements s JOIN accounts a ON a.company_id = s.company_id AND a.id = s.account_id
             WHERE s.company_id = ?1 AND s.batch_id = ?2 ORDER BY s.id",
        )?;
        let mut rows = statement.query(params![Blob(self.company.id.uuid()), Blob(batch.uuid())])?;
        let mut statements = Vec::new();
        while let Some(row) = rows.next()? {
            statements.push(read_statement(row)?);
        }
        Ok(statements)
    }

    /// The closing balance of the account's last statement before this day that states one, and the day of its last line
    /// (of a statement without lines, the last day it covers). A statement that begins on this day should open with it.
    ///
    /// `None` where there is none, or where lines of the account lie between the two, so that one says nothing of the
    /// other.
    pub fn closing_before(&self, account: AccountId, day: Date) -> Result<Option<(Date, Money)>, WorkbookError> {
        self.neighbour(
            "SELECT ifnull(s.last_date, s.to_date), s.closing, s.currency FROM statements s
             WHERE s.company_id = ?1 AND s.account_id = ?2 AND s.withdrawn = 0 AND s.interim = 0 AND s.closing IS NOT NULL
               AND ifnull(s.last_date, s.to_date) < ?3
               AND NOT EXISTS (SELECT 1 FROM statement_lines r
                   WHERE r.company_id = s.company_id AND r.account_id = s.account_id AND r.currency = s.currency
                     AND r.state <> 4 AND r.date > ifnull(s.last_date, s.to_date) AND r.date < ?3)
             ORDER BY 1 DESC, s.to_date DESC, s.id DESC LIMIT 1",
            account,
            day,
        )
    }

    /// The opening balance of the account's first statement after this day that states one, and the day of its first line
    /// (of a statement without lines, the first day it covers). A statement that ends on this day should close with it.
    /// `None` as for [`Workbook::closing_before`].
    pub fn opening_after(&self, account: AccountId, day: Date) -> Result<Option<(Date, Money)>, WorkbookError> {
        self.neighbour(
            "SELECT ifnull(s.first_date, s.from_date), s.opening, s.currency FROM statements s
             WHERE s.company_id = ?1 AND s.account_id = ?2 AND s.withdrawn = 0 AND s.interim = 0 AND s.opening IS NOT NULL
               AND ifnull(s.first_date, s.from_date) > ?3
               AND NOT EXISTS (SELECT 1 FROM statement_lines r
                   WHERE r.company_id = s.company_id AND r.account_id = s.account_id AND r.currency = s.currency
                     AND r.state <> 4 AND r.date < ifnull(s.first_date, s.from_date) AND r.date > ?3)
             ORDER BY 1, s.from_date, s.id LIMIT 1",
            account,
            day,
        )
    }

    fn neighbour(&self, sql: &str, account: AccountId, day: Date) -> Result<Option<(Date, Money)>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(sql)?;
        let mut found =
            statement.query(params![Blob(self.company.id.uuid()), Blob(account.uuid()), day.to_string()])?;
        let Some(row) = found.next()? else { return Ok(None) };
        let day = rows::date(row.get(0)?)?.ok_or_else(|| WorkbookError::unreadable("a statement without a day"))?;
        Ok(Some((day, rows::money(row.get(1)?, &row.get::<_, String>(2)?)?)))
    }
}

fn read_statement(row: &Row<'_>) -> Result<StatementRecord, WorkbookError> {
    let currency = rows::currency(&row.get::<_, String>(3)?)?;
    let balance = |minor: Option<i64>| minor.map(|minor| Money::from_minor(minor, currency));
    let proof = row.get::<_, Option<String>>(11)?.map(|kind| {
        Ok::<_, WorkbookError>(StatementProof {
            kind: kind.parse().map_err(WorkbookError::unreadable)?,
            proved: rows::counted(row.get(12)?),
            of: rows::counted(row.get(13)?),
        })
    });
    Ok(StatementRecord {
        id: StatementId::from_uuid(row.get::<_, Blob>(0)?.0),
        account: AccountId::from_uuid(row.get::<_, Blob>(1)?.0),
        account_name: row.get(2)?,
        facts: StatementFacts {
            number: row.get(4)?,
            currency,
            opening: balance(row.get(5)?),
            closing: balance(row.get(6)?),
            first_date: rows::date(row.get(7)?)?,
            last_date: rows::date(row.get(8)?)?,
            from: rows::date(row.get(9)?)?,
            to: rows::date(row.get(10)?)?,
            interim: row.get(14)?,
            proof: proof.transpose()?,
        },
    })
}

impl Change<'_> {
    pub(crate) fn insert_statement(
        &mut self,
        id: StatementId,
        batch: ImportBatchId,
        account: AccountId,
        facts: &StatementFacts,
    ) -> Result<(), WorkbookError> {
        self.sql
            .prepare_cached(
                "INSERT INTO statements
                     (company_id, id, batch_id, account_id, currency, number, opening, closing, first_date, last_date,
                      from_date, to_date, proof, proved, proved_of, interim)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
            )?
            .execute(params![
                Blob(self.company.uuid()),
                Blob(id.uuid()),
                Blob(batch.uuid()),
                Blob(account.uuid()),
                facts.currency.code(),
                facts.number,
                facts.opening.map(Money::minor_units),
                facts.closing.map(Money::minor_units),
                rows::date_text(facts.first_date),
                rows::date_text(facts.last_date),
                rows::date_text(facts.from),
                rows::date_text(facts.to),
                facts.proof.map(|proof| proof.kind.as_str()),
                facts.proof.map(|proof| rows::stored(proof.proved.min(proof.of))),
                facts.proof.map(|proof| rows::stored(proof.of)),
                facts.interim
            ])?;
        Ok(())
    }

    /// The import of these bytes, other than this one, that has statements of this account.
    pub(crate) fn import_for_account(
        &self,
        file_hash: tieout_domain::Digest,
        account: AccountId,
    ) -> Result<Option<ImportBatchId>, WorkbookError> {
        let found = self
            .sql
            .query_row(
                "SELECT b.id FROM import_batches b
                 WHERE b.company_id = ?1 AND b.file_hash = ?2 AND b.side = 'statement' AND b.state = 'completed'
                   AND (b.account_id = ?3 OR EXISTS (SELECT 1 FROM statements s
                        WHERE s.company_id = b.company_id AND s.batch_id = b.id AND s.account_id = ?3))",
                params![Blob(self.company.uuid()), file_hash.as_bytes(), Blob(account.uuid())],
                |row| row.get::<_, Blob>(0),
            )
            .optional()?;
        Ok(found.map(|id| ImportBatchId::from_uuid(id.0)))
    }
}
