//! The company whose work this is.

use rusqlite::{Connection, OptionalExtension, params};
use tieout_domain::{CompanyId, Currency, Permission, said};

use crate::{
    Workbook, WorkbookError,
    json::Json,
    rows::{self, Blob},
};

/// The company whose work this is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    /// Its identifier.
    pub id: CompanyId,
    /// Its name.
    pub name: String,
    /// What it does; may be empty.
    pub industry: String,
    /// Whom to ask there; may be empty.
    pub contact: String,
    /// Base currency.
    pub base_currency: Currency,
    /// One person may prepare and review; reports say so.
    pub single_user: bool,
}

impl Workbook {
    /// The company.
    pub fn company(&self) -> &Company {
        &self.company
    }

    /// Says whether one person may prepare and review here; reports say so too. Needs a reason.
    pub fn set_single_user(&mut self, single_user: bool, reason: &str) -> Result<(), WorkbookError> {
        let (before, id, reason) = (self.company.single_user, self.company.id, reason.trim());
        if before == single_user {
            return Ok(());
        }
        self.require(Permission::ManagePeople)?;
        if reason.is_empty() {
            return Err(WorkbookError::Name(said!(
                "company.singleUserReason",
                "say why: whether one person may prepare and review stands in every report"
            )));
        }
        self.change(Permission::ManagePeople, |change| {
            change.sql.execute(
                "UPDATE companies SET single_user = ?2 WHERE id = ?1",
                params![Blob(id.uuid()), single_user],
            )?;
            let details = Json::Object(vec![
                ("after", Json::Bool(single_user)),
                ("before", Json::Bool(before)),
                ("reason", Json::text(reason)),
            ]);
            change.tell("company.single_user_changed", &format!("company {id}"), &details)
        })?;
        self.company.single_user = single_user;
        Ok(())
    }
}

pub(crate) fn only_company(sql: &Connection) -> Result<Company, WorkbookError> {
    let found = sql
        .query_row(
            "SELECT id, name, industry, contact, base_currency, single_user FROM companies ORDER BY id LIMIT 1",
            [],
            |row| {
                let company = Company {
                    id: CompanyId::from_uuid(row.get::<_, Blob>(0)?.0),
                    name: row.get(1)?,
                    industry: row.get(2)?,
                    contact: row.get(3)?,
                    base_currency: Currency::NONE,
                    single_user: row.get(5)?,
                };
                Ok((company, row.get::<_, String>(4)?))
            },
        )
        .optional()?;
    let (company, code) = found.ok_or_else(|| WorkbookError::unreadable("no company"))?;
    Ok(Company { base_currency: rows::currency(&code)?, ..company })
}
