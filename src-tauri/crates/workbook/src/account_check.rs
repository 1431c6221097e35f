//! Whether customers' accounts are what their transactions, and the matches behind them, make them.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, params};
use tieout_domain::{CreditRate, Credits, Money, Said, SaidValue, said};
use uuid::Uuid;

use crate::{
    Workbook, WorkbookError,
    rows::{self, Blob},
};

impl Workbook {
    /// The first thing wrong with a customer's account, in words; `None` where all is well.
    pub(crate) fn first_account_fault(&self) -> Result<Option<Said>, WorkbookError> {
        if let Some(fault) = self.wrong_sum()? {
            return Ok(Some(fault));
        }
        if let Some(fault) = self.wrong_credits()? {
            return Ok(Some(fault));
        }
        if let Some(fault) = self.wrong_entry()? {
            return Ok(Some(fault));
        }
        self.wrong_customer()
    }

    /// What the newest transaction says the account holds must be the sum of all.
    fn wrong_sum(&self) -> Result<Option<Said>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT c.code, b.currency, b.balance, t.balance_after, b.credits, t.credits_after FROM customer_balances b
             JOIN customers c ON c.company_id = b.company_id AND c.id = b.customer_id
             LEFT JOIN customer_transactions t ON t.company_id = b.company_id AND t.customer_id = b.customer_id
                  AND t.currency = b.currency AND t.number = b.transactions
             WHERE b.company_id = ?1 AND (b.balance IS NOT t.balance_after OR b.credits IS NOT t.credits_after)
             ORDER BY c.code, b.currency LIMIT 1",
        )?;
        let mut found = statement.query(params![Blob(self.company.id.uuid())])?;
        let Some(row) = found.next()? else { return Ok(None) };
        let currency = row.get::<_, String>(1)?;
        let money = |minor: Option<i64>| minor.map(|minor| rows::money(minor, &currency)).transpose();
        let (sum, told) = (money(row.get(2)?)?, money(row.get(3)?)?);
        let amount = |money: Option<Money>| {
            money.map_or_else(|| SaidValue::from(said!("damage.nothing", "nothing")), SaidValue::from)
        };
        Ok(Some(said!(
            "damage.account",
            "the account of {code} says {told} and {credits} credits, but its transactions make {sum} and {found}",
            code = row.get::<_, String>(0)?,
            told = amount(told),
            credits = row.get::<_, Option<i64>>(5)?.unwrap_or(0),
            sum = amount(sum),
            found = row.get::<_, i64>(4)?
        )))
    }

    /// Credits must be the sum of each amount at its rate, or at the first one where there was none yet.
    fn wrong_credits(&self) -> Result<Option<Said>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT t.customer_id, c.code, t.currency, sum(t.amount),
                    ifnull(t.rate, (SELECT r.amount FROM credit_rates r
                                    WHERE r.company_id = t.company_id AND r.currency = t.currency ORDER BY r.id LIMIT 1))
             FROM customer_transactions t JOIN customers c ON c.company_id = t.company_id AND c.id = t.customer_id
             WHERE t.company_id = ?1 GROUP BY t.customer_id, t.currency, t.rate",
        )?;
        let mut found = statement.query(params![Blob(self.company.id.uuid())])?;
        let mut sums: BTreeMap<(String, String, Uuid), Credits> = BTreeMap::new();
        while let Some(row) = found.next()? {
            let (customer, code, currency): (Blob, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let amount = rows::money(row.get(3)?, &currency)?;
            let worth = match row.get::<_, Option<i64>>(4)? {
                Some(rate) => Credits::worth(amount, CreditRate::new(rows::money(rate, &currency)?)?)?,
                None => Credits::NONE,
            };
            let sum = sums.entry((code, currency, customer.0)).or_insert(Credits::NONE);
            *sum = sum.checked_add(worth)?;
        }
        for ((code, currency, customer), expected) in sums {
            let told = self.credits_told(customer, &currency)?;
            if told != expected {
                let (part, of) = expected.part();
                let (told_part, told_of) = told.part();
                return Ok(Some(said!(
                    "damage.credits",
                    "the account of {code} says {told} credits, but its deposits in {currency} make {expected}",
                    code = code,
                    told = format!("{} {told_part}/{told_of}", told.whole()),
                    currency = currency,
                    expected = format!("{} {part}/{of}", expected.whole())
                )));
            }
        }
        Ok(None)
    }

    fn credits_told(&self, customer: Uuid, currency: &str) -> Result<Credits, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT credits_after, part_after, part_of FROM customer_transactions
             WHERE company_id = ?1 AND customer_id = ?2 AND currency = ?3 ORDER BY number DESC LIMIT 1",
        )?;
        let (whole, part, of) = statement
            .query_row(params![Blob(self.company.id.uuid()), Blob(customer), currency], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
        Ok(Credits::from_parts(whole, part, of)?)
    }

    /// What approved matches give to an account in the books must be what was credited for it.
    fn wrong_entry(&self) -> Result<Option<Said>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT counterparty_code, currency, applied, credited FROM (
                 SELECT e.id, e.counterparty_code, e.currency, e.applied,
                        (SELECT ifnull(sum(t.amount), 0) FROM customer_transactions t
                         WHERE t.company_id = e.company_id AND t.entry_id = e.id) AS credited
                 FROM ledger_entries e INDEXED BY ledger_entries_accounts
                 WHERE e.company_id = ?1 AND e.kind = 'customer_account' AND customer_code(e.counterparty_code) IS NOT NULL)
             WHERE applied <> credited ORDER BY id LIMIT 1",
        )?;
        let mut found = statement.query(params![Blob(self.company.id.uuid())])?;
        let Some(row) = found.next()? else { return Ok(None) };
        let currency = row.get::<_, String>(1)?;
        let (applied, credited) = (rows::money(row.get(2)?, &currency)?, rows::money(row.get(3)?, &currency)?);
        let code = row.get::<_, String>(0)?;
        Ok(Some(said!(
            "damage.entry",
            "approved matches give {applied} to {code}, but {credited} was credited",
            applied = applied,
            code = code,
            credited = credited
        )))
    }

    /// Nobody is credited for what went to another customer's account in the books.
    fn wrong_customer(&self) -> Result<Option<Said>, WorkbookError> {
        let found = self
            .sql
            .prepare_cached(
                "SELECT c.code, t.number, t.currency, e.counterparty_code FROM customer_transactions t
                 JOIN customers c ON c.company_id = t.company_id AND c.id = t.customer_id
                 JOIN ledger_entries e ON e.company_id = t.company_id AND e.id = t.entry_id
                 WHERE t.company_id = ?1 AND customer_code(e.counterparty_code) IS NOT c.code
                 ORDER BY c.code, t.currency, t.number LIMIT 1",
            )?
            .query_row(params![Blob(self.company.id.uuid())], |row| {
                Ok(said!(
                    "damage.customer",
                    "transaction {number} in {currency} of the account of {code} is for the account of {other}",
                    number = row.get::<_, i64>(1)?,
                    currency = row.get::<_, String>(2)?,
                    code = row.get::<_, String>(0)?,
                    other = row.get::<_, String>(3)?
                ))
            })
            .optional()?;
        Ok(found)
    }
}
