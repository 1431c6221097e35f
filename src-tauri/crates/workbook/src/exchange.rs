//! The exchange rates kept in the workbook.

use jiff::civil::Date;
use rusqlite::params;
use rust_decimal::Decimal;
use sha2::{Digest as _, Sha256};
use tieout_domain::{Currency, Digest, ExchangeRates, Permission};

use crate::{Workbook, WorkbookError, change::Change, json::Json, rows, rows::Blob};

impl Workbook {
    /// The exchange rates kept in the workbook; empty where there are none.
    pub fn exchange_rates(&self) -> Result<ExchangeRates, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT date, base, quote, rate FROM exchange_rates WHERE company_id = ?1 ORDER BY rowid",
        )?;
        let mut found = statement.query(params![Blob(self.company.id.uuid())])?;
        let mut rates = ExchangeRates::default();
        while let Some(row) = found.next()? {
            let date: Date = row.get::<_, String>(0)?.parse().map_err(WorkbookError::unreadable)?;
            let (base, quote): (String, String) = (row.get(1)?, row.get(2)?);
            let rate: Decimal = row.get::<_, String>(3)?.parse().map_err(WorkbookError::unreadable)?;
            rates
                .insert(date, rows::currency(&base)?, rows::currency(&quote)?, rate)
                .map_err(WorkbookError::unreadable)?;
        }
        Ok(rates)
    }

    /// Keeps these exchange rates instead of those kept so far; nothing is written where they are the same. `source` says
    /// where they come from: the audit event names it, with how many they are and the SHA-256 of their list.
    pub fn keep_exchange_rates(&mut self, rates: &ExchangeRates, source: &str) -> Result<(), WorkbookError> {
        if self.exchange_rates()? == *rates {
            return Ok(());
        }
        self.change(Permission::Import, |change| change.replace_exchange_rates(rates, source))
    }
}

impl Change<'_> {
    pub(crate) fn replace_exchange_rates(&mut self, rates: &ExchangeRates, source: &str) -> Result<(), WorkbookError> {
        let company = Blob(self.company.uuid());
        let before = self.rates_told()?;
        self.sql.execute("DELETE FROM exchange_rates WHERE company_id = ?1", params![company])?;
        let mut insert = self.sql.prepare_cached(
            "INSERT INTO exchange_rates (company_id, base, quote, date, rate) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        let mut list = Sha256::new();
        let mut count = 0_u64;
        for (date, base, quote, rate) in rates.iter() {
            let (date, rate) = (date.to_string(), rate.normalize().to_string());
            insert.execute(params![company, base.code(), quote.code(), date, rate])?;
            list.update(listed(&date, base, quote, &rate));
            count += 1;
        }
        let details = Json::Object(vec![
            ("before", Json::optional(before)),
            ("count", Json::count(count)),
            ("rates", Json::text(Digest::from_bytes(list.finalize().into()))),
            ("source", Json::text(source)),
        ]);
        self.tell("rates.kept", "exchange rates", &details)
    }

    /// SHA-256 of the list that is kept, as its own event told it; none where there are no rates.
    fn rates_told(&self) -> Result<Option<Digest>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT date, base, quote, rate FROM exchange_rates WHERE company_id = ?1 ORDER BY rowid",
        )?;
        let mut found = statement.query(params![Blob(self.company.uuid())])?;
        let (mut list, mut is_empty) = (Sha256::new(), true);
        while let Some(row) = found.next()? {
            let (base, quote): (String, String) = (row.get(1)?, row.get(2)?);
            let (date, rate): (String, String) = (row.get(0)?, row.get(3)?);
            list.update(listed(&date, rows::currency(&base)?, rows::currency(&quote)?, &rate));
            is_empty = false;
        }
        Ok((!is_empty).then(|| Digest::from_bytes(list.finalize().into())))
    }
}

/// A rate as it stands in the list that is hashed.
fn listed(date: &str, base: Currency, quote: Currency, rate: &str) -> String {
    format!("{date},{base},{quote},{rate}\n")
}
