//! What a credit costs, in each currency. A rate holds for what is credited from then on; the first of a currency also
//! gives credits for what was credited before there was any.

use rusqlite::{OptionalExtension, params};
use tieout_domain::{CreditRate, Currency, CustomerCode, CustomerId, CustomerTransactionKind, Money, Permission};

use crate::{
    Workbook, WorkbookError,
    change::Change,
    customer_ledger::NewTransaction,
    json::Json,
    rows::{self, Blob},
};

/// A rate that was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditRateRecord {
    /// What a credit costs.
    pub rate: CreditRate,
    /// When it was set, in milliseconds since 1970-01-01 UTC.
    pub set_at_ms: i64,
    /// Who set it.
    pub set_by: String,
}

/// What setting a rate did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateSet {
    /// The rate before; `None`: it is the first of its currency.
    pub before: Option<CreditRate>,
    /// Whether it is another than before.
    pub changed: bool,
    /// Accounts that got their credits for what was deposited before the first rate.
    pub accounts_counted: u64,
}

impl Workbook {
    /// Every rate that was set, newest first.
    pub fn credit_rates(&self) -> Result<Vec<CreditRateRecord>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT r.amount, r.currency, r.set_at, u.name FROM credit_rates r
             JOIN users u ON u.company_id = r.company_id AND u.id = r.set_by
             WHERE r.company_id = ?1 ORDER BY r.id DESC",
        )?;
        let mut found = statement.query(params![Blob(self.company.id.uuid())])?;
        let mut rates = Vec::new();
        while let Some(row) = found.next()? {
            let per_credit = rows::money(row.get(0)?, &row.get::<_, String>(1)?)?;
            let rate = CreditRate::new(per_credit)?;
            rates.push(CreditRateRecord { rate, set_at_ms: row.get(2)?, set_by: row.get(3)? });
        }
        Ok(rates)
    }

    /// Sets what a credit costs in the rate's currency, for all that is credited from now on. Of a currency without a
    /// rate, what was credited before gets its credits too. The rate that holds already changes nothing.
    pub fn set_credit_rate(&mut self, rate: CreditRate) -> Result<RateSet, WorkbookError> {
        let currency = rate.currency();
        let earlier: Vec<CreditRate> = self.credit_rates()?.into_iter().map(|record| record.rate).collect();
        let earlier: Vec<CreditRate> = earlier.into_iter().filter(|other| other.currency() == currency).collect();
        let before = earlier.first().copied();
        if before == Some(rate) {
            return Ok(RateSet { before, changed: false, accounts_counted: 0 });
        }
        rate.check_beside(earlier)?;
        self.change(Permission::Configure, |change| {
            let id = change.id();
            change.sql.execute(
                "INSERT INTO credit_rates (company_id, id, currency, amount, set_by, set_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    Blob(change.company.uuid()),
                    Blob(id),
                    currency.code(),
                    rate.per_credit().minor_units(),
                    Blob(change.user.uuid()),
                    change.now_ms
                ],
            )?;
            let accounts_counted = if before.is_none() { change.count_earlier_credits(rate)? } else { 0 };
            let details = Json::Object(vec![
                ("accounts_counted", Json::count(accounts_counted)),
                ("after", Json::text(rate.per_credit())),
                ("before", Json::optional(before.map(CreditRate::per_credit))),
            ]);
            change.tell("credit_rate.set", &format!("credit rate {currency}"), &details)?;
            Ok(RateSet { before, changed: true, accounts_counted })
        })
    }
}

impl Change<'_> {
    /// The rate that holds for what is credited now.
    pub(crate) fn newest_rate(&self, currency: Currency) -> Result<Option<CreditRate>, WorkbookError> {
        self.rate(currency, "DESC")
    }

    /// The rate that holds for what was credited before there was any.
    pub(crate) fn first_rate(&self, currency: Currency) -> Result<Option<CreditRate>, WorkbookError> {
        self.rate(currency, "ASC")
    }

    fn rate(&self, currency: Currency, order: &'static str) -> Result<Option<CreditRate>, WorkbookError> {
        let minor: Option<i64> = self
            .sql
            .prepare_cached(&format!(
                "SELECT amount FROM credit_rates WHERE company_id = ?1 AND currency = ?2 ORDER BY id {order} LIMIT 1"
            ))?
            .query_row(params![Blob(self.company.uuid()), currency.code()], |row| row.get(0))
            .optional()?;
        Ok(minor.map(|minor| CreditRate::new(Money::from_minor(minor, currency))).transpose()?)
    }

    /// Gives every account of the rate's currency the credits for what it holds. Answers how many there are.
    fn count_earlier_credits(&mut self, rate: CreditRate) -> Result<u64, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT b.customer_id, c.code FROM customer_balances b
             JOIN customers c ON c.company_id = b.company_id AND c.id = b.customer_id
             WHERE b.company_id = ?1 AND b.currency = ?2 AND b.balance <> 0 ORDER BY c.code",
        )?;
        let found = statement
            .query_map(params![Blob(self.company.uuid()), rate.currency().code()], |row| {
                Ok((row.get::<_, Blob>(0)?.0, row.get::<_, String>(1)?))
            })?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        for (customer, code) in &found {
            self.post(&NewTransaction {
                customer: CustomerId::from_uuid(*customer),
                code: code.parse::<CustomerCode>().map_err(WorkbookError::unreadable)?,
                kind: CustomerTransactionKind::FirstRate,
                amount: Money::zero(rate.currency()),
                rate: Some(rate),
                cause: None,
                reverses: None,
                reason: String::new(),
            })?;
        }
        Ok(found.len() as u64)
    }
}
