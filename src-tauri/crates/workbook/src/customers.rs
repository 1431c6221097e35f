//! Customers (and suppliers): made from what ledgers name.

use rusqlite::{OptionalExtension, params};
use tieout_domain::{CustomerCode, CustomerId, Permission, said};

use crate::{Workbook, WorkbookError, change::Change, json::Json, rows::Blob};

/// A customer or supplier of the company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// Their identifier.
    pub id: CustomerId,
    /// Their code in the books; may be empty, and is unique otherwise.
    pub code: String,
    /// Their name; may be empty where there is a code.
    pub name: String,
    /// Their e-mail address; may be empty.
    pub email: String,
}

impl Workbook {
    /// A page of customers, by name and code.
    pub fn customers(&self, offset: u64, limit: u32) -> Result<Vec<Customer>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT id, code, name, email FROM customers WHERE company_id = ?1 ORDER BY name, id LIMIT ?3 OFFSET ?2",
        )?;
        let rows = statement.query_map(
            params![Blob(self.company.id.uuid()), i64::try_from(offset).unwrap_or(i64::MAX), limit],
            |row| {
                Ok(Customer {
                    id: CustomerId::from_uuid(row.get::<_, Blob>(0)?.0),
                    code: row.get(1)?,
                    name: row.get(2)?,
                    email: row.get(3)?,
                })
            },
        )?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Changes a customer's name and e-mail address.
    pub fn describe_customer(&mut self, id: CustomerId, name: &str, email: &str) -> Result<(), WorkbookError> {
        let (name, email) = (name.trim(), email.trim());
        self.change(Permission::Import, |change| {
            let company = Blob(change.company.uuid());
            let before = change
                .sql
                .query_row(
                    "SELECT name, email, code FROM customers WHERE company_id = ?1 AND id = ?2",
                    params![company, Blob(id.uuid())],
                    |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?)),
                )
                .optional()?;
            let (old_name, old_email, code) = before.ok_or_else(|| WorkbookError::not_found("customer", id))?;
            if name.is_empty() && code.is_empty() {
                return Err(WorkbookError::Name(said!("customer.noNameOrCode", "a customer needs a name or a code")));
            }
            change.sql.execute(
                "UPDATE customers SET name = ?3, email = ?4 WHERE company_id = ?1 AND id = ?2",
                params![company, Blob(id.uuid()), name, email],
            )?;
            let described =
                |name: &str, email: &str| Json::Object(vec![("email", Json::text(email)), ("name", Json::text(name))]);
            let details =
                Json::Object(vec![("after", described(name, email)), ("before", described(&old_name, &old_email))]);
            change.tell("customer.described", &format!("customer {id}"), &details)
        })
    }
}

impl Change<'_> {
    /// The customer of that code or, without one, of that name; `None` where an entry names neither. A customer code is
    /// the same however it is written.
    pub(crate) fn find_or_create_customer(
        &mut self,
        code: &str,
        name: &str,
    ) -> Result<Option<CustomerId>, WorkbookError> {
        if code.is_empty() && name.is_empty() {
            return Ok(None);
        }
        let canonical = code.parse::<CustomerCode>().map(|code| code.to_string());
        let code = canonical.as_deref().unwrap_or(code);
        let company = Blob(self.company.uuid());
        let read = |row: &rusqlite::Row<'_>| row.get::<_, Blob>(0);
        let found = if code.is_empty() {
            self.sql
                .prepare_cached(
                    "SELECT id FROM customers WHERE company_id = ?1 AND name = ?2 AND code = '' ORDER BY id LIMIT 1",
                )?
                .query_row(params![company, name], read)
                .optional()?
        } else {
            self.sql
                .prepare_cached("SELECT id FROM customers WHERE company_id = ?1 AND code = ?2 AND code <> ''")?
                .query_row(params![company, code], read)
                .optional()?
        };
        if let Some(id) = found {
            return Ok(Some(CustomerId::from_uuid(id.0)));
        }
        let id = CustomerId::from_uuid(self.id());
        self.sql
            .prepare_cached(
                "INSERT INTO customers (company_id, id, code, name, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![company, Blob(id.uuid()), code, name, self.now_ms])?;
        Ok(Some(id))
    }
}
