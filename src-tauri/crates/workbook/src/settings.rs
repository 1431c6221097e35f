//! Settings, and how the columns of files were understood.

use rusqlite::{OptionalExtension, params};
use tieout_domain::{AccountId, ExchangeRates, FigureLimits, Permission, said};

use crate::{Workbook, WorkbookError, change::Change, json::Json, rows::Blob};

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
    /// The header's fingerprint.
    pub header: String,
    /// The header's names, as the caller wrote them; empty in what older versions remembered.
    pub columns: String,
    /// The mapping, as the caller wrote it.
    pub mapping: String,
    /// When it was last remembered, in milliseconds since 1970-01-01 UTC.
    pub used_at_ms: i64,
}

/// A mapping about to be remembered. All texts are the caller's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewMapping<'a> {
    /// What it holds for.
    pub scope: MappingScope,
    /// The header's fingerprint.
    pub header: &'a str,
    /// The header's names, so that a changed header can be shown beside this one.
    pub columns: &'a str,
    /// The mapping.
    pub mapping: &'a str,
}

/// A setting that gets another value.
struct ChangedSetting<'a> {
    name: &'a str,
    before: Option<String>,
    after: String,
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
            return Err(WorkbookError::Name(said!("setting.noName", "a setting needs a name")));
        }
        self.set_settings([(name, value.to_owned())])
    }

    /// Keeps the matching settings in one transaction, each that changes told of in the audit chain: a setting with its
    /// value, the limits of figures (none: they stay as they are), and the exchange rates with where they come from.
    pub fn set_matching_settings(
        &mut self,
        texts: &[(&str, String)],
        limits: Option<&FigureLimits>,
        (rates, source): (&ExchangeRates, &str),
    ) -> Result<(), WorkbookError> {
        let mut settings = limits.map_or_else(|| Ok(Vec::new()), |limits| self.changed_figure_limits(limits))?;
        settings.extend(texts.iter().cloned());
        let changed = self.changed_settings(settings)?;
        let rates = (self.exchange_rates()? != *rates).then_some(rates);
        if changed.is_empty() && rates.is_none() {
            return Ok(());
        }
        self.change(Permission::Configure, |change| {
            change.set_settings(&changed)?;
            rates.map_or(Ok(()), |rates| change.replace_exchange_rates(rates, source))
        })
    }

    /// Sets several settings in one transaction.
    pub(crate) fn set_settings<'a>(
        &mut self,
        settings: impl IntoIterator<Item = (&'a str, String)>,
    ) -> Result<(), WorkbookError> {
        let changed = self.changed_settings(settings)?;
        if changed.is_empty() {
            Ok(())
        } else {
            self.change(Permission::Configure, |change| change.set_settings(&changed))
        }
    }

    fn changed_settings<'a>(
        &self,
        settings: impl IntoIterator<Item = (&'a str, String)>,
    ) -> Result<Vec<ChangedSetting<'a>>, WorkbookError> {
        let mut changed = Vec::new();
        for (name, after) in settings {
            let before = self.setting(name)?;
            if before.as_deref() != Some(after.as_str()) {
                changed.push(ChangedSetting { name, before, after });
            }
        }
        Ok(changed)
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
        self.mappings("header", header)
    }

    /// Every mapping remembered for this account or ledger, newest first: what a changed header is compared with.
    pub fn mappings_of_scope(&self, scope: MappingScope) -> Result<Vec<RememberedMapping>, WorkbookError> {
        self.mappings("scope", &scope.text())
    }

    fn mappings(&self, column: &str, value: &str) -> Result<Vec<RememberedMapping>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT scope, header, columns, mapping, used_at FROM column_mappings
             WHERE company_id = ?1 AND {column} = ?2 ORDER BY used_at DESC, rowid DESC"
        ))?;
        let mut rows = statement.query(params![Blob(self.company.id.uuid()), value])?;
        let mut mappings = Vec::new();
        while let Some(row) = rows.next()? {
            mappings.push(RememberedMapping {
                scope: MappingScope::from_text(&row.get::<_, String>(0)?)?,
                header: row.get(1)?,
                columns: row.get(2)?,
                mapping: row.get(3)?,
                used_at_ms: row.get(4)?,
            });
        }
        Ok(mappings)
    }

    /// Remembers how a file with this header was understood. See also [`crate::LineImport::remember_mapping`].
    pub fn remember_mapping(&mut self, new: &NewMapping<'_>) -> Result<(), WorkbookError> {
        // Nothing is written where it is what was used last.
        let last = self.mappings_of_scope(new.scope)?.into_iter().next();
        let same = |last: &RememberedMapping| {
            last.header == new.header && last.columns == new.columns && last.mapping == new.mapping
        };
        if last.as_ref().is_some_and(same) {
            Ok(())
        } else {
            self.change(Permission::Import, |change| change.remember_mapping(new))
        }
    }

    /// Forgets how files with this header were understood.
    pub fn forget_mapping(&mut self, scope: MappingScope, header: &str) -> Result<(), WorkbookError> {
        self.change(Permission::Import, |change| {
            let forgotten = change.sql.execute(
                "DELETE FROM column_mappings WHERE company_id = ?1 AND scope = ?2 AND header = ?3",
                params![Blob(change.company.uuid()), scope.text(), header],
            )?;
            if forgotten != 1 {
                return Err(WorkbookError::not_found("mapping", header));
            }
            let details = Json::Object(vec![("header", Json::text(header))]);
            change.tell("mapping.forgotten", &format!("mapping {}", scope.text()), &details)
        })
    }
}

impl Change<'_> {
    fn set_settings(&mut self, changed: &[ChangedSetting<'_>]) -> Result<(), WorkbookError> {
        for ChangedSetting { name, before, after } in changed {
            self.sql
                .prepare_cached(
                    "INSERT INTO settings (company_id, name, value, changed_at) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT (company_id, name) DO UPDATE SET value = ?3, changed_at = ?4",
                )?
                .execute(params![Blob(self.company.uuid()), name, after, self.now_ms])?;
            let details = Json::Object(vec![("after", Json::text(after)), ("before", Json::optional(before.as_ref()))]);
            self.tell("setting.changed", &format!("setting {name}"), &details)?;
        }
        Ok(())
    }

    pub(crate) fn remember_mapping(&mut self, new: &NewMapping<'_>) -> Result<(), WorkbookError> {
        let (company, scope) = (Blob(self.company.uuid()), new.scope.text());
        let before: Option<String> = self
            .sql
            .prepare_cached("SELECT mapping FROM column_mappings WHERE company_id = ?1 AND scope = ?2 AND header = ?3")?
            .query_row(params![company, scope, new.header], |row| row.get(0))
            .optional()?;
        self.sql
            .prepare_cached(
                "INSERT INTO column_mappings (company_id, scope, header, columns, mapping, used_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (company_id, scope, header) DO UPDATE SET columns = ?4, mapping = ?5, used_at = ?6",
            )?
            .execute(params![company, scope, new.header, new.columns, new.mapping, self.now_ms])?;
        let details = Json::Object(vec![
            ("after", Json::text(new.mapping)),
            ("before", Json::optional(before)),
            ("header", Json::text(new.header)),
        ]);
        self.tell("mapping.remembered", &format!("mapping {scope}"), &details)
    }
}
