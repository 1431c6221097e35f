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

    /// Saves a layout, in place of the one that was called `was` if there is one. Refuses a name that another one has.
    /// Nothing is written where nothing is different.
    pub fn save_journal_layout(&mut self, name: &str, layout: &str, was: Option<&str>) -> Result<(), WorkbookError> {
        if name.trim().is_empty() {
            return Err(WorkbookError::Name(said!("layout.noName", "a layout needs a name")));
        }
        if was != Some(name) && self.journal_layouts()?.contains_key(name) {
            return Err(WorkbookError::Name(said!(
                "layout.nameTaken",
                "there is a layout '{name}' already: choose another name",
                name = name
            )));
        }
        self.replace_journal_layout(was.unwrap_or(name), Some((name, layout)))
    }

    /// Removes a layout; fine where there is none of that name.
    pub fn remove_journal_layout(&mut self, name: &str) -> Result<(), WorkbookError> {
        self.replace_journal_layout(name, None)
    }

    fn replace_journal_layout(&mut self, was: &str, by: Option<(&str, &str)>) -> Result<(), WorkbookError> {
        let before = self.journal_layouts()?.remove(was);
        if before.as_deref().map(|layout| (was, layout)) == by {
            return Ok(());
        }
        self.change(Permission::Configure, |change| {
            let company = Blob(change.company.uuid());
            change
                .sql
                .execute("DELETE FROM journal_layouts WHERE company_id = ?1 AND name = ?2", params![company, was])?;
            if let Some((name, layout)) = by {
                change.sql.execute(
                    "INSERT INTO journal_layouts (company_id, name, layout, changed_by, changed_at)
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                    params![company, name, layout, Blob(change.user.uuid()), change.now_ms],
                )?;
            }
            let name = by.map_or(was, |(name, _)| name);
            let mut details = vec![
                ("after", Json::optional(by.map(|(_, layout)| layout))),
                ("before", Json::optional(before.as_ref())),
            ];
            if before.is_some() && name != was {
                details.push(("was", Json::text(was)));
            }
            change.tell("journal.layout_set", &format!("journal layout {name}"), &Json::Object(details))
        })
    }
}
