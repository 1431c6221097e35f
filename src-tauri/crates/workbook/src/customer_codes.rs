//! Customer codes as earlier versions kept them, written as they are now.

use rusqlite::params;
use tieout_domain::{CustomerCode, Permission};

use crate::{Workbook, WorkbookError, change::Change, json::Json, rows::Blob};

/// The mark that the migration leaves where there are customers with codes.
const TO_WRITE_ALIKE: &str = "customers.codes_to_write_alike";

/// So many codes are told of one by one.
const TOLD_MAX: usize = 20;

impl Workbook {
    /// Writes every customer code as it is always written, if a migration left a mark that some may not be: before
    /// `CUS00000002` was written one way, `cus-0000-0002` was another customer. Two that have the same code become one.
    pub(crate) fn write_codes_alike(&mut self) -> Result<(), WorkbookError> {
        if self.setting(TO_WRITE_ALIKE)?.is_none() {
            return Ok(());
        }
        self.change(Permission::Upkeep, |change| {
            let mut told = Vec::new();
            let others = change.codes_written_otherwise()?;
            for (customer, before, code) in &others {
                change.write_code(*customer, *code)?;
                if told.len() < TOLD_MAX {
                    told.push(format!("{before}: {code}"));
                }
            }
            change.sql.execute(
                "DELETE FROM settings WHERE company_id = ?1 AND name = ?2",
                params![Blob(change.company.uuid()), TO_WRITE_ALIKE],
            )?;
            let details = Json::Object(vec![("customers", Json::count(others.len())), ("first", Json::texts(told))]);
            change.tell_as_system("customers.codes_written_alike", "customers", &details)
        })
    }
}

impl Change<'_> {
    /// Customers whose code is a customer code that is written another way, the oldest first.
    fn codes_written_otherwise(&self) -> Result<Vec<(Blob, String, CustomerCode)>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT id, code FROM customers WHERE company_id = ?1 AND code <> '' AND customer_code(code) <> code ORDER BY id",
        )?;
        let mut found = statement.query(params![Blob(self.company.uuid())])?;
        let mut customers = Vec::new();
        while let Some(row) = found.next()? {
            let before: String = row.get(1)?;
            let code = before.parse().map_err(WorkbookError::unreadable)?;
            customers.push((row.get(0)?, before, code));
        }
        Ok(customers)
    }

    /// Where another customer has the code already, that one takes over the entries, and what it does not know.
    fn write_code(&self, customer: Blob, code: CustomerCode) -> Result<(), WorkbookError> {
        let (company, code) = (Blob(self.company.uuid()), code.to_string());
        let merged = self
            .sql
            .prepare_cached(
                "UPDATE customers AS c SET name = iif(c.name = '', o.name, c.name),
                        email = iif(c.email = '', o.email, c.email)
                 FROM customers o
                 WHERE c.company_id = ?1 AND c.code = ?3 AND c.code <> '' AND o.company_id = ?1 AND o.id = ?2",
            )?
            .execute(params![company, customer, code])?;
        if merged == 0 {
            self.sql
                .prepare_cached("UPDATE customers SET code = ?3 WHERE company_id = ?1 AND id = ?2")?
                .execute(params![company, customer, code])?;
            return Ok(());
        }
        self.sql
            .prepare_cached(
                "UPDATE ledger_entries SET customer_id = (
                     SELECT id FROM customers WHERE company_id = ?1 AND code = ?3 AND code <> '')
                 WHERE company_id = ?1 AND customer_id = ?2",
            )?
            .execute(params![company, customer, code])?;
        self.sql
            .prepare_cached("DELETE FROM customers WHERE company_id = ?1 AND id = ?2")?
            .execute(params![company, customer])?;
        Ok(())
    }
}
