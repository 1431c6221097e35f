//! The company and the people who work in its workbook.

use rusqlite::{Connection, OptionalExtension, Row, params};
use tieout_domain::{CompanyId, Currency, Permission, Role, UserId};

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

/// A person who works in the workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Their identifier.
    pub id: UserId,
    /// Their name, as it stands in reports.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

impl Workbook {
    /// The company.
    pub fn company(&self) -> &Company {
        &self.company
    }

    /// Who is working.
    pub fn user(&self) -> &User {
        &self.user
    }

    /// Everybody who may work in the workbook, in the order they were added.
    pub fn users(&self) -> Result<Vec<User>, WorkbookError> {
        let mut statement = self
            .sql
            .prepare_cached("SELECT id, name, role FROM users WHERE company_id = ?1 ORDER BY created_at, id")?;
        let mut rows = statement.query(params![Blob(self.company.id.uuid())])?;
        let mut users = Vec::new();
        while let Some(row) = rows.next()? {
            users.push(read_user(row)?);
        }
        Ok(users)
    }

    /// Adds a person.
    pub fn add_user(&mut self, name: &str, role: Role) -> Result<User, WorkbookError> {
        let name = name.trim().to_owned();
        if name.is_empty() {
            return Err(WorkbookError::Name("a user needs a name"));
        }
        if self.users()?.iter().any(|user| user.name == name) {
            return Err(WorkbookError::Name("there is a user of that name already"));
        }
        self.change(Permission::ManagePeople, |change| {
            let id = UserId::from_uuid(change.id());
            insert_user(change.sql, change.company, id, &name, role, change.now_ms)?;
            let details = Json::Object(vec![("name", Json::text(&name)), ("role", Json::text(role.as_str()))]);
            change.tell("user.added", &format!("user {id}"), &details)?;
            Ok(User { id, name, role })
        })
    }

    /// From here on this person works in the workbook: decisions and audit events carry their name.
    pub fn act_as(&mut self, id: UserId) -> Result<(), WorkbookError> {
        let found = self.users()?.into_iter().find(|user| user.id == id);
        self.user = found.ok_or_else(|| WorkbookError::not_found("user", id))?;
        Ok(())
    }

    /// Changes what the workbook says of the company besides its name.
    pub fn describe_company(&mut self, industry: &str, contact: &str, single_user: bool) -> Result<(), WorkbookError> {
        let (before, id) = (self.company.clone(), self.company.id);
        let after = Company {
            industry: industry.trim().to_owned(),
            contact: contact.trim().to_owned(),
            single_user,
            ..before.clone()
        };
        if before == after {
            return Ok(());
        }
        self.change(Permission::ManagePeople, |change| {
            change.sql.execute(
                "UPDATE companies SET industry = ?2, contact = ?3, single_user = ?4 WHERE id = ?1",
                params![Blob(id.uuid()), after.industry, after.contact, after.single_user],
            )?;
            let details = Json::Object(vec![("after", described(&after)), ("before", described(&before))]);
            change.tell("company.described", &format!("company {id}"), &details)
        })?;
        self.company = after;
        Ok(())
    }
}

fn described(company: &Company) -> Json<'static> {
    Json::Object(vec![
        ("contact", Json::text(&company.contact)),
        ("industry", Json::text(&company.industry)),
        ("single_user", Json::Bool(company.single_user)),
    ])
}

pub(crate) fn insert_user(
    sql: &Connection,
    company: CompanyId,
    id: UserId,
    name: &str,
    role: Role,
    now_ms: i64,
) -> Result<(), WorkbookError> {
    sql.execute(
        "INSERT INTO users (company_id, id, name, role, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![Blob(company.uuid()), Blob(id.uuid()), name, role.as_str(), now_ms],
    )?;
    Ok(())
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

/// The user who made the workbook: on one machine, who works in it unless told otherwise.
pub(crate) fn first_user(sql: &Connection, company: CompanyId) -> Result<User, WorkbookError> {
    let mut statement =
        sql.prepare("SELECT id, name, role FROM users WHERE company_id = ?1 ORDER BY created_at, id LIMIT 1")?;
    let mut rows = statement.query(params![Blob(company.uuid())])?;
    match rows.next()? {
        Some(row) => read_user(row),
        None => Err(WorkbookError::unreadable("no user")),
    }
}

fn read_user(row: &Row<'_>) -> Result<User, WorkbookError> {
    Ok(User {
        id: UserId::from_uuid(row.get::<_, Blob>(0)?.0),
        name: row.get(1)?,
        role: rows::role(&row.get::<_, String>(2)?)?,
    })
}
