//! Who looks after a record without a match, where a person said so.

use rusqlite::params;
use tieout_domain::{Permission, RecordRef, owner_name};

use super::optional;
use crate::{
    Workbook, WorkbookError, content,
    json::Json,
    rows::Blob,
    state::{State, side_of, table},
};

impl Workbook {
    /// Gives a record that is to be matched an owner, or with `None` takes the one away that a person gave it: then it
    /// belongs again to whom the policy names. Nothing is written where nothing changes.
    pub fn assign(&mut self, record: RecordRef, owner: Option<&str>) -> Result<(), WorkbookError> {
        let owner = owner.map(owner_name).transpose()?;
        let (side, id) = side_of(record);
        let (table, column) = table(side);
        let company = Blob(self.company.id.uuid());
        let state: Option<i64> = optional(
            &self.sql,
            &format!("SELECT state FROM {table} WHERE company_id = ?1 AND id = ?2"),
            &[&company, &Blob(id)],
        )?;
        let state = state.ok_or_else(|| WorkbookError::not_found("record", id))?;
        if !State::OPEN.contains(&State::from_code(state)?) {
            return Err(WorkbookError::NotOpen(record));
        }
        let before = self.assigned_owner(record)?;
        if before == owner {
            return Ok(());
        }
        self.change(Permission::Decide, |change| {
            change.sql.execute(
                &format!("DELETE FROM record_owners WHERE company_id = ?1 AND {column} = ?2"),
                params![company, Blob(id)],
            )?;
            if let Some(owner) = &owner {
                change.sql.execute(
                    &format!(
                        "INSERT INTO record_owners (company_id, {column}, owner, assigned_by, assigned_at)
                         VALUES (?1, ?2, ?3, ?4, ?5)"
                    ),
                    params![company, Blob(id), owner, Blob(change.user.uuid()), change.now_ms],
                )?;
            }
            let details = Json::Object(vec![("after", Json::optional(owner)), ("before", Json::optional(before))]);
            change.tell("record.assigned", &content::subject(record), &details)
        })
    }

    /// Whom a person gave the record to.
    pub fn assigned_owner(&self, record: RecordRef) -> Result<Option<String>, WorkbookError> {
        let (side, id) = side_of(record);
        let (_, column) = table(side);
        optional(
            &self.sql,
            &format!("SELECT owner FROM record_owners WHERE company_id = ?1 AND {column} = ?2"),
            &[&Blob(self.company.id.uuid()), &Blob(id)],
        )
    }
}
