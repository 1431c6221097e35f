//! Layouts of files of journal entries that people saved, in the writer's own words.

use std::collections::BTreeMap;

use rusqlite::params;
use tieout_domain::{Permission, said};

use crate::{Workbook, WorkbookError, json::Json, rows::Blob};

impl Workbook {
    /// The saved layouts by their names.
    pub fn journal_layouts(&self) -> Result<BTreeMap<String, String>, WorkbookError> {
        let mut statement =
            self.sql.prepare_cached("SELECT name, layout FROM journal_layouts WHERE company_id = ?1 ORDER BY name")?;
        let found = statement
            .query_map(params![Blob(self.company.id.uuid())], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(found)
    }

    /// Saves a layout in place of what has its name, or removes it where there is none to save. Nothing is written where
    /// nothing is different.
    pub fn set_journal_layout(&mut self, name: &str, layout: Option<&str>) -> Result<(), WorkbookError> {
        if name.trim().is_empty() {
            return Err(WorkbookError::Name(said!("layout.noName", "a layout needs a name")));
        }
        let before = self.journal_layouts()?.remove(name);
        if before.as_deref() == layout {
            return Ok(());
        }
        self.change(Permission::Configure, |change| {
            let company = Blob(change.company.uuid());
            change
                .sql
                .execute("DELETE FROM journal_layouts WHERE company_id = ?1 AND name = ?2", params![company, name])?;
            if let Some(layout) = layout {
                change.sql.execute(
                    "INSERT INTO journal_layouts (company_id, name, layout, changed_by, changed_at)
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                    params![company, name, layout, Blob(change.user.uuid()), change.now_ms],
                )?;
            }
            let details =
                Json::Object(vec![("after", Json::optional(layout)), ("before", Json::optional(before.as_ref()))]);
            change.tell("journal.layout_set", &format!("journal layout {name}"), &details)
        })
    }
}
