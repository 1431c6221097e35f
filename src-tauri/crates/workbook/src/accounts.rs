//! Bank, processor and client accounts.

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};
use tieout_domain::{AccountId, CompanyId, Currency, Permission, said};

use crate::{
    Workbook, WorkbookError,
    change::Change,
    json::Json,
    rows::{self, Blob},
};

/// An account that has statements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its identifier.
    pub id: AccountId,
    /// Its name, unique together with the currency.
    pub name: String,
    /// Its currency.
    pub currency: Currency,
    /// First day with a line.
    pub first_date: Option<Date>,
    /// Last day with a line.
    pub last_date: Option<Date>,
    /// Number of statement lines.
    pub lines: u64,
}

impl Workbook {
    /// All accounts, by name.
    pub fn accounts(&self) -> Result<Vec<Account>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT a.id, a.name, a.currency, a.lines, min(s.first_date), max(s.last_date)
             FROM accounts a
             LEFT JOIN statements s ON s.company_id = a.company_id AND s.account_id = a.id AND s.withdrawn = 0
             WHERE a.company_id = ?1 GROUP BY a.id ORDER BY a.name, a.currency",
        )?;
        let mut rows = statement.query(params![Blob(self.company.id.uuid())])?;
        let mut accounts = Vec::new();
        while let Some(row) = rows.next()? {
            accounts.push(Account {
                id: AccountId::from_uuid(row.get::<_, Blob>(0)?.0),
                name: row.get(1)?,
                currency: rows::currency(&row.get::<_, String>(2)?)?,
                lines: rows::counted(row.get(3)?),
                first_date: rows::date(row.get(4)?)?,
                last_date: rows::date(row.get(5)?)?,
            });
        }
        Ok(accounts)
    }

    /// One account.
    pub fn account(&self, id: AccountId) -> Result<Account, WorkbookError> {
        let found = self.accounts()?.into_iter().find(|account| account.id == id);
        found.ok_or_else(|| WorkbookError::not_found("account", id))
    }

    /// The account of that name and currency; made if there is none.
    pub fn find_or_create_account(&mut self, name: &str, currency: Currency) -> Result<AccountId, WorkbookError> {
        match find(&self.sql, self.company.id, name, currency)? {
            Some(id) => Ok(id),
            None => self.change(Permission::Import, |change| Ok(change.find_or_create_account(name, currency)?.id)),
        }
    }
}

/// An account that was asked for by its name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FoundAccount {
    pub(crate) id: AccountId,
    /// It was made just now.
    pub(crate) is_new: bool,
}

fn find(
    sql: &Connection,
    company: CompanyId,
    name: &str,
    currency: Currency,
) -> Result<Option<AccountId>, WorkbookError> {
    let found = sql
        .prepare_cached("SELECT id FROM accounts WHERE company_id = ?1 AND name = ?2 AND currency = ?3")?
        .query_row(params![Blob(company.uuid()), name.trim(), currency.code()], |row| row.get::<_, Blob>(0))
        .optional()?;
    Ok(found.map(|id| AccountId::from_uuid(id.0)))
}

impl Change<'_> {
    /// The account of that name and currency; made if there is none.
    pub(crate) fn find_or_create_account(
        &mut self,
        name: &str,
        currency: Currency,
    ) -> Result<FoundAccount, WorkbookError> {
        let name = name.trim();
        if name.is_empty() {
            return Err(WorkbookError::Name(said!("account.noName", "an account needs a name")));
        }
        if let Some(id) = find(self.sql, self.company, name, currency)? {
            return Ok(FoundAccount { id, is_new: false });
        }
        let id = AccountId::from_uuid(self.id());
        self.sql.execute(
            "INSERT INTO accounts (company_id, id, name, currency, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![Blob(self.company.uuid()), Blob(id.uuid()), name, currency.code(), self.now_ms],
        )?;
        let details = Json::Object(vec![("currency", Json::text(currency)), ("name", Json::text(name))]);
        self.tell("account.created", &format!("account {id}"), &details)?;
        Ok(FoundAccount { id, is_new: true })
    }
}
