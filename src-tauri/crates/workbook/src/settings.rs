//! Settings, and how the columns of files were understood.

use rusqlite::{OptionalExtension, params};
use tieout_domain::AccountId;

use crate::{Workbook, WorkbookError, json::Json, rows::Blob};

/// What a remembered mapping holds for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MappingScope {
    /// Statements of this account.
    Account(AccountId),
    /// Ledgers.
    Ledger,
}

impl MappingScope {
    fn text(self) -> String {
        match self {
            Self::Account(account) => account.to_string(),
            Self::Ledger => "ledger".to_owned(),
        }
    }

    fn from_text(text: &str) -> Result<Self, WorkbookError> {
        if text == "ledger" {
            return Ok(Self::Ledger);
        }
        text.parse().map(Self::Account).map_err(WorkbookError::unreadable)
    }
}

/// A mapping of columns that was used before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RememberedMapping {
    /// What it holds for.
    pub scope: MappingScope,
    /// The mapping, as the caller wrote it.
    pub mapping: String,
    /// When it was last remembered, in milliseconds since 1970-01-01 UTC.
    pub used_at_ms: i64,
}

impl Workbook {
    /// The value of a setting.
    pub fn setting(&self, name: &str) -> Result<Option<String>, WorkbookError> {
        let mut statement =
            self.sql.prepare_cached("SELECT value FROM settings WHERE company_id = ?1 AND name = ?2")?;
        Ok(statement.query_row(params![Blob(self.company.id.uuid()), name], |row| row.get(0)).optional()?)
    }

    /// Sets a setting. The audit event holds the values before and after: no secrets here.
    pub fn set_setting(&mut self, name: &str, value: &str) -> Result<(), WorkbookError> {
        if name.is_empty() {
            return Err(WorkbookError::Name("a setting needs a name"));
        }
        let before = self.setting(name)?;
        if before.as_deref() == Some(value) {
            return Ok(());
        }
        self.change(|change| {
            change
                .sql
                .prepare_cached(
                    "INSERT INTO settings (company_id, name, value, changed_at) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT (company_id, name) DO UPDATE SET value = ?3, changed_at = ?4",
                )?
                .execute(params![Blob(change.company.uuid()), name, value, change.now_ms])?;
            let details = Json::Object(vec![("after", Json::text(value)), ("before", Json::optional(before))]);
            change.tell("setting.changed", &format!("setting {name}"), &details)
        })
    }

    /// How a file with this header was understood the last time, for this account or ledger.
    pub fn remembered_mapping(&self, scope: MappingScope, header: &str) -> Result<Option<String>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT mapping FROM column_mappings WHERE company_id = ?1 AND scope = ?2 AND header = ?3",
        )?;
        let mapping = statement
            .query_row(params![Blob(self.company.id.uuid()), scope.text(), header], |row| row.get(0))
            .optional()?;
        Ok(mapping)
    }

    /// Every mapping remembered for files with this header, newest first: it also says which account they belonged to.
    pub fn mappings_of_header(&self, header: &str) -> Result<Vec<RememberedMapping>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT scope, mapping, used_at FROM column_mappings WHERE company_id = ?1 AND header = ?2
             ORDER BY used_at DESC",
        )?;
        let mut rows = statement.query(params![Blob(self.company.id.uuid()), header])?;
        let mut mappings = Vec::new();
        while let Some(row) = rows.next()? {
            mappings.push(RememberedMapping {
                scope: MappingScope::from_text(&row.get::<_, String>(0)?)?,
                mapping: row.get(1)?,
                used_at_ms: row.get(2)?,
            });
        }
        Ok(mappings)
    }

    /// Remembers how a file with this header was understood. `header` and `mapping` are the caller's own text.
    pub fn remember_mapping(&mut self, scope: MappingScope, header: &str, mapping: &str) -> Result<(), WorkbookError> {
        let before = self.remembered_mapping(scope, header)?;
        if before.as_deref() == Some(mapping) {
            return Ok(());
        }
        self.change(|change| {
            change
                .sql
                .prepare_cached(
                    "INSERT INTO column_mappings (company_id, scope, header, mapping, used_at)
                     VALUES (?1, ?2, ?3, ?4, ?5)
                     ON CONFLICT (company_id, scope, header) DO UPDATE SET mapping = ?4, used_at = ?5",
                )?
                .execute(params![Blob(change.company.uuid()), scope.text(), header, mapping, change.now_ms])?;
            let details = Json::Object(vec![
                ("after", Json::text(mapping)),
                ("before", Json::optional(before)),
                ("header", Json::text(header)),
            ]);
            change.tell("mapping.remembered", &format!("mapping {}", scope.text()), &details)
        })
    }
}
