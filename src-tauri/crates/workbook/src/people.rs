//! The people who work in the workbook: who they are and what they may do. Nobody is ever deleted, since their names
//! stand in the history.

use rusqlite::{Connection, Row, params};
use tieout_domain::{CompanyId, Permission, Role, UserId, is_same_name, person_email, person_name, said};

use crate::{
    Workbook, WorkbookError,
    change::Change,
    json::Json,
    rows::{self, Blob},
    secret::Verifier,
};

/// A person who works in the workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Their identifier.
    pub id: UserId,
    /// Their name, as it stands in reports.
    pub name: String,
    /// Where to write to them; may be empty.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// They may sign in.
    pub active: bool,
    /// They sign in with a secret of their own.
    pub has_secret: bool,
    /// An admin gave them their secret: they are to choose another when they next sign in.
    pub secret_to_choose: bool,
}

/// What is to change of a person; what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserChange {
    /// Their name. One that anybody else ever had is refused.
    pub name: Option<String>,
    /// Where to write to them; may be empty.
    pub email: Option<String>,
    /// What they may do.
    pub role: Option<Role>,
    /// Whether they may sign in.
    pub active: Option<bool>,
}

impl Workbook {
    /// Everybody who works or worked in the workbook, in the order they were added.
    pub fn users(&self) -> Result<Vec<User>, WorkbookError> {
        all(&self.sql, self.company.id)
    }

    /// A person by their identifier.
    pub(crate) fn person(&self, id: UserId) -> Result<User, WorkbookError> {
        let found = self.users()?.into_iter().find(|user| user.id == id);
        found.ok_or_else(|| WorkbookError::not_found("user", id))
    }

    /// Adds a person without an address, who signs in by name until there is a secret.
    #[cfg(test)]
    pub(crate) fn add_user(&mut self, name: &str, role: Role) -> Result<User, WorkbookError> {
        self.add_person(name, "", role, None)
    }

    /// Adds a person. A first secret is theirs until they sign in with it and choose their own.
    pub fn add_person(
        &mut self,
        name: &str,
        email: &str,
        role: Role,
        first_secret: Option<&str>,
    ) -> Result<User, WorkbookError> {
        self.require(Permission::ManagePeople)?;
        let (name, email) = (person_name(name)?, person_email(email)?);
        self.check_name_is_free(&name, None)?;
        let verifier = first_secret.map(Verifier::of_new).transpose()?;
        self.change(Permission::ManagePeople, |change| {
            let id = UserId::from_uuid(change.id());
            insert(change.sql, change.company, id, &name, role, change.now_ms)?;
            if !email.is_empty() {
                change.write_user(id, "email", &email)?;
            }
            if let Some(verifier) = &verifier {
                change.write_secret(id, Some(verifier), true)?;
            }
            let user = User {
                id,
                name,
                email,
                role,
                active: true,
                has_secret: verifier.is_some(),
                secret_to_choose: verifier.is_some(),
            };
            let details = Json::Object(vec![
                ("email", Json::text(&user.email)),
                ("name", Json::text(&user.name)),
                ("role", Json::Word(role.as_str())),
                ("secret", Json::Bool(user.has_secret)),
            ]);
            change.tell("user.added", &subject(id), &details)?;
            Ok(user)
        })
    }

    /// Changes what the workbook says of a person, each thing with an audit event of its own. The last active admin
    /// stays one, and nobody deactivates themself.
    pub fn change_user(&mut self, id: UserId, change: &UserChange) -> Result<User, WorkbookError> {
        self.require(Permission::ManagePeople)?;
        let before = self.person(id)?;
        let after = User {
            name: change.name.as_deref().map_or_else(|| Ok(before.name.clone()), person_name)?,
            email: change.email.as_deref().map_or_else(|| Ok(before.email.clone()), person_email)?,
            role: change.role.unwrap_or(before.role),
            active: change.active.unwrap_or(before.active),
            ..before.clone()
        };
        if after == before {
            return Ok(after);
        }
        if after.name != before.name {
            self.check_name_is_free(&after.name, Some(id))?;
        }
        if before.active && !after.active && id == self.user.id {
            return Err(WorkbookError::Name(said!(
                "people.deactivateSelf",
                "nobody deactivates themself: ask another admin"
            )));
        }
        self.check_an_admin_stays(&before, &after)?;
        self.change(Permission::ManagePeople, |change| change.rewrite_user(&before, &after))?;
        if id == self.user.id {
            self.user = after.clone();
        }
        Ok(after)
    }

    fn check_name_is_free(&self, name: &str, of: Option<UserId>) -> Result<(), WorkbookError> {
        let mut statement = self.sql.prepare_cached("SELECT name, user_id FROM user_names WHERE company_id = ?1")?;
        let mut rows = statement.query(params![Blob(self.company.id.uuid())])?;
        while let Some(row) = rows.next()? {
            let id = UserId::from_uuid(row.get::<_, Blob>(1)?.0);
            if of != Some(id) && is_same_name(&row.get::<_, String>(0)?, name) {
                return Err(WorkbookError::NameTaken(name.to_owned()));
            }
        }
        Ok(())
    }

    fn check_an_admin_stays(&self, before: &User, after: &User) -> Result<(), WorkbookError> {
        let is_admin = |user: &User| user.active && user.role == Role::Admin;
        let others = || Ok::<_, WorkbookError>(self.users()?.iter().any(|user| user.id != before.id && is_admin(user)));
        if is_admin(before) && !is_admin(after) && !others()? {
            return Err(WorkbookError::LastAdmin(before.name.clone()));
        }
        Ok(())
    }
}

impl Change<'_> {
    fn write_user(&mut self, id: UserId, column: &str, value: impl rusqlite::ToSql) -> Result<(), WorkbookError> {
        self.sql.execute(
            &format!("UPDATE users SET {column} = ?3 WHERE company_id = ?1 AND id = ?2"),
            params![Blob(self.company.uuid()), Blob(id.uuid()), value],
        )?;
        Ok(())
    }

    fn rewrite_user(&mut self, before: &User, after: &User) -> Result<(), WorkbookError> {
        let id = after.id;
        if before.name != after.name {
            self.write_user(id, "name", &after.name)?;
            self.tell_changed("user.renamed", id, Json::text(&before.name), Json::text(&after.name))?;
        }
        if before.email != after.email {
            self.write_user(id, "email", &after.email)?;
            self.tell_changed("user.email_changed", id, Json::text(&before.email), Json::text(&after.email))?;
        }
        if before.role != after.role {
            self.write_user(id, "role", after.role.as_str())?;
            let [before, after] = [before.role, after.role].map(|role| Json::Word(role.as_str()));
            self.tell_changed("user.role_changed", id, before, after)?;
        }
        if before.active != after.active {
            self.write_user(id, "active", after.active)?;
            let action = if after.active { "user.reactivated" } else { "user.deactivated" };
            self.tell_changed(action, id, Json::Bool(before.active), Json::Bool(after.active))?;
        }
        Ok(())
    }

    fn tell_changed(
        &mut self,
        action: &str,
        id: UserId,
        before: Json<'_>,
        after: Json<'_>,
    ) -> Result<(), WorkbookError> {
        self.tell(action, &subject(id), &Json::Object(vec![("after", after), ("before", before)]))
    }
}

/// How audit events name a person.
pub(crate) fn subject(id: UserId) -> String {
    format!("user {id}")
}

pub(crate) fn insert(
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

pub(crate) fn all(sql: &Connection, company: CompanyId) -> Result<Vec<User>, WorkbookError> {
    let mut statement = sql.prepare_cached(
        "SELECT id, name, email, role, active, secret_verifier IS NOT NULL, secret_to_choose
         FROM users WHERE company_id = ?1 ORDER BY created_at, id",
    )?;
    let mut rows = statement.query(params![Blob(company.uuid())])?;
    let mut users = Vec::new();
    while let Some(row) = rows.next()? {
        users.push(read(row)?);
    }
    Ok(users)
}

fn read(row: &Row<'_>) -> Result<User, WorkbookError> {
    Ok(User {
        id: UserId::from_uuid(row.get::<_, Blob>(0)?.0),
        name: row.get(1)?,
        email: row.get(2)?,
        role: rows::role(&row.get::<_, String>(3)?)?,
        active: row.get(4)?,
        has_secret: row.get(5)?,
        secret_to_choose: row.get(6)?,
    })
}
