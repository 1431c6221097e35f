//! Customers' accounts: what they hold, and what moved them.

use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row, params};
use tieout_domain::{
    CreditRate, Credits, Currency, CustomerCode, CustomerId, CustomerTransactionKind, MatchId, Money, StatementLineId,
};

use crate::{
    Customer, Page, Workbook, WorkbookError, custom,
    rows::{self, Blob},
};

/// A customer with a customer code, and what their account holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerAccount {
    /// The customer.
    pub customer: Customer,
    /// Their code.
    pub code: CustomerCode,
    /// What the account holds, one a currency; none where nothing moved it yet.
    pub balances: Vec<CustomerBalance>,
}

/// What a customer's account holds in one currency: the sum of its transactions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CustomerBalance {
    /// Deposits less what was taken back.
    pub balance: Money,
    /// Whole credits, rounded down; below zero where more was taken back than deposited.
    pub credits: i64,
    /// What is kept towards the next credit, at the present rate; `None` where the currency has no rate.
    pub remainder: Option<Money>,
    /// What a credit costs at present; `None` where that was never set.
    pub rate: Option<CreditRate>,
    /// How many transactions make it up.
    pub transactions: u64,
}

/// Something that moved a customer's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerTransaction {
    /// Its number within the account in its currency, from 1.
    pub number: u64,
    /// What it is.
    pub kind: CustomerTransactionKind,
    /// How much money it moved.
    pub amount: Money,
    /// How many whole credits that changed.
    pub credits: i64,
    /// What a credit cost; `None`: that was not set yet.
    pub rate: Option<Money>,
    /// The balance after it.
    pub balance_after: Money,
    /// Whole credits after it.
    pub credits_after: i64,
    /// When it was posted, in milliseconds since 1970-01-01 UTC.
    pub posted_at_ms: i64,
    /// The match it comes from; `None` for the first rate and for adjustments.
    pub match_id: Option<MatchId>,
    /// The statement line it comes from, where there is one.
    pub line: Option<StatementLineId>,
    /// That line's booking date.
    pub date: Option<Date>,
    /// That line's text; empty where there is none.
    pub description: String,
    /// Who adjusted the account, or decided on the match; empty where the policy did.
    pub posted_by: String,
    /// What they said; empty where they said nothing.
    pub reason: String,
    /// It was taken back since.
    pub taken_back: bool,
}

/// Of all customers those whose code is a customer code, as it is always written.
/// ?2 is a folded text that name or code contains; empty: all.
const WITH_CODE: &str = "FROM customers WHERE company_id = ?1
    AND code GLOB 'CUS[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]' AND (?2 = '' OR contains(?2, name, code))";

/// A transaction of ?2's accounts, with the line and the decision behind it.
const TRANSACTION: &str =
    "SELECT t.number, t.kind, t.amount, t.currency, t.credits, t.rate, t.balance_after, t.credits_after,
        t.posted_at, t.match_id, t.line_id, r.date, r.description, ifnull(u.name, ''),
        iif(t.posted_by IS NULL, ifnull(d.reason, ''), t.reason),
        EXISTS (SELECT 1 FROM customer_transactions b
       WHERE b.company_id = t.company_id AND b.reverses = t.id AND b.kind = 'undone')
    FROM customer_transactions t
    LEFT JOIN statement_lines r ON r.company_id = t.company_id AND r.id = t.line_id
    LEFT JOIN decisions d ON d.company_id = t.company_id AND d.id = t.decision_id
    LEFT JOIN users u ON u.company_id = t.company_id AND u.id = ifnull(t.posted_by, d.user_id)
    WHERE t.company_id = ?1 AND t.customer_id = ?2";

impl Workbook {
    /// A page of the customers that have a customer code, by code, with what their accounts hold: those whose name or code
    /// contains `search`, whatever the letter case; all where it is empty.
    pub fn customer_accounts(
        &self,
        search: &str,
        offset: u64,
        limit: u32,
    ) -> Result<Page<CustomerAccount>, WorkbookError> {
        let (company, search) = (Blob(self.company.id.uuid()), custom::fold(search));
        let total: i64 = self
            .sql
            .prepare_cached(&format!("SELECT count(*) {WITH_CODE}"))?
            .query_row(params![company, search], |row| row.get(0))?;
        let mut statement = self
            .sql
            .prepare_cached(&format!("SELECT id, code, name, email {WITH_CODE} ORDER BY code LIMIT ?3 OFFSET ?4"))?;
        let found = statement
            .query_map(params![company, search, limit, rows::stored(offset)], read_customer)?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        let page = found.into_iter().map(|customer| self.with_balances(customer));
        Ok(Page { rows: page.collect::<Result<_, _>>()?, total: rows::counted(total) })
    }

    /// The account of the customer with this code.
    pub fn customer_account(&self, code: CustomerCode) -> Result<CustomerAccount, WorkbookError> {
        let customer = self.customer_of_code(code)?.ok_or_else(|| WorkbookError::not_found("customer", code))?;
        self.with_balances(customer)
    }

    /// A page of what moved the account of the customer with this code, newest first.
    pub fn customer_transactions(
        &self,
        code: CustomerCode,
        offset: u64,
        limit: u32,
    ) -> Result<Page<CustomerTransaction>, WorkbookError> {
        let customer = self.customer_of_code(code)?.ok_or_else(|| WorkbookError::not_found("customer", code))?;
        let (company, customer) = (Blob(self.company.id.uuid()), Blob(customer.id.uuid()));
        let total: i64 = self
            .sql
            .prepare_cached("SELECT count(*) FROM customer_transactions WHERE company_id = ?1 AND customer_id = ?2")?
            .query_row(params![company, customer], |row| row.get(0))?;
        let mut statement = self.sql.prepare_cached(&format!("{TRANSACTION} ORDER BY t.id DESC LIMIT ?3 OFFSET ?4"))?;
        let mut found = statement.query(params![company, customer, limit, rows::stored(offset)])?;
        let mut page = Page { rows: Vec::new(), total: rows::counted(total) };
        while let Some(row) = found.next()? {
            page.rows.push(read_transaction(row)?);
        }
        Ok(page)
    }

    /// One transaction of the account of the customer with this code.
    pub fn customer_transaction(
        &self,
        code: CustomerCode,
        currency: Currency,
        number: u64,
    ) -> Result<CustomerTransaction, WorkbookError> {
        let customer = self.customer_of_code(code)?.ok_or_else(|| WorkbookError::not_found("customer", code))?;
        let mut statement = self.sql.prepare_cached(&format!("{TRANSACTION} AND t.currency = ?3 AND t.number = ?4"))?;
        let key =
            params![Blob(self.company.id.uuid()), Blob(customer.id.uuid()), currency.code(), rows::stored(number)];
        let mut found = statement.query(key)?;
        let row = found.next()?.ok_or_else(|| WorkbookError::not_found("transaction", number))?;
        read_transaction(row)
    }

    pub(crate) fn customer_of_code(&self, code: CustomerCode) -> Result<Option<Customer>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT id, code, name, email FROM customers WHERE company_id = ?1 AND code = ?2 AND code <> ''",
        )?;
        let found = statement.query_row(params![Blob(self.company.id.uuid()), code.to_string()], read_customer);
        Ok(found.optional()?)
    }

    fn with_balances(&self, customer: Customer) -> Result<CustomerAccount, WorkbookError> {
        let code = customer.code.parse().map_err(WorkbookError::unreadable)?;
        let balances = self.balances_of(customer.id)?;
        Ok(CustomerAccount { customer, code, balances })
    }

    fn balances_of(&self, customer: CustomerId) -> Result<Vec<CustomerBalance>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT b.currency, b.balance, b.credits, b.transactions, t.part_after, t.part_of,
                    (SELECT r.amount FROM credit_rates r WHERE r.company_id = b.company_id AND r.currency = b.currency
                     ORDER BY r.id DESC LIMIT 1)
             FROM customer_balances b
             JOIN customer_transactions t ON t.company_id = b.company_id AND t.customer_id = b.customer_id
                  AND t.currency = b.currency AND t.number = b.transactions
             WHERE b.company_id = ?1 AND b.customer_id = ?2 ORDER BY b.currency",
        )?;
        let mut found = statement.query(params![Blob(self.company.id.uuid()), Blob(customer.uuid())])?;
        let mut balances = Vec::new();
        while let Some(row) = found.next()? {
            balances.push(read_balance(row)?);
        }
        Ok(balances)
    }
}

fn read_customer(row: &Row<'_>) -> rusqlite::Result<Customer> {
    Ok(Customer {
        id: CustomerId::from_uuid(row.get::<_, Blob>(0)?.0),
        code: row.get(1)?,
        name: row.get(2)?,
        email: row.get(3)?,
    })
}

fn read_balance(row: &Row<'_>) -> Result<CustomerBalance, WorkbookError> {
    let currency: Currency = rows::currency(&row.get::<_, String>(0)?)?;
    let credits = Credits::from_parts(row.get(2)?, row.get(4)?, row.get(5)?)?;
    let rate: Option<i64> = row.get(6)?;
    let rate = rate.map(|minor| CreditRate::new(Money::from_minor(minor, currency))).transpose()?;
    Ok(CustomerBalance {
        balance: Money::from_minor(row.get(1)?, currency),
        credits: credits.whole(),
        remainder: rate.map(|rate| credits.remainder(rate)),
        rate,
        transactions: rows::counted(row.get(3)?),
    })
}

fn read_transaction(row: &Row<'_>) -> Result<CustomerTransaction, WorkbookError> {
    let currency: Currency = rows::currency(&row.get::<_, String>(3)?)?;
    let money = |minor| Money::from_minor(minor, currency);
    Ok(CustomerTransaction {
        number: rows::counted(row.get(0)?),
        kind: rows::customer_transaction_kind(&row.get::<_, String>(1)?)?,
        amount: money(row.get(2)?),
        credits: row.get(4)?,
        rate: row.get::<_, Option<i64>>(5)?.map(money),
        balance_after: money(row.get(6)?),
        credits_after: row.get(7)?,
        posted_at_ms: row.get(8)?,
        match_id: row.get::<_, Option<Blob>>(9)?.map(|id| MatchId::from_uuid(id.0)),
        line: row.get::<_, Option<Blob>>(10)?.map(|id| StatementLineId::from_uuid(id.0)),
        date: rows::date(row.get(11)?)?,
        description: row.get::<_, Option<String>>(12)?.unwrap_or_default(),
        posted_by: row.get(13)?,
        reason: row.get(14)?,
        taken_back: row.get(15)?,
    })
}
